package store

import (
	"context"

	"doithoai"
)

// reckon runs one act on the due date of a petition: load, Can, the rule with the calendar by which the date was reckoned and
// the rules in force, the update by version, what the person is told, the event. An empty kind tells nothing.
func (db *DB) reckon(ctx context.Context, actor doithoai.Actor, act doithoai.Act, opinion doithoai.ID, version int, kind doithoai.DeliveryKind, said string,
	rule func(p doithoai.Petition, old doithoai.Calendar, now Rules, today doithoai.Date) (doithoai.Petition, doithoai.Facts, error)) error {
	return db.act(ctx, func(tx *Tx) error {
		o, p, err := tx.loadOpinion(ctx, actor, act, opinion)
		if err != nil {
			return err
		}
		if p == nil || p.Version != version {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		old, err := calendarOf(ctx, tx, o.AuthorityID, p.CalendarVersion)
		if err != nil {
			return err
		}
		rules, err := loadRules(ctx, tx, o.AuthorityID)
		if err != nil {
			return err
		}
		next, facts, err := rule(*p, old, rules, tx.Now.Date())
		if err != nil {
			return err
		}
		if err := tx.execOne(ctx, `UPDATE petition SET state = $1, start_day = $2, term_n = $3, term_unit = $4, due = $5, calendar_version = $6,
			calendar_kept = $7, extended = $8, version = version + 1 WHERE id = $9 AND version = $10`,
			string(next.State), next.Start, next.Term.N, string(next.Term.Unit), next.Due, next.CalendarVersion,
			next.CalendarKept, next.Extended, p.ID, version); err != nil {
			return err
		}
		if kind != "" {
			who, err := petitionerOf(ctx, tx, o.SlipID)
			if err != nil {
				return err
			}
			d := doithoai.Delivery{AuthorityID: o.AuthorityID, SlipID: o.SlipID, OpinionID: o.ID, Kind: kind}
			if err := tx.deliver(ctx, d, who.Ways); err != nil {
				return err
			}
		}
		a, err := tx.authorityByID(ctx, o.AuthorityID)
		if err != nil {
			return err
		}
		tx.record(o, a.Slug, actor, act, facts, said)
		return nil
	})
}

// PausePetition stops the answering clock by a document; the person is told what is awaited. version is the petition's.
func (db *DB) PausePetition(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, doc doithoai.Pause) error {
	return db.reckon(ctx, actor, doithoai.ActPausePetition, opinion, version, doithoai.DeliveryPaused, doc.Awaited,
		func(p doithoai.Petition, old doithoai.Calendar, _ Rules, today doithoai.Date) (doithoai.Petition, doithoai.Facts, error) {
			return p.Pause(doc, today, old)
		})
}

// ResumePetition lets the clock of a paused petition go on with what was left of its term; the person is told.
func (db *DB) ResumePetition(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int) error {
	return db.reckon(ctx, actor, doithoai.ActResumePetition, opinion, version, doithoai.DeliveryResumed, "",
		func(p doithoai.Petition, _ doithoai.Calendar, now Rules, today doithoai.Date) (doithoai.Petition, doithoai.Facts, error) {
			return p.Resume(today, now.Calendar)
		})
}

// ExtendPetition puts the due date off within the limits in force; the person is told, with the reason.
func (db *DB) ExtendPetition(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, e doithoai.Extension) error {
	return db.reckon(ctx, actor, doithoai.ActExtendPetition, opinion, version, doithoai.DeliveryDue, e.Reason,
		func(p doithoai.Petition, _ doithoai.Calendar, now Rules, today doithoai.Date) (doithoai.Petition, doithoai.Facts, error) {
			limits, err := now.Parameters.ExtensionLimitsAt(today)
			if err != nil {
				return p, doithoai.Facts{}, err
			}
			return p.Extend(e, limits, today, now.Calendar)
		})
}

// MoveDue takes the due date that the calendar in force proposes; the person is told. calendar is the version that the
// proposal came from: where another one is in force meanwhile, it is a Conflict.
func (db *DB) MoveDue(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, calendar string) error {
	return db.reckon(ctx, actor, doithoai.ActMoveDue, opinion, version, doithoai.DeliveryDue, "",
		func(p doithoai.Petition, old doithoai.Calendar, now Rules, today doithoai.Date) (doithoai.Petition, doithoai.Facts, error) {
			if now.Calendar.Version() != calendar {
				return p, doithoai.Facts{}, doithoai.Refuse(doithoai.Conflict, "error.conflict")
			}
			return p.MoveDue(old, now.Calendar, today)
		})
}

// KeepDue leaves the due date where it is, against the proposal of the calendar in force.
func (db *DB) KeepDue(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, calendar string) error {
	return db.reckon(ctx, actor, doithoai.ActKeepDue, opinion, version, "", "",
		func(p doithoai.Petition, old doithoai.Calendar, now Rules, today doithoai.Date) (doithoai.Petition, doithoai.Facts, error) {
			if now.Calendar.Version() != calendar {
				return p, doithoai.Facts{}, doithoai.Refuse(doithoai.Conflict, "error.conflict")
			}
			return p.KeepDue(old, now.Calendar, today)
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
