package hall

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"doithoai"
	"doithoai/store"
)

// conductField is the field of opinions on how officials serve.
const conductField = "thai-do-phuc-vu"

// By the name alone somebody is added to what was said before: with its words, its group and its ruling, once.
func TestSameAsNumber(t *testing.T) {
	h := newHall(t)
	first := h.record("Trần Thị Ví Dụ", "Đường thôn ngập nước.")
	f := h.fill(root, "ho-ten", "Lê Văn Nháp", "cung-so", "1", "trung-lap", "Đề nghị khơi rãnh.")
	for range 2 { // the second click too
		if a := h.post(root, f); a.Code != http.StatusSeeOther || !strings.Contains(a.Header().Get("Location"), "xong=ghi") {
			t.Fatalf("status %d: %s", a.Code, a.text("main"))
		}
	}
	rows := h.rows()
	if len(rows) != 2 || rows[1].Opinion.Content != "Đường thôn ngập nước." || rows[1].Name != "Lê Văn Nháp" ||
		rows[1].Opinion.Summary != "Đề nghị khơi rãnh." || rows[1].Opinion.Ruling != "" {
		t.Fatalf("recorded %+v", rows)
	}
	members, err := h.db.GroupMembers(t.Context(), h.officers["thuky"].Actor(), first.Opinion.ID)
	h.must(err)
	if len(members) != 1 || members[0].Opinion.Number != "ND-24-0002" {
		t.Errorf("it stands with %+v", members)
	}
	path := pathOfOpinion(h.dialogue, "ND-24-0002")
	h.post(path, h.fill(path, "huong", "TL-SAU", "don-vi", "dc", "phoi-hop", "tp", "han", "30/10/2024"))

	// Its ruling comes with the number, in one submit.
	f = h.fill(root, "ho-ten", "Phan Văn Phát Biểu", "cung-so", "nd-24-2")
	for range 2 {
		a := h.post(root, f)
		if to := a.Header().Get("Location"); a.Code != http.StatusSeeOther || to != root+"?so=ND-24-0003&xong=ghi-huong" {
			t.Fatalf("status %d to %q: %s", a.Code, to, a.text("main"))
		}
	}
	third := h.file(h.rows()[2].Opinion.ID)
	if third.Opinion.Ruling != doithoai.RulingLater || third.Unit.Code != "dia-chinh" || len(third.CoUnits) != 1 ||
		third.Petition.Due.String() != "2024-10-30" || third.Opinion.Summary != "Đề nghị khơi rãnh." {
		t.Errorf("ruled %+v, %+v", third.FollowedOpinion, third.CoUnits)
	}
	if len(h.rows()) != 3 {
		t.Errorf("%d opinions", len(h.rows()))
	}
	// What is typed comes before what that one has.
	h.post(root, h.fill(root, "ho-ten", "Hồ Thị Giả Sử", "cung-so", "0003", "noi-dung", "Nhà tôi cũng ngập.",
		"huong", "TL-NGAY", "tra-loi", "Đã khơi hôm qua."))
	if row := h.rows()[3]; row.Opinion.Content != "Nhà tôi cũng ngập." || row.Opinion.Ruling != doithoai.RulingOnTheSpot {
		t.Errorf("recorded %+v", row.Opinion)
	}
}

// A number that means nothing, or nothing for these eyes, is a problem at its field, and nothing is lost.
func TestSameAsUnknownNumber(t *testing.T) {
	h := newHall(t)
	h.post(root, h.fill(root, "noi-dung", "Cán bộ cáu gắt.", "linh-vuc", conductField))
	h.post(root, h.fill(root, "noi-dung", "Tố cáo ông nọ.", "huong", "TC", "da-chuyen", "1"))
	before := len(h.rows())
	for _, typed := range []string{"1", "2", "99", "ND-24-0099", "ND-23-0001", "x", "0", "-"} {
		f := h.fill(root, "ho-ten", "Lê Văn Nháp", "cung-so", typed, "trung-lap", "Tóm tắt", "phoi-hop", "dc")
		a := h.post(root, f)
		a.want(http.StatusUnprocessableEntity, "#cung-so-error", "không có ý kiến số")
		back := a.fields()
		for _, name := range []string{"ho-ten", "cung-so", "trung-lap", "phoi-hop", "khoa"} {
			if back.Get(name) != f.Get(name) {
				t.Errorf("%q: %s became %q", typed, name, back.Get(name))
			}
		}
		if a.doc.Find("#cung-so[autofocus]").Length() != 1 {
			t.Errorf("%q: the cursor is elsewhere", typed)
		}
	}
	if len(h.rows()) != before {
		t.Errorf("%d opinions more", len(h.rows())-before)
	}
}

// A summary stands beside what was said: with a new opinion, alone, or with a ruling.
func TestSummaryInTheHall(t *testing.T) {
	h := newHall(t)
	long := strings.Repeat("ý", doithoai.MaxShown+1)
	h.post(root, h.fill(root, "noi-dung", "Nói", "trung-lap", long)).
		want(http.StatusUnprocessableEntity, "#trung-lap-error", "600")
	if len(h.rows()) != 0 {
		t.Fatal("recorded with a summary that is too long")
	}
	row := h.record("Trần Thị Ví Dụ", "Nói dài.")
	path := pathOfOpinion(h.dialogue, row.Opinion.Number)
	events := len(h.file(row.Opinion.ID).Events)
	f := h.fill(path, "trung-lap", "Đề nghị sửa.", "don-vi", "dc")
	for range 2 {
		if to := h.post(path, f).Header().Get("Location"); to != path+"?so=ND-24-0001&xong=tom-tat" {
			t.Fatalf("goes on to %q", to)
		}
	}
	a := h.get(path + "?so=ND-24-0001&xong=tom-tat")
	a.want(http.StatusOK, ".dt-done", "Đã ghi tóm tắt ý kiến ND-24-0001", "#trung-lap", "Đề nghị sửa.")
	if a.fields().Get("don-vi") != "dc" || a.doc.Find("details.dt-console__summary[open]").Length() != 1 {
		t.Error("what was typed beside it is gone, or the summary is folded")
	}
	h.post(path, h.fill(path, "trung-lap", "Đề nghị sửa đường.", "huong", "TL-SAU"))
	file := h.file(row.Opinion.ID)
	if file.Opinion.Summary != "Đề nghị sửa đường." || file.Opinion.Ruling != doithoai.RulingLater ||
		len(file.Events) != events+3 {
		t.Errorf("kept %+v after %d events", file.Opinion, len(file.Events))
	}
	h.post(path, h.fill(path, "trung-lap", "")) // another summary is no other ruling
	if file = h.file(row.Opinion.ID); file.Opinion.Summary != "" || len(file.Events) != events+4 {
		t.Errorf("kept %+v after %d events", file.Opinion, len(file.Events))
	}
	// The office has corrected it since the draft was kept: the draft gives way.
	office := h.officers["vanphong"].Actor()
	_, err := h.db.SaveDraft(t.Context(), h.officers["thuky"].Actor(), store.DraftRuling, string(row.Opinion.ID),
		map[string][]string{"huong": {"PH"}, "trung-lap": {"Cũ"}})
	h.must(err)
	h.later += 1e9
	h.must(h.db.SummariseOpinion(t.Context(), office, row.Opinion.ID, file.Opinion.Version, "Mới"))
	if f := h.get(path).fields(); f.Get("huong") != "PH" || f.Get("trung-lap") != "Mới" {
		t.Errorf("the form holds %q, %q", f.Get("huong"), f.Get("trung-lap"))
	}
}

// Units that coordinate are typed as the lead is, parted by commas; what is not understood is said at its field.
func TestCoUnitsInTheHall(t *testing.T) {
	h := newHall(t)
	row := h.record("Trần Thị Ví Dụ", "Đường thôn ngập nước.")
	path := pathOfOpinion(h.dialogue, row.Opinion.Number)
	for typed, says := range map[string]string{
		"tp, zz": "Không có đơn vị nào tên “zz”", "b": "có thể là nhiều đơn vị", "dc": "đã chủ trì",
		"chu tich": "Không có đơn vị nào tên",
	} {
		a := h.post(path, h.fill(path, "huong", "TL-SAU", "don-vi", "dc", "phoi-hop", typed))
		a.want(http.StatusUnprocessableEntity, "#phoi-hop-error", says)
		if a.fields().Get("phoi-hop") != typed || a.doc.Find("#phoi-hop[autofocus]").Length() != 1 {
			t.Errorf("%q came back as %q", typed, a.fields().Get("phoi-hop"))
		}
	}
	a := h.post(path, h.fill(path, "huong", "TL-SAU", "don-vi", "dc", "phoi-hop", "tp; VP,"))
	if a.Code != http.StatusSeeOther {
		t.Fatalf("status %d: %s", a.Code, a.text("main"))
	}
	h.get(a.Header().Get("Location")).want(http.StatusOK,
		".dt-done", "phối hợp Bộ phận Văn phòng UBND, Bộ phận Tư pháp – Hộ tịch", ".dt-queue__note", "phối hợp")
	f := h.fill(path)
	if got := f.Get("phoi-hop"); got != "Bộ phận Văn phòng UBND, Bộ phận Tư pháp – Hộ tịch" {
		t.Errorf("the form holds %q", got)
	}
	f.Set("huong", "PH") // sent as it came, they stay
	h.post(path, f)
	if file := h.file(row.Opinion.ID); len(file.CoUnits) != 2 || file.Opinion.Ruling != doithoai.RulingCoordinate {
		t.Errorf("coordinate %+v", file.CoUnits)
	}
	h.post(path, h.fill(path, "phoi-hop", "vp"))
	if file := h.file(row.Opinion.ID); len(file.CoUnits) != 1 || !file.CoUnits[0].Office {
		t.Errorf("coordinate %+v", file.CoUnits)
	}
	units := append(slices.Clone(h.units), doithoai.Unit{ID: "vh", Name: "Phòng Văn hóa, Khoa học và Thông tin"})
	if ids, list := coUnits(units, "dc, phong van hoa, khoa hoc và thông tin"); len(list) != 0 || len(ids) != 2 ||
		ids[1] != "vh" {
		t.Errorf("a name with a comma: %v, %v", ids, list)
	}
}

// One ruling for all of a matter: ticked from the beginning, all in one, and only as they were seen.
func TestRuleAlikeInTheHall(t *testing.T) {
	h := newHall(t)
	h.record("Trần Thị Ví Dụ", "Đường thôn ngập nước.")
	for _, name := range []string{"Lê Văn Nháp", "Phan Văn Phát Biểu"} {
		h.post(root, h.fill(root, "ho-ten", name, "cung-so", "1"))
	}
	path := pathOfOpinion(h.dialogue, "ND-24-0002")
	a := h.get(path)
	a.want(http.StatusOK, ".dt-asked--alike", "Ghi cùng hướng xử lý cho 2 ý kiến cùng nội dung: 0001, 0003")
	if a.doc.Find("#cung-huong[checked]").Length() != 1 {
		t.Error("it is not ticked")
	}
	f := h.fill(path, "huong", "TL-SAU", "don-vi", "dc", "ten-goi", "Ngập thôn 1")
	stale := h.fill(path, "huong", "TL-SAU", "don-vi", "tp")
	for range 2 { // the second click too
		if a := h.post(path, f); a.Code != http.StatusSeeOther {
			t.Fatalf("status %d: %s", a.Code, a.text("main"))
		}
	}
	for _, row := range h.rows() {
		file := h.file(row.Opinion.ID)
		if row.Opinion.Ruling != doithoai.RulingLater || file.Unit.Code != "dia-chinh" || row.Opinion.Version != 2 {
			t.Errorf("%s is ruled %+v", row.Opinion.Number, row.Opinion)
		}
	}
	h.post(path, stale).want(http.StatusConflict, ".dt-gate", "đã thay đổi")
	if a := h.get(path); a.doc.Find("#cung-huong").Length() != 0 {
		t.Error("nobody is left to be ruled alike")
	}

	// One of them was ruled meanwhile: nobody is, and it is said.
	h.record("Hồ Thị Giả Sử", "Nước máy yếu.")
	h.post(root, h.fill(root, "ho-ten", "Ngô Văn Tạm", "cung-so", "4"))
	h.post(root, h.fill(root, "ho-ten", "Lý Văn Tượng Trưng", "cung-so", "4"))
	path = pathOfOpinion(h.dialogue, "ND-24-0004")
	f = h.fill(path, "huong", "TL-NGAY", "tra-loi", "Đang sửa.", "cung-huong", "1")
	other := pathOfOpinion(h.dialogue, "ND-24-0005")
	alone := h.fill(other, "huong", "CQ-KHAC", "tra-loi", "Đến trạm cấp nước.")
	alone.Del("cung-huong")
	h.post(other, alone)
	a = h.post(path, f)
	a.want(http.StatusConflict, ".dt-gate", "Chưa ghi hướng xử lý cho ý kiến nào", "#tra-loi", "Đang sửa.",
		".dt-asked--alike", "1 ý kiến cùng nội dung: 0006")
	if h.rows()[3].Opinion.Ruling != "" {
		t.Error("one of three is ruled")
	}
	if a := h.post(path, a.fields()); a.Code != http.StatusSeeOther || h.rows()[5].Opinion.Ruling == "" {
		t.Errorf("sent again: %d", a.Code)
	}
}

// Two secretaries: neither overwrites what the other did, and nobody's draft is another's.
func TestTwoSecretaries(t *testing.T) {
	h := newHall(t)
	row := h.record("Trần Thị Ví Dụ", "Đường thôn ngập nước.")
	path := pathOfOpinion(h.dialogue, row.Opinion.Number)
	one := h.fill(path, "huong", "TL-SAU", "don-vi", "dc")
	typed := []string{
		"huong", "CQ-KHAC", "tra-loi", "Đến cơ quan khác.", "ten-goi", "Ngập", "phoi-hop", "vp", "han", "29/10/2024",
	}
	other := h.fill(path, typed...)
	if a := h.post(path, one); a.Code != http.StatusSeeOther {
		t.Fatalf("status %d", a.Code)
	}
	a := h.do("vanphong", http.MethodPost, path, other)
	a.want(http.StatusConflict, ".dt-gate", "đã thay đổi sau khi ông/bà mở trang", ".dt-gate", "Địa chính")
	for i := 0; i < len(typed); i += 2 {
		if got := a.fields().Get(typed[i]); got != typed[i+1] {
			t.Errorf("%s became %q", typed[i], got)
		}
	}
	if h.file(row.Opinion.ID).Opinion.Ruling != doithoai.RulingLater {
		t.Error("the second form overwrote the first")
	}
	if a := h.do("vanphong", http.MethodPost, path, a.fields()); a.Code != http.StatusSeeOther {
		t.Errorf("sent again, knowing: %d", a.Code)
	}

	first := h.fill(root, "ho-ten", "Lê Văn Nháp", "noi-dung", "Cầu yếu.")
	second := h.do("vanphong", http.MethodGet, root, nil).fields()
	if first.Get("khoa") == second.Get("khoa") {
		t.Fatal("two forms of one key")
	}
	second.Set("noi-dung", "Đèn tắt.")
	for range 2 {
		h.post(root, first)
		h.do("vanphong", http.MethodPost, root, second)
	}
	if rows := h.rows(); len(rows) != 3 {
		t.Errorf("%d opinions, want 3", len(rows))
	}
	h.do("vanphong", http.MethodPost, root, first).want(http.StatusSeeOther) // the same form by another hand
	if rows := h.rows(); len(rows) != 3 {
		t.Errorf("%d opinions, want 3", len(rows))
	}
	for _, login := range []string{"thuky", "vanphong"} {
		_, err := h.db.SaveDraft(t.Context(), h.officers[login].Actor(), store.DraftRuling, string(row.Opinion.ID),
			map[string][]string{"huong": {"PH"}, "tra-loi": {"Của " + login}})
		h.must(err)
	}
	if a := h.get(path); a.fields().Get("tra-loi") != "Của thuky" {
		t.Errorf("the draft is %q", a.fields().Get("tra-loi"))
	}
}

// Who answered may be a body of the authority's list; what may be somebody's name means none.
func TestMeantBody(t *testing.T) {
	bodies := []doithoai.OutsideBody{
		{Name: "Chi nhánh Văn phòng đăng ký đất đai", Address: "12 Lê Lợi", Phone: "02553821234", Hours: "Sáng"},
		{Name: "Công an xã Nghĩa Dũng"}, {Name: "Tòa án nhân dân khu vực 1"}, {Name: "Viện kiểm sát nhân dân khu vực 1"},
	}
	for typed, want := range map[string]string{
		"CNVPĐKĐĐ": "Chi nhánh Văn phòng đăng ký đất đai", "vpđkđđ": "Chi nhánh Văn phòng đăng ký đất đai",
		"văn phòng đăng ký": "Chi nhánh Văn phòng đăng ký đất đai", "CAX": "Công an xã Nghĩa Dũng",
		"cong an xa nghia dung": "Công an xã Nghĩa Dũng", "cax": "cax", "An": "An", "ông Công An": "ông Công An",
		"TAND": "Tòa án nhân dân khu vực 1", "nhân dân": "nhân dân", "Dũng": "Dũng", "": "", "C": "C", "zzz": "zzz",
	} {
		if got := answeredBy(nil, bodies, typed); got != want {
			t.Errorf("%q is %q, want %q", typed, got, want)
		}
	}
	if got := answeredBy([]string{"Bà Lê Thị Công An, công chức"}, bodies, "Công An"); !strings.HasPrefix(got, "Bà Lê") {
		t.Errorf("a person's name became %q", got)
	}
}

// A date that was typed says its day of the week and how far off it is.
func TestTypedDueInWords(t *testing.T) {
	h := newHall(t)
	row := h.record("Trần Thị Ví Dụ", "Đường thôn ngập nước.")
	path := pathOfOpinion(h.dialogue, row.Opinion.Number)
	a := h.post(path, h.fill(path, "huong", "TL-SAU", "don-vi", "zz", "han", "30/10"))
	a.want(http.StatusUnprocessableEntity, ".dt-asked--unit", "Hạn đã nhập: T4, 30/10/2024 (còn 5 ngày làm việc).")
	a = h.post(path, h.fill(path, "huong", "TL-SAU", "don-vi", "dc", "han", "30/12/2024"))
	a.want(http.StatusUnprocessableEntity,
		"#han-error", "Cần thêm thì đề nghị gia hạn", ".dt-asked--unit", "T2, 30/12/2024")
	if strings.Contains(h.get(path).text(".dt-asked--unit"), "Hạn đã nhập") {
		t.Error("nothing was typed")
	}
}
