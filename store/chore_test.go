package store

import (
	"slices"
	"testing"

	"doithoai"
	"doithoai/plan"
)

// chores are the kinds of what is left to do, for whoever it is.
func (fx *fixture) chores(t testing.TB, db *DB, of doithoai.Actor) (kinds []plan.ChoreKind) {
	t.Helper()
	all, err := db.Chores(ctxOf(t), fx.office)
	must(t, err)
	for _, c := range all {
		if c.Of(of) {
			kinds = append(kinds, c.Kind)
		}
	}
	return kinds
}

// A chore is of who has a post of its unit or village, and gone when it is done.
func TestChores(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, d := ctxOf(t), fx.dialogue
		head := headOf(fx.secretary, fx.villages[0].ID)
		want := func(a doithoai.Actor, kinds ...plan.ChoreKind) {
			t.Helper()
			if got := fx.chores(t, db, a); !slices.Equal(got, kinds) {
				t.Errorf("%v has %v, want %v", a.Roles, got, kinds)
			}
		}
		want(fx.justice, plan.ChoreFigures)
		want(head, plan.ChoreTell)
		want(fx.chair)
		want(fx.otherOffice)

		who := fx.delegate(t, db, "Bà Nguyễn Thị Mẫu", "Trưởng thôn 1")
		item, err := db.SetLogisticsItem(ctx, fx.office, 0, plan.LogisticsItem{
			DialogueID: d.ID, Title: "Kê ghế", UnitID: fx.land.UnitID,
		})
		must(t, err)
		want(fx.land, plan.ChoreFigures, plan.ChoreItem)
		own := fx.chores(t, db, fx.office)
		if !slices.Contains(own, plan.ChoreInvite) || slices.Contains(own, plan.ChoreItem) {
			t.Errorf("the office has %v", own)
		}

		must(t, second(db.SubmitFigures(ctx, fx.justice, fx.figures(), 0)))
		must(t, second(db.FinishLogisticsItem(ctx, fx.land, d.ID, item.ID, item.Version, db.Now().Date(), "")))
		must(t, db.TellVillage(ctx, head, 0, plan.Relay{
			DialogueID: d.ID, VillageID: fx.villages[0].ID, Matter: plan.RelayAnnouncement, Day: db.Now().Date(), Clock: 8 * 60,
			Ways: []plan.RelayWay{"meeting"},
		}))
		must(t, second(db.InviteDelegates(ctx, fx.office, d.ID, []Seen{{who.ID, who.Version}}, byPaper(db))))
		want(fx.justice)
		want(fx.land, plan.ChoreFigures)
		want(head)
		if own := fx.chores(t, db, fx.office); slices.Contains(own, plan.ChoreInvite) {
			t.Errorf("the office has %v", own)
		}
		fx.moveDialogue(t, db, 3) // they are told again of the new day
		want(head, plan.ChoreTell)
		if own := fx.chores(t, db, fx.office); !slices.Contains(own, plan.ChoreInvite) {
			t.Errorf("the office has %v", own)
		}
		now, err := db.Dialogue(ctx, fx.office, d.ID)
		must(t, err)
		why := doithoai.DialogueMove{Reason: "Trùng lịch họp của huyện"}
		must(t, second(db.CancelDialogue(ctx, fx.office, d.ID, now.Version, why)))
		want(head)
	})
}
