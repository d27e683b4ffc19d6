package store

import (
	"context"
	"slices"

	"doithoai"
)

// A caseFile is an opinion under an act: its row is locked, first in the lock order, and the actor may do the act to
// it. The act changes Opinion, Petition or Publication as its rule says, and ends with [caseFile.save].
type caseFile struct {
	tx      *Tx
	actor   doithoai.Actor
	act     doithoai.Act
	version int                         // of what the act changes
	write   func(context.Context) error // keeps what the act changes; nil: nothing that has a version

	Seat    doithoai.Seat // in which the actor does it
	Subject doithoai.Subject
	Opinion doithoai.Opinion
	was     doithoai.Opinion // as it was read
	petitioned
	Publication *doithoai.Publication // of an act on it; nil where nothing was proposed yet
}

// openCase opens an opinion for an act that changes nothing which has a version.
func (tx *Tx) openCase(ctx context.Context, actor doithoai.Actor, act doithoai.Act, id doithoai.ID) (*caseFile, error) {
	c, err := tx.loadCase(ctx, actor, act, id)
	if err != nil {
		return nil, err
	}
	return c, c.may()
}

// openOpinion opens an opinion for an act that changes the opinion itself. version is the opinion's; another one is a
// Conflict when the act is saved: what the rule says against the act comes first, in its own words.
func (tx *Tx) openOpinion(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, id doithoai.ID, version int,
) (*caseFile, error) {
	c, err := tx.openCase(ctx, actor, act, id)
	if err != nil {
		return nil, err
	}
	c.version, c.write = version, c.writeOpinion
	return c, nil
}

// openPetition opens an opinion for an act that changes its petition. version is the petition's; another one, or no
// petition, is a Conflict.
func (tx *Tx) openPetition(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, id doithoai.ID, version int,
) (*caseFile, error) {
	c, err := tx.openStanding(ctx, actor, act, id)
	if err != nil {
		return nil, err
	}
	return c, sameVersion(c.Petition.Version, version)
}

// openStanding is openPetition for who takes the petition as it stands: the system's work.
func (tx *Tx) openStanding(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, id doithoai.ID,
) (*caseFile, error) {
	c, err := tx.openCase(ctx, actor, act, id)
	if err != nil {
		return nil, err
	}
	if c.Petition == nil {
		return nil, doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	c.version, c.write = c.Petition.Version, c.writePetition
	return c, nil
}

// openPublication opens an opinion for an act that changes its public summary, or the corrected one. version is the
// summary's; where none was proposed yet, the number of answers before the one that stands; another one is a Conflict.
func (tx *Tx) openPublication(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, id doithoai.ID, version int,
) (*caseFile, error) {
	c, err := tx.loadCase(ctx, actor, act, id)
	if err != nil {
		return nil, err
	}
	if c.Publication, err = workingPublication(ctx, tx, id); err != nil {
		return nil, err
	}
	var stands int // before the first summary: who read an answer that was replaced since proposes nothing of it
	if c.Publication != nil {
		stands, c.Subject.ProposedBy = c.Publication.Version, c.Publication.ProposedBy
	} else if stands, err = countBefore(ctx, tx, c.Opinion); err != nil {
		return nil, err
	}
	if err := c.may(); err != nil {
		return nil, err
	}
	c.version, c.write = stands, c.writePublication
	return c, sameVersion(stands, version)
}

// sameVersion refuses what was seen before somebody changed it. The update asks once more: what nobody holds may change
// in between.
func sameVersion(stands, seen int) error {
	if stands != seen {
		return doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	return nil
}

func (tx *Tx) loadCase(ctx context.Context, actor doithoai.Actor, act doithoai.Act, id doithoai.ID) (*caseFile, error) {
	if err := checkID(id); err != nil {
		return nil, err
	}
	c := &caseFile{tx: tx, actor: actor, act: act}
	var err error
	c.Opinion, err = one(ctx, tx, scanOpinion,
		`SELECT `+opinionColumns+`
			FROM opinion
			WHERE id = $1`+tx.db.dialect.forUpdate(), id)
	if err != nil {
		return nil, err
	}
	c.was = c.Opinion
	c.Subject, c.petitioned, err = subjectOf(ctx, tx, c.Opinion, tx.Now.Date())
	return c, err
}

// may asks whether the actor may do the act, and in which seat. Nothing is done on an opinion that is joined to another
// but to separate them: what is decided, is decided on that one.
func (c *caseFile) may() (err error) {
	c.Seat, err = doithoai.SeatFor(c.actor, c.act, c.Subject)
	if err == nil && c.Opinion.JoinedTo != "" && !slices.Contains(onJoined, c.act) {
		return doithoai.Refuse(doithoai.Conflict, "same.join.problem.joined")
	}
	return err
}

// onJoined are the acts on an opinion that is joined to another.
var onJoined = []doithoai.Act{
	doithoai.ActSeeOpinions, doithoai.ActViewPetitioner, doithoai.ActSeparateSlip,
	doithoai.ActChangeWays, doithoai.ActWithdrawDocument, doithoai.ActGiveWithdrawalPaper, doithoai.ActUndoWithdrawal,
}

// save ends the act: it keeps what was changed under the version that the actor saw, and adds the event. text is what
// the act says beyond facts.
func (c *caseFile) save(ctx context.Context, facts doithoai.Facts, text string) error {
	if c.write != nil {
		if err := c.write(ctx); err != nil {
			return err
		}
	}
	facts.OnBehalf = c.Seat.For
	return c.tx.record(ctx, c.Opinion, c.actor, c.act, facts, text)
}

// tell queues what the person is told, in each way that they chose.
func (c *caseFile) tell(ctx context.Context, kind doithoai.DeliveryKind) error {
	o := c.Opinion
	who, err := petitionerOf(ctx, c.tx, o.SlipID)
	if err != nil {
		return err
	}
	d := doithoai.Delivery{AuthorityID: o.AuthorityID, SlipID: o.SlipID, OpinionID: o.ID, Kind: kind}
	if err := c.tx.deliver(ctx, d, who.Ways, who.Phone); err != nil {
		return err
	}
	return c.told(ctx)
}

// told keeps that who raised the opinion was told how it stands, or is being told.
func (c *caseFile) told(ctx context.Context) error {
	return c.tx.exec(ctx, `UPDATE opinion SET told = true WHERE id = $1 AND NOT told`, c.Opinion.ID)
}

// dropDraft forgets what the actor had typed for the act and not sent.
func (c *caseFile) dropDraft(ctx context.Context, form string) error {
	return c.tx.dropDraft(ctx, c.actor, form, string(c.Opinion.ID))
}

func (c *caseFile) writeOpinion(ctx context.Context) error {
	o, walked := c.Opinion, ""
	args := []any{
		o.ID, c.version, string(o.Ruling), o.RuledAt, o.OutOfScope, o.PetitionID, o.Headline, o.Summary,
		string(o.Unheard), o.PlaceVillageID, o.PlaceElsewhere,
	}
	if walkedBy(o) != walkedBy(c.was) { // to write them moves the opinion in many indexes, also where they stay the same
		walked = `, field_code = $12, village_id = $13, joined_to = $14, kind = $15, content_code = $16, repeats = $17,
			repeat_root = $18, outcome = $19`
		args = append(args, o.FieldCode, o.VillageID, o.JoinedTo, string(o.Kind), int(o.ContentCode), o.Repeat.Before,
			o.Repeat.Root, string(o.Outcome))
	}
	return c.tx.execOne(ctx, `UPDATE opinion
		SET ruling = $3, ruled_at = $4, out_of_scope = $5, petition_id = $6, headline = $7, summary = $8, unheard = $9,
			place_village_id = $10, place_elsewhere = $11`+walked+`, version = version + 1
		WHERE id = $1 AND version = $2`, args...)
}

// walkedBy is what an act on an opinion may change of what lists walk by, but for where it stands.
func walkedBy(o doithoai.Opinion) any {
	return struct {
		field         string
		village, into doithoai.ID
		kind          doithoai.OpinionKind
		content       doithoai.ContentCode
		repeat        doithoai.Repeat
		outcome       doithoai.InitiativeOutcome
	}{o.FieldCode, o.VillageID, o.JoinedTo, o.Kind, o.ContentCode, o.Repeat, o.Outcome}
}

func (c *caseFile) writePetition(ctx context.Context) error {
	return c.tx.updatePetition(ctx, *c.Petition, c.version)
}

// updatePetition keeps what an act changed of a petition, under the version that it was read with.
func (tx *Tx) updatePetition(ctx context.Context, p doithoai.Petition, version int) error {
	return tx.execOne(ctx, `UPDATE petition
		SET lead_unit_id = $1, state = $2, start_day = $3, term_n = $4, term_unit = $5,
			due = $6, calendar_version = $7, calendar_kept = $8, extended = $9, answered_at = $10, missed = $11,
			handed_over = $12, assigned_at = $13, officer_id = $14, round = $17, round_missed = $18,
			round_answered_at = $19, asked = $20, version = version + 1
		WHERE id = $15 AND version = $16`,
		p.LeadUnitID, string(p.State), p.Start, p.Term.N, string(p.Term.Unit),
		p.Due, p.CalendarVersion, p.CalendarKept, p.Extended, p.AnsweredAt, p.Missed, p.HandedOver, p.AssignedAt,
		p.OfficerID, p.ID, version, p.Round, p.RoundMissed, p.RoundAnsweredAt, p.Asked)
}

func (c *caseFile) writePublication(ctx context.Context) error {
	p := c.Publication
	if p.Correction > 0 {
		return c.writeWorking(ctx)
	}
	return c.tx.execOne(ctx, `INSERT INTO publication (opinion_id, authority_id, title, question, answer,
			state, proposed_by, approved_by, published_at, why, corrected_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $11, $12, CAST($10 AS integer) + 1)
		ON CONFLICT (opinion_id) DO UPDATE SET title = excluded.title, question = excluded.question,
			answer = excluded.answer, state = excluded.state, proposed_by = excluded.proposed_by,
			approved_by = excluded.approved_by, published_at = excluded.published_at, why = excluded.why,
			corrected_at = excluded.corrected_at, version = publication.version + 1
		WHERE publication.version = $10`,
		c.Opinion.ID, c.Opinion.AuthorityID, p.Title, p.Question, p.Answer,
		string(p.State), p.ProposedBy, p.ApprovedBy, p.At, c.version, p.Why, p.CorrectedAt)
}
