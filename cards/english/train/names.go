package main

import (
	"slices"
	"strings"

	"recto/cards/english/entity"
)

// typeOf maps the kinds of mentions in GUM to types of entities; times are none.
var typeOf = map[string]string{
	"person": "person", "place": "place", "organization": "organization", "event": "event",
	"object": "other", "abstract": "other", "animal": "other", "plant": "other", "substance": "other",
}

// hasMentions reports whether a sentence is of a treebank with mentions.
func hasMentions(s *sentence) bool { return strings.HasPrefix(s.document, "GUM_") }

// namesIn derives flat names from nested mentions: of each mention whose head is a
// proper noun the run of name words around the head; of two that overlap the
// longer.
func namesIn(s *sentence) []entity.Span {
	var all []entity.Span
	for _, m := range s.mentions {
		kind := typeOf[m.kind]
		h := headOf(s, m)
		if kind == "" || h < 0 || !proper(s, h) {
			continue
		}
		first, last := nameAround(s, m, h)
		if kind == "other" && isWork(s, first, last) {
			kind = "work"
		}
		all = append(all, entity.Span{First: first, Last: last, Type: slices.Index(entity.Types, kind)})
	}
	slices.SortStableFunc(all, func(a, b entity.Span) int { return (b.Last - b.First) - (a.Last - a.First) })
	used := make([]bool, len(s.forms))
	var kept []entity.Span
	for _, e := range all {
		if slices.Contains(used[e.First:e.Last+1], true) {
			continue
		}
		for i := e.First; i <= e.Last; i++ {
			used[i] = true
		}
		kept = append(kept, e)
	}
	slices.SortFunc(kept, func(a, b entity.Span) int { return a.First - b.First })
	return kept
}

// headOf is the token of a mention whose head lies outside it.
func headOf(s *sentence, m mention) int {
	for i := m.first; i <= m.last && i < len(s.heads); i++ {
		if h := s.heads[i]; h < m.first || h > m.last {
			return i
		}
	}
	return -1
}

func proper(s *sentence, i int) bool { return strings.HasPrefix(s.tags[i].XPOS, "NNP") }

// nameAround grows the head of a mention to both sides by what belongs to a name.
func nameAround(s *sentence, m mention, h int) (first, last int) {
	inName := func(i int) bool {
		return i >= m.first && i <= m.last && (proper(s, i) || i > h && s.tags[i].XPOS == "CD")
	}
	hyphen := func(i int) bool { return i >= m.first && i <= m.last && s.tags[i].XPOS == "HYPH" }
	first, last = h, h
	for {
		switch r := relationAt(s, first-1); {
		case r == "nmod:poss" || r == "appos":
		case inName(first - 1):
			first--
			continue
		case hyphen(first-1) && inName(first-2):
			first -= 2
			continue
		}
		break
	}
	for {
		next := last + 1
		switch r := relationAt(s, next); {
		case inName(next) && r != "appos" && r != "conj" && r != "nmod:unmarked":
			last = next
			continue
		case hyphen(next) && inName(next+1):
			last = next + 1
			continue
		case next <= m.last && (linking[strings.ToLower(s.forms[next])]):
			k := next + 1
			if k <= m.last && strings.EqualFold(s.forms[k], "the") {
				k++
			}
			if inName(k) {
				last = k
				continue
			}
		}
		return first, last
	}
}

// linking are the words inside names: "University of Tokyo", "Court for the ...".
var linking = map[string]bool{"of": true, "for": true, "de": true, "&": true}

func relationAt(s *sentence, i int) string {
	if i < 0 || i >= len(s.relations) {
		return ""
	}
	return s.relations[i]
}

// isWork guesses whether a thing is a work that has a title: it is quoted, or a
// word for a kind of work stands beside it.
func isWork(s *sentence, first, last int) bool {
	if first > 0 && last+1 < len(s.forms) && strings.Contains("\"“'", s.forms[first-1]) && strings.Contains("\"”',.", s.forms[last+1]) {
		return true
	}
	for i := max(0, first-4); i <= min(len(s.forms)-1, last+3); i++ {
		if (i < first || i > last) && works[s.lemmas[i]] {
			return true
		}
	}
	return false
}

var works = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`film movie novel book album song series magazine opera symphony play poem painting episode
		musical sculpture essay comic trilogy soundtrack sequel album memoir newspaper star release publish write direct co-star`) {
		m[w] = true
	}
	return m
}()
