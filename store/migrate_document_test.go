package store

import (
	"slices"
	"testing"
)

// A database that is older than the register gets the rows that the acts would have put into it.
func TestMigrateDocuments(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		longRecord(t, db, fx)
		fillLargest(t, db, fx)
		fx.correct(t, db, 40, corrected)
		register := func() []string {
			all, err := list(ctx, db.reader(), column[string],
				`SELECT kind || ' ' || number || ' ' || dated || ' ' || state || ' ' || coalesce(CAST(opinion_id AS text), '-')
					FROM document
					WHERE version = 0
					ORDER BY 1`)
			must(t, err)
			return all
		}
		acts := register()
		must(t, db.act(ctx, func(tx *Tx) error {
			if err := tx.exec(ctx, `DELETE FROM document`); err != nil {
				return err
			}
			if err := tx.takeOverNumbers(ctx); err != nil {
				return err
			}
			return tx.takeOverMoved(ctx)
		}))
		if got := register(); len(acts) < 10 || !slices.Equal(got, acts) {
			t.Errorf("the register has %d\n%q\nwant %d\n%q", len(got), got, len(acts), acts)
		}
	})
}
