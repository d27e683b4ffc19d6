package store

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// drafts of registered questions in tests.
var testDraft = doithoai.Answer{Body: "Hồ sơ đã có kết quả, mời ông/bà đến nhận.", Basis: "Luật Đất đai 2024"}

// asked gives the question of an opinion to the justice unit.
func (fx *fixture) asked(t testing.TB, db *DB, id doithoai.ID) {
	t.Helper()
	must(t, db.TriageQuestion(ctxOf(t), fx.office, id, 0, fx.justice.UnitID, "Nêu rõ ngày.", db.Now().Date()))
}

// registered hands in a slip for the dialogue and returns its opinion.
func (fx *fixture) registered(t testing.TB, db *DB, n int) doithoai.Opinion {
	t.Helper()
	s := fx.slip("Thủ tục đất đai của gia đình tôi bao giờ xong?")
	s.DialogueID = fx.dialogue.ID
	r, err := db.SubmitSlip(ctxOf(t), fx.resident, key(n), s)
	must(t, err)
	return r.Opinions[0]
}

func triage(change func(*fixture, *DB, *doithoai.ID, *string, *calendar.Date)) actOn {
	return func(ctx context.Context, db *DB, fx *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
		unit, note, due := fx.justice.UnitID, "Nêu rõ ngày.", db.Now().Date()
		change(fx, db, &unit, &note, &due)
		return db.TriageQuestion(ctx, a, id, version, unit, note, due)
	}
}

func TestTriageQuestion(t *testing.T) {
	opinionActs["TriageQuestion"].test(t)
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.registered(t, db, 1)
		fx.asked(t, db, o.ID)
		file, err := db.OpinionFile(ctx, fx.office, o.ID)
		must(t, err)
		if file.Petition != nil || file.Opinion.Ruling != "" {
			t.Errorf("to prepare is no ruling: %+v, %+v", file.Petition, file.Opinion)
		}
		if file.Prepared == nil || file.Prepared.UnitID != fx.justice.UnitID {
			t.Errorf("prepared: %+v", file.Prepared)
		}
		// The unit sees it, its own alone; another one does not; nobody there sees the opinion's file.
		rows, _, err := db.Questions(ctx, fx.justice, fx.dialogue.ID)
		must(t, err)
		if len(rows) != 1 || rows[0].Opinion.ID != o.ID || rows[0].Question.Note != "Nêu rõ ngày." {
			t.Errorf("the unit sees %+v", rows)
		}
		rows, _, err = db.Questions(ctx, fx.land, fx.dialogue.ID)
		must(t, err)
		if len(rows) != 0 {
			t.Errorf("another unit sees %d questions", len(rows))
		}
		must(t, second(db.QuestionFile(ctx, fx.justice, o.ID)))
		wantKind(t, second(db.QuestionFile(ctx, fx.land, o.ID)), doithoai.NotAllowed, "")
		wantKind(t, second(db.OpinionFile(ctx, fx.justice, o.ID)), doithoai.NotAllowed, "")
		wantKind(t, second(db.ViewPetitioner(ctx, fx.justice, o.ID, "answer")), doithoai.NotAllowed, "")
		// Another unit gets it instead.
		must(t, db.TriageQuestion(ctx, fx.office, o.ID, 1, fx.land.UnitID, "", db.Now().Date()))
		wantKind(t, second(db.QuestionFile(ctx, fx.justice, o.ID)), doithoai.NotAllowed, "")
		tally, err := db.QuestionTally(ctx, fx.chair, fx.dialogue.ID)
		must(t, err)
		if tally.Given() != 1 || tally.Asked != 1 || tally.Untriaged != 0 || len(tally.Missing) != 1 {
			t.Errorf("tally %+v", tally)
		}
		wantClean(t, db)
	})
}

func TestReturnQuestion(t *testing.T) {
	opinionActs["ReturnQuestion"].test(t)
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.registered(t, db, 1)
		fx.asked(t, db, o.ID)
		must(t, db.ReturnQuestion(ctx, fx.justice, o.ID, 1, "Thuộc Địa chính."))
		file, err := db.QuestionFile(ctx, fx.office, o.ID)
		must(t, err)
		if file.Prepared.State != plan.QuestionReturned || file.Prepared.Reason != "Thuộc Địa chính." {
			t.Errorf("the question is %+v", file.Prepared)
		}
		wantKind(t, db.PrepareAnswer(ctx, fx.justice, o.ID, 2, testDraft, ""), doithoai.Conflict, "")
		must(t, db.TriageQuestion(ctx, fx.office, o.ID, 2, fx.land.UnitID, "", db.Now().Date()))
		wantClean(t, db)
	})
}

// Every version of a draft stays; a later one is to be checked again; once there is a ruling, nothing is prepared.
func TestPrepareAnswer(t *testing.T) {
	opinionActs["PrepareAnswer"].test(t)
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.registered(t, db, 1)
		fx.asked(t, db, o.ID)
		other := testDraft
		other.Body = "Bản sửa: hồ sơ có kết quả ngày 05/10."
		must(t, db.PrepareAnswer(ctx, fx.justice, o.ID, 1, testDraft, doithoai.RulingOnTheSpot))
		must(t, db.ReadyAnswer(ctx, fx.office, o.ID, 2))
		must(t, db.PrepareAnswer(ctx, fx.justice, o.ID, 3, other, ""))
		file, err := db.QuestionFile(ctx, fx.justice, o.ID)
		must(t, err)
		if q := file.Prepared; q.State != plan.QuestionDrafted || q.Body != other.Body || q.Ruling != "" || q.ReadyBy != "" {
			t.Errorf("the question is %+v", q)
		}
		var kept []string
		for _, e := range file.Events {
			if e.Act == doithoai.ActPrepareAnswer {
				kept = append(kept, file.Texts[e.Leaf])
			}
		}
		if len(kept) != 2 || !strings.HasPrefix(kept[0], testDraft.Body) || !strings.HasPrefix(kept[1], other.Body) {
			t.Errorf("versions kept: %q", kept)
		}
		_, err = db.RuleOpinion(ctx, fx.secretary, o.ID, o.Version, fx.later())
		must(t, err)
		wantKind(t, db.PrepareAnswer(ctx, fx.justice, o.ID, 4, testDraft, ""), doithoai.Conflict,
			"prepare.question.problem.ruled")
		wantKind(t, db.TriageQuestion(ctx, fx.office, o.ID, 4, fx.land.UnitID, "", db.Now().Date()), doithoai.Conflict,
			"prepare.question.problem.ruled")
		wantClean(t, db)
	})
}

func TestReadyAnswer(t *testing.T) {
	opinionActs["ReadyAnswer"].test(t)
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.registered(t, db, 1)
		fx.asked(t, db, o.ID)
		head := fx.justice
		head.Roles, head.Seats = []doithoai.Role{doithoai.RoleUnitHead}, nil
		wantKind(t, db.ReadyAnswer(ctx, head, o.ID, 1), doithoai.Conflict, "") // nothing is drafted
		must(t, db.PrepareAnswer(ctx, fx.justice, o.ID, 1, testDraft, ""))
		wantKind(t, db.ReadyAnswer(ctx, fx.justice, o.ID, 2), doithoai.NotAllowed, "")
		must(t, db.ReadyAnswer(ctx, head, o.ID, 2))
		b, err := db.Briefing(ctx, fx.chair, fx.dialogue.ID, BriefingPart{Limit: 50})
		must(t, err)
		if b.More || b.Total != 1 || b.Items[0].Question.State != plan.QuestionReady ||
			b.Items[0].Question.Body != testDraft.Body {
			t.Errorf("the briefing holds %+v", b)
		}
		wantKind(t, second(db.Briefing(ctx, fx.justice, fx.dialogue.ID, BriefingPart{})), doithoai.NotAllowed, "")
		wantClean(t, db)
	})
}

func third[A, B any](_ A, _ B, err error) error { return err }

// A question about conduct is prepared by the office, never by the unit of whom it is about, and those never learn of
// it; a denunciation is in no list.
func TestQuestionsOnConduct(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.registered(t, db, 1)
		must(t, db.NameConcerned(ctx, fx.office, o.ID, o.Version, []doithoai.ID{fx.justice.ID}))
		for _, unit := range []doithoai.ID{fx.justice.UnitID, fx.land.UnitID} {
			err := db.TriageQuestion(ctx, fx.office, o.ID, 0, unit, "", db.Now().Date())
			wantKind(t, err, doithoai.Invalid, "")
		}
		must(t, db.TriageQuestion(ctx, fx.office, o.ID, 0, fx.office.UnitID, "", db.Now().Date()))
		must(t, db.PrepareAnswer(ctx, fx.office2, o.ID, 1, testDraft, ""))
		both := fx.justice
		both.Roles, both.Seats = []doithoai.Role{doithoai.RoleUnitOfficer, doithoai.RoleSecretary}, nil
		wantKind(t, second(db.QuestionFile(ctx, both, o.ID)), doithoai.NotFound, "")
		rows, _, err := db.Questions(ctx, both, fx.dialogue.ID)
		must(t, err)
		if len(rows) != 0 {
			t.Errorf("whom it is about sees %d questions", len(rows))
		}
		bad := fx.registered(t, db, 2)
		fx.asked(t, db, bad.ID)
		_, err = db.RuleOpinion(ctx, fx.secretary, bad.ID, bad.Version,
			doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})
		must(t, err)
		for _, a := range []doithoai.Actor{fx.office, fx.chair, fx.justice, fx.land} {
			rows, _, err := db.Questions(ctx, a, fx.dialogue.ID)
			must(t, err)
			work, _, err := db.QuestionsToPrepare(ctx, a)
			must(t, err)
			if slices.ContainsFunc(append(rows, work...), func(r QuestionRow) bool { return r.Opinion.ID == bad.ID }) {
				t.Errorf("a denunciation is in a list of %s", a.Name)
			}
			wantKind(t, second(db.QuestionFile(ctx, a, bad.ID)), doithoai.NotFound, "")
		}
		wantClean(t, db)
	})
}

// What waits for a unit is on its desk, the earliest due first.
func TestQuestionsToPrepare(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		one, two := fx.registered(t, db, 1), fx.registered(t, db, 2)
		today := db.Now().Date()
		must(t, db.TriageQuestion(ctx, fx.office, one.ID, 0, fx.justice.UnitID, "", today.AddDays(1)))
		must(t, db.TriageQuestion(ctx, fx.office, two.ID, 0, fx.justice.UnitID, "", today))
		rows, more, err := db.QuestionsToPrepare(ctx, fx.justice)
		must(t, err)
		if more || len(rows) != 2 || rows[0].Opinion.ID != two.ID {
			t.Errorf("the unit's desk: %+v", rows)
		}
		must(t, db.PrepareAnswer(ctx, fx.justice, two.ID, 1, testDraft, ""))
		if rows, _, err = db.QuestionsToPrepare(ctx, fx.justice); err != nil || len(rows) != 1 {
			t.Errorf("after a draft: %+v, %v", rows, err)
		}
		for _, a := range []doithoai.Actor{fx.land, fx.chair, fx.admin} {
			if rows, _, err = db.QuestionsToPrepare(ctx, a); err != nil || len(rows) != 0 {
				t.Errorf("another desk: %+v, %v", rows, err)
			}
		}
	})
}

// Beside a question of the briefing stand opinions that say much of the same, though nobody has answered them.
func TestBriefingShowsAlike(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		one, other := fx.registered(t, db, 1), fx.registered(t, db, 2)
		b, err := db.Briefing(ctxOf(t), fx.chair, fx.dialogue.ID, BriefingPart{Limit: 50})
		must(t, err)
		if b.Total != 2 || len(b.Items[0].Alike) != 1 || b.Items[0].Alike[0].Opinion.ID != other.ID ||
			len(b.Items[1].Alike) != 1 || b.Items[1].Alike[0].Opinion.ID != one.ID {
			t.Errorf("the briefing holds %+v", b)
		}
	})
}

// What stands beside a question is looked for by regular work, held for a while, and found anew: with what is public by
// then, without what is withdrawn or nobody may see any more.
func TestPrepareBriefings(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		beside := func() (n int) {
			b, err := db.Briefing(ctx, fx.chair, fx.dialogue.ID, BriefingPart{Limit: 50})
			must(t, err)
			for _, item := range b.Items {
				n += len(item.Alike)
			}
			return n
		}
		fx.registered(t, db, 1)
		must(t, db.PrepareBriefings(ctx))
		if n := beside(); n != 0 {
			t.Errorf("%d beside the only question", n)
		}
		fx.registered(t, db, 2)
		if n := beside(); n != 1 { // of the new one, which is looked for when it is shown
			t.Errorf("%d beside two questions", n)
		}
		fx.clock.forward(besideLife)
		must(t, db.PrepareBriefings(ctx))
		if n := beside(); n != 2 {
			t.Errorf("%d beside two questions after an hour", n)
		}
		fx.to(fx.dialogue.StartsAt.Add(24 * time.Hour))
		must(t, db.PrepareBriefings(ctx))
		if n := len(db.besides.of); n != 0 {
			t.Errorf("%d are held when the dialogue is over", n)
		}
	})
}

// The book is read part by part, field by field in the order that is asked for; each question once.
func TestBriefingParts(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		var want []doithoai.RegisterNumber
		of := map[string][]doithoai.RegisterNumber{}
		for n, field := range []string{"dat-dai", "ho-tich", "", "dat-dai", "ho-tich"} {
			slip := fx.slip("Câu hỏi của phần này của tập tài liệu " + field)
			slip.DialogueID, slip.FieldCode = fx.dialogue.ID, field
			got, err := db.SubmitSlip(ctxOf(t), fx.resident, key(n+1), slip)
			must(t, err)
			of[field] = append(of[field], got.Opinions[0].Number)
		}
		want = slices.Concat(of["ho-tich"], of["dat-dai"], of[""])
		var have []doithoai.RegisterNumber
		for from := 0; from < 6; from += 2 {
			b, err := db.Briefing(ctxOf(t), fx.chair, fx.dialogue.ID,
				BriefingPart{Fields: []string{"ho-tich", "dat-dai"}, From: from, Limit: 2})
			must(t, err)
			if b.Total != 5 {
				t.Errorf("%d questions", b.Total)
			}
			for _, item := range b.Items {
				have = append(have, item.Opinion.Number)
			}
		}
		if !slices.Equal(have, want) {
			t.Errorf("read %v, want %v", have, want)
		}
	})
}
