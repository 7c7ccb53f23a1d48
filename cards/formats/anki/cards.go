package anki

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"recto/cards"
	"recto/cards/formats"
)

// longest is the longest interval in days, or the shortest below 0 in seconds,
// that is believed: what fits 32 bits.
const longest = 1<<31 - 1

// moments begin here: a due number above it counts seconds, one below days.
const moments = 1_000_000_000

// row is a line of the table "cards".
type row struct {
	id, nid, did, ord, mod, kind, queue, due, ivl, factor, reps, lapses, left, odue, odid, flags int64
}

var cardColumns = []string{"id", "nid", "did", "ord", "mod", "type", "queue", "due", "ivl", "factor", "reps", "lapses", "left", "odue", "odid", "flags", "data"}

func rowOf(c []driver.Value) row {
	var n [16]int64
	for i := range n {
		n[i] = whole(c[i])
	}
	return row{n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10], n[11], n[12], n[13], n[14], n[15]}
}

// readCards reads the cards in the order they are stored.
func (r *reader) readCards(ctx context.Context, db *database) error {
	count, err := r.room(ctx, db, "cards", 10*r.limits.Rows, formats.CardBytes)
	if err != nil {
		return err
	}
	r.cards = make(map[int64]int, count)
	r.draft.Cards = make([]formats.Card, 0, count)
	return db.each(ctx, "cards", cardColumns, 10*r.limits.Rows, func(c []driver.Value) error {
		w := rowOf(c)
		where := fmt.Sprintf("card %d", w.id)
		note, ok := r.notes[w.nid]
		_, twice := r.cards[w.id]
		switch {
		case twice:
			r.tell(where, "there are two cards with this number; the first one counts", true)
			return nil
		case !ok:
			r.tell(where, "its note is missing", true)
			return nil
		case w.ord < 0 || w.ord > 1<<16-1:
			r.tell(where, "its place among the cards of its note is impossible", true)
			return nil
		}
		card := r.card(w, where)
		card.Note, card.Deck = note, r.homeOf(w, where)
		if card.Modified.IsZero() {
			card.Modified = r.draft.Notes[note].Created.Truncate(time.Second)
		}
		if err := r.remember(&card, text(c[16])); err != nil {
			return err
		}
		r.cards[w.id] = len(r.draft.Cards)
		r.draft.Cards = append(r.draft.Cards, card)
		return nil
	})
}

// homeOf is the deck that a card belongs to: never a filtered one. A package
// without schedules does not say where borrowed cards came from; as in Anki, the
// filtered deck that has them becomes one of the ordinary kind then.
func (r *reader) homeOf(w row, where string) int {
	for _, id := range []int64{w.odid, w.did} {
		i, ok := r.decks[id]
		if !ok || id == 0 {
			continue
		}
		if d := &r.draft.Decks[i]; d.Filtered && id == w.odid {
			continue
		} else if d.Filtered {
			r.settle(d)
		}
		return i
	}
	r.tell(where, `its deck is missing; it was put into "Default"`, false)
	if i, ok := r.decks[1]; ok {
		return i
	}
	i := r.draft.DeckNamed("Default")
	if r.draft.Decks[i].Filtered {
		i = r.draft.DeckNamed("Default (2)")
	}
	r.draft.Decks[i].ID, r.decks[1] = 1, i
	return i
}

// settle makes an ordinary deck of a filtered one.
func (r *reader) settle(d *formats.Deck) {
	r.tell(fmt.Sprintf("deck %q", short(d.Name)), "it is a filtered deck whose cards have no other; it is an ordinary one now", false)
	d.Filtered = false
	for _, key := range []string{"resched", "terms", "separate", "delays", "previewDelay", "previewAgainSecs", "previewHardSecs", "previewGoodSecs", "return"} {
		delete(d.Extras, prefix+key)
	}
}

// card reads what a line says about learning. A card that a filtered deck has
// borrowed gets its own due number back.
func (r *reader) card(w row, where string) formats.Card {
	due := w.due
	if w.odid != 0 && w.odue != 0 {
		due = w.odue
	}
	c := formats.Card{
		ID: w.id, Ordinal: int(w.ord), State: r.state(w, where), Modified: seconds(w.mod),
		Interval: bounded(w.ivl, -longest, longest), Ease: bounded(w.factor, 0, 1<<16-1),
		Reps: bounded(w.reps, 0, longest), Passes: -1, Lapses: bounded(w.lapses, 0, longest),
		Left: bounded(modulo(w.left, 1000), 0, longest), Flag: int(w.flags & 7),
	}
	if w.left >= 1000 { // how many of them fit into the day, which newer versions work out anew
		c.Extras = formats.Extras{prefix + "left": rawJSON(bounded(w.left, 0, longest))}
	}
	switch w.queue {
	case -1:
		c.Suspended = true
	case -2:
		c.Buried = formats.BuriedByScheduler
	case -3:
		c.Buried = formats.BuriedByUser
	}
	r.setDue(&c, due)
	return c
}

// state says where a card stands. The first scheduler had no kind of its own for
// cards learnt again.
func (r *reader) state(w row, where string) formats.State {
	switch {
	case w.kind == 0:
		return formats.New
	case w.kind == 1:
		return formats.Learning
	case w.kind == 3, w.kind == 2 && (w.queue == 1 || w.queue == 3) && w.odid == 0:
		return formats.Relearning
	case w.kind == 2:
		return formats.Reviewing
	case w.ivl > 0:
		r.tell(where, "its kind is unknown; it is kept as one under review", false)
		return formats.Reviewing
	}
	r.tell(where, "its kind is unknown; it is kept as a new one", false)
	return formats.New
}

// setDue reads a due number by the state: a place, a day or a moment.
func (r *reader) setDue(c *formats.Card, due int64) {
	switch {
	case c.State == formats.New:
		c.Position = min(max(due, -longest), longest)
	case due >= moments && c.State != formats.Reviewing:
		c.DueAt = seconds(due)
		c.Due = r.clock.on(c.DueAt)
	case due >= moments: // seconds where days belong
		c.Due = r.clock.on(seconds(due))
	default:
		const farthest = 200 * 366 // days; what is farther off is a mistake
		c.Due = r.clock.base() + cards.Day(min(max(due, -farthest), farthest*5))
	}
}

// remember keeps what a scheduler knows of a card, as it came, and reads the place
// that the card had when it was new.
func (r *reader) remember(c *formats.Card, data string) error {
	if data == "" || data == "{}" {
		return nil
	}
	if err := r.weight.Text(len(data)); err != nil {
		return err
	}
	c.Memory = data
	const longestMemory = 1 << 16
	if c.State == formats.New || len(data) > longestMemory || !strings.Contains(data, `"pos"`) {
		return nil
	}
	var known struct {
		Pos json.RawMessage `json:"pos"`
	}
	if json.Unmarshal([]byte(data), &known) == nil {
		c.Position = min(max(object{"pos": known.Pos}.whole("pos"), 0), longest)
	}
	return nil
}

// milliseconds is a duration of at most a day.
func milliseconds(ms int64) time.Duration {
	return time.Duration(min(max(ms, 0), 1000*day)) * time.Millisecond
}
