package store

import (
	"context"
	"testing"
	"time"

	"doithoai"
)

// give gives a petition to somebody of its unit.
func give(to func(*fixture) doithoai.ID) actOn {
	return func(ctx context.Context, db *DB, fx *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
		return db.GivePetition(ctx, a, id, version, to(fx))
	}
}

// numbersIn are how many rows a tab of the register has, and how many its count says.
func (fx *fixture) rowsIn(t testing.TB, db *DB, a doithoai.Actor, tab Tab) (rows, count int) {
	t.Helper()
	list, _, err := db.Register(ctxOf(t), a, Filter{Tab: tab, Limit: 30})
	must(t, err)
	counts, err := db.TabCounts(ctxOf(t), a)
	must(t, err)
	return len(list), int(counts[tab])
}

func TestGivePetition(t *testing.T) {
	opinionActs["GivePetition"].test(t)
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, ruled).Opinions[0].ID
		must(t, db.AddPost(ctx, fx.admin, doithoai.Post{
			OfficerID: fx.land.ID, Title: "Phụ trách Hộ tịch", UnitID: fx.justice.UnitID,
			Roles: []doithoai.Role{doithoai.RoleUnitOfficer}, From: db.Now().Date(),
		}))
		second := fx.today(t, db, fx.land.ID)
		all, err := db.UnitOfficers(ctx, fx.justice, fx.justice.UnitID)
		must(t, err)
		if len(all) != 2 {
			t.Errorf("of the unit: %+v", all)
		}
		if _, err := db.UnitOfficers(ctx, fx.secretary, fx.justice.UnitID); doithoai.KindOf(err) != doithoai.NotAllowed {
			t.Errorf("the secretary reads who works where: %v", err)
		}
		if all, err := db.UnitOfficers(ctx, fx.justice, fx.otherUnits["van-phong"].ID); err != nil || len(all) > 0 {
			t.Errorf("of another authority: %+v, %v", all, err)
		}

		// What nobody has is on the list of each; what somebody has, on that one's.
		for _, a := range []doithoai.Actor{fx.justice, second} {
			if rows, n := fx.rowsIn(t, db, a, TabMine); rows != 1 || n != 1 {
				t.Errorf("before it is given: %d rows, %d counted", rows, n)
			}
		}
		must(t, db.GivePetition(ctx, fx.justice, id, 1, fx.justice.ID))
		for _, want := range []struct {
			a    doithoai.Actor
			mine int
		}{{fx.justice, 1}, {second, 0}} {
			if rows, n := fx.rowsIn(t, db, want.a, TabMine); rows != want.mine || n != want.mine {
				t.Errorf("given: %d rows, %d counted, want %d", rows, n, want.mine)
			}
			if rows, _ := fx.rowsIn(t, db, want.a, TabProcessing); rows != 1 {
				t.Errorf("given: the unit sees %d", rows)
			}
		}
		rows, _, err := db.Work(ctx, second, doithoai.StageProcessing)
		must(t, err)
		if len(rows) != 1 || rows[0].Petition.OfficerID != fx.justice.ID || rows[0].Officer == "" {
			t.Errorf("the row does not say who works on it: %+v", rows)
		}
		wantClean(t, db)
		must(t, db.act(ctx, func(tx *Tx) error {
			return tx.exec(ctx, `UPDATE petition SET officer_id = $1`, fx.land.ID)
		}))
		if findings, _, _, err := db.Verify(ctx); err != nil || len(findings) == 0 {
			t.Errorf("another officer than was recorded is not found: %v", err)
		}
		must(t, db.act(ctx, func(tx *Tx) error {
			return tx.exec(ctx, `UPDATE petition SET officer_id = $1`, fx.justice.ID)
		}))

		// With another unit it is nobody's, whichever act brings it there.
		must(t, db.HandOverPetition(ctx, fx.office, id, 2, doithoai.HandOver{To: fx.land.UnitID, Reason: "Đất đai."}))
		wantOfficer(t, db, fx, id, "")
		must(t, db.GivePetition(ctx, fx.office, id, 3, fx.land.ID))
		r := fx.later()
		r.LeadUnitID = fx.justice.UnitID
		_, err = db.RuleOpinion(ctx, fx.secretary, id, 2, r)
		must(t, err)
		wantOfficer(t, db, fx, id, "")
		wantClean(t, db)
	})
}

func wantOfficer(t testing.TB, db *DB, fx *fixture, id, want doithoai.ID) {
	t.Helper()
	f, err := db.OpinionFile(ctxOf(t), fx.office, id)
	must(t, err)
	if f.Petition.OfficerID != want {
		t.Errorf("works on it: %q, want %q", f.Petition.OfficerID, want)
	}
}

// Who takes a post over takes over what its holder works on; where nobody does, it is nobody's.
func TestPetitionGoesWithThePost(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, ruled).Opinions[0].ID
		must(t, db.GivePetition(ctx, fx.justice, id, 1, fx.justice.ID))
		posts, err := list(ctx, db.reader(), scanPost, `SELECT `+postColumns+`
			FROM post
			WHERE officer_id = $1`, fx.justice.ID)
		must(t, err)
		first := posts[0]
		day := db.Now().Date().AddDays(1)
		must(t, db.HandOverPost(ctx, fx.admin, first.ID, first.Version, fx.secretary.ID, day, "QĐ 41/QĐ-UBND"))
		must(t, db.TransferWork(ctx))
		wantOfficer(t, db, fx, id, fx.justice.ID) // not before the day
		fx.clock.forward(24 * time.Hour)
		must(t, db.TransferWork(ctx))
		wantOfficer(t, db, fx, id, fx.secretary.ID)
		must(t, db.TransferWork(ctx)) // done twice, it finds nothing
		f, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		if n := len(f.Events); f.Events[n-1].Act != doithoai.ActGivePetition || f.Events[n-1].ActorID != "" ||
			f.Petition.Version != 3 {
			t.Errorf("passed on: %+v, version %d", f.Events[n-1], f.Petition.Version)
		}

		taken, err := one(ctx, db.reader(), scanPost, `SELECT `+postColumns+`
			FROM post
			WHERE predecessor_id = $1`, first.ID)
		must(t, err)
		must(t, db.EndPost(ctx, fx.admin, taken.ID, taken.Version, db.Now().Date(), "QĐ 42/QĐ-UBND"))
		fx.clock.forward(24 * time.Hour)
		must(t, db.TransferWork(ctx))
		wantOfficer(t, db, fx, id, "")
		wantClean(t, db)
	})
}
