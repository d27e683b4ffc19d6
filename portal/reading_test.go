package portal

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"net/http"
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
	"golang.org/x/mod/sumdb/note"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/tlog"
	"doithoai/web"
)

// reader is the portal of one commune over a database of its own, for the pages that people read. Its clock stands on
// Wednesday, 23 October 2024, 09:00.
type reader struct {
	public    *url.URL // where the portal can be reached, as the operator says
	t         *testing.T
	db        *store.DB
	authority doithoai.Authority
	plan      plan.Plan
	dialogue  doithoai.Dialogue
	villages  []doithoai.Village
	units     map[string]doithoai.ID

	chair, office, secretary, land doithoai.Actor

	signer note.Signer
	vkey   string
	now    time.Time
	mux    http.Handler
	slips  int
}

const (
	readerOrigin = "nghiadung.test/so-doi-chung"
	readerHost   = "nghiadung.test"
	// Personal data which no page may show.
	secretName  = "Nguyễn Thị Bí Mật"
	secretPhone = "0905123456"
)

// readerOnce is the filled database of the first test, copied for each of the others: hashing passwords takes its time.
var readerOnce struct {
	sync.Mutex
	file  []byte
	made  reader
	ready bool
}

func newReader(t *testing.T) *reader {
	t.Helper()
	readerOnce.Lock()
	defer readerOnce.Unlock()
	path := filepath.Join(t.TempDir(), "portal.db")
	if !readerOnce.ready {
		f := &reader{t: t, now: time.Date(2024, 10, 8, 1, 0, 0, 0, time.UTC), units: map[string]doithoai.ID{}}
		f.fill(path)
		readerOnce.made, readerOnce.ready = *f, true
		var err error
		readerOnce.file, err = os.ReadFile(path)
		f.must(err)
	}
	f := readerOnce.made
	f.t, f.now = t, time.Date(2024, 10, 23, 2, 0, 0, 0, time.UTC)
	f.must(os.WriteFile(path, readerOnce.file, 0o600))
	f.open(path)
	t.Cleanup(func() { f.must(f.db.Close()) })
	skey, vkey, err := tlog.GenerateKey(rand.Reader, readerOrigin)
	f.must(err)
	f.vkey = vkey
	f.signer, err = note.NewSigner(skey)
	f.must(err)
	f.serve()
	return &f
}

func (f *reader) open(path string) {
	db, err := store.Open(f.t.Context(), "sqlite:"+path,
		store.Options{Now: func() time.Time { return f.now }, Files: f.t.TempDir()})
	f.must(err)
	f.db = db
}

// fill makes the commune with its people, plan and dialogue, and closes the file.
func (f *reader) fill(path string) {
	ctx := f.t.Context()
	f.open(path)
	_, err := f.db.StartRecord(ctx, readerOrigin)
	f.must(err)
	f.setUp(ctx)
	f.announce(ctx)
	f.must(f.db.Close())
}

func (f *reader) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *reader) setUp(ctx context.Context) {
	var err error
	f.authority, err = f.db.SetUp(ctx, store.Setup{
		Authority: doithoai.Authority{
			Slug: "xa-nghia-dung", Name: "UBND xã Nghĩa Dũng", FullName: "Ủy ban nhân dân xã Nghĩa Dũng",
			Place: "Nghĩa Dũng", Prefix: "ND", Demo: true,
			Phone: "02550000000", Address: "Thôn 2, xã Nghĩa Dũng",
			Hours: "Thứ Hai đến thứ Sáu, 07 giờ đến 11 giờ 30 và 13 giờ 30 đến 17 giờ",
		},
		Units: []doithoai.Unit{
			{Code: "van-phong", Name: "Văn phòng", Office: true, Contact: "Bà Trần Thị Ví Dụ, Văn phòng", Phone: "02550000001"},
			{Code: "dia-chinh", Name: "Bộ phận Địa chính"},
		},
		Villages: []doithoai.Village{{Name: "Thôn 1"}, {Name: "Thôn 2"}},
	})
	f.must(err)
	units, err := f.db.Units(ctx, f.authority.ID)
	f.must(err)
	for _, u := range units {
		f.units[u.Code] = u.ID
	}
	f.villages, err = f.db.Villages(ctx, f.authority.ID)
	f.must(err)
	for _, h := range []struct {
		actor *doithoai.Actor
		login string
		unit  doithoai.ID
		role  doithoai.Role
	}{
		{&f.chair, "chu-tich", "", doithoai.RoleChair},
		{&f.office, "van-phong", f.units["van-phong"], doithoai.RoleOffice},
		{&f.secretary, "thu-ky", "", doithoai.RoleSecretary},
		{&f.land, "dia-chinh", f.units["dia-chinh"], doithoai.RoleUnitOfficer},
	} {
		o, err := f.db.AddOfficer(ctx, doithoai.Officer{
			AuthorityID: f.authority.ID, UnitID: h.unit, Login: h.login, Name: "Người " + h.login,
			Roles: []doithoai.Role{h.role},
		}, "mật khẩu thử nghiệm")
		f.must(err)
		*h.actor = o.Actor()
	}
}

func (f *reader) announce(ctx context.Context) {
	b, err := os.ReadFile("../cmd/doithoai/demo/plan-2024.json")
	f.must(err)
	f.plan, err = plan.Parse(b)
	f.must(err)
	plan, err := f.db.TakeOverPlan(ctx, f.office, f.plan)
	f.must(err)
	day := calendar.DateOf(2024, 10, 30)
	f.dialogue, err = f.db.AnnounceNewDialogue(ctx, f.office, doithoai.Dialogue{
		PlanID: plan.PlanID, Slug: "2024-10-30", Title: "Hội nghị đối thoại về thủ tục hành chính, năm 2024",
		Venue: "Hội trường UBND xã Nghĩa Dũng", Chair: "Ông Đặng Văn Giả Định, Chủ tịch UBND xã",
		Kinds: []doithoai.DialogueKind{doithoai.KindProcedures}, Form: doithoai.FormDirect,
		StartsAt: calendar.InstantAt(day, 8, 0), DoorsAt: calendar.InstantAt(day, 7, 30),
		SlipsUntil: calendar.InstantAt(day.AddDays(-1), 16, 30),
		Programme: []doithoai.ProgrammeStep{
			{Title: "Đón tiếp đại biểu và ổn định tổ chức", Minutes: 30, Presenter: "Văn phòng"},
			{Title: "Tuyên bố lý do, giới thiệu đại biểu", Minutes: 15, Presenter: "Văn phòng"},
			{Title: "Lắng nghe ý kiến, phản ánh, kiến nghị", Minutes: 90, Presenter: "Chủ tịch UBND xã"},
			{Title: "Tiếp thu, giải trình, trả lời", Minutes: 60, Presenter: "Chủ tịch UBND xã"},
		},
	})
	f.must(err)
}

func (f *reader) serve() {
	host := &web.Host{
		Authority: func(context.Context, string) (doithoai.Authority, error) { return f.authority, nil },
		Now:       func() calendar.Instant { return calendar.InstantOf(f.now) },
		Log:       slog.New(slog.NewTextHandler(io.Discard, nil)),
		PublicURL: f.public,
	}
	mux := http.NewServeMux()
	host.Mount(mux, New(Config{
		DB: f.db, VerifierKey: func() string { return f.vkey }, Origin: func() string { return readerOrigin },
	}))
	mux.HandleFunc("/", host.NotFound(mux))
	f.mux = host.Secure(mux)
}

// publish brings one matter from the slip to a published answer and returns its register number and slip.
func (f *reader) publish(matter, title, answer, field string) (doithoai.RegisterNumber, doithoai.ID) {
	f.t.Helper()
	ctx := f.t.Context()
	r := f.submit(matter)
	o := r.Opinions[0]
	_, err := f.db.RuleOpinion(ctx, f.secretary, o.ID, 1, doithoai.Ruling{
		Code: doithoai.RulingLater, LeadUnitID: f.units["dia-chinh"], Due: calendar.DateOf(2024, 11, 6),
	})
	f.must(err)
	f.must(f.db.SubmitAnswer(ctx, f.land, o.ID, 1, doithoai.Answer{
		Body: "Kính gửi bà " + secretName + ". " + answer, Basis: "Luật Đất đai 2013",
	}))
	f.must(f.db.SignAnswer(ctx, f.chair, o.ID, 2))
	f.must(f.db.DispatchAnswer(ctx, f.office, o.ID, 3, fmt.Sprintf("%d/UBND-VP", 14+f.slips),
		calendar.InstantOf(f.now).Date()))
	f.must(f.db.ProposePublication(ctx, f.office, o.ID, 0,
		doithoai.Publication{Title: title, Question: matter, Answer: answer}))
	f.must(f.db.ApprovePublication(ctx, f.chair, o.ID, 1))
	return o.Number, r.SlipID
}

func (f *reader) submit(matters ...string) store.Received {
	f.t.Helper()
	f.slips++
	key := doithoai.IntakeKey{byte(f.slips), byte(f.slips >> 8), 1}
	r, err := f.db.SubmitSlip(f.t.Context(), doithoai.Resident(f.authority.ID), key, doithoai.Slip{
		DialogueID: f.dialogue.ID, Channel: doithoai.ChannelPortal, Manner: doithoai.MannerWritten, Matters: matters,
		FieldCode: "dat-dai", NoticeRead: true,
		Petitioner: doithoai.Petitioner{Standing: doithoai.StandingPerson, Name: secretName, VillageID: f.villages[0].ID,
			Ways: []doithoai.Way{doithoai.WayPhone}, Phone: secretPhone},
	})
	f.must(err)
	return r
}

func (f *reader) sign() {
	f.t.Helper()
	f.must(f.db.SignRecord(f.t.Context(), f.signer, func(tlog.Checkpoint) error { return nil }))
}

// receipt makes the receipt of a slip as its holder gets it.
func (f *reader) receipt(slip doithoai.ID, signed bool) tlog.Receipt {
	f.t.Helper()
	ctx := f.t.Context()
	all, err := f.db.EvidenceOf(ctx, slip)
	f.must(err)
	r := tlog.Receipt{
		Schema: tlog.ReceiptSchema, Demo: true, DemoNotice: tlog.DemoNotice, Authority: f.authority.FullName,
		Origin: readerOrigin, Key: f.vkey,
	}
	for _, e := range all {
		entry := tlog.Entry{Leaf: e.Leaf, Index: e.Index, Opening: e.Opening}
		leaf, err := tlog.ParseLeaf(e.Leaf)
		f.must(err)
		r.Received = leaf.Time
		r.Numbers = append(r.Numbers, string(e.Number))
		if signed {
			key, err := tlog.ParseKey(f.vkey)
			f.must(err)
			c, err := f.db.Checkpoint(ctx)
			f.must(err)
			opened, err := tlog.OpenCheckpoint([]byte(c.Note), key)
			f.must(err)
			entry.Checkpoint = c.Note
			entry.Proof, err = tlog.Prove(ctx, opened.Size, e.Index, opened.Root, f.db.ReadHashes)
			f.must(err)
		}
		r.Entries = append(r.Entries, entry)
	}
	return r
}

func (f *reader) do(req *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	req.Host = readerHost
	f.mux.ServeHTTP(w, req)
	return w
}

func (f *reader) get(path string) *httptest.ResponseRecorder {
	return f.do(httptest.NewRequest(http.MethodGet, path, nil))
}

// shortDay is a day of the week as tables of the staff write it.
var shortDay = regexp.MustCompile(`(T[2-7]|CN), (ngày )?\d\d/\d\d`)

// page gets a page and fails the test unless it answers with the status and shows no personal data and no missing word.
func (f *reader) page(status int, path string) *goquery.Document {
	f.t.Helper()
	return f.document(status, f.get(path))
}

func (f *reader) document(status int, w *httptest.ResponseRecorder) *goquery.Document {
	f.t.Helper()
	if w.Code != status {
		f.t.Fatalf("status %d, want %d: %.600s", w.Code, status, w.Body)
	}
	body := strings.ReplaceAll(w.Body.String(), "\u00a0", " ")
	for _, never := range []string{secretName, secretPhone, "905123456", "⟦", "⟧"} {
		if strings.Contains(body, never) {
			f.t.Errorf("the page shows %q", never)
		}
	}
	if day := shortDay.FindString(body); day != "" {
		f.t.Errorf("the page calls a day %q, which is also a month", day)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	f.must(err)
	if n := doc.Find("h1").Length(); n != 1 {
		f.t.Errorf("%d level-one headings", n)
	}
	return doc
}

// textOf is the text of a selection with its white space as people see it.
func textOf(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

func wantText(t *testing.T, s *goquery.Selection, want string) {
	t.Helper()
	if got := textOf(s); !strings.Contains(got, want) {
		t.Errorf("%q does not say %q", got, want)
	}
}

// Every page to read answers in both languages.
func TestPagesToReadSpeakBothLanguages(t *testing.T) {
	f := newReader(t)
	number, _ := f.publish("Thủ tục đất đai của tôi bao giờ xong?", "Thủ tục đất đai",
		"Đã trả kết quả ngày 20/10.", "dat-dai")
	f.sign()
	for _, path := range []string{
		plansPath, planPath("2024"), dialoguesPath, dialoguePath(f.dialogue.Slug), answersPath, answersPath + "?tim=xong",
		answerPath(number), recordPath,
		"/du-lieu-ca-nhan", "/tro-nang",
	} {
		for _, lang := range []string{"vi", "en"} {
			t.Run(fmt.Sprint(lang, path), func(t *testing.T) {
				req := httptest.NewRequest(http.MethodGet, path, nil)
				req.AddCookie(&http.Cookie{Name: "ngon-ngu", Value: lang})
				doc := f.document(http.StatusOK, f.do(req))
				if got := doc.Find("html").AttrOr("lang", ""); got != lang {
					t.Errorf("language %q", got)
				}
				wantText(t, doc.Find(".dt-strip"), map[string]string{"vi": "DỮ LIỆU MÔ PHỎNG", "en": "SIMULATED"}[lang])
			})
		}
	}
	for _, path := range []string{
		planPath("1999"), dialoguePath("khong-co"), calendarPath("khong-co"), answerPath("ND-24-9999"),
	} {
		f.page(http.StatusNotFound, path)
	}
}

// An address copied from paper or out of a sentence leads to the page that is meant, with what was asked.
func TestAddressesAsPeopleRetypeThem(t *testing.T) {
	f := newReader(t)
	number, _ := f.publish("Nộp ở đâu?", "Nơi nộp", "Nộp tại một cửa.", "dat-dai")
	for typed, want := range map[string]string{
		"/ke-hoach/": plansPath, "/tra-cuu/": followPath, "/gui-y-kien/": slipPath, "/Gui-Y-Kien": slipPath,
		"/hoi-dap/?tim=nop": answersPath + "?tim=nop", "/so-doi-chung/": recordPath,
		answerPath(number) + "/": answerPath(number), "/HOI-DAP/" + string(number): answerPath(number),
	} {
		w := f.get(typed)
		if to := w.Header().Get("Location"); w.Code != http.StatusMovedPermanently || to != want {
			t.Errorf("%s: %d to %q, want %q", typed, w.Code, to, want)
			continue
		}
		f.page(http.StatusOK, want)
	}
}
