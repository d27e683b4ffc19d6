package planning

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doithoai"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/table"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// announced is a fixture with the dialogue of 25 October 2024, and the address of its list.
func announced(t *testing.T) (fx *stafftest.Fixture, dialogue doithoai.ID, path string) {
	t.Helper()
	fx = newFixture(t)
	fx.Announce()
	all, err := fx.DB.DialogueList(t.Context(), fx.Actor("van-phong"))
	stafftest.Must(t, err)
	return fx, all[0].ID, peoplePath(all[0].ID)
}

// person puts somebody on the list.
func person(t *testing.T, fx *stafftest.Fixture, dialogue doithoai.ID, name, title string) plan.Invitation {
	t.Helper()
	i, err := fx.DB.AddDelegate(t.Context(), fx.Actor("van-phong"), dialogue, plan.Delegate{
		Invitation: plan.Invitation{Point: 25, Name: name, Title: title, Capacity: plan.CapacityDelegate},
		Contact:    plan.Contact{Phone: "0900000123"},
	})
	stafftest.Must(t, err)
	return i
}

func chosen(i plan.Invitation, version string) string { return string(i.ID) + " " + version }

// TestPeople brings a list from the plan to its answers, as the office does.
func TestPeople(t *testing.T) {
	fx, dialogue, path := announced(t)
	office := fx.As("van-phong")
	p := office.Get(path).Says("main", "Chưa có ai trong danh sách", "Lập theo kế hoạch")
	p = office.Get(office.Submit(p, path+"/lap", nil).Location).
		Says("main", "Đã thêm", "1. Đại diện Thường trực Đảng ủy, Thường trực HĐND xã", "Trưởng ban công tác Mặt trận thôn 2",
			"chỗ chờ cử người", "gửi giấy mời chậm nhất T6, 18/10/2024", "Trần Thị Ví Dụ")
	if n := p.Find("tbody").Length(); n != 5 { // no outside body is known
		t.Errorf("%d groups, want the plan's five with people", n)
	}
	// Nobody chosen: the page comes back with what was typed.
	office.Post(path, url.Values{"viec": {doInvite}, "cach-moi": {"zalo"}, "ngay": {"hôm kia"}}).
		Want(http.StatusUnprocessableEntity, "").Says(".govuk-error-summary", "Chọn ít nhất một người", "Nhập ngày")
	p = office.Submit(office.Get(path), path+"/ghe", url.Values{"so-ghe": {"nhiều"}}).
		Want(http.StatusUnprocessableEntity, "").Says(".govuk-error-summary", "Nhập số ghế")
	if p.Value("#so-ghe") != "nhiều" {
		t.Error("what was typed is lost")
	}
	office.Get(office.Submit(p, path+"/ghe", url.Values{"so-ghe": {"120"}}).Location).Says("main", "hội trường 120 ghế")
	i := person(t, fx, dialogue, "Huỳnh Văn Phỏng", "Chủ tịch Hội Khuyến học")
	p = office.Post(path, url.Values{
		"viec": {doInvite}, "cach-moi": {"paper"}, "ngay": {"22/10"}, "chon": {chosen(i, "1")},
	})
	office.Get(p.Location).Says("main", "Đã ghi mời 1 người.", "mời T3, 22/10")
	one := personPath(dialogue, i.ID)
	p = office.Get(one).Says("main", "Huỳnh Văn Phỏng", "mời (Giấy mời) T3, 22/10/2024")
	if p.Value("#dien-thoai") != "0900000123" {
		t.Error("the office does not see the telephone")
	}
	p = office.Submit(p, one+"/tra-loi", url.Values{"tra-loi": {"substituted"}}).
		Want(http.StatusUnprocessableEntity, "").Says(".govuk-error-summary", "Nhập họ và tên người dự")
	p = office.Submit(p, one+"/tra-loi", url.Values{"nguoi-thay": {"Mai Thị Lấy Thí"}, "chuc-vu-thay": {"Phó Chủ tịch"}})
	office.Get(p.Location).Says("main", "Đã ghi trả lời.", "Mai Thị Lấy Thí, Phó Chủ tịch", "Sẽ dự 1 đại biểu")
	office.Get(path+"?loc=cu-nguoi-thay").Says("tbody", "Huỳnh Văn Phỏng").Hides("Đảng ủy xã</")
	// One who was invited stays that person; the form keeps what was typed.
	p = office.Submit(office.Get(one), one, url.Values{"ho-ten": {"Giang Thị Dự Bị"}}).
		Want(http.StatusUnprocessableEntity, "").Says(".govuk-error-summary", "Đã mời đích danh Huỳnh Văn Phỏng")
	if p.Value("#ho-ten") != "Giang Thị Dự Bị" {
		t.Error("what was typed is lost")
	}
	office.Get(path+"/gioi-thieu").Says("main", "Mai Thị Lấy Thí", "Dự thay Huỳnh Văn Phỏng")
	office.Get(path+"/ky-nhan").Says("main", "Ký nhận", "Mai Thị Lấy Thí")
	office.Get(strings.TrimSuffix(path, web.PeoplePart)).
		Says("main", "Gửi giấy mời", "Cử người đồng chủ trì", "Chưa có người đồng chủ trì", "1 trên")
}

// Who needs no telephone sees none, and nobody without the act reaches a page that shows them.
func TestContactsStayWithTheOffice(t *testing.T) {
	fx, dialogue, path := announced(t)
	i := person(t, fx, dialogue, "Huỳnh Văn Phỏng", "Chủ tịch Hội Khuyến học")
	for _, login := range []string{"chu-tich", "thu-ky", "ho-tich", "quan-tri"} {
		b := fx.As(login)
		b.Get(path).Want(http.StatusOK, "").Says("tbody", "Huỳnh Văn Phỏng").Hides("0900000123", "0900 000 123", "/nguoi/")
		for _, closed := range []string{"/nguoi/" + string(i.ID), "/lien-he", "/tep/csv", "/giay-moi", "/them", "/nhap"} {
			if status := b.Get(path + closed).Status; status != http.StatusForbidden {
				t.Errorf("%s opens %s: %d", login, closed, status)
			}
		}
	}
	fx.As("van-phong").Get(path+"/lien-he").Says("main", "0900 000 123")
}

// TestOrderOfIntroduction moves people by number and by button, without a script.
func TestOrderOfIntroduction(t *testing.T) {
	fx, dialogue, path := announced(t)
	office := fx.As("van-phong")
	for _, name := range []string{"Một", "Hai", "Ba", "Bốn"} {
		person(t, fx, dialogue, name, "Đại biểu")
	}
	names := func() string {
		all, err := fx.DB.Delegates(t.Context(), fx.Actor("van-phong"), dialogue)
		stafftest.Must(t, err)
		var list []string
		for _, i := range all {
			list = append(list, i.Name)
		}
		return strings.Join(list, " ")
	}
	page := office.Get(path + "/thu-tu")
	office.Submit(page, path+"/thu-tu", url.Values{"so": {"3", "2", "3", "1"}}).Want(http.StatusSeeOther, path+"/thu-tu")
	if got := names(); got != "Bốn Hai Ba Một" {
		t.Errorf("by numbers: %s", got)
	}
	office.Submit(page, path+"/thu-tu", nil).Want(http.StatusConflict, "") // as it was before
	page = office.Get(path + "/thu-tu")
	up, _ := page.Find(`button[name="len"]`).Eq(1).Attr("value") // of the third
	office.Submit(page, path+"/thu-tu", url.Values{"len": {up}})
	if got := names(); got != "Bốn Ba Hai Một" {
		t.Errorf("one up: %s", got)
	}
}

// Invitations are printed with a code each, which stands in no address; the portal's answer is seen on the list.
func TestInvitationsArePrinted(t *testing.T) {
	fx, dialogue, path := announced(t)
	office := fx.As("van-phong")
	i := person(t, fx, dialogue, "Huỳnh Văn Phỏng", "Chủ tịch Hội Khuyến học")
	other := person(t, fx, dialogue, "Ninh Thị Chưa Có", "Thuế cơ sở")
	office.Get(path+"/giay-moi").Says("main", "bản xem trước").Hides("Hoặc trả lời tại")
	p := office.Post(path, url.Values{"viec": {doPrint}, "chon": {chosen(i, "1")}})
	p.Want(http.StatusSeeOther, path+"/giay-moi")
	p = office.Get(path+"/giay-moi").
		Says("main", "1 giấy mời", "Ông (Bà) Huỳnh Văn Phỏng, Chủ tịch Hội Khuyến học", "08 giờ, thứ Sáu, ngày 25/10/2024").
		Hides(other.Name)
	code := strings.Join(strings.Fields(p.Text(".dt-paper__beside strong")), "")
	parsed, err := doithoai.ParseReceiptCode(code)
	stafftest.Must(t, err)
	fx.As("van-phong-2").Get(path + "/giay-moi").Hides(p.Text(".dt-paper__beside strong")) // another officer's browser
	_, err = fx.DB.InviteDelegates(t.Context(), fx.Actor("van-phong"), dialogue,
		[]store.Seen{{ID: i.ID, Version: 1}}, store.Telling{Route: "paper", On: fx.DB.Now().Date()})
	stafftest.Must(t, err)
	_, _, err = fx.DB.ReplyInvitation(t.Context(), doithoai.Resident(fx.Authority.ID), parsed,
		plan.Reply{Answer: plan.InvitationAccepted})
	stafftest.Must(t, err)
	office.Get(personPath(dialogue, i.ID)).Says("main", "tự trả lời bằng mã")
	// Where the portal can't be reached, no paper shows a code or an address.
	fx.Serving.Offline = true
	office.Get(path+"/giay-moi").Says("main", "Huỳnh Văn Phỏng").Hides("Hoặc trả lời tại", "<img")
}

// A list that is downloaded is imported again: changed rows are shown first, nobody is doubled.
func TestPeopleAsFile(t *testing.T) {
	fx, dialogue, path := announced(t)
	office := fx.As("van-phong")
	person(t, fx, dialogue, "Huỳnh Văn Phỏng", "Chủ tịch Hội Khuyến học")
	csv := office.Get(path + "/tep/csv")
	if !strings.Contains(csv.Raw, "Huỳnh Văn Phỏng") || !strings.Contains(csv.Raw, "0900000123") {
		t.Errorf("the file holds %s", csv.Raw)
	}
	xlsx := office.Get(path + "/tep/xlsx")
	if _, err := table.Read([]byte(xlsx.Raw)); err != nil {
		t.Errorf("the workbook: %v", err)
	}
	upload := func(body string) stafftest.Page {
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		f, err := w.CreateFormFile(table.FileField, "danh-sach.csv")
		stafftest.Must(t, err)
		_, err = f.Write([]byte(body))
		stafftest.Must(t, err)
		stafftest.Must(t, w.Close())
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, fx.Server.URL+path+"/nhap", &b)
		stafftest.Must(t, err)
		req.Header.Set("Content-Type", w.FormDataContentType())
		return office.Do(req)
	}
	upload("").Want(http.StatusUnprocessableEntity, "")
	upload(csv.Raw).Want(http.StatusSeeOther, path+"/nhap/xem")
	office.Get(path+"/nhap/xem").Says("main", "giống hệt tệp này")
	upload("Họ và tên,Chức vụ,Điện thoại\nHuỳnh Văn Phỏng,Chủ tịch Hội Khuyến học,0900 000 456\n"+
		"Đỗ Văn Ví Dụ,Bí thư Chi bộ thôn 1,\n").Want(http.StatusSeeOther, path+"/nhap/xem")
	p := office.Get(path+"/nhap/xem").Says("main", "0900 000 456", "Đỗ Văn Ví Dụ")
	office.Submit(p, path+"/nhap/xem", nil).Want(http.StatusSeeOther, path+"?xong=nhap")
	office.Get(path+"/lien-he").Says("main", "Đỗ Văn Ví Dụ", "0900 000 456")
	upload("Họ và tên,Chức vụ,Điện thoại\nAi Đó,Đại biểu,12\n").Want(http.StatusSeeOther, path+"/nhap/xem")
	office.Get(path+"/nhap/xem").Says("main", "Dòng 2", "Điện thoại")
	office.Post(path+"/nhap/bo", nil).Want(http.StatusSeeOther, path+"/nhap")
	office.Get(path+"/nhap/xem").Want(http.StatusSeeOther, path+"/nhap")
}
