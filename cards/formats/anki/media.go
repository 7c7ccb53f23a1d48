package anki

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"html"
	"io"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"recto/cards/formats"
)

// media reads every medium once, to know its size and SHA-256, and gives each a
// safe name. Where that differs from the name in the package, fields follow.
func (r *reader) media(ctx context.Context, list []Entry) error {
	renamed := map[string]string{}
	byName := map[string]int{}
	tell := r.part("media")
	for i, e := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		tell(int64(i), int64(len(list)))
		where := fmt.Sprintf("medium %q", short(e.Name))
		name := formats.SafeName(e.Name)
		switch {
		case name == "":
			r.tell(where, "its name cannot be used", true)
			continue
		case e.gone:
			r.tell(where, "the package lists it and does not hold it", true)
			continue
		}
		m, err := measure(ctx, name, e)
		if err != nil {
			if !errors.Is(err, formats.ErrDamaged) && !errors.Is(err, formats.ErrUnsafe) {
				return err
			}
			r.tell(where, err.Error(), true)
			continue
		}
		if other, taken := byName[name]; taken {
			if r.draft.Media[other].SHA256 == m.SHA256 {
				renamed[e.Name] = name
				continue
			}
			m.Name = formats.WithSuffix(name, "-"+hex.EncodeToString(m.SHA256[:4]))
			r.tell(where, fmt.Sprintf("another medium has this name; it is now %q", m.Name), false)
			if _, taken := byName[m.Name]; taken {
				continue
			}
		}
		_, kept := byName[e.Name]
		if _, before := renamed[e.Name]; !kept && !before {
			renamed[e.Name] = m.Name
		}
		byName[m.Name] = len(r.draft.Media)
		r.draft.Media = append(r.draft.Media, m)
	}
	r.rename(renamed)
	r.compose(byName)
	return nil
}

// reference is what in a field may name a medium.
var reference = regexp.MustCompile(`\[sound:[^\]]+\]|(?i:src|data)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+)`)

// compose writes references in NFC, where that is how a medium is called: some
// programs name "ä" in a field by two characters and in the list of media by one.
func (r *reader) compose(names map[string]int) {
	if len(names) == 0 {
		return
	}
	for i := range r.draft.Notes {
		for j, f := range r.draft.Notes[i].Fields {
			if norm.NFC.IsNormalString(f) {
				continue
			}
			r.draft.Notes[i].Fields[j] = reference.ReplaceAllStringFunc(f, func(found string) string {
				composed := norm.NFC.String(found)
				name := strings.TrimSuffix(strings.TrimPrefix(composed, "[sound:"), "]")
				if _, after, ok := strings.Cut(name, "="); ok && name == composed {
					name = strings.Trim(strings.TrimSpace(after), `"'`)
				}
				if _, there := names[html.UnescapeString(name)]; !there {
					return found
				}
				return composed
			})
		}
	}
}

// measure reads a medium through.
func measure(ctx context.Context, name string, e Entry) (formats.Media, error) {
	m := formats.Media{Name: name, Open: e.open}
	f, err := e.open()
	if err != nil {
		return m, err
	}
	defer f.Close()
	hash := sha256.New()
	if m.Size, err = io.Copy(hash, stoppable{ctx, f}); err != nil {
		return m, err
	}
	hash.Sum(m.SHA256[:0])
	return m, nil
}

// rename makes fields, templates and CSS name media as they are called now.
func (r *reader) rename(renamed map[string]string) {
	for from, to := range renamed {
		if from == to || from == "" {
			delete(renamed, from)
		}
	}
	if len(renamed) == 0 {
		return
	}
	rewrite := formats.MediaRenamer(renamed)
	for i := range r.draft.Notes {
		for j, f := range r.draft.Notes[i].Fields {
			r.draft.Notes[i].Fields[j] = rewrite(f)
		}
	}
	for i := range r.draft.NoteTypes {
		for j := range r.draft.NoteTypes[i].Templates {
			t := &r.draft.NoteTypes[i].Templates[j]
			t.Front, t.Back = rewrite(t.Front), rewrite(t.Back)
		}
	}
}
