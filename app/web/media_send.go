package web

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// content is a file that a page loads, not a page: a picture, a sound, a style sheet.
type content struct {
	kind    string
	size    int64
	body    io.ReadSeekCloser // closed once it is sent
	version string            // changes with the content
	lasting bool              // the address holds the version: the browser may keep it
	save    string            // the name to save it by, where it is not for showing
}

// sendContent sends a content, or the part of it that is asked for: browsers play
// sounds and films by asking for parts. Only the browser of who asked may keep it.
func sendContent(c *fiber.Ctx, k *content) error {
	c.Set("Content-Type", k.kind)
	c.Set("Accept-Ranges", "bytes")
	c.Set("ETag", strconv.Quote(k.version))
	c.Set("Cache-Control", "private, no-cache")
	if k.lasting {
		c.Set("Cache-Control", "private, max-age=31536000, immutable")
	}
	if k.save != "" {
		c.Set("Content-Disposition", attachment(k.save))
	}
	if c.Get("If-None-Match") == strconv.Quote(k.version) {
		c.Status(http.StatusNotModified)
		return k.body.Close()
	}
	asked := c.Get("Range")
	if unchanged := c.Get("If-Range"); asked == "" || unchanged != "" && unchanged != strconv.Quote(k.version) {
		c.Context().SetBodyStream(k.body, int(k.size))
		return nil
	}
	from, to, err := fasthttp.ParseByteRange([]byte(asked), int(k.size))
	if err != nil {
		c.Set("Content-Range", fmt.Sprintf("bytes */%d", k.size))
		c.Status(http.StatusRequestedRangeNotSatisfiable)
		return k.body.Close()
	}
	if _, err := k.body.Seek(int64(from), io.SeekStart); err != nil {
		return errors.Join(fmt.Errorf("send part of a file: %w", err), k.body.Close())
	}
	c.Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, to, k.size))
	c.Status(http.StatusPartialContent)
	part := struct {
		io.Reader
		io.Closer
	}{io.LimitReader(k.body, int64(to-from+1)), k.body}
	c.Context().SetBodyStream(part, to-from+1)
	return nil
}
