package anki_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"recto/cards/formats"
	"recto/cards/formats/anki"
)

// large is a package of n notes, each with a card and two reviews.
func large(b testing.TB, n int) (file []byte, size int64) {
	b.Helper()
	numbers := fmt.Sprintf("WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d) ", n-1)
	text := strings.Repeat("some words of a field, ", 6)
	db := collection(b, "PRAGMA synchronous = OFF", sound,
		"INSERT INTO notes "+numbers+"SELECT 1600000000000 + i, 'g' || i, 5, 1600000000, 0, ' tag ', 'front ' || i || char(31) || '"+text+"' || hex(randomblob(20)), 0, 0, 0, '' FROM n",
		"INSERT INTO cards "+numbers+"SELECT 1600000000000 + i, 1600000000000 + i, 1, 0, 1600000000, 0, 2, 2, i % 400, 30, 2500, 5, 0, 0, 0, 0, 0, '{\"s\":12.5,\"d\":5.1}' FROM n",
		"INSERT INTO revlog "+numbers+"SELECT 1600000000000 + 2 * i + k, 1600000000000 + i, 0, 3, 10, 5, 2500, 4000, 1 FROM n, (SELECT 0 AS k UNION SELECT 1)")
	return archive(b, entry{name: "collection.anki2", content: db}), int64(len(db))
}

func BenchmarkRead(b *testing.B) {
	file, size := large(b, 100_000)
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		d, err := formats.Set{anki.Family{}}.Read(b.Context(), formats.Bytes("x.apkg", file), formats.Options{TempDir: b.TempDir()})
		if err != nil {
			b.Fatal(err)
		}
		d.Close()
	}
}

func BenchmarkWrite(b *testing.B) {
	file, size := large(b, 100_000)
	d, err := formats.Set{anki.Family{}}.Read(b.Context(), formats.Bytes("x.apkg", file), formats.Options{TempDir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := (anki.Family{}).Write(b.Context(), io.Discard, d, anki.Package, formats.WriteOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
