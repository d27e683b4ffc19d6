package store

import (
	"context"

	"doithoai"
)

// keptEntry is an entry of a list with its id, where its table has ids.
type keptEntry struct {
	id    doithoai.ID
	entry doithoai.ListEntry
}

// listTable is how one list is kept.
type listTable struct {
	// load reads the list as it is on a day, in its order.
	load func(ctx context.Context, q querier, authority doithoai.ID, today doithoai.Date) ([]keptEntry, error)
	// update writes an entry that a plan changes.
	update func(ctx context.Context, tx *Tx, authority, id doithoai.ID, c doithoai.ListChange) error
	// into and row insert new ones at a place in the order; row gives as many values as width.
	into  string
	width int
	row   func(tx *Tx, authority doithoai.ID, ordinal int, e doithoai.ListEntry) []any
}

// importedSource says where procedures come from that were taken over from a file.
const importedSource = "import"

var listTables = map[doithoai.ListName]listTable{
	doithoai.ListVillages: {
		load: loadEntries(1, `SELECT id, name FROM village WHERE authority_id = $1 AND valid_from <= $2 AND (valid_to IS NULL OR valid_to >= $2) ORDER BY ordinal, id`),
		update: func(ctx context.Context, tx *Tx, authority, id doithoai.ID, c doithoai.ListChange) error {
			return tx.execOne(ctx, `UPDATE village SET name = $1 WHERE id = $2 AND authority_id = $3`, c.Entry[0], id, authority)
		},
		into: `village (id, authority_id, ordinal, valid_from, name)`, width: 5,
		row: func(tx *Tx, authority doithoai.ID, ordinal int, e doithoai.ListEntry) []any {
			return []any{newID(), authority, ordinal, tx.Now.Date(), e[0]}
		},
	},
	doithoai.ListOutsideBodies: {
		load: loadEntries(5, `SELECT id, name, handles, address, phone, hours FROM outside_body WHERE authority_id = $1 AND CAST($2 AS date) IS NOT NULL ORDER BY ordinal, id`),
		update: func(ctx context.Context, tx *Tx, authority, id doithoai.ID, c doithoai.ListChange) error {
			return tx.execOne(ctx, `UPDATE outside_body SET name = $1, handles = $2, address = $3, phone = $4, hours = $5 WHERE id = $6 AND authority_id = $7`,
				c.Entry[0], c.Entry[1], c.Entry[2], c.Entry[3], c.Entry[4], id, authority)
		},
		into: `outside_body (id, authority_id, ordinal, name, handles, address, phone, hours)`, width: 8,
		row: func(_ *Tx, authority doithoai.ID, ordinal int, e doithoai.ListEntry) []any {
			return []any{newID(), authority, ordinal, e[0], e[1], e[2], e[3], e[4]}
		},
	},
	doithoai.ListFields: {
		load: loadEntries(3, `SELECT NULL, code, name, CASE WHEN conduct THEN 'yes' ELSE '' END FROM field WHERE authority_id = $1 AND CAST($2 AS date) IS NOT NULL ORDER BY ordinal, code`),
		update: func(ctx context.Context, tx *Tx, authority, _ doithoai.ID, c doithoai.ListChange) error {
			return tx.execOne(ctx, `UPDATE field SET name = $1, conduct = $2 WHERE code = $3 AND authority_id = $4`, c.Entry[1], c.Entry[2] == doithoai.Yes, c.Before[0], authority)
		},
		into: `field (authority_id, ordinal, code, name, conduct)`, width: 5,
		row: func(_ *Tx, authority doithoai.ID, ordinal int, e doithoai.ListEntry) []any {
			return []any{authority, ordinal, e[0], e[1], e[2] == doithoai.Yes}
		},
	},
	doithoai.ListProcedures: {
		load: loadEntries(4, `SELECT NULL, code, name, field_code, unit_code FROM procedure WHERE authority_id = $1 AND CAST($2 AS date) IS NOT NULL ORDER BY ordinal, code`),
		update: func(ctx context.Context, tx *Tx, authority, _ doithoai.ID, c doithoai.ListChange) error {
			return tx.execOne(ctx, `UPDATE procedure SET name = $1, field_code = $2, unit_code = $3, source = $4, certainty = $5 WHERE code = $6 AND authority_id = $7`,
				c.Entry[1], c.Entry[2], c.Entry[3], importedSource, string(doithoai.Certain), c.Before[0], authority)
		},
		into: `procedure (authority_id, ordinal, code, name, field_code, unit_code, source, certainty)`, width: 8,
		row: func(_ *Tx, authority doithoai.ID, ordinal int, e doithoai.ListEntry) []any {
			return []any{authority, ordinal, e[0], e[1], e[2], e[3], importedSource, string(doithoai.Certain)}
		},
	},
}

// loadEntries reads entries of a number of columns; the query's first column is their id, its arguments are authority and
// day.
func loadEntries(columns int, query string) func(context.Context, querier, doithoai.ID, doithoai.Date) ([]keptEntry, error) {
	return func(ctx context.Context, q querier, authority doithoai.ID, today doithoai.Date) ([]keptEntry, error) {
		return list(ctx, q, func(r row) (k keptEntry, err error) {
			k.entry = make(doithoai.ListEntry, columns)
			into := []any{&k.id}
			for i := range k.entry {
				into = append(into, &k.entry[i])
			}
			return k, r.Scan(into...)
		}, query, authority, today)
	}
}
