package store

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"time"

	"doithoai"
	"doithoai/tlog"
)

// lockedMinutes are locked minutes with their leaf.
type lockedMinutes struct {
	keptMinutes
	slug, authority string
	salts, leaf     []byte
}

// minutes checks locked minutes against their hash, and the hash against the leaf that commits to it. Those that are
// said to be locked have a leaf, and the other way round.
func (v *verifier) minutes() error {
	all, err := list(v.ctx, v.q, func(r row) (m lockedMinutes, err error) {
		m.keptMinutes, err = scanMinutes(also{r, []any{&m.slug, &m.authority, &m.salts, &m.leaf}})
		return m, err
	}, `SELECT `+columnsOf("m", minutesColumns)+`, d.slug, coalesce(a.slug, ''), k.salts, l.body
		FROM minutes m
		JOIN dialogue d ON d.id = m.dialogue_id
		LEFT JOIN authority a ON a.id = m.authority_id
		LEFT JOIN minutes_leaf k ON k.dialogue_id = m.dialogue_id
		LEFT JOIN leaf l ON l.n = k.leaf
		WHERE m.state = $1 OR k.leaf IS NOT NULL
		ORDER BY m.dialogue_id`, doithoai.MinutesLocked)
	if err != nil {
		return err
	}
	if v.locked, err = one(v.ctx, v.q, column[int64], `SELECT count(*) FROM minutes_leaf`); err != nil {
		return err
	}
	for _, m := range all {
		if why, err := v.wrongMinutes(m); err != nil {
			return err
		} else if why != "" {
			v.find("minutes", m.slug, "%s", why)
		}
	}
	return nil
}

// wrongMinutes says what is wrong with locked minutes; empty: nothing is.
func (v *verifier) wrongMinutes(m lockedMinutes) (string, error) {
	d := doithoai.Dialogue{ID: m.DialogueID, AuthorityID: m.AuthorityID, Slug: m.slug}
	changes, err := minutesChangesOf(v.ctx, v.q, d)
	if err != nil {
		return "", err
	}
	sum := m.Minutes.Hash(m.body, changes)
	switch {
	case m.State != doithoai.MinutesLocked:
		return fmt.Sprintf("have a leaf and are %q", m.State), nil
	case m.leaf == nil:
		return "are locked and have no leaf", nil
	case !bytes.Equal(sum[:], m.hash):
		return "their text or their trace is not what was locked, hash " + hex.EncodeToString(m.hash), nil
	}
	leaf, err := tlog.ParseLeaf(m.leaf)
	if err != nil {
		return err.Error(), nil
	}
	salts, err := tlog.ParseSalts(m.salts)
	if err != nil {
		return err.Error(), nil
	}
	locked := pendingMinutes{dialogue: d, minutes: m.Minutes, hash: m.hash}
	if err := leaf.Opens(locked.opening(salts)); err != nil {
		return err.Error(), nil
	}
	if leaf.Authority != m.authority || !leaf.Time.Equal(m.LockedAt.Time().Truncate(time.Minute)) {
		return "their authority or time is not the leaf's", nil
	}
	return "", nil
}
