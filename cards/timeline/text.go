package timeline

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"recto/cards"
	"recto/cards/edtf"
	"recto/cards/english"
)

// An entry says what happened, not what a card asks. Where a card was worded from the
// sentence, its words are used: they name who "he" was, and leave out what is beside the
// point. Else it is the clause of the sentence in which the date stands. The date itself
// is left out, for it stands beside.

// longest is how long an entry may be, in bytes, before it is cut at a clause or a word.
const longest = 120

var (
	gapPhrase = regexp.MustCompile(`(?i)(?:,\s*)?(?:\b(?:on|in|by|during|around|about|at|of|since|from|until|till|before|after|as of|as early as|as late as)\s+(?:the\s+)?(?:year\s+)?)?_{3,}(?:\s*\([a-z ]+\))?`)
	gapMark   = regexp.MustCompile(`_{3,}(?:\s*\(([a-z ]+)\))?`)
	leadIn    = regexp.MustCompile(`(?i)(?:^|[\s,]+)(?:(?:early|late|later|back|as early as|as late as|sometime|only|again|once)\s+)?(?:on|in|by|during|around|about|at|since|from|until|till|as of|of)(?:\s+(?:the|early|late|mid|year|the year))*\s*$`)
	asked     = regexp.MustCompile(`(?i)^(?:(?:on|in|by|since|from|until|till|before|after|during)\s+)?(?:when|(?:what|which)\s+(?:exact\s+)?(?:date|day|year|month and year|month|decade|century|season and year|years|period))\s+(was|were|did|is|are|has|have|had|will|does|do)\s+(.+?)\?*$`)
	strongEnd = regexp.MustCompile(`[;:]\s|\s[–—]\s`)
	weakEnd   = regexp.MustCompile(`,\s(?:which|who|whose|whom|where|when|while|whereas|although|though|but|and|so|as|because|after|before|with|including|leaving|making|leading|causing|killing|becoming)\s|\s(?:because|although|whereas|while|and\s[a-z]+ed)\s`)
	spaces    = regexp.MustCompile(`\s+`)
	stranded  = regexp.MustCompile(`\s+([,.;:!?)\]])`)
	hollow    = regexp.MustCompile(`\(\s*[,;]?\s*\)|\[\s*\]`)
	besides   = regexp.MustCompile(`(?i)(?:\b(?:and|or|to|between)|[–-])\s*$`)
	onwards   = regexp.MustCompile(`(?i)^\s*(?:(?:and|or|to)\b\s+(?:in\s+)?(?:\d|(?:early|late|mid)\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b)|[–-]\s*\d)`)
	described = regexp.MustCompile(`(?i)\bthe\s*$`)
	monthSaid = regexp.MustCompile(`(^|[^\pL\d])(?:\d{1,2}(?:st|nd|rd|th)? (?:of )?)?(?:January|February|April|June|July|August|September|October|November|December|(?:\d{1,2} |\b(?:[Ii]n|of|and|to|by|early|late|mid) )(?:March|May)|(?:March|May) \d{1,2}\b|Jan\.|Feb\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)(?: \d{1,2}(?:st|nd|rd|th)?\b)?($|[^\pL\d])`)
	bareYear  = regexp.MustCompile(`^\d{3,4}$`)
	wordNext  = regexp.MustCompile(`^\s+[\pL]`)
	subject   = regexp.MustCompile(`^\s+(?:saw|marked|witnessed|brought|was|were|is|had|became|began|ended)\b`)
	supplied  = regexp.MustCompile(`\[(\p{Lu}[^\[\]]*)\]`)
	doubled   = regexp.MustCompile(`([,;])(?:\s*[,;])+`)
	note      = regexp.MustCompile(`\[(?:\d+|[a-z]|note \d+|citation needed)\]`)
)

// FromGap makes a text of a statement with a gap where the date was.
func FromGap(front string) (string, bool) {
	front = lastLine(front)
	m := gapMark.FindStringSubmatchIndex(front)
	if m == nil {
		return "", false
	}
	before, after := front[:m[0]], front[m[1]:]
	switch {
	case strings.TrimSpace(before) == "" && subject.MatchString(after): // "____ saw …"
		return "", false
	case m[2] >= 0 && front[m[2]:m[3]] == "year" && described.MatchString(before) && wordNext.MatchString(after): // "the ____ declaration"
		return tidied(before + strings.TrimLeft(after, " "))
	}
	return tidied(gapPhrase.ReplaceAllString(front, " "))
}

// FromQuestion makes a text of a question for a date. The sentence that it was made from
// says how its verb stood; without one, "" for none, only plain questions are turned.
func FromQuestion(front, sentence string) (string, bool) {
	m := asked.FindStringSubmatch(lastLine(front))
	if m == nil {
		return "", false
	}
	tail := strings.Fields(m[2])
	said := wordsOf(sentence)
	aux := strings.ToLower(m[1])
	if aux == "did" {
		at := verbAt(tail, said)
		if at < 0 {
			return "", false
		}
		tail[at] = english.PastTense(tail[at])
		return tidied(strings.Join(tail, " "))
	}
	if at := auxAt(tail, said, aux); at > 0 {
		tail = append(tail[:at:at], append([]string{aux}, tail[at:]...)...)
	} else if aux != "was" && aux != "were" {
		return "", false
	}
	return tidied(strings.Join(tail, " "))
}

// verbAt is where the verb stands in the rest of a question that began with "did"; -1
// when that cannot be told.
func verbAt(tail []string, said []string) int {
	found := -1
	for i, w := range tail {
		if i == 0 || strings.ToLower(w) != w || small[w] {
			continue
		}
		past := english.PastTense(strings.TrimRight(w, ",;"))
		for k, s := range said {
			switch {
			case s != past || past == w:
			case k > 0 && s == past && said[k-1] == bare(tail[i-1]):
				return i
			case found < 0:
				found = i
			}
		}
	}
	if found >= 0 || len(said) > 0 {
		return found
	}
	for i, w := range tail {
		if i > 0 && strings.ToLower(w) == w && !small[w] && unicode.IsLetter(rune(w[0])) && named(tail[i-1]) {
			return i
		}
	}
	return -1
}

// auxAt is before which word of the rest of a question "was" stood; 0 when it is a noun
// alone: "When was the Battle of Hastings?"
func auxAt(tail []string, said []string, aux string) int {
	for k, s := range said {
		if s != aux || k == 0 || k+1 >= len(said) {
			continue
		}
		for i := 1; i < len(tail); i++ {
			if bare(tail[i-1]) == said[k-1] && bare(tail[i]) == said[k+1] {
				return i
			}
		}
	}
	for i := 1; i < len(tail); i++ {
		w := bare(tail[i])
		if base := english.Base(w); tail[i] == strings.ToLower(tail[i]) && (w == "born" || base != w && english.PastParticiple(base) == w) {
			return i
		}
	}
	return 0
}

// named reports whether w is part of a name or a number.
func named(w string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, `"“'‘(`))
	return unicode.IsUpper(r) || unicode.IsDigit(r)
}

func bare(w string) string { return strings.ToLower(strings.Trim(w, `.,;:!?"“”'‘’()[]`)) }

func wordsOf(s string) (words []string) {
	for _, w := range strings.Fields(s) {
		if b := bare(w); b != "" {
			words = append(words, b)
		}
	}
	return words
}

// small are words that are no verb.
var small = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`a an the of in on at to for and or but by with from as his her its their first second third last next new old great other same all both
		world war city state king queen president not also again`) {
		m[w] = true
	}
	return m
}()

// Clause is the part of a sentence in which a date stands, without the date; of one of
// several dates side by side, "in August and September", none can be left out. At is
// where in the sentence it is, in bytes.
func Clause(sentence string, at cards.Span) string {
	if at.Start < 0 || at.End > len(sentence) || at.Start >= at.End {
		at = cards.Span{}
	}
	before, after := sentence[:at.Start], sentence[at.End:]
	if b := strings.TrimRight(before, " "); strings.HasSuffix(b, "(") && strings.HasPrefix(strings.TrimLeft(after, " "), ")") {
		before, after = strings.TrimSuffix(b, "("), strings.TrimPrefix(strings.TrimLeft(after, " "), ")")
	} else if besides.MatchString(before) || onwards.MatchString(after) {
		before, after = before+sentence[at.Start:at.End], strings.TrimLeft(after, " ")
	} else if strings.TrimSpace(before) == "" && subject.MatchString(after) {
		before, after = sentence[at.Start:at.End], strings.TrimLeft(after, " ") // "2023 saw …"
	} else if described.MatchString(before) && bareYear.MatchString(sentence[at.Start:at.End]) && wordNext.MatchString(after) {
		after = strings.TrimLeft(after, " ") // "the 1956 declaration"
	} else if at.Len() > 0 {
		if m := leadIn.FindStringIndex(before); m != nil {
			before = before[:m[0]]
		}
		if strings.TrimSpace(before) == "" {
			after = strings.TrimLeft(after, " ,")
		}
	}
	from, to := 0, len(before)+1+len(after)
	whole := before + " " + after
	if len(whole) > longest {
		for _, m := range strongEnd.FindAllStringIndex(whole, -1) {
			switch {
			case m[1] <= len(before) && to-m[1] >= 25:
				from = m[1]
			case m[0] > len(before) && m[0]-from >= 25:
				to = min(to, m[0])
			}
		}
	}
	text, _ := tidied(whole[from:to])
	return text
}

// Masked is a text in which no year of a date can be read, for who tests themselves, and no
// month or day where the date has one.
func Masked(text string, v edtf.Value) string {
	for _, d := range v.Dates {
		year, after := strconv.Itoa(d.Year), `\b`
		if d.Year <= 0 {
			year, after = strconv.Itoa(1-d.Year), ` ?(?:BC|B\.C\.)E?`
		}
		if len(year) >= 3 || d.Year <= 0 {
			text = regexp.MustCompile(`\b`+year+after).ReplaceAllString(text, "____")
		}
		if d.Precision == edtf.Month || d.Precision >= edtf.Day {
			text = monthSaid.ReplaceAllString(text, "${1}____${2}")
		}
	}
	return text
}

func lastLine(s string) string {
	s = strings.TrimSpace(s)
	return strings.TrimSpace(s[strings.LastIndexByte(s, '\n')+1:])
}

// tidied closes the holes of what was left out, cuts what is too long, and begins with a
// capital. It reports whether anything is left that says something.
func tidied(s string) (string, bool) {
	s = supplied.ReplaceAllString(note.ReplaceAllString(s, ""), "$1")
	s = hollow.ReplaceAllString(s, " ")
	s = spaces.ReplaceAllString(s, " ")
	s = stranded.ReplaceAllString(s, "$1")
	s = doubled.ReplaceAllString(s, "$1")
	s = cut(strings.Trim(s, " ,;:–—"))
	if strings.HasSuffix(s, ".") && !abbreviated.MatchString(s) {
		s = strings.TrimSuffix(s, ".")
	}
	s = strings.Trim(s, " ,;:–—")
	for i, r := range s {
		if unicode.IsLetter(r) {
			s = s[:i] + string(unicode.ToUpper(r)) + s[i+utf8.RuneLen(r):]
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			break
		}
	}
	return s, len(strings.Fields(s)) > 1
}

// abbreviated ends with a full stop that belongs to its last word.
var abbreviated = regexp.MustCompile(`(?:\b[A-Z]\.|\b(?:Inc|Ltd|Jr|Sr|Co|etc|St|Dr)\.)$`)

// cut ends a text that is too long at the first clause that can end it, or at a word.
func cut(s string) string {
	if len(s) <= longest {
		return s
	}
	for _, m := range weakEnd.FindAllStringIndex(s, -1) {
		if m[0] >= 35 && m[0] <= longest {
			return s[:m[0]]
		}
	}
	end := strings.LastIndexByte(s[:longest], ' ')
	if end < longest/2 {
		for end = longest; end > 0 && !utf8.RuneStart(s[end]); end-- {
		}
	}
	return strings.TrimRight(s[:end], " ,;:–—") + " …"
}
