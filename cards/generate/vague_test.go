package generate

import (
	"testing"

	"recto/cards"
)

// TestVague spoils sound cards by asking for what others would answer as well.
func TestVague(t *testing.T) {
	tests := []struct {
		front string
		kind  cards.FactKind
		fault bool
	}{
		{"Who was a Welsh doctor?", cards.NameFact, true},
		{"Who was elected in 1956?", cards.NameFact, false},
		{"____ (name) was one of the leaders of the strike.", cards.NameFact, true},
		{"____ (name) was sentenced by the court of Lyon.", cards.NameFact, false},
		{"Among the guests was ____ (person) in a green coat.", cards.NameFact, true},
		{"Her plays include ____ (name) and two comedies.", cards.NameFact, true},
		{"Her plays include ____ (number) comedies and an opera.", cards.QuantityFact, false},
		{"They have ____ (number) daughters, Ann Holt and Mary Holt.", cards.QuantityFact, true},
		{"They sold ____ (number) cows, and Mary Holt bought a mill.", cards.QuantityFact, false},
		{"They were protected by law. ____ (number).", cards.QuantityFact, true},
		{"They were protected by ____ (number).", cards.QuantityFact, false},
		{"Norland: ____ (number) killed; all others fled.", cards.QuantityFact, true},
		{"The war ended: ____ (person) had won.", cards.NameFact, false},
		{"The ____ (century) however, saw the rise of Orla.", cards.DateFact, true},
		{"Orla, however, rose in the ____ (century).", cards.DateFact, false},
		{"As of ____ (month and year), Orla has a mill.", cards.DateFact, true},
		{"Orla had a population of 1,345 people in ____ (year).", cards.DateFact, true},
		{"Orla had a mill in ____ (year).", cards.DateFact, false},
		{"How many sons do they have, Ann Holt and Mary Holt?", cards.QuantityFact, true},
	}
	for _, test := range tests {
		if why := faultOfVagueness(candidate{front: test.front, kind: test.kind}); (why != "") != test.fault {
			t.Errorf("faultOfVagueness(%q) = %q, want a fault: %v", test.front, why, test.fault)
		}
	}
	if why := faultOfMask(candidate{kind: cards.NameFact, context: "In 1956 […] was elected."}); why == "" {
		t.Error("a name that is masked above its card has no fault")
	}
}
