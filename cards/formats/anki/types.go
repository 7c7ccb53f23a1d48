package anki

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"recto/cards"
	"recto/cards/formats"
)

// noteType reads a note type of schema 11.
func (r *reader) noteType(id int64, o object) error {
	if _, twice := r.types[id]; twice {
		return nil
	}
	t := formats.NoteType{
		ID: id, Name: o.text("name"), CSS: o.text("css"), Cloze: o.whole("type") == 1,
		Modified: seconds(o.whole("mod")), Extras: o.extras("id", "name", "css", "type", "mod", "usn", "flds", "tmpls", "sortf"),
	}
	size := len(t.CSS) + len(t.Name)
	flds, tmpls := inOrder(o.list("flds")), inOrder(o.list("tmpls"))
	if len(flds) > r.limits.Fields || len(tmpls) > r.limits.Fields {
		return formats.TooLarge("the note type %q has more than %d fields or templates", short(t.Name), r.limits.Fields)
	}
	for i, f := range flds {
		field := formats.Field{Name: f.text("name"), RTL: f.flag("rtl"), Extras: f.extras("name", "ord", "rtl")}
		if field.Name == "" {
			field.Name = fmt.Sprintf("Field %d", i+1)
		}
		size += len(field.Name)
		t.Fields = append(t.Fields, field)
	}
	for _, f := range tmpls {
		template := formats.Template{Name: f.text("name"), Front: f.text("qfmt"), Back: f.text("afmt"), Extras: f.extras("name", "ord", "qfmt", "afmt", "mod", "usn")}
		size += len(template.Front) + len(template.Back)
		t.Templates = append(t.Templates, template)
	}
	if sort := o.whole("sortf"); 0 <= sort && int(sort) < len(t.Fields) {
		t.SortField = int(sort)
	}
	if t.Name == "" {
		t.Name = fmt.Sprintf("Note type %d", id)
	}
	r.types[id] = len(r.draft.NoteTypes)
	r.draft.NoteTypes = append(r.draft.NoteTypes, t)
	return r.weight.Text(size)
}

// inOrder sorts fields or templates by their "ord", where they have one.
func inOrder(list []object) []object {
	slices.SortStableFunc(list, func(a, b object) int { return cmp.Compare(a.whole("ord"), b.whole("ord")) })
	return list
}

// deck reads a deck of schema 11.
func (r *reader) deck(id int64, o object, presets map[int64]int) error {
	if _, twice := r.decks[id]; twice {
		return nil
	}
	d := formats.Deck{
		ID: id, Name: deckName(o.text("name")), Description: o.text("desc"), Filtered: o.whole("dyn") == 1, Preset: -1,
		Modified: seconds(o.whole("mod")), Extras: o.extras("id", "name", "desc", "dyn", "mod", "usn", "conf"),
	}
	if i, ok := presets[o.whole("conf")]; ok && !d.Filtered {
		d.Preset = i
	}
	r.decks[id] = len(r.draft.Decks)
	r.draft.Decks = append(r.draft.Decks, d)
	return r.weight.Text(len(d.Name) + len(d.Description))
}

// deckName is a deck's name without blank levels, and without characters that turn
// the direction of writing or control a terminal.
func deckName(name string) string {
	const longest = 1000 // characters
	name = strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || formats.Turning(c) {
			return -1
		}
		return c
	}, name)
	if runes := []rune(name); len(runes) > longest {
		name = string(runes[:longest])
	}
	parts := strings.Split(name, "::")
	for i, p := range parts {
		if parts[i] = strings.TrimSpace(p); parts[i] == "" {
			parts[i] = "blank"
		}
	}
	return strings.Join(parts, "::")
}

// presets reads the groups of options.
func (r *reader) presets(all map[int64]object) map[int64]int {
	index := map[int64]int{}
	for _, id := range slices.Sorted(maps.Keys(all)) {
		o := all[id]
		index[id] = len(r.draft.Presets)
		r.draft.Presets = append(r.draft.Presets, formats.Preset{
			ID: id, Name: o.text("name"),
			Limits: cards.Limits{New: bounded(o.object("new").whole("perDay"), 0, 9999), Reviews: bounded(o.object("rev").whole("perDay"), 0, 9999)},
			Extras: o.extras("id", "name", "usn"),
		})
	}
	return index
}

// bounded is n within the bounds.
func bounded(n int64, least, most int) int {
	return int(min(max(n, int64(least)), int64(most)))
}

// byID decodes an object of objects with IDs as keys. What is no object is left out.
func (r *reader) byID(raw, what string) (map[int64]object, error) {
	if strings.TrimSpace(raw) == "" {
		return nil, nil
	}
	if err := r.weight.Text(len(raw)); err != nil {
		return nil, err
	}
	var all map[string]json.RawMessage
	if err := formats.DecodeJSON([]byte(raw), r.limits.Depth, &all); err != nil {
		return nil, fmt.Errorf("the %s: %w", what, err)
	}
	index := make(map[int64]object, len(all))
	for key, value := range all {
		var o object
		if json.Unmarshal(value, &o) != nil || o == nil {
			r.tell(what, fmt.Sprintf("%q is no object", short(key)), true)
			continue
		}
		id, err := strconv.ParseInt(key, 10, 64)
		if err != nil {
			id = o.whole("id")
		}
		index[id] = o
	}
	return index, nil
}

// short is a name as it can stand in a sentence.
func short(name string) string {
	const most = 60
	runes := []rune(name)
	if len(runes) <= most {
		return name
	}
	return string(runes[:most]) + "…"
}

// describe reads note types, decks and options, each from tables if there are any
// and from the JSON of col otherwise: collections between schema 11 and 18 have some of both.
func (r *reader) describe(ctx context.Context, db *database, col map[string]string) error {
	types, err := r.byID(col["models"], "note types")
	if err == nil && db.has("notetypes", "id", "config") {
		types, err = noteTypes18(ctx, db, r.limits)
	}
	if err != nil {
		return err
	}
	decks, err := r.byID(col["decks"], "decks")
	if err == nil && db.has("decks", "id", "kind") {
		decks, err = decks18(ctx, db, r.limits)
	}
	if err != nil {
		return err
	}
	options, err := r.byID(col["dconf"], "options")
	if err == nil && db.has("deck_config", "id", "config") {
		options, err = presets18(ctx, db, r.limits)
	}
	if err != nil {
		return err
	}
	r.types, r.decks = map[int64]int{}, map[int64]int{}
	for _, id := range slices.Sorted(maps.Keys(types)) {
		if err := r.noteType(id, types[id]); err != nil {
			return err
		}
	}
	presets := r.presets(options)
	for _, id := range slices.Sorted(maps.Keys(decks)) {
		if err := r.deck(id, decks[id], presets); err != nil {
			return err
		}
	}
	return nil
}
