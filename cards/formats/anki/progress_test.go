package anki_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"recto/cards/formats"
	"recto/cards/formats/anki"
)

// TestReadingTellsHowFarItIs: while a package is unpacked, and while its notes, cards
// and answers are read, the figure grows, and reading can be cancelled at each.
func TestReadingTellsHowFarItIs(t *testing.T) {
	file, _ := large(t, 3000)
	read := func(ctx context.Context, tell formats.Progress) error {
		d, err := formats.Set{anki.Family{}}.Read(ctx, formats.Bytes("x.apkg", file), formats.Options{TempDir: t.TempDir(), Progress: tell})
		if err == nil {
			err = d.Close()
		}
		return err
	}
	var told []int64
	if err := read(t.Context(), func(done, total int64) { told = append(told, 1000*done/total) }); err != nil {
		t.Fatal(err)
	}
	if !slices.IsSorted(told) {
		t.Errorf("it tells %v, which goes back", told)
	}
	for _, part := range [][2]int64{{0, 200}, {200, 500}, {500, 700}, {700, 750}} {
		between := 0
		for _, n := range slices.Compact(slices.Clone(told)) {
			if n > part[0] && n < part[1] {
				between++
			}
		}
		if between < 3 {
			t.Errorf("between %d and %d thousandths it tells %d figures, want some", part[0], part[1], between)
		}
		ctx, cancel := context.WithCancel(t.Context())
		err := read(ctx, func(done, total int64) {
			if 1000*done/total > part[0] {
				cancel()
			}
		})
		cancel()
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled after %d thousandths, it gives %v", part[0], err)
		}
	}
}
