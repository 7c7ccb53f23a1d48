package ask

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"recto/cards"
	"recto/cards/edtf"
	"recto/cards/quiz"
)

// dated is a card of an article with a date for its answer.
func dated(card int64, front, answer, value string) Item {
	return Item{Card: card, From: "a", Front: front, Answer: answer, Kind: cards.DateFact, Type: "year", Value: value, Family: "when", Sentence: front + answer}
}

// TestWritten reads own cards, and the answer of those that have a gap.
func TestWritten(t *testing.T) {
	for _, c := range []struct{ front, back, want, answer string }{
		{"When was it?", "1956", "When was it?", "1956"},
		{"The capital of France is [...].", "The capital of France is Paris.", "The capital of France is ____.", "Paris"},
		{"[city] is the capital.", "Paris is the capital.\nMore on it", "____ is the capital.", "Paris"},
		{"It was signed in [...]", "It was signed in 1956\n\nin Moscow", "It was signed in ____", "1956"},
		{"Two [...] gaps [...]", "Two a gaps b", "Two [...] gaps [...]", "Two a gaps b"},
		{"Another [...] text", "Something else", "Another [...] text", "Something else"},
	} {
		if got := Written(c.front, c.back); got.Front != c.want || got.Answer != c.answer {
			t.Errorf("Written(%q, %q) asks %q for %q, want %q for %q", c.front, c.back, got.Front, got.Answer, c.want, c.answer)
		}
	}
}

// TestRewrite writes dates anew in the form they were written in.
func TestRewrite(t *testing.T) {
	for _, c := range []struct {
		text, value string
		by          int
		want        string
	}{
		{"19 October 1956", "1956-10-19", 20, "8 November 1956"},
		{"October 19th, 1956", "1956-10-19", 12, "October 31st, 1956"},
		{"Aug 1956", "1956-08", 5, "Jan 1957"},
		{"the 1950s", "195X", 1, "the 1960s"},
		{"19th century", "18XX", 2, "21st century"},
		{"the nineteenth century", "18XX", -1, "the eighteenth century"},
		{"2016 to 2019", "2016/2019", -3, "2013 to 2016"},
		{"44 BC", "-0043", 2, "42 BC"},
		{"fiscal year 2027", "2027", -5, "fiscal year 2022"},
		{"about 1850", "1850~", 10, "about 1860"},
	} {
		it := Item{Kind: cards.DateFact, Answer: c.text, Value: c.value}
		if got := movedBy(it, c.by); got != c.want {
			t.Errorf("%q (%s) moved by %d is %q, want %q", c.text, c.value, c.by, got, c.want)
		}
	}
	if got := movedBy(Item{Answer: "19 October", Value: "1956-10-19"}, 400); got != "" {
		t.Errorf("a day without its year is moved to another year as %q", got)
	}
}

// TestNumeral writes other numbers in the form of an answer, as round as it is.
func TestNumeral(t *testing.T) {
	for _, c := range []struct {
		text string
		by   int64
		want string
	}{
		{"1,200 kilometres", 3, "1,500 kilometres"},
		{"US$ 2.6 billion", -8, "US$ 1.8 billion"},
		{"ten years", 1, "eleven years"},
		{"Twenty-one", 2, "Twenty-three"},
		{"third", 1, "fourth"},
		{"3rd", 1, "4th"},
		{"10 percent", 1, "15 percent"},
		{"12.5 percent", -30, "9.5 percent"},
	} {
		n, ok := numeralOf(c.text)
		if !ok {
			t.Errorf("%q has no number that can be written anew", c.text)
			continue
		}
		if got, _ := n.write(n.units + c.by); got != c.want {
			t.Errorf("%q moved by %d is %q, want %q", c.text, c.by, got, c.want)
		}
	}
	for _, text := range []string{"3 to 5", "one hundred and fifty", "half of them", "no number", "two of 14"} {
		if n, ok := numeralOf(text); ok {
			t.Errorf("%q is read as %+v, and cannot be written anew", text, n)
		}
	}
}

// TestSpans: what overlaps at the known precision has no order.
func TestSpans(t *testing.T) {
	for _, c := range []struct {
		a, b  string
		apart bool
	}{
		{"1956-10-19", "1956-10-20", true}, {"1956-10", "1956-10-19", false}, {"1956", "1956-08", false}, {"1956", "1957", true},
		{"195X", "1960", true}, {"195X", "1959-12-31", false}, {"18XX", "1900", false}, {"18XX", "1901", true}, {"1850~", "1855", false},
		{"1850~", "1900", true}, {"2016/2019", "2019-05", false}, {"2016/2019", "2020", true}, {"-0043", "0014", true},
		{"XXXX-09-03", "1956", false}, {"2010/..", "2005", false}, {"{1956,1958}", "1960", false}, {"", "1956", false}, {"2022-24", "2023-01", false},
	} {
		if got := apart(c.a, c.b); got != c.apart {
			t.Errorf("apart(%s, %s) = %t, want %t", c.a, c.b, got, c.apart)
		}
	}
}

// TestNoChoiceWhereThreeGoodOnesDoNotExist: it is better not offered than silly.
func TestNoChoiceWhereThreeGoodOnesDoNotExist(t *testing.T) {
	name := func(card int64, front, answer, kind string) Item {
		return Item{Card: card, From: "a", Front: front, Answer: answer, Kind: cards.NameFact, Type: kind, Value: answer, Family: "who", Sentence: front}
	}
	items := []Item{name(1, "Who came?", "Ada Lovelace", "person"), name(2, "Who left?", "Alan Turing", "person"), name(3, "Who stayed?", "Grace Hopper", "person"), name(4, "Which city is it?", "Paris", "city")}
	if got := Make(items, nil, Wish{Mode: Choice}); len(got) != 0 {
		t.Errorf("with three persons and a city, %d choices are offered", len(got))
	}
	items = append(items, name(5, "Who wrote it?", "Mary Somerville", "person"))
	if got := Make(items, nil, Wish{Mode: Choice}); len(got) != 4 {
		t.Errorf("with four persons, %d choices are offered, want 4", len(got))
	}
	items = append(items, name(6, "Who came?", "Mary Somerville", "person")) // is true as well
	for _, q := range Make(items, nil, Wish{Mode: Choice}) {
		if q.Parts[0].Card != 1 {
			continue
		}
		for _, o := range q.Options {
			if o.Text == "Mary Somerville" {
				t.Error("another true answer of the question is among the wrong ones")
			}
		}
	}
}

// TestTheSameSeedMakesTheSameQuiz, and another one another.
func TestTheSameSeedMakesTheSameQuiz(t *testing.T) {
	var items []Item
	for i := range 30 {
		items = append(items, dated(int64(i+1), fmt.Sprintf("In what year did the club of town %c win?", 'A'+i), fmt.Sprint(1900+3*i), fmt.Sprint(1900+3*i)))
	}
	for _, mode := range Modes {
		a, b := Make(items, nil, Wish{Mode: mode, N: 10, Seed: 1}), Make(items, nil, Wish{Mode: mode, N: 10, Seed: 1})
		if !reflect.DeepEqual(a, b) {
			t.Errorf("%s: the same seed makes two quizzes", mode)
		}
		if c := Make(items, nil, Wish{Mode: mode, N: 10, Seed: 2}); len(a) == 0 && mode != Cloze || len(a) > 0 && reflect.DeepEqual(a, c) {
			t.Errorf("%s: %d questions, and the same ones for another seed", mode, len(a))
		}
	}
}

// TestJudge: each mode, its valid answers and what they are worth.
func TestJudge(t *testing.T) {
	part := func(card int64, answer string) Part {
		return Part{Card: card, Prompt: "?", Answer: answer, Kind: cards.DateFact, Value: answer}
	}
	choice := Question{Mode: Choice, Parts: []Part{part(1, "1956")}, Options: []Option{{"1955", 7}, {"1956", 1}, {"1957", 0}, {"1958", 0}}, Right: []int{1}}
	truth := Question{Mode: Truth, Parts: []Part{part(1, "1956")}, Options: []Option{{"1955", 7}}}
	typed := Question{Mode: Typed, Parts: []Part{part(1, "1956")}, Others: []Other{{Card: 9, Text: "1960", Value: "1960", Kind: cards.DateFact}}}
	match := Question{Mode: Match, Parts: []Part{part(1, "1956"), part(2, "1960")}, Options: []Option{{"1960", 2}, {"1956", 1}}, Right: []int{1, 0}}
	order := Question{Mode: Order, Parts: []Part{part(1, "1960"), part(2, "1956"), part(3, "1970")}, Right: []int{1, 0, 2}}
	for _, c := range []struct {
		q       Question
		given   string
		valid   bool
		want    quiz.Verdict
		belongs int64
	}{
		{choice, "1", true, quiz.Right, 0}, {choice, "0", true, quiz.Wrong, 7}, {choice, "", true, quiz.Wrong, 0}, {choice, "4", false, "", 0}, {choice, "-1", false, "", 0},
		{truth, "false", true, quiz.Right, 0}, {truth, "true", true, quiz.Wrong, 7}, {truth, "", false, "", 0},
		{typed, "nineteen fifty-six", true, quiz.Right, 0}, {typed, "1960", true, quiz.Wrong, 9}, {typed, "1961", true, quiz.Wrong, 0}, {typed, "", true, quiz.Wrong, 0},
		{match, "1,0", true, quiz.Right, 0}, {match, "0,1", true, quiz.Wrong, 2}, {match, "1", false, "", 0}, {match, "1,2", false, "", 0},
		{order, "1,0,2", true, quiz.Right, 0}, {order, "0,1,2", true, quiz.Wrong, 0}, {order, "0,0,2", false, "", 0}, {order, "0,1", false, "", 0},
	} {
		if got := c.q.Valid(c.given); got != c.valid {
			t.Errorf("%s: Valid(%q) = %t", c.q.Mode, c.given, got)
		}
		if !c.valid {
			continue
		}
		r := c.q.Judge(c.given)
		if r.Verdict != c.want || r.Parts[0].Belongs != c.belongs || r.Reason == "" || len(r.Parts) != len(c.q.Parts) {
			t.Errorf("%s: Judge(%q) = %+v, want %s of card %d", c.q.Mode, c.given, r, c.want, c.belongs)
		}
	}
}

// TestFaultsSayWhatIsWrong: a good question has none, and each fault has its words.
func TestFaultsSayWhatIsWrong(t *testing.T) {
	part := Part{Card: 1, Prompt: "When was it?", Answer: "1956", Kind: cards.DateFact, Value: "1956"}
	good := Question{Mode: Choice, Parts: []Part{part}, Options: []Option{{Text: "1955"}, {Text: "1956"}, {Text: "1957"}, {Text: "1958"}}, Right: []int{1}}
	if f := good.Faults(); len(f) > 0 {
		t.Errorf("a good question has the faults %q", f)
	}
	for _, c := range []struct {
		change func(*Question)
		want   string
	}{
		{func(q *Question) { q.Options[0].Text = "1957" }, "stands there twice"},
		{func(q *Question) { q.Options[0].Text = "nineteen fifty-six" }, "would be taken for the answer"},
		{func(q *Question) { q.Options = q.Options[:3] }, "wants four"},
		{func(q *Question) { q.Parts[0].Prompt = "Was it 1956?" }, "stands in the question"},
		{func(q *Question) { q.Right[0] = 2 }, "is not the answer"},
	} {
		q := good
		q.Parts, q.Options, q.Right = append([]Part(nil), good.Parts...), append([]Option(nil), good.Options...), append([]int(nil), good.Right...)
		c.change(&q)
		if f := strings.Join(q.Faults(), " "); !strings.Contains(f, c.want) {
			t.Errorf("the faults are %q, want one that says %q", f, c.want)
		}
	}
}

// movedBy is the item's date moved by n units of its precision, in its own form; ""
// where that cannot be written.
func movedBy(it Item, n int) string {
	v, err := edtf.Parse(it.Value)
	if err != nil {
		return ""
	}
	text, ok := rewrite(it.Answer, v.Dates, moveAll(v.Dates, n))
	if !ok {
		return ""
	}
	return text
}
