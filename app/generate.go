package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"syscall"

	"recto/app/endpoint"
	"recto/cards"
	"recto/cards/article"
	"recto/cards/generate"
)

// sources are the articles of a command line.
type sources struct {
	Files []string `arg:"" name:"file" help:"Articles: plain text, Markdown, HTML, PDF, EPUB or Word (DOCX). '-' reads from standard input."`
}

type generateCmd struct {
	sources
	llmFlags
	Format string `enum:"text,jsonl,csv,article" default:"text" env:"RECTO_FORMAT" placeholder:"FORMAT" help:"text to read; jsonl, one card a line; csv for a spreadsheet; article, the text that the offsets of jsonl count in."`
	More   bool   `xor:"budget" help:"Propose more cards, surer and less sure."`
	Fewer  bool   `xor:"budget" help:"Propose only the surest cards."`
}

func (generateCmd) Help() string {
	return `Cards come with their proof: the sentence, and where in it the answer stands. Text that is not English, empty or not text at all is refused in one sentence; the other files are still done, and the exit code is 1.

Examples:

	recto generate article.txt
	recto generate --format jsonl page.html > cards.jsonl
	recto generate paper.pdf book.epub notes.docx
	recto generate --format csv --fewer notes/*.md > cards.csv
	curl -s https://example.org/page | recto generate -

In jsonl, "start" and "end" are byte offsets into what this prints:

	recto generate --format article page.html`
}

func (g *generateCmd) Run(ctx context.Context, c *console) error {
	write := map[string]func(cards.Article, generate.Result, place) error{
		"jsonl": func(a cards.Article, r generate.Result, _ place) error { return generate.JSONL(c.out, a, r) },
		"csv":   func(a cards.Article, r generate.Result, p place) error { return writeCSV(c.out, a, r, p.first) },
		"text": func(a cards.Article, r generate.Result, p place) error {
			if len(g.Files) > 1 {
				if err := writeHeader(c.out, p); err != nil {
					return err
				}
			}
			return generate.Text(c.out, a, r)
		},
	}
	if g.Format == "article" {
		return g.read(ctx, c, func(a cards.Article, _ place) error { return generate.Article(c.out, a) })
	}
	budget := generate.Usual
	switch {
	case g.More:
		budget = generate.More
	case g.Fewer:
		budget = generate.Fewer
	}
	model, err := g.model()
	if err != nil {
		return err
	}
	return g.make(ctx, c, budget, func(a cards.Article, r generate.Result, p place) error {
		if err := reworded(ctx, c, model, a, &r); err != nil {
			return err
		}
		return write[g.Format](a, r, p)
	})
}

// reworded puts the questions of a language model, if there is one, in place of those
// that may be worded so, and says how many. A model that is not there leaves the rest
// as they are.
func reworded(ctx context.Context, c *console, m *endpoint.Model, a cards.Article, r *generate.Result) error {
	if m == nil {
		return nil
	}
	fronts, refused := map[string]string{}, 0
	known := map[string]endpoint.Wording{}
	bar := newBar(c, "Asking "+m.Name)
	err := m.Each(ctx, a, r.Proposals, func(key string) (endpoint.Wording, bool) { w, ok := known[key]; return w, ok }, func(w endpoint.Wording) error {
		if known[w.Key] = w; w.Front != "" {
			fronts[w.Proposal] = w.Front
		} else {
			refused++
		}
		return nil
	}, bar.set)
	bar.clear()
	var away endpoint.ErrAway
	switch {
	case errors.As(err, &away):
		c.say("recto: %v. The questions stay as they are.", away)
	case err != nil:
		return err
	}
	r.Proposals = slices.Clone(r.Proposals)
	for i, p := range r.Proposals {
		if front := fronts[p.ID]; front != "" {
			r.Proposals[i].Front = front
		}
	}
	c.say("%d questions are in the words of %s; of %d its words were not taken.", len(fronts), m.Name, refused)
	return nil
}

type factsCmd struct{ sources }

func (factsCmd) Help() string {
	return `One JSON object a line: the fact's kind, its text, its normal form, where it stands ("start" and "end" are byte offsets into what 'recto generate --format article' prints), the ids of its cards, and where there is none, the reason.

Examples:

	recto facts article.txt
	recto facts article.txt | grep '"kind":"date"'`
}

func (f *factsCmd) Run(ctx context.Context, c *console) error {
	return f.make(ctx, c, generate.Usual, func(a cards.Article, r generate.Result, _ place) error { return generate.Facts(c.out, a, r) })
}

// place says which of the articles is being written.
type place struct {
	file  string
	first bool // nothing has been written before it
}

// make reads every article, makes its cards and writes them. What cannot be read
// or made is said, the others are still done, and the error is errSaid.
func (s sources) make(ctx context.Context, c *console, budget generate.Budget, write func(cards.Article, generate.Result, place) error) error {
	debug.SetMemoryLimit(136 << 20) // a book is read with more work, not with more memory
	return s.read(ctx, c, func(a cards.Article, p place) error {
		bar := newBar(c, "Making cards of "+filepath.Base(p.file))
		r, err := generate.FromArticle(ctx, a, generate.Options{Budget: budget, Progress: bar.set})
		bar.clear()
		if err != nil {
			return err
		}
		return write(a, r, p)
	})
}

// bad is an error of one article, which does not end the work on the others.
type bad struct{ error }

func (b bad) Unwrap() error { return b.error }

func (s sources) read(ctx context.Context, c *console, each func(cards.Article, place) error) error {
	failed, first := false, true
	for _, name := range s.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		a, err := open(ctx, c, name)
		if err == nil {
			err = each(a, place{file: name, first: first})
		}
		var one bad
		switch {
		case err == nil:
			first = false
		case ctx.Err() == nil && errors.As(err, &one):
			c.say("recto: %s: %v", shown(name), one.error)
			failed = true
		default:
			return err
		}
	}
	if failed {
		return errSaid
	}
	return nil
}

// open reads the article in a file, or on standard input when name is "-".
func open(ctx context.Context, c *console, name string) (cards.Article, error) {
	data, err := readAll(ctx, c, name)
	if err != nil {
		return cards.Article{}, err
	}
	a, err := article.Source{Name: name}.ReadContext(ctx, data)
	switch {
	case ctx.Err() != nil:
		return cards.Article{}, ctx.Err()
	case err != nil:
		return cards.Article{}, bad{err}
	}
	return a, nil
}

// maxInput is the size of an input in bytes above which it is surely not an article.
const maxInput = 64 << 20

// readAll reads a file, or standard input, which may be a terminal where nobody
// types: Ctrl-C ends the wait.
func readAll(ctx context.Context, c *console, name string) ([]byte, error) {
	in := c.in
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, bad{plain(err)}
		}
		defer f.Close()
		in = f
	} else if terminal(c.in) {
		c.say("Paste the article, then press Ctrl-D on an empty line.")
	}
	type read struct {
		data []byte
		err  error
	}
	done := make(chan read, 1)
	go func() {
		data, err := io.ReadAll(io.LimitReader(in, maxInput+1))
		done <- read{data, err}
	}()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case r := <-done:
		switch {
		case r.err != nil:
			return nil, bad{plain(r.err)}
		case len(r.data) > maxInput:
			return nil, bad{fmt.Errorf("is larger than %d MB, which is no article", maxInput>>20)}
		}
		return r.data, nil
	}
}

// plain is err without the operation and the path, which the caller says.
func plain(err error) error {
	var p *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errors.New("there is no such file")
	case errors.Is(err, fs.ErrPermission):
		return errors.New("this file may not be read by you")
	case errors.As(err, &p) && errors.Is(p.Err, syscall.EISDIR):
		return errors.New("is a folder; name the files in it")
	case errors.As(err, &p):
		return p.Err
	}
	return err
}

func shown(name string) string {
	if name == "-" {
		return "standard input"
	}
	return name
}

func writeHeader(w io.Writer, p place) error {
	gap := "\n"
	if p.first {
		gap = ""
	}
	_, err := fmt.Fprintf(w, "%s==> %s <==\n", gap, shown(p.file))
	return err
}

// writeCSV writes one table of all files: only the first brings the header.
func writeCSV(w io.Writer, a cards.Article, r generate.Result, first bool) error {
	if first {
		return generate.CSV(w, a, r)
	}
	var b bytes.Buffer
	if err := generate.CSV(&b, a, r); err != nil {
		return err
	}
	_, rows, _ := bytes.Cut(b.Bytes(), []byte("\n"))
	_, err := w.Write(rows)
	return err
}
