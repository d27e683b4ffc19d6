package store

import (
	"context"
	"strings"
	"testing"
	"time"

	"doithoai"
)

// spoken is an opinion that was raised in the hall.
func (fx *fixture) spoken(t testing.TB, db *DB, n int, content string) doithoai.Opinion {
	t.Helper()
	slip := fx.slip(content)
	slip.DialogueID = fx.dialogue.ID
	r, err := db.RecordOpinion(ctxOf(t), fx.secretary, key(n), slip)
	must(t, err)
	return r.Opinions[0]
}

// onScreens is what the screens of the fixture's dialogue show.
func (fx *fixture) onScreens(t testing.TB, db *DB) doithoai.Live {
	t.Helper()
	l, err := db.Live(ctxOf(t), fx.authority.ID, fx.dialogue.ID)
	must(t, err)
	return l
}

const releasedText = "Hồ sơ đất đai bị yêu cầu thêm giấy xác nhận của thôn. Giấy này căn cứ vào đâu?"

func TestShowQuestion(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, d := ctxOf(t), fx.dialogue
		show := func(a doithoai.Actor, version int, text string, opinion doithoai.ID, sure bool) error {
			_, err := db.ShowQuestion(ctx, a, d.ID, version, text, opinion, "", sure)
			return err
		}
		wantKind(t, show(fx.secretary, 0, releasedText, "", false), doithoai.Conflict, "hall.screen.problem.not_running")
		fx.running(t, db)
		o := fx.spoken(t, db, 1, releasedText)
		for _, a := range []doithoai.Actor{fx.chair, fx.justice, fx.admin, fx.resident} {
			wantKind(t, show(a, 0, releasedText, o.ID, false), doithoai.NotAllowed, "")
		}
		who := fx.slip("").Petitioner
		for text, problem := range map[string]string{
			"":                             "hall.screen.problem.empty",
			strings.Repeat("a", 601):       "hall.screen.problem.long",
			"Tôi là " + who.Name + ", hỏi": "hall.screen.problem.identifies",
			"Gọi lại cho tôi 0987 654 321": "petition.publication.warning.phone",
			"Ông Mẫu Thử không nhận hồ sơ.": "petition.publication.warning.name",
		} {
			wantField(t, show(fx.secretary, 0, text, o.ID, false), "chieu", problem)
		}
		wantField(t, show(fx.secretary, 0, "Gọi lại cho tôi 0987 654 321", o.ID, true), "chieu",
			"petition.publication.warning.phone")
		wantKind(t, show(fx.secretary, 0, releasedText, NewID(), false), doithoai.NotFound, "")
		must(t, show(fx.secretary, 0, releasedText, o.ID, false))
		wantKind(t, show(fx.secretary, 0, releasedText, o.ID, false), doithoai.Conflict, "error.conflict")
		must(t, show(fx.office, 1, "Ông Mẫu Thử không nhận hồ sơ.", "", true))
		if l := fx.onScreens(t, db); l.Question != "Ông Mẫu Thử không nhận hồ sơ." || l.Number != 0 || l.Released != 1 {
			t.Errorf("%+v", l)
		}
		must(t, show(fx.secretary, 2, releasedText, o.ID, false))
		_, err := db.RuleOpinion(ctx, fx.secretary, o.ID, 1, fx.later())
		must(t, err)
		l := fx.onScreens(t, db)
		if l.Blank || l.Question != releasedText || l.Number != 1 || l.Ruling == nil || l.Ruling.Unit == "" ||
			l.Ruling.Due.IsZero() || l.Asker == nil || l.Asker.Name != who.Name || len(l.Rulings) != 1 {
			t.Errorf("%+v", l)
		}
		if u := l.Unnamed(); u.Asker.Name != "" || l.Asker.Name == "" {
			t.Errorf("unnamed %+v of %+v", u.Asker, l.Asker)
		}
		must(t, db.ShowStep(ctx, fx.secretary, d.ID, 3))
		wantKind(t, db.ShowStep(ctx, fx.secretary, d.ID, 3), doithoai.Conflict, "")
		if l := fx.onScreens(t, db); l.Question != "" || l.Blank || l.Version != 4 || l.Released != 1 {
			t.Errorf("%+v", l)
		}
		wantClean(t, db)
	})
}

func TestBlankScreen(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, d := ctxOf(t), fx.running(t, db)
		o := fx.spoken(t, db, 1, releasedText)
		_, err := db.ShowQuestion(ctx, fx.secretary, d.ID, 0, releasedText, o.ID, "", false)
		must(t, err)
		for _, a := range []doithoai.Actor{fx.chair, fx.justice, fx.resident} {
			wantKind(t, db.BlankScreen(ctx, a, d.ID), doithoai.NotAllowed, "")
		}
		wantKind(t, db.BlankScreen(ctx, fx.otherOffice, d.ID), doithoai.NotFound, "")
		for range 2 {
			must(t, db.BlankScreen(ctx, fx.office, d.ID))
		}
		s, err := db.Screen(ctx, fx.secretary, d.ID)
		must(t, err)
		if !s.Blank || s.Question != "" || s.OpinionID != "" || s.TurnID != "" || s.Version != 2 {
			t.Errorf("%+v", s)
		}
		if l := fx.onScreens(t, db); !l.Blank || l.Question != "" || l.Asker != nil || l.Ruling != nil || l.Released != 1 {
			t.Errorf("%+v", l)
		}
		wantClean(t, db)
	})
}

// Nobody opens a projector but with the code that the console shows.
func TestOpensProjector(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, id := ctxOf(t), fx.dialogue.ID
		if ok, err := db.OpensProjector(ctx, fx.authority.ID, id, ""); ok || err != nil {
			t.Fatalf("an empty code: %v, %v", ok, err)
		}
		wantKind(t, func() error { _, err := db.Screen(ctx, fx.resident, id); return err }(), doithoai.NotAllowed, "")
		s, err := db.Screen(ctx, fx.secretary, id)
		must(t, err)
		again, err := db.Screen(ctx, fx.chair, id)
		must(t, err)
		if len(s.Code) != 8 || again.Code != s.Code || s.Version != 0 || s.Blank {
			t.Errorf("%+v, %+v", s, again)
		}
		for code, want := range map[string]bool{s.Code: true, "": false, s.Code[:7]: false, "AAAAAAAA": false} {
			if ok, err := db.OpensProjector(ctx, fx.authority.ID, id, code); ok != want || err != nil {
				t.Errorf("%q: %v, %v", code, ok, err)
			}
		}
		_, err = db.OpensProjector(ctx, fx.other.ID, id, s.Code)
		wantKind(t, err, doithoai.NotFound, "")
	})
}

// A question that was released while it was being typed becomes its opinion's, once that is recorded; one that screens
// may not show leaves them.
func TestLinkShown(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, d := ctxOf(t), fx.running(t, db)
		turn := doithoai.Turn{ID: NewID(), DialogueID: d.ID, Name: "Lê Văn Thử", VillageID: fx.villages[0].ID}
		must(t, db.JoinQueue(ctx, fx.secretary, turn))
		must(t, db.CallTurn(ctx, fx.secretary, d.ID, turn.ID, 1))
		show := func(version int) {
			t.Helper()
			_, err := db.ShowQuestion(ctx, fx.secretary, d.ID, version, releasedText, "", turn.ID, false)
			must(t, err)
		}
		_, err := db.ShowQuestion(ctx, fx.secretary, d.ID, 0, "Tôi là Lê Văn Thử, hỏi về đất", "", turn.ID, true)
		wantField(t, err, "chieu", "hall.screen.problem.identifies")
		show(0)
		if l := fx.onScreens(t, db); l.Asker == nil || l.Asker.Name != turn.Name || l.Speaker == nil || l.Released != 0 {
			t.Errorf("%+v", l)
		}
		o := fx.spoken(t, db, 1, releasedText)
		wantKind(t, db.LinkShown(ctx, fx.chair, d.ID, turn.ID, o.ID), doithoai.NotAllowed, "")
		must(t, db.LinkShown(ctx, fx.secretary, d.ID, NewID(), o.ID)) // of another turn: the screens show something else
		if l := fx.onScreens(t, db); l.Released != 0 {
			t.Errorf("%+v", l)
		}
		must(t, db.LinkShown(ctx, fx.secretary, d.ID, turn.ID, o.ID))
		if l := fx.onScreens(t, db); l.Released != 1 || l.Number != 1 || l.Question != releasedText {
			t.Errorf("%+v", l)
		}
		show(2)
		slip := fx.slip("Công chức cáu gắt với dân.")
		slip.DialogueID, slip.FieldCode = d.ID, "thai-do-phuc-vu"
		got, err := db.RecordOpinion(ctx, fx.secretary, key(2), slip)
		must(t, err)
		must(t, db.LinkShown(ctx, fx.secretary, d.ID, turn.ID, got.Opinions[0].ID))
		if l := fx.onScreens(t, db); !l.Blank || l.Question != "" || l.Released != 1 {
			t.Errorf("%+v", l)
		}
		wantClean(t, db)
	})
}

// unfitDoors are all ways by which an opinion that was released becomes one that screens never show.
var unfitDoors = map[string]func(ctx context.Context, t *testing.T, db *DB, fx *fixture, o doithoai.Opinion){
	"complaint": func(ctx context.Context, t *testing.T, db *DB, fx *fixture, o doithoai.Opinion) {
		_, err := db.RuleOpinion(ctx, fx.secretary, o.ID, o.Version,
			doithoai.Ruling{Code: doithoai.RulingComplaint, HandedOver: true, Text: "Hướng dẫn lập đơn khiếu nại."})
		must(t, err)
	},
	"denunciation": func(ctx context.Context, t *testing.T, db *DB, fx *fixture, o doithoai.Opinion) {
		_, err := db.RuleOpinion(ctx, fx.chair, o.ID, o.Version,
			doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})
		must(t, err)
	},
	"moved into a field on conduct": func(ctx context.Context, t *testing.T, db *DB, fx *fixture, o doithoai.Opinion) {
		r := fx.later()
		r.FieldCode, r.LeadUnitID = "thai-do-phuc-vu", fx.units["van-phong"].ID
		_, err := db.RuleOpinion(ctx, fx.secretary, o.ID, o.Version, r)
		must(t, err)
	},
	"its field becomes one on conduct": func(ctx context.Context, t *testing.T, db *DB, fx *fixture, o doithoai.Opinion) {
		file := listFile(t, doithoai.ListFields, []string{"dat-dai", "Đất đai", "có"},
			[]string{"thai-do-phuc-vu", "Thái độ phục vụ", ""})
		_, err := db.ImportList(ctx, fx.office, doithoai.ListFields, file, "")
		must(t, err)
	},
	"somebody is named as concerned": func(ctx context.Context, t *testing.T, db *DB, fx *fixture, o doithoai.Opinion) {
		must(t, db.NameConcerned(ctx, fx.chair, o.ID, o.Version, []doithoai.ID{fx.justice.ID}))
	},
	"joined to another": func(ctx context.Context, t *testing.T, db *DB, fx *fixture, o doithoai.Opinion) {
		into := fx.submit(t, db, 50, releasedText).Opinions[0]
		must(t, db.JoinSlip(ctx, fx.office, o.ID, o.Version, into.ID))
	},
	"the person turns out to be named in it": func(
		ctx context.Context, t *testing.T, db *DB, fx *fixture, o doithoai.Opinion,
	) {
		_, err := db.NamePetitioner(ctx, fx.secretary, o.ID, o.Version, "Hồ Sơ Đất Đai", "")
		must(t, err)
	},
}

// Whatever makes an opinion unfit takes it off the screens and out of what people look back at, in the same act.
func TestUnfitLeavesScreens(t *testing.T) {
	for name, door := range unfitDoors {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, db *DB, fx *fixture) {
				ctx, d := ctxOf(t), fx.running(t, db)
				slip := fx.slip(releasedText)
				slip.DialogueID, slip.FieldCode = d.ID, "dat-dai"
				if strings.HasPrefix(name, "the person") {
					slip.Petitioner.Name = ""
				}
				got, err := db.RecordOpinion(ctx, fx.secretary, key(1), slip)
				must(t, err)
				o := got.Opinions[0]
				other := fx.spoken(t, db, 2, "Việc khác, vẫn chiếu được.")
				for i, show := range []doithoai.Opinion{other, o} {
					text := map[doithoai.ID]string{o.ID: releasedText, other.ID: "Việc khác, vẫn chiếu được."}[show.ID]
					_, err := db.ShowQuestion(ctx, fx.secretary, d.ID, i, text, show.ID, "", false)
					must(t, err)
				}
				if l := fx.onScreens(t, db); l.Released != 2 || l.Question != releasedText {
					t.Fatalf("before: %+v", l)
				}
				door(ctx, t, db, fx, o)
				left := 0
				must(t, db.reader().queryRow(ctx, `SELECT (SELECT count(*) FROM released WHERE opinion_id = $1)
					+ (SELECT count(*) FROM screen WHERE opinion_id = $1 OR question <> '')`, o.ID).Scan(&left))
				l := fx.onScreens(t, db)
				if left != 0 || !l.Blank || l.Question != "" || l.Asker != nil || l.Ruling != nil || l.Released != 1 ||
					len(l.Rulings) != 1 || l.Rulings[0].Question == releasedText {
					t.Errorf("%d rows left; %+v", left, l)
				}
				if !strings.HasPrefix(name, "the person") {
					_, err = db.ShowQuestion(ctx, fx.secretary, d.ID, l.Version, releasedText, o.ID, "", false)
					if kind := doithoai.KindOf(err); kind == 0 {
						t.Error("it can be shown again")
					}
				}
				wantClean(t, db)
			})
		})
	}
}

// Who raises what screens don't show is named neither as the speaker nor as who comes next.
func TestUnfitIsNotNamed(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, d := ctxOf(t), fx.dialogue
		slip := fx.slip("Công chức cáu gắt với dân.")
		slip.DialogueID, slip.Manner, slip.FieldCode = d.ID, doithoai.MannerSpeak, "thai-do-phuc-vu"
		got, err := db.SubmitSlip(ctx, fx.resident, key(1), slip)
		must(t, err)
		fx.running(t, db)
		l := fx.onScreens(t, db)
		if l.Next == nil || l.Next.Name != "" || l.Next.Village != "" || l.Waiting != 1 {
			t.Errorf("next %+v", l.Next)
		}
		must(t, db.CallTurn(ctx, fx.secretary, d.ID, got.Opinions[0].SlipID, 0))
		if l := fx.onScreens(t, db); l.Speaker == nil || l.Speaker.Name != "" || l.Speaker.Village != "" {
			t.Errorf("speaker %+v", l.Speaker)
		}
	})
}

func TestRaiseHand(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, d := ctxOf(t), fx.dialogue
		first, second := doithoai.NewReceiptCode(key(1)), doithoai.NewReceiptCode(key(2))
		raise := func(a doithoai.Actor, code doithoai.ReceiptCode, name string) (doithoai.Turn, error) {
			return db.RaiseHand(ctx, a, d.ID, code, name, fx.villages[0].ID)
		}
		_, err := raise(fx.resident, first, "Lê Văn Thử")
		wantKind(t, err, doithoai.Conflict, "hall.turn.problem.not_running")
		fx.running(t, db)
		_, err = raise(fx.justice, first, "Lê Văn Thử")
		wantKind(t, err, doithoai.NotAllowed, "")
		_, err = raise(doithoai.Resident(fx.other.ID), first, "Lê Văn Thử")
		wantKind(t, err, doithoai.NotFound, "")
		_, err = raise(fx.resident, first, "")
		wantField(t, err, "ho-ten", "hall.turn.problem.name")
		_, err = db.RaiseHand(ctx, fx.resident, d.ID, first, "Lê Văn Thử", fx.otherVillage.ID)
		wantField(t, err, "thon", "hall.turn.problem.village")
		mine, err := raise(fx.resident, first, "Lê Văn Thử")
		must(t, err)
		again, err := raise(fx.resident, first, "Tên khác")
		must(t, err)
		hers, err := raise(fx.resident, second, "Bà Nguyễn Thị Mẫu")
		must(t, err)
		if mine.Ticket != 1 || again.ID != mine.ID || again.Name != mine.Name || hers.Ticket != 2 {
			t.Errorf("%+v, %+v, %+v", mine, again, hers)
		}
		fx.clock.forward(time.Minute)
		must(t, db.CallTurn(ctx, fx.secretary, d.ID, mine.ID, 1))
		l := fx.onScreens(t, db)
		if l.Speaker == nil || l.Speaker.Ticket != 1 || l.Waiting != 1 || len(l.Line) != 1 || l.Line[0] != 2 {
			t.Errorf("%+v", l)
		}
		wantKind(t, db.LowerHand(ctx, fx.resident, d.ID, first), doithoai.Conflict, "") // who speaks
		wantKind(t, db.LowerHand(ctx, fx.resident, d.ID, doithoai.NewReceiptCode(key(3))), doithoai.NotFound, "")
		for range 2 {
			must(t, db.LowerHand(ctx, fx.resident, d.ID, second))
		}
		turn, err := db.HandRaised(ctx, fx.resident, d.ID, second)
		must(t, err)
		if turn.State != doithoai.TurnWithdrawn || fx.onScreens(t, db).Waiting != 0 {
			t.Errorf("%+v", turn)
		}
		wantClean(t, db)
	})
}
