package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"doithoai"
	"doithoai/text"
)

func scanLegalBasis(r row) (l doithoai.LegalBasis, err error) {
	var body []byte
	var version int
	if err := r.Scan(&body, &version); err != nil {
		return l, err
	}
	if err := json.Unmarshal(body, &l); err != nil {
		return l, fmt.Errorf("legal basis: %w", err)
	}
	l.Version = version
	return l, nil
}

func legalBases(ctx context.Context, q querier, authority doithoai.ID) (doithoai.LegalBases, error) {
	return list(ctx, q, scanLegalBasis, `SELECT body, version
		FROM legal_basis
		WHERE authority_id = $1
		ORDER BY key`, authority)
}

// LegalBases lists what the authority can cite, by key.
func (db *DB) LegalBases(ctx context.Context, authority doithoai.ID) (doithoai.LegalBases, error) {
	return legalBases(ctx, db.reader(), authority)
}

// SetLegalBasis adds a basis to the list, or writes one anew that is there: its validity ended, another replaces it, a
// date was wrong. Without a key it is a new one; else version is the one that the actor saw. What was cited before
// keeps the words in which it was cited.
func (db *DB) SetLegalBasis(
	ctx context.Context, actor doithoai.Actor, version int, l doithoai.LegalBasis,
) (doithoai.LegalBasis, error) {
	err := db.act(ctx, func(tx *Tx) error {
		if err := may(actor, doithoai.ActSetLegalBasis); err != nil {
			return err
		}
		if err := tx.holdRules(ctx, actor.AuthorityID); err != nil {
			return err
		}
		all, err := legalBases(ctx, tx, actor.AuthorityID)
		if err != nil {
			return err
		}
		old, known := all.ByKey(l.Key)
		switch {
		case l.Key != "" && !known:
			return doithoai.Refuse(doithoai.NotFound, "error.not_found")
		case known && old.Version != version:
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		if err := doithoai.RefuseForm(all.Problems(l)); err != nil {
			return err
		}
		before := ""
		if known {
			before = legalBasisEntry(old)
		} else {
			l.Key = newBasisKey(l, all)
		}
		l.Version = old.Version + 1
		if err := tx.writeLegalBasis(ctx, actor.AuthorityID, l); err != nil {
			return err
		}
		now, err := legalBases(ctx, tx, actor.AuthorityID)
		if err != nil {
			return err
		}
		if err := tx.holdGuides(ctx, actor.AuthorityID, all, now); err != nil {
			return err
		}
		return tx.audit(ctx, actor, doithoai.ActSetLegalBasis, l.Key, before, legalBasisEntry(l))
	})
	return l, err
}

func (tx *Tx) writeLegalBasis(ctx context.Context, authority doithoai.ID, l doithoai.LegalBasis) error {
	body, err := json.Marshal(l)
	if err != nil {
		return fmt.Errorf("legal basis %s: %w", l.Key, err)
	}
	return tx.exec(ctx, `INSERT INTO legal_basis (authority_id, key, body, version) VALUES ($1, $2, $3, $4)
		ON CONFLICT (authority_id, key) DO UPDATE SET body = excluded.body, version = excluded.version`, authority, l.Key,
		string(body), l.Version)
}

// legalBasisEntry is a basis as the audit keeps it: "nd-64-2014-nd-cp 2014-08-15/2026-06-30 nd-154-2026-nd-cp".
func legalBasisEntry(l doithoai.LegalBasis) string {
	s := fmt.Sprintf("%s %s/%s", l.Number, l.From, l.To)
	if l.ReplacedBy != "" {
		s += " " + l.ReplacedBy
	}
	if l.PersonalData {
		s += " personal_data"
	}
	return s
}

// newBasisKey makes a key of letters and digits of kind and number, "quyet-dinh-12-2027-qd-ubnd", with a number behind
// it where another body's document has it.
func newBasisKey(l doithoai.LegalBasis, all doithoai.LegalBases) string {
	words := strings.FieldsFunc(text.Fold(l.Kind+" "+l.Number),
		func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	key := strings.Join(words, "-")
	for n := 2; slices.ContainsFunc(all, func(m doithoai.LegalBasis) bool { return m.Key == key }); n++ {
		key = fmt.Sprintf("%s-%d", strings.Join(words, "-"), n)
	}
	return key
}
