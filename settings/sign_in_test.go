package settings

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"doithoai/web/stafftest"
)

// TestSignIn signs in and out, and tells nobody which of name and password was wrong.
func TestSignIn(t *testing.T) {
	fx := newFixture(t)
	b := fx.Browser()
	p := b.Get("/noi-bo/y-kien")
	p = b.Get(p.Location)
	wrongName := b.Submit(p, "/noi-bo/dang-nhap", url.Values{"ten": {"không có"}, "mat-khau": {stafftest.Password}})
	wrongPassword := b.Submit(p, "/noi-bo/dang-nhap", url.Values{"ten": {"van-phong"}, "mat-khau": {"sai"}})
	for _, w := range []stafftest.Page{wrongName, wrongPassword} {
		w.Want(http.StatusUnauthorized, "").Says("#ten-error", "Tên đăng nhập hoặc mật khẩu không đúng")
	}
	if wrongPassword.Value("#ten") != "van-phong" || wrongPassword.Value("#mat-khau") != "" {
		t.Errorf("kept %q and %q", wrongPassword.Value("#ten"), wrongPassword.Value("#mat-khau"))
	}
	decomposed := norm.NFD.String(stafftest.Password) // as another keyboard types it
	b.Submit(wrongPassword, "/noi-bo/dang-nhap", url.Values{"mat-khau": {decomposed}}).
		Want(http.StatusSeeOther, "/noi-bo/y-kien")
	b.Get("/noi-bo").Want(http.StatusOK, "").Says("header", "Trần Thị Ví Dụ")

	other := fx.As("van-phong")
	p = b.Get("/noi-bo/dang-nhap-dang-mo")
	p.Says("main", "máy này", "Firefox, Windows", "127.0.0.1")
	if n := p.Find("tbody tr:has(form)").Length(); n != 2 {
		t.Fatalf("%d sign-ins are listed", n)
	}
	for _, row := range p.Find("tbody tr:has(form)").EachIter() {
		if !strings.Contains(row.Text(), "máy này") {
			action, _ := row.Find("form").Attr("action")
			b.Submit(p, action, nil).Want(http.StatusSeeOther, "/noi-bo/dang-nhap-dang-mo?da-dong")
		}
	}
	other.Get("/noi-bo").Want(http.StatusSeeOther, "/noi-bo/dang-nhap?ve=%2Fnoi-bo")
	b.Post("/noi-bo/dang-xuat", nil).Want(http.StatusSeeOther, "/noi-bo/dang-nhap")
	b.Get("/noi-bo").Want(http.StatusSeeOther, "/noi-bo/dang-nhap?ve=%2Fnoi-bo")
}

// TestSignInIsBounded answers too many tries in words, and leads nowhere but to staff pages afterwards.
func TestSignInIsBounded(t *testing.T) {
	fx := newFixture(t)
	b := fx.Browser()
	for _, back := range []string{"https://example.com/noi-bo", "//example.com/noi-bo", "/tra-cuu"} {
		b.Post("/noi-bo/dang-nhap", url.Values{"ten": {"thu-ky"}, "mat-khau": {stafftest.Password}, "ve": {back}}).
			Want(http.StatusSeeOther, "/noi-bo")
	}
	var p stafftest.Page
	for range 8 {
		p = b.Post("/noi-bo/dang-nhap", url.Values{"ten": {"thu-ky"}, "mat-khau": {"sai"}})
	}
	p.Want(http.StatusTooManyRequests, "").Says("#ten-error", "quá nhiều lần")
	if p.Value("#ten") != "thu-ky" || p.Header.Get("Retry-After") == "" {
		t.Errorf("kept %q, Retry-After %q", p.Value("#ten"), p.Header.Get("Retry-After"))
	}
}
