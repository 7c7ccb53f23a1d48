package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"

	"gorm.io/gorm"
)

// maxBatch is how many jobs are committed together at most.
const maxBatch = 256

// maxChunk is how many rows a job of a long work may touch.
const maxChunk = 500

// writer owns the connection that writes. Its goroutine commits what waits and
// answers each caller after the commit.
type writer struct {
	db    *sql.DB
	jobs  chan *job
	long  chan *job     // of long works, which come after all others
	ended chan struct{} // closed when the goroutine has gone

	gate   sync.RWMutex // held for writing while closing
	closed bool

	batches, done atomic.Int64 // transactions and jobs, for benchmarks
	coming        atomic.Int64 // jobs of long works that are on their way to long

	people  *atomic.Int64 // counts commits that changed users or sessions
	touched bool          // the transaction under way does; of the goroutine alone

	// Of the goroutine alone:
	conn   *sql.Conn
	tx     *txn
	begin  *sql.Stmt
	commit *sql.Stmt
	back   *sql.Stmt
	held   *job  // that is the next to be done
	eager  bool  // commits do not wait for the disk, for they are of long works
	broken error // set once the disk has failed: nothing is written any more
}

// job is one caller's work. It may be run more than once, and counts only the last time.
type job struct {
	ctx    context.Context
	do     func(*txn) error
	long   bool // it can wait, with others of its kind
	err    error
	answer chan struct{}
}

// txn is what a job writes with.
type txn struct {
	ctx  context.Context // never cancelled: a cancel inside a transaction would undo it unseen
	pool *tracked
	db   *gorm.DB
	hot  queries
	kept map[string]*sql.Stmt   // statements of long works, by their text
	rows map[string]driver.Stmt // and those that insert rows
}

// tracked is the connection, which notes whether anything was written.
type tracked struct {
	*sql.Conn
	wrote bool
}

func (t *tracked) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	t.wrote = true
	return t.Conn.ExecContext(ctx, query, args...)
}

func (t *tracked) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	t.wrote = t.wrote || !strings.HasPrefix(query, "SELECT") // such as INSERT ... RETURNING
	return t.Conn.QueryContext(ctx, query, args...)
}

// exec runs a statement and returns how many rows it touched.
func (t *txn) exec(query string, args ...any) (int64, error) {
	r, err := t.pool.ExecContext(t.ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// insert runs an INSERT that names no id, and returns the one it was given.
func (t *txn) insert(query string, args ...any) (id int64, err error) {
	t.pool.wrote = true
	err = t.pool.QueryRowContext(t.ctx, query+" RETURNING id", args...).Scan(&id)
	return id, err
}

// repeat runs a statement that a long work runs many times.
func (t *txn) repeat(query string, args ...any) error {
	s := t.kept[query]
	if s == nil {
		var err error
		if s, err = t.pool.PrepareContext(t.ctx, query); err != nil { //nolint:sqlclosecheck // the writer's close does it
			return err
		}
		t.kept[query] = s
	}
	t.pool.wrote = true
	_, err := s.ExecContext(t.ctx, args...)
	return err
}

// insertRows inserts rows of width values, which stand one after the other. Query ends
// with the parameters of a row, in parentheses.
func (t *txn) insertRows(query string, width int, values []any) error {
	if len(values) == 0 {
		return nil
	}
	t.pool.wrote = true
	return insertRows(t.ctx, t.pool.Conn, t.rows, query, width, values)
}

// marks are the values of a row, as parameters.
func marks(n int) string { return "(" + strings.Repeat("?,", n-1) + "?)" }

// row reads one row.
func (t *txn) row(query string, args ...any) *sql.Row {
	return t.pool.QueryRowContext(t.ctx, query, args...)
}

// openWriter opens the connection that writes. People counts the commits that change
// users or sessions, each before whoever changed them is answered.
func openWriter(ctx context.Context, path string, people *atomic.Int64) (*writer, error) {
	db, err := sql.Open(driverName, writerDSN(path))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	w := &writer{db: db, jobs: make(chan *job, 4*maxBatch), long: make(chan *job), ended: make(chan struct{}), people: people}
	if err := w.connect(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	go w.loop()
	return w, nil
}

func (w *writer) connect(ctx context.Context) (err error) {
	if w.conn, err = w.db.Conn(ctx); err != nil {
		return err
	}
	if _, err := w.conn.ExecContext(ctx, checkpointSQL+"; "+journalSQL); err != nil {
		return err
	}
	for _, s := range []struct {
		into **sql.Stmt
		sql  string
	}{{&w.begin, beginSQL}, {&w.commit, "COMMIT"}, {&w.back, "ROLLBACK"}} {
		if *s.into, err = w.conn.PrepareContext(ctx, s.sql); err != nil { //nolint:sqlclosecheck // close does it
			return err
		}
	}
	if err := watch(w.conn, []string{"users", "sessions"}, func() { w.touched = true }); err != nil {
		return err
	}
	w.tx = &txn{ctx: context.Background(), pool: &tracked{Conn: w.conn}, kept: map[string]*sql.Stmt{}, rows: map[string]driver.Stmt{}}
	if w.tx.db, err = openGorm(w.tx.pool); err != nil {
		return err
	}
	return w.tx.hot.prepare(ctx, w.conn, 0, writerQueries)
}

// run waits for do to be committed. An end of ctx is seen until do begins.
func (w *writer) run(ctx context.Context, do func(*txn) error) error {
	j := &job{ctx: ctx, do: do, answer: make(chan struct{})}
	if err := w.queue(j, w.jobs); err != nil {
		return err
	}
	<-j.answer
	return told(j.err)
}

func (w *writer) queue(j *job, queue chan<- *job) error {
	w.gate.RLock()
	defer w.gate.RUnlock()
	if w.closed {
		return ErrClosed
	}
	select {
	case queue <- j:
		return nil
	case <-j.ctx.Done():
		return j.ctx.Err()
	}
}

// stop takes no more jobs and returns when those that wait are committed.
func (w *writer) stop() {
	w.gate.Lock()
	if !w.closed {
		w.closed = true
		close(w.jobs)
		close(w.long)
	}
	w.gate.Unlock()
	<-w.ended
}

// close closes the connection of a writer that has stopped.
func (w *writer) close() error {
	errs := []error{w.tx.hot.close(), closeRows(w.tx.rows)}
	for _, s := range w.tx.kept {
		errs = append(errs, s.Close())
	}
	for _, s := range []*sql.Stmt{w.begin, w.commit, w.back} {
		errs = append(errs, s.Close())
	}
	if err := w.conn.Close(); !errors.Is(err, sql.ErrConnDone) { // closed already
		errs = append(errs, err)
	}
	return errors.Join(append(errs, w.db.Close())...)
}

// loop takes what waits, without waiting for more: while one batch is on its way to
// the disk, the next one gathers.
func (w *writer) loop() {
	defer close(w.ended)
	batch := make([]*job, 0, maxBatch)
	for {
		if batch = w.next(batch[:0]); len(batch) == 0 {
			return
		}
		w.batches.Add(1)
		batch = w.together(batch)
		w.done.Add(int64(len(batch)))
		for i, j := range batch {
			close(j.answer)
			batch[i] = nil
		}
	}
}

// together runs a batch in one transaction, with what joins it. If a job fails after
// it has written, all is rolled back, and every job runs again in a transaction of its
// own: the bad one fails alone, and the others never know.
func (w *writer) together(batch []*job) []*job {
	if !w.start(batch) {
		return batch
	}
	for at := 0; at < len(batch); at++ {
		j := batch[at]
		if j.err = w.one(j); j.err != nil && w.tx.pool.wrote {
			w.rollback()
			if len(batch) > 1 {
				w.apart(batch)
			}
			return batch
		}
		if at == len(batch)-1 {
			batch = w.join(batch)
		}
	}
	w.end(batch)
	return batch
}

// apart runs the jobs of a batch one by one.
func (w *writer) apart(batch []*job) {
	for i := range batch {
		if one := batch[i : i+1]; w.start(one) {
			one[0].err = w.one(one[0])
			w.end(one)
		}
	}
}

// start begins a transaction, or tells all jobs why there is none. A batch is of long
// works or of others.
func (w *writer) start(batch []*job) bool {
	err := w.broken
	if long := batch[0].long; err == nil && w.eager != long {
		if err = setDurable(w.conn, !long); err == nil {
			w.eager = long
		}
	}
	if err == nil {
		_, err = w.begin.ExecContext(context.Background())
	}
	for _, j := range batch {
		j.err = err
	}
	return err == nil
}

// one runs one job, and leaves in w.tx.pool.wrote whether it may have written: one
// that only looked and refused costs the others nothing.
func (w *writer) one(j *job) (err error) {
	if err := j.ctx.Err(); err != nil {
		return err
	}
	w.tx.pool.wrote = false
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
			w.tx.pool.wrote = true
		}
	}()
	return j.do(w.tx)
}

// end commits, unless every job failed. A failed commit fails all jobs of it, and
// is not tried again.
func (w *writer) end(batch []*job) {
	if allFailed(batch) {
		w.rollback()
		return
	}
	_, err := w.commit.ExecContext(context.Background())
	if w.touched { // also when it failed: nobody knows then what the file holds
		w.touched = false
		w.people.Add(1)
	}
	if err == nil {
		return
	}
	if failedFsync(err) {
		w.broken = fmt.Errorf("the disk failed, nothing is written any more until a restart: %w", err)
	}
	w.rollback()
	for _, j := range batch {
		if j.err == nil {
			j.err = err
		}
	}
}

func allFailed(batch []*job) bool {
	for _, j := range batch {
		if j.err == nil {
			return false
		}
	}
	return true
}

// rollback ends a transaction. SQLite may have ended it itself, as when the disk is
// full, and then there is nothing to roll back.
func (w *writer) rollback() {
	_, _ = w.back.ExecContext(context.Background())
}
