package doithoai

import (
	"fmt"
	"strings"
	"testing"
)

func TestUnitPreset(t *testing.T) {
	const good = `{"preset": "2025", "name": "x", "source": "y", "certainty": "likely", "kinds": ["xã", "phường"],
		"hours": "z",
		"units": [{"code": "van-phong", "name": "Văn phòng", "office": true},
			{"code": "kinh-te", "name": "Phòng Kinh tế", "kinds": ["xã"]},
			{"code": "do-thi", "name": "Đô thị", "kinds": ["phường"]}]}`
	p, err := ParseUnitPreset([]byte(good))
	if err != nil {
		t.Fatal(err)
	}
	for kind, want := range map[string]string{
		"xã": "van-phong kinh-te", "phường": "van-phong do-thi", "đặc khu": "van-phong kinh-te do-thi",
	} {
		var codes []string
		for _, u := range p.For(kind) {
			codes = append(codes, u.Code)
			if u.Office != (u.Code == "van-phong") {
				t.Errorf("%s: office %v", u.Code, u.Office)
			}
		}
		if got := strings.Join(codes, " "); got != want {
			t.Errorf("%s has %s, want %s", kind, got, want)
		}
	}
	for _, change := range [][2]string{
		{`"y"`, `""`}, {`"likely"`, `"sure"`}, {`"office": true`, `"office": false`}, {"kinh-te", "van-phong"},
		{"kinh-te", "Kinh tế"}, {`["xã"]`, `["huyện"]`}, {`"hours": "z"`, `"hours": ""`},
	} {
		if _, err := ParseUnitPreset(fmt.Append(nil, strings.Replace(good, change[0], change[1], 1))); err == nil {
			t.Errorf("%s: taken", change)
		}
	}
}
