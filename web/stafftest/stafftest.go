// Package stafftest runs staff sites in tests over a database with a commune and its people, and reads their pages as a
// browser does.
package stafftest

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"doithoai"
	"doithoai/calendar"
	"doithoai/file"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/web"
)

// Password is everybody's.
const Password = "mật khẩu thử nghiệm"

// Morning is when the clock of the tests stands: Wednesday, 23 October 2024, 08:30 in Viet Nam.
var Morning = time.Date(2024, 10, 23, 1, 30, 0, 0, time.UTC)

// people are the officers of the commune, each with one role. One more, "nguoi-khac", works in another authority.
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

// prepared is the database that each test copies, in which everybody has signed in: hashing a password takes long.
type prepared struct {
	file   string
	tokens map[string]string
}

var filled = sync.OnceValues(func() (prepared, error) {
	p := prepared{tokens: map[string]string{}}
	dir, err := os.MkdirTemp("", "doithoai-staff-")
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

// Matter is what somebody writes on a slip.
const Matter = "Tôi xin bản sao trích lục khai sinh, ba lần đến nhận đều bị hẹn lại."

// agent is the browser that everybody signed in with.
const agent = "Mozilla/5.0 (Windows NT 10.0) Firefox/130.0"

func fill(path string, tokens map[string]string) error {
	ctx := context.Background()
	db, err := store.Open(ctx, "sqlite:"+path, store.Options{Now: func() time.Time { return Morning }})
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
		Authority: doithoai.Authority{
			Slug: "xa-nghia-dung", Name: "UBND xã Nghĩa Dũng", FullName: "Ủy ban nhân dân xã Nghĩa Dũng",
			Place: "Nghĩa Dũng", Prefix: "ND", Phone: "02553000001", Demo: true,
		},
		Units: units, Villages: []doithoai.Village{{Name: "Thôn 1"}, {Name: "Thôn 2"}},
	})
	if err != nil {
		return err
	}
	other, err := db.SetUp(ctx, store.Setup{
		Authority: doithoai.Authority{
			Slug: "xa-khac", Name: "UBND xã Khác", FullName: "Ủy ban nhân dân xã Khác", Place: "Khác", Prefix: "KH", Demo: true,
		},
		Units: units[:1], Villages: []doithoai.Village{{Name: "Thôn 1"}},
	})
	if err != nil {
		return err
	}
	ids, err := unitIDs(ctx, db, here.ID)
	if err != nil {
		return err
	}
	for _, p := range people {
		if _, err := db.AddOfficer(ctx, doithoai.Officer{
			AuthorityID: here.ID, UnitID: ids[p.unit], Login: p.login, Name: p.name, Roles: []doithoai.Role{p.role},
		}, Password); err != nil {
			return err
		}
	}
	if _, err = db.AddOfficer(ctx, doithoai.Officer{
		AuthorityID: other.ID, Login: "nguoi-khac", Name: "Người Khác", Roles: []doithoai.Role{doithoai.RoleOffice},
	}, Password); err != nil {
		return err
	}
	officers, err := db.Officers(ctx, "")
	if err != nil {
		return err
	}
	for _, o := range officers {
		if tokens[o.Login], _, err = db.SignIn(ctx, o.AuthorityID, o.Login, Password, agent, "127.0.0.1"); err != nil {
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

// Fixture is a running staff site over a database of its own.
type Fixture struct {
	T         testing.TB
	DB        *store.DB
	Server    *httptest.Server
	Now       time.Time // what the clock shows
	Authority doithoai.Authority
	Other     doithoai.Authority
	Units     map[string]doithoai.ID // by code
	Villages  []doithoai.Village
	Officers  map[string]doithoai.Officer // by login
	Serving   *doithoai.Authority         // the authority that the server's name stands for
	Ways      []doithoai.Way              // besides the telephone
	sites     []func(*store.DB) web.Site
	Tokens    map[string]string // of the sign-ins of that morning, by login
	slips     int
}

// New runs the sites over a database of its own.
func New(t testing.TB, sites ...func(*store.DB) web.Site) *Fixture {
	t.Helper()
	p, err := filled()
	Must(t, err)
	path := filepath.Join(t.TempDir(), "staff.db")
	Must(t, os.WriteFile(path, []byte(p.file), 0o600))
	fx := &Fixture{T: t, Now: Morning, sites: sites, Officers: map[string]doithoai.Officer{}, Tokens: p.tokens}
	fx.DB, err = store.Open(t.Context(), "sqlite:"+path,
		store.Options{Now: func() time.Time { return fx.Now }, Files: t.TempDir()})
	Must(t, err)
	t.Cleanup(func() { Must(t, fx.DB.Close()) })
	all, err := fx.DB.Authorities(t.Context())
	Must(t, err)
	for _, a := range all {
		if a.Prefix == "ND" {
			fx.Authority = a
		} else {
			fx.Other = a
		}
	}
	fx.Serving = &fx.Authority
	fx.Units, err = unitIDs(t.Context(), fx.DB, fx.Authority.ID)
	Must(t, err)
	fx.Villages, err = fx.DB.Villages(t.Context(), fx.Authority.ID)
	Must(t, err)
	officers, err := fx.DB.Officers(t.Context(), "")
	Must(t, err)
	for _, o := range officers {
		fx.Officers[o.Login] = o
	}
	fx.Serve()
	return fx
}

// Serve starts a server of the sites.
func (fx *Fixture) Serve() {
	host := &web.Host{
		Authority: func(context.Context, string) (doithoai.Authority, error) { return *fx.Serving, nil },
		Now:       fx.DB.Now, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		SignIns: web.SignIns{Open: fx.DB.SignIn, Confirm: fx.DB.ConfirmCode, Officer: fx.DB.OfficerOf, Close: fx.DB.SignOut},
	}
	mux := http.NewServeMux()
	for _, site := range fx.sites {
		host.Mount(mux, site(fx.DB))
	}
	mux.HandleFunc("/", host.NotFound(mux))
	fx.Server = httptest.NewServer(host.Secure(mux))
	fx.T.Cleanup(fx.Server.Close)
}

// Must ends the test at an error.
func Must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Key is a new intake key.
func (fx *Fixture) Key() doithoai.IntakeKey {
	fx.slips++
	return doithoai.IntakeKey{byte(fx.slips)}
}

// Slip hands in a slip of one matter from the public site, to be answered by telephone and by Ways, and returns
// its opinion.
func (fx *Fixture) Slip(matter string) doithoai.Opinion {
	fx.T.Helper()
	got, err := fx.DB.SubmitSlip(fx.T.Context(), doithoai.Resident(fx.Authority.ID), fx.Key(), doithoai.Slip{
		Channel: doithoai.ChannelPortal, Manner: doithoai.MannerWritten, Matters: []string{matter}, NoticeRead: true,
		Petitioner: doithoai.Petitioner{
			Standing: doithoai.StandingPerson, Name: "Nguyễn Thị Minh Họa", VillageID: fx.Villages[0].ID,
			Ways: append([]doithoai.Way{doithoai.WayPhone}, fx.Ways...), Phone: "0900000000", Email: "minhhoa@example.com",
			PostAddress: "Tổ 1, thôn 1",
		},
	})
	Must(fx.T, err)
	return got.Opinions[0]
}

// Announce announces a dialogue for Friday, 25 October 2024.
func (fx *Fixture) Announce() {
	fx.T.Helper()
	b, err := os.ReadFile("../cmd/doithoai/demo/plan-2024.json")
	Must(fx.T, err)
	plan, err := plan.Parse(b)
	Must(fx.T, err)
	issued, err := fx.DB.TakeOverPlan(fx.T.Context(), fx.Actor("van-phong"), plan)
	Must(fx.T, err)
	day := calendar.DateOf(2024, 10, 25)
	_, err = fx.DB.AnnounceNewDialogue(fx.T.Context(), fx.Actor("van-phong"), doithoai.Dialogue{
		PlanID: issued.PlanID, Slug: "2024-10-25", Title: "Hội nghị đối thoại năm 2024",
		Venue: "Hội trường", Chair: "Ông Đặng Văn Giả Định",
		Kinds: []doithoai.DialogueKind{doithoai.KindProcedures}, Form: doithoai.FormDirect,
		LateReason: "Hội trường chỉ được giao lại trong tuần này",
		StartsAt:   calendar.InstantAt(day, 8, 0), DoorsAt: calendar.InstantAt(day, 7, 30),
		SlipsUntil: calendar.InstantAt(day, 7, 30),
		Programme:  []doithoai.ProgrammeStep{{Title: "Đối thoại", Minutes: 100}},
	})
	Must(fx.T, err)
}

// Assigned hands in a slip and assigns it to the civil status unit.
func (fx *Fixture) Assigned(matter string) doithoai.Opinion {
	fx.T.Helper()
	o, err := fx.DB.RuleOpinion(fx.T.Context(), fx.Actor("thu-ky"), fx.Slip(matter).ID, 1, doithoai.Ruling{
		Code: doithoai.RulingLater, LeadUnitID: fx.Units["tu-phap-ho-tich"], Due: calendar.DateOf(2024, 10, 30),
	})
	Must(fx.T, err)
	return o
}

// Answered brings an opinion to a dispatched answer.
func (fx *Fixture) Answered(matter string) doithoai.Opinion {
	fx.T.Helper()
	o, ctx := fx.Assigned(matter), fx.T.Context()
	Must(fx.T, fx.DB.SubmitAnswer(ctx, fx.Actor("ho-tich"), o.ID, 1, doithoai.Answer{
		Body: "Bản sao đã có tại bộ phận một cửa.", Basis: "Luật Hộ tịch 2014",
	}))
	Must(fx.T, fx.DB.SignAnswer(ctx, fx.Actor("chu-tich"), o.ID, 2))
	Must(fx.T, fx.DB.DispatchAnswer(ctx, fx.Actor("van-phong"), o.ID, 3, "214/UBND-VP", fx.DB.Now().Date()))
	return o
}

// Actor is who signs in under a login.
func (fx *Fixture) Actor(login string) doithoai.Actor {
	o, ok := fx.Officers[login]
	if !ok {
		fx.T.Fatalf("nobody signs in as %s", login)
	}
	return o.Actor()
}

// Browser is one person's browser: it keeps cookies and shows where redirects lead.
type Browser struct {
	*Fixture
	c *http.Client
}

// Browser is one in which nobody is signed in.
func (fx *Fixture) Browser() *Browser {
	fx.T.Helper()
	jar, err := cookiejar.New(nil)
	Must(fx.T, err)
	return &Browser{fx, &http.Client{
		Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// As is a browser in which somebody is signed in.
func (fx *Fixture) As(login string) *Browser {
	fx.T.Helper()
	b := fx.Browser()
	token := fx.Tokens[login]
	if fx.Now != Morning { // those of the morning are idle by then
		var err error
		token, _, err = fx.DB.SignIn(fx.T.Context(), fx.Officers[login].AuthorityID, login, Password, agent, "127.0.0.1")
		Must(fx.T, err)
	}
	u, err := url.Parse(fx.Server.URL)
	Must(fx.T, err)
	b.c.Jar.SetCookies(u, []*http.Cookie{{Name: "doi-thoai", Value: token, Path: "/"}})
	return b
}

// InEnglish reads the site in English from now on.
func (b *Browser) InEnglish() *Browser { return b.In("en") }

// In reads the site in a language from now on.
func (b *Browser) In(lang string) *Browser {
	b.T.Helper()
	u, err := url.Parse(b.Server.URL)
	Must(b.T, err)
	b.c.Jar.SetCookies(u, []*http.Cookie{{Name: "ngon-ngu", Value: lang, Path: "/"}})
	return b
}

// Page is an answer of the site.
type Page struct {
	*goquery.Document
	T        testing.TB
	Status   int
	Location string
	Header   http.Header
	Raw      string
}

// Do sends a request and reads the answer.
func (b *Browser) Do(req *http.Request) Page {
	b.T.Helper()
	resp, err := b.c.Do(req)
	Must(b.T, err)
	defer resp.Body.Close() //nolint:errcheck // read whole
	raw, err := io.ReadAll(resp.Body)
	Must(b.T, err)
	if strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") { // where a line may end is no matter here
		raw = bytes.ReplaceAll(raw, []byte("\u00a0"), []byte(" "))
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(raw)))
	Must(b.T, err)
	p := Page{doc, b.T, resp.StatusCode, resp.Header.Get("Location"), resp.Header, string(raw)}
	p.sane()
	return p
}

// sane holds what is true of every page: at most one primary button, no catalogue key without a message, no id twice,
// every error linked to a field that is there.
func (p Page) sane() {
	p.T.Helper()
	if n := p.Find("main .govuk-button").Not(".govuk-button--secondary").Length(); n > 1 {
		p.T.Errorf("%d primary buttons", n)
	}
	if i := strings.Index(p.Raw, "⟦"); i >= 0 {
		p.T.Errorf("a message is missing: %.80s", p.Raw[i:])
	}
	seen := map[string]bool{}
	for _, s := range p.Find("[id]").EachIter() {
		id, _ := s.Attr("id")
		if seen[id] {
			p.T.Errorf("the id %q stands twice", id)
		}
		seen[id] = true
	}
	for _, a := range p.Find(".govuk-error-summary a").EachIter() {
		href, _ := a.Attr("href")
		if p.Find(href).Filter("input, textarea, select").Length() != 1 {
			p.T.Errorf("the error %q leads to no field", href)
		}
	}
}

// Get opens a page.
func (b *Browser) Get(path string) Page {
	b.T.Helper()
	req, err := http.NewRequestWithContext(b.T.Context(), http.MethodGet, b.Server.URL+path, nil)
	Must(b.T, err)
	return b.Do(req)
}

// Post sends a form.
func (b *Browser) Post(path string, form url.Values) Page {
	b.T.Helper()
	req, err := http.NewRequestWithContext(b.T.Context(), http.MethodPost, b.Server.URL+path,
		strings.NewReader(form.Encode()))
	Must(b.T, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.Do(req)
}

// Upload sends a form with files, each a name and what it holds, in the field "tep".
func (b *Browser) Upload(path string, form url.Values, files ...[2]string) Page {
	b.T.Helper()
	body, kind := Multipart(b.T, form, files...)
	req, err := http.NewRequestWithContext(b.T.Context(), http.MethodPost, b.Server.URL+path, body)
	Must(b.T, err)
	req.Header.Set("Content-Type", kind)
	return b.Do(req)
}

// Multipart is a form with files as browsers send it, with its content type.
func Multipart(t testing.TB, form url.Values, files ...[2]string) (body *bytes.Buffer, kind string) {
	t.Helper()
	body = new(bytes.Buffer)
	w := multipart.NewWriter(body)
	for name, values := range form {
		for _, v := range values {
			Must(t, w.WriteField(name, v))
		}
	}
	for _, f := range files {
		part, err := w.CreateFormFile(web.FileField, f[0])
		Must(t, err)
		_, err = part.Write([]byte(f[1]))
		Must(t, err)
	}
	Must(t, w.Close())
	return body, w.FormDataContentType()
}

// Keep keeps a file as an upload of somebody.
func Keep(t testing.TB, db *store.DB, a doithoai.Actor, name, content string) doithoai.ID {
	t.Helper()
	c, err := file.Check(t.Context(), strings.NewReader(content), int64(len(content)))
	Must(t, err)
	u, err := db.KeepUpload(t.Context(), a, name, c, strings.NewReader(content))
	Must(t, err)
	return u.ID
}

// PNG is a picture.
func PNG(t testing.TB) string {
	t.Helper()
	var b bytes.Buffer
	Must(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 6, 4))))
	return b.String()
}

// Submit posts the page's form to an action, as a browser does: with all its fields, and these changed.
func (b *Browser) Submit(p Page, action string, changed url.Values) Page {
	b.T.Helper()
	form := p.Find(`form[action="` + action + `"]`)
	if form.Length() != 1 {
		b.T.Fatalf("%d forms post to %s", form.Length(), action)
	}
	values := FieldsOf(form)
	for name, v := range changed {
		values[name] = v
	}
	return b.Post(action, values)
}

// SubmitFile posts the page's form with a file, in the field "tep", as Submit does; "" is no file.
func (b *Browser) SubmitFile(p Page, action string, changed url.Values, file string) Page {
	b.T.Helper()
	values := FieldsOf(p.Find(`form[action="` + action + `"]`))
	for name, v := range changed {
		values[name] = v
	}
	values.Del(web.FileField)
	if file == "" {
		return b.Upload(action, values)
	}
	return b.Upload(action, values, [2]string{"danh-sach", file})
}

// FieldsOf are the fields of a form as a browser would send them.
func FieldsOf(form *goquery.Selection) url.Values {
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

// Want checks a status and, for a redirect, where it leads.
func (p Page) Want(status int, location string) Page {
	p.T.Helper()
	if p.Status != status || p.Location != location {
		p.T.Fatalf("answered %d to %q, want %d to %q\n%s", p.Status, p.Location, status, location, p.Text("main"))
	}
	return p
}

// Text is what a part of the page says, white space folded.
func (p Page) Text(selector string) string {
	return strings.Join(strings.Fields(p.Find(selector).Text()), " ")
}

// Says checks that a part of the page says all these.
func (p Page) Says(selector string, all ...string) Page {
	p.T.Helper()
	for _, s := range all {
		if !strings.Contains(p.Text(selector), s) {
			p.T.Errorf("%s does not say %q: %s", selector, s, p.Text(selector))
		}
	}
	return p
}

// Hides checks that the page's source holds none of these, beside its ids, whose digits are anything.
func (p Page) Hides(all ...string) Page {
	p.T.Helper()
	source := anyID.ReplaceAllString(p.Raw, "")
	for _, s := range all {
		if strings.Contains(source, s) {
			p.T.Errorf("the page holds %q", s)
		}
	}
	return p
}

var anyID = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// Value is what a field of the page holds.
func (p Page) Value(selector string) string {
	p.T.Helper()
	s := p.Find(selector)
	if s.Length() != 1 {
		p.T.Fatalf("%d fields %s", s.Length(), selector)
	}
	if goquery.NodeName(s) == "textarea" {
		return s.Text()
	}
	v, _ := s.Attr("value")
	return v
}

// Leave ends every post of an officer.
func (fx *Fixture) Leave(login string) {
	fx.T.Helper()
	keeper := fx.Actor("chu-tich")
	all, err := fx.DB.Posts(fx.T.Context(), keeper)
	Must(fx.T, err)
	yesterday := fx.DB.Now().Date().AddDays(-1)
	for _, o := range all {
		for _, p := range o.Posts {
			if o.Officer.Login == login && (p.To.IsZero() || p.To.After(yesterday)) {
				Must(fx.T, fx.DB.EndPost(fx.T.Context(), keeper, p.ID, p.Version, yesterday, ""))
			}
		}
	}
}

// Holds returns the officer with what they hold as of now.
func (fx *Fixture) Holds(login string) doithoai.Actor {
	fx.T.Helper()
	all, err := fx.DB.Officers(fx.T.Context(), fx.Authority.ID)
	Must(fx.T, err)
	for _, o := range all {
		if o.Login == login {
			return o.Actor()
		}
	}
	fx.T.Fatalf("nobody signs in as %s", login)
	return doithoai.Actor{}
}

// OpinionID is the id of the opinion of a register number.
func (fx *Fixture) OpinionID(number doithoai.RegisterNumber) doithoai.ID {
	fx.T.Helper()
	id, err := fx.DB.OpinionIDByNumber(fx.T.Context(), fx.Actor("van-phong"), number)
	Must(fx.T, err)
	return id
}
