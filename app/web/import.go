package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"recto/cards/formats"
	"recto/cards/formats/registry"
	"recto/store"
	"recto/views"
)

const (
	importLane   = "imports"        // in which decks are read and saved
	importTime   = 30 * time.Minute // the longest that one of them may take, waiting for its turn included
	importMoment = 2 * time.Second  // that a page waits for one: most are done by then
)

// importPage is the page on which files are chosen.
func (s *server) importPage(r *request) (reply, error) {
	p, err := s.chooseImport(r)
	if err != nil {
		return reply{}, err
	}
	p.Address = clean(r.query.Get("address"))
	return show(p)
}

func (s *server) chooseImport(r *request) (*views.ImportChoose, error) {
	s.inbox.sweep(r.now)
	p := &views.ImportChoose{
		Key: newKey(), Fetches: s.o.DeckFetcher != nil, Accept: importAccept, Formats: importFormats,
		Largest: s.inbox.limits.Bytes, Most: s.inbox.limits.Files, Today: r.today(),
	}
	for _, up := range s.inbox.of(r.user.ID) {
		if u := s.inbox.look(up); u.saved == 0 {
			p.Waiting = append(p.Waiting, views.ImportWaiting{ID: u.id, Name: u.name(), Working: u.busy})
		}
	}
	var err error
	if p.Earlier, err = s.earlierImports(r); err != nil {
		return nil, err
	}
	p.Title, p.Place, p.Script, p.Notice = "Import a deck", "decks", "import.js", noticeOf(r)
	return p, nil
}

// importFormats are the kinds of files that are read, each once, and importAccept
// their endings with those of media, which may be chosen together with a deck.
var importFormats, importAccept = func() (names []string, accept string) {
	endings := []string{".zip"}
	for _, f := range registry.All.Formats() {
		if !f.Read {
			continue
		}
		names = append(names, f.Name)
		for _, e := range f.Extensions {
			endings = append(endings, "."+e)
		}
	}
	slices.Sort(endings)
	return names, strings.Join(append(slices.Compact(endings), "image/*", "audio/*", "video/*"), ",")
}()

// createImport takes files, or what was pasted, or an address. Nothing is saved yet.
func (s *server) createImport(r *request) (reply, error) {
	if up := s.inbox.sent(r.user.ID, r.form.Get("key")); up != nil {
		return goTo(importPath + "/" + up.id)
	}
	up, err := s.receive(r)
	var wrong *wrongInput
	switch {
	case errors.As(err, &wrong):
		return s.chooseAgain(r, wrong)
	case err != nil:
		return reply{}, err
	}
	if err := s.readImport(r, up, importChoices{}); err != nil {
		s.inbox.remove(up)
		return s.chooseAgain(r, &wrongInput{"file", "Too many files are being read here. Send yours again in a few minutes."})
	}
	return goTo(importPath + "/" + up.id)
}

// chooseAgain shows the form again with what was typed.
func (s *server) chooseAgain(r *request, wrong *wrongInput) (reply, error) {
	p, err := s.chooseImport(r)
	if err != nil {
		return reply{}, err
	}
	p.Text, p.Address = strings.ReplaceAll(clean(r.form.Get("text")), "\r\n", "\n"), r.line("address")
	p.Error, p.Field = wrong.sentence, wrong.field
	return showAs(http.StatusUnprocessableEntity, p)
}

// readImport reads an upload in the background, with the choices of its owner, and
// waits a moment for it. The error is errTooManyJobs.
func (s *server) readImport(r *request, up *upload, c importChoices) error {
	return s.onUpload(r, up, false, func(ctx context.Context, tell func(done, total int)) error {
		seen, err := s.previewUpload(ctx, up, c, tell)
		s.inbox.change(up, func(u *upload) { u.choice, u.seen, u.again = c, seen, "" })
		return err
	})
}

// onUpload does something with an upload in the background and waits a moment for it;
// nothing when the upload is being worked on, or was saved. What do returns is why the
// upload cannot be read or saved.
func (s *server) onUpload(r *request, up *upload, saving bool, do func(ctx context.Context, tell func(done, total int)) error) error {
	if !s.inbox.claim(up, saving) {
		return nil
	}
	var failed error
	j, err := s.start(r, task{
		lane: importLane, subject: up, most: importTime,
		do: func(ctx context.Context, tell func(done, total int)) (string, error) {
			if u := s.inbox.look(up); u.size() > largeUpload {
				defer leanly()()
			}
			failed = do(ctx, tell)
			if failed != nil && ctx.Err() == nil && !told(failed) {
				return "", failed
			}
			return "", nil
		},
		after: func(err error) {
			if failed == nil {
				failed = err
			}
			s.inbox.change(up, func(u *upload) { u.busy, u.err = false, failed })
		},
	})
	if err != nil {
		s.inbox.change(up, func(u *upload) { u.busy = false })
		return err
	}
	s.inbox.change(up, func(u *upload) { u.job = j.id })
	await(r, j.over, importMoment)
	return nil
}

// previewUpload finds out what is in an upload and what importing it would do.
func (s *server) previewUpload(ctx context.Context, up *upload, c importChoices, tell func(done, total int)) (*importSeen, error) {
	if s.inbox.look(up).address != "" {
		if err := s.fetch(ctx, up); err != nil {
			return nil, err
		}
	}
	u := s.inbox.look(up)
	return s.withDraft(ctx, &u, c, scaled(tell), func(d *formats.Draft, seen *importSeen) (err error) {
		if len(d.Cards) == 0 {
			return &wrongInput{"", "There is no card in this file. Export the deck once more, with all its cards."}
		}
		seen.plan, err = s.planOf(ctx, up.user, u.name(), d, c)
		return err
	})
}

// scaled makes the progress of reading one of thousandths.
func scaled(tell func(done, total int)) formats.Progress {
	return func(done, total int64) {
		if total > 0 {
			tell(int(float64(done)/float64(total)*1000), 1000)
		}
	}
}

// importOf is the page of an upload: how far it is, what is in it, or what came of it.
func (s *server) importOf(r *request) (reply, error) {
	if id, err := r.param("import"); err == nil {
		return s.imported(r, store.ImportID(id))
	}
	up, err := s.inbox.find(r.params["import"], r.user.ID)
	if err != nil {
		return importGone()
	}
	u := s.inbox.look(up)
	switch {
	case u.busy:
		return s.importJob(r, &u)
	case u.saved != 0:
		return goTo(fmt.Sprintf("%s/%d", importPath, u.saved))
	}
	p, err := s.importPreview(r, &u)
	if err != nil {
		return reply{}, err
	}
	return show(p)
}

// importGone says where a file has gone that is not known any more. A file of somebody
// else gets the same answer.
func importGone() (reply, error) {
	p := &views.ImportGone{}
	p.Title, p.Place = "No longer here", "decks"
	return showAs(http.StatusNotFound, p)
}

func (s *server) importJob(r *request, u *upload) (reply, error) {
	p := &views.ImportJob{ID: u.id, Name: u.name(), Saving: u.saving, Fetching: u.address != "", Waiting: true}
	if j, err := s.jobs.look(u.job, r.user.ID); err == nil {
		p.Waiting, p.Done, p.Total = j.waiting, j.done, j.total
	}
	p.Title, p.Place, p.Script, p.Refresh = "Importing", "decks", "desk.js", 2
	return show(p)
}

// lookAgain reads an upload with other choices.
func (s *server) lookAgain(r *request) (reply, error) {
	return s.withUpload(r, func(up *upload) error { return s.readImport(r, up, choicesOf(r.form)) })
}

// withUpload does something with the upload that the path names, unless something is
// being done with it or it was saved, and leads to its page.
func (s *server) withUpload(r *request, do func(*upload) error) (reply, error) {
	up, err := s.inbox.find(r.params["import"], r.user.ID)
	if err != nil {
		return importGone()
	}
	if u := s.inbox.look(up); u.busy && !u.saving { // it is being read: most are done in a moment
		if j, err := s.jobs.look(u.job, r.user.ID); err == nil {
			await(r, j.over, importMoment)
		}
	}
	if u := s.inbox.look(up); !u.busy && u.saved == 0 {
		if err := do(up); err != nil {
			refused := refuse(http.StatusServiceUnavailable, "Busy", "Too many files are being read here. Yours is kept: try again in a few minutes.")
			refused.href, refused.label, refused.wait, refused.cause = importPath+"/"+up.id, "Back to the file", time.Minute, err
			return reply{}, refused
		}
	}
	return goTo(importPath + "/" + up.id)
}

// changedChoice is said when the button would not do what it said.
const changedChoice = "What importing does has changed with your choices: look at the figures, and press the button again. Nothing has been saved yet."

// saveImport saves what the preview has shown. Where the form would do something else
// than the preview said, the preview is shown again: the button does what it says.
func (s *server) saveImport(r *request) (reply, error) {
	c := choicesOf(r.form)
	return s.withUpload(r, func(up *upload) error {
		if u := s.inbox.look(up); u.seen == nil || importButton(u.seen.plan) == "" {
			return s.readImport(r, up, c)
		}
		return s.onUpload(r, up, true, func(ctx context.Context, tell func(done, total int)) error {
			return s.saveUpload(ctx, up, c, tell)
		})
	})
}

// saveUpload reads an upload once more and saves what is in it: all of it, or nothing.
func (s *server) saveUpload(ctx context.Context, up *upload, c importChoices, tell func(done, total int)) error {
	u := s.inbox.look(up)
	asShown := c.asShown(&u)
	if asShown {
		c = u.choice
	}
	reading := func(done, total int) { tell(done/4, total) } // about a quarter of the work
	saved := store.ImportID(0)
	seen, err := s.withDraft(ctx, &u, c, scaled(reading), func(d *formats.Draft, seen *importSeen) (err error) {
		if seen.plan = u.seen.plan; !asShown {
			if seen.plan, err = s.planOf(ctx, u.user, u.name(), d, c); err != nil || !samePlan(seen.plan, u.seen.plan) {
				return err
			}
		}
		saved, err = s.saveDraft(ctx, &u, d, c, func(done, total int) { tell(250+750*done/max(total, 1), 1000) })
		return err
	})
	s.inbox.change(up, func(u *upload) {
		switch {
		case saved != 0:
			u.saved = saved
			s.inbox.forget(u)
		case err == nil:
			u.seen, u.choice, u.again = seen, c, changedChoice
		}
	})
	return err
}

// stopImport stops what is being done with an upload, or throws it away.
func (s *server) stopImport(r *request) (reply, error) {
	up, err := s.inbox.find(r.params["import"], r.user.ID)
	if err != nil {
		return importGone()
	}
	if u := s.inbox.look(up); u.busy {
		if j, err := s.jobs.look(u.job, r.user.ID); err == nil {
			j.cancel()
			await(r, j.over, importMoment)
		}
		return goTo(importPath + "/" + up.id)
	}
	s.inbox.remove(up)
	return goTo(importPath + "?note=discarded")
}
