package office

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doithoai/web"
	"doithoai/web/docfile"
	"doithoai/web/stafftest"
)

// TestReplyLetter takes the answer out as a letter once it was handed in: with room for the name until who takes it has
// opened that, with number, day and signature once it has them.
func TestReplyLetter(t *testing.T) {
	fx := newFixture(t)
	o := fx.Assigned(stafftest.Matter)
	at := web.OpinionPath(o.Number)
	unit, chair, office := fx.As("ho-tich"), fx.As("chu-tich"), fx.As("van-phong")
	const who = "Nguyễn Thị Minh Họa"

	office.Get(at+letterAt+docfile.Word).Want(http.StatusSeeOther, at)
	p := unit.Submit(unit.Get(at), at+"/trinh", url.Values{"tra-loi": {"Bản sao đã có từ <ngày> 12 & 13."}})
	p.Want(http.StatusSeeOther, at+"?xong=trinh")
	office.Get(at).Says("main", "Công văn trả lời:", "chừa chỗ họ tên, địa chỉ")
	letter := func() string { return wordText(t, office.Get(at+letterAt+docfile.Word).Want(http.StatusOK, "").Raw) }
	draft := letter()
	for _, want := range []string{
		"Bản sao đã có từ &lt;ngày&gt; 12 &amp; 13.", string(o.Number), blank, "CHỦ TỊCH", "/UBND-VP",
	} {
		if !strings.Contains(draft, want) {
			t.Errorf("the draft does not say %q", want)
		}
	}
	if strings.Contains(draft, who) {
		t.Error("the draft names who raised it, and nobody opened that")
	}
	office.Submit(office.Get(at), at+"/nguoi-neu", url.Values{"ly-do-xem": {"answer"}})
	if !strings.Contains(letter(), who) {
		t.Error("the letter does not name who raised it")
	}
	chair.Submit(chair.Get(at), at+"/ky", nil).Want(http.StatusSeeOther, at+"?xong=ky")
	office.Submit(office.Get(at), at+"/phat-hanh", url.Values{"so": {"214"}, "ky-hieu": {"UBND-TPHT"}}).
		Want(http.StatusSeeOther, at+"?xong=phat-hanh")
	sent := letter()
	for _, want := range []string{"Số: 214/UBND-TPHT", who} {
		if !strings.Contains(sent, want) {
			t.Errorf("the letter does not say %q", want)
		}
	}
	pdf := office.Get(at+letterAt+docfile.PDF).Want(http.StatusOK, "")
	if !strings.HasPrefix(pdf.Raw, "%PDF-") || pdf.Header.Get("Content-Type") != "application/pdf" ||
		pdf.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the PDF is %v", pdf.Header)
	}
}

// wordText is the text part of a Word file.
func wordText(t *testing.T, file string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader([]byte(file)), int64(len(file)))
	stafftest.Must(t, err)
	f, err := z.Open("word/document.xml")
	stafftest.Must(t, err)
	defer f.Close()
	b, err := io.ReadAll(f)
	stafftest.Must(t, err)
	return string(b)
}
