package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"recto/cards"
	"recto/cards/revise"
	"recto/store"
	"recto/views"
)

// asRevision notes that an article is a newer version of another, and returns where
// to look at the two. What cannot be one stays an article of its own.
func (s *server) asRevision(ctx context.Context, user store.UserID, previous, id store.ArticleID, now time.Time) (string, error) {
	err := s.store.Revise(ctx, user, previous, id, now)
	switch {
	case errors.Is(err, store.ErrStale):
		return fmt.Sprintf("/articles/%d?known=1", id), nil
	case err != nil:
		return "", err
	}
	return fmt.Sprintf("/articles/%d/revision", id), nil
}

// mostCompared is how many articles of the same title are looked into.
const mostCompared = 3

// earlier is the user's article of which a is a newer version: one from the same
// address, or one with the same title and much of the same text. 0 for none.
func (s *server) earlier(ctx context.Context, user store.UserID, a cards.Article) (store.ArticleID, error) {
	rows, err := s.store.Articles(ctx, user)
	if err != nil {
		return 0, err
	}
	link, _ := webAddress(a.URL)
	compared := 0
	for _, row := range rows {
		if link != "" && row.URL == a.URL {
			return row.ID, nil
		}
		if row.Title != a.Title || compared == mostCompared {
			continue
		}
		compared++
		old, err := s.store.Article(ctx, user, row.ID)
		if err != nil {
			return 0, err
		}
		if muchShared(old.Article, a) {
			return row.ID, nil
		}
	}
	return 0, nil
}

// muchShared reports whether a third of the sentences of the shorter of two texts
// stand in the other one.
func muchShared(a, b cards.Article) bool {
	have, of, both := map[string]bool{}, [2]int{}, 0
	for i, x := range []cards.Article{a, b} {
		for _, block := range x.Blocks {
			if block.Kind == cards.Heading || block.Kind == cards.Furniture {
				continue
			}
			for sentence := range strings.SplitSeq(block.Span.Of(x.Text), ". ") {
				sentence = strings.Trim(sentence, " .\n")
				of[i]++
				if i == 0 {
					have[sentence] = true
				} else if have[sentence] {
					both++
				}
			}
		}
	}
	return both > 0 && 3*both >= min(of[0], of[1])
}

// revisePage asks for a newer version of a text.
func (s *server) revisePage(r *request) (reply, error) {
	a, err := s.articleOf(r)
	if err != nil {
		return reply{}, err
	}
	if a.InUse {
		return goTo(fmt.Sprintf("/articles/%d/revise", a.Newer))
	}
	return show(s.reviseForm(r, a))
}

func (s *server) reviseForm(r *request, a store.Article) *views.Revise {
	p := &views.Revise{Head: headOf(a, ""), Text: r.text("text"), Largest: maxUpload - formRoom}
	p.Fetches = s.o.Fetcher != nil && p.Head.Address != ""
	p.Title, p.Place, p.Script = "A newer version of "+a.Title, "add", "desk.js"
	return p
}

// reviseArticle takes a newer version of a text: pasted, from a file, or from its
// address again.
func (s *server) reviseArticle(r *request) (reply, error) {
	old, err := s.articleOf(r)
	if err != nil {
		return reply{}, err
	}
	if r.form.Get("again") == "1" {
		r.form.Set("address", old.URL)
	}
	a, to, err := s.bring(r, old.ID, func(a *cards.Article) {
		a.Title = old.Title
		if a.URL == "" {
			a.URL = old.URL
		}
	})
	var wrong *wrongInput
	if errors.As(err, &wrong) {
		p := s.reviseForm(r, old)
		if p.Text == "" && len(a.Text) <= maxArticle {
			p.Text = a.Text
		}
		p.Error, p.Field = wrong.sentence, wrong.field
		return showAs(http.StatusUnprocessableEntity, p)
	}
	return to, err
}

// revisionOf is the revision that the path names, with what has become of everything.
func (s *server) revisionOf(r *request) (v store.Revision, c revise.Comparison, err error) {
	id, err := r.param("article")
	if err != nil {
		return v, c, err
	}
	if v, err = s.store.Revision(r.ctx, r.user.ID, store.ArticleID(id)); err != nil {
		return v, c, err
	}
	return v, revise.Compare(versionIn(v.Previous), versionIn(v.Article)), nil
}

func versionIn(a store.Article) revise.Version {
	return revise.Version{Article: a.Article, Entries: a.Entries, Proposals: proposalsOf(a.Proposals)}
}

// revision shows what has become of the cards and facts of the earlier version.
func (s *server) revision(r *request) (reply, error) {
	v, c, err := s.revisionOf(r)
	if err != nil {
		return reply{}, err
	}
	clock := r.user.Clock()
	p := &views.Revision{
		ID: int64(v.Article.ID), Previous: int64(v.Previous.ID), Name: v.Article.Title, Was: clock.Day(v.Previous.Created), Is: clock.Day(v.At), Today: r.today(),
		Used: !v.Used.IsZero(), Offers: len(c.NewProposals),
	}
	if p.Used {
		p.Others = len(v.Cards)
	} else {
		p.Cards, p.Others = changes(v, c)
	}
	carded := map[string]bool{}
	for _, card := range v.Cards {
		for _, o := range v.Previous.Proposals {
			carded[o.FactID] = carded[o.FactID] || o.ID == card.Proposal
		}
	}
	for i, o := range c.Facts {
		if (o.Status == revise.Changed || o.Status == revise.Vanished) && (p.Used || !carded[v.Previous.Entries[i].Fact.ID]) {
			p.Facts = append(p.Facts, views.FactChange{Status: string(o.Status), Was: o.Was, Now: o.Now})
		}
	}
	for _, i := range c.NewFacts {
		p.Fresh = append(p.Fresh, v.Article.Entries[i].Fact.Text)
	}
	p.Title, p.Place = "What has changed in "+v.Article.Title, "add"
	switch {
	case p.Used && r.query.Get("used") == "1":
		p.Notice = views.Notice{Text: "The newer version is in use.", Action: fmt.Sprintf("/articles/%d/revision/undo", p.ID), Label: "Undo"}
	case r.query.Get("undone") == "1" && !p.Used:
		p.Notice = views.Notice{Text: "Taken back: your cards stand in the earlier version, as they were."}
	}
	return show(p)
}

// changes are the cards that have to be decided about, and how many have not.
func changes(v store.Revision, c revise.Comparison) (list []views.CardChange, others int) {
	for _, card := range v.Cards {
		o, out, ok := outcomeOf(v, c, card.Proposal)
		if !ok {
			continue
		}
		now := revise.Words{Front: card.Front, Back: card.Back, Context: card.Context}
		next := updated(v, now, o, out)
		if out.Status != revise.Vanished && next == now {
			others++
			continue
		}
		ch := views.CardChange{
			Proposal: card.Proposal, Card: int64(card.Card), Status: string(out.Status), Front: card.Front, Back: card.Back, Choice: "keep",
			Before: quoted(v.Previous.Text, o.Sentence, o.Source), Standing: card.Schedule.Standing(), Studied: card.Schedule.Seen, Retired: card.Schedule.Suspended,
		}
		if out.Status != revise.Vanished {
			ch.NewFront, ch.NewBack, ch.Choice = next.Front, next.Back, "update"
			ch.After = quoted(v.Article.Text, out.Sentence, out.Source)
		}
		list = append(list, ch)
	}
	return list, others
}

// updated is what the newer version makes of a card's words. Those of a sentence that
// stands as it did are left.
func updated(v store.Revision, now revise.Words, o cards.Proposal, out revise.Outcome) revise.Words {
	if out.Status == revise.Same {
		return now
	}
	return revise.Update(now, o, out, proposalsOf(v.Article.Proposals))
}

// outcomeOf is a proposal of the earlier version, and what has become of it.
func outcomeOf(v store.Revision, c revise.Comparison, id string) (cards.Proposal, revise.Outcome, bool) {
	for i, o := range v.Previous.Proposals {
		if o.ID == id {
			return o.Proposal, c.Proposals[i], true
		}
	}
	return cards.Proposal{}, revise.Outcome{}, false
}

func quoted(text string, sentence, source cards.Span) views.Quote {
	if whole := (cards.Span{End: len(text)}); !whole.Contains(sentence) || !sentence.Contains(source) {
		return views.Quote{}
	}
	return views.Quote{Before: text[sentence.Start:source.Start], Marked: source.Of(text), After: text[source.End:sentence.End]}
}

// useRevision moves the cards to the newer version, as the form decides.
func (s *server) useRevision(r *request) (reply, error) {
	v, c, err := s.revisionOf(r)
	if err != nil {
		return reply{}, err
	}
	if !v.Used.IsZero() { // sent twice
		return goTo(fmt.Sprintf("/articles/%d/revision", v.Article.ID))
	}
	var moves []store.Move
	for _, card := range v.Cards {
		o, out, ok := outcomeOf(v, c, card.Proposal)
		if !ok {
			continue
		}
		m := store.Move{Proposal: card.Proposal, Source: out.Source, Sentence: out.Sentence, Retire: r.form.Get("choice-"+card.Proposal) == "retire"}
		if out.To >= 0 {
			m.To = v.Article.Proposals[out.To].ID
		}
		now := revise.Words{Front: card.Front, Back: card.Back, Context: card.Context}
		if next := updated(v, now, o, out); r.form.Get("choice-"+card.Proposal) == "update" && next != now {
			m.Words = &[3]string{next.Front, next.Back, next.Context}
		}
		moves = append(moves, m)
	}
	if err := s.store.UseRevision(r.ctx, r.user.ID, v.Article.ID, moves, carried(v, c), r.now); err != nil {
		return reply{}, err
	}
	return goTo(fmt.Sprintf("/articles/%d/revision?used=1", v.Article.ID))
}

// carried are the verdicts on proposals without a card that hold for the newer
// version as well: what asks the same was dropped there, or kept, already.
func carried(v store.Revision, c revise.Comparison) (list []store.Verdict) {
	for i, o := range v.Previous.Proposals {
		out := c.Proposals[i]
		if o.Card != 0 || o.Verdict == "" || o.Verdict == "join" || out.To < 0 || out.Status == revise.Changed {
			continue
		}
		verdict := store.Verdict{Proposal: v.Article.Proposals[out.To].ID, Verdict: o.Verdict}
		if o.Front != o.Proposal.Front || o.Back != o.Proposal.Back {
			verdict.Front, verdict.Back = o.Front, o.Back
		}
		list = append(list, verdict)
	}
	return list
}

// undoRevision puts the cards back into the earlier version.
func (s *server) undoRevision(r *request) (reply, error) {
	v, _, err := s.revisionOf(r)
	if err == nil {
		err = s.store.UndoRevision(r.ctx, r.user.ID, v.Article.ID, r.now)
	}
	if err != nil {
		return reply{}, err
	}
	return goTo(fmt.Sprintf("/articles/%d/revision?undone=1", v.Article.ID))
}

// keepApart makes the newer version an article of its own.
func (s *server) keepApart(r *request) (reply, error) {
	id, err := r.param("article")
	if err == nil {
		err = s.store.KeepApart(r.ctx, r.user.ID, store.ArticleID(id))
	}
	if errors.Is(err, store.ErrStale) {
		return reply{}, refuse(http.StatusConflict, "Not kept apart", "The cards have gone over to this version already. Undo that first.")
	}
	if err != nil {
		return reply{}, err
	}
	return goTo(fmt.Sprintf("/articles/%d", id))
}

// notYetUsed is where a newer version has to be looked at before cards are made of it.
func notYetUsed(a store.Article) string { return fmt.Sprintf("/articles/%d/revision", a.ID) }
