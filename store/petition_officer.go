package store

import (
	"context"

	"doithoai"
	"doithoai/calendar"
)

// GivePetition says which officer of the unit that leads works on a petition; none: nobody any more. version is the
// petition's.
func (db *DB) GivePetition(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, to doithoai.ID,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openPetition(ctx, actor, doithoai.ActGivePetition, opinion, version)
		if err != nil {
			return err
		}
		return c.give(ctx, to)
	})
}

func (c *caseFile) give(ctx context.Context, to doithoai.ID) error {
	of, err := officersIn(ctx, c.tx, c.Petition.LeadUnitID, c.tx.Now.Date())
	if err != nil {
		return err
	}
	ids := make([]doithoai.ID, len(of))
	for i, o := range of {
		ids[i] = o.ID
	}
	next, facts, err := c.Petition.Give(to, ids, c.Subject)
	if err != nil {
		return err
	}
	*c.Petition = next
	return c.save(ctx, facts, "")
}

// UnitOfficers lists who works in a unit of the actor's authority today, by name.
func (db *DB) UnitOfficers(
	ctx context.Context, actor doithoai.Actor, unit doithoai.ID,
) ([]doithoai.Officer, error) {
	if !doithoai.MayEver(actor, doithoai.ActGivePetition) {
		return nil, doithoai.Refuse(doithoai.NotAllowed, "error.not_allowed")
	}
	if err := checkID(unit); err != nil {
		return nil, err
	}
	own, err := one(ctx, db.reader(), column[int], `SELECT count(*)
		FROM unit
		WHERE id = $1 AND authority_id = $2`, unit, actor.AuthorityID)
	if err != nil || own == 0 {
		return nil, err
	}
	return officersIn(ctx, db.reader(), unit, db.Now().Date())
}

// inForceOn is a condition on post p: it is held on the day of a placeholder.
func inForceOn(day string) string {
	return `(p.from_day IS NULL OR p.from_day <= ` + day + `) AND (p.to_day IS NULL OR p.to_day >= ` + day + `)`
}

// officersIn are those who hold a post in a unit on a day, each with the title of the first, by name: only ID, Name and
// Post.
func officersIn(ctx context.Context, q querier, unit doithoai.ID, on calendar.Date) ([]doithoai.Officer, error) {
	if unit == "" {
		return nil, nil
	}
	return list(ctx, q, func(r row) (o doithoai.Officer, err error) {
		err = r.Scan(&o.ID, &o.Name, &o.Post)
		return o, err
	}, `SELECT o.id, o.name, (SELECT p.title
			FROM post p
			WHERE p.officer_id = o.id AND p.unit_id = $1 AND `+inForceOn("$2")+`
			ORDER BY p.id LIMIT 1)
		FROM officer o
		WHERE o.active AND o.id IN (SELECT p.officer_id
			FROM post p
			WHERE p.unit_id = $1 AND `+inForceOn("$2")+`)
		ORDER BY o.name, o.id`, unit, on)
}

// othersWork leaves out, on opinion o, what another officer of the unit works on. It begins with AND.
func othersWork(actor doithoai.Actor, unit doithoai.ID, bind func(any) string) string {
	if unit == "" || actor.ID == "" {
		return ""
	}
	return ` AND (o.officer_id IS NULL OR o.officer_id = ` + bind(actor.ID) + `)`
}

// inherited is a petition on which somebody works who left the unit; to is who took the post over, if anybody did.
type inherited struct{ opinion, to doithoai.ID }

// petitionsToPass are petitions of an authority whose officer left the unit that leads, as many as one act passes.
func petitionsToPass(
	ctx context.Context, q querier, authority doithoai.ID, on calendar.Date,
) ([]inherited, error) {
	return list(ctx, q, func(r row) (g inherited, err error) {
		err = r.Scan(&g.opinion, &g.to)
		return g, err
	}, `SELECT w.opinion_id, coalesce(min(CAST(taken.officer_id AS text)), '')
		FROM post gone
		JOIN petition w ON w.officer_id = gone.officer_id
		LEFT JOIN post taken ON taken.predecessor_id = gone.id AND taken.unit_id = w.lead_unit_id
			AND taken.officer_id <> gone.officer_id
			AND taken.from_day <= $2 AND (taken.to_day IS NULL OR taken.to_day >= $2)
		WHERE gone.authority_id = $1 AND gone.to_day < $2 AND w.state IN ('processing', 'returned', 'paused')
			AND NOT EXISTS (SELECT 1
				FROM post p
				WHERE p.officer_id = w.officer_id AND p.unit_id = w.lead_unit_id AND `+inForceOn("$2")+`)
		GROUP BY w.opinion_id
		ORDER BY w.opinion_id LIMIT $3`, authority, on, maxWork)
}

// passPetitions gives what [petitionsToPass] found to who took the posts over; what nobody took over is nobody's, and
// what they may not have.
func (tx *Tx) passPetitions(ctx context.Context, authority doithoai.ID) error {
	found, err := petitionsToPass(ctx, tx, authority, tx.Now.Date())
	if err != nil {
		return err
	}
	system := doithoai.Actor{AuthorityID: authority, Roles: []doithoai.Role{doithoai.RoleSystem}}
	for _, g := range found {
		c, err := tx.openStanding(ctx, system, doithoai.ActGivePetition, g.opinion)
		if err != nil {
			return err
		}
		err = c.give(ctx, g.to)
		if doithoai.KindOf(err) == doithoai.Invalid {
			err = c.give(ctx, "")
		}
		if err != nil {
			return err
		}
	}
	return nil
}
