package store

import (
	"slices"
	"testing"

	"doithoai"
)

func TestSummariseOpinion(t *testing.T) {
	opinionActs["SummariseOpinion"].test(t)
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.bring(t, db, 1, received).Opinions[0]
		must(t, db.SummariseOpinion(ctx, fx.secretary, o.ID, 1, "Đề nghị khơi rãnh thoát nước."))
		must(t, db.SummariseOpinion(ctx, fx.office, o.ID, 2, "Đề nghị khơi rãnh trước cổng trường."))
		ruled, err := db.RuleOpinion(ctx, fx.secretary, o.ID, 3, fx.later())
		must(t, err)
		f, err := db.OpinionFile(ctx, fx.justice, o.ID)
		must(t, err)
		last := f.Events[len(f.Events)-2]
		if f.Opinion.Summary != "Đề nghị khơi rãnh trước cổng trường." || f.Opinion.Content != o.Content ||
			last.Act != doithoai.ActSummariseOpinion || f.Texts[last.Leaf] != f.Opinion.Summary {
			t.Errorf("kept %+v, event %+v", f.Opinion, last)
		}
		must(t, db.SummariseOpinion(ctx, fx.office, o.ID, ruled.Version, ""))
		denounced := fx.bring(t, db, 2, received).Opinions[0]
		must(t, second(db.RuleOpinion(ctx, fx.office, denounced.ID, 1,
			doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})))
		wantKind(t, db.SummariseOpinion(ctx, fx.office, denounced.ID, 2, "Một người."), doithoai.NotFound, "")
		wantClean(t, db)
	})
}

// The units that coordinate stand with the ruling, and go with it.
func TestCoUnitsOfRuling(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.bring(t, db, 1, received).Opinions[0]
		land, office := fx.units["dia-chinh"], fx.units["van-phong"]
		r := fx.later()
		for _, bad := range []doithoai.ID{r.LeadUnitID, fx.otherUnits["van-phong"].ID, "không phải mã", newID()} {
			r.CoUnits = []doithoai.ID{land.ID, bad}
			_, err := db.RuleOpinion(ctx, fx.secretary, o.ID, 1, r)
			if p := doithoai.ProblemsOf(err); len(p) != 1 || p[0].Field != doithoai.FieldCoUnits {
				t.Errorf("%q coordinates: %v", bad, err)
			}
		}
		want := func(version int, units ...doithoai.ID) {
			t.Helper()
			ruled, err := db.RuleOpinion(ctx, fx.secretary, o.ID, version, r)
			must(t, err)
			f, err := db.OpinionFile(ctx, fx.office, o.ID)
			must(t, err)
			if got := unitIDs(f.CoUnits); !slices.Equal(got, units) || !f.RuledAs(r) || ruled.Version != version+1 ||
				!sameUnits(f.Events[len(f.Events)-1].Facts.CoUnits, units) {
				t.Errorf("coordinate %v, want %v; event %+v", got, units, f.Events[len(f.Events)-1].Facts)
			}
			other := r
			other.CoUnits = []doithoai.ID{office.ID}
			if r.Asked().CoUnits != nil && f.RuledAs(other) {
				t.Error("ruled as with other units, too")
			}
		}
		r.CoUnits = []doithoai.ID{land.ID, office.ID, land.ID}
		units := []doithoai.ID{office.ID, land.ID} // in the authority's order
		want(1, units...)
		hall, err := db.DialogueOpinions(ctx, fx.secretary, o.DialogueID)
		must(t, err)
		if hall[0].CoUnits != office.ShortName()+", "+land.ShortName() {
			t.Errorf("the hall's list says %q", hall[0].CoUnits)
		}
		r.CoUnits = []doithoai.ID{land.ID}
		want(2, land.ID)
		must(t, db.act(ctx, func(tx *Tx) error { return tx.exec(ctx, `DELETE FROM co_unit`) }))
		findings, _, _, err := db.Verify(ctx)
		must(t, err)
		if len(findings) != 1 || findings[0].What != "petition" {
			t.Errorf("without what coordinates: %+v", findings)
		}
		r = doithoai.Ruling{Code: doithoai.RulingOnTheSpot, Text: "Đã khơi.", CoUnits: r.CoUnits}
		want(3)
		wantClean(t, db)
	})
}

// One ruling takes those of the same matter with it: all of them, each for itself, or none.
func TestRuleAlike(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		var o []doithoai.Opinion
		for n := range 6 {
			o = append(o, fx.submit(t, db, n+1, "Nước máy yếu.").Opinions[0])
		}
		for _, with := range o[1:4] {
			must(t, db.GroupOpinions(ctx, fx.secretary, o[0].ID, with.ID))
		}
		must(t, second(db.RuleOpinion(ctx, fx.secretary, o[3].ID, 1, fx.later())))
		must(t, db.GroupOpinions(ctx, fx.secretary, o[4].ID, o[5].ID))
		r := fx.later()
		r.Headline, r.CoUnits, r.OutOfScope = "Nước máy yếu", []doithoai.ID{fx.units["dia-chinh"].ID}, true
		complaint := doithoai.Ruling{Code: doithoai.RulingComplaint}
		rule := func(a doithoai.Actor, r doithoai.Ruling, others ...Versioned) error {
			return second(db.RuleAlike(ctx, a, o[0].ID, 1, r, others))
		}
		first, second := Versioned{o[1].ID, 1}, Versioned{o[2].ID, 1}
		before := fingerprint(t, db)
		wantKind(t, rule(fx.justice, r, first), doithoai.NotAllowed, "")
		wantKind(t, rule(fx.everyRole(), r, first), doithoai.NotFound, "")
		wantKind(t, rule(fx.secretary, complaint, first), doithoai.Conflict, "same.ruling.problem.one")
		wantKind(t, rule(fx.secretary, r, first, Versioned{o[2].ID, 2}), doithoai.Conflict, "") // changed since
		wantKind(t, rule(fx.secretary, r, first, Versioned{o[3].ID, 2}), doithoai.Conflict, "") // ruled
		wantKind(t, rule(fx.secretary, r, first, Versioned{o[4].ID, 1}), doithoai.Conflict, "") // of another group
		wantKind(t, rule(fx.secretary, r, Versioned{newID(), 1}), doithoai.NotFound, "")
		wantKind(t, rule(fx.secretary, r, Versioned{"x", 1}), doithoai.NotFound, "")
		wantKind(t, rule(fx.secretary, r, make([]Versioned, MaxRuledAlike+1)...), doithoai.Invalid, "")
		wantSame(t, before, fingerprint(t, db))

		must(t, rule(fx.secretary, r, second, first))
		for i, headline := range []string{"Nước máy yếu", "", ""} {
			f, err := db.OpinionFile(ctx, fx.office, o[i].ID)
			must(t, err)
			last := f.Events[len(f.Events)-1]
			if last.Act != doithoai.ActRuleOpinion || last.ActorID != fx.secretary.ID || f.Opinion.Headline != headline ||
				f.Petition == nil || f.Petition.LeadUnitID != r.LeadUnitID || f.Petition.Due != r.Due ||
				len(f.CoUnits) != 1 || !f.Opinion.OutOfScope || f.Opinion.Version != 2 {
				t.Errorf("%d: %+v, petition %+v, event %+v", i, f.Opinion, f.Petition, last)
			}
		}
		if kind := doithoai.KindOf(rule(fx.secretary, r, first, second)); kind != doithoai.Conflict {
			t.Errorf("a second time: %v", kind)
		}
		wantClean(t, db)
	})
}
