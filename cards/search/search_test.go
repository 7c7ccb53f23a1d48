package search

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// What each query means, in words.
var meanings = []struct{ query, means string }{
	{``, `anything`},
	{`dog`, `has “dog”`},
	{`dog cat`, `has “dog” and has “cat”`},
	{`dog and cat`, `has “dog” and has “cat”`},
	{`dog AND cat`, `has “dog” and has “cat”`},
	{`dog or cat`, `has “dog” or has “cat”`},
	{`dog OR cat mouse`, `has “dog” or (has “cat” and has “mouse”)`},
	{`a b or c d`, `(has “a” and has “b”) or (has “c” and has “d”)`},
	{`dog (cat or mouse)`, `has “dog” and (has “cat” or has “mouse”)`},
	{`(dog or cat) (mouse or rat)`, `(has “dog” or has “cat”) and (has “mouse” or has “rat”)`},
	{`((dog))`, `has “dog”`},
	{`-dog`, `not has “dog”`},
	{`-dog cat`, `not has “dog” and has “cat”`},
	{`-(dog or cat)`, `not (has “dog” or has “cat”)`},
	{`--dog`, `not not has “dog”`},
	{`-(a b)`, `not (has “a” and has “b”)`},
	{`-tag:x -is:new`, `not tagged “x” and not new`},
	{`(a)(b)`, `has “a” and has “b”`},
	{`dog(cat)`, `has “dog” and has “cat”`},
	{`"a dog"`, `has “a dog”`},
	{`"a dog" cat`, `has “a dog” and has “cat”`},
	{`-"a dog"`, `not has “a dog”`},
	{`"dog"cat`, `has “dog” and has “cat”`},
	{`"or"`, `has “or”`},
	{`\or`, `has “or”`},
	{`\and`, `has “and”`},
	{`oral`, `has “oral”`},
	{`android`, `has “android”`},
	{`d_g`, `has “d_g”`},
	{`d*g`, `has “d*g”`},
	{`*dog*`, `has “*dog*”`},
	{`_`, `has “_”`},
	{`*`, `anything`},
	{`**`, `anything`},
	{`dog*`, `has “dog*”`},
	{`d\*g`, `has “d\*g”`},
	{`d\_g`, `has “d\_g”`},
	{`a\:b`, `has “a:b”`},
	{`a\"b`, `has “a"b”`},
	{`\(a\)`, `has “(a)”`},
	{`\-a`, `has “-a”`},
	{`-\-a`, `not has “-a”`},
	{`a-b`, `has “a-b”`},
	{`a\\b`, `has “a\\b”`},
	{`"a (b) c"`, `has “a (b) c”`},
	{`"say \"hi\""`, `has “say "hi"”`},
	{`w:dog`, `has the word “dog”`},
	{`w:dog*`, `has the word “dog*”`},
	{`w:*dog`, `has the word “*dog”`},
	{`w:d_g`, `has the word “d_g”`},
	{`nc:über`, `has “über”`},
	{`nc:uber`, `has “uber”`},
	{`sc:dog`, `has “dog”`},
	{`ÜBER`, `has “ÜBER”`},
	{`Straße`, `has “Straße”`},
	{`日本語`, `has “日本語”`},
	{`日　本`, `has “日” and has “本”`},
	{`emoji😀`, `has “emoji😀”`},
	{`front:dog`, `front is “dog”`},
	{`front:*dog*`, `front is “*dog*”`},
	{`front:`, `front is empty`},
	{`front:_*`, `front is “_*”`},
	{`front:*`, `has a field front`},
	{`Front:dog`, `Front is “dog”`},
	{`"front:a dog"`, `front is “a dog”`},
	{`front:"a dog"`, `front is “a dog”`},
	{`fr*:text`, `fr* is “text”`},
	{`"my field:x"`, `my field is “x”`},
	{`back:re:^a.c$`, `back matches /^a.c$/`},
	{`front:nc:é`, `front is “é”`},
	{`re:19\d\d`, `matches /19\d\d/`},
	{`"re:(some|another).*thing"`, `matches /(some|another).*thing/`},
	{`re:"a b"`, `matches /a b/`},
	{`re:\d{3}`, `matches /\d{3}/`},
	{`re:[a-c]`, `matches /[a-c]/`},
	{`"re:a \"b\" c"`, `matches /a "b" c/`},
	{`deck:French`, `in deck “French”`},
	{`deck:"French vocab"`, `in deck “French vocab”`},
	{`"deck:French vocab"`, `in deck “French vocab”`},
	{`deck:French::Verbs`, `in deck “French::Verbs”`},
	{`deck:French -deck:French::*`, `in deck “French” and not in deck “French::*”`},
	{`deck:*gram*`, `in deck “*gram*”`},
	{`deck:*`, `anything`},
	{`tag:animal`, `tagged “animal”`},
	{`tag:animal::dog`, `tagged “animal::dog”`},
	{`tag:none`, `without tags`},
	{`tag:ani*`, `tagged “ani*”`},
	{`tag:a_b`, `tagged “a_b”`},
	{`tag:re:^parent$`, `a tag matches /^parent$/`},
	{`"tag:re:a b"`, `a tag matches /a b/`},
	{`tag:nc:é`, `tagged “é”`},
	{`-tag:none`, `not without tags`},
	{`note:basic`, `of note type “basic”`},
	{`note:"Basic (and reversed card)"`, `of note type “Basic (and reversed card)”`},
	{`note:*cloze*`, `of note type “*cloze*”`},
	{`note:*`, `of note type “*”`},
	{`card:forward`, `of template “forward”`},
	{`card:1`, `card 1 of its note`},
	{`card:"Card 1"`, `of template “Card 1”`},
	{`is:due`, `due`},
	{`is:new`, `new`},
	{`is:learn`, `being learnt`},
	{`is:review`, `reviewed before`},
	{`is:suspended`, `suspended`},
	{`is:buried`, `put off today`},
	{`is:buried-manually`, `put off today`},
	{`is:buried-manually`, `put off today`},
	{`resched:1`, `changed by hand today`},
	{`prop:pos<5`, `place in the line < 5`},
	{`"dupe:Basic,the dog"`, `of note type “Basic” with the first field “the dog”`},
	{`IS:DUE`, `due`},
	{`is:Due`, `due`},
	{`-is:suspended is:due`, `not suspended and due`},
	{`is:learn is:review`, `being learnt and reviewed before`},
	{`flag:0`, `without a flag`},
	{`flag:1`, `with flag 1`},
	{`flag:7`, `with flag 7`},
	{`prop:ivl>=10`, `interval >= 10`},
	{`prop:ivl=0`, `interval = 0`},
	{`prop:due=1`, `days until due = 1`},
	{`prop:due=-1`, `days until due = -1`},
	{`prop:due>-1 prop:due<1`, `days until due > -1 and days until due < 1`},
	{`prop:reps<10`, `answers < 10`},
	{`prop:lapses>3`, `lapses > 3`},
	{`prop:ease!=2.5`, `E-Factor != 2.50`},
	{`prop:ease<2.5`, `E-Factor < 2.50`},
	{`prop:ease<=1.3`, `E-Factor <= 1.30`},
	{`PROP:IVL>5`, `interval > 5`},
	{`added:1`, `added today`},
	{`added:7`, `added in the last 7 days`},
	{`added:0`, `added today`},
	{`edited:3`, `edited in the last 3 days`},
	{`rated:1`, `answered today`},
	{`rated:7:1`, `answered with Again in the last 7 days`},
	{`rated:31:4`, `answered with Easy in the last 31 days`},
	{`rated:1:2 or rated:1:3`, `answered with Hard today or answered with Good today`},
	{`introduced:1`, `first answered today`},
	{`introduced:365`, `first answered in the last 365 days`},
	{`nid:123`, `of note 123`},
	{`cid:123,456,789`, `card 123, 456, 789`},
	{`article:Apollo`, `of an article “Apollo”`},
	{`article:none`, `of no article`},
	{`article:"Moon landing"`, `of an article “Moon landing”`},
	{`article:*`, `of an article`},
	{`deck:French (is:due or is:new) -tag:hard`, `in deck “French” and (due or new) and not tagged “hard”`},
}

func TestQueriesMeanWhatAnkisManualSays(t *testing.T) {
	for _, c := range meanings {
		n, err := Parse(c.query)
		if err != nil {
			t.Errorf("Parse(%q) fails: %v", c.query, err)
			continue
		}
		if got := Say(n); got != c.means {
			t.Errorf("Parse(%q) means %q, want %q", c.query, got, c.means)
		}
	}
}

// What is wrong with each query, and at which character.
var mistakes = []struct {
	query    string
	at       int
	sentence string
}{
	{`"my field":x`, 11, `there is nothing before this colon; to look for it, write "\:"`},
	{`front:re:"a b"`, 1, `re: has nothing behind it; put an expression with brackets or spaces between quotation marks`},
	{`(dog`, 1, `this bracket is never closed; to look for it, put a \ in front`},
	{`dog)`, 4, `this bracket closes nothing; to look for it, put a \ in front`},
	{`()`, 1, `there is nothing between these brackets`},
	{`( )`, 1, `there is nothing between these brackets`},
	{`""`, 1, `there is nothing between these quotation marks`},
	{`-`, 1, `there is nothing behind this minus sign; to look for it, write "\-"`},
	{`- dog`, 1, `there is nothing behind this minus sign; to look for it, write "\-"`},
	{`a -`, 3, `there is nothing behind this minus sign; to look for it, write "\-"`},
	{`or`, 1, `there is nothing before this "or"; to look for the word, write "\or"`},
	{`or dog`, 1, `there is nothing before this "or"; to look for the word, write "\or"`},
	{`dog or`, 5, `there is nothing after this "or"; to look for the word, write "\or"`},
	{`dog or or cat`, 8, `there is nothing before this "or"; to look for the word, write "\or"`},
	{`(dog or)`, 6, `there is nothing after this "or"; to look for the word, write "\or"`},
	{`and`, 1, `there is nothing before this "and"; to look for the word, write "\and"`},
	{`and dog`, 1, `there is nothing before this "and"; to look for the word, write "\and"`},
	{`dog and`, 5, `there is nothing after this "and"; to look for the word, write "\and"`},
	{`dog and and cat`, 9, `there is nothing before this "and"; to look for the word, write "\and"`},
	{`"dog`, 1, `this quotation mark is never closed; to look for it, put a \ in front`},
	{`front:"dog`, 7, `this quotation mark is never closed; to look for it, put a \ in front`},
	{`dog\`, 4, `this \ has nothing behind it; to look for it, write "\\"`},
	{`dog\ cat`, 4, `this \ has nothing behind it; to look for it, write "\\"`},
	{`\d`, 1, `a \ stands before : " ( ) - * _ and \ alone, not before "d"; for a regular expression, write re: in front`},
	{`re:(a`, 1, `re: has nothing behind it; put an expression with brackets or spaces between quotation marks`},
	{`re:`, 1, `re: has nothing behind it; put an expression with brackets or spaces between quotation marks`},
	{`re:*`, 1, "this is no regular expression: missing argument to repetition operator: `*`"},
	{`tag:`, 1, `tag: has nothing behind it`},
	{`deck:`, 1, `deck: has nothing behind it`},
	{`note:`, 1, `note: has nothing behind it`},
	{`card:`, 1, `card: has nothing behind it`},
	{`w:`, 1, `w: has nothing behind it`},
	{`:dog`, 1, `there is nothing before this colon; to look for it, write "\:"`},
	{`is:late`, 1, `a card is not "late"; it can be due, new, learn, review, suspended or buried`},
	{`is:`, 1, `a card is not ""; it can be due, new, learn, review, suspended or buried`},
	{`flag:8`, 1, `a flag is a number from 1 to 7, or 0 for none`},
	{`flag:x`, 1, `a flag is a number from 1 to 7, or 0 for none`},
	{`prop:ivl`, 1, `prop: compares, as in prop:ivl>=10`},
	{`prop:ivl>x`, 1, `prop:ivl takes a whole number`},
	{`prop:ivl=>3`, 1, `"=>" compares nothing; use = != < > <= or >=`},
	{`prop:foo=1`, 1, `a card has no "foo"; it has ivl, due, ease, lapses, reps and pos`},
	{`prop:s>3`, 1, `Recto keeps no stability; a card has ivl, due, ease, lapses, reps and pos`},
	{`prop:r<0.9`, 1, `Recto keeps no retrievability; a card has ivl, due, ease, lapses, reps and pos`},
	{`prop:ease=x`, 1, `prop:ease takes a number such as 2.5`},
	{`rated:x`, 1, `rated: takes a number of days, such as rated:7`},
	{`rated:1:5`, 1, `the answer behind the second colon is 1 (Again), 2 (Hard), 3 (Good) or 4 (Easy)`},
	{`rated:-1`, 1, `rated: takes a number of days, such as rated:7`},
	{`added:soon`, 1, `added: takes a number of days, such as added:7`},
	{`nid:a`, 1, `what stands here are numbers with commas between them, 1000 at most`},
	{`cid:1,`, 1, `what stands here are numbers with commas between them, 1000 at most`},
	{`deck:current`, 1, `deck:current means nothing here, where no deck is open; name the deck`},
	{`deck:filtered`, 1, `Recto has no filtered decks`},
	{`preset:Default`, 1, `Recto has no presets; limits are each deck’s own`},
	{`has-cd:x`, 1, `Recto keeps no custom data`},
	{`dupe:1`, 1, `dupe: takes a note type and the text of its first field, as in dupe:Basic,dog`},
	{`is:buried-sibling`, 1, `Recto leaves out the siblings of what was asked without a mark; is:buried has the cards that were put off`},
	{`prop:rated=0`, 1, `answers are found by rated:1; a card has ivl, due, ease, lapses, reps and pos`},
	{`2\+2`, 1, `a \ stands before : " ( ) - * _ and \ alone, not before "+"; for a regular expression, write re: in front`},
	{`mid:1`, 1, `note types are found by name: note:Basic`},
}

func TestWhatIsWrongWithAQueryIsSaidWhere(t *testing.T) {
	for _, c := range mistakes {
		n, err := Parse(c.query)
		var wrong *Error
		if !errors.As(err, &wrong) {
			t.Errorf("Parse(%q) = %v, %v, want an error", c.query, n, err)
			continue
		}
		if wrong.At != c.at || wrong.Sentence != c.sentence {
			t.Errorf("Parse(%q) says at %d %q, want at %d %q", c.query, wrong.At, wrong.Sentence, c.at, c.sentence)
		}
	}
}

func TestNoQueryIsTooMuch(t *testing.T) {
	for what, query := range map[string]string{
		"long":      strings.Repeat("ab ", MaxLength),
		"of words":  strings.Repeat("a ", maxTerms+1),
		"brackets":  strings.Repeat("(", maxDepth+2) + "a" + strings.Repeat(")", maxDepth+2),
		"minuses":   strings.Repeat("-", maxDepth+5) + "a",
		"of cards":  "cid:" + strings.Repeat("1,", 990) + strings.Repeat("2,", 990),
		"an expr":   "re:" + strings.Repeat("a", MostExpr+1),
		"repeated":  `"re:(((a{100}){100}){100}){100}"`,
		"not UTF-8": "a\xffb",
		"with NUL":  "a\x00b",
	} {
		if n, err := Parse(query); err == nil {
			t.Errorf("a query %s is taken: %.80v", what, n)
		}
	}
}

func TestFoldMakesCapitalsAndAccentsAlike(t *testing.T) {
	for _, c := range [][2]string{
		{"Über", "uber"}, {"ÉCOLE", "école"}, {"Straße", "STRASSE"}, {"Łódź", "lodz"}, {"Ærø", "aero"}, {"naïve  \n café", "NAIVE CAFE"},
		{"ﬁn", "fin"}, {"Ａ１", "a1"}, {"Σίσυφος", "σισυφοσ"}, {"Ёлка", "елка"}, {"e\u0301", "é"}, {"한글", "한글"},
	} {
		if a, b := Fold(c[0]), Fold(c[1]); a != b {
			t.Errorf("Fold(%q) = %q, and Fold(%q) = %q", c[0], a, c[1], b)
		}
	}
	if Fold("が") == Fold("か") || Fold("हिन्दी") == Fold("हनद") {
		t.Error("marks that tell words apart are taken away")
	}
}

func TestPatterns(t *testing.T) {
	for _, c := range []struct {
		pattern string
		yes, no []string
	}{
		{`dog`, []string{"dog", "Dog", "dög"}, []string{"dogs", "a dog", ""}},
		{`d_g`, []string{"dog", "dig", "d g"}, []string{"dg", "doog"}},
		{`d*g`, []string{"dg", "dog", "d and g"}, []string{"dogs"}},
		{`\*d\_`, []string{"*d_"}, []string{"xd_", "*dx"}},
		{`*`, []string{"", "x"}, nil},
		{`_*`, []string{"x", "xy"}, []string{""}},
		{``, []string{""}, []string{"x"}},
		{`a.c`, []string{"a.c"}, []string{"abc"}},
		{`a *`, []string{"a b"}, []string{"ab"}},
	} {
		p := patternOf(c.pattern)
		match := p.Matcher()
		for _, s := range c.yes {
			if !match(s) {
				t.Errorf("%q does not match %q", c.pattern, s)
			}
			if !strings.Contains(Fold(s), p.Longest()) {
				t.Errorf("%q matches %q, which does not contain %q", c.pattern, s, p.Longest())
			}
		}
		if i := slices.IndexFunc(c.no, match); i >= 0 {
			t.Errorf("%q matches %q", c.pattern, c.no[i])
		}
	}
}

// FuzzParse: a query that is taken means the same between brackets, and its opposite
// with a minus sign in front; an error stands inside the query.
func FuzzParse(f *testing.F) {
	for _, c := range meanings {
		f.Add(c.query)
	}
	for _, c := range mistakes {
		f.Add(c.query)
	}
	f.Fuzz(func(t *testing.T, query string) {
		n, err := Parse(query)
		var wrong *Error
		if err != nil {
			if !errors.As(err, &wrong) || wrong.At < 1 || wrong.At > len([]rune(query))+1 || wrong.Sentence == "" {
				t.Fatalf("Parse(%q): %#v", query, err)
			}
			return
		}
		said := Say(n)
		if said == "" {
			t.Fatalf("Parse(%q) means nothing", query)
		}
		if strings.Trim(query, blanks) == "" {
			return
		}
		again, err := Parse("(" + query + ")")
		if err == nil && Say(again) != said || err != nil && len([]rune(query)) < MaxLength-10 && !strings.Contains(err.Error(), "too deep") && !strings.Contains(err.Error(), "minus") {
			t.Errorf("Parse(%q) means %q, and between brackets %v, %v", query, said, again, err)
		}
		if text := Fold(query); Fold(text) != text {
			t.Errorf("Fold(%q) = %q, and that folded is %q", query, text, Fold(text))
		}
	})
}
