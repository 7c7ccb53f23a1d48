package generate

import (
	"regexp"
	"strings"
	"unicode"

	"recto/cards"
)

var (
	ordinalBefore = ending(`\b\d+(?:st|nd|rd|th) (?:and \d+(?:st|nd|rd|th) )?$`, "st ", "nd ", "rd ", "th ")
	numeralAfter  = regexp.MustCompile(`^ (?:[IVX]{1,5}|the (?:Great|Elder|Younger|Fair|Bald|Bold|Terrible|Conqueror|Magnificent|Wise|Pious|First|Second|Third|Fourth))\b`)
	capitalAfter  = regexp.MustCompile(`^ \p{Lu}\p{Ll}`)
	titleBefore   = holding(`\p{Lu}[\p{L}’'-]*: (?:(?:\p{Lu}[\p{L}’'-]*|of|the|and|in|for) )*$`, ": ")
	titleAfter    = regexp.MustCompile(`^: (?:\p{Lu}\p{Ll}+ ){1,}`)
	placeAfter    = regexp.MustCompile(`^['’]s (?:Creek|Heights|Hill|Ridge|Farm|Bluff|Landing|Point|Bay|Island|Church|Mill|Crossroads|Ferry|Gap|Run|Wharf|Cross|Day|Wood|Court|House|Law|Wall|Tower|Theorem|Cathedral|Palace|Castle|Bridge|Gate|Square|Park|Station|Market|College|Hospital|Paradox|Principle|Syndrome|Disease|Comet)\b`)
	ownedAfter    = regexp.MustCompile(`^['’]s? \p{Lu}\p{Ll}`)
	severalAfter  = regexp.MustCompile(`^ (?:and|or) \p{Lu}[\p{L}’'-]+ (?:Rivers|Mountains|Islands|Counties|Streets|Lakes|Seas|Straits|Valleys|Provinces|Avenues|Universities|Districts|Ministries|Departments)\b`)
	latinAfter    = regexp.MustCompile(`^ (?:post|facto|ante|versus) \p{Ll}`)
	severalEnd    = regexp.MustCompile(`\b(?:Rivers|Mountains|Islands|Counties|Streets|Lakes|Seas|Straits|Valleys|Provinces|Avenues|Universities|Districts)$`)
	joinedBefore  = ending(`\p{Lu}[\p{L}’'-]+ (?:and|or) $`, " and ", " or ")
	numberAfter   = regexp.MustCompile(`^ \d{1,3}(?:[ .,;]|$)`)
	foreignBefore = ending(`\p{Lu}[\p{L}’'-]* (?:des|del|de la|de|du|di|da) $`, " des ", " del ", " la ", " de ", " du ", " di ", " da ")
	foreignAfter  = regexp.MustCompile(`^ (?:d['’]\p{Lu}|al-|el-|des \p{Lu}|del \p{Lu}|du \p{Lu}|von \p{Lu}|bin \p{Lu}|ibn \p{Lu})`)
	nickBefore    = ending(`\p{Lu}\p{L}+ ["“][^"”]+["”] $`, `" `, "” ")
	ownedBefore   = ending(`\p{Lu}[\p{L}-]*['’]s $`, "'s ", "’s ")
	matchMinute   = holding(`(?i)\b(?:\d+(?:st|nd|rd|th)|`+gapMark+` \(ordinal\)|first|last|final) minutes?\b|\b(?:first|second) half\b.*\bgoal|\bgoal\b.*\b(?:first|second) half\b`, "minute", "half")
	matchNamed    = regexp.MustCompile(`(?i)\b(?:against|versus|match|defeated|beat|final|cup|between)\b`)
	headBefore    = ending(`\b(?:Pyramid|Temple|Gate|Palace|Tomb|Order|Lord|Book|Feast|Hall|Garden|Gardens|Tower|Statue|Arch|Church|Cathedral|Museum|Legion|Festival|Chief|Director|`+offSubject+`) of (?:the )?$|\bWar for (?:the )?$`, " of ", " of the ", " for ", " for the ")
	jointBefore   = ending(`\b(?:`+offSubject+`) (?:of|for) \p{Lu}[\p{L}’'-]+ (?:and|&) $`, " and ", " & ")
	jointAfter    = regexp.MustCompile(`^(?: and| &) \p{Lu}`)
	jointHead     = regexp.MustCompile(`^(?:` + offSubject + `) (?:of|for) `)
	pairBefore    = ending(`\p{Lu}\p{L}+ (?:and|&) $`, " and ", " & ")
	pairAfter     = regexp.MustCompile(`^ (?:magazine|journal|newspaper|company|railway|group)\b`)
	officeAfter   = regexp.MustCompile(`^ and of the \p{Lu}`)
	dashAfter     = regexp.MustCompile(`^ ?[-–—] ?\p{Lu}`)
	nickAfter     = regexp.MustCompile(`^ ["“][^"”]+["”] \p{Lu}`)
	nickEnd       = regexp.MustCompile(`^["”] \p{Lu}\p{Ll}`)
	nickStart     = ending(`\p{Lu}[\p{L}.]+ ["“]$`, "“", `"`)
	particle      = ending(`(?:^|[\s(])(?:[Dd]es?|[Dd]el|della|[Dd]u|[Vv]on|[Vv]an|[Bb]in|[Ii]bn|al|[Ee]l|Abd|St\.|San|Santa|Los|Las|La|Le) $`, "de ", "De ", "es ", "el ", "la ", "du ", "Du ", "on ", "an ", "in ", "bn ", "al ", "El ", "Abd ", "St. ", "ta ", "os ", "as ", "La ", "Le ")
	titleWord     = ending(`\p{L} (?:On|Her|His|My|Your|Our|Of|In|And|To|With|From|For|Their|Its) $`, "On ", "Her ", "His ", "My ", "Your ", "Our ", "Of ", "In ", "And ", "To ", "With ", "From ", "For ", "Their ", "Its ")
	modelBefore   = regexp.MustCompile(`\s(?:\p{Lu}\p{L}{0,2}|\p{Lu}\p{Ll}\p{Lu}) $`)
)

// offSubject are heads of names that say behind "of" what they are for, often two things.
const offSubject = `Institute|Department|Ministry|Faculty|School|Academy|College|Office|Board|Committee|Bureau|Society|Minister|Secretary|Centre|Center`

// halfNames are words that no name is made of alone.
var halfNames = wordSet(`central northern southern eastern western upper lower greater great grand new old first second general royal imperial national international high special united saint`)

// shortNames are short words that a count may follow.
var shortNames = wordSet(`us uk eu un uae`)

// faultOfClip finds names of which only a part is asked for: "the 1st ____", "Tsar
// ____ I", "Batman: The ____", "Marye’s ____".
func faultOfClip(c candidate) string {
	const clipped = "The answer is only a part of a name."
	at := strings.Index(c.front, gapMark)
	if at < 0 {
		return ""
	}
	before, after := c.front[:at], afterGap(c.front[at+len(gapMark):])
	switch {
	case c.kind == cards.QuantityFact && ownedAfter.MatchString(after):
		return clipped // "the Seven Years' War"
	case c.kind == cards.NameFact && latinAfter.MatchString(after):
		return clipped
	case c.kind == cards.QuantityFact && c.answer.Text[0] <= '9' && modelBefore.MatchString(before) && !shortNames[lastLower(before)]:
		return clipped // "Il 28 bombers"
	case c.kind != cards.NameFact:
		return ""
	case headBefore.MatchString(before), jointBefore.MatchString(before), jointHead.MatchString(c.answer.Text) && jointAfter.MatchString(after), pairBefore.MatchString(before) && pairAfter.MatchString(after), officeAfter.MatchString(after),
		dashAfter.MatchString(after), nickAfter.MatchString(after), nickEnd.MatchString(after) && nickStart.MatchString(before), particle.MatchString(before), titleWord.MatchString(before),
		halfNames[strings.ToLower(c.answer.Text)], topics[strings.ToLower(c.answer.Text)], bodies[strings.ToLower(c.answer.Text)]:
		return clipped
	case ordinalBefore.MatchString(before), numeralAfter.MatchString(after), titleBefore.MatchString(before), titleAfter.MatchString(after), placeAfter.MatchString(after),
		severalAfter.MatchString(after), severalEnd.MatchString(c.answer.Text) && joinedBefore.MatchString(before), numberAfter.MatchString(after),
		foreignBefore.MatchString(before), foreignAfter.MatchString(after), nickBefore.MatchString(before):
		return clipped
	case ownedAfter.MatchString(after) && !demonym(strings.Trim(strings.Fields(after)[1], ".,;:")):
		return clipped // "____'s War"
	case ownedBefore.MatchString(before) && placeAfter.MatchString("'s "+c.answer.Text):
		return clipped
	case capitalAfter.MatchString(after) && !dayOrMonth(firstWord(after)):
		return clipped
	}
	return ""
}

// afterGap is what stands behind a gap and its hint.
func afterGap(s string) string {
	if strings.HasPrefix(s, " (") {
		if end := strings.IndexByte(s, ')'); end > 0 {
			return s[end+1:]
		}
	}
	return s
}

func dayOrMonth(w string) bool {
	w = strings.ToLower(strings.Trim(w, ".,;:"))
	return months[w] || weekdays[w]
}

// faultOfBracket finds answers that stand in brackets among other things, where only
// what is in the brackets could be asked for.
func faultOfBracket(c candidate) string {
	at := strings.Index(c.front, gapMark)
	if at < 0 {
		return ""
	}
	open := strings.LastIndexByte(c.front[:at], '(')
	if open < 0 || strings.IndexByte(c.front[open:at], ')') >= 0 {
		return ""
	}
	inside := c.front[open+1 : at]
	after := afterGap(c.front[at+len(gapMark):])
	rest, _, _ := strings.Cut(after, ")")
	others := len(words(inside)) + len(words(rest))
	switch {
	case c.kind == cards.QuantityFact && (c.typ == "measure" || c.typ == "money"):
		return "It says in brackets once more what the sentence says before."
	case c.kind == cards.DateFact && others > 3 || c.kind != cards.DateFact && others > 0:
		return "It is one of several things that stand in brackets."
	}
	return ""
}

// faultOfScript finds words that cannot be read by who reads English.
func faultOfScript(c candidate) string {
	for _, r := range c.front + c.answer.Text {
		if r > 0x36f && unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) && !unicode.Is(unicode.Greek, r) {
			return "Words of another script stand in its sentence."
		}
	}
	return ""
}

// faultOfPlay finds moments of a match that the card does not name.
func faultOfPlay(c candidate) string {
	seen := c.front + " " + c.context
	if matchMinute.MatchString(seen) && (!matchNamed.MatchString(seen) || c.kind == cards.QuantityFact) {
		return "It tells a moment of a match that the card does not name."
	}
	return ""
}
