//go:build browser

package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"recto/cards"
	"recto/cards/sm2"
	"recto/store"
)

// away gives the one account of a site a deck of cards that were studied for some days,
// the last of them so many days ago.
func (s site) away(t *testing.T, n, days, ago int) {
	t.Helper()
	ctx := context.Background()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	db, err := store.Open(ctx, store.Options{Path: s.db})
	must(err)
	defer func() { must(db.Close()) }()
	users, err := db.Users(ctx)
	must(err)
	u, now := users[0], time.Now().AddDate(0, 0, -ago-days+1)
	u.Settings.NewPerDay = n
	must(db.SetSettings(ctx, u.ID, u.Settings))
	deck, err := db.CreateDeck(ctx, u.ID, "Rivers of Europe", now)
	must(err)
	for i := range n {
		_, err := db.AddNote(ctx, u.ID, deck, cards.Note{GUID: fmt.Sprintf("river-%d", i), Type: "Basic",
			Fields: []cards.Field{{Name: "Front", Value: fmt.Sprintf("Where does river %d rise?", i+1)}, {Name: "Back", Value: fmt.Sprintf("In valley %d", i+1)}}}, u.Today(now), now)
		must(err)
	}
	for day := range days {
		at := now.AddDate(0, 0, day)
		for {
			q, err := db.Next(ctx, u.ID, deck, at)
			if err != nil {
				break
			}
			_, err = db.Grade(ctx, u.ID, store.Answer{Card: q.Card.ID, Version: q.Card.Version, Key: fmt.Sprintf("river-%d-%d-%d", q.Card.ID, q.Card.Version, day), Grade: cards.Good, Took: 6 * time.Second, At: at},
				func(s cards.Schedule, today cards.Day) cards.Schedule { return sm2.Next(s, cards.Good, today) })
			must(err)
		}
	}
}

// TestBrowserComeback: a plan is chosen by keyboard, the review asks what it says, and it
// is changed and ended without scripts.
func TestBrowserComeback(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	b.site.away(t, 50, 8, 40)
	b.everyWay("/", "offered")
	b.open("/")
	if got := b.text(".offers"); !strings.Contains(got, "50 cards wait") || !strings.Contains(got, "17 a day for 3 days") {
		t.Fatalf("Today offers %q", got)
	}
	js[bool](b, `document.querySelector("#plan-spread").focus(), true`)
	b.keys("\r")
	b.until(`location.search.includes("planned") && document.querySelector("#comeback")`)
	if got := b.text(".hero"); !strings.Contains(got, "17 due · 0 new") {
		t.Errorf("with the plan Today says %q", got)
	}
	b.everyWay("/", "running")
	b.open("/review")
	for n := 0; n < 17; n++ {
		if !b.has("#show") {
			t.Fatalf("the review ends after %d cards, and Today said 17", n)
		}
		b.keys(" ")
		b.until(`document.querySelector("form#grade")`)
		before := js[string](b, `document.querySelector("form#grade [name=key]").value`)
		b.keys("3")
		b.until(fmt.Sprintf(`document.querySelector("#home") || document.querySelector("#show") && document.querySelector("#grades-part")?.content.querySelector("[name=key]").value !== %q`, before))
	}
	if !b.has("#home") || !strings.Contains(b.text("main"), "17 cards tomorrow") {
		t.Errorf("after the day's 17 cards the review says %q", b.text("main"))
	}
	b.everyWay("/settings", "settings")
	b.withoutScripts()
	b.size(320, 700)
	b.open("/settings")
	b.click("#plan-none")
	b.until(`location.search.includes("noplan")`)
	if got := b.text("main"); !strings.Contains(got, "No plan: everything is asked as always.") || !strings.Contains(got, "33 due") {
		t.Errorf("without the plan Today says %q", got)
	}
}

// TestBrowserExam: a date is set by keyboard and taken off without scripts; a last look
// is a quiz.
func TestBrowserExam(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	b.site.away(t, 30, 8, 1)
	deck := js[string](b, `fetch("/decks").then(r => r.text()).then(t => new DOMParser().parseFromString(t, "text/html")).then(d => [...d.querySelectorAll("a")].find(a => a.textContent === "Rivers of Europe").getAttribute("href"))`)
	b.open(deck + "/settings")
	in := func(days int) string { return time.Now().AddDate(0, 0, days).Format("2006-01-02") }
	b.fill("#day", in(2))
	js[bool](b, `document.querySelector("#set-exam").focus(), true`)
	b.keys("\r")
	b.until(`location.search.includes("exam") && document.querySelector(".exam")`)
	if got := b.text("main"); !strings.Contains(got, "Exam in 2 days: all 30 cards have been asked.") || !strings.Contains(got, "should be known") {
		t.Errorf("the deck says %q", got)
	}
	b.everyWay(deck, "deck")
	b.everyWay(deck+"/settings", "settings")
	b.everyWay("/", "today")
	b.open("/")
	b.click(`[id^="last-look-"]`)
	b.until(`location.pathname === "/quiz" && document.querySelector("#start")`)
	if got := js[string](b, `document.querySelector("#from").selectedOptions[0].textContent`); !strings.Contains(got, "Rivers of Europe, a last look before") {
		t.Errorf("the quiz would be about %q", got)
	}
	b.withoutScripts()
	b.size(320, 700)
	b.open(deck + "/settings")
	b.click("#remove-exam")
	b.until(`location.search.includes("saved")`)
	if got := b.text("main"); strings.Contains(got, "Exam in") {
		t.Errorf("after the date was taken off the deck says %q", got)
	}
}
