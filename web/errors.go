package web

import (
	"cmp"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"doithoai"
	"doithoai/text"
)

// failure is what a kind of error becomes.
type failure struct {
	status int
	title  string // catalogue key
	level  slog.Level
}

var failures = map[doithoai.Kind]failure{
	doithoai.Invalid:         {http.StatusUnprocessableEntity, "error.title.invalid", slog.LevelInfo},
	doithoai.NotFound:        {http.StatusNotFound, "error.title.not_found", slog.LevelDebug},
	doithoai.NotAllowed:      {http.StatusForbidden, "error.title.not_allowed", slog.LevelWarn},
	doithoai.Unauthenticated: {http.StatusUnauthorized, "error.title.unauthenticated", slog.LevelDebug},
	doithoai.Conflict:        {http.StatusConflict, "error.title.conflict", slog.LevelInfo},
	doithoai.TooMany:         {http.StatusTooManyRequests, "error.title.too_many", slog.LevelWarn},
	doithoai.Unavailable:     {http.StatusServiceUnavailable, "error.title.unavailable", slog.LevelError},
}

// noPost is the sentence for officers who have signed in but hold no post today, not even by delegation: no staff page
// is open to them but signing out.
const noPost = "error.no_post"

// StatusOf is the status with which a form comes back that was refused with err: 422 unless its kind has another.
func StatusOf(err error) int {
	if f, ok := failures[doithoai.KindOf(err)]; ok {
		return f.status
	}
	return http.StatusUnprocessableEntity
}

// RetryAfter says when to try again, where err is of a kind that passes by itself.
func (r *Request) RetryAfter(err error) {
	var e *doithoai.Error
	if !errors.As(err, &e) || e.Kind != doithoai.TooMany && e.Kind != doithoai.Unavailable {
		return
	}
	wait := cmp.Or(e.Retry, retryLater)
	r.W.Header().Set("Retry-After", strconv.Itoa(int((wait+time.Second-1)/time.Second)))
}

// retryLater is when to try again what may work then, where nobody knows better.
const retryLater = 30 * time.Second

// fail is the one place where an error becomes a status, a log line and a page.
func (h *Host) fail(r *Request, err error) {
	if hungUp(r, err) {
		return
	}
	var e *doithoai.Error
	known := errors.As(err, &e)
	f := failure{http.StatusInternalServerError, "error.title.unexpected", slog.LevelError}
	p := errorPage{Reader: r.Reader, Sentence: "error.unexpected"}
	if known {
		if e.Kind == doithoai.Unauthenticated && r.staff && !r.background() {
			h.toSignIn(r)
			return
		}
		f = failures[e.Kind]
		p.Sentence, p.Args = e.Key, e.Args()
	} else {
		p.ID = rand.Text()[:10]
	}
	h.Log.LogAttrs(r.Context(), f.level, "refused", slog.String("route", r.Pattern), slog.Int("status", f.status),
		slog.String("id", p.ID), slog.Any("error", err))
	p.Title = f.title
	if known && e.Key == "error.not_found" {
		p.name(NumberOf(r))
	}
	if p.Sentence == noPost {
		p.Title = "error.title.no_post"
	}
	r.RetryAfter(err)
	if err := r.Page(f.status, p.component()); err != nil {
		h.Log.Error("error page", "error", err)
		http.Error(r.W, p.ID, f.status)
	}
}

// name says which opinion is not there, where the address names one.
func (p *errorPage) name(number doithoai.RegisterNumber) {
	if _, whole := text.RegisterNumber(string(number)); !whole {
		return
	}
	p.Title, p.Sentence, p.Args = "error.title.no_answer", "error.no_answer", []any{"number", number}
	if p.staff {
		p.Title, p.Sentence = "error.title.no_opinion", "error.no_opinion"
	}
}

// background reports whether a script asks, not somebody who opens a page: a page to sign in would look to it like what
// it asked for (Fetch Metadata, Sec-Fetch-Mode; browsers send it to where staff may sign in at all).
func (r *Request) background() bool {
	mode := r.Header.Get("Sec-Fetch-Mode")
	return mode != "" && mode != "navigate"
}

// toSignIn leads to the sign-in page, or to what the sign-in waits for, and back afterwards.
func (h *Host) toSignIn(r *Request) {
	to := holdPaths[r.Officer.Hold]
	if r.Method == http.MethodGet {
		to += "?ve=" + url.QueryEscape(r.URL.RequestURI())
	}
	http.Redirect(r.W, r.Request, to, http.StatusSeeOther)
}

// failPanic answers a request whose handler panicked.
func (h *Host) failPanic(w http.ResponseWriter, raw *http.Request, v any) {
	if v == http.ErrAbortHandler { //nolint:errorlint // as net/http compares it
		panic(v)
	}
	h.Log.Error("panic", "route", raw.Pattern, "panic", fmt.Sprint(v), "stack", string(debug.Stack()))
	r, err := h.request(w, raw, Site{})
	if err != nil {
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	h.fail(r, fmt.Errorf("panic: %v", v))
}

// refuseForm answers a form that another site posted.
func (h *Host) refuseForm(w http.ResponseWriter, raw *http.Request) {
	r, err := h.request(w, raw, Site{})
	if err != nil {
		http.Error(w, http.StatusText(http.StatusForbidden), http.StatusForbidden)
		return
	}
	h.fail(r, doithoai.Refuse(doithoai.NotAllowed, "error.other_site"))
}

// NotFound answers every address of a mux that no route has: it leads to the page that was meant, or says that there is
// none; among the pages of staff, and to who is signed in, as those pages do.
func (h *Host) NotFound(mux *http.ServeMux) http.HandlerFunc {
	return func(w http.ResponseWriter, raw *http.Request) {
		if h.retyped(mux, w, raw) {
			return
		}
		r, err := h.request(w, raw, Site{})
		if err == nil {
			err = doithoai.Refuse(doithoai.NotFound, "error.not_found")
			if h.amongStaff(mux, raw) {
				s, wrong := h.request(w, raw, Site{Staff: true})
				if wrong == nil && h.admit(s, Route{}) == nil { // else it is the public's page
					r = s
				}
			}
		}
		h.fail(r, err)
	}
}

// amongStaff reports whether an address begins as those of a staff site of the mux do.
func (h *Host) amongStaff(mux *http.ServeMux, raw *http.Request) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(raw.URL.Path, "/"), "/")
	for pattern, staff := range h.staff {
		_, path, _ := strings.Cut(pattern, " ")
		begin, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
		if !staff || begin != first || first == "" {
			continue
		}
		try := raw.Clone(raw.Context())
		try.Method, try.URL = http.MethodGet, &url.URL{Path: strings.TrimSuffix(path, "/")}
		if _, found := mux.Handler(try); h.staff[found] { // not where the public has an address of its own
			return true
		}
	}
	return false
}
