package store

import (
	"context"
	"sync"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// dueTomorrow is the next working day.
func dueTomorrow(ctx context.Context, db *DB, fx *fixture) (calendar.Date, error) {
	c, err := currentCalendar(ctx, db.reader(), fx.authority.ID)
	return c.AddWorkdays(db.Now().Date(), 1), err
}

// pressing is an opinion that a unit has to answer by tomorrow.
func (fx *fixture) pressing(t *testing.T, db *DB, n int) doithoai.Opinion {
	t.Helper()
	r := fx.submit(t, db, n, "Nội dung cần gấp")
	ruling := fx.later()
	var err error
	ruling.Due, err = dueTomorrow(ctxOf(t), db, fx)
	must(t, err)
	o, err := db.RuleOpinion(ctxOf(t), fx.secretary, r.Opinions[0].ID, 1, ruling)
	must(t, err)
	return o
}

// called is an urging by telephone, a moment ago.
func called(db *DB) doithoai.Urging {
	return doithoai.Urging{
		Route: doithoai.RoutePhone, HeldAt: db.Now(), TakenBy: "Phạm Văn Mô Phỏng", Words: "Đề nghị báo cáo.",
	}
}

// excuse is what the unit says.
func excuse(db *DB) doithoai.UrgingReply {
	return doithoai.UrgingReply{Cause: "Chờ sổ gốc.", Until: db.Now().Date().AddDays(3)}
}

// An urging is kept, counted and waits for its reply; at the step that was urged it is proposed no more, at the next
// one it is; nothing of the petition changes, whoever urges and replies how often.
func TestUrgePetition(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.pressing(t, db, 1)
		proposed := func() int {
			t.Helper()
			rows, _, err := db.Register(ctx, fx.office, Filter{Tab: TabUrge, Limit: 10})
			must(t, err)
			counts, err := db.TabCounts(ctx, fx.office)
			must(t, err)
			if int(counts[TabUrge]) != len(rows) {
				t.Errorf("%d rows, counted %d", len(rows), counts[TabUrge])
			}
			return len(rows)
		}
		petition := func() doithoai.Petition {
			t.Helper()
			f, err := db.OpinionFile(ctx, fx.office, o.ID)
			must(t, err)
			return *f.Petition
		}
		before := petition()
		if proposed() != 1 {
			t.Error("nothing is proposed the day before")
		}
		for _, a := range []doithoai.Actor{fx.secretary, fx.justice, fx.land} {
			wantKind(t, db.UrgePetition(ctx, a, o.ID, 0, called(db)), doithoai.NotAllowed, "")
		}
		wantKind(t, db.UrgePetition(ctx, fx.office, o.ID, 1, called(db)), doithoai.Conflict, "")
		wantKind(t, db.UrgePetition(ctx, fx.office, o.ID, 0, doithoai.Urging{Route: "dream"}), doithoai.Invalid, "")
		must(t, db.UrgePetition(ctx, fx.office, o.ID, 0, called(db)))
		wantKind(t, db.UrgePetition(ctx, fx.office, o.ID, 0, called(db)), doithoai.Conflict, "") // sent twice
		if proposed() != 0 {
			t.Error("what was urged is proposed again")
		}
		fx.clock.forward(24 * time.Hour) // due today
		if proposed() != 1 {
			t.Error("the next step is not proposed")
		}
		must(t, db.UrgePetition(ctx, fx.chair, o.ID, 1, called(db)))
		rows, more, err := db.UnansweredUrgings(ctx, fx.justice)
		must(t, err)
		if more || len(rows) != 1 || rows[0].Urged != 2 || rows[0].Last().Rung != doithoai.RungDue {
			t.Errorf("unanswered: %+v", rows)
		}
		if rows, _, err = db.UnansweredUrgings(ctx, fx.land); err != nil || len(rows) != 0 {
			t.Errorf("of another unit: %+v, %v", rows, err)
		}
		must(t, db.ReplyUrging(ctx, fx.justice, o.ID, 2, 0, excuse(db)))
		if rows, _, err = db.UnansweredUrgings(ctx, fx.justice); err != nil || len(rows) != 0 {
			t.Errorf("after the reply: %+v, %v", rows, err)
		}
		f, err := db.OpinionFile(ctx, fx.secretary, o.ID)
		must(t, err)
		if len(f.Urgings) != 0 {
			t.Errorf("the secretary sees %+v", f.Urgings)
		}
		for _, e := range f.Events {
			if e.Act == doithoai.ActUrgePetition && f.Texts[e.Leaf] != "" {
				t.Errorf("the secretary reads %q", f.Texts[e.Leaf])
			}
		}
		if now := petition(); now != before {
			t.Errorf("urging changed %+v into %+v", before, now)
		}
		fx.clock.forward(30 * 24 * time.Hour)
		must(t, db.HandOverPetition(ctx, fx.office, o.ID, before.Version,
			doithoai.HandOver{To: fx.land.UnitID, Reason: "Đúng lĩnh vực địa chính."}))
		if f, err = db.OpinionFile(ctx, fx.land, o.ID); err != nil || len(f.Urgings) != 2 || proposed() != 1 {
			t.Errorf("after the hand-over: %+v, %v", f.Urgings, err)
		}
		must(t, db.SubmitAnswer(ctx, fx.land, o.ID, before.Version+1, testAnswer))
		if proposed() != 0 {
			t.Error("an answer that waits for its signature is to be urged")
		}
		wantKind(t, db.UrgePetition(ctx, fx.office, o.ID, 2, called(db)), doithoai.Conflict, "urging.problem.no_unit")
		wantClean(t, db)
	})
}

func TestReplyUrging(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.pressing(t, db, 1)
		wantKind(t, db.ReplyUrging(ctx, fx.justice, o.ID, 1, 0, excuse(db)), doithoai.Conflict, "")
		must(t, db.UrgePetition(ctx, fx.office, o.ID, 0, called(db)))
		for _, a := range []doithoai.Actor{fx.chair, fx.secretary, fx.land} {
			wantKind(t, db.ReplyUrging(ctx, a, o.ID, 1, 0, excuse(db)), doithoai.NotAllowed, "")
		}
		wantKind(t, db.ReplyUrging(ctx, fx.office, o.ID, 1, 0, excuse(db)), doithoai.Invalid, "") // of nobody
		wantKind(t, db.ReplyUrging(ctx, fx.justice, o.ID, 1, 1, excuse(db)), doithoai.Conflict, "")
		wantKind(t, db.ReplyUrging(ctx, fx.justice, o.ID, 2, 0, excuse(db)), doithoai.Conflict, "")
		must(t, db.ReplyUrging(ctx, fx.justice, o.ID, 1, 0, excuse(db)))
		wantKind(t, db.ReplyUrging(ctx, fx.justice, o.ID, 1, 0, excuse(db)), doithoai.Conflict, "")
		told := excuse(db)
		told.From = "Trưởng bộ phận"
		must(t, db.ReplyUrging(ctx, fx.office, o.ID, 1, 1, told))
		f, err := db.OpinionFile(ctx, fx.justice, o.ID)
		must(t, err)
		if len(f.Urgings) != 1 || len(f.Urgings[0].Replies) != 2 || f.Urgings[0].Replies[1].From != told.From ||
			f.Urgings[0].Replies[0].From != "" {
			t.Errorf("urgings %+v", f.Urgings)
		}
		wantClean(t, db)
		must(t, db.act(ctx, func(tx *Tx) error {
			return tx.exec(ctx, `UPDATE urging_reply SET until_day = $1 WHERE number = 1`, told.Until.AddDays(30))
		}))
		wantSaid(t, db, "urging")
	})
}

// Two who urge, or reply, or tell at once are one.
func TestUrgingAtOnce(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.pressing(t, db, 1)
		for name, do := range map[string]func() error{
			"urge": func() error { return db.UrgePetition(ctx, fx.office, o.ID, 0, called(db)) },
			"tell": func() error { return db.TellStatus(ctx, fx.office, o.ID) },
		} {
			twice(t, name, do)
		}
		twice(t, "reply", func() error { return db.ReplyUrging(ctx, fx.justice, o.ID, 1, 0, excuse(db)) })
		wantClean(t, db)
	})
}

// twice does the same twice at once: one wins, the other is told of the conflict.
func twice(t *testing.T, name string, do func() error) {
	t.Helper()
	var group sync.WaitGroup
	errs := make([]error, 2)
	for i := range errs {
		group.Go(func() { errs[i] = do() })
	}
	group.Wait()
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Errorf("%s: %v, %v", name, errs[0], errs[1])
	}
	for _, err := range errs {
		if err != nil {
			wantKind(t, err, doithoai.Conflict, "")
		}
	}
}

// The person is told how the opinion stands, once, in the way that they chose; then nobody owes them that any more. The
// message says what stands when it is sent.
func TestTellStatus(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		slip := fx.slip("Nội dung chờ báo")
		slip.Petitioner.Ways, slip.Petitioner.Email = []doithoai.Way{doithoai.WayEmail}, "vidu@example.com"
		r, err := db.SubmitSlip(ctx, doithoai.Resident(fx.authority.ID), doithoai.IntakeKey{7}, slip)
		must(t, err)
		id := r.Opinions[0].ID
		denied := fx.submit(t, db, 8, "Tố cáo một việc").Opinions[0].ID
		must(t, second(db.RuleOpinion(ctx, fx.secretary, denied, 1, denounced())))
		owed := func() int {
			t.Helper()
			rows, _, err := db.Register(ctx, fx.office, Filter{Tab: TabStatus, Limit: 10})
			must(t, err)
			return len(rows)
		}
		if owed() != 0 {
			t.Error("a new opinion is owed a word already")
		}
		parcels, err := db.ClaimParcels(ctx, doithoai.WayEmail, 10) // of the receipt
		must(t, err)
		for _, p := range parcels {
			must(t, db.SettleParcel(ctx, p.Delivery, doithoai.TroubleNone))
		}
		fx.clock.forward(13 * 24 * time.Hour)
		if owed() != 1 {
			t.Errorf("%d are owed a word near the end of the term", owed())
		}
		for _, a := range []doithoai.Actor{fx.chair, fx.secretary, fx.justice} {
			wantKind(t, db.TellStatus(ctx, a, id), doithoai.NotAllowed, "")
		}
		wantKind(t, db.TellStatus(ctx, fx.office, denied), doithoai.NotFound, "")
		must(t, db.TellStatus(ctx, fx.office, id))
		wantKind(t, db.TellStatus(ctx, fx.office, id), doithoai.Conflict, "status.problem.waits")
		if owed() != 0 {
			t.Error("it is owed once more")
		}
		ruling := fx.later()
		must(t, second(db.RuleOpinion(ctx, fx.secretary, id, 1, ruling))) // before it is sent
		parcels, err = db.ClaimParcels(ctx, doithoai.WayEmail, 10)
		must(t, err)
		if len(parcels) != 1 || parcels[0].Status != doithoai.StatusWithUnit || parcels[0].Due != ruling.Due ||
			parcels[0].Unit != fx.units["tu-phap-ho-tich"].Name {
			t.Errorf("parcels %+v", parcels)
		}
		must(t, db.SettleParcel(ctx, parcels[0].Delivery, doithoai.TroubleNone))
		must(t, db.TellStatus(ctx, fx.office, id)) // it stands otherwise now
		wantClean(t, db)
		must(t, db.act(ctx, func(tx *Tx) error { return tx.exec(ctx, `UPDATE opinion SET told = false`) }))
		wantSaid(t, db, "status")
	})
}

// The briefing names what is late with how often its unit was urged, and what comes; the office hears once a working
// day, by whichever node, that something is to be urged.
func TestWeek(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		late := fx.pressing(t, db, 1)
		must(t, db.UrgePetition(ctx, fx.office, late.ID, 0, called(db)))
		fx.clock.forward(5 * 24 * time.Hour)
		fx.pressing(t, db, 2)
		for _, a := range []doithoai.Actor{fx.secretary, fx.justice, fx.land} {
			wantKind(t, second(db.Week(ctx, a)), doithoai.NotAllowed, "")
		}
		w, err := db.Week(ctx, fx.chair)
		must(t, err)
		if len(w.Late) != 1 || w.Late[0].Opinion.ID != late.ID || len(w.Late[0].Urgings) != 1 || len(w.Near) != 1 ||
			len(w.Unanswered) != 1 || w.MoreLate || w.MoreNear || w.MoreUnanswered {
			t.Errorf("week %+v", w)
		}
		letter, _, err := db.ToUrge(ctx, fx.office, fx.justice.UnitID, "")
		must(t, err)
		if len(letter) != 2 || letter[0].Opinion.ID != late.ID {
			t.Errorf("letter of %d matters", len(letter))
		}
		fx.clock.forward(24 * time.Hour)
		var nodes sync.WaitGroup
		for range 2 {
			nodes.Go(func() { must(t, db.RemindDaily(ctx)) })
		}
		nodes.Wait()
		told := 0
		notices, _, err := db.Notices(ctx, fx.office, "", 30)
		must(t, err)
		for _, n := range notices {
			if n.Kind == NoticeToUrge {
				told++
				if n.Late != 2 {
					t.Errorf("notice %+v", n)
				}
			}
		}
		if told != 1 {
			t.Errorf("told %d times", told)
		}
	})
}

// wantSaid checks that the verification says that something is not as it was recorded.
func wantSaid(t *testing.T, db *DB, what string) {
	t.Helper()
	findings, _, _, err := db.Verify(ctxOf(t))
	must(t, err)
	for _, f := range findings {
		if f.What == what {
			return
		}
	}
	t.Errorf("the verification says nothing of %s: %v", what, findings)
}
