package store

import (
	"context"
	"fmt"
	"time"
)

// DeleteUser takes away an account with all that is theirs: decks, which go for
// everyone who studied them, notes, articles, answers and sign-ins. It is gone at
// once, and cannot be brought back. If nobody administers the server then, the
// oldest account does.
func (s *Store) DeleteUser(ctx context.Context, user UserID) error {
	var c *chore
	err := s.write(ctx, fmt.Sprintf("delete user %d", user), func(t *txn) (err error) {
		if _, err := t.user(user); err != nil {
			return err
		}
		for _, q := range []string{
			`UPDATE users SET name = '', name_key = NULL, password = '', admin = 0 WHERE id = ?1`,
			`DELETE FROM sessions WHERE user_id = ?1`,
			`DELETE FROM enrolments WHERE user_id = ?1 OR deck_id IN (SELECT id FROM decks WHERE user_id = ?1)`,
			`UPDATE decks SET shared = 0 WHERE user_id = ?1`,
			`DELETE FROM chores WHERE user_id = ?1 AND kind IN ('` + choreEnrol + `', '` + choreBulk + `')`,
			`UPDATE users SET admin = 1 WHERE id = (SELECT min(id) FROM users WHERE name_key IS NOT NULL)
				AND NOT EXISTS (SELECT 1 FROM users WHERE admin = 1) AND ?1 > 0`,
		} {
			if _, err := t.exec(q, int64(user)); err != nil {
				return err
			}
		}
		c, err = t.addChore(chore{Kind: choreUser, UserID: int64(user)})
		return err
	})
	if err == nil {
		err = s.finish(ctx, c)
	}
	return err
}

// purgeUser takes away what a deleted account has left, some rows at a time, what
// points to other things first.
func (s *Store) purgeUser(ctx context.Context, c chore) error {
	const method = "purge user"
	for _, q := range []string{
		`DELETE FROM reviews WHERE id IN (SELECT id FROM reviews WHERE user_id = ?1 LIMIT ?2)`,
		`DELETE FROM answers_given WHERE id IN (SELECT id FROM answers_given WHERE user_id = ?1 LIMIT ?2)`,
		`DELETE FROM accepted_answers WHERE (user_id, card_id, answer) IN (SELECT user_id, card_id, answer FROM accepted_answers WHERE user_id = ?1 LIMIT ?2)`,
		`DELETE FROM card_aids WHERE (user_id, card_id) IN (SELECT user_id, card_id FROM card_aids WHERE user_id = ?1 LIMIT ?2)`,
		`DELETE FROM help_acts WHERE id IN (SELECT id FROM help_acts WHERE user_id = ?1 LIMIT ?2)`,
		`DELETE FROM quiz_questions WHERE (quiz_id, position) IN (SELECT q.quiz_id, q.position FROM quizzes z JOIN quiz_questions q ON q.quiz_id = z.id WHERE z.user_id = ?1 LIMIT ?2)`,
		`DELETE FROM quizzes WHERE id IN (SELECT id FROM quizzes WHERE user_id = ?1 LIMIT ?2)`,
		`DELETE FROM schedules WHERE user_id = ?1 AND card_id IN (SELECT card_id FROM schedules WHERE user_id = ?1 LIMIT ?2)`,
		`DELETE FROM bulk_items WHERE (act_id, item_id) IN (SELECT i.act_id, i.item_id FROM bulk_acts a JOIN bulk_items i ON i.act_id = a.id WHERE a.user_id = ?1 LIMIT ?2)`,
		`DELETE FROM old_reviews WHERE (user_id, card_id, at, n) IN (SELECT user_id, card_id, at, n FROM old_reviews WHERE user_id = ?1 LIMIT ?2)`,
	} {
		if err := s.inChunks(ctx, method, q, c.UserID, maxChunk); err != nil {
			return err
		}
	}
	for more := true; more; {
		notes, err := column[int64](ctx, s.readers, `SELECT id FROM notes WHERE user_id = ? ORDER BY id LIMIT 100`, c.UserID)
		if err != nil {
			return wrap(method, err)
		}
		if more = len(notes) > 0; more {
			if err := s.purgeNotes(ctx, c.UserID, notes[len(notes)-1]); err != nil {
				return err
			}
		}
	}
	return s.purgeRest(ctx, method, c)
}

// purgeNotes takes away a user's notes up to one, with everyone's progress in them.
func (s *Store) purgeNotes(ctx context.Context, user, until int64) error {
	const method = "purge notes"
	const ofThem = `(SELECT c.id FROM notes n JOIN cards c ON c.note_id = n.id WHERE n.user_id = ?1 AND n.id <= ?2)`
	for _, q := range []string{
		`DELETE FROM reviews WHERE id IN (SELECT id FROM reviews WHERE card_id IN ` + ofThem + ` LIMIT ?3)`,
		`DELETE FROM schedules WHERE (user_id, card_id) IN (SELECT user_id, card_id FROM schedules WHERE card_id IN ` + ofThem + ` LIMIT ?3)`,
	} {
		if err := s.inChunks(ctx, method, q, user, until, maxChunk); err != nil {
			return err
		}
	}
	return s.write(ctx, method, func(t *txn) error {
		for _, q := range []string{
			`UPDATE verdicts SET note_id = NULL WHERE note_id IN (SELECT id FROM notes WHERE user_id = ?1 AND id <= ?2)`,
			`DELETE FROM revised_notes WHERE note_id IN (SELECT id FROM notes WHERE user_id = ?1 AND id <= ?2)`,
			`DELETE FROM note_media WHERE note_id IN (SELECT id FROM notes WHERE user_id = ?1 AND id <= ?2)`,
			`DELETE FROM cards WHERE note_id IN (SELECT id FROM notes WHERE user_id = ?1 AND id <= ?2)`,
			`DELETE FROM notes WHERE user_id = ?1 AND id <= ?2`,
		} {
			if _, err := t.exec(q, user, until); err != nil {
				return err
			}
		}
		return nil
	})
}

// purgeRest takes away the decks and articles, also those in the trash, and the
// account itself.
func (s *Store) purgeRest(ctx context.Context, method string, c chore) error {
	const articles = `(SELECT id FROM articles WHERE user_id = ?1 UNION SELECT item_id FROM trash WHERE user_id = ?1 AND kind = 'article')`
	for _, q := range []string{
		`DELETE FROM verdicts WHERE (article_id, proposal_id) IN (SELECT article_id, proposal_id FROM verdicts WHERE article_id IN ` + articles + ` LIMIT ?2)`,
		`DELETE FROM rewordings WHERE (article_id, proposal_id) IN (SELECT article_id, proposal_id FROM rewordings WHERE article_id IN ` + articles + ` LIMIT ?2)`,
		`DELETE FROM facts WHERE (article_id, position) IN (SELECT article_id, position FROM facts WHERE article_id IN ` + articles + ` LIMIT ?2)`,
		`DELETE FROM proposals WHERE (article_id, position) IN (SELECT article_id, position FROM proposals WHERE article_id IN ` + articles + ` LIMIT ?2)`,
	} {
		if err := s.inChunks(ctx, method, q, c.UserID, maxChunk); err != nil {
			return err
		}
	}
	err := s.write(ctx, method, func(t *txn) error {
		for _, q := range []string{
			`DELETE FROM exams WHERE user_id = ?1 OR deck_id IN (SELECT id FROM decks WHERE user_id = ?1 OR id IN (SELECT item_id FROM trash WHERE user_id = ?1 AND kind = 'deck'))`,
			`DELETE FROM saved_searches WHERE user_id = ?1`,
			`DELETE FROM comebacks WHERE user_id = ?1`,
			`DELETE FROM decks WHERE user_id = ?1 OR id IN (SELECT item_id FROM trash WHERE user_id = ?1 AND kind = 'deck')`,
			`DELETE FROM revisions WHERE user_id = ?1`,
			`DELETE FROM articles WHERE id IN ` + articles,
			`DELETE FROM bulk_acts WHERE user_id = ?1`,
			`DELETE FROM note_types WHERE user_id = ?1`,
			`DELETE FROM presets WHERE user_id = ?1`,
			`DELETE FROM media WHERE user_id = ?1`,
			`DELETE FROM import_changes WHERE import_id IN (SELECT id FROM imports WHERE user_id = ?1)`,
			`DELETE FROM decks WHERE user_id IS NULL AND import_id IN (SELECT id FROM imports WHERE user_id = ?1)`,
			`DELETE FROM imports WHERE user_id = ?1`,
			`DELETE FROM extras WHERE user_id = ?1`,
			`DELETE FROM invites WHERE user_id = ?1`,
			`DELETE FROM trash WHERE user_id = ?1`,
			`DELETE FROM users WHERE id = ?1`,
		} {
			if _, err := t.exec(q, c.UserID); err != nil {
				return err
			}
		}
		return t.endChore(c)
	})
	if err != nil {
		return err
	}
	return s.sweepMedia(ctx, time.Now())
}
