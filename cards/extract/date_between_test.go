package extract

import "testing"

// TestYearsBetween finds which years that a date does not state are sure.
func TestYearsBetween(t *testing.T) {
	for _, c := range []struct {
		what, text, date string
		far              bool
	}{
		{"the same year on both sides, in other paragraphs", "The war began in May 1911.\n\nThe town fell on 3 July.\n\nPeace came in October 1911.", "1911-07-03", false},
		{"a year on one side, in another paragraph", "The war began in May 1911.\n\nThe town fell on 3 July.", "1911-07-03", true},
		{"a story that goes back", "The north held out until May 1911. The town fell by July. In 1910 a bridge was built.", "1911-07", true},
		{"a story that has passed the turn of the year", "The war began in December 1911. The town fell in June. In 1912 peace came.", "1911-06", true},
		{"a story that goes on into the next year", "The war began in May 1911. The town fell in June. In 1912 peace came.", "1911-06", false},
	} {
		found := false
		for _, f := range documentOf(c.text, "").dates() {
			if f.Value != c.date {
				continue
			}
			found = true
			if f.Far != c.far {
				t.Errorf("%s: %s is unsure %t, want %t", c.what, c.date, f.Far, c.far)
			}
		}
		if !found {
			t.Errorf("%s: %s is not found", c.what, c.date)
		}
	}
}
