package store_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"recto/cards"
	"recto/store"
)

const (
	peace    = "Peace came in 1956. The talks took 12 days."
	newPeace = "After long talks, peace came in 1957. The talks took 12 days."
)

// version stores a text with a proposal for each of the answers, in order.
func (p *person) version(text string, answers ...string) store.ArticleID {
	p.w.t.Helper()
	a := cards.Article{Title: "Peace", Language: "en", Text: text, Blocks: []cards.Block{{Kind: cards.Paragraph, Span: cards.Span{Start: 0, End: len(text)}}}}
	var list []cards.Proposal
	var entries []cards.Entry
	for _, answer := range answers {
		at := strings.Index(text, answer)
		start := strings.LastIndex(text[:at], ". ") + 1
		sentence := cards.Span{Start: start, End: start + strings.Index(text[start:], ".") + 1}
		id := "of " + answer + " in " + text[:5]
		source := cards.Span{Start: at, End: at + len(answer)}
		entries = append(entries, cards.Entry{Fact: cards.Fact{ID: id, Kind: cards.DateFact, Text: answer, Value: answer, Span: source, Sentence: sentence}, Proposals: []string{id}})
		list = append(list, cards.Proposal{ID: id, FactID: id, Kind: cards.DateFact, Family: "when", Front: "When? " + sentence.Of(text)[:6], Back: answer,
			Answer: cards.Answer{Text: answer, Value: answer}, Source: source, Sentence: sentence, Confidence: 0.9, Default: true})
	}
	return got[store.ArticleID](p.w.t)(p.w.s.AddArticle(p.w.ctx(), p.id, a, entries, list, p.w.now))
}

// revised is ada with two cards of the earlier text, one of them answered, and the
// newer text beside it.
func revised(w *world) (ada *person, older, newer store.ArticleID, ids []store.CardID) {
	ada = w.join("ada")
	older = ada.version(peace, "1956", "12 days")
	deck := got[store.DeckID](w.t)(w.s.CreateDeck(w.ctx(), ada.id, "Peace", w.now))
	must(w.t, w.s.SetVerdicts(w.ctx(), ada.id, older, []store.Verdict{
		{Proposal: "of 1956 in Peace", Verdict: "keep"}, {Proposal: "of 12 days in Peace", Verdict: "edit", Front: "How long?", Back: "12 days"}}, w.now))
	got[int](w.t)(w.s.SaveCards(w.ctx(), ada.id, older, deck, ada.today(), w.now))
	ids = ada.cards(deck)
	ada.grade(ids[0], 4)
	w.now = w.now.Add(time.Hour)
	newer = ada.version(newPeace, "1957", "12 days")
	must(w.t, w.s.Revise(w.ctx(), ada.id, older, newer, w.now))
	return ada, older, newer, ids
}

// moves are what a person chose: the changed card updated, the other one retired.
func moves() []store.Move {
	year := strings.Index(newPeace, "1957")
	long := strings.Index(newPeace, "12 days")
	return []store.Move{
		{Proposal: "of 1956 in Peace", To: "of 1957 in After", Source: cards.Span{Start: year, End: year + 4}, Sentence: cards.Span{Start: 0, End: year + 5}, Words: &[3]string{"When at last?", "1957", ""}},
		{Proposal: "of 12 days in Peace", To: "of 12 days in After", Source: cards.Span{Start: long, End: long + 7}, Sentence: cards.Span{Start: year + 6, End: len(newPeace)}, Retire: true},
	}
}

func TestARevisionMovesCardsWithTheirProgressAndCanBeTakenBack(t *testing.T) {
	w := newWorld(t)
	ada, older, newer, ids := revised(w)
	before := []store.Card{ada.card(ids[0]), ada.card(ids[1])}
	r := got[store.Revision](t)(w.s.Revision(w.ctx(), ada.id, newer))
	if len(r.Cards) != 2 || r.Cards[1].Front != "How long?" || r.Previous.ID != older || !r.Used.IsZero() {
		t.Fatalf("the revision is %+v", r.Cards)
	}
	if _, err := w.s.SaveCards(w.ctx(), ada.id, newer, before[0].Deck, ada.today(), w.now); !errors.Is(err, store.ErrStale) {
		t.Errorf("saving cards of a version that is not in use gives %v, want ErrStale", err)
	}
	if rows := got[[]store.ArticleRow](t)(w.s.Articles(w.ctx(), ada.id)); len(rows) != 1 || rows[0].ID != older || rows[0].Newer != newer {
		t.Errorf("before it is used the list is %+v", rows)
	}
	for range 2 { // and once more, which changes nothing
		must(t, w.s.UseRevision(w.ctx(), ada.id, newer, moves(), nil, w.now))
		first, second := ada.card(ids[0]), ada.card(ids[1])
		if first.Front != "When at last?" || first.Back != "1957" || first.Article != newer || first.Source.Of(newPeace) != "1957" || first.Schedule != before[0].Schedule {
			t.Errorf("the updated card is %+v", first)
		}
		if second.Front != "How long?" || !second.Schedule.Suspended || second.Source.Of(newPeace) != "12 days" || second.SentenceText != "The talks took 12 days." {
			t.Errorf("the retired card is %+v", second)
		}
	}
	if rows := got[[]store.ArticleRow](t)(w.s.Articles(w.ctx(), ada.id)); len(rows) != 1 || rows[0].ID != newer || rows[0].Kept != 2 {
		t.Errorf("once it is used the list is %+v", rows)
	}
	if n := got[int](t)(w.s.SaveCards(w.ctx(), ada.id, newer, before[0].Deck, ada.today(), w.now)); n != 0 {
		t.Errorf("saving again adds %d cards, want none: they are there", n)
	}
	w.wantClean()
	must(t, w.s.UndoRevision(w.ctx(), ada.id, newer, w.now))
	for i, id := range ids {
		c := ada.card(id)
		c.Version = before[i].Version
		if c.Front != before[i].Front || c.Back != before[i].Back || c.Source != before[i].Source || c.Article != older || c.Schedule != before[i].Schedule {
			t.Errorf("card %d, taken back, is %+v, want %+v", i, c, before[i])
		}
	}
	must(t, w.s.UseRevision(w.ctx(), ada.id, newer, moves(), nil, w.now))
	if c := ada.card(ids[1]); !c.Schedule.Suspended {
		t.Error("used again, the revision retires nothing")
	}
	w.wantClean()
	if text := ada.export(); !strings.Contains(text, `"used":true`) {
		t.Error("the export does not tell of the revision")
	}
	must(t, w.s.DeleteUser(w.ctx(), ada.id))
	w.wantClean()
}

func TestARevisionLeavesWhatWasEditedSince(t *testing.T) {
	w := newWorld(t)
	ada, _, newer, ids := revised(w)
	must(t, w.s.UseRevision(w.ctx(), ada.id, newer, moves(), nil, w.now))
	c := ada.card(ids[0])
	c.Fields[0].Value = "Mine?"
	must(t, w.s.EditNote(w.ctx(), ada.id, c.Note, c.Fields, nil, w.now))
	must(t, w.s.UndoRevision(w.ctx(), ada.id, newer, w.now))
	if got := ada.card(ids[0]).Front; got != "Mine?" {
		t.Errorf("a question edited since is %q after undo", got)
	}
	w.wantClean()
}

func TestWhoseRevision(t *testing.T) {
	w := newWorld(t)
	ada, older, newer, _ := revised(w)
	eve := w.join("eve")
	mine := eve.version(peace, "1956")
	other := eve.version(newPeace, "1957")
	before := ada.export()
	for what, err := range map[string]error{
		"revising ada's by eve's":     w.s.Revise(w.ctx(), eve.id, older, other, w.now),
		"revising eve's by ada's":     w.s.Revise(w.ctx(), eve.id, mine, newer, w.now),
		"using ada's":                 w.s.UseRevision(w.ctx(), eve.id, newer, moves(), nil, w.now),
		"keeping ada's apart":         w.s.KeepApart(w.ctx(), eve.id, newer),
		"taking back ada's":           w.s.UndoRevision(w.ctx(), eve.id, newer, w.now),
		"joining to what is not here": w.s.SetVerdicts(w.ctx(), ada.id, older, []store.Verdict{{Proposal: "of 1956 in Peace", Verdict: "join", Joined: "nothing"}}, w.now),
	} {
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s gives %v, want ErrNotFound", what, err)
		}
	}
	if _, err := w.s.Revision(w.ctx(), eve.id, newer); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("looking at ada's revision gives %v, want ErrNotFound", err)
	}
	if all := got[map[store.CardID]cards.Schedule](t)(w.s.Schedules(w.ctx(), eve.id, older)); len(all) != 0 {
		t.Errorf("eve sees schedules of ada's article: %v", all)
	}
	if ada.export() != before {
		t.Error("something of ada's has changed")
	}
	must(t, w.s.Revise(w.ctx(), ada.id, older, newer, w.now))
	for _, pair := range [][2]store.ArticleID{{newer, older}, {newer, newer}} {
		if err := w.s.Revise(w.ctx(), ada.id, pair[0], pair[1], w.now); !errors.Is(err, store.ErrStale) {
			t.Errorf("%d as a newer version of %d gives %v, want ErrStale", pair[1], pair[0], err)
		}
	}
	must(t, w.s.KeepApart(w.ctx(), ada.id, newer))
	if rows := got[[]store.ArticleRow](t)(w.s.Articles(w.ctx(), ada.id)); len(rows) != 2 {
		t.Errorf("kept apart, the list is %+v, want both texts", rows)
	}
	must(t, w.s.Revise(w.ctx(), ada.id, older, newer, w.now))
	must(t, w.s.UseRevision(w.ctx(), ada.id, newer, nil, nil, w.now))
	if err := w.s.KeepApart(w.ctx(), ada.id, newer); !errors.Is(err, store.ErrStale) {
		t.Errorf("keeping a version in use apart gives %v, want ErrStale", err)
	}
	must(t, w.s.SetVerdicts(w.ctx(), ada.id, older, []store.Verdict{{Proposal: "of 1956 in Peace", Verdict: "join", Joined: "of 12 days in Peace"}}, w.now))
	if a := got[store.Article](t)(w.s.Article(w.ctx(), ada.id, older)); a.Proposals[0].Joined != "of 12 days in Peace" {
		t.Errorf("a joined proposal is %+v", a.Proposals[0])
	}
	w.wantClean()
}
