package store_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"recto/store"
)

// askAnki runs the script by which real Anki judges, and returns what it prints.
func askAnki(t *testing.T, args ...string) *json.Decoder {
	t.Helper()
	python := os.Getenv("RECTO_ANKI_PYTHON")
	if python == "" {
		t.Skip("real Anki is not asked: set RECTO_ANKI_PYTHON to a Python that has the package anki")
	}
	script := filepath.Join("..", "cards", "formats", "anki", "testdata", "judge.py")
	cmd := exec.CommandContext(t.Context(), python, append([]string{script}, args...)...)
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	if err := cmd.Run(); err != nil {
		t.Fatalf("judge.py %s: %v\n%s", strings.Join(args, " "), err, errOut.String())
	}
	d := json.NewDecoder(&out)
	d.UseNumber()
	return d
}

// throughTheStore imports a package and exports it again.
func throughTheStore(t *testing.T, path string) string {
	t.Helper()
	w := newWorld(t)
	ada := w.join("ada")
	ada.take(draftOf(t, path), store.Choices{})
	out := filepath.Join(t.TempDir(), "recto.apkg")
	must(t, os.WriteFile(out, written(t, ada.draft(0), "apkg"), 0o600))
	return out
}

// TestAnkiFindsInTheStoreWhatItFindsInThePackage: real Anki imports packages, of its
// own and of people, and Recto's exports of what it had stored of them, and holds
// the same afterwards: notes, note types, decks, due days, intervals, eases, the
// log, media.
func TestAnkiFindsInTheStoreWhatItFindsInThePackage(t *testing.T) {
	folder, all := knownDecks(t)
	own := t.TempDir()
	askAnki(t, "make", own)
	originals := []string{filepath.Join(own, "latest.apkg"), filepath.Join(own, "legacy2.apkg"), filepath.Join(own, "legacy1.apkg")}
	for _, k := range all {
		if k.Integrity == "ok" && k.Schema <= 18 && strings.HasSuffix(k.File, ".apkg") {
			originals = append(originals, filepath.Join(folder, k.File))
		}
	}
	packages := originals
	for _, path := range originals {
		packages = append(packages, throughTheStore(t, path))
	}
	decoder := askAnki(t, append([]string{"dump"}, packages...)...)
	held := make([]map[string]any, len(packages))
	for i := range held {
		must(t, decoder.Decode(&held[i]))
	}
	for i, path := range originals {
		want, got := held[i], held[len(originals)+i]
		if want["error"] != nil { // Recto reads more than Anki does
			if got["error"] != nil {
				t.Errorf("%s: Anki refuses our export too: %v", filepath.Base(path), got["error"])
			}
			continue
		}
		t.Run(filepath.Base(path), func(t *testing.T) { sameInAnki(t, got, want) })
	}
}

func sameInAnki(t *testing.T, got, want map[string]any) {
	t.Helper()
	for part, w := range want {
		if g := got[part]; !reflect.DeepEqual(g, w) {
			a, _ := json.Marshal(w)
			b, _ := json.Marshal(g)
			t.Errorf("%s are others in Anki than in the original:\n%s", part, firstDifference(string(a), string(b)))
		}
	}
	if got["error"] != nil {
		t.Errorf("Anki says %v", got["error"])
	}
}

// TestMnemosyneOpensWhatTheStoreExports: real Mnemosyne finds in an export as many
// notes, cards, answers and media as the store has.
func TestMnemosyneOpensWhatTheStoreExports(t *testing.T) {
	python := os.Getenv("RECTO_MNEMOSYNE_PYTHON")
	if python == "" {
		t.Skip("real Mnemosyne is not asked: set RECTO_MNEMOSYNE_PYTHON to a Python that finds libmnemosyne")
	}
	folder, _ := knownDecks(t)
	for _, name := range []string{"v1_mit_sound_revlog.apkg", "v1_all-default-templates_img_mp3.apkg", "v3_568cards_calling-codes.apkg"} {
		out := throughTheStore(t, filepath.Join(folder, name))
		d := draftOf(t, out)
		said, err := exec.CommandContext(t.Context(), python, filepath.Join("..", "cards", "formats", "anki", "testdata", "second_judge.py"), out).Output()
		must(t, err)
		lines := strings.Split(strings.TrimSpace(string(said)), "\n")
		var has struct {
			Notes, Cards, Reviews, Media int
			Errors                       []string
		}
		must(t, json.Unmarshal([]byte(lines[len(lines)-1]), &has))
		if has.Notes != len(d.Notes) || has.Cards != len(d.Cards) || has.Reviews != len(d.Reviews) || has.Media != len(d.Media) || len(has.Errors) > 0 {
			t.Errorf("%s: Mnemosyne has %+v, want %d notes, %d cards, %d reviews, %d media", name, has, len(d.Notes), len(d.Cards), len(d.Reviews), len(d.Media))
		}
	}
}
