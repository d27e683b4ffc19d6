package portal

import (
	"net/http"
	"testing"

	"doithoai"
	"doithoai/calendar"
)

// replace replaces the answer to an opinion, as the office does.
func (f *reader) replace(o doithoai.Opinion, body, reason, number string) {
	f.t.Helper()
	ctx := f.t.Context()
	f.must(f.db.ProposeCorrection(ctx, f.office, o.ID, 0, doithoai.Answer{Body: body}, reason))
	f.must(f.db.SignCorrection(ctx, f.chair, o.ID, 1))
	f.must(f.db.DispatchCorrection(ctx, f.office, o.ID, 2, number, calendar.InstantOf(f.now).Date()))
}

// The person reads the new answer first, with why it replaces the old one; the old one stands below, struck, with what
// they said of it; the new one can be rated anew.
func TestFollowReplacedAnswer(t *testing.T) {
	f := newReader(t)
	r := f.submit("Hồ sơ của tôi thiếu gì?")
	o := r.Opinions[0]
	f.rule(o, f.later())
	f.answer(o, "Hồ sơ đã đủ.")
	cookie := f.openSlip(r.Code)
	rate := typed{"so": {string(o.Number)}, "giai-quyet": {"yes"}, "hai-long": {"5"}}
	f.must(f.db.RateAnswer(t.Context(), doithoai.Resident(f.authority.ID), r.Code, o.Number,
		doithoai.Rating{Solved: "yes", Satisfied: 5}))
	before := f.followed(cookie)
	if before.Find("del").Length() != 0 || before.Find("input[name=lan]").Length() != 0 {
		t.Error("an answer that stands is shown as replaced")
	}
	f.replace(o, "Hồ sơ thiếu trích đo.", "Ghi nhầm hồ sơ của hộ khác.", "100/UBND-VP")

	page := f.followed(cookie)
	letter := page.Find(".dt-letter").First()
	wantText(t, letter, "Hồ sơ thiếu trích đo.")
	wantText(t, letter, "100/UBND-VP")
	wantText(t, page.Find(".govuk-inset-text"), "thay thế văn bản số 99/UBND-VP")
	old := page.Find("details:has(del)")
	wantText(t, old, "Đã được thay thế bằng văn bản số 100/UBND-VP")
	wantText(t, old, "Ghi nhầm hồ sơ của hộ khác.")
	wantText(t, old.Find("del"), "Hồ sơ đã đủ.")
	wantText(t, old, "rất hài lòng")
	wantText(t, page.Find("body"), "Đã thay thế câu trả lời")
	wantText(t, page.Find("body"), "đúng hạn")

	// A page that was open since before rates nothing that it did not show.
	w := f.post(ratePath, rate, cookie)
	if w.Code != http.StatusConflict {
		t.Errorf("the old page rates the new answer: %d", w.Code)
	}
	rate.Set("lan", "1")
	if w := f.post(ratePath, rate, cookie); w.Code != http.StatusSeeOther {
		t.Errorf("the new answer is not rated: %d", w.Code)
	}
}

// A public answer says from the moment on at which it was replaced that it was, in lists too; corrected, when and why.
func TestPublicAnswerIsReplaced(t *testing.T) {
	f := newReader(t)
	r := f.submit("Hồ sơ của tôi thiếu gì?")
	o := r.Opinions[0]
	f.rule(o, f.later())
	f.answer(o, "Hồ sơ đã đủ.")
	ctx := t.Context()
	summary := doithoai.Publication{Title: "Hồ sơ đất", Question: "Thiếu gì?", Answer: "Đã đủ."}
	f.must(f.db.ProposePublication(ctx, f.office, o.ID, 0, summary))
	f.must(f.db.ApprovePublication(ctx, f.chair, o.ID, 1))
	f.replace(o, "Hồ sơ thiếu trích đo.", "Ghi nhầm hồ sơ của ông Nguyễn Văn Lỗi.", "100/UBND-VP")

	page := f.page(http.StatusOK, answerPath(o.Number))
	wantText(t, page.Find(".govuk-warning-text"), "Câu trả lời đã được thay thế ngày")
	wantText(t, page.Find("main"), "99/UBND-VP")
	wantText(t, f.find("ho so dat").Find(".dt-rows li"), "Đã được thay thế")
	summary.Answer, summary.Why = "Thiếu trích đo.", "Bản trước ghi nhầm hồ sơ."
	f.must(f.db.ProposePublication(ctx, f.office, o.ID, 3, summary))
	f.must(f.db.ApprovePublication(ctx, f.chair, o.ID, 4))
	page = f.page(http.StatusOK, answerPath(o.Number))
	if page.Find(".govuk-warning-text").Length() != 0 {
		t.Error("what is corrected is marked still")
	}
	wantText(t, page.Find(".dt-letter"), "Thiếu trích đo.")
	wantText(t, page.Find(".dt-letter"), "Đã sửa ngày")
	wantText(t, page.Find(".dt-letter"), "Bản trước ghi nhầm hồ sơ.")
	wantText(t, page.Find("main"), "100/UBND-VP")
}
