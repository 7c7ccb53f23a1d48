package english

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

var (
	// prefixes keep their hyphen: "pro-Beijing" is one token.
	prefixes = set(`non pro anti co pre re semi e ex post multi un sub inter intra pseudo quasi ultra bi tri mid neo
		micro macro meta mini al el anglo psycho socio cross counter over de x pan arch trans vice`)

	// titles stand before a name and never end a sentence. Written with a capital.
	titles = set(`mr mrs ms mx dr prof st ste ft mt lt gen col sgt maj adm brig cpl pvt capt cmdr cdr supt rev fr hon gov
		sen sens rep reps pres messrs mme mlle atty amb insp det sr sra`)

	// numbered are abbreviations only before a number: "No. 5", "pp. 10", "c. 1850".
	numbered = set(`no nos p pp vol vols ch chs sec secs fig figs art arts eq eqs op ca c approx para paras ed vs ver r b d fl cap`)

	// calendar are abbreviations with a capital; those in doubt only before a number.
	calendar     = set(`jan feb apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri`)
	doubtfulDays = set(`mar sat sun`)

	// inner never end a sentence.
	inner = set(`vs cf viz e.g i.e eg ie esp incl approx resp`)

	// general may end a sentence.
	general = set(`inc ltd co corp bros jr sr esq etc al dept univ assn ave blvd rd hwy est mfg intl natl govt attn bldg
		ph.d ll.d lt.d d.phil dist ltda plc`)

	// states of the USA stand after a comma.
	states = set(`ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev okla ore
		pa penn tenn tex va vt wash wis wyo n.y n.j n.c s.c n.m n.h d.c`)

	// lettered are followed by a letter that is no initial: "World War I. Germany".
	lettered = set(`war wars phase type class vitamin hepatitis plan part chapter book act appendix grade group section
		schedule exhibit league series division influenza`)

	// regnal are names of rulers, behind which I, V and X are numerals: "Elizabeth I. She".
	regnal = set(`elizabeth george charles henry william james edward richard`)

	// starters begin sentences; a capital on them after an abbreviation tells more
	// than one on a name.
	starters = set(`the a an it he she they we i you this that these those his her their its our my your there here
		in on at by with from for to of as if after before during since until when while where although though because
		but and or so yet nor however moreover furthermore meanwhile nevertheless nonetheless thus therefore instead
		also then later today now once soon some many most several few all both each every no not one two three another other
		such what who which why how according despite unlike under over between among through throughout within without
		about against around along it's he's she's they're there's following based given only even just still another
		originally initially finally eventually subsequently additionally currently recently in-between new more`)
)

// abbreviation reports whether the full stop at pos belongs to the word before it.
func (s *scanner) abbreviation(word string) bool {
	if len(word) > 12 {
		return false
	}
	low := strings.ToLower(word)
	first, n := utf8.DecodeRuneInString(word)
	upper := unicode.IsUpper(first)
	next := s.nextRune()
	switch {
	case n == len(word) && unicode.IsLetter(first):
		return s.initial(first, low, next)
	case dotted(word):
		return true
	case titles[low] && upper, inner[low], calendar[low] && upper:
		return true
	case numbered[low], doubtfulDays[low] && upper:
		return unicode.IsDigit(next)
	case general[low]:
		return low != "co" && low != "al" && low != "est" || upper || next != 0 && !unicode.IsUpper(next)
	case states[low] && upper:
		return len(s.tokens) > 0 && s.text[s.tokens[len(s.tokens)-1].Start] == ','
	}
	return false
}

// initial decides about a single letter with a stop: "J." of a name, "c. 1850".
func (s *scanner) initial(letter rune, low string, next rune) bool {
	if !unicode.IsUpper(letter) {
		return numbered[low] && unicode.IsDigit(next)
	}
	if k := len(s.tokens); k > 0 && s.tokens[k-1].End < s.word {
		prev := strings.ToLower(s.text[s.tokens[k-1].Start:s.tokens[k-1].End])
		if lettered[prev] || regnal[prev] && strings.ContainsRune("IVX", letter) {
			return false
		}
	}
	if !unicode.IsUpper(next) {
		// "Robert E., who", "J.-P.", and the end of the text
		return next == ',' || next == '-' || next == '.' && letter != 'I'
	}
	return !starters[s.nextWord()] || s.nextWord() == "a"
}

// nextRune is the first rune after pos+1 that is not white space, 0 at the end.
func (s *scanner) nextRune() rune {
	for k := s.pos + 1; k < len(s.text); {
		r, n := utf8.DecodeRuneInString(s.text[k:])
		if !isSpace(r) {
			return r
		}
		if r == '\n' || k > s.pos+4 {
			return 0
		}
		k += n
	}
	return 0
}

// nextWord is the word after the stop at pos and one space, in lower case.
func (s *scanner) nextWord() string {
	k := s.pos + 1
	for k < len(s.text) && k < s.pos+4 && !isWordByte(s.text[k]) {
		k++
	}
	end := k
	for end < len(s.text) && end < k+16 && isWordByte(s.text[end]) {
		end++
	}
	return strings.ToLower(s.text[k:end])
}

// dotted reports whether word is letters with stops between them, the last stop
// not included: "U.S", "a.m", "Ph.D".
func dotted(word string) bool {
	if !strings.Contains(word, ".") {
		return false
	}
	run := 0
	for _, r := range word {
		switch {
		case r == '.':
			if run == 0 {
				return false
			}
			run = 0
		case unicode.IsLetter(r):
			if run++; run > 2 {
				return false
			}
		default:
			return false
		}
	}
	return run > 0
}
