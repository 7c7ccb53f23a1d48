package store_test

import (
	"strings"
	"testing"

	"recto/cards"
	"recto/store"
)

// TestWithin: what an answer holds, and not what is a card already or stands elsewhere.
func TestWithin(t *testing.T) {
	w := newWorld(t)
	ada, eve := w.join("ada"), w.join("eve")
	const text = "War ended in 1945. Bulganin signed the treaty in Moscow in 1956."
	article := cards.Article{Title: "Peace", Text: text}
	at := func(s string) cards.Span {
		return cards.Span{Start: strings.Index(text, s), End: strings.Index(text, s) + len(s)}
	}
	sentence := at("Bulganin signed the treaty in Moscow in 1956.")
	propose := func(id, front, back string, sentence cards.Span) cards.Proposal {
		return cards.Proposal{ID: id, FactID: "f" + id, Kind: cards.NameFact, Family: "gap", Front: front, Back: back, Answer: cards.Answer{Text: back, Value: back}, Source: at(back), Sentence: sentence, Confidence: 0.5, Default: id == "all"}
	}
	var entries []cards.Entry
	proposals := []cards.Proposal{
		propose("all", "What happened?", "signed the treaty in Moscow in 1956", sentence), propose("where", "Where?", "Moscow", sentence), propose("when", "When?", "1956", sentence),
		propose("who", "Who?", "Bulganin", sentence), propose("end", "When did it end?", "1945", at("War ended in 1945.")),
	}
	for _, p := range proposals {
		entries = append(entries, cards.Entry{Fact: cards.Fact{ID: p.FactID, Kind: p.Kind, Type: "thing", Span: p.Source, Sentence: p.Sentence, Value: p.Back}, Proposals: []string{p.ID}})
	}
	id := got[store.ArticleID](t)(w.s.AddArticle(w.ctx(), ada.id, article, entries, proposals, w.now))
	deck, _ := ada.deck("Peace", 0)
	must(t, w.s.SetVerdicts(w.ctx(), ada.id, id, []store.Verdict{{Proposal: "all", Verdict: "keep"}, {Proposal: "where", Verdict: "drop"}, {Proposal: "when", Verdict: "drop"}, {Proposal: "who", Verdict: "drop"}}, w.now))
	got[int](t)(w.s.SaveCards(w.ctx(), ada.id, id, deck, ada.today(), w.now))
	c := ada.card(ada.cards(deck)[0])
	var fronts []string
	for _, p := range got[[]cards.Proposal](t)(w.s.Within(w.ctx(), ada.id, c)) {
		fronts = append(fronts, p.Front)
	}
	if len(fronts) != 2 || fronts[0] != "Where?" || fronts[1] != "When?" {
		t.Errorf("within %q are %q, want Where? and When?", c.Back, fronts)
	}
	if list := got[[]cards.Proposal](t)(w.s.Within(w.ctx(), eve.id, c)); len(list) != 0 {
		t.Errorf("eve finds %+v in another's article", list)
	}
	before, span, err := w.s.TextBefore(w.ctx(), ada.id, c)
	if err != nil || before != text || span != sentence {
		t.Errorf("the text before is %q at %v, %v", before, span, err)
	}
	if before, _, err := w.s.TextBefore(w.ctx(), eve.id, c); err != nil || before != "" {
		t.Errorf("eve reads %q, %v", before, err)
	}
}
