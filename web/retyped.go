package web

import (
	"net/http"
	"net/url"
	"strings"
	"unicode"

	"doithoai/text"
)

// retyped leads from an address that was copied from paper or out of a sentence to the page that was meant, with its
// query: "/Hoi-dap/ND–24–0003." to "/hoi-dap/ND-24-0003". It reports whether it did: only where a page of the public
// site is there, or a staff site has such a page, which then says itself what it may show to whom.
func (h *Host) retyped(mux *http.ServeMux, w http.ResponseWriter, raw *http.Request) bool {
	path := meant(raw.URL.Path)
	if path == raw.URL.Path || !reads(raw) || strings.ContainsFunc(raw.URL.Path, unicode.IsControl) { // typed by nobody
		return false
	}
	try := raw.Clone(raw.Context())
	try.Method, try.URL = http.MethodHead, &url.URL{Path: path, RawQuery: raw.URL.RawQuery}
	_, pattern := mux.Handler(try)
	staff, known := h.staff[pattern]
	if !known {
		return false
	}
	if !staff {
		found := &statusOnly{header: http.Header{}}
		if mux.ServeHTTP(found, try); found.status >= http.StatusBadRequest {
			return false
		}
	}
	http.Redirect(w, raw, try.URL.String(), http.StatusMovedPermanently)
	return true
}

// meant is a path as the site writes it: small letters without marks, but for register numbers, which stand in their
// normal form; plain dashes; no slash at its end, and nothing around its parts that belongs to the sentence they stood
// in.
func meant(path string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(path, "/") {
		if number, whole := text.RegisterNumber(part); whole {
			b.WriteString("/" + number)
			continue
		}
		for part := range strings.SplitSeq(text.Fold(part), "/") {
			if part = tidied(part); part != "" {
				b.WriteString("/" + part)
			}
		}
	}
	if b.Len() == 0 {
		return "/"
	}
	return b.String()
}

// tidied is a part of a path without marks, as the site writes it.
func tidied(part string) string {
	part = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Pd, r) || r == '\u2212' { // every dash, and the sign that subtracts
			return '-'
		}
		return r
	}, part)
	part = strings.TrimFunc(part, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if number, whole := text.RegisterNumber(part); whole {
		return number
	}
	return part
}

// statusOnly is a writer of answers that keeps the status alone.
type statusOnly struct {
	header http.Header
	status int
}

func (w *statusOnly) Header() http.Header { return w.header }

func (w *statusOnly) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
}

func (w *statusOnly) Write(b []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return len(b), nil
}
