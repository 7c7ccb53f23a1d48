package render

import (
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
)

// styles cleans the declarations of a style attribute.
func styles(text string, o Options) string {
	if len(text) > 20_000 || strings.TrimSpace(text) == "" {
		return ""
	}
	p := css.NewParser(parse.NewInputString(text), true)
	var b strings.Builder
	for {
		grammar, _, data := p.Next()
		switch grammar {
		case css.ErrorGrammar:
			if !p.HasParseError() {
				return strings.TrimSuffix(b.String(), ";")
			}
		case css.DeclarationGrammar, css.CustomPropertyGrammar:
			b.WriteString(declaration(string(data), p.Values(), o, false))
		}
	}
}

// declaration writes a declaration anew, with its semicolon; "" if it is not allowed.
func declaration(property string, values []css.Token, o Options, face bool) string {
	property = strings.ToLower(property)
	if strings.HasPrefix(property, "--") {
		if strings.Trim(property, "abcdefghijklmnopqrstuvwxyz0123456789_-") != "" {
			return ""
		}
		values = relexed(values)
	} else if !allowedProperty(property, face) {
		return ""
	}
	text, ok := tokens(values, o)
	text = strings.TrimSpace(text)
	if !ok || text == "" {
		return ""
	}
	if property == "position" {
		word, _, _ := strings.Cut(strings.ToLower(text), "!")
		switch strings.TrimSpace(word) {
		case "static", "relative", "absolute":
		default:
			return ""
		}
	}
	return property + ":" + text + ";"
}

// relexed are the tokens of a custom property, which the parser leaves in one piece.
func relexed(values []css.Token) []css.Token {
	var out []css.Token
	for _, v := range values {
		l := css.NewLexer(parse.NewInputBytes(v.Data))
		for {
			kind, data := l.Next()
			if kind == css.ErrorToken {
				break
			}
			out = append(out, css.Token{TokenType: kind, Data: append([]byte(nil), data...)})
		}
	}
	return out
}

// tokens writes the tokens of a value anew, with the addresses of media files for
// their names. ok is false if one is not allowed: a function that is not known, an
// address elsewhere, or anything that could end the declaration.
func tokens(values []css.Token, o Options) (text string, ok bool) {
	if !balanced(values) {
		return "", false
	}
	var b strings.Builder
	for _, v := range values {
		data := string(v.Data)
		switch v.TokenType {
		case css.IdentToken, css.DimensionToken, css.HashToken, css.CustomPropertyNameToken:
			if strings.ContainsAny(data, `\<`) {
				return "", false
			}
		case css.FunctionToken:
			if !functions[strings.ToLower(strings.TrimSuffix(data, "("))] {
				return "", false
			}
		case css.URLToken:
			if data, ok = mediaURL(data, o); !ok {
				return "", false
			}
		case css.StringToken:
			data = quoted(data)
		case css.DelimToken:
			if !strings.Contains("+-*/!.%", data) {
				return "", false
			}
		case css.CommentToken:
			continue
		case css.LeftParenthesisToken, css.RightParenthesisToken, css.NumberToken, css.PercentageToken, css.CommaToken, css.WhitespaceToken, css.ColonToken, css.UnicodeRangeToken,
			css.LeftBracketToken, css.RightBracketToken:
		default:
			return "", false
		}
		b.WriteString(data)
	}
	return b.String(), true
}

// balanced reports whether every bracket is closed by its like, and they are not
// nested deeper than anybody writes.
func balanced(values []css.Token) bool {
	var open []css.TokenType
	for _, v := range values {
		switch v.TokenType {
		case css.FunctionToken, css.LeftParenthesisToken:
			open = append(open, css.RightParenthesisToken)
		case css.LeftBracketToken:
			open = append(open, css.RightBracketToken)
		case css.RightParenthesisToken, css.RightBracketToken:
			if len(open) == 0 || open[len(open)-1] != v.TokenType {
				return false
			}
			open = open[:len(open)-1]
		}
		if len(open) > 50 {
			return false
		}
	}
	return len(open) == 0
}

// quoted writes a string so that it can end neither itself nor a style element.
func quoted(s string) string {
	inside := strings.TrimSuffix(s, s[:1])
	slashes := len(inside) - len(strings.TrimRight(inside, `\`))
	if len(s) < 2 || len(inside) == len(s) || slashes%2 == 1 {
		return `""`
	}
	return strings.NewReplacer("<", `\3c `, ">", `\3e `, "\n", "", "\r", "", "\f", "", "\x00", "").Replace(s)
}

// mediaURL writes url(name) with the address of the media file.
func mediaURL(token string, o Options) (string, bool) {
	name := strings.TrimSpace(token[len("url(") : len(token)-1])
	name = strings.TrimSpace(strings.Trim(name, `"'`))
	if strings.ContainsAny(name, "\\\n\r\f") || name == "" {
		return "", false
	}
	address := name
	if !pictureData(name) {
		if o.Media == nil || hasScheme(name) || strings.HasPrefix(name, "/") {
			return "", false
		}
		if address = o.Media(decoded(name)); address == "" {
			return "", false
		}
	}
	if strings.ContainsAny(address, "\"\\\n\r\f<>") {
		return "", false
	}
	return `url("` + address + `")`, true
}

// functions are those that a value may call.
var functions = set("rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color", "color-mix", "calc", "min", "max", "clamp", "var",
	"linear-gradient", "radial-gradient", "conic-gradient", "repeating-linear-gradient", "repeating-radial-gradient",
	"-webkit-linear-gradient", "-moz-linear-gradient", "-webkit-radial-gradient",
	"translate", "translatex", "translatey", "translate3d", "scale", "scalex", "scaley", "rotate", "rotatex", "rotatey", "rotatez", "skew", "skewx", "skewy",
	"matrix", "perspective", "blur", "brightness", "contrast", "grayscale", "invert", "sepia", "saturate", "hue-rotate", "opacity", "drop-shadow",
	"cubic-bezier", "steps", "repeat", "minmax", "fit-content", "polygon", "circle", "ellipse", "inset", "counter", "counters", "attr", "format", "local",
	"env", "light-dark")

// families are beginnings of properties that style what is shown.
var families = []string{"background", "border", "margin", "padding", "font", "text", "flex", "grid", "column", "list-style", "overflow", "outline",
	"box-", "align-", "justify-", "place-", "word-", "letter-", "line-", "white-space", "transform", "ruby", "object-", "counter-", "break-", "page-break-",
	"min-", "max-", "inset", "mask-", "clip-path", "transition", "stroke", "perspective", "hyphen", "vertical-", "caption-", "table-", "empty-cells", "float"}

// properties are single ones.
var properties = set("color", "display", "width", "height", "top", "left", "right", "bottom", "position", "visibility", "opacity", "z-index", "content",
	"cursor", "direction", "unicode-bidi", "writing-mode", "quotes", "tab-size", "order", "gap", "row-gap", "clear", "filter", "fill", "fill-opacity",
	"fill-rule", "block-size", "inline-size", "aspect-ratio", "pointer-events", "user-select", "mix-blend-mode", "isolation", "orphans", "widows",
	"zoom", "accent-color", "color-scheme", "orientation", "src", "unicode-range", "stop-color", "stop-opacity", "backface-visibility", "speak", "all-small-caps")

func allowedProperty(property string, face bool) bool {
	if property == "src" || property == "unicode-range" {
		return face
	}
	for _, vendor := range []string{"-webkit-", "-moz-", "-ms-", "-o-"} {
		property = strings.TrimPrefix(property, vendor)
	}
	if properties[property] {
		return true
	}
	if property == "binding" {
		return false
	}
	for _, f := range families {
		if strings.HasPrefix(property, f) {
			return true
		}
	}
	return false
}
