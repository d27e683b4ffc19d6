package store

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"doithoai"
)

// Whatever may hold words of people is emptied by the erasure of all, or stays for a reason that is written down.
func TestErasureKnowsEveryTable(t *testing.T) {
	each(t, func(t *testing.T, db *DB, _ *fixture) {
		known := map[string]bool{}
		for _, x := range erasable {
			known[x.table] = true
		}
		for _, b := range backupTables {
			d, err := db.dialect.describe(ctxOf(t), db.reader(), b.name, "")
			must(t, err)
			of := func(c string) bool { return slices.Contains(d.columns, c) }
			if (of("opinion_id") || of("petition_id") || of("slip_id")) && !known[b.name] && keptWhole[b.name] == "" {
				t.Errorf("table %s (%v) stands neither in erasable nor in keptWhole", b.name, d.columns)
			}
		}
	})
}

// tellAll lets everybody have been told of an opinion.
func (fx *fixture) tellAll(t testing.TB, db *DB, opinion doithoai.ID) {
	t.Helper()
	must(t, db.act(ctxOf(t), func(tx *Tx) error {
		return tx.exec(ctxOf(t), `UPDATE delivery
			SET state = 'sent'
			WHERE state IN ('queued', 'failed') AND slip_id = (SELECT slip_id FROM opinion WHERE id = $1)`, opinion)
	}))
}

// What is erased on request is gone, by levels; what was published, figures and record stay whole.
func TestErasePersonalData(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, published)
		id := r.Opinions[0].ID
		before, err := db.YearFigures(ctx, fx.authority.ID, db.Now().Date().Year)
		must(t, err)
		for _, a := range []doithoai.Actor{fx.chair, fx.secretary, fx.justice, fx.resident} {
			wantKind(t, db.ErasePersonalData(ctx, a, id, doithoai.ErasureContacts, "Đơn."), doithoai.NotAllowed, "")
		}
		wantKind(t, db.ErasePersonalData(ctx, fx.office, id, "", ""), doithoai.Invalid, "")
		open := fx.bring(t, db, 2, ruled).Opinions[0].ID
		wantKind(t, db.ErasePersonalData(ctx, fx.office, open, doithoai.ErasureContacts, "Đơn."), doithoai.Conflict,
			"retention.problem.open")
		fx.tellAll(t, db, id)

		must(t, db.ErasePersonalData(ctx, fx.office, id, doithoai.ErasureContacts, "Đơn ngày 1/10."))
		who, err := petitionerOf(ctx, db.reader(), r.Opinions[0].SlipID)
		must(t, err)
		if who.Name != "" || who.Phone != "" || who.Address != "" || len(who.Ways) > 0 || who.VillageID == "" {
			t.Errorf("left of the person: %+v", who)
		}
		f, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		if f.Opinion.Content == "" || f.Answer.Body == "" {
			t.Error("the file is gone with the contacts")
		}
		wantClean(t, db)
		wantKind(t, db.ErasePersonalData(ctx, fx.office, id, doithoai.ErasureContacts, "Đơn."), doithoai.Invalid, "")

		must(t, db.ErasePersonalData(ctx, fx.office, id, doithoai.ErasureAll, "Đơn ngày 1/10."))
		f, err = db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		if f.Opinion.Content != "" || f.Answer.Body != "" || f.Answer.Number == "" || f.RulingText != "" {
			t.Errorf("left of the file: %+v, %+v", f.Opinion, f.Answer)
		}
		page, err := db.PublishedByNumber(ctx, fx.authority.ID, r.Opinions[0].Number)
		must(t, err)
		if page.Question == "" {
			t.Error("what was published is gone")
		}
		after, err := db.YearFigures(ctx, fx.authority.ID, db.Now().Date().Year)
		must(t, err)
		if after.OnTime != before.OnTime || after.Received != before.Received+1 {
			t.Errorf("figures: %+v, then %+v", before, after)
		}
		slip, err := db.FollowSlip(ctx, fx.resident, r.Code)
		must(t, err)
		if much, _ := doithoai.ErasedBy(slip.Opinions[0].Events); much != doithoai.ErasureAll || len(slip.Opinions) != 1 {
			t.Errorf("followed by the code: %+v", slip)
		}
		findings, _, erased, err := db.Verify(ctx)
		must(t, err)
		if len(findings) > 0 || erased == 0 {
			t.Errorf("verified: %v, %d erased", findings, erased)
		}
	})
}

// Who was heard at a dialogue is counted in its sum as before, whoever of them is erased, in whichever order.
func TestErasureKeepsTheSumOfADialogue(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		var ids []doithoai.ID
		for n := range 3 {
			ids = append(ids, fx.bring(t, db, n+1, published).Opinions[0].ID)
		}
		must(t, db.act(ctx, func(tx *Tx) error { // the third is somebody else's
			return tx.exec(ctx, `UPDATE petitioner
				SET name = 'Trần Văn Thử'
				WHERE slip_id = (SELECT slip_id FROM opinion WHERE id = $1)`, ids[2])
		}))
		fx.bring(t, db, 4, heard)
		dialogue := fx.dialogue.ID
		before, err := db.Tally(ctx, fx.office, dialogue)
		must(t, err)
		if before.Tally.People < 2 {
			t.Fatalf("%d people raised something", before.Tally.People)
		}
		for i, id := range ids {
			fx.tellAll(t, db, id)
			must(t, db.ErasePersonalData(ctx, fx.office, id,
				[]doithoai.Erasure{doithoai.ErasureContacts, doithoai.ErasureAll}[i%2], "Đơn."))
			after, err := db.Tally(ctx, fx.office, dialogue)
			must(t, err)
			if after.Tally.People != before.Tally.People || after.Tally.Unnamed != before.Tally.Unnamed {
				t.Errorf("after %d erasures %d people and %d unnamed, before %d and %d", i+1, after.Tally.People,
					after.Tally.Unnamed, before.Tally.People, before.Tally.Unnamed)
			}
		}
		wantClean(t, db)
	})
}

// Salts that are gone without an erasure are a finding.
func TestSaltsGoneWithoutErasure(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		fx.bring(t, db, 1, ruled)
		must(t, db.act(ctxOf(t), func(tx *Tx) error { return tx.exec(ctxOf(t), `DELETE FROM leaf_salt`) }))
		if findings, _, _, err := db.Verify(ctxOf(t)); err != nil || len(findings) == 0 {
			t.Errorf("nothing is found: %v", err)
		}
	})
}

// The rule erases what its terms are over of, whatever lives the opinions had, and nothing of what is still open.
func TestErasureByTerm(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		ids := fx.lives(t, db, rand.New(rand.NewPCG(3, 4)), 40)
		count := func(had doithoai.Erasure) int {
			t.Helper()
			n, err := one(ctx, db.reader(), column[int], `SELECT count(*) FROM slip WHERE erased = $1`, string(had))
			must(t, err)
			return n
		}
		all := count("")
		fx.clock.forward(600 * 24 * time.Hour)
		must(t, db.eraseDue(ctx, eraseAtOnce))
		if n := count(""); n != all {
			t.Errorf("before the term: %d of %d are whole", n, all)
		}
		for _, id := range ids {
			fx.tellAll(t, db, id)
		}
		fx.clock.forward(900 * 24 * time.Hour)
		must(t, db.eraseDue(ctx, eraseAtOnce))
		contacts := count(doithoai.ErasureContacts)
		open, err := one(ctx, db.reader(), column[int], `SELECT count(DISTINCT o.slip_id)
			FROM opinion o
			LEFT JOIN answer_correction ac ON ac.petition_id = o.petition_id AND ac.`+openCorrections+`
			WHERE o.stage NOT IN (`+quoted(doithoai.OverStages())+`) OR ac.petition_id IS NOT NULL`)
		must(t, err)
		if contacts == 0 || contacts+open != all || count("") != open {
			t.Errorf("after the term: %d erased, %d open, %d whole of %d", contacts, open, count(""), all)
		}
		wantClean(t, db)
		fx.clock.forward(3650 * 24 * time.Hour)
		must(t, db.eraseDue(ctx, eraseAtOnce))
		if n := count(doithoai.ErasureAll); n != contacts {
			t.Errorf("after the term of the file: %d of %d", n, contacts)
		}
		findings, _, erased, err := db.Verify(ctx)
		must(t, err)
		if len(findings) > 0 || erased == 0 {
			t.Errorf("verified: %v, %d erased", findings, erased)
		}
		for _, a := range fx.everybody() { // lists stay whole
			for _, tab := range Tabs {
				if _, _, err := db.Register(ctx, a, Filter{Tab: tab, Limit: 100}); err != nil {
					t.Error(err)
				}
			}
		}
		must(t, db.eraseDue(ctx, eraseAtOnce)) // done twice, it finds nothing
	})
}
