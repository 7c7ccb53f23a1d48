// Package cards holds the words of Recto: what is studied, and when.
// It knows no database, no HTTP and no clock; the time is always passed in.
//
//	Article     a text with a title, perhaps an address and a publication date;
//	            offsets into its text never change (bytes of the stored UTF-8 text)
//	Span        a half-open range of bytes in an Article
//	Fact        a claim found in an Article: its kind, the answer's Span, the
//	            sentence's Span and the normalised value
//	Proposal    a card that Recto proposes for a Fact, before anyone kept it
//	Note        what is to be learnt, as named fields, with a GUID, tags and, if it
//	            came from an Article, its Fact
//	NoteType    fields, templates and CSS; makes one or several Cards of a Note, in
//	            the vocabulary and with the semantics of Anki
//	Card        one question of a Note: (note, template ordinal or cloze number)
//	Deck        a named collection of cards; "::" separates levels
//	Grade       0 to 5, as SuperMemo defines them
//	Schedule    one user's state of one card: repetitions, E-Factor in hundredths,
//	            interval in days, due Day, lapses, suspended
//	Review      an event: card, time, zone, Day, grade, duration, Schedule before
//	            and after, and what kind of event it was
//	Day         a study day: days since 1970-01-01 in the user's zone after the
//	            rollover hour (4:00 by default) is taken off
//	Enrolment   a user studies a deck: limits, order, paused or not; decks may be
//	            shared, progress is always per user
//	Verdict     what a person decided about a Proposal: keep, edit or drop
//
// A date in an Article is kept at its true precision and written in EDTF
// (ISO 8601-2): "2022-03-21", "2022-03", "2022", "202X", "20XX", "2017/2019",
// "1850~" (circa), "-0043" (44 BC).
package cards
