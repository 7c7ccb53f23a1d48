package anki

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/klauspost/compress/zstd"
	"google.golang.org/protobuf/encoding/protowire"

	"recto/cards/formats"
)

// Entry is one line of a package's list of media.
type Entry struct {
	Name string
	Size int64 // -1 when the list does not say
	open func() (io.ReadCloser, error)
	gone bool // the archive has no such entry
}

// unpack chooses the collection of a package, unpacks it into dir, and returns its
// file and the list of media.
func (r *reader) unpack(ctx context.Context, s *formats.Source, dir string) (file string, list []Entry, err error) {
	a, err := s.Archive(r.limits)
	if err != nil {
		return "", nil, err
	}
	entry, err := r.choose(a)
	if err != nil {
		return "", nil, err
	}
	packed, err := a.Open(entry, r.limits.Data)
	if err != nil {
		return "", nil, err
	}
	defer packed.Close()
	collection := io.Reader(&heard{r: packed, total: a.Size(entry), tell: r.part("unpack")})
	if r.generation == 3 {
		unzip, err := expand(collection, r.limits.Data, r.limits.Ratio, "the collection")
		if err != nil {
			return "", nil, err
		}
		defer unzip.Close()
		collection = unzip
	}
	if file, err = copyTo(dir, stoppable{ctx, collection}); err != nil {
		return "", nil, fmt.Errorf("%s: %w", entry, err)
	}
	list, err = r.list(a)
	return file, list, err
}

// choose says which entry is the collection: the newest one, or that which the
// version in "meta" stands for. Older ones beside it are placeholders.
func (r *reader) choose(a *formats.Archive) (string, error) {
	if a.Has("meta") {
		meta, err := a.ReadAll("meta", 1<<16)
		if err != nil {
			return "", err
		}
		version, ok := metaVersion(meta)
		if !ok {
			return "", formats.Damaged("its version cannot be read")
		}
		if version < 1 || version > 3 {
			return "", fmt.Errorf("%w: it is a package of version %d, and versions 1 to 3 are known; export it with 'Support older Anki versions' ticked", formats.ErrTooNew, version)
		}
		r.generation = int(version)
		if entry := entries[3-version]; a.Has(entry) {
			return entry, nil
		}
	}
	for i, entry := range entries {
		if a.Has(entry) {
			r.generation = 3 - i
			return entry, nil
		}
	}
	return "", formats.Damaged("there is no collection in it")
}

// metaVersion reads field 1 of the message in "meta".
func metaVersion(b []byte) (uint64, bool) {
	version, found := uint64(0), false
	err := fields(b, func(number protowire.Number, value uint64, _ []byte) error {
		if number == 1 {
			version, found = value, true
		}
		return nil
	})
	return version, found && err == nil
}

// fields visits every field of a protobuf message: value holds numbers, content
// strings and messages.
func fields(b []byte, visit func(number protowire.Number, value uint64, content []byte) error) error {
	for len(b) > 0 {
		number, kind, n := protowire.ConsumeTag(b)
		if n < 0 {
			return formats.Damaged("a setting in it cannot be read: %w", protowire.ParseError(n))
		}
		b = b[n:]
		var value uint64
		var content []byte
		switch kind {
		case protowire.VarintType:
			value, n = protowire.ConsumeVarint(b)
		case protowire.Fixed32Type:
			var v uint32
			v, n = protowire.ConsumeFixed32(b)
			value = uint64(v)
		case protowire.Fixed64Type:
			value, n = protowire.ConsumeFixed64(b)
		case protowire.BytesType:
			content, n = protowire.ConsumeBytes(b)
		default:
			n = protowire.ConsumeFieldValue(number, kind, b)
		}
		if n < 0 {
			return formats.Damaged("a setting in it cannot be read: %w", protowire.ParseError(n))
		}
		if err := visit(number, value, content); err != nil {
			return err
		}
		b = b[n:]
	}
	return nil
}

// list reads the list of media, which old packages may lack.
func (r *reader) list(a *formats.Archive) ([]Entry, error) {
	if !a.Has("media") {
		return nil, nil
	}
	const most = 32 << 20 // bytes of a list
	raw, err := a.ReadAll("media", most)
	if err != nil {
		return nil, err
	}
	if r.generation < 3 {
		return r.legacyList(a, raw)
	}
	unzip, err := expand(bytes.NewReader(raw), most, r.limits.Ratio, "the list of media")
	if err != nil {
		return nil, err
	}
	defer unzip.Close()
	if raw, err = io.ReadAll(unzip); err != nil {
		return nil, err
	}
	return r.latestList(a, raw)
}

// legacyList reads {"0": "name.png"}, in the order of the numbers. It may have
// gaps and name what is not there.
func (r *reader) legacyList(a *formats.Archive, raw []byte) ([]Entry, error) {
	var names map[string]string
	if len(raw) == 0 {
		return nil, nil
	}
	if err := formats.DecodeJSON(raw, r.limits.Depth, &names); err != nil {
		return nil, fmt.Errorf("the list of media: %w", err)
	}
	list := make([]Entry, 0, len(names))
	for i := 0; len(list) < len(names) && i <= 10*r.limits.Entries; i++ {
		key := strconv.Itoa(i)
		name, ok := names[key]
		if !ok {
			continue
		}
		list = append(list, Entry{Name: name, Size: -1, gone: !a.Has(key), open: func() (io.ReadCloser, error) { return a.Open(key, r.limits.Entry) }})
	}
	if n := len(names) - len(list); n > 0 {
		r.tell("the list of media", fmt.Sprintf("%d of its keys are no numbers", n), true)
	}
	return list, nil
}

// latestList reads a message whose field 1 is repeated: {1 name, 2 size, 3 SHA-1};
// a line's place in the list is the name of its entry.
func (r *reader) latestList(a *formats.Archive, raw []byte) ([]Entry, error) {
	var list []Entry
	err := fields(raw, func(number protowire.Number, _ uint64, content []byte) error {
		if number != 1 {
			return nil
		}
		if len(list) >= r.limits.Entries {
			return formats.TooLarge("it lists more than %d media", r.limits.Entries)
		}
		e := Entry{Size: -1}
		key := strconv.Itoa(len(list))
		err := fields(content, func(number protowire.Number, value uint64, content []byte) error {
			switch number {
			case 1:
				e.Name = string(content)
			case 2:
				e.Size = int64(value)
			case 255: // where a package was made of an older one
				key = strconv.FormatUint(value, 10)
			}
			return nil
		})
		e.gone = !a.Has(key)
		e.open = func() (io.ReadCloser, error) { return openExpanded(a, key, r.limits) }
		list = append(list, e)
		return err
	})
	return list, err
}

// openExpanded opens an entry that is compressed with zstd.
func openExpanded(a *formats.Archive, key string, l formats.Limits) (io.ReadCloser, error) {
	packed, err := a.Open(key, l.Entry)
	if err != nil {
		return nil, err
	}
	unzip, err := expand(packed, l.Entry, l.Ratio, "a medium")
	if err != nil {
		packed.Close()
		return nil, err
	}
	return both{unzip, packed}, nil
}

// both reads one and closes two.
type both struct {
	io.ReadCloser
	other io.Closer
}

func (b both) Close() error { return errors.Join(b.ReadCloser.Close(), b.other.Close()) }

// window is the largest zstd window that is accepted: what Anki's own level uses
// is far below.
const window = 16 << 20

func newDecoder(r io.Reader) (*zstd.Decoder, error) {
	return zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxMemory(64<<20), zstd.WithDecoderMaxWindow(window))
}

// expand reads zstd, at most limit bytes and at most ratio times what went in.
func expand(packed io.Reader, limit, ratio int64, what string) (io.ReadCloser, error) {
	in := &counter{r: packed}
	d, err := newDecoder(in)
	if err != nil {
		return nil, zstdError(err, what)
	}
	return &expanding{d: d, in: in, limit: limit, ratio: ratio, what: what}, nil
}

type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

type expanding struct {
	d            *zstd.Decoder
	in           *counter
	limit, ratio int64
	done         int64
	what         string
}

func (e *expanding) Close() error { e.d.Close(); return nil }

func (e *expanding) Read(p []byte) (int, error) {
	n, err := e.d.Read(p)
	e.done += int64(n)
	switch {
	case e.done > e.limit:
		return 0, formats.TooLarge("%s is larger than %d MiB when unpacked", e.what, e.limit>>20)
	case e.done > 16<<20 && e.done > e.in.n*e.ratio:
		return 0, formats.TooLarge("%s unpacks to more than %d times its size", e.what, e.ratio)
	case err != nil && !errors.Is(err, io.EOF):
		return n, zstdError(err, e.what)
	}
	return n, err
}

func zstdError(err error, what string) error {
	switch {
	case errors.Is(err, formats.ErrTooLarge), errors.Is(err, formats.ErrDamaged), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, zstd.ErrDecoderSizeExceeded), errors.Is(err, zstd.ErrWindowSizeExceeded):
		return formats.TooLarge("%s needs too much memory to be unpacked", what)
	}
	return formats.Damaged("%s cannot be unpacked: %w", what, err)
}

// stoppable reads until its context ends.
type stoppable struct {
	ctx context.Context
	r   io.Reader
}

func (s stoppable) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}

// rawJSON is v as JSON; v is always something that has one.
func rawJSON(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		return json.RawMessage("null")
	}
	return b
}
