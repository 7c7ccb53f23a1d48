package generate

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"recto/cards"
)

// jsonCard is one card of the jsonl format.
type jsonCard struct {
	ID         string       `json:"id"`
	Kind       string       `json:"kind"`
	Family     string       `json:"family"`
	Front      string       `json:"front"`
	Back       string       `json:"back"`
	Answer     cards.Answer `json:"answer"`
	Source     jsonSource   `json:"source"`
	Confidence float64      `json:"confidence"`
	Default    bool         `json:"default"`
}

type jsonSource struct {
	Exact         string `json:"exact"`
	Start         int    `json:"start"`
	End           int    `json:"end"`
	Sentence      string `json:"sentence"`
	SentenceStart int    `json:"sentence_start"`
	SentenceEnd   int    `json:"sentence_end"`
}

type jsonFact struct {
	ID       string   `json:"id"`
	Kind     string   `json:"kind"`
	Text     string   `json:"text"`
	Value    string   `json:"value"`
	Start    int      `json:"start"`
	End      int      `json:"end"`
	Sentence string   `json:"sentence"`
	Cards    []string `json:"cards"`
	Reason   string   `json:"reason"`
}

// wholeFront is the front as one text: the context line, if there is one, above the question.
func wholeFront(p cards.Proposal) string {
	if p.Context == "" {
		return p.Front
	}
	return p.Context + "\n" + p.Front
}

// JSONL writes the proposals, one JSON object a line. Offsets are bytes of what
// Article writes. A card's context line stands above the question in "front".
func JSONL(w io.Writer, a cards.Article, r Result) error {
	enc := newEncoder(w)
	for _, p := range r.Proposals {
		c := jsonCard{
			ID: p.ID, Kind: string(p.Kind), Family: p.Family, Front: wholeFront(p), Back: p.Back, Answer: p.Answer,
			Source:     jsonSource{p.Source.Of(a.Text), p.Source.Start, p.Source.End, p.Sentence.Of(a.Text), p.Sentence.Start, p.Sentence.End},
			Confidence: p.Confidence, Default: p.Default,
		}
		if err := enc.Encode(c); err != nil {
			return fmt.Errorf("write card %s: %w", p.ID, err)
		}
	}
	return nil
}

// Facts writes the ledger, one JSON object a line: every fact with its cards, or
// the reason why it has none.
func Facts(w io.Writer, a cards.Article, r Result) error {
	enc := newEncoder(w)
	for _, e := range r.Entries {
		f := e.Fact
		ids := e.Proposals
		if ids == nil {
			ids = []string{}
		}
		l := jsonFact{f.ID, string(f.Kind), f.Text, f.Value, f.Span.Start, f.Span.End, f.Sentence.Of(a.Text), ids, e.Reason}
		if err := enc.Encode(l); err != nil {
			return fmt.Errorf("write fact %s: %w", f.ID, err)
		}
	}
	return nil
}

func newEncoder(w io.Writer) *json.Encoder {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc
}

// Article writes the article's text, exactly: the offsets of the other formats are bytes of it.
func Article(w io.Writer, a cards.Article) error {
	_, err := io.WriteString(w, a.Text)
	return err
}

// CSV writes the proposals as comma-separated values (RFC 4180) with a header. A
// cell that a spreadsheet would run as a formula is preceded by an apostrophe.
func CSV(w io.Writer, a cards.Article, r Result) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"id", "kind", "family", "front", "back", "value", "sentence", "confidence", "default"}}
	for _, p := range r.Proposals {
		rows = append(rows, []string{p.ID, string(p.Kind), p.Family, wholeFront(p), p.Back, p.Answer.Value, p.Sentence.Of(a.Text),
			fmt.Sprintf("%.2f", p.Confidence), fmt.Sprint(p.Default)})
	}
	for _, row := range rows {
		for i := range row {
			row[i] = inert(row[i])
		}
		if err := out.Write(row); err != nil {
			return fmt.Errorf("write csv: %w", err)
		}
	}
	out.Flush()
	return out.Error()
}

// inert keeps a spreadsheet from reading s as a formula (OWASP, "CSV Injection").
func inert(s string) string {
	if s != "" && strings.ContainsAny(s[:1], "=+-@\t\r\n") {
		return "'" + s
	}
	return s
}

// Text writes the proposals to be read: those proposed by default, then the less sure.
func Text(w io.Writer, a cards.Article, r Result) error {
	var b strings.Builder
	if a.Title != "" {
		fmt.Fprintf(&b, "%s\n\n", a.Title)
	}
	sure, rest := 0, 0
	for _, p := range r.Proposals {
		if p.Default {
			sure++
			writeCard(&b, p)
		} else {
			rest++
		}
	}
	if rest > 0 {
		b.WriteString("Less sure\n\n")
		for _, p := range r.Proposals {
			if !p.Default {
				writeCard(&b, p)
			}
		}
	}
	left := 0
	for _, e := range r.Entries {
		if len(e.Proposals) == 0 {
			left++
		}
	}
	fmt.Fprintf(&b, "%s, %d less sure, from %s; %d without a card.\n", plural(sure, "card"), rest, plural(len(r.Entries), "fact"), left)
	_, err := io.WriteString(w, b.String())
	return err
}

func writeCard(b *strings.Builder, p cards.Proposal) {
	if p.Context != "" {
		fmt.Fprintf(b, "   %s\n", p.Context)
	}
	fmt.Fprintf(b, "Q: %s\nA: %s\n\n", p.Front, p.Back)
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
