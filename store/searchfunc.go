package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/mattn/go-sqlite3"

	"recto/cards/search"
)

// addFunctions gives a connection the functions that some conditions need:
//
//	recto_text(text, expr)           whether a folded text has a match
//	recto_field(fields, n, expr)     whether field n of a note's, or one of all for -1, has a match as it is read
//	recto_folded(fields, n, expr)    the same of the field folded
func addFunctions(ctx context.Context, conn *sql.Conn) error {
	var one bool
	if err := conn.QueryRowContext(ctx, `SELECT recto_text('', '')`).Scan(&one); err == nil || ctx.Err() != nil {
		return ctx.Err()
	}
	return conn.Raw(func(c any) error {
		for name, f := range map[string]any{
			"recto_text":  func(text, expr string) (bool, error) { return matches(expr, text) },
			"recto_field": func(fields string, n int, expr string) (bool, error) { return fieldMatches(fields, n, expr, asIs) },
			"recto_folded": func(fields string, n int, expr string) (bool, error) {
				return fieldMatches(fields, n, expr, search.Fold)
			},
		} {
			if err := c.(*sqlite3.SQLiteConn).RegisterFunc(name, f, true); err != nil {
				return fmt.Errorf("register %s: %w", name, err)
			}
		}
		return nil
	})
}

func asIs(s string) string { return s }

// expressions are those that were compiled last; a query uses few of them, often.
var expressions struct {
	sync.Mutex
	all map[string]*regexp.Regexp
}

// mostExpressions is how many compiled expressions are kept.
const mostExpressions = 200

func compiled(expr string) (*regexp.Regexp, error) {
	expressions.Lock()
	defer expressions.Unlock()
	if re := expressions.all[expr]; re != nil {
		return re, nil
	}
	re, err := regexp.Compile(expr)
	if err != nil {
		return nil, err
	}
	if expressions.all == nil || len(expressions.all) >= mostExpressions {
		expressions.all = map[string]*regexp.Regexp{}
	}
	expressions.all[expr] = re
	return re, nil
}

func matches(expr, text string) (bool, error) {
	re, err := compiled(expr)
	return err == nil && re.MatchString(text), err
}

func fieldMatches(fields string, n int, expr string, form func(string) string) (bool, error) {
	re, err := compiled(expr)
	if err != nil {
		return false, err
	}
	values, err := readFields(fields)
	if err != nil {
		return false, err
	}
	for i, v := range values {
		if (n < 0 || i == n) && re.MatchString(form(plain(v))) {
			return true, nil
		}
	}
	return false, nil
}

// readFields reads a JSON list of strings, those without escapes the short way.
func readFields(text string) (values []string, err error) {
	if strings.HasPrefix(text, `["`) && strings.HasSuffix(text, `"]`) && !strings.Contains(text, `\`) {
		return strings.Split(text[2:len(text)-2], `","`), nil
	}
	err = json.Unmarshal([]byte(text), &values)
	return values, err
}
