// Package stats says how a person's memory stands, in figures that mean what they
// say. It knows no database: it is given sums of the log and of the schedules, and
// works the figures out from them.
//
// Each figure is one function of figures.go. The first paragraph of its doc comment
// is the figure's definition, and Definition gives it to the page that shows the
// figure: there is no second wording that could differ.
//
// An answer is an event of the log with a grade (cards.EventKind.Answered) that was
// not taken back; an undo is none itself. An answer that was imported with a deck
// counts like one given here.
//
// A share of fewer than Least answers is no figure: chance speaks louder in it than
// memory. Share.Enough tells.
package stats

import (
	_ "embed" // of figures.go, whose comments are shown
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
)

//go:embed figures.go
var source string

// definitions are the first paragraphs of the comments of figures.go, by function.
var definitions = func() map[string]string {
	file, err := parser.ParseFile(token.NewFileSet(), "figures.go", source, parser.ParseComments)
	if err != nil {
		panic(fmt.Sprintf("stats: read its own figures: %v", err)) // it was compiled, so it parses
	}
	found := map[string]string{}
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.IsExported() {
			first, _, _ := strings.Cut(f.Doc.Text(), "\n\n")
			found[f.Name.Name] = strings.Join(strings.Fields(first), " ")
		}
	}
	return found
}()

// Definition is what the figure of that name counts, in one sentence.
// It panics when there is no such figure, which is a mistake in the program.
func Definition(figure string) string {
	d, ok := definitions[figure]
	if !ok || d == "" {
		panic("stats: no figure is called " + figure)
	}
	return d
}
