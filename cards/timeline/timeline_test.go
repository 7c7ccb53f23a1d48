package timeline

import (
	"math/rand/v2"
	"strings"
	"testing"

	"recto/cards"
	"recto/cards/edtf"
)

func TestDatesInWords(t *testing.T) {
	for value, want := range map[string][2]string{
		"1961-04-12":             {"12 April 1961", "1961-04-12"},
		"1961-09":                {"September 1961", "1961-09"},
		"1961":                   {"1961", "1961"},
		"196X":                   {"the 1960s", ""},
		"18XX":                   {"the 19th century", ""},
		"00XX":                   {"the 1st century", ""},
		"-04XX":                  {"the 5th century BC", ""},
		"-00XX":                  {"the 1st century BC", ""},
		"-0043":                  {"44 BC", ""},
		"0000":                   {"1 BC", ""},
		"-0043-03-15":            {"15 March 44 BC", ""},
		"0009":                   {"AD 9", "0009"},
		"1850~":                  {"about 1850", "1850"},
		"1850?":                  {"perhaps 1850", "1850"},
		"2022-21":                {"spring 2022", ""},
		"2022-34":                {"second quarter of 2022", ""},
		"1914/1918":              {"1914 to 1918", ""},
		"-0057/-0049":            {"58 to 50 BC", ""},
		"-0030/0014":             {"31 BC to AD 14", ""},
		"1969-07-16/1969-07-24":  {"16 to 24 July 1969", ""},
		"1939-09-01/1939-10-06":  {"1 September to 6 October 1939", ""},
		"1939-09/1939-12":        {"September to December 1939", ""},
		"1939-09-01/1945-05-08":  {"1 September 1939 to 8 May 1945", ""},
		"2010/..":                {"from 2010 on", ""},
		"1918-11-11T11:00:00":    {"11 November 1918, 11:00", ""},
		"-004X":                  {"50 to 41 BC", ""},
		"1960~/1970":             {"about 1960 to 1970", ""},
		"1066-10-14":             {"14 October 1066", "1066-10-14"},
		"1703-12-07/1703-12-08":  {"7 to 8 December 1703", ""},
		"0079-08-24/0079-10-24~": {"24 August AD 79 to about 24 October AD 79", ""},
	} {
		v, err := edtf.Parse(value)
		if err != nil {
			t.Fatal(err)
		}
		if got := [2]string{Words(v), Machine(v)}; got != want {
			t.Errorf("%s is written %q and %q, want %q and %q", value, got[0], got[1], want[0], want[1])
		}
	}
}

func TestEventsStandInOrder(t *testing.T) {
	want := []string{"-04XX", "-0043", "-0043-03-15", "0000", "0009", "1066-10-14", "18XX", "1850~", "196X", "1961", "1961-21", "1961-04", "1961-04-12",
		"1961-23", "1969-07-16/1969-07-24", "1969-07-16", "1969-07-20", "1970", "2010/.."}
	var events []Event
	for _, i := range rand.New(rand.NewPCG(1, 2)).Perm(len(want)) {
		events = append(events, Events(want[i], i)...)
	}
	Sort(events)
	for i, e := range events {
		if e.Of != i {
			t.Fatalf("number %d is %s, want %s", i, e.Date, want[i])
		}
	}
	if got := len(Events("{1956,1958}", 0)); got != 2 {
		t.Errorf("a set of two dates has %d events", got)
	}
	for _, none := range []string{"XXXX-09-03", "", "yesterday", "1961-13"} {
		if got := Events(none, 0); len(got) != 0 {
			t.Errorf("%q has the place %v", none, got)
		}
	}
}

// TestPeriodsCoverTime: every day lies in exactly one period of each unit, periods follow
// one another without a gap, and each is read back from what it writes.
func TestPeriodsCoverTime(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 20000 {
		day := dayNumber(r.IntN(5000)-2500, 1+r.IntN(12), 1+r.IntN(28))
		for u := Month; u <= Century; u++ {
			p := PeriodOf(u, day)
			next := Period{u, p.N + 1}
			if day < p.First() || day >= next.First() {
				t.Fatalf("%s lies in %s %s, which goes from %s until %s", calendar(day), u, p, calendar(p.First()), calendar(next.First()))
			}
			if back, ok := ParsePeriod(p.String()); !ok || back != p {
				t.Fatalf("%s %+v is written %q and read as %+v", u, p, p, back)
			}
		}
	}
	for p, want := range map[Period]string{{Year, 1961}: "1961", {Decade, 196}: "1960s", {Century, 18}: "19th century", {Century, -1}: "1st century BC",
		{Month, 1961*12 + 3}: "April 1961", {Decade, -5}: "50 to 41 BC", {Year, 0}: "1 BC", {Century, 0}: "1st century"} {
		if got := p.Words(); got != want {
			t.Errorf("%s %d is called %q, want %q", p.Unit, p.N, got, want)
		}
	}
}

func TestBarsCountEveryEvent(t *testing.T) {
	for name, c := range map[string]struct {
		values []string
		unit   Unit
		bars   int
	}{
		"months of a year": {[]string{"1961-01-02", "1961-04-12", "1961-04-12", "1961-12-31"}, Month, 12},
		"years":            {[]string{"1958", "1961-04-12", "1973"}, Year, 16},
		"decades":          {[]string{"1789-07-14", "1804", "1969-07-20"}, Decade, 19},
		"centuries":        {[]string{"-0043", "1066", "19XX"}, Century, 21},
		"one":              {[]string{"1961"}, Month, 1},
	} {
		var events []Event
		for i, v := range c.values {
			events = append(events, Events(v, i)...)
		}
		Sort(events)
		u := UnitFor(events)
		bars := Bars(events, u)
		all := 0
		for _, b := range bars {
			all += b.Events
		}
		if u != c.unit || len(bars) != c.bars || all != len(events) {
			t.Errorf("%s: %d bars by the %s with %d of %d events, want %d by the %s", name, len(bars), u, all, len(events), c.bars, c.unit)
		}
	}
}

func TestGapsAreSaid(t *testing.T) {
	for _, c := range []struct {
		a, b string
		span int
		want string
	}{
		{"1961-05-25", "1967-01-27", 15 * 365, "5 years without an event"},
		{"1961", "1963", 15 * 365, ""},
		{"1961-01", "1961-08", 300, "6 months without an event"},
		{"1961-01-01", "1961-02-10", 300, ""},
		{"-0043", "1066", 2000 * 365, "1,108 years without an event"},
		{"1066", "1100", 2000 * 365, ""},
		{"1914/1918", "1917", 100 * 365, ""},
	} {
		if got := Gap(Events(c.a, 0)[0].Until(), Events(c.b, 0)[0].Reach.First, c.span); got != c.want {
			t.Errorf("between %s and %s: %q, want %q", c.a, c.b, got, c.want)
		}
	}
}

func TestTextsOfQuestions(t *testing.T) {
	for _, c := range []struct{ front, sentence, want string }{
		{"On what date did Britain and France sign the Treaty of Canterbury?", "Britain and France signed the Treaty of Canterbury on 12 February 1986.", "Britain and France signed the Treaty of Canterbury"},
		{"The Channel Tunnel\nOn what date did the workers Graham Fagg and Philippe Cozette break through the last wall of the service tunnel?",
			"On 1 December 1990 the workers Graham Fagg and Philippe Cozette broke through the last wall of the service tunnel.",
			"The workers Graham Fagg and Philippe Cozette broke through the last wall of the service tunnel"},
		{"In what year was the bridge opened by the mayor?", "In 1931 the bridge was opened by the mayor.", "The bridge was opened by the mayor"},
		{"When was Apollo 11 launched?", "", "Apollo 11 was launched"},
		{"When did the Berlin Wall fall?", "", "The Berlin Wall fell"},
		{"When was the Battle of Hastings?", "", "The Battle of Hastings"},
		{"When was Albert Einstein born?", "", "Albert Einstein was born"},
		{"In which year did Apollo 11 land on the Moon?", "", "Apollo 11 landed on the Moon"},
		{"In what year were the first cards printed?", "", "The first cards were printed"},
		{"When did the first world war begin?", "", ""},
		{"Who commanded Apollo 10?", "", ""},
	} {
		got, ok := FromQuestion(c.front, c.sentence)
		if ok != (c.want != "") || ok && got != c.want {
			t.Errorf("%q says %q, want %q", c.front, got, c.want)
		}
	}
}

func TestTextsOfGaps(t *testing.T) {
	for front, want := range map[string]string{
		"Work on the British side began in ____ (month and year).": "Work on the British side began",
		"In ____ (year), the town was founded by monks.":           "The town was founded by monks",
		"The Channel Tunnel\nIt opened on ____ (date), late.":      "It opened, late",
		"The Joint Declaration of ____ (year) was the basis.":      "The Joint Declaration was the basis",
		"In ____ (year), [Ada Lovelace] met Babbage.":              "Ada Lovelace met Babbage",
		"At the ____ (year) Annual News Conference, he warned.":    "At the Annual News Conference, he warned",
		"____ (year) saw new guidelines for defence.":              "",
		"The church (____ (year)) stands on a hill.":               "The church stands on a hill",
		"boring began near Dover in the ____ (decade).":            "Boring began near Dover",
	} {
		if got, _ := FromGap(front); got != want {
			t.Errorf("%q says %q, want %q", front, got, want)
		}
	}
}

func TestTextsOfSentences(t *testing.T) {
	for _, c := range []struct{ sentence, date, want string }{
		{"On 1 December 1990 the workers met.", "1 December 1990", "The workers met"},
		{"In 1996, the society named it a wonder.", "1996", "The society named it a wonder"},
		{"Britain and France signed the Treaty of Canterbury on 12 February 1986.", "12 February 1986", "Britain and France signed the Treaty of Canterbury"},
		{"The battle (1066) was short.", "1066", "The battle was short"},
		{"Napoleon had seen a first plan, by Albert Mathieu, in 1802, which was never built.", "1802", "Napoleon had seen a first plan, by Albert Mathieu, which was never built"},
		{"The 19th century saw several attempts; boring began near Dover in the 1880s, and went on for years until the ministers in London told the company to stop.", "the 1880s",
			"Boring began near Dover"},
		{"Soviet troops took the islands in August and September 1945.", "August", "Soviet troops took the islands in August and September 1945"},
		{"Soviet troops took the islands in August and September 1945.", "September 1945", "Soviet troops took the islands in August and September 1945"},
		{"It was at war in 1914 and the town was hungry.", "1914", "It was at war and the town was hungry"},
		{"During the 1956 peace talks, the islands were offered.", "1956", "During the peace talks, the islands were offered"},
		{"2023 saw new guidelines for defence.", "2023", "2023 saw new guidelines for defence"},
		{"In the year 1931 the bridge was opened.", "1931", "The bridge was opened"},
		{"It ran from 1914 to 1918 in full.", "1914", "It ran from 1914 to 1918 in full"},
		{"He left for the U.S. in 1901.", "1901", "He left for the U.S."},
		{"It was built in the early 1900s.[12]", "1900s", "It was built"},
	} {
		at := strings.Index(c.sentence, c.date)
		got := Clause(c.sentence, cards.Span{Start: at, End: at + len(c.date)})
		if got != c.want && !strings.HasPrefix(got, c.want) {
			t.Errorf("%q says %q, want %q", c.sentence, got, c.want)
		}
	}
}

// TestTextsAreShort: whatever the sentence, an entry is short and hides its year when asked.
func TestTextsAreShort(t *testing.T) {
	long := strings.Repeat("the long road to the sea was closed again ", 40)
	for _, at := range []cards.Span{{}, {Start: 4, End: 8}, {Start: -3, End: 9000}, {Start: 1600, End: 1610}} {
		if got := Clause(long, at); len(got) > longest+5 || got == "" {
			t.Errorf("a long sentence says %d bytes: %q", len(got), got)
		}
	}
	v, err := edtf.Parse("1914/1918")
	if err != nil {
		t.Fatal(err)
	}
	if got := Masked("The war of 1914, which ended in 1918 or 19180", v); strings.Contains(got, "1914") || strings.Contains(got, "1918 ") || !strings.Contains(got, "19180") {
		t.Errorf("the years can be read: %q", got)
	}
	for text, c := range map[string]struct{ date, want string }{
		"Troops landed in August and September 1945":    {"1945-09", "Troops landed in ____ and ____ ____"},
		"It sank on 15 April 1912, off Newfoundland":    {"1912-04-15", "It sank on ____ ____, off Newfoundland"},
		"It sank on April 15th, 1912":                   {"1912-04-15", "It sank on ____, ____"},
		"It began in April of a cold year":              {"1912", "It began in April of a cold year"},
		"Prime Minister May resigned in 2019":           {"2019-05", "Prime Minister May resigned in ____"},
		"Caesar, murdered in 44 BC, had 44 enemies":     {"-0043", "Caesar, murdered in ____, had 44 enemies"},
		"The march of December ended, and it may go on": {"1848-12", "The march of ____ ended, and it may go on"},
	} {
		v, err := edtf.Parse(c.date)
		if err != nil {
			t.Fatal(err)
		}
		if got := Masked(text, v); got != c.want {
			t.Errorf("Masked(%q, %s) = %q, want %q", text, c.date, got, c.want)
		}
	}
}
