package store

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"golang.org/x/sync/errgroup"

	"recto/cards"
)

// The kinds of change.
const (
	changeNote     = "note"     // a note took the file's fields
	changeCard     = "card"     // a note that was there got a card
	changeProgress = "progress" // a card took the file's progress
	changeType     = "type"     // a note type took the file's definition
	changeFile     = "file"     // nothing: what the file said of itself stands in after
)

// noteChange is a note before or after.
type noteChange struct {
	Type    int64    `json:"type"`
	Fields  []string `json:"fields"`
	Tags    []string `json:"tags"`
	Changed int64    `json:"changed"`
	Source  string   `json:"source,omitempty"`
}

// progressChange is the user's progress of a card before or after.
type progressChange struct {
	Schedule cards.Schedule `json:"schedule"`
	Version  int64          `json:"version"`
	Flag     int            `json:"flag,omitempty"`
	Source   string         `json:"source,omitempty"`
	Event    int64          `json:"event,omitempty"` // that led to it, once it can be seen
}

// typeChange is a note type before or after.
type typeChange struct {
	Name       string `json:"name"`
	Definition string `json:"definition"`
}

// change is a row of import_changes.
type change struct {
	n             int
	kind          string
	item          int64
	before, after string
	done          bool // it is shown otherwise than by what is written here
}

// stageMedia stores the media that are new.
func (m *staging) stageMedia(ctx context.Context) error {
	if m.plan.Media.New == 0 {
		return nil
	}
	if err := m.s.mediaRoom(ctx, m.s.readers, m.user, m.plan.Media.Bytes); err != nil {
		return err
	}
	lots := make([]placed, len(m.media))
	const perJob = 100
	for from := 0; from < len(m.media); from += perJob {
		until := min(from+perJob, len(m.media))
		if err := m.placeMedia(ctx, lots, from, until); err != nil {
			return err
		}
		err := m.write(ctx, func(t *txn) error {
			for i := from; i < until; i++ {
				if m.media[i].have {
					continue
				}
				if err := t.addMedium(m.s, m.user, m.media[i].name, lots[i], m.id, m.now); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		m.tell(0, len(m.cards))
	}
	return nil
}

// placeMedia puts some of the media on the disk, several at a time: what takes long is
// to wait until each is there.
func (m *staging) placeMedia(ctx context.Context, lots []placed, from, until int) error {
	var g errgroup.Group
	g.SetLimit(8)
	for i := from; i < until; i++ {
		if m.media[i].have {
			continue
		}
		if err := ctx.Err(); err != nil {
			_ = g.Wait()
			return err
		}
		content, err := m.draft.Media[i].Open()
		if err != nil {
			_ = g.Wait()
			return fmt.Errorf("medium %q: %w", m.draft.Media[i].Name, err)
		}
		g.Go(func() error {
			defer content.Close()
			var err error
			if lots[i], err = m.s.place(io.Reader(content)); err != nil {
				return fmt.Errorf("medium %q: %w", m.draft.Media[i].Name, explained(err))
			}
			if !bytes.Equal(lots[i].sum[:], m.draft.Media[i].SHA256[:]) {
				return fmt.Errorf("medium %q: %w while it was imported", m.draft.Media[i].Name, ErrStale)
			}
			return nil
		})
	}
	return g.Wait()
}

// stageChanges writes down what is to be changed of what is there.
func (m *staging) stageChanges(ctx context.Context) error {
	var todo []func(*txn) (change, error)
	var ready []readyNote // of the job under way
	for i := range m.types {
		if m.types[i].change {
			todo = append(todo, func(t *txn) (change, error) { return m.typeChange(i) })
		}
	}
	for i := range m.notes {
		if m.notes[i].fate == FateChanged {
			todo = append(todo, func(t *txn) (change, error) {
				c, was, err := m.noteChange(t, i)
				if err != nil {
					return c, err
				}
				if was.Changed != m.notes[i].changed { // since it was looked at: it stays
					c.done, c.after = true, ""
					return c, nil
				}
				r, ok, err := m.readyNote(t, i, was)
				if c.done = ok; ok {
					ready = append(ready, r)
				}
				return c, err
			})
		}
	}
	for i := range m.cards {
		switch note := m.draft.Cards[i].Note; {
		case m.cards[i].newer:
			todo = append(todo, func(t *txn) (change, error) { return m.progressChange(t, i) })
		case m.cards[i].id == 0 && m.notes[note].id != 0 && m.notes[note].fate != FateKept:
			todo = append(todo, func(*txn) (change, error) {
				return change{kind: changeCard, item: int64(m.cardIDs[i]), before: "{}", after: "{}"}, nil
			})
		}
	}
	if extras := foreign(m.draft.Extras); len(extras) > 0 {
		err := m.write(ctx, func(t *txn) error {
			_, err := t.exec(`INSERT INTO import_changes (import_id, n, kind, item_id, before, after, done) VALUES (?, -1, ?, 0, '{}', ?, 1)`, int64(m.id), changeFile, toJSON(extras))
			return err
		})
		if err != nil {
			return err
		}
	}
	for n := 0; n < len(todo); {
		until := min(n+maxChunk, len(todo))
		err := m.write(ctx, func(t *txn) error {
			ready = nil
			for at := n; at < until; at++ {
				c, err := todo[at](t)
				if err != nil {
					return err
				}
				if c.done && c.after != "" {
					ready[len(ready)-1].n = at
				}
				err = t.repeat(`INSERT INTO import_changes (import_id, n, kind, item_id, before, after, done) VALUES (?, ?, ?, ?, ?, ?, ?)`,
					int64(m.id), at, c.kind, c.item, c.before, c.after, bit(c.done))
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		m.ready = append(m.ready, ready...)
		n = until
	}
	return nil
}

func (m *staging) typeChange(i int) (change, error) {
	f := &m.types[i]
	was, err := readNoteType(f.nt.id, f.nt.name, f.before)
	if err != nil {
		return change{}, err
	}
	return change{kind: changeType, item: f.nt.id, before: toJSON(typeChange{was.name, f.before}), after: toJSON(typeChange{f.nt.name, toJSON(f.nt.definition)})}, nil
}

// noteChange is the change of note i, and what it stands as.
func (m *staging) noteChange(t *txn, i int) (c change, was noteChange, err error) {
	if was, err = t.noteNow(int64(m.notes[i].id)); err != nil {
		return c, was, err
	}
	return change{kind: changeNote, item: int64(m.notes[i].id), before: toJSON(was), after: toJSON(m.changed(i))}, was, nil
}

// changed is what note i, which is there, becomes.
func (m *staging) changed(i int) noteChange {
	n := &m.draft.Notes[i]
	is := noteChange{Type: m.types[n.Type].nt.id, Fields: m.fields(i), Tags: tidy(n.Tags), Changed: millis(m.now), Source: m.noteSource(i)}
	if !n.Modified.IsZero() {
		is.Changed = millis(n.Modified)
	}
	return is
}

// noteNow is a note as it stands.
func (t *txn) noteNow(id int64) (n noteChange, err error) {
	var fields, tags string
	err = t.row(`SELECT type_id, fields, tags, changed, source FROM notes WHERE id = ?`, id).Scan(&n.Type, &fields, &tags, &n.Changed, &n.Source)
	if err == nil {
		n.Fields, n.Tags, err = readNote(fields, tags)
	}
	return n, notFound(err)
}

func (m *staging) progressChange(t *txn, i int) (change, error) {
	was, err := t.progressNow(m.user, m.cards[i].id)
	if err != nil {
		return change{}, err
	}
	is := progressChange{Schedule: m.schedules[i], Version: was.Version + 1, Flag: m.draft.Cards[i].Flag, Source: m.source(i, was.Version+1)}
	return change{kind: changeProgress, item: int64(m.cards[i].id), before: toJSON(was), after: toJSON(is)}, nil
}

// progressNow is how far a user has come with a card.
func (t *txn) progressNow(user UserID, card CardID) (p progressChange, err error) {
	var s packed
	err = t.row(`SELECT s.version, s.flag, c.source, `+scheduleColumns+` FROM schedules s JOIN cards c ON c.id = s.card_id WHERE s.user_id = ? AND s.card_id = ?`,
		int64(user), int64(card)).Scan(s.into([]any{&p.Version, &p.Flag, &p.Source})...)
	p.Schedule = s.schedule()
	return p, notFound(err)
}

// numberedKey is the key of an event that came with an import while the user had
// another of that key.
func numberedKey(id ImportID, key string) string { return fmt.Sprintf("import-%d-%s", id, key) }

// changesOf reads the changes of an import.
func (t *txn) changesOf(id ImportID, where string, args ...any) (list []change, err error) {
	rows, err := t.pool.QueryContext(t.ctx, `SELECT n, kind, item_id, before, after FROM import_changes WHERE import_id = ? AND `+where, append([]any{int64(id)}, args...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var c change
		if err := rows.Scan(&c.n, &c.kind, &c.item, &c.before, &c.after); err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, rows.Err()
}
