package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"recto/cards/formats"
	"recto/cards/formats/registry"
)

type convertCmd struct {
	In              string `arg:"" help:"A deck of any kind; what it is shows its content, not its name."`
	Out             string `arg:"" help:"The file to write, in the format of its ending. A file that is there already is not overwritten."`
	WithoutProgress bool   `help:"Leave out schedules and the log of reviews: every card is new."`
	WithoutMedia    bool   `help:"Leave out pictures and sounds."`
}

func (convertCmd) Help() string {
	help := "No database is needed. What cannot be read, was repaired, or has no place in the new format is said, one line each.\n\nFormats that are written:\n\n"
	for _, f := range registry.All.Formats() {
		if f.Write {
			help += fmt.Sprintf("\t.%-8s %s\n", f.Extensions[0], f.Name)
		}
	}
	return help + `
Examples:

	recto convert geography.apkg geography.json
	recto convert vocabulary.csv vocabulary.apkg
	recto convert --without-progress mine.colpkg to-share.apkg`
}

func (cmd *convertCmd) Run(ctx context.Context, c *console) error {
	to, err := registry.All.ForWriting(cmd.Out)
	if err != nil {
		return usageError{err.Error()}
	}
	if _, err := os.Lstat(cmd.Out); err == nil { // said before the work, and made sure of after it
		return fmt.Errorf("%s is there already; name another file", cmd.Out)
	}
	in, err := deckFile(cmd.In)
	if err != nil {
		return err
	}
	source, file, err := formats.Open(in)
	if err != nil {
		return fmt.Errorf("%s: %w", cmd.In, plain(err))
	}
	defer file.Close()

	debug.SetMemoryLimit(256 << 20) // a large deck is read with more work, not with more memory
	bar := newBar(c, "Reading "+filepath.Base(in))
	draft, err := registry.All.Read(ctx, source, formats.Options{Progress: whole(bar), Now: time.Now()})
	bar.clear()
	if err != nil {
		return fmt.Errorf("%s: %w", cmd.In, err)
	}
	defer draft.Close()

	lost, err := cmd.write(ctx, c, draft, to)
	if err != nil {
		return err
	}
	sayTroubles(c, cmd.In, draft.Troubles, draft.Untold)
	sayTroubles(c, cmd.Out, lost, 0)
	reviews := len(draft.Reviews)
	if cmd.WithoutProgress {
		reviews = 0
	}
	c.say("%s: %s with %s, %s, %s and %s.", cmd.Out, count(len(draft.Notes), "note"), count(len(draft.Cards), "card"),
		count(len(draft.Decks), "deck"), count(reviews, "review"), countMedia(cmd.WithoutMedia, draft))
	return nil
}

func (cmd *convertCmd) write(ctx context.Context, c *console, draft *formats.Draft, to formats.Format) ([]formats.Trouble, error) {
	var lost []formats.Trouble
	bar := newBar(c, "Writing "+filepath.Base(cmd.Out))
	defer bar.clear()
	err := writeNew(cmd.Out, func(w io.Writer) error {
		var err error
		lost, err = registry.All.Write(ctx, w, draft, to.ID, formats.WriteOptions{
			Progress: whole(bar), Without: formats.Parts{Progress: cmd.WithoutProgress, Media: cmd.WithoutMedia},
		})
		return err
	})
	if to.Loses != "" {
		lost = append(lost, formats.Trouble{Sentence: "this format cannot hold " + to.Loses})
	}
	return lost, err
}

// deckFile is the file of a deck: path itself, or in a folder the document that
// such folders have.
func deckFile(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", fmt.Errorf("%s: %w", path, plain(err))
	}
	if !info.IsDir() {
		return path, nil
	}
	for _, name := range []string{"deck.json", filepath.Base(filepath.Clean(path)) + ".json"} {
		file := filepath.Join(path, name)
		if _, err := os.Stat(file); err == nil {
			return file, nil
		} else if !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("%s: %w", file, plain(err))
		}
	}
	return "", fmt.Errorf("%s is a folder without a deck.json; name a file in it", path)
}

// whole shows progress on a bar.
func whole(b *bar) formats.Progress {
	return func(done, total int64) { b.set(int(done), int(total)) }
}

// countMedia counts the media that were written.
func countMedia(without bool, d *formats.Draft) string {
	if without || len(d.Media) == 0 {
		return "no media"
	}
	var bytes int64
	for _, m := range d.Media {
		bytes += m.Size
	}
	if len(d.Media) == 1 {
		return fmt.Sprintf("1 medium (%d KB)", (bytes+999)/1000)
	}
	return fmt.Sprintf("%d media (%d KB)", len(d.Media), (bytes+999)/1000)
}

// sayTroubles says what was wrong with a file, the first of it line by line.
func sayTroubles(c *console, file string, troubles []formats.Trouble, untold int) {
	const most = 20
	for i, t := range troubles {
		if i == most {
			untold += len(troubles) - most
			break
		}
		c.say("%s: %s", file, t)
	}
	if untold > 0 {
		c.say("%s: and %d more like these", file, untold)
	}
}
