package mnemosyne

import (
	"errors"
	"io"
	"strings"

	"recto/cards"
	"recto/cards/formats"
	"recto/cards/formats/build"
)

// version1 reads the XML of Mnemosyne 1: items, of which one whose id ends in ".inv"
// is the way back of another, and ".tr.1" the production of a word.
func (r *reader) version1(x *build.XML) error {
	items := map[string]*build.Node{}
	var order []string
	var begun int
	var failed error
	for {
		start, ends, err := x.Next(nil)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			failed = err
			break
		}
		if ends {
			continue
		}
		switch start.Name.Local {
		case "mnemosyne":
			begun = build.Int(build.Attrs(start)["time_of_start"], 0)
		case "item":
			n, err := x.Node(start)
			if err != nil {
				failed = err
				break
			}
			if len(order) >= mostEntries {
				return formats.TooLarge("it has more than %d items", mostEntries)
			}
			id := n.Attrs["id"]
			for id == "" || items[id] != nil {
				id = "\x00" + itoa(len(order))
			}
			items[id] = n
			order = append(order, id)
		}
		if failed != nil {
			break
		}
	}
	if errors.Is(failed, formats.ErrTooLarge) {
		return failed
	}
	for _, id := range order {
		if err := r.item(id, items, begun); err != nil {
			return err
		}
	}
	return failed
}

// item adds the note of an item, with that of its other way.
func (r *reader) item(id string, items map[string]*build.Node, begun int) error {
	for _, suffix := range []string{".inv", ".tr.1"} {
		if parent, ok := strings.CutSuffix(id, suffix); ok && items[parent] != nil {
			return nil // comes with its parent
		}
	}
	n := items[id]
	q, a := n.Child("Q"), n.Child("A")
	note := formats.Note{GUID: id, Line: n.Line}
	if strings.HasPrefix(id, "\x00") || len(id) > 1000 {
		note.GUID = ""
	}
	if t := tag(n.Child("cat")); t != "" {
		note.Tags = []string{t}
	}
	all, t := []*build.Node{n}, build.Basic()
	note.Fields = []string{r.field(q), r.field(a)}
	if other := items[id+".inv"]; other != nil {
		all, t = append(all, other), build.Reversed()
		if strings.Contains(q, "answerbox: overlay") && strings.Contains(q, "<img ") {
			t, _ = typeOf("4")
			note.Fields = []string{r.field(other.Child("A")), r.field(other.Child("Q")), r.field(q)}
			all = []*build.Node{other, n}
		}
	} else if other := items[id+".tr.1"]; other != nil {
		all, t = append(all, other), vocabulary()
		pronounced, meaning, both := strings.Cut(a, "\n")
		if !both {
			pronounced, meaning = "", a
		}
		note.Fields = []string{r.field(q), r.field(pronounced), r.field(meaning), ""}
	}
	switch {
	case build.Bare(note.Fields[0]) == "":
		r.Skip(n.Line, "the question is empty")
		return nil
	case build.Bare(strings.Join(note.Fields[1:], "")) == "":
		r.Warn(n.Line, "the answer is empty")
	}
	note.Type = r.Type(t)
	var from []formats.Card
	for ordinal, c := range all {
		from = append(from, oldProgress(c.Attrs, ordinal, begun, len(r.Draft.Notes)+1))
	}
	_, err := r.Add(note, r.Deck(r.base), from...)
	return err
}

// oldProgress reads the learning data of an item, whose repetitions are days since
// the seconds begun.
func oldProgress(a map[string]string, ordinal, begun, position int) formats.Card {
	grade := build.Int(a["gr"], -1)
	unseen := a["u"] != "0" && grade < 2
	if grade < 0 || unseen || begun <= 0 {
		return formats.NewCard(0, ordinal, 0, int64(position))
	}
	const day, most = 86400, 1 << 20
	last, next := min(max(build.Int(a["l_rp"], 0), -most), most), min(max(build.Int(a["n_rp"], 0), -most), most)
	return build.Progress{
		Due: cards.Day(min(begun/day, most) + next), Interval: next - last, Ease: build.Float(a["e"], 2.5),
		Passes: build.Int(a["rt_rp_l"], 0) + 1, Reps: build.Int(a["ac_rp"], 0) + build.Int(a["rt_rp"], 0), Lapses: build.Int(a["lps"], 0),
		Failed: grade < 2,
	}.Card(ordinal)
}
