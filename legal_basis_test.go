package doithoai

import (
	"slices"
	"strings"
	"testing"

	"doithoai/calendar"
)

func TestLegalBasisTitle(t *testing.T) {
	bases := shipped(t, "legal_bases.json", ParseLegalBases)
	for key, want := range map[string]string{
		"luat-42-2013-qh13":  "Luật Tiếp công dân số 42/2013/QH13",
		"blld-45-2019-qh14":  "Bộ luật Lao động số 45/2019/QH14",
		"luat-136-2025-qh15": "Luật số 136/2025/QH15",
		"nd-118-2025-nd-cp":  "Nghị định số 118/2025/NĐ-CP",
	} {
		if b, _ := bases.ByKey(key); b.Title() != want {
			t.Errorf("%s is cited as %q, want %q", key, b.Title(), want)
		}
	}
}

func TestPersonalDataBases(t *testing.T) {
	bases := shipped(t, "legal_bases.json", ParseLegalBases)
	for day, want := range map[calendar.Date]string{
		calendar.DateOf(2023, 6, 30):  "",
		calendar.DateOf(2024, 10, 23): "13/2023/NĐ-CP",
		calendar.DateOf(2025, 12, 31): "13/2023/NĐ-CP",
		calendar.DateOf(2026, 1, 1):   "91/2025/QH15 356/2025/NĐ-CP",
	} {
		var numbers []string
		for _, l := range bases.PersonalData(day) {
			numbers = append(numbers, l.Number)
		}
		if got := strings.Join(numbers, " "); got != want {
			t.Errorf("on %s the notice cites %q, want %q", day, got, want)
		}
	}
}

func TestCite(t *testing.T) {
	bases := shipped(t, "legal_bases.json", ParseLegalBases)
	tests := []struct {
		key     string
		on      calendar.Date
		fault   CitationFault
		instead string
	}{
		{"nd-64-2014-nd-cp", calendar.DateOf(2024, 10, 23), "", ""},
		{"nd-64-2014-nd-cp", calendar.DateOf(2026, 6, 30), "", ""},
		{"nd-64-2014-nd-cp", calendar.DateOf(2026, 7, 1), CitesExpired, "nd-154-2026-nd-cp"},
		{"nd-154-2026-nd-cp", calendar.DateOf(2026, 6, 30), CitesTooEarly, ""},
		{"luat-77-2015-qh13", calendar.DateOf(2026, 11, 22), CitesExpired, "luat-72-2025-qh15"},
		{"kh-232-kh-ubnd-tp-quang-ngai", calendar.DateOf(2025, 1, 1), CitesExpired, ""},
		{"tt-01-2018-tt-vpcp", calendar.DateOf(2024, 10, 23), "", ""}, // its end isn't known, and nothing replaces it yet
		{"tt-01-2018-tt-vpcp", calendar.DateOf(2026, 11, 22), CitesReplaced, "tt-03-2025-tt-vpcp"},
		{"nd-309-2026-nd-cp", calendar.DateOf(2026, 11, 22), CitesTooEarly, ""}, // nobody knows since when
		{"luat-10-2022-qh15", calendar.DateOf(2026, 11, 22), "", ""},
		{"bịa", calendar.DateOf(2026, 11, 22), CitesUnknown, ""},
	}
	for _, tt := range tests {
		list := bases.Cite(tt.on, tt.key)
		switch {
		case tt.fault == "" && len(list) == 0:
		case tt.fault == "" || len(list) != 1 || list[0].Fault != tt.fault || list[0].Instead.Key != tt.instead ||
			list[0].Key != tt.key:
			t.Errorf("%s on %s: %+v, want %s, instead %s", tt.key, tt.on, list, tt.fault, tt.instead)
		}
	}
	list := bases.Cite(calendar.DateOf(2026, 11, 22),
		"nd-30-2020-nd-cp", "nd-61-2018-nd-cp", "luat-42-2013-qh13", "nd-13-2023-nd-cp")
	if len(list) != 2 || list[0].Key != "nd-61-2018-nd-cp" {
		t.Errorf("of four two are doubtful, got %+v", list)
	}
}

// A chain of replacements ends at the one in force; one that bites its tail ends too.
func TestCiteFollowsReplacements(t *testing.T) {
	end := calendar.DateOf(2020, 1, 1)
	chain := LegalBases{
		{Key: "a", Date: calendar.DateOf(2000, 1, 1), To: end, ReplacedBy: "b"},
		{Key: "b", Date: calendar.DateOf(2010, 1, 1), To: end, ReplacedBy: "c"},
		{Key: "c", Date: calendar.DateOf(2020, 1, 1)},
		{Key: "x", Date: calendar.DateOf(2000, 1, 1), To: end, ReplacedBy: "y"},
		{Key: "y", Date: calendar.DateOf(2000, 1, 1), To: end, ReplacedBy: "x"},
	}
	list := chain.Cite(calendar.DateOf(2024, 1, 1), "a", "x")
	if len(list) != 2 || list[0].Instead.Key != "c" || list[1].Instead.Key != "" {
		t.Errorf("%+v", list)
	}
}

func TestNamedIn(t *testing.T) {
	bases := shipped(t, "legal_bases.json", ParseLegalBases)
	for text, want := range map[string]string{
		"": "",
		"Theo Nghị định số 64/2014/nđ-cp và Luật 42/2013/QH13.": "nd-64-2014-nd-cp luat-42-2013-qh13",
		"Điều 28 Luật Tiếp công dân":                            "", // no number: two laws may share a name
		"Kế hoạch 1232/KH-UBND, 232/KH-UBND-VP":                 "", // other numbers
		"Kế hoạch 1232/KH-UBND thay Kế hoạch 232/KH-UBND":       "kh-232-kh-ubnd-tp-quang-ngai",
		"(61/2018/NĐ-CP; 61/2018/NĐ-CP)":                        "nd-61-2018-nd-cp",
	} {
		if got := strings.Join(bases.NamedIn(text), " "); got != want {
			t.Errorf("%q names %q, want %q", text, got, want)
		}
	}
}

func TestLegalBasisProblems(t *testing.T) {
	list := LegalBases{
		{Key: "old", Kind: "Nghị định", Number: "1/2020/NĐ-CP", Issuer: "Chính phủ", ReplacedBy: "new"},
		{Key: "new", Kind: "Nghị định", Number: "2/2026/NĐ-CP", Issuer: "Chính phủ"},
	}
	good := LegalBasis{
		Key: "k", Kind: "Quyết định", Number: "3/QĐ-UBND", Issuer: "UBND tỉnh", Abstract: "Ban hành quy chế",
		Date: calendar.DateOf(2026, 1, 2), Certainty: calendar.Likely,
	}
	for name, tt := range map[string]struct {
		change func(*LegalBasis)
		want   []string
	}{
		"complete": {nil, nil},
		"empty": {func(l *LegalBasis) { *l = LegalBasis{} },
			[]string{"loai kind", "so number", "co-quan issuer", "trich-yeu abstract", "do-chac certainty"}},
		"too long": {func(l *LegalBasis) { l.Kind, l.Note = strings.Repeat("ộ", 201), strings.Repeat("ộ", 1001) },
			[]string{"loai error.problem.too_long", "ghi-chu error.problem.too_long"}},
		"ends before it began": {func(l *LegalBasis) { l.To = calendar.DateOf(2026, 1, 1) }, []string{"den-ngay ends_early"}},
		"ends on its day":      {func(l *LegalBasis) { l.To = calendar.DateOf(2026, 1, 2) }, nil},
		"the same document": {func(l *LegalBasis) { l.Number, l.Issuer = "1/2020/nđ-cp", "chính phủ" },
			[]string{"so twice"}},
		"number of another":   {func(l *LegalBasis) { l.Number = "1/2020/NĐ-CP" }, nil},
		"replaced":            {func(l *LegalBasis) { l.ReplacedBy = "new" }, nil},
		"replaced by nothing": {func(l *LegalBasis) { l.ReplacedBy = "x" }, []string{"thay-the replacement"}},
		"replaced by itself":  {func(l *LegalBasis) { l.ReplacedBy = "k" }, []string{"thay-the replacement"}},
		"in a circle": {func(l *LegalBasis) {
			*l = list[1]
			l.Abstract, l.Certainty, l.ReplacedBy = "x", calendar.Likely, "old"
		}, []string{"thay-the replaces_itself"}},
	} {
		l := good
		if tt.change != nil {
			tt.change(&l)
		}
		var got []string
		for _, p := range list.Problems(l) {
			got = append(got, p.Field+" "+strings.TrimPrefix(p.Key, "rules.basis.problem."))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}
