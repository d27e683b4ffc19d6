package store

import (
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// heldToday brings the clock to the hour before the fixture's dialogue.
func (fx *fixture) heldToday() { fx.to(fx.dialogue.StartsAt.Add(-time.Hour)) }

func TestCheckIn(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, d := ctxOf(t), fx.dialogue
		who := fx.invited(t, db, "Bà Nguyễn Thị Mẫu", "Trưởng thôn 1")
		slip := fx.slip("Tôi muốn hỏi về giấy chứng nhận.")
		slip.DialogueID, slip.Manner = d.ID, doithoai.MannerSpeak
		got, err := db.SubmitSlip(ctx, fx.resident, key(1), slip)
		must(t, err)
		arrives := func() doithoai.Attendance { return doithoai.Attendance{ID: NewID(), DialogueID: d.ID} }
		invited, speaker, other := arrives(), arrives(), arrives()
		invited.InvitationID, speaker.SlipID = who.ID, got.Opinions[0].SlipID
		other.Name, other.VillageID, other.Speaks = "Ông Lê Văn Thử", fx.villages[1].ID, true
		wantKind(t, db.CheckIn(ctx, fx.secretary, invited), doithoai.Conflict, "reception.problem.day")
		fx.heldToday()
		for _, a := range []doithoai.Actor{fx.justice, fx.chair, fx.admin, fx.resident} {
			wantKind(t, db.CheckIn(ctx, a, invited), doithoai.NotAllowed, "")
		}
		wantKind(t, db.CheckIn(ctx, fx.otherOffice, invited), doithoai.NotFound, "")
		for _, a := range []doithoai.Attendance{invited, speaker, other} {
			must(t, db.CheckIn(ctx, fx.secretary, a))
			must(t, db.CheckIn(ctx, fx.secretary, a)) // the form twice
		}
		again := invited
		again.ID = NewID()
		must(t, db.CheckIn(ctx, fx.office, again)) // by another officer at once
		nameless := arrives()
		wantField(t, db.CheckIn(ctx, fx.secretary, nameless), "ho-ten", "reception.problem.name")
		strange := other
		strange.ID, strange.VillageID = NewID(), fx.otherVillage.ID
		wantField(t, db.CheckIn(ctx, fx.secretary, strange), "thon", "reception.problem.village")
		strange = arrives()
		strange.InvitationID = NewID()
		wantKind(t, db.CheckIn(ctx, fx.secretary, strange), doithoai.NotFound, "")

		for _, a := range []doithoai.Attendance{
			{ID: NewID(), DialogueID: d.ID, InvitationID: "a-1"}, {ID: NewID(), DialogueID: d.ID, SlipID: "; DROP"},
		} {
			wantKind(t, db.CheckIn(ctx, fx.secretary, a), doithoai.NotFound, "")
		}
		// Nobody is said to be noted who isn't: another name in a form that was sent, a substitute for who came themselves.
		reused, instead := other, invited
		reused.Name = "Bà Trần Thị Khác"
		instead.ID, instead.Name = NewID(), "Ông Đến Thay"
		wantKind(t, db.CheckIn(ctx, fx.secretary, reused), doithoai.Conflict, "")
		wantKind(t, db.CheckIn(ctx, fx.office, instead), doithoai.Conflict, "")

		rec, err := db.Reception(ctx, fx.secretary, d.ID)
		must(t, err)
		if len(rec.Present) != 3 || rec.Present[0].ArrivedAt != db.Now() || !rec.Present[2].WalkIn() ||
			len(rec.Invited) != 1 || len(rec.Speakers) != 1 || rec.Speakers[0].Name != slip.Petitioner.Name {
			t.Errorf("%+v", rec)
		}
		wantClean(t, db)
	})
}

func TestUndoCheckIn(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, d := ctxOf(t), fx.dialogue
		fx.heldToday()
		a := doithoai.Attendance{ID: NewID(), DialogueID: d.ID, Name: "Ông Lê Văn Thử"}
		must(t, db.CheckIn(ctx, fx.secretary, a))
		wantKind(t, db.UndoCheckIn(ctx, fx.justice, d.ID, a.ID, 1), doithoai.NotAllowed, "")
		wantKind(t, db.UndoCheckIn(ctx, fx.secretary, d.ID, a.ID, 2), doithoai.Conflict, "")
		must(t, db.UndoCheckIn(ctx, fx.office, d.ID, a.ID, 1))
		wantKind(t, db.UndoCheckIn(ctx, fx.office, d.ID, a.ID, 1), doithoai.Conflict, "")
		rec, err := db.Reception(ctx, fx.office, d.ID)
		must(t, err)
		if len(rec.Present) != 0 {
			t.Errorf("%+v", rec.Present)
		}
		wantClean(t, db)
	})
}

func TestChangePresiding(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		p := doithoai.Presiding{
			DialogueID: fx.dialogue.ID, Number: 1, Name: "Bà Cao Thị Giả Thiết, Phó Chủ tịch UBND xã",
			From: fx.dialogue.StartsAt.Add(time.Hour), Reason: "Chủ tịch được triệu tập họp khẩn", Paper: "12/GUQ-UBND",
		}
		wantKind(t, db.ChangePresiding(ctx, fx.secretary, p), doithoai.Conflict, "reception.problem.day")
		fx.to(fx.dialogue.StartsAt.Add(2 * time.Hour))
		for _, a := range []doithoai.Actor{fx.chair, fx.justice, fx.resident} {
			wantKind(t, db.ChangePresiding(ctx, a, p), doithoai.NotAllowed, "")
		}
		for field, spoil := range map[string]func(*doithoai.Presiding){
			"chu-tri": func(p *doithoai.Presiding) { p.Name = "" },
			"ly-do":   func(p *doithoai.Presiding) { p.Reason = "" },
			"gio":     func(p *doithoai.Presiding) { p.From = calendar.Instant{} },
		} {
			wrong := p
			spoil(&wrong)
			if err := db.ChangePresiding(ctx, fx.secretary, wrong); doithoai.KindOf(err) != doithoai.Invalid {
				t.Errorf("without %s: %v", field, err)
			}
		}
		must(t, db.ChangePresiding(ctx, fx.secretary, p))
		wantKind(t, db.ChangePresiding(ctx, fx.secretary, p), doithoai.Conflict, "") // seen before the first
		back := p
		back.Number, back.Name, back.From = 2, fx.dialogue.Chair, p.From.Add(-time.Minute)
		wantField(t, db.ChangePresiding(ctx, fx.office, back), "gio", "reception.problem.from")
		back.From = p.From.Add(time.Minute)
		must(t, db.ChangePresiding(ctx, fx.office, back))
		rec, err := db.Reception(ctx, fx.office, fx.dialogue.ID)
		must(t, err)
		if len(rec.Presiding) != 2 || rec.Presiding[0].Paper != p.Paper || rec.Presiding[1].Name != back.Name {
			t.Errorf("%+v", rec.Presiding)
		}
		wantClean(t, db)
	})
}

// A code notes whom it is of: of an invitation, or of a slip's receipt; another dialogue's is as unknown as one that is
// none.
func TestCheckInByCode(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, d := ctxOf(t), fx.dialogue
		who := fx.invited(t, db, "Bà Nguyễn Thị Mẫu", "Trưởng thôn 1")
		run := key(9)
		must(t, db.PrintInvitations(ctx, fx.office, d.ID, run, []doithoai.ID{who.ID}))
		slip := fx.slip("Tôi muốn hỏi về giấy chứng nhận.")
		slip.DialogueID, slip.Manner = d.ID, doithoai.MannerWritten
		got, err := db.SubmitSlip(ctx, fx.resident, key(1), slip)
		must(t, err)
		other := fx.slip("Việc khác, không của buổi nào.")
		other.DialogueID, other.Manner = "", doithoai.MannerWritten
		elsewhere, err := db.SubmitSlip(ctx, fx.resident, key(2), other)
		must(t, err)
		fx.heldToday()
		scan := func(a doithoai.Actor, code doithoai.ReceiptCode) error {
			return db.CheckInByCode(ctx, a, doithoai.Attendance{ID: NewID(), DialogueID: d.ID}, code)
		}
		wantKind(t, scan(fx.justice, got.Code), doithoai.NotAllowed, "")
		wantField(t, scan(fx.secretary, elsewhere.Code), "ma", "reception.problem.code")
		must(t, scan(fx.secretary, got.Code))
		must(t, scan(fx.secretary, got.Code)) // scanned twice
		must(t, scan(fx.office, InvitationCode(run, who.ID)))
		rec, err := db.Reception(ctx, fx.office, d.ID)
		must(t, err)
		if len(rec.Present) != 2 || rec.Present[0].SlipID != got.Opinions[0].SlipID || rec.Present[1].InvitationID != who.ID {
			t.Errorf("%+v", rec.Present)
		}
		if len(rec.Speakers) != 1 || rec.Speakers[0].Speaks { // there, though they only asked for an answer
			t.Errorf("%+v", rec.Speakers)
		}
		wantClean(t, db)
	})
}
