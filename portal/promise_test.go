package portal

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/stafftest"
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
	wantText(t, part, "hạn 31/12/2024")
	ledger := f.page(http.StatusOK, web.PublicPromisesPath)
	wantText(t, ledger.Find("main"), "Kết luận đối thoại ngày "+d.StartsAt.Date().Words())
	if href := ledger.Find("a:contains('Dán bảng')").AttrOr("href", ""); href != page+"#"+concludedPart {
		t.Errorf("it leads to %q", href)
	}
}

// What shows that a promise was kept stands on its page once the office has made it public: a picture with its words,
// without where it was taken; a PDF to take along. What is not public is reached by no address.
func TestPublicFiles(t *testing.T) {
	f := newReader(t)
	ctx := t.Context()
	r := f.submit("Hồ sơ của tôi thiếu gì?")
	o := r.Opinions[0]
	f.rule(o, f.later())
	f.must(f.db.SubmitAnswer(ctx, f.land, o.ID, 1, doithoai.Answer{
		Body: "Hồ sơ đã đủ.", Promises: doithoai.PromisesOf(doithoai.Promised{
			UnitID: f.units["dia-chinh"], What: "Đo lại thửa đất", Due: calendar.DateOf(2024, 12, 31),
		}),
	}))
	f.must(f.db.SignAnswer(ctx, f.chair, o.ID, 2))
	f.must(f.db.DispatchAnswer(ctx, f.office, o.ID, 3, "99/UBND-VP", calendar.InstantOf(f.now).Date()))
	file, err := f.db.OpinionFile(ctx, f.office, o.ID)
	f.must(err)
	promise := file.Promises[0].ID
	f.must(f.db.KeepPromise(ctx, f.office, promise, 1, calendar.InstantOf(f.now).Date(), "Đã đo."))
	at := store.PromiseEvidence(promise)
	add := func(name, content string) doithoai.ID {
		id := stafftest.Keep(t, f.db, f.office, name, content)
		f.must(f.db.AddEvidence(ctx, f.office, at, []doithoai.ID{id}))
		return id
	}
	picture := add("nhà bà Thử.png", stafftest.PNG(t))
	paper := add("biên bản bà Thử.pdf", "%PDF-1.7\nstartxref\n9\n%%EOF\n")
	hidden := add("khác.png", stafftest.PNG(t))
	page := web.PublicPromisePath(promise)
	f.must(f.db.ViewEvidence(ctx, f.office, at))
	f.must(f.db.PublishEvidence(ctx, f.office, at, picture, 1, "Mốc đất mới ở bờ kênh", true))
	f.must(f.db.PublishEvidence(ctx, f.office, at, paper, 1, "Biên bản đo đạc", true))
	for _, path := range []string{page, publicFilePath(picture), publicFilePath(paper)} {
		if got := f.get(path).Code; got != http.StatusNotFound {
			t.Errorf("%s answers %d before the summary is public", path, got)
		}
	}
	f.must(f.db.ProposePublication(ctx, f.office, o.ID, 0,
		doithoai.Publication{Title: "Hồ sơ", Question: "Thiếu gì?", Answer: "Đã đủ."}))
	f.must(f.db.ApprovePublication(ctx, f.chair, o.ID, 1))
	for _, where := range []string{promisesPath("da-xong", ""), answerPath(o.Number)} {
		link := f.page(http.StatusOK, where).Find(`a[href="` + page + filesPart + `"]`)
		wantText(t, link, "Xem ảnh, văn bản minh chứng (2)")
	}
	doc := f.page(http.StatusOK, page)
	wantText(t, doc.Find("h1"), "Đo lại thửa đất")
	alt := doc.Find(`.dt-files img[src="`+publicFilePath(picture)+`"]`).AttrOr("alt", "")
	if alt != "Mốc đất mới ở bờ kênh" {
		t.Errorf("the picture says %q", alt)
	}
	wantText(t, doc.Find(".dt-files a"), "Biên bản đo đạc")
	wantText(t, doc.Find(".dt-files__about"), "PDF")
	if body := doc.Find("main").Text(); strings.Contains(body, "bà Thử") {
		t.Error("the page shows names of files")
	}
	w := f.get(publicFilePath(picture))
	h := w.Header()
	if w.Code != http.StatusOK || h.Get("Content-Type") != "image/jpeg" || h.Get("ETag") == "" ||
		h.Get("Cache-Control") != "private, no-cache" || h.Get("Content-Disposition") != "inline; filename=minh-chung.jpg" {
		t.Errorf("the picture: %d %v", w.Code, h)
	}
	again := httptest.NewRequest(http.MethodGet, publicFilePath(picture), nil)
	again.Header.Set("If-None-Match", w.Header().Get("ETag"))
	if got := f.do(again).Code; got != http.StatusNotModified {
		t.Errorf("who has it gets %d", got)
	}
	w = f.get(publicFilePath(paper))
	got := w.Header().Get("Content-Disposition")
	if w.Code != http.StatusOK || got != "attachment; filename=minh-chung.pdf" {
		t.Errorf("the PDF: %d %q", w.Code, got)
	}
	if got := f.get(publicFilePath(hidden)).Code; got != http.StatusNotFound {
		t.Errorf("what is not public answers %d", got)
	}
	f.must(f.db.UnpublishEvidence(ctx, f.office, at, picture, 2, "asked"))
	if got := f.do(again).Code; got != http.StatusNotFound {
		t.Errorf("what is not public any more answers %d", got)
	}
	if f.page(http.StatusOK, page).Find(".dt-files img").Length() > 0 {
		t.Error("the page shows it")
	}
}
