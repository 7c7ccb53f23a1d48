package text_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"recto/cards/formats"
	"recto/cards/formats/text"
)

// TestColumnsAreWhatAPersonSays: the front is what is called so, wherever it stands.
func TestColumnsAreWhatAPersonSays(t *testing.T) {
	const file = "1;Rome;the Tiber;river europe\n2;Paris;the Seine;river\n"
	header := false
	for _, c := range []struct {
		columns []string
		fields  string // names of the note type's fields
		first   string // fields and tags of the first note
	}{
		{[]string{formats.ColumnSkip, "Front", "Back", formats.ColumnTags}, "Front|Back", "Rome|the Tiber [river europe]"},
		{[]string{formats.ColumnSkip, "Back", "Front", formats.ColumnTags}, "Front|Back", "the Tiber|Rome [river europe]"},
		{[]string{"Number", "Front", "Back", formats.ColumnTags}, "Front|Back|Number", "Rome|the Tiber|1 [river europe]"},
		{[]string{"Number", "Back", formats.ColumnSkip, "Front"}, "Front|Back|Number", "river europe|Rome|1 []"},
		{[]string{"Number", "City", "River", formats.ColumnTags}, "Number|City|River", "1|Rome|the Tiber [river europe]"},
		{[]string{formats.ColumnSkip, formats.ColumnSkip, "Front"}, "Front", "the Tiber []"},
		{[]string{formats.ColumnSkip, "Extra", "Front", formats.ColumnDeck}, "Front|Back", "the Tiber|Rome []"},
	} {
		o := formats.Options{Text: formats.TextOptions{Columns: c.columns, Header: &header}}
		d, err := text.Family{}.Read(context.Background(), formats.Bytes("rivers.csv", []byte(file)), text.CSV, o)
		if err != nil {
			t.Fatalf("columns %q: %v", c.columns, err)
		}
		var names []string
		for _, f := range d.NoteTypes[0].Fields {
			names = append(names, f.Name)
		}
		if got := strings.Join(names, "|"); got != c.fields && (c.fields != "Front" || got != "Front|Back") {
			t.Errorf("columns %q give the fields %s, want %s", c.columns, got, c.fields)
		}
		if got := fmt.Sprintf("%s %v", strings.TrimSuffix(strings.Join(d.Notes[0].Fields, "|"), "|"), d.Notes[0].Tags); got != c.first {
			t.Errorf("columns %q give the note %s, want %s", c.columns, got, c.first)
		}
	}
}

// TestWhatIsDetectedReadsTheSame: a preview that changes nothing changes nothing.
func TestWhatIsDetectedReadsTheSame(t *testing.T) {
	for name, content := range map[string]string{
		"a.csv": "front,back,tags\nthe Tiber,Rome,river\nthe Seine,Paris,river\n",
		"b.csv": "definition,term\nRome,the Tiber\nParis,the Seine\n",
		"c.txt": "#separator:tab\n#html:true\n#tags column:3\nthe Tiber\t<b>Rome</b>\triver\n",
		"d.txt": "hund\tdog\nkatt\tcat\n",
		"e.csv": "chien;dog;animal;le\nchat;cat;animal;le\n",
	} {
		s := formats.Bytes(name, []byte(content))
		read := func(o formats.TextOptions) string {
			d, err := text.Family{}.Read(context.Background(), s, text.CSV, formats.Options{Text: o})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			return fmt.Sprintf("%+v\n%+v", d.NoteTypes, d.Notes)
		}
		found, rows, err := text.Detected(s, formats.Options{})
		if err != nil || len(rows) == 0 {
			t.Fatalf("%s: %d rows, %v", name, len(rows), err)
		}
		plain := read(formats.TextOptions{})
		found.Columns = slices.Clone(found.Columns)
		if again := read(found); again != plain {
			t.Errorf("%s reads as\n%s\nand, with what was detected said,\n%s", name, plain, again)
		}
	}
}
