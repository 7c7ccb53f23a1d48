package web

import (
	"fmt"
	"math"
	"net/http"

	"recto/cards"
	"recto/cards/plan"
	"recto/store"
	"recto/views"
)

const (
	lastLookDays = 3       // before an exam on which a last look is offered
	examOver     = 7       // days for which Today says how an exam went
	farthestExam = 5 * 366 // days
)

// setExam sets the day by which a deck is to be known, or takes it off.
func (s *server) setExam(r *request) (reply, error) {
	d, err := s.deckOf(r)
	if err != nil {
		return reply{}, err
	}
	if r.form.Get("do") == "remove" {
		if err := s.store.RemoveExam(r.ctx, r.user.ID, d.ID); err != nil {
			return reply{}, err
		}
		return goTo(fmt.Sprintf("/decks/%d?note=saved", d.ID))
	}
	e := store.Exam{Deck: d.ID, Raise: r.form.Get("raise") == "1"}
	typed, today := r.line("day"), r.today()
	sentence := ""
	switch e.Day, err = readDay(typed); {
	case err != nil:
		sentence = "Write the day of the exam like 2027-06-14 or 14 June 2027."
	case e.Day < today:
		sentence = fmt.Sprintf("%s is past. Choose a day that is still to come.", e.Day.Date().Format("2 January 2006"))
	case e.Day > today+farthestExam:
		sentence = "This day is too far away: choose one within the next five years."
	}
	if sentence != "" {
		p, err := s.deckSettingsWith(r, d)
		if err != nil {
			return reply{}, err
		}
		p.Day, p.Raise, p.Error, p.Field = typed, e.Raise, sentence, "day"
		return showAs(http.StatusUnprocessableEntity, p)
	}
	if err := s.store.SetExam(r.ctx, r.user.ID, e, today); err != nil {
		return reply{}, err
	}
	return goTo(fmt.Sprintf("/decks/%d?note=exam", d.ID))
}

// deckSettingsWith is the page of a deck's settings, with its exam.
func (s *server) deckSettingsWith(r *request, d store.Deck) (*views.DeckSettings, error) {
	p := deckSettingsPage(r, d)
	p.Today = r.today()
	var err error
	if p.Exams, err = s.examOf(r, d.ID); err != nil {
		return nil, err
	}
	for _, e := range p.Exams {
		p.Raise = e.Raise
		if e.Days >= 0 {
			p.Day = e.Day.String()
		}
	}
	return p, nil
}

// todaysExams are the exams ahead, and those that were not long ago.
func (s *server) todaysExams(r *request) (list []views.Exam, err error) {
	states, err := s.store.Exams(r.ctx, r.user.ID, r.today())
	for _, e := range states {
		if e.Planned.Days >= -examOver {
			list = append(list, examLine(e, r.today()))
		}
	}
	return list, err
}

// examOf is the exam of a deck, with what is to be expected until it, or none.
func (s *server) examOf(r *request, deck store.DeckID) ([]views.Exam, error) {
	states, err := s.store.Exams(r.ctx, r.user.ID, r.today())
	if err != nil {
		return nil, err
	}
	for _, e := range states {
		if e.Deck != deck {
			continue
		}
		line := examLine(e, r.today())
		line.Name = ""
		if e.Planned.Days > 0 {
			line.Look, err = s.outlook(r, e)
		}
		return []views.Exam{line}, err
	}
	return nil, nil
}

func examLine(e store.ExamState, today cards.Day) views.Exam {
	p := e.Planned
	line := views.Exam{
		Deck: int64(e.Deck), Name: e.Name, Today: today, Day: e.Day, Days: p.Days, Cards: e.Cards, New: e.New, Asked: e.Asked,
		Times: p.Times, PerDay: p.PerDay, Reach: p.Reach, Raise: e.Raise, Limit: e.Limit, Common: !e.Own, Within: p.Reached(e.Limit),
		Passed: e.Due.Passed, Due: e.Due.Of,
	}
	if p.Days >= 0 && p.Days <= lastLookDays && e.Beyond > 0 {
		source := store.QuizSource{Kind: store.QuizLast, Decks: []store.DeckID{e.Deck}, Day: e.Day}
		line.Last, line.Beyond = "/quiz?from="+source.String()+"&mode=mixed", e.Beyond
	}
	return line
}

// outlook plays the days until an exam.
func (s *server) outlook(r *request, e store.ExamState) (*views.Outlook, error) {
	list, err := s.store.ExamSchedules(r.ctx, r.user.ID, e.Deck)
	if err != nil {
		return nil, err
	}
	o := &views.Outlook{}
	remembered, err := s.remembered(r, o)
	if err != nil {
		return nil, err
	}
	perDay := e.Planned.PerDay
	if !e.Raise {
		perDay = min(perDay, e.Limit)
	}
	look := plan.Look(list, r.today(), e.Day, perDay, e.Planned.Room, remembered)
	o.Mean, o.Most, o.Asked, o.Known = look.Mean(), look.Most(), look.Asked, int(math.Round(look.Known))
	return o, nil
}

// remembered is the share of due cards that the user remembers, or what is assumed.
func (s *server) remembered(r *request, o *views.Outlook) (float64, error) {
	share, err := s.store.Recall(r.ctx, r.user.ID, r.today())
	if err != nil {
		return 0, err
	}
	if o.Measured = share.Enough() && share.Passed > 0; !o.Measured {
		o.Percent = int(100 * plan.Assumed)
		return plan.Assumed, nil
	}
	o.Percent = share.Percent()
	return float64(share.Passed) / float64(share.Of), nil
}
