package cards

import "time"

// EventKind says what a Review records. Every change of a Schedule is an event in
// the log, so that replaying the log rebuilds every Schedule.
type EventKind string

// The kinds of event.
const (
	EventFirst     EventKind = "first"     // the first answer of a new card
	EventDue       EventKind = "due"       // an answer to a card that was due
	EventDrill     EventKind = "drill"     // a same-day repetition; the Schedule keeps its interval
	EventEarly     EventKind = "early"     // an answer before the card was due
	EventQuiz      EventKind = "quiz"      // an answer in a quiz that counts
	EventSuspend   EventKind = "suspend"   // the card was set aside
	EventUnsuspend EventKind = "unsuspend" // the card came back
	EventBury      EventKind = "bury"      // the card was put off to the next day
	EventBring     EventKind = "bring"     // the card was missed in a quiz and comes into today's review
	EventReset     EventKind = "reset"     // the card became a new one again
	EventUndo      EventKind = "undo"      // the event Undoes was taken back
	EventImport    EventKind = "import"    // a Schedule that came with an imported deck
)

// Answered reports whether k records an answer with a grade.
func (k EventKind) Answered() bool {
	switch k {
	case EventFirst, EventDue, EventDrill, EventEarly, EventQuiz:
		return true
	}
	return false
}

// Review is one event of the log. It is written once and never changed.
type Review struct {
	ID       int64         `json:"id"`
	Key      string        `json:"key"` // unique per user: the same key twice is one review
	CardID   int64         `json:"card_id"`
	At       time.Time     `json:"at"`   // milliseconds, UTC
	Zone     string        `json:"zone"` // the user's IANA zone then
	Rollover int           `json:"rollover"`
	Day      Day           `json:"day"`
	Kind     EventKind     `json:"kind"`
	Grade    Grade         `json:"grade"` // meaningful when Kind.Answered()
	Took     time.Duration `json:"took"`  // from question to grade; 0 when not known
	Before   Schedule      `json:"before"`
	After    Schedule      `json:"after"`
	Undoes   int64         `json:"undoes,omitempty"` // ID of the event taken back by an EventUndo
}

// EventOf says what kind of event an answer on day today is, for a card that
// stands at s.
func EventOf(s Schedule, today Day) EventKind {
	switch {
	case !s.Seen:
		return EventFirst
	case s.Drill && s.Last == today:
		return EventDrill
	case s.Due <= today:
		return EventDue
	default:
		return EventEarly
	}
}
