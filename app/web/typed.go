package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"recto/cards"
	"recto/cards/quiz"
	"recto/store"
	"recto/views"
)

// typedLine is what was typed, as it is judged and kept.
func typedLine(text string) string {
	text = strings.Join(strings.Fields(clean(text)), " ")
	return strings.ToValidUTF8(text[:min(len(text), mostTyped)], "")
}

// typeTo makes the page of a question one that is answered by typing, where the person
// wants that of the card or its deck and its answer can be typed.
func (s *server) typeTo(r *request, p *views.Review, c store.Card) error {
	aid, err := s.store.Aid(r.ctx, r.user.ID, c.ID)
	if err != nil {
		return err
	}
	p.Mnemonic, p.Leech = aid.Mnemonic, nags(c.Schedule, aid)
	typed, wished := aid.Typed()
	switch {
	case !typed:
		return nil
	case !p.Show:
		_, p.Typed, err = s.store.TypedQuestion(r.ctx, r.user.ID, c.ID, wished)
		return err
	case !r.query.Has("typed"): // it was turned on a page from before
		return nil
	}
	p.Judged, err = s.judged(r, c.ID, wished, typedLine(r.query.Get("typed")))
	if err == nil && p.Judged != nil {
		p.Typed = true
		propose(p.Grades, quiz.Verdict(p.Judged.Verdict).Grade())
	}
	return err
}

// judged is how a typed answer to a card was, nil where nobody types to it.
func (s *server) judged(r *request, card store.CardID, wished bool, typed string) (*views.Judged, error) {
	q, ok, err := s.store.TypedAmong(r.ctx, r.user.ID, card, wished, typed)
	if err != nil || !ok {
		return nil, err
	}
	result := q.Judge(typed)
	j := &views.Judged{Given: typed, Verdict: string(result.Verdict), Reason: result.Reason, Answer: q.Parts[0].Answer, Belongs: result.Parts[0].Belongs}
	if j.Belongs != 0 {
		other, err := s.store.Card(r.ctx, r.user.ID, store.CardID(j.Belongs))
		if err != nil {
			return nil, err
		}
		j.Other = other.Front
	}
	return j, nil
}

// propose makes one of the buttons the one that is meant: it has the thick border, the
// focus, and the keys of the common answer.
func propose(buttons []views.GradeButton, g cards.Grade) {
	for i := range buttons {
		b := &buttons[i]
		keys, _, _ := strings.Cut(b.Keys, " ")
		b.Common, b.Proposed, b.Keys = b.Grade == g, b.Grade == g, keys
		if b.Proposed {
			b.Keys += " Space Enter"
		}
	}
}

// givenWith is what was typed before a card was graded, judged anew, nil where nothing
// has to be kept.
func (s *server) givenWith(r *request, card store.CardID, g cards.Grade) (*store.GivenAnswer, error) {
	typed := typedLine(r.form.Get("typed"))
	if typed == "" {
		return nil, nil
	}
	aid, err := s.store.Aid(r.ctx, r.user.ID, card)
	if err != nil {
		return nil, err
	}
	_, wished := aid.Typed()
	j, err := s.judged(r, card, wished, typed)
	if err != nil || j == nil || j.Verdict == string(quiz.Right) {
		return nil, err
	}
	v := quiz.Verdict(j.Verdict)
	return &store.GivenAnswer{Text: typed, Verdict: v, Belongs: store.CardID(j.Belongs), Overridden: v.Overruled(g)}, nil
}

// rightPath is the review after a person said that what they typed was right: it offers
// to let that pass from now on.
func rightPath(r *request, card store.CardID, key string) string {
	return withQuery(withQuery(reviewPath(r, ""), "right", fmt.Sprint(card)), "given", key)
}

// rightNotice offers to accept what was typed to the card before, and said to be right.
func (s *server) rightNotice(r *request) (views.Notice, error) {
	card, key := store.CardID(number(r.query, "right")), r.query.Get("given")
	if card < 1 || key == "" {
		return noticeOf(r), nil
	}
	g, ok, err := s.saidRight(r, card, key)
	if err != nil || !ok {
		return noticeOf(r), err
	}
	accepted, err := s.store.AcceptedAnswers(r.ctx, r.user.ID, card)
	if err != nil || slices.Contains(accepted, g.Text) {
		return noticeOf(r), err
	}
	action := fmt.Sprintf("/cards/%d/accept?given=%s", card, url.QueryEscape(key))
	if deck := number(r.query, "deck"); deck > 0 {
		action += fmt.Sprintf("&deck=%d", deck)
	}
	return views.Notice{Text: "By your word, “" + g.Text + "” was right.", Action: action, Label: "Accept it for that card from now on"}, nil
}

// saidRight is the answer with a key that a person typed to a card and said was right.
func (s *server) saidRight(r *request, card store.CardID, key string) (store.GivenAnswer, bool, error) {
	list, err := s.store.AnswersGiven(r.ctx, r.user.ID, card)
	at := slices.IndexFunc(list, func(g store.GivenAnswer) bool { return g.Key == key && g.Overridden && len(g.Text) <= mostAccepted })
	if err != nil || at < 0 {
		return store.GivenAnswer{}, false, err
	}
	return list[at], true, nil
}

// mostAccepted is the longest answer that is offered to be accepted, in bytes.
const mostAccepted = 200

// acceptGiven lets what was typed in the review pass for its card from now on.
func (s *server) acceptGiven(r *request) (reply, error) {
	c, err := s.cardOf(r)
	if err != nil {
		return reply{}, err
	}
	g, ok, err := s.saidRight(r, c.ID, r.query.Get("given"))
	if err != nil {
		return reply{}, err
	}
	if !ok {
		return reply{}, store.ErrNotFound
	}
	if err := s.store.AcceptAnswer(r.ctx, r.user.ID, c.ID, g.Text, r.now); err != nil {
		return reply{}, err
	}
	to := "/review?note=accepted"
	if deck := number(r.query, "deck"); deck > 0 {
		to = withQuery(to, "deck", fmt.Sprint(deck))
	}
	return goTo(to)
}

// typeDeck says whether the cards of a deck are answered by typing.
func (s *server) typeDeck(r *request) (reply, error) {
	d, err := s.deckOf(r)
	if err != nil {
		return reply{}, err
	}
	if err := s.store.SetDeckTyping(r.ctx, r.user.ID, d.ID, r.form.Get("typed") == "1"); err != nil {
		return reply{}, err
	}
	return goTo(fmt.Sprintf("/decks/%d/settings?note=saved", d.ID))
}

// typeCard says whether one card is.
func (s *server) typeCard(r *request) (reply, error) {
	c, err := s.cardOf(r)
	if err != nil {
		return reply{}, err
	}
	typing, ok := map[string]store.Typing{"deck": store.TypingAsDeck, "yes": store.TypingYes, "no": store.TypingNo}[r.form.Get("typed")]
	if !ok {
		return reply{}, statusRefusal(http.StatusBadRequest)
	}
	if err := s.store.SetTyping(r.ctx, r.user.ID, c.ID, typing); err != nil {
		return reply{}, err
	}
	return goTo(fmt.Sprintf("/cards/%d?note=saved", c.ID))
}
