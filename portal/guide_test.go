package portal

import (
	"net/http"
	"testing"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
)

// guideOf makes a public reference page from an answer that is public under a number.
func (f *reader) guideOf(n doithoai.RegisterNumber, title string) doithoai.Guide {
	f.t.Helper()
	ctx := f.t.Context()
	id, err := f.db.OpinionIDByNumber(ctx, f.office, n)
	f.must(err)
	g, err := f.db.DraftGuide(ctx, f.office, store.NewID(), 0, id, doithoai.GuideText{
		Title: title, FieldCode: "dat-dai", Procedure: "Đăng ký biến động đất đai", ProcedureCode: "1.012756",
		Body: "Nộp tại bộ phận Một cửa. Gọi (0255) 000 0004.", Basis: "Luật Đất đai số 31/2024/QH15",
		UnitID: f.units["dia-chinh"],
	})
	f.must(err)
	f.must(f.db.PublishGuide(ctx, f.office, g.ID, g.Version))
	return g
}

// A reference page is read by field, found by words above the answers, says who keeps it true, and says itself when it
// should not be relied on.
func TestGuides(t *testing.T) {
	f := newReader(t)
	wantText(t, f.page(http.StatusOK, web.PublicGuidesPath).Find("main"), "Chưa có trang hướng dẫn nào")
	r := f.submit("Sang tên sổ đỏ nộp ở đâu?")
	o := r.Opinions[0]
	f.rule(o, f.later())
	f.answer(o, "Nộp tại bộ phận Một cửa.")
	f.must(f.db.ProposePublication(t.Context(), f.office, o.ID, 0,
		doithoai.Publication{Title: "Sang tên sổ đỏ", Question: "Nộp ở đâu?", Answer: "Nộp tại bộ phận Một cửa."}))
	f.must(f.db.ApprovePublication(t.Context(), f.chair, o.ID, 1))
	g := f.guideOf(o.Number, "Sang tên sổ đỏ nộp hồ sơ ở đâu?")

	list := f.page(http.StatusOK, web.PublicGuidesPath)
	wantText(t, list.Find("section:has(#dat-dai)"), "Sang tên sổ đỏ nộp hồ sơ ở đâu?")
	for query, want := range map[string]string{
		"tim=dang+ky+bien+dong": "1 trang hướng dẫn cho",
		"tim=ket+hon":           "Chưa có trang hướng dẫn về việc này",
		"linh-vuc=ho-tich":      "Chưa có trang hướng dẫn về việc này",
	} {
		wantText(t, f.page(http.StatusOK, web.PublicGuidesPath+"?"+query).Find("main"), want)
	}
	if n := f.find("bien dong dat dai").Find("section:has(#huong-dan) a").Length(); n != 1 {
		t.Errorf("a search shows %d pages", n)
	}

	at := web.PublicGuidePath(g.Number)
	page := f.page(http.StatusOK, at)
	wantText(t, page.Find(".dt-state"), "Đã rà soát")
	wantText(t, page.Find("main"), "Luật Đất đai số 31/2024/QH15")
	wantText(t, page.Find("main"), "mã 1.012756")
	for _, href := range []string{"tel:02550000004", answerPath(o.Number)} {
		if page.Find(`main a[href="`+href+`"]`).Length() != 1 {
			t.Errorf("%s is no link", href)
		}
	}
	for _, path := range []string{"/huong-dan/99", "/huong-dan/x", "/huong-dan/0"} {
		if w := f.get(path); w.Code != http.StatusNotFound {
			t.Errorf("%s is answered with %d", path, w.Code)
		}
	}

	f.replace(o, "Nộp tại Chi nhánh Văn phòng đăng ký đất đai.", "Nơi nộp đã đổi.", "120/UBND-VP")
	page = f.page(http.StatusOK, at)
	wantText(t, page.Find(".dt-state"), "Đang chờ rà soát")
	wantText(t, page.Find("main"), "Câu trả lời mà trang này dựa vào đã thay đổi từ")

	file, err := f.db.Guide(t.Context(), f.office, g.Number)
	f.must(err)
	f.must(f.db.WithdrawGuide(t.Context(), f.office, g.ID, file.Version, "Thủ tục chuyển về tỉnh."))
	gone := f.page(http.StatusGone, at)
	wantText(t, gone.Find("main"), "Thủ tục chuyển về tỉnh.")
	if gone.Find("main:contains('Một cửa')").Length() != 0 {
		t.Error("what was withdrawn is still there")
	}
	if n := f.find("bien dong dat dai").Find("#huong-dan").Length(); n != 0 {
		t.Error("a withdrawn page is found")
	}
}
