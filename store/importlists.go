package store

import (
	"fmt"
	"slices"
	"time"

	"recto/cards"
	"recto/cards/plan"
	"recto/cards/quiz"
)

// What a document of Recto's own says of a user beside decks, notes, cards, the log and
// articles comes back here: what is kept with cards into any account, what is of the
// account as a whole into one that has nothing yet.

// showLists stores it, in the job that makes the import visible.
func (m *staging) showLists(t *txn) error {
	for _, list := range []func(*txn) error{m.showTrash, m.showAids, m.showAccepted, m.showGiven, m.showExams, m.showComeback, m.showQuizzes, m.showSearches} {
		if err := list(t); err != nil {
			return err
		}
	}
	return nil
}

// exported reads one of the exported lists; nothing where it cannot be read.
func exported[T any](m *staging, list exportedList) []T {
	all, _ := own[[]T](m.draft.Extras, ownPrefix+list.key)
	return all
}

// cardAt is the card here that stands at a place of the document, 0 for none.
func (m *staging) cardAt(place int) int64 {
	if place < 0 || place >= len(m.cardIDs) || m.cards[place].id == 0 && !m.keepsCard(place) {
		return 0
	}
	return int64(m.cardIDs[place])
}

func (m *staging) showAids(t *txn) error {
	for _, x := range exported[exportedAid](m, aidList) {
		card, typing := m.cardAt(x.Card), x.Typing
		if card == 0 || typing != TypingAsDeck && typing != TypingYes && typing != TypingNo || x.LeftAt < 0 {
			continue
		}
		err := t.repeat(`INSERT OR IGNORE INTO card_aids (user_id, card_id, typed, mnemonic, left_at) VALUES (?, ?, ?, ?, ?)`, int64(m.user), card, string(typing), x.Mnemonic, x.LeftAt)
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *staging) showAccepted(t *txn) error {
	for _, x := range exported[exportedAccepted](m, acceptedList) {
		card := m.cardAt(x.Card)
		if card == 0 || x.Answer == "" {
			continue
		}
		if err := t.repeat(`INSERT OR IGNORE INTO accepted_answers (user_id, card_id, answer, at) VALUES (?, ?, ?, ?)`, int64(m.user), card, x.Answer, millis(x.At)); err != nil {
			return err
		}
	}
	return nil
}

// showGiven stores answers that were not right, each once.
func (m *staging) showGiven(t *txn) error {
	for n, x := range exported[exportedGiven](m, givenList) {
		card, belongs := m.cardAt(x.Card), int64(0)
		if card == 0 || x.Place != GivenInQuiz && x.Place != GivenInReview || x.Verdict != quiz.Close && x.Verdict != quiz.Wrong {
			continue
		}
		if x.Belongs != nil {
			belongs = m.cardAt(*x.Belongs)
		}
		err := t.repeat(`INSERT INTO answers_given (user_id, card_id, place, given, verdict, belongs, overridden, key, at) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9
			WHERE NOT EXISTS (SELECT 1 FROM answers_given g WHERE g.user_id = ?1 AND g.card_id = ?2 AND g.given = ?4 AND g.at = ?9)`,
			int64(m.user), card, string(x.Place), x.Given, string(x.Verdict), belongs, bit(x.Overridden), numberedKey(m.id, fmt.Sprint(n)), millis(x.At))
		if err != nil {
			return err
		}
	}
	return nil
}

// showExams stores the days of exams of the decks that are new.
func (m *staging) showExams(t *txn) error {
	for _, x := range exported[exportedExam](m, examList) {
		day, ok := readDay(x.Day)
		made, okMade := readDay(x.Made)
		at := slices.IndexFunc(m.decks, func(d fatedDeck) bool { return d.id != 0 && d.id == d.staged && fold(d.name) == fold(deckName(x.Deck)) })
		if !ok || !okMade || at < 0 {
			continue
		}
		err := t.repeat(`INSERT OR IGNORE INTO exams (user_id, deck_id, day, raise, made) VALUES (?, ?, ?, ?, ?)`, int64(m.user), int64(m.decks[at].id), int64(day), bit(x.Raise), int64(made))
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *staging) showComeback(t *txn) error {
	for _, x := range exported[exportedComeback](m, comebackList) {
		begun, ok := readDay(x.Begun)
		until, okUntil := readDay(x.Until)
		if !m.empty || !ok || !okUntil || !x.Kind.Valid() || x.Kind != plan.None && x.PerDay < 1 || x.Cards < 0 {
			continue
		}
		err := t.repeat(`INSERT OR IGNORE INTO comebacks (user_id, kind, begun, per_day, cards, until) VALUES (?, ?, ?, ?, ?, ?)`, int64(m.user), string(x.Kind), int64(begun), x.PerDay, x.Cards, int64(until))
		if err != nil {
			return err
		}
	}
	return nil
}

// showQuizzes stores the quizzes of an account that moves. Its counts are those of the
// questions that can be read.
func (m *staging) showQuizzes(t *txn) error {
	if !m.empty {
		return nil
	}
	var ids []QuizID
	for n, x := range exported[exportedQuiz](m, quizList) {
		source, _ := ParseQuizSource(x.Source)
		if source.Kind == "" || source.Kind != x.From {
			source.Kind = x.From
		}
		source = source.renumbered(m.deckAt, func(at CardID) CardID { return CardID(m.cardAt(int(at) - 1)) }, func(at QuizID) QuizID {
			if 0 < at && int(at) <= len(ids) {
				return ids[at-1]
			}
			return 0
		}, m.articleOf(x.Article))
		id, err := m.showQuiz(t, n, x, source)
		if err != nil {
			return err
		}
		ids = append(ids, id)
	}
	return nil
}

func (m *staging) deckAt(at DeckID) DeckID {
	if at < 1 || int(at) > len(m.deckOf) || m.deckOf[at-1] < 0 {
		return 0
	}
	return m.decks[m.deckOf[at-1]].id
}

func (m *staging) articleOf(hash string) ArticleID {
	if a := m.articles[hash]; a != nil && hash != "" {
		return a.id
	}
	return 0
}

func (m *staging) showQuiz(t *txn, n int, x exportedQuiz, source QuizSource) (QuizID, error) {
	x.Asked = slices.DeleteFunc(x.Asked, func(q exportedQuestion) bool { return !q.sound() })
	if len(x.Asked) == 0 {
		return 0, nil
	}
	answered, correct := 0, 0
	for _, q := range x.Asked {
		answered += int(bit(q.Verdict != ""))
		correct += int(bit(q.Verdict == quiz.Right || q.Overridden))
	}
	var ended any
	if x.Ended != nil {
		ended = millis(*x.Ended)
	}
	id, err := t.insert(`INSERT INTO quizzes (user_id, key, source, name, mode, bring, counts, questions, answered, correct, begun, day, ended) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		int64(m.user), numberedKey(m.id, fmt.Sprint(n)), source.String(), x.Name, string(x.Mode), bit(x.Bring), bit(x.Counts), len(x.Asked), answered, correct, millis(x.Begun), int64(x.Day), ended)
	card := func(at int64) int64 { return m.cardAt(int(at) - 1) }
	for i := 0; err == nil && i < len(x.Asked); i++ {
		q := x.Asked[i]
		result, at, key := "", int64(0), ""
		if q.Result != nil {
			result = toJSON(q.Result.Renumbered(card))
		}
		if q.At != nil {
			at = millis(*q.At)
		}
		if q.Verdict != "" {
			key = numberedKey(m.id, fmt.Sprint(i))
		}
		err = t.repeat(`INSERT INTO quiz_questions (quiz_id, position, question, key, given, result, verdict, overridden, at, took) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			id, i, toJSON(q.Renumbered(card)), key, q.Given, result, string(q.Verdict), bit(q.Overridden), at, q.Took)
	}
	return QuizID(id), err
}

// sound reports whether a question that was read from a file can be shown.
func (q exportedQuestion) sound() bool {
	switch q.Verdict {
	case "":
		return q.Sound() && q.Result == nil && !q.Overridden
	case quiz.Right, quiz.Close, quiz.Wrong:
		return q.Sound() && q.Result != nil && len(q.Result.Parts) == len(q.Parts) && q.Valid(q.Given)
	}
	return false
}

// readDay reads a day that was written as a date.
func readDay(date string) (cards.Day, bool) {
	at, err := time.Parse(time.DateOnly, date)
	return cards.DayOf(at.Year(), at.Month(), at.Day()), err == nil
}
