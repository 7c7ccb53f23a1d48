package render_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"recto/cards"
	"recto/cards/render"
)

// show renders the first card of a note with the fields A, B and E (empty).
func show(t *testing.T, front, back string, o render.Options, a string) (render.Side, render.Side, error) {
	t.Helper()
	kind := cards.NoteType{Name: "Kind", Fields: []string{"A", "B", "E"}, Templates: []cards.Template{{Name: "Card 1", Front: front, Back: back}}}
	note := cards.Note{Type: "Kind", Tags: []string{"x", "y::z"}, Fields: []cards.Field{{Name: "A", Value: a}, {Name: "B", Value: "beta"}}}
	return render.Card(note, kind, 0, o)
}

const before, after = `<div class="card-scope"><div class="c-html"><div class="c-card c-card1"><div class="card-qa">`, `</div></div></div></div>`

func inside(t *testing.T, s render.Side) string {
	t.Helper()
	html, found := strings.CutPrefix(string(s.HTML), before)
	html, ends := strings.CutSuffix(html, after)
	if !found || !ends {
		t.Errorf("%q is not in its scope", s.HTML)
	}
	return html
}

func TestCard(t *testing.T) {
	o := render.Options{Media: media, Deck: "Geo::Europe", Flag: 3, ID: 42}
	for _, c := range []struct{ name, front, a, want string }{
		{"a field", "{{A}}", "alpha <b>x</b>", "alpha <b>x</b>"},
		{"special fields", "{{A}} {{Deck}} {{Subdeck}} {{Card}} {{Type}} {{Tags}} {{CardFlag}} {{CardID}}", "a", "a Geo::Europe Europe Card 1 Kind x y::z flag3 42"},
		{"sections", "{{#A}}1{{#E}}2{{/E}}{{^E}}3{{/E}}{{/A}}{{^A}}4{{/A}}{{A}}", "a", "13a"},
		{"a hint", "{{hint:A}}", "a", `<details class="c-hint"><summary class="c-hint">A</summary><div class="c-hint">a</div></details>`},
		{"readings", "{{furigana:A}} {{kana:A}}", " 漢字[かんじ]", "<ruby><rb>漢字</rb><rt>かんじ</rt></ruby> かんじ"},
		{"a class and an id", "{{A}}", `<i class="x y" id="z" onclick="1">a</i>`, `<i class="c-x c-y" id="c-z">a</i>`},
		{"a picture", "{{A}}", `<img src="a b%26c.png" width=20 onerror=x>`, `<img src="/media/a%20b&amp;c.png" alt="" width="20">`},
		{"a picture that is not there", "{{A}}", `<img src="a/b.png">`, `<span class="card-missing" title="a/b.png"></span>`},
		{"a remote picture", "{{A}}", `<img src="https://x.example/a.png">`, `<span class="card-remote" title="https://x.example/a.png"></span>`},
		{"a sound", "{{A}}", `[sound:a.mp3]`, `<audio class="card-player card-auto" controls="controls" preload="none" src="/media/a.mp3" title="a.mp3"></audio>`},
		{"a film", "{{A}}", `[sound:a.mp4]`, `<video class="card-player card-auto" controls="controls" preload="none" src="/media/a.mp4" title="a.mp4"></video>`},
		{"speech", "{{tts en_US voices=A,B speed=0.8:A}}", "a <b>c</b>", `<button type="button" class="card-speech card-auto" data-text="a c" lang="en-US" data-voices="A,B" data-speed="0.8" aria-label="a c"></button>`},
		{"formulas", "{{A}}", `\(a &lt; b\) [latex]let $x$ be $x&lt;y$[/latex] [$]y<br>z[/$]`, "\\(a &lt; b\\) let \\(x\\) be \\(x&lt;y\\) \\(y\nz\\)"},
		{"formulas on lines of their own", "{{A}}", `[$$]y[/$$] [latex]$$ x $$[/latex] [latex]\begin{align}x\end{align}[/latex] [latex]5 dollars[/latex] [latex]$5`, `\[y\] \[ x \] \[\begin{align}x\end{align}\] 5 dollars [latex]$5`},
		{"from right to left", "{{A}}", `<div dir="rtl" style="direction:rtl">שלום</div>`, `<div class="card-ie2bd13fd5d" dir="rtl">שלום</div>`},
		{"a style", "{{A}}", `<span style="color: RED; position: fixed; background:url(http://x/y); font-size:12px !important">a</span>`, `<span class="card-i0536fd99ad">a</span>`},
		{"a link", "{{A}}", `<a href="https://x.example/?a=1&b=2">a</a>`, `<a href="https://x.example/?a=1&amp;b=2" rel="nofollow noreferrer noopener" target="_blank">a</a>`},
		{"tags that do not close", "{{A}}", `<div><b>a`, `<div><b>a</b></div>`},
		{"tags that close too much", "{{A}}", `a</div></div></div></body>b`, `ab`},
		{"an unknown element", "{{A}}", `<foo bar=1>a</foo>`, `a`},
		{"a drawing", "{{A}}", `<svg viewBox="0 0 1 1"><path d="M0 0h1" fill="red" onclick="x"/><script>1</script></svg>`, `<svg viewbox="0 0 1 1"><path d="M0 0h1" fill="red"></path></svg>`},
		{"an answer to type", "{{A}}{{type:B}}", "a", `a<input type="text" class="card-typing" name="typed" form="card-answer" maxlength="1000" aria-label="Your answer" autocomplete="off" autocapitalize="none" spellcheck="false" dir="auto">`},
		{"no answer to type", "{{A}}{{type:E}}", "a", `a`},
	} {
		front, back, err := show(t, c.front, "{{FrontSide}}", o, c.a)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if got := inside(t, front); got != c.want {
			t.Errorf("%s: the front of %q with %q is\n%q, want\n%q", c.name, c.front, c.a, got, c.want)
		}
		if !strings.Contains(c.front, "type:") && inside(t, back) != strings.ReplaceAll(inside(t, front), " card-auto", "") {
			t.Errorf("%s: {{FrontSide}} is %q, want %q", c.name, back.HTML, front.HTML)
		}
		if strings.Contains(string(back.HTML), "card-auto") {
			t.Errorf("%s: the back plays by itself what the front has played: %q", c.name, back.HTML)
		}
		if len(back.Play) > 0 {
			t.Errorf("%s: the back plays the front's sounds again: %v", c.name, back.Play)
		}
	}
}

func TestFaults(t *testing.T) {
	for _, c := range []struct{ front, back, want string }{
		{"{{A}}{{X}}", "", `the front template has a problem: {{X}} stands in it, but there is no field called "X"`},
		{"{{A}}", "{{hint:X}}", `the back template has a problem: {{hint:X}} stands in it, but there is no field called "X"`},
		{"{{A}}{{#X}}{{/X}}", "", `the front template has a problem: {{#X}} stands in it, but there is no field called "X"`},
		{"{{#A}}{{B}}", "", `the front template has a problem: {{/A}} is missing`},
		{"{{A}}{{/B}}", "", `the front template has a problem: {{/B}} closes a section that was not opened by {{#B}} or {{^B}}`},
		{"{{#A}}{{/B}}", "", `the front template has a problem: {{/B}} stands where {{/A}} is needed`},
		{strings.Repeat("{{#A}}", 200), "", `the front template has a problem: its sections stand more than 100 deep in one another`},
	} {
		front, back, err := show(t, c.front, c.back, render.Options{}, "a")
		var fault *render.Fault
		if !errors.As(err, &fault) || err.Error() != c.want {
			t.Errorf("Card of %.40q, %q: the error is %v, want %s", c.front, c.back, err, c.want)
		}
		if want := "T" + c.want[1:] + "."; front.Plain() != want || back.Plain() != want {
			t.Errorf("Card of %.40q, %q shows %q and %q, want %q", c.front, c.back, front.Plain(), back.Plain(), want)
		}
	}
	for _, ordinal := range []int{-1, 1, 9} {
		kind := cards.BasicNote
		if front, _, err := render.Card(cards.Note{}, kind, ordinal, render.Options{}); !errors.Is(err, render.ErrNoCard) || front.Plain() == "" {
			t.Errorf("card %d of Basic: %v, %q", ordinal, err, front.Plain())
		}
	}
	front, _, err := show(t, strings.Repeat("{{A}}", 100), "", render.Options{}, strings.Repeat("x", 1<<20))
	if !errors.Is(err, render.ErrTooLong) || len(front.HTML) > 1000 {
		t.Errorf("a card of 100 MB: %v, %d bytes", err, len(front.HTML))
	}
}

func TestBlank(t *testing.T) {
	front, back, err := show(t, "{{E}}", "{{A}}", render.Options{}, "a")
	want := "The front of this card is blank: none of the fields that its template shows is filled."
	if err != nil || front.Plain() != want || back.Plain() != want {
		t.Errorf("a blank card: %q, %q, %v", front.Plain(), back.Plain(), err)
	}
	gaps := cards.NoteType{Cloze: true, Fields: []string{"T"}, Templates: []cards.Template{{Front: "{{cloze:T}}", Back: "{{cloze:T}}"}}}
	front, _, _ = render.Card(cards.Note{Fields: []cards.Field{{Name: "T", Value: "{{c1::a}}"}}}, gaps, 2, render.Options{})
	if want := "There is no gap 3 in this note: mark one as {{c3::like this}}, or delete the card."; front.Plain() != want {
		t.Errorf("a card of no gap: %q, want %q", front.Plain(), want)
	}
}

func TestCloze(t *testing.T) {
	kind := cards.NoteType{Cloze: true, Fields: []string{"T"}, Templates: []cards.Template{{Front: "{{cloze:T}}", Back: "{{cloze:T}} | {{cloze-only:T}}"}}}
	for _, c := range []struct {
		text        string
		ordinal     int
		front, back string
	}{
		{"a {{c1::b}} c", 0, "a [...] c", "a b c | b"},
		{"a {{c1::b::hint}} c", 0, "a [hint] c", "a b c | b"},
		{"{{c1::a}} {{c2::b}}", 1, "a [...]", "a b | b"},
		{"{{c12::a}} {{c2::b}}", 11, "[...] b", "a b | a"},
		{"{{c1,3::a}} {{c2::b}}", 2, "[...] b", "a b | a"},
		{"{{c1::a {{c2::b}} c}}", 0, "[...]", "a b c | a b c"},
		{"{{c1::a {{c2::b}} c}}", 1, "a [...] c", "a b c | b"},
		{"{{c1::a}} and {{c1::b}}", 0, "[...] and [...]", "a and b | a, b"},
		{`\({{c1::x}}^2\)`, 0, `\([...]^2\)`, `\(x^2\) | x`},
	} {
		note := cards.Note{Fields: []cards.Field{{Name: "T", Value: c.text}}}
		front, back, err := render.Card(note, kind, c.ordinal, render.Options{})
		if err != nil || front.Plain() != c.front || back.Plain() != c.back {
			t.Errorf("card %d of %q: %q, %q, %v; want %q, %q", c.ordinal+1, c.text, front.Plain(), back.Plain(), err, c.front, c.back)
		}
		if f, b := render.Text(note, kind, c.ordinal, render.Options{}); f != c.front || b != c.back {
			t.Errorf("Text of card %d of %q: %q, %q; want %q, %q", c.ordinal+1, c.text, f, b, c.front, c.back)
		}
		if strings.Contains(string(front.HTML), "data-cloze") {
			t.Errorf("the front of %q gives the answer away: %q", c.text, front.HTML)
		}
	}
}

func TestTyping(t *testing.T) {
	for _, c := range []struct{ filter, a, typed, expected, want string }{
		{"type", "béta <i>x</i>[sound:a.mp3]", "", "béta x", `<code class="card-typed">béta x</code>`},
		{"type", "beta", "beta", "beta", `<code class="card-typed"><span class="card-good">beta</span></code>`},
		{"type", "beta", "bita", "beta", `<code class="card-typed"><span class="card-good">b</span><span class="card-bad">i</span><span class="card-good">ta</span><br>↓<br><span class="card-good">b</span><span class="card-missed">e</span><span class="card-good">ta</span></code>`},
		{"type:nc", "béta", "beta", "béta", `<code class="card-typed"><span class="card-good">béta</span></code>`},
		{"type", "a", "<b>", "a", `<code class="card-typed"><span class="card-bad">&lt;b&gt;</span><br>↓<br><span class="card-missed">a</span></code>`},
	} {
		front, back, err := show(t, "{{A}}{{"+c.filter+":A}}", "{{"+c.filter+":A}}", render.Options{Typed: c.typed}, c.a)
		if err != nil || front.Typing == nil || front.Typing.Expected != c.expected {
			t.Fatalf("%s of %q: %+v, %v; want %q", c.filter, c.a, front.Typing, err, c.expected)
		}
		if got := inside(t, back); got != c.want {
			t.Errorf("%s of %q, typed %q:\n%q, want\n%q", c.filter, c.a, c.typed, got, c.want)
		}
	}
}

func TestRemote(t *testing.T) {
	const a = `<img src="https://b.example/1.png"><img src="http://a.example/2.png"><img src="//a.example/3.png">[sound:https://c.example/x.mp3]`
	front, _, _ := show(t, "{{A}}", "", render.Options{}, a)
	if want := []string{"a.example", "b.example", "c.example"}; !slices.Equal(front.Remote, want) || strings.Contains(string(front.HTML), "src=") {
		t.Errorf("Remote = %q, want %q: %q", front.Remote, want, front.HTML)
	}
	front, _, _ = show(t, "{{A}}", "", render.Options{Remote: true}, a)
	if n := strings.Count(string(front.HTML), " src="); n != 4 || front.Left != 0 || len(front.Remote) != 3 || front.Play[0].URL != "https://c.example/x.mp3" {
		t.Errorf("asked for, %d of 4 are loaded: %q, %v", n, front.HTML, front.Play)
	}
}

func TestOcclusion(t *testing.T) {
	kind := cards.NoteType{Cloze: true, Fields: []string{"O", "I"}, Templates: []cards.Template{{Front: `<div style="display:none">{{cloze:O}}</div><div id="image-occlusion-container">{{I}}<canvas></canvas></div>`, Back: `{{FrontSide}}<button id="toggle">Toggle</button>`}}}
	note := cards.Note{Fields: []cards.Field{{Name: "O", Value: "{{c1::image-occlusion:rect:left=.1:top=.2:width=.3:height=.4}}<br>{{c2::image-occlusion:ellipse:left=.5:top=.5:rx=.1:ry=.2:oi=1}}{{c3::image-occlusion:rect:left=0}}"}, {Name: "I", Value: `<img src="a.png">`}}}
	front, back, err := render.Card(note, kind, 0, render.Options{Media: media})
	want := `<div class="card-i6aa34d7432"><br></div><div id="c-image-occlusion-container" class="card-occlusion"><img src="/media/a.png" alt=""><div class="card-masks"><div class="card-mask card-rect card-active card-id211408160"></div><div class="card-mask card-ellipse card-inactive card-iaa9af0d738"></div></div></div>`
	css := `.card-scope .card-i6aa34d7432:not(#c#c#c){display:none}
.card-scope .card-id211408160:not(#c#c#c){left:10.000%;top:20.000%;width:30.000%;height:40.000%}
.card-scope .card-iaa9af0d738:not(#c#c#c){left:50.000%;top:50.000%;width:20.000%;height:40.000%;border-radius:50%}
`
	if string(front.CSS) != css {
		t.Errorf("the CSS of the front is %q, want %q", front.CSS, css)
	}
	if got := inside(t, front); err != nil || got != want {
		t.Errorf("the front is %v\n%q, want\n%q", err, got, want)
	}
	if !strings.Contains(string(back.HTML), `<button type="button" class="card-toggle">Toggle</button>`) {
		t.Errorf("the back has no button: %q", back.HTML)
	}
}

func TestLatexPictures(t *testing.T) {
	// The name that Anki 26.09 gives to the picture of [$]x[/$].
	const name = "latex-26eeb5258ca5099acf8fe96b2a1049c48c89a5e6.png"
	o := render.Options{Media: func(n string) string {
		if n == name {
			return "/media/x"
		}
		return ""
	}}
	front, _, _ := show(t, "{{A}}", "", o, "[$]x[/$] [$]y[/$]")
	if got, want := inside(t, front), `<img src="/media/x" class="c-latex" alt="x"> \(y\)`; got != want {
		t.Errorf("the front is %q, want %q", got, want)
	}
}

func TestNight(t *testing.T) {
	front, _, _ := show(t, "{{A}}", "", render.Options{Night: true}, "a")
	if want := `<div class="card-scope card-night"><div class="c-html c-nightMode c-night_mode"><div class="c-card c-card1 c-nightMode c-night_mode"><div class="card-qa">a</div></div></div></div>`; string(front.HTML) != want {
		t.Errorf("by night: %q, want %q", front.HTML, want)
	}
}

func TestCSS(t *testing.T) {
	for _, c := range []struct{ name, css, want string }{
		{"the card", ".card { color: red; font-size: 20px }", ".card-scope .c-card{color:red;font-size:20px;}\n"},
		{"several selectors", "h1, .a > b:hover, #x{top:0}", ".card-scope h1,.card-scope .c-a>b:hover,.card-scope #c-x{top:0;}\n"},
		{"the page", "html{color:red}body.x{color:red}:root{--a:1px}*{color:red}", ".card-scope .c-html{color:red;}\n.card-scope .c-card.c-x{color:red;}\n.card-scope :is(.c-html){--a:1px;}\n.card-scope *{color:red;}\n"},
		{"by night", ".nightMode .card, .card.nightMode{color:#fff}", ".card-scope .c-nightMode .c-card,.card-scope .c-card.c-nightMode{color:#fff;}\n"},
		{"media queries", "@media (max-width: 600px){.a{color:red}}", "@media (max-width:600px){.card-scope .c-a{color:red;}\n}"},
		{"fonts of the deck", `@font-face{font-family:x;src:url("_x.ttf")}`, `@font-face{font-family:x;src:url("/media/_x.ttf");}`},
		{"fonts of others", `@font-face{font-family:x;src:url(https://x.example/a.ttf)}`, `@font-face{font-family:x;}`},
		{"imports", `@import url("x.css");@charset "x";.a{color:red}`, ".card-scope .c-a{color:red;}\n"},
		{"keyframes are left out", "@keyframes x{from{top:0}to{top:1px}}.a{color:red}", ".card-scope .c-a{color:red;}\n"},
		{"what would cover the page", ".a{position:fixed;position:absolute;z-index:9}", ".card-scope .c-a{position:absolute;z-index:9;}\n"},
		{"beside the card", "+ .x{color:red} ~ .x{color:red} > .x{color:red}", ".card-scope >.c-x{color:red;}\n"},
		{"the end of the style", `.a{content:"</style><script>"}.b</style>{color:red}.c{color:red}`, ".card-scope .c-a{content:\"\\3c /style\\3e \\3c script\\3e \";}\n.card-scope .c-c{color:red;}\n"},
		{"a block that does not close", ".a{color:red", ".card-scope .c-a{color:red;}\n"},
		{"a block too many", ".a{color:red}}.b{color:red}", ".card-scope .c-a{color:red;}\n.card-scope .c-b{color:red;}\n"},
		{"a comma in a function", "a:is(.x,.y),.z{color:red}", ".card-scope a:is(.c-x,.c-y),.card-scope .c-z{color:red;}\n"},
		{"beside the card, second", ".x,+ .y,~ *{color:red}", ".card-scope .c-x{color:red;}\n"},
		{"functions", ".a{color:rgb(1,2,3);width:calc(1px + 2em);height:expression(1)}", ".card-scope .c-a{color:rgb(1,2,3);width:calc(1px + 2em);}\n"},
	} {
		if got := string(render.CSS(c.css, render.Options{Media: media})); got != c.want {
			t.Errorf("%s: CSS(%q) =\n%q, want\n%q", c.name, c.css, got, c.want)
		}
	}
	front, _, _ := show(t, "<style>.a{color:red}</style>{{A}}", "", render.Options{}, "a")
	if want := ".card-scope .c-a{color:red;}\n"; string(front.CSS) != want || inside(t, front) != "a" {
		t.Errorf("a style in the card: %q, %q; want %q", front.CSS, front.HTML, want)
	}
}

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"a<br>b": "a\nb", "<p>a</p><p>b</p>": "a\nb", " a \n b&nbsp;c ": "a b c", "a<b>b</b>c": "abc", "<script>x</script>a<style>y</style>": "a",
		"<td>a</td><td>b</td>": "a b", "a &lt;b&gt; &amp;": "a <b> &", "<!-- x -->a": "a", "": "", "<div></div>": "", "1 < 2": "1 < 2",
	} {
		if got := render.Plain(in); got != want {
			t.Errorf("Plain(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFilled(t *testing.T) {
	for in, want := range map[string]bool{"": false, " \n\t": false, "<br>": false, "<div><br /></div>": false, "<BR/>": false, "&nbsp;": true, "a": true, `<img src="a">`: true, "<div>a</div>": true, "<": true, "<brx>": true} {
		if got := render.Filled(in); got != want {
			t.Errorf("Filled(%q) = %v, want %v", in, got, want)
		}
	}
}

func BenchmarkCard(b *testing.B) {
	kind := render.Prepare(cards.NoteType{Name: "B", Fields: []string{"A", "B"}, Templates: []cards.Template{{Front: "<div class=q>{{A}}</div>{{#B}}<i>{{hint:B}}</i>{{/B}}", Back: `{{FrontSide}}<hr id=answer>{{B}}`}}})
	note := cards.Note{Fields: []cards.Field{{Name: "A", Value: `What is <b>this</b>? <img src="a.png"> [sound:a.mp3]`}, {Name: "B", Value: `<span style="color: rgb(0, 0, 255); font-weight: bold">an answer</span> of a few words &amp; a <a href="https://x.example">link</a>`}}}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := kind.Card(note, 0, render.Options{Media: media}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "cards/s")
}

func BenchmarkText(b *testing.B) {
	kind := render.Prepare(cards.BasicNote)
	note := cards.Note{Fields: []cards.Field{{Name: "Front", Value: "What is <b>this</b>?"}, {Name: "Back", Value: "an answer of a few words &amp; more"}}}
	b.ReportAllocs()
	for b.Loop() {
		kind.Text(note, 0, render.Options{})
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "cards/s")
}

func TestColours(t *testing.T) {
	for _, c := range []struct {
		name, value string
		want        bool
	}{
		{"text", "a <b>b</b> <i class=x>c</i>", false},
		{"a size", `<span style="font-size:20px">a</span>`, false},
		{"a colour", `<span style="color:#000">a</span>`, true},
		{"a ground", `<p style="background-color:white">a</p>`, true},
		{"a font's colour", `<font color=red>a</font>`, true},
		{"a cell's ground", `<table><tr><td bgcolor=white>a</td></tr></table>`, true},
		{"a drawing", `<svg><path d="M0 0h1"/></svg>`, true},
		{"a picture", `<img src="a.png">`, false},
		{"a style element", `<style>p{margin:0}</style>a`, true},
	} {
		front, _, err := show(t, "{{A}}", "{{FrontSide}}", render.Options{Media: media}, c.value)
		if err != nil || front.Coloured != c.want {
			t.Errorf("%s: Coloured is %v (%v), want %v", c.name, front.Coloured, err, c.want)
		}
	}
	for _, c := range []struct {
		sheet             string
		paints, nocturnal bool
	}{
		{".card{font-size:20px}", false, false},
		{".card{color:black;background-color:white}", true, false},
		{".cloze{color:blue}.nightMode .cloze{color:lightblue}", true, true},
		{".card.night_mode{background:#333}", true, true},
		{"#qa{margin:0}", false, false},
	} {
		sheet := render.CSS(c.sheet, render.Options{})
		if render.Paints(sheet) != c.paints || render.Nocturnal(sheet) != c.nocturnal {
			t.Errorf("of %q, Paints is %v and Nocturnal %v, want %v and %v", sheet, render.Paints(sheet), render.Nocturnal(sheet), c.paints, c.nocturnal)
		}
	}
	if sheet := render.CSS("#qa{margin:0}", render.Options{}); sheet != ".card-scope .card-qa{margin:0;}\n" {
		t.Errorf("the element around a card is styled by %q", sheet)
	}
}

// TestWhatIsLeftOut counts what waits for a person to ask for it.
func TestWhatIsLeftOut(t *testing.T) {
	front, _, _ := show(t, "{{A}}", "", render.Options{}, `<img src="https://x.example/a.png"><img src="//x.example/b.png"><img src="http://y.example/c.png"> \(x\)`)
	if front.Left != 3 || strings.Join(front.Remote, " ") != "x.example y.example" || !front.Math {
		t.Errorf("left out are %d of %v (Math is %v), want 3 of x.example and y.example, and Math", front.Left, front.Remote, front.Math)
	}
}
