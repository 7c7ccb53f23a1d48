package pdf

import (
	"math"
	"regexp"
	"strings"
)

// What is printed at the head and foot of each page is told by its coming again at
// the same height, whatever number it holds.

var (
	digits     = regexp.MustCompile(`\d+`)
	pageNumber = regexp.MustCompile(`(?i)^[\W_]*(?:page\s*)?(?:\d{1,4}|[ivxl]{1,7})(?:\s*(?:of|/)\s*\d{1,4})?[\W_]*$`)
)

// marginPart is the part of a page's height, above and below, in which such lines stand.
const marginPart = 0.13

// withoutMargins takes such lines out of pages.
func withoutMargins(pages []page) {
	seen := map[string]map[int]bool{}
	for n, p := range pages {
		for _, f := range p.fragments {
			if key := p.marginKey(f); key != "" {
				if seen[key] == nil {
					seen[key] = map[int]bool{}
				}
				seen[key][n] = true
			}
		}
	}
	least := 3
	if len(pages) < 5 {
		least = 2
	}
	for n := range pages {
		p := &pages[n]
		top, bottom := p.outermost()
		kept := p.fragments[:0:0]
		for _, f := range p.fragments {
			key := p.marginKey(f)
			alone := key != "" && pageNumber.MatchString(f.text) && (math.Abs(f.y-top) < 3 || math.Abs(f.y-bottom) < 3)
			if alone || key != "" && len(seen[key]) >= least {
				continue
			}
			kept = append(kept, f)
		}
		p.fragments = kept
	}
}

// marginKey is the same for a line of the margin on every page, "" for what stands
// elsewhere. Pages on the left and on the right have lines of their own.
func (p page) marginKey(f fragment) string {
	if f.y > marginPart*p.height && f.y < (1-marginPart)*p.height {
		return ""
	}
	where := "foot "
	if f.y > p.height/2 {
		where = "head "
	}
	text := digits.ReplaceAllString(strings.ToLower(f.text), "#")
	return where + text
}

// outermost are the heights of the highest and the lowest line of a page.
func (p page) outermost() (top, bottom float64) {
	top, bottom = math.Inf(-1), math.Inf(1)
	for _, f := range p.fragments {
		top, bottom = max(top, f.y), min(bottom, f.y)
	}
	return top, bottom
}
