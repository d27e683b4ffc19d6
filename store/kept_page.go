package store

import (
	"context"
	"time"

	"doithoai"
)

// MaxKeptPage bounds what is kept of a page, in bytes: ten matters of the longest length, once over.
const MaxKeptPage = 256 << 10

// keptBound is how much is kept for an authority at once.
type keptBound struct {
	pages int
	bytes int64
}

// keptMost is that for every authority: a page for each of a crowd that writes in the same half hour. Anybody may have
// pages kept, and they must not fill the disk.
var keptMost = keptBound{pages: 4000, bytes: 64 << 20}

// KeepPage keeps what a public page shows after a form came, sealed by the browser's own key, for as long as life. It
// replaces what the place held. What is over is forgotten on the way. It reports false, and the place holds what it
// held, where the page is longer than MaxKeptPage or the authority keeps as much as it may.
func (db *DB) KeepPage(
	ctx context.Context, authority doithoai.ID, place string, sealed []byte, life time.Duration,
) (bool, error) {
	return db.keepPage(ctx, authority, place, sealed, life, keptMost)
}

func (db *DB) keepPage(
	ctx context.Context, authority doithoai.ID, place string, sealed []byte, life time.Duration, most keptBound,
) (kept bool, err error) {
	if len(sealed) > MaxKeptPage {
		return false, nil
	}
	err = db.act(ctx, func(tx *Tx) error {
		if err := tx.exec(ctx, `DELETE FROM kept_page WHERE until < $1`, tx.Now); err != nil {
			return err
		}
		had, err := one(ctx, tx, column[int64], `SELECT coalesce(sum(size), 0) FROM kept_page WHERE place = $1`, place)
		if err != nil {
			return err
		}
		// Two nodes at once may pass the bound by a page each.
		var all keptBound
		if err := tx.queryRow(ctx, `SELECT count(*), coalesce(sum(size), 0) FROM kept_page WHERE authority_id = $1`,
			authority).Scan(&all.pages, &all.bytes); err != nil {
			return err
		}
		if had > 0 {
			all.pages--
		}
		if kept = all.pages < most.pages && all.bytes-had+int64(len(sealed)) <= most.bytes; !kept {
			return nil
		}
		return tx.exec(ctx, `INSERT INTO kept_page (place, authority_id, sealed, size, until) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (place) DO UPDATE SET sealed = excluded.sealed, size = excluded.size, until = excluded.until`,
			place, authority, sealed, len(sealed), tx.Now.Add(life))
	})
	return kept && err == nil, err
}

// KeptPage returns what a place holds; nil where nothing is kept, or no longer.
func (db *DB) KeptPage(ctx context.Context, authority doithoai.ID, place string) ([]byte, error) {
	sealed, err := one(ctx, db.reader(), column[[]byte],
		`SELECT sealed FROM kept_page WHERE place = $1 AND authority_id = $2 AND until >= $3`, place, authority, db.Now())
	if doithoai.KindOf(err) == doithoai.NotFound {
		return nil, nil
	}
	return sealed, err
}

// DropPage forgets what a place holds.
func (db *DB) DropPage(ctx context.Context, authority doithoai.ID, place string) error {
	return db.act(ctx, func(tx *Tx) error {
		return tx.exec(ctx, `DELETE FROM kept_page WHERE place = $1 AND authority_id = $2`, place, authority)
	})
}
