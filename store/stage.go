package store

import (
	"context"

	"doithoai"
	"doithoai/calendar"
)

// place is what lists know an opinion by, beside what it was received with.
type place struct {
	stage          doithoai.Stage
	lead, officer  doithoai.ID
	due            calendar.Date // while the clock of the answer runs
	onTime, solved bool
}

// placeOf finds an opinion's place among lists. p is its petition, the zero one where it has none. One that is joined
// to another has no other place.
func placeOf(
	ruling doithoai.RulingCode, p doithoai.Petition, public doithoai.PublicationState, solved doithoai.Solved,
	joined bool,
) place {
	if joined {
		return place{stage: doithoai.StageJoined}
	}
	at := place{stage: doithoai.StageOf(ruling, p.State, public), lead: p.LeadUnitID, officer: p.OfficerID}
	if p.State == "" || p.State == doithoai.PetitionEnded {
		at.lead, at.officer = "", ""
	} else if p.Running() {
		at.due = p.Due
	}
	at.onTime = at.stage.Timely(p)
	at.solved = solved == doithoai.SolvedYes && at.stage != doithoai.StageDenounced
	return at
}

// restage keeps where the act's opinions stand for lists. Every act that moves an opinion has an event on it, so that
// none needs to think of lists. The acts hold their opinions already; those by which opinions come in leave them where
// new ones begin.
func (tx *Tx) restage(ctx context.Context) error {
	seen := map[doithoai.ID]bool{}
	moved := figureMoves{}
	for _, p := range tx.events {
		id := p.event.OpinionID
		if seen[id] || p.stands || receives(p.event.Act) {
			continue
		}
		seen[id] = true
		if err := tx.restageOpinion(ctx, id, moved); err != nil {
			return err
		}
	}
	return moved.count(ctx, tx)
}

func (tx *Tx) restageOpinion(ctx context.Context, id doithoai.ID, moved figureMoves) error {
	var authority, joined doithoai.ID
	var coordinated bool
	var received calendar.Instant
	var ruling doithoai.RulingCode
	var p doithoai.Petition
	var public doithoai.PublicationState
	var solved doithoai.Solved
	was, err := one(ctx, tx, func(r row) (was place, err error) {
		err = r.Scan(&authority, &received, &joined, &ruling, &p.State, &p.LeadUnitID, &p.OfficerID,
			&p.Due, &p.Missed, &p.Round, &public, &solved,
			&was.stage, &was.lead, &was.officer, &was.due, &was.onTime, &was.solved, &coordinated)
		return was, err
	}, `SELECT o.authority_id, o.received_at, o.joined_to, o.ruling, coalesce(p.state, ''), p.lead_unit_id, p.officer_id,
			p.due, coalesce(p.missed, false), coalesce(p.round, 0), coalesce(pu.state, ''), coalesce(r.solved, ''),
			o.stage, o.lead_unit_id, o.officer_id, o.due, o.on_time, o.solved,
			EXISTS (SELECT 1 FROM co_unit c WHERE c.opinion_id = o.id)
		FROM opinion o
		LEFT JOIN petition p ON p.id = o.petition_id
		LEFT JOIN publication pu ON pu.opinion_id = o.id
		LEFT JOIN rating r ON r.opinion_id = o.id
		WHERE o.id = $1`, id)
	if err != nil {
		return err
	}
	now := placeOf(ruling, p, public, solved, joined != "")
	if now == was {
		return nil
	}
	if coordinated && now.stage != was.stage {
		if err := tx.awaitParts(ctx, id); err != nil {
			return err
		}
	}
	moved.add(authority, received.Date().Year, was, -1)
	moved.add(authority, received.Date().Year, now, 1)
	return tx.exec(ctx, `UPDATE opinion SET stage = $1, lead_unit_id = $2, officer_id = $3, due = $4, on_time = $5,
			solved = $6
		WHERE id = $7`,
		now.stage, now.lead, now.officer, now.due, now.onTime, now.solved, id)
}
