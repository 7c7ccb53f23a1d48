package store_test

import (
	"database/sql"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"recto/cards"
	"recto/cards/formats"
	"recto/store"
)

// grown is an import of old notes, all of them changed, and of as many cards more.
func grown(old, more int) (first, second *formats.Draft) {
	fronts := make([]string, old+more)
	for i := range fronts {
		fronts[i] = fmt.Sprintf("front %d", i)
	}
	first, second = pack(fronts[:old]...), pack(fronts...)
	for i := range old {
		second.Notes[i].Fields[1], second.Notes[i].Modified = "changed", noon.AddDate(0, 0, 1)
	}
	return first, second
}

// seen is what another connection finds of a user's cards.
type seen struct{ cards, schedules, counted, changed, told int }

// watch looks at a user's cards from a connection of its own until stop is closed, and
// returns all that was different from what was seen before it.
func (p *person) watch(stop <-chan struct{}) (list []seen, err error) {
	db, err := sql.Open("sqlite3", "file:"+p.w.path+"?mode=ro&_busy_timeout=10000")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	for last := false; ; {
		var s seen
		err := db.QueryRow(`SELECT (SELECT count(*) FROM cards c JOIN decks d ON d.id = c.deck_id WHERE d.user_id = ?1),
			(SELECT count(*) FROM schedules y JOIN decks d ON d.id = y.deck_id WHERE y.user_id = ?1 AND d.user_id = ?1),
			(SELECT coalesce(sum(cards), 0) FROM decks WHERE user_id = ?1),
			(SELECT count(*) FROM notes n JOIN cards c ON c.note_id = n.id JOIN decks d ON d.id = c.deck_id
				WHERE d.user_id = ?1 AND n.fields LIKE '%"changed"%' AND c.back = 'changed'),
			(SELECT count(*) FROM imports WHERE user_id = ?1 AND state <> 'staged')`, int64(p.id)).Scan(&s.cards, &s.schedules, &s.counted, &s.changed, &s.told)
		if err != nil {
			return nil, err
		}
		if len(list) == 0 || s != list[len(list)-1] {
			list = append(list, s)
		}
		if last {
			return list, nil
		}
		select {
		case <-stop:
			last = true
		case <-time.After(time.Millisecond):
		}
	}
}

// TestALargeImportIntoADeckIsSeenAtOnce: of 20,000 cards that come into a deck that was
// there, and 3,000 notes that change, others see nothing or all.
func TestALargeImportIntoADeckIsSeenAtOnce(t *testing.T) {
	const old, more = 3000, 20000
	w := newWorld(t)
	ada := w.join("ada")
	first, second := grown(old, more)
	ada.take(first, store.Choices{})
	stop := make(chan struct{})
	var list []seen
	var failed error
	var wg sync.WaitGroup
	wg.Go(func() { list, failed = ada.watch(stop) })
	id, plan := ada.take(second, store.Choices{})
	close(stop)
	wg.Wait()
	must(t, failed)
	want := []seen{{old, old, old, 0, 1}, {old + more, old + more, old + more, old, 2}}
	if fmt.Sprint(list) != fmt.Sprint(want) {
		t.Errorf("others have seen %v of it, want %v", list, want)
	}
	if plan.Notes.New != more || plan.Notes.Changed != old {
		t.Errorf("it did %+v, want %d notes new and %d changed", plan.Notes, more, old)
	}
	w.wantClean()
	back := got[store.TakenBack](t)(w.s.TakeBack(w.ctx(), ada.id, id, w.now))
	if back.Notes != more || back.Restored != old {
		t.Errorf("taking it back did %+v, want %d notes gone and %d as before", back, more, old)
	}
	w.wantClean()
}

// BenchmarkImportBesideReviews imports 20,000 cards and 3,000 changed notes into a deck
// that is there, 100,000 cards into one that is there, and 100,000 into a new one, while
// another user answers cards, and says how long the slowest answer took.
func BenchmarkImportBesideReviews(b *testing.B) {
	for _, size := range [][2]int{{3000, 20000}, {1, 100000}, {0, 100000}} {
		b.Run(fmt.Sprintf("%d-changed-%d-new", size[0], size[1]), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				w := newWorld(b)
				ada, bob := w.join("ada"), w.join("bob")
				first, second := grown(size[0], size[1])
				if size[0] > 0 {
					ada.take(first, store.Choices{})
				}
				_, ids := bob.deck("Bob's", 200)
				stop, times := make(chan struct{}), []time.Duration(nil)
				var wg sync.WaitGroup
				wg.Go(func() { times = bob.keepAnswering(ids, stop) })
				b.StartTimer()
				ada.take(second, store.Choices{})
				b.StopTimer()
				close(stop)
				wg.Wait()
				slices.Sort(times)
				b.ReportMetric(float64(times[len(times)-1].Microseconds())/1000, "ms-slowest")
				b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "ms-median")
				b.ReportMetric(float64(len(times)), "answers")
				b.StartTimer()
			}
		})
	}
}

// keepAnswering answers cards, every 5 ms, until stop is closed, and returns how long each took.
func (p *person) keepAnswering(ids []store.CardID, stop <-chan struct{}) (times []time.Duration) {
	for i := 0; ; i++ {
		select {
		case <-stop:
			return times
		case <-time.After(5 * time.Millisecond):
		}
		at := time.Now()
		p.grade(ids[i%len(ids)], cards.Good)
		times = append(times, time.Since(at))
	}
}

// TestWhatIsChangedWhileAnImportEndsStays: a note that a person edits, and a note type,
// once the notes are staged (1), or all is (2).
func TestWhatIsChangedWhileAnImportEndsStays(t *testing.T) {
	for _, c := range []struct {
		tell    int
		typeToo bool
		want    []string
	}{
		{1, false, []string{"front 0/changed", "front 1/my own", "front 2/changed", "front 3/back of front 3"}},
		{2, false, []string{"front 0/changed", "front 1/my own", "front 2/changed", "front 3/back of front 3"}},
		{1, true, []string{"changed/front 0", "my own/front 1", "changed/front 2", "back of front 3/front 3"}},
		{2, true, []string{"changed/front 0", "my own/front 1", "changed/front 2", "back of front 3/front 3"}},
	} {
		w := newWorld(t)
		ada := w.join("ada")
		first, second := grown(3, 1)
		_, plan := ada.take(first, store.Choices{})
		deck := plan.Decks[0].ID
		ids := ada.cards(deck)
		note, tells := ada.card(ids[1]).Note, 0
		id, _, err := w.s.Import(w.ctx(), ada.id, second, store.Choices{}, func(done, total int) {
			if done < total {
				return
			}
			if tells++; tells != c.tell {
				return
			}
			ada.edit(note, "front 1", "my own")
			if c.typeToo {
				ada.turn("Word")
			}
		}, w.now)
		must(t, err)
		wantSame(t, "the cards", ada.texts(deck), c.want)
		w.wantClean()
		if back := got[store.TakenBack](t)(w.s.TakeBack(w.ctx(), ada.id, id, w.now)); back.Restored != 2 {
			t.Errorf("taking it back did %+v, want two notes as before", back)
		}
		w.wantClean()
	}
}

// turn makes the cards of a note type ask for the back.
func (p *person) turn(name string) {
	p.w.t.Helper()
	for _, nt := range got[[]store.NoteType](p.w.t)(p.w.s.NoteTypes(p.w.ctx(), p.id)) {
		if nt.Name == name {
			edit := store.TypeEdit{NoteType: nt.NoteType, FieldFrom: []int{0, 1}, TemplateFrom: []int{0}}
			edit.Templates[0].Front, edit.Templates[0].Back = "{{Back}}", "{{Front}}"
			must(p.w.t, p.w.s.EditNoteType(p.w.ctx(), p.id, nt.ID, edit, p.w.now))
		}
	}
}

// texts lists the text of a deck's cards.
func (p *person) texts(deck store.DeckID) (list []string) {
	p.w.t.Helper()
	rows, _, err := p.w.s.DeckCards(p.w.ctx(), p.id, deck, "", 0, 100)
	must(p.w.t, err)
	for _, r := range rows {
		list = append(list, r.Front+"/"+r.Back)
	}
	return list
}
