package store

import "fmt"

// Refusal is why something that was asked for was not done, as a sentence for the
// person who asked: in small letters, without a stop.
type Refusal struct{ Sentence string }

func (r *Refusal) Error() string { return r.Sentence }

func refuse(format string, args ...any) error {
	return &Refusal{Sentence: fmt.Sprintf(format, args...)}
}
