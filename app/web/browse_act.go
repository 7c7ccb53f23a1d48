package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"recto/cards/search"
	"recto/store"
)

const (
	mostChosen  = 500 // cards that a form can name
	maxTag      = 100 // characters
	bulkAtOnce  = 500 // items that are done before the page answers
	bulkLane    = "bulk"
	bulkMost    = 30 * time.Minute
	whatIsWrong = "Choose what to do, and to which cards."
)

// actOnCards does one act to the chosen cards, or to all that the query finds at this
// moment.
func (s *server) actOnCards(r *request) (reply, error) {
	b := browsing{query: strings.TrimSpace(clean(r.form.Get("q"))), order: store.ByAdded, down: true}
	if here := clean(r.form.Get("here")); strings.HasPrefix(here, "/cards?") {
		if at, err := url.ParseQuery(strings.TrimPrefix(here, "/cards?")); err == nil {
			b = readBrowsing(at)
		}
	}
	key := r.form.Get("key")
	if !validKey(key) {
		return reply{}, statusRefusal(http.StatusBadRequest)
	}
	act, sentence := readAct(r)
	var query search.Node
	if sentence == "" {
		query, sentence = actScope(r, b.query)
	}
	if sentence != "" {
		return s.actRefused(r, b, sentence)
	}
	found, err := s.store.Find(r.ctx, r.user.ID, r.now, query)
	if err != nil {
		if sentence := sentenceOf(err); sentence != "" {
			return s.actRefused(r, b, sentence)
		}
		return reply{}, err
	}
	done, err := s.store.StartBulk(r.ctx, r.user.ID, key, act, found, r.now)
	if errors.Is(err, store.ErrStale) {
		return s.actRefused(r, b, "Another act is still under way. Wait until it is done, then press the button again.")
	}
	if err != nil {
		return reply{}, err
	}
	return s.doAct(r, b, done)
}

// actRefused shows the page again with a sentence.
func (s *server) actRefused(r *request, b browsing, sentence string) (reply, error) {
	p, err := s.browsePage(r, b)
	if err != nil {
		return reply{}, err
	}
	if p.Error == "" {
		p.ActError = sentence
	}
	return showAs(http.StatusUnprocessableEntity, p)
}

// doAct does an act that was noted: a small one before it answers, a large one beside.
func (s *server) doAct(r *request, b browsing, act store.BulkAct) (reply, error) {
	user, id := r.user.ID, act.ID
	started := false
	if act.Items > bulkAtOnce {
		_, err := s.start(r, task{lane: bulkLane, most: bulkMost, do: func(ctx context.Context, _ func(int, int)) (string, error) {
			return "/cards", s.store.RunBulk(ctx, user, id)
		}})
		started = err == nil
	}
	if !started {
		if err := s.store.RunBulk(r.ctx, user, id); err != nil {
			return reply{}, err
		}
	}
	return goTo(withQuery(b.address(), "act", strconv.FormatInt(int64(id), 10)))
}

// readAct reads what is to be done, and says what is missing.
func readAct(r *request) (b store.Bulk, sentence string) {
	b.Kind = store.BulkKind(r.form.Get("do"))
	switch b.Kind {
	case store.BulkMove:
		b.Deck = store.DeckID(number(r.form, "deck"))
		if b.Deck <= 0 {
			return b, "Choose the deck to move the cards to."
		}
	case store.BulkTag, store.BulkUntag:
		b.Tag = r.line("tag")
		if !visible(b.Tag) || strings.ContainsAny(b.Tag, " \u3000\x1f") || len([]rune(b.Tag)) > maxTag {
			return b, "Write one tag, without spaces; “::” may separate its levels."
		}
	case store.BulkFlag:
		b.Flag = int(number(r.form, "flag"))
		if b.Flag < 0 || b.Flag > 7 {
			return b, whatIsWrong
		}
	case store.BulkSuspend, store.BulkUnsuspend, store.BulkBury, store.BulkReset, store.BulkDelete:
	default:
		return b, whatIsWrong
	}
	return b, ""
}

// actScope is the condition of the cards that an act is meant for.
func actScope(r *request, query string) (search.Node, string) {
	if r.form.Get("scope") == "all" {
		n, err := search.Parse(query)
		return n, sentenceOf(err)
	}
	ids := make([]int64, 0, len(r.form["card"]))
	for _, text := range r.form["card"] {
		if id, err := strconv.ParseInt(text, 10, 64); err == nil && id > 0 && len(ids) < mostChosen {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil, "No card is chosen. Tick some, or take all that were found."
	}
	return search.CardsIn{IDs: ids}, ""
}

// undoAct takes an act back.
func (s *server) undoAct(r *request) (reply, error) {
	id, err := r.param("act")
	if err != nil {
		return reply{}, err
	}
	act, err := s.store.Bulk(r.ctx, r.user.ID, store.BulkID(id))
	if err != nil {
		return reply{}, err
	}
	b := browsing{order: store.ByAdded, down: true}
	if at, err := url.ParseQuery(strings.TrimPrefix(clean(r.form.Get("here")), "/cards?")); err == nil {
		b = readBrowsing(at)
	}
	err = s.store.UndoBulk(r.ctx, r.user.ID, act.ID, r.now)
	switch {
	case errors.Is(err, store.ErrStale): // it was taken back already, or is just now
		return goTo(withQuery(b.address(), "act", strconv.FormatInt(id, 10)))
	case err != nil:
		return reply{}, err
	}
	return s.doAct(r, b, act)
}
