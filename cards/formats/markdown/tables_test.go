package markdown_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"recto/cards/formats"
	"recto/cards/formats/markdown"
)

func TestRead(t *testing.T) {
	for _, c := range []struct {
		name, text, want string
		troubles         []string
	}{
		{"questions", "Q: a *b*\nA: c\n\nQ: d\ne\nA: f\n", "x/Basic[\"a <em>b</em>\" \"c\"][]1\nx/Basic[\"d<br>e\" \"f\"][]1", nil},
		{"an empty back", "Q: a\nA:\n\nQ: b\nA: c\n", `x/Basic["b" "c"][]1`, []string{"line 1: the back is empty"}},
		{"no back", "Q: a\nQ: b\nA: c\n", `x/Basic["b" "c"][]1`, []string{"line 1: the question has no answer: write a line that starts with A: below it"}},
		{"an answer alone", "A: a\nQ: b\nA: c\n", `x/Basic["b" "c"][]1`, []string{"line 1: there is an answer without a question: write a line that starts with Q: above it"}},
		{"gaps", "C: The [mitochondrion] makes [ATP]. ![a](b.png) [a link](http://x) \\[none\\]\n", `x/Cloze["The {{c1::mitochondrion}} makes {{c2::ATP}}. <img src=\"b.png\" alt=\"a\"> <a href=\"http://x\">a link</a> [none]" ""][]2`, nil},
		{"a gap with colons and braces", "C: [std::vector] and [a}}b]\n", `x/Cloze["{{c1::std:&#58;vector}} and {{c2::a}&#125;b}}" ""][]2`, nil},
		{"no gap", "C: none\n\nQ: a\nA: b\n", `x/Basic["a" "b"][]1`, []string{"line 1: there is no gap in this text: put [square brackets] around what is to be asked"}},
		{"mathematics", "Q: $a_1$ and $$\\frac{1}{2}$$ and `$x$`\nA: 5 $ and \\$6 and $7-$8\n", `x/Basic["\\(a_1\\) and \\[\\frac{1}{2}\\] and <code>$x$</code>" "5 $ and $6 and $7-$8"][]1`, nil},
		{"code keeps its marks", "Q: a\nA:\n```\nQ: not a question\nA: b\n---\n```\n", "x/Basic[\"a\" \"<pre><code>Q: not a question\\nA: b\\n---\\n</code></pre>\"][]1", nil},
		{"headings are decks", "# Geo\n\nQ: a\nA: b\n\n---\n\n## Africa\n\nQ: c\nA: d\n\n---\n# Bio\nC: [e]\n", "Geo/Basic[\"a\" \"b\"][]1\nGeo::Africa/Basic[\"c\" \"d\"][]1\nBio/Cloze[\"{{c1::e}}\" \"\"][]1", nil},
		{"a name in TOML", "---\nname = \"My Deck\"\n---\nQ: a\nA: b\n", `My Deck/Basic["a" "b"][]1`, nil},
		{"Obsidian", "#flashcards/geo/africa\n\nCapital of Chad::N'Djamena\nRed:::Rouge\n\nName the layers\n?\nCrust,\nmantle\n\nBoth\n??\nways\n\nThe ==mitochondrion== makes ==ATP==\n",
			"geo::africa/Basic[\"Capital of Chad\" \"N&#39;Djamena\"][]1\ngeo::africa/Basic (and reversed card)[\"Red\" \"Rouge\"][]2\ngeo::africa/Basic[\"Name the layers\" \"Crust,<br>mantle\"][]1\ngeo::africa/Basic (and reversed card)[\"Both\" \"ways\"][]2\ngeo::africa/Cloze[\"The {{c1::mitochondrion}} makes {{c2::ATP}}\" \"\"][]2", nil},
		{"Obsidian in lists, code and links", "- [[Page|a label]]::`x::y`\n- `a::b` is code\n\n![[pic.png|200]]::![[say.mp3]]\n", "x/Basic[\"a label\" \"<code>x::y</code>\"][]1\nx/Basic[\"<img src=\\\"pic.png\\\">\" \"[sound:say.mp3]\"][]1", nil},
		{"gaps with hints and numbers", "#flashcards\n==a==^[hint] and ==b==^[^1] and ==c==\n", `x/Cloze["{{c1::a::hint}} and {{c1::b}} and {{c2::c}}" ""][]2`, nil},
		{"no gap in a picture's words or in the name of a language", "#flashcards\n![==a==](b.png) ==c==\n\n~~~==d==\n\n~~~{{c1::e}}\n", `x/Cloze["<img src=\"b.png\" alt=\"a\"> {{c2::c}}" ""][]1`, nil},
		{"a tag at the card", "#flashcards/a\n\n#flashcards/b Q::A\n\nR::B\n", "b/Basic[\"Q\" \"A\"][]1\na/Basic[\"R\" \"B\"][]1", nil},
		{"tags in front matter", "---\ntags:\n  - flashcards/bio\n---\nQ::A\n", `bio/Basic["Q" "A"][]1`, nil},
		{"Anki's gaps", "#flashcards\nthe {{c1::gap}} here\n", `x/Cloze["the {{c1::gap}} here" ""][]1`, nil},
		{"Logseq", "- Capital of Chad? #card #geo\n  - N'Djamena\n- The {{cloze mitochondrion \\\\ organelle}} makes {{cloze ATP}} #card\n- list #card\n\t- a\n\t\t- b\n\t- c\n- no card\n",
			"x/Basic[\"Capital of Chad?\" \"N'Djamena\"][geo]1\nx/Cloze[\"The {{c1::mitochondrion::organelle}} makes {{c2::ATP}}\" \"\"][]2\nx/Basic[\"list\" \"<ul>\\n<li>a\\n<ul>\\n<li>b</li>\\n</ul>\\n</li>\\n<li>c</li>\\n</ul>\"][]1", nil},
		{"Obsidian_to_Anki", "TARGET DECK: A::B\nFILE TAGS: t1\n\nSTART\nBasic (and reversed card)\nFront side\nBack: back side\nTags: t2\n<!--ID: 1566052191670-->\nEND\n\nSTARTI [Cloze] a {gap} ENDI\n",
			"A::B/Basic (and reversed card)[\"Front side\" \"back side\"][t1 t2]2\nA::B/Cloze[\"a {{c1::gap}}\" \"\"][t1]1", nil},
	} {
		d, err := try(formats.Bytes("x.md", []byte(c.text)))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := strings.ReplaceAll(show(d), "&#39;", "'"); got != strings.ReplaceAll(c.want, "&#39;", "'") {
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

func TestSchedules(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"on the line", "a::b <!--SR:!2026-09-02,4,270-->\n", []string{"review 2026-09-02 4 2700 1"}},
		{"on the next line", "a::b\n<!--SR:!2026-09-02,4,270-->\n", []string{"review 2026-09-02 4 2700 1"}},
		{"both ways", "a:::b\n<!--SR:!2026-09-02,4,270!2026-09-03,5,290-->\n", []string{"review 2026-09-02 4 2700 1", "review 2026-09-03 5 2900 1"}},
		{"one of two never asked", "a:::b\n<!--SR:!2026-09-02,4,270!2000-01-01,1,250-->\n", []string{"review 2026-09-02 4 2700 1", "new"}},
		{"fewer than cards", "==a== ==b==\n<!--SR:!2026-09-02,4,270-->\n", []string{"review 2026-09-02 4 2700 1", "new"}},
		{"after a block", "a\n?\nb\n<!--SR:!2026-09-02,4,270-->\n", []string{"review 2026-09-02 4 2700 1"}},
		{"FSRS", "a::b\n<!--SR:!fsrs,2026-09-28T15:04:08.734Z,14,14.21704924,4.01060897,2,3,1,0,2026-09-14T15:04:08.734Z-->\n", []string{"review 2026-09-28 14 2500 3"}},
		{"nonsense", "a::b\n<!--SR:!9999999-99-99,x,NaN!!fsrs,,,,,,,,,-->\n", []string{"new"}},
		{"endless numbers", "a::b\n<!--SR:!2026-09-02,1e300,1e300-->\n", []string{"new"}},
	} {
		d, err := try(formats.Bytes("x.md", []byte(c.text)))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var got []string
		for _, card := range d.Cards {
			got = append(got, progress(card))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func archive(t testing.TB, files ...string) *formats.Source {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return formats.Bytes("vault.zip", b.Bytes())
}

func TestArchive(t *testing.T) {
	d, err := try(archive(t, "Vault/Geo/Chad.md", "Capital::N'Djamena ![[map.png]]\n", "Vault/img/map.png", "PNG", "Vault/plain.md", "no cards", "Vault/.obsidian/x.md", "a::b\n",
		"../evil.md", "Q: a\nA: b ![](../../etc/passwd)\n", "Vault/Geo/map.png", "beside"))
	if err != nil {
		t.Fatal(err)
	}
	consistent(t, d)
	if len(d.Notes) != 1 || len(d.Media) != 1 || d.Media[0].Name != "map.png" || d.Media[0].Size != 6 {
		t.Errorf("%s; media %+v", show(d), d.Media)
	}
	if !strings.Contains(show(d), "Vault::Geo::Chad/Basic") {
		t.Errorf("folders are no decks: %s", show(d))
	}
}

func TestMediaBeside(t *testing.T) {
	s := formats.Bytes("x.md", []byte("Q: ![](@/a%20b.png) ![](../secret.png) ![](/etc/passwd) ![](http://x/y.png)\nA: b\n"))
	s.Files = fstest.MapFS{"a b.png": {Data: []byte("1")}, "secret.png": {Data: []byte("22")}, "y.png": {Data: []byte("3")}}
	d, err := try(s)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, m := range d.Media {
		names = append(names, m.Name)
	}
	if !slices.Equal(names, []string{"a b.png", "secret.png"}) || !strings.Contains(d.Notes[0].Fields[0], `src="http://x/y.png"`) {
		t.Errorf("media %q; %s", names, show(d))
	}
}

func TestWrite(t *testing.T) {
	const source = "# A::B\n\nQ: what is *this*?\nA: a **test**\n\nQ: lists and lines\nA:\n\n- one\n- two\n\nC: The [mitochondrion] makes [ATP].\n\nC: {{c2::two}} and {{c1::one::hint}}\n\n---\n\n# C\n\nQ: cost \\$5 and $x_1^2$\nA: &#81;: no question, \\[no gap\\]\n\nQ: &#35;flashcards, what of them?\nA:\n\na\n&#83;TART\nb &#83;TARTI [Basic] c ENDI\n\n---\n\n"
	d, err := try(formats.Bytes("x.md", []byte(source)))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if _, err := (formats.Set{markdown.Family{}}).Write(context.Background(), &out, d, markdown.Markdown, formats.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	again, err := try(formats.Bytes("x.md", []byte(out.String())))
	if err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	if show(again) != show(d) {
		t.Errorf("written\n%s\nread again\n%s\nwant\n%s", out.String(), show(again), show(d))
	}
	var twice strings.Builder
	if _, err := (formats.Set{markdown.Family{}}).Write(context.Background(), &twice, again, markdown.Markdown, formats.WriteOptions{}); err != nil || twice.String() != out.String() {
		t.Errorf("written twice\n%s\nand\n%s", out.String(), twice.String())
	}
}

// TestHostile: each is read within the limits, or refused with a sentence.
func TestHostile(t *testing.T) {
	deep := strings.Repeat("- ", 10_000) + "a::b\n"
	for _, c := range []struct {
		name, text string
		refused    bool
	}{
		{"nothing", "", true},
		{"a front matter without end", "---\n" + strings.Repeat("a: b\n", 10_000), true},
		{"fences without end", strings.Repeat("```a\nQ: a\nA: b\n", 5_000), false},
		{"emphasis", "Q: " + strings.Repeat("*a _b ", 20_000) + "\nA: b\n", false},
		{"brackets", "C: " + strings.Repeat("[", 50_000) + "a]\n\nQ: a\nA: b\n", false},
		{"brackets that close", "C: " + strings.Repeat("[a] ", 5_000) + "\n", false},
		{"links", "Q: " + strings.Repeat("[a](", 20_000) + "\nA: b\n", false},
		{"quotations in quotations", "Q: a\nA:\n" + strings.Repeat(">", 20_000) + " b\n", false},
		{"lists in lists", deep, false},
		{"a deep outline", outline(3_000), false},
		{"highlights", "#flashcards\n" + strings.Repeat("==", 50_000) + "\n\na::b\n", false},
		{"dollars", "Q: " + strings.Repeat("$a ", 50_000) + "\nA: b\n", false},
		{"backticks", "Q: " + strings.Repeat("`", 50_001) + "\nA: b\n", false},
		{"separators", strings.Repeat("::", 50_000) + "\n\na::b\n", false},
		{"comments", strings.Repeat("<!--", 50_000) + "\n\na::b\n", false},
		{"schedules", "a::b <!--SR:" + strings.Repeat("!2026-01-01,1,250", 20_000) + "-->\n", false},
		{"gaps", "STARTI [Cloze] " + strings.Repeat("{a} ", 5_000) + " ENDI\n", false},
		{"blocks without end", strings.Repeat("START\nBasic\n", 5_000), true},
		{"tables", "Q: a\nA:\n|" + strings.Repeat("a|", 5_000) + "\n|" + strings.Repeat("-|", 5_000) + "\n", false},
		{"our own marks", "Q: \ue000\ue100\ue001\ue101 [x] \ue003\nA: \ue002\n", false},
		{"scripts", "Q: <script>alert(1)</script>\nA: <img src=x onerror=alert(1)>\n", false},
		{"a deck of directions", "# \u202eevil\u2066\n\nQ: a\nA: b\n", false},
		{"entities", "Q: &lol; &#x110000; &#0;\nA: b\n", false},
		{"zero bytes", "Q: a\x00b\nA: c\n" + strings.Repeat("Q: d\nA: e\n", 200), false},
	} {
		d, err := formats.Set{markdown.Family{}}.ReadAs(context.Background(), formats.Bytes("x.md", []byte(c.text)), markdown.Markdown, formats.Options{})
		if (err != nil) != c.refused {
			t.Errorf("%s: %v, want refused %v", c.name, err, c.refused)
		}
		if err == nil {
			consistent(t, d)
		}
	}
	bomb := archive(t, "a.md", "a::b\n"+strings.Repeat("\n", 20<<20))
	if _, err := try(bomb); !errors.Is(err, formats.ErrTooLarge) {
		t.Errorf("a bomb: %v", err)
	}
}

// outline is a page of blocks each below the one before.
func outline(deep int) string {
	var b strings.Builder
	for i := range deep {
		b.WriteString(strings.Repeat("\t", i) + "- a #card\n")
	}
	return b.String()
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"Q: a\nA: b\n\nC: [c] d\n", "#flashcards/x\na::b <!--SR:!2026-09-02,4,270-->\nc:::d\n", "a\n?\nb\n\n==c== d^[h]\n", "- a #card\n  card-ease-factor:: 2.5\n\t- b {{cloze c}}\n", "START\nBasic\na\nBack: b\nEND\n", "---\nname = \"x\"\n---\n# h\nQ: $a$ ![](x.png)\nA: `b`\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		d, err := formats.Set{markdown.Family{}}.ReadAs(context.Background(), formats.Bytes("x.md", []byte(in)), markdown.Markdown, formats.Options{})
		if err != nil {
			return
		}
		consistent(t, d)
		for _, n := range d.Notes {
			if n.Line < 1 || n.Line > strings.Count(strings.ReplaceAll(in, "\r", "\n"), "\n")+1 {
				t.Fatalf("a note is in line %d", n.Line)
			}
		}
		var out strings.Builder
		left, err := formats.Set{markdown.Family{}}.Write(context.Background(), &out, d, markdown.Markdown, formats.WriteOptions{})
		if err != nil {
			t.Fatal(err)
		}
		again, err := formats.Set{markdown.Family{}}.ReadAs(context.Background(), formats.Bytes("x.md", []byte(out.String())), markdown.Markdown, formats.Options{})
		if err != nil {
			if len(left) == 0 {
				t.Fatalf("%v\n%q", err, out.String())
			}
			return
		}
		if len(left) == 0 && len(again.Notes) != len(d.Notes) {
			t.Fatalf("%d notes were written, and %d read again: %v\n%q", len(d.Notes), len(again.Notes), again.Troubles, out.String())
		}
	})
}
