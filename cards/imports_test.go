package cards_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// forbidden says what the packages below a folder may not import, tests included
// where that would turn the direction app -> store, views -> cards around.
var forbidden = map[string][]string{
	"cards": {"recto/store", "recto/views", "recto/app", "github.com/gofiber/", "gorm.io/"},
	"views": {"recto/store", "recto/app", "github.com/gofiber/", "gorm.io/"},
	"store": {"recto/views", "recto/app", "github.com/gofiber/"},
}

// TestImportDirection keeps the layers apart: app -> store, views -> cards.
func TestImportDirection(t *testing.T) {
	seen := 0
	for folder, not := range forbidden {
		eachImport(t, filepath.Join("..", folder), func(file, path string) {
			seen++
			for _, f := range not {
				if strings.HasPrefix(path, f) {
					t.Errorf("%s imports %s: packages under %s may not", file, path, folder)
				}
			}
		})
	}
	if seen == 0 {
		t.Fatal("no import was looked at")
	}
}

// TestCardsUsesTheStandardLibraryOnly: package cards itself, not its parts.
func TestCardsUsesTheStandardLibraryOnly(t *testing.T) {
	eachImport(t, ".", func(file, path string) {
		if filepath.Dir(file) == "." && !strings.HasSuffix(file, "_test.go") && strings.Contains(strings.Split(path, "/")[0], ".") {
			t.Errorf("%s imports %s", file, path)
		}
	})
}

// TestNoClock: the packages under cards never ask what time it is; it is passed in.
func TestNoClock(t *testing.T) {
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || isCommand(path) {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, call := range []string{"time.Now(", "time.Since(", "time.Until("} {
			if strings.Contains(string(b), call) {
				t.Errorf("%s calls %s): pass the time in", path, call)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// isCommand reports whether a file belongs to a program (package main), such as
// the one that trains the language model; programs may look at the clock.
func isCommand(path string) bool {
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.PackageClauseOnly)
	return err == nil && f.Name.Name == "main"
}

func eachImport(t *testing.T, root string, visit func(file, path string)) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range f.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			visit(path, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
