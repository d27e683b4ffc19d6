package store

import (
	"context"
	"slices"

	"doithoai"
)

// coUnitsFor loads the units of a ruling that coordinate, as far as they are the authority's.
func (tx *Tx) coUnitsFor(ctx context.Context, o doithoai.Opinion, r doithoai.Ruling) ([]doithoai.Unit, error) {
	ids := slices.DeleteFunc(slices.Clone(r.CoUnits), func(id doithoai.ID) bool { return !wellFormed(id) })
	if len(ids) == 0 {
		return nil, nil
	}
	args := []any{o.AuthorityID}
	return list(ctx, tx, scanUnit, `SELECT `+unitColumns+`
		FROM unit
		WHERE authority_id = $1 AND id IN `+inList(binder(&args), ids)+`
		ORDER BY id`, args...)
}

// addCoUnits keeps the units that coordinate by a ruling.
func (tx *Tx) addCoUnits(ctx context.Context, o doithoai.Opinion, units []doithoai.ID) error {
	rows := newRows(3)
	for _, u := range units {
		rows.add(o.ID, u, o.AuthorityID)
	}
	if err := rows.insert(ctx, tx, `co_unit (opinion_id, unit_id, authority_id)`); err != nil || len(units) == 0 {
		return err
	}
	return tx.awaitParts(ctx, o.ID)
}

// coUnitsOf lists the units that coordinate on an opinion, in the order of the authority's units.
func coUnitsOf(ctx context.Context, q querier, opinion doithoai.ID) ([]doithoai.Unit, error) {
	return list(ctx, q, scanUnit, `SELECT `+columnsOf("u", unitColumns)+`
		FROM co_unit c
		JOIN unit u ON u.id = c.unit_id
		WHERE c.opinion_id = $1
		ORDER BY u.ordinal, u.id`, opinion)
}

// unitIDs are the ids of units.
func unitIDs(units []doithoai.Unit) []doithoai.ID {
	ids := make([]doithoai.ID, len(units))
	for i, u := range units {
		ids[i] = u.ID
	}
	return ids
}

// sameUnits reports whether two lists name the same units, in whatever order.
func sameUnits(a, b []doithoai.ID) bool {
	return slices.Equal(sortedUnits(a), sortedUnits(b))
}

func sortedUnits(ids []doithoai.ID) []doithoai.ID {
	return slices.Compact(slices.Sorted(slices.Values(ids)))
}
