// Package english analyses English text: sentences and tokens with exact byte
// offsets, parts of speech, lemmas, dependency trees with votes, and named
// entities. Its words are those of Universal Dependencies.
//
// Split needs no model. Load decodes the embedded one, once; then a Model's
// analysis runs the whole chain over one block of text:
//
//	text -> tokens -> sentences -> UPOS, XPOS -> lemmas -> trees with votes -> entities
//
// The parts have packages of their own: linear (sparse classifiers), word (what
// features see of a word), tag (tagger and lemmatizer), dep (parsers and vote),
// entity (names), pack (the file of the model).
//
// A tree comes from three parsers of different kinds: two greedy ones that go
// through the sentence from the left and from the right, and one that looks for the
// best tree of all. The last one decides, after the arcs of the others have gained
// in its scores; a sieve spares it the arcs that their tags make unlikely.
// Token.Votes says how many of the three found that token's arc with that relation.
// It is the measure of certainty: on the dev split of the treebanks all three agree
// on 77 of 100 arcs, and 92 of 100 of these are right (93 in edited prose); of the
// arcs with two votes 64 are, of those with one 36.
//
// On that split (40,254 words of EWT and GUM, true tokens) the model has UPOS 95.55,
// XPOS 95.12, lemmas 97.53, UAS 87.16, LAS 83.88; UPOS 96.49 and UAS 87.32 on GUM
// alone. Its entities have F1 70.5 (persons 77.7, places 73.0, names of organisations 62.7;
// 64.1 over all types in the article genres). From bare text sentences have F1 96.1
// in GUM and 94.6 in its article genres, where what differs are semicolons, captions
// and quotations that the treebank cuts otherwise; e-mail and web forums (EWT) have
// 80.7. These figures come from
//
//	go run ./cards/english/train -data ../shared/data/treebank -eval
//
// Analysis waits for memory above all, so that a Model is quickest with some dozens
// of sentences at a time, see Annotate. Generation from the starter article, of which
// analysis is about half, makes 4,900 to 8,500 words a second on one core, where it
// made 2,500 to 5,000 before there was a sieve and stages went through sentences one
// by one (three runs of each program in turn, on a busy machine). A mixed text of
// 20,000, 80,000 and 160,000 words (two runs of each in turn) makes 8,900 to 9,500,
// 8,900 to 11,300 and 8,600 to 9,100 words a second of processor time, so the work is
// linear in the length; the longest, a book of 500 pages, takes 176 to 184 MB at its
// peak:
//
//	/usr/bin/time -f '%U s %M KB' recto generate --format jsonl book.txt
//
// Load takes 115 to 155 ms of processor time, which its goroutines share (145 to 195
// before rows were laid out where they stay, the programs in turn). The benchmarks are
//
//	go test -run xxx -bench FromArticle -cpu 1 ./cards/generate
//	go test -run xxx -bench 'Analyze|Load' -cpu 1 ./cards/english
//
// A new model comes from the first command without -eval, in about half an hour on
// one core; its sieve alone with -parts sieve, in a minute or two. The model is trained on
// the treebanks named in model/NOTICE and is licensed apart from the program.
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
