package main

import (
	"time"

	"github.com/schollz/progressbar/v3"
)

// bar shows how far a long work has come, on a terminal and nowhere else.
type bar struct{ p *progressbar.ProgressBar }

// newBar makes a bar that shows itself once the work has told how long it is.
func newBar(c *console, what string) *bar {
	if !terminal(c.err) {
		return &bar{}
	}
	return &bar{progressbar.NewOptions(-1,
		progressbar.OptionSetWriter(c.err), progressbar.OptionSetDescription(what),
		progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(),
		progressbar.OptionSetRenderBlankState(false), progressbar.OptionSetPredictTime(true))}
}

// set shows that done of total is done.
func (b *bar) set(done, total int) {
	if b.p == nil || total <= 0 {
		return
	}
	b.p.ChangeMax(total)
	_ = b.p.Set(min(done, total)) // a terminal that went away is no reason to stop
}

// clear takes the bar off the terminal.
func (b *bar) clear() {
	if b.p != nil {
		_ = b.p.Clear()
	}
}
