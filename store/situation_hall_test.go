package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// minutesOf are the words of the minutes of a dialogue that was closed, as they are composed.
func (fx *fixture) minutesOf(t testing.TB, db *DB, d doithoai.Dialogue) string {
	t.Helper()
	m, err := db.ComposeMinutes(ctxOf(t), fx.secretary, d.ID, 0)
	must(t, err)
	return paragraphs(m.Body)
}

// Power fails at 9:10. What the secretary had typed is there; the sheet that was printed before is written on, and
// typed later with who wrote it and its scan: both stand in the sum.
func TestSituation1PowerFails(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		d := fx.underWay(t, db)
		typed := fx.spoken(t, db, 1, "Đèn đường thôn 2 tắt.")
		draft := map[string][]string{"noi-dung": {"Nước máy"}}
		must(t, second(db.SaveDraft(ctx, fx.secretary, DraftOpinion, string(d.ID), draft)))
		fx.clock.forward(2 * time.Hour) // nothing was typed meanwhile
		kept, err := db.Draft(ctx, fx.secretary, DraftOpinion, string(d.ID))
		must(t, err)
		if len(kept.Fields["noi-dung"]) != 1 || kept.Fields["noi-dung"][0] != "Nước máy" {
			t.Errorf("of what was typed is left %+v", kept)
		}
		s, lines := fx.sheet()
		scan := fx.upload(t, db, fx.secretary, "tờ 3.jpg").ID
		sheet, err := db.RecordSheet(ctx, fx.secretary, key(2), s, lines, []doithoai.ID{scan})
		must(t, err)
		if sheet.Writer != s.Writer || sheet.Scans != 1 || sheet.Lines[0].Clock != lines[0].Clock || sheet.Open() != 1 {
			t.Errorf("typed from the sheet: %+v", sheet)
		}
		f, err := db.Tally(ctx, fx.secretary, d.ID)
		must(t, err)
		// Three spoken words are known, and a line of the sheet that nobody has typed yet.
		if !f.Tally.Adds() || f.Tally.Received() != 4 || f.Tally.Unkeyed[doithoai.UnkeyedSheet] != 1 {
			t.Errorf("the sum after %s: %+v", typed.Number, f.Tally)
		}
		wantClean(t, db)
	})
}

// A man shouts and accuses an officer by name. One key blanks the screens; a neutral summary is written, and a line on
// order; he is invited to speak in private. Neither screens nor minutes say the name.
func TestSituation2SomebodyShouts(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		d := fx.underWay(t, db)
		const shouted = "Ông Nguyễn Văn Bị Tố ở Địa chính ăn tiền của dân!"
		o := fx.spoken(t, db, 1, shouted)
		must(t, second(db.ShowQuestion(ctx, fx.secretary, d.ID, 0, "Người dân hỏi về thủ tục đất đai.", o.ID, "", false)))
		must(t, db.BlankScreen(ctx, fx.secretary, d.ID))
		if l := fx.onScreens(t, db); !l.Blank || l.Question != "" || l.Asker != nil {
			t.Errorf("after the key the screens show %+v", l)
		}
		const neutral = "Phản ánh thái độ, trách nhiệm khi giải quyết thủ tục đất đai."
		must(t, db.SummariseOpinion(ctx, fx.secretary, o.ID, o.Version, neutral))
		const order = "Một người dự nói to; chủ trì mời trao đổi riêng."
		must(t, db.NoteHall(ctx, fx.secretary, doithoai.HallNote{
			ID: NewID(), DialogueID: d.ID, At: db.Now(), Kind: doithoai.NoteOrder, Body: order,
		}))
		text := fx.minutesOf(t, db, fx.end(t, db, d))
		if strings.Contains(text, "Bị Tố") || !strings.Contains(text, neutral) || !strings.Contains(text, order) {
			t.Errorf("the minutes say:\n%s", text)
		}
		wantClean(t, db)
	})
}

// The chair is called away: who presides from then on is noted with hour, reason and paper, and the minutes name both.
func TestSituation5ChairIsCalledAway(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		d := fx.underWay(t, db)
		o := fx.spoken(t, db, 1, "Đèn đường thôn 2 tắt.")
		fx.clock.forward(time.Hour)
		p := doithoai.Presiding{
			DialogueID: d.ID, Number: 1, Name: "Bà Cao Thị Giả Thiết, Phó Chủ tịch UBND xã", From: db.Now(),
			Reason: "Chủ tịch được triệu tập họp khẩn", Paper: "12/GUQ-UBND",
		}
		must(t, db.ChangePresiding(ctx, fx.secretary, p))
		must(t, second(db.RuleOpinion(ctx, fx.secretary, o.ID, o.Version, fx.later())))
		text := fx.minutesOf(t, db, fx.end(t, db, d))
		for _, want := range []string{d.Chair, "Bà Cao Thị Giả Thiết", p.Reason, p.Paper} {
			if !strings.Contains(text, want) {
				t.Errorf("the minutes don't say %q:\n%s", want, text)
			}
		}
		wantClean(t, db)
	})
}

// At 11:30 nine slips are unread: each gets a unit, a date and a word to who wrote it, in one act; the sum is whole.
func TestSituation12NineSlipsUnread(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		for n := range 9 {
			fx.speaker(t, db, n+1, doithoai.MannerSpeak)
		}
		d := fx.underWay(t, db)
		fx.clock.forward(3 * time.Hour)
		rows, err := db.Unheard(ctx, fx.secretary, d.ID)
		must(t, err)
		if len(rows) != 9 {
			t.Fatalf("%d slips are unread", len(rows))
		}
		must(t, db.AnswerLater(ctx, fx.secretary, d.ID, fx.chosen(rows), calendar.Date{}, ""))
		for _, r := range rows {
			f, err := db.OpinionFile(ctx, fx.office, r.Opinion.ID)
			must(t, err)
			if f.Petition == nil || f.Petition.Due.IsZero() || f.Unit.ID == "" ||
				deliveriesOf(f)[doithoai.DeliveryLater] == 0 {
				t.Errorf("%s has %+v of unit %q, told %v", r.Opinion.Number, f.Petition, f.Unit.ID, deliveriesOf(f))
			}
		}
		f, err := db.Tally(ctx, fx.secretary, d.ID)
		must(t, err)
		if !f.Tally.Balanced() || f.Tally.Outcomes[doithoai.OutcomeNotReached] != 9 {
			t.Errorf("the sum: %+v", f.Tally)
		}
		wantClean(t, db)
	})
}

// A registered speaker is absent: their turn passes, they may come back, and at the end what they wrote is answered in
// writing as that of somebody who was not there.
func TestSituation13SpeakerIsAbsent(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.registers(t, db, 1, "Bà Trần Thị Ví Dụ", 0)
		fx.registers(t, db, 2, "Ông Lý Văn Giả Định", 0)
		d := fx.running(t, db)
		call := func(version int) {
			must(t, db.CallTurn(ctx, fx.secretary, d.ID, o.SlipID, version))
			must(t, db.MissTurn(ctx, fx.secretary, d.ID, o.SlipID, version+1))
		}
		call(0)
		if r := fx.run(t, db); len(r.Waiting) != 1 || len(r.Over) != 1 || r.Over[0].State != doithoai.TurnAbsent {
			t.Errorf("after the call: %s waits, over %+v", queueNames(r.Waiting), r.Over)
		}
		must(t, db.ReturnTurn(ctx, fx.secretary, d.ID, o.SlipID, 2)) // somebody says that they are on the way
		call(3)
		rows, err := db.Unheard(ctx, fx.secretary, d.ID)
		must(t, err)
		at := slices.IndexFunc(rows, func(r LaterRow) bool { return r.Opinion.ID == o.ID })
		if at < 0 || rows[at].Unheard != doithoai.UnheardAbsent {
			t.Fatalf("unheard: %+v", rows)
		}
		must(t, db.AnswerLater(ctx, fx.secretary, d.ID, fx.chosen(rows), calendar.Date{}, ""))
		f, err := db.Tally(ctx, fx.secretary, d.ID)
		must(t, err)
		if !f.Tally.Balanced() || f.Tally.Outcomes[doithoai.OutcomeAbsent] != 1 ||
			f.Tally.Outcomes[doithoai.OutcomeNotReached] != 1 {
			t.Errorf("the sum: %+v", f.Tally)
		}
		wantClean(t, db)
	})
}

// The text of a denunciation was already typed, and shown: it vanishes from search, lists, screens and minutes, and is
// counted.
func TestSituation14DenunciationWasTyped(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		d := fx.underWay(t, db)
		const words = "Kế toán thôn lập chứng từ khống"
		o := fx.spoken(t, db, 1, words+" để rút tiền quỹ.")
		other := fx.spoken(t, db, 2, "Đèn đường thôn 2 tắt.")
		must(t, second(db.ShowQuestion(ctx, fx.secretary, d.ID, 0, words, o.ID, "", false)))
		_, err := db.RuleOpinion(ctx, fx.secretary, o.ID, o.Version,
			doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})
		must(t, err)
		must(t, second(db.RuleOpinion(ctx, fx.secretary, other.ID, other.Version, fx.later())))

		register, _, err := db.Register(ctx, fx.office, Filter{Tab: TabAll, Limit: 50})
		must(t, err)
		said, _, err := db.OpinionsSaying(ctx, fx.office, Filter{Words: "chứng từ khống"})
		must(t, err)
		byNumber, _, err := db.Register(ctx, fx.office, Filter{Tab: TabAll, Number: string(o.Number), Limit: 5})
		must(t, err)
		hall, err := db.DialogueOpinions(ctx, fx.secretary, d.ID)
		must(t, err)
		screens := fx.onScreens(t, db)
		f, err := db.Tally(ctx, fx.secretary, d.ID)
		must(t, err)
		minutes := fx.minutesOf(t, db, fx.end(t, db, d))
		told := fmt.Sprintf("%+v\n%+v\n%+v\n%+v\n%+v\n%+v\n%s", register, said, byNumber, hall, screens, f, minutes)
		if strings.Contains(told, words) || strings.Contains(told, string(o.Number)) {
			t.Errorf("it is still told:\n%s", told)
		}
		n, err := db.Denunciations(ctx, fx.office)
		must(t, err)
		if n != 1 || !f.Tally.Balanced() || f.Tally.Received() != 2 ||
			f.Tally.Outcomes[doithoai.Outcome(doithoai.RulingDenunciation)] != 1 {
			t.Errorf("%d denunciations, the sum %+v", n, f.Tally)
		}
		wantClean(t, db)
	})
}
