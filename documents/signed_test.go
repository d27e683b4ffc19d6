package documents

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doithoai"
	"doithoai/web"
	"doithoai/web/stafftest"
)

const signedPDF = "%PDF-1.7\n% bản ký\ntrailer <<>>\nstartxref\n0\n%%EOF\n"

// The signed file of an answer is kept on the document's page after it was compared; who opens it is asked first.
func TestSignedFile(t *testing.T) {
	fx := newFixture(t)
	unit, chair, office := fx.As("ho-tich"), fx.As("chu-tich"), fx.As("van-phong")
	at := web.OpinionPath(fx.Assigned(stafftest.Matter).Number)
	unit.Submit(unit.Get(at), at+"/trinh", url.Values{"tra-loi": {"Bản sao đã có từ ngày 12."}})
	chair.Submit(chair.Get(at), at+"/ky", nil)
	office.Submit(office.Get(at), at+"/phat-hanh", url.Values{"so": {"214"}, "ky-hieu": {"UBND-TPHT"}})
	one, _ := office.Get(web.DocumentsPath).Find(`main a[href^="` + web.DocumentsPath + `/reply/"]`).Attr("href")

	office.SubmitFile(office.Get(one), one+keepPart, nil, signedPDF).Want(http.StatusUnprocessableEntity, "").
		Says("main", "Cho biết bản đã ký có khác bản trong máy không", "danh-sach.pdf")
	office.SubmitFile(office.Get(one), one+keepPart, url.Values{"so-sanh": {"differs"}}, signedPDF).
		Want(http.StatusUnprocessableEntity, "").Says("main", "lập văn bản thay thế")
	office.SubmitFile(office.Get(one), one+keepPart, url.Values{"so-sanh": {"same"}}, signedPDF).
		Want(http.StatusSeeOther, one+"?xong=keep_signed")
	p := office.Get(one + "?xong=keep_signed")
	p.Says("main", "Đã lưu bản đã ký", "SHA-256", "dòng", "Mở bản đã ký")
	office.Get(one+signedPart).Want(http.StatusSeeOther, one+"#"+signedID)
	office.Submit(p, one+viewPart, nil).Want(http.StatusSeeOther, one+"#"+signedID)
	if raw := office.Get(one+signedPart).Want(http.StatusOK, "").Raw; !strings.HasPrefix(raw, "%PDF-") {
		t.Errorf("the signed file is %.20q", raw)
	}
	office.Get(web.DocumentsPath).Says("main", "Bản đã ký")
	chair.Get(one).Says("main", "SHA-256")
	office.Submit(office.Get(one), one+takeBackPart, nil).Want(http.StatusSeeOther, one+"?xong=take_signed_back")
	office.Get(one).Says("main", "Lưu bản đã ký")
	unit.Get(one+signedPart).Want(http.StatusForbidden, "")
}

// Who gets an announcement gets it as it was signed.
func TestRecipientGetsSigned(t *testing.T) {
	fx := newFixture(t)
	office, dialogue, text := announced(t, fx)
	at := doithoai.DocumentRef{Kind: doithoai.DocumentAnnouncement, Subject: dialogue}
	clerk := fx.Actor("van-phong")
	stafftest.Must(t, fx.DB.SendDocument(t.Context(), clerk, at, 0, []doithoai.Sending{{
		To: doithoai.Recipient{UnitID: fx.Units["tu-phap-ho-tich"]}, Route: doithoai.BySystem,
	}}, fieldAt))
	unit := fx.As("ho-tich")
	came, _ := unit.Get(web.ReceivedPath).Find(`main a[href^="` + web.ReceivedPath + `/"]`).Attr("href")
	unit.Get(came+signedPart).Want(http.StatusNotFound, "")
	stafftest.Must(t, fx.DB.KeepSigned(t.Context(), clerk, at, 0, text.Version, doithoai.KeepingSigned{
		Upload: stafftest.Keep(t, fx.DB, clerk, "ban-ky.pdf", signedPDF), Compare: doithoai.ComparedSame,
	}))
	if unit.Get(came).Find(`main a[href="`+came+signedPart+`"]`).Length() == 0 {
		t.Error("the unit is not led to the signed file")
	}
	if raw := unit.Get(came+signedPart).Want(http.StatusOK, "").Raw; raw != signedPDF {
		t.Errorf("the unit gets %.20q", raw)
	}
	fx.As("dia-chinh").Get(came+signedPart).Want(http.StatusNotFound, "")
	office.Get(web.DocumentPath(at)).Says("main", "Đã xem")
}
