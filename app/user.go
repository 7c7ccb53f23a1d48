package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"golang.org/x/term"

	"recto/app/web"
	"recto/store"
)

type userCmd struct {
	Add    userAddCmd    `cmd:"" help:"Make an account."`
	List   userListCmd   `cmd:"" help:"List the accounts."`
	Passwd userPasswdCmd `cmd:"" help:"Set a password, and end all sign-ins of that account."`
	Delete userDeleteCmd `cmd:"" help:"Delete an account and everything that is theirs."`
	Invite userInviteCmd `cmd:"" help:"Make an invitation code, for a server that lets in the invited."`
}

func (userCmd) Help() string {
	return `Passwords are asked for without showing them; where standard input is not a terminal, its first line is the password.

Examples:

	recto user add ada
	recto user add ada < password.txt
	recto user invite --uses 5 --days 14
	recto user passwd ada
	recto user list`
}

type userAddCmd struct {
	database
	Name  string `arg:"" help:"The name to sign in with."`
	Zone  string `default:"UTC" placeholder:"ZONE" help:"Time zone in which their days begin, such as Europe/Paris."`
	Empty bool   `help:"Without the starter deck, as for an account that is to be moved here."`
}

func (cmd *userAddCmd) Run(ctx context.Context, c *console) error {
	if sentence := web.CheckName(cmd.Name); sentence != "" {
		return usageError{sentence}
	}
	if _, err := time.LoadLocation(cmd.Zone); err != nil || cmd.Zone == "Local" {
		return usageError{fmt.Sprintf("--zone: there is no time zone %q; take one such as Europe/Paris", cmd.Zone)}
	}
	s, err := cmd.open(ctx, store.Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	hash, err := newPassword(ctx, c, cmd.Name)
	if err != nil {
		return err
	}
	user, err := s.CreateUser(ctx, store.NewUser{Name: cmd.Name, PasswordHash: hash, Zone: cmd.Zone}, store.SignupOpen, time.Now())
	if errors.Is(err, store.ErrNameTaken) {
		return fmt.Errorf("there is an account called %q already", cmd.Name)
	}
	if err != nil {
		return err
	}
	if !cmd.Empty {
		if err := newStarterDeck(s).give(ctx, user.ID, time.Now()); err != nil { // the account is there all the same
			c.say("recto: %v", err)
		}
	}
	role := ""
	if user.Admin {
		role = ", the administrator"
	}
	_, err = fmt.Fprintf(c.out, "%s has an account%s.\n", user.Name, role)
	return err
}

type userListCmd struct{ database }

func (cmd *userListCmd) Run(ctx context.Context, c *console) error {
	s, err := cmd.existing(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	users, err := s.Users(ctx)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "NAME\tSINCE\tZONE\tROLE")
	for _, u := range users {
		role := "student"
		if u.Admin {
			role = "administrator"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", u.Name, u.Created.UTC().Format("2006-01-02"), u.Settings.Zone, role)
	}
	return w.Flush()
}

type userPasswdCmd struct {
	database
	Name string `arg:"" help:"Whose password."`
}

func (cmd *userPasswdCmd) Run(ctx context.Context, c *console) error {
	return cmd.withUser(ctx, cmd.Name, func(s *store.Store, user store.User) error {
		hash, err := newPassword(ctx, c, user.Name)
		if err != nil {
			return err
		}
		if err := s.SetPassword(ctx, user.ID, hash, nil); err != nil {
			return err
		}
		_, err = fmt.Fprintf(c.out, "The password of %s is set, and they are signed out everywhere.\n", user.Name)
		return err
	})
}

type userDeleteCmd struct {
	database
	Name string `arg:"" help:"Whose account."`
	Yes  bool   `help:"Do not ask."`
}

func (cmd *userDeleteCmd) Run(ctx context.Context, c *console) error {
	return cmd.withUser(ctx, cmd.Name, func(s *store.Store, user store.User) error {
		if !cmd.Yes {
			if !terminal(c.in) {
				return usageError{"deleting an account cannot be undone; say --yes"}
			}
			fmt.Fprintf(c.err, "Delete %s with all decks, cards and answers? This cannot be undone. Type the name again: ", user.Name)
			typed, err := firstLine(c.in)
			if err != nil || typed != user.Name {
				return errors.New("nothing was deleted")
			}
		}
		if err := s.DeleteUser(ctx, user.ID); err != nil {
			return err
		}
		_, err := fmt.Fprintf(c.out, "%s is deleted.\n", user.Name)
		return err
	})
}

type userInviteCmd struct {
	database
	Uses int `default:"1" help:"How many accounts the code may make."`
	Days int `default:"7" help:"For how many days it holds."`
}

func (cmd *userInviteCmd) Run(ctx context.Context, c *console) error {
	if cmd.Uses < 1 || cmd.Uses > 1000 || cmd.Days < 1 || cmd.Days > 365 {
		return usageError{"--uses takes 1 to 1000, and --days 1 to 365"}
	}
	s, err := cmd.existing(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	users, err := s.Users(ctx)
	if err != nil {
		return err
	}
	for _, u := range users {
		if !u.Admin {
			continue
		}
		code := rand.Text()
		err := s.CreateInvite(ctx, u.ID, code, cmd.Uses, time.Now().AddDate(0, 0, cmd.Days))
		if err == nil {
			_, err = fmt.Fprintf(c.out, "%s\n", code)
		}
		return err
	}
	return errors.New("there is no administrator yet: the first account becomes one, and needs no invitation")
}

// withUser opens the database and does something with the account called name.
func (d database) withUser(ctx context.Context, name string, do func(*store.Store, store.User) error) error {
	s, err := d.existing(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	user, err := userNamed(ctx, s, name)
	if err != nil {
		return err
	}
	return do(s, user)
}

// newPassword asks for a password, twice on a terminal, and returns its hash.
func newPassword(ctx context.Context, c *console, name string) (string, error) {
	password, err := askPassword(ctx, c)
	if err != nil {
		return "", err
	}
	if sentence := web.CheckNewPassword(name, password); sentence != "" {
		return "", errors.New(sentence)
	}
	return web.HashPassword(ctx, password)
}

func askPassword(ctx context.Context, c *console) (string, error) {
	file, ok := c.in.(*os.File)
	if !ok || !terminal(file) {
		return firstLine(c.in)
	}
	first, err := hidden(ctx, c, file, "Password: ")
	if err != nil {
		return "", err
	}
	second, err := hidden(ctx, c, file, "Once more: ")
	if err != nil {
		return "", err
	}
	if first != second {
		return "", errors.New("the two passwords differ; nothing was changed")
	}
	return first, nil
}

// hidden asks a question whose answer is not shown. A terminal left without echo
// by Ctrl-C is put right.
func hidden(ctx context.Context, c *console, in *os.File, question string) (string, error) {
	fd := int(in.Fd())
	state, err := term.GetState(fd)
	if err != nil {
		return "", fmt.Errorf("ask for a password: %w", err)
	}
	fmt.Fprint(c.err, question)
	type answer struct {
		text []byte
		err  error
	}
	done := make(chan answer, 1)
	go func() {
		text, err := term.ReadPassword(fd)
		done <- answer{text, err}
	}()
	select {
	case a := <-done:
		fmt.Fprintln(c.err)
		return string(a.text), a.err
	case <-ctx.Done():
		fmt.Fprintln(c.err)
		return "", errors.Join(ctx.Err(), term.Restore(fd, state))
	}
}

// firstLine reads one line, without its end.
func firstLine(in io.Reader) (string, error) {
	line, err := bufio.NewReader(io.LimitReader(in, 4096)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read a line: %w", err)
	}
	if line == "" {
		return "", errors.New("standard input is empty, where a line was awaited")
	}
	return strings.TrimRight(line, "\r\n"), nil
}
