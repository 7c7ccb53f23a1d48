package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"recto/cards"
	"recto/cards/quiz/ask"
	"recto/cards/render"
)

// mostQuizCards is how many cards of a source a quiz is chosen from; of a larger one,
// that many are drawn.
const mostQuizCards = 400

// QuizItems are the cards of a source as questions are made of them, and the other
// answers of the user's own articles among them. Of a large source, some are drawn by
// seed.
func (s *Store) QuizItems(ctx context.Context, user UserID, source QuizSource, seed uint64) (items, more []ask.Item, err error) {
	where, args := source.condition()
	ids, err := column[int64](ctx, s.readers, `SELECT c.id`+quizCards+where+` ORDER BY c.id`, append([]any{int64(user)}, args...)...)
	if err != nil {
		return nil, nil, wrap("cards of a quiz", err)
	}
	if len(ids) > mostQuizCards {
		rng := rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // a quiz is no secret
		rng.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
		ids = ids[:mostQuizCards]
		slices.Sort(ids)
	}
	if len(ids) == 0 {
		return nil, nil, nil
	}
	found, err := s.quizRows(ctx, user, ids)
	if err != nil {
		return nil, nil, wrap("cards of a quiz", err)
	}
	more, err = s.fillItems(ctx, found)
	if err != nil {
		return nil, nil, wrap("facts of a quiz", err)
	}
	items = make([]ask.Item, len(found))
	for i := range found {
		items[i] = found[i].item
	}
	return items, more, nil
}

// quizRow is a card as it is read, with what its proposal is looked up by.
type quizRow struct {
	item     ask.Item
	back     string
	article  int64 // of the note, 0 for none
	own      bool  // the article is the user's
	proposal string
}

// quizRows reads cards; what their proposals say is added by fillItems.
func (s *Store) quizRows(ctx context.Context, user UserID, ids []int64) (found []quizRow, err error) {
	in := make([]string, len(ids))
	for i, id := range ids {
		in[i] = strconv.FormatInt(id, 10)
	}
	//nolint:gosec // in are numbers
	rows, err := s.readers.QueryContext(ctx, `SELECT c.id, c.deck_id, c.ordinal, c.front, c.back, nt.name, nt.definition, n.fields, coalesce(n.article_id, 0), coalesce(a.user_id, 0) = ?1,
		n.proposal_id, n.article_title, coalesce(a.published, ''), n.sentence, n.source_start - n.sentence_start, n.source_end - n.sentence_start,
		(SELECT json_group_array(x.answer) FROM accepted_answers x WHERE x.user_id = ?1 AND x.card_id = c.id)
		FROM cards c JOIN notes n ON n.id = c.note_id JOIN note_types nt ON nt.id = n.type_id LEFT JOIN articles a ON a.id = n.article_id
		WHERE c.id IN (`+strings.Join(in, ",")+`) ORDER BY c.id`, int64(user))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		r, err := scanQuizRow(rows)
		if err != nil {
			return nil, err
		}
		found = append(found, r)
	}
	return found, rows.Err()
}

func scanQuizRow(rows *sql.Rows) (r quizRow, err error) {
	var kind, definition, values, published, sentence, accept string
	var at cards.Span
	var deck int64
	var ordinal int
	var front string
	it := &r.item
	if err := rows.Scan(&it.Card, &deck, &ordinal, &front, &r.back, &kind, &definition, &values, &r.article, &r.own, &r.proposal, &it.Article, &published, &sentence, &at.Start, &at.End, &accept); err != nil {
		return r, err
	}
	nt, err := readNoteType(0, kind, definition)
	if err != nil {
		return r, err
	}
	fields, _, err := readNote(values, "[]")
	if err != nil {
		return r, err
	}
	if strings.Contains(definition, "{{type:") { // the card says itself what is to be typed
		sides, _, err := nt.render.Card(cards.Note{Type: kind, Fields: nt.study.Named(fields)}, ordinal, render.Options{})
		if err == nil && sides.Typing != nil {
			r.back = sides.Typing.Expected
		}
	}
	written := ask.Written(front, r.back)
	it.Front, it.Answer, it.Deck, it.From, it.Limit = written.Front, written.Answer, deck, fmt.Sprintf("deck %d", deck), published
	if r.article != 0 {
		it.From = fmt.Sprintf("article %d", r.article)
	}
	if at.Start >= 0 && at.Start < at.End && at.End <= len(sentence) {
		it.Sentence, it.At = sentence, at
	}
	it.Context = named(nt.study.Named(fields), "Context")
	return r, json.Unmarshal([]byte(accept), &it.Accept)
}

// fillItems adds what the proposals say that cards were made from, and returns the
// other answers of the user's own articles.
func (s *Store) fillItems(ctx context.Context, found []quizRow) (more []ask.Item, err error) {
	byArticle := map[int64][]int{}
	for i, r := range found {
		if r.article != 0 && r.proposal != "" {
			byArticle[r.article] = append(byArticle[r.article], i)
		}
	}
	for article, list := range byArticle {
		made, err := s.fillOf(ctx, article, found, list)
		if err != nil {
			return nil, err
		}
		more = append(more, made...)
	}
	slices.SortFunc(more, func(a, b ask.Item) int { return strings.Compare(a.From+a.Fact+a.Front, b.From+b.Fact+b.Front) })
	return more, nil
}

// fillOf does it for the cards of one article.
func (s *Store) fillOf(ctx context.Context, article int64, found []quizRow, list []int) (more []ask.Item, err error) {
	facts, err := s.factsOf(ctx, article)
	if err != nil {
		return nil, err
	}
	here := map[string]int{}
	own := false
	for _, i := range list {
		here[found[i].proposal] = i
		own = own || found[i].own
	}
	var text string
	if own {
		if err := s.readers.QueryRowContext(ctx, `SELECT text FROM articles WHERE id = ?`, article).Scan(&text); err != nil {
			return nil, err
		}
	}
	proposals, err := column[string](ctx, s.readers, `SELECT proposal FROM proposals WHERE article_id = ? ORDER BY position`, article)
	if err != nil {
		return nil, err
	}
	for _, encoded := range proposals {
		var p cards.Proposal
		if err := json.Unmarshal([]byte(encoded), &p); err != nil {
			return nil, fmt.Errorf("read a proposal of article %d: %w", article, err)
		}
		if i, ok := here[p.ID]; ok {
			found[i].item = asProposed(found[i], p, facts[p.FactID])
			continue
		}
		if own && p.Sentence.Start >= 0 && p.Sentence.End <= len(text) && p.Sentence.Start <= p.Sentence.End {
			it := ask.Proposed(p, facts[p.FactID], p.Sentence.Of(text))
			it.From = fmt.Sprintf("article %d", article)
			more = append(more, it)
		}
	}
	return more, nil
}

// asProposed is the item of a card with what its proposal knows, as far as the card
// was not edited since.
func asProposed(r quizRow, p cards.Proposal, f cards.Fact) ask.Item {
	was := r.item
	it := ask.Proposed(p, f, was.Sentence)
	if strings.TrimSpace(r.back) != strings.TrimSpace(p.Back) {
		it.Answer, it.Kind, it.Type, it.Value, it.Family, it.At = was.Answer, "", "", "", "", cards.Span{}
	}
	it.Card, it.Deck, it.From, it.Front, it.Context, it.Article, it.Accept, it.Limit = was.Card, was.Deck, was.From, was.Front, was.Context, was.Article, was.Accept, was.Limit
	return it
}

// factsOf are the facts of an article by their identifiers.
func (s *Store) factsOf(ctx context.Context, article int64) (map[string]cards.Fact, error) {
	entries, err := column[string](ctx, s.readers, `SELECT entry FROM facts WHERE article_id = ?`, article)
	if err != nil {
		return nil, err
	}
	facts := make(map[string]cards.Fact, len(entries))
	for _, encoded := range entries {
		var e cards.Entry
		if err := json.Unmarshal([]byte(encoded), &e); err != nil {
			return nil, fmt.Errorf("read a fact of article %d: %w", article, err)
		}
		facts[e.Fact.ID] = e.Fact
	}
	return facts, nil
}
