package store

import (
	"context"
	"slices"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
)

func splits(said string) actOn {
	return func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
		return second(db.SplitOpinion(ctx, a, id, version, said))
	}
}

// twoMatters is what a slip says that holds two.
const twoMatters = "Đường xóm Đồng ngập cả tháng. Cán bộ quầy chứng thực trả lời trống không."

const (
	firstMatter = "Đường xóm Đồng ngập cả tháng."
	otherMatter = "Cán bộ quầy chứng thực trả lời trống không."
)

// Each part has its number, its leaf and its line on the one receipt; what was said stays whole.
func TestSplitOpinion(t *testing.T) {
	opinionActs["SplitOpinion"].test(t)
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.submit(t, db, 1, twoMatters)
		whole := r.Opinions[0]
		fx.clock.forward(26 * time.Hour)
		part, err := db.SplitOpinion(ctx, fx.office, whole.ID, 1, otherMatter)
		must(t, err)
		if part.Number == whole.Number || part.PartOf != whole.ID || part.ReceivedAt != whole.ReceivedAt ||
			part.Channel != whole.Channel || part.DialogueID != whole.DialogueID || part.SlipID != whole.SlipID ||
			part.Ruling != "" || part.Content != otherMatter {
			t.Errorf("part %+v of %+v", part, whole)
		}
		again, err := db.SplitOpinion(ctx, fx.secretary, part.ID, 1, "quầy chứng thực")
		must(t, err)
		if again.PartOf != whole.ID {
			t.Errorf("a part of a part is one of %s", again.PartOf)
		}
		f, err := db.OpinionFile(ctx, fx.office, whole.ID)
		must(t, err)
		if f.Opinion.Content != twoMatters || f.Opinion.Number != whole.Number || f.Opinion.Version != 2 ||
			!slices.Equal(f.Parts, []doithoai.RegisterNumber{part.Number, again.Number}) || len(f.SlipNumbers) != 0 {
			t.Errorf("the whole: %+v, parts %v, others %v", f.Opinion, f.Parts, f.SlipNumbers)
		}
		if f, err = db.OpinionFile(ctx, fx.office, again.ID); err != nil || f.PartOf != whole.Number ||
			!slices.Equal(f.Parts, []doithoai.RegisterNumber{part.Number}) || f.Runs != nil {
			t.Errorf("a part: of %s, beside %v, runs %v (%v)", f.PartOf, f.Parts, f.Runs, err)
		}
		followed, err := db.FollowSlip(ctx, fx.resident, r.Code)
		must(t, err)
		rc := followed.Receipt(r.Code)
		if len(rc.Matters) != 3 || rc.Matters[1].Number != part.Number || rc.Matters[1].Content != otherMatter ||
			rc.Matters[1].Line == 0 || rc.Matters[1].PartOf != whole.Number || rc.Matters[0].PartOf != "" {
			t.Errorf("receipt %+v", rc.Matters)
		}
		evidence, err := db.EvidenceOf(ctx, r.SlipID)
		must(t, err)
		if len(evidence) != 3 || evidence[1].Opening.Act != string(doithoai.ActRecordPart) {
			t.Errorf("evidence %+v", evidence)
		}
		figures, err := db.YearFigures(ctx, fx.authority.ID, whole.ReceivedAt.Date().Year)
		must(t, err)
		if figures.Received != 3 {
			t.Errorf("%d received", figures.Received)
		}
		// What is left of the whole and each part go their own ways.
		must(t, second(db.RuleOpinion(ctx, fx.secretary, part.ID, 2, onTheSpot())))
		must(t, db.SetHeadline(ctx, fx.office, again.ID, 1, "Quầy chứng thực"))
		wantClean(t, db)
	})
}

// Only what is whole and open is split: not what was joined, nor told; and never after the minutes have counted it.
func TestWhatIsNotSplit(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		refused := func(o doithoai.Opinion, key string) {
			t.Helper()
			before := fingerprint(t, db)
			version, err := one(ctx, db.reader(), column[int], `SELECT version FROM opinion WHERE id = $1`, o.ID)
			must(t, err)
			_, err = db.SplitOpinion(ctx, fx.office, o.ID, version, firstMatter)
			wantKind(t, err, doithoai.Conflict, key)
			wantSame(t, before, fingerprint(t, db))
		}
		kept, paper := fx.submit(t, db, 1, twoMatters).Opinions[0], fx.submit(t, db, 2, twoMatters).Opinions[0]
		must(t, db.JoinSlip(ctx, fx.office, paper.ID, 1, kept.ID))
		refused(paper, "same.join.problem.joined")
		refused(kept, "classify.split.problem.has_joined")
		told := fx.submit(t, db, 3, twoMatters).Opinions[0]
		must(t, second(db.RuleOpinion(ctx, fx.secretary, told.ID, 1, onTheSpot())))
		refused(told, "classify.split.problem.answered")
		denounce := fx.submit(t, db, 4, twoMatters).Opinions[0]
		must(t, second(db.RuleOpinion(ctx, fx.secretary, denounce.ID, 1, denounced())))
		_, err := db.SplitOpinion(ctx, fx.office, denounce.ID, 2, firstMatter)
		wantKind(t, err, doithoai.NotFound, "")

		// A part is no denunciation while the whole still says it, and nothing joins what was split.
		whole := fx.submit(t, db, 5, twoMatters).Opinions[0]
		part, err := db.SplitOpinion(ctx, fx.office, whole.ID, 1, otherMatter)
		must(t, err)
		wantKind(t, second(db.RuleOpinion(ctx, fx.secretary, part.ID, 1, denounced())), doithoai.Invalid, "")
		late := fx.submit(t, db, 6, twoMatters).Opinions[0]
		wantKind(t, db.JoinSlip(ctx, fx.office, late.ID, 1, whole.ID), doithoai.Conflict, "same.join.problem.split")
		must(t, second(db.RuleOpinion(ctx, fx.secretary, whole.ID, 2, denounced())))
		f, err := db.OpinionFile(ctx, fx.office, part.ID)
		must(t, err)
		if f.PartOf != "" || len(f.SlipNumbers) != 0 {
			t.Errorf("a part names a denunciation: %s, %v", f.PartOf, f.SlipNumbers)
		}
		must(t, second(db.RuleOpinion(ctx, fx.secretary, part.ID, 1, denounced())))
		wantClean(t, db)
	})
	eachWatched(t, func(t *testing.T, db *DB, c *commits, fx *fixture) {
		ctx := ctxOf(t)
		d, all := fx.closed(t, db)
		must(t, second(db.RuleOpinion(ctx, fx.secretary, all[2].ID, 1, onTheSpot())))
		must(t, second(db.ComposeMinutes(ctx, fx.secretary, d.ID, 0)))
		must(t, second(db.ReadMinutes(ctx, fx.secretary, d.ID, 1, fx.readBack(db))))
		id, err := one(ctx, db.reader(), column[doithoai.ID], `SELECT id
			FROM opinion
			WHERE dialogue_id = $1 AND stage = 'processing'
			ORDER BY id LIMIT 1`, d.ID)
		must(t, err)
		o, err := opinionByID(ctx, db.reader(), id)
		must(t, err)
		// Whoever is first: what was locked has every part of it, and nothing comes after.
		locked, split := inRivalry(t, db, c,
			func() error { return second(db.LockMinutes(ctx, fx.chair, d.ID, 2)) },
			func() error { return second(db.SplitOpinion(ctx, fx.office, o.ID, o.Version, firstWords(o.Content))) })
		if locked != nil && split != nil {
			t.Errorf("%v, %v", locked, split)
		}
		f, err := db.Tally(ctx, fx.office, d.ID)
		must(t, err)
		if locked == nil && (!f.Tally.Balanced() || doithoai.KindOf(split) != doithoai.Conflict) {
			t.Errorf("locked with %d open; splitting: %v", f.Tally.Open(), split)
		}
		wantClean(t, db)
	})
}

// No clock begins later by splitting: a part carries on that of the whole, and what was late stays so.
func TestPartCarriesTheClockOn(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		ruledWhole := func(n int) (whole doithoai.Opinion, due calendar.Date) {
			t.Helper()
			whole = fx.submit(t, db, n, twoMatters).Opinions[0]
			r := fx.later()
			whole, err := db.RuleOpinion(ctx, fx.secretary, whole.ID, 1, r)
			must(t, err)
			return whole, r.Due
		}
		whole, due := ruledWhole(1)
		overdue, _ := ruledWhole(2)
		fx.clock.forward(5 * 24 * time.Hour)
		part, err := db.SplitOpinion(ctx, fx.office, whole.ID, whole.Version, otherMatter)
		must(t, err)
		r := fx.later() // five days later than the whole's
		wantKind(t, second(db.RuleOpinion(ctx, fx.secretary, part.ID, 1, r)), doithoai.Invalid, "")
		r.Proposed, r.Due = true, calendar.Date{}
		r.LeadUnitID = fx.land.UnitID
		ruled, err := db.RuleOpinion(ctx, fx.secretary, part.ID, 1, r)
		must(t, err)
		f, err := db.OpinionFile(ctx, fx.office, part.ID)
		must(t, err)
		if f.Petition.Due != due || f.Petition.LeadUnitID != fx.land.UnitID || f.Petition.HandedOver != 0 {
			t.Errorf("the part is due %v, the whole %v: %+v", f.Petition.Due, due, f.Petition)
		}
		// Brought forward by mistake, it goes back to the whole's day and no further.
		sooner := r
		sooner.Proposed, sooner.Due = false, due.AddDays(-7)
		ruled, err = db.RuleOpinion(ctx, fx.secretary, part.ID, ruled.Version, sooner)
		must(t, err)
		sooner.Due = fx.later().Due
		wantKind(t, second(db.RuleOpinion(ctx, fx.secretary, part.ID, ruled.Version, sooner)), doithoai.Invalid, "")
		sooner.Due = due
		must(t, second(db.RuleOpinion(ctx, fx.secretary, part.ID, ruled.Version, sooner)))

		fx.clock.forward(60 * 24 * time.Hour)
		late, err := db.SplitOpinion(ctx, fx.office, overdue.ID, overdue.Version, otherMatter)
		must(t, err)
		last, err := db.SplitOpinion(ctx, fx.office, late.ID, 1, "quầy chứng thực")
		must(t, err)
		must(t, second(db.RuleOpinion(ctx, fx.secretary, late.ID, 2, onTheSpot()))) // what was late is told at once
		must(t, second(db.RuleOpinion(ctx, fx.secretary, last.ID, 1, r)))
		for _, id := range []doithoai.ID{late.ID, last.ID} {
			f, err := db.OpinionFile(ctx, fx.office, id)
			must(t, err)
			if f.Petition == nil || !f.Petition.Missed {
				t.Errorf("%s is timely: %+v", f.Opinion.Number, f.Petition)
			}
		}
		figures, err := db.YearFigures(ctx, fx.authority.ID, 2026)
		must(t, err)
		if figures.OnTime != 0 {
			t.Errorf("%d answered in time", figures.OnTime)
		}
		wantClean(t, db)
	})
}

// Whom the whole is about, no part of it comes to.
func TestPartIsKeptFromWhomTheWholeIsAbout(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.conductSlip(t, db, 1)
		must(t, db.NameConcerned(ctx, fx.office, o.ID, o.Version, []doithoai.ID{fx.justice.ID}))
		part, err := db.SplitOpinion(ctx, fx.chair, o.ID, o.Version+1, firstWords(o.Content))
		must(t, err)
		_, err = db.OpinionFile(ctx, fx.justice, part.ID)
		wantKind(t, err, doithoai.NotFound, "")
		_, subject, err := opinionSubject(ctx, db.reader(), part.ID, db.Now().Date())
		must(t, err)
		if !subject.Conduct || !slices.Equal(subject.Concerned, []doithoai.ID{fx.justice.ID}) {
			t.Errorf("the part is about %+v", subject)
		}
		wantClean(t, db)
	})
}

// firstWords are the first two words of a text.
func firstWords(s string) string {
	for i, n := 0, 0; i < len(s); i++ {
		if s[i] == ' ' {
			if n++; n == 2 {
				return s[:i]
			}
		}
	}
	return s
}
