package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"recto/cards"
	"recto/cards/formats"
)

const changeArticle = "article" // an article came

// rectoArticle is an article in Recto's own document, with what was found in it, what
// was proposed and what its owner decided.
type rectoArticle struct {
	Created time.Time  `json:"created"`
	Revises string     `json:"revises,omitempty"` // the hash of the article of which this is a newer version
	Revised *time.Time `json:"revised,omitempty"` // when it came as one
	Used    bool       `json:"used,omitempty"`    // the cards of that one have gone over to this one,
	UsedAt  *time.Time `json:"usedAt,omitempty"`  // then
	Trashed bool       `json:"trashed,omitempty"` // it lies in the trash
	cards.Article
	Facts     []json.RawMessage `json:"facts"`
	Proposals []rectoProposal   `json:"proposals"`
}

type rectoProposal struct {
	Proposal json.RawMessage `json:"proposal"`
	Verdict  string          `json:"verdict,omitempty"`
	Front    string          `json:"front,omitempty"` // of an edited one
	Back     string          `json:"back,omitempty"`
	Decided  *time.Time      `json:"decided,omitempty"`
	Note     string          `json:"note,omitempty"`     // the GUID of the one that was made of it
	Joined   string          `json:"joined,omitempty"`   // the proposal whose card asks for this one as well
	Reworded string          `json:"reworded,omitempty"` // the question in the words of Model
	Model    string          `json:"model,omitempty"`
}

// fatedArticle is an article of the Draft.
type fatedArticle struct {
	index int
	hash  string
	id    ArticleID // that is there, or that is made
	new   bool
	after string // the hash of the one of which it is a newer version, "" for none
	used  bool

	revised, usedAt *time.Time // when, nil for not known
	trashed         bool
}

// findArticles says which articles are there already. One whose places do not lie in
// its text is told and left out.
func (m *importer) findArticles(ctx context.Context) error {
	m.articles = map[string]*fatedArticle{}
	for i, text := range m.draft.Articles {
		a, err := readArticle(text)
		if err != nil {
			m.plan.Unread++
			m.plan.Troubles = append(m.plan.Troubles, formats.Trouble{Where: fmt.Sprintf("article %d", i+1), Sentence: err.Error(), Skipped: true})
			continue
		}
		f := &fatedArticle{index: i, hash: a.Hash(), after: a.Revises, used: a.Used, revised: a.Revised, usedAt: a.UsedAt, trashed: a.Trashed}
		ids, err := column[ArticleID](ctx, m.s.readers, `SELECT id FROM articles WHERE user_id = ? AND hash = ?`, int64(m.user), f.hash)
		if err != nil {
			return err
		}
		if _, twice := m.articles[f.hash]; twice {
			continue
		}
		if f.id = append(ids, 0)[0]; m.starter != 0 {
			f.id = 0
		}
		if f.new = f.id == 0; f.new {
			m.plan.Articles++
		}
		m.articles[f.hash] = f
	}
	return nil
}

// readArticle reads an article, and makes sure that every place that it speaks of lies
// in its text.
func readArticle(text json.RawMessage) (a rectoArticle, err error) {
	if err := json.Unmarshal(text, &a); err != nil {
		return a, errors.New("it cannot be read")
	}
	var spans []cards.Span
	for _, b := range a.Blocks {
		spans = append(spans, b.Span)
	}
	for _, f := range a.Facts {
		var e cards.Entry
		if err := json.Unmarshal(f, &e); err != nil {
			return a, errors.New("a fact of it cannot be read")
		}
		spans = append(append(spans, e.Fact.Span, e.Fact.Sentence), e.Fact.Items...)
	}
	seen := map[string]bool{}
	for _, p := range a.Proposals {
		var c cards.Proposal
		if err := json.Unmarshal(p.Proposal, &c); err != nil || c.ID == "" || seen[c.ID] {
			return a, errors.New("a card proposed from it cannot be read")
		}
		seen[c.ID] = true
		spans = append(spans, c.Source, c.Sentence)
	}
	for _, s := range spans {
		if s.Start < 0 || s.Start > s.End || s.End > len(a.Text) {
			return a, errors.New("it speaks of a place that its text does not have")
		}
	}
	return a, nil
}

// stageArticles writes the new articles, which nobody owns yet, earlier versions first.
func (m *staging) stageArticles(ctx context.Context) error {
	list := slices.SortedFunc(maps.Values(m.articles), func(a, b *fatedArticle) int { return a.index - b.index })
	n := 1 << 30 // behind all other changes
	staged := map[*fatedArticle]bool{}
	var stage func(f *fatedArticle) error
	stage = func(f *fatedArticle) error {
		if f == nil || !f.new || staged[f] {
			return nil
		}
		staged[f] = true
		if err := stage(m.articles[f.after]); err != nil {
			return err
		}
		a, err := readArticle(m.draft.Articles[f.index])
		if err != nil {
			return err
		}
		n++
		return m.stageArticle(ctx, f, a, n)
	}
	for _, f := range list {
		if err := stage(f); err != nil {
			return err
		}
	}
	return nil
}

func (m *staging) stageArticle(ctx context.Context, f *fatedArticle, a rectoArticle, n int) error {
	row := articleRow{Hash: f.hash, Title: a.Title, Author: a.Author, URL: a.URL, Published: a.Published, Language: a.Language, Text: a.Text, Blocks: toJSON(a.Blocks), Created: millis(a.Created)}
	err := m.write(ctx, func(t *txn) error {
		row.ID = 0
		if err := t.db.Create(&row).Error; err != nil {
			return err
		}
		_, err := t.exec(`INSERT INTO import_changes (import_id, n, kind, item_id, before, after, done) VALUES (?, ?, ?, ?, '{}', '{}', 1)`, int64(m.id), n, changeArticle, row.ID)
		return err
	})
	if err != nil {
		return err
	}
	f.id = ArticleID(row.ID)
	facts := make([]factRow, len(a.Facts))
	for i, text := range a.Facts {
		facts[i] = factRow{ArticleID: row.ID, Position: i, Entry: string(text)}
	}
	proposals := make([]proposalRow, len(a.Proposals))
	for i, p := range a.Proposals {
		var c cards.Proposal
		if err := json.Unmarshal(p.Proposal, &c); err != nil {
			return err
		}
		proposals[i] = proposalRow{ArticleID: row.ID, Position: i, ID: c.ID, Sibling: c.Sibling, Proposal: string(p.Proposal)}
	}
	for len(facts)+len(proposals) > 0 {
		some, others := facts[:min(len(facts), maxChunk)], proposals[:min(len(proposals), max(maxChunk-len(facts), 0))]
		if err := m.write(ctx, func(t *txn) error { return t.addFound(some, others) }); err != nil {
			return err
		}
		facts, proposals = facts[len(some):], proposals[len(others):]
	}
	return nil
}

// stageVerdicts writes what was decided about the proposals of new articles.
func (m *staging) stageVerdicts(ctx context.Context) error {
	if m.plan.Articles == 0 {
		return nil
	}
	notes := map[string]NoteID{}
	for i := range m.guids {
		notes[m.guids[i]] = m.noteIDs[i]
	}
	for _, f := range m.articles {
		if !f.new {
			continue
		}
		a, err := readArticle(m.draft.Articles[f.index])
		if err != nil {
			return err
		}
		for list := a.Proposals; len(list) > 0; {
			some := list[:min(len(list), maxChunk)]
			list = list[len(some):]
			if err := m.write(ctx, func(t *txn) error { return t.addVerdicts(f.id, some, notes) }); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *txn) addVerdicts(article ArticleID, list []rectoProposal, notes map[string]NoteID) error {
	for _, p := range list {
		var c cards.Proposal
		if err := json.Unmarshal(p.Proposal, &c); err != nil {
			return err
		}
		if p.Reworded != "" {
			err := t.repeat(`INSERT INTO rewordings (article_id, proposal_id, key, model, front, reason, made) VALUES (?, ?, '', ?, ?, '', 0)`, int64(article), c.ID, p.Model, p.Reworded)
			if err != nil {
				return err
			}
		}
		if p.Verdict != "keep" && p.Verdict != "edit" && p.Verdict != "drop" || p.Decided == nil {
			continue
		}
		var note any
		if id := notes[p.Note]; id != 0 && p.Note != "" {
			note = int64(id)
		}
		err := t.repeat(`INSERT INTO verdicts (article_id, proposal_id, verdict, front, back, decided, note_id, joined) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			int64(article), c.ID, p.Verdict, p.Front, p.Back, millis(*p.Decided), note, p.Joined)
		if err != nil {
			return err
		}
	}
	return nil
}

// showArticles gives the new articles to the user.
func (m *staging) showArticles(t *txn) error {
	for _, f := range m.articles {
		if !f.new || f.trashed {
			continue
		}
		if _, err := t.exec(`UPDATE articles SET user_id = ? WHERE id = ?`, int64(m.user), int64(f.id)); err != nil {
			return err
		}
	}
	for _, f := range m.articles {
		if before := m.articles[f.after]; f.new && before != nil && before.id < f.id {
			var used any
			if f.used {
				used = m.atOrNow(f.usedAt)
			}
			_, err := t.exec(`INSERT INTO revisions (article_id, user_id, previous_id, at, used) VALUES (?, ?, ?, ?, ?)`, int64(f.id), int64(m.user), int64(before.id), m.atOrNow(f.revised), used)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// atOrNow is a time of the document, or that of the import where it does not say one.
func (m *staging) atOrNow(at *time.Time) int64 {
	if at == nil {
		return millis(m.now)
	}
	return millis(*at)
}

// dropStagedArticles takes away the articles of an import that was not shown.
func (s *Store) dropStagedArticles(ctx context.Context, c chore) error {
	const mine = `(SELECT item_id FROM import_changes WHERE import_id = ?1 AND kind = '` + changeArticle + `')`
	for _, q := range []string{
		`DELETE FROM verdicts WHERE (article_id, proposal_id) IN (SELECT article_id, proposal_id FROM verdicts WHERE article_id IN ` + mine + ` LIMIT ?2)`,
		`DELETE FROM rewordings WHERE (article_id, proposal_id) IN (SELECT article_id, proposal_id FROM rewordings WHERE article_id IN ` + mine + ` LIMIT ?2)`,
		`DELETE FROM facts WHERE (article_id, position) IN (SELECT article_id, position FROM facts WHERE article_id IN ` + mine + ` LIMIT ?2)`,
		`DELETE FROM proposals WHERE (article_id, position) IN (SELECT article_id, position FROM proposals WHERE article_id IN ` + mine + ` LIMIT ?2)`,
	} {
		if err := s.inChunks(ctx, "take away staged articles", q, c.ItemID, maxChunk); err != nil {
			return err
		}
	}
	return nil
}

// showUser gives an account that has nothing yet the settings of the one that the
// document came from, and the cards beyond the limits that were asked for there.
func (m *staging) showUser(t *txn) error {
	u, ok := own[rectoUser](m.draft.Extras, ownUser)
	if !ok || !m.empty || u.Settings.check() != nil {
		return nil //nolint:nilerr // settings that are none are left where they are
	}
	row, err := t.user(m.user)
	if err != nil {
		return err
	}
	row.Settings, row.LastDay = u.Settings, max(row.LastDay, min(int64(u.LastDay), int64(m.today)))
	if err := t.db.Select("*").Omit("ID").Updates(&row).Error; err != nil {
		return err
	}
	for _, x := range u.Extra {
		if _, err := t.exec(`INSERT OR IGNORE INTO extras (user_id, day, cards, key) VALUES (?, ?, ?, '')`, int64(m.user), int64(x.Day), x.Cards); err != nil {
			return err
		}
	}
	return nil
}

// findEmpty says whether the user has nothing yet. What the document has thrown away
// comes with all of it into such an account, and is left out elsewhere.
func (m *importer) findEmpty(ctx context.Context) error {
	err := m.s.readers.QueryRowContext(ctx, `SELECT NOT EXISTS (SELECT 1 FROM notes n WHERE n.user_id = ?1) AND NOT EXISTS (SELECT 1 FROM decks d WHERE d.user_id = ?1)
		AND NOT EXISTS (SELECT 1 FROM articles a WHERE a.user_id = ?1) AND NOT EXISTS (SELECT 1 FROM enrolments e WHERE e.user_id = ?1)
		AND NOT EXISTS (SELECT 1 FROM trash t WHERE t.user_id = ?1)`, int64(m.user)).Scan(&m.empty)
	if c := m.choices; err == nil && c.Deck == 0 && c.NewDeck == "" && !c.Without.Progress {
		err = m.findStarter(ctx)
	}
	if c := m.choices; !m.empty || c.Deck != 0 || c.NewDeck != "" || c.Without.Progress {
		m.draft = m.draft.WithoutTrash()
	}
	return err
}
