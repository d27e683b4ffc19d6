package portal

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"doithoai"
	"doithoai/calendar"
	"doithoai/tlog"
	"doithoai/web"
)

// openSlip opens a slip by its code as a browser does and returns the cookie that keeps it open.
func (f *reader) openSlip(c doithoai.ReceiptCode) *http.Cookie {
	f.t.Helper()
	w := f.post(followPath, typed{"ma": {strings.ToLower(strings.Join(c.Groups(), " - "))}})
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != followedPath {
		f.t.Fatalf("status %d, to %q", w.Code, w.Header().Get("Location"))
	}
	cookies := w.Result().Cookies()
	if len(cookies) != 1 || !cookies[0].HttpOnly || cookies[0].MaxAge != 1800 {
		f.t.Fatalf("cookies %v", cookies)
	}
	return cookies[0]
}

func (f *reader) followed(cookie *http.Cookie) *goquery.Document {
	f.t.Helper()
	w := f.getWith(followedPath, cookie)
	if w.Header().Get("Cache-Control") != "no-store" {
		f.t.Error("what a code opens may be kept in a cache")
	}
	return f.document(200, w)
}

// rule rules an opinion as the secretary does; what is not accepted, as the chair.
func (f *reader) rule(o doithoai.Opinion, r doithoai.Ruling) {
	f.t.Helper()
	by := f.secretary
	if r.Code == doithoai.RulingNotAccepted {
		by = f.chair
	}
	_, err := f.db.RuleOpinion(f.t.Context(), by, o.ID, o.Version, r)
	f.must(err)
}

func (f *reader) later() doithoai.Ruling {
	return doithoai.Ruling{
		Code:       doithoai.RulingLater,
		LeadUnitID: f.units["dia-chinh"],
		Due:        calendar.DateOf(2024, 11, 6),
	}
}

// answer brings a ruled opinion to its answer.
func (f *reader) answer(o doithoai.Opinion, body string) {
	f.t.Helper()
	ctx := f.t.Context()
	f.must(f.db.SubmitAnswer(ctx, f.land, o.ID, 1, doithoai.Answer{Body: body, Basis: "Luật Đất đai 2024"}))
	f.must(f.db.SignAnswer(ctx, f.chair, o.ID, 2))
	f.must(f.db.DispatchAnswer(ctx, f.office, o.ID, 3, "99/UBND-VP", calendar.InstantOf(f.now).Date()))
}

func TestLookupRefusesWrongCodes(t *testing.T) {
	f := newReader(t)
	right := f.submit("Việc của tôi đến đâu rồi?").Code
	swapped := []byte(right)
	for i := 0; ; i++ { // two neighbours that differ
		if swapped[i] != swapped[i+1] {
			swapped[i], swapped[i+1] = swapped[i+1], swapped[i]
			break
		}
	}
	for typedCode, says := range map[string]string{
		"":                      "Nhập mã tra cứu",
		"7KQM X3HT":             "mới nhập 8 ký tự",
		string(right) + "2":     "đã nhập 17 ký tự",
		"O" + string(right)[1:]: "không có các chữ O, I, L",
		string(swapped):         "nhập nhầm",
		"nd–24–0019":            "Đây là số đăng ký",
		"Ứ7J-XVD9-3PY8":         "Bộ gõ tiếng Việt đang bật",
		string(doithoai.NewReceiptCode(doithoai.IntakeKey{99})): "Không có ý kiến nào",
	} {
		doc := f.shown(f.post(followPath, typed{"ma": {typedCode}}))
		wantText(t, doc.Find("#ma-error"), says)
		wantText(t, doc.Find(".govuk-error-summary a[href='#ma']"), says)
		if got, _ := doc.Find("#ma").Attr("value"); got != typedCode {
			t.Errorf("typed %q came back as %q", typedCode, got)
		}
	}
	f.openSlip(right)
	if w := f.getWith(followedPath, nil); w.Code != http.StatusSeeOther || w.Header().Get("Location") != followPath {
		t.Errorf("without a slip open: %d", w.Code)
	}
}

// A code opens its slip however it was typed: with any dash, from the address of its QR code, with Telex on.
func TestLookupAsPeopleType(t *testing.T) {
	f := newReader(t)
	telex := strings.NewReplacer("AA", "Â", "EE", "Ê", "DD", "Đ", "UW", "Ư", "W", "Ư", "AS", "Á", "EX", "Ẽ", "YR", "Ỷ")
	changed := false
	for range 8 {
		code := string(f.submit("Việc của tôi đến đâu rồi?").Code)
		changed = changed || telex.Replace(code) != code
		for _, as := range []string{
			code[:4] + "‑" + code[4:8] + "—" + code[8:12] + "−" + code[12:],
			"http://xa.example/tra-cuu#" + code, telex.Replace(code),
		} {
			if w := f.post(followPath, typed{"ma": {as}}); w.Code != http.StatusSeeOther {
				t.Errorf("%q is refused with status %d", as, w.Code)
			}
		}
	}
	if !changed {
		t.Error("Telex changed none of the codes")
	}
}

// Only wrong codes are slowed, on every way: a right one opens whatever others behind the address typed, and one that
// its check character refuses counts nothing.
func TestWrongCodesAreSlowedAndRightOnesOpen(t *testing.T) {
	f := newReader(t)
	f.limited(web.Limits{Lookup: web.Limit{Every: time.Hour, Burst: 3}})
	right := f.submit("Việc của tôi đến đâu rồi?").Code
	wrong := string(doithoai.NewReceiptCode(doithoai.IntakeKey{99}))
	for range 5 {
		f.shown(f.post(followPath, typed{"ma": {"A" + wrong[1:]}}))
	}
	f.shown(f.post(followPath, typed{"ma": {wrong}}))
	cookie := func(code string) *http.Cookie { return &http.Cookie{Name: web.LookupCookie.String(), Value: code} }
	for _, path := range []string{followedPath, receiptPath} {
		if w := f.getWith(path, cookie(wrong)); w.Code != http.StatusSeeOther {
			t.Errorf("%s with a made-up cookie: %d", path, w.Code)
		}
	}
	w := f.post(followPath, typed{"ma": {wrong}})
	doc := f.document(http.StatusTooManyRequests, w)
	wantText(t, doc.Find("#ma-error"), "Không có ý kiến nào mang mã này")
	wantText(t, doc.Find("#ma-error"), "thử lại sau 3.600 giây")
	if got, _ := doc.Find("#ma").Attr("value"); got != wrong || w.Header().Get("Retry-After") != "3600" {
		t.Errorf("typed %q came back as %q, Retry-After %q", wrong, got, w.Header().Get("Retry-After"))
	}
	for _, path := range []string{followedPath, receiptPath} {
		if w := f.getWith(path, cookie(wrong)); w.Code != http.StatusSeeOther {
			t.Errorf("%s with a made-up cookie after too many wrong codes: %d", path, w.Code)
		}
		if w := f.getWith(path, cookie(string(right))); w.Code != http.StatusOK {
			t.Errorf("%s of a right code after too many wrong ones: %d", path, w.Code)
		}
	}
	f.followed(f.openSlip(right))
}

// A wrong code at the check of a receipt is counted and answered as at the follow-up; ratings are bounded as slips are.
func TestOtherDoorsAreBounded(t *testing.T) {
	f := newReader(t)
	f.limited(web.Limits{Lookup: web.Limit{Every: time.Hour, Burst: 1}, Intake: web.Limit{Every: time.Hour, Burst: 1}})
	wrong := typed{"ma": {string(doithoai.NewReceiptCode(doithoai.IntakeKey{99}))}}
	wantText(t, f.shown(f.post(checkCodePath, wrong)).Find("#ma-error"), "Không có ý kiến nào mang mã này")
	w := f.post(checkCodePath, wrong)
	wantText(t, f.document(http.StatusTooManyRequests, w).Find("#ma-error"), "thử lại sau 3.600 giây")

	r := f.submit("Việc của tôi.")
	f.rule(r.Opinions[0], f.later())
	f.answer(r.Opinions[0], "Đã trả kết quả.")
	cookie := f.openSlip(r.Code)
	rate := typed{"so": {string(r.Opinions[0].Number)}, "giai-quyet": {"yes"}, "hai-long": {"5"}}
	f.shown(f.post(ratePath, rate, cookie), cookie)
	w = f.post(ratePath, with(rate, "hai-long", "1"), cookie)
	doc := f.document(http.StatusTooManyRequests, w)
	wantText(t, doc.Find(".govuk-error-summary"), "quá nhiều lượt gửi")
	if doc.Find("input[name=hai-long][value='1'][checked]").Length() != 1 || w.Header().Get("Retry-After") == "" {
		t.Error("what was chosen is lost, or nothing says when to try again")
	}
	wantText(t, f.followed(cookie).Find("main"), "rất hài lòng")
}

func TestFollowFromReceivedToRated(t *testing.T) {
	f := newReader(t)
	r := f.submit("Ba lần đến nhận bản sao trích lục đều bị hẹn lại. Tôi đề nghị trả lời rõ.")
	o := r.Opinions[0]
	cookie := f.openSlip(r.Code)

	doc := f.followed(cookie)
	wantText(t, doc.Find("h1"), "Ba lần đến nhận bản sao trích lục đều bị hẹn")
	wantText(t, doc.Find(".dt-state"), "Đã nhận xem xét tại hội nghị thứ Tư, ngày 30/10/2024, còn 7 ngày")
	wantText(t, doc.Find("main"), "08 giờ, thứ Tư, ngày 30/10/2024 · Hội trường UBND xã Nghĩa Dũng")
	if doc.Find("main a[href='"+dialoguePath(f.dialogue.Slug)+"']").Length() != 1 {
		t.Error("nothing leads to the announcement of the dialogue that is waited for")
	}
	if doc.Find("form[action='"+ratePath+"']").Length() != 0 {
		t.Error("what was not answered can be rated")
	}

	f.rule(o, f.later())
	doc = f.followed(cookie)
	wantText(t, doc.Find(".dt-state"), "Đang xử lý hạn thứ Tư, ngày 06/11/2024, còn 10 ngày làm việc")
	wantText(t, doc.Find(".moj-timeline__item").Eq(1),
		"Đã giao Bộ phận Địa chính xác minh, trả lờithứ Tư, ngày 23/10/2024")
	why := doc.Find("main .dt-why").Remove()
	wantText(t, why, "10 ngày làm việc, tính từ ngày ghi hướng xử lý thứ Tư, ngày 23/10/2024.")
	wantText(t, why, "thứ Tư, ngày 06/11/2024: ngày 10")
	wantText(t, why, "Xã quy định; pháp luật không ấn định.")
	wantText(t, doc.Find("main"), "Nhận hôm nay, thứ Tư, ngày 23/10/2024.")
	if n := strings.Count(textOf(doc.Find("main")), "06/11/2024"); n != 2 {
		t.Errorf("the day that counts is said %d times, want it on top and at the end of the course", n)
	}

	f.must(f.db.SubmitAnswer(t.Context(), f.land, o.ID, 1, doithoai.Answer{Body: "Dự thảo chưa ký"}))
	doc = f.followed(cookie)
	if text := doc.Find("main").Text(); strings.Contains(text, "Dự thảo") || strings.Contains(text, "rình duyệt") ||
		doc.Find(".moj-timeline__item").Length() != 3 {
		t.Error("a step inside the office shows")
	}
	f.must(f.db.ReturnAnswer(t.Context(), f.chair, o.ID, 2, "Nêu rõ ngày"))
	now := f.now
	f.now = now.AddDate(0, 0, 20)
	doc = f.followed(cookie)
	wantText(t, doc.Find(".dt-state"), "Chậm trả lời hạn thứ Tư, ngày 06/11/2024, quá hạn 4 ngày làm việc")
	if doc.Find(".dt-state .dt-due--late").Length() != 1 || doc.Find("main a[href='tel:02550000000']").Length() != 1 {
		t.Error("lateness is not marked, or nothing tells whom to call")
	}
	f.now = now

	f.must(f.db.SubmitAnswer(t.Context(), f.land, o.ID, 3, doithoai.Answer{
		Body: "Ông phản ánh đúng.\nKết quả đã có.", Basis: "Luật Hộ tịch 2014",
	}))
	f.must(f.db.SignAnswer(t.Context(), f.chair, o.ID, 4))
	f.must(f.db.DispatchAnswer(t.Context(), f.office, o.ID, 5, "214/UBND-VP", calendar.DateOf(2024, 10, 23)))
	doc = f.followed(cookie)
	wantText(t, doc.Find(".dt-state"), "Đã trả lời ngày 23/10/2024, đúng hạn")
	wantText(t, doc.Find(".moj-timeline__item").Eq(1), "Hạn trả lời: thứ Tư, ngày 06/11/2024")
	for _, want := range []string{
		"Ông phản ánh đúng.Kết quả đã có.", "Căn cứ: Luật Hộ tịch 2014", "Văn bản số 214/UBND-VP ngày 23/10/2024",
	} {
		wantText(t, doc.Find(".dt-letter"), want)
	}

	rate := hidden(doc, ratePath)
	refused := f.shown(f.post(ratePath, with(rate, "giai-quyet", "part"), cookie), cookie)
	wantText(t, refused.Find(".govuk-error-summary a[href='#hai-long-nd-24-0001']"), "Chọn mức độ hài lòng")
	if refused.Find("#hai-long-nd-24-0001").Length() != 1 || refused.Find("input[value=part][checked]").Length() != 1 {
		t.Error("the summary leads nowhere, or what was chosen is lost")
	}
	for _, words := range [][3]string{
		{"part", "2", "mới giải quyết một phần; mức hài lòng: không hài lòng."},
		{"yes", "5", "đã giải quyết xong; mức hài lòng: rất hài lòng."},
	} {
		w := f.post(ratePath, with(rate, "giai-quyet", words[0], "hai-long", words[1]), cookie)
		if w.Code != http.StatusSeeOther {
			t.Fatalf("rated: %d", w.Code)
		}
		thanks := f.document(200, f.getWith(w.Header().Get("Location"), cookie))
		wantText(t, thanks.Find(".govuk-notification-banner"), "đã được ghi nhận")
		wantText(t, thanks.Find("main"), "Ngày 23/10/2024, ông/bà cho biết: "+words[2])
		before, err := f.db.RecordSize(t.Context())
		f.must(err)
		f.shown(f.post(ratePath, with(rate, "giai-quyet", words[0], "hai-long", words[1]), cookie), cookie)
		if after, err := f.db.RecordSize(t.Context()); err != nil || after != before {
			t.Errorf("the same rating once more: %d leaves, then %d, %v", before, after, err)
		}
	}

	closed := f.post(closePath, nil, cookie).Result().Cookies()
	for i, name := range []string{web.LookupCookie.String(), web.KeptCookie.String()} {
		if len(closed) != 2 || closed[i].Name != name || closed[i].MaxAge >= 0 || closed[i].Value != "" {
			t.Errorf("after closing: %v", closed)
		}
	}
}

// By the limits that come with the program, too: behind an address from which wrong codes are typed without end, a
// right one opens, and who has it open rates the answer.
func TestRatedBehindABusyAddress(t *testing.T) {
	f := newReader(t)
	r := f.submit("Việc của tôi đến đâu rồi?")
	f.rule(r.Opinions[0], f.later())
	f.answer(r.Opinions[0], "Kết quả đã có.")
	f.limited(web.Limits{})
	cookie := f.openSlip(r.Code)
	wrong := string(doithoai.NewReceiptCode(doithoai.IntakeKey{99}))
	refused := 0
	for range 20 {
		if w := f.post(followPath, typed{"ma": {wrong}}); w.Code == http.StatusTooManyRequests {
			refused++
		}
	}
	if refused == 0 {
		t.Fatal("twenty wrong codes are answered as fast as one")
	}
	w := f.post(ratePath, typed{
		"so": {string(r.Opinions[0].Number)}, "giai-quyet": {"yes"}, "hai-long": {"5"},
	}, cookie)
	if w.Code != http.StatusSeeOther {
		t.Fatalf("rated: %d", w.Code)
	}
	thanks := f.document(http.StatusOK, f.getWith(w.Header().Get("Location"), cookie))
	wantText(t, thanks.Find("main"), "đã giải quyết xong; mức hài lòng: rất hài lòng.")
	f.followed(f.openSlip(r.Code))
}

// Of what was answered the page says after how long, and the day that counted beside the question why; nothing runs on.
func TestFollowAnsweredSaysAfterHowLong(t *testing.T) {
	f := newReader(t)
	r := f.submit("Ba lần đến nhận bản sao trích lục đều bị hẹn lại.")
	cookie := f.openSlip(r.Code)
	f.rule(r.Opinions[0], f.later())
	f.now = f.now.AddDate(0, 0, 5)
	wantText(t, f.followed(cookie).Find("main"), "Đã qua 5 ngày (3 ngày làm việc) kể từ ngày nhận")
	f.answer(r.Opinions[0], "Kết quả đã có.")
	for range 2 {
		doc := f.followed(cookie)
		wantText(t, doc.Find("main"), "Trả lời sau 3 ngày làm việc kể từ ngày nhận 23/10/2024.")
		wantText(t, doc.Find("main .dt-why summary"), "Vì sao hạn là 06/11/2024?")
		for _, never := range []string{"Đã qua", "Vì sao là ngày này", "còn "} {
			if strings.Contains(textOf(doc.Find("main article, main .dt-why, main .dt-state")), never) {
				t.Errorf("the page of an answered opinion says %q", never)
			}
		}
		f.now = f.now.AddDate(0, 0, 20) // still so weeks later
	}
}

func TestFollowRulingsThatEndTheMatter(t *testing.T) {
	f := newReader(t)
	f.authority.Reception = "Thứ Năm, Phòng Tiếp công dân"
	r := f.submit("Nói tại chỗ về đường ngập.", "Cán bộ X vòi tiền của tôi.", "Tôi không đồng ý quyết định thu hồi.",
		"Đường điện bị võng.", "Cho tôi đất.")
	o := r.Opinions
	f.rule(o[0], doithoai.Ruling{
		Code: doithoai.RulingOnTheSpot, Text: "Khơi rãnh trong tuần này.", AnsweredBy: "Chủ tịch UBND xã",
	})
	f.rule(o[1], doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})
	f.rule(o[2], doithoai.Ruling{
		Code: doithoai.RulingComplaint, Text: "Sẽ giải quyết như sau.", AnsweredBy: "Bà Lê Thị Giả Dụ",
		Body: doithoai.ReceptionOf(f.authority, "Nơi tiếp công dân"),
	})
	f.rule(o[3], doithoai.Ruling{
		Code: doithoai.RulingOtherBody, Text: "Điện lực thành phố, 01 Phan Đình Phùng.", AnsweredBy: "Chủ tịch UBND xã",
	})
	f.rule(o[4], doithoai.Ruling{
		Code: doithoai.RulingNotAccepted, Text: "Không thuộc trường hợp giao đất.",
		Refusal: doithoai.Refusal{Ground: doithoai.RefusedRepeated},
	})
	cookie := f.openSlip(r.Code)
	doc := f.followed(cookie)
	wantText(t, doc.Find("h1"), "5 ý kiến")
	articles := doc.Find("article.dt-opinion")
	if articles.Length() != 5 {
		t.Fatalf("%d opinions", articles.Length())
	}
	for i, want := range []string{
		"Khơi rãnh trong tuần này.", "Thông tin của ông/bà được giữ bí mật.", "Thứ Năm, Phòng Tiếp công dân",
		"01 Phan Đình Phùng", "Không thuộc trường hợp giao đất",
	} {
		wantText(t, articles.Eq(i), want)
	}
	for _, want := range []string{
		"đã được hướng dẫn đến nơi tiếp công dân", "Người hướng dẫn: Bà Lê Thị Giả Dụ",
	} {
		wantText(t, articles.Eq(2), want)
	}
	if strings.Contains(doc.Text(), "Sẽ giải quyết như sau") {
		t.Error("something is said here of the matter of a complaint")
	}
	for _, want := range []string{
		"đã được trả lời, không có tình tiết mới", "Căn cứ: Điều 9 Luật Tiếp công dân", "quyền khiếu nại",
	} {
		wantText(t, articles.Eq(4), want)
	}
	secret := articles.Eq(1)
	if strings.Contains(doc.Text(), "vòi tiền") ||
		secret.Find(".moj-timeline, .dt-letter, details, form, a").Length() != 0 {
		t.Errorf("a denunciation shows more than that it was passed on: %s", textOf(secret))
	}
	if strings.Contains(textOf(doc.Find("#kiem-chung").Parent()), "ND-24-0002") {
		t.Error("the place of a denunciation in the record is shown")
	}
	for i, rated := range []bool{true, false, false, true, false} {
		if got := articles.Eq(i).Find("form[action='"+ratePath+"']").Length() == 1; got != rated {
			t.Errorf("opinion %d can be rated: %v", i+1, got)
		}
	}
	for _, number := range []string{string(o[1].Number), "ND-24-9999"} {
		if w := f.post(ratePath, typed{
			"so": {number}, "giai-quyet": {"yes"}, "hai-long": {"5"},
		}, cookie); w.Code != http.StatusNotFound {
			t.Errorf("rating %s: %d", number, w.Code)
		}
	}
	if w := f.post(ratePath, typed{
		"so": {string(o[2].Number)}, "giai-quyet": {"yes"}, "hai-long": {"5"},
	}, cookie); w.Code != http.StatusConflict {
		t.Errorf("rating what was not answered: %d", w.Code)
	}
}

// The title of the person's own page is what the office calls the opinion, or else their first sentence, not as short
// as lists have it.
func TestFollowTitle(t *testing.T) {
	f := newReader(t)
	const sentence = "Tôi nộp hồ sơ xin cấp lại giấy chứng nhận quyền sử dụng đất từ tháng 3 mà đến nay chưa có kết quả"
	got := f.submit(sentence + ". Mong xã trả lời.")
	cookie := f.openSlip(got.Code)
	page := f.followed(cookie)
	if h1 := page.Find("h1").Text(); h1 != sentence+"…" {
		t.Errorf("titled %q", h1)
	}
	if said := page.Find("details[open] .dt-said").Text(); said != sentence+". Mong xã trả lời." {
		t.Errorf("the whole opinion is %q", said)
	}
	o := got.Opinions[0]
	f.must(f.db.SetHeadline(t.Context(), f.secretary, o.ID, o.Version, "Cấp lại sổ đỏ quá hẹn"))
	if h1 := f.followed(cookie).Find("h1").Text(); h1 != "Cấp lại sổ đỏ quá hẹn" {
		t.Errorf("titled %q once it has a headline", h1)
	}
}

func TestReceiptFileProvesTheSlip(t *testing.T) {
	f := newReader(t)
	r := f.submit("Việc thứ nhất của tôi.", "Việc thứ hai của tôi.")
	fetch := func() tlog.Receipt {
		t.Helper()
		w := f.getWith(receiptFilePath, &http.Cookie{Name: web.LookupCookie.String(), Value: string(r.Code)})
		if w.Code != 200 || w.Header().Get("Cache-Control") != "no-store" ||
			!strings.HasPrefix(w.Header().Get("Content-Disposition"), `attachment; filename="bien-nhan-nd-24-0001.json"`) {
			t.Fatalf("%d %v", w.Code, w.Header())
		}
		if strings.Contains(w.Body.String(), string(r.Code)) ||
			strings.Contains(strings.ReplaceAll(w.Body.String(), "\u00a0", " "), secretName) {
			t.Error("the file holds the code, or the name")
		}
		receipt, err := tlog.ParseReceipt(w.Body.Bytes())
		f.must(err)
		return receipt
	}
	wantText(t, f.followed(f.openSlip(r.Code)).Find("main"),
		"Ý kiến ND-24-0002 ở dòng 2 của Sổ đối chứng. Sổ được chốt trong giây lát.")
	before, err := tlog.VerifyReceipt(fetch(), f.vkey)
	f.must(err)
	if before.Outcome != tlog.Unsigned {
		t.Errorf("before the first checkpoint: %v", before.Outcome)
	}
	f.sign()
	f.limited(web.Limits{}) // a new process: nothing is remembered
	receipt := fetch()
	result, err := tlog.VerifyReceipt(receipt, f.vkey)
	f.must(err)
	if result.Outcome != tlog.Proven || len(receipt.Entries) != 2 ||
		!strings.Contains(receipt.Entries[1].Opening.Content, "Việc thứ hai của tôi.") {
		t.Errorf("%v, %d entries", result, len(receipt.Entries))
	}
	wantText(t, f.followed(f.openSlip(r.Code)).Find("main"),
		"Ý kiến ND-24-0001 ở dòng 1 của Sổ đối chứng. Ý kiến ND-24-0002 ở dòng 2 của Sổ đối chứng. "+
			"Lần chốt mới nhất (2 dòng, lúc 09 giờ ngày 23/10/2024) đã gồm dòng nêu trên")
	receipt.Entries[0].Opening.Content = strings.Replace(receipt.Entries[0].Opening.Content, "thứ nhất", "thứ ba", 1)
	if result, err = tlog.VerifyReceipt(receipt, f.vkey); err == nil && result.Outcome == tlog.Proven {
		t.Error("an altered receipt verifies")
	}
}

func TestHomeShowsTheYear(t *testing.T) {
	f := newReader(t)
	doc := f.page(200, "/")
	wantText(t, doc.Find(".dt-sheet"), "Tháng 10 năm 2024 30 Thứ Tư 28 tháng 9 âm lịch")
	wantText(t, doc.Find(".dt-next"), "còn 7 ngày")
	wantText(t, doc.Find("main"), "Chưa có câu trả lời nào được công khai")
	if doc.Find(".dt-sheet--sunday").Length() != 0 {
		t.Error("a Wednesday is red")
	}
	f.publish("Chuyển đất vườn sang đất ở cần giấy tờ gì?", "Chuyển đất vườn sang đất ở", "Nộp một bộ hồ sơ.", "dat-dai")
	f.rule(f.submit("Việc khác.").Opinions[0], f.later())
	f.sign()
	f.limited(web.Limits{}) // a new process: nothing is remembered
	doc = f.page(200, "/")
	wantText(t, doc.Find(".dt-rows"), "Chuyển đất vườn sang đất ở")
	wantText(t, doc.Find(".dt-figures"),
		"2 ý kiến đã nhận1 được trả lời đúng hạn0 người nêu xác nhận đã giải quyết xong"+
			"0 đang quá hạn (tính cả ý kiến từ năm trước)")
	wantText(t, doc.Find("footer"), "Sổ đối chứng: 9 dòng, chốt lúc 09 giờ ngày 23/10/2024")
	f.now = f.now.AddDate(0, 1, 0)
	f.limited(web.Limits{})
	doc = f.page(200, "/")
	wantText(t, doc.Find(".dt-next"), "Chưa có buổi đối thoại sắp tới")
	wantText(t, doc.Find(".dt-figures__late"), "1")
}

func TestPagesOfASlipSpeakEnglish(t *testing.T) {
	f := newReader(t)
	r := f.submit("Việc của tôi.", "Việc khác của tôi.")
	f.rule(r.Opinions[0], f.later())
	f.answer(r.Opinions[0], "Đã xong.")
	english := &http.Cookie{Name: "ngon-ngu", Value: "en"}
	open := &http.Cookie{Name: web.LookupCookie.String(), Value: string(r.Code)}
	for name, doc := range map[string]*goquery.Document{
		"home": f.document(200, f.getWith("/", english)), "slip": f.document(200, f.getWith(slipPath, english)),
		"problems": f.shown(f.post(slipPath, typed{}, english), english),
		"check":    f.shown(f.post(slipPath, f.goodSlip(), english), english),
		"receipt":  f.shown(f.post(receiptPath, f.goodSlip(), english), english),
		"look-up":  f.shown(f.post(followPath, typed{"ma": {"x"}}, english), english),
		"followed": f.document(200, f.getWith(followedPath, english, open)),
	} {
		if lang, _ := doc.Find("html").Attr("lang"); lang != "en" {
			t.Errorf("%s: language %q", name, lang)
		}
		if strings.Contains(doc.Find("main").Text(), "ông/bà") {
			t.Errorf("%s speaks Vietnamese: %s", name, textOf(doc.Find("main")))
		}
	}
}

// The holder reads why the clock stands still, since when, and that it went on; a due date is explained by the calendar
// of its time.
func TestFollowPausedAndExtended(t *testing.T) {
	f := newReader(t)
	r := f.submit("Thủ tục tách thửa của gia đình tôi bao giờ xong?")
	o := r.Opinions[0]
	cookie := f.openSlip(r.Code)
	f.rule(o, f.later())
	doc := doithoai.Pause{
		Kind: doithoai.PauseSupplement, Number: "57/UBND-ĐC", Dated: calendar.InstantOf(f.now).Date(),
		Awaited: "Bản chính giấy chứng nhận",
	}
	f.must(f.db.PausePetition(t.Context(), f.land, o.ID, 1, doc))
	page := f.followed(cookie)
	wantText(t, page.Find(".dt-state"), "Tạm dừng từ 23/10/2024")
	wantText(t, page.Find(".moj-timeline__item").Eq(2), "Tạm dừng, chờ ông/bà bổ sung")
	wantText(t, page.Find(".moj-timeline__item").Eq(2), "Bản chính giấy chứng nhận")
	wantText(t, page.Find(".moj-timeline__item").Eq(2), "57/UBND-ĐC")
	wantText(t, page.Find(".moj-timeline__item").Eq(3), "Hạn trả lời được tính tiếp khi hết tạm dừng")

	f.now = f.now.AddDate(0, 0, 7)
	f.must(f.db.ResumePetition(t.Context(), f.land, o.ID, 2))
	f.must(f.db.ExtendPetition(t.Context(), f.chair, o.ID, 3, doithoai.Extension{
		To: calendar.DateOf(2024, 11, 20), Reason: "Phải đo đạc lại thửa đất",
	}))
	page = f.followed(cookie)
	wantText(t, page.Find(".dt-state"), "hạn thứ Tư, ngày 20/11/2024")
	wantText(t, page.Find(".moj-timeline__item").Eq(4), "Gia hạn trả lời")
	wantText(t, page.Find(".moj-timeline__item").Eq(4), "Phải đo đạc lại thửa đất")
	wantText(t, page.Find("main"), "Đã qua 7 ngày (5 ngày làm việc) kể từ ngày nhận 23/10/2024.")
	why := page.Find(".dt-why")
	wantText(t, why,
		"Tạm dừng tính hạn từ thứ Tư, ngày 23/10/2024 theo văn bản số 57/UBND-ĐC ngày 23/10/2024, "+
			"chờ người nêu bổ sung. Còn lại 10 ngày làm việc.")
	wantText(t, why, "Tiếp tục tính hạn từ thứ Tư, ngày 30/10/2024: 10 ngày làm việc còn lại.")
	wantText(t, why, "hạn chuyển từ thứ Tư, ngày 13/11/2024 sang thứ Tư, ngày 20/11/2024")
}

// Whom to ask stands on the page of an opinion as a sentence.
func TestFollowNamesWhomToAsk(t *testing.T) {
	f := newReader(t)
	r := f.submit("Loa của thôn rè.")
	f.rule(r.Opinions[0], doithoai.Ruling{
		Code: doithoai.RulingLater, LeadUnitID: f.units["van-phong"], Due: calendar.DateOf(2024, 11, 6),
	})
	wantText(t, f.followed(f.openSlip(r.Code)).Find("main"),
		"Người liên hệ: Bà Trần Thị Ví Dụ, Văn phòng, (0255) 000 0001.")
}
