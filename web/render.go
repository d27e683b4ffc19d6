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
// reader who has the same bytes gets 304; those of a route that shows all readers the same are kept.
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
	open := h.Get("Cache-Control") == "" && !r.staff && reads(r.Request) && status == http.StatusOK
	if open {
		p := shownPage{lang: r.Text.Lang(), tag: tagOf(page), body: page}
		if r.again != nil && r.again.settled() {
			p.body = bytes.Clone(page)
			if len(page) > leastPacked {
				p.packed = compress(page)
			}
			r.again.keep(p)
		} else if len(page) > leastPacked && acceptsGzip(r.Request) && !has(r.Request, p.tag) {
			p.packed = compress(page)
		}
		p.write(r.W, r.Request)
		return nil
	}
	pageHeader(h, r.Text.Lang())
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-store")
	}
	body := page
	if len(body) > leastPacked && acceptsGzip(r.Request) {
		h.Set("Content-Encoding", "gzip")
		body = compress(body)
	}
	h.Set("Content-Length", strconv.Itoa(len(body))) // else it goes out in pieces
	r.W.WriteHeader(status)
	_, _ = r.W.Write(body) // a reader who went away is nobody's error
	return nil
}

// leastPacked is from how many bytes on a page is packed: less fits into one piece of the network anyway.
const leastPacked = 1400

// reads reports whether a request only asks for what is there.
func reads(r *http.Request) bool { return r.Method == http.MethodGet || r.Method == http.MethodHead }

// Private keeps a page that shows personal data or a receipt code out of every cache.
func (r *Request) Private() { r.W.Header().Set("Cache-Control", "no-store") }
