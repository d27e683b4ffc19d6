package office

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doithoai"
)

// TestPagesByRole opens every page as everybody.
func TestPagesByRole(t *testing.T) {
	fx := newFixture(t)
	at := opinionPath(fx.assigned(matter).Number)
	const ok, no, gone = http.StatusOK, http.StatusForbidden, http.StatusNotFound
	logins := []string{"chu-tich", "van-phong", "thu-ky", "ho-tich", "dia-chinh", "quan-tri"}
	tests := []struct {
		path string
		want [6]int
	}{
		{"/noi-bo", [6]int{ok, ok, ok, ok, ok, ok}},
		{"/noi-bo/dang-nhap-dang-mo", [6]int{ok, ok, ok, ok, ok, ok}},
		{"/noi-bo/doi-thoai", [6]int{ok, ok, ok, ok, ok, ok}},
		{"/noi-bo/y-kien", [6]int{ok, ok, ok, ok, ok, no}},
		{at, [6]int{ok, ok, ok, ok, no, no}},
		{at + "/xem-truoc", [6]int{gone, gone, gone, gone, no, no}},
		{"/noi-bo/y-kien/ND-24-9999", [6]int{gone, gone, gone, gone, gone, no}},
		{"/noi-bo/phieu-moi", [6]int{no, ok, ok, no, no, no}},
		{organisationPath, [6]int{ok, ok, no, no, no, ok}},
		{organisationPath + "/internet", [6]int{no, ok, no, no, no, ok}},
	}
	for i, login := range logins {
		b := fx.as(login)
		for _, tt := range tests {
			if p := b.get(tt.path); p.status != tt.want[i] {
				t.Errorf("%s opens %s: %d, want %d", login, tt.path, p.status, tt.want[i])
			}
		}
	}
	for _, tt := range tests {
		fx.browser().get(tt.path).want(http.StatusSeeOther, "/noi-bo/dang-nhap?ve="+url.QueryEscape(tt.path))
	}
}

// TestFormsByRole shows each form only to whom it is for, and refuses it from all others.
func TestFormsByRole(t *testing.T) {
	fx := newFixture(t)
	at := opinionPath(fx.assigned(matter).Number)
	shown := map[string][]string{
		"chu-tich":  {"/nguoi-neu", "/can-bo", "/gia-han"},
		"van-phong": {"/nguoi-neu", "/can-bo", "/tam-dung"},
		"thu-ky":    {},
		"ho-tich":   {"/nguoi-neu", "/trinh", "/tam-dung"},
	}
	for login, want := range shown {
		p := fx.as(login).get(at)
		var got []string
		for _, form := range p.Find("main form").EachIter() {
			action, _ := form.Attr("action")
			got = append(got, strings.TrimPrefix(action, at))
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s is shown the forms %q, want %q", login, got, want)
		}
	}
	for login, acts := range map[string][]string{
		"chu-tich":  {"/trinh", "/phat-hanh", "/cong-khai", "/tam-dung", "/tinh-tiep"},
		"van-phong": {"/trinh", "/ky", "/tra-lai", "/gia-han"},
		"thu-ky":    {"/trinh", "/ky", "/nguoi-neu", "/cong-khai", "/tam-dung", "/gia-han", "/doi-han"},
		"ho-tich":   {"/huong-xu-ly", "/ky", "/phat-hanh", "/gia-han", "/doi-han", "/giu-han"},
		"dia-chinh": {"/trinh", "/xem-truoc", "/nguoi-neu", "/cong-khai", "/huong-xu-ly", "/tam-dung", "/tinh-tiep"},
		"quan-tri":  {"/huong-xu-ly", "/trinh", "/ky", "/nguoi-neu", "/tam-dung", "/gia-han", "/doi-han", "/giu-han"},
	} {
		b := fx.as(login)
		for _, act := range acts {
			form := url.Values{"phien-ban": {"1"}, "tra-loi": {"x"}, "ly-do": {"x"}, "ly-do-xem": {"verify"}, "huong": {"KN"}, "tieu-de": {"x"}, "cau-hoi": {"x"}, "tom-tat": {"x"}, "so": {"1"}, "ngay": {"23/10/2024"}}
			if p := b.post(at+act, form); p.status != http.StatusForbidden {
				t.Errorf("%s posts %s: %d", login, act, p.status)
			}
		}
	}
	file, err := fx.db.OpinionFile(t.Context(), fx.actor("van-phong"), mustID(t, fx, "ND-24-0001"))
	must(t, err)
	if len(file.Events) != 2 {
		t.Errorf("%d events after refused acts", len(file.Events))
	}
}

func mustID(t *testing.T, fx *fixture, number doithoai.RegisterNumber) doithoai.ID {
	t.Helper()
	id, err := fx.db.OpinionIDByNumber(t.Context(), fx.actor("van-phong"), number)
	must(t, err)
	return id
}

// TestAnotherAuthorityDoesNotExist looks for one authority's things from another.
func TestAnotherAuthorityDoesNotExist(t *testing.T) {
	fx := newFixture(t)
	o := fx.answered(matter)
	at := opinionPath(o.Number)
	file, err := fx.db.OpinionFile(t.Context(), fx.actor("van-phong"), o.ID)
	must(t, err)

	home := fx.as("van-phong")
	fx.serving = &fx.other
	home.get("/noi-bo").want(http.StatusSeeOther, "/noi-bo/dang-nhap?ve=%2Fnoi-bo")
	stranger := fx.as("nguoi-khac")
	stranger.get("/noi-bo").want(http.StatusOK, "").says("main", "Hiện không có việc nào").hides(string(o.Number))
	stranger.get("/noi-bo/y-kien?so=ND").want(http.StatusOK, "").hides(">" + string(o.Number) + "<")
	stranger.get(at).want(http.StatusNotFound, "")
	for _, act := range []string{"/huong-xu-ly", "/trinh", "/phat-hanh", "/nguoi-neu", "/cong-khai", "/xem-truoc", "/duyet-cong-khai"} {
		if p := stranger.post(at+act, url.Values{"phien-ban": {"1"}, "ly-do-xem": {"verify"}, "huong": {"KN"}}); p.status != http.StatusNotFound && p.status != http.StatusForbidden {
			t.Errorf("%s from another authority: %d", act, p.status)
		}
	}
	fx.serving = &fx.authority
	for _, id := range []string{"x", "01920000-0000-7000-8000-000000000000", string(o.ID)} {
		if p := home.post(at+"/da-bao/"+id, url.Values{"phien-ban": {"1"}}); p.status != http.StatusNotFound {
			t.Errorf("a forged delivery: %d", p.status)
		}
		if p := home.post("/noi-bo/dang-nhap-dang-mo/"+id+"/dong", nil); p.status != http.StatusNotFound {
			t.Errorf("a forged sign-in: %d", p.status)
		}
	}
	home.get("/noi-bo/y-kien?sau=x").want(http.StatusNotFound, "")
	if _, err := fx.db.OpinionFile(t.Context(), fx.actor("nguoi-khac"), file.Opinion.ID); doithoai.KindOf(err) != doithoai.NotFound {
		t.Errorf("the file from another authority: %v", err)
	}
}

// TestDenunciationDisappears records a denunciation: only the count of it stays.
func TestDenunciationDisappears(t *testing.T) {
	fx := newFixture(t)
	const secret = "Tố cáo cán bộ nhận tiền của dân thôn 2."
	at := opinionPath(fx.slip(secret).Number)
	fx.slip(matter)
	office := fx.as("van-phong")
	p := office.get(at)
	p.says(".dt-ruling", "ý kiến rời sổ này")
	office.submit(p, at+"/huong-xu-ly", url.Values{"huong": {"TC"}, "da-chuyen": {"true"}}).want(http.StatusSeeOther, "/noi-bo/y-kien?to-cao")
	office.get("/noi-bo/y-kien?to-cao").says("main", "Ý kiến đã rời sổ này", "ND-24-0002").hides(secret, ">ND-24-0001<")
	for _, login := range []string{"van-phong", "chu-tich", "thu-ky"} {
		b := fx.as(login)
		for _, path := range []string{"/noi-bo", "/noi-bo/y-kien", "/noi-bo/y-kien?so=ND-24-0001", "/noi-bo/y-kien?loc=cho-phan-loai"} {
			b.get(path).want(http.StatusOK, "").hides("Tố cáo cán bộ", ">ND-24-0001<")
		}
		b.get(at).want(http.StatusNotFound, "").hides("Tố cáo cán bộ")
		b.get(at+"/xem-truoc").want(http.StatusNotFound, "")
		if p := b.post(at+"/huong-xu-ly", url.Values{"huong": {"KN"}, "phien-ban": {"2"}}); p.status != http.StatusNotFound {
			t.Errorf("%s rules on it again: %d", login, p.status)
		}
	}
	office.get("/noi-bo").says("main", "1 ý kiến đã chuyển sang quy trình tố cáo")
	fx.as("thu-ky").get("/noi-bo").hides("quy trình tố cáo")
}

// TestNameIsShownOnceAndOnRecord opens who raised an opinion.
func TestNameIsShownOnceAndOnRecord(t *testing.T) {
	fx := newFixture(t)
	at := opinionPath(fx.assigned(matter).Number)
	unit := fx.as("ho-tich")
	p := unit.submit(unit.get(at), at+"/nguoi-neu", nil)
	p.want(http.StatusUnprocessableEntity, "").says("#ly-do-xem-error", "Chọn lý do").hides("Nguyễn Thị Minh Họa")
	if _, open := p.Find("details.govuk-details").First().Attr("open"); !open {
		t.Error("the form that is to be mended is folded")
	}
	p = unit.submit(p, at+"/nguoi-neu", url.Values{"ly-do-xem": {"verify"}})
	p.want(http.StatusOK, "").says("#nguoi-neu", "Nguyễn Thị Minh Họa", "0900 000 000", "Thôn 1").says(".moj-timeline", "Phạm Văn Mô Phỏng xem họ tên người nêu", "Liên hệ xác minh")
	if p.header.Get("Cache-Control") != "no-store" {
		t.Errorf("Cache-Control %q", p.header.Get("Cache-Control"))
	}
	unit.get(at).hides("Nguyễn Thị Minh Họa", "0900").says(".moj-timeline", "xem họ tên người nêu")
}

// TestSignIn signs in and out, and tells nobody which of name and password was wrong.
func TestSignIn(t *testing.T) {
	fx := newFixture(t)
	b := fx.browser()
	p := b.get("/noi-bo/y-kien")
	p = b.get(p.location)
	wrongName := b.submit(p, "/noi-bo/dang-nhap", url.Values{"ten": {"không có"}, "mat-khau": {password}})
	wrongPassword := b.submit(p, "/noi-bo/dang-nhap", url.Values{"ten": {"van-phong"}, "mat-khau": {"sai"}})
	for _, w := range []page{wrongName, wrongPassword} {
		w.want(http.StatusUnauthorized, "").says("#ten-error", "Tên đăng nhập hoặc mật khẩu không đúng")
	}
	if wrongPassword.value("#ten") != "van-phong" || wrongPassword.value("#mat-khau") != "" {
		t.Errorf("kept %q and %q", wrongPassword.value("#ten"), wrongPassword.value("#mat-khau"))
	}
	b.submit(wrongPassword, "/noi-bo/dang-nhap", url.Values{"mat-khau": {password}}).want(http.StatusSeeOther, "/noi-bo/y-kien")
	b.get("/noi-bo").want(http.StatusOK, "").says("header", "Trần Thị Ví Dụ")

	other := fx.as("van-phong")
	p = b.get("/noi-bo/dang-nhap-dang-mo")
	p.says("main", "máy này", "Firefox, Windows", "127.0.0.1")
	if n := p.Find("tbody tr:has(form)").Length(); n != 2 {
		t.Fatalf("%d sign-ins are listed", n)
	}
	for _, row := range p.Find("tbody tr:has(form)").EachIter() {
		if !strings.Contains(row.Text(), "máy này") {
			action, _ := row.Find("form").Attr("action")
			b.submit(p, action, nil).want(http.StatusSeeOther, "/noi-bo/dang-nhap-dang-mo?da-dong")
		}
	}
	other.get("/noi-bo").want(http.StatusSeeOther, "/noi-bo/dang-nhap?ve=%2Fnoi-bo")
	b.post("/noi-bo/dang-xuat", nil).want(http.StatusSeeOther, "/noi-bo/dang-nhap")
	b.get("/noi-bo").want(http.StatusSeeOther, "/noi-bo/dang-nhap?ve=%2Fnoi-bo")
}

// TestSignInIsBounded answers too many tries in words, and leads nowhere but to staff pages afterwards.
func TestSignInIsBounded(t *testing.T) {
	fx := newFixture(t)
	b := fx.browser()
	for _, back := range []string{"https://example.com/noi-bo", "//example.com/noi-bo", "/tra-cuu"} {
		b.post("/noi-bo/dang-nhap", url.Values{"ten": {"thu-ky"}, "mat-khau": {password}, "ve": {back}}).want(http.StatusSeeOther, "/noi-bo")
	}
	var p page
	for range 8 {
		p = b.post("/noi-bo/dang-nhap", url.Values{"ten": {"thu-ky"}, "mat-khau": {"sai"}})
	}
	p.want(http.StatusTooManyRequests, "").says("#ten-error", "quá nhiều lần")
	if p.value("#ten") != "thu-ky" || p.header.Get("Retry-After") == "" {
		t.Errorf("kept %q, Retry-After %q", p.value("#ten"), p.header.Get("Retry-After"))
	}
}
