package ask

import "recto/cards"

// pool is what questions are made from: the items that may be asked, and with them
// the other answers of their articles.
type pool struct {
	items    []Item
	bySort   map[string][]Item
	byKind   map[cards.FactKind][]Item  // that can be typed
	answers  map[string][]Item          // by their question
	events   map[string]Item            // what happened, by its fact
	roles    map[string]map[string]bool // that the people of an article bear: "President", "General"
	doubtful map[string]bool            // names of an article that are taken for two sorts of thing, or whose sort is a guess
}

// mostBeside is how many answers of one sort are looked at.
const mostBeside = 400

func newPool(items, more []Item) *pool {
	p := &pool{events: map[string]Item{}, bySort: map[string][]Item{}, byKind: map[cards.FactKind][]Item{}, answers: map[string][]Item{}, doubtful: map[string]bool{}, roles: map[string]map[string]bool{}}
	for _, it := range items {
		p.items = append(p.items, it.known())
	}
	all := append(append([]Item(nil), p.items...), knownAll(more)...)
	types := map[string]string{}
	seen := map[string]bool{}
	for _, it := range all {
		p.answers[fold(it.Context+" "+it.Front)] = append(p.answers[fold(it.Context+" "+it.Front)], it)
		key := it.From + "\x00" + fold(it.Answer)
		if it.Family == "event" && it.Fact != "" {
			p.events[it.From+"\x00"+it.Fact] = it
		}
		if role := it.role(); role != "" {
			if p.roles[key] == nil {
				p.roles[key] = map[string]bool{}
			}
			p.roles[key][role] = true
		}
		if it.Kind == cards.NameFact {
			if t, ok := types[key]; it.unsure() || ok && t != it.Type {
				p.doubtful[key] = true
			}
			types[key] = it.Type
		}
		if k := string(it.Kind) + key; it.typable() && !seen[k] && len(p.byKind[it.Kind]) < 2*mostBeside {
			seen[k] = true
			p.byKind[it.Kind] = append(p.byKind[it.Kind], it)
		}
		s := it.sort()
		if s == "" || seen[s+key] || len(p.bySort[s]) >= mostBeside {
			continue
		}
		seen[s+key] = true
		p.bySort[s] = append(p.bySort[s], it)
	}
	return p
}

func knownAll(items []Item) []Item {
	known := make([]Item, len(items))
	for i, it := range items {
		known[i] = it.known()
	}
	return known
}

// typables are the answers of a kind that could be typed.
func (p *pool) typables(kind cards.FactKind) []Item { return p.byKind[kind] }
