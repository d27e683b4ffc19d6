package store

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"doithoai"
)

// FuzzPublicationNames holds that no name and no telephone number gets into what is published, whatever signs stand
// around and between its parts, in either form of Unicode, in capitals, with the tone on either vowel.
func FuzzPublicationNames(f *testing.F) {
	for _, signs := range []string{
		"", " ", "…", "—", "*", "[", "«", "\n\n", "\u00a0", "_", "²", "👍", "❤️", "\u200b", "😀\ufe0f", "\xff", "(+)", "·",
	} {
		f.Add(signs, signs, signs, uint8(0))
		f.Add("ông "+signs, signs, signs+" hỏi", uint8(7))
	}
	who := doithoai.Petitioner{Name: "Trần Thị Hòa", Phone: "0905123456"}
	f.Fuzz(func(t *testing.T, before, between, after string, form uint8) {
		name := who.Name
		if form&1 != 0 {
			name = strings.ReplaceAll(name, "òa", "oà")
		}
		if form&2 != 0 {
			name = strings.ToUpper(name)
		}
		if form&4 != 0 {
			name = norm.NFD.String(name)
		}
		phone := []string{
			"0905 123 456", "+84 905 123 456", "84 (0) 905 123 456", "84905123456", "905 123 456", "０９０５ １２３ ４５６",
		}[int(form/8)%6]
		before, between, after = signsOf(before), " "+signsOf(between), signsOf(after)
		for _, told := range []string{name, phone} {
			p := doithoai.Publication{
				Title: "Đường", Question: before + strings.ReplaceAll(told, " ", between) + after, Answer: "Đã sửa.",
			}
			told := false
			for _, problem := range p.Problems("", gateFor(who)) {
				told = told || problem.Field == "cau-hoi" && problem.Key == "petition.publication.problem.names"
			}
			if !told {
				t.Errorf("%q passes", p.Question)
			}
		}
	})
}

// signsOf are the characters of s that belong to no word, cut to a length that a summary may have.
func signsOf(s string) string {
	signs := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) && r != '\ufe0f' {
			return -1
		}
		return r
	}, s)
	return signs[:min(len(signs), 200)]
}

func TestJudgePublication(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		s := fx.slip("Đường thôn 1 ngập nước.")
		s.Petitioner.Name, s.Petitioner.Phone = "An", "0905123456"
		r, err := db.SubmitSlip(ctx, fx.resident, key(1), s)
		must(t, err)
		id := r.Opinions[0].ID
		p := testSummary
		for said, want := range map[string][2]bool{ // refused, doubtful
			"Nhà ông An ngập.": {false, true}, "Đường không an toàn.": {false, false}, "": {true, false},
			"Gọi " + s.Petitioner.Phone + ".": {true, true},
		} {
			p.Question = said
			wrong, doubtful, err := db.JudgePublication(ctx, fx.office, id, p)
			if must(t, err); len(wrong) > 0 != want[0] || len(doubtful) > 0 != want[1] {
				t.Errorf("%q: refused for %v, doubtful %v", said, wrong, doubtful)
			}
		}
		_, _, err = db.JudgePublication(ctx, fx.land, id, p) // leads nothing here: no guessing at names
		wantKind(t, err, doithoai.NotAllowed, "")
		_, _, err = db.JudgePublication(ctx, fx.otherOffice, id, p)
		wantKind(t, err, doithoai.NotFound, "")
	})
}
