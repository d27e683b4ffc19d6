package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// promised is a line for the unit of land, due some working days from now.
func (fx *fixture) promised(t testing.TB, db *DB, what string, days int) doithoai.Promised {
	t.Helper()
	c := mustRules(t, db, fx).Calendar
	return doithoai.Promised{UnitID: fx.land.UnitID, What: what, Due: c.AddWorkdays(db.Now().Date(), days)}
}

// promising is an answer that promises something.
func promising(a doithoai.Answer, lines ...doithoai.Promised) doithoai.Answer {
	a.Promises = doithoai.PromisesOf(lines...)
	return a
}

// promise dispatches the n-th opinion's answer with lines, and returns what began.
func (fx *fixture) promise(
	t testing.TB, db *DB, n int, lines ...doithoai.Promised,
) (r Received, promises []doithoai.Promise) {
	t.Helper()
	ctx := ctxOf(t)
	r = fx.bring(t, db, n, ruled)
	id := r.Opinions[0].ID
	must(t, db.SubmitAnswer(ctx, fx.justice, id, 1, promising(testAnswer, lines...)))
	must(t, db.SignAnswer(ctx, fx.chair, id, 2))
	must(t, db.DispatchAnswer(ctx, fx.office, id, 3, string(r.Opinions[0].Number)[6:], db.Now().Date()))
	return r, fx.promises(t, db, id)
}

func (fx *fixture) promises(t testing.TB, db *DB, opinion doithoai.ID) []doithoai.Promise {
	t.Helper()
	f, err := db.OpinionFile(ctxOf(t), fx.office, opinion)
	must(t, err)
	return f.Promises
}

// makePublic publishes the opinion.
func (fx *fixture) makePublic(t testing.TB, db *DB, opinion doithoai.ID) {
	t.Helper()
	must(t, db.ProposePublication(ctxOf(t), fx.office, opinion, 0, testSummary))
	must(t, db.ApprovePublication(ctxOf(t), fx.chair, opinion, 1))
}

// Words in a draft promise nothing; the answer that goes out does.
func TestPromiseBegins(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, ruled).Opinions[0].ID
		line := fx.promised(t, db, "Đo lại thửa đất", 5)
		for name, wrong := range map[string]doithoai.Promised{
			"hua-don-vi-1": {UnitID: fx.otherUnits["van-phong"].ID, What: line.What, Due: line.Due},
			"hua-viec-1":   {UnitID: line.UnitID, What: "", Due: line.Due},
			"hua-han-1":    {UnitID: line.UnitID, What: line.What, Due: db.Now().Date().AddDays(-1)},
		} {
			err := db.SubmitAnswer(ctx, fx.justice, id, 1, promising(testAnswer, wrong))
			wantKind(t, err, doithoai.Invalid, "")
			if ps := doithoai.ProblemsOf(err); len(ps) != 1 || ps[0].Field != name {
				t.Errorf("%s: %+v", name, ps)
			}
		}
		must(t, db.SubmitAnswer(ctx, fx.justice, id, 1, promising(testAnswer, line)))
		if all := fx.promises(t, db, id); len(all) > 0 {
			t.Errorf("a draft promises %+v", all)
		}
		f, err := db.OpinionFile(ctx, fx.chair, id)
		must(t, err)
		if !slices.Equal(f.Promised, []doithoai.Promised{line}) {
			t.Errorf("who signs reads %+v", f.Promised)
		}
		fx.clock.forward(10 * 24 * time.Hour)
		wantKind(t, db.SignAnswer(ctx, fx.chair, id, 2), doithoai.Conflict, "promise.problem.past_signing")
		must(t, db.ReturnAnswer(ctx, fx.chair, id, 2, "Hạn đã qua."))
		other := fx.promised(t, db, "Đo lại thửa đất", 3)
		must(t, db.SubmitAnswer(ctx, fx.justice, id, 3, promising(testAnswer, other)))
		must(t, db.SignAnswer(ctx, fx.chair, id, 4))
		must(t, db.DispatchAnswer(ctx, fx.office, id, 5, "77", db.Now().Date()))
		all := fx.promises(t, db, id)
		if len(all) != 1 || all[0].Promised != other || all[0].State != doithoai.PromiseOpen ||
			all[0].MadeAt != db.Now() {
			t.Errorf("it promises %+v", all)
		}
		wantClean(t, db)
	})
}

func TestKeepPromise(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r, all := fx.promise(t, db, 1, fx.promised(t, db, "Đo lại thửa đất", 2), fx.promised(t, db, "Trả hồ sơ", 4))
		today := db.Now().Date()
		before := fingerprint(t, db)
		keep := func(a doithoai.Actor, version int, said string) error {
			return db.KeepPromise(ctx, a, all[0].ID, version, today, said)
		}
		for _, a := range []doithoai.Actor{fx.justice, fx.secretary, fx.chair} { // who leads is not who does it
			wantKind(t, keep(a, 1, "Đã đo."), doithoai.NotAllowed, "")
		}
		wantKind(t, keep(fx.everyRole(), 1, "Đã đo."), doithoai.NotFound, "")
		wantKind(t, keep(fx.land, 2, "Đã đo."), doithoai.Conflict, "")
		wantKind(t, keep(fx.land, 1, ""), doithoai.Invalid, "")
		wantKind(t, keep(fx.land, 1, "Đã đo cho bà "+fx.slip("").Petitioner.Name), doithoai.Invalid, "")
		for _, bad := range badIDs {
			wantKind(t, db.KeepPromise(ctx, fx.land, bad, 1, today, "Đã đo."), doithoai.NotFound, "")
		}
		wantSame(t, before, fingerprint(t, db))
		must(t, keep(fx.land, 1, "Đã đo, có biên bản số 12."))
		wantKind(t, keep(fx.office, 2, "Đã đo."), doithoai.Conflict, "")
		fx.clock.forward(5 * 24 * time.Hour)
		must(t, db.KeepPromise(ctx, fx.office, all[1].ID, 1, today, "Đã trả."))
		all = fx.promises(t, db, r.Opinions[0].ID)
		if all[0].State != doithoai.PromiseKept || all[0].Missed || all[0].DoneOn != today || all[0].EndedBy != fx.land.ID {
			t.Errorf("kept in time: %+v", all[0])
		}
		if c := mustRules(t, db, fx).Calendar; all[1].Missed != all[1].Due.Before(c.Overdue(db.Now().Date())) {
			t.Errorf("recorded on %s: %+v", db.Now(), all[1])
		}
		f, err := db.OpinionFile(ctx, fx.office, r.Opinions[0].ID)
		must(t, err)
		if f.Rating != nil || f.Stage() == doithoai.StageAnsweredPublic {
			t.Error("a kept promise tells that the matter is solved")
		}
		wantClean(t, db)
	})
}

// Stage is where lists have the opinion.
func (f OpinionFile) Stage() doithoai.Stage {
	return Row{Opinion: f.Opinion, Petition: f.Petition, Publication: f.Publication}.Stage()
}

func TestWithdrawKept(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r, all := fx.promise(t, db, 1, fx.promised(t, db, "Đo lại thửa đất", 1))
		id := all[0].ID
		wantKind(t, db.WithdrawKept(ctx, fx.land, id, 1), doithoai.Conflict, "")
		fx.clock.forward(10 * 24 * time.Hour)
		must(t, db.KeepPromise(ctx, fx.land, id, 1, db.Now().Date(), "Đã đo."))
		wantKind(t, db.WithdrawKept(ctx, fx.office, id, 2), doithoai.NotAllowed, "")
		wantKind(t, db.WithdrawKept(ctx, fx.justice, id, 2), doithoai.NotAllowed, "")
		wantKind(t, db.WithdrawKept(ctx, fx.land, id, 1), doithoai.Conflict, "")
		must(t, db.WithdrawKept(ctx, fx.land, id, 2))
		all = fx.promises(t, db, r.Opinions[0].ID)
		if p := all[0]; p.State != doithoai.PromiseOpen || !p.Missed || p.Said != "" || !p.DoneOn.IsZero() {
			t.Errorf("open again: %+v", p)
		}
		must(t, db.KeepPromise(ctx, fx.land, id, 3, db.Now().Date(), "Đã đo."))
		fx.clock.forward(24 * time.Hour)
		wantKind(t, db.WithdrawKept(ctx, fx.land, id, 4), doithoai.NotAllowed, "promise.problem.another_day")
		wantClean(t, db)
	})
}

func TestBreakPromise(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r, all := fx.promise(t, db, 1, fx.promised(t, db, "Đo lại thửa đất", 1))
		id := all[0].ID
		for _, a := range []doithoai.Actor{fx.land, fx.office, fx.justice} {
			wantKind(t, db.BreakPromise(ctx, a, id, 1, "Không có máy đo."), doithoai.NotAllowed, "")
		}
		wantKind(t, db.BreakPromise(ctx, fx.chair, id, 1, ""), doithoai.Invalid, "")
		wantKind(t, db.BreakPromise(ctx, fx.chair, id, 2, "Không có máy đo."), doithoai.Conflict, "")
		must(t, db.BreakPromise(ctx, fx.chair, id, 1, "Không có máy đo."))
		wantKind(t, db.KeepPromise(ctx, fx.land, id, 2, db.Now().Date(), "Đã đo."), doithoai.Conflict, "")
		wantKind(t, db.WithdrawKept(ctx, fx.chair, id, 2), doithoai.NotAllowed, "")
		if p := fx.promises(t, db, r.Opinions[0].ID)[0]; p.State != doithoai.PromiseBroken || p.Said != "Không có máy đo." {
			t.Errorf("broken: %+v", p)
		}
		wantClean(t, db)
	})
}

// A correction says of itself what it promises: what is the same goes on as the same row, also where it was kept
// meanwhile; what is not in it any more ends as replaced, with its lateness known.
func TestCorrectionReplacesPromises(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		stays, late, kept := fx.promised(t, db, "Trả hồ sơ", 30), fx.promised(t, db, "Đo lại thửa đất", 1),
			fx.promised(t, db, "Ghi phiếu hẹn", 20)
		r, _ := fx.promise(t, db, 1, stays, late, kept)
		id := r.Opinions[0].ID
		fx.makePublic(t, db, id)
		fx.clock.forward(14 * 24 * time.Hour)
		later := late
		later.Due = fx.promised(t, db, "", 40).Due
		// Other promises alone are reason enough for a correction; the same words and promises are none.
		wantKind(t, db.ProposeCorrection(ctx, fx.justice, id, 0, promising(testAnswer, stays, late, kept), testReason),
			doithoai.Invalid, "")
		must(t, db.ProposeCorrection(ctx, fx.justice, id, 0, promising(testAnswer, stays, later, kept), testReason))
		must(t, db.SignCorrection(ctx, fx.chair, id, 1))
		must(t, db.KeepPromise(ctx, fx.land, fx.promises(t, db, id)[2].ID, 1, db.Now().Date(), "Đã ghi."))
		must(t, db.DispatchCorrection(ctx, fx.office, id, 2, "91/UBND", db.Now().Date()))
		all := fx.promises(t, db, id)
		if len(all) != 4 {
			t.Fatalf("promises %+v", all)
		}
		if p := all[0]; p.State != doithoai.PromiseOpen || p.Promised != stays || p.Correction != 0 {
			t.Errorf("what is the same: %+v", p)
		}
		if p := all[1]; p.State != doithoai.PromiseReplaced || !p.Missed || p.ReplacedBy != 1 || p.Due != late.Due {
			t.Errorf("what was late and is replaced: %+v", p)
		}
		if p := all[2]; p.State != doithoai.PromiseKept || p.Missed {
			t.Errorf("what was kept meanwhile: %+v", p)
		}
		if p := all[3]; p.State != doithoai.PromiseOpen || p.Promised != later || p.Correction != 1 {
			t.Errorf("what begins: %+v", p)
		}
		wantKind(t, db.KeepPromise(ctx, fx.land, all[1].ID, 2, db.Now().Date(), "Đã đo."), doithoai.Conflict, "")
		wantClean(t, db)
		// A second correction without promises ends what is open.
		must(t, db.ProposeCorrection(ctx, fx.justice, id, 3, testCorrection, testReason))
		must(t, db.SignCorrection(ctx, fx.chair, id, 4))
		must(t, db.DispatchCorrection(ctx, fx.office, id, 5, "92/UBND", db.Now().Date()))
		for _, p := range fx.promises(t, db, id) {
			if p.State == doithoai.PromiseOpen {
				t.Errorf("open still: %+v", p)
			}
		}
		wantClean(t, db)
	})
}

// The public reads of promises with the summary of their opinion, and of a denunciation's never again; the staff sees
// what its posts open, and nobody what is on themself.
func TestPromisesAreSeen(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r, all := fx.promise(t, db, 1, fx.promised(t, db, "Đo lại thửa đất", 1), fx.promised(t, db, "Trả hồ sơ", 30))
		id, number := r.Opinions[0].ID, r.Opinions[0].Number
		seen := func(a doithoai.Actor) int {
			t.Helper()
			n := 0
			counts, err := db.PromiseCounts(ctx, a)
			must(t, err)
			for _, tab := range PromiseTabs {
				rows, more, err := db.Promises(ctx, a, PromiseFilter{Tab: tab})
				must(t, err)
				if more || int(counts[tab]) != len(rows) {
					t.Errorf("%s: %d rows, counted %d", tab, len(rows), counts[tab])
				}
				n += len(rows)
			}
			return n
		}
		public := func() int {
			t.Helper()
			n := 0
			counts, err := db.PublicPromiseCounts(ctx, fx.authority.ID)
			must(t, err)
			for _, tab := range PromiseTabs {
				rows, _, err := db.PublicPromises(ctx, fx.authority.ID, PromiseFilter{Tab: tab})
				must(t, err)
				if int(counts[tab]) != len(rows) {
					t.Errorf("public %s: %d rows, counted %d", tab, len(rows), counts[tab])
				}
				n += len(rows)
			}
			own, err := db.PromisesOfPublished(ctx, fx.authority.ID, number)
			must(t, err)
			if n != len(own) {
				t.Errorf("the ledger has %d, the answer's page %d", n, len(own))
			}
			return n
		}
		if public() != 0 {
			t.Error("public before the summary is")
		}
		if seen(fx.office) != 2 || seen(fx.chair) != 2 || seen(fx.land) != 2 || seen(fx.justice) != 0 {
			t.Errorf("seen by office %d, chair %d, land %d, justice %d", seen(fx.office), seen(fx.chair), seen(fx.land),
				seen(fx.justice))
		}
		wantKind(t, second2(db.Promises(ctx, fx.secretary, PromiseFilter{})), doithoai.NotAllowed, "")
		wantKind(t, second(db.Promise(ctx, fx.justice, all[0].ID)), doithoai.NotAllowed, "")
		must(t, second(db.Promise(ctx, fx.land, all[0].ID)))
		fx.makePublic(t, db, id)
		if public() != 2 {
			t.Errorf("%d are public", public())
		}
		page, more, err := db.PublicPromises(ctx, fx.authority.ID, PromiseFilter{Tab: PromisesOpen, Limit: 1})
		must(t, err)
		next, _, err := db.PublicPromises(ctx, fx.authority.ID,
			PromiseFilter{Tab: PromisesOpen, Limit: 1, After: page[0].ID})
		must(t, err)
		if !more || len(next) != 1 || next[0].ID != all[1].ID {
			t.Errorf("pages %+v, %+v", page, next)
		}
		must(t, db.NameConcerned(ctx, fx.chair, id, 2, []doithoai.ID{fx.land.ID}))
		if seen(fx.land) != 0 || seen(fx.office) != 2 {
			t.Error("who the opinion is about sees what was promised")
		}
		wantKind(t, db.KeepPromise(ctx, fx.land, all[0].ID, 1, db.Now().Date(), "Đã đo."), doithoai.NotFound, "")
		f, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		must(t, second(db.RuleOpinion(ctx, fx.secretary, id, f.Opinion.Version, denounced())))
		if public() != 0 || seen(fx.office) != 0 || seen(fx.chair) != 0 {
			t.Error("a denunciation's promises are seen")
		}
		wantKind(t, db.KeepPromise(ctx, fx.office, all[0].ID, 1, db.Now().Date(), "Đã đo."), doithoai.NotFound, "")
		wantKind(t, second(db.Promise(ctx, fx.office, all[0].ID)), doithoai.NotFound, "")
		wantClean(t, db)
	})
}

// What a promise tells of a person who is named later takes the summary out of sight, like the summary itself.
func TestPromiseThatTells(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, ruled)
		name := fx.slip("").Petitioner.Name
		err := db.SubmitAnswer(ctx, fx.justice, r.Opinions[0].ID, 1,
			promising(testAnswer, fx.promised(t, db, "Đo lại đất của bà "+name, 3)))
		wantKind(t, err, doithoai.Invalid, "")
		r, _ = fx.promise(t, db, 2, fx.promised(t, db, "Đo lại đất", 3))
		must(t, db.act(ctx, func(tx *Tx) error {
			if err := tx.exec(ctx, `UPDATE promise SET what = $1`, "Đo lại đất của bà "+name); err != nil {
				return err
			}
			basis, err := answerBasis(ctx, tx, r.Opinions[0].ID)
			if err != nil {
				return err
			}
			who, err := petitionerOf(ctx, tx, r.Opinions[0].SlipID)
			if err == nil && !gateFor(who).Refuses(basis) {
				t.Errorf("%q passes", basis)
			}
			return err
		}))
	})
}

// Verify finds what of a promise was altered behind the back of the acts.
func TestVerifyPromises(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		r, all := fx.promise(t, db, 1, fx.promised(t, db, "Đo lại thửa đất", 1), fx.promised(t, db, "Trả hồ sơ", 30))
		ctx := ctxOf(t)
		fx.clock.forward(10 * 24 * time.Hour)
		must(t, db.KeepPromise(ctx, fx.land, all[0].ID, 1, db.Now().Date(), "Đã đo."))
		wantClean(t, db)
		where := " WHERE id = '" + string(all[0].ID) + "'"
		number := string(r.Opinions[0].Number)
		for name, c := range map[string]alteration{
			"timely":       {`UPDATE promise SET missed = false` + where, "promise " + number, ""},
			"later":        {`UPDATE promise SET due = '2030-01-02'` + where, "promise " + number, ""},
			"other words":  {`UPDATE promise SET what = 'Khác'` + where, "promise " + number, ""},
			"open":         {`UPDATE promise SET state = 'open'` + where, "promise " + number, ""},
			"done before":  {`UPDATE promise SET done_on = '2026-01-01'` + where, "promise " + number, ""},
			"other result": {`UPDATE promise SET said = 'Khác'` + where, "promise " + number, ""},
			"gone":         {`DELETE FROM promise` + where, "promise " + number, ""},
			"other answer": {`UPDATE answer_promise SET what = 'Khác'`, "answer " + number, "promise"},
		} {
			c.test(t, name, db, nil)
		}
	})
}

// Over random orders of acts and days off declared afterwards, no promise that was late becomes timely, and no due date
// moves.
func TestNoLatePromiseBecomesTimely(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		chance := rand.New(rand.NewPCG(7, 11))
		var lines []doithoai.Promised
		for i := range doithoai.MaxPromises {
			lines = append(lines, fx.promised(t, db, fmt.Sprintf("Việc thứ %d", i+1), 1+i))
		}
		r, all := fx.promise(t, db, 1, lines...)
		id, corrections, sent := r.Opinions[0].ID, 0, 0
		late, due := map[doithoai.ID]bool{}, map[doithoai.ID]calendar.Date{}
		for step := range 60 {
			p := all[chance.IntN(len(all))]
			var err error
			switch chance.IntN(6) {
			case 0:
				err = db.KeepPromise(ctx, fx.land, p.ID, p.Version, p.MadeAt.Date(), "Đã làm.")
			case 1:
				err = db.WithdrawKept(ctx, fx.land, p.ID, p.Version)
			case 2:
				if chance.IntN(3) == 0 {
					err = db.BreakPromise(ctx, fx.chair, p.ID, p.Version, "Không làm được.")
				}
			case 3:
				if step < 20 || chance.IntN(2) == 0 {
					break
				}
				again := []doithoai.Promised{fx.promised(t, db, fmt.Sprintf("Lần %d", step), 2)}
				if p.State == doithoai.PromiseOpen {
					again = append(again, p.Promised)
				}
				a := doithoai.Answer{Body: fmt.Sprintf("Trả lời lần %d.", step)}
				must(t, db.ProposeCorrection(ctx, fx.justice, id, corrections, promising(a, again...), testReason))
				must(t, db.SignCorrection(ctx, fx.chair, id, corrections+1))
				sent++
				err = db.DispatchCorrection(ctx, fx.office, id, corrections+2, fmt.Sprintf("%d/UBND", 500+sent),
					db.Now().Date())
				corrections += 3
			default:
				fx.clock.forward(time.Duration(chance.IntN(40)) * time.Hour)
			}
			if err != nil && doithoai.KindOf(err) == 0 {
				t.Fatal(err)
			}
			all = fx.promises(t, db, id)
			c := mustRules(t, db, fx).Calendar
			for _, p := range all {
				if now := p.Late(db.Now().Date(), c); late[p.ID] && !now {
					t.Fatalf("step %d: timely again: %+v", step, p)
				} else {
					late[p.ID] = now
				}
				if was, known := due[p.ID]; known && was != p.Due {
					t.Fatalf("step %d: due on %s, was %s", step, p.Due, was)
				}
				due[p.ID] = p.Due
			}
		}
		if sent == 0 || !slices.ContainsFunc(all, func(p doithoai.Promise) bool { return late[p.ID] }) {
			t.Errorf("nothing was tried: %d corrections, %v", sent, late)
		}
		wantClean(t, db)
	})
}

// promise makes a promise on a new opinion.
func (r *ring) promise() doithoai.ID {
	_, all := r.fx.promise(r, r.db, r.next(), r.fx.promised(r, r.db, "Đo lại thửa đất", 3))
	return all[0].ID
}

// somePromises list promises as everybody would.
func somePromises(ctx context.Context, db *DB, fx *fixture) error {
	for _, a := range fx.everybody() {
		for _, tab := range PromiseTabs {
			f := PromiseFilter{Tab: tab, Limit: 30}
			if _, _, err := db.Promises(ctx, a, f); err != nil && doithoai.KindOf(err) != doithoai.NotAllowed {
				return err
			}
			f.UnitID, f.Until = fx.land.UnitID, db.Now().Date()
			if _, _, err := db.Promises(ctx, a, f); err != nil && doithoai.KindOf(err) != doithoai.NotAllowed {
				return err
			}
		}
	}
	return nil
}
