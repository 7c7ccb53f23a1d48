package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"recto/cards"
	"recto/cards/render"
	"recto/store"
	"recto/views"
)

// looks are how a card is shown to somebody.
type looks struct {
	typed    string // what was typed before the card was turned
	pictures bool   // those of other sites are loaded
}

// plainCard reports whether a card is shown in Recto's own type: it is of a note type
// that Recto made, and its fields hold nothing but lines of text.
func plainCard(c store.Card) bool {
	if c.Type.Name != cards.BasicNote.Name && c.Type.Name != cards.ArticleNote.Name || !builtIn(c.Type) {
		return false
	}
	return !slices.ContainsFunc(c.Fields, func(f cards.Field) bool { return !plainField(f.Value) })
}

// plainField reports whether the HTML of a field says no more than its text does.
func plainField(value string) bool {
	text := strings.NewReplacer("<br>", "\n", "<br/>", "\n", "<br />", "\n").Replace(value)
	return !strings.Contains(text, "<") && !strings.Contains(text, "[sound:") && !strings.Contains(text, "[latex]") && !strings.Contains(text, "[$")
}

// hasMath reports whether MathJax may find a formula in a text.
func hasMath(text string) bool { return strings.Contains(text, `\(`) || strings.Contains(text, `\[`) }

// face is a card as its note type makes it, nil for one that Recto shows in its own type.
func (s *server) face(r *request, c store.Card, l looks) (*views.Face, error) {
	if plainCard(c) {
		return nil, nil
	}
	f, sheet, err := s.rendered(r, c, l)
	if err != nil {
		return nil, err
	}
	f.Sheet = fmt.Sprintf("/cards/%d/style.css?v=%s", c.ID, sheetVersion(sheet))
	return f, nil
}

// rendered makes the two sides of a card, and their style sheet.
func (s *server) rendered(r *request, c store.Card, l looks) (*views.Face, template.CSS, error) {
	o := render.Options{Media: s.mediaOf(r, c.Owner), Remote: l.pictures, Typed: l.typed, Deck: c.DeckName, Flag: c.Flag, ID: int64(c.ID)}
	n := cards.Note{GUID: c.GUID, Type: c.Type.Name, Fields: c.Fields, Tags: c.Tags}
	return faceOf(n, c.Type, c.Ordinal, o, r.user.Settings.Theme == "dark")
}

// faceOf renders a card and its style sheet. What is wrong with a template stands on
// the card. Dark is whether the person asked for dark pages.
func faceOf(n cards.Note, t cards.NoteType, ordinal int, o render.Options, dark bool) (*views.Face, template.CSS, error) {
	sheet := render.CSS(t.CSS, o)
	f := &views.Face{Coloured: render.Paints(sheet), Nocturnal: render.Nocturnal(sheet)}
	o.Night = dark && f.Nocturnal
	front, back, err := render.Card(n, t, ordinal, o)
	var fault *render.Fault
	if err != nil && !errors.As(err, &fault) && !errors.Is(err, render.ErrNoCard) && !errors.Is(err, render.ErrTooLong) {
		return nil, "", err
	}
	f.Front, f.Back, f.Night = front.HTML, back.HTML, o.Night
	f.Coloured = f.Coloured || front.Coloured || back.Coloured
	f.Math = front.Math || back.Math
	f.Typing = front.Typing != nil
	f.Sounds = len(front.Play)+len(back.Play) > 0
	f.Left = max(front.Left, back.Left)
	f.Sites = append(front.Remote, back.Remote...)
	slices.Sort(f.Sites)
	f.Sites = slices.Compact(f.Sites)
	return f, sheet + front.CSS + back.CSS, nil
}

func sheetVersion(sheet template.CSS) string {
	sum := sha256.Sum256([]byte(sheet))
	return hex.EncodeToString(sum[:8])
}

// cardSheet sends the style sheet of a card.
func (s *server) cardSheet(r *request) (reply, error) {
	c, err := s.cardOf(r)
	if err != nil {
		return reply{}, err
	}
	_, sheet, err := s.rendered(r, c, looks{})
	if err != nil {
		return reply{}, err
	}
	return sendSheet(r, sheet), nil
}

func sendSheet(r *request, sheet template.CSS) reply {
	version := sheetVersion(sheet)
	return reply{content: &content{
		kind: "text/css; charset=utf-8", size: int64(len(sheet)), version: version, lasting: r.query.Get("v") == version,
		body: unclosed{bytes.NewReader([]byte(sheet))},
	}}
}

// unclosed is what need not be closed.
type unclosed struct{ io.ReadSeeker }

func (unclosed) Close() error { return nil }
