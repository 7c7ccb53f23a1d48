package article

import (
	"regexp"
	"slices"
	"strings"

	"recto/cards"
)

// Furniture is told by its form alone, block by block, with one thing remembered:
// what stands below a heading such as "References" is furniture until another
// heading, or prose, begins.

// apparatus are headings whose sections hold no prose of the article. Those marked
// weak may also head a chapter: what follows them decides.
var (
	apparatus     = regexp.MustCompile(`(?i)^(?:\W*\d{0,2}\.?\s*)?(?:references?(?: and notes| list)?|notes and references|bibliography|select(?:ed)? bibliography|works cited|literature cited|external links?|links?|see also|further reading|footnotes?|endnotes?|sources?|citations?|related (?:articles?|stories|posts|topics|content|coverage|reading)|read (?:more|next|also)|more (?:on this story|from .{1,40}|stories)|recommended(?: for you| reading| stories)?|you (?:may|might) also (?:like|be interested in)|most (?:read|popular|viewed)|trending(?: now)?|popular posts|latest (?:news|stories|posts)|share(?: this(?: \w+)?)?|tags?|categories|topics|comments?(?: \(\d+\))?|\d+ (?:comments?|responses?|replies|thoughts on .*)|leave a (?:comment|reply)|about the authors?|disclaimer|acknowledge?ments?|navigation menu|photo credits?|image credits?)\s*:?$`)
	weakApparatus = regexp.MustCompile(`(?i)^(?:\W*\d{0,2}\.?\s*)?notes?\s*:?$`)
)

// Lines that are furniture wherever they stand.
var (
	referenceLine = regexp.MustCompile(`^(?:\[(?:\d{1,3}[a-z]?|[a-z]|\^[\w-]+|[A-Z][A-Za-z+]*\d\d)\]|\^|↑|[¹²³⁰⁴-⁹]+|[†‡§¶]+)[:.]?\s+\S`)
	ibidem        = regexp.MustCompile(`^\W{0,2}\d{0,3}\W{0,2}\s*(?:[Ii]bid|[Oo]p\. cit|[Ll]oc\. cit)\b`)
	address       = regexp.MustCompile(`(?i)(?:\b(?:https?|ftp|whatsapp|tg|fb)://|\bwww\.|\bmailto:|\bdoi\.org/)\S+|\bdoi:\s*10\.\d+\S+|\b[\w.+-]+@[\w-]+\.[a-z]{2,}\b`)
	citation      = regexp.MustCompile(`^\p{Lu}[\p{L}’'-]+,\s+(?:(?:\p{Lu}\.[ -]?){1,3}[^.(]{0,80}?[,.]?\s*\(?(?:1[5-9]|20)\d\d[a-z]?\)?|\p{Lu}[\p{L}.’' ,&;-]{0,80}\((?:[\p{L}\d]+ ){0,2}(?:1[5-9]|20)\d\d[a-z]?\))[.,:]`)
	shoutLine     = regexp.MustCompile(`(?i)^\W*(?:(?:read|learn|see|find out|view|show|load|discover) more\b.{0,60}|more\s*[>»→]+|continue reading.{0,60}|click (?:here|to).{0,80}|ok|okay|got it|accept|i (?:agree|accept|understand)|dismiss|no,? thanks|back to (?:the )?top|skip to .{1,30}|jump to .{1,30}|advertise?ments?|sponsored(?: content)?|story continues below.{0,40}|article continues.{0,40}|(?:share|tweet|e-?mail|print|save|like|pin|copy link|whatsapp|telegram|facebook|twitter|linkedin|reddit|pinterest|\||,|·|•|/|&|and|on|to|via|this|page|article|post|it|\s|x)+|follow (?:us|me|our|@).{0,80}|(?:sign|log) (?:in|up|out)(?: .{0,60})?|subscribe(?: .{0,80})?|create (?:a free |an )?account.{0,60}|close|menu|search|toggle .{1,40}|table of contents|contents|loading\W*|listen to this article.{0,40}|\d+ min(?:ute)?s? read|(?:next|previous)(?: (?:article|post|story|page))?|(?:tags?|topics?|categories|filed under|posted in|labels|keywords)\s*:.{1,200}|leave a (?:comment|reply)|\d+ (?:comments?|shares?|likes?|views)|comments? \(\d+\)|reply|report(?: this)?(?: comment)?|home(?:\s*[>›»/|]\s*[^>›»/|]{1,40})+)\W*$`)
	captionLine   = regexp.MustCompile(`(?i)^(?:(?:fig(?:ure)?s?|tables?|exhibit|plate|box|chart|map)\.?\s*\d+[a-z]?\s*(?:[.:|–—-]|$)|(?:photo(?:graph)?s?|images?|pictures?|illustration|caption|credits?|video|map|graphic|source)(?: credits?| courtesy| by| caption| source)?\s*:|(?:photo(?:graph)?|image|picture) (?:by|courtesy|credit)\b|a (?:photo|picture) (?:of|showing)\b)`)
	creditEnd     = regexp.MustCompile(`(?i)(?:/|\(|\bvia |[:|©]\s*|\bfrom )?(?:getty images|shutterstock|reuters|afp|ap photo|associated press|wikimedia commons|unsplash|alamy|istock)\)?\W*$`)
	rightsLine    = regexp.MustCompile(`(?i)^\W*(?:©|\(c\)\s+(?:19|20)\d\d|copyright\b\s*(?:©|\(c\)|(?:19|20)\d\d|by\b|:)|all rights reserved|this (?:work|article|text) is (?:licen[cs]ed|available) under|published under (?:a )?creative commons|terms (?:of (?:use|service)|and conditions)\b.{0,80}$|privacy (?:policy|notice|settings)\b.{0,80}$|cookie (?:policy|settings|preferences)\b.{0,80}$)`)
	cookieNotice  = regexp.MustCompile(`(?i)\b(?:we|this (?:web)?site|our (?:partners|site|website)|and our partners)\b.{0,80}\b(?:uses?|stores?|placed?)\b.{0,60}\bcookies\b|\b(?:accept|reject|manage|allow) (?:all |our |your )?(?:cookies|consent)|by (?:continuing|clicking|using) .{0,60}\b(?:cookies|agree|consent|privacy policy)\b|\bcookies? (?:to|help) (?:improve|give|ensure|personali[sz]e|offer)\b`)
	newsletter    = regexp.MustCompile(`(?i)\b(?:sign up|subscribe|register)\b.{0,60}\b(?:newsletters?|e-?mails?|updates|briefing|inbox|alerts|podcast|youtube channel|channel|account|free)\b|\bget (?:the|our|more)\b.{0,60}\b(?:inbox|newsletters?)\b|\benter your e-?mail\b|\b(?:like|follow) us on\b|^\W*subscribe (?:to|now|today)\b|\bdownload (?:the|our) app\b|\bsupport (?:our|independent) journalism\b|\b(?:donate|become a (?:member|subscriber|supporter))\b.{0,40}\b(?:today|now|here|\$|£|€)|\byour (?:e-?mail )?address will not be published\b|\bthank you for (?:reading|subscribing|your support)\b`)
	disclaimer    = regexp.MustCompile(`(?i)^\(?\W{0,2}(?:disclaimer\s*:|(?:the )?(?:views?|opinions?)(?:,? (?:and|or) (?:views?|opinions?|conclusions?))?(?: and .{1,30})? (?:expressed|stated|presented|contained)\b|(?:the|this) (?:paper|article|essay|piece|post|story|op-ed|commentary|material) (?:is the author|does not (?:necessarily )?(?:represent|reflect)|(?:was|is|has been) (?:originally |first |also )?(?:published|republished|reprinted|adapted|syndicated|posted)|(?:originally |first )(?:appeared|published))|(?:originally|first) published (?:in|on|at|by)\b|(?:the )?(?:author|writer)s? (?:certif|declare|is an? |are |works? |teach|has no (?:conflict|competing)|have no (?:conflict|competing)))`)
	byline        = regexp.MustCompile(`^(?:(?:Written |Posted |Reported |Edited |Reviewed |Words |Story |Text )?[Bb]y|BY|Author:|Authors:|Text:)\s+((?:our |the )?\p{Lu}[\p{L}.’'-]*(?:[ ,&]+(?:and |de |van |von |der |la |le |bin |al-|\p{Lu}|staff\b|our |correspondent\b|reporter\b)[\p{L}.’'-]*){0,8})(?:\s*(?:[|•·–—-]|,|[Oo]n|[Pp]ublished|[Uu]pdated|\d{1,2} \p{L}{3,9} \d{4}|\d{4}-)[^.!?]{0,60})?$`)
	pubLine       = regexp.MustCompile(`(?i)^(?:(?:first |originally )?(?:published|posted|updated|last (?:updated|modified|edited|reviewed)|modified|date|created|retrieved|accessed)(?: on| at)?\s*:?\s*(.{4,60})|page last (?:updated|modified).{0,60})$`)
	dateline      = regexp.MustCompile(`(?i)^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?\p{L}{3,9},?\s+\d{4}|\p{L}{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})(?:[ ,|·•T@-]+(?:at\s+)?\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?\s*[A-Z]{0,4})?$`)
	siteLine      = regexp.MustCompile(`(?i)^from (?:the )?(?:\w+ ){0,3}(?:wikipedia|encyclop(?:a?e)dia)\b`)
	navigation    = regexp.MustCompile(`^(?:[^.!?|›»>•·]{1,30}\s*(?:[|›»•·]|>)\s*){2,}[^.!?|›»>]{0,30}$`)
)

// Lengths in words above which a block is prose, whatever phrase stands in it.
const (
	longLine   = 40 // of captions, bylines and lines that shout
	longNotice = 90 // of cookie notices, newsletters and disclaimers
)

// markFurniture gives furniture its kind. Headings of apparatus become furniture
// with what stands below them.
func markFurniture(text string, blocks []cards.Block) {
	numbered := numberedParagraphs(text, blocks)
	inside := false
	for i := range blocks {
		b := &blocks[i]
		whole := b.Span.Of(text)
		line := oneLine(whole)
		switch {
		case apparatus.MatchString(line) && b.Kind != cards.TableRow,
			weakApparatus.MatchString(line) && followedByReference(text, blocks[i+1:]):
			inside = true
			b.Kind, b.Level = cards.Furniture, 0
			continue
		case b.Kind == cards.Heading:
			inside = false
		case inside && prose(b.Kind, line):
			inside = false
		}
		if b.Kind != cards.Heading && (inside || isFurniture(b.Kind, line, numbered) || allFurniture(whole)) {
			b.Kind = cards.Furniture
		}
	}
}

// isFurniture judges one block, whose blanks are single spaces.
func isFurniture(kind cards.BlockKind, line string, numbered bool) bool {
	words := len(strings.Fields(line))
	switch {
	case numbered && longEnough(line):
		return false
	case referenceLine.MatchString(line), ibidem.MatchString(line):
		return true
	case addressShare(line) > 1.0/3, citation.MatchString(line) && words <= longLine:
		return true
	case words <= longNotice && (disclaimer.MatchString(line) || isNotice(line)):
		return true
	case words > longLine:
		return false
	case captionLine.MatchString(line), creditEnd.MatchString(line) && !strings.HasSuffix(line, "."), rightsLine.MatchString(line):
		return true
	case kind == cards.TableRow:
		return false
	}
	return shoutLine.MatchString(line) || siteLine.MatchString(line) || byline.MatchString(line) || dateline.MatchString(line) || pubLine.MatchString(line) || navigation.MatchString(line)
}

// noticeWords are those of which every cookie notice or newsletter has one: most
// lines have none, and need not be held against the long patterns.
var noticeWords = []string{"cookie", "consent", "agree", "privacy", "newsletter", "mail", "subscri", "sign up", "register", "inbox", "like us", "follow us", "app", "journalism", "donate", "become a", "thank you"}

func isNotice(line string) bool {
	low := strings.ToLower(line)
	return slices.ContainsFunc(noticeWords, func(w string) bool { return strings.Contains(low, w) }) &&
		(cookieNotice.MatchString(line) || newsletter.MatchString(line))
}

// allFurniture reports whether a block is several lines that are furniture each.
func allFurniture(block string) bool {
	if !strings.Contains(block, "\n") {
		return false
	}
	for l := range strings.Lines(block) {
		if !isFurniture(cards.Paragraph, oneLine(l), false) {
			return false
		}
	}
	return true
}

// addressShare is the part of a line that is addresses of the web and of mail.
func addressShare(line string) float64 {
	if !hasAddress(line) {
		return 0
	}
	n := 0
	for _, m := range address.FindAllStringIndex(line, -1) {
		n += m[1] - m[0]
	}
	return float64(n) / float64(max(1, len(line)))
}

// hasAddress reports whether a line can hold an address: the pattern itself is slow.
func hasAddress(line string) bool {
	for _, s := range []string{"://", "@", "www.", "WWW.", "mailto:", "doi", "DOI"} {
		if strings.Contains(line, s) {
			return true
		}
	}
	return false
}

func longEnough(line string) bool {
	return len(strings.Fields(line)) >= 25 && addressShare(line) == 0
}

// numberedParagraphs reports whether "[12]" before a paragraph is its number, as in
// the judgments of courts, and not the mark of a reference.
func numberedParagraphs(text string, blocks []cards.Block) bool {
	with, without := 0, 0
	for _, b := range blocks {
		switch line := oneLine(b.Span.Of(text)); {
		case !longEnough(line):
		case referenceLine.MatchString(line):
			with++
		default:
			without++
		}
	}
	return with > without
}

func followedByReference(text string, rest []cards.Block) bool {
	if len(rest) == 0 {
		return false
	}
	line := oneLine(rest[0].Span.Of(text))
	return rest[0].Kind == cards.ListItem || isFurniture(rest[0].Kind, line, false)
}

var sentenceEnd = regexp.MustCompile(`\p{L}{2}[.!?]["”’)]*(?:\s+["“‘(]?\p{Lu}|$)`)

// prose reports whether a paragraph can only be the text of the article: long, of
// several sentences, and without an address.
func prose(kind cards.BlockKind, line string) bool {
	return kind == cards.Paragraph && len(strings.Fields(line)) >= 45 &&
		len(sentenceEnd.FindAllStringIndex(line, 3)) >= 2 && addressShare(line) == 0 &&
		!referenceLine.MatchString(line) && !disclaimer.MatchString(line)
}
