package store

import (
	"context"
	"errors"
	"io"
	"sync"
	"testing"

	"doithoai"
	"doithoai/calendar"
)

// inkAnswer is [testAnswer] as the chair changed it by pen.
var inkAnswer = doithoai.Answer{
	Body: "Hồ sơ thủ tục đất đai của bà được giải quyết ngày 12/11.", Basis: testAnswer.Basis,
}

// onPaper is a paper that the chair signed today as it was submitted, with a scan of the actor's.
func (fx *fixture) onPaper(t testing.TB, db *DB, by doithoai.Actor, name string) doithoai.OnPaper {
	t.Helper()
	return doithoai.OnPaper{
		Signer: fx.chair.ID, On: db.Now().Date(), Words: testAnswer, Scans: []doithoai.ID{fx.upload(t, db, by, name).ID},
	}
}

func TestSignOnPaper(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, submitted).Opinions[0].ID
		before, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		w := fx.onPaper(t, db, fx.office, "a.jpg")
		for _, denied := range []doithoai.Actor{fx.chair, fx.secretary, fx.justice, fx.land} {
			wantKind(t, db.SignOnPaper(ctx, denied, id, 2, w), doithoai.NotAllowed, "")
		}
		wantKind(t, db.SignOnPaper(ctx, fx.everyRole(), id, 2, w), doithoai.NotFound, "")
		for _, stale := range []int{1, 3} {
			wantKind(t, db.SignOnPaper(ctx, fx.office, id, stale, w), doithoai.Conflict, "")
		}
		wrong := w
		wrong.Signer = fx.justice.ID
		wantKind(t, db.SignOnPaper(ctx, fx.office, id, 2, wrong), doithoai.Invalid, "")
		wrong = w
		wrong.Words = inkAnswer
		wantKind(t, db.SignOnPaper(ctx, fx.office, id, 2, wrong), doithoai.Invalid, "")
		wrong = w
		wrong.Scans = []doithoai.ID{fx.upload(t, db, fx.secretary, "bc.jpg").ID} // another's upload
		wantKind(t, db.SignOnPaper(ctx, fx.office, id, 2, wrong), doithoai.Invalid, "")
		wrong = w
		wrong.Number, wrong.Dated = "5/UBND", w.On.AddDays(-1) // dated before it was signed: nothing is done
		wantKind(t, db.SignOnPaper(ctx, fx.office, id, 2, wrong), doithoai.Invalid, "")
		wantClean(t, db)

		w.Words, w.Compared = inkAnswer, true
		must(t, db.SignOnPaper(ctx, fx.office, id, 2, w))
		f, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		a := f.Submitted
		last := f.Events[len(f.Events)-1]
		if f.Petition.State != doithoai.PetitionSigned || f.Petition.Due != before.Petition.Due || f.Petition.Missed ||
			a.Body != inkAnswer.Body || a.Paper == "" || a.SignedAt != calendar.InstantAt(w.On, 0, 0) ||
			last.Facts.Signer != fx.chair.ID || last.Facts.SignedOn != w.On || len(last.Facts.Files) != 1 ||
			f.Texts[last.Leaf] != answerRecord(inkAnswer) {
			t.Errorf("%+v, %+v, %+v", f.Petition, a, last)
		}
		papers, err := db.SignedPapers(ctx, fx.chair, id)
		must(t, err)
		if len(papers.Papers) != 1 || papers.Papers[0].HandedIn != testAnswer || papers.Papers[0].By != fx.office.ID {
			t.Errorf("%+v", papers)
		}
		wantKind(t, db.SignOnPaper(ctx, fx.office, id, 3, w), doithoai.Conflict, "")
		must(t, db.DispatchAnswer(ctx, fx.office, id, 3, "5/UBND", db.Now().Date()))
		wantClean(t, db)

		// A signature that somebody alters in the database is found.
		must(t, db.act(ctx, func(tx *Tx) error {
			return tx.exec(ctx, `UPDATE paper_signature SET signed_on = $1`, w.On.AddDays(-1))
		}))
		findings, _, _, err := db.Verify(ctx)
		must(t, err)
		if len(findings) != 1 || findings[0].What != "answer" {
			t.Errorf("found %v", findings)
		}
	})
}

// A paper that bears its number goes out in the same act; in time is when it went out, not when it was signed.
func TestSignOnPaperAndDispatch(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, submitted).Opinions[0].ID
		f, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		signedOn := db.Now().Date()
		fx.to(calendar.InstantAt(f.Petition.Due.AddDays(5), 9, 0))
		w := fx.onPaper(t, db, fx.office, "a.jpg")
		w.On, w.Number, w.Dated = signedOn, "5/UBND", signedOn
		must(t, db.SignOnPaper(ctx, fx.office, id, 2, w))
		f, err = db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		if p := f.Petition; p.State != doithoai.PetitionAnswered || !p.Missed || p.AnsweredAt != db.Now() {
			t.Errorf("%+v", p)
		}
		wantClean(t, db)
	})
}

func TestTakeBackPaper(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, submitted).Opinions[0].ID
		w := fx.onPaper(t, db, fx.office, "a.jpg")
		w.Words, w.Compared = inkAnswer, true
		must(t, db.SignOnPaper(ctx, fx.office, id, 2, w))
		other := inRole(fx.land, doithoai.RoleOffice)
		wantKind(t, db.TakeBackPaper(ctx, other, id, 3), doithoai.NotAllowed, "")
		wantKind(t, db.TakeBackPaper(ctx, fx.chair, id, 3), doithoai.NotAllowed, "")
		wantKind(t, db.TakeBackPaper(ctx, fx.everyRole(), id, 3), doithoai.NotFound, "")
		wantKind(t, db.TakeBackPaper(ctx, fx.office, id, 2), doithoai.Conflict, "")
		must(t, db.TakeBackPaper(ctx, fx.office, id, 3))
		f, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		if a := f.Submitted; f.Petition.State != doithoai.PetitionSubmitted || a.Body != testAnswer.Body || a.Paper != "" ||
			a.SignedBy != "" || !a.SignedAt.IsZero() {
			t.Errorf("%+v, %+v", f.Petition, a)
		}
		wantClean(t, db)
		must(t, db.SignAnswer(ctx, fx.chair, id, 4)) // in the system after all
		wantKind(t, db.TakeBackPaper(ctx, fx.office, id, 5), doithoai.Conflict, "")
		wantClean(t, db)

		// The day after it stands.
		next := fx.bring(t, db, 2, submitted).Opinions[0].ID
		must(t, db.SignOnPaper(ctx, fx.office, next, 2, fx.onPaper(t, db, fx.office, "b.jpg")))
		fx.to(calendar.InstantAt(db.Now().Date().AddDays(1), 8, 0))
		wantKind(t, db.TakeBackPaper(ctx, fx.office, next, 3), doithoai.Conflict, "paper_signature.problem.same_day")
	})
}

// One paper is the answer to all of a set, and is taken back for all of them.
func TestSignOnPaperForSeveral(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		m := fx.matter(t, db, 1, 3)
		must(t, db.SubmitAnswer(ctx, fx.justice, m.ids[0], 1, testAnswer, m.with(1, 1, 2)...))
		w := fx.onPaper(t, db, fx.office, "a.jpg")
		wantKind(t, db.SignOnPaper(ctx, fx.office, m.ids[0], 2, w, m.with(2, 1)...), doithoai.Conflict, "")
		must(t, db.SignOnPaper(ctx, fx.office, m.ids[0], 2, w, m.with(2, 1, 2)...))
		for _, id := range m.ids {
			papers, err := db.SignedPapers(ctx, fx.office, id)
			must(t, err)
			if len(papers.Papers) != 1 || len(papers.Papers[0].Files) != 1 {
				t.Errorf("%+v", papers)
			}
		}
		must(t, db.TakeBackPaper(ctx, fx.office, m.ids[1], 3, m.with(3, 0, 2)...))
		wantClean(t, db)
		again := fx.onPaper(t, db, fx.office, "bc.jpg")
		again.Number, again.Dated = "5/UBND", db.Now().Date()
		must(t, db.SignOnPaper(ctx, fx.office, m.ids[2], 4, again, m.with(4, 0, 1)...))
		wantClean(t, db)
	})
}

// Personal data that ends takes along what signed papers hold: the words handed in, and the scan.
func TestErasePapers(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.bring(t, db, 1, submitted).Opinions[0]
		must(t, db.SignOnPaper(ctx, fx.office, o.ID, 2, fx.onPaper(t, db, fx.office, "a.jpg")))
		must(t, db.act(ctx, func(tx *Tx) error { return tx.erasePapers(ctx, fx.office, o.SlipID) }))
		papers, err := db.SignedPapers(ctx, fx.office, o.ID)
		must(t, err)
		if len(papers.Papers) != 1 || papers.Papers[0].HandedIn.Body != "" ||
			papers.Papers[0].Files[0].Name != "" || papers.Papers[0].Files[0].RemovedAt.IsZero() {
			t.Errorf("%+v", papers)
		}
	})
}

// The scan opens to who may see it after a view is on record, and never to whom an opinion it answers is about.
func TestViewPaper(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, submitted).Opinions[0].ID
		wantKind(t, db.ViewPaper(ctx, fx.office, id), doithoai.NotFound, "")
		w := fx.onPaper(t, db, fx.office, "a.jpg")
		must(t, db.SignOnPaper(ctx, fx.office, id, 2, w))
		_, _, err := db.OpenPaper(ctx, fx.justice, id, w.Scans[0])
		if !errors.Is(err, ErrNotViewed) {
			t.Errorf("opened without a view: %v", err)
		}
		must(t, db.ViewPaper(ctx, fx.justice, id))
		_, f, err := db.OpenPaper(ctx, fx.justice, id, w.Scans[0])
		must(t, err)
		b, err := io.ReadAll(f)
		must(t, errors.Join(err, f.Close()))
		if len(b) == 0 {
			t.Error("the scan is empty")
		}
		for _, denied := range []doithoai.Actor{fx.secretary, fx.land} {
			wantKind(t, db.ViewPaper(ctx, denied, id), doithoai.NotAllowed, "")
			_, _, err := db.OpenPaper(ctx, denied, id, w.Scans[0])
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		wantKind(t, db.ViewPaper(ctx, fx.everyRole(), id), doithoai.NotFound, "")
		wantClean(t, db)
	})
}

// Of a signature on paper and one in the system exactly one is kept.
func TestPaperAgainstSystem(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		for n := range 4 {
			id := fx.bring(t, db, n+1, submitted).Opinions[0].ID
			w := fx.onPaper(t, db, fx.office, "aaaaaaa"[:n+1]+".jpg")
			acts := []func(context.Context) error{
				func(ctx context.Context) error { return db.SignOnPaper(ctx, fx.office, id, 2, w) },
				func(ctx context.Context) error { return db.SignAnswer(ctx, fx.chair, id, 2) },
			}
			var all sync.WaitGroup
			errs := make([]error, len(acts))
			for i, act := range acts {
				all.Go(func() { errs[i] = act(ctx) })
			}
			all.Wait()
			won := 0
			for _, err := range errs {
				if err == nil {
					won++
				} else {
					wantKind(t, err, doithoai.Conflict, "")
				}
			}
			if won != 1 {
				t.Errorf("%v", errs)
			}
		}
		wantClean(t, db)
	})
}
