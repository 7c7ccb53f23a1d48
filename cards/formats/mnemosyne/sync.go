package mnemosyne

import (
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"recto/cards"
	"recto/cards/formats"
	"recto/cards/formats/build"
)

// The kinds of log entry that say something about cards.
const (
	addedCard, editedCard = "6", "7"
	repetition            = "9"
	addedTag, editedTag   = "10", "11"
	addedFact, editedFact = "16", "17"
	addedView, editedView = "19", "20"
	addedType, editedType = "22", "23"
)

// sync reads the log of openSM2sync: tags, facts, card types and views come before the
// cards that refer to them, and a later entry replaces an earlier one.
func (r *reader) sync(x *build.XML) error {
	r.cards = map[string][]*build.Node{}
	at := map[string]int{} // where a card stands among those of its fact
	entries := 0
	for {
		start, ends, err := x.Next(nil)
		if errors.Is(err, io.EOF) {
			return r.make()
		}
		if err != nil {
			if done := r.make(); done != nil {
				return done
			}
			return err
		}
		if ends || start.Name.Local != "log" {
			continue
		}
		if entries++; entries > mostEntries {
			return formats.TooLarge("it has more than %d entries", mostEntries)
		}
		n, err := x.Node(start)
		if err != nil {
			if done := r.make(); done != nil {
				return done
			}
			return err
		}
		id := n.Attrs["o_id"]
		switch n.Attrs["type"] {
		case addedTag, editedTag:
			r.tags[id] = tag(n.Child("name"))
		case addedFact, editedFact:
			if r.facts[id] == nil {
				r.order = append(r.order, id)
			}
			r.facts[id] = n
		case addedView, editedView:
			r.views[id] = n
		case addedType, editedType:
			r.types[id] = n
		case addedCard, editedCard:
			fact := n.Attrs["fact"]
			if i, twice := at[id]; twice && i < len(r.cards[fact]) {
				r.cards[fact][i] = n
				continue
			}
			at[id] = len(r.cards[fact])
			r.cards[fact] = append(r.cards[fact], n)
		case repetition:
			r.repetitions = append(r.repetitions, n)
		}
	}
}

// make makes notes of facts and their cards, and then reviews of repetitions.
func (r *reader) make() error {
	for i, id := range r.order {
		if i&255 == 0 {
			r.progress(int64(i), int64(len(r.order)))
		}
		all := r.cards[id]
		if len(all) == 0 {
			r.Draft.Tell(formats.Trouble{Line: r.facts[id].Line, Where: "fact " + short(id), Sentence: "no card asks for it", Skipped: true})
			continue
		}
		if err := r.fact(id, r.facts[id], all); err != nil {
			return err
		}
		delete(r.cards, id)
		delete(r.facts, id)
	}
	for id, orphans := range r.cards {
		r.Draft.Tell(formats.Trouble{Line: orphans[0].Line, Where: "fact " + short(id), Sentence: "a card asks for it, but it is not in the file", Skipped: true})
	}
	r.cards, r.order = nil, nil
	return r.reviews()
}

func short(id string) string { return strings.ToValidUTF8(id[:min(len(id), 40)], "") }

// fact adds the note of a fact.
func (r *reader) fact(id string, fact *build.Node, all []*build.Node) error {
	kind := all[0].Attrs["card_t"]
	v := map[string]string{}
	for _, c := range fact.Children {
		v[strings.TrimPrefix(c.Name, "___")] = c.Text
	}
	n := formats.Note{GUID: id, Line: fact.Line}
	if len(n.GUID) > 1000 {
		n.GUID = ""
	}
	for t := range strings.SplitSeq(all[0].Attrs["tags"], ",") {
		if name := r.tags[strings.TrimSpace(t)]; name != "" {
			n.Tags = append(n.Tags, name)
		}
	}
	number, _, _ := strings.Cut(kind, "::")
	switch number {
	case "5":
		return r.gapped(n, v["text"], "", all)
	case "6":
		return r.sentence(n, v, all)
	case "7":
		return r.anki(n, kind, v, all)
	}
	t, keys := typeOf(number)
	for i, key := range keys {
		n.Fields = append(n.Fields, r.field(v[key]))
		if i == 0 && build.Bare(n.Fields[0]) == "" {
			r.Skip(fact.Line, "the front is empty")
			return nil
		}
	}
	n.Type = r.Type(t)
	return r.add(n, all, func(c *build.Node) int { return view(c, len(t.Templates)) })
}

// view is the ordinal of a card by its fact view, "2.1" or "2.2".
func view(c *build.Node, templates int) int {
	_, ordinal, _ := strings.Cut(c.Attrs["fact_v"], ".")
	return min(max(build.Int(ordinal, 1)-1, 0), templates-1)
}

// typeOf is the note type of a card type, and the keys of its fields.
func typeOf(number string) (formats.NoteType, []string) {
	switch number {
	case "2":
		return build.Reversed(), []string{"f", "b"}
	case "3":
		return vocabulary(), []string{"f", "p_1", "m_1", "n"}
	case "4":
		return formats.NoteType{
			Name: "Map", Fields: build.Fields("Location", "Marked map", "Blank map"),
			Templates: []formats.Template{
				{Name: "Recognition", Front: "{{Marked map}}", Back: "{{Location}}<hr id=\"answer\">{{Marked map}}"},
				{Name: "Production", Front: "{{Location}}{{Blank map}}", Back: "{{Location}}<hr id=\"answer\">{{Marked map}}"},
			},
		}, []string{"loc", "marked", "blank"}
	}
	return build.Basic(), []string{"f", "b"}
}

func vocabulary() formats.NoteType {
	optional := func(name string) string { return "{{#" + name + "}}<div>{{" + name + "}}</div>{{/" + name + "}}" }
	const answer = "{{FrontSide}}\n\n<hr id=\"answer\">\n\n"
	return formats.NoteType{
		Name: "Vocabulary", Fields: build.Fields("Foreign", "Pronunciation", "Meaning", "Notes"),
		Templates: []formats.Template{
			{Name: "Recognition", Front: "{{Foreign}}", Back: answer + optional("Pronunciation") + "{{Meaning}}" + optional("Notes")},
			{Name: "Production", Front: "{{Meaning}}", Back: answer + "{{Foreign}}" + optional("Pronunciation") + optional("Notes")},
		},
	}
}

// add adds a note with the cards of a file, each ordinal once.
func (r *reader) add(n formats.Note, all []*build.Node, ordinal func(*build.Node) int) error {
	var from []formats.Card
	var ids []string
	seen := map[int]bool{}
	for _, c := range all {
		o := ordinal(c)
		if o < 0 || o > 499 || seen[o] {
			continue
		}
		seen[o] = true
		card := progressOf(c.Attrs, o)
		if card.State == formats.New {
			card.Position = int64(len(r.Draft.Notes) + 1)
		}
		from, ids = append(from, card), append(ids, c.Attrs["o_id"])
	}
	first := len(r.Draft.Cards)
	if _, err := r.Add(n, r.Deck(r.base), from...); err != nil {
		return err
	}
	for i, id := range ids {
		r.byCard[id] = first + i
	}
	return nil
}

// progressOf reads the learning data of a card: grade gr (-1 for none), easiness e,
// answers before and after it was known (ac_rp, rt_rp), lapses, and the last and
// next repetition in seconds since 1970.
func progressOf(a map[string]string, ordinal int) formats.Card {
	grade := build.Int(a["gr"], -1)
	next, last := build.Int(a["n_rp"], -1), build.Int(a["l_rp"], -1)
	if grade < 0 || next < 0 {
		return formats.NewCard(0, ordinal, 0, 0)
	}
	const day = 86400
	return build.Progress{
		Due: cards.Day(min(next/day, 1<<20)), Interval: (next - max(last, 0) + day/2) / day, Ease: build.Float(a["e"], 2.5),
		Passes: build.Int(a["rt_rp_l"], 0) + 1, Reps: build.Int(a["ac_rp"], 0) + build.Int(a["rt_rp"], 0), Lapses: build.Int(a["lps"], 0),
		Failed: grade < 2,
	}.Card(ordinal)
}

// gapped adds a text with [gaps] or [gaps:with hints].
func (r *reader) gapped(n formats.Note, text, extra string, all []*build.Node) error {
	marked, gaps := brackets(text)
	if gaps == 0 {
		r.Skip(n.Line, "there is no gap in this text: put [square brackets] around what is to be asked")
		return nil
	}
	n.Type = r.Type(build.Cloze())
	n.Fields = []string{r.field(marked), extra}
	next := -1
	return r.add(n, all, func(c *build.Node) int {
		next++
		return index(c, next)
	})
}

// index is which gap a card asks for, as its extra data say.
func index(c *build.Node, otherwise int) int {
	extra, err := literal(c.Child("extra"))
	if m, ok := extra.(map[string]any); err == nil && ok {
		if i, ok := m["index"].(float64); ok && i >= 0 && i < 500 {
			return int(i)
		}
	}
	return otherwise
}

// brackets writes [gaps] as Anki does.
func brackets(text string) (string, int) {
	var b strings.Builder
	n := 0
	for {
		before, rest, found := strings.Cut(text, "[")
		inner, after, closed := strings.Cut(rest, "]")
		if !found || !closed {
			b.WriteString(text)
			return b.String(), n
		}
		b.WriteString(before)
		text = after
		if inner == "" || strings.HasPrefix(inner, "sound:") {
			b.WriteString("[" + inner + "]")
			continue
		}
		n++
		word, hint, _ := strings.Cut(inner, ":")
		b.WriteString("{{c" + itoa(n) + "::" + strings.ReplaceAll(word, "}}", "} }"))
		if hint = strings.ReplaceAll(hint, "}}", "} }"); hint != "" {
			b.WriteString("::" + hint)
		}
		b.WriteString("}}")
	}
}

// sentence adds a sentence that is asked as a whole, and again with gaps.
func (r *reader) sentence(n formats.Note, v map[string]string, all []*build.Node) error {
	var whole, gaps []*build.Node
	for _, c := range all {
		if strings.HasSuffix(c.Attrs["fact_v"], ".1") {
			whole = append(whole, c)
		} else {
			gaps = append(gaps, c)
		}
	}
	if len(whole) > 0 {
		one := n
		one.Type = r.Type(vocabulary())
		one.Fields = []string{r.field(unbracketed(v["f"])), r.field(v["p_1"]), r.field(v["m_1"]), r.field(v["n"])}
		if err := r.add(one, whole, func(*build.Node) int { return 0 }); err != nil {
			return err
		}
	}
	if len(gaps) == 0 {
		return nil
	}
	if len(whole) > 0 && n.GUID != "" {
		n.GUID += " gaps" // the two are notes of their own here
	}
	var extra []string
	for _, key := range []string{"p_1", "m_1", "n"} {
		if f := r.field(v[key]); f != "" {
			extra = append(extra, f)
		}
	}
	return r.gapped(n, v["f"], strings.Join(extra, "<br>"), gaps)
}

// unbracketed is a sentence without its brackets and hints.
func unbracketed(text string) string {
	marked, _ := brackets(text)
	for {
		before, rest, found := strings.Cut(marked, "{{c")
		if !found {
			return marked
		}
		_, rest, _ = strings.Cut(rest, "::")
		inner, after, _ := strings.Cut(rest, "}}")
		word, _, _ := strings.Cut(inner, "::")
		marked = before + word + after
	}
}

// reviews makes the log of repetitions.
func (r *reader) reviews() error {
	for _, n := range r.repetitions {
		a := n.Attrs
		card, known := r.byCard[a["o_id"]]
		at := build.Int(a["time"], 0)
		grade := build.Int(a["gr"], -1)
		if !known || at <= 0 || at > 1<<36 || grade < 0 || grade > 5 {
			continue
		}
		if len(r.Draft.Reviews) >= 10*r.Limits().Rows {
			return formats.TooLarge("it has more than %d repetitions", 10*r.Limits().Rows)
		}
		g := cards.Grade(grade)
		kind := formats.ReviewDue
		if build.Int(a["rt_rp"], 0) == 0 {
			kind = formats.ReviewLearn
		}
		next := build.Int(a["n_rp"], at)
		r.Draft.Reviews = append(r.Draft.Reviews, formats.Review{
			Card: card, At: time.Unix(int64(at), 0).UTC(), Kind: kind, Button: button(g), Grade: g,
			Interval: days(next - at), Last: days(build.Int(a["sch_i"], 0)), Ease: build.Ease(build.Float(a["e"], 2.5)),
			Took: time.Duration(min(max(build.Float(a["th_t"], 0), 0), 3600) * float64(time.Second)),
		})
	}
	r.repetitions = nil
	return nil
}

// button is the button of Anki for a grade of Mnemosyne, where 2 is a pass.
func button(g cards.Grade) int {
	if g == 2 {
		return 2
	}
	return formats.ButtonOf(g)
}

func days(seconds int) int {
	return int(math.Round(float64(min(max(seconds, 0), 1<<33)) / 86400))
}

func itoa(n int) string { return strconv.Itoa(n) }
