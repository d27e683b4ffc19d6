package plan

import (
	"testing"

	"doithoai"
)

// TestUsual: what the office gets to begin with lacks only who signs.
func TestUsual(t *testing.T) {
	a := doithoai.Authority{Name: `UBND xã "Mẫu"`, Place: "Mẫu"}
	p, err := Usual(a, 2026, []doithoai.Unit{{Code: "vp", Name: "Văn phòng"}}, []Basis{BasisOf(listed[1])})
	if err != nil {
		t.Fatal(err)
	}
	if list := p.Problems(); len(list) != 1 || list[0].Field != "signatory" {
		t.Errorf("problems %v", list)
	}
	if list := p.Oddities(); list != nil {
		t.Errorf("oddities %v", list)
	}
	var marks string
	for s, depth := range p.All() {
		if depth == 0 {
			marks += s.Mark
		}
	}
	if marks != "I.II.III.IV." {
		t.Errorf("numbered %s", marks)
	}
	if to := p.Of(KindAssignment); to[1].To.Units[0] != "vp" || !to[4].To.EveryVillage || !to[0].To.EveryUnit {
		t.Errorf("addressees %+v", to)
	}
}
