package store

import (
	"slices"
	"testing"
	"time"

	"doithoai/calendar"
	"doithoai/report"
)

// BenchmarkRollUp reads pages of a roll-up of 3,000 communes with a million opinions, from the first to the last, and
// those that are late. It reports the 99th of 100 as p99-ms.
func BenchmarkRollUp(b *testing.B) {
	for _, e := range engines {
		b.Run(e.name, func(b *testing.B) {
			fx := e.copy(b)
			db := fx.open(b)
			ctx := ctxOf(b)
			top, sees := fx.province(b, db)
			const communes, opinions = 3000, 1_000_000
			year := db.Now().Date().Year
			must(b, db.act(ctx, func(tx *Tx) error {
				of, sums := newRows(9), newRows(20)
				total := report.Total{}
				for i := range communes {
					s := report.Subordinate{ID: newID(), Ordinal: i}
					w := report.Row{Subordinate: s, Last: calendar.DateOf(year, 5, 1+i%28), Slug: "buoi"}
					n := opinions / communes
					w.Sums = report.Sums{Dialogues: 1, Received: n, Timely: n - i%9, Answerable: n, Overdue: i % 3}
					of.add(s.ID, top.ID, string(s.ID), "UBND xã", "", i, calendar.DateOf(year, 1, 1), tx.Now, 1)
					sums.add(sumValues(w.Sums, top.ID, year, 4, i, s.ID, w.Last, w.Slug, w.Late())...)
					total = total.Add(w, 1)
				}
				if err := of.insert(ctx, tx, `subordinate (id, authority_id, code, name, site, ordinal, valid_from, counted_at,
					version)`); err != nil {
					return err
				}
				if err := sums.insert(ctx, tx, `roll_up (authority_id, year, period, ordinal, subordinate_id, last_held,
					last_slug, late, `+sumColumns+`)`); err != nil {
					return err
				}
				return tx.exec(ctx, `INSERT INTO roll_up_total (authority_id, year, period, communes, none, late, `+sumColumns+`)
					VALUES (`+placeholders(1, 18)+`)`,
					sumValues(total.Sums, top.ID, year, 4, total.Communes, total.None, total.Late)...)
			}))
			var took []time.Duration
			ask := RollUpQuery{Year: year, Period: report.WholeYear, After: -1, Limit: 100}
			for b.Loop() {
				begin := time.Now()
				u, err := db.RollUp(ctx, sees, ask)
				must(b, err)
				took = append(took, time.Since(begin))
				switch {
				case u.More:
					ask.After = u.Rows[len(u.Rows)-1].Ordinal
				case ask.Filter == RollUpAll:
					ask.After, ask.Filter = -1, RollUpLate
				default:
					ask.After, ask.Filter = -1, RollUpAll
				}
				if u.Total.Communes != communes || len(u.Rows) == 0 {
					b.Fatalf("%d communes, %d rows", u.Total.Communes, len(u.Rows))
				}
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}
