package mnemosyne_test

import (
	"context"
	"testing"

	"recto/cards/formats"
	"recto/cards/formats/formatstest"
	"recto/cards/formats/mnemosyne"
)

func try(s *formats.Source) (*formats.Draft, error) {
	return formats.Set{mnemosyne.Family{}}.Read(context.Background(), s, formats.Options{})
}

func read(t testing.TB, s *formats.Source) *formats.Draft {
	t.Helper()
	d, err := try(s)
	if err != nil {
		t.Fatalf("Read(%s): %v", s.Name, err)
	}
	formatstest.Consistent(t, d)
	return d
}
