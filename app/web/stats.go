package web

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"recto/cards/stats"
	"recto/store"
	"recto/views"
)

func (s *server) stats(r *request) (reply, error) {
	all, err := s.store.Scopes(r.ctx, r.user.ID)
	if err != nil {
		return reply{}, err
	}
	scope, ok := readScope(r.query.Get("of"))
	if !ok || !all.In(scope) {
		return reply{}, store.ErrNotFound
	}
	numbers, err := s.store.Statistics(r.ctx, r.user.ID, scope, r.today())
	if err != nil {
		return reply{}, err
	}
	p := &views.Stats{Exports: scope == store.Scope{}}
	p.Groups, p.Of = scopeGroups(all, scope)
	p.Title, p.Place = "Statistics", "stats"
	hardest := stats.Hardest(numbers.Cards)
	ids := make([]int64, len(hardest))
	for i, c := range hardest {
		ids[i] = c.ID
	}
	fronts, err := s.store.Fronts(r.ctx, r.user.ID, ids)
	if err != nil {
		return reply{}, err
	}
	p.SetNumbers(numbers, hardest, fronts)
	return show(p)
}

// readScope reads what figures or a timeline are to be of: "", "deck-3" or "article-7".
func readScope(of string) (sc store.Scope, ok bool) {
	kind, id, _ := strings.Cut(of, "-")
	n, err := strconv.ParseInt(id, 10, 64)
	switch {
	case of == "":
		return sc, true
	case err != nil || n < 1:
		return sc, false
	case kind == "deck":
		sc.Deck = store.DeckID(n)
	case kind == "article":
		sc.Article = store.ArticleID(n)
	}
	return sc, kind == "deck" || kind == "article"
}

// scopeWord is what readScope reads.
func scopeWord(sc store.Scope) string {
	switch {
	case sc.Deck != 0:
		return fmt.Sprintf("deck-%d", sc.Deck)
	case sc.Article != 0:
		return fmt.Sprintf("article-%d", sc.Article)
	}
	return ""
}

// scopeGroups are the choices of a select of scopes, and the name of the chosen one, ""
// for everything.
func scopeGroups(all store.Scopes, chosen store.Scope) (groups []views.ScopeGroup, name string) {
	word := scopeWord(chosen)
	groups = []views.ScopeGroup{{Options: []views.ScopeOption{{Label: "Everything", Chosen: word == ""}}}}
	for _, g := range []struct {
		label string
		list  []store.Named
		scope func(id int64) store.Scope
	}{
		{"Decks", all.Decks, func(id int64) store.Scope { return store.Scope{Deck: store.DeckID(id)} }},
		{"Articles", all.Articles, func(id int64) store.Scope { return store.Scope{Article: store.ArticleID(id)} }},
	} {
		group := views.ScopeGroup{Label: g.label}
		for _, n := range g.list {
			o := views.ScopeOption{Value: scopeWord(g.scope(n.ID)), Label: n.Name}
			if o.Chosen = o.Value == word; o.Chosen {
				name = n.Name
			}
			if o.Label == "" {
				o.Label = "(no title)"
			}
			group.Options = append(group.Options, o)
		}
		if len(group.Options) > 0 {
			groups = append(groups, group)
		}
	}
	return groups, name
}

func (s *server) reviewsCSV(r *request) (reply, error) {
	return s.csv(r, "recto-answers.csv", func(ctx context.Context, w io.Writer) error { return s.store.ReviewsCSV(ctx, r.user.ID, w) })
}

func (s *server) cardsCSV(r *request) (reply, error) {
	return s.csv(r, "recto-cards.csv", func(ctx context.Context, w io.Writer) error { return s.store.CardsCSV(ctx, r.user.ID, w) })
}

func (s *server) daysCSV(r *request) (reply, error) {
	return s.csv(r, "recto-days.csv", func(ctx context.Context, w io.Writer) error {
		return s.store.DaysCSV(ctx, r.user.ID, r.today(), w)
	})
}

// csv sends a table while it is read.
func (s *server) csv(r *request, name string, write func(context.Context, io.Writer) error) (reply, error) {
	ctx := context.WithoutCancel(r.ctx)
	return download(name, "text/csv; charset=utf-8", func(w io.Writer) error {
		ctx, cancel := context.WithTimeout(ctx, exportTime) // the handler's own time has ended by now
		defer cancel()
		return write(ctx, w)
	})
}
