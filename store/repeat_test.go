package store

import (
	"slices"
	"testing"
	"time"

	"doithoai"
)

// answeredBefore brings an opinion whose answer went out, a minute before whatever comes next.
func (fx *fixture) answeredBefore(t testing.TB, db *DB, n int) doithoai.Opinion {
	t.Helper()
	o := fx.bring(t, db, n, dispatched).Opinions[0]
	fx.clock.forward(time.Minute)
	return o
}

// raised are the numbers of a row beside an opinion, as somebody sees them.
func raised(t *testing.T, db *DB, a doithoai.Actor, id doithoai.ID) (numbers []doithoai.RegisterNumber) {
	t.Helper()
	all, err := db.Repeats(ctxOf(t), a, id)
	must(t, err)
	for _, r := range all {
		numbers = append(numbers, r.Opinion.Number)
	}
	return numbers
}

// What is raised again leads to what was answered first, and is counted; nothing that was answered changes.
func TestLinkRepeat(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		first := fx.answeredBefore(t, db, 1)
		must(t, db.RateAnswer(ctx, fx.resident, doithoai.NewReceiptCode(key(1)), first.Number,
			doithoai.Rating{Solved: doithoai.SolvedNo, Satisfied: 1}))
		second2 := fx.answeredBefore(t, db, 2)
		third := fx.submit(t, db, 3, "Bao giờ xong?").Opinions[0]
		open := fx.submit(t, db, 4, "Chưa ai trả lời.").Opinions[0]
		fx.clock.forward(time.Minute)
		last := fx.submit(t, db, 5, "Bao giờ xong?").Opinions[0]
		link := func(a doithoai.Actor, id, earlier doithoai.ID) error {
			version, err := one(ctx, db.reader(), column[int], `SELECT version FROM opinion WHERE id = $1`, id)
			must(t, err)
			return db.LinkRepeat(ctx, a, id, version, earlier)
		}
		before := fingerprint(t, db)
		for _, denied := range []doithoai.Actor{fx.justice, fx.land, fx.admin, fx.resident, fx.head(1)} {
			wantKind(t, link(denied, third.ID, first.ID), doithoai.NotAllowed, "")
		}
		wantKind(t, link(fx.everyRole(), third.ID, first.ID), doithoai.NotFound, "")
		for _, bad := range badIDs {
			wantKind(t, link(fx.office, third.ID, bad), doithoai.NotFound, "")
		}
		for _, tt := range []struct {
			id, earlier doithoai.ID
			key         string
		}{
			{third.ID, third.ID, "classify.repeat.problem.itself"},
			{first.ID, second2.ID, "classify.repeat.problem.later"},
			{last.ID, open.ID, "classify.repeat.problem.open"},
		} {
			wantKind(t, link(fx.office, tt.id, tt.earlier), doithoai.Conflict, tt.key)
		}
		wantSame(t, before, fingerprint(t, db))

		must(t, link(fx.office, third.ID, second2.ID))
		wantKind(t, link(fx.office, third.ID, first.ID), doithoai.Conflict, "classify.repeat.problem.already")
		must(t, link(fx.secretary, second2.ID, first.ID)) // the row begins with the first one now
		must(t, second(db.RuleOpinion(ctx, fx.secretary, third.ID, 2, onTheSpot())))
		must(t, link(fx.chair, last.ID, third.ID))
		wantKind(t, link(fx.office, first.ID, last.ID), doithoai.Conflict, "classify.repeat.problem.later")
		f, err := db.OpinionFile(ctx, fx.office, last.ID)
		must(t, err)
		if f.Opinion.Repeat != (doithoai.Repeat{Before: third.ID, Root: first.ID}) || f.Opinion.Ruling != "" {
			t.Errorf("linked: %+v", f.Opinion.Repeat)
		}
		row := []doithoai.RegisterNumber{first.Number, second2.Number, third.Number}
		if got := raised(t, db, fx.office, last.ID); !slices.Equal(got, row) {
			t.Errorf("the row: %v", got)
		}
		all, err := db.Repeats(ctx, fx.office, last.ID)
		must(t, err)
		if then := all[0].Then; then == nil || then.Text != testAnswer.Body || then.Number == "" || then.Rating == nil ||
			then.Rating.Solved != doithoai.SolvedNo {
			t.Errorf("answered then: %+v", then)
		}
		if then := all[2].Then; then == nil || then.Text != onTheSpot().Text || then.Rating != nil {
			t.Errorf("told then: %+v", then)
		}
		counts, err := db.RepeatCounts(ctx, fx.office, []doithoai.Opinion{f.Opinion, first, open})
		must(t, err)
		if len(counts) != 2 || counts[last.ID] != 4 || counts[first.ID] != 4 {
			t.Errorf("counts %v", counts)
		}
		rows, _, err := db.Register(ctx, fx.office, Filter{Tab: TabAll, Repeated: true, Limit: 10})
		must(t, err)
		if len(rows) != 3 {
			t.Errorf("%d rows raise something again", len(rows))
		}
		// Of what left this flow nothing is told.
		must(t, second(db.RuleOpinion(ctx, fx.office, third.ID, 3, denounced())))
		if got := raised(t, db, fx.office, last.ID); !slices.Equal(got, row[:2]) {
			t.Errorf("beside a denunciation: %v", got)
		}
		if counts, err = db.RepeatCounts(ctx, fx.office, []doithoai.Opinion{f.Opinion}); err != nil || counts[last.ID] != 3 {
			t.Errorf("counts %v (%v)", counts, err)
		}
		wantKind(t, second(db.Repeats(ctx, fx.land, last.ID)), doithoai.NotAllowed, "")
		wantClean(t, db)
	})
}

// A link is undone: the row begins anew from there. Two that are linked at once make no circle and lose no row.
func TestUnlinkRepeat(t *testing.T) {
	eachWatched(t, func(t *testing.T, db *DB, c *commits, fx *fixture) {
		ctx := ctxOf(t)
		var o []doithoai.Opinion
		for n := range 4 {
			o = append(o, fx.answeredBefore(t, db, n+1))
		}
		must(t, db.LinkRepeat(ctx, fx.office, o[2].ID, 2, o[1].ID))
		// One comes in behind while the row gets another beginning.
		left, right := inRivalry(t, db, c,
			func() error { return db.LinkRepeat(ctx, fx.office, o[1].ID, 2, o[0].ID) },
			func() error { return db.LinkRepeat(ctx, fx.secretary, o[3].ID, 2, o[2].ID) })
		for i, err := range []error{left, right} {
			if doithoai.KindOf(err) == doithoai.Conflict {
				err = db.LinkRepeat(ctx, fx.office, o[2*i+1].ID, 2, o[2*i].ID)
			}
			must(t, err)
		}
		roots := func() (all []doithoai.ID) {
			for _, one := range o {
				f, err := db.OpinionFile(ctx, fx.office, one.ID)
				must(t, err)
				all = append(all, f.Opinion.Repeat.Root)
			}
			return all
		}
		if got := roots(); !slices.Equal(got, []doithoai.ID{"", o[0].ID, o[0].ID, o[0].ID}) {
			t.Errorf("roots %v", got)
		}
		before := fingerprint(t, db)
		for _, denied := range []doithoai.Actor{fx.justice, fx.land, fx.admin, fx.resident} {
			wantKind(t, db.UnlinkRepeat(ctx, denied, o[2].ID, 3), doithoai.NotAllowed, "")
		}
		wantKind(t, db.UnlinkRepeat(ctx, fx.office, o[2].ID, 2), doithoai.Conflict, "")
		wantKind(t, db.UnlinkRepeat(ctx, fx.office, o[0].ID, 2), doithoai.Conflict, "classify.repeat.problem.none")
		wantSame(t, before, fingerprint(t, db))
		must(t, db.UnlinkRepeat(ctx, fx.office, o[2].ID, 3))
		if got := roots(); !slices.Equal(got, []doithoai.ID{"", o[0].ID, "", o[2].ID}) {
			t.Errorf("roots %v", got)
		}
		must(t, db.UnlinkRepeat(ctx, fx.chair, o[3].ID, 3))
		must(t, db.LinkRepeat(ctx, fx.office, o[3].ID, 4, o[0].ID))
		wantClean(t, db)
	})
}
