package office

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doithoai/web"
	"doithoai/web/docfile"
	"doithoai/web/stafftest"
)

// TestAssignmentSlips prints the slips with which units get the work: of chosen rows as one page and one PDF, without a
// name until who prints has put a view of it on record, and never of a denunciation.
func TestAssignmentSlips(t *testing.T) {
	fx := newFixture(t)
	first, second := fx.Assigned(stafftest.Matter), fx.Assigned("Đường thôn 1 ngập nước.")
	left := fx.Slip("Tố cáo cán bộ nhận tiền của dân.")
	unruled := fx.Slip("Chưa ai phân loại.")
	office := fx.As("van-phong")
	at := web.OpinionPath(left.Number)
	office.Submit(office.Get(at), at+"/huong-xu-ly", url.Values{"huong": {"TC"}, "da-chuyen": {"true"}})
	at = web.OpinionPath(second.Number)
	office.Submit(office.Get(at), at+"/chuyen-don-vi", url.Values{
		"chuyen-den": {string(fx.Units["dia-chinh"])}, "chuyen-ly-do": {"Thuộc lĩnh vực đất đai."},
	}).Want(http.StatusSeeOther, at+"?xong=chuyen-don-vi")

	p := office.Get(web.RegisterPath + "?loc=dang-xu-ly")
	if n := p.Find(`button[formaction="` + slipsPath + `"]`).Length(); n != 1 {
		t.Errorf("%d buttons print slips", n)
	}
	var boxes []string
	for _, box := range p.Find(`input[name="chon"]`).EachIter() {
		value, _ := box.Attr("value")
		boxes = append(boxes, value)
	}
	boxes = append(boxes, string(left.Number)+" 1", string(unruled.Number)+" 1", "vớ vẩn")
	print := slipsPath + "?so=" + string(first.Number) + "&so=" + string(second.Number) + "&so=" + string(left.Number) +
		"&so=" + string(unruled.Number)
	office.Post(slipsPath, url.Values{"chon": boxes}).Want(http.StatusSeeOther, print)
	p = office.Get(print).Want(http.StatusOK, "").Hides("Minh Họa", "0900", "nhận tiền của dân").
		Says("main", "2 phiếu", "Không in được phiếu của: "+string(left.Number)+" "+string(unruled.Number)).
		Says(".dt-slips article:nth-of-type(2)", "Phiếu giao xử lý", "Ý kiến số "+string(second.Number),
			"Địa chính", "Chuyển", "Thuộc lĩnh vực đất đai.", "30/10/2024", "Đường thôn 1 ngập nước.").
		Says(".dt-slips article:nth-of-type(1)", stafftest.Matter, "Tư pháp – Hộ tịch", "Hạn trả lời", "Giao")
	if n := p.Find(".dt-slips article").Length(); n != 2 || p.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%d slips, kept %q", n, p.Header.Get("Cache-Control"))
	}
	pdf := office.Get(strings.Replace(print, slipsPath, slipsPDFPath, 1)).Want(http.StatusOK, "")
	if !strings.HasPrefix(pdf.Raw, "%PDF-") || strings.Count(pdf.Raw, "/Type /Page\n") != 2 {
		t.Errorf("the PDF has %d pages: %v", strings.Count(pdf.Raw, "/Type /Page\n"), pdf.Header)
	}

	named := slipsPath + "?so=" + string(second.Number) + "&so=" + string(first.Number)
	for range 2 { // once more while the view serves: it is one view
		office.Post(slipsPath, url.Values{"chon": {string(second.Number), string(first.Number)}, "ten": {"true"}}).
			Want(http.StatusSeeOther, named)
	}
	office.Get(named).Says(".dt-slips article:nth-of-type(2)", "Nguyễn Thị Minh Họa", "0900 000 000", "Thôn 1").
		Says("main", "2 phiếu có họ tên")
	p = office.Get(at)
	if n := strings.Count(p.Text(".moj-timeline"), "Lý do: “Giao đơn vị xử lý”."); n != 1 {
		t.Errorf("%d views are on record", n)
	}
	fx.As("van-phong-2").Get(named).Hides("Minh Họa") // who has opened nothing
	fx.As("dia-chinh").Get(named).Says("main", "1 phiếu", "Không in được phiếu của: "+string(first.Number))
	fx.As("thu-ky").Post(slipsPath, url.Values{"chon": {string(first.Number)}, "ten": {"true"}})
	fx.As("thu-ky").Get(named).Hides("Minh Họa")
	fx.As("quan-tri").Get(named).Want(http.StatusForbidden, "")
	fx.As("van-phong").Get(slipsPath).Says("main", "Không có phiếu nào để in")
}

// TestOneSlip takes the slip of one opinion out from its page; of an opinion on conduct it names nobody.
func TestOneSlip(t *testing.T) {
	fx := newFixture(t)
	o := fx.Assigned(stafftest.Matter)
	at := web.OpinionPath(o.Number)
	unit := fx.As("ho-tich")
	unit.Get(at).Says("main", "Phiếu giao xử lý:")
	word := wordText(t, unit.Get(at+slipAt+docfile.Word).Want(http.StatusOK, "").Raw)
	for _, want := range []string{string(o.Number), "Đơn vị chủ trì", "NGƯỜI NHẬN"} {
		if !strings.Contains(word, want) {
			t.Errorf("the slip does not say %q", want)
		}
	}
	if pdf := unit.Get(at+slipAt+docfile.PDF).Want(http.StatusOK, ""); !strings.HasPrefix(pdf.Raw, "%PDF-") {
		t.Errorf("the PDF is %v", pdf.Header)
	}
	fx.As("dia-chinh").Get(at+slipAt+docfile.PDF).Want(http.StatusForbidden, "")

	unruled := web.OpinionPath(fx.Slip("Chưa ai phân loại.").Number)
	office := fx.As("van-phong")
	office.Get(unruled).Hides("Phiếu giao xử lý")
	office.Get(unruled+slipAt+docfile.Word).Want(http.StatusSeeOther, unruled)

	conduct := fx.conduct()
	one := slipsPath + "?so=" + string(conduct.Number)
	office.Post(slipsPath, url.Values{"chon": {string(conduct.Number)}, "ten": {"true"}}).
		Want(http.StatusSeeOther, one)
	office.Get(one).Says(".dt-slips", "Không ghi: ý kiến về thái độ").Hides("Minh Họa", "0900")
	office.Get(web.OpinionPath(conduct.Number)).Hides("Giao đơn vị xử lý”")
}
