package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"recto/cards"
)

// Card is a card as one user sees it. Front, Back and Context are plain text.
type Card struct {
	ID       CardID
	Note     NoteID
	Deck     DeckID
	DeckName string
	Mine     bool // the user may change it
	Front    string
	Back     string
	Context  string
	Fields   []cards.Field
	Tags     []string
	Schedule cards.Schedule
	Version  int64 // of the schedule, 0 if the user does not study the card

	// Where it comes from. The sentence stays when the article goes; Article is 0
	// then, and for an article of another.
	Article      ArticleID
	ArticleTitle string
	Source       cards.Span // of the answer in the article's text
	Sentence     cards.Span
	SentenceText string
}

// CardRow is a card in a list.
type CardRow struct {
	ID          CardID
	Front, Back string
	Schedule    cards.Schedule
	Tags        []string
}

// cardSQL reads card ?2 for user ?1, who owns its deck, studies it, or finds it shared.
const cardSQL = `SELECT c.id, c.note_id, d.id, d.name, d.user_id = ?1, n.fields, n.tags, coalesce(a.id, 0), n.article_title,
	n.source_start, n.source_end, n.sentence_start, n.sentence_end, n.sentence, coalesce(s.version, 0),
	coalesce(s.repetitions, 0), coalesce(s.e_factor, 250), coalesce(s.interval, 0), coalesce(s.due, 0), coalesce(s.last, 0),
	coalesce(s.lapses, 0), coalesce(s.seen, 0), coalesce(s.drill, 0), coalesce(s.suspended, 0), coalesce(s.buried, 0)
	FROM cards c JOIN notes n ON n.id = c.note_id JOIN decks d ON d.id = c.deck_id AND d.user_id IS NOT NULL
	LEFT JOIN schedules s ON s.user_id = ?1 AND s.card_id = c.id
	LEFT JOIN articles a ON a.id = n.article_id AND a.user_id = ?1
	WHERE c.id = ?2 AND (d.user_id = ?1 OR d.shared = 1
		OR EXISTS (SELECT 1 FROM enrolments e WHERE e.user_id = ?1 AND e.deck_id = d.id AND e.state = 'active'))`

// Card is one card, or ErrNotFound if the user cannot see it.
func (s *Store) Card(ctx context.Context, user UserID, id CardID) (Card, error) {
	var c Card
	var fields, tags string
	var p packed
	err := s.hot[cardSeen].QueryRowContext(ctx, int64(user), int64(id)).Scan(p.into([]any{&c.ID, &c.Note, &c.Deck, &c.DeckName, &c.Mine, &fields, &tags,
		&c.Article, &c.ArticleTitle, &c.Source.Start, &c.Source.End, &c.Sentence.Start, &c.Sentence.End, &c.SentenceText, &c.Version})...)
	if err == nil {
		c.Schedule = p.schedule()
		c.Fields, c.Tags, err = readNote(fields, tags)
	}
	if err != nil {
		return Card{}, wrap(fmt.Sprintf("card %d", id), err)
	}
	c.Front, c.Back, c.Context = side(c.Fields, "Front", 0), side(c.Fields, "Back", 1), side(c.Fields, "Context", -1)
	return c, nil
}

// readNote reads the JSON of a note's fields and tags.
func readNote(fields, tags string) (f []cards.Field, t []string, err error) {
	if err := json.Unmarshal([]byte(fields), &f); err != nil {
		return nil, nil, fmt.Errorf("read a note's fields: %w", err)
	}
	if err := json.Unmarshal([]byte(tags), &t); err != nil {
		return nil, nil, fmt.Errorf("read a note's tags: %w", err)
	}
	return f, t, nil
}

// searchWords is how many words of a query are looked for; SQLite takes no longer
// condition than a thousand terms.
const searchWords = 32

// DeckCards lists the cards of a deck whose front, back or tags contain every word of
// query, as they were added: n of them, the first of which is number from, counted from 0.
// Total is how many there are in all.
func (s *Store) DeckCards(ctx context.Context, user UserID, deck DeckID, query string, from, n int) (list []CardRow, total int, err error) {
	decks, err := s.decks(ctx, user, `d.id = @deck AND (d.user_id = @user OR d.shared = 1 OR e.state = 'active')`, deck)
	if err == nil && len(decks) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return nil, 0, wrap(fmt.Sprintf("cards of deck %d", deck), err)
	}
	where, args := `c.deck_id = ?`, []any{int64(deck)}
	total = decks[0].Cards
	words := strings.Fields(fold(query))
	for _, word := range words[:min(len(words), searchWords)] {
		where, args = where+` AND c.folded LIKE ? ESCAPE '\'`, append(args, pattern(word))
	}
	if len(words) > 0 {
		err = s.readers.QueryRowContext(ctx, `SELECT count(*) FROM cards c WHERE `+where, args...).Scan(&total)
	}
	if err == nil {
		list, err = cardRows(ctx, s.readers, user, where+` ORDER BY c.id LIMIT ? OFFSET ?`, append(args, n, from)...)
	}
	return list, total, wrap(fmt.Sprintf("cards of deck %d", deck), err)
}

// cardRows reads cards with a user's schedules.
func cardRows(ctx context.Context, db querier, user UserID, where string, args ...any) ([]CardRow, error) {
	rows, err := db.QueryContext(ctx, `SELECT c.id, n.fields, n.tags, coalesce(s.repetitions, 0), coalesce(s.e_factor, 250), coalesce(s.interval, 0),
		coalesce(s.due, 0), coalesce(s.last, 0), coalesce(s.lapses, 0), coalesce(s.seen, 0), coalesce(s.drill, 0), coalesce(s.suspended, 0), coalesce(s.buried, 0)
		FROM cards c JOIN notes n ON n.id = c.note_id LEFT JOIN schedules s ON s.user_id = ? AND s.card_id = c.id WHERE `+where, append([]any{int64(user)}, args...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := []CardRow{}
	for rows.Next() {
		c, err := scanCardRow(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, rows.Err()
}

func scanCardRow(rows *sql.Rows) (c CardRow, err error) {
	var p packed
	var fields, tags string
	if err := rows.Scan(p.into([]any{&c.ID, &fields, &tags})...); err != nil {
		return c, err
	}
	f, t, err := readNote(fields, tags)
	c.Front, c.Back, c.Tags, c.Schedule = side(f, "Front", 0), side(f, "Back", 1), t, p.schedule()
	return c, err
}
