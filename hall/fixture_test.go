package hall

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
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
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/web"
)

// hallTest is a commune with a dialogue, served with its clock at Wednesday, 23 October 2024, 08:00.
type hallTest struct {
	*testing.T
	db       *store.DB
	live     *web.Live
	site     http.Handler
	log      bytes.Buffer
	officers map[string]doithoai.Officer // by login, which is the token too
	units    []doithoai.Unit
	villages []doithoai.Village
	dialogue doithoai.Dialogue
	other    doithoai.Dialogue // of another authority
	later    time.Duration     // passed since the clock
}

var clock = calendar.InstantAt(calendar.DateOf(2024, 10, 23), 8, 0)

const root = "/hoi-truong/2024-10-25"

// prepared is the database that every test starts with: made once, for the passwords of its officers take long.
var prepared struct {
	once sync.Once
	file []byte
	hall hallTest
	here doithoai.Authority
}

func newHall(t *testing.T) *hallTest {
	t.Helper()
	prepared.once.Do(func() { fill(t) })
	path := filepath.Join(t.TempDir(), "hall.db")
	if err := os.WriteFile(path, prepared.file, 0o600); err != nil || len(prepared.file) == 0 {
		t.Fatal("no database to start with", err)
	}
	made := &prepared.hall
	h := &hallTest{
		T: t, live: web.NewLive(), officers: made.officers, units: made.units, villages: made.villages,
		dialogue: made.dialogue, other: made.other,
	}
	h.open(path)
	t.Cleanup(func() {
		h.live.Close()
		h.must(h.db.Close())
	})
	h.serve(prepared.here)
	return h
}

func (h *hallTest) open(path string) {
	h.Helper()
	var err error
	h.db, err = store.Open(h.Context(), "sqlite:"+path, store.Options{
		Now: func() time.Time { return clock.Time().Add(h.later) }, Changed: h.live.Tell,
	})
	h.must(err)
}

func fill(t *testing.T) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "filled.db")
	h := &prepared.hall
	h.T, h.live, h.officers = t, web.NewLive(), map[string]doithoai.Officer{}
	h.open(path)
	_, err := h.db.StartRecord(t.Context(), "nghiadung.test/so-doi-chung")
	h.must(err)
	prepared.here = h.setUp("xa-nghia-dung", "ND")
	h.dialogue = h.announce(prepared.here, "vanphong")
	h.other = h.announce(h.setUp("xa-khac", "KH"), "vanphong-xa-khac")
	h.units, err = h.db.Units(t.Context(), prepared.here.ID)
	h.must(err)
	h.villages, err = h.db.Villages(t.Context(), prepared.here.ID)
	h.must(err)
	h.must(h.db.Close())
	prepared.file, err = os.ReadFile(path)
	h.must(err)
}

func (h *hallTest) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

func (h *hallTest) setUp(slug, prefix string) doithoai.Authority {
	h.Helper()
	a, err := h.db.SetUp(h.Context(), store.Setup{
		Authority: doithoai.Authority{
			Slug: slug, Name: "UBND xã Nghĩa Dũng", FullName: "Ủy ban nhân dân xã Nghĩa Dũng", Place: "Nghĩa Dũng",
			Prefix: prefix, Phone: "02550000000", Demo: true,
		},
		Units: []doithoai.Unit{
			{Code: "van-phong", Name: "Bộ phận Văn phòng UBND", Office: true, Contact: "Bà Lê Thị Giả Dụ"},
			{Code: "tu-phap", Name: "Bộ phận Tư pháp – Hộ tịch"},
			{Code: "dia-chinh", Name: "Bộ phận Địa chính – Xây dựng"},
		},
		Villages: []doithoai.Village{{Name: "Thôn 1"}, {Name: "Thôn 2"}},
	})
	h.must(err)
	suffix := ""
	if prefix != "ND" {
		suffix = "-" + slug
	}
	for login, role := range map[string]doithoai.Role{
		"thuky": doithoai.RoleSecretary, "vanphong": doithoai.RoleOffice, "chutich": doithoai.RoleChair,
		"diachinh": doithoai.RoleUnitOfficer, "quantri": doithoai.RoleAdministrator,
	} {
		if suffix != "" && role != doithoai.RoleOffice {
			continue // a password takes long
		}
		o, err := h.db.AddOfficer(h.Context(), doithoai.Officer{
			AuthorityID: a.ID, Login: login + suffix, Name: "Người " + login, Roles: []doithoai.Role{role},
		}, "mật khẩu thử nghiệm")
		h.must(err)
		h.officers[o.Login] = o
	}
	return a
}

func (h *hallTest) announce(a doithoai.Authority, by string) doithoai.Dialogue {
	h.Helper()
	b, err := os.ReadFile("../cmd/doithoai/demo/plan-2024.json")
	h.must(err)
	plan, err := plan.Parse(b)
	h.must(err)
	actor := h.officers[by].Actor()
	issued, err := h.db.TakeOverPlan(h.Context(), actor, plan)
	h.must(err)
	day := calendar.DateOf(2024, 10, 25)
	d, err := h.db.AnnounceNewDialogue(h.Context(), actor, doithoai.Dialogue{
		PlanID: issued.PlanID, Slug: "2024-10-25", Title: "Hội nghị đối thoại năm 2024",
		Venue: "Hội trường", Chair: "Ông Đặng Văn Giả Định",
		LateReason: "Hội trường chỉ được giao lại trong tuần này",
		Kinds:      []doithoai.DialogueKind{doithoai.KindProcedures}, Form: doithoai.FormDirect,
		StartsAt: calendar.InstantAt(day, 8, 0), DoorsAt: calendar.InstantAt(day, 7, 30),
		SlipsUntil: calendar.InstantAt(day, 7, 30),
		Programme:  []doithoai.ProgrammeStep{{Title: "Đối thoại", Minutes: 100}},
	})
	h.must(err)
	return d
}

func (h *hallTest) serve(a doithoai.Authority) {
	host := &web.Host{
		Authority: func(context.Context, string) (doithoai.Authority, error) { return a, nil },
		Now:       h.db.Now, Log: slog.New(slog.NewTextHandler(&h.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		SignIns: web.SignIns{Officer: func(_ context.Context, token string) (doithoai.Officer, error) {
			if o, ok := h.officers[token]; ok {
				return o, nil
			}
			return doithoai.Officer{}, doithoai.Refuse(doithoai.Unauthenticated, "account.sign_in.needed")
		}},
	}
	mux := http.NewServeMux()
	host.Mount(mux, New(Config{DB: h.db, Live: h.live}))
	h.site = host.Secure(mux)
}

// answer is what came back.
type answer struct {
	*httptest.ResponseRecorder
	doc *goquery.Document
	t   *testing.T
}

func (h *hallTest) do(login, method, path string, f url.Values, cookies ...*http.Cookie) answer {
	h.Helper()
	r := httptest.NewRequest(method, "http://localhost"+path, strings.NewReader(f.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if login != "" {
		r.AddCookie(&http.Cookie{Name: "doi-thoai", Value: login})
	}
	for _, c := range cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	h.site.ServeHTTP(w, r)
	if strings.Contains(w.Body.String(), "⟦") {
		h.Errorf("%s %s: a message is missing: %.200s", method, path, w.Body.String()[strings.Index(w.Body.String(), "⟦"):])
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(w.Body.Bytes()))
	h.must(err)
	return answer{w, doc, h.T}
}

func (h *hallTest) get(path string, cookies ...*http.Cookie) answer {
	h.Helper()
	return h.do("thuky", http.MethodGet, path, nil, cookies...)
}

func (h *hallTest) post(path string, f url.Values) answer {
	h.Helper()
	return h.do("thuky", http.MethodPost, path, f)
}

// fields reads the form of a page as a browser would send it.
func (a answer) fields() url.Values {
	f := url.Values{}
	a.doc.Find("form[data-console]").Find("input, select, textarea").Each(func(_ int, s *goquery.Selection) {
		name := s.AttrOr("name", "")
		switch kind := s.AttrOr("type", ""); {
		case kind == "radio" || kind == "checkbox":
			if _, checked := s.Attr("checked"); checked {
				f.Set(name, s.AttrOr("value", ""))
			}
		case goquery.NodeName(s) == "select":
			chosen := s.Find("option[selected]")
			if chosen.Length() == 0 {
				chosen = s.Find("option").First()
			}
			f.Set(name, chosen.AttrOr("value", ""))
		case goquery.NodeName(s) == "textarea":
			f.Set(name, s.Text())
		default:
			f.Set(name, s.AttrOr("value", ""))
		}
	})
	return f
}

// fill opens a page's form and types into it: pairs of name and value.
func (h *hallTest) fill(path string, pairs ...string) url.Values {
	h.Helper()
	f := h.get(path).fields()
	for i := 0; i < len(pairs); i += 2 {
		f.Set(pairs[i], pairs[i+1])
	}
	return f
}

// record takes an opinion down and returns its row.
func (h *hallTest) record(name, content string) store.HallRow {
	h.Helper()
	if a := h.post(root, h.fill(root, "ho-ten", name, "noi-dung", content)); a.Code != http.StatusSeeOther {
		h.Fatalf("status %d: %s", a.Code, a.text("main"))
	}
	rows := h.rows()
	return rows[len(rows)-1]
}

func (h *hallTest) rows() []store.HallRow {
	h.Helper()
	rows, err := h.db.DialogueOpinions(h.Context(), h.officers["thuky"].Actor(), h.dialogue.ID)
	h.must(err)
	return rows
}

func (h *hallTest) file(id doithoai.ID) store.OpinionFile {
	h.Helper()
	f, err := h.db.OpinionFile(h.Context(), h.officers["thuky"].Actor(), id)
	h.must(err)
	return f
}

func (a answer) text(selector string) string {
	return strings.Join(strings.Fields(a.doc.Find(selector).Text()), " ")
}

// want fails the test where the status or a text of the selected elements is another.
func (a answer) want(status int, pairs ...string) {
	a.t.Helper()
	if a.Code != status {
		a.t.Fatalf("status %d, want %d: %s", a.Code, status, a.text("main"))
	}
	for i := 0; i < len(pairs); i += 2 {
		if got := a.text(pairs[i]); !strings.Contains(got, pairs[i+1]) {
			a.t.Errorf("%s says %q, want %q", pairs[i], got, pairs[i+1])
		}
	}
}

func (a answer) cookie(name string) *http.Cookie {
	for _, c := range a.Result().Cookies() {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// receipt fails the test where the page offers another receipt than that of an opinion; "" is none.
func (a answer) receipt(number string) {
	a.t.Helper()
	var offered []string
	for _, l := range a.doc.Find(`a[href*="/bien-nhan/"]`).EachIter() {
		offered = append(offered, strings.TrimPrefix(l.AttrOr("href", ""), root+"/bien-nhan/"))
	}
	if got := strings.Join(offered, " "); got != number {
		a.t.Errorf("the receipt of %q is offered, want %q: %s", got, number, a.text(".dt-done"))
	}
}
