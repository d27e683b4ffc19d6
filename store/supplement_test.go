package store

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"doithoai"
)

// toAdd is what somebody is asked to add, added what they add.
var (
	toAdd = doithoai.Supplement{Asked: "Bản sao giấy chứng nhận.", Why: "Chưa rõ thửa đất nào."}
	added = doithoai.SupplementAnswer{Said: "Thửa 214, tờ 12.", Channel: doithoai.ChannelPhone}
)

func askSupplement(change func(*doithoai.Supplement)) actOn {
	s := toAdd
	change(&s)
	return func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
		return db.AskSupplement(ctx, a, id, version, s)
	}
}

func supply(change func(*doithoai.SupplementAnswer)) actOn {
	s := added
	change(&s)
	return func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
		return db.AnswerSupplement(ctx, a, id, version, 1, s)
	}
}

// noticesOf counts what an officer was told of supplements, by whether it names an opinion.
func noticesOf(t testing.TB, db *DB, a doithoai.Actor) (named, gone int) {
	t.Helper()
	all, _, err := db.Notices(ctxOf(t), a, "", 50)
	must(t, err)
	for _, n := range all {
		switch {
		case n.Kind != NoticeSupplement:
		case n.Number == "":
			gone++
		default:
			named++
		}
	}
	return named, gone
}

func TestSupplement(t *testing.T) {
	opinionActs["AskSupplement"].test(t)
	opinionActs["AnswerSupplement"].test(t)
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, toSupply)
		id, number := r.Opinions[0].ID, r.Opinions[0].Number
		before, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		if s := before.Supplements[0]; s.Until.IsZero() || s.By != fx.justice.ID ||
			deliveriesOf(before)[doithoai.DeliverySupplement] != 2 {
			t.Errorf("%+v, %v", s, deliveriesOf(before))
		}
		wantKind(t, db.AnswerSupplementByCode(ctx, fx.resident, r.Code, number, 1, " "), doithoai.Invalid, "")
		wantKind(t, db.AnswerSupplementByCode(ctx, fx.office, r.Code, number, 1, "Có."), doithoai.NotAllowed, "")
		wantKind(t, db.AnswerSupplementByCode(ctx, fx.resident, r.Code, "ND-24-9999", 1, "Có."), doithoai.NotFound, "")
		must(t, db.AnswerSupplementByCode(ctx, fx.resident, r.Code, number, 1, added.Said))
		must(t, db.AnswerSupplementByCode(ctx, fx.resident, r.Code, number, 1, added.Said)) // sent twice
		wantKind(t, db.AnswerSupplementByCode(ctx, fx.resident, r.Code, number, 1, "Khác."), doithoai.Conflict,
			"supplement.problem.not_awaited")
		wantKind(t, db.AskSupplement(ctx, fx.office, id, 3, toAdd), doithoai.Conflict, "supplement.problem.once")
		f, err := db.OpinionFile(ctx, fx.justice, id)
		must(t, err)
		if s := f.Supplements[0]; s.Answer.Said != added.Said || s.Answer.By != "" || f.Petition.Due != before.Petition.Due ||
			f.Petition.State != before.Petition.State || len(f.Events) != len(before.Events)+1 {
			t.Errorf("%+v, %+v", s, f.Petition)
		}
		if n := deliveriesOf(f)[doithoai.DeliverySupplement]; n != 0 {
			t.Errorf("%d times the person is still to be told that something is missing", n)
		}
		if named, _ := noticesOf(t, db, fx.justice); named != 1 {
			t.Errorf("who asked was told %d times", named)
		}
		// Who was just writing the answer sees first what was added.
		wantKind(t, db.SubmitAnswer(ctx, fx.justice, id, 2, testAnswer), doithoai.Conflict, "")
		must(t, db.SubmitAnswer(ctx, fx.justice, id, 3, testAnswer))
		wantClean(t, db)

		// A denunciation is spoken of in no notice any more.
		must(t, second(db.RuleOpinion(ctx, fx.office, id, 2,
			doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})))
		if named, gone := noticesOf(t, db, fx.justice); named != 0 || gone != 1 {
			t.Errorf("a denunciation is named in %d notices", named)
		}
	})
}

// What comes with the words belongs to the slip: it opens to who works on it with a view on record, is bounded for
// itself, is nobody else's upload, and ends with all that is known of the person.
func TestSupplementFiles(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, toSupply)
		id, number := r.Opinions[0].ID, r.Opinions[0].Number
		limits, err := db.FileLimits(ctx, fx.authority.ID)
		must(t, err)
		var came []doithoai.ID
		for range limits.Count + 1 {
			came = append(came, fx.upload(t, db, fx.resident, "ranh đất.jpg").ID)
		}
		officers := fx.upload(t, db, fx.office, "của cán bộ.jpg").ID
		before := fingerprint(t, db)
		add := func(said string, files ...doithoai.ID) error {
			return db.AnswerSupplementByCode(ctx, fx.resident, r.Code, number, 1, said, files...)
		}
		wantKind(t, add(added.Said, came...), doithoai.Invalid, "")  // too many
		wantKind(t, add(added.Said, officers), doithoai.Invalid, "") // another's
		wantKind(t, add("", came[0]), doithoai.Invalid, "")          // without words
		wantKind(t, add(added.Said, newID()), doithoai.Invalid, "")  // none
		wantKind(t, db.AnswerSupplement(ctx, fx.office, id, 2, 1, added, came[0]), doithoai.Invalid, "")
		wantSame(t, before, fingerprint(t, db))
		must(t, add(added.Said, came[0], came[1]))
		must(t, add(added.Said, came[0], came[1])) // sent twice
		f, err := db.OpinionFile(ctx, fx.justice, id)
		must(t, err)
		files, err := db.SlipFiles(ctx, fx.justice, id)
		must(t, err)
		if f.FilesAdded(1) != 2 || len(files.Files) != 2 || files.Files[0].By != "" {
			t.Errorf("%d came, the slip has %+v", f.FilesAdded(1), files.Files)
		}
		if _, err := read(t, db, fx.justice, id, came[0], false); !errors.Is(err, ErrNotViewed) {
			t.Errorf("before a view: %v", err)
		}
		must(t, db.ViewFiles(ctx, fx.justice, id))
		must(t, second(read(t, db, fx.justice, id, came[0], false)))
		if got, err := db.SlipFiles(ctx, fx.land, id); err == nil && len(got.Files) > 0 {
			t.Error("who does not work on it sees the files")
		}
		wantClean(t, db)
	})
	each(t, func(t *testing.T, db *DB, fx *fixture) { // typed by the office, beside as many as the slip may have
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, toSupply)
		id := r.Opinions[0].ID
		limits, err := db.FileLimits(ctx, fx.authority.ID)
		must(t, err)
		for range limits.Count {
			must(t, db.AttachFile(ctx, fx.office, id, []doithoai.ID{fx.upload(t, db, fx.office, "đơn.jpg").ID}))
		}
		brought := fx.upload(t, db, fx.office, "bản sao.jpg").ID
		must(t, db.AnswerSupplement(ctx, fx.office, id, 2, 1, added, brought))
		files, err := db.SlipFiles(ctx, fx.office, id)
		must(t, err)
		if len(files.Files) != limits.Count+1 {
			t.Errorf("the slip has %d files", len(files.Files))
		}
		wantClean(t, db)
	})
}

// Of two who answer at once, by the code and at the office, one does; two who ask at once ask once.
func TestSupplementRaces(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, ruled)
		id, number := r.Opinions[0].ID, r.Opinions[0].Number
		if n := atFour(func(i int) error {
			return db.AskSupplement(ctx, fx.justice, id, 1, toAdd)
		}); n != 1 {
			t.Errorf("asked %d times", n)
		}
		if n := atFour(func(i int) error {
			if i%2 == 0 {
				return db.AnswerSupplement(ctx, fx.office, id, 2, 1, added)
			}
			return db.AnswerSupplementByCode(ctx, fx.resident, r.Code, number, 1, string(rune('a'+i)))
		}); n != 1 {
			t.Errorf("answered %d times", n)
		}
		wantClean(t, db)
	})
}

// atFour does something four times at once and counts how often it was done.
func atFour(do func(i int) error) (done int) {
	var all sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		all.Go(func() { errs[i] = do(i) })
	}
	all.Wait()
	for _, err := range errs {
		if err == nil {
			done++
		}
	}
	return done
}

// A pause that waits for the person asks them; what they add comes by their code. When the clock goes on without it,
// nothing is awaited any more, and they are asked again by another pause.
func TestPauseAsksThePerson(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, ruled)
		id, number := r.Opinions[0].ID, r.Opinions[0].Number
		doc := doithoai.Pause{
			Kind: doithoai.PauseSupplement, Number: "57/UBND-VP", Dated: db.Now().Date(), Awaited: "Bản sao giấy tờ đất.",
		}
		must(t, db.PausePetition(ctx, fx.justice, id, 1, doc))
		wantKind(t, db.AskSupplement(ctx, fx.justice, id, 2, toAdd), doithoai.Conflict, "supplement.problem.waits")
		must(t, db.ResumePetition(ctx, fx.justice, id, 2))
		wantKind(t, db.AnswerSupplementByCode(ctx, fx.resident, r.Code, number, 1, "Muộn."), doithoai.Conflict,
			"supplement.problem.not_awaited")
		must(t, db.PausePetition(ctx, fx.justice, id, 3, doc))
		fx.clock.forward(48 * time.Hour)
		must(t, db.AnswerSupplementByCode(ctx, fx.resident, r.Code, number, 2, "Gửi kèm."))
		f, err := db.OpinionFile(ctx, fx.justice, id)
		must(t, err)
		if len(f.Supplements) != 2 || f.Supplements[0].Closed.IsZero() || f.Supplements[1].Answer.Said != "Gửi kèm." ||
			f.Petition.State != doithoai.PetitionPaused {
			t.Errorf("%+v, %s", f.Supplements, f.Petition.State)
		}
		must(t, db.ResumePetition(ctx, fx.justice, id, 5))
		wantClean(t, db)

		// What is erased is gone, and the record says so.
		must(t, db.SubmitAnswer(ctx, fx.justice, id, 6, testAnswer))
		must(t, db.SignAnswer(ctx, fx.chair, id, 7))
		must(t, db.DispatchAnswer(ctx, fx.office, id, 8, "98/UBND", db.Now().Date()))
		fx.tellAll(t, db, id)
		must(t, db.ErasePersonalData(ctx, fx.office, id, doithoai.ErasureAll, "Đơn."))
		if f, err = db.OpinionFile(ctx, fx.office, id); err != nil || f.Supplements[1].Answer.Said != "" ||
			f.Supplements[1].Asked != "" {
			t.Errorf("left: %+v, %v", f.Supplements, err)
		}
		wantClean(t, db)
	})
}

// What was asked or added and is not as it was recorded is a finding.
func TestAlteredSupplement(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, toSupply)
		must(t, db.AnswerSupplement(ctx, fx.office, r.Opinions[0].ID, 2, 1, added))
		for _, change := range []string{
			`UPDATE supplement SET said = 'khác'`, `UPDATE supplement SET said = 'Thửa 214, tờ 12.', why = 'khác'`,
			`DELETE FROM supplement`,
		} {
			must(t, db.act(ctx, func(tx *Tx) error { return tx.exec(ctx, change) }))
			if findings, _, _, err := db.Verify(ctx); err != nil || len(findings) != 1 || findings[0].What != "supplement" {
				t.Errorf("%s: %v, %v", change, findings, err)
			}
		}
	})
}
