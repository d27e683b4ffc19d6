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
	"doithoai/web"
)

func TestRecordOnly(t *testing.T) {
	h := newHall(t)
	empty := h.get(root)
	empty.want(http.StatusOK, "#now", "thứ 1 tại hội trường", "#hall-list", "Chưa có ý kiến nào")
	if empty.doc.Find("input#ho-ten[autofocus]").Length() != 1 || empty.doc.Find("[autofocus]").Length() != 1 {
		t.Error("the cursor is not in the name, which is heard first")
	}
	a := h.post(root, h.fill(root, "ho-ten", "  Trần Thị   Ví Dụ ", "thon", string(h.villages[0].ID),
		"noi-dung", "Đường thôn ngập nước.\r\nĐề nghị sửa."))
	if to := a.Header().Get("Location"); a.Code != http.StatusSeeOther || to != root+"?so=ND-24-0001&xong=ghi" {
		t.Fatalf("status %d to %q", a.Code, to)
	}
	row := h.rows()[0]
	if row.Name != "Trần Thị Ví Dụ" || row.Opinion.Content != "Đường thôn ngập nước.\nĐề nghị sửa." ||
		row.Village != "Thôn 1" || row.Opinion.Channel != doithoai.ChannelHall {
		t.Errorf("recorded %+v", row)
	}
	back := h.get(a.Header().Get("Location"), a.cookie(web.ReceiptCookie.String()))
	back.want(http.StatusOK, ".dt-done", "Đã ghi ý kiến ND-24-0001", ".dt-queue__new", "Vừa ghi",
		".dt-queue__unruled", "Trần Thị Ví Dụ", ".dt-tally", "Nêu tại hội trường 1",
		".dt-tally .dt-due--late", "1 chưa có hướng xử lý", ".dt-tally__saved", "Lưu lúc 08 giờ")
	back.receipt("ND-24-0001")
	if _, code, _ := strings.Cut(a.cookie(web.ReceiptCookie.String()).Value, "."); len(code) != 16 ||
		strings.Contains(back.Body.String(), code) {
		t.Errorf("the code %q stands on a screen that people stand behind", code)
	}
	if f := back.fields(); f.Get("noi-dung") != "" || f.Get("khoa") == "" {
		t.Errorf("the next form holds %v", f)
	}
}

func TestRecordAndRule(t *testing.T) {
	h := newHall(t)
	a := h.post(root, h.fill(root, "ho-ten", "Trần Thị Ví Dụ", "noi-dung", "Giấy này căn cứ vào đâu?", "huong", "TL-SAU",
		"don-vi", "đc", "ngoai-pham-vi", "1"))
	if to := a.Header().Get("Location"); a.Code != http.StatusSeeOther || !strings.Contains(to, "xong=ghi-huong") {
		t.Fatalf("status %d to %q: %s", a.Code, to, a.text("main"))
	}
	f := h.file(h.rows()[0].Opinion.ID)
	if f.Opinion.Ruling != doithoai.RulingLater || !f.Opinion.OutOfScope || f.Unit.Code != "dia-chinh" {
		t.Fatalf("ruled %+v", f.FollowedOpinion)
	}
	rules, err := h.db.Rules(t.Context(), h.dialogue.AuthorityID)
	h.must(err)
	rule, _ := doithoai.RuleOf(doithoai.RulingLater)
	if d, ok := rules.Propose(rule, calendar.DateOf(2024, 10, 23)); !ok || f.Petition.Due != d.Due {
		t.Errorf("due %v, proposed %v", f.Petition.Due, d.Due)
	}
	h.get(a.Header().Get("Location")).want(http.StatusOK, ".dt-queue__new",
		"0001 · Xác minh, trả lời sau: Bộ phận Địa chính – Xây dựng", ".dt-tally", "Có hướng xử lý 1", ".dt-done",
		"Đã ghi ý kiến ND-24-0001 và hướng xử lý: Xác minh, trả lời sau: Bộ phận Địa chính – Xây dựng, hạn")
}

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

// While the clock of a petition stands still, the list says so in place of a date.
func TestPausedInTheList(t *testing.T) {
	h := newHall(t)
	h.post(root, h.fill(root, "ho-ten", "Trần Thị Ví Dụ", "noi-dung", "Đất nhà tôi đo lại bao giờ?", "huong", "TL-SAU",
		"don-vi", "dc"))
	row := h.rows()[0]
	h.must(h.db.PausePetition(t.Context(), h.officers["vanphong"].Actor(), row.Opinion.ID, row.Petition.Version,
		doithoai.Pause{
			Kind: doithoai.PauseAgency, Number: "57/UBND", Dated: calendar.DateOf(2024, 10, 23),
			Awaited: "Ý kiến cơ quan đất đai",
		}))
	p := h.get(root)
	p.want(http.StatusOK, ".dt-queue__note", "Bộ phận Địa chính – Xây dựng", ".dt-queue__side", "tạm dừng")
	if strings.Contains(p.text(".dt-queue"), "hạn") {
		t.Errorf("a date is shown: %s", p.text(".dt-queue"))
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
		{"KN", []string{"tra-loi", "Mời ông đến Phòng tiếp công dân.", "nguoi-tra-loi", "Bà Lê Thị Giả Dụ"}, ""},
		{"TC", []string{"da-chuyen", "1"}, "da-chuyen"},
		{"KTN", []string{"tra-loi", "Không có địa chỉ, không rõ việc."}, "tra-loi"},
		{"", nil, "huong"},
		{"XYZ", nil, "huong"},
	} {
		t.Run(tt.code, func(t *testing.T) {
			h := newHall(t)
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

func TestRefusedOpinionKeepsWhatWasTyped(t *testing.T) {
	h := newHall(t)
	for _, tt := range []struct{ field, value, complaint string }{
		{"noi-dung", "", "noi-dung"}, {"noi-dung", strings.Repeat("ý ", 3000), "noi-dung"},
		{"ho-ten", strings.Repeat("ý", 201), "ho-ten"},
		{"thon", string(h.other.ID), "thon"}, {"linh-vuc", "khong-co", "linh-vuc"},
	} {
		f := h.fill(root, "ho-ten", "Trần Thị Ví Dụ", "noi-dung", "Giấy này căn cứ vào đâu?", "huong", "TL-NGAY",
			"tra-loi", "Không cần.")
		f.Set(tt.field, tt.value)
		a := h.post(root, f)
		a.want(http.StatusUnprocessableEntity)
		if a.doc.Find("#"+tt.complaint+"-error").Length() != 1 || a.doc.Find("#"+tt.complaint+"[autofocus]").Length() != 1 {
			t.Errorf("%s %.20q: no problem there: %s", tt.field, tt.value, a.text(".govuk-error-summary"))
		}
		back := a.fields()
		for _, name := range []string{"ho-ten", "noi-dung", "huong", "tra-loi", "khoa"} {
			if name != tt.field && back.Get(name) != f.Get(name) {
				t.Errorf("%s: %q became %q", name, f.Get(name), back.Get(name))
			}
		}
	}
	if len(h.rows()) != 0 {
		t.Errorf("recorded %+v", h.rows())
	}
	h.post(root, url.Values{
		"ho-ten": {"Trần Thị Ví Dụ"}, "noi-dung": {"Không có khóa"},
	}).want(http.StatusUnprocessableEntity)
}

func TestSentTwiceIsRecordedOnce(t *testing.T) {
	h := newHall(t)
	for _, extra := range [][]string{nil, {"huong", "TL-SAU", "don-vi", "dc"}, {"huong", "TC", "da-chuyen", "1"}} {
		before, err := h.db.Denunciations(t.Context(), h.officers["thuky"].Actor())
		h.must(err)
		rows := len(h.rows()) + int(before)
		f := h.fill(root, append([]string{"ho-ten", "Trần Thị Ví Dụ", "noi-dung", "Giấy này căn cứ vào đâu?"}, extra...)...)
		first, second := h.post(root, f), h.post(root, f)
		if first.Code != http.StatusSeeOther || second.Code != http.StatusSeeOther ||
			first.Header().Get("Location") != second.Header().Get("Location") {
			t.Errorf("%v: %d %s, %d %s: %s", extra, first.Code, first.Header().Get("Location"), second.Code,
				second.Header().Get("Location"), second.text("main"))
		}
		if a, b := first.cookie(web.ReceiptCookie.String()), second.cookie(web.ReceiptCookie.String()); a == nil ||
			b == nil || a.Value != b.Value {
			t.Error("two receipts")
		}
		after, err := h.db.Denunciations(t.Context(), h.officers["thuky"].Actor())
		h.must(err)
		if n := len(h.rows()) + int(after); n != rows+1 {
			t.Errorf("%v: %d opinions more", extra, n-rows)
		}
	}
	// The same form with other words is another opinion, but only once it is said so.
	f := h.fill(root, "ho-ten", "Lê Văn Nháp", "noi-dung", "Một")
	h.post(root, f)
	f.Set("noi-dung", "Hai")
	a := h.post(root, f)
	a.want(http.StatusConflict, ".dt-gate", "đã gửi trước đó")
	if back := a.fields(); back.Get("noi-dung") != "Hai" || back.Get("khoa") == f.Get("khoa") {
		t.Errorf("kept %v", back)
	}
}

func TestStaleRuling(t *testing.T) {
	h := newHall(t)
	row := h.record("Trần Thị Ví Dụ", "Giấy này căn cứ vào đâu?")
	path := pathOfOpinion(h.dialogue, row.Opinion.Number)
	mine := h.fill(path, "huong", "TL-SAU", "don-vi", "dc", "han", "30/10/2024")
	same := h.fill(path, "huong", "KTN", "tra-loi", "Ngoài thẩm quyền.")
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

// Who asked to speak and waits for it is told from who wrote only.
func TestRegisteredToSpeak(t *testing.T) {
	h := newHall(t)
	for i, m := range doithoai.Manners {
		resident := doithoai.Resident(h.dialogue.AuthorityID)
		_, err := h.db.SubmitSlip(t.Context(), resident, doithoai.IntakeKey{byte(i)}, doithoai.Slip{
			DialogueID: h.dialogue.ID, Channel: doithoai.ChannelPortal, Manner: m, Matters: []string{"Giấy này căn cứ vào đâu?"},
			NoticeRead: true,
			Petitioner: doithoai.Petitioner{
				Standing: doithoai.StandingPerson, Name: "Người " + string(m), Address: "Nơi khác",
				Ways: []doithoai.Way{doithoai.WayPickUp},
			},
		})
		h.must(err)
	}
	h.record("Người nói", "Đã nói tại hội trường.")
	a := h.get(root)
	for name, want := range map[string]bool{
		"Người written": false, "Người speak": true, "Người both": true, "Người nói": false,
	} {
		if got := strings.Contains(a.text(".dt-queue li:contains('"+name+"')"), "đăng ký phát biểu"); got != want {
			t.Errorf("%s asked to speak: %v", name, got)
		}
	}
	if to := a.doc.Find(".dt-service a").AttrOr("href", ""); to != "/noi-bo" {
		t.Errorf("the way back to the desk leads to %q", to)
	}
}

func TestRoles(t *testing.T) {
	h := newHall(t)
	row := h.record("Trần Thị Ví Dụ", "Giấy này căn cứ vào đâu?")
	opinion := pathOfOpinion(h.dialogue, row.Opinion.Number)
	for login, ok := range map[string]bool{
		"thuky": true, "vanphong": true, "diachinh": false, "quantri": false, "chutich": false,
	} {
		for _, path := range []string{root, root + "/danh-sach", opinion, "/hoi-truong/" + string(h.dialogue.ID)} {
			want := http.StatusForbidden
			if ok {
				want = http.StatusOK
			}
			if a := h.do(login, http.MethodGet, path, nil); a.Code != want {
				t.Errorf("%s: GET %s: status %d, want %d", login, path, a.Code, want)
			}
		}
		if ok {
			continue
		}
		for _, path := range []string{root, opinion} {
			a := h.do(login, http.MethodPost, path, h.fill(root, "ho-ten", "X", "noi-dung", "Y"))
			if a.Code < 400 || strings.Contains(strings.ReplaceAll(a.Body.String(), "\u00a0", " "), "Trần Thị Ví Dụ") {
				t.Errorf("%s: POST %s: status %d", login, path, a.Code)
			}
		}
	}
	if a := h.do("", http.MethodGet, root, nil); a.Code != http.StatusSeeOther ||
		!strings.HasPrefix(a.Header().Get("Location"), "/noi-bo/dang-nhap") {
		t.Errorf("signed out: status %d", a.Code)
	}
	for _, path := range []string{
		"/hoi-truong/khong-co", "/hoi-truong/" + string(h.other.ID), root + "/y-kien/ND-24-0099",
	} {
		if a := h.get(path); a.Code != http.StatusNotFound {
			t.Errorf("%s: status %d", path, a.Code)
		}
	}
	if len(h.rows()) != 1 {
		t.Errorf("rows %+v", h.rows())
	}
}

func TestHostileText(t *testing.T) {
	h := newHall(t)
	const evil = `"><script>alert(1)</script>'</textarea><img src=x onerror=alert(1)>`
	h.record(evil, evil)
	path := pathOfOpinion(h.dialogue, "ND-24-0001")
	for _, a := range []answer{
		h.get(root), h.get(path), h.get(root + "/danh-sach?mo=" + url.QueryEscape(evil)),
		h.get(root + "?xong=" + url.QueryEscape(evil) + "&so=" + url.QueryEscape(evil)),
		h.post(path, h.fill(path, "huong", "TL-SAU", "don-vi", evil, "han", evil)),
		h.post(root, h.fill(root, "ho-ten", evil, "thon", evil, "linh-vuc", evil, "huong", evil, "noi-dung", "")),
	} {
		if a.doc.Find("main script, main img, [onerror]").Length() != 0 {
			t.Errorf("status %d: typed text became markup", a.Code)
		}
	}
	if strings.Contains(h.log.String(), "alert") {
		t.Error("the log carries what was typed")
	}
}

func TestDraft(t *testing.T) {
	h := newHall(t)
	actor, subject := h.officers["thuky"].Actor(), string(h.dialogue.ID)
	if got := h.get(root).doc.Find("form[data-console]").AttrOr("data-draft", ""); got != "opinion:"+subject {
		t.Fatalf("the form saves itself as %q", got)
	}
	save := func() {
		_, err := h.db.SaveDraft(t.Context(), actor, store.DraftOpinion, subject, map[string][]string{
			"ho-ten": {"Trần Thị Ví Dụ"}, "noi-dung": {"Đang ghi dở"}, "huong": {"KTN"}, "tra-loi": {"Lý do"},
			"dong-y": {"yes"}, "ngoai-pham-vi": {"1"},
		})
		h.must(err)
	}
	save()
	a := h.get(root)
	a.want(http.StatusOK, ".dt-done", "Đã khôi phục", "#noi-dung", "Đang ghi dở")
	f := a.fields()
	for name, value := range map[string]string{
		"ho-ten": "Trần Thị Ví Dụ", "huong": "KTN", "tra-loi": "Lý do", "dong-y": "yes", "ngoai-pham-vi": "1",
	} {
		if f.Get(name) != value {
			t.Errorf("%s came back as %q", name, f.Get(name))
		}
	}
	if h.do("vanphong", http.MethodGet, root, nil).text("#noi-dung") != "" {
		t.Error("somebody else sees the draft")
	}
	h.post(root, f)
	if d, err := h.db.Draft(t.Context(), actor, store.DraftOpinion, subject); err != nil || d.Fields != nil {
		t.Errorf("after recording the draft is %v, %v", d, err)
	}
	save() // once more, while the form was on its way
	if got := h.get(root).text("#noi-dung"); got != "" {
		t.Errorf("what was recorded came back as a draft: %q", got)
	}
}

func TestReceiptToPrint(t *testing.T) {
	h := newHall(t)
	const at = root + "/bien-nhan/ND-24-0001"
	gone := h.get(at)
	gone.want(http.StatusNotFound, "h1", "Biên nhận không còn mở được", "main", "30 phút", `main a[href="`+root+`"]`,
		"Về trang ghi ý kiến")
	a := h.post(root, h.fill(root, "ho-ten", "Trần Thị Ví Dụ", "noi-dung", "Giấy này căn cứ vào đâu?"))
	c := a.cookie(web.ReceiptCookie.String())
	if c == nil || !c.HttpOnly || c.MaxAge != 1800 {
		t.Fatalf("cookie %+v", c)
	}
	sheet := h.get(at, c)
	sheet.want(http.StatusOK, ".dt-numbers", "ND-24-0001", ".dt-receipt", "tại hội nghị đối thoại")
	code := strings.Join(strings.Fields(sheet.text(".dt-keepsake .dt-code__value")), "")
	_, value, _ := strings.Cut(c.Value, ".")
	if code != value || sheet.doc.Find(".dt-qr svg").Length() != 1 {
		t.Errorf("code %q, cookie %q", code, value)
	}
	found, err := h.db.FollowSlip(t.Context(), doithoai.Resident(h.dialogue.AuthorityID), doithoai.ReceiptCode(code))
	if err != nil || found.Opinions[0].Opinion.Number != "ND-24-0001" {
		t.Errorf("the code opens %+v, %v", found, err)
	}
	if strings.Contains(h.log.String(), code) || strings.Contains(a.Header().Get("Location"), code) {
		t.Error("the code is in the log or in an address")
	}
	h.get(at, &http.Cookie{
		Name: web.ReceiptCookie.String(), Value: "ND-24-0001.khong-phai-ma",
	}).want(http.StatusNotFound)

	sheet.want(http.StatusOK, ".dt-receipt", "gõ mã tại")
	offline := prepared.here
	offline.Offline = true
	h.serve(offline)
	sheet = h.get(at, c)
	sheet.want(http.StatusOK, ".dt-receipt", "hoặc hỏi Văn phòng, Trưởng thôn")
	if sheet.doc.Find(".dt-qr").Length() != 0 || strings.Contains(sheet.text(".dt-receipt"), "trang của xã") {
		t.Error("the receipt sends people to a site that they can't reach")
	}
}

// The receipt that the console offers is that of the act just done, never that of somebody else's opinion; the next
// speakers do not take it from who comes for it a little later.
func TestReceiptOfTheActJustDone(t *testing.T) {
	h := newHall(t)
	earlier := h.record("Cao Văn Mường Tượng", "Số điện thoại của xã gọi không được.")
	a := h.post(root, h.fill(root, "ho-ten", "Trần Thị Ví Dụ", "noi-dung", "Giấy này căn cứ vào đâu?"))
	c := a.cookie(web.ReceiptCookie.String())
	h.get(a.Header().Get("Location"), c).receipt("ND-24-0002")
	path := pathOfOpinion(h.dialogue, earlier.Opinion.Number)
	ruled := h.post(path, h.fill(path, "huong", "TL-NGAY", "tra-loi", "Đã nối lại.", "nguoi-tra-loi", "giả dụ"))
	back := h.get(ruled.Header().Get("Location"), c)
	back.want(http.StatusOK, ".dt-done", "Đã ghi hướng xử lý ý kiến ND-24-0001")
	back.receipt("")
	if f := h.file(earlier.Opinion.ID); f.AnsweredBy != "Bà Lê Thị Giả Dụ" {
		t.Errorf("answered by %q", f.AnsweredBy)
	}

	third := h.do("thuky", http.MethodPost, root,
		h.fill(root, "ho-ten", "Lê Văn Nháp", "noi-dung", "Bao giờ họp lại?"), c)
	both := third.cookie(web.ReceiptCookie.String())
	h.get(third.Header().Get("Location"), both).receipt("ND-24-0003")
	h.get(root+"/bien-nhan/ND-24-0002", both).want(http.StatusOK, ".dt-numbers", "ND-24-0002")
}

// A man shouts and sits down: it is taken down and ruled; who it was is said later, and then there is a receipt.
func TestNameComesLater(t *testing.T) {
	h := newHall(t)
	a := h.post(root, h.fill(root, "noi-dung", "Rãnh nước trước chợ tắc.", "huong", "TL-SAU", "don-vi", "dc"))
	c := a.cookie(web.ReceiptCookie.String())
	back := h.get(a.Header().Get("Location"), c)
	back.want(http.StatusOK, ".dt-done", "Chưa rõ tên người nêu", ".dt-tally", "1 chưa rõ tên", ".dt-queue", "Chưa rõ tên")
	back.receipt("")
	path := root + "/y-kien/ND-24-0001"
	if got := h.get(root+"/bien-nhan/ND-24-0001", c).Header().Get("Location"); got != path {
		t.Errorf("its receipt leads to %q", got)
	}
	opened := h.get(path)
	if opened.doc.Find("input#ho-ten[autofocus]").Length() != 1 {
		t.Error("the cursor is not in the name, which alone is missing")
	}
	f := h.fill(path, "ho-ten", " ")
	h.post(path+"/ho-ten", f).want(http.StatusUnprocessableEntity, "#ho-ten-error", "Ghi họ và tên")
	f = h.fill(path, "ho-ten", "Lê Văn Nháp", "thon", string(h.villages[1].ID), "han", "30/10/2024")
	named, again := h.post(path+"/ho-ten", f), h.post(path+"/ho-ten", f)
	if to := named.Header().Get("Location"); named.Code != http.StatusSeeOther || to != path+"?so=ND-24-0001&xong=ten" ||
		again.Header().Get("Location") != to {
		t.Fatalf("status %d to %q, then to %q", named.Code, to, again.Header().Get("Location"))
	}
	back = h.get(named.Header().Get("Location"), c)
	back.want(http.StatusOK, ".dt-done", "Đã ghi họ tên người nêu ý kiến ND-24-0001", ".dt-console__said",
		"Lê Văn Nháp · Thôn 2")
	back.receipt("ND-24-0001")
	if got := back.fields().Get("han"); got != "30/10/2024" {
		t.Errorf("what was typed of a ruling beside the name became %q", got)
	}
	h.get(named.Header().Get("Location")).want(http.StatusOK, ".dt-done", "Biên nhận không in lại được")
	f.Set("ho-ten", "Trần Thị Ví Dụ")
	h.post(path+"/ho-ten", f).want(http.StatusConflict, ".dt-gate", "đã thay đổi")

	// Name and ruling may come with one form.
	h.post(root, h.fill(root, "noi-dung", "Cầu thôn 4 hỏng."))
	path = root + "/y-kien/ND-24-0002"
	f = h.fill(path, "ho-ten", "Phan Văn Phát Biểu", "huong", "TL-SAU", "don-vi", "dc")
	for range 2 { // the second click too
		if a := h.post(path, f); a.Code != http.StatusSeeOther {
			t.Fatalf("status %d: %s", a.Code, a.text("main"))
		}
	}
	if row := h.rows()[1]; row.Name != "Phan Văn Phát Biểu" || row.Opinion.Ruling != doithoai.RulingLater {
		t.Errorf("row %+v", row)
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

func TestProposalsNeedNoRequest(t *testing.T) {
	h := newHall(t)
	a := h.get(root)
	for _, rule := range doithoai.RulingRules {
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

func TestLiveList(t *testing.T) {
	h := newHall(t)
	page := h.get(root).doc.Find("[data-live]")
	if page.AttrOr("data-live", "") != topicOf(h.dialogue.ID) || page.AttrOr("data-live-from", "") != root+"/danh-sach" {
		t.Fatalf("listens to %v", page.Nodes[0].Attr)
	}
	h.record("Trần Thị Ví Dụ", "Giấy này căn cứ vào đâu?")
	fragment := h.get(root + "/danh-sach?so=ND-24-0001")
	fragment.want(http.StatusOK, "#hall-list .dt-queue__new", "Trần Thị Ví Dụ", "#hall-tally", "Đã nhận 1")
	version := fragment.doc.Find("[data-live-version]").AttrOr("data-live-version", "")
	if version == page.AttrOr("data-live-version", "") || version != h.live.Version(topicOf(h.dialogue.ID)) {
		t.Errorf("version %q after %q", version, page.AttrOr("data-live-version", ""))
	}
	if fragment.doc.Find("header, form").Length() != 0 {
		t.Error("more than the list")
	}
	for topic, status := range map[string]int{
		topicOf(h.other.ID): http.StatusNotFound, "dialogue/khong-co": http.StatusNotFound,
		"opinion/" + string(h.rows()[0].Opinion.ID): http.StatusNotFound,
	} {
		h.get("/noi-bo/luong?nghe=" + topic).want(status)
	}
	h.do("diachinh", http.MethodGet, "/noi-bo/luong?nghe="+topicOf(h.dialogue.ID), nil).want(http.StatusForbidden)
	h.live.Close() // a stream that is let in ends at once
	h.get("/noi-bo/luong?nghe=" + topicOf(h.dialogue.ID)).want(http.StatusServiceUnavailable)
}

func TestMatchUnits(t *testing.T) {
	h := newHall(t)
	for typed, want := range map[string]string{
		"Bộ phận Địa chính – Xây dựng": "dia-chinh", "bo phan dia chinh – xay dung": "dia-chinh",
		"bo phan tu phap - ho tich": "tu-phap", "Bộ phận Địa chính-Xây dựng": "dia-chinh",
		"hộ  tịch.": "tu-phap", "địa": "dia-chinh",
		"di": "dia-chinh", "DC": "dia-chinh", "đc": "dia-chinh",
		"tp": "tu-phap", "ht": "tu-phap", "hộ tịch": "tu-phap", "vp": "van-phong", "b": "van-phong tu-phap dia-chinh", "": "",
		"zz": "", "–": "",
	} {
		var codes []string
		for _, u := range matchUnits(h.units, typed) {
			codes = append(codes, u.Code)
		}
		if got := strings.Join(codes, " "); got != want && typed != "–" {
			t.Errorf("%q means %q, want %q", typed, got, want)
		}
	}
}
