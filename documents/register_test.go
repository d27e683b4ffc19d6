package documents

import (
	"net/http"
	"net/url"
	"testing"

	"doithoai"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// The register of documents sent shows what was numbered, finds it by any spelling of its number, and leads to the page
// of its matter and to its file. A number that stands in it can't be typed again.
func TestDocuments(t *testing.T) {
	fx := newFixture(t)
	unit, chair, office := fx.As("ho-tich"), fx.As("chu-tich"), fx.As("van-phong")
	office.Get(web.DocumentsPath).Says("main", "Chưa có văn bản nào")
	sent := func(number string) string {
		at := web.OpinionPath(fx.Assigned(stafftest.Matter).Number)
		unit.Submit(unit.Get(at), at+"/trinh", url.Values{"tra-loi": {"Bản sao đã có từ ngày 12."}})
		chair.Submit(chair.Get(at), at+"/ky", nil).Want(http.StatusSeeOther, at+"?xong=ky")
		p := office.Submit(office.Get(at), at+"/phat-hanh", url.Values{"so": {number}, "ky-hieu": {"UBND-TPHT"}})
		if p.Status == http.StatusSeeOther {
			return at
		}
		p.Want(http.StatusUnprocessableEntity, "").Says("main", "Số này đã dùng cho một văn bản khác trong năm")
		return ""
	}
	at := sent("214")
	if sent("0214") != "" {
		t.Error("the number was given twice")
	}
	for _, typed := range []string{"", "214", "0214/ubnd-tpht", at[len(web.RegisterPath)+1:]} {
		p := office.Get(web.DocumentsPath + "?so=" + url.QueryEscape(typed))
		p.Says("main", "214/UBND-TPHT", "Trả lời", "Đã phát hành")
		one, ok := p.Find(`main a[href^="` + web.DocumentsPath + `/reply/"]`).Attr("href")
		if !ok || p.Find(`main a[href="`+at+web.ReplyFile+`.pdf"]`).Length() == 0 {
			t.Errorf("%q does not lead to %s", typed, at)
		}
		if office.Get(one).Says("h1", "Trả lời 214/UBND-TPHT").Find(`main a[href="`+at+`"]`).Length() == 0 {
			t.Errorf("%s does not lead to %s", one, at)
		}
		unit.Get(one).Want(http.StatusForbidden, "")
	}
	office.Get(web.DocumentPath(doithoai.DocumentRef{
		Kind: doithoai.DocumentReply, Subject: fx.Authority.ID,
	})).Want(http.StatusNotFound, "")
	office.Get(web.DocumentsPath+"?so=215").Says("main", "Không có văn bản nào như vậy")
	office.Get(web.DocumentsPath+"?loai=plan").Says("main", "Không có văn bản nào như vậy")
	for _, none := range []string{"?sau=x", "?sau=2026-11-03/" + string(fx.Authority.ID) + "/0/%00"} {
		office.Get(web.DocumentsPath+none).Want(http.StatusUnprocessableEntity, "")
	}
	office.Get(web.DocumentsPath+"?nam=99999&so=%00").Says("main", "214/UBND-TPHT")
	unit.Get(web.DocumentsPath).Want(http.StatusForbidden, "")
}

// What an answer cites that is not in force on its day is said before it gets its number, and on the document's page,
// with what to do; the number is given all the same.
func TestDocumentDoubts(t *testing.T) {
	fx := newFixture(t)
	unit, chair, office := fx.As("ho-tich"), fx.As("chu-tich"), fx.As("van-phong")
	at := web.OpinionPath(fx.Assigned(stafftest.Matter).Number)
	unit.Submit(unit.Get(at), at+"/trinh", url.Values{
		"tra-loi": {"Theo Luật số 72/2025/QH15, bản sao đã có từ ngày 12."}, "can-cu": {"Luật Hộ tịch"},
	})
	chair.Submit(chair.Get(at), at+"/ky", nil).Want(http.StatusSeeOther, at+"?xong=ky")
	const said = "Luật Tổ chức chính quyền địa phương số 72/2025/QH15 đến 16/06/2025 mới có hiệu lực"
	p := office.Get(at).Says("#muc-phat-hanh", said, "Sửa căn cứ rồi mới trình ký")
	p = office.Submit(p, at+"/phat-hanh", url.Values{"so": {"214"}, "ky-hieu": {"UBND-TPHT"}})
	p.Want(http.StatusSeeOther, at+"?xong=phat-hanh")
	p = office.Get(web.DocumentsPath)
	one, _ := p.Find(`main a[href^="` + web.DocumentsPath + `/reply/"]`).Attr("href")
	office.Get(one).Says(".dt-gate", said, "Văn bản đã có số", "đính chính")
}

// Words find a document by its kind and its matter as well, in any order and without marks.
func TestDocumentsByWords(t *testing.T) {
	fx := newFixture(t)
	unit, chair, office := fx.As("ho-tich"), fx.As("chu-tich"), fx.As("van-phong")
	at := web.OpinionPath(fx.Assigned(stafftest.Matter).Number)
	unit.Submit(unit.Get(at), at+"/trinh", url.Values{"tra-loi": {"Bản sao đã có từ ngày 12."}})
	chair.Submit(chair.Get(at), at+"/ky", nil).Want(http.StatusSeeOther, at+"?xong=ky")
	office.Submit(office.Get(at), at+"/phat-hanh", url.Values{"so": {"214"}, "ky-hieu": {"UBND-TPHT"}}).
		Want(http.StatusSeeOther, at+"?xong=phat-hanh")
	for _, typed := range []string{
		stafftest.Matter, "trích lục khai sinh", "khai sinh trich luc", "van ban tra loi khai sinh", "công văn 214",
	} {
		office.Get(web.DocumentsPath+"?so="+url.QueryEscape(typed)).Says("main", "214/UBND-TPHT")
	}
	for _, none := range []string{"giấy mời", "kỳ lân bay"} {
		office.Get(web.DocumentsPath+"?so="+url.QueryEscape(none)).Says("main", "Không có văn bản nào như vậy")
	}
}
