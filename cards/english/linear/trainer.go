package linear

// row is what a feature has learnt: its weights, which scoring reads, and what is
// needed to average them, which it need not read.
type row struct {
	key     uint32
	cells   []int32 // weight<<8 | label
	history []history
}

// history is the past of one weight.
type history struct {
	summed  int64 // sum of the weight over all steps before stamp
	stamp   int32 // step of the last change
	changes int32
}

// slot of the hash table: the key and where its row is.
type slot struct {
	key uint32
	row uint32 // its index in rows plus one; 0: the slot is empty
}

// Trainer learns the weights of an averaged perceptron. It grows a feature only
// when an error touches it. A Trainer is for one goroutine.
type Trainer struct {
	labels int
	slots  []slot  // by the key's hash
	inline []int32 // with one label its weights, by slot, so that scoring need not follow rows
	rows   []row
	step   int32
}

// NewTrainer returns an empty Trainer for labels 0 to labels-1, at most 256.
func NewTrainer(labels int) *Trainer {
	t := &Trainer{labels: labels, slots: make([]slot, 1<<16), step: 1}
	if labels == 1 {
		t.inline = make([]int32, len(t.slots))
	}
	return t
}

// Labels is the number of labels.
func (t *Trainer) Labels() int { return t.labels }

// Score writes the score of every label to scores, which has Labels elements.
func (t *Trainer) Score(features []uint32, scores []int32) {
	clear(scores)
	if t.inline != nil {
		for _, f := range features {
			scores[0] += t.inline[t.slot(f)]
		}
		return
	}
	var found [batch]*row
	var cells [batch][]int32
	for len(features) > 0 {
		part := features[:min(batch, len(features))]
		features = features[len(part):]
		n := 0
		for _, f := range part {
			if r := t.slots[t.slot(f)].row; r > 0 {
				found[n&(batch-1)] = &t.rows[r-1]
				n++
			}
		}
		for i, r := range found[:n] {
			cells[i] = r.cells
		}
		for _, row := range cells[:n] {
			for _, c := range row {
				scores[uint8(c)] += c >> 8
			}
		}
	}
}

// slot finds the place of a key: the one where it is or the empty one where it
// would be.
func (t *Trainer) slot(key uint32) int {
	mask := len(t.slots) - 1
	i := int(uint64(key) * uint64(len(t.slots)) >> 32)
	for t.slots[i].row != 0 && t.slots[i].key != key {
		i = (i + 1) & mask
	}
	return i
}

// Update adds delta to the weight of label under each of the features.
func (t *Trainer) Update(features []uint32, label int, delta int32) {
	for _, f := range features {
		s := t.slot(f)
		r := t.slots[s].row
		if r == 0 {
			if len(t.rows)*2 >= len(t.slots) {
				t.grow()
				s = t.slot(f)
			}
			t.rows = append(t.rows, row{key: f})
			r = uint32(len(t.rows))
			t.slots[s] = slot{f, r}
		}
		t.change(&t.rows[r-1], uint8(label), delta)
		if t.inline != nil {
			t.inline[s] = t.rows[r-1].cells[0] >> 8
		}
	}
}

func (t *Trainer) change(r *row, label uint8, delta int32) {
	for i, c := range r.cells {
		if uint8(c) == label {
			h := &r.history[i]
			h.summed += int64(c>>8) * int64(t.step-h.stamp)
			h.stamp = t.step
			h.changes++
			r.cells[i] = c + delta<<8
			return
		}
	}
	r.cells = append(r.cells, delta<<8|int32(label))
	r.history = append(r.history, history{stamp: t.step, changes: 1})
}

func (t *Trainer) grow() {
	t.slots = make([]slot, 2*len(t.slots))
	if t.inline != nil {
		t.inline = make([]int32, len(t.slots))
	}
	for i := range t.rows {
		key := t.rows[i].key
		at := t.slot(key)
		t.slots[at] = slot{key, uint32(i + 1)}
		if t.inline != nil {
			t.inline[at] = t.rows[i].cells[0] >> 8
		}
	}
}

// Tick ends one example: the weights as they stand now count once more in the
// average.
func (t *Trainer) Tick() { t.step++ }
