package ask

import (
	"fmt"
	"strings"

	"recto/cards/quiz"
)

// Faults are what a teacher would refuse the question for, each in a sentence; none
// for a good one. It looks at the question alone, not at how it was made.
func (q Question) Faults() []string {
	var f faults
	f.parts(q)
	switch q.Mode {
	case Choice:
		f.choice(q)
	case Truth:
		f.truth(q)
	case Match:
		f.match(q)
	case Order:
		f.order(q)
	}
	return f
}

type faults []string

func (f *faults) say(bad bool, format string, args ...any) {
	if bad {
		*f = append(*f, fmt.Sprintf(format, args...))
	}
}

func (f *faults) parts(q Question) {
	f.say(len(q.Parts) == 0, "It asks nothing.")
	for _, p := range q.Parts {
		f.say(strings.TrimSpace(p.Prompt) == "", "Its question is empty.")
		f.say(strings.TrimSpace(p.Answer) == "", "“%s” has no answer.", p.Prompt)
		if q.Mode != Order {
			f.say(len(p.Answer) > 2 && stands(p.Answer, p.Prompt), "The answer “%s” stands in the question.", p.Answer)
			f.say(len(p.Answer) > 2 && stands(p.Answer, p.Context), "The answer “%s” stands above the question.", p.Answer)
		}
	}
}

func (f *faults) choice(q Question) {
	if len(q.Options) != 4 || len(q.Right) != 1 {
		f.say(true, "It has %d options and %d right ones, and wants four with one.", len(q.Options), len(q.Right))
		return
	}
	right := q.Options[q.Right[0]].Text
	f.say(right != q.Parts[0].Answer, "The option marked as right, “%s”, is not the answer.", right)
	for i, o := range q.Options {
		if i == q.Right[0] {
			continue
		}
		f.say(quiz.Judge(q.Expected(0), o.Text).Verdict != quiz.Wrong, "“%s” would be taken for the answer “%s”.", o.Text, right)
		f.say(stands(o.Text, q.Parts[0].Prompt), "“%s” stands in the question.", o.Text)
		for _, other := range q.Options[:i] {
			f.say(fold(other.Text) == fold(o.Text), "“%s” stands there twice.", o.Text)
		}
	}
	f.say(loneShape(q), "The answer “%s” is the only one of its form.", right)
}

// loneShape reports whether the right option alone has a capital, a digit or a blank,
// or all others have one and it has none.
func loneShape(q Question) bool {
	for _, has := range []func(string) bool{
		func(s string) bool { return strings.ContainsAny(s, "0123456789") },
		func(s string) bool { return strings.Contains(s, " ") },
		func(s string) bool { return strings.ToLower(s[:1]) != s[:1] },
	} {
		right, others := has(q.Options[q.Right[0]].Text), 0
		for i, o := range q.Options {
			if i != q.Right[0] && has(o.Text) == right {
				others++
			}
		}
		if others == 0 {
			return true
		}
	}
	return false
}

func (f *faults) truth(q Question) {
	if len(q.Options) != 1 {
		f.say(true, "It claims %d things, and wants one.", len(q.Options))
		return
	}
	claim := q.Options[0].Text
	v := quiz.Judge(q.Expected(0), claim).Verdict
	f.say(q.True && v != quiz.Right, "“%s” is called true and is not.", claim)
	f.say(!q.True && v != quiz.Wrong, "“%s” is called false and could pass for “%s”.", claim, q.Parts[0].Answer)
}

func (f *faults) match(q Question) {
	n := len(q.Parts)
	f.say(n < fewestPairs || n > mostPairs, "It has %d pairs, and wants %d to %d.", n, fewestPairs, mostPairs)
	f.say(len(q.Options) != n || len(q.Right) != n, "It has %d questions and %d answers.", n, len(q.Options))
	if len(*f) > 0 {
		return
	}
	for i := range q.Parts {
		for j, o := range q.Options {
			v := quiz.Judge(q.Expected(i), o.Text).Verdict
			f.say(j == q.Right[i] && v != quiz.Right, "“%s” does not answer “%s”.", o.Text, q.Parts[i].Prompt)
			f.say(j != q.Right[i] && v != quiz.Wrong, "“%s” answers “%s” as well.", o.Text, q.Parts[i].Prompt)
		}
	}
}

func (f *faults) order(q Question) {
	f.say(len(q.Parts) != events || len(q.Right) != events, "It has %d events, and wants %d.", len(q.Parts), events)
	if len(*f) > 0 {
		return
	}
	for i, a := range q.Parts {
		f.say(telltale.MatchString(a.Prompt), "“%s” tells when it was.", a.Prompt)
		for j, b := range q.Parts[:i] {
			x, _ := spanOf(a.Value)
			y, _ := spanOf(b.Value)
			f.say(!apart(a.Value, b.Value), "“%s” and “%s” overlap: no order of them is sure.", a.Answer, b.Answer)
			f.say((x.first < y.first) != (q.Right[i] < q.Right[j]), "“%s” and “%s” stand in the wrong order.", a.Answer, b.Answer)
		}
	}
}
