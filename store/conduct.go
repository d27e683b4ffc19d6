package store

import (
	"context"

	"doithoai"
	"doithoai/calendar"
)

// NameConcerned records whom an opinion on conduct is about: these officers, in place of those named before. From then
// on they and everybody of their units are kept from it. version is the opinion's.
func (db *DB) NameConcerned(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, officers []doithoai.ID,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openOpinion(ctx, actor, doithoai.ActNameConcerned, opinion, version)
		if err != nil {
			return err
		}
		var named []doithoai.Officer
		for _, id := range officers {
			officer, err := officerByID(ctx, tx, c.Opinion.AuthorityID, id, tx.Now.Date())
			if err != nil {
				return err
			}
			named = append(named, officer)
		}
		var lead doithoai.Unit
		if p := c.Petition; p != nil && p.LeadUnitID != "" {
			if lead, err = one(ctx, tx, scanUnit, `SELECT `+unitColumns+` FROM unit WHERE id = $1`, p.LeadUnitID); err != nil {
				return err
			}
		}
		facts, err := doithoai.NameConcerned(named, lead, c.Petition)
		if err != nil {
			return err
		}
		if err := tx.exec(ctx, `DELETE FROM concerned WHERE opinion_id = $1`, opinion); err != nil {
			return err
		}
		if err := tx.insertConcerned(ctx, opinion, named); err != nil {
			return err
		}
		if err := tx.leaveSet(ctx, opinion); err != nil {
			return err
		}
		return c.save(ctx, facts, "")
	})
}

// insertConcerned keeps each officer with each unit of the day, or without one.
func (tx *Tx) insertConcerned(ctx context.Context, opinion doithoai.ID, named []doithoai.Officer) error {
	rows, done := newRows(4), map[doithoai.ID]bool{}
	for _, o := range named {
		if done[o.ID] {
			continue
		}
		done[o.ID] = true
		units := o.Actor().UnitIDs()
		if len(units) == 0 {
			units = []doithoai.ID{""}
		}
		for _, u := range units {
			rows.add(newID(), opinion, o.ID, u)
		}
	}
	return rows.insert(ctx, tx, `concerned (id, opinion_id, officer_id, unit_id)`)
}

const explanationColumns = `id, authority_id, opinion_id, officer_id, question, due, asked_at, asked_by, answer,
	given_at, version`

func scanExplanation(r row) (e doithoai.Explanation, err error) {
	err = r.Scan(&e.ID, &e.AuthorityID, &e.OpinionID, &e.OfficerID, &e.Question, &e.Due, &e.AskedAt, &e.AskedBy, &e.Answer,
		&e.GivenAt, &e.Version)
	return e, err
}

func explanationsOf(ctx context.Context, q querier, opinion doithoai.ID) ([]doithoai.Explanation, error) {
	return list(ctx, q, scanExplanation, `SELECT `+explanationColumns+`
		FROM explanation
		WHERE opinion_id = $1
		ORDER BY id`, opinion)
}

// AskExplanation asks an officer whom an opinion on conduct is about for an explanation by a day. The officer gets to
// see the question alone.
func (db *DB) AskExplanation(
	ctx context.Context, actor doithoai.Actor, opinion, officer doithoai.ID, question string, due calendar.Date,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openCase(ctx, actor, doithoai.ActAskExplanation, opinion)
		if err != nil {
			return err
		}
		who, err := petitionerOf(ctx, tx, c.Opinion.SlipID)
		if err != nil {
			return err
		}
		now, err := currentCalendar(ctx, tx, c.Opinion.AuthorityID)
		if err != nil {
			return err
		}
		e := doithoai.Explanation{
			ID: newID(), AuthorityID: c.Opinion.AuthorityID, OpinionID: opinion, OfficerID: officer,
			Question: question, Due: due, AskedAt: tx.Now, AskedBy: actor.ID,
		}
		if err := doithoai.RefuseForm(
			e.AskProblems(c.Subject.Concerned, gateFor(who), tx.Now.Date(), now)); err != nil {
			return err
		}
		if err := tx.exec(ctx, `INSERT INTO explanation (`+explanationColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', NULL, 1)`,
			e.ID, e.AuthorityID, e.OpinionID, e.OfficerID, e.Question, e.Due, e.AskedAt, e.AskedBy); err != nil {
			return err
		}
		return c.save(ctx, doithoai.Facts{Officers: []doithoai.ID{officer}, Due: due}, question)
	})
}

// Explanations lists what was asked of the actor and is not explained yet, the earliest due first. Nothing of the
// opinions is in it; what became a denunciation is gone.
func (db *DB) Explanations(ctx context.Context, actor doithoai.Actor) ([]doithoai.Explanation, error) {
	if actor.ID == "" {
		return nil, nil
	}
	all, err := list(ctx, db.reader(), scanExplanation, `SELECT `+explanationColumns+`
		FROM explanation e
		WHERE officer_id = $1 AND authority_id = $2 AND given_at IS NULL
			AND EXISTS (SELECT 1 FROM opinion o WHERE o.id = e.opinion_id AND `+notDenounced+`)
		ORDER BY due, id`,
		actor.ID, actor.AuthorityID)
	for i := range all {
		all[i].OpinionID = ""
	}
	return all, err
}

// Explanation opens a question that was asked of the actor, without the opinion that it comes from.
func (db *DB) Explanation(ctx context.Context, actor doithoai.Actor, id doithoai.ID) (doithoai.Explanation, error) {
	e, _, err := explanationFor(ctx, db.reader(), actor, id)
	e.OpinionID = ""
	return e, err
}

// explanationFor loads an explanation and asks whether it is the actor's to give.
func explanationFor(
	ctx context.Context, q querier, actor doithoai.Actor, id doithoai.ID,
) (e doithoai.Explanation, o doithoai.Opinion, err error) {
	if err := checkID(id); err != nil {
		return e, o, err
	}
	if e, err = one(ctx, q, scanExplanation, `SELECT `+explanationColumns+`
		FROM explanation
		WHERE id = $1`, id); err != nil {
		return e, o, err
	}
	if o, err = opinionByID(ctx, q, e.OpinionID); err != nil {
		return e, o, err
	}
	// The subject is the question, not the opinion, from which the actor is kept.
	s := doithoai.Subject{
		AuthorityID: e.AuthorityID, AskedOf: e.OfficerID, Conduct: true,
		Denunciation: o.Ruling == doithoai.RulingDenunciation,
	}
	// that it was asked of somebody is nobody else's to know
	if err := doithoai.Can(actor, doithoai.ActGiveExplanation, s); err != nil {
		return doithoai.Explanation{}, doithoai.Opinion{}, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	return e, o, nil
}

// GiveExplanation takes what the officer says to the question. version is the explanation's.
func (db *DB) GiveExplanation(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, answer string,
) error {
	return db.act(ctx, func(tx *Tx) error {
		e, o, err := explanationFor(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		given, err := e.Give(answer, tx.Now)
		if err != nil {
			return err
		}
		if err := tx.execOne(ctx, `UPDATE explanation SET answer = $1, given_at = $2, version = version + 1
			WHERE id = $3 AND version = $4`, given.Answer, given.GivenAt, id, version); err != nil {
			return err
		}
		if err := tx.dropDraft(ctx, actor, DraftExplanation, string(id)); err != nil {
			return err
		}
		return tx.record(ctx, o, actor, doithoai.ActGiveExplanation, doithoai.Facts{}, answer) // nobody explains for another
	})
}
