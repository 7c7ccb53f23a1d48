package ask

import (
	"slices"
	"strconv"
	"strings"

	"recto/cards/quiz"
)

// Result is what an answer to a question was worth.
type Result struct {
	Verdict quiz.Verdict
	Reason  string
	Parts   []PartResult // one for each part of the question
}

// PartResult is what an answer was worth for one card.
type PartResult struct {
	Card    int64
	Verdict quiz.Verdict
	Given   string // in words
	Belongs int64  // the card whose right answer was given instead, 0 for none
}

// Valid reports whether given can be an answer to the question at all. An answer is
// written as follows:
//
//	choice         the number of the option, from 0; "" for "I do not know"
//	typed, cloze   what was typed
//	truth          "true" or "false"
//	match          the option of each part, separated by commas
//	order          the parts in the order given, the earliest first, separated by commas
func (q Question) Valid(given string) bool {
	switch q.Mode {
	case Choice:
		n, err := strconv.Atoi(given)
		return given == "" || err == nil && n >= 0 && n < len(q.Options)
	case Truth:
		return given == "true" || given == "false"
	case Match:
		list, ok := readNumbers(given, len(q.Options))
		return ok && len(list) == len(q.Parts)
	case Order:
		list, ok := readNumbers(given, len(q.Parts))
		return ok && len(list) == len(q.Parts) && len(slices.Compact(slices.Sorted(slices.Values(list)))) == len(list)
	}
	return true
}

// readNumbers reads whole numbers below n.
func readNumbers(s string, n int) ([]int, bool) {
	var list []int
	for _, w := range strings.Split(s, ",") {
		i, err := strconv.Atoi(w)
		if err != nil || i < 0 || i >= n {
			return nil, false
		}
		list = append(list, i)
	}
	return list, true
}

// Judge says what a valid answer was worth. It is a pure function.
func (q Question) Judge(given string) Result {
	switch q.Mode {
	case Choice:
		return q.judgeChoice(given)
	case Truth:
		return q.judgeTruth(given)
	case Match:
		return q.judgeMatch(given)
	case Order:
		return q.judgeOrder(given)
	}
	return q.judgeTyped(given)
}

func (q Question) one(v quiz.Verdict, reason, given string, belongs int64) Result {
	return Result{v, reason, []PartResult{{q.Parts[0].Card, v, given, belongs}}}
}

func (q Question) judgeChoice(given string) Result {
	n, err := strconv.Atoi(given)
	switch {
	case err != nil || n < 0 || n >= len(q.Options):
		return q.one(quiz.Wrong, "You did not choose.", "", 0)
	case n == q.Right[0]:
		return q.one(quiz.Right, "Right.", q.Options[n].Text, 0)
	}
	return q.one(quiz.Wrong, "Another answer was right.", q.Options[n].Text, q.Options[n].Card)
}

func (q Question) judgeTruth(given string) Result {
	claim := q.Options[0]
	said := map[bool]string{true: "true: " + claim.Text, false: "not " + claim.Text}[given == "true"]
	switch {
	case (given == "true") == q.True:
		return q.one(quiz.Right, "Right.", said, 0)
	case q.True:
		return q.one(quiz.Wrong, "It is true.", said, 0)
	}
	return q.one(quiz.Wrong, "It is not true.", said, claim.Card)
}

func (q Question) judgeTyped(given string) Result {
	j := quiz.Judge(q.Expected(0), given)
	var belongs int64
	if j.Verdict == quiz.Wrong {
		belongs = q.belongs(given)
	}
	return q.one(j.Verdict, j.Reason, given, belongs)
}

// belongs is the card whose right answer was typed, 0 for none.
func (q Question) belongs(given string) int64 {
	for _, o := range q.Others {
		e := quiz.Expected{Kind: o.Kind, Type: o.Type, Text: o.Text, Value: o.Value}
		if o.Card != 0 && quiz.Judge(e, given).Verdict == quiz.Right {
			return o.Card
		}
	}
	return 0
}

func (q Question) judgeMatch(given string) Result {
	list, _ := readNumbers(given, len(q.Options))
	var r Result
	right := 0
	for i, part := range q.Parts {
		p := PartResult{Card: part.Card, Verdict: quiz.Wrong}
		if i < len(list) {
			chosen := q.Options[list[i]]
			p.Given = chosen.Text
			if list[i] == q.Right[i] {
				p.Verdict = quiz.Right
				right++
			} else {
				p.Belongs = chosen.Card
			}
		}
		r.Parts = append(r.Parts, p)
	}
	return r.sum(right, len(q.Parts), "pairs are right")
}

func (q Question) judgeOrder(given string) Result {
	list, _ := readNumbers(given, len(q.Parts))
	r := Result{Parts: make([]PartResult, len(q.Parts))}
	right := 0
	for i, part := range q.Parts {
		r.Parts[i] = PartResult{Card: part.Card, Verdict: quiz.Wrong}
	}
	for place, i := range list {
		r.Parts[i].Given = "number " + strconv.Itoa(place+1)
		if q.Right[i] == place {
			r.Parts[i].Verdict = quiz.Right
			right++
		}
	}
	return r.sum(right, len(q.Parts), "in place")
}

// sum is the verdict of a question of several parts: right when all of them are.
func (r Result) sum(right, of int, what string) Result {
	r.Verdict = quiz.Wrong
	if right == of {
		r.Verdict = quiz.Right
	}
	r.Reason = strconv.Itoa(right) + " of " + strconv.Itoa(of) + " " + what + "."
	return r
}
