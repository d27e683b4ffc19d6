package portal

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// Somebody who does not agree has the matter looked at again once; after that the chair decides on new facts, and each
// request is answered. What was said before, and whether it was in time, stays.
func TestAskAgain(t *testing.T) {
	f := newReader(t)
	r := f.submit("Hồ sơ của tôi thiếu gì?")
	o := r.Opinions[0]
	f.rule(o, f.later())
	cookie := f.openSlip(r.Code)
	if f.followed(cookie).Find("form[action='"+againPath+"']").Length() != 0 {
		t.Error("one may disagree before there is an answer")
	}
	f.answer(o, "Hồ sơ đã đủ.")
	page := f.followed(cookie)
	wantText(t, page.Find("details:has(form[action='"+againPath+"'])"), "Tôi chưa đồng ý")
	say := typed{"so": {string(o.Number)}, "chua-dong-y": {" \r\n"}}
	empty := f.document(200, f.follow(f.post(againPath, say, cookie), cookie))
	wantText(t, empty.Find(".govuk-error-summary"), "Ghi chỗ chưa đồng ý với câu trả lời")
	say.Set("chua-dong-y", strings.Repeat("dài ", doithoai.MaxMatter))
	long := f.document(200, f.follow(f.post(againPath, say, cookie), cookie))
	if got := long.Find("textarea[name=chua-dong-y]").Text(); len(got) < doithoai.MaxMatter {
		t.Errorf("of what was typed %d bytes came back", len(got))
	}
	say.Set("chua-dong-y", "Tôi chưa đồng ý:\r\nđường vẫn ngập.")
	if w := f.post(againPath, say, cookie); w.Header().Get("Location") != followedPath+"?"+markAgain {
		t.Fatalf("said: %d %s", w.Code, w.Header().Get("Location"))
	}
	page = f.followed(cookie)
	wantText(t, page.Find(".dt-state, main"), "Đang xem lại")
	wantText(t, page.Find("main"), "đường vẫn ngập.")
	before := page.Find("details:has(.govuk-details__summary-text:contains('Câu trả lời trước'))")
	wantText(t, before, "đúng hạn")
	wantText(t, before, "Hồ sơ đã đủ.")
	wantText(t, page.Find(".moj-timeline"), "Ông/bà chưa đồng ý; ý kiến được xem lại")

	ctx := t.Context()
	f.now = f.now.Add(24 * time.Hour)
	f.must(f.db.SubmitAnswer(ctx, f.land, o.ID, 5, doithoai.Answer{Body: "Hồ sơ thiếu trích đo."}))
	f.must(f.db.SignAnswer(ctx, f.chair, o.ID, 6))
	f.must(f.db.DispatchAnswer(ctx, f.office, o.ID, 7, "120/UBND-VP", calendar.InstantOf(f.now).Date()))
	page = f.followed(cookie)
	wantText(t, page.Find(".dt-letter").First(), "Hồ sơ thiếu trích đo.")
	wantText(t, page.Find("details:has(form[action='"+againPath+"'])"), "chỉ được xem lại khi có tình tiết mới")
	old := typed{"so": {string(o.Number)}, "chua-dong-y": {"Vẫn chưa đồng ý."}, "lan": {"1"}}
	again := f.document(200, f.follow(f.post(againPath, old, cookie), cookie))
	wantText(t, again.Find(".govuk-error-summary"), "đã được xem lại một lần")
	if got := again.Find("textarea[name=chua-dong-y]").Text(); got != "Vẫn chưa đồng ý." {
		t.Errorf("typed %q came back", got)
	}
	old.Set("tinh-tiet-moi", "1")
	if w := f.post(againPath, old, cookie); w.Code != http.StatusSeeOther {
		t.Fatalf("asked: %d", w.Code)
	}
	wantText(t, f.followed(cookie).Find("main"), "đang chờ Chủ tịch xem xét")
	f.must(f.db.RefuseReopening(ctx, f.chair, o.ID, 9, doithoai.ReopeningDecision{
		Ground: doithoai.GroundNoNewFacts, Basis: "Nghị định số 154/2026/NĐ-CP", Words: "Nội dung đã được xem xét.",
	}))
	page = f.followed(cookie)
	wantText(t, page.Find("main"), "Nội dung đã được xem xét.")
	wantText(t, page.Find("main"), "không có tình tiết mới")
	if page.Find("form[action='"+againPath+"']").Length() != 1 {
		t.Error("no other request can be made")
	}
}

// The public page says that the matter is looked at again while it is, and no longer.
func TestPublicAgain(t *testing.T) {
	f := newReader(t)
	number, _ := f.publish("Đường thôn 3 ngập.", "Đường thôn 3", "Đã khơi cống.", "")
	ctx := t.Context()
	words := "Người nêu chưa đồng ý với câu trả lời này; cơ quan đang xem lại."
	said := func() string { return f.document(200, f.get(answerPath(number))).Find("main").Text() }
	if strings.Contains(said(), words) {
		t.Error("it is looked at again before anybody said so")
	}
	id, err := f.db.OpinionIDByNumber(ctx, f.office, number)
	f.must(err)
	file, err := f.db.OpinionFile(ctx, f.office, id)
	f.must(err)
	v := file.Petition.Version
	f.must(f.db.Reopen(ctx, f.office, id, v,
		doithoai.Reopening{Said: "Vẫn ngập.", Channel: doithoai.ChannelOffice}))
	if !strings.Contains(said(), words) {
		t.Errorf("the public is not told: %s", said())
	}
	f.must(f.db.SubmitAnswer(ctx, f.land, id, v+1, doithoai.Answer{Body: "Đã khơi lại."}))
	f.must(f.db.SignAnswer(ctx, f.chair, id, v+2))
	f.must(f.db.DispatchAnswer(ctx, f.office, id, v+3, "321/UBND-VP", calendar.InstantOf(f.now).Date()))
	if got := said(); strings.Contains(got, words) || !strings.Contains(got, "cơ quan đã trả lời lại") {
		t.Errorf("after the second answer the public reads %s", got)
	}
}
