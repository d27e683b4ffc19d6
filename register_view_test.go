package doithoai

import (
	"fmt"
	"strings"
	"testing"
)

func TestRegisterView(t *testing.T) {
	var full []RegisterView
	for i := range MaxRegisterViews {
		full = append(full, RegisterView{Name: fmt.Sprint("Bộ lọc ", i)})
	}
	for _, tt := range []struct {
		v    RegisterView
		had  []RegisterView
		want string
	}{
		{v: RegisterView{Name: "Đất đai", Query: "loc=qua-han"}},
		{v: RegisterView{Name: "Bộ lọc 3", Query: "loc=qua-han"}, had: full}, // takes the place of the other
		{v: RegisterView{Name: "Đất đai", Query: "loc=qua-han"}, had: full, want: "register.view.problem.many"},
		{v: RegisterView{Query: "loc=qua-han"}, want: "register.view.problem.name"},
		{v: RegisterView{Name: "Đất đai"}, want: "register.view.problem.filter"},
		{v: RegisterView{Name: "Đất đai", Query: strings.Repeat("a", 401)}, want: "register.view.problem.filter"},
		{v: RegisterView{Name: strings.Repeat("ế", 41), Query: "loc=qua-han"}, want: "error.problem.too_long"},
	} {
		ps := tt.v.Problems(tt.had)
		if tt.want == "" && len(ps) > 0 || tt.want != "" && (len(ps) != 1 || ps[0].Key != tt.want) {
			t.Errorf("%+v beside %d: %+v, want %q", tt.v, len(tt.had), ps, tt.want)
		}
	}
}
