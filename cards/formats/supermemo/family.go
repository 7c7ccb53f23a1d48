// Package supermemo reads what SuperMemo exports: the XML of its collections, its
// text with "Q:" and "A:", and the XML that smconv makes of SuperMemo for Palm.
package supermemo

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"math"
	"strings"

	"recto/cards/formats"
	"recto/cards/formats/build"
	"recto/cards/formats/text"
)

// Family is the formats of SuperMemo.
type Family struct{}

var _ formats.Family = Family{}

// The formats of this family.
const (
	XML  = "supermemo-xml"
	Text = "supermemo-text"
	Palm = "supermemo-palm"
)

// mostXML is the longest document that is read; it stands in memory several times.
const mostXML = 24 << 20

// mostCards is how many cards of SuperMemo for Palm are read.
const mostCards = 200_000

// Formats lists the formats.
func (Family) Formats() []formats.Format {
	return []formats.Format{
		{ID: XML, Name: "SuperMemo XML", Extensions: []string{"xml"}, Read: true},
		{ID: Text, Name: "SuperMemo text with Q: and A:", Extensions: []string{"txt"}, Read: true},
		{ID: Palm, Name: "SuperMemo for Palm (smconv XML)", Extensions: []string{"xml"}, Read: true},
	}
}

// Detect tells XML by its root and text by its lines.
func (Family) Detect(s *formats.Source) (string, formats.Confidence) {
	if s.IsZip() || s.IsSQLite() {
		return "", formats.No
	}
	head, _, err := text.Decode(s.Head()[:len(s.Head())&^1|min(1, len(s.Head())&1)], "")
	if err != nil {
		head = string(s.Head())
	}
	switch {
	case strings.Contains(head[:min(len(head), 4096)], "<SuperMemoCollection"):
		return XML, formats.Certain
	case strings.Contains(head[:min(len(head), 4096)], "<smconv_pl"):
		return Palm, formats.Certain
	case err != nil || strings.HasPrefix(strings.TrimSpace(head), "<"):
		return "", formats.No
	}
	var q, a, i, other int
	for l := range strings.Lines(head) {
		switch l = strings.TrimSpace(l); {
		case strings.HasPrefix(l, "Q:"):
			q++
		case strings.HasPrefix(l, "A:"):
			a++
		case strings.HasPrefix(l, "I:") && strings.Contains(l, "REP="):
			i++
		case l != "" && !strings.HasPrefix(l, "O:"):
			other++
		}
	}
	switch {
	case q > 0 && a > 0 && i > 0:
		return Text, formats.Strong + 10
	case q > 0 && a > 0 && other == 0:
		if e := formats.Extension(s.Name); e == "md" || e == "markdown" {
			return Text, formats.Likely
		}
		return Text, formats.Strong
	case q > 0 && a > 0 && strings.HasPrefix(strings.TrimSpace(head), "Q:"): // or Markdown
		return Text, formats.Likely
	}
	return "", formats.No
}

// Write returns ErrReadOnly.
func (Family) Write(context.Context, io.Writer, *formats.Draft, string, formats.WriteOptions) ([]formats.Trouble, error) {
	return nil, formats.ErrReadOnly
}

// Read reads a file in one of the formats.
func (Family) Read(ctx context.Context, s *formats.Source, format string, o formats.Options) (*formats.Draft, error) {
	o = o.Filled()
	r := reader{Builder: build.New(ctx, o), base: o.Text.Deck}
	if r.base == "" {
		r.base = build.DeckOf(s.Name)
	}
	var err error
	if format == Text {
		var body string
		if body, _, err = text.Document(s, o.Text.Encoding, o.Limits); err != nil {
			return nil, err
		}
		err = r.text(body)
	} else {
		var document []byte
		if document, err = io.ReadAll(s.Reader(min(o.Limits.Data, o.Limits.Text, mostXML))); err != nil {
			return nil, err
		}
		x := build.NewXML(document, o.Limits)
		if format == Palm {
			err = r.palm(x)
		} else {
			err = r.collection(x)
		}
	}
	if errors.Is(err, formats.ErrDamaged) && len(r.Draft.Notes) > 0 { // what stands before the damage is kept
		r.Draft.Tell(formats.Trouble{Sentence: err.Error() + "; what comes after it is missing", Skipped: true})
		err = nil
	}
	switch {
	case err != nil:
		return nil, err
	case len(r.Draft.Notes) == 0 && len(r.Draft.Troubles) > 0:
		return nil, formats.Damaged("no item of it can be read; the first trouble is in %s", r.Draft.Troubles[0])
	case len(r.Draft.Notes) == 0:
		return nil, formats.Damaged("there is no item in it")
	}
	return r.Draft, nil
}

type reader struct {
	*build.Builder
	base string
}

// item adds a question and an answer, with what is known of their learning.
func (r *reader) item(line int, question, answer string, deck string, tags []string, p *build.Progress, extras formats.Extras) error {
	switch {
	case build.Bare(question) == "" && build.Bare(answer) == "":
		return nil
	case build.Bare(question) == "":
		r.Skip(line, "the question is empty")
		return nil
	case build.Bare(answer) == "":
		r.Warn(line, "the answer is empty")
	}
	n := formats.Note{Type: r.Type(build.Basic()), Fields: []string{r.media(question), r.media(answer)}, Tags: tags, Line: line, Extras: extras}
	if p == nil {
		_, err := r.Add(n, r.Deck(deck))
		return err
	}
	_, err := r.Add(n, r.Deck(deck), p.Card(0))
	return err
}

func (r *reader) media(field string) string {
	return build.References(field, func(name string) string {
		if safe := build.MediaName(name); safe != "" {
			return safe
		}
		return name
	})
}

// field is the HTML of a text of SuperMemo, which may be HTML already.
func field(text string) string {
	text = strings.TrimSpace(text)
	if text != build.Bare(text) && strings.ContainsAny(text, "<&") && isHTML(text) {
		return strings.ReplaceAll(text, "\n", "<br>")
	}
	return build.Escape(text)
}

func isHTML(text string) bool {
	lower := strings.ToLower(text)
	for _, m := range []string{"<br", "<p", "<b>", "<i>", "<u>", "<font", "<img", "<div", "<span", "<sub", "<sup", "</", "&nbsp;", "&lt;", "&gt;", "&amp;", "&quot;", "&#"} {
		if strings.Contains(lower, m) {
			return true
		}
	}
	return false
}

// aFactor keeps SuperMemo's own measure of how easy an item is, which is no E-Factor:
// it is taken for one within the bounds of SM-2, and kept as it was.
func aFactor(text string) (ease float64, kept formats.Extras) {
	a := build.Float(text, math.NaN())
	if math.IsNaN(a) {
		return 2.5, nil
	}
	raw, err := json.Marshal(a)
	if err != nil {
		return 2.5, nil
	}
	return min(max(a, 1.3), 2.8), formats.Extras{"supermemo.afactor": raw}
}
