package generate

import (
	"strings"
	"testing"

	"recto/cards"
)

func TestWhatATitleTells(t *testing.T) {
	for _, c := range []struct {
		title, shown, answer string
		want                 bool
	}{
		{"Korean War", "The troops crossed the ____ (place).", "Yalu", true},
		{"Korean War", "In the war, the troops crossed the ____ (place).", "Yalu", true}, // which war
		{"Korean War", "In the Korean War, the troops crossed the ____ (place).", "Yalu", false},
		{"Emperor Norton", "Norton was born in ____ (place).", "London", true},
		{"Emperor Norton", "____ (person) was born in London.", "Norton", false},
		{"Emperor Norton", "____ (person) was born in London.", "Joshua Norton", false},
		{"European Union law", "The ____ (organisation) gives its consent.", "European Parliament", true},
		{"European Union law", "What does TEU stand for?", "Treaty on European Union", false},
		{"Bridges of the Tay valley and their builders", "The Tay Bridge fell in ____ (year).", "1879", false},
		{"Bridges of the Tay valley and their builders", "It fell in a storm in ____ (year).", "1879", true},
		{"Introduction", "It fell in a storm in ____ (year).", "1879", false},
	} {
		if got := titleHelps(c.title, c.shown, c.answer); got != c.want {
			t.Errorf("%q above %q, answer %q: %t, want %t", c.title, c.shown, c.answer, got, c.want)
		}
	}
	for title, want := range map[string]string{
		"Japan and Russia: the treaty that never came": "Japan and Russia", "The Tay Bridge | Bridges of the World": "The Tay Bridge", "2. Methods used": "Methods used", "1.2 Methods used": "Methods used", "1973 oil crisis": "1973 oil crisis",
		"Dundee": "Dundee", "": "", strings.Repeat("word ", 11): "",
	} {
		if got := shortTitle(title); got != want {
			t.Errorf("the short form of %q is %q, want %q", title, got, want)
		}
	}
}

// A card says the year in which it plays where its paragraph leaves no other.
func TestTheYearOfAScene(t *testing.T) {
	first := tagged{"In/IN March/NNP 1879/CD Bouch/NNP built/VBD a/DT bridge/NN ./.", []string{"date 1879-03: March 1879"}}
	asked := tagged{"A/DT storm/NN blew/VBD over/IN Dundee/NNP ./.", []string{"name city: Dundee"}}
	now := tagged{"Broughty/NNP Ferry/NNP lies/VBZ east/RB of/IN Dundee/NNP ./.", []string{"name city: Dundee"}}
	same := tagged{"In/IN December/NNP 1879/CD the/DT bridge/NN fell/VBD ./.", []string{"date 1879-12: December 1879"}}
	other := tagged{"In/IN 1887/CD another/DT bridge/NN was/VBD opened/VBN ./.", []string{"date 1887: 1887"}}
	for _, c := range []struct {
		what       string
		paragraphs [][]tagged
		want       string
	}{
		{"the year before", [][]tagged{{first, asked}}, "1879"},
		{"the year on both sides", [][]tagged{{first, asked, same}}, "1879"},
		{"another year behind", [][]tagged{{first, asked, other}}, ""},
		{"another paragraph", [][]tagged{{first}, {asked}}, ""},
		{"what is so at all times", [][]tagged{{first, now}}, ""},
		{"a year behind alone", [][]tagged{{asked, same}}, ""},
	} {
		m := build(t, "The Tay", c.paragraphs...)
		found := false
		for _, f := range m.facts {
			if f.Kind != cards.NameFact {
				continue
			}
			list, _ := m.candidates(f)
			for _, k := range list {
				found = true
				want := "The Tay"
				if c.want != "" {
					want += sceneMark + c.want
				}
				if scene := m.scene(k); scene != want {
					t.Errorf("%s: %q plays in %q, want %q", c.what, k.front, scene, want)
				}
			}
		}
		if !found {
			t.Errorf("%s: no card asks for the place", c.what)
		}
	}
}

// The heading above a sentence stands behind the title where it names something.
func TestTheHeadingOfAScene(t *testing.T) {
	asked := tagged{"Bouch/NNP built/VBD a/DT bridge/NN at/IN Dundee/NNP ./.", []string{"name person: Bouch", "name city: Dundee"}}
	for heading, want := range map[string]string{
		"": "The Tay", "Early life": "The Tay", "The works of Bouch": "The Tay", "Fife and Dundee": "The Tay", "The Tay": "The Tay", "After Fife: the end of Bouch": "The Tay",
	} {
		m := build(t, "The Tay", []tagged{asked})
		m.article.Blocks[0].Heading = heading
		for _, f := range m.facts {
			list, _ := m.candidates(f)
			for _, k := range list {
				if k.answer.Text == "Dundee" && m.scene(k) != want {
					t.Errorf("below %q %q plays in %q, want %q", heading, k.front, m.scene(k), want)
				}
			}
		}
	}
	m := build(t, "The Tay", []tagged{asked}, []tagged{{"A/DT storm/NN blew/VBD over/IN Dundee/NNP ./.", []string{"name city: Dundee"}}})
	m.article.Blocks[1].Heading = "After Bouch"
	list, _ := m.candidates(m.facts[len(m.facts)-1])
	if len(list) == 0 {
		t.Fatal("no card asks for the place")
	}
	if got := m.scene(list[0]); got != "The Tay · After Bouch" {
		t.Errorf("the card plays in %q", got)
	}
}

func TestWhatAScenePutsTogetherComesApart(t *testing.T) {
	for line, want := range map[string][2]string{
		"":                               {"", ""},
		"The Tay":                        {"The Tay", ""},
		"The Tay · 1879":                 {"The Tay · 1879", ""},
		"The Tay · 1879: A storm blew.":  {"The Tay · 1879", "A storm blew."},
		"The Tay: A storm blew.":         {"The Tay", "A storm blew."},
		"1879: A storm blew.":            {"1879", "A storm blew."},
		"1879":                           {"1879", ""},
		"The Tayside storm blew.":        {"", "The Tayside storm blew."},
		"The Tay · Bouch · 1879: Gales.": {"The Tay · Bouch · 1879", "Gales."},
		"1879 storms blew.":              {"", "1879 storms blew."},
	} {
		scene, context := splitScene("The Tay", line)
		if scene != want[0] || context != want[1] {
			t.Errorf("%q comes apart into %q and %q, want %q", line, scene, context, want)
		}
	}
}

func TestAStrandedCommaGoes(t *testing.T) {
	for front, want := range map[string]string{
		"Dundee, is a city of ____ (number) inhabitants.":        "Dundee is a city of ____ (number) inhabitants.",
		"Dundee, a city, is by the ____ (place).":                "Dundee, a city, is by the ____ (place).",
		"In May, was opened the bridge of ____ (place).":         "In May, was opened the bridge of ____ (place).",
		"In which year was Bouch, who built a bridge, knighted?": "In which year was Bouch, who built a bridge, knighted?",
	} {
		if got := mended(front); got != want {
			t.Errorf("%q is mended to %q, want %q", front, got, want)
		}
	}
}

// A surname alone is shown as the whole name that the text gave before.
func TestABareSurnameIsMadeWhole(t *testing.T) {
	full := tagged{"George/NNP Clark/NNP crossed/VBD the/DT Wabash/NNP in/IN 1778/CD ./.", []string{"name person: George Clark", "date 1778: 1778"}}
	bare := tagged{"Clark/NNP took/VBD Vincennes/NNP in/IN February/NNP 1779/CD ./.", []string{"name person: Clark", "name place: Vincennes", "date 1779-02: February 1779"}}
	general := tagged{"General/NNP Clark/NNP took/VBD Vincennes/NNP in/IN 1779/CD ./.", []string{"name person: Clark", "date 1779: 1779"}}
	other := tagged{"Mary/NNP Clark/NNP sailed/VBD to/TO Boston/NNP ./.", []string{"name person: Mary Clark"}}
	for _, c := range []struct {
		what string
		text []tagged
		want bool
	}{
		{"a name given before", []tagged{full, bare}, true},
		{"a name behind a title", []tagged{full, general}, false},
		{"a name that two bear", []tagged{full, other, bare}, false},
	} {
		all := strings.Join(offered(build(t, "", c.text)), "\n")
		if got := strings.Contains(all, "[George Clark]"); got != c.want {
			t.Errorf("%s: made whole %t, want %t:\n%s", c.what, got, c.want, all)
		}
	}
}

func TestDatesGetTheYearThatTheyLack(t *testing.T) {
	for _, c := range [][3]string{
		{"May 4 and 5", "{1865-05-04,1865-05-05}", "May 4 and 5, 1865"},
		{"from April to June", "1968-04/1968-06", "from April to June, 1968"},
		{"from April to June 1968", "1968-04/1968-06", ""},
		{"from October to March", "1944-10/1945-03", ""},
		{"the 1960s", "196X", ""},
	} {
		if got := withYear(c[0], c[1]); got != c[2] {
			t.Errorf("%q of %s becomes %q, want %q", c[0], c[1], got, c[2])
		}
	}
}
