package store

import (
	"slices"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

func (fx *fixture) proof(db *DB, key plan.DutyKey) plan.Proof {
	return plan.Proof{
		DialogueID: fx.dialogue.ID, Duty: key, At: db.Now(), Doer: "Đài truyền thanh xã", Text: "Nhật ký số 12",
	}
}

func dutyOf(t *testing.T, db *DB, fx *fixture, key plan.DutyKey) plan.Duty {
	t.Helper()
	duties, err := db.Duties(ctxOf(t), fx.office, fx.dialogue.ID)
	must(t, err)
	for _, d := range duties {
		if d.Key == key {
			return d
		}
	}
	t.Fatalf("no duty %s", key)
	return plan.Duty{}
}

func TestRecordDuty(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		p := fx.proof(db, plan.DutyNoticeMedia)
		for _, a := range []doithoai.Actor{fx.chair, fx.secretary, fx.justice, fx.resident} {
			_, err := db.RecordDuty(ctx, a, p)
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		for field, spoil := range map[string]func(*plan.Proof){
			"ngay":       func(p *plan.Proof) { p.At = p.At.Add(time.Minute) },
			"nguoi-lam":  func(p *plan.Proof) { p.Doer = "" },
			"minh-chung": func(p *plan.Proof) { p.Text = "" },
			"den-ngay":   func(p *plan.Proof) { p.Until = p.At.Date() },
		} {
			bad := p
			spoil(&bad)
			_, err := db.RecordDuty(ctx, fx.office, bad)
			wantField(t, err, field, "")
		}
		_, err := db.RecordDuty(ctx, fx.office, fx.proof(db, plan.DutyResultMedia))
		wantField(t, err, "ngay", "early") // the dialogue was not held
		_, err = db.RecordDuty(ctx, fx.office, fx.proof(db, "invented"))
		wantKind(t, err, doithoai.NotFound, "")
		_, err = db.RecordDuty(ctx, fx.office, p)
		must(t, err)
		_, err = db.RecordDuty(ctx, fx.office2, p)
		must(t, err)
		d := dutyOf(t, db, fx, plan.DutyNoticeMedia)
		if len(d.Proofs) != 2 || d.Step().State != plan.StepDone || d.Late(db.Now().Date()) {
			t.Errorf("%+v", d)
		}

		next := fx.dialogue
		next.Venue = "Nhà văn hóa thôn 1"
		_, err = db.MoveDialogue(ctx, fx.office, next.ID, next.Version, next, stormy)
		must(t, err)
		if d := dutyOf(t, db, fx, plan.DutyNoticeMedia); len(d.Proofs) != 0 {
			t.Error("what told of the old place is taken for a notice of the new one")
		}
	})
}

func TestWithdrawDuty(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		p, err := db.RecordDuty(ctx, fx.office, fx.proof(db, plan.DutyNoticePosting))
		must(t, err)
		wantKind(t, db.WithdrawDuty(ctx, fx.office2, fx.dialogue.ID, p.ID), doithoai.NotAllowed, "")
		wantKind(t, db.WithdrawDuty(ctx, fx.office, fx.otherDialogue.ID, p.ID), doithoai.NotFound, "")
		must(t, db.WithdrawDuty(ctx, fx.office, fx.dialogue.ID, p.ID))
		wantKind(t, db.WithdrawDuty(ctx, fx.office, fx.dialogue.ID, p.ID), doithoai.Conflict, "")
		if d := dutyOf(t, db, fx, plan.DutyNoticePosting); len(d.Proofs) != 0 {
			t.Errorf("it still counts: %+v", d.Proofs)
		}
		n, err := one(ctx, db.reader(), column[int], `SELECT count(*) FROM duty_proof`)
		must(t, err)
		if n != 1 {
			t.Error("the trace of it is gone")
		}
	})
}

// Voters ask for a dialogue: a tenth of them binds, a hair less does not. The chair's desk asks for it until one is
// held for it, and again where that is cancelled.
func TestRegisterRequest(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		v := plan.VoterRequest{On: db.Now().Date(), Asked: 799, Voters: 7990, Matter: "Giá đền bù đường liên thôn."}
		for _, a := range []doithoai.Actor{fx.chair, fx.secretary, fx.justice, fx.resident} {
			_, err := db.RegisterRequest(ctx, a, v)
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		bad := v
		bad.Asked = 8000
		_, err := db.RegisterRequest(ctx, fx.office, bad)
		wantField(t, err, "yeu-cau", "asked")
		less := v
		less.Voters = 7991
		_, err = db.RegisterRequest(ctx, fx.office, less)
		must(t, err)
		if requestGaps(t, db, fx) != 0 {
			t.Error("less than a tenth of the voters binds")
		}
		_, err = db.RegisterRequest(ctx, fx.office, v)
		must(t, err)
		if requestGaps(t, db, fx) != 1 {
			t.Error("a tenth of the voters does not bind")
		}
	})
}

func requestGaps(t *testing.T, db *DB, fx *fixture) (n int) {
	t.Helper()
	gaps, err := db.PlanningGaps(ctxOf(t), fx.chair)
	must(t, err)
	for _, g := range gaps {
		if g.Kind == GapRequest {
			n++
		}
	}
	return n
}

func TestAnswerRequest(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		v, err := db.RegisterRequest(ctx, fx.office,
			plan.VoterRequest{On: db.Now().Date(), Asked: 900, Voters: 8000, Matter: "Đường liên thôn."})
		must(t, err)
		err = db.AnswerRequest(ctx, fx.office, v.ID, v.Version, fx.dialogue.ID)
		wantField(t, err, "buoi", "dialogue") // it is held for something else
		d := fx.newDialogue("", fx.plan)
		d.Kinds = []doithoai.DialogueKind{doithoai.KindRequested}
		d, err = db.PrepareDialogue(ctx, fx.office, d)
		must(t, err)
		wantKind(t, db.AnswerRequest(ctx, fx.chair, v.ID, v.Version, d.ID), doithoai.NotAllowed, "")
		must(t, db.AnswerRequest(ctx, fx.office, v.ID, v.Version, d.ID))
		if requestGaps(t, db, fx) != 0 {
			t.Error("the request is still open")
		}
		_, err = db.CancelDialogue(ctx, fx.office, d.ID, d.Version, stormy)
		must(t, err)
		if requestGaps(t, db, fx) != 1 {
			t.Error("the dialogue for it is not held, and nobody asks for another")
		}
	})
}

// A dialogue that is made for a request answers it in the same act: of another kind, or where the request was answered
// meanwhile, neither is done.
func TestPrepareDialogueForRequest(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		v, err := db.RegisterRequest(ctx, fx.office,
			plan.VoterRequest{On: db.Now().Date(), Asked: 900, Voters: 8000, Matter: "Đường liên thôn."})
		must(t, err)
		_, err = db.PrepareDialogue(ctx, fx.office, fx.newDialogue("", fx.plan), v)
		wantField(t, err, "loai", "kind")
		d := fx.newDialogue("", fx.plan)
		d.Kinds = append(d.Kinds, doithoai.KindRequested)
		before, err := db.DialogueList(ctx, fx.office)
		must(t, err)
		stale := v
		stale.Version++
		_, err = db.PrepareDialogue(ctx, fx.office, d, stale)
		wantKind(t, err, doithoai.Conflict, "error.conflict")
		_, err = db.PrepareDialogue(ctx, fx.office, d, plan.VoterRequest{ID: "x", Version: 1})
		wantKind(t, err, doithoai.NotFound, "")
		_, err = db.PrepareDialogue(ctx, fx.chair, d, v)
		wantKind(t, err, doithoai.NotAllowed, "")
		after, err := db.DialogueList(ctx, fx.office)
		must(t, err)
		if len(after) != len(before) || requestGaps(t, db, fx) != 1 {
			t.Errorf("%d dialogues from %d: a refused one was made", len(after), len(before))
		}
		made, err := db.PrepareDialogue(ctx, fx.office, d, v)
		must(t, err)
		all, err := db.VoterRequests(ctx, fx.office)
		must(t, err)
		if all[0].DialogueID != made.ID || requestGaps(t, db, fx) != 0 {
			t.Errorf("the request is answered by %q, want %q", all[0].DialogueID, made.ID)
		}
		_, err = db.PrepareDialogue(ctx, fx.office, d, v)
		wantKind(t, err, doithoai.Conflict, "error.conflict")
	})
}

// The year without a dialogue stands on the chair's desk from the first day of the fourth quarter, and no day before.
func TestYearAlarm(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		alarmed := func() bool {
			gaps, err := db.PlanningGaps(ctxOf(t), fx.chair)
			must(t, err)
			return slices.ContainsFunc(gaps, func(g Gap) bool {
				return g.Kind == GapYear && g.Late && g.Due == calendar.DateOf(2026, time.September, 30)
			})
		}
		if !alarmed() {
			t.Error("no alarm on 01/10")
		}
		fx.clock.forward(-24 * time.Hour)
		if alarmed() {
			t.Error("an alarm on 30/09")
		}
	})
}

// A year that has no plan, not even a draft, misses one.
func TestGapOfThePlan(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		missing := func() bool {
			gaps, err := db.PlanningGaps(ctxOf(t), fx.office)
			must(t, err)
			return slices.ContainsFunc(gaps, func(g Gap) bool { return g.Kind == GapPlan })
		}
		fx.to(calendar.InstantAt(calendar.DateOf(2027, 1, 5), 8, 0))
		before := missing()
		draft := fx.draft(t, db)
		begun := missing()
		_, err := db.DropPlan(ctxOf(t), fx.office, draft.PlanID, draft.Number, draft.Version, "Soạn lại từ đầu theo mẫu.")
		must(t, err)
		if dropped := missing(); !before || begun || !dropped {
			t.Errorf("missing before %v, with a draft %v, without it %v", before, begun, dropped)
		}
	})
}
