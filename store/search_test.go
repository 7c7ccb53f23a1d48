package store_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"recto/cards"
	"recto/cards/search"
	"recto/store"
)

// library is a user's cards with all that can be asked of them; its notes are known by
// a letter that their first field begins with.
func library(w *world) *person {
	p := w.join("ada")
	deck := func(name string) store.DeckID {
		return got[store.DeckID](w.t)(w.s.CreateDeck(w.ctx(), p.id, name, w.now))
	}
	french, verbs, misc := deck("French"), deck("French::Verbs"), deck("Größe")
	add := func(deck store.DeckID, kind string, tags []string, values ...string) {
		w.t.Helper()
		n := cards.Note{GUID: w.key(), Type: kind, Tags: tags}
		names := map[string][]string{"Basic": {"Front", "Back"}, "Cloze": {"Text", "Back Extra"}, "Basic (and reversed card)": {"Front", "Back"}}[kind]
		for i, v := range values {
			n.Fields = append(n.Fields, cards.Field{Name: names[i], Value: v})
		}
		got[store.NoteID](w.t)(w.s.AddNote(w.ctx(), p.id, deck, n, p.today(), w.now))
	}
	add(french, "Basic", []string{"animal", "hard"}, "a dog", "un chien")
	add(french, "Basic", []string{"animal::cat"}, "b the cat sat", "le chat")
	add(verbs, "Basic", nil, "c to eat", "manger, <b>mangé</b>")
	add(verbs, "Basic (and reversed card)", []string{"verb"}, "d doggedly run", "courir")
	add(misc, "Cloze", []string{"geo"}, "e {{c1::Paris}} is the capital of {{c2::France}}", "")
	add(misc, "Basic", nil, "f Über 100% of_it", "x*y")
	add(misc, "Basic", []string{"Hard"}, "g", "")
	return p
}

// letters are the notes that a query finds.
func (p *person) letters(query string) string {
	p.w.t.Helper()
	n, err := search.Parse(query)
	must(p.w.t, err)
	found := got[[]store.Found](p.w.t)(p.w.s.Find(p.w.ctx(), p.id, p.w.now, n))
	var list []string
	for _, f := range found {
		note, _, err := p.w.s.Note(p.w.ctx(), p.id, f.Note)
		must(p.w.t, err)
		list = append(list, note.Fields[0].Value[:1])
	}
	slices.Sort(list)
	return strings.Join(slices.Compact(list), "")
}

// What queries find in the library, in Recto as in Anki.
var asked = []struct{ query, finds string }{
	{"", "abcdefg"}, {"dog", "ad"}, {"dog cat", ""}, {"dog or cat", "abd"}, {"-dog", "bcefg"}, {"DOG", "ad"},
	{"\"the cat\"", "b"}, {"d_g", "ad"}, {"c*t", "bce"}, {"w:dog", "a"}, {"w:dog*", "ad"}, {"manger", "c"},
	{"deck:French", "abcd"}, {"deck:French::Verbs", "cd"}, {"deck:French -deck:French::*", "ab"}, {"deck:fr*", "abcd"}, {"deck:größe", "efg"},
	{"tag:animal", "ab"}, {"tag:animal::cat", "b"}, {"tag:none", "cf"}, {"tag:ani*", "ab"}, {"tag:hard", "ag"}, {"tag:h_rd", "ag"}, {"-tag:animal", "cdefg"}, {"tag:geo or tag:verb", "de"},
	{"note:basic", "abcfg"}, {"note:*cloze*", "e"}, {"note:\"Basic (and reversed card)\"", "d"}, {"card:2", "de"}, {"card:1", "abcdefg"}, {"\"card:Card 2\"", "d"},
	{"front:g", "g"}, {"front:dog", ""}, {"front:*dog*", "ad"}, {"back:", "g"}, {"back:_*", "abcdf"}, {"front:*", "abcdfg"}, {"fr*:*cat*", "b"}, {"back:\"un chien\"", "a"},
	{"text:*paris*", "e"}, {`100%`, "f"}, {`of\_it`, "f"}, {`x\*y`, "f"}, {"re:d[ou]g", "ad"}, {`"re:\bdog\b"`, "a"}, {"front:re:^a", "a"}, {"nc:uber", "f"}, {"tag:re:^animal$", "a"},
	{"is:new", "abcdefg"}, {"is:due", ""}, {"is:suspended", ""}, {"is:learn", ""}, {"added:1", "abcdefg"}, {"edited:1", "abcdefg"}, {"rated:1", ""}, {"introduced:1", ""},
	{"flag:0", "abcdefg"}, {"flag:1", ""}, {"prop:ivl=0", "abcdefg"}, {"prop:lapses>0", ""}, {"prop:reps=0", "abcdefg"}, {"(dog or cat) deck:French -tag:hard", "bd"},
}

func TestSearchFindsWhatAnkiFinds(t *testing.T) {
	w := newWorld(t)
	ada := library(w)
	for _, c := range asked {
		if got := ada.letters(c.query); got != c.finds {
			t.Errorf("%q finds %q, want %q", c.query, got, c.finds)
		}
	}
	for query, finds := range map[string]string{ // what Anki does otherwise, or not at all
		"uber": "f", "deck:grosse": "efg", "mange": "c", "article:none": "abcdefg", "c2": "e",
	} {
		if got := ada.letters(query); got != finds {
			t.Errorf("%q finds %q, want %q", query, got, finds)
		}
	}
	n, err := search.Parse("dog planet:earth")
	must(t, err)
	var wrong *search.Error
	if _, err := w.s.Find(w.ctx(), ada.id, w.now, n); !errors.As(err, &wrong) || wrong.At != 5 {
		t.Errorf("a field that no note has gives %v", err)
	}
}

// TestRealAnkiFindsTheSame makes the library in a collection of real Anki, and asks it
// the same.
func TestRealAnkiFindsTheSame(t *testing.T) {
	python := os.Getenv("RECTO_ANKI_PYTHON")
	if python == "" {
		t.Skip("real Anki is not asked: set RECTO_ANKI_PYTHON to a Python that has the package anki")
	}
	queries := make([]string, len(asked))
	for i, c := range asked {
		queries[i] = c.query
	}
	text, err := json.Marshal(queries)
	must(t, err)
	out, err := exec.Command(python, filepath.Join("testdata", "anki_search.py"), filepath.Join(t.TempDir(), "collection.anki2"), string(text)).Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		t.Fatalf("%v: %s", err, failed.Stderr)
	}
	must(t, err)
	var found []string
	must(t, json.Unmarshal(out, &found))
	for i, c := range asked {
		if found[i] != c.finds {
			t.Errorf("%q finds %q in Anki, and %q here", c.query, found[i], c.finds)
		}
	}
}

// TestSearchKnowsHowCardsStand: states and numbers follow answers, and the day.
func TestSearchKnowsHowCardsStand(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, ids := ada.deck("Apollo", 4)
	count := func(when string, all map[string]int) {
		t.Helper()
		for query, want := range all {
			if n := len(ada.find(query)); n != want {
				t.Errorf("%s, %q finds %d, want %d", when, query, n, want)
			}
		}
	}
	ada.grade(ids[0], 5)
	ada.grade(ids[1], 1)
	must(t, w.s.SetFlag(w.ctx(), ada.id, ids[3], 2))
	count("on the day", map[string]int{
		"is:new": 2, "is:learn": 1, "is:review": 1, "is:due": 1, "rated:1": 2, "rated:1:1": 1, "rated:1:4": 1, "introduced:1": 2, "prop:reps=1": 2,
		"flag:2": 1, "prop:ivl>0": 2, "added:1": 4, "prop:due=1": 2, "prop:ease<2.5": 1, fmt.Sprintf("cid:%d,%d", ids[0], ids[2]): 2,
	})
	got[cards.Review](t)(w.s.Undo(w.ctx(), ada.id, w.key(), w.now))
	count("after an undo", map[string]int{"is:new": 3, "rated:1": 1, "introduced:1": 1, "prop:reps=0": 3, "is:learn": 0})
	w.now = w.now.Add(24 * time.Hour)
	count("a day later", map[string]int{"is:due": 1, "rated:1": 0, "rated:2": 1, "introduced:1": 0, "introduced:2": 1, "added:1": 0, "added:2": 4, "prop:due=0": 1})
	got[cards.Review](t)(w.s.Bury(w.ctx(), ada.id, ids[0], w.key(), w.now))
	count("put off", map[string]int{"is:due": 0, "is:buried": 1, "prop:due=0": 0, "-is:buried": 3})
	got[cards.Review](t)(w.s.Suspend(w.ctx(), ada.id, ids[2], w.key(), true, w.now))
	count("suspended", map[string]int{"is:suspended": 1, "is:new": 3, "is:new -is:suspended": 2})
}

// TestEveryOrderIsOneAndItsOpposite: pages of two go through all cards, there and back,
// also where it takes long to find out of a card.
func TestEveryOrderIsOneAndItsOpposite(t *testing.T) {
	for _, query := range []string{"", "re:.", "front:_* or text:_*", "prop:reps<1"} {
		n, err := search.Parse(query)
		must(t, err)
		t.Run(query, func(t *testing.T) { pagesFollow(t, n) })
	}
}

func pagesFollow(t *testing.T, query search.Node) {
	w := newWorld(t)
	ada := library(w)
	page := func(b store.Browse) store.Browsed {
		t.Helper()
		b.Query, b.Size = query, 2
		return got[store.Browsed](t)(w.s.Browse(w.ctx(), ada.id, w.now, b))
	}
	for _, order := range store.Orders {
		var up, down []store.CardID
		for _, way := range []bool{false, true} {
			b := store.Browse{Order: order, Down: way}
			var list []store.CardID
			var last store.Browsed
			for {
				last = page(b)
				for _, c := range last.Cards {
					list = append(list, c.ID)
				}
				if b.After = last.Next; b.After == "" {
					break
				}
			}
			if last.Total != len(list) {
				t.Errorf("by %s, pages have %d cards, want %d", order, len(list), last.Total)
			}
			before := page(store.Browse{Order: order, Down: way, Before: last.Previous})
			if want := list[len(list)-len(last.Cards)-2]; before.Cards[0].ID != want {
				t.Errorf("by %s, the page before the last begins with %d, want %d", order, before.Cards[0].ID, want)
			}
			if up = list; way {
				up, down = down, list
			} else {
				down = list
			}
		}
		slices.Reverse(down)
		if !slices.Equal(up, down) {
			t.Errorf("by %s, up is %v, and down backwards %v", order, up, down)
		}
	}
	n := search.And{}
	if _, err := w.s.Browse(w.ctx(), ada.id, w.now, store.Browse{Query: n, Size: 2, After: "nonsense"}); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a place that is none gives %v, want ErrNotFound", err)
	}
}
