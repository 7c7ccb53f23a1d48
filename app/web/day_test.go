package web

import "testing"

// TestDayIn reads days as date fields and people write them.
func TestDayIn(t *testing.T) {
	for text, want := range map[string]string{
		"2027-06-14": "2027-06-14", "14 June 2027": "2027-06-14", " June 14, 2027 ": "2027-06-14", "4 Jun 2027": "2027-06-04", "Jun 4, 2027": "2027-06-04",
		"31 February 2027": "", "14/6/2027": "", "June": "", "": "",
	} {
		got := ""
		if day := dayIn(text); day != 0 {
			got = day.String()
		}
		if got != want {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
}
