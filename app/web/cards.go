package web

import (
	"errors"
	"fmt"
	"html"
	"net/http"
	"strings"
	"time"

	"recto/cards"
	"recto/store"
	"recto/views"
)

const maxField = 20000 // bytes of one side of a card

func (s *server) newCard(r *request) (reply, error) {
	d, err := s.deckOf(r)
	if err != nil {
		return reply{}, err
	}
	if !d.Mine {
		return reply{}, store.ErrNotYours
	}
	p := newCardPage(r, d)
	p.Form.Tags = clean(r.query.Get("tags"))
	return show(p)
}

func newCardPage(r *request, d store.Deck) *views.NewCard {
	p := &views.NewCard{Deck: int64(d.ID), DeckName: d.Name, Key: newKey()}
	p.Title, p.Place, p.Notice = "New card", "decks", noticeOf(r)
	return p
}

func (s *server) createCard(r *request) (reply, error) {
	d, err := s.deckOf(r)
	if err != nil {
		return reply{}, err
	}
	if !d.Mine {
		return reply{}, store.ErrNotYours
	}
	form := readCard(r)
	if form.Error != "" {
		p := newCardPage(r, d)
		p.Form = form
		return showAs(http.StatusUnprocessableEntity, p)
	}
	key := r.form.Get("key")
	if !validKey(key) {
		return reply{}, statusRefusal(http.StatusBadRequest)
	}
	note := cards.Note{GUID: key, Type: cards.BasicNote.Name, Tags: strings.Fields(form.Tags), Fields: []cards.Field{
		{Name: "Front", Value: toField(form.Front)}, {Name: "Back", Value: toField(form.Back)},
	}}
	if _, err := s.store.AddNote(r.ctx, r.user.ID, d.ID, note, r.today(), r.now); err != nil {
		return reply{}, err
	}
	to := fmt.Sprintf("/decks/%d/cards/new?note=added", d.ID)
	if form.Tags != "" {
		to = withQuery(to, "tags", form.Tags)
	}
	return goTo(to)
}

// readCard reads the fields of a card, and says what is wrong with them.
func readCard(r *request) views.CardForm {
	f := views.CardForm{Front: r.text("front"), Back: r.text("back"), Tags: r.line("tags")}
	switch {
	case !visible(f.Front):
		f.Error, f.Field = "A card needs a question.", "front"
	case !visible(f.Back):
		f.Error, f.Field = "A card needs an answer.", "back"
	case len(f.Front) > maxField:
		f.Error, f.Field = "This question is too long for a card. Split it into several.", "front"
	case len(f.Back) > maxField:
		f.Error, f.Field = "This answer is too long for a card. Split it into several.", "back"
	}
	return f
}

// cardOf is the card that the path names, as the user sees it.
func (s *server) cardOf(r *request) (store.Card, error) {
	id, err := r.param("card")
	if err != nil {
		return store.Card{}, err
	}
	return s.store.Card(r.ctx, r.user.ID, store.CardID(id))
}

func (s *server) card(r *request) (reply, error) {
	c, err := s.cardOf(r)
	if err != nil {
		return reply{}, err
	}
	p, err := s.cardPage(r, c)
	if err != nil {
		return reply{}, err
	}
	p.Review, p.In = r.query.Get("from") == "review", number(r.query, "deck")
	return show(p)
}

func (s *server) cardPage(r *request, c store.Card) (*views.Card, error) {
	history, err := s.store.History(r.ctx, r.user.ID, c.ID)
	if err != nil {
		return nil, err
	}
	p := &views.Card{
		ID: int64(c.ID), Deck: int64(c.Deck), DeckName: c.DeckName, Mine: c.Mine,
		Form:    views.CardForm{Front: c.Front, Back: c.Back, Tags: strings.Join(c.Tags, " ")},
		Context: c.Context, Source: quoteOf(c), Schedule: c.Schedule, Today: r.today(), Key: newKey(),
	}
	p.Events, p.Why = eventLines(history), whyOf(r.user.Settings, history)
	p.Title, p.Place, p.Notice = "Card", "decks", noticeOf(r)
	return p, nil
}

// whyOf explains the last answer that moved the card and was not taken back.
func whyOf(settings store.Settings, history []cards.Review) string {
	undone := undoneEvents(history)
	var last *cards.Review
	for i := range history {
		v := &history[i]
		if v.Kind.Answered() && v.Kind != cards.EventDrill && !undone[v.ID] && (last == nil || v.ID > last.ID) {
			last = v
		}
	}
	if last == nil {
		return ""
	}
	return rules(settings).Why(*last)
}

func undoneEvents(history []cards.Review) map[int64]bool {
	undone := map[int64]bool{}
	for _, v := range history {
		if v.Kind == cards.EventUndo {
			undone[v.Undoes] = true
		}
	}
	return undone
}

// eventWords say what an event was; answers are said by their grade.
var eventWords = map[cards.EventKind]string{
	cards.EventSuspend:   "Suspended",
	cards.EventUnsuspend: "Brought back",
	cards.EventBury:      "Put off to the next day",
	cards.EventImport:    "Came with its deck",
}

var gradeWords = [6]string{"0 Blank", "1 Wrong", "2 Again", "3 Hard", "4 Good", "5 Easy"}

// eventLines are a card's history, newest first. What was taken back is marked, so
// the taking back itself needs no line.
func eventLines(history []cards.Review) []views.Event {
	undone := undoneEvents(history)
	var lines []views.Event
	for i := len(history) - 1; i >= 0; i-- {
		v := history[i]
		if v.Kind == cards.EventUndo {
			continue
		}
		line := views.Event{Day: v.Day, Clock: clockOf(v), What: eventWords[v.Kind], Undone: undone[v.ID]}
		if v.Kind.Answered() {
			line.What = gradeWords[min(max(v.Grade, 0), 5)]
			if v.Kind == cards.EventDrill {
				line.What += ", once more"
			}
			line.Interval, line.EFactor = views.Interval(v.After.Interval), v.After.EFactor.String()
			if v.Took > 0 {
				line.Took = views.Spent(v.Took)
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// clockOf is the time of an event in the zone the user was in.
func clockOf(v cards.Review) string {
	zone, err := time.LoadLocation(v.Zone)
	if err != nil {
		zone = time.UTC
	}
	return v.At.In(zone).Format("15:04")
}

func (s *server) editCard(r *request) (reply, error) {
	c, err := s.cardOf(r)
	if err != nil {
		return reply{}, err
	}
	if !c.Mine {
		return reply{}, store.ErrNotYours
	}
	form := readCard(r)
	if form.Error != "" {
		p, err := s.cardPage(r, c)
		if err != nil {
			return reply{}, err
		}
		p.Form, p.Review, p.In = form, fromReview(r), number(r.form, "deck")
		return showAs(http.StatusUnprocessableEntity, p)
	}
	fields := editedFields(c, form)
	if err := s.store.EditNote(r.ctx, r.user.ID, c.Note, fields, strings.Fields(form.Tags), r.now); err != nil {
		return reply{}, err
	}
	if fromReview(r) {
		return goTo(reviewPath(r, "saved"))
	}
	return goTo(fmt.Sprintf("/cards/%d?note=saved", c.ID))
}

// editedFields are the note's fields with the two that were edited replaced. A side
// that was left as it was keeps its field to the byte, formatting included.
func editedFields(c store.Card, form views.CardForm) []cards.Field {
	fields := append([]cards.Field(nil), c.Fields...)
	for i, f := range fields {
		switch {
		case f.Name == "Front" && form.Front != strings.TrimSpace(c.Front):
			fields[i].Value = toField(form.Front)
		case f.Name == "Back" && form.Back != strings.TrimSpace(c.Back):
			fields[i].Value = toField(form.Back)
		}
	}
	return fields
}

// toField is plain text as the HTML of a note's field.
func toField(text string) string {
	return strings.ReplaceAll(html.EscapeString(text), "\n", "<br>")
}

func fromReview(r *request) bool { return r.form.Get("from") == "review" }

func (s *server) suspendCard(r *request) (reply, error) {
	id, err := r.param("card")
	if err != nil {
		return reply{}, err
	}
	key, suspended := r.form.Get("key"), r.form.Get("suspended") == "1"
	if !validKey(key) {
		return reply{}, statusRefusal(http.StatusBadRequest)
	}
	if _, err := s.store.Suspend(r.ctx, r.user.ID, store.CardID(id), key, suspended, r.now); err != nil && !errors.Is(err, store.ErrStale) {
		return reply{}, goneFrom(r, err)
	}
	note := "returned"
	if suspended {
		note = "suspended"
	}
	if fromReview(r) {
		return goTo(reviewPath(r, note))
	}
	return goTo(fmt.Sprintf("/cards/%d?note=%s", id, note))
}

func (s *server) buryCard(r *request) (reply, error) {
	id, err := r.param("card")
	if err != nil {
		return reply{}, err
	}
	key := r.form.Get("key")
	if !validKey(key) {
		return reply{}, statusRefusal(http.StatusBadRequest)
	}
	if _, err := s.store.Bury(r.ctx, r.user.ID, store.CardID(id), key, r.now); err != nil && !errors.Is(err, store.ErrStale) {
		return reply{}, goneFrom(r, err)
	}
	return goTo(reviewPath(r, "buried"))
}

func (s *server) deleteCard(r *request) (reply, error) {
	c, err := s.cardOf(r)
	if err != nil {
		return reply{}, err
	}
	item, err := s.store.DeleteCard(r.ctx, r.user.ID, c.ID, r.now)
	if err != nil {
		return reply{}, err
	}
	return goTo(fmt.Sprintf("/decks/%d?trashed=%d", c.Deck, item))
}
