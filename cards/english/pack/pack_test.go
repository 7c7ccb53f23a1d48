package pack

import (
	"bytes"
	"slices"
	"testing"
)

func TestWriteAndRead(t *testing.T) {
	want := []Section{{"tags", []byte("some bytes")}, {"", nil}, {"parser1", bytes.Repeat([]byte("long "), 9999)}}
	file, err := Write(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Read(file)
	if err != nil || len(got) != len(want) {
		t.Fatalf("Read gives %d sections and the error %v, want %d", len(got), err, len(want))
	}
	for i, s := range got {
		b, err := s.Unpack()
		if err != nil || s.Name != want[i].Name || !bytes.Equal(b, want[i].Bytes) {
			t.Errorf("section %d is %q with %d bytes and the error %v, want %q with %d", i, s.Name, len(b), err, want[i].Name, len(want[i].Bytes))
		}
	}
}

func TestStrings(t *testing.T) {
	want := []string{"", "one", "zwölf"}
	got, rest, err := Strings(append(AppendStrings(nil, want), 7))
	if err != nil || !slices.Equal(got, want) || !bytes.Equal(rest, []byte{7}) {
		t.Errorf("Strings = %q, rest %v, error %v; want %q", got, rest, err, want)
	}
	if _, _, err := Strings([]byte{200, 1, 1}); err == nil {
		t.Error("a list that is cut off is read without an error")
	}
}

func FuzzRead(f *testing.F) {
	file, err := Write([]Section{{"a", []byte("abc")}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(file)
	f.Fuzz(func(t *testing.T, b []byte) {
		sections, err := Read(b)
		if err != nil {
			return
		}
		for _, s := range sections {
			if b, err := s.Unpack(); err == nil && len(b) > 1<<30 {
				t.Error("a section is larger than it can be")
			}
		}
	})
}
