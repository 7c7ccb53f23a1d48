package evaluate

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"recto/cards"
)

// Verdict is what a judge said of a card of a set.
type Verdict struct {
	Verdict string // keep, edit or drop
	Why     string // of an edit or a drop
}

// card is what a verdict is about: a card in other words is another card.
type card struct{ article, front, back string }

// Verdicts are those of a set.
type Verdicts map[card]Verdict

// Of is the verdict on a proposal of an article.
func (v Verdicts) Of(article string, p cards.Proposal) (Verdict, bool) {
	verdict, ok := v[cardOf(article, p)]
	return verdict, ok
}

func cardOf(article string, p cards.Proposal) card {
	front := p.Front
	if p.Context != "" {
		front = p.Context + " / " + front
	}
	return card{article, oneLine(front), oneLine(p.Back)}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// ReadVerdicts reads verdicts.tsv of a folder: article, verdict, why, front and back,
// separated by tabs. A folder without it has no verdicts.
func ReadVerdicts(set fs.FS) (Verdicts, error) {
	data, err := fs.ReadFile(set, "verdicts.tsv")
	if errors.Is(err, fs.ErrNotExist) {
		return Verdicts{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the verdicts: %w", err)
	}
	all := Verdicts{}
	n := 0
	for line := range strings.Lines(string(data)) {
		if n++; strings.TrimSpace(line) == "" || n == 1 {
			continue
		}
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(f) != 5 || f[1] != "keep" && f[1] != "edit" && f[1] != "drop" {
			return nil, fmt.Errorf("line %d of the verdicts is not article, verdict, why, front and back", n)
		}
		all[card{f[0], f[3], f[4]}] = Verdict{f[1], f[2]}
	}
	return all, nil
}

// Line is a proposal as a line of verdicts.tsv.
func Line(article string, p cards.Proposal, v Verdict) string {
	c := cardOf(article, p)
	return strings.Join([]string{c.article, v.Verdict, v.Why, c.front, c.back}, "\t")
}
