package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime/multipart"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/valyala/fasthttp"

	"recto/cards/formats"
	"recto/store"
	"recto/views"
)

// ImportLimits are how much one person may send to be imported. Zero fields take the
// default.
type ImportLimits struct {
	Bytes   int64         // of all files sent at once
	Files   int           // sent at once
	Waiting int           // uploads of a user that wait; the oldest make room for new ones
	Total   int64         // bytes of all uploads of a user that wait
	Kept    time.Duration // how long an upload waits
	Read    formats.Limits
}

var defaultImportLimits = ImportLimits{
	Bytes: 500_000_000, Files: 200, Waiting: 10, Total: 1_000_000_000, Kept: 24 * time.Hour,
	Read: formats.Limits{File: 500_000_000, Time: 3 * time.Minute},
}

func (l ImportLimits) filled() ImportLimits {
	d := defaultImportLimits
	if l.Bytes == 0 {
		l.Bytes = d.Bytes
	}
	if l.Files == 0 {
		l.Files = d.Files
	}
	if l.Waiting == 0 {
		l.Waiting = d.Waiting
	}
	if l.Total == 0 {
		l.Total = d.Total
	}
	if l.Kept == 0 {
		l.Kept = d.Kept
	}
	if l.Read == (formats.Limits{}) {
		l.Read = d.Read
	}
	return l
}

// inbox is the files that people have sent and not imported yet. They lie in a
// folder of the server that nobody else can look into, under names of its own, and
// what is known of them is in memory: a restart forgets and deletes them.
type inbox struct {
	mu     sync.Mutex
	all    map[string]*upload
	root   string // "" until the first one, when none was named
	owned  bool   // the root is ours to remove at the end
	limits ImportLimits
}

// upload is what was sent at once. What changes is guarded by inbox.mu.
type upload struct {
	id      string
	user    store.UserID
	key     string // of the form it came with
	made    time.Time
	dir     string
	files   []uploadedFile
	address string // that the file is still to be fetched from, "" for none
	pasted  bool

	busy   bool   // it is being read or saved
	job    string // by which
	saving bool
	choice importChoices // that it was read with
	seen   *importSeen   // nil until it was read
	err    error         // why it could not be read or saved
	saved  store.ImportID
	again  string // what has to be said on the preview, once
}

// uploadedFile is one file of an upload.
type uploadedFile struct {
	name string // as its owner calls it; never a path
	path string
	size int64
}

// name is what the files are called on pages.
func (u *upload) name() string {
	switch {
	case len(u.files) == 0:
		return u.address
	case u.pasted:
		return "Pasted cards"
	case len(u.files) == 1:
		return u.files[0].name
	}
	return fmt.Sprintf("%s and %d more", u.files[0].name, len(u.files)-1)
}

func (u *upload) size() int64 {
	n := int64(0)
	for _, f := range u.files {
		n += f.size
	}
	return n
}

// newInbox empties the folder of what an earlier run has left.
func newInbox(root string, limits ImportLimits) (*inbox, error) {
	in := &inbox{all: map[string]*upload{}, root: root, limits: limits.filled()}
	if root == "" {
		return in, nil
	}
	left, err := os.ReadDir(root)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("web: empty the folder of uploads: %w", err)
	}
	for _, entry := range left {
		if _, err := strconv.ParseInt(entry.Name(), 10, 64); err != nil {
			continue // not a user's
		}
		if err := os.RemoveAll(filepath.Join(root, entry.Name())); err != nil {
			return nil, fmt.Errorf("web: empty the folder of uploads: %w", err)
		}
	}
	return in, nil
}

// folder makes the folder of an upload.
func (in *inbox) folder(user store.UserID, id string) (string, error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.root == "" {
		root, err := os.MkdirTemp("", "recto-import-")
		if err != nil {
			return "", err
		}
		in.root, in.owned = root, true
	}
	dir := filepath.Join(in.root, strconv.FormatInt(int64(user), 10), id)
	return dir, os.MkdirAll(dir, 0o700)
}

// close deletes all uploads.
func (in *inbox) close() error {
	in.mu.Lock()
	defer in.mu.Unlock()
	for _, up := range in.all {
		in.drop(up)
	}
	if in.owned {
		return os.RemoveAll(in.root)
	}
	return nil
}

// find is an upload of a user, or ErrNotFound.
func (in *inbox) find(id string, user store.UserID) (*upload, error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if found := in.all[id]; found != nil && found.user == user {
		return found, nil
	}
	return nil, store.ErrNotFound
}

// sent is the upload of a user that came with a key, nil for none: a form that is sent
// twice is one upload.
func (in *inbox) sent(user store.UserID, key string) *upload {
	in.mu.Lock()
	defer in.mu.Unlock()
	for _, found := range in.all {
		if key != "" && found.user == user && found.key == key {
			return found
		}
	}
	return nil
}

// of lists the uploads of a user, the latest first.
func (in *inbox) of(user store.UserID) []*upload {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.ofLocked(user)
}

func (in *inbox) ofLocked(user store.UserID) []*upload {
	var list []*upload
	for _, found := range in.all {
		if found.user == user {
			list = append(list, found)
		}
	}
	slices.SortFunc(list, func(a, b *upload) int { return strings.Compare(b.id, a.id) }) // an id begins with its time
	return list
}

// change changes an upload.
func (in *inbox) change(up *upload, how func(*upload)) {
	in.mu.Lock()
	defer in.mu.Unlock()
	how(up)
}

// look is what an upload looks like now.
func (in *inbox) look(up *upload) upload {
	in.mu.Lock()
	defer in.mu.Unlock()
	return *up
}

// add takes an upload in and returns it, or the one that came with the same key just
// before it. Of those that wait the oldest go, when there are too many; what is being
// worked on stays.
func (in *inbox) add(up *upload) *upload {
	in.mu.Lock()
	defer in.mu.Unlock()
	count, bytes := 1, up.size()
	for _, old := range in.ofLocked(up.user) {
		if up.key != "" && old.key == up.key {
			in.forget(up)
			return old
		}
		count++
		bytes += old.size()
		if (count > in.limits.Waiting || bytes > in.limits.Total) && !old.busy {
			in.drop(old)
			count--
			bytes -= old.size()
		}
	}
	in.all[up.id] = up
	return up
}

// sweep deletes the uploads that have waited long enough.
func (in *inbox) sweep(now time.Time) {
	in.mu.Lock()
	defer in.mu.Unlock()
	for _, up := range in.all {
		if now.Sub(up.made) > in.limits.Kept && !up.busy {
			in.drop(up)
		}
	}
}

// claim makes an upload somebody's to work on, unless it is being worked on or was
// saved.
func (in *inbox) claim(up *upload, saving bool) bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	if up.busy || up.saved != 0 || in.all[up.id] != up {
		return false
	}
	up.busy, up.saving, up.job = true, saving, ""
	return true
}

// remove deletes an upload.
func (in *inbox) remove(up *upload) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.drop(up)
}

// removeAllOf deletes the uploads of a user.
func (in *inbox) removeAllOf(user store.UserID) {
	in.mu.Lock()
	defer in.mu.Unlock()
	for _, up := range in.ofLocked(user) {
		in.drop(up)
	}
}

// forget deletes the files of an upload that was saved; its page still leads to the
// report.
func (in *inbox) forget(up *upload) { _ = os.RemoveAll(up.dir) }

func (in *inbox) drop(up *upload) {
	delete(in.all, up.id)
	in.forget(up)
}

// importPath is the route that takes the files of decks.
const importPath = "/import"

const importUploadTime = 15 * time.Minute // 500 MB over a slow line

// largerBodies gives the routes that take a file more room and time; the room that
// whole collections need only to who has signed in, and where the body is kept on
// the disk while it comes: a form of known length.
func (s *server) largerBodies(h *fasthttp.RequestHeader) fasthttp.RequestConfig {
	path := string(h.RequestURI())
	switch {
	case !h.IsPost() || !uploads[path]:
		return fasthttp.RequestConfig{}
	case path == importPath && h.ContentLength() > maxUpload && len(h.MultipartFormBoundary()) > 0 && len(h.ContentEncoding()) == 0 && s.signedIn(h):
		return fasthttp.RequestConfig{MaxRequestBodySize: int(s.inbox.limits.Bytes) + formRoom, ReadTimeout: importUploadTime}
	}
	return fasthttp.RequestConfig{MaxRequestBodySize: maxUpload, ReadTimeout: uploadTime}
}

// signedIn reports whether a request comes from somebody who has signed in.
func (s *server) signedIn(h *fasthttp.RequestHeader) bool {
	token := string(h.Cookie(s.sessionCookie()))
	if token == "" {
		return false
	}
	ctx, cancel := context.WithTimeout(context.Background(), s.o.HandlerTime)
	defer cancel()
	_, err := s.store.SessionUser(ctx, tokenHash(token), s.now())
	return err == nil
}

// receive keeps what a form holds: its files, or else what was pasted, or else the
// address of a file. The error is a *wrongInput when it is the person's to mend.
func (s *server) receive(r *request) (*upload, error) {
	up := &upload{id: newKey(), user: r.user.ID, key: r.form.Get("key"), made: r.now}
	files := slices.DeleteFunc(slices.Clone(r.files("file")), func(h *multipart.FileHeader) bool { return h.Filename == "" && h.Size == 0 })
	pasted := clean(r.form.Get("text"))
	address := r.line("address")
	switch {
	case len(files) > 0:
	case strings.TrimSpace(pasted) != "":
	case address == "":
		return nil, &wrongInput{"file", "There is nothing to read yet. Choose a file, paste the cards, or give an address."}
	case s.o.DeckFetcher == nil:
		return nil, &wrongInput{"address", "This server does not fetch addresses. Download the file and choose it here."}
	default:
		up.address = address
		if !strings.Contains(address, "://") {
			up.address = "https://" + address
		}
		if _, err := url.Parse(up.address); err != nil {
			return nil, &wrongInput{"address", "This is not an address. It should look like https://example.org/deck.apkg."}
		}
	}
	if err := s.checkFiles(files); err != nil {
		return nil, err
	}
	var err error
	if up.dir, err = s.inbox.folder(up.user, up.id); err != nil {
		return nil, onDisk(fmt.Errorf("make a folder for an upload: %w", err))
	}
	switch {
	case len(files) > 0:
		err = up.keepFiles(files)
	case up.address == "":
		up.pasted = true
		err = up.keep("Pasted cards.txt", strings.NewReader(pasted))
	}
	if err != nil {
		s.inbox.forget(up)
		return nil, onDisk(fmt.Errorf("keep an upload: %w", err))
	}
	return s.inbox.add(up), nil
}

// checkFiles says what is wrong with files before anything is kept of them.
func (s *server) checkFiles(files []*multipart.FileHeader) error {
	limits, size := s.inbox.limits, int64(0)
	for _, f := range files {
		size += f.Size
	}
	switch {
	case len(files) > limits.Files:
		return &wrongInput{"file", fmt.Sprintf("These are %d files; Recto takes %d at once. Put them into one zip archive, or send them in parts.", len(files), limits.Files)}
	case size > limits.Bytes:
		return &wrongInput{"file", fmt.Sprintf("This is more than the %s that Recto takes at once. Export the deck without its media, or send the files one after the other.", views.Bytes(limits.Bytes))}
	case len(files) == 1 && size == 0:
		return &wrongInput{"file", fmt.Sprintf("“%s” is empty: there is nothing in it to import.", fileName(files[0].Filename))}
	}
	return nil
}

func (u *upload) keepFiles(files []*multipart.FileHeader) error {
	for _, h := range files {
		f, err := h.Open()
		if err != nil {
			return err
		}
		err = u.keep(fileName(h.Filename), f)
		if err := errors.Join(err, f.Close()); err != nil {
			return err
		}
	}
	return nil
}

// keep stores one file. Its name is a label: on the disk it has a number.
func (u *upload) keep(name string, content io.Reader) error {
	f, err := os.OpenFile(filepath.Join(u.dir, strconv.Itoa(len(u.files))), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	n, err := io.Copy(f, content)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	u.files = append(u.files, uploadedFile{name: name, path: f.Name(), size: n})
	return nil
}

// fileName is the name of a file as pages show it and formats take their hint from:
// its last component, without what cannot be seen or turns the writing around.
func fileName(name string) string {
	name = clean(name)
	name = formats.SafeName(name[strings.LastIndexAny(name, `/\`)+1:])
	if name == "" {
		return "file"
	}
	return name
}

// onDisk makes an error of a full disk one that says so.
func onDisk(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EROFS) {
		return fmt.Errorf("%w: %w", store.ErrDisk, err)
	}
	return err
}
