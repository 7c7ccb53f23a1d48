package markdown

import (
	"io/fs"
	"path"
	"regexp"
	"strings"

	"recto/cards/formats"
	"recto/cards/formats/build"
)

// file is one Markdown file that cards are read from.
type file struct {
	*build.Builder
	body    string
	start   int               // lines of front matter
	meta    map[string]string // what the front matter says
	base    string            // the deck of cards that name none
	name    string            // of the file in an archive, or ""
	files   fs.FS             // where media lie; nil for nowhere
	folder  string            // of the file in files
	waiting *block            // whose schedule may follow
	err     error             // the first of Limits
}

// line is a line of a file.
type line struct {
	number int
	text   string
	code   bool // within a fence
}

// lines are the lines of the body, with what is code told apart. A fence that is
// never closed is none.
func (f *file) lines() []line {
	all := strings.Split(f.body, "\n")
	out := make([]line, len(all))
	for i, t := range all {
		out[i] = line{number: f.start + i + 1, text: t}
	}
	unclosed := map[string]bool{}
	for i := 0; i < len(all); i++ {
		mark, first := fence(all[i]), i
		if t := all[i]; mark == "" && len(t) > 2 && t[1] == ':' && strings.ContainsRune("QAC", rune(t[0])) {
			mark, first = fence(t[2:]), i+1 // "Q: ```": the line itself begins a card
		}
		if mark == "" || unclosed[mark] {
			continue
		}
		end := i + 1
		for end < len(all) && strings.TrimSpace(all[end]) != mark {
			end++
		}
		if end == len(all) {
			unclosed[mark] = true
			continue
		}
		for j := first; j <= end; j++ {
			out[j].code = true
		}
		i = end
	}
	return out
}

func fence(text string) string {
	t := strings.TrimSpace(text)
	for _, m := range []string{"```", "~~~"} {
		if strings.HasPrefix(t, m) && !strings.Contains(t[3:], "`") {
			return m
		}
	}
	return ""
}

// frontMatter cuts what stands between two lines "---" at the top off: YAML, TOML or
// JSON, of which single lines "key: value" and lists of tags are understood.
func frontMatter(text string) (meta map[string]string, body string, lines int) {
	meta = map[string]string{}
	rest, ok := strings.CutPrefix(text, "---\n")
	if !ok {
		return meta, text, 0
	}
	head, body, ok := strings.Cut("\n"+rest, "\n---\n")
	if !ok {
		return meta, text, 0
	}
	if strings.Contains(head, "\n\n") && !strings.ContainsAny(head, ":=") {
		return meta, text, 0
	}
	key := ""
	for l := range strings.SplitSeq(head, "\n") {
		if item, ok := strings.CutPrefix(strings.TrimSpace(l), "- "); ok && key != "" {
			meta[key] += " #" + unquote(item)
			continue
		}
		i := strings.IndexAny(l, ":=")
		if i <= 0 {
			continue
		}
		key = strings.ToLower(strings.Trim(strings.TrimSpace(l[:i]), `"`))
		meta[key] = unquote(l[i+1:])
		if key == "tags" || key == "tag" {
			key = "tags"
			meta[key] = hashed(l[i+1:])
		}
	}
	return meta, body, strings.Count(head, "\n") + 2
}

func unquote(s string) string { return strings.Trim(strings.TrimSpace(s), `"'`) }

// hashed writes a list of tags as "#a #b".
func hashed(list string) string {
	var b strings.Builder
	for t := range strings.FieldsFuncSeq(list, func(r rune) bool { return strings.ContainsRune(`[],"' `, r) }) {
		b.WriteString(" #" + strings.TrimPrefix(t, "#"))
	}
	return b.String()
}

func (f *file) where() string { return f.name }

func (f *file) skip(line int, sentence string) {
	f.Draft.Tell(formats.Trouble{Line: line, Where: f.where(), Sentence: sentence, Skipped: true})
}

func (f *file) warn(line int, sentence string) {
	f.Draft.Tell(formats.Trouble{Line: line, Where: f.where(), Sentence: sentence})
}

func (f *file) deck(b block) int {
	if b.deck == "" {
		return f.Deck(f.base)
	}
	return f.Deck(b.deck)
}

// question adds a card with a front and a back.
func (f *file) question(b block) {
	front, back := strings.TrimSpace(b.front), strings.TrimSpace(b.back)
	switch {
	case f.err != nil:
		return
	case front == "":
		f.skip(b.line, "the front is empty")
		return
	case back == "":
		f.skip(b.line, "the back is empty")
		return
	}
	t := build.Basic()
	if b.kind == reversed {
		t = build.Reversed()
	}
	f.add(formats.Note{Type: f.Type(t), Fields: []string{f.html(bullet(front)), f.html(back)}, Tags: b.tags, Line: b.line}, b)
}

// gapped adds a text whose gaps are marked; one without any is no card.
func (f *file) gapped(b block) {
	if f.err != nil {
		return
	}
	text := f.html(bullet(strings.TrimSpace(b.front)))
	if len(build.ClozeNumbers(build.Bare(text))) == 0 {
		if text == "" {
			f.skip(b.line, "the text is empty")
		}
		return
	}
	f.add(formats.Note{Type: f.Type(build.Cloze()), Fields: []string{text, f.html(strings.TrimSpace(b.back))}, Tags: b.tags, Line: b.line}, b)
}

// add adds a note with its cards, which have the schedules of b where it has them.
func (f *file) add(n formats.Note, b block) {
	deck := f.deck(b)
	var from []formats.Card
	if b.schedule != "" {
		all := schedules(b.schedule)
		for i, ordinal := range build.Ordinals(f.Draft.NoteTypes[n.Type], n.Fields) {
			c := formats.NewCard(0, ordinal, 0, int64(len(f.Draft.Notes)+1))
			if i < len(all) && all[i] != nil {
				c = *all[i]
				c.Ordinal = ordinal
			}
			from = append(from, c)
		}
	}
	if _, err := f.Add(n, deck, from...); err != nil {
		f.err = err
	}
}

// bullet takes the mark of a list or quotation off a text of one line.
func bullet(text string) string {
	if strings.Contains(text, "\n") {
		return text
	}
	for _, m := range []string{"- ", "* ", "+ ", "> "} {
		if rest, ok := strings.CutPrefix(text, m); ok {
			return strings.TrimSpace(rest)
		}
	}
	return text
}

// comment is what a reader of Markdown does not see.
var comment = regexp.MustCompile(`(?s)<!--.*?-->`)

// html is the HTML of Markdown; media that lie beside the file are taken in.
func (f *file) html(text string) string {
	page := toHTML(comment.ReplaceAllString(text, ""))
	return build.References(page, func(name string) string {
		name = strings.TrimPrefix(strings.TrimPrefix(name, "@/"), "./")
		safe := build.MediaName(name)
		f.take(name)
		if safe == "" {
			return name
		}
		return safe
	})
}

// take looks for a media file where programs keep them.
func (f *file) take(name string) {
	if f.files == nil || f.err != nil || f.HasMedia(build.MediaName(name)) {
		return
	}
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	for _, at := range []string{path.Join(f.folder, name), strings.TrimPrefix(path.Join("/", name), "/"), path.Join(f.folder, base),
		path.Join("media", base), path.Join("assets", base), path.Join("attachments", base), path.Join("images", base)} {
		if f.err = f.Beside(f.files, ".", at); f.err != nil || f.HasMedia(build.MediaName(name)) {
			return
		}
	}
}
