package store

import (
	"context"
	"slices"
	"testing"

	"doithoai"
)

func classify(change func(*fixture, *doithoai.Classification)) actOn {
	return func(ctx context.Context, db *DB, fx *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
		c := doithoai.Classification{Kind: doithoai.KindFeedback, Content: 1, Elsewhere: "Cầu Máng, xã Nghĩa Hà"}
		change(fx, &c)
		return db.ClassifyOpinion(ctx, a, id, version, c)
	}
}

// What an opinion is said to be stands with it and narrows the register; nothing of it moves the opinion.
func TestClassifyOpinion(t *testing.T) {
	opinionActs["ClassifyOpinion"].test(t)
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		asked, told, left := fx.submit(t, db, 1, "Một").Opinions[0], fx.submit(t, db, 2, "Hai").Opinions[0],
			fx.submit(t, db, 3, "Ba").Opinions[0]
		must(t, db.ClassifyOpinion(ctx, fx.office, asked.ID, 1, doithoai.Classification{Kind: doithoai.KindQuestion}))
		must(t, db.ClassifyOpinion(ctx, fx.chair, told.ID, 1, doithoai.Classification{
			Kind: doithoai.KindPetition, Content: 7, VillageID: fx.villages[1].ID, FieldCode: "dat-dai",
		}))
		f, err := db.OpinionFile(ctx, fx.office, told.ID)
		must(t, err)
		if o := f.Opinion; o.Kind != doithoai.KindPetition || o.ContentCode != 7 || o.PlaceVillageID != fx.villages[1].ID ||
			o.FieldCode != "dat-dai" || o.Ruling != "" || o.Version != 2 || o.VillageID != told.VillageID {
			t.Errorf("classified %+v", o)
		}
		shown := func(f Filter) (numbers []doithoai.RegisterNumber) {
			f.Tab, f.Limit = TabAll, 10
			rows, _, err := db.Register(ctx, fx.office, f)
			must(t, err)
			for _, r := range rows {
				numbers = append(numbers, r.Opinion.Number)
			}
			return numbers
		}
		for name, tt := range map[string]struct {
			filter Filter
			want   []doithoai.RegisterNumber
		}{
			"questions":           {Filter{Kind: doithoai.KindQuestion}, []doithoai.RegisterNumber{asked.Number}},
			"content 7":           {Filter{Content: 7}, []doithoai.RegisterNumber{told.Number}},
			"nobody said":         {Filter{Unclassified: true}, []doithoai.RegisterNumber{left.Number}},
			"words, and nobody":   {Filter{Unclassified: true, Words: "ba"}, []doithoai.RegisterNumber{left.Number}},
			"words of another":    {Filter{Unclassified: true, Words: "một"}, nil},
			"nothing raised then": {Filter{Repeated: true}, nil},
		} {
			if got := shown(tt.filter); !slices.Equal(got, tt.want) {
				t.Errorf("%s: %v, want %v", name, got, tt.want)
			}
		}
		// With a ruling it is an act beside that one; of what stands already it is none.
		r := fx.later()
		r.Class = &doithoai.Classification{Kind: doithoai.KindFeedback, Content: 3}
		ruled, err := db.RuleOpinion(ctx, fx.secretary, left.ID, 1, r)
		must(t, err)
		r.Proposed = true
		must(t, second(db.RuleOpinion(ctx, fx.secretary, left.ID, ruled.Version, r)))
		f, err = db.OpinionFile(ctx, fx.office, left.ID)
		must(t, err)
		n := 0
		for _, e := range f.Events {
			if e.Act == doithoai.ActClassifyOpinion {
				n++
			}
		}
		if n != 1 || f.Opinion.Kind != doithoai.KindFeedback || f.Opinion.ContentCode != 3 {
			t.Errorf("ruled %+v, classified %d times", f.Opinion, n)
		}
		r.Class.Content = 8
		wantKind(t, second(db.RuleOpinion(ctx, fx.secretary, left.ID, f.Opinion.Version, r)), doithoai.Invalid, "")

		public := fx.bring(t, db, 9, published).Opinions[0]
		f, err = db.OpinionFile(ctx, fx.office, public.ID)
		must(t, err)
		err = db.ClassifyOpinion(ctx, fx.office, public.ID, f.Opinion.Version, doithoai.Classification{FieldCode: "dat-dai"})
		wantKind(t, err, doithoai.Invalid, "") // the public finds it under the field that stands
		must(t, db.ClassifyOpinion(ctx, fx.office, public.ID, f.Opinion.Version,
			doithoai.Classification{Kind: doithoai.KindQuestion}))
		wantClean(t, db)
	})
}
