package store

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"slices"
	"time"

	"recto/cards"
	"recto/cards/formats"
)

const draftCards = `SELECT c.id, c.note_id, c.ordinal, coalesce(c.deck_id, 0), c.source, coalesce(s.version, 0), coalesce(s.flag, 0),
	coalesce((SELECT max(r.at)` + answered + ` AND r.card_id = c.id), 0), coalesce((SELECT count(*)` + answered + ` AND r.card_id = c.id), 0),
	coalesce(s.repetitions, 0), coalesce(s.e_factor, 250), coalesce(s.interval, 0), coalesce(s.due, 0), coalesce(s.last, 0),
	coalesce(s.lapses, 0), coalesce(s.seen, 0), coalesce(s.drill, 0), coalesce(s.suspended, 0), coalesce(s.buried, 0)
	FROM cards c JOIN notes n ON n.id = c.note_id LEFT JOIN schedules s ON s.user_id = ?1 AND s.card_id = c.id
	WHERE n.user_id = ?1 OR s.version IS NOT NULL ORDER BY c.id`

// draftedCard is a card with the user's progress.
type draftedCard struct {
	id       CardID
	note     int64
	ordinal  int
	deck     DeckID
	thrown   bool // it lies in the trash by itself
	source   cardSource
	version  int64
	flag     int
	last     int64 // instant of the last answer given here
	answers  int   // given here
	schedule cards.Schedule
}

func (d *exporter) readCards() error {
	err := d.each(draftCards, func(rows *sql.Rows) error {
		var c draftedCard
		var p packed
		var source string
		if err := rows.Scan(p.into([]any{&c.id, &c.note, &c.ordinal, &c.deck, &source, &c.version, &c.flag, &c.last, &c.answers})...); err != nil {
			return err
		}
		var err error
		if c.source, err = readSource(source); err != nil {
			return err
		}
		c.schedule = p.schedule()
		if home, thrown := d.thrown[c.id]; thrown {
			c.deck, c.thrown = home, true
		}
		if at, there := d.decks[c.deck]; there && (c.thrown || d.draft.Decks[at].Trashed) {
			d.trashed.cards = append(d.trashed.cards, c)
			return nil
		}
		d.putCard(c)
		return nil
	}, int64(d.user))
	for _, c := range d.trashed.cards {
		d.putCard(c)
	}
	return err
}

// putCard takes in a card of a note and a deck of the Draft.
func (d *exporter) putCard(c draftedCard) {
	note, ok := d.notes[c.note]
	deck, there := d.decks[c.deck]
	if !ok || !there {
		return
	}
	card := d.card(c)
	card.Note, card.Deck, card.Trashed = note, deck, c.thrown
	d.cards[c.id] = len(d.draft.Cards)
	d.draft.Cards = append(d.draft.Cards, card)
}

// card is a card with its progress: as it came where nothing has happened since, and
// otherwise as SM-2 has it.
func (d *exporter) card(c draftedCard) formats.Card {
	s := c.source
	card := formats.Card{ID: s.ID, Ordinal: c.ordinal, Position: s.Position, Flag: c.flag, Modified: s.Modified, State: formats.New, Passes: -1, Suspended: c.schedule.Suspended}
	if d.whole && c.version > 0 {
		exact := c.schedule
		card.Schedule = &exact
	}
	if s.State != "" && s.Version == c.version && c.version > 0 {
		card.State, card.Due, card.DueAt, card.Interval, card.Ease, card.Reps, card.Passes = s.State, s.Due, s.DueAt, s.Interval, s.Ease, s.Reps, s.Passes
		card.Lapses, card.Left, card.Buried, card.Memory, card.Extras = s.Lapses, s.Left, s.Buried, s.Memory, s.Extras
		return card
	}
	if c.version == 0 {
		return card
	}
	d.progress(&card, c)
	return card
}

// progress says in Anki's words how far a card has come here.
func (d *exporter) progress(card *formats.Card, c draftedCard) {
	s := c.schedule
	card.Reps, card.Lapses = max(c.source.Reps-c.source.Own, 0)+c.answers, s.Lapses
	if c.last != 0 {
		card.Modified = instant(c.last).Truncate(time.Second)
	}
	if s.Buried != 0 {
		card.Buried = formats.BuriedByUser
	}
	if !s.Seen {
		return
	}
	card.State, card.Due, card.Interval, card.Ease, card.Passes = formats.Reviewing, s.Due, max(s.Interval, 1), 10*int(s.EFactor), s.Repetitions
	if s.Repetitions == 0 { // failed, and asked again tomorrow at the latest
		card.State, card.Left = formats.Relearning, 1
		if s.Lapses == 0 {
			card.State = formats.Learning
		}
		card.DueAt = d.clock.Start(s.Due)
	}
}

// readEvents takes in the answers that were given here and, in a whole Draft, every
// event of the log.
func (d *exporter) readEvents() error {
	keys := map[int64]string{}
	which := `SELECT ` + reviewColumns + ` FROM reviews r WHERE user_id = ?1`
	if !d.whole {
		which = `SELECT ` + reviewColumns + answered
	}
	return d.each(which+` ORDER BY at, id`, func(rows *sql.Rows) error {
		v, err := scanReview(rows)
		if err != nil {
			return err
		}
		card, ok := d.cards[CardID(v.CardID)]
		if !ok {
			return nil
		}
		r := eventReview(v)
		d.answered = d.answered || r.Button > 0
		r.Card, r.CardID = card, d.draft.Cards[card].ID
		if d.whole {
			keys[v.ID] = v.Key
			r.Event = &formats.Event{Key: v.Key, Zone: v.Zone, Rollover: v.Rollover, Day: v.Day, Kind: v.Kind, Before: v.Before, After: v.After, Undoes: keys[v.Undoes]}
		} else if r.Button == 0 {
			return nil
		}
		d.draft.Reviews = append(d.draft.Reviews, r)
		return nil
	}, int64(d.user))
}

// eventReview is an event in the words of a log that other programs know.
func eventReview(v cards.Review) formats.Review {
	r := formats.Review{At: v.At, Kind: formats.ReviewManual, Interval: v.After.Interval, Last: v.Before.Interval, Ease: 10 * int(v.After.EFactor), Took: v.Took, Grade: v.Grade}
	if !v.Kind.Answered() {
		return r
	}
	r.Button = formats.ButtonOf(v.Grade)
	switch {
	case v.Kind == cards.EventFirst:
		r.Kind = formats.ReviewLearn
	case v.Kind == cards.EventEarly, v.Kind == cards.EventQuiz:
		r.Kind = formats.ReviewEarly
	case v.Before.Repetitions == 0 && v.Before.Lapses > 0:
		r.Kind = formats.ReviewRelearn
	case v.Before.Repetitions == 0:
		r.Kind = formats.ReviewLearn
	default:
		r.Kind = formats.ReviewDue
	}
	return r
}

// readOld takes in the answers that were given in other programs.
func (d *exporter) readOld() error {
	here := len(d.draft.Reviews)
	err := d.each(`SELECT card_id, at, kind, button, grade, interval, last, ease, took, source_card, extras FROM old_answers WHERE user_id = ?1 ORDER BY at, card_id, n`, func(rows *sql.Rows) error {
		var r formats.Review
		var card CardID
		var at, took int64
		var extras string
		if err := rows.Scan(&card, &at, &r.Kind, &r.Button, &r.Grade, &r.Interval, &r.Last, &r.Ease, &took, &r.CardID, &extras); err != nil {
			return err
		}
		index, ok := d.cards[card]
		switch {
		case card == 0 && d.every:
			index = -1
		case !ok:
			return nil
		}
		r.Card, r.At, r.Took = index, instant(at), time.Duration(took)*time.Millisecond
		if extras != "" {
			if err := json.Unmarshal([]byte(extras), &r.Extras); err != nil {
				return err
			}
		}
		d.draft.Reviews = append(d.draft.Reviews, r)
		return nil
	}, int64(d.user))
	slices.SortStableFunc(d.draft.Reviews[here:], func(a, b formats.Review) int { return cmp.Or(a.At.Compare(b.At), a.Card-b.Card) })
	slices.SortStableFunc(d.draft.Reviews, func(a, b formats.Review) int { return a.At.Compare(b.At) })
	return err
}
