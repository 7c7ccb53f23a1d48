package main

import (
	"runtime/debug"
	"testing"

	"github.com/mattn/go-sqlite3"
	"golang.org/x/mod/semver"
)

// minimums are the oldest versions that Recto may be built with, and why.
var minimums = map[string]struct{ version, why string }{
	"github.com/gofiber/fiber/v2":   {"v2.52.15", "the last of v2 with its fixes"},
	"github.com/valyala/fasthttp":   {"v1.74.0", "older ones take forms of request smuggling"},
	"gorm.io/gorm":                  {"v1.31.2", "measured with it"},
	"gorm.io/driver/sqlite":         {"v1.6.0", "measured with it"},
	"github.com/mattn/go-sqlite3":   {"v1.14.53", "older ones bring a SQLite that can corrupt a database when the WAL is reset"},
	"github.com/klauspost/compress": {"v1.18.0", "reads what others have compressed"},
	"golang.org/x/net":              {"v0.60.0", "reads pages from anywhere"},
	"golang.org/x/text":             {"v0.30.0", "reads texts from anywhere"},
	"golang.org/x/crypto":           {"v0.50.0", "hashes passwords"},
}

// TestNothingIsOlderThanItMayBe looks at what is linked into the program, which is
// what the module file of any dependency can change.
func TestNothingIsOlderThanItMayBe(t *testing.T) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		t.Fatal("this build does not know what it is made of")
	}
	linked := map[string]string{}
	for _, d := range info.Deps {
		for d.Replace != nil {
			d = d.Replace
		}
		linked[d.Path] = d.Version
	}
	for path, least := range minimums {
		switch got := linked[path]; {
		case got == "":
			t.Errorf("%s is not linked in: take it off the list of minimums", path)
		case semver.Compare(got, least.version) < 0:
			t.Errorf("%s is %s, and may not be older than %s: %s", path, got, least.version, least.why)
		}
	}
	sqlite, number, _ := sqlite3.Version()
	if number < 3_051_003 {
		t.Errorf("SQLite is %s, and may not be older than 3.51.3, which mended the reset of the WAL", sqlite)
	}
}
