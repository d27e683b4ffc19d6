package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
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
	"doithoai/setup"
	"doithoai/store"
	"doithoai/web"
)

var searchAll = store.Search{Limit: 50}

// openDemo opens a server over a data folder without listening.
func openDemo(t testing.TB, at place, l listening, clock *demo.Clock) *server {
	t.Helper()
	var now func() time.Time
	if clock != nil {
		now = clock.Now
	}
	l.Log = slog.LevelError
	s, err := open(t.Context(), console{out: io.Discard, err: t.Output()}, at, l, now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.db.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func officerOf(t testing.TB, s *server, login string) doithoai.Officer {
	t.Helper()
	all, err := s.db.Officers(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range all {
		if o.Login == login {
			return o
		}
	}
	t.Fatalf("no officer %s", login)
	return doithoai.Officer{}
}

func actorOf(t testing.TB, s *server, login string) doithoai.Actor {
	return officerOf(t, s, login).Actor()
}

// walkedNumber is the opinion that the walk asks for: led by the justice unit, answered, published by its officer's
// proposal.
const walkedNumber = "ND-24-0028"

// placeholders are replaced by ids that exist nowhere: who may do the act finds nothing there.
var placeholders = strings.NewReplacer(
	"{number}", walkedNumber, "{dialogue}", "2024-10-25", "{slug}", "2024", "{act}", "trinh", "{path...}", "0/000",
	"{id}", "00000000-0000-7000-8000-000000000000", "{delivery}", "00000000-0000-7000-8000-000000000000", "{$}", "",
	"{file}", "00000000-0000-7000-8000-000000000000", "{from}", walkedNumber,
	"{list}", "thon", "van-ban/{key}", "van-ban/luat-72-2025-qh15",
	"{kind}/{key}", "tra-loi/document.reply.ends", "{key}", "answer.simple", "{version}", "0",
	"{date}", "2024-09-02", "{form}", "csv", "{item}", "00000000-0000-7000-8000-000000000000",
	"{village}", "00000000-0000-7000-8000-000000000000", "{person}", "00000000-0000-7000-8000-000000000000",
	"{unit}", "00000000-0000-7000-8000-000000000000", "{proof}", "00000000-0000-7000-8000-000000000000",
	"{request}", "00000000-0000-7000-8000-000000000000", "{upload}", "00000000-0000-7000-8000-000000000000",
	"{turn}", "00000000-0000-7000-8000-000000000000", "{sheet}", "1", "{of}", "task",
	"{commune}", "xa-vi-du", "{guide}/ban/{edition}", "1/ban/1", "{guide}", "1",
	"{thing}", "00000000-0000-7000-8000-000000000000", "{note}", "00000000-0000-7000-8000-000000000000",
	"{promise}", "00000000-0000-7000-8000-000000000000", "{kind}/{subject}", "reply/00000000-0000-7000-8000-000000000000",
	"{quarter}", "2024-q3", "{survey}", "thu-tuc-2024-q4", "{stack}", "00000000-0000-7000-8000-000000000000",
	"mau-khao-sat/{kind}", "mau-khao-sat/dialogue",
	"{kind}", "tra-loi", "{part}", "0",
	"{urging}", "1", "{edition}", "0", "{ban}", "0", "{text}", "thong-bao", "{duty}", "notice_media",
)

// typed fills the forms of the acts, so that what is refused is refused for want of permission. No version is in it:
// nothing is ever done.
var typed = url.Values{
	"tra-loi": {"Trả lời thử."}, "ly-do": {"Lý do thử."}, "so": {"999/UBND-VP"}, "ngay": {"23/10/2024"},
	"tieu-de": {"Thử"}, "cau-hoi": {"Thử?"}, "tom-tat": {"Thử."},
}

// ask requests a route and returns the status and where it leads.
func ask(t *testing.T, c *http.Client, base string, route web.Route) (status int, location string) {
	t.Helper()
	method, pattern, ok := strings.Cut(route.Pattern, " ")
	path := placeholders.Replace(pattern)
	if !ok || strings.ContainsAny(path, "{}") {
		t.Fatalf("the walk can't fill in %q: add its placeholder", route.Pattern)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel() // ends a stream
	form := ""
	if method == http.MethodPost {
		form = typed.Encode()
	}
	r, err := http.NewRequestWithContext(ctx, method, base+path, strings.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := c.Do(r)
	if err != nil {
		t.Fatalf("%s: %v", route.Pattern, err)
	}
	defer answer.Body.Close() //nolint:errcheck // only the head is looked at
	return answer.StatusCode, answer.Header.Get("Location")
}

var refusals = map[doithoai.Kind]int{doithoai.NotAllowed: http.StatusForbidden, doithoai.NotFound: http.StatusNotFound}

// TestEveryRoleOnEveryRoute walks every registered route of both sites as nobody and as every role: it is open, leads
// to the sign-in, or is refused, exactly as the table of permissions says. A route whose act stands in no row fails.
func TestEveryRoleOnEveryRoute(t *testing.T) {
	at := demoFolder(t)
	clock, err := demoCommand{place: at}.clock()
	if err != nil {
		t.Fatal(err)
	}
	free := web.Limit{Every: time.Nanosecond, Burst: 1 << 20}
	s := openDemo(t, at, listening{limits: web.Limits{SignIn: free, Lookup: free, Intake: free, Keeping: free}}, clock)
	server := httptest.NewServer(s.handler(append(s.publicSites(), s.staffSites()...)...))
	defer server.Close()
	justice := officerOf(t, s, demo.LoginJustice)
	walked := doithoai.Subject{
		AuthorityID: justice.AuthorityID, State: doithoai.PetitionAnswered, LeadUnitID: justice.UnitID,
		ProposedBy: justice.ID,
	}
	office := officerOf(t, s, demo.LoginOffice).Actor()
	id, err := s.db.OpinionIDByNumber(t.Context(), office, walkedNumber)
	if err != nil {
		t.Fatal(err)
	}
	file, err := s.db.OpinionFile(t.Context(), office, id)
	if err != nil {
		t.Fatal(err)
	}
	walked.HandedIn = file.Subject.HandedIn
	checkPublicRoutes(t, s, server.URL)
	checkStaffRoutes(t, s, server.URL)
	wantNoSetUp(t, s, server.URL)
	for login, role := range everyLogin(t, s) {
		t.Run(string(role), func(t *testing.T) {
			c, actor := browser(t), actorOf(t, s, login)
			signIn(t, c, server.URL+"/", login)
			for _, site := range s.staffSites() {
				for _, route := range site.Routes {
					if route.Act == doithoai.ActWithdrawCorrection { // the walk itself hands one in
						if file, err = s.db.OpinionFile(t.Context(), office, id); err != nil {
							t.Fatal(err)
						}
						walked.Correction = file.Subject.Correction
					}
					status, to := ask(t, c, server.URL, route)
					checkAdmission(t, route, actor, walked, settled(t, c, server.URL, status, to))
					if strings.HasSuffix(route.Pattern, "/dang-xuat") {
						signIn(t, c, server.URL+"/", login)
					} else if !route.Open && strings.HasPrefix(to, web.SignInPath) {
						t.Errorf("%s leads to the sign-in", route.Pattern)
					}
				}
			}
		})
	}
}

// checkPublicRoutes asks for every public route as nobody: each is open.
func checkPublicRoutes(t *testing.T, s *server, base string) {
	t.Helper()
	for _, site := range s.publicSites() {
		if site.Staff {
			t.Error("a staff site stands among the public ones")
		}
		for _, route := range site.Routes {
			status, to := ask(t, browser(t), base, route)
			if status == http.StatusUnauthorized || status == http.StatusForbidden || status >= 500 ||
				strings.HasPrefix(to, web.SignInPath) {
				t.Errorf("nobody on %s: %d %s", route.Pattern, status, to)
			}
		}
	}
}

// checkStaffRoutes asks for every staff route as nobody: each leads to the sign-in, which alone is open, and some role
// may do its act.
func checkStaffRoutes(t *testing.T, s *server, base string) {
	t.Helper()
	routes := 0
	for _, site := range s.staffSites() {
		if !site.Staff {
			t.Error("a public site stands among those of the staff")
		}
		for _, route := range site.Routes {
			routes++
			_, path, _ := strings.Cut(route.Pattern, " ")
			if route.Open != (path == web.SignInPath) || route.Open != (route.Act == "") {
				t.Errorf("%s must name its act; only the sign-in is open", route.Pattern)
			}
			if !route.Open && len(doithoai.Reaches(doithoai.Actor{Roles: doithoai.OfficerRoles}, route.Act)) == 0 {
				t.Errorf("%s: no role may %q", route.Pattern, route.Act)
			}
			status, to := ask(t, browser(t), base, route)
			if asked := status == http.StatusSeeOther && strings.HasPrefix(to, web.SignInPath); asked == route.Open {
				t.Errorf("nobody on %s: %d %s", route.Pattern, status, to)
			}
		}
	}
	if routes < 20 {
		t.Fatalf("only %d staff routes", routes)
	}
}

// everyLogin returns the logins of somebody of every role of officers: those of the demo, and new ones for the roles
// that it lacks.
func everyLogin(t *testing.T, s *server) map[string]doithoai.Role {
	t.Helper()
	logins := map[string]doithoai.Role{}
	for _, role := range doithoai.OfficerRoles {
		i := slices.IndexFunc(demo.Officers(), func(o doithoai.Officer) bool { return o.Roles[0] == role })
		if i >= 0 {
			logins[demo.Officers()[i].Login] = role
			continue
		}
		o := doithoai.Officer{
			AuthorityID: officerOf(t, s, demo.LoginChair).AuthorityID,
			Login:       "vai." + strings.ReplaceAll(string(role), "_", "-"), Name: "Người Thử Vai", Post: "Thử vai",
			Roles: []doithoai.Role{role},
		}
		if _, err := s.db.AddOfficer(t.Context(), o, demo.Password); err != nil {
			t.Fatal(err)
		}
		logins[o.Login] = role
	}
	return logins
}

// wantNoSetUp checks that the pages that set an authority up are gone once there is one.
func wantNoSetUp(t *testing.T, s *server, base string) {
	t.Helper()
	site, _, err := setup.New(setup.Config{
		DB: s.db, Now: s.db.Now, Keep: func([]byte) error { return nil }, Done: func() {},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, route := range site.Staff().Routes {
		if status, to := ask(t, browser(t), base, route); status != http.StatusNotFound {
			t.Errorf("%s after the set-up: %d %s", route.Pattern, status, to)
		}
	}
}

// settled follows an answer that leads to another page: that page decides.
func settled(t *testing.T, c *http.Client, base string, status int, to string) int {
	t.Helper()
	if status != http.StatusSeeOther || !strings.HasPrefix(to, "/noi-bo/y-kien/") {
		return status
	}
	r, _ := get(t, c, base+to)
	return r.StatusCode
}

// checkAdmission holds a status against the table of permissions.
func checkAdmission(t *testing.T, route web.Route, actor doithoai.Actor, walked doithoai.Subject, status int) {
	t.Helper()
	if route.Open {
		return
	}
	if !doithoai.MayEver(actor, route.Act) {
		if status != http.StatusForbidden {
			t.Errorf("%s may be done to nothing, and is answered with %d", route.Pattern, status)
		}
		return
	}
	about := []string{"/noi-bo/y-kien/{number}", "/noi-bo/to-cao/{number}", "/noi-bo/cau-hoi/{number}"}
	if slices.ContainsFunc(about, func(s string) bool { return strings.Contains(route.Pattern, s) }) {
		if err := doithoai.Can(actor, route.Act, walked); err != nil {
			if want := refusals[doithoai.KindOf(err)]; status != want {
				t.Errorf("%s is refused (%v), and answered with %d, not %d", route.Pattern, err, status, want)
			}
			return
		}
	}
	if strings.Contains(route.Pattern, web.GuidesPath+"/{guide}") { // the first page's unit is the walked opinion's
		if err := doithoai.Can(actor, route.Act, walked); err != nil {
			if status != http.StatusForbidden {
				t.Errorf("%s is refused (%v), and answered with %d", route.Pattern, err, status)
			}
			return
		}
	}
	nowhere := []string{"{id}", "{stack}", "{request}", "{upload}", "{thing}", "{delivery}", "{file}", "{from}",
		"{promise}", "{subject}", web.ReadingPath("{village}"), "/xem-tep", "/xem-ban-ky", "/bien-nhan",
		"/bien-ban/so", "/ket-luan/so", web.RollUpPath} // nobody reports to the demo's commune
	nothingThere := slices.ContainsFunc(nowhere, func(s string) bool { return strings.Contains(route.Pattern, s) })
	if status == http.StatusForbidden || status >= 500 || status == http.StatusNotFound && !nothingThere {
		t.Errorf("%s is allowed, and answered with %d", route.Pattern, status)
	}
}

// TestStaffAddress: with an address of its own, no staff route answers on the public one, whoever asks.
func TestStaffAddress(t *testing.T) {
	p := startProgram(t, "demo", "--data", demoFolder(t).Data, "--addr", "127.0.0.1:0", "--office-addr", "127.0.0.1:0")
	public, staff := p.urls[0], p.urls[1]
	c := browser(t) // cookies don't know ports: the sign-in goes to both addresses
	signIn(t, c, staff, demo.LoginOffice)
	s := &server{}
	for _, site := range s.staffSites() {
		for _, route := range site.Routes {
			if status, _ := ask(t, c, strings.TrimSuffix(public, "/"), route); status != http.StatusNotFound {
				t.Errorf("%s on the public address: %d", route.Pattern, status)
			}
		}
	}
	if r, _ := get(t, c, staff); r.StatusCode != http.StatusSeeOther || r.Header.Get("Location") != "/noi-bo" {
		t.Errorf("the staff address itself: %s %s", r.Status, r.Header.Get("Location"))
	}
	for _, path := range []string{"noi-bo", "readyz", "tep/app.css"} {
		if r, _ := get(t, c, staff+path); r.StatusCode != http.StatusOK {
			t.Errorf("%s on the staff address: %s", path, r.Status)
		}
	}
	if r, _ := get(t, c, staff+"gui-y-kien"); r.StatusCode != http.StatusNotFound {
		t.Errorf("a public page on the staff address: %s", r.Status)
	}
	if code := p.end(); code != exitDone {
		t.Errorf("ended with %d", code)
	}
}

// TestReceiptOutlivesALookUp follows a slip at the portal while the receipt of the hall waits to be printed, in one
// browser: neither loses its code to the other.
func TestReceiptOutlivesALookUp(t *testing.T) {
	p := startProgram(t, "demo", "--data", demoFolder(t).Data, "--addr", "127.0.0.1:0")
	base, c := p.urls[0], browser(t)
	signIn(t, c, base, demo.LoginSecretary)
	console := base + "hoi-truong/2024-10-25"
	_, page := get(t, c, console)
	form := url.Values{"ho-ten": {"Lê Văn Thử"}, "noi-dung": {"Đường thôn 1 ngập."}}
	hidden := regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)"`)
	for _, field := range hidden.FindAllStringSubmatch(page, -1) {
		form.Add(field[1], field[2])
	}
	recorded, page := post(t, c, console, form)
	if recorded.StatusCode != http.StatusSeeOther {
		t.Fatalf("recording an opinion: %s\n%.2000s", recorded.Status, page)
	}
	to, err := recorded.Location()
	if err != nil {
		t.Fatal(err)
	}
	followed := string(codeOf("niem yet va dien thoai"))
	if r, _ := post(t, c, base+"tra-cuu", url.Values{"ma": {followed}}); r.StatusCode != http.StatusSeeOther {
		t.Fatalf("following a slip: %s", r.Status)
	}
	if r, _ := get(t, c, console+"/bien-nhan/"+to.Query().Get("so")); r.StatusCode != http.StatusOK {
		t.Errorf("the receipt to print: %s", r.Status)
	}
	if r, _ := get(t, c, base+"tra-cuu/y-kien"); r.StatusCode != http.StatusOK {
		t.Errorf("the slip that is followed: %s", r.Status)
	}
	if code := p.end(); code != exitDone {
		t.Errorf("ended with %d", code)
	}
}

// What is planted, and must stand in no log line and no address.
const (
	plantedName    = "Zung Thị Bí Mật"
	plantedPhone   = "0987650123"
	plantedEmail   = "bimat.zung@example.com"
	plantedContent = "Nội dung riêng tư chưa ai được đọc"
)

// TestNothingPersonalLeaks plants a name, a number, an address and a receipt code through the form, opens every page
// that could carry them on, and looks for them in the log, in every address, and on public pages.
func TestNothingPersonalLeaks(t *testing.T) {
	p := startProgram(t, "demo", "--data", demoFolder(t).Data, "--addr", "127.0.0.1:0", "--log", "debug")
	base := p.urls[0]
	c := browser(t)
	_, page := get(t, c, base+"gui-y-kien")
	village := regexp.MustCompile(`value="([0-9a-f-]{36})"`).FindStringSubmatch(page[strings.Index(page, `name="thon"`):])
	if village == nil {
		t.Fatal("no village on the form")
	}
	key := newKey()
	form := slipValues(key, village[1])
	var addresses []string
	send := func(c *http.Client, path string, form url.Values) string {
		t.Helper()
		r, page := post(t, c, base+path, form)
		addresses = append(addresses, r.Header.Get("Location"))
		if r.StatusCode >= 500 {
			t.Fatalf("%s: %s", path, r.Status)
		}
		return page
	}
	send(c, "gui-y-kien", form)
	send(c, "gui-y-kien/bien-nhan", form)
	_, receipt := get(t, c, base+"gui-y-kien/bien-nhan")
	code := strings.Join(doithoai.NewReceiptCode(key).Groups(), "")
	wantCode(t, receipt, code)
	send(c, "gui-y-kien/bien-nhan", form)                                       // once more
	send(c, "gui-y-kien/bien-nhan", url.Values{"ho-ten": {plantedName}})        // without the rest
	send(c, "tra-cuu", url.Values{"ma": {code}})                                // followed
	send(c, "tra-cuu", url.Values{"ma": {code[:15] + "2"}, "x": {plantedName}}) // mistyped
	get(t, c, base+"tra-cuu/bien-nhan.json")
	for _, path := range []string{
		"", "hoi-dap?q=" + url.QueryEscape(plantedContent),
		"tra-cuu", "tra-cuu/y-kien", "so-doi-chung", "doi-thoai/2024-10-25",
	} {
		r, page := get(t, browser(t), base+path)
		addresses = append(addresses, r.Header.Get("Location"))
		// What a reader searches for comes back to the reader alone.
		shown := strings.ReplaceAll(page, `value="`+plantedContent+`"`, "")
		for _, secret := range []string{plantedName, plantedPhone, plantedEmail, code} {
			if strings.Contains(shown, secret) {
				t.Errorf("/%s shows %q to anybody", path, secret)
			}
		}
	}
	number := regexp.MustCompile(`ND-24-\d{4}`).FindString(receipt)
	for _, login := range []string{demo.LoginOffice, demo.LoginSecretary, demo.LoginChair, demo.LoginAdmin} {
		c := browser(t)
		signIn(t, c, base, login)
		for _, path := range []string{
			"noi-bo", "noi-bo/y-kien", "noi-bo/y-kien/" + number, "hoi-truong/2024-10-25",
			"hoi-truong/2024-10-25/y-kien/" + number,
		} {
			r, _ := get(t, c, base+path)
			addresses = append(addresses, r.Header.Get("Location"))
		}
		send(c, "noi-bo/y-kien/"+number+"/nguoi-neu", url.Values{"ly-do-xem": {"verify"}})
	}
	if code := p.end(); code != exitDone {
		t.Errorf("ended with %d", code)
	}
	wantNoLeak(t, code, p.err.String(), addresses)
}

// wantCode checks that a receipt shows its code, however the code is set.
func wantCode(t *testing.T, receipt, code string) {
	t.Helper()
	words := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(receipt, "")
	spelled := regexp.MustCompile(`[^0-9A-Z]`).ReplaceAllString(words, "")
	if !strings.Contains(spelled, code) {
		t.Fatalf("the receipt does not show its code:\n%.3000s", receipt)
	}
}

// wantNoLeak looks for what was planted, and for the receipt code, in the log and in the addresses.
func wantNoLeak(t *testing.T, code, log string, addresses []string) {
	t.Helper()
	if strings.Count(log, "msg=served") < 20 {
		t.Fatalf("the log has no line for each request:\n%s", log)
	}
	for _, secret := range leakForms(code) {
		if strings.Contains(log, secret) {
			t.Errorf("the log has %q", secret)
		}
		if i := slices.IndexFunc(addresses, func(a string) bool { return strings.Contains(a, secret) }); i >= 0 {
			t.Errorf("an address has %q: %s", secret, addresses[i])
		}
	}
}

// leakForms are the spellings in which a secret could slip out.
func leakForms(code string) (all []string) {
	dashed := fmt.Sprintf("%s-%s-%s-%s", code[:4], code[4:8], code[8:12], code[12:])
	for _, s := range []string{plantedName, plantedPhone, plantedEmail, plantedContent, code, dashed} {
		all = append(all, s, url.QueryEscape(s), url.PathEscape(s), strings.ToLower(s))
	}
	return all
}
