package office

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doithoai"
	"doithoai/calendar"
	"doithoai/web"
	"doithoai/web/stafftest"
)

const rude = "Công chức tiếp tôi cáu gắt, bắt chờ cả buổi sáng."

// conduct hands in an opinion on conduct, led by the office.
func (fx *fixture) conduct() doithoai.Opinion {
	fx.T.Helper()
	got, err := fx.DB.SubmitSlip(fx.T.Context(), doithoai.Resident(fx.Authority.ID), fx.Key(), doithoai.Slip{
		Channel: doithoai.ChannelPortal, Manner: doithoai.MannerWritten, Matters: []string{rude}, NoticeRead: true,
		FieldCode: "thai-do-phuc-vu",
		Petitioner: doithoai.Petitioner{
			Standing: doithoai.StandingPerson, Name: "Nguyễn Thị Minh Họa", VillageID: fx.Villages[0].ID,
			Ways: []doithoai.Way{doithoai.WayPickUp},
		},
	})
	stafftest.Must(fx.T, err)
	o, err := fx.DB.RuleOpinion(fx.T.Context(), fx.Actor("thu-ky"), got.Opinions[0].ID, 1,
		doithoai.Ruling{Code: doithoai.RulingLater, LeadUnitID: fx.Units["van-phong"], Due: calendar.DateOf(2024, 10, 30)})
	stafftest.Must(fx.T, err)
	return o
}

// TestNamedOfficerSeesOnlyTheQuestion names an officer, asks for an explanation, and looks everywhere as that officer.
func TestNamedOfficerSeesOnlyTheQuestion(t *testing.T) {
	fx := newFixture(t)
	at := web.OpinionPath(fx.conduct().Number)
	const question = "Sáng 22/10 ông tiếp bao nhiêu người, vì sao có người chờ lâu?"
	office, chair, named := fx.As("van-phong"), fx.As("chu-tich"), fx.As("ho-tich")
	officer := string(fx.Officers["ho-tich"].ID)
	p := office.Get(at)
	office.Submit(p, at+"/can-bo", url.Values{"can-bo": {officer}}).Want(http.StatusSeeOther, at+"?xong=can-bo#muc-can-bo")
	office.Get(at+"?xong=can-bo").Says("main", "Phạm Văn Mô Phỏng").Says(".moj-timeline", "Phạm Văn Mô Phỏng")

	p = chair.Get(at)
	chair.Submit(p, at+"/yeu-cau-giai-trinh", url.Values{
		"cau-hoi-giai-trinh": {"Bà Nguyễn Thị Minh Họa nói gì?"}, "han-giai-trinh": {"01/10/2024"},
	}).Want(http.StatusUnprocessableEntity, "").Says("#cau-hoi-giai-trinh-error", "còn họ tên").
		Says("#han-giai-trinh-error", "không ở trước hôm nay").Says("#cau-hoi-giai-trinh", "Bà Nguyễn Thị Minh Họa nói gì?")
	chair.Submit(chair.Get(at), at+"/yeu-cau-giai-trinh", url.Values{
		"nguoi-giai-trinh": {officer}, "cau-hoi-giai-trinh": {question}, "han-giai-trinh": {"25/10/2024"},
	}).Want(http.StatusSeeOther, at+"?xong=yeu-cau-giai-trinh")

	desk := named.Get("/noi-bo")
	desk.Says("main", question).Hides(rude, "ND-24-0001", "Minh Họa")
	href, _ := desk.Find(`a[href^="/noi-bo/giai-trinh/"]`).First().Attr("href")
	p = named.Get(href)
	p.Says("main", question).Hides(rude, "ND-24-0001", "Minh Họa")
	for _, path := range []string{at, at + "/xem-truoc"} {
		named.Get(path).Want(http.StatusNotFound, "").Hides(rude)
	}
	found := named.Get("/noi-bo/y-kien?so=ND-24-0001").Want(http.StatusOK, "").Hides(rude)
	if strings.Contains(found.Text("main tr"), "ND-24-0001") {
		t.Error("the register lists it for who is named")
	}
	for _, act := range []string{"/nguoi-neu", "/trinh", "/cong-khai"} {
		form := url.Values{
			"phien-ban": {"1"}, "ly-do-xem": {"verify"}, "tra-loi": {"x"}, "tieu-de": {"x"}, "cau-hoi": {"x"}, "tom-tat": {"x"},
		}
		if p := named.Post(at+act, form); p.Status != http.StatusNotFound {
			t.Errorf("the named officer posts %s: %d", act, p.Status)
		}
	}
	for _, login := range []string{"van-phong", "chu-tich", "dia-chinh"} {
		fx.As(login).Get(href).Want(http.StatusNotFound, "").Hides(question)
	}
	named.Submit(p, href, url.Values{"giai-trinh": {""}}).Want(http.StatusUnprocessableEntity, "").
		Says("#giai-trinh-error", "Ghi nội dung giải trình")
	named.Submit(p, href, url.Values{"giai-trinh": {"Tôi trực một mình, máy in hỏng."}}).
		Want(http.StatusSeeOther, "/noi-bo?xong=giai-trinh")
	named.Get("/noi-bo?xong=giai-trinh").Says("main", "Đã gửi giải trình").Hides(question)
	chair.Get(at).Says("main", "Tôi trực một mình, máy in hỏng.").Says(".moj-timeline", "giải trình")
}

// TestOfficeGivesWay names somebody of the office: who did it learns that it was done, and sees the opinion no more;
// the chair goes on.
func TestOfficeGivesWay(t *testing.T) {
	fx := newFixture(t)
	at := web.OpinionPath(fx.conduct().Number)
	office, chair := fx.As("van-phong"), fx.As("chu-tich")
	colleague := url.Values{"can-bo": {string(fx.Officers["van-phong-2"].ID)}}
	office.Submit(office.Get(at), at+"/can-bo", colleague).Want(http.StatusUnprocessableEntity, "").
		Says("#can-bo-error", "không phải đơn vị của người được nêu tên")
	p := chair.Get(at + "?doi-huong")
	chair.Submit(p, at+"/huong-xu-ly", url.Values{"don-vi": {web.ByChair}}).
		Want(http.StatusSeeOther, at+"?xong=huong-xu-ly")
	chair.Get(at).Says("main", "Chủ tịch trực tiếp chủ trì")
	office.Submit(office.Get(at), at+"/can-bo", colleague).Want(http.StatusSeeOther, "/noi-bo/y-kien?da-nhuong")
	office.Get("/noi-bo/y-kien?da-nhuong").Says("main", "từ nay ông/bà không mở được").Hides(rude)
	office.Get(at).Want(http.StatusNotFound, "")
	chair.Get("/noi-bo").Says("main", "cáu gắt")
	chair.Get(at).Says("main", "Chủ tịch trực tiếp chủ trì").Says("main", "Dự thảo trả lời")
}

// TestReceptionOpensDenunciations opens denunciations as the officer who receives citizens; all others see their number
// alone.
func TestReceptionOpensDenunciations(t *testing.T) {
	fx := newFixture(t)
	o := fx.Slip("Tố cáo cán bộ nhận tiền của dân thôn 2.")
	stafftest.Must(t, fx.DB.AddPost(t.Context(), fx.Actor("quan-tri"), doithoai.Post{
		OfficerID: fx.Officers["dia-chinh"].ID, Title: "Người tiếp công dân", Roles: []doithoai.Role{doithoai.RoleReception},
	}))
	ruling := doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true}
	_, err := fx.DB.RuleOpinion(t.Context(), fx.Actor("thu-ky"), o.ID, 1, ruling)
	stafftest.Must(t, err)
	reception := fx.As("dia-chinh")
	reception.Get("/noi-bo").Says("main", "1 hồ sơ tố cáo").Hides("nhận tiền")
	reception.Get(denunciationsPath).Says("main", string(o.Number)).Hides("nhận tiền")
	at := denunciationsPath + "/" + string(o.Number)
	p := reception.Get(at)
	p.Want(http.StatusOK, "").Says("main", "Tố cáo cán bộ nhận tiền").Hides("Minh Họa")
	if p.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("Cache-Control %q", p.Header.Get("Cache-Control"))
	}
	reception.Submit(p, at+"/nguoi-neu", nil).Want(http.StatusUnprocessableEntity, "").
		Says("#ly-do-xem-error", "Chọn lý do")
	reception.Submit(p, at+"/nguoi-neu", url.Values{"ly-do-xem": {"verify"}}).Want(http.StatusOK, "").
		Says("#nguoi-neu", "Nguyễn Thị Minh Họa")
	reception.Get(web.OpinionPath(o.Number)).Want(http.StatusNotFound, "").Hides("nhận tiền")
	reception.Get("/noi-bo/y-kien").Want(http.StatusOK, "").Hides("nhận tiền")
	for _, login := range []string{"chu-tich", "van-phong", "thu-ky", "ho-tich", "quan-tri"} {
		b := fx.As(login)
		for _, path := range []string{denunciationsPath, at} {
			b.Get(path).Want(http.StatusForbidden, "").Hides("nhận tiền")
		}
		p := b.Post(at+"/nguoi-neu", url.Values{"ly-do-xem": {"verify"}})
		if p.Status != http.StatusForbidden || strings.Contains(p.Raw, "Minh Họa") {
			t.Errorf("%s opens the denouncer: %d", login, p.Status)
		}
	}
	other := fx.Assigned(stafftest.Matter)
	reception.Get(denunciationsPath+"/"+string(other.Number)).Want(http.StatusForbidden, "").Hides(stafftest.Matter)
}
