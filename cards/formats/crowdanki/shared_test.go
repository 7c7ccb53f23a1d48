package crowdanki_test

import (
	"context"
	"testing"

	"recto/cards/formats"
	"recto/cards/formats/crowdanki"
	"recto/cards/formats/formatstest"
)

func try(s *formats.Source) (*formats.Draft, error) {
	return formats.Set{crowdanki.Family{}}.Read(context.Background(), s, formats.Options{})
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
