package formats

import (
	"bytes"
	"crypto/sha256"
	"html"
	"io"
	"net/url"
	"regexp"
	"strings"
)

// reference is what in HTML may name a medium.
var reference = regexp.MustCompile(`\[sound:([^\]]+)\]|(?i:src|data)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))`)

// References lists the media that fields name, each once: what stands in src and data
// and in [sound:NAME], as it stands there with entities decoded, and also with percent
// signs decoded where that is another name. Addresses on the web are none.
func References(fields ...string) []string {
	var names []string
	seen := map[string]bool{}
	add := func(name string) {
		if name != "" && !seen[name] && !strings.Contains(name, "://") && !strings.HasPrefix(name, "//") && !strings.HasPrefix(name, "data:") {
			seen[name] = true
			names = append(names, name)
		}
	}
	for _, field := range fields {
		if !strings.Contains(field, "[sound:") && !strings.ContainsAny(field, "<") {
			continue
		}
		for _, m := range reference.FindAllStringSubmatch(field, -1) {
			name := html.UnescapeString(m[1] + m[2] + m[3] + m[4])
			add(name)
			if decoded, err := url.PathUnescape(name); err == nil {
				add(decoded)
			}
		}
	}
	return names
}

// MediaOf is one medium whose content is at hand.
func MediaOf(name string, content []byte) []Media {
	return []Media{{Name: name, Size: int64(len(content)), SHA256: sha256.Sum256(content), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(content)), nil
	}}}
}
