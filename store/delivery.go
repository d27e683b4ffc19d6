package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"doithoai"
	"doithoai/calendar"
)

const deliveryColumns = `id, authority_id, slip_id, opinion_id, kind, way, by_hand, state, attempts, trouble, ` +
	`next_at, created_at, sent_at, receiver, sent_by, recorded_at, replaced, version`

func scanDelivery(r row) (d doithoai.Delivery, err error) {
	err = r.Scan(deliveryFields(&d)...)
	return d, err
}

// deliveryFields are where the columns of a delivery are scanned to.
func deliveryFields(d *doithoai.Delivery) []any {
	return []any{
		&d.ID, &d.AuthorityID, &d.SlipID, &d.OpinionID, &d.Kind, &d.Way, &d.ByHand, &d.State, &d.Attempts, &d.Trouble,
		&d.NextAt, &d.CreatedAt, &d.SentAt, &d.Receiver, &d.RecordedBy, &d.RecordedAt, &d.Replaced, &d.Version,
	}
}

// toTell says of a delivery d that the office is to bring it, as [doithoai.Delivery.ToTell] does.
const toTell = `d.kind <> 'received' AND (d.by_hand AND d.state = 'queued' OR d.state = 'failed')`

// tellable says of a delivery that it tells of something else than denunciations: of those nothing ever goes out.
const tellable = `EXISTS (SELECT 1
	FROM opinion o
	WHERE o.slip_id = delivery.slip_id AND (delivery.opinion_id IS NULL OR o.id = delivery.opinion_id)
		AND ` + notDenounced + `)`

// Parcel is a delivery with what its sender must know.
type Parcel struct {
	Delivery  doithoai.Delivery
	Authority doithoai.Authority
	To        string // e-mail address, or telephone number in its normal form; empty: none is known any more
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

// ClaimParcels takes up to n deliveries of a way that the program goes whose time has come, but those of
// denunciations. A claimed one is tried again later unless it is settled, so that a sender that dies loses nothing. Two
// nodes that claim at once never get the same.
func (db *DB) ClaimParcels(ctx context.Context, way doithoai.Way, n int) ([]Parcel, error) {
	var claimed []doithoai.Delivery
	err := db.act(ctx, func(tx *Tx) (err error) {
		claimed, err = list(ctx, tx, scanDelivery, `WITH due AS MATERIALIZED (
				SELECT id FROM delivery
				WHERE state = $1 AND way = $2 AND next_at <= $3 AND NOT by_hand AND `+tellable+`
				ORDER BY next_at, id
				LIMIT $4`+db.dialect.skipLocked()+`)
			UPDATE delivery SET attempts = attempts + 1, next_at = $5, version = version + 1
			WHERE id IN (SELECT id FROM due)
			RETURNING `+deliveryColumns,
			doithoai.DeliveryQueued, way, tx.Now, n, tx.Now.Add(claimLife))
		return err
	})
	if err != nil || len(claimed) == 0 {
		return nil, err
	}
	slices.SortFunc(claimed, func(a, b doithoai.Delivery) int { return cmp.Compare(a.ID, b.ID) })
	return db.parcels(ctx, claimed)
}

// ParcelStands reports whether a claimed delivery is still to be sent: what it tells of may have been replaced, or have
// left this flow, since it was claimed.
func (db *DB) ParcelStands(ctx context.Context, d doithoai.Delivery) (bool, error) {
	n, err := one(ctx, db.reader(), column[int], `SELECT count(*)
		FROM delivery
		WHERE id = $1 AND version = $2 AND state = $3 AND `+tellable, d.ID, d.Version, doithoai.DeliveryQueued)
	return n == 1, err
}

// DropGateways gives to people what waits for a gateway that this installation has not any more.
func (db *DB) DropGateways(ctx context.Context) error {
	for way, there := range map[doithoai.Way]bool{
		doithoai.WaySMS: db.gateways.SMS, doithoai.WayZalo: db.gateways.Zalo,
	} {
		if there {
			continue
		}
		if err := db.act(ctx, func(tx *Tx) error {
			n, err := tx.execCount(ctx, `UPDATE delivery SET state = $1, trouble = $2, version = version + 1
				WHERE state = $3 AND way = $4 AND NOT by_hand`,
				doithoai.DeliveryFailed, doithoai.TroubleNoGateway, doithoai.DeliveryQueued, way)
			if n > 0 {
				tx.touch(TopicDelivery)
			}
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

// parcels reads what the sender of deliveries must know.
func (db *DB) parcels(ctx context.Context, deliveries []doithoai.Delivery) ([]Parcel, error) {
	slips := make([]doithoai.ID, len(deliveries))
	for i, d := range deliveries {
		slips[i] = d.SlipID
	}
	var args []any
	in := inList(binder(&args), slips)
	type reach struct {
		slip         doithoai.ID
		email, phone string
	}
	reaches, err := list(ctx, db.reader(), func(r row) (to reach, err error) {
		err = r.Scan(&to.slip, &to.email, &to.phone)
		return to, err
	}, `SELECT slip_id, email, phone FROM petitioner WHERE slip_id IN `+in, args...)
	if err != nil {
		return nil, err
	}
	opinions, err := list(ctx, db.reader(), func(r row) (o doithoai.Opinion, err error) {
		err = r.Scan(&o.ID, &o.SlipID, &o.Number)
		return o, err
	}, `SELECT o.id, o.slip_id, o.number
		FROM opinion o
		WHERE o.slip_id IN `+in+` AND `+notDenounced+`
		ORDER BY o.id`, args...)
	if err != nil {
		return nil, err
	}
	authorities := map[doithoai.ID]doithoai.Authority{}
	parcels := make([]Parcel, len(deliveries))
	for i, d := range deliveries {
		p := Parcel{Delivery: d}
		for _, to := range reaches {
			switch {
			case to.slip != d.SlipID:
			case d.Way == doithoai.WayEmail:
				p.To = to.email
			default:
				p.To = to.phone
			}
		}
		of, known := authorities[d.AuthorityID]
		if !known {
			if of, err = one(ctx, db.reader(), scanAuthority, authorityOn+` WHERE a.id = $2`, db.Now().Date(),
				d.AuthorityID); err != nil {
				return nil, err
			}
			authorities[d.AuthorityID] = of
		}
		p.Authority = of
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

// SettleParcel records what became of a claimed delivery: without trouble it was taken. What was refused, or delayed
// too often, has failed: people tell the person by hand.
func (db *DB) SettleParcel(ctx context.Context, d doithoai.Delivery, trouble doithoai.Trouble) error {
	state, sent := doithoai.DeliveryQueued, calendar.Instant{}
	switch {
	case trouble == doithoai.TroubleNone:
		state, sent = doithoai.DeliverySent, db.Now()
	case trouble == doithoai.TroubleRefused || d.Attempts >= maxTries:
		state = doithoai.DeliveryFailed
	}
	return db.act(ctx, func(tx *Tx) error {
		n, err := tx.execCount(ctx, `UPDATE delivery
			SET state = $1, trouble = $2, sent_at = $3, next_at = $4, version = version + 1
			WHERE id = $5 AND version = $6`,
			state, trouble, sent, tx.Now.Add(backoff(d.Attempts-1)), d.ID, d.Version)
		if err != nil {
			return err
		}
		if n == 1 {
			return nil
		}
		// While it was under way its answer was replaced, or people took it over: nobody tries again, but what was taken
		// was sent.
		kept := `state`
		if trouble == doithoai.TroubleNone {
			kept = `'sent'`
		}
		return tx.execOne(ctx, `UPDATE delivery SET state = `+kept+`, sent_at = $1, version = version + 1
			WHERE id = $2 AND state IN ('replaced', 'failed')`, sent, d.ID)
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

// TakeOverDelivery ends the tries of the program, which do not get through: the office tells the person by hand.
func (db *DB) TakeOverDelivery(ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int) error {
	return db.act(ctx, func(tx *Tx) error {
		f, err := tx.openDelivery(ctx, actor, doithoai.ActTakeOverDelivery, id, version)
		if err != nil {
			return err
		}
		if f.Delivery, err = f.Delivery.TakeOver(tx.Now); err != nil {
			return err
		}
		return f.end(ctx, doithoai.Facts{})
	})
}

// HandDelivery is somebody who must be told by hand, or whom the program could not tell so far.
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
	return db.waitingDeliveries(ctx, actor, func(func(any) string) string { return toTell })
}

// HandDeliveriesBy lists those that go one way, in the same manner.
func (db *DB) HandDeliveriesBy(
	ctx context.Context, actor doithoai.Actor, way doithoai.Way,
) (all []HandDelivery, more bool, err error) {
	if err := may(actor, doithoai.ActRecordDelivery); err != nil {
		return nil, false, err
	}
	return db.waitingDeliveries(ctx, actor, func(bind func(any) string) string {
		return toTell + ` AND d.way = ` + bind(way)
	})
}

// DelayedDeliveries lists what the program could not send so far, in the same manner.
func (db *DB) DelayedDeliveries(
	ctx context.Context, actor doithoai.Actor,
) (all []HandDelivery, more bool, err error) {
	if err := may(actor, doithoai.ActSeeDeliveries); err != nil {
		return nil, false, err
	}
	return db.waitingDeliveries(ctx, actor, func(bind func(any) string) string {
		return `d.kind <> 'received' AND d.state = 'queued' AND NOT d.by_hand AND (d.trouble <> '' OR d.created_at < ` +
			bind(db.Now().Add(-doithoai.Slow)) + `)`
	})
}

// waitingDeliveries lists deliveries d, without those on denunciations and on the actor's own conduct.
func (db *DB) waitingDeliveries(
	ctx context.Context, actor doithoai.Actor, where func(bind func(any) string) string,
) (all []HandDelivery, more bool, err error) {
	args := []any{actor.AuthorityID, maxWork + 1}
	bind := binder(&args)
	which := where(bind)
	hidden := reachOf(actor, bind) + notConcerned(actor, db.Now().Date(), bind)
	all, err = list(ctx, db.reader(), func(r row) (h HandDelivery, err error) {
		o := &h.Opinion
		err = r.Scan(append(deliveryFields(&h.Delivery), &o.ID, &o.Number, &o.Content, &o.Headline, &o.VillageID,
			&h.Village)...)
		return h, err
	}, `SELECT `+columnsOf("d", deliveryColumns)+`, o.id, o.number, o.content, o.headline, o.village_id,
			coalesce(v.name, '')
		FROM delivery d
		JOIN opinion o ON o.id = d.opinion_id
		LEFT JOIN village v ON v.id = o.village_id
		WHERE d.authority_id = $1 AND `+which+`
			AND `+notDenounced+hidden+`
		ORDER BY d.id LIMIT $2`, args...)
	return all[:min(len(all), maxWork)], len(all) > maxWork, err
}

// Reading is what the head of a village reads out for somebody who asked for it: the number, and what may be said in
// public. Nobody is named.
type Reading struct {
	Delivery doithoai.Delivery
	Number   doithoai.RegisterNumber
	Opinion  doithoai.ID
	// Title and Answer are those of the public summary where the news is an answer and its summary is public; else empty.
	Title, Answer string
}

// Readings lists what is to be read out in a village, the oldest first, maxWork at most: more reports whether there are
// others. past is how many the office tells past the head, who sees nothing of them: complaints, and opinions on how
// officials serve, among whom may be the head.
func (db *DB) Readings(
	ctx context.Context, actor doithoai.Actor, village doithoai.ID,
) (all []Reading, more bool, past int, err error) {
	if err := checkID(village); err != nil {
		return nil, false, 0, err
	}
	if _, err := one(ctx, db.reader(), column[doithoai.ID], `SELECT id
		FROM village
		WHERE id = $1 AND authority_id = $2`, village, actor.AuthorityID); err != nil {
		return nil, false, 0, err
	}
	subject := doithoai.Subject{AuthorityID: actor.AuthorityID, VillageID: village}
	if err := doithoai.Can(actor, doithoai.ActReadAloud, subject); err != nil {
		return nil, false, 0, err
	}
	args := []any{actor.AuthorityID, village, doithoai.WayAloud}
	bind := binder(&args)
	where := `FROM delivery d
		JOIN opinion o ON o.id = d.opinion_id
		LEFT JOIN publication p ON p.opinion_id = o.id AND p.state = 'published' AND d.kind IN ('answered', 'corrected')
			AND NOT EXISTS (SELECT 1 FROM publication_correction pc WHERE pc.opinion_id = o.id)
		WHERE d.authority_id = $1 AND o.village_id = $2 AND d.way = $3 AND ` + toTell + `
			AND ` + notDenounced + notConcerned(actor, db.Now().Date(), bind)
	err = db.snapshot(ctx, func(q querier) error {
		if past, err = one(ctx, q, column[int], `SELECT count(*) `+where+` AND `+unnamed, args...); err != nil {
			return err
		}
		all, err = list(ctx, q, func(r row) (g Reading, err error) {
			err = r.Scan(append(deliveryFields(&g.Delivery), &g.Number, &g.Opinion, &g.Title, &g.Answer)...)
			return g, err
		}, `SELECT `+columnsOf("d", deliveryColumns)+`, o.number, o.id, coalesce(p.title, ''), coalesce(p.answer, '')
			`+where+` AND NOT `+unnamed+`
			ORDER BY d.id LIMIT `+bind(maxWork+1), args...)
		return err
	})
	return all[:min(len(all), maxWork)], len(all) > maxWork, past, err
}
