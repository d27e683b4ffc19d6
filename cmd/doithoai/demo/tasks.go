package demo

import (
	"context"
	"fmt"
	"slices"

	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/store"
)

// Points of the plan of 2024 by their keys.
const (
	pointPrepare  = 36 // every unit takes note, and prepares contents and results
	pointNotice   = 41 // the office drafts the announcement
	pointSlips    = 42 // programme, slips
	pointEstimate = 43 // estimate
	pointFunds    = 47 // the finance unit sees to the money
	pointRadio    = 49 // loudspeakers
	pointBanners  = 50 // backdrop, banners, sound
	pointVillages = 52 // village heads tell people
)

// taskRules say which points of the plan are for each dialogue, and which for all the year. The plan names no day, so
// that none is set: what is for a dialogue is due when it is held.
var taskRules = map[int]plan.TaskRule{
	pointPrepare: {Manner: plan.MannerDialogue}, 37: {Manner: plan.MannerStanding}, 38: {Manner: plan.MannerStanding},
	39: {Manner: plan.MannerStanding}, pointNotice: {Manner: plan.MannerDialogue},
	pointSlips:    {Manner: plan.MannerDialogue},
	pointEstimate: {Manner: plan.MannerDialogue}, 44: {Manner: plan.MannerStanding},
	pointRadio: {Manner: plan.MannerDialogue}, pointBanners: {Manner: plan.MannerDialogue},
	pointVillages: {Manner: plan.MannerDialogue},
}

// ruled returns a plan with the rules of its tasks.
func ruled(p plan.Plan) plan.Plan {
	for _, s := range p.Of(plan.KindAssignment) {
		s.Points = slices.Clone(s.Points)
		for i, point := range s.Points {
			s.Points[i].Task = taskRules[point.Key]
		}
		p = p.With(s)
	}
	return p
}

// taskAct does an act to a task at a time.
type taskAct func(ctx context.Context, t *teller, row store.TaskRow) error

// taskStep is one act on the task of a point, or of the notice of the superior, that a unit or village has.
type taskStep struct {
	at      calendar.Instant
	point   int // 0: of the notice
	unit    string
	village string
	act     taskAct
}

// reports says that who has the task reports.
func reports(login, words string, done bool) taskAct {
	return func(ctx context.Context, t *teller, row store.TaskRow) error {
		r := plan.TaskReport{Text: words, Done: done}
		return t.db.ReportTask(ctx, t.actor(login), row.ID, row.Version, r)
	}
}

// telephones says that the office writes down what it was told by telephone.
func telephones(from, words string) taskAct {
	return func(ctx context.Context, t *teller, row store.TaskRow) error {
		r := toldBy(t, from)
		r.Text, r.Done = words, true
		return t.db.RecordTask(ctx, t.actor(LoginOffice), row.ID, row.Version, r)
	}
}

// toldBy is what the office was told just now.
func toldBy(t *teller, from string) plan.TaskReport {
	now := calendar.Civil(t.db.Now())
	return plan.TaskReport{From: from, On: t.db.Now().Date(), At: calendar.Clock(now.Hour()*60 + now.Minute())}
}

func notes(login string) taskAct {
	return func(ctx context.Context, t *teller, row store.TaskRow) error {
		return t.db.NoteTask(ctx, t.actor(login), row.ID)
	}
}

func notesByTelephone(from string) taskAct {
	return func(ctx context.Context, t *teller, row store.TaskRow) error {
		return t.db.RecordNote(ctx, t.actor(LoginOffice), row.ID, toldBy(t, from))
	}
}

func urges(login, words string) taskAct {
	return func(ctx context.Context, t *teller, row store.TaskRow) error {
		return t.db.UrgeTask(ctx, t.actor(login), row.ID, row.Version, words)
	}
}

// taskSteps are what became of the plan's tasks for the dialogue of 25 October, and of the city's notice.
var taskSteps = []taskStep{
	{october(10, 9, 30), pointNotice, unitOffice, "", reports(LoginOffice,
		"Đã ban hành thông báo, gửi các bộ phận, 04 thôn và Đài truyền thanh ngày 10/10/2024.", true)},
	{october(11, 8, 15), pointPrepare, unitJustice, "", notes(LoginJustice)},
	{october(11, 8, 40), pointPrepare, unitLand, "", notes(LoginLand)},
	{october(14, 9, 20), pointSlips, unitOffice, "", reports(LoginOffice,
		"Chương trình 07 bước đã trình; đã in 120 phiếu, phát cho 04 thôn và Bộ phận Một cửa.", true)},
	{october(15, 15, 0), pointEstimate, unitOffice, "", reports(LoginOffice,
		"Dự trù đang lấy báo giá in ấn và nước uống.", false)},
	{october(16, 9, 0), 0, unitJustice, "", notes(LoginJustice)},
	{october(16, 9, 5), 0, unitJustice, "", reports(LoginJustice,
		"Cử công chức Tư pháp – Hộ tịch dự; đã gửi Văn phòng danh sách vướng mắc về chứng thực.", true)},
	{october(16, 14, 0), 0, unitLand, "", notes(LoginLand)},
	{october(17, 8, 30), 0, "", "Thôn 1", notesByTelephone("Trưởng thôn 1")},
	{october(17, 8, 31), 0, "", "Thôn 1", telephones("Trưởng thôn 1", "Đã thông báo trên loa thôn hai buổi.")},
	{october(17, 9, 10), 0, "", "Thôn 2", notesByTelephone("Trưởng thôn 2")},
	{october(17, 9, 11), 0, "", "Thôn 2", telephones("Trưởng thôn 2", "Đã thông báo tại cuộc họp thôn tối 16/10.")},
	{october(18, 10, 0), 0, "", "Thôn 3", notesByTelephone("Trưởng thôn 3")},
	{october(18, 14, 0), pointVillages, "", "Thôn 1", telephones("Trưởng thôn 1",
		"Đã đọc thông báo trên loa thôn ba buổi, dán tại nhà văn hóa thôn.")},
	{october(18, 14, 20), pointVillages, "", "Thôn 2", telephones("Trưởng thôn 2",
		"Đã đọc thông báo trên loa thôn, phát 30 phiếu đăng ký câu hỏi.")},
	{october(21, 8, 0), 0, "", "Thôn 4", urges(LoginOffice, "Đề nghị Trưởng thôn 4 báo nhận và thông báo trong ngày.")},
	{october(21, 8, 10), 0, unitLand, "", urges(LoginOffice, "Còn thiếu danh sách vướng mắc về đất đai.")},
	{october(21, 16, 0), pointPrepare, unitJustice, "", reports(LoginJustice,
		"Số liệu hồ sơ hộ tịch, chứng thực 9 tháng đã gửi Văn phòng; còn phần trễ hạn đang rà soát.", false)},
	{october(22, 8, 0), 0, "", "Thôn 4", urges(LoginChair, "")},
	{october(22, 9, 0), pointVillages, "", "Thôn 3", telephones("Trưởng thôn 3", "Đã thông báo đến từng tổ, dán ba nơi.")},
}

// taskChapter tells what became of the plan's tasks, of the city's notice, and what officers are told each morning.
func taskChapter(ctx context.Context, t *teller) []happening {
	var notice plan.Incoming
	all := []happening{
		{october(14, 8, 30), "the notice of the city", func() (err error) {
			notice, err = t.db.RegisterIncoming(ctx, t.actor(LoginOffice), plan.Incoming{
				Sender: commune.Superior, Number: "412/TB-UBND", Dated: calendar.DateOf(2024, 10, 11),
				Abstract: "Tổ chức đối thoại giữa Chủ tịch UBND thành phố với tổ chức, cá nhân về thủ tục hành chính",
				Asks: "UBND xã thông báo đến các thôn; cử công chức dự; tổng hợp vướng mắc về thủ tục hành chính, gửi về " +
					"trước ngày 19/10/2024.",
				StartsAt: october(30, 8, 0), Venue: "Hội trường UBND thành phố", ReceivedOn: calendar.DateOf(2024, 10, 14),
			})
			return err
		}},
		{october(14, 9, 0), "the relay of it", func() error {
			r := plan.IncomingRelay{
				Text: "Thông báo, cử người dự và gửi Văn phòng vướng mắc về thủ tục hành chính theo Thông báo số 412/TB-UBND",
				Due:  calendar.DateOf(2024, 10, 18),
			}
			for _, code := range []string{unitJustice, unitLand} {
				r.Units = append(r.Units, t.units[code].ID)
			}
			for _, v := range communeVillages {
				r.Villages = append(r.Villages, t.villages[v.Name])
			}
			return t.db.RelayIncoming(ctx, t.actor(LoginOffice), notice.ID, notice.Version, r)
		}},
	}
	all = append(all, t.work(ctx, taskSteps, func(point int) store.TaskFilter {
		if point == 0 {
			return store.TaskFilter{IncomingID: notice.ID}
		}
		return store.TaskFilter{DialogueID: t.dialogue.ID}
	})...)
	all = append(all, t.directives(ctx)...)
	for _, day := range []int{16, 17, 18, 21, 22, 23} {
		all = append(all, happening{october(day, 7, 0), "what is due", func() error { return t.db.RemindDaily(ctx) }})
	}
	return all
}

// work does steps of tasks. of says whose tasks those of a point are.
func (t *teller) work(ctx context.Context, steps []taskStep, of func(point int) store.TaskFilter) (all []happening) {
	for _, s := range steps {
		who := fmt.Sprintf("task %d of %s%s", s.point, s.unit, s.village)
		all = append(all, happening{s.at, who, func() error {
			f := of(s.point)
			f.Tab, f.Point, f.UnitID, f.VillageID = store.TasksAll, s.point, t.units[s.unit].ID, t.villages[s.village]
			rows, _, err := t.db.Tasks(ctx, t.actor(LoginOffice), f)
			if err == nil && len(rows) != 1 {
				err = fmt.Errorf("%d tasks", len(rows))
			}
			if err != nil {
				return err
			}
			return s.act(ctx, t, rows[0])
		}})
	}
	return all
}
