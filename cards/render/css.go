package render

import (
	"html/template"
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
)

// longestCSS is how much CSS of a note type is looked at.
const longestCSS = 512 << 10

// CSS is the style sheet of a note type, made safe: it holds for what is in a card's
// scope only, loads nothing but media files, and has only properties that style what
// is shown. Classes and ids have the prefix "c-"; "body" means the card. What cannot
// be kept is left out without a word, as browsers do.
func CSS(sheet string, o Options) template.CSS {
	if len(sheet) > longestCSS || strings.TrimSpace(sheet) == "" {
		return ""
	}
	s := sheetCleaner{o: o, p: css.NewParser(parse.NewInputString(sheet), false)}
	for s.next() {
	}
	for _, end := range s.open {
		s.out.WriteString(end)
	}
	return template.CSS(s.out.String()) // #nosec G203 -- written anew from allowed tokens
}

type sheetCleaner struct {
	o         Options
	p         *css.Parser
	out       strings.Builder
	selectors []string // of the rule that begins
	open      []string // what closes the blocks around this place
	skip      int      // blocks around this place that are left out
	face      bool     // in @font-face
}

// next handles one piece of the style sheet.
func (s *sheetCleaner) next() bool {
	grammar, _, data := s.p.Next()
	switch grammar {
	case css.ErrorGrammar:
		return s.p.HasParseError()
	case css.BeginAtRuleGrammar:
		s.beginAt(strings.ToLower(string(data)))
	case css.QualifiedRuleGrammar:
		s.selector()
	case css.BeginRulesetGrammar:
		s.selector()
		s.beginRule()
	case css.EndAtRuleGrammar, css.EndRulesetGrammar:
		s.end()
	case css.DeclarationGrammar, css.CustomPropertyGrammar:
		if s.skip == 0 && len(s.open) > 0 {
			s.out.WriteString(declaration(string(data), s.p.Values(), s.o, s.face))
		}
	}
	return true
}

func (s *sheetCleaner) beginAt(name string) {
	values, clean := tokens(s.p.Values(), s.o)
	switch {
	case s.skip > 0:
		s.skip++
	case name == "@font-face":
		s.face = true
		s.begin("@font-face")
	case (name == "@media" || name == "@supports") && clean && !strings.ContainsAny(values, "{};"):
		s.begin(name + " " + strings.TrimSpace(values))
	default:
		s.skip++
	}
}

func (s *sheetCleaner) selector() {
	values := s.p.Values()
	deep, start := 0, 0
	for i := 0; i <= len(values); i++ {
		if i < len(values) {
			switch values[i].TokenType {
			case css.FunctionToken, css.LeftParenthesisToken, css.LeftBracketToken:
				deep++
			case css.RightParenthesisToken, css.RightBracketToken:
				deep--
			}
			if deep != 0 || values[i].TokenType != css.CommaToken {
				continue
			}
		}
		if text, ok := selector(values[start:i]); ok && len(s.selectors) < 1000 {
			s.selectors = append(s.selectors, scope+" "+text)
		}
		start = i + 1
	}
}

func (s *sheetCleaner) beginRule() {
	selectors := s.selectors
	s.selectors = nil
	inRule := len(s.open) > 0 && s.open[len(s.open)-1] == "}\n"
	if s.skip > 0 || len(selectors) == 0 || inRule {
		s.skip++
		return
	}
	s.out.WriteString(strings.Join(selectors, ",") + "{")
	s.open = append(s.open, "}\n")
}

func (s *sheetCleaner) begin(head string) {
	s.out.WriteString(head + "{")
	s.open = append(s.open, "}")
}

func (s *sheetCleaner) end() {
	switch {
	case s.skip > 0:
		s.skip--
	case len(s.open) > 0:
		s.out.WriteString(s.open[len(s.open)-1])
		s.open = s.open[:len(s.open)-1]
		s.face = false
	}
}

// scope is the selector of the element around a card.
const scope = ".card-scope"

// selector writes a selector anew. It may not begin beside the scope, and "<", which
// could end the style sheet, is in none.
func selector(values []css.Token) (string, bool) {
	var b strings.Builder
	class, compound := false, true // after a ".", at the start of a compound selector
	if !balanced(values) {
		return "", false
	}
	for len(values) > 0 && values[0].TokenType == css.WhitespaceToken {
		values = values[1:]
	}
	for i, v := range values {
		text := string(v.Data)
		wasClass := class
		class = false
		switch v.TokenType {
		case css.IdentToken:
			if strings.Contains(text, `\`) {
				return "", false
			}
			switch lower := strings.ToLower(text); {
			case wasClass:
				text = "c-" + text
			case compound && lower == "body":
				text = ".c-card"
			case compound && lower == "html":
				text = ".c-html"
			case i > 0 && values[i-1].TokenType == css.ColonToken && lower == "root":
				text = "is(.c-html)"
			}
		case css.HashToken:
			if strings.Contains(text, `\`) {
				return "", false
			}
			if text = "#c-" + text[1:]; text == "#c-qa" {
				text = ".card-qa" // both sides may be on a page, and an id stands there once
			}
		case css.DelimToken:
			switch text {
			case ".":
				class = true
			case "+", "~":
				if i == 0 {
					return "", false
				}
			case ">", "*":
			default:
				return "", false
			}
		case css.StringToken:
			text = quoted(text)
		case css.WhitespaceToken, css.ColonToken, css.LeftBracketToken, css.RightBracketToken, css.RightParenthesisToken, css.CommaToken,
			css.FunctionToken, css.NumberToken, css.DimensionToken, css.IncludeMatchToken, css.DashMatchToken, css.PrefixMatchToken,
			css.SuffixMatchToken, css.SubstringMatchToken:
		default:
			return "", false
		}
		compound = v.TokenType == css.WhitespaceToken || v.TokenType == css.CommaToken || v.TokenType == css.FunctionToken || v.TokenType == css.DelimToken && !class
		b.WriteString(text)
	}
	text := strings.TrimSpace(b.String())
	return text, text != "" && !strings.ContainsAny(text, "<{};@")
}
