package office

import (
	"archive/zip"
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doithoai"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// pasted is a list of the first village as it is pasted.
func pasted(fx *fixture, told, list string) url.Values {
	return url.Values{"thon": {string(fx.Villages[0].ID)}, "so-y-kien": {told}, "nguyen-van": {list}}
}

// TestSituation11TwentyOpinionsOfAVillage pastes a list of twenty opinions without names: they are split, checked
// beside the list, recorded once and receipted on one sheet, each with a number and a code.
func TestSituation11TwentyOpinionsOfAVillage(t *testing.T) {
	fx := newFixture(t)
	var list strings.Builder
	list.WriteString("DANH SÁCH Ý KIẾN THÔN 1\n\n")
	for i := range 20 {
		fmt.Fprintf(&list, "%d. Đề nghị sửa đoạn đường số %d của thôn.\n", i+1, i+1)
	}
	office := fx.As("van-phong")
	office.Get("/noi-bo/phieu-moi").Says("main", "Nhập danh sách ý kiến của thôn")
	office.SubmitFile(office.Get(web.ListPath), web.ListPath, pasted(fx, "20", list.String()), "").
		Want(http.StatusSeeOther, checkListPath)
	p := office.Get(checkListPath)
	p.Want(http.StatusOK, "").Says("main", "Thôn báo 20 ý kiến, sẽ ghi 20, bỏ 1 mục", "Ghi 20 ý kiến, lập biên nhận")
	if n := p.Find(".dt-point").Length(); n != 21 || !strings.Contains(p.Value("#nguyen-van"), "đường số 20") {
		t.Fatalf("%d points", n)
	}
	done := office.Submit(p, checkListPath, nil)
	at := done.Header.Get("Location")
	receipt := office.Get(at)
	receipt.Want(http.StatusOK, "").Says("main", "Biên nhận danh sách ý kiến, Thôn 1", "ND-24-0001", "ND-24-0020").
		Hides("Trần Thị Ví Dụ ghi")
	codes := receipt.Find(".dt-list__state .dt-no")
	n := receipt.Find(".dt-list tbody tr").Length()
	if n != 20 || codes.Length() != 20 || len(codes.First().Text()) != 19 {
		t.Errorf("%d numbers, codes %q", n, codes.Text())
	}
	office.Get(checkListPath).Want(http.StatusSeeOther, web.ListPath) // the draft is gone with what it became

	other := fx.As("van-phong-2")
	other.SubmitFile(other.Get(web.ListPath), web.ListPath, pasted(fx, "20", strings.ToUpper(list.String())), "").
		Want(http.StatusSeeOther, checkListPath)
	p = other.Get(checkListPath)
	p.Says("main", "20 mục đã có trong danh sách trước", "ND-24-0007")
	other.Submit(p, checkListPath, nil).Want(http.StatusSeeOther, at+"?"+repeatedList)
	other.Get(at+"?"+repeatedList).Says("main", "Danh sách này đã được ghi lúc", "không ghi thêm ý kiến nào",
		"Mã tra cứu chỉ in được ngay sau khi ghi").Hides(codes.First().Text())
	if n := office.Get("/noi-bo/y-kien?loc=cho-phan-loai").Find("tbody tr").Length(); n != 20 {
		t.Errorf("%d in the register", n)
	}
}

// TestListIsChecked splits and joins points, drops one with a reason, and asks why the count differs: nothing that was
// typed is lost on the way.
func TestListIsChecked(t *testing.T) {
	fx := newFixture(t)
	office := fx.As("van-phong")
	page := office.Get(web.ListPath)
	office.SubmitFile(page, web.ListPath, url.Values{"nguyen-van": {"1. Một."}}, "").
		Want(http.StatusUnprocessableEntity, "").
		Says("#thon-error", "Chọn thôn").Says("#so-y-kien-error", "chữ số")
	office.SubmitFile(page, web.ListPath, pasted(fx, "3", ""), "").Want(http.StatusUnprocessableEntity, "").
		Says("#nguyen-van-error", "Dán danh sách")
	const list = "1. Ông Nguyễn Văn Thử, xóm 1: Xin cấp lại sổ.\n" +
		"2. Đề nghị:\n- sửa cống;\n- nạo vét kênh.\n3. Đường hỏng,\nxe khó đi."
	office.SubmitFile(page, web.ListPath, pasted(fx, "3", list), "").Want(http.StatusSeeOther, checkListPath)
	p := office.Get(checkListPath)
	if p.Value("#ho-ten-1") != "Nguyễn Văn Thử" || p.Value("#noi-o-1") != "xóm 1" ||
		p.Value("#y-kien-1") != "Xin cấp lại sổ." || p.Value("#y-kien-3") != "Đường hỏng, xe khó đi." {
		t.Errorf("split into %q of %q, %q", p.Value("#y-kien-1"), p.Value("#ho-ten-1"), p.Value("#y-kien-3"))
	}
	office.Submit(p, checkListPath, url.Values{"buoc": {"tach:1"}}).Want(http.StatusSeeOther, checkListPath+"#y-kien-2")
	p = office.Get(checkListPath)
	if p.Value("#y-kien-2") != "Đề nghị: sửa cống;" || p.Value("#y-kien-3") != "Đề nghị: nạo vét kênh." {
		t.Errorf("split into %q and %q", p.Value("#y-kien-2"), p.Value("#y-kien-3"))
	}
	office.Submit(p, checkListPath, nil).Want(http.StatusSeeOther, checkListPath+"?sua")
	p = office.Get(checkListPath + "?sua")
	p.Says("#vi-sao-lech-error", "Thôn báo 3 ý kiến, danh sách đang có 4")
	office.Submit(p, checkListPath, url.Values{"buoc": {"gop:2"}}).Want(http.StatusSeeOther, checkListPath+"#y-kien-2")
	p = office.Get(checkListPath)
	if p.Value("#y-kien-2") != "Đề nghị: sửa cống;\nĐề nghị: nạo vét kênh." || p.Find(".dt-point").Length() != 3 {
		t.Errorf("joined to %q", p.Value("#y-kien-2"))
	}
	bad := office.Submit(p, checkListPath, url.Values{"buoc": {"tach:99"}})
	if bad.Status != http.StatusSeeOther {
		t.Errorf("a forged step: %d", bad.Status)
	}
	p = office.Get(checkListPath)
	done := office.Submit(p, checkListPath, url.Values{
		"bo-vi": {"", "Trùng ý kiến thôn khác", ""}, "vi-sao-lech": {"Một ý bỏ"},
	})
	receipt := office.Get(done.Header.Get("Location"))
	receipt.Want(http.StatusOK, "").Says("main", "ND-24-0001", "ND-24-0002", "Một ý bỏ", "Trùng ý kiến thôn khác").
		Hides("ND-24-0003", "Nguyễn Văn Thử</")
	office.Get("/noi-bo/y-kien/ND-24-0001").Hides("Nguyễn Văn Thử")
	fx.As("thu-ky").Get(web.ListPath).Want(http.StatusForbidden, "")
}

// TestListFromFiles reads a plain text and a table with a column of opinions; what can't be read says why.
func TestListFromFiles(t *testing.T) {
	fx := newFixture(t)
	office := fx.As("van-phong")
	page := office.Get(web.ListPath)
	for name, tt := range map[string]struct {
		file, content, name string
	}{
		"text": {"- Đường hỏng.\n- Bà Lê Thị Thử: Đèn tắt.", "Đường hỏng.", "Lê Thị Thử"},
		"table": {"STT,Họ và tên,Nội dung kiến nghị,Địa chỉ\n1,,Đường hỏng.,\n2,Lê Thị Thử,Đèn tắt.,xóm 2\n",
			"Đường hỏng.", "Lê Thị Thử"},
		"Word": {wordFile(t, "<w:p>", "Danh sách ý kiến:", "1. Đường hỏng.", "2. Bà Lê Thị Thử (xóm 2): Đèn tắt."),
			"Đường hỏng.", "Lê Thị Thử"},
		"a table in Word": {wordFile(t, "<w:tr><w:tc><w:p>",
			"STT|Họ tên|Nội dung", "1||Đường hỏng.", "2|Lê Thị Thử|Đèn tắt."), "Đường hỏng.", "Lê Thị Thử"},
	} {
		office.SubmitFile(page, web.ListPath, pasted(fx, "2", ""), tt.file).Want(http.StatusSeeOther, checkListPath)
		p := office.Get(checkListPath)
		first := 1
		if name == "Word" { // its heading comes first, and is dropped
			first = 2
		}
		got := [3]string{
			p.Value(fmt.Sprintf("#y-kien-%d", first)), p.Value(fmt.Sprintf("#y-kien-%d", first+1)),
			p.Value(fmt.Sprintf("#ho-ten-%d", first+1)),
		}
		if got != [3]string{tt.content, "Đèn tắt.", tt.name} {
			t.Errorf("%s: %q", name, got)
		}
	}
	office.SubmitFile(page, web.ListPath, pasted(fx, "2", ""), "%PDF-1.4 \x00").Want(http.StatusUnprocessableEntity, "").
		Says(".govuk-error-summary", "")
}

// wordFile is a Word file of paragraphs, or of the rows of a table with "|" between cells.
func wordFile(t *testing.T, begin string, lines ...string) string {
	t.Helper()
	var body strings.Builder
	for _, line := range lines {
		const next = "</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>"
		text := "<w:r><w:t>" + strings.ReplaceAll(line, "|", next) + "</w:t></w:r></w:p>"
		if begin != "<w:p>" {
			text += "</w:tc></w:tr>"
		}
		body.WriteString(begin + text)
	}
	whole := body.String()
	if begin != "<w:p>" {
		whole = "<w:tbl>" + whole + "</w:tbl>"
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("word/document.xml")
	stafftest.Must(t, err)
	_, err = w.Write([]byte(`<w:document xmlns:w="w"><w:body>` + whole + `</w:body></w:document>`))
	stafftest.Must(t, err)
	stafftest.Must(t, z.Close())
	return b.String()
}

// TestVillageHeadRecordsTheOwnVillage offers the head of a village the own one alone, and takes no other's list.
func TestVillageHeadRecordsTheOwnVillage(t *testing.T) {
	fx := newFixture(t)
	stafftest.Must(t, fx.DB.AddPost(t.Context(), fx.Actor("quan-tri"), doithoai.Post{
		OfficerID: fx.Actor("dia-chinh").ID, Title: "Trưởng Thôn 2", VillageID: fx.Villages[1].ID,
		Roles: []doithoai.Role{doithoai.RoleVillageHead},
	}))
	head := fx.As("dia-chinh")
	p := head.Get(web.ListPath)
	if p.Find("select#thon").Length() != 0 || p.Find("[name=thon]").AttrOr("value", "") != string(fx.Villages[1].ID) {
		t.Error("the head may choose the village")
	}
	head.SubmitFile(p, web.ListPath, pasted(fx, "1", "1. Nước yếu."), "").Want(http.StatusSeeOther, checkListPath)
	check := head.Get(checkListPath)
	done := head.Submit(check, checkListPath, url.Values{"thon": {string(fx.Villages[0].ID)}})
	head.Get(done.Header.Get("Location")).Want(http.StatusOK, "").Says("main", "Thôn 2", "ND-24-0001")
	head.Get(web.ListPath).Says("main", "Danh sách đã nhận", "Thôn 2")
	fx.As("van-phong").Get("/noi-bo/y-kien/ND-24-0001").Says("main", "Thôn 2", "danh sách của thôn")
}
