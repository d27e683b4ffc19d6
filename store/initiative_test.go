package store

import (
	"testing"
	"time"

	"doithoai"
)

var applied = doithoai.InitiativeDecision{Outcome: doithoai.InitiativeApplied, Why: "Áp dụng ở cả bốn thôn."}

// propose makes an opinion an initiative, and returns its version then.
func (fx *fixture) propose(t testing.TB, db *DB, id doithoai.ID) int {
	t.Helper()
	f, err := db.OpinionFile(ctxOf(t), fx.office, id)
	must(t, err)
	must(t, db.ClassifyOpinion(ctxOf(t), fx.office, id, f.Opinion.Version,
		doithoai.Classification{Kind: doithoai.KindInitiative, Content: 8}))
	return f.Opinion.Version + 1
}

// An initiative ends in a decision with its reason, which who proposed it and the public read; it is in the register
// until then, and can be decided otherwise later.
func TestDecideInitiative(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		shown := func(f Filter) int {
			f.Tab, f.Limit = TabAll, 10
			rows, _, err := db.Register(ctx, fx.chair, f)
			must(t, err)
			return len(rows)
		}
		plain := fx.bring(t, db, 1, ruled).Opinions[0]
		wantKind(t, db.DecideInitiative(ctx, fx.chair, plain.ID, 2, applied), doithoai.Conflict,
			"initiative.problem.not_decidable")

		got := fx.bring(t, db, 2, published)
		id := got.Opinions[0].ID
		version := fx.propose(t, db, id)
		if n := shown(Filter{Undecided: true}); n != 1 {
			t.Errorf("%d are undecided", n)
		}
		for _, a := range []doithoai.Actor{fx.justice, fx.office, fx.secretary} {
			wantKind(t, db.DecideInitiative(ctx, a, id, version, applied), doithoai.NotAllowed, "")
		}
		wantKind(t, db.DecideInitiative(ctx, fx.chair, id, version-1, applied), doithoai.Conflict, "error.conflict")
		named := applied
		named.Why += " Cảm ơn ông " + fx.slip("x").Petitioner.Name + "."
		wantKind(t, db.DecideInitiative(ctx, fx.chair, id, version, named), doithoai.Invalid, "")
		before, err := db.OpinionFile(ctx, fx.chair, id)
		must(t, err)
		must(t, db.DecideInitiative(ctx, fx.chair, id, version, applied))
		f, err := db.OpinionFile(ctx, fx.chair, id)
		must(t, err)
		if f.Opinion.Outcome != applied.Outcome || f.Decision.Why != applied.Why || f.Decision.By != fx.chair.ID ||
			f.Decision.At.IsZero() || f.Petition.Version != before.Petition.Version {
			t.Errorf("decided %+v, %+v", f.Opinion, f.Decision)
		}
		told := deliveriesOf(f)[doithoai.DeliveryInitiative]
		if told == 0 || told != deliveriesOf(f)[doithoai.DeliveryAnswered] {
			t.Errorf("told %+v", deliveriesOf(f))
		}
		p, err := db.PublishedByNumber(ctx, fx.authority.ID, f.Opinion.Number)
		must(t, err)
		if p.Decision.Outcome != applied.Outcome || p.Decision.Why != applied.Why || p.Undecided() {
			t.Errorf("public: %+v", p.Decision)
		}
		if shown(Filter{Undecided: true}) != 0 || shown(Filter{Outcome: applied.Outcome}) != 1 ||
			shown(Filter{Outcome: doithoai.InitiativePartly}) != 0 {
			t.Error("the register narrows to what was decided")
		}
		wantKind(t, db.DecideInitiative(ctx, fx.chair, id, version+1, applied), doithoai.Invalid, "")
		wantKind(t, db.ClassifyOpinion(ctx, fx.office, id, version+1, doithoai.Classification{Kind: doithoai.KindPetition}),
			doithoai.Invalid, "")

		// Otherwise later: who waits to be told of the first is told of the second alone.
		fx.clock.forward(time.Hour)
		no := doithoai.InitiativeDecision{Outcome: doithoai.InitiativeNotApplied, Why: "Quy định mới không còn cho phép."}
		must(t, db.DecideInitiative(ctx, fx.chair, id, version+1, no))
		f, err = db.OpinionFile(ctx, fx.chair, id)
		must(t, err)
		if f.Opinion.Outcome != no.Outcome || f.Decision.Why != no.Why ||
			deliveriesOf(f)[doithoai.DeliveryInitiative] != told {
			t.Errorf("decided again %+v, told %+v", f.Decision, deliveriesOf(f))
		}
		wantClean(t, db)

		// Before the answer nobody is told: it comes with the answer.
		early := fx.bring(t, db, 3, submitted).Opinions[0].ID
		must(t, db.DecideInitiative(ctx, fx.chair, early, fx.propose(t, db, early), applied))
		f, err = db.OpinionFile(ctx, fx.chair, early)
		must(t, err)
		if deliveriesOf(f)[doithoai.DeliveryInitiative] != 0 || f.Petition.State != doithoai.PetitionSubmitted {
			t.Errorf("before the answer: %+v", deliveriesOf(f))
		}
		wantClean(t, db)
	})
}

// What several were answered in one is decided for them in one; who is decided already, or proposed nothing, is left
// alone.
func TestDecideInitiativeTogether(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		m := fx.matter(t, db, 1, 4)
		must(t, db.SubmitAnswer(ctx, fx.justice, m.ids[0], 1, testSetAnswer, m.with(1, 1, 2, 3)...))
		var versions []int
		for _, id := range m.ids[:3] {
			versions = append(versions, fx.propose(t, db, id))
		}
		wantKind(t, db.DecideInitiative(ctx, fx.chair, m.ids[0], versions[0], doithoai.InitiativeDecision{
			Outcome: doithoai.InitiativeApplied, Why: "Theo ý ông Trần Văn Người Thứ II.",
		}), doithoai.Invalid, "") // names another one of them
		must(t, db.DecideInitiative(ctx, fx.chair, m.ids[0], versions[0], applied))
		for i, want := range []doithoai.InitiativeOutcome{applied.Outcome, applied.Outcome, applied.Outcome, ""} {
			f := m.file(t, i)
			last := f.Events[len(f.Events)-1]
			if f.Opinion.Outcome != want || want != "" && last.Facts.Together != 3 {
				t.Errorf("%d: %q, %+v", i, f.Opinion.Outcome, last.Facts)
			}
		}
		// One of them otherwise: the others stay.
		must(t, db.DecideInitiative(ctx, fx.chair, m.ids[1], versions[1]+1, doithoai.InitiativeDecision{
			Outcome: doithoai.InitiativeNotApplied, Why: "Thôn này không có chỗ.",
		}))
		if got := m.file(t, 2).Opinion.Outcome; got != applied.Outcome {
			t.Errorf("another one is %q", got)
		}
		wantClean(t, db)
	})
}
