package doithoai

import (
	"slices"
	"strings"
	"testing"

	"doithoai/calendar"
)

func TestConcernedAreKeptFromTheLead(t *testing.T) {
	office, land := Unit{ID: "office", Name: "Văn phòng", Office: true}, Unit{ID: "land", Name: "Địa chính"}
	of := func(id, unit ID) Officer { return Officer{ID: id, UnitID: unit, Roles: []Role{RoleUnitOfficer}} }
	open := func(lead ID) *Petition { return &Petition{LeadUnitID: lead, State: PetitionProcessing} }
	tests := []struct {
		name     string
		officers []Officer
		lead     Unit
		petition *Petition
		field    string
		want     []ID
	}{
		{"no ruling yet", []Officer{of("a", "land"), of("a", "land"), of("b", "office")}, Unit{}, nil, "", []ID{"a", "b"}},
		{"led by the office", []Officer{of("a", "land")}, office, open("office"), "", []ID{"a"}},
		{"led by their own unit", []Officer{of("a", "land")}, land, open("land"), "can-bo", nil},
		{"led by another unit", []Officer{of("a", "money")}, land, open("land"), "can-bo", nil},
		{"of the office, led by it", []Officer{of("a", "office")}, office, open("office"), "can-bo", nil},
		{"of the office, led by the chair", []Officer{of("a", "office")}, Unit{}, open(""), "", []ID{"a"}},
		{"answered already", []Officer{of("a", "land")}, land, &Petition{LeadUnitID: "land", State: PetitionAnswered},
			"", []ID{"a"}},
		{"nobody any more", nil, land, open("land"), "", nil},
	}
	for _, tt := range tests {
		f, err := NameConcerned(tt.officers, tt.lead, tt.petition)
		if checkProblem(t, ProblemsOf(err), tt.field); tt.field == "" && !slices.Equal(f.Officers, tt.want) {
			t.Errorf("%s: named %v, want %v", tt.name, f.Officers, tt.want)
		}
	}
}

func TestExplanationProblems(t *testing.T) {
	today := calendar.DateOf(2026, 10, 1)
	who := Petitioner{Name: "Nguyễn Thị Minh Họa", Phone: "0900000000"}
	good := Explanation{OfficerID: "a", Question: "Sáng 30/9 ai trực một cửa?", Due: today}
	for field, change := range map[string]func(*Explanation){
		"":                    func(*Explanation) {},
		"nguoi-giai-trinh":    func(e *Explanation) { e.OfficerID = "b" },
		"cau-hoi-giai-trinh":  func(e *Explanation) { e.Question = "" },
		"cau-hoi-giai-trinh*": func(e *Explanation) { e.Question = "Bà nguyễn thị minh họa nói gì?" },
		"han-giai-trinh":      func(e *Explanation) { e.Due = today.AddDays(-1) },
	} {
		e := good
		change(&e)
		checkProblem(t, e.AskProblems([]ID{"a"}, Gate{Who: who, Spelling: lowered}, today, calendar.Calendar{}), field)
	}
	e := good
	e.Question = "Ai gọi số 0900 000 000?"
	checkProblem(
		t,
		e.AskProblems([]ID{"a"}, Gate{Who: who, Spelling: lowered}, today, calendar.Calendar{}),
		"cau-hoi-giai-trinh",
	)
	at := calendar.InstantAt(today, 9, 0)
	given, err := good.Give("Tôi trực.", at)
	if err != nil || given.Answer != "Tôi trực." || given.GivenAt != at {
		t.Errorf("%+v (%v)", given, err)
	}
	if _, err := given.Give("Không.", at); KindOf(err) != Conflict {
		t.Errorf("given twice: %v", err)
	}
	_, err = good.Give("", at)
	checkProblem(t, ProblemsOf(err), "giai-trinh")
}

// lowered makes capitals alike, and nothing else.
var lowered = Spelling{Plain: strings.Clone, Folded: strings.ToLower, Name: strings.ToLower}
