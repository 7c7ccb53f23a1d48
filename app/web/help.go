package web

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"recto/cards"
	"recto/cards/help"
	"recto/store"
	"recto/views"
)

// How far a card that is put off goes: the day that is proposed, and the last one.
const (
	proposedDays = 14
	farthestDays = 3650
)

// mostHelp is the longest text of a form of help, in characters.
const mostHelp = 1000

// mostPairs is how many pairs of one card are shown.
const mostPairs = 5

// help is the page on which something is done about a card.
func (s *server) help(r *request) (reply, error) {
	c, err := s.cardOf(r)
	if err != nil {
		return reply{}, err
	}
	p, err := s.helpPage(r, c)
	if err != nil {
		return reply{}, err
	}
	p.Review, p.In = r.query.Get("from") == "review", number(r.query, "deck")
	if id := number(r.query, "done"); id > 0 {
		act, err := s.store.HelpAct(r.ctx, r.user.ID, id)
		if err == nil && act.Card == c.ID && !act.Undone {
			p.Notice = views.Notice{Text: helpSaid(act), Action: helpUndoPath(r, act), Label: "Take it back"}
		} else if err != nil && !errors.Is(err, store.ErrNotFound) {
			return reply{}, err
		}
	}
	return show(p)
}

// helpUndoPath is where an act of help is taken back.
func helpUndoPath(r *request, act store.HelpAct) string {
	return withReview(r, withQuery(fmt.Sprintf("/cards/%d/help/undo", act.Card), "act", strconv.FormatInt(act.ID, 10)))
}

// withReview keeps the way back to a review in a path, as the address or form has it.
func withReview(r *request, path string) string {
	values := r.form
	if r.query.Get("from") == "review" {
		values = r.query
	}
	if values.Get("from") != "review" {
		return path
	}
	path = withQuery(path, "from", "review")
	if deck := number(values, "deck"); deck > 0 {
		path = withQuery(path, "deck", strconv.FormatInt(deck, 10))
	}
	return path
}

// helpSaid says what an act of help did.
func helpSaid(act store.HelpAct) string {
	switch act.Kind {
	case store.HelpSplit:
		return fmt.Sprintf("Made %s of it, and suspended it.", views.Count(len(act.Made), "card"))
	case store.HelpContext:
		return "The context stands with the question now."
	case store.HelpContrast:
		return "Added a card that asks to tell the two apart."
	case store.HelpMnemonic:
		return "Your mnemonic is saved. It is shown with the answer."
	case store.HelpUntil:
		return "Put off until " + longDay(act.Until) + ". It comes back by itself."
	}
	return fmt.Sprintf("Left as it is. You are told again when it has been forgotten %d more times.", leechAgain)
}

// leechAgain is after how many more lapses a card that was left as it is is spoken of
// again.
const leechAgain = 4

// nags reports whether the review speaks of a card as a leech.
func nags(s cards.Schedule, aid store.Aid) bool {
	return s.Leech() && (aid.LeftAt == 0 || s.Lapses >= aid.LeftAt+leechAgain)
}

func longDay(d cards.Day) string { return d.Date().Format("2 January 2006") }

func (s *server) helpPage(r *request, c store.Card) (*views.Help, error) {
	today := r.today()
	p := &views.Help{Card: int64(c.ID), Deck: int64(c.Deck), DeckName: c.DeckName, Mine: c.Mine, Context: c.Context, Front: c.Front, Back: c.Back, Source: quoteOf(c),
		Schedule: c.Schedule, Today: today, Key: newKey(), Until: (today + proposedDays).String(), From: today + 1}
	p.Title, p.Place, p.Notice = "Help with a card", "decks", noticeOf(r)
	aid, err := s.store.Aid(r.ctx, r.user.ID, c.ID)
	if err != nil {
		return nil, err
	}
	p.Mnemonic = aid.Mnemonic
	if p.Pairs, err = s.pairs(r, c.ID, mostPairs); err != nil {
		return nil, err
	}
	if p.Given, err = s.givenLines(r, c.ID); err != nil {
		return nil, err
	}
	acts, err := s.store.HelpActs(r.ctx, r.user.ID, c.ID)
	if err != nil {
		return nil, err
	}
	for _, a := range acts {
		if !a.Undone {
			p.Acts = append(p.Acts, views.HelpLine{ID: a.ID, What: helpSaid(a), Day: r.user.Clock().Day(a.At)})
		}
	}
	if !c.Mine {
		return p, nil
	}
	parts, err := s.apart(r, c)
	if err != nil {
		return nil, err
	}
	for _, part := range parts {
		p.Split = append(p.Split, views.Sides(part.Side))
	}
	p.Contrast = contrasts(p)
	if p.Before = c.Context; p.Before == "" {
		text, at, err := s.store.TextBefore(r.ctx, r.user.ID, c)
		if err != nil {
			return nil, err
		}
		p.Before = help.Before(text, at)
	}
	return p, nil
}

// contrasts proposes a card for each other card that this one is taken for.
func contrasts(p *views.Help) (forms []views.ContrastForm) {
	for _, pair := range p.Pairs {
		a, b := help.Side{Front: pair.Front, Back: pair.Back}, help.Side{Front: pair.OtherFront, Back: pair.OtherBack}
		other := pair.Other
		if other == p.Card {
			other = pair.Card
		}
		side := help.Contrast(a, b)
		if side.Front == "" || slices.ContainsFunc(forms, func(f views.ContrastForm) bool { return f.Other == other }) {
			continue
		}
		forms = append(forms, views.ContrastForm{Other: other, Front: side.Front, Back: side.Back})
	}
	return forms
}

// givenLines are the answers to a card that were not right, those given most often first.
func (s *server) givenLines(r *request, card store.CardID) ([]views.GivenLine, error) {
	list, err := s.store.AnswersGiven(r.ctx, r.user.ID, card)
	if err != nil {
		return nil, err
	}
	var lines []views.GivenLine
	at := map[string]int{}
	for _, g := range list {
		key := strings.ToLower(strings.TrimSpace(g.Text))
		if key == "" {
			continue
		}
		i, known := at[key]
		if !known {
			i = len(lines)
			at[key] = i
			lines = append(lines, views.GivenLine{Text: g.Text, Verdict: string(g.Verdict), Last: r.user.Clock().Day(g.At)})
		}
		l := &lines[i]
		l.Times++
		if g.Overridden {
			l.Own++
		}
		if g.Belongs != 0 && l.Other == 0 {
			other, err := s.store.Card(r.ctx, r.user.ID, g.Belongs)
			if err == nil {
				l.Other, l.Front = int64(other.ID), other.Front
			} else if !errors.Is(err, store.ErrNotFound) {
				return nil, err
			}
		}
	}
	slices.SortStableFunc(lines, func(a, b views.GivenLine) int { return b.Times - a.Times })
	return lines, nil
}

// helpWith does one of the things on the page.
func (s *server) helpWith(r *request) (reply, error) {
	c, err := s.cardOf(r)
	if err != nil {
		return reply{}, err
	}
	h := store.Help{Card: c.ID, Key: r.form.Get("key"), Kind: store.HelpKind(r.form.Get("do")), At: r.now}
	if !validKey(h.Key) {
		return reply{}, statusRefusal(http.StatusBadRequest)
	}
	sentence, field, err := s.readHelp(r, c, &h)
	if err != nil {
		return reply{}, err
	}
	var act store.HelpAct
	if sentence == "" {
		act, err = s.store.HelpWith(r.ctx, r.user.ID, h)
		switch {
		case errors.Is(err, store.ErrStale):
			sentence, field = "This card is suspended, or put off until that day already.", "until"
		case err != nil:
			return reply{}, err
		}
	}
	if sentence != "" {
		return s.helpAgain(r, c, sentence, field)
	}
	return goTo(withReview(r, fmt.Sprintf("/cards/%d/help?done=%d", c.ID, act.ID)))
}

// helpAgain shows the page with what is wrong in one of its forms, as it was sent.
func (s *server) helpAgain(r *request, c store.Card, sentence, field string) (reply, error) {
	p, err := s.helpPage(r, c)
	if err != nil {
		return reply{}, err
	}
	p.Review, p.In = fromReview(r), number(r.form, "deck")
	p.Error, p.Field = sentence, field
	switch field {
	case "context":
		p.Before = r.text("text")
	case "mnemonic":
		p.Mnemonic = r.text("text")
	case "until":
		p.Until = r.line("until")
	}
	return showAs(http.StatusUnprocessableEntity, p)
}

// undoHelp takes one of the things back.
func (s *server) undoHelp(r *request) (reply, error) {
	c, err := s.cardOf(r)
	if err != nil {
		return reply{}, err
	}
	id := number(r.query, "act")
	if r.form.Has("act") {
		id = number(r.form, "act")
	}
	note := "undone"
	if _, err := s.store.UndoHelp(r.ctx, r.user.ID, id, r.now); errors.Is(err, store.ErrStale) {
		note = "changed"
	} else if err != nil {
		return reply{}, err
	}
	return goTo(withReview(r, fmt.Sprintf("/cards/%d/help?note=%s", c.ID, note)))
}
