package store

import (
	"slices"
	"testing"

	"doithoai"
)

// members are the numbers of the other opinions of the same matter, as somebody sees them.
func members(t *testing.T, db *DB, a doithoai.Actor, id doithoai.ID) (numbers []string) {
	t.Helper()
	all, err := db.GroupMembers(ctxOf(t), a, id)
	must(t, err)
	for _, m := range all {
		numbers = append(numbers, string(m.Opinion.Number))
	}
	slices.Sort(numbers)
	return numbers
}

// Alike matters stand together, each with its number, its receipt and its ruling; who and when is kept.
func TestGroupOpinions(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		var o []doithoai.Opinion
		for n := range 5 {
			o = append(o, fx.submit(t, db, n+1, "Nước máy yếu.").Opinions[0])
		}
		denounced := fx.submit(t, db, 9, "Tố cáo ông nọ.").Opinions[0]
		must(t, second(db.RuleOpinion(ctx, fx.office, denounced.ID, 1,
			doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})))
		before := fingerprint(t, db)
		for _, denied := range []doithoai.Actor{fx.justice, fx.land, fx.admin, fx.resident, fx.head(1)} {
			wantKind(t, db.GroupOpinions(ctx, denied, o[0].ID, o[1].ID), doithoai.NotAllowed, "")
		}
		wantKind(t, db.GroupOpinions(ctx, fx.everyRole(), o[0].ID, o[1].ID), doithoai.NotFound, "")
		wantKind(t, db.GroupOpinions(ctx, fx.office, o[0].ID, denounced.ID), doithoai.NotFound, "")
		wantKind(t, db.GroupOpinions(ctx, fx.office, denounced.ID, o[0].ID), doithoai.NotFound, "")
		for _, bad := range badIDs {
			wantKind(t, db.GroupOpinions(ctx, fx.office, o[0].ID, bad), doithoai.NotFound, "")
		}
		wantKind(t, db.GroupOpinions(ctx, fx.office, o[0].ID, o[0].ID), doithoai.Conflict, "same.group.problem.itself")
		wantSame(t, before, fingerprint(t, db))

		must(t, db.GroupOpinions(ctx, fx.office, o[0].ID, o[1].ID))
		must(t, db.GroupOpinions(ctx, fx.secretary, o[2].ID, o[1].ID)) // into the group of the other
		wantKind(t, db.GroupOpinions(ctx, fx.chair, o[2].ID, o[0].ID), doithoai.Conflict, "same.group.problem.already")
		must(t, db.GroupOpinions(ctx, fx.chair, o[3].ID, o[4].ID))
		wantKind(t, db.GroupOpinions(ctx, fx.chair, o[3].ID, o[0].ID), doithoai.Conflict, "same.group.problem.two")
		if got := members(t, db, fx.office, o[1].ID); !slices.Equal(got, []string{"ND-26-0001", "ND-26-0003"}) {
			t.Errorf("with the second: %v", got)
		}
		f, err := db.OpinionFile(ctx, fx.office, o[1].ID)
		must(t, err)
		if last := f.Events[len(f.Events)-1]; last.Act != doithoai.ActGroupOpinions || last.Facts.With != o[2].Number ||
			last.ActorID != fx.secretary.ID || f.Opinion.Version != 1 {
			t.Errorf("last event %+v, version %d", last, f.Opinion.Version)
		}
		must(t, second(db.RuleOpinion(ctx, fx.secretary, o[0].ID, 1, fx.later()))) // each goes its own way
		must(t, second(db.RuleOpinion(ctx, fx.office, o[2].ID, 1,
			doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})))
		if got := members(t, db, fx.office, o[1].ID); !slices.Equal(got, []string{"ND-26-0001"}) {
			t.Errorf("after one was denounced: %v", got)
		}
		if f, err = db.OpinionFile(ctx, fx.office, o[1].ID); err != nil || f.With[o[2].Number] || !f.With[o[0].Number] {
			t.Errorf("of others in its events it tells %v (%v)", f.With, err)
		}
		counts, err := db.GroupCounts(ctx, fx.office, []doithoai.ID{o[0].ID, o[1].ID, o[3].ID, denounced.ID})
		must(t, err)
		if len(counts) != 3 || counts[o[1].ID] != 1 || counts[o[3].ID] != 1 {
			t.Errorf("counts %v", counts)
		}
		if got := members(t, db, fx.justice, o[0].ID); len(got) != 0 {
			t.Errorf("a unit is shown others' opinions: %v", got)
		}
		wantClean(t, db)
	})
}

// One leaves a group; of who is left alone the group is over. The other members stay.
func TestUngroupOpinion(t *testing.T) {
	eachWatched(t, func(t *testing.T, db *DB, c *commits, fx *fixture) {
		ctx := ctxOf(t)
		var o []doithoai.Opinion
		for n := range 4 {
			o = append(o, fx.submit(t, db, n+1, "Nước máy yếu.").Opinions[0])
		}
		for _, with := range o[1:] {
			must(t, db.GroupOpinions(ctx, fx.office, o[0].ID, with.ID))
		}
		before := fingerprint(t, db)
		for _, denied := range []doithoai.Actor{fx.justice, fx.land, fx.admin, fx.resident, fx.head(1)} {
			wantKind(t, db.UngroupOpinion(ctx, denied, o[0].ID), doithoai.NotAllowed, "")
		}
		wantKind(t, db.UngroupOpinion(ctx, fx.everyRole(), o[0].ID), doithoai.NotFound, "")
		for _, bad := range badIDs {
			wantKind(t, db.UngroupOpinion(ctx, fx.office, bad), doithoai.NotFound, "")
		}
		wantSame(t, before, fingerprint(t, db))
		must(t, db.UngroupOpinion(ctx, fx.office, o[0].ID))
		wantKind(t, db.UngroupOpinion(ctx, fx.office, o[0].ID), doithoai.Conflict, "same.group.problem.none")
		if got := members(t, db, fx.office, o[1].ID); !slices.Equal(got, []string{"ND-26-0003", "ND-26-0004"}) {
			t.Errorf("left: %v", got)
		}
		must(t, db.GroupOpinions(ctx, fx.office, o[0].ID, o[1].ID)) // and comes back
		must(t, db.UngroupOpinion(ctx, fx.office, o[0].ID))
		must(t, db.UngroupOpinion(ctx, fx.office, o[1].ID))
		// Two leave at once: whoever is second is alone already.
		left, right := inRivalry(t, db, c,
			func() error { return db.UngroupOpinion(ctx, fx.office, o[2].ID) },
			func() error { return db.UngroupOpinion(ctx, fx.office, o[3].ID) })
		if (left == nil) == (right == nil) {
			t.Errorf("%v, %v", left, right)
		}
		n, err := one(ctx, db.reader(), column[int], `SELECT count(*) FROM opinion_group`)
		must(t, err)
		if n != 0 {
			t.Errorf("%d are left in groups", n)
		}
		// One is taken into two groups at once, and one of them is refused or takes both in.
		must(t, db.GroupOpinions(ctx, fx.office, o[0].ID, o[1].ID))
		left, right = inRivalry(t, db, c,
			func() error { return db.GroupOpinions(ctx, fx.office, o[2].ID, o[0].ID) },
			func() error { return db.GroupOpinions(ctx, fx.office, o[2].ID, o[3].ID) })
		if left != nil && right != nil {
			t.Errorf("%v, %v", left, right)
		}
		wantClean(t, db)
	})
}
