package setup

import (
	"context"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/text/unicode/norm"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
)

const password = "cây đa đầu thôn Đông"

// fixture is an installation that is not set up.
type fixture struct {
	t    *testing.T
	db   *store.DB
	now  time.Time
	kept []byte
	done int
	site *Site
	link string
	url  string
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	fx := &fixture{t: t, now: time.Date(2026, 10, 1, 2, 0, 0, 0, time.UTC)}
	var err error
	fx.db, err = store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "new.db"),
		store.Options{Now: func() time.Time { return fx.now }})
	must(t, err)
	t.Cleanup(func() { must(t, fx.db.Close()) })
	fx.start()
	return fx
}

// start starts the program, for the first time or again.
func (fx *fixture) start() {
	fx.t.Helper()
	site, link, err := New(Config{
		DB: fx.db, Now: fx.db.Now, Kept: fx.kept, Keep: func(b []byte) error { fx.kept = b; return nil },
		Done: func() { fx.done++ },
	})
	must(fx.t, err)
	host := &web.Host{
		Authority: func(context.Context, string) (doithoai.Authority, error) { return Stand, nil }, Now: fx.db.Now,
		Log:     slog.New(slog.NewTextHandler(io.Discard, nil)),
		SignIns: web.SignIns{Open: fx.db.SignIn, Officer: fx.db.OfficerOf, Close: fx.db.SignOut},
	}
	mux := http.NewServeMux()
	host.Mount(mux, site.Staff())
	host.Mount(mux, site.Else())
	server := httptest.NewServer(host.Secure(mux))
	fx.t.Cleanup(server.Close)
	fx.site, fx.link, fx.url = site, link, server.URL
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// browser is one person's browser. It follows no redirects.
type browser struct {
	fx *fixture
	c  *http.Client
}

func (fx *fixture) browser() *browser {
	fx.t.Helper()
	jar, err := cookiejar.New(nil)
	must(fx.t, err)
	return &browser{fx, &http.Client{
		Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

type page struct {
	*goquery.Document
	status   int
	location string
}

func (b *browser) do(method, path string, form url.Values) page {
	b.fx.t.Helper()
	var body io.Reader
	kind := ""
	if form != nil {
		w := &strings.Builder{}
		for name, values := range form {
			for _, v := range values {
				w.WriteString("--x\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + v + "\r\n")
			}
		}
		w.WriteString("--x--\r\n")
		body, kind = strings.NewReader(w.String()), "multipart/form-data; boundary=x"
	}
	req, err := http.NewRequestWithContext(b.fx.t.Context(), method, b.fx.url+path, body)
	must(b.fx.t, err)
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	resp, err := b.c.Do(req)
	must(b.fx.t, err)
	defer resp.Body.Close() //nolint:errcheck // read whole
	doc, err := goquery.NewDocumentFromReader(resp.Body)
	must(b.fx.t, err)
	if s := doc.Text(); strings.Contains(s, "⟦") {
		b.fx.t.Errorf("%s: a message is missing", path)
	}
	return page{doc, resp.StatusCode, resp.Header.Get("Location")}
}

func (b *browser) want(method, path string, form url.Values, status int, location string) page {
	b.fx.t.Helper()
	p := b.do(method, path, form)
	if p.status != status || p.location != location {
		b.fx.t.Fatalf("%s %s answered %d to %q, want %d to %q: %s", method, path, p.status, p.location, status, location,
			strings.Join(strings.Fields(p.Find("main").Text()), " "))
	}
	return p
}

// answers are those of a whole set-up, in the order of the questions.
var answers = []struct {
	slug string
	form url.Values
}{
	{"co-quan", url.Values{
		"loai": {"xã"}, "ten": {"Đức An Phú"}, "cap-tren": {"Ủy ban nhân dân tỉnh Quảng Ngãi"}, "ky-hieu": {""},
	}},
	{"don-vi", url.Values{
		"mo-hinh": {"2025"}, "don-vi": {"Văn phòng HĐND và UBND\nPhòng Kinh tế\nTổ Công nghệ số cộng đồng"},
	}},
	{"thon", url.Values{"thon": {"Thôn 1\r\n\r\n Thôn  2 \r\nThôn 1"}}},
	{"gio-lam-viec", url.Values{
		"gio": {"Sáng và chiều"}, "tiep-dan": {"Thứ Năm"}, "dien-thoai": {"0255 000 0000"}, "dia-chi": {"Thôn 1"},
	}},
	{"internet", url.Values{"internet": {"khong"}}},
	{"tai-khoan", url.Values{
		"ho-ten": {"Trần Thị Ví Dụ"}, "chuc-vu": {""}, "van-phong": {"co"}, "ten-dang-nhap": {"VanPhong"},
		"mat-khau": {norm.NFD.String(password)}, "lap-lai": {password}, // as another keyboard types it
	}},
}

func (b *browser) open() {
	b.fx.t.Helper()
	b.want("GET", b.fx.link, nil, http.StatusSeeOther, path)
}

func TestSetUp(t *testing.T) {
	fx := newFixture(t)
	b := fx.browser()
	b.open()
	for i, a := range answers {
		b.want("GET", path, nil, http.StatusSeeOther, path+"/"+a.slug)
		b.want("GET", checkPath, nil, http.StatusSeeOther, path+"/"+a.slug)
		b.want("POST", checkPath, url.Values{}, http.StatusSeeOther, path+"/"+a.slug)
		b.want("GET", path+"/"+a.slug, nil, http.StatusOK, "")
		next := checkPath
		if i+1 < len(answers) {
			next = path + "/" + answers[i+1].slug
		}
		b.want("POST", path+"/"+a.slug, a.form, http.StatusSeeOther, next)
	}
	if s := b.want("GET", checkPath, nil, http.StatusOK, "").Find("main").Text(); !strings.Contains(s, "ĐAP-26-0001") ||
		strings.Contains(s, password) {
		t.Errorf("the check page says %s", s)
	}
	b.want("GET", afterPath, nil, http.StatusServiceUnavailable, "") // nothing is there yet
	b.want("POST", path+"/co-quan", url.Values{"ky-hieu": {"AP"}, "ve": {"kiem-tra"}}, http.StatusSeeOther, checkPath)
	b.want("POST", checkPath, url.Values{}, http.StatusSeeOther, afterPath)
	b.want("POST", checkPath, url.Values{}, http.StatusForbidden, "")
	b.want("GET", afterPath+"?x=1", nil, http.StatusSeeOther, afterPath+"?x=1") // on a new connection, of the new site
	b.want("POST", afterPath, url.Values{}, http.StatusServiceUnavailable, "")
	if fx.done != 1 {
		t.Errorf("done was told %d times", fx.done)
	}
	wantSetUp(t, fx.db)
}

// wantSetUp looks at what the answers made.
func wantSetUp(t *testing.T, db *store.DB) {
	t.Helper()
	all, err := db.Authorities(t.Context())
	must(t, err)
	if len(all) != 1 {
		t.Fatalf("%d authorities", len(all))
	}
	a := all[0]
	if a.Slug != "xa-duc-an-phu" || a.Name != "UBND xã Đức An Phú" || a.FullName != "Ủy ban nhân dân xã Đức An Phú" ||
		a.Prefix != "AP" || !a.Offline || a.Phone != "02550000000" || a.Demo {
		t.Errorf("authority %+v", a)
	}
	units, err := db.Units(t.Context(), a.ID)
	must(t, err)
	if len(units) != 3 || units[0].Code != "van-phong" || !units[0].Office || units[1].Code != "phong-kinh-te" ||
		units[2].Code != "to-cong-nghe-so-cong-dong" || units[2].Office {
		t.Errorf("units %+v", units)
	}
	villages, err := db.Villages(t.Context(), a.ID)
	must(t, err)
	if len(villages) != 2 || villages[1].Name != "Thôn 2" {
		t.Errorf("villages %+v", villages)
	}
	_, o, err := db.SignIn(t.Context(), a.ID, "vanphong", password, "", "127.0.0.1")
	must(t, err)
	if actor := o.Actor(); doithoai.Can(actor, doithoai.ActManageAccounts, doithoai.Subject{AuthorityID: a.ID}) != nil ||
		doithoai.Can(actor, doithoai.ActSubmitSlip, doithoai.Subject{AuthorityID: a.ID}) != nil || o.UnitID != units[0].ID {
		t.Errorf("officer %+v", o)
	}
}

// What people type by habit is not doubled: the kind before the name, "UBND". The page shows how papers will begin.
func TestAuthorityAsPeopleTypeIt(t *testing.T) {
	fx := newFixture(t)
	b := fx.browser()
	b.open()
	const page = path + "/co-quan"
	typed := url.Values{"loai": {"xã"}, "ten": {"xã Trà Giang"}, "cap-tren": {"UBND tỉnh Quảng Ngãi"}, "ky-hieu": {""}}
	show := maps.Clone(typed)
	show.Set("xem-truoc", "1")
	shown := b.want("POST", page, show, http.StatusOK, "")
	for _, want := range []string{"Ủy ban nhân dân tỉnh Quảng Ngãi", "xã Trà Giang", "TG-26-0001"} {
		s := strings.ReplaceAll(shown.Text(), "\u00a0", " ")
		if !strings.Contains(s, want) || strings.Contains(s, "xã xã") ||
			shown.Find("form").Length() > 0 {
			t.Errorf("%q is shown without %q", s, want)
		}
	}
	both := maps.Clone(typed)
	both.Set("ten", "phường Trà Giang")
	if s := b.want("POST", page, both, http.StatusUnprocessableEntity, "").Find("#loai-error").Text(); !strings.Contains(s,
		"Tên ghi “phường”, mục này chọn “xã”") {
		t.Errorf("two kinds: %q", s)
	}
	unchosen := maps.Clone(typed)
	unchosen.Del("loai")
	for _, form := range []url.Values{unchosen, typed} {
		b.want("POST", page, form, http.StatusSeeOther, path+"/don-vi")
		p := b.want("GET", page, nil, http.StatusOK, "")
		name, _ := p.Find("#ten").Attr("value")
		superior, _ := p.Find("#cap-tren").Attr("value")
		if name != "Trà Giang" || superior != "Ủy ban nhân dân tỉnh Quảng Ngãi" ||
			p.Find("input[name=loai][value=xã][checked]").Length() != 1 {
			t.Errorf("kept: %q, %q", name, superior)
		}
	}
}

// The link opens once, within a day, for the browser that opened it.
func TestLink(t *testing.T) {
	fx := newFixture(t)
	first, second := fx.browser(), fx.browser()
	for _, code := range []string{"", "?ma=", "?ma=x", fx.link[len(startPath):] + "x"} {
		second.want("GET", startPath+code, nil, http.StatusForbidden, "")
	}
	for _, route := range fx.site.Staff().Routes {
		method, path, _ := strings.Cut(route.Pattern, " ")
		second.want(method, path, nil, http.StatusForbidden, "")
	}
	for _, a := range answers {
		second.want("POST", path+"/"+a.slug, a.form, http.StatusForbidden, "")
	}
	for _, other := range []string{"/", "/noi-bo", "/noi-bo/dang-nhap", "/thiet-lap/khac", "/gui-y-kien"} {
		second.want("GET", other, nil, http.StatusServiceUnavailable, "")
	}
	first.open()
	first.open() // a reload
	second.want("GET", fx.link, nil, http.StatusForbidden, "")
	second.want("GET", path, nil, http.StatusForbidden, "")
	fx.now = fx.now.Add(linkLife)
	first.want("GET", path, nil, http.StatusForbidden, "")
	fx.start()
	fx.now = fx.now.Add(linkLife)
	second.want("GET", fx.link, nil, http.StatusForbidden, "")
}

// What was typed outlives a restart; the password does not, and is asked for again.
func TestRestart(t *testing.T) {
	fx := newFixture(t)
	b := fx.browser()
	b.open()
	for _, a := range answers {
		if p := b.do("POST", path+"/"+a.slug, a.form); p.status != http.StatusSeeOther {
			t.Fatalf("%s answered %d", a.slug, p.status)
		}
	}
	if strings.Contains(string(fx.kept), "đầu thôn Đông") {
		t.Error("the password was written down")
	}
	fx.start()
	b.want("GET", path, nil, http.StatusForbidden, "")
	b.open()
	b.want("GET", path, nil, http.StatusSeeOther, path+"/tai-khoan")
	p := b.want("GET", path+"/tai-khoan", nil, http.StatusOK, "")
	if v, _ := p.Find("#ten-dang-nhap").Attr("value"); v != "VanPhong" {
		t.Errorf("the login is %q", v)
	}
}

// Every question says what is wrong at its field, and keeps what was typed.
func TestProblems(t *testing.T) {
	fx := newFixture(t)
	b := fx.browser()
	b.open()
	for _, tt := range []struct {
		slug  string
		form  url.Values
		field string
	}{
		{"co-quan", url.Values{"loai": {""}, "ten": {"An Phú"}, "cap-tren": {superior}}, "loai"},
		{"co-quan", url.Values{"loai": {"xã"}, "ten": {"…"}, "cap-tren": {superior}}, "ten"},
		{"co-quan", url.Values{"loai": {"xã"}, "ten": {"An Phú"}, "cap-tren": {"Quảng Ngãi"}}, "cap-tren"},
		{"co-quan", url.Values{"loai": {"xã"}, "ten": {"An Phú"}, "cap-tren": {superior}, "ky-hieu": {"A1"}}, "ky-hieu"},
		{"don-vi", url.Values{"don-vi": {" \n"}}, "don-vi"},
		{"don-vi", url.Values{"don-vi": {"Phòng Kinh tế\nphòng kinh  tê"}}, "don-vi"},
		{"thon", url.Values{"thon": {""}}, "thon"},
		{"thon", url.Values{"thon": {strings.Repeat("ộ", maxLine+1)}}, "thon"},
		{"gio-lam-viec", url.Values{"gio": {"x"}, "tiep-dan": {"x"}, "dia-chi": {"x"}, "dien-thoai": {"12"}}, "dien-thoai"},
		{"internet", url.Values{"internet": {"hm"}}, "internet"},
		{"tai-khoan", url.Values{
			"ho-ten": {"x"}, "van-phong": {"co"}, "ten-dang-nhap": {"vanphong"}, "mat-khau": {password},
			"lap-lai": {password + "x"},
		}, "lap-lai"},
		{"tai-khoan", url.Values{
			"ho-ten": {"x"}, "van-phong": {"co"}, "ten-dang-nhap": {"vanphong"}, "mat-khau": {"ngắn"}, "lap-lai": {"ngắn"},
		}, "mat-khau"},
		{"tai-khoan", url.Values{
			"ho-ten": {"x"}, "van-phong": {"co"}, "ten-dang-nhap": {"có dấu"}, "mat-khau": {password}, "lap-lai": {password},
		}, "ten-dang-nhap"},
	} {
		p := b.want("POST", path+"/"+tt.slug, tt.form, http.StatusUnprocessableEntity, "")
		if p.Find("#"+tt.field+"-error").Length() != 1 ||
			p.Find(`.govuk-error-summary a[href="#`+tt.field+`"]`).Length() == 0 || p.Find("#"+tt.field).Length() != 1 {
			t.Errorf("%s: no error at %s: %s", tt.slug, tt.field, strings.Join(strings.Fields(p.Find("main").Text()), " "))
		}
		for name, v := range tt.form {
			if in := p.Find("input#" + name); in.Length() == 1 && in.AttrOr("type", "") == "text" &&
				in.AttrOr("value", "") != v[0] {
				t.Errorf("%s: %s is not kept", tt.slug, name)
			}
		}
		if strings.Contains(p.Text(), password) {
			t.Error("the password comes back")
		}
	}
	if fx.kept != nil {
		t.Error("a refused answer was kept")
	}
}

// superior is typed where another answer is at fault.
const superior = "Ủy ban nhân dân tỉnh Ví Dụ"

// The presets fill the list by the kind of commune, without scripts.
func TestPresets(t *testing.T) {
	fx := newFixture(t)
	b := fx.browser()
	b.open()
	b.want("POST", path+"/co-quan", url.Values{"loai": {"phường"}, "ten": {"Cẩm Thành"}, "cap-tren": {superior}},
		http.StatusSeeOther, path+"/don-vi")
	s := b.want("GET", path+"/don-vi", nil, http.StatusOK, "").Find("#don-vi").Text()
	if !strings.Contains(s, "Phòng Kinh tế, Hạ tầng và Đô thị") || strings.Contains(s, "Phòng Kinh tế\n") {
		t.Errorf("a ward has %s", s)
	}
	older := url.Values{"mo-hinh": {"2024"}, "don-vi": {"x"}, "lay-mau": {"1"}}
	s = b.want("POST", path+"/don-vi", older, http.StatusOK, "").Find("#don-vi").Text()
	if !strings.Contains(s, "Đô thị và Môi trường") {
		t.Errorf("a ward had %s", s)
	}
}
