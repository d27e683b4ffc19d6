package web

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/calendar"
)

// TestPagesAreShownAgain asks a route that shows everybody the same: its page is made once for each language until
// something changes or the minute is over, and always anew for who has other cookies or asks with a query.
func TestPagesAreShownAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var changes atomic.Uint64
		made := 0
		host := &Host{
			Authority: func(context.Context, string) (doithoai.Authority, error) { return doithoai.Authority{}, nil },
			Now:       func() calendar.Instant { return calendar.InstantOf(time.Now()) },
			Changes:   changes.Load,
		}
		mux := http.NewServeMux()
		page := func(r *Request) error {
			made++
			n := strconv.Itoa(made)
			return r.Page(http.StatusOK, templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
				_, err := io.WriteString(w, n)
				return err
			}))
		}
		host.Mount(mux, Site{Routes: []Route{
			{Pattern: "GET /{$}", Alike: true, Do: page}, {Pattern: "GET /rieng", Do: page},
		}})
		ask := func(address, cookie, tag string) (string, int) {
			r := httptest.NewRequest(http.MethodGet, address, nil)
			if cookie != "" {
				r.Header.Set("Cookie", cookie)
			}
			if tag != "" {
				r.Header.Set("If-None-Match", tag)
			}
			w := httptest.NewRecorder()
			mux.ServeHTTP(w, r)
			return w.Body.String(), w.Code
		}
		want := func(what, address, cookie, page string) {
			t.Helper()
			if got, _ := ask(address, cookie, ""); got != page {
				t.Errorf("%s: got page %s, want %s", what, got, page)
			}
		}
		want("at first", "/", "", "1")
		want("before it is settled", "/", "", "2")
		time.Sleep(3 * time.Second)
		want("settled", "/", "", "3")
		want("again", "/", "", "3")
		want("in English", "/", "ngon-ngu=en", "4")
		want("in English again", "/", "ngon-ngu=en", "4")
		want("another host", "http://khac.example/", "", "5")
		want("a signed-in reader", "/", "ngon-ngu=vi; doi-thoai=x", "6")
		want("a query", "/?trang=2", "", "7")
		want("a route of its own", "/rieng", "", "8")
		want("a route of its own again", "/rieng", "", "9")
		if _, code := ask("/", "", tagOf([]byte("3"))); code != http.StatusNotModified {
			t.Errorf("who has the page gets %d", code)
		}
		changes.Add(1)
		want("after a change", "/", "", "10")
		want("and before it is settled", "/", "", "11")
		time.Sleep(3 * time.Second)
		want("settled again", "/", "", "12")
		want("and kept", "/", "", "12")
		time.Sleep(time.Minute)
		want("a minute later", "/", "", "13")
		want("and kept for that minute", "/", "", "13")
	})
}
