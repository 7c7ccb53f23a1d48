package anki

import (
	"context"
	"database/sql/driver"
	"fmt"
	"strings"

	"golang.org/x/sync/errgroup"

	"recto/cards/formats"
)

// newest is the newest schema that is known; 12 and 13 were never released.
const newest = 18

// colColumns are those of the single row of the table "col".
var colColumns = []string{"crt", "mod", "ver", "conf", "models", "decks", "dconf"}

// collection reads the database in file.
func (r *reader) collection(ctx context.Context, file string) error {
	db, err := open(ctx, file)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	work, inner := errgroup.WithContext(ctx)
	damage := ""
	work.Go(func() (err error) {
		damage, err = db.damage(inner)
		return err
	})
	work.Go(func() error { return r.tables(inner, db) })
	if err := work.Wait(); err != nil {
		return err
	}
	if damage == "" {
		return nil
	}
	if len(r.draft.Notes) == 0 {
		return formats.Damaged("its database is broken (%s); in Anki, choose Tools > Check Database and export it anew", short(damage))
	}
	r.tell("the collection", "its database is broken in a part; what could be read is here", false)
	return nil
}

// tables reads all tables of a database.
func (r *reader) tables(ctx context.Context, db *database) error {
	col, err := r.col(ctx, db)
	if err != nil {
		return err
	}
	if err := r.describe(ctx, db, col); err != nil {
		return err
	}
	for _, step := range []func(context.Context, *database) error{r.readNotes, r.readCards, r.readReviews} {
		if err := step(ctx, db); err != nil {
			return err
		}
	}
	return nil
}

// col reads the single row about the whole and sets the clock.
func (r *reader) col(ctx context.Context, db *database) (map[string]string, error) {
	if !db.has("col", "crt", "ver") || !db.has("notes", "id", "flds") || !db.has("cards", "id", "nid") {
		return nil, formats.Damaged("its database is not laid out as Anki's are")
	}
	var col map[string]string
	var version, modified int64
	err := db.each(ctx, "col", colColumns, 100, func(c []driver.Value) error {
		if col != nil {
			return nil
		}
		r.created, modified, version = whole(c[0]), whole(c[1]), whole(c[2])
		col = map[string]string{}
		for i := 3; i < len(c); i++ {
			const most = 16 << 20 // bytes of JSON in one column
			if size(c[i]) > most {
				return formats.TooLarge("the column %q of its table \"col\" is larger than %d MiB", colColumns[i], most>>20)
			}
			col[colColumns[i]] = text(c[i])
		}
		return nil
	})
	switch {
	case err != nil:
		return nil, err
	case col == nil:
		return nil, formats.Damaged("the table \"col\" of its database is empty")
	case version > newest:
		return nil, fmt.Errorf("%w: it is a collection of schema %d, and %d is the newest known", formats.ErrTooNew, version, newest)
	case !strings.HasPrefix(strings.TrimSpace(col["models"]), "{") && !db.has("notetypes"):
		return nil, fmt.Errorf("%w: a collection of schema %d without note types; open it in Anki and export it anew", formats.ErrTooOld, version)
	}
	return col, r.settings(ctx, db, col["conf"], modified)
}

// size is the length of a cell of text.
func size(cell any) int {
	switch v := cell.(type) {
	case string:
		return len(v)
	case []byte:
		return len(v)
	}
	return 0
}

// settings reads the settings: when the collection was made, in which zone, and
// with which scheduler it was studied.
func (r *reader) settings(ctx context.Context, db *database, raw string, modified int64) error {
	conf := object{}
	if strings.TrimSpace(raw) != "" {
		if err := formats.DecodeJSON([]byte(raw), r.limits.Depth, &conf); err != nil {
			return fmt.Errorf("the settings: %w", err)
		}
	}
	if db.has("config", "key", "val") {
		newer, err := settings18(ctx, db, r.limits)
		if err != nil {
			return err
		}
		conf = newer
	}
	if r.created < 0 || r.created > latest {
		r.created = 0
	}
	r.clock, r.scheduler = newClock(r.created, conf), 1
	if conf.whole("schedVer") == 2 || conf.flag("sched2021") {
		r.scheduler = 2
	}
	if modified < 1e11 { // some programs write seconds
		modified *= 1000
	}
	r.draft.Made = millis(modified)
	kept := object{}
	for key, value := range conf {
		kept[key] = compact(value)
	}
	r.draft.Extras = formats.Extras{prefix + "conf": rawJSON(kept), prefix + "crt": rawJSON(r.created)}
	return r.weight.Text(len(raw))
}
