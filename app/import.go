package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"recto/cards/formats"
	"recto/cards/formats/registry"
	"recto/store"
)

type importCmd struct {
	database
	User       string   `required:"" placeholder:"NAME" help:"Whose cards they are to be."`
	Deck       string   `placeholder:"NAME" help:"Put all cards into this deck, which is made unless there is one; else they go to the decks of the file."`
	Duplicates string   `enum:"newer,mine,theirs,both" default:"newer" help:"What becomes of a note that is there and differs: newer, mine, theirs or both (${default})."`
	DryRun     bool     `help:"Say what would happen, and save nothing."`
	NoProgress bool     `help:"Leave out schedules and the log of reviews: every card is new."`
	Files      []string `arg:"" name:"file" help:"Decks of any kind; what each is shows its content, not its name."`
}

func (importCmd) Help() string {
	help := "Each file is taken in whole or not at all. Notes that are there already are not added again; progress is never overwritten by an older one. 'recto export' is the way back.\n\nFormats that are read:\n\n"
	for _, f := range registry.All.Formats() {
		if f.Read {
			help += fmt.Sprintf("\t%-16s %s\n", "."+strings.Join(f.Extensions, ", ."), f.Name)
		}
	}
	return help + `
Examples:

	recto import --user ada geography.apkg
	recto import --user ada --dry-run *.apkg
	recto import --user ada --deck Verbs verbs.csv`
}

// duplicates are the words of the command line for what becomes of them.
var duplicates = map[string]store.Duplicates{"newer": store.TakeNewer, "mine": store.KeepMine, "theirs": store.TakeTheirs, "both": store.AddBoth}

func (cmd *importCmd) Run(ctx context.Context, c *console) error {
	s, err := cmd.existing(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	user, err := userNamed(ctx, s, cmd.User)
	if err != nil {
		return err
	}
	debug.SetMemoryLimit(256 << 20) // a large deck is read with more work, not with more memory
	debug.SetGCPercent(400)         // and with less work while there is memory
	failed := false
	for _, file := range cmd.Files {
		if err := cmd.file(ctx, c, s, user, file); err != nil {
			if ctx.Err() != nil {
				return err
			}
			c.say("recto: %v", err)
			failed = true
		}
	}
	if failed {
		return errSaid
	}
	return nil
}

// file takes in one file.
func (cmd *importCmd) file(ctx context.Context, c *console, s *store.Store, user store.User, name string) error {
	in, err := deckFile(name)
	if err != nil {
		return err
	}
	source, f, err := formats.Open(in)
	if err != nil {
		return fmt.Errorf("%s: %w", name, plain(err))
	}
	defer f.Close()
	bar := newBar(c, "Reading "+filepath.Base(in))
	draft, err := registry.All.Read(ctx, source, formats.Options{Progress: whole(bar), Now: time.Now()})
	bar.clear()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer draft.Close()
	sayTroubles(c, name, draft.Troubles, draft.Untold)

	choices := store.Choices{File: filepath.Base(name), NewDeck: cmd.Deck, Duplicates: duplicates[cmd.Duplicates], Without: formats.Parts{Progress: cmd.NoProgress}}
	if cmd.DryRun {
		plan, err := s.Preview(ctx, user.ID, draft, choices, time.Now())
		if err != nil {
			return importError(name, err)
		}
		fmt.Fprintf(c.out, "%s would add %s\n", name, planned(plan))
		return nil
	}
	bar = newBar(c, "Saving "+filepath.Base(in))
	_, plan, err := s.Import(ctx, user.ID, draft, choices, bar.set, time.Now())
	bar.clear()
	if err != nil {
		return importError(name, err)
	}
	if plan.Nothing() {
		fmt.Fprintf(c.out, "%s: nothing new, %s of it there already.\n", name, count(plan.Notes.Same+plan.Notes.Kept, "note"))
		return nil
	}
	fmt.Fprintf(c.out, "%s: added %s\n", name, planned(plan))
	return nil
}

// importError makes a sentence of what may go wrong.
func importError(name string, err error) error {
	for _, known := range []error{store.ErrQuota, store.ErrBusy, store.ErrStale, store.ErrDisk} {
		if errors.Is(err, known) {
			_, sentence, _ := strings.Cut(err.Error(), ": import: ")
			return fmt.Errorf("%s: %s; nothing was saved", name, sentence)
		}
	}
	return fmt.Errorf("%s: %w", name, err)
}

// planned says in one sentence what an import does.
func planned(p store.Plan) string {
	var decks []string
	for _, d := range p.Decks {
		if d.Cards > 0 {
			decks = append(decks, fmt.Sprintf("%q", d.Name))
		}
	}
	text := fmt.Sprintf("%s and %s", count(p.Notes.New, "note"), count(p.Cards.New, "card"))
	switch {
	case len(decks) == 1:
		text += " to the deck " + decks[0]
	case len(decks) > 1:
		text += fmt.Sprintf(" to %d decks", len(decks))
	}
	for _, part := range []struct {
		n         int
		one, many string
	}{
		{p.Media.New, "media file", "media files"}, {p.Reviews, "old answer", "old answers"}, {p.Articles, "article", "articles"}, {p.Cards.Thrown, "card in the trash", "cards in the trash"},
		{p.Notes.Changed, "note changed", "notes changed"}, {p.Notes.Kept, "note kept as it is here", "notes kept as they are here"}, {p.Notes.Same, "note there already", "notes there already"},
		{p.Cards.Newer, "card with a later progress", "cards with a later progress"}, {p.Cards.Older, "card whose progress here is the later", "cards whose progress here is the later"},
		{p.Unread, "thing that could not be read", "things that could not be read"},
	} {
		switch part.n {
		case 0:
		case 1:
			text += ", 1 " + part.one
		default:
			text += fmt.Sprintf(", %d %s", part.n, part.many)
		}
	}
	return text + "."
}
