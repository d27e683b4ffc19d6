package store

import (
	"context"
	"fmt"
	"strings"

	"doithoai"
)

// walk is a part of an index of opinions that a list goes along, in the order of the index and no further than the list
// is long. where is a condition on opinion o.
type walk struct{ where, order string }

// ofIDs begins the condition of a walk that names its opinions.
const ofIDs = `o.id IN `

// inAuthority is the condition that a row, found by its id or by what it belongs to, is of the authority $1. Without
// statistics SQLite takes an authority to have few opinions and documents, fewer than some ids, and would go through
// all of them if it could.
func inAuthority(table string) string { return `coalesce(` + table + `.authority_id, NULL) = $1` }

// condition is the walk's condition on opinion o of the authority $1.
func (w walk) condition() string {
	if strings.HasPrefix(w.where, ofIDs) {
		return inAuthority("o") + ` AND ` + w.where
	}
	return `o.authority_id = $1 AND ` + w.where
}

// walks are the walks that a list is put together from. An opinion may be on several.
type walks struct {
	columns string // of opinion o, beside the id, by which the list is in order
	order   string // of the list; @ stands for the table
	each    []walk
	whole   bool // every walk is listed to its end, not only what is first of all of them
}

// rows reads the opinions that the walks come to. hidden is a condition on opinion o that holds on all of them, limit
// the placeholder of how far each is gone along. $1 is the authority.
func (db *DB) rows(ctx context.Context, w walks, hidden, limit string, args []any) ([]Row, error) {
	if len(w.each) == 0 {
		return nil, nil
	}
	parts := make([]string, len(w.each))
	for i, part := range w.each {
		parts[i] = fmt.Sprintf(`SELECT * FROM (
				SELECT o.id%s
				FROM opinion o
				WHERE %s%s
				ORDER BY %s LIMIT %s
			) AS w%d`,
			w.columns, part.condition(), hidden, part.order, limit, i)
	}
	end := ` LIMIT ` + limit
	if w.whole {
		end = ``
	}
	ordered := func(table string) string { return ` ORDER BY ` + strings.ReplaceAll(w.order, "@", table) }
	return list(ctx, db.reader(), scanRow, `SELECT `+rowColumns+`
		FROM (SELECT * FROM (`+strings.Join(parts, ` UNION `)+`) AS found`+ordered("found")+end+`) AS hit
		JOIN opinion o ON o.id = hit.id`+rowJoins+ordered("hit"), args...)
}

// count is a query for how many opinions the walks come to, as far as a [doithoai.Count] tells. several says that an
// opinion may be on more than one.
func (w walks) count(hidden string, several bool) string {
	if len(w.each) == 0 {
		return `0`
	}
	const limit = doithoai.MaxCount + 1
	parts := make([]string, len(w.each))
	for i, part := range w.each {
		parts[i] = fmt.Sprintf(`SELECT id FROM (
				SELECT o.id
				FROM opinion o
				WHERE %s%s
				LIMIT %d
			) AS w%d`, part.condition(), hidden, limit, i)
	}
	union := ` UNION ALL `
	if several {
		union = ` UNION `
	}
	return fmt.Sprintf(`(SELECT count(*) FROM (%s LIMIT %d) AS counted)`, strings.Join(parts, union), limit)
}
