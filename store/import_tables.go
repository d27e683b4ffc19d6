package store

import (
	"context"

	"doithoai"
	"doithoai/calendar"
)

// keptEntry is an entry of a list with its id, where its table has ids.
type keptEntry struct {
	id    doithoai.ID
	entry doithoai.ListEntry
}

// listTable is how one list is kept.
type listTable struct {
	// load reads the list as it is on a day, in its order.
	load func(ctx context.Context, q querier, authority doithoai.ID, today calendar.Date) ([]keptEntry, error)
	// update writes an entry that a plan changes.
	update func(ctx context.Context, tx *Tx, authority, id doithoai.ID, c doithoai.ListChange) error
	// into and row insert new ones at a place in the order; row gives as many values as width.
	into  string
	width int
	row   func(tx *Tx, authority doithoai.ID, ordinal int, e doithoai.ListEntry) []any
	// add inserts one new entry, where it takes more than a row.
	add func(ctx context.Context, tx *Tx, authority doithoai.ID, e doithoai.ListEntry) error
}

// importedSource says where procedures come from that were taken over from a file.
const importedSource = "import"

var listTables = map[doithoai.ListName]listTable{
	doithoai.ListVillages: {
		load: loadEntries(1, `SELECT id, name
			FROM village
			WHERE authority_id = $1 AND valid_from <= $2 AND (valid_to IS NULL OR valid_to >= $2)
			ORDER BY ordinal, id`),
		update: func(ctx context.Context, tx *Tx, authority, id doithoai.ID, c doithoai.ListChange) error {
			return tx.execOne(ctx, `UPDATE village SET name = $1 WHERE id = $2 AND authority_id = $3`, c.Entry[0], id, authority)
		},
		into: `village (id, authority_id, ordinal, valid_from, name)`, width: 5,
		row: func(tx *Tx, authority doithoai.ID, ordinal int, e doithoai.ListEntry) []any {
			return []any{newID(), authority, ordinal, tx.Now.Date(), e[0]}
		},
	},
	doithoai.ListOutsideBodies: {
		load: loadEntries(5, `SELECT id, name, handles, address, phone, hours
			FROM outside_body
			WHERE authority_id = $1 AND CAST($2 AS date) IS NOT NULL
			ORDER BY ordinal, id`),
		update: func(ctx context.Context, tx *Tx, authority, id doithoai.ID, c doithoai.ListChange) error {
			return tx.execOne(ctx, `UPDATE outside_body SET name = $1, handles = $2, address = $3, phone = $4, hours = $5
				WHERE id = $6 AND authority_id = $7`,
				c.Entry[0], c.Entry[1], c.Entry[2], c.Entry[3], c.Entry[4], id, authority)
		},
		into: `outside_body (id, authority_id, ordinal, name, handles, address, phone, hours)`, width: 8,
		row: func(_ *Tx, authority doithoai.ID, ordinal int, e doithoai.ListEntry) []any {
			return []any{newID(), authority, ordinal, e[0], e[1], e[2], e[3], e[4]}
		},
	},
	doithoai.ListFields: {
		load: loadEntries(3, `SELECT NULL, code, name, CASE WHEN conduct THEN 'yes' ELSE '' END
			FROM field
			WHERE authority_id = $1 AND CAST($2 AS date) IS NOT NULL
			ORDER BY ordinal, code`),
		update: func(ctx context.Context, tx *Tx, authority, _ doithoai.ID, c doithoai.ListChange) error {
			return tx.execOne(ctx, `UPDATE field SET name = $1, conduct = $2
				WHERE code = $3 AND authority_id = $4`, c.Entry[1], c.Entry[2] == doithoai.Yes, c.Before[0], authority)
		},
		into: `field (authority_id, ordinal, code, name, conduct)`, width: 5,
		row: func(_ *Tx, authority doithoai.ID, ordinal int, e doithoai.ListEntry) []any {
			return []any{authority, ordinal, e[0], e[1], e[2] == doithoai.Yes}
		},
	},
	doithoai.ListProcedures: {
		load: loadEntries(4, `SELECT NULL, code, name, field_code, unit_code
			FROM procedure
			WHERE authority_id = $1 AND CAST($2 AS date) IS NOT NULL
			ORDER BY ordinal, code`),
		update: func(ctx context.Context, tx *Tx, authority, _ doithoai.ID, c doithoai.ListChange) error {
			return tx.execOne(ctx, `UPDATE procedure SET name = $1, field_code = $2, unit_code = $3, source = $4, certainty = $5
				WHERE code = $6 AND authority_id = $7`,
				c.Entry[1], c.Entry[2], c.Entry[3], importedSource, calendar.Certain, c.Before[0], authority)
		},
		into: `procedure (authority_id, ordinal, code, name, field_code, unit_code, source, certainty)`, width: 8,
		row: func(_ *Tx, authority doithoai.ID, ordinal int, e doithoai.ListEntry) []any {
			return []any{authority, ordinal, e[0], e[1], e[2], e[3], importedSource, calendar.Certain}
		},
	},
	doithoai.ListSynonyms: {
		load: loadEntries(2, `SELECT NULL, word, same
			FROM synonym
			WHERE authority_id = $1 AND CAST($2 AS date) IS NOT NULL
			ORDER BY ordinal, word`),
		update: func(ctx context.Context, tx *Tx, authority, _ doithoai.ID, c doithoai.ListChange) error {
			return tx.execOne(ctx, `UPDATE synonym SET word = $1, same = $2, version = version + 1
				WHERE word = $3 AND authority_id = $4`, c.Entry[0], c.Entry[1], c.Before[0], authority)
		},
		into: `synonym (authority_id, ordinal, word, same, version)`, width: 5,
		row: func(_ *Tx, authority doithoai.ID, ordinal int, e doithoai.ListEntry) []any {
			return []any{authority, ordinal, e[0], e[1], 1}
		},
	},
	doithoai.ListOfficers: {
		load: loadOfficers,
		update: func(ctx context.Context, tx *Tx, authority, id doithoai.ID, c doithoai.ListChange) error {
			return tx.execOne(ctx, `UPDATE officer SET name = $1 WHERE id = $2 AND authority_id = $3`, c.Entry[1], id, authority)
		},
		add: addLockedOfficer,
	},
}

// loadOfficers reads the officers who have not left, each with the first post of their own that is in force.
func loadOfficers(ctx context.Context, q querier, authority doithoai.ID, today calendar.Date) ([]keptEntry, error) {
	posts, err := list(ctx, q, scanPost, `SELECT `+postColumns+` FROM post WHERE authority_id = $1 ORDER BY id`, authority)
	if err != nil {
		return nil, err
	}
	first := map[doithoai.ID]doithoai.Post{}
	for _, p := range posts {
		if _, there := first[p.OfficerID]; !there && p.InForce(today) {
			first[p.OfficerID] = p
		}
	}
	o, err := loadOrganisation(ctx, q, authority)
	if err != nil {
		return nil, err
	}
	villages := map[doithoai.ID]string{}
	for _, v := range o.Villages {
		villages[v.ID] = v.Name
	}
	return list(ctx, q, func(r row) (k keptEntry, err error) {
		var login, name string
		if err = r.Scan(&k.id, &login, &name); err != nil {
			return k, err
		}
		p := first[k.id]
		unit, _ := o.Unit(p.UnitID)
		k.entry = doithoai.ListEntry{login, name, joinWords(p.Roles), p.Title, unit.Code, villages[p.VillageID]}
		return k, nil
	}, `SELECT id, login, name FROM officer WHERE authority_id = $1 AND active = $2 ORDER BY login`, authority, true)
}

// addLockedOfficer opens an account that nobody can sign in to: it is locked, under a hash that is of no known
// password, until an administrator gives it one.
func addLockedOfficer(ctx context.Context, tx *Tx, authority doithoai.ID, e doithoai.ListEntry) error {
	o := doithoai.Officer{
		ID: newID(), AuthorityID: authority, Login: e[0], Name: e[1], Roles: splitWords[doithoai.Role](e[2]), Post: e[3],
		Active: true,
		Hold:   doithoai.HoldPassword,
	}
	taken, err := one(ctx, tx, column[int], `SELECT count(*) FROM officer WHERE login = $1`, o.Login)
	if err != nil {
		return err
	}
	if taken > 0 { // somebody who has left, or of another authority
		return doithoai.Refuse(doithoai.Conflict, "list.login_taken")
	}
	all, err := loadOrganisation(ctx, tx, authority)
	if err != nil {
		return err
	}
	for _, u := range all.UnitsOn(tx.Now.Date()) {
		if u.Code == e[4] {
			o.UnitID = u.ID
		}
	}
	for _, v := range all.VillagesOn(tx.Now.Date()) {
		if v.Name == e[5] {
			o.VillageID = v.ID
		}
	}
	if err := tx.addOfficer(ctx, o, decoy); err != nil {
		return err
	}
	return tx.exec(ctx, `UPDATE account SET locked = $1 WHERE officer_id = $2`, true, o.ID)
}

// loadEntries reads entries of a number of columns; the query's first column is their id, its arguments are authority
// and day.
func loadEntries(
	columns int, query string,
) func(context.Context, querier, doithoai.ID, calendar.Date) ([]keptEntry, error) {
	return func(ctx context.Context, q querier, authority doithoai.ID, today calendar.Date) ([]keptEntry, error) {
		return list(ctx, q, func(r row) (k keptEntry, err error) {
			k.entry = make(doithoai.ListEntry, columns)
			into := []any{&k.id}
			for i := range k.entry {
				into = append(into, &k.entry[i])
			}
			err = r.Scan(into...)
			return k, err
		}, query, authority, today)
	}
}
