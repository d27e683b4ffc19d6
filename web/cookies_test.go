package web

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"doithoai"
)

func TestCookiesAreApart(t *testing.T) {
	of := map[string]Cookie{}
	for c := range Cookie(len(cookieNames)) {
		other, twice := of[c.String()]
		if twice || c.String() == "" {
			t.Errorf("cookies %d and %d are both called %q", other, c, c)
		}
		of[c.String()] = c
	}
}

// What an officer was given to print is nobody else's who sits down at the same computer, signed out or not.
func TestOwnCookies(t *testing.T) {
	host := testHost(io.Discard)
	host.SignIns.Close = func(context.Context, string) error { return nil }
	request := func(officer doithoai.ID, kept ...*http.Cookie) (*Request, *httptest.ResponseRecorder) {
		raw, w := httptest.NewRequest(http.MethodGet, "https://xa.example/", nil), httptest.NewRecorder()
		for _, c := range kept {
			raw.AddCookie(c)
		}
		r, err := host.request(w, raw, Site{Staff: true})
		if err != nil {
			t.Fatal(err)
		}
		r.Officer.ID = officer
		return r, w
	}
	for _, c := range []Cookie{ReceiptCookie, TypedCookie} {
		r, w := request("0192a000-0000-7000-8000-000000000001")
		r.SetOwnCookie(c, "ND-24-0001.ABCD~ND-24-0002.EFGH", time.Minute)
		kept := w.Result().Cookies()[0]
		for officer, want := range map[doithoai.ID]string{
			r.Officer.ID: "ND-24-0001.ABCD~ND-24-0002.EFGH", "0192a000-0000-7000-8000-000000000002": "", "": "",
		} {
			if other, _ := request(officer, kept); other.GetOwnCookie(c) != want {
				t.Errorf("%s of %q: %q, want %q", c, officer, other.GetOwnCookie(c), want)
			}
		}
		r, w = request(r.Officer.ID, kept)
		if err := r.SignOut(); err != nil {
			t.Fatal(err)
		}
		gone := false
		for _, set := range w.Result().Cookies() {
			gone = gone || set.Name == kept.Name && set.MaxAge < 0
		}
		if !gone {
			t.Errorf("%s outlives the sign-in", c)
		}
	}
}
