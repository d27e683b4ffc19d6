package store

import (
	"context"
	"slices"

	"doithoai"
	"doithoai/calendar"
)

// RuleOpinion records the ruling on an opinion: who must do what by when, or what was answered at once. version is the
// opinion's as the secretary saw it. What the ruling's code does not ask for is not taken. A headline that comes with
// it is an act of its own, and so is what the opinion is said to be. A due date beyond the proposed one is an
// extension: it is for who may make one, and the person is told.
func (db *DB) RuleOpinion(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, r doithoai.Ruling,
) (ruled doithoai.Opinion, err error) {
	err = db.act(ctx, func(tx *Tx) error {
		ruled, err = tx.ruleOpinion(ctx, actor, doithoai.ActRuleOpinion, id, version, r)
		return err
	})
	return ruled, err
}

// ruleOpinion is [DB.RuleOpinion] within an act, under whose name it is recorded. One that was not heard in the hall
// tells the person that it is answered later.
func (tx *Tx) ruleOpinion(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, id doithoai.ID, version int, r doithoai.Ruling,
) (ruled doithoai.Opinion, err error) {
	r = r.Asked().Filled(tx.Now.Date())
	r.Body = r.Body.Contact()
	c, err := tx.openOpinion(ctx, actor, act, id, version)
	if err != nil {
		return ruled, err
	}
	rules, err := loadRules(ctx, tx, c.Opinion.AuthorityID)
	if err != nil {
		return ruled, err
	}
	moved, err := c.putInto(r.FieldCode, rules.Fields)
	if err != nil {
		return ruled, err
	}
	lead, err := tx.leadFor(ctx, c.Opinion, r)
	if err != nil {
		return ruled, err
	}
	co, err := tx.coUnitsFor(ctx, c.Opinion, r)
	if err != nil {
		return ruled, err
	}
	signer, mayNot := doithoai.SeatFor(actor, doithoai.ActExtendPetition, c.Subject)
	r.Signer = mayNot == nil
	if r.Runs, err = runsOf(ctx, tx, c.Opinion); err != nil {
		return ruled, err
	}
	if r.WholeLeft, err = tx.wholeLeft(ctx, c.Opinion); err != nil {
		return ruled, err
	}
	if r, err = c.refusing(ctx, r); err != nil {
		return ruled, err
	}
	if c.Petition != nil && r.Due.After(c.Petition.Due) {
		events, err := eventsOf(ctx, tx, id)
		if err != nil {
			return ruled, err
		}
		r.PutBack = doithoai.PutBackTo(events, actor.ID, tx.Now.Date(), rules)
	}
	next, petition, facts, err := c.Opinion.Rule(r, lead, co, c.Subject, c.Petition, tx.Now.Date(), rules)
	if err != nil {
		return ruled, err
	}
	// Another ruling decides whose the matter is, too: while a unit disputes that, it is for who decides disputes. A
	// denunciation leaves all the same.
	if c.Petition != nil && r.Code != doithoai.RulingDenunciation {
		if err := c.decidesDispute(ctx); err != nil {
			return ruled, err
		}
	}
	next.RuledAt, facts.Field = tx.Now, moved
	if petition != nil && petition.Open() && (c.Petition == nil || !c.Petition.Open() || facts.HandedOver) {
		petition.AssignedAt = tx.Now
	}
	if next.PetitionID, err = tx.settlePetition(ctx, c.Petition, petition); err != nil {
		return ruled, err
	}
	if facts.HandedOver {
		if err := c.keepDrafts(ctx, facts.FromUnit); err != nil {
			return ruled, err
		}
	}
	before := 0
	if r.Runs != nil {
		before = r.Runs.Extended
	}
	if c.Petition == nil && petition != nil && petition.Extended > before {
		r.Text = r.Reason // why the due date lies beyond what is proposed; nothing else is said with such a ruling
		c.Seat = signer
		if act == doithoai.ActRuleOpinion {
			err = c.tell(ctx, doithoai.DeliveryDue)
		}
	}
	if err == nil && act == doithoai.ActAnswerLater {
		err = c.tell(ctx, doithoai.DeliveryLater)
	}
	if err != nil {
		return ruled, err
	}
	if err := tx.exec(ctx, `INSERT INTO ruling_text (opinion_id, body, answered_by, to_body, to_address, to_phone,
			to_hours, basis)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (opinion_id) DO UPDATE SET body = excluded.body, answered_by = excluded.answered_by,
			to_body = excluded.to_body, to_address = excluded.to_address, to_phone = excluded.to_phone,
			to_hours = excluded.to_hours, basis = excluded.basis`,
		id, r.Text, r.AnsweredBy, r.Body.Name, r.Body.Address, r.Body.Phone, r.Body.Hours, r.Refusal.Basis); err != nil {
		return ruled, err
	}
	if err := tx.settleRefusal(ctx, id); err != nil {
		return ruled, err
	}
	if err := c.retells(ctx, c.Opinion.Ruling, r.Code); err != nil {
		return ruled, err
	}
	if c.Opinion.Ruling != "" { // else nothing can have followed from one
		if err := tx.dropRuled(ctx, next); err != nil {
			return ruled, err
		}
	}
	if err := tx.addCoUnits(ctx, next, facts.CoUnits); err != nil {
		return ruled, err
	}
	if r.Code == doithoai.RulingDenunciation {
		if err := tx.dropCorrection(ctx, c.Petition); err != nil {
			return ruled, err
		}
		if err := tx.dropDraftsAround(ctx, next); err != nil {
			return ruled, err
		}
	}
	if next.Headline != c.Opinion.Headline {
		facts := doithoai.Facts{OnBehalf: c.Seat.For}
		if err := tx.record(ctx, next, actor, doithoai.ActSetHeadline, facts, next.Headline); err != nil {
			return ruled, err
		}
	}
	if next, err = c.classifyWith(ctx, next, r.Class); err != nil {
		return ruled, err
	}
	if next.ToldBy(r.Code, act, tx.Now.Date()) {
		if err := c.told(ctx); err != nil {
			return ruled, err
		}
	}
	c.Opinion, ruled = next, next
	ruled.Version++
	return ruled, c.save(ctx, facts, rulingRecord(r))
}

// dropRuled takes back what followed from the ruling before and does not go with another one. Events stay.
func (tx *Tx) dropRuled(ctx context.Context, o doithoai.Opinion) error {
	if err := tx.exec(ctx, `DELETE FROM record_transfer WHERE opinion_id = $1`, o.ID); err != nil {
		return err
	}
	if err := tx.exec(ctx, `DELETE FROM co_unit WHERE opinion_id = $1`, o.ID); err != nil {
		return err
	}
	return tx.withdrawPublication(ctx, o, o.Ruling)
}

// RuledAs reports whether the opinion is ruled just as r says: what a form did already that was sent twice.
func (f OpinionFile) RuledAs(r doithoai.Ruling) bool {
	o := f.Opinion
	r = r.Asked().Filled(o.RuledAt.Date())
	if o.Ruling != r.Code || o.OutOfScope != r.OutOfScope || r.Headline != "" && o.Headline != r.Headline ||
		r.FieldCode != "" && o.FieldCode != r.FieldCode || !classifiedAs(o, r.Class) {
		return false
	}
	for _, e := range slices.Backward(f.Events) {
		if !e.Act.Rules() {
			continue
		}
		said := f.Texts[e.Leaf]
		if e.Facts.Refusal != r.Refusal.Ground || e.Facts.Guidance != r.Guidance.Kind ||
			e.Facts.Guided != r.Guidance.On || e.Facts.Agreement != r.Agreement || said != rulingRecord(r) && said != r.Reason {
			return false
		}
		break
	}
	if f.Petition == nil || f.Petition.State == doithoai.PetitionEnded {
		return r.LeadUnitID == "" && !r.ByChair
	}
	return f.Petition.LeadUnitID == r.LeadUnitID && sameUnits(unitIDs(f.CoUnits), r.CoUnits) &&
		(r.Proposed || f.Petition.Due == r.Due)
}

// AsRuled is the ruling of an opinion that says the same, today: see [doithoai.Opinion.AsRuled].
func (f OpinionFile) AsRuled(today calendar.Date, rules doithoai.Rules) (doithoai.Ruling, bool) {
	refused, _ := f.Refused()
	return f.Opinion.AsRuled(f.RulingText, f.AnsweredBy, f.Redirect, refused, f.Petition, unitIDs(f.CoUnits), today,
		rules)
}

func rulingRecord(r doithoai.Ruling) string {
	said := r.Text
	if r.AnsweredBy != "" {
		said = r.AnsweredBy + ": " + said
	}
	if b := r.Body; b.Name != "" {
		said += " → " + b.Name
		for _, part := range []string{b.Address, b.Phone, b.Hours} {
			if part != "" {
				said += "; " + part
			}
		}
	}
	if r.Refusal.Basis != "" {
		said += " [" + r.Refusal.Basis + "]"
	}
	return said
}

// putInto puts the opinion into one of the fields, before the ruling looks at it: one on how officials serve is led by
// the office. The field is returned where it is another than before. Who is named in the opinion keeps it on conduct.
func (c *caseFile) putInto(field string, fields []doithoai.Field) (moved string, err error) {
	if field == "" || field == c.Opinion.FieldCode {
		return "", nil
	}
	for _, f := range fields {
		if f.Code == field {
			c.Opinion.FieldCode, c.Subject.Conduct = field, f.Conduct || len(c.Subject.Concerned) > 0
			return field, nil
		}
	}
	return "", doithoai.RefuseForm([]doithoai.Problem{{Field: "linh-vuc", Key: "petition.ruling.problem.field"}})
}

// leadFor loads the lead unit; the zero unit where it is none of the authority's.
func (tx *Tx) leadFor(ctx context.Context, o doithoai.Opinion, r doithoai.Ruling) (lead doithoai.Unit, err error) {
	if r.LeadUnitID != "" && wellFormed(r.LeadUnitID) {
		lead, err = one(ctx, tx, scanUnit, `SELECT `+unitColumns+`
			FROM unit
			WHERE id = $1 AND authority_id = $2`, r.LeadUnitID, o.AuthorityID)
		if err != nil && doithoai.KindOf(err) != doithoai.NotFound {
			return lead, err
		}
	}
	return lead, nil
}

// settlePetition writes the petition as a ruling leaves it: a new one, the old one changed, or the old one ended. What
// was asked about its due date is settled with it.
func (tx *Tx) settlePetition(ctx context.Context, old, next *doithoai.Petition) (doithoai.ID, error) {
	switch {
	case next == nil:
		return "", nil
	case old != nil:
		if err := tx.settleProposal(ctx, next.OpinionID); err != nil {
			return "", err
		}
		if err := tx.settleDispute(ctx, next.OpinionID); err != nil {
			return "", err
		}
		if err := tx.updatePetition(ctx, *next, old.Version); err != nil {
			return "", err
		}
		return next.ID, nil
	}
	id := newID()
	err := tx.exec(ctx, `INSERT INTO petition (`+petitionColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', $11, NULL, $12, 0, $13, NULL, 0, false, NULL, false, 1)`,
		id, next.AuthorityID, next.OpinionID, next.LeadUnitID, string(next.State), next.Start,
		next.Term.N, string(next.Term.Unit), next.Due, next.CalendarVersion, next.Extended, next.Missed, next.AssignedAt)
	return id, err
}

// rulingText is what was said with a ruling, by whom, to which body the person was sent, and the basis of a refusal.
type rulingText struct {
	body, by, basis string
	to              doithoai.OutsideBody
}

func rulingTextOf(ctx context.Context, q querier, opinion doithoai.ID) (rulingText, error) {
	s, err := one(ctx, q, func(r row) (s rulingText, err error) {
		err = r.Scan(&s.body, &s.by, &s.to.Name, &s.to.Address, &s.to.Phone, &s.to.Hours, &s.basis)
		return s, err
	}, `SELECT body, answered_by, to_body, to_address, to_phone, to_hours, basis
		FROM ruling_text
		WHERE opinion_id = $1`, opinion)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return rulingText{}, nil
	}
	return s, err
}
