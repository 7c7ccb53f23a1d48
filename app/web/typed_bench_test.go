package web

import (
	"fmt"
	"sync"
	"testing"

	"recto/cards"
	"recto/store"
)

// BenchmarkTypedReview asks and judges a card that is answered by typing, in a deck of
// ten thousand, with everything that a browser goes through.
//
//	go test -run xxx -bench TypedReview ./app/web
func BenchmarkTypedReview(b *testing.B) {
	w := newWorld(b)
	ada := w.join("ada")
	deck, _ := ada.deck("Numbers", [2]string{"What is it?", "word 0"})
	add := make(chan int)
	var wg sync.WaitGroup
	for range 128 {
		wg.Go(func() {
			for i := range add {
				n := cards.Note{GUID: fmt.Sprintf("a word of number %d", i), Type: cards.BasicNote.Name,
					Fields: []cards.Field{{Name: "Front", Value: fmt.Sprintf("What is number %d?", i)}, {Name: "Back", Value: fmt.Sprintf("word %d", i)}}}
				if _, err := w.store.AddNote(w.ctx(), ada.id, deck, n, w.today(ada), w.now()); err != nil {
					b.Error(err)
				}
			}
		})
	}
	for i := range 10000 {
		add <- i + 1
	}
	close(add)
	wg.Wait()
	w.must(w.store.SetDeckTyping(w.ctx(), ada.id, deck, true))
	page := ada.get("/review")
	for _, path := range []string{"/review", "/review?show=1&card=" + attrOf(page.body, `data-card="`, `"`) + "&typed=word+8000", "/leeches"} {
		b.Run(path, func(b *testing.B) {
			for b.Loop() {
				ada.get(path).want(b, path, 200)
			}
		})
	}
	list, err := w.store.Confusions(w.ctx(), ada.id, store.CardID(0), 9)
	if err != nil || len(list) != 0 {
		b.Errorf("the pairs are %v, %v", list, err)
	}
}
