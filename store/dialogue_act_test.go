package store

import (
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// prepare is a dialogue that nothing keeps from being announced: on 20/10/2026.
func (fx *fixture) prepare(t *testing.T, db *DB) doithoai.Dialogue {
	t.Helper()
	d := fx.newDialogue("", fx.plan)
	day := calendar.DateOf(2026, 10, 20)
	d.StartsAt, d.DoorsAt = calendar.InstantAt(day, 8, 0), calendar.InstantAt(day, 7, 30)
	d.EndsAt, d.SlipsUntil = calendar.InstantAt(day, 10, 30), calendar.InstantAt(day.AddDays(-1), 16, 30)
	d, err := db.PrepareDialogue(ctxOf(t), fx.office, d)
	must(t, err)
	return d
}

// to sets the clock to a moment that is to come.
func (fx *fixture) to(at calendar.Instant) { fx.clock.forward(at.Time().Sub(fx.clock.Now())) }

// wantField fails the test where err says nothing about a field of a form.
func wantField(t *testing.T, err error, field, key string) {
	t.Helper()
	for _, p := range doithoai.ProblemsOf(err) {
		if p.Field == field && strings.HasSuffix(p.Key, key) {
			return
		}
	}
	t.Fatalf("error %v, want %s of %s", err, key, field)
}

func TestPrepareDialogue(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		good := fx.newDialogue("", fx.plan)
		for _, a := range []doithoai.Actor{fx.chair, fx.secretary, fx.justice, fx.admin, fx.resident} {
			_, err := db.PrepareDialogue(ctx, a, good)
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		for field, spoil := range map[string]func(*doithoai.Dialogue){
			"ten":       func(d *doithoai.Dialogue) { d.Title = "" },
			"loai":      func(d *doithoai.Dialogue) { d.Kinds = []doithoai.DialogueKind{"invented"} },
			"hinh-thuc": func(d *doithoai.Dialogue) { d.Form = "by post" },
			"ngay": func(d *doithoai.Dialogue) {
				d.StartsAt, d.SlipsUntil, d.DoorsAt = db.Now(), db.Now(), db.Now()
			},
			"gio-don":      func(d *doithoai.Dialogue) { d.DoorsAt = d.StartsAt.Add(time.Minute) },
			"gio-ket-thuc": func(d *doithoai.Dialogue) { d.EndsAt = d.StartsAt },
			"han-phieu":    func(d *doithoai.Dialogue) { d.SlipsUntil = d.StartsAt.Add(time.Minute) },
			"duong-dan":    func(d *doithoai.Dialogue) { d.Link = "javascript:alert(1)" },
			"chuong-trinh": func(d *doithoai.Dialogue) { d.Programme = []doithoai.ProgrammeStep{{Minutes: -1}} },
		} {
			d := good
			spoil(&d)
			_, err := db.PrepareDialogue(ctx, fx.office, d)
			wantField(t, err, field, "")
		}
		theirs := good
		theirs.Villages = []doithoai.ID{fx.otherDialogue.ID}
		if _, err := db.PrepareDialogue(ctx, fx.office, theirs); err == nil {
			t.Error("a village that is none of ours is taken")
		}
		draft := fx.draft(t, db)
		theirs = good
		theirs.PlanID = draft.PlanID
		_, err := db.PrepareDialogue(ctx, fx.office, theirs)
		wantKind(t, err, doithoai.NotFound, "") // the plan is not issued
		_, err = db.DropPlan(ctx, fx.office, draft.PlanID, 0, draft.Version, "Nhập nhầm.")
		must(t, err)

		first, second := fx.prepare(t, db), fx.prepare(t, db)
		if first.Slug != "2026-10-20" || second.Slug != "2026-10-20-2" {
			t.Errorf("pages %s and %s", first.Slug, second.Slug)
		}
		if _, err := db.DialogueBySlug(ctx, fx.authority.ID, first.Slug); doithoai.KindOf(err) != doithoai.NotFound {
			t.Errorf("a dialogue that is being prepared is public: %v", err)
		}
		kept, err := db.Dialogue(ctx, fx.justice, first.ID)
		must(t, err)
		if kept.State != doithoai.DialoguePreparing || len(kept.Programme) != 2 || kept.EndsAt != first.EndsAt {
			t.Errorf("kept %+v", kept)
		}
	})
}

func TestChangeDialogue(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		d := fx.prepare(t, db)
		next := d
		next.Venue, next.CoChair = "Nhà văn hóa thôn 3", "Bà Phạm Thị Giả Sử, Phó Chủ tịch HĐND xã"
		d, err := db.ChangeDialogue(ctx, fx.office, d.ID, d.Version, next)
		must(t, err)
		if d.Venue != next.Venue {
			t.Errorf("at %s", d.Venue)
		}
		d, err = db.AnnounceDialogue(ctx, fx.office, d.ID, d.Version, "")
		must(t, err)
		for field, change := range map[string]func(*doithoai.Dialogue){
			"ngay":      func(d *doithoai.Dialogue) { d.StartsAt = d.StartsAt.Add(time.Minute) },
			"dia-diem":  func(d *doithoai.Dialogue) { d.Venue = "Nơi khác" },
			"hinh-thuc": func(d *doithoai.Dialogue) { d.Form = doithoai.FormMixed },
			"thon":      func(d *doithoai.Dialogue) { d.Villages = []doithoai.ID{fx.villages[0].ID} },
			"chu-tri":   func(d *doithoai.Dialogue) { d.Chair = "" },
		} {
			next = d
			change(&next)
			_, err := db.ChangeDialogue(ctx, fx.office, d.ID, d.Version, next)
			wantField(t, err, field, "")
		}
		next = d
		next.Contact = "Bà Trần Thị Ví Dụ, Văn phòng, (0255) 000 0000"
		d, err = db.ChangeDialogue(ctx, fx.office, d.ID, d.Version, next)
		must(t, err)
		if d.Moves != 0 || d.Contact != next.Contact {
			t.Errorf("changed to %+v", d)
		}
	})
}

func TestSetProgramme(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		d := fx.prepare(t, db)
		d, err := db.SetProgramme(ctx, fx.office, d.ID, d.Version, []doithoai.ProgrammeStep{{Title: "Đón tiếp"}})
		must(t, err) // minutes may be left open while it is prepared
		_, err = db.AnnounceDialogue(ctx, fx.office, d.ID, d.Version, "")
		wantField(t, err, "chuong-trinh", "minutes")
		d, err = db.SetProgramme(ctx, fx.office, d.ID, d.Version, fx.dialogue.Programme)
		must(t, err)
		d, err = db.AnnounceDialogue(ctx, fx.office, d.ID, d.Version, "")
		must(t, err)
		_, err = db.SetProgramme(ctx, fx.office, d.ID, d.Version, nil)
		wantField(t, err, "chuong-trinh", "programme")
		kept, err := db.DialogueBySlug(ctx, fx.authority.ID, d.Slug)
		must(t, err)
		if len(kept.Programme) != 2 {
			t.Errorf("%d steps", len(kept.Programme))
		}
	})
}

func TestWriteText(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		d := fx.prepare(t, db)
		text := plan.Text{DialogueID: d.ID, Kind: plan.TextHouseRules, Body: "1. Có mặt đúng giờ."}
		for _, a := range []doithoai.Actor{fx.chair, fx.secretary, fx.justice} {
			_, err := db.WriteText(ctx, a, 0, text)
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		_, err := db.WriteText(ctx, fx.office, 0, plan.Text{DialogueID: d.ID, Kind: plan.TextHouseRules, Body: " "})
		wantField(t, err, "noi-dung", "empty")
		issued := plan.Text{DialogueID: d.ID, Kind: plan.TextAnnouncement, Body: "Thông báo", Number: "87"}
		_, err = db.WriteText(ctx, fx.office, 0, issued)
		wantField(t, err, "ngay", "day")
		text, err = db.WriteText(ctx, fx.office, 0, text)
		must(t, err)
		_, err = db.WriteText(ctx, fx.office, 0, text) // somebody else began it meanwhile
		wantKind(t, err, doithoai.Conflict, "")
		if _, err := db.HouseRules(ctx, fx.authority.ID, d.ID); doithoai.KindOf(err) != doithoai.NotFound {
			t.Errorf("house rules of what is not announced are public: %v", err)
		}
		d, err = db.AnnounceDialogue(ctx, fx.office, d.ID, d.Version, "")
		must(t, err)
		text.Body = "1. Có mặt trước 15 phút."
		_, err = db.WriteText(ctx, fx.office, text.Version, text)
		must(t, err)
		public, err := db.HouseRules(ctx, fx.authority.ID, d.ID)
		must(t, err)
		if public.Body != text.Body || public.Version != 2 {
			t.Errorf("public %+v", public)
		}
	})
}

// Announcing later than the law asks for is refused, unless a reason is given, which stays; one that is not needed is
// not kept.
func TestLateNotice(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		d := fx.prepare(t, db)
		fx.to(calendar.InstantAt(calendar.DateOf(2026, 10, 14), 8, 0)) // six days before
		_, err := db.AnnounceDialogue(ctx, fx.office, d.ID, d.Version, "")
		wantField(t, err, "ly-do-tre", "late")
		_, err = db.AnnounceDialogue(ctx, fx.office, d.ID, d.Version, "Bận")
		wantField(t, err, "ly-do-tre", "reason")
		late, err := db.AnnounceDialogue(ctx, fx.office, d.ID, d.Version, "Hội trường vừa mới sửa xong mái")
		must(t, err)
		if late.LateReason == "" || late.NoticeDays() != 6 {
			t.Errorf("announced %+v", late)
		}
		gaps, err := db.PlanningGaps(ctx, fx.chair)
		must(t, err)
		found := map[GapKind]bool{}
		for _, g := range gaps {
			if g.Dialogue.ID == d.ID {
				found[g.Kind] = true
			}
		}
		if !found[GapNotice] || !found[GapDuty] || !found[GapCoChair] {
			t.Errorf("the chair's desk lacks something: %v", found)
		}

		on := fx.prepare(t, db)
		next := on
		next.StartsAt, next.DoorsAt, next.EndsAt = next.StartsAt.Add(24*time.Hour), next.DoorsAt.Add(24*time.Hour),
			calendar.Instant{}
		on, err = db.ChangeDialogue(ctx, fx.office, on.ID, on.Version, next)
		must(t, err)
		on, err = db.AnnounceDialogue(ctx, fx.office, on.ID, on.Version, "Không có lý do gì cả") // seven days: in time
		must(t, err)
		if on.LateReason != "" {
			t.Errorf("in time, and late for %q", on.LateReason)
		}
	})
}

// A dialogue is moved for a storm: slips and codes stay, each who handed one in is told once in each way they chose,
// and a denunciation's petitioner is not told; told again where they had been told, and not twice where they are still
// to be.
func TestMoveDialogue(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		kept := fx.submit(t, db, 1, "Đường thôn 2 ngập", "Cầu thôn 3 hỏng")
		twin := fx.submit(t, db, 3, "Đường thôn 2 bị ngập") // the same slip, by another way
		must(t, db.JoinSlip(ctx, fx.office, twin.Opinions[0].ID, 1, kept.Opinions[0].ID))
		accused := fx.submit(t, db, 2, "Tôi tố cáo")
		_, err := db.RuleOpinion(ctx, fx.secretary, accused.Opinions[0].ID, 1,
			doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})
		must(t, err)
		d := fx.dialogue
		next := d
		next.StartsAt = d.StartsAt.Add(7 * 24 * time.Hour)
		next.DoorsAt, next.SlipsUntil = calendar.Instant{}, next.StartsAt
		for _, a := range []doithoai.Actor{fx.chair, fx.secretary, fx.justice, fx.resident} {
			_, err := db.MoveDialogue(ctx, a, d.ID, d.Version, next, stormy)
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		_, err = db.MoveDialogue(ctx, fx.office, d.ID, d.Version, next, doithoai.DialogueMove{Reason: "Bão"})
		wantField(t, err, "ly-do", "reason")
		_, err = db.MoveDialogue(ctx, fx.office, d.ID, d.Version, d, stormy)
		wantField(t, err, "ngay", "same_place")
		moved, err := db.MoveDialogue(ctx, fx.office, d.ID, d.Version, next, stormy)
		must(t, err)
		if moved.Moves != 1 || moved.Slug != d.Slug || moved.StartsAt != next.StartsAt || moved.Title != d.Title {
			t.Errorf("moved to %+v", moved)
		}
		moves, err := db.DialogueMoves(ctx, fx.authority.ID, d.ID)
		must(t, err)
		if len(moves) != 1 || moves[0].FromStart != d.StartsAt || moves[0].ToStart != next.StartsAt ||
			moves[0].Reason != stormy.Reason || moves[0].By != fx.office.ID {
			t.Errorf("kept %+v", moves)
		}
		wantTold := func(want int) {
			t.Helper()
			n, err := one(ctx, db.reader(), column[int], `SELECT count(*) FROM delivery WHERE kind = 'moved'`)
			must(t, err)
			if n != want {
				t.Errorf("%d messages, want %d", n, want)
			}
		}
		wantTold(2) // by e-mail and at the counter, of one slip
		if _, err := db.FollowSlip(ctx, fx.resident, kept.Code); err != nil {
			t.Errorf("the code opens nothing any more: %v", err)
		}
		hand, _, err := db.HandDeliveries(ctx, fx.office)
		must(t, err)
		if len(hand) != 1 || hand[0].Delivery.Kind != doithoai.DeliveryMoved {
			t.Errorf("to tell by hand: %+v", hand)
		}
		moved, err = db.PostponeDialogue(ctx, fx.office, d.ID, moved.Version, stormy)
		must(t, err)
		wantTold(2) // they are still to be told
		must(t, db.RecordDelivery(ctx, fx.office, hand[0].Delivery.ID, hand[0].Delivery.Version, toldNow(db)))
		parcels, err := db.ClaimParcels(ctx, doithoai.WayEmail, 10)
		must(t, err)
		for _, p := range parcels {
			if p.Delivery.Kind == doithoai.DeliveryMoved && p.Dialogue.State != doithoai.DialoguePostponed {
				t.Errorf("the mail would tell of %+v", p.Dialogue)
			}
			must(t, db.SettleParcel(ctx, p.Delivery, doithoai.TroubleNone))
		}
		next.StartsAt = d.StartsAt.Add(14 * 24 * time.Hour)
		next.SlipsUntil = next.StartsAt
		_, err = db.MoveDialogue(ctx, fx.office, d.ID, moved.Version, next, stormy)
		must(t, err)
		wantTold(4)
	})
}

// Less than the law's notice before its new day, a move is late, and needs a reason of its own.
func TestMoveIsAnnouncedInTime(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		d, next := fx.dialogue, fx.dialogue
		fx.to(d.StartsAt.Add(-24 * time.Hour))
		next.StartsAt = d.StartsAt.Add(3 * 24 * time.Hour)
		next.DoorsAt, next.SlipsUntil = calendar.Instant{}, next.StartsAt
		_, err := db.MoveDialogue(ctx, fx.office, d.ID, d.Version, next, stormy)
		wantField(t, err, "ly-do-tre", "late")
		next.LateReason = "Phải họp trước kỳ họp Hội đồng nhân dân"
		moved, err := db.MoveDialogue(ctx, fx.office, d.ID, d.Version, next, stormy)
		must(t, err)
		if moved.LateReason == "" || moved.NoticeDays() != 4 {
			t.Errorf("moved %+v", moved)
		}
	})
}

// Postponed, a dialogue has no day: its opinions no longer wait for it, and slips are still taken for it.
func TestPostponeDialogue(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.submit(t, db, 1, "Đường thôn 2 ngập").Opinions[0]
		rules := mustRules(t, db, fx)
		today := db.Now().Date()
		if by := rules.RuleBy(o, fx.dialogue, today); by != fx.dialogue.StartsAt.Date() {
			t.Fatalf("to be ruled by %s", by)
		}
		fx.clock.forward(3 * 24 * time.Hour)
		d, err := db.PostponeDialogue(ctx, fx.office, fx.dialogue.ID, fx.dialogue.Version, stormy)
		must(t, err)
		want := rules.DueOf("classify.within", db.Now().Date())
		if by := rules.RuleBy(o, d, db.Now().Date()); by != want {
			t.Errorf("to be ruled by %s, want %s", by, want)
		}
		late := func() bool {
			t.Helper()
			rows, _, err := db.Register(ctx, fx.office, Filter{Tab: TabLate, Limit: 30})
			must(t, err)
			return len(rows) == 1
		}
		if late() {
			t.Error("late on the day on which it was postponed")
		}
		fx.to(calendar.InstantAt(want.AddDays(3), 8, 0))
		if !late() {
			t.Error("not late after the term that began when it was postponed")
		}
		next, err := db.NextDialogue(ctx, fx.authority.ID)
		must(t, err)
		if next.ID != d.ID {
			t.Errorf("slips are for %v", next.ID)
		}
		fx.to(d.StartsAt.Add(30 * 24 * time.Hour)) // its old day is past
		if next, err = db.NextDialogue(ctx, fx.authority.ID); err != nil || next.ID != d.ID {
			t.Errorf("slips are for %v (%v)", next.ID, err)
		}
		_, err = db.StartDialogue(ctx, fx.secretary, d.ID, d.Version, db.Now())
		wantKind(t, err, doithoai.Conflict, "")
	})
}

func TestCancelDialogue(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		_, err := db.CancelDialogue(ctx, fx.office, fx.dialogue.ID, fx.dialogue.Version, doithoai.DialogueMove{})
		wantField(t, err, "ly-do", "reason")
		d, err := db.CancelDialogue(ctx, fx.office, fx.dialogue.ID, fx.dialogue.Version, stormy)
		must(t, err)
		if _, err := db.NextDialogue(ctx, fx.authority.ID); doithoai.KindOf(err) != doithoai.NotFound {
			t.Errorf("slips are for what is not held: %v", err)
		}
		if _, err := db.DialogueBySlug(ctx, fx.authority.ID, d.Slug); err != nil {
			t.Errorf("its page is gone: %v", err)
		}
		_, err = db.MoveDialogue(ctx, fx.office, d.ID, d.Version, d, stormy)
		wantKind(t, err, doithoai.Conflict, "")

		quiet := fx.prepare(t, db) // nobody heard of it, so nobody is told
		_, err = db.CancelDialogue(ctx, fx.office, quiet.ID, quiet.Version, stormy)
		must(t, err)
		moves, err := db.DialogueMoves(ctx, fx.authority.ID, quiet.ID)
		must(t, err)
		if len(moves) != 0 {
			t.Errorf("the public hears of %+v", moves)
		}
	})
}

// A dialogue begins on its day, ends, and its results are public once every opinion has its ruling.
func TestDialogueRuns(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.submit(t, db, 1, "Đường thôn 2 ngập").Opinions[0]
		d := fx.dialogue
		_, err := db.StartDialogue(ctx, fx.secretary, d.ID, d.Version, db.Now())
		wantField(t, err, "luc", "other_day")
		fx.to(d.StartsAt.Add(10 * time.Minute))
		_, err = db.StartDialogue(ctx, fx.justice, d.ID, d.Version, d.StartsAt)
		wantKind(t, err, doithoai.NotAllowed, "")
		_, err = db.StartDialogue(ctx, fx.secretary, d.ID, d.Version, d.StartsAt.Add(time.Hour))
		wantField(t, err, "luc", "future")
		d, err = db.StartDialogue(ctx, fx.secretary, d.ID, d.Version, d.StartsAt.Add(5*time.Minute))
		must(t, err)
		_, err = db.CancelDialogue(ctx, fx.office, d.ID, d.Version, stormy)
		wantKind(t, err, doithoai.Conflict, "")
		_, err = db.CloseDialogue(ctx, fx.secretary, d.ID, d.Version, d.StartsAt)
		wantField(t, err, "luc", "before")
		fx.clock.forward(2 * time.Hour)
		d, err = db.CloseDialogue(ctx, fx.secretary, d.ID, d.Version, db.Now()) // though one has no ruling
		must(t, err)
		_, err = db.PublishResults(ctx, fx.office, d.ID, d.Version, db.Now())
		wantField(t, err, "luc", "unruled")
		gaps, err := db.PlanningGaps(ctx, fx.chair)
		must(t, err)
		if len(gaps) == 0 || gaps[0].Dialogue.ID != d.ID {
			t.Errorf("nothing is missing: %+v", gaps)
		}
		_, err = db.RuleOpinion(ctx, fx.secretary, o.ID, 1, fx.later())
		must(t, err)
		_, err = db.ReportDialogue(ctx, fx.office, d.ID, d.Version, db.Now())
		wantKind(t, err, doithoai.Conflict, "")
		d, err = db.PublishResults(ctx, fx.office, d.ID, d.Version, db.Now())
		must(t, err)
		d, err = db.ReportDialogue(ctx, fx.office, d.ID, d.Version, db.Now())
		must(t, err)
		last, err := db.LastResults(ctx, fx.office, db.Now())
		must(t, err)
		if d.State != doithoai.DialogueReported || last.Dialogue.ID != d.ID || last.All != 1 || last.Open != 1 {
			t.Errorf("%s, last %+v", d.State, last)
		}
	})
}
