package anki_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"recto/cards/formats"
	"recto/cards/formats/anki"
)

// python is the interpreter that has real Anki.
func python(t testing.TB) string {
	t.Helper()
	path := os.Getenv("RECTO_ANKI_PYTHON")
	if path == "" {
		t.Skip("real Anki is not asked: set RECTO_ANKI_PYTHON to a Python that has the package anki")
	}
	return path
}

// ask runs the script of the judge and returns what it prints.
func ask(t testing.TB, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), python(t), append([]string{filepath.Join("testdata", "judge.py")}, args...)...)
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	if err := cmd.Run(); err != nil {
		t.Fatalf("judge.py %s: %v\n%s", strings.Join(args, " "), err, errOut.String())
	}
	return out.Bytes()
}

// held is what a collection holds, by what it is: notes, cards, log, ...
type held map[string]any

// dumps imports each package into real Anki.
func dumps(t testing.TB, packages ...string) []held {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(ask(t, append([]string{"dump"}, packages...)...)))
	decoder.UseNumber()
	all := make([]held, len(packages))
	for i := range all {
		if err := decoder.Decode(&all[i]); err != nil {
			t.Fatal(err)
		}
		if all[i]["error"] != nil {
			t.Logf("Anki about %s: %v", filepath.Base(packages[i]), all[i]["error"])
		}
	}
	return all
}

// export writes d as a package of Recto's.
func export(t testing.TB, d *formats.Draft) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "recto.apkg")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	troubles, err := anki.Family{}.Write(t.Context(), f, d, anki.Package, formats.WriteOptions{TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	for _, trouble := range troubles {
		t.Logf("writing: %s", trouble)
	}
	return path
}

// sameHeld says where two collections differ.
func sameHeld(t *testing.T, got, want held) {
	t.Helper()
	if want["error"] != nil || got["error"] != nil {
		t.Fatalf("Anki refuses it: %v, and the original: %v", got["error"], want["error"])
	}
	for part, w := range want {
		g := got[part]
		if reflect.DeepEqual(g, w) {
			continue
		}
		gl, _ := g.([]any)
		wl, _ := w.([]any)
		if len(gl) != len(wl) || wl == nil {
			t.Errorf("%s: %d of them, want %d\n got %.300s\nwant %.300s", part, len(gl), len(wl), show(g), show(w))
			continue
		}
		told := 0
		for i := range wl {
			if !reflect.DeepEqual(gl[i], wl[i]) && told < 3 {
				told++
				t.Errorf("%s %d:\n got %.600s\nwant %.600s", part, i, show(gl[i]), show(wl[i]))
			}
		}
	}
}

func show(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// TestAnkiFindsInOurExportWhatItFindsInTheOriginal: real Anki imports a package of
// its own and Recto's export of what it read there, and holds the same afterwards.
func TestAnkiFindsInOurExportWhatItFindsInTheOriginal(t *testing.T) {
	folder := t.TempDir()
	ask(t, "make", folder)
	for _, name := range []string{"latest.apkg", "legacy2.apkg", "legacy1.apkg"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(folder, name)
			d, err := readFile(t, path)
			if err != nil {
				t.Fatal(err)
			}
			if len(d.Troubles) > 0 {
				t.Errorf("troubles with a sound package: %v", d.Troubles)
			}
			both := dumps(t, path, export(t, d))
			sameHeld(t, both[1], both[0])
		})
	}
}

// TestEveryGenerationIsReadAlike: the same collection, exported by real Anki in
// every way there is, makes the same Draft.
func TestEveryGenerationIsReadAlike(t *testing.T) {
	folder := t.TempDir()
	ask(t, "make", folder)
	first, err := readFile(t, filepath.Join(folder, "legacy2.apkg"))
	if err != nil {
		t.Fatal(err)
	}
	if len(first.Notes) != 36 || len(first.Media) != 3 || len(first.Reviews) == 0 {
		t.Fatalf("%d notes, %d media, %d reviews; want 36, 3 and some", len(first.Notes), len(first.Media), len(first.Reviews))
	}
	for _, name := range []string{"legacy1.apkg", "latest.apkg", "legacy2.colpkg", "latest.colpkg", "collection.anki2"} {
		d, err := readFile(t, filepath.Join(folder, name))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !reflect.DeepEqual(d.Notes, first.Notes) {
			t.Errorf("%s: other notes than legacy2.apkg", name)
		}
		if !reflect.DeepEqual(d.Reviews, first.Reviews) {
			t.Errorf("%s: another log than legacy2.apkg", name)
		}
		for i := range d.Cards {
			got, want := d.Cards[i], first.Cards[i]
			if got.Deck, want.Deck = 0, 0; !reflect.DeepEqual(got, want) {
				t.Errorf("%s: card %+v, want %+v", name, got, want)
			}
		}
		for i := range d.NoteTypes {
			if got, want := show(d.NoteTypes[i]), show(first.NoteTypes[i]); got != want {
				at := 0
				for at < min(len(got), len(want)) && got[at] == want[at] {
					at++
				}
				t.Errorf("%s: note type %q differs at\n%.200s, want\n%.200s", name, d.NoteTypes[i].Name, got[at:], want[at:])
			}
		}
	}
}

// TestAnkiTakesOurExportsOfRealPackages is the same with packages that people made.
func TestAnkiTakesOurExportsOfRealPackages(t *testing.T) {
	python(t)
	var originals, ours []string
	for _, k := range manifest(t) {
		if k.Integrity != "ok" || k.Schema > 18 || !strings.HasSuffix(k.File, ".apkg") {
			continue
		}
		path := filepath.Join(decks(t), k.File)
		d, err := readFile(t, path)
		if err != nil {
			t.Errorf("%s: %v", k.File, err)
			continue
		}
		originals, ours = append(originals, path), append(ours, export(t, d))
	}
	all := dumps(t, append(originals, ours...)...)
	for i, path := range originals {
		if all[i]["error"] != nil { // Recto reads more than Anki does
			if all[len(originals)+i]["error"] != nil {
				t.Errorf("%s: Anki refuses our export too", filepath.Base(path))
			}
			continue
		}
		t.Run(filepath.Base(path), func(t *testing.T) { sameHeld(t, all[len(originals)+i], all[i]) })
	}
}
