package store

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"slices"
	"time"
)

// trashed is what lies in the trash and comes behind all else in a whole Draft.
type trashed struct {
	of    map[int64]bool // notes that have a card there
	notes []draftedNote
	cards []draftedCard
}

// readTrash takes in the decks that the user has thrown away, and finds the cards.
func (d *exporter) readTrash() error {
	if !d.whole {
		return nil
	}
	err := d.each(`SELECT d.id, d.name, d.source, d.created, coalesce(d.article_id, 0), t.detail FROM trash t JOIN decks d ON d.id = t.item_id AND d.user_id IS NULL
		WHERE t.user_id = ?1 AND t.kind = 'deck' ORDER BY d.id`, func(rows *sql.Rows) error {
		r := draftedDeck{mine: true}
		var detail string
		if err := rows.Scan(&r.id, &r.name, &r.source, &r.created, &r.article, &detail); err != nil {
			return err
		}
		var t trashDetail
		if err := json.Unmarshal([]byte(detail), &t); err != nil {
			return err
		}
		r.shared = t.Shared
		for _, e := range t.Enrolments {
			if e.UserID == int64(d.user) {
				r.state, r.paused, r.typed, r.most, r.due = e.State, e.Paused, e.Typed, e.NewLimit, e.ReviewLimit
				r.enrolled = e.Created
			}
		}
		if err := d.addDeck(r); err != nil {
			return err
		}
		d.draft.Decks[d.decks[r.id]].Trashed = true
		return nil
	}, int64(d.user))
	if err != nil {
		return err
	}
	d.thrown, d.trashed.of = map[CardID]DeckID{}, map[int64]bool{}
	return d.each(`SELECT c.id, c.note_id, json_extract(t.detail, '$.deck') FROM trash t JOIN cards c ON c.id = t.item_id AND c.deck_id IS NULL WHERE t.user_id = ?1 AND t.kind = 'card'
		UNION ALL SELECT c.id, c.note_id, json_extract(i.before, '$.deck') FROM trash t JOIN bulk_items i ON i.act_id = t.item_id AND i.state = 1
			JOIN cards c ON c.id = i.item_id AND c.deck_id IS NULL WHERE t.user_id = ?1 AND t.kind = '`+trashedCards+`'
		UNION ALL SELECT c.id, c.note_id, 0 FROM trash t JOIN cards c ON c.deck_id = t.item_id WHERE t.user_id = ?1 AND t.kind = 'deck'`, func(rows *sql.Rows) error {
		var id CardID
		var note int64
		var deck DeckID
		if err := rows.Scan(&id, &note, &deck); err != nil {
			return err
		}
		if deck != 0 {
			d.thrown[id] = deck
		}
		d.trashed.of[note] = true
		return nil
	}, int64(d.user))
}

// trashList says what was thrown away when. The things themselves stand in the document,
// behind all others.
var trashList = exportedList{"trash", `SELECT t.kind, t.item_id, t.name, t.deleted, t.detail FROM trash t WHERE t.user_id = ?1 ORDER BY t.id`, exportTrash}

// exportedTrash is something in the trash. What it speaks of is named by its place in the
// document, an article by its hash.
type exportedTrash struct {
	Kind    string          `json:"kind"` // deck, card, cards or article
	Name    string          `json:"name"`
	Deleted time.Time       `json:"deleted"`
	Deck    *int            `json:"deck,omitempty"`
	Article string          `json:"article,omitempty"`
	Cards   []exportedThrow `json:"cards,omitempty"` // one of kind card
}

// exportedThrow is a card that was thrown away by itself.
type exportedThrow struct {
	Card    int    `json:"card"`
	Verdict string `json:"verdict,omitempty"` // on the proposal that it was made of
	Gone    bool   `json:"gone,omitempty"`    // its note makes it no longer
}

func exportTrash(d *exporter, rows *sql.Rows) (any, error) {
	var x exportedTrash
	var item, deleted int64
	var detail string
	if err := rows.Scan(&x.Kind, &item, &x.Name, &deleted, &detail); err != nil {
		return nil, err
	}
	x.Deleted = instant(deleted)
	switch x.Kind {
	case "deck":
		if at, ok := d.decks[DeckID(item)]; ok {
			x.Deck = &at
		}
	case "article":
		x.Article = d.articles[item]
	case trashedCards:
		return x, d.each(`SELECT item_id, before FROM bulk_items WHERE act_id = ?1 AND state = 1 ORDER BY item_id`, func(rows *sql.Rows) error {
			var id CardID
			if err := rows.Scan(&id, &detail); err != nil {
				return err
			}
			return x.throw(d, id, detail)
		}, item)
	default:
		return x, x.throw(d, CardID(item), detail)
	}
	return x, nil
}

// throw notes a card that lies in the trash.
func (x *exportedTrash) throw(d *exporter, id CardID, detail string) error {
	var t trashDetail
	if err := json.Unmarshal([]byte(detail), &t); err != nil {
		return err
	}
	if at := d.place(id); at >= 0 {
		x.Cards = append(x.Cards, exportedThrow{Card: at, Verdict: t.Verdict, Gone: t.Gone})
	}
	return nil
}

// byPlace sorts what is kept with cards by their places in the document.
func byPlace(list []any) {
	at := func(v any) int {
		switch v := v.(type) {
		case exportedAid:
			return v.Card
		case exportedAccepted:
			return v.Card
		}
		return 0
	}
	slices.SortStableFunc(list, func(a, b any) int { return cmp.Compare(at(a), at(b)) })
}

// readPresets takes in the presets that no deck has.
func (d *exporter) readPresets() error {
	if !d.every {
		return nil
	}
	ids, err := column[int64](d.ctx, d.tx, `SELECT id FROM presets WHERE user_id = ? ORDER BY id`, int64(d.user))
	for _, id := range ids {
		if err == nil {
			_, err = d.preset(id)
		}
	}
	return err
}

// readTypes takes in the note types that no note has, by name.
func (d *exporter) readTypes() error {
	if !d.whole {
		return nil
	}
	ids, err := column[int64](d.ctx, d.tx, `SELECT id FROM note_types WHERE user_id = ? AND name NOT LIKE ? ORDER BY name`, int64(d.user), stagedName+"%")
	for _, id := range ids {
		if err == nil {
			_, err = d.noteType(id)
		}
	}
	return err
}
