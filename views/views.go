// Package views shows pages: one typed struct a page, its template and the
// layout around it, and the static files they need. A page is plain values; what
// is on it is decided by whoever fills the struct.
//
// Every page has a template set of its own, parsed once when the program starts,
// so that two pages may use the same block name and none waits for another.
package views

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"strings"
)

//go:embed layout.html pages/*.html parts/*.html
var files embed.FS

// Page is a page that can be rendered. Pages embed Layout, and say the name of
// their template in pages/.
type Page interface {
	// Template is the name of the page's file in pages/, without ".html".
	Template() string
	// Frame is what the page has in common with all others; the caller may fill it.
	Frame() *Layout
}

// Layout is what every page has.
type Layout struct {
	Title  string // of the window, without the program's name
	Place  string // the place in the bar that the page belongs to, "" for none
	Notice Notice // what has just happened, if anything
	Viewer Viewer // who looks; the zero Viewer is a stranger
	Study  bool   // no bar: nothing but the card
	Wide   bool   // two columns beside each other

	Script  string // a module of its own that the page needs, such as "desk.js"
	Refresh int    // seconds after which the page is loaded anew where no script does it, 0 for never
}

// Frame returns l itself; embedding Layout makes a struct half a Page.
func (l *Layout) Frame() *Layout { return l }

// Viewer is the person who looks at a page.
type Viewer struct {
	ID    int64 // 0 for a stranger
	Name  string
	Admin bool
	Theme string // "light", "dark", or "system" and "" for what the device says
	Today int    // cards to review today, shown in the bar
}

// Notice is one sentence about what has just happened, and perhaps a way back.
type Notice struct {
	Text   string
	Action string // where the way back is posted to, "" for none
	Label  string // of its button
}

// Place is one of the places of the bar.
type Place struct {
	Name, Label, Href, Key string
	Aside                  bool // at the right end of the bar
}

// Places are those of the bar, in order; they never move.
func (l *Layout) Places() []Place {
	return []Place{
		{Name: "today", Label: "Today", Href: "/", Key: "g-t"},
		{Name: "decks", Label: "Decks", Href: "/decks", Key: "g-d"},
		{Name: "quiz", Label: "Quiz", Href: "/quiz", Key: "g-q"},
		{Name: "timeline", Label: "Timeline", Href: "/timeline", Key: "g-l"},
		{Name: "stats", Label: "Stats", Href: "/stats", Key: "g-s"},
		{Name: "add", Label: "Add", Href: "/articles/new", Key: "g-a", Aside: true},
		{Name: "settings", Label: "Settings", Href: "/settings", Key: "g-o", Aside: true},
	}
}

// Body is the class of the body element.
func (l *Layout) Body() string {
	switch {
	case l.Study:
		return "study"
	case l.Wide:
		return "wide"
	default:
		return "page"
	}
}

// ColourScheme is the theme the viewer chose, "" when the device decides.
func (l *Layout) ColourScheme() string {
	if l.Viewer.Theme == "light" || l.Viewer.Theme == "dark" {
		return l.Viewer.Theme
	}
	return ""
}

var sets = parse()

// parse makes one template set a page, of the layout, the page and the parts that
// several pages have in common. A template that does not parse is a
// mistake in the program, so it panics at start and in every test.
func parse() map[string]*template.Template {
	names, err := fs.Glob(files, "pages/*.html")
	if err != nil {
		panic(err)
	}
	sets := make(map[string]*template.Template, len(names))
	for _, name := range names {
		t := template.New("layout.html").Funcs(functions).Option("missingkey=error")
		key := strings.TrimSuffix(strings.TrimPrefix(name, "pages/"), ".html")
		sets[key] = template.Must(t.ParseFS(files, "layout.html", "parts/*.html", name))
	}
	return sets
}

// Render writes page p to w as a whole HTML document. An error from w is returned
// as it is; any other error means that the page and its template disagree.
func Render(w io.Writer, p Page) error {
	set, ok := sets[p.Template()]
	if !ok {
		return fmt.Errorf("views: no template for page %q", p.Template())
	}
	if err := set.Execute(w, p); err != nil {
		return fmt.Errorf("views: render %s: %w", p.Template(), err)
	}
	return nil
}
