package store

import (
	"context"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/report"
)

// subordinateOf finds a commune of a superior by its code, with the key that is in force.
func subordinateOf(ctx context.Context, q querier, authority doithoai.ID, code string) (report.Subordinate, error) {
	s, err := one(ctx, q, scanSubordinate, `SELECT `+subordinateColumns+`
		FROM subordinate s
		WHERE s.authority_id = $1 AND s.code = $2`, authority, code)
	if err != nil || !s.Alone() {
		return s, err
	}
	keys, err := signingKeys(ctx, q, s.ID, 1)
	if len(keys) > 0 {
		s.Key = keys[0]
	}
	return s, err
}

// maxKeys is how many keys of a commune a superior keeps.
const maxKeys = 50

func signingKeys(ctx context.Context, q querier, subordinate doithoai.ID, limit int) ([]report.Key, error) {
	return list(ctx, q, func(r row) (k report.Key, err error) {
		err = r.Scan(&k.Number, &k.Verifier, &k.Compared, &k.By, &k.At)
		return k, err
	}, `SELECT k.number, k.vkey, k.compared, o.name, k.entered_at
		FROM subordinate_key k
		JOIN officer o ON o.id = k.entered_by
		WHERE k.subordinate_id = $1
		ORDER BY k.number DESC LIMIT $2`, subordinate, limit)
}

// SubordinateKeys are the keys of a commune of the superior that runs alone, the one in force first.
func (db *DB) SubordinateKeys(ctx context.Context, actor doithoai.Actor, code string) ([]report.Key, error) {
	if err := superior(ctx, db.reader(), actor, doithoai.ActKeepSubordinate); err != nil {
		return nil, err
	}
	s, err := subordinateOf(ctx, db.reader(), actor.AuthorityID, code)
	if err != nil {
		return nil, err
	}
	return signingKeys(ctx, db.reader(), s.ID, maxKeys)
}

// AddSubordinate enters a commune that runs alone, with its first key. Problems are those of the commune and of the
// key; a code that there is already is one of them.
func (db *DB) AddSubordinate(
	ctx context.Context, actor doithoai.Actor, s report.Subordinate, key report.Key,
) error {
	s.Commune = ""
	key.Verifier = strings.TrimSpace(key.Verifier)
	return db.act(ctx, func(tx *Tx) error {
		if err := superior(ctx, tx, actor, doithoai.ActKeepSubordinate); err != nil {
			return err
		}
		if err := doithoai.RefuseForm(append(s.Problems(), report.KeyProblems(key)...)); err != nil {
			return err
		}
		id, err := tx.addSubordinate(ctx, actor.AuthorityID, s)
		if err != nil {
			return err
		}
		if err := tx.addKey(ctx, actor, id, 1, key); err != nil {
			return err
		}
		finger, err := report.Fingerprint(key.Verifier)
		if err != nil {
			return err
		}
		return tx.audit(ctx, actor, doithoai.ActKeepSubordinate, s.Code, "", finger)
	})
}

// LinkCommune says that an authority of this installation reports to another one from a day on: the operator's.
func (db *DB) LinkCommune(ctx context.Context, to, commune doithoai.Authority, from calendar.Date) error {
	if !to.Level.Superior() || commune.Level.Superior() {
		return doithoai.Refuse(doithoai.Invalid, "error.invalid")
	}
	return db.act(ctx, func(tx *Tx) error {
		_, err := tx.addSubordinate(ctx, to.ID, report.Subordinate{
			Commune: commune.ID, Code: commune.Slug, Name: commune.Name, From: from,
		})
		return err
	})
}

// addSubordinate enters a commune behind the others of a superior, with sums of nothing.
func (tx *Tx) addSubordinate(
	ctx context.Context, authority doithoai.ID, s report.Subordinate,
) (id doithoai.ID, err error) {
	if err := tx.holdRules(ctx, authority); err != nil {
		return "", err
	}
	last, err := one(ctx, tx, column[int], `SELECT coalesce(max(ordinal), -1)
		FROM subordinate
		WHERE authority_id = $1`, authority)
	if err != nil {
		return "", err
	}
	n, err := one(ctx, tx, column[int], `SELECT count(*) FROM subordinate WHERE authority_id = $1 AND code = $2`,
		authority, s.Code)
	if err != nil {
		return "", err
	}
	if n > 0 {
		return "", doithoai.RefuseForm([]doithoai.Problem{{Field: report.FieldCode, Key: "roll_up.problem.taken"}})
	}
	id = newID()
	if err := tx.exec(ctx, `INSERT INTO subordinate (id, authority_id, commune_id, code, name, site, ordinal, valid_from,
			version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)`, id, authority, s.Commune, s.Code, s.Name, s.Site, last+1,
		s.From); err != nil {
		return "", err
	}
	return id, tx.rollUp(ctx, id)
}

func (tx *Tx) addKey(
	ctx context.Context, actor doithoai.Actor, subordinate doithoai.ID, number int, k report.Key,
) error {
	return tx.exec(ctx, `INSERT INTO subordinate_key (subordinate_id, number, vkey, compared, entered_by, entered_at)
		VALUES ($1, $2, $3, $4, $5, $6)`, subordinate, number, k.Verifier, k.Compared, actor.ID, tx.Now)
}

// ChangeKey enters another key of a commune that runs alone: files that come from then on are to be signed with it.
// The ones before stay, with the files that they signed. version is the commune's.
func (db *DB) ChangeKey(ctx context.Context, actor doithoai.Actor, code string, version int, key report.Key) error {
	key.Verifier = strings.TrimSpace(key.Verifier)
	return db.act(ctx, func(tx *Tx) error {
		if err := superior(ctx, tx, actor, doithoai.ActKeepSubordinate); err != nil {
			return err
		}
		s, err := subordinateOf(ctx, tx, actor.AuthorityID, code)
		if err != nil {
			return err
		}
		problems := report.KeyProblems(key)
		switch {
		case !s.Alone():
			return doithoai.Refuse(doithoai.NotFound, "error.not_found")
		case len(problems) == 0 && s.Key.Verifier == key.Verifier:
			problems = append(problems, doithoai.Problem{Field: report.FieldKey, Key: "roll_up.problem.same_key"})
		case s.Key.Number >= maxKeys:
			return doithoai.Refuse(doithoai.Conflict, "roll_up.problem.keys")
		}
		if err := doithoai.RefuseForm(problems); err != nil {
			return err
		}
		if err := tx.execOne(ctx, `UPDATE subordinate SET version = version + 1 WHERE id = $1 AND version = $2`, s.ID,
			version); err != nil {
			return err
		}
		if err := tx.addKey(ctx, actor, s.ID, s.Key.Number+1, key); err != nil {
			return err
		}
		before, err := report.Fingerprint(s.Key.Verifier)
		if err != nil {
			return err
		}
		after, err := report.Fingerprint(key.Verifier)
		if err != nil {
			return err
		}
		return tx.audit(ctx, actor, doithoai.ActKeepSubordinate, s.Code, before, after)
	})
}
