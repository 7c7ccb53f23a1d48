package generate

import (
	"strings"
	"testing"

	"recto/cards"
)

// TestNoCard gives facts that no reader would keep a card of, and why.
func TestNoCard(t *testing.T) {
	tests := []struct {
		what string
		text tagged
		want string // a part of the reason
	}{
		{"a year in a reference", tagged{"Readers/NNS of/IN verse/NN pause/VBP at/IN the/DT end/NN of/IN lines/NNS (/-LRB- ~Moretti/NNP ,/, 2013/CD ~)/-RRB- ./.", []string{"date 2013: 2013"}}, "reference"},
		{"a name in a reference", tagged{"Readers/NNS of/IN verse/NN pause/VBP at/IN the/DT end/NN of/IN lines/NNS (/-LRB- ~Moretti/NNP ,/, 2013/CD ~)/-RRB- ./.", []string{"name person: Moretti"}}, "reference"},
		{"a year that the one beside it tells", tagged{"The/DT Huaihai/NNP Campaign/NNP of/IN late/JJ 1948/CD and/CC early/JJ 1949/CD secured/VBD China/NNP ./.", []string{"date 1948: 1948", "date 1949: 1949"}}, "side by side"},
		{"a first attack", tagged{"The/DT Allies/NNPS repelled/VBD a/DT second/JJ attack/NN against/IN El/NNP Alamein/NNP in/IN August/NNP 1942/CD ./.", []string{"quantity ordinal: second"}}, "guessed"},
		{"a caption", tagged{"Montalvo/NNP is/VBZ holding/VBG a/DT copy/NN of/IN the/DT book/NN Blown/NNP for/IN Good/NNP ./.", []string{"name thing: Blown for Good"}}, "picture"},
		{"the number of a note", tagged{"1/CD In/IN a/DT study/NN Duckworth/NNP found/VBD grit/NN in/IN many/JJ children/NNS ./.", []string{"quantity count: 1"}}, "one statement"},
		{"a Friday of no week", tagged{"Fishermen/NNS of/IN Aceh/NNP rescued/VBD over/IN 700/CD people/NNS by/IN Friday/NNP ./.", []string{"name place: Aceh"}}, "which week"},
		{"a name cut at an initial", tagged{"Schofield/NNP defeated/VBD Hood/NNP in/IN Tennessee/NNP at/IN last/JJ with/IN George/NNP H/NNP ./.", []string{"name person: George H"}}, "cut off"},
		{"a sentence cut at an initial", tagged{"Schofield/NNP defeated/VBD Hood/NNP in/IN Tennessee/NNP at/IN last/JJ with/IN George/NNP H/NNP ./.", []string{"name place: Tennessee"}}, "cut"},
		{"a sentence left out in part", tagged{"Zhou/NNP told/VBD the/DT Nations/NNPS in/IN 1950/CD that/IN Korea/NNP is/VBZ a/DT neighbour/NN .../. ~./.", []string{"name person: Zhou"}}, "left out"},
		{"words quoted without their marks", tagged{"Hussein/NNP stated/VBD in/IN 1980/CD that/IN The/DT violations/NNS had/VBD ended/VBN the/DT agreement/NN ./.", []string{"date 1980: 1980"}}, "quoted"},
		{"a bare number that may be a year", tagged{"York/NNP became/VBD the/DT capital/NN of/IN Britannia/NNP after/IN 211/CD ./.", []string{"quantity count: 211"}}, "year or a number"},
		{"so many days of a week", tagged{"Air/NNP Chathams/NNPS fly/VBP 5/CD days/NNS per/IN week/NN from/IN Napier/NNP ./.", []string{"quantity duration: 5 days"}}, "how often"},
		{"a duration that only describes", tagged{"In/IN the/DT 20-minute/JJ film/NN Batman/NNP falls/VBZ into/IN a/DT cave/NN ./.", []string{"quantity duration: 20-minute"}}, "describes"},
		{"a rank", tagged{"Alice/NNP Morton/NNP was/VBD made/VBN a/DT Major/NNP in/IN May/NNP 1783/CD ./.", []string{"name organisation: Major"}}, "rank"},
		{"an office with all its parts", tagged{"The/DT Soviet/JJ Deputy/NNP Foreign/NNP Minister/NNP accused/VBD Japan/NNP of/IN war/NN ./.", []string{"name organisation: Deputy Foreign Minister"}}, "office"},
		{"a moment of a match", tagged{"In/IN the/DT 62nd/JJ minute/NN Kim/NNP Min-Woo/NNP conceded/VBD a/DT penalty/NN ./.", []string{"name person: Kim Min-Woo"}}, "match"},
		{"a name in brackets among others", tagged{"Gordon/NNP (/-LRB- ~born/VBN in/IN Ellon/NNP near/IN Aberdeen/NNP ~)/-RRB- was/VBD a/DT general/NN in/IN Russia/NNP ./.", []string{"name place: Ellon"}}, "brackets"},
		{"words of another script", tagged{"Isfahan/NNP ,/, or/CC اصفهان/NNP ,/, is/VBZ a/DT city/NN in/IN central/JJ Iran/NNP ./.", []string{"name country: Iran"}}, "script"},
		{"so long before an unnamed moment", tagged{"Roughly/RB two/CD years/NNS before/IN in/IN May/NNP 1998/CD ,/, Lewis/NNP opened/VBD the/DT Severn/NNP Bridge/NNP ./.", []string{"quantity duration: two years"}}, "counts from a moment"},
		{"two names run together", tagged{"Undersecretary/NN for/IN Education/NNP Mr./NNP Toccafondi/NNP raised/VBD the/DT fees/NNS ./.", []string{"name person: Education Mr. Toccafondi"}}, "run together"},
	}
	for _, test := range tests {
		m := build(t, "", []tagged{test.text})
		var reasons []string
		for _, f := range m.facts {
			found, why := m.candidates(f)
			if len(found) == 0 {
				reasons = append(reasons, why)
			}
			for _, k := range found {
				reasons = append(reasons, m.fault(k))
				if m.fault(k) == "" {
					t.Errorf("%s: there is the card %q => %q", test.what, k.front, k.back)
				}
			}
		}
		if !strings.Contains(strings.Join(reasons, "\n"), test.want) {
			t.Errorf("%s: the reasons are %q, want one with %q", test.what, reasons, test.want)
		}
	}
}

// TestDoubtfulTypes calls an answer of unsure sort a name.
func TestDoubtfulTypes(t *testing.T) {
	tests := []struct {
		what string
		text tagged
		want string
	}{
		{"a people", tagged{"Rostov/NNP was/VBD taken/VBN by/IN the/DT Bolsheviks/NNPS in/IN February/NNP 1918/CD ./.", []string{"name place: Bolsheviks"}}, "(name)"},
		{"an office", tagged{"Carranza/NNP appointed/VBD Obregon/NNP as/IN Minister/NNP of/IN War/NNP in/IN 1916/CD ./.", []string{"name person: Minister of War"}}, "(name)"},
		{"a nickname in quotation marks", tagged{"Cleveland/NNP was/VBD named/VBN the/DT “/`` ~Comeback/NNP City/NNP ~”/'' in/IN the/DT 1980s/CD ./.", []string{"name place: Comeback City"}}, "(name)"},
		{"a body behind an adjective", tagged{"Troops/NNS met/VBD the/DT elite/JJ Fedayeen/NNP Saddam/NNP of/IN Iraq/NNP in/IN 2003/CD ./.", []string{"name person: Fedayeen Saddam"}}, "(name)"},
		{"a group of a cup", tagged{"Belgium/NNP faced/VBD Panama/NNP in/IN Sochi/NNP as/IN part/NN of/IN Group/NNP G/NNP ./.", []string{"name place: Group G"}}, "(name)"},
		{"a general who is a city too", tagged{"Washington/NNP hurriedly/RB moved/VBD his/PRP$ troops/NNS from/IN Yorktown/NNP in/IN 1781/CD ./.", []string{"name city: Washington"}}, "(name)"},
		{"the title of a noble", tagged{"The/DT Marquis/NNP de/NNP Lafayette/NNP asked/VBD for/IN a/DT portrait/NN in/IN 1784/CD ./.", []string{"name organisation: Marquis de Lafayette"}}, "(name)"},
		{"a person", tagged{"Rostov/NNP was/VBD taken/VBN by/IN Pavel/NNP Sablin/NNP in/IN February/NNP 1918/CD ./.", []string{"name person: Pavel Sablin"}}, "(person)"},
		{"mountains", tagged{"The/DT border/NN follows/VBZ the/DT Atlas/NNP Mountains/NNPS in/IN Morocco/NNP ./.", []string{"name place: Atlas Mountains"}}, "(place)"},
	}
	for _, test := range tests {
		m := build(t, "", []tagged{test.text})
		found, why := m.candidates(m.facts[0])
		if len(found) == 0 || !strings.Contains(found[len(found)-1].front, gapMark+" "+test.want) {
			t.Errorf("%s: the cards are %+v (%s), want a gap of %s", test.what, found, why, test.want)
		}
	}
}

// TestFarDates makes no card of a date whose year is unsure, nor shows it in another.
func TestFarDates(t *testing.T) {
	m := build(t, "", []tagged{{"On/IN April/NNP 21/CD ,/, Communist/JJ forces/NNS took/VBD Nanjing/NNP from/IN the/DT KMT/NNP ./.", []string{"date 1948-04-21: April 21", "name place: Nanjing"}}})
	for i := range m.passages[0].facts {
		if m.passages[0].facts[i].Kind == cards.DateFact {
			m.passages[0].facts[i].Far, m.passages[0].facts[i].Derived = true, "the year is that of “1948”, the date before it"
		}
	}
	if found, why := m.candidates(m.passages[0].facts[0]); len(found) > 0 || !strings.Contains(why, "year") {
		t.Errorf("a date of an unsure year has the cards %+v and the reason %q", found, why)
	}
	found, _ := m.candidates(m.facts[1])
	if len(found) == 0 || strings.Contains(found[0].front, "1948") {
		t.Errorf("the cards beside it are %+v, want none that shows the year", found)
	}
	for _, k := range found {
		if !k.showsFar() {
			t.Errorf("%q shows a day of no year and may be proposed by default", k.front)
		}
	}
}

// TestDatesWithinNames asks for no year that a name has in it.
func TestDatesWithinNames(t *testing.T) {
	m := build(t, "", []tagged{{"The/DT Harwick/NNP 2022/CD Concept/NNP warned/VBD of/IN floods/NNS in/IN Anglia/NNP ./.", []string{"date 2022: 2022", "name thing: Harwick 2022 Concept"}}})
	asked := false
	for _, f := range m.facts {
		found, why := m.candidates(f)
		asked = asked || f.Kind == cards.NameFact && len(found) > 0
		if f.Kind == cards.DateFact && (len(found) > 0 || why != "The date is part of a name.") {
			t.Errorf("a year within a name has the cards %+v and the reason %q", found, why)
		}
	}
	if !asked {
		t.Error("the name itself has no card")
	}
}

func TestInitials(t *testing.T) {
	for long, want := range map[string]bool{"North Atlantic Treaty Organization": true, "Supreme Headquarters Allied Powers Europe": false} {
		if got := initialsOf("NATO", long); got != want {
			t.Errorf("initialsOf(NATO, %q) = %v, want %v", long, got, want)
		}
	}
	if !initialsOf("SMOS", "soil moisture and ocean salinity") || !initialsOf("USA", "United States of America") || initialsOf("radar", "radio detection and ranging") {
		t.Error("small joining words may or may not count, and other letters do not")
	}
}

func TestWholeMasks(t *testing.T) {
	for s, want := range map[string]string{
		"In 1947, General Võ Nguyên […] moved.": "In 1947, General […] moved.",
		"The army of […] moved.":                "The army of […] moved.",
		"Then Romelu […] doubled the lead.":     "Then […] doubled the lead.",
	} {
		if got := wholeMasks(s); got != want {
			t.Errorf("wholeMasks(%q) = %q, want %q", s, got, want)
		}
	}
}
