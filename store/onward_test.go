package store

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
)

func (db *DB) testLetter() doithoai.OnwardLetter {
	return doithoai.OnwardLetter{
		ID: newID(), Kind: doithoai.OnwardCoordination, To: "Chi nhánh đăng ký đất đai", Number: "57/UBND-VP",
		Dated: db.Now().Date(), Asked: "Cho biết số thửa.",
	}
}

// written sends a letter about an opinion and returns it as it stands.
func (fx *fixture) written(t testing.TB, db *DB, id doithoai.ID) doithoai.OnwardLetter {
	t.Helper()
	l := db.testLetter()
	must(t, db.SendOnwardLetter(ctxOf(t), fx.justice, id, l))
	return fx.letter(t, db, id, l.ID)
}

func (fx *fixture) letter(t testing.TB, db *DB, opinion, id doithoai.ID) doithoai.OnwardLetter {
	t.Helper()
	letters, err := lettersOf(ctxOf(t), db.reader(), opinion)
	must(t, err)
	for _, l := range letters {
		if l.ID == id {
			return l
		}
	}
	t.Fatalf("there is no letter %s", id)
	return doithoai.OnwardLetter{}
}

func (db *DB) testReply() doithoai.OnwardReply {
	return doithoai.OnwardReply{Number: "214/CN-ĐK", Day: db.Now().Date(), Gist: "Thửa 214, tờ 7."}
}

func (db *DB) testUrging(letter doithoai.ID) doithoai.BodyUrging {
	return doithoai.BodyUrging{
		ID: newID(), LetterID: letter, Way: doithoai.UrgePhone, At: db.Now(), By: "Ông Mẫu", Said: "Hẹn thứ Sáu.",
	}
}

// pausedBy stops the clock of an opinion by a letter.
func (fx *fixture) pausedBy(t testing.TB, db *DB, id doithoai.ID, version int, l doithoai.OnwardLetter) {
	t.Helper()
	must(t, db.PausePetition(ctxOf(t), fx.justice, id, version, doithoai.Pause{
		Kind: l.Kind.Awaits(), Number: l.Number, Dated: l.Dated, Awaited: "Ý kiến của " + l.To,
	}))
}

func TestSendOnwardLetter(t *testing.T) {
	send := func(change func(*DB, *doithoai.OnwardLetter)) actOn {
		return func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, _ int) error {
			l := db.testLetter()
			l.To += " " + string(l.ID)
			change(db, &l)
			return db.SendOnwardLetter(ctx, a, id, l)
		}
	}
	opinionAct{
		act: doithoai.ActSendOnwardLetter, from: ruled, actor: justice, denied: all(chair, secretary, land), again: true,
		wrong: []stage{submitted, signed, dispatched}, do: send(func(*DB, *doithoai.OnwardLetter) {}),
		invalid: map[string]actOn{
			doithoai.FieldOnwardKind:   send(func(_ *DB, l *doithoai.OnwardLetter) { l.Kind = "x" }),
			doithoai.FieldOnwardTo:     send(func(_ *DB, l *doithoai.OnwardLetter) { l.To = "" }),
			doithoai.FieldOnwardNumber: send(func(_ *DB, l *doithoai.OnwardLetter) { l.Number = "" }),
			doithoai.FieldOnwardDay:    send(func(db *DB, l *doithoai.OnwardLetter) { l.Dated = db.Now().Date().AddDays(1) }),
			doithoai.FieldOnwardAsked:  send(func(_ *DB, l *doithoai.OnwardLetter) { l.Asked = "" }),
		},
	}.test(t)
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, ruled).Opinions[0].ID
		l := db.testLetter()
		l.Kind, l.To = doithoai.OnwardEscalation, ""
		must(t, db.SendOnwardLetter(ctx, fx.office, id, l))
		must(t, db.SendOnwardLetter(ctx, fx.office, id, l)) // the form twice
		second := db.testLetter()
		second.To = strings.ToUpper(fx.authority.Superior)
		wantKind(t, db.SendOnwardLetter(ctx, fx.office, id, second), doithoai.Invalid, "")
		f, err := db.OpinionFile(ctx, fx.justice, id)
		must(t, err)
		if len(f.Letters) != 1 || f.Letters[0].To != fx.authority.Superior || f.Letters[0].Asked != l.Asked {
			t.Errorf("letters %+v", f.Letters)
		}
		if f.Petition.Version != 1 || f.Petition.State != doithoai.PetitionProcessing {
			t.Errorf("a letter changed the petition: %+v", f.Petition)
		}
		wantClean(t, db)
	})
}

// Two who write to one body at once write one letter; two who enter its word enter one.
func TestOnwardRaces(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, ruled).Opinions[0].ID
		once := func(do func() error) {
			t.Helper()
			var group sync.WaitGroup
			errs := make([]error, 4)
			for i := range errs {
				group.Go(func() { errs[i] = do() })
			}
			group.Wait()
			done := 0
			for _, err := range errs {
				if err == nil {
					done++
				} else if k := doithoai.KindOf(err); k != doithoai.Conflict && k != doithoai.Invalid {
					t.Error(err)
				}
			}
			if done != 1 {
				t.Errorf("done %d times", done)
			}
		}
		once(func() error { return db.SendOnwardLetter(ctx, fx.justice, id, db.testLetter()) })
		letters, err := lettersOf(ctx, db.reader(), id)
		must(t, err)
		l := letters[0]
		fx.pausedBy(t, db, id, 1, l)
		once(func() error { return db.RegisterReply(ctx, fx.office, id, l.ID, l.Version, db.testReply(), false) })
		f, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		if f.Petition.State != doithoai.PetitionProcessing || f.Petition.Version != 3 {
			t.Errorf("the clock went on as %+v", f.Petition)
		}
		wantClean(t, db)
	})
}

// The word of whom the clock stands still for lets it go on with what was left of the term, and the person is told; of
// anybody else it leaves the clock as it is.
func TestRegisterReply(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, ruled).Opinions[0].ID
		fx.clock.forward(24 * time.Hour) // Friday, 2 October 2026
		l := fx.written(t, db, id)
		other := db.testLetter()
		other.To, other.Number = "Công an xã", "58/UBND-VP"
		must(t, db.SendOnwardLetter(ctx, fx.office, id, other))
		fx.pausedBy(t, db, id, 1, l)
		fx.clock.forward(10 * 24 * time.Hour)
		reply := db.testReply()
		register := func(a doithoai.Actor, letter doithoai.ID, version int) error {
			return db.RegisterReply(ctx, a, id, letter, version, reply, false)
		}
		before := fingerprint(t, db)
		for _, denied := range all(land, chair, secretary)(fx) {
			wantKind(t, register(denied, l.ID, 1), doithoai.NotAllowed, "")
		}
		wantKind(t, register(fx.everyRole(), l.ID, 1), doithoai.NotFound, "")
		for _, bad := range append([]doithoai.ID{newID()}, badIDs...) {
			wantKind(t, register(fx.office, bad, 1), doithoai.Conflict, "")
		}
		wantKind(t, register(fx.office, l.ID, 2), doithoai.Conflict, "")
		wantKind(t, db.RegisterReply(ctx, fx.office, id, l.ID, 1, doithoai.OnwardReply{}, false), doithoai.Invalid, "")
		wantSame(t, before, fingerprint(t, db))
		must(t, register(fx.justice, other.ID, 1))
		f, err := db.OpinionFile(ctx, fx.justice, id)
		must(t, err)
		if f.Petition.State != doithoai.PetitionPaused || f.Petition.Version != 2 {
			t.Errorf("another body's word moved the clock: %+v", f.Petition)
		}
		must(t, register(fx.justice, l.ID, 1))
		wantKind(t, register(fx.justice, l.ID, 2), doithoai.Conflict, "")
		f, err = db.OpinionFile(ctx, fx.justice, id)
		must(t, err)
		due := mustRules(t, db, fx).Calendar.AddWorkdays(db.Now().Date(), 20) // what was left on 2 October
		if f.Petition.State != doithoai.PetitionProcessing || f.Petition.Due != due ||
			deliveriesOf(f)[doithoai.DeliveryResumed] != 2 {
			t.Errorf("went on as %+v, told %v", f.Petition, deliveriesOf(f))
		}
		last := f.Events[len(f.Events)-1]
		if last.Act != doithoai.ActResumePetition || last.Facts.Due != due {
			t.Errorf("last event %+v", last)
		}
		// by a letter that was replied nothing stands still again
		wantKind(t, db.PausePetition(ctx, fx.justice, id, f.Petition.Version, doithoai.Pause{
			Kind: doithoai.PauseAgency, Number: l.Number, Dated: l.Dated, Awaited: "Lại chờ",
		}), doithoai.Invalid, "")
		must(t, db.SubmitAnswer(ctx, fx.justice, id, f.Petition.Version, testAnswer))
		wantClean(t, db)
	})
}

// A word that comes after the answer is entered, and moves nothing.
func TestReplyAfterAnswer(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.bring(t, db, 1, ruled).Opinions[0]
		l := fx.written(t, db, o.ID)
		must(t, db.SubmitAnswer(ctx, fx.justice, o.ID, 1, testAnswer))
		must(t, db.SignAnswer(ctx, fx.chair, o.ID, 2))
		must(t, db.DispatchAnswer(ctx, fx.office, o.ID, 3, "7/UBND", db.Now().Date()))
		if all, _, err := db.AwaitedBodies(ctx, fx.office); err != nil || len(all) != 0 {
			t.Errorf("awaited after the answer: %v, %v", all, err)
		}
		must(t, db.RegisterReply(ctx, fx.office, o.ID, l.ID, 1, db.testReply(), false))
		f, err := db.OpinionFile(ctx, fx.office, o.ID)
		must(t, err)
		if f.Petition.State != doithoai.PetitionAnswered || f.Petition.Version != 4 {
			t.Errorf("moved: %+v", f.Petition)
		}
		wantClean(t, db)
	})
}

func TestEndOnwardWait(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, ruled).Opinions[0].ID
		l := fx.written(t, db, id)
		fx.pausedBy(t, db, id, 1, l)
		for _, denied := range all(land, chair, secretary)(fx) {
			wantKind(t, db.EndOnwardWait(ctx, denied, id, l.ID, 1, "Đã rõ."), doithoai.NotAllowed, "")
		}
		wantKind(t, db.EndOnwardWait(ctx, fx.office, id, l.ID, 1, ""), doithoai.Invalid, "")
		wantKind(t, db.EndOnwardWait(ctx, fx.office, id, l.ID, 2, "Đã rõ."), doithoai.Conflict, "")
		must(t, db.EndOnwardWait(ctx, fx.office, id, l.ID, 1, "Đã rõ từ hồ sơ lưu."))
		f, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		if f.Petition.State != doithoai.PetitionProcessing || f.Letters[0].State != doithoai.OnwardEnded {
			t.Errorf("the clock still waits: %+v, %+v", f.Petition, f.Letters[0])
		}
		wantKind(t, db.UrgeBody(ctx, fx.office, id, db.testUrging(l.ID)), doithoai.Conflict, "")
		fx.written(t, db, id) // another letter to the same body
		wantClean(t, db)
	})
}

// TestRegisterSaysWhatIsAwaited: a row says for whose word it waits the longest, in the register, its search and its
// file, until the word comes or nobody is to be answered any more.
func TestRegisterSaysWhatIsAwaited(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.bring(t, db, 1, ruled).Opinions[0]
		awaited := func(f Filter) Awaited {
			t.Helper()
			f.Limit = 10
			rows, _, err := db.Register(ctx, fx.office, f)
			must(t, err)
			if len(rows) != 1 || rows[0].Opinion.ID != o.ID {
				t.Fatalf("%d rows", len(rows))
			}
			return rows[0].Awaited
		}
		if w := awaited(Filter{Tab: TabProcessing}); w != (Awaited{}) {
			t.Errorf("it waits for %+v before anybody was written to", w)
		}
		l := fx.written(t, db, o.ID)
		want := Awaited{To: l.To, Dated: l.Dated}
		for _, f := range []Filter{{Tab: TabProcessing}, {Tab: TabAll}, {Number: string(o.Number)}} {
			if w := awaited(f); w != want {
				t.Errorf("%+v says %+v, want %+v", f, w, want)
			}
		}
		books, _, err := db.Ledger(ctx, fx.office, Filter{Tab: TabProcessing})
		must(t, err)
		if !slices.ContainsFunc(books, func(b LedgerRow) bool { return b.Opinion.ID == o.ID && b.Awaited == want }) {
			t.Error("the file says nothing of it")
		}
		fx.clock.forward(24 * time.Hour)
		later := db.testLetter()
		later.To, later.Number = "Sở Nông nghiệp và Môi trường", "58/UBND-VP"
		must(t, db.SendOnwardLetter(ctx, fx.justice, o.ID, later))
		want.Others = 1
		if w := awaited(Filter{Tab: TabProcessing}); w != want {
			t.Errorf("of two letters it says %+v, want %+v", w, want)
		}
		must(t, db.RegisterReply(ctx, fx.office, o.ID, l.ID, l.Version, db.testReply(), false))
		want = Awaited{To: later.To, Dated: later.Dated}
		if w := awaited(Filter{Tab: TabProcessing}); w != want {
			t.Errorf("after one reply it says %+v, want %+v", w, want)
		}
		must(t, db.EndOnwardWait(ctx, fx.office, o.ID, later.ID, 1, "Không cần nữa."))
		if w := awaited(Filter{Tab: TabProcessing}); w != (Awaited{}) {
			t.Errorf("it waits for %+v when nobody waits", w)
		}
	})
}

func TestUrgeBody(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.bring(t, db, 1, ruled).Opinions[0]
		l := fx.written(t, db, o.ID)
		awaited := func(a doithoai.Actor) int {
			t.Helper()
			all, more, err := db.AwaitedBodies(ctx, a)
			must(t, err)
			if more || len(all) > 0 && (all[0].Letter.ID != l.ID || all[0].Opinion.ID != o.ID) {
				t.Errorf("awaited %+v", all)
			}
			return len(all)
		}
		for _, a := range []doithoai.Actor{fx.office, fx.justice} {
			if awaited(a) != 1 {
				t.Errorf("%s: the letter does not wait", a.Name)
			}
		}
		for _, a := range []doithoai.Actor{fx.land, fx.chair, fx.secretary, fx.everyRole()} {
			if awaited(a) != 0 {
				t.Errorf("%s sees what is not theirs to urge", a.Name)
			}
		}
		u := db.testUrging(l.ID)
		for _, denied := range all(land, chair, secretary)(fx) {
			wantKind(t, db.UrgeBody(ctx, denied, o.ID, u), doithoai.NotAllowed, "")
		}
		for _, bad := range badIDs {
			u.LetterID = bad
			wantKind(t, db.UrgeBody(ctx, fx.office, o.ID, u), doithoai.Conflict, "")
		}
		u.LetterID = l.ID
		wrong := u
		wrong.Said = ""
		wantKind(t, db.UrgeBody(ctx, fx.office, o.ID, wrong), doithoai.Invalid, "")
		fx.clock.forward(5 * 24 * time.Hour)
		u.At = db.Now()
		must(t, db.UrgeBody(ctx, fx.office, o.ID, u))
		must(t, db.UrgeBody(ctx, fx.office, o.ID, u)) // the form twice
		l = fx.letter(t, db, o.ID, l.ID)
		if len(l.Urgings) != 1 || l.UrgeFrom != db.Now().Date() || l.Urgings[0].RecordedBy != fx.office.ID {
			t.Errorf("urged: %+v", l)
		}
		must(t, second(db.RuleOpinion(ctx, fx.secretary, o.ID, o.Version+1, denounced())))
		if awaited(fx.office) != 0 {
			t.Error("a denunciation is in the list")
		}
		wantKind(t, db.UrgeBody(ctx, fx.office, o.ID, db.testUrging(l.ID)), doithoai.NotFound, "")
		wantKind(t, db.RegisterReply(ctx, fx.office, o.ID, l.ID, 1, db.testReply(), false), doithoai.NotFound, "")
		wantClean(t, db)
	})
}

// What was asked and said is for those who work on it; the person reads to whom the authority wrote, and whom it is
// about nothing at all.
func TestLettersArePrivate(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		const secret = "Bí mật thửa đất 214"
		r := fx.bring(t, db, 1, received)
		id := r.Opinions[0].ID
		office := fx.later()
		office.LeadUnitID = fx.office.UnitID
		must(t, second(db.RuleOpinion(ctx, fx.secretary, id, 1, office)))
		l := db.testLetter()
		l.Asked = secret
		must(t, db.SendOnwardLetter(ctx, fx.office, id, l))
		u := db.testUrging(l.ID)
		u.Said = secret
		must(t, db.UrgeBody(ctx, fx.office, id, u))
		reply := db.testReply()
		reply.By, reply.Gist = secret, secret
		must(t, db.RegisterReply(ctx, fx.office, id, l.ID, 1, reply, true))
		told := func(letters []doithoai.OnwardLetter, texts map[int64]string) bool {
			all := ""
			for _, l := range letters {
				all += l.Asked + l.Reply.By + l.Reply.Gist
				for _, u := range l.Urgings {
					all += u.Said
				}
			}
			for _, said := range texts {
				all += said
			}
			return strings.Contains(all, secret)
		}
		for _, a := range []doithoai.Actor{fx.chair, fx.office, fx.secretary} {
			f, err := db.OpinionFile(ctx, a, id)
			must(t, err)
			if reads := told(f.Letters, f.Texts); reads != (a.ID != fx.secretary.ID) || len(f.Letters) != 1 {
				t.Errorf("%s reads it: %v", a.Name, reads)
			}
		}
		followed, err := db.FollowSlip(ctx, fx.resident, r.Code)
		must(t, err)
		if o := followed.Opinions[0]; told(o.Letters, o.Told) || len(o.Letters) != 1 || o.Letters[0].To != l.To {
			t.Errorf("the person reads %+v", followed.Opinions[0].Letters)
		}
		other := fx.bring(t, db, 2, received).Opinions[0].ID
		must(t, second(db.RuleOpinion(ctx, fx.secretary, other, 1, office)))
		sent := db.testLetter()
		must(t, db.SendOnwardLetter(ctx, fx.office, other, sent))
		must(t, db.NameConcerned(ctx, fx.chair, other, 2, []doithoai.ID{fx.justice.ID}))
		if all, _, err := db.AwaitedBodies(ctx, fx.justice); err != nil || len(all) != 0 {
			t.Errorf("whom it is about sees %v, %v", all, err)
		}
		wantKind(t, db.UrgeBody(ctx, fx.justice, other, db.testUrging(sent.ID)), doithoai.NotFound, "")
		wantClean(t, db)
	})
}

// What somebody changes of letters in the database is found.
func TestVerifyLetters(t *testing.T) {
	for _, change := range []string{
		`UPDATE onward_letter SET asked = 'Khác.'`, `UPDATE onward_letter SET doc_number = '9'`,
		`UPDATE onward_letter SET state = 'waiting'`, `UPDATE onward_letter SET gist = 'Khác.'`,
		`UPDATE onward_letter SET reply_number = '9'`, `UPDATE body_urging SET said = 'Khác.'`,
		`UPDATE body_urging SET way = 'visit'`, `DELETE FROM body_urging`,
	} {
		each(t, func(t *testing.T, db *DB, fx *fixture) {
			ctx := ctxOf(t)
			id := fx.bring(t, db, 1, ruled).Opinions[0].ID
			l := fx.written(t, db, id)
			must(t, db.UrgeBody(ctx, fx.justice, id, db.testUrging(l.ID)))
			must(t, db.RegisterReply(ctx, fx.justice, id, l.ID, 1, db.testReply(), false))
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

// longLetters writes to other bodies with the longest texts.
func longLetters(t testing.TB, db *DB, fx *fixture, id doithoai.ID) {
	t.Helper()
	ctx := ctxOf(t)
	l := doithoai.OnwardLetter{
		ID: newID(), Kind: doithoai.OnwardCoordination, To: smiles(lineLength), Number: "930001/UBND-VP",
		Dated: db.Now().Date(), Asked: smiles(matterLength),
	}
	must(t, db.SendOnwardLetter(ctx, fx.justice, id, l))
	must(t, db.UrgeBody(ctx, fx.justice, id, doithoai.BodyUrging{
		ID: newID(), LetterID: l.ID, Way: doithoai.UrgeLetter, Number: "930002/UBND-VP", At: db.Now(),
		By: smiles(lineLength), Said: smiles(matterLength),
	}))
	must(t, db.RegisterReply(ctx, fx.justice, id, l.ID, 1, doithoai.OnwardReply{
		By: smiles(lineLength), Day: db.Now().Date(), Gist: smiles(matterLength),
	}, true))
	l.ID, l.To = newID(), "Công an xã"
	must(t, db.SendOnwardLetter(ctx, fx.justice, id, l))
	must(t, db.RegisterReply(ctx, fx.justice, id, l.ID, 1, doithoai.OnwardReply{
		Number: "900003/CAX", Day: calendar.DateOf(2026, 10, 1), Gist: "Có.",
	}, false))
	l.ID, l.To = newID(), "Chi nhánh đăng ký đất đai"
	must(t, db.SendOnwardLetter(ctx, fx.justice, id, l))
	must(t, db.EndOnwardWait(ctx, fx.justice, id, l.ID, 1, smiles(matterLength)))
}

// opinionWritten is an opinion with a letter to another body that waits.
func (r *ring) opinionWritten() (opinion, letter doithoai.ID) {
	opinion, l := r.opinion(ruled).ID, r.db.testLetter()
	must(r, r.db.SendOnwardLetter(r.ctx, r.fx.justice, opinion, l))
	return opinion, l.ID
}
