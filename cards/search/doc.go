// Package search reads what a person types to find cards, in the language that Anki's
// manual documents, into a tree of conditions. It knows no database: whoever has cards
// decides which of them fulfil a condition.
//
//	Node      a condition: And, Or, Not, or one of the leaves below
//	Text      words or a phrase, anywhere in the text of a note
//	Field     a field by name, and what it is to be from its first to its last character
//	Regexp    a regular expression (RE2), in every field or in one
//	Pattern   text with wildcards: * stands for anything, _ for one character
//	Day       a study day; "today" is the user's, and the last n days end with it
//
// Words beside each other must all be found; "or" finds either, "-" in front negates,
// brackets group, quotation marks keep spaces and colons together, and a backslash
// takes from the next character its meaning. Capitals and accents make no difference
// anywhere but in regular expressions, which look at accents.
//
// What differs from Anki: text is looked for as it is read, not in the HTML of a field;
// accents are always ignored (Anki: nc:); a card is being learnt while its last answer
// was a failure, or while it is drilled; "article:" finds what was made of an article.
// What Recto does not have (presets, memory states of FSRS, custom data) gives an Error
// that says so, and so does every word before a colon that is not known.
package search
