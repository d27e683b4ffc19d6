package portal

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"doithoai"
	"doithoai/calendar"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// Somebody who is asked to add something reads what, why and by when, and adds it once by their code.
func TestAddSupplement(t *testing.T) {
	f := newReader(t)
	r := f.submit("Hồ sơ của tôi thiếu gì?")
	o := r.Opinions[0]
	f.rule(o, f.later())
	cookie := f.openSlip(r.Code)
	wantText(t, f.document(200, f.getWith(supplementPath, cookie)).Find("main"), "Hiện không có nội dung nào cần")
	f.must(f.db.AskSupplement(t.Context(), f.land, o.ID, 1,
		doithoai.Supplement{Asked: "Trích đo thửa 214.", Why: "Chưa rõ ranh giới."}))
	page := f.followed(cookie)
	wantText(t, page.Find("main"), "Trích đo thửa 214.")
	wantText(t, page.Find("main"), "Vì sao cần: Chưa rõ ranh giới.")
	wantText(t, page.Find("main a[href='"+supplementPath+"']"), "Bổ sung")
	say := typed{"so": {string(o.Number)}, "lan": {"1"}, "bo-sung": {" \r\n"}}
	empty := f.document(200, f.follow(f.post(supplementPath+sendPart, say, cookie), cookie))
	wantText(t, empty.Find(".govuk-error-summary"), "Ghi nội dung bổ sung")
	href, _ := empty.Find(".govuk-error-summary a").Attr("href")
	if empty.Find("textarea"+href).Length() != 1 {
		t.Errorf("the error leads to %q", href)
	}
	say.Set("bo-sung", "Ranh theo bờ rào.")
	w := f.post(supplementPath+sendPart, say, cookie)
	if w.Header().Get("Location") != followedPath+"?da-ghi-supplement" {
		t.Fatalf("added: %d %s", w.Code, w.Header().Get("Location"))
	}
	page = f.document(200, f.follow(w, cookie))
	wantText(t, page.Find(".govuk-notification-banner"), "Đã nhận nội dung bổ sung")
	wantText(t, page.Find("main"), "Ranh theo bờ rào.")
	if page.Find("a[href='"+supplementPath+"']").Length() != 0 {
		t.Error("it can be added twice")
	}
	say.Set("bo-sung", "Khác.")
	again := f.document(200, f.follow(f.post(supplementPath+sendPart, say, cookie), cookie))
	wantText(t, again.Find("main"), "không còn cần bổ sung")
}

// With what they add they send pictures: one that is not taken is told at its field and what was typed stays, one can
// be left out again, and what was sent is counted beside the words. No public page shows it.
func TestAddSupplementWithFiles(t *testing.T) {
	f := newReader(t)
	r := f.submit("Hồ sơ của tôi thiếu gì?")
	o := r.Opinions[0]
	f.rule(o, f.later())
	cookie := f.openSlip(r.Code)
	f.must(f.db.AskSupplement(t.Context(), f.land, o.ID, 1,
		doithoai.Supplement{Asked: "Trích đo thửa 214.", Why: "Chưa rõ ranh giới."}))
	say := typed{"so": {string(o.Number)}, "lan": {"1"}, "bo-sung": {"Ranh theo bờ rào."}}
	send := func(v typed, files ...[2]string) *goquery.Document {
		t.Helper()
		return f.document(200, f.follow(f.sendFilesTo(supplementPath+sendPart, v, files, cookie), cookie))
	}
	page := send(say, [2]string{"bờ rào.png", stafftest.PNG(t)}, [2]string{"IMG_1.HEIC", heic})
	field := "#" + filesField(o.Number)
	wantText(t, page.Find(field+"-error"), "là ảnh HEIC của iPhone")
	if href, _ := page.Find(".govuk-error-summary a").Attr("href"); href != field {
		t.Errorf("the error leads to %q", href)
	}
	wantText(t, page.Find(".dt-files__name"), "bờ rào.png")
	if got := page.Find("textarea").Text(); got != "Ranh theo bờ rào." {
		t.Errorf("the words came back as %q", got)
	}
	kept := page.Find("[name="+web.UploadField+"]").AttrOr("value", "")
	again := with(say, web.UploadField, []string{kept})
	page = send(with(again, "buoc", web.StepDropFile+":"+kept))
	if page.Find(".dt-files__name").Length() > 0 || page.Find(".govuk-error-summary").Length() > 0 {
		t.Error("what was left out stays, or is a fault")
	}
	var six [][2]string
	for range 6 {
		six = append(six, [2]string{"ảnh.png", stafftest.PNG(t)})
	}
	wantText(t, send(say, six...).Find(field+"-error"), "5")
	page = send(say, [2]string{"bờ rào.png", stafftest.PNG(t)})
	wantText(t, page.Find(".govuk-notification-banner"), "Đã nhận nội dung bổ sung")
	wantText(t, page.Find("main"), "Kèm 1 tệp.")
	if strings.Contains(page.Find("main").Text(), "bờ rào.png") {
		t.Error("a public page shows the name of a file")
	}
	files, err := f.db.SlipFiles(t.Context(), f.office, o.ID)
	f.must(err)
	if len(files.Files) != 1 || files.Files[0].By != "" || files.Files[0].Name != "bờ rào.png" {
		t.Errorf("the office has %+v", files.Files)
	}
}

// The page of the slip leads to what its holder may do with what is known of them, and shows nothing of what it is; how
// they are told changes at once.
func TestChangeHowToBeTold(t *testing.T) {
	f := newReader(t)
	r := f.submit("Hồ sơ của tôi thiếu gì?")
	cookie := f.openSlip(r.Code)
	page := f.followed(cookie)
	for i, k := range ownKinds {
		if n := page.Find("main details a[href='" + k.path + "']").Length(); n != min(i, 1) {
			t.Errorf("%d links to %s", n, k.path)
		}
	}
	path := ownKinds[1].path
	form := f.document(200, f.getWith(path, cookie))
	if v, _ := form.Find("input[name=dien-thoai]").Attr("value"); v != "" {
		t.Errorf("the page shows %q to whoever has the code", v)
	}
	bad := typed{"nhan-tra-loi": {"phone"}, "dien-thoai": {"12"}}
	back := f.document(200, f.follow(f.post(path+sendPart, bad, cookie), cookie))
	wantText(t, back.Find(".govuk-error-summary"), "Số điện thoại")
	if v, _ := back.Find("input[name=dien-thoai]").Attr("value"); v != "12" {
		t.Errorf("typed %q came back", v)
	}
	good := typed{"nhan-tra-loi": {"phone"}, "dien-thoai": {"+84 900 000 007"}}
	w := f.post(path+sendPart, good, cookie)
	page = f.document(200, f.follow(w, cookie))
	wantText(t, page.Find(".govuk-notification-banner"), "Đã đổi cách báo tin")
	wantText(t, page.Find(".moj-timeline"), "Đổi cách báo tin bằng mã tra cứu")
	if strings.Contains(page.Text(), "900 000 007") {
		t.Error("the page of the slip shows the number")
	}
	who, err := f.db.ViewPetitioner(t.Context(), f.office, r.Opinions[0].ID, "verify")
	f.must(err)
	if who.Phone != "0900000007" {
		t.Errorf("kept: %q", who.Phone)
	}
}

// Name, withdrawal and erasure are asked for, and each is answered where the opinion is followed; what can't be asked
// now says why.
func TestAskTheOffice(t *testing.T) {
	f := newReader(t)
	ctx := t.Context()
	r := f.submit("Hồ sơ của tôi thiếu gì?")
	o := r.Opinions[0]
	f.rule(o, f.later())
	cookie := f.openSlip(r.Code)
	identity, withdrawal, erasure := ownKinds[2].path, ownKinds[3].path, ownKinds[4].path
	page := func(path string) *goquery.Document { return f.document(200, f.getWith(path, cookie)) }
	send := func(path string, v typed) *goquery.Document {
		return f.document(200, f.follow(f.post(path+sendPart, v, cookie), cookie))
	}
	wantText(t, page(erasure).Find("main"), "Chưa xóa được")
	if page(erasure).Find("main form").Length() != 0 {
		t.Error("it can be asked while the opinion is open")
	}
	wantText(t, send(identity, typed{}).Find(".govuk-error-summary"), "Ghi họ tên đúng")
	done := send(identity, typed{"ho-ten": {"Lê Văn Tới"}, "ly-do-de-nghi": {"Ghi sai dấu."}})
	wantText(t, done.Find(".govuk-notification-banner"), "Đã nhận đề nghị sửa")
	wantText(t, done.Find("main"), "Đang chờ Văn phòng.")
	if strings.Contains(done.Text(), "Lê Văn Tới") {
		t.Error("the page shows the name")
	}
	wantText(t, page(identity).Find("main"), "đang chờ Văn phòng trả lời")
	f.must(f.db.RefuseOwn(ctx, f.office, o.ID, 1, "Giấy tờ ghi tên cũ."))
	wantText(t, f.followed(cookie).Find("main"), "Giấy tờ ghi tên cũ.")

	wantText(t, page(withdrawal).Find("main"), "trước đó ý kiến vẫn được xử lý")
	send(withdrawal, typed{"so": {string(o.Number)}})
	wantText(t, f.followed(cookie).Find("main"), "ông/bà đề nghị rút ý kiến "+string(o.Number))
	f.must(f.db.WithdrawOpinion(ctx, f.office, o.ID, 2, "Người nêu đề nghị rút bằng mã tra cứu."))
	wantText(t, f.followed(cookie).Find("main"), "Đã thực hiện.")
	wantText(t, page(withdrawal).Find("main"), "Không còn rút được")

	told, err := f.db.OpinionFile(ctx, f.office, o.ID)
	f.must(err)
	now := calendar.Civil(calendar.InstantOf(f.now))
	for _, d := range told.Deliveries {
		if d.ToTell() {
			f.must(f.db.RecordDelivery(ctx, f.office, d.ID, d.Version, doithoai.Telling{
				On: calendar.InstantOf(f.now).Date(), Clock: calendar.Clock(now.Hour()*60 + now.Minute()),
				Receiver: doithoai.ReceiverSelf,
			}))
		}
	}
	wantText(t, send(erasure, typed{}).Find(".govuk-error-summary"), "Chọn xóa những gì")
	wantText(t, send(erasure, typed{"xoa-gi": {"contacts"}}).Find("main"), "đề nghị xóa dữ liệu cá nhân")
	f.must(f.db.ErasePersonalData(ctx, f.office, o.ID, doithoai.ErasureContacts, "Bằng mã tra cứu."))
	wantText(t, page(ownKinds[1].path).Find("main"), "Dữ liệu này đã được xóa.")
}

// A browser that keeps no cookies gets to each page by the code that its pages carry along, and back.
func TestOwnPagesWithoutCookies(t *testing.T) {
	f := newReader(t)
	r := f.submit("Hồ sơ của tôi thiếu gì?")
	carried := typed{"ma": {string(r.Code)}}
	for _, k := range ownKinds {
		if w := f.get(k.path); w.Code != http.StatusSeeOther || w.Header().Get("Location") != followPath {
			t.Errorf("%s without a code: %d", k.path, w.Code)
		}
		page := f.document(200, f.postBare(k.path, carried))
		if h1 := page.Find("h1").Text(); h1 == "" {
			t.Errorf("%s shows nothing", k.path)
		}
	}
	v := with(carried, "nhan-tra-loi", "pick_up")
	page := f.document(200, f.postBare(ownKinds[1].path+sendPart+"?"+markTried, v))
	wantText(t, page.Find(".govuk-notification-banner"), "Đã đổi cách báo tin")
	if page.Find("form[action='"+ownKinds[1].path+"'] input[name=ma]").Length() != 1 {
		t.Error("the page no longer carries the code")
	}
}
