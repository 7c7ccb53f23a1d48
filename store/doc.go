// Package store remembers what package cards speaks of, in one SQLite file.
//
//	Store      the open database: one writer, several readers
//	User       an account, with its settings and its study day
//	SignIn     a browser in which a user is signed in; its token is stored hashed
//	Article    a stored text with its ledger of facts and the cards proposed from it
//	Verdict    what its owner decided about a Proposal: keep, edit or drop
//	NoteType   fields, templates and CSS, of one user; kept as it came, whatever made it
//	Note       fields of a NoteType; it belongs to one user and has one or several cards
//	Card       one question of a Note, in one Deck, as one user sees it
//	Deck       belongs to one user, who may share it with everyone on the server
//	Enrolment  a user studies a Deck: own limits, paused or not
//	Quiz       questions as they were made, with the answers; practice, which touches a
//	           Schedule only as AnswerQuiz says
//	Aid        what one user keeps with a card: whether it is typed, a mnemonic
//	Help       something done about a card that does not stay, which UndoHelp takes back
//	Confusion  a card that was answered with the answer of another, as the answers
//	           given (GivenAnswer) say; what is taken back or overruled is none
//	Event      a cards.Review: one line of the log, written once and never changed
//	Trash      what its owner deleted and can put back, with everyone's progress
//	Chore      work of several transactions that is under way; a crash leaves it to
//	           the next start
//
// # Whose it is
//
// Everything is asked for by a user. A deck is reached by its owner, by whoever is
// enrolled in it, and by everyone while it is shared; to all others it does not
// exist (ErrNotFound). What may be seen and not changed gives ErrNotYours.
// Progress is always per user: a Schedule for each user and card.
//
// What lies in the trash has no owner, or no deck, so that no query of a user
// can reach it; it is not copied, and comes back with its progress.
//
// # Notes and their cards
//
// Which cards a note has is what cards/render says of its fields: one for each
// template with something to ask, or one for each gap. EditNote and EditNoteType keep
// it so. Cards are identified by note and ordinal, and a card's progress survives
// all edits: it goes to the trash when its note makes it no longer, and comes back.
//
//	NoteTypes(ctx, user) ([]NoteType, error)              with the built-in ones
//	AddNoteType(ctx, user, cards.NoteType) (NoteTypeID, error)
//	EditNoteType(ctx, user, id, TypeEdit, now) error      cards follow
//	DeleteNoteType(ctx, user, id) error                   one without notes
//	AddNote(ctx, user, deck, cards.Note, today, now) (NoteID, error)
//	EditNote(ctx, user, note, fields, tags, now) error    cards follow
//	Note(ctx, user, note) (cards.Note, NoteType, error)
//	SetFlag(ctx, user, card, flag) error
//
// A Card carries its Type, Fields, Tags, Ordinal and Flag, of which cards/render makes
// its sides, and the text of both as Front and Back. The columns front, back and
// folded of cards hold that text for lists and search, front and back cut after a
// thousand bytes; the columns fields and tags of notes are JSON lists of strings.
//
// # Import and export
//
// A formats.Draft is what a file held. Notes are told apart by GUID; those of formats
// without one by type and first field, and then by all fields. What lies in the
// trash counts as not there.
//
//	Preview(ctx, user, draft, Choices) (Plan, error)                      saves nothing
//	Import(ctx, user, draft, Choices, progress, now) (ImportID, Plan, error)
//	Imports(ctx, user) ([]Imported, error)                                the latest first
//	TakeBack(ctx, user, ImportID, now) (TakenBack, error)
//	Draft(ctx, user, deck) (*formats.Draft, error)                        0 is all decks; the caller closes it
//	Media(ctx, user, owner, name) (Medium, error)                         the caller closes its file
//	AddMedia(ctx, user, name, reader, now) (name, error)                  the name under which it is kept
//
// A whole account, as Export writes it, comes back whole where there is nothing yet but the
// deck that a new account finds, untouched: with its trash, quizzes and settings, so that
// exporting it again gives the same bytes. A test goes through every column of every
// table; what does not come along is named there with the reason.
//
//	SaveSearch(ctx, user, name, query, now) (SearchID, error)             the same name gets the query
//	SavedSearches(ctx, user) ([]SavedSearch, error)                       by name
//	DeleteSearch(ctx, user, SearchID) error
//
// An import is staged: its notes, cards and media are written in jobs of few hundred
// rows into decks that nobody owns, so that no query finds them, like what lies in
// the trash. One transaction gives the decks to the user, moves cards into decks that
// were there, and writes what changes, the text of which was made before. An end of ctx
// before it, or a crash, leaves nothing: the staged rows are taken away. Progress is told
// (done, total) in cards. Card.Owner and a name are the address of a medium.
//
// Answers that were given in other programs stand in the view old_answers (user_id,
// card_id, at in milliseconds, day, kind, button, grade, interval, last, ease, took),
// for statistics: they are no events, for they lead to no schedule. Those with
// button 0 are no answers. The schedule that a card came with is an event of kind
// "import", so that replaying the log of events gives every schedule.
//
// # Writing
//
// One goroutine owns the only connection that writes. It takes the jobs that wait
// (256 at most, without waiting for more), runs them in one transaction, commits,
// and answers each caller after that: who got an answer finds it on the disk
// after any crash. Grades of many users share the cost of one fsync so. A job that
// fails takes nothing of the others with it. Long work is cut into jobs of few
// hundred rows, so that reviewers need not wait for it, and is seen whole or not at all.
// What nobody sees yet does not wait for the disk either (setDurable); the transaction
// that makes it visible does, and has all before it on the disk too.
//
// Two stages, one batch at work while the last is on its way to the disk, were tried
// and are slower: they make batches smaller, and a batch costs more pages than time.
// What limits many reviewers is how many pages are written, so the log is copied into
// the database seldom (checkpointSQL): 0.64 to 0.70 of the raw limit became 0.74.
//
// A context given to a writing method is looked at until its job begins, and not
// after: a job that has begun is carried through.
//
// # The day
//
// A card lies on one of three piles (cards.Schedule.Queue): due, new, drill. Next
// takes due cards first, the longest due before, then new ones in the order they
// were added, then drills, the one answered longest ago before. A card whose answer
// was just taken back comes before all of them.
//
// A user's limits hold for all decks together, but for decks that have limits of
// their own, which count apart. Cards of one note, and cards made of one statement
// of an article, do not come on the same day unless Settings.Siblings is off.
//
// An Exam with Raise asks for so many new cards of its decks a day (plan.Prepare): they
// come out of the common limit first, and beyond it if need be. While a Comeback runs,
// so many of the cards that waited when it began are asked a day, whatever the limits of
// due cards, the most overdue for their interval first; what came due since is asked
// after them within the limits, and new cards wait, but for those of such an exam.
// Neither changes a schedule.
//
// # The log
//
// Every change of a Schedule is an event with the Schedule before and after it.
// The same key twice is one event. Undo writes an event too. Replaying a user's
// events gives every Schedule, bit for bit; Check does it.
//
// # Figures
//
// go test -run xxx -bench . ./store measures grading beside the raw limit of the
// same two rows (same batches, same file, no code but the driver's), the next card
// and the counts among millions of schedules (RECTO_BENCH_SCHEDULES sets how
// many), and opening a database.
//
// -bench Import measures imports beside real Anki's (RECTO_ANKI_PYTHON), in turns: 0.90
// to 0.99 of its time for 100,000 notes, in 330 MB, and 1.3 to 1.5 for 6,542 cards; and
// how long others wait meanwhile: 0.09 s at most while 100,000 cards come into a new deck,
// 0.14 to 0.24 s while 20,000 and 3,000 changed notes come into one that is there, and
// 0.54 to 0.64 s while 100,000 do, for those move in one transaction. What helped: nine
// trees of rows instead of twelve, 25 rows a statement (between them SQLite stays at the
// ends of its trees), values bound in one call of C, no waiting for the disk before the
// last commit, and the log copied by a connection of its own.
package store
