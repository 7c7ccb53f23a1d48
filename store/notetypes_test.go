package store_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"recto/cards"
	"recto/store"
)

// note adds a note of any type.
func (p *person) note(deck store.DeckID, kind string, values ...string) store.NoteID {
	p.w.t.Helper()
	types := got[[]store.NoteType](p.w.t)(p.w.s.NoteTypes(p.w.ctx(), p.id))
	i := slices.IndexFunc(types, func(t store.NoteType) bool { return t.Name == kind })
	if i < 0 {
		p.w.t.Fatalf("there is no note type %q", kind)
	}
	n := cards.Note{GUID: p.w.key(), Type: kind, Fields: types[i].Named(values)}
	return got[store.NoteID](p.w.t)(p.w.s.AddNote(p.w.ctx(), p.id, deck, n, p.today(), p.w.now))
}

// edit gives a note other values.
func (p *person) edit(id store.NoteID, values ...string) {
	p.w.t.Helper()
	n, t, err := p.w.s.Note(p.w.ctx(), p.id, id)
	must(p.w.t, err)
	must(p.w.t, p.w.s.EditNote(p.w.ctx(), p.id, id, t.Named(values), n.Tags, p.w.now))
}

// fronts lists the fronts of a deck, with what follows "/" the ordinal.
func (p *person) fronts(deck store.DeckID) (list []string) {
	p.w.t.Helper()
	for _, id := range p.cards(deck) {
		c := p.card(id)
		list = append(list, fmt.Sprintf("%s/%d", c.Front, c.Ordinal))
	}
	return list
}

func wantSame[T comparable](t *testing.T, what string, got, want []T) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s are %v, want %v", what, got, want)
	}
}

func TestCardsFollowTheFields(t *testing.T) {
	w := newWorld(t)
	ada, bob := w.join("ada"), w.join("bob")
	deck := got[store.DeckID](t)(w.s.CreateDeck(w.ctx(), ada.id, "Gaps", w.now))
	must(t, w.s.ShareDeck(w.ctx(), ada.id, deck, true))
	must(t, w.s.Enrol(w.ctx(), bob.id, deck, bob.today(), w.now))
	note := ada.note(deck, "Cloze", "{{c1::Paris}} is in {{c3::France}}", "")
	wantSame(t, "the cards", ada.fronts(deck), []string{"[...] is in France/0", "Paris is in [...]/2"})

	second := ada.cards(deck)[1]
	bob.grade(second, cards.Good)
	before := bob.card(second).Schedule
	ada.edit(note, "{{c1::Paris}} is in {{c2::the north of}} France", "")
	wantSame(t, "the cards after a gap went and one came", bob.fronts(deck), []string{"[...] is in the north of France/0", "Paris is in [...] France/1"})
	trash := got[[]store.Trashed](t)(w.s.Trash(w.ctx(), ada.id))
	if len(trash) != 1 || trash[0].Kind != "card" {
		t.Errorf("the trash has %+v, want the card of the gap that went", trash)
	}
	w.wantClean()

	ada.edit(note, "{{c1::Paris}} is in {{c3::France}}", "")
	wantSame(t, "the cards after the gap came back", ada.fronts(deck), []string{"[...] is in France/0", "Paris is in [...]/2"})
	if after := bob.card(second).Schedule; after != before {
		t.Errorf("the progress came back as %+v, want %+v", after, before)
	}
	w.wantClean()

	_, err := w.s.DeleteCard(w.ctx(), ada.id, second, w.now)
	must(t, err)
	ada.edit(note, "{{c1::Lyon}} is in {{c3::France}}", "")
	wantSame(t, "the cards after one was deleted by hand", ada.fronts(deck), []string{"[...] is in France/0"})
	w.wantClean()
}

func TestBothDirectionsAreSiblings(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck := got[store.DeckID](t)(w.s.CreateDeck(w.ctx(), ada.id, "Words", w.now))
	ada.note(deck, "Basic (and reversed card)", "<b>Hund</b>", "dog")
	wantSame(t, "the cards", ada.fronts(deck), []string{"Hund/0", "dog/1"})
	if c := ada.counts(deck); c.New != 1 {
		t.Errorf("%d cards are new today, want one: siblings come on different days", c.New)
	}
}

// vocabulary is a note type of a test.
var vocabulary = cards.NoteType{
	Name: "Vocabulary", Fields: []string{"Word", "Meaning", "Hint"}, RTL: []string{"Word"}, CSS: ".card { color: red }",
	Templates: []cards.Template{{Name: "Read", Front: "{{Word}}", Back: "{{Meaning}}"}, {Name: "Hear", Front: "{{#Hint}}{{Hint}} {{Meaning}}{{/Hint}}", Back: "{{Word}}"}},
}

func TestANoteTypeIsEditedAndItsCardsFollow(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck := got[store.DeckID](t)(w.s.CreateDeck(w.ctx(), ada.id, "Words", w.now))
	id := got[store.NoteTypeID](t)(w.s.AddNoteType(w.ctx(), ada.id, vocabulary))
	note := ada.note(deck, "Vocabulary", "kelev", "dog", "")
	ada.note(deck, "Vocabulary", "chatul", "cat", "an animal")
	wantSame(t, "the cards", ada.fronts(deck), []string{"kelev/0", "chatul/0", "an animal cat/1"})
	if c := ada.card(ada.cards(deck)[0]); !slices.Equal(c.Type.RTL, []string{"Word"}) || c.Type.CSS != vocabulary.CSS {
		t.Errorf("the card's type is %+v, want %+v", c.Type, vocabulary)
	}
	ada.grade(ada.cards(deck)[0], cards.Good)

	// The templates change places, a third comes, and the fields are turned round.
	e := store.TypeEdit{NoteType: vocabulary, FieldFrom: []int{1, 0, -1, 2}, TemplateFrom: []int{1, 0, -1}}
	e.Name, e.Fields = "Words", []string{"Sense", "Word", "Plural", "Hint"}
	e.Templates = []cards.Template{{Name: "Hear", Front: "{{#Hint}}{{Sense}}{{/Hint}}", Back: "{{Word}}"}, {Name: "Read", Front: "{{Word}}", Back: "{{Sense}}"}, {Name: "Say", Front: "{{Sense}}?", Back: "{{Word}}"}}
	must(t, w.s.EditNoteType(w.ctx(), ada.id, id, e, w.now))
	wantSame(t, "the cards of the edited type", ada.fronts(deck), []string{"kelev/1", "chatul/1", "cat/0", "dog?/2", "cat?/2"})
	n, _, err := w.s.Note(w.ctx(), ada.id, note)
	must(t, err)
	if n.Type != "Words" || n.Fields[0] != (cards.Field{Name: "Sense", Value: "dog"}) || n.Fields[3].Name != "Hint" {
		t.Errorf("the note is %+v, want its values under their new names", n)
	}
	if s := ada.card(ada.cards(deck)[0]).Schedule; !s.Seen {
		t.Error("the progress is gone")
	}
	w.wantClean()

	without := func(change func(*store.TypeEdit)) error {
		x := e
		x.FieldFrom, x.TemplateFrom = []int{0, 1, 2, 3}, []int{0, 1, 2}
		x.Fields, x.Templates = slices.Clone(e.Fields), slices.Clone(e.Templates)
		change(&x)
		return w.s.EditNoteType(w.ctx(), ada.id, id, x, w.now)
	}
	for _, c := range []struct {
		what, want string
		change     func(*store.TypeEdit)
	}{
		{"a filled field", `the field "Hint" is filled in 1 note`, func(x *store.TypeEdit) {
			x.Fields, x.FieldFrom = x.Fields[:3], x.FieldFrom[:3]
			x.Templates[0].Front = "{{Sense}}"
		}},
		{"an answered template", `cards of the template "Read" have been answered (1 of them)`, func(x *store.TypeEdit) {
			x.Templates, x.TemplateFrom = []cards.Template{x.Templates[0], x.Templates[2]}, []int{0, 2}
		}},
		{"gaps", "stays one", func(x *store.TypeEdit) { x.Cloze = true }},
		{"no field of that name", `no field called "Nothing"`, func(x *store.TypeEdit) { x.Templates[0].Front = "{{Nothing}}" }},
		{"two fields of one name", "two fields", func(x *store.TypeEdit) { x.Fields[1] = "sense" }},
	} {
		if err := without(c.change); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want a sentence with %q", c.what, err, c.want)
		}
	}
	must(t, without(func(x *store.TypeEdit) { // a template nobody has answered, an empty field
		x.Fields, x.FieldFrom = []string{"Sense", "Word", "Hint"}, []int{0, 1, 3}
		x.Templates, x.TemplateFrom = x.Templates[:2], []int{0, 1}
	}))
	wantSame(t, "the cards without the third template", ada.fronts(deck), []string{"kelev/1", "chatul/1", "cat/0"})
	w.wantClean()

	if err := w.s.DeleteNoteType(w.ctx(), ada.id, id); err == nil || !strings.Contains(err.Error(), "2 notes") {
		t.Errorf("deleting a note type in use gives %v, want the number of its notes", err)
	}
	if _, err := w.s.AddNoteType(w.ctx(), ada.id, cards.BasicNote); !errors.Is(err, store.ErrNameTaken) {
		t.Errorf("a second Basic gives %v, want ErrNameTaken", err)
	}
}

func TestFlagsAreEachUsersOwn(t *testing.T) {
	w := newWorld(t)
	ada, bob := w.join("ada"), w.join("bob")
	deck, ids := ada.deck("Flags", 1)
	must(t, w.s.ShareDeck(w.ctx(), ada.id, deck, true))
	if err := w.s.SetFlag(w.ctx(), bob.id, ids[0], 1); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a flag on a card that is not studied gives %v, want ErrNotFound", err)
	}
	must(t, w.s.Enrol(w.ctx(), bob.id, deck, bob.today(), w.now))
	must(t, w.s.SetFlag(w.ctx(), bob.id, ids[0], 3))
	if a, b := ada.card(ids[0]).Flag, bob.card(ids[0]).Flag; a != 0 || b != 3 {
		t.Errorf("the flags are %d and %d, want 0 and 3", a, b)
	}
}
