package demo

import (
	"slices"
	"testing"

	"doithoai"
	"doithoai/text"
)

// leastRight is the share of opinions of which plain words must tell the kind that the office gave them: a person
// confirms it in any case, and more than one in five to be put right would be a nuisance.
const leastRight = 0.8

// Whoever is asked to confirm what an opinion is finds it right most of the time.
func TestProposedKind(t *testing.T) {
	asked, right, known := 0, 0, 0
	for _, tale := range slices.Concat(juneTales, groupTales(), tales) {
		for n, c := range classes[tale.name] {
			if n == 0 {
				known++
			}
			asked++
			got := doithoai.ProposedKind(text.FoldedWords(tale.slip.Matters[n]))
			if got == c.Kind {
				right++
			} else {
				t.Logf("%s: %q is proposed, %q is right", tale.name, got, c.Kind)
			}
		}
	}
	if known != len(classes) {
		t.Errorf("%d of %d tales are told", known, len(classes))
	}
	if share := float64(right) / float64(asked); share < leastRight {
		t.Errorf("%d of %d are proposed rightly", right, asked)
	}
	for said, want := range map[string]doithoai.OpinionKind{
		"":                      "",
		"Xin chào quý cơ quan.": "",
		"Đăng ký lại cần những gì, bao lâu thì có?":     doithoai.KindQuestion,
		"Hồ sơ bị trả ba lần, không ai nói vì sao.":     doithoai.KindFeedback,
		"Hẹn 25/04 nay quá hẹn. Bao giờ xong?":          doithoai.KindFeedback,
		"De nghi xa sua duong.":                         doithoai.KindPetition,
		"Tôi xin hiến kế: mỗi thôn một buổi trả hồ sơ.": doithoai.KindInitiative,
	} {
		if got := doithoai.ProposedKind(text.FoldedWords(said)); got != want {
			t.Errorf("%q: %q, want %q", said, got, want)
		}
	}
}
