package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"recto/cards/formats"
	"recto/cards/formats/rectojson"
	"recto/cards/formats/registry"
	"recto/store"
)

type exportCmd struct {
	database
	User            string `required:"" placeholder:"NAME" help:"Whose notes, cards, reviews, decks and media."`
	Deck            string `placeholder:"NAME" help:"Only this deck and those below it."`
	Format          string `placeholder:"FORMAT" help:"In which format: ${formats}; that of the file's ending when not given, else json."`
	WithoutProgress bool   `help:"Leave out schedules and the log of reviews: every card is new."`
	WithoutMedia    bool   `help:"Leave out pictures and sounds."`
	File            string `arg:"" optional:"" help:"Where to write; standard output when not given. A file that is there already is not overwritten."`
}

func (exportCmd) Help() string {
	help := "A whole account as json is everything of one person, and 'recto import' takes it into another: notes with their evidence, cards with their schedules, the whole log of reviews, decks, articles and media. The other formats hold what they can.\n\nFormats that are written:\n\n"
	for _, f := range registry.All.Formats() {
		if f.Write {
			help += fmt.Sprintf("\t%-8s %s\n", f.ID, f.Name)
		}
	}
	return help + `
Examples:

	recto export --user ada ada.json
	recto export --user ada | gzip > ada.json.gz
	recto export --user ada --deck Geography geography.apkg`
}

// written lists the formats that are written.
func written() string {
	var ids []string
	for _, f := range registry.All.Formats() {
		if f.Write {
			ids = append(ids, f.ID)
		}
	}
	return strings.Join(ids, ", ")
}

// format is the one to write, by what was asked for or by the file's ending.
func (cmd *exportCmd) format() (formats.Format, error) {
	id := cmd.Format
	if id == "" && cmd.toFile() {
		f, err := registry.All.ForWriting(cmd.File)
		if err != nil {
			return f, usageError{err.Error()}
		}
		return f, nil
	}
	if id == "" {
		id = rectojson.ID
	}
	if id == "colpkg" {
		return formats.Format{}, usageError{"--format colpkg: opening one replaces all that a person has in Anki, so none is written; use apkg, which holds the same"}
	}
	for _, f := range registry.All.Formats() {
		if f.Write && (f.ID == id || slices.Contains(f.Extensions, id)) {
			return f, nil
		}
	}
	return formats.Format{}, usageError{fmt.Sprintf("--format %s: use one of %s", id, written())}
}

func (cmd *exportCmd) toFile() bool { return cmd.File != "" && cmd.File != "-" }

func (cmd *exportCmd) Run(ctx context.Context, c *console) error {
	format, err := cmd.format()
	if err != nil {
		return err
	}
	s, err := cmd.existing(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	debug.SetMemoryLimit(256 << 20)
	draft, err := cmd.draft(ctx, s, format)
	if err != nil {
		return err
	}
	defer draft.Close()
	bar := newBar(c, "Writing")
	defer bar.clear()
	var lost []formats.Trouble
	write := func(w io.Writer) (err error) {
		lost, err = registry.All.Write(ctx, w, draft, format.ID, formats.WriteOptions{
			Progress: whole(bar), Without: formats.Parts{Progress: cmd.WithoutProgress, Media: cmd.WithoutMedia},
		})
		return err
	}
	name := "standard output"
	if cmd.toFile() {
		name = cmd.File
		err = writeNew(cmd.File, write)
	} else {
		out := bufio.NewWriter(c.out)
		err = errors.Join(write(out), out.Flush())
	}
	bar.clear()
	if err != nil {
		return err
	}
	if format.Loses != "" {
		lost = append(lost, formats.Trouble{Sentence: "this format cannot hold " + format.Loses})
	}
	sayTroubles(c, name, append(draft.Troubles, lost...), draft.Untold)
	return nil
}

// draft is what is to be written: of a whole account in Recto's own format, all that no
// other program has a word for as well.
func (cmd *exportCmd) draft(ctx context.Context, s *store.Store, format formats.Format) (*formats.Draft, error) {
	user, err := userNamed(ctx, s, cmd.User)
	if err != nil {
		return nil, err
	}
	switch {
	case cmd.Deck == "" && format.ID == rectojson.ID:
		return s.Everything(ctx, user.ID)
	case cmd.Deck == "":
		return s.Draft(ctx, user.ID, 0)
	}
	decks, err := s.Decks(ctx, user.ID, user.Today(time.Now()))
	if err != nil {
		return nil, err
	}
	for _, d := range decks {
		if strings.EqualFold(d.Name, cmd.Deck) {
			return s.Draft(ctx, user.ID, d.ID)
		}
	}
	return nil, fmt.Errorf("%s has no deck %q", cmd.User, cmd.Deck)
}

// writeNew writes a file that is not there yet, whole or not at all.
func writeNew(path string, write func(io.Writer) error) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s is there already; name another file", path)
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("cannot write in %s: %w", filepath.Dir(path), plain(err))
	}
	defer os.Remove(f.Name()) // gone already when all went well
	out := bufio.NewWriter(f)
	err = write(out)
	if err == nil {
		err = out.Flush()
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); err != nil { // unlike a rename, never over another file
		return fmt.Errorf("%s: %w", path, plain(err))
	}
	return nil
}

// userNamed is the account called name.
func userNamed(ctx context.Context, s *store.Store, name string) (store.User, error) {
	user, _, err := s.UserByName(ctx, name)
	if errors.Is(err, store.ErrNotFound) {
		return user, fmt.Errorf("there is no account %q; 'recto user list' shows them", name)
	}
	return user, err
}
