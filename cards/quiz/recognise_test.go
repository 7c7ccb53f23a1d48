package quiz_test

import (
	"testing"

	"recto/cards"
	"recto/cards/quiz"
)

func TestRecognise(t *testing.T) {
	for _, c := range []struct{ front, answer, kind, finer, value string }{
		{"When was Apollo 11 launched?", "16 July 1969", "date", "day", "1969-07-16"},
		{"In what year did it end?", "1945", "date", "year", "1945"},
		{"How many men were there?", "1945", "quantity", "count", "1945"},
		{"When was he famous?", "2000s", "date", "decade", "200X"},
		{"When did he rule?", "1789–1799", "date", "range", "1789/1799"},
		{"When was it built?", "c. 2560 BC", "date", "year", "-2559~"},
		{"When was it written?", "about 1450", "date", "year", "1450~"},
		{"When was it written?", "1450?", "date", "year", "1450?"},
		{"When did he rule?", "c. 1450–1455", "date", "range", "1450~/1455~"},
		{"When was Caesar assassinated?", "15 March 44 BC", "date", "day", "-0043-03-15"},
		{"When was Caesar assassinated?", "March 15, 44 BC", "date", "day", "-0043-03-15"},
		{"When did Augustus die?", "AD 14", "date", "year", "0014"},
		{"When did Augustus die?", "19 August 14 AD", "date", "day", "0014-08-19"},
		{"When was Troy burnt?", "1,200 BC", "date", "year", "-1199"},
		{"How long is it?", "50.45 kilometres", "quantity", "measure", "50.45 m"},
		{"What share?", "12.5 %", "quantity", "percent", "12.5 %"},
		{"What did it cost?", "£4.65 billion", "quantity", "money", "4650000000 gbp"},
		{"How many legs?", "eight", "quantity", "count", "8"},
		{"Who commanded Apollo 10?", "Thomas Stafford", "name", "person", "Thomas Stafford"},
		{"Which rocket launched Apollo 11?", "Saturn V", "name", "rocket", "Saturn V"},
		{"What is the capital of France?", "Paris", "name", "capital", "Paris"},
		{"Hund", "dog", "", "", "dog"},
		{"Why?", "Because it was late; and nobody came.", "", "", ""},
		{"Month after April?", "May", "name", "", ""},
	} {
		got := quiz.Recognise(c.front, c.answer)
		if c.answer == "May" { // whatever it is, it is no date without a year
			if got.Kind == cards.DateFact {
				t.Errorf("Recognise(%q, %q) = %+v", c.front, c.answer, got)
			}
			continue
		}
		if string(got.Kind) != c.kind || got.Type != c.finer || got.Value != c.value {
			t.Errorf("Recognise(%q, %q) = %+v, want %s %s %q", c.front, c.answer, got, c.finer, c.kind, c.value)
		}
	}
}
