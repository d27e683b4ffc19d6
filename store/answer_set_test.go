package store

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"doithoai"
)

// testSetAnswer is an answer that tells nobody who another one is.
var testSetAnswer = doithoai.Answer{
	Body: "Đường ống cấp nước được thay trong tháng 11.", Basis: "Luật Tài nguyên nước 2023",
}

// matter is one matter that several people brought: their opinions stand together, ruled for the justice unit.
type matter struct {
	db       *DB
	fx       *fixture
	received []Received
	ids      []doithoai.ID
}

func (fx *fixture) matter(t testing.TB, db *DB, first, n int) *matter {
	t.Helper()
	m := &matter{db: db, fx: fx}
	for i := range n {
		s := fx.slip("Nước máy yếu.")
		s.Petitioner.Name = fmt.Sprintf("Trần Văn Người Thứ %s", strings.Repeat("I", i+1))
		r, err := db.SubmitSlip(ctxOf(t), fx.resident, key(first+i), s)
		must(t, err)
		m.received, m.ids = append(m.received, r), append(m.ids, r.Opinions[0].ID)
		if i > 0 {
			must(t, db.GroupOpinions(ctxOf(t), fx.office, m.ids[0], m.ids[i]))
		}
	}
	var others []Versioned
	for _, id := range m.ids[1:] {
		others = append(others, Versioned{id, 1})
	}
	must(t, second(db.RuleAlike(ctxOf(t), fx.secretary, m.ids[0], 1, fx.later(), others)))
	return m
}

// with are opinions of the matter, in a version.
func (m *matter) with(version int, which ...int) (others []Versioned) {
	for _, i := range which {
		others = append(others, Versioned{m.ids[i], version})
	}
	return others
}

func (m *matter) file(t testing.TB, i int) OpinionFile {
	t.Helper()
	f, err := m.db.OpinionFile(ctxOf(t), m.fx.office, m.ids[i])
	must(t, err)
	return f
}

// states are where the petitions of the matter stand.
func (m *matter) states(t testing.TB) string {
	t.Helper()
	var all []string
	for i := range m.ids {
		all = append(all, string(m.file(t, i).Petition.State))
	}
	return strings.Join(all, " ")
}

// One answer for five: handed in, signed, numbered and sent out once; each keeps what is its own.
func TestAnswerSet(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		m := fx.matter(t, db, 1, 5)
		today := db.Now().Date()
		before := fingerprint(t, db)
		submit := func(a doithoai.Answer, others ...Versioned) error {
			return db.SubmitAnswer(ctx, fx.justice, m.ids[0], 1, a, others...)
		}
		wantKind(t, submit(testSetAnswer, m.with(2, 1)...), doithoai.Conflict, "answer_set.problem.changed")
		wantKind(t, submit(testSetAnswer, m.with(1, 0)...), doithoai.Invalid, "")
		wantKind(t, submit(testSetAnswer, m.with(1, 1, 1)...), doithoai.Invalid, "")
		wantKind(t, submit(testSetAnswer, make([]Versioned, doithoai.MaxAnswerSet+1)...), doithoai.Invalid, "")
		wantKind(t, submit(testSetAnswer, Versioned{newID(), 1}), doithoai.Conflict, "error.conflict")
		wantKind(t, db.SubmitAnswer(ctx, fx.land, m.ids[0], 1, testSetAnswer, m.with(1, 1)...), doithoai.NotAllowed, "")
		named := testSetAnswer
		named.Body += " Ông Trần Văn Người Thứ II đã được trả lời."
		if p := doithoai.ProblemsOf(submit(named, m.with(1, 1, 2)...)); len(p) != 1 ||
			p[0].Key != "answer_set.problem.names" || !slices.Contains(p[0].Args, any("ND-26-0002")) {
			t.Errorf("an answer that names one of them: %+v", p)
		}
		wantSame(t, before, fingerprint(t, db))
		must(t, submit(testSetAnswer, m.with(1, 4, 1, 2, 3)...))
		for i := range m.ids {
			f := m.file(t, i)
			last := f.Events[len(f.Events)-1]
			if f.Submitted.Body != testSetAnswer.Body || last.Act != doithoai.ActSubmitAnswer || last.Facts.Set == "" ||
				last.Facts.Together != 5 || f.Texts[last.Leaf] != answerRecord(testSetAnswer) {
				t.Errorf("%d: %+v, %+v", i, f.Submitted, last)
			}
		}
		// Nobody signs one of them alone, nor one who is of no set.
		before = fingerprint(t, db)
		others := m.with(2, 0, 1, 3, 4)
		wantKind(t, db.SignAnswer(ctx, fx.chair, m.ids[2], 2), doithoai.Conflict, "answer_set.problem.stands")
		wantKind(t, db.SignAnswer(ctx, fx.chair, m.ids[2], 2, others[1:]...), doithoai.Conflict, "answer_set.problem.stands")
		wantSame(t, before, fingerprint(t, db))
		alone := fx.bring(t, db, 50, submitted).Opinions[0].ID
		before = fingerprint(t, db)
		wantKind(t, db.SignAnswer(ctx, fx.chair, m.ids[2], 2, append(others, Versioned{alone, 2})...), doithoai.Conflict,
			"answer_set.problem.left")
		wantKind(t, db.SignAnswer(ctx, fx.justice, m.ids[2], 2, others...), doithoai.NotAllowed, "")
		wantKind(t, db.ReturnAnswer(ctx, fx.chair, m.ids[2], 2, "", others...), doithoai.Invalid, "")
		wantSame(t, before, fingerprint(t, db))
		with, err := db.AnsweredTogether(ctx, fx.chair, m.ids[2])
		must(t, err)
		if len(with) != 4 || with[0].Versioned() != others[0] || with[3].Versioned() != others[3] {
			t.Errorf("stands with %+v", with)
		}
		// The chair has opened one of them: none is taken back.
		must(t, db.MarkRead(ctx, fx.chair, m.ids[1]))
		wantKind(t, db.WithdrawDraft(ctx, fx.justice, m.ids[2], 2, others...), doithoai.NotAllowed, "")
		must(t, db.ReturnAnswer(ctx, fx.chair, m.ids[2], 2, "Ghi rõ tuyến đường.", others...))
		must(t, db.SubmitAnswer(ctx, fx.justice, m.ids[0], 3, testSetAnswer, m.with(3, 1, 2, 3, 4)...))
		must(t, db.WithdrawDraft(ctx, fx.justice, m.ids[3], 4, m.with(4, 0, 1, 2, 4)...))
		must(t, db.SubmitAnswer(ctx, fx.justice, m.ids[0], 5, testSetAnswer, m.with(5, 1, 2, 3, 4)...))
		must(t, db.SignAnswer(ctx, fx.chair, m.ids[2], 6, m.with(6, 0, 1, 3, 4)...))
		wantKind(t, db.DispatchAnswer(ctx, fx.office, m.ids[2], 7, "214/UBND-VP", today), doithoai.Conflict,
			"answer_set.problem.stands")
		must(t, db.DispatchAnswer(ctx, fx.office, m.ids[2], 7, "214/UBND-VP", today, m.with(7, 0, 1, 3, 4)...))
		if got := m.states(t); got != "answered answered answered answered answered" {
			t.Errorf("states %s", got)
		}
		for i, r := range m.received {
			f, err := db.FollowSlip(ctx, fx.resident, r.Code)
			must(t, err)
			o := f.Opinions[0]
			if o.Answer.Number != "214/UBND-VP" || o.Opinion.Number != r.Opinions[0].Number || o.Answer.SignedBy == "" {
				t.Errorf("%d follows %+v", i, o.Answer)
			}
			told := 0
			for _, d := range m.file(t, i).Deliveries {
				if d.Kind == doithoai.DeliveryAnswered {
					told++
				}
			}
			if told != 2 { // by e-mail and to be picked up
				t.Errorf("%d is told %d times", i, told)
			}
			must(t, db.RateAnswer(ctx, fx.resident, r.Code, o.Opinion.Number,
				doithoai.Rating{Solved: doithoai.SolvedYes, Satisfied: 1 + i}))
		}
		for i := range m.ids {
			if got := m.file(t, i).Rating.Satisfied; got != 1+i {
				t.Errorf("%d is rated %d", i, got)
			}
		}
		// The number is theirs alone.
		must(t, db.SignAnswer(ctx, fx.chair, alone, 2))
		if p := doithoai.ProblemsOf(db.DispatchAnswer(ctx, fx.office, alone, 3, "214/UBND-VP", today)); len(p) != 1 ||
			p[0].Key != "documents.problem.number_taken" {
			t.Errorf("another answer gets the number: %+v", p)
		}
		must(t, db.UngroupOpinion(ctx, fx.office, m.ids[4])) // of what went out nothing changes
		wantClean(t, db)
		wantWhole(t, db)
	})
}

// Whoever is taken out, or goes another way, keeps what is its own; the others go on without it.
func TestAnswerSetTakenApart(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		m := fx.matter(t, db, 1, 5)
		today := db.Now().Date()
		must(t, db.SubmitAnswer(ctx, fx.justice, m.ids[0], 1, testSetAnswer, m.with(1, 1, 2, 3, 4)...))
		must(t, db.UngroupOpinion(ctx, fx.office, m.ids[1]))
		wantKind(t, db.SignAnswer(ctx, fx.chair, m.ids[0], 2, m.with(2, 1, 2, 3, 4)...), doithoai.Conflict,
			"answer_set.problem.left")
		if f := m.file(t, 1); f.Petition.State != doithoai.PetitionSubmitted || f.Submitted.Body != testSetAnswer.Body {
			t.Errorf("taken out: %s, %q", f.Petition.State, f.Submitted.Body)
		}
		must(t, db.ReturnAnswer(ctx, fx.chair, m.ids[0], 2, "Ghi rõ.", m.with(2, 2, 3, 4)...))
		// One is disputed, one paused, one handed over: each says why it can't be taken along.
		must(t, disputes(ctx, db, fx, fx.justice, m.ids[2], 3))
		must(t, paper(func(*doithoai.Pause) {})(ctx, db, fx, fx.justice, m.ids[3], 3))
		must(t, db.HandOverPetition(ctx, fx.office, m.ids[4], 3,
			doithoai.HandOver{To: fx.units["dia-chinh"].ID, Reason: "Đúng lĩnh vực."}))
		companions, err := db.AnswerCompanions(ctx, inRole(fx.justice, doithoai.RoleOffice), m.ids[0])
		must(t, err)
		var why []string
		for _, c := range companions {
			var key string
			if e, ok := c.Not.(*doithoai.Error); ok {
				key = e.Key
			}
			why = append(why, strings.TrimPrefix(key, "answer_set.problem."))
		}
		if got := strings.Join(why, " "); got != "disputed paused lead" {
			t.Errorf("the others can't be taken along: %q", got)
		}
		for i, key := range map[int]string{1: "group", 2: "disputed", 3: "paused", 4: "not_allowed"} {
			wantKind(t, db.SubmitAnswer(ctx, fx.justice, m.ids[0], 3, testSetAnswer,
				Versioned{m.ids[i], m.file(t, i).Petition.Version}), doithoai.Conflict, "answer_set.problem."+key)
		}
		must(t, db.SubmitAnswer(ctx, fx.justice, m.ids[0], 3, testSetAnswer))
		must(t, db.SignAnswer(ctx, fx.chair, m.ids[0], 4))
		must(t, db.DispatchAnswer(ctx, fx.office, m.ids[0], 5, "1", today))
		must(t, db.SignAnswer(ctx, fx.chair, m.ids[1], 2))
		must(t, db.DispatchAnswer(ctx, fx.office, m.ids[1], 3, "2", today))
		if got := m.states(t); got != "answered answered returned paused returned" {
			t.Errorf("states %s", got)
		}
		wantClean(t, db)

		// One leaves while the answer waits for its number; a denunciation leaves from everywhere.
		m = fx.matter(t, db, 10, 4)
		must(t, db.SubmitAnswer(ctx, fx.justice, m.ids[0], 1, testSetAnswer, m.with(1, 1, 2, 3)...))
		must(t, db.SignAnswer(ctx, fx.chair, m.ids[0], 2, m.with(2, 1, 2, 3)...))
		must(t, second(db.RuleOpinion(ctx, fx.office, m.ids[3], 2,
			doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})))
		must(t, db.UngroupOpinion(ctx, fx.chair, m.ids[1]))
		wantKind(t, db.DispatchAnswer(ctx, fx.office, m.ids[0], 3, "3", today, m.with(3, 2, 3)...), doithoai.Conflict,
			"answer_set.problem.left")
		must(t, db.DispatchAnswer(ctx, fx.office, m.ids[0], 3, "3", today, m.with(3, 2)...))
		must(t, db.DispatchAnswer(ctx, fx.office, m.ids[1], 3, "4", today))
		if told, err := one(ctx, db.reader(), column[int], `SELECT count(*)
			FROM delivery
			WHERE opinion_id = $1 AND kind = 'answered'`, m.ids[3]); err != nil || told != 0 {
			t.Errorf("who left is told %d times (%v)", told, err)
		}
		// Who is named as an officer's petitioner is answered alone.
		m = fx.matter(t, db, 20, 3)
		must(t, db.SubmitAnswer(ctx, fx.justice, m.ids[0], 1, testSetAnswer, m.with(1, 1, 2)...))
		must(t, db.UngroupOpinion(ctx, fx.office, m.ids[0]))
		must(t, db.UngroupOpinion(ctx, fx.office, m.ids[1])) // and with it the last one is alone
		for i := range m.ids {
			must(t, db.SignAnswer(ctx, fx.chair, m.ids[i], 2))
		}
		wantClean(t, db)
	})
}

// A number that answers have in common which were not one is found.
func TestVerifySharedNumbers(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		m := fx.matter(t, db, 1, 3)
		must(t, db.SubmitAnswer(ctx, fx.justice, m.ids[0], 1, testSetAnswer, m.with(1, 1, 2)...))
		must(t, db.SignAnswer(ctx, fx.chair, m.ids[0], 2, m.with(2, 1, 2)...))
		must(t, db.DispatchAnswer(ctx, fx.office, m.ids[0], 3, "9", db.Now().Date(), m.with(3, 1, 2)...))
		wantClean(t, db)
		must(t, db.act(ctx, func(tx *Tx) error {
			return tx.exec(ctx, `UPDATE answer SET set_id = NULL
				WHERE petition_id = (SELECT id FROM petition WHERE opinion_id = $1)`, m.ids[2])
		}))
		findings, _, _, err := db.Verify(ctx)
		must(t, err)
		var found []string
		for _, f := range findings {
			found = append(found, f.What+" "+f.Where)
		}
		slices.Sort(found)
		if !slices.Equal(found, []string{"answer 9", "answer ND-26-0003"}) {
			t.Errorf("found %+v", findings)
		}
	})
}

// An answer to several that proves wrong is wrong for all of them: one correction, signed and sent once.
func TestCorrectAnswerSet(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		m := fx.matter(t, db, 1, 4)
		today := db.Now().Date()
		must(t, db.SubmitAnswer(ctx, fx.justice, m.ids[0], 1, testSetAnswer, m.with(1, 1, 2, 3)...))
		must(t, db.SignAnswer(ctx, fx.chair, m.ids[0], 2, m.with(2, 1, 2, 3)...))
		must(t, db.DispatchAnswer(ctx, fx.office, m.ids[0], 3, "9", today, m.with(3, 1, 2, 3)...))
		other := fx.bring(t, db, 50, dispatched).Opinions[0].ID
		must(t, db.RateAnswer(ctx, fx.resident, m.received[1].Code, m.received[1].Opinions[0].Number,
			doithoai.Rating{Solved: doithoai.SolvedNo, Satisfied: 2}))
		right := doithoai.Answer{Body: "Đường ống được thay trong tháng 12.", Basis: testSetAnswer.Basis}
		propose := func(a doithoai.Answer, others ...Versioned) error {
			return db.ProposeCorrection(ctx, fx.justice, m.ids[0], 0, a, testReason, others...)
		}
		before := fingerprint(t, db)
		wantKind(t, propose(right, Versioned{other, 0}), doithoai.Conflict, "answer_set.problem.another_answer")
		wantKind(t, propose(right, m.with(1, 1)...), doithoai.Conflict, "answer_set.problem.changed")
		if p := doithoai.ProblemsOf(propose(testSetAnswer, m.with(0, 1, 2, 3)...)); len(p) != 1 ||
			p[0].Key != "correction.problem.same" {
			t.Errorf("the same words again: %+v", p)
		}
		wantSame(t, before, fingerprint(t, db))
		must(t, propose(right, m.with(0, 1, 2, 3)...))
		wantKind(t, db.SignCorrection(ctx, fx.chair, m.ids[1], 1), doithoai.Conflict, "answer_set.problem.stands")
		must(t, db.ReturnCorrection(ctx, fx.chair, m.ids[1], 1, "Ghi rõ.", m.with(1, 0, 2, 3)...))
		must(t, db.ProposeCorrection(ctx, fx.justice, m.ids[2], 2, right, testReason, m.with(2, 0, 1, 3)...))
		must(t, db.UngroupOpinion(ctx, fx.office, m.ids[3])) // goes on alone
		must(t, db.SignCorrection(ctx, fx.chair, m.ids[1], 3, m.with(3, 0, 2)...))
		with, err := db.CorrectedTogether(ctx, fx.office, m.ids[1])
		must(t, err)
		if len(with) != 2 || with[0].Versioned() != m.with(4, 0)[0] {
			t.Errorf("corrected with %+v", with)
		}
		must(t, db.DispatchCorrection(ctx, fx.office, m.ids[1], 4, "10", today, m.with(4, 0, 2)...))
		must(t, db.DropCorrection(ctx, fx.chair, m.ids[3], 3, "Đúng với nhà này."))
		for i, number := range []string{"10", "10", "10", "9"} {
			f := m.file(t, i)
			if f.Answer.Number != number || (len(f.Replaced) > 0) != (number == "10") || f.Rating != nil {
				t.Errorf("%d: %+v, replaced %+v", i, f.Answer, f.Replaced)
			}
		}
		if f := m.file(t, 1); f.Replaced[0].Rating == nil || f.Replaced[0].Answer.Number != "9" {
			t.Errorf("what was replaced: %+v", f.Replaced[0])
		}
		// The old number stays taken, and so does the new one.
		for _, taken := range []string{"9", "10"} {
			id := fx.bring(t, db, 60+len(taken), signed).Opinions[0].ID
			if p := doithoai.ProblemsOf(db.DispatchAnswer(ctx, fx.office, id, 3, taken, today)); len(p) != 1 {
				t.Errorf("%s is given again: %+v", taken, p)
			}
		}
		wantClean(t, db)
		wantWhole(t, db)
	})
}

// Two acts on the same set at once: one of them is done, to all.
func TestAnswerSetAtOnce(t *testing.T) {
	eachWatched(t, func(t *testing.T, db *DB, c *commits, fx *fixture) {
		ctx := ctxOf(t)
		m := fx.matter(t, db, 1, 3)
		today := db.Now().Date()
		rivals := func(what string, do, other func() error) {
			t.Helper()
			left, right := inRivalry(t, db, c, do, other)
			if (left == nil) == (right == nil) || doithoai.KindOf(left)+doithoai.KindOf(right) != doithoai.Conflict {
				t.Errorf("%s: %v, %v", what, left, right)
			}
		}
		rivals("submit", func() error {
			return db.SubmitAnswer(ctx, fx.justice, m.ids[0], 1, testSetAnswer, m.with(1, 1, 2)...)
		}, func() error {
			return db.SubmitAnswer(ctx, fx.justice, m.ids[2], 1, testSetAnswer, m.with(1, 1, 0)...)
		})
		rivals("sign", func() error { return db.SignAnswer(ctx, fx.chair, m.ids[0], 2, m.with(2, 1, 2)...) },
			func() error { return db.SignAnswer(ctx, fx.chair, m.ids[2], 2, m.with(2, 0, 1)...) })
		rivals("dispatch", func() error {
			return db.DispatchAnswer(ctx, fx.office, m.ids[0], 3, "1", today, m.with(3, 1, 2)...)
		}, func() error {
			return db.DispatchAnswer(ctx, fx.office, m.ids[2], 3, "2", today, m.with(3, 0, 1)...)
		})
		fx.clock.forward(time.Hour)
		rivals("correct", func() error {
			return db.ProposeCorrection(ctx, fx.justice, m.ids[0], 0, testCorrection, testReason, m.with(0, 1, 2)...)
		}, func() error {
			return db.ProposeCorrection(ctx, fx.justice, m.ids[1], 0, testCorrection, testReason, m.with(0, 2, 0)...)
		})
		wantClean(t, db)
	})
}

// What several were sent becomes public once: the page tells none of them, and every number leads to it.
func TestPublishAnswerSet(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		m := fx.matter(t, db, 1, 3)
		number := func(i int) doithoai.RegisterNumber { return m.received[i].Opinions[0].Number }
		must(t, db.SubmitAnswer(ctx, fx.justice, m.ids[0], 1, testSetAnswer, m.with(1, 1, 2)...))
		must(t, db.SignAnswer(ctx, fx.chair, m.ids[0], 2, m.with(2, 1, 2)...))
		must(t, db.DispatchAnswer(ctx, fx.office, m.ids[0], 3, "9", db.Now().Date(), m.with(3, 1, 2)...))
		p := doithoai.Publication{Title: "Nước máy yếu", Question: "Bao giờ nước mạnh?", Answer: testSetAnswer.Body}
		telling := p
		telling.Question += " Bà Trần Văn Người Thứ III hỏi."
		err := db.ProposePublication(ctx, fx.office, m.ids[0], 0, telling)
		if ps := doithoai.ProblemsOf(err); len(ps) != 1 || ps[0].Key != "petition.publication.problem.names" {
			t.Errorf("the page tells of another one: %+v", ps)
		}
		wrong, _, err := db.JudgePublication(ctx, fx.office, m.ids[0], telling)
		if err != nil || len(wrong) != 1 {
			t.Errorf("judged %+v (%v)", wrong, err)
		}
		_, err = db.PublicWith(ctx, fx.authority.ID, number(2))
		wantKind(t, err, doithoai.NotFound, "")
		must(t, db.ProposePublication(ctx, fx.office, m.ids[0], 0, p))
		places, err := db.AnswerSets(ctx, fx.office, m.ids)
		if err != nil || len(places) != 3 || places[m.ids[0]].Public || !places[m.ids[2]].Public {
			t.Errorf("places %+v (%v)", places, err)
		}
		if rows, count := fx.rowsIn(t, db, fx.office, TabUnpublished); rows != 3 || count != 3 {
			t.Errorf("%d not public, counted %d", rows, count)
		}
		must(t, db.ApprovePublication(ctx, fx.chair, m.ids[0], 1))
		if rows, count := fx.rowsIn(t, db, fx.office, TabUnpublished); rows != 0 || count != 0 {
			t.Errorf("%d not public with a page, counted %d", rows, count)
		}
		for i := range m.ids[1:] {
			if at, err := db.PublicWith(ctx, fx.authority.ID, number(i+1)); err != nil || at != number(0) {
				t.Errorf("%d leads to %q (%v)", i+1, at, err)
			}
			followed, err := db.FollowSlip(ctx, fx.resident, m.received[i+1].Code)
			if err != nil || !followed.Opinions[0].PublicWith {
				t.Errorf("who follows %d is led nowhere (%v)", i+1, err)
			}
		}
		for i, solved := range []doithoai.Solved{doithoai.SolvedYes, doithoai.SolvedNo} {
			must(t, db.RateAnswer(ctx, fx.resident, m.received[i].Code, number(i), doithoai.Rating{
				Solved: solved, Satisfied: 3,
			}))
		}
		page, err := db.PublishedByNumber(ctx, fx.authority.ID, number(0))
		if err != nil || page.Together != 3 || page.Said != (Said{Yes: 1, No: 1}) || page.Solved != doithoai.SolvedPart {
			t.Errorf("public for %d, who say %+v: %q (%v)", page.Together, page.Said, page.Solved, err)
		}
		// A denunciation leads nowhere.
		must(t, second(db.RuleOpinion(ctx, fx.office, m.ids[1], 2,
			doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})))
		_, err = db.PublicWith(ctx, fx.authority.ID, number(1))
		wantKind(t, err, doithoai.NotFound, "")
		if page, err = db.PublishedByNumber(ctx, fx.authority.ID, number(0)); err != nil || page.Together != 2 {
			t.Errorf("public for %d (%v)", page.Together, err)
		}
		wantClean(t, db)
	})
}

// Whoever's name is known later is told by no page, nor by that of another one who was sent the same answer.
func TestNameTakesDownPageOfSet(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		m := fx.matter(t, db, 1, 2)
		heard, err := db.RecordOpinion(ctx, fx.secretary, key(40), fx.shouted())
		must(t, err)
		id := heard.Opinions[0].ID
		must(t, db.GroupOpinions(ctx, fx.office, m.ids[0], id))
		must(t, second(db.RuleOpinion(ctx, fx.secretary, id, 1, fx.later())))
		must(t, db.SubmitAnswer(ctx, fx.justice, m.ids[0], 1, testSetAnswer, Versioned{id, 1}))
		must(t, db.SignAnswer(ctx, fx.chair, m.ids[0], 2, Versioned{id, 2}))
		must(t, db.DispatchAnswer(ctx, fx.office, m.ids[0], 3, "9", db.Now().Date(), Versioned{id, 3}))
		p := doithoai.Publication{Title: "Nước máy yếu", Question: "Ông Lê Văn Thử hỏi.", Answer: testSetAnswer.Body}
		must(t, db.ProposePublication(ctx, fx.office, m.ids[0], 0, p))
		must(t, db.ApprovePublication(ctx, fx.chair, m.ids[0], 1))
		must(t, second(db.NamePetitioner(ctx, fx.office, id, 2, "Lê Văn Thử", fx.villages[1].ID)))
		f, err := db.OpinionFile(ctx, fx.office, m.ids[0])
		if err != nil || f.Publish.State != doithoai.PublicationReturned {
			t.Errorf("the page is %q (%v)", f.Publish.State, err)
		}
		wantClean(t, db)
	})
}

// TestAnswerSetsInDisorder does what may be done to the opinions of one matter in random orders. Whatever is refused or
// done: nobody is lost, everybody who was told an answer was told one that was signed and stood then, numbers are not
// shared but by one answer, and what was late stays late.
func TestAnswerSetsInDisorder(t *testing.T) {
	const steps = 100
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		random := rand.New(rand.NewPCG(36, 7))
		m := fx.matter(t, db, 1, 6)
		missed, done := map[doithoai.ID]bool{}, map[string]int{}
		number := 0
		others := func(i int) (with []Versioned) {
			f := m.file(t, i)
			list, err := db.AnsweredTogether(ctx, fx.office, m.ids[i])
			if f.Petition.CanMove(doithoai.ActSubmitAnswer) {
				list, err = db.AnswerCompanions(ctx, fx.office, m.ids[i])
			}
			if f.Petition.State == doithoai.PetitionAnswered {
				list, err = db.CorrectedTogether(ctx, fx.office, m.ids[i])
			}
			must(t, err)
			for _, c := range list {
				// Now and then the form lacks one, names one that can't be taken along, or is old.
				if random.IntN(20) > 0 && (c.Not == nil || random.IntN(9) == 0) {
					with = append(with, Versioned{c.Opinion.ID, c.Version - random.IntN(24)/23})
				}
			}
			return with
		}
		body := func() doithoai.Answer {
			return doithoai.Answer{Body: fmt.Sprintf("Trả lời lần %d.", number), Basis: "Luật Tài nguyên nước 2023"}
		}
		for range steps {
			i := random.IntN(len(m.ids))
			f, with := m.file(t, i), []Versioned(nil)
			id, v, c := m.ids[i], f.Petition.Version, f.Correction.Version
			number++
			acts := []struct {
				name string
				do   func() error
			}{
				{"group", func() error { return db.GroupOpinions(ctx, fx.office, id, m.ids[random.IntN(len(m.ids))]) }},
				{"submit", func() error { return db.SubmitAnswer(ctx, fx.justice, id, v, body(), with...) }},
				{"submit", func() error { return db.SubmitAnswer(ctx, fx.justice, id, v, body(), with...) }},
				{"sign", func() error { return db.SignAnswer(ctx, fx.chair, id, v, with...) }},
				{"sign", func() error { return db.SignAnswer(ctx, fx.chair, id, v, with...) }},
				{"dispatch", func() error {
					return db.DispatchAnswer(ctx, fx.office, id, v, fmt.Sprint(number), db.Now().Date(), with...)
				}},
				{"propose correction", func() error {
					return db.ProposeCorrection(ctx, fx.justice, id, c, body(), testReason, with...)
				}},
				{"sign correction", func() error { return db.SignCorrection(ctx, fx.chair, id, c, with...) }},
				{"dispatch correction", func() error {
					return db.DispatchCorrection(ctx, fx.office, id, c, fmt.Sprint(number), db.Now().Date(), with...)
				}},
				{"withdraw", func() error { return db.WithdrawDraft(ctx, fx.justice, id, v, with...) }},
				{"return", func() error { return db.ReturnAnswer(ctx, fx.chair, id, v, "Ghi rõ.", with...) }},
				{"pause", func() error { return paper(func(*doithoai.Pause) {})(ctx, db, fx, fx.justice, id, v) }},
				{"resume", func() error { return db.ResumePetition(ctx, fx.justice, id, v) }},
				{"dispute", func() error { return disputes(ctx, db, fx, fx.justice, id, v) }},
				{"keep", func() error { return db.KeepLead(ctx, fx.chair, id, v, "Đúng lĩnh vực.") }},
				{"day", func() error { fx.clock.forward(40 * time.Hour); return nil }},
			}
			act := acts[random.IntN(len(acts))]
			if next, ok := map[string]string{
				"processing": "submit", "returned": "submit", "submitted": "sign", "signed": "dispatch", "paused": "resume",
				"answered": "propose correction", "answered submitted": "sign correction",
				"answered signed": "dispatch correction",
			}[strings.TrimSpace(string(f.Petition.State)+" "+string(f.Correction.State))]; ok && random.IntN(2) == 0 {
				for _, a := range acts {
					if a.name == next {
						act = a
					}
				}
			}
			if random.IntN(25) == 0 {
				act.name, act.do = "ungroup", func() error { return db.UngroupOpinion(ctx, fx.office, id) }
			}
			with = others(i)
			before := fingerprint(t, db)
			switch err := act.do(); doithoai.KindOf(err) {
			case doithoai.Conflict, doithoai.NotAllowed, doithoai.Invalid:
				wantSame(t, before, fingerprint(t, db)) // nothing is done by halves
			case 0:
				must(t, err)
				done[act.name]++
				if len(with) > 0 {
					done["several: "+act.name]++
				}
			default:
				t.Fatalf("%s: %v", act.name, err)
			}
			for j, id := range m.ids {
				f := m.file(t, j)
				if missed[id] && !f.Petition.Missed {
					t.Fatalf("%s: what was late is in time", act.name)
				}
				missed[id] = f.Petition.Missed
				wantTold(t, f, act.name)
			}
			if t.Failed() {
				return
			}
		}
		for _, name := range []string{
			"several: submit", "several: sign", "several: dispatch", "several: propose correction", "ungroup",
		} {
			if done[name] == 0 {
				t.Errorf("never done: %s; %v", name, done)
			}
		}
		wantClean(t, db)
		wantWhole(t, db)
	})
}

// wantTold reports where somebody is told an answer that does not stand, or that was not signed for them.
func wantTold(t *testing.T, f OpinionFile, after string) {
	t.Helper()
	stands := 0
	for _, d := range f.Deliveries {
		if d.Kind == doithoai.DeliveryAnswered || d.Kind == doithoai.DeliveryCorrected {
			if !d.Replaced {
				stands++
			}
			if f.Petition.State != doithoai.PetitionAnswered {
				t.Errorf("%s: %s is told what did not go out", after, f.Opinion.Number)
			}
		}
	}
	if f.Petition.State != doithoai.PetitionAnswered {
		return
	}
	signed := lastEvent(f, doithoai.ActSignAnswer, doithoai.ActSignCorrection, doithoai.ActSignCorrectionOnPaper)
	said := lastEvent(f, doithoai.ActSubmitAnswer, doithoai.ActDispatchCorrection)
	if stands != 2 || f.Answer.SignedAt.IsZero() || signed == nil || f.Texts[said.Leaf] != answerRecord(f.Answer) {
		t.Errorf("%s: %s stands answered by %+v, told in %d ways", after, f.Opinion.Number, f.Answer, stands)
	}
}

func lastEvent(f OpinionFile, acts ...doithoai.Act) *doithoai.Event {
	for _, e := range slices.Backward(f.Events) {
		if slices.Contains(acts, e.Act) {
			return &e
		}
	}
	return nil
}
