package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"recto/cards"
	"recto/cards/sm2"
	"recto/store"
	"recto/views"
)

// longestAnswer caps the time that one answer counts for: who goes to make tea in
// the middle of a card has not thought about it all the while.
const longestAnswer = time.Minute

// moreNewCards is how many new cards the page after the last one offers to add.
const moreNewCards = 5

// newKey is an idempotency key: a time-ordered UUID, which keeps the database's
// index of keys compact.
func newKey() string {
	k, err := uuid.NewV7()
	if err != nil {
		return newToken() // as unique, only less compact
	}
	return k.String()
}

func (s *server) review(r *request) (reply, error) {
	deck := store.DeckID(number(r.query, "deck"))
	q, err := s.store.Next(r.ctx, r.user.ID, deck, r.now)
	if errors.Is(err, store.ErrNotFound) {
		return s.done(r, deck)
	}
	if err != nil {
		return reply{}, err
	}
	p := s.question(r, q)
	p.Deck = int64(deck)
	if p.Notice, err = s.rightNotice(r); err != nil {
		return reply{}, err
	}
	// The answer is shown only for the card whose question was read.
	same := number(r.query, "card") == p.Card
	p.Show = r.query.Get("show") == "1" && same
	if asked := number(r.query, "asked"); p.Show && asked > 0 {
		p.Asked = asked
	}
	l := looks{pictures: same && r.query.Get("pictures") == "1"}
	if p.Show {
		l.typed = clean(r.query.Get("typed"))
	}
	if p.Face, err = s.face(r, q.Card, l); err != nil {
		return reply{}, err
	}
	if err := s.typeTo(r, p, q.Card); err != nil {
		return reply{}, err
	}
	rep := reply{page: p}
	if p.Face != nil {
		p.Face.Pictures = picturesPath(r, p)
		if l.pictures {
			rep.policy = withSites(p.Face.Sites)
		}
	}
	return rep, nil
}

// picturesPath is the same page with the pictures of other sites.
func picturesPath(r *request, p *views.Review) string {
	q := url.Values{"card": {strconv.FormatInt(p.Card, 10)}, "pictures": {"1"}}
	for _, name := range []string{"show", "typed", "asked", "deck"} {
		if v := r.query.Get(name); v != "" {
			q.Set(name, v)
		}
	}
	return "/review?" + q.Encode()
}

func (s *server) question(r *request, q store.Question) *views.Review {
	c := q.Card
	p := &views.Review{
		Card: int64(c.ID), Version: c.Version, Key: newKey(), UndoKey: newKey(), DeckName: c.DeckName,
		Asked: r.now.UnixMilli(), Front: c.Front, Context: c.Context, Back: c.Back, Source: quoteOf(c),
		Counts: views.Counts{New: q.Counts.New, Due: q.Counts.Due, Drill: q.Counts.Drill},
		Drill:  q.Event == cards.EventDrill, Done: q.Done, Total: q.Total,
		Grades:  gradeButtons(r.user.Settings, c.Schedule, r.today()),
		CanEdit: c.Mine, CanUndo: true, Lapses: c.Schedule.Lapses,
	}
	p.Math = hasMath(c.Front) || hasMath(c.Back)
	p.Title, p.Study, p.Notice, p.Script = "Review", true, noticeOf(r), "card.js"
	return p
}

// rules are the algorithm's as the user set them.
func rules(settings store.Settings) sm2.Rules {
	return sm2.Rules{MaxInterval: settings.MaxInterval, DrillBelow: settings.DrillBelow}
}

// gradeButtons are the ways to grade a card, each with when it would come back, by
// the function that the grade itself goes through.
func gradeButtons(settings store.Settings, s cards.Schedule, today cards.Day) []views.GradeButton {
	buttons := []views.GradeButton{
		{Grade: cards.Again, Label: "Again", Name: "again", Keys: "1", Hint: "1"},
		{Grade: cards.Hard, Label: "Hard", Name: "hard", Keys: "2", Hint: "2"},
		{Grade: cards.Good, Label: "Good", Name: "good", Keys: "3 Space Enter", Hint: "3", Common: true},
		{Grade: cards.Easy, Label: "Easy", Name: "easy", Keys: "4", Hint: "4"},
	}
	if settings.Grades == 6 {
		buttons = []views.GradeButton{
			{Grade: 0, Label: "0 Blank", Name: "again", Keys: "0", Hint: "0"},
			{Grade: 1, Label: "1 Wrong", Name: "again", Keys: "1", Hint: "1"},
			{Grade: 2, Label: "2 Nearly", Name: "again", Keys: "2", Hint: "2"},
			{Grade: 3, Label: "3 Hard", Name: "hard", Keys: "3", Hint: "3"},
			{Grade: 4, Label: "4 Good", Name: "good", Keys: "4 Space Enter", Hint: "4", Common: true},
			{Grade: 5, Label: "5 Easy", Name: "easy", Keys: "5", Hint: "5"},
		}
	}
	for i := range buttons {
		next := rules(settings).Next(s, buttons[i].Grade, today)
		buttons[i].When, buttons[i].Drill = comesBack(next, today), next.Drill
	}
	return buttons
}

// comesBack says when a card with schedule s would be asked next.
func comesBack(s cards.Schedule, today cards.Day) string {
	after := views.Interval(max(int(s.Due-today), 0))
	if s.Drill {
		return "today · " + after
	}
	return after
}

// quoteOf is the sentence that a card comes from, with the answer marked in it. The
// article is linked for its owner alone; others see only the sentence.
func quoteOf(c store.Card) views.Quote {
	at := cards.Span{Start: c.Source.Start - c.Sentence.Start, End: c.Source.End - c.Sentence.Start}
	text := c.SentenceText
	if at.Start < 0 || at.End > len(text) || at.Start >= at.End {
		return views.Quote{}
	}
	q := views.Quote{Before: text[:at.Start], Marked: at.Of(text), After: text[at.End:], Article: c.ArticleTitle}
	if c.Mine && c.Article != 0 {
		q.Href = fmt.Sprintf("/articles/%d#at-%d", c.Article, c.Source.Start)
	}
	return q
}

func (s *server) grade(r *request) (reply, error) {
	card, err := r.param("card")
	if err != nil {
		return reply{}, err
	}
	g, err := strconv.Atoi(r.form.Get("grade"))
	grade := cards.Grade(g)
	key := r.form.Get("key")
	if err != nil || g < 0 || g > 5 || !validKey(key) {
		return reply{}, statusRefusal(400)
	}
	answer := store.Answer{Card: store.CardID(card), Version: number(r.form, "version"), Key: key, Grade: grade, Took: took(r), At: r.now}
	next := func(sc cards.Schedule, today cards.Day) cards.Schedule {
		return rules(r.user.Settings).Next(sc, grade, today)
	}
	if answer.Given, err = s.givenWith(r, answer.Card, grade); err == nil {
		_, err = s.store.Grade(r.ctx, r.user.ID, answer, next)
	}
	switch {
	case errors.Is(err, store.ErrStale):
		return goTo(reviewPath(r, "graded"))
	case errors.Is(err, store.ErrNotFound):
		return reply{}, gone()
	case err != nil:
		return reply{}, err
	case answer.Given != nil && answer.Given.Overridden:
		return goTo(rightPath(r, answer.Card, key))
	}
	return goTo(reviewPath(r, ""))
}

// goneFrom is err, said as gone says it where the review was in the middle of a card.
func goneFrom(r *request, err error) error {
	if fromReview(r) && errors.Is(err, store.ErrNotFound) {
		return gone()
	}
	return err
}

// gone is the answer about a card that a review was in the middle of, when it went
// with its deck in another window, or the deck is no longer shared.
func gone() error {
	e := refuse(http.StatusNotFound, "No longer here", "This card is no longer among yours: it was deleted, or its deck is not shared any more. What you graded before is kept.")
	e.href, e.label = "/review", "Go on"
	return e
}

// validKey reports whether k looks like an idempotency key of a form. What it is
// does not matter, only that it is not empty and not endless.
func validKey(k string) bool {
	return len(k) >= 16 && len(k) <= 64 && !strings.ContainsFunc(k, func(c rune) bool { return c <= ' ' || c > '~' })
}

// took is how long the answer took, by when the question was asked.
func took(r *request) time.Duration {
	asked := number(r.form, "asked")
	if asked <= 0 {
		return 0
	}
	return min(max(r.now.Sub(time.UnixMilli(asked)), 0), longestAnswer)
}

// reviewPath is the review that the form came from, with a notice.
func reviewPath(r *request, note string) string {
	q := url.Values{}
	if quiz := number(r.form, "quiz"); quiz > 0 {
		return fmt.Sprintf("/quiz/%d?after=%d&note=%s", quiz, max(number(r.form, "position"), 0)+1, note)
	}
	if deck := number(r.form, "deck"); deck > 0 {
		q.Set("deck", strconv.FormatInt(deck, 10))
	}
	if note != "" {
		q.Set("note", note)
	}
	if len(q) == 0 {
		return "/review"
	}
	return "/review?" + q.Encode()
}

func (s *server) undo(r *request) (reply, error) {
	key := r.form.Get("key")
	if !validKey(key) {
		return reply{}, statusRefusal(400)
	}
	_, err := s.store.Undo(r.ctx, r.user.ID, key, r.now)
	if errors.Is(err, store.ErrNothingToUndo) {
		return goTo(reviewPath(r, "nothing"))
	}
	if err != nil {
		return reply{}, err
	}
	return goTo(reviewPath(r, "undone"))
}

func (s *server) moreNew(r *request) (reply, error) {
	key := r.form.Get("key")
	if !validKey(key) {
		return reply{}, statusRefusal(400)
	}
	if err := s.store.MoreNew(r.ctx, r.user.ID, r.today(), moreNewCards, key); err != nil {
		return reply{}, err
	}
	return goTo(reviewPath(r, ""))
}
