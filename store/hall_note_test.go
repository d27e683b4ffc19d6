package store

import (
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// What happened in the hall is noted on its day, and put right or taken back by who wrote it, on that day.
func TestNoteHall(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, d := ctxOf(t), fx.dialogue
		n := doithoai.HallNote{
			ID: NewID(), DialogueID: d.ID, At: d.StartsAt.Add(time.Hour), Kind: doithoai.NoteOrder,
			Body: "Một người dự nói to; chủ tri mời trao đổi riêng.",
		}
		wantKind(t, db.NoteHall(ctx, fx.secretary, n), doithoai.Conflict, "hall_note.problem.day")
		fx.to(d.StartsAt.Add(2 * time.Hour))
		for _, a := range []doithoai.Actor{fx.chair, fx.justice, fx.admin, fx.resident} {
			wantKind(t, db.NoteHall(ctx, a, n), doithoai.NotAllowed, "")
			wantKind(t, db.WithdrawNote(ctx, a, d.ID, n.ID, 1), doithoai.NotAllowed, "")
		}
		for field, spoil := range map[string]func(*doithoai.HallNote){
			"gio":      func(n *doithoai.HallNote) { n.At = db.Now().Add(time.Minute) },
			"loai":     func(n *doithoai.HallNote) { n.Kind = "shout" },
			"ghi-chu":  func(n *doithoai.HallNote) { n.Body = "" },
			"ghi-chu*": func(n *doithoai.HallNote) { n.Body = long(doithoai.MaxHallNote + 1) },
			"gio*":     func(n *doithoai.HallNote) { n.At = calendar.Instant{} },
		} {
			wrong := n
			spoil(&wrong)
			if err := db.NoteHall(ctx, fx.secretary, wrong); doithoai.KindOf(err) != doithoai.Invalid {
				t.Errorf("%s: %v", field, err)
			}
		}
		must(t, db.NoteHall(ctx, fx.secretary, n))
		must(t, db.NoteHall(ctx, fx.secretary, n)) // the form twice
		changed := n
		changed.Body = "Chủ trì nhắc giữ trật tự."
		wantKind(t, db.NoteHall(ctx, fx.secretary, changed), doithoai.Conflict, "") // the same form, other words
		changed.Version = 1
		wantKind(t, db.NoteHall(ctx, fx.office, changed), doithoai.Conflict, "hall_note.problem.not_own")
		must(t, db.NoteHall(ctx, fx.secretary, changed))
		wantKind(t, db.NoteHall(ctx, fx.secretary, changed), doithoai.Conflict, "") // seen before the change
		second := doithoai.HallNote{
			ID: NewID(), DialogueID: d.ID, At: d.StartsAt, Kind: doithoai.NoteBreak, Body: "Mất điện mười phút.",
		}
		must(t, db.NoteHall(ctx, fx.office, second))
		notes, err := db.HallNotes(ctx, fx.office, d.ID)
		must(t, err)
		if len(notes) != 2 || notes[0].ID != second.ID || notes[1].Body != changed.Body || notes[1].Version != 2 {
			t.Errorf("notes %+v", notes)
		}
		wantKind(t, db.WithdrawNote(ctx, fx.secretary, d.ID, second.ID, 1), doithoai.Conflict, "hall_note.problem.not_own")
		wantKind(t, db.WithdrawNote(ctx, fx.secretary, d.ID, n.ID, 1), doithoai.Conflict, "")
		must(t, db.WithdrawNote(ctx, fx.secretary, d.ID, n.ID, 2))
		wantKind(t, db.WithdrawNote(ctx, fx.secretary, d.ID, n.ID, 2), doithoai.Conflict, "")
		fx.to(d.StartsAt.Add(26 * time.Hour))
		wantKind(t, db.WithdrawNote(ctx, fx.office, d.ID, second.ID, 1), doithoai.Conflict, "hall_note.problem.day")
		wantClean(t, db)
	})
}
