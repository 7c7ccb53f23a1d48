package views

import (
	"net/url"
	"strconv"

	"recto/cards"
)

// Articles is the list of a person's articles.
type Articles struct {
	Layout
	Articles []ArticleLine
	Today    cards.Day
	Job      string // of a long text whose cards are being made, "" for none
}

// Template is the name of the page's template.
func (*Articles) Template() string { return "articles" }

// ArticleLine is one article in a list.
type ArticleLine struct {
	ID       int64
	Title    string
	Host     string // of the address it came from, "" for none
	Day      cards.Day
	Proposed int
	Kept     int
	Newer    int64 // a newer version whose changes nobody has looked at, 0 for none
}

// NewArticle is the page on which an article is pasted, uploaded or fetched.
type NewArticle struct {
	Layout
	Text, Heading, Address string // as typed before
	Error                  string // one sentence, "" at first
	Field                  string // the field that the error is about
	Largest                int    // bytes of a file that may be sent
	Fetches                bool   // whether articles can be had by address
	Any                    bool   // whether there are articles already
}

// Template is the name of the page's template.
func (*NewArticle) Template() string { return "article-new" }

// ArticleJob is the page that shows how far the cards of a long text are.
type ArticleJob struct {
	Layout
	ID          string
	Heading     string
	Words       int
	Done, Total int
	Waiting     bool // for another long text
}

// Template is the name of the page's template.
func (*ArticleJob) Template() string { return "article-job" }

// Article is the desk: a text beside the cards proposed from it.
type Article struct {
	Layout
	Head     ArticleHead
	Blocks   []Block
	Sure     []Proposal
	Unsure   []Proposal
	Decks    []DeckChoice
	NewDeck  string // name of the deck that saving makes unless another is chosen
	Added    int    // cards that have just been saved
	AddedTo  DeckChoice
	Part     int // of a long article, from 1
	Parts    int
	Replaced bool // the text was here already: nothing was doubled

	Elsewhere int    // cards of other parts that Save would add as well
	Error     string // one sentence about the words of a card, "" for none

	Order   string // "sure", the surest first, or "text"
	Budget  int    // how many cards are wanted: 100 less the threshold in hundredths
	Chosen  bool   // the budget was chosen, and is not the usual one
	Enough  int    // proposals of the whole article that are sure enough
	InAll   int    // proposals of the whole article
	Legend  []MasteryCount
	Marks   bool // facts are marked with how well they are known
	Version Version
}

// The ends of the budget's slider.
const (
	LeastBudget = 5
	MostBudget  = 75
)

// Least and Most are the ends of the budget's slider.
func (*Article) Least() int { return LeastBudget }

// Most is its other end.
func (*Article) Most() int { return MostBudget }

// In is the address of the desk in that order, with the budget kept.
func (a *Article) In(order string) string {
	address := "/articles/" + strconv.FormatInt(a.Head.ID, 10)
	if q := a.choice(order); q != "" {
		address += "?" + q
	}
	return address
}

func (a *Article) choice(order string) string {
	v := url.Values{}
	if order != "sure" {
		v.Set("order", order)
	}
	if a.Chosen {
		v.Set("budget", strconv.Itoa(a.Budget))
	}
	if a.Part > 1 {
		v.Set("part", strconv.Itoa(a.Part))
	}
	if !a.Marks && len(a.Legend) > 0 {
		v.Set("marks", "off")
	}
	return v.Encode()
}

// Turned is the address of the desk with the marks switched the other way.
func (a *Article) Turned() string {
	other := *a
	other.Marks = !a.Marks
	return other.In(a.Order)
}

// MasteryCount is how many facts of an article are known in that way.
type MasteryCount struct {
	Word  string // of cards/desk
	Count int
}

// Version says which texts stand beside an article as its earlier and newer versions.
type Version struct {
	Previous int64 // 0 for none
	Newer    int64
	Open     bool // the cards of the earlier version have not gone over to this one
	Left     bool // the cards of this one have gone over to the newer
}

// Template is the name of the page's template.
func (*Article) Template() string { return "article" }

// Ticked is the number of cards that Save would add.
func (a *Article) Ticked() int {
	n := a.Elsewhere
	for _, p := range a.All() {
		if p.Ticked && p.Card == 0 {
			n++
		}
	}
	return n
}

// All is every proposal on the page.
func (a *Article) All() []Proposal {
	return append(append(make([]Proposal, 0, len(a.Sure)+len(a.Unsure)), a.Sure...), a.Unsure...)
}

// Proposed is the number of proposals on the page.
func (a *Article) Proposed() int { return len(a.Sure) + len(a.Unsure) }

// PartNumbers are those of the parts of a long article.
func (a *Article) PartNumbers() []int {
	numbers := make([]int, a.Parts)
	for i := range numbers {
		numbers[i] = i + 1
	}
	return numbers
}

// ArticleHead is what stands above both views of an article.
type ArticleHead struct {
	ID        int64
	Title     string
	Author    string
	Address   string // http or https, "" for none
	Host      string
	Published string
	Words     int
	Cards     int // proposals
	Facts     int
	Left      int // facts without a card
	View      string
}

// Proposal is one proposed card on the desk.
type Proposal struct {
	ID          string
	Context     string
	Front, Back string // as edited, if so
	WasFront    string // as proposed
	WasBack     string
	Ticked      bool
	Card        int64 // that it became, 0 for none yet

	Article         int64  // to which it belongs
	With, WithFront string // another one of the same sentence, with which it can become one card
	JoinedTo        string // the question of the card that asks for it as well, "" for none
	Apart           string // the proposal into which it went
	Sort            string // how the fact is known, "" before it has a card
	Rewording       Rewording
}

// Rewording is a question in the words of a language model.
type Rewording struct {
	Front    string // "" for none
	Original string // as it was proposed
	Model    string
}

// Edited reports whether the person worded it anew.
func (p Proposal) Edited() bool { return p.Front != p.WasFront || p.Back != p.WasBack }

// DeckChoice is a deck that cards can be saved into.
type DeckChoice struct {
	ID     int64
	Name   string
	Chosen bool
}

// ArticleFacts is the ledger of an article: every fact found, and what became of it.
type ArticleFacts struct {
	Layout
	Head  ArticleHead
	Left  bool // only those without a card are shown
	Facts []FactLine
}

// Template is the name of the page's template.
func (*ArticleFacts) Template() string { return "article-facts" }

// FactLine is one fact of the ledger.
type FactLine struct {
	Kind                  cards.FactKind
	Text, Value           string // Value is "" where it says no more than Text
	Derived               string
	Before, Marked, After string // the sentence
	Cards                 []FactCard
	Reason                string
}

// FactCard is a proposal made of a fact.
type FactCard struct {
	Front string
	Href  string
}
