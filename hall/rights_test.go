package hall

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"doithoai"
)

// TestRoleRouteAct walks every role through every route of the hall: the table of rights alone decides where a role gets in.
func TestRoleRouteAct(t *testing.T) {
	h := newHall(t)
	row := h.record("Nguyễn Văn Thử", "Thủ tục cấp bản sao mất mấy ngày?")
	for _, role := range doithoai.OfficerRoles {
		o := h.officers["diachinh"]
		o.Roles, o.Seats = []doithoai.Role{role}, nil
		for _, r := range New(Config{DB: h.db, Live: h.live}).Routes {
			method, path, _ := strings.Cut(r.Pattern, " ")
			if r.Open || r.Act == "" {
				t.Fatalf("%s names no act", r.Pattern)
			}
			if strings.HasSuffix(path, "/tin") || !strings.Contains(path, "{dialogue}") {
				continue // the stream lasts; its route names its act like the others
			}
			path = strings.NewReplacer("{dialogue}", h.dialogue.Slug, "{number}", string(row.Opinion.Number)).Replace(path)
			if left := regexp.MustCompile(`\{`).FindString(path); left != "" {
				t.Fatalf("%s has a part that the walk does not know", r.Pattern)
			}
			h.officers["walk"] = o
			status := h.do("walk", method, path, nil).Code
			delete(h.officers, "walk")
			if may := doithoai.MayEver(o.Actor(), r.Act); may == (status == http.StatusForbidden) || status >= 500 {
				t.Errorf("%s at %s (%s): %d", role, r.Pattern, r.Act, status)
			}
		}
	}
}
