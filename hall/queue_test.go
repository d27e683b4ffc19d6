package hall

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
)

// all reads the hidden and filled fields of a form.
func (h *hallTest) all(page, form string) url.Values {
	f := url.Values{}
	for _, s := range h.get(page).doc.Find(form).First().Find("input").EachIter() {
		f.Set(s.AttrOr("name", ""), s.AttrOr("value", ""))
	}
	return f
}

// raises adds somebody to the queue who raised a hand.
func (h *hallTest) raises(name string) {
	h.Helper()
	f := h.all(root, "form[data-turn-hand]")
	f.Set("ho-ten-gio-tay", name)
	f.Set("thon-gio-tay", string(h.villages[0].ID))
	if a := h.post(root+"/gio-tay", f); a.Code != http.StatusSeeOther {
		h.Fatalf("hand: %d %s", a.Code, a.text("main"))
	}
}

func (h *hallTest) queue() store.Run {
	h.Helper()
	r, err := h.db.Run(h.Context(), h.officers["thuky"].Actor(), h.dialogue.ID)
	h.must(err)
	return r
}

// press sends a button of a turn.
func (h *hallTest) press(q store.QueueRow, do string) answer {
	h.Helper()
	f := url.Values{"viec": {do}, "phien-ban": {number(q.Version)}}
	return h.post(root+"/luot/"+string(q.ID), f)
}

func TestQueuePage(t *testing.T) {
	h := newHall(t)
	h.get(root).want(http.StatusOK, ".dt-run", "Chưa bắt đầu")
	h.later = calendar.InstantAt(calendar.DateOf(2024, 10, 25), 8, 0).Sub(clock)
	h.post(root+"/bat-dau", h.all(root, `form[action$="/bat-dau"]`)).want(http.StatusSeeOther)
	h.get(root).want(http.StatusOK, ".dt-run__step", "Bước 1/1: Đối thoại", ".dt-console__turns", "Chưa có ai chờ")
	h.raises("Bà Hồ Thị Giả Sử")
	f := h.all(root, "form[data-turn-hand]")
	h.post(root+"/gio-tay", f).want(http.StatusUnprocessableEntity, ".dt-hand .govuk-error-message", "Ghi tên")
	h.raises("Ông Lý Văn Tượng")
	h.get(root).want(http.StatusOK, ".dt-waiting li:nth-child(2)", "2. Ông Lý Văn Tượng", ".dt-waiting li:nth-child(1)",
		"Thôn 1 · giơ tay · thôn chưa có lượt", ".dt-waiting li:nth-child(2) .dt-waiting__note", "thôn đã có 1 lượt")

	waiting := h.queue().Waiting
	h.press(waiting[0], "moi").want(http.StatusSeeOther)
	h.press(waiting[0], "moi").want(http.StatusConflict, ".dt-gate", "Có người vừa thay đổi hàng chờ")
	h.press(waiting[0], "gi-do").want(http.StatusUnprocessableEntity)
	console := h.get(root)
	console.want(http.StatusOK, ".dt-speaker__who", "Bà Hồ Thị Giả Sử", "[role=timer]", "00:00 / 03:00")
	if v := console.fields(); v.Get("ho-ten") != "Bà Hồ Thị Giả Sử" || v.Get("thon") != string(h.villages[0].ID) ||
		v.Get("luot") != string(waiting[0].ID) {
		t.Errorf("the form is not the speaker's: %v", v)
	}
	speaking := *h.queue().Speaking
	h.press(speaking, "chay").want(http.StatusSeeOther)
	h.later += 3*time.Minute + 20*time.Second
	h.get(root).want(http.StatusOK, "[role=timer]", "quá 00:20")
	h.press(speaking, "them-phut").want(http.StatusSeeOther)
	h.get(root).want(http.StatusOK, "[role=timer]", "03:20 / 04:00")

	// What is recorded in a turn is the speaker's; who comes next is called with it.
	v := h.fill(root, "noi-dung", "Chợ họp lấn ra lòng đường.", "tiep", thenCall)
	a := h.post(root, v)
	a.want(http.StatusSeeOther)
	a = h.post(root, v) // the second click calls nobody else
	a.want(http.StatusSeeOther)
	run := h.queue()
	if o := h.rows()[len(h.rows())-1].Opinion; o.TurnID != speaking.ID || len(run.Over) != 1 ||
		run.Speaking == nil || run.Speaking.Name != "Ông Lý Văn Tượng" {
		t.Errorf("%+v\n%+v", o, run)
	}
	h.get(root).want(http.StatusOK, ".dt-past", "Bà Hồ Thị Giả Sử · đã nói 03:20", ".dt-past__villages", "2 lượt")

	// A draft that holds the name of who spoke before is not the next one's.
	_, err := h.db.SaveDraft(h.Context(), h.officers["thuky"].Actor(), store.DraftOpinion, string(h.dialogue.ID),
		map[string][]string{"ho-ten": {"Bà Hồ Thị Giả Sử"}, "luot": {string(speaking.ID)}})
	h.must(err)
	if v := h.get(root).fields(); v.Get("ho-ten") != "Ông Lý Văn Tượng" {
		t.Errorf("%v", v)
	}
	h.do("diachinh", http.MethodPost, root+"/luot/"+string(speaking.ID), url.Values{"viec": {"moi"}}).
		want(http.StatusForbidden)
	if strings.Contains(h.log.String(), "Giả Sử") {
		t.Error("a name stands in the log")
	}
}

// The chair has one card, rules by one press, and another press replaces it; nothing waits for it.
func TestChairCard(t *testing.T) {
	h := newHall(t)
	h.begin()
	card := root + "/chu-tri"
	chair := func(method, path string, f url.Values) answer { return h.do("chutich", method, path, f) }
	chair(http.MethodGet, card, nil).want(http.StatusOK, "#hall-chair", "Chưa có ai phát biểu")
	h.raises("Bà Hồ Thị Giả Sử")
	h.raises("Ông Lý Văn Tượng")
	h.press(h.queue().Waiting[0], "moi").want(http.StatusSeeOther)
	chair(http.MethodGet, card, nil).want(http.StatusOK, "#hall-chair", "Thư ký đang ghi ý kiến",
		".dt-chair__next", "Ông Lý Văn Tượng")
	h.record("Bà Hồ Thị Giả Sử", "Chợ họp lấn ra lòng đường.")
	row := h.rows()[len(h.rows())-1]
	page := chair(http.MethodGet, card, nil)
	page.want(http.StatusOK, ".dt-chair__question", "Chợ họp lấn ra lòng đường.", ".dt-chair__who", "Bà Hồ Thị Giả Sử")
	if n := page.doc.Find(".dt-verdicts__button").Length(); n != 5 {
		t.Errorf("%d large buttons", n)
	}
	f := url.Values{"huong": {"TL-SAU"}, "phien-ban": {"1"}}
	at := card + "/" + string(row.Opinion.Number)
	chair(http.MethodPost, at, f).want(http.StatusUnprocessableEntity, ".dt-chair__asks .govuk-error-message", "đơn vị")
	f.Set("giao", string(h.units[2].ID))
	chair(http.MethodPost, at, f).want(http.StatusSeeOther)
	chair(http.MethodPost, at, f).want(http.StatusSeeOther) // the second press
	if o := h.file(row.Opinion.ID); o.Opinion.Ruling != doithoai.RulingLater || o.Petition.LeadUnitID != h.units[2].ID {
		t.Errorf("%+v", o.Opinion)
	}
	page = chair(http.MethodGet, card, nil)
	if page.doc.Find(`button[value="TL-SAU"][aria-pressed=true]`).Length() != 1 {
		t.Error("the ruling does not stand on its button")
	}
	f = url.Values{"huong": {"TL-NGAY"}, "phien-ban": {"2"}}
	chair(http.MethodPost, at, f).want(http.StatusUnprocessableEntity, ".dt-chair__asks", "Nội dung trả lời tại chỗ")
	f.Set("tra-loi", "Xã dẹp chợ lấn đường từ thứ Hai.")
	chair(http.MethodPost, at, f).want(http.StatusSeeOther)
	if o := h.file(row.Opinion.ID); o.Opinion.Ruling != doithoai.RulingOnTheSpot {
		t.Errorf("%+v", o.Opinion)
	}
	f.Set("huong", "KTN")
	f.Set("ly-do-khong-nhan", "repeated")
	chair(http.MethodPost, at, f).want(http.StatusConflict, ".dt-gate", "")
	chair(http.MethodPost, card+"/gio", url.Values{"luot": {string(h.queue().Speaking.ID)}}).want(http.StatusSeeOther)
	if q := h.queue(); q.Speaking.Limit != 4*time.Minute {
		t.Error(q.Speaking.Limit)
	}
	h.do("diachinh", http.MethodGet, card, nil).want(http.StatusForbidden)
	chair(http.MethodGet, card+"?y-kien=KH-24-0001", nil).want(http.StatusNotFound)
}

// Only what the console releases is shown, and nothing that is not for screens.
func TestConsoleShows(t *testing.T) {
	h := newHall(t)
	h.begin()
	h.raises("Bà Hồ Thị Giả Sử")
	h.press(h.queue().Waiting[0], "moi").want(http.StatusSeeOther)
	screen := func() doithoai.Screen {
		t.Helper()
		s, err := h.db.Screen(h.Context(), h.officers["thuky"].Actor(), h.dialogue.ID)
		h.must(err)
		return s
	}
	f := h.fill(root, "noi-dung", "Chợ họp lấn ra lòng đường, gọi 0912345678.")
	a := h.post(root+"/chieu", f)
	a.want(http.StatusUnprocessableEntity, "#hall-shown", "Chưa chiếu")
	if v := a.fields(); v.Get("noi-dung") != f.Get("noi-dung") || a.doc.Find("#hall-shown button").Length() != 0 {
		t.Errorf("what was typed is lost, or a telephone may be shown: %v", v)
	}
	f.Set("noi-dung", "Chợ họp lấn ra lòng đường, ông Nguyễn Văn Khó không nghe.")
	h.post(root+"/chieu", f).want(http.StatusUnprocessableEntity, "#hall-shown button", "Vẫn chiếu tên này")
	if s := screen(); s.Question != "" {
		t.Errorf("%+v", s)
	}
	f.Set("trung-lap", "Chợ họp lấn ra lòng đường.")
	h.post(root+"/chieu", f).want(http.StatusSeeOther)
	h.get(root).want(http.StatusOK, ".dt-run__screen", "đang chiếu câu hỏi")
	if s := screen(); s.Question != "Chợ họp lấn ra lòng đường." || s.OpinionID != "" {
		t.Errorf("%+v", s)
	}
	h.post(root, f).want(http.StatusSeeOther)
	row := h.rows()[len(h.rows())-1]
	if s := screen(); s.OpinionID != row.Opinion.ID {
		t.Errorf("recorded, and not known to be the one that is shown: %+v", s)
	}
	at := root + "/y-kien/" + string(row.Opinion.Number)
	h.post(root+"/tat-chieu", nil).want(http.StatusSeeOther)
	h.post(root+"/tat-chieu", nil).want(http.StatusSeeOther)
	h.get(root).want(http.StatusOK, ".dt-run__screen", "đã tắt")
	h.post(at+"/chieu", h.get(at).fields()).want(http.StatusSeeOther)
	h.post(root+"/chieu-buoc", nil).want(http.StatusSeeOther)
	if s := screen(); s.Blank || s.Question != "" {
		t.Errorf("%+v", s)
	}
	h.do("chutich", http.MethodPost, root+"/tat-chieu", nil).want(http.StatusForbidden)
}
