package office

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"doithoai"
	"doithoai/text"
)

// given finds the password that a page shows this once.
func given(t *testing.T, p page) string {
	t.Helper()
	word := p.text(".govuk-notification-banner .dt-secret")
	if !regexp.MustCompile(`^([a-z2-9]{4}-){3}[a-z2-9]{4}$`).MatchString(word) {
		t.Fatalf("the given password is %q", word)
	}
	return word
}

// TestOpenAccountPage opens an account: what is missing stands at its field, the password is shown once, and must be
// changed before anything else opens.
func TestOpenAccountPage(t *testing.T) {
	fx := newFixture(t)
	admin := fx.as("quan-tri")
	p := admin.get(accountsPath+"/moi").want(http.StatusOK, "")
	p = admin.submit(p, accountsPath, url.Values{"ho-ten": {"Người Mới"}, "ten-dang-nhap": {"Người Mới"}, "vai-tro": {"unit_officer"}})
	p.want(http.StatusUnprocessableEntity, "").says("#ten-dang-nhap-error", "chữ thường không dấu").says("#don-vi-error", "Chọn bộ phận")
	if p.value("#ho-ten") != "Người Mới" || p.value("#ten-dang-nhap") != "Người Mới" {
		t.Error("what was typed is lost")
	}
	p = admin.submit(p, accountsPath, url.Values{"ten-dang-nhap": {"nguoi-moi"}, "don-vi": {string(fx.units["dia-chinh"])}}).want(http.StatusOK, "")
	if cache := p.header.Get("Cache-Control"); cache != "no-store" {
		t.Errorf("a page with a password may be kept: %q", cache)
	}
	word := given(t, p)
	admin.get(accountsPath).says("main", "Người Mới", "Chờ đổi mật khẩu").hides(word)

	b := fx.browser()
	b.post("/noi-bo/dang-nhap", url.Values{"ten": {"nguoi-moi"}, "mat-khau": {word}, "ve": {"/noi-bo/y-kien"}}).want(http.StatusSeeOther, "/noi-bo/tai-khoan/mat-khau?ve=%2Fnoi-bo%2Fy-kien")
	b.get("/noi-bo").want(http.StatusSeeOther, "/noi-bo/tai-khoan/mat-khau?ve=%2Fnoi-bo")
	p = b.get("/noi-bo/tai-khoan/mat-khau?ve=/noi-bo/y-kien").want(http.StatusOK, "")
	if p.Find(".moj-side-navigation").Length() != 0 {
		t.Error("a menu of pages that don't open")
	}
	p = b.submit(p, "/noi-bo/tai-khoan/mat-khau", url.Values{"mat-khau": {word}, "mat-khau-moi": {"con bò vàng ăn cỏ"}, "nhap-lai": {"con bò vàng"}})
	p.want(http.StatusUnprocessableEntity, "").says("#nhap-lai-error", "không giống nhau").hides(word, "con bò vàng")
	b.submit(p, "/noi-bo/tai-khoan/mat-khau", url.Values{"mat-khau": {word}, "mat-khau-moi": {"con bò vàng ăn cỏ"}, "nhap-lai": {"con bò vàng ăn cỏ"}}).want(http.StatusSeeOther, "/noi-bo/y-kien")
	b.get("/noi-bo").want(http.StatusOK, "")
}

// TestOpenVillageHead opens the account of a village head, who needs a village.
func TestOpenVillageHead(t *testing.T) {
	fx := newFixture(t)
	admin := fx.as("quan-tri")
	p := admin.submit(admin.get(accountsPath+"/moi"), accountsPath, url.Values{"ho-ten": {"Trưởng Thôn"}, "ten-dang-nhap": {"truong-thon"}, "vai-tro": {"village_head"}})
	p.want(http.StatusUnprocessableEntity, "").says("#thon-error", "chọn thôn")
	admin.submit(p, accountsPath, url.Values{"thon": {string(fx.villages[1].ID)}}).want(http.StatusOK, "").says("main", "Trưởng thôn")
	if seats := fx.holds("truong-thon").Seats; len(seats) != 1 || seats[0].VillageID != fx.villages[1].ID {
		t.Errorf("seats %+v", seats)
	}
}

// TestAccountPage does what an administrator may do to another's account, and not to the own.
func TestAccountPage(t *testing.T) {
	fx := newFixture(t)
	admin := fx.as("quan-tri")
	at := accountPath(fx.officers["ho-tich"].ID)
	do := func(act, says string) {
		t.Helper()
		p := admin.get(at)
		version, err := strconv.Atoi(p.value(`form[action="` + at + "/" + act + `"] input[name="phien-ban"]`))
		must(t, err)
		admin.submit(p, at+"/"+act, nil).want(http.StatusSeeOther, at+"?xong="+act)
		admin.get(at+"?xong="+act).says(".govuk-notification-banner", says)
		if p := admin.post(at+"/"+act, url.Values{"phien-ban": {strconv.Itoa(version)}}); p.status != http.StatusConflict {
			t.Errorf("%s of a page that is old: %d", act, p.status)
		}
	}
	do("khoa", "Đã khóa tài khoản")
	fx.as("ho-tich").get("/noi-bo").want(http.StatusSeeOther, "/noi-bo/dang-nhap?ve=%2Fnoi-bo")
	fx.browser().post("/noi-bo/dang-nhap", url.Values{"ten": {"ho-tich"}, "mat-khau": {password}}).want(http.StatusUnauthorized, "").says("#ten-error", "đang bị khóa")
	do("mo-khoa", "Đã mở khóa")
	p := admin.submit(admin.get(at), at+"/mat-khau", nil).want(http.StatusOK, "")
	word := given(t, p)
	admin.get(at).hides(word)

	o := fx.assigned(matter)
	must(t, fx.db.SubmitAnswer(t.Context(), fx.actor("ho-tich"), o.ID, 1, doithoai.Answer{Body: "Bản sao đã có.", Basis: "Luật Hộ tịch 2014"}))
	p = admin.get(at+"/ngung").want(http.StatusOK, "").says("main", string(o.Number), "chờ ký", "Tư pháp – Hộ tịch").hides("Bản sao đã có")
	admin.submit(p, at+"/ngung", nil).want(http.StatusSeeOther, at+"?xong=ngung")
	do("dung-lai", "Đã cho dùng lại")

	own := accountPath(fx.officers["quan-tri"].ID)
	if n := admin.get(own).Find("main form").Length(); n != 0 {
		t.Errorf("%d forms on the own account", n)
	}
	admin.post(own+"/khoa", url.Values{"phien-ban": {"1"}}).want(http.StatusForbidden, "")
	admin.get(accountPath(fx.officers["nguoi-khac"].ID)).want(http.StatusNotFound, "")
	fx.as("chu-tich").get(accountsPath).want(http.StatusForbidden, "")
}

// TestSecondStepPages turns the second step on, signs in with it, and turns it off.
func TestSecondStepPages(t *testing.T) {
	fx := newFixture(t)
	b := fx.as("ho-tich")
	b.get(secondStepPath).want(http.StatusSeeOther, ownPath)
	b.submit(b.get(ownPath), secondStepPath, nil).want(http.StatusSeeOther, secondStepPath)
	p := b.get(secondStepPath).want(http.StatusOK, "")
	secret := strings.ReplaceAll(p.text(".dt-secret"), " ", "")
	code := func(later time.Duration) string {
		c, err := totp.GenerateCode(secret, time.Now().Add(later))
		must(t, err)
		return c
	}
	b.submit(p, secondStepPath+"/xac-nhan", url.Values{"ma": {"12345"}}).want(http.StatusUnprocessableEntity, "").says("#ma-error", "Mã không đúng")
	p = b.submit(p, secondStepPath+"/xac-nhan", url.Values{"ma": {code(0)}}).want(http.StatusOK, "").hides(secret)
	if n := p.Find(".dt-secrets li").Length(); n != 8 {
		t.Errorf("%d recovery codes", n)
	}
	b.get(ownPath).says("main", "Còn 8 mã dự phòng").hides(secret)
	b.get(secondStepPath).want(http.StatusSeeOther, ownPath)

	b = fx.browser()
	b.post("/noi-bo/dang-nhap", url.Values{"ten": {"ho-tich"}, "mat-khau": {password}}).want(http.StatusSeeOther, "/noi-bo/dang-nhap/ma?ve=%2Fnoi-bo")
	for _, held := range []string{"/noi-bo", "/noi-bo/y-kien", ownPath, signInsPath, "/noi-bo/tai-khoan/mat-khau"} {
		b.get(held).want(http.StatusSeeOther, "/noi-bo/dang-nhap/ma?ve="+url.QueryEscape(held))
	}
	p = b.get("/noi-bo/dang-nhap/ma").want(http.StatusOK, "")
	b.submit(p, "/noi-bo/dang-nhap/ma", url.Values{"ma": {"000000"}}).want(http.StatusUnprocessableEntity, "").says("#ma-error", "Mã không đúng")
	b.submit(p, "/noi-bo/dang-nhap/ma", url.Values{"ma": {code(30 * time.Second)}}).want(http.StatusSeeOther, "/noi-bo")
	b.get("/noi-bo/dang-nhap/ma").want(http.StatusSeeOther, "/noi-bo")
	b.get(signInsPath).says("main", "Sai mã xác nhận", "Đúng mật khẩu, chờ mã", "180 ngày")

	p = b.get(ownPath)
	p = b.submit(p, secondStepPath+"/tat", url.Values{"mat-khau": {"sai mật khẩu"}}).want(http.StatusUnprocessableEntity, "").says("#mat-khau-error", "không đúng")
	b.submit(p, secondStepPath+"/tat", url.Values{"mat-khau": {password}}).want(http.StatusSeeOther, ownPath+"?xong=tat")
}

// TestRecoveryCodesPage shows new recovery codes this once, to who holds the telephone.
func TestRecoveryCodesPage(t *testing.T) {
	fx := newFixture(t)
	b := fx.as("ho-tich")
	renew := secondStepPath + "/ma-du-phong"
	b.post(renew, url.Values{"ma": {"000000"}}).want(http.StatusConflict, "") // the second step is off
	must(t, fx.db.StartSecondStep(t.Context(), fx.actor("ho-tich")))
	step, err := fx.db.SecondStep(t.Context(), fx.actor("ho-tich"))
	must(t, err)
	code := func(later time.Duration) string {
		c, err := totp.GenerateCode(step.Secret, time.Now().Add(later))
		must(t, err)
		return c
	}
	old, err := fx.db.TurnOnSecondStep(t.Context(), fx.actor("ho-tich"), fx.tokens["ho-tich"], code(0))
	must(t, err)
	p := b.submit(b.get(ownPath), renew, url.Values{"ma": {"000000"}}).want(http.StatusUnprocessableEntity, "").says("#ma-error", "Mã không đúng")
	if p.Find("details[open] #ma").Length() != 1 || p.Find("details[open] #mat-khau").Length() != 0 {
		t.Error("the form that is to be mended is folded, or another one is not")
	}
	p = b.submit(p, renew, url.Values{"ma": {code(30 * time.Second)}}).want(http.StatusOK, "").says("main", "Mã cũ không dùng được nữa").hides(old...)
	if n := p.Find(".dt-secrets li").Length(); n != 8 || p.header.Get("Cache-Control") != "no-store" {
		t.Errorf("%d recovery codes, Cache-Control %q", n, p.header.Get("Cache-Control"))
	}
	b.get(ownPath).says("main", "Còn 8 mã dự phòng").hides(p.text(".dt-secrets li:first-child"))
}

// TestSignInWordsAlike: after too many tries the words are the same whether there is such a login or not.
func TestSignInWordsAlike(t *testing.T) {
	fx := newFixture(t)
	said := map[string][]string{}
	for _, login := range []string{"thu-ky", "khong-co"} {
		b := fx.browser()
		for range 7 {
			p := b.post("/noi-bo/dang-nhap", url.Values{"ten": {login}, "mat-khau": {"sai mật khẩu"}})
			said[login] = append(said[login], strconv.Itoa(p.status)+" "+p.text(".govuk-error-summary"))
		}
	}
	if a, b := strings.Join(said["thu-ky"], "\n"), strings.Join(said["khong-co"], "\n"); a != b || !strings.Contains(a, "chờ 15 phút") || !strings.Contains(a, "người quản trị") {
		t.Errorf("there is one:\n%s\nthere is none:\n%s", a, b)
	}
}

// TestAuditPage shows each role its part, filters, and gives a table that no spreadsheet runs.
func TestAuditPage(t *testing.T) {
	fx := newFixture(t)
	o := fx.assigned(matter)
	_, err := fx.db.ViewPetitioner(t.Context(), fx.actor("ho-tich"), o.ID, doithoai.ViewReasons[0])
	must(t, err)
	fx.as("chu-tich").get(auditPath).says("main", "xem họ tên người nêu", "Phạm Văn Mô Phỏng", "đăng nhập", string(o.Number)).hides("Nguyễn Thị Minh Họa")
	fx.as("van-phong").get(auditPath).says("main", "xem họ tên người nêu").hides("127.0.0.1")
	fx.as("quan-tri").get(auditPath).says("main", "đăng nhập", "127.0.0.1").hides(string(o.Number))
	fx.as("ho-tich").get(auditPath).want(http.StatusForbidden, "")

	chair := fx.as("chu-tich")
	chair.get(auditPath+"?viec=view_petitioner&nguoi=ho-tich").says("tbody", "Lý do").hides("ghi hướng xử lý</td>")
	if n := chair.get(auditPath + "?viec=view_petitioner&nguoi=ho-tich&so=" + strings.ToLower(string(o.Number))).Find("tbody tr").Length(); n != 1 {
		t.Errorf("%d views by the unit", n)
	}
	chair.get(auditPath+"?tu-ngay=31/02/2024&den-ngay=x").want(http.StatusUnprocessableEntity, "").says("#tu-ngay-error", "23/10/2024").says("#den-ngay-error", "23/10/2024")
	chair.get(auditPath+"?tu-ngay=24/10/2024&den-ngay=23/10/2024").want(http.StatusUnprocessableEntity, "").says("#den-ngay-error", "Ngày cuối")
	chair.get(auditPath+"?nguoi=nguoi-khac").want(http.StatusUnprocessableEntity, "") // of another authority
	chair.get(auditPath+"?so=ND-24-9999").says("main", "Không có dòng nào như vậy")

	file := chair.submit(chair.get(auditPath+"?viec=view_petitioner"), auditPath+"/tep", nil).want(http.StatusOK, "")
	body, bom := strings.CutPrefix(file.raw, "\uFEFF")
	reader := csv.NewReader(strings.NewReader(body))
	reader.Comma = ';' // what Vietnamese spreadsheet programs open in columns
	rows, err := reader.ReadAll()
	must(t, err)
	if mark := rows[0][len(rows[0])-1]; mark != "DỮ LIỆU MÔ PHỎNG" {
		t.Errorf("a file of the demo is marked %q", mark)
	}
	if !bom || len(rows) != 2 || rows[1][1] != "Phạm Văn Mô Phỏng" || rows[1][4] != string(o.Number) || !strings.HasPrefix(file.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("table %q %v", rows, file.header)
	}
	chair.get(auditPath).says("tbody", "tải nhật ký về", "act=view_petitioner")
}

// Each act on an account, and signing in, has its name in both languages.
func TestActsHaveNames(t *testing.T) {
	for _, act := range append([]doithoai.Act{doithoai.ActSignIn, doithoai.ActExportAudit}, doithoai.AccountActs...) {
		for _, lang := range []string{"vi", "en"} {
			if words := text.For(lang).T("act." + string(act)); strings.Contains(words, "⟦") {
				t.Errorf("%s: %s", lang, words)
			}
		}
	}
}
