// Package quiz judges typed answers by their meaning.
//
// An answer is right when it means the same as the expected one: the same date in
// any form ("21 March 2022", "2022-03-21", "Mar 21st, 2022", "21/3/22"), the same
// number in words, digits or magnitudes and the same unit in any spelling
// ("US$ 9 billion", "9bn dollars"), the same name with or without titles, given
// names, initials, diacritics or a slip of spelling, the same set in any order.
//
// It is close when it is true but says less than was asked (the year of a day),
// has the right number with another unit, or is a name nearly spelt. It is wrong
// otherwise: another year, another number or another name that the article knows
// is never accepted, however near its letters are.
//
// In a review that is answered by typing, a verdict proposes a grade: right is 4
// (Good), close 3 (Hard), wrong 2 (Again). The person may choose any other; one that
// passes and is better than that proposed says that they were right.
package quiz

import (
	"regexp"
	"strings"

	"recto/cards"
)

// Verdict says how a typed answer compares with the expected one.
type Verdict string

// The three verdicts.
const (
	Right Verdict = "right"
	Close Verdict = "close"
	Wrong Verdict = "wrong"
)

// Grade is the grade that a verdict proposes for a typed answer in a review.
func (v Verdict) Grade() cards.Grade {
	switch v {
	case Right:
		return cards.Good
	case Close:
		return cards.Hard
	}
	return cards.Again
}

// Overruled reports whether a person who chose grade g says that they were right.
func (v Verdict) Overruled(g cards.Grade) bool { return v != Right && g.Passed() && g > v.Grade() }

// Judgement is a Verdict with its reason in a sentence.
type Judgement struct {
	Verdict Verdict
	Reason  string
}

// Expected is what a typed answer is judged against.
type Expected struct {
	Kind   cards.FactKind // of the fact, "" when not known
	Type   string         // finer: "person", "year", ...
	Front  string         // the question: repeating a name it gives is no answer
	Text   string         // the answer as it is shown
	Value  string         // its normal form: EDTF, a number and unit, items joined by "|"
	Accept []string       // further answers that the learner or the author allowed
	Others []string       // other answers of the same article or deck, which must never pass for this one
}

// maxTyped is the longest answer that is judged, in bytes: comparing spellings
// takes time in the product of the lengths.
const maxTyped = 2000

// maxItems is the longest set that is compared, item with item.
const maxItems = 50

// Judge compares what was typed with what was expected. It is a pure function.
func Judge(e Expected, typed string) Judgement {
	if len(typed) > maxTyped {
		return Judgement{Wrong, "That is too long for an answer."}
	}
	if len(e.Text)+len(e.Value) > 2*maxTyped && !same(typed, e.Text) {
		return Judgement{Wrong, "So long an answer is only right word for word."}
	}
	if strings.TrimSpace(typed) == "" {
		return Judgement{Wrong, "Nothing was typed."}
	}
	if same(typed, e.Text) {
		return Judgement{Right, "Exactly."}
	}
	for _, a := range e.Accept {
		if same(typed, a) {
			return Judgement{Right, "An accepted answer."}
		}
	}
	if fold(typed) == "" {
		return Judgement{Wrong, "That has neither a word nor a number."}
	}
	j := e.byMeaning(typed)
	if j.Verdict == Wrong || !e.isName() {
		return j
	}
	// A name that is another answer of the same article is wrong, however near.
	for _, o := range e.Others {
		if !same(o, e.Text) && same(typed, o) && !alias(typed, e.Text) {
			return Judgement{Wrong, "That is another answer of the same article."}
		}
	}
	return j
}

// byMeaning picks the judge for the kind of answer.
func (e Expected) byMeaning(typed string) Judgement {
	switch e.Kind {
	case cards.DateFact:
		return judgeDate(e, typed)
	case cards.QuantityFact:
		return judgeQuantity(e, typed)
	case cards.ListFact:
		return judgeSet(e, typed)
	}
	if e.Kind == "" {
		// The kind is not known, as in cards that a person wrote: an answer that
		// reads as a date or a number through and through is judged as one.
		if d := parseTyped(e.Text, false); len(d) == 1 && d[0].years() {
			e.Value = ""
			return judgeDate(e, typed)
		}
		if _, ok := parseQuantity(e.Text); ok {
			e.Value = ""
			return judgeQuantity(e, typed)
		}
		if items := splitItems(e.Text); len(items) > 2 {
			return judgeSet(e, typed)
		}
	}
	return judgeName(e, typed)
}

func (e Expected) isName() bool {
	return e.Kind != cards.DateFact && e.Kind != cards.QuantityFact && e.Kind != cards.ListFact
}

// judgeSet compares sets in any order. Each item is judged as a name, and may be
// typed once; missing items make the answer close when none is wrong.
func judgeSet(e Expected, typed string) Judgement {
	want := strings.Split(e.Value, "|")
	if len(want) < 2 {
		want = splitItems(e.Text)
	}
	got := e.typedItems(want, typed)
	if len(got) > maxItems || len(want) > maxItems {
		return Judgement{Wrong, "Those are too many items to compare."}
	}
	taken := make([]bool, len(want))
	found, near := 0, 0
	for _, g := range got {
		best, at := Wrong, -1
		for i, w := range want {
			if taken[i] {
				continue
			}
			others := append(append([]string{}, e.Others...), except(want, i)...)
			switch j := Judge(Expected{Kind: cards.NameFact, Front: e.Front, Text: w, Value: w, Others: others}, g); {
			case j.Verdict == Right:
				best, at = Right, i
			case j.Verdict == Close && best == Wrong:
				best, at = Close, i
			}
			if best == Right {
				break
			}
		}
		switch best {
		case Right:
			taken[at] = true
			found++
		case Close:
			taken[at] = true
			near++
		default:
			return Judgement{Wrong, "“" + strings.TrimSpace(g) + "” is not one of them."}
		}
	}
	switch {
	case found == len(want):
		return Judgement{Right, "All of them, in any order."}
	case found+near == len(want):
		return Judgement{Close, "All of them, nearly as spelt."}
	case found+near > 0:
		return Judgement{Close, count(found+near) + " of " + count(len(want)) + "."}
	}
	return Judgement{Wrong, "None of them."}
}

// numbered is the number before an item of a list.
var numbered = regexp.MustCompile(`(?:^|\s)\d{1,2}[.)]\s`)

// typedItems takes what was typed apart: also at slashes and plus signs, where no item
// has one, and at numbers before items. Items with nothing between them are found by name.
func (e Expected) typedItems(want []string, typed string) []string {
	typed = numbered.ReplaceAllString(typed, ",")
	if !strings.ContainsAny(strings.Join(want, ""), "/+") {
		typed = strings.NewReplacer("/", ",", "+", ",").Replace(typed)
	}
	items := splitItems(typed)
	if len(items) != 1 {
		return items
	}
	left, found := " "+fold(typed)+" ", []string(nil)
	for _, w := range want {
		if name := " " + fold(w) + " "; strings.Count(left, name) == 1 {
			left = strings.Replace(left, name, "  ", 1)
			found = append(found, w)
		}
	}
	if strings.TrimSpace(left) == "" {
		return found
	}
	return items
}

func except(list []string, i int) []string {
	return append(append([]string{}, list[:i]...), list[i+1:]...)
}

// splitItems takes a list apart at commas, semicolons, "and", "or", "&" and lines.
func splitItems(s string) []string {
	s = strings.NewReplacer(";", ",", "\n", ",", "|", ",", " & ", ",", " and ", ",", " or ", ",", " plus ", ",", " AND ", ",").Replace(s)
	var items []string
	for _, item := range strings.Split(s, ",") {
		item = strings.TrimSpace(item)
		item = strings.TrimPrefix(strings.TrimPrefix(item, "and "), "or ")
		if fold(item) != "" {
			items = append(items, item)
		}
	}
	return items
}
