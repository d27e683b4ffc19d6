package plan

import (
	"regexp"
	"slices"
	"strings"

	"doithoai"
	"doithoai/text"
)

var (
	// Both are told by letters with their marks: "các ban" are units, "các bản" villages.
	everyUnit = regexp.MustCompile(`(?:^|[^\pL])(?:các|tất cả(?: các)?) (?:ban|ngành|bộ phận|phòng|đơn vị|công chức|` +
		`cơ quan chuyên môn)(?:[^\pL]|$)`)
	everyVillage = regexp.MustCompile(`(?:^|[^\pL])(?:các|[0-9]{1,2}|tất cả(?: các)?) (?:trưởng )?` +
		`(?:thôn|tổ dân phố|khu phố|ấp|bản|khóm|khu dân cư|buôn|làng|xóm)(?:[^\pL]|$)`)
	// unitKind begins the names of units without telling them apart.
	unitKind = regexp.MustCompile(`^(?:bo phan|phong|ban|cong chuc|trung tam|to) `)
)

// AddresseesOf finds who is meant by the words over an assignment, "Bộ phận Văn phòng UBND", "Trưởng 04 thôn": by the
// names, short names and codes of the authority's units, whatever their marks and dashes; every unit, every village.
// Who is none of them is a body by the words themselves. Sure is false where somebody may have been missed or mistaken.
func AddresseesOf(words string, units []doithoai.Unit) (to Addressees, sure bool) {
	words = strings.Trim(words, " :;.,")
	said := wordsOf(words)
	if said == "" {
		return to, false
	}
	sure = true
	lower := strings.ToLower(text.CleanLine(words))
	to.EveryVillage, to.EveryUnit = everyVillage.MatchString(lower), everyUnit.MatchString(lower)
	if to.EveryUnit {
		return to, sure
	}
	rest := " " + said + " "
	for _, by := range []struct {
		name func(doithoai.Unit) string
		sure bool
	}{
		{func(u doithoai.Unit) string { return wordsOf(u.Name) }, true},
		{func(u doithoai.Unit) string { return unitKind.ReplaceAllString(wordsOf(u.Name), "") }, true},
		{func(u doithoai.Unit) string { return wordsOf(u.Short) }, false},
		{func(u doithoai.Unit) string { return wordsOf(strings.ReplaceAll(u.Code, "-", " ")) }, false},
	} {
		for _, u := range units {
			name := by.name(u)
			if name == "" || !strings.Contains(rest, " "+name+" ") || slices.Contains(to.Units, u.Code) {
				continue
			}
			rest = strings.Replace(rest, " "+name+" ", " ", 1)
			to.Units = append(to.Units, u.Code)
			sure = sure && by.sure
		}
	}
	if !to.Any() {
		to.Bodies = []string{words}
		return to, false
	}
	// Words of another body stand beside those of the units.
	return to, sure && len(strings.Fields(rest)) <= 6
}

// wordsOf are the folded words of a name, its punctuation aside.
func wordsOf(s string) string {
	return strings.Join(strings.FieldsFunc(text.Fold(s), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}), " ")
}
