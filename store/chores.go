package store

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// The kinds of chore: work of several transactions.
const (
	choreCards    = "cards"    // give the cards of deck item above card user_id to all who study it
	choreEnrol    = "enrol"    // give a user all cards of deck item
	choreArticle  = "article"  // take away an article that was not stored whole
	choreImport   = "import"   // take away import item, which was not shown, or show the rest of it
	choreTakeBack = "takeback" // take import item back
	choreBulk     = "bulk"     // do act item of a user, or take it back
	choreUser     = "user"     // take away everything of a user
	choreType     = "type"     // make the cards of all notes of type item follow it
	choreSides    = "sides"    // write the text of all cards of note type item anew, or of all
)

// chore is noted in the transaction that begins the work, and taken off by the one
// that ends it.
type chore struct {
	ID     int64
	Kind   string
	Begun  int64 // instant
	UserID int64
	ItemID int64
	Day    int64
}

func (chore) TableName() string { return "chores" }

func (t *txn) addChore(c chore) (*chore, error) {
	c.Begun = millis(time.Now())
	err := t.db.Create(&c).Error
	return &c, err
}

func (t *txn) endChore(c chore) error {
	_, err := t.exec(`DELETE FROM chores WHERE id = ?`, c.ID)
	return err
}

// finish does a chore. It is not ended with the context that began it: a work that
// has begun is carried through.
func (s *Store) finish(ctx context.Context, c *chore) error {
	if c == nil {
		return nil
	}
	ctx = context.WithoutCancel(ctx)
	switch c.Kind {
	case choreCards:
		return s.spreadCards(ctx, *c)
	case choreEnrol:
		return s.fillEnrolment(ctx, *c)
	case choreArticle:
		return s.purgeArticle(ctx, *c)
	case choreImport:
		return s.finishImport(ctx, *c)
	case choreTakeBack:
		return s.resumeTakeBack(ctx, *c)
	case choreBulk:
		return s.runBulk(ctx, *c)
	case choreUser:
		return s.purgeUser(ctx, *c)
	case choreType:
		return s.followType(ctx, *c)
	case choreSides:
		return s.fillSides(ctx, *c)
	}
	return fmt.Errorf("store: a chore of kind %q is not known", c.Kind)
}

// storing is how long an article may take to be stored. Another process may be at it
// when this one starts, as it may be at an import; all other chores can be done by two at once.
const storing = 10 * time.Minute

// finishChores does what a crash has left.
func (s *Store) finishChores(ctx context.Context) error {
	var left []chore
	if err := s.read(ctx).Order("id").Find(&left).Error; err != nil {
		return err
	}
	for i := range left {
		if left[i].Kind == choreArticle && time.Since(instant(left[i].Begun)) < storing {
			continue
		}
		if left[i].Kind == choreImport && !s.abandoned() {
			continue
		}
		s.log.Info("finishing work that was interrupted", "kind", left[i].Kind)
		if err := s.finish(ctx, &left[i]); err != nil {
			return err
		}
	}
	if err := s.CollectMedia(ctx, time.Now()); err != nil && !errors.Is(err, ErrBusy) {
		s.log.Warn("media that nobody needs stay", "error", err)
	}
	return nil
}

// inChunks runs a statement that touches maxChunk rows at most until none is left,
// each time in a job of its own.
func (s *Store) inChunks(ctx context.Context, method, query string, args ...any) error {
	for {
		var n int64
		err := s.write(ctx, method, func(t *txn) (err error) {
			n, err = t.exec(query, args...)
			return err
		})
		if err != nil || n == 0 {
			return err
		}
	}
}
