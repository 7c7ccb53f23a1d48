package dep

// The transitions of arc-hybrid (Kuhlmann, Gómez-Rodríguez, Satta 2011), with the
// root after the last word: shift, an arc from the next word to the top of the
// stack, an arc to the top of the stack from the word below it. Both arcs pop.
const (
	shift = 0
	left  = 1 // plus the relation
)

func (p *Transition) right() int { return left + p.relations }

// kids is what a state knows of a word as a head. Indices of words that are not
// there point at the pad.
type kids struct {
	left1, left2, right1, right2 int16 // outermost and next
	leftN, rightN                uint8
	relation                     uint8 // of the word itself, noRelation before it has one
	leftSet, rightSet            uint16
}

// noRelation is the relation of a word that has none yet.
const noRelation = 255

// state is a parse under way.
type state struct {
	stack []int16
	next  int16
	head  []int16
	kids  []kids
}

func newState(n int) *state {
	st := &state{stack: make([]int16, 0, n+1), head: make([]int16, n), kids: make([]kids, n+2)}
	st.reset(n)
	return st
}

func (st *state) reset(n int) {
	st.stack, st.next = st.stack[:0], 0
	pad := int16(n + 1)
	for i := range st.kids {
		st.kids[i] = kids{left1: pad, left2: pad, right1: pad, right2: pad, relation: noRelation}
	}
}

// allowed says which of the three kinds of transition may follow in a sentence of
// n words.
func (st *state) allowed(n int) (shifts, lefts, rights bool) {
	k := len(st.stack)
	shifts = int(st.next) < n
	lefts = k > 0 && (shifts || k == 1)
	return shifts, lefts, k > 1
}

func (st *state) done(n int) bool { return int(st.next) == n && len(st.stack) == 0 }

// apply takes a transition, given as its kind and relation.
func (p *Transition) apply(st *state, action int) {
	if action == shift {
		st.stack = append(st.stack, st.next)
		st.next++
		return
	}
	k := len(st.stack)
	d := st.stack[k-1]
	st.stack = st.stack[:k-1]
	if action < p.right() {
		relation := uint8(action - left)
		h := &st.kids[st.next]
		st.head[d], st.kids[d].relation = st.next, relation
		h.left2, h.left1 = h.left1, d
		h.leftN++
		h.leftSet += relationHash(relation)
		return
	}
	relation := uint8(action - p.right())
	top := st.stack[k-2]
	h := &st.kids[top]
	st.head[d], st.kids[d].relation = top, relation
	h.right2, h.right1 = h.right1, d
	h.rightN++
	h.rightSet += relationHash(relation)
}

// relationHash makes the sum over several relations tell which they are.
func relationHash(relation uint8) uint16 { return (uint16(relation) + 1) * 40503 }

func (st *state) tree(n int) Tree {
	t := Tree{make([]int, n), make([]uint8, n)}
	for i := range n {
		t.Heads[i], t.Relations[i] = int(st.head[i]), st.kids[i].relation
		if t.Heads[i] == n {
			t.Heads[i] = Root
		}
	}
	return t
}
