package build

import (
	"slices"
	"strconv"
	"strings"

	"recto/cards/formats"
)

func itoa(n int) string { return strconv.Itoa(n) }

const answer = "{{FrontSide}}\n\n<hr id=\"answer\">\n\n"

// Basic is the note type with a front and a back.
func Basic() formats.NoteType {
	return formats.NoteType{
		Name: "Basic", Fields: Fields("Front", "Back"),
		Templates: []formats.Template{{Name: "Card 1", Front: "{{Front}}", Back: answer + "{{Back}}"}},
	}
}

// Reversed is Basic with a second card that asks for the front.
func Reversed() formats.NoteType {
	t := Basic()
	t.Name = "Basic (and reversed card)"
	t.Templates = append(t.Templates, formats.Template{Name: "Card 2", Front: "{{Back}}", Back: answer + "{{Front}}"})
	return t
}

// Cloze is the note type of texts with gaps.
func Cloze() formats.NoteType {
	return formats.NoteType{
		Name: "Cloze", Cloze: true, Fields: Fields("Text", "Back Extra"),
		Templates: []formats.Template{{Name: "Cloze", Front: "{{cloze:Text}}", Back: "{{cloze:Text}}<br>\n{{Back Extra}}"}},
		CSS:       ".cloze { font-weight: bold; color: blue; }\n",
	}
}

// Named is the note type that every Anki has under this name, with at least the
// fields called names; other names give a type that asks for the first field and
// answers with the rest. With cloze the first field has gaps.
func Named(name string, cloze bool, names ...string) formats.NoteType {
	var t formats.NoteType
	switch {
	case cloze:
		t = Cloze()
	case name == "Basic (and reversed card)":
		t = Reversed()
	case name == "Basic (type in the answer)":
		t = Basic()
		t.Templates[0] = formats.Template{Name: "Card 1", Front: "{{Front}}\n\n{{type:Back}}", Back: "{{Front}}\n\n<hr id=\"answer\">\n\n{{type:Back}}"}
	case name == "Basic (optional reversed card)":
		t = Reversed()
		t.Fields = Fields("Front", "Back", "Add Reverse")
		t.Templates[1].Front = "{{#Add Reverse}}{{Back}}{{/Add Reverse}}"
	default:
		t = Basic()
	}
	if name != "" {
		t.Name = name
	}
	if len(names) > 0 && !fits(t, names) {
		t.Fields = Fields(names...)
		t.Templates = oneCard(names, cloze)
	}
	return t
}

// fits reports whether t has the fields called names, in this order, at its start.
func fits(t formats.NoteType, names []string) bool {
	return len(names) <= len(t.Fields) && slices.EqualFunc(t.Fields[:len(names)], names, func(f formats.Field, n string) bool { return f.Name == n })
}

func oneCard(names []string, cloze bool) []formats.Template {
	front, back, name := "{{"+names[0]+"}}", answer, "Card 1"
	if cloze {
		front, name = "{{cloze:"+names[0]+"}}", "Cloze"
		back = front + "<br>\n"
	}
	for i, n := range names[1:] {
		switch {
		case i == 0 && len(names) == 2:
			back += "{{" + n + "}}"
		default:
			back += "{{#" + n + "}}<div>{{" + n + "}}</div>{{/" + n + "}}"
		}
	}
	return []formats.Template{{Name: name, Front: front, Back: back}}
}

// Fields are fields called names.
func Fields(names ...string) []formats.Field {
	out := make([]formats.Field, len(names))
	for i, n := range names {
		out[i].Name = n
	}
	return out
}

// FieldNames makes names that a note type can have of labels that a file has: no
// characters of the template language, none empty, none twice.
func FieldNames(labels []string) []string {
	out := make([]string, len(labels))
	seen := map[string]bool{"frontside": true, "tags": true, "type": true, "deck": true, "subdeck": true, "card": true, "cardflag": true, "cardid": true}
	for i, l := range labels {
		l = strings.Map(nameRune, strings.NewReplacer(":", " ", "{", "", "}", "", `"`, "", "<", "", ">", "").Replace(l))
		l = strings.TrimLeft(strings.Join(strings.Fields(l), " "), "#^/ ")
		if len(l) > 100 {
			l = strings.ToValidUTF8(l[:100], "")
		}
		if l == "" {
			l = defaultName(i)
		}
		base := l
		for n := 2; seen[strings.ToLower(l)]; n++ {
			l = base + " " + itoa(n)
		}
		seen[strings.ToLower(l)] = true
		out[i] = l
	}
	return out
}

func defaultName(i int) string {
	switch i {
	case 0:
		return "Front"
	case 1:
		return "Back"
	case 2:
		return "Extra"
	}
	return "Extra " + itoa(i-1)
}
