// Recto finds facts and dates in an article, makes flashcards of them, each with
// its proof, and serves them for daily review.
//
//	recto                    serve the app at http://127.0.0.1:3000
//	recto generate FILE...   cards from articles
//	recto facts FILE...      every fact found, with its cards or the reason for none
//	recto evaluate [DIR]     measure the cards that are made of judged articles
//	recto user ...           accounts
//	recto import --user NAME FILE...  decks of any kind into an account
//	recto export --user NAME all that one person has, or one deck, in any format
//	recto convert IN OUT     a deck in another format, without a database
//	recto check              is the database sound?
//	recto backup FILE        a copy of the database, while it is in use
//	recto version
//
// Every command has --help. The exit code is 0 when all went well, 1 when the work
// failed or found a problem, and 2 when the command was used wrongly.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
	"golang.org/x/term"
)

// The exit codes.
const (
	exitOK     = 0
	exitFailed = 1 // the work failed, or found a problem
	exitUsage  = 2 // the command was used wrongly
)

// console is where a command reads and writes: results go to out, everything said
// to the person who waits goes to err.
type console struct {
	in       io.Reader
	out, err io.Writer
}

// terminal reports whether f is a terminal.
func terminal(f any) bool {
	file, ok := f.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// say writes one sentence for the person who waits.
func (c *console) say(format string, args ...any) { fmt.Fprintf(c.err, format+"\n", args...) }

// errSaid ends a command that has already said what was wrong.
var errSaid = errors.New("already said")

// usageError is a wrong use of a command that its flags alone do not show.
type usageError struct{ sentence string }

func (e usageError) Error() string { return e.sentence }

// commands is the grammar of the command line.
type commands struct {
	Serve    serveCmd    `cmd:"" default:"withargs" help:"Serve the app. Alone, 'recto' means this."`
	Generate generateCmd `cmd:"" help:"Make cards from articles."`
	Facts    factsCmd    `cmd:"" help:"List every fact of articles, with its cards or the reason for none."`
	Evaluate evaluateCmd `cmd:"" help:"Measure the cards that are made of judged articles."`
	User     userCmd     `cmd:"" help:"Add, list, invite or delete accounts, or set a password."`
	Import   importCmd   `cmd:"" help:"Take decks of any kind into an account."`
	Export   exportCmd   `cmd:"" help:"Write what one person has, or one deck, in any format."`
	Convert  convertCmd  `cmd:"" help:"Turn a deck into another format."`
	Check    checkCmd    `cmd:"" help:"Verify the database: its pages, its keys, and every schedule against the log."`
	Backup   backupCmd   `cmd:"" help:"Copy the database to a file, while it is in use."`
	Version  versionCmd  `cmd:"" help:"Say which version this is."`
}

const description = `Recto finds facts and dates in an article, makes flashcards of them, each with its proof, and serves them for daily review.`

// run carries out one command line and returns the exit code. It ends early when
// ctx does.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	c := &console{in: stdin, out: stdout, err: stderr}
	var grammar commands
	stopped := false // by --help
	parser, err := kong.New(&grammar,
		kong.Name("recto"), kong.Description(description), kong.Writers(stdout, stderr),
		kong.Exit(func(int) { stopped = true }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true, WrapUpperBound: 100}),
		kong.Vars{"formats": written()}, kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(c))
	if err != nil {
		c.say("recto: %v", err) // a mistake in the grammar, which every test would show
		return exitFailed
	}
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		if args, err = helpAsked(parser, args); err != nil {
			return wrongUse(c, err, "recto")
		}
	}
	parsed, err := parser.Parse(args)
	if stopped {
		return exitOK
	}
	if err != nil {
		return wrongUse(c, err, parseHelp(err))
	}
	err = parsed.Run()
	var usage usageError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &usage):
		return wrongUse(c, err, parsed.Selected().FullPath())
	case errors.Is(err, errSaid):
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		c.say("recto: stopped before it was done.")
	default:
		c.say("recto: %v", err)
	}
	return exitFailed
}

// helpAsked is "help" and the name of a command as their flags. A first word that is
// no command is an error.
func helpAsked(parser *kong.Kong, args []string) ([]string, error) {
	help := args[0] == "help"
	if help {
		args = args[1:]
	}
	if len(args) > 0 {
		known := slices.ContainsFunc(parser.Model.Children, func(n *kong.Node) bool { return n.Name == args[0] })
		if !known && !strings.HasPrefix(args[0], "-") {
			return args, fmt.Errorf("there is no command %q", args[0])
		}
	}
	if help {
		args = append(slices.Clone(args), "--help")
	}
	return args, nil
}

// parseHelp is the command whose help explains err.
func parseHelp(err error) string {
	var p *kong.ParseError
	if errors.As(err, &p) && p.Context != nil && p.Context.Selected() != nil {
		return p.Context.Selected().FullPath()
	}
	return "recto"
}

func wrongUse(c *console, err error, command string) int {
	sentence := strings.ReplaceAll(err.Error(), `expected string value but got "EOL" (<EOL>)`, "its value is missing")
	c.say("recto: %s\nRun '%s --help' to see how it is used.", sentence, command)
	return exitUsage
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
