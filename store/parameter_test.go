package store

import (
	"strings"
	"testing"

	"doithoai"
	"doithoai/calendar"
)

// lastOf is the last row of a parameter.
func lastOf(t *testing.T, db *DB, fx *fixture, key string) doithoai.Parameter {
	t.Helper()
	rules, err := db.Rules(ctxOf(t), fx.authority.ID)
	must(t, err)
	rows := rules.Parameters.Of(key)
	if len(rows) == 0 {
		t.Fatalf("no parameter %s", key)
	}
	return rows[len(rows)-1]
}

// entriesOf are the audit entries of an act: subject, before, after.
func entriesOf(t *testing.T, db *DB, act doithoai.Act) []string {
	t.Helper()
	all, err := list(ctxOf(t), db.reader(), func(r row) (s string, err error) {
		var subject, before, after string
		err = r.Scan(&subject, &before, &after)
		return strings.Join([]string{subject, before, after}, " | "), err
	}, `SELECT subject, before, after FROM audit_entry WHERE act = $1 ORDER BY id`, act)
	must(t, err)
	return all
}

func TestSetParameter(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		tomorrow := db.Now().Date().AddDays(1)
		change := doithoai.ParameterChange{
			Key: "answer.complex", Value: "8", From: tomorrow, BasisKey: "nd-154-2026-nd-cp", Article: "Điều 25",
			Certainty: calendar.Likely,
		}
		rules, err := db.Rules(ctx, fx.authority.ID)
		must(t, err)
		ruling := fx.later()
		rule, _ := doithoai.RuleOf(ruling.Code)
		proposed, _ := rules.Propose(rule, db.Now().Date())
		ruling.Due = proposed.Due
		o := fx.submit(t, db, 1, "Bao giờ có kết quả?").Opinions[0]
		_, err = db.RuleOpinion(ctx, fx.secretary, o.ID, 1, ruling)
		must(t, err)
		file, err := db.OpinionFile(ctx, fx.office, o.ID)
		must(t, err)
		old := lastOf(t, db, fx, change.Key)

		before := fingerprint(t, db)
		for _, a := range []doithoai.Actor{fx.chair, fx.secretary, fx.justice, fx.admin, fx.resident} {
			_, err := db.SetParameter(ctx, a, old.Version, change)
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		_, err = db.SetParameter(ctx, fx.office, old.Version+1, change)
		wantKind(t, err, doithoai.Conflict, "error.conflict")
		past := change
		past.From = db.Now().Date()
		_, err = db.SetParameter(ctx, fx.office, old.Version, past)
		wantKind(t, err, doithoai.Invalid, "")
		wantSame(t, before, fingerprint(t, db))

		set, err := db.SetParameter(ctx, fx.office, old.Version, change)
		must(t, err)
		rules, err = db.Rules(ctx, fx.authority.ID)
		must(t, err)
		today, _ := rules.Parameters.At(change.Key, db.Now().Date())
		then, _ := rules.Parameters.At(change.Key, tomorrow)
		old.To = db.Now().Date()
		if today != old || then != set || then.Value != "8" || then.Basis != "Điều 25 Nghị định số 154/2026/NĐ-CP" ||
			then.Version <= old.Version {
			t.Errorf("today %+v, from tomorrow %+v", today, then)
		}
		if got := entriesOf(t, db, doithoai.ActSetParameter); len(got) != 1 ||
			got[0] != "answer.complex | 22 workdays 2016-01-01/2026-10-01 | 8 workdays 2026-10-02/ nd-154-2026-nd-cp" {
			t.Errorf("audit %q", got)
		}
		again, err := db.OpinionFile(ctx, fx.office, o.ID) // what was reckoned before stays
		must(t, err)
		if file.Petition == nil || file.Petition.Term.N != laterDays || *again.Petition != *file.Petition {
			t.Errorf("the petition was %+v, is %+v", file.Petition, again.Petition)
		}
		_, err = db.SetParameter(ctx, fx.office, old.Version, change) // a second click
		wantKind(t, err, doithoai.Conflict, "error.conflict")
		_, err = db.SetParameter(ctx, fx.office, set.Version, change)
		wantKind(t, err, doithoai.Invalid, "") // its day is taken
		other, err := db.Rules(ctx, fx.other.ID)
		must(t, err)
		if p, _ := other.Parameters.At(change.Key, tomorrow); p.Value != "10" {
			t.Errorf("the other authority has %+v", p)
		}
	})
}

func TestWithdrawParameter(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		old := lastOf(t, db, fx, "answer.simple")
		set, err := db.SetParameter(ctx, fx.office, old.Version,
			doithoai.ParameterChange{Key: old.Key, Value: "4", From: calendar.DateOf(2027, 1, 1)})
		must(t, err)

		before := fingerprint(t, db)
		for _, a := range []doithoai.Actor{fx.chair, fx.secretary, fx.justice, fx.admin, fx.resident} {
			_, err := db.WithdrawParameter(ctx, a, set.Version)
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		_, err = db.WithdrawParameter(ctx, fx.office, old.Version)
		wantKind(t, err, doithoai.Conflict, "rules.parameter.problem.begun")
		_, err = db.WithdrawParameter(ctx, fx.office, 9999)
		wantKind(t, err, doithoai.NotFound, "")
		_, err = db.WithdrawParameter(ctx, fx.otherOffice, set.Version)
		wantKind(t, err, doithoai.NotFound, "")
		wantSame(t, before, fingerprint(t, db))

		gone, err := db.WithdrawParameter(ctx, fx.office, set.Version)
		must(t, err)
		if now := lastOf(t, db, fx, old.Key); gone != set || now != old {
			t.Errorf("gone %+v, left %+v", gone, now)
		}
		if got := entriesOf(t, db, doithoai.ActWithdrawParameter); len(got) != 1 ||
			got[0] != "answer.simple | 4 workdays 2027-01-01/ | 5 workdays 2016-01-01/" {
			t.Errorf("audit %q", got)
		}
		next, err := db.SetParameter(ctx, fx.office, old.Version,
			doithoai.ParameterChange{Key: old.Key, Value: "4", From: calendar.DateOf(2027, 1, 1)})
		must(t, err)
		if next.Version == set.Version {
			t.Error("a row has the version of one that was withdrawn")
		}
	})
}

// Of two officers who set a parameter at once, one is told that the other was quicker.
func TestSetParameterAtOnce(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		old := lastOf(t, db, fx, "answer.complex")
		errs := make(chan error)
		for day := range 2 {
			go func() {
				_, err := db.SetParameter(ctxOf(t), fx.office, old.Version,
					doithoai.ParameterChange{Key: old.Key, Value: "8", From: calendar.DateOf(2027, 1, 1+day)})
				errs <- err
			}()
		}
		first, second := <-errs, <-errs
		if first != nil {
			first, second = second, first
		}
		must(t, first)
		wantKind(t, second, doithoai.Conflict, "error.conflict")
	})
}
