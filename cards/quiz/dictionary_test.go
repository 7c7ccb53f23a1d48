package quiz

import "testing"

// TestTwoWords tells slips from other words of English.
func TestTwoWords(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"convection", "conviction", true},
		{"adapt", "adopt", true},
		{"saline", "saliva", true},
		{"photosynthesis", "photosyntesis", false}, // no word
		{"colour", "color", false},                 //nolint:misspell // one word, two spellings
		{"caesium", "cesium", false},
		{"organise", "organize", false}, //nolint:misspell // the same
		{"mutation", "mutations", false},
		{"Monet", "Manet", false}, // names are no words
	} {
		if got := twoWords(c.a, c.b); got != c.want {
			t.Errorf("%q and %q are two words: %t, want %t", c.a, c.b, got, c.want)
		}
	}
	if j := Judge(Expected{Kind: "term", Text: "convection"}, "conviction"); j.Verdict == Right {
		t.Errorf("conviction is taken for convection: %v", j)
	}
}
