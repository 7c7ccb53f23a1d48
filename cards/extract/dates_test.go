package extract

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"recto/cards"
	"recto/cards/edtf"
)

// told writes the dates found in a text as "answer = value", joined by "; ".
func told(text, published string) string {
	var out []string
	for _, f := range documentOf(text, published).dates() {
		out = append(out, f.Span.Of(text)+" = "+f.Value)
	}
	return strings.Join(out, "; ")
}

// dateTable holds texts and the dates they tell.
var dateTable = []struct{ text, want string }{
	// days
	{"The talks were halted on 21 March 2022.", "21 March 2022 = 2022-03-21"},
	{"The talks were halted on March 21, 2022, in Tokyo.", "March 21, 2022 = 2022-03-21"},
	{"The talks were halted on Mar. 21st 2022.", "Mar. 21st 2022 = 2022-03-21"},
	{"The talks were halted on 2022-03-21.", "2022-03-21 = 2022-03-21"},
	{"The log says 2022-03-21T10:15 for it.", "2022-03-21T10:15 = 2022-03-21"},
	{"The talks were halted on 21/3/2022.", "21/3/2022 = 2022-03-21"},
	{"The talks were halted on 3/21/2022.", "3/21/2022 = 2022-03-21"},
	{"The talks were halted on 2022/03/21.", "2022/03/21 = 2022-03-21"},
	{"The talks were halted on 21.3.2022 in Bern.", "21.3.2022 = 2022-03-21"},
	{"The talks were halted on 3/4/2022.", ""},
	{"They met on 21/3/2022 and on 3/4/2022.", "21/3/2022 = 2022-03-21; 3/4/2022 = 2022-04-03"},
	{"They met on 3/21/2022 and on 3/4/2022.", "3/21/2022 = 2022-03-21; 3/4/2022 = 2022-03-04"},
	{"It opened on the 21st of March 1956.", "the 21st of March 1956 = 1956-03-21"},
	{"It opened on the first of May, 1851.", "the first of May, 1851 = 1851-05-01"},
	{"It opened on the twenty-first of March 1956.", "the twenty-first of March 1956 = 1956-03-21"},
	{"It opened on the 4th day of July 1776.", "the 4th day of July 1776 = 1776-07-04"},
	{"It opened on Monday 21 March 2022.", "Monday 21 March 2022 = 2022-03-21"},
	{"It opened on Monday, March 21, 2022, at noon.", "Monday, March 21, 2022 = 2022-03-21"},
	{"Sept. 2, 1945 ended the war.", "Sept. 2, 1945 = 1945-09-02"},
	{"She was born 15 Jan. 1929 in Atlanta.", "15 Jan. 1929 = 1929-01-15"},
	{"(born June 3, 1970)", "June 3, 1970 = 1970-06-03"},
	{"The 6 June 1944 landings were the largest.", "6 June 1944 = 1944-06-06"},
	{"He sailed on 12 October 1492 and again later.", "12 October 1492 = 1492-10-12"},
	{"The pass closed on 29 February 1900.", "February 1900 = 1900-02"},
	{"The pass closed on 29 February 2000.", "29 February 2000 = 2000-02-29"},
	{"Caesar fell on 15 March 44 BC.", "15 March 44 BC = -0043-03-15"},
	{"The battle of 5 May ’45 was short.", "5 May ’45 = 1945-05-05"},
	{"The town fell on Christmas Day 1941.", "Christmas Day 1941 = 1941-12-25"},
	{"He resigned on New Year’s Eve 1999.", "New Year’s Eve 1999 = 1999-12-31"},

	// months
	{"Operations began in February 2022.", "February 2022 = 2022-02"},
	{"The treaty of March, 1918, ended it.", "March, 1918 = 1918-03"},
	{"They left in February of 1940.", "February of 1940 = 1940-02"},
	{"By early May 1942 the island was lost.", "May 1942 = 1942-05"},
	{"In mid-June 1944 they attacked.", "June 1944 = 1944-06"},
	{"By the end of April 1942 the road was cut.", "April 1942 = 1942-04"},
	{"The paper is dated 03/2022.", "03/2022 = 2022-03"},
	{"Athens was burnt in September 480 BC.", "September 480 BC = -0479-09"},
	{"Prices rose in Dec. 1973 and fell later.", "Dec. 1973 = 1973-12"},

	// years
	{"The union was founded in 1956.", "1956 = 1956"},
	{"The painter (1606–1669) lived here.", "1606–1669 = 1606/1669"},
	{"Her second novel (1956) sold well.", "1956 = 1956"},
	{"Rome invaded Britain in AD 43.", "AD 43 = 0043"},
	{"Rome invaded Britain in 43 CE.", "43 CE = 0043"},
	{"Rome invaded Britain in A.D. 43.", "A.D. 43 = 0043"},
	{"Caesar died in 44 BC.", "44 BC = -0043"},
	{"Caesar died in 44 B.C. and Rome burnt.", "44 B.C. = -0043"},
	{"Caesar died in 44BC.", "44BC = -0043"},
	{"The temple dates from 1 BC.", "1 BC = 0000"},
	{"The manuscript (c. 1850) is lost.", "c. 1850 = 1850~"},
	{"The manuscript, ca. 1215, is lost.", "ca. 1215 = 1215~"},
	{"It was built circa 1850.", "circa 1850 = 1850~"},
	{"It was built c. 300 BC.", "c. 300 BC = -0299~"},
	{"It was built in about 1850.", "1850 = 1850~"},
	{"It was built around 1850, they say.", "1850 = 1850~"},
	{"The poet (1450?–1516) wrote little.", "1450?–1516 = 1450?/1516"},
	{"2021 marked a new escalation.", "2021 = 2021"},
	{"Unlike 2014, in 2022, the answer was quick.", "2014 = 2014; 2022 = 2022"},
	{"The 1956 peace talks failed.", "1956 = 1956"},
	{"In the 2018 Annual News Conference he spoke.", "2018 = 2018"},
	{"The NATO 2022 Strategic Concept says so.", "2022 = 2022"},
	{"Reports of both 2023 and 2024 noted it.", "2023 = 2023; 2024 = 2024"},
	{"Spending will reach 2% of GDP by 2027, including more.", "2027 = 2027"},
	{"The bank has existed since 1694.", "1694 = 1694"},
	{"It has been held from 2016 onwards.", "2016 = 2016"},
	{"Post-1945 borders changed little.", "1945 = 1945"},
	{"The pre-1914 order was gone.", "1914 = 1914"},
	{"A Paris-born, 1945-built tram runs.", "1945 = 1945"},
	{"In a 1908 interview he said so.", "1908 = 1908"},
	{"In his 1995 book he says so.", "1995 = 1995"},
	{"As late as 1781 officials believed it.", "1781 = 1781"},
	{"1956’s uprising was crushed.", "1956 = 1956"},
	{"The Treaty of 1839 was a scrap of paper.", "1839 = 1839"},
	{"In 1066, the Normans landed.", "1066 = 1066"},
	{"Rome fell in 476.", "476 = 0476"},
	{"In ’45 they came home.", "’45 = 1945"},
	{"It was begun in 1163 and finished in 1345.", "1163 = 1163; 1345 = 1345"},
	{"In 1944 soldiers crossed the river.", "1944 = 1944"},
	{"In the year 1000 the ships came.", "1000 = 1000"},

	// ranges
	{"It would be held regularly from 2017-2019.", "2017-2019 = 2017/2019"},
	{"The war of 2017–2019 was short.", "2017–2019 = 2017/2019"},
	{"From 1956 to 1960 he taught.", "1956 to 1960 = 1956/1960"},
	{"Between 1914 and 1918 millions died.", "1914 and 1918 = 1914/1918"},
	{"Between March and May 2014 it changed hands.", "March and May 2014 = 2014-03/2014-05"},
	{"The war, 1914-18, was long.", "1914-18 = 1914/1918"},
	{"The raid of 3–5 June 1942 failed.", "3–5 June 1942 = 1942-06-03/1942-06-05"},
	{"The raid of June 3–5, 1942, failed.", "June 3–5, 1942 = 1942-06-03/1942-06-05"},
	{"It lasted from 3 to 5 June 1942.", "3 to 5 June 1942 = 1942-06-03/1942-06-05"},
	{"It lasted from 30 June to 2 July 1916.", "30 June to 2 July 1916 = 1916-06-30/1916-07-02"},
	{"It lasted from December 1941 until March 1942.", "December 1941 until March 1942 = 1941-12/1942-03"},
	{"It lasted from December to March 1942.", "December to March 1942 = 1941-12/1942-03"},
	{"It lasted from November 1941 to February.", "November 1941 to February = 1941-11/1942-02"},
	{"July–August 1914 was hot.", "July–August 1914 = 1914-07/1914-08"},
	{"It was fought between 3 and 5 June 1942.", "3 and 5 June 1942 = 1942-06-03/1942-06-05"},
	{"They met on 3 and 5 June 1942.", "3 and 5 June 1942 = {1942-06-03,1942-06-05}"},
	{"She has been mayor (2010–present).", "2010–present = 2010/.."},
	{"He reigned 27 BC – AD 14.", "27 BC – AD 14 = -0026/0014"},
	{"He ruled from 336 to 323 BC.", "336 to 323 BC = -0335/-0322"},
	{"The 2021/22 season was lost.", "2021/22 = 2021/2022"},
	{"They met in 2014 and 2015.", "2014 = 2014; 2015 = 2015"},
	{"The posts of 1980s–1990s Berlin are gone.", "1980s–1990s = 198X/199X"},
	{"From the 1960s to the 1980s it grew.", "the 1960s to the 1980s = 196X/198X"},

	// decades and centuries
	{"It was popular in the 1960s.", "the 1960s = 196X"},
	{"It faded in the early 1990s.", "1990s = 199X"},
	{"It faded in the mid-1990s, they say.", "1990s = 199X"},
	{"Music of the ’60s is back.", "the ’60s = 196X"},
	{"In the sixties he left.", "the sixties = 196X"},
	{"It was popular in the 1960's.", "the 1960's = 196X"},
	{"1980s-era radios are rare.", "1980s = 198X"},
	{"In the 2010s prices fell.", "2010s = 201X"},
	{"In the 1800s, ships were of wood.", "the 1800s = 18XX"},
	{"The war of the 480s BC was long.", "the 480s BC = -0488/-0479"},
	{"Trade grew in the 19th century.", "the 19th century = 18XX"},
	{"Trade grew in the nineteenth century.", "the nineteenth century = 18XX"},
	{"Trade grew in the 19th and 20th centuries.", "the 19th and 20th centuries = 18XX/19XX"},
	{"Trade grew in the fifth century BC.", "the fifth century BC = -04XX"},
	{"Trade grew in the late 19th century.", "19th century = 18XX"},
	{"A 19th-century poet wrote it.", "19th-century = 18XX"},
	{"In the twenty-first century it is rare.", "the twenty-first century = 20XX"},
	{"In the XIX century it was rare.", "the XIX century = 18XX"},
	{"It was a third-century copy.", "third-century = 02XX"},
	{"In the 1st century AD it was rare.", "the 1st century AD = 00XX"},

	// seasons, quarters, fiscal years
	{"The summer of 1916 was bloody.", "The summer of 1916 = 1916-22"},
	{"They landed in spring 1943.", "spring 1943 = 1943-21"},
	{"They starved in the winter of 1941–42.", "the winter of 1941–42 = 1941-24"},
	{"The stock fell in autumn 1929.", "autumn 1929 = 1929-23"},
	{"The stock fell in the fall of 1929.", "the fall of 1929 = 1929-23"},
	{"The allies met in the autumn of 481 BC.", "the autumn of 481 BC = -0480-23"},
	{"Profit rose in Q3 2022.", "Q3 2022 = 2022-35"},
	{"Profit rose in 3Q22.", "3Q22 = 2022-35"},
	{"Profit rose in the third quarter of 2022.", "the third quarter of 2022 = 2022-35"},
	{"Profit rose in the fourth quarter of fiscal 2021.", "the fourth quarter of fiscal 2021 = 2021-36"},
	{"Profit rose in fiscal 2022.", "fiscal 2022 = 2022"},
	{"Profit rose in fiscal year 2021-22.", "fiscal year 2021-22 = 2021/2022"},
	{"Profit rose in FY2022.", "FY2022 = 2022"},
	{"Profit rose in the 2021/22 financial year.", "2021/22 financial year = 2021/2022"},

	// years that stand elsewhere
	{"As it led the group in 2023, in March, he went.", "2023 = 2023; March = 2023-03"},
	{"War came on 1 September 1939. On 3 September, Britain joined.", "1 September 1939 = 1939-09-01; 3 September = 1939-09-03"},
	{"The attack came on 7 December 1941. By 2 January Manila had fallen.", "7 December 1941 = 1941-12-07; 2 January = 1942-01-02"},
	{"On 3 September, Britain joined.", "3 September = XXXX-09-03"},
	{"It began on 14 and ended in March and May 2014.", "March = 2014-03; May 2014 = 2014-05"},
	{"It rained in March, May and July 2014.", "March = 2014-03; May = 2014-05; July 2014 = 2014-07"},
	{"On 12 May 1940 they crossed. A push planned for 1943 came to nothing. On 15 May they stopped.", "12 May 1940 = 1940-05-12; 1943 = 1943; 15 May = 1940-05-15"},
	{"The war began in 490 BC. It ended in 479.", "490 BC = -0489; 479 = -0478"},
	{"Offers were made on 2 October 1920. On the 5th, they were refused.", "2 October 1920 = 1920-10-02; the 5th = 1920-10-05"},
	{"Minsk fell on August 8, 1919, and on the 28th of that month they moved.", "August 8, 1919 = 1919-08-08; the 28th of that month = 1919-08-28"},
	{"The guns fell silent at 11 am on 11 November 1918.", "11 am = 1918-11-11T11:00:00; 11 November 1918 = 1918-11-11"},
	{"On 11 November 1918 he was shot at 10:57 and died.", "11 November 1918 = 1918-11-11; 10:57 = 1918-11-11T10:57:00"},

	// relative dates
	{"It was signed in November 1956. The following month it came into force.", "November 1956 = 1956-11; The following month = 1956-12"},
	{"It was signed in 1956 and lapsed two years later.", "1956 = 1956; two years later = 1958"},
	{"It was signed on 31 December 1956. The next day it was law.", "31 December 1956 = 1956-12-31; The next day = 1957-01-01"},
	{"He died in 1956. That year, the dam burst.", "1956 = 1956; That year = 1956"},
	{"He died in 1956, a year earlier than she.", "1956 = 1956"},
	{"He died in 1956; a year earlier, she had left.", "1956 = 1956; a year earlier = 1955"},
	{"He came in 1956 and left in March of the following year.", "1956 = 1956; March of the following year = 1957-03"},
	{"He came in March 1940 and left in August of that year.", "March 1940 = 1940-03; August of that year = 1940-08"},
	{"He came in 1956 and left the following spring.", "1956 = 1956; the following spring = 1957-21"},
	{"It came in 1956. The next day it was law.", "1956 = 1956"},
	{"The following month it came into force.", ""},
	{"It was formed in 1956. A decade later it was gone.", "1956 = 1956; A decade later = 1966~"},
	{"Roughly a year before, in April 2013, he came.", "April 2013 = 2013-04"},
	{"On 3 June 1940 they met; six days later they fled.", "3 June 1940 = 1940-06-03; six days later = 1940-06-09"},

	// no dates
	{"About 1,200 people came with 2000 ships and 1500 men.", ""},
	{"A Boeing 747 took the 2000 men to 1600 Pennsylvania Avenue.", ""},
	{"See page 1984, pp. 1990 and Rule 2016 of Resolution 1441.", ""},
	{"It cost $1984 or €2000 then.", ""},
	{"The peak is 1850 metres high, 1999 m by another count.", ""},
	{"You may march on; may they march in order.", ""},
	{"Theresa May spoke, and April Ryan asked.", ""},
	{"The March on Rome was short.", ""},
	{"The October Revolution and D-Day are names.", ""},
	{"ISBN 0-19-852663-6 and 978-3-16-148410-0 are books.", ""},
	{"The law stood.[12] Some called it odd.3 It went.", ""},
	{"Windows 2000 ran on a 1500-watt machine.", ""},
	{"He ran 1500 metres in 3.45 and 100 in 11.", ""},
	{"An army of about 1500 were killed.", ""},
	{"The vote was 111 to 333 and 200 to 300 fled.", ""},
	{"His second century at Lord’s came in his sixties.", ""},
	{"Call 020 7946 0958 or see 10.1000/182.", ""},
	{"See https://example.org/2014/05/03/news for more.", ""},
	{"The summer heat and spring water were fine.", ""},
	{"It holds 1984 seats in 12 halls.", ""},
	{"Reading fell (Smith et al., 2005; Lopez, 2000: 103).", ""},
	{"Room 1408 is in Unit 1999.", ""},
	{"The ratio was 16:9 and 2:1 at 45 degrees.", ""},
	{"They won by 21 points in the second quarter.", ""},
}

func TestDates(t *testing.T) {
	for _, c := range dateTable {
		if got := told(c.text, ""); got != c.want {
			t.Errorf("the dates of %q are\n  %s\nwant\n  %s", c.text, got, c.want)
		}
	}
	t.Logf("%d texts", len(dateTable))
}

// TestDatesOfPublication finds what is counted from the day of publication,
// Monday 25 November 2024.
func TestDatesOfPublication(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"The firm failed last year.", "last year = 2023"},
		{"The firm will open next year.", "next year = 2025"},
		{"Prices rose this year.", "this year = 2024"},
		{"The firm failed two years ago.", "two years ago = 2022"},
		{"The minister resigned yesterday.", "yesterday = 2024-11-24"},
		{"The minister resigned on Friday.", "Friday = 2024-11-22"},
		{"The court will sit on Friday.", "Friday = 2024-11-29"},
		{"The talks began on 3 November.", "3 November = 2024-11-03"},
		{"The talks will begin on 6 January.", "6 January = 2025-01-06"},
		{"The minister resigned last month.", "last month = 2024-10"},
		{"The last year of the war was cruel.", ""},
		{"On 6 June 1944 they landed. On Friday they met.", "6 June 1944 = 1944-06-06"},
	} {
		if got := told(c.text, "2024-11-25"); got != c.want {
			t.Errorf("the dates of %q are\n  %s\nwant\n  %s", c.text, got, c.want)
		}
	}
	if got := told("The firm failed last year.", ""); got != "" {
		t.Errorf("without a day of publication, last year is %s, want none", got)
	}
}

// TestDatesDerived says in words how a date was worked out.
func TestDatesDerived(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"It was signed on 3 June 1956.", ""},
		{"It began in 1939. In May, it ended.", "the year is that of “1939”, the date before it"},
		{"It was signed in November 1956. The following month it came into force.", "the month after that of “November 1956”"},
		{"It was signed in 1956 and lapsed two years later.", "2 years after “1956”"},
		{"He came in 1956 and left in March of the following year.", "in the year after that of “1956”"},
		{"It began in 1956. That same year it ended.", "the year of “1956”"},
		{"The talks began on 3 November.", "the year is that nearest to publication, 2024-11-25"},
		{"The firm failed last year.", "the year before that of publication, 2024-11-25"},
	} {
		facts := documentOf(c.text, "2024-11-25").dates()
		if n := len(facts); n == 0 || facts[n-1].Derived != c.want {
			t.Errorf("the last date of %q is derived as %+v, want %q", c.text, facts, c.want)
		}
	}
}

// TestDatesOfHeadings takes the year of a section from its heading.
func TestDatesOfHeadings(t *testing.T) {
	text := "The campaign of 1905\n\nIn March, Mukden fell.\n\n"
	d := documentOf(text, "")
	d.Article.Blocks[0].Kind = cards.Heading
	d.Sentences = d.Sentences[1:]
	facts := d.dates()
	if len(facts) != 1 || facts[0].Value != "1905-03" || facts[0].Index != 0 {
		t.Errorf("the dates below the heading are %+v, want 1905-03 alone", facts)
	}
}

// TestDatesTyped gives every fact its type.
func TestDatesTyped(t *testing.T) {
	for text, want := range map[string]string{
		"It was on 3 June 1956.": "day", "It was in June 1956.": "month", "It was in 1956.": "year", "It was in the 1950s.": "decade", "It was in the 19th century.": "century",
		"It was in 1956–1958.": "range", "It was in spring 1956.": "season", "It was in Q3 2022.": "quarter", "It was in fiscal 2022.": "fiscal year", "They met on 3 and 5 June 1942.": "set",
	} {
		if facts := documentOf(text, "").dates(); len(facts) != 1 || facts[0].Type != want {
			t.Errorf("the dates of %q are %+v, want one of type %q", text, facts, want)
		}
	}
}

// sound fails unless every date stands, in order, where it says, in its sentence, and
// has a value in EDTF.
func sound(t *testing.T, text, published string) {
	t.Helper()
	last := 0
	d := documentOf(text, published)
	for _, fact := range d.dates() {
		if fact.Span.Start < last || fact.Span.Len() <= 0 || fact.Index >= len(d.Sentences) || !d.Sentences[fact.Index].Span().Contains(fact.Span) {
			t.Fatalf("%q has a date at %v, after %d, of sentence %d", text, fact.Span, last, fact.Index)
		}
		last = fact.Span.End
		v, err := edtf.Parse(fact.Value)
		if err != nil || v.String() != fact.Value || fact.Type == "" {
			t.Fatalf("%q of %q has the value %q and type %q: %v", fact.Span.Of(text), text, fact.Value, fact.Type, err)
		}
	}
}

// TestDatesOfRandomWords throws the words of the table together.
func TestDatesOfRandomWords(t *testing.T) {
	var words []string
	for _, c := range dateTable {
		words = append(words, strings.Fields(c.text)...)
	}
	words = append(words, "0", "0000", "9999", "99", "'00", "'00s", "0000s", "31", "30th", "BC", "AD", "–", "-", "/", "later", "the", "of", "that", "year", "day", "month", "century", "centuries", "\n\n", "9999-12-31", "31/12/9999")
	random := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		var text strings.Builder
		for range 3 + random.IntN(12) {
			text.WriteString(words[random.IntN(len(words))])
			if random.IntN(8) > 0 {
				text.WriteByte(' ')
			}
		}
		sound(t, text.String(), []string{"", "2024-11-25", "2024", "0001-01-01", "9999-12-31"}[random.IntN(5)])
	}
}

func FuzzDates(f *testing.F) {
	for _, c := range dateTable {
		f.Add(c.text, "2024-11-25")
	}
	f.Fuzz(func(t *testing.T, text, published string) {
		if utf8.ValidString(text) {
			sound(t, text, published)
		}
	})
}

func BenchmarkDates(b *testing.B) {
	var text strings.Builder
	for _, c := range dateTable {
		text.WriteString(c.text + " The committee met in the old town hall and spoke of the price of bread.\n\n")
	}
	d := documentOf(text.String(), "2024-11-25")
	words := 0
	for _, s := range d.Sentences {
		words += len(s.Tokens)
	}
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		d.dates()
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}

// TestDatesFar finds the year of a date that lacks it, and says where that is unsure.
func TestDatesFar(t *testing.T) {
	for _, c := range []struct {
		what, text, want string
		far              bool
	}{
		{"the sentence before", "It began on 3 May 1939. On 17 September, it ended.", "1939-09-17", false},
		{"another paragraph", "It began on 3 May 1939.\n\nOn 17 September, it ended.", "1939-09-17", true},
		{"four sentences off", "It began on 3 May 1939. All was still. Rain fell. Snow fell. On 17 September, it ended.", "1939-09-17", true},
		{"from one that is unsure", "It began on 3 May 1939.\n\nOn 17 September, it ended. On 5 October, they left.", "1939-10-05", true},
		{"a year in a name behind", "It began in March 1980. On 17 September, he called the 1975 Algiers Agreement void.", "1980-09-17", false},
		{"a year in a name before", "In 1980 he called the 1975 Algiers Agreement void. On 17 September, it ended.", "1980-09-17", false},
		{"the turn of the year", "He reached the sea in December 1864. On April 1, he won a battle.", "1865-04-01", false},
	} {
		facts := documentOf(c.text, "").dates()
		found := slices.ContainsFunc(facts, func(f Fact) bool { return f.Value == c.want && f.Far == c.far && f.Derived != "" })
		if !found {
			t.Errorf("%s: the dates of %q are %+v, want %s worked out, far %v", c.what, c.text, facts, c.want, c.far)
		}
	}
}
