package doithoai

import (
	"fmt"
	"slices"
	"testing"

	"doithoai/calendar"
)

// What a conclusion gives to do is judged like what an answer promises; a line whose day has passed stays.
func TestConcluding(t *testing.T) {
	today := calendar.DateOf(2024, 10, 23)
	line := func(what string, days int) Promised { return Promised{"land", what, today.AddDays(days)} }
	late := line("Dán bảng", -1)
	p := Promising{
		Units: []Unit{{ID: "land"}}, Calendar: promiseCalendar(t), Today: today,
		Gates: Gates{
			{Who: Petitioner{Name: "Lê Văn Bình"}, Spelling: lowered},
			{Who: Petitioner{Name: "Nguyễn Văn An"}, Spelling: lowered},
		},
		Stands: []Promise{{Promised: line("Đo lại", 1)}, {Promised: late}},
	}
	var many []Promised
	for i := range MaxConcluded {
		many = append(many, line(fmt.Sprintf("Việc %d", i), 1))
	}
	redated := late
	redated.Due = today.AddDays(1)
	for _, tt := range []struct {
		name  string
		lines []Promised
		want  []string
	}{
		{"the late one alone", []Promised{late}, nil},
		{"another line is given up", []Promised{late, line("Ghi phiếu hẹn", 2)}, nil},
		{"the late one is dropped", nil, []string{"hua-viec-2 promise.problem.stays"}},
		{"the late one gets another day", []Promised{redated}, []string{"hua-viec-2 promise.problem.stays"}},
		{"as many as there may be", append(many[:MaxConcluded-1:MaxConcluded-1], late), nil},
		{"too many", append(many[:MaxConcluded:MaxConcluded], late), []string{"hua-viec-10 promise.problem.too_many"}},
		{"a day that is past", []Promised{late, line("Khác", -1)}, []string{"hua-han-2 promise.problem.due_past"}},
		{"names who asked", []Promised{late, line("Đo đất ông Nguyễn Văn An", 1)},
			[]string{"hua-viec-2 promise.problem.names"}},
		{"names another", []Promised{late, line("Đo đất ông Lê Văn Bình", 1)},
			[]string{"hua-viec-2 promise.problem.names"}},
	} {
		var got []string
		for _, problem := range p.Concluding(tt.lines) {
			got = append(got, problem.Field+" "+problem.Key)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// The promise of a conclusion is of its dialogue, from the dialogue's end on; one whose day passed before the minutes
// were locked is late from the beginning.
func TestConclude(t *testing.T) {
	ended := calendar.InstantAt(calendar.DateOf(2024, 10, 18), 11, 0)
	d := Dialogue{ID: "d", AuthorityID: "a", ClosedAt: ended}
	p := d.Conclude("p", Promised{"land", "Dán bảng", calendar.DateOf(2024, 10, 21)})
	if p.DialogueID != "d" || p.OpinionID != "" || p.MadeAt != ended || p.State != PromiseOpen {
		t.Errorf("it is %+v", p)
	}
	if !p.Late(calendar.DateOf(2024, 10, 23), promiseCalendar(t)) {
		t.Error("it is not late")
	}
}
