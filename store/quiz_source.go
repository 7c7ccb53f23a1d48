package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"recto/cards"
)

// QuizSourceKind says what a quiz is about.
type QuizSourceKind string

// The kinds of source.
const (
	QuizAll     QuizSourceKind = "all"     // every deck that the user owns or studies
	QuizDecks   QuizSourceKind = "decks"   // one or several decks and those below them
	QuizArticle QuizSourceKind = "article" // what was made from one article of the user's
	QuizTag     QuizSourceKind = "tag"     // what bears a tag
	QuizToday   QuizSourceKind = "today"   // what was answered in the review on a day
	QuizMissed  QuizSourceKind = "missed"  // what was missed in the review on a day
	QuizLeeches QuizSourceKind = "leeches" // what was forgotten again and again
	QuizExam    QuizSourceKind = "exam"    // what a deck and those below it would ask until a day, and what is new in them
	QuizLast    QuizSourceKind = "last"    // what they would only ask after it: a last look before an exam
	QuizAgain   QuizSourceKind = "again"   // what was missed in an earlier quiz
	QuizPair    QuizSourceKind = "pair"    // two cards that are taken for one another
)

// QuizSource says which cards a quiz is made of.
type QuizSource struct {
	Kind    QuizSourceKind
	Decks   []DeckID // of QuizDecks, and the one of QuizExam and QuizLast
	Article ArticleID
	Tag     string
	Day     cards.Day // of QuizToday, QuizMissed, QuizExam and QuizLast
	Quiz    QuizID    // of QuizAgain
	Pair    [2]CardID // of QuizPair
}

// String writes a source so that two quizzes about the same have the same text, and
// ParseQuizSource reads it: "decks:3,5", "tag:rivers", "exam:3@20260".
func (q QuizSource) String() string {
	switch q.Kind {
	case QuizDecks:
		ids := make([]string, len(q.Decks))
		for i, id := range slices.Sorted(slices.Values(q.Decks)) {
			ids[i] = strconv.FormatInt(int64(id), 10)
		}
		return "decks:" + strings.Join(slices.Compact(ids), ",")
	case QuizArticle:
		return fmt.Sprintf("article:%d", q.Article)
	case QuizTag:
		return "tag:" + q.Tag
	case QuizToday, QuizMissed:
		return fmt.Sprintf("%s:%d", q.Kind, q.Day)
	case QuizExam, QuizLast:
		return fmt.Sprintf("%s:%d@%d", q.Kind, append(q.Decks, 0)[0], q.Day)
	case QuizAgain:
		return fmt.Sprintf("again:%d", q.Quiz)
	case QuizPair:
		return fmt.Sprintf("pair:%d,%d", min(q.Pair[0], q.Pair[1]), max(q.Pair[0], q.Pair[1]))
	}
	return string(q.Kind)
}

// ParseQuizSource reads what String writes.
func ParseQuizSource(s string) (q QuizSource, ok bool) {
	kind, rest, _ := strings.Cut(s, ":")
	q.Kind = QuizSourceKind(kind)
	number := func(s string) int64 {
		n, err := strconv.ParseInt(s, 10, 64)
		ok = ok && err == nil && n > 0
		return n
	}
	ok = true
	switch q.Kind {
	case QuizAll, QuizLeeches:
		ok = rest == ""
	case QuizDecks:
		for _, id := range strings.Split(rest, ",") {
			q.Decks = append(q.Decks, DeckID(number(id)))
		}
		ok = ok && len(q.Decks) <= 500
	case QuizArticle:
		q.Article = ArticleID(number(rest))
	case QuizTag:
		q.Tag = rest
		ok = rest != "" && len(rest) <= 200
	case QuizToday, QuizMissed:
		q.Day = cards.Day(number(rest))
	case QuizExam, QuizLast:
		deck, day, _ := strings.Cut(rest, "@")
		q.Decks, q.Day = []DeckID{DeckID(number(deck))}, cards.Day(number(day))
	case QuizAgain:
		q.Quiz = QuizID(number(rest))
	case QuizPair:
		a, b, _ := strings.Cut(rest, ",")
		q.Pair = [2]CardID{CardID(number(a)), CardID(number(b))}
	default:
		ok = false
	}
	return q, ok
}

// condition is the SQL for which cards the source has, and its arguments from ?2 on.
// A card that is set aside is not asked, and one in the trash is gone.
func (q QuizSource) condition() (string, []any) {
	const studied = `(d.user_id = ?1 OR e.state = 'active')`
	const seen = `(d.user_id = ?1 OR e.state = 'active' OR d.shared = 1)`
	switch q.Kind {
	case QuizExam, QuizLast:
		below := seen + ` AND EXISTS (SELECT 1 FROM decks r WHERE r.id = ?2 AND r.user_id = d.user_id
			AND (d.id = r.id OR substr(d.name_key, 1, length(r.name_key) + 2) = r.name_key || '::'))`
		args := []any{int64(append(q.Decks, 0)[0]), int64(q.Day)}
		if q.Kind == QuizLast {
			return below + ` AND s.seen = 1 AND s.due > ?3`, args
		}
		return below + ` AND (coalesce(s.seen, 0) = 0 OR s.due <= ?3)`, args
	case QuizDecks:
		ids := make([]string, len(q.Decks))
		for i, id := range q.Decks {
			ids[i] = strconv.FormatInt(int64(id), 10)
		}
		return seen + ` AND EXISTS (SELECT 1 FROM decks r WHERE r.id IN (` + strings.Join(ids, ",") + `) AND r.user_id = d.user_id
			AND (d.id = r.id OR substr(d.name_key, 1, length(r.name_key) + 2) = r.name_key || '::'))`, nil
	case QuizArticle:
		return `n.user_id = ?1 AND n.article_id = ?2 AND EXISTS (SELECT 1 FROM articles a WHERE a.id = ?2 AND a.user_id = ?1)`, []any{int64(q.Article)}
	case QuizTag:
		return studied + ` AND EXISTS (SELECT 1 FROM json_each(n.tags) j WHERE lower(j.value) = lower(?2) OR lower(substr(j.value, 1, length(?2) + 2)) = lower(?2) || '::')`, []any{q.Tag}
	case QuizToday:
		return studied + ` AND c.id IN (SELECT r.card_id FROM reviews r WHERE r.user_id = ?1 AND r.day = ?2 AND r.kind IN ('first', 'due', 'drill', 'early', 'quiz')
			AND NOT EXISTS (SELECT 1 FROM reviews u WHERE u.undoes = r.id))`, []any{int64(q.Day)}
	case QuizMissed:
		return studied + ` AND c.id IN (SELECT r.card_id FROM reviews r WHERE r.user_id = ?1 AND r.day = ?2 AND r.kind IN ('first', 'due', 'early', 'quiz')
			AND r.grade < 3 AND NOT EXISTS (SELECT 1 FROM reviews u WHERE u.undoes = r.id))`, []any{int64(q.Day)}
	case QuizPair:
		return seen + ` AND c.id IN (?2, ?3)`, []any{int64(q.Pair[0]), int64(q.Pair[1])}
	case QuizLeeches:
		return studied + ` AND s.lapses >= ?2`, []any{cards.LeechLapses}
	case QuizAgain:
		return seen + ` AND c.id IN (SELECT json_extract(p.value, '$.Card') FROM quizzes z JOIN quiz_questions q ON q.quiz_id = z.id, json_each(q.result, '$.Parts') p
			WHERE z.user_id = ?1 AND z.id = ?2 AND q.verdict <> '' AND q.overridden = 0 AND json_extract(p.value, '$.Verdict') <> 'right')`, []any{int64(q.Quiz)}
	}
	return studied, nil
}

const quizCards = ` FROM cards c JOIN notes n ON n.id = c.note_id JOIN decks d ON d.id = c.deck_id AND d.user_id IS NOT NULL
	LEFT JOIN enrolments e ON e.user_id = ?1 AND e.deck_id = d.id LEFT JOIN schedules s ON s.user_id = ?1 AND s.card_id = c.id
	WHERE coalesce(s.suspended, 0) = 0 AND `

// QuizCards counts the cards that a source has for a user now.
func (s *Store) QuizCards(ctx context.Context, user UserID, source QuizSource) (n int, err error) {
	where, args := source.condition()
	err = s.readers.QueryRowContext(ctx, `SELECT count(*)`+quizCards+where, append([]any{int64(user)}, args...)...).Scan(&n)
	return n, wrap("count cards of a quiz", err)
}
