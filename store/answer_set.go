package store

import (
	"cmp"
	"context"
	"slices"

	"doithoai"
)

// inOrder puts opinions into the order in which they are held.
func inOrder(others []Versioned) []Versioned {
	return slices.SortedFunc(slices.Values(others), func(a, b Versioned) int { return cmp.Compare(a.ID, b.ID) })
}

// holdSet holds an opinion and others, by their ids.
func (tx *Tx) holdSet(ctx context.Context, id doithoai.ID, others []Versioned) error {
	if len(others) > doithoai.MaxAnswerSet {
		return doithoai.Refuse(doithoai.Invalid, "error.invalid")
	}
	held := []doithoai.ID{id}
	for _, o := range others {
		if slices.Contains(held, o.ID) {
			return doithoai.Refuse(doithoai.Invalid, "error.invalid")
		}
		held = append(held, o.ID)
	}
	return tx.holdOpinions(ctx, held...)
}

// answerSetOf is the set that the answer to a petition is of, empty where it is of none.
func answerSetOf(ctx context.Context, q querier, petition doithoai.ID) (doithoai.ID, error) {
	set, err := one(ctx, q, column[doithoai.ID], `SELECT set_id FROM answer WHERE petition_id = $1`, petition)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return "", nil
	}
	return set, err
}

// standsWith lists the other opinions whose answer is of the same set and stands where this one's does.
func standsWith(ctx context.Context, q querier, p doithoai.Petition) ([]doithoai.ID, error) {
	set, err := answerSetOf(ctx, q, p.ID)
	if err != nil || set == "" {
		return nil, err
	}
	return standsIn(ctx, q, set, p)
}

// standsIn is [standsWith], in the set that the answer is of.
func standsIn(ctx context.Context, q querier, set doithoai.ID, p doithoai.Petition) ([]doithoai.ID, error) {
	return list(ctx, q, column[doithoai.ID], `SELECT p.opinion_id
		FROM answer a
		JOIN petition p ON p.id = a.petition_id
		WHERE a.set_id = $1 AND p.state = $2 AND p.id <> $3
		ORDER BY p.opinion_id`, set, string(p.State), p.ID)
}

// openAnswer opens an opinion for an act on its answer, with all others whose answer stands in the same set: the named
// one first. version and those of others are the petitions'; others whom the actor did not see in the set, or saw and
// who left it since, are a Conflict, so that nothing is done to one without the others, or to who left.
func (tx *Tx) openAnswer(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, opinion doithoai.ID, version int, others []Versioned,
) ([]*caseFile, error) {
	if err := tx.holdSet(ctx, opinion, others); err != nil {
		return nil, err
	}
	c, err := tx.openPetition(ctx, actor, act, opinion, version)
	if err != nil {
		return nil, err
	}
	var stands []doithoai.ID
	if c.set != "" {
		if stands, err = standsIn(ctx, tx, c.set, *c.Petition); err != nil {
			return nil, err
		}
	}
	return tx.withOthers(ctx, c, stands, others, func(o Versioned) (*caseFile, error) {
		return tx.openPetition(ctx, actor, act, o.ID, o.Version)
	})
}

// withOthers opens the others of a set that stand with an opinion, which are those that the actor saw.
func (tx *Tx) withOthers(
	ctx context.Context, c *caseFile, stands []doithoai.ID, seen []Versioned, open func(Versioned) (*caseFile, error),
) ([]*caseFile, error) {
	seen = inOrder(seen)
	if err := sameMembers(ctx, tx, stands, seen); err != nil {
		return nil, err
	}
	all := []*caseFile{c}
	for _, o := range seen {
		m, err := open(o)
		if err != nil {
			return nil, tx.ofMember(ctx, o.ID, err)
		}
		all = append(all, m)
	}
	return all, nil
}

// sameMembers refuses, with the number of one that differs, where those who stand in a set are not those that were
// seen.
func sameMembers(ctx context.Context, tx *Tx, stands []doithoai.ID, seen []Versioned) error {
	ids := map[doithoai.ID]bool{}
	for _, o := range seen {
		ids[o.ID] = true
	}
	for _, id := range stands {
		if !ids[id] {
			return tx.ofMember(ctx, id, doithoai.Refuse(doithoai.Conflict, "answer_set.problem.stands"))
		}
		delete(ids, id)
	}
	for _, o := range seen {
		if ids[o.ID] {
			return tx.ofMember(ctx, o.ID, doithoai.Refuse(doithoai.Conflict, "answer_set.problem.left"))
		}
	}
	return nil
}

// ofMember says of a refusal which opinion of several it is of: only of one that the act's authority has.
func (tx *Tx) ofMember(ctx context.Context, id doithoai.ID, refusal error) error {
	number, err := one(ctx, tx, column[doithoai.RegisterNumber], `SELECT number FROM opinion WHERE id = $1`, id)
	if err != nil {
		return doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	return doithoai.OfMember(number, refusal)
}

// takeAlong opens the other opinions of a matter whose answer is handed in with that of c.
func (tx *Tx) takeAlong(ctx context.Context, c *caseFile, others []Versioned) ([]*caseFile, error) {
	all := []*caseFile{c}
	if len(others) == 0 {
		return all, nil
	}
	group, err := groupOf(ctx, tx, c.Opinion.ID)
	if err != nil {
		return nil, err
	}
	for _, o := range inOrder(others) {
		m, err := tx.takeOne(ctx, c, group, o)
		if err != nil {
			return nil, tx.ofMember(ctx, o.ID, err)
		}
		all = append(all, m)
	}
	return all, nil
}

// takeOne opens another opinion of the group that c is in. Who may not do the act to it, or saw another version of it,
// is refused.
func (tx *Tx) takeOne(ctx context.Context, c *caseFile, group doithoai.ID, o Versioned) (*caseFile, error) {
	m, err := tx.openCase(ctx, c.actor, c.act, o.ID)
	if err != nil {
		return nil, err
	}
	of, err := groupOf(ctx, tx, o.ID)
	if err != nil {
		return nil, err
	}
	if of == "" || of != group {
		return nil, doithoai.Refuse(doithoai.Conflict, "answer_set.problem.group")
	}
	d, err := disputeOf(ctx, tx, o.ID)
	if err != nil {
		return nil, err
	}
	if err := c.Petition.AnswersWith(m.Petition, c.Subject, m.Subject, d != nil && d.Waits); err != nil {
		return nil, err
	}
	m.version, m.write = m.Petition.Version, m.writePetition
	return m, sameVersion(m.Petition.Version, o.Version)
}

// leaveSet has an opinion that is taken out of its group, or is on conduct now, go on alone with the answer that waits,
// or with what is to replace one. What went out stays what it is: one document to several people.
func (tx *Tx) leaveSet(ctx context.Context, opinion doithoai.ID) error {
	if err := tx.exec(ctx, `UPDATE answer SET set_id = NULL
		WHERE number = '' AND petition_id IN (SELECT id FROM petition WHERE opinion_id = $1)`, opinion); err != nil {
		return err
	}
	return tx.exec(ctx, `UPDATE answer_correction SET set_id = NULL WHERE opinion_id = $1 AND `+openCorrections, opinion)
}

// A Companion is another opinion of the same matter, as far as one answer can serve both.
type Companion struct {
	Row
	Version int   // of the petition, or of the correction of its answer
	Not     error // why its answer can't be handed in with this one's; nil: it can
}

// Versioned is the companion as it was seen.
func (c Companion) Versioned() Versioned { return Versioned{c.Opinion.ID, c.Version} }

// AnswerCompanions lists the other opinions of the same matter with work left to do, for who hands in an answer to this
// one: those which the same answer can serve, and why the others can't. The oldest come first, [doithoai.MaxAnswerSet]
// at most.
func (db *DB) AnswerCompanions(ctx context.Context, actor doithoai.Actor, id doithoai.ID) (all []Companion, err error) {
	members, err := db.GroupMembers(ctx, actor, id)
	if err != nil || len(members) == 0 {
		return nil, err
	}
	err = db.snapshot(ctx, func(q querier) error {
		all = nil
		today := db.Now().Date()
		o, s, err := opinionSubject(ctx, q, id, today)
		if err != nil {
			return err
		}
		p, err := petitionOf(ctx, q, o)
		if err != nil || p == nil {
			return err
		}
		for _, m := range slices.Backward(members) {
			with := Companion{Row: m.Row}
			at, other, err := opinionSubject(ctx, q, m.Opinion.ID, today)
			if err != nil {
				return err
			}
			theirs, err := petitionOf(ctx, q, at)
			if err != nil {
				return err
			}
			d, err := disputeOf(ctx, q, at.ID)
			if err != nil {
				return err
			}
			if theirs != nil {
				with.Version = theirs.Version
			}
			with.Not = p.AnswersWith(theirs, s, other, d != nil && d.Waits)
			if with.Not == nil && doithoai.Can(actor, doithoai.ActSubmitAnswer, other) != nil {
				with.Not = doithoai.Refuse(doithoai.Conflict, "answer_set.problem.not_allowed")
			}
			if all = append(all, with); len(all) == doithoai.MaxAnswerSet {
				break
			}
		}
		return nil
	})
	return all, err
}

// AnsweredTogether lists the other opinions whose answer is of the same set as this one's and stands where it does, the
// oldest first: who signs or dispatches one does so for all of them.
func (db *DB) AnsweredTogether(ctx context.Context, actor doithoai.Actor, id doithoai.ID) (all []Companion, err error) {
	o, s, err := opinionSubject(ctx, db.reader(), id, db.Now().Date())
	if err != nil {
		return nil, err
	}
	if err := doithoai.Can(actor, doithoai.ActSeeOpinions, s); err != nil {
		return nil, err
	}
	p, err := petitionOf(ctx, db.reader(), o)
	if err != nil || p == nil {
		return nil, err
	}
	ids, err := standsWith(ctx, db.reader(), *p)
	if err != nil {
		return nil, err
	}
	rows, err := db.visible(ctx, actor, ids)
	for _, r := range slices.Backward(rows) {
		all = append(all, Companion{Row: r, Version: r.Petition.Version})
	}
	return all, err
}

// CorrectedTogether lists the other opinions whose correction is of the same set as this one's and stands where it
// does, the oldest first; where none is under way, those which had the same answer, and why theirs can't be corrected
// with it.
func (db *DB) CorrectedTogether(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID,
) (all []Companion, err error) {
	today := db.Now().Date()
	o, s, err := opinionSubject(ctx, db.reader(), id, today)
	if err != nil {
		return nil, err
	}
	if err := doithoai.Can(actor, doithoai.ActSeeOpinions, s); err != nil {
		return nil, err
	}
	p, err := petitionOf(ctx, db.reader(), o)
	if err != nil || p == nil || p.State != doithoai.PetitionAnswered {
		return nil, err
	}
	c, err := correctionOf(ctx, db.reader(), p.ID)
	if err != nil {
		return nil, err
	}
	begins := c.CanMove(doithoai.ActProposeCorrection)
	var ids []doithoai.ID
	if begins {
		ids, err = standsWith(ctx, db.reader(), *p)
	} else {
		ids, err = correctedWith(ctx, db.reader(), o.ID, c)
	}
	if err != nil {
		return nil, err
	}
	rows, err := db.visible(ctx, actor, ids)
	for _, r := range slices.Backward(rows) {
		with := Companion{Row: r}
		theirs, err := correctionOf(ctx, db.reader(), r.Petition.ID)
		if err != nil {
			return nil, err
		}
		with.Version = theirs.Version
		if begins {
			with.Not = doithoai.CorrectsWith(true, r.Subject(), theirs)
			if with.Not == nil && doithoai.Can(actor, doithoai.ActProposeCorrection, r.Subject()) != nil {
				with.Not = doithoai.Refuse(doithoai.Conflict, "answer_set.problem.not_allowed")
			}
		}
		all = append(all, with)
	}
	return all, err
}

// SetPlace is where one answer to several opinions stands.
type SetPlace struct {
	Set   doithoai.ID
	State string // of the petitions; of corrections, theirs
	// Public: it went out, and what is public of it, or proposed, is so with another of them.
	Public bool
}

// AnswerSets says of some opinions where the answer stands that they have with others, or what corrects it: those of
// the same place are signed, dispatched or made public at once. Those whose answer stands alone are not in it.
func (db *DB) AnswerSets(
	ctx context.Context, actor doithoai.Actor, ids []doithoai.ID,
) (map[doithoai.ID]SetPlace, error) {
	sets := map[doithoai.ID]SetPlace{}
	if len(ids) == 0 {
		return sets, nil
	}
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	in := inList(bind, ids)
	_, err := list(ctx, db.reader(), func(r row) (id doithoai.ID, err error) {
		var p SetPlace
		err = r.Scan(&id, &p.Set, &p.State, &p.Public)
		sets[id] = p
		return id, err
	}, `SELECT p.opinion_id, a.set_id, p.state,
			CASE WHEN p.state = 'answered' AND EXISTS (
				SELECT 1
				FROM answer b
				JOIN petition q ON q.id = b.petition_id AND q.state = 'answered'
				JOIN publication u ON u.opinion_id = q.opinion_id
				WHERE b.set_id = a.set_id AND q.id <> p.id AND u.state IN ('proposed', 'published')
			) THEN 1 ELSE 0 END
		FROM petition p
		JOIN answer a ON a.petition_id = p.id
		WHERE p.authority_id = $1 AND a.set_id IS NOT NULL AND p.state IN ('submitted', 'signed', 'answered')
			AND p.opinion_id IN `+in+`
			AND NOT EXISTS (SELECT 1 FROM answer_correction c WHERE c.petition_id = p.id AND c.`+openCorrections+`)
		UNION ALL
		SELECT c.opinion_id, c.set_id, c.state, 0
		FROM answer_correction c
		WHERE c.authority_id = $1 AND c.set_id IS NOT NULL AND c.`+openCorrections+` AND c.opinion_id IN `+in, args...)
	return sets, err
}
