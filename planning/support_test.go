package planning

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doithoai"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// supported is a site with an announced dialogue, whose workspace stands at the address, and people of finance, culture
// and the first village.
func supported(t *testing.T) (*stafftest.Fixture, string) {
	t.Helper()
	fx := newFixture(t)
	fx.Announce()
	for login, o := range map[string]doithoai.Officer{
		"tai-chinh": {Name: "Phan Văn Nháp", Roles: []doithoai.Role{doithoai.RoleFinance}},
		"van-hoa":   {Name: "Hồ Thị Giả Sử", Roles: []doithoai.Role{doithoai.RoleCulture}},
		"truong-thon": {
			Name: "Trương Văn Ví Dụ", Roles: []doithoai.Role{doithoai.RoleVillageHead}, VillageID: fx.Villages[0].ID,
		},
	} {
		o.AuthorityID, o.Login = fx.Authority.ID, login
		added, err := fx.DB.AddOfficer(t.Context(), o, stafftest.Password)
		stafftest.Must(t, err)
		fx.Officers[login] = added
		fx.Tokens[login], _, err = fx.DB.SignIn(t.Context(), fx.Authority.ID, login, stafftest.Password, "", "127.0.0.1")
		stafftest.Must(t, err)
	}
	all, err := fx.DB.DialogueList(t.Context(), fx.Actor("van-phong"))
	stafftest.Must(t, err)
	return fx, web.WorkspacePath(all[0].ID)
}

func TestEstimatePages(t *testing.T) {
	fx, at := supported(t)
	at += estimatePath
	office, chair, finance := fx.As("van-phong"), fx.As("chu-tich"), fx.As("tai-chinh")
	form := office.Get(at).Says("main", "Chưa lập")
	if got := form.Value("#noi-dung-2"); got == "" {
		t.Error("the usual lines are not there")
	}
	wrong := office.Submit(form, at, url.Values{
		"buoc": {stepSubmit}, "noi-dung": {"", "Phông"}, "don-vi": {"", "bộ"}, "so-luong": {"", "1.5"},
		"don-gia": {"", "1.500.000"},
		"can-cu":  {"", "Báo giá"}, "ghi-chu": {"", ""},
	}).Want(http.StatusUnprocessableEntity, "")
	if got := wrong.Find("#so-luong-0").AttrOr("value", ""); got != "1.5" {
		t.Errorf("what was typed is %q", got)
	}
	office.Submit(wrong, at, url.Values{"buoc": {stepSubmit}, "so-luong": {"1,5"}}).
		Want(http.StatusSeeOther, at+"?xong=submit_estimate")
	office.Get(at).Says("main", "2.250.000", "Hai triệu hai trăm năm mươi nghìn đồng", "Rút lại để sửa")
	chair.Get("/noi-bo").Says("main", "Quyết định dự toán kinh phí", "buổi 25/10/2024")
	finance.Get("/noi-bo").Hides("Bố trí kinh phí")
	form = chair.Get(at)
	chair.Submit(form, at+"/quyet-dinh", url.Values{"so-luong": {"1"}, "buoc": {"duyet"}}).
		Want(http.StatusUnprocessableEntity, "") // a change without a reason
	chair.Submit(form, at+"/quyet-dinh", url.Values{"so-luong": {"1"}, "ly-do": {"Một bộ là đủ."}, "buoc": {"duyet"}}).
		Want(http.StatusSeeOther, at+"?xong=change_estimate")
	chair.Get(at).Says("main", "1 (trình: 1,5)", "Một bộ là đủ.", "1.500.000 đồng")
	chair.Get("/noi-bo").Hides("Quyết định dự toán kinh phí")
	finance.Get("/noi-bo").Says("main", "Bố trí kinh phí theo dự toán đã duyệt")
	finance.Submit(finance.Get(at), at+"/kinh-phi", url.Values{"nguon": {"Ngân sách xã"}, "so": {"15/QĐ-UBND"}}).
		Want(http.StatusSeeOther, at+"?xong=fund_estimate")
	form = finance.Submit(finance.Get(at), at+"/da-chi", url.Values{"da-chi": {"1.600.000"}, "chung-tu": {"HĐ 12"}}).
		Want(http.StatusUnprocessableEntity, "")
	finance.Submit(form, at+"/da-chi", url.Values{"ly-do": {"Giá tăng."}}).
		Want(http.StatusSeeOther, at+"?xong=record_spending")
	office.Get(at).Says("main", "100.000", "Chi vượt", "Giá tăng.")
	office.Get(at+"/ban-in").Says("article", "Dự toán kinh phí", "Bằng chữ: Một triệu năm trăm nghìn đồng")
	isFile(t, office, at+"/ban-in")
	office.Get(at+"/to-trinh").Says("article", "Tờ trình", "TTr-VP", "Hai triệu hai trăm năm mươi nghìn đồng")
	isFile(t, office, at+"/to-trinh")
}

func TestLogisticsPages(t *testing.T) {
	fx, at := supported(t)
	at += web.LogisticsPart
	culture := fx.As("van-hoa")
	culture.Submit(culture.Get(at), at+"/lap", nil).Want(http.StatusSeeOther, at+"?xong=plan_logistics")
	list := culture.Get(at).Says("main", "0 trên 10 việc", "HỘI NGHỊ ĐỐI THOẠI NĂM 2024 – Nghĩa Dũng", "T4, 23/10")
	action := list.Find(`tbody form`).First().AttrOr("action", "")
	culture.Submit(list, action, nil).Want(http.StatusSeeOther, at+"?xong=finish_logistics")
	culture.Get(at).Says("main", "1 trên 10 việc", "T4, 23/10")
	culture.Submit(list, action, nil).Want(http.StatusConflict, "")
	item := strings.TrimSuffix(action, "/xong")
	culture.Submit(culture.Get(item), item+"/mo-lai", nil).Want(http.StatusSeeOther, at+"?xong=plan_logistics")
	form := culture.Get(at + "/viec-moi")
	late := url.Values{"viec": {"Hoa tươi"}, "han": {"30/10/2024"}, "nguoi-lam": {"Văn phòng"}}
	culture.Submit(form, at+"/viec-moi", late).
		Want(http.StatusUnprocessableEntity, "").Says("main", "Hạn là một ngày không sau buổi đối thoại")
	culture.Submit(form, at+"/viec-moi", url.Values{"viec": {"Hoa tươi"}, "han": {"24/10"}, "nguoi-lam": {"Văn phòng"}}).
		Want(http.StatusSeeOther, at+"?xong=plan_logistics")
	fx.As("ho-tich").Get(at).Says("main", "Hoa tươi", "T5, 24/10")
}

func TestBulletinPages(t *testing.T) {
	fx, at := supported(t)
	at += bulletinPath
	culture := fx.As("van-hoa")
	form := culture.Get(at).Says("main", "08 giờ ngày 25/10/2024")
	culture.Submit(form, at, nil).Want(http.StatusSeeOther, at+"?xong=write_bulletin")
	page := culture.Get(at).Says(".dt-script", "tám giờ ngày hai mươi lăm tháng mười năm hai nghìn không trăm hai mươi tư")
	culture.Submit(page, at+"/san-sang", nil).Want(http.StatusSeeOther, at+"?xong=release_bulletin")
	page = culture.Get(at).Says("main", "0 trên 3 ngày liền")
	culture.Submit(page, at+"/lich", url.Values{"so-ngay": {"3"}}). // the 25th is too late
									Want(http.StatusUnprocessableEntity, "")
	log := culture.Get(at + "/nhat-ky")
	culture.Submit(log, at+"/nhat-ky", url.Values{"ket-qua": {"broken"}}).Want(http.StatusUnprocessableEntity, "")
	culture.Submit(log, at+"/nhat-ky", url.Values{"gio": {"6h00"}}).Want(http.StatusSeeOther, at+"?xong=log_broadcast")
	culture.Get(at).Says("main", "1 trên 3 ngày liền", "T4, 23/10, 06 giờ", "Hồ Thị Giả Sử")
	fx.As("ho-tich").Get(at+"/ban-doc").Says("main", "Kính thưa toàn thể bà con")
}

func TestVillagePages(t *testing.T) {
	fx, at := supported(t)
	office, head := fx.As("van-phong"), fx.As("truong-thon")
	first, other := string(fx.Villages[0].ID), string(fx.Villages[1].ID)
	office.Get(at).Says(".dt-gate", "Thôn 1, Thôn 2 chưa thông báo").Says(".dt-aside", "0 trên 2 thôn đã thông báo")

	own := head.Get(web.VillagesPath).Says("main", "Thôn 1", "Hội nghị đối thoại năm 2024")
	tell := at + web.RelayPart + "/" + first + "/thong-bao"
	head.Submit(own, tell, url.Values{"cach": nil}).Want(http.StatusUnprocessableEntity, "").
		Says("main", "Chọn ít nhất một cách thông báo")
	head.Submit(own, tell, url.Values{"cach": {"meeting", "visit"}}).
		Want(http.StatusSeeOther, web.VillagesPath+"?xong=tell_village")
	own = head.Get(web.VillagesPath).Says("main", "họp thôn, đến từng nhà")
	head.Submit(own, at+web.RelayPart+"/"+first+"/niem-yet", nil).
		Want(http.StatusSeeOther, web.VillagesPath+"?xong=post_in_village")
	head.Post(at+web.RelayPart+"/"+other+"/thong-bao", url.Values{"cach": {"meeting"}}).Want(http.StatusForbidden, "")
	head.Get(at+web.RelayPart+"/"+other).Want(http.StatusForbidden, "")

	page := office.Get(at + web.RelayPart + "/" + other)
	office.Submit(page, at+web.RelayPart+"/"+other+"/nhac", url.Values{"ghi-chu": {"Hẹn tối nay"}}).
		Want(http.StatusUnprocessableEntity, "").Says(".govuk-error-summary", "Chọn cách nhắc")
	office.Submit(page, at+web.RelayPart+"/"+other+"/nhac", url.Values{"cach-nhac": {"call"}}).
		Want(http.StatusSeeOther, at+web.RelayPart+"?xong=urge_village")
	office.Get(at+web.RelayPart).Says("tbody", "Xong", "1 lần, gần nhất T4, 23/10, gọi điện")
	office.Get(at+web.RelayPart+"/"+other+"/tap").Says("article", "Trưởng thôn 2", "tám giờ ngày hai mươi lăm tháng mười")
	office.Submit(page, at+web.RelayPart+"/"+other+"/thong-bao", nil). // whose word?
										Want(http.StatusUnprocessableEntity, "")
	office.Submit(page, at+web.RelayPart+"/"+other+"/thong-bao", url.Values{"nguoi-bao": {"Trưởng thôn, qua điện thoại"}}).
		Want(http.StatusSeeOther, at+web.RelayPart+"?xong=tell_village")
	office.Get(at).Says(".dt-aside", "2 trên 2 thôn đã thông báo")
	office.Get(at+"/moc/notice_villages").
		Says("tbody", "Các thôn báo đã thông báo đến dân", "Trưởng các thôn") // nobody enters it twice
	if n := office.Get(at).Find(`tbody th a[href*="/moc/notice_villages"]`).Length(); n != 0 {
		t.Error("the workspace asks for the villages twice")
	}
}

// A village's pack prints what the dialogue's own pages hold.
func TestVillagePackHoldsTheTexts(t *testing.T) {
	fx, at := supported(t)
	office := fx.As("van-phong")
	pack := at + web.RelayPart + "/" + string(fx.Villages[0].ID) + "/tap"
	office.Get(pack).Says("article", "Thời gian: 08 giờ ngày 25/10/2024", "Nội quy")
	for text, body := range map[string]string{
		"thong-bao": "Mời bà con đến dự đông đủ.", "noi-quy": "Không mang vật nuôi vào hội trường.",
	} {
		path := at + "/van-ban/" + text
		office.Submit(office.Get(path), path, url.Values{"noi-dung": {body}}).
			Want(http.StatusSeeOther, path+"?xong=write_dialogue_text")
	}
	office.Get(pack).Says("article", "Mời bà con đến dự đông đủ.", "Không mang vật nuôi vào hội trường.")
}
