package store

import (
	"testing"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// figures are the justice unit's for the dialogue.
func (fx *fixture) figures() plan.Sheet {
	return plan.Sheet{
		DialogueID: fx.dialogue.ID, UnitID: fx.justice.UnitID, From: calendar.DateOf(2026, 1, 1),
		To: calendar.DateOf(2026, 9, 30), Rows: []plan.ProcedureFigures{
			{FieldCode: "ho-tich", CarriedOver: 4, Received: 100, InTime: 98, Late: 2, Pending: 4},
		},
	}
}

func TestKeepFigures(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, s := ctxOf(t), fx.figures()
		for _, a := range []doithoai.Actor{fx.land, fx.chair, fx.admin, fx.secretary, fx.resident} {
			wantKind(t, second(db.KeepFigures(ctx, a, s, 0)), doithoai.NotAllowed, "")
		}
		s.Rows[0].Late++ // it need not add up yet
		must(t, second(db.KeepFigures(ctx, fx.justice, s, 0)))
		wantKind(t, second(db.KeepFigures(ctx, fx.justice, s, 0)), doithoai.Conflict, "")
		must(t, second(db.KeepFigures(ctx, fx.office, s, 1)))
		unknown := s
		unknown.Rows = []plan.ProcedureFigures{{FieldCode: "khong-co", Received: 1}}
		wantField(t, second(db.KeepFigures(ctx, fx.justice, unknown, 2)), "linh-vuc-0", "prepare.figures.problem.field")
		twice := s
		twice.Rows = append(twice.Rows, s.Rows[0])
		wantField(t, second(db.KeepFigures(ctx, fx.justice, twice, 2)), "linh-vuc-1", "prepare.figures.problem.field")
		all, err := db.ProcedureSheets(ctx, fx.chair, fx.dialogue.ID)
		must(t, err)
		if len(all) != 1 || all[0].State != plan.SheetDraft || all[0].Version != 2 || all[0].Rows[0].Late != 3 {
			t.Errorf("sheets %+v", all)
		}
		foreign := s
		foreign.UnitID = fx.otherUnit.UnitID
		wantKind(t, second(db.KeepFigures(ctx, fx.office, foreign, 0)), doithoai.NotFound, "")
		wantClean(t, db)
	})
}

func TestSubmitFigures(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, s := ctxOf(t), fx.figures()
		wrong := fx.figures()
		wrong.Rows[0].Late++
		wantField(t, second(db.SubmitFigures(ctx, fx.justice, wrong, 0)), "tiep-nhan-0", "prepare.figures.problem.sum")
		wantKind(t, second(db.SubmitFigures(ctx, fx.land, s, 0)), doithoai.NotAllowed, "")
		must(t, second(db.SubmitFigures(ctx, fx.justice, s, 0)))
		for _, version := range []int{0, 1, 2} { // what was handed in stands until it is given back
			wantKind(t, second(db.KeepFigures(ctx, fx.justice, s, version)), doithoai.Conflict, "")
			wantKind(t, second(db.SubmitFigures(ctx, fx.justice, s, version)), doithoai.Conflict, "")
		}
		wantClean(t, db)
	})
}

func TestReturnFigures(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, s := ctxOf(t), fx.figures()
		back := func(a doithoai.Actor, version int, reason string) error {
			return second(db.ReturnFigures(ctx, a, s.DialogueID, s.UnitID, version, reason))
		}
		wantKind(t, back(fx.office, 0, "Sai kỳ."), doithoai.Conflict, "")
		must(t, second(db.SubmitFigures(ctx, fx.justice, s, 0)))
		wantKind(t, back(fx.justice, 1, "Sai kỳ."), doithoai.NotAllowed, "")
		wantField(t, back(fx.office, 1, ""), "ly-do", "prepare.figures.problem.reason")
		must(t, back(fx.office, 1, "Sai kỳ."))
		wantKind(t, back(fx.office, 1, "Sai kỳ."), doithoai.Conflict, "")
		must(t, second(db.SubmitFigures(ctx, fx.justice, s, 2)))
		all, err := db.ProcedureSheets(ctx, fx.office, fx.dialogue.ID)
		must(t, err)
		if len(all) != 1 || all[0].Reason != "" || all[0].State != plan.SheetSubmitted {
			t.Errorf("sheets %+v", all)
		}
		wantClean(t, db)
	})
}
