package hall

import (
	"net/http"
	"strings"
	"testing"

	"doithoai"
	"doithoai/web"
)

func TestReceiptToPrint(t *testing.T) {
	h := newHall(t)
	const at = root + "/bien-nhan/ND-24-0001"
	gone := h.get(at)
	gone.want(http.StatusNotFound, "h1", "Biên nhận không còn mở được", "main", "30 phút", `main a[href="`+root+`"]`,
		"Về trang ghi ý kiến")
	a := h.post(root, h.fill(root, "ho-ten", "Trần Thị Ví Dụ", "noi-dung", "Giấy này căn cứ vào đâu?"))
	c := a.cookie(web.ReceiptCookie.String())
	if c == nil || !c.HttpOnly || c.MaxAge != 1800 {
		t.Fatalf("cookie %+v", c)
	}
	sheet := h.get(at, c)
	sheet.want(http.StatusOK, ".dt-numbers", "ND-24-0001", ".dt-receipt", "tại hội nghị đối thoại")
	if strings.Contains(sheet.text(".dt-receipt"), "mời đến trước") {
		t.Error("who has spoken is asked to come")
	}
	code := strings.Join(strings.Fields(sheet.text(".dt-keepsake .dt-code__value")), "")
	_, value, _ := strings.Cut(c.Value, ".")
	if code != value || sheet.doc.Find(".dt-qr svg").Length() != 1 {
		t.Errorf("code %q, cookie %q", code, value)
	}
	found, err := h.db.FollowSlip(t.Context(), doithoai.Resident(h.dialogue.AuthorityID), doithoai.ReceiptCode(code))
	if err != nil || found.Opinions[0].Opinion.Number != "ND-24-0001" {
		t.Errorf("the code opens %+v, %v", found, err)
	}
	if strings.Contains(h.log.String(), code) || strings.Contains(a.Header().Get("Location"), code) {
		t.Error("the code is in the log or in an address")
	}
	h.get(at, &http.Cookie{
		Name: web.ReceiptCookie.String(), Value: string(h.officers["thuky"].ID) + ":ND-24-0001.khong-phai-ma",
	}).want(http.StatusNotFound)

	h.do("vanphong", http.MethodGet, at, nil, c).want(http.StatusNotFound) // of the secretary, who went home

	sheet.want(http.StatusOK, ".dt-receipt", "gõ mã tại")
	offline := prepared.here
	offline.Offline = true
	h.serve(offline)
	sheet = h.get(at, c)
	sheet.want(http.StatusOK, ".dt-receipt", "hoặc hỏi Văn phòng, Trưởng thôn")
	if sheet.doc.Find(".dt-qr").Length() != 0 || strings.Contains(sheet.text(".dt-receipt"), "trang của xã") {
		t.Error("the receipt sends people to a site that they can't reach")
	}
}

// The receipt that the console offers is that of the act just done, never that of somebody else's opinion; the next
// speakers do not take it from who comes for it a little later.
func TestReceiptOfTheActJustDone(t *testing.T) {
	h := newHall(t)
	earlier := h.record("Cao Văn Mường Tượng", "Số điện thoại của xã gọi không được.")
	a := h.post(root, h.fill(root, "ho-ten", "Trần Thị Ví Dụ", "noi-dung", "Giấy này căn cứ vào đâu?"))
	c := a.cookie(web.ReceiptCookie.String())
	h.get(a.Header().Get("Location"), c).receipt("ND-24-0002")
	path := pathOfOpinion(h.dialogue, earlier.Opinion.Number)
	ruled := h.post(path, h.fill(path, "huong", "TL-NGAY", "tra-loi", "Đã nối lại.", "nguoi-tra-loi", "giả dụ"))
	back := h.get(ruled.Header().Get("Location"), c)
	back.want(http.StatusOK, ".dt-done", "Đã ghi hướng xử lý ý kiến ND-24-0001")
	back.receipt("")
	if f := h.file(earlier.Opinion.ID); f.AnsweredBy != "Bà Lê Thị Giả Dụ" {
		t.Errorf("answered by %q", f.AnsweredBy)
	}

	third := h.do("thuky", http.MethodPost, root,
		h.fill(root, "ho-ten", "Lê Văn Nháp", "noi-dung", "Bao giờ họp lại?"), c)
	both := third.cookie(web.ReceiptCookie.String())
	h.get(third.Header().Get("Location"), both).receipt("ND-24-0003")
	h.get(root+"/bien-nhan/ND-24-0002", both).want(http.StatusOK, ".dt-numbers", "ND-24-0002")
}
