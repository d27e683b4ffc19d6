package store

import (
	"strings"
	"testing"
	"time"

	"doithoai"
)

// toDo is what the unit of land is to do within some working days.
type toDo struct {
	what string
	days int
}

// concluded is a dialogue that has ended, whose conclusion gives things to do; its minutes are read back and not
// locked.
func (fx *fixture) concluded(t testing.TB, db *DB, given ...toDo) (doithoai.Dialogue, doithoai.Minutes) {
	t.Helper()
	ctx := ctxOf(t)
	d := fx.end(t, db, fx.begin(t, db))
	var lines []doithoai.Promised
	for _, g := range given {
		lines = append(lines, fx.promised(t, db, g.what, g.days))
	}
	must(t, second(db.WriteConclusion(ctx, fx.secretary, d.ID, 0, "Ghi nhận các ý kiến.", lines...)))
	m, err := db.ComposeMinutes(ctx, fx.secretary, d.ID, 0)
	must(t, err)
	m, err = db.ReadMinutes(ctx, fx.secretary, d.ID, m.Version, fx.readBack(db))
	must(t, err)
	return d, m
}

// concludes locks the minutes of such a dialogue, and returns what it promised.
func (fx *fixture) concludes(t testing.TB, db *DB, given ...toDo) (doithoai.Dialogue, []doithoai.Promise) {
	t.Helper()
	d, m := fx.concluded(t, db, given...)
	must(t, second(db.LockMinutes(ctxOf(t), fx.secretary, d.ID, m.Version)))
	return d, fx.concludedPromises(t, db, d)
}

func (fx *fixture) concludedPromises(t testing.TB, db *DB, d doithoai.Dialogue) (all []doithoai.Promise) {
	t.Helper()
	rows, err := db.PromisesOfDialogue(ctxOf(t), fx.authority.ID, d.ID)
	must(t, err)
	for _, r := range rows {
		if r.Slug != d.Slug || r.Title != d.Title || r.HeldOn != d.StartsAt || r.Number != "" {
			t.Errorf("it tells of another dialogue: %+v", r)
		}
		all = append(all, r.Promise)
	}
	return all
}

// What a conclusion gives to do is promised when the minutes are locked, and in no other way: not while it is written
// anew, and the results are not published before.
func TestConclusionPromises(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		d, m := fx.concluded(t, db, toDo{"Dán bảng niêm yết", 3}, toDo{"Đo lại thửa đất", 5})
		line, other := fx.promised(t, db, "Dán bảng niêm yết", 3), fx.promised(t, db, "Đo lại thửa đất", 5)
		f, err := db.Conclusion(ctx, fx.chair, d.ID)
		must(t, err)
		if len(f.Concluded) != 2 || f.Concluded[0].Promised != line || f.Concluded[1].Promised != other {
			t.Errorf("it gives to do %+v", f.Concluded)
		}
		if all := fx.concludedPromises(t, db, d); len(all) > 0 {
			t.Errorf("words promise %+v", all)
		}
		wantField(t, second(db.PublishResults(ctx, fx.office, d.ID, d.Version, db.Now())), "luc", "unlocked")
		// The line in the minutes is corrected where it is judged, and nowhere else.
		wantKind(t, second(db.CorrectMinutes(ctx, fx.office, d.ID, m.Version, "Nhầm",
			wording("viec-giao/1", "- Việc 1: không có."))),
			doithoai.NotFound, "")
		must(t, second(db.WriteConclusion(ctx, fx.chair, d.ID, 1, "Ghi nhận.", other)))
		wantKind(t, second(db.LockMinutes(ctx, fx.secretary, d.ID, m.Version)), doithoai.Invalid, "") // composed otherwise
		m, err = db.ComposeMinutes(ctx, fx.secretary, d.ID, m.Version)
		must(t, err)
		text := paragraphs(m.Body)
		if !strings.Contains(text, "Đo lại thửa đất; ") || strings.Contains(text, "Dán bảng") {
			t.Errorf("the minutes say\n%s", text)
		}
		m, err = db.ReadMinutes(ctx, fx.secretary, d.ID, m.Version, fx.readBack(db))
		must(t, err)
		before, err := db.RecordSize(ctx)
		must(t, err)
		must(t, second(db.LockMinutes(ctx, fx.secretary, d.ID, m.Version)))
		after, err := db.RecordSize(ctx)
		must(t, err)
		all := fx.concludedPromises(t, db, d)
		if len(all) != 1 || all[0].Promised != other || all[0].State != doithoai.PromiseOpen || all[0].MadeAt != d.ClosedAt {
			t.Fatalf("it promises %+v", all)
		}
		if after != before+2 {
			t.Errorf("%d leaves, want one of the minutes and one of the promise", after-before)
		}
		for name, err := range map[string]error{
			"written anew": second(db.WriteConclusion(ctx, fx.chair, d.ID, 2, "Ghi nhận.")),
			"composed":     second(db.ComposeMinutes(ctx, fx.office, d.ID, m.Version+1)),
			"moved": second(db.MoveDialogue(ctx, fx.office, d.ID, d.Version, d,
				doithoai.DialogueMove{Reason: "Dời sang tuần sau vì mưa bão"})),
		} {
			wantKind(t, err, doithoai.Conflict, "")
			if got := fx.concludedPromises(t, db, d); len(got) != 1 || got[0] != all[0] {
				t.Errorf("%s: it promises %+v", name, got)
			}
		}
		must(t, second(db.PublishResults(ctx, fx.office, d.ID, d.Version, db.Now())))
		wantClean(t, db)
	})
}

// The lines of a conclusion are judged like those of an answer, and tell of nobody who raised something there. One
// whose day passes before the minutes are locked stays, and is late from the beginning.
func TestConclusionLines(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.submit(t, db, 800, "Đường thôn 1 ngập khi mưa.").Opinions[0]
		must(t, second(db.RuleOpinion(ctx, fx.secretary, o.ID, 1, onTheSpot())))
		d := fx.end(t, db, fx.begin(t, db))
		line := fx.promised(t, db, "Dán bảng niêm yết", 2)
		write := func(version int, lines ...doithoai.Promised) error {
			return second(db.WriteConclusion(ctx, fx.chair, d.ID, version, "Ghi nhận.", lines...))
		}
		with := func(change func(*doithoai.Promised)) doithoai.Promised {
			l := line
			change(&l)
			return l
		}
		wantField(t, write(0, with(func(l *doithoai.Promised) { l.UnitID = fx.otherUnits["van-phong"].ID })),
			"hua-don-vi-1", "unit")
		wantField(t, write(0, with(func(l *doithoai.Promised) { l.What = "Gặp bà " + fx.slip("").Petitioner.Name })),
			"hua-viec-1", "names")
		wantField(t, write(0, with(func(l *doithoai.Promised) { l.Due = db.Now().Date().AddDays(-1) })),
			"hua-han-1", "due_past")
		if f, err := db.Conclusion(ctx, fx.chair, d.ID); err != nil || len(f.Concluded) > 0 || f.Kept.Version > 0 {
			t.Errorf("what was refused is kept: %+v, %v", f.Concluded, err)
		}
		must(t, write(0, line))
		fx.clock.forward(10 * 24 * time.Hour)
		later := with(func(l *doithoai.Promised) { l.Due = fx.promised(t, db, "", 9).Due })
		wantField(t, write(1), "hua-viec-1", "stays")
		wantField(t, write(1, later), "hua-viec-1", "stays")
		must(t, write(1, line, later))
		m, err := db.ComposeMinutes(ctx, fx.secretary, d.ID, 0)
		must(t, err)
		m, err = db.ReadMinutes(ctx, fx.secretary, d.ID, m.Version, fx.readBack(db))
		must(t, err)
		must(t, second(db.LockMinutes(ctx, fx.secretary, d.ID, m.Version)))
		all := fx.concludedPromises(t, db, d)
		if c := mustRules(t, db, fx).Calendar; !all[0].Late(db.Now().Date(), c) || all[1].Late(db.Now().Date(), c) {
			t.Errorf("they are %+v", all)
		}
		must(t, db.KeepPromise(ctx, fx.land, all[0].ID, 1, d.ClosedAt.Date(), "Đã dán ngay hôm đó."))
		if got := fx.concludedPromises(t, db, d)[0]; got.State != doithoai.PromiseKept || !got.Missed {
			t.Errorf("a day typed afterwards makes it timely: %+v", got)
		}
		wantClean(t, db)
	})
}

// What a conclusion promised is kept, given up and opened again by the same acts and rights as what an answer did.
func TestConcludedPromiseActs(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		d, all := fx.concludes(t, db, toDo{"Dán bảng", 2}, toDo{"Đo lại", 4})
		today := db.Now().Date()
		for _, a := range []doithoai.Actor{fx.justice, fx.secretary, fx.chair} {
			wantKind(t, db.KeepPromise(ctx, a, all[0].ID, 1, today, "Đã dán."), doithoai.NotAllowed, "")
		}
		wantKind(t, db.KeepPromise(ctx, fx.everyRole(), all[0].ID, 1, today, "Đã dán."), doithoai.NotFound, "")
		wantKind(t, db.KeepPromise(ctx, fx.land, all[0].ID, 2, today, "Đã dán."), doithoai.Conflict, "")
		wantKind(t, db.KeepPromise(ctx, fx.land, all[0].ID, 1, today, ""), doithoai.Invalid, "")
		must(t, db.KeepPromise(ctx, fx.land, all[0].ID, 1, today, "Đã dán ở 04 nhà văn hóa."))
		must(t, db.WithdrawKept(ctx, fx.land, all[0].ID, 2))
		must(t, db.KeepPromise(ctx, fx.land, all[0].ID, 3, today, "Đã dán."))
		wantKind(t, db.BreakPromise(ctx, fx.land, all[1].ID, 1, "Không có máy."), doithoai.NotAllowed, "")
		must(t, db.BreakPromise(ctx, fx.chair, all[1].ID, 1, "Không có máy đo."))
		all = fx.concludedPromises(t, db, d)
		if all[0].State != doithoai.PromiseKept || all[0].Said != "Đã dán." || all[0].Version != 4 ||
			all[1].State != doithoai.PromiseBroken || all[1].Said != "Không có máy đo." {
			t.Errorf("they are %+v", all)
		}
		wantClean(t, db)
		where := ` WHERE id = '` + string(all[0].ID) + `'`
		for name, c := range map[string]alteration{
			"open":         {`UPDATE promise SET state = 'open'` + where, "promise " + d.Slug, ""},
			"later":        {`UPDATE promise SET due = '2030-01-02'` + where, "promise " + d.Slug, ""},
			"other words":  {`UPDATE promise SET what = 'Khác'` + where, "promise " + d.Slug, ""},
			"other result": {`UPDATE promise SET said = 'Khác'` + where, "promise " + d.Slug, ""},
			"the line":     {`UPDATE conclusion_promise SET due = '2030-01-02'`, "promise " + d.Slug, ""},
			"the act": {`UPDATE promise_event SET body = 'Khác' WHERE act = 'withdraw_kept'`,
				"event " + d.Slug, "content"},
		} {
			c.test(t, name, db, nil)
		}
	})
}

// Everybody reads what a conclusion promised once the minutes are locked; the staff sees what its posts open.
func TestConcludedPromisesAreSeen(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		_, all := fx.concludes(t, db, toDo{"Dán bảng", 2}, toDo{"Đo lại", 4})
		for name, tt := range map[string]struct {
			actor doithoai.Actor
			want  int
		}{"office": {fx.office, 2}, "chair": {fx.chair, 2}, "its unit": {fx.land, 2}, "another": {fx.justice, 0}} {
			rows, _, err := db.Promises(ctx, tt.actor, PromiseFilter{Tab: PromisesOpen})
			must(t, err)
			counts, err := db.PromiseCounts(ctx, tt.actor)
			must(t, err)
			if len(rows) != tt.want || int(counts[PromisesOpen]) != tt.want {
				t.Errorf("%s sees %d, counted %d", name, len(rows), counts[PromisesOpen])
			}
		}
		rows, _, err := db.PublicPromises(ctx, fx.authority.ID, PromiseFilter{Tab: PromisesOpen})
		must(t, err)
		counts, err := db.PublicPromiseCounts(ctx, fx.authority.ID)
		must(t, err)
		if len(rows) != 2 || counts[PromisesOpen] != 2 {
			t.Errorf("the public reads %d, counted %d", len(rows), counts[PromisesOpen])
		}
		wantKind(t, second(db.Promise(ctx, fx.justice, all[0].ID)), doithoai.NotAllowed, "")
		f, err := db.Promise(ctx, fx.land, all[0].ID)
		must(t, err)
		if f.DialogueID != fx.dialogue.ID || f.Number != "" || f.Title != fx.dialogue.Title {
			t.Errorf("its page tells %+v", f.PromiseRow)
		}
	})
}
