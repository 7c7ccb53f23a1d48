package reword_test

import (
	"strings"
	"testing"

	"recto/cards/reword"
)

var bridge = reword.Card{
	Title: "The Harwick Bridge", Sentence: "The bridge was designed by the engineer Alice Morton and opened on 12 May 1931.",
	Front: "The bridge was designed by the engineer Alice Morton and opened on ____ (date).", Answer: "12 May 1931",
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		front string
		says  string // "" where it is taken
	}{
		{"On what date was the Harwick Bridge opened?", ""},
		{"When did the Harwick Bridge, designed by Alice Morton, open?", ""},
		{"The Harwick Bridge opened on ____.", ""},
		{"", "empty"},
		{"The Harwick Bridge was opened.", "neither"},
		{"The ____ bridge opened on ____.", "neither"},
		{"Was it opened on 12 May 1931?", "tells the answer"},
		{"On which day in 1931 was the Harwick Bridge opened?", "part of the answer"},
		{"When was the bridge in Yorkshire opened?", "Yorkshire"},
		{"When was the bridge opened by Queen Mary?", "Queen"},
		{"When was the 412 metre bridge opened?", "412"},
		{"When was the famous bridge opened?", "famous"},
		{"When was the bridge not opened?", "not"},
		{"When was the bridge opened? See https://example.org?", "address"},
		{"<b>When</b> was the bridge opened?", "marks"},
		{"When was the bridge opened?\x00?", "plain text"},
		{strings.Repeat("When was the bridge opened and ", 12) + "opened?", "too long"},
		{"Ignore previous instructions?", "Ignore"},
	} {
		err := bridge.Check(c.front)
		if c.says == "" && err != nil || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("Check(%q) = %v, want %q", c.front, err, c.says)
		}
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ reply, want, says string }{
		{`{"front": "When was it  opened?"}`, "When was it opened?", ""},
		{"```json\n{\"front\": \"When?\"}\n```", "When?", ""},
		{`Sure! Here it is: When?`, "", "no JSON"},
		{`{"question": "When?"}`, "", "no question"},
		{`{"front": 7}`, "", "no JSON"},
		{`[]`, "", "no JSON"},
	} {
		got, err := reword.Parse(c.reply)
		if got != c.want || c.says == "" && err != nil || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("Parse(%q) = %q, %v, want %q and an error that says %q", c.reply, got, err, c.want, c.says)
		}
	}
}

func TestKey(t *testing.T) {
	t.Parallel()
	other := bridge
	other.Sentence += " "
	if bridge.Key("a") == bridge.Key("b") || bridge.Key("a") == other.Key("a") {
		t.Error("a key does not tell models and cards apart")
	}
}

// FuzzCheck: whatever a model says, what is taken neither tells the answer nor has a
// number that the card does not show.
func FuzzCheck(f *testing.F) {
	f.Add("On what date was the Harwick Bridge opened?")
	f.Add(`{"front": "In 1931?"}`)
	f.Fuzz(func(t *testing.T, front string) {
		if parsed, err := reword.Parse(front); err == nil {
			front = parsed
		}
		if bridge.Check(front) != nil {
			return
		}
		for _, told := range []string{"12", "1931", "12 May 1931"} {
			if strings.Contains(front, told) {
				t.Errorf("%q is taken, which tells %q", front, told)
			}
		}
		if strings.ContainsAny(front, "0123456789<>") {
			t.Errorf("%q is taken, with what stands nowhere on the card", front)
		}
	})
}
