package store

import (
	"fmt"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// merger is the day from which the fixture's commune is another.
var merger = calendar.DateOf(2026, 11, 1)

func (fx *fixture) merged() doithoai.Authority {
	return doithoai.Authority{
		From: merger, Name: "UBND xã Sáp Nhập", FullName: "Ủy ban nhân dân xã Sáp Nhập", Superior: "Ủy ban nhân dân tỉnh Thử",
		Place: "Sáp Nhập", Prefix: "SN", Basis: "Nghị quyết thử",
	}
}

func TestOrganisation(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		before := fingerprint(t, db)
		for _, a := range []doithoai.Actor{fx.chair, fx.secretary, fx.justice, fx.resident} {
			wantKind(t, db.RenameAuthority(ctx, a, fx.merged()), doithoai.NotAllowed, "")
			wantKind(t, db.CloseUnit(ctx, a, fx.units["dia-chinh"].ID, merger, fx.units["van-phong"].ID),
				doithoai.NotAllowed, "")
		}
		early := fx.merged()
		early.From, early.Prefix = fx.authority.From, "sn"
		wantKind(t, db.RenameAuthority(ctx, fx.office, early), doithoai.Invalid, "error.invalid")
		wantKind(t, db.CloseUnit(ctx, fx.office, fx.units["van-phong"].ID, merger.AddDays(-1), fx.units["dia-chinh"].ID),
			doithoai.Invalid, "error.invalid")
		wantKind(t, db.CloseUnit(ctx, fx.office, fx.otherUnits["van-phong"].ID, merger, fx.units["dia-chinh"].ID),
			doithoai.NotFound, "")
		wantKind(t, db.OpenVillages(ctx, fx.office, []string{"Thôn 7", "Thôn 1"}, merger), doithoai.Invalid, "error.invalid")
		wantSame(t, before, fingerprint(t, db))

		must(t, db.RenameAuthority(ctx, fx.office, fx.merged()))
		must(t, db.OpenVillages(ctx, fx.office, []string{"Thôn 7", "Thôn 8"}, merger))
		must(t, db.CloseVillage(ctx, fx.office, fx.villages[2].ID, merger.AddDays(-1), fx.villages[0].ID))
		wantKind(t, db.CloseVillage(ctx, fx.office, fx.villages[2].ID, merger, ""), doithoai.Conflict, "")
		must(t, db.ChangeContact(ctx, fx.office, fx.units["dia-chinh"].ID, 1, "Địa chính", "Bà Thử, công chức",
			"02550000009"))

		all, err := db.Authorities(ctx)
		must(t, err)
		if all[0].Name != fx.authority.Name {
			t.Errorf("the new name came early: %s", all[0].Name)
		}
		villages, err := db.Villages(ctx, fx.authority.ID)
		must(t, err)
		if len(villages) != len(fx.villages) {
			t.Errorf("%d villages before the merger", len(villages))
		}
		fx.clock.forward(32 * 24 * time.Hour)
		all, err = db.Authorities(ctx)
		must(t, err)
		if all[0].Name != "UBND xã Sáp Nhập" || all[0].ID != fx.authority.ID || all[0].Slug != fx.authority.Slug ||
			all[1].Name != fx.other.Name {
			t.Errorf("authorities after the merger: %+v", all)
		}
		villages, err = db.Villages(ctx, fx.authority.ID)
		must(t, err)
		if len(villages) != len(fx.villages)+1 || villages[len(villages)-1].Name != "Thôn 8" {
			t.Errorf("villages after the merger: %+v", villages)
		}
		got, err := db.SubmitSlip(ctx, fx.resident, key(1), fx.slip("Đường liên thôn hỏng."))
		must(t, err)
		if n := got.Opinions[0].Number; n != "SN-26-0001" {
			t.Errorf("number %s", n)
		}
		o, err := db.Organisation(ctx, fx.authority.ID)
		must(t, err)
		if name := o.NameOn(merger.AddDays(-1)).Name; name != fx.authority.Name {
			t.Errorf("the day before, it is called %s", name)
		}
	})
}

// A host name leads to one authority; what is no name, another's, or the one by which its author came, is refused.
func TestSetHosts(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		set := func(version int, under string, names ...string) error {
			return db.SetHostNames(ctx, fx.admin, version, names, under)
		}
		leads := func(host string, want doithoai.ID) {
			t.Helper()
			a, err := db.AuthorityAt(ctx, host)
			must(t, err)
			if a.ID != want {
				t.Errorf("%s leads to %s", host, a.Name)
			}
		}
		wantKind(t, db.SetHostNames(ctx, fx.office, 1, []string{"a.test"}, ""), doithoai.NotAllowed, "")
		wantKind(t, set(1, "", "A.test"), doithoai.Invalid, "")
		wantKind(t, set(2, "", "a.test"), doithoai.Conflict, "error.conflict")
		many := make([]string, doithoai.MaxHosts+1)
		for i := range many {
			many[i] = fmt.Sprintf("a%d.test", i)
		}
		wantKind(t, set(1, "", many...), doithoai.Invalid, "")
		must(t, set(1, "", "b.test", "a.test"))
		wantKind(t, set(2, "a.test", "b.test"), doithoai.Invalid, "")
		must(t, set(2, "a.test", "a.test", "b.test"))
		must(t, set(3, "", "a.test", "b.test")) // they are already

		his := fx.everyRole()
		wantKind(t, db.SetHostNames(ctx, his, fx.other.Version, []string{"c.test", "b.test"}, ""), doithoai.Invalid, "")
		must(t, db.SetHostNames(ctx, his, fx.other.Version, []string{"c.test"}, ""))
		leads("a.test", fx.authority.ID)
		leads("b.test", fx.authority.ID)
		leads("c.test", fx.other.ID)
		all, err := db.Authorities(ctx)
		must(t, err)
		leads("d.test", all[0].ID)
		for _, a := range all {
			if want := map[doithoai.ID]string{fx.authority.ID: "a.test", fx.other.ID: "c.test"}[a.ID]; a.Host != want {
				t.Errorf("links of %s lead to %q", a.Name, a.Host)
			}
		}
	})
}

func TestSetPortal(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		before := fingerprint(t, db)
		for _, a := range []doithoai.Actor{fx.chair, fx.secretary, fx.justice, fx.resident} {
			wantKind(t, db.SetPortal(ctx, a, 1, doithoai.PortalOffline), doithoai.NotAllowed, "")
		}
		wantKind(t, db.SetPortal(ctx, fx.office, 1, ""), doithoai.Invalid, "error.invalid")
		wantKind(t, db.SetPortal(ctx, fx.office, 2, doithoai.PortalOffline), doithoai.Conflict, "error.conflict")
		must(t, db.SetPortal(ctx, fx.office, 1, doithoai.PortalOnline)) // it is already
		wantSame(t, before, fingerprint(t, db))

		must(t, db.SetPortal(ctx, fx.admin, 1, doithoai.PortalOffline))
		all, err := db.Authorities(ctx)
		must(t, err)
		if !all[0].Offline || all[1].Offline {
			t.Errorf("offline: %v, the other authority: %v", all[0].Offline, all[1].Offline)
		}
		after := fingerprint(t, db)
		must(t, db.SetPortal(ctx, fx.office, 2, doithoai.PortalOffline))
		wantSame(t, after, fingerprint(t, db))
		lines, _, _, err := db.Audit(ctx, fx.chair, doithoai.AuditFilter{Act: doithoai.ActSetPortal}, AuditCursor{}, 10)
		must(t, err)
		if len(lines) != 1 || lines[0].Before != "online" || lines[0].After != "offline" || lines[0].ActorID != fx.admin.ID ||
			lines[0].Subject != fx.authority.Slug {
			t.Errorf("audit: %+v", lines)
		}
		must(t, db.SetPortal(ctx, fx.office, 2, doithoai.PortalOnline))
		if all, err = db.Authorities(ctx); err != nil || all[0].Offline {
			t.Errorf("offline %v, error %v", all[0].Offline, err)
		}
	})
}

func TestTransferWork(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		got, err := db.SubmitSlip(ctx, fx.resident, key(1), fx.slip("Đất đai."))
		must(t, err)
		o := got.Opinions[0]
		_, err = db.RuleOpinion(ctx, fx.office, o.ID, o.Version,
			doithoai.Ruling{
				Code: doithoai.RulingLater, LeadUnitID: fx.units["dia-chinh"].ID, Due: calendar.DateOf(2026, 10, 30),
			})
		must(t, err)
		heir, err := db.OpenUnit(ctx, fx.office, doithoai.Unit{Name: "Phòng Kinh tế", From: merger})
		must(t, err)
		must(t, db.CloseUnit(ctx, fx.office, fx.units["dia-chinh"].ID, merger.AddDays(-1), heir))

		before := fingerprint(t, db)
		must(t, db.TransferWork(ctx)) // not yet
		wantSame(t, before, fingerprint(t, db))
		fx.clock.forward(32 * 24 * time.Hour)
		must(t, db.TransferWork(ctx))
		f, err := db.OpinionFile(ctx, fx.office, o.ID)
		must(t, err)
		last := f.Events[len(f.Events)-1]
		counts, err := db.TabCounts(ctx, fx.office)
		must(t, err)
		if f.Petition.Due != calendar.DateOf(2026, 10, 30) || counts[TabLate] != 1 {
			t.Errorf("a merger moved the due date to %s; late are %v", f.Petition.Due, counts)
		}
		if f.Petition.LeadUnitID != heir || last.Act != doithoai.ActTransferPetition || last.Facts.Unit != heir ||
			last.ActorID != "" {
			t.Errorf("lead unit %s, last event %+v", f.Petition.LeadUnitID, last)
		}
		after := fingerprint(t, db)
		must(t, db.TransferWork(ctx)) // nothing is left
		wantSame(t, after, fingerprint(t, db))
		findings, _, _, err := db.Verify(ctx)
		must(t, err)
		if len(findings) > 0 {
			t.Errorf("verify: %v", findings)
		}
		officers, err := db.Officers(ctx, fx.authority.ID)
		must(t, err)
		for _, officer := range officers {
			if officer.ID == fx.land.ID && officer.UnitID != heir {
				t.Error("the officer of the unit stayed behind")
			}
		}
	})
}
