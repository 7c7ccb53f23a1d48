package generate

import (
	"strings"

	"recto/cards"
)

// peopleOf are words for those who live in a land that do not begin as its name does.
var peopleOf = map[string]string{
	"france": "french", "spain": "spanish spaniards spaniard", "poland": "polish poles pole", "netherlands": "dutch", "wales": "welsh", "switzerland": "swiss", "greece": "greek greeks", "turkey": "turkish turks turk",
	"denmark": "danish danes", "sweden": "swedish swedes", "finland": "finnish finns", "ireland": "irish", "england": "english", "scotland": "scottish scots", "britain": "british britons", "united kingdom": "british",
	"great britain": "british", "united states": "american americans u.s us", "u.s": "american americans", "us": "american americans", "soviet union": "soviet soviets", "ussr": "soviet soviets", "thailand": "thai", "iceland": "icelandic",
	"iraq": "iraqi iraqis", "peru": "peruvian", "cyprus": "cypriot", "portugal": "portuguese", "norway": "norwegian norwegians", "rome": "roman romans", "athens": "athenian athenians", "sparta": "spartan spartans", "carthage": "carthaginian carthaginians",
	"venice": "venetian", "naples": "neapolitan", "germany": "german germans", "israel": "israeli israelis", "china": "chinese", "japan": "japanese", "egypt": "egyptian egyptians", "philippines": "filipino", "serbia": "serbian serbs serb",
	"new zealand": "kiwi", "czechoslovakia": "czech czechs", "hungary": "hungarian", "afghanistan": "afghan afghans", "pakistan": "pakistani", "kuwait": "kuwaiti", "burma": "burmese", "vietnam": "vietnamese", "lebanon": "lebanese", "malta": "maltese",
}

// betrayed reports whether text names the people of the place that is the answer, or
// the place of the people: "the Italian invasion" tells Italy.
func betrayed(text, answer string) bool {
	ws := words(answer)
	if len(ws) == 0 || len(ws) > 3 {
		return false
	}
	low := strings.ToLower(strings.TrimPrefix(strings.TrimPrefix(answer, "the "), "The "))
	for _, p := range strings.Fields(peopleOf[low]) {
		if namesPeople(text, p) {
			return true
		}
	}
	last := strings.ToLower(ws[len(ws)-1])
	if len(last) < 4 || !isUpper(ws[len(ws)-1]) {
		return false
	}
	for _, w := range words(text) {
		if isUpper(w) && kin(strings.ToLower(w), last) {
			return true
		}
	}
	return false
}

// namesPeople reports whether text has the adjective or the people p, with its capital.
func namesPeople(text, p string) bool {
	for _, w := range words(text) {
		if isUpper(w) && strings.EqualFold(w, p) {
			return true
		}
	}
	return false
}

// kin reports whether one of two words in lower case is made of the other with an
// ending for a people or a language: "italy" and "italian", "ionia" and "ionians".
func kin(a, b string) bool {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n >= 4 && peopleEnd(a[n:]) != peopleEnd(b[n:]) && placeEnd(a[n:]) != placeEnd(b[n:])
}

func peopleEnd(s string) bool {
	switch strings.TrimSuffix(s, "s") {
	case "n", "an", "ian", "ese", "i", "ish", "ite", "er", "ean":
		return true
	}
	return false
}

func placeEnd(s string) bool {
	switch s {
	case "", "y", "a", "ia", "e", "o", "land", "s":
		return true
	}
	return false
}

// famous are places that are the first to be guessed: the great powers, continents,
// oceans and quarters of the compass.
var famous = wordSet(`europe asia africa america americas antarctica pacific atlantic north south east west northeast northwest southeast southwest earth mediterranean
	us u.s usa uk u.k britain england france germany china russia japan italy india london washington moscow paris ussr`)

var famousNames = wordSet(`united-states united-kingdom soviet-union great-britain new-york`)

// guessed reports whether a name is one of those that come to mind first.
func guessed(answer string) bool {
	ws := words(strings.ToLower(answer))
	if len(ws) > 0 && ws[0] == "the" {
		ws = ws[1:]
	}
	if len(ws) == 2 && famousNames[ws[0]+"-"+ws[1]] {
		return true
	}
	if len(ws) == 2 && (compass[ws[0]] || compass[strings.TrimSuffix(ws[0], "ern")]) {
		ws = ws[1:]
	}
	return len(ws) == 1 && famous[ws[0]]
}

var compass = wordSet(`north south east west central middle`)

// faultOfKin finds answers that a word made of them gives away.
func faultOfKin(c candidate) string {
	if c.kind == cards.NameFact && betrayed(c.front+" "+c.context, c.answer.Text) {
		return "A word that is made of the answer gives it away."
	}
	return ""
}
