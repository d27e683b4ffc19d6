package portal

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/text/unicode/norm"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/web"
)

// typed is what a person types: the form's values by the names of its fields.
type typed = url.Values

// goodSlip is a form that can be sent, with one matter.
func (f *reader) goodSlip() typed {
	return typed{
		"khoa": {"AAECAwQFBgcICQoLDA0ODw"}, "doi-thoai": {string(f.dialogue.ID)},
		"noi-dung": {"Đường vào thôn 2 ngập mỗi khi mưa."},
		"cach-neu": {"written"}, "toi-la": {"person"}, "ho-ten": {"Lê Văn Thử"}, "thon": {string(f.villages[0].ID)},
		"nhan-tra-loi": {"pick_up"}, "da-doc": {"1"},
	}
}

// with changes values of a form; nil takes one away.
func with(v typed, pairs ...any) typed {
	c := typed{}
	for k, list := range v {
		c[k] = list
	}
	for i := 0; i < len(pairs); i += 2 {
		name := pairs[i].(string)
		switch value := pairs[i+1].(type) {
		case nil:
			delete(c, name)
		case string:
			c[name] = []string{value}
		case []string:
			c[name] = value
		}
	}
	return c
}

// browserKey is the key of a browser that has posted a form before.
var browserKey = &http.Cookie{Name: web.KeptCookie.String(), Value: strings.Repeat("QkJC", 10) + "QkI"}

// post sends a form as a browser on the site does, one that keeps cookies.
func (f *reader) post(path string, v typed, cookies ...*http.Cookie) *httptest.ResponseRecorder {
	return f.postBare(path, v, append([]*http.Cookie{browserKey}, cookies...)...)
}

// postBare sends a form with these cookies alone.
func (f *reader) postBare(path string, v typed, cookies ...*http.Cookie) *httptest.ResponseRecorder {
	req := httptest.NewRequest(http.MethodPost, path, strings.NewReader(v.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range cookies {
		req.AddCookie(c)
	}
	return f.do(req)
}

// follow goes where an answer leads, with the cookies that it set, as a browser does after a form.
func (f *reader) follow(w *httptest.ResponseRecorder, cookies ...*http.Cookie) *httptest.ResponseRecorder {
	f.t.Helper()
	if w.Code != http.StatusSeeOther {
		f.t.Fatalf("the answer to a form is a page: %d", w.Code)
	}
	for w.Code == http.StatusSeeOther {
		path, _, _ := strings.Cut(w.Header().Get("Location"), "#")
		cookies = append(slices.Clone(cookies), w.Result().Cookies()...)
		w = f.getWith(path, cookies...)
	}
	return w
}

// shown is the page to which the answer to a form leads.
func (f *reader) shown(w *httptest.ResponseRecorder, cookies ...*http.Cookie) *goquery.Document {
	f.t.Helper()
	return f.document(200, f.follow(w, cookies...))
}

// hidden reads the form that a page would send: its hidden fields, and the fields as they stand.
func hidden(doc *goquery.Document, action string) typed {
	v := typed{}
	doc.Find(`form[action="` + action + `"]`).First().Find("input[type=hidden]").Each(func(_ int, s *goquery.Selection) {
		v.Add(s.AttrOr("name", ""), s.AttrOr("value", ""))
	})
	return v
}

// contents are the opinions in the store, in the order of their receipt.
func (f *reader) contents() (list []string) {
	f.t.Helper()
	rows, _, err := f.db.Register(f.t.Context(), f.office, store.Filter{Limit: 100})
	f.must(err)
	for _, row := range rows {
		list = append(list, row.Opinion.Content)
	}
	return list
}

// code reads the receipt code off a receipt.
func code(doc *goquery.Document) string {
	return strings.ReplaceAll(textOf(doc.Find(".dt-keepsake .dt-code__value")), " ", "")
}

func TestSlipFromEmptyFormToReceipt(t *testing.T) {
	f := newReader(t)
	form := f.page(200, slipPath)
	empty := hidden(form, slipPath)
	if len(empty.Get("khoa")) != 22 || empty.Get("doi-thoai") != string(f.dialogue.ID) {
		t.Fatalf("hidden fields %v", empty)
	}
	slip := with(f.goodSlip(), "khoa", empty.Get("khoa"))

	lines := hidden(f.shown(f.post(slipPath, with(slip, "ho-ten", "Lê  Văn\n\nThử"))), receiptPath)
	if got := lines.Get("ho-ten"); got != "Lê Văn Thử" {
		t.Errorf("the name is not of one line: %q", got)
	}
	check := f.shown(f.post(slipPath, slip))
	wantText(t, check.Find("main"), "Đường vào thôn 2 ngập mỗi khi mưa.")
	wantText(t, check.Find("main"), "Lê Văn Thử")
	wantText(t, check.Find("main"), "Đến nhận tại trụ sở UBND xã")
	if n := len(f.contents()); n != 0 {
		t.Fatalf("%d opinions before anything was sent", n)
	}
	sent := hidden(check, receiptPath)

	w := f.follow(f.post(receiptPath, sent))
	receipt := f.document(200, w)
	if w.Header().Get("Cache-Control") != "no-store" {
		t.Error("a receipt may be kept in a cache")
	}
	wantText(t, receipt.Find(".dt-numbers"), "ND-24-0001")
	for _, want := range []string{
		"chậm nhất thứ Sáu, ngày 25/10/2024", // 2 working days after Wednesday
		"08 giờ, thứ Tư, ngày 30/10/2024",    // the dialogue
		"chậm nhất thứ Bảy, ngày 09/11/2024", // 10 days after it
		"tại trụ sở UBND xã",                 // the way chosen
		"chậm nhất thứ Tư, ngày 13/11/2024",  // 10 working days after it
	} {
		wantText(t, receipt.Find(".moj-timeline"), want)
	}
	wantText(t, receipt.Find("main"), "Sổ đối chứng, dòng 1:")
	if _, err := doithoai.ParseReceiptCode(code(receipt)); err != nil {
		t.Errorf("code %q: %v", code(receipt), err)
	}
	if receipt.Find(".dt-qr path").Length() != 2 {
		t.Error("no QR code")
	}
	again := f.shown(f.post(receiptPath, sent)) // a reload, or a double click
	if code(again) != code(receipt) || len(f.contents()) != 1 {
		t.Errorf("sent twice: codes %q and %q, %d opinions", code(receipt), code(again), len(f.contents()))
	}
	if strings.Contains(w.Body.String(), "?ma=") || strings.Contains(receipt.Find("a").Text(), code(receipt)) {
		t.Error("the code stands in an address")
	}
}

// Every form of the public site, good or bad, is answered by the address of a page, which carries nothing that was
// typed.
func TestNoPageAnswersAForm(t *testing.T) {
	f := newReader(t)
	open := &http.Cookie{Name: web.LookupCookie.String(), Value: string(f.submit("Việc của tôi.").Code)}
	surveys := []typed{{"sang-loc": {"co"}, "muc-1": {"5"}}, {"sang-loc": {"khong"}}, {"y-kien": {"Lê Văn Thử"}}, {}}
	forms := map[string][]typed{
		slipPath:      {f.goodSlip(), with(f.goodSlip(), "ho-ten", ""), with(f.goodSlip(), "buoc", "them"), {}},
		receiptPath:   {f.goodSlip(), with(f.goodSlip(), "thon", ""), with(f.goodSlip(), "noi-dung", "Việc khác."), {}},
		followPath:    {{"ma": {open.Value}}, {"ma": {"Lê Văn Thử"}}, {}},
		ratePath:      {{"so": {"ND-24-0001"}}, {"so": {"ND-24-0001"}, "giai-quyet": {"part"}}},
		againPath:     {{"so": {"ND-24-0001"}, "chua-dong-y": {"Chưa đồng ý."}}},
		closePath:     {{}},
		recordPath:    {{receiptField: {"Lê Văn Thử"}}, {}},
		checkCodePath: {{"ma": {open.Value}}, {"ma": {"Lê Văn Thử"}}, {}},

		web.SurveyPath: surveys, web.AnswersSurveyPath: surveys,

		web.PublicSurveyPath(f.dialogue.Slug): {{"muc-1": {"5"}}, {"y-kien": {"Lê Văn Thử"}}, {}},

		web.InvitationPath: {{"ma": {open.Value}, "tra-loi": {"accepted"}}, {"ma": {"Lê Văn Thử"}}, {}},
	}
	carry := []string{followedPath, carriedPath, receiptFilePath}
	for _, k := range ownKinds {
		carry = append(carry, k.path)
		forms[k.path+sendPart] = []typed{{"so": {"ND-24-0001"}, "ho-ten": {"Lê Văn Thử"}, "bo-sung": {"Lê Văn Thử"}}, {}}
	}
	for _, route := range New(Config{DB: f.db}).Routes {
		method, path, _ := strings.Cut(strings.ReplaceAll(route.Pattern, "{slug}", f.dialogue.Slug), " ")
		if method != http.MethodPost || slices.Contains(carry, path) {
			continue // the last are of browsers that keep no cookies
		}
		if len(forms[path]) == 0 {
			t.Errorf("no form is tried on %s", path)
		}
		for _, form := range forms[path] {
			w := f.post(path, form, open)
			if w.Code != http.StatusSeeOther {
				t.Errorf("%s %v is answered by %d", path, form, w.Code)
				continue
			}
			to, err := url.QueryUnescape(w.Header().Get("Location"))
			if err != nil || strings.Contains(to, "Lê Văn Thử") || strings.Contains(to, open.Value) {
				t.Errorf("%s leads to %s: what was typed stands in an address", path, to)
			}
			f.shown(w, open)
			f.shown(w, open) // a reload
		}
	}
}

// What is kept opens to its own browser alone; once exactly that was sent, it shows its receipt.
func TestKeptSlipOpensToItsBrowserAlone(t *testing.T) {
	f := newReader(t)
	w := f.post(slipPath, f.goodSlip())
	to := w.Header().Get("Location")
	check := f.shown(w)
	wantText(t, check.Find("main"), "Lê Văn Thử")
	for _, c := range []*http.Cookie{nil, {Name: web.KeptCookie.String(), Value: strings.Repeat("A", 43)}} {
		if other := f.follow(f.getWith(to, c), c); strings.Contains(other.Body.String(), "Lê Văn Thử") {
			t.Error("another browser reads what was typed")
		}
	}
	sent := f.shown(f.post(receiptPath, hidden(check, receiptPath)))
	form, _, _ := strings.Cut(strings.Replace(to, checkPath, slipPath, 1), "#")
	for _, path := range []string{to, form} { // back, to the check or to a question
		if again := f.shown(f.getWith(path, browserKey), browserKey); code(again) != code(sent) {
			t.Errorf("%s shows %q", path, textOf(again.Find("h1")))
		}
	}
	if n := len(f.contents()); n != 1 {
		t.Errorf("%d opinions", n)
	}
	changed := f.shown(f.post(slipPath, with(f.goodSlip(), "noi-dung", "Việc khác hẳn.", keptField, "")), browserKey)
	wantText(t, changed.Find("main"), "Việc khác hẳn.") // under the key of what was sent
	f.now = f.now.Add(time.Hour)
	wantText(t, f.document(200, f.getWith(form, browserKey)).Find("main"), "Phiếu viết dở này không còn")
	if f.getWith(f.post(slipPath, f.goodSlip()).Header().Get("Location")).Code != http.StatusSeeOther {
		t.Error("without its cookie a kept slip opens")
	}
}

// A browser's first form is posted twice, the second time with a key: the answer leads to an address then, too.
func TestFirstFormOfABrowser(t *testing.T) {
	f := newReader(t)
	first := f.postBare(slipPath, f.goodSlip())
	to, cookies := first.Header().Get("Location"), first.Result().Cookies()
	if first.Code != http.StatusTemporaryRedirect || len(cookies) != 1 || cookies[0].MaxAge != 1800 ||
		!strings.HasPrefix(to, slipPath+"?") {
		t.Fatalf("%d, to %q with %v", first.Code, to, cookies)
	}
	wantText(t, f.shown(f.postBare(to, f.goodSlip(), cookies...), cookies...).Find("main"), "Lê Văn Thử")
	if w := f.getWith(slipPath); len(w.Result().Cookies()) != 0 {
		t.Error("who only reads gets a cookie")
	}
}

// Without cookies everything works: the page itself is the answer to its form, and carries all along.
func TestSlipWithoutCookies(t *testing.T) {
	f := newReader(t)
	answer := func(path string, form typed) *goquery.Document {
		t.Helper()
		w := f.postBare(path, form)
		if w.Code == http.StatusTemporaryRedirect {
			w = f.postBare(w.Header().Get("Location"), form)
		}
		if w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("the answer of %s may be kept in a cache", path)
		}
		return f.document(200, w)
	}
	fields := answer(slipPath, with(f.goodSlip(), "buoc", "them"))
	if fields.Find("textarea").Length() != 2 || fields.Find("#ho-ten").AttrOr("value", "") != "Lê Văn Thử" {
		t.Error("one more matter loses what was typed")
	}
	wrong := answer(slipPath, with(f.goodSlip(), "ho-ten", ""))
	wantText(t, wrong.Find(".govuk-error-summary"), "Ghi họ và tên")
	wantText(t, wrong.Find("#noi-dung"), "Đường vào thôn 2 ngập")
	wantText(t, answer(slipPath, with(f.goodSlip(), "buoc", web.StepLanguage+":en")).Find("h1"), "Send")

	check := answer(slipPath, f.goodSlip())
	wantText(t, check.Find("h1"), "Xem lại trước khi gửi")
	if check.Find("[data-keep-note]:not([hidden])").Length() > 0 {
		t.Error("the page says that the server keeps what it doesn't")
	}
	receipt := answer(receiptPath, hidden(check, receiptPath))
	held := code(receipt)
	if again := answer(receiptPath, hidden(check, receiptPath)); code(again) != held || held == "" {
		t.Errorf("a reload of the receipt: %q, then %q", held, code(again))
	}
	wantText(t, answer(receiptPath, with(hidden(check, receiptPath), "noi-dung", "Khác.")).Find("h1"), "đã được gửi")
	if n := len(f.contents()); n != 1 {
		t.Fatalf("%d opinions", n)
	}
	slip := answer(followedPath, hidden(receipt, followedPath))
	wantText(t, slip.Find("h1"), "Đường vào thôn 2")
	if code(answer(carriedPath, hidden(slip, carriedPath))) != held {
		t.Error("the slip does not lead back to its receipt")
	}
	if file := f.postBare(receiptFilePath, hidden(slip, receiptFilePath)); file.Code != 200 ||
		!strings.HasPrefix(file.Header().Get("Content-Type"), "application/json") {
		t.Errorf("the receipt as a file: %d", file.Code)
	}
	for _, doc := range []*goquery.Document{receipt, slip} {
		if doc.Find("a[href='"+followedPath+"'], a[href='"+receiptFilePath+"'], form[action='"+closePath+"']").Length() > 0 {
			t.Error("a link leads to what only a cookie opens")
		}
	}
	wantText(t, answer(followPath, typed{"ma": {held[:15]}}).Find("#ma-error"), "mới nhập 15")
	wantText(t, answer(checkCodePath, typed{"ma": {held}}).Find("main"), "Kết quả kiểm tra")
	if w := f.postBare(followedPath, typed{"ma": {"X"}}); w.Header().Get("Location") != followPath {
		t.Errorf("a made-up code: %d, %v", w.Code, w.Header())
	}

	o := f.opinion(doithoai.RegisterNumber("ND-24-0001"))
	f.rule(o, f.later())
	f.answer(o, "Đã khơi rãnh.")
	slip = answer(followPath, typed{"ma": {held}})
	rate := hidden(slip, ratePath)
	wantText(t, answer(ratePath, with(rate, "giai-quyet", "yes")).Find(".govuk-error-summary"), "Chọn mức độ hài lòng")
	rated := answer(ratePath, with(rate, "giai-quyet", "yes", "hai-long", "5"))
	wantText(t, rated.Find(".govuk-notification-banner"), "đã được ghi nhận")
	wantText(t, rated.Find("main"), "ông/bà cho biết: đã giải quyết xong")
}

// opinion is an opinion of the register.
func (f *reader) opinion(number doithoai.RegisterNumber) doithoai.Opinion {
	f.t.Helper()
	rows, _, err := f.db.Register(f.t.Context(), f.office, store.Filter{Limit: 100})
	f.must(err)
	for _, row := range rows {
		if row.Opinion.Number == number {
			return row.Opinion
		}
	}
	f.t.Fatalf("no %s", number)
	return doithoai.Opinion{}
}

// Who leaves a shared computer has what was written forgotten at once: on the server, in the browser, in the tab.
func TestSlipIsDeleted(t *testing.T) {
	f := newReader(t)
	check := f.shown(f.post(slipPath, f.goodSlip()))
	v := hidden(check, receiptPath)
	button := check.Find("button[name=buoc][value=xoa][formaction='" + slipPath + "']")
	if button.Length() != 1 {
		t.Fatal("the check of a slip does not offer to delete it")
	}
	w := f.post(slipPath, with(v, "buoc", web.StepDelete))
	if c := w.Result().Cookies(); len(c) != 1 || c[0].Name != web.KeptCookie.String() || c[0].MaxAge >= 0 {
		t.Errorf("cookies %v", c)
	}
	empty := f.document(200, f.getWith(w.Header().Get("Location"), browserKey))
	wantText(t, empty.Find("[data-keep-sent="+slipFormID+"]"), "Đã xóa")
	if empty.Find("#ho-ten").AttrOr("value", "") != "" {
		t.Error("the form holds what was deleted")
	}
	old := f.getWith(slipPath+"?"+url.Values{keptField: {v.Get(keptField)}}.Encode(), browserKey)
	if strings.Contains(old.Body.String(), "Lê Văn Thử") {
		t.Error("what was deleted can be read with the old key")
	}
}

// An address that has too much kept, or an authority, is answered with the page itself: nothing more is written, and
// nothing is refused or lost.
func TestNothingMoreIsKept(t *testing.T) {
	f := newReader(t)
	f.limited(web.Limits{Keeping: web.Limit{Every: time.Hour, Burst: 2}})
	for range 2 {
		f.shown(f.post(slipPath, f.goodSlip()))
	}
	check := f.document(200, f.post(slipPath, f.goodSlip()))
	wantText(t, check.Find("main"), "Lê Văn Thử")
	wantText(t, f.document(200, f.post(followPath, typed{"ma": {"A"}})).Find("#ma-error"), "mới nhập 1 ký tự")
	if code(f.shown(f.post(receiptPath, hidden(check, receiptPath)))) == "" {
		t.Error("the slip could not be sent")
	}
}

func TestSlipWithSeveralMatters(t *testing.T) {
	f := newReader(t)
	slip := with(f.goodSlip(), "buoc", "them")
	two := f.shown(f.post(slipPath, slip))
	if two.Find("textarea[name=noi-dung]").Length() != 2 ||
		two.Find("#noi-dung").Text() != "Đường vào thôn 2 ngập mỗi khi mưa." {
		t.Fatalf("after one more: %d fields, %q", two.Find("textarea").Length(), two.Find("#noi-dung").Text())
	}
	if v, _ := two.Find("#ho-ten").Attr("value"); v != "Lê Văn Thử" {
		t.Errorf("the name came back as %q", v)
	}
	if two.Find("#thon[checked], #nhan-tra-loi-4[checked], #da-doc[checked]").Length() != 3 {
		t.Error("choices were lost")
	}
	if to := f.post(slipPath, slip).Header().Get("Location"); !strings.HasSuffix(to, "#noi-dung-2") {
		t.Errorf("one more leads to %q", to)
	}
	if two.Find("#linh-vuc").Length() != 0 {
		t.Error("one field is asked for two matters")
	}
	one := f.shown(f.post(slipPath, with(slip, "buoc", "bo", "noi-dung", []string{"", "Việc còn lại", ""})))
	if one.Find("textarea").Length() != 1 || one.Find("textarea").Text() != "Việc còn lại" {
		t.Errorf("after taking the empty ones away: %d, %q", one.Find("textarea").Length(), one.Find("textarea").Text())
	}
	most := f.shown(f.post(slipPath, with(slip, "noi-dung", make([]string, 30))))
	if most.Find("textarea").Length() != 30 || most.Find("button[value=them]").Length() != 0 {
		t.Error("thirty fields came back changed, or with the offer of one more")
	}
	receipt := f.shown(f.post(receiptPath, with(f.goodSlip(),
		"noi-dung", []string{"Việc thứ nhất.", "", "Việc thứ hai."})))
	for _, number := range []string{"ND-24-0001", "ND-24-0002"} {
		wantText(t, receipt.Find(".dt-numbers"), number)
	}
	wantText(t, receipt.Find(".dt-numbers"), "“Việc thứ hai”")
	ten := f.shown(f.post(receiptPath, with(f.goodSlip(), "khoa", "AAECAwQFBgcICQoLDA0OEA",
		"noi-dung", strings.Split(strings.Repeat("Việc của tôi.\x00", 10), "\x00")[:10])))
	if n := ten.Find(".dt-numbers > li").Length(); n != 10 || strings.Contains(textOf(ten.Find("main")), "một tờ") {
		t.Errorf("%d numbers, and a promise of one sheet: %s", n, textOf(ten.Find("[data-print-hint]")))
	}
	if n := len(f.contents()); n != 12 {
		t.Errorf("%d opinions, want 12", n)
	}
}

func TestSlipRefusedKeepsWhatWasTyped(t *testing.T) {
	f := newReader(t)
	long := strings.Repeat("ướ", 10000) // 20,000 characters
	for _, c := range []struct {
		name   string
		form   typed
		fields []string // that the summary leads to
		says   string
	}{
		{"nothing at all", typed{}, []string{"noi-dung", "ho-ten", "thon", "toi-la", "nhan-tra-loi", "cach-neu", "da-doc"},
			"Chưa gửi được, còn 7 mục cần bổ sung"},
		{"digits missing", with(f.goodSlip(), "nhan-tra-loi", []string{"phone"}, "dien-thoai", "0900 0000"),
			[]string{"dien-thoai"}, "Số điện thoại còn thiếu 2 số"},
		{"no e-mail address", with(f.goodSlip(), "nhan-tra-loi", "email", "thu", "tôi ở nhà"), []string{"thu"},
			"chữ không dấu"},
		{"letter to nowhere", with(f.goodSlip(), "nhan-tra-loi", "post"), []string{"dia-chi"}, "Ghi địa chỉ nhận văn bản"},
		{"read out elsewhere", with(f.goodSlip(), "thon", web.Elsewhere, "noi-o", "Huế", "nhan-tra-loi", "aloud"),
			[]string{"nhan-tra-loi"}, "Trưởng thôn"},
		{"20,000 characters", with(f.goodSlip(), "noi-dung", long), []string{"noi-dung"}, "cần bớt 15000 ký tự"},
		{"eleven matters", with(f.goodSlip(), "noi-dung", strings.Split(strings.Repeat("Việc.\x00", 11), "\x00")[:11]),
			[]string{"noi-dung"}, "nhiều nhất 10 việc"},
		{"elsewhere without an address", with(f.goodSlip(), "thon", web.Elsewhere), []string{"noi-o"}, "Ghi địa chỉ nơi ở"},
		{"a group of one", with(f.goodSlip(), "toi-la", "group", "so-ho", "1"), []string{"so-ho"}, "số hộ"},
		{"households beyond counting", with(f.goodSlip(), "toi-la", "group", "so-ho", "99999999999999999999"),
			[]string{"so-ho"}, "số hộ"},
		{"another commune's village", with(f.goodSlip(), "thon", "018f2b1e-7c11-7000-8000-000000000001"), []string{"thon"},
			"Chọn thôn"},
		{"a field that is none", with(f.goodSlip(), "linh-vuc", "' OR 1=1"), []string{"linh-vuc"}, "lĩnh vực"},
		{"a manner that is none", with(f.goodSlip(), "cach-neu", "shout"), []string{"cach-neu"}, "Chọn cách nêu"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := f.post(slipPath, c.form)
			doc := f.shown(w)
			var fields []string
			doc.Find(".govuk-error-summary a").Each(func(_ int, s *goquery.Selection) {
				href, _ := s.Attr("href")
				fields = append(fields, strings.TrimPrefix(href, "#"))
				if doc.Find(href).Length() != 1 {
					t.Errorf("the summary leads to %s, which is not there", href)
				}
			})
			if strings.Join(fields, " ") != strings.Join(c.fields, " ") {
				t.Errorf("problems at %v, want %v", fields, c.fields)
			}
			wantText(t, doc.Find("main"), c.says)
			wantText(t, doc.Find("title"), "Lỗi: ")
			for _, name := range []string{"ho-ten", "dien-thoai", "thu", "so-ho", "noi-o"} {
				if v, _ := doc.Find("#" + name).Attr("value"); v != c.form.Get(name) {
					t.Errorf("%s came back as %q, typed was %q", name, v, c.form.Get(name))
				}
			}
			if name := c.form.Get("ho-ten"); name != "" && strings.Contains(w.Header().Get("Location"), name) {
				t.Error("the name stands in an address")
			}
			if got := doc.Find("#noi-dung").Text(); got != c.form.Get("noi-dung") {
				t.Errorf("the content came back with %d bytes of %d", len(got), len(c.form.Get("noi-dung")))
			}
		})
	}
	if n := len(f.contents()); n != 0 {
		t.Errorf("%d opinions", n)
	}
}

func TestSlipForgedAtTheLastStep(t *testing.T) {
	f := newReader(t)
	other, err := f.db.SetUp(t.Context(), store.Setup{
		Authority: doithoai.Authority{
			Slug: "xa-khac", Name: "UBND xã Khác", FullName: "Ủy ban nhân dân xã Khác", Prefix: "KH",
		},
		Villages: []doithoai.Village{{Name: "Thôn Lạ"}},
	})
	f.must(err)
	villages, err := f.db.Villages(t.Context(), other.ID)
	f.must(err)
	doc := f.shown(f.post(receiptPath, with(f.goodSlip(), "thon", string(villages[0].ID))))
	wantText(t, doc.Find("#thon-error"), "Chọn thôn")
	if action, _ := doc.Find("main form").Attr("action"); action != slipPath {
		t.Errorf("mended, the form would go to %q", action)
	}
	f.shown(f.post(receiptPath, with(f.goodSlip(), "doi-thoai", "018f2b1e-7c11-7000-8000-000000000001")))
	f.shown(f.post(receiptPath, with(f.goodSlip(), "kenh", "hall", "noi-dung", "")))
	fresh := hidden(f.shown(f.post(receiptPath, with(f.goodSlip(), "khoa", "không phải khóa"))), receiptPath)
	if f.shown(f.post(receiptPath, fresh)).Find(".dt-keepsake").Length() != 1 {
		t.Error("a form whose key was spoilt could not be sent")
	}
	if got := f.contents(); len(got) != 1 {
		t.Errorf("opinions %q", got)
	}
}

func TestSlipIsStoredClean(t *testing.T) {
	f := newReader(t)
	content := norm.NFD.String("Đường ngập nước") + " 🌧️👩🏽‍🌾\u0007\u202e\r\nDòng hai\x00"
	f.shown(f.post(receiptPath, with(f.goodSlip(), "noi-dung", content, "ho-ten", "Lê\tVăn\nThử")))
	got := f.contents()
	if len(got) != 1 || !norm.NFC.IsNormalString(got[0]) || !strings.HasPrefix(got[0], "Đường ngập nước 🌧️") ||
		!strings.HasSuffix(got[0], "\nDòng hai") {
		t.Fatalf("stored %q", got)
	}
	if strings.ContainsAny(got[0], "\u0007\u202e\r\x00") {
		t.Errorf("control characters were stored: %q", got[0])
	}
}

// The police are called at 069: a range of the numbering plan that is no mobile and no landline.
func TestSlipWithATelephoneOfPoliceOrArmy(t *testing.T) {
	f := newReader(t)
	w := f.post(receiptPath, with(f.goodSlip(), "nhan-tra-loi", "phone", "dien-thoai", "069.430.9116"))
	if doc := f.shown(w); doc.Find(".dt-receipt").Length() != 1 {
		t.Fatalf("no receipt: %s", textOf(doc.Find(".govuk-error-summary")))
	}
	rows, _, err := f.db.Register(t.Context(), f.office, store.Filter{Limit: 1})
	f.must(err)
	who, err := f.db.ViewPetitioner(t.Context(), f.office, rows[0].Opinion.ID, doithoai.ViewReasons[0])
	f.must(err)
	if who.Phone != "0694309116" {
		t.Errorf("kept as %q", who.Phone)
	}
}

func TestSlipSentAlreadyWithOtherContent(t *testing.T) {
	f := newReader(t)
	first := code(f.shown(f.post(receiptPath, f.goodSlip())))
	changed := f.shown(f.post(receiptPath, with(f.goodSlip(), "noi-dung", "Việc khác hẳn.")))
	wantText(t, changed.Find("h1"), "đã được gửi trước đó")
	wantText(t, changed.Find("main"), "Việc khác hẳn.")
	if strings.Contains(changed.Text(), first) {
		t.Error("who has the form's key alone is shown the receipt's code")
	}
	second := code(f.shown(f.post(receiptPath, hidden(changed, receiptPath))))
	if second == first || len(f.contents()) != 2 {
		t.Errorf("codes %q and %q, %d opinions", first, second, len(f.contents()))
	}
}

// limited serves the portal anew with limits of its own.
func (f *reader) limited(l web.Limits) {
	host := &web.Host{
		Authority: func(context.Context, string) (doithoai.Authority, error) { return f.authority, nil },
		Now:       func() calendar.Instant { return calendar.InstantOf(f.now) }, Log: slog.New(slog.DiscardHandler),
		Limits: l,
	}
	mux := http.NewServeMux()
	host.Mount(mux, New(Config{
		DB: f.db, VerifierKey: func() string { return f.vkey }, Origin: func() string { return readerOrigin },
	}))
	f.mux = mux
}

func TestSlipThatCannotBeTakenNow(t *testing.T) {
	f := newReader(t)
	f.limited(web.Limits{Intake: web.Limit{Every: time.Hour, Burst: 1}})
	kept := func(status int, form typed) {
		t.Helper()
		w := f.post(receiptPath, form)
		doc := f.document(status, w)
		back := hidden(doc, receiptPath)
		if w.Header().Get("Retry-After") == "" || back.Get("noi-dung") != form.Get("noi-dung") ||
			back.Get("khoa") != form.Get("khoa") {
			t.Errorf("%d: the slip is lost, or nothing says when to try again", status)
		}
		wantText(t, doc.Find(".govuk-error-summary"), "Chưa gửi được")
	}
	f.shown(f.post(receiptPath, f.goodSlip()))
	kept(429, with(f.goodSlip(), "khoa", "AAECAwQFBgcICQoLDA0OEA"))
	f.limited(web.Limits{})
	f.page(200, slipPath)
	f.must(f.db.Close()) // the server is shutting down
	kept(503, f.goodSlip())
}

func TestSlipWithoutDialogue(t *testing.T) {
	f := newReader(t)
	f.now = f.now.AddDate(0, 1, 0)
	form := f.page(200, slipPath)
	if form.Find("input[type=radio][name=cach-neu]").Length() != 0 || hidden(form, slipPath).Get("doi-thoai") != "" {
		t.Error("speaking is offered where there is no dialogue")
	}
	check := f.shown(f.post(slipPath, f.goodSlip())) // the form was open over the dialogue
	receipt := f.shown(f.post(receiptPath, hidden(check, receiptPath)))
	if strings.Contains(receipt.Find(".moj-timeline").Text(), "Hội nghị") {
		t.Error("the receipt promises a dialogue")
	}
	spoken := with(f.goodSlip(), "khoa", "AAECAwQFBgcICQoLDA0OEA", "doi-thoai", "", "cach-neu", "speak")
	wantText(t, f.shown(f.post(receiptPath, spoken)).Find(".govuk-error-summary"), "Hiện không có hội nghị đối thoại")
}

// Of many villages one is chosen in a select; who lives elsewhere is asked for the address all the same.
func TestSlipWithManyVillages(t *testing.T) {
	f := newReader(t)
	if form := f.page(200, slipPath); form.Find("input[type=radio][name=thon]").Length() != 3 ||
		form.Find("select#thon").Length() != 0 {
		t.Error("two villages are no radios")
	}
	var names []string
	for n := 3; n <= 13; n++ {
		names = append(names, fmt.Sprintf("Thôn %d", n))
	}
	f.must(f.db.OpenVillages(t.Context(), f.office, names, calendar.InstantOf(f.now).Date().AddDays(1)))
	f.now = f.now.AddDate(0, 0, 1)
	f.serve() // which keeps the list for a while
	form := f.page(200, slipPath)
	options := form.Find("select#thon[name=thon] option")
	if form.Find("[name=thon]").Length() != 1 || options.Length() != 15 || options.First().AttrOr("value", "x") != "" ||
		options.Last().AttrOr("value", "") != web.Elsewhere {
		t.Fatalf("%d options", options.Length())
	}
	if form.Find("select#thon option[selected]").Length() != 0 {
		t.Error("a village is chosen for the person")
	}
	doc := f.shown(f.post(slipPath, with(f.goodSlip(), "thon", "")))
	wantText(t, doc.Find("#thon-error"), "Chọn thôn")
	if doc.Find(`.govuk-error-summary a[href="#thon"]`).Length() != 1 {
		t.Error("the summary does not lead to the select")
	}
	doc = f.shown(f.post(slipPath, with(f.goodSlip(), "thon", web.Elsewhere, "noi-o", "Huế", "ho-ten", "")))
	if doc.Find("#noi-o").AttrOr("value", "") != "Huế" ||
		doc.Find("select#thon option[selected]").AttrOr("value", "") != web.Elsewhere {
		t.Error("what was typed is lost")
	}
	last := options.Eq(13).AttrOr("value", "")
	f.shown(f.post(receiptPath, with(f.goodSlip(), "thon", last)))
}

// The receipt says from when a slip of the evening counts, and reckons from then, where the parameter of that day lets
// it wait.
func TestReceiptAfterHours(t *testing.T) {
	f := newReader(t)
	rules, err := f.db.Rules(t.Context(), f.authority.ID)
	f.must(err)
	old, _ := rules.Parameters.At(doithoai.ParameterAfterHours, calendar.DateOf(2024, 10, 24))
	_, err = f.db.SetParameter(t.Context(), f.office, old.Version, doithoai.ParameterChange{
		Key: old.Key, Value: doithoai.AfterHoursNextOpening,
		From: calendar.DateOf(2024, 10, 24), Certainty: calendar.Unverified,
	})
	f.must(err)
	sent := func(at calendar.Instant, key string) string {
		f.now = at.Time()
		return textOf(f.shown(f.post(receiptPath, with(f.goodSlip(), "khoa", key))).Find("main"))
	}
	evening := sent(calendar.InstantAt(calendar.DateOf(2024, 10, 23), 20, 0), "AAECAwQFBgcICQoLDA0ODw")
	if strings.Contains(evening, "ngoài giờ") || !strings.Contains(evening, "chậm nhất thứ Sáu, ngày 25/10/2024") {
		t.Errorf("by the old value it counts from its day: %s", evening)
	}
	evening = sent(calendar.InstantAt(calendar.DateOf(2024, 10, 24), 20, 0), "AAECAwQFBgcICQoLDA0OEA")
	for _, want := range []string{
		"Nhận ngoài giờ làm việc nên thời hạn tính từ 07 giờ, thứ Sáu, ngày 25/10/2024.",
		"chậm nhất thứ Ba, ngày 29/10/2024",
	} {
		if !strings.Contains(evening, want) {
			t.Errorf("by the new value it counts from the next opening, %q: %s", want, evening)
		}
	}
}

func TestSlipBackToTheFields(t *testing.T) {
	f := newReader(t)
	check := f.shown(f.post(slipPath, with(f.goodSlip(), "toi-la", "organisation", "to-chuc", "Công ty Mẫu",
		"so-ho", "7", "dien-thoai", "0905")))
	v := hidden(check, receiptPath)
	v.Set("buoc", web.StepEdit+":ho-ten")
	form := f.shown(f.post(slipPath, v))
	for field, want := range map[string]string{
		"ho-ten": "Lê Văn Thử", "to-chuc": "Công ty Mẫu", "so-ho": "7", "dien-thoai": "0905",
	} {
		if got, _ := form.Find("#" + field).Attr("value"); got != want {
			t.Errorf("%s came back as %q", field, got)
		}
	}
	if hidden(form, slipPath).Get("khoa") != f.goodSlip().Get("khoa") {
		t.Error("the form lost its key")
	}
	if form.Find(".govuk-error-summary").Length() != 0 {
		t.Error("going back shows problems")
	}
}

// getWith gets a page with cookies; nil ones are left out.
func (f *reader) getWith(path string, cookies ...*http.Cookie) *httptest.ResponseRecorder {
	req := httptest.NewRequest(http.MethodGet, path, nil)
	for _, c := range cookies {
		if c != nil {
			req.AddCookie(c)
		}
	}
	return f.do(req)
}

// The form says until when slips are handed on to units, and afterwards that late ones and what is said in the hall are
// taken all the same; the receipt says which of them it is.
func TestSlipBeforeAndAfterItsHour(t *testing.T) {
	f := newReader(t)
	for _, tt := range []struct {
		at            calendar.Instant
		form, receipt string
		key           string
	}{
		{
			calendar.InstantAt(calendar.DateOf(2024, 10, 29), 16, 30), "được chuyển cho các bộ phận chuẩn bị trả lời trước",
			"Phiếu đến trước hạn 16 giờ 30 phút, ngày 29/10/2024", "AAECAwQFBgcICQoLDA0ODw",
		},
		{
			calendar.InstantAt(calendar.DateOf(2024, 10, 29), 16, 31), "Đã qua hạn gửi phiếu trước",
			"Phiếu đến sau hạn 16 giờ 30 phút, ngày 29/10/2024: vẫn được nhận", "AAECAwQFBgcICQoLDA0OEA",
		},
	} {
		f.now = tt.at.Time()
		inset := f.page(http.StatusOK, slipPath).Find(".govuk-inset-text").Text()
		for _, want := range []string{
			tt.form, "16 giờ 30 phút, thứ Ba, ngày 29/10/2024", "tại hội trường vẫn được nhận đến khi hội nghị kết thúc",
		} {
			if !strings.Contains(strings.ReplaceAll(inset, "\u00a0", " "), want) {
				t.Errorf("at %s the form says %q, want %q", tt.at, inset, want)
			}
		}
		receipt := f.shown(f.post(receiptPath, with(f.goodSlip(), "khoa", tt.key)))
		wantText(t, receipt.Find(".moj-timeline"), tt.receipt)
	}
	if (doithoai.Dialogue{}).SlipsLate(calendar.InstantOf(f.now)) {
		t.Error("a slip is late where nobody said until when")
	}
}
