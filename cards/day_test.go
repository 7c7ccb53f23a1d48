package cards_test

import (
	"archive/zip"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"recto/cards"
)

// goRoot is the folder of the Go that runs the tests.
func goRoot(t testing.TB) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatalf("go env GOROOT: %v", err)
	}
	return strings.TrimSpace(string(out))
}

// zones lists every IANA zone that Go itself ships.
func zones(t testing.TB) []string {
	t.Helper()
	r, err := zip.OpenReader(filepath.Join(goRoot(t), "lib", "time", "zoneinfo.zip"))
	if err != nil {
		t.Fatalf("the zones that come with Go: %v", err)
	}
	defer r.Close()
	var names []string
	for _, f := range r.File {
		if !strings.HasSuffix(f.Name, "/") {
			names = append(names, f.Name)
		}
	}
	if len(names) < 400 {
		t.Fatalf("%d zones, want all of them", len(names))
	}
	slices.Sort(names)
	return names
}

func load(t testing.TB, zone string) *time.Location {
	t.Helper()
	l, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestDayEverywhere walks every zone through every change of its clocks from 1970
// to 2038, with every rollover hour in turn: days follow one another, none twice
// and none left out, and a day is the date on the wall once the rollover hour is
// taken off, except in the hour or so in which the clocks themselves repeat.
func TestDayEverywhere(t *testing.T) {
	t.Parallel()
	from, until := time.Date(1970, 1, 3, 0, 0, 0, 0, time.UTC), time.Date(2038, 1, 1, 0, 0, 0, 0, time.UTC)
	for i, zone := range zones(t) {
		loc := load(t, zone)
		changes := 0
		for at := from; at.Before(until) && !at.IsZero(); changes++ {
			c := cards.Clock{Zone: loc, Rollover: (i*7 + changes) % 24}
			checkAround(t, zone, c, at)
			_, end := at.In(loc).ZoneBounds()
			if end.IsZero() {
				break
			}
			at = end
		}
	}
}

// checkAround looks at the four days around an instant, every half hour and at the
// starts of days to the second.
func checkAround(t *testing.T, zone string, c cards.Clock, at time.Time) {
	t.Helper()
	first := at.Add(-48 * time.Hour)
	last := c.Day(first)
	for x := first; x.Before(at.Add(48 * time.Hour)); x = x.Add(30 * time.Minute) {
		d := c.Day(x)
		if d < last {
			t.Fatalf("%s, rollover %d: at %v the day goes back from %v to %v", zone, c.Rollover, x, last, d)
		}
		for between := last + 1; between < d; between++ {
			// Only a date that the zone's calendar itself leaves out may pass unseen.
			if !c.Start(between).Equal(c.Start(between + 1)) {
				t.Fatalf("%s, rollover %d: at %v day %v is left out", zone, c.Rollover, x, between)
			}
		}
		if c.Start(d).After(x) || !c.Start(d+1).After(x) {
			t.Fatalf("%s, rollover %d: Day(%v) = %v, which runs from %v to %v", zone, c.Rollover, x, d, c.Start(d), c.Start(d+1))
		}
		last = d
	}
	for d := c.Day(first); d <= c.Day(at)+1; d++ {
		start := c.Start(d)
		if c.Start(d + 1).Equal(start) {
			continue
		}
		if got := c.Day(start); got != d {
			t.Fatalf("%s, rollover %d: Day(Start(%v)) = %v", zone, c.Rollover, d, got)
		}
		if got := c.Day(start.Add(-time.Second)); got >= d {
			t.Fatalf("%s, rollover %d: a second before day %v it is %v already", zone, c.Rollover, d, got)
		}
	}
}

// TestDayIsTheDateOnTheWall: away from the changes of a zone's clocks the day is
// the calendar date of the wall clock less the rollover hour.
func TestDayIsTheDateOnTheWall(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for _, zone := range zones(t) {
		loc := load(t, zone)
		for range 40 {
			at := time.Unix(r.Int64N(2_100_000_000), 0).In(loc)
			begin, end := at.ZoneBounds()
			if !begin.IsZero() && at.Sub(begin) < 49*time.Hour || !end.IsZero() && end.Sub(at) < 49*time.Hour {
				continue
			}
			c := cards.Clock{Zone: loc, Rollover: r.IntN(24)}
			wall := time.Date(at.Year(), at.Month(), at.Day(), at.Hour()-c.Rollover, at.Minute(), 0, 0, time.UTC)
			if want := cards.DayOf(wall.Year(), wall.Month(), wall.Day()); c.Day(at) != want {
				t.Errorf("%s, rollover %d: Day(%v) = %v, want %v", zone, c.Rollover, at, c.Day(at), want)
			}
		}
	}
}

// TestTravel: whatever zones a user moves through, today never goes back, and a
// card due on day D is asked from the first moment of D and not before.
func TestTravel(t *testing.T) {
	t.Parallel()
	all := zones(t)
	r := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		now := time.Unix(1_000_000_000+r.Int64N(1_000_000_000), 0)
		var last, due cards.Day
		for leg := range 30 {
			c := cards.Clock{Zone: load(t, all[r.IntN(len(all))]), Rollover: cards.DefaultRollover}
			today := c.Today(now, last)
			if leg == 0 {
				due = today + 3
			}
			if today < last {
				t.Fatalf("today goes back from %v to %v at %v in %v", last, today, now, c.Zone)
			}
			if local := c.Day(now); today != local && today != last {
				t.Fatalf("today is %v at %v in %v, neither the local day %v nor the last %v", today, now, c.Zone, local, last)
			}
			s := cards.Schedule{Seen: true, Interval: 3, Due: due}
			if asked := s.Queue(today) == cards.QueueDue; asked != (today >= due) {
				t.Fatalf("a card due on %v is asked on %v: %v", due, today, asked)
			}
			last = today
			now = now.Add(time.Duration(r.IntN(20)) * time.Hour)
		}
	}
}

func TestDays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		zone     string
		rollover int
		at       string
		want     string
		because  string
	}{
		{"Europe/Berlin", 4, "2026-03-29T03:59:59+02:00", "2026-03-28", "the second before the rollover"},
		{"Europe/Berlin", 4, "2026-03-29T04:00:00+02:00", "2026-03-29", "the rollover on the day clocks go forward"},
		{"Europe/Berlin", 2, "2026-03-29T03:00:00+02:00", "2026-03-29", "2:00 does not exist that day: the day starts at 3:00"},
		{"Europe/Berlin", 2, "2026-10-25T02:30:00+01:00", "2026-10-25", "2:30 for the second time: the day does not go back"},
		{"Asia/Kathmandu", 4, "2026-05-01T03:59:00+05:45", "2026-04-30", "a zone of three quarters of an hour"},
		{"Australia/Lord_Howe", 2, "2026-10-04T02:30:00+11:00", "2026-10-04", "clocks that change by half an hour"},
		{"Pacific/Apia", 4, "2011-12-29T23:59:00-10:00", "2011-12-29", "the day before the one that Samoa left out"},
		{"Pacific/Apia", 4, "2011-12-31T04:00:00+14:00", "2011-12-31", "the day after the one that Samoa left out"},
		{"UTC", 0, "1969-12-31T23:59:59Z", "1969-12-31", "before the epoch"},
		{"America/Sao_Paulo", 0, "2018-11-04T01:00:00-02:00", "2018-11-04", "midnight does not exist that day"},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		clock := cards.Clock{Zone: load(t, c.zone), Rollover: c.rollover}
		if got := clock.Day(at).String(); got != c.want {
			t.Errorf("Day(%s) in %s = %s, want %s: %s", c.at, c.zone, got, c.want, c.because)
		}
	}
}

// TestWrongClock: an event stamped years ahead by a clock that was wrong does not
// freeze the days that follow.
func TestWrongClock(t *testing.T) {
	t.Parallel()
	c := cards.Clock{Rollover: 4}
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	if got, want := c.Today(now, c.Day(now)+3650), c.Day(now); got != want {
		t.Errorf("Today = %v, want %v", got, want)
	}
}

func BenchmarkDay(b *testing.B) {
	c := cards.Clock{Zone: load(b, "Europe/Berlin"), Rollover: 4}
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	for b.Loop() {
		c.Day(now)
	}
}
