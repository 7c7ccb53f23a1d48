package registry

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"recto/cards/formats"
)

// joiner puts Drafts together: what is the same in several files is there once.
type joiner struct {
	to    *formats.Draft
	guids map[string]bool
	notes map[int64]bool // IDs in use
	cards map[int64]bool
	decks map[string]int
	media map[string][32]byte
}

func newJoiner(to *formats.Draft) *joiner {
	j := &joiner{to: to, guids: map[string]bool{}, notes: map[int64]bool{}, cards: map[int64]bool{}, decks: map[string]int{}, media: map[string][32]byte{}}
	for _, n := range to.Notes {
		j.guids[n.GUID], j.notes[n.ID] = true, true
	}
	for _, c := range to.Cards {
		j.cards[c.ID] = true
	}
	for i, d := range to.Decks {
		j.decks[d.Name] = i
	}
	for _, m := range to.Media {
		j.media[m.Name] = m.SHA256
	}
	return j
}

// join adds what is in d, which was read from the file called name, and owns d from
// then on.
func (j *joiner) join(d *formats.Draft, name string) {
	j.to.Own(d)
	if d.Made.After(j.to.Made) {
		j.to.Made = d.Made
	}
	j.joinMedia(d)
	types, decks := j.joinTypes(d), j.joinDecks(d)
	notes, known := j.joinNotes(d, types)
	j.joinCards(d, notes, decks)
	j.to.Articles = append(j.to.Articles, d.Articles...)
	if known > 0 {
		j.to.Tell(formats.Trouble{Where: name, Sentence: fmt.Sprintf("%d of its notes are in a file before it too, and were taken from there", known)})
	}
	for _, t := range d.Troubles {
		j.to.Tell(t)
	}
	j.to.Untold += d.Untold
	if j.to.Extras == nil {
		j.to.Extras = d.Extras
	} else {
		for key, value := range d.Extras {
			if _, taken := j.to.Extras[key]; !taken {
				j.to.Extras[key] = value
			}
		}
	}
}

// joinMedia adds the media; of two different ones with one name the later gets
// another, and the fields of d name it so.
func (j *joiner) joinMedia(d *formats.Draft) {
	renamed := map[string]string{}
	for _, m := range d.Media {
		sum, taken := j.media[m.Name]
		if taken && sum == m.SHA256 {
			continue
		}
		if taken {
			old := m.Name
			m.Name = formats.WithSuffix(old, "-"+hex.EncodeToString(m.SHA256[:6]))
			renamed[old] = m.Name
			if _, twice := j.media[m.Name]; twice {
				continue
			}
		}
		j.media[m.Name] = m.SHA256
		j.to.Media = append(j.to.Media, m)
	}
	if len(renamed) == 0 {
		return
	}
	rename := formats.MediaRenamer(renamed)
	for i := range d.Notes {
		for k, f := range d.Notes[i].Fields {
			d.Notes[i].Fields[k] = rename(f)
		}
	}
	for i := range d.NoteTypes {
		for k := range d.NoteTypes[i].Templates {
			t := &d.NoteTypes[i].Templates[k]
			t.Front, t.Back = rename(t.Front), rename(t.Back)
		}
	}
}

// joinTypes adds the note types and returns where each of d's is now.
func (j *joiner) joinTypes(d *formats.Draft) []int {
	at := make([]int, len(d.NoteTypes))
	for i, t := range d.NoteTypes {
		at[i] = slices.IndexFunc(j.to.NoteTypes, func(u formats.NoteType) bool { return sameType(t, u) })
		if at[i] < 0 {
			at[i] = len(j.to.NoteTypes)
			j.to.NoteTypes = append(j.to.NoteTypes, t)
		}
	}
	return at
}

func sameType(a, b formats.NoteType) bool {
	return a.Name == b.Name && a.Cloze == b.Cloze && a.CSS == b.CSS && a.ID == b.ID &&
		slices.EqualFunc(a.Fields, b.Fields, func(x, y formats.Field) bool { return x.Name == y.Name && x.RTL == y.RTL }) &&
		slices.EqualFunc(a.Templates, b.Templates, func(x, y formats.Template) bool {
			return x.Name == y.Name && x.Front == y.Front && x.Back == y.Back
		}) && sameExtras(a.Extras, b.Extras)
}

func sameExtras(a, b formats.Extras) bool {
	return maps.EqualFunc(a, b, func(x, y json.RawMessage) bool { return bytes.Equal(x, y) })
}

// joinDecks adds the decks with their presets, one of each name, and returns where
// each of d's is now.
func (j *joiner) joinDecks(d *formats.Draft) []int {
	presets := len(j.to.Presets)
	j.to.Presets = append(j.to.Presets, d.Presets...)
	at := make([]int, len(d.Decks))
	for i, deck := range d.Decks {
		if deck.Preset >= 0 {
			deck.Preset += presets
		}
		known, ok := j.decks[deck.Name]
		switch {
		case !ok:
			known = len(j.to.Decks)
			j.decks[deck.Name] = known
			j.to.Decks = append(j.to.Decks, deck)
		case j.to.Decks[known].Filtered: // a saved search is no card's home
			j.to.Decks[known] = deck
		}
		at[i] = known
	}
	return at
}

// joinNotes adds the notes that are not there yet and returns where each of d's is
// now, -1 for those left out, and the number of those.
func (j *joiner) joinNotes(d *formats.Draft, types []int) (at []int, known int) {
	at = make([]int, len(d.Notes))
	for i, n := range d.Notes {
		if n.GUID != "" && j.guids[n.GUID] {
			at[i] = -1
			known++
			continue
		}
		j.guids[n.GUID] = true
		if j.notes[n.ID] {
			n.ID = 0
		}
		j.notes[n.ID] = true
		n.Type = types[n.Type]
		at[i] = len(j.to.Notes)
		j.to.Notes = append(j.to.Notes, n)
	}
	return at, known
}

// joinCards adds the cards of the notes that were added, and their reviews.
func (j *joiner) joinCards(d *formats.Draft, notes, decks []int) {
	at := make([]int, len(d.Cards))
	for i, c := range d.Cards {
		if at[i] = -1; notes[c.Note] < 0 {
			continue
		}
		c.Note, c.Deck = notes[c.Note], decks[c.Deck]
		if j.cards[c.ID] {
			c.ID = 0
		}
		j.cards[c.ID] = true
		at[i] = len(j.to.Cards)
		j.to.Cards = append(j.to.Cards, c)
	}
	for _, r := range d.Reviews {
		switch {
		case r.Card < 0:
		case at[r.Card] < 0:
			continue
		default:
			r.Card = at[r.Card]
			r.CardID = j.to.Cards[r.Card].ID
		}
		j.to.Reviews = append(j.to.Reviews, r)
	}
}
