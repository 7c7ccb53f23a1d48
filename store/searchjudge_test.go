package store_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"recto/cards/search"
	"recto/store"
)

// judged are queries that real Anki and Recto answer about the same collection.
var judged = []string{
	"", "deck:Plain", "deck:Welt", "deck:Welt::*", "deck:welt::länder::a", "deck:*länder*", "deck:_lain", "-deck:Plain", "deck:Plain or deck:Welt::Länder::B",
	"is:new", "is:learn", "is:review", "is:due", "is:suspended", "is:buried", "is:buried-manually", "is:buried-sibling", "-is:new", "is:review is:learn", "is:due or is:new", "(is:new or is:review) -is:suspended",
	"is:new deck:Plain", "-(is:new or is:suspended)",
	"prop:ivl>=3", "prop:ivl=12", "prop:ivl<5", "prop:ivl!=0", "prop:due=0", "prop:due>5", "prop:due<=10", "prop:due<0", "prop:due=1", "prop:ease<2.3", "prop:ease=1.95", "prop:ease>=2.5",
	"prop:lapses>0", "prop:lapses=2", "prop:reps=0", "prop:reps>1", "prop:reps=7", "prop:reps<2", "prop:pos=1", "prop:pos<5", "prop:pos>30", "prop:pos!=2",
	"rated:1", "rated:1:1", "rated:1:2", "rated:1:3", "rated:7:4", "-rated:1", "introduced:1", "introduced:3 -is:new", "resched:1", "resched:3", "edited:1", "added:1", "-added:2",
	"flag:0", "flag:3", "flag:1", "-flag:0",
	"tag:none", "tag:geo", "tag:geo::*", "tag:geo::africa", "tag:t_", "tag:t1", "tag:re:^t[12]$", "-tag:none", "tag:GEO", "tag:*fri*",
	"note:basic", "note:Basic*", "note:\"Basic (and reversed card)\"", "\"note:cloze\"", "note:*occlusion*", "card:1", "card:2", "\"card:Card 1\"", "card:cloze", "\"card:Card 2\"", "card:card*",
	"front:hund", "front:_*", "front:", "back:*answer*", "\"back:answer 3\\nsecond line\"", "front:re:^question.1", "front:re:question\\d*$", "front:\"question 3\"", "fr*:*hat*", "text:*paris*", "back:re:ton\\.mp3", "front:nc:hund",
	"question", "question 3", "\"question 3\"", "w:question", "w:3", "w:1_", "nc:hund", "re:question.[12]$", "re:\\bdog\\b", "\"re:question 2\\d\"", "que*ion", "q_estion", "HUND", "-question", "more", "&", "front", "\"second line\"",
	"cloze or basic", "dog and hund", "dog OR cat", "dog (hund or cat)", "-dog -question", "-(dog or question)", "\"dog\"", "\"deck:Plain\" \"question 1\"", `\"`, `question\*`, `\(`, "2 + 2", "2\\+2",
	"c1::paris", `c1\:\:paris`, "jpg", "ton.mp3", "sound", "img", "africa", "lies in", "\"lies in\"",
	`2\\+2`, "prop:nope=1", "is:late", "rated:x", "flag:9", "(", "dog)", "dupe:1",
}

// otherwise are queries that Recto answers in another way than Anki, and why.
var otherwise = map[string]string{
	"prop:ease<2.3": "SM-2 gives a card its E-Factor of 2.5 before it is reviewed, where Anki has 0", "prop:ease>=2.5": "likewise",
	"card:cloze": "every gap's card has the template, not only the first", "w:1_": "a field ends there; what is between fields is no character",
	"re:question.[12]$": "an expression is held against each field, not all in one",
	`\"`:                "what is read is searched, not how it is written in HTML", "img": "likewise",
	"c1::paris": "a field that no note has is a mistake and is said", "nosuchfield:x": "likewise",
	"is:buried-sibling": "said to be unknown here, like what follows", "deck:current": "", "deck:filtered": "", "did:1": "", "preset:default": "", "has-cd:a": "", "prop:cdn:a=1": "", "prop:rated=0": "", "prop:resched=0": "",
}

// TestRealAnkiFindsTheSameCardsOfACollection asks real Anki and Recto the same of one
// collection with cards in every state.
func TestRealAnkiFindsTheSameCardsOfACollection(t *testing.T) {
	folder := t.TempDir()
	askAnki(t, "make", folder)
	path := filepath.Join(folder, "collection.anki2")
	queries, err := json.Marshal(judged)
	must(t, err)
	var found []any
	must(t, askAnki(t, "find", path, string(queries)).Decode(&found))
	w := newWorld(t)
	w.now = time.Now()
	ada := w.join("ada")
	ada.take(draftOf(t, path), store.Choices{})
	for i, query := range judged {
		want := fmt.Sprint(found[i])
		if _, refused := found[i].(string); refused {
			want = "refused"
		}
		switch got := ada.identities(query); {
		case otherwise[query] == "" && got != want:
			t.Errorf("%q finds\n%.300s here, and in Anki\n%.300s", query, got, want)
		}
	}
	for query := range otherwise {
		if i := slices.Index(judged, query); i >= 0 && ada.identities(query) == fmt.Sprint(found[i]) {
			t.Errorf("%q finds the same in both after all", query)
		}
	}
}

// identities are the GUIDs and ordinals of the cards that a query finds.
func (p *person) identities(query string) string {
	p.w.t.Helper()
	n, err := search.Parse(query)
	var list []store.Found
	if err == nil {
		list, err = p.w.s.Find(p.w.ctx(), p.id, p.w.now, n)
	}
	if wrong := (*search.Error)(nil); errors.As(err, &wrong) {
		return "refused"
	}
	must(p.w.t, err)
	var all [][]string
	for _, f := range list {
		note, _, err := p.w.s.Note(p.w.ctx(), p.id, f.Note)
		must(p.w.t, err)
		all = append(all, []string{note.GUID, fmt.Sprint(p.card(f.Card).Ordinal)})
	}
	slices.SortFunc(all, slices.Compare[[]string])
	if all == nil {
		return "[]"
	}
	return fmt.Sprint(all)
}
