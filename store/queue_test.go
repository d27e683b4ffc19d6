package store

import (
	"errors"
	"strconv"
	"sync"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// running starts the fixture's dialogue on its day.
func (fx *fixture) running(t *testing.T, db *DB) doithoai.Dialogue {
	t.Helper()
	fx.to(fx.dialogue.StartsAt)
	d, err := db.DialogueByID(ctxOf(t), fx.office.AuthorityID, fx.dialogue.ID)
	must(t, err)
	d, err = db.StartDialogue(ctxOf(t), fx.secretary, d.ID, d.Version, db.Now())
	must(t, err)
	return d
}

// registers hands in a slip of somebody who wants to speak.
func (fx *fixture) registers(t *testing.T, db *DB, n int, name string, village int) doithoai.Opinion {
	t.Helper()
	s := fx.slip("Tôi hỏi về thủ tục số " + strconv.Itoa(n) + ".")
	s.DialogueID, s.Manner = fx.dialogue.ID, doithoai.MannerSpeak
	s.Petitioner.Name, s.Petitioner.VillageID = name, fx.villages[village].ID
	got, err := db.SubmitSlip(ctxOf(t), fx.resident, key(n), s)
	must(t, err)
	return got.Opinions[0]
}

// hand is somebody who raises a hand.
func (fx *fixture) hand(name string, village int) doithoai.Turn {
	return doithoai.Turn{ID: NewID(), DialogueID: fx.dialogue.ID, Name: name, VillageID: fx.villages[village].ID}
}

func (fx *fixture) run(t *testing.T, db *DB) Run {
	t.Helper()
	r, err := db.Run(ctxOf(t), fx.secretary, fx.dialogue.ID)
	must(t, err)
	return r
}

func queueNames(rows []QueueRow) (s string) {
	for _, r := range rows {
		s += r.Name + "; "
	}
	return s
}

func TestJoinQueue(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, d := ctxOf(t), fx.dialogue
		o := fx.registers(t, db, 1, "Bà Trần Thị Ví Dụ", 0)
		fx.registers(t, db, 2, "Ông Lý Văn Giả Định", 0)
		hand := fx.hand("Bà Hồ Thị Giả Sử", 1)
		wantKind(t, db.JoinQueue(ctx, fx.secretary, hand), doithoai.Conflict, "hall.turn.problem.not_running")
		fx.heldToday()
		walker := doithoai.Attendance{ID: NewID(), DialogueID: d.ID, Name: "Ông Ngô Văn Tạm", Speaks: true}
		must(t, db.CheckIn(ctx, fx.secretary, walker))
		must(t, db.CheckIn(ctx, fx.secretary, doithoai.Attendance{ID: NewID(), DialogueID: d.ID, SlipID: o.SlipID}))
		fx.running(t, db)
		must(t, db.JoinQueue(ctx, fx.secretary, hand))
		must(t, db.JoinQueue(ctx, fx.secretary, hand)) // the form twice
		other := hand
		other.Name = "Người Khác"
		wantKind(t, db.JoinQueue(ctx, fx.secretary, other), doithoai.Conflict, "")
		wantField(t, db.JoinQueue(ctx, fx.secretary, fx.hand("", 1)), "ho-ten", "hall.turn.problem.name")
		strange := fx.hand("Ông Lạ", 1)
		strange.VillageID = fx.otherVillage.ID
		wantField(t, db.JoinQueue(ctx, fx.secretary, strange), "thon", "hall.turn.problem.village")
		wantKind(t, db.JoinQueue(ctx, fx.chair, hand), doithoai.NotAllowed, "")

		r := fx.run(t, db)
		// Who registered first is there; the other one of thôn 1 has not come.
		want := "Bà Trần Thị Ví Dụ; Ông Ngô Văn Tạm; Bà Hồ Thị Giả Sử; Ông Lý Văn Giả Định; "
		if got := queueNames(r.Waiting); got != want || r.Waiting[3].Here || r.Waiting[0].Number != o.Number {
			t.Errorf("%s\n%+v", got, r.Waiting)
		}
		if r.Waiting[0].Limit != 3*time.Minute || r.Waiting[0].Unruled != 1 || len(r.Steps) != 1 {
			t.Errorf("%+v", r)
		}
		// Once reception takes back that somebody came, they are not in the queue any more.
		must(t, db.CallTurn(ctx, fx.secretary, d.ID, walker.ID, 0))
		must(t, db.EndTurn(ctx, fx.secretary, d.ID, walker.ID, 1))
		must(t, db.UndoCheckIn(ctx, fx.secretary, d.ID, walker.ID, 1))
		if r := fx.run(t, db); len(r.Over) != 0 {
			t.Errorf("%+v", r.Over)
		}
		wantClean(t, db)
	})
}

func TestCallTurn(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, d := ctxOf(t), fx.dialogue
		a, b := fx.registers(t, db, 1, "Bà Trần Thị Ví Dụ", 0).SlipID, fx.registers(t, db, 2, "Ông Lý Văn Tượng", 1).SlipID
		fx.heldToday()
		wantKind(t, db.CallTurn(ctx, fx.secretary, d.ID, a, 0), doithoai.Conflict, "hall.turn.problem.not_running")
		fx.running(t, db)
		wantKind(t, db.CallTurn(ctx, fx.secretary, d.ID, NewID(), 0), doithoai.NotFound, "")
		wantKind(t, db.CallTurn(ctx, fx.secretary, d.ID, a, 3), doithoai.Conflict, "")
		must(t, db.CallTurn(ctx, fx.secretary, d.ID, a, 0))
		wantKind(t, db.CallTurn(ctx, fx.secretary, d.ID, a, 1), doithoai.Conflict, "") // speaks already
		must(t, db.CallTurn(ctx, fx.office, d.ID, b, 0))
		r := fx.run(t, db)
		if r.Speaking == nil || r.Speaking.ID != b || len(r.Waiting) != 0 || len(r.Over) != 1 ||
			r.Over[0].State != doithoai.TurnSpoken || r.Over[0].Name != "Bà Trần Thị Ví Dụ" {
			t.Errorf("%+v", r)
		}
		wantClean(t, db)
	})
}

// However many secretaries go on at once, one speaker is called, and nobody is passed over.
func TestCallNext(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, d := ctxOf(t), fx.dialogue
		first := fx.registers(t, db, 1, "Bà Trần Thị Ví Dụ", 0).SlipID
		fx.registers(t, db, 2, "Ông Lý Văn Tượng", 1)
		fx.registers(t, db, 3, "Ông Phan Văn Nháp", 1)
		fx.running(t, db)
		must(t, db.CallTurn(ctx, fx.secretary, d.ID, first, 0))
		var wait sync.WaitGroup
		errs := make([]error, 4)
		for i := range errs {
			wait.Go(func() { _, errs[i] = db.CallNext(ctx, fx.secretary, d.ID, first) })
		}
		wait.Wait()
		for _, err := range errs {
			if err != nil && doithoai.KindOf(err) != doithoai.Conflict {
				t.Error(err)
			}
		}
		r := fx.run(t, db)
		if r.Speaking == nil || r.Speaking.Name != "Ông Lý Văn Tượng" || len(r.Waiting) != 1 || len(r.Over) != 1 {
			t.Fatalf("%v %+v", errors.Join(errs...), r)
		}
		called, err := db.CallNext(ctx, fx.secretary, d.ID, r.Speaking.ID)
		must(t, err)
		if called != r.Waiting[0].ID {
			t.Error(called)
		}
		if called, err = db.CallNext(ctx, fx.secretary, d.ID, called); err != nil || called != "" {
			t.Error(called, err)
		}
		if r := fx.run(t, db); r.Speaking != nil || len(r.Over) != 3 {
			t.Errorf("%+v", r)
		}
	})
}

func TestTurnMoves(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, d := ctxOf(t), fx.dialogue
		id := fx.registers(t, db, 1, "Bà Trần Thị Ví Dụ", 0).SlipID
		fx.running(t, db)
		must(t, db.CallTurn(ctx, fx.secretary, d.ID, id, 0))
		must(t, db.MissTurn(ctx, fx.secretary, d.ID, id, 1))
		must(t, db.ReturnTurn(ctx, fx.secretary, d.ID, id, 2))
		must(t, db.WithdrawTurn(ctx, fx.secretary, d.ID, id, 3))
		wantKind(t, db.MissTurn(ctx, fx.secretary, d.ID, id, 4), doithoai.Conflict, "")
		must(t, db.ReturnTurn(ctx, fx.secretary, d.ID, id, 4))
		must(t, db.CallTurn(ctx, fx.secretary, d.ID, id, 5))
		must(t, db.EndTurn(ctx, fx.secretary, d.ID, id, 6))
		if r := fx.run(t, db); len(r.Over) != 1 || r.Over[0].State != doithoai.TurnSpoken {
			t.Errorf("%+v", r)
		}
	})
}

func TestTimeTurn(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, d := ctxOf(t), fx.dialogue
		id := fx.registers(t, db, 1, "Bà Trần Thị Ví Dụ", 0).SlipID
		fx.running(t, db)
		wantKind(t, db.TimeTurn(ctx, fx.secretary, d.ID, id, TurnRuns), doithoai.NotFound, "")
		must(t, db.CallTurn(ctx, fx.secretary, d.ID, id, 0))
		start := db.Now()
		must(t, db.TimeTurn(ctx, fx.secretary, d.ID, id, TurnRuns))
		fx.to(start.Add(time.Minute))
		must(t, db.TimeTurn(ctx, fx.office, d.ID, id, TurnRuns)) // runs already
		must(t, db.TimeTurn(ctx, fx.chair, d.ID, id, TurnLengthened))
		fx.to(start.Add(2 * time.Minute))
		must(t, db.TimeTurn(ctx, fx.secretary, d.ID, id, TurnStands))
		wantKind(t, db.TimeTurn(ctx, fx.secretary, d.ID, id, "anything"), doithoai.Invalid, "")
		fx.to(start.Add(9 * time.Minute))
		// What the one before asked stands on the screens until the next one begins to speak.
		_, err := db.ShowQuestion(ctx, fx.secretary, d.ID, 0, "Giấy này căn cứ vào đâu?", "", id, false)
		must(t, err)
		next := fx.hand("Bà Hồ Thị Giả Sử", 1)
		must(t, db.JoinQueue(ctx, fx.secretary, next))
		asked := func() string {
			s, err := db.Screen(ctx, fx.secretary, d.ID)
			must(t, err)
			return s.Question
		}
		defer func() {
			must(t, db.CallTurn(ctx, fx.secretary, d.ID, next.ID, 1))
			if asked() == "" {
				t.Error("the question left with the call")
			}
			must(t, db.TimeTurn(ctx, fx.secretary, d.ID, next.ID, TurnRuns))
			if q := asked(); q != "" {
				t.Error(q)
			}
		}()
		if s := fx.run(t, db).Speaking; s.Elapsed(db.Now()) != 2*time.Minute || s.Limit != 4*time.Minute {
			t.Errorf("%+v", s)
		}
	})
}

func TestMoveTurn(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, d := ctxOf(t), fx.dialogue
		names := []string{"Bà Một", "Ông Hai", "Bà Ba", "Ông Bốn"}
		var ids []doithoai.ID
		for i, n := range names {
			ids = append(ids, fx.registers(t, db, i+1, n, i%2).SlipID)
		}
		fx.heldToday()
		must(t, db.MoveTurn(ctx, fx.secretary, d.ID, ids[2], 0, 1))
		if got := queueNames(fx.run(t, db).Waiting); got != "Bà Ba; Ông Hai; Bà Một; Ông Bốn; " {
			t.Error(got)
		}
		must(t, db.MoveTurn(ctx, fx.secretary, d.ID, ids[3], 0, 3))
		if got := queueNames(fx.run(t, db).Waiting); got != "Bà Ba; Ông Hai; Ông Bốn; Bà Một; " {
			t.Error(got)
		}
		wantKind(t, db.MoveTurn(ctx, fx.secretary, d.ID, ids[2], 9, 2), doithoai.Conflict, "")
		must(t, db.MoveTurn(ctx, fx.secretary, d.ID, ids[0], 0, 0)) // by the rule again
		if got := queueNames(fx.run(t, db).Waiting); got != "Bà Một; Ông Hai; Bà Ba; Ông Bốn; " {
			t.Error(got)
		}
	})
}

func TestEnterStep(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, d := ctxOf(t), fx.dialogue
		wantKind(t, db.EnterStep(ctx, fx.secretary, d.ID, 1, 1), doithoai.Conflict, "hall.turn.problem.not_running")
		run := fx.running(t, db)
		r := fx.run(t, db)
		if len(r.Steps) != 1 || r.Step().BeganAt != run.StartedAt {
			t.Fatalf("%+v", r.Steps)
		}
		wantKind(t, db.EnterStep(ctx, fx.secretary, d.ID, 1, 1), doithoai.Conflict, "")
		wantKind(t, db.EnterStep(ctx, fx.secretary, d.ID, 2, 99), doithoai.NotFound, "")
		must(t, db.EnterStep(ctx, fx.office, d.ID, 2, 1))
		if r := fx.run(t, db); len(r.Steps) != 2 || r.Step().Step != 1 || r.Step().Title == "" {
			t.Errorf("%+v", r.Steps)
		}
	})
}

// However close the closing comes, nobody goes on speaking in a dialogue that is closed, and the head count of the day
// has everybody who was noted.
func TestClosingMissesNobody(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		for i := range 6 {
			d := fx.newDialogue("dong-"+strconv.Itoa(i), fx.plan)
			d.StartsAt = db.Now().Add(time.Minute)
			d.DoorsAt, d.SlipsUntil, d.LateReason = calendar.Instant{}, d.StartsAt, "Họp ngay vì việc gấp trong ngày"
			d, err := db.AnnounceNewDialogue(ctx, fx.office, d)
			must(t, err)
			d, err = db.StartDialogue(ctx, fx.secretary, d.ID, d.Version, db.Now())
			must(t, err)
			hand := fx.hand("Bà Hồ Thị Giả Sử", 0)
			hand.DialogueID = d.ID
			must(t, db.JoinQueue(ctx, fx.secretary, hand))
			var wait sync.WaitGroup
			errs := make([]error, 5)
			wait.Go(func() {
				if errs[0] = db.CallTurn(ctx, fx.secretary, d.ID, hand.ID, 1); errs[0] == nil {
					errs[0] = db.TimeTurn(ctx, fx.secretary, d.ID, hand.ID, TurnRuns)
				}
			})
			wait.Go(func() { _, errs[1] = db.CloseDialogue(ctx, fx.office, d.ID, d.Version, db.Now()) })
			for n := 2; n < len(errs); n++ {
				wait.Go(func() {
					errs[n] = db.CheckIn(ctx, fx.secretary, doithoai.Attendance{ID: NewID(), DialogueID: d.ID, Name: "Ông Đến Muộn"})
				})
			}
			wait.Wait()
			must(t, errs[1])
			for _, err := range errs {
				if err != nil && doithoai.KindOf(err) != doithoai.Conflict {
					t.Error(err)
				}
			}
			n, err := one(ctx, db.reader(), column[int], `SELECT count(*) FROM turn
				WHERE dialogue_id = $1 AND (state = 'speaking' OR since IS NOT NULL)`, d.ID)
			must(t, err)
			counted, err := one(ctx, db.reader(), column[int], `SELECT
				(SELECT sum(present) FROM head_count WHERE dialogue_id = $1)
				- (SELECT count(*) FROM attendance WHERE dialogue_id = $1)`, d.ID)
			must(t, err)
			if n != 0 || counted != 0 {
				t.Fatalf("closed with %d speaking; the head count differs by %d", n, counted)
			}
		}
	})
}

// A denunciation is in no queue, nor who handed it in.
func TestDenouncedLeavesTheQueue(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		o := fx.registers(t, db, 1, "Bà Trần Thị Ví Dụ", 0)
		fx.registers(t, db, 2, "Ông Lý Văn Tượng", 1)
		fx.running(t, db)
		must(t, db.CallTurn(ctxOf(t), fx.secretary, fx.dialogue.ID, o.SlipID, 0))
		_, err := db.RuleOpinion(ctxOf(t), fx.secretary, o.ID, o.Version,
			doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})
		must(t, err)
		if r := fx.run(t, db); r.Speaking != nil || len(r.Waiting) != 1 || len(r.Over) != 0 {
			t.Errorf("%+v", r)
		}
	})
}
