package views

import (
	"time"

	"recto/cards"
)

// QuizChoose is the page on which a quiz is chosen.
type QuizChoose struct {
	Layout
	Key     string
	From    string // the source that is chosen, as its Value
	Sources []QuizGroup
	Decks   []QuizDeck
	Tag     string
	Mode    string
	Modes   []QuizMode
	Number  string
	Numbers []string
	Bring   bool
	Counts  bool
	Error   string
	Field   string // the field that the error is about
	Open    []QuizLine
	Results []QuizLine
	Today   cards.Day
	Empty   bool // there is no card at all
}

// Template is the name of the page's template.
func (*QuizChoose) Template() string { return "quiz" }

// QuizGroup is some of the sources of a quiz, under one label; "" for none.
type QuizGroup struct {
	Label   string
	Sources []QuizSource
}

// QuizSource is one thing that a quiz can be about.
type QuizSource struct{ Value, Label string }

// QuizDeck is a deck that can be ticked for a quiz about several.
type QuizDeck struct {
	ID      int64
	Name    string
	Checked bool
}

// QuizMode is a way to be asked.
type QuizMode struct{ Value, Label, Hint string }

// QuizLine is one quiz in a list.
type QuizLine struct {
	ID        int64
	Name      string
	Mode      string // in words
	Questions int
	Answered  int
	Correct   int
	Day       cards.Day
}

// Percent is the share of right answers.
func (l QuizLine) Percent() int { return percent(l.Correct, l.Answered) }

// QuizPage is what the pages of a quiz under way have in common.
type QuizPage struct {
	Layout
	ID       int64
	Key      string
	Name     string // of what it is about
	Mode     string // of the question, as in package ask
	ModeName string // in words
	Position int    // of the question, from 0
	Answered int
	Correct  int
	Total    int
}

// Number is the number of the question as people count.
func (p *QuizPage) Number() int { return p.Position + 1 }

// QuizQuestion is the page that asks a question.
type QuizQuestion struct {
	QuizPage
	Asked   int64 // when, Unix milliseconds
	Context string
	Prompt  string
	Claim   QuizClaim
	Options []QuizChoice
	Rows    []QuizRow // of a match or an order
	Order   string    // the rows as they stand, for the form
}

// Template is the name of the page's template.
func (*QuizQuestion) Template() string { return "quizquestion" }

// QuizClaim is a statement of which something is to be said.
type QuizClaim struct {
	Before, Claim, After string // around a gap; Before is the question where there is none
	Gap                  bool
}

// QuizChoice is one of the answers that can be chosen, and the key that chooses it.
type QuizChoice struct {
	Index, Key int
	Text       string
}

// QuizRow is one event to be put in order, or one question to be matched.
type QuizRow struct {
	Index       int // of the part
	Text        string
	Context     string
	First, Last bool
}

// QuizFeedback is the page that says how an answer was.
type QuizFeedback struct {
	QuizPage
	Verdict    string // right, close or wrong
	Reason     string
	Context    string
	Prompt     string
	Claim      QuizClaim
	Answer     string
	Given      string
	Options    []QuizOption
	Parts      []QuizPart
	Source     Quote
	Card       int64
	Overridden bool
	CanSay     bool // the person may say that they were right
	CanAccept  bool
	Accepted   bool
	Counted    string // when the card is asked next, where the answer counted as a grade
	Brought    int    // cards that came into today's review for it
	CanUndo    bool   // the answer's effect is what Undo takes back next
	Last       bool   // no question comes after this one
}

// Template is the name of the page's template.
func (*QuizFeedback) Template() string { return "quizfeedback" }

// Right reports whether the answer counts as right.
func (f *QuizFeedback) Right() bool { return f.Verdict == "right" || f.Overridden }

// QuizOption is one of the answers of a choice, with what it was.
type QuizOption struct {
	Text        string
	Right, Mine bool
}

// QuizPart is one card of a question of several.
type QuizPart struct {
	Card   int64
	Text   string
	Answer string
	Given  string // in words, "" for none
	Right  bool
}

// QuizEnd is the page after the last question.
type QuizEnd struct {
	QuizPage
	Missed []QuizMissed
	Again  string // the source of those missed
	Mine   string // the mode of the whole quiz, as in package ask
	Before []QuizLine
	Today  cards.Day
	Took   time.Duration
	Bring  bool
	Counts bool
}

// Template is the name of the page's template.
func (*QuizEnd) Template() string { return "quizend" }

// QuizMissed is a card that was not answered rightly.
type QuizMissed struct {
	Card          int64
	Front, Answer string
	Given         string
	Source        Quote
}

// QuizResults is the list of earlier quizzes.
type QuizResults struct {
	Layout
	Quizzes []QuizLine
	Today   cards.Day
}

// Template is the name of the page's template.
func (*QuizResults) Template() string { return "quizresults" }
