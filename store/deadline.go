package store

import (
	"cmp"
	"context"
	"slices"

	"doithoai"
	"doithoai/calendar"
)

// openClock opens a petition for an act on its due date, with the calendar by which the date was reckoned and the rules
// in force.
func (tx *Tx) openClock(ctx context.Context, actor doithoai.Actor, act doithoai.Act, opinion doithoai.ID, version int) (
	c *caseFile, old calendar.Calendar, now doithoai.Rules, err error) {
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
func (c *caseFile) saveClock(
	ctx context.Context, next doithoai.Petition, facts doithoai.Facts, kind doithoai.DeliveryKind, said string,
) error {
	*c.Petition = next
	if err := c.tell(ctx, kind); err != nil {
		return err
	}
	return c.save(ctx, facts, said)
}

// PausePetition stops the answering clock by a document; the person is told what is awaited. version is the petition's.
func (db *DB) PausePetition(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, doc doithoai.Pause,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, old, now, err := tx.openClock(ctx, actor, doithoai.ActPausePetition, opinion, version)
		if err != nil {
			return err
		}
		next, facts, err := c.Petition.Pause(doc, c.Opinion.ReceivedAt.Date(), tx.Now.Date(), old, now.Calendar)
		if err != nil {
			return err
		}
		letters, err := lettersOf(ctx, tx, opinion)
		if err != nil {
			return err
		}
		if err := doithoai.RefuseForm(doc.Stale(letters)); err != nil {
			return err
		}
		if facts.Supplement, err = c.pauseAsks(ctx, doc); err != nil {
			return err
		}
		return c.saveClock(ctx, next, facts, doithoai.DeliveryPaused, doc.Awaited)
	})
}

// ResumePetition lets the clock of a paused petition go on with what was left of its term; the person is told. Where it
// goes on towards the same due date, nothing has changed for whom nobody told of the pause: of neither they are told.
// version is the petition's.
func (db *DB) ResumePetition(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int) error {
	return db.act(ctx, func(tx *Tx) error {
		c, _, now, err := tx.openClock(ctx, actor, doithoai.ActResumePetition, opinion, version)
		if err != nil {
			return err
		}
		return c.resume(ctx, now.Calendar)
	})
}

// resume is [DB.ResumePetition] within an act, by the calendar in force.
func (c *caseFile) resume(ctx context.Context, now calendar.Calendar) error {
	next, facts, err := c.Petition.Resume(c.tx.Now.Date(), now)
	if err != nil {
		return err
	}
	if err := c.closeAsked(ctx); err != nil {
		return err
	}
	if next.Due != c.Petition.Due {
		return c.saveClock(ctx, next, facts, doithoai.DeliveryResumed, "")
	}
	*c.Petition = next
	if err := c.tellResumed(ctx); err != nil {
		return err
	}
	return c.save(ctx, facts, "")
}

// tellResumed takes back what waits to be told of the last pause, and tells that it is over in the ways in which the
// pause was told.
func (c *caseFile) tellResumed(ctx context.Context) error {
	o := c.Opinion
	pauses, err := list(ctx, c.tx, scanDelivery, `SELECT `+deliveryColumns+`
		FROM delivery
		WHERE slip_id = $1 AND opinion_id = $2 AND kind = $3
		ORDER BY created_at, id`, o.SlipID, o.ID, doithoai.DeliveryPaused)
	if err != nil {
		return err
	}
	var told []doithoai.Way
	for _, d := range pauses {
		if d.CreatedAt != pauses[len(pauses)-1].CreatedAt { // of an earlier pause
			continue
		}
		if !d.Untold() {
			told = append(told, d.Way.Chosen())
			continue
		}
		err := c.tx.execOne(ctx, `DELETE FROM delivery WHERE id = $1 AND version = $2`, d.ID, d.Version)
		if err != nil {
			return err
		}
	}
	c.tx.touch(TopicDelivery)
	if len(told) == 0 {
		return nil
	}
	d := doithoai.Delivery{AuthorityID: o.AuthorityID, SlipID: o.SlipID, OpinionID: o.ID, Kind: doithoai.DeliveryResumed}
	who, err := petitionerOf(ctx, c.tx, o.SlipID)
	if err != nil {
		return err
	}
	return c.tx.deliver(ctx, d, told, who.Phone)
}

// MoveDue takes the due date that the calendar in force proposes; the person is told. calendar is the version that the
// proposal came from: where another one is in force meanwhile, it is a Conflict. version is the petition's.
func (db *DB) MoveDue(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, calendar string,
) error {
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
func (db *DB) KeepDue(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, calendar string,
) error {
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
	To       calendar.Date
	Calendar string // version in force, from which the proposal comes
}

// DueProposals lists the petitions whose due dates the calendar in force would move, earliest first, maxWork at most.
// Each is decided by [DB.MoveDue] or [DB.KeepDue]; until then its due date stays.
func (db *DB) DueProposals(ctx context.Context, actor doithoai.Actor) (proposals []DueProposal, err error) {
	if err := may(actor, doithoai.ActMoveDue); err != nil {
		return nil, err
	}
	q := db.reader()
	now, err := currentCalendar(ctx, q, actor.AuthorityID)
	if err != nil {
		return nil, err
	}
	versions, err := list(ctx, q, column[string], `SELECT version
		FROM calendar
		WHERE authority_id = $1 AND version <> $2`, actor.AuthorityID, now.Version())
	if err != nil {
		return nil, err
	}
	for _, v := range versions {
		old, err := calendarOf(ctx, q, actor.AuthorityID, v)
		if err != nil {
			return nil, err
		}
		found, err := db.proposalsSince(ctx, actor, old, now)
		if err != nil {
			return nil, err
		}
		proposals = append(proposals, found...)
	}
	slices.SortFunc(proposals, func(a, b DueProposal) int {
		return cmp.Or(a.Petition.Due.Compare(b.Petition.Due), cmp.Compare(a.Petition.ID, b.Petition.ID))
	})
	return proposals[:min(len(proposals), maxWork)], nil
}

// proposalsSince are those for petitions reckoned by an older calendar. Only days on which the two differ can move a
// due date: of a term of working days those within it, else those on which it ends or which follow that day.
func (db *DB) proposalsSince(
	ctx context.Context, actor doithoai.Actor, old, now calendar.Calendar,
) (proposals []DueProposal, err error) {
	first, last := now.Changed(old)
	if first.IsZero() {
		return nil, nil
	}
	var due calendar.Date // of the last petition looked at
	var id doithoai.ID
	for {
		args := []any{actor.AuthorityID, old.Version(), now.Version(), first, last, last.AddDays(longestRoll), maxWork}
		bind := binder(&args)
		query := `SELECT ` + columnsOf("p", petitionColumns) + `, coalesce(nullif(u.short, ''), u.name, ''),
				` + columnsOf("o", opinionColumns) + `
			FROM petition p
			JOIN opinion o ON o.id = p.opinion_id
			LEFT JOIN unit u ON u.id = p.lead_unit_id
			WHERE p.authority_id = $1 AND p.calendar_version = $2 AND p.state <> 'answered'
			AND p.state <> 'ended' AND p.state <> 'paused'
			AND p.calendar_kept <> $3 AND p.due >= $4 AND (p.term_unit = 'workdays' AND p.start_day < $5 OR p.due <= $6)
			AND ` + notDenounced + notConcerned(actor, db.Now().Date(), bind)
		if id != "" {
			query += ` AND (p.due, p.id) > (` + bind(due) + `, ` + bind(id) + `)`
		}
		open, err := list(ctx, db.reader(), scanProposal, query+` ORDER BY p.due, p.id LIMIT $7`, args...)
		if err != nil {
			return nil, err
		}
		for _, d := range open {
			due, id = d.Petition.Due, d.Petition.ID
			if to, ok := d.Petition.Proposal(old, now, db.Now().Date()); ok {
				d.To, d.Calendar = to, now.Version()
				proposals = append(proposals, d)
			}
		}
		if len(open) < maxWork || len(proposals) >= maxWork {
			return proposals, nil
		}
	}
}

// longestRoll is more days than ever are off in a row.
const longestRoll = 30

func scanProposal(r row) (d DueProposal, err error) {
	d.Petition, err = scanPetition(also{r, append([]any{&d.Unit}, opinionFields(&d.Opinion)...)})
	return d, err
}

// calendars are versions of one authority's calendar, each read once.
type calendars map[string]calendar.Calendar

func (c calendars) load(
	ctx context.Context, q querier, authority doithoai.ID, version string,
) (calendar.Calendar, error) {
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
func calendarsOfEvents(
	ctx context.Context, q querier, authority doithoai.ID, events []doithoai.Event,
) (map[string]calendar.Calendar, error) {
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
