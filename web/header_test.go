package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"doithoai/web/ui"
)

// tagged are the things that carry a tag, pages and assets, each larger than what is sent as it is.
func tagged() map[string]http.Handler {
	body := strings.Repeat("abcdef ", 500)
	assets := &assets{files: map[string]asset{"app.css": newAsset("app.css", []byte(body))}}
	site := Site{Routes: []Route{{Pattern: "GET /x", Do: func(r *Request) error {
		return r.Page(http.StatusOK, ui.Text(body))
	}}}}
	return map[string]http.Handler{"/x": serve(testHost(io.Discard), site), AssetsPath + "app.css": assets}
}

// Who has a page is told that it has not changed, however the tag comes back: made weak or strong by a proxy, among
// others, on several lines, or as "*". The tag is the same on both encodings, and so weak (RFC 9110 §8.8.1).
func TestTags(t *testing.T) {
	for path, h := range tagged() {
		tag := get(t, h, path).Header().Get("ETag")
		strong, weak := strings.CutPrefix(tag, "W/")
		if !weak {
			t.Errorf("%s: tag %q", path, tag)
		}
		for _, tt := range []struct {
			lines  []string
			status int
		}{
			{nil, 200}, {[]string{""}, 200}, {[]string{`"x"`}, 200}, {[]string{strings.Trim(strong, `"`)}, 200},
			{[]string{tag}, 304}, {[]string{strong}, 304}, {[]string{"*"}, 304},
			{[]string{`"x", ` + strong}, 304}, {[]string{`W/"x",` + tag + `,"y"`}, 304}, {[]string{`"x"`, tag}, 304},
		} {
			for _, method := range []string{http.MethodGet, http.MethodHead} {
				w := get(t, h, path, func(r *http.Request) {
					r.Method = method
					r.Header["If-None-Match"] = tt.lines
				})
				if w.Code != tt.status || w.Code == 304 && w.Body.Len() != 0 || w.Header().Get("ETag") != tag {
					t.Errorf("%s %s, If-None-Match %q: %d, %d bytes, tag %q", method, path, tt.lines, w.Code, w.Body.Len(),
						w.Header().Get("ETag"))
				}
			}
		}
	}
}

func TestAcceptEncoding(t *testing.T) {
	for accepted, want := range map[string]bool{
		"": false, "gzip": true, "GZIP": true, "x-gzip": true, "br, gzip;q=0.5": true, "gzip; q=0.001": true,
		"deflate,gzip ; q=1": true, "gzip;Q=1": true, "*": true, "*;q=0.1": true, "*;q=0, gzip": true,
		"identity;q=0.5, *": true, "br": false, "gzip;q=0": false, "gzip; q=0.000, identity": false,
		"x-gzip;q=0": false, "*;q=0": false, "gzip;q=0, *": false, "identity, gzip;q=0.2": false, "gzip;q=x": false,
		"gzip;level=9": false,
	} {
		for path, h := range tagged() {
			w := get(t, h, path, func(r *http.Request) { r.Header.Set("Accept-Encoding", accepted) })
			got := w.Header().Get("Content-Encoding") == "gzip"
			if got != want || !strings.Contains(w.Header().Get("Vary"), "Accept-Encoding") {
				t.Errorf("%s, Accept-Encoding %q: gzip %v, Vary %q", path, accepted, got, w.Header().Get("Vary"))
			}
			var body io.Reader = w.Body
			if got {
				z, err := gzip.NewReader(w.Body)
				if err != nil {
					t.Fatalf("%s: %v", path, err)
				}
				body = z
			}
			b, err := io.ReadAll(body)
			if err != nil || !bytes.HasPrefix(b, []byte("abcdef abc")) {
				t.Errorf("%s, Accept-Encoding %q: %.20q, %v", path, accepted, b, err)
			}
		}
	}
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Header["Accept-Encoding"] = []string{"br", "gzip"}
	if !acceptsGzip(r) {
		t.Error("the second line is not read")
	}
}
