package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// result is what a command line did.
type result struct {
	code        int
	out, errOut string
}

// recto runs a command line as main does, with a database of its own test.
func recto(t *testing.T, stdin string, args ...string) result {
	t.Helper()
	var out, errOut bytes.Buffer
	code := run(t.Context(), args, strings.NewReader(stdin), &out, &errOut)
	return result{code, out.String(), errOut.String()}
}

// write makes a file for a test and returns its path.
func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestHelpTeaches(t *testing.T) {
	for _, name := range []string{"", "serve", "generate", "facts", "user", "user add", "user list", "user passwd", "user delete", "user invite", "import", "export", "convert", "check", "backup", "version"} {
		got := recto(t, "", append(strings.Fields(name), "--help")...)
		if got.code != exitOK || got.errOut != "" {
			t.Errorf("recto %s --help: code %d and %q on standard error, want 0 and nothing", name, got.code, got.errOut)
		}
		golden := filepath.Join("testdata", "help", strings.ReplaceAll("recto "+name, " ", "-")+".txt")
		golden = strings.ReplaceAll(golden, "-.txt", ".txt")
		if *update {
			if err := os.MkdirAll(filepath.Dir(golden), 0o750); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(golden, []byte(got.out), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if got.out != string(want) {
			t.Errorf("recto %s --help differs from %s; look at it and run the test with -update:\n%s", name, golden, got.out)
		}
	}
}

func TestHelpIsAlsoAWord(t *testing.T) {
	for _, name := range []string{"", "convert", "user add"} {
		words := strings.Fields(name)
		want := recto(t, "", append(slices.Clone(words), "--help")...)
		if got := recto(t, "", append([]string{"help"}, words...)...); got.code != exitOK || got.out != want.out || got.errOut != "" {
			t.Errorf("recto help %s: code %d, %q", name, got.code, got.out)
		}
	}
}

func TestWrongUseIsSaidAndExits2(t *testing.T) {
	folder := t.TempDir()
	tests := []struct {
		what string
		args []string
		want string // in the sentence
	}{
		{"an unknown flag", []string{"generate", "--shout", "x.txt"}, "unknown flag --shout"},
		{"help with an unknown command", []string{"help", "publish"}, `there is no command "publish"`},
		{"a flag without its value", []string{"import", "--user"}, "--user: its value is missing"},
		{"a file without an ending", []string{"convert", "a.apkg", "b"}, `"b" has no ending; use one of .apkg`},
		{"an unknown command", []string{"publish"}, `there is no command "publish"`},
		{"no file", []string{"generate"}, "file"},
		{"an unknown format", []string{"generate", "--format", "xml", "x.txt"}, "must be one of"},
		{"more and fewer together", []string{"generate", "--more", "--fewer", "x.txt"}, "--more and --fewer"},
		{"an unknown sign-up", []string{"--signup", "anyone"}, "must be one of"},
		{"an address without a port", []string{"--addr", "localhost"}, "write it like 127.0.0.1:3000"},
		{"an address of another machine", []string{"--addr", "192.0.2.1:3000"}, "no address of this machine"},
		{"a public address without a scheme", []string{"--public-url", "recto.example.org"}, "write it like https://"},
		{"a public address in a folder", []string{"--public-url", "https://example.org/recto"}, "leave the folder off"},
		{"a proxy that is a name", []string{"--trusted-proxy", "proxy"}, "write it like 10.0.0.1"},
		{"a Postgres server", []string{"check", "--db", "postgres://localhost/recto"}, "not supported yet"},
		{"a folder as database", []string{"check", "--db", folder}, "name a file in it"},
		{"an account without a name", []string{"user", "add"}, "name"},
		{"an unknown zone", []string{"user", "add", "ada", "--zone", "Mars/Olympus"}, "no time zone"},
		{"no uses", []string{"user", "invite", "--uses", "0"}, "--uses"},
	}
	for _, test := range tests {
		got := recto(t, "", test.args...)
		if got.code != exitUsage || !strings.Contains(got.errOut, test.want) || got.out != "" {
			t.Errorf("%s: code %d, output %q, said %q; want code 2, no output and %q said", test.what, got.code, got.out, got.errOut, test.want)
		}
		if !strings.Contains(got.errOut, "--help") {
			t.Errorf("%s: %q does not say where help is", test.what, got.errOut)
		}
	}
}

func TestEveryFlagOfServeHasItsVariable(t *testing.T) {
	t.Setenv("RECTO_ADDR", "nowhere")
	if got := recto(t, ""); got.code != exitUsage || !strings.Contains(got.errOut, `"nowhere"`) {
		t.Errorf("with RECTO_ADDR=nowhere: code %d, said %q; want code 2 and the address named", got.code, got.errOut)
	}
	t.Setenv("RECTO_ADDR", "127.0.0.1:0")
	t.Setenv("RECTO_DB", "postgres://db/recto")
	if got := recto(t, "", "serve"); got.code != exitUsage || !strings.Contains(got.errOut, "Postgres") {
		t.Errorf("with RECTO_DB=postgres://db/recto: code %d, said %q; want code 2 and Postgres named", got.code, got.errOut)
	}
}

func TestVersionNamesWhatItIsMadeOf(t *testing.T) {
	got := recto(t, "", "version")
	for _, want := range []string{"recto " + version, "go1.", "SQLite 3."} {
		if !strings.Contains(got.out, want) {
			t.Errorf("recto version prints %q, without %q", got.out, want)
		}
	}
}

func TestACancelledCommandSaysSo(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out, errOut bytes.Buffer
	code := run(ctx, []string{"generate", "-"}, strings.NewReader("Peace came in 1956."), &out, &errOut)
	if code != exitFailed || !strings.Contains(errOut.String(), "stopped before it was done") {
		t.Errorf("a cancelled command: code %d, said %q; want code 1 and that it was stopped", code, errOut.String())
	}
}
