package hall

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
)

// An opinion on conduct is led by the office or the chair: the console offers these, and takes the chair by name.
func TestChairLeadsConduct(t *testing.T) {
	h := newHall(t)
	typed := []string{
		"ho-ten", "Trần Thị Ví Dụ", "noi-dung", "Ở quầy hay cáu gắt.", "huong", "TL-SAU", "don-vi", "chu tich",
	}
	a := h.post(root, h.fill(root, typed...))
	if a.Code != http.StatusUnprocessableEntity || h.rows()[0].Petition != nil {
		t.Fatalf("the chair leads what is not on conduct: %d", a.Code)
	}
	a = h.post(root, h.fill(root, append(typed, "linh-vuc", "thai-do-phuc-vu")...))
	if a.Code != http.StatusSeeOther {
		t.Fatalf("status %d: %s", a.Code, a.text("main"))
	}
	row := h.rows()[1]
	if row.Petition == nil || row.Petition.LeadUnitID != "" {
		t.Fatalf("ruled %+v", row.Row)
	}
	at := root + "/y-kien/" + string(row.Opinion.Number)
	p := h.get(at)
	p.want(http.StatusOK, ".dt-queue__note", "Chủ tịch trực tiếp chủ trì", ".dt-queue__side", "hạn")
	if f := p.fields(); f.Get("don-vi") != "Chủ tịch trực tiếp chủ trì" {
		t.Errorf("the form holds %q", f.Get("don-vi"))
	}
	var offered []string
	for _, o := range p.doc.Find("#don-vi-co option").EachIter() {
		offered = append(offered, o.AttrOr("value", ""))
	}
	if want := []string{"Bộ phận Văn phòng UBND", "Chủ tịch trực tiếp chủ trì"}; !slices.Equal(offered, want) {
		t.Errorf("%q are offered, want %q", offered, want)
	}
	h.post(at, h.fill(at, "don-vi", "Tư pháp")).want(http.StatusUnprocessableEntity, ".govuk-error-message",
		"không giao cho bộ phận bị phản ánh")
	if a := h.post(at, h.fill(at, "don-vi", "văn phòng")); a.Code != http.StatusSeeOther {
		t.Fatalf("to the office: %d %s", a.Code, a.text("main"))
	}
	if row := h.rows()[1]; row.Unit != "Bộ phận Văn phòng UBND" {
		t.Errorf("led by %q", row.Unit)
	}
}

// TestRulingLaterOn rules an opinion that was taken down before, in every way, each with what it needs and without.
func TestRulingLaterOn(t *testing.T) {
	for _, tt := range []struct {
		code    string
		good    []string // pairs of field and value
		without string   // the field that is complained of when nothing but the code comes
	}{
		{"TL-NGAY", []string{"tra-loi", "Không cần giấy này.", "nguoi-tra-loi", "Ông Nguyễn Văn Mẫu", "dong-y", "yes"},
			"tra-loi"},
		{"TL-SAU", []string{"don-vi", "Bộ phận Tư pháp – Hộ tịch", "han", "30/10/2024"}, "don-vi"},
		{"PH", []string{"don-vi", "ho tich"}, "don-vi"},
		{"BC-CAP-TREN", []string{"don-vi", "vp", "han", "1-11-2024"}, "don-vi"},
		{"CQ-KHAC", []string{"tra-loi", "Chi nhánh Văn phòng đăng ký đất đai"}, "tra-loi"},
		{"KN", []string{"nguoi-tra-loi", "Bà Lê Thị Giả Dụ"}, ""},
		{"TC", []string{"da-chuyen", "1"}, "da-chuyen"},
		{"KTN", []string{"tra-loi", "Không có địa chỉ, không rõ việc.", "ly-do-khong-nhan", "unclear"}, "ly-do-khong-nhan"},
		{"", nil, "huong"},
		{"XYZ", nil, "huong"},
	} {
		t.Run(tt.code, func(t *testing.T) {
			h := newHall(t)
			if tt.code == "KTN" {
				h.begin()
			}
			row := h.record("Trần Thị Ví Dụ", "Giấy này căn cứ vào đâu?")
			path := pathOfOpinion(h.dialogue, row.Opinion.Number)
			h.get(path).want(http.StatusOK, ".dt-said", "Giấy này căn cứ vào đâu?", "#now", "ND-24-0001",
				".dt-queue [aria-current=true]", "Trần Thị Ví Dụ")
			if tt.without != "" {
				a := h.post(path, h.fill(path, "huong", tt.code))
				a.want(http.StatusUnprocessableEntity)
				if n := a.doc.Find(".govuk-error-summary a[href='#" + tt.without + "']").Length(); n != 1 ||
					a.doc.Find("#"+tt.without).Length() != 1 || a.doc.Find("#"+tt.without+"-error").Length() != 1 {
					t.Errorf("no problem at %s: %s", tt.without, a.text(".govuk-error-summary"))
				}
			}
			if tt.code == "" || tt.code == "XYZ" {
				return
			}
			a := h.post(path, h.fill(path, append([]string{"huong", tt.code}, tt.good...)...))
			if a.Code != http.StatusSeeOther {
				t.Fatalf("status %d: %s", a.Code, a.text("main"))
			}
			if tt.code == "TC" {
				h.gone(a, path)
				return
			}
			h.holds(path, row.Opinion.ID, tt.code, tt.good)
		})
	}
}

// holds checks that an opinion is ruled as typed, and that its form shows it.
func (h *hallTest) holds(path string, id doithoai.ID, code string, typed []string) {
	h.Helper()
	f := h.file(id)
	if string(f.Opinion.Ruling) != code || f.Opinion.Version != 2 {
		h.Fatalf("ruled %+v", f.Opinion)
	}
	shown := h.get(path).fields()
	for i := 0; i < len(typed); i += 2 {
		switch name, value := typed[i], typed[i+1]; name {
		case "don-vi":
			if u := matchUnits(h.units, value); len(u) != 1 || shown.Get(name) != u[0].Name || f.Unit.ID != u[0].ID {
				h.Errorf("unit %q became %q", value, shown.Get(name))
			}
		case "han":
			if d, _ := calendar.ParseDateVN(value); f.Petition.Due != d {
				h.Errorf("due %q became %v", value, f.Petition.Due)
			}
		default:
			if shown.Get(name) != value {
				h.Errorf("%s: %q became %q", name, value, shown.Get(name))
			}
		}
	}
}

// gone checks that a denunciation left the list, and that its count stays in words.
func (h *hallTest) gone(a answer, path string) {
	h.Helper()
	if to := a.Header().Get("Location"); strings.Contains(to, "ND-24") {
		h.Errorf("the address names it: %s", to)
	}
	back := h.get(a.Header().Get("Location"))
	back.want(http.StatusOK, "#hall-list", "1 ý kiến đã chuyển theo Luật Tố cáo", ".dt-done", "không còn hiện")
	if text := back.text("main"); strings.Contains(text, "ND-24-0001") || strings.Contains(text, "Trần Thị Ví Dụ") {
		h.Error("it is still shown")
	}
	h.get(path).want(http.StatusNotFound)
	if again := h.post(path, url.Values{
		"huong": {"TC"}, "da-chuyen": {"1"}, "phien-ban": {"1"},
	}); again.Code != http.StatusSeeOther {
		h.Errorf("the second click: status %d", again.Code)
	}
}

func TestRefusedRulingKeepsTheOpinion(t *testing.T) {
	h := newHall(t)
	typed := h.fill(root, "ho-ten", "Trần Thị Ví Dụ", "noi-dung", "Giấy này căn cứ vào đâu?", "huong", "TL-SAU",
		"don-vi", "không có", "han", "một hôm")
	a := h.post(root, typed)
	a.want(http.StatusUnprocessableEntity, ".dt-done", "Đã ghi ý kiến ND-24-0001", "#don-vi-error", "“không có”",
		"#han-error", "“một hôm”", ".dt-said", "Giấy này")
	if len(h.rows()) != 1 || h.rows()[0].Opinion.Ruling != "" {
		t.Fatalf("recorded %+v", h.rows())
	}
	a.receipt("ND-24-0001")
	f := a.fields()
	if f.Get("don-vi") != "không có" || f.Get("han") != "một hôm" ||
		f.Get("huong") != "TL-SAU" || f.Get("phien-ban") != "1" {
		t.Errorf("kept %v", f)
	}
	h.post(root, typed).want(http.StatusUnprocessableEntity) // sent once more: still one opinion
	f.Set("don-vi", "b")
	f.Set("han", "")
	action := a.doc.Find("form[data-console]").AttrOr("action", "")
	h.post(action, f).want(http.StatusUnprocessableEntity, "#don-vi-error", "nhiều đơn vị")
	f.Set("don-vi", "tu phap")
	if a := h.post(action, f); a.Code != http.StatusSeeOther {
		t.Fatalf("status %d: %s", a.Code, a.text("main"))
	}
	if rows := h.rows(); len(rows) != 1 || rows[0].Opinion.Ruling != doithoai.RulingLater {
		t.Errorf("rows %+v", rows)
	}
}

func TestStaleRuling(t *testing.T) {
	h := newHall(t)
	h.begin()
	row := h.record("Trần Thị Ví Dụ", "Giấy này căn cứ vào đâu?")
	path := pathOfOpinion(h.dialogue, row.Opinion.Number)
	mine := h.fill(path, "huong", "TL-SAU", "don-vi", "dc", "han", "30/10/2024")
	same := h.fill(path, "huong", "KTN", "tra-loi", "Không rõ việc.", "ly-do-khong-nhan", "unclear")
	h.post(path, same)
	if again := h.post(path, same); again.Code != http.StatusSeeOther {
		t.Errorf("the second click: status %d: %s", again.Code, again.text("main"))
	}
	a := h.post(path, mine)
	a.want(http.StatusConflict, ".dt-gate", "Không tiếp nhận")
	f := a.fields()
	if f.Get("huong") != "TL-SAU" || f.Get("don-vi") != "dc" || f.Get("han") != "30/10/2024" || f.Get("phien-ban") != "2" {
		t.Errorf("kept %v", f)
	}
	if h.file(row.Opinion.ID).Opinion.Ruling != doithoai.RulingNotAccepted {
		t.Error("the stale form won")
	}
	if a := h.post(path, f); a.Code != http.StatusSeeOther ||
		h.file(row.Opinion.ID).Opinion.Ruling != doithoai.RulingLater {
		t.Errorf("sent on purpose: status %d", a.Code)
	}
}

func TestOnToTheNextUnruled(t *testing.T) {
	h := newHall(t)
	for _, name := range []string{"Một", "Hai", "Ba"} {
		h.record("Người "+name, "Ý kiến "+name)
	}
	path := func(n string) string { return pathOfOpinion(h.dialogue, doithoai.RegisterNumber("ND-24-000"+n)) }
	for _, step := range []struct{ rule, then string }{{"2", path("3")}, {"3", path("1")}, {"1", root}} {
		a := h.post(path(step.rule), h.fill(path(step.rule), "huong", "KN", "tiep", thenUnruled))
		if to, _, _ := strings.Cut(a.Header().Get("Location"), "?"); to != step.then {
			t.Errorf("after %s on to %q, want %q", step.rule, to, step.then)
		}
		h.get(a.Header().Get("Location")).want(http.StatusOK, ".dt-done", "ND-24-000"+step.rule)
	}
}

// The ruling of an opinion that is open survives a reload; once it is sent it is forgotten.
func TestRulingDraft(t *testing.T) {
	h := newHall(t)
	row := h.record("Trần Thị Ví Dụ", "Giấy này căn cứ vào đâu?")
	path, id := pathOfOpinion(h.dialogue, row.Opinion.Number), string(row.Opinion.ID)
	opened := h.get(path)
	if opened.doc.Find("[autofocus]").AttrOr("name", "") != "huong" ||
		opened.doc.Find("form[data-console]").AttrOr("data-draft", "") != store.DraftRuling+":"+id {
		t.Error("the cursor is not where the ruling begins, or the form does not save itself")
	}
	save := func() {
		_, err := h.db.SaveDraft(t.Context(), h.officers["thuky"].Actor(), store.DraftRuling, id,
			map[string][]string{"huong": {"TL-NGAY"}, "tra-loi": {"Không cần giấy này."}})
		h.must(err)
	}
	save()
	opened = h.get(path)
	opened.want(http.StatusOK, ".dt-done", "Đã khôi phục hướng xử lý đang ghi dở")
	f := opened.fields()
	if f.Get("huong") != "TL-NGAY" || f.Get("tra-loi") != "Không cần giấy này." || f.Get("phien-ban") != "1" {
		t.Errorf("restored %v", f)
	}
	h.post(path, f)
	d, err := h.db.Draft(t.Context(), h.officers["thuky"].Actor(), store.DraftRuling, id)
	if err != nil || len(d.Fields) != 0 {
		t.Errorf("after ruling the draft is %v, %v", d, err)
	}
}

// TestAnswerer: nobody is put in the place of whoever was typed, unless the name typed is theirs, marks and all.
func TestAnswerer(t *testing.T) {
	people := []string{
		"Ông Đặng Văn Giả Định, Chủ tịch UBND xã", "Bà Lê Thị Thúy", "Bà Trần Thị Thủy, công chức", "Nguyễn Văn An",
		"Nguyễn Văn An Bình, chuyên viên", "Phạm Văn An",
	}
	for typed, want := range map[string]string{
		"": "", " ": " ", "giả định": people[0], "Ông Đặng Văn Giả Định": people[0], "ÔNG ĐỊNH": people[0],
		"bà Định": "bà Định", "Đặng Văn": "Đặng Văn", "gia dinh": "gia dinh", "định, Chi cục Thuế": "định, Chi cục Thuế",
		"thuý": people[1], "Thúy": people[1], "Thủy": people[2], "chị Thủy": "chị Thủy", "Thuy": "Thuy",
		"Nguyễn Văn An": people[3], "An": "An", "Bình": people[4], "n": "n", "Ông": "Ông",
		"Ông Võ Văn Khác, Công ty Điện lực": "Ông Võ Văn Khác, Công ty Điện lực",
	} {
		if got := answerer(people, typed); got != want {
			t.Errorf("%q became %q, want %q", typed, got, want)
		}
	}
}

func TestPeople(t *testing.T) {
	officer := func(name, post string) doithoai.Officer {
		return doithoai.Officer{Name: name, Post: post, Active: true}
	}
	p := page{
		Units: []doithoai.Unit{{Contact: "Bà Lê Thị Giả Dụ, công chức"}, {}, {Contact: "Ông Nguyễn Văn An Bình"}},
		Officers: []doithoai.Officer{
			officer("Lê Thị Giả Dụ", "Chánh Văn phòng"), officer("Nguyễn Văn An", "Chuyên viên"),
		},
	}
	p.Dialogue.Chair = "Ông Đặng Văn Giả Định"
	want := []string{
		"Ông Đặng Văn Giả Định", "Bà Lê Thị Giả Dụ, công chức", "Ông Nguyễn Văn An Bình", "Nguyễn Văn An, Chuyên viên",
	}
	if got := p.people(); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestProposalsNeedNoRequest(t *testing.T) {
	h := newHall(t)
	a := h.get(root)
	for _, rule := range doithoai.OfferedRulings() {
		radio := a.doc.Find("input[name=huong][value='" + string(rule.Code) + "']")
		due, asks := radio.AttrOr("data-due", ""), radio.AttrOr("data-asks", "")
		if _, err := calendar.ParseDateVN(due); (err == nil) != rule.OpensPetition {
			t.Errorf("%s proposes %q", rule.Code, due)
		}
		if strings.Contains(asks, "unit") != rule.OpensPetition || strings.Contains(asks, "text") != rule.Says() ||
			strings.Contains(asks, "whom") != rule.ByWhom {
			t.Errorf("%s asks for %q", rule.Code, asks)
		}
	}
	if keys := a.doc.Find("input[name=huong][accesskey]").Length(); keys != 8 {
		t.Errorf("%d access keys", keys)
	}
}
