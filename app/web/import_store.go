package web

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"recto/cards/formats"
	"recto/store"
	"recto/views"
)

// chosen are the choices of a person as the store has them. The error is a
// *wrongInput.
func (c importChoices) chosen(file string) (store.Choices, error) {
	chosen := store.Choices{File: file, Without: formats.Parts{Progress: c.get("progress") == "without"}}
	switch c.get("duplicates") {
	case "mine":
		chosen.Duplicates = store.KeepMine
	case "theirs":
		chosen.Duplicates = store.TakeTheirs
	case "both":
		chosen.Duplicates = store.AddBoth
	}
	switch c.get("into") {
	case "deck":
		id, err := strconv.ParseInt(c.get("deck"), 10, 64)
		if err != nil || id < 1 {
			return chosen, errNoSuchDeck
		}
		chosen.Deck = store.DeckID(id)
	case "new":
		chosen.NewDeck = c.get("name")
		if wrong := checkDeckName(chosen.NewDeck); wrong != "" {
			return chosen, &wrongInput{"name", wrong}
		}
	}
	return chosen, nil
}

var errNoSuchDeck = &wrongInput{"deck", "The deck that you chose is no longer there. Choose another."}

// planOf is what importing a draft would do.
func (s *server) planOf(ctx context.Context, user store.UserID, file string, d *formats.Draft, c importChoices) (store.Plan, error) {
	chosen, err := c.chosen(file)
	if err != nil {
		return store.Plan{}, err
	}
	plan, err := s.store.Preview(ctx, user, d, chosen, s.now())
	return plan, noDeck(err)
}

// saveDraft imports a draft: all of it, or nothing.
func (s *server) saveDraft(ctx context.Context, u *upload, d *formats.Draft, c importChoices, tell func(done, total int)) (store.ImportID, error) {
	chosen, err := c.chosen(u.name())
	if err != nil {
		return 0, err
	}
	id, _, err := s.store.Import(ctx, u.user, d, chosen, tell, s.now())
	return id, noDeck(err)
}

// noDeck says what it means that the store does not find what was chosen.
func noDeck(err error) error {
	if errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrNotYours) {
		return errNoSuchDeck
	}
	return err
}

func (s *server) earlierImports(r *request) ([]views.ImportLine, error) {
	list, err := s.store.Imports(r.ctx, r.user.ID)
	if err != nil {
		return nil, err
	}
	lines := make([]views.ImportLine, len(list))
	for i, m := range list {
		lines[i] = views.ImportLine{
			ID: int64(m.ID), Name: clean(m.Plan.File), Day: r.user.Clock().Day(m.At), Cards: m.Plan.Cards.New, Changed: m.Plan.Cards.Changed, TakenBack: m.Back,
		}
	}
	return lines, nil
}

// imported is the report of an import.
func (s *server) imported(r *request, id store.ImportID) (reply, error) {
	m, err := s.store.OneImport(r.ctx, r.user.ID, id)
	if err != nil {
		return reply{}, err
	}
	p := &views.Imported{ID: int64(m.ID), Name: clean(m.Plan.File), Day: r.user.Clock().Day(m.At), Today: r.today(), TakenBack: m.Back}
	p.Troubles, p.Untold = troubles(m.Plan.Troubles, m.Plan.Untold)
	p.Title, p.Place, p.Notice = "Imported", "decks", noticeOf(r)
	if err := s.reportDecks(r, p, m); err != nil {
		return reply{}, err
	}
	p.Lead, p.Lines = reportLead(p, m.Plan), reportLines(m.Plan)
	if m.Back {
		p.Title, p.Lead, p.Lines, p.Troubles, p.Untold = "Taken back", "Everything is as it was before this import.", nil, nil, 0
		if studied, edited := number(r.query, "studied"), number(r.query, "edited"); studied+edited > 0 {
			p.Lead = "What this import added is gone again, but for what you have worked on since."
			p.Lines = stayed(int(studied), int(edited))
		}
	}
	if item := number(r.query, "trashed"); item > 0 {
		p.Notice = trashed("The cards are in the trash.", item)
	}
	return show(p)
}

// reportDecks are the decks that an import went to and that are still there.
func (s *server) reportDecks(r *request, p *views.Imported, m store.Imported) error {
	for _, id := range m.Decks {
		d, err := s.store.Deck(r.ctx, r.user.ID, id, r.today())
		switch {
		case errors.Is(err, store.ErrNotFound):
			continue
		case err != nil:
			return err
		}
		p.Decks = append(p.Decks, views.DeckChoice{ID: int64(d.ID), Name: d.Name})
		p.Due = p.Due || d.Due+d.New > 0
		if len(p.Decks) == mostParts {
			break
		}
	}
	if len(p.Decks) == 1 {
		p.Deck = p.Decks[0]
	}
	return nil
}

// reportLead says the most important: where the new cards are.
func reportLead(p *views.Imported, plan store.Plan) string {
	n, verb := views.Count(plan.Cards.New, "card"), "are"
	if plan.Cards.New == 1 {
		verb = "is"
	}
	switch {
	case plan.Cards.New == 0 && plan.Cards.Changed > 0:
		return views.Count(plan.Cards.Changed, "card") + " updated."
	case plan.Cards.New == 0:
		return "What was new in the file is here now."
	case len(p.Decks) == 1:
		return fmt.Sprintf("%s %s in %s.", n, verb, p.Decks[0].Name)
	}
	return fmt.Sprintf("%s %s in %s.", n, verb, views.Count(max(len(plan.Decks), len(p.Decks)), "deck"))
}

// reportLines say the rest.
func reportLines(plan store.Plan) []string {
	var lines []string
	say := func(n int, what func(n int) string) {
		if n > 0 {
			lines = append(lines, what(n))
		}
	}
	cards := func(after string) func(int) string {
		return func(n int) string { return views.Count(n, "card") + " " + after }
	}
	if plan.Cards.New > 0 {
		say(plan.Cards.Changed, cards("updated."))
	}
	say(plan.Cards.Started, cards("with the progress of the file."))
	say(plan.Cards.Newer, cards("took over the later progress of the file."))
	say(plan.Cards.Older, cards("kept your own progress, which is later."))
	say(plan.Cards.Kept, cards("differ, and stay as they were."))
	say(plan.Cards.Same, cards("were here already."))
	say(plan.Reviews, func(n int) string { return views.Count(n, "earlier answer") + "." })
	say(plan.Cards.Thrown, cards("in the trash, as they were."))
	say(plan.Media.New, func(n int) string { return views.Count(n, "picture or sound", "pictures and sounds") + "." })
	say(plan.Articles, func(n int) string { return views.Count(n, "article") + "." })
	say(plan.Unread, func(n int) string { return views.Count(n, "row") + " could not be read." })
	return lines
}

// stayed says what taking an import back has left.
func stayed(studied, edited int) (lines []string) {
	if studied > 0 {
		lines = append(lines, views.Count(studied, "note")+" that you have studied since.")
	}
	if edited > 0 {
		lines = append(lines, views.Count(edited, "note")+" that you have changed since.")
	}
	return lines
}

const (
	takeBackLane = "taking back"
	takeBackTime = 10 * time.Minute // the longest that one may take
)

// takeBackImport takes an import back. What was studied or changed since stays. A large
// one goes on in the background; its page says already that it is taken back.
func (s *server) takeBackImport(r *request) (reply, error) {
	n, err := r.param("import")
	if err != nil {
		return reply{}, err
	}
	user, id := r.user.ID, store.ImportID(n)
	to := fmt.Sprintf("%s/%d", importPath, id)
	m, err := s.store.OneImport(r.ctx, user, id)
	if err != nil || m.Back {
		return reply{to: to}, err
	}
	var back store.TakenBack
	var failed error
	j, err := s.start(r, task{lane: takeBackLane, most: takeBackTime, do: func(ctx context.Context, _ func(done, total int)) (string, error) {
		if back, failed = s.store.TakeBack(ctx, user, id, s.now()); errors.Is(failed, store.ErrStale) || errors.Is(failed, store.ErrNotFound) {
			return "", nil // it was taken back in another tab
		}
		return "", failed
	}})
	if err != nil {
		return reply{}, fmt.Errorf("take back: %w: %w", store.ErrBusy, err)
	}
	await(r, j.over, importMoment)
	select {
	case <-j.over:
	default:
		return goTo(to)
	}
	if failed != nil && !errors.Is(failed, store.ErrStale) {
		return reply{}, failed
	}
	q := url.Values{}
	for name, n := range map[string]int64{"trashed": back.Item, "studied": int64(back.Studied), "edited": int64(back.Edited)} {
		if n > 0 {
			q.Set(name, strconv.FormatInt(n, 10))
		}
	}
	if len(q) > 0 {
		to += "?" + q.Encode()
	}
	return goTo(to)
}
