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

// TestSituation15ClerkCorrectsInWord: the clerk takes the draft out to Word and corrects it there. What differs is
// listed field by field; the file becomes the draft once the clerk says so, and what the register knows stays.
func TestSituation15ClerkCorrectsInWord(t *testing.T) {
	fx := newFixture(t)
	o := fx.Assigned(stafftest.Matter)
	at := web.OpinionPath(o.Number)
	unit := fx.As("ho-tich")
	unit.Post(web.DraftPath, url.Values{"nhap": {"answer:" + string(o.ID)}, "ve": {at},
		"tra-loi": {"Trích lục trả chậm 6 ngày làm việc.\nBản sao đã có tại Một cửa."}, "can-cu": {"Luật Hộ tịch năm 2014"}})
	word := unit.Get(at+web.ReplyFile+docfile.Word).Want(http.StatusOK, "").Raw
	back := func(file string) stafftest.Page {
		t.Helper()
		return unit.SubmitWord(unit.Get(at), at+docfile.BackAt, docfile.BackField, file)
	}

	back(word).Says("main", "giống bản nháp", "Giữ bản nháp").Hides("Lấy bản trong tệp")
	const one, two = "Trích lục trả chậm 6 ngày làm việc.", "Bản sao đã có tại Một cửa."
	turned := back(stafftest.EditWord(t, word, one, two, two, one)).Want(http.StatusOK, "")
	turned.Says("del", one+two).Says("ins", two+one)
	edited := stafftest.EditWord(t, word, "6 ngày làm việc", "7 ngày làm việc", "Luật Hộ tịch năm 2014",
		"Điều 64 Luật Hộ tịch năm 2014", "nội dung:", "nguyên văn:")
	shown := back(edited).Want(http.StatusOK, "")
	shown.Says("del", "Trích lục trả chậm 6 ngày").Says("ins", "trả chậm 7 ngày làm việc").
		Says("main", "Dự thảo trả lời", "Căn cứ", "Chỗ khác không đưa vào bản nháp", "nguyên văn:")
	if strings.Contains(shown.Text("main"), "Bản sao đã có") {
		t.Error("what is the same is listed too")
	}
	unit.Get(at).Says("textarea", "6 ngày") // nothing is kept before the officer says so
	unit.Submit(shown, web.DraftPath, nil).Want(http.StatusSeeOther, at)
	kept := unit.Get(at).Says(`textarea[name="tra-loi"]`, "7 ngày", "Bản sao đã có tại Một cửa.")
	if basis := kept.Value(`form[id] input[name="can-cu"]`); basis != "Điều 64 Luật Hộ tịch năm 2014" {
		t.Errorf("the draft has the basis %q", basis)
	}

	other := stafftest.EditWord(t, word, string(o.Number), "ND-24-9999")
	for file, want := range map[string]string{
		other: "Tệp không nhắc đến " + string(o.Number),
		"":    "Chọn tệp Word đã sửa.", "%PDF-1.7": "PDF", "PK\x03\x04": "hỏng", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1": ".doc",
	} {
		back(file).Want(http.StatusUnprocessableEntity, "").Says("#soan-trong-word", want).Says("textarea", "7 ngày")
	}
	if fx.As("dia-chinh").Post(at+docfile.BackAt, nil).Status < 400 {
		t.Error("another unit sent a draft back")
	}
}

// TestCorrectionComesBackFromWord: what is to replace an answer goes out as the letter that says of which it takes the
// place, and comes back with its reason kept.
func TestCorrectionComesBackFromWord(t *testing.T) {
	fx := newFixture(t)
	o := fx.Answered(stafftest.Matter)
	at := web.OpinionPath(o.Number)
	unit, back := fx.As("ho-tich"), at+"/thay-the"+docfile.BackAt
	unit.Post(web.DraftPath, url.Values{"nhap": {"correction:" + string(o.ID)}, "ve": {at}, "ly-do": {"Ghi nhầm ngày."},
		"tra-loi": {"Bản sao có ngày 28/10.\nXin lỗi ông."}, "can-cu": {"Luật Hộ tịch năm 2014"}})
	word := unit.Get(at+"/thu-thay-the"+docfile.Word).Want(http.StatusOK, "").Raw
	if says := wordText(t, word); !strings.Contains(says, "thay thế") || !strings.Contains(says, "ngày 28/10") {
		t.Errorf("the letter says %s", says)
	}
	p := unit.Get(at)
	unit.SubmitWord(p, back, docfile.BackField, word).Says("main", "giống bản nháp").Hides("Lấy bản trong tệp")
	shown := unit.SubmitWord(p, back, docfile.BackField, stafftest.EditWord(t, word, "ngày 28/10", "ngày 29/10"))
	shown.Want(http.StatusOK, "").Says("del", "Bản sao có ngày 28/10.").Says("ins", "Bản sao có ngày 29/10.")
	unit.Submit(shown, web.DraftPath, nil).Want(http.StatusSeeOther, at)
	p = unit.Get(at)
	if got := p.Value("#tra-loi"); got != "Bản sao có ngày 29/10.\nXin lỗi ông." {
		t.Errorf("the draft is %q", got)
	}
	if got := p.Value("#ly-do"); got != "Ghi nhầm ngày." {
		t.Errorf("the reason is %q", got)
	}
	unit.SubmitWord(p, back, docfile.BackField, "").Want(http.StatusUnprocessableEntity, "").
		Says("section:has(#muc-thay-the) details[open]", "Chọn tệp Word đã sửa.")
	if fx.As("dia-chinh").Get(at+"/thu-thay-the"+docfile.Word).Status < 300 {
		t.Error("another unit reads the draft")
	}
}
