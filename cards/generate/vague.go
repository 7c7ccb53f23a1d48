package generate

import (
	"regexp"
	"strings"

	"recto/cards"
)

var (
	whoIs     = regexp.MustCompile(`^(?:Who|Which \w+) (?:is|was|were|are) (?:a|an|one of)\b`)
	gapIs     = regexp.MustCompile(`^(?:The )?` + gapMark + ` \(\w+\) (?:is|was|were|are|became) (?:a|an|one of)\b`)
	oneAmong  = regexp.MustCompile(`^(?:One|Some|Two|Three|Many|Most|Several|Others?|Among)\b[^,;]*\b(?:is|was|were|are|includes?|included|being) (?:the |a/an )?` + gapMark)
	including = holding(`\b(?:include[sd]?|including|such as|like) (?:the )?`+gapMark+` \((?:person|name|place|organisation|event)\)[^.;]*(?:,| and )`, "include", "including", "such as ", "like ")
	counted   = regexp.MustCompile(`^(?: [\p{Ll}-]+){1,4}(?:,|:| [–—-]) (?:the )?\p{Lu}[^;]*\band\b`)
	labelled  = regexp.MustCompile(`^\p{Lu}[\p{L} ]{1,24}: `)
	gapAlone  = ending(`(?:^|[.!?]["”’]? )`+gapMark+` \([^)]*\)\.?$`, ")", ").")
	adrift    = holding(`[^,;] however, |^There upon |[^,] did, `, " however, ", "There upon ", " did, ")
	example   = regexp.MustCompile(`^(?:an example|one) of `)
	planned   = holding(`^(?:(?:In|On|By|From|Since|Until) (?:what|which)|How many) [a-z ]+ would\b`, " would")
	asOf      = holding(`^As of `+gapMark+` \(`, "As of ")
	census    = holding(`\b(?:population|membership|circulation|total|median|income) of (?:about |over |nearly |around |some )?[$£€]?\d[\d,.]*(?: \p{Ll}+){0,3} (?:in|by|as of|at) `+gapMark+` \(`, " of ")
	countList = holding(`^How many [^,]*, (?:the )?\p{Lu}[^;]*\band\b`, "How many ")
)

// isOne is how many words a statement that only says what somebody is must have to
// mean one alone.
const isOne = 18

// faultOfVagueness finds fronts that others would answer as well: "Who was a doctor?",
// "Among them was ____", and counts of what is named behind them.
func faultOfVagueness(c candidate) string {
	const others = "Others would fit as well."
	short := len(strings.Fields(c.front)) < isOne
	switch {
	case short && (whoIs.MatchString(c.front) || gapIs.MatchString(c.front)):
		return others
	case c.kind == cards.NameFact && (oneAmong.MatchString(c.front) || including.MatchString(c.front)):
		return others
	case c.family == "define" && example.MatchString(c.back):
		return others
	case gapAlone.MatchString(c.front):
		return "No words stand beside it."
	case c.family != "gap" && planned.MatchString(c.front):
		return "It tells what was to come, not what happened."
	case c.kind == cards.DateFact && (asOf.MatchString(c.front) || census.MatchString(c.front)):
		return "It dates a figure, which is what could be asked for."
	case adrift.MatchString(c.front):
		return "A word of its sentence hangs loose."
	case c.kind != cards.QuantityFact:
		return ""
	case labelled.MatchString(c.front):
		return "It stands in a table, not in a sentence."
	}
	_, after, gap := strings.Cut(c.front, gapMark)
	if gap && counted.MatchString(afterGap(after)) || countList.MatchString(c.front) {
		return "What it counts is named behind it."
	}
	return ""
}

// everyones are names that any sentence about them lets one guess.
var everyones = wordSet(`god lord jesus christ internet web bible christmas easter`)

// faultOfMask finds names that are masked above the card: who reads it looks for
// nothing else.
func faultOfMask(c candidate) string {
	if strings.Contains(c.context, answerMask) && c.kind == cards.NameFact {
		return "The line that the card needs above it would give the answer away."
	}
	return ""
}
