package store

import (
	"context"
	"slices"

	"doithoai"
	"doithoai/calendar"
)

// GroupOpinions puts two opinions of the same matter together: the group that either is in, or a new one. The actor may
// group, and see, both. See [doithoai.GroupOpinions].
func (db *DB) GroupOpinions(ctx context.Context, actor doithoai.Actor, id, with doithoai.ID) error {
	return db.act(ctx, func(tx *Tx) error {
		if err := tx.holdOpinions(ctx, id, with); err != nil {
			return err
		}
		one, err := tx.openCase(ctx, actor, doithoai.ActGroupOpinions, id)
		if err != nil {
			return err
		}
		other, err := tx.openCase(ctx, actor, doithoai.ActGroupOpinions, with)
		if err != nil {
			return err
		}
		ofOne, err := groupOf(ctx, tx, id)
		if err != nil {
			return err
		}
		ofOther, err := groupOf(ctx, tx, with)
		if err != nil {
			return err
		}
		group, err := doithoai.GroupOpinions(one.Opinion, other.Opinion, ofOne, ofOther, newID())
		if err != nil {
			return err
		}
		for _, joins := range []struct {
			c   *caseFile
			has doithoai.ID
		}{{one, ofOne}, {other, ofOther}} {
			if joins.has != "" {
				continue
			}
			if err := tx.exec(ctx, `INSERT INTO opinion_group (opinion_id, authority_id, group_id, joined_at, joined_by)
				VALUES ($1, $2, $3, $4, $5)`,
				joins.c.Opinion.ID, joins.c.Opinion.AuthorityID, group, tx.Now, actor.ID); err != nil {
				return err
			}
		}
		if err := one.save(ctx, doithoai.Facts{With: other.Opinion.Number}, ""); err != nil {
			return err
		}
		return other.save(ctx, doithoai.Facts{With: one.Opinion.Number}, "")
	})
}

// UngroupOpinion takes an opinion out of the group of its matter. Of one that is left alone the group is over. An
// answer that waits, and was one for the whole group, goes on for who left on its own, as it stands.
func (db *DB) UngroupOpinion(ctx context.Context, actor doithoai.Actor, id doithoai.ID) error {
	return db.act(ctx, func(tx *Tx) error {
		if err := checkID(id); err != nil {
			return err
		}
		held, err := tx.holdGroup(ctx, id)
		if err != nil {
			return err
		}
		c, err := tx.openCase(ctx, actor, doithoai.ActUngroupOpinion, id)
		if err != nil {
			return err
		}
		group, err := groupOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if group == "" {
			return doithoai.Refuse(doithoai.Conflict, "same.group.problem.none")
		}
		if err := tx.execOne(ctx, `DELETE FROM opinion_group WHERE opinion_id = $1`, id); err != nil {
			return err
		}
		if err := tx.leaveSet(ctx, id); err != nil {
			return err
		}
		left, err := membersOf(ctx, tx, group)
		if err != nil {
			return err
		}
		if len(left) == 1 {
			if !slices.Contains(held, left[0]) { // it came in while the group was being held
				return doithoai.Refuse(doithoai.Conflict, "error.conflict")
			}
			if err := tx.endGroup(ctx, c, left[0]); err != nil {
				return err
			}
		}
		return c.save(ctx, doithoai.Facts{}, "")
	})
}

// endGroup takes out who is left alone in a group.
func (tx *Tx) endGroup(ctx context.Context, c *caseFile, id doithoai.ID) error {
	if err := tx.execOne(ctx, `DELETE FROM opinion_group WHERE opinion_id = $1`, id); err != nil {
		return err
	}
	if err := tx.leaveSet(ctx, id); err != nil {
		return err
	}
	last, err := opinionByID(ctx, tx, id)
	if err != nil {
		return err
	}
	return tx.record(ctx, last, c.actor, c.act,
		doithoai.Facts{With: c.Opinion.Number, OnBehalf: c.Seat.For}, "")
}

// holdOpinions holds some opinions, by their ids.
func (tx *Tx) holdOpinions(ctx context.Context, ids ...doithoai.ID) error {
	for _, id := range ids {
		if err := checkID(id); err != nil {
			return err
		}
	}
	if !tx.db.dialect.manyWriters() {
		return nil
	}
	var args []any
	_, err := list(ctx, tx, column[doithoai.ID], `SELECT id
		FROM opinion
		WHERE id IN `+inList(binder(&args), ids)+`
		ORDER BY id`+tx.db.dialect.forUpdate(), args...)
	return err
}

// holdGroup holds an opinion and all members of its group.
func (tx *Tx) holdGroup(ctx context.Context, id doithoai.ID) ([]doithoai.ID, error) {
	group, err := groupOf(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	held := []doithoai.ID{id}
	if group != "" {
		members, err := membersOf(ctx, tx, group)
		if err != nil {
			return nil, err
		}
		held = append(held, members...)
	}
	return held, tx.holdOpinions(ctx, held...)
}

// groupOf is the group that an opinion is in, empty where in none.
func groupOf(ctx context.Context, q querier, opinion doithoai.ID) (doithoai.ID, error) {
	g, err := one(ctx, q, column[doithoai.ID], `SELECT group_id FROM opinion_group WHERE opinion_id = $1`, opinion)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return "", nil
	}
	return g, err
}

// maxGroupShown bounds how many members of a group are held or shown at once.
const maxGroupShown = 500

func membersOf(ctx context.Context, q querier, group doithoai.ID) ([]doithoai.ID, error) {
	return list(ctx, q, column[doithoai.ID], `SELECT opinion_id
		FROM opinion_group
		WHERE group_id = $1
		ORDER BY opinion_id LIMIT $2`, group, maxGroupShown)
}

// Member is an opinion of the same matter as another one.
type Member struct {
	Row
	JoinedAt calendar.Instant
	JoinedBy string
}

// GroupMembers lists the other opinions of the same matter, as far as the actor may see them, the newest first.
func (db *DB) GroupMembers(ctx context.Context, actor doithoai.Actor, id doithoai.ID) ([]Member, error) {
	o, subject, err := opinionSubject(ctx, db.reader(), id, db.Now().Date())
	if err != nil {
		return nil, err
	}
	if err := doithoai.Can(actor, doithoai.ActSeeOpinions, subject); err != nil {
		return nil, err
	}
	group, err := groupOf(ctx, db.reader(), o.ID)
	if err != nil || group == "" {
		return nil, err
	}
	type joining struct {
		opinion doithoai.ID
		at      calendar.Instant
		by      string
	}
	joinings, err := list(ctx, db.reader(), func(r row) (j joining, err error) {
		err = r.Scan(&j.opinion, &j.at, &j.by)
		return j, err
	}, `SELECT g.opinion_id, g.joined_at, f.name
		FROM opinion_group g
		JOIN officer f ON f.id = g.joined_by
		WHERE g.group_id = $1 AND g.opinion_id <> $2
		ORDER BY g.opinion_id LIMIT $3`, group, id, maxGroupShown)
	if err != nil {
		return nil, err
	}
	by, ids := map[doithoai.ID]joining{}, []doithoai.ID{}
	for _, j := range joinings {
		by[j.opinion], ids = j, append(ids, j.opinion)
	}
	rows, err := db.visible(ctx, actor, ids)
	var members []Member
	for _, r := range rows {
		members = append(members, Member{r, by[r.Opinion.ID].at, by[r.Opinion.ID].by})
	}
	return members, err
}

// GroupCounts says with how many other opinions of the same matter some opinions stand together, as far as the actor
// may see those; those that stand alone are not in it.
func (db *DB) GroupCounts(ctx context.Context, actor doithoai.Actor, ids []doithoai.ID) (map[doithoai.ID]int, error) {
	counts := map[doithoai.ID]int{}
	if len(ids) == 0 {
		return counts, nil
	}
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	in := inList(bind, ids)
	_, err := list(ctx, db.reader(), func(r row) (id doithoai.ID, err error) {
		n := 0
		err = r.Scan(&id, &n)
		counts[id] = n
		return id, err
	}, `SELECT g.opinion_id, count(*)
		FROM opinion_group g
		JOIN opinion_group m ON m.group_id = g.group_id AND m.opinion_id <> g.opinion_id
		JOIN opinion o ON o.id = m.opinion_id
		WHERE g.authority_id = $1 AND `+inAuthority("o")+` AND g.opinion_id IN `+in+
		reachOf(actor, bind)+notConcerned(actor, db.Now().Date(), bind)+`
		GROUP BY g.opinion_id`, args...)
	return counts, err
}
