package main

import (
	"context"
	"fmt"
)

type checkCmd struct{ database }

func (checkCmd) Help() string {
	return `Three things are verified: that the file is sound, that nothing in it points to what is gone, and that replaying every answer from the log gives each schedule as it stands. Every problem is one line; the exit code is then 1. The app may go on meanwhile.

Examples:

	recto check
	recto check --db /var/lib/recto/recto.db`
}

func (cmd *checkCmd) Run(ctx context.Context, c *console) error {
	s, err := cmd.existing(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	bar := newBar(c, "Replaying the log")
	report, err := s.Check(ctx, bar.set)
	bar.clear()
	if err != nil {
		return err
	}
	for _, problem := range report.Problems {
		fmt.Fprintln(c.out, problem)
	}
	if n := len(report.Problems); n > 0 {
		c.say("recto: %s in %s. Keep the file as it is and restore the latest backup that 'recto check' finds sound.", count(n, "problem"), cmd.DB)
		return errSaid
	}
	_, err = fmt.Fprintf(c.out, "%s is sound: %s and %s, every schedule as the log has it.\n", cmd.DB, count(report.Cards, "schedule"), count(report.Reviews, "review"))
	return err
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
