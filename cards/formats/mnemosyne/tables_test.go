package mnemosyne_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"recto/cards/formats"
	"recto/cards/formats/formatstest"
)

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
	return formats.Bytes("x.cards", b.Bytes())
}

// log wraps entries as an export does.
func log(entries ...string) string {
	return fmt.Sprintf(`<openSM2sync number_of_entries="%d">%s</openSM2sync>`, len(entries), strings.Join(entries, "\n"))
}

const (
	aFact  = `<log type="16" o_id="F1"><f>front &lt;img src="figs/a.png"&gt;</f><b>back</b></log>`
	aCard  = `<log type="6" o_id="C1" card_t="1" fact="F1" fact_v="1.1" tags="T1" gr="4" e="2.36" ac_rp="2" rt_rp="3" lps="1" ac_rp_l="1" rt_rp_l="2" l_rp="1767225600" n_rp="1769817600"></log>`
	aTag   = `<log type="10" o_id="T1"><name>Geo::Africa</name></log>`
	aReply = `<log type="9" o_id="C1" time="1767225600" gr="4" e="2.36" sch_i="864000" act_i="864000" th_t="7" ac_rp="2" rt_rp="3" n_rp="1769817600"></log>`
)

func TestLearningData(t *testing.T) {
	d := read(t, archive(t, "cards.xml", log(aTag, aFact, aCard, aReply), "METADATA", "card_set_name:My set\nauthor_name:x\n", "figs/a.png", "PNG"))
	c := d.Cards[0]
	if got := fmt.Sprint(c.State, " ", c.Due, " ", c.Interval, " ", c.Ease, " ", c.Reps, " ", c.Passes, " ", c.Lapses); got != "review 2026-01-31 30 2360 5 3 1" {
		t.Errorf("the card stands at %s", got)
	}
	if n := d.Notes[0]; n.GUID != "F1" || n.Fields[0] != `front <img src="a.png">` || n.Tags[0] != "Geo::Africa" || d.Decks[0].Name != "My set" {
		t.Errorf("the note is %+v in %q", n, d.Decks[0].Name)
	}
	if len(d.Media) != 1 || d.Media[0].Name != "a.png" || d.Media[0].Size != 3 {
		t.Errorf("media %+v", d.Media)
	}
	if len(d.Reviews) != 1 {
		t.Fatalf("reviews %+v", d.Reviews)
	}
	if r := d.Reviews[0]; r.Card != 0 || r.Button != 3 || r.Interval != 30 || r.Last != 10 || r.Took != 7*time.Second || !r.At.Equal(time.Unix(1767225600, 0)) {
		t.Errorf("the review is %+v", r)
	}
}

func TestCardTypes(t *testing.T) {
	card := func(id, kind, view, extra string) string {
		return `<log type="6" o_id="` + id + `" card_t="` + kind + `" fact="F" fact_v="` + view + `" tags="" gr="-1"><extra>` + extra + `</extra></log>`
	}
	for _, c := range []struct{ name, xml, want string }{
		{"front to back", log(`<log type="16" o_id="F"><f>a</f><b>b
c</b></log>`, card("1", "1", "1.1", "")), `Basic["a" "b<br>c"]1`},
		{"a clone of a card type", log(`<log type="16" o_id="F"><f>a</f><b>b</b></log>`, card("1", "2::French", "2.1", ""), card("2", "2::French", "2.2", "")), `Basic (and reversed card)["a" "b"]2`},
		{"vocabulary of which one way was deleted", log(`<log type="16" o_id="F"><f>hund</f><p_1>hʉnd</p_1><m_1>dog</m_1><n>a pet</n></log>`, card("2", "3", "3.2", "")), `Vocabulary["hund" "hʉnd" "dog" "a pet"]1`},
		{"gaps", log(`<log type="16" o_id="F"><text>La [casa:house] es [grande]</text></log>`, card("1", "5", "5.1", `{'cloze': 'casa:house', 'index': 0}`), card("2", "5", "5.1", `{'cloze': 'grande', 'index': 1}`)), `Cloze["La {{c1::casa::house}} es {{c2::grande}}" ""]2`},
		{"a sentence", log(`<log type="16" o_id="F"><f>La [casa:house] es</f><m_1>The house is</m_1></log>`, card("1", "6", "6.1", ""), card("2", "6", "6.2", `{'index': 0}`)), `Vocabulary["La casa es" "" "The house is" ""]1 Cloze["La {{c1::casa::house}} es" "The house is"]1`},
		{"Anki's types", log(`<log type="19" o_id="V"><name>Card 1</name><extra>{'qfmt': '{{Word}}\n', 'afmt': "it's {{Meaning}}"}</extra></log>`,
			`<log type="22" o_id="7::1"><name>Words</name><fact_keys_and_names>[('0', 'Word'), ('1', 'Meaning')]</fact_keys_and_names><fact_views>['V']</fact_views><extra>{'css': '.card { }', 'type': 0}</extra></log>`,
			`<log type="16" o_id="F"><___0>a</___0><___1>b</___1></log>`, card("1", "7::1", "V", "")), `Words["a" "b"]1`},
		{"TeX", log(`<log type="16" o_id="F"><f>&lt;$&gt;x^2&lt;/$&gt;</f><b>&lt;latex&gt;y&lt;/latex&gt;</b></log>`, card("1", "1", "1.1", "")), `Basic["[$]x^2[/$]" "[latex]y[/latex]"]1`},
	} {
		d, err := try(formats.Bytes("x.cards", []byte(c.xml)))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		formatstest.Consistent(t, d)
		var got []string
		for i, n := range d.Notes {
			cards := 0
			for _, card := range d.Cards {
				if card.Note == i {
					cards++
				}
			}
			got = append(got, fmt.Sprintf("%s%q%d", d.NoteTypes[n.Type].Name, n.Fields, cards))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %s, want %s; %v", c.name, strings.Join(got, " "), c.want, d.Troubles)
		}
	}
}

func TestHostile(t *testing.T) {
	bombs := `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>`
	for _, c := range []struct {
		name string
		s    *formats.Source
		err  error // nil for a Draft
		not  string
	}{
		{"entities that grow", formats.Bytes("x", []byte(bombs+log(`<log type="16" o_id="F1"><f>&b;&x;</f><b>b</b></log>`, aCard))), nil, "aaaaaaaaaa"},
		{"an entity of a file", formats.Bytes("x", []byte(bombs+log(`<log type="16" o_id="F1"><f>&x;</f><b>b</b></log>`, aCard))), nil, "root:"},
		{"elements in elements", formats.Bytes("x", []byte(log(strings.Repeat("<a>", 100_000)))), formats.ErrTooLarge, ""},
		{"elements in an entry", formats.Bytes("x", []byte(log(`<log type="16" o_id="F">`+strings.Repeat("<a>", 100_000)))), formats.ErrTooLarge, ""},
		{"cut in the middle", formats.Bytes("x", []byte(log(aFact, aCard)[:len(log(aFact, aCard))-60])), formats.ErrDamaged, ""},
		{"no entry", formats.Bytes("x", []byte(log())), formats.ErrDamaged, ""},
		{"a card without a fact", formats.Bytes("x", []byte(log(aCard))), formats.ErrDamaged, ""},
		{"a fact without a card", formats.Bytes("x", []byte(log(aFact))), formats.ErrDamaged, ""},
		{"the same card often", formats.Bytes("x", []byte(log(aFact, strings.Repeat(aCard, 5_000)))), nil, ""},
		{"the same view often", formats.Bytes("x", []byte(log(aFact, aCard, strings.ReplaceAll(aCard, "C1", "C2")))), nil, ""},
		{"numbers without end", formats.Bytes("x", []byte(log(aFact, strings.NewReplacer(`"1769817600"`, `"99999999999999999999"`, `"2.36"`, `"1e999"`, `"3"`, `"-99999999999"`).Replace(aCard)))), nil, ""},
		{"negative times", formats.Bytes("x", []byte(log(aFact, strings.ReplaceAll(aCard, `"176`, `"-176`)))), nil, ""},
		{"a path for a picture", archive(t, "cards.xml", log(strings.ReplaceAll(aFact, "figs/a.png", "../../../etc/passwd"), aCard), "../../../etc/passwd", "x"), nil, "../"},
		{"literals in literals", formats.Bytes("x", []byte(log(`<log type="22" o_id="7::1"><extra>`+strings.Repeat("[", 100_000)+`</extra></log>`, aFact, aCard))), nil, ""},
		{"a program for a literal", formats.Bytes("x", []byte(log(`<log type="22" o_id="1"><extra>__import__('os').system('true')</extra></log>`, aFact, aCard))), nil, "import"},
		{"brackets", formats.Bytes("x", []byte(log(`<log type="16" o_id="F1"><text>`+strings.Repeat("[a]", 20_000)+`</text></log>`, strings.ReplaceAll(aCard, `card_t="1"`, `card_t="5"`)))), nil, ""},
		{"control characters", formats.Bytes("x", []byte(log(strings.ReplaceAll(aFact, "front", "a\x00\x01\x1fb"), aCard))), nil, "\x1f"},
		{"a bomb", archive(t, "cards.xml", log(aFact, aCard)+strings.Repeat(" ", 60<<20)), formats.ErrTooLarge, ""},
		{"no XML in the archive", archive(t, "cards.xml", "PK"), formats.ErrDamaged, ""},
		{"half an archive", formats.Bytes("x", []byte("PK\x03\x04cards.xml")), formats.ErrDamaged, ""},
	} {
		d, err := try(c.s)
		switch {
		case c.err == nil && err != nil, c.err != nil && !errors.Is(err, c.err):
			t.Errorf("%s: %v, want %v", c.name, err, c.err)
		case err == nil:
			formatstest.Consistent(t, d)
			if all := fmt.Sprintf("%+v %+v", d.Notes, d.Media); c.not != "" && strings.Contains(all, c.not) {
				t.Errorf("%s: %q is in %.300s", c.name, c.not, all)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(log(aTag, aFact, aCard, aReply))
	f.Add(`<mnemosyne core_version="1" time_of_start="1247533200"><item id="a" u="0" gr="4" e="2.5" ac_rp="1" rt_rp="2" lps="0" l_rp="10" n_rp="20"><cat>x</cat><Q>q</Q><A>a</A></item><item id="a.inv"><Q>a</Q><A>q</A></item></mnemosyne>`)
	f.Add(log(`<log type="22" o_id="7::1"><name>W</name><fact_keys_and_names>[('0', 'a')]</fact_keys_and_names><fact_views>['V']</fact_views><extra>{'css': '', 'type': 1}</extra></log>`, `<log type="16" o_id="F1"><___0>{{c1::a}}</___0></log>`, strings.ReplaceAll(aCard, `card_t="1"`, `card_t="7::1"`)))
	f.Fuzz(func(t *testing.T, in string) {
		if d, err := try(formats.Bytes("x.xml", []byte(in))); err == nil {
			formatstest.Consistent(t, d)
			again, err := try(formats.Bytes("x.xml", []byte(in)))
			if err != nil || fmt.Sprint(again.Notes, again.Cards, again.Troubles) != fmt.Sprint(d.Notes, d.Cards, d.Troubles) {
				t.Fatalf("read twice, it is different: %v", err)
			}
		}
	})
}
