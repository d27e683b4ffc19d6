package store

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"doithoai"
	"doithoai/calendar"
)

// anyStack is a stack of paper slips of this quarter's survey on procedures, of which seven came back.
func (fx *fixture) anyStack(ctx context.Context, db *DB) (doithoai.ID, error) {
	s, err := db.OpenSurveyStack(ctx, fx.office, doithoai.SurveyStack{
		ID: newID(), Survey: doithoai.QuarterSurvey(doithoai.SurveyProcedures, db.Now().Date()),
		Origin: doithoai.OriginPaper, Issued: 8, Returned: 7,
	})
	return s.ID, err
}

// surveyed is a dialogue that was closed, and its survey.
func (fx *fixture) surveyed(t *testing.T, db *DB) (doithoai.Dialogue, doithoai.Survey) {
	t.Helper()
	d := fx.running(t, db)
	d, err := db.CloseDialogue(ctxOf(t), fx.secretary, d.ID, d.Version, db.Now())
	must(t, err)
	return d, doithoai.DialogueSurvey(d.ID)
}

// digits is a slip with a digit for each question.
func digits(s string) doithoai.SurveySlip {
	return doithoai.SurveySlip{Answers: doithoai.ParseSurveyDigits(s)}
}

// keyOf is the key of the n-th telephone.
func keyOf(n int, s doithoai.Survey) doithoai.SurveyKey { return doithoai.SurveyKeyOf(key(n), s) }

// People say what they think once a dialogue is closed, for the days of the rule; a telephone once, its second word in
// place of the first; not all at once nothing.
func TestAnswerSurvey(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, running := ctxOf(t), fx.running(t, db)
		s := doithoai.DialogueSurvey(running.ID)
		answer := func(n int, s8 string) error {
			return db.AnswerSurvey(ctx, fx.resident, s, keyOf(n, s), digits(s8))
		}
		wantKind(t, answer(1, "44444444"), doithoai.Conflict, "survey.problem.not_yet")
		d, err := db.CloseDialogue(ctx, fx.secretary, running.ID, running.Version, db.Now())
		must(t, err)
		wantKind(t, db.AnswerSurvey(ctx, fx.office, s, keyOf(1, s), digits("4")), doithoai.NotAllowed, "")
		for _, wrong := range []string{"", "00000000", "44444446", "x4"} {
			wantKind(t, answer(1, wrong), doithoai.Invalid, "")
		}
		long := digits("4")
		long.Comment = strings.Repeat("ệ", doithoai.MaxSurveyComment+1)
		wantKind(t, db.AnswerSurvey(ctx, fx.resident, s, keyOf(1, s), long), doithoai.Invalid, "")
		must(t, answer(1, "11111111"))
		must(t, answer(1, "0000040"))
		must(t, answer(2, "54545454"))
		mine, err := db.SurveySlip(ctx, fx.authority.ID, s, keyOf(1, s))
		must(t, err)
		if !slices.Equal(mine.Answers, []int{0, 0, 0, 0, 0, 4, 0, 0}) {
			t.Errorf("the telephone said %v", mine.Answers)
		}
		r, err := db.SurveyResult(ctx, fx.justice, s)
		must(t, err)
		if total := r.Total(); total.Valid != 2 || total.Answers(5) != 2 || total.Answers(0) != 1 || total.Counts[7][3] != 1 {
			t.Errorf("%+v", total)
		}
		if fx.onScreens(t, db).Rated != 2 {
			t.Error("screens count another number")
		}
		_, err = db.SurveyResult(ctx, fx.resident, s)
		wantKind(t, err, doithoai.NotAllowed, "")
		rules, err := db.Rules(ctx, fx.authority.ID)
		must(t, err)
		until, _ := d.SurveyUntil(rules.Parameters)
		if until != d.ClosedAt.Date().AddDays(10) || r.Until != until {
			t.Errorf("until %s, %s", until, r.Until)
		}
		_, err = db.PublicSurveyResult(ctx, fx.authority.ID, s)
		wantKind(t, err, doithoai.Conflict, "survey.problem.not_ended")
		fx.to(calendar.InstantAt(until, 23, 59))
		must(t, answer(3, "33333333"))
		fx.to(calendar.InstantAt(until.AddDays(1), 0, 0))
		wantKind(t, answer(4, "33333333"), doithoai.Conflict, "survey.problem.ended")
		public, err := db.PublicSurveyResult(ctx, fx.authority.ID, s)
		must(t, err)
		if public.Total().Valid != 3 || public.Enough() {
			t.Errorf("%+v", public.Total())
		}
		wantClean(t, db)
	})
}

// The same telephone twice at the same moment is one slip.
func TestAnswerSurveyAtOnce(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		_, s := fx.surveyed(t, db)
		var all sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			all.Go(func() { errs[i] = db.AnswerSurvey(ctxOf(t), fx.resident, s, keyOf(1, s), digits("44444444")) })
		}
		all.Wait()
		for _, err := range errs {
			must(t, err)
		}
		r, err := db.SurveyResult(ctxOf(t), fx.office, s)
		must(t, err)
		if r.Total().Valid != 1 {
			t.Errorf("%d slips", r.Total().Valid)
		}
	})
}

// Nothing of a slip tells when it came or from whom: its columns are known, and none holds a time.
func TestSurveySlipsNameNobody(t *testing.T) {
	each(t, func(t *testing.T, db *DB, _ *fixture) {
		d, err := db.dialect.describe(ctxOf(t), db.reader(), "survey_slip", "")
		must(t, err)
		want := []string{"answers", "authority_id", "comment", "form", "key_hash", "kind", "subject"}
		if got := slices.Sorted(slices.Values(d.columns)); !slices.Equal(got, want) {
			t.Errorf("a slip holds %v", got)
		}
	})
}

// Surveys of procedures are of quarters: each takes slips in its own alone.
func TestAnswerSurveyOfProcedures(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		s := doithoai.QuarterSurvey(doithoai.SurveyProcedures, db.Now().Date())
		must(t, db.AnswerSurvey(ctx, fx.resident, s, keyOf(1, s), digits("454545")))
		for _, day := range []calendar.Date{s.Ends().AddDays(1), s.Quarter.AddDays(-1)} {
			other := doithoai.QuarterSurvey(doithoai.SurveyProcedures, day)
			wantKind(t, db.AnswerSurvey(ctx, fx.resident, other, keyOf(1, other), digits("4")), doithoai.Conflict, "")
		}
		s.Quarter = s.Quarter.AddDays(1) // of no quarter
		wantKind(t, db.AnswerSurvey(ctx, fx.resident, s, keyOf(1, s), digits("4")), doithoai.NotFound, "")
	})
}

// A form holds from a day to come; a dialogue is surveyed by the form of its day, and what was asked stays.
func TestSetSurveyForm(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		all, err := db.SurveyForms(ctx, fx.authority.ID, doithoai.SurveyDialogue)
		must(t, err)
		if len(all) != 1 || len(all[0].Questions) != 8 || !all[0].House || len(all[0].Shorts()) != 2 {
			t.Fatalf("%+v", all)
		}
		f := all[0]
		f.Questions = slices.Clone(f.Questions[5:])
		f.From, f.Scale, f.Source = fx.dialogue.StartsAt.Date().AddDays(1), doithoai.ScaleThree, "Quyết định số 12/QĐ-UBND"
		_, err = db.SetSurveyForm(ctx, fx.secretary, 1, f)
		wantKind(t, err, doithoai.NotAllowed, "")
		early := f
		early.From = db.Now().Date()
		_, err = db.SetSurveyForm(ctx, fx.office, 1, early)
		wantKind(t, err, doithoai.Invalid, "")
		_, err = db.SetSurveyForm(ctx, fx.office, 0, f)
		wantKind(t, err, doithoai.Conflict, "")
		f, err = db.SetSurveyForm(ctx, fx.office, 1, f)
		must(t, err)
		s := doithoai.DialogueSurvey(fx.dialogue.ID)
		asked, err := db.SurveyFormOf(ctx, fx.authority.ID, s)
		must(t, err)
		if asked.Number != 1 || f.Number != 2 || f.House {
			t.Errorf("the dialogue asks by form %d; the new one is %+v", asked.Number, f)
		}
		_, s = fx.surveyed(t, db)
		fx.to(calendar.InstantAt(f.From, 8, 0))
		must(t, db.AnswerSurvey(ctx, fx.resident, s, keyOf(1, s), digits("00000005")))
		f.From = f.From.AddDays(1)
		_, err = db.SetSurveyForm(ctx, fx.office, 2, f)
		must(t, err)
		r, err := db.SurveyResult(ctx, fx.office, s)
		must(t, err)
		if r.Form.Number != 1 || r.Total().Counts[7][4] != 1 {
			t.Errorf("by form %d: %+v", r.Form.Number, r.Total())
		}
	})
}

// A stack is opened with what went out and came back; its slips are typed one after the other, each once.
func TestOpenSurveyStack(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		stack := doithoai.SurveyStack{
			ID: newID(), Survey: doithoai.DialogueSurvey(fx.dialogue.ID), Origin: doithoai.OriginPaper,
			Village: fx.villages[0].ID, Issued: 10, Returned: 6, Invalid: 1,
		}
		_, err := db.OpenSurveyStack(ctx, fx.office, stack)
		wantKind(t, err, doithoai.Conflict, "survey.problem.not_yet")
		_, s := fx.surveyed(t, db)
		_, err = db.OpenSurveyStack(ctx, fx.justice, stack)
		wantKind(t, err, doithoai.NotAllowed, "")
		for _, wrong := range [][3]int{{0, 0, 0}, {5, 6, 0}, {6, 5, 6}, {6, -1, 0}} {
			bad := stack
			bad.Issued, bad.Returned, bad.Invalid = wrong[0], wrong[1], wrong[2]
			_, err = db.OpenSurveyStack(ctx, fx.office, bad)
			wantKind(t, err, doithoai.Invalid, "")
		}
		for range 2 { // the form sent twice
			_, err = db.OpenSurveyStack(ctx, fx.office, stack)
			must(t, err)
		}
		all, err := db.SurveyStacks(ctx, fx.justice, s)
		must(t, err)
		if len(all) != 1 || all[0].Number != 1 || all[0].Left() != 5 {
			t.Errorf("%+v", all)
		}
	})
}

func TestTypeSurveySlip(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		_, s := fx.surveyed(t, db)
		stack, err := db.OpenSurveyStack(ctx, fx.office, doithoai.SurveyStack{
			ID: newID(), Survey: s, Origin: doithoai.OriginPaper, Issued: 9, Returned: 7, Invalid: 1,
		})
		must(t, err)
		typed := func(number int, given string) error {
			return db.TypeSurveySlip(ctx, fx.secretary, stack.ID, number, digits(given))
		}
		for _, wrong := range []string{"", "00000000", "444444444", "4444444x", "9"} {
			wantKind(t, typed(1, wrong), doithoai.Invalid, "")
		}
		wantKind(t, typed(2, "44444444"), doithoai.NotFound, "")
		for n, given := range []string{"44444444", "5555555", "4 4 4 44", "33333333", "00000005", "12345123"} {
			must(t, typed(n+1, given))
			must(t, typed(n+1, given)) // sent twice
		}
		wantKind(t, typed(6, "55555555"), doithoai.Conflict, "survey.problem.typed_meanwhile")
		wantKind(t, typed(7, "55555555"), doithoai.Invalid, "")
		r, err := db.SurveyResult(ctx, fx.office, s)
		must(t, err)
		total := r.Total()
		if total.Valid != 6 || total.Returned != 7 || total.Invalid != 1 || total.Issued != 9 ||
			!slices.Equal(total.Counts[7], []int{0, 0, 2, 2, 1}) {
			t.Errorf("%+v", total)
		}
		wantClean(t, db)
	})
}

// What was typed or counted wrongly is put right with a reason; who did so, and what stood there, is kept.
func TestCorrectSurvey(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		_, s := fx.surveyed(t, db)
		counts := make([][]int, 8)
		for q := range counts {
			counts[q] = []int{0, 1, 2, 10, 7}
		}
		tally := doithoai.SurveyStack{
			ID: newID(), Survey: s, Origin: doithoai.OriginTally, Village: fx.villages[1].ID, Issued: 25, Returned: 21,
			Invalid: 1, Counts: counts,
		}
		bad := tally
		bad.Counts = slices.Clone(counts)
		bad.Counts[2] = []int{0, 2, 2, 10, 7} // one more than came back
		_, err := db.OpenSurveyStack(ctx, fx.office, bad)
		wantKind(t, err, doithoai.Invalid, "")
		_, err = db.OpenSurveyStack(ctx, fx.office, tally)
		must(t, err)
		right := tally
		right.Counts = slices.Clone(counts)
		right.Counts[7] = []int{0, 0, 2, 10, 8}
		wantKind(t, db.CorrectSurveyStack(ctx, fx.office, tally.ID, 1, right, ""), doithoai.Invalid, "")
		wantKind(t, db.CorrectSurveyStack(ctx, fx.justice, tally.ID, 1, right, "Cộng nhầm."), doithoai.NotAllowed, "")
		must(t, db.CorrectSurveyStack(ctx, fx.office, tally.ID, 1, right, "Cộng nhầm."))
		wantKind(t, db.CorrectSurveyStack(ctx, fx.office, tally.ID, 1, right, "Cộng nhầm."), doithoai.Conflict, "")
		f, err := db.SurveyStack(ctx, fx.office, tally.ID, 0)
		must(t, err)
		if len(f.Corrections) != 1 || f.Corrections[0].By != fx.office.Name || f.Corrections[0].Reason != "Cộng nhầm." ||
			!strings.HasSuffix(f.Corrections[0].Before, " 0-1-2-10-7") || !slices.Equal(f.Counts[7], right.Counts[7]) {
			t.Errorf("%+v, %v", f.Corrections, f.Counts)
		}

		paper, err := db.OpenSurveyStack(ctx, fx.office, doithoai.SurveyStack{
			ID: newID(), Survey: s, Origin: doithoai.OriginPaper, Issued: 3, Returned: 3,
		})
		must(t, err)
		must(t, db.TypeSurveySlip(ctx, fx.office, paper.ID, 1, digits("11111111")))
		wantKind(t, db.CorrectSurveySlip(ctx, fx.office, paper.ID, 2, 5, digits("5"), "Gõ nhầm."), doithoai.NotFound, "")
		must(t, db.CorrectSurveySlip(ctx, fx.office, paper.ID, 2, 1, digits("55555555"), "Gõ nhầm."))
		slip, err := db.SurveySlipOfStack(ctx, fx.office, paper.ID, 1)
		must(t, err)
		p, err := db.SurveyStack(ctx, fx.office, paper.ID, 0)
		must(t, err)
		if slip.Answers[0] != 5 || p.Corrections[0].Slip != 1 || p.Corrections[0].Before != "11111111" {
			t.Errorf("%+v, %+v", slip, p.Corrections)
		}
		gone := doithoai.SurveyStack{Issued: 3, Returned: 0}
		wantKind(t, db.CorrectSurveyStack(ctx, fx.office, paper.ID, 3, gone, "Đếm lại."), doithoai.Invalid, "")
		r, err := db.SurveyResult(ctx, fx.office, s)
		must(t, err)
		x, ok := r.Overall()
		if total := r.Total(); !ok || total.Valid != 21 || x != (doithoai.SurveyIndex{Satisfied: 19, Of: 21}) {
			t.Errorf("%+v of %+v", x, total)
		}
		if r.Origins() != nil || r.Villages() != nil {
			t.Error("one slip is told apart from the others")
		}
		wantClean(t, db)
	})
}

// What people wrote is read by few, in an order that tells nothing.
func TestSurveyComments(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		_, s := fx.surveyed(t, db)
		for n, words := range []string{"c", "a", "", "b"} {
			slip := digits("4")
			slip.Comment = words
			must(t, db.AnswerSurvey(ctx, fx.resident, s, keyOf(n, s), slip))
		}
		all, err := db.SurveyComments(ctx, fx.chair, s)
		must(t, err)
		if !slices.Equal(all, []string{"a", "b", "c"}) {
			t.Errorf("%q", all)
		}
		_, err = db.SurveyComments(ctx, fx.justice, s)
		wantKind(t, err, doithoai.NotAllowed, "")
	})
}
