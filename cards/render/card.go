package render

import (
	"errors"
	"fmt"
	"html"
	"html/template"
	"strconv"
	"strings"

	"recto/cards"
)

// Options say how a card is shown and where it stands. The zero value shows a card
// in no deck, with nothing that has to be fetched.
type Options struct {
	// Media is the address of a media file by its name as a field has it, for
	// example "/media/ab12.png"; "" when there is no such file. nil knows none.
	Media  func(name string) string
	Remote bool   // load pictures and sounds from other sites
	Night  bool   // put the classes nightMode and night_mode around the card
	Typed  string // what the person typed before turning the card
	Deck   string // the deck's whole name: "Geography::Europe"
	Flag   int    // 0 for none, 1 to 7 a colour
	ID     int64  // of the card, for {{CardID}}
}

// Side is one side of a card.
type Side struct {
	HTML   template.HTML // clean, with its scope around it; without any style or script
	CSS    template.CSS  // of the <style> elements and style attributes that the side has, scoped like CSS does
	Play   []Sound       // what is heard when the side is shown, in this order
	Typing *Typing       // what is to be typed; nil for nothing
	Remote []string      // the sites of things that are not loaded, or with Options.Remote are; each once
	Left   int           // how many things were not loaded
	Math   bool          // there may be formulas in it: "\(x\)", "\[x\]"

	// Coloured is set where something has a colour of its own, chosen for a white page.
	Coloured bool
}

// Plain is the text of the side, as Plain makes it.
func (s Side) Plain() string { return Plain(string(s.HTML)) }

// Typing is an answer that is to be typed before a card is turned.
type Typing struct {
	Field       string
	Expected    string // plain text
	IgnoreMarks bool   // "e" is as good as "é"
}

// longest is how many bytes a side may have before it is cleaned.
const longest = 4 << 20

// Errors of Card.
var (
	ErrNoCard  = errors.New("render: the note type makes no such card")
	ErrTooLong = errors.New("render: the card is too long to be shown")
)

// Card renders the two sides of a card of note n, whose type is t. What is wrong
// with a template, a *Fault, is shown on both sides and returned as well, so that
// who only shows the card may pass the error by.
func Card(n cards.Note, t cards.NoteType, ordinal int, o Options) (front, back Side, err error) {
	return Prepare(t).Card(n, ordinal, o)
}

// Text is the plain text of the two sides, without the front on the back, in less
// time than Card takes.
func Text(n cards.Note, t cards.NoteType, ordinal int, o Options) (front, back string) {
	return Prepare(t).Text(n, ordinal, o)
}

// Type is a NoteType with its templates read, for rendering many cards. It is not
// changed by its use, by any number of goroutines.
type Type struct {
	t         cards.NoteType
	templates []parsed
}

type parsed struct {
	front, back       []part
	frontErr, backErr error
}

// Prepare reads the templates of t.
func Prepare(t cards.NoteType) *Type {
	p := &Type{t: t, templates: make([]parsed, len(t.Templates))}
	for i, tmpl := range t.Templates {
		q := &p.templates[i]
		q.front, q.frontErr = parseTemplate(tmpl.Front)
		q.back, q.backErr = parseTemplate(tmpl.Back)
	}
	return p
}

// Card is like the function Card.
func (p *Type) Card(n cards.Note, ordinal int, o Options) (front, back Side, err error) {
	r, err := p.raw(n, ordinal, o, false)
	front.Typing, front.Play, back.Play = r.typing, r.question, r.answer
	c := cleaner{o: o, raw: r, ordinal: ordinal}
	c.side(&front, r.front, true)
	c.side(&back, r.back, false)
	return front, back, err
}

// Text is like the function Text.
func (p *Type) Text(n cards.Note, ordinal int, o Options) (front, back string) {
	r, err := p.raw(n, ordinal, o, true)
	if err != nil {
		return Plain(r.front), Plain(r.back)
	}
	expected := ""
	if r.typing != nil {
		expected = html.EscapeString(r.typing.Expected)
	}
	return Plain(r.front), Plain(strings.ReplaceAll(r.back, typedMark, expected))
}

// raw is a card as its templates make it, not safe yet.
type raw struct {
	front, back      string
	question, answer []Sound // which the marks in the sides number
	typing           *Typing
}

// raw renders both sides. With bare the back is without the front.
func (p *Type) raw(n cards.Note, ordinal int, o Options, bare bool) (raw, error) {
	c, err := p.context(n, ordinal, o)
	if err != nil {
		return raw{front: faultHTML(err), back: faultHTML(err)}, err
	}
	var r raw
	tmpl := p.templates[c.template]
	c.question = true
	if r.front, err = c.side("front", tmpl.front, tmpl.frontErr); err != nil {
		return raw{front: faultHTML(err), back: faultHTML(err)}, err
	}
	r.front, r.question = extractSounds(r.front, 'q')
	blank := c.blank(tmpl.front)
	r.front, r.typing = r.front+blank, c.typed
	if blank != "" {
		r.back = blank
		return r, nil
	}
	c.question = false
	if !bare {
		c.front = r.front
	}
	if r.back, err = c.side("back", tmpl.back, tmpl.backErr); err != nil {
		return raw{front: faultHTML(err), back: faultHTML(err)}, err
	}
	r.back, r.answer = extractSounds(r.back, 'a')
	return r, nil
}

func (p *Type) context(n cards.Note, ordinal int, o Options) (*context, error) {
	c := &context{ordinal: ordinal, template: ordinal, cloze: p.t.Cloze, fields: make(map[string]string, len(p.t.Fields)+8)}
	if c.cloze {
		c.template = 0
	}
	if ordinal < 0 || ordinal >= MostClozes && c.cloze || c.template >= len(p.templates) {
		return nil, fmt.Errorf("%w: %q has no card %d", ErrNoCard, p.t.Name, ordinal+1)
	}
	deck := o.Deck
	c.fields["Tags"] = strings.Join(n.Tags, " ")
	c.fields["Type"] = p.t.Name
	c.fields["Deck"] = deck
	c.fields["Subdeck"] = deck[strings.LastIndexByte(deck, ':')+1:]
	c.fields["Card"] = p.t.Templates[c.template].Name
	c.fields["CardFlag"] = "flag" + strconv.Itoa(o.Flag)
	c.fields["CardID"] = strconv.FormatInt(o.ID, 10)
	for _, f := range p.t.Fields {
		c.fields[f] = ""
	}
	for _, f := range n.Fields {
		c.fields[f.Name] = f.Value
	}
	return c, nil
}
