// Package render makes of a Note what a person sees: the two sides of a Card, as
// HTML that is safe to put into a page, and as plain text for lists and search.
//
//	template    text with tags in double braces, in Anki's language: a field, a
//	            filter on a field ("{{hint:Front}}"), a section that is shown if a
//	            field is filled ("{{#Front}}...{{/Front}}") or is not ("{{^Front}}")
//	field       a named value of a Note, or one of the special ones: Tags, Type,
//	            Deck, Subdeck, Card, CardFlag, CardID and, on the back, FrontSide
//	filled      holding more than white space, line breaks and empty divisions
//	cloze       a gap in a text, "{{c1::answer::hint}}"; its number chooses the card
//	ordinal     which card of a note: the index of its template or, of a cloze type,
//	            the number of the gap less one
//	Fault       what is wrong with a template, as a sentence; it is shown on the card
//	scope       the element around a card that note types' CSS cannot reach beyond
//
// Everything is a function of values: no clock, no files, no network. Whoever wrote
// a note, its type or its CSS is not trusted. A side goes through two sieves: the
// document is parsed and rebuilt of allowed elements and attributes only, and what
// comes out passes github.com/microcosm-cc/bluemonday with a policy of its own.
//
// Names from outside cannot meet the page's own: every class and id of a note gets
// the prefix "c-" (".cloze" is ".c-cloze", in the CSS too). What this package adds
// has names that begin with "card-".
//
// A page that shows cards carries Styles, which keeps what a card positions inside of
// its scope, the CSS of the note type and that of the side, and a Content-Security-
// Policy as a third sieve.
//
// The language follows Anki 26.09; a test renders the same cards with it and
// compares the texts.
package render
