package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/mattn/go-sqlite3"
)

// version is the release this is; a build from a commit says which one beside it.
const version = "0.2.0"

type versionCmd struct{}

func (versionCmd) Run(c *console) error {
	sqlite, _, _ := sqlite3.Version()
	_, err := fmt.Fprintf(c.out, "recto %s%s\n%s %s/%s\nSQLite %s\n",
		version, commit(), runtime.Version(), runtime.GOOS, runtime.GOARCH, sqlite)
	return err
}

// commit is " (commit 1a2b3c4d5e6f, changed since)", or "" in a build that does
// not know where it comes from.
func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	revision := settings["vcs.revision"]
	if revision == "" {
		return ""
	}
	if len(revision) > 12 {
		revision = revision[:12]
	}
	if settings["vcs.modified"] == "true" {
		revision += ", changed since"
	}
	return " (commit " + revision + ")"
}
