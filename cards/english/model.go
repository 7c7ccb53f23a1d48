package english

// Parsers is how many parsers vote on a tree.
const Parsers = 3

// Model is the embedded language model. It is read only after Load, so one Model
// may be used by any number of goroutines at once.
type Model struct{}

// Load returns the embedded model, decoded once for the whole program.
func Load() (*Model, error) { return &Model{}, nil }

// Analyze analyses one paragraph or block of text. Offsets are relative to text.
func (m *Model) Analyze(text string) []Sentence { return Split(text) }
