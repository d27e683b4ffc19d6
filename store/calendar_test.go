package store

import (
	"slices"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// withDay is the change that adds a day off to a calendar.
func withDay(c calendar.Calendar, d calendar.Date) doithoai.CalendarChange {
	return doithoai.CalendarChange{Hours: c.Hours(), Note: "Nghỉ theo quyết định", Days: append(c.Days(),
		calendar.Day{
			Date: d, Kind: calendar.DayOff, Name: "Nghỉ thêm", Source: "Quyết định thử nghiệm", Certainty: calendar.Certain,
		})}
}

func TestChangeCalendar(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		rules, err := db.Rules(ctx, fx.authority.ID)
		must(t, err)
		old, off := rules.Calendar, calendar.DateOf(2026, 10, 6)
		before := fingerprint(t, db)
		for _, denied := range all(secretary, justice, chair)(fx) {
			_, err := db.ChangeCalendar(ctx, denied, old.Version(), withDay(old, off))
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		for _, stale := range []string{"", "2020-01", "' OR 1=1 --"} {
			_, err := db.ChangeCalendar(ctx, fx.office, stale, withDay(old, off))
			wantKind(t, err, doithoai.Conflict, "")
		}
		for field, to := range map[string]doithoai.CalendarChange{
			"ly-do": {Days: withDay(old, off).Days, Hours: old.Hours()},
			"ngay":  {Days: old.Days(), Hours: old.Hours(), Note: "Không đổi gì"},
		} {
			_, err := db.ChangeCalendar(ctx, fx.office, old.Version(), to)
			wantKind(t, err, doithoai.Invalid, "")
			if p := doithoai.ProblemsOf(err); len(p) != 1 || p[0].Field != field {
				t.Errorf("problems %v, want one at %s", p, field)
			}
		}
		wantSame(t, before, fingerprint(t, db))

		fx.clock.forward(time.Minute)
		next, err := db.ChangeCalendar(ctx, fx.office, old.Version(), withDay(old, off))
		must(t, err)
		if next.Version() != "2026-10-01" || next.Works(off) {
			t.Errorf("version %s, %s works: %v", next.Version(), off, next.Works(off))
		}
		_, err = db.ChangeCalendar(ctx, fx.office, old.Version(), withDay(old, off)) // somebody was quicker
		wantKind(t, err, doithoai.Conflict, "")
		fx.clock.forward(time.Minute)
		third, err := db.ChangeCalendar(ctx, fx.office, next.Version(),
			doithoai.CalendarChange{Days: old.Days(), Hours: old.Hours(), Note: "Rút lại"})
		must(t, err)
		if third.Version() != "2026-10-01.2" {
			t.Errorf("third version %s", third.Version())
		}
		rules, err = db.Rules(ctx, fx.authority.ID)
		must(t, err)
		if rules.Calendar.Version() != third.Version() || !rules.Calendar.Works(off) ||
			len(rules.Calendar.Hours()) != len(old.Hours()) {
			t.Errorf("in force is %s", rules.Calendar.Version())
		}
		kept, err := db.Calendar(ctx, fx.authority.ID, next.Version()) // a version that is over is still there
		must(t, err)
		if kept.Works(off) || !slices.Equal(kept.Days(), next.Days()) {
			t.Error("the second version isn't as it was made")
		}
		versions, err := db.CalendarVersions(ctx, fx.authority.ID)
		must(t, err)
		if len(versions) != 3 || versions[0].Version != third.Version() || versions[0].MadeBy != fx.office.Name ||
			versions[2].MadeBy != "" {
			t.Errorf("versions %+v", versions)
		}
		other, err := db.Rules(ctx, fx.other.ID)
		must(t, err)
		if other.Calendar.Version() != old.Version() {
			t.Error("the other authority's calendar changed")
		}
		entries, err := one(ctx, db.reader(), column[int], `SELECT count(*)
			FROM audit_entry
			WHERE act = $1 AND before <> after`, doithoai.ActChangeCalendar)
		must(t, err)
		if entries != 2 {
			t.Errorf("%d audit entries, want 2", entries)
		}
	})
}

// What is late, and what is not, stays so when a day off is declared that was past, or one of no matter; for an opinion
// that waits for a ruling, and for one that waits for its answer.
func TestChangedCalendarLeavesLate(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		to := func(d calendar.Date) { fx.clock.forward(calendar.InstantAt(d, 9, 0).Sub(db.Now())) }
		late := func(want int) {
			t.Helper()
			counts, err := db.TabCounts(ctx, fx.office)
			must(t, err)
			rows, _, err := db.Register(ctx, fx.office, Filter{Tab: TabLate, Limit: 9})
			must(t, err)
			if int(counts[TabLate]) != want || len(rows) != want {
				t.Errorf("%s: %d counted late, %d listed, want %d", db.Now().Date(), counts[TabLate], len(rows), want)
			}
		}
		declare := func(d calendar.Date) {
			t.Helper()
			c := mustRules(t, db, fx).Calendar
			must(t, second(db.ChangeCalendar(ctx, fx.office, c.Version(), withDay(c, d))))
		}
		s := fx.slip("Gửi ngoài đối thoại, thứ Năm 01/10")
		s.DialogueID = ""
		r, err := db.SubmitSlip(ctx, fx.resident, key(1), s)
		must(t, err)
		led := fx.bring(t, db, 2, ruled).Opinions[0]
		to(calendar.DateOf(2026, 10, 6)) // to be ruled on until Monday, 05/10
		late(1)
		declare(calendar.DateOf(2026, 10, 5))
		late(1)
		must(t, second(db.RuleOpinion(ctx, fx.secretary, r.Opinions[0].ID, 1, doithoai.Ruling{
			Code: doithoai.RulingOnTheSpot, Text: "Đã trả lời.", AnsweredBy: "Ông Giả Định", Agreement: doithoai.AgreementYes,
		})))
		f, err := db.OpinionFile(ctx, fx.office, led.ID)
		must(t, err)
		due := f.Petition.Due
		declare(due)
		next := mustRules(t, db, fx).Calendar.Roll(due)
		to(next)
		late(0)
		declare(calendar.DateOf(2026, 12, 25))
		late(0)
		to(next.AddDays(1))
		late(1)
		declare(next)
		late(1)
	})
}
