package plan

import (
	"strings"
	"testing"

	"doithoai"
	"doithoai/calendar"
)

var listed = doithoai.LegalBases{
	{Key: "old", Kind: "Luật", Number: "77/2015/QH13", Date: calendar.DateOf(2015, 6, 19), Issuer: "Quốc hội",
		Abstract: "Luật Tổ chức chính quyền địa phương", From: calendar.DateOf(2016, 1, 1),
		To: calendar.DateOf(2025, 6, 15), ReplacedBy: "new", Certainty: calendar.Likely},
	{Key: "new", Kind: "Luật", Number: "72/2025/QH15", Date: calendar.DateOf(2025, 6, 16), Issuer: "Quốc hội",
		Abstract: "Luật Tổ chức chính quyền địa phương", From: calendar.DateOf(2025, 6, 16), Certainty: calendar.Certain},
	{Key: "qd", Kind: "Quyết định", Number: "658/QĐ-UBND", Date: calendar.DateOf(2018, 3, 15),
		Issuer: "UBND thành phố Ví Dụ", Abstract: "Ban hành Quy chế đối thoại", Certainty: calendar.Unverified},
	{Key: "other", Kind: "Quyết định", Number: "658/QĐ-UBND", Date: calendar.DateOf(2019, 1, 2),
		Issuer: "UBND tỉnh Ví Dụ", Abstract: "Về việc khác", Certainty: calendar.Unverified},
}

func TestListed(t *testing.T) {
	for name, c := range map[string]struct {
		basis Basis
		key   string
	}{
		"other dashes, no marks": {Basis{Number: "658/QD–UBND", Date: calendar.DateOf(2018, 3, 15)}, "qd"},
		"by issuer":              {Basis{Number: "658/QĐ-UBND", Issuer: "Ủy ban nhân dân tỉnh Ví Dụ"}, "other"},
		"which one isn't said":   {Basis{Number: "658/QĐ-UBND"}, ""},
		"another day":            {Basis{Number: "72/2025/QH15", Date: calendar.DateOf(2025, 6, 17)}, ""},
		"unknown":                {Basis{Number: "1/KH"}, ""},
		"without a number":       {Basis{Kind: "Luật"}, ""},
	} {
		if l, _ := Listed(listed, c.basis); l.Key != c.key {
			t.Errorf("%s: %q, want %q", name, l.Key, c.key)
		}
	}
}

func TestCheckBases(t *testing.T) {
	p := Plan{Year: 2027, Bases: []Basis{{Key: "old"}, {Key: "new"}, {Key: "qd"}, {Number: "9/NQ"}}}
	on := p.LawDay(calendar.DateOf(2026, 11, 3))
	if on != calendar.DateOf(2027, 1, 1) {
		t.Errorf("judged by the law of %s", on)
	}
	var states []string
	for _, c := range p.CheckBases(listed, on) {
		states = append(states, string(c.State))
	}
	if got := strings.Join(states, " "); got != "replace in_force unchecked unchecked" {
		t.Error(got)
	}
	if c := p.CheckBases(listed, on)[0]; c.Warning.Instead.Key != "new" {
		t.Errorf("instead: %+v", c.Warning.Instead)
	}
	p.Date = calendar.DateOf(2024, 1, 8)
	if c := p.CheckBases(listed, p.LawDay(on))[0]; c.State != BasisInForce {
		t.Errorf("a plan of 2024 may rest on the law of its day: %s", c.State)
	}
}

func TestBasesAndPreambleGoTogether(t *testing.T) {
	law, decision := BasisOf(listed[0]), BasisOf(listed[2])
	p := Plan{Preamble: []string{"UBND xã ban hành Kế hoạch như sau:"}}.WithBasis(law).WithBasis(decision).WithBasis(law)
	want := []string{
		"Căn cứ Luật Tổ chức chính quyền địa phương số 77/2015/QH13 ngày 19 tháng 6 năm 2015;",
		"Căn cứ Quyết định số 658/QĐ-UBND ngày 15 tháng 3 năm 2018 của UBND thành phố Ví Dụ ban hành Quy chế đối thoại;",
		"UBND xã ban hành Kế hoạch như sau:",
	}
	if got := strings.Join(p.Preamble, "\n"); got != strings.Join(want, "\n") || len(p.Bases) != 2 {
		t.Errorf("added:\n%s", got)
	}
	q := p.Replaced(0, BasisOf(listed[1]))
	if q.Preamble[0] != "Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15 ngày 16 tháng 6 năm 2025;" ||
		q.Bases[0].Key != "new" || len(q.Bases) != 2 || len(q.Preamble) != 3 {
		t.Errorf("replaced: %q %+v", q.Preamble, q.Bases)
	}
	if p.Bases[0].Key != "old" {
		t.Error("the plan itself was changed")
	}
	if q := p.WithoutBasis(1); len(q.Preamble) != 2 || len(q.Bases) != 1 {
		t.Errorf("removed: %q", q.Preamble)
	}
	one := Plan{Bases: []Basis{law, decision}, Preamble: []string{
		"Thực hiện Luật số 77/2015/QH13; Quyết định số 658/QĐ-UBND của UBND thành phố, UBND xã ban hành Kế hoạch:",
	}}
	if q := one.WithoutBasis(0); q.Preamble[0] !=
		"Thực hiện Quyết định số 658/QĐ-UBND của UBND thành phố, UBND xã ban hành Kế hoạch:" {
		t.Errorf("out of a sentence: %q", q.Preamble)
	}
	if q := one.WithoutBasis(1); q.Preamble[0] != one.Preamble[0] || len(q.Bases) != 1 {
		t.Errorf("the end of the sentence is not to be cut: %q", q.Preamble)
	}
}
