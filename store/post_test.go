package store

import (
	"slices"
	"strings"
	"testing"
	"time"

	"doithoai"
)

// auditLines returns the entries of an act as lines.
func auditLines(t testing.TB, db *DB, act doithoai.Act) []string {
	t.Helper()
	lines, err := list(ctxOf(t), db.reader(), func(r row) (string, error) {
		var subject, before, after string
		err := r.Scan(&subject, &before, &after)
		return subject + ": " + before + " → " + after, err
	}, `SELECT subject, before, after FROM audit_entry WHERE act = $1 ORDER BY id`, act)
	must(t, err)
	return lines
}

func (fx *fixture) today(t testing.TB, db *DB, id doithoai.ID) doithoai.Actor {
	t.Helper()
	o, err := officerByID(ctxOf(t), db.reader(), fx.authority.ID, id, db.Now().Date())
	must(t, err)
	return o.Actor()
}

func TestPosts(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		land := fx.units["dia-chinh"].ID
		second := doithoai.Post{
			OfficerID: fx.justice.ID, Title: "Phụ trách Địa chính", UnitID: land,
			Roles: []doithoai.Role{doithoai.RoleUnitOfficer}, From: db.Now().Date().AddDays(1),
		}
		for _, a := range []doithoai.Actor{fx.office, fx.secretary, fx.land, fx.resident} {
			wantKind(t, db.AddPost(ctx, a, second), doithoai.NotAllowed, "")
		}
		own := second
		own.OfficerID = fx.admin.ID
		wantKind(t, db.AddPost(ctx, fx.admin, own), doithoai.NotAllowed, "")
		stranger := second
		stranger.OfficerID = fx.otherUnit.ID
		wantKind(t, db.AddPost(ctx, fx.admin, stranger), doithoai.NotFound, "")
		stranger = second
		stranger.UnitID = fx.otherUnits["van-phong"].ID
		wantKind(t, db.AddPost(ctx, fx.admin, stranger), doithoai.NotFound, "")
		wantKind(t, db.AddPost(ctx, fx.admin, doithoai.Post{OfficerID: fx.justice.ID}), doithoai.Invalid, "")
		must(t, db.AddPost(ctx, fx.admin, second))

		if units := fx.today(t, db, fx.justice.ID).UnitIDs(); len(units) != 1 {
			t.Errorf("works today in %v", units)
		}
		fx.clock.forward(24 * time.Hour)
		if units := fx.today(t, db, fx.justice.ID).UnitIDs(); len(units) != 2 {
			t.Errorf("works tomorrow in %v", units)
		}

		// The post changes hands: the work stays with the unit, the draft goes along.
		o := fx.bring(t, db, 1, ruled).Opinions[0]
		_, err := db.SaveDraft(ctx, fx.justice, DraftAnswer, string(o.ID), map[string][]string{"tra-loi": {"Nháp"}})
		must(t, err)
		posts, err := db.Posts(ctx, fx.office)
		must(t, err)
		var first doithoai.Post
		for _, op := range posts {
			for _, p := range op.Posts {
				if p.OfficerID == fx.justice.ID && p.UnitID == fx.units["tu-phap-ho-tich"].ID {
					first = p
				}
			}
		}
		day := db.Now().Date().AddDays(1)
		wantKind(t, db.HandOverPost(ctx, fx.office, first.ID, first.Version, fx.secretary.ID, day, "QĐ 41/QĐ-UBND"),
			doithoai.NotAllowed, "")
		wantKind(t, db.HandOverPost(ctx, fx.admin, first.ID, first.Version, fx.admin.ID, day, "QĐ 41/QĐ-UBND"),
			doithoai.NotAllowed, "")
		wantKind(t, db.HandOverPost(ctx, fx.otherAdmin, first.ID, first.Version, fx.secretary.ID, day, "QĐ 41/QĐ-UBND"),
			doithoai.NotFound, "")
		wantKind(t, db.HandOverPost(ctx, fx.admin, first.ID, first.Version, fx.otherUnit.ID, day, "QĐ 41/QĐ-UBND"),
			doithoai.NotFound, "")
		wantKind(t, db.HandOverPost(ctx, fx.admin, first.ID, first.Version+1, fx.secretary.ID, day, "QĐ 41/QĐ-UBND"),
			doithoai.Conflict, "")
		must(t, db.HandOverPost(ctx, fx.admin, first.ID, first.Version, fx.secretary.ID, day, "QĐ 41/QĐ-UBND"))
		must(t, db.TransferWork(ctx)) // not before the day
		if d, err := db.Draft(ctx, fx.justice, DraftAnswer, string(o.ID)); err != nil || d.Fields["tra-loi"] == nil {
			t.Errorf("the draft went along before the day (%v)", err)
		}
		wantKind(t, db.SubmitAnswer(ctx, fx.today(t, db, fx.secretary.ID), o.ID, 1, testAnswer), doithoai.NotAllowed, "")
		fx.clock.forward(24 * time.Hour)
		wantKind(t, db.SubmitAnswer(ctx, fx.today(t, db, fx.justice.ID), o.ID, 1, testAnswer), doithoai.NotAllowed, "")
		d, err := db.Draft(ctx, fx.today(t, db, fx.secretary.ID), DraftAnswer, string(o.ID))
		must(t, err)
		if d.Fields["tra-loi"] != nil {
			t.Error("the draft went along before the daily work")
		}
		must(t, db.TransferWork(ctx))
		d, err = db.Draft(ctx, fx.today(t, db, fx.secretary.ID), DraftAnswer, string(o.ID))
		must(t, err)
		if d.Fields["tra-loi"] == nil {
			t.Error("the draft is lost")
		}
		must(t, db.SubmitAnswer(ctx, fx.today(t, db, fx.secretary.ID), o.ID, 1, testAnswer))

		// And it ends.
		wantKind(t, db.EndPost(ctx, fx.admin, first.ID, first.Version+1, day, ""), doithoai.Conflict, "")
		for _, op := range posts {
			for _, p := range op.Posts {
				if p.OfficerID == fx.justice.ID && p.UnitID == land {
					must(t, db.EndPost(ctx, fx.admin, p.ID, p.Version, db.Now().Date(), "QĐ 42/QĐ-UBND"))
				}
			}
		}
		fx.clock.forward(24 * time.Hour)
		if a := fx.today(t, db, fx.justice.ID); len(a.Roles) != 0 {
			t.Errorf("holds %v still", a.Roles)
		}
		for _, act := range []doithoai.Act{doithoai.ActAddPost, doithoai.ActEndPost, doithoai.ActHandOverPost} {
			if lines := auditLines(t, db, act); len(lines) != 1 || !strings.Contains(lines[0], "tu-phap: ") ||
				strings.Contains(lines[0], fx.justice.Name) {
				t.Errorf("%s: audit %q", act, lines)
			}
		}
	})
}

// Under a delegation its receiver signs, in the giver's place and under their own name, and the event says for whom;
// the day after, it gives nothing.
func TestDelegate(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		today := db.Now().Date()
		must(t, db.AddPost(ctx, fx.admin, doithoai.Post{
			OfficerID: fx.land.ID, Title: "Phó Chủ tịch UBND xã", Roles: []doithoai.Role{doithoai.RoleViceChair},
		}))
		d := doithoai.Delegation{
			GiverID: fx.chair.ID, ReceiverID: fx.land.ID, Roles: []doithoai.Role{doithoai.RoleChair},
			Manner: doithoai.SigningInPlace, From: today, To: today.AddDays(1), Number: "12/GUQ-UBND", Dated: today,
		}
		for _, a := range []doithoai.Actor{fx.secretary, fx.land, fx.admin, fx.resident} {
			wantKind(t, db.Delegate(ctx, a, d), doithoai.NotAllowed, "")
		}
		toSelf := d
		toSelf.ReceiverID, toSelf.GiverID = fx.office.ID, fx.chair.ID
		wantKind(t, db.Delegate(ctx, fx.office, toSelf), doithoai.NotAllowed, "")
		wantKind(t, db.Delegate(ctx, fx.otherChair, d), doithoai.Invalid, "") // the giver is none of theirs
		more := d
		more.Roles = []doithoai.Role{doithoai.RoleChair, doithoai.RoleOffice}
		wantKind(t, db.Delegate(ctx, fx.chair, more), doithoai.Invalid, "")
		wantKind(t, db.SignAnswer(ctx, fx.today(t, db, fx.land.ID), fx.bring(t, db, 1, submitted).Opinions[0].ID, 2),
			doithoai.NotAllowed, "")
		must(t, db.Delegate(ctx, fx.office, d))

		id := fx.bring(t, db, 2, submitted).Opinions[0].ID
		deputy := fx.today(t, db, fx.land.ID)
		must(t, db.SignAnswer(ctx, deputy, id, 2))
		f, err := db.OpinionFile(ctx, fx.chair, id)
		must(t, err)
		last := f.Events[len(f.Events)-1]
		if f.Submitted.SignedFor != "KT. CHỦ TỊCH" || f.Submitted.SignedBy != fx.land.Name+", Phó Chủ tịch UBND xã" ||
			last.ActorID != fx.land.ID || last.Facts.OnBehalf != fx.chair.ID {
			t.Errorf("signed %+v, event %+v", f.Submitted, last)
		}

		fx.clock.forward(24 * time.Hour)
		third := fx.bring(t, db, 3, submitted).Opinions[0].ID
		fx.clock.forward(24 * time.Hour) // the day after
		late := fx.today(t, db, fx.land.ID)
		wantKind(t, db.SignAnswer(ctx, late, third, 2), doithoai.NotAllowed, "")
		if late.Has(doithoai.RoleChair) {
			t.Error("an expired delegation gives a role")
		}

		again := d
		again.From, again.To, again.Dated = db.Now().Date(), db.Now().Date().AddDays(9), db.Now().Date()
		must(t, db.Delegate(ctx, fx.chair, again))
		all, err := db.Delegations(ctx, fx.office)
		must(t, err)
		if len(all) != 2 || !fx.today(t, db, fx.land.ID).Has(doithoai.RoleChair) {
			t.Fatalf("%d delegations", len(all))
		}
		wantKind(t, db.RevokeDelegation(ctx, fx.secretary, all[0].ID, 1), doithoai.NotAllowed, "")
		wantKind(t, db.RevokeDelegation(ctx, fx.otherChair, all[0].ID, 1), doithoai.NotFound, "")
		wantKind(t, db.RevokeDelegation(ctx, fx.chair, all[0].ID, 2), doithoai.Conflict, "")
		must(t, db.RevokeDelegation(ctx, fx.chair, all[0].ID, 1))
		wantKind(t, db.RevokeDelegation(ctx, fx.chair, all[0].ID, 2), doithoai.Conflict, "")
		if fx.today(t, db, fx.land.ID).Has(doithoai.RoleChair) {
			t.Error("a revoked delegation gives a role")
		}
		if lines := auditLines(t, db, doithoai.ActDelegate); len(lines) != 2 ||
			!strings.Contains(lines[0], "dia-chinh:  → chu-tich: chair (kt), ") {
			t.Errorf("audit %q", lines)
		}
		wantClean(t, db)
	})
}

// Lists ask every condition that the table of rights puts on seeing opinions, but for those that are named.
func TestReachKnowsEveryCondition(t *testing.T) {
	for _, role := range doithoai.OfficerRoles {
		for _, r := range doithoai.Reaches(doithoai.Actor{Roles: []doithoai.Role{role}}, doithoai.ActSeeOpinions) {
			_, ok := reachConditions[r.Condition]
			if r.Condition != "" && !ok && !slices.Contains(beyondLists, r.Condition) {
				t.Errorf("lists don't know %q", r.Condition)
			}
		}
	}
}

// The register shows to each what the table of rights opens to them, and nothing else.
func TestRegisterIsAsWideAsRights(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		for _, p := range []doithoai.Post{
			{OfficerID: fx.secretary.ID, Title: "Văn thư", Roles: []doithoai.Role{doithoai.RoleClerk}},
			{OfficerID: fx.office2.ID, Title: "Trưởng thôn", VillageID: fx.villages[0].ID,
				Roles: []doithoai.Role{doithoai.RoleVillageHead}},
		} {
			must(t, db.AddPost(ctx, fx.admin, p))
		}
		only := func(id doithoai.ID, role doithoai.Role) doithoai.Actor {
			a := fx.today(t, db, id)
			a.Roles = []doithoai.Role{role}
			return a
		}
		clerk, head := only(fx.secretary.ID, doithoai.RoleClerk), only(fx.office2.ID, doithoai.RoleVillageHead)
		for i := range int(published) + 1 {
			fx.bring(t, db, i, stage(i))
		}
		typed := fx.slip("Người dân nhờ Trưởng thôn ghi giúp")
		typed.Channel, typed.ReadBack = doithoai.ChannelVillage, true
		r, err := db.SubmitSlip(ctx, head, key(90), typed)
		must(t, err)
		everything, _, err := db.Register(ctx, fx.chair, Filter{Limit: 50})
		must(t, err)
		for _, a := range []doithoai.Actor{fx.chair, clerk, head, fx.justice, fx.land} {
			rows, _, err := db.Register(ctx, a, Filter{Limit: 50})
			must(t, err)
			var open int
			for _, row := range everything {
				if _, err := db.OpinionFile(ctx, a, row.Opinion.ID); err == nil {
					open++
				}
			}
			if len(rows) != open || open == 0 && a.ID != fx.land.ID {
				t.Errorf("%v: %d rows, %d open", a.Roles, len(rows), open)
			}
		}
		if rows, _, err := db.Register(ctx, head, Filter{Limit: 50}); err != nil || len(rows) != 1 ||
			rows[0].Opinion.ID != r.Opinions[0].ID {
			t.Errorf("the village head sees %d rows (%v)", len(rows), err)
		}
	})
}

// Who is deputy secretary of the Party and chair signs an answer as chair.
func TestTheSeatStandsUnderTheSignature(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		party := doithoai.Post{
			OfficerID: fx.land.ID, Title: "Phó Bí thư Đảng ủy", Roles: []doithoai.Role{doithoai.RoleSupervisor},
		}
		chair := doithoai.Post{OfficerID: fx.land.ID, Title: "Chủ tịch UBND xã", Roles: []doithoai.Role{doithoai.RoleChair}}
		must(t, db.AddPost(ctx, fx.admin, party))
		must(t, db.AddPost(ctx, fx.admin, chair))
		id := fx.bring(t, db, 1, submitted).Opinions[0].ID
		must(t, db.SignAnswer(ctx, fx.today(t, db, fx.land.ID), id, 2))
		f, err := db.OpinionFile(ctx, fx.chair, id)
		must(t, err)
		if want := fx.land.Name + ", Chủ tịch UBND xã"; f.Submitted.SignedBy != want || f.Submitted.SignedFor != "" {
			t.Errorf("signed by %q, %q, want %q", f.Submitted.SignedBy, f.Submitted.SignedFor, want)
		}
	})
}
