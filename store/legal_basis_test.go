package store

import (
	"testing"

	"doithoai"
	"doithoai/calendar"
)

func TestSetLegalBasis(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		all, err := db.LegalBases(ctx, fx.authority.ID)
		must(t, err)
		old, ok := all.ByKey("nd-118-2025-nd-cp")
		if !ok || old.Version != 1 || old.Number != "118/2025/NĐ-CP" {
			t.Fatalf("shipped %+v", old)
		}
		fresh := doithoai.LegalBasis{
			Kind: "Quyết định", Number: "12/2027/QĐ-UBND", Date: calendar.DateOf(2027, 3, 1), Issuer: "UBND tỉnh Quảng Ngãi",
			Abstract: "Ban hành Quy chế đối thoại", Certainty: calendar.Certain,
		}

		before := fingerprint(t, db)
		for _, a := range []doithoai.Actor{fx.chair, fx.secretary, fx.justice, fx.admin, fx.resident} {
			_, err := db.SetLegalBasis(ctx, a, 0, fresh)
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		_, err = db.SetLegalBasis(ctx, fx.office, 0, doithoai.LegalBasis{})
		wantKind(t, err, doithoai.Invalid, "")
		_, err = db.SetLegalBasis(ctx, fx.office, 2, old)
		wantKind(t, err, doithoai.Conflict, "error.conflict")
		unknown := fresh
		unknown.Key = "x"
		_, err = db.SetLegalBasis(ctx, fx.office, 0, unknown)
		wantKind(t, err, doithoai.NotFound, "")
		wantSame(t, before, fingerprint(t, db))

		added, err := db.SetLegalBasis(ctx, fx.office, 0, fresh)
		must(t, err)
		if added.Key != "quyet-dinh-12-2027-qd-ubnd" || added.Version != 1 {
			t.Errorf("added %+v", added)
		}
		_, err = db.SetLegalBasis(ctx, fx.office, 0, fresh)
		wantKind(t, err, doithoai.Invalid, "") // it stands there
		twin := fresh
		twin.Issuer = "UBND xã"
		twin, err = db.SetLegalBasis(ctx, fx.office, 0, twin)
		must(t, err)
		if twin.Key != "quyet-dinh-12-2027-qd-ubnd-2" {
			t.Errorf("another body's is %s", twin.Key)
		}

		old.To, old.ReplacedBy, old.PersonalData = calendar.DateOf(2027, 2, 28), added.Key, true
		changed, err := db.SetLegalBasis(ctx, fx.office, 1, old)
		must(t, err)
		all, err = db.LegalBases(ctx, fx.authority.ID)
		must(t, err)
		if kept, _ := all.ByKey(old.Key); kept != changed || kept.Version != 2 || kept.To != old.To {
			t.Errorf("kept %+v", kept)
		}
		if w := all.Cite(calendar.DateOf(2027, 3, 2), old.Key); len(w) != 1 || w[0].Instead.Key != added.Key {
			t.Errorf("citing it warns %+v", w)
		}
		if got := entriesOf(t, db, doithoai.ActSetLegalBasis); len(got) != 3 ||
			got[2] != "nd-118-2025-nd-cp | 118/2025/NĐ-CP 2025-07-01/ | "+
				"118/2025/NĐ-CP 2025-07-01/2027-02-28 quyet-dinh-12-2027-qd-ubnd personal_data" {
			t.Errorf("audit %q", got)
		}
		others, err := db.LegalBases(ctx, fx.other.ID)
		must(t, err)
		if kept, _ := others.ByKey(old.Key); kept.Version != 1 {
			t.Errorf("the other authority's is %+v", kept)
		}
	})
}
