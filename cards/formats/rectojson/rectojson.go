// Package rectojson reads and writes Recto's own format: one JSON document that
// holds everything a Draft does, media too, so that nothing is lost between two
// installations, and so that any other program can read it.
//
// A document is an object with these keys, and a program that reads it may pass by
// every other:
//
//	format      "recto"
//	version     1; a reader refuses what is higher
//	made        when it was made (RFC 3339, as every time here)
//	noteTypes   [{id, name, fields: [{name, rtl}], templates: [{name, front, back}],
//	            css, cloze, sortField, modified}]; templates in Anki's language
//	decks       [{id, name, description, preset, filtered, trashed, modified}]; "::"
//	            separates levels
//	presets     [{id, name, limits: {new, reviews}}]
//	notes       [{id, guid, type, fields: [HTML], tags, created, modified}]
//	cards       [{id, note, ordinal, deck, state, position, due, dueAt, interval, ease,
//	            reps, passes, lapses, left, flag, suspended, buried, trashed, modified,
//	            memory, schedule}]
//	reviews     [{card, cardId, at, kind, button, grade, interval, last, ease, took, event}]
//	articles    [{created, revises, revised, used, usedAt, trashed, title, author, url,
//	            published, language, text, blocks, facts, proposals: [{proposal, verdict,
//	            front, back, decided, note, joined, reworded, model}]}]: texts, what Recto
//	            found in them, and what was decided about the cards proposed; "note" is
//	            the guid of the one that was made, "revises" the hash of the article of
//	            which this is a newer version, whose cards have gone over to it once it
//	            is "used"
//	media       [{name, size, sha256, data}]; data is base64
//
// "type", "note", "deck", "preset" and "card" count from 0 in the list they speak
// of; -1 stands for none, and for a card that is gone. A card's state is "new",
// "learning", "review" or "relearning"; "due" is a date, "dueAt" a moment within the
// day; an interval counts days, and below 0 seconds; "ease" is an E-Factor in
// thousandths; "took" counts milliseconds. What is 0, false or empty may be left
// out. "extras" of any object holds what other programs keep there, by keys that
// begin with the format's name, and "memory" what a scheduler such as FSRS knows.
//
// What lies in the trash is marked "trashed": a deck with all its cards, a card by itself
// with the deck that it would come back to, an article. It stands behind everything that
// does not, and so do the notes that have no other cards: whoever wants none of it reads
// each list up to there. Where something marked stands before something that is not,
// nothing counts as thrown away.
//
// A document that Recto writes of a whole account says more. "schedule" of a card is
// Recto's own, exactly: {repetitions, e_factor in hundredths, interval, due, last,
// lapses, seen, drill, suspended, buried}, with days since 1970-01-01. "event" of a
// review is its line in Recto's log: {key, zone, rollover, day, kind, before, after,
// undoes}, where before and after are schedules and undoes is the key of the event
// that was taken back; what was set aside or put off is an event too, with button 0.
// Of the extras, "recto.user" of the document has {name, settings, lastDay, extra},
// "recto.deck" of a deck {created, since, shared, left, paused, typed, limits, article},
// of which "since" is when its owner began to study it, and
// "recto.note" of a note that was made of an article {article, title, proposal,
// sentence, sentenceSpan, sourceSpan, sibling}; an article is named by its hash, the
// first 32 hexadecimal digits of the SHA-256 of its text, and a sibling by its guid.
// Of the lists among them, "recto.exams" has {deck, day, raise, made}, the deck by its
// name, and "recto.comeback" the plan after a break, {kind, begun, per_day, cards, until}.
// "recto.answers_given" has the answers that were not right, {card, place, given, verdict,
// belongs, overridden, at}, of which the pairs are read that are taken for one another,
// "recto.accepted_answers" those that were let pass, {card, answer, at}, and "recto.aids"
// what is kept with cards, {card, typing, mnemonic, leftAt}, each card by its place in the
// document. "recto.quizzes" has {from, source, article, name, mode, bring, counts,
// questions, answered, correct, begun, day, ended, asked}; in "source" and "asked" decks,
// cards and quizzes are counted from 1, and 0 is one that is gone. "recto.searches"
// has what is searched for again and again, {name, query, created}. "recto.trash" says
// of what is marked as thrown away when that was, in this order: {kind, name, deleted, deck,
// article, cards: [{card, verdict, gone}]}, of kind deck, card, article, or cards for many
// at once; "verdict" is that on the proposal a card was made of before it was thrown away,
// and "gone" a card that its note makes no longer. It is put into the trash of an account
// that has nothing yet, or only the deck that it was given, and left out elsewhere.
//
// The same content is always the same bytes: keys stand in this order, one element
// a line.
package rectojson

import (
	"context"
	"encoding/hex"
	"regexp"
	"time"

	"recto/cards"
	"recto/cards/formats"
)

// ID is the format's.
const ID = "json"

// version is the highest that is read, and that which is written.
const version = 1

// Family is Recto's own.
type Family struct{}

// Formats lists the one format.
func (Family) Formats() []formats.Format {
	return []formats.Format{{ID: ID, Name: "Recto's own JSON", Extensions: []string{"json"}, Read: true, Write: true, Trash: true}}
}

// signature is at the start of every document.
var signature = regexp.MustCompile(`^(?:\xEF\xBB\xBF)?\s*\{\s*"format"\s*:\s*"recto"`)

// Detect knows a document by its first key.
func (Family) Detect(s *formats.Source) (string, formats.Confidence) {
	if signature.Match(s.Head()) {
		return ID, formats.Certain
	}
	return "", formats.No
}

// Read makes a Draft of a document.
func (Family) Read(ctx context.Context, s *formats.Source, _ string, o formats.Options) (*formats.Draft, error) {
	return read(ctx, s, o.Filled())
}

// card is a formats.Card as JSON. Its due date is written as a date.
type card struct {
	ID        int64           `json:"id,omitempty"`
	Note      int             `json:"note"`
	Ordinal   int             `json:"ordinal"`
	Deck      int             `json:"deck"`
	State     formats.State   `json:"state"`
	Position  int64           `json:"position,omitempty"`
	Due       string          `json:"due,omitempty"`
	DueAt     time.Time       `json:"dueAt,omitzero"`
	Interval  int             `json:"interval,omitempty"`
	Ease      int             `json:"ease,omitempty"`
	Reps      int             `json:"reps,omitempty"`
	Passes    *int            `json:"passes,omitempty"` // missing when not known
	Lapses    int             `json:"lapses,omitempty"`
	Left      int             `json:"left,omitempty"`
	Flag      int             `json:"flag,omitempty"`
	Suspended bool            `json:"suspended,omitempty"`
	Buried    formats.Burial  `json:"buried,omitempty"`
	Modified  time.Time       `json:"modified,omitzero"`
	Trashed   bool            `json:"trashed,omitempty"`
	Memory    string          `json:"memory,omitempty"`
	Schedule  *cards.Schedule `json:"schedule,omitempty"`
	Extras    formats.Extras  `json:"extras,omitempty"`
}

func cardOf(c formats.Card) card {
	j := card{
		ID: c.ID, Note: c.Note, Ordinal: c.Ordinal, Deck: c.Deck, State: c.State, Position: c.Position, DueAt: c.DueAt,
		Interval: c.Interval, Ease: c.Ease, Reps: c.Reps, Lapses: c.Lapses, Left: c.Left, Flag: c.Flag,
		Suspended: c.Suspended, Buried: c.Buried, Trashed: c.Trashed, Modified: c.Modified, Memory: c.Memory, Schedule: c.Schedule, Extras: c.Extras,
	}
	if c.State != formats.New {
		j.Due = c.Due.String()
	}
	if c.Passes >= 0 {
		j.Passes = &c.Passes
	}
	return j
}

// card is the neutral one, and whether its date could be read.
func (j card) card() (formats.Card, bool) {
	c := formats.Card{
		ID: j.ID, Note: j.Note, Ordinal: j.Ordinal, Deck: j.Deck, State: j.State, Position: j.Position, DueAt: j.DueAt,
		Interval: j.Interval, Ease: j.Ease, Reps: j.Reps, Passes: -1, Lapses: j.Lapses, Left: j.Left, Flag: j.Flag,
		Suspended: j.Suspended, Buried: j.Buried, Trashed: j.Trashed, Modified: j.Modified, Memory: j.Memory, Schedule: j.Schedule, Extras: j.Extras,
	}
	if j.Passes != nil {
		c.Passes = *j.Passes
	}
	if j.Due == "" {
		return c, true
	}
	t, err := time.Parse(time.DateOnly, j.Due)
	c.Due = cards.DayOf(t.Year(), t.Month(), t.Day())
	return c, err == nil
}

// review is a formats.Review as JSON.
type review struct {
	Card     int                `json:"card"`
	CardID   int64              `json:"cardId,omitempty"`
	At       time.Time          `json:"at"`
	Kind     formats.ReviewKind `json:"kind"`
	Button   int                `json:"button"`
	Grade    cards.Grade        `json:"grade"`
	Interval int                `json:"interval"`
	Last     int                `json:"last"`
	Ease     int                `json:"ease"`
	Took     int64              `json:"took"`
	Event    *formats.Event     `json:"event,omitempty"`
	Extras   formats.Extras     `json:"extras,omitempty"`
}

func reviewOf(v formats.Review) review {
	return review{v.Card, v.CardID, v.At, v.Kind, v.Button, v.Grade, v.Interval, v.Last, v.Ease, v.Took.Milliseconds(), v.Event, v.Extras}
}

func (j review) review() formats.Review {
	return formats.Review{
		Card: j.Card, CardID: j.CardID, At: j.At, Kind: j.Kind, Button: j.Button, Grade: j.Grade, Interval: j.Interval,
		Last: j.Last, Ease: j.Ease, Took: time.Duration(min(max(j.Took, 0), 86_400_000)) * time.Millisecond, Event: j.Event, Extras: j.Extras,
	}
}

// medium is a formats.Media as JSON. While it is read, Data is where in the file
// the content stands.
type medium struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
	Data   string `json:"data,omitempty"`
}

func mediumOf(m formats.Media) medium {
	return medium{Name: m.Name, Size: m.Size, SHA256: hex.EncodeToString(m.SHA256[:])}
}
