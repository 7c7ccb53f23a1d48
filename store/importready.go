package store

import (
	"slices"

	"recto/cards/formats"
)

// readyNote is a change of a note whose cards stay the same ones: their text is made
// before the transaction that shows it.
type readyNote struct {
	n            int // of the change
	note         int // of the Draft
	was          noteChange
	fields, tags string // as the table had them then
	cards        []readyCard
}

type readyCard struct {
	id CardID
	sides
}

// readyNote makes the change of note i ready, which stands as was, unless more is to be
// done than to write text.
func (m *staging) readyNote(t *txn, i int, was noteChange) (r readyNote, ok bool, err error) {
	n := &m.draft.Notes[i]
	values, tags := m.fields(i), tidy(n.Tags)
	if m.types[n.Type].change || !slices.Equal(formats.References(was.Fields...), formats.References(values...)) {
		return r, false, nil
	}
	r = readyNote{note: i, was: was}
	if err := t.row(`SELECT fields, tags FROM notes WHERE id = ?`, int64(m.notes[i].id)).Scan(&r.fields, &r.tags); err != nil {
		return r, false, err
	}
	have, err := t.cardsOfNote(m.notes[i].id)
	if err != nil {
		return r, false, err
	}
	nt := m.types[n.Type].nt
	ordinals := slices.Sorted(slices.Values(nt.render.Ordinals(values)))
	if !slices.EqualFunc(have, ordinals, func(c noteCard, ordinal int) bool { return c.ordinal == ordinal && c.deck != 0 && c.trash == 0 }) {
		return r, false, nil
	}
	folded := folds{}
	for _, c := range have {
		r.cards = append(r.cards, readyCard{c.id, nt.sidesWith(folded, values, tags, c.ordinal)})
	}
	return r, true, nil
}

// showReady shows what was made ready.
func (p *publisher) showReady(m *staging) error {
	current := map[int64]bool{} // whether a note type is still that which made the text
	for _, r := range m.ready {
		nt := m.types[m.draft.Notes[r.note].Type].nt
		same, known := current[nt.id]
		if !known {
			var definition string
			if err := p.row(`SELECT definition FROM note_types WHERE id = ?`, nt.id).Scan(&definition); err != nil {
				return notFound(err)
			}
			same = definition == toJSON(nt.definition)
			current[nt.id] = same
		}
		done, err := p.showNote(m, r, same)
		if err != nil {
			return err
		}
		if done {
			continue
		}
		if _, err := p.exec(`UPDATE import_changes SET after = '' WHERE import_id = ? AND n = ?`, int64(p.id), r.n); err != nil {
			return err
		}
	}
	return nil
}

// showNote shows one note, unless it was changed since. Same is whether its note type
// was not.
func (p *publisher) showNote(m *staging, r readyNote, same bool) (done bool, err error) {
	id, is := int64(m.notes[r.note].id), m.changed(r.note)
	if !same {
		done, left, err := p.changeNote(p.user, id, r.was, is, p.now)
		p.left = append(p.left, left...)
		return done, err
	}
	touched, err := p.exec(`UPDATE notes SET type_id = ?, fields = ?, tags = ?, changed = ?, source = ? WHERE id = ? AND type_id = ? AND fields = ? AND tags = ?`,
		is.Type, toJSON(is.Fields), toJSON(is.Tags), is.Changed, is.Source, id, r.was.Type, r.fields, r.tags)
	if err != nil || touched == 0 {
		return false, err
	}
	for _, c := range r.cards {
		if _, err := p.exec(`UPDATE cards SET front = ?, back = ?, folded = ? WHERE id = ?`, c.front, c.back, c.folded, int64(c.id)); err != nil {
			return false, err
		}
	}
	return true, nil
}
