package text_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"

	"recto/cards/formats"
	"recto/cards/formats/text"
)

func TestDecode(t *testing.T) {
	const western = "der Fuß\tfoot\nschön\tbeautiful\nl’été\tsummer\ncaf\u00e9 – bar\tcafé\n"
	for _, c := range []struct {
		name string
		in   encoding.Encoding
		text string
		want string
	}{
		{"UTF-8", encoding.Nop, western, "utf-8"},
		{"UTF-8 with a mark", unicode.UTF8BOM, western, "utf-8"},
		{"UTF-16 as Excel writes it", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), western, "utf-16le"},
		{"UTF-16, big end first", unicode.UTF16(unicode.BigEndian, unicode.UseBOM), western, "utf-16be"},
		{"UTF-16 without a mark", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), western, "utf-16le"},
		{"UTF-16 without a mark, big end first", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), western, "utf-16be"},
		{"Windows-1252", charmap.Windows1252, western, "windows-1252"},
		{"Windows-1251", charmap.Windows1251, strings.Repeat("собака\tdog\nкошка\tcat\nдерево\ttree\nпожалуйста\tplease\n", 4), "windows-1251"},
		{"Shift_JIS", japanese.ShiftJIS, strings.Repeat("食べる\tto eat\n飲む\tto drink\nありがとう\tthanks\n学校\tschool\n", 4), "shift_jis"},
		{"German", charmap.Windows1252, strings.Repeat("Fuß\tfoot\nschön\tbeautiful\nKüche\tkitchen\nÄrger\tanger\n", 6), "windows-1252"},
		{"French", charmap.Windows1252, strings.Repeat("l’été\tsummer\ncafé\tcafé\ngarçon\tboy\nêtre\tto be\nœuf\tegg\n", 6), "windows-1252"},
		{"Spanish", charmap.Windows1252, strings.Repeat("el ademán\tgesture\nniño\tboy\nmañana\tmorning\ncorazón\theart\n", 6), "windows-1252"},
		{"Swedish", charmap.Windows1252, strings.Repeat("så\tso\nhjälp\thelp\när\tis\nöl\tbeer\nfråga\tquestion\n", 6), "windows-1252"},
	} {
		data, err := c.in.NewEncoder().String(c.text)
		if err != nil {
			t.Fatal(err)
		}
		got, in, err := text.Decode([]byte(data), "")
		if err != nil || got != c.text || in != c.want {
			t.Errorf("%s: Decode = %.40q in %q, %v; want %.40q in %q", c.name, got, in, err, c.text, c.want)
		}
	}
	if got, _, err := text.Decode([]byte("a\r\nb\rc\n"), ""); got != "a\nb\nc\n" || err != nil {
		t.Errorf("line ends: %q, %v", got, err)
	}
	if _, _, err := text.Decode([]byte{0, 1, 2, 3, 0xff, 0, 9}, ""); err == nil {
		t.Error("bytes that are no text were decoded")
	}
	if _, _, err := text.Decode([]byte("a"), "klingon"); err == nil {
		t.Error("an encoding that nobody knows was decoded")
	}
}

func TestGuess(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       text.Separators
	}{
		{"tabs", "hund\tdog\nkatt\tcat\n", text.Separators{Cell: "\t"}},
		{"tabs win though each line has a comma", "hund\tdog, hound\nkatt\tcat, pussycat\n", text.Separators{Cell: "\t"}},
		{"a time of day is no separator", "at noon, 12:00\nat night, 0:00\nlate, 23:59\n", text.Separators{Cell: ","}},
		{"commas with quotes", "\"a, b\",c\n\"d, e\",f\n", text.Separators{Cell: ","}},
		{"semicolons as in German spreadsheets", "Hund;dog, hound\nKatze;cat\n", text.Separators{Cell: ";"}},
		{"decimal commas", "pi;3,14\ne;2,72\nphi;1,62\n", text.Separators{Cell: ";"}},
		{"pipes", "a|b|c\nd|e|f\n", text.Separators{Cell: "|"}},
		{"dashes", "hund - dog, a pet\nkatt - cat\nhest - horse\n", text.Separators{Cell: " - ", Plain: true}},
		{"dashes though every line has one comma", "hund - dog, hound\nkatt - cat, puss\n", text.Separators{Cell: " - ", Plain: true}},
		{"Quizlet's own marks", "hund---dog/////katt---cat/////hest---horse", text.Separators{Cell: "---", Row: "/////", Plain: true}},
		{"one line", "hund,dog;katt,cat;hest,horse", text.Separators{Cell: ",", Row: ";", Plain: true}},
		{"equals signs", "hund = dog\nkatt = cat\n", text.Separators{Cell: " = ", Plain: true}},
		{"colons", "hund: dog, hound\nkatt: cat\nhest: horse\n", text.Separators{Cell: ": ", Plain: true}},
		{"double colons", "hund::dog\nkatt::cat\n", text.Separators{Cell: "::", Plain: true}},
		{"commas in the answers", "dog,a pet, four legs, barks\ncat,a pet\nhorse,large, fast\nant,small, six legs, black, busy\n", text.Separators{Cell: ",", Plain: true}},
		{"a list without answers", "hund\nkatt\nhest\n", text.Separators{}},
		{"prose", "It was a dark and stormy night; the rain fell in torrents.\nExcept at occasional intervals.\nWhen it was checked by a violent gust, of wind.\n", text.Separators{}},
		{"HTML in cells", "dog,<img src=\"a.png\">\ncat,<img src=\"b.png\">\n", text.Separators{Cell: ","}},
	} {
		if got, _ := text.Guess(c.text, false); got != c.want {
			t.Errorf("%s: Guess(%q) = %+v, want %+v", c.name, c.text, got, c.want)
		}
	}
}

func TestRows(t *testing.T) {
	for _, c := range []struct {
		name, text string
		by         text.Separators
		want       string
	}{
		{"a quoted line break", "a,\"b\nc\"\nd,e\n", text.Separators{Cell: ","}, `1["a" "b\nc"] 3["d" "e"]`},
		{"blank lines", "\n\na,b\n\n,\nc,d", text.Separators{Cell: ","}, `3["a" "b"] 6["c" "d"]`},
		{"doubled marks", `"say ""hi""",b`, text.Separators{Cell: ","}, `1["say \"hi\"" "b"]`},
		{"inches", "5\" disk,x\ne,f\n", text.Separators{Cell: ","}, `1["5\" disk" "x"] 2["e" "f"]`},
		{"a mark that is never closed costs one line", "a,\"b\ne,f\ng,h\n", text.Separators{Cell: ","}, `1!["a" "\"b"] 2["e" "f"] 3["g" "h"]`},
		{"letters after a closing mark", "a,\"b\" c,d\ne,f,g\n", text.Separators{Cell: ","}, `1!["a" "\"b\" c" "d"] 2["e" "f" "g"]`},
		{"marks inside marks", "x,y,z\na,\"say \"hi, you\" now\",c\nd,e,f\n", text.Separators{Cell: ","}, `1["x" "y" "z"] 2!["a" "say \"hi, you\" now" "c"] 3["d" "e" "f"]`},
		{"a space before the mark", `a, "b, c"`, text.Separators{Cell: ","}, `1["a" "b, c"]`},
		{"the first separator only", "a - b - c", text.Separators{Cell: " - ", Plain: true}, `1["a" "b - c"]`},
		{"rows of several lines", "a\tb\nb2;;c\td", text.Separators{Cell: "\t", Row: ";;", Plain: true}, `1["a" "b\nb2"] 2["c" "d"]`},
		{"ragged rows", "a\tb\tc\nd\n", text.Separators{Cell: "\t"}, `1["a" "b" "c"] 2["d"]`},
	} {
		var got []string
		for r := range text.Rows(c.text, c.by, false) {
			odd := ""
			if r.Odd != "" {
				odd = "!"
			}
			got = append(got, fmt.Sprintf("%d%s%q", r.Line, odd, r.Cells))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: Rows(%q) = %s, want %s", c.name, c.text, strings.Join(got, " "), c.want)
		}
	}
}

func TestHeader(t *testing.T) {
	h, body := text.ReadHeader("#separator:Semicolon;;;\n#HTML:true;;\n#tags:a b;;\n#columns:Word;Meaning;Tags\n#notetype:Basic\n#deck:A::B\n#guid column:3\n#if matches:update current\n# a comment\n#unknown:x\na;b;c\n")
	if h.Separator != ";" || h.HTML == nil || !*h.HTML || !slices.Equal(h.Tags, []string{"a", "b"}) || !slices.Equal(h.Labels, []string{"Word", "Meaning", "Tags"}) ||
		h.NoteType != "Basic" || h.Deck != "A::B" || h.GUIDColumn != 2 || h.TagsColumn != -1 || h.Lines != 10 || body != "a;b;c\n" {
		t.Errorf("ReadHeader = %+v, %q", h, body)
	}
	if h, body := text.ReadHeader("tags:a b\nx\ty\n"); !slices.Equal(h.Tags, []string{"a", "b"}) || body != "x\ty\n" {
		t.Errorf("the old header: %+v, %q", h, body)
	}
	if h, body := text.ReadHeader("#hashtag\ta tag\nx\ty\n"); h.Found || body != "#hashtag\ta tag\nx\ty\n" {
		t.Errorf("no header: %+v, %q", h, body)
	}
}

// show writes a Draft in one line a note.
func show(d *formats.Draft) string {
	var lines []string
	for i, n := range d.Notes {
		deck := ""
		for _, c := range d.Cards {
			if c.Note == i {
				deck = d.Decks[c.Deck].Name
				break
			}
		}
		lines = append(lines, fmt.Sprintf("%s/%s%q%v%s", deck, d.NoteTypes[n.Type].Name, n.Fields, n.Tags, n.GUID))
	}
	return strings.Join(lines, "\n")
}

func TestRead(t *testing.T) {
	yes, no := true, false
	for _, c := range []struct {
		name, text string
		o          formats.TextOptions
		want       string
		troubles   []string
	}{
		{"a header of a person", "Front,Back,Tags\nhund,dog,\"a b\"\n", formats.TextOptions{}, `x/Basic["hund" "dog"][a b]`, nil},
		{"headings that are fields", "Word,Reading,Meaning,Tags\n食べる,たべる,to eat,verb\n", formats.TextOptions{}, `x/x["食べる" "たべる" "to eat"][verb]`, nil},
		{"decks and note types by row", "#separator:tab\n#notetype column:1\n#deck column:2\nBasic\tA\tq\ta\nCloze\tB::C\t{{c1::gap}} here\textra\n", formats.TextOptions{}, "A/Basic[\"q\" \"a\"][]\nB::C/Cloze[\"{{c1::gap}} here\" \"extra\"][]", nil},
		{"a GUID twice", "#separator:tab\n#guid column:1\nabc\tq\ta\nabc\tr\tb\n", formats.TextOptions{}, `x/Basic["q" "a"][]abc`, []string{"line 4: line 3 has the same GUID"}},
		{"plain text is escaped", "a < b\t1 & 2\n", formats.TextOptions{}, `x/Basic["a &lt; b" "1 &amp; 2"][]`, nil},
		{"HTML is not", "<b>a</b>\t1 &amp; 2\n", formats.TextOptions{}, `x/Basic["<b>a</b>" "1 &amp; 2"][]`, nil},
		{"unless a person says so", "<b>a</b>\t1\n", formats.TextOptions{HTML: &no}, `x/Basic["&lt;b&gt;a&lt;/b&gt;" "1"][]`, nil},
		{"line breaks", "a\t\"b\nc\"\n", formats.TextOptions{}, `x/Basic["a" "b<br>c"][]`, nil},
		{"empty sides", "a\tb\nc\t\n\td\n", formats.TextOptions{}, "x/Basic[\"a\" \"b\"][]\nx/Basic[\"c\" \"\"][]", []string{"line 2: the back is empty", "line 3: the front is empty"}},
		{"gaps among questions", "a\tb\nthe {{c1::gap}}\tmore\n", formats.TextOptions{}, "x/Basic[\"a\" \"b\"][]\nx/Cloze[\"the {{c1::gap}}\" \"more\"][]", nil},
		{"columns by hand", "dog,hund,noun,animals\n", formats.TextOptions{Separator: ",", Columns: []string{"Back", "Front", formats.ColumnTags, formats.ColumnDeck}, Deck: "D"}, `animals/Basic["hund" "dog"][noun]`, nil},
		{"columns by hand, one skipped", "1,hund,dog\n2,katt,cat\n", formats.TextOptions{Columns: []string{formats.ColumnSkip, "Front", "Back"}}, "x/Basic[\"hund\" \"dog\"][]\nx/Basic[\"katt\" \"cat\"][]", nil},
		{"a header by hand", "country,capital\nChad,N'Djamena\n", formats.TextOptions{Header: &yes}, `x/Basic["Chad" "N'Djamena"][]`, nil},
		{"no header by hand", "front,back\nChad,N'Djamena\n", formats.TextOptions{Header: &no}, "x/Basic[\"front\" \"back\"][]\nx/Basic[\"Chad\" \"N'Djamena\"][]", nil},
		{"separators by hand", "hund@@dog##katt@@cat", formats.TextOptions{Separator: "@@", RowSeparator: "##"}, "x/Basic[\"hund\" \"dog\"][]\nx/Basic[\"katt\" \"cat\"][]", nil},
		{"reversed by its name", "#separator:tab\n#notetype:Basic (and reversed card)\na\tb\n", formats.TextOptions{}, `x/Basic (and reversed card)["a" "b"][]`, nil},
		{"tags in the third column", "a\tb\tgeo::africa\nc\td\tgeo::asia\n", formats.TextOptions{}, "x/Basic[\"a\" \"b\"][geo::africa]\nx/Basic[\"c\" \"d\"][geo::asia]", nil},
		{"a stray mark", "a,\"b\nc,d\ne,f\n", formats.TextOptions{}, "x/Basic[\"a\" \"\\\"b\"][]\nx/Basic[\"c\" \"d\"][]\nx/Basic[\"e\" \"f\"][]", []string{"line 1: a quotation mark is never closed; the line is read as it stands"}},
	} {
		d, err := formats.Set{text.Family{}}.ReadAs(t.Context(), formats.Bytes("x.csv", []byte(c.text)), text.CSV, formats.Options{Text: c.o})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := show(d); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
		var told []string
		for _, x := range d.Troubles {
			told = append(told, x.String())
		}
		if !slices.Equal(told, c.troubles) {
			t.Errorf("%s: troubles %q, want %q", c.name, told, c.troubles)
		}
		consistent(t, d)
	}
}

func TestDetected(t *testing.T) {
	o, rows, err := text.Detected(formats.Bytes("x.csv", []byte("Word;Meaning;Tags\nFuß;foot;body\n")), formats.Options{})
	if err != nil || o.Separator != ";" || o.Encoding != "utf-8" || !*o.Header || *o.HTML || len(rows) != 1 || !slices.Equal(o.Columns, []string{"Word", "Meaning", formats.ColumnTags}) {
		t.Errorf("Detected = %+v, %v, %v", o, rows, err)
	}
}

func TestRoundTrip(t *testing.T) {
	const source = "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n" +
		"\"#a=1\"\tBasic\tA::B\t<b>x</b>\t\"two\nlines \"\"quoted\"\"\"\tone two\n" +
		"-b\tCloze\tC\tthe {{c1::gap::hint}}\t\t\n" +
		"=c\tBasic (and reversed card)\tA\t\"tab\there\"\t\" spaces \"\t\n"
	d := read(t, formats.Bytes("x.txt", []byte(source)), formats.TextOptions{})
	want := show(d)
	var out strings.Builder
	if _, err := (formats.Set{text.Family{}}).Write(t.Context(), &out, d, text.Anki, formats.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	if out.String() != source {
		t.Errorf("written\n%s\nwant\n%s", out.String(), source)
	}
	if got := show(read(t, formats.Bytes("x.txt", []byte(out.String())), formats.TextOptions{})); got != want {
		t.Errorf("read again\n%s\nwant\n%s", got, want)
	}
	for _, format := range []string{text.CSV, text.TSV} {
		var out strings.Builder
		if _, err := (formats.Set{text.Family{}}).Write(t.Context(), &out, d, format, formats.WriteOptions{}); err != nil {
			t.Fatal(err)
		}
		again := read(t, formats.Bytes("x."+format, []byte(out.String())), formats.TextOptions{})
		if len(again.Notes) != 3 || again.Notes[0].GUID != "#a=1" || again.Notes[1].GUID != "-b" || again.Notes[2].GUID != "=c" || again.Notes[0].Fields[0] != "x" || again.Notes[0].Fields[1] != "two<br>lines \"quoted\"" && again.Notes[0].Fields[1] != "two lines \"quoted\"" {
			t.Errorf("%s:\n%s\nread again\n%s", format, out.String(), show(again))
		}
		if strings.Contains(out.String(), "=c") && !strings.Contains(out.String(), "'=c") {
			t.Errorf("a formula stands in the table: %s", out.String())
		}
	}
}

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"a<br>b":                          "a\nb",
		"<div>a</div><div>b</div>":        "a\nb",
		"<ul><li>a</li><li>b</li></ul>":   "- a\n- b",
		"&lt;b&gt; &amp; &nbsp;c":         "<b> &  c",
		"<script>alert(1)</script>x":      "x",
		"<img src=\"a b.png\">":           "[a b.png]",
		"[sound:a.mp3] 1 < 2":             "[sound:a.mp3] 1 < 2",
		"<style>.card{color:red}</style>": "",
	} {
		if got := text.Plain(in); got != want {
			t.Errorf("Plain(%q) = %q, want %q", in, got, want)
		}
	}
}
