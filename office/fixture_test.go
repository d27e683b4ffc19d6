package office

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"doithoai"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/web"
)

const password = "mật khẩu thử nghiệm"

// morning is when the clock of the tests stands: Wednesday, 23 October 2024, 08:30 in Viet Nam.
var morning = time.Date(2024, 10, 23, 1, 30, 0, 0, time.UTC)

// people by login. Each has one role; two unit officers work in two units, one person in another authority.
var people = []struct {
	login, name, unit string
	role              doithoai.Role
}{
	{"chu-tich", "Đặng Văn Giả Định", "", doithoai.RoleChair},
	{"van-phong", "Trần Thị Ví Dụ", "van-phong", doithoai.RoleOffice},
	{"van-phong-2", "Lê Thị Thí Dụ", "van-phong", doithoai.RoleOffice},
	{"thu-ky", "Võ Thị Mẫu", "", doithoai.RoleSecretary},
	{"ho-tich", "Phạm Văn Mô Phỏng", "tu-phap-ho-tich", doithoai.RoleUnitOfficer},
	{"dia-chinh", "Bùi Văn Tưởng Tượng", "dia-chinh", doithoai.RoleUnitOfficer},
	{"quan-tri", "Ngô Văn Quản Trị", "", doithoai.RoleAdministrator},
}

// prepared is the database that each test copies, in which everybody has signed in: hashing a password is slow by design.
type prepared struct {
	file   string
	tokens map[string]string
}

var filled = sync.OnceValues(func() (prepared, error) {
	p := prepared{tokens: map[string]string{}}
	dir, err := os.MkdirTemp("", "doithoai-office-")
	if err != nil {
		return p, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a folder of temporary files
	path := filepath.Join(dir, "filled.db")
	if err := fill(path, p.tokens); err != nil {
		return p, err
	}
	b, err := os.ReadFile(path)
	p.file = string(b)
	return p, err
})

const agent = "Mozilla/5.0 (Windows NT 10.0) Firefox/130.0"

func fill(path string, tokens map[string]string) error {
	ctx := context.Background()
	db, err := store.Open(ctx, "sqlite:"+path, store.Options{Now: func() time.Time { return morning }})
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // what matters is read back by the tests
	if _, err := db.StartRecord(ctx, "nghiadung.test/so-doi-chung"); err != nil {
		return err
	}
	units := []doithoai.Unit{
		{Code: "van-phong", Name: "Văn phòng HĐND và UBND", Office: true, Contact: "Bà Trần Thị Ví Dụ", Phone: "02553000001"},
		{Code: "tu-phap-ho-tich", Name: "Tư pháp – Hộ tịch"},
		{Code: "dia-chinh", Name: "Địa chính – Xây dựng"},
	}
	here, err := db.SetUp(ctx, store.Setup{
		Authority: doithoai.Authority{Slug: "xa-nghia-dung", Name: "UBND xã Nghĩa Dũng", FullName: "Ủy ban nhân dân xã Nghĩa Dũng", Place: "Nghĩa Dũng", Prefix: "ND", Phone: "02553000001", Demo: true},
		Units:     units, Villages: []doithoai.Village{{Name: "Thôn 1"}, {Name: "Thôn 2"}},
	})
	if err != nil {
		return err
	}
	other, err := db.SetUp(ctx, store.Setup{
		Authority: doithoai.Authority{Slug: "xa-khac", Name: "UBND xã Khác", FullName: "Ủy ban nhân dân xã Khác", Place: "Khác", Prefix: "KH", Demo: true},
		Units:     units[:1], Villages: []doithoai.Village{{Name: "Thôn 1"}},
	})
	if err != nil {
		return err
	}
	ids, err := unitIDs(ctx, db, here.ID)
	if err != nil {
		return err
	}
	for _, p := range people {
		if _, err := db.AddOfficer(ctx, doithoai.Officer{AuthorityID: here.ID, UnitID: ids[p.unit], Login: p.login, Name: p.name, Roles: []doithoai.Role{p.role}}, password); err != nil {
			return err
		}
	}
	if _, err = db.AddOfficer(ctx, doithoai.Officer{AuthorityID: other.ID, Login: "nguoi-khac", Name: "Người Khác", Roles: []doithoai.Role{doithoai.RoleOffice}}, password); err != nil {
		return err
	}
	officers, err := db.Officers(ctx, "")
	if err != nil {
		return err
	}
	for _, o := range officers {
		if tokens[o.Login], _, err = db.SignIn(ctx, o.AuthorityID, o.Login, password, agent, "127.0.0.1"); err != nil {
			return err
		}
	}
	return nil
}

func unitIDs(ctx context.Context, db *store.DB, authority doithoai.ID) (map[string]doithoai.ID, error) {
	units, err := db.Units(ctx, authority)
	ids := map[string]doithoai.ID{}
	for _, u := range units {
		ids[u.Code] = u.ID
	}
	return ids, err
}

// fixture is a running staff site over a database of its own.
type fixture struct {
	t         testing.TB
	db        *store.DB
	server    *httptest.Server
	now       time.Time
	authority doithoai.Authority
	other     doithoai.Authority
	units     map[string]doithoai.ID
	villages  []doithoai.Village
	officers  map[string]doithoai.Officer
	serving   *doithoai.Authority // the authority that the server's name stands for
	tokens    map[string]string   // of the sign-ins of that morning, by login
	slips     int
}

func newFixture(t testing.TB) *fixture {
	t.Helper()
	p, err := filled()
	must(t, err)
	path := filepath.Join(t.TempDir(), "office.db")
	must(t, os.WriteFile(path, []byte(p.file), 0o600))
	fx := &fixture{t: t, now: morning, officers: map[string]doithoai.Officer{}, tokens: p.tokens}
	fx.db, err = store.Open(t.Context(), "sqlite:"+path, store.Options{Now: func() time.Time { return fx.now }})
	must(t, err)
	t.Cleanup(func() { must(t, fx.db.Close()) })
	all, err := fx.db.Authorities(t.Context())
	must(t, err)
	for _, a := range all {
		if a.Prefix == "ND" {
			fx.authority = a
		} else {
			fx.other = a
		}
	}
	fx.serving = &fx.authority
	fx.units, err = unitIDs(t.Context(), fx.db, fx.authority.ID)
	must(t, err)
	fx.villages, err = fx.db.Villages(t.Context(), fx.authority.ID)
	must(t, err)
	officers, err := fx.db.Officers(t.Context(), "")
	must(t, err)
	for _, o := range officers {
		fx.officers[o.Login] = o
	}
	fx.serve()
	return fx
}

func (fx *fixture) serve() {
	host := &web.Host{
		Authority: func(context.Context, string) (doithoai.Authority, error) { return *fx.serving, nil },
		Now:       fx.db.Now, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		SignIns: web.SignIns{Open: fx.db.SignIn, Confirm: fx.db.ConfirmCode, Officer: fx.db.OfficerOf, Close: fx.db.SignOut},
	}
	mux := http.NewServeMux()
	host.Mount(mux, New(Config{DB: fx.db}))
	mux.HandleFunc("/", host.NotFound)
	fx.server = httptest.NewServer(host.Secure(mux))
	fx.t.Cleanup(fx.server.Close)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// slip hands in a slip of one matter from the public site and gives its opinion.
func (fx *fixture) slip(matter string) doithoai.Opinion {
	fx.t.Helper()
	fx.slips++
	got, err := fx.db.SubmitSlip(fx.t.Context(), doithoai.Resident(fx.authority.ID), doithoai.IntakeKey{byte(fx.slips)}, doithoai.Slip{
		Channel: doithoai.ChannelPortal, Manner: doithoai.MannerWritten, Matters: []string{matter}, NoticeRead: true,
		Petitioner: doithoai.Petitioner{Standing: doithoai.StandingPerson, Name: "Nguyễn Thị Minh Họa", VillageID: fx.villages[0].ID, Ways: []doithoai.Way{doithoai.WayPhone}, Phone: "0900000000"},
	})
	must(fx.t, err)
	return got.Opinions[0]
}

// announce announces a dialogue for Friday, 25 October 2024.
func (fx *fixture) announce() {
	fx.t.Helper()
	b, err := os.ReadFile("../cmd/doithoai/demo/plan-2024.json")
	must(fx.t, err)
	plan, err := plan.Parse(b)
	must(fx.t, err)
	id, err := fx.db.IssuePlan(fx.t.Context(), fx.actor("van-phong"), "2024", plan)
	must(fx.t, err)
	day := doithoai.DateOf(2024, 10, 25)
	_, err = fx.db.AnnounceDialogue(fx.t.Context(), fx.actor("van-phong"), doithoai.Dialogue{
		PlanID: id, Slug: "2024-10-25", Title: "Hội nghị đối thoại năm 2024", Venue: "Hội trường", Chair: "Ông Đặng Văn Giả Định",
		StartsAt: doithoai.InstantAt(day, 8, 0), DoorsAt: doithoai.InstantAt(day, 7, 30), SlipsUntil: doithoai.InstantAt(day, 7, 30),
		Programme: []doithoai.ProgrammeStep{{Title: "Đối thoại", Minutes: 100}},
	})
	must(fx.t, err)
}

// assigned hands in a slip and assigns it to the civil status unit.
func (fx *fixture) assigned(matter string) doithoai.Opinion {
	fx.t.Helper()
	o, err := fx.db.RuleOpinion(fx.t.Context(), fx.actor("thu-ky"), fx.slip(matter).ID, 1,
		doithoai.Ruling{Code: doithoai.RulingLater, LeadUnitID: fx.units["tu-phap-ho-tich"], Due: doithoai.DateOf(2024, 10, 30)})
	must(fx.t, err)
	return o
}

// answered brings an opinion to a dispatched answer.
func (fx *fixture) answered(matter string) doithoai.Opinion {
	fx.t.Helper()
	o, ctx := fx.assigned(matter), fx.t.Context()
	must(fx.t, fx.db.SubmitAnswer(ctx, fx.actor("ho-tich"), o.ID, 1, doithoai.Answer{Body: "Bản sao đã có tại bộ phận một cửa.", Basis: "Luật Hộ tịch 2014"}))
	must(fx.t, fx.db.SignAnswer(ctx, fx.actor("chu-tich"), o.ID, 2, "Chủ tịch UBND xã"))
	must(fx.t, fx.db.DispatchAnswer(ctx, fx.actor("van-phong"), o.ID, 3, "214/UBND-VP", fx.db.Now().Date()))
	return o
}

func (fx *fixture) actor(login string) doithoai.Actor {
	o, ok := fx.officers[login]
	if !ok {
		fx.t.Fatalf("nobody signs in as %s", login)
	}
	return o.Actor()
}

// browser is one person's browser: it keeps cookies and shows where redirects lead.
type browser struct {
	fx *fixture
	c  *http.Client
}

func (fx *fixture) browser() *browser {
	fx.t.Helper()
	jar, err := cookiejar.New(nil)
	must(fx.t, err)
	return &browser{fx, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// as is a browser in which somebody is signed in.
func (fx *fixture) as(login string) *browser {
	fx.t.Helper()
	b := fx.browser()
	token := fx.tokens[login]
	if fx.now != morning { // those of the morning are idle by then
		var err error
		token, _, err = fx.db.SignIn(fx.t.Context(), fx.officers[login].AuthorityID, login, password, agent, "127.0.0.1")
		must(fx.t, err)
	}
	u, err := url.Parse(fx.server.URL)
	must(fx.t, err)
	b.c.Jar.SetCookies(u, []*http.Cookie{{Name: "doi-thoai", Value: token, Path: "/"}})
	return b
}

// inEnglish reads the site in English from now on.
func (b *browser) inEnglish() *browser {
	b.fx.t.Helper()
	u, err := url.Parse(b.fx.server.URL)
	must(b.fx.t, err)
	b.c.Jar.SetCookies(u, []*http.Cookie{{Name: "ngon-ngu", Value: "en", Path: "/"}})
	return b
}

// page is an answer of the site.
type page struct {
	*goquery.Document
	t        testing.TB
	status   int
	location string
	header   http.Header
	raw      string
}

func (b *browser) do(req *http.Request) page {
	b.fx.t.Helper()
	resp, err := b.c.Do(req)
	must(b.fx.t, err)
	defer resp.Body.Close() //nolint:errcheck // read whole
	raw, err := io.ReadAll(resp.Body)
	must(b.fx.t, err)
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(raw)))
	must(b.fx.t, err)
	p := page{doc, b.fx.t, resp.StatusCode, resp.Header.Get("Location"), resp.Header, string(raw)}
	p.sane()
	return p
}

// sane holds what is true of every page: at most one primary button, no catalogue key without a message, no id twice,
// every error linked to a field that is there.
func (p page) sane() {
	p.t.Helper()
	if n := p.Find("main .govuk-button").Not(".govuk-button--secondary").Length(); n > 1 {
		p.t.Errorf("%d primary buttons", n)
	}
	if i := strings.Index(p.raw, "⟦"); i >= 0 {
		p.t.Errorf("a message is missing: %.80s", p.raw[i:])
	}
	seen := map[string]bool{}
	for _, s := range p.Find("[id]").EachIter() {
		id, _ := s.Attr("id")
		if seen[id] {
			p.t.Errorf("the id %q stands twice", id)
		}
		seen[id] = true
	}
	for _, a := range p.Find(".govuk-error-summary a").EachIter() {
		href, _ := a.Attr("href")
		if p.Find(href).Filter("input, textarea, select").Length() != 1 {
			p.t.Errorf("the error %q leads to no field", href)
		}
	}
}

func (b *browser) get(path string) page {
	b.fx.t.Helper()
	req, err := http.NewRequestWithContext(b.fx.t.Context(), http.MethodGet, b.fx.server.URL+path, nil)
	must(b.fx.t, err)
	return b.do(req)
}

func (b *browser) post(path string, form url.Values) page {
	b.fx.t.Helper()
	req, err := http.NewRequestWithContext(b.fx.t.Context(), http.MethodPost, b.fx.server.URL+path, strings.NewReader(form.Encode()))
	must(b.fx.t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.do(req)
}

// submit posts the page's form to an action, as a browser does: with all its fields, and these changed.
func (b *browser) submit(p page, action string, changed url.Values) page {
	b.fx.t.Helper()
	form := p.Find(`form[action="` + action + `"]`)
	if form.Length() != 1 {
		b.fx.t.Fatalf("%d forms post to %s", form.Length(), action)
	}
	values := fieldsOf(form)
	for name, v := range changed {
		values[name] = v
	}
	return b.post(action, values)
}

func fieldsOf(form *goquery.Selection) url.Values {
	values := url.Values{}
	for _, in := range form.Find("input[name], textarea[name], select[name]").EachIter() {
		name, _ := in.Attr("name")
		kind, _ := in.Attr("type")
		value, _ := in.Attr("value")
		_, checked := in.Attr("checked")
		switch {
		case (kind == "radio" || kind == "checkbox") && !checked:
		case goquery.NodeName(in) == "textarea":
			values.Add(name, in.Text())
		case goquery.NodeName(in) == "select":
			chosen, _ := in.Find("option[selected]").Attr("value")
			values.Add(name, chosen)
		default:
			values.Add(name, value)
		}
	}
	return values
}

// want checks a status and, for a redirect, where it leads.
func (p page) want(status int, location string) page {
	p.t.Helper()
	if p.status != status || p.location != location {
		p.t.Fatalf("answered %d to %q, want %d to %q\n%s", p.status, p.location, status, location, p.text("main"))
	}
	return p
}

// text is what a part of the page says, white space folded.
func (p page) text(selector string) string {
	return strings.Join(strings.Fields(p.Find(selector).Text()), " ")
}

// says checks that a part of the page says all these.
func (p page) says(selector string, all ...string) page {
	p.t.Helper()
	for _, s := range all {
		if !strings.Contains(p.text(selector), s) {
			p.t.Errorf("%s does not say %q: %s", selector, s, p.text(selector))
		}
	}
	return p
}

// hides checks that the page's source holds none of these.
func (p page) hides(all ...string) page {
	p.t.Helper()
	for _, s := range all {
		if strings.Contains(p.raw, s) {
			p.t.Errorf("the page holds %q", s)
		}
	}
	return p
}

// value is what a field of the page holds.
func (p page) value(selector string) string {
	p.t.Helper()
	s := p.Find(selector)
	if s.Length() != 1 {
		p.t.Fatalf("%d fields %s", s.Length(), selector)
	}
	if goquery.NodeName(s) == "textarea" {
		return s.Text()
	}
	v, _ := s.Attr("value")
	return v
}
