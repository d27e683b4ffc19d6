package planning

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doithoai"
)

// Slips of paper are typed one after the other by their digits; what is wrong stays in its field; a wrong slip is put
// right by its number, with a reason.
func TestSurveyStackPages(t *testing.T) {
	fx := newFixture(t)
	office, land := fx.As("van-phong"), fx.As("dia-chinh")
	at := pathOfSurvey(doithoai.QuarterSurvey(doithoai.SurveyProcedures, fx.DB.Now().Date()))
	office.Get(surveysPath).Want(http.StatusSeeOther, at)
	office.Get(at).Says("main", "Chưa đủ 5 phiếu", "Chưa nhập phiếu giấy nào")
	land.Get(at+"/tap-moi").Want(http.StatusForbidden, "")
	form := office.Get(at + "/tap-moi")
	office.Submit(form, at+"/tap-moi", url.Values{"phat-ra": {"9"}, "thu-ve": {"x"}}).
		Want(http.StatusUnprocessableEntity, "").Says(".govuk-error-summary", "thu về")
	opened := office.Submit(form, at+"/tap-moi", url.Values{"phat-ra": {"9"}, "thu-ve": {"6"}, "khong-hop-le": {"1"}})
	stack := opened.Header.Get("Location")
	page := office.Get(stack).Says("main", "Phiếu 1 trên 5")
	if page.Find("#phieu[autofocus]").Length() != 1 {
		t.Error("the cursor is not in the field")
	}
	wrong := office.Submit(page, stack, url.Values{"phieu": {"4444447"}}).Want(http.StatusUnprocessableEntity, "")
	if wrong.Value("#phieu") != "4444447" {
		t.Error("what was typed is lost")
	}
	for _, digits := range []string{"444444", "55555", "4 4 4 ", "333333", "123451"} {
		page = office.Submit(office.Get(stack), stack, url.Values{"phieu": {digits}})
		page.Want(http.StatusSeeOther, stack+"?da-nhap#phieu")
	}
	office.Get(stack).Says("main", "Đã nhập đủ 5 phiếu", "333333")
	slip := office.Get(stack + "/phieu/5")
	if slip.Value("#phieu") != "123451" {
		t.Errorf("slip 5 is %q", slip.Value("#phieu"))
	}
	office.Submit(slip, stack+"/phieu/5", url.Values{"phieu": {"123455"}}).
		Want(http.StatusUnprocessableEntity, "").Says(".govuk-error-summary", "lý do")
	office.Submit(slip, stack+"/phieu/5", url.Values{"phieu": {"123455"}, "ly-do": {"Gõ nhầm."}}).
		Want(http.StatusSeeOther, stack+"?da-sua")
	office.Get(stack).Says("#da-sua", "Đã sửa").Says("main", "123451", "Gõ nhầm.")
	land.Get(stack).Want(http.StatusForbidden, "")
	if csv := office.Get(at + "/so-lieu.csv").Raw; !strings.Contains(csv, "Phiếu giấy;") {
		t.Errorf("the file holds %s", csv)
	}
	office.Get(at+"/phieu").Says("main", "PHIẾU KHẢO SÁT", "Cán bộ: thái độ")
}

// What a village counted is corrected, and what stood there stays to be seen.
func TestSurveyTallyPages(t *testing.T) {
	fx := newFixture(t)
	office := fx.As("van-phong")
	at := pathOfSurvey(doithoai.QuarterSurvey(doithoai.SurveyProcedures, fx.DB.Now().Date()))
	form := office.Get(at + "/tap-moi?nguon=thon")
	typed := url.Values{
		"phat-ra": {"20"}, "thu-ve": {"16"}, "thon": {string(fx.Villages[0].ID)}, "dem-6-4": {"9"}, "dem-6-5": {"8"},
	}
	office.Submit(form, at+"/tap-moi?nguon=thon", typed).Want(http.StatusUnprocessableEntity, "").
		Says(".govuk-error-summary", "cộng lại được 17, nhiều hơn 16")
	typed.Set("dem-6-5", "7")
	stack := office.Submit(form, at+"/tap-moi?nguon=thon", typed).Header.Get("Location")
	edit := office.Get(stack + "/sua")
	office.Submit(edit, stack+"/sua", url.Values{"dem-6-5": {"6"}, "ly-do": {"Cộng lại."}}).
		Want(http.StatusSeeOther, stack+"?da-sua")
	office.Submit(edit, stack+"/sua", url.Values{"dem-6-5": {"5"}, "ly-do": {"Cộng lại."}}).
		Want(http.StatusConflict, "")
	office.Get(stack).Says("main", "0-0-0-9-7", "Cộng lại.", fx.Villages[0].Name)
	office.Get(at).Says("main", "Bảng tổng hợp thôn", "Chỉ số hài lòng")
}

// A new form is laid down from a day on; the old one stays.
func TestSurveyFormPages(t *testing.T) {
	fx := newFixture(t)
	office, land := fx.As("van-phong"), fx.As("dia-chinh")
	at := surveyFormsPath + "/" + string(doithoai.SurveyDialogue)
	if land.Get(at).Says("main", "Người chủ trì lắng nghe").Find("form[action='"+at+"']").Length() != 0 {
		t.Error("a unit lays down what is asked")
	}
	form := office.Get(at)
	office.Submit(form, at, url.Values{"can-cu": {""}}).Want(http.StatusUnprocessableEntity, "").
		Says(".govuk-error-summary", "căn cứ")
	office.Submit(form, at, url.Values{"can-cu": {"Mẫu của cơ quan"}, "cau-1": {"Giờ giấc"}, "thang-do": {"3"}}).
		Want(http.StatusSeeOther, at+"?xong")
	office.Get(at).Says("main", "Mẫu số 2", "Giờ giấc", "Mẫu số 1", "3 mức")
	office.Submit(form, at, url.Values{"can-cu": {"Mẫu của cơ quan"}}).Want(http.StatusConflict, "")
	office.Get(surveyFormsPath+"/x").Want(http.StatusNotFound, "")
}
