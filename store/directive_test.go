package store

import (
	"slices"
	"testing"
	"time"

	"doithoai"
	"doithoai/plan"
)

// A directive about what a unit has late is a task of the unit, which notes it and reports on it; the head alone takes
// it back; it keeps which opinions it was about.
func TestGiveDirective(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		late := fx.bring(t, db, 1, ruled).Opinions[0]
		fx.clock.forward(60 * 24 * time.Hour)
		units, err := db.UnitLates(ctx, fx.chair)
		must(t, err)
		at := slices.IndexFunc(units, func(u UnitLate) bool { return u.Late > 0 })
		if at < 0 || units[at].Longest != late.Number || units[at].Days != units[at].LongestDays || units[at].Days == 0 {
			t.Fatalf("late by unit: %+v", units)
		}
		c, err := currentCalendar(ctx, db.reader(), fx.chair.AuthorityID)
		must(t, err)
		today := db.Now().Date()
		from := func(unit doithoai.ID) doithoai.DirectiveSource {
			return doithoai.DirectiveSource{From: doithoai.FromLate, UnitID: unit}
		}
		d := plan.Directive{
			Text: "Giải quyết dứt điểm việc quá hạn.", Due: c.AddWorkdays(today, 3), DirectiveSource: from(units[at].UnitID),
		}
		_, err = db.GiveDirective(ctx, fx.office, d)
		wantKind(t, err, doithoai.NotAllowed, "")
		for name, wrong := range map[string]plan.Directive{
			plan.FieldDirectiveUnit: {DirectiveSource: from(fx.otherUnits["van-phong"].ID), Text: d.Text, Due: d.Due},
			plan.FieldDirectiveText: {DirectiveSource: d.DirectiveSource, Due: d.Due},
			plan.FieldDirectiveDue:  {DirectiveSource: d.DirectiveSource, Text: d.Text, Due: today.AddDays(-1)},
		} {
			_, err := db.GiveDirective(ctx, fx.chair, wrong)
			if ps := doithoai.ProblemsOf(err); len(ps) != 1 || ps[0].Field != name {
				t.Errorf("%s: %v", name, err)
			}
		}
		id, err := db.GiveDirective(ctx, fx.chair, d)
		must(t, err)
		_, err = db.GiveDirective(ctx, fx.chair, d)
		if ps := doithoai.ProblemsOf(err); len(ps) != 1 || ps[0].Key != "directive.problem.twice" {
			t.Errorf("the same again: %v", err)
		}

		mine, _, err := db.Tasks(ctx, fx.justice, TaskFilter{Tab: TasksMine})
		must(t, err)
		if len(mine) != 1 || mine[0].ID != id || mine[0].Due != d.Due {
			t.Fatalf("the unit's tasks: %+v", mine)
		}
		told, _, err := db.Notices(ctx, fx.justice, "", 10)
		must(t, err)
		if !slices.ContainsFunc(told, func(n Notice) bool { return n.Kind == NoticeDirected && n.TaskID == id }) {
			t.Errorf("told %+v", told)
		}
		f, err := db.Task(ctx, fx.justice, id)
		must(t, err)
		if f.Directive.Count != 1 || len(f.Directive.Rows) != 1 || f.Directive.Rows[0].Opinion.Number != late.Number {
			t.Errorf("what it is about: %+v", f.Directive)
		}
		on, err := db.DirectivesOn(ctx, fx.office, late.ID)
		must(t, err)
		if len(on) != 1 || on[0].ID != id {
			t.Errorf("of the opinion: %+v", on)
		}
		if f, err = db.Task(ctx, fx.secretary, id); err != nil || len(f.Directive.Rows)+f.Directive.Hidden != 1 {
			t.Errorf("who may not see the opinion: %+v, %v", f.Directive, err)
		}

		must(t, db.ReportTask(ctx, fx.justice, id, 1, plan.TaskReport{Text: "Đã trả lời.", Done: true}))
		wantKind(t, db.ReopenTask(ctx, fx.office, id, 2, "Chưa đạt"), doithoai.NotAllowed, "")
		must(t, db.ReopenTask(ctx, fx.chair, id, 2, "Chưa nói nguyên nhân"))
		wantKind(t, db.DropTask(ctx, fx.office, id, 3, "Không cần"), doithoai.NotAllowed, "")
		must(t, db.DropTask(ctx, fx.chair, id, 3, "Đã giao việc khác"))
	})
}

// What a directive is about is never read beyond what its source is: an opinion of another authority, a figure that
// there is not.
func TestDirectiveGround(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.bring(t, db, 1, ruled).Opinions[0]
		g, err := db.DirectiveGround(ctx, fx.chair, doithoai.DirectiveSource{From: doithoai.FromOpinion, Number: o.Number})
		must(t, err)
		if g.Count != 1 || g.UnitID != fx.units["tu-phap-ho-tich"].ID {
			t.Errorf("of an opinion: %+v", g)
		}
		for _, s := range []doithoai.DirectiveSource{
			{From: doithoai.FromOpinion, Number: "ND-26-9999"}, {From: "other"},
			{From: doithoai.FromPromise, PromiseID: o.ID}, {From: doithoai.FromDialogue, DialogueID: o.ID},
		} {
			_, err := db.DirectiveGround(ctx, fx.chair, s)
			wantKind(t, err, doithoai.NotFound, "")
		}
	})
}

// The trend is of dialogues that are over, and says what their reports say.
func TestDialogueTrends(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		trend, err := db.DialogueTrends(ctx, fx.chair, 4)
		must(t, err)
		if len(trend) != 0 {
			t.Errorf("before any is over: %+v", trend)
		}
		_, err = db.DialogueTrends(ctx, fx.justice, 4)
		wantKind(t, err, doithoai.NotAllowed, "")
	})
}
