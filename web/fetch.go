package web

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
)

// Fetch is what another address of the sites answers this reader: a file that is put among others, with the rights and
// the words of who asks. What is no file there, for want of rights or because it leads elsewhere, is nil.
func (r *Request) Fetch(path string) ([]byte, error) {
	at, err := url.Parse(path)
	if err != nil {
		return nil, fmt.Errorf("fetch: %w", err)
	}
	asked := r.Request.Clone(r.Context())
	asked.Method, asked.URL, asked.RequestURI, asked.Body = http.MethodGet, at, path, http.NoBody
	asked.Header.Del("If-None-Match")
	asked.Header.Del("Range")
	w := &fetched{head: http.Header{}, status: http.StatusOK}
	r.mux.ServeHTTP(w, asked)
	switch {
	case w.status >= http.StatusInternalServerError:
		return nil, fmt.Errorf("fetch %s: answered with %d", asked.Pattern, w.status)
	case w.status != http.StatusOK:
		return nil, nil
	}
	return w.body.Bytes(), nil
}

// fetched holds an answer.
type fetched struct {
	head   http.Header
	status int
	body   bytes.Buffer
}

func (f *fetched) Header() http.Header { return f.head }

func (f *fetched) WriteHeader(status int) { f.status = status }

func (f *fetched) Write(b []byte) (int, error) { return f.body.Write(b) }
