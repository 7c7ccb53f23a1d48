package web

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"testing"

	"recto/cards"
	"recto/cards/sm2"
	"recto/store"
)

// timelineFixtures are those of timelineRoutes.
func timelineFixtures(*world, *client, func(pairs ...string) url.Values) map[string]fixture {
	return map[string]fixture{
		"GET /timeline":     {path: "/timeline", other: 200},
		"GET /timeline.svg": {path: "/timeline.svg", other: 200},
	}
}

// dated is one date of a text for tests: its words there, and its value.
type dated struct{ words, value, front, family string }

const tunnelText = "Britain and France signed the Treaty of Canterbury on 12 February 1986. Work on the British side began in December 1987. " +
	"On 1 December 1990 the workers broke through the last wall. Queen Elizabeth II opened the tunnel on 6 May 1994. In 1802 Albert Mathieu drew a first plan. " +
	"Boring began near Dover in the 1880s. The Romans crossed the strait in 55 BC. It carried the Olympic flame in 2012."

var tunnelDates = []dated{
	{"12 February 1986", "1986-02-12", "On what date did Britain and France sign the Treaty of Canterbury?", "when"},
	{"December 1987", "1987-12", "Work on the British side began in ____ (month and year).", "gap"},
	{"1 December 1990", "1990-12-01", "On what date did the workers break through the last wall?", "when"},
	{"6 May 1994", "1994-05-06", "On what date did Queen Elizabeth II open the tunnel?", "when"},
	{"1802", "1802", "", ""},
	{"the 1880s", "188X", "Boring began near Dover in ____ (decade).", "gap"},
	{"55 BC", "-0054", "", ""},
	{"2012", "2012", "", ""},
}

// datedArticle gives a person an article with dates, and keeps the cards of those that
// have one.
func (c *client) datedArticle(title, text string, dates []dated) store.ArticleID {
	c.w.t.Helper()
	w := c.w
	a := cards.Article{Title: title, Language: "en", Text: text, Blocks: []cards.Block{{Kind: cards.Paragraph, Span: cards.Span{Start: 0, End: len(text)}}}}
	var entries []cards.Entry
	var proposals []cards.Proposal
	var verdicts []store.Verdict
	for i, d := range dates {
		at := strings.Index(text, d.words)
		start := strings.LastIndex(text[:at], ". ") + 2
		if start == 1 {
			start = 0
		}
		end := at + strings.Index(text[at:]+". ", ". ") + 1
		f := cards.Fact{ID: fmt.Sprintf("fact-%s-%d", title, i), Kind: cards.DateFact, Text: d.words, Value: d.value,
			Span: cards.Span{Start: at, End: at + len(d.words)}, Sentence: cards.Span{Start: start, End: min(end, len(text))}}
		e := cards.Entry{Fact: f, Reason: "It is said too much in passing to be worth a card."}
		if d.front != "" {
			p := cards.Proposal{ID: fmt.Sprintf("p%d", i), FactID: f.ID, Kind: f.Kind, Family: d.family, Front: d.front, Back: d.words,
				Answer: cards.Answer{Text: d.words, Value: d.value}, Source: f.Span, Sentence: f.Sentence, Confidence: 0.9, Default: true}
			proposals = append(proposals, p)
			verdicts = append(verdicts, store.Verdict{Proposal: p.ID, Verdict: "keep"})
			e.Proposals, e.Reason = []string{p.ID}, ""
		}
		entries = append(entries, e)
	}
	id, err := w.store.AddArticle(w.ctx(), c.id, a, entries, proposals, w.now())
	w.must(err)
	w.must(w.store.SetVerdicts(w.ctx(), c.id, id, verdicts, w.now()))
	deck, err := w.store.CreateDeck(w.ctx(), c.id, title, w.now())
	w.must(err)
	_, err = w.store.SaveCards(w.ctx(), c.id, id, deck, w.today(c), w.now())
	w.must(err)
	return id
}

// learn lets a card be answered well.
func (c *client) learn(id store.CardID) {
	c.w.t.Helper()
	card, err := c.w.store.Card(c.w.ctx(), c.id, id)
	c.w.must(err)
	_, err = c.w.store.Grade(c.w.ctx(), c.id, store.Answer{Card: id, Version: card.Version, Key: newKey(), Grade: cards.Easy, At: c.w.now()},
		func(s cards.Schedule, today cards.Day) cards.Schedule { return sm2.Next(s, cards.Easy, today) })
	c.w.must(err)
}

func TestPagesOfTheTimeline(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	golden(t, "timeline-empty", ada.get("/timeline").want(t, "timeline, empty", 200, "No card here has a date."))
	article := ada.datedArticle("The Channel Tunnel", tunnelText, tunnelDates)
	deck, ids := ada.deck("Apollo programme", append(facts[:len(facts):len(facts)], [2]string{"When did the Berlin Wall fall?", "9 November 1989"})...)
	ada.learn(ids[0])
	golden(t, "timeline", ada.get("/timeline").want(t, "timeline", 200, "Apollo 11 was launched", "The Berlin Wall fell", "The Romans crossed the strait",
		"Britain and France signed the Treaty of Canterbury", "16 July 1969", "55 BC", "the 1880s", "years without an event", "remembered", "not yet", "no card"))
	golden(t, "timeline-hidden", ada.get(fmt.Sprintf("/timeline?of=article-%d&hide=1", article)).want(t, "timeline, dates hidden", 200, "Show the date", "Show the dates"))
	page := ada.get(fmt.Sprintf("/timeline?of=deck-%d", deck)).want(t, "timeline of a deck", 200, "2 dated facts in Apollo programme", "1969 to 1989").body
	if strings.Contains(page, "Mathieu") {
		t.Error("the timeline of a deck shows what has no card in it")
	}
	for _, of := range []string{"deck-99", "article-99", "deck-0", "x", "deck-"} {
		ada.get("/timeline?of="+of).want(t, "timeline of "+of, 404)
		ada.get("/timeline.svg?of="+of).want(t, "timeline as a file of "+of, 404)
	}
	for _, query := range []string{"from=1960", "from=19XX&n=3", "n=99999999999999", "n=-4", "from=-004X", "from=yesterday", "hide=2"} {
		checkHTML(t, query, ada.get("/timeline?"+query).want(t, query, 200, "Timeline").body)
	}
	grace := w.join("grace")
	grace.get(fmt.Sprintf("/timeline?of=article-%d", article)).want(t, "timeline of another's article", 404)
	if page := grace.get("/timeline"); strings.Contains(page.body, "Canterbury") {
		t.Error("a timeline shows what another has")
	}
}

// TestTimelineOfASharedDeck: who studies another's deck sees its dates, with their own
// progress, and no way to an article that is not theirs.
func TestTimelineOfASharedDeck(t *testing.T) {
	w := newWorld(t)
	ada, grace := w.join("ada"), w.join("grace")
	ada.datedArticle("The Channel Tunnel", tunnelText, tunnelDates)
	w.must(w.store.ShareDeck(w.ctx(), ada.id, 1, true))
	w.must(w.store.Enrol(w.ctx(), grace.id, 1, w.today(grace), w.now()))
	page := grace.get("/timeline").want(t, "timeline", 200, "5 dated facts", "Britain and France signed the Treaty of Canterbury", "Work on the British side began").body
	for _, none := range []string{"/articles/1", "Mathieu", "article-1"} {
		if strings.Contains(page, none) {
			t.Errorf("the timeline of a shared deck has %q", none)
		}
	}
}

func TestTimelineHidesItsDates(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	ada.datedArticle("The Channel Tunnel", tunnelText+" The flame of 2012 came on 18 May 2012.", append(tunnelDates[:len(tunnelDates):len(tunnelDates)], dated{"18 May 2012", "2012-05-18", "", ""}))
	page := ada.get("/timeline?hide=1").want(t, "timeline, hidden", 200).body
	for _, part := range strings.Split(page, "<li ")[1:] {
		shown, _, _ := strings.Cut(part, "</li>")
		before, rest, ok := strings.Cut(shown, "<details class=\"secret\">")
		if !ok {
			continue
		}
		_, after, _ := strings.Cut(rest, "</details>")
		for _, year := range []string{"1986", "1987", "1990", "1994", "1802", "2012", "BC"} {
			if strings.Contains(before+after, year) {
				t.Errorf("%s can be read beside its hidden date: %s", year, shown)
			}
		}
	}
	if strings.Contains(page, "without an event") || strings.Contains(page, `class="plot"`) {
		t.Error("what is between hidden dates tells them")
	}
}

func TestTimelineAsAFile(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	ada.datedArticle("Tunnels & <bridges>", tunnelText, tunnelDates)
	a := ada.get("/timeline.svg").want(t, "timeline as a file", 200, "Britain and France signed the Treaty of Canterbury", "55 BC")
	if kind := a.header.Get("Content-Type"); kind != "image/svg+xml" || !strings.Contains(a.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("it is sent as %q, %q", kind, a.header.Get("Content-Disposition"))
	}
	d := xml.NewDecoder(strings.NewReader(a.body))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("it is no XML: %v", err)
		}
	}
	for _, none := range []string{"class=", "style", "href", "<script", "url("} {
		if strings.Contains(a.body, none) {
			t.Errorf("it has %q, which needs something else", none)
		}
	}
}

func TestLongTimelinesComeInPages(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	ada.manyDates(1000)
	page := ada.get("/timeline").want(t, "timeline", 200, "1,000 dated facts", "1 to 200 of 1,000", "Later")
	checkHTML(t, "timeline", page.body)
	seen := 0
	for address := "/timeline"; ; {
		page := ada.get(address).want(t, address, 200)
		seen += strings.Count(page.body, `class="what"`)
		_, rest, more := strings.Cut(page.body, `rel="next" href="`)
		if !more {
			break
		}
		next, _, _ := strings.Cut(rest, `"`)
		address = strings.ReplaceAll(next, "&amp;", "&")
	}
	if seen != 1000 {
		t.Errorf("the pages show %d entries, want 1000", seen)
	}
	ada.get("/timeline?from=19XX").want(t, "the twentieth century", 200, "Earlier", "20th century")
}

// manyDates gives a person an article with n dates.
func (c *client) manyDates(n int) {
	c.w.t.Helper()
	var text bytes.Buffer
	var entries []cards.Entry
	for i := range n {
		start := text.Len()
		year := fmt.Sprint(1000 + i*1000/n)
		fmt.Fprintf(&text, "The town council number %d met in %s for the first time. ", i, year)
		at := start + strings.Index(text.String()[start:], " in "+year) + 4
		entries = append(entries, cards.Entry{Reason: "none", Fact: cards.Fact{ID: fmt.Sprint(i), Kind: cards.DateFact, Text: year, Value: year,
			Span: cards.Span{Start: at, End: at + 4}, Sentence: cards.Span{Start: start, End: text.Len() - 1}}})
	}
	a := cards.Article{Title: "Councils", Language: "en", Text: text.String(), Blocks: []cards.Block{{Kind: cards.Paragraph, Span: cards.Span{Start: 0, End: text.Len()}}}}
	_, err := c.w.store.AddArticle(c.w.ctx(), c.id, a, entries, nil, c.w.now())
	c.w.must(err)
}

// TestTheLedgerIsReadAsItIsWritten: dates are found in the stored ledger by their kind.
func TestTheLedgerIsReadAsItIsWritten(t *testing.T) {
	b, err := json.Marshal(cards.Entry{Fact: cards.Fact{Kind: cards.DateFact}})
	must(t, err)
	if !strings.Contains(string(b), `"kind":"date"`) {
		t.Errorf("a date stands in the ledger as %s", b)
	}
}

// BenchmarkTimelinePage is the first page of ten thousand entries, as a browser gets it.
//
//	go test -run xxx -bench TimelinePage ./app/web
func BenchmarkTimelinePage(b *testing.B) {
	w := newWorld(b, func(o *Options) { o.Log = nil })
	ada := w.join("ada")
	ada.manyDates(10000)
	b.ResetTimer()
	for b.Loop() {
		ada.get("/timeline").want(b, "timeline", 200)
	}
}
