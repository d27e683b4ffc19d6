package web

import (
	"compress/gzip"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

//go:embed all:dist
var dist embed.FS

// AssetsPath is where styles, scripts and fonts are served: "tệp".
const AssetsPath = "/tep/"

// Assets are the built files, held in memory with their tags. It fails where the binary was built without them.
func Assets() (http.Handler, error) {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		return nil, fmt.Errorf("assets: %w", err)
	}
	if _, err := fs.Stat(files, "app.css"); err != nil {
		return nil, errors.New("this binary was built without styles and scripts: run `make build`")
	}
	a := &assets{files: map[string]asset{}}
	err = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		a.files[name] = newAsset(name, b)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("assets: %w", err)
	}
	return a, nil
}

type asset struct {
	body, gzip []byte
	kind, tag  string
}

type assets struct{ files map[string]asset }

var assetKinds = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
	".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8",
}

func newAsset(name string, b []byte) asset {
	a := asset{body: b, kind: assetKinds[path.Ext(name)], tag: tagOf(b)}
	if path.Ext(name) != ".woff2" {
		a.gzip = compress(b)
	}
	return a
}

func (a *assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, ok := a.files[strings.TrimPrefix(r.URL.Path, AssetsPath)]
	if !ok || f.kind == "" {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("ETag", f.tag)
	h.Set("Cache-Control", "public, max-age=3600")
	h.Set("Vary", "Accept-Encoding")
	if has(r, f.tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := f.body
	if f.gzip != nil && acceptsGzip(r) {
		h.Set("Content-Encoding", "gzip")
		body = f.gzip
	}
	_, _ = w.Write(body) // a reader who went away is nobody's error
}

// Pages are made anew for each reader: the fastest level costs a third of the usual one and is a tenth larger.
var gzipWriters = sync.Pool{New: func() any {
	z, err := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	if err != nil { // the level is a constant
		panic(err)
	}
	return z
}}

// compress gzips b; writing to memory can't fail.
func compress(b []byte) []byte {
	var out strings.Builder
	z := gzipWriters.Get().(*gzip.Writer)
	defer gzipWriters.Put(z)
	z.Reset(&out)
	if _, err := z.Write(b); err != nil {
		panic(err)
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return []byte(out.String())
}

// policy lets a page load from its own site only, run no inline script and be framed by nobody; what it frames itself
// is a PDF that its reader is typing from.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"

// Secure wraps everything that is served: security headers, refusal of forms from other sites, panics caught, a log
// line that carries the route but neither address, query nor anything typed.
func (h *Host) Secure(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	if h.PublicURL != nil {
		if err := protection.AddTrustedOrigin(h.PublicURL.Scheme + "://" + h.PublicURL.Host); err != nil {
			h.Log.Error("public address can't be an origin", "error", err)
		}
	}
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.refuseForm(w, r)
	}))
	inner := protection.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head := w.Header()
		head.Set("Content-Security-Policy", policy)
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("Referrer-Policy", "same-origin")
		head.Set("Permissions-Policy", "geolocation=(), microphone=(), payment=()")
		if _, secure := h.client(r); secure {
			head.Set("Cross-Origin-Opener-Policy", "same-origin") // over plain http browsers ignore it, and complain
			if h.PublicURL != nil && h.PublicURL.Scheme == "https" {
				// Only where the public site is https too: browsers hold all ports of the name to it.
				head.Set("Strict-Transport-Security", "max-age=31536000")
			}
		}
		seen := &statusWriter{ResponseWriter: w}
		begin := time.Now()
		defer func() {
			if v := recover(); v != nil {
				h.failPanic(seen, r, v)
			}
			h.Log.LogAttrs(r.Context(), slog.LevelDebug, "served", slog.String("route", r.Pattern),
				slog.Int("status", seen.status), slog.Duration("took", time.Since(begin)))
		}()
		inner.ServeHTTP(seen, r)
	})
}

// statusWriter remembers the status for the log.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusWriter) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach what it needs.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
