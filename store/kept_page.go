package store

import (
	"context"
	"time"

	"doithoai"
)

// MaxKeptPage bounds what is kept of a page, in bytes: ten matters of the longest length, once over.
const MaxKeptPage = 256 << 10

// KeepPage keeps what a public page shows after a form came, sealed by the browser's own key, for as long as life. It
// replaces what the place held. What is over is forgotten on the way. More than MaxKeptPage is Invalid.
func (db *DB) KeepPage(
	ctx context.Context, authority doithoai.ID, place string, sealed []byte, life time.Duration,
) error {
	if len(sealed) > MaxKeptPage {
		return doithoai.Refuse(doithoai.Invalid, "web.form.too_large")
	}
	return db.act(ctx, func(tx *Tx) error {
		if err := tx.exec(ctx, `DELETE FROM kept_page WHERE until < $1`, tx.Now); err != nil {
			return err
		}
		return tx.exec(ctx, `INSERT INTO kept_page (place, authority_id, sealed, until) VALUES ($1, $2, $3, $4)
			ON CONFLICT (place) DO UPDATE SET sealed = excluded.sealed, until = excluded.until`,
			place, authority, sealed, tx.Now.Add(life))
	})
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
