package store

import (
	"cmp"
	"context"
	"slices"

	"doithoai"
	"doithoai/calendar"
)

// WithdrawOpinion ends an opinion because who raised it has withdrawn it: reason has in words who said so, when and
// how. version is the opinion's.
func (db *DB) WithdrawOpinion(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, reason string,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openOpinion(ctx, actor, doithoai.ActWithdrawOpinion, id, version)
		if err != nil {
			return err
		}
		rules, err := loadRules(ctx, tx, c.Opinion.AuthorityID)
		if err != nil {
			return err
		}
		next, petition, facts, err := c.Opinion.Withdraw(reason, c.Petition, tx.Now.Date(), rules)
		if err != nil {
			return err
		}
		next.RuledAt = tx.Now
		if err := tx.settleRefusal(ctx, id); err != nil {
			return err
		}
		if next.PetitionID, err = tx.settlePetition(ctx, c.Petition, petition); err != nil {
			return err
		}
		if err := tx.exec(ctx, `INSERT INTO ruling_text (opinion_id, body, answered_by) VALUES ($1, $2, '')
			ON CONFLICT (opinion_id) DO UPDATE SET body = excluded.body, answered_by = '', basis = ''`, id, reason); err != nil {
			return err
		}
		if err := tx.withdrawPublication(ctx, next, next.Ruling); err != nil {
			return err
		}
		if err := c.settleWithdrawn(ctx); err != nil {
			return err
		}
		if err := c.untell(ctx, doithoai.DeliverySupplement); err != nil {
			return err
		}
		c.Opinion = next
		if err := c.told(ctx); err != nil {
			return err
		}
		return c.save(ctx, facts, reason)
	})
}

// LaterRow is an opinion that was not heard, with who raised it and who is proposed to answer it.
type LaterRow struct {
	HallRow
	Unheard  doithoai.Unheard
	Preparer doithoai.ID // the unit that prepared its answer; empty where none did
	// ConcernedUnits are units of whose officers it is: none of them leads it.
	ConcernedUnits []doithoai.ID
}

// Unheard lists a dialogue's opinions without a ruling that were not heard there, in the order received: what
// [DB.AnswerLater] rules.
func (db *DB) Unheard(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID,
) (rows []LaterRow, err error) {
	if err := db.seesDialogue(ctx, actor, doithoai.ActAnswerLater, dialogue); err != nil {
		return nil, err
	}
	err = db.snapshot(ctx, func(q querier) error {
		rows, err = unheard(ctx, q, actor, dialogue, db.Now().Date())
		return err
	})
	return rows, err
}

func unheard(
	ctx context.Context, q querier, actor doithoai.Actor, dialogue doithoai.ID, on calendar.Date,
) ([]LaterRow, error) {
	args := []any{actor.AuthorityID, dialogue, maxHall}
	hidden := notConcerned(actor, on, binder(&args))
	type found struct {
		LaterRow
		turn doithoai.TurnState
	}
	all, err := list(ctx, q, func(r row) (f found, err error) {
		f.Row, err = scanRow(also{r, []any{&f.Name, &f.turn, &f.Preparer}})
		return f, err
	}, `SELECT `+rowColumns+`, coalesce(pr.name, ''), coalesce(t.state, ''), qn.unit_id
		FROM (
			SELECT *
			FROM opinion o
			WHERE o.dialogue_id = $2 AND o.authority_id = $1 AND o.stage = 'unruled' AND o.joined_to IS NULL`+hidden+`
			ORDER BY o.id LIMIT $3
		) AS o
		LEFT JOIN petitioner pr ON pr.slip_id = o.slip_id
		LEFT JOIN turn t ON t.id = o.slip_id AND t.authority_id = o.authority_id
		LEFT JOIN question qn ON qn.opinion_id = o.id`+rowJoins+`
		ORDER BY o.id`, args...)
	if err != nil {
		return nil, err
	}
	var rows []LaterRow
	for _, f := range all {
		var later bool
		if f.LaterRow.Unheard, later = doithoai.UnheardOf(f.Opinion.Channel, f.Opinion.Manner, f.turn); !later {
			continue
		}
		if f.Conduct {
			if _, f.ConcernedUnits, err = concernedBy(ctx, q, f.Opinion.ID, on); err != nil {
				return nil, err
			}
		}
		rows = append(rows, f.LaterRow)
	}
	return rows, nil
}

// AnswerLater rules opinions of a dialogue that were not heard there, all or none: each is answered in writing, by its
// unit and by the same day. A zero due date is the one that the ruling's term proposes; reason is why another lies
// beyond it. Each person is told in the ways that they chose.
//
// What is wrong with one of them stands at a field of its row ([doithoai.LaterField]); one that somebody has ruled,
// changed or heard in the meantime is wrong at [doithoai.FieldLater], by its number.
func (db *DB) AnswerLater(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, all []doithoai.Later, due calendar.Date,
	reason string,
) error {
	if err := may(actor, doithoai.ActAnswerLater); err != nil {
		return err
	}
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b doithoai.Later) int { return cmp.Compare(a.OpinionID, b.OpinionID) }) // as locks stand
	return db.act(ctx, func(tx *Tx) error {
		d, err := dialogueOf(ctx, tx, actor.AuthorityID, dialogue, "")
		if err != nil {
			return err
		}
		if err := d.AnswersLater(); err != nil {
			return err
		}
		if len(all) == 0 {
			return doithoai.RefuseForm([]doithoai.Problem{{Field: doithoai.FieldLaterRows, Key: "later.problem.none"}})
		}
		rows, err := unheard(ctx, tx, actor, dialogue, tx.Now.Date())
		if err != nil {
			return err
		}
		var list []doithoai.Problem
		for i, l := range all {
			if i > 0 && all[i-1].OpinionID == l.OpinionID {
				continue // a forged form
			}
			wrong, err := tx.answerLater(ctx, actor, dialogue, rows, l, due, reason)
			if err != nil {
				return err
			}
			for _, p := range wrong {
				if !slices.ContainsFunc(list, func(q doithoai.Problem) bool { return q.Field == p.Field }) {
					list = append(list, p)
				}
			}
		}
		return doithoai.RefuseForm(list)
	})
}

// answerLater rules one of them; what is wrong with it comes back.
func (tx *Tx) answerLater(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, rows []LaterRow, l doithoai.Later,
	due calendar.Date, reason string,
) (list []doithoai.Problem, err error) {
	o, err := opinionByID(ctx, tx, l.OpinionID)
	if err != nil {
		return nil, err
	}
	if o.AuthorityID != actor.AuthorityID || o.DialogueID != dialogue {
		return nil, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	changed := []doithoai.Problem{{
		Field: doithoai.LaterField(doithoai.FieldLater, l.OpinionID), Key: "later.problem.changed",
		Args: []any{"number", string(o.Number)},
	}}
	i := slices.IndexFunc(rows, func(r LaterRow) bool { return r.Opinion.ID == l.OpinionID })
	if i < 0 || rows[i].Unheard != l.Unheard || o.Version != l.Version {
		return changed, nil
	}
	_, err = tx.ruleOpinion(ctx, actor, doithoai.ActAnswerLater, l.OpinionID, l.Version, l.Ruling(due, reason))
	switch doithoai.KindOf(err) {
	case doithoai.Conflict:
		return changed, nil
	case doithoai.Invalid:
		for _, p := range doithoai.ProblemsOf(err) {
			if p.Field == doithoai.FieldLaterUnit {
				p.Field = doithoai.LaterField(p.Field, l.OpinionID)
			}
			list = append(list, p)
		}
		return list, nil
	}
	return nil, err
}
