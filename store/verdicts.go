package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"recto/cards"
)

// Proposal is a proposed card with what its owner decided about it. Front and Back
// are the words it would be saved with; Proposal has those that were proposed.
type Proposal struct {
	cards.Proposal
	Verdict     string // "keep", "edit", "drop", "join", or "" while nothing was decided
	Front, Back string
	Joined      string // of a joined one: the proposal whose card asks for it as well
	Card        CardID // that was made of it, 0 for none or one that was deleted

	Reworded, Model string // the question in the words of a language model, "" for none
}

// Verdict is what a user decides about a proposal.
type Verdict struct {
	Proposal    string // its ID
	Verdict     string // "keep", "edit", "drop" or "join"
	Front, Back string // of an edited proposal; "" for both leaves the words as they were proposed
	Joined      string // of a joined one: the proposal whose card asks for it as well
}

// verdictWords are the verdicts there are.
var verdictWords = map[string]bool{"keep": true, "edit": true, "drop": true, "join": true}

// saved is where a verdict v has a card in a deck that somebody owns.
const saved = `EXISTS (SELECT 1 FROM cards c JOIN decks d ON d.id = c.deck_id WHERE c.note_id = v.note_id AND d.user_id IS NOT NULL)`

// proposalsOf reads the proposals of an article in their order.
func proposalsOf(ctx context.Context, db querier, id ArticleID) ([]Proposal, error) {
	rows, err := db.QueryContext(ctx, `SELECT p.proposal, coalesce(v.verdict, ''), coalesce(v.front, ''), coalesce(v.back, ''), coalesce(v.joined, ''), coalesce(w.front, ''), coalesce(w.model, ''),
		coalesce((SELECT min(c.id) FROM cards c JOIN decks d ON d.id = c.deck_id WHERE c.note_id = v.note_id AND d.user_id IS NOT NULL), 0)
		FROM proposals p LEFT JOIN verdicts v ON v.article_id = p.article_id AND v.proposal_id = p.id
		LEFT JOIN rewordings w ON w.article_id = p.article_id AND w.proposal_id = p.id
		WHERE p.article_id = ? ORDER BY p.position`, int64(id))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := []Proposal{}
	for rows.Next() {
		var p Proposal
		var text string
		if err := rows.Scan(&text, &p.Verdict, &p.Front, &p.Back, &p.Joined, &p.Reworded, &p.Model, &p.Card); err != nil {
			return nil, err
		}
		if err := p.read(text); err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, rows.Err()
}

// read reads what was proposed, and takes its words where no others were chosen.
func (p *Proposal) read(text string) error {
	if err := json.Unmarshal([]byte(text), &p.Proposal); err != nil {
		return fmt.Errorf("read a proposal: %w", err)
	}
	if p.Front == "" && p.Back == "" {
		p.Front, p.Back = p.Proposal.Front, p.Proposal.Back
		if p.Verdict == "" && p.Reworded != "" {
			p.Front = p.Reworded
		}
	}
	return nil
}

// SetVerdicts stores what a user decided about proposals of their article. One that
// the article does not have gives ErrNotFound, and nothing is stored.
func (s *Store) SetVerdicts(ctx context.Context, user UserID, article ArticleID, verdicts []Verdict, now time.Time) error {
	for _, v := range verdicts {
		if !verdictWords[v.Verdict] || (v.Verdict == "join") != (v.Joined != "") {
			return fmt.Errorf("store: set verdicts: %q is none", v.Verdict)
		}
	}
	known, err := s.proposalIDs(ctx, user, article)
	if err != nil {
		return wrap("set verdicts", err)
	}
	for _, v := range verdicts {
		if !known[v.Proposal] || v.Joined != "" && !known[v.Joined] {
			return wrap("set verdicts", ErrNotFound)
		}
	}
	for len(verdicts) > 0 {
		chunk := verdicts[:min(len(verdicts), maxChunk)]
		err := s.write(ctx, "set verdicts", func(t *txn) error {
			if err := t.ownArticle(user, article); err != nil {
				return err
			}
			for _, v := range chunk {
				_, err := t.exec(`INSERT INTO verdicts (article_id, proposal_id, verdict, front, back, decided, joined) VALUES (?, ?, ?, ?, ?, ?, ?)
					ON CONFLICT (article_id, proposal_id) DO UPDATE SET verdict = excluded.verdict, front = excluded.front, back = excluded.back,
					decided = excluded.decided, joined = excluded.joined`, int64(article), v.Proposal, v.Verdict, v.Front, v.Back, millis(now), v.Joined)
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		verdicts, ctx = verdicts[len(chunk):], context.WithoutCancel(ctx)
	}
	return nil
}

// proposalIDs are those of an article that is the user's. Proposals never change.
func (s *Store) proposalIDs(ctx context.Context, user UserID, article ArticleID) (map[string]bool, error) {
	ids, err := column[string](ctx, s.readers, `SELECT p.id FROM proposals p JOIN articles a ON a.id = p.article_id
		WHERE p.article_id = ? AND a.user_id = ?`, int64(article), int64(user))
	known := make(map[string]bool, len(ids))
	for _, id := range ids {
		known[id] = true
	}
	return known, err
}

// savedAtOnce is how many cards one job saves: each writes about five rows.
const savedAtOnce = maxChunk / 5

// SaveCards makes cards of the proposals that are kept and are in no deck yet, and
// puts them into a deck of the user's, as new cards of day today. It returns how
// many it added; doing it again adds what was kept since. A card that lies in the
// trash comes back with its progress. It returns ErrStale for a newer version of a
// text while the cards of the earlier one have not gone over to it.
func (s *Store) SaveCards(ctx context.Context, user UserID, article ArticleID, deck DeckID, today cards.Day, now time.Time) (added int, err error) {
	for {
		var n int
		var left *chore
		err := s.write(ctx, fmt.Sprintf("save cards of article %d", article), func(t *txn) (err error) {
			n, left, err = t.saveCards(user, article, deck, today, now)
			return err
		})
		if err == nil {
			err = s.finish(ctx, left)
		}
		if added += n; err != nil || n == 0 {
			return added, err
		}
		ctx = context.WithoutCancel(ctx)
	}
}

// wanted is a kept proposal without a card.
type wanted struct {
	Proposal
	position int
	note     int64 // that was made of it, whose card lies in the trash; 0 for none
}

func (t *txn) saveCards(user UserID, article ArticleID, deck DeckID, today cards.Day, now time.Time) (int, *chore, error) {
	if err := errors.Join(t.ownArticle(user, article), t.ownDeck(user, deck)); err != nil {
		return 0, nil, err
	}
	if open, err := t.openRevision(article); err != nil || open {
		return 0, nil, errors.Join(err, ErrStale)
	}
	list, err := t.wanted(article)
	if err != nil || len(list) == 0 {
		return 0, nil, err
	}
	var row articleRow
	if err := t.db.Take(&row, int64(article)).Error; err != nil {
		return 0, nil, err
	}
	all := cardRange{}
	made := 0
	for _, w := range list {
		if w.note != 0 {
			if err := t.intoDeck(w.note, deck); err != nil {
				return 0, nil, err
			}
			continue
		}
		which, err := t.saveCard(user, row, w, deck, now)
		if err != nil {
			return 0, nil, err
		}
		if made == 0 {
			all.after = which.after
		}
		all.until = which.until
		made++
	}
	if _, err := t.exec(`UPDATE decks SET article_id = ? WHERE id = ? AND article_id IS NULL`, int64(article), int64(deck)); err != nil {
		return 0, nil, err
	}
	left, err := t.newCards(user, deck, all, made, today)
	return len(list), left, err
}

// wanted lists some of the proposals that are kept and have no card.
func (t *txn) wanted(article ArticleID) (list []wanted, err error) {
	rows, err := t.pool.QueryContext(t.ctx, `SELECT p.position, p.proposal, v.verdict, v.front, v.back, coalesce(v.note_id, 0)
		FROM proposals p JOIN verdicts v ON v.article_id = p.article_id AND v.proposal_id = p.id
		WHERE p.article_id = ? AND v.verdict IN ('keep', 'edit') AND NOT `+saved+` ORDER BY p.position LIMIT ?`, int64(article), savedAtOnce)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var w wanted
		var text string
		if err := rows.Scan(&w.position, &text, &w.Verdict, &w.Front, &w.Back, &w.note); err != nil {
			return nil, err
		}
		if err := w.read(text); err != nil {
			return nil, err
		}
		list = append(list, w)
	}
	return list, rows.Err()
}

// saveCard makes a note and a card of a proposal, with its proof.
func (t *txn) saveCard(user UserID, a articleRow, w wanted, deck DeckID, now time.Time) (cardRange, error) {
	sentence := ""
	if w.Sentence.Start >= 0 && w.Sentence.Start <= w.Sentence.End && w.Sentence.End <= len(a.Text) {
		sentence = w.Sentence.Of(a.Text)
	}
	row := noteRow{
		UserID: int64(user), ArticleID: &a.ID, ProposalID: w.ID, ArticleTitle: a.Title, Sentence: sentence,
		SentenceStart: w.Sentence.Start, SentenceEnd: w.Sentence.End, SourceStart: w.Source.Start, SourceEnd: w.Source.End,
		Created: millis(now), Changed: millis(now),
	}
	sibling, err := t.siblingOf(a.ID, w.Sibling)
	if err != nil {
		return cardRange{}, err
	}
	n := cards.Note{GUID: a.Hash[:16] + "-" + w.ID, Type: cards.ArticleNote.Name, Fields: []cards.Field{
		{Name: "Front", Value: field(w.Front)}, {Name: "Back", Value: field(w.Back)},
		{Name: "Context", Value: field(w.Context)}, {Name: "Source", Value: field(sentence)},
	}}
	_, which, err := t.addNote(&row, deck, n, sibling)
	if err != nil {
		return which, err
	}
	if w.Sibling != "" && sibling == 0 { // the first of several
		if _, err := t.exec(`UPDATE cards SET sibling = ? WHERE note_id = ?`, row.ID, row.ID); err != nil {
			return which, err
		}
	}
	_, err = t.exec(`UPDATE verdicts SET note_id = ? WHERE article_id = ? AND proposal_id = ?`, row.ID, a.ID, w.ID)
	return which, err
}

// siblingOf is the first note that was made of proposals which belong together, 0
// for none yet.
func (t *txn) siblingOf(article int64, sibling string) (int64, error) {
	if sibling == "" {
		return 0, nil
	}
	found, err := column[int64](t.ctx, t.pool, `SELECT c.sibling FROM proposals p JOIN verdicts v ON v.article_id = p.article_id AND v.proposal_id = p.id
		JOIN cards c ON c.note_id = v.note_id WHERE p.article_id = ? AND p.sibling = ? AND c.sibling <> 0 LIMIT 1`, article, sibling)
	return append(found, 0)[0], err
}
