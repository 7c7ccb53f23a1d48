package generate

import (
	"context"
	"sort"
	"strings"
	"testing"

	"recto/cards"
	"recto/cards/english"
	"recto/cards/extract"
)

// tagged is a sentence written with its tags ("Russia/NNP annexed/VBD") and the
// facts in it: "date 2014-03: March 2014", "name person: Abe", "acronym: INF = long".
type tagged struct {
	words string
	facts []string
}

// noSpace is said before a word that stands against the one before it.
const noSpace = "~"

// build makes a maker of paragraphs of tagged sentences.
func build(t testing.TB, title string, paragraphs ...[]tagged) *maker {
	t.Helper()
	a := cards.Article{Title: title}
	var sentences []extract.Sentence
	var facts []extract.Fact
	for b, paragraph := range paragraphs {
		start := len(a.Text)
		for i, s := range paragraph {
			if i > 0 {
				a.Text += " "
			}
			sentence := tokensOf(&a, s.words)
			sentence.Block = b
			sentences = append(sentences, sentence)
			for _, f := range s.facts {
				facts = append(facts, factOf(t, a.Text, sentence, len(sentences)-1, f))
			}
		}
		a.Blocks = append(a.Blocks, cards.Block{Kind: cards.Paragraph, Span: cards.Span{Start: start, End: len(a.Text)}})
		a.Text += "\n\n"
	}
	sort.SliceStable(facts, func(i, j int) bool { return facts[i].Span.Start < facts[j].Span.Start })
	return newMaker(a, sentences, facts)
}

func tokensOf(a *cards.Article, words string) extract.Sentence {
	s := extract.Sentence{}
	s.Start = len(a.Text)
	for i, w := range strings.Fields(words) {
		joined := strings.HasPrefix(w, noSpace)
		k := strings.LastIndex(w, "/")
		form, tag := strings.TrimPrefix(w[:k], noSpace), w[k+1:]
		joined = joined || strings.Trim(form, ".,;:?!)]”") == "" || form == "’s"
		if i > 0 && !joined {
			a.Text += " "
			s.Tokens[i-1].SpaceAfter = true
		}
		t := english.Token{Start: len(a.Text), Form: form, Norm: form, XPOS: tag, Head: -1}
		a.Text += form
		t.End = len(a.Text)
		s.Tokens = append(s.Tokens, t)
	}
	s.Tokens[len(s.Tokens)-1].SpaceAfter = true
	s.End = len(a.Text)
	return s
}

// factOf reads "kind type value: text = about". A list's items are parted by "; ".
func factOf(t testing.TB, text string, s extract.Sentence, index int, said string) extract.Fact {
	t.Helper()
	head, body, _ := strings.Cut(said, ": ")
	body, about, _ := strings.Cut(body, " = ")
	find := func(part string) cards.Span {
		k := strings.Index(text[s.Start:s.End], part)
		if k < 0 {
			t.Fatalf("%q is not in %q", part, text[s.Start:s.End])
		}
		return cards.Span{Start: s.Start + k, End: s.Start + k + len(part)}
	}
	f := extract.Fact{Index: index}
	parts := strings.Fields(head)
	f.Kind = cards.FactKind(parts[0])
	if len(parts) > 1 {
		f.Type = parts[1]
	}
	if f.Kind == cards.ListFact {
		for _, item := range strings.Split(body, "; ") {
			f.Items = append(f.Items, find(item))
		}
		f.Span = cards.Span{Start: f.Items[0].Start, End: f.Items[len(f.Items)-1].End}
		f.Value = strings.ReplaceAll(body, "; ", "|")
	} else {
		f.Span, f.Value = find(body), body
	}
	if f.Kind == cards.DateFact {
		f.Value, f.Type = f.Type, ""
		if len(parts) > 2 {
			f.Type = parts[2]
		}
	}
	if about != "" {
		f.About = find(about)
		if f.Kind == cards.AcronymFact {
			f.Value = about
		}
	}
	f.Text, f.Sentence = f.Span.Of(text), s.Span()
	f.ID = head + body
	return f
}

// offered are the fronts, with contexts and answers, of all faultless candidates.
func offered(m *maker) []string {
	var out []string
	for _, f := range m.facts {
		found, _ := m.candidates(f)
		for _, k := range found {
			if m.fault(k) == "" {
				front := k.front
				if k.context != "" {
					front = k.context + " | " + front
				}
				out = append(out, k.family+": "+front+" => "+k.back)
			}
		}
	}
	return out
}

func made(t testing.TB, m *maker) Result {
	t.Helper()
	r, err := m.make(context.Background(), Usual)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

const (
	annexed   = "In/IN March/NNP 2014/CD ,/, Russia/NNP annexed/VBD Crimea/NNP from/IN Ukraine/NNP ./."
	forum     = "Abe/NNP attended/VBD the/DT Eastern/NNP Economic/NNP Forum/NNP in/IN Vladivostok/NNP in/IN September/NNP 2016/CD ./."
	designed  = "The/DT Harwick/NNP Bridge/NNP was/VBD designed/VBN by/IN Alice/NNP Morton/NNP and/CC opened/VBD on/IN 12/CD May/NNP 1931/CD ./."
	reopened  = "The/DT bridge/NN was/VBD opened/VBN again/RB to/IN all/DT traffic/NN on/IN 3/CD September/NNP 2006/CD ./."
	abeMet    = "He/PRP met/VBD President/NNP Vladimir/NNP Putin/NNP in/IN Moscow/NNP 27/CD times/NNS ./."
	abeFirst  = "Shinzo/NNP Abe/NNP became/VBD prime/JJ minister/NN of/IN Japan/NNP in/IN 2012/CD ./."
	threeDocs = "On/IN 16/CD December/NNP 2022/CD ,/, Japan/NNP adopted/VBD the/DT National/NNP Security/NNP Strategy/NNP in/IN Tokyo/NNP ./."
)

func TestCandidates(t *testing.T) {
	tests := []struct {
		what  string
		title string
		text  []tagged
		want  []string
	}{
		{"a leading date is asked for, and stands in a gap", "", []tagged{{annexed, []string{"date 2014-03: March 2014"}}}, []string{
			"when: In which month and year did Russia annex Crimea from Ukraine? => March 2014",
			"gap: In ____ (month and year), Russia annexed Crimea from Ukraine. => March 2014",
		}},
		{"a date at the end", "", []tagged{{forum, []string{"date 2016-09: September 2016", "name event: Eastern Economic Forum"}}}, []string{
			"gap: Abe attended the ____ (event) in Vladivostok in September 2016. => Eastern Economic Forum",
			"when: In which month and year did Abe attend the Eastern Economic Forum in Vladivostok? => September 2016",
			"gap: Abe attended the Eastern Economic Forum in Vladivostok in ____ (month and year). => September 2016",
		}},
		{"an exact date both ways", "", []tagged{{threeDocs, []string{"date 2022-12-16: 16 December 2022"}}}, []string{
			"when: On what date did Japan adopt the National Security Strategy in Tokyo? => 16 December 2022",
			"gap: On ____ (date), Japan adopted the National Security Strategy in Tokyo. => 16 December 2022",
			"event: What happened on 16 December 2022? => Japan adopted the National Security Strategy in Tokyo.",
		}},
		{"a bridge that the text has named", "", []tagged{{designed, []string{"name thing: Harwick Bridge"}}, {reopened, []string{"date 2006-09-03: 3 September 2006"}}}, []string{
			"gap: The ____ (name) was designed by Alice Morton and opened on 12 May 1931. => Harwick Bridge",
			"when: On what date was the Harwick Bridge opened again to all traffic? => 3 September 2006",
			"gap: [The Harwick Bridge] was opened again to all traffic on ____ (date). => 3 September 2006",
		}},
		{"he, of whom only one can be meant", "", []tagged{{abeFirst, []string{"name person: Shinzo Abe"}}, {abeMet, []string{"quantity count: 27 = times"}}}, []string{
			"gap: ____ (person) became prime minister of Japan in 2012. => Shinzo Abe",
			"gap: [Shinzo Abe] met President Vladimir Putin in Moscow ____ (number) times. => 27",
		}},
		{"he, of whom two can be meant", "", []tagged{
			{"Shinzo/NNP Abe/NNP spoke/VBD with/IN Fumio/NNP Kishida/NNP in/IN Tokyo/NNP ./.", []string{"name person: Shinzo Abe", "name person: Fumio Kishida"}},
			{abeMet, []string{"quantity count: 27 = times"}},
		}, []string{
			"gap: ____ (person) spoke with Fumio Kishida in Tokyo. => Shinzo Abe",
			"gap: Shinzo Abe spoke with ____ (person) in Tokyo. => Fumio Kishida",
			"gap: Shinzo Abe spoke with Fumio Kishida in Tokyo. | He met President Vladimir Putin in Moscow ____ (number) times. => 27",
		}},
		{"letters both ways", "", []tagged{{"The/DT treaty/NN on/IN Intermediate-Range/NNP Nuclear/NNP Forces/NNPS (/-LRB- ~INF/NNP ~)/-RRB- ended/VBD in/IN 2019/CD ./.", []string{"acronym: INF = Intermediate-Range Nuclear Forces"}}}, []string{
			"acronym: What does INF stand for? => Intermediate-Range Nuclear Forces",
		}},
		{"a list as a whole", "", []tagged{{"Japan/NNP banned/VBD the/DT export/NN of/IN semiconductors/NNS ,/, machinery/NN and/CC luxury/NN goods/NNS to/IN Russia/NNP ./.", []string{"list: semiconductors; machinery; luxury goods"}}}, []string{
			"set: Japan banned the export of ____ (3 things) to Russia. => semiconductors; machinery; luxury goods",
		}},
		{"a list of places", "", []tagged{{"Daniel/NNP studied/VBD medicine/NN at/IN Basel/NNP ,/, Heidelberg/NNP and/CC Strasbourg/NNP in/IN 1721/CD ./.", []string{"name city: Basel", "list: Basel; Heidelberg; Strasbourg", "name place: Heidelberg", "name city: Strasbourg"}}}, []string{
			"set: Daniel studied medicine at ____ (3 places) in 1721. => Basel; Heidelberg; Strasbourg",
		}},
		{"two verbs of one object", "", []tagged{{"In/IN May/NNP 1914/CD ,/, Villa/NNP entered/VBD and/CC occupied/VBN Mexico/NNP City/NNP ./.", []string{"date 1914-05: May 1914"}}}, []string{
			"gap: In ____ (month and year), Villa entered and occupied Mexico City. => May 1914",
		}},
		{"deaths before a journey", "", []tagged{{"After/IN the/DT death/NN of/IN Norton/NNP in/IN 1846/CD ,/, Morton/NNP sailed/VBD west/RB to/IN California/NNP ./.", []string{"name place: California"}}}, []string{
			"gap: After the death of Norton in 1846, Morton sailed west to ____ (place). => California",
		}},
		{"early in a year", "", []tagged{{"Nashville/NNP fell/VBD to/IN the/DT Union/NNP early/RB in/IN 1862/CD ./.", []string{"date 1862: 1862"}}}, []string{
			"when: In what year did Nashville fall to the Union? => 1862",
			"gap: Nashville fell to the Union early in ____ (year). => 1862",
		}},
		{"a length in two units", "", []tagged{{"The/DT armies/NNS of/IN Japan/NNP camped/VBD along/IN 60/CD miles/NNS (/-LRB- ~100/CD km/NN ~)/-RRB- south/RB of/IN Mukden/NNP ./.", []string{"quantity measure: 60 miles"}}}, []string{
			"gap: The armies of Japan camped along ____ (measurement) south of Mukden. => 60 miles",
		}},
		{"an exact count", "", []tagged{{"Putin/NNP visited/VBD 14/CD cities/NNS in/IN Siberia/NNP during/IN the/DT campaign/NN of/IN 2012/CD ./.", []string{"quantity count: 14 = cities"}}}, []string{
			"how-many: How many cities did Putin visit in Siberia during the campaign of 2012? => 14",
			"gap: Putin visited ____ (number) cities in Siberia during the campaign of 2012. => 14",
		}},
		{"a rough count stays a gap", "", []tagged{{"The/DT plan/NN of/IN Tokyo/NNP covered/VBD more/JJR than/IN 60/CD projects/NNS in/IN Russia/NNP ./.", []string{"quantity count: 60 = projects"}}}, []string{
			"gap: The plan of Tokyo covered more than ____ (number) projects in Russia. => 60",
		}},
		{"brackets, notes and connectives go", "", []tagged{{"However/RB ,/, the/DT Strait/NNP of/IN Dover/NNP (/-LRB- ~see/VB map/NN ~)/-RRB- was/VBD closed/VBN in/IN 1940/CD ~[/-LRB- ~3/CD ~]/-RRB- ./.", []string{"date 1940: 1940"}}}, []string{
			"when: In what year was the Strait of Dover closed? => 1940",
			"gap: The Strait of Dover was closed in ____ (year). => 1940",
		}},
		{"a pluperfect is asked for in the past", "", []tagged{{"A/DT year/NN earlier/RBR ,/, in/IN April/NNP 2013/CD ,/, Abe/NNP had/VBD paid/VBN an/DT official/JJ visit/NN to/IN Russia/NNP ./.", []string{"date 2013-04: April 2013"}}}, []string{
			"when: In which month and year did Abe pay an official visit to Russia? => April 2013",
			"gap: In ____ (month and year), Abe had paid an official visit to Russia. => April 2013",
		}},
		{"a date of something beside the clause is not asked with it", "", []tagged{{"By/IN the/DT end/NN of/IN the/DT embargo/NN in/IN March/NNP 1974/CD ,/, prices/NNS rose/VBD across/IN Europe/NNP ./.", []string{"date 1974-03: March 1974"}}}, []string{
			"gap: By the end of the embargo in ____ (month and year), prices rose across Europe. => March 1974",
		}},
		{"words of no certain speaker are not asked for", "", []tagged{{"We/PRP opened/VBD our/PRP$ office/NN in/IN Berlin/NNP in/IN 1994/CD ./.", []string{"date 1994: 1994"}}}, nil},
		{"an answer that the sentence tells again", "", []tagged{{"Joint/NNP Sea/NNP 2014/CD was/VBD held/VBN in/IN 2014/CD near/IN Shanghai/NNP ./.", []string{"date 2014: 2014"}}}, nil},
		{"a quotation", "", []tagged{{"“/`` ~The/DT bridge/NN will/MD stand/VB for/IN centuries/NNS ~,/, ~”/'' said/VBD Alice/NNP Morton/NNP ./.", []string{"quotation: The bridge will stand for centuries, = Alice Morton"}}}, []string{
			"quotation: Whose words are these: “The bridge will stand for centuries”? => Alice Morton",
		}},
		{"a life", "", []tagged{{"Alice/NNP Morton/NNP (/-LRB- ~1889/CD ~–/: ~1967/CD ~)/-RRB- was/VBD an/DT engineer/NN ./.", []string{"date 1889 life: 1889 = Alice Morton", "date 1967 life: 1967 = Alice Morton"}}}, []string{
			"life: In what year was Alice Morton born? => 1889",
			"life: In what year did Alice Morton die? => 1967",
		}},
	}
	for _, test := range tests {
		t.Run(test.what, func(t *testing.T) {
			got := offered(build(t, test.title, test.text))
			if strings.Join(got, "\n") != strings.Join(test.want, "\n") {
				t.Errorf("cards:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}
