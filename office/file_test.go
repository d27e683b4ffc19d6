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

// The office adds a file; it opens after a view is on record, as nothing that could run; who may not see it does not
// hear of it; a wrong one is taken away.
func TestFilesOnThePage(t *testing.T) {
	fx := newFixture(t)
	o := fx.Assigned(stafftest.Matter)
	at := web.OpinionPath(o.Number)
	office := fx.As("van-phong")
	p := office.Upload(at+"/them-tep", nil,
		[2]string{"đơn.svg", "<svg onload=alert(1)>"}, [2]string{"cống.png", stafftest.PNG(t)})
	p.Want(http.StatusUnprocessableEntity, "").Says("#tep-error", "“đơn.svg” là hình vẽ SVG, có thể chứa lệnh").
		Says(".dt-files__name", "cống.png")
	kept := p.Value("[name=" + web.UploadField + "]")
	office.Upload(at+"/them-tep", url.Values{web.UploadField: {kept}, "buoc": {web.StepDropFile + ":" + kept}}).
		Want(http.StatusOK, "").Hides(kept)
	office.Upload(at+"/them-tep", nil).Want(http.StatusUnprocessableEntity, "").Says("#tep-error", "Chọn tệp để thêm")
	pdf := "%PDF-1.7\nstartxref\n9\n%%EOF\n"
	office.Upload(at+"/them-tep", url.Values{web.UploadField: {kept}}, [2]string{"công văn\r\nX-Evil: 1.pdf", pdf}).
		Want(http.StatusSeeOther, at+"?xong=them-tep#tep-kem-theo")
	p = office.Get(at+"?xong=them-tep").Says(".dt-outcome", "Đã bổ sung tệp.").Says("#tep-kem-theo", "cống.png", ".pdf").
		Says(".moj-timeline", "bổ sung tệp kèm theo", "2 tệp")
	if p.Find(".dt-files a, .dt-files img").Length() > 0 {
		t.Error("files open before a view is on record")
	}
	office.Get(at+"/tep/"+kept).Want(http.StatusSeeOther, at+"#tep-kem-theo")
	for _, login := range []string{"dia-chinh", "quan-tri"} {
		if got := fx.As(login).Get(at + "/tep/" + kept).Status; got != http.StatusForbidden {
			t.Errorf("%s gets a file: %d", login, got)
		}
	}
	office.Submit(p, at+"/xem-tep", nil).Want(http.StatusSeeOther, at+"#tep-kem-theo")
	p = office.Get(at)
	picture := office.Get(p.Find(".dt-files img").AttrOr("src", ""))
	picture.Want(http.StatusOK, "")
	for name, want := range map[string]string{
		"Content-Type": "image/jpeg", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
		"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
	} {
		if got := picture.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	for _, a := range p.Find("a.dt-files__name").EachIter() {
		if !strings.HasSuffix(a.Text(), ".pdf") {
			continue
		}
		doc := office.Get(a.AttrOr("href", ""))
		if h := doc.Header; doc.Raw != pdf || h.Get("X-Evil") != "" ||
			!strings.HasPrefix(h.Get("Content-Disposition"), "attachment; filename*=utf-8''") {
			t.Errorf("the document came with %v", h)
		}
	}
	whole := office.Submit(p, at+"/anh-goc/"+kept, nil).Want(http.StatusSeeOther, at+"/tep/"+kept+"?goc")
	whole = office.Get(whole.Location)
	if whole.Raw != stafftest.PNG(t) || !strings.HasPrefix(whole.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("the original came with %v", whole.Header)
	}
	fx.As("thu-ky").Post(at+"/anh-goc/"+kept, nil).Want(http.StatusForbidden, "")

	office.Submit(p, at+"/go-tep/"+kept, url.Values{"ly-do-bo": {""}}).Want(http.StatusUnprocessableEntity, "").
		Says("#ly-do-bo-error", "Chọn lý do gỡ bỏ")
	office.Submit(p, at+"/go-tep/"+kept, url.Values{"ly-do-bo": {"wrong"}}).
		Want(http.StatusSeeOther, at+"?xong=go-tep")
	office.Get(at).Hides("cống.png").Says("#tep-kem-theo", "Đã gỡ bỏ: Nhầm tệp").
		Says(".moj-timeline", "gỡ bỏ tệp kèm theo")
	office.Get(at+"/tep/"+kept).Want(http.StatusNotFound, "")
}

// A slip that came by Zalo is typed with its picture and with when it was sent; the receipt says both. What is wrong
// leaves the files with the form.
func TestTypedSlipWithPicture(t *testing.T) {
	fx := newFixture(t)
	office := fx.As("van-phong")
	p := office.Get(web.SlipPath)
	form := fieldsOfSlip(p)
	form.Set("noi-dung", "Đèn đường trước chợ hỏng.")
	form.Set("kenh", string(doithoai.ChannelZalo))
	form.Set("ngay-gui", "hôm qua")
	form.Set("gio-gui", "20h15")
	office.Upload(web.SlipPath, form, [2]string{"ảnh Zalo.png", stafftest.PNG(t)}).
		Want(http.StatusSeeOther, web.SlipPath+"?sua")
	p = office.Get(web.SlipPath+"?sua").Says(".dt-files__name", "ảnh Zalo.png")
	if day := p.Value("#ngay-gui"); day != "22/10/2024" {
		t.Errorf("the day came back as %q", day)
	}
	form = fieldsOfSlip(p)
	form.Set("ho-ten", "Người Thử")
	form.Set("thon", string(fx.Villages[0].ID))
	form.Set("nhan-tra-loi", "pick_up")
	future := url.Values{}
	for name, values := range form {
		future[name] = values
	}
	future.Set("ngay-gui", "24/10/2024")
	office.Upload(web.SlipPath, future).Want(http.StatusUnprocessableEntity, "").
		Says("#ngay-gui-error", "không thể sau lúc ghi phiếu").Says(".dt-files__name", "ảnh Zalo.png")
	office.Upload(web.SlipPath, form).Want(http.StatusSeeOther, receiptPath)
	p = office.Get(receiptPath).Says(".dt-receipt__rest",
		"Ông/bà gửi lúc 20 giờ 15 phút, thứ Ba, ngày 22/10/2024.", "qua Zalo.", "Kèm theo 1 tệp.")
	i := strings.Index(p.Raw, "ND-24-")
	number := p.Raw[i : i+len("ND-24-0001")]
	office.Get(web.OpinionPath(doithoai.RegisterNumber(number))).
		Says("main", "Người dân gửi", "20 giờ 15 phút ngày 22/10/2024", "gửi qua Zalo", "ảnh Zalo.png")
}

// fieldsOfSlip are the fields of the typed slip as a browser would send them.
func fieldsOfSlip(p stafftest.Page) url.Values {
	return stafftest.FieldsOf(p.Find(`form[action="` + web.SlipPath + `"]`))
}
