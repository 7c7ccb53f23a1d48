package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// UndoRevision takes back what UseRevision did: the cards stand in the earlier
// version again, with its words and spans, and those that were retired are asked
// again. What was done to a card since stays: answers, and words that were edited.
func (s *Store) UndoRevision(ctx context.Context, user UserID, article ArticleID, now time.Time) error {
	for more := true; more; {
		var left []*chore
		err := s.write(ctx, fmt.Sprintf("undo revision %d", article), func(t *txn) error {
			left = nil
			if _, _, err := t.revision(user, article); err != nil {
				return err
			}
			notes, err := column[int64](t.ctx, t.pool, `SELECT note_id FROM revised_notes WHERE article_id = ? ORDER BY note_id LIMIT ?`, int64(article), movedAtOnce)
			if err != nil {
				return err
			}
			for _, note := range notes {
				chores, err := t.moveBack(user, int64(article), note, now)
				if err != nil {
					return err
				}
				left = append(left, chores...)
			}
			if more = len(notes) == movedAtOnce; more {
				return nil
			}
			_, err = t.exec(`UPDATE revisions SET used = NULL WHERE article_id = ?`, int64(article))
			return err
		})
		if err = s.finishAll(ctx, err, left); err != nil {
			return err
		}
		ctx = context.WithoutCancel(ctx)
	}
	return nil
}

// moveBack puts one note back as it was before.
func (t *txn) moveBack(user UserID, article, note int64, now time.Time) ([]*chore, error) {
	var text string
	if err := t.row(`SELECT before FROM revised_notes WHERE article_id = ? AND note_id = ?`, article, note).Scan(&text); err != nil {
		return nil, err
	}
	var b noteBefore
	if err := json.Unmarshal([]byte(text), &b); err != nil {
		return nil, err
	}
	var row noteRow
	if err := t.db.Take(&row, note).Error; err != nil {
		return nil, notFound(err)
	}
	if _, err := t.exec(`UPDATE notes SET article_id = ?, proposal_id = ?, article_title = ?, sentence = ?, sentence_start = ?, sentence_end = ?, source_start = ?, source_end = ? WHERE id = ?`,
		b.Article, b.Proposal, b.Title, b.Text, b.Sentence.Start, b.Sentence.End, b.Source.Start, b.Source.End, note); err != nil {
		return nil, err
	}
	if err := t.takeBackVerdict(article, note, b); err != nil {
		return nil, err
	}
	var left []*chore
	if row.Fields == toJSON(b.After) {
		nt, err := t.ownNote(user, NoteID(note))
		if err != nil {
			return nil, err
		}
		if left, err = t.refill(user, row, nt, b.After, b.Fields, now); err != nil {
			return nil, err
		}
	}
	if len(b.Retired) > 0 {
		if _, err := t.retire(user, note, article, false, now); err != nil {
			return nil, err
		}
	}
	_, err := t.exec(`DELETE FROM revised_notes WHERE article_id = ? AND note_id = ?`, article, note)
	return left, err
}

// takeBackVerdict leaves the newer version's proposal with the verdict that it had.
func (t *txn) takeBackVerdict(article, note int64, b noteBefore) (err error) {
	switch {
	case b.Verdict == "":
	case b.Was == nil:
		_, err = t.exec(`DELETE FROM verdicts WHERE article_id = ? AND proposal_id = ? AND note_id = ?`, article, b.Verdict, note)
	default:
		_, err = t.exec(`UPDATE verdicts SET note_id = NULL, verdict = ?, front = ?, back = ?, joined = ?, decided = ? WHERE article_id = ? AND proposal_id = ? AND note_id = ?`,
			b.Was.Verdict, b.Was.Front, b.Was.Back, b.Was.Joined, b.Was.Decided, article, b.Verdict, note)
	}
	return err
}
