// Package evaluate measures the cards that are made of articles whose facts are known
// and whose cards have been judged.
//
//	set         a folder of articles with their facts marked, and a table of verdicts
//	gold        the facts that a reader would expect to be found in an article
//	found       a gold fact that stands in the ledger, with a card or a reason
//	covered     a gold fact that has a card, surer or less sure
//	exact       an answer that is, byte for byte, what its span says, or is stated to
//	            be a normal form of it
//	tripped     a rule that no card may break, and that one breaks
//	kept        a default card that its judge would keep as it is
//
// The folder judged is the set of the repository; its README says how it was made.
package evaluate

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"recto/cards"
	"recto/cards/article"
	"recto/cards/generate"
)

//go:embed judged/*.md judged/verdicts.tsv
var judged embed.FS

// Judged is the set of the repository.
func Judged() fs.FS {
	sub, err := fs.Sub(judged, "judged")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return sub
}

// Gold is a fact that should be found.
type Gold struct {
	Kind cards.FactKind
	Span cards.Span
}

// Article is one article of a set.
type Article struct {
	Name string // of its file, without the ending
	cards.Article
	Gold []Gold
}

// kinds are the letters by which facts are marked.
var kinds = map[string]cards.FactKind{
	"d": cards.DateFact, "q": cards.QuantityFact, "n": cards.NameFact, "a": cards.AcronymFact, "t": cards.TermFact,
}

// ReadSet reads the articles of a folder: files that end in ".md" or ".txt", README.md
// left out. A fact is marked by "{d|12 May 1931}": d for a date, q for a quantity, n
// for a name, a for an acronym, t for a term.
func ReadSet(set fs.FS) ([]Article, error) {
	names, err := fs.Glob(set, "*")
	if err != nil {
		return nil, fmt.Errorf("list the articles: %w", err)
	}
	var list []Article
	for _, name := range names {
		if ext := path.Ext(name); ext != ".md" && ext != ".txt" || name == "README.md" {
			continue
		}
		data, err := fs.ReadFile(set, name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		a, err := parse(name, string(data))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		list = append(list, a)
	}
	if len(list) == 0 {
		return nil, errors.New("there is no article here: files that end in .md or .txt")
	}
	return list, nil
}

// parse takes the marks out of an article and finds its facts in the text that is left.
func parse(name, marked string) (Article, error) {
	type mark struct {
		kind cards.FactKind
		text string
	}
	var plain strings.Builder
	var marks []mark
	for rest := marked; ; {
		before, after, ok := strings.Cut(rest, "{")
		plain.WriteString(before)
		if !ok {
			break
		}
		inside, behind, closed := strings.Cut(after, "}")
		letter, text, split := strings.Cut(inside, "|")
		kind, known := kinds[letter]
		if !closed || !split || !known || text == "" {
			return Article{}, fmt.Errorf("the mark %q is not like {d|12 May 1931}", "{"+inside)
		}
		plain.WriteString(text)
		marks = append(marks, mark{kind, text})
		rest = behind
	}
	a, err := article.Read(name, []byte(plain.String()))
	if err != nil {
		return Article{}, err
	}
	out := Article{Name: strings.TrimSuffix(name, path.Ext(name)), Article: a}
	at := 0
	for _, m := range marks {
		i := strings.Index(a.Text[at:], m.text)
		if i < 0 {
			return Article{}, fmt.Errorf("%q does not stand in the text where it is marked", m.text)
		}
		out.Gold = append(out.Gold, Gold{m.kind, cards.Span{Start: at + i, End: at + i + len(m.text)}})
		at += i + len(m.text)
	}
	return out, nil
}

// Generate makes the cards of an article as everybody gets them.
func (a Article) Generate(ctx context.Context) (generate.Result, error) {
	return generate.FromArticle(ctx, a.Article, generate.Options{})
}
