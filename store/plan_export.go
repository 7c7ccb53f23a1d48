package store

import (
	"database/sql"

	"recto/cards"
	"recto/cards/plan"
)

// The exported lists of exams, and of the one plan after a break.
var (
	examList = exportedList{"exams", `SELECT d.name, x.day, x.raise, x.made FROM exams x JOIN decks d ON d.id = x.deck_id AND d.user_id IS NOT NULL
		WHERE x.user_id = ?1 ORDER BY x.day, d.name, d.id`, exportExam}
	comebackList = exportedList{"comeback", `SELECT kind, begun, per_day, cards, until FROM comebacks WHERE user_id = ?1`, exportComeback}
)

// exportedExam is an Exam, with its days as dates.
type exportedExam struct {
	Deck  string `json:"deck"`
	Day   string `json:"day"`
	Raise bool   `json:"raise,omitempty"`
	Made  string `json:"made"`
}

func exportExam(_ *exporter, rows *sql.Rows) (any, error) {
	var x exportedExam
	var day, made cards.Day
	err := rows.Scan(&x.Deck, &day, &x.Raise, &made)
	x.Day, x.Made = day.String(), made.String()
	return x, err
}

// exportedComeback is a Comeback, with its days as dates.
type exportedComeback struct {
	Kind   plan.Kind `json:"kind"`
	Begun  string    `json:"begun"`
	PerDay int       `json:"per_day"`
	Cards  int       `json:"cards"`
	Until  string    `json:"until"`
}

func exportComeback(_ *exporter, rows *sql.Rows) (any, error) {
	var x exportedComeback
	var begun, until cards.Day
	err := rows.Scan(&x.Kind, &begun, &x.PerDay, &x.Cards, &until)
	x.Begun, x.Until = begun.String(), until.String()
	return x, err
}
