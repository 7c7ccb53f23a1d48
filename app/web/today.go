package web

import (
	"time"

	"recto/store"
	"recto/views"
)

// pace is how long a card takes a person whose pace is not known yet.
const pace = 8 * time.Second

func (s *server) today(r *request) (reply, error) {
	today := r.today()
	decks, err := s.store.Decks(r.ctx, r.user.ID, today)
	if err != nil {
		return reply{}, err
	}
	counts, err := s.store.Counts(r.ctx, r.user.ID, 0, r.now)
	if err != nil {
		return reply{}, err
	}
	day, err := s.store.Session(r.ctx, r.user.ID, r.now)
	if err != nil {
		return reply{}, err
	}
	p := &views.Today{
		Day: today, Due: counts.Due + counts.Drill, New: counts.New, Decks: deckLines(decks),
		Answered: day.Answers, Empty: len(decks) == 0,
		Week: views.Week{Days: day.Week.Days, Remembered: day.Week.Remembered, Of: day.Week.Of, Tomorrow: day.Tomorrow},
	}
	if p.Exams, err = s.todaysExams(r); err != nil {
		return reply{}, err
	}
	if p.Comeback, err = s.comeback(r); err != nil {
		return reply{}, err
	}
	if p.Offers, _, err = s.offers(r, s.store.Return); err != nil {
		return reply{}, err
	}
	p.Title, p.Place, p.Notice = "Today", "today", noticeOf(r)
	p.Estimate = estimate(p.All(), day)
	return show(p)
}

// estimate is how long n cards take at today's pace, in whole minutes above one.
func estimate(n int, day store.TodaySummary) time.Duration {
	each := pace
	if day.Answers >= 10 && day.Spent > 0 {
		each = day.Spent / time.Duration(day.Answers)
	}
	d := time.Duration(n) * each
	if d > time.Minute {
		d = d.Round(time.Minute)
	}
	return d
}

func deckLines(decks []store.Deck) []views.DeckLine {
	lines := make([]views.DeckLine, len(decks))
	for i, d := range decks {
		lines[i] = deckLine(d)
	}
	return lines
}

func deckLine(d store.Deck) views.DeckLine {
	l := views.DeckLine{ID: int64(d.ID), Name: d.Name, Cards: d.Cards, Due: d.Due, New: d.New, Paused: d.Paused, Shared: d.Shared}
	if !d.Mine {
		l.Owner, l.Shared = d.OwnerName, false
	}
	return l
}

// notices are what a page can say after a redirect; the address holds only the word.
var notices = map[string]string{
	"discarded":  "Thrown away. Nothing was imported.",
	"graded":     "You had already graded this card.",
	"answered":   "You had already answered this question.",
	"incomplete": "Choose an answer first.",
	"undone":     "Taken back.",
	"nothing":    "There is nothing left to take back.",
	"suspended":  "Suspended: this card is not asked until you bring it back on its page.",
	"returned":   "This card is asked again.",
	"buried":     "Put off to tomorrow.",
	"saved":      "Saved.",

	"saved-search":   "The search is saved.",
	"deleted-search": "The search is no longer saved. Save it again if you want it back.",

	"added":    "Added. Write the next one, or go back to the deck.",
	"made":     "Your deck is ready. Write its first card.",
	"enrolled": "You study this deck now.",
	"left":     "You no longer study this deck. Your progress is kept.",
	"restored": "Put back, with its progress.",
	"lost":     "What you sent before signing in could not be done any more. Nothing else is lost.",
	"accepted": "Accepted: it passes for that card from now on. The card’s page can take it back.",
	"changed":  "It has changed since, and stays as it is.",
	"same":     "The two have the same answer: there is nothing to tell apart.",
	"more":     "More new cards for today.",
	"exam":     "The exam date is set.",
	"planned":  "This is your plan now. You can change it in the settings.",
	"noplan":   "No plan: everything is asked as always.",
	"caughtup": "There is nothing to catch up with any more.",
	"nonew":    "There are no more new cards.",
}

func noticeOf(r *request) views.Notice {
	return views.Notice{Text: notices[r.query.Get("note")]}
}
