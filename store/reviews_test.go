package store_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"recto/cards"
	"recto/store"
)

func isNotFound(err error) bool { return errors.Is(err, store.ErrNotFound) }

func TestGradeMovesTheScheduleAndLogsIt(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, ids := ada.deck("Apollo", 1)
	before := ada.card(ids[0])
	v := ada.grade(ids[0], cards.Good)
	after := ada.card(ids[0])
	want := cards.Schedule{Repetitions: 1, EFactor: 250, Interval: 1, Due: v.Day + 1, Last: v.Day, Seen: true}
	if after.Schedule != want || v.After != want || v.Before != before.Schedule {
		t.Errorf("after Good on a new card: stands at %+v, the event goes from %+v to %+v, want %+v", after.Schedule, v.Before, v.After, want)
	}
	if v.Kind != cards.EventFirst || v.Took != 4*time.Second || v.Zone != "UTC" || v.Rollover != 4 || !v.At.Equal(noon) || v.Day != cards.DayOf(2025, 3, 4) {
		t.Errorf("the event is %+v", v)
	}
	if after.Version == before.Version {
		t.Error("the version did not change")
	}
	if h := ada.history(ids[0]); len(h) != 1 || h[0] != v {
		t.Errorf("the history is %+v, want the event %+v", h, v)
	}
	w.wantClean()
}

func TestTheSameKeyIsOneReview(t *testing.T) {
	w := newWorld(t)
	ada, grace := w.join("ada"), w.join("grace")
	_, ids := ada.deck("Apollo", 2)
	_, hers := grace.deck("Apollo", 1)
	a := store.Answer{Card: ids[0], Version: ada.card(ids[0]).Version, Key: "a-double-click", Grade: cards.Good, At: w.now}
	first := got[cards.Review](t)(w.s.Grade(w.ctx(), ada.id, a, grading(cards.Good)))
	a.Grade = cards.Again
	second := got[cards.Review](t)(w.s.Grade(w.ctx(), ada.id, a, grading(cards.Again)))
	if first != second {
		t.Errorf("the same key gives %+v, and then %+v", first, second)
	}
	must(t, w.s.Close())
	w.open()
	if again := got[cards.Review](t)(w.s.Grade(w.ctx(), ada.id, a, grading(cards.Again))); again != first {
		t.Errorf("after a restart the same key gives %+v, want %+v", again, first)
	}
	a.Card = ids[1]
	if _, err := w.s.Grade(w.ctx(), ada.id, a, grading(cards.Good)); !errors.Is(err, store.ErrStale) {
		t.Errorf("the key of another card gives %v, want ErrStale", err)
	}
	b := store.Answer{Card: hers[0], Version: grace.card(hers[0]).Version, Key: a.Key, Grade: cards.Good, At: w.now}
	if v := got[cards.Review](t)(w.s.Grade(w.ctx(), grace.id, b, grading(cards.Good))); v.CardID != int64(hers[0]) {
		t.Errorf("the key of another user gives %+v", v)
	}
	w.wantClean()
}

func TestAStaleVersionIsNoReview(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, ids := ada.deck("Apollo", 1)
	old := ada.card(ids[0]).Version
	ada.grade(ids[0], cards.Good)
	for _, version := range []int64{old, 0, -1, 99} {
		a := store.Answer{Card: ids[0], Version: version, Key: w.key(), Grade: cards.Good, At: w.now}
		if _, err := w.s.Grade(w.ctx(), ada.id, a, grading(cards.Good)); !errors.Is(err, store.ErrStale) {
			t.Errorf("an answer to version %d gives %v, want ErrStale", version, err)
		}
	}
	if n := len(ada.history(ids[0])); n != 1 {
		t.Errorf("stale answers left %d events, want 1", n)
	}
}

func TestOneKeyFromManyAtOnce(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, ids := ada.deck("Apollo", 1)
	version := ada.card(ids[0]).Version
	var wg sync.WaitGroup
	reviews := make([]cards.Review, 100)
	errs := make([]error, 100)
	for i := range reviews {
		wg.Go(func() {
			key := "one-key-for-everyone"
			if i%4 == 3 { // and some from other tabs
				key = fmt.Sprintf("another-tab-%d", i)
			}
			a := store.Answer{Card: ids[0], Version: version, Key: key, Grade: cards.Good, At: w.now}
			reviews[i], errs[i] = w.s.Grade(w.ctx(), ada.id, a, grading(cards.Good))
		})
	}
	wg.Wait()
	events := ada.history(ids[0])
	if len(events) != 1 {
		t.Fatalf("100 answers at once to one version made %d events, want 1", len(events))
	}
	for i := range reviews {
		switch {
		case errs[i] == nil && reviews[i] != events[0]:
			t.Errorf("answer %d was told %+v, want the one event %+v", i, reviews[i], events[0])
		case errs[i] != nil && !errors.Is(errs[i], store.ErrStale):
			t.Errorf("answer %d: %v", i, errs[i])
		}
	}
	w.wantClean()
}

func TestManyUsersAtOnce(t *testing.T) {
	w := newWorld(t)
	const users, each = 24, 12
	people, decks := make([]*person, users), make([][]store.CardID, users)
	for i := range people {
		people[i] = w.join(fmt.Sprintf("user %d", i))
		_, decks[i] = people[i].deck("Deck", each)
	}
	var wg sync.WaitGroup
	for i, p := range people {
		wg.Go(func() {
			for round, g := range []cards.Grade{cards.Again, cards.Good, cards.Good} {
				for n, id := range decks[i] {
					c, err := w.s.Card(w.ctx(), p.id, id)
					if err != nil {
						t.Error(err)
						return
					}
					a := store.Answer{Card: id, Version: c.Version, Key: fmt.Sprintf("%d-%d-%d", i, round, n), Grade: g, At: noon.Add(time.Duration(round*24) * time.Hour)}
					if _, err := w.s.Grade(w.ctx(), p.id, a, grading(g)); err != nil {
						t.Errorf("user %d, card %d: %v", i, id, err)
						return
					}
				}
			}
		})
	}
	wg.Wait()
	today := cards.DayOf(2025, 3, 6)
	want := cards.NewSchedule(today - 2)
	for round, g := range []cards.Grade{cards.Again, cards.Good, cards.Good} {
		want = grading(g)(want, today-2+cards.Day(round))
	}
	for i, p := range people {
		for _, id := range decks[i] {
			if c := p.card(id); c.Schedule != want || len(p.history(id)) != 3 {
				t.Fatalf("user %d: card %d stands at %+v after %d events, want %+v after 3", i, id, c.Schedule, len(p.history(id)), want)
			}
		}
	}
	w.wantClean()
}

func TestSuspendAndBury(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, ids := ada.deck("Apollo", 2)
	suspend := func(key string, on bool) (cards.Review, error) {
		return w.s.Suspend(w.ctx(), ada.id, ids[0], key, on, w.now)
	}
	first := got[cards.Review](t)(suspend("suspend-key-00001", true))
	if again := got[cards.Review](t)(suspend("suspend-key-00001", true)); again != first || first.Kind != cards.EventSuspend {
		t.Errorf("suspending twice with one key gives %+v and %+v", first, again)
	}
	if _, err := suspend("suspend-key-00002", true); !errors.Is(err, store.ErrStale) {
		t.Errorf("suspending what is suspended gives %v, want ErrStale", err)
	}
	bury := got[cards.Review](t)(w.s.Bury(w.ctx(), ada.id, ids[1], w.key(), w.now))
	if bury.Kind != cards.EventBury || bury.After.Buried != ada.today() {
		t.Errorf("burying gives %+v", bury)
	}
	if q := ada.next(0); q.Card.ID != 0 || ada.counts(0) != (store.Counts{}) {
		t.Errorf("with one card suspended and one buried, %q is asked", q.Card.Front)
	}
	w.now = w.now.Add(24 * time.Hour)
	if q := ada.next(0); q.Card.ID != ids[1] {
		t.Errorf("the next day %q is asked, want the buried card", q.Card.Front)
	}
	if v := got[cards.Review](t)(suspend(w.key(), false)); v.Kind != cards.EventUnsuspend {
		t.Errorf("bringing back gives %+v", v)
	}
	if c := ada.counts(0); c.New != 2 {
		t.Errorf("with both cards back the counts are %+v, want 2 new", c)
	}
	w.wantClean()
}

func TestUndoToAnyDepthBitForBit(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, ids := ada.deck("Apollo", 4)
	type standing map[store.CardID]cards.Schedule
	look := func() standing {
		s := standing{}
		for _, id := range ids {
			s[id] = ada.card(id).Schedule
		}
		return s
	}
	trail := []standing{look()}
	touched := []store.CardID{}
	step := func(id store.CardID, do func()) {
		do()
		trail, touched = append(trail, look()), append(touched, id)
	}
	for day := range 4 {
		for n, id := range ids {
			if ada.card(id).Schedule.Suspended {
				continue
			}
			step(id, func() { ada.grade(id, cards.Grade((day*3+n)%6)) })
		}
		step(ids[day], func() { got[cards.Review](t)(w.s.Bury(w.ctx(), ada.id, ids[day], w.key(), w.now)) })
		if day == 2 {
			step(ids[3], func() { got[cards.Review](t)(w.s.Suspend(w.ctx(), ada.id, ids[3], w.key(), true, w.now)) })
		}
		w.now = w.now.Add(24 * time.Hour)
	}
	for i := len(touched) - 1; i >= 0; i-- {
		key := w.key()
		v := got[cards.Review](t)(w.s.Undo(w.ctx(), ada.id, key, w.now))
		if again := got[cards.Review](t)(w.s.Undo(w.ctx(), ada.id, key, w.now)); again != v {
			t.Fatalf("undo %d twice with one key gives %+v and %+v", i, v, again)
		}
		if store.CardID(v.CardID) != touched[i] {
			t.Fatalf("undo of step %d took back an event of card %d, want %d", i, v.CardID, touched[i])
		}
		now := look()
		for id, want := range trail[i] {
			if now[id] != want {
				t.Fatalf("after undo of step %d card %d stands at %+v, want %+v", i, id, now[id], want)
			}
		}
		if trail[i][touched[i]].Queue(ada.today()) != cards.QueueNone {
			if q := ada.next(0); q.Card.ID != touched[i] {
				t.Fatalf("after undo of step %d %q is asked, want the card taken back", i, q.Card.Front)
			}
		}
	}
	if _, err := w.s.Undo(w.ctx(), ada.id, w.key(), w.now); !errors.Is(err, store.ErrNothingToUndo) {
		t.Errorf("undo of nothing gives %v, want ErrNothingToUndo", err)
	}
	w.wantClean()
}

func TestUndoThenGoOn(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, ids := ada.deck("Apollo", 3)
	ada.grade(ids[0], cards.Good)
	ada.grade(ids[1], cards.Good)
	ada.undo()
	ada.grade(ids[1], cards.Again)
	ada.grade(ids[2], cards.Easy)
	for i, want := range []store.CardID{ids[2], ids[1], ids[0]} {
		if v := ada.undo(); store.CardID(v.CardID) != want {
			t.Errorf("undo %d takes back card %d, want %d", i, v.CardID, want)
		}
	}
	for _, id := range ids {
		if c := ada.card(id); c.Schedule != cards.NewSchedule(c.Schedule.Due) {
			t.Errorf("card %d stands at %+v, want a new card", id, c.Schedule)
		}
	}
	w.wantClean()
}
