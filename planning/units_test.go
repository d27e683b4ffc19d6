package planning

import (
	"net/url"
	"strings"
	"testing"

	"doithoai"
	"doithoai/plan"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// announced is the dialogue of a fixture, with the address of its workspace.
func opened(fx *stafftest.Fixture) (doithoai.Dialogue, string) {
	fx.T.Helper()
	fx.Announce()
	all, err := fx.DB.DialogueList(fx.T.Context(), fx.Officers["van-phong"].Actor())
	stafftest.Must(fx.T, err)
	return all[0], web.WorkspacePath(all[0].ID)
}

// post sends a form and opens the page to which it leads.
func post(b *stafftest.Browser, path string, form url.Values) stafftest.Page {
	b.T.Helper()
	p := b.Post(path, form)
	if p.Status != 303 {
		b.T.Fatalf("%s answered %d: %s", path, p.Status, p.Text("main"))
	}
	return b.Get(p.Location)
}

// refused sends a form that comes back, and returns its page.
func refused(b *stafftest.Browser, path string, form url.Values) stafftest.Page {
	b.T.Helper()
	return b.Post(path, form).Want(422, "")
}

// Slips are numbered, handed out, and accounted for; what was typed wrongly comes back with everything; units and the
// administrator see no stock.
func TestStockPage(t *testing.T) {
	fx := newFixture(t)
	_, ws := opened(fx)
	office := fx.As("van-phong")
	office.Get(ws+"/phieu-giay").Says("main", "Chưa cấp số phiếu nào", "Cấp số")
	refused(office, ws+"/phieu-giay", url.Values{"so-luong": {"0"}}).Says("main", "Nhập số phiếu cần in")
	post(office, ws+"/phieu-giay", url.Values{"so-luong": {"30"}}).Says("main", "Đã cấp số 0001-0030", "In 0001–0030")
	refused(office, ws+"/phieu-giay/phat", url.Values{
		"tu": {"1"}, "den": {"20"}, "noi-nhan": {"thon:" + string(fx.Villages[0].ID)}, "ngay": {"23/10/2024"},
	}).Says("main", "Ghi người nhận và chức vụ")
	post(office, ws+"/phieu-giay/phat", url.Values{
		"tu": {"1"}, "den": {"20"}, "noi-nhan": {"thon:" + string(fx.Villages[0].ID)}, "ngay": {"23/10/2024"},
		"nguoi-nhan": {"Trưởng thôn 1"},
	}).Says("main", "0001–0020", "Trưởng thôn 1", "0 trên 20")
	post(office, ws+"/phieu-giay/huy", url.Values{"so": {"25"}, "ly-do": {"Rách."}}).Says("main", "Đã hủy phiếu 0025")
	office.Get(ws+"/phieu-giay?tinh-trang=void").Says("main", "0025", "Rách.")
	office.Get(ws).Says("main", "in 30, phát 20, thu 0")
	sheet := office.Get(ws + "/phieu-giay/in?tu=0001&den=0030")
	sheet.Says("main", "9 phiếu") // neither what is out nor what is void
	sheet.Says(".dt-paper", "Cuống phiếu 0021, ông/bà giữ", "chậm nhất")
	isFile(t, office, ws+sheetsAt+"{}?tu=0001&den=0030")
	isFile(t, office, ws+shortSlipsAt)
	for _, login := range []string{"ho-tich", "quan-tri"} {
		fx.As(login).Get(ws+"/phieu-giay").Want(403, "")
		fx.As(login).Get(ws+"/phieu-giay/in?tu=0001&den=0030").Want(403, "")
	}
	fx.As("chu-tich").Get(ws+"/phieu-giay/in?tu=0001&den=0030").Want(403, "")
}

// A question goes to a unit, comes back with a draft, is checked, and stands in the chair's book without a name;
// another unit is kept from it.
func TestQuestionIsPrepared(t *testing.T) {
	fx := newFixture(t)
	d, ws := opened(fx)
	got, err := fx.DB.SubmitSlip(t.Context(), doithoai.Resident(fx.Authority.ID), fx.Key(), doithoai.Slip{
		DialogueID: d.ID, Channel: doithoai.ChannelPortal, Manner: doithoai.MannerBoth, Matters: []string{stafftest.Matter},
		NoticeRead: true, Petitioner: doithoai.Petitioner{
			Standing: doithoai.StandingPerson, Name: "Nguyễn Thị Minh Họa", VillageID: fx.Villages[0].ID,
			Ways: []doithoai.Way{doithoai.WayPhone}, Phone: "0900000000",
		},
	})
	stafftest.Must(t, err)
	number := string(got.Opinions[0].Number)
	at := web.QuestionPath(got.Opinions[0].Number)
	office, unit := fx.As("van-phong"), fx.As("ho-tich")
	office.Get(ws).Says("main", "Chuyển 1 câu hỏi đến đơn vị")
	unit.Get(at).Want(403, "")
	post(office, ws+"/cau-hoi", url.Values{
		"chon": {number + " 0"}, "don-vi": {string(fx.Units["tu-phap-ho-tich"])}, "han": {"24/10/2024"},
		"ghi-chu": {"Nêu rõ."},
	}).Says("main", "Đã chuyển 1 câu hỏi", "Chờ dự thảo")
	letter := ws + web.PreparationPart
	office.Get(letter).Says(".dt-paper", "Kính gửi", "Tư pháp", stafftest.Matter, "24/10/2024", "Nêu rõ.").
		Hides("Minh Họa")
	isFile(t, office, letter)
	unit.Get(letter).Want(403, "")
	unit.Get("/noi-bo").Says("main", number, "Dự thảo trả lời")
	unit.Get(web.QuestionsPath).Says("main", number)
	unit.Get(at).Says("main", stafftest.Matter, "Nêu rõ.")
	fx.As("dia-chinh").Get(at).Want(403, "")
	refused(unit, at+"/du-thao", url.Values{"phien-ban": {"1"}, "can-cu": {"Luật Hộ tịch"}}).
		Says("main", "Ghi dự thảo trả lời")
	post(unit, at+"/du-thao", url.Values{"phien-ban": {"1"}, "tra-loi": {"Mời ông/bà đến nhận."}, "huong": {"TL-NGAY"}}).
		Says("main", "Đã lưu dự thảo")
	post(office, at+"/da-soat", url.Values{"phien-ban": {"2"}}).Says("main", "Đã soát")
	book := fx.As("chu-tich").Get(ws+"/tap-tai-lieu").Says("main", number, "Thôn 1", stafftest.Matter,
		"Mời ông/bà đến nhận.", "Đề xuất: Trả lời ngay")
	isFile(t, office, ws+"/tap-tai-lieu")
	if strings.Contains(book.Find("main").Text(), "Minh Họa") {
		t.Error("the chair's book names who asks")
	}
	fx.As("ho-tich").Get(ws+"/tap-tai-lieu").Want(403, "")
	office.Get(ws).Says("main", "1 trên 1 câu")
}

// Figures are read from a file into the form, where they are seen; those that don't add up are refused with the sums;
// the total has a sentence for the host.
func TestFiguresPage(t *testing.T) {
	fx := newFixture(t)
	d, ws := opened(fx)
	unit, office := fx.As("ho-tich"), fx.As("van-phong")
	at := ws + "/so-lieu/" + string(fx.Units["tu-phap-ho-tich"])
	unit.Get(ws+"/so-lieu/"+string(fx.Units["dia-chinh"])).Want(403, "")
	row := url.Values{
		"phien-ban": {"0"}, "buoc": {"nop"}, "tu-ngay": {"01/01/2024"}, "den-ngay": {"30/09/2024"}, "linh-vuc-0": {"ho-tich"},
		"ton-cu-0": {"4"}, "tiep-nhan-0": {"1.000"}, "dung-han-0": {"990"}, "tre-han-0": {"9"}, "chua-den-han-0": {"4"},
	}
	p := refused(unit, at, row).Says("main", "Dòng 1 chưa khớp", "1004", "1003")
	if v, _ := p.Find(`input[name="tiep-nhan-0"]`).Attr("value"); v != "1.000" {
		t.Errorf("what was typed came back as %q", v)
	}
	row.Set("tre-han-0", "10")
	post(unit, at, row).Says("main", "Đã nộp số liệu", "1.000", "99,0")
	office.Get(ws+"/so-lieu").Says("main", "Từ 01/01/2024 đến 30/09/2024, các bộ phận tiếp nhận 1.000 hồ sơ")
	office.Get(ws).Says("main", "1 trên 3 đơn vị")
	post(office, at+"/tra-lai", url.Values{"phien-ban": {"1"}, "ly-do": {"Sai kỳ."}}).Says("main", "Yêu cầu sửa")
	unit.Get(at).Says("main", "Sai kỳ.")
	sheets, err := fx.DB.ProcedureSheets(t.Context(), fx.Officers["van-phong"].Actor(), d.ID)
	stafftest.Must(t, err)
	if len(sheets) != 1 || sheets[0].State != plan.SheetReturned {
		t.Errorf("sheets %+v", sheets)
	}
}
