package views

import (
	"html/template"
	"strings"
)

// Face is a card as its note type makes it. Front and Back are clean HTML, each with
// its scope around it; Sheet is the address of the style sheet for both.
type Face struct {
	Front, Back template.HTML
	Sheet       string

	Coloured  bool // it has colours that were chosen for a white page
	Nocturnal bool // and others for a dark one
	Night     bool // which are asked for
	Math      bool // there may be formulas in it
	Sounds    bool // there is something to play
	Typing    bool // an answer is to be typed before the card is turned

	Left     int      // how many things of other sites were not loaded
	Sites    []string // which those are
	Pictures string   // the address of the same page with them
}

// Class is how the ground of a card is to look: a card with colours of its own stands
// on white, also on a dark page, unless it knows the dark.
func (f *Face) Class() string {
	switch {
	case f.Night:
		return "face"
	case f.Coloured:
		return "face light"
	}
	return "face"
}

// From are the sites that things were not loaded from: "a.example and b.example".
func (f *Face) From() string {
	n := len(f.Sites)
	if n < 2 {
		return strings.Join(f.Sites, "")
	}
	return strings.Join(f.Sites[:n-1], ", ") + " and " + f.Sites[n-1]
}
