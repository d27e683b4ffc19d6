package store

import (
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// handout is a range that a village takes today.
func (fx *fixture) handout(db *DB, first, last int) plan.Handout {
	return plan.Handout{
		First: first, Last: last, VillageID: fx.villages[0].ID, Receiver: "Trưởng thôn", On: db.Now().Date(),
	}
}

// paperSlip is what the office types of a paper slip.
func (fx *fixture) paperSlip(number string, matters ...string) doithoai.Slip {
	s := fx.slip(matters...)
	s.DialogueID, s.Channel, s.ReadBack, s.PaperNumber = fx.dialogue.ID, doithoai.ChannelVillage, true, number
	return s
}

func wantAccount(t *testing.T, db *DB, fx *fixture, want plan.PaperAccount) {
	t.Helper()
	got, err := db.PaperAccount(ctxOf(t), fx.office, fx.dialogue.ID)
	must(t, err)
	if got != want || !got.Adds() {
		t.Errorf("the account is %+v, want %+v", got, want)
	}
}

func TestPrintStack(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		for _, a := range []doithoai.Actor{fx.chair, fx.justice, fx.admin, fx.resident} {
			_, err := db.PrintStack(ctx, a, fx.dialogue.ID, 10)
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		_, err := db.PrintStack(ctx, fx.office, fx.dialogue.ID, 0)
		wantField(t, err, "so-luong", "stock.problem.count")
		_, err = db.PrintStack(ctx, fx.office, fx.dialogue.ID, plan.MaxStack+1)
		wantField(t, err, "so-luong", "stock.problem.many")
		a, err := db.PrintStack(ctx, fx.office, fx.dialogue.ID, 10)
		must(t, err)
		b, err := db.PrintStack(ctx, fx.secretary, fx.dialogue.ID, 5)
		must(t, err)
		if a.First != 1 || a.Last != 10 || b.First != 11 || b.Last != 15 {
			t.Errorf("stacks %d–%d and %d–%d", a.First, a.Last, b.First, b.Last)
		}
		wantAccount(t, db, fx, plan.PaperAccount{Printed: 15, InStock: 15})
		// Each sheet has a receipt code of its own, the same whenever it is printed.
		first, err := db.PaperSheets(ctx, fx.office, fx.dialogue.ID, 9, 12)
		must(t, err)
		again, err := db.PaperSheets(ctx, fx.office, fx.dialogue.ID, 1, 15)
		must(t, err)
		codes := map[doithoai.ReceiptCode]bool{}
		for _, s := range again {
			codes[s.Code] = true
		}
		if len(first) != 4 || len(codes) != 15 || first[0].Number != 9 || first[0].Code != again[8].Code {
			t.Errorf("sheets %v and %d codes", first, len(codes))
		}
		_, err = db.PaperSheets(ctx, fx.justice, fx.dialogue.ID, 1, 15)
		wantKind(t, err, doithoai.NotAllowed, "")
		wantClean(t, db)
	})
}

// Two who print at once get numbers that don't meet.
func TestStacksAreNumberedOneAfterTheOther(t *testing.T) {
	eachWatched(t, func(t *testing.T, db *DB, c *commits, fx *fixture) {
		ctx := ctxOf(t)
		first, second := inRivalry(t, db, c,
			func() error { return second(db.PrintStack(ctx, fx.office, fx.dialogue.ID, 7)) },
			func() error { return second(db.PrintStack(ctx, fx.secretary, fx.dialogue.ID, 5)) })
		must(t, first)
		must(t, second)
		wantAccount(t, db, fx, plan.PaperAccount{Printed: 12, InStock: 12})
	})
}

func TestHandOutSlips(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		must(t, second(db.PrintStack(ctx, fx.office, fx.dialogue.ID, 20)))
		for _, a := range []doithoai.Actor{fx.chair, fx.justice, fx.admin, fx.resident} {
			_, err := db.HandOutSlips(ctx, a, fx.dialogue.ID, fx.handout(db, 1, 5))
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		must(t, second(db.HandOutSlips(ctx, fx.office, fx.dialogue.ID, fx.handout(db, 1, 5))))
		// Neither one that is out, nor one that was never printed, is handed out with others.
		for first, last := range map[int]int{5: 8, 18: 21} {
			_, err := db.HandOutSlips(ctx, fx.office, fx.dialogue.ID, fx.handout(db, first, last))
			wantField(t, err, "tu", "stock.problem.not_in_stock")
		}
		foreign := fx.handout(db, 6, 7)
		foreign.VillageID = fx.otherVillage.ID
		_, err := db.HandOutSlips(ctx, fx.office, fx.dialogue.ID, foreign)
		wantField(t, err, "noi-nhan", "stock.problem.receiver")
		wantAccount(t, db, fx, plan.PaperAccount{Printed: 20, InStock: 15, Handed: 5, Outstanding: 5})
		all, err := db.PaperHandouts(ctx, fx.chair, fx.dialogue.ID)
		must(t, err)
		if len(all) != 1 || all[0].Numbers() != 5 || all[0].VillageID != fx.villages[0].ID {
			t.Errorf("handouts %+v", all)
		}
		wantClean(t, db)
	})
}

// Of two who hand out ranges that meet, one wins.
func TestSlipsAreHandedOutOnce(t *testing.T) {
	eachWatched(t, func(t *testing.T, db *DB, c *commits, fx *fixture) {
		ctx := ctxOf(t)
		must(t, second(db.PrintStack(ctx, fx.office, fx.dialogue.ID, 20)))
		first, second := inRivalry(t, db, c,
			func() error { return second(db.HandOutSlips(ctx, fx.office, fx.dialogue.ID, fx.handout(db, 1, 10))) },
			func() error {
				return second(db.HandOutSlips(ctx, fx.secretary, fx.dialogue.ID, fx.handout(db, 10, 12)))
			})
		if (first == nil) == (second == nil) {
			t.Errorf("both or none: %v, %v", first, second)
		}
		a, err := db.PaperAccount(ctx, fx.office, fx.dialogue.ID)
		must(t, err)
		if !a.Adds() || a.Handed != 10 && a.Handed != 3 {
			t.Errorf("the account is %+v", a)
		}
	})
}

func TestVoidPaperSlip(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		must(t, second(db.PrintStack(ctx, fx.office, fx.dialogue.ID, 5)))
		for _, a := range []doithoai.Actor{fx.chair, fx.justice, fx.admin, fx.resident} {
			wantKind(t, db.VoidPaperSlip(ctx, a, fx.dialogue.ID, 1, "Rách."), doithoai.NotAllowed, "")
		}
		wantField(t, db.VoidPaperSlip(ctx, fx.office, fx.dialogue.ID, 1, ""), "ly-do", "stock.problem.reason")
		must(t, db.VoidPaperSlip(ctx, fx.office, fx.dialogue.ID, 1, "Rách."))
		wantField(t, db.VoidPaperSlip(ctx, fx.office, fx.dialogue.ID, 1, "Rách."), "so", "stock.problem.void")
		wantField(t, db.VoidPaperSlip(ctx, fx.office, fx.dialogue.ID, 6, "Rách."), "so", "stock.problem.void")
		_, err := db.SubmitSlip(ctx, fx.office, key(1), fx.paperSlip("1", "Đường ngập."))
		wantField(t, err, "so-phieu", "stock.problem.paper_void")
		must(t, second(db.SubmitSlip(ctx, fx.office, key(1), fx.paperSlip("2", "Đường ngập."))))
		wantField(t, db.VoidPaperSlip(ctx, fx.office, fx.dialogue.ID, 2, "Rách."), "so", "stock.problem.void")
		wantAccount(t, db, fx, plan.PaperAccount{Printed: 5, InStock: 3, VoidStock: 1, Handed: 1, Returned: 1})
		wantClean(t, db)
	})
}

func TestCountMissing(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		must(t, second(db.PrintStack(ctx, fx.office, fx.dialogue.ID, 10)))
		must(t, second(db.HandOutSlips(ctx, fx.office, fx.dialogue.ID, fx.handout(db, 1, 6))))
		must(t, second(db.SubmitSlip(ctx, fx.office, key(1), fx.paperSlip("3", "Đường ngập."))))
		_, err := db.CountMissing(ctx, fx.office, fx.dialogue.ID, 1, 6)
		wantField(t, err, "mat-tu", "stock.problem.early")
		fx.clock.forward(fx.dialogue.StartsAt.Time().Sub(fx.clock.Now()))
		_, err = db.CountMissing(ctx, fx.chair, fx.dialogue.ID, 1, 6)
		wantKind(t, err, doithoai.NotAllowed, "")
		n, err := db.CountMissing(ctx, fx.office, fx.dialogue.ID, 1, 4)
		must(t, err)
		if n != 3 {
			t.Errorf("%d missing, want 3: one of them came back", n)
		}
		_, err = db.CountMissing(ctx, fx.office, fx.dialogue.ID, 1, 4)
		wantField(t, err, "mat-tu", "stock.problem.none_out")
		// One that comes back after all is typed.
		must(t, second(db.SubmitSlip(ctx, fx.office, key(2), fx.paperSlip("0004", "Chợ thiếu chỗ để xe."))))
		wantAccount(t, db, fx, plan.PaperAccount{
			Printed: 10, InStock: 4, Handed: 6, Returned: 2, Missing: 2, Outstanding: 2,
		})
		wantClean(t, db)
	})
}

// TestSituation6PaperSlipTwice: a slip came as a picture first, with its number, then on paper. The number joins them:
// it is registered once, and the stub opens it.
func TestSituation6PaperSlipTwice(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		must(t, second(db.PrintStack(ctx, fx.office, fx.dialogue.ID, 60)))
		sheets, err := db.PaperSheets(ctx, fx.office, fx.dialogue.ID, 52, 52)
		must(t, err)
		must(t, second(db.HandOutSlips(ctx, fx.office, fx.dialogue.ID, fx.handout(db, 41, 60))))
		picture := fx.paperSlip("52", "Rãnh nước trước chợ tắc.")
		picture.Channel = doithoai.ChannelPhone
		got, err := db.SubmitSlip(ctx, fx.office, key(1), picture)
		must(t, err)
		if got.Code != sheets[0].Code {
			t.Error("the receipt is not the one on the stub")
		}
		// The same form once more is the same slip; the paper, typed by a colleague, is refused with its number.
		again, err := db.SubmitSlip(ctx, fx.office, key(2), picture)
		must(t, err)
		if !again.Repeated || again.SlipID != got.SlipID {
			t.Errorf("sent again: %+v", again)
		}
		_, err = db.SubmitSlip(ctx, fx.office2, key(3), fx.paperSlip("0052", "Rãnh nước ở trước chợ bị tắc"))
		wantField(t, err, "so-phieu", "stock.problem.paper_typed")
		slip, err := db.PaperByNumber(ctx, fx.office2, fx.dialogue.ID, 52)
		must(t, err)
		if slip.State != plan.PaperReturned || len(slip.Opinions) != 1 || slip.Opinions[0] != got.Opinions[0].Number {
			t.Errorf("slip 0052 is %+v", slip)
		}
		scanned, err := db.PaperByCode(ctx, fx.office2, fx.dialogue.ID, sheets[0].Code)
		must(t, err)
		if scanned.Number != 52 {
			t.Errorf("the stub is of slip %d", scanned.Number)
		}
		followed, err := db.FollowSlip(ctx, fx.resident, sheets[0].Code)
		must(t, err)
		if len(followed.Opinions) != 1 || followed.Opinions[0].Opinion.ID != got.Opinions[0].ID {
			t.Errorf("the stub opens %+v", followed)
		}
		wantAccount(t, db, fx, plan.PaperAccount{Printed: 60, InStock: 40, Handed: 20, Returned: 1, Outstanding: 19})
		wantClean(t, db)
	})
}

// Two clerks type the paper of one number at once: one wins, and the other is told the number.
func TestPaperSlipIsTypedOnce(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		must(t, second(db.PrintStack(ctx, fx.office, fx.dialogue.ID, 3)))
		const clerks = 6
		errs := make([]error, clerks)
		var group sync.WaitGroup
		for i := range clerks {
			group.Go(func() {
				_, errs[i] = db.SubmitSlip(ctx, []doithoai.Actor{fx.office, fx.office2}[i%2], key(i+1),
					fx.paperSlip("2", "Nội dung "+strings.Repeat("x", i)))
			})
		}
		group.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else {
				wantField(t, err, "so-phieu", "stock.problem.paper_typed")
			}
		}
		if won != 1 {
			t.Errorf("%d clerks won", won)
		}
		wantAccount(t, db, fx, plan.PaperAccount{Printed: 3, InStock: 2, Handed: 1, Returned: 1})
		wantClean(t, db)
	})
}

// Who has no paper to show can't use its number up: the public site takes none. A number of no stack is only what
// somebody wrote.
func TestPaperNumberFromElsewhere(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		must(t, second(db.PrintStack(ctx, fx.office, fx.dialogue.ID, 3)))
		forged := fx.slip("Đường ngập.")
		forged.PaperNumber = "2"
		_, err := db.SubmitSlip(ctx, fx.resident, key(1), forged)
		wantKind(t, err, doithoai.Invalid, "error.invalid")
		for _, number := range []string{"4", "A-12", "99999"} {
			r, err := db.SubmitSlip(ctx, fx.office, key(len(number)), fx.paperSlip(number, "Đường ngập."))
			must(t, err)
			if r.Code != doithoai.NewReceiptCode(key(len(number))) {
				t.Errorf("%s: another receipt than the form's", number)
			}
		}
		_, err = db.PaperByNumber(ctx, fx.otherOffice, fx.dialogue.ID, 2)
		wantKind(t, err, doithoai.NotFound, "")
		wantAccount(t, db, fx, plan.PaperAccount{Printed: 3, InStock: 3})
		wantClean(t, db)
	})
}

// Whatever the office does in whatever order, the account of the database adds up.
func TestStockAddsUp(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, chance := ctxOf(t), rand.New(rand.NewPCG(3, 4))
		must(t, second(db.PrintStack(ctx, fx.office, fx.dialogue.ID, 30)))
		for i := range 60 {
			if i == 40 {
				fx.clock.forward(fx.dialogue.StartsAt.Time().Sub(fx.clock.Now()))
			}
			n := 1 + chance.IntN(32)
			var err error
			switch chance.IntN(4) {
			case 0:
				h := fx.handout(db, n, n+chance.IntN(5))
				h.On = calendar.InstantOf(morning).Date()
				_, err = db.HandOutSlips(ctx, fx.office, fx.dialogue.ID, h)
			case 1:
				_, err = db.SubmitSlip(ctx, fx.office, key(i+1), fx.paperSlip(plan.PaperNumber(n), "Đường ngập."))
			case 2:
				err = db.VoidPaperSlip(ctx, fx.office, fx.dialogue.ID, n, "Rách.")
			case 3:
				_, err = db.CountMissing(ctx, fx.office, fx.dialogue.ID, n, n+9)
			}
			if err != nil && doithoai.KindOf(err) != doithoai.Invalid {
				t.Fatal(err)
			}
			a, err := db.PaperAccount(ctx, fx.office, fx.dialogue.ID)
			must(t, err)
			if !a.Adds() || a.Printed != 30 {
				t.Fatalf("after %d acts the account is %+v", i+1, a)
			}
		}
		wantClean(t, db)
	})
}
