package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"recto/cards/formats"
)

// Preview says what importing a Draft would do. Nothing is saved.
func (s *Store) Preview(ctx context.Context, user UserID, d *formats.Draft, c Choices, now time.Time) (Plan, error) {
	m, err := s.newImporter(ctx, user, d, c, now)
	if err != nil {
		return Plan{}, wrap("preview an import", err)
	}
	return m.plan, nil
}

// Import stores a Draft for a user, all of it or nothing, and says what it did. It can
// be cancelled by ctx until it is made visible. Two imports of one user do not run at
// once: the second gives ErrBusy. The caller closes the Draft.
func (s *Store) Import(ctx context.Context, user UserID, d *formats.Draft, c Choices, progress func(done, total int), now time.Time) (ImportID, Plan, error) {
	id, plan, err := s.runImport(ctx, user, d, c, progress, now)
	if err != nil {
		return 0, Plan{}, fmt.Errorf("store: import: %w", err)
	}
	return id, plan, nil
}

func (s *Store) runImport(ctx context.Context, user UserID, d *formats.Draft, c Choices, progress func(done, total int), now time.Time) (ImportID, Plan, error) {
	if _, busy := s.importers.LoadOrStore(user, true); busy {
		return 0, Plan{}, fmt.Errorf("%w: another import of yours is under way; wait for it to end", ErrBusy)
	}
	defer s.importers.Delete(user)
	unlock, err := s.lockImports(ctx)
	if err != nil {
		return 0, Plan{}, err
	}
	defer unlock()
	m, err := s.newImporter(ctx, user, d, c, now)
	if err != nil {
		return 0, Plan{}, err
	}
	st := &staging{importer: m, progress: progress}
	st.followFirsts()
	work, err := s.beginImport(ctx, st)
	if err != nil {
		return 0, Plan{}, err
	}
	if st.copier, err = s.newLogCopier(); err != nil {
		return 0, Plan{}, errors.Join(err, s.finish(ctx, work))
	}
	defer s.copying.Go(func() { // nobody waits for it: what it copies is safe in the log
		_ = st.copier.close()
		s.calm()
	})
	if err := errors.Join(st.stage(ctx), ctx.Err()); err != nil {
		return 0, Plan{}, errors.Join(err, s.finish(ctx, work))
	}
	st.tell(len(m.cards), len(m.cards))
	left, err := s.show(ctx, st, work)
	if err != nil {
		return 0, Plan{}, errors.Join(err, s.finish(ctx, work))
	}
	return st.id, m.plan, s.finishAll(ctx, nil, left)
}

// calm lets the log of changes be as short again as it is when nobody imports.
func (s *Store) calm() {
	err := s.write(context.Background(), "end an import", func(t *txn) error {
		_, err := t.exec(checkpointSQL)
		return err
	})
	if err != nil && !errors.Is(err, ErrClosed) {
		s.log.Warn("the log of changes stays long", "error", err)
	}
}

// lockName is the file, among the media, that whoever imports holds: what is staged
// belongs to a living import then.
const lockName = "importing"

// lockImports says to other processes that an import is under way.
func (s *Store) lockImports(ctx context.Context) (unlock func(), err error) {
	l, err := s.importLock()
	if err != nil {
		return nil, err
	}
	if ok, err := l.TryRLockContext(ctx, 50*time.Millisecond); err != nil || !ok {
		return nil, errors.Join(err, ctx.Err())
	}
	return func() { _ = l.Unlock() }, nil
}

func (s *Store) importLock() (*flock.Flock, error) {
	if err := os.MkdirAll(s.mediaFolder(), 0o700); err != nil {
		return nil, err
	}
	return flock.New(filepath.Join(s.mediaFolder(), lockName), flock.SetPermissions(0o600)), nil
}

// abandoned reports whether no process imports.
func (s *Store) abandoned() bool {
	l, err := s.importLock()
	if err != nil {
		return false
	}
	ok, err := l.TryLock()
	if err != nil || !ok {
		return false
	}
	_ = l.Unlock()
	return true
}

// beginImport notes an import and the chore that takes it away again unless it is shown.
func (s *Store) beginImport(ctx context.Context, m *staging) (*chore, error) {
	var c *chore
	err := s.write(ctx, "begin an import", func(t *txn) error {
		if _, err := t.user(m.user); err != nil {
			return err
		}
		id, err := t.insert(`INSERT INTO imports (user_id, state, file, format, at, day, report) VALUES (?, 'staged', ?, ?, ?, ?, '{}')`,
			int64(m.user), m.choices.File, m.draft.Format, millis(m.now), int64(m.today))
		if err != nil {
			return err
		}
		m.id = ImportID(id)
		c, err = t.addChore(chore{Kind: choreImport, UserID: int64(m.user), ItemID: id, Day: int64(m.today)})
		return err
	})
	return c, err
}

// show makes an import visible, all of it at once. It returns what is left to be done
// for others who study its decks.
func (s *Store) show(ctx context.Context, m *staging, work *chore) (left []*chore, err error) {
	err = m.write(ctx, func(t *txn) (err error) {
		if err := m.dropStarter(t); err != nil {
			return err
		}
		for i := range m.types {
			nt := m.types[i].nt
			_, err := t.exec(`UPDATE note_types SET name = ? WHERE id = ? AND name = ?`, nt.name, nt.id, fmt.Sprintf("%s%d %s", stagedName, m.id, nt.name))
			if err != nil {
				return err
			}
		}
		for i := range m.decks {
			if err := m.showDeck(t, &m.decks[i]); err != nil {
				return err
			}
		}
		if err := errors.Join(m.showArticles(t), m.showUser(t), m.showLists(t)); err != nil {
			return err
		}
		m.plan.Decks = nil
		m.countDecks()
		if _, err := t.exec(`UPDATE imports SET report = ? WHERE id = ?`, toJSON(m.plan), int64(m.id)); err != nil {
			return err
		}
		left, err = t.publish(*work, m)
		return err
	})
	return left, err
}

// showDeck gives a new deck to the user, who studies it.
func (m *staging) showDeck(t *txn, d *fatedDeck) error {
	if d.staged == 0 || d.id != 0 {
		return nil
	}
	if d.thrown {
		return m.showThrown(t, d)
	}
	name, err := t.numberedName(m.user, d.staged, d.name)
	if err != nil {
		return err
	}
	if _, err := t.exec(`UPDATE decks SET user_id = ?, name = ?, name_key = ? WHERE id = ?`, int64(m.user), name, fold(name), int64(d.staged)); err != nil {
		return err
	}
	e := m.enrolment(d)
	var most, due any
	if e.Limits != nil {
		most, due = max(e.Limits.New, 0), max(e.Limits.Reviews, 0)
	}
	if !e.Left {
		_, err = t.exec(`INSERT INTO enrolments (user_id, deck_id, state, paused, typed, new_limit, review_limit, created) VALUES (?, ?, 'active', ?, ?, ?, ?, ?)`,
			int64(m.user), int64(d.staged), bit(e.Paused), bit(e.Typed), most, due, m.atOrNow(e.Since))
		if err != nil {
			return err
		}
	}
	d.id = d.staged
	return m.dateDeck(t, d, e)
}

// dateDeck says of a new deck when it was made, of which article, and for whom.
func (m *staging) dateDeck(t *txn, d *fatedDeck, e rectoDeck) error {
	var article any
	if a := m.articles[e.Article]; a != nil {
		article = int64(a.id)
	}
	created := m.now
	if !e.Created.IsZero() {
		created = e.Created
	}
	_, err := t.exec(`UPDATE decks SET shared = ?, article_id = ?, created = ? WHERE id = ?`, bit(e.Shared && !d.thrown), article, millis(created), int64(d.staged))
	return err
}

// enrolment is how the user is to study a new deck: as Recto's own document says, or by
// the limits of another program where they are not the user's.
func (m *staging) enrolment(d *fatedDeck) (e rectoDeck) {
	if d.draft < 0 {
		return e
	}
	draft := &m.draft.Decks[d.draft]
	if e, ok := own[rectoDeck](draft.Extras, ownDeck); ok {
		return e
	}
	if p := draft.Preset; p >= 0 && p < len(m.draft.Presets) && !m.choices.Without.Progress {
		if limits := m.draft.Presets[p].Limits; limits != m.limits {
			e.Limits = &limits
		}
	}
	return e
}

// finishImport is the chore of an import: it takes away what was staged and never
// shown, or makes the rest visible of what was begun to be shown.
func (s *Store) finishImport(ctx context.Context, c chore) error {
	states, err := column[string](ctx, s.readers, `SELECT state FROM imports WHERE id = ?`, c.ItemID)
	if err != nil {
		return wrap("finish an import", err)
	}
	switch append(states, "")[0] {
	case "staged", "dropped":
		return s.dropStaged(ctx, c)
	case "publishing":
		return s.publishRest(ctx, c)
	}
	return s.write(ctx, "finish an import", func(t *txn) error { return t.endChore(c) })
}
