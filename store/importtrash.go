package store

import (
	"slices"
	"strconv"
	"time"
)

// What a document says of the trash comes back into an account that has nothing yet, as
// it lay there; elsewhere it stays in the document.

// showTrash throws away again what lay in the trash.
func (m *staging) showTrash(t *txn) error {
	if !m.empty {
		return nil
	}
	b := bin{m: m, txn: t, decks: map[int]bool{}, cards: map[int]bool{}, articles: map[string]bool{}}
	for n, x := range exported[exportedTrash](m, trashList) {
		if err := b.put(n, x); err != nil {
			return err
		}
	}
	return b.rest()
}

// showThrown lets a deck of the trash be no more of what was staged. Nobody owns it.
func (m *staging) showThrown(t *txn, d *fatedDeck) error {
	if _, err := t.exec(`UPDATE decks SET import_id = 0 WHERE id = ?`, int64(d.staged)); err != nil {
		return err
	}
	d.id = d.staged
	return m.dateDeck(t, d, m.enrolment(d))
}

// bin is the trash of an account that moves. It knows what it has taken.
type bin struct {
	*txn
	m            *staging
	decks, cards map[int]bool // by their place in the document
	articles     map[string]bool
}

// put throws away what the list of the document names.
func (b *bin) put(n int, x exportedTrash) error {
	switch {
	case x.Kind == "deck" && x.Deck != nil:
		return b.deck(*x.Deck, x.Name, x.Deleted)
	case x.Kind == "article":
		return b.article(x.Article, x.Name, x.Deleted)
	case x.Kind == "card" && len(x.Cards) > 0:
		c := x.Cards[0]
		id, d, err := b.hide(c)
		if err == nil && id != 0 {
			_, err = b.throwAway(b.m.user, "card", id, x.Name, d, x.Deleted)
		}
		return err
	case x.Kind == trashedCards:
		return b.many(n, x)
	}
	return nil
}

// deck puts a deck into the trash that has been staged.
func (b *bin) deck(at int, name string, deleted time.Time) error {
	if at < 0 || at >= len(b.m.draft.Decks) || !b.m.draft.Decks[at].Trashed || b.decks[at] || b.m.deckOf[at] < 0 {
		return nil
	}
	b.decks[at] = true
	f := &b.m.decks[b.m.deckOf[at]]
	e := b.m.enrolment(f)
	d := trashDetail{Shared: e.Shared}
	if !e.Left {
		d.Enrolments = []enrolmentRow{{UserID: int64(b.m.user), DeckID: int64(f.staged), State: "active", Paused: e.Paused, Typed: e.Typed, Created: b.m.atOrNow(e.Since)}}
		if e.Limits != nil {
			d.Enrolments[0].NewLimit, d.Enrolments[0].ReviewLimit = new(max(e.Limits.New, 0)), new(max(e.Limits.Reviews, 0))
		}
	}
	_, err := b.throwAway(b.m.user, "deck", int64(f.staged), name, d, deleted)
	return err
}

func (b *bin) article(hash, name string, deleted time.Time) error {
	f := b.m.articles[hash]
	if f == nil || !f.new || !f.trashed || b.articles[hash] {
		return nil
	}
	b.articles[hash] = true
	_, err := b.throwAway(b.m.user, "article", int64(f.id), name, trashDetail{}, deleted)
	return err
}

// hide takes a card out of its deck; id is 0 where it was no card of the trash.
func (b *bin) hide(x exportedThrow) (id int64, d trashDetail, err error) {
	if x.Card < 0 || x.Card >= len(b.m.draft.Cards) || !b.m.draft.Cards[x.Card].Trashed || b.cards[x.Card] {
		return 0, d, nil
	}
	if id = b.m.cardAt(x.Card); id == 0 {
		return 0, d, nil
	}
	b.cards[x.Card] = true
	d = trashDetail{Deck: b.m.decks[b.m.deckOf[b.m.draft.Cards[x.Card].Deck]].id, Gone: x.Gone}
	if slices.Contains([]string{"keep", "edit", "drop"}, x.Verdict) {
		d.Verdict = x.Verdict
	}
	return id, d, b.hideCard(CardID(id))
}

// many puts back into the trash what one act had thrown there.
func (b *bin) many(n int, x exportedTrash) error {
	key := numberedKey(b.m.id, "trash-"+strconv.Itoa(n))
	act, err := b.insert(`INSERT INTO bulk_acts (user_id, key, kind, value, said, state, at, items) VALUES (?, ?, ?, '', '', 'done', ?, ?)`,
		int64(b.m.user), key, string(BulkDelete), millis(x.Deleted), len(x.Cards))
	if err != nil {
		return err
	}
	done := 0
	for _, c := range x.Cards {
		id, d, err := b.hide(c)
		if err != nil {
			return err
		}
		if id == 0 {
			continue
		}
		done++
		if err := b.repeat(`INSERT INTO bulk_items (act_id, item_id, state, before) VALUES (?, ?, ?, ?)`, act, id, itemDone, toJSON(d)); err != nil {
			return err
		}
	}
	if done == 0 {
		_, err = b.exec(`DELETE FROM bulk_acts WHERE id = ?`, act)
		return err
	}
	_, err = b.throwAway(b.m.user, trashedCards, act, x.Name, trashDetail{}, x.Deleted)
	return err
}

// rest throws away what the document marks and its list does not name.
func (b *bin) rest() error {
	for i := range b.m.draft.Decks {
		if err := b.deck(i, b.m.draft.Decks[i].Name, b.m.now); err != nil {
			return err
		}
	}
	for i := range b.m.draft.Cards {
		if !b.m.draft.Cards[i].Trashed {
			continue
		}
		id, d, err := b.hide(exportedThrow{Card: i})
		if err == nil && id != 0 {
			_, err = b.throwAway(b.m.user, "card", id, "", d, b.m.now)
		}
		if err != nil {
			return err
		}
	}
	for i := range b.m.draft.Articles {
		for hash, f := range b.m.articles {
			if f.index != i {
				continue
			}
			if err := b.article(hash, "", b.m.now); err != nil {
				return err
			}
		}
	}
	return nil
}
