package store

import (
	"context"

	"doithoai"
)

// unfit is what screens never show of an opinion o, whatever was released: what left as a complaint or a denunciation,
// what is another opinion, what is about how officials serve. It is [doithoai.Opinion.Shown] as lists ask it.
const unfit = `(o.joined_to IS NOT NULL OR ` + unnamed + `)`

// unnamed is what names nobody on screens either, neither as the speaker nor as who comes next.
const unnamed = `(o.ruling IN ('KN', 'TC')
	OR EXISTS (SELECT 1 FROM concerned c WHERE c.opinion_id = o.id)
	OR EXISTS (SELECT 1 FROM field f WHERE f.authority_id = o.authority_id AND f.code = o.field_code AND f.conduct))`

// hideUnfit takes the act's opinions off the screens, and out of what was released, that may not be shown any more.
// Whatever makes an opinion unfit has an event on it: no act needs to think of screens.
func (tx *Tx) hideUnfit(ctx context.Context) error {
	seen := map[doithoai.ID]bool{}
	for _, p := range tx.events {
		id := p.event.OpinionID
		// No screen shows what was raised outside of dialogues, or has just been handed in.
		if seen[id] || !p.inDialogue || p.event.Act == doithoai.ActSubmitSlip {
			continue
		}
		seen[id] = true
		if err := tx.hideWhere(ctx, unfit+` AND o.id = $1`, id); err != nil {
			return err
		}
	}
	return nil
}

// hideUnfitFields does so for a whole authority, some of whose fields may be about how officials serve now.
func (tx *Tx) hideUnfitFields(ctx context.Context, authority doithoai.ID) error {
	return tx.hideWhere(ctx, unfit+` AND o.authority_id = $1
		AND o.id IN (SELECT r.opinion_id FROM released r WHERE r.authority_id = $1)`, authority)
}

// hideTelling takes what was released of a slip off the screens that tells who raised it, now that this is known.
func (tx *Tx) hideTelling(ctx context.Context, slip doithoai.ID, who doithoai.Petitioner) error {
	type words struct {
		opinion doithoai.ID
		text    string
	}
	all, err := list(ctx, tx, func(r row) (w words, err error) {
		err = r.Scan(&w.opinion, &w.text)
		return w, err
	}, `SELECT r.opinion_id, r.question
		FROM released r
		JOIN opinion o ON o.id = r.opinion_id
		WHERE o.slip_id = $1
		ORDER BY r.opinion_id`, slip)
	if err != nil {
		return err
	}
	gate := gateFor(who)
	for _, w := range all {
		if !gate.Refuses(w.text) {
			continue
		}
		if err := tx.hideWhere(ctx, `o.id = $1`, w.opinion); err != nil {
			return err
		}
	}
	return nil
}

// hideWhere takes opinions o off the screens of their dialogue, with the question of a turn in which they were raised,
// and out of what was released.
func (tx *Tx) hideWhere(ctx context.Context, where string, args ...any) error {
	type shown struct{ opinion, dialogue, slip, turn doithoai.ID }
	all, err := list(ctx, tx, func(r row) (s shown, err error) {
		err = r.Scan(&s.opinion, &s.dialogue, &s.slip, &s.turn)
		return s, err
	}, `SELECT o.id, o.dialogue_id, o.slip_id, o.turn_id
		FROM opinion o
		WHERE o.dialogue_id IS NOT NULL AND `+where+`
		ORDER BY o.id`, args...)
	if err != nil {
		return err
	}
	for _, s := range all {
		n, err := tx.execCount(ctx, `DELETE FROM released WHERE opinion_id = $1`, s.opinion)
		if err != nil {
			return err
		}
		if n > 0 {
			tx.touch("dialogue/" + string(s.dialogue))
		}
		if _, err := tx.blank(ctx, s.dialogue,
			`opinion_id = $4 OR opinion_id IS NULL AND (turn_id = $5 OR turn_id = $6)`, s.opinion, s.slip, s.turn); err != nil {
			return err
		}
	}
	return nil
}
