package views

// Kept is the page that says what the people of a server keep of proposed cards, and
// what follows for the next ones.
type Kept struct {
	Layout
	Judged int // verdicts so far
	Few    int // so many move nothing yet
	Rows   []KeptRow
}

// Template is the name of the page's template.
func (*Kept) Template() string { return "kept" }

// Moves says whether the verdicts move anything yet.
func (k *Kept) Moves() bool { return k.Judged >= k.Few }

// KeptRow is cards of one kind of fact.
type KeptRow struct {
	Kind                 string
	Judged, Kept         int
	Expected, Now, Usual int // percent: expected to be kept; and what a card of Usual percent is taken for now
}
