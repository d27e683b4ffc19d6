package store

import (
	"fmt"
	"testing"

	"doithoai"
	"doithoai/calendar"
)

// wholeYear is a period of the tests that holds all that was received.
func (db *DB) wholeYear() doithoai.Period {
	today := db.Now().Date()
	return doithoai.Period{From: today.AddDays(-365), To: today}
}

// The book of receptions holds who was received in person, each seen on record, and no denunciation.
func TestKeepLedger(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		fx.submit(t, db, 1, "Gửi qua trang.")
		said := fx.spoken(t, db, 2, "Nói tại hội trường.")
		secret := fx.spoken(t, db, 3, "Tố cáo việc này.")
		must(t, second(db.RuleOpinion(ctx, fx.secretary, secret.ID, 1, denounced())))
		about := fx.spoken(t, db, 4, "Cán bộ Văn phòng vòi vĩnh.")
		must(t, db.NameConcerned(ctx, fx.chair, about.ID, 1, []doithoai.ID{fx.office.ID}))
		sent := elsewhere()
		sent.Body = doithoai.OutsideBody{Name: "Công an xã"}
		must(t, second(db.RuleOpinion(ctx, fx.secretary, said.ID, 1, sent)))

		for _, a := range []doithoai.Actor{fx.chair, fx.secretary, fx.justice} {
			wantKind(t, second(db.ViewForLedger(ctx, a, db.wholeYear())), doithoai.NotAllowed, "")
			wantKind(t, second2(db.Receptions(ctx, a, db.wholeYear(), doithoai.Opinion{})), doithoai.NotAllowed, "")
		}
		before := fingerprint(t, db)
		wantField(t, second(db.ViewForLedger(ctx, fx.office, doithoai.Period{})), doithoai.FieldFrom, "ledger.problem.from")
		wantSame(t, before, fingerprint(t, db))

		book, err := db.ViewForLedger(ctx, fx.office, db.wholeYear())
		must(t, err)
		if len(book) != 1 || book[0].Opinion.ID != said.ID || book[0].Who.Name == "" || book[0].To != "Công an xã" {
			t.Fatalf("the book holds %+v", book)
		}
		f, err := db.OpinionFile(ctx, fx.office, said.ID)
		must(t, err)
		last := f.Events[len(f.Events)-1]
		if last.Act != doithoai.ActViewPetitioner || last.ActorID != fx.office.ID ||
			last.Facts.Reason != doithoai.ViewLedger {
			t.Errorf("on record: %+v", last)
		}
		early := doithoai.Period{From: calendar.DateOf(2020, 1, 1), To: calendar.DateOf(2020, 12, 31)}
		if book, err := db.ViewForLedger(ctx, fx.office, early); err != nil || len(book) != 0 {
			t.Errorf("a year before: %d rows, %v", len(book), err)
		}
		wantWhole(t, db)
	})
}

// Both books go on, batch after batch, to their end, each row once.
func TestLedgerGoesOn(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		const n = ledgerBatch + 3
		for i := range n {
			fx.spoken(t, db, i+1, fmt.Sprintf("Việc thứ %d.", i))
		}
		seen := map[doithoai.ID]bool{}
		var last doithoai.Opinion
		for more := true; more; {
			rows, further, err := db.Receptions(ctx, fx.office, db.wholeYear(), last)
			must(t, err)
			for _, r := range rows {
				if seen[r.Opinion.ID] {
					t.Fatal("a reception stands twice")
				}
				seen[r.Opinion.ID], last = true, r.Opinion
			}
			more = further
		}
		f := Filter{Tab: TabAll}
		own := 0
		for more := true; more; {
			rows, further, err := db.Ledger(ctx, fx.office, f)
			must(t, err)
			own, more, f.Before = own+len(rows), further, rows[len(rows)-1].Opinion.ID
		}
		if len(seen) != n || own != n {
			t.Errorf("%d receptions, %d rows of the register, want %d", len(seen), own, n)
		}
		wantKind(t, second2(db.Ledger(ctx, doithoai.Resident(fx.authority.ID), f)), doithoai.NotAllowed, "")
	})
}
