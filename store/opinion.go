package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"doithoai"
	"doithoai/text"
)

const opinionColumns = `id, authority_id, slip_id, dialogue_id, number, channel, manner, content, field_code, village_id, received_at, out_of_scope, ruling, ruled_at, petition_id, version`

func scanOpinion(r row) (o doithoai.Opinion, err error) {
	return o, r.Scan(&o.ID, &o.AuthorityID, &o.SlipID, &o.DialogueID, &o.Number, &o.Channel, &o.Manner, &o.Content, &o.FieldCode, &o.VillageID,
		&o.ReceivedAt, &o.OutOfScope, &o.Ruling, &o.RuledAt, &o.PetitionID, &o.Version)
}

func opinionsOfSlip(ctx context.Context, q querier, slip doithoai.ID) ([]doithoai.Opinion, error) {
	return list(ctx, q, scanOpinion, `SELECT `+opinionColumns+` FROM opinion WHERE slip_id = $1 ORDER BY id`, slip)
}

func opinionByID(ctx context.Context, q querier, id doithoai.ID) (doithoai.Opinion, error) {
	if err := known(id); err != nil {
		return doithoai.Opinion{}, err
	}
	return one(ctx, q, scanOpinion, `SELECT `+opinionColumns+` FROM opinion WHERE id = $1`, id)
}

// petitionColumnsOf are the columns of a petition in a query that names its table.
func petitionColumnsOf(table string) string {
	return table + "." + strings.ReplaceAll(petitionColumns, ", ", ", "+table+".")
}

const petitionColumns = `id, authority_id, opinion_id, lead_unit_id, state, start_day, term_n, term_unit, due, calendar_version, calendar_kept, extended, answered_at, version`

func scanPetition(r row) (p doithoai.Petition, err error) {
	return p, r.Scan(&p.ID, &p.AuthorityID, &p.OpinionID, &p.LeadUnitID, &p.State, &p.Start, &p.Term.N, &p.Term.Unit, &p.Due, &p.CalendarVersion, &p.CalendarKept, &p.Extended, &p.AnsweredAt, &p.Version)
}

// petitionOf loads the petition of an opinion, nil where it has none.
func petitionOf(ctx context.Context, q querier, o doithoai.Opinion) (*doithoai.Petition, error) {
	if o.PetitionID == "" {
		return nil, nil
	}
	p, err := one(ctx, q, scanPetition, `SELECT `+petitionColumns+` FROM petition WHERE id = $1`, o.PetitionID)
	return &p, err
}

// loadOpinion loads an opinion with its petition for an act, and asks Can. The opinion's row comes first in the lock
// order.
func (tx *Tx) loadOpinion(ctx context.Context, actor doithoai.Actor, act doithoai.Act, id doithoai.ID) (doithoai.Opinion, *doithoai.Petition, error) {
	if err := known(id); err != nil {
		return doithoai.Opinion{}, nil, err
	}
	o, err := one(ctx, tx, scanOpinion, `SELECT `+opinionColumns+` FROM opinion WHERE id = $1`+tx.db.dialect.forUpdate(), id)
	if err != nil {
		return o, nil, err
	}
	p, err := petitionOf(ctx, tx, o)
	if err != nil {
		return o, nil, err
	}
	s, err := subjectOf(ctx, tx, o, p, tx.Now.Date())
	if err != nil {
		return o, nil, err
	}
	return o, p, tx.may(actor, act, s)
}

// RuleOpinion records the ruling on an opinion: who must do what by when, or what was answered at once. version is the
// opinion's as the secretary saw it. What the ruling's code does not ask for is not taken.
func (db *DB) RuleOpinion(ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, r doithoai.Ruling) (doithoai.Opinion, error) {
	r = r.Asked()
	var ruled doithoai.Opinion
	err := db.act(ctx, func(tx *Tx) error {
		o, petition, err := tx.loadOpinion(ctx, actor, doithoai.ActRuleOpinion, id)
		if err != nil {
			return err
		}
		lead, err := tx.leadFor(ctx, o, r)
		if err != nil {
			return err
		}
		s, err := subjectOf(ctx, tx, o, petition, tx.Now.Date())
		if err != nil {
			return err
		}
		next, opened, facts, err := o.Rule(r, lead, s, petition, tx.Now.Date())
		if err != nil {
			return err
		}
		next.RuledAt = tx.Now
		if next.PetitionID, err = tx.openPetition(ctx, petition, opened, r.Code, &facts); err != nil {
			return err
		}
		if err := tx.execOne(ctx, `UPDATE opinion SET ruling = $1, ruled_at = $2, out_of_scope = $3, petition_id = $4, version = version + 1 WHERE id = $5 AND version = $6`,
			string(next.Ruling), next.RuledAt, next.OutOfScope, next.PetitionID, id, version); err != nil {
			return err
		}
		if err := tx.exec(ctx, `INSERT INTO ruling_text (opinion_id, body, answered_by) VALUES ($1, $2, $3)
			ON CONFLICT (opinion_id) DO UPDATE SET body = excluded.body, answered_by = excluded.answered_by`, id, r.Text, r.AnsweredBy); err != nil {
			return err
		}
		if err := tx.withdrawPublication(ctx, o, r.Code); err != nil {
			return err
		}
		if r.Code == doithoai.RulingDenunciation {
			if err := tx.dropDraftsOn(ctx, o); err != nil {
				return err
			}
		}
		a, err := tx.authorityByID(ctx, o.AuthorityID)
		if err != nil {
			return err
		}
		tx.record(next, a.Slug, actor, doithoai.ActRuleOpinion, facts, rulingRecord(r))
		next.Version = version + 1
		ruled = next
		return nil
	})
	return ruled, err
}

// rulingRecord is the text of a ruling in its event: what was said, and by whom.
func rulingRecord(r doithoai.Ruling) string {
	if r.AnsweredBy == "" {
		return r.Text
	}
	return r.AnsweredBy + ": " + r.Text
}

// leadFor loads the lead unit; the zero unit where it is none of the authority's.
func (tx *Tx) leadFor(ctx context.Context, o doithoai.Opinion, r doithoai.Ruling) (lead doithoai.Unit, err error) {
	if r.LeadUnitID != "" && wellFormed(r.LeadUnitID) {
		lead, err = one(ctx, tx, scanUnit, `SELECT `+unitColumns+` FROM unit WHERE id = $1 AND authority_id = $2`, r.LeadUnitID, o.AuthorityID)
		if err != nil && doithoai.KindOf(err) != doithoai.NotFound {
			return lead, err
		}
	}
	return lead, nil
}

// openPetition writes the petition that a ruling leads to: a new one, the old one changed, or the old one ended. It adds to
// the facts what the due date was reckoned from.
func (tx *Tx) openPetition(ctx context.Context, old, opened *doithoai.Petition, code doithoai.RulingCode, facts *doithoai.Facts) (doithoai.ID, error) {
	if opened == nil {
		if old == nil {
			return "", nil
		}
		return "", tx.execOne(ctx, `UPDATE petition SET state = $1, version = version + 1 WHERE id = $2 AND version = $3`,
			string(doithoai.PetitionEnded), old.ID, old.Version)
	}
	rule, _ := doithoai.RuleOf(code)
	rules, err := loadRules(ctx, tx, opened.AuthorityID)
	if err != nil {
		return "", err
	}
	var term doithoai.Term // stays zero where the due date was set by hand
	if d, ok := rules.Propose(rule, tx.Now.Date()); ok && d.Due == opened.Due {
		term = d.Term
	}
	facts.Start, facts.Term, facts.Calendar = tx.Now.Date(), term, rules.Calendar.Version()
	id := newID()
	err = tx.queryRow(ctx, `INSERT INTO petition (id, authority_id, opinion_id, lead_unit_id, state, start_day, term_n, term_unit, due, calendar_version, calendar_kept, extended, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', 0, 1)
		ON CONFLICT (opinion_id) DO UPDATE SET lead_unit_id = excluded.lead_unit_id, state = excluded.state, start_day = excluded.start_day,
			term_n = excluded.term_n, term_unit = excluded.term_unit, due = excluded.due, calendar_version = excluded.calendar_version,
			calendar_kept = excluded.calendar_kept, extended = excluded.extended, version = petition.version + 1
		RETURNING id`,
		id, opened.AuthorityID, opened.OpinionID, opened.LeadUnitID, string(opened.State), tx.Now.Date(), term.N, string(term.Unit), opened.Due, rules.Calendar.Version()).Scan(&id)
	if err != nil {
		return "", fmt.Errorf("open petition: %w", err)
	}
	return id, nil
}

// move runs one act of the petition's state machine: load, Can, the rule, the update by version. change writes what else
// the act changes and returns the event's text.
func (db *DB) move(ctx context.Context, actor doithoai.Actor, act doithoai.Act, opinion doithoai.ID, version int,
	change func(*Tx, doithoai.Opinion, doithoai.Petition, *doithoai.Facts) (string, error)) error {
	return db.act(ctx, func(tx *Tx) error {
		o, p, err := tx.loadOpinion(ctx, actor, act, opinion)
		if err != nil {
			return err
		}
		if p == nil {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		next, facts, err := p.Move(act)
		if err != nil {
			return err
		}
		said, err := change(tx, o, *p, &facts)
		if err != nil {
			return err
		}
		answered := p.AnsweredAt
		if next.State == doithoai.PetitionAnswered {
			answered = tx.Now
		}
		if err := tx.execOne(ctx, `UPDATE petition SET state = $1, answered_at = $2, version = version + 1 WHERE id = $3 AND version = $4`,
			string(next.State), answered, p.ID, version); err != nil {
			return err
		}
		a, err := tx.authorityByID(ctx, o.AuthorityID)
		if err != nil {
			return err
		}
		tx.record(o, a.Slug, actor, act, facts, said)
		return nil
	})
}

// SubmitAnswer sends the unit's answer to the chair for signing. version is the petition's.
func (db *DB) SubmitAnswer(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, a doithoai.Answer) error {
	return db.move(ctx, actor, doithoai.ActSubmitAnswer, opinion, version, func(tx *Tx, o doithoai.Opinion, p doithoai.Petition, _ *doithoai.Facts) (string, error) {
		if err := doithoai.RefuseForm(a.SubmitProblems()); err != nil {
			return "", err
		}
		if err := tx.exec(ctx, `INSERT INTO answer (petition_id, body, basis, number, signed_by, signed_for) VALUES ($1, $2, $3, '', '', '')
			ON CONFLICT (petition_id) DO UPDATE SET body = excluded.body, basis = excluded.basis`, p.ID, a.Body, a.Basis); err != nil {
			return "", err
		}
		return answerRecord(a), tx.exec(ctx, `DELETE FROM draft WHERE officer_id = $1 AND form = $2 AND subject = $3`, actor.ID, DraftAnswer, string(o.ID))
	})
}

// answerRecord is the text of an answer in its event.
func answerRecord(a doithoai.Answer) string {
	if a.Basis == "" {
		return a.Body
	}
	return a.Body + "\n\n" + a.Basis
}

// ReturnAnswer sends a submitted answer back to the unit, with the reason.
func (db *DB) ReturnAnswer(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, reason string) error {
	return db.move(ctx, actor, doithoai.ActReturnAnswer, opinion, version, func(*Tx, doithoai.Opinion, doithoai.Petition, *doithoai.Facts) (string, error) {
		if reason == "" {
			return "", doithoai.RefuseForm([]doithoai.Problem{{Field: "ly-do", Key: "answer.problem.reason"}})
		}
		return reason, nil
	})
}

// SignAnswer is the chair's signature on a submitted answer. post stands with the name under it.
func (db *DB) SignAnswer(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, post string) error {
	return db.move(ctx, actor, doithoai.ActSignAnswer, opinion, version, func(tx *Tx, _ doithoai.Opinion, p doithoai.Petition, _ *doithoai.Facts) (string, error) {
		signer := actor.Name
		if post != "" {
			signer += ", " + post
		}
		return "", tx.execOne(ctx, `UPDATE answer SET signed_by = $1, signed_for = $2, signed_at = $3 WHERE petition_id = $4`, signer, tx.acting.seat.SignedFor(), tx.Now, p.ID)
	})
}

// DispatchAnswer gives a signed answer its number and date and sends it out by the ways that the person chose.
func (db *DB) DispatchAnswer(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, number string, dated doithoai.Date) error {
	return db.move(ctx, actor, doithoai.ActDispatchAnswer, opinion, version, func(tx *Tx, o doithoai.Opinion, p doithoai.Petition, f *doithoai.Facts) (string, error) {
		a, err := one(ctx, tx, scanAnswer, `SELECT `+answerColumns+` FROM answer WHERE petition_id = $1`, p.ID)
		if err != nil {
			return "", err
		}
		a.Number, a.Dated = number, dated
		list := a.DispatchProblems(tx.Now.Date())
		if len(list) == 0 {
			if _, err := tx.count(ctx, o.AuthorityID, "dispatch", 1); err != nil { // one clerk at a time looks and takes
				return "", err
			}
			var taken int
			if err := tx.queryRow(ctx, `SELECT count(*) FROM answer a JOIN petition p ON p.id = a.petition_id WHERE p.authority_id = $1 AND a.number = $2 AND a.dated >= $3 AND a.dated < $4`,
				o.AuthorityID, number, doithoai.DateOf(dated.Year, 1, 1), doithoai.DateOf(dated.Year+1, 1, 1)).Scan(&taken); err != nil {
				return "", fmt.Errorf("number of the answer: %w", err)
			}
			if taken > 0 {
				list = append(list, doithoai.Problem{Field: "so", Key: "answer.problem.number_taken"})
			}
		}
		if len(list) > 0 {
			return "", doithoai.RefuseForm(list)
		}
		f.Number, f.Dated = number, dated
		if err := tx.execOne(ctx, `UPDATE answer SET number = $1, dated = $2 WHERE petition_id = $3`, number, dated, p.ID); err != nil {
			return "", err
		}
		who, err := petitionerOf(ctx, tx, o.SlipID)
		if err != nil {
			return "", err
		}
		return "", tx.deliver(ctx, doithoai.Delivery{AuthorityID: o.AuthorityID, SlipID: o.SlipID, OpinionID: o.ID, Kind: doithoai.DeliveryAnswered}, who.Ways)
	})
}

const answerColumns = `body, basis, number, dated, signed_by, signed_for, signed_at`

func scanAnswer(r row) (a doithoai.Answer, err error) {
	return a, r.Scan(&a.Body, &a.Basis, &a.Number, &a.Dated, &a.SignedBy, &a.SignedFor, &a.SignedAt)
}

const petitionerColumns = `standing, name, organisation, households, village_id, address, ways, phone, email, post_address`

func scanPetitioner(r row) (p doithoai.Petitioner, err error) {
	var ways string
	err = r.Scan(&p.Standing, &p.Name, &p.Organisation, &p.Households, &p.VillageID, &p.Address, &ways, &p.Phone, &p.Email, &p.PostAddress)
	p.Ways = splitWays(ways)
	return p, err
}

func petitionerOf(ctx context.Context, q querier, slip doithoai.ID) (doithoai.Petitioner, error) {
	return one(ctx, q, scanPetitioner, `SELECT `+petitionerColumns+` FROM petitioner WHERE slip_id = $1`, slip)
}

// ViewPetitioner opens the personal data of who raised an opinion, for a reason; the view becomes an event.
func (db *DB) ViewPetitioner(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, reason string) (who doithoai.Petitioner, err error) {
	err = db.act(ctx, func(tx *Tx) error {
		o, _, err := tx.loadOpinion(ctx, actor, doithoai.ActViewPetitioner, opinion)
		if err != nil {
			return err
		}
		if !slices.Contains(doithoai.ViewReasons, reason) {
			return doithoai.RefuseForm([]doithoai.Problem{{Field: "ly-do-xem", Key: "petitioner.problem.reason"}})
		}
		if who, err = petitionerOf(ctx, tx, o.SlipID); err != nil {
			return err
		}
		a, err := tx.authorityByID(ctx, o.AuthorityID)
		if err != nil {
			return err
		}
		seat := tx.acting.seat
		tx.record(o, a.Slug, actor, doithoai.ActViewPetitioner, doithoai.Facts{Reason: reason, Unit: seat.UnitID, Post: seat.PostID}, "")
		return nil
	})
	if err != nil { // a view that is not on record has shown nothing
		return doithoai.Petitioner{}, err
	}
	return who, nil
}

// ProposePublication proposes the public summary of an opinion that has an answer. version is 0 for the first proposal.
func (db *DB) ProposePublication(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, p doithoai.Publication) error {
	return db.act(ctx, func(tx *Tx) error {
		o, petition, err := tx.loadOpinion(ctx, actor, doithoai.ActProposePublication, opinion)
		if err != nil {
			return err
		}
		if !Publishable(o, petition) {
			return doithoai.Refuse(doithoai.Conflict, "publication.problem.too_early")
		}
		who, err := petitionerOf(ctx, tx, o.SlipID)
		if err != nil {
			return err
		}
		if err := doithoai.RefuseForm(p.Problems(who, text.Fold)); err != nil {
			return err
		}
		if err := tx.execOne(ctx, `INSERT INTO publication (opinion_id, authority_id, title, question, answer, state, proposed_by, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, 1)
			ON CONFLICT (opinion_id) DO UPDATE SET title = excluded.title, question = excluded.question, answer = excluded.answer, state = excluded.state,
				proposed_by = excluded.proposed_by, version = publication.version + 1
			WHERE publication.version = $8 AND publication.state <> $9`,
			o.ID, o.AuthorityID, p.Title, p.Question, p.Answer, string(doithoai.PublicationProposed), actor.ID, version, string(doithoai.PublicationPublished)); err != nil {
			return err
		}
		a, err := tx.authorityByID(ctx, o.AuthorityID)
		if err != nil {
			return err
		}
		tx.record(o, a.Slug, actor, doithoai.ActProposePublication, doithoai.Facts{To: string(doithoai.PublicationProposed)}, publicationRecord(p))
		return tx.exec(ctx, `DELETE FROM draft WHERE officer_id = $1 AND form = $2 AND subject = $3`, actor.ID, DraftPublication, string(o.ID))
	})
}

func publicationRecord(p doithoai.Publication) string {
	return p.Title + "\n\n" + p.Question + "\n\n" + p.Answer
}

// Publishable reports whether there is something to publish: an answer was given, on the spot or dispatched.
func Publishable(o doithoai.Opinion, p *doithoai.Petition) bool {
	rule, ok := doithoai.RuleOf(o.Ruling)
	return ok && (rule.Publishes || p != nil && p.State == doithoai.PetitionAnswered)
}

// withdrawPublication sends a proposed summary back when the ruling changes; a published one stops a change of ruling, but for
// that to a denunciation: then it goes out of the public's sight and search.
func (tx *Tx) withdrawPublication(ctx context.Context, o doithoai.Opinion, code doithoai.RulingCode) error {
	p, err := publicationOf(ctx, tx, o.ID)
	if err != nil || p == nil {
		return err
	}
	if p.State == doithoai.PublicationPublished {
		if code != doithoai.RulingDenunciation {
			return doithoai.Refuse(doithoai.Conflict, "ruling.problem.published")
		}
		if err := tx.dropPublished(ctx, o); err != nil {
			return err
		}
	}
	return tx.exec(ctx, `UPDATE publication SET state = $1, version = version + 1 WHERE opinion_id = $2`, string(doithoai.PublicationReturned), o.ID)
}

const publicationColumns = `opinion_id, title, question, answer, state, proposed_by, approved_by, published_at, version`

func scanPublication(r row) (p doithoai.Publication, err error) {
	return p, r.Scan(&p.OpinionID, &p.Title, &p.Question, &p.Answer, &p.State, &p.ProposedBy, &p.ApprovedBy, &p.At, &p.Version)
}

// publicationOf loads the publication of an opinion, nil where there is none.
func publicationOf(ctx context.Context, q querier, opinion doithoai.ID) (*doithoai.Publication, error) {
	p, err := one(ctx, q, scanPublication, `SELECT `+publicationColumns+` FROM publication WHERE opinion_id = $1`, opinion)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return nil, nil
	}
	return &p, err
}

// settlePublication runs what the approver decides on a proposed summary.
func (db *DB) settlePublication(ctx context.Context, actor doithoai.Actor, act doithoai.Act, opinion doithoai.ID, version int,
	change func(*Tx, doithoai.Opinion, doithoai.Publication) (doithoai.PublicationState, string, error)) error {
	return db.act(ctx, func(tx *Tx) error {
		o, petition, err := tx.loadOpinion(ctx, actor, doithoai.ActSeeOpinions, opinion)
		if err != nil {
			return err
		}
		p, err := publicationOf(ctx, tx, o.ID)
		if err != nil {
			return err
		}
		s, err := subjectOf(ctx, tx, o, petition, tx.Now.Date())
		if err != nil {
			return err
		}
		if p != nil {
			s.ProposedBy = p.ProposedBy
		}
		if err := tx.may(actor, act, s); err != nil {
			return err
		}
		if p == nil || p.State != doithoai.PublicationProposed || p.Version != version {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		state, said, err := change(tx, o, *p)
		if err != nil {
			return err
		}
		a, err := tx.authorityByID(ctx, o.AuthorityID)
		if err != nil {
			return err
		}
		tx.record(o, a.Slug, actor, act, doithoai.Facts{From: string(p.State), To: string(state)}, said)
		return nil
	})
}

// ApprovePublication makes a proposed summary public and findable. Another person than who proposed it must approve.
func (db *DB) ApprovePublication(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int) error {
	return db.settlePublication(ctx, actor, doithoai.ActApprovePublication, opinion, version, func(tx *Tx, o doithoai.Opinion, p doithoai.Publication) (doithoai.PublicationState, string, error) {
		if err := tx.execOne(ctx, `UPDATE publication SET state = $1, approved_by = $2, published_at = $3, version = version + 1 WHERE opinion_id = $4 AND version = $5`,
			string(doithoai.PublicationPublished), actor.ID, tx.Now, o.ID, version); err != nil {
			return "", "", err
		}
		return doithoai.PublicationPublished, "", tx.indexPublication(ctx, o, p)
	})
}

// ReturnPublication sends a proposed summary back, with the reason.
func (db *DB) ReturnPublication(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, reason string) error {
	return db.settlePublication(ctx, actor, doithoai.ActReturnPublication, opinion, version, func(tx *Tx, o doithoai.Opinion, _ doithoai.Publication) (doithoai.PublicationState, string, error) {
		if reason == "" {
			return "", "", doithoai.RefuseForm([]doithoai.Problem{{Field: "ly-do", Key: "answer.problem.reason"}})
		}
		return doithoai.PublicationReturned, reason, tx.execOne(ctx, `UPDATE publication SET state = $1, version = version + 1 WHERE opinion_id = $2 AND version = $3`,
			string(doithoai.PublicationReturned), o.ID, version)
	})
}

// indexPublication makes a published summary findable: folded syllables, pairs of them, and facets.
func (tx *Tx) indexPublication(ctx context.Context, o doithoai.Opinion, p doithoai.Publication) error {
	var id int64
	if err := tx.queryRow(ctx, `INSERT INTO search_document (authority_id, opinion_id) VALUES ($1, $2)
		ON CONFLICT (opinion_id) DO UPDATE SET authority_id = excluded.authority_id RETURNING id`, o.AuthorityID, o.ID).Scan(&id); err != nil {
		return fmt.Errorf("search document: %w", err)
	}
	return tx.db.dialect.searchRow(ctx, tx, id, searchTokens(o, p))
}

// searchTokens are the tokens by which a published summary is found.
func searchTokens(o doithoai.Opinion, p doithoai.Publication) []string {
	return append(text.Tokens(p.Title, p.Question, p.Answer), facetAuthority(o.AuthorityID), facetField(o.FieldCode))
}

// dropPublished takes a published summary out of what the public finds.
func (tx *Tx) dropPublished(ctx context.Context, o doithoai.Opinion) error {
	id, err := one(ctx, tx, column[int64], `SELECT id FROM search_document WHERE opinion_id = $1`, o.ID)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	if err := tx.db.dialect.dropSearchRow(ctx, tx, id); err != nil {
		return err
	}
	return tx.exec(ctx, `DELETE FROM search_document WHERE id = $1`, id)
}

// dropDraftsOn forgets what anybody has typed and not sent on an opinion.
func (tx *Tx) dropDraftsOn(ctx context.Context, o doithoai.Opinion) error {
	return tx.exec(ctx, `DELETE FROM draft WHERE subject = $1 OR form = $2 AND subject IN (SELECT CAST(id AS text) FROM explanation WHERE opinion_id = $3)`, string(o.ID), DraftExplanation, o.ID)
}
