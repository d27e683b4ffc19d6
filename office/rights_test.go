package office

import (
	"net/http"
	"testing"

	"doithoai"
)

// TestNoPost tells who holds no post today why no page opens, and whom to ask; signing out is open.
func TestNoPost(t *testing.T) {
	fx := newFixture(t)
	b := fx.as("dia-chinh")
	fx.leave("dia-chinh")
	for _, path := range []string{"/noi-bo", "/noi-bo/y-kien", "/noi-bo/tai-khoan", settingsPath} {
		p := b.get(path).want(http.StatusForbidden, "")
		p.says("h1", "Chưa có chức vụ đang hiệu lực").says("main", "người quản trị hoặc Chánh Văn phòng", "(0255)").says("header", "Bùi Văn Tưởng Tượng", "Đăng xuất")
		if n := p.Find("main a[href='/noi-bo'], .moj-side-navigation").Length(); n > 0 {
			t.Errorf("%s leads to pages that are shut", path)
		}
	}
	fx.as("quan-tri").get("/noi-bo/y-kien").want(http.StatusForbidden, "").says("h1", "Không có quyền thực hiện")
	b.post("/noi-bo/dang-xuat", nil).want(http.StatusSeeOther, "/noi-bo/dang-nhap")
	b.get("/noi-bo").want(http.StatusSeeOther, "/noi-bo/dang-nhap?ve=%2Fnoi-bo")
}

// leave ends every post of an officer.
func (fx *fixture) leave(login string) {
	fx.t.Helper()
	keeper := fx.actor("chu-tich")
	all, err := fx.db.Posts(fx.t.Context(), keeper)
	must(fx.t, err)
	yesterday := fx.db.Now().Date().AddDays(-1)
	for _, o := range all {
		for _, p := range o.Posts {
			if o.Officer.Login == login && (p.To.IsZero() || p.To.After(yesterday)) {
				must(fx.t, fx.db.EndPost(fx.t.Context(), keeper, p.ID, p.Version, yesterday, ""))
			}
		}
	}
}

// holds is the officer as of now.
func (fx *fixture) holds(login string) doithoai.Actor {
	fx.t.Helper()
	all, err := fx.db.Officers(fx.t.Context(), fx.authority.ID)
	must(fx.t, err)
	for _, o := range all {
		if o.Login == login {
			return o.Actor()
		}
	}
	fx.t.Fatalf("nobody signs in as %s", login)
	return doithoai.Actor{}
}
