package store

import (
	"slices"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// begin starts the fixture's dialogue at its hour.
func (fx *fixture) begin(t testing.TB, db *DB) doithoai.Dialogue {
	t.Helper()
	fx.to(fx.dialogue.StartsAt.Add(5 * time.Minute))
	d, err := db.StartDialogue(ctxOf(t), fx.secretary, fx.dialogue.ID, fx.dialogue.Version, db.Now())
	must(t, err)
	return d
}

// end closes a dialogue an hour after it began.
func (fx *fixture) end(t testing.TB, db *DB, d doithoai.Dialogue) doithoai.Dialogue {
	t.Helper()
	fx.to(d.StartedAt.Add(time.Hour))
	d, err := db.CloseDialogue(ctxOf(t), fx.secretary, d.ID, d.Version, db.Now())
	must(t, err)
	return d
}

// attends notes somebody on no list as present.
func (fx *fixture) attends(t testing.TB, db *DB, name string) doithoai.Attendance {
	t.Helper()
	a := doithoai.Attendance{ID: NewID(), DialogueID: fx.dialogue.ID, Name: name, Version: 1}
	must(t, db.CheckIn(ctxOf(t), fx.secretary, a))
	return a
}

// Whoever speaks when a dialogue is closed stops then, and who was there is counted once and for all.
func TestClosingEndsTheTurnAndCountsHeads(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		invited := fx.invited(t, db, "Phan Văn Nháp", "Trưởng thôn 1")
		fx.invited(t, db, "Trần Thị Ví Dụ", "Bí thư Đoàn")
		d := fx.begin(t, db)
		fx.attends(t, db, "Nguyễn Thị Thí Dụ")
		must(t, db.CheckIn(ctx, fx.secretary, doithoai.Attendance{
			ID: NewID(), DialogueID: d.ID, InvitationID: invited.ID,
		}))
		turn := NewID()
		must(t, db.act(ctx, func(tx *Tx) error {
			return tx.exec(ctx, `INSERT INTO turn (id, authority_id, dialogue_id, source, name, joined_at, place, state,
					called_at, spoken_ms, since, limit_ms, ticket, version)
				VALUES ($1, $2, $3, 'hand', 'Ông A', $4, 0, 'speaking', $4, 1000, $4, 180000, 0, 3)`,
				turn, d.AuthorityID, d.ID, tx.Now)
		}))
		d = fx.end(t, db, d)
		type ended struct {
			state   doithoai.TurnState
			ms      int64
			since   calendar.Instant
			at      calendar.Instant
			version int
		}
		got, err := one(ctx, db.reader(), func(r row) (e ended, err error) {
			err = r.Scan(&e.state, &e.ms, &e.since, &e.at, &e.version)
			return e, err
		}, `SELECT state, spoken_ms, since, ended_at, version FROM turn WHERE id = $1`, turn)
		must(t, err)
		want := ended{doithoai.TurnSpoken, time.Hour.Milliseconds() + 1000, calendar.Instant{}, d.ClosedAt, 4}
		if got != want {
			t.Errorf("the turn is %+v, want %+v", got, want)
		}
		f, err := db.Tally(ctx, fx.chair, d.ID)
		must(t, err)
		heads := doithoai.Heads{{Group: doithoai.HeadInvited, Expected: 2, Present: 1}, {Group: doithoai.HeadRegistered},
			{Group: doithoai.HeadOthers, Present: 1}}
		for _, h := range heads {
			if f.Heads.Of(h.Group) != h {
				t.Errorf("counted %+v, want %+v", f.Heads.Of(h.Group), h)
			}
		}
	})
}

func TestCorrectAttendance(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		invited := fx.invited(t, db, "Phan Văn Nháp", "Trưởng thôn 1")
		d := fx.begin(t, db)
		there := fx.attends(t, db, "Nguyễn Thị Thí Dụ")
		add := doithoai.AttendanceChange{
			DialogueID: d.ID, Number: 1, Added: true, Reason: "Đến trễ, bàn đón tiếp chưa ghi",
		}
		late := doithoai.Attendance{ID: NewID(), InvitationID: invited.ID}
		wantKind(t, db.CorrectAttendance(ctx, fx.office, add, late), doithoai.Conflict, "") // it runs: reception notes
		d = fx.end(t, db, d)
		for _, a := range []doithoai.Actor{fx.secretary, fx.chair, fx.justice, fx.admin, fx.resident} {
			wantKind(t, db.CorrectAttendance(ctx, a, add, late), doithoai.NotAllowed, "")
		}
		wantKind(t, db.CorrectAttendance(ctx, fx.otherOffice, add, late), doithoai.NotFound, "")
		silent := add
		silent.Reason = ""
		wantField(t, db.CorrectAttendance(ctx, fx.office, silent, late), "ly-do", "reason")
		nameless := doithoai.Attendance{ID: NewID()}
		wantField(t, db.CorrectAttendance(ctx, fx.office, add, nameless), "ho-ten", "attendance_name")
		must(t, db.CorrectAttendance(ctx, fx.office, add, late))
		wantKind(t, db.CorrectAttendance(ctx, fx.office, add, late), doithoai.Conflict, "") // the form twice
		twice := add
		twice.Number = 2
		late.ID = NewID()
		wantKind(t, db.CorrectAttendance(ctx, fx.office, twice, late), doithoai.Conflict, "reception.problem.noted")

		remove := doithoai.AttendanceChange{DialogueID: d.ID, Number: 2, Reason: "Ghi nhầm người của cuộc họp khác"}
		stale := there
		stale.Version = 2
		wantKind(t, db.CorrectAttendance(ctx, fx.office, remove, stale), doithoai.Conflict, "")
		must(t, db.CorrectAttendance(ctx, fx.office, remove, there))
		f, err := db.Tally(ctx, fx.office, d.ID)
		must(t, err)
		if f.Heads.Present() != 1 || f.Heads.Of(doithoai.HeadInvited).Present != 0 {
			t.Errorf("the head count of the day became %+v", f.Heads)
		}
		names := []string{}
		for _, c := range f.Attendance {
			names = append(names, c.Name)
		}
		if !slices.Equal(names, []string{"Phan Văn Nháp", "Nguyễn Thị Thí Dụ"}) || f.Attendance[1].Added {
			t.Errorf("corrected %+v", f.Attendance)
		}
		rec, err := db.Reception(ctx, fx.office, d.ID)
		must(t, err)
		if len(rec.Present) != 1 || rec.Present[0].InvitationID != invited.ID {
			t.Errorf("present %+v", rec.Present)
		}
		wantClean(t, db)
	})
}
