// Package ask makes the questions of a quiz out of cards.
//
//	Item        a card as questions are made of it: its question, its answer, and
//	            what sort of answer that is
//	sort        items of one sort could be mistaken for one another: the same kind,
//	            type and precision, written in the same form
//	Question    what is asked: one card, or four to six of them together
//	distractor  a wrong answer among the four of a multiple choice
//	near miss   the distractor of a statement that is true or false
//	tell        what gives the right option away to who knows nothing: its length,
//	            its place, its roundness
//	fault       what a teacher would refuse a question for; Faults says it in words,
//	            and a question that has one is not asked
//
// # Modes
//
//	choice      four answers, one of them right
//	typed       the answer is typed, and judged by its meaning (package quiz)
//	cloze       a sentence with a gap, which is typed
//	match       four to six questions of one sort with their answers, shuffled; no
//	            answer fits two of them
//	truth       a statement that is true, or a near miss
//	order       four events to be put in order, none of whose dates overlap at the
//	            precision that is known
//	mixed       all of them
//
// # Distractors
//
// Dates and numbers are drawn so that the right one is as likely the least, the
// second, the third or the greatest of the four: its place among them is drawn first,
// and the others are found below and above it, by steps of one size. Up to two dates
// are taken from the same article; no date lies after the day of the article.
// Numbers keep their unit, decimals and roundness. Names are other answers of the
// same sort, first from the same article, then from the deck, and as likely shorter
// as longer. A distractor is never one that the judge would take for the answer, nor
// the other way round, never stands in the question, and never is another answer of
// the same question. Where three good ones do not exist, no choice is offered.
//
// Everything is pure: the same items, wish and seed give the same questions.
package ask
