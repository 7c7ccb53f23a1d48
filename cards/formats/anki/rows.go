package anki

import (
	"context"
	"database/sql/driver"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"recto/cards/formats"
)

// readNotes reads the notes in the order of their IDs.
func (r *reader) readNotes(ctx context.Context, db *database) error {
	count, err := r.room(ctx, db, "notes", r.limits.Rows, formats.NoteBytes)
	if err != nil {
		return err
	}
	r.notes = make(map[int64]int, count)
	r.draft.Notes = make([]formats.Note, 0, count)
	columns := []string{"id", "guid", "mid", "mod", "tags", "flds", "data"}
	return db.each(ctx, "notes", columns, r.limits.Rows, func(c []driver.Value) error {
		id := whole(c[0])
		where := fmt.Sprintf("note %d", id)
		if _, twice := r.notes[id]; twice {
			r.tell(where, "there are two notes with this number; the first one counts", true)
			return nil
		}
		n := formats.Note{ID: id, GUID: text(c[1]), Tags: splitTags(text(c[4])), Created: millis(id), Modified: seconds(whole(c[3]))}
		if n.Modified.IsZero() {
			n.Modified = n.Created.Truncate(time.Second)
		}
		const longestGUID = 4096
		if len(n.GUID) > longestGUID {
			r.tell(where, "its identifier is too long and was left out", false)
			n.GUID = ""
		}
		flds := text(c[5])
		if err := r.weight.Text(len(flds) + len(n.GUID) + size(c[4])); err != nil {
			return err
		}
		n.Fields = strings.Split(flds, "\x1f")
		if err := r.weight.Rows(16 * (len(n.Fields) + len(n.Tags))); err != nil {
			return err
		}
		if n.Type = r.typeOf(whole(c[2]), len(n.Fields), where); n.Type < 0 {
			return nil
		}
		r.fit(&n, where)
		for _, f := range n.Fields {
			if len(f) > r.limits.Field {
				return formats.TooLarge("a field of %s is larger than %d MiB", where, r.limits.Field>>20)
			}
		}
		if data := text(c[6]); data != "" {
			n.Extras = formats.Extras{prefix + "data": rawJSON(data)}
		}
		r.notes[id] = len(r.draft.Notes)
		r.draft.Notes = append(r.draft.Notes, n)
		return nil
	})
}

// typeOf is the index of a note type. If it is gone, one is made that has as many
// fields, so that nothing is lost.
func (r *reader) typeOf(id int64, count int, where string) int {
	if i, ok := r.types[id]; ok && len(r.draft.NoteTypes[i].Fields) > 0 {
		return i
	}
	if count > r.limits.Fields || len(r.types) > r.limits.Entries {
		r.tell(where, "its note type is missing", true)
		return -1
	}
	r.tell(where, "its note type is missing; one was made that shows its fields", false)
	t := formats.NoteType{ID: id, Name: fmt.Sprintf("Recovered %d", id)}
	back := []string{"{{FrontSide}}", `<hr id="answer">`}
	for i := range count {
		name := fmt.Sprintf("Field %d", i+1)
		t.Fields = append(t.Fields, formats.Field{Name: name})
		if i > 0 {
			back = append(back, "{{"+name+"}}")
		}
	}
	t.Templates = []formats.Template{{Name: "Card 1", Front: "{{Field 1}}", Back: strings.Join(back, "<br>\n")}}
	if i, ok := r.types[id]; ok {
		r.draft.NoteTypes[i].Fields, r.draft.NoteTypes[i].Templates = t.Fields, t.Templates
		return i
	}
	r.types[id] = len(r.draft.NoteTypes)
	r.draft.NoteTypes = append(r.draft.NoteTypes, t)
	return r.types[id]
}

// fit gives a note as many fields as its note type has.
func (r *reader) fit(n *formats.Note, where string) {
	want := len(r.draft.NoteTypes[n.Type].Fields)
	switch have := len(n.Fields); {
	case have < want:
		r.tell(where, "it has fewer fields than its note type; the others are empty", false)
		n.Fields = append(n.Fields, make([]string, want-have)...)
	case have > want:
		r.tell(where, "it has more fields than its note type; they were put into the last one", false)
		n.Fields[want-1] = strings.Join(n.Fields[want-1:], "<br>")
		n.Fields = slices.Clip(n.Fields[:want])
	}
}

// separates reports whether a tag cannot hold c.
func separates(c rune) bool { return unicode.IsSpace(c) || unicode.IsControl(c) }

// splitTags splits at spaces, the ideographic one too, each tag once.
func splitTags(s string) []string {
	var tags []string
	for _, tag := range strings.FieldsFunc(s, separates) {
		if len(tags) < 100 && slices.Contains(tags, tag) {
			continue
		}
		tags = append(tags, tag)
	}
	return tags
}

// readReviews reads the log.
func (r *reader) readReviews(ctx context.Context, db *database) error {
	if !db.has("revlog") {
		return nil
	}
	count, err := r.room(ctx, db, "revlog", 20*r.limits.Rows, formats.ReviewBytes)
	if err != nil {
		return err
	}
	r.draft.Reviews = make([]formats.Review, 0, count)
	columns := []string{"id", "cid", "ease", "ivl", "lastivl", "factor", "time", "type"}
	err = db.each(ctx, "revlog", columns, 20*r.limits.Rows, func(c []driver.Value) error {
		id := whole(c[0])
		at := millis(id)
		if at.IsZero() {
			r.tell(fmt.Sprintf("review %d", id), "its time is impossible", true)
			return nil
		}
		v := formats.Review{Card: -1, CardID: whole(c[1]), At: at}
		if i, ok := r.cards[v.CardID]; ok {
			v.Card = i
		}
		r.answer(&v, whole(c[2]), whole(c[7]))
		v.Interval, v.Last = bounded(whole(c[3]), -longest, longest), bounded(whole(c[4]), -longest, longest)
		v.Ease = bounded(whole(c[5]), 0, 1<<16-1)
		v.Took = milliseconds(whole(c[6]))
		r.draft.Reviews = append(r.draft.Reviews, v)
		return nil
	})
	byTime := func(a, b formats.Review) int { return a.At.Compare(b.At) }
	if !slices.IsSortedFunc(r.draft.Reviews, byTime) {
		slices.SortStableFunc(r.draft.Reviews, byTime)
	}
	return err
}

// reviewKinds are what the column "type" of the log means.
var reviewKinds = []formats.ReviewKind{formats.ReviewLearn, formats.ReviewDue, formats.ReviewRelearn, formats.ReviewEarly, formats.ReviewManual, formats.ReviewReschedule}

// answer reads the button and the kind. The first scheduler had no "hard" while
// learning: its buttons 2 and 3 are good and easy there.
func (r *reader) answer(v *formats.Review, button, kind int64) {
	if kind < 0 || int(kind) >= len(reviewKinds) {
		r.tell(fmt.Sprintf("review %d", v.At.UnixMilli()), "its kind is unknown; it is kept as one that a person set", false)
		kind = 4
	}
	v.Kind = reviewKinds[kind]
	learning := v.Kind == formats.ReviewLearn || v.Kind == formats.ReviewRelearn
	if r.scheduler == 1 && learning && (button == 2 || button == 3) {
		button++
	}
	v.Button = bounded(button, 0, 4)
	if v.Button > 0 {
		v.Grade = formats.GradeOf(v.Button)
	}
}
