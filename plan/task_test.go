package plan

import (
	"strings"
	"testing"

	"doithoai"
	"doithoai/calendar"
)

func TestTaskReport(t *testing.T) {
	now := calendar.InstantAt(calendar.DateOf(2026, 10, 1), 9, 0)
	open, standing := Task{State: TaskOpen, DialogueID: "d"}, Task{State: TaskOpen}
	standing.Manner = MannerStanding
	for name, tt := range map[string]struct {
		task  Task
		r     TaskReport
		kind  doithoai.Kind
		state TaskState
	}{
		"something was done":   {open, TaskReport{Text: "Đã họp bộ phận"}, 0, TaskDoing},
		"all was done":         {open, TaskReport{Text: "Đã phát thanh 3 ngày", Done: true}, 0, TaskDone},
		"nothing is said":      {open, TaskReport{Done: true}, doithoai.Invalid, ""},
		"too much is said":     {open, TaskReport{Text: strings.Repeat("ạ", MaxReport+1)}, doithoai.Invalid, ""},
		"it was done before":   {Task{State: TaskDone}, TaskReport{Text: "Nữa"}, doithoai.Conflict, ""},
		"it was dropped":       {Task{State: TaskDropped}, TaskReport{Text: "Nữa"}, doithoai.Conflict, ""},
		"all the time, a part": {standing, TaskReport{Text: "Quý III"}, 0, TaskDoing},
		"all the time, done":   {standing, TaskReport{Text: "Quý III", Done: true}, doithoai.Invalid, ""},
	} {
		got, err := tt.task.Report(tt.r, now, 2)
		if doithoai.KindOf(err) != tt.kind || err == nil && got.State != tt.state {
			t.Errorf("%s: %s, %v", name, got.State, err)
		}
		if err == nil && (got.State == TaskDone) != (got.DoneAt == now && got.Moves == 2) {
			t.Errorf("%s: done at %s, moves %d", name, got.DoneAt, got.Moves)
		}
	}
}

func TestToldProblems(t *testing.T) {
	now := calendar.InstantAt(calendar.DateOf(2026, 10, 1), 9, 0)
	today := now.Date()
	for name, tt := range map[string]struct {
		r     TaskReport
		field string
	}{
		"told at that minute": {TaskReport{From: "Trưởng thôn 4", On: today, At: 9 * 60}, ""},
		"told to come":        {TaskReport{From: "Trưởng thôn 4", On: today, At: 9*60 + 1}, "ngay-bao"},
		"on no day":           {TaskReport{From: "Trưởng thôn 4"}, "ngay-bao"},
		"by nobody":           {TaskReport{On: today}, "nguoi-bao"},
	} {
		got := tt.r.ToldProblems(now)
		if (len(got) > 0) != (tt.field != "") || len(got) > 0 && got[0].Field != tt.field {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestTaskReopenAndDrop(t *testing.T) {
	done := Task{State: TaskDone, DoneAt: calendar.InstantAt(calendar.DateOf(2026, 10, 1), 9, 0), Moves: 1}
	if _, err := done.Reopen(""); doithoai.KindOf(err) != doithoai.Invalid {
		t.Errorf("reopened without a reason: %v", err)
	}
	again, err := done.Reopen("Thiếu ảnh niêm yết")
	if err != nil || again.State != TaskOpen || !again.DoneAt.IsZero() || again.Moves != 0 {
		t.Errorf("reopened: %+v, %v", again, err)
	}
	if _, err := again.Reopen("Lần nữa"); doithoai.KindOf(err) != doithoai.Conflict {
		t.Errorf("reopened twice: %v", err)
	}
	if _, err := done.Drop("Không cần"); doithoai.KindOf(err) != doithoai.Conflict {
		t.Errorf("what is done was dropped: %v", err)
	}
	dropped, err := again.Drop("Thôn đã nhập")
	if err != nil || dropped.State != TaskDropped || dropped.Ended != EndTyped {
		t.Errorf("dropped: %+v, %v", dropped, err)
	}
	if err := dropped.Urge(""); doithoai.KindOf(err) != doithoai.Conflict {
		t.Errorf("what is dropped was urged: %v", err)
	}
}

func TestIncomingProblems(t *testing.T) {
	today := calendar.DateOf(2026, 10, 1)
	good := Incoming{
		Sender: "UBND thành phố", Number: "412/TB-UBND", Dated: today.AddDays(-1), Abstract: "Tổ chức đối thoại",
		Asks: "Cử người dự", ReceivedOn: today,
	}
	if got := good.Problems(today); got != nil {
		t.Errorf("good: %v", got)
	}
	for field, spoil := range map[string]func(*Incoming){
		"noi-gui":   func(n *Incoming) { n.Sender = "" },
		"so":        func(n *Incoming) { n.Number = "bốn trăm" },
		"ngay":      func(n *Incoming) { n.Dated = today.AddDays(1) },
		"trich-yeu": func(n *Incoming) { n.Abstract = "" },
		"yeu-cau":   func(n *Incoming) { n.Asks = "" },
		"ngay-den":  func(n *Incoming) { n.ReceivedOn = today.AddDays(-2) },
		"dia-diem":  func(n *Incoming) { n.Venue = strings.Repeat("x", doithoai.MaxLine+1) },
	} {
		n := good
		spoil(&n)
		if got := n.Problems(today); len(got) == 0 || got[0].Field != field {
			t.Errorf("%s: %v", field, got)
		}
	}
}

// A relay goes to who is in force, and names nobody else.
func TestIncomingTasks(t *testing.T) {
	today := calendar.DateOf(2026, 10, 1)
	o := doithoai.Organisation{
		Units:    []doithoai.Unit{{ID: "land"}, {ID: "old", To: today.AddDays(-1)}},
		Villages: []doithoai.Village{{ID: "v1"}},
	}
	n := Incoming{ID: "n", AuthorityID: "a"}
	to := IncomingRelay{Text: "Cử người dự", Units: []doithoai.ID{"land"}, Villages: []doithoai.ID{"v1"}}
	tasks, err := n.Tasks(to, o, today)
	if err != nil || len(tasks) != 2 || tasks[1].VillageID != "v1" || !tasks[0].Due.IsZero() {
		t.Errorf("%+v, %v", tasks, err)
	}
	for field, r := range map[string]IncomingRelay{
		"noi-nhan": {Text: "Cử người dự", Units: []doithoai.ID{"old"}},
		"viec":     {Units: []doithoai.ID{"land"}},
		"han":      {Text: "Cử người dự", Units: []doithoai.ID{"land"}, Due: today.AddDays(-1)},
	} {
		_, err := n.Tasks(r, o, today)
		if ps := doithoai.ProblemsOf(err); len(ps) != 1 || ps[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}
