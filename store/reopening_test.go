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

// notAgreed is what somebody says who does not agree.
var (
	notAgreed = doithoai.Reopening{Said: "Tôi chưa đồng ý: đường vẫn ngập.", Channel: doithoai.ChannelOffice}
	newFacts  = doithoai.Reopening{
		Said: "Có biên bản mới của thôn ngày 01/10.", NewFacts: true, Channel: doithoai.ChannelPhone, Answer: 1,
	}
	notAgain = doithoai.ReopeningDecision{
		Ground: doithoai.GroundNoNewFacts, Basis: "Nghị định 154/2026/NĐ-CP, Điều 4", Words: "Biên bản đã được xem xét.",
	}
)

// reopen is the act of typing that somebody does not agree.
func reopen(r doithoai.Reopening, change func(*doithoai.Reopening)) actOn {
	change(&r)
	return func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
		return db.Reopen(ctx, a, id, version, r)
	}
}

func refuseReopening(change func(*doithoai.ReopeningDecision)) actOn {
	d := notAgain
	change(&d)
	return func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
		return db.RefuseReopening(ctx, a, id, version, d)
	}
}

// reopen brings an opinion to a stage of being looked at again: its version is 9 where the chair is to decide.
func (fx *fixture) reopen(t testing.TB, db *DB, n int, to stage) Received {
	t.Helper()
	ctx := ctxOf(t)
	r := fx.bring(t, db, n, dispatched)
	id := r.Opinions[0].ID
	must(t, db.Reopen(ctx, fx.office, id, 4, notAgreed))
	if to == toReopen {
		must(t, db.SubmitAnswer(ctx, fx.justice, id, 5, doithoai.Answer{Body: "Đã khơi lại cống thôn Tây ngày 10/10/2026."}))
		must(t, db.SignAnswer(ctx, fx.chair, id, 6))
		must(t, db.DispatchAnswer(ctx, fx.office, id, 7, fmt.Sprintf("8%d/LAI", n), db.Now().Date()))
		must(t, db.Reopen(ctx, fx.office, id, 8, newFacts))
	}
	return r
}

func TestReopen(t *testing.T) {
	opinionActs["Reopen"].test(t)
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, published)
		id, number := r.Opinions[0].ID, r.Opinions[0].Number
		bad := doithoai.Rating{Solved: doithoai.SolvedNo, Satisfied: 1}
		must(t, db.RateAnswer(ctx, fx.resident, r.Code, number, bad))
		before, err := db.YearFigures(ctx, fx.authority.ID, db.Now().Date().Year)
		must(t, err)
		wantKind(t, db.ReopenByCode(ctx, fx.resident, r.Code, number, newFacts), doithoai.Conflict,
			"reopening.problem.needs_none")
		must(t, db.ReopenByCode(ctx, fx.resident, r.Code, number, notAgreed))
		must(t, db.ReopenByCode(ctx, fx.resident, r.Code, number, notAgreed)) // sent twice
		slip, err := db.FollowSlip(ctx, fx.resident, r.Code)
		must(t, err)
		f := slip.Opinions[0]
		first := f.Rounds[0]
		if len(f.Rounds) != 1 || first.Answer.Body != testAnswer.Body || first.Late || first.Rating.Satisfied != 1 ||
			f.Rating != nil || len(f.Reopenings) != 1 || f.Reopenings[0].By != "" || !f.Petition.Again() {
			t.Errorf("%+v, %+v", f.Rounds, f.Reopenings)
		}
		after, err := db.YearFigures(ctx, fx.authority.ID, db.Now().Date().Year)
		must(t, err)
		if before.OnTime != after.OnTime || after.OnTime != 1 || before.Again != 0 || after.Again != 1 {
			t.Errorf("in time: %d, then %d", before.OnTime, after.OnTime)
		}
		shown, err := db.PublishedByNumber(ctx, fx.authority.ID, number)
		must(t, err)
		if !shown.Again || shown.DocNumber != first.Answer.Number || shown.Unit == "" {
			t.Errorf("the public reads %+v", shown)
		}
		wantKind(t, db.RateAnswer(ctx, fx.resident, r.Code, number, bad), doithoai.Conflict,
			"petition.rating.problem.too_early")
		wantKind(t, db.ProposeCorrection(ctx, fx.office, id, 0, testCorrection, testReason), doithoai.Conflict, "")

		fx.clock.forward(90 * 24 * time.Hour) // the round is late, the first answer never was
		again := doithoai.Answer{Body: "Đã khơi lại cống ngày 10/10/2026.", Basis: "Luật Thủy lợi 2017 Đ.40"}
		must(t, db.SubmitAnswer(ctx, fx.justice, id, 5, again))
		must(t, db.SignAnswer(ctx, fx.chair, id, 6))
		wantKind(t, db.DispatchAnswer(ctx, fx.office, id, 7, first.Answer.Number, first.Answer.Dated), doithoai.Invalid,
			"")
		must(t, db.DispatchAnswer(ctx, fx.office, id, 7, "77/UBND", db.Now().Date()))
		file, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		if file.Petition.Missed || !file.Petition.RoundMissed || file.Answer.Body != again.Body || file.Publish.State !=
			doithoai.PublicationOutdated || file.Publish.Correction == 0 {
			t.Errorf("%+v, %+v", file.Petition, file.Publish)
		}
		if shown, err = db.PublishedByNumber(ctx, fx.authority.ID, number); err != nil || shown.Again ||
			shown.DocNumber != first.Answer.Number || shown.ReplacedAt.IsZero() {
			t.Errorf("the public reads %+v, %v", shown, err)
		}
		stale := doithoai.Rating{Solved: doithoai.SolvedYes, Satisfied: 5}
		wantKind(t, db.RateAnswer(ctx, fx.resident, r.Code, number, stale), doithoai.Conflict,
			"petition.rating.problem.replaced")
		stale.Answer = 1
		must(t, db.RateAnswer(ctx, fx.resident, r.Code, number, stale))
		wantKind(t, db.ReopenByCode(ctx, fx.resident, r.Code, number, doithoai.Reopening{Said: "Chưa.", Answer: 1}),
			doithoai.Conflict, "reopening.problem.again")
		wantClean(t, db)
	})
}

func TestAllowReopeningOfDB(t *testing.T) {
	opinionActs["AllowReopening"].test(t)
	opinionActs["RefuseReopening"].test(t)
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, toReopen)
		id := r.Opinions[0].ID
		waiting := func() int {
			t.Helper()
			all, more, err := db.AskedReopenings(ctx, fx.chair)
			must(t, err)
			if more || len(all) > 0 && all[0].Opinion.ID != id {
				t.Errorf("reopenings %+v", all)
			}
			return len(all)
		}
		if waiting() != 1 {
			t.Error("nothing waits for the chair")
		}
		wantKind(t, second2(db.AskedReopenings(ctx, fx.justice)), doithoai.NotAllowed, "")
		must(t, db.RefuseReopening(ctx, fx.chair, id, 9, notAgain))
		f, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		got := f.Reopenings[1].Decision
		if waiting() != 0 || f.Petition.Asked || got.Ground != notAgain.Ground || got.Words != notAgain.Words ||
			deliveriesOf(f)[doithoai.DeliveryNotReopened] == 0 {
			t.Errorf("%+v, %+v", f.Petition, got)
		}
		must(t, db.ReopenByCode(ctx, fx.resident, r.Code, r.Opinions[0].Number, newFacts)) // any number of times
		must(t, db.AllowReopening(ctx, fx.chair, id, 11))
		if f, err = db.OpinionFile(ctx, fx.office, id); err != nil || waiting() != 0 || !f.Petition.Again() ||
			deliveriesOf(f)[doithoai.DeliveryReopened] == 0 || f.Reopenings[2].State != doithoai.ReopeningAllowed {
			t.Errorf("%+v, %v", f.Petition, err)
		}
		wantClean(t, db)
	})
}

// A denunciation leaves from everywhere, also while the chair is asked; nothing waits then.
func TestDenunciationWhileAsked(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, toReopen).Opinions[0].ID
		must(t, second(db.RuleOpinion(ctx, fx.office, id, 2,
			doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})))
		all, _, err := db.AskedReopenings(ctx, fx.chair)
		must(t, err)
		if len(all) != 0 {
			t.Errorf("waits: %+v", all)
		}
		wantKind(t, db.AllowReopening(ctx, fx.chair, id, 10), doithoai.NotFound, "")
		wantClean(t, db)
	})
}

// Whatever is done in whatever order, when the first answer went out and whether that was late never changes, no answer
// that went out is lost, and each thing that the person said is kept.
func TestReopeningsInAnyOrder(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		for seed := range uint64(6) {
			newReopeningTrial(t, db, fx, seed).run(80)
		}
		wantClean(t, db)
	})
}

// reopeningTrial does acts on one opinion in an order of chance.
type reopeningTrial struct {
	*testing.T
	ctx    context.Context
	db     *DB
	fx     *fixture
	chance *rand.Rand
	seed   uint64
	slip   Received
	id     doithoai.ID
	first  doithoai.Petition
	onTime bool
	sent   []string // the answers that went out
	said   []string
	number int
}

func newReopeningTrial(t *testing.T, db *DB, fx *fixture, seed uint64) *reopeningTrial {
	c := &reopeningTrial{T: t, ctx: ctxOf(t), db: db, fx: fx, chance: rand.New(rand.NewPCG(seed, 11)), seed: seed}
	c.slip = fx.bring(t, db, 300+int(seed), signed)
	c.id = c.slip.Opinions[0].ID
	if seed%2 == 1 {
		fx.clock.forward(60 * 24 * time.Hour) // late
	}
	must(t, db.DispatchAnswer(c.ctx, fx.office, c.id, 3, fmt.Sprintf("7%d/UBND", seed), db.Now().Date()))
	c.first, c.onTime, c.sent = *c.file().Petition, seed%2 == 0, []string{testAnswer.Body}
	return c
}

func (c *reopeningTrial) file() OpinionFile {
	f, err := c.db.OpinionFile(c.ctx, c.fx.office, c.id)
	must(c, err)
	return f
}

func (c *reopeningTrial) run(steps int) {
	for range steps {
		f := c.file()
		v := f.Petition.Version
		if c.chance.IntN(9) == 0 {
			v--
		}
		if err := c.step(f, v); err != nil && doithoai.KindOf(err) == 0 {
			c.Fatal(err)
		}
		c.fx.clock.forward(time.Duration(c.chance.IntN(200)) * time.Hour)
		c.look()
	}
}

func (c *reopeningTrial) step(f OpinionFile, v int) error {
	ctx, db, fx, id := c.ctx, c.db, c.fx, c.id
	c.number++
	switch c.chance.IntN(14) {
	case 0, 1:
		r := notAgreed
		r.NewFacts, r.Answer, r.Said = c.chance.IntN(3) > 0, f.Before(), fmt.Sprintf("Chưa đồng ý (%d).", c.number)
		err := db.ReopenByCode(ctx, fx.resident, c.slip.Code, f.Opinion.Number, r)
		if c.chance.IntN(2) == 0 && err != nil {
			err = db.Reopen(ctx, fx.office, id, v, r)
		}
		if err == nil {
			c.said = append(c.said, r.Said)
		}
		return err
	case 2, 3:
		return db.AllowReopening(ctx, fx.chair, id, v)
	case 4:
		return db.RefuseReopening(ctx, fx.chair, id, v, notAgain)
	case 5, 6:
		a := testAnswer
		a.Body += fmt.Sprintf(" (%d)", c.number)
		return db.SubmitAnswer(ctx, fx.justice, id, v, a)
	case 7:
		return db.SignAnswer(ctx, fx.chair, id, v)
	case 8:
		number := fmt.Sprintf("8%d%04d/UBND", c.seed, c.number)
		err := db.DispatchAnswer(ctx, fx.office, id, v, number, db.Now().Date())
		if err == nil {
			c.sent = append(c.sent, f.Submitted.Body)
		}
		return err
	case 9:
		return db.HandOverPetition(ctx, fx.office, id, v, doithoai.HandOver{
			To: []doithoai.ID{fx.land.UnitID, fx.justice.UnitID}[c.chance.IntN(2)], Reason: "Đúng lĩnh vực.",
		})
	case 10:
		return db.RateAnswer(ctx, fx.resident, c.slip.Code, f.Opinion.Number,
			doithoai.Rating{Solved: doithoai.SolvedPart, Satisfied: 3, Answer: f.Before()})
	case 11:
		return db.ProposeCorrection(ctx, fx.office, id, f.Correction.Version,
			doithoai.Answer{Body: fmt.Sprintf("Thay thế (%d).", c.number)}, testReason)
	case 12:
		version := f.Before()
		if f.Publish != nil {
			version = f.Publish.Version
		}
		p := testSummary
		p.Why = "Cơ quan đã trả lời lại."
		return db.ProposePublication(ctx, fx.office, id, version, p)
	default:
		if f.Publish == nil {
			return nil
		}
		return db.ApprovePublication(ctx, fx.chair, id, f.Publish.Version)
	}
}

// look holds what stands against what may never change.
func (c *reopeningTrial) look() {
	f := c.file()
	p := *f.Petition
	kept, err := one(c.ctx, c.db.reader(), column[bool], `SELECT on_time FROM opinion WHERE id = $1`, c.id)
	must(c, err)
	if p.AnsweredAt != c.first.AnsweredAt || p.Missed == c.onTime || kept != c.onTime {
		c.Errorf("the first answer went out at %v, missed %v, counted in time %v; it was %v", p.AnsweredAt, p.Missed, kept,
			c.first)
	}
	if p.Round != len(f.Rounds) || len(f.Reopenings) != len(c.said) {
		c.Errorf("round %d, %d answers are kept, %d things said; want %d", p.Round, len(f.Rounds), len(f.Reopenings),
			len(c.said))
	}
	for i, r := range f.Reopenings {
		if r.Said != c.said[i] {
			c.Errorf("said %q, want %q", r.Said, c.said[i])
		}
	}
	var sent []string
	for _, r := range slices.Backward(f.Rounds) {
		sent = append(sent, r.Answer.Body)
	}
	if p.State == doithoai.PetitionAnswered {
		sent = append(sent, f.Answer.Body)
	}
	if !slices.Equal(sent, c.sent) {
		c.Errorf("went out: %q, want %q", sent, c.sent)
	}
	if len(f.Rounds) > 0 && f.Rounds[len(f.Rounds)-1].Late == c.onTime {
		c.Errorf("the first answer is kept as late: %v", !c.onTime)
	}
	if p.Again() {
		shown, err := c.db.PublishedByNumber(c.ctx, c.fx.authority.ID, f.Opinion.Number)
		if err == nil && !shown.Again {
			c.Errorf("the public is not told that it is looked at again")
		}
	}
}

// What the first answer promised stays a promise when the matter is answered again, and what the second promises stands
// beside it. A correction of the second replaces what that one promised, and nothing else.
func TestReopenedPromises(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, ruled).Opinions[0].ID
		due := mustRules(t, db, fx).Calendar.Roll(db.Now().Date().AddDays(30))
		answer := func(version int, number string, words ...string) {
			t.Helper()
			a := testAnswer
			a.Body += " " + number
			for i, w := range words {
				a.Promises[i] = doithoai.Promised{UnitID: fx.land.UnitID, What: w, Due: due}
			}
			must(t, db.SubmitAnswer(ctx, fx.justice, id, version, a))
			must(t, db.SignAnswer(ctx, fx.chair, id, version+1))
			must(t, db.DispatchAnswer(ctx, fx.office, id, version+2, number, db.Now().Date()))
		}
		stand := func(want ...string) {
			t.Helper()
			f, err := db.OpinionFile(ctx, fx.office, id)
			must(t, err)
			var got []string
			for _, p := range f.Promises {
				got = append(got, string(p.State)+" "+p.What)
			}
			if !slices.Equal(got, want) {
				t.Errorf("promises %q, want %q", got, want)
			}
		}
		answer(1, "71/UBND", "Khơi cống đầu xóm.")
		fx.clock.forward(time.Hour)
		must(t, db.Reopen(ctx, fx.office, id, 4, notAgreed))
		stand("open Khơi cống đầu xóm.")
		wantClean(t, db)
		answer(5, "72/UBND", "Thay tấm đan vỡ.")
		stand("open Khơi cống đầu xóm.", "open Thay tấm đan vỡ.")
		wantClean(t, db)
		must(t, db.ProposeCorrection(ctx, fx.office, id, 0, testCorrection, testReason))
		must(t, db.SignCorrection(ctx, fx.chair, id, 1))
		must(t, db.DispatchCorrection(ctx, fx.office, id, 2, "73/UBND", db.Now().Date()))
		stand("open Khơi cống đầu xóm.", "replaced Thay tấm đan vỡ.")
		must(t, db.Reopen(ctx, fx.office, id, 8, doithoai.Reopening{
			Said: "Có biên bản mới.", NewFacts: true, Channel: doithoai.ChannelPhone, Answer: 2,
		}))
		must(t, db.AllowReopening(ctx, fx.chair, id, 9))
		answer(10, "74/UBND", "Thay tấm đan vỡ.")
		stand("open Khơi cống đầu xóm.", "replaced Thay tấm đan vỡ.", "open Thay tấm đan vỡ.")
		wantClean(t, db)
	})
}

// Of several who were sent one answer, one does not agree: the others' answer stays as it is, under the number that it
// went out with, which stays taken. Nothing is split off what was answered before.
func TestReopenOneOfSeveral(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		m := fx.matter(t, db, 1, 3)
		today := db.Now().Date()
		must(t, db.SubmitAnswer(ctx, fx.justice, m.ids[0], 1, testSetAnswer, m.with(1, 1, 2)...))
		must(t, db.SignAnswer(ctx, fx.chair, m.ids[0], 2, m.with(2, 1, 2)...))
		must(t, db.DispatchAnswer(ctx, fx.office, m.ids[0], 3, "61/UBND", today, m.with(3, 1, 2)...))
		for i := range 2 { // the one that carries the number, and another one
			must(t, db.Reopen(ctx, fx.office, m.ids[i], 4, notAgreed))
		}
		if got := m.states(t); got != "processing processing answered" {
			t.Errorf("they stand %s", got)
		}
		if f := m.file(t, 2); f.Answer.Number != "61/UBND" || len(f.Rounds) != 0 {
			t.Errorf("who agrees has %+v", f.Answer)
		}
		wantKind(t, second(db.SplitOpinion(ctx, fx.office, m.ids[0], 2, "yếu")), doithoai.Conflict,
			"classify.split.problem.answered")
		again := doithoai.Answer{Body: "Đường ống được thay xong ngày 20/11/2026."}
		must(t, db.SubmitAnswer(ctx, fx.justice, m.ids[0], 5, again, m.with(5, 1)...)) // one answer to both, again
		must(t, db.SignAnswer(ctx, fx.chair, m.ids[0], 6, m.with(6, 1)...))
		wantKind(t, db.DispatchAnswer(ctx, fx.office, m.ids[0], 7, "61/UBND", today, m.with(7, 1)...), doithoai.Invalid, "")
		must(t, db.DispatchAnswer(ctx, fx.office, m.ids[0], 7, "62/UBND", today, m.with(7, 1)...))
		for i := range 2 {
			if f := m.file(t, i); f.Answer.Number != "62/UBND" || f.Rounds[0].Answer.Number != "61/UBND" {
				t.Errorf("%d: %+v, %+v", i, f.Answer, f.Rounds)
			}
		}
		wantClean(t, db)
	})
}
