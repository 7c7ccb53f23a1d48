package store_test

import (
	"errors"
	"strings"
	"testing"

	"recto/store"
)

func TestRewordingsAreKeptAndStandBesideTheOriginal(t *testing.T) {
	w := newWorld(t)
	ada, eve := w.join("ada"), w.join("eve")
	_, id := ada.article("Peace came in 1956.", 2, "")
	must(t, w.s.SetVerdicts(w.ctx(), ada.id, id, []store.Verdict{{Proposal: "p1", Verdict: "keep"}}, w.now))
	_, other := ada.article("War came in 1939.", 1, "")
	r := store.Rewording{Proposal: "p0", Key: "key", Model: "m", Front: "When did peace come?"}
	must(t, w.s.SetRewording(w.ctx(), ada.id, id, r, w.now))
	must(t, w.s.SetRewording(w.ctx(), ada.id, id, r, w.now))
	if got := got[store.Rewording](t)(w.s.Reworded(w.ctx(), ada.id, "key")); got != r {
		t.Errorf("what was said before is %+v, want %+v", got, r)
	}
	a := got[store.Article](t)(w.s.Article(w.ctx(), ada.id, id))
	if p := a.Proposals[0]; p.Reworded != r.Front || p.Model != "m" || p.Proposal.Front != "Question <0>?" {
		t.Errorf("the proposal is %+v", p)
	}
	for what, err := range map[string]error{
		"ada's key":                        func() error { _, err := w.s.Reworded(w.ctx(), eve.id, "key"); return err }(),
		"a key that was never asked":       func() error { _, err := w.s.Reworded(w.ctx(), ada.id, "other"); return err }(),
		"a rewording in ada's article":     w.s.SetRewording(w.ctx(), eve.id, id, r, w.now),
		"a rewording of another's article": w.s.SetRewording(w.ctx(), ada.id, other, store.Rewording{Proposal: "p9"}, w.now),
	} {
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s gives %v, want ErrNotFound", what, err)
		}
	}
	if !strings.Contains(ada.export(), `"reworded":"When did peace come?"`) {
		t.Error("the export does not have the rewording")
	}
	w.wantClean()
	must(t, w.s.DeleteUser(w.ctx(), ada.id))
	w.wantClean()
}
