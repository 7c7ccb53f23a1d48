package anki

import (
	"context"
	"crypto/sha1" //nolint:gosec // Anki's checksum of first fields; nothing rests on it
	"crypto/sha256"
	"database/sql"
	"database/sql/driver"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/mattn/go-sqlite3"

	"recto/cards"
	"recto/cards/formats"
)

// tables are those of schema 11.
const tables = `
CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL, ver integer NOT NULL,
	dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL, models text NOT NULL, decks text NOT NULL,
	dconf text NOT NULL, tags text NOT NULL);
CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL, usn integer NOT NULL,
	tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL, mod integer NOT NULL,
	usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL, due integer NOT NULL, ivl integer NOT NULL,
	factor integer NOT NULL, reps integer NOT NULL, lapses integer NOT NULL, left integer NOT NULL, odue integer NOT NULL,
	odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL, ivl integer NOT NULL,
	lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL, type integer NOT NULL);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);`

const indexes = `
CREATE INDEX ix_notes_usn ON notes (usn);
CREATE INDEX ix_notes_csum ON notes (csum);
CREATE INDEX ix_cards_usn ON cards (usn);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_cards_sched ON cards (did, queue, due);
CREATE INDEX ix_revlog_usn ON revlog (usn);
CREATE INDEX ix_revlog_cid ON revlog (cid);`

// writer puts a collection together. IDs of ours are by index of the Draft.
type writer struct {
	draft    *formats.Draft
	now      time.Time
	without  formats.Parts
	progress formats.Progress
	troubles []formats.Trouble

	done, total int64
	clock       clock
	types       []int64
	presets     []int64
	decks       []int64
	notes       []int64
	cards       []int64
}

func newWriter(d *formats.Draft, o formats.WriteOptions) *writer {
	return &writer{draft: d, now: o.Now.UTC(), without: o.Without, progress: o.Progress}
}

func (wr *writer) tell(where, sentence string) {
	wr.troubles = append(wr.troubles, formats.Trouble{Where: where, Sentence: sentence})
}

func (wr *writer) step(n int64) {
	if wr.done += n; wr.done%1000 < n {
		wr.progress(wr.done, wr.total)
	}
}

// collection writes the database.
func (wr *writer) collection(ctx context.Context, file string) error {
	db := sql.OpenDB(plainConnector{"file:" + (&url.URL{Path: file}).EscapedPath() + "?_journal_mode=OFF&_synchronous=OFF"})
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(1)
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, tables); err != nil {
		return err
	}
	for _, write := range []func(context.Context, *sql.Tx) error{wr.col, wr.writeNotes, wr.writeCards, wr.writeReviews} {
		if err := write(ctx, tx); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, indexes); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	return db.Close()
}

type plainConnector struct{ dsn string }

func (c plainConnector) Connect(context.Context) (driver.Conn, error) {
	return (&sqlite3.SQLiteDriver{}).Open(c.dsn)
}

func (c plainConnector) Driver() driver.Driver { return &sqlite3.SQLiteDriver{} }

// numbers gives out IDs: the one asked for if it can be had, otherwise one after it
// and after those given out so before, so that the order stays.
type numbers struct {
	used map[int64]bool
	last int64
}

func newNumbers(size int) *numbers { return &numbers{used: make(map[int64]bool, size)} }

func (n *numbers) next(want, otherwise int64) int64 {
	if want <= 0 || want > 1000*latest || n.used[want] {
		want = max(otherwise, n.last+1, 1)
		for n.used[want] {
			want++
		}
		n.last = want
	}
	n.used[want] = true
	return want
}

// stable is a number of milliseconds in the years 2001 to 2017 that is always the
// same for the same parts.
func stable(parts ...string) int64 {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x1f")))
	return 1_000_000_000_000 + int64(binary.BigEndian.Uint64(sum[:8])%500_000_000_000)
}

func (wr *writer) writeNotes(ctx context.Context, tx *sql.Tx) error {
	insert, err := tx.PrepareContext(ctx, `INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, ?)`)
	if err != nil {
		return err
	}
	defer func() { _ = insert.Close() }()
	ids, base := newNumbers(len(wr.draft.Notes)), int64(0)
	for i := range wr.draft.Notes {
		n := &wr.draft.Notes[i]
		t := wr.draft.NoteTypes[n.Type]
		fields := wr.fieldsOf(n, t)
		guid := n.GUID
		if guid == "" {
			sum := sha256.Sum256([]byte(t.Name + "\x1f" + strings.Join(fields, "\x1f")))
			guid = base64.RawURLEncoding.EncodeToString(sum[:9])
		}
		if i == 0 {
			base = stable(guid)
		}
		otherwise := base + int64(i)
		if !n.Created.IsZero() {
			otherwise = n.Created.UnixMilli()
		}
		id := ids.next(n.ID, otherwise)
		wr.notes = append(wr.notes, id)
		var data string
		_ = json.Unmarshal(n.Extras[prefix+"data"], &data) // "" when there is none
		_, err := insert.ExecContext(ctx, id, guid, wr.types[n.Type], unix(n.Modified, unix(n.Created, id/1000)),
			joinTags(n.Tags, wr.without.Progress), strings.Join(fields, "\x1f"), strip(fields[min(t.SortField, len(fields)-1)]), checksum(fields[0]), data)
		if err != nil {
			return fmt.Errorf("note %d: %w", id, err)
		}
		wr.step(1)
	}
	return nil
}

// fieldsOf are a note's fields, as many as its type has and at least one.
func (wr *writer) fieldsOf(n *formats.Note, t formats.NoteType) []string {
	fields := make([]string, max(len(t.Fields), 1))
	copy(fields, n.Fields)
	if len(n.Fields) > len(fields) {
		wr.tell(fmt.Sprintf("note %d", n.ID), "it has more fields than its note type; the last ones were left out")
	}
	for i, f := range fields {
		fields[i] = strings.ReplaceAll(f, "\x1f", "")
	}
	return fields
}

// joinTags writes tags as Anki does. Those that speak of progress go with it.
func joinTags(tags []string, withoutProgress bool) string {
	var b strings.Builder
	for _, tag := range tags {
		lower := strings.ToLower(tag)
		if tag = strings.Join(strings.FieldsFunc(tag, separates), "_"); tag == "" || withoutProgress && (lower == "leech" || lower == "marked") {
			continue
		}
		b.WriteByte(' ')
		b.WriteString(tag)
	}
	if b.Len() > 0 {
		b.WriteByte(' ')
	}
	return b.String()
}

// checksum is the first four bytes of the SHA-1 of a first field without its HTML.
func checksum(first string) int64 {
	sum := sha1.Sum([]byte(strip(first))) //nolint:gosec // see the import
	return int64(binary.BigEndian.Uint32(sum[:4]))
}

// unix is t in seconds, or otherwise for the zero time.
func unix(t time.Time, otherwise int64) int64 {
	if t.IsZero() {
		return otherwise
	}
	return t.Unix()
}

func (wr *writer) writeCards(ctx context.Context, tx *sql.Tx) error {
	insert, err := tx.PrepareContext(ctx, `INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?)`)
	if err != nil {
		return err
	}
	defer func() { _ = insert.Close() }()
	ids := newNumbers(len(wr.draft.Cards))
	for i := range wr.draft.Cards {
		c := &wr.draft.Cards[i]
		note := wr.notes[c.Note]
		id := ids.next(c.ID, note+int64(c.Ordinal))
		wr.cards = append(wr.cards, id)
		w := wr.row(c, int64(i+1))
		deck := int64(1)
		if c.Deck >= 0 {
			deck = wr.decks[c.Deck]
		}
		_, err := insert.ExecContext(ctx, id, note, deck, w.ord, unix(c.Modified, note/1000), w.kind, w.queue, w.due, w.ivl, w.factor, w.reps, w.lapses, w.left, w.flags, wr.memory(c))
		if err != nil {
			return fmt.Errorf("card %d: %w", id, err)
		}
		wr.step(1)
	}
	return nil
}

func (wr *writer) memory(c *formats.Card) string {
	if wr.without.Progress {
		return ""
	}
	return c.Memory
}

// row says in Anki's numbers where a card stands.
func (wr *writer) row(c *formats.Card, place int64) row {
	w := row{ord: int64(bounded(int64(c.Ordinal), 0, 1<<16-1)), flags: int64(c.Flag & 7), due: c.Position}
	if wr.without.Progress {
		if w.due == 0 {
			w.due = place
		}
		return w
	}
	w.ivl, w.factor = int64(max(c.Interval, 0)), int64(bounded(int64(c.Ease), 0, 1<<16-1))
	w.reps, w.lapses, w.left = int64(c.Reps), int64(c.Lapses), leftOf(c)
	switch c.State {
	case formats.Learning:
		w.kind, w.queue, w.due = 1, 1, unix(c.DueAt, int64(c.Due-wr.clock.base()))
	case formats.Relearning:
		w.kind, w.queue, w.due = 3, 1, unix(c.DueAt, int64(c.Due-wr.clock.base()))
	case formats.Reviewing:
		w.kind, w.queue, w.due = 2, 2, int64(c.Due-wr.clock.base())
		if w.factor == 0 {
			w.factor = 10 * int64(cards.NewEFactor)
		}
	}
	if w.queue == 1 && c.DueAt.IsZero() {
		w.queue = 3
	}
	switch {
	case c.Suspended:
		w.queue = -1
	case c.Buried == formats.BuriedByScheduler:
		w.queue = -2
	case c.Buried == formats.BuriedByUser:
		w.queue = -3
	}
	return w
}

// leftOf is the number of answers left, with what an older Anki added to it.
func leftOf(c *formats.Card) int64 {
	var raw int64
	if json.Unmarshal(c.Extras[prefix+"left"], &raw) == nil && raw >= 0 && modulo(raw, 1000) == int64(c.Left) {
		return raw
	}
	return int64(max(c.Left, 0))
}

func (wr *writer) writeReviews(ctx context.Context, tx *sql.Tx) error {
	if wr.without.Progress {
		return nil
	}
	insert, err := tx.PrepareContext(ctx, `INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer func() { _ = insert.Close() }()
	unique := ownMoments(wr.draft.Reviews)
	for i := range wr.draft.Reviews {
		v := &wr.draft.Reviews[i]
		id, card := unique(v.At.UnixMilli()), v.CardID
		if v.Card >= 0 {
			card = wr.cards[v.Card]
		}
		kind := 4
		for k, name := range reviewKinds {
			if name == v.Kind {
				kind = k
			}
		}
		if _, err := insert.ExecContext(ctx, id, card, bounded(int64(v.Button), 0, 4), v.Interval, v.Last, v.Ease, v.Took.Milliseconds(), kind); err != nil {
			return fmt.Errorf("review %d: %w", id, err)
		}
		wr.step(1)
	}
	return nil
}

// ownMoments returns a function that gives every review a millisecond of its own, the
// next free one. In a log that is in order it only has to know the last.
func ownMoments(log []formats.Review) func(int64) int64 {
	if slices.IsSortedFunc(log, func(a, b formats.Review) int { return a.At.Compare(b.At) }) {
		last := int64(math.MinInt64)
		return func(id int64) int64 {
			last = max(id, last+1)
			return last
		}
	}
	used := make(map[int64]bool, len(log))
	return func(id int64) int64 {
		for used[id] {
			id++
		}
		used[id] = true
		return id
	}
}
