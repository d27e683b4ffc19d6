package store

import (
	"context"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// paper is a document that stops a clock.
func paper(change func(*doithoai.Pause)) actOn {
	return func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
		d := doithoai.Pause{
			Kind: doithoai.PauseAgency, Number: "57/UBND-VP", Dated: db.Now().Date(),
			Awaited: "Ý kiến của Văn phòng đăng ký đất đai",
		}
		change(&d)
		return db.PausePetition(ctx, a, id, version, d)
	}
}

func TestPausePetition(t *testing.T) {
	opinionAct{
		act: doithoai.ActPausePetition, from: ruled, version: 1, actor: justice, denied: all(land, chair, secretary),
		wrong: []stage{submitted, signed, dispatched},
		do:    paper(func(*doithoai.Pause) {}),
		invalid: map[string]actOn{
			"tam-dung-ly-do":    paper(func(d *doithoai.Pause) { d.Kind = "busy" }),
			"tam-dung-so":       paper(func(d *doithoai.Pause) { d.Number = "" }),
			"tam-dung-so*":      paper(func(d *doithoai.Pause) { d.Number = long(41) }),
			"tam-dung-ngay":     paper(func(d *doithoai.Pause) { d.Dated = calendar.Date{} }),
			"tam-dung-ngay*":    paper(func(d *doithoai.Pause) { d.Dated = d.Dated.AddDays(1) }),
			"tam-dung-noi-dung": paper(func(d *doithoai.Pause) { d.Awaited = "" }),
		},
	}.test(t)
}

// While the clock stands still nothing is late, the answer can't be submitted, and afterwards what was left runs on.
func TestResumePetition(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, ruled).Opinions[0].ID
		fx.clock.forward(24 * time.Hour) // Friday, 2 October 2026
		resume := func(version int) error { return db.ResumePetition(ctx, fx.justice, id, version) }
		wantKind(t, resume(1), doithoai.Conflict, "")
		must(t, paper(func(*doithoai.Pause) {})(ctx, db, fx, fx.justice, id, 1))
		wantKind(t, db.SubmitAnswer(ctx, fx.justice, id, 2, testAnswer), doithoai.Conflict, "")
		_, err := db.RuleOpinion(ctx, fx.secretary, id, 2, fx.later())
		wantKind(t, err, doithoai.Conflict, "")
		fx.clock.forward(60 * 24 * time.Hour)
		counts, err := db.TabCounts(ctx, fx.office)
		must(t, err)
		if counts[TabLate] != 0 || counts[TabProcessing] != 1 {
			t.Errorf("a paused petition counts as %v", counts)
		}
		rows, _, err := db.Work(ctx, fx.justice)
		must(t, err)
		if len(rows) != 1 {
			t.Errorf("%d rows of work, want the paused one", len(rows))
		}
		before := fingerprint(t, db)
		for _, denied := range all(land, chair, secretary)(fx) {
			wantKind(t, db.ResumePetition(ctx, denied, id, 2), doithoai.NotAllowed, "")
		}
		wantKind(t, db.ResumePetition(ctx, fx.everyRole(), id, 2), doithoai.NotFound, "")
		wantKind(t, resume(1), doithoai.Conflict, "")
		wantSame(t, before, fingerprint(t, db))
		must(t, resume(2))
		wantKind(t, resume(3), doithoai.Conflict, "")
		f, err := db.OpinionFile(ctx, fx.justice, id)
		must(t, err)
		p, rules := f.Petition, mustRules(t, db, fx)
		// Due on Friday, 30 October: 20 working days after 2 October. They run from Tuesday, 1 December.
		if p.State != doithoai.PetitionProcessing || p.Term != (calendar.Term{N: 20, Unit: calendar.Workdays}) ||
			p.Due != rules.Calendar.AddWorkdays(db.Now().Date(), 20) {
			t.Errorf("went on as %+v", p)
		}
		if got := deliveriesOf(f); got[doithoai.DeliveryPaused] != 2 || got[doithoai.DeliveryResumed] != 2 {
			t.Errorf("the person is told %v", got)
		}
		must(t, db.SubmitAnswer(ctx, fx.justice, id, 3, testAnswer))
		wantClean(t, db)
	})
}

// Who was not told of a pause is not told that it is over where the due date is the same; who was, is.
func TestResumeTellsWhatChanged(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		for n, tells := range []int{0, 1} {
			id := fx.bring(t, db, n+1, ruled).Opinions[0].ID
			must(t, db.PausePetition(ctx, fx.office, id, 1, doithoai.Pause{
				Kind: doithoai.PauseAgency, Number: "57/UBND-VP", Dated: db.Now().Date(), Awaited: "Văn bản trả lời",
			}))
			f, err := db.OpinionFile(ctx, fx.office, id)
			must(t, err)
			for _, d := range f.Deliveries {
				if tells > 0 && d.Kind == doithoai.DeliveryPaused && d.ToTell() {
					must(t, db.RecordDelivery(ctx, fx.office, d.ID, d.Version, toldNow(db)))
					tells--
				}
			}
			must(t, db.ResumePetition(ctx, fx.office, id, 2))
			f, err = db.OpinionFile(ctx, fx.office, id)
			must(t, err)
			got := deliveriesOf(f)
			if got[doithoai.DeliveryPaused] != n || got[doithoai.DeliveryResumed] != n {
				t.Errorf("told of the pause %d times, the person is told %v", n, got)
			}
		}
		wantClean(t, db)
	})
}

func mustRules(t testing.TB, db *DB, fx *fixture) doithoai.Rules {
	t.Helper()
	r, err := db.Rules(ctxOf(t), fx.authority.ID)
	must(t, err)
	return r
}

func deliveriesOf(f OpinionFile) map[doithoai.DeliveryKind]int {
	all := map[doithoai.DeliveryKind]int{}
	for _, d := range f.Deliveries {
		all[d.Kind]++
	}
	return all
}

func TestExtendPetition(t *testing.T) {
	extend := func(days int, reason string) actOn {
		return func(ctx context.Context, db *DB, fx *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
			to := calendar.InstantOf(morning).Date().AddDays(29 + days) // the fixture's due date is Friday, 30 October 2026
			return db.ExtendPetition(ctx, a, id, version, doithoai.Extension{To: to, Reason: reason})
		}
	}
	opinionAct{
		act: doithoai.ActExtendPetition, from: submitted, version: 2, actor: chair,
		denied: all(office, secretary, justice, land),
		wrong:  []stage{received, dispatched},
		do:     extend(5, "Phải đo đạc lại thửa đất."),
		invalid: map[string]actOn{
			"gia-han-den":   extend(0, "Bận."),
			"gia-han-den*":  extend(1, "Bận."),  // a Saturday
			"gia-han-den**": extend(17, "Bận."), // eleven working days
			"gia-han-ly-do": extend(5, ""),
			"gia-han-den***": func(
				ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int,
			) error {
				return db.ExtendPetition(ctx, a, id, version, doithoai.Extension{Reason: "Bận."})
			},
		},
	}.test(t)
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		late, again := fx.bring(t, db, 1, ruled).Opinions[0].ID, fx.bring(t, db, 2, ruled).Opinions[0].ID
		must(t, extend(14, "Phải đo đạc lại.")(ctx, db, fx, fx.chair, again, 1))
		wantKind(t, extend(21, "Lại bận.")(ctx, db, fx, fx.chair, again, 2), doithoai.Conflict,
			"petition.extension.problem.again")
		f, err := db.OpinionFile(ctx, fx.chair, again)
		must(t, err)
		if f.Petition.Due != calendar.DateOf(2026, 11, 13) || f.Petition.Extended != 1 ||
			deliveriesOf(f)[doithoai.DeliveryDue] != 2 {
			t.Errorf("extended to %+v, the person is told %v", f.Petition, deliveriesOf(f))
		}
		fx.clock.forward(31 * 24 * time.Hour)
		wantKind(t, extend(7, "Quên.")(ctx, db, fx, fx.chair, late, 1), doithoai.Conflict, "petition.extension.problem.late")
		wantKind(t, paper(func(*doithoai.Pause) {})(ctx, db, fx, fx.office, late, 1), doithoai.Conflict,
			"petition.pause.problem.late")
		wantClean(t, db)
	})
}

// Changing the calendar proposes, and never moves a due date by itself.
func TestMoveDue(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		rules := mustRules(t, db, fx)
		old := rules.Calendar
		rule, _ := doithoai.RuleOf(doithoai.RulingCoordinate)
		proposed, ok := rules.Propose(rule, db.Now().Date())
		if !ok {
			t.Fatal("no term")
		}
		rulings := fx.later()
		rulings.Code, rulings.Due = rule.Code, proposed.Due
		var ids []doithoai.ID
		for n := range 3 {
			id := fx.bring(t, db, n, received).Opinions[0].ID
			_, err := db.RuleOpinion(ctx, fx.secretary, id, 1, rulings)
			must(t, err)
			ids = append(ids, id)
		}
		byHand := fx.bring(t, db, 9, ruled).Opinions[0].ID // due on Friday, 30 October
		if got, err := db.DueProposals(ctx, fx.office); err != nil || len(got) != 0 {
			t.Fatalf("proposals %v, %v before any change", got, err)
		}
		fx.clock.forward(time.Hour)
		change := withDay(old, proposed.Due)
		change.Days = append(change.Days, calendar.Day{
			Date: calendar.DateOf(2026, 10, 30), Kind: calendar.DayOff, Name: "Nghỉ", Source: "Thử", Certainty: calendar.Likely,
		})
		next, err := db.ChangeCalendar(ctx, fx.office, old.Version(), change)
		must(t, err)
		for _, id := range append(ids, byHand) { // nothing has moved
			f, err := db.OpinionFile(ctx, fx.office, id)
			must(t, err)
			if f.Petition.CalendarVersion != old.Version() || f.Petition.Version != 1 {
				t.Errorf("the calendar moved %+v", f.Petition)
			}
		}
		got, err := db.DueProposals(ctx, fx.chair)
		must(t, err)
		if len(got) != 4 || got[0].To != next.Deadline(proposed.Start, proposed.Term).Due ||
			got[0].Calendar != next.Version() ||
			got[3].To != calendar.DateOf(2026, 11, 2) || got[3].Opinion.ID != byHand {
			t.Fatalf("proposals %+v", got)
		}
		before := fingerprint(t, db)
		for _, denied := range all(secretary, justice)(fx) {
			wantKind(t, db.MoveDue(ctx, denied, ids[0], 1, next.Version()), doithoai.NotAllowed, "")
			wantKind(t, db.KeepDue(ctx, denied, ids[0], 1, next.Version()), doithoai.NotAllowed, "")
			_, err := db.DueProposals(ctx, denied)
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		wantKind(t, db.MoveDue(ctx, fx.everyRole(), ids[0], 1, next.Version()), doithoai.NotFound, "")
		wantKind(t, db.KeepDue(ctx, fx.everyRole(), ids[0], 1, next.Version()), doithoai.NotFound, "")
		wantKind(t, db.MoveDue(ctx, fx.office, ids[0], 1, old.Version()), doithoai.Conflict, "")
		wantKind(t, db.MoveDue(ctx, fx.office, ids[0], 2, next.Version()), doithoai.Conflict, "")
		wantSame(t, before, fingerprint(t, db))

		must(t, db.MoveDue(ctx, fx.office, ids[0], 1, next.Version()))
		must(t, db.KeepDue(ctx, fx.chair, ids[1], 1, next.Version()))
		must(t, db.MoveDue(ctx, fx.chair, byHand, 1, next.Version()))
		wantKind(t, db.MoveDue(ctx, fx.office, ids[0], 2, next.Version()), doithoai.Conflict, "")
		wantKind(t, db.KeepDue(ctx, fx.office, ids[1], 2, next.Version()), doithoai.Conflict, "")
		if got, err := db.DueProposals(ctx, fx.office); err != nil || len(got) != 1 || got[0].Opinion.ID != ids[2] {
			t.Errorf("left are %+v, %v", got, err)
		}
		f, err := db.OpinionFile(ctx, fx.office, ids[0])
		must(t, err)
		if f.Petition.Due == proposed.Due || deliveriesOf(f)[doithoai.DeliveryDue] != 2 || len(f.Calendars) != 2 {
			t.Errorf("moved to %+v, told %v, %d calendars", f.Petition, deliveriesOf(f), len(f.Calendars))
		}
		// The old version still explains what it reckoned.
		ruling := doithoai.DueEvents(f.Events)[0].Facts
		if d := f.Calendars[ruling.Calendar].Deadline(ruling.Start, ruling.Term); d.Due != proposed.Due {
			t.Errorf("by its own calendar the ruling's date is %s, want %s", d.Due, proposed.Due)
		}
		if f, err = db.OpinionFile(ctx, fx.office, ids[1]); err != nil || f.Petition.Due != proposed.Due ||
			deliveriesOf(f)[doithoai.DeliveryDue] != 0 {
			t.Errorf("kept as %+v, %v", f.Petition, err)
		}
		wantClean(t, db)
	})
}
