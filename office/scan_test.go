package office

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doithoai"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// The scan of a paper slip stands beside its fields while it is typed, for who uploaded it alone, and stays with the
// slip; without it the form is as it was.
func TestScanBesideTheSlip(t *testing.T) {
	fx := newFixture(t)
	fx.Announce()
	office, actor := fx.As("van-phong"), fx.Officers["van-phong"].Actor()
	all, err := fx.DB.DialogueList(t.Context(), actor)
	stafftest.Must(t, err)
	_, err = fx.DB.PrintStack(t.Context(), actor, all[0].ID, 10)
	stafftest.Must(t, err)
	sheets, err := fx.DB.PaperSheets(t.Context(), actor, all[0].ID, 3, 3)
	stafftest.Must(t, err)
	form := web.SlipPath + "?so-phieu=0003"
	page := office.Get(form)
	if page.Find(".dt-scan").Length() > 0 {
		t.Error("there is a scan before one came")
	}
	values := stafftest.FieldsOf(page.Find("form.dt-typed"))
	values.Del(web.FileField)
	values.Set(web.StepName, stepShow)
	values.Set("ho-ten", "Lê Văn Thử")
	office.Upload(web.SlipPath, values, [2]string{"phiếu 0003.png", stafftest.PNG(t)}).Want(http.StatusSeeOther, form)
	page = office.Get(form)
	if got := page.Value("#ho-ten"); got != "Lê Văn Thử" {
		t.Errorf("what was typed is %q", got)
	}
	scan := page.Find(".dt-scan__papers img").AttrOr("src", "")
	if got := office.Get(scan).Want(http.StatusOK, "").Header.Get("Content-Type"); got != "image/jpeg" {
		t.Errorf("the scan comes as %q", got)
	}
	for login, want := range map[string]int{"van-phong-2": http.StatusNotFound, "ho-tich": http.StatusForbidden} {
		if got := fx.As(login).Get(scan).Status; got != want {
			t.Errorf("%s gets the scan: %d", login, got)
		}
	}
	office.Submit(page, web.SlipPath, url.Values{
		"noi-dung": {stafftest.Matter}, "nhan-tra-loi": {"pick_up"}, "doc-lai": {"1"}, "thon": {string(fx.Villages[0].ID)},
		web.StepName: nil, web.FileField: nil,
	}).Want(http.StatusSeeOther, web.PaperPath+"?xong=0003")
	office.Get(scan).Want(http.StatusNotFound, "") // it belongs to the slip now, and opens as its files do
	paper, err := fx.DB.PaperByNumber(t.Context(), actor, all[0].ID, 3)
	stafftest.Must(t, err)
	followed, err := fx.DB.FollowSlip(t.Context(), doithoai.Resident(fx.Authority.ID), sheets[0].Code)
	stafftest.Must(t, err)
	if followed.SlipID != paper.SlipID || followed.Files != 1 {
		t.Errorf("the slip of the paper has %d files", followed.Files)
	}
}

// A PDF stands beside the form in the browser's viewer: framed by this site alone, and nothing in it is run.
func TestPDFBesideTheSlip(t *testing.T) {
	fx := newFixture(t)
	office := fx.As("van-phong")
	page := office.Get(web.SlipPath)
	values := stafftest.FieldsOf(page.Find("form.dt-typed"))
	values.Del(web.FileField)
	values.Set(web.StepName, stepShow)
	office.Upload(web.SlipPath, values, [2]string{"bản quét.pdf", "%PDF-1.7\nstartxref\n9\n%%EOF\n"}).
		Want(http.StatusSeeOther, web.SlipPath)
	page = office.Get(web.SlipPath)
	frame := page.Find(".dt-scan__papers iframe[title]").AttrOr("src", "")
	head := office.Get(frame).Want(http.StatusOK, "").Header
	for name, want := range map[string]string{
		"Content-Type":            "application/pdf",
		"Content-Security-Policy": "default-src 'none'; frame-ancestors 'self'; sandbox",
		"X-Content-Type-Options":  "nosniff",
	} {
		if got := head.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got := head.Get("Content-Disposition"); !strings.HasPrefix(got, "inline") {
		t.Errorf("it comes as %q", got)
	}
	if policy := page.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-src 'self'") {
		t.Errorf("the page may not frame it: %s", policy)
	}
}
