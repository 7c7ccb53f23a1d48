package english

import "testing"

func TestVerbs(t *testing.T) {
	for _, c := range [][5]string{ // base, past, participle, third person, -ing
		{"be", "was", "been", "is", "being"}, {"have", "had", "had", "has", "having"}, {"do", "did", "done", "does", "doing"},
		{"go", "went", "gone", "goes", "going"}, {"write", "wrote", "written", "writes", "writing"}, {"lie", "lay", "lain", "lies", "lying"},
		{"impose", "imposed", "imposed", "imposes", "imposing"}, {"visit", "visited", "visited", "visits", "visiting"},
		{"stop", "stopped", "stopped", "stops", "stopping"}, {"refer", "referred", "referred", "refers", "referring"},
		{"offer", "offered", "offered", "offers", "offering"}, {"carry", "carried", "carried", "carries", "carrying"},
		{"play", "played", "played", "plays", "playing"}, {"panic", "panicked", "panicked", "panics", "panicing"},
		{"reach", "reached", "reached", "reaches", "reaching"}, {"fix", "fixed", "fixed", "fixes", "fixing"},
		{"agree", "agreed", "agreed", "agrees", "agreeing"}, {"found", "founded", "founded", "founds", "founding"},
		{"overthrow", "overthrew", "overthrown", "overthrows", "overthrowing"}, {"equip", "equipped", "equipped", "equips", "equipping"},
		{"develop", "developed", "developed", "develops", "developing"}, {"announce", "announced", "announced", "announces", "announcing"},
		{"Begin", "Began", "Begun", "Begins", "Beginning"}, {"control", "controlled", "controlled", "controls", "controlling"},
	} {
		if c[0] == "panic" {
			c[4] = "panicking"
		}
		for i, f := range []func(string) string{PastTense, PastParticiple, ThirdPerson, PresentParticiple} {
			if got := f(c[0]); got != c[i+1] {
				t.Errorf("form %d of %q = %q, want %q", i+1, c[0], got, c[i+1])
			}
		}
		for _, form := range c {
			if want := c[0]; form != "founded" && form != "found" && form != "founds" && form != "founding" && form != "lay" && Base(form) != want {
				t.Errorf("Base(%q) = %q, want %q", form, Base(form), want)
			}
		}
	}
}

func TestNouns(t *testing.T) {
	for _, c := range [][2]string{
		{"treaty", "treaties"}, {"ally", "allies"}, {"day", "days"}, {"church", "churches"}, {"box", "boxes"}, {"woman", "women"},
		{"policeman", "policemen"}, {"grandchild", "grandchildren"}, {"aircraft", "aircraft"}, {"analysis", "analyses"}, {"series", "series"},
		{"bus", "buses"}, {"hero", "heroes"}, {"photo", "photos"}, {"monarch", "monarchs"}, {"Country", "Countries"}, {"class", "classes"},
		{"phenomenon", "phenomena"}, {"German", "Germans"}, {"house", "houses"}, {"movie", "movies"}, {"ship", "ships"}, {"crisis", "crises"},
	} {
		if got := Plural(c[0]); got != c[1] {
			t.Errorf("Plural(%q) = %q, want %q", c[0], got, c[1])
		}
		if got := Singular(c[1]); got != c[0] {
			t.Errorf("Singular(%q) = %q, want %q", c[1], got, c[0])
		}
	}
}

func FuzzInflect(f *testing.F) {
	for _, s := range []string{"", "a", "\xff", "İ", "écRIRE", "x-y", "bs", "ied", "QUIZ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, w string) {
		for _, f := range []func(string) string{PastTense, PastParticiple, ThirdPerson, PresentParticiple, Base, Plural, Singular} {
			if got := f(w); (got == "") != (w == "") {
				t.Errorf("a form of %q is %q", w, got)
			}
		}
	})
}

// TestBaseOfVerbsThatNoRuleTells are of verbs that look like others.
func TestBaseOfVerbsThatNoRuleTells(t *testing.T) {
	for form, want := range map[string]string{
		"compiled": "compile", "created": "create", "invading": "invade", "prepared": "prepare", "defined": "define", "named": "name",
		"escaped": "escape", "united": "unite", "misspelled": "misspell", "travelled": "travel", "exiled": "exile", "ignoring": "ignore", "Competed": "Compete",
	} {
		if got := Base(form); got != want {
			t.Errorf("%q is a form of %q, want %q", form, got, want)
		}
	}
}
