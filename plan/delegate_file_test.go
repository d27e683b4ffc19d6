package plan

import (
	"testing"

	"doithoai"
)

// A list that was downloaded, filled in and taken over again names people for its open places: it adds nobody, and
// taken over twice it changes nothing.
func TestPlanFileFillsOpenPlaces(t *testing.T) {
	points := []Point{{Key: 24, Text: "Thường trực Đảng ủy"}, {Key: 29, Text: "Bí thư Chi bộ, Trưởng thôn"}}
	place := func(id doithoai.ID, point int, name, title, body string, state InvitationState) Delegate {
		return Delegate{Invitation: Invitation{
			ID: id, Point: point, PointText: points[point/29].Text, Name: name, Title: title, Body: body, State: state,
			Capacity: CapacityDelegate, Version: 1,
		}}
	}
	there := []Delegate{
		place("1", 24, "", "", "Thường trực Đảng ủy", InvitationDraft),
		place("2", 29, "", "Bí thư Chi bộ thôn 1", "", InvitationSent),
		place("3", 29, "", "Bí thư Chi bộ thôn 1", "", InvitationDraft),
		place("4", 29, "", "Trưởng thôn 1", "", InvitationDeclined),
		place("5", 29, "", "Trưởng thôn 2", "", InvitationDraft),
	}
	file := doithoai.ListFile{Has: []bool{true, true, true, true, false, false, false, false}}
	for n, cells := range [][]string{
		{"1. Thường trực Đảng ủy", "Đỗ Văn Ví Dụ", "Phó Bí thư", "THƯỜNG TRỰC ĐẢNG ỦY"},
		{"2", "Hồ Thị Minh Họa", "Bí thư chi bộ Thôn 1", ""},
		{"2", "Võ Văn Thí Dụ", "Bí thư Chi bộ thôn 1", ""},
		{"2", "Lê Thị Giả Dụ", "Bí thư Chi bộ thôn 1", ""}, // a third: only two places
		{"2", "Lý Văn Mẫu", "Trưởng thôn 1", ""},           // its place declined
		{"2", "", "Trưởng thôn 2", ""},                     // spoken of as open
		{"1", "Bùi Văn Mô Phỏng", "Trưởng thôn 2", ""},     // of another group
	} {
		file.Rows = append(file.Rows, doithoai.ListRow{Number: n + 2, Cells: cells})
	}
	w := DelegateWords{Points: points}
	p := w.PlanFile(there, file)
	if len(p.Faults) > 0 || len(p.Added) != 3 || len(p.Changed) != 3 || p.Same != 1 || p.Left != 1 {
		t.Fatalf("would do %+v", p)
	}
	for n, want := range []struct {
		id   doithoai.ID
		name string
	}{{"1", "Đỗ Văn Ví Dụ"}, {"2", "Hồ Thị Minh Họa"}, {"3", "Võ Văn Thí Dụ"}} {
		if got := p.Changed[n].After; got.ID != want.id || got.Name != want.name || got.Capacity != CapacityDelegate {
			t.Errorf("place %s is for %+v", want.id, got)
		}
	}
	for _, c := range p.Changed {
		for n := range there {
			if there[n].ID == c.After.ID {
				there[n] = c.After
			}
		}
	}
	for _, c := range p.Added {
		there = append(there, c.After)
	}
	if again := w.PlanFile(there, file); !again.Empty() {
		t.Errorf("taken over twice it would do %+v", again)
	}
}
