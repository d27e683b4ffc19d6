package main

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/hall"
	"doithoai/office"
	"doithoai/store"
	"doithoai/web"
)

// Bounds of rehearsals.
const (
	maxRehearsals = 4         // at a time
	rehearsalLife = time.Hour // of each
)

// rehearsalFolder lies in the data folder and holds a folder for each rehearsal. It is emptied when the program starts,
// whatever ended it before.
const rehearsalFolder = "dien-tap"

// rehearsalOrigin names the record of a rehearsal: it can't be taken for an office's, and nobody signs it.
const rehearsalOrigin = "dien-tap.doithoai.invalid" + recordPath

// rehearsals are the rehearsals that go on in this program. Each is a database of its own with the hall's pages over
// it, for the browser that has its token. It shares nothing with the real ones but sign-ins, which are read only.
type rehearsals struct {
	real   *store.DB
	folder string
	life   time.Duration
	log    *slog.Logger
	host   func() *web.Host // a new one, of the real sign-ins

	mu     sync.Mutex
	all    []*rehearsal // those that are being made too, which have no handler yet
	closed bool
}

// rehearsal is one of them.
type rehearsal struct {
	token, by string      // by: the officer who began it
	of        doithoai.ID // the real dialogue
	folder    string
	live      *web.Live
	db        *store.DB
	handler   http.Handler // nil while it is being made
	expiry    *time.Timer

	use  sync.RWMutex // held for reading while a request is answered
	over bool
}

// newRehearsals removes what rehearsals of a program left that did not stop in order.
func newRehearsals(real *store.DB, folder string, log *slog.Logger, host func() *web.Host) (*rehearsals, error) {
	if err := os.RemoveAll(folder); err != nil {
		return nil, fmt.Errorf("rehearsals that were left behind: %w", err)
	}
	return &rehearsals{real: real, folder: folder, life: rehearsalLife, log: log, host: host}, nil
}

// begin makes a rehearsal of a dialogue. One that the same officer began before ends.
func (rs *rehearsals) begin(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID,
) (token, console string, err error) {
	rs.endOf(string(actor.ID))
	r := &rehearsal{token: rand.Text(), by: string(actor.ID), of: dialogue, live: web.NewLive()}
	if err := rs.reserve(r); err != nil {
		return "", "", err
	}
	defer func() {
		if err != nil {
			rs.end(r)
		}
	}()
	if console, err = rs.make(ctx, r, actor); err != nil {
		return "", "", err
	}
	return r.token, console, nil
}

// reserve takes a place, where there is one.
func (rs *rehearsals) reserve(r *rehearsal) error {
	const full = "rehearsal.problem.full"
	rs.mu.Lock()
	defer rs.mu.Unlock()
	if rs.closed {
		return doithoai.Refuse(doithoai.Unavailable, "error.unavailable")
	}
	if len(rs.all) >= maxRehearsals {
		return &doithoai.Error{
			Kind: doithoai.TooMany, Key: full, Retry: 5 * time.Minute,
			Problems: []doithoai.Problem{{Key: full, Args: []any{"count", maxRehearsals}}},
		}
	}
	rs.all = append(rs.all, r)
	return nil
}

// make fills the rehearsal's database and puts the pages over it.
func (rs *rehearsals) make(ctx context.Context, r *rehearsal, actor doithoai.Actor) (console string, err error) {
	if err := os.MkdirAll(rs.folder, 0o700); err != nil {
		return "", fmt.Errorf("folder of rehearsals: %w", err)
	}
	if r.folder, err = os.MkdirTemp(rs.folder, ""); err != nil {
		return "", fmt.Errorf("folder of a rehearsal: %w", err)
	}
	files := filepath.Join(r.folder, "tep")
	if err := os.Mkdir(files, 0o700); err != nil {
		return "", fmt.Errorf("folder of a rehearsal: %w", err)
	}
	clock := &rehearsalClock{}
	r.db, err = store.Open(ctx, "sqlite:"+filepath.Join(r.folder, "dien-tap.db"), store.Options{
		Now: clock.now, Log: rs.log, Files: files, Changed: r.live.Tell,
	})
	if err != nil {
		return "", fmt.Errorf("database of a rehearsal: %w", err)
	}
	if _, err := r.db.StartRecord(ctx, rehearsalOrigin); err != nil {
		return "", err
	}
	d, err := rs.real.CopyForRehearsal(ctx, actor, r.of, "dien-tap-"+strings.ToLower(rand.Text()[:8]), r.db)
	if err != nil {
		return "", err
	}
	if err := pretend(ctx, r.db, clock, actor, d); err != nil {
		return "", fmt.Errorf("pretended people: %w", err)
	}
	console = "/hoi-truong/" + d.Slug
	if !doithoai.MayEver(actor, doithoai.ActRecordOpinion) {
		console += web.ChairPart
	}
	handler, err := rs.pages(ctx, r.db, r.live, files, console, d)
	if err != nil {
		return "", err
	}
	rs.mu.Lock()
	defer rs.mu.Unlock()
	if rs.closed {
		return "", doithoai.Refuse(doithoai.Unavailable, "error.unavailable")
	}
	r.handler = handler
	r.expiry = time.AfterFunc(rs.life, func() { rs.end(r) })
	return console, nil
}

// pages are those of the hall, and the drafts that its forms save.
func (rs *rehearsals) pages(
	ctx context.Context, db *store.DB, live *web.Live, files, console string, d doithoai.Dialogue,
) (http.Handler, error) {
	a, err := authority(ctx, db, "")
	if err != nil {
		return nil, err
	}
	h := rs.host()
	h.Authority = func(context.Context, string) (doithoai.Authority, error) { return a, nil }
	h.Now, h.Temp, h.Rehearsal = db.Now, files, console
	mux := http.NewServeMux()
	h.Mount(mux, hall.New(hall.Config{
		DB: db, Live: live, Rehearsal: &hall.Rehearsal{Dialogue: d.ID, Began: db.Now()},
	}))
	drafts := office.New(office.Config{DB: db})
	drafts.Routes = slices.DeleteFunc(drafts.Routes, func(route web.Route) bool {
		return route.Pattern != "POST "+web.DraftPath
	})
	h.Mount(mux, drafts)
	return mux, nil
}

// find is the rehearsal of a token. All are compared, in a time that tells nothing of any.
func (rs *rehearsals) find(token string) (found *rehearsal) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	for _, r := range rs.all {
		if subtle.ConstantTimeCompare([]byte(r.token), []byte(token)) == 1 && r.handler != nil {
			found = r
		}
	}
	return found
}

// endToken ends the rehearsal of a token and returns its real dialogue, "" where there is none.
func (rs *rehearsals) endToken(token string) doithoai.ID {
	r := rs.find(token)
	if r == nil {
		return ""
	}
	rs.end(r)
	return r.of
}

// endOf ends the rehearsal that an officer began.
func (rs *rehearsals) endOf(officer string) {
	rs.mu.Lock()
	i := slices.IndexFunc(rs.all, func(r *rehearsal) bool { return r.by == officer && r.handler != nil })
	var r *rehearsal
	if i >= 0 {
		r = rs.all[i]
	}
	rs.mu.Unlock()
	if r != nil {
		rs.end(r)
	}
}

// end wipes a rehearsal, once the requests to it that are under way are answered.
func (rs *rehearsals) end(r *rehearsal) {
	rs.mu.Lock()
	rs.all = slices.DeleteFunc(rs.all, func(other *rehearsal) bool { return other == r })
	if r.expiry != nil {
		r.expiry.Stop()
	}
	rs.mu.Unlock()
	r.live.Close()
	r.use.Lock()
	defer r.use.Unlock()
	if r.over {
		return
	}
	r.over = true
	var err error
	if r.db != nil {
		err = r.db.Close()
	}
	if r.folder != "" {
		err = errors.Join(err, os.RemoveAll(r.folder))
	}
	if err != nil { // the next start of the program removes it
		rs.log.Error("a rehearsal is not wiped yet", "error", err)
	}
}

// close ends all rehearsals; none begins any more.
func (rs *rehearsals) close() {
	rs.mu.Lock()
	rs.closed = true
	all := slices.Clone(rs.all)
	rs.mu.Unlock()
	for _, r := range all {
		if r.handler != nil { // else who makes it wipes it
			rs.end(r)
		}
	}
}

// around sends the requests of browsers that are in a rehearsal there, and tells those whose rehearsal is over. Nothing
// that was meant for a rehearsal ever reaches what is real.
func (rs *rehearsals) around(host *web.Host, real http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, raw *http.Request) {
		token := host.CookieOf(raw, web.RehearsalCookie)
		if token == "" || stayReal(raw.URL.Path) {
			real.ServeHTTP(w, raw)
			return
		}
		if r := rs.find(token); r != nil && r.serve(w, raw) {
			return
		}
		staff := strings.HasPrefix(raw.URL.Path, "/hoi-truong/") || strings.HasPrefix(raw.URL.Path, web.DeskPath)
		if staff && raw.Header.Get("Accept") == "text/event-stream" {
			w.WriteHeader(http.StatusNoContent) // ends it; what is clicked next on its page is told
			return
		}
		host.DropCookie(w, raw, web.RehearsalCookie)
		if !staff {
			real.ServeHTTP(w, raw)
			return
		}
		http.Redirect(w, raw, web.RehearsalOverPath(false, ""), http.StatusSeeOther)
	})
}

// serve answers a request, unless the rehearsal is over.
func (r *rehearsal) serve(w http.ResponseWriter, raw *http.Request) bool {
	r.use.RLock()
	defer r.use.RUnlock()
	if r.over {
		return false
	}
	r.handler.ServeHTTP(w, raw)
	return true
}

// realPaths stay what they are within a rehearsal: signing in and out, the language, how the program is, what pages are
// made of, and the way out.
var realPaths = []string{
	web.AssetsPath, web.SignInPath, "/noi-bo/dang-xuat", "/ngon-ngu", "/healthz", "/readyz", web.RehearsalPath,
}

func stayReal(path string) bool {
	return slices.ContainsFunc(realPaths, func(begin string) bool {
		rest, ok := strings.CutPrefix(path, begin)
		return ok && (rest == "" || rest[0] == '/' || strings.HasSuffix(begin, "/"))
	})
}

// rehearsalClock is ahead of the machine's clock, or behind it.
type rehearsalClock struct{ ahead atomic.Int64 }

func (c *rehearsalClock) now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

// set lets it go on from an instant.
func (c *rehearsalClock) set(at calendar.Instant) { c.ahead.Store(int64(time.Until(at.Time()))) }
