//go:build browser

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/chromedp"
)

// patience is how long a page may take before a test gives up on it. It is no
// measure of speed: the machines that run this are shared.
const patience = 30 * time.Second

// program is the built Recto, made once for all browser tests.
var program string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "recto-browser")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	program = filepath.Join(dir, "recto")
	build := exec.Command("go", "build", "-o", program, ".")
	build.Stderr = os.Stderr
	code := 1
	if err := build.Run(); err == nil {
		code = m.Run()
	}
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// site is a running server with a database of its own.
type site struct {
	url, db string
}

// serveSite starts the real program, as a new user would, and waits until it answers.
func serveSite(t *testing.T, args ...string) site {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	_ = l.Close()
	s := site{url: "http://" + addr, db: filepath.Join(t.TempDir(), "recto.db")}
	cmd := exec.Command(program, append([]string{"serve", "--addr", addr, "--db", s.db}, args...)...)
	out, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdout = nil
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if strings.Contains(lines.Text(), "ERROR") || strings.Contains(lines.Text(), "panic") {
				t.Errorf("the server says: %s", lines.Text())
			}
		}
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	})
	for until := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		if res, err := http.Get(s.url + "/healthz"); err == nil {
			_ = res.Body.Close()
			return s
		}
		if time.Now().After(until) {
			t.Fatal("the server does not answer")
		}
	}
}

// tab is one tab of a Chromium of its own, with its own cookies.
type tab struct {
	t    *testing.T
	ctx  context.Context
	site site
}

// openBrowser starts Chromium with an empty profile.
func openBrowser(t *testing.T, s site) *tab {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("chromium is not installed: run .ci/run, which installs it")
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1280, 900),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-dev-shm-usage", true))
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	b := &tab{t, ctx, s}
	b.do(chromedp.EmulateViewport(1280, 900))
	b.watch()
	return b
}

// watch fails the test for whatever the browser itself complains about: a breach of
// the content security policy, a script error, a file that is missing.
func (b *tab) watch() {
	err := chromedp.Listen(b.ctx, func(ev any) {
		if e, ok := ev.(*log.EventEntryAdded); ok && e.Entry.Level == "error" && !strings.Contains(e.Entry.Text, "status of 4") {
			b.t.Errorf("the browser says: %s (%s)", e.Entry.Text, e.Entry.URL)
		}
	})
	if err != nil {
		b.t.Fatal(err)
	}
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, log.Enable, cdp.Empty{})
		return err
	}))
}

// another opens a second tab with the same cookies.
func (b *tab) another() *tab {
	b.t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx)
	b.t.Cleanup(cancel)
	return &tab{b.t, ctx, b.site}
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if b.ctx.Err() == nil && chromedp.FromContext(b.ctx).Target == nil {
		ctx = b.ctx // the first call opens the tab, whose life must not end with the deadline
	}
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatalf("the browser: %v", err)
	}
}

func (b *tab) open(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.site.url + path))
}

// js is the value of an expression on the page.
func js[T any](b *tab, expression string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAsValue, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// until waits for an expression to become true, through page loads.
func (b *tab) until(expression string) {
	b.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		ok, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("!!("+expression+")", chromedp.EvalAsValue))
		if err == nil && ok {
			return
		}
	}
	text, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string]("location.href + '\\n' + document.body.innerText", chromedp.EvalAsValue))
	b.shot("failed")
	b.t.Fatalf("never true: %s\nthe page says: %s", expression, text)
}

// has reports whether the page has an element.
func (b *tab) has(selector string) bool {
	b.t.Helper()
	return js[bool](b, fmt.Sprintf("!!document.querySelector(%q)", selector))
}

// text is what an element shows.
func (b *tab) text(selector string) string {
	b.t.Helper()
	return js[string](b, fmt.Sprintf("(document.querySelector(%q)?.innerText ?? '').trim()", selector))
}

// click presses an element as a finger or a mouse would.
func (b *tab) click(selector string) {
	b.t.Helper()
	b.do(chromedp.ScrollIntoView(chromedp.CSS(selector)), chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// doubleClick presses the place where an element stands twice, as an impatient
// finger does: the second press meets whatever stands there by then.
func (b *tab) doubleClick(selector string) {
	b.t.Helper()
	b.do(chromedp.ScrollIntoView(chromedp.CSS(selector)))
	type point struct{ X, Y float64 }
	at := js[point](b, fmt.Sprintf("(r => ({X: r.x + r.width / 2, Y: r.y + r.height / 2}))(document.querySelector(%q).getBoundingClientRect())", selector))
	b.do(chromedp.MouseClickXY(at.X, at.Y, chromedp.ClickCount(1)), chromedp.MouseClickXY(at.X, at.Y, chromedp.ClickCount(2)))
}

// fill types into a field.
func (b *tab) fill(selector, text string) {
	b.t.Helper()
	b.do(chromedp.SetValue(chromedp.CSS(selector), text))
}

// keys types on the page.
func (b *tab) keys(keys string) {
	b.t.Helper()
	b.until(`document.readyState === "complete"`) // the page's script has run: a key before that is nobody's
	b.do(chromedp.KeyEvent(keys))
}

// shot keeps a screenshot of the whole page where RECTO_SHOTS says, for people to look at.
func (b *tab) shot(name string) {
	dir := os.Getenv("RECTO_SHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Errorf("screenshot %s: %v", name, err)
		return
	}
	file := strings.ReplaceAll(b.t.Name(), "/", "-") + "-" + name + ".png"
	if err := os.WriteFile(filepath.Join(dir, file), png, 0o600); err != nil {
		b.t.Error(err)
	}
}

// size sets the window's size; narrow ones are phones, with touch.
func (b *tab) size(width, height int64) {
	b.t.Helper()
	if width < 600 {
		b.do(chromedp.EmulateViewport(width, height, chromedp.EmulateMobile, chromedp.EmulateTouch))
		return
	}
	b.do(chromedp.EmulateViewport(width, height))
}

// scheme sets the colour scheme that the system asks for: light or dark.
func (b *tab) scheme(value string) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}, {Name: "prefers-reduced-motion", Value: "reduce"}},
		})
		return err
	}))
}

// withoutScripts keeps the page's scripts from running, as for those who turn them off.
func (b *tab) withoutScripts() {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}))
}

// accessible fails the test for every rule of axe-core that the page breaks, and
// for anything wider than the window.
func (b *tab) accessible(page string) {
	b.t.Helper()
	path := os.Getenv("RECTO_AXE")
	if path == "" {
		b.t.Fatal("RECTO_AXE does not name axe-core's file: run .ci/run, which fetches it")
	}
	source, err := os.ReadFile(path)
	if err != nil {
		b.t.Fatal(err)
	}
	js[bool](b, string(source)+"; true")
	b.until(`document.getAnimations().every(a => a.playState === "finished")`) // what fades in is measured as it stays
	report := js[string](b, `axe.run(document, {resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations.map(v => ({id: v.id, help: v.help, nodes: v.nodes.map(n => n.html.slice(0, 200) + " " + (n.any[0]?.message ?? ""))}))))`)
	var violations []struct {
		ID, Help string
		Nodes    []string
	}
	if err := json.Unmarshal([]byte(report), &violations); err != nil {
		b.t.Fatal(err)
	}
	for _, v := range violations {
		b.t.Errorf("%s: axe-core, %s: %s\n\t%s", page, v.ID, v.Help, strings.Join(v.Nodes, "\n\t"))
	}
	if over := js[int](b, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); over > 0 {
		b.t.Errorf("%s: %d pixels wider than the window", page, over)
	}
}

// signUp makes an account through the form.
func (b *tab) signUp(name string) {
	b.t.Helper()
	b.open("/signup")
	b.fill("#name", name)
	b.fill("#password", "correct horse battery")
	b.click("#sign-up")
	b.until(`location.pathname === "/"`)
}
