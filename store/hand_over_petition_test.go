package store

import (
	"context"
	"testing"

	"doithoai"
)

func handOver(change func(*fixture, *doithoai.HandOver)) actOn {
	return func(ctx context.Context, db *DB, fx *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
		h := doithoai.HandOver{To: fx.land.UnitID, Reason: "Thuộc lĩnh vực đất đai."}
		change(fx, &h)
		return db.HandOverPetition(ctx, a, id, version, h)
	}
}

func TestHandOverPetition(t *testing.T) {
	opinionActs["HandOverPetition"].test(t)
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.coordinated(t, db, 1)
		before, err := db.OpinionFile(ctx, fx.office, o.ID)
		must(t, err)
		_, err = db.SaveDraft(ctx, fx.justice, DraftAnswer, string(o.ID),
			map[string][]string{"tra-loi": {"Đã soạn một nửa."}, "can-cu": {"Luật Đất đai 2024"}})
		must(t, err)
		must(t, handOver(func(*fixture, *doithoai.HandOver) {})(ctx, db, fx, fx.office, o.ID, 1))
		wantKind(t, db.SubmitAnswer(ctx, fx.justice, o.ID, 2, testAnswer), doithoai.NotAllowed, "")
		f, err := db.OpinionFile(ctx, fx.land, o.ID)
		must(t, err)
		want := *before.Petition
		want.LeadUnitID, want.HandedOver, want.Version = fx.land.UnitID, 1, 2
		want.AssignedAt = f.Petition.AssignedAt
		if *f.Petition != want || len(f.CoUnits) != 0 {
			t.Errorf("handed over: %+v, want %+v, with %v", *f.Petition, want, f.CoUnits)
		}
		if len(f.Notes) != 1 || f.Notes[0].Kind != doithoai.NoteDraft || f.Notes[0].WrittenBy != fx.justice.ID ||
			f.Notes[0].Body != "Đã soạn một nửa.\n\nLuật Đất đai 2024" {
			t.Errorf("the draft is not kept: %+v", f.Notes)
		}
		rows, _, err := db.Work(ctx, fx.land, doithoai.StageProcessing)
		must(t, err)
		if len(rows) != 1 || rows[0].Opinion.ID != o.ID || rows[0].Petition.HandedOver != 1 {
			t.Errorf("on the desk of the new unit: %+v", rows)
		}

		r := fx.later() // another ruling counts too
		_, err = db.RuleOpinion(ctx, fx.secretary, o.ID, 2, r)
		must(t, err)
		if f, err = db.OpinionFile(ctx, fx.office, o.ID); err != nil || f.Petition.HandedOver != 2 ||
			f.Petition.Due != want.Due {
			t.Errorf("ruled: %+v, %v", f.Petition, err)
		}
		wantClean(t, db)
		must(t, db.act(ctx, func(tx *Tx) error { return tx.exec(ctx, `UPDATE petition SET handed_over = 0`) }))
		findings, _, _, err := db.Verify(ctx)
		must(t, err)
		if len(findings) == 0 {
			t.Error("a hand-over that is hidden is not found")
		}
	})
}

// An opinion on conduct goes to the office alone, and never to a unit of whom it is.
func TestHandOverOnConduct(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, ruled).Opinions[0].ID
		r := fx.later()
		r.LeadUnitID = fx.office.UnitID
		_, err := db.RuleOpinion(ctx, fx.secretary, id, 2, r)
		must(t, err)
		must(t, db.NameConcerned(ctx, fx.chair, id, 3, []doithoai.ID{fx.land.ID}))
		err = handOver(func(*fixture, *doithoai.HandOver) {})(ctx, db, fx, fx.office, id, 2)
		if p := doithoai.ProblemsOf(err); len(p) != 1 || p[0].Key != "petition.hand_over.problem.concerned" {
			t.Errorf("to whom it is about: %v", err)
		}
		wantKind(t, db.HandOverPetition(ctx, fx.land, id, 2, doithoai.HandOver{}), doithoai.NotFound, "")
		err = handOver(func(fx *fixture, h *doithoai.HandOver) { h.To = fx.justice.UnitID })(ctx, db, fx, fx.chair, id, 2)
		if p := doithoai.ProblemsOf(err); len(p) != 1 || p[0].Key != "petition.hand_over.problem.conduct" {
			t.Errorf("on conduct, to a unit: %v", err)
		}
		wantClean(t, db)
	})
}
