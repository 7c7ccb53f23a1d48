package anki

import (
	"context"
	"database/sql"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"recto/cards/formats"
)

// What Anki insists on finding, where the Draft says nothing.
const (
	standardType     = `{"did":null,"latexPre":"\\documentclass[12pt]{article}\n\\special{papersize=3in,5in}\n\\usepackage[utf8]{inputenc}\n\\usepackage{amssymb,amsmath}\n\\pagestyle{empty}\n\\setlength{\\parindent}{0in}\n\\begin{document}\n","latexPost":"\\end{document}","tags":[],"vers":[]}`
	standardField    = `{"sticky":false,"font":"Arial","size":20,"media":[]}`
	standardTemplate = `{"bqfmt":"","bafmt":"","did":null}`
	standardDeck     = `{"collapsed":false,"lrnToday":[0,0],"revToday":[0,0],"newToday":[0,0],"timeToday":[0,0],"extendNew":10,"extendRev":50}`
	standardFiltered = `{"collapsed":false,"lrnToday":[0,0],"revToday":[0,0],"newToday":[0,0],"timeToday":[0,0],"resched":true,"terms":[["",100,0]],"separate":true,"delays":null}`
	standardPreset   = `{"maxTaken":60,"autoplay":true,"timer":0,"replayq":true,"mod":0,"dyn":false,` +
		`"new":{"delays":[1,10],"ints":[1,4,7],"initialFactor":2500,"order":1,"perDay":20,"bury":true,"separate":true},` +
		`"rev":{"perDay":200,"ease4":1.3,"fuzz":0.05,"ivlFct":1,"maxIvl":36500,"bury":true,"minSpace":1,"hardFactor":1.2},` +
		`"lapse":{"delays":[10],"mult":0,"minInt":1,"leechFails":8,"leechAction":0}}`
	standardConf = `{"activeDecks":[1],"curDeck":1,"newSpread":0,"collapseTime":1200,"timeLim":0,"estTimes":true,"dueCounts":true,"curModel":null,"nextPos":1,"sortType":"noteFld","sortBackwards":false,"addToCur":true,"dayLearnFirst":false}`
)

// col writes the single row about the whole.
func (wr *writer) col(ctx context.Context, tx *sql.Tx) error {
	conf := wr.settings()
	models, presets, decks := wr.models(), wr.options(), wr.folders()
	tags := map[string]int{}
	for i := range wr.draft.Notes {
		for _, tag := range wr.draft.Notes[i].Tags {
			if tag = strings.Join(strings.FieldsFunc(tag, separates), "_"); tag != "" {
				tags[tag] = -1
			}
		}
	}
	modified := wr.now.UnixMilli()
	if !wr.draft.Made.IsZero() {
		modified = wr.draft.Made.UnixMilli()
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, ?)`, wr.clock.created, modified, modified,
		string(rawJSON(conf)), string(rawJSON(models)), string(rawJSON(decks)), string(rawJSON(presets)), string(rawJSON(tags)))
	return err
}

// settings gives the settings back, and sets the clock by them: day 0 is that of
// the collection the Draft came from, or the first day that stands in the Draft.
func (wr *writer) settings() object {
	kept := object{}
	_ = json.Unmarshal(wr.draft.Extras[prefix+"conf"], &kept) // empty when it is none
	var created int64
	if json.Unmarshal(wr.draft.Extras[prefix+"crt"], &created) != nil || created <= 0 {
		created, kept = wr.firstDay()*day+4*3600, object{"creationOffset": json.RawMessage("0")}
	}
	conf := objectOf(nil, standardConf)
	for key, value := range kept {
		if json.Valid(value) {
			conf[key] = value
		}
	}
	wr.clock = newClock(created, conf)
	conf.set("schedVer", 2)
	return conf
}

// firstDay is the first day on which anything happened or is due.
func (wr *writer) firstDay() int64 {
	first := quotient(wr.now.Unix(), day)
	for i := range wr.draft.Cards {
		if c := &wr.draft.Cards[i]; c.State == formats.Reviewing && c.Due > 0 {
			first = min(first, int64(c.Due))
		}
	}
	for i := range wr.draft.Reviews {
		first = min(first, quotient(wr.draft.Reviews[i].At.Unix(), day))
	}
	return max(first, 1)
}

// models are the note types, by ID.
func (wr *writer) models() map[string]object {
	ids := newNumbers(len(wr.draft.NoteTypes))
	models := map[string]object{}
	for _, t := range wr.draft.NoteTypes {
		id := ids.next(t.ID, stable("note type", t.Name, strings.Join(fieldNames(t), "\x1f")))
		wr.types = append(wr.types, id)
		models[strconv.FormatInt(id, 10)] = wr.model(t, id)
	}
	return models
}

func fieldNames(t formats.NoteType) []string {
	var names []string
	for _, f := range t.Fields {
		names = append(names, f.Name)
	}
	return names
}

func (wr *writer) model(t formats.NoteType, id int64) object {
	o := objectOf(t.Extras, standardType)
	kind := 0
	if t.Cloze {
		kind = 1
	}
	for key, value := range map[string]any{"id": id, "name": t.Name, "type": kind, "mod": unix(t.Modified, 0), "usn": -1, "sortf": t.SortField, "css": t.CSS} {
		o.set(key, value)
	}
	flds, tmpls := []object{}, []object{}
	for i, f := range t.Fields {
		field := objectOf(f.Extras, standardField)
		field.set("name", f.Name)
		field.set("ord", i)
		field.set("rtl", f.RTL)
		flds = append(flds, field)
	}
	for i, f := range t.Templates {
		template := objectOf(f.Extras, standardTemplate)
		template.set("name", f.Name)
		template.set("ord", i)
		template.set("qfmt", f.Front)
		template.set("afmt", f.Back)
		tmpls = append(tmpls, template)
	}
	o.set("flds", flds)
	o.set("tmpls", tmpls)
	if _, there := o["req"]; !there {
		o.set("req", required(t))
	}
	return o
}

// replacement finds the fields of a template: {{filter:Field}}.
var replacement = regexp.MustCompile(`\{\{([^#^/{}][^{}]*)\}\}`)

// required says, for Ankis before 2.1.28, which fields make a template's card.
func required(t formats.NoteType) [][]any {
	list := [][]any{}
	names := fieldNames(t)
	for i, template := range t.Templates {
		used := []int{}
		for _, match := range replacement.FindAllStringSubmatch(template.Front, -1) {
			name := match[1][strings.LastIndex(match[1], ":")+1:]
			if j := slices.Index(names, strings.TrimSpace(name)); j >= 0 && !slices.Contains(used, j) {
				used = append(used, j)
			}
		}
		kind := "any"
		if len(used) == 0 {
			kind = "none"
		}
		slices.Sort(used)
		list = append(list, []any{i, kind, used})
	}
	return list
}

// options are the groups of options, by ID; 1 is always there.
func (wr *writer) options() map[string]object {
	ids := newNumbers(len(wr.draft.Presets))
	all := map[string]object{}
	for _, p := range wr.draft.Presets {
		id := ids.next(p.ID, stable("preset", p.Name))
		wr.presets = append(wr.presets, id)
		o := objectOf(p.Extras, standardPreset)
		o.set("id", id)
		o.set("name", p.Name)
		o.set("usn", -1)
		for key, limit := range map[string]int{"new": p.Limits.New, "rev": p.Limits.Reviews} {
			inner := o.object(key)
			if inner == nil {
				inner = objectOf(nil, standardPreset).object(key)
			}
			inner.set("perDay", limit)
			o.set(key, inner)
		}
		all[strconv.FormatInt(id, 10)] = o
	}
	if all["1"] == nil {
		o := objectOf(nil, standardPreset)
		o.set("id", 1)
		o.set("name", "Default")
		o.set("usn", -1)
		all["1"] = o
	}
	return all
}

// folders are the decks, by ID; 1 is always there.
func (wr *writer) folders() map[string]object {
	ids := newNumbers(len(wr.draft.Decks))
	if !slices.ContainsFunc(wr.draft.Decks, func(d formats.Deck) bool { return d.ID == 1 }) {
		i := slices.IndexFunc(wr.draft.Decks, func(d formats.Deck) bool { return d.Name == "Default" && !d.Filtered })
		return wr.foldersWith(ids, i)
	}
	return wr.foldersWith(ids, -1)
}

// foldersWith gives the deck at index standard the ID 1, and makes one if no deck has it.
func (wr *writer) foldersWith(ids *numbers, standard int) map[string]object {
	all := map[string]object{}
	if standard >= 0 {
		ids.used[1] = true
	}
	for i, d := range wr.draft.Decks {
		id := int64(1)
		if i != standard {
			id = ids.next(d.ID, stable("deck", d.Name))
		}
		wr.decks = append(wr.decks, id)
		all[strconv.FormatInt(id, 10)] = wr.folder(d, id)
	}
	if all["1"] == nil {
		all["1"] = wr.folder(formats.Deck{Name: "Default", Preset: -1}, 1)
	}
	return all
}

func (wr *writer) folder(d formats.Deck, id int64) object {
	o := objectOf(d.Extras, standardDeck)
	filtered := 0
	if d.Filtered {
		filtered = 1
		o = objectOf(d.Extras, standardFiltered)
	}
	for key, value := range map[string]any{"id": id, "name": d.Name, "desc": d.Description, "mod": unix(d.Modified, 0), "usn": -1, "dyn": filtered} {
		o.set(key, value)
	}
	if !d.Filtered {
		preset := int64(1)
		if d.Preset >= 0 {
			preset = wr.presets[d.Preset]
		}
		o.set("conf", preset)
	}
	return o
}
