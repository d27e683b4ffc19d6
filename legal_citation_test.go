package doithoai

import "testing"

func TestCitation(t *testing.T) {
	land := LegalBasis{Key: "dat-dai", Kind: "Luật", Number: "31/2024/QH15", Abstract: "Luật Đất đai"}
	for name, tt := range map[string]struct {
		c           Citation
		basis, want string
		wrong       string
	}{
		"whole":      {c: Citation{Basis: land}, want: "Luật Đất đai số 31/2024/QH15"},
		"an article": {c: Citation{land, "137", ""}, want: "Điều 137 Luật Đất đai số 31/2024/QH15"},
		"a clause":   {c: Citation{land, "137", "2"}, want: "khoản 2 Điều 137 Luật Đất đai số 31/2024/QH15"},
		"behind another": {
			Citation{land, "137", ""}, "Kế hoạch 12.", "Kế hoạch 12; Điều 137 Luật Đất đai số 31/2024/QH15", "",
		},
		"cited already":        {c: Citation{Basis: land}, basis: land.Title(), want: land.Title()},
		"nothing chosen":       {c: Citation{Article: "1"}, wrong: "citation.problem.basis"},
		"clause of no article": {c: Citation{Basis: land, Clause: "2"}, wrong: "citation.problem.article"},
	} {
		ps := tt.c.Problems()
		if tt.wrong != "" {
			if len(ps) != 1 || ps[0].Key != tt.wrong {
				t.Errorf("%s: %v", name, ps)
			}
			continue
		}
		if got := tt.c.Cited(tt.basis); len(ps) > 0 || got != tt.want {
			t.Errorf("%s: %q, %v", name, got, ps)
		}
	}
}
