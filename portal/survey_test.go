package portal

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"doithoai"
	"doithoai/calendar"
	"doithoai/web"
)

// close holds the reader's dialogue and closes it.
func (f *reader) close() doithoai.Dialogue {
	f.t.Helper()
	f.now = f.dialogue.StartsAt.Time()
	d, err := f.db.StartDialogue(f.t.Context(), f.secretary, f.dialogue.ID, f.dialogue.Version, f.db.Now())
	f.must(err)
	d, err = f.db.CloseDialogue(f.t.Context(), f.secretary, d.ID, d.Version, f.db.Now())
	f.must(err)
	return d
}

// answered has n people answer a survey, a digit for each question.
func (f *reader) answered(s doithoai.Survey, first int, slips ...string) {
	f.t.Helper()
	for i, digits := range slips {
		key := doithoai.SurveyKeyOf([16]byte{byte(first + i)}, s)
		slip := doithoai.SurveySlip{Answers: doithoai.ParseSurveyDigits(digits)}
		f.must(f.db.AnswerSurvey(f.t.Context(), doithoai.Resident(f.authority.ID), s, key, slip))
	}
}

// A dialogue's survey opens when it is closed, takes a browser's slip once, keeps what was typed, and shows its result
// when it has ended: not before.
func TestDialogueSurvey(t *testing.T) {
	f := newReader(t)
	path := web.PublicSurveyPath(f.dialogue.Slug)
	wantText(t, f.page(http.StatusOK, path).Find("main"), "mở sau khi hội nghị bế mạc")
	d := f.close()
	wantText(t, f.page(http.StatusOK, dialoguePath(d.Slug)).Find("#khao-sat").Parent(), "nhận đến hết ngày 09/11/2024")
	if n := f.page(http.StatusOK, path).Find("fieldset").Length(); n != 8 {
		t.Errorf("%d questions", n)
	}
	wrong := f.follow(f.post(path, typed{"y-kien": {"Loa nhỏ."}}), browserKey)
	doc := f.document(http.StatusOK, wrong)
	wantText(t, doc.Find(".govuk-error-summary"), "Trả lời ít nhất một câu")
	wantText(t, doc.Find("textarea"), "Loa nhỏ.")
	sent := f.post(path, typed{"muc-1": {"4"}, "muc-8": {"5"}, "y-kien": {"Loa nhỏ."}})
	var own *http.Cookie
	for _, c := range sent.Result().Cookies() {
		if c.Name == web.PhoneCookie.String() {
			own = c
		}
	}
	if sent.Code != http.StatusSeeOther || own == nil {
		t.Fatalf("%d, cookie %v", sent.Code, own)
	}
	wantText(t, f.document(http.StatusOK, f.follow(sent, own)).Find("main"), "Đã nhận phiếu khảo sát")
	f.follow(f.post(path, typed{"muc-1": {"2"}, "muc-8": {"3"}}, own))
	s := doithoai.DialogueSurvey(d.ID)
	f.answered(s, 1, "44444444", "55555555", "44444445", "33333333")
	result, err := f.db.SurveyResult(t.Context(), f.office, s)
	f.must(err)
	if total := result.Total(); total.Valid != 5 || total.Counts[0][1] != 1 {
		t.Errorf("%+v", total)
	}
	if w := f.get(dialoguePath(d.Slug) + surveyResultPath + ".csv"); w.Code != http.StatusConflict {
		t.Errorf("counts before the end: %d", w.Code)
	}
	f.now = calendar.InstantAt(calendar.DateOf(2024, 11, 10), 8, 0).Time()
	doc = f.page(http.StatusOK, dialoguePath(d.Slug))
	wantText(t, doc.Find("#khao-sat"), "Khảo sát hài lòng: 60,00 %")
	wantText(t, doc.Find("#khao-sat").Parent(), "Chỉ có 5 phiếu hợp lệ")
	doc = f.page(http.StatusOK, dialoguePath(d.Slug)+surveyResultPath)
	wantText(t, doc.Find("section[aria-labelledby=tung-cau] tbody tr").Eq(7), "60,00 %")
	wantText(t, doc.Find("section[aria-labelledby=nguon]"), "Điện thoại, Internet")
	if strings.Contains(doc.Text(), "Loa nhỏ") {
		t.Error("a comment is public")
	}
	file := f.get(dialoguePath(d.Slug) + surveyResultPath + ".csv").Body.String()
	for level, n := range map[string]int{
		"Bình thường": 2, "Hài lòng": 1, "Rất hài lòng": 2, "Rất không hài lòng": 0,
	} {
		row := "Nhìn chung về buổi đối thoại;" + level + ";" + strconv.Itoa(n) + ";5;60,00 %"
		if !strings.Contains(file, row) {
			t.Errorf("no %q in %s", row, file)
		}
	}
	wantText(t, f.page(http.StatusOK, path).Find("main"), "Đã hết thời gian nhận phiếu trên mạng")
	f.follow(f.post(path, typed{"muc-1": {"4"}}, own)) // led to what its page says
}

// The survey on procedures asks first whether it is for who answers; once a browser in a quarter.
func TestProceduresSurvey(t *testing.T) {
	f := newReader(t)
	doc := f.document(http.StatusOK, f.follow(f.post(web.SurveyPath, typed{"muc-1": {"4"}}), browserKey))
	wantText(t, doc.Find(".govuk-error-summary"), "Chọn có hay không")
	if doc.Find("#muc-1-4[checked]").Length() != 1 {
		t.Error("what was chosen is lost")
	}
	doc = f.document(http.StatusOK, f.follow(f.post(web.SurveyPath, typed{"sang-loc": {"khong"}})))
	wantText(t, doc.Find("main"), "hỏi người đã làm thủ tục")
	f.follow(f.post(web.SurveyPath, typed{"sang-loc": {"co"}, "muc-6": {"5"}}))
	s := doithoai.QuarterSurvey(doithoai.SurveyProcedures, f.db.Now().Date())
	f.answered(s, 1, "444444", "555555", "444444", "333333")
	f.now = calendar.InstantAt(s.Ends().AddDays(1), 8, 0).Time()
	link := f.page(http.StatusOK, web.SurveyPath).Find("section[aria-labelledby=ket-qua] a")
	doc = f.page(http.StatusOK, link.AttrOr("href", ""))
	wantText(t, doc.Find("h1"), "80,00 %")
	for _, none := range []string{"/2024-q5", "/2024-q04", "/x", "/1-q1"} {
		f.page(http.StatusNotFound, surveyResultPath+none)
	}
}

// Answers have a survey of their own: its page asks, and its result stands behind its quarter; nothing of it is in the
// survey on procedures. Who follows an answered opinion is led there.
func TestSurveyOnAnswers(t *testing.T) {
	f := newReader(t)
	r := f.submit("Việc của tôi.")
	cookie, led := f.openSlip(r.Code), "main a[href='"+web.AnswersSurveyPath+"']"
	if f.followed(cookie).Find(led).Length() != 0 {
		t.Error("who waits for an answer is asked about it")
	}
	f.rule(r.Opinions[0], f.later())
	f.answer(r.Opinions[0], "Đã trả kết quả.")
	if f.followed(cookie).Find(led).Length() != 1 {
		t.Error("who got an answer is not led to the survey")
	}
	doc := f.page(http.StatusOK, web.AnswersSurveyPath)
	for _, words := range []string{"đã nhận được câu trả lời của xã", "Thời gian chờ trả lời", "4 câu, khoảng 1 phút"} {
		wantText(t, doc.Find("main"), words)
	}
	doc = f.document(http.StatusOK, f.follow(f.post(web.AnswersSurveyPath, typed{"sang-loc": {"khong"}})))
	wantText(t, doc.Find("main"), "hỏi người đã nhận được câu trả lời")
	f.follow(f.post(web.AnswersSurveyPath, typed{"sang-loc": {"co"}, "muc-4": {"5"}}))
	of := doithoai.QuarterSurvey(doithoai.SurveyAnswers, f.db.Now().Date())
	f.answered(of, 1, "4444", "5555", "4444", "3333")
	f.now = calendar.InstantAt(of.Ends().AddDays(1), 8, 0).Time()
	link := f.page(http.StatusOK, web.AnswersSurveyPath).Find("section[aria-labelledby=ket-qua] a")
	at := link.AttrOr("href", "")
	if want := web.AnswersSurveyPath + resultPart + "/" + of.QuarterWord(); at != want {
		t.Fatalf("the result is at %q, want %q", at, want)
	}
	doc = f.page(http.StatusOK, at)
	wantText(t, doc.Find("h1"), "80,00 %")
	wantText(t, doc.Find("main"), "Câu trả lời của xã, quý")
	file := f.get(at + "/so-lieu.csv").Body.String()
	if !strings.Contains(file, "4. Nhìn chung về câu trả lời") || strings.Contains(file, "Thời gian chờ") {
		t.Errorf("the file has %s, and only the last question was answered by five", file)
	}
	wantText(t, f.page(http.StatusOK, surveyResultPath+"/"+of.QuarterWord()).Find("main"), "Chưa đủ 5 phiếu")
	f.page(http.StatusNotFound, web.AnswersSurveyPath+resultPart+"/2024-q5")
}

// Where the portal is not on the Internet, no sheet leads there.
func TestSurveySheetForTheDoor(t *testing.T) {
	f := newReader(t)
	path := web.PublicSurveyPath(f.dialogue.Slug) + "/qr"
	if f.page(http.StatusOK, path).Find(".dt-qr svg").Length() != 1 {
		t.Error("no code to scan")
	}
	f.authority.Offline = true
	if doc := f.page(http.StatusOK, path); doc.Find(".dt-qr").Length() != 0 ||
		doc.Find(".dt-door__address").Length() != 0 {
		t.Error("a code leads to a site that nobody reaches")
	}
}
