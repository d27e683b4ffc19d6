package screen

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
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/web"
)

// hallFixture is the site over a database with a commune whose dialogue begins now: Friday, 25 October 2024, 08:00.
type hallFixture struct {
	t         *testing.T
	db        *store.DB
	hub       *Hub
	server    *httptest.Server
	authority doithoai.Authority
	dialogue  doithoai.Dialogue
	village   doithoai.Village
	secretary doithoai.Actor
	now       time.Time
}

const (
	heldSlug = "2024-10-25"
	// Personal data which no telephone may show.
	askerName  = "Nguyễn Thị Bí Mật"
	askerPhone = "0905123456"
)

func newHall(t *testing.T) *hallFixture {
	t.Helper()
	f := &hallFixture{t: t, now: time.Date(2024, 10, 10, 1, 0, 0, 0, time.UTC)}
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	var err error
	f.db, err = store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "hall.db"), store.Options{
		Now: func() time.Time { return f.now }, Changed: func(topic string) { f.hub.Tell(topic) },
	})
	f.hub = NewHub(func(ctx context.Context, authority, dialogue doithoai.ID) (doithoai.Live, error) {
		return f.db.Live(ctx, authority, dialogue)
	}, func() calendar.Instant { return f.db.Now() }, log)
	f.must(err)
	t.Cleanup(func() { f.must(f.db.Close()) })
	t.Cleanup(f.hub.Close)
	f.fill(t.Context())
	host := &web.Host{
		Authority: func(context.Context, string) (doithoai.Authority, error) { return f.authority, nil },
		Now:       func() calendar.Instant { return f.db.Now() }, Log: log,
	}
	mux := http.NewServeMux()
	host.Mount(mux, New(Config{DB: f.db, Hub: f.hub}))
	mux.HandleFunc("/", host.NotFound(mux))
	f.server = httptest.NewServer(host.Secure(mux))
	t.Cleanup(f.server.Close)
	return f
}

func (f *hallFixture) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *hallFixture) fill(ctx context.Context) {
	_, err := f.db.StartRecord(ctx, "nghiadung.test/so-doi-chung")
	f.must(err)
	f.authority, err = f.db.SetUp(ctx, store.Setup{
		Authority: doithoai.Authority{
			Slug: "xa-nghia-dung", Name: "UBND xã Nghĩa Dũng", FullName: "Ủy ban nhân dân xã Nghĩa Dũng",
			Place: "Nghĩa Dũng", Prefix: "ND", Phone: "02550000000",
		},
		Units:    []doithoai.Unit{{Code: "van-phong", Name: "Văn phòng", Office: true}},
		Villages: []doithoai.Village{{Name: "Thôn 1"}, {Name: "Thôn 2"}},
	})
	f.must(err)
	villages, err := f.db.Villages(ctx, f.authority.ID)
	f.must(err)
	f.village = villages[0]
	officer := func(login string, role doithoai.Role) doithoai.Actor {
		o, err := f.db.AddOfficer(ctx, doithoai.Officer{
			AuthorityID: f.authority.ID, Login: login, Name: "Người " + login, Roles: []doithoai.Role{role},
		}, "mật khẩu thử nghiệm")
		f.must(err)
		return o.Actor()
	}
	office := officer("van-phong", doithoai.RoleOffice)
	f.secretary = officer("thu-ky", doithoai.RoleSecretary)
	b, err := os.ReadFile("../cmd/doithoai/demo/plan-2024.json")
	f.must(err)
	p, err := parsePlan(b)
	f.must(err)
	taken, err := f.db.TakeOverPlan(ctx, office, p)
	f.must(err)
	starts := calendar.InstantAt(calendar.DateOf(2024, 10, 25), 8, 0)
	f.dialogue, err = f.db.AnnounceNewDialogue(ctx, office, doithoai.Dialogue{
		PlanID: taken.PlanID, Slug: heldSlug, Title: "Hội nghị đối thoại về thủ tục hành chính", Venue: "Hội trường xã",
		Kinds: []doithoai.DialogueKind{doithoai.KindProcedures}, Form: doithoai.FormDirect, Chair: "Ông Đặng Văn Giả Định",
		Contact: "Bà Trần Thị Ví Dụ, " + askerPhone, StartsAt: starts, SlipsUntil: starts,
		Programme: []doithoai.ProgrammeStep{{Title: "Khai mạc.", Minutes: 15}, {Title: "Lắng nghe ý kiến", Minutes: 90}},
	})
	f.must(err)
	f.now = starts.Time()
}

// start starts the dialogue, with the second step of its programme.
func (f *hallFixture) start() {
	f.t.Helper()
	d, err := f.db.StartDialogue(f.t.Context(), f.secretary, f.dialogue.ID, f.dialogue.Version, f.db.Now())
	f.must(err)
	run, err := f.db.Run(f.t.Context(), f.secretary, d.ID)
	f.must(err)
	f.must(f.db.EnterStep(f.t.Context(), f.secretary, d.ID, len(run.Steps)+1, 2))
	f.dialogue = d
}

// asks has somebody speak and raise a question, which is released; its opinion comes back.
func (f *hallFixture) asks(n byte, question string) doithoai.Opinion {
	f.t.Helper()
	ctx := f.t.Context()
	turn := doithoai.Turn{ID: store.NewID(), DialogueID: f.dialogue.ID, Name: askerName, VillageID: f.village.ID}
	f.must(f.db.JoinQueue(ctx, f.secretary, turn))
	f.must(f.db.CallTurn(ctx, f.secretary, f.dialogue.ID, turn.ID, 1))
	got, err := f.db.RecordOpinion(ctx, f.secretary, doithoai.IntakeKey{n}, doithoai.Slip{
		DialogueID: f.dialogue.ID, Matters: []string{question}, NoticeRead: true,
		Petitioner: doithoai.Petitioner{
			Standing: doithoai.StandingPerson, Name: askerName, VillageID: f.village.ID, Phone: askerPhone,
			Ways: []doithoai.Way{doithoai.WayPhone},
		},
	})
	f.must(err)
	s, err := f.db.Screen(ctx, f.secretary, f.dialogue.ID)
	f.must(err)
	_, err = f.db.ShowQuestion(ctx, f.secretary, f.dialogue.ID, s.Version, question, got.Opinions[0].ID, turn.ID, false)
	f.must(err)
	return got.Opinions[0]
}

// browser keeps cookies.
type browser struct {
	f *hallFixture
	*http.Client
}

func (f *hallFixture) browser() browser {
	jar, err := cookiejar.New(nil)
	f.must(err)
	return browser{f, &http.Client{Jar: jar}}
}

// page opens an address and returns the page with its bytes.
func (b browser) page(status int, path string) (*goquery.Document, string) {
	b.f.t.Helper()
	answer, err := b.Get(b.f.server.URL + path)
	b.f.must(err)
	return b.read(status, answer)
}

func (b browser) post(status int, path string, values url.Values) (*goquery.Document, string) {
	b.f.t.Helper()
	answer, err := b.PostForm(b.f.server.URL+path, values)
	b.f.must(err)
	return b.read(status, answer)
}

func (b browser) read(status int, answer *http.Response) (*goquery.Document, string) {
	b.f.t.Helper()
	body, err := io.ReadAll(answer.Body)
	b.f.must(err)
	b.f.must(answer.Body.Close())
	if answer.StatusCode != status {
		b.f.t.Fatalf("%s: %d, want %d", answer.Request.URL.Path, answer.StatusCode, status)
	}
	plain := strings.ReplaceAll(string(body), "\u00a0", " ") // whatever is kept on one line
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(plain))
	b.f.must(err)
	return doc, plain
}

const (
	phonePath = web.FollowLivePath + "/" + heldSlug
	wallPath  = web.ProjectorPath + "/" + heldSlug
	question  = "Giấy này căn cứ vào đâu?"
)

// The projector opens by the code of the console alone, and names who speaks; telephones never do.
func TestProjector(t *testing.T) {
	f := newHall(t)
	b := f.browser()
	screen, err := f.db.Screen(t.Context(), f.secretary, f.dialogue.ID)
	f.must(err)
	doc, _ := b.page(http.StatusOK, wallPath)
	if doc.Find("#ma").Length() != 1 || doc.Find("#chieu").Length() != 0 {
		t.Fatal("it opens without a code")
	}
	for _, path := range []string{wallPath + "/hien-tai", wallPath + "/luong"} {
		b.page(http.StatusNotFound, path)
	}
	doc, _ = b.post(http.StatusUnprocessableEntity, wallPath, url.Values{"ma": {"AAAA AAAA"}})
	if doc.Find(".govuk-error-summary").Length() != 1 {
		t.Error("a wrong code is not told at its field")
	}
	doc, body := b.post(http.StatusOK, wallPath, url.Values{"ma": {" " + strings.ToLower(screen.Code)}})
	if doc.Find("#chieu.dt-show--title h1").Text() != "Hội nghị đối thoại" || strings.Contains(body, askerPhone) {
		t.Errorf("before the start: %s", doc.Find("#chieu").Text())
	}
	f.start()
	doc, _ = b.page(http.StatusOK, wallPath)
	if got := doc.Find("#chieu.dt-show--step h1").Text(); got != "Lắng nghe ý kiến" {
		t.Errorf("step %q", got)
	}
	o := f.asks(1, question)
	doc, body = b.page(http.StatusOK, wallPath+"?nen=toi")
	if doc.Find("body.dt-projected--dark").Length() != 1 || doc.Find("#chieu h1").Text() != question ||
		!strings.Contains(doc.Find(".dt-screen__who").Text(), askerName) || strings.Contains(body, askerPhone) {
		t.Errorf("question: %s", doc.Find("#chieu").Text())
	}
	_, err = f.db.RuleOpinion(t.Context(), f.secretary, o.ID, o.Version, doithoai.Ruling{
		Code: doithoai.RulingComplaint, HandedOver: true, Text: "Hướng dẫn lập đơn khiếu nại.",
	})
	f.must(err)
	doc, body = b.page(http.StatusOK, wallPath)
	if doc.Find("#chieu.dt-show--title").Length() != 1 || strings.Contains(body, question) ||
		strings.Contains(body, askerName) {
		t.Errorf("a complaint: %s", doc.Find("#chieu").Text())
	}
}

// Telephones follow without a name, and without a script.
func TestPhoneFollows(t *testing.T) {
	f := newHall(t)
	b := f.browser()
	doc, _ := b.page(http.StatusOK, phonePath)
	if doc.Find(".dt-programme li").Length() != 2 || doc.Find("#ho-ten").Length() != 0 {
		t.Errorf("before the start: %s", doc.Find("main").Text())
	}
	f.start()
	o := f.asks(1, question)
	doc, body := b.page(http.StatusOK, phonePath)
	if doc.Find(".dt-now__question").Text() != question || !strings.Contains(body, "người nêu ở thôn 1") {
		t.Errorf("%s", doc.Find("main").Text())
	}
	_, part := b.page(http.StatusOK, phonePath+"/hien-tai")
	for _, page := range []string{body, part} {
		for _, secret := range []string{askerName, "Bí Mật", askerPhone} {
			if strings.Contains(page, secret) {
				t.Errorf("a telephone shows %q", secret)
			}
		}
	}
	f.must(f.db.BlankScreen(t.Context(), f.secretary, f.dialogue.ID))
	if _, body = b.page(http.StatusOK, phonePath); strings.Contains(body, `id="bay-gio">`+question) {
		t.Error("a blanked question stays")
	}
	_, err := f.db.RuleOpinion(t.Context(), f.secretary, o.ID, o.Version, doithoai.Ruling{
		Code: doithoai.RulingComplaint, HandedOver: true, Text: "Hướng dẫn lập đơn khiếu nại.",
	})
	f.must(err)
	if _, body = b.page(http.StatusOK, phonePath); strings.Contains(body, question) {
		t.Error("a complaint stays in what was decided")
	}
	b.page(http.StatusNotFound, web.FollowLivePath+"/khong-co")
}

// A hand is raised once by a telephone, which sees its turn; taken down, it may be raised again.
func TestPhoneRaisesAHand(t *testing.T) {
	f := newHall(t)
	f.start()
	b := f.browser()
	raise := url.Values{"viec": {"gio-tay"}, "ho-ten": {"Lê Văn Thử"}, "thon": {string(f.village.ID)}}
	doc, _ := b.post(http.StatusUnprocessableEntity, phonePath, url.Values{"viec": {"gio-tay"}, "ho-ten": {"Lê Văn Thử"}})
	if doc.Find("#ho-ten").AttrOr("value", "") != "Lê Văn Thử" || doc.Find(".govuk-error-summary a").Length() != 1 {
		t.Error("what was typed is lost, or nothing is told")
	}
	for range 2 {
		doc, _ = b.post(http.StatusOK, phonePath, raise)
	}
	if got := doc.Find(".dt-turn__no").Text(); got != "Ông/bà là người tiếp theo" {
		t.Errorf("the turn says %q", got)
	}
	run, err := f.db.Run(t.Context(), f.secretary, f.dialogue.ID)
	f.must(err)
	if len(run.Waiting) != 1 || run.Waiting[0].Ticket != 1 {
		t.Fatalf("%+v", run.Waiting)
	}
	if doc, _ = f.browser().page(http.StatusOK, phonePath); doc.Find(".dt-turn").Length() != 0 {
		t.Error("another telephone sees the turn")
	}
	doc, body := b.post(http.StatusOK, phonePath, url.Values{"viec": {"thoi"}})
	if doc.Find(".dt-turn").Length() != 0 || !strings.Contains(body, "đã thôi phát biểu") {
		t.Errorf("%s", doc.Find("main").Text())
	}
	if doc, _ = b.post(http.StatusOK, phonePath, raise); doc.Find(".dt-turn").Length() != 1 {
		t.Error("a hand that was taken down can't be raised again")
	}
	b.post(http.StatusUnprocessableEntity, phonePath, url.Values{"viec": {"khac"}})
}

func TestPhoneRates(t *testing.T) {
	f := newHall(t)
	f.start()
	b := f.browser()
	d, err := f.db.CloseDialogue(t.Context(), f.secretary, f.dialogue.ID, f.dialogue.Version, f.db.Now())
	f.must(err)
	wrong := url.Values{"viec": {"danh-gia"}, "muc-6": {"9"}, "muc-8": {"4"}}
	doc, _ := b.post(http.StatusUnprocessableEntity, phonePath, wrong)
	if doc.Find(".govuk-error-message").Length() != 1 || doc.Find("#muc-8-4[checked]").Length() != 1 {
		t.Error("nothing is told, or what was chosen is lost")
	}
	doc, _ = b.post(http.StatusOK, phonePath, url.Values{"viec": {"danh-gia"}, "muc-6": {"3"}, "muc-8": {"4"}})
	if doc.Find("#muc-6-3[checked]").Length() != 1 || !strings.Contains(doc.Find("#danh-gia").Text(), "Đã nhận") {
		t.Errorf("%s", doc.Find(".dt-rate").Text())
	}
	r, err := f.db.SurveyResult(t.Context(), f.secretary, doithoai.DialogueSurvey(d.ID))
	f.must(err)
	if total := r.Total(); total.Valid != 1 || total.Answers(5) != 1 || total.Counts[7][3] != 1 || total.Answers(0) != 0 {
		t.Errorf("%+v", total)
	}
}

func TestSheetForTheDoor(t *testing.T) {
	f := newHall(t)
	doc, _ := f.browser().page(http.StatusOK, phonePath+"/qr")
	if doc.Find(".dt-qr svg").Length() != 1 || !strings.Contains(doc.Find(".dt-door__address").Text(), phonePath) {
		t.Error("no code to scan")
	}
	f.authority.Offline = true
	if doc, _ = f.browser().page(http.StatusOK, phonePath+"/qr"); doc.Find(".dt-qr").Length() != 0 {
		t.Error("a code leads to a site that nobody reaches")
	}
}

func TestAsks(t *testing.T) {
	for question, want := range map[string]string{
		"Một câu?":                         "Một câu?",
		"Tôi chờ lâu. Bao giờ xong?":       "Bao giờ xong?",
		"Hết 4.500.000 đồng. Đề nghị trả.": "Đề nghị trả.",
		"Thế này\nSao vậy?":                "Sao vậy?",
		"":                                 "",
		"Vì sao? Ngày 10/7 nộp. Ai giữ nó?": "Ai giữ nó?",
	} {
		if _, got := asks(question); got != want {
			t.Errorf("%q asks %q, want %q", question, got, want)
		}
	}
}
