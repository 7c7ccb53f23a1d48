package registry_test

import (
	"errors"
	"strings"
	"testing"

	"recto/cards/formats"
	"recto/cards/formats/registry"
)

// TestWhatIsReadLaterIsNamed: texts of programs whose formats are not read yet are
// refused with their name, and tables and notes that only look a little like them are
// read.
func TestWhatIsReadLaterIsNamed(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"q.gift.txt", "// essay\n::Q8:: How are you? {}\n\n::Pairs:: Match. {\n  =Oslo -> Norway\n  =Lima -> Peru\n}\n", "GIFT"},
		{"q.txt", "Which is the capital of Chad? {=N'Djamena ~Lagos, the large one ~Dakar, the old one}\n\nIs it hot, dry, windy? {T}\n", "GIFT"},
		{"q.txt", "$CATEGORY: a/b\n\nWhen, by our count, was that? {#1956:1}\n", "GIFT"},
		{"q.txt", "Which is the capital of Chad?\r\nA) Lagos\r\nB) N'Djamena\r\nANSWER: B\r\n", "Aiken"},
		{"q.txt", "Is it hot, dry, windy?\nA. Yes, very\nB. No, never\nANSWER: A\n", "Aiken"},
		{"q.txt", "#Q Which is the capital of Chad?\n^ N'Djamena\nA Lagos\nB N'Djamena\n", "OpenTriviaQA"},
		{"q.org", "* Chad :drill:\nThe capital is [N'Djamena].\n", "Org"},
		{"q.json", `{"userId": "1", "knowledgebaseId": "1", "exportVersion": 1, "docs": []}`, "RemNote"},
		{"q.csv", "front,back\nA^{T},transposed\n$\\vec{=}$,{T}\n", ""},
		{"q.txt", "hund\tdog {T}\nkatt\tcat\nANSWER: B\tb\n", ""},
		{"q.txt", "#separator:tab\n::x::\ty\n", ""},
		{"q.md", "Q: ANSWER: B\nA: {=a ~b}\n", ""},
	} {
		_, err := registry.All.Detect(formats.Bytes(c.name, []byte(c.text)))
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%q gives %v, want it to be read", c.text, err)
		case c.want != "" && (!errors.Is(err, formats.ErrUnknown) || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%q gives %v, want it refused as %s", c.text, err, c.want)
		}
	}
}
