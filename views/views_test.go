package views_test

import (
	"strings"
	"testing"
	"time"

	"recto/cards"
	"recto/views"
)

func TestNumbersAndTimesAreWrittenAsPeopleSayThem(t *testing.T) {
	today := cards.DayOf(2025, time.March, 4)
	tests := []struct{ what, got, want string }{
		{"a small number", views.Number(7), "7"},
		{"thousands", views.Number(1234567), "1,234,567"},
		{"a negative number", views.Number(-1234), "−1,234"},
		{"one card", views.Count(1, "card"), "1 card"},
		{"no cards", views.Count(0, "card"), "0 cards"},
		{"an irregular plural", views.Count(2, "entry", "entries"), "2 entries"},
		{"an interval of a day", views.Interval(1), "1 day"},
		{"an interval of weeks", views.Interval(45), "45 days"},
		{"an interval of months", views.Interval(95), "3.1 months"},
		{"an interval of whole months", views.Interval(365), "12 months"},
		{"an interval of years", views.Interval(1488), "4.1 years"},
		{"a long interval", views.Interval(36500), "100 years"},
		{"due today", views.Due(today, today), "today"},
		{"due tomorrow", views.Due(today+1, today), "tomorrow"},
		{"due later", views.Due(today+9, today), "in 9 days"},
		{"overdue", views.Due(today-3, today), "3 days late"},
		{"a date of this year", views.Date(today, today), "Tuesday 4 March"},
		{"a date of another year", views.Date(today, today+400), "4 March 2025"},
		{"seconds", views.Spent(49600 * time.Millisecond), "50 s"},
		{"minutes", views.Spent(230 * time.Second), "3 min 50 s"},
		{"whole minutes", views.Spent(4 * time.Minute), "4 min"},
		{"a short while, roughly", views.About(40 * time.Second), "under a minute"},
		{"minutes, roughly", views.About(4 * time.Minute), "about 4 minutes"},
		{"hours, roughly", views.About(125 * time.Minute), "about 2 hours"},
		{"hours", views.Spent(65 * time.Minute), "1 h 5 min"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("%s is written %q, want %q", test.what, test.got, test.want)
		}
	}
}

func TestTextIsEscapedWhereverItStands(t *testing.T) {
	const nasty = `"><script>alert(1)</script><img src=x onerror=alert(2)>{{.}}`
	p := &views.Review{Front: nasty, Back: nasty, Context: nasty, DeckName: nasty, Show: true, Key: nasty,
		Source: views.Quote{Before: nasty, Marked: nasty, After: nasty, Href: "javascript:alert(1)"}}
	p.Title, p.Study, p.Notice = nasty, true, views.Notice{Text: nasty}
	var b strings.Builder
	if err := views.Render(&b, p); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"<script>alert", "<img", "javascript:alert"} {
		if strings.Contains(b.String(), bad) {
			t.Errorf("the page contains %q, unescaped", bad)
		}
	}
}

func TestStaticFilesAreFoundByTheirHashedName(t *testing.T) {
	for _, plain := range []string{"style.css", "study.js", "icon.svg"} {
		address := views.Asset(plain)
		f, ok := views.Static(strings.TrimPrefix(address, "/static/"))
		if !ok || len(f.Plain()) == 0 || f.Type == "" {
			t.Errorf("Static(%q) finds no file with content and type", address)
		}
		if _, ok := views.Static(plain); ok {
			t.Errorf("Static(%q) finds a file: without a hash it could not be kept for ever", plain)
		}
	}
}

func TestEveryZoneOfTheListExists(t *testing.T) {
	for _, name := range views.Zones() {
		if _, err := time.LoadLocation(name); err != nil {
			t.Errorf("zone %q: %v", name, err)
		}
	}
}
