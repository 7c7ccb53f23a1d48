package extract

import (
	"strings"

	"recto/cards"
)

// longestPhrase is how many tokens a noun phrase without complements has at most.
const longestPhrase = 9

// nounEnd is the last token of the noun phrase that begins at i, without
// complements; less than i if none begins there.
func (r *reader) nounEnd(i int) int {
	last := i - 1
	for k := i; k < len(r.Tokens) && k < i+longestPhrase; k++ {
		w := r.low[k]
		switch {
		case hyphen(w) && r.tight(k-1) && r.tight(k), possessive(w) && k > i:
		case !r.word(k) && !isDigit(w), r.dated[k]:
			return last
		case w == "and" || w == "or" || w == "&":
			if last >= i && !r.joins(k) || last < i && !r.adjective(k-1) {
				return last
			}
		case r.tagged && k > i && r.capital(k) && last == k-1 && r.word(k-1) && !r.capital(k-1) && strings.HasPrefix(r.tag(k), "NNP"):
			return last // "the 62nd minute Kim ..."
		case r.tagged:
			switch t := r.tag(k); {
			case strings.HasPrefix(t, "NN"):
				last = k
			case strings.HasPrefix(t, "JJ") || t == "CD" || t == "VBN" && last < i || t == "VBG" && last < i || t == "FW" || t == "AFX" || t == "HYPH":
			case (t == "RB" || t == "RBR" || t == "RBS") && last < i:
			default:
				return last
			}
		case function(w) || closedVerb(w) || k > i && r.verb(k) || k > i && (adverbial(w) || strings.HasSuffix(w, "ing") && last >= i && !r.capital(k)):
			return last
		default:
			last = k
		}
	}
	return last
}

func closedVerb(w string) bool { return auxiliaries[w] || pastForms[w] }

var adverbs = set(`also too very then there here again already later earlier ago onwards together altogether however away back apart alone each daily annually yearly close long far`)

func adverbial(w string) bool {
	return adverbs[w] || len(w) > 5 && strings.HasSuffix(w, "ly") && w != "family" && w != "assembly" && w != "supply"
}

// adjective reports whether the token at i may be the first of two adjectives.
func (r *reader) adjective(i int) bool {
	if r.tagged {
		t := r.tag(i)
		return strings.HasPrefix(t, "JJ") || t == "VBN" || t == "VBG" || t == "NNP"
	}
	return r.word(i) && !function(r.low[i])
}

// joins reports whether the "and" at k stands between two adjectives of one noun:
// "Russian and Chinese strategic bombers".
func (r *reader) joins(k int) bool {
	if r.tagged {
		return (strings.HasPrefix(r.tag(k-1), "JJ") || demonyms[r.low[k-1]]) && (strings.HasPrefix(r.tag(k+1), "JJ") || demonyms[r.at(k+1)])
	}
	return demonyms[r.low[k-1]] && demonyms[r.at(k+1)]
}

// counted is what the number before token i counts: a noun phrase in the plural.
func (r *reader) counted(i int) (cards.Span, bool) {
	k := i
	for r.at(k) == "more" || r.at(k) == "other" || r.at(k) == "different" || r.at(k) == "of" && determiners[r.at(k+1)] || k > i && r.at(k-1) == "of" && (determiners[r.at(k)] || r.at(k) == "the") {
		k++
	}
	if k == i && r.at(k) == "of" && r.at(k+1) == "the" {
		k += 2
	}
	end := r.nounEnd(k)
	if end < k {
		return cards.Span{}, false
	}
	if !r.tagged { // the first plural ends the phrase
		for e := k; e <= end; e++ {
			if pluralForm(r.low[e]) && !possessive(r.at(e+1)) && !hyphen(r.at(e+1)) {
				return r.span(k, e), true
			}
		}
		return cards.Span{}, false
	}
	return r.span(k, end), true
}

var plurals = set(`people men women children feet teeth mice geese oxen police cattle sheep fish deer aircraft spacecraft species series data media bacteria criteria phenomena fungi nuclei alumni businessmen servicemen policemen fishermen crew personnel troops lives`)

func pluralForm(w string) bool {
	return plurals[w] || len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is") || strings.HasSuffix(w, "men") && len(w) > 4
}

// trim leaves out articles and footnote marks at the start, brackets and
// punctuation at the end of the tokens from i to j.
func (r *reader) trim(i, j int) (int, int) {
	for i <= j && (articles[r.low[i]] || !r.word(i) && !isDigit(r.low[i]) && !openQuotes[r.low[i]]) {
		i++
	}
	for i <= j && !r.word(j) && !isDigit(r.low[j]) && r.low[j] != "%" {
		if closed := r.low[j]; (closed == ")" || closed == "]") && j > i {
			k := j
			for k > i && r.inside[k-1] >= r.inside[j]+1 {
				k--
			}
			if k > i && (r.low[k-1] == "(" || r.low[k-1] == "[") {
				j = k - 1
			}
		}
		j--
	}
	return i, j
}

var openQuotes = set("\" “ ‘ '")
