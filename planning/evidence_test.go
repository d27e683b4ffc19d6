package planning

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doithoai"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// A report comes with a picture; what is wrong with a file is told and what was typed stays; the picture opens after a
// view is on record, and who added it takes it away.
func TestEvidenceOfATask(t *testing.T) {
	fx := newFixture(t)
	fx.Announce()
	row := taskOf(t, fx, 36, fx.Units["tu-phap-ho-tich"], "")
	path := "/noi-bo/nhiem-vu/" + string(row.ID)
	unit := fx.As("ho-tich")
	page := unit.Upload(path+"/bao-cao", url.Values{"phien-ban": {"1"}, "ket-qua": {"Đã họp"}, "xong": {"1"}},
		[2]string{"họp.svg", "<svg onload=alert(1)>"}, [2]string{"họp.png", stafftest.PNG(t)})
	page.Want(http.StatusUnprocessableEntity, "").Says("#tep-error", "“họp.svg” là hình vẽ SVG").
		Says(".dt-files__name", "họp.png")
	if got := page.Find("#ket-qua").Text(); got != "Đã họp" {
		t.Errorf("what was typed is %q", got)
	}
	kept := page.Value("[name=" + web.UploadField + "]")
	unit.Upload(path+"/bao-cao", url.Values{
		"phien-ban": {"1"}, "ket-qua": {"Đã họp"}, web.UploadField: {kept}, "buoc": {web.StepDropFile + ":" + kept},
	}).Want(http.StatusOK, "").Hides(kept)
	unit.Upload(path+"/bao-cao", url.Values{
		"phien-ban": {"1"}, "ket-qua": {"Đã họp"}, "xong": {"1"}, web.UploadField: {kept},
	}).Want(http.StatusSeeOther, path+"?xong=report")
	at := evidencePath + "/task/" + string(row.ID)
	if n := unit.Get(path).Says("main", "1 tệp minh chứng").Find(`a[href="` + at + `"]`).Length(); n != 1 {
		t.Errorf("%d links to the evidence", n)
	}
	land := fx.As("dia-chinh")
	page = land.Get(at).Says("main", "họp.png", "Lần xem được ghi lại").Hides("Gỡ bỏ tệp", "Bổ sung tệp")
	if page.Find(".dt-files a, .dt-files img").Length() > 0 {
		t.Error("files open before a view is on record")
	}
	land.Get(at+"/tep/"+kept).Want(http.StatusSeeOther, at)
	land.Submit(page, at+"/xem", nil).Want(http.StatusSeeOther, at)
	picture := land.Get(land.Get(at).Find(".dt-files img").AttrOr("src", ""))
	picture.Want(http.StatusOK, "")
	if got := picture.Header.Get("Content-Type"); got != "image/jpeg" {
		t.Errorf("a picture comes as %q", got)
	}
	land.Post(at+"/tep/"+kept+"/go", url.Values{"phien-ban": {"1"}, "ly-do-bo": {"wrong"}}).
		Want(http.StatusForbidden, "")
	page = unit.Get(at)
	unit.Submit(page, at+"/them", nil).Want(http.StatusUnprocessableEntity, "").Says("#tep-error", "Chọn tệp để thêm")
	unit.Submit(page, at+"/tep/"+kept+"/go", nil).Want(http.StatusUnprocessableEntity, "").
		Says("#ly-do-bo-error", "Chọn lý do")
	unit.Submit(page, at+"/tep/"+kept+"/go", url.Values{"ly-do-bo": {"wrong"}}).
		Want(http.StatusSeeOther, at+"?xong=go")
	unit.Get(at+"?xong=go").Says("main", "Đã gỡ bỏ tệp", "Nhầm tệp").Hides("họp.png")
	unit.Upload(at+"/them", nil, [2]string{"lại.png", stafftest.PNG(t)}).Want(http.StatusSeeOther, at+"?xong=them")
	unit.Get(evidencePath+"/slip/"+string(row.ID)).Want(http.StatusNotFound, "")
}

// The head of a village sends a picture from the telephone with the one button; the office sees it.
func TestEvidenceOfAVillage(t *testing.T) {
	fx, at := supported(t)
	head, office := fx.As("truong-thon"), fx.As("van-phong")
	post := at + web.RelayPart + "/" + string(fx.Villages[0].ID) + "/niem-yet"
	own := head.Get(web.VillagesPath)
	if got := own.Find(`form[action="`+post+`"] input[type=file][capture]`).AttrOr("accept", ""); got != "image/*" {
		t.Errorf("the camera takes %q", got)
	}
	values := stafftest.FieldsOf(own.Find(`form[action="` + post + `"]`))
	values.Del(web.FileField)
	values.Set("noi", "")
	head.Upload(post, values, [2]string{"bảng tin.png", stafftest.PNG(t)}).
		Want(http.StatusUnprocessableEntity, "").Says(".dt-files__name", "bảng tin.png")
	values.Set("noi", "Nhà văn hóa thôn")
	head.Upload(post, values, [2]string{"bảng tin.png", stafftest.PNG(t)}).
		Want(http.StatusSeeOther, web.VillagesPath+"?xong=post_in_village")
	link := office.Get(at+web.RelayPart).Says("tbody", "1 tệp minh chứng").Find(`a[href^="` + evidencePath + `"]`)
	office.Get(link.AttrOr("href", "")).Says("main", "bảng tin.png", "Trương Văn Ví Dụ", "Thôn 1")
	head.Get(web.VillagesPath).Says("main", "1 tệp minh chứng")
	other := at + web.RelayPart + "/" + string(fx.Villages[1].ID) + "/niem-yet"
	head.Upload(other, values, [2]string{"khác.png", stafftest.PNG(t)}).Want(http.StatusForbidden, "")
}

// Proofs of duties and things of the checklist take files, too.
func TestEvidenceOfADialogue(t *testing.T) {
	fx, at := supported(t)
	office := fx.As("van-phong")
	duty := at + "/moc/" + string(plan.DutyNoticePosting)
	values := stafftest.FieldsOf(office.Get(duty).Find(`form[action="` + duty + `"]`))
	values.Del(web.FileField)
	values.Set("nguoi-lam", "Văn phòng")
	office.Upload(duty, values, [2]string{"niêm yết.png", stafftest.PNG(t)}).Want(http.StatusUnprocessableEntity, "").
		Says(".dt-files__name", "niêm yết.png")
	values.Set("minh-chung", "Bảng tin trụ sở")
	office.Upload(duty, values, [2]string{"niêm yết.png", stafftest.PNG(t)}).
		Want(http.StatusSeeOther, duty+"?xong="+string(doithoai.ActRecordDuty))
	office.Get(duty).Says("tbody", "1 tệp minh chứng")

	culture, list := fx.As("van-hoa"), at+web.LogisticsPart
	culture.Submit(culture.Get(list), list+"/lap", nil).Want(http.StatusSeeOther, list+"?xong=plan_logistics")
	finish := culture.Get(list).Find(`tbody form`).First().AttrOr("action", "")
	item := strings.TrimSuffix(finish, "/xong")
	values = stafftest.FieldsOf(culture.Get(item).Find(`form[action="` + finish + `"]`))
	values.Del(web.FileField)
	culture.Upload(finish, values, [2]string{"phông.png", stafftest.PNG(t)}).
		Want(http.StatusSeeOther, list+"?xong=finish_logistics")
	office.Get(list).Says("tbody", "1 tệp minh chứng")
	link := office.Get(item).Find(`a[href^="`+evidencePath+`"]`).AttrOr("href", "")
	office.Get(link).Says("main", "phông.png")
}

// The office makes a picture public that shows that a promise was kept: after it has looked, with words and the box
// that says that nobody can be known by it; and takes it back.
func TestPublicEvidence(t *testing.T) {
	fx := newFixture(t)
	ctx := t.Context()
	o := fx.Assigned(stafftest.Matter)
	line := doithoai.Promised{
		UnitID: fx.Units["tu-phap-ho-tich"], What: "Dán bảng giờ trả bản sao", Due: fx.DB.Now().Date().AddDays(30),
	}
	rules, err := fx.DB.Rules(ctx, fx.Authority.ID)
	stafftest.Must(t, err)
	line.Due = rules.Calendar.AddWorkdays(fx.DB.Now().Date(), 10)
	stafftest.Must(t, fx.DB.SubmitAnswer(ctx, fx.Actor("ho-tich"), o.ID, 1, doithoai.Answer{
		Body: "Sẽ dán bảng.", Basis: "Luật Hộ tịch 2014", Promises: doithoai.PromisesOf(line),
	}))
	stafftest.Must(t, fx.DB.SignAnswer(ctx, fx.Actor("chu-tich"), o.ID, 2))
	stafftest.Must(t, fx.DB.DispatchAnswer(ctx, fx.Actor("van-phong"), o.ID, 3, "214/UBND-VP", fx.DB.Now().Date()))
	f, err := fx.DB.OpinionFile(ctx, fx.Actor("van-phong"), o.ID)
	stafftest.Must(t, err)
	id := f.Promises[0].ID
	stafftest.Must(t, fx.DB.KeepPromise(ctx, fx.Actor("ho-tich"), id, 1, fx.DB.Now().Date(), "Đã dán."))

	at := evidencePath + "/promise/" + string(id)
	unit, office := fx.As("ho-tich"), fx.As("van-phong")
	unit.Upload(at+"/them", nil, [2]string{"bảng.png", stafftest.PNG(t)}).Want(http.StatusSeeOther, at+"?xong=them")
	p := office.Get(at).Says("main", "Muốn công khai ảnh, PDF thì mở xem trước")
	office.Submit(p, at+"/xem", nil)
	stafftest.Must(t, fx.DB.ViewEvidence(ctx, fx.Actor("ho-tich"), store.PromiseEvidence(id)))
	unit.Get(at).Hides("Công khai tệp này")
	p = office.Get(at).Says("main", "Việc này chưa được công khai")
	post := p.Find(`form[action$="`+publishPart+`"]`).AttrOr("action", "")
	unit.Post(post, url.Values{"phien-ban": {"1"}, "mo-ta": {"Bảng."}, "khong-nhan-ra-ai": {"true"}}).
		Want(http.StatusForbidden, "")
	p = office.Submit(p, post, url.Values{"mo-ta": {"Bảng giờ trả bản sao ở quầy một cửa"}})
	p.Want(http.StatusUnprocessableEntity, "").Says("#khong-nhan-ra-ai-error", "không nhận ra được ai")
	if got := p.Value("#mo-ta"); got != "Bảng giờ trả bản sao ở quầy một cửa" {
		t.Errorf("the words came back as %q", got)
	}
	p = office.Submit(p, post, url.Values{"khong-nhan-ra-ai": {"true"}, "mo-ta": {""}})
	p.Want(http.StatusUnprocessableEntity, "").Says("#mo-ta-error", "Ghi tệp này cho thấy gì")
	if _, ticked := p.Find("#khong-nhan-ra-ai").Attr("checked"); !ticked {
		t.Error("the box came back empty")
	}
	office.Submit(p, post, url.Values{"mo-ta": {"Bảng giờ trả bản sao ở quầy một cửa"}}).
		Want(http.StatusSeeOther, at+"?xong=cong_khai")
	p = office.Get(at+"?xong=cong_khai").Says("main", "Đã công khai tệp", "Người dân đọc: Bảng giờ trả").
		Says(".dt-files", "Công khai")
	office.Get("/noi-bo/y-kien/"+string(o.Number)).Says("main", "Dán bảng giờ trả bản sao")
	undo := p.Find(`form[action$="`+unpublishPart+`"]`).AttrOr("action", "")
	p = office.Submit(p, undo, nil)
	p.Want(http.StatusUnprocessableEntity, "").Says("#ly-do-thoi-error", "Chọn lý do thôi công khai")
	office.Submit(p, undo, url.Values{"ly-do-thoi": {"recognised"}}).Want(http.StatusSeeOther, at+"?xong=thoi_cong_khai")
	office.Get(at).Hides("Người dân đọc:")
	office.Post(evidencePath+"/task/"+string(id)+"/tep/"+string(id)+publishPart, url.Values{"phien-ban": {"1"}}).
		Want(http.StatusNotFound, "")
}
