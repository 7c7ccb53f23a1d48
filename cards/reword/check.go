package reword

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longest is how many characters a question may have, whatever it had before.
const longest = 300

const gap = "____"

// Check returns why a question may not stand for the one of a card, in a sentence, or
// nil.
func (c Card) Check(front string) error {
	switch {
	case !utf8.ValidString(front) || strings.ContainsFunc(front, unicode.IsControl):
		return errors.New("it is not plain text")
	case strings.TrimSpace(front) == "":
		return errors.New("it is empty")
	case utf8.RuneCountInString(front) > longest:
		return errors.New("it is too long")
	case strings.ContainsAny(front, "<>`{}[]|\\") && !strings.ContainsAny(c.Front, "[]"):
		return errors.New("it has marks in it that no question needs")
	case strings.Contains(front, "://"):
		return errors.New("it has an address in it")
	}
	gaps := strings.Count(front, gap)
	if gaps > 1 || gaps == 0 && !strings.HasSuffix(front, "?") || gaps == 1 && strings.Contains(front, "?") {
		return errors.New("it is neither one question nor one statement with a gap")
	}
	if told := strings.ToLower(c.Answer); told != "" && contains(strings.ToLower(front), told) {
		return errors.New("it tells the answer")
	}
	return c.grounded(front)
}

// contains reports whether s has the words of part, and not as part of longer ones.
func contains(s, part string) bool {
	for from := 0; ; {
		i := strings.Index(s[from:], part)
		if i < 0 {
			return false
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(s[i+len(part):])
		if !wordy(before) && !wordy(after) {
			return true
		}
		from = i + 1
	}
}

func wordy(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsNumber(r)) }

// grounded reports the first word that stands nowhere in the grounds.
func (c Card) grounded(front string) error {
	grounds := map[string]bool{}
	for _, w := range words(c.Title + "\n" + c.Context + "\n" + c.Sentence + "\n" + c.Front) {
		grounds[strings.ToLower(w)] = true
	}
	answer := map[string]bool{}
	for _, w := range words(c.Answer) {
		answer[strings.ToLower(w)] = true
	}
	shown := map[string]bool{}
	for _, w := range words(c.Title + "\n" + c.Context + "\n" + c.Front) {
		shown[strings.ToLower(w)] = true
	}
	for _, w := range words(front) {
		low := strings.ToLower(w)
		switch {
		case answer[low] && !shown[low] && !questionWords[low]:
			return fmt.Errorf("it tells part of the answer: %q", w)
		case grounds[low] || questionWords[low]:
		case plainWord(w) && another(low, grounds):
		default:
			return fmt.Errorf("it says what the text does not: %q", w)
		}
	}
	return nil
}

// words are the runs of letters, digits and what joins them.
func words(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !wordy(r) && r != '\'' && r != '’' && !unicode.IsMark(r) })
}

// plainWord reports whether w is a word in small letters: no name, and no number.
func plainWord(w string) bool {
	return !strings.ContainsFunc(w, func(r rune) bool { return unicode.IsUpper(r) || unicode.IsNumber(r) })
}

// stem is how many letters two forms of one word share at least.
const stem = 4

// another reports whether a word is another form of one of the grounds: "opened" for
// "opening".
func another(w string, grounds map[string]bool) bool {
	base := strip(w)
	if len(base) < stem {
		return false
	}
	for g := range grounds {
		if plainWord(g) && strip(g) == base {
			return true
		}
	}
	return false
}

// endings are those that are taken off a word to compare its forms.
var endings = []string{"ing", "ed", "es", "s", "e", "d"}

func strip(w string) string {
	for _, e := range endings {
		if cut, ok := strings.CutSuffix(w, e); ok && len(cut) >= stem-1 {
			return cut
		}
	}
	return w
}

// questionWords are the words that questions are made with, and that say nothing of
// their own. There is no negation among them.
var questionWords = set(`what which who whom whose when where why how many much long far old often
	is are was were be been being am do does did done has have had having will would can could shall should
	a an the this that these those it its he she his her they their them him one ones
	of in on at to from by for with as into about over under between during after before until since and or than then there
	year month date day century decade number amount name person people place country city organisation company called
	if while so also made make take took happen happened stand stands mean means`)

func set(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}
