package store

import (
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
)

func TestProposeExtension(t *testing.T) {
	opinionActs["ProposeExtension"].test(t)
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		waiting := func() int {
			all, _, err := db.ProposedExtensions(ctx, fx.chair)
			must(t, err)
			return len(all)
		}
		first, second := fx.bring(t, db, 1, toExtend).Opinions[0], fx.bring(t, db, 2, toExtend).Opinions[0]
		all, _, err := db.ProposedExtensions(ctx, fx.chair)
		must(t, err)
		if len(all) != 2 || all[0].Opinion.ID != first.ID || all[0].To != fx.extension().To ||
			all[0].Petition.Due != fx.later().Due {
			t.Errorf("who signs is asked for %+v", all)
		}
		for _, denied := range []doithoai.Actor{fx.justice, fx.admin} { // the office reads them in the week's briefing
			_, _, err := db.ProposedExtensions(ctx, denied)
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		f, err := db.OpinionFile(ctx, fx.justice, first.ID)
		must(t, err)
		if f.Petition.Due != fx.later().Due || f.Petition.Extended != 0 || len(deliveriesOf(f)) != 1 ||
			f.Proposed.Extension != fx.extension() || f.Proposed.By != fx.justice.ID {
			t.Errorf("asked, it is %+v with %+v, the person is told %v", f.Petition, f.Proposed, deliveriesOf(f))
		}
		// Another ruling settles what was asked; so does the answer.
		_, err = db.RuleOpinion(ctx, fx.secretary, first.ID, 2, fx.later())
		must(t, err)
		must(t, db.SubmitAnswer(ctx, fx.justice, second.ID, 2, testAnswer))
		must(t, db.SignAnswer(ctx, fx.chair, second.ID, 3))
		must(t, db.DispatchAnswer(ctx, fx.office, second.ID, 4, "9", db.Now().Date()))
		if n := waiting(); n != 0 {
			t.Errorf("%d are asked for that are settled", n)
		}
		// What is overdue can't be put off any more, and waits for nobody.
		late := fx.bring(t, db, 3, toExtend).Opinions[0].ID
		fx.clock.forward(31 * 24 * time.Hour)
		if n := waiting(); n != 0 {
			t.Errorf("%d are asked for that are overdue", n)
		}
		wantKind(t, db.AgreeExtension(ctx, fx.chair, late, 2), doithoai.Conflict, "petition.extension.problem.late")
		must(t, db.WithdrawExtension(ctx, fx.justice, late, 2))
		wantClean(t, db)
	})
}

func TestAgreeExtension(t *testing.T) {
	opinionActs["AgreeExtension"].test(t)
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, toExtend).Opinions[0].ID
		e := fx.extension()
		must(t, db.AgreeExtension(ctx, fx.chair, id, 2))
		f, err := db.OpinionFile(ctx, fx.chair, id)
		must(t, err)
		last := f.Events[len(f.Events)-1]
		if f.Petition.Due != e.To || f.Petition.Extended != 1 || f.Proposed != nil ||
			deliveriesOf(f)[doithoai.DeliveryDue] != 2 || f.Told[last.Leaf] != e.Reason {
			t.Errorf("agreed: %+v, told %v %q", f.Petition, deliveriesOf(f), f.Told[last.Leaf])
		}
		// The signer's own extension settles what was asked.
		own := fx.bring(t, db, 2, toExtend).Opinions[0].ID
		must(t, db.ExtendPetition(ctx, fx.chair, own, 2, e))
		wantKind(t, db.AgreeExtension(ctx, fx.chair, own, 3), doithoai.Conflict, "error.conflict")
		wantClean(t, db)
	})
}

func TestDeclineExtension(t *testing.T) {
	opinionActs["DeclineExtension"].test(t)
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, toExtend).Opinions[0].ID
		must(t, db.DeclineExtension(ctx, fx.chair, id, 2, "Hồ sơ đã đủ."))
		f, err := db.OpinionFile(ctx, fx.justice, id)
		must(t, err)
		why := f.Texts[f.Events[len(f.Events)-1].Leaf]
		if f.Petition.Due != fx.later().Due || f.Proposed != nil || why != "Hồ sơ đã đủ." {
			t.Errorf("declined: %+v, %+v", f.Petition, f.Proposed)
		}
		must(t, db.ProposeExtension(ctx, fx.justice, id, 3, fx.extension())) // with better reasons
		wantClean(t, db)
	})
}

func TestWithdrawExtension(t *testing.T) {
	opinionActs["WithdrawExtension"].test(t)
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, toExtend).Opinions[0].ID
		must(t, db.WithdrawExtension(ctx, fx.justice, id, 2))
		wantKind(t, db.AgreeExtension(ctx, fx.chair, id, 3), doithoai.Conflict, "error.conflict")
		must(t, db.ProposeExtension(ctx, fx.office, id, 3, fx.extension()))
		wantKind(t, db.WithdrawExtension(ctx, fx.justice, id, 4), doithoai.NotAllowed, "") // another's now
		wantClean(t, db)
	})
}

// A changed ruling does nothing to the clock, whatever it is changed to: what was late stays late in lists and figures.
func TestRulingKeepsTheClock(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, ruled).Opinions[0].ID
		first := fx.later().Due
		version, told := 2, doithoai.Ruling{Code: doithoai.RulingOnTheSpot, Text: "Đã giải quyết."}
		rule := func(r doithoai.Ruling) (err error) {
			_, err = db.RuleOpinion(ctx, fx.secretary, id, version, r)
			if err == nil {
				version++
			}
			return err
		}
		file := func() OpinionFile {
			f, err := db.OpinionFile(ctx, fx.office, id)
			must(t, err)
			return f
		}
		later := func(due calendar.Date) doithoai.Ruling {
			r := fx.later()
			r.Due = due
			return r
		}
		late := func() doithoai.Count {
			counts, err := db.TabCounts(ctx, fx.office)
			must(t, err)
			return counts[TabLate]
		}
		must(t, db.ExtendPetition(ctx, fx.chair, id, 1, fx.extension()))
		due := fx.extension().To
		keep := fx.later()
		keep.Due, keep.Proposed, keep.LeadUnitID = calendar.Date{}, true, fx.units["dia-chinh"].ID
		must(t, rule(keep))
		if p := file().Petition; p.Due != due || p.Extended != 1 || p.LeadUnitID != keep.LeadUnitID {
			t.Fatalf("the unit corrected: %+v", p)
		}
		wantKind(t, db.ExtendPetition(ctx, fx.chair, id, 3, doithoai.Extension{To: due.AddDays(1), Reason: "Lại bận."}),
			doithoai.Conflict, "petition.extension.problem.again") // another ruling gives no second extension

		fx.clock.forward(40 * 24 * time.Hour)
		for _, r := range []doithoai.Ruling{later(calendar.DateOf(2026, 12, 31)), later(db.Now().Date())} {
			wantKind(t, rule(r), doithoai.Invalid, "")
		}
		must(t, rule(later(due)))
		if p := file().Petition; p.Due != due || !p.Missed || late() != 1 {
			t.Fatalf("overdue and ruled again: %+v, late are %d", p, late())
		}
		must(t, rule(told))
		f, err := db.YearFigures(ctx, fx.authority.ID, 2026)
		must(t, err)
		if p := file().Petition; p.State != doithoai.PetitionEnded || !p.Missed || f.OnTime != 0 || late() != 0 {
			t.Fatalf("answered on the spot when overdue: %+v, figures %+v", p, f)
		}
		must(t, rule(keep))
		if p := file().Petition; p.State != doithoai.PetitionProcessing || p.Due != due || late() != 1 {
			t.Fatalf("opened again: %+v, late are %d", p, late())
		}
		if got := doithoai.FirstDue(file().Events); got != first {
			t.Errorf("the first due date is %s, want %s", got, first)
		}
		wantClean(t, db)
	})
}

// A first due date beyond the proposed one is an extension, by whichever form it comes: it is for who signs answers,
// the person is told in each way, and there is no second one.
func TestRulingExtends(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.bring(t, db, 1, received).Opinions[0]
		r := fx.later()
		r.Due = fx.extension().To.AddDays(1) // Tuesday, 3 November: 23 working days
		_, err := db.RuleOpinion(ctx, fx.chair, o.ID, 1, r)
		if p := doithoai.ProblemsOf(err); len(p) != 1 || p[0].Field != "han-ly-do" {
			t.Errorf("without a reason: %v", err)
		}
		r.Reason = fx.extension().Reason
		for _, who := range []doithoai.Actor{fx.secretary, fx.office} {
			_, err := db.RuleOpinion(ctx, who, o.ID, 1, r)
			if p := doithoai.ProblemsOf(err); len(p) != 1 || p[0].Key != "petition.ruling.problem.signer" {
				t.Errorf("by who does not sign: %v", err)
			}
		}
		must(t, second(db.RuleOpinion(ctx, fx.chair, o.ID, 1, r)))
		f, err := db.OpinionFile(ctx, fx.chair, o.ID)
		must(t, err)
		last := f.Events[len(f.Events)-1]
		if f.Petition.Due != r.Due || f.Petition.Extended != 1 || deliveriesOf(f)[doithoai.DeliveryDue] != 2 ||
			f.Told[last.Leaf] != r.Reason || f.RulingText != "" {
			t.Errorf("ruled %+v, told %v %q, said %q", f.Petition, deliveriesOf(f), f.Told[last.Leaf], f.RulingText)
		}
		wantKind(t, db.ExtendPetition(ctx, fx.chair, o.ID, 1, doithoai.Extension{To: r.Due.AddDays(1), Reason: "Lại bận."}),
			doithoai.Conflict, "petition.extension.problem.again")

		within := fx.bring(t, db, 2, received).Opinions[0]
		must(t, second(db.RuleOpinion(ctx, fx.chair, within.ID, 1, fx.later())))
		if f, err = db.OpinionFile(ctx, fx.chair, within.ID); err != nil || deliveriesOf(f)[doithoai.DeliveryDue] != 0 {
			t.Errorf("within the term, told %v, %v", deliveriesOf(f), err)
		}
		wantClean(t, db)
	})
}

// A petition that another ruling ended in time is its unit's no more, and its answer counts as in time.
func TestEndedPetition(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, ruled).Opinions[0].ID
		_, err := db.RuleOpinion(ctx, fx.secretary, id, 2,
			doithoai.Ruling{Code: doithoai.RulingOnTheSpot, Text: "Đã giải quyết."})
		must(t, err)
		_, err = db.OpinionFile(ctx, fx.justice, id)
		wantKind(t, err, doithoai.NotAllowed, "")
		rows, _, err := db.Register(ctx, fx.justice, Filter{Limit: 9})
		must(t, err)
		f, err := db.YearFigures(ctx, fx.authority.ID, 2026)
		must(t, err)
		if len(rows) != 0 || f.OnTime != 1 {
			t.Errorf("the unit lists %d, figures %+v", len(rows), f)
		}
		wantClean(t, db)
	})
}

// Who mistyped a due date puts it right on the same day; nobody else does, nor they on the next day.
func TestRulingPutsDueBack(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		wrong, right := fx.later(), fx.later()
		wrong.Due, right.Due, right.Proposed = db.Now().Date(), calendar.Date{}, true
		for n, hours := range []time.Duration{0, 24} {
			id := fx.bring(t, db, n+1, received).Opinions[0].ID
			_, err := db.RuleOpinion(ctx, fx.secretary, id, 1, right)
			must(t, err)
			f, err := db.OpinionFile(ctx, fx.office, id)
			must(t, err)
			limit := f.Petition.Due
			_, err = db.RuleOpinion(ctx, fx.secretary, id, 2, wrong)
			must(t, err)
			fx.clock.forward(hours * time.Hour)
			back := fx.later()
			back.Due = limit
			_, err = db.RuleOpinion(ctx, fx.office, id, 3, back)
			wantKind(t, err, doithoai.Invalid, "")
			_, err = db.RuleOpinion(ctx, fx.secretary, id, 3, back)
			if hours > 0 {
				wantKind(t, err, doithoai.Invalid, "")
				continue
			}
			must(t, err)
			f, err = db.OpinionFile(ctx, fx.office, id)
			must(t, err)
			if f.Petition.Due != limit || f.Petition.Extended != 0 || doithoai.FirstDue(f.Events) != limit ||
				f.Events[len(f.Events)-1].Facts.PutBack != wrong.Due {
				t.Errorf("put back: %+v, events %+v", f.Petition, f.Events)
			}
		}
		wantClean(t, db)
	})
}
