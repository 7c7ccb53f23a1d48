package web

import (
	"cmp"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"

	"recto/cards"
	"recto/cards/desk"
	"recto/store"
	"recto/views"
)

// deskChoice is how a person wants to see the proposals of an article.
type deskChoice struct {
	order  string // "sure" or "text"
	budget int    // 0 for the usual one
	marks  bool
}

func readChoice(values url.Values) deskChoice {
	c := deskChoice{order: "sure", marks: values.Get("marks") != "off"}
	if values.Get("order") == "text" {
		c.order = "text"
	}
	if b := number(values, "budget"); b != 0 {
		c.budget = int(min(max(b, views.LeastBudget), views.MostBudget))
	}
	return c
}

// query is the part of an address that keeps the choice.
func (c deskChoice) query() string {
	v := url.Values{}
	if c.order != "sure" {
		v.Set("order", c.order)
	}
	if c.budget != 0 {
		v.Set("budget", fmt.Sprint(c.budget))
	}
	if !c.marks {
		v.Set("marks", "off")
	}
	if len(v) == 0 {
		return ""
	}
	return "&" + v.Encode()
}

// sure says of each proposal whether it is sure enough for the choice.
func (c deskChoice) sure(list []store.Proposal) []bool {
	threshold := float64(desk.Usual)
	if c.budget != 0 {
		threshold = float64(100-c.budget) / 100
	}
	return desk.Sure(proposalsOf(list), threshold)
}

func proposalsOf(list []store.Proposal) []cards.Proposal {
	out := make([]cards.Proposal, len(list))
	for i, p := range list {
		out[i] = p.Proposal
	}
	return out
}

// into fills in what a page says of the choice.
func (c deskChoice) into(p *views.Article, a store.Article, sure []bool) {
	p.Order, p.Marks, p.Budget, p.Chosen, p.InAll = c.order, c.marks, c.budget, c.budget != 0, len(a.Proposals)
	if !p.Chosen {
		p.Budget = 100 - int(math.Ceil(100*desk.Threshold(proposalsOf(a.Proposals))))
		p.Budget = min(max(p.Budget, views.LeastBudget), views.MostBudget)
	}
	for _, s := range sure {
		if s {
			p.Enough++
		}
	}
}

// inOrder sorts the proposals of a page, which come in the order of the text.
func (c deskChoice) inOrder(list []store.Proposal) []store.Proposal {
	if c.order == "text" {
		return list
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b store.Proposal) int { return cmp.Compare(b.Confidence, a.Confidence) })
	return list
}

// masteries says how well the facts of an article are known, by proposal; none before
// anything of it was asked.
func (s *server) masteries(r *request, a store.Article) (map[string]desk.Mastery, error) {
	schedules, err := s.store.Schedules(r.ctx, r.user.ID, a.ID)
	if err != nil {
		return nil, err
	}
	known, begun := map[string]desk.Mastery{}, false
	for _, p := range a.Proposals {
		if schedule, ok := schedules[p.Card]; ok && p.Card != 0 {
			known[p.ID] = desk.MasteryOf(schedule, r.today())
			begun = begun || schedule.Seen
		}
	}
	if !begun {
		return nil, nil
	}
	return known, nil
}

// legend counts the facts of an article by how well they are known: a fact that has
// several cards once, by the weakest of them.
func legend(a store.Article, known map[string]desk.Mastery) (list []views.MasteryCount) {
	facts := map[string]desk.Mastery{}
	for _, p := range a.Proposals {
		if m := known[p.ID]; m != "" {
			facts[p.FactID] = desk.Weakest(m, facts[p.FactID])
		}
	}
	for _, m := range desk.Masteries {
		n := 0
		for _, of := range facts {
			if of == m {
				n++
			}
		}
		if n > 0 {
			list = append(list, views.MasteryCount{Word: string(m), Count: n})
		}
	}
	return list
}

// partner is another proposal that can become one card with p: the next of its
// sentence, or else the one before. Nil for none.
func partner(p store.Proposal, list []store.Proposal) *store.Proposal {
	if p.Card != 0 || p.Verdict == "join" {
		return nil
	}
	var found *store.Proposal
	for i, o := range list {
		if o.Card != 0 || o.Verdict == "join" || !desk.CanJoin(p.Proposal, o.Proposal) {
			continue
		}
		if found = &list[i]; o.Source.Start > p.Source.Start {
			break
		}
	}
	return found
}

// joinProposal makes one card of two proposals of a sentence: of the one that the
// path names, and of the one of the form or else its neighbour.
func (s *server) joinProposal(r *request) (reply, error) {
	a, p, err := s.proposalOf(r)
	if err != nil {
		return reply{}, err
	}
	other := partner(*p, a.Proposals)
	if with := r.form.Get("with"); with != "" {
		other = nil
		for i, o := range a.Proposals {
			if o.ID == with && o.Card == 0 && o.Verdict != "join" && p.Card == 0 && p.Verdict != "join" && desk.CanJoin(p.Proposal, o.Proposal) {
				other = &a.Proposals[i]
			}
		}
	}
	if other == nil {
		return reply{}, refuse(http.StatusUnprocessableEntity, "Not joined", "There is no other proposed card of this sentence to join it with.")
	}
	words := desk.Join(p.Proposal, other.Proposal, desk.Words{Front: p.Front, Back: p.Back}, desk.Words{Front: other.Front, Back: other.Back})
	own := decide(*other, true, other.Front, other.Back)
	err = s.store.SetVerdicts(r.ctx, r.user.ID, a.ID, []store.Verdict{
		{Proposal: p.ID, Verdict: "edit", Front: words.Front, Back: words.Back},
		{Proposal: other.ID, Verdict: "join", Front: own.Front, Back: own.Back, Joined: p.ID},
	}, r.now)
	if err != nil {
		return reply{}, err
	}
	return s.backToDesk(r, a, p.ID)
}

// partProposal takes a joined proposal out of the other's card again.
func (s *server) partProposal(r *request) (reply, error) {
	a, p, err := s.proposalOf(r)
	if err != nil {
		return reply{}, err
	}
	if p.Verdict != "join" {
		return s.backToDesk(r, a, p.ID)
	}
	verdicts := []store.Verdict{decide(*p, true, p.Front, p.Back)}
	for _, o := range a.Proposals {
		if o.ID == p.Joined && o.Card == 0 {
			verdicts = append(verdicts, store.Verdict{Proposal: o.ID, Verdict: "keep"})
		}
	}
	if err := s.store.SetVerdicts(r.ctx, r.user.ID, a.ID, verdicts, r.now); err != nil {
		return reply{}, err
	}
	return s.backToDesk(r, a, p.ID)
}

// proposalOf is the proposal that the path names, with its article.
func (s *server) proposalOf(r *request) (store.Article, *store.Proposal, error) {
	a, err := s.articleOf(r)
	if err != nil {
		return a, nil, err
	}
	for i := range a.Proposals {
		if a.Proposals[i].ID == r.params["proposal"] {
			return a, &a.Proposals[i], nil
		}
	}
	return a, nil, store.ErrNotFound
}

// backToDesk goes to a proposal on the desk, as the form wants it shown.
func (s *server) backToDesk(r *request, a store.Article, proposal string) (reply, error) {
	part := max(number(r.form, "part"), 1)
	return goTo(fmt.Sprintf("/articles/%d?part=%d%s#p-%s", a.ID, part, readChoice(r.form).query(), proposal))
}
