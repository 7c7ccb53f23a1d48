package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"recto/cards"
	"recto/cards/article"
	"recto/cards/generate"
	"recto/store"
	"recto/views"
)

const (
	maxArticle = 2 << 20  // bytes of an article's text
	longText   = 60 << 10 // bytes from which its cards are made in the background
	maxTitle   = 300      // characters
)

func (s *server) articles(r *request) (reply, error) {
	rows, err := s.store.Articles(r.ctx, r.user.ID)
	if err != nil {
		return reply{}, err
	}
	p := &views.Articles{Today: r.today()}
	p.Job, _ = s.jobs.underWay(r.user.ID, articleLane)
	for _, a := range rows {
		_, host := webAddress(a.URL)
		p.Articles = append(p.Articles, views.ArticleLine{
			ID: int64(a.ID), Title: a.Title, Host: host, Day: r.user.Clock().Day(a.Created), Proposed: a.Proposed, Kept: a.Kept, Newer: int64(a.Newer),
		})
	}
	p.Title, p.Place, p.Notice = "Articles", "add", noticeOf(r)
	if item := number(r.query, "trashed"); item > 0 {
		p.Notice = trashed("The article is in the trash.", item)
	}
	return show(p)
}

// webAddress returns an address that a page may link to, and its host; both are ""
// for anything but http and https.
func webAddress(address string) (link, host string) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", ""
	}
	return u.String(), strings.TrimPrefix(u.Hostname(), "www.")
}

func (s *server) newArticle(r *request) (reply, error) {
	p, err := s.newArticlePage(r)
	if err != nil {
		return reply{}, err
	}
	p.Address = clean(r.query.Get("address")) // for a bookmark that sends the page one reads
	return show(p)
}

func (s *server) newArticlePage(r *request) (*views.NewArticle, error) {
	rows, err := s.store.Articles(r.ctx, r.user.ID)
	if err != nil {
		return nil, err
	}
	p := &views.NewArticle{Largest: maxUpload - formRoom, Fetches: s.o.Fetcher != nil, Any: len(rows) > 0}
	p.Title, p.Place, p.Script = "Cards from an article", "add", "desk.js"
	return p, nil
}

// wrongInput is a sentence about an article that could not be taken, and the field
// of the form that it is about.
type wrongInput struct{ field, sentence string }

func (e *wrongInput) Error() string { return e.sentence }

func (s *server) createArticle(r *request) (reply, error) {
	a, to, err := s.bring(r, 0, func(*cards.Article) {})
	var wrong *wrongInput
	if errors.As(err, &wrong) {
		return s.articleAgain(r, a.Text, wrong)
	}
	return to, err
}

// bring reads what a form sends and makes its cards at once, or starts to where that
// takes long. Finish completes what was read. With an error comes what can be shown of
// the text.
func (s *server) bring(r *request, revises store.ArticleID, finish func(*cards.Article)) (a cards.Article, to reply, err error) {
	d, err := s.documentOf(r)
	if err != nil {
		return a, to, err
	}
	title := r.line("title")
	read := func(ctx context.Context) (cards.Article, error) {
		a, err := d.article(ctx, title)
		if err == nil {
			finish(&a)
		}
		return a, err
	}
	if d.packed() && len(d.data) >= longText {
		to, err = s.startArticleJob(r, d.name(), read, revises)
		return a, to, err
	}
	if a, err = read(r.ctx); err != nil {
		return a, to, err
	}
	if len(a.Text) >= longText || s.o.Model != nil {
		to, err = s.startArticleJob(r, a.Title, func(context.Context) (cards.Article, error) { return a, nil }, revises)
		return a, to, err
	}
	place, err := s.takeArticle(r.ctx, r.user.ID, a, revises, r.now, nil)
	if err != nil {
		return a, to, err
	}
	to, err = goTo(place)
	return a, to, err
}

// articleAgain shows the form again with what was typed. What came as a file or
// from an address stands in the box, as far as it could be read.
func (s *server) articleAgain(r *request, read string, wrong *wrongInput) (reply, error) {
	p, err := s.newArticlePage(r)
	if err != nil {
		return reply{}, err
	}
	p.Text, p.Heading, p.Address = r.text("text"), r.line("title"), r.line("address")
	if p.Text == "" && len(read) <= maxArticle {
		p.Text = read
	}
	p.Error, p.Field = wrong.sentence, wrong.field
	return showAs(http.StatusUnprocessableEntity, p)
}

// document is what came, before it is read as an article.
type document struct {
	article.Source
	field string // of the form that it came in
	data  []byte
}

// packed reports whether a document is a book or a file of an office, which takes
// time to read.
func (d document) packed() bool {
	return bytes.HasPrefix(d.data, []byte("%PDF-")) || bytes.HasPrefix(d.data, []byte("PK\x03\x04"))
}

// name is what a document is called before it is read.
func (d document) name() string {
	if d.Name != "" {
		return d.Name
	}
	_, host := webAddress(d.URL)
	return host
}

// article reads a document. With an error comes what can be shown of the text.
func (d document) article(ctx context.Context, title string) (cards.Article, error) {
	d.Limit = maxArticle
	a, err := d.ReadContext(ctx, d.data)
	if err != nil {
		if ctx.Err() != nil {
			return a, ctx.Err()
		}
		if d.field == "file" && utf8.Valid(d.data) {
			a.Text = clean(string(d.data))
		}
		return a, &wrongInput{d.field, sentence(err)}
	}
	if visible(title) {
		a.Title = title
	}
	a.Title = shorten(a.Title, maxTitle)
	return a, nil
}

// documentOf is what was pasted, or else the file, or else what lies at the address.
func (s *server) documentOf(r *request) (document, error) {
	address := r.line("address")
	if text := r.form.Get("text"); strings.TrimSpace(text) != "" {
		link, _ := webAddress(address)
		return document{article.Source{URL: link}, "text", []byte(text)}, nil
	}
	data, name, err := uploaded(r, "file")
	if err != nil || name != "" {
		return document{article.Source{Name: name}, "file", data}, err
	}
	if address == "" {
		return document{}, &wrongInput{"text", "There is nothing to read yet. Paste a text, choose a file, or give an address."}
	}
	if s.o.Fetcher == nil {
		return document{}, &wrongInput{"address", "This server does not fetch addresses. Open the page and paste its text."}
	}
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	got, err := s.o.Fetcher(r.ctx, address)
	if err != nil {
		return document{}, &wrongInput{"address", sentence(err)}
	}
	return document{article.Source{URL: got.URL, ContentType: got.Type}, "address", got.Body}, nil
}

// uploaded is a file of the form, its name is "" when none was chosen.
func uploaded(r *request, field string) (data []byte, name string, err error) {
	header, err := r.file(field)
	if err != nil || header == nil || header.Filename == "" {
		return nil, "", nil // a form without a file is a form with a text or an address
	}
	f, err := header.Open()
	if err != nil {
		return nil, "", fmt.Errorf("open uploaded file: %w", err)
	}
	defer f.Close()
	data, err = io.ReadAll(io.LimitReader(f, maxUpload))
	if err != nil {
		return nil, "", fmt.Errorf("read uploaded file: %w", err)
	}
	return data, clean(header.Filename), nil
}

// takeArticle proposes cards for an article, stores both, and returns where to look at
// them. A text that the user had already is not read again. Revises is the article
// that it is a newer version of; 0 has that found out.
func (s *server) takeArticle(ctx context.Context, user store.UserID, a cards.Article, revises store.ArticleID, now time.Time, progress func(done, total int)) (to string, err error) {
	id, err := s.store.ArticleOfText(ctx, user, a.Hash())
	switch {
	case err == nil && revises != 0 && id != revises:
		return s.asRevision(ctx, user, revises, id, now)
	case err == nil:
		return fmt.Sprintf("/articles/%d?known=1", id), s.rewordAll(ctx, user, id, now, progress)
	case !errors.Is(err, store.ErrNotFound):
		return "", err
	}
	refined, _, err := s.habits(ctx)
	if err != nil {
		return "", err
	}
	result, err := generate.FromArticle(ctx, a, generate.Options{Refinement: refined, Progress: progress})
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil:
		return "", err
	case len(result.Proposals) == 0 && len(result.Entries) == 0:
		return "", &wrongInput{"text", "No facts found in this text. Long, factual paragraphs work best."}
	}
	if revises == 0 {
		if revises, err = s.earlier(ctx, user, a); err != nil {
			return "", err
		}
	}
	if id, err = s.store.AddArticle(ctx, user, a, result.Entries, result.Proposals, now); err != nil {
		return "", err
	}
	if to, err = fmt.Sprintf("/articles/%d", id), nil; revises != 0 {
		to, err = s.asRevision(context.WithoutCancel(ctx), user, revises, id, now)
	}
	return to, errors.Join(err, s.rewordAll(ctx, user, id, now, progress))
}

// sentence makes a sentence of an error that is fit for the person who asked.
func sentence(err error) string {
	text := []rune(strings.TrimSpace(clean(err.Error())))
	if len(text) == 0 {
		return "This could not be read."
	}
	s := strings.ToUpper(string(text[:1])) + string(text[1:])
	if !strings.ContainsAny(s[len(s)-1:], ".!?") {
		s += "."
	}
	return s
}

// shorten cuts s to n characters.
func shorten(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:n]))
}

func (s *server) deleteArticle(r *request) (reply, error) {
	id, err := r.param("article")
	if err != nil {
		return reply{}, err
	}
	item, err := s.store.DeleteArticle(r.ctx, r.user.ID, store.ArticleID(id), r.now)
	if err != nil {
		return reply{}, err
	}
	return goTo(fmt.Sprintf("/articles?trashed=%d", item))
}
