package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"recto/cards"
	"recto/store"
)

// article stores a text with n proposals, kept, that belong together if sibling is
// not "".
func (p *person) article(text string, n int, sibling string) (cards.Article, store.ArticleID) {
	p.w.t.Helper()
	whole := cards.Span{Start: 0, End: len(text)}
	a := cards.Article{Title: "Peace", URL: "https://example.org/peace", Language: "en", Text: text, Blocks: []cards.Block{{Kind: cards.Paragraph, Span: whole}}}
	var entries []cards.Entry
	var proposals []cards.Proposal
	var kept []store.Verdict
	for i := range n {
		id := fmt.Sprintf("p%d", i)
		f := cards.Fact{ID: "f" + id, Kind: cards.DateFact, Text: text[:1], Value: "1", Span: cards.Span{Start: 0, End: 1}, Sentence: whole}
		entries = append(entries, cards.Entry{Fact: f, Proposals: []string{id}})
		proposals = append(proposals, cards.Proposal{ID: id, FactID: f.ID, Kind: f.Kind, Family: "when", Front: fmt.Sprintf("Question <%d>?", i), Back: "Answer & proof",
			Context: "In Europe", Source: f.Span, Sentence: whole, Confidence: 0.5, Default: i%2 == 0, Sibling: sibling})
		kept = append(kept, store.Verdict{Proposal: id, Verdict: "keep"})
	}
	id := got[store.ArticleID](p.w.t)(p.w.s.AddArticle(p.w.ctx(), p.id, a, entries, proposals, p.w.now))
	must(p.w.t, p.w.s.SetVerdicts(p.w.ctx(), p.id, id, kept, p.w.now))
	return a, id
}

func TestAnArticleComesBackAsItWas(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	a, id := ada.article("Peace came in 1956.", 3, "")
	got1 := got[store.Article](t)(w.s.Article(w.ctx(), ada.id, id))
	if fmt.Sprint(got1.Article) != fmt.Sprint(a) || len(got1.Entries) != 3 || len(got1.Proposals) != 3 || !got1.Created.Equal(w.now) || got1.Deck != 0 {
		t.Errorf("the article comes back as %+v", got1)
	}
	if p := got1.Proposals[1]; p.Front != "Question <1>?" || p.Verdict != "keep" || p.Card != 0 || p.Sentence != (cards.Span{Start: 0, End: 19}) {
		t.Errorf("its proposal is %+v", p)
	}
	_, again := ada.article("Peace came in 1956.", 3, "")
	if again != id {
		t.Errorf("the same text again is article %d, want %d", again, id)
	}
	rows := got[[]store.ArticleRow](t)(w.s.Articles(w.ctx(), ada.id))
	if len(rows) != 1 || rows[0].Proposed != 3 || rows[0].Kept != 0 || rows[0].URL != a.URL {
		t.Errorf("the list is %+v", rows)
	}
}

func TestSavedCardsHaveTheirProof(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	text := "Peace came in 1956."
	_, id := ada.article(text, 3, "")
	deck := got[store.DeckID](t)(w.s.CreateDeck(w.ctx(), ada.id, "Peace", w.now))
	must(t, w.s.SetVerdicts(w.ctx(), ada.id, id, []store.Verdict{
		{Proposal: "p1", Verdict: "edit", Front: "Mine\nown?", Back: "<b>"}, {Proposal: "p2", Verdict: "drop"}}, w.now))
	for _, want := range []int{2, 0} {
		if n := got[int](t)(w.s.SaveCards(w.ctx(), ada.id, id, deck, ada.today(), w.now)); n != want {
			t.Errorf("saving added %d cards, want %d", n, want)
		}
	}
	ids := ada.cards(deck)
	first, second := ada.card(ids[0]), ada.card(ids[1])
	if first.Front != "Question <0>?" || first.Back != "Answer & proof" || first.Context != "In Europe" || first.SentenceText != text || first.Article != id ||
		first.ArticleTitle != "Peace" || first.Source != (cards.Span{Start: 0, End: 1}) || !first.Mine || first.Fields[0].Value != "Question &lt;0&gt;?" {
		t.Errorf("the first card is %+v", first)
	}
	if second.Front != "Mine\nown?" || second.Back != "<b>" {
		t.Errorf("the edited card says %q and %q", second.Front, second.Back)
	}
	a := got[store.Article](t)(w.s.Article(w.ctx(), ada.id, id))
	if a.Deck != deck || a.Proposals[0].Card != ids[0] || a.Proposals[2].Card != 0 {
		t.Errorf("after saving the article lies in deck %d, and its proposals have cards %d and %d", a.Deck, a.Proposals[0].Card, a.Proposals[2].Card)
	}
	d := got[store.Deck](t)(w.s.Deck(w.ctx(), ada.id, deck, ada.today()))
	if d.Article != id || d.New != 2 {
		t.Errorf("the deck is %+v", d)
	}

	item := got[int64](t)(w.s.DeleteArticle(w.ctx(), ada.id, id, w.now))
	if c := ada.card(ids[0]); c.Article != 0 || c.SentenceText != text || c.ArticleTitle != "Peace" {
		t.Errorf("without its article the card is %+v", c)
	}
	if _, err := w.s.Article(w.ctx(), ada.id, id); !isNotFound(err) {
		t.Errorf("a deleted article gives %v", err)
	}
	must(t, w.s.Restore(w.ctx(), ada.id, item))
	if c := ada.card(ids[0]); c.Article != id {
		t.Error("the article that was put back has lost its card")
	}
	w.wantClean()
}

func TestALongArticleIsStoredWhole(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck := got[store.DeckID](t)(w.s.CreateDeck(w.ctx(), ada.id, "Long", w.now))
	_, id := ada.article(strings.Repeat("Peace came in 1956. ", 5000), 1300, "")
	a := got[store.Article](t)(w.s.Article(w.ctx(), ada.id, id))
	if len(a.Entries) != 1300 || len(a.Proposals) != 1300 || a.Proposals[1299].ID != "p1299" {
		t.Fatalf("of 1300 facts and proposals %d and %d are there", len(a.Entries), len(a.Proposals))
	}
	if n := got[int](t)(w.s.SaveCards(w.ctx(), ada.id, id, deck, ada.today(), w.now)); n != 1300 {
		t.Errorf("%d cards were saved, want 1300", n)
	}
	w.wantClean()
}

func TestVerdictsThatCannotBeTaken(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, id := ada.article("Peace came in 1956.", 1, "")
	if err := w.s.SetVerdicts(w.ctx(), ada.id, id, []store.Verdict{{Proposal: "p0", Verdict: "drop"}, {Proposal: "nobody's", Verdict: "drop"}}, w.now); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a verdict on no proposal gives %v, want ErrNotFound", err)
	}
	if err := w.s.SetVerdicts(w.ctx(), ada.id, id, []store.Verdict{{Proposal: "p0", Verdict: "burn"}}, w.now); err == nil {
		t.Error("a verdict that is none is stored")
	}
	if a := got[store.Article](t)(w.s.Article(w.ctx(), ada.id, id)); a.Proposals[0].Verdict != "keep" {
		t.Errorf("the proposal's verdict is %q, want the one before", a.Proposals[0].Verdict)
	}
}

// What people decided about proposals is counted without who and what: what came with
// an article is no judgement, a changed card was not kept as it was, and one person
// has 500 voices at most.
func TestJudgedTellsKindsAndNumbersAlone(t *testing.T) {
	w := newWorld(t)
	ada, ben := w.join("ada"), w.join("ben")
	_, hers := ada.article("Peace came in 1956.", 4, "")
	ben.article("War came in 1941.", 4, "")
	if list := got[[]store.Judged](t)(w.s.Judged(w.ctx())); len(list) != 0 {
		t.Errorf("cards that came kept are judged: %+v", list)
	}
	must(t, w.s.SetVerdicts(w.ctx(), ada.id, hers, []store.Verdict{{Proposal: "p0", Verdict: "keep"}, {Proposal: "p1", Verdict: "edit", Front: "Other?", Back: "x"}, {Proposal: "p2", Verdict: "drop"}}, w.now.Add(time.Minute)))
	list := got[[]store.Judged](t)(w.s.Judged(w.ctx()))
	kept := 0
	for _, j := range list {
		if j.Kind != cards.DateFact || j.Sure != 0.5 {
			t.Errorf("a judged card is %+v, want a date of 0.5", j)
		}
		if j.Kept {
			kept++
		}
	}
	if len(list) != 3 || kept != 1 {
		t.Errorf("%d cards are judged and %d kept, want 3 and 1", len(list), kept)
	}
	many := make([]store.Verdict, 600)
	_, long := ben.article("It ended in 1945.", len(many), "")
	for i := range many {
		many[i] = store.Verdict{Proposal: fmt.Sprintf("p%d", i), Verdict: "drop"}
	}
	must(t, w.s.SetVerdicts(w.ctx(), ben.id, long, many, w.now.Add(time.Hour)))
	if list := got[[]store.Judged](t)(w.s.Judged(w.ctx())); len(list) != 503 {
		t.Errorf("one person's 600 cards beside 3 of another give %d, want 503", len(list))
	}
}
