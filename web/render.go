package web

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"
	"sync"

	"github.com/a-h/templ"
)

// Pages are made in buffers that serve again, but for those that a rare page made larger than maxBuffer bytes.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

const maxBuffer = 256 << 10

func keepBuffer(b *bytes.Buffer) {
	if b.Cap() <= maxBuffer {
		buffers.Put(b)
	}
}

// Page renders a component whole, then writes it: no half pages. Public pages that are read carry a tag, so that a
// reader who has the same bytes gets 304.
func (r *Request) Page(status int, c templ.Component) error {
	b := buffers.Get().(*bytes.Buffer)
	defer keepBuffer(b)
	b.Reset()
	if err := c.Render(r.Context(), b); err != nil {
		return fmt.Errorf("render: %w", err)
	}
	unbroken := buffers.Get().(*bytes.Buffer)
	defer keepBuffer(unbroken)
	unbroken.Reset()
	unbroken.Grow(b.Len() + b.Len()/8)
	page := appendUnbroken(unbroken.AvailableBuffer(), b.Bytes())
	h := r.W.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Vary", "Accept-Encoding, Cookie")
	h.Set("Content-Language", r.Text.Lang())
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-store")
		if !r.staff && r.Method == http.MethodGet && status == http.StatusOK {
			h.Set("Cache-Control", "private, no-cache")
			tag := tagOf(page)
			h.Set("ETag", tag)
			if r.Header.Get("If-None-Match") == tag {
				r.W.WriteHeader(http.StatusNotModified)
				return nil
			}
		}
	}
	body := page
	if len(body) > 1400 && acceptsGzip(r.Request) {
		h.Set("Content-Encoding", "gzip")
		body = compress(body)
	}
	h.Set("Content-Length", strconv.Itoa(len(body))) // else it goes out in pieces
	r.W.WriteHeader(status)
	_, _ = r.W.Write(body) // a reader who went away is nobody's error
	return nil
}

// Private keeps a page that shows personal data or a receipt code out of every cache.
func (r *Request) Private() { r.W.Header().Set("Cache-Control", "no-store") }
