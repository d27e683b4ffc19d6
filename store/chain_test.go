package store

import (
	"context"
	"crypto/rand"
	"errors"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"doithoai"
	"doithoai/calendar"
	"doithoai/tlog"
)

func asError(err error) *doithoai.Error {
	var e *doithoai.Error
	errors.As(err, &e)
	return e
}

// submit hands in a slip and returns its receipt.
func (fx *fixture) submit(t testing.TB, db *DB, n int, matters ...string) Received {
	t.Helper()
	r, err := db.SubmitSlip(ctxOf(t), fx.resident, key(n), fx.slip(matters...))
	must(t, err)
	return r
}

// shouted is what is taken down of somebody who sat down again before saying a name.
func (fx *fixture) shouted() doithoai.Slip {
	return doithoai.Slip{
		DialogueID: fx.dialogue.ID, Matters: []string{"Rãnh nước trước chợ tắc."},
		Petitioner: doithoai.Petitioner{Standing: doithoai.StandingPerson},
	}
}

// later is a ruling which leaves the answer to the justice unit, a working day earlier than the fixture's term
// proposes.
func (fx *fixture) later() doithoai.Ruling {
	c, err := DefaultCalendar()
	if err != nil {
		panic(err)
	}
	return doithoai.Ruling{
		Code: doithoai.RulingLater, LeadUnitID: fx.units["tu-phap-ho-tich"].ID,
		Due: c.AddWorkdays(calendar.InstantOf(fx.clock.Now()).Date(), laterDays-1),
	}
}

// laterDays is the term of [doithoai.RulingLater] in the fixture's authority, in working days.
const laterDays = 22

// extension puts the due date of [fixture.later] off.
func (fx *fixture) extension() doithoai.Extension {
	to := fx.later().Due.AddDays(1)
	for to.Weekday() == time.Saturday || to.Weekday() == time.Sunday {
		to = to.AddDays(1)
	}
	return doithoai.Extension{To: to, Reason: "Phải đo đạc lại thửa đất."}
}

// stage is how far an opinion is brought by [fixture.bring].
type stage int

const (
	heard    stage = iota - 1 // in the hall, from somebody who said no name
	received                  // by a slip; what follows is brought on from it
	ruled
	submitted
	signed
	dispatched
	proposed
	published
	toExtend // ruled, and the unit proposes an extension
	toDraft  // received, and the justice unit prepares the answer
	drafted  // it has a draft

	correcting       // dispatched, and another answer is handed in by the justice unit
	correctionBack   // which came back
	correctionSigned // which is signed
	corrected        // published before, and which is dispatched

	reopened // dispatched, and looked at again
	toReopen // dispatched long ago, and the chair is to say whether it is looked at again

	toSupply // ruled, and the person is asked to add something
)

var (
	testAnswer  = doithoai.Answer{Body: "Hồ sơ thủ tục đất đai của bà đã được giải quyết.", Basis: "Luật Đất đai 2024"}
	testSummary = doithoai.Publication{
		Title: "Thủ tục đất đai", Question: "Bao giờ có kết quả?", Answer: "Đã có kết quả tại bộ phận một cửa.",
	}
)

// bring hands in a slip of one matter and brings its opinion to a stage. It returns the receipt.
func (fx *fixture) bring(t testing.TB, db *DB, n int, to stage) Received {
	t.Helper()
	ctx := ctxOf(t)
	switch to {
	case heard:
		r, err := db.RecordOpinion(ctx, fx.secretary, key(n), fx.shouted())
		must(t, err)
		return r
	case toDraft, drafted:
		r := fx.bring(t, db, n, received)
		fx.asked(t, db, r.Opinions[0].ID)
		if to == drafted {
			must(t, db.PrepareAnswer(ctx, fx.justice, r.Opinions[0].ID, 1, testDraft, ""))
		}
		return r
	case correcting, correctionBack, correctionSigned, corrected:
		return fx.correct(t, db, n, to)
	case reopened, toReopen:
		return fx.reopen(t, db, n, to)
	case toSupply:
		r := fx.bring(t, db, n, ruled)
		must(t, db.AskSupplement(ctx, fx.justice, r.Opinions[0].ID, 1, toAdd))
		return r
	case toExtend:
		r := fx.bring(t, db, n, ruled)
		must(t, db.ProposeExtension(ctx, fx.justice, r.Opinions[0].ID, 1, fx.extension()))
		return r
	}
	r := fx.submit(t, db, n, "Thủ tục đất đai của gia đình tôi bao giờ xong?")
	id := r.Opinions[0].ID
	for i, step := range []func() error{
		func() error { _, err := db.RuleOpinion(ctx, fx.secretary, id, 1, fx.later()); return err },
		func() error { return db.SubmitAnswer(ctx, fx.justice, id, 1, testAnswer) },
		func() error { return db.SignAnswer(ctx, fx.chair, id, 2) },
		func() error {
			return db.DispatchAnswer(ctx, fx.office, id, 3, string(r.Opinions[0].Number)[6:],
				calendar.InstantOf(fx.clock.Now()).Date())
		},
		func() error { return db.ProposePublication(ctx, fx.office, id, 0, testSummary) },
		func() error { return db.ApprovePublication(ctx, fx.chair, id, 1) },
	} {
		if stage(i) >= to {
			break
		}
		if err := step(); err != nil {
			t.Fatalf("bring an opinion to stage %d: %v", i+1, err)
		}
	}
	return r
}

// keys makes the key pair of the test record.
func keys(t testing.TB) (note.Signer, note.Verifier) {
	t.Helper()
	return keysOf(t, testOrigin)
}

func keysOf(t testing.TB, origin string) (note.Signer, note.Verifier) {
	t.Helper()
	skey, vkey, err := tlog.GenerateKey(rand.Reader, origin)
	must(t, err)
	s, err := note.NewSigner(skey)
	must(t, err)
	v, err := tlog.ParseKey(vkey)
	must(t, err)
	return s, v
}

func ignoreSize(tlog.Checkpoint) error { return nil }

func sign(t testing.TB, db *DB, s note.Signer) {
	t.Helper()
	must(t, db.SignRecord(ctxOf(t), s, ignoreSize))
}

// wantClean fails the test where Verify finds anything.
func wantClean(t testing.TB, db *DB, keys ...note.Verifier) {
	t.Helper()
	findings, _, _, err := db.Verify(context.Background(), keys...)
	must(t, err)
	for _, f := range findings {
		t.Errorf("verify: %s", f)
	}
}

// TestOneOpinionsLife pushes one opinion from the slip to a published answer that its holder can prove.
func TestOneOpinionsLife(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		signer, verifier := keys(t)
		s := fx.slip("Thủ tục đất đai của tôi bao giờ xong?", "Đường thôn 1 ngập nước.")
		r, err := db.SubmitSlip(ctx, fx.resident, key(1), s)
		must(t, err)
		if len(r.Opinions) != 2 || r.Opinions[0].Number != "ND-26-0001" || r.Opinions[1].Number != "ND-26-0002" {
			t.Fatalf("opinions %+v", r.Opinions)
		}
		id := r.Opinions[0].ID
		fx.clock.forward(time.Hour)
		o, err := db.RuleOpinion(ctx, fx.secretary, id, 1, fx.later())
		must(t, err)
		if o.Version != 2 || o.PetitionID == "" || o.Ruling != doithoai.RulingLater {
			t.Fatalf("ruled opinion %+v", o)
		}
		must(t, db.SubmitAnswer(ctx, fx.justice, id, 1, testAnswer))
		must(t, db.ReturnAnswer(ctx, fx.chair, id, 2, "Nêu rõ ngày trả kết quả."))
		must(t, db.SubmitAnswer(ctx, fx.justice, id, 3, testAnswer))
		must(t, db.SignAnswer(ctx, fx.chair, id, 4))
		must(t, db.DispatchAnswer(ctx, fx.office, id, 5, "214/UBND-VP", calendar.DateOf(2026, 10, 1)))
		must(t, db.ProposePublication(ctx, fx.office, id, 0, testSummary))
		must(t, db.ApprovePublication(ctx, fx.chair, id, 1))

		for _, query := range []string{"thu tuc dat dai", "THỦ TỤC đất đai", "thủ tục"} {
			got, err := db.Search(ctx, fx.authority.ID, Search{Query: query, Limit: 20})
			must(t, err)
			found := got.Answers
			if len(found) != 1 || got.More || found[0].Number != "ND-26-0001" || found[0].Title != testSummary.Title ||
				found[0].DocNumber != "214/UBND-VP" {
				t.Fatalf("search %q found %+v", query, found)
			}
		}
		f, err := db.FollowSlip(ctx, fx.resident, r.Code)
		must(t, err)
		if len(f.Opinions) != 2 || f.Opinions[0].Answer.Body != testAnswer.Body ||
			f.Opinions[0].Publication != doithoai.PublicationPublished || len(f.Opinions[0].Events) != 9 {
			t.Fatalf("followed %+v", f)
		}
		must(t, db.RateAnswer(ctx, fx.resident, r.Code, "ND-26-0001",
			doithoai.Rating{Solved: doithoai.SolvedYes, Satisfied: 4}))
		sign(t, db, signer)

		c, err := db.Checkpoint(ctx)
		must(t, err)
		opened, err := tlog.OpenCheckpoint([]byte(c.Note), verifier)
		must(t, err)
		all, err := db.EvidenceOf(ctx, r.SlipID)
		must(t, err)
		if len(all) != 2 {
			t.Fatalf("%d pieces of evidence", len(all))
		}
		for _, e := range all {
			leaf, err := tlog.ParseLeaf(e.Leaf)
			must(t, err)
			must(t, leaf.Opens(e.Opening))
			proof, err := tlog.Prove(ctx, opened.Size, e.Index, opened.Root, db.ReadHashes)
			must(t, err)
			must(t, opened.Includes(e.Index, leaf.Hash(), proof))
		}
		wantClean(t, db, verifier)
	})
}
