package main

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/cmd/doithoai/demo"
	"doithoai/text"
	"doithoai/web"
)

// perRoute is how many addresses of one route are opened in one language, by all readers: opinions differ by what
// became of them and by who reads, other pages by their data alone. Each reader opens perReader of them all the same:
// what leads on from there is not for everybody.
const (
	perRoute  = 60
	perReader = 6
)

// crawl is the pages of all sites in one language.
type crawl struct {
	t      *testing.T
	base   string
	lang   string
	mux    *http.ServeMux  // the routes, to tell which one an address belongs to
	opened map[string]int  // addresses, by route
	shown  map[string]bool // routes that answered with something to read
	faults map[string]bool // those that were reported already
}

// reader opens pages as one person.
type reader struct {
	*crawl
	c     *http.Client
	login string // "" for nobody
	actor doithoai.Actor
	queue []link
	mine  map[string]int  // addresses that they opened, by route
	asked map[string]bool // addresses
}

// link is an address and the page that leads there; "" where it comes from the table of routes.
type link struct{ to, from string }

const (
	ofDocument = "/{kind}/{subject}/{part}/ban-ky"
	signedFile = "/noi-bo/van-ban" + ofDocument
)

const ownForm = "/noi-bo/thiet-lap/mau-van-ban/{kind}/{id}"

// unseen are the routes that have nothing to show in this test, each with its reason.
var unseen = map[string]string{
	"GET /hoi-truong/{dialogue}/bien-nhan/{number}":  "only for who has just taken down an opinion",
	"GET /doi-thoai/{slug}/anh.png":                  "a picture, named in the heads of pages that have an address",
	"GET /noi-bo/luong":                              "a stream of the topics that its address names",
	"GET /man-hinh/{dialogue}/luong":                 "a stream, for who typed the console's code",
	"GET /man-hinh/{dialogue}/hien-tai":              "the part of a page that changes, for its script",
	"GET /noi-bo/y-kien/{number}/tep/{file}":         "a file, not a page; only for who has just put a view on record",
	"GET /noi-bo/to-cao/{number}/tep/{file}":         "the same",
	"GET /noi-bo/minh-chung/{of}/{thing}/tep/{file}": "the same",
	"GET /noi-bo/phieu-moi/tep/{upload}":             "a file, not a page; only for who has just uploaded it",
	"GET /noi-bo/doi-thoai/{id}/thanh-phan/nhap/xem": "only after a file was read",
	"GET " + ownForm + "/tep":                        "a file, not a page; the demo's authority has none of its own",
	"GET " + ownForm + "/xem-thu.docx":               "the same",

	"GET " + signedFile:                   "a file, not a page; nothing is signed in the demo, and nothing is made up",
	"GET /van-ban" + ofDocument + ".pdf":  "the same",
	"GET /van-ban" + ofDocument + ".json": "the same",
	"GET /noi-bo/van-ban-den/{id}/ban-ky": "the same",

	"GET /noi-bo/van-ban/{kind}/{subject}/{part}/thay-the": "of what the register alone numbers: the demo has none",

	"GET /noi-bo/van-ban/{kind}/{subject}/{part}/thu-hoi/van-ban": "of a withdrawn document: the demo has none",
	"GET /noi-bo/van-ban/{kind}/{subject}/{part}/thu-hoi/bo":      "the same",

	"GET /noi-bo/doi-thoai/{id}/doi-ngay/thong-bao":      "of a dialogue that was moved: the demo has none",
	"GET /noi-bo/doi-thoai/{id}/doi-ngay/thong-bao.docx": "the same",
	"GET /noi-bo/doi-thoai/{id}/doi-ngay/thong-bao.pdf":  "the same",
	"GET /noi-bo/bao-tin/thon/{village}/phieu.docx":      "the demo has nothing that waits to be read out",
	"GET /noi-bo/bao-tin/thon/{village}/phieu.pdf":       "the same",

	"GET /noi-bo/tong-hop":                   "of a superior: nobody reports to the demo's commune; see TestRollUpPages",
	"GET /noi-bo/tong-hop.csv":               "the same",
	"GET /noi-bo/tong-hop.xlsx":              "the same",
	"GET /noi-bo/tong-hop/tep":               "the same",
	"GET /noi-bo/tong-hop/tep/{file}":        "the same",
	"GET /noi-bo/tong-hop/don-vi-moi":        "the same",
	"GET /noi-bo/tong-hop/xa/{commune}":      "the same",
	"GET /noi-bo/tong-hop/xa/{commune}/khoa": "the same",
}

// TestEveryPage opens every page of all sites in both languages, as nobody and as somebody of every role: what each
// route of the tables answers, to a form that comes half filled in too, and every page to which those lead. Each must
// be made well and say that its data are simulated, and no link may lead nowhere. A page that nobody reaches fails: it
// is linked from nowhere, or the demo has nothing that it could show.
func TestEveryPage(t *testing.T) {
	at := demoFolder(t)
	clock, err := demoCommand{place: at}.clock()
	if err != nil {
		t.Fatal(err)
	}
	free := web.Limit{Every: time.Nanosecond, Burst: 1 << 20}
	s := openDemo(t, at, listening{limits: web.Limits{SignIn: free, Lookup: free, Intake: free, Keeping: free}}, clock)
	askExplanation(t, s)
	village := recordList(t, s)
	s.record.sign(t.Context())
	sites := append(s.publicSites(), s.staffSites()...)
	server := httptest.NewServer(s.handler(sites...))
	defer server.Close()
	mux := http.NewServeMux()
	for _, site := range sites {
		for _, route := range site.Routes {
			mux.Handle(route.Pattern, http.NotFoundHandler())
		}
	}
	people := []*reader{{c: browser(t)}} // nobody first
	for _, login := range slices.Sorted(maps.Keys(everyLogin(t, s))) {
		r := &reader{c: browser(t), login: login, actor: actorOf(t, s, login)}
		signIn(t, r.c, server.URL+"/", login)
		people = append(people, r)
	}
	for _, lang := range []string{"vi", "en"} {
		t.Run(lang, func(t *testing.T) {
			all := &crawl{
				t: t, base: server.URL, lang: lang, mux: mux,
				opened: map[string]int{}, shown: map[string]bool{"GET /ngon-ngu": true}, faults: map[string]bool{},
			}
			for _, r := range people {
				get(t, r.c, server.URL+"/ngon-ngu?sang="+lang)
				r.crawl, r.asked, r.mine = all, map[string]bool{}, map[string]int{}
				switch r.login {
				case "":
					r.follow(s)
				case demo.LoginOffice:
					r.upload("/noi-bo/thiet-lap/nhap-danh-muc", "Tên thôn hoặc tổ dân phố\nThôn 4\nThôn Năm\n")
					r.paste("/noi-bo/danh-sach-thon", village, "1. Đường hỏng.\n2. Ông Nguyễn Văn Thử, xóm 1: Nước yếu.")
				}
				r.readAll(sites)
			}
			for _, site := range sites {
				for _, route := range site.Routes {
					why, excused := unseen[route.Pattern]
					if strings.HasPrefix(route.Pattern, "GET ") && all.shown[route.Pattern] == excused {
						t.Errorf("%s: shown to somebody %v, excused %v %s", route.Pattern, !excused, excused, why)
					}
				}
			}
		})
	}
}

// askExplanation has the chair ask an officer about an opinion on conduct: the story has no such question.
func askExplanation(t *testing.T, s *server) {
	t.Helper()
	got := submitOne(t, s)
	office, chair := actorOf(t, s, demo.LoginOffice), actorOf(t, s, demo.LoginChair)
	justice := officerOf(t, s, demo.LoginJustice)
	o := got.Opinions[0]
	if err := s.db.NameConcerned(t.Context(), office, o.ID, o.Version, []doithoai.ID{justice.ID}); err != nil {
		t.Fatal(err)
	}
	day := demo.Morning.Date().AddDays(2)
	if err := s.db.AskExplanation(t.Context(), chair, o.ID, justice.ID, "Hôm ấy ai trực ở quầy?", day); err != nil {
		t.Fatal(err)
	}
}

// recordList has the office record a village's list of opinions, and returns the village.
func recordList(t *testing.T, s *server) doithoai.ID {
	t.Helper()
	office := actorOf(t, s, demo.LoginOffice)
	villages, err := s.db.Villages(t.Context(), office.AuthorityID)
	if err != nil {
		t.Fatal(err)
	}
	l := doithoai.CompiledList{VillageID: villages[0].ID, Told: 2, Differs: "Trưởng thôn đếm cả đầu danh sách"}
	points := []doithoai.CompiledPoint{{Content: "Danh sách của thôn", Dropped: "Đầu danh sách"}, {Content: "Đường hỏng."}}
	if _, err := s.db.RecordList(t.Context(), office, doithoai.IntakeKey{7}, l, points, "Đường hỏng."); err != nil {
		t.Fatal(err)
	}
	return villages[0].ID
}

// paste sends a village's list as text, to be checked.
func (r *reader) paste(path string, village doithoai.ID, list string) {
	r.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, value := range map[string]string{"thon": string(village), "so-y-kien": "2", "nguyen-van": list} {
		if err := w.WriteField(name, value); err != nil {
			r.t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		r.t.Fatal(err)
	}
	r.send(http.MethodPost, path, w.FormDataContentType(), &b)
}

// follow opens what the receipt codes of the guide open.
func (r *reader) follow(s *server) {
	r.t.Helper()
	a, err := authority(r.t.Context(), s.db, "")
	if err != nil {
		r.t.Fatal(err)
	}
	guide, err := demo.Guide(r.t.Context(), s.db, a, text.For(r.lang))
	if err != nil {
		r.t.Fatal(err)
	}
	codes := regexp.MustCompile(`(?m)^  ((?:[0-9A-Z]+-){2,}[0-9A-Z]+)  `).FindAllStringSubmatch(guide, -1)
	if len(codes) < 4 {
		r.t.Fatalf("%d codes in the guide:\n%s", len(codes), guide)
	}
	for _, code := range codes {
		typed := strings.NewReader(url.Values{"ma": {code[1]}}.Encode())
		r.send(http.MethodPost, "/tra-cuu", "application/x-www-form-urlencoded", typed)
		clear(r.asked) // the same address shows another slip
		r.readQueue()
	}
}

// upload sends a file of villages and reads what would come of it.
func (r *reader) upload(path, file string) {
	r.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	must := func(err error) {
		if err != nil {
			r.t.Fatal(err)
		}
	}
	must(w.WriteField("danh-muc", "thon"))
	part, err := w.CreateFormFile("tep", "thon.csv")
	must(err)
	_, err = io.WriteString(part, file)
	must(err)
	must(w.Close())
	r.send(http.MethodPost, path, w.FormDataContentType(), &b)
}

// readAll opens the routes of sites that could be open to the reader, and then all that was found on their pages. Who
// is refused, and signing out, are left to other tests.
func (r *reader) readAll(sites []web.Site) {
	r.t.Helper()
	for _, site := range sites {
		for _, route := range site.Routes {
			method, pattern, _ := strings.Cut(route.Pattern, " ")
			if route.Act != "" && !doithoai.MayEver(r.actor, route.Act) {
				continue
			}
			path := placeholders.Replace(pattern)
			if method == http.MethodGet {
				r.queue = append(r.queue, link{to: path})
			} else if !route.NoPost {
				r.send(method, path, "application/x-www-form-urlencoded", strings.NewReader(typed.Encode()))
				r.readQueue() // the next form may end what this page leads to
			}
		}
	}
	r.readQueue()
}

func (r *reader) readQueue() {
	r.t.Helper()
	for len(r.queue) > 0 {
		next := r.queue[0]
		r.queue = r.queue[1:]
		r.open(next)
	}
}

// open looks at the page at an address, once.
func (r *reader) open(l link) {
	r.t.Helper()
	address, _, _ := strings.Cut(l.to, "#")
	at, err := url.Parse(r.base + address)
	if err != nil {
		r.t.Fatalf("a link on %s: %v", l.from, err)
	}
	_, route := r.mux.Handler(&http.Request{Method: http.MethodGet, URL: at, Host: at.Host})
	if r.asked[address] || route == "GET /ngon-ngu" || r.opened[route] >= perRoute && r.mine[route] >= perReader {
		return
	}
	r.asked[address] = true
	status := r.send(http.MethodGet, address, "", nil)
	if status < http.StatusBadRequest {
		r.shown[route] = true
		r.opened[route]++
		r.mine[route]++
	} else if l.from != "" && status != http.StatusUnauthorized {
		r.fault("%s leads to %s: %d", l.from, address, status)
	}
}

// fault reports what is wrong, once however many meet it.
func (r *reader) fault(format string, args ...any) {
	r.t.Helper()
	if told := fmt.Sprintf(format, args...); !r.faults[told] {
		r.faults[told] = true
		r.t.Error(told)
	}
}

// send makes a request, looks at the page that answers it, and queues where it leads.
func (r *reader) send(method, address, kind string, form io.Reader) (status int) {
	r.t.Helper()
	request, err := http.NewRequestWithContext(r.t.Context(), method, r.base+address, form)
	if err != nil {
		r.t.Fatal(err)
	}
	request.Header.Set("Content-Type", kind)
	answer, err := r.c.Do(request)
	if err != nil {
		r.t.Fatalf("%s %s: %v", method, address, err)
	}
	if to := answer.Header.Get("Location"); to != "" {
		r.queue = append(r.queue, link{to, address})
		if strings.HasPrefix(to, web.SignInPath) {
			answer.StatusCode = http.StatusUnauthorized
		}
	}
	if !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") || answer.Header.Get("Location") != "" {
		answer.Body.Close() //nolint:errcheck // a file, a stream or a way on: there is no page to look at
		return answer.StatusCode
	}
	page := body(r.t, answer)
	doc := parsed(r.t, page)
	faults := partFaults(doc)
	if strings.HasPrefix(page, "<!") {
		faults = append(faults, pageFaults(doc, r.lang)...)
		if mark := text.For(r.lang).T("web.demo.mark"); !strings.Contains(doc.Find(".dt-strip").Text(), mark) {
			faults = append(faults, "it doesn't say "+mark)
		}
	}
	if method == http.MethodPost && doc.Find(`form[method=post][action="`+address+`"]`).Length() == 0 {
		// The form is over, somebody else was faster: there are no fields to which a summary could lead.
		faults = slices.DeleteFunc(faults, func(fault string) bool { return strings.HasPrefix(fault, deadLink) })
	}
	for _, fault := range faults {
		r.fault("%s %s (%s): %s", method, address, answer.Status, fault)
	}
	for _, a := range doc.Find(`a[href^="/"], form:not([method=post])[action^="/"]`).EachIter() {
		r.queue = append(r.queue, link{a.AttrOr("href", a.AttrOr("action", "")), address})
	}
	return answer.StatusCode
}
