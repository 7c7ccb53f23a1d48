package generate

import (
	"os"
	"path/filepath"
	"testing"
)

// shared is the path of a file beside the repository; the test is skipped where it is absent.
func shared(t testing.TB, parts ...string) string {
	t.Helper()
	root := os.Getenv("RECTO_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	p := filepath.Join(append([]string{root}, parts...)...)
	if _, err := os.Stat(p); err != nil {
		t.Skipf("no %s: set RECTO_SHARED to the folder that holds it", p)
	}
	return p
}
