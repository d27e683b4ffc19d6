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
	version`

func scanDelivery(r row) (d doithoai.Delivery, err error) {
	err = r.Scan(&d.ID, &d.AuthorityID, &d.SlipID, &d.OpinionID, &d.Kind, &d.Way, &d.State, &d.Attempts, &d.CreatedAt,
		&d.SentAt, &d.Version)
	return d, err
}

// Parcel is a delivery with what its sender must know.
type Parcel struct {
	Delivery  doithoai.Delivery
	Authority doithoai.Authority
	Email     string
	Numbers   []doithoai.RegisterNumber
}

// Backoff between the tries of a delivery: a minute, doubling, at most half a day; after maxTries it has failed and
// waits for people. claimLife is how long its sender has to settle what it claimed: longer than a batch takes at a mail
// server that answers nothing.
const (
	firstBackoff = time.Minute
	lastBackoff  = 12 * time.Hour
	maxTries     = 12
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
	slips := make([]any, batchOver(len(deliveries)))
	for i := range slips { // few lengths, so that the engine keeps the statements
		slips[i] = deliveries[min(i, len(deliveries)-1)].SlipID
	}
	in := db.dialect.placeholders(1, len(slips))
	emails, err := pairs[doithoai.ID](ctx, db.reader(), `SELECT slip_id, email
		FROM petitioner
		WHERE slip_id IN `+in, slips...)
	if err != nil {
		return nil, err
	}
	opinions, err := list(ctx, db.reader(), func(r row) (o doithoai.Opinion, err error) {
		err = r.Scan(&o.ID, &o.SlipID, &o.Number)
		return o, err
	}, `SELECT id, slip_id, number FROM opinion WHERE slip_id IN `+in+` ORDER BY id`, slips...)
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
		parcels[i] = p
	}
	return parcels, nil
}

// SettleParcel records what became of a claimed e-mail: sent, or not (cause), and then it is tried again or has failed.
func (db *DB) SettleParcel(ctx context.Context, d doithoai.Delivery, cause error) error {
	state, sent := doithoai.DeliverySent, db.Now()
	if cause != nil {
		state, sent = doithoai.DeliveryQueued, calendar.Instant{}
		if d.Attempts >= maxTries {
			state = doithoai.DeliveryFailed
		}
	}
	return db.act(ctx, func(tx *Tx) error {
		return tx.execOne(ctx, `UPDATE delivery SET state = $1, sent_at = $2, next_at = $3, version = version + 1
			WHERE id = $4 AND version = $5`, state, sent, tx.Now.Add(backoff(d.Attempts-1)), d.ID, d.Version)
	})
}

// RecordDelivery notes that the office told the person by hand: by telephone, by post, at the counter, or read out.
func (db *DB) RecordDelivery(ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int) error {
	if err := checkID(id); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		d, err := one(ctx, tx, scanDelivery, `SELECT `+deliveryColumns+` FROM delivery WHERE id = $1`, id)
		if err != nil {
			return err
		}
		seat, err := tx.deliverySeat(ctx, actor, d)
		if err != nil {
			return err
		}
		if d.State != doithoai.DeliveryQueued && d.State != doithoai.DeliveryFailed {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		if err := tx.execOne(ctx, `UPDATE delivery SET state = $1, sent_at = $2, sent_by = $3, version = version + 1
			WHERE id = $4 AND version = $5`,
			doithoai.DeliverySent, tx.Now, actor.ID, id, version); err != nil {
			return err
		}
		tx.touch(TopicDelivery)
		return tx.recordDelivery(ctx, actor, seat, d)
	})
}

// deliverySeat is the seat in which the actor tells somebody by hand, of one opinion or of a whole slip.
func (tx *Tx) deliverySeat(ctx context.Context, actor doithoai.Actor, d doithoai.Delivery) (doithoai.Seat, error) {
	if d.OpinionID == "" {
		return doithoai.SeatFor(actor, doithoai.ActRecordDelivery, doithoai.Subject{AuthorityID: d.AuthorityID})
	}
	c, err := tx.openCase(ctx, actor, doithoai.ActRecordDelivery, d.OpinionID)
	if err != nil {
		return doithoai.Seat{}, err
	}
	return c.Seat, nil
}

// recordDelivery adds the event to each opinion that the delivery concerns.
func (tx *Tx) recordDelivery(ctx context.Context, actor doithoai.Actor, seat doithoai.Seat, d doithoai.Delivery) error {
	opinions, err := opinionsOfSlip(ctx, tx, d.SlipID)
	if err != nil {
		return err
	}
	facts := doithoai.Facts{To: string(d.Kind), Way: d.Way, OnBehalf: seat.For}
	for _, o := range opinions {
		if d.OpinionID != "" && d.OpinionID != o.ID {
			continue
		}
		if err := tx.record(ctx, o, actor, doithoai.ActRecordDelivery, facts, ""); err != nil {
			return err
		}
	}
	return nil
}

// HandDelivery is somebody who must be told by hand.
type HandDelivery struct {
	Delivery doithoai.Delivery
	Opinion  doithoai.Opinion // only ID, Number, Content; its page opens the name and how to reach them, with a reason
	Village  string
}

// HandDeliveries lists answers, and news of their due dates, that people must bring to their askers: by telephone, by
// post, at the counter, read out. The oldest come first, maxWork at most.
func (db *DB) HandDeliveries(ctx context.Context, actor doithoai.Actor) ([]HandDelivery, error) {
	if err := doithoai.Can(actor, doithoai.ActRecordDelivery,
		doithoai.Subject{AuthorityID: actor.AuthorityID}); err != nil {
		return nil, err
	}
	args := []any{actor.AuthorityID, maxWork}
	hidden := notConcerned(actor, db.Now().Date(), binder(&args))
	return list(ctx, db.reader(), func(r row) (h HandDelivery, err error) {
		d, o := &h.Delivery, &h.Opinion
		err = r.Scan(&d.ID, &d.AuthorityID, &d.SlipID, &d.OpinionID, &d.Kind, &d.Way, &d.State, &d.Attempts, &d.CreatedAt,
			&d.SentAt, &d.Version, &o.ID, &o.Number, &o.Content, &o.Headline, &h.Village)
		return h, err
	}, `SELECT d.id, d.authority_id, d.slip_id, d.opinion_id, d.kind, d.way, d.state, d.attempts, d.created_at, d.sent_at,
			d.version, o.id, o.number, o.content, o.headline, coalesce(v.name, '')
		FROM delivery d
		JOIN opinion o ON o.id = d.opinion_id
		LEFT JOIN village v ON v.id = o.village_id
		WHERE d.authority_id = $1 AND d.kind <> 'received' AND (d.way <> 'email' AND d.state = 'queued' OR d.state = 'failed')
			AND `+notDenounced+hidden+`
		ORDER BY d.id LIMIT $2`, args...)
}
