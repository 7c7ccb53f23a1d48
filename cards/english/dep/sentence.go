// Package dep parses sentences into dependency trees.
//
// Its words: a head is the index of a word's governor, Root that of the sentence's
// own head; a relation is a number that stands for a name in a list that all
// parsers of a model share. Trees are projective: no two arcs cross.
package dep

import (
	"strings"

	"recto/cards/english/linear"
)

// Root is the head of the word that governs the sentence.
const Root = -1

// Word is what the parsers look at.
type Word struct{ Form, Lemma, UPOS, XPOS string }

// Tree has a head and a relation for every word.
type Tree struct {
	Heads     []int
	Relations []uint8
}

// node is a word as features see it.
type node struct {
	word    uint32 // lemma
	form    uint32 // lower case
	suffix  uint32
	xpos    uint32
	upos    uint32
	marker  uint32 // the preposition or conjunction before the phrase that ends in this word
	content uint32 // the last noun of the phrase that begins with this word
	kind    uint8  // number of the universal part of speech, below 32
	commas  int16  // up to and with this word
	verbs   int16
}

// Sentence is a sentence ready to be parsed.
type Sentence struct {
	nodes []node // the words, the root, and a node for what is not there
	n     int    // words
}

var (
	rootNode = node{word: 11, form: 11, suffix: 11, xpos: 11, upos: 11}
	padNode  = node{word: 13, form: 13, suffix: 13, xpos: 13, upos: 13}
)

// Prepare makes a Sentence of words; there must be at least one.
func Prepare(words []Word) *Sentence {
	s := &Sentence{nodes: make([]node, 0, len(words)+2), n: len(words)}
	var commas, verbs int16
	for i, w := range words {
		if w.XPOS == "," || w.XPOS == ":" {
			commas++
		}
		if w.UPOS == "VERB" {
			verbs++
		}
		low := strings.ToLower(w.Form)
		s.nodes = append(s.nodes, node{
			marker: marker(words, i), content: content(words, i), kind: uint8(strings.Index(kinds, w.UPOS+" ") / 6 & 31),
			word: linear.String(strings.ToLower(w.Lemma)), form: linear.String(low), suffix: linear.String(low[max(0, len(low)-3):]),
			xpos: linear.String(w.XPOS), upos: linear.String(w.UPOS), commas: commas, verbs: verbs,
		})
	}
	root := rootNode
	root.commas, root.verbs = commas, verbs
	s.nodes = append(s.nodes, root, padNode)
	return s
}

// kinds holds the universal parts of speech at every sixth byte.
const kinds = "ADJ   ADP   ADV   AUX   CCONJ DET   INTJ  NOUN  NUM   PART  PRON  PROPN PUNCT SCONJ SYM   VERB  X     "

// markerReach is how far before a word its marker may stand.
const markerReach = 6

// marker finds the word that links a phrase to what governs it: it stands before
// the word i and its determiners and modifiers.
func marker(words []Word, i int) uint32 {
	if u := words[i].UPOS; u == "PUNCT" || u == "ADP" || u == "DET" || u == "CCONJ" || u == "SCONJ" {
		return 0
	}
	for k := i - 1; k >= 0 && k >= i-markerReach; k-- {
		switch words[k].UPOS {
		case "ADP", "SCONJ", "PART":
			return linear.String(strings.ToLower(words[k].Form))
		case "DET", "ADJ", "NUM", "NOUN", "PROPN", "ADV", "AUX", "SYM":
		case "PRON":
			if words[k].XPOS != "PRP$" {
				return 0
			}
		default:
			if words[k].XPOS != "HYPH" && words[k].XPOS != "POS" {
				return 0
			}
		}
	}
	return 0
}

// content finds the noun that a phrase which begins with the word i ends in.
func content(words []Word, i int) uint32 {
	found := uint32(0)
	for k := i; k < len(words) && k <= i+markerReach; k++ {
		switch words[k].UPOS {
		case "NOUN", "PROPN":
			found = linear.String(strings.ToLower(words[k].Lemma))
		case "DET", "ADJ", "NUM":
			if found != 0 {
				return found
			}
		default:
			if k > i && words[k].XPOS != "PRP$" && words[k].XPOS != "HYPH" && words[k].XPOS != "POS" {
				return found
			}
		}
	}
	return found
}

// Reversed returns the sentence from its last word to its first.
func (s *Sentence) Reversed() *Sentence {
	r := &Sentence{nodes: make([]node, len(s.nodes)), n: s.n}
	copy(r.nodes, s.nodes)
	last := s.nodes[s.n]
	for i := range s.n {
		nd := s.nodes[s.n-1-i]
		before := node{}
		if j := s.n - 2 - i; j >= 0 {
			before = s.nodes[j]
		}
		nd.commas, nd.verbs = last.commas-before.commas, last.verbs-before.verbs
		r.nodes[i] = nd
	}
	return r
}

// reversed turns a tree of the reversed sentence round, and the other way.
func (t Tree) reversed() Tree {
	n := len(t.Heads)
	r := Tree{make([]int, n), make([]uint8, n)}
	for i, h := range t.Heads {
		if h != Root {
			h = n - 1 - h
		}
		r.Heads[n-1-i], r.Relations[n-1-i] = h, t.Relations[i]
	}
	return r
}
