package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"doithoai"
	"doithoai/calendar"
)

const deliveryColumns = `id, authority_id, slip_id, opinion_id, kind, way, state, attempts, created_at, sent_at,
	receiver, sent_by, recorded_at, replaced, version`

func scanDelivery(r row) (d doithoai.Delivery, err error) {
	err = r.Scan(&d.ID, &d.AuthorityID, &d.SlipID, &d.OpinionID, &d.Kind, &d.Way, &d.State, &d.Attempts, &d.CreatedAt,
		&d.SentAt, &d.Receiver, &d.RecordedBy, &d.RecordedAt, &d.Replaced, &d.Version)
	return d, err
}

// toTell says of a delivery d that the office is to bring it, as [doithoai.Delivery.ToTell] does.
const toTell = `d.kind <> 'received' AND (d.way <> 'email' AND d.state = 'queued' OR d.state = 'failed')`

// Parcel is a delivery with what its sender must know.
type Parcel struct {
	Delivery  doithoai.Delivery
	Authority doithoai.Authority
	Email     string
	Numbers   []doithoai.RegisterNumber
	Dialogue  doithoai.Dialogue // as it stands now, where it was moved; else zero

	// Of a notice of how an opinion stands: that, as it stands now; the unit that leads it, and its due date, if any.
	Status doithoai.Status
	Unit   string
	Due    calendar.Date
}

// Backoff between the tries of a delivery: a minute, doubling, at most half a day; after maxTries, which are four days,
// as long as mail servers try (RFC 5321 §4.5.4.1), it has failed and waits for people. claimLife is how long its sender
// has to settle what it claimed: longer than a batch takes at a mail server that answers nothing.
const (
	firstBackoff = time.Minute
	lastBackoff  = 12 * time.Hour
	maxTries     = 18
	claimLife    = 15 * time.Minute
)

func backoff(attempts int) time.Duration {
	d := firstBackoff << min(attempts, 20)
	return min(d, lastBackoff)
}

// ClaimParcels takes up to n queued e-mails whose time has come. A claimed one is tried again later unless it is
// settled, so that a sender that dies loses nothing. Two nodes that claim at once never get the same.
func (db *DB) ClaimParcels(ctx context.Context, n int) ([]Parcel, error) {
	var claimed []doithoai.Delivery
	err := db.act(ctx, func(tx *Tx) (err error) {
		claimed, err = list(ctx, tx, scanDelivery, `WITH due AS MATERIALIZED (
				SELECT id FROM delivery
				WHERE state = $1 AND way = $2 AND next_at <= $3
				ORDER BY next_at, id
				LIMIT $4`+db.dialect.skipLocked()+`)
			UPDATE delivery SET attempts = attempts + 1, next_at = $5, version = version + 1
			WHERE id IN (SELECT id FROM due)
			RETURNING `+deliveryColumns,
			doithoai.DeliveryQueued, doithoai.WayEmail, tx.Now, n, tx.Now.Add(claimLife))
		return err
	})
	if err != nil || len(claimed) == 0 {
		return nil, err
	}
	slices.SortFunc(claimed, func(a, b doithoai.Delivery) int { return cmp.Compare(a.ID, b.ID) })
	return db.parcels(ctx, claimed)
}

// parcels reads what the sender of deliveries must know.
func (db *DB) parcels(ctx context.Context, deliveries []doithoai.Delivery) ([]Parcel, error) {
	slips := make([]doithoai.ID, len(deliveries))
	for i, d := range deliveries {
		slips[i] = d.SlipID
	}
	var args []any
	in := inList(binder(&args), slips)
	emails, err := pairs[doithoai.ID](ctx, db.reader(), `SELECT slip_id, email
		FROM petitioner
		WHERE slip_id IN `+in, args...)
	if err != nil {
		return nil, err
	}
	opinions, err := list(ctx, db.reader(), func(r row) (o doithoai.Opinion, err error) {
		err = r.Scan(&o.ID, &o.SlipID, &o.Number)
		return o, err
	}, `SELECT id, slip_id, number FROM opinion WHERE slip_id IN `+in+` ORDER BY id`, args...)
	if err != nil {
		return nil, err
	}
	authorities, err := db.Authorities(ctx)
	if err != nil {
		return nil, err
	}
	parcels := make([]Parcel, len(deliveries))
	for i, d := range deliveries {
		p := Parcel{Delivery: d, Email: emails[d.SlipID]}
		for _, a := range authorities {
			if a.ID == d.AuthorityID {
				p.Authority = a
			}
		}
		for _, o := range opinions {
			if o.SlipID == d.SlipID && (d.OpinionID == "" || d.OpinionID == o.ID) {
				p.Numbers = append(p.Numbers, o.Number)
			}
		}
		if d.Kind == doithoai.DeliveryMoved {
			if p.Dialogue, err = one(ctx, db.reader(), scanDialogue, `SELECT `+columnsOf("d", dialogueColumns)+`
				FROM dialogue d
				JOIN slip s ON s.dialogue_id = d.id
				WHERE s.id = $1`, d.SlipID); err != nil {
				return nil, err
			}
		}
		if d.Kind == doithoai.DeliveryStatus {
			if err := db.statusParcel(ctx, &p); err != nil {
				return nil, err
			}
		}
		parcels[i] = p
	}
	return parcels, nil
}

// Outcome is what became of a claimed e-mail.
type Outcome uint8

const (
	ParcelSent    Outcome = iota + 1 // a mail server took it
	ParcelDelayed                    // not now: to be tried again, until it was tried too often
	ParcelRefused                    // never: no such address, or none that takes mail
)

// SettleParcel records what became of a claimed e-mail. One that was refused, or delayed too often, has failed: people
// tell the person by hand.
func (db *DB) SettleParcel(ctx context.Context, d doithoai.Delivery, outcome Outcome) error {
	state, sent := doithoai.DeliveryQueued, calendar.Instant{}
	switch {
	case outcome == ParcelSent:
		state, sent = doithoai.DeliverySent, db.Now()
	case outcome == ParcelRefused || d.Attempts >= maxTries:
		state = doithoai.DeliveryFailed
	}
	return db.act(ctx, func(tx *Tx) error {
		n, err := tx.execCount(ctx, `UPDATE delivery SET state = $1, sent_at = $2, next_at = $3, version = version + 1
			WHERE id = $4 AND version = $5`, state, sent, tx.Now.Add(backoff(d.Attempts-1)), d.ID, d.Version)
		if err != nil || n == 1 {
			return err
		}
		if outcome != ParcelSent { // nobody tries again: its answer was replaced while it was under way
			state = doithoai.DeliveryReplaced
		}
		return tx.execOne(ctx, `UPDATE delivery SET state = $1, sent_at = $2, version = version + 1
			WHERE id = $3 AND state = $4`, state, sent, d.ID, doithoai.DeliveryReplaced)
	})
}

// A deliveryFile is a delivery under an act of who tells the person by hand: the opinion that it concerns is locked.
// The act changes Delivery as its rule says, and ends with [deliveryFile.end].
type deliveryFile struct {
	*caseFile
	Delivery doithoai.Delivery
}

// openDelivery opens a delivery for an act. version is the delivery's. One that concerns a whole slip goes out by
// itself or not at all: an act of people on it is a Conflict.
func (tx *Tx) openDelivery(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, id doithoai.ID, version int,
) (*deliveryFile, error) {
	if err := checkID(id); err != nil {
		return nil, err
	}
	query := `SELECT ` + deliveryColumns + ` FROM delivery WHERE id = $1`
	d, err := one(ctx, tx, scanDelivery, query, id)
	if err != nil {
		return nil, err
	}
	if d.OpinionID == "" {
		if err := doithoai.Can(actor, act, doithoai.Subject{AuthorityID: d.AuthorityID}); err != nil {
			return nil, err
		}
		return nil, doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	c, err := tx.openCase(ctx, actor, act, d.OpinionID)
	if err != nil {
		return nil, err
	}
	f := &deliveryFile{caseFile: c}
	c.version, c.write = version, f.writeDelivery
	f.Delivery, err = one(ctx, tx, scanDelivery, query, id) // as it stands now that its opinion is held
	return f, err
}

func (f *deliveryFile) writeDelivery(ctx context.Context) error {
	d := f.Delivery
	f.tx.touch(TopicDelivery)
	return f.tx.execOne(ctx, `UPDATE delivery
		SET state = $1, sent_at = $2, receiver = $3, sent_by = $4, recorded_at = $5, version = version + 1
		WHERE id = $6 AND version = $7`,
		d.State, d.SentAt, d.Receiver, d.RecordedBy, d.RecordedAt, d.ID, f.version)
}

// end keeps the delivery under the version that the actor saw, and adds the event to its opinion.
func (f *deliveryFile) end(ctx context.Context, facts doithoai.Facts) error {
	d := f.Delivery
	facts.To, facts.Way, facts.Delivery = string(d.Kind), d.Way, d.ID
	return f.save(ctx, facts, "")
}

// RecordDelivery notes that the office told the person by hand: by telephone, by post, at the counter, or read out. It
// is a Conflict where there is nothing to tell so: the person was told already, or the program is still to do it.
func (db *DB) RecordDelivery(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, told doithoai.Telling,
) error {
	return db.act(ctx, func(tx *Tx) error {
		f, err := tx.openDelivery(ctx, actor, doithoai.ActRecordDelivery, id, version)
		if err != nil {
			return err
		}
		d := &f.Delivery
		if !d.ToTell() {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		if err := doithoai.RefuseForm(d.RecordProblems(told, tx.Now)); err != nil {
			return err
		}
		d.State, d.SentAt, d.Receiver = doithoai.DeliverySent, told.At(), told.Receiver
		d.RecordedBy, d.RecordedAt = actor.ID, tx.Now
		return f.end(ctx, doithoai.Facts{ToldAt: d.SentAt, Receiver: d.Receiver})
	})
}

// WithdrawDelivery takes back what the actor recorded today: the person is still to be told.
func (db *DB) WithdrawDelivery(ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int) error {
	return db.act(ctx, func(tx *Tx) error {
		f, err := tx.openDelivery(ctx, actor, doithoai.ActWithdrawDelivery, id, version)
		if err != nil {
			return err
		}
		d := &f.Delivery
		if d.State != doithoai.DeliverySent {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		if !d.WithdrawableBy(actor.ID, tx.Now.Date()) {
			return doithoai.Refuse(doithoai.NotAllowed, "error.not_allowed")
		}
		d.State, d.SentAt, d.Receiver = d.Waiting(), calendar.Instant{}, ""
		d.RecordedBy, d.RecordedAt = "", calendar.Instant{}
		return f.end(ctx, doithoai.Facts{})
	})
}

// HandDelivery is somebody who must be told by hand.
type HandDelivery struct {
	Delivery doithoai.Delivery
	Opinion  doithoai.Opinion // only ID, Number, Content; its page opens the name and how to reach them, with a reason
	Village  string
}

// HandDeliveries lists answers, and news of their due dates, that people must bring to their askers: by telephone, by
// post, at the counter, read out: of opinions that the actor may open. The oldest come first, maxWork at most: more
// reports whether there are others.
func (db *DB) HandDeliveries(
	ctx context.Context, actor doithoai.Actor,
) (all []HandDelivery, more bool, err error) {
	if err := may(actor, doithoai.ActRecordDelivery); err != nil {
		return nil, false, err
	}
	args := []any{actor.AuthorityID, maxWork + 1}
	bind := binder(&args)
	hidden := reachOf(actor, bind) + notConcerned(actor, db.Now().Date(), bind)
	all, err = list(ctx, db.reader(), func(r row) (h HandDelivery, err error) {
		d, o := &h.Delivery, &h.Opinion
		err = r.Scan(&d.ID, &d.AuthorityID, &d.SlipID, &d.OpinionID, &d.Kind, &d.Way, &d.State, &d.Attempts, &d.CreatedAt,
			&d.SentAt, &d.Version, &o.ID, &o.Number, &o.Content, &o.Headline, &h.Village)
		return h, err
	}, `SELECT d.id, d.authority_id, d.slip_id, d.opinion_id, d.kind, d.way, d.state, d.attempts, d.created_at, d.sent_at,
			d.version, o.id, o.number, o.content, o.headline, coalesce(v.name, '')
		FROM delivery d
		JOIN opinion o ON o.id = d.opinion_id
		LEFT JOIN village v ON v.id = o.village_id
		WHERE d.authority_id = $1 AND `+toTell+`
			AND `+notDenounced+hidden+`
		ORDER BY d.id LIMIT $2`, args...)
	return all[:min(len(all), maxWork)], len(all) > maxWork, err
}
