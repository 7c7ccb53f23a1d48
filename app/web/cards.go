package web

import (
	"errors"
	"fmt"
	"html"
	"net/http"
	"strconv"
	"strings"
	"time"

	"recto/cards"
	"recto/store"
	"recto/views"
)

func (s *server) newCard(r *request) (reply, error) {
	d, err := s.deckOf(r)
	if err != nil {
		return reply{}, err
	}
	if !d.Mine {
		return reply{}, store.ErrNotYours
	}
	p, _, err := s.newCardPage(r, d, clean(r.query.Get("type")))
	if err != nil {
		return reply{}, err
	}
	p.Form.Tags = clean(r.query.Get("tags"))
	return show(p)
}

func (s *server) newCardPage(r *request, d store.Deck, kind string) (*views.NewCard, cards.NoteType, error) {
	t, types, err := s.typeChoices(r, kind)
	if err != nil {
		return nil, t, err
	}
	p := &views.NewCard{Deck: int64(d.ID), DeckName: d.Name, Key: newKey(), Types: types, Form: formOfNote(t, nil, nil)}
	p.Title, p.Place, p.Notice, p.Script = "New card", "decks", noticeOf(r), "editor.js"
	return p, t, nil
}

func (s *server) createCard(r *request) (reply, error) {
	d, err := s.deckOf(r)
	if err != nil {
		return reply{}, err
	}
	if !d.Mine {
		return reply{}, store.ErrNotYours
	}
	p, t, err := s.newCardPage(r, d, r.form.Get("type"))
	if err != nil {
		return reply{}, err
	}
	form, fields := readNote(r, t, nil)
	p.Form = form
	note := cards.Note{Type: t.Name, Tags: strings.Fields(form.Tags), Fields: fields}
	if r.form.Get("preview") == "1" {
		p.Form.Error, p.Form.Field = "", ""
		p.Preview, err = s.preview(r, r.user.ID, t, note, d.Name, form.Error)
		return showPreview(p, p.Preview), err
	}
	if form.Error != "" {
		return showAs(http.StatusUnprocessableEntity, p)
	}
	if note.GUID = r.form.Get("key"); !validKey(note.GUID) {
		return reply{}, statusRefusal(http.StatusBadRequest)
	}
	if _, err := s.store.AddNote(r.ctx, r.user.ID, d.ID, note, r.today(), r.now); err != nil {
		return reply{}, err
	}
	to := fmt.Sprintf("/decks/%d/cards/new?note=added", d.ID)
	if t.Name != cards.BasicNote.Name {
		to = withQuery(to, "type", t.Name)
	}
	if form.Tags != "" {
		to = withQuery(to, "tags", form.Tags)
	}
	return goTo(to)
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
	rep := reply{page: p}
	l := looks{pictures: r.query.Get("pictures") == "1"}
	if p.Face, err = s.face(r, c, l); err != nil {
		return reply{}, err
	}
	if p.Face != nil {
		p.Face.Pictures = fmt.Sprintf("/cards/%d?pictures=1", c.ID)
		if l.pictures {
			rep.policy = withSites(p.Face.Sites)
		}
	}
	return rep, nil
}

func (s *server) cardPage(r *request, c store.Card) (*views.Card, error) {
	history, err := s.store.History(r.ctx, r.user.ID, c.ID)
	if err != nil {
		return nil, err
	}
	p := &views.Card{
		ID: int64(c.ID), Deck: int64(c.Deck), DeckName: c.DeckName, Mine: c.Mine, Front: c.Front, Back: c.Back,
		Form:    formOfNote(c.Type, c.Fields, c.Tags),
		Context: c.Context, Source: quoteOf(c), Schedule: c.Schedule, Today: r.today(), Key: newKey(),
	}
	if c.Mine && !builtIn(c.Type) {
		p.TypeID = int64(c.TypeID)
	}
	if p.Cards, err = s.cardLinks(r, c); err != nil {
		return nil, err
	}
	if p.Accepted, err = s.store.AcceptedAnswers(r.ctx, r.user.ID, c.ID); err != nil {
		return nil, err
	}
	aid, err := s.store.Aid(r.ctx, r.user.ID, c.ID)
	if err != nil {
		return nil, err
	}
	if p.Pairs, err = s.pairs(r, c.ID, mostPairs); err != nil {
		return nil, err
	}
	p.Typing, p.DeckTyped = string(aid.Typing), aid.DeckTyped
	if p.Typing == "" {
		p.Typing = "deck"
	}
	p.Events, p.Why = eventLines(history), whyOf(r.user.Settings, history)
	p.Title, p.Place, p.Notice, p.Script = "Card", "decks", noticeOf(r), "editor.js"
	return p, nil
}

// cardLinks are the cards of c's note, none where it is the only one.
func (s *server) cardLinks(r *request, c store.Card) ([]views.CardLink, error) {
	if plainNote(c.Type) {
		return nil, nil
	}
	list, err := s.store.NoteCards(r.ctx, r.user.ID, c.Note)
	if err != nil || len(list) < 2 {
		return nil, err
	}
	links := make([]views.CardLink, len(list))
	for i, n := range list {
		when := "not asked yet"
		switch {
		case n.Schedule.Suspended:
			when = "suspended"
		case n.Schedule.Seen:
			when = views.Due(n.Schedule.Due, r.today())
		}
		links[i] = views.CardLink{ID: int64(n.ID), Name: cardName(c.Type, n.Ordinal), When: when, Current: n.ID == c.ID}
	}
	return links, nil
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
	cards.EventBring:     "Missed in a quiz: into that day’s review",
	cards.EventReset:     "Set back to new",
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
		if v.Kind == cards.EventBury && v.After.Buried > v.Day {
			line.What = "Put off until " + longDay(v.After.Buried+1)
		}
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
	form, fields := readNote(r, c.Type, c.Fields)
	wish := r.form.Get("preview") == "1"
	if form.Error != "" || wish {
		p, err := s.cardPage(r, c)
		if err != nil {
			return reply{}, err
		}
		p.Form, p.Review, p.In = form, fromReview(r), number(r.form, "deck")
		if !wish {
			p.Face, err = s.face(r, c, looks{})
			return reply{status: http.StatusUnprocessableEntity, page: p}, err
		}
		p.Form.Error, p.Form.Field = "", ""
		p.Preview, err = s.preview(r, c.Owner, c.Type, cards.Note{GUID: c.GUID, Type: c.Type.Name, Fields: fields, Tags: strings.Fields(form.Tags)}, c.DeckName, form.Error)
		return showPreview(p, p.Preview), err
	}
	if err := s.store.EditNote(r.ctx, r.user.ID, c.Note, fields, strings.Fields(form.Tags), r.now); err != nil {
		return reply{}, err
	}
	if fromReview(r) {
		return goTo(reviewPath(r, "saved"))
	}
	if _, err := s.store.Card(r.ctx, r.user.ID, c.ID); errors.Is(err, store.ErrNotFound) { // its gap has gone
		return goTo(fmt.Sprintf("/decks/%d?note=saved", c.Deck))
	}
	return goTo(fmt.Sprintf("/cards/%d?note=saved", c.ID))
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

// deleteNote moves all cards of a card's note to the trash.
func (s *server) deleteNote(r *request) (reply, error) {
	c, err := s.cardOf(r)
	if err != nil {
		return reply{}, err
	}
	if !c.Mine {
		return reply{}, store.ErrNotYours
	}
	list, err := s.store.NoteCards(r.ctx, r.user.ID, c.Note)
	if err != nil {
		return reply{}, err
	}
	var items []string
	for _, n := range list {
		item, err := s.store.DeleteCard(r.ctx, r.user.ID, n.ID, r.now)
		if err != nil {
			return reply{}, err
		}
		items = append(items, strconv.FormatInt(item, 10))
	}
	return goTo(withQuery(fmt.Sprintf("/decks/%d", c.Deck), "trashednote", strings.Join(items, "-")))
}

// restoreNote puts the cards of a note back that were deleted together.
func (s *server) restoreNote(r *request) (reply, error) {
	for text := range strings.SplitSeq(r.params["items"], "-") {
		item, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return reply{}, store.ErrNotFound
		}
		if err := s.store.Restore(r.ctx, r.user.ID, item); err != nil {
			return reply{}, err
		}
	}
	return goTo("/decks?note=restored")
}
