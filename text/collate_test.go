package text

import (
	"math/rand/v2"
	"slices"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// shuffled returns the strings of want in an order that is always the same and not theirs.
func shuffled(want []string) []string {
	got := slices.Clone(want)
	r := rand.New(rand.NewPCG(1, 2))
	r.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
	return got
}

func TestSortBy(t *testing.T) {
	for _, want := range [][]string{
		{"a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "h", "i", "k", "l", "m", "n", "o", "ô", "ơ", "p", "q", "r", "s",
			"t", "u", "ư", "v", "x", "y"},
		{"ma", "mà", "mả", "mã", "má", "mạ", "mác", "măng", "mâm", "me"},
		{"Da", "Dâu", "Đa", "Đâu", "E"},
		{"Thôn 1", "Thôn 2", "Thôn 10", "Thôn 20", "Thôn Phú Nghĩa"},
		{"", "Bộ phận Địa chính", "Bộ phận Tư pháp", "Văn phòng"},
	} {
		got := shuffled(want)
		SortBy(got, func(s string) string { return s })
		if !slices.Equal(got, want) {
			t.Errorf("SortBy = %q, want %q", got, want)
		}
		for i := range want {
			for j := range want {
				if c := Compare(want[i], want[j]); (c < 0) != (i < j) || (c > 0) != (i > j) {
					t.Errorf("Compare(%q, %q) = %d", want[i], want[j], c)
				}
			}
		}
	}
}

func TestCompareIgnoresForm(t *testing.T) {
	for _, s := range []string{"Nguyễn Thị Mỹ Lệ", "Đặng Quốc Ưởng"} {
		if c := Compare(norm.NFD.String(s), norm.NFC.String(s)); c != 0 {
			t.Errorf("Compare of NFD and NFC of %q = %d, want 0", s, c)
		}
	}
}

func TestSortNames(t *testing.T) {
	want := []string{
		"",
		"Lê Thị An",
		"Trần Bình An",
		"Trần Văn An",
		"Võ Ân",
		"Ngô Bảo",
		"Lê Văn Dũng",
		"Lê Đình Đạt",
		"Lê Thị Hoa",
		"Lê Văn Hoa",
		"Lế Anh Hoa",
		"Hoà",
		"Cao Thị Hoà",
		"Đặng Văn Út",
		"Dương Ý",
	}
	got := shuffled(want)
	SortNames(got)
	if !slices.Equal(got, want) {
		t.Errorf("SortNames =\n%q, want\n%q", got, want)
	}
}

func TestSortByNameIsStable(t *testing.T) {
	type person struct {
		name string
		id   int
	}
	people := []person{{"Lê Văn An", 1}, {"Bùi  An", 2}, {"Lê Văn An", 3}, {" Lê Văn  An", 4}}
	SortByName(people, func(p person) string { return p.name })
	want := []person{{"Bùi  An", 2}, {"Lê Văn An", 1}, {"Lê Văn An", 3}, {" Lê Văn  An", 4}}
	if !slices.Equal(people, want) {
		t.Errorf("SortByName = %v, want %v", people, want)
	}
}
