package generate

import "testing"

// TestClips spoils a sound card of a name by asking for a part of it.
func TestClips(t *testing.T) {
	m := build(t, "", []tagged{{forum, []string{"name person: Abe"}}})
	found, why := m.candidates(m.facts[0])
	if len(found) == 0 {
		t.Fatal(why)
	}
	tests := []struct {
		front, answer string
		clipped       bool
	}{
		{"Abe visited the ____ (name) in Moscow in 2016.", "Kremlin", false},
		{"Abe met General Shuwa of the 1st ____ (organisation) in 2016.", "Infantry Division", true},
		{"Abe read of Tsar ____ (person) I in Moscow in 2016.", "Aleksei", true},
		{"Abe read of ____ (person) the Great in Moscow in 2016.", "Peter", true},
		{"Abe watched Batman: The ____ (name) in Moscow in 2016.", "Animated Series", true},
		{"Abe watched ____ (name): Arkham City in Moscow in 2016.", "Batman", true},
		{"Abe fought at ____ (person)'s Creek near Moscow in 2016.", "Sayler", true},
		{"Abe fought at Sayler's ____ (place) near Moscow in 2016.", "Creek", true},
		{"Abe signed ____ (name) 166 in Moscow in 2016.", "National Directive", true},
		{"Abe crossed the ____ (place) and Verde Rivers in 2016.", "Salt", true},
		{"Abe crossed the ____ (place) and Verdun in 2016.", "Salt Lake", false},
		{"Abe addressed the Conseil des ____ (name) in 2016.", "Anciens", true},
		{"Abe met Finley \"Finn\" ____ (person) in 2016.", "Polmar", true},
		{"Abe met ____ (person) Monday, 3 May 2016.", "Polmar", false},
	}
	for _, test := range tests {
		k := found[0]
		k.front, k.answer.Text = test.front, test.answer
		if why := faultOfClip(k); (why != "") != test.clipped {
			t.Errorf("faultOfClip(%q => %q) = %q, want a fault: %v", test.front, test.answer, why, test.clipped)
		}
	}
}

// TestBetrayed wants no answer beside a word that is made of it.
func TestBetrayed(t *testing.T) {
	tests := []struct {
		text, answer string
		want         bool
	}{
		{"In response to the Italian invasion, Ethiopia declared war on ____ (place).", "Italy", true},
		{"The Ionians went back to ____ (place).", "Ionia", true},
		{"A gesture for ____ (place) out of gratitude for Russian support.", "Russia", true},
		{"The French army left ____ (place).", "France", true},
		{"The dutch oven of ____ (place).", "Netherlands", false},
		{"The Roman army left ____ (place).", "Romania", false},
		{"The Germans took ____ (place) in 1940.", "Paris", false},
		{"The Polish army left ____ (place).", "Warsaw", false},
		{"The Mexicans met ____ (person).", "Mexía", false},
	}
	for _, test := range tests {
		if got := betrayed(test.text, test.answer); got != test.want {
			t.Errorf("betrayed(%q, %q) = %v, want %v", test.text, test.answer, got, test.want)
		}
	}
}

// TestGuessed knows the names that come to mind first.
func TestGuessed(t *testing.T) {
	for answer, want := range map[string]bool{"Europe": true, "the United States": true, "Western Europe": true, "North": true, "Galicia": false, "North Carolina": false, "New York": true} {
		if got := guessed(answer); got != want {
			t.Errorf("guessed(%q) = %v, want %v", answer, got, want)
		}
	}
}
