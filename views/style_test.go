package views_test

import (
	"fmt"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// colours reads the tokens of the style sheet: name to light and dark, and the
// light palette that browsers without light-dark() get.
func colours(t *testing.T) (tokens map[string][2]string, fallback map[string]string) {
	t.Helper()
	css, err := os.ReadFile("static/style.css")
	if err != nil {
		t.Fatal(err)
	}
	tokens, fallback = map[string][2]string{}, map[string]string{}
	for _, m := range regexp.MustCompile(`--([a-z0-9-]+):\s*light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)`).FindAllStringSubmatch(string(css), -1) {
		tokens[m[1]] = [2]string{m[2], m[3]}
	}
	_, old, ok := strings.Cut(string(css), "@supports not")
	if !ok {
		t.Fatal("the style sheet has no palette for browsers without light-dark()")
	}
	for _, m := range regexp.MustCompile(`--([a-z0-9-]+): (#[0-9a-f]{6})`).FindAllStringSubmatch(old, -1) {
		fallback[m[1]] = m[2]
	}
	return tokens, fallback
}

// luminance is the relative luminance of "#rrggbb" by WCAG 2.2.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	v, err := strconv.ParseUint(hex[1:], 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	channel := func(n uint64) float64 {
		c := float64(n&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(v>>16) + 0.7152*channel(v>>8) + 0.0722*channel(v)
}

func contrast(t *testing.T, a, b string) float64 {
	x, y := luminance(t, a), luminance(t, b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func TestEveryPairOfColoursHasItsContrast(t *testing.T) {
	tokens, _ := colours(t)
	pairs := []struct {
		text, ground string
		least        [2]float64 // light, dark
	}{
		{"ink", "paper", [2]float64{12.9, 12.9}},
		{"ink", "surface", [2]float64{12.9, 12.9}},
		{"ink", "sunk", [2]float64{12.9, 12.9}},
		{"ink", "accent-soft", [2]float64{7, 7}},
		{"ink", "wrong-soft", [2]float64{7, 7}},
		{"ink", "right-soft", [2]float64{7, 7}},
		{"ink-soft", "paper", [2]float64{6.7, 6.7}},
		{"ink-soft", "surface", [2]float64{4.5, 4.5}},
		{"ink-soft", "sunk", [2]float64{4.5, 4.5}},
		{"ink-faint", "paper", [2]float64{5.1, 5.5}},
		{"ink-faint", "surface", [2]float64{4.5, 4.5}},
		{"ink-faint", "sunk", [2]float64{4.7, 5.8}},
		{"accent", "paper", [2]float64{6.5, 8.5}},
		{"accent", "surface", [2]float64{4.5, 4.5}},
		{"accent", "accent-soft", [2]float64{4.5, 4.5}},
		{"accent", "sunk", [2]float64{4.5, 4.5}},
		{"on-accent", "accent", [2]float64{6.8, 7.8}},
		{"again", "surface", [2]float64{6.5, 7.3}},
		{"again", "wrong-soft", [2]float64{5.4, 6.6}},
		{"again", "sunk", [2]float64{4.5, 4.5}},
		{"hard", "surface", [2]float64{5.8, 8.1}},
		{"hard", "sunk", [2]float64{4.5, 4.5}},
		{"good", "surface", [2]float64{6.3, 8.5}},
		{"good", "right-soft", [2]float64{5.4, 7.5}},
		{"good", "accent-soft", [2]float64{4.5, 4.5}},
		{"ink-soft", "accent-soft", [2]float64{4.5, 4.5}},
		{"accent", "heat-0", [2]float64{3, 3}},
		{"good", "sunk", [2]float64{4.5, 4.5}},
		{"easy", "surface", [2]float64{6.8, 7.7}},
		{"edge", "paper", [2]float64{3, 3}},
		{"edge", "surface", [2]float64{3, 3}},
		{"heat-4", "paper", [2]float64{6.8, 10.3}},
	}
	for _, p := range pairs {
		for i, theme := range []string{"light", "dark"} {
			text, ground := tokens[p.text][i], tokens[p.ground][i]
			if text == "" || ground == "" {
				t.Errorf("the style sheet has no token %s or %s", p.text, p.ground)
				continue
			}
			if got := contrast(t, text, ground); got < p.least[i] {
				t.Errorf("%s on %s, %s: contrast %.2f, want %.1f or more", p.text, p.ground, theme, got, p.least[i])
			}
		}
	}
	for i, theme := range []string{"light", "dark"} {
		for step := range 4 {
			a, b := fmt.Sprintf("heat-%d", step), fmt.Sprintf("heat-%d", step+1)
			if got := contrast(t, tokens[a][i], tokens[b][i]); got < 1.2 {
				t.Errorf("%s beside %s, %s: contrast %.2f, want 1.2 or more", a, b, theme, got)
			}
		}
	}
}

func TestOldBrowsersGetTheSameLightPalette(t *testing.T) {
	tokens, fallback := colours(t)
	if len(tokens) < 20 {
		t.Fatalf("only %d colours read from the style sheet", len(tokens))
	}
	for name, c := range tokens {
		if fallback[name] != c[0] {
			t.Errorf("--%s is %s, and %q for browsers without light-dark()", name, c[0], fallback[name])
		}
	}
}

func TestTheStyleSheetLoadsNothing(t *testing.T) {
	css, err := os.ReadFile("static/style.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"url(", "@import", "http:", "https:"} {
		if strings.Contains(string(css), bad) {
			t.Errorf("the style sheet contains %q: pages would load something more", bad)
		}
	}
}
