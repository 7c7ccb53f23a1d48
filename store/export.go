package store

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"recto/cards"
)

// ExportVersion is the version of the document that Export writes. It grows when
// something in it changes its meaning; what is only added leaves it.
const ExportVersion = 1

// The parts of an export. Identifiers are those of this database, and tie the parts
// together; instants are RFC 3339 in UTC, days cards.Day.
type (
	exportedUser struct {
		Name     string    `json:"name"`
		Created  time.Time `json:"created"`
		Admin    bool      `json:"admin"`
		Settings Settings  `json:"settings"`
		LastDay  cards.Day `json:"last_day"`
	}
	exportedArticle struct {
		ID      int64     `json:"id"`
		Created time.Time `json:"created"`
		Trashed bool      `json:"trashed,omitempty"`
		Revises int64     `json:"revises,omitempty"` // the article of which this is a newer version
		Used    bool      `json:"used,omitempty"`    // the cards of that one have gone over to this one
		cards.Article
		Facts     []json.RawMessage  `json:"facts"`
		Proposals []exportedProposal `json:"proposals"`
	}
	exportedProposal struct {
		Proposal json.RawMessage `json:"proposal"`
		Verdict  string          `json:"verdict,omitempty"`
		Front    string          `json:"front,omitempty"` // of an edited one
		Back     string          `json:"back,omitempty"`
		Decided  *time.Time      `json:"decided,omitempty"`
		Joined   string          `json:"joined,omitempty"` // the proposal whose card asks for this one as well
		Note     int64           `json:"note,omitempty"`
		Reworded string          `json:"reworded,omitempty"` // the question in the words of Model
		Model    string          `json:"model,omitempty"`
	}
	exportedDeck struct {
		ID        int64              `json:"id"`
		Name      string             `json:"name"`
		Owner     string             `json:"owner,omitempty"` // another user, "" for one's own
		Shared    bool               `json:"shared"`
		Article   int64              `json:"article,omitempty"`
		Created   time.Time          `json:"created"`
		Trashed   bool               `json:"trashed,omitempty"`
		Enrolment *exportedEnrolment `json:"enrolment,omitempty"`
	}
	exportedEnrolment struct {
		State   string        `json:"state"` // active, filling, left or withdrawn
		Paused  bool          `json:"paused"`
		Limits  *cards.Limits `json:"limits,omitempty"`
		Created time.Time     `json:"created"`
	}
	exportedNote struct {
		ID           int64           `json:"id"`
		GUID         string          `json:"guid"`
		Type         string          `json:"type"`
		Mine         bool            `json:"mine"` // false for a note in another's deck that is studied
		Fields       json.RawMessage `json:"fields"`
		Tags         json.RawMessage `json:"tags"`
		Article      int64           `json:"article,omitempty"`
		Proposal     string          `json:"proposal,omitempty"`
		ArticleTitle string          `json:"article_title,omitempty"`
		Source       *cards.Span     `json:"source,omitempty"`
		Sentence     *cards.Span     `json:"sentence,omitempty"`
		SentenceText string          `json:"sentence_text,omitempty"`
		Created      time.Time       `json:"created"`
		Changed      time.Time       `json:"changed"`
	}
	exportedCard struct {
		ID       int64           `json:"id"`
		Note     int64           `json:"note"`
		Ordinal  int             `json:"ordinal"`
		Deck     int64           `json:"deck,omitempty"` // 0 in the trash
		Sibling  int64           `json:"sibling,omitempty"`
		Created  time.Time       `json:"created"`
		Schedule *cards.Schedule `json:"schedule,omitempty"` // none for a card that is not studied
	}
	exportedTrash struct {
		Kind    string    `json:"kind"`
		Item    int64     `json:"item"`
		Name    string    `json:"name"`
		Deleted time.Time `json:"deleted"`
		Verdict string    `json:"verdict,omitempty"`
		Deck    DeckID    `json:"deck,omitempty"`
	}
	exportedExtra struct {
		Day   cards.Day `json:"day"`
		Cards int       `json:"cards"`
	}
)

// Export writes everything of one user as one JSON document:
//
//	{"format": "recto", "version": 1, "user": {...}, "note_types": [...], "articles": [...],
//	 "decks": [...], "notes": [...], "cards": [...], "reviews": [...], "extras": [...], "trash": [...]}
//
// Reviews are the whole log, as cards.Review has it. Decks of others that the user
// studies come with their notes, for without them the progress would mean nothing;
// the progress of others does not. The same content gives the same bytes. The
// document is written as it is read, so that a large account takes no memory.
func (s *Store) Export(ctx context.Context, user UserID, w io.Writer) error {
	tx, err := s.readers.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return wrap("export", err)
	}
	defer tx.Rollback()
	e := &exporter{ctx: ctx, tx: tx, user: int64(user), out: bufio.NewWriterSize(w, 64<<10)}
	err = e.write()
	return wrap("export", errors.Join(err, e.out.Flush()))
}

// exporter writes one document.
type exporter struct {
	ctx  context.Context
	tx   *sql.Tx
	user int64
	out  *bufio.Writer
}

func (e *exporter) write() error {
	row, err := e.readUser()
	if err != nil {
		return err
	}
	head, err := json.Marshal(row)
	if err != nil {
		return err
	}
	for _, part := range [][]byte{[]byte(fmt.Sprintf(`{"format":"recto","version":%d,"user":`, ExportVersion)), head} {
		if _, err := e.out.Write(part); err != nil {
			return err
		}
	}
	for _, p := range []struct {
		name, sql string
		read      func(*sql.Rows) (any, error)
	}{
		{"note_types", exportNoteTypes, e.noteType},
		{"articles", exportArticles, e.article},
		{"decks", exportDecks, e.deck},
		{"notes", exportNotes, e.note},
		{"cards", exportCards, e.card},
		{"reviews", `SELECT ` + reviewColumns + ` FROM reviews WHERE user_id = ?1 ORDER BY id`, func(r *sql.Rows) (any, error) { return scanReview(r) }},
		{"extras", `SELECT day, cards FROM extras WHERE user_id = ?1 ORDER BY day`, e.extra},
		{"trash", `SELECT kind, item_id, name, deleted, detail FROM trash WHERE user_id = ?1 ORDER BY id`, e.trash},
	} {
		if err := e.list(p.name, p.sql, p.read); err != nil {
			return err
		}
	}
	_, err = e.out.WriteString("}\n")
	return err
}

func (e *exporter) readUser() (u exportedUser, err error) {
	var created int64
	set := &u.Settings
	err = e.tx.QueryRowContext(e.ctx, `SELECT name, created, admin, zone, rollover, new_per_day, reviews_per_day, theme, grades, drill_below, max_interval, siblings, last_day
		FROM users WHERE id = ? AND name_key IS NOT NULL`, e.user).Scan(&u.Name, &created, &u.Admin, &set.Zone, &set.Rollover, &set.NewPerDay, &set.ReviewsPerDay,
		&set.Theme, &set.Grades, &set.DrillBelow, &set.MaxInterval, &set.Siblings, &u.LastDay)
	u.Created = instant(created)
	return u, err
}

// list writes one array, a line an element.
func (e *exporter) list(name, query string, read func(*sql.Rows) (any, error)) error {
	rows, err := e.tx.QueryContext(e.ctx, query, e.user)
	if err != nil {
		return err
	}
	defer rows.Close()
	if _, err := e.out.WriteString(",\n\"" + name + `":[`); err != nil {
		return err
	}
	between := "\n"
	for rows.Next() {
		v, err := read(rows)
		if err != nil {
			return err
		}
		b, err := json.Marshal(v)
		if err != nil {
			return err
		}
		if _, err := e.out.WriteString(between + string(b)); err != nil {
			return err
		}
		between = ",\n"
	}
	if err := rows.Err(); err != nil {
		return err
	}
	_, err = e.out.WriteString("]")
	return err
}

const exportNoteTypes = `SELECT definition FROM note_types WHERE user_id = ?1 ORDER BY name`

func (e *exporter) noteType(rows *sql.Rows) (any, error) {
	var text string
	err := rows.Scan(&text)
	return json.RawMessage(text), err
}

const exportArticles = `SELECT id, user_id IS NULL, title, author, url, published, language, text, blocks, created,
	coalesce((SELECT r.previous_id FROM revisions r WHERE r.article_id = articles.id), 0), EXISTS (SELECT 1 FROM revisions r WHERE r.article_id = articles.id AND r.used IS NOT NULL) FROM articles
	WHERE user_id = ?1 OR id IN (SELECT item_id FROM trash WHERE user_id = ?1 AND kind = 'article') ORDER BY id`

func (e *exporter) article(rows *sql.Rows) (any, error) {
	a := exportedArticle{Facts: []json.RawMessage{}, Proposals: []exportedProposal{}}
	var blocks string
	var created int64
	if err := rows.Scan(&a.ID, &a.Trashed, &a.Title, &a.Author, &a.URL, &a.Published, &a.Language, &a.Text, &blocks, &created, &a.Revises, &a.Used); err != nil {
		return nil, err
	}
	a.Created = instant(created)
	if err := json.Unmarshal([]byte(blocks), &a.Blocks); err != nil {
		return nil, err
	}
	facts, err := column[string](e.ctx, e.tx, `SELECT entry FROM facts WHERE article_id = ? ORDER BY position`, a.ID)
	if err != nil {
		return nil, err
	}
	for _, f := range facts {
		a.Facts = append(a.Facts, json.RawMessage(f))
	}
	a.Proposals, err = e.proposals(a.ID)
	return a, err
}

func (e *exporter) proposals(article int64) ([]exportedProposal, error) {
	rows, err := e.tx.QueryContext(e.ctx, `SELECT p.proposal, coalesce(v.verdict, ''), coalesce(v.front, ''), coalesce(v.back, ''), v.decided, coalesce(v.note_id, 0), coalesce(v.joined, ''),
		coalesce(w.front, ''), CASE WHEN w.front <> '' THEN w.model ELSE '' END
		FROM proposals p LEFT JOIN verdicts v ON v.article_id = p.article_id AND v.proposal_id = p.id
		LEFT JOIN rewordings w ON w.article_id = p.article_id AND w.proposal_id = p.id WHERE p.article_id = ? ORDER BY p.position`, article)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := []exportedProposal{}
	for rows.Next() {
		var p exportedProposal
		var text string
		var decided *int64
		if err := rows.Scan(&text, &p.Verdict, &p.Front, &p.Back, &decided, &p.Note, &p.Joined, &p.Reworded, &p.Model); err != nil {
			return nil, err
		}
		p.Proposal = json.RawMessage(text)
		if decided != nil {
			at := instant(*decided)
			p.Decided = &at
		}
		list = append(list, p)
	}
	return list, rows.Err()
}

const exportDecks = `SELECT d.id, d.name, CASE WHEN d.user_id <> ?1 THEN o.name ELSE '' END, d.shared, CASE WHEN d.user_id <> ?1 THEN 0 ELSE coalesce(d.article_id, 0) END,
	d.created, d.user_id IS NULL, e.state, e.paused, e.new_limit, e.review_limit, e.created
	FROM decks d LEFT JOIN users o ON o.id = d.user_id LEFT JOIN enrolments e ON e.deck_id = d.id AND e.user_id = ?1
	WHERE d.user_id = ?1 OR e.state IS NOT NULL OR d.id IN (SELECT item_id FROM trash WHERE user_id = ?1 AND kind = 'deck') ORDER BY d.id`

func (e *exporter) deck(rows *sql.Rows) (any, error) {
	var d exportedDeck
	var created int64
	var state *string
	var paused *bool
	var most, due *int
	var enrolled *int64
	if err := rows.Scan(&d.ID, &d.Name, &d.Owner, &d.Shared, &d.Article, &created, &d.Trashed, &state, &paused, &most, &due, &enrolled); err != nil {
		return nil, err
	}
	d.Created = instant(created)
	if state != nil {
		d.Enrolment = &exportedEnrolment{State: *state, Paused: *paused, Created: instant(*enrolled)}
		if most != nil && due != nil {
			d.Enrolment.Limits = &cards.Limits{New: *most, Reviews: *due}
		}
	}
	return d, nil
}

// One's own notes, and those of others of which one has a schedule.
const exportNotes = `SELECT n.id, n.guid, nt.name, n.user_id = ?1, n.fields, n.tags, CASE WHEN n.user_id = ?1 THEN coalesce(n.article_id, 0) ELSE 0 END,
	n.proposal_id, n.article_title, n.source_start, n.source_end, n.sentence_start, n.sentence_end, n.sentence, n.created, n.changed
	FROM notes n JOIN note_types nt ON nt.id = n.type_id
	WHERE n.user_id = ?1 OR n.id IN (SELECT c.note_id FROM schedules s JOIN cards c ON c.id = s.card_id WHERE s.user_id = ?1) ORDER BY n.id`

func (e *exporter) note(rows *sql.Rows) (any, error) {
	var n exportedNote
	var source, sentence cards.Span
	var fields, tags string
	var created, changed int64
	if err := rows.Scan(&n.ID, &n.GUID, &n.Type, &n.Mine, &fields, &tags, &n.Article, &n.Proposal, &n.ArticleTitle,
		&source.Start, &source.End, &sentence.Start, &sentence.End, &n.SentenceText, &created, &changed); err != nil {
		return nil, err
	}
	n.Fields, n.Tags, n.Created, n.Changed = json.RawMessage(fields), json.RawMessage(tags), instant(created), instant(changed)
	if n.Proposal != "" {
		n.Source, n.Sentence = &source, &sentence
	}
	return n, nil
}

const exportCards = `SELECT c.id, c.note_id, c.ordinal, coalesce(c.deck_id, 0), c.sibling, c.created, coalesce(s.version, 0),
	coalesce(s.repetitions, 0), coalesce(s.e_factor, 0), coalesce(s.interval, 0), coalesce(s.due, 0), coalesce(s.last, 0),
	coalesce(s.lapses, 0), coalesce(s.seen, 0), coalesce(s.drill, 0), coalesce(s.suspended, 0), coalesce(s.buried, 0)
	FROM cards c JOIN notes n ON n.id = c.note_id LEFT JOIN schedules s ON s.user_id = ?1 AND s.card_id = c.id
	WHERE n.user_id = ?1 OR s.version IS NOT NULL ORDER BY c.id`

func (e *exporter) card(rows *sql.Rows) (any, error) {
	var c exportedCard
	var created, version int64
	var p packed
	if err := rows.Scan(p.into([]any{&c.ID, &c.Note, &c.Ordinal, &c.Deck, &c.Sibling, &created, &version})...); err != nil {
		return nil, err
	}
	c.Created = instant(created)
	if version > 0 {
		s := p.schedule()
		c.Schedule = &s
	}
	return c, nil
}

func (e *exporter) extra(rows *sql.Rows) (any, error) {
	var x exportedExtra
	err := rows.Scan(&x.Day, &x.Cards)
	return x, err
}

func (e *exporter) trash(rows *sql.Rows) (any, error) {
	var x exportedTrash
	var deleted int64
	var detail string
	if err := rows.Scan(&x.Kind, &x.Item, &x.Name, &deleted, &detail); err != nil {
		return nil, err
	}
	var d trashDetail
	if err := json.Unmarshal([]byte(detail), &d); err != nil {
		return nil, err
	}
	x.Deleted, x.Verdict, x.Deck = instant(deleted), d.Verdict, d.Deck
	return x, nil
}
