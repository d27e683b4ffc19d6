package office

import (
	"net/http"
	"testing"

	"doithoai/web"
)

// TestNoPost: who holds no post today reads why no page opens, and whom to ask; signing out is open.
func TestNoPost(t *testing.T) {
	fx := newFixture(t)
	b := fx.As("dia-chinh")
	fx.Leave("dia-chinh")
	for _, path := range []string{"/noi-bo", "/noi-bo/y-kien", "/noi-bo/tai-khoan", web.SettingsPath} {
		p := b.Get(path).Want(http.StatusForbidden, "")
		p.Says("h1", "Chưa có chức vụ đang hiệu lực").Says("main", "người quản trị hoặc Chánh Văn phòng", "(0255)").
			Says("header", "Bùi Văn Tưởng Tượng", "Đăng xuất")
		if n := p.Find("main a[href='/noi-bo'], .moj-side-navigation").Length(); n > 0 {
			t.Errorf("%s leads to pages that are shut", path)
		}
	}
	fx.As("quan-tri").Get("/noi-bo/y-kien").Want(http.StatusForbidden, "").Says("h1", "Ông/bà không được giao việc này")
	b.Post("/noi-bo/dang-xuat", nil).Want(http.StatusSeeOther, "/noi-bo/dang-nhap")
	b.Get("/noi-bo").Want(http.StatusSeeOther, "/noi-bo/dang-nhap?ve=%2Fnoi-bo")
}
