package main

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/cmd/doithoai/demo"
	"doithoai/web"
)

// otherHost leads to the second authority of an installation.
const otherHost = "xa-vi-du.test"

// several is an installation of two authorities.
type several struct {
	*server
	at *httptest.Server
}

// atHost is a browser that asks for everything under a host name; its cookies are those of the address all the same.
type atHost struct {
	name string
	http.RoundTripper
}

func (h atHost) RoundTrip(r *http.Request) (*http.Response, error) {
	if h.name != "" {
		r.Host = h.name
	}
	return h.RoundTripper.RoundTrip(r)
}

// under is the browser c under a host name; "" is the address itself, which is nobody's.
func (s several) under(c *http.Client, host string) *http.Client {
	other := *c
	other.Transport = atHost{host, s.at.Client().Transport}
	return &other
}

// twoAuthorities serves the demo's commune beside another one in the same database, whose administrator is
// "quantri.vd".
func twoAuthorities(t *testing.T) several {
	t.Helper()
	return installation(t, addCommune)
}

// addCommune enters that other one.
func addCommune(t *testing.T, at place) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "xa.json")
	_, example, _ := run(t, "", "setup", "--example")
	const account = `"administrator": {"login": "quantri.vd", "name": "Người Thử", "office": true}, "place"`
	example = strings.Replace(example, `"place"`, account, 1)
	if err := os.WriteFile(file, []byte(example), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, stderr := run(t, demo.Password+"\n", "authority", "add", file, "--host", otherHost, "--data", at.Data)
	if code != exitDone {
		t.Fatalf("%d %s%s", code, out, stderr)
	}
	for want, host := range map[string]string{
		"no host name": "a b", "another authority": strings.ToUpper(otherHost) + ":80",
	} {
		again := strings.NewReplacer("xa-vi-du", "xa-khac", "quantri.vd", "quantri.khac").Replace(example)
		if err := os.WriteFile(file, []byte(again), 0o600); err != nil {
			t.Fatal(err)
		}
		code, _, stderr := run(t, demo.Password+"\n", "authority", "add", file, "--host", host, "--data", at.Data)
		if code != exitFailed || !strings.Contains(stderr, want) {
			t.Errorf("--host %s: %d %s", host, code, stderr)
		}
	}
	if _, out, _ := run(t, "", "authority", "list", "--data", at.Data); strings.Count(out, "\n") != 2 ||
		!strings.Contains(out, otherHost) {
		t.Errorf("authorities:\n%s", out)
	}
}

// installation serves the demo's commune in one database with what is added to it.
func installation(t *testing.T, add func(*testing.T, place)) several {
	t.Helper()
	at := demoFolder(t)
	add(t, at)
	clock, err := demoCommand{place: at}.clock()
	if err != nil {
		t.Fatal(err)
	}
	free := web.Limit{Every: time.Nanosecond, Burst: 1 << 20}
	s := openDemo(t, at, listening{limits: web.Limits{SignIn: free, Lookup: free, Intake: free, Keeping: free}}, clock)
	server := httptest.NewTLSServer(s.handler(append(s.publicSites(), s.staffSites()...)...))
	t.Cleanup(server.Close)
	return several{s, server}
}

// TestNothingCrossesHosts: of two authorities in one installation, each host name leads to one. Whoever has signed in
// to one is nobody at the other, on every route; pages that everybody reads show nothing of the other.
func TestNothingCrossesHosts(t *testing.T) {
	s := twoAuthorities(t)
	base := s.at.URL
	nobody := func(t *testing.T, c *http.Client) {
		t.Helper()
		for _, site := range s.staffSites() {
			for _, route := range site.Routes {
				if route.Open {
					continue
				}
				if status, to := ask(t, c, base, route); status != http.StatusSeeOther ||
					!strings.HasPrefix(to, web.SignInPath) {
					t.Errorf("%s at the other's host: %d %s", route.Pattern, status, to)
				}
			}
		}
	}
	for _, login := range slices.Sorted(maps.Keys(everyLogin(t, s.server))) {
		t.Run(login, func(t *testing.T) {
			c := browser(t)
			signIn(t, s.under(c, ""), base+"/", login)
			nobody(t, s.under(c, otherHost))
		})
	}
	t.Run("quantri.vd", func(t *testing.T) {
		c := browser(t)
		signIn(t, s.under(c, otherHost), base+"/", "quantri.vd")
		nobody(t, s.under(c, ""))
	})
	for _, of := range []struct {
		c      *http.Client
		shows  string
		hidden []string
	}{
		{s.under(browser(t), ""), "Nghĩa Dũng", []string{"xã Ví Dụ", "VD-"}},
		{s.under(browser(t), otherHost), "xã Ví Dụ", []string{"Nghĩa Dũng", "NGHĨA DŨNG", "ND-24-"}},
	} {
		for _, site := range s.publicSites() {
			for _, route := range site.Routes {
				method, pattern, _ := strings.Cut(route.Pattern, " ")
				if method != http.MethodGet || strings.HasSuffix(pattern, "/luong") {
					continue
				}
				r, page := get(t, of.c, base+placeholders.Replace(pattern))
				if r.StatusCode != http.StatusOK {
					continue // what is not there names at most what was asked for
				}
				if strings.Contains(page, "<title>") && !strings.Contains(page, of.shows) {
					t.Errorf("%s doesn't name %s", pattern, of.shows)
				}
				for _, words := range of.hidden {
					if strings.Contains(page, words) {
						t.Errorf("%s shows %q, which is the other's", pattern, words)
					}
				}
			}
		}
	}
}

// TestHostNames: the administrator says under which host names the authority is reached; nobody takes another's, or the
// one under which they work.
func TestHostNames(t *testing.T) {
	s := twoAuthorities(t)
	base, c := s.at.URL, s.under(browser(t), otherHost)
	signIn(t, c, base+"/", "quantri.vd")
	const path = "/noi-bo/thiet-lap/to-chuc/ten-mien"
	_, page := get(t, c, base+path)
	version := parsed(t, page).Find(`[name="phien-ban"]`).AttrOr("value", "")
	for names, want := range map[string]string{
		"moi.test":                   "Giữ “" + otherHost + "”",
		otherHost + "\na b.test\n_x": "“_x” không phải là tên miền",
	} {
		r, page := post(t, c, base+path, url.Values{"phien-ban": {version}, "ten-mien": {names}})
		if to := r.Header.Get("Location"); to != "" {
			_, page = get(t, c, base+to)
		}
		if !strings.Contains(page, want) {
			t.Errorf("%q: %s, no %q", names, r.Status, want)
		}
	}
	first := actorOf(t, s.server, demo.LoginChair)
	first.Roles = []doithoai.Role{doithoai.RoleAdministrator}
	a, err := authority(t.Context(), s.db, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.db.SetHostNames(t.Context(), first, a.Version, []string{otherHost}, ""); doithoai.KindOf(err) !=
		doithoai.Invalid {
		t.Errorf("another's name: %v", err)
	}
	if err := s.db.SetHostNames(t.Context(), first, a.Version, []string{"nghia-dung.test"}, ""); err != nil {
		t.Fatal(err)
	}
	r, page := post(t, c, base+path, url.Values{"phien-ban": {version}, "ten-mien": {"Moi.Test.:8080\n" + otherHost}})
	if to := r.Header.Get("Location"); !strings.HasSuffix(to, "set_hosts") {
		t.Fatalf("%s, to %s: %s", r.Status, to, page)
	}
	for host, shows := range map[string]string{
		"moi.test": "xã Ví Dụ", otherHost: "xã Ví Dụ", "MOI.test.": "xã Ví Dụ", "nghia-dung.test": "Nghĩa Dũng",
		"la.test": "Nghĩa Dũng",
	} {
		if _, page := get(t, s.under(browser(t), host), base+"/"); !strings.Contains(page, shows) {
			t.Errorf("%s doesn't lead to %s", host, shows)
		}
	}
}
