package office

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doithoai"
	"doithoai/web"
)

const rude = "Công chức tiếp tôi cáu gắt, bắt chờ cả buổi sáng."

// conduct hands in an opinion on conduct, led by the office.
func (fx *fixture) conduct() doithoai.Opinion {
	fx.t.Helper()
	fx.slips++
	got, err := fx.db.SubmitSlip(fx.t.Context(), doithoai.Resident(fx.authority.ID), doithoai.IntakeKey{byte(fx.slips)}, doithoai.Slip{
		Channel: doithoai.ChannelPortal, Manner: doithoai.MannerWritten, Matters: []string{rude}, NoticeRead: true, FieldCode: "thai-do-phuc-vu",
		Petitioner: doithoai.Petitioner{Standing: doithoai.StandingPerson, Name: "Nguyễn Thị Minh Họa", VillageID: fx.villages[0].ID, Ways: []doithoai.Way{doithoai.WayPickUp}},
	})
	must(fx.t, err)
	o, err := fx.db.RuleOpinion(fx.t.Context(), fx.actor("thu-ky"), got.Opinions[0].ID, 1,
		doithoai.Ruling{Code: doithoai.RulingLater, LeadUnitID: fx.units["van-phong"], Due: doithoai.DateOf(2024, 10, 30)})
	must(fx.t, err)
	return o
}

// TestNamedOfficerSeesOnlyTheQuestion names an officer, asks for an explanation, and looks everywhere as that officer.
func TestNamedOfficerSeesOnlyTheQuestion(t *testing.T) {
	fx := newFixture(t)
	at := opinionPath(fx.conduct().Number)
	const question = "Sáng 22/10 ông tiếp bao nhiêu người, vì sao có người chờ lâu?"
	office, chair, named := fx.as("van-phong"), fx.as("chu-tich"), fx.as("ho-tich")
	officer := string(fx.officers["ho-tich"].ID)
	p := office.get(at)
	office.submit(p, at+"/can-bo", url.Values{"can-bo": {officer}}).want(http.StatusSeeOther, at+"?xong=can-bo#muc-can-bo")
	office.get(at+"?xong=can-bo").says("main", "Phạm Văn Mô Phỏng").says(".moj-timeline", "Phạm Văn Mô Phỏng")

	p = chair.get(at)
	chair.submit(p, at+"/yeu-cau-giai-trinh", url.Values{"cau-hoi-giai-trinh": {"Bà Nguyễn Thị Minh Họa nói gì?"}, "han-giai-trinh": {"01/10/2024"}}).
		want(http.StatusUnprocessableEntity, "").says("#cau-hoi-giai-trinh-error", "còn họ tên").says("#han-giai-trinh-error", "không ở trước hôm nay").says("#cau-hoi-giai-trinh", "Bà Nguyễn Thị Minh Họa nói gì?")
	chair.submit(chair.get(at), at+"/yeu-cau-giai-trinh", url.Values{"nguoi-giai-trinh": {officer}, "cau-hoi-giai-trinh": {question}, "han-giai-trinh": {"25/10/2024"}}).
		want(http.StatusSeeOther, at+"?xong=giai-trinh")

	desk := named.get("/noi-bo")
	desk.says("main", question).hides(rude, "ND-24-0001", "Minh Họa")
	href, _ := desk.Find(`a[href^="/noi-bo/giai-trinh/"]`).First().Attr("href")
	p = named.get(href)
	p.says("main", question).hides(rude, "ND-24-0001", "Minh Họa")
	for _, path := range []string{at, at + "/xem-truoc"} {
		named.get(path).want(http.StatusNotFound, "").hides(rude)
	}
	named.get("/noi-bo/y-kien?so=ND-24-0001").want(http.StatusOK, "").hides(rude, ">ND-24-0001<")
	for _, act := range []string{"/nguoi-neu", "/trinh", "/cong-khai"} {
		form := url.Values{"phien-ban": {"1"}, "ly-do-xem": {"verify"}, "tra-loi": {"x"}, "tieu-de": {"x"}, "cau-hoi": {"x"}, "tom-tat": {"x"}}
		if p := named.post(at+act, form); p.status != http.StatusNotFound {
			t.Errorf("the named officer posts %s: %d", act, p.status)
		}
	}
	for _, login := range []string{"van-phong", "chu-tich", "dia-chinh"} {
		fx.as(login).get(href).want(http.StatusNotFound, "").hides(question)
	}
	named.submit(p, href, url.Values{"giai-trinh": {""}}).want(http.StatusUnprocessableEntity, "").says("#giai-trinh-error", "Ghi nội dung giải trình")
	named.submit(p, href, url.Values{"giai-trinh": {"Tôi trực một mình, máy in hỏng."}}).want(http.StatusSeeOther, "/noi-bo?xong=giai-trinh")
	named.get("/noi-bo?xong=giai-trinh").says("main", "Đã gửi giải trình").hides(question)
	chair.get(at).says("main", "Tôi trực một mình, máy in hỏng.").says(".moj-timeline", "giải trình")
}

// TestOfficeGivesWay names somebody of the office: who did it is told, and sees nothing more; the chair goes on.
func TestOfficeGivesWay(t *testing.T) {
	fx := newFixture(t)
	at := opinionPath(fx.conduct().Number)
	office, chair := fx.as("van-phong"), fx.as("chu-tich")
	colleague := url.Values{"can-bo": {string(fx.officers["van-phong-2"].ID)}}
	office.submit(office.get(at), at+"/can-bo", colleague).want(http.StatusUnprocessableEntity, "").says("#can-bo-error", "không phải đơn vị của người được nêu tên")
	p := chair.get(at + "?doi-huong")
	chair.submit(p, at+"/huong-xu-ly", url.Values{"don-vi": {web.ByChair}}).want(http.StatusSeeOther, at+"?xong=huong-xu-ly")
	chair.get(at).says("main", "Chủ tịch trực tiếp chủ trì")
	office.submit(office.get(at), at+"/can-bo", colleague).want(http.StatusSeeOther, "/noi-bo/y-kien?da-nhuong")
	office.get("/noi-bo/y-kien?da-nhuong").says("main", "từ nay ông/bà không mở được").hides(rude)
	office.get(at).want(http.StatusNotFound, "")
	chair.get("/noi-bo").says("main", "cáu gắt")
	chair.get(at).says("main", "Chủ tịch trực tiếp chủ trì").says("main", "Dự thảo trả lời")
}

// TestReceptionOpensDenunciations lets who receives citizens open what is a number everywhere else.
func TestReceptionOpensDenunciations(t *testing.T) {
	fx := newFixture(t)
	o := fx.slip("Tố cáo cán bộ nhận tiền của dân thôn 2.")
	must(t, fx.db.AddPost(t.Context(), fx.actor("quan-tri"), doithoai.Post{OfficerID: fx.officers["dia-chinh"].ID, Title: "Người tiếp công dân", Roles: []doithoai.Role{doithoai.RoleReception}}))
	_, err := fx.db.RuleOpinion(t.Context(), fx.actor("thu-ky"), o.ID, 1, doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})
	must(t, err)
	reception := fx.as("dia-chinh")
	reception.get("/noi-bo").says("main", "1 hồ sơ tố cáo").hides("nhận tiền")
	reception.get(denunciationsPath).says("main", string(o.Number)).hides("nhận tiền")
	at := denunciationsPath + "/" + string(o.Number)
	p := reception.get(at)
	p.want(http.StatusOK, "").says("main", "Tố cáo cán bộ nhận tiền").hides("Minh Họa")
	if p.header.Get("Cache-Control") != "no-store" {
		t.Errorf("Cache-Control %q", p.header.Get("Cache-Control"))
	}
	reception.submit(p, at+"/nguoi-neu", nil).want(http.StatusUnprocessableEntity, "").says("#ly-do-xem-error", "Chọn lý do")
	reception.submit(p, at+"/nguoi-neu", url.Values{"ly-do-xem": {"verify"}}).want(http.StatusOK, "").says("#nguoi-neu", "Nguyễn Thị Minh Họa")
	reception.get(opinionPath(o.Number)).want(http.StatusNotFound, "").hides("nhận tiền")
	reception.get("/noi-bo/y-kien").want(http.StatusOK, "").hides("nhận tiền")
	for _, login := range []string{"chu-tich", "van-phong", "thu-ky", "ho-tich", "quan-tri"} {
		b := fx.as(login)
		for _, path := range []string{denunciationsPath, at} {
			b.get(path).want(http.StatusForbidden, "").hides("nhận tiền")
		}
		if p := b.post(at+"/nguoi-neu", url.Values{"ly-do-xem": {"verify"}}); p.status != http.StatusForbidden || strings.Contains(p.raw, "Minh Họa") {
			t.Errorf("%s opens the denouncer: %d", login, p.status)
		}
	}
	other := fx.assigned(matter)
	reception.get(denunciationsPath+"/"+string(other.Number)).want(http.StatusForbidden, "").hides(matter)
}
