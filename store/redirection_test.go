package store

import (
	"context"
	"testing"

	"doithoai"
)

func elsewhere() doithoai.Ruling {
	return doithoai.Ruling{
		Code: doithoai.RulingOtherBody, Text: "Mời ông/bà đến Công an xã.", AnsweredBy: "Chủ tịch UBND xã",
		Body: doithoai.OutsideBody{
			Name: "Công an xã", Handles: "Cư trú", Address: "12 Lê Lợi", Phone: "0255 382 1234", Hours: "Sáng",
		},
	}
}

func (db *DB) testTransfer() doithoai.RecordTransfer {
	return doithoai.RecordTransfer{To: "Công an xã", Number: "61/UBND-VP", Dated: db.Now().Date(), Agreed: "Ông Mẫu"}
}

func TestTransferRecord(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		transfer := func(a doithoai.Actor, id doithoai.ID, version int) error {
			return db.TransferRecord(ctx, a, id, version, db.testTransfer())
		}
		other := fx.bring(t, db, 2, ruled).Opinions[0].ID
		wantKind(t, transfer(fx.office, other, 2), doithoai.Conflict, "redirection.problem.not_elsewhere")
		r := fx.bring(t, db, 1, received)
		id := r.Opinions[0].ID
		must(t, second(db.RuleOpinion(ctx, fx.secretary, id, 1, elsewhere())))
		for _, denied := range all(chair, secretary, justice, land)(fx) {
			wantKind(t, transfer(denied, id, 2), doithoai.NotAllowed, "")
		}
		wantKind(t, transfer(fx.everyRole(), id, 2), doithoai.NotFound, "")
		wantKind(t, transfer(fx.office, id, 1), doithoai.Conflict, "")
		wantKind(t, db.TransferRecord(ctx, fx.office, id, 2, doithoai.RecordTransfer{}), doithoai.Invalid, "")
		must(t, transfer(fx.office, id, 2))
		wantKind(t, transfer(fx.office, id, 3), doithoai.Conflict, "")
		f, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		want := elsewhere().Body.Contact()
		if f.Redirect != want || f.Transfer == nil || f.Transfer.Late || f.Transfer.RecordedBy != fx.office.ID ||
			deliveriesOf(f)[doithoai.DeliveryTransferred] != 2 {
			t.Errorf("passed on: %+v, %+v, told %v", f.Redirect, f.Transfer, deliveriesOf(f))
		}
		followed, err := db.FollowSlip(ctx, fx.resident, r.Code)
		must(t, err)
		if o := followed.Opinions[0]; o.Redirect != want || o.Transfer == nil || o.Transfer.Number != "61/UBND-VP" {
			t.Errorf("the person reads %+v, %+v", o.Redirect, o.Transfer)
		}
		wantClean(t, db)
		must(t, second(db.RuleOpinion(ctx, fx.secretary, id, 3, fx.later()))) // it is ours after all
		f, err = db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		if f.Transfer != nil || f.Redirect.Name != "" {
			t.Errorf("after another ruling: %+v, %+v", f.Redirect, f.Transfer)
		}
		wantClean(t, db)
		named := elsewhere()
		named.Body = doithoai.OutsideBody{Name: "Một cơ quan", Phone: "113"} // in no list
		must(t, second(db.RuleOpinion(ctx, fx.secretary, id, 4, named)))
		wantClean(t, db)
		must(t, second(db.RuleOpinion(ctx, fx.secretary, id, 5, denounced())))
		wantKind(t, transfer(fx.office, id, 6), doithoai.NotFound, "")
	})
}

// What is public says where people find the body.
func TestPublishedRedirection(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.bring(t, db, 1, received).Opinions[0]
		must(t, second(db.RuleOpinion(ctx, fx.secretary, o.ID, 1, elsewhere())))
		must(t, db.ProposePublication(ctx, fx.office, o.ID, 0, testSummary))
		must(t, db.ApprovePublication(ctx, fx.chair, o.ID, 1))
		p, err := db.PublishedByNumber(ctx, fx.authority.ID, o.Number)
		must(t, err)
		if p.Redirect != elsewhere().Body.Contact() {
			t.Errorf("public: %+v", p.Redirect)
		}
		wantClean(t, db)
	})
}

// What somebody changes of a transfer, or of the body of a ruling, in the database is found.
func TestVerifyTransfers(t *testing.T) {
	for _, change := range []string{
		`UPDATE record_transfer SET doc_number = '9'`, `UPDATE record_transfer SET agreed = 'Bà khác'`,
		`UPDATE record_transfer SET late = true`, `DELETE FROM record_transfer`,
		`UPDATE ruling_text SET to_phone = '113'`,
	} {
		each(t, func(t *testing.T, db *DB, fx *fixture) {
			ctx := ctxOf(t)
			id := fx.bring(t, db, 1, received).Opinions[0].ID
			must(t, second(db.RuleOpinion(ctx, fx.secretary, id, 1, elsewhere())))
			must(t, db.TransferRecord(ctx, fx.office, id, 2, db.testTransfer()))
			wantClean(t, db)
			must(t, db.act(ctx, func(tx *Tx) error { return tx.exec(ctx, change) }))
			findings, _, _, err := db.Verify(context.Background())
			must(t, err)
			if len(findings) == 0 {
				t.Errorf("%s is not found", change)
			}
		})
	}
}
