package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"recto/cards"
	"recto/cards/search"
)

// Card is a card as one user sees it. Front, Back and Context are plain text; with
// Type, Fields, Tags and Ordinal, cards/render makes its two sides.
type Card struct {
	ID       CardID
	Note     NoteID
	GUID     string // of the note
	Deck     DeckID
	DeckName string
	Owner    UserID // whose deck, note and media it is
	Mine     bool   // the user may change it
	Type     cards.NoteType
	TypeID   NoteTypeID
	Ordinal  int // which card of its note: the index of a template, or the number of a gap less one
	Flag     int // the user's: 0 for none, 1 to 7 a colour
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

// rowColumns are those of a CardRow, of a card c with its note n and the user's schedule s.
const rowColumns = `c.id, c.front, c.back, n.tags, coalesce(s.repetitions, 0), coalesce(s.e_factor, 250), coalesce(s.interval, 0),
	coalesce(s.due, 0), coalesce(s.last, 0), coalesce(s.lapses, 0), coalesce(s.seen, 0), coalesce(s.drill, 0), coalesce(s.suspended, 0), coalesce(s.buried, 0)`

// cardSQL reads card ?2 for user ?1, who owns its deck, studies it, or finds it shared.
const cardSQL = `SELECT c.id, c.note_id, n.guid, d.id, d.name, d.user_id, d.user_id = ?1, c.ordinal, coalesce(s.flag, 0), nt.id, nt.name, nt.definition, n.fields, n.tags, coalesce(a.id, 0), n.article_title,
	n.source_start, n.source_end, n.sentence_start, n.sentence_end, n.sentence, coalesce(s.version, 0),
	coalesce(s.repetitions, 0), coalesce(s.e_factor, 250), coalesce(s.interval, 0), coalesce(s.due, 0), coalesce(s.last, 0),
	coalesce(s.lapses, 0), coalesce(s.seen, 0), coalesce(s.drill, 0), coalesce(s.suspended, 0), coalesce(s.buried, 0)
	FROM cards c JOIN notes n ON n.id = c.note_id JOIN note_types nt ON nt.id = n.type_id JOIN decks d ON d.id = c.deck_id AND d.user_id IS NOT NULL
	LEFT JOIN schedules s ON s.user_id = ?1 AND s.card_id = c.id
	LEFT JOIN articles a ON a.id = n.article_id AND a.user_id = ?1
	WHERE c.id = ?2 AND (d.user_id = ?1 OR d.shared = 1
		OR EXISTS (SELECT 1 FROM enrolments e WHERE e.user_id = ?1 AND e.deck_id = d.id AND e.state = 'active'))`

// Card is one card, or ErrNotFound if the user cannot see it.
func (s *Store) Card(ctx context.Context, user UserID, id CardID) (Card, error) {
	var c Card
	var fields, tags, name, definition string
	var p packed
	err := s.hot[cardSeen].QueryRowContext(ctx, int64(user), int64(id)).Scan(p.into([]any{&c.ID, &c.Note, &c.GUID, &c.Deck, &c.DeckName, &c.Owner, &c.Mine,
		&c.Ordinal, &c.Flag, &c.TypeID, &name, &definition, &fields, &tags,
		&c.Article, &c.ArticleTitle, &c.Source.Start, &c.Source.End, &c.Sentence.Start, &c.Sentence.End, &c.SentenceText, &c.Version})...)
	if err == nil {
		c.Schedule = p.schedule()
		err = c.read(name, definition, fields, tags)
	}
	if err != nil {
		return Card{}, wrap(fmt.Sprintf("card %d", id), err)
	}
	return c, nil
}

// read fills in what the note and its type say.
func (c *Card) read(name, definition, fields, tags string) error {
	nt, err := readNoteType(int64(c.TypeID), name, definition)
	if err != nil {
		return err
	}
	values, list, err := readNote(fields, tags)
	if err != nil {
		return err
	}
	c.Type, c.Fields, c.Tags = nt.study, nt.study.Named(values), list
	c.Front, c.Back = nt.text(values, list, c.Ordinal)
	c.Context = named(c.Fields, "Context")
	return nil
}

// named is the text of the field called name, "" where there is none.
func named(fields []cards.Field, name string) string {
	for _, f := range fields {
		if f.Name == name {
			return plain(f.Value)
		}
	}
	return ""
}

// SetFlag marks a card that the user studies with a colour, 1 to 7, or with none, 0.
func (s *Store) SetFlag(ctx context.Context, user UserID, card CardID, flag int) error {
	if flag < 0 || flag > 7 {
		return fmt.Errorf("store: flag card %d: there is no colour %d", card, flag)
	}
	return s.write(ctx, fmt.Sprintf("flag card %d", card), func(t *txn) error {
		n, err := t.exec(`UPDATE schedules SET flag = ?3 WHERE user_id = ?1 AND card_id = ?2
			AND EXISTS (SELECT 1 FROM enrolments e WHERE e.user_id = ?1 AND e.deck_id = schedules.deck_id AND e.state = 'active')`, int64(user), int64(card), flag)
		if err == nil && n == 0 {
			err = ErrNotFound
		}
		return err
	})
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
	words := strings.Fields(search.Fold(query))
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
	rows, err := db.QueryContext(ctx, `SELECT `+rowColumns+`
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

// scanCardRow reads one row of rowColumns; before are the columns that stand before them.
func scanCardRow(rows *sql.Rows, before ...any) (c CardRow, err error) {
	var p packed
	var tags string
	if err := rows.Scan(p.into(append(before, &c.ID, &c.Front, &c.Back, &tags))...); err != nil {
		return c, err
	}
	c.Schedule = p.schedule()
	if err := json.Unmarshal([]byte(tags), &c.Tags); err != nil {
		return c, fmt.Errorf("read a note's tags: %w", err)
	}
	return c, nil
}
