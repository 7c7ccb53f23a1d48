package store

import (
	"context"
	"database/sql"
	"errors"
)

// A new account finds a deck made of an article in it. As long as nothing was done with
// that, an account counts as one that has nothing yet when a whole one moves in, and the
// deck gives way to what comes.

// untouched finds the deck of a user ?1 who has no other, all of which, its article and
// its notes were made in one moment, and with which nothing has happened since.
const untouched = `SELECT d.id FROM decks d JOIN articles a ON a.id = d.article_id AND a.user_id = ?1 AND a.created = d.created WHERE d.user_id = ?1 AND d.shared = 0
	AND (SELECT count(*) FROM decks k WHERE k.user_id = ?1) = 1 AND (SELECT count(*) FROM articles k WHERE k.user_id = ?1) = 1
	AND NOT EXISTS (SELECT 1 FROM notes n WHERE n.user_id = ?1 AND n.import_id = 0 AND (n.article_id IS NOT a.id OR n.created <> d.created OR n.changed <> d.created))
	AND NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.article_id = a.id AND v.decided <> d.created)
	AND NOT EXISTS (SELECT 1 FROM rewordings w WHERE w.article_id = a.id)
	AND NOT EXISTS (SELECT 1 FROM cards c JOIN reviews r ON r.card_id = c.id WHERE c.deck_id = d.id)
	AND NOT EXISTS (SELECT 1 FROM cards c JOIN schedules s ON s.card_id = c.id WHERE c.deck_id = d.id AND (s.user_id <> ?1 OR s.flag <> 0))
	AND NOT EXISTS (SELECT 1 FROM enrolments e WHERE e.deck_id = d.id AND e.user_id <> ?1 OR e.user_id = ?1 AND (e.deck_id <> d.id OR e.state <> 'active' OR e.paused = 1 OR e.typed = 1 OR e.new_limit IS NOT NULL))
	AND NOT EXISTS (SELECT 1 FROM imports i WHERE i.user_id = ?1 AND i.state <> 'staged') AND NOT EXISTS (SELECT 1 FROM media m WHERE m.user_id = ?1 AND m.import_id = 0)
	AND NOT EXISTS (SELECT 1 FROM trash x WHERE x.user_id = ?1) AND NOT EXISTS (SELECT 1 FROM quizzes x WHERE x.user_id = ?1) AND NOT EXISTS (SELECT 1 FROM exams x WHERE x.user_id = ?1)
	AND NOT EXISTS (SELECT 1 FROM card_aids x WHERE x.user_id = ?1) AND NOT EXISTS (SELECT 1 FROM saved_searches x WHERE x.user_id = ?1) AND NOT EXISTS (SELECT 1 FROM bulk_acts x WHERE x.user_id = ?1)`

// findStarter finds the deck that gives way to a whole account.
func (m *importer) findStarter(ctx context.Context) error {
	if _, whole := own[rectoUser](m.draft.Extras, ownUser); m.empty || !whole {
		return nil
	}
	err := m.s.readers.QueryRowContext(ctx, untouched, int64(m.user)).Scan(&m.starter)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	m.empty = err == nil
	return err
}

// dropStarter takes that deck away, in the job that shows what comes.
func (m *staging) dropStarter(t *txn) error {
	if m.starter == 0 {
		return nil
	}
	var still DeckID
	var article int64
	err := t.row(untouched, int64(m.user)).Scan(&still)
	if err == nil && still == m.starter {
		err = t.row(`SELECT article_id FROM decks WHERE id = ?`, int64(still)).Scan(&article)
	}
	if errors.Is(err, sql.ErrNoRows) || err == nil && still != m.starter {
		return errChanged
	}
	if err != nil {
		return err
	}
	for _, q := range []string{
		`DELETE FROM schedules WHERE card_id IN (SELECT id FROM cards WHERE deck_id = ?1) AND ?2 = ?2`,
		`DELETE FROM enrolments WHERE deck_id = ?1 AND ?2 = ?2`,
		`DELETE FROM verdicts WHERE article_id = ?2 AND ?1 = ?1`,
		`DELETE FROM cards WHERE deck_id = ?1 AND ?2 = ?2`,
		`DELETE FROM note_media WHERE note_id IN (SELECT id FROM notes WHERE article_id = ?2 AND import_id = 0) AND ?1 = ?1`,
		`DELETE FROM notes WHERE article_id = ?2 AND import_id = 0 AND ?1 = ?1`,
		`DELETE FROM decks WHERE id = ?1 AND ?2 = ?2`,
		`DELETE FROM facts WHERE article_id = ?2 AND ?1 = ?1`,
		`DELETE FROM proposals WHERE article_id = ?2 AND ?1 = ?1`,
		`DELETE FROM articles WHERE id = ?2 AND ?1 = ?1`,
	} {
		if _, err := t.exec(q, int64(m.starter), article); err != nil {
			return err
		}
	}
	return nil
}
