package store

import (
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var (
	numbered = regexp.MustCompile(`\?(\d+)`)

	// wholeUser is a search through all cards, or all answers, of a user.
	wholeUser = regexp.MustCompile(`SEARCH ([sorx]|schedules|reviews) USING [A-Z ]*\w* \(user_id=\?\)`)
)

// placeholders is how many arguments a query takes.
func placeholders(query string) (n int) {
	found := numbered.FindAllStringSubmatch(query, -1)
	for _, m := range found {
		i, _ := strconv.Atoi(m[1]) // digits
		n = max(n, i)
	}
	if len(found) == 0 {
		n = strings.Count(query, "?")
	}
	return n
}

// TestHotQueriesReadIndexesAlone: no query that is run for every card reads a table,
// or all that a user has, from end to end, nor sorts more than the few drills of a day.
func TestHotQueriesReadIndexesAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "recto.db")
	build(t, path, town{users: 20, heavy: 400, each: 40})
	s := openBench(t, path)
	defer s.Close()
	for _, text := range append(slices.Clone(queryText[:]), waitingTomorrow) {
		if strings.HasPrefix(text, "INSERT") || text == "" {
			continue
		}
		plan := planOf(t, s, text)
		sorts := strings.Contains(plan, "TEMP B-TREE") && text != queryText[drillsToday] && text != waitingTomorrow
		scans := strings.Contains(plan, "SCAN") && !strings.Contains(plan, "SCAN capped") && text != waitingTomorrow
		if sorts || scans || wholeUser.MatchString(plan) {
			t.Errorf("%s\nis read by\n%s", text, plan)
		}
	}
	// Undo walks a user's log from its end, until it finds what it takes back.
	if plan := planOf(t, s, undoable); !strings.Contains(plan, "SEARCH r USING COVERING INDEX reviews_day (user_id=?)") || strings.Contains(plan, "TEMP B-TREE") {
		t.Errorf("undo is read by\n%s", plan)
	}
}

// TestFewerIndexesDo: what the indexes were for that imports no longer keep is found by
// others, without a search through a table or a sort.
func TestFewerIndexesDo(t *testing.T) {
	s := openTest(t)
	for query, way := range map[string]string{
		`SELECT count(*) FROM cards WHERE deck_id = ?`:                                  "USING COVERING INDEX cards_found (deck_id=?)",
		`SELECT id FROM cards WHERE deck_id = ? AND id > ? ORDER BY id LIMIT ?`:         "USING COVERING INDEX cards_found (deck_id=? AND id>?)",
		`SELECT id FROM notes WHERE article_id = ?`:                                     "USING COVERING INDEX notes_article (article_id=?)",
		`SELECT n.id FROM notes n WHERE ` + addedNotes + ` AND n.id > ?2 ORDER BY n.id`: "SEARCH n USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)",
	} {
		if plan := planOf(t, s, query); !strings.Contains(plan, way) || strings.Contains(plan, "TEMP B-TREE") || strings.Contains(plan, "SCAN") {
			t.Errorf("%s\nis read by\n%s", query, plan)
		}
	}
}

func planOf(t *testing.T, s *Store, query string) string {
	t.Helper()
	args := make([]any, placeholders(query))
	for i := range args {
		args[i] = 1
	}
	rows, err := s.readers.Query("EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	var plan strings.Builder
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		plan.WriteString("\t" + detail + "\n")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return plan.String()
}
