package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"text/tabwriter"
	"time"

	"recto/cards/english"
	"recto/cards/evaluate"
)

type evaluateCmd struct {
	Dir      string `arg:"" optional:"" help:"A folder of articles whose facts are marked, with verdicts.tsv. Without it: the judged set that is part of Recto."`
	Unjudged bool   `help:"Write the default cards that have no verdict, as lines of verdicts.tsv."`
}

func (evaluateCmd) Help() string {
	return `Facts are marked in the text: {d|12 May 1931} a date, {q|412 metres} a quantity, {n|Alice Morton} a name, {a|IBA} an acronym, {t|isthmus} a term. verdicts.tsv has the columns article, verdict (keep, edit or drop), why, front and back. A card in other words is another card, and wants another verdict.

found     of the marked facts, those in the ledger
covered   those with a card, surer or less sure
kept      of the judged default cards, those kept as they are
exact     of all answers, those that are what their spans say

Examples:

	recto evaluate
	recto evaluate --unjudged my-articles >> my-articles/verdicts.tsv`
}

func (e *evaluateCmd) Run(ctx context.Context, c *console) error {
	set := evaluate.Judged()
	if e.Dir != "" {
		if info, err := os.Stat(e.Dir); err != nil || !info.IsDir() {
			return usageError{fmt.Sprintf("%s is no folder", e.Dir)}
		}
		set = os.DirFS(e.Dir)
	}
	articles, err := evaluate.ReadSet(set)
	if err != nil {
		return err
	}
	verdicts, err := evaluate.ReadVerdicts(set)
	if err != nil {
		return err
	}
	if _, err := english.Load(); err != nil { // its time is no article's
		return fmt.Errorf("load the language model: %w", err)
	}
	bar := newBar(c, "Evaluating")
	defer bar.clear()
	var lines []measured
	for i, a := range articles {
		bar.set(i, len(articles))
		begun := time.Now()
		r, err := a.Generate(ctx)
		if err != nil {
			return err
		}
		took := time.Since(begun)
		if e.Unjudged {
			for _, p := range r.Proposals {
				if _, ok := verdicts.Of(a.Name, p); p.Default && !ok {
					fmt.Fprintln(c.out, evaluate.Line(a.Name, p, evaluate.Verdict{}))
				}
			}
		}
		lines = append(lines, measured{a.Name, evaluate.Measure(a, r, verdicts), took})
	}
	bar.clear()
	if e.Unjudged {
		return nil
	}
	return writeFigures(c.out, lines)
}

// measured is one line of the table.
type measured struct {
	name string
	evaluate.Figures
	took time.Duration
}

func writeFigures(out io.Writer, lines []measured) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "article\twords\tfound\tdates\tcovered\tcards\tdefault\tper 100\tjudged\tkept\tdropped\texact\tms\t")
	all := measured{name: "all"}
	for _, l := range lines {
		all.Add(l.Figures)
		all.took += l.took
		l.write(w)
	}
	all.write(w)
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write the figures: %w", err)
	}
	fmt.Fprintf(out, "\n%.0f words a second. %d of %d facts have a card or a reason.\n", float64(all.Words)/max(all.took.Seconds(), 1e-9), all.Reasoned, all.Entries)
	for _, name := range evaluate.Names(all.Tripped) {
		fmt.Fprintf(out, "Tripped %d times: %s\n", all.Tripped[name], name)
	}
	if len(all.Tripped) == 0 {
		fmt.Fprintln(out, "No rule is tripped.")
	}
	for _, why := range evaluate.Names(all.Whys) {
		fmt.Fprintf(out, "Not kept, %d times: %s\n", all.Whys[why], why)
	}
	return nil
}

func (m measured) write(w io.Writer) {
	kept, dropped := "-", "-"
	if m.Judged > 0 {
		kept, dropped = fmt.Sprintf("%.0f %%", evaluate.Percent(m.Kept, m.Judged)), fmt.Sprintf("%.0f %%", evaluate.Percent(m.Dropped, m.Judged))
	}
	fmt.Fprintf(w, "%s\t%d\t%.0f %%\t%.0f %%\t%.0f %%\t%d\t%d\t%.1f\t%d\t%s\t%s\t%.1f %%\t%d\t\n", m.name, m.Words, evaluate.Percent(m.Found, m.Gold), evaluate.Percent(m.DatesIn, m.Dates),
		evaluate.Percent(m.Covered, m.Gold), m.Cards, m.Default, m.Per100(), m.Judged, kept, dropped, evaluate.Percent(m.Exact, m.Cards), m.took.Milliseconds())
}
