package generate

import (
	"strings"
	"testing"
)

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
		{"Abe read of ____ (person)'s War in Moscow in 2016.", "King William", true},
		{"Abe read of ____ (person)'s Scottish war in Moscow in 2016.", "King William", false},
		{"Abe read of ____ (person)'s plan in Moscow in 2016.", "King William", false},
		{"Abe read of the Great War for the ____ (name) in 2016.", "Empire", true},
		{"Abe feared ____ (name) post facto laws in 2016.", "Ex", true},
		{"Abe signed ____ (name) 166 in Moscow in 2016.", "National Directive", true},
		{"Abe crossed the ____ (place) and Verde Rivers in 2016.", "Salt", true},
		{"Abe crossed the ____ (place) and Verdun in 2016.", "Salt Lake", false},
		{"Abe addressed the Conseil des ____ (name) in 2016.", "Anciens", true},
		{"Abe met Finley \"Finn\" ____ (person) in 2016.", "Polmar", true},
		{"Abe met ____ (person) Monday, 3 May 2016.", "Polmar", false},
		{"Abe saw the Pyramid of the ____ (place) in 2016.", "Crane", true},
		{"Abe saw the coast of the ____ (place) in 2016.", "Crane", false},
		{"Abe led the ____ (organisation) and Trade in 2016.", "Ministry of Fishery", true},
		{"Abe led the Ministry of Fishery and ____ (organisation) in 2016.", "Trade", true},
		{"Abe named him ____ (name) and of the Navy in 2016.", "Minister of War", true},
		{"Abe won the ____ (name) - Male in 2016.", "Best Guest", true},
		{"Abe led the ____ (organisation) - and won in 2016.", "Red Club", false},
		{"Abe met ____ (name) \"Finn\" Polmar in 2016.", "Finley", true},
		{"Abe met Major \"____ (name)\" Polmar in 2016.", "Finn", true},
		{"Abe wrote for Travel and ____ (name) magazine.", "Leisure", true},
		{"Abe wrote Morphology: The Analysis of ____ (name) in 2016.", "Words", true},
		{"Abe gave it to Love On Her ____ (name) in 2016.", "Arms", true},
		{"Abe told the role of Harwick in the ____ (event) in 2016.", "War", true},
		{"Abe met de ____ (name) in 2016.", "Morny", true},
		{"Abe fought in ____ (name) and in Russia in 2016.", "Central", true},
	}
	for _, test := range tests {
		k := found[0]
		k.front, k.answer.Text = test.front, test.answer
		if why := faultOfClip(k); (why != "") != test.clipped {
			t.Errorf("faultOfClip(%q => %q) = %q, want a fault: %v", test.front, test.answer, why, test.clipped)
		}
	}
}

// TestDoubtful knows names that are not of the sort that they were taken for.
func TestDoubtful(t *testing.T) {
	tests := []struct {
		words, fact string
		want        bool
	}{
		{"He/PRP became/VBD Governor/NNP of/IN Norland/NNP ./.", "name place: Governor of Norland", true},
		{"He/PRP led/VBD the/DT Norland/NNP Guards/NNPS ./.", "name place: Norland Guards", true},
		{"She/PRP bought/VBD it/PRP at/IN the/DT retailer/NN Orla/NNP Holt/NNP ./.", "name person: Orla Holt", true},
		{"She/PRP met/VBD Orla/NNP Holt/NNP ./.", "name person: Orla Holt", false},
		{"She/PRP crossed/VBD the/DT Norland/NNP Hills/NNPS ./.", "name place: Norland Hills", false},
		{"She/PRP wrote/VBD in/IN the/DT Meiji/NNP period/NN ./.", "name place: Meiji", true},
	}
	for _, test := range tests {
		m := build(t, "", []tagged{{test.words, []string{test.fact}}})
		if got := m.doubtful(m.facts[0]); got != test.want {
			t.Errorf("doubtful(%s) = %v, want %v", test.fact, got, test.want)
		}
	}
}

// TestNoNames wants no card of what is no name, or is half of one, or dates a writing.
func TestNoNames(t *testing.T) {
	tests := []struct {
		words, fact string
		other       []string
	}{
		{"She/PRP joined/VBD the/DT fleet/NN in/IN Spring/NNP ./.", "name place: Spring", nil},
		{"April/NNP is/VBZ the/DT best/JJS month/NN in/IN Norland/NNP ./.", "name place: April", nil},
		{"God/NNP is/VBZ in/IN the/DT songs/NNS of/IN Norland/NNP ./.", "name thing: God", nil},
		{"It/PRP was/VBD led/VBN by/IN Doctor/NNP Who/NNP Society/NNP of/IN Norland/NNP ./.", "name organisation: Society of Norland", nil},
		{"Orla/NNP Holt/NNP (/-LRB- ~1971/CD )/-RRB- found/VBD the/DT lost/JJ town/NN of/IN Norland/NNP ./.", "date 1971: 1971", []string{"name person: Orla Holt"}},
	}
	for _, test := range tests {
		m := build(t, "", []tagged{{test.words, append(test.other, test.fact)}})
		for _, f := range m.facts {
			if found, _ := m.candidates(f); f.ID == strings.ReplaceAll(test.fact, ": ", "") && len(found) > 0 {
				t.Errorf("%s has the card %q", test.fact, found[0].front)
			}
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
