package hall

import (
	"net/http"
	"net/url"
	"reflect"
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

// A draft keeps every field of the form, but those that are of the page, and the word that a denunciation was handed
// over.
func TestDraftKeepsEveryField(t *testing.T) {
	ofThePage := []string{"chac", "khoa", "phien-ban", "tiep", "da-chuyen", "cung-nhom"}
	of, all := reflect.TypeFor[form](), map[string][]string{}
	for i := range of.NumField() {
		name := of.Field(i).Tag.Get("form")
		if !slices.Contains(ofThePage, name) {
			all[name] = []string{"1"}
		}
	}
	restored := form{}.restore(store.Draft{Fields: all})
	v := reflect.ValueOf(restored)
	for i := range of.NumField() {
		if name := of.Field(i).Tag.Get("form"); v.Field(i).IsZero() != slices.Contains(ofThePage, name) {
			t.Errorf("%s came back as %v", name, v.Field(i))
		}
	}
	for _, said := range []string{"ho-ten", "thon", "noi-dung", "linh-vuc", "luot", "cung-so"} {
		delete(all, said)
	}
	if got := restored.draft(); !reflect.DeepEqual(got, all) {
		t.Errorf("of the ruling are kept %v, want %v", got, all)
	}
	for name := range all {
		f := newForm().restore(store.Draft{Fields: map[string][]string{name: {"x"}}})
		if f.typed() == slices.Contains([]string{"dong-y", "cung-huong", doithoai.FieldRefusalBy}, name) {
			t.Errorf("%s typed alone: %v", name, f.typed())
		}
	}
	if newForm().typed() {
		t.Error("an empty form is typed into")
	}
}

// TestListNamesNobody: opinions on a village's list that names nobody are the village's; nobody is to be asked for.
func TestListNamesNobody(t *testing.T) {
	h := newHall(t)
	list := doithoai.CompiledList{DialogueID: h.dialogue.ID, VillageID: h.villages[0].ID, Told: 1}
	_, err := h.db.RecordList(t.Context(), h.officers["vanphong"].Actor(), doithoai.IntakeKey{9}, list,
		[]doithoai.CompiledPoint{{Content: "Cống đầu thôn tắc."}}, "")
	h.must(err)
	if tally := h.get(root).doc.Find(".dt-tally").Text(); !strings.Contains(tally, "Đã nhận") ||
		strings.Contains(tally, "chưa rõ tên") {
		t.Errorf("the tally says %q", tally)
	}
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

func TestMatchUnits(t *testing.T) {
	h := newHall(t)
	h.units = append(slices.Clone(h.units),
		doithoai.Unit{Code: "lao-dong", Name: "Bộ phận Lao động – Thương binh và Xã hội"},
		doithoai.Unit{Code: "kinh-te", Name: "Phòng Kinh tế"})
	for typed, want := range map[string]string{
		"LĐTBXH": "lao-dong", "Lao động – TBXH": "lao-dong", "Phòng Kinh-tế": "kinh-te", "TBXH": "lao-dong",
		"LĐ-TB&XH": "lao-dong", "Bộ phận LĐTBXH": "lao-dong", "LĐTBVXH": "lao-dong", "thương binh, xã hội": "lao-dong",
		"động lao": "", "TB TP": "",
		"Bộ phận Địa chính – Xây dựng": "dia-chinh", "bo phan dia chinh – xay dung": "dia-chinh",
		"bo phan tu phap - ho tich": "tu-phap", "Bộ phận Địa chính-Xây dựng": "dia-chinh",
		"hộ  tịch.": "tu-phap", "địa": "dia-chinh",
		"di": "dia-chinh", "DC": "dia-chinh", "đc": "dia-chinh",
		"tp": "tu-phap", "ht": "tu-phap", "hộ tịch": "tu-phap", "vp": "van-phong", "": "",
		"b":  "van-phong tu-phap dia-chinh lao-dong",
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
