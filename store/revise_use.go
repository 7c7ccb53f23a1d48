package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"recto/cards"
)

// Move says what becomes of a card when a newer version of its text is used.
type Move struct {
	Proposal string // of the earlier version, of which the card was made
	To       string // of the newer version, "" where it has none for the fact

	// Where the answer and its sentence stand in the newer text. A sentence without
	// length leaves the card with the earlier version, which proves it.
	Source, Sentence cards.Span

	Words  *[3]string // front, back and context in plain text; nil leaves them
	Retire bool       // the card is suspended
}

// movedAtOnce is how many cards one job moves: each writes about eight rows.
const movedAtOnce = maxChunk / 8

// UseRevision moves the cards of the earlier version of a text to the newer one, with
// everyone's progress. Verdicts are those on proposals of the newer version that
// nothing was decided about there. What is changed is remembered for UndoRevision.
// Doing it again moves what is left.
func (s *Store) UseRevision(ctx context.Context, user UserID, article ArticleID, moves []Move, verdicts []Verdict, now time.Time) error {
	method := fmt.Sprintf("use revision %d", article)
	if err := s.carryVerdicts(ctx, user, article, verdicts, now); err != nil {
		return err
	}
	for done := false; !done; {
		chunk := moves[:min(len(moves), movedAtOnce)]
		var left []*chore
		err := s.write(ctx, method, func(t *txn) error {
			left = nil
			previous, newer, err := t.revision(user, article)
			if err != nil {
				return err
			}
			for _, m := range chunk {
				more, err := t.move(user, previous, newer, m, now)
				if err != nil {
					return err
				}
				left = append(left, more...)
			}
			if len(chunk) < len(moves) {
				return nil
			}
			_, err = t.exec(`UPDATE revisions SET used = ? WHERE article_id = ?`, millis(now), int64(article))
			return err
		})
		if err = s.finishAll(ctx, err, left); err != nil {
			return err
		}
		done = len(chunk) == len(moves)
		moves, ctx = moves[len(chunk):], context.WithoutCancel(ctx)
	}
	return nil
}

// carryVerdicts stores verdicts where there are none.
func (s *Store) carryVerdicts(ctx context.Context, user UserID, article ArticleID, verdicts []Verdict, now time.Time) error {
	var fresh []Verdict
	decided, err := column[string](ctx, s.readers, `SELECT proposal_id FROM verdicts WHERE article_id = ?`, int64(article))
	if err != nil {
		return wrap("carry verdicts", err)
	}
	have := make(map[string]bool, len(decided))
	for _, id := range decided {
		have[id] = true
	}
	for _, v := range verdicts {
		if !have[v.Proposal] {
			fresh = append(fresh, v)
		}
	}
	return s.SetVerdicts(ctx, user, article, fresh, now)
}

// revision is the article that another of the user's is a newer version of, and that
// one's row.
func (t *txn) revision(user UserID, article ArticleID) (previous ArticleID, newer articleRow, err error) {
	if err := t.ownArticle(user, article); err != nil {
		return 0, newer, err
	}
	found, err := column[ArticleID](t.ctx, t.pool, `SELECT previous_id FROM revisions WHERE article_id = ? AND user_id = ?`, int64(article), int64(user))
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	if err == nil {
		err = t.db.Take(&newer, int64(article)).Error
	}
	return append(found, 0)[0], newer, notFound(err)
}

// noteBefore is what a revision has to put back.
type noteBefore struct {
	Article  int64        `json:"article"`
	Proposal string       `json:"proposal"`
	Title    string       `json:"title"`
	Text     string       `json:"text"` // of the sentence
	Sentence cards.Span   `json:"sentence"`
	Source   cards.Span   `json:"source"`
	Fields   []string     `json:"fields"`
	After    []string     `json:"after"` // the fields as the revision left them
	Verdict  string       `json:"verdict,omitempty"`
	Was      *pastVerdict `json:"was,omitempty"` // the verdict that the newer version's proposal had
	Retired  []CardID     `json:"retired,omitempty"`
}

// move moves one note. One that has gone, or was moved before, is left.
func (t *txn) move(user UserID, previous ArticleID, newer articleRow, m Move, now time.Time) ([]*chore, error) {
	var row noteRow
	err := t.db.Where(`id = (SELECT note_id FROM verdicts WHERE article_id = ? AND proposal_id = ?) AND user_id = ? AND article_id = ?`,
		int64(previous), m.Proposal, int64(user), int64(previous)).Limit(1).Find(&row).Error
	if err != nil || row.ID == 0 {
		return nil, err
	}
	before, err := t.before(row)
	if err != nil {
		return nil, err
	}
	anchored := m.Sentence.Len() > 0 && m.Sentence.End <= len(newer.Text) && m.Sentence.Contains(m.Source)
	if anchored {
		if err := t.anchor(row.ID, newer, m); err != nil {
			return nil, err
		}
		if m.To != "" {
			if err := t.hand(newer.ID, m, row, &before); err != nil {
				return nil, err
			}
		}
	}
	left, err := t.reword(user, row, newer, m, anchored, &before, now)
	if err != nil {
		return nil, err
	}
	if m.Retire {
		if before.Retired, err = t.retire(user, row.ID, newer.ID, true, now); err != nil {
			return nil, err
		}
	}
	_, err = t.exec(`INSERT INTO revised_notes (article_id, note_id, before) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, newer.ID, row.ID, toJSON(before))
	return left, err
}

func (t *txn) before(row noteRow) (b noteBefore, err error) {
	b = noteBefore{
		Article: *row.ArticleID, Proposal: row.ProposalID, Title: row.ArticleTitle, Text: row.Sentence,
		Sentence: cards.Span{Start: row.SentenceStart, End: row.SentenceEnd}, Source: cards.Span{Start: row.SourceStart, End: row.SourceEnd},
	}
	err = json.Unmarshal([]byte(row.Fields), &b.Fields)
	b.After = b.Fields
	return b, err
}

// anchor ties a note to the newer text.
func (t *txn) anchor(note int64, newer articleRow, m Move) error {
	_, err := t.exec(`UPDATE notes SET article_id = ?, proposal_id = ?, article_title = ?, sentence = ?, sentence_start = ?, sentence_end = ?, source_start = ?, source_end = ? WHERE id = ?`,
		newer.ID, m.To, newer.Title, m.Sentence.Of(newer.Text), m.Sentence.Start, m.Sentence.End, m.Source.Start, m.Source.End, note)
	return err
}

// pastVerdict is a verdict as it was.
type pastVerdict struct {
	Verdict string `json:"verdict"`
	Front   string `json:"front,omitempty"`
	Back    string `json:"back,omitempty"`
	Joined  string `json:"joined,omitempty"`
	Decided int64  `json:"decided"`
}

// hand gives the verdict on the earlier proposal, with its note, to the newer one. A
// newer proposal that has a card of its own keeps it.
func (t *txn) hand(article int64, m Move, row noteRow, b *noteBefore) error {
	taken, err := column[int64](t.ctx, t.pool, `SELECT coalesce(note_id, 0) FROM verdicts WHERE article_id = ? AND proposal_id = ?`, article, m.To)
	if err != nil || len(taken) > 0 && taken[0] != 0 {
		return err
	}
	if len(taken) > 0 {
		var was pastVerdict
		err := t.row(`SELECT verdict, front, back, joined, decided FROM verdicts WHERE article_id = ? AND proposal_id = ?`, article, m.To).
			Scan(&was.Verdict, &was.Front, &was.Back, &was.Joined, &was.Decided)
		if err != nil {
			return err
		}
		b.Was = &was
	}
	b.Verdict = m.To
	verdict, edited := "keep", bit(m.Words == nil)
	_, err = t.exec(`INSERT INTO verdicts (article_id, proposal_id, verdict, front, back, decided, note_id)
		SELECT ?1, ?2, CASE WHEN ?6 = 1 THEN v.verdict ELSE ?5 END, CASE WHEN ?6 = 1 THEN v.front ELSE '' END, CASE WHEN ?6 = 1 THEN v.back ELSE '' END, v.decided, v.note_id
		FROM verdicts v WHERE v.article_id = ?3 AND v.proposal_id = ?4
		ON CONFLICT (article_id, proposal_id) DO UPDATE SET verdict = excluded.verdict, front = excluded.front, back = excluded.back, joined = '',
		decided = excluded.decided, note_id = excluded.note_id`, article, m.To, *row.ArticleID, m.Proposal, verdict, edited)
	return err
}

// reword writes the fields of a note made from an article: the words where others
// are wanted, and the sentence.
func (t *txn) reword(user UserID, row noteRow, newer articleRow, m Move, anchored bool, b *noteBefore, now time.Time) ([]*chore, error) {
	nt, err := t.ownNote(user, NoteID(row.ID))
	if err != nil {
		return nil, err
	}
	after := append([]string(nil), b.Fields...)
	for i, f := range nt.study.Named(after) {
		switch {
		case f.Name == "Front" && m.Words != nil:
			after[i] = field(m.Words[0])
		case f.Name == "Back" && m.Words != nil:
			after[i] = field(m.Words[1])
		case f.Name == "Context" && m.Words != nil:
			after[i] = field(m.Words[2])
		case f.Name == "Source" && anchored && plain(f.Value) == row.Sentence:
			after[i] = field(m.Sentence.Of(newer.Text))
		}
	}
	b.After = after
	return t.refill(user, row, nt, b.Fields, after, now)
}

// refill writes other fields of a note, if they are other ones.
func (t *txn) refill(user UserID, row noteRow, nt *noteType, before, after []string, now time.Time) ([]*chore, error) {
	if toJSON(before) == toJSON(after) {
		return nil, nil
	}
	_, tags, err := readNote(row.Fields, row.Tags)
	if err != nil {
		return nil, err
	}
	return t.editNote(user, NoteID(row.ID), nt, after, tags, now)
}

// retire suspends the cards of a note for the user, or brings them back, and returns
// those that it changed.
func (t *txn) retire(user UserID, note, article int64, suspended bool, now time.Time) (changed []CardID, err error) {
	ids, err := column[CardID](t.ctx, t.pool, `SELECT c.id FROM cards c JOIN schedules s ON s.card_id = c.id AND s.user_id = ? WHERE c.note_id = ? AND s.suspended = ? ORDER BY c.id`,
		int64(user), note, bit(!suspended))
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		var version int64 // makes a key that no other event of the card has
		if err := t.row(`SELECT version FROM schedules WHERE user_id = ? AND card_id = ?`, int64(user), int64(id)).Scan(&version); err != nil {
			return nil, err
		}
		_, err := t.record(event{user: user, card: id, key: fmt.Sprintf("revision-%d-%d-%d", article, id, version), at: now,
			change: func(before cards.Schedule, _ cards.Day) (cards.Schedule, cards.EventKind, error) {
				before.Suspended = suspended
				if suspended {
					return before, cards.EventSuspend, nil
				}
				return before, cards.EventUnsuspend, nil
			}})
		if errors.Is(err, ErrNotFound) { // the deck is not studied
			continue
		}
		if err != nil {
			return nil, err
		}
		changed = append(changed, id)
	}
	return changed, nil
}
