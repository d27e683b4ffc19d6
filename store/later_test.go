package store

import (
	"context"
	"slices"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
)

func withdrawn(reason string) actOn {
	return func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
		return db.WithdrawOpinion(ctx, a, id, version, reason)
	}
}

const testWithdrawal = "Bà Thử nói tại trụ sở lúc 9:10, việc đã xong."

// Who raised an opinion withdraws it before it is answered: it keeps its number, and nothing waits for anybody.
func TestWithdrawOpinion(t *testing.T) {
	opinionActs["WithdrawOpinion"].test(t)
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, toExtend)
		id := r.Opinions[0].ID
		fx.to(calendar.InstantAt(fx.later().Due.AddDays(5), 9, 0)) // the due date is past
		must(t, db.WithdrawOpinion(ctx, fx.office, id, 2, testWithdrawal))
		file, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		if file.Opinion.Ruling != doithoai.RulingWithdrawn ||
			file.Petition.State != doithoai.PetitionEnded || !file.Petition.Missed || file.RulingText != testWithdrawal {
			t.Errorf("withdrawn, it is %+v, %+v", file.Opinion, file.Petition)
		}
		f, err := db.FollowSlip(ctx, fx.resident, r.Code)
		must(t, err)
		if f.Opinions[0].RulingText != testWithdrawal {
			t.Errorf("who raised it reads %q", f.Opinions[0].RulingText)
		}
		figures, err := db.YearFigures(ctx, fx.authority.ID, 2026)
		must(t, err)
		if figures.Received != 1 || figures.OnTime != 0 {
			t.Errorf("figures %+v", figures)
		}
		// Said in error, it is ruled again; what was late stays late.
		_, err = db.RuleOpinion(ctx, fx.secretary, id, 3, doithoai.Ruling{
			Code: doithoai.RulingLater, LeadUnitID: fx.units["tu-phap-ho-tich"].ID, Proposed: true,
		})
		must(t, err)
		wantClean(t, db)
	})
	each(t, func(t *testing.T, db *DB, fx *fixture) { // nothing is left to withdraw of what was answered at once
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, received).Opinions[0].ID
		_, err := db.RuleOpinion(ctx, fx.secretary, id, 1,
			doithoai.Ruling{Code: doithoai.RulingOnTheSpot, Text: "Đã xong."})
		must(t, err)
		wantKind(t, db.WithdrawOpinion(ctx, fx.secretary, id, 2, testWithdrawal), doithoai.Conflict,
			"petition.withdraw.problem.ruled")
		_, err = db.RuleOpinion(ctx, fx.secretary, id, 2, doithoai.Ruling{Code: doithoai.RulingWithdrawn, Text: "Rút."})
		wantField(t, err, "huong", "code") // not the chair's to decide
		wantClean(t, db)
	})
}

// underWay begins the fixture's dialogue.
func (fx *fixture) underWay(t testing.TB, db *DB) doithoai.Dialogue {
	t.Helper()
	d, err := db.DialogueByID(ctxOf(t), fx.authority.ID, fx.dialogue.ID)
	must(t, err)
	fx.to(d.StartsAt.Add(5 * time.Minute))
	d, err = db.StartDialogue(ctxOf(t), fx.secretary, d.ID, d.Version, db.Now())
	must(t, err)
	return d
}

// speaker registers by a slip to speak at the fixture's dialogue.
func (fx *fixture) speaker(t testing.TB, db *DB, n int, m doithoai.Manner) doithoai.Opinion {
	t.Helper()
	s := fx.slip("Bao giờ có đường vào xóm?")
	s.DialogueID, s.Manner = fx.dialogue.ID, m
	r, err := db.SubmitSlip(ctxOf(t), fx.resident, key(n), s)
	must(t, err)
	return r.Opinions[0]
}

// turned says where the turn of a slip stands.
func (fx *fixture) turned(t testing.TB, db *DB, slip doithoai.ID, state doithoai.TurnState) {
	t.Helper()
	ctx := ctxOf(t)
	must(t, db.act(ctx, func(tx *Tx) error {
		return tx.exec(ctx, `INSERT INTO turn (id, authority_id, dialogue_id, source, name, joined_at, place, state,
				spoken_ms, limit_ms, ticket, version)
			VALUES ($1, $2, $3, 'slip', 'Ai đó', $4, 0, $5, 0, 0, 0, 1)`,
			slip, fx.authority.ID, fx.dialogue.ID, tx.Now, string(state))
	}))
}

// chosen is the form of rows as they stand, all given to the justice unit.
func (fx *fixture) chosen(rows []LaterRow) (all []doithoai.Later) {
	for _, r := range rows {
		all = append(all, doithoai.Later{
			OpinionID: r.Opinion.ID, Version: r.Opinion.Version, Unheard: r.Unheard,
			UnitID: fx.units["tu-phap-ho-tich"].ID,
		})
	}
	return all
}

// At 11:30 nine slips are unread, and one who registered was not there: all are answered in writing, in one act, each
// with a unit, a date, a leaf and a word to the person.
func TestAnswerLater(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		absent := fx.speaker(t, db, 1, doithoai.MannerSpeak)
		spoken := fx.speaker(t, db, 2, doithoai.MannerBoth)
		written := fx.speaker(t, db, 3, doithoai.MannerWritten)
		waits := fx.speaker(t, db, 4, doithoai.MannerSpeak)
		fx.asked(t, db, waits.ID)
		fx.bring(t, db, 6, heard)
		wantKind(t, db.AnswerLater(ctx, fx.secretary, fx.dialogue.ID, nil, calendar.Date{}, ""), doithoai.Conflict,
			"later.problem.state")
		d := fx.underWay(t, db)
		fx.turned(t, db, absent.SlipID, doithoai.TurnAbsent)
		fx.turned(t, db, spoken.SlipID, doithoai.TurnSpoken)
		for _, a := range []doithoai.Actor{fx.justice, fx.admin, fx.resident} {
			wantKind(t, db.AnswerLater(ctx, a, d.ID, nil, calendar.Date{}, ""), doithoai.NotAllowed, "")
			wantKind(t, second(db.Unheard(ctx, a, d.ID)), doithoai.NotAllowed, "")
		}
		rows, err := db.Unheard(ctx, fx.secretary, d.ID)
		must(t, err)
		if len(rows) != 3 || rows[0].Opinion.ID != absent.ID || rows[0].Unheard != doithoai.UnheardAbsent ||
			rows[1].Opinion.ID != written.ID || rows[1].Unheard != "" ||
			rows[2].Unheard != doithoai.UnheardNotReached || rows[2].Preparer != fx.justice.UnitID || rows[0].Name == "" {
			t.Fatalf("unheard are %+v", rows)
		}
		all := fx.chosen(rows)

		before := fingerprint(t, db)
		answer := func(all []doithoai.Later) error {
			return db.AnswerLater(ctx, fx.secretary, d.ID, all, calendar.Date{}, "")
		}
		wantField(t, answer(nil), doithoai.FieldLaterRows, "none")
		noUnit := slices.Clone(all)
		noUnit[1].UnitID = ""
		wantField(t, answer(noUnit), doithoai.LaterField("don-vi", written.ID), "unit")
		heardNow, stale := slices.Clone(all), slices.Clone(all)
		heardNow[0].OpinionID = spoken.ID
		wantField(t, answer(heardNow), doithoai.LaterField("chon", spoken.ID), "changed")
		stale[2].Version++
		wantField(t, answer(stale), doithoai.LaterField("chon", waits.ID), "changed")
		otherwise := slices.Clone(all)
		otherwise[0].Unheard = doithoai.UnheardNotReached // the page showed it before the call
		wantField(t, answer(otherwise), doithoai.LaterField("chon", absent.ID), "changed")
		wantField(t, db.AnswerLater(ctx, fx.secretary, d.ID, all, calendar.DateOf(2026, 9, 1), ""), "han", "due_past")
		foreign := slices.Clone(all)
		foreign[0].OpinionID = "không phải mã"
		wantKind(t, answer(foreign), doithoai.NotFound, "")
		wantSame(t, before, fingerprint(t, db)) // all or none

		must(t, answer(all))
		wantField(t, answer(all), doithoai.LaterField("chon", absent.ID), "changed") // sent twice
		for _, r := range rows {
			file, err := db.OpinionFile(ctx, fx.office, r.Opinion.ID)
			must(t, err)
			e := file.Events[len(file.Events)-1]
			if e.Act != doithoai.ActAnswerLater || e.Facts.Unheard != r.Unheard || file.Opinion.Unheard != r.Unheard ||
				file.Opinion.Ruling != doithoai.RulingLater || file.Petition.State != doithoai.PetitionProcessing ||
				file.Petition.Due.IsZero() || file.Unit.ID != fx.justice.UnitID {
				t.Errorf("%s is %+v, %+v after %+v", r.Opinion.Number, file.Opinion, file.Petition, e)
			}
			told := slices.ContainsFunc(file.Deliveries, func(d doithoai.Delivery) bool {
				return d.Kind == doithoai.DeliveryLater && d.State == doithoai.DeliveryQueued
			})
			if !told || doithoai.FirstDue(file.Events) != file.Petition.Due {
				t.Errorf("%s: told %+v, first due %v", r.Opinion.Number, file.Deliveries, doithoai.FirstDue(file.Events))
			}
		}
		rows, err = db.Unheard(ctx, fx.office, d.ID)
		must(t, err)
		if len(rows) != 0 {
			t.Errorf("still unheard: %+v", rows)
		}
		wantClean(t, db)
	})
}

// An opinion on how officials serve is led by the chair or the office, also among many.
func TestAnswerLaterOnConduct(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.speaker(t, db, 1, doithoai.MannerSpeak)
		must(t, db.NameConcerned(ctx, fx.office, o.ID, 1, []doithoai.ID{fx.justice.ID}))
		d := fx.underWay(t, db)
		rows, err := db.Unheard(ctx, fx.secretary, d.ID)
		must(t, err)
		if len(rows) != 1 || !rows[0].Conduct || !slices.Contains(rows[0].ConcernedUnits, fx.justice.UnitID) {
			t.Fatalf("unheard are %+v", rows)
		}
		all := fx.chosen(rows)
		answer := func() error { return db.AnswerLater(ctx, fx.chair, d.ID, all, calendar.Date{}, "") }
		wantField(t, answer(), doithoai.LaterField("don-vi", o.ID), "concerned")
		all[0].UnitID, all[0].ByChair = "", true
		must(t, answer())
		wantClean(t, db)
	})
}

// A date beyond the proposed one is an extension: for who may make one, with a reason that the person reads.
func TestAnswerLaterBeyond(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.speaker(t, db, 1, doithoai.MannerSpeak)
		d := fx.underWay(t, db)
		rows, err := db.Unheard(ctx, fx.chair, d.ID)
		must(t, err)
		all, due := fx.chosen(rows), fx.extension().To.AddDays(7)
		wantField(t, db.AnswerLater(ctx, fx.secretary, d.ID, all, due, "Phải đo đạc."), "han", "signer")
		wantField(t, db.AnswerLater(ctx, fx.chair, d.ID, all, due, ""), "han-ly-do", "reason")
		must(t, db.AnswerLater(ctx, fx.chair, d.ID, all, due, "Phải đo đạc lại thửa đất."))
		file, err := db.OpinionFile(ctx, fx.office, o.ID)
		must(t, err)
		if file.Petition.Due != due || file.Petition.Extended != 1 {
			t.Errorf("petition %+v", file.Petition)
		}
		wantClean(t, db)
	})
}
