package store

import (
	"context"
	"slices"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/text"
)

// relayFile is a document under an act on its recipients: who has it, and the lock on it.
type relayFile struct {
	tx         *Tx
	actor      doithoai.Actor
	act        doithoai.Act
	Document   doithoai.Document
	Recipients []doithoai.Recipient
	Version    int
}

// openRelay opens the recipients of a document for an act of the office; version is that of its relay, 0 where it was
// sent to nobody.
func (tx *Tx) openRelay(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, at doithoai.DocumentRef, version int,
) (f *relayFile, err error) {
	if err := may(actor, act); err != nil {
		return nil, err
	}
	if err := checkID(at.Subject); err != nil {
		return nil, err
	}
	if _, _, err := documentAt(ctx, tx, doithoai.Document{Kind: at.Kind, Subject: at.Subject, Part: at.Part},
		tx.db.dialect.forUpdate()); err != nil { // it may end meanwhile
		return nil, err
	}
	d, err := listedDocument(ctx, tx, actor, at, tx.Now.Date())
	if err != nil {
		return nil, err
	}
	f = &relayFile{tx: tx, actor: actor, act: act, Document: d.Document}
	if f.Version, err = relayVersion(ctx, tx, at, tx.db.dialect.forUpdate()); err != nil {
		return nil, err
	}
	if err := sameVersion(f.Version, version); err != nil {
		return nil, err
	}
	if f.Version == 0 {
		if err := conflictIfThere(tx.exec(ctx, `INSERT INTO document_relay (subject_id, kind, part, authority_id, sent, taken,
				waits, version)
			VALUES ($1, $2, $3, $4, 0, 0, $5, 0)`, at.Subject, at.Kind, at.Part, d.AuthorityID, false)); err != nil {
			return nil, err
		}
	}
	f.Recipients, err = recipientsOf(ctx, tx, at)
	return f, err
}

// sum is what of the recipients of a document its row keeps.
const relaySum = `sent = s.sent, taken = s.taken, waits = s.waits > 0, due = s.due
	FROM (SELECT count(*) AS sent, coalesce(sum(CASE WHEN state = 'acknowledged' THEN 1 ELSE 0 END), 0) AS taken,
			coalesce(sum(CASE WHEN state <> 'acknowledged' THEN 1 ELSE 0 END), 0) AS waits,
			min(CASE WHEN state IN ('sent', 'seen') THEN due END) AS due
		FROM document_recipient
		WHERE subject_id = $1 AND kind = $2 AND part = $3) s
	WHERE document_relay.subject_id = $1 AND document_relay.kind = $2 AND document_relay.part = $3`

// sumRelay keeps how the recipients of a document stand.
func (tx *Tx) sumRelay(ctx context.Context, at doithoai.DocumentRef) error {
	return tx.exec(ctx, `UPDATE document_relay SET `+relaySum, at.Subject, at.Kind, at.Part)
}

// save ends an act of the office on all recipients of a document.
func (f *relayFile) save(ctx context.Context, said string) error {
	at := f.Document.Ref()
	if err := f.tx.execOne(ctx, `UPDATE document_relay SET version = version + 1, `+relaySum+`
			AND version = $4`, at.Subject, at.Kind, at.Part, f.Version); err != nil {
		return err
	}
	return f.tx.audit(ctx, f.actor, f.act, f.Document.Number, "", said)
}

// addStep keeps what happened with a recipient.
func (tx *Tx) addStep(ctx context.Context, by doithoai.ID, r doithoai.Recipient, s doithoai.RecipientStep) error {
	last, err := one(ctx, tx, column[int], `SELECT coalesce(max(number), 0)
		FROM document_recipient_step
		WHERE recipient_id = $1`, r.ID)
	if err != nil {
		return err
	}
	return conflictIfThere(tx.exec(ctx, `INSERT INTO document_recipient_step (`+recipientStepColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		r.ID, last+1, r.AuthorityID, s.Kind, s.Way, s.Detail, s.Paper, by, tx.Now))
}

// putRecipient keeps a recipient, new or changed, with what happened with it.
func (tx *Tx) putRecipient(
	ctx context.Context, by doithoai.ID, r doithoai.Recipient, s doithoai.RecipientStep,
) error {
	if r.ID == "" {
		r.ID = newID()
		name := r.Name
		if r.UnitID != "" || r.VillageID != "" { // it may be called otherwise later
			name = ""
		}
		if err := tx.exec(ctx, `INSERT INTO document_recipient (`+recipientColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, 1)`,
			r.ID, r.Document.Subject, r.Document.Kind, r.Document.Part, r.AuthorityID, r.UnitID, r.VillageID, name, r.Route,
			r.Detail, r.State, r.Due, r.SentAt, r.SeenAt, r.TakenAt, r.Urged, r.UrgedAt, r.Attempts, r.NextAt,
			r.Trouble); err != nil {
			return err
		}
	} else if err := tx.execOne(ctx, `UPDATE document_recipient SET route = $1, detail = $2, state = $3, due = $4,
			sent_at = $5, seen_at = $6, taken_at = $7, urged = $8, urged_at = $9, attempts = $10, next_at = $11,
			trouble = $12, version = version + 1
		WHERE id = $13 AND version = $14`, r.Route, r.Detail, r.State, r.Due, r.SentAt, r.SeenAt, r.TakenAt, r.Urged,
		r.UrgedAt, r.Attempts, r.NextAt, r.Trouble, r.ID, r.Version); err != nil {
		return err
	}
	return tx.addStep(ctx, by, r, s)
}

// SendDocument sends a document to recipients, by one route each: to new ones, and again to those that it did not
// reach. version is that of its relay, 0 where it was sent to nobody. Problems name the n-th of them by at.
//
// In this order: the document stands; the recipients may get it by these routes ([doithoai.SendProblems]).
func (db *DB) SendDocument(
	ctx context.Context, actor doithoai.Actor, at doithoai.DocumentRef, version int, all []doithoai.Sending,
	field func(string, int) string,
) error {
	return db.act(ctx, func(tx *Tx) error {
		f, err := tx.openRelay(ctx, actor, doithoai.ActSendDocument, at, version)
		if err != nil {
			return err
		}
		due, err := f.check(ctx, all, field)
		if err != nil {
			return err
		}
		mailing, err := db.mailing(ctx, tx, f.Document)
		if err != nil {
			return err
		}
		var names []string
		for _, s := range all {
			var had doithoai.Recipient
			if i := f.find(s.To); i >= 0 {
				had = f.Recipients[i]
			}
			r, step, err := s.Send(f.Document, had, mailing, due, tx.Now)
			if err != nil {
				return err
			}
			if r.State == doithoai.RecipientQueued {
				tx.touch(TopicDelivery)
			}
			if err := tx.putRecipient(ctx, actor.ID, r, step); err != nil {
				return err
			}
			names = append(names, s.To.Name)
		}
		if err := tx.acknowledgeTold(ctx, f.Document); err != nil {
			return err
		}
		return f.save(ctx, text.Brief(strings.Join(names, ", "), maxSaidOf))
	})
}

// maxSaidOf bounds the names of recipients in an entry of the audit, in characters.
const maxSaidOf = 400

func (f *relayFile) find(r doithoai.Recipient) int {
	return slices.IndexFunc(f.Recipients, func(h doithoai.Recipient) bool { return h.Key() == r.Key() })
}

// check refuses what can't be sent, and returns by when it is to be acknowledged. Units and villages must be there, and
// get their names.
func (f *relayFile) check(
	ctx context.Context, all []doithoai.Sending, field func(string, int) string,
) (due calendar.Date, err error) {
	if f.Document.State != doithoai.DocumentIssued {
		return due, f.over()
	}
	tx, d, today := f.tx, f.Document, f.tx.Now.Date()
	if len(f.Recipients)+len(all) > doithoai.MaxRecipients {
		return due, doithoai.Refuse(doithoai.Invalid, "documents.relay.problem.many")
	}
	o, err := loadOrganisation(ctx, tx, d.AuthorityID)
	if err != nil {
		return due, err
	}
	for i := range all {
		if err := nameRecipient(o, &all[i].To, today); err != nil {
			return due, err
		}
	}
	m, err := relayMatter(ctx, tx, d)
	if err != nil {
		return due, err
	}
	signs, err := signsIn(ctx, tx, d.AuthorityID, today)
	if err != nil {
		return due, err
	}
	if err := doithoai.RefuseForm(doithoai.SendProblems(d, m, all, signs, field)); err != nil {
		return due, err
	}
	rules, err := loadRules(ctx, tx, d.AuthorityID)
	return rules.DueOf(doithoai.ParameterAcknowledge, today), err
}

// over refuses what is done with a document that does not count any more.
func (f *relayFile) over() error {
	return doithoai.Refuse(doithoai.Conflict, "documents.relay.problem."+string(f.Document.State))
}

// nameRecipient names a recipient: a unit or village that is in force, as it is called.
func nameRecipient(o doithoai.Organisation, r *doithoai.Recipient, today calendar.Date) error {
	if r.UnitID == "" && r.VillageID == "" {
		return nil
	}
	for _, u := range o.UnitsOn(today) {
		if u.ID == r.UnitID && r.VillageID == "" {
			r.Name = u.ShortName()
			return nil
		}
	}
	for _, v := range o.VillagesOn(today) {
		if v.ID == r.VillageID && r.UnitID == "" {
			r.Name = v.Name
			return nil
		}
	}
	return doithoai.Refuse(doithoai.NotFound, "error.not_found")
}

// lockRecipient locks the document of a recipient, and reads the recipient; NotFound where it is another authority's.
func (tx *Tx) lockRecipient(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID,
) (r doithoai.Recipient, err error) {
	if err := checkID(id); err != nil {
		return r, err
	}
	read := func() (doithoai.Recipient, error) {
		return one(ctx, tx, scanRecipient, recipientsFrom+` WHERE x.id = $1 AND x.authority_id = $2`, id, actor.AuthorityID)
	}
	if r, err = read(); err != nil {
		return r, err
	}
	if _, err = relayVersion(ctx, tx, r.Document, tx.db.dialect.forUpdate()); err != nil {
		return r, err
	}
	return read()
}

// RecordRecipient enters what the office heard of a recipient: it was seen, acknowledged by whom, or did not arrive and
// why. version is the recipient's.
func (db *DB) RecordRecipient(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, to doithoai.RecipientState, detail string,
) error {
	return db.act(ctx, func(tx *Tx) error {
		if err := may(actor, doithoai.ActRecordRecipient); err != nil {
			return err
		}
		r, err := tx.lockRecipient(ctx, actor, id)
		if err != nil {
			return err
		}
		d, err := listedDocument(ctx, tx, actor, r.Document, tx.Now.Date())
		if err != nil {
			return err
		}
		if err := sameVersion(r.Version, version); err != nil {
			return err
		}
		r, step, err := r.Record(to, detail, tx.Now)
		if err != nil {
			return err
		}
		if err := tx.putRecipient(ctx, actor.ID, r, step); err != nil {
			return err
		}
		if err := tx.sumRelay(ctx, r.Document); err != nil {
			return err
		}
		return tx.audit(ctx, actor, doithoai.ActRecordRecipient, d.Number, "", string(to)+" "+r.Name)
	})
}

// UrgeRecipients enters that all recipients of a document that have not acknowledged it were asked to. version is that
// of its relay. It is a Conflict where there is none, or where the document no longer stands.
func (db *DB) UrgeRecipients(
	ctx context.Context, actor doithoai.Actor, at doithoai.DocumentRef, version int, c doithoai.Chase,
) error {
	return db.act(ctx, func(tx *Tx) error {
		f, err := tx.openRelay(ctx, actor, doithoai.ActUrgeRecipients, at, version)
		if err != nil {
			return err
		}
		if f.Document.State != doithoai.DocumentIssued {
			return f.over()
		}
		if err := doithoai.RefuseForm(c.Problems()); err != nil {
			return err
		}
		var names []string
		for _, r := range f.Recipients {
			r, step, urged := r.Urge(c, tx.Now)
			if !urged {
				continue
			}
			if err := tx.putRecipient(ctx, actor.ID, r, step); err != nil {
				return err
			}
			names = append(names, r.Name)
		}
		if len(names) == 0 {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		return f.save(ctx, text.Brief(strings.Join(names, ", "), maxSaidOf))
	})
}

// sendAgain makes those to whom a document was sent under another number or day wait for it anew: what they have is not
// the document any more.
func (tx *Tx) sendAgain(ctx context.Context, d doithoai.Document) error {
	at := d.Ref()
	version, err := relayVersion(ctx, tx, at, tx.db.dialect.forUpdate())
	if err != nil || version == 0 {
		return err
	}
	had, err := list(ctx, tx, scanDocument, `SELECT `+documentColumns+`
		FROM document
		WHERE subject_id = $1 AND kind = $2 AND part = $3`, at.Subject, at.Kind, at.Part)
	if err != nil || len(had) == 0 || had[0].Number == d.Number && had[0].Dated == d.Dated {
		return err
	}
	all, err := recipientsOf(ctx, tx, at)
	if err != nil {
		return err
	}
	for _, r := range all {
		if r.State == doithoai.RecipientFailed {
			continue
		}
		r.State, r.NextAt, r.Trouble = doithoai.RecipientFailed, calendar.Instant{}, doithoai.TroubleNone
		step := doithoai.RecipientStep{Kind: doithoai.RecipientRenumbered, Detail: had[0].Number}
		if err := tx.putRecipient(ctx, "", r, step); err != nil {
			return err
		}
	}
	return tx.sumRelay(ctx, at)
}

// acknowledgeTold takes a village whose people were told of a dialogue by its head as one that has the announcement:
// its head is not asked for the same twice.
func (tx *Tx) acknowledgeTold(ctx context.Context, d doithoai.Document) error {
	if d.Kind != doithoai.DocumentAnnouncement {
		return nil
	}
	all, err := list(ctx, tx, scanRecipient, recipientsFrom+`
		JOIN relay t ON t.village_id = x.village_id AND t.dialogue_id = x.subject_id AND t.matter = 'announcement'
			AND t.step = 'told'
		JOIN dialogue g ON g.id = t.dialogue_id AND g.moves = t.moves
		WHERE x.subject_id = $1 AND x.kind = $2 AND x.part = $3 AND x.state IN ('sent', 'seen')
		ORDER BY x.id LIMIT $4`, d.Subject, d.Kind, d.Part, doithoai.MaxRecipients)
	for _, r := range all {
		if err != nil {
			return err
		}
		r, step, ackErr := r.Acknowledge(tx.Now)
		if ackErr != nil {
			return ackErr
		}
		step.Way = string(toldWay)
		err = tx.putRecipient(ctx, "", r, step)
	}
	return err
}

// toldWay is how a village acknowledged whose people were told.
const toldWay doithoai.DocumentRoute = "told"

// announcementTold does so when the people of a village were told.
func (tx *Tx) announcementTold(ctx context.Context, r plan.Relay) error {
	if r.Matter != plan.RelayAnnouncement || r.Step != plan.RelayTold {
		return nil
	}
	d := doithoai.Document{Kind: doithoai.DocumentAnnouncement, Subject: r.DialogueID}
	next, err := tx.nextPart(ctx, d)
	if err != nil || next == 0 {
		return err
	}
	d.Part = next - 1 // the one that stands
	version, err := relayVersion(ctx, tx, d.Ref(), tx.db.dialect.forUpdate())
	if err != nil || version == 0 {
		return err
	}
	if err := tx.acknowledgeTold(ctx, d); err != nil {
		return err
	}
	return tx.sumRelay(ctx, d.Ref())
}
