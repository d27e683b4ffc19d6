package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/PuerkitoBio/goquery"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
	"doithoai/web/ui"
)

var here = doithoai.Authority{
	ID: "here", Name: "UBND xã Nghĩa Dũng", FullName: "Ủy ban nhân dân xã Nghĩa Dũng", Phone: "02550000000",
	Hours: "Thứ Hai đến thứ Sáu", Demo: true,
}

// officers by token.
var officers = map[string]doithoai.Officer{
	"secretary": {ID: "s", AuthorityID: "here", Name: "Võ Văn Thử", Roles: []doithoai.Role{doithoai.RoleSecretary}},
	"elsewhere": {ID: "e", AuthorityID: "elsewhere", Roles: []doithoai.Role{doithoai.RoleSecretary}},
}

func testHost(log io.Writer) *Host {
	return &Host{
		Authority: func(context.Context, string) (doithoai.Authority, error) { return here, nil },
		Now:       func() calendar.Instant { return calendar.InstantAt(calendar.DateOf(2024, 10, 23), 8, 0) },
		Log:       slog.New(slog.NewTextHandler(log, nil)),
		SignIns: SignIns{
			Open: func(_ context.Context, _ doithoai.ID, login, password, _, _ string) (string, doithoai.Officer, error) {
				if o, ok := officers[login]; ok && password == "đúng mật khẩu" {
					return login, o, nil
				}
				return "", doithoai.Officer{}, doithoai.Refuse(doithoai.Unauthenticated, "account.sign_in.wrong")
			},
			Officer: func(_ context.Context, token string) (doithoai.Officer, error) {
				if o, ok := officers[token]; ok {
					return o, nil
				}
				return doithoai.Officer{}, doithoai.Refuse(doithoai.Unauthenticated, "account.sign_in.needed")
			},
			Close: func(context.Context, string) error { return nil },
		},
	}
}

func serve(h *Host, sites ...Site) http.Handler {
	mux := http.NewServeMux()
	for _, s := range sites {
		h.Mount(mux, s)
	}
	mux.HandleFunc("/{path...}", h.NotFound(mux))
	return h.Secure(mux)
}

func get(t *testing.T, h http.Handler, target string, change ...func(*http.Request)) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, target, nil)
	for _, f := range change {
		f(r)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func text200(r *Request) error { return r.Page(http.StatusOK, ui.Text("trang")) }

func TestErrorsBecomePages(t *testing.T) {
	secret := errors.New("no such column: salary")
	tests := []struct {
		name   string
		err    error
		status int
		shown  string
	}{
		{"not found", doithoai.Refuse(doithoai.NotFound, "error.not_found"), 404, "Không tìm thấy trang"},
		{"not allowed", doithoai.Refuse(doithoai.NotAllowed, "error.not_allowed"), 403, "không được giao việc này"},
		{"conflict", doithoai.Refuse(doithoai.Conflict, "error.conflict"), 409, "Nội dung đã thay đổi"},
		{"too many", TooMany("", "error.too_many", 1500*time.Millisecond), 429, "thử lại sau 2 giây"},
		{"unavailable", &doithoai.Error{Kind: doithoai.Unavailable, Key: "error.unavailable", Cause: secret}, 503,
			"chưa ghi được"},
		{"unexpected", secret, 500, "Mã lỗi:"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var log bytes.Buffer
			h := serve(testHost(&log), Site{Routes: []Route{{Pattern: "GET /x", Do: func(*Request) error { return tt.err }}}})
			w := get(t, h, "/x?q=tuyệt-mật")
			body := strings.ReplaceAll(w.Body.String(), "\u00a0", " ")
			if w.Code != tt.status || !strings.Contains(body, tt.shown) {
				t.Errorf("status %d, page %.300s", w.Code, body)
			}
			if strings.Contains(body, "salary") {
				t.Error("the cause stands on the page")
			}
			if strings.Contains(log.String(), "mật") {
				t.Error("the query stands in the log")
			}
			doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			if id := doc.Find("strong.dt-no").Text(); tt.status == 500 && (id == "" || !strings.Contains(log.String(), id)) {
				t.Errorf("the page's id %q is not in the log", id)
			}
		})
	}
}

func TestPanicIsAPage(t *testing.T) {
	var log bytes.Buffer
	h := serve(testHost(&log), Site{Routes: []Route{{Pattern: "GET /x", Do: func(*Request) error { panic("hỏng") }}}})
	if w := get(t, h, "/x"); w.Code != 500 || strings.Contains(w.Body.String(), "goroutine") ||
		!strings.Contains(log.String(), "hỏng") {
		t.Errorf("status %d, log %s", w.Code, log.String())
	}
}

func TestSecurityHeaders(t *testing.T) {
	h := serve(testHost(io.Discard), Site{Routes: []Route{{Pattern: "GET /x", Do: text200}}})
	w := get(t, h, "/x")
	csp := w.Header().Get("Content-Security-Policy")
	for _, want := range []string{
		"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "form-action 'self'",
	} {
		if !strings.Contains(csp, want) {
			t.Errorf("policy lacks %q: %s", want, csp)
		}
	}
	if strings.Contains(csp, "unsafe") || w.Header().Get("X-Content-Type-Options") != "nosniff" ||
		w.Header().Get("Strict-Transport-Security") != "" {
		t.Errorf("headers %v", w.Header())
	}
	for public, want := range map[string]bool{"": false, "http://xa.example": false, "https://xa.example": true} {
		host := testHost(io.Discard)
		if public != "" {
			var err error
			if host.PublicURL, err = url.Parse(public); err != nil {
				t.Fatal(err)
			}
		}
		h := serve(host, Site{Routes: []Route{{Pattern: "GET /x", Do: text200}}})
		if got := get(t, h, "https://xa.example/x").Header().Get("Strict-Transport-Security") != ""; got != want {
			t.Errorf("public address %q: HSTS %v", public, got)
		}
	}
}

func TestFormFromAnotherSiteIsRefused(t *testing.T) {
	h := serve(testHost(io.Discard), Site{Routes: []Route{{Pattern: "POST /x", Do: text200}}})
	for origin, want := range map[string]int{"same-origin": 200, "none": 200, "cross-site": 403, "same-site": 403} {
		r := httptest.NewRequest(http.MethodPost, "/x", nil)
		r.Header.Set("Sec-Fetch-Site", origin)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("%s: %d, want %d", origin, w.Code, want)
		}
	}
}

func TestStaffSiteAdmits(t *testing.T) {
	staff := Site{Staff: true, Routes: []Route{
		{Pattern: "GET /noi-bo/viec", Act: doithoai.ActRecordOpinion, Do: text200},
		{Pattern: "GET /noi-bo/tai-khoan", Act: doithoai.ActManageAccounts, Do: text200},
		{Pattern: "GET /noi-bo/dang-nhap", Open: true, Do: text200},
	}}
	h := serve(testHost(io.Discard), staff)
	cookie := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.AddCookie(&http.Cookie{Name: name, Value: value}) }
	}
	tests := []struct {
		name, target string
		change       []func(*http.Request)
		status       int
		location     string
	}{
		{"not signed in", "http://localhost:8080/noi-bo/viec?a=1", nil, 303, "/noi-bo/dang-nhap?ve=%2Fnoi-bo%2Fviec%3Fa%3D1"},
		{"signed in", "http://localhost:8080/noi-bo/viec", []func(*http.Request){cookie("doi-thoai", "secretary")}, 200, ""},
		{"signed in over https", "https://xa.example/noi-bo/viec",
			[]func(*http.Request){cookie("__Host-doi-thoai", "secretary")}, 200, ""},
		{"the plain cookie is nothing over https", "https://xa.example/noi-bo/viec",
			[]func(*http.Request){cookie("doi-thoai", "secretary")}, 303, "/noi-bo/dang-nhap?ve=%2Fnoi-bo%2Fviec"},
		{"plain http beyond this machine", "http://hall.lan/noi-bo/dang-nhap", nil, 403, ""},
		{"without the role", "http://127.0.0.1/noi-bo/tai-khoan", []func(*http.Request){cookie("doi-thoai", "secretary")},
			403, ""},
		{"of another authority", "http://127.0.0.1/noi-bo/viec", []func(*http.Request){cookie("doi-thoai", "elsewhere")}, 303,
			"/noi-bo/dang-nhap?ve=%2Fnoi-bo%2Fviec"},
		{"forged", "http://127.0.0.1/noi-bo/viec", []func(*http.Request){cookie("doi-thoai", "chair")}, 303,
			"/noi-bo/dang-nhap?ve=%2Fnoi-bo%2Fviec"},
		{"sign-in page", "http://localhost/noi-bo/dang-nhap", nil, 200, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := get(t, h, tt.target, tt.change...)
			if w.Code != tt.status || w.Header().Get("Location") != tt.location {
				t.Errorf("%d %q, want %d %q", w.Code, w.Header().Get("Location"), tt.status, tt.location)
			}
		})
	}
}

// signInFrom tries a password at a host from an address of a network.
func signInFrom(host *Host, from byte, login, password string) error {
	raw := httptest.NewRequest(http.MethodPost, "http://localhost/noi-bo/dang-nhap", nil)
	return (&Request{
		Request: raw, W: httptest.NewRecorder(), Host: host, Reader: &Reader{},
		Client: netip.AddrFrom4([4]byte{10, 0, 0, from}),
	}).SignIn(login, password)
}

// Behind an address that has typed too much wrong, a right password still gets in, at once; wrong ones wait for each
// other.
func TestABusyAddressTakesTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		host := testHost(io.Discard)
		host.Limits.SignIn = Limit{Every: time.Hour, Burst: 3}
		for i := range 3 { // many names from one place, none of which exists
			err := signInFrom(host, 20, "nobody"+string(rune('a'+i)), "sai")
			if kind := doithoai.KindOf(err); kind != doithoai.Unauthenticated {
				t.Fatalf("try %d: %s", i, kind)
			}
		}
		begin := time.Now()
		if err := signInFrom(host, 20, "Secretary ", "đúng mật khẩu"); err != nil {
			t.Errorf("a right password behind the busy address: %v", err)
		}
		if time.Since(begin) != 0 {
			t.Errorf("it waited %s", time.Since(begin))
		}
		for range 3 {
			err := signInFrom(host, 20, "secretary", "sai")
			if kind := doithoai.KindOf(err); kind != doithoai.Unauthenticated {
				t.Fatalf("a wrong one: %s", kind)
			}
		}
		if waited := time.Since(begin); waited != 2*penance {
			t.Errorf("three wrong ones took %s", waited)
		}
		if err := signInFrom(host, 20, "secretary", "đúng mật khẩu"); err != nil || time.Since(begin) != 3*penance {
			t.Errorf("a right one after a wrong one: %v, after %s", err, time.Since(begin))
		}
	})
}

// Of all busy addresses together one try is under way; the others are not kept waiting, and too many are refused.
func TestTurnsAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		host := testHost(io.Discard)
		host.Limits.SignIn = Limit{Every: time.Hour, Burst: 1}
		var under, most atomic.Int32
		open := host.SignIns.Open
		host.SignIns.Open = func(
			ctx context.Context, a doithoai.ID, login, password, agent, client string,
		) (string, doithoai.Officer, error) {
			if login == "nobody" { // hashing
				most.Store(max(most.Load(), under.Add(1)))
				time.Sleep(100 * time.Millisecond)
				under.Add(-1)
			}
			return open(ctx, a, login, password, agent, client)
		}
		for from := range byte(3) {
			if err := signInFrom(host, from, "nobody", "sai"); err == nil {
				t.Fatal("a wrong password gets in")
			}
		}
		most.Store(0)
		var refused atomic.Int32
		var all sync.WaitGroup
		for i := range 3 * (maxWaiting + 2) {
			all.Go(func() {
				err := signInFrom(host, byte(i%3), "nobody", "sai")
				if doithoai.KindOf(err) == doithoai.TooMany {
					refused.Add(1)
				}
			})
		}
		time.Sleep(time.Millisecond)
		begin := time.Now()
		if err := signInFrom(host, 9, "secretary", "đúng mật khẩu"); err != nil || time.Since(begin) != 0 {
			t.Errorf("elsewhere: %v, after %s", err, time.Since(begin))
		}
		all.Wait()
		if most.Load() != 1 || refused.Load() != 3*2 {
			t.Errorf("%d tries at once, %d refused", most.Load(), refused.Load())
		}
	})
}

// A try that panics gives its place to the next, as a wrong one does.
func TestATryThatPanicsLeavesItsPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newLimiter(Limit{Every: time.Hour, Burst: 1}, Limit{}).of("busy")
		func() {
			defer func() { _ = recover() }()
			_ = b.inTurn(t.Context(), func() error { panic("of a try") })
		}()
		begin := time.Now()
		if err := b.inTurn(t.Context(), func() error { return nil }); err != nil || time.Since(begin) != penance {
			t.Errorf("the next try: %v, after %s", err, time.Since(begin))
		}
	})
}

// In the morning a whole office signs in from one address: right passwords take nothing from the bound.
func TestAnOfficeSignsIn(t *testing.T) {
	host := testHost(io.Discard)
	for i := range defaultLimits.SignIn.Burst + 1 {
		if err := signInFrom(host, 1, "secretary", "đúng mật khẩu"); err != nil {
			t.Fatalf("right password %d: %v", i+1, err)
		}
	}
	left := host.limits().signIn.of("10.0.0.1").Tokens()
	if left < float64(defaultLimits.SignIn.Burst) {
		t.Errorf("%f tries left", left)
	}
}

// By the limits that come with the program, too: twenty wrong names or more keep nobody out.
func TestWrongNamesKeepNobodyOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		host := testHost(io.Discard)
		for i := range defaultLimits.SignIn.Burst {
			err := signInFrom(host, 20, fmt.Sprint("nobody", i), "sai")
			if kind := doithoai.KindOf(err); kind != doithoai.Unauthenticated {
				t.Fatalf("wrong name %d: %s", i+1, kind)
			}
		}
		for range 3 {
			if err := signInFrom(host, 20, "secretary", "đúng mật khẩu"); err != nil {
				t.Error(err)
			}
		}
	})
}

// A sign-in that waits for something opens the page on which that is done, and nothing else.
func TestHolds(t *testing.T) {
	ok := func(r *Request) error { r.W.WriteHeader(http.StatusTeapot); return nil }
	site := Site{Staff: true, Routes: []Route{
		{Pattern: "GET /noi-bo/viec", Act: doithoai.ActSeeDesk, Do: ok},
		{Pattern: "POST /noi-bo/viec", Act: doithoai.ActSeeDesk, Do: ok},
		{Pattern: "GET " + CodePath, Act: doithoai.ActSeeDesk, Holds: []doithoai.Hold{doithoai.HoldCode}, Do: ok},
		{Pattern: "GET " + PasswordPath, Act: doithoai.ActSeeDesk, Holds: []doithoai.Hold{doithoai.HoldPassword}, Do: ok},
	}}
	const open = ""
	tests := []struct {
		hold           doithoai.Hold
		method, target string
		to             string
	}{
		{doithoai.HoldNone, "GET", "/noi-bo/viec", open},
		{doithoai.HoldCode, "GET", "/noi-bo/viec?a=1", CodePath + "?ve=" + url.QueryEscape("/noi-bo/viec?a=1")},
		{doithoai.HoldCode, "POST", "/noi-bo/viec", CodePath},
		{doithoai.HoldCode, "GET", CodePath, open},
		{doithoai.HoldCode, "GET", PasswordPath, CodePath + "?ve=" + url.QueryEscape(PasswordPath)},
		{doithoai.HoldPassword, "GET", "/noi-bo/viec", PasswordPath + "?ve=" + url.QueryEscape("/noi-bo/viec")},
		{doithoai.HoldPassword, "GET", PasswordPath, open},
		{doithoai.HoldPassword, "GET", CodePath, PasswordPath + "?ve=" + url.QueryEscape(CodePath)},
	}
	for _, tt := range tests {
		host := testHost(io.Discard)
		host.SignIns.Officer = func(context.Context, string) (doithoai.Officer, error) {
			o := officers["secretary"]
			o.Hold = tt.hold
			return o, nil
		}
		raw := httptest.NewRequest(tt.method, "http://localhost"+tt.target, nil)
		raw.AddCookie(&http.Cookie{Name: "doi-thoai", Value: "secretary"})
		w := httptest.NewRecorder()
		serve(host, site).ServeHTTP(w, raw)
		want := http.StatusSeeOther
		if tt.to == open {
			want = http.StatusTeapot
		}
		if w.Code != want || w.Header().Get("Location") != tt.to {
			t.Errorf("%s %s while %q: %d %q, want %d %q", tt.method, tt.target, tt.hold, w.Code, w.Header().Get("Location"),
				want, tt.to)
		}
	}
}

// A script that asks without a sign-in is told so: a page to sign in would look to it like what it asked for.
func TestScriptWithoutSignIn(t *testing.T) {
	site := Site{Staff: true, Routes: []Route{{
		Pattern: "POST /noi-bo/viec", Act: doithoai.ActSeeDesk, Do: func(*Request) error { return nil },
	}}}
	for mode, want := range map[string]int{
		"": http.StatusSeeOther, "navigate": http.StatusSeeOther, "cors": http.StatusUnauthorized,
		"same-origin": http.StatusUnauthorized,
	} {
		raw := httptest.NewRequest(http.MethodPost, "http://localhost/noi-bo/viec", nil)
		raw.Header.Set("Sec-Fetch-Site", "same-origin")
		if mode != "" {
			raw.Header.Set("Sec-Fetch-Mode", mode)
		}
		w := httptest.NewRecorder()
		serve(testHost(io.Discard), site).ServeHTTP(w, raw)
		if w.Code != want {
			t.Errorf("mode %q: %d, want %d", mode, w.Code, want)
		}
	}
}

func TestSignInCookie(t *testing.T) {
	for target, want := range map[string]string{
		"http://localhost/": "doi-thoai", "https://xa.example/": "__Host-doi-thoai",
	} {
		host := testHost(io.Discard)
		raw := httptest.NewRequest(http.MethodPost, target, nil)
		w := httptest.NewRecorder()
		r, err := host.request(w, raw, Site{Staff: true})
		if err != nil {
			t.Fatal(err)
		}
		if err := r.SignIn("secretary", "đúng mật khẩu"); err != nil {
			t.Fatal(err)
		}
		c := w.Result().Cookies()[0]
		if c.Name != want || !c.HttpOnly || c.Secure != strings.HasPrefix(target, "https") ||
			c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
			t.Errorf("%s: cookie %+v", target, c)
		}
	}
}

// A date may be typed in brief; what is no date stays as it was typed.
func TestFormReadsDates(t *testing.T) {
	reader := &Reader{Text: text.For("vi"), Now: calendar.InstantAt(calendar.DateOf(2024, 10, 23), 9, 0)}
	for typed, want := range map[string]string{
		"29/10": "29/10/2024", "29-10": "29/10/2024", "29.10.2024": "29/10/2024", "mai": "24/10/2024", "+5": "28/10/2024",
		"một hôm": "một hôm", "31/02": "31/02", "": "",
	} {
		body := url.Values{"han": {typed}, "khac": {typed}}.Encode()
		raw := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		raw.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		var f struct {
			Due   string `form:"han" line:"true" day:"true"`
			Other string `form:"khac" line:"true"`
		}
		err := (&Request{Request: raw, W: httptest.NewRecorder(), Reader: reader}).Form(&f)
		if err != nil || f.Due != want || f.Other != typed {
			t.Errorf("%q became %q and %q, %v; want %q", typed, f.Due, f.Other, err, want)
		}
	}
}

func TestFormIsCleanedAndBounded(t *testing.T) {
	type shared struct {
		Name    string   `form:"ho-ten" line:"true"`
		Matters []string `form:"noi-dung"`
	}
	type typed struct {
		shared
		Step string `form:"buoc" line:"true"`
	}
	post := func(body string) (typed, error) {
		raw := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		raw.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		var f typed
		err := (&Request{Request: raw, W: httptest.NewRecorder()}).Form(&f)
		return f, err
	}
	nfd := "Nguye\u0302\u0303n  Va\u0306n\nMa\u0302\u0303u"
	f, err := post(url.Values{
		"ho-ten": {nfd}, "noi-dung": {" dòng một\r\ndòng\x00 hai 👍 ", "việc hai"}, "buoc": {"thêm\n"},
	}.Encode())
	if err != nil {
		t.Fatal(err)
	}
	if f.Name != "Nguyễn Văn Mẫu" || f.Step != "thêm" {
		t.Errorf("name %q, step %q", f.Name, f.Step)
	}
	if len(f.Matters) != 2 || f.Matters[0] != "dòng một\ndòng hai 👍" || f.Matters[1] != "việc hai" {
		t.Errorf("matters %q", f.Matters)
	}
	if _, err := post("noi-dung=" + strings.Repeat("a", maxForm)); doithoai.KindOf(err) != doithoai.Invalid {
		t.Errorf("too large: %v", err)
	}
	if _, err := post("ho-ten=%zz"); doithoai.KindOf(err) != doithoai.Invalid {
		t.Errorf("malformed: %v", err)
	}
}

func TestLanguageLeadsBackHereOnly(t *testing.T) {
	h := serve(testHost(io.Discard), Site{Routes: []Route{{Pattern: "GET /ngon-ngu", Do: ChooseLanguage}}})
	for back, want := range map[string]string{
		"/hoi-dap?q=a": "/hoi-dap?q=a", "": "/", "//evil.example": "/", "https://evil.example/": "/", `/\evil.example`: "/",
		"javascript:alert(1)": "/",
	} {
		w := get(t, h, "/ngon-ngu?sang=en&ve="+url.QueryEscape(back))
		if got := w.Header().Get("Location"); got != want {
			t.Errorf("%q leads to %q, want %q", back, got, want)
		}
	}
}

func TestAfterSignIn(t *testing.T) {
	for back, want := range map[string]string{
		"/noi-bo/y-kien?a=1": "/noi-bo/y-kien?a=1", "/hoi-truong/x": "/hoi-truong/x", "/": "/noi-bo", "": "/noi-bo",
		"https://evil.example/noi-bo": "/noi-bo", "//evil.example/noi-bo": "/noi-bo",
	} {
		if got := AfterSignIn(back); got != want {
			t.Errorf("%q leads to %q, want %q", back, got, want)
		}
	}
}

func TestHugeBufferIsLetGo(t *testing.T) {
	huge := bytes.NewBuffer(make([]byte, 0, 4*maxBuffer))
	keepBuffer(huge)
	for range 10 {
		if b := buffers.Get().(*bytes.Buffer); b == huge {
			t.Fatal("the buffer of one huge page serves on")
		}
	}
}
