package generate

import (
	"strings"

	"recto/cards/extract"
)

var happenings = wordSet(`annexation invasion war battle siege attack summit conference meeting talks election referendum treaty launch release opening closure founding
	birth death arrest trial coup revolution uprising revolt rebellion crisis riot strike merger sale purchase visit campaign expedition march landing raid
	massacre earthquake eruption flood fire crash collapse fall surrender defeat victory capture withdrawal retreat return marriage wedding coronation
	abdication resignation assassination murder execution discovery invention publication premiere debut construction expiration announcement adoption
	introduction abolition signing ratification independence unification partition dissolution declaration armistice ceasefire truce exhibition festival`)

// happening asks for the date of an event that is a noun: "the annexation of Crimea in
// 2014". All parsers must agree that the date belongs to it.
func (m *maker) happening(f extract.Fact) (candidate, bool) {
	p := m.passages[f.Index]
	ix := p.inside(f.Span)
	opening := askDate(precision(f.Value), "in")
	if len(ix) == 0 || ix[0] < 3 || opening == "" || !p.parsed || p.lower(ix[0]-1) != "in" && p.lower(ix[0]-1) != "on" {
		return candidate{}, false
	}
	date := top(p, ix)
	if date < 0 || p.tokens[date].Votes < agreed {
		return candidate{}, false
	}
	head := p.head(date)
	if head < 1 || head >= ix[0] || !happenings[p.lower(head)] {
		return candidate{}, false
	}
	start := head
	for start > 0 && start > head-5 && p.lower(start) != "the" {
		start--
	}
	if p.lower(start) != "the" || ix[0]-1-start > 14 {
		return candidate{}, false
	}
	phrase := p.whole()
	phrase.keep = nil
	named := false
	for i := start; i < ix[0]-1; i++ {
		if p.finite(i) || p.lower(i) == "," || strings.HasPrefix(p.tag(i), "PRP") || p.tag(i) == "DT" && p.lower(i) != "the" && p.lower(i) != "a" {
			return candidate{}, false
		}
		named = named || strings.HasPrefix(p.tag(i), "NNP")
		phrase.keep = append(phrase.keep, i)
	}
	if !named {
		return candidate{}, false
	}
	phrase = dropBrackets(phrase, f.Span)
	k := m.newCandidate(f, "when", f.Span)
	k.front = questionEnd(opening + " did " + p.lowerStart(phrase.String(), start) + " take place")
	k.line, k.trust = phrase, supported
	return k, true
}
