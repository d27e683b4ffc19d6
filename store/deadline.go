package store

import (
	"context"

	"doithoai"
)

// openClock opens a petition for an act on its due date, with the calendar by which the date was reckoned and the rules in
// force.
func (tx *Tx) openClock(ctx context.Context, actor doithoai.Actor, act doithoai.Act, opinion doithoai.ID, version int) (
	c *caseFile, old doithoai.Calendar, now doithoai.Rules, err error) {
	if c, err = tx.openPetition(ctx, actor, act, opinion, version); err != nil {
		return nil, old, now, err
	}
	if old, err = calendarOf(ctx, tx, c.Opinion.AuthorityID, c.Petition.CalendarVersion); err != nil {
		return nil, old, now, err
	}
	now, err = loadRules(ctx, tx, c.Opinion.AuthorityID)
	return c, old, now, err
}

// saveClock ends an act on the due date, of which the person is told.
func (c *caseFile) saveClock(ctx context.Context, next doithoai.Petition, facts doithoai.Facts, kind doithoai.DeliveryKind, said string) error {
	*c.Petition = next
	if err := c.tell(ctx, kind); err != nil {
		return err
	}
	return c.save(ctx, facts, said)
}

// PausePetition stops the answering clock by a document; the person is told what is awaited. version is the petition's.
func (db *DB) PausePetition(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, doc doithoai.Pause) error {
	return db.act(ctx, func(tx *Tx) error {
		c, old, _, err := tx.openClock(ctx, actor, doithoai.ActPausePetition, opinion, version)
		if err != nil {
			return err
		}
		next, facts, err := c.Petition.Pause(doc, tx.Now.Date(), old)
		if err != nil {
			return err
		}
		return c.saveClock(ctx, next, facts, doithoai.DeliveryPaused, doc.Awaited)
	})
}

// ResumePetition lets the clock of a paused petition go on with what was left of its term; the person is told. version is
// the petition's.
func (db *DB) ResumePetition(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int) error {
	return db.act(ctx, func(tx *Tx) error {
		c, _, now, err := tx.openClock(ctx, actor, doithoai.ActResumePetition, opinion, version)
		if err != nil {
			return err
		}
		next, facts, err := c.Petition.Resume(tx.Now.Date(), now.Calendar)
		if err != nil {
			return err
		}
		return c.saveClock(ctx, next, facts, doithoai.DeliveryResumed, "")
	})
}

// ExtendPetition puts the due date off within the limits in force; the person is told, with the reason. version is the
// petition's.
func (db *DB) ExtendPetition(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, e doithoai.Extension) error {
	return db.act(ctx, func(tx *Tx) error {
		c, _, now, err := tx.openClock(ctx, actor, doithoai.ActExtendPetition, opinion, version)
		if err != nil {
			return err
		}
		limits, err := now.Parameters.ExtensionLimitsAt(tx.Now.Date())
		if err != nil {
			return err
		}
		next, facts, err := c.Petition.Extend(e, limits, tx.Now.Date(), now.Calendar)
		if err != nil {
			return err
		}
		return c.saveClock(ctx, next, facts, doithoai.DeliveryDue, e.Reason)
	})
}

// MoveDue takes the due date that the calendar in force proposes; the person is told. calendar is the version that the
// proposal came from: where another one is in force meanwhile, it is a Conflict. version is the petition's.
func (db *DB) MoveDue(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, calendar string) error {
	return db.act(ctx, func(tx *Tx) error {
		c, old, now, err := tx.openClock(ctx, actor, doithoai.ActMoveDue, opinion, version)
		if err != nil {
			return err
		}
		if now.Calendar.Version() != calendar {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		next, facts, err := c.Petition.MoveDue(old, now.Calendar, tx.Now.Date())
		if err != nil {
			return err
		}
		return c.saveClock(ctx, next, facts, doithoai.DeliveryDue, "")
	})
}

// KeepDue leaves the due date where it is, against the proposal of the calendar in force. version is the petition's.
func (db *DB) KeepDue(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, calendar string) error {
	return db.act(ctx, func(tx *Tx) error {
		c, old, now, err := tx.openClock(ctx, actor, doithoai.ActKeepDue, opinion, version)
		if err != nil {
			return err
		}
		if now.Calendar.Version() != calendar {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		next, facts, err := c.Petition.KeepDue(old, now.Calendar, tx.Now.Date())
		if err != nil {
			return err
		}
		*c.Petition = next
		return c.save(ctx, facts, "")
	})
}

// DueProposal is an open petition whose due date would be another one by the calendar in force.
type DueProposal struct {
	Opinion  doithoai.Opinion
	Petition doithoai.Petition
	Unit     string
	To       doithoai.Date
	Calendar string // version in force, from which the proposal comes
}

// DueProposals lists the petitions whose due dates the calendar in force would move, earliest first. Each is decided by
// [DB.MoveDue] or [DB.KeepDue]; until then its due date stays.
func (db *DB) DueProposals(ctx context.Context, actor doithoai.Actor) (proposals []DueProposal, err error) {
	if err := doithoai.Can(actor, doithoai.ActMoveDue, doithoai.Subject{AuthorityID: actor.AuthorityID}); err != nil {
		return nil, err
	}
	q := db.reader()
	now, err := currentCalendar(ctx, q, actor.AuthorityID)
	if err != nil {
		return nil, err
	}
	open, err := list(ctx, q, func(r row) (d DueProposal, err error) {
		p := &d.Petition
		err = r.Scan(&p.ID, &p.AuthorityID, &p.OpinionID, &p.LeadUnitID, &p.State, &p.Start, &p.Term.N, &p.Term.Unit, &p.Due, &p.CalendarVersion,
			&p.CalendarKept, &p.Extended, &p.AnsweredAt, &p.Version, &d.Unit)
		return d, err
	}, `SELECT `+petitionColumnsOf("p")+`, coalesce(u.name, '') FROM petition p LEFT JOIN unit u ON u.id = p.lead_unit_id
		WHERE p.authority_id = $1 AND p.state NOT IN ('answered', 'ended', 'paused') AND p.calendar_version <> $2 AND p.calendar_kept <> $2
		ORDER BY p.due, p.id`, actor.AuthorityID, now.Version())
	if err != nil {
		return nil, err
	}
	versions := calendars{}
	for _, d := range open {
		old, err := versions.load(ctx, q, actor.AuthorityID, d.Petition.CalendarVersion)
		if err != nil {
			return nil, err
		}
		to, ok := d.Petition.Proposal(old, now, db.Now().Date())
		if !ok {
			continue
		}
		d.To, d.Calendar = to, now.Version()
		if d.Opinion, err = opinionByID(ctx, q, d.Petition.OpinionID); err != nil {
			return nil, err
		}
		s, err := subjectOf(ctx, q, d.Opinion, &d.Petition, db.Now().Date())
		if err != nil {
			return nil, err
		}
		if doithoai.Can(actor, doithoai.ActMoveDue, s) == nil {
			proposals = append(proposals, d)
		}
	}
	return proposals, nil
}

// calendars are versions of one authority's calendar, each read once.
type calendars map[string]doithoai.Calendar

func (c calendars) load(ctx context.Context, q querier, authority doithoai.ID, version string) (doithoai.Calendar, error) {
	if known, ok := c[version]; ok {
		return known, nil
	}
	v, err := calendarOf(ctx, q, authority, version)
	if err == nil {
		c[version] = v
	}
	return v, err
}

// calendarsOfEvents are the versions by which the due dates of events were reckoned.
func calendarsOfEvents(ctx context.Context, q querier, authority doithoai.ID, events []doithoai.Event) (map[string]doithoai.Calendar, error) {
	versions := calendars{}
	for _, e := range doithoai.DueEvents(events) {
		if e.Facts.Calendar == "" {
			continue
		}
		if _, err := versions.load(ctx, q, authority, e.Facts.Calendar); err != nil {
			return nil, err
		}
	}
	return versions, nil
}
