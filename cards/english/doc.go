// Package english analyses English text: sentences and tokens with exact byte
// offsets, parts of speech, lemmas, dependency trees with votes, and named
// entities. Its words are those of Universal Dependencies.
//
// Split needs no model. Load decodes the embedded model once; Analyze then runs
// the whole chain over one block of text:
//
//	text -> tokens -> sentences -> UPOS, XPOS -> lemmas -> trees with votes -> entities
//
// A tree comes from several parsers of different kinds. Token.Votes says how many
// of them found that token's arc with that relation: where all agree, some 93 of
// 100 arcs are right; where they differ, about 65.
//
// The model is trained by cards/english/train on the treebanks named in
// model/NOTICE and is licensed apart from the program.
package english

// Token is one syntactic word of Universal Dependencies: "Japan’s" is two.
type Token struct {
	Start, End int    // bytes of the text given; text[Start:End] == Form
	Form       string // as it stands in the text
	Norm       string // Form with straight quotes and no soft hyphens, as the model sees it
	Lemma      string // dictionary form; empty after Split
	UPOS       string // universal part of speech: NOUN, VERB, ...; empty after Split
	XPOS       string // Penn Treebank tag: NN, VBD, ...; empty after Split
	Head       int    // index of the governor in the sentence; -1 for the root, and after Split
	Rel        string // relation to the governor: nsubj, obl:tmod, ...; empty after Split
	Votes      int    // parsers that agree on Head and on Rel up to its colon, 0 to Parsers
	SpaceAfter bool   // white space follows
}

// Entity is a named entity, a run of tokens of one sentence.
type Entity struct {
	First, Last int    // indices of tokens in the sentence, both inclusive
	Type        string // Person, Place, Organization, Event, Work or Other
	Start, End  int    // bytes of the text given
}

// The types of entities.
const (
	Person       = "person"
	Place        = "place"
	Organization = "organization"
	Event        = "event"
	Work         = "work"
	Other        = "other"
)

// Sentence is a run of tokens that stands for itself: a sentence, a heading, an
// item of a list.
type Sentence struct {
	Start, End int // bytes of the text given, without white space at either end
	Tokens     []Token
	Entities   []Entity // in order, not overlapping
}
