package main

import (
	"bufio"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// BenchmarkStart is from starting the program to its first answer: with no
// database yet, which is made and migrated, and with one that is there.
//
//	go test -run xxx -bench Start ./app
func BenchmarkStart(b *testing.B) {
	program := filepath.Join(b.TempDir(), "recto")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("build: %v\n%s", err, out)
	}
	there := filepath.Join(b.TempDir(), "recto.db")
	startOnce(b, program, there)
	b.Run("NewDatabase", func(b *testing.B) {
		dir := b.TempDir()
		for b.Loop() {
			folder, err := os.MkdirTemp(dir, "")
			if err != nil {
				b.Fatal(err)
			}
			startOnce(b, program, filepath.Join(folder, "recto.db"))
		}
	})
	b.Run("DatabaseThatIsThere", func(b *testing.B) {
		for b.Loop() {
			startOnce(b, program, there)
		}
	})
}

// startOnce starts the program, waits until it has answered once, and ends it
// outside of what is measured.
func startOnce(b *testing.B, program, db string) {
	b.Helper()
	cmd := exec.Command(program, "serve", "--addr", "127.0.0.1:0", "--db", db)
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		b.Fatalf("the program says nothing: %v", err)
	}
	_, rest, _ := strings.Cut(line, "http://")
	address, _, _ := strings.Cut(rest, " ")
	res, err := http.Get("http://" + address + "/healthz")
	if err != nil {
		b.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusOK {
		b.Fatalf("the first answer is %s", res.Status)
	}
	b.StopTimer()
	_ = cmd.Process.Signal(os.Interrupt)
	_ = cmd.Wait()
	b.StartTimer()
}
