package planning

import (
	"net/http"
	"net/url"
	"testing"

	"doithoai/plan"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/docfile"
	"doithoai/web/stafftest"
)

// TestTextsComeBackFromWord: each text goes out as it is being written, and what was changed in Word becomes the draft
// once the officer says so; the rest of the paper does not.
func TestTextsComeBackFromWord(t *testing.T) {
	fx := newFixture(t)
	fx.Announce()
	next, err := fx.DB.NextDialogue(t.Context(), fx.Authority.ID)
	stafftest.Must(t, err)
	b := fx.As("van-phong")
	host := b.Get(textPath(next.ID, plan.TextHost)+docfile.BackAt+docfile.Word).Want(http.StatusOK, "").Raw
	host = stafftest.EditWord(t, host, "</w:body>",
		`<w:p><w:r><w:t>Xã đã ra thông báo, nội quy.</w:t></w:r></w:p></w:body>`)
	for _, kind := range []plan.TextKind{plan.TextAnnouncement, plan.TextHouseRules, plan.TextHost} {
		at := textPath(next.ID, kind)
		version := b.Get(at).Find("input[name=tu-ban]").AttrOr("value", "")
		b.Post(web.DraftPath, url.Values{
			"nhap": {"text:" + string(next.ID) + "/" + string(kind)}, "ve": {at}, "tu-ban": {version},
			"noi-dung": {"Kính mời bà con đến dự.\n- Mang theo giấy tờ.\nXin cảm ơn."},
		}).Want(http.StatusSeeOther, at)
		word := b.Get(at+docfile.BackAt+docfile.Word).Want(http.StatusOK, "").Raw
		b.SubmitWord(b.Get(at), at+docfile.BackAt, docfile.BackField, word).Want(http.StatusOK, "").
			Says("main", "giống bản nháp").Hides("Lấy bản trong tệp")
		edited := stafftest.EditWord(t, word, "Mang theo giấy tờ", "Mang theo căn cước", "CỘNG HÒA", "CỘNG HOÀ")
		p := b.SubmitWord(b.Get(at), at+docfile.BackAt, docfile.BackField, edited).Want(http.StatusOK, "")
		p.Says("del", "- Mang theo giấy tờ.").Says("ins", "- Mang theo căn cước.").Hides("Xin cảm ơn.</ins>")
		b.Submit(p, web.DraftPath, nil).Want(http.StatusSeeOther, at)
		p = b.Get(at)
		if got := p.Value("#noi-dung"); got != "Kính mời bà con đến dự.\n- Mang theo căn cước.\nXin cảm ơn." {
			t.Errorf("%s: the draft is %q", kind, got)
		}
		if got := p.Find("input[name=tu-ban]").AttrOr("value", ""); got != version {
			t.Errorf("%s: the draft was begun with version %q, not %q", kind, got, version)
		}
		other := stafftest.EditWord(t, word, next.Title, "Buổi khác", text.LowerFirst(next.Title), "buổi khác")
		b.SubmitWord(p, at+docfile.BackAt, docfile.BackField, other).Want(http.StatusUnprocessableEntity, "").
			Says(docfile.BackPart, "Tệp không nhắc đến")
		if kind != plan.TextHost {
			b.SubmitWord(p, at+docfile.BackAt, docfile.BackField, host).Want(http.StatusUnprocessableEntity, "").
				Says(docfile.BackPart, "Tệp không nhắc đến")
		}
		b.SubmitWord(p, at+docfile.BackAt, docfile.BackField, "").Want(http.StatusUnprocessableEntity, "").
			Says(docfile.BackPart, "Chọn tệp Word đã sửa")
		if fx.As("chu-tich").Get(at+docfile.BackAt+docfile.Word).Status < 400 {
			t.Errorf("%s: the chair reads what the office is writing", kind)
		}
	}
}
