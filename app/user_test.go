package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestAnAccountMadeHereHasTheStarterDeck: like one that was made in a browser.
func TestAnAccountMadeHereHasTheStarterDeck(t *testing.T) {
	db := filepath.Join(t.TempDir(), "recto.db")
	if got := recto(t, "long enough for ada\n", "user", "add", "--db", db, "ada"); got.code != exitOK || got.errOut != "" {
		t.Fatalf("recto user add: code %d, %q", got.code, got.errOut)
	}
	got := recto(t, "", "export", "--db", db, "--user", "ada")
	if got.code != exitOK || !strings.Contains(got.out, `"name":"`+starterName+`"`) {
		t.Errorf("the export of a new account has no deck %s: code %d, %q\n%.2000s", starterName, got.code, got.errOut, got.out)
	}
}
