package store_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"recto/cards"
	"recto/cards/formats"
	"recto/cards/plan"
	"recto/cards/quiz/ask"
	"recto/store"
)

// staysHere says of tables, and of columns, why another account does not get what stands
// in them. All else does: a new table has to come with the export, or be named here.
var staysHere = map[string]string{
	"sessions":         "a sign-in is of one server",
	"invites":          "they let people into one server",
	"chores":           "work under way is of one server",
	"recto_migrations": "it is about the database",
	"imports":          "what was imported can be taken back where it was imported; where it was moved to, that is one import",
	"import_changes":   "they are of imports",
	"bulk_acts":        "acts can be taken back where they were done; what one of them deleted lies in the trash, which comes",
	"bulk_items":       "they are of acts",
	"help_acts":        "what helped is there; it can be taken back where it was done",
	"revised_notes":    "what a revision changed can be taken back where it was done",
	"note_media":       "it follows from the fields of notes",

	"*.id":         "numbers are given anew",
	"*.import_id":  "numbers are given anew",
	"*.user_id":    "numbers are given anew",
	"*.article_id": "numbers are given anew", "*.previous_id": "numbers are given anew",
	"*.card_id": "numbers are given anew", "*.note_id": "numbers are given anew", "*.deck_id": "numbers are given anew",
	"*.type_id": "numbers are given anew", "*.quiz_id": "numbers are given anew", "*.media_id": "numbers are given anew", "*.item_id": "numbers are given anew",
	"cards.sibling": "it is the number of a note", "schedules.sibling": "it is the number of a note", "reviews.undoes": "it is the number of an event",
	"answers_given.belongs": "it is the number of a card", "old_reviews.n": "it is counted among those of a card, in the order of their numbers",
	"trash.detail": "it holds numbers", "quizzes.source": "it holds numbers", "quiz_questions.question": "it holds numbers", "quiz_questions.result": "it holds numbers",
	"answers_given.key": "the same form does not come twice on two servers", "quizzes.key": "so it is here", "quiz_questions.key": "so it is here", "extras.key": "so it is here",
	"users.password":    "it stays secret",
	"users.created":     "the account is another one",
	"users.admin":       "it is about one server",
	"cards.created":     "a card is as old as its account for added:",
	"cards.source":      "what another program knows of a card is written anew for the version that its schedule has here",
	"schedules.version": "it counts changes here",
	"decks.source":      "it holds the number of a preset",
	"media.created":     "the content has come on another day",
	"notes.source":      "an exported note has its times",
	"rewordings.key":    "the model is asked again", "rewordings.made": "the model is asked again", "rewordings.reason": "what could not be taken is asked for again",
}

// everything is a person with something of all that Recto keeps, alone in its world.
func everything(w *world) *person {
	t := w.t
	ada, older, newer, _ := revised(w)
	must(t, w.s.UseRevision(w.ctx(), ada.id, newer, moves(), []store.Verdict{{Proposal: "of 1957 in After", Verdict: "keep"}}, w.now))
	deck, ids := ada.deck("Words", 12)
	_, article := ada.article("War came in 1914.", 3, "")
	must(t, w.s.SetRewording(w.ctx(), ada.id, article, store.Rewording{Proposal: "p0", Key: "k", Model: "a model", Front: "In which year?"}, w.now))
	must(t, w.s.SetVerdicts(w.ctx(), ada.id, article, []store.Verdict{{Proposal: "p0", Verdict: "keep"}, {Proposal: "p1", Verdict: "edit", Front: "When?", Back: "1914"}, {Proposal: "p2", Verdict: "drop"}}, w.now))
	got[int](t)(w.s.SaveCards(w.ctx(), ada.id, article, deck, ada.today(), w.now))
	made := ada.cards(deck)[len(ids):]
	ada.note(deck, "Cloze", "{{c1::Paris}} is in {{c2::France}}", "")
	ada.note(deck, "Basic (and reversed card)", "Hund", `<img src="dog.png">`)
	for _, name := range []string{"dog.png", "cat.png"} {
		got[string](t)(w.s.AddMedia(w.ctx(), ada.id, name, strings.NewReader("\x89PNG\r\n\x1a\nno real "+name), w.now))
	}
	got[store.NoteTypeID](t)(w.s.AddNoteType(w.ctx(), ada.id, cards.NoteType{Name: "Unused", Fields: []string{"A", "B"}, Templates: []cards.Template{{Name: "One", Front: "{{A}}", Back: "{{B}}"}}}))
	d := pack("one", "two", "three")
	started(d, 0, 9, 20)
	started(d, 2, 8, 20)
	d.Presets = []formats.Preset{{ID: 1, Name: "of no deck", Limits: cards.Limits{New: 1, Reviews: 2}}, {ID: 2, Name: "of one", Limits: cards.Limits{New: 3, Reviews: 4}}}
	d.Decks[0].Preset = 1
	_, took := ada.take(d, store.Choices{})
	back, _ := ada.take(lone("taken back"), store.Choices{})
	got[store.TakenBack](t)(w.s.TakeBack(w.ctx(), ada.id, back, w.now))
	got[store.DeckID](t)(w.s.CreateDeck(w.ctx(), ada.id, "Default", w.now)) // with nothing in it

	for range 8 { // until it is a leech
		ada.grade(ids[1], cards.Good)
		ada.grade(ids[1], cards.Good)
		w.now = w.now.AddDate(0, 0, 1)
		ada.grade(ids[1], cards.Again)
		w.now = w.now.AddDate(0, 0, 1)
	}
	ada.grade(ids[0], cards.Good)
	ada.undo()
	ada.grade(ids[2], cards.Easy)
	got[cards.Review](t)(w.s.Suspend(w.ctx(), ada.id, ids[3], w.key(), true, w.now))
	got[cards.Review](t)(w.s.Bury(w.ctx(), ada.id, ids[4], w.key(), w.now))
	must(t, w.s.SetFlag(w.ctx(), ada.id, ids[0], 4))
	must(t, w.s.ShareDeck(w.ctx(), ada.id, deck, true))
	must(t, w.s.SetEnrolment(w.ctx(), ada.id, deck, store.Enrolment{Limits: &cards.Limits{New: 7, Reviews: 70}}))
	must(t, w.s.SetDeckTyping(w.ctx(), ada.id, deck, true))
	must(t, w.s.MoreNew(w.ctx(), ada.id, ada.today(), 5, w.key()))
	settings := ada.user().Settings
	settings.Theme, settings.NewPerDay = "dark", 33
	must(t, w.s.SetSettings(w.ctx(), ada.id, settings))

	ended := ada.quiz(true, false, ids[:3]...)
	for i, given := range []string{"zebra", "answer", "nothing"} {
		must(t, ada.answer(ended, i, given, w.key()))
	}
	must(t, ada.answer(ada.quiz(false, false, ids[1:4]...), 0, "zebra", w.key())) // and goes on
	of := store.NewQuiz{Key: w.key(), Source: store.QuizSource{Kind: store.QuizDecks, Decks: []store.DeckID{deck, took.Decks[0].ID}}, Name: "Two", Mode: ask.Typed, Questions: []ask.Question{typed(ids[4])}}
	got[store.QuizID](t)(w.s.StartQuiz(w.ctx(), ada.id, of, w.now))
	of.Key, of.Source = w.key(), store.QuizSource{Kind: store.QuizAgain, Quiz: ended}
	got[store.QuizID](t)(w.s.StartQuiz(w.ctx(), ada.id, of, w.now))
	of.Key, of.Source = w.key(), store.QuizSource{Kind: store.QuizArticle, Article: article}
	got[store.QuizID](t)(w.s.StartQuiz(w.ctx(), ada.id, of, w.now))
	for _, id := range []store.CardID{ids[1], ids[9]} {
		must(t, w.s.AcceptAnswer(w.ctx(), ada.id, id, "fine", w.now))
		must(t, w.s.SetTyping(w.ctx(), ada.id, id, store.TypingYes))
	}
	must(t, w.s.AcceptAnswer(w.ctx(), ada.id, ids[0], "fine", w.now))
	for _, name := range []string{"Old verbs", "äpfel"} {
		got[store.SearchID](t)(w.s.SaveSearch(w.ctx(), ada.id, name, "tag:verb prop:lapses>3", w.now))
	}
	ada.exam(deck, 30, true)
	must(t, w.s.StartComeback(w.ctx(), ada.id, plan.Offer{Kind: plan.Spread, PerDay: 5, Until: ada.today() + 9}, ada.today()))

	ada.helps(store.Help{Card: ids[1], Kind: store.HelpMnemonic, Text: "a lime tree"})
	ada.helps(store.Help{Card: ids[1], Kind: store.HelpLeave})
	ada.helps(store.Help{Card: ids[5], Kind: store.HelpUntil, Until: ada.today() + 10})
	ada.helps(store.Help{Card: ids[6], Kind: store.HelpSplit, Notes: []cards.Note{basic("one of them", "a"), basic("another", "b")}})
	ada.helps(store.Help{Card: ids[7], Kind: store.HelpContrast, Notes: []cards.Note{basic("a or b?", "a, b")}})
	said := ada.card(ids[8]).Fields
	said[0].Value = "In the story: " + said[0].Value
	ada.helps(store.Help{Card: ids[8], Kind: store.HelpContext, Field: said})
	w.now = w.now.AddDate(0, 0, 1)

	// Into the trash: a deck with what it knows, one of the same name, an article, a card
	// of a living note, one of a note that makes it no longer, one made of an article, one
	// that was answered and has all else, and many at once.
	bin, thrown := ada.deck("Old", 3)
	ada.grade(thrown[0], cards.Hard)
	must(t, w.s.ShareDeck(w.ctx(), ada.id, bin, true))
	must(t, w.s.SetEnrolment(w.ctx(), ada.id, bin, store.Enrolment{Limits: &cards.Limits{New: 1, Reviews: 2}}))
	got[int64](t)(w.s.DeleteCard(w.ctx(), ada.id, thrown[2], w.now))
	got[int64](t)(w.s.DeleteDeck(w.ctx(), ada.id, bin, w.now))
	again, _ := ada.deck("Old", 1)
	got[int64](t)(w.s.DeleteDeck(w.ctx(), ada.id, again, w.now))
	ada.deck("Old", 1)
	_, gone := ada.article("Peace came in 1918.", 2, "")
	must(t, w.s.SetVerdicts(w.ctx(), ada.id, gone, []store.Verdict{{Proposal: "p0", Verdict: "keep"}}, w.now))
	got[int](t)(w.s.SaveCards(w.ctx(), ada.id, gone, deck, ada.today(), w.now))
	got[int64](t)(w.s.DeleteArticle(w.ctx(), ada.id, gone, w.now))
	got[int64](t)(w.s.DeleteArticle(w.ctx(), ada.id, older, w.now))
	ada.note(deck, "Basic (and reversed card)", "Katze", `<img src="cat.png">`)
	w.now = w.now.Add(1)
	got[int64](t)(w.s.DeleteCard(w.ctx(), ada.id, ada.find("Katze")[1].Card, w.now))
	less := ada.note(deck, "Cloze", "{{c1::Rome}} is in {{c2::Italy}}", "")
	ada.edit(less, "{{c1::Rome}} is in Italy", "")
	got[int64](t)(w.s.DeleteCard(w.ctx(), ada.id, made[0], w.now))
	must(t, w.s.SetFlag(w.ctx(), ada.id, ids[9], 2))
	ada.grade(ids[9], cards.Good)
	ada.grade(ids[10], cards.Good)
	for _, c := range []store.CardID{ids[10], ids[9]} {
		got[int64](t)(w.s.DeleteCard(w.ctx(), ada.id, c, w.now))
	}
	ada.act(fmt.Sprintf("cid:%d,%d or one", ids[11], made[1]), store.Bulk{Kind: store.BulkDelete})
	return ada
}

// lone is a pack of one note with another GUID than that of others.
func lone(front string) *formats.Draft {
	d := pack(front)
	d.Decks[0].Name, d.Decks[0].ID = "Pack of another", 8
	return d
}

// TestEverythingMovesToAnother exports an account that has something of all, imports it
// into another database and exports that: the two documents are the same, byte for
// byte, and so is what every column of every table holds, but for what is named above
// with the reason.
func TestEverythingMovesToAnother(t *testing.T) {
	w := newWorld(t)
	ada := everything(w)
	w.wantClean()
	for name := range staysHere {
		table, column, _ := strings.Cut(name, ".")
		if table != "*" && column != "" && w.tables()[table] == 0 {
			t.Errorf("%s is named, and there is none of it", table)
		}
	}
	for table, n := range w.tables() {
		if n == 0 && staysHere[table] == "" {
			t.Errorf("the account was to have everything, and has nothing in %s", table)
		}
	}
	first := ada.export()
	elsewhere := newWorld(t)
	elsewhere.now = w.now
	other := elsewhere.join("ada")
	other.starter("War came in 1914.") // of the same text as an article that comes
	d := reread(t, []byte(first), "ada.json")
	if len(d.Troubles) > 0 {
		t.Errorf("the export has troubles: %v", d.Troubles)
	}
	other.take(d, store.Choices{})
	elsewhere.wantClean()
	if second := other.export(); second != first {
		t.Fatalf("the account is another one after it moved:\n%s", firstDifference(first, second))
	}
	if plan := other.preview(d, store.Choices{}); !plan.Nothing() {
		t.Errorf("importing it again would do %+v", plan)
	}
	sameColumns(t, w, elsewhere)

	for _, p := range []*person{ada, other} {
		list := got[[]store.Trashed](t)(p.w.s.Trash(p.w.ctx(), p.id))
		slices.Reverse(list)
		for _, x := range list {
			if err := p.w.s.Restore(p.w.ctx(), p.id, x.ID); err != nil && !isNotFound(err) { // a deck came with its card
				t.Errorf("putting back %s %q: %v", x.Kind, x.Name, err)
			}
		}
		p.w.wantClean()
	}
	sameColumns(t, w, elsewhere)
}

// starter is a deck as a new account finds it, made in one moment.
func (p *person) starter(text string) (store.DeckID, []store.CardID) {
	t, w := p.w.t, p.w
	_, article := p.article(text, 2, "")
	must(t, w.s.SetVerdicts(w.ctx(), p.id, article, []store.Verdict{{Proposal: "p0", Verdict: "keep"}, {Proposal: "p1", Verdict: "keep"}}, w.now))
	deck := got[store.DeckID](t)(w.s.CreateDeck(w.ctx(), p.id, "Words", w.now))
	got[int](t)(w.s.SaveCards(w.ctx(), p.id, article, deck, p.today(), w.now))
	return deck, p.cards(deck)
}

// TestAStarterDeckGivesWayOnlyUntouched: once anything was done with it, it stays beside
// what comes, and so it does beside a file that is no whole account.
func TestAStarterDeckGivesWayOnlyUntouched(t *testing.T) {
	from := newWorld(t)
	ada := from.join("ada")
	ada.deck("Mine", 2)
	ada.exam(got[[]store.Deck](t)(from.s.Decks(from.ctx(), ada.id, ada.today()))[0].ID, 9, false)
	whole := ada.export()
	for what, do := range map[string]func(p *person, deck store.DeckID, ids []store.CardID){
		"answered": func(p *person, _ store.DeckID, ids []store.CardID) { p.grade(ids[0], cards.Good) },
		"flagged": func(p *person, _ store.DeckID, ids []store.CardID) {
			must(t, p.w.s.SetFlag(p.w.ctx(), p.id, ids[0], 1))
		},
		"shared": func(p *person, deck store.DeckID, _ []store.CardID) {
			must(t, p.w.s.ShareDeck(p.w.ctx(), p.id, deck, true))
		},
		"with a note more": func(p *person, deck store.DeckID, _ []store.CardID) {
			p.w.now = p.w.now.Add(time.Minute)
			p.add(deck, "mine")
		},
		"beside another deck": func(p *person, _ store.DeckID, _ []store.CardID) { p.deck("More", 0) },
		"with a card thrown away": func(p *person, _ store.DeckID, ids []store.CardID) {
			got[int64](t)(p.w.s.DeleteCard(p.w.ctx(), p.id, ids[0], p.w.now))
		},
		"": func(*person, store.DeckID, []store.CardID) {},
	} {
		w := newWorld(t)
		bob := w.join("bob")
		deck, ids := bob.starter("War came in 1914.")
		do(bob, deck, ids)
		before := len(bob.find(""))
		bob.take(reread(t, []byte(whole), "ada.json"), store.Choices{})
		want := before + 2
		if what == "" {
			want = 2
		}
		if n := len(bob.find("")); n != want {
			t.Errorf("beside a starter deck %s, there are %d cards, want %d", what, n, want)
		}
		w.wantClean()
	}
	w := newWorld(t)
	bob := w.join("bob")
	bob.starter("War came in 1914.")
	bob.take(pack("one"), store.Choices{})
	if n := len(bob.find("")); n != 3 {
		t.Errorf("beside a package, there are %d cards, want 3", n)
	}
}

// sameColumns compares what stands in the columns of two databases, in any order.
func sameColumns(t *testing.T, w, elsewhere *world) {
	t.Helper()
	a, b := w.columns(), elsewhere.columns()
	for name, want := range a {
		if have := b[name]; !slices.Equal(have, want) {
			t.Errorf("%s holds %d values that differ from the %d it had:\n%.400q\n%.400q", name, len(have), len(want), have, want)
		}
	}
}

// columns are the values of every column that has to come along, sorted.
func (w *world) columns() map[string][]string {
	w.t.Helper()
	db, err := sql.Open("sqlite3", w.path)
	must(w.t, err)
	defer db.Close()
	all := map[string][]string{}
	for table := range w.tables() {
		if staysHere[table] != "" {
			continue
		}
		w.read(db, table, all)
	}
	for _, list := range all {
		slices.Sort(list)
	}
	return all
}

// read adds what stands in the columns of a table.
func (w *world) read(db *sql.DB, table string, all map[string][]string) {
	w.t.Helper()
	rows, err := db.Query(`SELECT * FROM ` + table)
	must(w.t, err)
	defer rows.Close()
	names, err := rows.Columns()
	must(w.t, err)
	for rows.Next() {
		values := make([]any, len(names))
		for i := range values {
			values[i] = new(any)
		}
		must(w.t, rows.Scan(values...))
		for i, name := range names {
			if staysHere["*."+name] == "" && staysHere[table+"."+name] == "" {
				all[table+"."+name] = append(all[table+"."+name], fmt.Sprint(*values[i].(*any)))
			}
		}
	}
	must(w.t, rows.Err())
}
