package doithoai

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// words are the fields and units of the tests; a telephone number is what has ten digits.
var words = ListWords{
	Fields: map[string]string{"hộ tịch": "ho-tich", "ho-tich": "ho-tich"},
	Units:  map[string]string{"văn phòng": "van-phong"},
	Roles: map[string]string{
		"chủ tịch ubnd": "chair", "văn phòng": "office", "office": "office",
		"công chức": "unit_officer", "trưởng thôn": "village_head",
	},
	Nearly: map[ColumnKind]map[string]string{
		ColumnField: {"ho tich": "Hộ tịch"}, ColumnUnit: {"van phong": "Văn phòng"}, ColumnVillage: {"thon 1": "Thôn 1"},
		ColumnRoles: {"cong chuc": "Công chức"},
	},
	Phone: func(s string) (string, *Problem) {
		if len(s) != 10 {
			return "", &Problem{Key: "slip.contact.phone.too_short"}
		}
		return s, nil
	},
	Name: strings.ToLower,
	Near: func(s string) string {
		plain := strings.NewReplacer(
			"ó", "o", "ô", "o", " 0", " ", "ộ", "o", "ị", "i", "ă", "a", "ò", "o", "ứ", "u", "-", " ")
		return plain.Replace(strings.ToLower(s))
	},
}

// fileOf is a file that holds all columns; its first row has number 2.
func fileOf(columns int, rows ...[]string) ListFile {
	f := ListFile{Has: slices.Repeat([]bool{true}, columns)}
	for i, r := range rows {
		f.Rows = append(f.Rows, ListRow{i + 2, r})
	}
	return f
}

func TestListDoubts(t *testing.T) {
	rule, _ := ListRuleOf(ListVillages)
	p := rule.Plan([]ListEntry{{"Thôn 3"}, {"Thôn 4"}},
		fileOf(1, []string{"Thon 3"}, []string{"Thôn 04"},
			[]string{"THÔN 4"}, []string{"Thôn 5"}, []string{"Thôn 05"}), words)
	want := []ListDoubt{{2, "Thon 3", "Thôn 3"}, {3, "Thôn 04", "Thôn 4"}, {6, "Thôn 05", "Thôn 5"}}
	if !slices.Equal(p.Doubts, want) || len(p.Faults) > 0 || len(p.Added) != 4 {
		t.Errorf("doubts %v, want %v; added %v, faults %v", p.Doubts, want, p.Added, p.Faults)
	}
}

func TestListPlan(t *testing.T) {
	tests := []struct {
		name     string
		list     ListName
		existing []ListEntry
		rows     [][]string
		want     string // added / changed / same, left / faults as row:column:key
	}{
		{"villages", ListVillages, []ListEntry{{"Thôn 1"}, {"Thôn 2"}}, [][]string{{"thôn 1"}, {"Thôn 2"}, {"Thôn 3"}},
			`[Thôn 3] / [thôn 1] / 1, 0 / `},
		{"a file never removes", ListVillages, []ListEntry{{"Thôn 1"}, {"Thôn 2"}}, [][]string{{"Thôn 2"}}, ` /  / 1, 1 / `},
		{"other diacritics are another village", ListVillages, []ListEntry{{"An Phú"}}, [][]string{{"An Phủ"}},
			`[An Phủ] /  / 0, 1 / `},
		{"twice in the file", ListVillages, nil, [][]string{{"Thôn 1"}, {"THÔN 1"}, {""}},
			`[Thôn 1] /  / 0, 0 / 3:name:twice 4:name:required`},
		{"too long", ListVillages, nil, [][]string{{strings.Repeat("ộ", 101)}, {strings.Repeat("ộ", 100)}},
			`[` + strings.Repeat("ộ", 100) + `] /  / 0, 0 / 2:name:long`},
		{"no names", ListVillages, nil, [][]string{{"#REF!"}, {"TRUE"}, {"03-15-23"}, {"15/03/2023"}, {"#N/A"}, {"Thôn 3"}},
			`[Thôn 3] /  / 0, 0 / 2:name:no_name 3:name:no_name 4:name:no_name 5:name:no_name 6:name:no_name`},
		{"numbers and signs", ListVillages, nil, [][]string{{"1,5E+10"}, {"-"}, {"..."}, {"#GETTING_DATA"}, {"Thôn 1-2"}},
			`[Thôn 1-2] /  / 0, 0 / 2:name:no_name 3:name:no_name 4:name:no_name 5:name:no_name`},
		{"lost marks", ListVillages, nil,
			[][]string{{"Xóm C?"}, {"Thôn C? Lũy"}, {"?ông"}, {"Th&ocirc;n"}, {"Th%C3%B4n"}, {"Tho^n 2"}, {"Tổ 50%"}},
			`[Tổ 50%] /  / 0, 0 / 2:name:garbled 3:name:garbled 4:name:garbled 5:name:garbled 6:name:garbled 7:name:garbled`},
		{"telephones", ListOutsideBodies, nil,
			[][]string{{"A", "", "", "19001234"}, {"B", "", "", "0255382123"}, {"C", "", "", "115"}, {"D", "", "", "12"}},
			`[B   0255382123 ] /  / 0, 0 / 2:phone:too_short 4:phone:too_short 5:phone:too_short`},
		{"procedures", ListProcedures, []ListEntry{{"1.001193", "Khai sinh", "ho-tich", ""}},
			[][]string{{"1.001193", "Đăng ký khai sinh", "HỘ TỊCH", "Văn phòng"}, {"2.00095", "x", "Đất", "Phòng khác"}},
			` / [1.001193 Đăng ký khai sinh ho-tich van-phong] / 0, 0 / 3:code:procedure 3:field:field 3:unit:unit`},
		{"written in another way", ListProcedures, nil, [][]string{{"1.001193", "Khai sinh", "Hộ-tịch", "van phong"}},
			` /  / 0, 0 / 2:field:near 2:unit:near`},
		{"an officer's, in another way", ListOfficers, nil,
			[][]string{{"lan", "Trần Thị Lan", "Công-chức", "", "Van phong", "Thon 01"}},
			` /  / 0, 0 / 2:roles:near 2:unit:near 2:village:near`},
		{"words of a search", ListSynonyms, []ListEntry{{"má", "mẹ"}}, [][]string{{"mạ", "mẹ"}, {"má", ""}},
			`[mạ mẹ] / [má ] / 0, 0 / `},
		{"fields", ListFields, []ListEntry{{"thai-do", "Thái độ", "yes"}},
			[][]string{{"ho-tich", "Hộ tịch", "Không"}, {"thai-do", "Thái độ phục vụ", "x"}},
			`[ho-tich Hộ tịch ] / [thai-do Thái độ phục vụ yes] / 0, 0 / `},
		{"a field's code", ListFields, []ListEntry{{"thai-do", "Thái độ", "yes"}}, [][]string{{"Hộ tịch", "Hộ tịch", "đúng"}},
			` /  / 0, 1 / 2:code:slug 2:conduct:yes`},
		{"two fields on conduct", ListFields, []ListEntry{{"thai-do", "Thái độ", "yes"}}, [][]string{{"khac", "Khác", "có"}},
			`[khac Khác yes] /  / 0, 1 / 0:conduct:conduct`},
		{"no field on conduct", ListFields, []ListEntry{{"thai-do", "Thái độ", "yes"}},
			[][]string{{"thai-do", "Thái độ", ""}},
			` / [thai-do Thái độ ] / 0, 0 / 0:conduct:conduct`},
		{"officers", ListOfficers, []ListEntry{{"lan", "Trần Thị Lan", "office", "", "", ""}},
			[][]string{{"lan", "Trần Thị Lán", "Văn phòng", "", "", ""},
				{"binh", "Lê Bình", "Văn phòng; Chủ tịch UBND", "Chủ tịch", "Văn phòng", ""}},
			`[binh Lê Bình chair office Chủ tịch van-phong ] / [lan Trần Thị Lán office   ] / 0, 0 / `},
		{"a post is not changed by a file", ListOfficers, []ListEntry{{"lan", "Trần Thị Lan", "office", "", ""}},
			[][]string{{"lan", "Trần Thị Lan", "Chủ tịch UBND", "", ""}},
			` /  / 0, 1 / 2:roles:post`},
		{"officers of a unit", ListOfficers, nil,
			[][]string{{"lan", "Trần Thị Lan", "Công chức", "", "", ""}, {"Bình", "Lê Bình", "Trùm", "", "", ""},
				{"cuc", "Hồ Thị Cúc", "Trưởng thôn", "", "", ""}, {"dao", "Hồ Thị Đào", "Trưởng thôn", "", "", "Thôn 9"}},
			` /  / 0, 0 / 2:unit:unit_needed 3:login:login 3:roles:role 4:village:village_needed 5:village:village`},
		{"two fields of one name", ListFields, []ListEntry{{"thai-do", "Thái độ", "yes"}},
			[][]string{{"khac", "thái độ", ""}},
			`[khac thái độ ] /  / 0, 1 / 0:name:name_twice`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rule, ok := ListRuleOf(tt.list)
			if !ok {
				t.Fatal("no such list")
			}
			p := rule.Plan(tt.existing, fileOf(len(rule.Columns), tt.rows...), words)
			var faults []string
			for _, f := range p.Faults {
				key := f.Problem.Key[strings.LastIndex(f.Problem.Key, ".")+1:]
				faults = append(faults, fmt.Sprintf("%d:%s:%s", f.Row, f.Column, key))
			}
			got := fmt.Sprintf("%s / %s / %d, %d / %s",
				entriesOf(p.Added), entriesOf(p.Changed), p.Same, p.Left, strings.Join(faults, " "))
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func entriesOf(changes []ListChange) string {
	var all []string
	for _, c := range changes {
		all = append(all, fmt.Sprint(c.Entry))
	}
	return strings.Join(all, " ")
}

// A column that the file lacks is left as it is, and what was planned is known by its digest.
func TestListPlanKeepsWhatTheFileLacks(t *testing.T) {
	rule, _ := ListRuleOf(ListOutsideBodies)
	existing := []ListEntry{{"Công an xã", "cư trú", "12 Lê Lợi", "0255382123", "sáng"}}
	file := fileOf(5, []string{"Công an xã", "", "14 Lê Lợi", "", ""})
	file.Has = []bool{true, false, true, false, false}
	p := rule.Plan(existing, file, words)
	if got := entriesOf(p.Changed); got != "[Công an xã cư trú 14 Lê Lợi 0255382123 sáng]" {
		t.Errorf("changed to %s", got)
	}
	if existing[0][2] != "12 Lê Lợi" {
		t.Error("the rule wrote into what it was given")
	}
	again := rule.Plan(existing, file, words)
	file.Rows[0].Cells[2] = "15 Lê Lợi"
	if other := rule.Plan(existing, file, words); p.Digest() != again.Digest() || p.Digest() == other.Digest() ||
		p.Empty() {
		t.Error("digests do not tell plans apart")
	}
}

func TestParseProcedures(t *testing.T) {
	const good = `{"code": "1.001193", "name": "Đăng ký khai sinh", "field": "ho-tich",` +
		` "source": "x", "certainty": "likely"}`
	if got, err := ParseProcedures([]byte("[" + good + "]")); err != nil || len(got) != 1 ||
		got[0].Name != "Đăng ký khai sinh" {
		t.Errorf("%v, %v", got, err)
	}
	for name, bad := range map[string]string{
		"twice": good + "," + good, "code": strings.Replace(good, "1.001193", "1.1", 1),
		"certainty": strings.Replace(good, "likely", "sure", 1), "source": strings.Replace(good, `"x"`, `""`, 1),
		"other": strings.Replace(good, `"code"`, `"kode"`, 1),
	} {
		if _, err := ParseProcedures([]byte("[" + bad + "]")); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}
