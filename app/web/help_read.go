package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"recto/cards"
	"recto/cards/help"
	"recto/store"
)

// readHelp reads a form of help, and says what is wrong with it and where.
func (s *server) readHelp(r *request, c store.Card, h *store.Help) (sentence, field string, err error) {
	if !c.Mine && (h.Kind == store.HelpSplit || h.Kind == store.HelpContext || h.Kind == store.HelpContrast) {
		return "", "", store.ErrNotYours
	}
	text := r.text("text")
	long := utf8.RuneCountInString(text) > mostHelp
	switch h.Kind {
	case store.HelpLeave:
	case store.HelpMnemonic:
		if long {
			return fmt.Sprintf("This is too long: take %d characters or fewer.", mostHelp), "mnemonic", nil
		}
		h.Text = text
	case store.HelpUntil:
		if h.Until = dayIn(r.line("until")); h.Until <= r.today() || h.Until > r.today()+farthestDays {
			return "Choose a day after today, within ten years.", "until", nil
		}
	case store.HelpContext:
		switch {
		case text == "" || long:
			return fmt.Sprintf("Write what the question is about, in %d characters or fewer.", mostHelp), "context", nil
		case text == c.Context:
			return "This is the context that it has already.", "context", nil
		}
		h.Field = withContext(c.Fields, text)
	case store.HelpContrast:
		front, back := r.text("front"), r.text("back")
		if front == "" || back == "" || utf8.RuneCountInString(front+back) > 4*mostHelp {
			return "Write both sides of the card.", "contrast", nil
		}
		h.Notes = []cards.Note{helpNote(c, portion{help.Side{Front: front, Back: back}, ""})}
	case store.HelpSplit:
		parts, err := s.apart(r, c)
		if err == nil && len(parts) == 0 {
			sentence = "This card cannot be taken apart any more."
		}
		for _, p := range parts {
			h.Notes = append(h.Notes, helpNote(c, p))
		}
		return sentence, "", err
	default:
		return "", "", statusRefusal(http.StatusBadRequest)
	}
	return "", "", nil
}

// dayForms are how a day is written: as a date field does, and in words.
var dayForms = []string{time.DateOnly, "2 January 2006", "2 Jan 2006", "January 2, 2006", "Jan 2, 2006", "January 2 2006"}

// dayIn reads a day as a date field or a person writes it; 0 for none.
func dayIn(text string) cards.Day {
	for _, form := range dayForms {
		if day, err := time.Parse(form, strings.TrimSpace(text)); err == nil {
			return cards.DayOf(day.Year(), day.Month(), day.Day())
		}
	}
	return 0
}

// portion is one of the cards that a card can be taken apart into.
type portion struct {
	help.Side
	context string
}

// apart are the cards that a card can be taken apart into: one for each item of a list,
// or for each fact that its article has within the answer; none for others.
func (s *server) apart(r *request, c store.Card) (parts []portion, err error) {
	if c.Type.Cloze { // a text with gaps is no list, whatever commas it has
		return nil, nil
	}
	for _, side := range help.Split(c.Front, c.Back) {
		parts = append(parts, portion{side, c.Context})
	}
	if len(parts) > 0 {
		return parts, nil
	}
	within, err := s.store.Within(r.ctx, r.user.ID, c)
	if err != nil || len(within) < 2 {
		return nil, err
	}
	for _, p := range within {
		parts = append(parts, portion{help.Side{Front: p.Front, Back: p.Back}, p.Context})
	}
	return parts, nil
}

// helpNote is a note that is made to help with a card. It keeps the proof of one that
// was made from an article.
func helpNote(c store.Card, p portion) cards.Note {
	n := cards.Note{Type: cards.BasicNote.Name, Tags: c.Tags, Fields: []cards.Field{{Name: "Front", Value: toField(p.Front)}, {Name: "Back", Value: toField(p.Back)}}}
	if c.Type.Name == cards.ArticleNote.Name && builtIn(c.Type) {
		n.Type = c.Type.Name
		n.Fields = append(n.Fields, cards.Field{Name: "Context", Value: toField(p.context)}, c.Fields[3])
	}
	return n
}

// withContext is the fields of a note with a context: in the field of that name, or
// above the first one.
func withContext(fields []cards.Field, text string) []cards.Field {
	fields = slices.Clone(fields)
	for i := range fields {
		if fields[i].Name == "Context" {
			fields[i].Value = toField(text)
			return fields
		}
	}
	fields[0].Value = toField(text) + "<br><br>" + fields[0].Value
	return fields
}
