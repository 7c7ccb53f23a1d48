package web

import (
	"fmt"
	"io"
	"net/url"
	"sort"
	"strconv"

	"recto/cards"
	"recto/cards/edtf"
	"recto/cards/timeline"
	"recto/store"
	"recto/views"
)

const (
	entriesPerPage = 200
	entriesInFile  = 2000
)

// line is everything dated that a request asks for, in order.
type line struct {
	scope  store.Scope
	list   []store.Dated
	events []timeline.Event
	hide   bool
}

// lineOf reads what a timeline is of.
func (s *server) lineOf(r *request) (l line, p *views.Timeline, err error) {
	all, err := s.store.Scopes(r.ctx, r.user.ID)
	if err != nil {
		return l, nil, err
	}
	var ok bool
	if l.scope, ok = readScope(r.query.Get("of")); !ok || !all.In(l.scope) {
		return l, nil, store.ErrNotFound
	}
	if l.list, err = s.store.Timeline(r.ctx, r.user.ID, l.scope); err != nil {
		return l, nil, err
	}
	p = &views.Timeline{}
	for i, d := range l.list {
		found := timeline.Events(d.Value, i)
		l.events = append(l.events, found...)
		if d.Card != 0 && len(found) > 0 {
			p.Cards++
			if d.Remembered {
				p.Remembered++
			}
		}
	}
	timeline.Sort(l.events)
	l.hide = r.query.Get("hide") == "1"
	p.Groups, p.Of = scopeGroups(all, l.scope)
	p.Title, p.Place, p.Script = "Timeline", "timeline", "timeline.js"
	p.Total, p.Hide = len(l.events), l.hide
	p.Span, p.Turned, p.Export = l.span(), l.address(!l.hide, "", 0), "/timeline.svg"+l.query(false, "", 0)
	return l, p, nil
}

// span says from when to when, by the year.
func (l line) span() string {
	if len(l.events) == 0 {
		return ""
	}
	last := l.events[0].Reach.FirstYear()
	for _, e := range l.events {
		last = max(last, e.Reach.FirstYear())
	}
	from := timeline.Period{Unit: timeline.Year, N: l.events[0].Reach.FirstYear()}
	to := timeline.Period{Unit: timeline.Year, N: last}
	if from == to {
		return from.Words()
	}
	return from.Words() + " to " + to.Words()
}

// query is the part of an address that says which entries are shown: from a period on, or
// from entry number n.
func (l line) query(hide bool, from string, n int) string {
	v := url.Values{}
	if word := scopeWord(l.scope); word != "" {
		v.Set("of", word)
	}
	if hide {
		v.Set("hide", "1")
	}
	if from != "" {
		v.Set("from", from)
	}
	if n > 0 {
		v.Set("n", strconv.Itoa(n))
	}
	if len(v) == 0 {
		return ""
	}
	return "?" + v.Encode()
}

func (l line) address(hide bool, from string, n int) string {
	return "/timeline" + l.query(hide, from, n)
}

// first is the number of the first entry that a request wants to see.
func (l line) first(r *request) int {
	n := int(min(max(number(r.query, "n"), 0), 1<<31))
	if p, ok := timeline.ParsePeriod(r.query.Get("from")); ok && n == 0 {
		n = sort.Search(len(l.events), func(i int) bool { return l.events[i].Reach.First >= p.First() })
	}
	return min(n, max(len(l.events)-1, 0))
}

func (s *server) timeline(r *request) (reply, error) {
	l, p, err := s.lineOf(r)
	if err != nil {
		return reply{}, err
	}
	from := l.first(r)
	to := min(from+entriesPerPage, len(l.events))
	if p.Sections, err = s.sections(r, l, from, to); err != nil {
		return reply{}, err
	}
	p.First, p.Last = from+1, to
	if from > 0 {
		p.Before = l.address(l.hide, "", max(from-entriesPerPage, 0))
	}
	if to < len(l.events) {
		p.After = l.address(l.hide, "", to)
	}
	if !l.hide { // a picture of when would tell the dates
		unit := timeline.UnitFor(l.events)
		p.SetBars(timeline.Bars(l.events, unit), unit, func(period timeline.Period) string {
			if from == 0 && to == len(l.events) {
				return "#t-" + period.String()
			}
			return l.address(false, period.String(), 0)
		})
	}
	return show(p)
}

func (s *server) timelineSVG(r *request) (reply, error) {
	l, p, err := s.lineOf(r)
	if err != nil {
		return reply{}, err
	}
	l.hide = false
	from := l.first(r)
	if p.Sections, err = s.sections(r, l, from, min(from+entriesInFile, len(l.events))); err != nil {
		return reply{}, err
	}
	return download("timeline.svg", "image/svg+xml", func(w io.Writer) error { return p.WriteSVG(w) })
}

// sections are the entries from one number until another, under headings.
func (s *server) sections(r *request, l line, from, to int) ([]views.TimeSection, error) {
	events := l.events[from:to]
	which := make([]store.Dated, len(events))
	for i, e := range events {
		which[i] = l.list[e.Of]
	}
	told, err := s.store.Tell(r.ctx, r.user.ID, which, partOf)
	if err != nil {
		return nil, err
	}
	unit := timeline.UnitFor(l.events)
	span, until := 0, 0
	if len(l.events) > 0 {
		span = l.events[len(l.events)-1].Reach.First - l.events[0].Reach.First
	}
	var sections []views.TimeSection
	var period timeline.Period
	for i, e := range events {
		heading := timeline.PeriodOf(unit.Wider(), e.Reach.First).Words()
		if l.hide {
			heading = ""
		}
		if len(sections) == 0 || sections[len(sections)-1].Title != heading {
			sections = append(sections, views.TimeSection{Title: heading})
		}
		in := &sections[len(sections)-1]
		if gap := timeline.Gap(until, e.Reach.First, span); i > 0 && gap != "" && !l.hide {
			in.Items = append(in.Items, views.TimeItem{Gap: gap})
		}
		item := l.item(e, told[i])
		if at := timeline.PeriodOf(unit, e.Reach.First); i == 0 || at != period {
			period, item.ID = at, "t-"+at.String()
		}
		in.Items = append(in.Items, item)
		until = max(e.Until(), until)
		if i == 0 {
			until = e.Until()
		}
	}
	return sections, nil
}

// item is one entry as it is shown.
func (l line) item(e timeline.Event, t store.Telling) views.TimeItem {
	item := views.TimeItem{
		Date: timeline.Short(e.Date), Machine: timeline.Machine(e.Date), Range: e.Date.Shape == edtf.Interval,
		Text: wording(t), Card: int64(t.Card), Title: t.Title, State: "no card",
	}
	switch {
	case t.Card != 0 && t.Remembered:
		item.State = "remembered"
	case t.Card != 0:
		item.State = "not yet"
	}
	if t.Article != 0 {
		item.Source = sentenceAddress(t)
		if item.Title == "" {
			item.Title = "the article"
		}
	}
	if l.hide {
		item.Text, item.Title = timeline.Masked(item.Text, e.Date), timeline.Masked(item.Title, e.Date)
		item.ID = ""
	}
	return item
}

// wording is what an entry says: a card's words where there are some, else the sentence's.
func wording(t store.Telling) string {
	if text, ok := timeline.FromGap(t.Gap); ok {
		return text
	}
	for _, q := range []string{t.Question, t.Front} {
		if text, ok := timeline.FromQuestion(q, t.Said); ok {
			return text
		}
	}
	if text, ok := timeline.FromGap(t.Front); ok {
		return text
	}
	if t.Said != "" {
		if text := timeline.Clause(t.Said, t.Source); text != "" {
			return text
		}
	}
	if t.Front != "" {
		return t.Front
	}
	return t.Title
}

// sentenceAddress leads to the sentence in its article: to the mark of its proposal, and,
// where the browser knows how, to the words themselves.
func sentenceAddress(t store.Telling) string {
	to := fmt.Sprintf("/articles/%d", t.Article)
	if t.Part > 1 {
		to += fmt.Sprintf("?part=%d", t.Part)
	}
	if t.Proposal != "" {
		return to + "#m-" + t.Proposal
	}
	return to + "#text"
}

// partOf is in which part of an article's pages a place in its text stands, from 1.
func partOf(blocks []cards.Block, size, at int) int {
	for i, p := range partsOf(blocks, size) {
		if at < p.span.End {
			return i + 1
		}
	}
	return 1
}
