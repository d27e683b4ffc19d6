package store

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// coordinated is an opinion that justice leads and the land unit coordinates on.
func (fx *fixture) coordinated(t testing.TB, db *DB, n int) doithoai.Opinion {
	t.Helper()
	o := fx.bring(t, db, n, received).Opinions[0]
	r := fx.later()
	r.CoUnits = []doithoai.ID{fx.land.UnitID}
	_, err := db.RuleOpinion(ctxOf(t), fx.secretary, o.ID, 1, r)
	must(t, err)
	return o
}

func verified() doithoai.PetitionNote {
	return doithoai.PetitionNote{ID: newID(), Kind: doithoai.NoteVerification, Body: "Đã xem thực địa thửa 214."}
}

func part() doithoai.PetitionNote {
	return doithoai.PetitionNote{ID: newID(), Kind: doithoai.NotePart, Body: "Phần của bộ phận địa chính."}
}

func TestAddNote(t *testing.T) {
	add := func(change func(*DB, *doithoai.PetitionNote)) actOn {
		return func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, _ int) error {
			n := doithoai.PetitionNote{
				ID: newID(), Kind: doithoai.NoteContact, With: "Chi nhánh đăng ký", HeldAt: db.Now(), Body: "Đã hẹn.",
			}
			change(db, &n)
			return db.AddNote(ctx, a, id, n)
		}
	}
	opinionAct{
		act: doithoai.ActAddNote, from: ruled, actor: justice, denied: all(chair, secretary, land), again: true,
		wrong: []stage{dispatched}, do: add(func(*DB, *doithoai.PetitionNote) {}),
		invalid: map[string]actOn{
			doithoai.FieldNoteKind:       add(func(_ *DB, n *doithoai.PetitionNote) { n.Kind = doithoai.NotePart }),
			doithoai.FieldNoteKind + "*": add(func(_ *DB, n *doithoai.PetitionNote) { n.Kind = "gossip" }),
			doithoai.FieldNoteWith:       add(func(_ *DB, n *doithoai.PetitionNote) { n.With = "" }),
			doithoai.FieldNoteDay:        add(func(_ *DB, n *doithoai.PetitionNote) { n.HeldAt = calendar.Instant{} }),
			doithoai.FieldNoteDay + "*":  add(func(db *DB, n *doithoai.PetitionNote) { n.HeldAt = db.Now().Add(time.Minute) }),
			doithoai.FieldNoteBody:       add(func(_ *DB, n *doithoai.PetitionNote) { n.Body = "" }),
			doithoai.FieldNoteBody + "*": add(func(_ *DB, n *doithoai.PetitionNote) { n.Body = long(doithoai.MaxMatter + 1) }),
		},
	}.test(t)
}

// A unit that coordinates opens the opinion, finds it on its desk until it gave its part, and gives nothing else.
func TestPartOfCoUnit(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.coordinated(t, db, 1)
		other := fx.bring(t, db, 2, ruled).Opinions[0]
		wantKind(t, second(db.OpinionFile(ctx, fx.land, other.ID)), doithoai.NotAllowed, "")
		awaited := func(a doithoai.Actor) int {
			t.Helper()
			rows, more, err := db.AwaitedParts(ctx, a)
			must(t, err)
			if more || len(rows) > 0 && rows[0].Opinion.ID != o.ID {
				t.Errorf("awaited: %+v", rows)
			}
			return len(rows)
		}
		if awaited(fx.land) != 1 || awaited(fx.justice) != 0 || awaited(fx.chair) != 0 || awaited(fx.secretary) != 0 {
			t.Error("the part is not awaited of the unit that coordinates alone")
		}
		wantKind(t, db.AddNote(ctx, fx.land, o.ID, verified()), doithoai.Invalid, "")
		wantKind(t, db.SubmitAnswer(ctx, fx.land, o.ID, 1, testAnswer), doithoai.NotAllowed, "")
		n := part()
		must(t, db.AddNote(ctx, fx.land, o.ID, n))
		must(t, db.AddNote(ctx, fx.land, o.ID, n)) // the form twice
		if awaited(fx.land) != 0 {
			t.Error("the part is awaited after it was given")
		}
		f, err := db.OpinionFile(ctx, fx.justice, o.ID)
		must(t, err)
		if len(f.Notes) != 1 || f.Notes[0].UnitID != fx.land.UnitID || f.Notes[0].Body != n.Body ||
			len(doithoai.PartsMissing(f.CoUnits, f.Notes)) != 0 {
			t.Errorf("notes %+v", f.Notes)
		}
		// Once it is answered, nobody waits for the part of a unit that never gave it.
		late := fx.coordinated(t, db, 3)
		must(t, db.SubmitAnswer(ctx, fx.justice, late.ID, 1, testAnswer))
		rows, _, err := db.AwaitedParts(ctx, fx.land)
		must(t, err)
		if listed, n := fx.rowsIn(t, db, fx.land, TabCoUnit); len(rows) != 1 || listed != 2 || n != 2 {
			t.Errorf("while it is to be signed: %d awaited, %d listed, %d counted", len(rows), listed, n)
		}
		must(t, db.SignAnswer(ctx, fx.chair, late.ID, 2))
		must(t, db.DispatchAnswer(ctx, fx.office, late.ID, 3, "51/UBND-VP", db.Now().Date()))
		if listed, n := fx.rowsIn(t, db, fx.land, TabCoUnit); awaited(fx.land) != 0 || listed != 1 || n != 1 {
			t.Errorf("once it is answered: %d listed, %d counted", listed, n)
		}
		must(t, db.TakeBackNote(ctx, fx.land, o.ID, n.ID))
		if awaited(fx.land) != 1 {
			t.Error("the part is not awaited after it was taken back")
		}
		must(t, db.AddNote(ctx, fx.land, o.ID, part()))
		must(t, db.AddNote(ctx, fx.justice, o.ID, verified()))
		must(t, db.SubmitAnswer(ctx, fx.justice, o.ID, 1, testAnswer))
		must(t, db.SignAnswer(ctx, fx.chair, o.ID, 2))
		must(t, db.DispatchAnswer(ctx, fx.office, o.ID, 3, "9/UBND", db.Now().Date()))
		wantClean(t, db)
	})
}

// Nobody but those who work on a petition, or decide on it, sees that there are notes: not the person, not the village
// head who typed the slip, not whom it is about, and nobody once it is a denunciation.
func TestNotesArePrivate(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		const secret = "Bí mật thửa đất 214"
		slip := fx.slip("Đất nhà tôi bao giờ đo?")
		slip.Channel, slip.ReadBack = doithoai.ChannelVillage, true
		head := headOf(fx.land, fx.villages[0].ID)
		r, err := db.SubmitSlip(ctx, head, key(1), slip)
		must(t, err)
		id := r.Opinions[0].ID
		_, err = db.RuleOpinion(ctx, fx.secretary, id, 1, fx.later())
		must(t, err)
		n := verified()
		n.Body = secret
		must(t, db.AddNote(ctx, fx.justice, id, n))
		sees := func(a doithoai.Actor) bool {
			t.Helper()
			f, err := db.OpinionFile(ctx, a, id)
			must(t, err)
			told := len(f.Notes) > 0
			for _, said := range f.Texts {
				told = told || strings.Contains(said, secret)
			}
			for _, e := range f.Events {
				told = told || e.Act == doithoai.ActAddNote
			}
			return told
		}
		if !sees(fx.justice) || !sees(fx.chair) || !sees(fx.office) || sees(head) || sees(fx.secretary) {
			t.Error("notes are seen by others than those who work on it")
		}
		followed, err := db.FollowSlip(ctx, fx.resident, r.Code)
		must(t, err)
		for _, o := range followed.Opinions {
			for _, said := range o.Told {
				if strings.Contains(said, secret) {
					t.Error("the person reads a note")
				}
			}
		}
		office := fx.later()
		office.LeadUnitID = fx.office.UnitID
		_, err = db.RuleOpinion(ctx, fx.secretary, id, 2, office)
		must(t, err)
		must(t, db.NameConcerned(ctx, fx.chair, id, 3, []doithoai.ID{fx.justice.ID}))
		wantKind(t, second(db.OpinionFile(ctx, fx.justice, id)), doithoai.NotFound, "")
		wantKind(t, db.AddNote(ctx, fx.justice, id, verified()), doithoai.NotFound, "")
		wantKind(t, db.TakeBackNote(ctx, fx.justice, id, n.ID), doithoai.NotFound, "")
		denounced := doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true}
		_, err = db.RuleOpinion(ctx, fx.secretary, id, 4, denounced)
		must(t, err)
		for _, a := range []doithoai.Actor{fx.chair, fx.office, head} {
			wantKind(t, second(db.OpinionFile(ctx, a, id)), doithoai.NotFound, "")
			wantKind(t, db.AddNote(ctx, a, id, verified()), doithoai.NotFound, "")
		}
		wantClean(t, db)
	})
}

func TestTakeBackNote(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, ruled).Opinions[0].ID
		n := verified()
		must(t, db.AddNote(ctx, fx.justice, id, n))
		for _, bad := range badIDs[:4] {
			wantKind(t, db.TakeBackNote(ctx, fx.justice, id, bad), doithoai.NotFound, "")
		}
		wantKind(t, db.TakeBackNote(ctx, fx.land, id, n.ID), doithoai.NotAllowed, "")
		wantKind(t, db.TakeBackNote(ctx, fx.office, id, n.ID), doithoai.Conflict, "petition.note.problem.not_own")
		wantKind(t, db.TakeBackNote(ctx, fx.justice, id, newID()), doithoai.Conflict, "")
		var group sync.WaitGroup
		errs := make([]error, 4)
		for i := range errs {
			group.Go(func() { errs[i] = db.TakeBackNote(ctx, fx.justice, id, n.ID) })
		}
		group.Wait()
		done := 0
		for _, err := range errs {
			if err == nil {
				done++
			} else {
				wantKind(t, err, doithoai.Conflict, "")
			}
		}
		if done != 1 {
			t.Errorf("taken back %d times", done)
		}
		kept := verified()
		must(t, db.AddNote(ctx, fx.justice, id, kept))
		must(t, db.SubmitAnswer(ctx, fx.justice, id, 1, testAnswer))
		wantKind(t, db.TakeBackNote(ctx, fx.justice, id, kept.ID), doithoai.Conflict, "petition.note.problem.built_on")
		late := fx.bring(t, db, 2, ruled).Opinions[0].ID
		n = verified()
		must(t, db.AddNote(ctx, fx.justice, late, n))
		fx.clock.forward(24 * time.Hour)
		wantKind(t, db.TakeBackNote(ctx, fx.justice, late, n.ID), doithoai.Conflict, "petition.note.problem.not_own")
		wantClean(t, db)
	})
}

// What somebody changes of a note in the database is found.
func TestVerifyNotes(t *testing.T) {
	for _, change := range []string{
		`UPDATE petition_note SET body = 'Khác.'`, `UPDATE petition_note SET kind = 'contact'`,
		`UPDATE petition_note SET unit_id = NULL`, `DELETE FROM petition_note`,
	} {
		each(t, func(t *testing.T, db *DB, fx *fixture) {
			ctx := ctxOf(t)
			id := fx.bring(t, db, 1, ruled).Opinions[0].ID
			must(t, db.AddNote(ctx, fx.justice, id, verified()))
			wantClean(t, db)
			must(t, db.act(ctx, func(tx *Tx) error { return tx.exec(ctx, change) }))
			findings, _, _, err := db.Verify(ctx)
			must(t, err)
			if len(findings) == 0 {
				t.Errorf("%s is not found", change)
			}
		})
	}
}
