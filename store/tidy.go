package store

import (
	"context"
	"errors"
	"time"

	"recto/cards"
)

// Tidy does what a server that is never restarted has to do once a day: it ends plans
// after a break that are over, so that a card which comes back later does not revive
// them, and collects the media that nobody needs, unless an import is under way. What
// lies in the trash stays: the answers in it are part of the log, and of the figures.
func (s *Store) Tidy(ctx context.Context, now time.Time) error {
	return errors.Join(s.endComebacks(ctx, now), s.collectAlone(ctx, now))
}

// endComebacks ends the plans of which nothing is left, and was not on the last days.
func (s *Store) endComebacks(ctx context.Context, now time.Time) error {
	return s.write(ctx, "end come-backs", func(t *txn) error {
		_, err := t.exec(`UPDATE comebacks SET kind = 'none' WHERE kind <> 'none'
			AND NOT EXISTS (SELECT 1 FROM schedules s JOIN enrolments e ON e.user_id = s.user_id AND e.deck_id = s.deck_id AND e.state = 'active' AND e.paused = 0
				WHERE s.user_id = comebacks.user_id AND s.seen = 1 AND s.suspended = 0 AND s.due <= comebacks.begun)
			AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.user_id = comebacks.user_id AND r.day >= ?1 AND r.kind IN ('due', 'quiz') AND r.before_due <= comebacks.begun)`,
			int64(cards.Clock{}.Day(now)-2)) // every zone's today is later
		return err
	})
}

// collectAlone collects media while nobody imports, and lets no import begin meanwhile:
// what is staged may name a medium that nothing else does.
func (s *Store) collectAlone(ctx context.Context, now time.Time) error {
	l, err := s.importLock()
	if err != nil {
		return wrap("collect media", err)
	}
	if ok, err := l.TryLock(); err != nil || !ok {
		return wrap("collect media", err)
	}
	defer func() { _ = l.Unlock() }()
	return s.CollectMedia(ctx, now)
}
