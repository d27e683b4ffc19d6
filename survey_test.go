package doithoai

import (
	"slices"
	"strings"
	"testing"
	"time"

	"doithoai/calendar"
)

// eight is a form of eight questions on a scale.
func eight(scale int) SurveyForm {
	f := SurveyForm{Kind: SurveyDialogue, Number: 1, Scale: scale, Source: "Mẫu của phần mềm"}
	for range 8 {
		f.Questions = append(f.Questions, SurveyQuestion{Text: "Câu hỏi"})
	}
	f.Questions[5].Short, f.Questions[7].Short = true, true
	return f
}

// The index is published with two decimals, halves up.
func TestSurveyIndex(t *testing.T) {
	for x, want := range map[SurveyIndex]int{
		{45, 57}: 7895, {0, 9}: 0, {9, 9}: 10000, {1, 3}: 3333, {2, 3}: 6667, {7, 8}: 8750, {1, 16}: 625,
		{1, 32}: 313, {3, 32}: 938, {1, 800}: 13,
	} {
		if got, ok := x.Hundredths(); !ok || got != want {
			t.Errorf("%d of %d is %d, want %d", x.Satisfied, x.Of, got, want)
		}
	}
	if _, ok := (SurveyIndex{}).Percent(); ok {
		t.Error("nobody answered, and there is an index")
	}
}

// group is a group of n slips that answered the last question in a way, and skipped the others.
func group(o SurveyOrigin, village ID, scale int, counts ...int) SurveyGroup {
	f := eight(scale)
	g := SurveyGroup{Origin: o, Village: village, Counts: f.NoCounts()}
	copy(g.Counts[7], counts)
	for _, n := range counts {
		g.Valid += n
	}
	g.Returned = g.Valid
	return g
}

// The last two levels of either scale say "satisfied"; skipped questions don't count.
func TestSurveyScales(t *testing.T) {
	five := NewSurveyResult(Survey{}, eight(ScaleFive), []SurveyGroup{group(OriginDigital, "", 5, 1, 4, 7, 28, 17)})
	if x, ok := five.Overall(); !ok || x != (SurveyIndex{45, 57}) {
		t.Errorf("%+v", x)
	}
	if five.Total().Index(0) != (SurveyIndex{}) {
		t.Error("a question that nobody answered has an index")
	}
	three := NewSurveyResult(Survey{}, eight(ScaleThree), []SurveyGroup{group(OriginPaper, "", 3, 2, 3, 5)})
	if x, ok := three.Overall(); !ok || x != (SurveyIndex{8, 10}) {
		t.Errorf("%+v", x)
	}
}

// Nothing is shown of a handful of people: not the whole, not a question, not a split, and no group that could be
// reckoned from the others.
func TestSmallSurveyGroupsAreHidden(t *testing.T) {
	for name, c := range map[string]struct {
		groups            []SurveyGroup
		overall           bool
		origins, villages int
	}{
		"nobody":                  {nil, false, 0, 0},
		"four":                    {[]SurveyGroup{group(OriginDigital, "", 5, 0, 0, 0, 4)}, false, 0, 0},
		"five of one way":         {[]SurveyGroup{group(OriginDigital, "", 5, 0, 0, 0, 5)}, true, 1, 0},
		"five and one of another": {[]SurveyGroup{group(OriginDigital, "", 5, 5), group(OriginPaper, "", 5, 1)}, true, 0, 0},
		"a village of four among great ones": {[]SurveyGroup{
			group(OriginPaper, "a", 5, 20), group(OriginPaper, "b", 5, 4), group(OriginPaper, "c", 5, 30),
		}, true, 1, 0},
		"villages of five": {[]SurveyGroup{group(OriginPaper, "a", 5, 5), group(OriginTally, "b", 5, 6)}, true, 2, 2},
		"one village in two ways": {[]SurveyGroup{
			group(OriginPaper, "a", 5, 3), group(OriginTally, "a", 5, 4), group(OriginDigital, "", 5, 9),
		}, true, 0, 2},
		"three of no village beside one": {[]SurveyGroup{
			group(OriginPaper, "a", 5, 30), group(OriginDigital, "", 5, 3),
		}, true, 0, 0},
	} {
		r := NewSurveyResult(Survey{}, eight(ScaleFive), c.groups)
		_, overall := r.Overall()
		if overall != c.overall || len(r.Origins()) != c.origins || len(r.Villages()) != c.villages {
			t.Errorf("%s: index %v, %d origins, %d villages", name, overall, len(r.Origins()), len(r.Villages()))
		}
	}
	g := group(OriginDigital, "", 5, 0, 0, 0, 9)
	g.Counts[0][4] = 4
	r := NewSurveyResult(Survey{}, eight(ScaleFive), []SurveyGroup{g, group(OriginPaper, "", 5, 0, 0, 0, 9)})
	if r.ShowsQuestion(0) || !r.ShowsQuestion(7) || ShowsSplit(r.Origins(), 0) || !ShowsSplit(r.Origins(), 7) {
		t.Error("what four people answered is shown")
	}
	r.Warn = 10
	if r.Few() {
		t.Error("eighteen are few")
	}
}

func TestSurveyStackProblems(t *testing.T) {
	f := eight(ScaleFive)
	counts := f.NoCounts()
	counts[7] = []int{0, 1, 2, 10, 7}
	good := SurveyStack{Origin: OriginTally, Issued: 25, Returned: 21, Invalid: 1, Counts: counts}
	if ps := good.Problems(f); ps != nil {
		t.Errorf("%+v", ps)
	}
	if got := good.Sums(); !strings.HasPrefix(got, "25/21/1 0-0-0-0-0 ") || !strings.HasSuffix(got, " 0-1-2-10-7") {
		t.Errorf("sums %q", got)
	}
	good.Invalid = 2
	if ps := good.Problems(f); len(ps) != 1 || ps[0].Field != TallyField(7, 0) {
		t.Errorf("twenty answers of nineteen slips: %+v", ps)
	}
	typed := SurveyStack{Origin: OriginPaper, Issued: 9, Returned: 7, Typed: 7}
	if ps := typed.Problems(f); ps != nil || typed.Left() != 0 {
		t.Errorf("%+v, %d left", ps, typed.Left())
	}
	typed.Invalid = 1
	if ps := typed.Problems(f); len(ps) != 1 {
		t.Errorf("fewer are valid than were typed: %+v", ps)
	}
}

func TestSurveyFormProblems(t *testing.T) {
	today := calendar.DateOf(2026, time.December, 2)
	good := eight(ScaleFive)
	good.From = today.AddDays(1)
	if ps := good.Problems(today); ps != nil {
		t.Fatalf("%+v", ps)
	}
	for field, spoil := range map[string]func(*SurveyForm){
		"tu-ngay":  func(f *SurveyForm) { f.From = today },
		"thang-do": func(f *SurveyForm) { f.Scale = 4 },
		"can-cu":   func(f *SurveyForm) { f.Source = "" },
		"cau-3":    func(f *SurveyForm) { f.Questions[2].Text = "" },
		"ngan":     func(f *SurveyForm) { f.Questions[7].Short = false },
		"loai":     func(f *SurveyForm) { f.Kind = "" },
	} {
		f := good
		f.Questions = slices.Clone(good.Questions)
		spoil(&f)
		if ps := f.Problems(today); len(ps) != 1 || ps[0].Field != field {
			t.Errorf("%s: %+v", field, ps)
		}
	}
}

// A quarter's survey is one from its first day to its last.
func TestQuarterSurvey(t *testing.T) {
	for day, want := range map[calendar.Date][2]calendar.Date{
		calendar.DateOf(2026, time.December, 31): {calendar.DateOf(2026, 10, 1), calendar.DateOf(2026, 12, 31)},
		calendar.DateOf(2024, time.February, 29): {calendar.DateOf(2024, 1, 1), calendar.DateOf(2024, 3, 31)},
		calendar.DateOf(2026, time.April, 1):     {calendar.DateOf(2026, 4, 1), calendar.DateOf(2026, 6, 30)},
	} {
		s := QuarterSurvey(SurveyProcedures, day)
		again, err := ParseSurvey(s.Kind, s.Subject())
		if s.Quarter != want[0] || s.Ends() != want[1] || again != s || err != nil {
			t.Errorf("%s: %+v to %s; read again %+v, %v", day, s, s.Ends(), again, err)
		}
	}
}

func TestParseSurveyDigits(t *testing.T) {
	for typed, want := range map[string][]int{
		"12345": {1, 2, 3, 4, 5}, "4 0-.": {4, 0, 0, 0, 0}, "4x": {4, -1}, "": nil,
	} {
		if got := ParseSurveyDigits(typed); !slices.Equal(got, want) {
			t.Errorf("%q: %v", typed, got)
		}
	}
	f := eight(ScaleFive)
	for typed, ok := range map[string]bool{
		"4": true, "44444444": true, "444444444": false, "6": false, "00": false, "": false,
	} {
		ps := SurveySlip{Answers: ParseSurveyDigits(typed)}.DigitProblems(f)
		if (len(ps) == 0) != ok {
			t.Errorf("%q: %+v", typed, ps)
		}
	}
}

// A quarter has one word in addresses, and nothing else reads as one.
func TestQuarterWord(t *testing.T) {
	for word, day := range map[string]calendar.Date{
		"2026-q4": calendar.DateOf(2026, time.October, 1), "2024-q1": calendar.DateOf(2024, time.January, 1),
	} {
		s, ok := ParseQuarterSurvey(SurveyProcedures, word)
		if !ok || s.Quarter != day || s.QuarterWord() != word {
			t.Errorf("%s is %+v", word, s)
		}
	}
	for _, wrong := range []string{
		"", "2026", "2026-q0", "2026-q5", "02026-q4", "2026-q4x", "2026-q04", "-1-q1", "99999-q1",
	} {
		if s, ok := ParseQuarterSurvey(SurveyProcedures, wrong); ok {
			t.Errorf("%q reads as %+v", wrong, s)
		}
	}
}
