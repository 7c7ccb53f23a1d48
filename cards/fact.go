package cards

// FactKind says what sort of thing a Fact's answer is.
type FactKind string

// The kinds of fact that Recto finds.
const (
	DateFact      FactKind = "date"
	QuantityFact  FactKind = "quantity"
	NameFact      FactKind = "name"
	TermFact      FactKind = "term"
	AcronymFact   FactKind = "acronym"
	ListFact      FactKind = "list"
	CauseFact     FactKind = "cause"
	QuotationFact FactKind = "quotation"
)

// Fact is a claim found in an Article.
//
// Text is exactly the bytes that Span covers. Value is its normal form: EDTF for
// a date, a number and a unit for a quantity ("9000000000 USD", "93 %", "60"),
// the bare name for a name, the expansion for an acronym, the items joined by "|"
// for a list.
type Fact struct {
	ID       string   `json:"id"`
	Kind     FactKind `json:"kind"`
	Type     string   `json:"type,omitempty"` // finer: "year", "month", "money", "person", "place", ...
	Text     string   `json:"text"`
	Value    string   `json:"value"`
	Span     Span     `json:"span"`
	Sentence Span     `json:"sentence"`
	Items    []Span   `json:"items,omitempty"`   // of a list
	Derived  string   `json:"derived,omitempty"` // how a relative date was worked out, in words
}

// Answer is what the back of a Proposal says, and its normal form.
type Answer struct {
	Text  string `json:"text"`
	Value string `json:"value"`
}

// Proposal is a card proposed for a Fact, with its proof: Source covers the
// answer in the Article's text, Sentence the sentence it stands in. Answer.Text
// equals the text under Source unless Normal says which stated normal form of it
// is shown instead.
//
// The ID depends only on the Article's text, the family and the answer's Span,
// so that generating again proposes the same cards.
type Proposal struct {
	ID         string   `json:"id"`
	FactID     string   `json:"fact_id"`
	Kind       FactKind `json:"kind"`
	Family     string   `json:"family"` // how the card was made: "when", "gap", "acronym", "set", ...
	Front      string   `json:"front"`
	Back       string   `json:"back"`
	Context    string   `json:"context,omitempty"` // a line shown above the front when the sentence leans on it
	Answer     Answer   `json:"answer"`
	Normal     string   `json:"normal,omitempty"`
	Source     Span     `json:"source"`
	Sentence   Span     `json:"sentence"`
	Confidence float64  `json:"confidence"`          // 0 to 1: how likely a person keeps it as it is
	Unrefined  float64  `json:"unrefined,omitempty"` // Confidence before people's verdicts moved it; 0 where they did not
	Default    bool     `json:"default"`             // proposed ticked; the others stand below "Less sure"
	Sibling    string   `json:"sibling,omitempty"`   // proposals with the same Sibling are cards of one note
}

// Entry is one line of the ledger: a Fact, and the proposals made of it or the
// reason why there is none. One of Proposals and Reason is always set.
type Entry struct {
	Fact      Fact     `json:"fact"`
	Proposals []string `json:"cards"`
	Reason    string   `json:"reason,omitempty"`
}
