package generate

import (
	"strings"
	"testing"
)

const (
	withdrew  = "The/DT withdrawal/NN began/VBD on/IN 20/CD June/NNP 1982/CD near/IN Basra/NNP ./."
	ceasefire = "Saddam/NNP ordered/VBD his/PRP$ army/NN out/IN of/IN Iran/NNP after/IN the/DT fall/NN of/IN Khorramshahr/NNP ./."
	harar     = "In/IN February/NNP 1936/CD ,/, the/DT Italians/NNPS prepared/VBD a/DT thrust/NN towards/IN Dessie/NNP ./."
	prelude   = "On/IN 22/CD March/NNP 1936/CD ,/, the/DT Italian/JJ Air/NNP Force/NNP bombed/VBD Jijiga/NNP as/IN a/DT prelude/NN ./."
	assembly  = "The/DT Assembly/NNP set/VBD the/DT end/NN of/IN its/PRP$ term/NN for/IN 29/CD September/NNP 1791/CD ./."
	elected   = "In/IN 1789/CD ,/, the/DT Estates-General/NNPS of/IN France/NNP became/VBD a/DT National/NNP Assembly/NNP ./."
	season    = "In/IN the/DT same/JJ season/NN ,/, Holt/NNP joined/VBD the/DT Regional/NNP Team/NNP ./."
	nextMonth = "Denikin/NNP spent/VBD the/DT next/JJ few/JJ months/NNS in/IN Kuban/NNP with/IN the/DT army/NN ./."
	disagreed = "Truman/NNP disagreed/VBD ,/, and/CC ordered/VBD MacArthur/NNP to/TO wait/VB in/IN Korea/NNP ./."
	palm      = "And/CC the/DT Cesar/NNP Award/NNP was/VBD given/VBN to/IN Jeanne/NNP Moreau/NNP ./."
	fellow    = "She/PRP received/VBD the/DT Cannes/NNP Palm/NNP in/IN 2003/CD ./."
	hometown  = "Moreau/NNP was/VBD born/VBN in/IN Paris/NNP in/IN 1928/CD ./."
)

// TestContext wants a sentence shown above what only that sentence explains, and no
// card where none explains it.
func TestContext(t *testing.T) {
	tests := []struct {
		what string
		text []tagged
		want string // a front with its context, "" for no card
		not  string // what no card may say
	}{
		{"a noun that opens as if it were known", []tagged{{ceasefire, []string{"name person: Saddam"}}, {withdrew, []string{"date 1982-06-20: 20 June 1982"}}},
			"out of Iran after the fall of Khorramshahr. | On what date did the withdrawal begin near Basra?", ": On what date did the withdrawal"},
		{"the same where nothing before it names anything", []tagged{{"It/PRP rained/VBD for/IN days/NNS and/CC days/NNS ./.", nil}, {withdrew, []string{"date 1982-06-20: 20 June 1982"}}}, "", "withdrawal"},
		{"what follows from what is not said", []tagged{{harar, []string{"name place: Dessie"}}, {prelude, []string{"name place: Jijiga"}}}, "towards Dessie. | On 22 March 1936, the Italian Air Force bombed ____ (place) as a prelude.", ""},
		{"a body called by its common noun", []tagged{{elected, []string{"name place: France"}}, {assembly, []string{"date 1791-09-29: 29 September 1791"}}}, "a National Assembly. | The Assembly set", ""},
		{"a season that is not named", []tagged{{season, []string{"name organisation: Regional Team"}}}, "", "season"},
		{"months after a moment that is not named", []tagged{{nextMonth, []string{"name place: Kuban"}}}, "", "months"},
		{"with what somebody disagreed", []tagged{{disagreed, []string{"name person: MacArthur"}}}, "", "disagreed"},
		{"two sentences where the second leans on the first", []tagged{
			{"Pavel/NNP Sablin/NNP met/VBD Oleg/NNP Orlov/NNP in/IN 1919/CD ./.", []string{"name person: Pavel Sablin", "name person: Oleg Orlov"}},
			{"He/PRP sent/VBD two/CD thousand/CD men/NNS and/CC some/DT guns/NNS ./.", nil},
			{"The/DT guns/NNS reached/VBD Omsk/NNP in/IN May/NNP 1919/CD ./.", []string{"name place: Omsk"}},
		}, "Pavel Sablin met Oleg Orlov in 1919. He sent two thousand men and some guns. | The guns reached ____ (place) in May 1919.", ""},
		{"a fragment that begins with “and” explains nothing", []tagged{{hometown, []string{"name person: Moreau"}}, {palm, []string{"name person: Jeanne Moreau"}}, {fellow, []string{"date 2003: 2003"}}}, "", "And the Cesar"},
	}
	for _, test := range tests {
		got := strings.Join(offered(build(t, "", test.text)), "\n")
		if !strings.Contains(got, test.want) {
			t.Errorf("%s: the cards are\n%s\nwant one with\n%s", test.what, got, test.want)
		}
		if test.not != "" && strings.Contains(got, test.not) {
			t.Errorf("%s: the cards are\n%s\nwant none with %q", test.what, got, test.not)
		}
	}
}

// TestLeansBehindLead wants no card of "it" where only a leading adverbial stands before
// it, none of a weekend that is not told, and none above which only a fragment stands.
func TestLeansBehindLead(t *testing.T) {
	tests := []struct {
		what string
		text []tagged
		not  string
	}{
		{"it is not the height", []tagged{{"At/IN a/DT height/NN of/IN 300/CD m/NN ,/, it/PRP stands/VBZ in/IN the/DT Harwick/NNP Hills/NNPS ./.", []string{"name place: Harwick Hills"}}}, "Hills"},
		{"no weekend", []tagged{{"Orla/NNP Holt/NNP won/VBD the/DT Harwick/NNP Cup/NNP throughout/IN the/DT weekend/NN ./.", []string{"name event: Harwick Cup"}}}, "weekend"},
		{"a city of no name", []tagged{{"Graves/NNS were/VBD found/VBN beside/IN Orla/NNP Holt/NNP ./.", []string{"name person: Orla Holt"}},
			{"The/DT city/NN was/VBD the/DT home/NN of/IN the/DT Harwick/NNP Guild/NNP ./.", []string{"name organisation: Harwick Guild"}}}, "The city"},
		{"a company of no name behind the verb", []tagged{{"It/PRP rained/VBD ./.", nil}, {"In/IN 1956/CD ,/, Orla/NNP Holt/NNP left/VBD the/DT company/NN in/IN anger/NN ./.", []string{"date 1956: 1956"}}}, "company"},
		{"the subject is not him", []tagged{{"Orla/NNP Holt/NNP asked/VBD him/PRP about/IN Harwick/NNP in/IN 1942/CD ./.", []string{"date 1942: 1942"}}}, "him"},
		{"they behind a semicolon", []tagged{{"Norland/NNP lent/VBD pilots/NNS to/IN Harwick/NNP ;/: they/PRP flew/VBD old/JJ planes/NNS over/IN Kamchatka/NNP in/IN 1942/CD ./.", []string{"date 1942: 1942"}}}, "They flew"},
		{"the first of what", []tagged{{"The/DT first/JJ ,/, an/DT attack/NN on/IN Harwick/NNP ,/, failed/VBD in/IN 1942/CD ./.", []string{"date 1942: 1942"}}}, "The first"},
		{"she and him", []tagged{{"Oleg/NNP Orlov/NNP wrote/VBD plays/NNS in/IN Omsk/NNP ./.", []string{"name person: Oleg Orlov"}},
			{"She/PRP met/VBD him/PRP at/IN the/DT Harwick/NNP Club/NNP in/IN 1919/CD ./.", []string{"date 1919: 1919"}}}, "[Oleg Orlov]"},
		{"a fragment above a card", []tagged{{"Graves/NNP ,/, who/WP led/VBD the/DT troops/NNS in/IN Omsk/NNP ./.", []string{"name person: Graves"}},
			{"He/PRP reached/VBD the/DT coast/NN of/IN Kamchatka/NNP in/IN 1919/CD ./.", []string{"date 1919: 1919"}}}, "who led"},
	}
	for _, test := range tests {
		if got := strings.Join(offered(build(t, "", test.text)), "\n"); strings.Contains(got, test.not) {
			t.Errorf("%s: the cards are\n%s\nwant none with %q", test.what, got, test.not)
		}
	}
}

// TestDateTakenOut wants no comma left where a date was, and the tense of what was so
// by then.
func TestDateTakenOut(t *testing.T) {
	tests := []struct{ words, fact, want string }{
		{"Lee/NNP surrendered/VBD his/PRP$ army/NN on/IN April/NNP 9/CD ,/, 1865/CD ,/, at/IN the/DT McLean/NNP House/NNP ./.", "date 1865-04-09: April 9, 1865", "On what date did Lee surrender his army at the McLean House?"},
		{"Nora/NNP Holt/NNP was/VBD soon/RB elected/VBN mayor/NN of/IN Harwick/NNP in/IN 1941/CD ./.", "date 1941: 1941", "In what year was Nora Holt elected mayor of Harwick?"},
		{"By/IN 1941/CD ,/, Norland/NNP had/VBD sent/VBN its/PRP$ fleet/NN to/IN Harwick/NNP ./.", "date 1941: 1941", "By what year had Norland sent its fleet to Harwick?"},
	}
	for _, test := range tests {
		if got := strings.Join(offered(build(t, "", []tagged{{test.words, []string{test.fact}}})), "\n"); !strings.Contains(got, test.want) {
			t.Errorf("the cards are\n%s\nwant %q", got, test.want)
		}
	}
}

// TestNoQuestionOfHalf wants no question that ends at a preposition that stood before
// the date, or at the first of two verbs of a clause beside the main one.
func TestNoQuestionOfHalf(t *testing.T) {
	tests := []struct{ words, fact string }{
		{"Harwick/NNP was/VBD ranked/VBN first/RB in/IN Norland/NNP throughout/IN the/DT twentieth/JJ century/NN ./.", "date 19XX: the twentieth century"},
		{"The/DT strike/NN reached/VBD its/PRP$ peak/NN in/IN 1914/CD when/WRB troops/NNS seized/VBD and/CC occupied/VBD Harwick/NNP ./.", "date 1914: 1914"},
	}
	for _, test := range tests {
		if got := strings.Join(offered(build(t, "", []tagged{{test.words, []string{test.fact}}})), "\n"); strings.Contains(got, "when:") {
			t.Errorf("the cards are\n%s\nwant no question", got)
		}
	}
}

// TestHeroOfAFamily does not take the name of a father for that of whom the title names.
func TestHeroOfAFamily(t *testing.T) {
	m := build(t, "Zora Holt", []tagged{
		{"Holt/NNP was/VBD born/VBN in/IN Harwick/NNP ./.", []string{"name person: Holt"}},
		{"Her/PRP$ father/NN Oleg/NNP Holt/NNP sold/VBD coal/NN ./.", []string{"name person: Oleg Holt"}},
	})
	if got := m.names.all[0].full; got != "Holt" {
		t.Errorf("she is called %q, want Holt", got)
	}
}

// TestNeedsTelling knows the nouns that only what follows makes certain ones.
func TestNeedsTelling(t *testing.T) {
	m := build(t, "", []tagged{{"The/DT lawmakers/NNS signed/VBD a/DT new/JJ petition/NN calling/VBG on/IN Norland/NNP ,/, and/CC Norland/NNP answered/VBD ./.", nil}})
	l := m.passages[0].whole()
	for q, want := range map[int]bool{1: true, 5: true, 8: false} {
		if got := l.needsTelling(q); got != want {
			t.Errorf("needsTelling(%q) = %v, want %v", l.word(q), got, want)
		}
	}
}

// TestContextOfParagraphs takes the line of context from the paragraph before where that
// is short, as newspapers have them.
func TestContextOfParagraphs(t *testing.T) {
	m := build(t, "", []tagged{{ceasefire, []string{"name person: Saddam"}}}, []tagged{{withdrew, []string{"date 1982-06-20: 20 June 1982"}}})
	if got := strings.Join(offered(m), "\n"); !strings.Contains(got, "Khorramshahr. | On what date did the withdrawal begin near Basra?") {
		t.Errorf("the cards are\n%s\nwant the paragraph before as context", got)
	}
}

// TestHeIsNoPlace does not take the date or the place before “they” and “he” for who is meant.
func TestHeIsNoPlace(t *testing.T) {
	const at = "They/PRP captured/VBD Warsaw/NNP in/IN the/DT morning/NN of/IN the/DT next/JJ day/NN ./."
	m := build(t, "", []tagged{{at, []string{"name place: Warsaw"}}})
	if got := offered(m); len(got) > 0 {
		t.Errorf("the cards are %q, want none: nobody knows who they are", got)
	}
	const inParis = "In/IN Paris/NNP he/PRP bought/VBD the/DT Grand/NNP Hotel/NNP in/IN 1950/CD ./."
	m = build(t, "", []tagged{{inParis, []string{"name city: Paris", "date 1950: 1950"}}})
	if got := offered(m); len(got) > 0 {
		t.Errorf("the cards are %q, want none: Paris is not he", got)
	}
}
