package plan

import (
	"math/rand/v2"
	"slices"
	"testing"

	"doithoai"
	"doithoai/calendar"
)

// Whatever acts happen to the slips of a stock in whatever order, the account adds up.
func TestPaperAccountAdds(t *testing.T) {
	type slip struct {
		state  PaperState
		handed bool
	}
	acts := []doithoai.Act{
		doithoai.ActHandOutSlips, doithoai.ActSubmitSlip, doithoai.ActVoidPaperSlip, doithoai.ActCountMissing,
	}
	for seed := range uint64(50) {
		chance := rand.New(rand.NewPCG(seed, 7))
		var slips []slip
		for range 400 {
			if len(slips) == 0 || chance.IntN(8) == 0 { // another stack is printed
				for range 1 + chance.IntN(10) {
					slips = append(slips, slip{state: PaperPrinted})
				}
			}
			s := &slips[chance.IntN(len(slips))]
			act := acts[chance.IntN(len(acts))]
			if from, to := PaperMove(act); slices.Contains(from, s.state) {
				s.handed = s.handed || act == doithoai.ActHandOutSlips || act == doithoai.ActSubmitSlip
				s.state = to
			}
			var a PaperAccount
			for _, s := range slips {
				a = a.Count(s.state, s.handed, 1)
			}
			if !a.Adds() || a.Printed != len(slips) {
				t.Fatalf("seed %d: %d slips, the account says %+v", seed, len(slips), a)
			}
		}
	}
	if (PaperAccount{Printed: 3, InStock: 1, Handed: 1}).Adds() {
		t.Error("an account with a slip lost adds up")
	}
}

func TestParsePaperNumber(t *testing.T) {
	for typed, want := range map[string]int{
		"0052": 52, "52": 52, " 52 ": 52, "00052": 52, "9999": 9999, "10000": 0, "": 0, "0": 0, "-1": 0, "5 2": 0,
		"52a": 0, "٥٢": 0, "999999999999999999999": 0,
	} {
		if got := ParsePaperNumber(typed); got != want {
			t.Errorf("%q is %d, want %d", typed, got, want)
		}
	}
	if PaperNumber(52) != "0052" {
		t.Errorf("52 is printed as %s", PaperNumber(52))
	}
}

func TestHandoutProblems(t *testing.T) {
	today := calendar.DateOf(2024, 10, 11)
	good := Handout{First: 1, Last: 25, Receiver: "Trưởng thôn 1", On: today}
	for field, h := range map[string]Handout{
		"":           good,
		"tu":         {Last: 25, Receiver: "x", On: today},
		"den":        {First: 26, Last: 25, Receiver: "x", On: today},
		"noi-nhan":   {First: 1, Last: 2, VillageID: "v", UnitID: "u", Receiver: "x", On: today},
		"nguoi-nhan": {First: 1, Last: 2, On: today},
		"ngay":       {First: 1, Last: 2, Receiver: "x", On: today.AddDays(1)},
	} {
		list := h.Problems(today)
		if field == "" && len(list) > 0 || field != "" && (len(list) != 1 || list[0].Field != field) {
			t.Errorf("%s: problems %v", field, list)
		}
	}
}

// A sheet adds up row by row; what does not is refused at the row, with the sums.
func TestSheetAddsUp(t *testing.T) {
	today := calendar.DateOf(2024, 10, 17)
	sheet := func(rows ...ProcedureFigures) Sheet {
		return Sheet{From: calendar.DateOf(2024, 1, 1), To: calendar.DateOf(2024, 9, 30), Rows: rows}
	}
	good := ProcedureFigures{
		FieldCode: "dat-dai", CarriedOver: 21, Received: 187, Early: 12, InTime: 131, Late: 34, Pending: 22, PendingLate: 9,
	}
	if list := sheet(good).SubmitProblems(today); len(list) > 0 {
		t.Errorf("a sheet that adds up: %v", list)
	}
	if tenths, ok := good.TimelyTenths(); !ok || tenths != 807 { // 143 of 177
		t.Errorf("in time: %d tenths of a per cent", tenths)
	}
	bad := good
	bad.Late++
	if list := sheet(good, bad).SubmitProblems(today); len(list) != 1 || list[0].Field != "tiep-nhan-1" {
		t.Errorf("a row that doesn't add up: %v", list)
	}
	if list := sheet(bad).KeepProblems(); len(list) > 0 {
		t.Errorf("it can't even be kept: %v", list)
	}
	negative := good
	negative.Late, negative.InTime = -1, good.InTime+good.Late+1
	if list := sheet(negative).SubmitProblems(today); len(list) != 1 || list[0].Field != "tre-han-0" {
		t.Errorf("a negative figure: %v", list)
	}
	if list := sheet().SubmitProblems(today); len(list) != 1 || list[0].Key != "prepare.figures.problem.none" {
		t.Errorf("nothing: %v", list)
	}
	if list := sheet(ProcedureFigures{FieldCode: "khac", Note: "Không có thủ tục."}).SubmitProblems(today); len(list) > 0 {
		t.Errorf("nothing, and why: %v", list)
	}
	early := sheet(good)
	early.To = today.AddDays(1)
	if list := early.SubmitProblems(today); len(list) != 1 || list[0].Field != "den-ngay" {
		t.Errorf("a period to come: %v", list)
	}
}

// A question goes to a unit that is none of whom it is about; one on conduct to the office; by a day that is not past
// and not after the dialogue.
func TestTriageProblems(t *testing.T) {
	today := calendar.DateOf(2024, 10, 22)
	d := doithoai.Dialogue{StartsAt: calendar.InstantAt(calendar.DateOf(2024, 10, 25), 8, 0)}
	land, office := doithoai.Unit{ID: "land"}, doithoai.Unit{ID: "office", Office: true}
	q := func(day int) Question { return Question{Due: calendar.DateOf(2024, 10, day)} }
	for _, c := range []struct {
		q     Question
		unit  doithoai.Unit
		there bool
		s     doithoai.Subject
		want  string
	}{
		{q(23), land, true, doithoai.Subject{}, ""},
		{q(23), land, false, doithoai.Subject{}, "prepare.question.problem.unit"},
		{q(23), land, true, doithoai.Subject{Conduct: true}, "prepare.question.problem.conduct"},
		{q(23), office, true, doithoai.Subject{Conduct: true}, ""},
		{q(23), office, true, doithoai.Subject{Conduct: true, ConcernedUnits: []doithoai.ID{"office"}},
			"prepare.question.problem.concerned"},
		{q(21), land, true, doithoai.Subject{}, "prepare.question.problem.due_past"},
		{q(26), land, true, doithoai.Subject{}, "prepare.question.problem.due_late"},
		{Question{}, land, true, doithoai.Subject{}, "prepare.question.problem.due"},
	} {
		list := c.q.TriageProblems(c.unit, c.there, c.s, d, today)
		if c.want == "" && len(list) > 0 || c.want != "" && (len(list) != 1 || list[0].Key != c.want) {
			t.Errorf("%v to %s of %+v: %v, want %s", c.q.Due, c.unit.ID, c.s, list, c.want)
		}
	}
	for _, o := range []doithoai.Opinion{{Ruling: doithoai.RulingLater}, {}} {
		over := doithoai.Dialogue{State: doithoai.DialogueClosed}
		if _, err := (Question{}).Move(doithoai.ActTriageQuestion, o, over); doithoai.KindOf(err) != doithoai.Conflict {
			t.Errorf("ruled %q, dialogue over: %v", o.Ruling, err)
		}
	}
}
