package store

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/report"
)

// periodic are the figures of a span as the office sees them.
func (fx *fixture) periodic(t testing.TB, db *DB, word string) report.Periodic {
	t.Helper()
	p, err := db.PeriodicFigures(ctxOf(t), fx.office, word)
	must(t, err)
	return p
}

// stood is what figures say of each matter.
func stood(p report.Periodic) map[doithoai.RegisterNumber]report.Stood {
	all := map[doithoai.RegisterNumber]report.Stood{}
	for _, m := range p.Matters {
		all[m.Number] = m.Stood
	}
	return all
}

// Whatever is done and in whatever order: what came and was carried over is what was done with and what is open; what
// is open the next span carries over; what is done after a span closed changes none of its figures; each figure is the
// number of rows that it opens. Denunciations have no row.
func TestPeriodicFigures(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, chance := ctxOf(t), rand.New(rand.NewPCG(87, 5))
		n := 0
		var ids []doithoai.ID
		bring := func(times int) {
			for range times {
				n++
				slip := fx.slip("Đường thôn ngập nước.")
				slip.DialogueID = ""
				r, err := db.SubmitSlip(ctx, fx.resident, key(2000+n), slip)
				must(t, err)
				ids = append(ids, r.Opinions[0].ID)
			}
		}
		goOn := func() {
			for i, id := range ids {
				fx.anyStep(t, db, chance, id, 100*n+i)
			}
		}
		at := func(month time.Month, day, hour, minute int) {
			fx.to(calendar.InstantAt(calendar.DateOf(2024, month, day), hour, minute))
		}
		for _, day := range []int{10, 25} {
			at(time.November, day, 9, 0)
			bring(8)
			goOn()
		}
		at(time.December, 14, 23, 30) // the last day of the quarter
		bring(4)
		goOn()
		closed := fx.periodic(t, db, "")
		if closed.Span != (report.Span{Year: 2024, Quarter: 4}) || closed.At != closed.To {
			t.Fatalf("the span of 14/12 is %+v until %s", closed.Span, closed.At)
		}
		at(time.December, 15, 0, 30)
		bring(4)
		for range 3 {
			goOn()
			fx.clock.forward(50 * time.Hour)
		}
		bring(2)
		again, next := fx.periodic(t, db, "2024-q4"), fx.periodic(t, db, "")
		if next.Span != (report.Span{Year: 2025, Quarter: 1}) {
			t.Fatalf("the span after it is %+v", next.Span)
		}
		// A denunciation that was recognised later has left the figures for its own count, and is no matter of them.
		if len(again.Matters)+again.Denounced != len(closed.Matters)+closed.Denounced {
			t.Errorf("of %d and %d denunciations are now %d and %d", len(closed.Matters), closed.Denounced,
				len(again.Matters), again.Denounced)
		}
		was, open := stood(closed), 0
		for _, m := range again.Matters {
			if m.Stood != was[m.Number] {
				t.Errorf("%s stood %+v on the day, and now %+v", m.Number, was[m.Number], m.Stood)
			}
		}
		carried := stood(next)
		for _, m := range again.Matters {
			if m.Became == report.BecameOpen {
				open++
				if _, ok := carried[m.Number]; !ok {
					t.Errorf("%s was open, and is not carried over", m.Number)
				}
			}
		}
		if c, _, _, _ := next.Balance(); c != open {
			t.Errorf("%d were open, %d are carried over", open, c)
		}
		if year := fx.periodic(t, db, "2024"); len(stood(year)) != len(year.Matters) {
			t.Error("a matter stands twice")
		}
		for _, p := range []report.Periodic{closed, again, next} {
			carried, fresh, done, open := p.Balance()
			if carried+fresh != done+open || done == 0 || open == 0 {
				t.Errorf("%s: %d and %d are not %d and %d", p.Span.Word(), carried, fresh, done, open)
			}
			sums := p.Sums()
			if sums[0] != len(p.Matters) {
				t.Errorf("the first column counts %d of %d", sums[0], len(p.Matters))
			}
			for _, row := range p.Rows() {
				for i, n := range row.Counts {
					if sums[i] -= n; len(p.Where(i, &row.Field)) != n {
						t.Errorf("%s, column %d: %d", row.Field, i, n)
					}
				}
			}
			for i, n := range sums {
				if n != 0 {
					t.Errorf("column %d: the sum is %d off", i, n)
				}
			}
		}
	})
}

// anyStep tries an act that moves an opinion; one that doesn't fit is passed over.
func (fx *fixture) anyStep(t *testing.T, db *DB, chance *rand.Rand, id doithoai.ID, i int) {
	t.Helper()
	ctx := ctxOf(t)
	days, err := DefaultCalendar()
	must(t, err)
	version := 0
	if f, err := db.OpinionFile(ctx, fx.office, id); err == nil {
		version = f.Opinion.Version
	} else if doithoai.KindOf(err) == 0 {
		t.Fatal(err)
	}
	codes := doithoai.OfferedRulings()
	code := codes[chance.IntN(len(codes))].Code
	if code == doithoai.RulingDenunciation && chance.IntN(5) > 0 {
		code = doithoai.RulingLater
	}
	acts := []func() error{
		func() error {
			return second(db.RuleOpinion(ctx, fx.chair, id, version, doithoai.Ruling{
				Code: code, Text: "Đã trả lời.", AnsweredBy: "Chủ tịch", HandedOver: true, LeadUnitID: fx.office.UnitID,
				Refusal: doithoai.Refusal{Ground: doithoai.RefusedUnclear}, Due: days.AddWorkdays(db.Now().Date(), 2),
			}))
		},
		func() error {
			return db.WithdrawOpinion(ctx, fx.office, id, version, "Người nêu xin rút vì đã xong.")
		},
		func() error { return db.SubmitAnswer(ctx, fx.office, id, version, testAnswer) },
		func() error { return db.SignAnswer(ctx, fx.chair, id, version) },
		func() error {
			return db.DispatchAnswer(ctx, fx.office, id, version, fmt.Sprintf("%d/UBND", i), db.Now().Date())
		},
		func() error { return db.ProposePublication(ctx, fx.office, id, 0, testSummary) },
		func() error { return db.ApprovePublication(ctx, fx.chair, id, 1) },
	}
	order := chance.Perm(len(acts))
	if chance.IntN(2) == 0 { // as the work goes
		order = []int{0, 2, 3, 4, 5, 6}[:chance.IntN(7)]
	}
	for _, k := range order {
		if err := acts[k](); err == nil {
			version++
		} else if doithoai.KindOf(err) == 0 {
			t.Fatal(err)
		}
	}
}

// Spans to come and what is none have no figures; who may not see the report of a result sees none.
func TestPeriodicFiguresOfNoSpan(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		for _, word := range []string{"2024-q5", "2024-q04", "x", "1999", "2031-q1"} {
			wantKind(t, second(db.PeriodicFigures(ctxOf(t), fx.office, word)), doithoai.NotFound, "")
		}
		wantKind(t, second(db.PeriodicFigures(ctxOf(t), fx.justice, "")), doithoai.NotAllowed, "")
	})
}

// What is about the actor's own conduct counts for them as for others, and its row is not theirs to open.
func TestPeriodicFiguresWithhold(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		slip := fx.slip("Cán bộ văn phòng nói to tiếng.")
		slip.FieldCode = "thai-do-phuc-vu"
		r, err := db.SubmitSlip(ctx, fx.resident, key(2100), slip)
		must(t, err)
		o := r.Opinions[0]
		must(t, db.NameConcerned(ctx, fx.chair, o.ID, o.Version, []doithoai.ID{fx.office.ID}))
		p := fx.periodic(t, db, "")
		if !p.Withheld[o.Number] || stood(p)[o.Number].Became != report.BecameOpen {
			t.Errorf("withheld are %v of %v", p.Withheld, stood(p))
		}
		p, err = db.PeriodicFigures(ctx, fx.secretary, "")
		must(t, err)
		for _, m := range p.Matters {
			if m.Number == o.Number && (p.Withheld[o.Number] || m.About != report.AboutConduct || m.Words != "") {
				t.Errorf("the secretary sees %+v", m)
			}
		}
	})
}

// A form holds for what ends on its day or later; what ended before keeps its own.
func TestSetPeriodForm(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		all, err := db.PeriodForms(ctx, fx.office)
		must(t, err)
		if len(all) != 1 || !all[0].House || len(all[0].Columns) == 0 {
			t.Fatalf("%+v", all)
		}
		f := all[0]
		f.From, f.Source = db.Now().Date(), "Công văn số 12/VP-KSTT"
		f.Columns = []report.PeriodColumn{{Text: "Tổng số"}, {Group: "Kết quả", Text: "Xong", Became: report.BecameDone}}
		wantKind(t, db.SetPeriodForm(ctx, fx.secretary, 0, f), doithoai.NotAllowed, "")
		for _, wrong := range []func(*report.PeriodForm){
			func(f *report.PeriodForm) { f.From = f.From.AddDays(-1) },
			func(f *report.PeriodForm) { f.Source = "" },
			func(f *report.PeriodForm) { f.Columns = f.Columns[1:] },
			func(f *report.PeriodForm) { f.Columns = nil },
		} {
			bad := f
			wrong(&bad)
			wantKind(t, db.SetPeriodForm(ctx, fx.office, 0, bad), doithoai.Invalid, "")
		}
		wantKind(t, db.SetPeriodForm(ctx, fx.office, 1, f), doithoai.Conflict, "")
		must(t, db.SetPeriodForm(ctx, fx.office, 0, f))
		wantKind(t, db.SetPeriodForm(ctx, fx.office, 0, f), doithoai.Conflict, "")
		now := fx.periodic(t, db, "")
		if now.Form.Number != 1 || now.Form.House || len(now.Form.Columns) != 2 ||
			now.Form.Columns[1].Became != report.BecameDone {
			t.Errorf("it counts by %+v", now.Form)
		}
		before := fx.periodic(t, db, now.Span.Before().Word())
		if before.Form.Number != 0 {
			t.Errorf("what ended before counts by %+v", before.Form)
		}
		if all, err = db.PeriodForms(ctx, fx.office); err != nil || len(all) != 2 || all[0].Source != f.Source {
			t.Errorf("%+v %v", all, err)
		}
	})
}
