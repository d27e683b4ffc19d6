package web

import (
	"net/http"
	"strconv"
	"sync"
	"time"
)

// maxShown is how many pages are kept to be shown again, maxShownPage how large one may be, in bytes.
const (
	maxShown     = 128
	maxShownPage = 96 << 10
)

// settles is how long nothing must have changed before a page is kept. Sites may go on believing for a second what they
// read before.
const settles = 2 * time.Second

// shown are the pages of public routes that every reader without cookies gets alike ([Route.Alike]). They are shown
// again until anything changes ([Host.Changes]), and within one minute: pages name days and hours.
type shown struct {
	mu    sync.RWMutex
	when  moment
	since time.Time            // that this moment's changes are known
	pages map[string]shownPage // by host, address and language
}

// moment is when a page was made: what had changed by then, and the minute.
type moment struct {
	changes uint64
	minute  int64
}

type shownPage struct {
	lang, tag    string
	body, packed []byte // packed is nil where the page is too short for it
}

// again is a request whose page may be shown again.
type again struct {
	host *Host
	key  string
	when moment // before anything was read for the page
}

// again returns nil where the page may depend on more than its address: on cookies, or what is asked for by a query.
func (h *Host) again(r *http.Request) *again {
	if h.Changes == nil || r.Method != http.MethodGet || r.URL.RawQuery != "" {
		return nil
	}
	for _, c := range r.Cookies() {
		if c.Name != LanguageCookie.String() {
			return nil
		}
	}
	_, secure := h.client(r)
	return &again{
		host: h, key: r.Host + "\n" + r.URL.Path + "\n" + language(r) + strconv.FormatBool(secure),
		when: moment{h.Changes(), h.Now().Time().Unix() / 60},
	}
}

// show answers with the page as it was shown last, and reports whether there was one.
func (a *again) show(w http.ResponseWriter, r *http.Request) bool {
	s := &a.host.shown
	s.mu.RLock()
	same := s.when == a.when
	page, ok := s.pages[a.key]
	s.mu.RUnlock()
	switch {
	case !same:
		s.begin(a.when)
	case ok:
		page.write(w, r)
	}
	return same && ok
}

// begin lets the pages of another moment go.
func (s *shown) begin(when moment) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.when.changes != when.changes || s.since.IsZero() {
		s.since = time.Now()
	}
	s.when, s.pages = when, map[string]shownPage{}
}

// settled reports whether nothing has changed for long enough to keep the page.
func (a *again) settled() bool {
	s := &a.host.shown
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.when == a.when && time.Since(s.since) >= settles
}

// keep keeps the page of a request, unless anything has changed meanwhile.
func (a *again) keep(page shownPage) {
	if len(page.body) > maxShownPage {
		return
	}
	s := &a.host.shown
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.when != a.when {
		return
	}
	if len(s.pages) >= maxShown {
		clear(s.pages)
	}
	s.pages[a.key] = page
}

// write answers with the page, or that the reader has it.
func (p shownPage) write(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	pageHeader(h, p.lang)
	h.Set("Cache-Control", "private, no-cache")
	h.Set("ETag", p.tag)
	if has(r, p.tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := p.body
	if p.packed != nil && acceptsGzip(r) {
		h.Set("Content-Encoding", "gzip")
		body = p.packed
	}
	h.Set("Content-Length", strconv.Itoa(len(body))) // else it goes out in pieces
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(body) // a reader who went away is nobody's error
}

// pageHeader is what every page says of itself.
func pageHeader(h http.Header, lang string) {
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Vary", "Accept-Encoding, Cookie")
	h.Set("Content-Language", lang)
}
