package anki_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestMnemosyneOpensOurExports: real Mnemosyne finds in Recto's exports of real
// packages as many notes, cards, reviews and media as were in those.
func TestMnemosyneOpensOurExports(t *testing.T) {
	python := os.Getenv("RECTO_MNEMOSYNE_PYTHON")
	if python == "" {
		t.Skip("real Mnemosyne is not asked: set RECTO_MNEMOSYNE_PYTHON to a Python that finds libmnemosyne")
	}
	for _, name := range []string{"v1_mit_sound_revlog.apkg", "v2_1186cards_revlog16231.apkg", "v1_all-default-templates_img_mp3.apkg", "v3_568cards_calling-codes.apkg", "v2_verbs_3364cards_7templates.apkg"} {
		t.Run(name, func(t *testing.T) {
			d, err := readFile(t, filepath.Join(decks(t), name))
			if err != nil {
				t.Fatal(err)
			}
			var out, errOut bytes.Buffer
			cmd := exec.CommandContext(t.Context(), python, filepath.Join("testdata", "second_judge.py"), export(t, d))
			cmd.Stdout, cmd.Stderr = &out, &errOut
			if err := cmd.Run(); err != nil {
				t.Fatalf("second_judge.py: %v\n%s", err, errOut.String())
			}
			lines := strings.Split(strings.TrimSpace(out.String()), "\n")
			var got struct {
				Notes, Cards, Reviews, Media int
				Errors                       []string
			}
			if err := json.Unmarshal([]byte(lines[len(lines)-1]), &got); err != nil {
				t.Fatalf("%v in %s", err, out.String())
			}
			if got.Notes != len(d.Notes) || got.Cards != len(d.Cards) || got.Reviews != len(d.Reviews) || got.Media != len(d.Media) || len(got.Errors) > 0 {
				t.Errorf("Mnemosyne has %+v, want %d notes, %d cards, %d reviews, %d media and no errors", got, len(d.Notes), len(d.Cards), len(d.Reviews), len(d.Media))
			}
		})
	}
}
