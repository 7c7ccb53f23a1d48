package article

import (
	"fmt"
	"strings"
	"unicode"

	"recto/cards"
)

// ErrLanguage is the error of a text that is not English.
type ErrLanguage struct {
	Code string // BCP 47, "und" when only this is sure, that it is not English
	Name string // in English: "German"; "" when not known
}

func (e ErrLanguage) Error() string {
	seems := "does not seem to be in English"
	if e.Name != "" {
		seems = "seems to be in " + e.Name
	}
	return fmt.Sprintf("This text %s. Recto finds facts in English texts only, for now. You can still make cards of your own in any language.", seems)
}

// sampleLength is how many bytes of an article's body its language is judged by.
const sampleLength = 12 << 10

// settleLanguage refuses an article whose body is surely not English, and notes the
// language otherwise: what the page says when that is a kind of English, "en" when
// the words are English, "" when there are too few words to tell.
func settleLanguage(a *cards.Article) error {
	sample := bodySample(*a)
	found := detect(sample)
	if found.Code != "" && found.Code != "en" {
		return found
	}
	if said := strings.ToLower(a.Language); said != "en" && !strings.HasPrefix(said, "en-") {
		a.Language = found.Code
	}
	return nil
}

// bodySample is the beginning of the article's body, without furniture; of a very
// long one also parts of its middle and end.
func bodySample(a cards.Article) string {
	var body strings.Builder
	blocks := a.Blocks
	total := 0
	for _, b := range blocks {
		if b.Kind != cards.Furniture {
			total += b.Span.Len() + 1
		}
	}
	keep := 1 + total/sampleLength // every n-th block of a long text
	seen := 0
	for _, b := range blocks {
		if b.Kind == cards.Furniture {
			continue
		}
		if seen++; seen%keep == 0 || seen <= 3 {
			body.WriteString(b.Span.Of(a.Text)[:min(b.Span.Len(), sampleLength)])
			body.WriteByte('\n')
		}
		if body.Len() > sampleLength {
			break
		}
	}
	return strings.ToValidUTF8(body.String(), "")
}

// detect tells the language of a text: by its script, and among those written in
// Latin letters by how many of its words are small words of that language. The
// Code is "en" or "" when nothing speaks surely against English.
func detect(text string) ErrLanguage {
	if l := foreignScript(text); l.Code != "" {
		return l
	}
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	if len(words) < 8 {
		return ErrLanguage{}
	}
	counts := make([]int, len(latin))
	for _, w := range words {
		for _, i := range smallWords[w] {
			counts[i]++
		}
	}
	english, best := counts[0], 1
	for i := range counts[1:] {
		if counts[i+1] > counts[best] {
			best = i + 1
		}
	}
	share := func(n int) float64 { return float64(n) / float64(len(words)) }
	switch {
	case share(counts[best]) >= 0.12 && counts[best] >= 4 && float64(counts[best]) > 1.6*float64(english):
		return latin[best].ErrLanguage
	case share(english) >= 0.12:
		return latin[0].ErrLanguage
	case len(words) >= 80 && share(english) < 0.02 && proseShare(text) > 0.6:
		return ErrLanguage{Code: "und"}
	}
	return ErrLanguage{}
}

// proseShare is the part of the words that begin with a small letter: high in
// prose, low in tables and lists of names.
func proseShare(text string) float64 {
	small, all := 0, 0
	for w := range strings.FieldsSeq(text) {
		all++
		if r := []rune(w)[0]; unicode.IsLower(r) {
			small++
		}
	}
	return float64(small) / float64(max(1, all))
}

// scripts are those in which no English is written, with the language that most
// texts in them are in.
var scripts = []struct {
	table *unicode.RangeTable
	ErrLanguage
}{
	{unicode.Hiragana, ErrLanguage{"ja", "Japanese"}},
	{unicode.Katakana, ErrLanguage{"ja", "Japanese"}},
	{unicode.Han, ErrLanguage{"zh", "Chinese"}},
	{unicode.Hangul, ErrLanguage{"ko", "Korean"}},
	{unicode.Cyrillic, ErrLanguage{"ru", "Russian"}},
	{unicode.Greek, ErrLanguage{"el", "Greek"}},
	{unicode.Arabic, ErrLanguage{"ar", "Arabic"}},
	{unicode.Hebrew, ErrLanguage{"he", "Hebrew"}},
	{unicode.Devanagari, ErrLanguage{"hi", "Hindi"}},
	{unicode.Bengali, ErrLanguage{"bn", "Bengali"}},
	{unicode.Tamil, ErrLanguage{"ta", "Tamil"}},
	{unicode.Telugu, ErrLanguage{"te", "Telugu"}},
	{unicode.Thai, ErrLanguage{"th", "Thai"}},
	{unicode.Georgian, ErrLanguage{"ka", "Georgian"}},
	{unicode.Armenian, ErrLanguage{"hy", "Armenian"}},
}

// foreignScript is the language of a text most of whose letters are not Latin.
func foreignScript(text string) ErrLanguage {
	counts := make([]int, len(scripts))
	letters, foreign := 0, 0
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		if unicode.Is(unicode.Latin, r) {
			continue
		}
		foreign++
		for i := range scripts {
			if unicode.Is(scripts[i].table, r) {
				counts[i]++
				break
			}
		}
	}
	if foreign < 8 || foreign*2 < letters {
		return ErrLanguage{}
	}
	best := 0
	for i := range counts {
		if counts[i] > counts[best] {
			best = i
		}
	}
	switch found := scripts[best].ErrLanguage; {
	case counts[best] == 0:
		return ErrLanguage{Code: "und"}
	case found.Code == "zh" && (counts[0]+counts[1])*10 > counts[best]: // kana among the characters
		return scripts[0].ErrLanguage
	case found.Code == "ru" && strings.ContainsAny(text, "іїєґІЇЄҐ"):
		return ErrLanguage{"uk", "Ukrainian"}
	case found.Code == "ru" && !strings.ContainsAny(text, "ыэЫЭ") && letters > 60:
		return ErrLanguage{"bg", "Bulgarian"}
	case found.Code == "ar" && strings.ContainsAny(text, "پچژگ"):
		return ErrLanguage{"fa", "Persian"}
	default:
		return found
	}
}
