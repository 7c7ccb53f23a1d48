package search

import (
	"fmt"
	"strings"
)

// Say is a condition in words: how a query was read.
func Say(n Node) string {
	switch n := n.(type) {
	case And:
		if len(n) == 0 {
			return "anything"
		}
		return join(n, " and ")
	case Or:
		return join(n, " or ")
	case Not:
		return "not " + inner(n.Node)
	case Text:
		if n.Whole {
			return fmt.Sprintf("has the word “%s”", n.Pattern)
		}
		return fmt.Sprintf("has “%s”", n.Pattern)
	case Regexp:
		if n.Field != nil {
			return fmt.Sprintf("%s matches /%s/", n.Field, n.Expr)
		}
		return fmt.Sprintf("matches /%s/", n.Expr)
	case Field:
		switch {
		case n.Value.Empty():
			return fmt.Sprintf("%s is empty", n.Name)
		case n.Value.All():
			return fmt.Sprintf("has a field %s", n.Name)
		}
		return fmt.Sprintf("%s is “%s”", n.Name, n.Value)
	}
	return sayPlace(n)
}

func sayPlace(n Node) string {
	switch n := n.(type) {
	case Deck:
		return fmt.Sprintf("in deck “%s”", n.Name)
	case Tag:
		return fmt.Sprintf("tagged “%s”", n.Name)
	case TagExpr:
		return fmt.Sprintf("a tag matches /%s/", n.Expr)
	case Untagged:
		return "without tags"
	case Type:
		return fmt.Sprintf("of note type “%s”", n.Name)
	case Card:
		return fmt.Sprintf("of template “%s”", n.Name)
	case Dupe:
		return fmt.Sprintf("of note type “%s” with the first field “%s”", n.Type, n.Text)
	case CardNo:
		return fmt.Sprintf("card %d of its note", n.N)
	case Article:
		if n.Title.String() == "none" {
			return "of no article"
		}
		if n.Title.All() {
			return "of an article"
		}
		return fmt.Sprintf("of an article “%s”", n.Title)
	case NotesIn:
		return "of note " + ids(n.IDs)
	case CardsIn:
		return "card " + ids(n.IDs)
	}
	return sayState(n)
}

func sayState(n Node) string {
	switch n := n.(type) {
	case State:
		return map[State]string{
			Due: "due", New: "new", Learning: "being learnt", Reviewed: "reviewed before", Suspended: "suspended", Buried: "put off today",
		}[n]
	case Flag:
		if n.Colour == 0 {
			return "without a flag"
		}
		return fmt.Sprintf("with flag %d", n.Colour)
	case Since:
		days := fmt.Sprintf(" in the last %d days", n.Days)
		if n.Days == 1 {
			days = " today"
		}
		return map[Happening]string{Added: "added", Edited: "edited", Introduced: "first answered", Rated: "answered", Resched: "changed by hand"}[n.What] + button(n.Button) + days
	case Prop:
		name := map[Property]string{Interval: "interval", DueIn: "days until due", Ease: "E-Factor", Lapses: "lapses", Reps: "answers", Place: "place in the line"}[n.Name]
		if n.Name == Ease {
			return fmt.Sprintf("%s %s %.2f", name, n.Op, float64(n.Value)/100)
		}
		return fmt.Sprintf("%s %s %d", name, n.Op, n.Value)
	}
	return ""
}

func button(n int) string {
	if n == 0 {
		return ""
	}
	return " with " + [4]string{"Again", "Hard", "Good", "Easy"}[n-1]
}

func ids(list []int64) string {
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(list), " ", ", "), "[]")
}

func join(list []Node, between string) string {
	said := make([]string, len(list))
	for i, n := range list {
		said[i] = inner(n)
	}
	return strings.Join(said, between)
}

// inner puts brackets around a condition of several.
func inner(n Node) string {
	switch list := n.(type) {
	case And:
		if len(list) == 0 {
			return Say(n)
		}
		return "(" + Say(n) + ")"
	case Or:
		return "(" + Say(n) + ")"
	}
	return Say(n)
}
