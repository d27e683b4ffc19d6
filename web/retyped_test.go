package web

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doithoai"
	"doithoai/web/ui"
)

// An address as people retype it leads to the page that is there, for good, with its query; where none is there, it is
// not found. Nothing leads elsewhere, and no form is sent on.
func TestRetypedAddresses(t *testing.T) {
	answer := func(r *Request) error {
		if !strings.EqualFold(r.PathValue("number"), "ND-24-0003") { // reads no other spelling
			return doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
		return r.Page(http.StatusOK, ui.Text("trả lời"))
	}
	opened := 0
	h := serve(testHost(io.Discard),
		Site{Routes: []Route{
			{Pattern: "GET /{$}", Do: text200}, {Pattern: "GET /hoi-dap", Do: text200},
			{Pattern: "GET /hoi-dap/{number}", Do: answer}, {Pattern: "POST /gui-y-kien", Do: text200},
		}},
		Site{Staff: true, Routes: []Route{
			{Pattern: "GET /noi-bo", Do: func(*Request) error { opened++; return nil }},
			{Pattern: "GET /noi-bo/y-kien/{number}", Open: true, Do: answer},
		}})
	for target, want := range map[string]string{
		"/hoi-dap/": "/hoi-dap", "/hoi-dap.": "/hoi-dap", "/HOI-DAP": "/hoi-dap",
		"/Hoi-dap/?tim=Rác.&trang=2": "/hoi-dap?tim=Rác.&trang=2",
		"/hỏi-đáp":                   "/hoi-dap", "/hoi–dap": "/hoi-dap",
		"/hoi-dap/ND-24-0003/": "/hoi-dap/ND-24-0003", "/hoi-dap/ND-24-0003.": "/hoi-dap/ND-24-0003",
		"/hoi–dap/ND–24–0003":             "/hoi-dap/ND-24-0003",
		"/HOI-DAP/ND\u201124\u22120003).": "/hoi-dap/ND-24-0003",
		"/,/":                             "/", "/noi-bo/": "/noi-bo",
		"/hoi-dap": "", "/hoi-dap/ND-24-0003": "", "/hoi-dap/nd-24-0003": "",
		"/hoi-dap/ND-24-0004.": "", "/HOI-DAP/ND-24-0004": "", "/khong-co/": "", "/gui-y-kien/": "",
		"/\\evil.example/": "", "/evil.example/%2f": "",
		"/%2f%2fevil.example/": "", "/%5cevil.example.": "", "/hoi-dap/\x00'": "",
	} {
		u := strings.ReplaceAll(url.PathEscape(target), "%2F", "/")
		u = strings.NewReplacer("%3F", "?", "%25", "%").Replace(u)
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			w := get(t, h, u, func(r *http.Request) { r.Method = method })
			to, err := url.PathUnescape(w.Header().Get("Location"))
			if err != nil || to != want || (want != "") != (w.Code == http.StatusMovedPermanently) {
				t.Errorf("%s %s: %d %q, want %q", method, target, w.Code, to, want)
			}
		}
	}
	if opened != 0 {
		t.Error("a staff page was opened to see whether it is there")
	}
	for _, target := range []string{"/gui-y-kien/", "/hoi-dap/"} {
		w := get(t, h, target, func(r *http.Request) { r.Method = http.MethodPost })
		if w.Code != http.StatusNotFound {
			t.Errorf("POST %s: %d", target, w.Code)
		}
	}
}

// Register numbers come to their normal form, those that begin with Đ too.
func TestMeantRegisterNumbers(t *testing.T) {
	for path, want := range map[string]string{
		"/HOI-DAP/ĐL–26–0001.": "/hoi-dap/ĐL-26-0001", "/hoi-dap/đl260001": "/hoi-dap/ĐL-26-0001",
		"/hoi-dap/nd-24-3": "/hoi-dap/ND-24-0003", "/Đối-thoại/2024-10-30/": "/doi-thoai/2024-10-30",
	} {
		if got := meant(path); got != want {
			t.Errorf("%s is meant by %s, want %s", got, path, want)
		}
	}
}

// What was meant is one address: tidying it again changes nothing, and it never names another site.
func FuzzMeant(f *testing.F) {
	f.Add("/Hoi-dap//ND–24–0003./")
	f.Add("//evil.example/\\x")
	f.Fuzz(func(t *testing.T, path string) {
		got := meant(path)
		if again := meant(got); again != got {
			t.Errorf("%q is meant by %q, which means %q", got, path, again)
		}
		u, err := url.Parse((&url.URL{Path: got}).String())
		if err != nil || u.Host != "" || !strings.HasPrefix(got, "/") || strings.HasPrefix(got, "//") {
			t.Errorf("%q leads to %q, %v", path, got, err)
		}
	})
}

// An address that is not there answers who is signed in among the pages of staff; others, and elsewhere, as the public.
func TestNotFoundAmongStaff(t *testing.T) {
	public := Site{Routes: []Route{{Pattern: "GET /{$}", Do: text200}}}
	staff := Site{Staff: true, Routes: []Route{{Pattern: "GET /noi-bo", Do: text200}}}
	host := testHost(io.Discard)
	both, alone := serve(host, public, staff), serve(host, public)
	signedIn := func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "doi-thoai", Value: "secretary"}) }
	for _, tt := range []struct {
		name, path string
		on         http.Handler
		change     []func(*http.Request)
		desk       bool
	}{
		{"an officer", "/noi-bo/khong-co", both, []func(*http.Request){signedIn}, true},
		{"nobody", "/noi-bo/khong-co", both, nil, false},
		{"an officer at the public's", "/khong-co", both, []func(*http.Request){signedIn}, false},
		{"where the staff has another address", "/noi-bo/khong-co", alone, []func(*http.Request){signedIn}, false},
	} {
		w := get(t, tt.on, "http://127.0.0.1"+tt.path, tt.change...)
		body := w.Body.String()
		desk, call := strings.Contains(body, `class="govuk-link" href="/noi-bo"`), strings.Contains(body, `href="tel:`)
		if w.Code != http.StatusNotFound || desk != tt.desk || call == tt.desk {
			t.Errorf("%s: %d, to the desk %v, to call %v", tt.name, w.Code, desk, call)
		}
	}
}
