package supermemo

import (
	"strings"

	"recto/cards"
	"recto/cards/formats/build"
)

// text reads items of lines "Q:" and "A:", of each one or more, then perhaps "I:" with
// the learning data and "O:" with the path of concepts, and a blank line.
func (r *reader) text(body string) error {
	var q, a []string
	var info, path string
	at, number := 0, 0
	end := func() error {
		defer func() { q, a, info, path = nil, nil, "", "" }()
		switch {
		case q == nil && a == nil:
			return nil
		case a == nil:
			r.Skip(at, "the question has no answer: write a line that starts with A: below it")
			return nil
		case q == nil:
			r.Skip(at, "there is an answer without a question: write a line that starts with Q: above it")
			return nil
		}
		return r.item(at, field(strings.Join(q, "\n")), field(strings.Join(a, "\n")), r.conceptDeck(path), nil, learning(info), nil)
	}
	for l := range strings.Lines(body) {
		number++
		l = strings.ReplaceAll(strings.TrimRight(l, " \t\n"), "\x03", "ú") // as SuperMemo for DOS writes it
		mark, rest := "", l
		if len(l) >= 2 && l[1] == ':' {
			mark, rest = l[:1], strings.TrimSpace(l[2:])
		}
		switch {
		case mark == "Q" && (a != nil || q == nil), l == "" && a != nil:
			if err := end(); err != nil {
				return err
			}
			at = number
			if mark == "Q" {
				q = []string{rest}
			}
		case mark == "Q":
			q = append(q, rest)
		case mark == "A":
			if q == nil && a == nil {
				at = number
			}
			a = append(a, rest)
		case mark == "I":
			info = rest
		case mark == "O":
			path = rest
		case l == "":
		case a != nil:
			a = append(a, l)
		case q != nil:
			q = append(q, l)
		default:
			r.Skip(number, "this line belongs to no question: start it with Q: or A:")
		}
	}
	return end()
}

// conceptDeck is the deck of a path "Languages\Spanish"; older programs write only a
// number there.
func (r *reader) conceptDeck(path string) string {
	if path == "" || strings.Trim(path, "0123456789") == "" {
		return r.base
	}
	return strings.ReplaceAll(path, `\`, "::")
}

// learning reads "REP=8 LAP=0 EF=3.200 UF=2.370 INT=429 LAST=27.01.06"; nil for an
// item never asked.
func learning(info string) *build.Progress {
	v := map[string]string{}
	for pair := range strings.FieldsSeq(info) {
		key, value, _ := strings.Cut(pair, "=")
		v[key] = value
	}
	reps := build.Int(v["REP"], 0)
	if reps <= 0 {
		return nil
	}
	last, _ := build.Date(v["LAST"], "02.01.06", "02.01.2006") // 0 where it is not known: long due
	interval := min(max(build.Int(v["INT"], 1), 1), 36_500)
	lapses := build.Int(v["LAP"], 0)
	return &build.Progress{Due: last + cards.Day(interval), Interval: interval, Ease: build.Float(v["EF"], 2.5), Passes: reps, Reps: reps + lapses, Lapses: lapses}
}
