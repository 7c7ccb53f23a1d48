package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"recto/cards"
	"recto/store"
	"recto/views"
)

const (
	maxDeckName  = 120 // characters
	cardsPerPage = 100
	maxLimit     = 9999 // cards a day
)

func (s *server) decks(r *request) (reply, error) {
	own, err := s.store.Decks(r.ctx, r.user.ID, r.today())
	if err != nil {
		return reply{}, err
	}
	shared, err := s.store.SharedDecks(r.ctx, r.user.ID)
	if err != nil {
		return reply{}, err
	}
	trash, err := s.store.Trash(r.ctx, r.user.ID)
	if err != nil {
		return reply{}, err
	}
	p := &views.Decks{Decks: deckLines(own), Shared: deckLines(shared), Trash: len(trash)}
	p.Title, p.Place, p.Notice = "Decks", "decks", noticeOf(r)
	if item := number(r.query, "trashed"); item > 0 {
		p.Notice = trashed("The deck is in the trash.", item)
	}
	return show(p)
}

// trashed is the notice after something was deleted, with the way back.
func trashed(sentence string, item int64) views.Notice {
	return views.Notice{Text: sentence, Action: fmt.Sprintf("/trash/%d/restore", item), Label: "Put it back"}
}

func (s *server) newDeck(*request) (reply, error) {
	p := &views.NewDeck{}
	p.Title, p.Place = "New deck", "decks"
	return show(p)
}

func (s *server) createDeck(r *request) (reply, error) {
	p := &views.NewDeck{Name: r.line("name")}
	p.Title, p.Place = "New deck", "decks"
	if p.Error = checkDeckName(p.Name); p.Error != "" {
		return showAs(http.StatusUnprocessableEntity, p)
	}
	id, err := s.store.CreateDeck(r.ctx, r.user.ID, p.Name, r.now)
	if errors.Is(err, store.ErrNameTaken) {
		p.Error = "You have a deck of this name already. Choose another."
		return showAs(http.StatusUnprocessableEntity, p)
	}
	if err != nil {
		return reply{}, err
	}
	return goTo(fmt.Sprintf("/decks/%d?note=made", id))
}

func checkDeckName(name string) string {
	switch {
	case !visible(name):
		return "Give the deck a name."
	case utf8.RuneCountInString(name) > maxDeckName:
		return fmt.Sprintf("This name is too long: take %d characters or fewer.", maxDeckName)
	}
	return ""
}

// deckOf is the deck that the path names, as the user sees it.
func (s *server) deckOf(r *request) (store.Deck, error) {
	id, err := r.param("deck")
	if err != nil {
		return store.Deck{}, err
	}
	return s.store.Deck(r.ctx, r.user.ID, store.DeckID(id), r.today())
}

func (s *server) deck(r *request) (reply, error) {
	d, err := s.deckOf(r)
	if err != nil {
		return reply{}, err
	}
	query := strings.TrimSpace(clean(r.query.Get("q")))
	from := int(min(max(number(r.query, "from"), 0), 1<<31))
	rows, total, err := s.store.DeckCards(r.ctx, r.user.ID, d.ID, query, from, cardsPerPage)
	if err != nil {
		return reply{}, err
	}
	page := func(from int) string {
		q := url.Values{"from": {strconv.Itoa(from)}}
		if query != "" {
			q.Set("q", query)
		}
		return fmt.Sprintf("/decks/%d?%s", d.ID, q.Encode())
	}
	if from > 0 && len(rows) == 0 { // cards have gone since the page was linked
		return goTo(page(max(total-1, 0) / cardsPerPage * cardsPerPage))
	}
	p := &views.Deck{
		Deck: deckLine(d), Mine: d.Mine, Enrolled: d.Enrolled, Query: query,
		Today: r.today(), Total: total, First: from + 1, Cards: cardLines(rows),
	}
	if d.Mine {
		p.Article = int64(d.Article)
	}
	if p.Exams, err = s.examOf(r, d.ID); err != nil {
		return reply{}, err
	}
	if from > 0 {
		p.Before = page(max(from-cardsPerPage, 0))
	}
	if from+len(rows) < total {
		p.After = page(from + cardsPerPage)
	}
	p.Title, p.Place, p.Notice = d.Name, "decks", noticeOf(r)
	if item := number(r.query, "trashed"); item > 0 {
		p.Notice = trashed("The card is in the trash.", item)
	}
	if items := r.query.Get("trashednote"); items != "" && strings.Trim(items, "0123456789-") == "" {
		p.Notice = views.Notice{Text: "The cards of the note are in the trash.", Action: "/notes/" + items + "/restore", Label: "Put them back"}
	}
	return show(p)
}

func cardLines(rows []store.CardRow) []views.CardLine {
	lines := make([]views.CardLine, len(rows))
	for i, c := range rows {
		lines[i] = views.CardLine{ID: int64(c.ID), Front: c.Front, Back: c.Back, Schedule: c.Schedule, Tags: c.Tags}
	}
	return lines
}

func (s *server) deckSettings(r *request) (reply, error) {
	d, err := s.deckOf(r)
	if err != nil {
		return reply{}, err
	}
	p, err := s.deckSettingsWith(r, d)
	if err != nil {
		return reply{}, err
	}
	return show(p)
}

func deckSettingsPage(r *request, d store.Deck) *views.DeckSettings {
	p := &views.DeckSettings{Deck: deckLine(d), Mine: d.Mine, Enrolled: d.Enrolled, Name: d.Name, Limits: d.Limits, OwnLimits: d.OwnLimits, Typed: d.Typed}
	p.Title, p.Place, p.Notice = "Deck settings", "decks", noticeOf(r)
	return p
}

func (s *server) renameDeck(r *request) (reply, error) {
	d, err := s.deckOf(r)
	if err != nil {
		return reply{}, err
	}
	name := r.line("name")
	sentence := checkDeckName(name)
	if sentence == "" {
		err = s.store.RenameDeck(r.ctx, r.user.ID, d.ID, name)
		if errors.Is(err, store.ErrNameTaken) {
			sentence = "You have a deck of this name already. Choose another."
		} else if err != nil {
			return reply{}, err
		}
	}
	if sentence != "" {
		p, err := s.deckSettingsWith(r, d)
		if err != nil {
			return reply{}, err
		}
		p.Name, p.Error, p.Field = name, sentence, "name"
		return showAs(http.StatusUnprocessableEntity, p)
	}
	return goTo(fmt.Sprintf("/decks/%d?note=saved", d.ID))
}

func (s *server) limitDeck(r *request) (reply, error) {
	d, err := s.deckOf(r)
	if err != nil {
		return reply{}, err
	}
	e := store.Enrolment{Paused: r.form.Get("paused") == "1"}
	if r.form.Get("own") == "1" {
		limits, field := readLimits(r)
		if field != "" {
			p, err := s.deckSettingsWith(r, d)
			if err != nil {
				return reply{}, err
			}
			p.Limits, p.OwnLimits, p.Field = limits, true, field
			p.Error = fmt.Sprintf("A limit is a whole number from 0 to %d.", maxLimit)
			return showAs(http.StatusUnprocessableEntity, p)
		}
		e.Limits = &limits
	}
	if err := s.store.SetEnrolment(r.ctx, r.user.ID, d.ID, e); err != nil {
		return reply{}, err
	}
	return goTo(fmt.Sprintf("/decks/%d/settings?note=saved", d.ID))
}

// readLimits reads the two limits, and names the field that is none.
func readLimits(r *request) (limits cards.Limits, wrong string) {
	var err1, err2 error
	limits.New, err1 = strconv.Atoi(r.line("new"))
	limits.Reviews, err2 = strconv.Atoi(r.line("reviews"))
	switch {
	case err1 != nil || limits.New < 0 || limits.New > maxLimit:
		return limits, "new"
	case err2 != nil || limits.Reviews < 0 || limits.Reviews > maxLimit:
		return limits, "reviews"
	}
	return limits, ""
}

func (s *server) shareDeck(r *request) (reply, error) {
	d, err := s.deckOf(r)
	if err != nil {
		return reply{}, err
	}
	if err := s.store.ShareDeck(r.ctx, r.user.ID, d.ID, r.form.Get("shared") == "1"); err != nil {
		return reply{}, err
	}
	return goTo(fmt.Sprintf("/decks/%d/settings?note=saved", d.ID))
}

func (s *server) enrol(r *request) (reply, error) {
	d, err := s.deckOf(r)
	if err != nil {
		return reply{}, err
	}
	if err := s.store.Enrol(r.ctx, r.user.ID, d.ID, r.today(), r.now); err != nil {
		return reply{}, err
	}
	return goTo(fmt.Sprintf("/decks/%d?note=enrolled", d.ID))
}

func (s *server) leave(r *request) (reply, error) {
	d, err := s.deckOf(r)
	if err != nil {
		return reply{}, err
	}
	if err := s.store.Leave(r.ctx, r.user.ID, d.ID); err != nil {
		return reply{}, err
	}
	return goTo("/decks?note=left")
}

func (s *server) deleteDeck(r *request) (reply, error) {
	d, err := s.deckOf(r)
	if err != nil {
		return reply{}, err
	}
	item, err := s.store.DeleteDeck(r.ctx, r.user.ID, d.ID, r.now)
	if err != nil {
		return reply{}, err
	}
	return goTo(fmt.Sprintf("/decks?trashed=%d", item))
}

func (s *server) trash(r *request) (reply, error) {
	items, err := s.store.Trash(r.ctx, r.user.ID)
	if err != nil {
		return reply{}, err
	}
	p := &views.Trash{Today: r.today()}
	for _, t := range items {
		p.Items = append(p.Items, views.Trashed{ID: t.ID, Kind: t.Kind, Name: t.Name, Day: r.user.Clock().Day(t.Deleted)})
	}
	p.Title, p.Place, p.Notice = "Trash", "decks", noticeOf(r)
	return show(p)
}

func (s *server) restore(r *request) (reply, error) {
	item, err := r.param("item")
	if err != nil {
		return reply{}, err
	}
	if err := s.store.Restore(r.ctx, r.user.ID, item); err != nil {
		return reply{}, err
	}
	return goTo("/decks?note=restored")
}
