// Package plan works out, in numbers, how much has to be studied each day until an
// exam, and how what has waited through a break can be caught up. It knows no
// database and no clock: it is given schedules, limits and the day, and changes no
// schedule. What it foretells is an expectation, and says which assumption it makes.
//
// # Exam
//
// A new card that is passed is asked again after 1 day and then after 6 more, SM-2's
// first two intervals, before the intervals are multiplied. A card that begins eight
// days before the exam can therefore be seen three times before it: on its first day,
// on the second and on the eighth. Three times is what Prepare plans for, because the
// third answer is the first that shows a card to last for days; with less time, or
// where that would take too many new cards a day, it plans for two times, or one.
//
// # Come-back
//
// What was due on the day on which a plan begins, or before it, waits. So many of
// those cards are asked each day, those first that are most overdue for their
// interval (Lateness); what comes due meanwhile is asked as always, and new cards
// wait. Any answer makes a card due on a later day than the first of the plan, so the
// cards that still wait are known by their schedules alone: nothing is rescheduled, no
// card can be lost, and the plan ends when none is left.
package plan
