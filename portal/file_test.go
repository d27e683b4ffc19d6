package portal

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"doithoai/web"
	"doithoai/web/stafftest"
)

// sendFiles sends a form with files as a browser on the site does.
func (f *reader) sendFiles(v typed, files ...[2]string) *httptest.ResponseRecorder {
	return f.sendFilesTo(slipPath, v, files)
}

// sendFilesTo sends a form with files to another page.
func (f *reader) sendFilesTo(
	path string, v typed, files [][2]string, cookies ...*http.Cookie,
) *httptest.ResponseRecorder {
	body, kind := stafftest.Multipart(f.t, v, files...)
	req := httptest.NewRequest(http.MethodPost, path, body)
	req.Header.Set("Content-Type", kind)
	for _, c := range append(cookies, browserKey) {
		req.AddCookie(c)
	}
	return f.do(req)
}

const heic = "\x00\x00\x00\x24ftypheic\x00\x00\x00\x00mif1heic"

// A file that is not taken is told at its field; what was typed and the other files stay, come through the check, and
// are counted on the receipt. No public page shows them.
func TestSlipWithFiles(t *testing.T) {
	f := newReader(t)
	v := with(f.goodSlip(), "buoc", web.StepAll)
	w := f.sendFiles(v, [2]string{"C:\\ảnh\u202f\u202ecống.png", stafftest.PNG(t)}, [2]string{"IMG_1.HEIC", heic})
	doc := f.shown(w, browserKey)
	wantText(t, doc.Find("#tep-error"), "Lỗi: “IMG_1.HEIC” là ảnh HEIC của iPhone: vào Cài đặt › Camera › Định dạng › "+
		"Tương thích nhất rồi chụp lại, hoặc gửi lại ảnh dưới dạng JPG")
	wantText(t, doc.Find(".dt-files__name"), "ảnh cống.png")
	if got := doc.Find("#ho-ten").AttrOr("value", ""); got != "Lê Văn Thử" {
		t.Errorf("the name came back as %q", got)
	}
	kept := hidden(doc, slipPath)
	if len(kept[web.UploadField]) != 1 {
		t.Fatalf("files %q are kept", kept[web.UploadField])
	}
	doc = f.shown(f.post(slipPath, with(v, web.UploadField, kept[web.UploadField])), browserKey)
	wantText(t, doc.Find(".dt-check"), "ảnh cống.png (PNG, 1 KB)")
	sent := hidden(doc, receiptPath)
	doc = f.shown(f.post(receiptPath, sent), browserKey)
	wantText(t, doc.Find(".dt-receipt__rest"), "Kèm theo 1 tệp.")
	again := f.shown(f.post(receiptPath, sent), browserKey)
	if code(again) != code(doc) || len(f.contents()) != 1 {
		t.Error("the form that was sent again has another receipt")
	}
}

// Files may be left out again, more than the office lets are refused, and what was deleted is gone.
func TestFilesOfASlip(t *testing.T) {
	f := newReader(t)
	v := with(f.goodSlip(), "buoc", web.StepAll)
	var five [][2]string
	for _, name := range []string{"1.png", "2.png", "3.png", "4.png", "5.png", "6.png"} {
		five = append(five, [2]string{name, stafftest.PNG(t)})
	}
	doc := f.shown(f.sendFiles(v, five...), browserKey)
	wantText(t, doc.Find("#tep-error"), "Lỗi: Chỉ kèm được nhiều nhất 5 tệp, bỏ bớt tệp")
	all := hidden(doc, slipPath)[web.UploadField]
	if len(all) != 5 {
		t.Fatalf("%d files are kept", len(all))
	}
	doc = f.shown(f.post(slipPath, with(v, "buoc", web.StepDropFile+":"+all[0], web.UploadField, all)), browserKey)
	left := hidden(doc, slipPath)[web.UploadField]
	if len(left) != 4 || strings.Contains(doc.Find(".dt-files").Text(), "1.png") {
		t.Errorf("left %q", left)
	}
	f.post(slipPath, with(v, "buoc", web.StepDelete, web.UploadField, left))
	doc = f.shown(f.post(slipPath, with(v, web.UploadField, left)), browserKey)
	doc = f.shown(f.post(receiptPath, with(hidden(doc, receiptPath), "da-doc", "1")), browserKey)
	wantText(t, doc.Find("#tep-error"), "Lỗi: Tệp đã chọn không còn được giữ. Ông/bà chọn lại tệp")
	if n := len(f.contents()); n != 0 {
		t.Errorf("%d slips were taken", n)
	}
}

// A file larger than the office lets is passed over, and what stands behind it in the form comes through; one address
// can't send without end.
func TestTooLargeAndTooFast(t *testing.T) {
	f := newReader(t)
	v := with(f.goodSlip(), "buoc", web.StepAll)
	doc := f.shown(f.sendFiles(v, [2]string{"phim.png", stafftest.PNG(t) + strings.Repeat("x", 10<<20)}), browserKey)
	wantText(t, doc.Find("#tep-error"), "Lỗi: “phim.png” lớn quá 10 MB. Chụp lại ở cỡ nhỏ hơn hoặc chia thành nhiều tệp")
	f.limited(web.Limits{Uploading: web.Limit{Every: time.Hour, Burst: 1}})
	doc = f.shown(f.sendFiles(v, [2]string{"a.png", stafftest.PNG(t)}, [2]string{"b.png", stafftest.PNG(t)}), browserKey)
	wantText(t, doc.Find("#tep-error"), "Lỗi: Gửi tệp quá nhanh. Ông/bà đợi một phút rồi chọn lại tệp")
	wantText(t, doc.Find(".dt-files__name"), "a.png")
}
