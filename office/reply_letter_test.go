package office

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"doithoai"
	"doithoai/doc"
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

	office.Get(at+web.ReplyFile+docfile.Word).Want(http.StatusSeeOther, at)
	p := unit.Submit(unit.Get(at), at+"/trinh", url.Values{"tra-loi": {"Bản sao đã có từ <ngày> 12 & 13."}})
	p.Want(http.StatusSeeOther, at+"?xong=trinh")
	office.Get(at).Says("main", "Công văn trả lời:", "chừa chỗ họ tên, địa chỉ")
	letter := func() string {
		return wordText(t, office.Get(at+web.ReplyFile+docfile.Word).Want(http.StatusOK, "").Raw)
	}
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
	pdf := office.Get(at+web.ReplyFile+docfile.PDF).Want(http.StatusOK, "")
	if !strings.HasPrefix(pdf.Raw, "%PDF-") || pdf.Header.Get("Content-Type") != "application/pdf" ||
		pdf.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the PDF is %v", pdf.Header)
	}
}

// wordText is the text part of a Word file.
// TestReplyLetterInOwnForm: where the authority has a Word file of its own, the letter is that file, filled; who takes
// the draft out to Word gets it too, and what was corrected in it comes back.
func TestReplyLetterInOwnForm(t *testing.T) {
	fx := newFixture(t)
	o := fx.Assigned(stafftest.Matter)
	at := web.OpinionPath(o.Number)
	unit := fx.As("ho-tich")
	unit.Post(web.DraftPath, url.Values{"nhap": {"answer:" + string(o.ID)}, "ve": {at},
		"tra-loi": {"Trích lục trả chậm 6 ngày làm việc.\nBản sao đã có tại Một cửa."}, "can-cu": {"Luật Hộ tịch năm 2014"}})
	var own bytes.Buffer
	stafftest.Must(t, doc.WriteDOCX(&own, doc.Doc{Kind: doc.Sheet, Authority: "{{CO_QUAN}}", Type: "Phúc đáp",
		Body: []doc.Block{doc.Text("Kính thưa {{kinh_gui}}."), doc.Text("{{tra_loi}}"), doc.Text("{{can_cu}}"),
			doc.Text("{{viec_lam}}"), doc.Text("Xin cảm ơn ông/bà.")}}))
	office := fx.Actor("van-phong")
	_, err := fx.DB.SetPaperTemplate(t.Context(), office, doithoai.PaperReply, 0, fx.DB.Now().Date(),
		[]doithoai.ID{stafftest.Keep(t, fx.DB, office, "mau.docx", own.String())})
	stafftest.Must(t, err)

	word := unit.Get(at+web.ReplyFile+docfile.Word).Want(http.StatusOK, "").Raw
	says := wordText(t, word)
	for _, want := range []string{"PHÚC ĐÁP", "Trích lục trả chậm 6 ngày", "Căn cứ: Luật Hộ tịch năm 2014", "Xin cảm ơn"} {
		if !strings.Contains(says, want) {
			t.Errorf("the letter does not say %q: %s", want, says)
		}
	}
	if strings.Contains(says, "{{") || strings.Contains(says, "Các việc sẽ thực hiện") {
		t.Errorf("the letter says %s", says)
	}
	edited := stafftest.EditWord(t, word, "6 ngày làm việc", "7 ngày làm việc", "Xin cảm ơn", "Trân trọng cảm ơn")
	shown := unit.SubmitWord(unit.Get(at), at+docfile.BackAt, docfile.BackField, edited).Want(http.StatusOK, "")
	shown.Says("ins", "trả chậm 7 ngày làm việc").
		Says("main", "Dự thảo trả lời", "Chỗ khác không đưa vào bản nháp", "Trân trọng cảm ơn")
	if strings.Contains(shown.Text("main"), "Luật Hộ tịch") {
		t.Error("the bases count as changed")
	}
	if pdf := unit.Get(at+web.ReplyFile+docfile.PDF).Want(http.StatusOK, ""); !strings.HasPrefix(pdf.Raw, "%PDF-") {
		t.Error("the PDF is none")
	}
}

func wordText(t *testing.T, file string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader([]byte(file)), int64(len(file)))
	stafftest.Must(t, err)
	f, err := z.Open("word/document.xml")
	stafftest.Must(t, err)
	defer f.Close()
	b, err := io.ReadAll(f)
	stafftest.Must(t, err)
	return lineBreak.ReplaceAllString(string(b), " ")
}

// lineBreak is one within a paragraph, with the ends of the pieces of text around it.
var lineBreak = regexp.MustCompile(`</w:t>[^t]*?<w:br/>[^t]*?<w:t[^>]*>`)
