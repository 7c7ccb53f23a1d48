package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// changes puts back what was changed, the latest first.
func (b *takeBack) changes(ctx context.Context) error {
	for more := true; more; {
		var left []*chore
		err := b.s.write(ctx, "take back an import", func(t *txn) error {
			left = nil
			list, err := t.changesOf(b.id, `done = 1 AND kind <> '`+changeCard+`' ORDER BY n DESC LIMIT ?`, maxChunk/10)
			if err != nil {
				return err
			}
			more = len(list) > 0
			was := b.TakenBack
			for _, c := range list {
				chores, err := b.undo(t, c)
				if err == nil {
					_, err = t.exec(`UPDATE import_changes SET done = 2 WHERE import_id = ? AND n = ?`, int64(b.id), c.n)
				}
				if err != nil {
					b.TakenBack = was
					return err
				}
				left = append(left, chores...)
			}
			return nil
		})
		if err = b.s.finishAll(ctx, err, left); err != nil {
			return err
		}
	}
	return nil
}

// undo takes back one change, unless the thing was changed since.
func (b *takeBack) undo(t *txn, c change) ([]*chore, error) {
	if c.after == "" { // nothing came of it
		return nil, nil
	}
	switch c.kind {
	case changeNote:
		var was, is noteChange
		if err := errors.Join(json.Unmarshal([]byte(c.before), &was), json.Unmarshal([]byte(c.after), &is)); err != nil {
			return nil, err
		}
		done, left, err := t.changeNote(b.user, c.item, is, was, b.now)
		b.counted(done)
		return left, err
	case changeProgress:
		done, err := b.undoProgress(t, c)
		if done {
			b.Restored++
		}
		return nil, err
	case changeType:
		var was typeChange
		if err := json.Unmarshal([]byte(c.before), &was); err != nil {
			return nil, err
		}
		p := &publisher{txn: t, user: b.user, id: b.id}
		_, err := t.changeType(p, c.item, c.after, was)
		return p.left, err
	case changeArticle:
		return nil, b.undoArticle(t, c.item)
	}
	return nil, nil
}

func (b *takeBack) counted(done bool) {
	if done {
		b.Restored++
	} else {
		b.Edited++
	}
}

// undoProgress gives a card the progress that it had, if it was not answered since.
func (b *takeBack) undoProgress(t *txn, c change) (bool, error) {
	var was, is progressChange
	if err := errors.Join(json.Unmarshal([]byte(c.before), &was), json.Unmarshal([]byte(c.after), &is)); err != nil {
		return false, err
	}
	stands, err := t.progressNow(b.user, CardID(c.item))
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	if err != nil || stands.Schedule != is.Schedule || stands.Version != is.Version {
		return false, err
	}
	u, err := t.user(b.user)
	if err != nil {
		return false, err
	}
	back := was
	done, err := t.changeProgress(u, c.item, is, &back, b.now, fmt.Sprintf("import-%d-%d-back", b.id, c.item))
	if err != nil || !done || back.Version == was.Version {
		return done, err
	}
	// What another program knows holds for the version that the card has now.
	source, err := readSource(was.Source)
	if err != nil || source.Version != was.Version {
		return done, err
	}
	source.Version = back.Version
	_, err = t.exec(`UPDATE cards SET source = ? WHERE id = ?`, toJSON(source), c.item)
	return done, err
}

func (b *takeBack) undoArticle(t *txn, id int64) error {
	var title string
	err := t.row(`SELECT title FROM articles WHERE id = ? AND user_id = ?`, id, int64(b.user)).Scan(&title)
	if err != nil {
		if errors.Is(notFound(err), ErrNotFound) {
			err = nil
		}
		return err
	}
	if _, err := t.exec(`UPDATE articles SET user_id = NULL WHERE id = ?`, id); err != nil {
		return err
	}
	_, err = t.throwAway(b.user, "article", id, title, trashDetail{}, b.now)
	return err
}
