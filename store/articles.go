package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"recto/cards"
)

// Article is a stored article with all that was made of it.
type Article struct {
	cards.Article
	ID        ArticleID
	Created   time.Time
	Deck      DeckID // that its cards were last saved into, 0 for none
	Entries   []cards.Entry
	Proposals []Proposal
	Versions
}

// Versions says which texts stand beside one as its earlier and newer versions.
// 0 is none; what lies in the trash is none.
type Versions struct {
	Previous ArticleID
	Used     bool      // the cards of Previous have gone over to this one
	Newer    ArticleID // whose text came last
	InUse    bool      // the cards of this one have gone over to Newer
}

// Open reports whether the cards of the previous version have still to go over.
func (v Versions) Open() bool { return v.Previous != 0 && !v.Used }

// ArticleRow is an article in a list.
type ArticleRow struct {
	ID       ArticleID
	Title    string
	URL      string
	Created  time.Time
	Proposed int       // cards proposed
	Kept     int       // of them, in a deck now
	Newer    ArticleID // a newer version that its cards have not gone over to, 0 for none
}

// articleRow is a row of articles.
type articleRow struct {
	ID        int64
	UserID    *int64
	Hash      string
	Title     string
	Author    string
	URL       string `gorm:"column:url"`
	Published string
	Language  string
	Text      string
	Blocks    string
	Created   int64
}

func (articleRow) TableName() string { return "articles" }

// factRow and proposalRow keep what was found as it was found, in JSON.
type factRow struct {
	ArticleID int64
	Position  int
	Entry     string
}

func (factRow) TableName() string { return "facts" }

type proposalRow struct {
	ArticleID int64
	Position  int
	ID        string
	Sibling   string
	Proposal  string
}

func (proposalRow) TableName() string { return "proposals" }

// AddArticle stores an article with its ledger and the cards proposed from it. A
// text that the user has already is not stored again: its article is returned, out
// of the trash if need be, with what was decided about its cards.
func (s *Store) AddArticle(ctx context.Context, user UserID, a cards.Article, entries []cards.Entry, proposals []cards.Proposal, now time.Time) (ArticleID, error) {
	facts := make([]factRow, len(entries))
	for i, e := range entries {
		facts[i] = factRow{Position: i, Entry: toJSON(e)}
	}
	rows := make([]proposalRow, len(proposals))
	for i, p := range proposals {
		rows[i] = proposalRow{Position: i, ID: p.ID, Sibling: p.Sibling, Proposal: toJSON(p)}
	}
	row := articleRow{
		Hash: a.Hash(), Title: a.Title, Author: a.Author, URL: a.URL, Published: a.Published, Language: a.Language,
		Text: a.Text, Blocks: toJSON(a.Blocks), Created: millis(now),
	}
	var known ArticleID
	var unfinished *chore
	err := s.write(ctx, "add article", func(t *txn) (err error) {
		if _, err := t.user(user); err != nil {
			return err
		}
		if known, err = t.knownArticle(user, row.Hash); err != nil || known != 0 {
			return err
		}
		row.ID = 0
		if err := t.db.Create(&row).Error; err != nil {
			return err
		}
		unfinished, err = t.addChore(chore{Kind: choreArticle, UserID: int64(user), ItemID: row.ID})
		return err
	})
	if err != nil || known != 0 {
		return known, err
	}
	return s.fillArticle(ctx, user, row, facts, rows, *unfinished)
}

// fillArticle stores what was found, some at a time, and gives the article to its
// user with the last of it. If that fails it is taken away again.
func (s *Store) fillArticle(ctx context.Context, user UserID, row articleRow, facts []factRow, proposals []proposalRow, unfinished chore) (ArticleID, error) {
	ctx = context.WithoutCancel(ctx)
	var known ArticleID
	for known == 0 {
		f, p := facts[:min(len(facts), maxChunk)], proposals[:min(len(proposals), max(maxChunk-len(facts), 0))]
		for i := range f {
			f[i].ArticleID = row.ID
		}
		for i := range p {
			p[i].ArticleID = row.ID
		}
		last := len(f) == len(facts) && len(p) == len(proposals)
		err := s.write(ctx, "add article", func(t *txn) (err error) {
			if err := t.addFound(f, p); err != nil || !last {
				return err
			}
			if known, err = t.knownArticle(user, row.Hash); err != nil || known != 0 {
				return err // it was stored from another window meanwhile
			}
			if _, err := t.exec(`UPDATE articles SET user_id = ? WHERE id = ?`, int64(user), row.ID); err != nil {
				return err
			}
			return t.endChore(unfinished)
		})
		if err != nil {
			_ = s.purgeArticle(ctx, unfinished) // else the next start does it
			return 0, err
		}
		if last && known == 0 {
			return ArticleID(row.ID), nil
		}
		facts, proposals = facts[len(f):], proposals[len(p):]
	}
	return known, s.purgeArticle(ctx, unfinished)
}

func (t *txn) addFound(facts []factRow, proposals []proposalRow) error {
	if len(facts) > 0 {
		if err := t.db.Create(&facts).Error; err != nil {
			return err
		}
	}
	if len(proposals) > 0 {
		return t.db.Create(&proposals).Error
	}
	return nil
}

// knownArticle is the user's article of that text, taken out of the trash if it
// lies there; 0 for none.
func (t *txn) knownArticle(user UserID, hash string) (ArticleID, error) {
	found, err := column[ArticleID](t.ctx, t.pool, `SELECT id FROM articles WHERE user_id = ? AND hash = ?`, int64(user), hash)
	if err != nil || len(found) > 0 {
		return append(found, 0)[0], err
	}
	found, err = column[ArticleID](t.ctx, t.pool, `SELECT a.id FROM trash t JOIN articles a ON a.id = t.item_id
		WHERE t.user_id = ? AND t.kind = 'article' AND a.hash = ?`, int64(user), hash)
	if err != nil || len(found) == 0 {
		return 0, err
	}
	if _, err := t.exec(`DELETE FROM trash WHERE kind = 'article' AND item_id = ?`, int64(found[0])); err != nil {
		return 0, err
	}
	_, err = t.exec(`UPDATE articles SET user_id = ? WHERE id = ?`, int64(user), int64(found[0]))
	return found[0], err
}

// purgeArticle takes away an article that belongs to nobody.
func (s *Store) purgeArticle(ctx context.Context, c chore) error {
	for _, table := range []string{"facts", "proposals"} { // it has no more: nobody has seen it
		err := s.inChunks(ctx, "purge article", `DELETE FROM `+table+` WHERE article_id = ?1 AND position IN
			(SELECT position FROM `+table+` WHERE article_id = ?1 LIMIT ?2)`, c.ItemID, maxChunk)
		if err != nil {
			return err
		}
	}
	return s.write(ctx, "purge article", func(t *txn) error {
		if _, err := t.exec(`DELETE FROM articles WHERE id = ? AND user_id IS NULL`, c.ItemID); err != nil {
			return err
		}
		return t.endChore(c)
	})
}

// ownArticle returns ErrNotFound unless the article is the user's.
func (t *txn) ownArticle(user UserID, id ArticleID) error {
	found, err := column[int64](t.ctx, t.pool, `SELECT id FROM articles WHERE id = ? AND user_id = ?`, int64(id), int64(user))
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	return err
}

// ArticleOfText is the user's article of a text with that hash, or ErrNotFound. What
// lies in the trash is not found.
func (s *Store) ArticleOfText(ctx context.Context, user UserID, hash string) (ArticleID, error) {
	found, err := column[ArticleID](ctx, s.readers, `SELECT id FROM articles WHERE user_id = ? AND hash = ?`, int64(user), hash)
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	return append(found, 0)[0], wrap("article of a text", err)
}

// Articles lists a user's articles, the newest first, each in the version that its
// cards belong to.
func (s *Store) Articles(ctx context.Context, user UserID) ([]ArticleRow, error) {
	rows, err := s.readers.QueryContext(ctx, `SELECT a.id, a.title, a.url, a.created, (SELECT count(*) FROM proposals p WHERE p.article_id = a.id),
		(SELECT count(*) FROM verdicts v WHERE v.article_id = a.id AND `+saved+`),
		coalesce((SELECT max(r.article_id) FROM revisions r JOIN articles n ON n.id = r.article_id WHERE r.previous_id = a.id AND n.user_id = a.user_id), 0)
		FROM articles a WHERE a.user_id = ?
		AND NOT EXISTS (SELECT 1 FROM revisions r JOIN articles p ON p.id = r.previous_id WHERE r.article_id = a.id AND r.used IS NULL AND p.user_id = a.user_id)
		AND NOT EXISTS (SELECT 1 FROM revisions r JOIN articles n ON n.id = r.article_id WHERE r.previous_id = a.id AND r.used IS NOT NULL AND n.user_id = a.user_id)
		ORDER BY a.created DESC, a.id DESC`, int64(user))
	if err != nil {
		return nil, wrap("articles", err)
	}
	defer rows.Close()
	list := []ArticleRow{}
	for rows.Next() {
		var r ArticleRow
		var created int64
		if err := rows.Scan(&r.ID, &r.Title, &r.URL, &created, &r.Proposed, &r.Kept, &r.Newer); err != nil {
			return nil, wrap("articles", err)
		}
		r.Created = instant(created)
		list = append(list, r)
	}
	return list, wrap("articles", rows.Err())
}

// Article is one article of the user's with all that was made of it, or ErrNotFound.
func (s *Store) Article(ctx context.Context, user UserID, id ArticleID) (Article, error) {
	var row articleRow
	if err := s.read(ctx).Where("id = ? AND user_id = ?", int64(id), int64(user)).Take(&row).Error; err != nil {
		return Article{}, wrap(fmt.Sprintf("article %d", id), err)
	}
	a, err := row.article()
	if err == nil {
		err = s.readFound(ctx, &a)
	}
	if err == nil {
		a.Versions, err = s.versions(ctx, user, id)
	}
	if err == nil {
		var decks []DeckID
		decks, err = column[DeckID](ctx, s.readers, `SELECT c.deck_id FROM notes n JOIN cards c ON c.note_id = n.id JOIN decks d ON d.id = c.deck_id
			WHERE n.article_id = ? AND d.user_id = ? ORDER BY c.id DESC LIMIT 1`, int64(id), int64(user))
		a.Deck = append(decks, 0)[0]
	}
	return a, wrap(fmt.Sprintf("article %d", id), err)
}

func (r articleRow) article() (Article, error) {
	a := Article{ID: ArticleID(r.ID), Created: instant(r.Created), Article: cards.Article{
		Title: r.Title, Author: r.Author, URL: r.URL, Published: r.Published, Language: r.Language, Text: r.Text,
	}}
	return a, json.Unmarshal([]byte(r.Blocks), &a.Blocks)
}

// readFound reads an article's ledger and proposals.
func (s *Store) readFound(ctx context.Context, a *Article) error {
	entries, err := column[string](ctx, s.readers, `SELECT entry FROM facts WHERE article_id = ? ORDER BY position`, int64(a.ID))
	if err != nil {
		return err
	}
	a.Entries = make([]cards.Entry, len(entries))
	for i, text := range entries {
		if err := json.Unmarshal([]byte(text), &a.Entries[i]); err != nil {
			return fmt.Errorf("read fact %d: %w", i, err)
		}
	}
	a.Proposals, err = proposalsOf(ctx, s.readers, a.ID)
	return err
}
