package render

import (
	"crypto/sha256"
	"encoding/hex"
	"html/template"
	"strings"
)

// inline are the style attributes of a side as classes: a class for each text, with a
// rule that wins over whatever a style sheet says, as the attribute would.
type inline struct {
	rules strings.Builder
	seen  map[string]bool
}

// class is the class that stands for clean declarations; "" for none. The same
// declarations have the same class on all cards.
func (l *inline) class(style string) string {
	if style == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(style))
	class := "card-i" + hex.EncodeToString(sum[:5])
	if l.seen[class] {
		return class
	}
	if l.seen == nil {
		l.seen = map[string]bool{}
	}
	l.seen[class] = true
	l.rules.WriteString(scope + " ." + class + ":not(#c#c#c){" + style + "}\n")
	return class
}

func (l *inline) css() template.CSS {
	return template.CSS(l.rules.String()) // #nosec G203 -- of declarations that were written anew from allowed tokens
}

// paints reports whether declarations choose colours.
func paints(style string) bool {
	return strings.Contains(style, "color") || strings.Contains(style, "background") || strings.Contains(style, "fill:")
}

// Paints reports whether a clean style sheet chooses colours, which were chosen for a
// white page unless it speaks of the night as well.
func Paints(sheet template.CSS) bool { return paints(string(sheet)) }

// Nocturnal reports whether a clean style sheet has rules for the night, which hold
// where the classes of Options.Night are.
func Nocturnal(sheet template.CSS) bool {
	s := string(sheet)
	return strings.Contains(s, ".c-nightMode") || strings.Contains(s, ".c-night_mode")
}
