package store

import (
	"context"
	"slices"

	"doithoai"
)

// decisionOf is what was decided of an initiative; the zero decision where nothing was.
func decisionOf(ctx context.Context, q querier, o doithoai.Opinion) (doithoai.InitiativeDecision, error) {
	if o.Outcome == "" {
		return doithoai.InitiativeDecision{}, nil
	}
	return one(ctx, q, func(r row) (d doithoai.InitiativeDecision, err error) {
		d.Outcome = o.Outcome
		err = r.Scan(&d.Why, &d.By, &d.At)
		return d, err
	}, `SELECT why, decided_by, decided_at FROM initiative_decision WHERE opinion_id = $1`, o.ID)
}

// DecideInitiative says whether what an opinion proposes is applied, and why; also of all others that were sent the
// same answer and of which nobody has decided. Who has the answer already is told; who waits for it reads both. version
// is the opinion's. See [doithoai.Opinion.DecideInitiative].
func (db *DB) DecideInitiative(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, d doithoai.InitiativeDecision,
) error {
	return db.act(ctx, func(tx *Tx) error {
		held, err := tx.holdAnswered(ctx, opinion)
		if err != nil {
			return err
		}
		c, err := tx.openOpinion(ctx, actor, doithoai.ActDecideInitiative, opinion, version)
		if err == nil { // first: what somebody else decided meanwhile is not the same again
			err = sameVersion(c.Opinion.Version, version)
		}
		if err != nil {
			return err
		}
		if !storable(d.Why) {
			return doithoai.Refuse(doithoai.Invalid, "error.invalid")
		}
		all, err := tx.undecidedWith(ctx, c, held)
		if err != nil {
			return err
		}
		for _, c := range all {
			if err := c.decideInitiative(ctx, d, together(all)); err != nil {
				return err
			}
		}
		return nil
	})
}

// holdAnswered holds an opinion and all whose answer is of the same set.
func (tx *Tx) holdAnswered(ctx context.Context, id doithoai.ID) ([]doithoai.ID, error) {
	o, err := opinionByID(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	held := []doithoai.ID{id}
	p, err := petitionOf(ctx, tx, o)
	if err != nil {
		return nil, err
	}
	if p != nil {
		with, err := standsWith(ctx, tx, *p)
		if err != nil {
			return nil, err
		}
		held = append(held, with...)
	}
	return held, tx.holdOpinions(ctx, held...)
}

// undecidedWith opens, beside an opinion, the others with the same answer of which nobody has decided.
func (tx *Tx) undecidedWith(ctx context.Context, c *caseFile, held []doithoai.ID) ([]*caseFile, error) {
	all := []*caseFile{c}
	if c.Petition == nil {
		return all, nil
	}
	with, err := standsWith(ctx, tx, *c.Petition)
	if err != nil {
		return nil, err
	}
	for _, id := range with {
		if !slices.Contains(held, id) { // it came in while the set was being held
			return nil, doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		m, err := tx.openCase(ctx, c.actor, c.act, id)
		if err != nil {
			return nil, tx.ofMember(ctx, id, err)
		}
		m.version, m.write = m.Opinion.Version, m.writeOpinion
		if m.Opinion.Undecided() {
			all = append(all, m)
		}
	}
	return all, nil
}

func (c *caseFile) decideInitiative(ctx context.Context, d doithoai.InitiativeDecision, together int) error {
	tx := c.tx
	stands, err := decisionOf(ctx, tx, c.Opinion)
	if err != nil {
		return err
	}
	who, err := petitionerOf(ctx, tx, c.Opinion.SlipID)
	if err != nil {
		return err
	}
	next, facts, err := c.Opinion.DecideInitiative(d, stands, gateFor(who))
	if err != nil {
		return err
	}
	if err := tx.exec(ctx, `INSERT INTO initiative_decision (opinion_id, authority_id, why, decided_by, decided_at)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (opinion_id) DO UPDATE SET why = excluded.why, decided_by = excluded.decided_by,
			decided_at = excluded.decided_at`,
		next.ID, next.AuthorityID, d.Why, c.actor.ID, tx.Now); err != nil {
		return err
	}
	if c.Petition == nil || !c.Petition.Open() {
		if err := c.untell(ctx, doithoai.DeliveryInitiative); err != nil {
			return err
		}
		if err := c.tell(ctx, doithoai.DeliveryInitiative); err != nil {
			return err
		}
	}
	c.Opinion, facts.Together = next, together
	return c.save(ctx, facts, d.Why)
}
