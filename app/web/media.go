package web

import (
	"encoding/hex"
	"errors"
	"fmt"
	"html"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"github.com/gabriel-vasile/mimetype"

	"recto/store"
	"recto/views"
)

// drawingPolicy holds for an SVG that is opened by itself: it may look as it says and
// do nothing. On a card it is a picture, where it can do nothing anyway.
const drawingPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

// medium sends a picture, a sound or a film of a deck's owner to who may see a deck
// that has it. The type is what its first bytes say; what a browser should not show
// is saved instead.
func (s *server) medium(r *request) (reply, error) {
	owner, err := r.param("owner")
	if err != nil {
		return reply{}, err
	}
	name, err := url.PathUnescape(r.params["name"])
	if err != nil {
		return reply{}, store.ErrNotFound
	}
	m, err := s.store.Media(r.ctx, r.user.ID, store.UserID(owner), name)
	if err != nil {
		return reply{}, err
	}
	version := mediumVersion(m)
	k := &content{kind: m.Type, size: m.Size, body: m.File, version: version, lasting: r.query.Get("v") == version}
	if m.Type == "application/octet-stream" {
		k.save = name
	}
	rep := reply{content: k}
	if m.Type == "image/svg+xml" {
		rep.policy = drawingPolicy
	}
	return rep, nil
}

func mediumVersion(m store.Medium) string { return hex.EncodeToString(m.SHA256[:8]) }

// mediaOf finds the address of a medium of owner's, for cards that the user sees.
func (s *server) mediaOf(r *request, owner store.UserID) func(name string) string {
	known := map[string]string{}
	return func(name string) string {
		if address, ok := known[name]; ok {
			return address
		}
		address := ""
		if m, err := s.store.Media(r.ctx, r.user.ID, owner, name); err == nil {
			_ = m.File.Close() // it was only looked for
			address = "/media/" + strconv.FormatInt(int64(owner), 10) + "/" + strings.ReplaceAll(url.PathEscape(name), "'", "%27") + "?v=" + mediumVersion(m)
		}
		known[name] = address
		return address
	}
}

// attachment is a Content-Disposition that saves a file by its name.
func attachment(name string) string {
	if d := mime.FormatMediaType("attachment", map[string]string{"filename": name}); d != "" {
		return d
	}
	return "attachment"
}

// media is the page on which a picture, a sound or a film is added without a script.
func (s *server) media(r *request) (reply, error) {
	p, err := s.mediaPage(r)
	if err != nil {
		return reply{}, err
	}
	name := clean(r.query.Get("added"))
	if name == "" {
		return show(p)
	}
	m, err := s.store.Media(r.ctx, r.user.ID, r.user.ID, name)
	if err != nil {
		return reply{}, err
	}
	_ = m.File.Close() // it is only named here
	p.Added, p.Sound = markupOf(m), !strings.HasPrefix(m.Type, "image/")
	p.Shown = s.mediaOf(r, r.user.ID)(name)
	return show(p)
}

func (s *server) mediaPage(r *request) (*views.Media, error) {
	n, used, quota, err := s.store.MediaUse(r.ctx, r.user.ID)
	if err != nil {
		return nil, err
	}
	p := &views.Media{Files: n, Used: views.Bytes(used), Quota: views.Bytes(quota), Larger: views.Bytes(maxMedium)}
	p.Title, p.Place, p.Notice = "Pictures and sounds", "decks", noticeOf(r)
	return p, nil
}

// maxMedium is how many bytes a file may have that a person adds; imports bring larger ones.
const maxMedium = 20 << 20

// addMedia stores a file that somebody chose, dropped or pasted. A script that asks for
// text gets what to put into a field.
func (s *server) addMedia(r *request) (reply, error) {
	name, sentence, err := s.keepFile(r)
	script := r.form.Get("text") == "1"
	switch {
	case err != nil:
		return reply{}, err
	case sentence != "" && script:
		return reply{status: http.StatusUnprocessableEntity, text: sentence}, nil
	case sentence != "":
		p, err := s.mediaPage(r)
		if err != nil {
			return reply{}, err
		}
		p.Error = sentence
		return showAs(http.StatusUnprocessableEntity, p)
	case !script:
		return goTo(withQuery("/media", "added", name))
	}
	m, err := s.store.Media(r.ctx, r.user.ID, r.user.ID, name)
	if err != nil {
		return reply{}, err
	}
	_ = m.File.Close() // it is only named here
	return reply{text: markupOf(m)}, nil
}

// keepFile stores the file of a form and returns its name, or a sentence about why not.
func (s *server) keepFile(r *request) (name, sentence string, err error) {
	header, err := r.file("file")
	if err != nil || header.Size == 0 {
		return "", "Choose a picture, a sound or a film.", nil
	}
	if header.Size > maxMedium {
		return "", "This file is too large: " + views.Bytes(maxMedium) + " is the most.", nil
	}
	f, err := header.Open()
	if err != nil {
		return "", "", fmt.Errorf("read an added file: %w", err)
	}
	defer func() { _ = f.Close() }() // it was only read
	kind, err := mimetype.DetectReader(f)
	if err != nil {
		return "", "", fmt.Errorf("read an added file: %w", err)
	}
	if family, _, _ := strings.Cut(kind.String(), "/"); family != "image" && family != "audio" && family != "video" {
		return "", "This is no picture, sound or film that a browser can show.", nil
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return "", "", fmt.Errorf("read an added file: %w", err)
	}
	given := clean(header.Filename)
	if path.Ext(given) == "" {
		given += kind.Extension()
	}
	name, err = s.store.AddMedia(r.ctx, r.user.ID, given, f, r.now)
	switch {
	case errors.Is(err, store.ErrQuota):
		return "", "There is no room for more files: delete cards that have some.", nil
	case err != nil:
		return "", "", err
	}
	return name, "", nil
}

// markupOf is what stands in a field for a medium.
func markupOf(m store.Medium) string {
	if strings.HasPrefix(m.Type, "image/") {
		return `<img src="` + html.EscapeString(m.Name) + `">`
	}
	return "[sound:" + m.Name + "]"
}
