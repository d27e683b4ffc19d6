package store

import (
	"testing"

	"doithoai"
)

// Five people ask the same: one answer, five receipts and five notices; the sum counts five, the matter is one.
func TestSituation3FiveAskTheSame(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		m := fx.matter(t, db, 1, 5)
		must(t, db.SubmitAnswer(ctx, fx.justice, m.ids[0], 1, testSetAnswer, m.with(1, 1, 2, 3, 4)...))
		must(t, db.SignAnswer(ctx, fx.chair, m.ids[0], 2, m.with(2, 1, 2, 3, 4)...))
		must(t, db.DispatchAnswer(ctx, fx.office, m.ids[0], 3, "214/UBND-VP", db.Now().Date(), m.with(3, 1, 2, 3, 4)...))
		codes := map[doithoai.ReceiptCode]bool{}
		for i, r := range m.received {
			codes[r.Code] = true
			followed, err := db.FollowSlip(ctx, fx.resident, r.Code)
			must(t, err)
			o := followed.Opinions[0]
			if o.Answer.Number != "214/UBND-VP" || o.Answer.Body != testSetAnswer.Body ||
				deliveriesOf(m.file(t, i))[doithoai.DeliveryAnswered] == 0 {
				t.Errorf("%d follows %+v, told %v", i, o.Answer, deliveriesOf(m.file(t, i)))
			}
			must(t, db.RateAnswer(ctx, fx.resident, r.Code, o.Opinion.Number,
				doithoai.Rating{Solved: doithoai.SolvedYes, Satisfied: 1 + i}))
		}
		if len(codes) != 5 || len(members(t, db, fx.office, m.ids[0])) != 4 {
			t.Errorf("%d receipts, the others are %v", len(codes), members(t, db, fx.office, m.ids[0]))
		}
		wantClean(t, db)
	})
}

// Land in the neighbouring commune: whoever lives anywhere is heard, the place of the matter stands apart from their
// address, and an explanation of where to go closes it, with address, telephone and hours.
func TestSituation4LandElsewhere(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		s := fx.slip("Thửa đất của tôi ở xã bên chưa có giấy chứng nhận.")
		s.Petitioner.VillageID, s.Petitioner.Address = "", "Số 5, đường Giả Định, xã Bên Cạnh"
		r, err := db.SubmitSlip(ctx, fx.resident, key(1), s)
		must(t, err)
		o := r.Opinions[0]
		must(t, db.ClassifyOpinion(ctx, fx.office, o.ID, o.Version, doithoai.Classification{
			Kind: doithoai.KindQuestion, Elsewhere: "Xã Bên Cạnh",
		}))
		must(t, second(db.RuleOpinion(ctx, fx.secretary, o.ID, o.Version+1, elsewhere())))
		f, err := db.OpinionFile(ctx, fx.office, o.ID)
		must(t, err)
		if f.Opinion.PlaceElsewhere != "Xã Bên Cạnh" || f.Petition != nil {
			t.Errorf("it lies in %q, and is still open: %+v", f.Opinion.PlaceElsewhere, f.Petition)
		}
		followed, err := db.FollowSlip(ctx, fx.resident, r.Code)
		must(t, err)
		if got := followed.Opinions[0].Redirect; got != elsewhere().Body.Contact() {
			t.Errorf("the person reads where to go: %+v", got)
		}
		wantClean(t, db)
	})
}

// An answer proves wrong: it is corrected, who was told the old one is told the new, and the old one is marked as
// replaced wherever it went: in the file, on the page that the person follows, in public and in the search.
func TestSituation8AnswerProvesWrong(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, corrected)
		o := r.Opinions[0]
		f, err := db.OpinionFile(ctx, fx.office, o.ID)
		must(t, err)
		for _, d := range f.Deliveries {
			if d.Kind == doithoai.DeliveryAnswered && d.State != doithoai.DeliveryReplaced {
				t.Errorf("the old answer is still to be told: %+v", d)
			}
		}
		if f.Answer.Body != testCorrection.Body || len(f.Replaced) != 1 || deliveriesOf(f)[doithoai.DeliveryCorrected] == 0 {
			t.Errorf("in the file: %+v, replaced %+v", f.Answer, f.Replaced)
		}
		followed, err := db.FollowSlip(ctx, fx.resident, r.Code)
		must(t, err)
		if got := followed.Opinions[0]; got.Answer.Body != testCorrection.Body || len(got.Replaced) != 1 ||
			got.Replaced[0].Reason != testReason {
			t.Errorf("the person reads %+v, replaced %+v", got.Answer, got.Replaced)
		}
		public, err := db.PublishedByNumber(ctx, fx.authority.ID, o.Number)
		must(t, err)
		found, err := db.Search(ctx, fx.authority.ID, Search{Query: public.Title, Limit: 5})
		must(t, err)
		if public.ReplacedAt.IsZero() || len(found.Answers) != 1 || found.Answers[0].ReplacedAt.IsZero() {
			t.Errorf("in public %+v, found %+v", public, found.Answers)
		}
		wantClean(t, db)
	})
}

// The chair changes a date in ink while signing: the signed paper is the document, and what the system says is amended
// in the same act.
func TestSituation9DateChangedInInk(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, submitted)
		id := r.Opinions[0].ID
		w := fx.onPaper(t, db, fx.office, "đã ký.jpg")
		w.Words, w.Compared, w.Number, w.Dated = inkAnswer, true, "15/UBND", db.Now().Date()
		must(t, db.SignOnPaper(ctx, fx.office, id, 2, w))
		papers, err := db.SignedPapers(ctx, fx.chair, id)
		must(t, err)
		if len(papers.Papers) != 1 || papers.Papers[0].HandedIn != testAnswer {
			t.Errorf("what was handed in is kept as %+v", papers.Papers)
		}
		followed, err := db.FollowSlip(ctx, fx.resident, r.Code)
		must(t, err)
		if got := followed.Opinions[0].Answer; got.Body != inkAnswer.Body || got.Number != "15/UBND" {
			t.Errorf("the person reads %+v", got)
		}
		wantClean(t, db)
	})
}

// The office numbers its papers in the province's system: our register takes the number that was given there, however
// it is spelt, once.
func TestSituation16NumberFromAnotherSystem(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		today := db.Now().Date()
		first, other := fx.bring(t, db, 1, signed).Opinions[0].ID, fx.bring(t, db, 2, signed).Opinions[0].ID
		must(t, db.DispatchAnswer(ctx, fx.office, first, 3, "2417/UBND-VP", today))
		f, err := db.OpinionFile(ctx, fx.office, first)
		must(t, err)
		if f.Answer.Number != "2417/UBND-VP" || f.Answer.Dated != today {
			t.Errorf("it is %+v", f.Answer)
		}
		for _, spelt := range []string{"2417/UBND-VP", "2417/ubnd-vp", "02417/UBND-VP"} {
			if p := doithoai.ProblemsOf(db.DispatchAnswer(ctx, fx.office, other, 3, spelt, today)); len(p) != 1 {
				t.Errorf("another answer takes %q: %+v", spelt, p)
			}
		}
		must(t, db.DispatchAnswer(ctx, fx.office, other, 3, "9/UBND-VP", today)) // numbers need not follow each other
		wantClean(t, db)
	})
}

// A quarrelsome person reopens without end: once at their word, then only with new facts, and the chair decides with a
// ground that the person reads. Late stays late, and in time stays in time.
func TestSituation17ReopensWithoutEnd(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, toReopen)
		o := r.Opinions[0]
		version := 9
		for range 3 {
			must(t, db.RefuseReopening(ctx, fx.chair, o.ID, version, notAgain))
			wantKind(t, db.ReopenByCode(ctx, fx.resident, r.Code, o.Number, doithoai.Reopening{Said: "Vẫn chưa.", Answer: 1}),
				doithoai.Conflict, "reopening.problem.again")
			must(t, db.ReopenByCode(ctx, fx.resident, r.Code, o.Number, newFacts))
			version += 2
		}
		must(t, db.RefuseReopening(ctx, fx.chair, o.ID, version, notAgain))
		followed, err := db.FollowSlip(ctx, fx.resident, r.Code)
		must(t, err)
		got := followed.Opinions[0]
		last := got.Reopenings[len(got.Reopenings)-1]
		if len(got.Reopenings) != 5 || last.State != doithoai.ReopeningRefused || last.Decision.Words != notAgain.Words ||
			last.Decision.Ground != notAgain.Ground || got.Petition.Missed {
			t.Errorf("the person reads %+v of %+v", last, got.Petition)
		}
		wantClean(t, db)
	})
}

// Used once a year: the dialogue is rehearsed on a copy, in which everything is done as on the day; of that nothing
// comes into the register, and the copy has nobody's data.
func TestSituation18RehearsalOnACopy(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		must(t, second(db.SubmitSlip(ctx, fx.resident, key(1), fx.slip("Đèn đường hỏng."))))
		before := fingerprint(t, db)
		to := rehearsing(t, fx.dialogue)
		d, err := db.CopyForRehearsal(ctx, fx.secretary, fx.dialogue.ID, "dien-tap-1", to)
		must(t, err)
		wantRehearsal(ctx, t, to, d, fx)
		playThrough(ctx, t, to, d, fx)
		wantSame(t, before, fingerprint(t, db))
	})
}
