package store

import (
	"context"
	"sync"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// inkCorrection is [testCorrection] as the chair changed it by pen.
var inkCorrection = doithoai.Answer{Body: testCorrection.Body + " Bà mang theo biên nhận.", Basis: testCorrection.Basis}

// correctionOnPaper is a paper of [testCorrection] that the chair signed today as it was handed in.
func (fx *fixture) correctionOnPaper(t testing.TB, db *DB, by doithoai.Actor, name string) doithoai.OnPaper {
	t.Helper()
	w := fx.onPaper(t, db, by, name)
	w.Words = testCorrection
	return w
}

func TestSignCorrectionOnPaper(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.correct(t, db, 1, correcting).Opinions[0].ID
		before, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		signers, err := db.PaperSigners(ctx, fx.office, id)
		if err != nil || len(signers) != 1 || signers[0].ID != fx.chair.ID {
			t.Errorf("signers %+v (%v)", signers, err)
		}
		w := fx.correctionOnPaper(t, db, fx.office, "a.jpg")
		for _, denied := range []doithoai.Actor{fx.chair, fx.secretary, fx.justice, fx.land} {
			wantKind(t, db.SignCorrectionOnPaper(ctx, denied, id, 1, w), doithoai.NotAllowed, "")
		}
		wantKind(t, db.SignCorrectionOnPaper(ctx, fx.everyRole(), id, 1, w), doithoai.NotFound, "")
		for _, stale := range []int{0, 2} {
			wantKind(t, db.SignCorrectionOnPaper(ctx, fx.office, id, stale, w), doithoai.Conflict, "")
		}
		for name, change := range map[string]func(*doithoai.OnPaper){
			"who may not sign": func(w *doithoai.OnPaper) { w.Signer = fx.justice.ID },
			"not compared":     func(w *doithoai.OnPaper) { w.Words = inkCorrection },
			"without a scan":   func(w *doithoai.OnPaper) { w.Scans = nil },
			"another's upload": func(w *doithoai.OnPaper) {
				w.Scans = []doithoai.ID{fx.upload(t, db, fx.secretary, "bc.jpg").ID}
			},
			"tomorrow":               func(w *doithoai.OnPaper) { w.On = w.On.AddDays(1) },
			"before it was read":     func(w *doithoai.OnPaper) { w.On = w.On.AddDays(-1) },
			"as the one before":      func(w *doithoai.OnPaper) { w.Words, w.Compared = before.Submitted, true },
			"dated before signing":   func(w *doithoai.OnPaper) { w.Number, w.Dated = "95/UBND", w.On.AddDays(-1) },
			"the number of another":  func(w *doithoai.OnPaper) { w.Number, w.Dated = "0001", w.On },
			"that, written in a way": func(w *doithoai.OnPaper) { w.Number, w.Dated = "1", w.On },
		} {
			wrong := w
			change(&wrong)
			if err := db.SignCorrectionOnPaper(ctx, fx.office, id, 1, wrong); doithoai.KindOf(err) != doithoai.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		wantClean(t, db)

		w.Words, w.Compared = inkCorrection, true
		must(t, db.SignCorrectionOnPaper(ctx, fx.office, id, 1, w))
		f, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		c, last := f.Correction, f.Events[len(f.Events)-1]
		if c.State != doithoai.CorrectionSigned || c.Answer.Body != inkCorrection.Body || c.Answer.Paper == "" ||
			c.Answer.SignedAt != calendar.InstantAt(w.On, 0, 0) || *f.Petition != *before.Petition ||
			f.Submitted != before.Submitted ||
			last.Facts.Signer != fx.chair.ID || last.Facts.SignedOn != w.On || len(last.Facts.Files) != 1 ||
			f.Texts[last.Leaf] != answerRecord(inkCorrection)+"\n\n"+testReason {
			t.Errorf("%+v, %+v", c, last)
		}
		papers, err := db.SignedPapers(ctx, fx.chair, id)
		must(t, err)
		if len(papers.Papers) != 1 || papers.Papers[0].HandedIn != testCorrection || papers.Papers[0].By != fx.office.ID {
			t.Errorf("%+v", papers)
		}
		wantKind(t, db.SignCorrectionOnPaper(ctx, fx.office, id, 2, w), doithoai.Conflict, "")
		wantClean(t, db)

		// The scan opens once the view is on record.
		_, _, err = db.OpenPaper(ctx, fx.chair, id, papers.Papers[0].Files[0].ID)
		if err != ErrNotViewed {
			t.Errorf("opened without a view: %v", err)
		}
		must(t, db.ViewPaper(ctx, fx.chair, id))
		_, scan, err := db.OpenPaper(ctx, fx.chair, id, papers.Papers[0].Files[0].ID)
		must(t, err)
		must(t, scan.Close())

		// A signature that somebody alters in the database is found while it waits, and after it went out.
		alter := func(on calendar.Date) {
			must(t, db.act(ctx, func(tx *Tx) error { return tx.exec(ctx, `UPDATE paper_signature SET signed_on = $1`, on) }))
		}
		found := func(want ...string) {
			t.Helper()
			findings, _, _, err := db.Verify(ctx)
			must(t, err)
			if len(findings) != len(want) {
				t.Fatalf("found %v", findings)
			}
			for i, what := range want {
				if findings[i].What != what {
					t.Errorf("found %v", findings)
				}
			}
		}
		alter(w.On.AddDays(-1))
		found("correction")
		alter(w.On)
		must(t, db.DispatchCorrection(ctx, fx.office, id, 2, "95/UBND", db.Now().Date()))
		wantClean(t, db)
		if f, err = db.OpinionFile(ctx, fx.office, id); err != nil || f.Submitted.Paper != c.Answer.Paper ||
			f.Submitted.Body != inkCorrection.Body || len(f.Replaced) != 1 {
			t.Errorf("%+v, %+v (%v)", f.Submitted, f.Replaced, err)
		}
		alter(w.On.AddDays(-1))
		found("answer", "correction")
	})
}

// A paper that bears its number goes out in the same act, and everybody who was told is told anew.
func TestSignCorrectionOnPaperAndDispatch(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.correct(t, db, 1, correcting).Opinions[0].ID
		before, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		fx.to(calendar.InstantAt(db.Now().Date().AddDays(3), 9, 0))
		w := fx.correctionOnPaper(t, db, fx.office, "a.jpg")
		w.On = w.On.AddDays(-2)
		w.Number, w.Dated = "95/UBND", w.On
		must(t, db.SignCorrectionOnPaper(ctx, fx.office, id, 1, w))
		f, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		if f.Correction.State != doithoai.CorrectionDispatched || f.Submitted.Number != "95/UBND" ||
			f.Submitted.Paper == "" || len(f.Replaced) != 1 || *f.Petition != *before.Petition {
			t.Errorf("%+v, %+v", f.Correction, f.Submitted)
		}
		told := 0
		for _, d := range f.Deliveries {
			if d.Kind == doithoai.DeliveryCorrected && !d.Replaced {
				told++
			}
			if d.Kind == doithoai.DeliveryAnswered && !d.Replaced {
				t.Errorf("still tells the old one: %+v", d)
			}
		}
		if told != 2 {
			t.Errorf("told in %d ways", told)
		}
		wantClean(t, db)
		wantWhole(t, db)
	})
}

func TestTakeBackCorrectionPaper(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.correct(t, db, 1, correcting).Opinions[0].ID
		w := fx.correctionOnPaper(t, db, fx.office, "a.jpg")
		w.Words, w.Compared = inkCorrection, true
		must(t, db.SignCorrectionOnPaper(ctx, fx.office, id, 1, w))
		other := inRole(fx.land, doithoai.RoleOffice)
		wantKind(t, db.TakeBackCorrectionPaper(ctx, other, id, 2), doithoai.NotAllowed, "")
		wantKind(t, db.TakeBackCorrectionPaper(ctx, fx.chair, id, 2), doithoai.NotAllowed, "")
		wantKind(t, db.TakeBackCorrectionPaper(ctx, fx.everyRole(), id, 2), doithoai.NotFound, "")
		wantKind(t, db.TakeBackCorrectionPaper(ctx, fx.office, id, 1), doithoai.Conflict, "")
		must(t, db.TakeBackCorrectionPaper(ctx, fx.office, id, 2))
		f, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		if c := f.Correction; c.State != doithoai.CorrectionSubmitted || c.Answer.Body != testCorrection.Body ||
			c.Answer.Paper != "" || c.Answer.SignedBy != "" || !c.Answer.SignedAt.IsZero() {
			t.Errorf("%+v", c)
		}
		gone, err := one(ctx, db.reader(), column[bool], `SELECT back_at IS NOT NULL AND body = '' FROM paper_signature`)
		if err != nil || !gone {
			t.Errorf("the paper stays (%v)", err)
		}
		wantClean(t, db)
		must(t, db.SignCorrection(ctx, fx.chair, id, 3)) // in the system after all
		wantKind(t, db.TakeBackCorrectionPaper(ctx, fx.office, id, 4), doithoai.Conflict, "")
		wantClean(t, db)

		// The day after it stands, and after it went out.
		next := fx.correct(t, db, 2, correcting).Opinions[0].ID
		must(t, db.SignCorrectionOnPaper(ctx, fx.office, next, 1, fx.correctionOnPaper(t, db, fx.office, "b.jpg")))
		fx.to(calendar.InstantAt(db.Now().Date().AddDays(1), 8, 0))
		wantKind(t, db.TakeBackCorrectionPaper(ctx, fx.office, next, 2), doithoai.Conflict,
			"paper_signature.problem.same_day")
		must(t, db.DispatchCorrection(ctx, fx.office, next, 2, "96/UBND", db.Now().Date()))
		wantKind(t, db.TakeBackCorrectionPaper(ctx, fx.office, next, 3), doithoai.Conflict, "")
		wantClean(t, db)
	})
}

// One paper is the correction for all of a set: it is taken back for all of them, and opens to nobody whom one of the
// opinions is about, also once it was replaced.
func TestSignCorrectionOnPaperForSeveral(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		m := fx.matter(t, db, 1, 3)
		must(t, db.SubmitAnswer(ctx, fx.justice, m.ids[0], 1, testSetAnswer, m.with(1, 1, 2)...))
		must(t, db.SignAnswer(ctx, fx.chair, m.ids[0], 2, m.with(2, 1, 2)...))
		must(t, db.DispatchAnswer(ctx, fx.office, m.ids[0], 3, "9", db.Now().Date(), m.with(3, 1, 2)...))
		fx.clock.forward(time.Hour)
		must(t, db.ProposeCorrection(ctx, fx.justice, m.ids[0], 0, testCorrection, testReason, m.with(0, 1, 2)...))
		w := fx.correctionOnPaper(t, db, fx.office, "a.jpg")
		wantKind(t, db.SignCorrectionOnPaper(ctx, fx.office, m.ids[0], 1, w, m.with(1, 1)...), doithoai.Conflict, "")
		telling := w
		telling.Words.Body, telling.Compared = "Gửi bà Trần Văn Người Thứ III: có ngày 28/10.", true
		wantKind(t, db.SignCorrectionOnPaper(ctx, fx.office, m.ids[0], 1, telling, m.with(1, 1, 2)...),
			doithoai.Invalid, "")
		must(t, db.SignCorrectionOnPaper(ctx, fx.office, m.ids[0], 1, w, m.with(1, 1, 2)...))
		must(t, db.TakeBackCorrectionPaper(ctx, fx.office, m.ids[1], 2, m.with(2, 0, 2)...))
		wantClean(t, db)
		again := fx.correctionOnPaper(t, db, fx.office, "bc.jpg")
		again.Number, again.Dated = "95/UBND", db.Now().Date()
		must(t, db.SignCorrectionOnPaper(ctx, fx.office, m.ids[2], 3, again, m.with(3, 0, 1)...))
		for i, id := range m.ids {
			papers, err := db.SignedPapers(ctx, fx.office, id)
			must(t, err)
			if len(papers.Papers) != 1 || len(papers.Papers[0].Files) != 1 || m.file(t, i).Submitted.Paper == "" {
				t.Errorf("%+v", papers)
			}
		}
		wantClean(t, db)
		wantWhole(t, db)
	})
}

// What ends with the personal data of a slip ends on the paper of a correction, too, also of one that was dropped.
func TestEraseCorrectionPapers(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.correct(t, db, 1, correcting).Opinions[0]
		must(t, db.SignCorrectionOnPaper(ctx, fx.office, o.ID, 1, fx.correctionOnPaper(t, db, fx.office, "a.jpg")))
		must(t, db.DropCorrection(ctx, fx.chair, o.ID, 2, "Trả lời đã đúng."))
		wantClean(t, db)
		must(t, db.act(ctx, func(tx *Tx) error { return tx.erasePapers(ctx, fx.office, o.SlipID) }))
		papers, err := db.SignedPapers(ctx, fx.office, o.ID)
		must(t, err)
		if len(papers.Papers) != 1 || papers.Papers[0].HandedIn.Body != "" ||
			papers.Papers[0].Files[0].Name != "" || papers.Papers[0].Files[0].RemovedAt.IsZero() {
			t.Errorf("%+v", papers)
		}
	})
}

// Of a correction's signature on paper and one in the system, or its return, exactly one is kept.
func TestCorrectionPaperAgainstSystem(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		for n := range 4 {
			id := fx.correct(t, db, n+1, correcting).Opinions[0].ID
			w := fx.correctionOnPaper(t, db, fx.office, "aaaaaaa"[:n+1]+".jpg")
			acts := []func(context.Context) error{
				func(ctx context.Context) error { return db.SignCorrectionOnPaper(ctx, fx.office, id, 1, w) },
				func(ctx context.Context) error { return db.SignCorrection(ctx, fx.chair, id, 1) },
				func(ctx context.Context) error { return db.ReturnCorrection(ctx, fx.chair, id, 1, "Ghi rõ hơn.") },
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
