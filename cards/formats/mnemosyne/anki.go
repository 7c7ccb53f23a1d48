package mnemosyne

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"recto/cards/formats"
	"recto/cards/formats/build"
)

// anki adds a fact of a note type that Mnemosyne had from Anki: its fields are keys
// "0", "1", ..., and its templates stand in the extra data of views.
func (r *reader) anki(n formats.Note, kind string, v map[string]string, all []*build.Node) error {
	t, keys, views := r.ankiType(kind, v)
	if len(keys) == 0 {
		r.Skip(n.Line, "the card type "+short(kind)+" is not in the file")
		return nil
	}
	n.Type = r.Type(t)
	for _, key := range keys {
		n.Fields = append(n.Fields, build.References(strings.ReplaceAll(v[key], "src_missing=", "src="), r.mediaName))
	}
	next := -1
	return r.add(n, all, func(c *build.Node) int {
		next++
		if t.Cloze {
			return index(c, next)
		}
		if i, ok := views[c.Attrs["fact_v"]]; ok {
			return i
		}
		return view(c, len(t.Templates))
	})
}

// ankiType is a note type as the file describes it, the keys of its fields, and the
// ordinals of its views.
func (r *reader) ankiType(kind string, v map[string]string) (formats.NoteType, []string, map[string]int) {
	t := formats.NoteType{Name: "Mnemosyne " + short(kind)}
	var keys, names []string
	views := map[string]int{}
	node := r.types[kind]
	if node == nil {
		for i := 0; i < 100; i++ {
			if key := strconv.Itoa(i); v[key] != "" {
				keys, names = append(keys, key), append(names, "")
			}
		}
		if len(keys) == 0 {
			return t, nil, nil
		}
		return build.Named(t.Name, false, build.FieldNames(append(names, "")[:max(2, len(names))])...), keys, views
	}
	if name := node.Child("name"); name != "" {
		t.Name = name
	}
	extra := dict(node.Child("extra"))
	t.CSS, _ = extra["css"].(string)
	if cloze, ok := extra["type"].(float64); ok {
		t.Cloze = cloze == 1
	}
	for _, pair := range list(node.Child("fact_keys_and_names")) {
		if p, ok := pair.([]any); ok && len(p) == 2 {
			key, _ := p[0].(string)
			name, _ := p[1].(string)
			keys, names = append(keys, key), append(names, name)
		}
	}
	keys = keys[:min(len(keys), r.Limits().Fields)]
	t.Fields = build.Fields(build.FieldNames(names[:len(keys)])...)
	for i, f := range names[:len(keys)] { // templates name them as they are
		if f != "" && !strings.ContainsAny(f, "{}:\"") {
			t.Fields[i].Name = f
		}
	}
	for _, id := range list(node.Child("fact_views")) {
		name, _ := id.(string)
		if r.views[name] == nil || len(t.Templates) >= r.Limits().Fields {
			continue
		}
		e := dict(r.views[name].Child("extra"))
		front, _ := e["qfmt"].(string)
		back, _ := e["afmt"].(string)
		views[name] = len(t.Templates)
		t.Templates = append(t.Templates, formats.Template{Name: r.views[name].Child("name"), Front: front, Back: back})
	}
	if len(t.Templates) == 0 && len(keys) > 0 {
		t.Templates = build.Named("", t.Cloze, fieldNames(t)...).Templates
	}
	return t, keys, views
}

func fieldNames(t formats.NoteType) []string {
	var names []string
	for _, f := range t.Fields {
		names = append(names, f.Name)
	}
	return names
}

func dict(text string) map[string]any {
	v, err := literal(text)
	m, ok := v.(map[string]any)
	if err != nil || !ok {
		return nil
	}
	return m
}

func list(text string) []any {
	v, err := literal(text)
	l, ok := v.([]any)
	if err != nil || !ok {
		return nil
	}
	return l
}

var errLiteral = errors.New("no literal of Python")

// literal reads what Python's repr writes of dictionaries, lists, tuples, texts,
// numbers, True, False and None: as map[string]any, []any, string, float64, bool and
// nil. Nothing is ever run.
func literal(text string) (any, error) {
	p := python{rest: strings.TrimSpace(text)}
	v, err := p.value(0)
	if err == nil && strings.TrimSpace(p.rest) != "" {
		err = errLiteral
	}
	return v, err
}

type python struct{ rest string }

// next skips space and takes the next byte if it is c.
func (p *python) next(c byte) bool {
	p.rest = strings.TrimLeft(p.rest, " \t\n")
	if p.rest == "" || p.rest[0] != c {
		return false
	}
	p.rest = p.rest[1:]
	return true
}

func (p *python) value(deep int) (any, error) {
	const deepest = 20
	if deep > deepest {
		return nil, errLiteral
	}
	switch {
	case p.next('{'):
		return p.dict(deep)
	case p.next('['):
		return p.list(']', deep)
	case p.next('('):
		return p.list(')', deep)
	case p.next('\''):
		return p.text('\'')
	case p.next('"'):
		return p.text('"')
	}
	end := strings.IndexAny(p.rest, ",]}): \n")
	if end < 0 {
		end = len(p.rest)
	}
	word := p.rest[:end]
	p.rest = p.rest[end:]
	switch word {
	case "True", "False":
		return word == "True", nil
	case "None":
		return nil, nil
	}
	f, err := strconv.ParseFloat(word, 64)
	if err != nil {
		return nil, errLiteral
	}
	return f, nil
}

func (p *python) dict(deep int) (any, error) {
	m := map[string]any{}
	for !p.next('}') {
		key, err := p.value(deep + 1)
		if err != nil || !p.next(':') {
			return nil, errLiteral
		}
		value, err := p.value(deep + 1)
		if err != nil {
			return nil, err
		}
		if name, ok := key.(string); ok {
			m[name] = value
		}
		if !p.next(',') {
			if !p.next('}') {
				return nil, errLiteral
			}
			break
		}
	}
	return m, nil
}

func (p *python) list(end byte, deep int) (any, error) {
	l := []any{}
	for !p.next(end) {
		v, err := p.value(deep + 1)
		if err != nil {
			return nil, err
		}
		l = append(l, v)
		if !p.next(',') {
			if !p.next(end) {
				return nil, errLiteral
			}
			break
		}
	}
	return l, nil
}

func (p *python) text(quote byte) (any, error) {
	var b strings.Builder
	for i := 0; i < len(p.rest); i++ {
		c := p.rest[i]
		switch {
		case c == quote:
			p.rest = p.rest[i+1:]
			return b.String(), nil
		case c == '\\' && i+1 < len(p.rest):
			i++
			i += escape(&b, p.rest[i:])
		default:
			b.WriteByte(c)
		}
	}
	return nil, errLiteral
}

// escape writes what stands for a backslash and rest, and says how many bytes of rest
// after the first it took.
func escape(b *strings.Builder, rest string) int {
	switch rest[0] {
	case 'n':
		b.WriteByte('\n')
	case 't':
		b.WriteByte('\t')
	case 'r':
		b.WriteByte('\r')
	case 'x', 'u', 'U':
		digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[rest[0]]
		if len(rest) > digits {
			if r, err := strconv.ParseUint(rest[1:1+digits], 16, 32); err == nil && utf8.ValidRune(rune(r)) {
				b.WriteRune(rune(r))
				return digits
			}
		}
	default:
		b.WriteByte(rest[0])
	}
	return 0
}
