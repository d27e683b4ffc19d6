package store

import (
	"strings"
	"testing"

	"doithoai"
)

// notTaken is a proposal of the tests not to accept an opinion.
var notTaken = doithoai.RefusalProposal{
	Refusal: doithoai.Refusal{Ground: doithoai.RefusedUnclear}, Words: "Không rõ đề nghị việc gì.",
}

// Nobody but who may refuses an opinion, by whichever door; at a dialogue the secretary keys whose word it was.
func TestRefuseOpinion(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.submit(t, db, 1, "Việc này.", "Việc kia.", "Việc ấy.")
		first, second_, third := r.Opinions[0].ID, r.Opinions[1].ID, r.Opinions[2].ID
		must(t, db.GroupOpinions(ctx, fx.secretary, first, second_))
		for _, a := range []doithoai.Actor{fx.secretary, fx.office} {
			wantField(t, second(db.RuleOpinion(ctx, a, first, 1, refusedBy(fx.chair))), "huong",
				"refusal.problem.chair")
			wantField(t, second(db.RuleAlike(ctx, a, first, 1, refusedBy(fx.chair), []Versioned{{second_, 1}})),
				"huong", "refusal.problem.chair")
		}
		by := refusedBy(fx.secretary) // whoever is named: who may and rules decides
		must(t, second(db.RuleAlike(ctx, fx.chair, first, 1, by, []Versioned{{second_, 1}})))
		for _, id := range []doithoai.ID{first, second_} {
			f, err := db.OpinionFile(ctx, fx.office, id)
			must(t, err)
			got, at := f.Refused()
			if got.Ground != doithoai.RefusedRepeated || got.By != fx.chair.ID || got.Basis == "" || at != db.Now() ||
				deliveriesOf(f)[doithoai.DeliveryRefused] == 0 || !f.StatusTold {
				t.Errorf("refused %+v at %v, told %v", got, at, deliveriesOf(f))
			}
		}

		// Taken back, the person is told that, and nothing tells of the refusal any more.
		must(t, second(db.RuleOpinion(ctx, fx.secretary, first, 2, fx.later())))
		f, err := db.OpinionFile(ctx, fx.office, first)
		must(t, err)
		if got, _ := f.Refused(); got.Ground != "" || f.Basis != "" {
			t.Errorf("a refusal that was taken back stands as %+v", got)
		}
		for _, d := range f.Deliveries {
			if d.Kind == doithoai.DeliveryRefused && (!d.Replaced || d.Untold()) {
				t.Errorf("it is still told: %+v", d)
			}
		}
		if deliveriesOf(f)[doithoai.DeliveryStatus] == 0 {
			t.Error("the person is not told that the refusal was taken back")
		}
		wantField(t, second(db.RuleOpinion(ctx, fx.secretary, first, 3, refusedBy(fx.chair))), "huong",
			"refusal.problem.chair")

		long := refusedBy(fx.chair)
		long.Refusal.Basis = "a\x00"
		wantKind(t, second(db.RuleOpinion(ctx, fx.chair, third, 1, long)), doithoai.Invalid, "")
		wantWhole(t, db)
	})
}

// At a dialogue that has begun, who keys says who decided, among those who may; after the minutes are locked, no more.
func TestRefusedAtDialogue(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.spoken(t, db, 1, "Việc này.")
		wantField(t, second(db.RuleOpinion(ctx, fx.secretary, o.ID, 1, refusedBy(fx.chair))), "huong",
			"refusal.problem.chair") // it has not begun
		d := fx.begin(t, db)
		wantField(t, second(db.RuleOpinion(ctx, fx.secretary, o.ID, 1, refusedBy(fx.office))), doithoai.FieldRefusalBy,
			"refusal.problem.by")
		must(t, second(db.RuleOpinion(ctx, fx.secretary, o.ID, 1, refusedBy(fx.chair))))
		f, err := db.OpinionFile(ctx, fx.office, o.ID)
		must(t, err)
		if got, _ := f.Refused(); got.By != fx.chair.ID || !f.RuledAs(refusedBy(fx.chair)) {
			t.Errorf("decided by %q", got.By)
		}
		fx.end(t, db, d)
		must(t, second(db.RuleOpinion(ctx, fx.secretary, o.ID, 2, refusedBy(fx.chair)))) // the minutes are open
		must(t, db.act(ctx, func(tx *Tx) error {
			return tx.exec(ctx, `INSERT INTO minutes (dialogue_id, authority_id, state, body, composed_at,
					read_to, objections, version)
				VALUES ($1, $2, 'locked', '{}', $3, '', '', 1)`, d.ID, d.AuthorityID, tx.Now)
		}))
		wantField(t, second(db.RuleOpinion(ctx, fx.secretary, o.ID, 3, refusedBy(fx.chair))), "huong",
			"refusal.problem.chair")
	})
}

func TestProposeRefusal(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.submit(t, db, 1, "Việc này.").Opinions[0].ID
		for _, a := range []doithoai.Actor{fx.justice, fx.chair, doithoai.Resident(fx.authority.ID)} {
			wantKind(t, db.ProposeRefusal(ctx, a, id, 1, notTaken), doithoai.NotAllowed, "")
		}
		wantKind(t, db.ProposeRefusal(ctx, fx.office, id, 2, notTaken), doithoai.Conflict, "")
		wantField(t, db.ProposeRefusal(ctx, fx.office, id, 1, doithoai.RefusalProposal{}), doithoai.FieldRefusal,
			"refusal.problem.ground")
		must(t, db.ProposeRefusal(ctx, fx.office, id, 1, notTaken))
		f, err := db.OpinionFile(ctx, fx.chair, id)
		must(t, err)
		if f.NotTaken == nil || f.NotTaken.By != fx.office.ID || !strings.Contains(f.NotTaken.Basis, "20/2008") ||
			f.Opinion.Ruling != "" || deliveriesOf(f)[doithoai.DeliveryRefused] != 0 || f.StatusTold {
			t.Errorf("proposed %+v of %+v", f.NotTaken, f.Opinion)
		}
		waiting := func() int {
			all, more, err := db.AskedRefusals(ctx, fx.chair)
			must(t, err)
			if more {
				t.Error("there are more")
			}
			return len(all)
		}
		wantKind(t, second2(db.AskedRefusals(ctx, fx.justice)), doithoai.NotAllowed, "")
		if waiting() != 1 {
			t.Errorf("%d wait", waiting())
		}
		must(t, second(db.RuleOpinion(ctx, fx.secretary, id, 2, fx.later()))) // any ruling settles it
		if waiting() != 0 {
			t.Errorf("%d wait after a ruling", waiting())
		}
		must(t, db.ProposeRefusal(ctx, fx.secretary, id, 3, notTaken))
		must(t, db.WithdrawOpinion(ctx, fx.office, id, 4, "Bà gọi điện ngày 05/10, xin rút."))
		if waiting() != 0 {
			t.Errorf("%d wait of what was withdrawn", waiting())
		}
		wantKind(t, db.ProposeRefusal(ctx, fx.office, id, 5, notTaken), doithoai.Conflict, "")
		wantWhole(t, db)
	})
}

func TestDeclineRefusal(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.submit(t, db, 1, "Việc này.").Opinions[0].ID
		wantKind(t, db.DeclineRefusal(ctx, fx.chair, id, 1, "Vẫn phải trả lời."), doithoai.Conflict, "")
		must(t, db.ProposeRefusal(ctx, fx.office, id, 1, notTaken))
		wantKind(t, db.DeclineRefusal(ctx, fx.office, id, 2, "Vẫn phải trả lời."), doithoai.NotAllowed, "")
		wantKind(t, db.DeclineRefusal(ctx, fx.chair, id, 1, "Vẫn phải trả lời."), doithoai.Conflict, "")
		wantField(t, db.DeclineRefusal(ctx, fx.chair, id, 2, ""), doithoai.FieldRefusalDeclined,
			"petition.answer.problem.reason")
		must(t, db.DeclineRefusal(ctx, fx.chair, id, 2, "Vẫn phải trả lời."))
		f, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		if f.NotTaken != nil || f.Opinion.Ruling != "" || f.Opinion.Version != 3 {
			t.Errorf("still proposed: %+v of %+v", f.NotTaken, f.Opinion)
		}
		wantWhole(t, db)
	})
}

// Of a complaint nothing stays but where, when and by whom the person was guided.
func TestComplaintPointer(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.submit(t, db, 1, "Tôi không đồng ý quyết định thu hồi.").Opinions[0].ID
		at := doithoai.ReceptionOf(doithoai.Authority{Address: "Thôn 1", Reception: "Thứ Năm"}, "Nơi tiếp công dân")
		ruling := doithoai.Ruling{
			Code: doithoai.RulingComplaint, Text: "Giải quyết như sau.", AnsweredBy: "Bà Lê Thị Giả Dụ", Body: at,
		}
		must(t, second(db.RuleOpinion(ctx, fx.secretary, id, 1, ruling)))
		f, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		g := f.Guided()
		if g.Kind != doithoai.GuidedToReception || g.On != db.Now().Date() || f.Redirect != at ||
			f.AnsweredBy != "Bà Lê Thị Giả Dụ" || f.RulingText != "" || !f.RuledAs(ruling) {
			t.Errorf("guided %+v to %+v by %q, said %q", g, f.Redirect, f.AnsweredBy, f.RulingText)
		}
		for _, said := range f.Texts {
			if strings.Contains(said, "Giải quyết như sau") {
				t.Error("the event of a complaint keeps words about its matter")
			}
		}
		wantWhole(t, db)
	})
}
