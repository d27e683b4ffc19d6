package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-faster/jx"

	"doithoai"
)

// rehearsed are the tables of which a rehearsal gets rows, in the order in which they refer to each other: what an
// authority is and works by, and nothing of its people. set are columns that become something else.
var rehearsed = []struct {
	table, where string
	dialogue     bool // where asks for the dialogue too
	set          map[string]any
}{
	{"authority", `id = $1`, false, map[string]any{"offline": true}}, // no paper leads to the portal
	{"authority_name", `authority_id = $1`, false, map[string]any{"prefix": doithoai.RehearsalPrefix}},
	{"parameter", `authority_id = $1`, false, nil},
	{"legal_basis", `authority_id = $1`, false, nil},
	{"field", `authority_id = $1`, false, nil},
	{"unit", `authority_id = $1`, false, map[string]any{"phone": ""}},
	{"village", `authority_id = $1`, false, nil},
	{"outside_body", `authority_id = $1`, false, nil},
	{"officer", `authority_id = $1`, false, map[string]any{"password": ""}}, // nobody signs in there
	{"post", `authority_id = $1`, false, nil},
	{"delegation", `authority_id = $1`, false, nil},
	{"calendar", `authority_id = $1`, false, nil},
	{"plan", `authority_id = $1 AND id = (SELECT plan_id FROM dialogue WHERE id = $2)`, true, nil},
	{"plan_edition", `authority_id = $1 AND plan_id = (SELECT plan_id FROM dialogue WHERE id = $2)`, true,
		map[string]any{"note": ""}},
}

// CopyForRehearsal makes the copy of a dialogue on which it is rehearsed, in an empty database of its own: the dialogue
// with its programme and texts under a new id and the given address, and what the authority is and works by. No slip,
// no name, no invitation, no password goes along. Nothing is written into the database that is copied, not even that it
// was. It refuses a dialogue that has begun.
func (db *DB) CopyForRehearsal(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, slug string, to *DB,
) (copied doithoai.Dialogue, err error) {
	if err := may(actor, doithoai.ActRehearse); err != nil {
		return copied, err
	}
	if err := checkID(dialogue); err != nil {
		return copied, err
	}
	err = db.snapshotTx(ctx, func(from *Tx) error {
		d, err := from.wholeDialogue(ctx, actor.AuthorityID, dialogue, "")
		if err != nil {
			return err
		}
		if err := d.Rehearsable(); err != nil {
			return err
		}
		copied = d.Rehearsal(newID(), slug)
		return to.act(ctx, func(tx *Tx) error {
			// Units, villages and posts name those that came before or after them.
			if err := tx.exec(ctx, `PRAGMA defer_foreign_keys = ON`); err != nil {
				return err
			}
			return tx.takeRehearsal(ctx, from, d, copied)
		})
	})
	return copied, err
}

// takeRehearsal writes the copy of a dialogue, and what stands around it.
func (tx *Tx) takeRehearsal(ctx context.Context, from *Tx, d, copied doithoai.Dialogue) error {
	for _, r := range rehearsed {
		args := []any{d.AuthorityID}
		if r.dialogue {
			args = append(args, d.ID)
		}
		if err := tx.takeRows(ctx, from, r.table, r.where, r.set, args...); err != nil {
			return fmt.Errorf("copy %s: %w", r.table, err)
		}
	}
	values := dialogueValues(copied)
	if err := tx.exec(ctx, `INSERT INTO dialogue (`+dialogueColumns+`)
		VALUES `+tx.db.dialect.placeholders(1, len(values)), values...); err != nil {
		return err
	}
	if err := tx.writeProgramme(ctx, copied); err != nil {
		return err
	}
	return tx.takeRows(ctx, from, "dialogue_text", `authority_id = $1 AND dialogue_id = $2`,
		map[string]any{"dialogue_id": copied.ID}, d.AuthorityID, d.ID)
}

// takeRows copies rows of a table from another database, of either engine.
func (tx *Tx) takeRows(
	ctx context.Context, from *Tx, name, where string, set map[string]any, args ...any,
) (err error) {
	order := slices.IndexFunc(backupTables, func(b struct{ name, order string }) bool { return b.name == name })
	t, err := from.db.dialect.describe(ctx, from, name, backupTables[order].order)
	if err != nil {
		return err
	}
	for column := range maps.Keys(set) {
		if !slices.Contains(t.columns, column) {
			return fmt.Errorf("there is no column %s", column)
		}
	}
	rows, err := from.query(ctx, `SELECT `+strings.Join(t.columns, ", ")+` FROM `+name+`
		WHERE `+where+` ORDER BY `+t.order, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	taken := newRows(len(t.columns))
	for rows.Next() {
		values, err := t.portable(rows)
		if err != nil {
			return err
		}
		for i, column := range t.columns {
			if v, other := set[column]; other {
				values[i] = v
			}
		}
		taken.add(values...)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return taken.insert(ctx, tx, name+` (`+strings.Join(t.columns, ", ")+`)`)
}

// portable reads a row as a backup would take it over: what one engine gave, as the other one takes it.
func (t table) portable(r row) ([]any, error) {
	given, dest, values := make([]any, len(t.columns)), make([]any, len(t.columns)), make([]any, len(t.columns))
	for i := range given {
		dest[i] = &given[i]
	}
	if err := r.Scan(dest...); err != nil {
		return nil, err
	}
	var line jx.Writer
	if err := t.writeRow(&line, given); err != nil {
		return nil, err
	}
	return values, t.readRow(jx.DecodeBytes(line.Buf), values)
}
