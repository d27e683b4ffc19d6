package plan

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"doithoai"
	"doithoai/calendar"
)

func plan2024(t *testing.T) Plan {
	t.Helper()
	b, err := os.ReadFile("../cmd/doithoai/demo/plan-2024.json")
	if err != nil {
		t.Fatal(err)
	}
	p, err := Parse(b)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// repairs are the only places where the data depart from the text of the paper:
// a paragraph cut by the page break, a misspelt word and a missing semicolon.
// The numbers of the sections (I, II, IV) aren't repaired.
var repairs = [][2]string{
	{"cán bộ, công chức trong thực\nhiện và tiếp nhận", "cán bộ, công chức trong thực hiện và tiếp nhận"},
	{"\nNoi nhận:\n", "\nNơi nhận:\n"},
	{"\n- CT, PCT UBND\n", "\n- CT, PCT UBND;\n"},
}

func TestPlan2024IsThePaperWordForWord(t *testing.T) {
	b, err := os.ReadFile("testdata/plan-2024.txt")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	paper := strings.Join(lines, "\n")
	for _, r := range repairs {
		if strings.Count(paper, r[0]) != 1 {
			t.Fatalf("the paper has %q %d times", r[0], strings.Count(paper, r[0]))
		}
		paper = strings.Replace(paper, r[0], r[1], 1)
	}
	want, got := strings.Split(paper, "\n"), plan2024(t).Lines()
	for i := range max(len(want), len(got)) {
		if i >= len(want) || i >= len(got) || want[i] != got[i] {
			t.Fatalf("paragraph %d of %d (paper: %d) differs\ngot  %q\nwant %q",
				i, len(got), len(want), got[min(i, len(got)-1)], want[min(i, len(want)-1)])
		}
	}
}

func TestPlan2024Structure(t *testing.T) {
	p := plan2024(t)
	if list := p.Problems(); list != nil {
		t.Errorf("problems: %v", list)
	}
	if p.Number != "" {
		t.Errorf("number %q: the paper has none", p.Number)
	}
	if p.Date != calendar.DateOf(2024, 1, 8) || p.Year != 2024 || p.Slug != "2024" {
		t.Errorf("date %s, year %d, slug %s", p.Date, p.Year, p.Slug)
	}
	sections := []string{p.Aims.Heading.Number, p.Content.Heading.Number, p.Organisation.Heading.Number}
	if !slices.Equal(sections, []string{"I", "II", "IV"}) {
		t.Errorf("sections %v", sections)
	}
	for name, n := range map[string][2]int{
		"bases":        {len(p.Bases), 4},
		"references":   {len(p.References), 2},
		"purposes":     {len(p.Aims.Purposes.Items), 3},
		"requirements": {len(p.Aims.Requirements.Items), 3},
		"programme":    {len(p.Content.Programme.Items), 7},
		"participants": {len(p.Content.Participants.Items), 7},
		"topics":       {len(p.Content.Topics.Items), 2},
		"recipients":   {len(p.Recipients.Items), 7},
	} {
		if n[0] != n[1] {
			t.Errorf("%d %s, want %d", n[0], name, n[1])
		}
	}
	var tasks []int
	for _, a := range p.Organisation.Assignments {
		tasks = append(tasks, len(a.Tasks))
	}
	if !slices.Equal(tasks, []int{4, 5, 1, 2, 1}) {
		t.Errorf("tasks of the assignments: %v", tasks)
	}
	if p.Signatory != (Signatory{"CHỦ TỊCH", "Bùi Diệu"}) {
		t.Errorf("signed by %+v", p.Signatory)
	}
}

// What the plan cites is in the shipped list of legal bases, with the same
// number and date, and was in force on the day of the plan.
func TestPlan2024CitesKnownBases(t *testing.T) {
	p := plan2024(t)
	b, err := os.ReadFile("../store/defaults/legal_bases.json")
	if err != nil {
		t.Fatal(err)
	}
	bases, err := doithoai.ParseLegalBases(b)
	if err != nil {
		t.Fatal(err)
	}
	for _, cited := range append(p.Bases, p.References...) {
		b, ok := bases.ByKey(cited.Key)
		if !ok || b.Kind != cited.Kind || b.Number != cited.Number || b.Date != cited.Date || !b.InForce(p.Date) {
			t.Errorf("%s %s of %s: the list has %+v", cited.Kind, cited.Number, cited.Date, b)
		}
	}
}

func TestPlanSurvivesStorage(t *testing.T) {
	p := plan2024(t)
	b, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	back, err := Parse(b)
	if err != nil || !reflect.DeepEqual(back, p) {
		t.Errorf("read back %v, %+v", err, back)
	}
}

func TestPlanProblems(t *testing.T) {
	for field, spoil := range map[string]func(*Plan){
		"authority":    func(p *Plan) { p.Authority = "" },
		"symbol":       func(p *Plan) { p.Symbol = "" },
		"place":        func(p *Plan) { p.Place = "" },
		"date":         func(p *Plan) { p.Date = calendar.Date{} },
		"type":         func(p *Plan) { p.Type = "" },
		"abstract":     func(p *Plan) { p.Abstract = "" },
		"bases":        func(p *Plan) { p.Bases[1].Number = "6859/QĐ-UBND" },
		"references":   func(p *Plan) { p.References[0].Number = "03/CT-UBND" },
		"purposes":     func(p *Plan) { p.Aims.Purposes.Items, p.References = nil, nil },
		"requirements": func(p *Plan) { p.Aims.Requirements.Items = nil },
		"window":       func(p *Plan) { p.Content.Arrangements.Window.From.Quarter = 3 },
		"venue":        func(p *Plan) { p.Content.Arrangements.Venue = "Nhà văn hóa" },
		"form":         func(p *Plan) { p.Content.Arrangements.Form = "by post" },
		"programme":    func(p *Plan) { p.Content.Programme.Items = nil },
		"participants": func(p *Plan) { p.Content.Participants.Items = nil },
		"topics":       func(p *Plan) { p.Content.Topics.Items = nil },
		"closing":      func(p *Plan) { p.Closing = "" },
		"recipients":   func(p *Plan) { p.Recipients.Items = nil },
		"signatory":    func(p *Plan) { p.Signatory.Name = "" },
		"text":         func(p *Plan) { p.Closing += "Tra\u0309 lời" },
	} {
		p := plan2024(t)
		spoil(&p)
		list := p.Problems()
		if len(list) != 1 || list[0].Field != field || list[0].Key != "plan.problem."+field {
			t.Errorf("%s spoilt: problems %v", field, list)
		}
	}
	for name, spoil := range map[string]func(*Plan){
		"none":           func(p *Plan) { p.Organisation.Assignments = nil },
		"no addressee":   func(p *Plan) { p.Organisation.Assignments[1].Units = nil },
		"two addressees": func(p *Plan) { p.Organisation.Assignments[0].Units = []string{"van-phong"} },
		"no task":        func(p *Plan) { p.Organisation.Assignments[2].Tasks = nil },
		"empty task":     func(p *Plan) { p.Organisation.Assignments[2].Tasks[0] = "" },
	} {
		p := plan2024(t)
		spoil(&p)
		if list := p.Problems(); len(list) != 1 || list[0].Field != "assignments" {
			t.Errorf("assignments with %s: problems %v", name, list)
		}
	}
	p := plan2024(t)
	p.Preamble = "Thực hiện quy định."
	if list := p.Problems(); len(list) != 1 || list[0].Field != "bases" {
		t.Errorf("a preamble without its bases: problems %v", list)
	}
	if len((Plan{}).Problems()) < 20 {
		t.Errorf("an empty plan has the problems %v", (Plan{}).Problems())
	}
}

func TestParsePlanRefuses(t *testing.T) {
	b, err := json.Marshal(plan2024(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string][2]string{
		"an unknown field":     {`"closing"`, `"closure"`},
		"decomposed text":      {"Bùi", "Bu\u0300i"},
		"an invisible letter":  {"Bùi", "Bùi\u200b"},
		"a control character":  {"Bùi", `Bùi\u0007`},
		"a day that isn't":     {`"2024-01-08"`, `"2024-02-30"`},
		"text after the value": {`"Bùi Diệu"}}`, `"Bùi Diệu"}} {}`},
	} {
		spoilt := strings.Replace(string(b), change[0], change[1], 1)
		if spoilt == string(b) {
			t.Fatalf("%s: nothing changed", name)
		}
		if _, err := Parse([]byte(spoilt)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestWindow(t *testing.T) {
	w := plan2024(t).Content.Arrangements.Window
	for day, want := range map[calendar.Date]bool{
		calendar.DateOf(2024, 3, 31): false, calendar.DateOf(2024, 4, 1): true,
		calendar.DateOf(2024, 12, 31): true, calendar.DateOf(2025, 1, 1): false,
	} {
		if w.Contains(day) != want {
			t.Errorf("%s in the window: %v", day, !want)
		}
	}
	if w.From.Roman() != "II" || w.To.Roman() != "IV" || (Quarter{2024, 5}).Roman() != "" {
		t.Errorf("Roman numerals %q, %q, %q", w.From.Roman(), w.To.Roman(), (Quarter{2024, 5}).Roman())
	}
	if (Window{w.To, w.From}).Contains(calendar.DateOf(2024, 6, 1)) {
		t.Error("a window that ends before it begins holds a day")
	}
}

func TestPlaceAndDate(t *testing.T) {
	for date, want := range map[calendar.Date]string{
		calendar.DateOf(2024, 1, 8):   "Nghĩa Dũng, ngày 08 tháng 01 năm 2024",
		calendar.DateOf(2024, 3, 10):  "Nghĩa Dũng, ngày 10 tháng 3 năm 2024",
		calendar.DateOf(2024, 12, 31): "Nghĩa Dũng, ngày 31 tháng 12 năm 2024",
	} {
		if got := PlaceAndDate("Nghĩa Dũng", date); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
