package word

import "testing"

func TestShapes(t *testing.T) {
	for _, c := range [][3]string{ // form, lower case, shape
		{"Japan", "japan", "Xxx"}, {"1999", "0000", "dddd"}, {"U.S.", "u.s.", "X.X."}, {"COVID-19", "covid-00", "XX-dd"}, {"Été", "été", "Xxx"}, {"12,500", "00,000", "dd,ddd"},
	} {
		if got := Lower(c[0]); got != c[1] {
			t.Errorf("Lower(%q) = %q, want %q", c[0], got, c[1])
		}
		if got := shape(c[0]); got != c[2] {
			t.Errorf("shape(%q) = %q, want %q", c[0], got, c[2])
		}
	}
}

func TestFlags(t *testing.T) {
	atoms := Sentence([]string{"“", "The", "NATO", "Sakhalin-2"})
	for i, want := range []uint32{Initial, Initial | Capital, Capital | AllCaps, Capital | Digit | Hyphen} {
		if got := atoms[i].Flags; got != want {
			t.Errorf("flags of word %d = %b, want %b", i, got, want)
		}
	}
	for i, a := range Sentence([]string{"BREAKING", "NEWS", "FROM", "TOKYO"}) {
		if a.Flags&InCapped == 0 {
			t.Errorf("word %d of a headline in capitals does not know it", i)
		}
	}
}
