package store

import (
	"context"
	"testing"
	"time"

	"doithoai"
)

func dispute(change func(*fixture, *doithoai.Dispute)) actOn {
	return func(ctx context.Context, db *DB, fx *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
		d := doithoai.Dispute{Unit: fx.land.UnitID, Reason: "Việc này thuộc địa chính."}
		change(fx, &d)
		return db.DisputePetition(ctx, a, id, version, d)
	}
}

var disputes = dispute(func(*fixture, *doithoai.Dispute) {})

func TestDisputePetition(t *testing.T) {
	opinionActs["DisputePetition"].test(t)
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, ruled).Opinions[0].ID
		waiting := func() int {
			t.Helper()
			all, more, err := db.Disputes(ctx, fx.chair)
			must(t, err)
			if more || len(all) > 0 && all[0].Opinion.ID != id {
				t.Errorf("disputes %+v", all)
			}
			return len(all)
		}
		must(t, disputes(ctx, db, fx, fx.justice, id, 1))
		if waiting() != 1 {
			t.Error("nothing waits for the chair")
		}
		wantKind(t, second2(db.Disputes(ctx, fx.justice)), doithoai.NotAllowed, "")
		h := doithoai.HandOver{To: fx.land.UnitID, Reason: "Đúng là việc địa chính."}
		wantKind(t, db.HandOverPetition(ctx, fx.office, id, 2, h), doithoai.Conflict, "petition.dispute.problem.waits")
		must(t, db.KeepLead(ctx, fx.chair, id, 2, "Đúng lĩnh vực hộ tịch."))
		wantKind(t, db.KeepLead(ctx, fx.chair, id, 3, "Đúng lĩnh vực hộ tịch."), doithoai.Conflict, "")
		wantKind(t, disputes(ctx, db, fx, fx.justice, id, 3), doithoai.Conflict, "petition.dispute.problem.again")
		if waiting() != 0 {
			t.Error("it waits after the decision")
		}
		fx.clock.forward(time.Minute)
		must(t, db.HandOverPetition(ctx, fx.office, id, 3, h)) // a new assignment
		back := dispute(func(fx *fixture, d *doithoai.Dispute) { d.Unit = fx.justice.UnitID })
		must(t, back(ctx, db, fx, fx.land, id, 4))
		h.To = fx.justice.UnitID
		must(t, db.HandOverPetition(ctx, fx.chair, id, 5, h))
		f, err := db.OpinionFile(ctx, fx.justice, id)
		must(t, err)
		if f.Dispute.Waits || f.Petition.HandedOver != 2 || waiting() != 0 {
			t.Errorf("decided by a hand-over: %+v, %+v", f.Dispute, f.Petition)
		}

		late := fx.bring(t, db, 2, ruled).Opinions[0].ID
		fx.clock.forward(7 * 24 * time.Hour)
		wantKind(t, disputes(ctx, db, fx, fx.justice, late, 1), doithoai.Conflict, "petition.dispute.problem.late")

		ruledOn := fx.bring(t, db, 9, ruled).Opinions[0].ID
		must(t, disputes(ctx, db, fx, fx.justice, ruledOn, 1))
		toLand := fx.later()
		toLand.LeadUnitID = fx.land.UnitID
		for _, r := range []doithoai.Ruling{toLand, fx.later(), onTheSpot()} { // the same by another act
			for _, a := range []doithoai.Actor{fx.office, fx.secretary} {
				wantKind(t, second(db.RuleOpinion(ctx, a, ruledOn, 2, r)), doithoai.Conflict,
					"petition.dispute.problem.waits")
			}
		}
		must(t, second(db.RuleOpinion(ctx, fx.secretary, ruledOn, 2, denounced())))

		for n, settle := range []func(doithoai.ID) error{
			func(id doithoai.ID) error { return db.SubmitAnswer(ctx, fx.justice, id, 2, testAnswer) },
			func(id doithoai.ID) error { return second(db.RuleOpinion(ctx, fx.chair, id, 2, fx.later())) },
			func(id doithoai.ID) error { return db.WithdrawOpinion(ctx, fx.secretary, id, 2, testWithdrawal) },
		} {
			id = fx.bring(t, db, 10+n, ruled).Opinions[0].ID
			must(t, disputes(ctx, db, fx, fx.justice, id, 1))
			must(t, settle(id))
			if waiting() != 0 {
				t.Errorf("%d: it waits though it is settled", n)
			}
		}
		wantClean(t, db)
	})
}

func TestKeepLead(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, ruled).Opinions[0].ID
		wantKind(t, db.KeepLead(ctx, fx.chair, id, 1, "Đúng."), doithoai.Conflict, "")
		must(t, disputes(ctx, db, fx, fx.justice, id, 1))
		for _, a := range []doithoai.Actor{fx.office, fx.secretary, fx.justice} {
			wantKind(t, db.KeepLead(ctx, a, id, 2, "Đúng."), doithoai.NotAllowed, "")
		}
		wantKind(t, db.KeepLead(ctx, fx.chair, id, 1, "Đúng."), doithoai.Conflict, "")
		wantKind(t, db.KeepLead(ctx, fx.chair, id, 2, ""), doithoai.Invalid, "")
		must(t, db.KeepLead(ctx, fx.chair, id, 2, "Đúng lĩnh vực."))
		wantClean(t, db)
	})
}

func second2[A, B any](_ A, _ B, err error) error { return err }
