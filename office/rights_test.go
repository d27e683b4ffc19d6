package office

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"doithoai"
)

// atPath fills the names of a route's address with things that are there, as far as a route can have them.
func (fx *fixture) atPath(pattern string, o doithoai.Opinion) string {
	_, path, _ := strings.Cut(pattern, " ")
	path = strings.ReplaceAll(path, "{number}", string(o.Number))
	path = strings.ReplaceAll(path, "{$}", "")
	return regexp.MustCompile(`\{[a-z]+(\.\.\.)?\}`).ReplaceAllString(path, string(o.ID))
}

// TestRoleRouteAct walks every role through every route: the table of rights alone decides where a role gets in. A route
// whose act stands in no row, or that needs no sign-in without being one of the few listed here, fails.
func TestRoleRouteAct(t *testing.T) {
	fx := newFixture(t)
	o := fx.assigned(matter)
	open := []string{"GET /noi-bo/dang-nhap", "POST /noi-bo/dang-nhap"}
	routes := New(Config{DB: fx.db}).Routes
	var opened []string
	for _, r := range routes {
		if r.Open {
			opened = append(opened, r.Pattern)
			if r.Act != "" {
				t.Errorf("%s is open and names the act %s", r.Pattern, r.Act)
			}
			continue
		}
		if len(doithoai.Reaches(everybody(fx), r.Act)) == 0 {
			t.Errorf("%s: nobody may %q", r.Pattern, r.Act)
		}
		if p := fx.browser().get(fx.atPath(r.Pattern, o)); strings.HasPrefix(r.Pattern, "GET ") && (p.status != http.StatusSeeOther || !strings.HasPrefix(p.location, "/noi-bo/dang-nhap")) {
			t.Errorf("%s is open to who has not signed in: %d", r.Pattern, p.status)
		}
	}
	for _, p := range opened {
		if !strings.HasPrefix(p, open[0]) && !strings.HasPrefix(p, open[1]) {
			t.Errorf("%s needs no sign-in", p)
		}
	}
	for _, role := range doithoai.OfficerRoles {
		fx.take("dia-chinh", role)
		b := fx.as("dia-chinh")
		for _, r := range routes {
			if r.Open || strings.HasSuffix(r.Pattern, "/dang-xuat") {
				continue
			}
			may := doithoai.MayEver(fx.holds("dia-chinh"), r.Act)
			status := b.request(strings.SplitN(r.Pattern, " ", 2)[0], fx.atPath(r.Pattern, o))
			switch {
			case !may && status != http.StatusForbidden:
				t.Errorf("%s gets into %s (%s): %d", role, r.Pattern, r.Act, status)
			case may && status >= 500:
				t.Errorf("%s at %s: %d", role, r.Pattern, status)
			case may && status == http.StatusForbidden && r.Act == doithoai.ActSeeDesk:
				t.Errorf("%s is kept from %s", role, r.Pattern)
			}
		}
	}
}

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

// everybody holds every role.
func everybody(fx *fixture) doithoai.Actor {
	a := fx.actor("chu-tich")
	a.Roles, a.Seats = append([]doithoai.Role{doithoai.RoleSystem}, doithoai.OfficerRoles...), nil
	return a
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

// take leaves an officer with one post alone, of one role.
func (fx *fixture) take(login string, role doithoai.Role) {
	fx.t.Helper()
	fx.leave(login)
	p := doithoai.Post{OfficerID: fx.officers[login].ID, Title: string(role), UnitID: fx.units["dia-chinh"], Roles: []doithoai.Role{role}}
	if role == doithoai.RoleVillageHead {
		p.VillageID = fx.villages[0].ID
	}
	must(fx.t, fx.db.AddPost(fx.t.Context(), fx.actor("chu-tich"), p))
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

// request asks with either method, a form without fields, and tells the status alone: such a page is nobody's to read.
func (b *browser) request(method, path string) int {
	b.fx.t.Helper()
	req, err := http.NewRequestWithContext(b.fx.t.Context(), method, b.fx.server.URL+path, strings.NewReader(""))
	must(b.fx.t, err)
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := b.c.Do(req)
	must(b.fx.t, err)
	must(b.fx.t, resp.Body.Close())
	return resp.StatusCode
}
