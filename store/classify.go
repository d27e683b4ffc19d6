package store

import (
	"context"

	"doithoai"
)

// ClassifyOpinion says what an opinion is, what it is about and where its matter lies, and into which field it belongs.
// version is the opinion's. See [doithoai.Opinion.Classify].
func (db *DB) ClassifyOpinion(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, class doithoai.Classification,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openOpinion(ctx, actor, doithoai.ActClassifyOpinion, id, version)
		if err != nil {
			return err
		}
		next, facts, err := c.classified(ctx, c.Opinion, class)
		if err != nil {
			return err
		}
		c.Opinion = next
		return c.save(ctx, facts, next.PlaceElsewhere)
	})
}

// classified is the opinion o of the file as it is said to be.
func (c *caseFile) classified(
	ctx context.Context, o doithoai.Opinion, class doithoai.Classification,
) (doithoai.Opinion, doithoai.Facts, error) {
	if !storable(class.Elsewhere) {
		return o, doithoai.Facts{}, doithoai.Refuse(doithoai.Invalid, "error.invalid")
	}
	rules, err := loadRules(ctx, c.tx, o.AuthorityID)
	if err != nil {
		return o, doithoai.Facts{}, err
	}
	var village doithoai.Village
	if class.VillageID != "" && wellFormed(class.VillageID) {
		village.ID, err = one(ctx, c.tx, column[doithoai.ID], `SELECT id
			FROM village
			WHERE id = $1 AND authority_id = $2`, class.VillageID, o.AuthorityID)
		if err != nil && doithoai.KindOf(err) != doithoai.NotFound {
			return o, doithoai.Facts{}, err
		}
	}
	p, err := publicationOf(ctx, c.tx, o.ID)
	if err != nil {
		return o, doithoai.Facts{}, err
	}
	public := p != nil && (p.State == doithoai.PublicationPublished || p.State == doithoai.PublicationOutdated)
	return o.Classify(class, village, rules.Fields, c.Petition, public)
}

// classifyWith says with a ruling what the opinion is, as an act of its own, where that is not what stands. The field
// is the ruling's.
func (c *caseFile) classifyWith(
	ctx context.Context, next doithoai.Opinion, class *doithoai.Classification,
) (doithoai.Opinion, error) {
	if class == nil {
		return next, nil
	}
	said := *class
	said.FieldCode = next.FieldCode
	if said == next.Classification() {
		return next, nil
	}
	next, facts, err := c.classified(ctx, next, said)
	if err != nil {
		return next, err
	}
	facts.OnBehalf = c.Seat.For
	return next, c.tx.record(ctx, next, c.actor, doithoai.ActClassifyOpinion, facts, next.PlaceElsewhere)
}

// classifiedAs reports whether an opinion is said to be what a ruling says, but for its field.
func classifiedAs(o doithoai.Opinion, class *doithoai.Classification) bool {
	if class == nil {
		return true
	}
	said := *class
	said.FieldCode = o.FieldCode
	return said == o.Classification()
}
