package portal

import (
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/text"
	"doithoai/web"
)

func TestDialogueIsAnnounced(t *testing.T) {
	f := newReader(t)
	doc := f.page(http.StatusOK, dialoguePath(f.dialogue.Slug))
	facts := doc.Find(".dt-facts").First()
	for _, want := range []string{
		"08 giờ, thứ Tư, ngày 30/10/2024, còn 7 ngày", "từ 07 giờ 30 phút", f.dialogue.Venue, f.dialogue.Chair,
		"16 giờ 30 phút, thứ Ba, ngày 29/10/2024; tại hội trường",
	} {
		wantText(t, facts, want)
	}
	wantText(t, doc.Find(".dt-sheet"), "Thứ Tư")
	wantText(t, doc.Find(".dt-sheet__lunar"), "28 tháng 9 âm lịch")
	wantText(t, doc.Find("section[aria-labelledby=thoi-han]"),
		"Đã thông báo ngày 08/10/2024, trước buổi đối thoại 22 ngày; luật yêu cầu ít nhất 7 ngày "+
			"(Điều 125 Luật Tổ chức chính quyền địa phương số 77/2015/QH13).")
	for _, topic := range f.plan.Texts(plan.KindTopics) {
		wantText(t, doc.Find("section[aria-labelledby=noi-dung]"), topic)
	}
	wantText(t, doc.Find("section[aria-labelledby=lien-he]"), "Bà Trần Thị Ví Dụ, Văn phòng")
	if ask := doc.Find("main .govuk-button"); ask.Length() != 1 || ask.AttrOr("href", "") != "/gui-y-kien" {
		t.Errorf("%d buttons, want the one to ask", ask.Length())
	}
	rows := doc.Find(".dt-programme li")
	for i, want := range []string{"07:30", "08:00", "08:15", "09:45"} {
		wantText(t, rows.Eq(i).Find("time"), want)
	}
	wantText(t, rows.Eq(2), "Chủ tịch UBND xã · 90 phút")
	wantText(t, doc.Find("section[aria-labelledby=chuong-trinh]"), "kết thúc lúc 10 giờ 45 phút")
	wantText(t, doc.Find("section[aria-labelledby=hoi-dap] h2"), "Câu hỏi gửi trước, đã có trả lời")
	got := doc.Find("meta[name=description]").AttrOr("content", "")
	if got != "08 giờ ngày 30/10/2024, Hội trường UBND xã Nghĩa Dũng" {
		t.Errorf("the page is described as %q", got)
	}
}

// Too short a notice is said in words and marked as late; the law of the dialogue's day counts.
func TestShortNoticeIsSaid(t *testing.T) {
	f := newReader(t)
	d := f.dialogue
	d.Slug, d.StartsAt, d.DoorsAt, d.SlipsUntil = "som", calendar.InstantAt(calendar.DateOf(2024, 10, 28), 8,
		0), calendar.InstantAt(calendar.DateOf(2024, 10, 28), 8, 0), calendar.InstantAt(calendar.DateOf(2024, 10, 28), 7, 0)
	d.LateReason = "Hội trường phải sửa mái trong tuần trước"
	_, err := f.db.AnnounceNewDialogue(t.Context(), f.office, d)
	f.must(err)
	doc := f.page(http.StatusOK, dialoguePath("som"))
	wantText(t, doc.Find("section[aria-labelledby=thoi-han] .dt-due--late"), "trước buổi đối thoại 5 ngày")
	wantText(t, doc.Find("section[aria-labelledby=thoi-han]"), "ít nhất 7 ngày")
	wantText(t, doc.Find(".dt-programme li").First().Find("time"), "08:00")
}

func TestDialoguesComingAndPast(t *testing.T) {
	f := newReader(t)
	number, _ := f.publish("Thủ tục đất đai của tôi bao giờ xong?", "Thủ tục đất đai", "Đã trả kết quả.", "dat-dai")
	list := f.page(http.StatusOK, dialoguesPath)
	wantText(t, list.Find("section[aria-labelledby=sap-toi]"), "còn 7 ngày")

	f.now = f.now.AddDate(0, 0, 8)
	list = f.page(http.StatusOK, dialoguesPath)
	wantText(t, list.Find("section[aria-labelledby=da-qua]"), f.dialogue.Title)
	wantText(t, list.Find("section[aria-labelledby=sap-toi] .dt-empty"), "chưa có buổi đối thoại nào")
	doc := f.page(http.StatusOK, dialoguePath(f.dialogue.Slug))
	if doc.Find("main .govuk-button").Length() != 0 {
		t.Error("one can still ask at a dialogue that is past")
	}
	wantText(t, doc.Find("section[aria-labelledby=hoi-dap] h2"), "Câu hỏi và trả lời của buổi này")
	if href := doc.Find("section[aria-labelledby=hoi-dap] .dt-rows a").AttrOr("href", ""); href != answerPath(number) {
		t.Errorf("the dialogue leads to %q", href)
	}
}

func TestCalendarFile(t *testing.T) {
	f := newReader(t)
	w := f.get(calendarPath(f.dialogue.Slug))
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "text/calendar; charset=utf-8" {
		t.Fatalf("%d %s", w.Code, w.Header().Get("Content-Type"))
	}
	body := w.Body.String()
	if strings.Count(body, "\n") != strings.Count(body, "\r\n") {
		t.Error("lines don't end in CRLF (RFC 5545, 3.1)")
	}
	for line := range strings.SplitSeq(body, "\r\n") {
		if len(line) > 75 {
			t.Errorf("line of %d bytes (RFC 5545, 3.1): %s", len(line), line)
		}
	}
	c, err := ics.ParseCalendar(strings.NewReader(body))
	f.must(err)
	events := c.Events()
	if len(events) != 1 || len(c.Timezones()) != 1 {
		t.Fatalf("%d events, %d time zones", len(events), len(c.Timezones()))
	}
	e := events[0]
	start, err := e.GetStartAt()
	f.must(err)
	end, err := e.GetEndAt()
	f.must(err)
	if !start.Equal(time.Date(2024, 10, 30, 1, 0, 0, 0, time.UTC)) ||
		!end.Equal(time.Date(2024, 10, 30, 3, 45, 0, 0, time.UTC)) {
		t.Errorf("from %s to %s", start, end)
	}
	if !strings.Contains(body, "DTSTART;TZID=Asia/Ho_Chi_Minh:20241030T080000") {
		t.Error("the start isn't written in the time of Viet Nam")
	}
	if strings.Contains(body, "METHOD") {
		t.Error("the file is a message (RFC 5546)")
	}
	unfolded := strings.ReplaceAll(body, "\r\n ", "")
	if !strings.Contains(unfolded, `về thủ tục hành chính\, năm 2024`+"\r\n") {
		t.Error("a comma of the title is not escaped (RFC 5545, 3.3.11)")
	}
	for property, want := range map[ics.ComponentProperty]string{
		ics.ComponentPropertyUniqueId: string(f.dialogue.ID) + "@xa-nghia-dung",
		ics.ComponentPropertySequence: "1",
		ics.ComponentPropertyStatus:   "CONFIRMED",
		ics.ComponentPropertySummary:  "DỮ LIỆU MÔ PHỎNG · " + f.dialogue.Title,
		ics.ComponentPropertyLocation: f.dialogue.Venue,
		ics.ComponentPropertyUrl:      "http://" + readerHost + dialoguePath(f.dialogue.Slug),
	} {
		if got := e.GetProperty(property).Value; got != want {
			t.Errorf("%s is %q, want %q", property, got, want)
		}
	}
	if o := e.GetProperty(ics.ComponentPropertyOrganizer); o == nil || o.Value != "invalid:nomail" ||
		o.ICalParameters["CN"][0] != f.authority.Name {
		t.Errorf("organised by %+v", o)
	}
	if strings.Count(unfolded, "\r\nORGANIZER;CN=") != 1 || strings.Contains(unfolded, "tel:") {
		t.Error("the organiser is not written as calendars read it (RFC 5545, 3.8.4.3)")
	}
	wantContact := "CONTACT:" + f.authority.Name + `\, ` + text.For("vi").Phone(f.authority.Phone) + "\r\n"
	if !strings.Contains(unfolded, wantContact) {
		t.Errorf("no %q", wantContact)
	}
	moved := f.dialogue
	moved.Version++
	moved.StartsAt = moved.StartsAt.Add(24 * time.Hour)
	by := &web.Request{Reader: &web.Reader{Authority: f.authority, Text: text.For("vi")}}
	second := calendarOf(by, moved).Events()[0]
	for property, want := range map[ics.ComponentProperty]string{
		ics.ComponentPropertyUniqueId: e.Id(), ics.ComponentPropertySequence: "2",
		ics.ComponentPropertyDtStart: "20241031T080000",
	} {
		if got := second.GetProperty(property).Value; got != want {
			t.Errorf("once moved, %s is %q, want %q", property, got, want)
		}
	}
}

// A dialogue is moved, then postponed, then cancelled: its page says so with the reason, the calendar takes the day
// out, and the first page no longer counts the days to what has no day.
func TestDialogueIsMoved(t *testing.T) {
	f := newReader(t)
	why := doithoai.DialogueMove{Reason: "Bão số 6 đổ bộ vào đúng ngày hội nghị"}
	next := f.dialogue
	next.StartsAt = next.StartsAt.Add(14 * 24 * time.Hour)
	next.DoorsAt, next.SlipsUntil = calendar.Instant{}, next.StartsAt
	moved, err := f.db.MoveDialogue(t.Context(), f.office, next.ID, next.Version, next, why)
	f.must(err)
	doc := f.page(http.StatusOK, dialoguePath(f.dialogue.Slug))
	wantText(t, doc.Find(".dt-moved"), "Đã chuyển từ 08 giờ ngày 30/10/2024")
	wantText(t, doc.Find(".dt-moved"), why.Reason)
	wantText(t, doc.Find(".dt-facts").First(), "13/11/2024")

	postponed, err := f.db.PostponeDialogue(t.Context(), f.office, next.ID, moved.Version, why)
	f.must(err)
	doc = f.page(http.StatusOK, dialoguePath(f.dialogue.Slug))
	wantText(t, doc.Find(".dt-facts").First(), "được hoãn, chưa có ngày mới")
	if strings.Contains(doc.Find(".dt-facts").First().Text(), "còn ") {
		t.Error("days are counted to what has no day")
	}
	if !strings.Contains(f.get(calendarPath(f.dialogue.Slug)).Body.String(), "STATUS:CANCELLED") {
		t.Error("the old day stays in calendars")
	}
	_, err = f.db.CancelDialogue(t.Context(), f.office, next.ID, postponed.Version, why)
	f.must(err)
	doc = f.page(http.StatusOK, dialoguePath(f.dialogue.Slug))
	wantText(t, doc.Find("main"), "Buổi đối thoại không tổ chức")
	if doc.Find("main .govuk-button").Length() != 0 {
		t.Error("one can ask at what is not held")
	}
}

// House rules have a page once the office wrote them.
func TestHouseRulesPage(t *testing.T) {
	f := newReader(t)
	f.page(http.StatusNotFound, rulesPath(f.dialogue.Slug))
	_, err := f.db.WriteText(t.Context(), f.office, 0, plan.Text{
		DialogueID: f.dialogue.ID, Kind: plan.TextHouseRules, Body: "1. Có mặt đúng giờ.\n2. Điện thoại im lặng.",
	})
	f.must(err)
	doc := f.page(http.StatusOK, rulesPath(f.dialogue.Slug))
	wantText(t, doc.Find("main"), "2. Điện thoại im lặng.")
	wantText(t, f.page(http.StatusOK, dialoguePath(f.dialogue.Slug)).Find("section[aria-labelledby=chuong-trinh] a"),
		"Nội quy")
}

// Who passes the link to a dialogue on shows its picture: only where the operator said under which address the portal
// is public, and the office that it can be reached. The picture is asked for again only when it says something else.
func TestDialogueIsShared(t *testing.T) {
	f := newReader(t)
	path := picturePath(f.dialogue.Slug)
	if f.page(http.StatusOK, dialoguePath(f.dialogue.Slug)).Find(`meta[property^="og:"]`).Length() != 0 {
		t.Error("a portal without a public address has its links shown")
	}
	w := f.get(path)
	img, err := png.Decode(w.Body)
	f.must(err)
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/png" ||
		img.Bounds() != image.Rect(0, 0, 1200, 630) {
		t.Fatalf("%d %s %v", w.Code, w.Header().Get("Content-Type"), img.Bounds())
	}
	tag := w.Header().Get("ETag")
	req := httptest.NewRequest(http.MethodGet, path, nil)
	req.Header.Set("If-None-Match", tag)
	if w := f.do(req); w.Code != http.StatusNotModified || w.Body.Len() != 0 {
		t.Errorf("asked for again: %d, %d bytes", w.Code, w.Body.Len())
	}
	if w := f.get(picturePath("khong-co")); w.Code != http.StatusNotFound {
		t.Errorf("no dialogue, %d", w.Code)
	}

	share := shareOf(f.authority, f.dialogue)
	if share.Strip != "DỮ LIỆU MÔ PHỎNG" || share.Facts[0] != "08 giờ, thứ Tư, ngày 30/10/2024" ||
		share.Facts[1] != f.dialogue.Venue {
		t.Errorf("the picture says %+v", share)
	}
	real, late := f.authority, f.dialogue
	real.Demo, late.State = false, doithoai.DialoguePostponed
	if share = shareOf(real, late); share.Strip != "" || share.Facts[0] != "Được hoãn, chưa có ngày mới" {
		t.Errorf("the picture says %+v", share)
	}
	why := doithoai.DialogueMove{Reason: "Bão số 6 đổ bộ vào đúng ngày hội nghị"}
	_, err = f.db.PostponeDialogue(t.Context(), f.office, f.dialogue.ID, f.dialogue.Version, why)
	f.must(err)
	if w := f.do(req); w.Code != http.StatusOK || w.Header().Get("ETag") == tag {
		t.Errorf("postponed, its picture stays: %d", w.Code)
	}

	f.public = &url.URL{Scheme: "https", Host: "doithoai.vidu.test"}
	f.serve()
	doc := f.page(http.StatusOK, dialoguePath(f.dialogue.Slug))
	for property, want := range map[string]string{
		"og:title": f.dialogue.Title, "og:url": "https://doithoai.vidu.test" + dialoguePath(f.dialogue.Slug),
		"og:image": "https://doithoai.vidu.test" + path, "og:image:width": "1200", "og:image:height": "630",
		"og:description": "08 giờ ngày 30/10/2024, Hội trường UBND xã Nghĩa Dũng",
	} {
		if got := doc.Find(`meta[property="`+property+`"]`).AttrOr("content", ""); got != want {
			t.Errorf("%s is %q, want %q", property, got, want)
		}
	}
	if f.page(http.StatusOK, "/tro-nang").Find(`meta[property^="og:"]`).Length() != 0 {
		t.Error("a page without a picture has one shown")
	}
	f.authority.Offline = true
	if f.page(http.StatusOK, dialoguePath(f.dialogue.Slug)).Find(`meta[property^="og:"]`).Length() != 0 {
		t.Error("a portal that can't be reached has its links shown")
	}
}
