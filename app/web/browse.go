package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"recto/cards/search"
	"recto/store"
	"recto/views"
)

// browsedPerPage is how many found cards a page shows.
const browsedPerPage = 100

// browseOrders are what found cards can be sorted by. Down is the way that is wanted first.
var browseOrders = []struct {
	order store.Order
	label string
	down  bool
}{
	{store.ByAdded, "Added", true}, {store.ByQuestion, "Question", false}, {store.ByDeck, "Deck", false}, {store.ByDue, "Due", false},
	{store.ByInterval, "Interval", true}, {store.ByEase, "E-Factor", false}, {store.ByLapses, "Lapses", true},
}

// browsing is what the address of the page says.
type browsing struct {
	query string
	order store.Order
	down  bool
	from  int // the number of the first card on the page
	after string
	back  string // the place that the page ends before
}

func readBrowsing(values url.Values) browsing {
	b := browsing{query: strings.TrimSpace(clean(values.Get("q"))), order: store.ByAdded, down: true}
	for _, o := range browseOrders {
		if values.Get("by") == string(o.order) {
			b.order, b.down = o.order, o.down
		}
	}
	switch values.Get("way") {
	case "up":
		b.down = false
	case "down":
		b.down = true
	}
	b.after, b.back = clean(values.Get("after")), clean(values.Get("before"))
	if b.after != "" {
		b.back = ""
	}
	if b.after != "" || b.back != "" {
		b.from = int(min(max(number(values, "from"), 0), 1<<31))
	}
	return b
}

// address is the page's, with what is not as it is anyway.
func (b browsing) address() string {
	q := url.Values{}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	set("q", b.query)
	for _, o := range browseOrders {
		if o.order != b.order {
			continue
		}
		if b.order != store.ByAdded {
			q.Set("by", string(b.order))
		}
		if b.down != o.down {
			q.Set("way", map[bool]string{true: "down", false: "up"}[b.down])
		}
	}
	set("after", b.after)
	set("before", b.back)
	if b.from > 0 && (b.after != "" || b.back != "") {
		q.Set("from", strconv.Itoa(b.from))
	}
	if len(q) == 0 {
		return "/cards"
	}
	return "/cards?" + q.Encode()
}

func (s *server) browse(r *request) (reply, error) {
	b := readBrowsing(r.query)
	p, err := s.browsePage(r, b)
	if err != nil {
		return reply{}, err
	}
	if p.Error != "" {
		return showAs(http.StatusUnprocessableEntity, p)
	}
	if len(p.Cards) == 0 && (b.after != "" || b.back != "") { // cards have gone since the page was linked
		return goTo(browsing{query: b.query, order: b.order, down: b.down}.address())
	}
	return show(p)
}

// browsePage is the page of what is found; its Error says what is wrong with the query.
func (s *server) browsePage(r *request, b browsing) (*views.Browse, error) {
	p := &views.Browse{Query: b.query, Today: r.today(), Key: newKey(), Here: b.address()}
	p.Title, p.Place, p.Wide, p.Script = "Cards", "cards", true, "browse.js"
	p.Notice = noticeOf(r)
	for _, o := range search.Operators {
		p.Operators = append(p.Operators, views.Operator{Name: o.Name, Examples: strings.Split(o.Example, "  "), Meaning: o.Meaning})
	}
	if err := errors.Join(s.lastAct(r, p), s.savedSearches(r, b, p)); err != nil {
		return nil, err
	}
	found, err := s.found(r, b, p)
	if err != nil || p.Error != "" {
		return p, err
	}
	if err := s.ownDecks(r, p); err != nil {
		return nil, err
	}
	p.Total, p.First = found.Total, b.from+1
	for _, c := range found.Cards {
		p.Cards = append(p.Cards, views.BrowseLine{
			ID: int64(c.ID), Front: c.Front, Back: c.Back, Deck: c.DeckName, Schedule: c.Schedule, Tags: c.Tags, Flag: c.Flag,
			Mine: c.Mine, Studied: c.Studied,
		})
	}
	p.Orders = orderLinks(b)
	next, previous := b, b
	if next.back, next.after = "", found.Next; next.after != "" {
		next.from = b.from + len(found.Cards)
		p.After = next.address()
	}
	if previous.after, previous.back = "", found.Previous; previous.back != "" {
		if previous.from = max(b.from-browsedPerPage, 0); previous.from == 0 {
			previous.back = ""
		}
		p.Before = previous.address()
	}
	return p, nil
}

// found asks the store, and puts what is wrong with the query on the page.
func (s *server) found(r *request, b browsing, p *views.Browse) (store.Browsed, error) {
	query, err := search.Parse(b.query)
	var found store.Browsed
	if err == nil {
		if b.query != "" {
			p.Reading = search.Say(query)
		}
		found, err = s.store.Browse(r.ctx, r.user.ID, r.now, store.Browse{
			Query: query, Order: b.order, Down: b.down, After: b.after, Before: b.back, Size: browsedPerPage,
		})
	}
	if sentence := sentenceOf(err); sentence != "" {
		p.Error, p.Reading = sentence, ""
		return found, nil
	}
	return found, err
}

// sentenceOf says what is wrong with a query, "" where it is something else.
func sentenceOf(err error) string {
	var wrong *search.Error
	if !errors.As(err, &wrong) {
		return ""
	}
	return "At character " + strconv.Itoa(wrong.At) + ": " + strings.TrimSuffix(wrong.Sentence, ".") + "."
}

// ownDecks lists the decks that cards can be moved to.
func (s *server) ownDecks(r *request, p *views.Browse) error {
	decks, err := s.store.Decks(r.ctx, r.user.ID, r.today())
	if err != nil {
		return err
	}
	decks = slices.DeleteFunc(decks, func(d store.Deck) bool { return !d.Mine })
	p.Decks = deckLines(decks)
	return nil
}

// orderLinks are the ways to sort; the one that holds turns round.
func orderLinks(b browsing) []views.OrderLink {
	links := make([]views.OrderLink, len(browseOrders))
	for i, o := range browseOrders {
		to := browsing{query: b.query, order: o.order, down: o.down}
		links[i] = views.OrderLink{Name: string(o.order), Label: o.label}
		if o.order == b.order {
			to.down = !b.down
			links[i].Sorted = map[bool]string{true: "descending", false: "ascending"}[b.down]
		}
		links[i].Href = to.address()
	}
	return links
}

// actsShown is how long after an act its undo stands on the page.
const actsShown = 24 * time.Hour

// lastAct puts the act that can be taken back on the page, and how it went where it has
// just been done.
func (s *server) lastAct(r *request, p *views.Browse) error {
	act, err := s.store.LatestBulk(r.ctx, r.user.ID)
	if err == nil && (act.Busy() || r.now.Sub(act.At) < actsShown) {
		p.Act = actLine(act)
		p.Act.CanUndo = act.State == "done"
		if act.Busy() {
			p.Refresh = 2
		}
	}
	if id := number(r.query, "act"); id > 0 && (p.Act == nil || p.Act.ID != id) && (err == nil || errors.Is(err, store.ErrNotFound)) {
		var done store.BulkAct
		done, err = s.store.Bulk(r.ctx, r.user.ID, store.BulkID(id))
		if err == nil {
			p.Done = actLine(done)
		}
	}
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}

// actLine says an act in words.
func actLine(a store.BulkAct) *views.Act {
	noun := "card"
	if a.Kind == store.BulkTag || a.Kind == store.BulkUntag {
		noun = "note"
	}
	done := views.Count(a.Done, noun)
	l := &views.Act{ID: int64(a.ID), Busy: a.Busy(), Done: a.Done + a.Left, Items: a.Items}
	does, did := actWords(a, done)
	l.Undo = "Undo: " + does
	switch {
	case a.State == "undoing":
		l.Sentence = "Taking back: " + does + "."
	case a.Busy():
		l.Sentence = strings.ToUpper(does[:1]) + does[1:] + " so far, of " + views.Number(a.Items) + "."
	case a.State == "undone":
		l.Sentence = "Taken back: " + does + "."
		if a.Left > 0 {
			l.Sentence += " " + views.Count(a.Left, noun) + " changed since, and stayed as they are."
		}
	case a.Done == 0:
		l.Sentence = "Nothing had to be changed."
	default:
		l.Sentence = did
		if a.Left > 0 {
			l.Sentence += " " + views.Count(a.Left, noun) + " stayed as they were."
		}
	}
	return l
}

// actWords are what an act does, and that it did.
func actWords(a store.BulkAct, done string) (does, did string) {
	were := " were "
	if a.Done == 1 {
		were = " was "
	}
	switch a.Kind {
	case store.BulkMove:
		return "move " + done, done + were + "moved to " + a.Said + "."
	case store.BulkTag:
		return "tag " + done + " with “" + a.Said + "”", done + were + "tagged with “" + a.Said + "”."
	case store.BulkUntag:
		return "take “" + a.Said + "” off " + done, "The tag “" + a.Said + "” was taken off " + done + "."
	case store.BulkSuspend:
		return "suspend " + done, done + were + "suspended."
	case store.BulkUnsuspend:
		return "bring back " + done, done + were + "brought back."
	case store.BulkBury:
		return "put off " + done, done + were + "put off to the next day."
	case store.BulkReset:
		return "set " + done + " back to new", done + were + "set back to new."
	case store.BulkFlag:
		if a.Said == "0" {
			return "take the flag off " + done, "The flag was taken off " + done + "."
		}
		return "flag " + done, done + " got flag " + a.Said + "."
	default:
		return "delete " + done, done + were + "put into the trash."
	}
}
