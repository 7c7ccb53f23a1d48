package web

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"recto/cards/formats"
	"recto/store"
	"recto/views"
)

// samePlan reports whether two plans do the same, in figures.
func samePlan(a, b store.Plan) bool {
	return a.Notes == b.Notes && a.Cards == b.Cards && a.Reviews == b.Reviews && a.Media == b.Media && a.Articles == b.Articles
}

// importButton is what pressing the button does, "" for nothing.
func importButton(p store.Plan) string {
	switch add, change := p.Cards.New, p.Cards.Changed; {
	case add > 0 && change > 0:
		return fmt.Sprintf("Import %s and update %s", views.Count(add, "card"), views.Number(change))
	case add > 0:
		return "Import " + views.Count(add, "card")
	case change > 0:
		return "Update " + views.Count(change, "card")
	case p.Cards.Newer > 0:
		return "Take over the progress of " + views.Count(p.Cards.Newer, "card")
	case p.Reviews > 0:
		return "Import " + views.Count(p.Reviews, "answer")
	case p.Media.New > 0:
		return "Import " + views.Count(p.Media.New, "picture or sound", "pictures and sounds")
	case !p.Nothing():
		return "Import what is new"
	}
	return ""
}

// importPreview is the page of what is in an upload.
func (s *server) importPreview(r *request, u *upload) (*views.Import, error) {
	p := &views.Import{ID: u.id, Name: u.name(), Bytes: u.size(), Again: u.again, Formats: importFormats, Duplicate: "newer", Progress: u.choice.get("progress") != "without"}
	p.Title, p.Place, p.Script = "Import "+p.Name, "decks", "import.js"
	if v := u.choice.get("duplicates"); v == "mine" || v == "theirs" || v == "both" {
		p.Duplicate = v
	}
	if u.err != nil {
		p.Error, p.Retry = importSentence(u), !told(u.err)
	}
	if seen := u.seen; seen != nil {
		p.Format, p.Has, p.Table, p.Rows, p.Troubles, p.Untold = seen.format, seen.has, seen.table, seen.rows, seen.troubles, seen.untold
		n := seen.plan.Cards
		p.Counts = views.ImportCounts{New: n.New, Changed: n.Changed, Kept: n.Kept, Same: n.Same, Newer: n.Newer, Unread: seen.plan.Unread}
		p.Button = importButton(seen.plan)
	}
	var err error
	p.Into, err = s.importInto(r, u)
	return p, err
}

// importInto is the choice of where the cards go.
func (s *server) importInto(r *request, u *upload) (views.ImportInto, error) {
	into := views.ImportInto{Place: "file", NewName: u.choice.get("name")}
	if v := u.choice.get("into"); v == "deck" || v == "new" {
		into.Place = v
	}
	if u.seen != nil {
		into.Names = u.seen.decks
	}
	if into.NewName == "" && len(into.Names) > 0 {
		into.NewName = shorten(strings.ReplaceAll(into.Names[0], "::", " "), maxDeckName)
	}
	chosen, _ := strconv.ParseInt(u.choice.get("deck"), 10, 64)
	decks, err := s.store.Decks(r.ctx, r.user.ID, r.today())
	if err != nil {
		return into, err
	}
	for _, d := range decks {
		if d.Mine {
			into.Decks = append(into.Decks, views.DeckChoice{ID: int64(d.ID), Name: d.Name, Chosen: int64(d.ID) == chosen})
		}
	}
	if !slices.ContainsFunc(into.Decks, func(d views.DeckChoice) bool { return d.Chosen }) && into.Place == "deck" {
		into.Place = "file"
	}
	return into, nil
}

// readErrors are those whose text is for the owner of a file.
var readErrors = []error{
	formats.ErrUnknown, formats.ErrTooNew, formats.ErrTooOld, formats.ErrTooLarge, formats.ErrDamaged, formats.ErrUnsafe, formats.ErrReadOnly,
}

// told reports whether an error is answered with its own text: the fault is in the
// file, or in what was chosen.
func told(err error) bool {
	var wrong *wrongInput
	return errors.As(err, &wrong) || slices.ContainsFunc(readErrors, func(e error) bool { return errors.Is(err, e) })
}

// importSentence says why an upload was not read or saved.
func importSentence(u *upload) string {
	not := "Nothing has been saved."
	switch {
	case errors.Is(u.err, context.Canceled):
		return "Stopped. " + not + " The file is still here."
	case errors.Is(u.err, context.DeadlineExceeded) && !told(u.err):
		return "This took too long, and was stopped. " + not + " Export the deck in parts, and import them one after the other."
	case told(u.err):
		text := u.err.Error()
		if u.dir != "" {
			text = strings.ReplaceAll(text, u.dir, "the server")
		}
		return fileSentence(cut(text, 2000))
	case errors.Is(u.err, store.ErrDisk):
		return "The server’s disk is full or cannot be written. " + not + " Tell the person who runs the server, and try again later."
	case errors.Is(u.err, store.ErrBusy):
		return "The server is busy. " + not + " Try again in a moment."
	}
	return "Something went wrong here. " + not + " Try again in a moment."
}

// fileSentence makes a sentence of what is wrong with a file. One that begins with the
// name of a file in it stays as it is.
func fileSentence(text string) string {
	if name, _, ok := strings.Cut(text, ": "); ok && strings.Contains(name, ".") && !strings.Contains(name, " ") {
		return name + ": " + sentence(errors.New(text[len(name)+2:]))
	}
	return sentence(errors.New(text))
}
