package registry

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"time"

	"recto/cards/formats"
)

// ReadSeveral makes one Draft of files that a person chose together, in their order.
// A file that is no deck lies beside the others, where those that name their
// pictures find it. Of several files some may be unreadable, which their Troubles
// say; the error is that of the first file when none of them can be read. With one
// file it is Read.
//
// The caller closes the Draft and then the files. The limits of o hold for all files
// together, and its text options for a single one.
func ReadSeveral(ctx context.Context, files []*formats.Source, o formats.Options) (*formats.Draft, error) {
	if len(files) == 1 {
		return All.Read(ctx, files[0], o)
	}
	o = o.Filled()
	o.Text = formats.TextOptions{}
	s := several{beside: beside{}, limits: o.Limits}
	for _, f := range files {
		s.total += f.Size()
		if _, twice := s.beside[f.Name]; !twice {
			s.beside[f.Name] = f
		}
	}
	for _, f := range files {
		err := s.add(ctx, f, o)
		if err == nil {
			continue
		}
		if ctx.Err() != nil || s.draft != nil && errors.Is(err, formats.ErrTooLarge) {
			return nil, errors.Join(fmt.Errorf("%s: %w", f.Name, err), s.close())
		}
		s.unread = append(s.unread, formats.Trouble{Where: f.Name, Sentence: err.Error(), Skipped: true})
		if s.err == nil {
			s.err = fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	switch {
	case s.draft == nil && s.err == nil:
		return nil, s.alone
	case s.draft == nil:
		return nil, s.err
	}
	for _, t := range s.unread {
		s.draft.Tell(t)
	}
	return s.draft, nil
}

// several is the reading of several files.
type several struct {
	draft       *formats.Draft // what was read so far, nil for nothing
	joiner      *joiner
	beside      beside
	limits      formats.Limits // what is left of them
	done, total int64
	unread      []formats.Trouble
	err         error // of the first file that could not be read
	alone       error // of the first picture, should there be nothing but pictures
}

func (s *several) close() error {
	if s.draft == nil {
		return nil
	}
	return s.draft.Close()
}

// add reads one file and joins it to the others.
func (s *several) add(ctx context.Context, f *formats.Source, o formats.Options) error {
	defer func() { s.done += f.Size() }()
	if _, err := All.Detect(f); err != nil {
		if !isMedium(f) {
			return err
		}
		if s.alone == nil {
			s.alone = fmt.Errorf("%s: %w", f.Name, err)
		}
		return nil
	}
	if f.Files == nil {
		f.Files = s.beside
	}
	done, tell := s.done, o.Progress
	o.Limits = s.limits
	o.Progress = func(n, of int64) {
		if of > 0 {
			tell(done+int64(float64(f.Size())*float64(n)/float64(of)), s.total)
		}
	}
	d, err := All.Read(ctx, f, o)
	if err != nil {
		return err
	}
	for i := range d.Troubles {
		d.Troubles[i].Where = within(f.Name, d.Troubles[i].Where)
	}
	s.spend(d)
	if s.draft == nil {
		s.draft, s.joiner = d, newJoiner(d)
	} else {
		s.joiner.join(d, f.Name)
	}
	if s.limits.Text <= 0 || s.limits.Memory <= 0 || s.limits.Rows <= 0 || s.limits.Entries <= 0 {
		return formats.TooLarge("with those before it; import them one after the other")
	}
	return nil
}

// spend takes what d needs off the limits.
func (s *several) spend(d *formats.Draft) {
	text := 0
	for _, n := range d.Notes {
		for _, f := range n.Fields {
			text += len(f)
		}
	}
	rows := formats.NoteBytes*len(d.Notes) + formats.CardBytes*len(d.Cards) + formats.ReviewBytes*len(d.Reviews)
	s.limits.Text -= int64(text)
	s.limits.Memory -= int64(text + rows)
	s.limits.Rows -= len(d.Notes)
	s.limits.Entries -= len(d.Media)
	for _, m := range d.Media {
		s.limits.Total = max(s.limits.Total-m.Size, 1)
	}
}

func within(file, where string) string {
	if where == "" {
		return file
	}
	return file + ", " + where
}

// isMedium reports whether a file may be a picture or a sound of a deck beside it.
func isMedium(f *formats.Source) bool {
	return slices.Contains(media, formats.Extension(f.Name))
}

var media = []string{
	"apng", "avif", "bmp", "gif", "ico", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp",
	"aac", "flac", "m4a", "mp3", "oga", "ogg", "opus", "wav", "wma", "3gp", "avi", "m4v", "mkv", "mov", "mp4", "mpeg", "mpg", "ogv", "webm",
}

// beside is the files that were chosen, by their names. A folder in front of a name is
// passed by: browsers send names without.
type beside map[string]*formats.Source

// Open opens the file of that name.
func (b beside) Open(name string) (fs.File, error) {
	f := b[path.Base(name)]
	if f == nil || !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &besideFile{io.NewSectionReader(f, 0, f.Size()), info{f}}, nil
}

type besideFile struct {
	*io.SectionReader
	info info
}

func (f *besideFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *besideFile) Close() error               { return nil }

// info is what fs says of a file.
type info struct{ s *formats.Source }

func (i info) Name() string       { return i.s.Name }
func (i info) Size() int64        { return i.s.Size() }
func (i info) Mode() fs.FileMode  { return 0o400 }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return false }
func (i info) Sys() any           { return nil }
