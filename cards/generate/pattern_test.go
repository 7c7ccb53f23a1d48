package generate

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var orphanMarks = regexp.MustCompile(`\(\s*\)|\[\s*\]|“\s*”|"\s*"|\s'\s|,\s*,|\s-\s*[.?]|^\W*[,;:)]`)

func TestOrphaned(t *testing.T) {
	for _, s := range []string{
		"", "()", "a ( ) b", "a [\t] b", "“ ” so", "he said \" \" so", "the dogs ' bone", "the dogs' bone", "one, , two", "one, two", "well - .", "well - ?", "well-.", "well - so.",
		", so", "(so)", "(; so", "é, so", "— ) so", "a), so", "\n: a", "'", " ' ", "- .", "a -", "\xff, a", "x \xff ( \xff )",
	} {
		if got, want := orphaned(s), orphanMarks.MatchString(s); got != want {
			t.Errorf("orphaned(%q) = %t, want %t", s, got, want)
		}
	}
}

func FuzzOrphaned(f *testing.F) {
	f.Add("a, (b - [c] “d” \"e\" 'f'; g)")
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := orphaned(s), orphanMarks.MatchString(s); got != want {
			t.Errorf("orphaned(%q) = %t, want %t", s, got, want)
		}
	})
}

var patterns = map[string]pattern{
	"ordinalBefore": ordinalBefore,
	"titleBefore":   titleBefore,
	"joinedBefore":  joinedBefore,
	"foreignBefore": foreignBefore,
	"nickBefore":    nickBefore,
	"ownedBefore":   ownedBefore,
	"headBefore":    headBefore,
	"jointBefore":   jointBefore,
	"pairBefore":    pairBefore,
	"nickStart":     nickStart,
	"particle":      particle,
	"titleWord":     titleWord,
	"matchMinute":   matchMinute,
	"including":     including,
	"gapAlone":      gapAlone,
	"adrift":        adrift,
	"planned":       planned,
	"countList":     countList,
}

// TestPatternsMissNothing compares patterns with their expressions alone, on the
// beginnings and ends of sentences with names of every sort for words of them.
func TestPatternsMissNothing(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "evaluate", "judged", "*.md"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d judged articles, error %v", len(files), err)
	}
	var texts []string
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, strings.Split(string(b), ". ")...)
	}
	texts = append(texts,
		"He went to San Marino on Monday", "Lord of the Isles Ministry of Defence and St. John", "the 3rd and 4th Armies or de la Rue", `William "Bill" Smith's “Red” Baron`, "In the LAST minute of the First Half a goal",
		"It included "+gapMark+" (person), Abd al Malik and others", gapMark+" (how long) later, he said The dog", "There upon he came, however, late. "+gapMark+" (date).", "They are holding Their Of With von Bin ibn Della Los Las Santa El Le La Du Des",
		"Star: The Next Day And Night From Her To Him On My Your Our Its For His In all", "on Tuesday they said He would", "Call 0203 555-1234567 or 12345678, 555-123-4567", "Professor “ so", "In what they would",
		"How many rivers, the Rhine and others",
	)
	for name, p := range patterns {
		matches := 0
		for _, s := range texts {
			for at := 0; at <= len(s); at++ {
				if at > 0 && at < len(s) && s[at-1] != ' ' && s[at] != ' ' {
					continue
				}
				for _, part := range []string{s[:at], s[at:]} {
					if want := p.Regexp.MatchString(part); p.MatchString(part) != want {
						t.Fatalf("%s matches %q: %t, want %t", name, part, !want, want)
					} else if want {
						matches++
					}
				}
			}
		}
		if matches == 0 {
			t.Errorf("%s matches nothing", name)
		}
	}
}
