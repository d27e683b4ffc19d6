package settings

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
	"doithoai/web"
	"doithoai/web/stafftest"
)

// given finds the password that a page shows this once.
func given(t *testing.T, p stafftest.Page) string {
	t.Helper()
	word := p.Text(".govuk-notification-banner .dt-secret")
	if !regexp.MustCompile(`^([a-z2-9]{4}-){3}[a-z2-9]{4}$`).MatchString(word) {
		t.Fatalf("the given password is %q", word)
	}
	return word
}

// TestOpenAccountPage opens an account: what is missing stands at its field, the password is shown once, and must be
// changed before anything else opens.
func TestOpenAccountPage(t *testing.T) {
	fx := newFixture(t)
	admin := fx.As("quan-tri")
	p := admin.Get(web.AccountsPath+"/moi").Want(http.StatusOK, "")
	p = admin.Submit(p, web.AccountsPath, url.Values{
		"ho-ten": {"Người Mới"}, "ten-dang-nhap": {"Người Mới"}, "vai-tro": {"unit_officer"},
	})
	p.Want(http.StatusUnprocessableEntity, "").Says("#ten-dang-nhap-error", "chữ thường không dấu").
		Says("#don-vi-error", "Chọn bộ phận")
	if p.Value("#ho-ten") != "Người Mới" || p.Value("#ten-dang-nhap") != "Người Mới" {
		t.Error("what was typed is lost")
	}
	admin.Submit(p, web.AccountsPath, url.Values{
		"ten-dang-nhap": {"nguoi-moi"}, "don-vi": {string(fx.Units["dia-chinh"])},
	}).Want(http.StatusSeeOther, accountPath(fx.Holds("nguoi-moi").ID)+"?xong=mo")
	p = admin.Get(accountPath(fx.Holds("nguoi-moi").ID) + "?xong=mo")
	if cache := p.Header.Get("Cache-Control"); cache != "no-store" {
		t.Errorf("a page with a password may be kept: %q", cache)
	}
	word := given(t, p)
	admin.Get(web.AccountsPath).Says("main", "Người Mới", "Chờ đổi mật khẩu").Hides(word)

	b := fx.Browser()
	b.Post("/noi-bo/dang-nhap", url.Values{"ten": {"nguoi-moi"}, "mat-khau": {word}, "ve": {"/noi-bo/y-kien"}}).
		Want(http.StatusSeeOther, "/noi-bo/tai-khoan/mat-khau?ve=%2Fnoi-bo%2Fy-kien")
	b.Get("/noi-bo").Want(http.StatusSeeOther, "/noi-bo/tai-khoan/mat-khau?ve=%2Fnoi-bo")
	p = b.Get("/noi-bo/tai-khoan/mat-khau?ve=/noi-bo/y-kien").Want(http.StatusOK, "")
	if p.Find(".moj-side-navigation").Length() != 0 {
		t.Error("a menu of pages that don't open")
	}
	p = b.Submit(p, "/noi-bo/tai-khoan/mat-khau", url.Values{
		"mat-khau": {word}, "mat-khau-moi": {"con bò vàng ăn cỏ"}, "nhap-lai": {"con bò vàng"},
	})
	p.Want(http.StatusUnprocessableEntity, "").Says("#nhap-lai-error", "không giống nhau").Hides(word, "con bò vàng")
	b.Submit(p, "/noi-bo/tai-khoan/mat-khau", url.Values{
		"mat-khau": {word}, "mat-khau-moi": {"con bò vàng ăn cỏ"}, "nhap-lai": {"con bò vàng ăn cỏ"},
	}).Want(http.StatusSeeOther, "/noi-bo/y-kien")
	b.Get("/noi-bo").Want(http.StatusOK, "")
}

// TestOpenVillageHead opens the account of a village head, who needs a village.
func TestOpenVillageHead(t *testing.T) {
	fx := newFixture(t)
	admin := fx.As("quan-tri")
	p := admin.Submit(admin.Get(web.AccountsPath+"/moi"), web.AccountsPath, url.Values{
		"ho-ten": {"Trưởng Thôn"}, "ten-dang-nhap": {"truong-thon"}, "vai-tro": {"village_head"},
	})
	p.Want(http.StatusUnprocessableEntity, "").Says("#thon-error", "chọn thôn")
	admin.Submit(p, web.AccountsPath, url.Values{"thon": {string(fx.Villages[1].ID)}}).
		Want(http.StatusSeeOther, accountPath(fx.Holds("truong-thon").ID)+"?xong=mo")
	if seats := fx.Holds("truong-thon").Seats; len(seats) != 1 || seats[0].VillageID != fx.Villages[1].ID {
		t.Errorf("seats %+v", seats)
	}
}

// TestAccountPage does what an administrator may do to another's account, and not to the own.
func TestAccountPage(t *testing.T) {
	fx := newFixture(t)
	admin := fx.As("quan-tri")
	at := accountPath(fx.Officers["ho-tich"].ID)
	do := func(act, says string) {
		t.Helper()
		p := admin.Get(at)
		version, err := strconv.Atoi(p.Value(`form[action="` + at + "/" + act + `"] input[name="phien-ban"]`))
		stafftest.Must(t, err)
		admin.Submit(p, at+"/"+act, nil).Want(http.StatusSeeOther, at+"?xong="+act)
		admin.Get(at+"?xong="+act).Says(".govuk-notification-banner", says)
		if p := admin.Post(at+"/"+act, url.Values{"phien-ban": {strconv.Itoa(version)}}); p.Status != http.StatusConflict {
			t.Errorf("%s of a page that is old: %d", act, p.Status)
		}
	}
	do("khoa", "Đã khóa tài khoản")
	fx.As("ho-tich").Get("/noi-bo").Want(http.StatusSeeOther, "/noi-bo/dang-nhap?ve=%2Fnoi-bo")
	fx.Browser().Post("/noi-bo/dang-nhap", url.Values{"ten": {"ho-tich"}, "mat-khau": {stafftest.Password}}).
		Want(http.StatusUnauthorized, "").Says("#ten-error", "đang bị khóa")
	do("mo-khoa", "Đã mở khóa")
	admin.Submit(admin.Get(at), at+"/mat-khau", nil).Want(http.StatusSeeOther, at+"?xong=mat-khau")
	p := admin.Get(at + "?xong=mat-khau")
	word := given(t, p)
	again := admin.Get(at + "?xong=mat-khau")
	if given(t, again) != word || again.Header.Get("Cache-Control") != "no-store" {
		t.Error("loaded anew, the page shows another password, or may be kept")
	}
	admin.Get(at).Hides(word)
	admin.Get(accountPath(fx.Officers["van-phong"].ID) + "?xong=mat-khau").Hides(word) // another account's page

	o := fx.Assigned(stafftest.Matter)
	stafftest.Must(t, fx.DB.SubmitAnswer(t.Context(), fx.Actor("ho-tich"), o.ID, 1, doithoai.Answer{
		Body: "Bản sao đã có.", Basis: "Luật Hộ tịch 2014",
	}))
	p = admin.Get(at+"/ngung").Want(http.StatusOK, "").Says("main", string(o.Number), "chờ ký", "Tư pháp – Hộ tịch").
		Hides("Bản sao đã có")
	admin.Submit(p, at+"/ngung", nil).Want(http.StatusSeeOther, at+"?xong=ngung")
	do("dung-lai", "Đã cho dùng lại")

	own := accountPath(fx.Officers["quan-tri"].ID)
	if n := admin.Get(own).Find("main form").Length(); n != 0 {
		t.Errorf("%d forms on the own account", n)
	}
	admin.Post(own+"/khoa", url.Values{"phien-ban": {"1"}}).Want(http.StatusForbidden, "")
	admin.Get(accountPath(fx.Officers["nguoi-khac"].ID)).Want(http.StatusNotFound, "")
	fx.As("chu-tich").Get(web.AccountsPath).Want(http.StatusForbidden, "")
}

// TestSecondStepPages turns the second step on, signs in with it, and turns it off.
func TestSecondStepPages(t *testing.T) {
	fx := newFixture(t)
	b := fx.As("ho-tich")
	b.Get(secondStepPath).Want(http.StatusSeeOther, ownPath)
	b.Submit(b.Get(ownPath), secondStepPath, nil).Want(http.StatusSeeOther, secondStepPath)
	p := b.Get(secondStepPath).Want(http.StatusOK, "")
	secret := strings.ReplaceAll(p.Text(".dt-secret"), " ", "")
	code := func(later time.Duration) string {
		c, err := totp.GenerateCode(secret, time.Now().Add(later))
		stafftest.Must(t, err)
		return c
	}
	b.Submit(p, secondStepPath+"/xac-nhan", url.Values{"ma": {"12345"}}).Want(http.StatusUnprocessableEntity, "").
		Says("#ma-error", "Mã không đúng")
	shown := recoveryPath + "?xong=bat"
	b.Submit(p, secondStepPath+"/xac-nhan", url.Values{"ma": {code(0)}}).Want(http.StatusSeeOther, shown)
	p = b.Get(shown).Says(".dt-outcome", "").Hides(secret)
	if again := b.Get(shown).Text(".dt-secrets"); again != p.Text(".dt-secrets") || again == "" {
		t.Errorf("loaded anew, the page shows %q", again)
	}
	if n := p.Find(".dt-secrets li").Length(); n != 8 {
		t.Errorf("%d recovery codes", n)
	}
	b.Get(ownPath).Says("main", "Còn 8 mã dự phòng").Hides(secret)
	b.Get(secondStepPath).Want(http.StatusSeeOther, ownPath)

	b = fx.Browser()
	b.Post("/noi-bo/dang-nhap", url.Values{"ten": {"ho-tich"}, "mat-khau": {stafftest.Password}}).
		Want(http.StatusSeeOther, "/noi-bo/dang-nhap/ma?ve=%2Fnoi-bo")
	for _, held := range []string{"/noi-bo", "/noi-bo/y-kien", ownPath, signInsPath, "/noi-bo/tai-khoan/mat-khau"} {
		b.Get(held).Want(http.StatusSeeOther, "/noi-bo/dang-nhap/ma?ve="+url.QueryEscape(held))
	}
	p = b.Get("/noi-bo/dang-nhap/ma").Want(http.StatusOK, "")
	b.Submit(p, "/noi-bo/dang-nhap/ma", url.Values{"ma": {"000000"}}).Want(http.StatusUnprocessableEntity, "").
		Says("#ma-error", "Mã không đúng")
	b.Submit(p, "/noi-bo/dang-nhap/ma", url.Values{"ma": {code(30 * time.Second)}}).Want(http.StatusSeeOther, "/noi-bo")
	b.Get("/noi-bo/dang-nhap/ma").Want(http.StatusSeeOther, "/noi-bo")
	b.Get(signInsPath).Says("main", "Sai mã xác nhận", "Đúng mật khẩu, chờ mã", "180 ngày")

	p = b.Get(ownPath)
	p = b.Submit(p, secondStepPath+"/tat", url.Values{"mat-khau": {"sai mật khẩu"}}).
		Want(http.StatusUnprocessableEntity, "").Says("#mat-khau-error", "không đúng")
	b.Submit(p, secondStepPath+"/tat", url.Values{"mat-khau": {stafftest.Password}}).
		Want(http.StatusSeeOther, ownPath+"?xong=tat")
}

// TestRecoveryCodesPage shows new recovery codes this once, to who holds the telephone.
func TestRecoveryCodesPage(t *testing.T) {
	fx := newFixture(t)
	b := fx.As("ho-tich")
	renew := secondStepPath + "/ma-du-phong"
	b.Post(renew, url.Values{"ma": {"000000"}}).Want(http.StatusConflict, "") // the second step is off
	stafftest.Must(t, fx.DB.StartSecondStep(t.Context(), fx.Actor("ho-tich")))
	step, err := fx.DB.SecondStep(t.Context(), fx.Actor("ho-tich"))
	stafftest.Must(t, err)
	code := func(later time.Duration) string {
		c, err := totp.GenerateCode(step.Secret, time.Now().Add(later))
		stafftest.Must(t, err)
		return c
	}
	old, err := fx.DB.TurnOnSecondStep(t.Context(), fx.Actor("ho-tich"), fx.Tokens["ho-tich"], code(0))
	stafftest.Must(t, err)
	p := b.Submit(b.Get(ownPath), renew, url.Values{"ma": {"000000"}}).Want(http.StatusUnprocessableEntity, "").
		Says("#ma-error", "Mã không đúng")
	if p.Find("details[open] #ma").Length() != 1 || p.Find("details[open] #mat-khau").Length() != 0 {
		t.Error("the form that is to be mended is folded, or another one is not")
	}
	b.Submit(p, renew, url.Values{"ma": {code(30 * time.Second)}}).Want(http.StatusSeeOther, renew+"?xong=moi")
	p = b.Get(renew+"?xong=moi").Want(http.StatusOK, "").
		Says("main", "Mã cũ không dùng được nữa").Hides(old...)
	if n := p.Find(".dt-secrets li").Length(); n != 8 || p.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%d recovery codes, Cache-Control %q", n, p.Header.Get("Cache-Control"))
	}
	b.Get(ownPath).Says("main", "Còn 8 mã dự phòng").Hides(p.Text(".dt-secrets li:first-child"))
}

// TestSignInWordsAlike: after too many tries the words are the same whether there is such a login or not.
func TestSignInWordsAlike(t *testing.T) {
	fx := newFixture(t)
	said := map[string][]string{}
	for _, login := range []string{"thu-ky", "khong-co"} {
		b := fx.Browser()
		for range 7 {
			p := b.Post("/noi-bo/dang-nhap", url.Values{"ten": {login}, "mat-khau": {"sai mật khẩu"}})
			said[login] = append(said[login], strconv.Itoa(p.Status)+" "+p.Text(".govuk-error-summary"))
		}
	}
	a, b := strings.Join(said["thu-ky"], "\n"), strings.Join(said["khong-co"], "\n")
	if a != b || !strings.Contains(a, "chờ 15 phút") || !strings.Contains(a, "người quản trị") {
		t.Errorf("there is one:\n%s\nthere is none:\n%s", a, b)
	}
}

// TestAuditPage shows each role its part, filters, and exports a table of which no spreadsheet runs a cell.
func TestAuditPage(t *testing.T) {
	fx := newFixture(t)
	o := fx.Assigned(stafftest.Matter)
	_, err := fx.DB.ViewPetitioner(t.Context(), fx.Actor("ho-tich"), o.ID, doithoai.ViewReasons[0])
	stafftest.Must(t, err)
	typed, err := fx.DB.SubmitSlip(t.Context(), fx.Actor("van-phong"), fx.Key(), doithoai.Slip{
		Channel: doithoai.ChannelOffice, Manner: doithoai.MannerWritten, Matters: []string{stafftest.Matter},
		NoticeRead: true, ReadBack: true,
		Petitioner: doithoai.Petitioner{
			Standing: doithoai.StandingPerson, Name: "Nguyễn Thị Minh Họa", VillageID: fx.Villages[0].ID,
			Ways: []doithoai.Way{doithoai.WayPickUp},
		},
	})
	stafftest.Must(t, err)
	for number, did := range map[doithoai.RegisterNumber][2]string{
		typed.Opinions[0].Number: {"nhập phiếu thay người nêu", "gửi ý kiến"},
		o.Number:                 {"gửi ý kiến", "nhập phiếu thay"},
	} {
		rows := fx.As("chu-tich").Get(auditPath+"?viec=submit_slip&so="+string(number)).Says("tbody", did[0])
		if strings.Contains(rows.Text("tbody"), did[1]) {
			t.Errorf("%s: %s", number, rows.Text("tbody"))
		}
	}
	fx.As("chu-tich").Get(auditPath).
		Says("main", "xem họ tên người nêu", "Phạm Văn Mô Phỏng", "đăng nhập", string(o.Number)).
		Hides("Nguyễn Thị Minh Họa")
	fx.As("van-phong").Get(auditPath).Says("main", "xem họ tên người nêu").Hides("127.0.0.1")
	fx.As("quan-tri").Get(auditPath).Says("main", "đăng nhập", "127.0.0.1").Hides(string(o.Number))
	fx.As("ho-tich").Get(auditPath).Want(http.StatusForbidden, "")

	chair := fx.As("chu-tich")
	chair.Get(auditPath+"?viec=view_petitioner&nguoi=ho-tich").Says("tbody", "Lý do").Hides("ghi hướng xử lý</td>")
	filtered := chair.Get(auditPath + "?viec=view_petitioner&nguoi=ho-tich&so=" + strings.ToLower(string(o.Number)))
	if n := filtered.Find("tbody tr").Length(); n != 1 {
		t.Errorf("%d views by the unit", n)
	}
	chair.Get(auditPath+"?tu-ngay=31/02/2024&den-ngay=x").Want(http.StatusUnprocessableEntity, "").
		Says("#tu-ngay-error", "23/10/2024").Says("#den-ngay-error", "23/10/2024")
	chair.Get(auditPath+"?tu-ngay=24/10/2024&den-ngay=23/10/2024").Want(http.StatusUnprocessableEntity, "").
		Says("#den-ngay-error", "Ngày cuối")
	chair.Get(auditPath+"?nguoi=nguoi-khac").Want(http.StatusUnprocessableEntity, "") // of another authority
	chair.Get(auditPath+"?so=ND-24-9999").Says("main", "Không có dòng nào như vậy")

	file := chair.Submit(chair.Get(auditPath+"?viec=view_petitioner"), auditPath+"/tep", nil).Want(http.StatusOK, "")
	body, bom := strings.CutPrefix(file.Raw, "\uFEFF")
	reader := csv.NewReader(strings.NewReader(body))
	reader.Comma = ';' // what Vietnamese spreadsheet programs open in columns
	rows, err := reader.ReadAll()
	stafftest.Must(t, err)
	if mark := rows[0][len(rows[0])-1]; mark != "DỮ LIỆU MÔ PHỎNG" {
		t.Errorf("a file of the demo is marked %q", mark)
	}
	if !bom || len(rows) != 2 || rows[1][1] != "Phạm Văn Mô Phỏng" || rows[1][4] != string(o.Number) ||
		!strings.HasPrefix(file.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("table %q %v", rows, file.Header)
	}
	chair.Get(auditPath).Says("tbody", "tải nhật ký về", "Bộ lọc: Việc: xem họ tên người nêu").Hides("act=")
}

// TestActsHaveNames: each act on an account, and signing in, has its name in both languages.
func TestActsHaveNames(t *testing.T) {
	for _, act := range append([]doithoai.Act{doithoai.ActSignIn, doithoai.ActExportAudit}, doithoai.AccountActs...) {
		for _, lang := range []string{"vi", "en"} {
			if words := text.For(lang).T("act." + string(act)); strings.Contains(words, "⟦") {
				t.Errorf("%s: %s", lang, words)
			}
		}
	}
}
