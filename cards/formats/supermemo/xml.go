package supermemo

import (
	"errors"
	"io"
	"math"
	"strings"

	"recto/cards"
	"recto/cards/formats"
	"recto/cards/formats/build"
)

// element is a SuperMemoElement whose end has not come.
type element struct {
	line             int
	title, kind      string
	question, answer string
	learning         map[string]string
	done             bool // it was added already: its children follow
}

// collection reads a SuperMemoCollection: elements in elements, of which the items
// are cards, and the titles above them decks.
func (r *reader) collection(x *build.XML) error {
	var stack []*element
	var names []string // of the XML elements that are open
	var text strings.Builder
	for {
		start, ends, err := x.Next(&text)
		switch {
		case errors.Is(err, io.EOF):
			for i := range stack {
				if err := r.element(stack, i); err != nil {
					return err
				}
			}
			return nil
		case err != nil:
			return err
		case !ends:
			name := start.Name.Local
			names = append(names, name)
			if name == "SuperMemoElement" {
				if len(stack) > 0 { // before its children come
					if err := r.element(stack, len(stack)-1); err != nil {
						return err
					}
				}
				stack = append(stack, &element{line: x.Line(), learning: map[string]string{}})
			}
			text.Reset()
			continue
		case len(names) == 0:
			continue
		}
		name := names[len(names)-1]
		names = names[:len(names)-1]
		if len(stack) > 0 {
			e := stack[len(stack)-1]
			if name == "SuperMemoElement" {
				if err := r.element(stack, len(stack)-1); err != nil {
					return err
				}
				stack = stack[:len(stack)-1]
			} else {
				e.take(name, strings.TrimSpace(text.String()))
			}
		}
		text.Reset()
	}
}

func (e *element) take(name, text string) {
	switch name {
	case "Title":
		e.title = text
	case "Type":
		e.kind = text
	case "Question":
		e.question += text
	case "Answer":
		e.answer += text
	case "Interval", "Repetitions", "Lapses", "LastRepetition", "AFactor", "UFactor":
		e.learning[name] = text
	}
}

// element adds the last of a stack of elements, once, if it is an item.
func (r *reader) element(stack []*element, at int) error {
	e := stack[at]
	if e.done || !strings.EqualFold(e.kind, "Item") {
		return nil
	}
	e.done = true
	deck := []string{}
	for _, above := range stack[:at] {
		title := above.title
		if title == "" && !strings.EqualFold(above.kind, "Item") {
			title = build.Bare(above.question)
		}
		if title = strings.ReplaceAll(title, "::", ":"); title != "" && len([]rune(title)) <= 80 {
			deck = append(deck, title)
		}
	}
	if len(deck) == 0 {
		deck = append(deck, r.base)
	}
	progress, extras := e.progress()
	return r.item(e.line, field(e.question), field(e.answer), strings.Join(deck, "::"), nil, progress, extras)
}

// progress is what LearningData says; nil for an item never asked.
func (e *element) progress() (*build.Progress, formats.Extras) {
	ease, extras := aFactor(e.learning["AFactor"])
	reps := build.Int(e.learning["Repetitions"], 0)
	last, ok := build.Date(e.learning["LastRepetition"], "02.01.2006", "02.01.06", "2006-01-02")
	if reps <= 0 || !ok {
		return nil, extras
	}
	interval := min(max(build.Int(e.learning["Interval"], 1), 1), 36_500)
	lapses := build.Int(e.learning["Lapses"], 0)
	return &build.Progress{Due: last + cards.Day(interval), Interval: interval, Ease: ease, Passes: reps, Reps: reps + lapses, Lapses: lapses}, extras
}

// palm reads what smconv makes of SuperMemo for Palm.
func (r *reader) palm(x *build.XML) error {
	base := r.base
	var waiting []func() error // for the name of the collection, which comes last
	for {
		start, ends, err := x.Next(nil)
		switch {
		case errors.Is(err, io.EOF):
			for _, add := range waiting {
				if err := add(); err != nil {
					return err
				}
			}
			return nil
		case err != nil:
			return err
		case ends:
			continue
		case start.Name.Local == "header":
			if name := build.Attrs(start)["name"]; name != "" {
				base = name
			}
			continue
		case start.Name.Local != "card":
			continue
		case len(waiting) >= mostCards:
			return formats.TooLarge("it has more than %d cards", mostCards)
		}
		card, err := x.Node(start)
		if err != nil {
			return err
		}
		waiting = append(waiting, func() error { return r.palmCard(card, base) })
	}
}

func (r *reader) palmCard(card *build.Node, deck string) error {
	var question string
	var answers []string
	var progress *build.Progress
	for _, part := range card.Children {
		switch part.Name {
		case "card_fields":
			for _, f := range part.Children {
				text := field(f.Text)
				if f.Attrs["idx"] == "1" {
					question = text
				} else if text != "" {
					answers = append(answers, text)
				}
			}
		case "card_other":
			if card.Attrs["commit"] != "0" {
				progress = palmProgress(part.Attrs)
			}
		}
	}
	var tags []string
	if c := card.Attrs["category"]; c != "" && c != "Unfiled" {
		tags = []string{c}
	}
	return r.item(card.Line, question, strings.Join(answers, "<br>"), deck, tags, progress, nil)
}

// palmProgress turns a difficulty in percent into an E-Factor as Mnemosyne does: 100 %
// is 1.3, 40 % is 2.5 and 1 % is 3.2.
func palmProgress(a map[string]string) *build.Progress {
	due, ok := build.Date(a["datenexttest"], "2006-01-02")
	if !ok {
		return nil
	}
	d := min(max(build.Float(a["difficulty"], 40)/100, 0.01), 1)
	ease := 4.2 - 1.139*math.Exp(d)
	if d > 0.4 {
		ease = 1.28 - 1.32*math.Log(d)
	}
	interval, lapses, recalls := build.Int(a["interval"], 1), build.Int(a["lapses"], 0), build.Int(a["recalls"], 1)
	return &build.Progress{Due: due, Interval: interval, Ease: ease, Passes: -1, Reps: lapses + recalls, Lapses: lapses,
		Failed: interval < build.Int(a["interval_prev"], 0)}
}
