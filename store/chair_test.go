package store

import (
	"testing"

	"doithoai"
)

func TestChairCard(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, d := ctxOf(t), fx.dialogue
		slip := fx.registers(t, db, 1, "Bà Trần Thị Ví Dụ", 0)
		fx.running(t, db)
		card := func(number doithoai.RegisterNumber) ChairCard {
			t.Helper()
			c, err := db.ChairCard(ctx, fx.chair, d.ID, number)
			must(t, err)
			return c
		}
		if c := card(""); c.File != nil || len(c.Waiting) != 1 {
			t.Errorf("%+v", c)
		}
		must(t, db.CallTurn(ctx, fx.secretary, d.ID, slip.SlipID, 0))
		if c := card(""); c.File == nil || c.File.Opinion.ID != slip.ID || c.Name != "Bà Trần Thị Ví Dụ" {
			t.Errorf("%+v", c.File)
		}
		_, err := db.RuleOpinion(ctx, fx.chair, slip.ID, 1,
			doithoai.Ruling{Code: doithoai.RulingLater, LeadUnitID: fx.units["dia-chinh"].ID, Proposed: true})
		must(t, err)
		if c := card(""); c.File.Opinion.Ruling != doithoai.RulingLater || len(c.Ruled) != 1 { // it stays until the next
			t.Errorf("%+v", c.File)
		}
		must(t, db.EndTurn(ctx, fx.secretary, d.ID, slip.SlipID, 1))
		said := doithoai.Slip{
			DialogueID: d.ID, Matters: []string{"Ông chủ tịch nói năng khó nghe."}, FieldCode: "thai-do-phuc-vu",
		}
		got, err := db.RecordOpinion(ctx, fx.secretary, key(7), said)
		must(t, err)
		if c := card(""); c.File.Opinion.ID != got.Opinions[0].ID || len(c.Unruled) != 1 {
			t.Errorf("%+v", c.File)
		}
		if c := card(slip.Number); c.File.Opinion.ID != slip.ID {
			t.Errorf("%+v", c.File)
		}
		_, err = db.ChairCard(ctx, fx.chair, d.ID, "ND-24-9999")
		wantKind(t, err, doithoai.NotFound, "")
		_, err = db.ChairCard(ctx, fx.justice, d.ID, "")
		wantKind(t, err, doithoai.NotAllowed, "")
		// Once the dialogue is over the card names nobody: what it shows then is not what the hall hears.
		before, err := db.DialogueByID(ctx, fx.office.AuthorityID, d.ID)
		must(t, err)
		must(t, second(db.CloseDialogue(ctx, fx.office, d.ID, before.Version, db.Now())))
		if c := card(slip.Number); c.File == nil || c.Name != "" || len(c.Over) != 0 {
			t.Errorf("after the dialogue: %q, %+v", c.Name, c.Over)
		}
		// What is about the chair's own conduct is not on their card, nor beside it.
		o := got.Opinions[0]
		must(t, db.NameConcerned(ctx, fx.office, o.ID, o.Version, []doithoai.ID{fx.chair.ID}))
		if c := card(""); c.File != nil || len(c.Unruled) != 0 {
			t.Errorf("%+v", c)
		}
	})
}
