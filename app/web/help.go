package web

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"recto/cards"
	"recto/cards/help"
	"recto/cards/quiz/ask"
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
	for _, side := range help.Split(c.Front, c.Back) {
		p.Split = append(p.Split, views.Sides(side))
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

// pairs are those that the user takes for one another; those of one card where card is
// not 0.
func (s *server) pairs(r *request, card store.CardID, n int) ([]views.Pair, error) {
	list, err := s.store.Confusions(r.ctx, r.user.ID, card, n)
	if err != nil {
		return nil, err
	}
	pairs := make([]views.Pair, len(list))
	for i, c := range list {
		pairs[i] = views.Pair{Card: int64(c.Card.ID), Front: c.Card.Front, Back: c.Card.Back, Other: int64(c.Other.ID), OtherFront: c.Other.Front, OtherBack: c.Other.Back,
			Times: c.Times, Last: r.user.Clock().Day(c.Last), Key: newKey(), Today: r.today(), Viewer: int64(r.user.ID)}
	}
	return pairs, nil
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
	sentence, field, err := readHelp(r, c, &h)
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

// readHelp reads a form of help, and says what is wrong with it and where.
func readHelp(r *request, c store.Card, h *store.Help) (sentence, field string, err error) {
	if !c.Mine && (h.Kind == store.HelpSplit || h.Kind == store.HelpContext || h.Kind == store.HelpContrast) {
		return "", "", store.ErrNotYours
	}
	text := r.text("text")
	long := utf8.RuneCountInString(text) > mostHelp
	switch h.Kind {
	case store.HelpLeave:
	case store.HelpMnemonic:
		if long {
			return fmt.Sprintf("This is too long: take %d characters or fewer.", mostHelp), "mnemonic", nil
		}
		h.Text = text
	case store.HelpUntil:
		day, err := time.Parse(time.DateOnly, r.line("until"))
		h.Until = cards.DayOf(day.Year(), day.Month(), day.Day())
		if today := r.today(); err != nil || h.Until <= today || h.Until > today+farthestDays {
			return "Choose a day after today, within ten years.", "until", nil
		}
	case store.HelpContext:
		switch {
		case text == "" || long:
			return fmt.Sprintf("Write what the question is about, in %d characters or fewer.", mostHelp), "context", nil
		case text == c.Context:
			return "This is the context that it has already.", "context", nil
		}
		h.Field = withContext(c.Fields, text)
	case store.HelpContrast:
		front, back := r.text("front"), r.text("back")
		if front == "" || back == "" || utf8.RuneCountInString(front+back) > 4*mostHelp {
			return "Write both sides of the card.", "contrast", nil
		}
		h.Notes = []cards.Note{helpNote(c, help.Side{Front: front, Back: back})}
	case store.HelpSplit:
		for _, side := range help.Split(c.Front, c.Back) {
			h.Notes = append(h.Notes, helpNote(c, side))
		}
		if len(h.Notes) == 0 {
			return "This card is no list any more.", "", nil
		}
	default:
		return "", "", statusRefusal(http.StatusBadRequest)
	}
	return "", "", nil
}

// helpNote is a note that is made to help with a card. It keeps the context and the
// proof of one that was made from an article.
func helpNote(c store.Card, side help.Side) cards.Note {
	n := cards.Note{Type: cards.BasicNote.Name, Tags: c.Tags, Fields: []cards.Field{{Name: "Front", Value: toField(side.Front)}, {Name: "Back", Value: toField(side.Back)}}}
	if c.Type.Name == cards.ArticleNote.Name && builtIn(c.Type) {
		n.Type = c.Type.Name
		n.Fields = append(n.Fields, c.Fields[2:]...)
	}
	return n
}

// withContext is the fields of a note with a context: in the field of that name, or
// above the first one.
func withContext(fields []cards.Field, text string) []cards.Field {
	fields = slices.Clone(fields)
	for i := range fields {
		if fields[i].Name == "Context" {
			fields[i].Value = toField(text)
			return fields
		}
	}
	fields[0].Value = toField(text) + "<br><br>" + fields[0].Value
	return fields
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

// drill begins a short quiz that asks two cards apart.
func (s *server) drill(r *request) (reply, error) {
	c, err := s.cardOf(r)
	if err != nil {
		return reply{}, err
	}
	key, other := r.form.Get("key"), store.CardID(number(r.form, "other"))
	if !validKey(key) || other == c.ID {
		return reply{}, statusRefusal(http.StatusBadRequest)
	}
	items, err := s.store.PairItems(r.ctx, r.user.ID, c.ID, other)
	if err != nil {
		return reply{}, err
	}
	questions := ask.Contrast(items[0], items[1], seedOf(key))
	if len(questions) == 0 {
		return goTo(fmt.Sprintf("/cards/%d/help?note=same", c.ID))
	}
	source := store.QuizSource{Kind: store.QuizPair, Pair: [2]store.CardID{c.ID, other}}
	id, err := s.store.StartQuiz(r.ctx, r.user.ID, store.NewQuiz{Key: key, Source: source, Name: "Told apart", Mode: ask.Mixed, Questions: questions}, r.now)
	if err != nil {
		return reply{}, err
	}
	return goTo(fmt.Sprintf("/quiz/%d", id))
}

// How many cards and pairs the list of what does not stay has.
const (
	mostLeeches  = 100
	mostAllPairs = 50
)

// leeches is the list of what does not stay.
func (s *server) leeches(r *request) (reply, error) {
	list, err := s.store.Leeches(r.ctx, r.user.ID, mostLeeches)
	if err != nil {
		return reply{}, err
	}
	p := &views.Leeches{Today: r.today()}
	p.Title, p.Place, p.Notice = "What does not stay", "stats", noticeOf(r)
	for _, c := range list {
		p.Cards = append(p.Cards, views.LeechOf(int64(c.ID), c.Front, c.Back, c.Schedule, p.Today))
	}
	if p.Pairs, err = s.pairs(r, 0, mostAllPairs); err != nil {
		return reply{}, err
	}
	return show(p)
}
