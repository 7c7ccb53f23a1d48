package build

import (
	"crypto/sha256"
	"errors"
	"html"
	"io"
	"io/fs"
	"net/url"
	"path"
	"strings"

	"recto/cards/formats"
)

// Media takes in a file under name, which MediaName has made safe, if there is none
// of this name yet. open reads it, every time anew. A file that cannot be read is
// told and left out; the error is one of the Limits.
func (b *Builder) Media(name string, open func() (io.ReadCloser, error)) error {
	if name == "" || b.media[name] {
		return nil
	}
	if err := b.ctx.Err(); err != nil {
		return err
	}
	if len(b.media) >= b.limits.Entries {
		return formats.TooLarge("it has more than %d media files", b.limits.Entries)
	}
	m := formats.Media{Name: name, Open: open}
	r, err := open()
	if err == nil {
		defer r.Close()
		sum := sha256.New()
		m.Size, err = io.Copy(sum, formats.AtMost(r, b.limits.Entry, name))
		sum.Sum(m.SHA256[:0])
	}
	switch {
	case errors.Is(err, formats.ErrTooLarge):
		return err
	case err != nil:
		b.Draft.Tell(formats.Trouble{Where: name, Sentence: "the media file cannot be read", Skipped: true})
		return nil
	}
	if b.total += m.Size; b.total > b.limits.Total {
		return formats.TooLarge("its media are larger than %d bytes together", b.limits.Total)
	}
	b.media[name] = true
	b.Draft.Media = append(b.Draft.Media, m)
	return nil
}

// Beside takes the file called name in the folder root of files in, unless there is
// none. Only names below root are looked at, and only plain files.
func (b *Builder) Beside(files fs.FS, root, name string) error {
	if files == nil || name == "" {
		return nil
	}
	name = strings.ReplaceAll(name, `\`, "/")
	full := path.Join(root, name)
	if !fs.ValidPath(full) || !fs.ValidPath(path.Clean(name)) {
		return nil
	}
	if info, err := fs.Stat(files, full); err != nil || !info.Mode().IsRegular() {
		return nil //nolint:nilerr // a file that is not there is no error: many decks come without their media
	}
	return b.Media(MediaName(name), func() (io.ReadCloser, error) { return files.Open(full) })
}

// HasMedia reports whether a file of this name has been taken in.
func (b *Builder) HasMedia(name string) bool { return b.media[name] }

// MediaName is the name under which Recto and Anki keep a media file: its last path
// component by Anki's rules; "" if nothing is left.
func MediaName(name string) string {
	name = strings.ReplaceAll(name, `\`, "/")
	return formats.SafeName(name[strings.LastIndexByte(name, '/')+1:])
}

// References rewrites the names of media in a field of HTML: what stands in src and
// data, and in [sound:...]. change gets the name with entities and percent signs
// decoded, and says what to write instead; addresses on the web are left alone.
func References(field string, change func(name string) string) string {
	field = attributes(field, change)
	if !strings.Contains(field, "[sound:") {
		return field
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(field, "[sound:")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, closed := strings.Cut(rest, "]")
		if !closed {
			b.WriteString("[sound:" + rest)
			return b.String()
		}
		b.WriteString("[sound:" + change(unescape(name)) + "]")
		field = after
	}
}

func attributes(field string, change func(string) string) string {
	var b strings.Builder
	for {
		i, quote := attribute(field)
		if i < 0 {
			b.WriteString(field)
			return b.String()
		}
		b.WriteString(field[:i])
		field = field[i:]
		end := strings.IndexByte(field, quote)
		if end < 0 {
			b.WriteString(field)
			return b.String()
		}
		name := unescape(field[:end])
		if strings.Contains(name, "://") || strings.HasPrefix(name, "//") || strings.HasPrefix(name, "data:") {
			b.WriteString(field[:end])
		} else {
			b.WriteString(attrEscaper.Replace(change(name)))
		}
		field = field[end:]
	}
}

var attrEscaper = strings.NewReplacer("&", "&amp;", `"`, "&quot;", "'", "&#39;", "<", "&lt;", ">", "&gt;")

// attribute finds where the value of the next src or data attribute begins.
func attribute(field string) (at int, quote byte) {
	for from := 0; ; {
		i := strings.IndexAny(field[from:], `"'`)
		if i < 0 {
			return -1, 0
		}
		i += from
		before := strings.ToLower(field[max(0, i-12):i])
		before = strings.TrimRight(before, " ")
		if strings.HasSuffix(before, "=") {
			before = strings.TrimRight(strings.TrimSuffix(before, "="), " ")
			if strings.HasSuffix(before, " src") || strings.HasSuffix(before, "\nsrc") || strings.HasSuffix(before, " data") {
				return i + 1, field[i]
			}
		}
		from = i + 1
	}
}

func unescape(name string) string {
	name = html.UnescapeString(name)
	if u, err := url.PathUnescape(name); err == nil && strings.Contains(name, "%") {
		return u
	}
	return name
}
