package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"doithoai"
)

var testCorrection = doithoai.Answer{
	Body: "Hồ sơ thủ tục đất đai của bà còn thiếu trích đo.", Basis: "Luật Đất đai 2024 Đ.137",
}

const testReason = "Trả lời trước ghi nhầm hồ sơ."

// correct is the act of proposing a correction.
func correct(a doithoai.Answer, reason string) actOn {
	return func(ctx context.Context, db *DB, _ *fixture, by doithoai.Actor, id doithoai.ID, version int) error {
		return db.ProposeCorrection(ctx, by, id, version, a, reason)
	}
}

// dispatchCorrection is the act of dispatching a correction, dated some days from now.
func dispatchCorrection(number string, days int) actOn {
	return func(ctx context.Context, db *DB, _ *fixture, by doithoai.Actor, id doithoai.ID, version int) error {
		return db.DispatchCorrection(ctx, by, id, version, number, db.Now().Date().AddDays(days))
	}
}

// correct brings an opinion to a stage of the correction of its answer.
func (fx *fixture) correct(t testing.TB, db *DB, n int, to stage) Received {
	t.Helper()
	ctx := ctxOf(t)
	before := dispatched
	if to == corrected {
		before = published
	}
	r := fx.bring(t, db, n, before)
	id := r.Opinions[0].ID
	must(t, db.ProposeCorrection(ctx, fx.justice, id, 0, testCorrection, testReason))
	switch to {
	case correctionBack:
		must(t, db.ReturnCorrection(ctx, fx.chair, id, 1, "Ghi rõ hơn."))
	case correctionSigned, corrected:
		must(t, db.SignCorrection(ctx, fx.chair, id, 1))
	}
	if to == corrected {
		must(t, db.DispatchCorrection(ctx, fx.office, id, 2, fmt.Sprintf("9%d/UBND", n), db.Now().Date()))
	}
	return r
}

func TestProposeCorrection(t *testing.T) {
	opinionActs["ProposeCorrection"].test(t)
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, correcting).Opinions[0].ID
		f, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		c := f.Correction
		if c.Number != 1 || c.State != doithoai.CorrectionSubmitted || c.Answer.Body != testCorrection.Body ||
			c.Reason != testReason || c.HandedIn.By != fx.justice.ID || f.Answer.Body != testAnswer.Body {
			t.Errorf("%+v; the answer is %q", c, f.Answer.Body)
		}
		// Nothing becomes public meanwhile, and no other correction begins.
		wantKind(t, db.ProposePublication(ctx, fx.office, id, 0, testSummary), doithoai.Conflict,
			"correction.problem.open")
		wantKind(t, db.ProposeCorrection(ctx, fx.office, id, 1, testCorrection, testReason), doithoai.Conflict, "")
		must(t, db.DropCorrection(ctx, fx.chair, id, 1, "Trả lời đúng."))
		must(t, db.ProposePublication(ctx, fx.office, id, 0, testSummary))
		// The next one goes on with number and version; it stops what waits for approval.
		must(t, db.ProposeCorrection(ctx, fx.office, id, 2, testCorrection, testReason))
		wantKind(t, db.ApprovePublication(ctx, fx.chair, id, 1), doithoai.Conflict, "correction.problem.open")
		wantClean(t, db)
	})
}

// Who handed a correction in takes it back until somebody who signs has opened it.
func TestWithdrawCorrection(t *testing.T) {
	opinionActs["WithdrawCorrection"].test(t)
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, correcting).Opinions[0].ID
		wantKind(t, db.MarkCorrectionRead(ctx, fx.office, id), doithoai.NotAllowed, "")
		must(t, db.MarkCorrectionRead(ctx, fx.chair, id))
		wantKind(t, db.WithdrawCorrection(ctx, fx.justice, id, 1), doithoai.NotAllowed, "")
		must(t, db.ReturnCorrection(ctx, fx.chair, id, 1, "Ghi rõ hơn."))
		must(t, db.ProposeCorrection(ctx, fx.justice, id, 2, testCorrection, testReason))
		must(t, db.WithdrawCorrection(ctx, fx.justice, id, 3)) // unread again
		wantClean(t, db)
	})
}

func TestReturnCorrection(t *testing.T) { opinionActs["ReturnCorrection"].test(t) }

func TestSignCorrection(t *testing.T) { opinionActs["SignCorrection"].test(t) }

func TestDropCorrection(t *testing.T) { opinionActs["DropCorrection"].test(t) }

func TestDispatchCorrection(t *testing.T) {
	opinionActs["DispatchCorrection"].test(t)
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, published)
		id := r.Opinions[0].ID
		rated := doithoai.Rating{Solved: doithoai.SolvedYes, Satisfied: 5}
		must(t, db.RateAnswer(ctx, fx.resident, r.Code, r.Opinions[0].Number, rated))
		deliveries := func() (all []doithoai.Delivery) {
			f, err := db.OpinionFile(ctx, fx.office, id)
			must(t, err)
			return f.Deliveries
		}
		told := deliveries()
		i := slices.IndexFunc(told, func(d doithoai.Delivery) bool {
			return d.Kind == doithoai.DeliveryAnswered && d.ToTell()
		})
		must(t, db.RecordDelivery(ctx, fx.office, told[i].ID, told[i].Version, toldNow(db)))
		before, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		fx.clock.forward(90 * 24 * time.Hour) // long behind the due date
		must(t, db.ProposeCorrection(ctx, fx.justice, id, 0, testCorrection, testReason))
		must(t, db.SignCorrection(ctx, fx.chair, id, 1))
		must(t, db.DispatchCorrection(ctx, fx.office, id, 2, "91/UBND", db.Now().Date()))

		f, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		if p, was := *f.Petition, *before.Petition; p != was {
			t.Errorf("the petition is %+v, was %+v", p, was)
		}
		if f.Answer.Body != testCorrection.Body || f.Answer.Number != "91/UBND" || len(f.Replaced) != 1 || f.Rating != nil {
			t.Errorf("answer %+v, replaced %+v, rating %v", f.Answer, f.Replaced, f.Rating)
		}
		old := f.Replaced[0]
		if old.Answer != before.Answer || old.SentAt != before.Petition.AnsweredAt || old.Reason != testReason ||
			old.By.Number != "91/UBND" || old.Rating == nil || old.Rating.Satisfied != 5 {
			t.Errorf("replaced: %+v", old)
		}
		byKind := map[doithoai.DeliveryKind][]doithoai.DeliveryState{}
		for _, d := range deliveries() {
			byKind[d.Kind] = append(byKind[d.Kind], d.State)
		}
		slices.Sort(byKind[doithoai.DeliveryAnswered])
		if fmt.Sprint(byKind[doithoai.DeliveryAnswered]) != "[replaced sent]" ||
			fmt.Sprint(byKind[doithoai.DeliveryCorrected]) != "[queued queued]" {
			t.Errorf("deliveries %v", byKind)
		}
		// The number of what was replaced is taken still; who rates sees which answer.
		other := fx.bring(t, db, 2, signed).Opinions[0].ID
		err = db.DispatchAnswer(ctx, fx.office, other, 3, old.Answer.Number, db.Now().Date())
		wantKind(t, err, doithoai.Invalid, "")
		wantKind(t, db.RateAnswer(ctx, fx.resident, r.Code, r.Opinions[0].Number, rated), doithoai.Conflict,
			"petition.rating.problem.replaced")
		rated.Answer = 1
		must(t, db.RateAnswer(ctx, fx.resident, r.Code, r.Opinions[0].Number, rated))
		wantClean(t, db)
	})
}

// A public summary is marked from the moment on at which its answer is replaced, with the number and basis of the old
// answer, until a corrected one is approved by somebody else.
func TestCorrectedPublication(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, published)
		id, number := r.Opinions[0].ID, r.Opinions[0].Number
		public := func() Published {
			p, err := db.PublishedByNumber(ctx, fx.authority.ID, number)
			must(t, err)
			found, err := db.Search(ctx, fx.authority.ID, Search{Query: p.Title, Limit: 5})
			must(t, err)
			if len(found.Answers) != 1 || found.Answers[0].ReplacedAt != p.ReplacedAt || found.Answers[0].Answer != p.Answer {
				t.Errorf("a search finds %+v", found.Answers)
			}
			return p
		}
		before := public()
		must(t, db.ProposeCorrection(ctx, fx.office, id, 0, testCorrection, testReason))
		must(t, db.SignCorrection(ctx, fx.chair, id, 1))
		if p := public(); !p.ReplacedAt.IsZero() {
			t.Error("marked before it was replaced")
		}
		fx.clock.forward(time.Hour)
		must(t, db.DispatchCorrection(ctx, fx.office, id, 2, "91/UBND", db.Now().Date()))
		if p := public(); p.ReplacedAt != db.Now() || p.Answer != before.Answer || p.DocNumber != before.DocNumber ||
			p.Basis != before.Basis {
			t.Errorf("while it is marked: %+v", p)
		}
		rows, _, err := db.Corrections(ctx, fx.office)
		must(t, err)
		if len(rows) != 1 || rows[0].Correcting.Summary != doithoai.PublicationOutdated ||
			rows[0].Stage() != doithoai.StageAnsweredPublic {
			t.Fatalf("rows %+v", rows)
		}
		summary := testSummary
		wantKind(t, db.ProposePublication(ctx, fx.office, id, 3, summary), doithoai.Invalid, "")
		summary.Answer, summary.Why = "Hồ sơ còn thiếu trích đo.", "Bản trước ghi nhầm hồ sơ."
		wantKind(t, db.ProposePublication(ctx, fx.office, id, 2, summary), doithoai.Conflict, "")
		must(t, db.ProposePublication(ctx, fx.office, id, 3, summary))
		wantClean(t, db)
		wantKind(t, db.ApprovePublication(ctx, fx.office, id, 4), doithoai.NotAllowed, "")
		must(t, db.ReturnPublication(ctx, fx.chair, id, 4, "Ngắn hơn."))
		must(t, db.ProposePublication(ctx, fx.office, id, 5, summary))
		if p := public(); p.Answer != before.Answer || p.ReplacedAt.IsZero() {
			t.Errorf("before it is approved: %+v", p)
		}
		fx.clock.forward(time.Hour)
		must(t, db.ApprovePublication(ctx, fx.chair, id, 6))
		if p := public(); !p.ReplacedAt.IsZero() || p.Answer != summary.Answer || p.Why != summary.Why ||
			p.CorrectedAt != db.Now() || p.DocNumber != "91/UBND" || p.At != before.At {
			t.Errorf("corrected: %+v", p)
		}
		wantClean(t, db)

		// Once more; now the person is known whom the summary tells of: it goes out of sight with what was to follow it.
		must(t, db.ProposeCorrection(ctx, fx.office, id, 3, testAnswer, testReason))
		must(t, db.SignCorrection(ctx, fx.chair, id, 4))
		must(t, db.DispatchCorrection(ctx, fx.office, id, 5, "92/UBND", db.Now().Date()))
		wantClean(t, db)
		f, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		ruling := doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true}
		must(t, second(db.RuleOpinion(ctx, fx.secretary, id, f.Opinion.Version, ruling)))
		if rows, _, err = db.Corrections(ctx, fx.office); err != nil || len(rows) != 0 {
			t.Errorf("a denunciation is listed: %d, %v", len(rows), err)
		}
		wantClean(t, db)
	})
}

// What somebody began of a correction is among the work that they leave.
func TestCorrectionIsOpenWork(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		o := fx.bring(t, db, 1, correctionSigned).Opinions[0]
		work, err := db.OpenWork(ctxOf(t), fx.admin, fx.justice.ID)
		must(t, err)
		if len(work) != 1 || work[0].Kind != OpenCorrection || work[0].Number != o.Number {
			t.Errorf("work %+v", work)
		}
	})
}

// A ruling that calls the opinion a denunciation drops what was being corrected.
func TestDenunciationDropsCorrection(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.bring(t, db, 1, correcting).Opinions[0]
		ruling := doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true}
		must(t, second(db.RuleOpinion(ctx, fx.secretary, o.ID, 2, ruling)))
		wantKind(t, db.SignCorrection(ctx, fx.chair, o.ID, 1), doithoai.NotFound, "")
		c, err := one(ctx, db.reader(), column[string], `SELECT state FROM answer_correction`)
		must(t, err)
		if c != string(doithoai.CorrectionDropped) {
			t.Errorf("it is %s", c)
		}
		wantClean(t, db)
	})
}

// Lists of what is being corrected hold exactly what their reader may see; an opinion on conduct never reaches who it
// is about.
func TestCorrections(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		ids := []doithoai.ID{
			fx.bring(t, db, 1, correcting).Opinions[0].ID, fx.bring(t, db, 2, correctionSigned).Opinions[0].ID,
			fx.bring(t, db, 3, corrected).Opinions[0].ID, fx.bring(t, db, 4, dispatched).Opinions[0].ID,
		}
		must(t, db.NameConcerned(ctx, fx.office, ids[1], 2, []doithoai.ID{fx.land.ID}))
		for name, a := range fx.everybody() {
			var want []doithoai.ID
			for _, id := range ids[:3] {
				if _, err := db.OpinionFile(ctx, a, id); err == nil {
					want = append(want, id)
				} else if doithoai.KindOf(err) == 0 {
					t.Fatal(err)
				}
			}
			rows, more, err := db.Corrections(ctx, a)
			must(t, err)
			var got []doithoai.ID
			for _, r := range rows {
				got = append(got, r.Opinion.ID)
				if doithoai.Can(a, doithoai.ActSeeOpinions, r.Subject()) != nil {
					t.Errorf("%s is shown %s", name, r.Opinion.Number)
				}
			}
			if !sameIDs(got, want) || more {
				t.Errorf("%s: %d listed, want %d", name, len(got), len(want))
			}
		}
		wantKind(t, db.ProposeCorrection(ctx, fx.land, ids[1], 2, testCorrection, testReason), doithoai.NotFound, "")
	})
}

// Of a delivery by hand that is recorded while the correction is dispatched: either the person was told before, and is
// told anew, or it is refused. Two dispatches at once leave one.
func TestCorrectionAgainstDelivery(t *testing.T) {
	eachWatched(t, func(t *testing.T, db *DB, c *commits, fx *fixture) {
		ctx := ctxOf(t)
		for n := range 4 {
			o := fx.bring(t, db, 10+n, correctionSigned).Opinions[0]
			d, err := one(ctx, db.reader(), scanDelivery, `SELECT `+deliveryColumns+`
				FROM delivery
				WHERE opinion_id = $1 AND way = $2`, o.ID, doithoai.WayPickUp)
			must(t, err)
			dispatch := func() error {
				return db.DispatchCorrection(ctx, fx.office, o.ID, 2, fmt.Sprintf("9%d/UBND", n), db.Now().Date())
			}
			record := func() error { return db.RecordDelivery(ctx, fx.office2, d.ID, d.Version, toldNow(db)) }
			var sent, recorded error
			switch n {
			case 0:
				sent, recorded = inRivalry(t, db, c, dispatch, record)
			case 1:
				recorded, sent = inRivalry(t, db, c, record, dispatch)
			default:
				first, second := inRivalry(t, db, c, dispatch, dispatch)
				if (first == nil) == (second == nil) {
					t.Errorf("dispatched twice: %v, %v", first, second)
				}
				continue
			}
			must(t, sent)
			if recorded != nil {
				wantKind(t, recorded, doithoai.Conflict, "")
			}
			f, err := db.OpinionFile(ctx, fx.office, o.ID)
			must(t, err)
			for _, d := range f.Deliveries {
				if d.Kind == doithoai.DeliveryAnswered && (d.ToTell() || d.State == doithoai.DeliveryQueued) {
					t.Errorf("the old answer is still to be told: %+v", d)
				}
			}
		}
		wantClean(t, db)
	})
}

// An e-mail that is under way while its answer is replaced settles: sent, it was sent; else nobody tries again.
func TestReplacedUnderWay(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		for n, outcome := range []doithoai.Trouble{doithoai.TroubleNone, doithoai.TroubleServer, doithoai.TroubleRefused} {
			o := fx.bring(t, db, 20+n, correctionSigned).Opinions[0]
			parcels, err := db.ClaimParcels(ctx, doithoai.WayEmail, 100)
			must(t, err)
			must(t, db.DispatchCorrection(ctx, fx.office, o.ID, 2, fmt.Sprintf("9%d/UBND", n), db.Now().Date()))
			for _, p := range parcels {
				must(t, db.SettleParcel(ctx, p.Delivery, outcome))
			}
			f, err := db.OpinionFile(ctx, fx.office, o.ID)
			must(t, err)
			want := doithoai.DeliveryReplaced
			if outcome == doithoai.TroubleNone {
				want = doithoai.DeliverySent
			}
			old, fresh := 0, 0
			for _, d := range f.Deliveries {
				switch {
				case d.Way != doithoai.WayEmail:
				case d.Kind == doithoai.DeliveryCorrected && d.State == doithoai.DeliveryQueued:
					fresh++
				case d.Kind == doithoai.DeliveryAnswered:
					old++
					if d.State != want || !d.Replaced || d.SentAt.IsZero() == (outcome == doithoai.TroubleNone) {
						t.Errorf("after outcome %q: %+v", outcome, d)
					}
				}
			}
			if old != 1 || fresh != 1 {
				t.Errorf("%d e-mails of the old answer, %d of the new one", old, fresh)
			}
		}
		wantClean(t, db)
	})
}

// Who reads an answer while it is replaced rates and publishes nothing of the old one.
func TestReplacedMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		for n, before := range []stage{dispatched, proposed} {
			r := fx.bring(t, db, 1+n, before)
			o := r.Opinions[0]
			must(t, db.ProposeCorrection(ctx, fx.office, o.ID, 0, testCorrection, testReason))
			must(t, db.SignCorrection(ctx, fx.chair, o.ID, 1))
			must(t, db.DispatchCorrection(ctx, fx.office, o.ID, 2, fmt.Sprintf("9%d/UBND", n), db.Now().Date()))
			wantKind(t, db.RateAnswer(ctx, fx.resident, r.Code, o.Number, doithoai.Rating{Solved: "yes", Satisfied: 5}),
				doithoai.Conflict, "")
			wantKind(t, db.ProposePublication(ctx, fx.office, o.ID, n, testSummary), doithoai.Conflict, "")
			wantKind(t, db.ApprovePublication(ctx, fx.chair, o.ID, n), doithoai.Conflict, "")
			must(t, db.ProposePublication(ctx, fx.office, o.ID, n+1, testSummary))
			must(t, db.ApprovePublication(ctx, fx.chair, o.ID, n+2))
		}
		wantClean(t, db)
	})
}

// A telling of the old answer that is taken back after it was replaced waits for nobody.
func TestWithdrawnTellingOfReplaced(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.bring(t, db, 1, correctionSigned).Opinions[0]
		query := `SELECT ` + deliveryColumns + ` FROM delivery WHERE opinion_id = $1 AND way = $2 AND kind = 'answered'`
		read := func() doithoai.Delivery {
			d, err := one(ctx, db.reader(), scanDelivery, query, o.ID, doithoai.WayPickUp)
			must(t, err)
			return d
		}
		d := read()
		must(t, db.RecordDelivery(ctx, fx.office, d.ID, d.Version, toldNow(db)))
		must(t, db.DispatchCorrection(ctx, fx.office, o.ID, 2, "91/UBND", db.Now().Date()))
		must(t, db.WithdrawDelivery(ctx, fx.office, d.ID, read().Version))
		if d = read(); d.State != doithoai.DeliveryReplaced || d.ToTell() {
			t.Errorf("taken back: %+v", d)
		}
		wantKind(t, db.RecordDelivery(ctx, fx.office, d.ID, d.Version, toldNow(db)), doithoai.Conflict, "")
	})
}

// Whatever the order of acts: whether an answer was in time never changes, nobody is told an answer that was replaced,
// whoever was told the old one gets the new one in each way that they chose, and the public reads of a replaced answer
// only what is marked.
func TestCorrectionsInAnyOrder(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		for seed := range uint64(6) {
			newCorrectionTrial(t, db, fx, seed).run(60)
		}
		wantClean(t, db)
	})
}

// correctionTrial does acts on one opinion in an order of chance.
type correctionTrial struct {
	*testing.T
	ctx    context.Context
	db     *DB
	fx     *fixture
	chance *rand.Rand
	slip   Received
	id     doithoai.ID
	first  doithoai.Petition
	onTime bool
	round  uint64
	of     map[doithoai.ID]int // of which answer each delivery tells
	sent   int                 // how many answers were replaced
	public int                 // of which answer the public reads; -1: of none
	rated  map[int]int         // how satisfied the person is with each answer
	number int
}

func newCorrectionTrial(t *testing.T, db *DB, fx *fixture, seed uint64) *correctionTrial {
	c := &correctionTrial{
		T: t, ctx: ctxOf(t), db: db, fx: fx, chance: rand.New(rand.NewPCG(seed, 7)), round: seed,
		of: map[doithoai.ID]int{}, rated: map[int]int{}, public: -1,
	}
	c.slip = fx.bring(t, db, 100+int(seed), signed)
	c.id = c.slip.Opinions[0].ID
	if seed%2 == 1 {
		fx.clock.forward(60 * 24 * time.Hour) // late
	}
	must(t, db.DispatchAnswer(c.ctx, fx.office, c.id, 3, fmt.Sprintf("5%d/UBND", seed), db.Now().Date()))
	f := c.file()
	c.first = *f.Petition
	c.onTime = c.kept()
	return c
}

func (c *correctionTrial) file() OpinionFile {
	f, err := c.db.OpinionFile(c.ctx, c.fx.office, c.id)
	must(c, err)
	return f
}

// kept is whether lists count the answer as in time.
func (c *correctionTrial) kept() bool {
	yes, err := one(c.ctx, c.db.reader(), column[bool], `SELECT on_time FROM opinion WHERE id = $1`, c.id)
	must(c, err)
	return yes
}

func (c *correctionTrial) run(steps int) {
	for range steps {
		f := c.file()
		v, by := f.Correction.Version, []doithoai.Actor{c.fx.office, c.fx.justice}[c.chance.IntN(2)]
		if c.chance.IntN(9) == 0 {
			v--
		}
		err := c.step(f, v, by)
		if err != nil && doithoai.KindOf(err) == 0 {
			c.Fatal(err)
		}
		c.fx.clock.forward(time.Duration(c.chance.IntN(20)) * time.Minute)
		c.look()
	}
}

func (c *correctionTrial) step(f OpinionFile, v int, by doithoai.Actor) error {
	ctx, db, fx, id := c.ctx, c.db, c.fx, c.id
	switch c.chance.IntN(19) {
	case 0, 1:
		a := testCorrection
		c.number++
		a.Body += fmt.Sprintf(" (%d)", c.number)
		return db.ProposeCorrection(ctx, by, id, v, a, testReason)
	case 2:
		return db.WithdrawCorrection(ctx, by, id, v)
	case 3:
		return db.ReturnCorrection(ctx, fx.chair, id, v, "Ghi rõ hơn.")
	case 4, 5:
		return db.SignCorrection(ctx, fx.chair, id, v)
	case 6, 7:
		c.number++
		err := db.DispatchCorrection(ctx, fx.office, id, v, fmt.Sprintf("6%d%03d/UBND", c.round, c.number), db.Now().Date())
		if err == nil {
			c.sent++
			c.allTold(f)
		}
		return err
	case 8:
		if c.chance.IntN(3) == 0 {
			return db.DropCorrection(ctx, fx.chair, id, v, "Trả lời đúng.")
		}
	case 9, 10:
		d := f.Deliveries[c.chance.IntN(len(f.Deliveries))]
		err := db.RecordDelivery(ctx, fx.office, d.ID, d.Version, toldNow(db))
		if err == nil && c.of[d.ID] != c.sent {
			c.Errorf("the person is told an answer that was replaced: %+v", d)
		}
		return err
	case 11:
		d := f.Deliveries[c.chance.IntN(len(f.Deliveries))]
		return db.WithdrawDelivery(ctx, fx.office, d.ID, d.Version)
	case 12:
		return c.mail()
	case 13:
		satisfied, of := 1+c.chance.IntN(5), c.sent-c.chance.IntN(2)
		err := db.RateAnswer(ctx, fx.resident, c.slip.Code, f.Opinion.Number,
			doithoai.Rating{Solved: doithoai.SolvedPart, Satisfied: satisfied, Answer: of})
		if err == nil {
			c.rated[of] = satisfied
		}
		return err
	case 14:
		p, version := testSummary, c.sent
		p.Why = "Bản trước ghi nhầm."
		if f.Publish != nil {
			version = f.Publish.Version
		}
		return db.ProposePublication(ctx, fx.office, id, version, p)
	case 15:
		if f.Publish != nil {
			err := db.ApprovePublication(ctx, fx.chair, id, f.Publish.Version)
			if err == nil {
				c.public = c.sent
			}
			return err
		}
	case 16, 17:
		return c.signOnPaper(f, v)
	case 18:
		return db.TakeBackCorrectionPaper(ctx, fx.office, id, v)
	}
	return nil
}

// signOnPaper records a signature on the paper of the correction that waits, now and then changed by pen, or with its
// number, with which it goes out.
func (c *correctionTrial) signOnPaper(f OpinionFile, v int) error {
	c.number++
	w := c.fx.onPaper(c, c.db, c.fx.office, "ban-ky.jpg")
	w.Words = doithoai.Answer{Body: f.Correction.Answer.Body, Basis: f.Correction.Answer.Basis}
	if c.chance.IntN(2) == 0 {
		w.Words.Body += fmt.Sprintf(" (bút %d)", c.number)
		w.Compared = c.chance.IntN(4) > 0
	}
	if c.chance.IntN(2) == 0 {
		w.Number, w.Dated = fmt.Sprintf("6%d%03d/UBND", c.round, c.number), w.On
	}
	err := c.db.SignCorrectionOnPaper(c.ctx, c.fx.office, c.id, v, w)
	if err == nil && w.Dispatches() {
		c.sent++
		c.allTold(f)
	}
	return err
}

// mail sends e-mails, or fails to.
func (c *correctionTrial) mail() error {
	parcels, err := c.db.ClaimParcels(c.ctx, doithoai.WayEmail, 100)
	for _, p := range parcels {
		if of, known := c.of[p.Delivery.ID]; known && of != c.sent {
			c.Errorf("an e-mail tells of an answer that was replaced: %+v", p.Delivery)
		}
		outcome := []doithoai.Trouble{doithoai.TroubleNone, doithoai.TroubleServer, doithoai.TroubleRefused}[c.chance.IntN(3)]
		must(c, c.db.SettleParcel(c.ctx, p.Delivery, outcome))
	}
	return err
}

// allTold looks that in each way in which the person was told before, or was to be told, the new answer is queued.
func (c *correctionTrial) allTold(before OpinionFile) {
	queued := map[doithoai.Way]int{}
	for _, d := range c.file().Deliveries {
		if _, had := c.of[d.ID]; !had && d.Kind == doithoai.DeliveryCorrected && d.State == doithoai.DeliveryQueued {
			queued[d.Way]++
		}
	}
	for _, d := range before.Deliveries {
		if of, known := c.of[d.ID]; known && of == c.sent-1 && queued[d.Way] != 1 {
			c.Errorf("in the way %s the new answer is queued %d times", d.Way, queued[d.Way])
		}
	}
}

// look holds what stands against what may never change.
func (c *correctionTrial) look() {
	f := c.file()
	p := *f.Petition
	if p != c.first || c.kept() != c.onTime || p.Missed == c.onTime {
		c.Errorf("the petition is %+v, was %+v; in time: %v, was %v", p, c.first, c.kept(), c.onTime)
	}
	if len(f.Replaced) != c.sent {
		c.Errorf("%d answers are replaced, want %d", len(f.Replaced), c.sent)
	}
	for _, d := range f.Deliveries {
		if d.Kind != doithoai.DeliveryAnswered && d.Kind != doithoai.DeliveryCorrected {
			continue
		}
		if _, known := c.of[d.ID]; !known {
			c.of[d.ID] = c.sent
		}
		if old := c.of[d.ID] != c.sent; old != d.Replaced || old && (d.ToTell() || d.State == doithoai.DeliveryQueued) {
			c.Errorf("of the %d. answer, where the %d. stands: %+v", c.of[d.ID], c.sent, d)
		}
	}
	ratings := map[int]*doithoai.Rating{c.sent: f.Rating}
	for i, r := range f.Replaced { // the last one first; numbers of corrections also count those that were dropped
		ratings[len(f.Replaced)-1-i] = r.Rating
	}
	for of, r := range ratings {
		if r == nil && c.rated[of] != 0 || r != nil && r.Satisfied != c.rated[of] {
			c.Errorf("what was said of the %d. answer is %+v, was %d", of, r, c.rated[of])
		}
	}
	shown, err := c.db.PublishedByNumber(c.ctx, c.fx.authority.ID, f.Opinion.Number)
	if (err == nil) != (c.public >= 0) {
		c.Errorf("public: %v, %v", c.public, err)
	}
	if err == nil && shown.ReplacedAt.IsZero() != (c.public == c.sent) {
		c.Errorf("public is the %d. answer, the %d. stands, marked at %v", c.public, c.sent, shown.ReplacedAt)
	}
}
