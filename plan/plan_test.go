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
	if p.Date != calendar.DateOf(2024, 1, 8) || p.Year != 2024 {
		t.Errorf("date %s, year %d", p.Date, p.Year)
	}
	var marks []string
	for s, depth := range p.All() {
		if depth == 0 {
			marks = append(marks, s.Mark)
		}
	}
	if !slices.Equal(marks, []string{"I.", "II.", "IV."}) {
		t.Errorf("sections %v", marks)
	}
	for kind, n := range map[SectionKind]int{
		KindPurposes: 3, KindRequirements: 3, KindWhen: 3, KindProgramme: 7, KindParticipants: 7, KindTopics: 2,
	} {
		if of := p.Of(kind); len(of) != 1 || len(of[0].Points) != n {
			t.Errorf("%s: %+v, want %d points", kind, of, n)
		}
	}
	if len(p.Bases) != 4 || len(p.References) != 2 || len(p.Recipients.Items) != 7 {
		t.Errorf("%d bases, %d references, %d recipients", len(p.Bases), len(p.References), len(p.Recipients.Items))
	}
	var tasks []int
	for _, a := range p.Of(KindAssignment) {
		tasks = append(tasks, len(a.Points))
	}
	if !slices.Equal(tasks, []int{4, 5, 1, 2, 1}) {
		t.Errorf("tasks of the assignments: %v", tasks)
	}
	if p.Signatory != (Signatory{Title: "CHỦ TỊCH", Name: "Bùi Diệu"}) {
		t.Errorf("signed by %+v", p.Signatory)
	}
	if list := p.Oddities(); list != nil {
		t.Errorf("odd: %v", list)
	}
	seen := map[int]bool{}
	for s := range p.All() {
		for _, key := range append([]int{s.Key}, keysOf(s.Points)...) {
			if key == 0 || key > p.LastKey || seen[key] {
				t.Errorf("key %d twice, or none", key)
			}
			seen[key] = true
		}
	}
}

func keysOf(points []Point) (keys []int) {
	for _, p := range points {
		keys = append(keys, p.Key)
	}
	return keys
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

// spoilt is the plan of 2024 with a change.
func spoilt(t *testing.T, spoil func(*Plan)) Plan {
	p := plan2024(t)
	spoil(&p)
	return p
}

// edit changes the first section of a kind.
func edit(kind SectionKind, f func(*Section)) func(*Plan) {
	return func(p *Plan) {
		s := p.Of(kind)[0]
		s.Points = slices.Clone(s.Points)
		f(&s)
		*p = p.With(s)
	}
}

func TestPlanProblems(t *testing.T) {
	for field, spoil := range map[string]func(*Plan){
		"year":      func(p *Plan) { p.Year = 0 },
		"authority": func(p *Plan) { p.Authority = "" },
		"symbol":    func(p *Plan) { p.Symbol = "" },
		"place":     func(p *Plan) { p.Place = "" },
		"type":      func(p *Plan) { p.Type = "" },
		"abstract":  func(p *Plan) { p.Abstract = "" },
		"preamble":  func(p *Plan) { p.Preamble = nil },
		"window":    func(p *Plan) { p.When.Window.From = calendar.DateOf(2025, 1, 1) },
		"form":      func(p *Plan) { p.When.Form = "by post" },
		"signatory": func(p *Plan) { p.Signatory.Name = "" },
		"text":      func(p *Plan) { p.Closing = append(p.Closing, "Tra\u0309 lời") },
	} {
		list := spoilt(t, spoil).Problems()
		if len(list) != 1 || list[0].Field != field || list[0].Key != "plan.problem."+field {
			t.Errorf("%s spoilt: problems %v", field, list)
		}
	}
	for name, spoil := range map[string]func(*Plan){
		"none":         func(p *Plan) { p.Sections = p.Sections[:2] },
		"no addressee": edit(KindAssignment, func(s *Section) { s.To = Addressees{} }),
		"no task":      edit(KindAssignment, func(s *Section) { s.Points = nil }),
	} {
		if list := spoilt(t, spoil).Problems(); len(list) != 1 || list[0].Field != "assignments" {
			t.Errorf("assignments with %s: problems %v", name, list)
		}
	}
	days := spoilt(t, func(p *Plan) {
		p.When.Window, p.When.Days = Window{}, []PlannedDay{{Date: calendar.DateOf(2024, 10, 25)}}
	})
	if list := days.Problems(); list != nil {
		t.Errorf("a plan with a day and no window: problems %v", list)
	}
	if len((Plan{}).Problems()) < 10 {
		t.Errorf("an empty plan has the problems %v", (Plan{}).Problems())
	}
}

func TestPlanOddities(t *testing.T) {
	for odd, spoil := range map[Oddity]func(*Plan){
		OddityBases:        func(p *Plan) { p.Preamble = []string{"Thực hiện quy định."} },
		OddityPurposes:     edit(KindPurposes, func(s *Section) { s.Kind = KindText }),
		OddityRequirements: edit(KindRequirements, func(s *Section) { s.Kind = KindText }),
		OddityProgramme:    edit(KindProgramme, func(s *Section) { s.Kind = KindText }),
		OddityParticipants: edit(KindParticipants, func(s *Section) { s.Kind = KindText }),
		OddityTopics:       edit(KindTopics, func(s *Section) { s.Kind = KindText }),
		OddityWindow:       func(p *Plan) { p.When.Window.From = calendar.DateOf(2024, 7, 1) },
		OddityVenue:        func(p *Plan) { p.When.Venue = "Nhà văn hóa" },
		OddityYear: func(p *Plan) {
			p.When.Window, p.When.Days = Window{}, []PlannedDay{{Date: calendar.DateOf(2025, 1, 1)}}
		},
		OddityRecipients: func(p *Plan) { p.Recipients.Items = nil },
	} {
		if list := spoilt(t, spoil).Oddities(); !slices.Equal(list, []Oddity{odd}) {
			t.Errorf("%s spoilt: odd %v", odd, list)
		}
	}
	p := spoilt(t, func(p *Plan) { p.Bases = slices.Clone(p.Bases); p.Bases[1].Number = "6859/QĐ-UBND" })
	if list := p.Oddities(); !slices.Equal(list, []Oddity{OddityBases}) {
		t.Errorf("a basis that the preamble doesn't name: odd %v", list)
	}
}

// What is edited keeps its keys, so that tasks stay with their sentences.
func TestRewrittenSectionKeepsKeys(t *testing.T) {
	s := Section{Key: 1, Points: []Point{
		{Key: 2, Text: "Một.", Dash: true}, {Key: 3, Text: "Hai.", Dash: true, Task: TaskRule{Manner: MannerStanding}},
		{Key: 4, Text: "Ba.", Dash: true},
	}}
	for typed, want := range map[string][]int{
		"- Một.\n- Hai.\n- Ba.":              {2, 3, 4},
		"- Một.\n\n- Hai, nói lại.\n- Ba.":   {2, 3, 4},
		"- Ba.\n- Một.":                      {4, 2},
		"- Mới.\n- Một.\n- Hai.\n- Ba.":      {0, 2, 3, 4},
		"- Một.\n- Hai.\n- Ba.\n– Bốn.":      {2, 3, 4, 0},
		"- Hai.":                             {3},
		"Hoàn toàn khác.":                    {2},
		"":                                   nil,
		"- Một.\n- Một.\n- Hai.\n- Ba.":      {2, 0, 3, 4},
		"- Một.\n- Hai.\n- Ba.\n-   \n - – ": {2, 3, 4},
	} {
		got := s.Rewritten(typed)
		if !slices.Equal(keysOf(got.Points), want) {
			t.Errorf("%q: keys %v, want %v", typed, keysOf(got.Points), want)
		}
		for _, p := range got.Points {
			if p.Key == 3 && p.Task.Manner != MannerStanding {
				t.Errorf("%q: the rule of a task is gone", typed)
			}
		}
	}
	if got := s.Rewritten(s.Typed()); !reflect.DeepEqual(got, s) {
		t.Errorf("typed and read back: %+v", got)
	}
}

func TestPlanCopied(t *testing.T) {
	p := plan2024(t)
	c := p.Copied(2026)
	if c.Year != 2026 || c.Number != "" || !c.Date.IsZero() || !c.When.Window.Contains(calendar.DateOf(2026, 4, 1)) {
		t.Errorf("copied as %d of %s, %+v", c.Year, c.Date, c.When.Window)
	}
	if !strings.HasSuffix(c.Abstract, "năm 2026") || strings.Contains(c.Closing[0], "2024") {
		t.Errorf("%q, %q", c.Abstract, c.Closing)
	}
	if list := c.Problems(); list != nil {
		t.Errorf("problems %v", list)
	}
	if list := c.Oddities(); list != nil {
		t.Errorf("odd %v", list)
	}
	if p.Preamble[0] != c.Preamble[0] || len(c.Of(KindAssignment)) != 5 || c.Sections[0].Key != p.Sections[0].Key {
		t.Error("bases, sections or keys changed")
	}
	if !reflect.DeepEqual(p, plan2024(t)) {
		t.Error("the plan that was copied has changed")
	}
}

func TestEditionMoves(t *testing.T) {
	for _, s := range States {
		for act := range moves {
			e := Edition{State: s}
			got, err := e.Move(act)
			if (err == nil) != e.May(act) || err != nil && got.State != s {
				t.Errorf("%s from %s: %s, %v", act, s, got.State, err)
			}
		}
	}
	for _, s := range []State{StateIssued, StateSubmitted, StateSigned, StateDropped} {
		if (Edition{State: s}).May(doithoai.ActDraftPlan) {
			t.Errorf("what is %s can be written in", s)
		}
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
		"text after the value": {`"last_key":52}`, `"last_key":52} {}`},
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
	w := plan2024(t).When.Window
	for day, want := range map[calendar.Date]bool{
		calendar.DateOf(2024, 3, 31): false, calendar.DateOf(2024, 4, 1): true,
		calendar.DateOf(2024, 12, 31): true, calendar.DateOf(2025, 1, 1): false,
	} {
		if w.Contains(day) != want {
			t.Errorf("%s in the window: %v", day, !want)
		}
	}
	from, to, ok := w.Quarters()
	if !ok || from.Roman() != "II" || to.Roman() != "IV" || (Quarter{2024, 5}).Roman() != "" {
		t.Errorf("Roman numerals %q, %q, %q", from.Roman(), to.Roman(), (Quarter{2024, 5}).Roman())
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
		{}:                            "Nghĩa Dũng, ngày\u00a0\u00a0\u00a0\u00a0 tháng\u00a0\u00a0\u00a0\u00a0 năm",
	} {
		if got := PlaceAndDate("Nghĩa Dũng", date); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
