package hall

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
)

const laterRoot = root + laterPart

// registered hands in a slip of somebody who wants to speak.
func (h *hallTest) registered(name, matter string, manner ...doithoai.Manner) doithoai.Opinion {
	h.Helper()
	key, err := newForm().intakeKey()
	h.must(err)
	got, err := h.db.SubmitSlip(h.Context(), h.officers["vanphong"].Actor(), key, doithoai.Slip{
		DialogueID: h.dialogue.ID, Channel: doithoai.ChannelPaper, Matters: []string{matter},
		Manner: append(manner, doithoai.MannerSpeak)[0],
		Petitioner: doithoai.Petitioner{
			Standing: doithoai.StandingPerson, Name: name, VillageID: h.villages[0].ID, Ways: []doithoai.Way{doithoai.WayPickUp},
		},
		NoticeRead: true,
	})
	h.must(err)
	return got.Opinions[0]
}

// tableOf reads the form of what was not heard as a browser would send it.
func tableOf(a answer) url.Values {
	f := url.Values{}
	for _, name := range []string{"dong", "han"} {
		for _, s := range a.doc.Find(`form [name="` + name + `"]`).EachIter() {
			f.Add(name, s.AttrOr("value", ""))
		}
	}
	for _, s := range a.doc.Find(`input[name="chon"][checked]`).EachIter() {
		f.Add("chon", s.AttrOr("value", ""))
	}
	for _, s := range a.doc.Find(`select[name="don-vi"]`).EachIter() {
		f.Add("don-vi", s.Find("option[selected]").AttrOr("value", ""))
	}
	return f
}

// TestAnswerLaterPage rules what was not heard at once: all are ticked, each with a unit; what somebody ruled meanwhile
// is named, and the others stay as they were chosen.
func TestAnswerLaterPage(t *testing.T) {
	h := newHall(t)
	h.get(laterRoot).want(http.StatusOK, "main", "Không còn ý kiến nào")
	first := h.registered("Phan Văn Nháp", "Bao giờ sửa cống?")
	second := h.registered("Trần Thị Ví Dụ", "Bao giờ có đèn?")
	third := h.registered("Lê Thị Thí Dụ", "Bao giờ có nước?", doithoai.MannerWritten)
	before := h.get(laterRoot)
	before.want(http.StatusOK, "main", "Chỉ ghi trả lời sau khi hội nghị đã bắt đầu", ".dt-unheard", "Phan Văn Nháp")
	h.post(laterRoot, tableOf(before)).want(http.StatusConflict, "[role=alert]", "Chỉ ghi trả lời sau")
	h.begin()
	h.later += time.Hour
	h.get(root).want(http.StatusOK, ".dt-halls", "Trả lời sau 3")
	page := h.get(laterRoot)
	page.want(http.StatusOK, "button", "Ghi 3 ý kiến", ".dt-unheard", "Chưa đến lượt", "#han-hint", "ngày làm việc")
	f := tableOf(page)
	if len(f["chon"]) != 3 || f["don-vi"][0] != string(h.units[0].ID) {
		t.Fatalf("the form is %v", f)
	}
	f["don-vi"][1] = string(h.units[1].ID)

	_, err := h.db.RuleOpinion(t.Context(), h.officers["vanphong"].Actor(), first.ID, 1,
		doithoai.Ruling{Code: doithoai.RulingComplaint})
	h.must(err)
	again := h.post(laterRoot, f)
	again.want(http.StatusUnprocessableEntity, "[role=alert]", "Ý kiến "+string(first.Number)+" đã được người khác")
	kept := tableOf(again)
	if len(kept["chon"]) != 2 || kept["don-vi"][0] != string(h.units[1].ID) {
		t.Fatalf("what was chosen came back as %v", kept)
	}
	kept["han"] = []string{"hôm nào"}
	h.post(laterRoot, kept).want(http.StatusUnprocessableEntity, "#han-error", "hôm nào")
	kept["han"] = []string{""}
	kept["chon"] = kept["chon"][:1]
	done := h.post(laterRoot, kept)
	if to := done.Header().Get("Location"); done.Code != http.StatusSeeOther || to != laterRoot+"?xong=1" {
		t.Fatalf("%d to %q: %s", done.Code, to, done.text("main"))
	}
	if twice := h.post(laterRoot, kept); twice.Code != http.StatusSeeOther {
		t.Errorf("the second click: %d %s", twice.Code, twice.text("main"))
	}
	h.get(laterRoot+"?xong=1").want(http.StatusOK, "main", "Đã ghi 1 ý kiến", ".dt-unheard", "Lê Thị Thí Dụ")
	if o := h.file(second.ID); o.Opinion.Unheard != doithoai.UnheardNotReached || o.Unit.ID != h.units[1].ID {
		t.Errorf("the second is %+v", o.Opinion)
	}
	if o := h.file(third.ID); o.Opinion.Ruling != "" {
		t.Errorf("the third, which was not chosen, is %+v", o.Opinion)
	}
	last := h.get(laterRoot)
	last.want(http.StatusOK, ".dt-unheard", "Xin trả lời bằng văn bản")
	h.post(laterRoot, tableOf(last))
	if o := h.file(third.ID); o.Opinion.Ruling != doithoai.RulingLater || o.Opinion.Unheard != "" {
		t.Errorf("the third, who asked for an answer in writing, is %+v", o.Opinion)
	}
	forged := url.Values{"chon": {string(third.ID)}}
	h.post(laterRoot, forged).want(http.StatusUnprocessableEntity)
}

// TestWithdrawnInTheHall: who raised an opinion takes it back; the console has it in a folded part.
func TestWithdrawnInTheHall(t *testing.T) {
	h := newHall(t)
	row := h.record("Phan Văn Nháp", "Bao giờ sửa cống?")
	at := root + "/y-kien/" + string(row.Opinion.Number)
	page := h.get(at)
	page.want(http.StatusOK, "details", "Người nêu rút lại ý kiến")
	f := page.fields()
	f.Set("rut-ly-do", "Ông Nháp")
	again := h.post(at+"/rut", f)
	again.want(http.StatusUnprocessableEntity, "[role=alert]", "Ghi rõ ai nói rút", "#rut-ly-do", "Ông Nháp")
	f.Set("rut-ly-do", "Ông Nháp nói tại hội trường, cống đã sửa.")
	for range 2 { // clicked twice
		if a := h.post(at+"/rut", f); a.Code != http.StatusSeeOther {
			t.Fatalf("%d %s", a.Code, a.text("main"))
		}
	}
	h.get(root+"?xong=rut&so="+string(row.Opinion.Number)).want(http.StatusOK, ".dt-done", "người nêu rút lại",
		"#hall-list", "Người nêu rút lại")
	if n := h.get(at).doc.Find(`[name="rut-ly-do"]`).Length(); n != 0 {
		t.Error("it can be withdrawn twice")
	}
	if code := h.get(at).fields().Get("huong"); code != "" {
		t.Errorf("the form offers %q", code)
	}
}

// TestHallNotes notes what happened, puts it right and takes it back.
func TestHallNotes(t *testing.T) {
	h := newHall(t)
	const at = root + notesPart
	h.get(at).want(http.StatusOK, "main", "Chỉ ghi chú trong ngày hội nghị")
	h.begin()
	h.later += time.Hour
	page := h.get(at)
	key := formKey(page)
	f := url.Values{"khoa": {key}, "gio": {"25 giờ"}, "loai": {"order"}, "ghi-chu": {"Một người nói to."}}
	wrong := h.post(at, f)
	wrong.want(http.StatusUnprocessableEntity, "#gio-error", "Ghi giờ trong ngày", "#ghi-chu", "Một người nói to.")
	f.Set("gio", "08:30")
	for range 2 {
		if a := h.post(at, f); a.Code != http.StatusSeeOther {
			t.Fatalf("%d %s", a.Code, a.text("main"))
		}
	}
	h.get(at+"?xong=1").want(http.StatusOK, ".dt-notes__list", "08 giờ 30", ".dt-notes__list", "Một người nói to.")
	other := h.do("vanphong", http.MethodGet, at, nil)
	if other.doc.Find(".dt-notes__list details").Length() != 0 {
		t.Error("another officer may change it")
	}
	f.Set("phien-ban", "1")
	f.Set("ghi-chu", "")
	h.post(at, f).want(http.StatusUnprocessableEntity, "[role=alert]", "Ghi nội dung")
	f.Set("ghi-chu", "Chủ trì mời trao đổi riêng.")
	h.post(at, f)
	h.get(at).want(http.StatusOK, ".dt-notes__list", "Chủ trì mời trao đổi riêng.")
	gone := url.Values{"khoa": {key}, "phien-ban": {"2"}}
	if a := h.post(at+"/bo", gone); a.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", a.Code, a.text("main"))
	}
	h.post(at+"/bo", gone).want(http.StatusConflict, "main", "Chưa có ghi chú nào")
}

// TestHandSheets types a sheet in parts, and the same number once.
func TestHandSheets(t *testing.T) {
	h := newHall(t)
	const at = root + web.SheetsPart
	h.get(at).want(http.StatusOK, "main", "Chỉ nhập tờ ghi tay sau khi hội nghị đã bắt đầu")
	blank := h.get(at + "/in?so=3&tu=4")
	blank.want(http.StatusOK, ".dt-paper", "Tờ số 4", ".dt-paper", "8 Không tiếp nhận")
	if n := blank.doc.Find(`a[href$="/in.pdf?so=3&tu=4"]`).Length(); n != 1 {
		t.Errorf("%d links to the file of three sheets", n)
	}
	if file := h.get(at + "/in.pdf?so=3&tu=4").Body.String(); !strings.HasPrefix(file, "%PDF-") {
		t.Errorf("the sheets are %.10q", file)
	}
	h.get(at+"/in?so=x").want(http.StatusOK, ".dt-paper", "Tờ số 1")
	if to := h.get(at + "/9").Header().Get("Location"); to != at {
		t.Errorf("a sheet that nobody typed leads to %q", to)
	}
	h.begin()
	h.later += time.Hour
	page := h.get(at)
	if n := page.doc.Find(".dt-handline").Length(); n != doithoai.SheetLines {
		t.Errorf("%d lines are offered", n)
	}
	f := url.Values{
		"khoa": {formKey(page)}, "so-to": {"2"}, "nguoi-ghi": {"Bà Lê Thị Giả Dụ"}, "so-dong": {"3"},
		"gio": {"8:20", "", "sớm"}, "ho-ten": {"Phan Văn Nháp", "", ""}, "thon": {string(h.villages[0].ID), "", ""},
		"noi-dung": {"Cống tắc.", "", "Đèn tắt."}, "bo-vi": {"", "", ""},
	}
	wrong := h.post(at, f)
	// The blank line is gone: what is wrong stands in the second.
	wrong.want(http.StatusUnprocessableEntity, "#gio-2-error", "giờ:phút", "#noi-dung-2", "Đèn tắt.")
	more := url.Values{}
	for name, values := range f {
		more[name] = values
	}
	more.Set("buoc", stepMoreLines)
	if n := h.post(at, more).doc.Find(".dt-handline").Length(); n != 2+doithoai.SheetLines {
		t.Errorf("%d lines after more were asked for", n)
	}
	f["gio"] = []string{"8:20", "", ""}
	for range 2 { // clicked twice
		if to := h.post(at, f).Header().Get("Location"); to != at+"/2?xong=1" {
			t.Fatalf("led to %q", to)
		}
	}
	h.get(at+"/2?xong=1").want(http.StatusOK, "main", "3 dòng đã ghi = 2 ý kiến + 0 không dùng", "main",
		"còn 1 dòng chưa nhập", "table", "08:20", "table", "Phan Văn Nháp")
	h.get(root).want(http.StatusOK, ".dt-halls", "Tờ ghi tay 1", "#hall-list", "Phan Văn Nháp")

	f.Set("khoa", newForm().Key)
	again := h.post(at, f)
	again.want(http.StatusUnprocessableEntity, "#so-to-error", "đã được nhập")
	if again.doc.Find(`form a[href="`+at+`/2"]`).Length() == 0 {
		t.Error("nothing leads to the sheet that was typed")
	}
	rest := url.Values{
		"khoa": {newForm().Key}, "phien-ban": {"1"}, "noi-dung": {""}, "bo-vi": {"Viết nhầm"}, "gio": {""}, "ho-ten": {""},
	}
	h.post(at+"/2", rest)
	h.get(at+"/2").want(http.StatusOK, "main", "3 dòng đã ghi = 2 ý kiến + 1 không dùng")
	if h.get(at+"/2").doc.Find(".dt-handline").Length() != 0 {
		t.Error("a whole sheet asks for more")
	}
	if rows := h.rows(); len(rows) != 2 || rows[0].Opinion.Channel != doithoai.ChannelSheet {
		t.Errorf("the console has %+v", rows)
	}
	h.do("diachinh", http.MethodGet, at, nil).want(http.StatusForbidden)
}

// TestSheetDraft restores what was typed and not sent.
func TestSheetDraft(t *testing.T) {
	h := newHall(t)
	h.begin()
	h.later += time.Hour
	_, err := h.db.SaveDraft(t.Context(), h.officers["thuky"].Actor(), store.DraftSheet, string(h.dialogue.ID),
		map[string][]string{
			"so-to": {"4"}, "nguoi-ghi": {"Bà Lê Thị Giả Dụ"}, "noi-dung": {"", "Cống tắc."}, "gio": {"", "8:10"},
			"ho-ten": {"", ""}, "thon": {"", ""}, "bo-vi": {"", ""},
		})
	h.must(err)
	page := h.get(root + web.SheetsPart)
	page.want(http.StatusOK, "#noi-dung-1", "Cống tắc.", "[data-draft-status]", "Nháp tự lưu")
	if at := page.doc.Find("#gio-1").AttrOr("value", ""); at != "8:10" || !strings.Contains(page.text("form"), "Tờ số") {
		t.Errorf("the hour came back as %q", at)
	}
}
