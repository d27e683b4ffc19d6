package portal

import (
	"net/http"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/web"
)

// What an answer promised stands beside it for its holder at once, and for everybody once its summary is public; that
// it was kept is never said to be a solution.
func TestPromises(t *testing.T) {
	f := newReader(t)
	ctx := t.Context()
	r := f.submit("Hồ sơ của tôi thiếu gì?")
	o := r.Opinions[0]
	f.rule(o, f.later())
	line := doithoai.Promised{
		UnitID: f.units["dia-chinh"], What: "Đo lại thửa đất", Due: calendar.DateOf(2024, 12, 31),
	}
	f.must(f.db.SubmitAnswer(ctx, f.land, o.ID, 1, doithoai.Answer{
		Body: "Hồ sơ đã đủ.", Promises: doithoai.PromisesOf(line),
	}))
	f.must(f.db.SignAnswer(ctx, f.chair, o.ID, 2))
	cookie := f.openSlip(r.Code)
	if f.followed(cookie).Find("body:contains('Đo lại thửa đất')").Length() != 0 {
		t.Error("a draft promises something")
	}
	f.must(f.db.DispatchAnswer(ctx, f.office, o.ID, 3, "99/UBND-VP", calendar.InstantOf(f.now).Date()))
	page := f.followed(cookie)
	wantText(t, page.Find("main"), "Đo lại thửa đất")
	wantText(t, page.Find("main"), "xong trước hết ngày 31/12/2024")
	wantText(t, page.Find("main"), "Hạn làm xong việc đã hứa")
	wantText(t, f.page(http.StatusOK, web.PublicPromisesPath).Find("main"), "Chưa có cam kết nào được công khai")

	f.must(f.db.ProposePublication(ctx, f.office, o.ID, 0,
		doithoai.Publication{Title: "Hồ sơ", Question: "Thiếu gì?", Answer: "Đã đủ."}))
	f.must(f.db.ApprovePublication(ctx, f.chair, o.ID, 1))
	ledger := f.page(http.StatusOK, web.PublicPromisesPath)
	wantText(t, ledger.Find("main"), "Chưa đến hạn 1")
	wantText(t, ledger.Find("main"), "Đo lại thửa đất")
	wantText(t, ledger.Find("main"), "chưa phải là")
	answer := f.page(http.StatusOK, answerPath(o.Number))
	wantText(t, answer.Find("section:has(#xa-hua)"), "Đo lại thửa đất")

	file, err := f.db.OpinionFile(ctx, f.office, o.ID)
	f.must(err)
	f.must(f.db.KeepPromise(ctx, f.office, file.Promises[0].ID, 1, calendar.InstantOf(f.now).Date(), "Đã đo."))
	answer = f.page(http.StatusOK, answerPath(o.Number))
	wantText(t, answer.Find("section:has(#xa-hua)"), "Xong đúng hạn")
	wantText(t, answer.Find("section:has(#xa-hua)"), "không có nghĩa là")
	wantText(t, answer.Find(".dt-state"), "Đã trả lời")
	wantText(t, f.page(http.StatusOK, promisesPath("da-xong", "")).Find("main"), "Đã đo.")
	if f.get(web.PublicPromisesPath+"?sau=khong-co&tinh-hinh=da-xong").Code != http.StatusOK {
		t.Error("an address with anything in it breaks the page")
	}
}

// What the chair's conclusion gave units to do stands on the page of its dialogue and among all promises, once the
// minutes are locked.
func TestConcludedPromises(t *testing.T) {
	f := newReader(t)
	ctx := t.Context()
	d := f.dialogue
	page := dialoguePath(d.Slug)
	f.now = d.StartsAt.Time()
	d, err := f.db.StartDialogue(ctx, f.office, d.ID, d.Version, calendar.InstantOf(f.now))
	f.must(err)
	f.now = f.now.Add(time.Hour)
	d, err = f.db.CloseDialogue(ctx, f.office, d.ID, d.Version, calendar.InstantOf(f.now))
	f.must(err)
	line := doithoai.Promised{UnitID: f.units["dia-chinh"], What: "Dán bảng tại quầy", Due: calendar.DateOf(2024, 12, 31)}
	_, err = f.db.WriteConclusion(ctx, f.chair, d.ID, 0, "Ghi nhận.", line)
	f.must(err)
	m, err := f.db.ComposeMinutes(ctx, f.office, d.ID, 0)
	f.must(err)
	m, err = f.db.ReadMinutes(ctx, f.office, d.ID, m.Version, doithoai.ReadBack{At: d.ClosedAt, To: "Người dân có mặt"})
	f.must(err)
	if f.page(http.StatusOK, page).Find("#"+concludedPart).Length() > 0 {
		t.Error("words of a conclusion are public before the minutes are locked")
	}
	_, err = f.db.LockMinutes(ctx, f.office, d.ID, m.Version)
	f.must(err)
	part := f.page(http.StatusOK, page).Find("section:has(#" + concludedPart + ")")
	wantText(t, part, "Dán bảng tại quầy")
	wantText(t, part, "xong trước hết ngày 31/12/2024")
	ledger := f.page(http.StatusOK, web.PublicPromisesPath)
	wantText(t, ledger.Find("main"), "Kết luận đối thoại ngày "+d.StartsAt.Date().Words())
	if href := ledger.Find("a:contains('Dán bảng')").AttrOr("href", ""); href != page+"#"+concludedPart {
		t.Errorf("it leads to %q", href)
	}
}
