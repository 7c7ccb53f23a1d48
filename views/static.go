package views

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io"
	"io/fs"
	"path"
	"strings"

	"recto/cards/render"
)

//go:embed static
var staticFiles embed.FS

// File is a static file, ready to be sent. Its name contains a hash of its
// content, so it may be kept for ever.
type File struct {
	Name string // "style.1a2b3c4d5e.css"
	Type string // content type
	Body []byte // nil where only Gzip is kept
	Gzip []byte // Body compressed, nil where that gains nothing
}

// Plain is the file as it is without compression.
func (f File) Plain() []byte {
	if f.Body != nil {
		return f.Body
	}
	r, err := gzip.NewReader(bytes.NewReader(f.Gzip))
	if err != nil {
		panic("views: static file " + f.Name + " is not compressed: " + err.Error())
	}
	body, err := io.ReadAll(r)
	if err != nil {
		panic("views: static file " + f.Name + " is broken: " + err.Error())
	}
	return body
}

var (
	filesByName = map[string]File{}   // hashed name to file
	hashedNames = map[string]string{} // plain name to hashed name
)

var contentTypes = map[string]string{
	".css":  "text/css; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".svg":  "image/svg+xml",
	".png":  "image/png",
	".json": "application/json",
	".txt":  "text/plain; charset=utf-8",
}

func init() {
	err := fs.WalkDir(staticFiles, "static", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := staticFiles.ReadFile(name)
		if err != nil {
			return err
		}
		addFile(strings.TrimPrefix(name, "static/"), body)
		return nil
	})
	if err != nil {
		panic(err)
	}
	addFile("card.css", []byte(render.Styles))
}

// addFile adds a file. One whose name ends in ".gz" is kept as it is, and has the name
// without it: a large file is not compressed anew at every start.
func addFile(plain string, body []byte) {
	sum := sha256.Sum256(body)
	plain, packed := strings.CutSuffix(plain, ".gz")
	ext := path.Ext(plain)
	f := File{
		Name: strings.TrimSuffix(plain, ext) + "." + hex.EncodeToString(sum[:5]) + ext,
		Type: contentTypes[ext],
		Body: body,
	}
	if f.Type == "" {
		panic("views: no content type for static file " + plain)
	}
	if packed {
		f.Body, f.Gzip = nil, body
	} else {
		f.Gzip = compressed(body)
	}
	filesByName[f.Name] = f
	hashedNames[plain] = f.Name
}

// compressed is body compressed, nil where that gains nothing.
func compressed(body []byte) []byte {
	var packed bytes.Buffer
	w, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression) // the level is a valid constant
	_, _ = w.Write(body)                                       // a bytes.Buffer takes everything
	_ = w.Close()
	if packed.Len() < len(body)*9/10 {
		return packed.Bytes()
	}
	return nil
}

// Static finds the static file with a hashed name, as it stands in an address.
// The caller must not change the file's bytes.
func Static(name string) (File, bool) {
	f, ok := filesByName[name]
	return f, ok
}

// Asset is the address of a static file: Asset("style.css") is
// "/static/style.1a2b3c4d5e.css". It panics when there is no such file.
func Asset(plain string) string {
	name, ok := hashedNames[plain]
	if !ok {
		panic("views: no static file " + plain)
	}
	return "/static/" + name
}
