package store

import (
	"context"
	"errors"
	"fmt"

	"doithoai"
	"doithoai/tlog"
)

// Evidence is what proves that one opinion was received: its leaf, where it stands, and what opens it.
type Evidence struct {
	Number  doithoai.RegisterNumber
	Index   int64
	Leaf    []byte
	Opening tlog.Opening
}

// EvidenceOf returns the evidence of all opinions of a slip.
func (db *DB) EvidenceOf(ctx context.Context, slip doithoai.ID) ([]Evidence, error) {
	q := db.reader()
	opinions, err := opinionsOfSlip(ctx, q, slip)
	if err != nil {
		return nil, err
	}
	var all []Evidence
	for _, o := range opinions {
		events, err := eventsOf(ctx, q, o.ID)
		if err != nil {
			return nil, err
		}
		if len(events) == 0 {
			return nil, fmt.Errorf("opinion %s has no event", o.ID)
		}
		e, err := evidence(ctx, q, o, events[0], o.Content)
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

// errErased means that the salts are gone, and with them the meaning of the leaf.
var errErased = errors.New("the salts of this leaf were erased")

func evidence(ctx context.Context, q querier, o doithoai.Opinion, e doithoai.Event, said string) (Evidence, error) {
	ev := Evidence{Number: o.Number, Index: e.Leaf}
	var err error
	if ev.Leaf, err = one(ctx, q, column[[]byte], `SELECT body FROM leaf WHERE n = $1`, e.Leaf); err != nil {
		return ev, err
	}
	b, err := one(ctx, q, column[[]byte], `SELECT salts FROM leaf_salt WHERE leaf = $1`, e.Leaf)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return ev, errErased
	}
	if err != nil {
		return ev, err
	}
	salts, err := tlog.ParseSalts(b)
	if err != nil {
		return ev, fmt.Errorf("salts of leaf %d: %w", e.Leaf, err)
	}
	ev.Opening = tlog.Opening{Act: string(e.Act), Number: string(o.Number), Content: e.Content(said), Salts: salts}
	return ev, nil
}
