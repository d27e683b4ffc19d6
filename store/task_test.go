package store

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// Keys of points of the plan.
const (
	pointPrepare  = 36 // of every unit
	pointAnswer   = 38 // of every unit, all the time
	pointFunds    = 47 // of the finance unit
	pointAnnounce = 52 // of every village
)

// planned issues a plan for the year of the tests, in which villages announce a dialogue two days before it, units
// prepare by a day, and answer all the time; with a dialogue of it.
func (fx *fixture) planned(t testing.TB, db *DB) (doithoai.ID, doithoai.Dialogue) {
	t.Helper()
	p, err := readPlan()
	must(t, err)
	p = p.Copied(2026)
	p.Date = db.Now().Date()
	rules := map[int]plan.TaskRule{
		pointPrepare:  {Manner: plan.MannerDay, Day: calendar.DateOf(2026, 10, 9)},
		pointAnswer:   {Manner: plan.MannerStanding},
		pointAnnounce: {Manner: plan.MannerDialogue, Days: -2},
	}
	for _, s := range p.Of(plan.KindAssignment) {
		s.Points = slices.Clone(s.Points)
		for i, point := range s.Points {
			s.Points[i].Task = rules[point.Key]
		}
		p = p.With(s)
	}
	e, err := db.TakeOverPlan(ctxOf(t), fx.office, p)
	must(t, err)
	d, err := db.AnnounceNewDialogue(ctxOf(t), fx.office, fx.newDialogue("nhiem-vu", e.PlanID))
	must(t, err)
	return e.PlanID, d
}

// task finds the task of a point that an addressee has.
func (fx *fixture) task(t testing.TB, db *DB, planID doithoai.ID, point int, unit, village doithoai.ID) TaskRow {
	t.Helper()
	rows, _, err := db.Tasks(ctxOf(t), fx.office, TaskFilter{
		Tab: TasksAll, PlanID: planID, Point: point, UnitID: unit, VillageID: village,
	})
	must(t, err)
	if len(rows) != 1 {
		t.Fatalf("%d tasks of point %d", len(rows), point)
	}
	return rows[0]
}

// sums are those of a plan by their points.
func (fx *fixture) sums(t testing.TB, db *DB, planID doithoai.ID) map[int]TaskSum {
	t.Helper()
	all, err := db.TaskSums(ctxOf(t), fx.chair, TaskFilter{PlanID: planID})
	must(t, err)
	sums := map[int]TaskSum{}
	for _, s := range all {
		sums[s.Point] = s
	}
	return sums
}

// justiceTask is one of the justice unit, with a day.
func (fx *fixture) justiceTask(t testing.TB, db *DB) TaskRow {
	t.Helper()
	id, _ := fx.planned(t, db)
	return fx.task(t, db, id, pointPrepare, fx.units["tu-phap-ho-tich"].ID, "")
}

// villageHead opens the account of the head of a village.
func (fx *fixture) villageHead(t testing.TB, db *DB, village doithoai.ID) doithoai.Actor {
	t.Helper()
	o, err := db.AddOfficer(ctxOf(t), doithoai.Officer{
		AuthorityID: fx.authority.ID, VillageID: village, Login: "truong-thon", Name: "Người Mô Phỏng", Post: "Trưởng thôn",
		Roles: []doithoai.Role{doithoai.RoleVillageHead},
	}, testPassword)
	must(t, err)
	return o.Actor()
}

// Issuing a plan and announcing a dialogue make the tasks; who is not there yet has them from the first day.
func TestPlanMakesTasks(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id, d := fx.planned(t, db)
		sums := fx.sums(t, db, id)
		units := len(fx.units)
		if got := sums[pointPrepare]; got.All != units || got.Done != 0 || got.Units != units ||
			got.Due.String() != "2026-10-09" {
			t.Errorf("to prepare: %+v", got)
		}
		if got := sums[pointAnswer]; got.All != units || got.Rule.Manner != plan.MannerStanding || !got.Due.IsZero() {
			t.Errorf("all the time: %+v", got)
		}
		if got := sums[pointFunds]; got.All != 1 || got.Owner == "" || !got.Due.IsZero() {
			t.Errorf("once, without a day: %+v", got)
		}
		if got := sums[pointAnnounce]; got.All != len(fx.villages) || got.Due.String() != "2026-10-23" {
			t.Errorf("to announce: %+v", got)
		}
		before := fingerprint(t, db)
		must(t, db.act(ctx, func(tx *Tx) error { return tx.spreadTasks(ctx, fx.authority.ID) }))
		wantSame(t, before, fingerprint(t, db)) // done again it does nothing

		today := db.Now().Date()
		must(t, db.OpenVillages(ctx, fx.office, []string{"Thôn Mới"}, today))
		_, err := db.OpenUnit(ctx, fx.office, doithoai.Unit{Name: "Bộ phận Mới", From: today.AddDays(1)})
		must(t, err)
		sums = fx.sums(t, db, id)
		if sums[pointAnnounce].All != len(fx.villages)+1 || sums[pointPrepare].All != units {
			t.Errorf("with a village of today and a unit of tomorrow: %+v", sums)
		}
		fx.clock.forward(24 * time.Hour)
		must(t, db.TransferWork(ctx))
		sums = fx.sums(t, db, id)
		if sums[pointPrepare].All != units+1 {
			t.Errorf("the day after: %+v", sums[pointPrepare])
		}
		rows, _, err := db.Tasks(ctx, fx.chair, TaskFilter{Tab: TasksAll, DialogueID: d.ID})
		must(t, err)
		if len(rows) != len(fx.villages)+1 || rows[0].HeldAt != d.StartsAt || rows[0].Year != 2026 {
			t.Errorf("of the dialogue: %d, %+v", len(rows), rows)
		}
	})
}

// What an amendment changes is changed in the task, with what stood before.
func TestAmendmentChangesTasks(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id, _ := fx.planned(t, db)
		justice := fx.units["tu-phap-ho-tich"].ID
		done := fx.task(t, db, id, pointPrepare, justice, "")
		must(t, db.ReportTask(ctx, fx.justice, done.ID, done.Version, plan.TaskReport{Text: "Đã họp", Done: true}))
		e, err := db.AmendPlan(ctx, fx.office, id, "Đổi ngày nộp")
		must(t, err)
		point, section, _ := e.Plan.Point(pointPrepare)
		section.Points = []plan.Point{{Key: point.Key, Text: "Chuẩn bị số liệu", Task: plan.TaskRule{
			Manner: plan.MannerDay, Day: calendar.DateOf(2026, 10, 12)}}}
		e, err = db.SavePlan(ctx, fx.office, id, 1, e.Version, e.Plan.With(section))
		must(t, err)
		e, err = db.SubmitPlan(ctx, fx.office, id, 1, e.Version)
		must(t, err)
		e, err = db.SignPlan(ctx, fx.chair, id, 1, e.Version)
		must(t, err)
		_, err = db.IssuePlan(ctx, fx.office, id, 1, e.Version, "40", db.Now().Date())
		must(t, err)

		f, err := db.Task(ctx, fx.land, fx.task(t, db, id, pointPrepare, fx.units["dia-chinh"].ID, "").ID)
		must(t, err)
		if f.Text != "Chuẩn bị số liệu" || f.Due.String() != "2026-10-12" {
			t.Errorf("%q due %s", f.Text, f.Due)
		}
		var kinds []string
		for _, s := range f.Steps {
			kinds = append(kinds, string(s.Kind))
		}
		if !slices.Contains(kinds, "reworded") || !slices.Contains(kinds, "due_moved") {
			t.Errorf("steps %v", kinds)
		}
		again, err := db.Task(ctx, fx.justice, done.ID)
		if err != nil || again.State != plan.TaskDone || again.Text == f.Text {
			t.Errorf("what was done: %s %q, %v", again.State, again.Text, err)
		}
		gone := fx.task(t, db, id, pointAnswer, justice, "")
		if gone.State != plan.TaskDropped || gone.Ended != plan.EndAmended {
			t.Errorf("a point that is gone: %s, %s", gone.State, gone.Ended)
		}
		told, _, err := db.Notices(ctx, fx.land, "", 10)
		must(t, err)
		if len(told) != 1 || told[0].Kind != NoticeMoved {
			t.Errorf("told %+v", told)
		}
	})
}

// The open tasks of a unit that is over go to its successor with its petitions.
func TestTasksGoToTheSuccessor(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		row := fx.justiceTask(t, db)
		heir, err := db.OpenUnit(ctx, fx.office, doithoai.Unit{Name: "Phòng Mới", From: db.Now().Date().AddDays(2)})
		must(t, err)
		must(t, db.CloseUnit(ctx, fx.office, row.UnitID, db.Now().Date().AddDays(1), heir))
		if now := fx.task(t, db, row.PlanID, pointPrepare, row.UnitID, ""); now.ID != row.ID {
			t.Error("it went before the day")
		}
		fx.clock.forward(48 * time.Hour)
		must(t, db.TransferWork(ctx))
		f, err := db.Task(ctx, fx.office, row.ID)
		must(t, err)
		if f.UnitID != heir || f.Steps[0].Kind != plan.StepHanded || f.Steps[0].Text != fx.units["tu-phap-ho-tich"].Name {
			t.Errorf("of %s, %+v", f.UnitID, f.Steps[0])
		}
		if len(f.Officers) != 1 || f.Officers[0].ID != fx.justice.ID {
			t.Errorf("officers %+v", f.Officers)
		}
	})
}

func TestReportTask(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		row := fx.justiceTask(t, db)
		report := plan.TaskReport{Text: "Đã quán triệt tại cuộc họp ngày 01/10", Done: true}
		before := fingerprint(t, db)
		for _, a := range []doithoai.Actor{fx.land, fx.chair, fx.office, fx.secretary, fx.admin, fx.resident} {
			wantKind(t, db.ReportTask(ctx, a, row.ID, row.Version, report), doithoai.NotAllowed, "")
		}
		for _, bad := range badIDs {
			wantKind(t, db.ReportTask(ctx, fx.justice, bad, 1, report), doithoai.NotFound, "")
		}
		wantKind(t, db.ReportTask(ctx, fx.justice, row.ID, row.Version+1, report), doithoai.Conflict, "")
		wantKind(t, db.ReportTask(ctx, fx.justice, row.ID, row.Version, plan.TaskReport{Done: true}), doithoai.Invalid, "")
		wantSame(t, before, fingerprint(t, db))
		must(t, db.ReportTask(ctx, fx.justice, row.ID, row.Version, plan.TaskReport{Text: "Đang làm"}))
		must(t, db.ReportTask(ctx, fx.justice, row.ID, row.Version+1, report))
		f, err := db.Task(ctx, fx.justice, row.ID)
		must(t, err)
		if f.State != plan.TaskDone || f.DoneAt != db.Now() || f.LastText != report.Text || len(f.Steps) != 3 ||
			f.Steps[0].By != fx.justice.ID || f.Steps[1].State != plan.TaskDoing {
			t.Errorf("%+v", f)
		}
		lines, _, _, err := db.Audit(ctx, fx.chair, doithoai.AuditFilter{Act: doithoai.ActReportTask}, AuditCursor{}, 5)
		must(t, err)
		if len(lines) != 2 || lines[0].After != "done" || !strings.Contains(lines[0].Subject, "Tư pháp") {
			t.Errorf("audit %+v", lines)
		}
		standing := fx.task(t, db, row.PlanID, pointAnswer, row.UnitID, "")
		wantKind(t, db.ReportTask(ctx, fx.justice, standing.ID, standing.Version, report), doithoai.Invalid, "")
	})
}

// A village head reports for the village, and for no other.
func TestVillageReportsItsTask(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id, _ := fx.planned(t, db)
		head := fx.villageHead(t, db, fx.villages[0].ID)
		mine, _, err := db.Tasks(ctx, head, TaskFilter{Tab: TasksMine})
		must(t, err)
		if len(mine) != 1 || mine[0].VillageID != fx.villages[0].ID {
			t.Fatalf("mine %+v", mine)
		}
		r := plan.TaskReport{Text: "Đã thông báo trên loa thôn", Done: true}
		other := fx.task(t, db, id, pointAnnounce, "", fx.villages[1].ID)
		wantKind(t, db.ReportTask(ctx, head, other.ID, other.Version, r), doithoai.NotAllowed, "")
		must(t, db.ReportTask(ctx, head, mine[0].ID, mine[0].Version, r))
		counts, err := db.TaskCounts(ctx, head, TaskFilter{})
		must(t, err)
		if counts[TasksMine] != 0 || counts[TasksDone] != 1 {
			t.Errorf("counts %v", counts)
		}
	})
}

func TestRecordTask(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id, _ := fx.planned(t, db)
		row := fx.task(t, db, id, pointAnnounce, "", fx.villages[1].ID)
		r := plan.TaskReport{
			Text: "Đã thông báo tại cuộc họp thôn", Done: true, From: "Trưởng thôn", On: db.Now().Date(), At: 8 * 60,
		}
		wantKind(t, db.RecordTask(ctx, fx.justice, row.ID, row.Version, r), doithoai.NotAllowed, "")
		wantKind(t, db.RecordTask(ctx, fx.chair, row.ID, row.Version, r), doithoai.NotAllowed, "")
		late := r
		late.At = 23 * 60
		wantKind(t, db.RecordTask(ctx, fx.office, row.ID, row.Version, late), doithoai.Invalid, "")
		wantKind(t, db.RecordTask(ctx, fx.office, row.ID, row.Version, plan.TaskReport{Text: "Xong"}), doithoai.Invalid, "")
		must(t, db.RecordTask(ctx, fx.office, row.ID, row.Version, r))
		f, err := db.Task(ctx, fx.chair, row.ID)
		must(t, err)
		if s := f.Steps[0]; f.State != plan.TaskDone || s.From != "Trưởng thôn" || s.ToldAt != r.Moment() ||
			s.By != fx.office.ID {
			t.Errorf("%s %+v", f.State, s)
		}
	})
}

func TestNoteTask(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		row := fx.justiceTask(t, db)
		for _, a := range []doithoai.Actor{fx.land, fx.chair, fx.office} {
			wantKind(t, db.NoteTask(ctx, a, row.ID), doithoai.NotAllowed, "")
		}
		must(t, db.NoteTask(ctx, fx.justice, row.ID))
		before := fingerprint(t, db)
		must(t, db.NoteTask(ctx, fx.justice, row.ID))
		wantSame(t, before, fingerprint(t, db)) // twice is once
		r := plan.TaskReport{From: "Phó trưởng bộ phận", On: db.Now().Date(), At: 8 * 60}
		wantKind(t, db.RecordNote(ctx, fx.justice, row.ID, r), doithoai.NotAllowed, "")
		wantKind(t, db.RecordNote(ctx, fx.office, row.ID, plan.TaskReport{}), doithoai.Invalid, "")
		must(t, db.RecordNote(ctx, fx.office, row.ID, r))
		f, err := db.Task(ctx, fx.chair, row.ID)
		must(t, err)
		if len(f.Notes) != 2 || f.Notes[0].OfficerID != fx.justice.ID || f.Notes[1].From != r.From || len(f.Officers) != 1 {
			t.Errorf("notes %+v, officers %d", f.Notes, len(f.Officers))
		}
	})
}

// An urging has the level of the ladder that the due date has reached, and is told to who has the task.
func TestUrgeTask(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		row := fx.justiceTask(t, db) // due on 9 October
		for _, a := range []doithoai.Actor{fx.justice, fx.secretary, fx.admin} {
			wantKind(t, db.UrgeTask(ctx, a, row.ID, row.Version, ""), doithoai.NotAllowed, "")
		}
		must(t, db.UrgeTask(ctx, fx.office, row.ID, row.Version, "Nộp trước buổi đối thoại"))
		wantKind(t, db.UrgeTask(ctx, fx.office, row.ID, row.Version, ""), doithoai.Conflict, "")
		fx.clock.forward(15 * 24 * time.Hour) // Friday, the 16th: five working days late
		must(t, db.UrgeTask(ctx, fx.chair, row.ID, row.Version+1, ""))
		f, err := db.Task(ctx, fx.chair, row.ID)
		must(t, err)
		if f.Urgings != 2 || f.Steps[1].Level != 0 || f.Steps[0].Level != 2 || f.UrgedAt != db.Now() {
			t.Errorf("%d urgings, %+v", f.Urgings, f.Steps)
		}
		told, _, err := db.Notices(ctx, fx.justice, "", 10)
		must(t, err)
		if len(told) != 2 || told[0].Kind != NoticeUrged || told[0].Title != row.Text {
			t.Errorf("told %+v", told)
		}
		if others, _, err := db.Notices(ctx, fx.land, "", 10); err != nil || len(others) != 0 {
			t.Errorf("others were told %+v, %v", others, err)
		}
		loads, err := db.TaskLoads(ctx, fx.chair)
		must(t, err)
		if loads[0].Late != 1 || loads[0].Earliest.String() != "2026-10-09" {
			t.Errorf("loads %+v", loads)
		}
		_, err = db.TaskLoads(ctx, fx.justice)
		wantKind(t, err, doithoai.NotAllowed, "")
	})
}

func TestReopenTask(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		row := fx.justiceTask(t, db)
		wantKind(t, db.ReopenTask(ctx, fx.office, row.ID, row.Version, "Chưa làm"), doithoai.Conflict, "")
		must(t, db.ReportTask(ctx, fx.justice, row.ID, row.Version, plan.TaskReport{Text: "Xong", Done: true}))
		wantKind(t, db.ReopenTask(ctx, fx.justice, row.ID, row.Version+1, "Làm lại"), doithoai.NotAllowed, "")
		wantKind(t, db.ReopenTask(ctx, fx.office, row.ID, row.Version+1, ""), doithoai.Invalid, "")
		must(t, db.ReopenTask(ctx, fx.chair, row.ID, row.Version+1, "Thiếu số liệu quý III"))
		f, err := db.Task(ctx, fx.justice, row.ID)
		must(t, err)
		if f.State != plan.TaskOpen || !f.DoneAt.IsZero() || f.Steps[0].Text != "Thiếu số liệu quý III" {
			t.Errorf("%+v", f)
		}
	})
}

// What was dropped stays so, whatever the plan and the dialogue do.
func TestDropTask(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		row := fx.justiceTask(t, db)
		wantKind(t, db.DropTask(ctx, fx.justice, row.ID, row.Version, "Không cần"), doithoai.NotAllowed, "")
		wantKind(t, db.DropTask(ctx, fx.office, row.ID, row.Version, ""), doithoai.Invalid, "")
		must(t, db.DropTask(ctx, fx.office, row.ID, row.Version, "Bộ phận không có thủ tục"))
		must(t, db.act(ctx, func(tx *Tx) error { return tx.spreadTasks(ctx, fx.authority.ID) }))
		f, err := db.Task(ctx, fx.justice, row.ID)
		must(t, err)
		if f.State != plan.TaskDropped || f.Ended != plan.EndTyped {
			t.Errorf("%s %s", f.State, f.Ended)
		}
	})
}

// The register goes along the due dates, a page at a time, and names each task once.
func TestTasksInPages(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		fx.planned(t, db)
		whole, more, err := db.Tasks(ctx, fx.chair, TaskFilter{Tab: TasksAll})
		must(t, err)
		if more || len(whole) < 10 {
			t.Fatalf("%d tasks", len(whole))
		}
		var paged []TaskRow
		for after, more := doithoai.ID(""), true; more; {
			var page []TaskRow
			page, more, err = db.Tasks(ctx, fx.chair, TaskFilter{Tab: TasksAll, Limit: 3, After: after})
			must(t, err)
			paged = append(paged, page...)
			after = page[len(page)-1].ID
		}
		if !slices.EqualFunc(whole, paged, func(a, b TaskRow) bool { return a.ID == b.ID }) {
			t.Errorf("%d in one page, %d in pages", len(whole), len(paged))
		}
		for i, r := range whole[1:] {
			if byDay(r.Due).Before(byDay(whole[i].Due)) {
				t.Errorf("%s after %s", r.Due, whole[i].Due)
			}
		}
		_, _, err = db.Tasks(ctx, fx.otherChair, TaskFilter{Tab: TasksAll, After: whole[0].ID})
		wantKind(t, err, doithoai.NotFound, "")
	})
}

// notice412 is a notice of the superior.
func notice412(db *DB) plan.Incoming {
	today := db.Now().Date()
	return plan.Incoming{
		Sender: "UBND tỉnh", Number: "412/TB-UBND", Dated: today.AddDays(-2), Abstract: "Tổ chức đối thoại với người dân",
		Asks: "Cử người dự; thông báo đến các thôn", ReceivedOn: today, Venue: "Hội trường tỉnh",
		StartsAt: calendar.InstantAt(today.AddDays(14), 8, 0),
	}
}

func TestRegisterIncoming(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		for _, a := range []doithoai.Actor{fx.chair, fx.justice, fx.admin} {
			_, err := db.RegisterIncoming(ctx, a, notice412(db))
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		_, err := db.RegisterIncoming(ctx, fx.office, plan.Incoming{})
		wantKind(t, err, doithoai.Invalid, "")
		n, err := db.RegisterIncoming(ctx, fx.office, notice412(db))
		must(t, err)
		twice := notice412(db)
		twice.Sender = "ubnd Tỉnh"
		_, err = db.RegisterIncoming(ctx, fx.office, twice)
		wantKind(t, err, doithoai.Invalid, "")
		got, err := db.IncomingNotice(ctx, fx.justice, n.ID)
		must(t, err)
		if got.Incoming != n || got.To != 0 {
			t.Errorf("%+v", got)
		}
	})
}

// Each has a task, is told, and says that they have it.
func TestRelayIncoming(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		n, err := db.RegisterIncoming(ctx, fx.office, notice412(db))
		must(t, err)
		justice := fx.units["tu-phap-ho-tich"].ID
		r := plan.IncomingRelay{
			Text: "Chuẩn bị theo thông báo 412/TB-UBND", Due: db.Now().Date().AddDays(5),
			Units: []doithoai.ID{justice}, Villages: []doithoai.ID{fx.villages[0].ID},
		}
		wantKind(t, db.RelayIncoming(ctx, fx.secretary, n.ID, n.Version, r), doithoai.NotAllowed, "")
		wantKind(t, db.RelayIncoming(ctx, fx.office, n.ID, n.Version+1, r), doithoai.Conflict, "")
		alien := r
		alien.Units = []doithoai.ID{fx.otherUnits["van-phong"].ID}
		wantKind(t, db.RelayIncoming(ctx, fx.office, n.ID, n.Version, alien), doithoai.Invalid, "")
		must(t, db.RelayIncoming(ctx, fx.office, n.ID, n.Version, r))
		must(t, db.RelayIncoming(ctx, fx.office, n.ID, n.Version+1, r)) // once more, for something else
		rows, _, err := db.Tasks(ctx, fx.justice, TaskFilter{Tab: TasksMine})
		must(t, err)
		if len(rows) != 2 || rows[0].Notice != n.Number || rows[0].Due != r.Due {
			t.Fatalf("%+v", rows)
		}
		must(t, db.NoteTask(ctx, fx.justice, rows[0].ID))
		got, _, err := db.IncomingList(ctx, fx.office, "", 10)
		must(t, err)
		if len(got) != 1 || got[0].To != 4 || got[0].Noted != 1 || got[0].RelayedAt.IsZero() {
			t.Errorf("%+v", got)
		}
		told, _, err := db.Notices(ctx, fx.justice, "", 10)
		must(t, err)
		if len(told) != 2 || told[0].Kind != NoticeRelayed {
			t.Errorf("told %+v", told)
		}
	})
}

// The bell rings once on a working day, in office hours, for who has the task; for who has no account, the office's.
func TestRemindDaily(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id, _ := fx.planned(t, db)
		row := fx.task(t, db, id, pointPrepare, fx.units["tu-phap-ho-tich"].ID, "")
		count := func(a doithoai.Actor) int {
			all, _, err := db.Notices(ctx, a, "", 100)
			must(t, err)
			return len(slices.DeleteFunc(all, func(n Notice) bool { return n.Kind == NoticeDuties }))
		}
		at := func(day, hour, minute int) {
			to := calendar.InstantAt(calendar.DateOf(2026, 10, day), hour, minute).Time()
			fx.clock.forward(to.Sub(fx.clock.Now()))
		}
		remind := func() {
			must(t, db.RemindDaily(ctx))
		}
		at(7, 3, 0) // two working days before the 9th, at night
		remind()
		at(7, 6, 59)
		remind()
		if n := count(fx.justice); n != 0 {
			t.Errorf("%d notices before office hours", n)
		}
		at(7, 7, 0)
		remind()
		remind()
		told, _, err := db.Notices(ctx, fx.justice, "", 10)
		must(t, err)
		if len(told) != 1 || told[0].Kind != NoticeKind(doithoai.RungBefore) || told[0].TaskID != row.ID {
			t.Fatalf("told %+v", told)
		}
		// The other units have no account: it is the office's to tell them.
		if n := count(fx.office); n != len(fx.units)-2 {
			t.Errorf("the office has %d notices", n)
		}
		if n := count(fx.otherOffice); n != 0 {
			t.Errorf("another authority has %d notices", n)
		}
		at(8, 7, 30)
		remind()
		if n := count(fx.justice); n != 1 {
			t.Errorf("%d notices, and nothing new", n)
		}
		at(10, 9, 0) // a Saturday
		remind()
		if n := count(fx.justice); n != 1 {
			t.Errorf("%d notices on a day off", n)
		}
		at(12, 17, 0) // closed
		remind()
		at(12, 16, 59)
		remind()
		told, _, err = db.Notices(ctx, fx.justice, "", 10)
		must(t, err)
		if len(told) != 2 || told[0].Kind != NoticeKind(doithoai.RungFirst) {
			t.Errorf("told %+v", told)
		}
		o, err := db.unread(ctx, fx.justice.ID)
		must(t, err)
		must(t, db.ReadNotices(ctx, fx.justice, told[1].ID))
		left, err := db.unread(ctx, fx.justice.ID)
		must(t, err)
		if o != 2 || left != 1 {
			t.Errorf("unread %d, then %d", o, left)
		}
	})
}

// Who answers opinions is told how many are late and due soon, not which: once a day.
func TestRemindOfOpinions(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		fx.bring(t, db, 1, ruled)
		fx.clock.forward(60 * 24 * time.Hour) // Monday, 30 November
		must(t, db.RemindDaily(ctx))
		told, _, err := db.Notices(ctx, fx.justice, "", 10)
		must(t, err)
		if len(told) != 1 || told[0].Kind != NoticeOpinions || told[0].Late != 1 || told[0].TaskID != "" {
			t.Errorf("told %+v", told)
		}
		if all, _, err := db.Notices(ctx, fx.land, "", 10); err != nil || len(all) != 0 {
			t.Errorf("another unit was told %+v, %v", all, err)
		}
	})
}

// Officers are told how much is late and near in the preparation of dialogues: the chores of each, the office also what
// is missing, and what is nobody's. The same again is told after a week.
func TestRemindOfPreparation(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		told := func(a doithoai.Actor) (n int, last Notice) {
			all, _, err := db.Notices(ctx, a, "", 50)
			must(t, err)
			for _, one := range all {
				if one.Kind != NoticeDuties {
					continue
				}
				if n++; n == 1 {
					last = one
				}
			}
			return n, last
		}
		must(t, db.RemindDaily(ctx))
		must(t, db.RemindDaily(ctx))
		n, before := told(fx.office)
		if n != 1 || before.Late+before.Soon == 0 {
			t.Errorf("told %d times, %+v", n, before)
		}
		if n, _ := told(fx.justice); n != 0 { // its figures are due much later
			t.Error("a unit was told of what is far off")
		}
		fx.to(calendar.InstantAt(fx.dialogue.StartsAt.Date().AddDays(-2), 8, 0)) // a Friday
		must(t, db.RemindDaily(ctx))
		if n, last := told(fx.justice); n != 1 || last.Late != 1 {
			t.Errorf("the unit was told %d times, %+v", n, last)
		}
		if n, _ := told(fx.chair); n != 0 {
			t.Error("the chair was told")
		}
		_, near := told(fx.office)
		fx.clock.forward(24 * time.Hour)
		must(t, db.RemindDaily(ctx))
		if n, _ := told(fx.justice); n != 1 {
			t.Errorf("told %d times, and nothing new", n)
		}
		if near.Late+near.Soon <= before.Late+before.Soon {
			t.Errorf("the office was told of %+v, then of %+v", before, near)
		}
	})
}

func TestToldAgain(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, o := ctxOf(t), doithoai.Officer{ID: fx.office.ID, AuthorityID: fx.office.AuthorityID}
		for i, step := range []struct {
			late, days, want int
		}{{2, 0, 1}, {2, 1, 1}, {3, 1, 2}, {3, 6, 2}, {3, 1, 3}, {0, 1, 3}} {
			fx.clock.forward(time.Duration(step.days) * 24 * time.Hour)
			must(t, db.summarise(ctx, o, Notice{Kind: NoticeDuties, Late: step.late}))
			all, _, err := db.Notices(ctx, fx.office, "", 50)
			must(t, err)
			if len(all) != step.want {
				t.Errorf("step %d: told %d times, want %d", i, len(all), step.want)
			}
		}
	})
}

// Two nodes that ring at the same moment ring once, and an organisation that changes while a plan is issued leaves no
// addressee without a task.
func TestTasksOnTwoNodes(t *testing.T) {
	ctx, fx := ctxOf(t), postgresCopy(t)
	one, two := fx.open(t), fx.open(t)
	id, _ := fx.planned(t, one)
	must(t, both(
		func() error { _, err := fx.amended(t, one, id); return err },
		func() error { return two.OpenVillages(ctx, fx.office, []string{"Thôn Mới"}, two.Now().Date()) },
	))
	if got := fx.sums(t, one, id)[pointAnnounce]; got.All != len(fx.villages)+1 {
		t.Errorf("%d villages have the task", got.All)
	}
	fx.clock.forward(6*24*time.Hour - time.Hour) // 7 October, 08:00
	must(t, both(func() error { return one.RemindDaily(ctx) }, func() error { return two.RemindDaily(ctx) }))
	told, _, err := one.Notices(ctx, fx.justice, "", 10)
	must(t, err)
	if len(told) != 1 {
		t.Errorf("told %+v", told)
	}
}

// both does two things at the same time.
func both(do, other func() error) error {
	done := make(chan error, 1)
	go func() { done <- other() }()
	return errors.Join(do(), <-done)
}

// amended issues an amendment of a plan that changes no task.
func (fx *fixture) amended(t testing.TB, db *DB, id doithoai.ID) (plan.Edition, error) {
	t.Helper()
	ctx := ctxOf(t)
	e, err := db.AmendPlan(ctx, fx.office, id, "Đổi nơi nhận")
	if err == nil {
		e, err = db.SubmitPlan(ctx, fx.office, id, e.Number, e.Version)
	}
	if err == nil {
		e, err = db.SignPlan(ctx, fx.chair, id, e.Number, e.Version)
	}
	if err == nil {
		e, err = db.IssuePlan(ctx, fx.office, id, e.Number, e.Version, "41", db.Now().Date())
	}
	return e, err
}
