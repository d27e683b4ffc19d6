package store

import (
	"cmp"
	"context"
	"slices"

	"doithoai"
)

// MaxRuledAlike bounds how many opinions of the same matter one ruling takes with it.
const MaxRuledAlike = 100

// Versioned is an opinion as somebody saw it.
type Versioned struct {
	ID      doithoai.ID
	Version int
}

// RuleAlike records the ruling on an opinion as [DB.RuleOpinion] does, and the same on others of its group that have
// none yet, all of them or none. Each is ruled for itself: by what the actor may do to it, with an event, a leaf, a
// petition and a due date of its own ([doithoai.Ruling.ForOthers]). One that was ruled, changed or taken out of the
// group since it was seen is a Conflict.
func (db *DB) RuleAlike(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, r doithoai.Ruling, others []Versioned,
) (ruled doithoai.Opinion, err error) {
	if len(others) > MaxRuledAlike {
		return ruled, doithoai.Refuse(doithoai.Invalid, "error.invalid")
	}
	others = slices.SortedFunc(slices.Values(others), func(a, b Versioned) int { return cmp.Compare(a.ID, b.ID) })
	err = db.act(ctx, func(tx *Tx) error {
		held := []doithoai.ID{id}
		for _, o := range others {
			held = append(held, o.ID)
		}
		if err := tx.holdOpinions(ctx, held...); err != nil {
			return err
		}
		if ruled, err = tx.ruleOpinion(ctx, actor, doithoai.ActRuleOpinion, id, version, r); err != nil {
			return err
		}
		same, err := r.ForOthers()
		if err != nil && len(others) > 0 {
			return err
		}
		group, err := groupOf(ctx, tx, id)
		if err != nil {
			return err
		}
		for _, o := range others {
			if err := tx.ruleOther(ctx, actor, o, same, group); err != nil {
				return err
			}
		}
		return nil
	})
	return ruled, err
}

// ruleOther rules another opinion of a group.
func (tx *Tx) ruleOther(
	ctx context.Context, actor doithoai.Actor, o Versioned, r doithoai.Ruling, group doithoai.ID,
) error {
	seen, subject, err := opinionSubject(ctx, tx, o.ID, tx.Now.Date())
	if err != nil {
		return err
	}
	if err := doithoai.Can(actor, doithoai.ActRuleOpinion, subject); err != nil {
		return err
	}
	of, err := groupOf(ctx, tx, o.ID)
	if err != nil {
		return err
	}
	if of == "" || of != group || seen.Ruling != "" {
		return doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	_, err = tx.ruleOpinion(ctx, actor, doithoai.ActRuleOpinion, o.ID, o.Version, r)
	return err
}
