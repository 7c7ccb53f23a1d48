package store

import (
	"fmt"

	"recto/cards"
	"recto/cards/search"
)

// How a schedule stands; a card without one is new.
const (
	isSeen      = `coalesce(s.seen, 0) = 1`
	isSuspended = `coalesce(s.suspended, 0) = 1`
	isLearning  = `(coalesce(s.drill, 0) = 1 OR coalesce(s.repetitions, 0) = 0)`
)

// ofSchedule translates what is asked of a schedule.
func (q *finder) ofSchedule(w *where, n search.Node) string {
	switch n := n.(type) {
	case search.State:
		w.schedule = true
		return q.state(n)
	case search.Flag:
		w.schedule = true
		return fmt.Sprintf(`coalesce(s.flag, 0) = %d`, n.Colour)
	case search.Prop:
		return q.property(w, n)
	}
	return q.since(w, n.(search.Since))
}

func (q *finder) state(s search.State) string {
	buried := fmt.Sprintf(`coalesce(s.buried, 0) >= %d`, q.today)
	asked := `NOT ` + isSuspended + ` AND NOT ` + buried
	switch s {
	case search.Due:
		return fmt.Sprintf(`(%s AND %s AND (s.due <= %d OR s.drill = 1 AND s.last = %d))`, isSeen, asked, q.today, q.today)
	case search.New:
		return `coalesce(s.seen, 0) = 0`
	case search.Learning:
		return `(` + isSeen + ` AND ` + isLearning + `)`
	case search.Reviewed:
		return `(` + isSeen + ` AND (NOT ` + isLearning + ` OR s.lapses > 0))`
	case search.Suspended:
		return isSuspended
	default:
		return `(` + buried + ` AND NOT ` + isSuspended + `)`
	}
}

// answerCount counts the answers to a card that were not taken back, here and elsewhere.
// Of those given elsewhere, the file says how many there were where its log has fewer.
const answerCount = `((SELECT count(*) FROM reviews r WHERE r.card_id = ` + idOf + ` AND r.user_id = %[1]d AND r.kind IN ('first', 'due', 'drill', 'early', 'quiz')
	AND NOT EXISTS (SELECT 1 FROM reviews u WHERE u.undoes = r.id))
	+ max((SELECT count(*) FROM old_answers o WHERE o.user_id = %[1]d AND o.card_id = ` + idOf + ` AND o.button > 0),
	coalesce((SELECT k.source ->> '$.reps' - coalesce(k.source ->> '$.own', 0) FROM cards k JOIN notes m ON m.id = k.note_id WHERE k.id = ` + idOf + ` AND m.user_id = %[1]d AND k.source <> ''), 0)))`

// placeInLine is where a card that came with a file stood among the new ones.
const placeInLine = `(SELECT k.source ->> '$.position' FROM cards k WHERE k.id = ` + idOf + ` AND k.source <> '')`

func (q *finder) property(w *where, p search.Prop) string {
	compare := fmt.Sprintf(" %s %d", p.Op, p.Value)
	w.schedule = true
	switch p.Name {
	case search.Interval:
		return `coalesce(s.interval, 0)` + compare
	case search.Ease:
		return `coalesce(s.e_factor, 250)` + compare
	case search.Lapses:
		return `coalesce(s.lapses, 0)` + compare
	case search.Place:
		return `(NOT ` + isSeen + ` AND coalesce(` + placeInLine + compare + `, 0))`
	case search.DueIn:
		return fmt.Sprintf(`(%s AND NOT %s AND s.buried < %d AND s.due - %d%s)`, isSeen, isSuspended, q.today, q.today, compare)
	default:
		return fmt.Sprintf(answerCount, q.user) + compare
	}
}

// since is where something happened in the last days.
func (q *finder) since(w *where, n search.Since) string {
	first := q.today - cards.Day(n.Days) + 1
	switch n.What {
	case search.Added:
		w.card = true
		return fmt.Sprintf(`c.created >= %d`, millis(q.clock.Start(first)))
	case search.Edited:
		w.card, w.note = true, true
		return fmt.Sprintf(`n.changed >= %d`, millis(q.clock.Start(first)))
	case search.Introduced:
		w.schedule = true
		old := fmt.Sprintf(`SELECT o.day FROM old_answers o WHERE o.user_id = %d AND o.card_id = `+idOf+` AND o.button > 0`, q.user)
		return fmt.Sprintf(`((coalesce(s.first, 0) >= %[1]d OR EXISTS (%[2]s AND o.day >= %[1]d)) AND coalesce((%[2]s ORDER BY o.at LIMIT 1), s.first) >= %[1]d)`, first, old)
	case search.Resched:
		w.schedule = true
		return fmt.Sprintf(idOf+` IN (SELECT r.card_id FROM reviews r WHERE r.user_id = %[1]d AND r.day >= %[2]d AND r.kind = 'reset' AND NOT EXISTS (SELECT 1 FROM reviews u WHERE u.undoes = r.id)
			UNION ALL SELECT o.card_id FROM old_answers o WHERE o.user_id = %[1]d AND o.day >= %[2]d AND o.button = 0 AND o.kind IN ('manual', 'schedule'))`, q.user, first)
	}
	w.schedule = true
	here, there := "", ""
	switch n.Button {
	case 0:
	case 1:
		here, there = ` AND r.grade < 3`, ` AND o.button = 1`
	default:
		here, there = fmt.Sprintf(` AND r.grade = %d`, n.Button+1), fmt.Sprintf(` AND o.button = %d`, n.Button)
	}
	return fmt.Sprintf(idOf+` IN (SELECT r.card_id FROM reviews r WHERE r.user_id = %[1]d AND r.day >= %[2]d AND r.kind IN ('first', 'due', 'drill', 'early', 'quiz')
		AND NOT EXISTS (SELECT 1 FROM reviews u WHERE u.undoes = r.id)%[3]s
		UNION ALL SELECT o.card_id FROM old_answers o WHERE o.user_id = %[1]d AND o.day >= %[2]d AND o.button > 0%[4]s)`, q.user, first, here, there)
}
