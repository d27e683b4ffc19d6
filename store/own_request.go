package store

import (
	"context"
	"maps"
	"slices"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
)

const ownColumns = `opinion_id, number, kind, much, said, at, state, words, decided_by, decided_at`

func scanOwn(r row) (o doithoai.OwnRequest, err error) {
	err = r.Scan(&o.OpinionID, &o.Number, &o.Kind, &o.Much, &o.Said, &o.At, &o.State, &o.Words, &o.DecidedBy,
		&o.DecidedAt)
	return o, err
}

// ownRequestsOf lists what who raised the opinions of a slip asked of the office, the first first.
func ownRequestsOf(ctx context.Context, q querier, slip doithoai.ID) ([]doithoai.OwnRequest, error) {
	return list(ctx, q, scanOwn, `SELECT `+ownColumns+`
		FROM own_request
		WHERE slip_id = $1
		ORDER BY at, opinion_id, number`, slip)
}

// identityOf loads the name or place that is to stand instead of a slip's; false where nothing was asked.
func identityOf(ctx context.Context, q querier, slip doithoai.ID) (i doithoai.Identity, ok bool, err error) {
	i, err = one(ctx, q, func(r row) (i doithoai.Identity, err error) {
		err = r.Scan(&i.Name, &i.Moved, &i.VillageID, &i.Address)
		return i, err
	}, `SELECT name, moved, village_id, address FROM petitioner_change WHERE slip_id = $1`, slip)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return i, false, nil
	}
	return i, err == nil, err
}

// openOwn opens, by its receipt code, an opinion of a slip for an act of its holder, with all others of the slip held:
// the one that is named; where none is, the first that is not joined to another one, else the first. A slip of which
// nothing but denunciations is left is NotFound.
func (tx *Tx) openOwn(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, code doithoai.ReceiptCode, named doithoai.RegisterNumber,
) (*caseFile, error) {
	slip, err := one(ctx, tx, column[doithoai.ID], `SELECT id FROM slip WHERE code_hash = $1 AND authority_id = $2`,
		code.Hash(), actor.AuthorityID)
	if err != nil {
		return nil, err
	}
	all, err := list(ctx, tx, column[doithoai.ID], `SELECT id
		FROM opinion
		WHERE slip_id = $1
		ORDER BY id`+tx.db.dialect.forUpdate(), slip)
	if err != nil {
		return nil, err
	}
	var found *caseFile
	for _, id := range all {
		c, err := tx.loadCase(ctx, actor, act, id)
		switch {
		case err != nil:
			return nil, err
		case c.Subject.Denunciation:
		case named == "" && (found == nil || found.Opinion.JoinedTo != "" && c.Opinion.JoinedTo == ""):
			found = c
		case named == "":
		case c.Opinion.Number == named, found == nil && c.Opinion.JoinedTo != "":
			found = c
		}
	}
	switch {
	case found == nil:
		return nil, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	case actor.ID != "": // who has an account has no receipt code
		return nil, doithoai.Refuse(doithoai.NotAllowed, "error.not_allowed")
	case act == doithoai.ActRequestOwn && found.Opinion.JoinedTo != "":
		return nil, doithoai.Refuse(doithoai.Conflict, "own_data.problem.joined")
	}
	return found, found.may()
}

// ChangeWays keeps how who raised the opinions of a slip is to be told from now on, by their receipt code: at once,
// and what waits to be told goes the new way. Nothing of what it was is kept. Where nothing changes it is no act.
func (db *DB) ChangeWays(
	ctx context.Context, actor doithoai.Actor, code doithoai.ReceiptCode, contact doithoai.Contact,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openOwn(ctx, actor, doithoai.ActChangeWays, code, "")
		if err != nil {
			return err
		}
		if !storable(contact.Phone) || !storable(contact.Email) || !storable(contact.PostAddress) {
			return doithoai.Refuse(doithoai.Invalid, "error.invalid")
		}
		e, err := erasingOf(ctx, tx, c.Opinion.SlipID)
		if err != nil {
			return err
		}
		if e.had != "" {
			return doithoai.Refuse(doithoai.Conflict, "own_data.problem.erased")
		}
		who, err := petitionerOf(ctx, tx, c.Opinion.SlipID)
		if err != nil {
			return err
		}
		next, changed, err := who.Reached(contact)
		if err != nil || changed == nil {
			return err
		}
		if err := tx.execOne(ctx, `UPDATE petitioner
			SET ways = $1, phone = $2, email = $3, post_address = $4
			WHERE slip_id = $5`,
			joinWays(next.Ways), next.Phone, next.Email, next.PostAddress, c.Opinion.SlipID); err != nil {
			return err
		}
		if err := tx.redirectDeliveries(ctx, c.Opinion.SlipID, who, next); err != nil {
			return err
		}
		return c.save(ctx, doithoai.Facts{Changed: changed}, "")
	})
}

// redirectDeliveries sends what waits to be told to the new address, or in the first of the new ways where its own was
// given up; once, where it waits in another that stays. What the program is just sending, or tries again, goes to the
// address that it then finds.
func (tx *Tx) redirectDeliveries(ctx context.Context, slip doithoai.ID, was, is doithoai.Petitioner) error {
	all, err := list(ctx, tx, scanDelivery, `SELECT `+deliveryColumns+`
		FROM delivery
		WHERE slip_id = $1
		ORDER BY id`, slip)
	if err != nil {
		return err
	}
	type news struct {
		opinion doithoai.ID
		kind    doithoai.DeliveryKind
		at      calendar.Instant
	}
	of := func(d doithoai.Delivery) news { return news{d.OpinionID, d.Kind, d.CreatedAt} }
	stays := map[news]bool{}
	for _, d := range all {
		stays[of(d)] = stays[of(d)] || slices.Contains(is.Ways, d.Way.Chosen())
	}
	for _, d := range all {
		chosen := d.Way.Chosen()
		moved := chosen == doithoai.WayEmail && d.State == doithoai.DeliveryFailed && was.Email != is.Email ||
			(chosen == doithoai.WayPhone || chosen == doithoai.WayZalo) && was.Phone != is.Phone
		switch kept := slices.Contains(is.Ways, chosen); {
		case !d.Untold() || d.Kind == doithoai.DeliveryReceived:
			continue
		case kept && !moved:
			continue
		case !kept && stays[of(d)]:
			if err := tx.execOne(ctx, `DELETE FROM delivery WHERE id = $1 AND version = $2`, d.ID, d.Version); err != nil {
				return err
			}
			continue
		case !kept:
			chosen, stays[of(d)] = is.Ways[0], true
		}
		way, byHand := tx.db.gateways.Route(chosen, text.Mobile(is.Phone))
		if err := tx.execOne(ctx, `UPDATE delivery
			SET way = $1, by_hand = $2, state = $3, trouble = '', attempts = 0, next_at = $4, version = version + 1
			WHERE id = $5 AND version = $6`,
			way, byHand, doithoai.DeliveryQueued, tx.Now, d.ID, d.Version); err != nil {
			return err
		}
	}
	tx.touch(TopicDelivery)
	return nil
}

// RequestOwn asks the office, by the receipt code of a slip, to correct name or place (identity), to erase, or to take
// an opinion back as withdrawn, the one with the number. See [doithoai.OwnAsking]. The same once more, as of a form
// that was sent twice, is no act.
func (db *DB) RequestOwn(
	ctx context.Context, actor doithoai.Actor, code doithoai.ReceiptCode, number doithoai.RegisterNumber,
	r doithoai.OwnRequest, identity doithoai.Identity,
) error {
	return db.act(ctx, func(tx *Tx) error {
		named := doithoai.RegisterNumber("")
		if r.Kind == doithoai.OwnWithdrawal {
			if named = number; named == "" {
				return doithoai.Refuse(doithoai.NotFound, "error.not_found")
			}
		}
		c, err := tx.openOwn(ctx, actor, doithoai.ActRequestOwn, code, named)
		if err != nil {
			return err
		}
		if named != "" && c.Opinion.Number != named {
			return doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
		if !storable(r.Said) || !storable(identity.Name) || !storable(identity.Address) {
			return doithoai.Refuse(doithoai.Invalid, "error.invalid")
		}
		return c.requestOwn(ctx, r, identity)
	})
}

func (c *caseFile) requestOwn(ctx context.Context, r doithoai.OwnRequest, identity doithoai.Identity) error {
	tx, o := c.tx, c.Opinion
	asking, err := tx.ownAsking(ctx, c)
	if err != nil {
		return err
	}
	known, _, err := identityOf(ctx, tx, o.SlipID)
	if err != nil {
		return err
	}
	if r.Kind != doithoai.OwnIdentity {
		identity, known = doithoai.Identity{}, doithoai.Identity{}
	}
	number := 0
	for _, p := range asking.Past {
		if p.OpinionID != o.ID {
			continue
		}
		number = max(number, p.Number)
		if p.State == doithoai.OwnWaits && p.Kind == r.Kind && p.Much == r.Much && p.Said == r.Said &&
			known == identity {
			return nil
		}
	}
	r, facts, err := asking.Ask(r, number+1)
	if err != nil {
		return err
	}
	if r.Kind == doithoai.OwnIdentity {
		if err := tx.keepIdentity(ctx, o, identity); err != nil {
			return err
		}
	}
	if err := tx.exec(ctx, `INSERT INTO own_request (authority_id, slip_id, `+ownColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', NULL, NULL)`,
		o.AuthorityID, o.SlipID, o.ID, r.Number, string(r.Kind), string(r.Much), r.Said, tx.Now,
		string(r.State)); err != nil {
		return err
	}
	return c.save(ctx, facts, r.Said)
}

// ownAsking loads what a request on an opinion is judged by.
func (tx *Tx) ownAsking(ctx context.Context, c *caseFile) (a doithoai.OwnAsking, err error) {
	a = doithoai.OwnAsking{Opinion: c.Opinion, Petition: c.Petition}
	e, err := erasingOf(ctx, tx, c.Opinion.SlipID)
	if err != nil {
		return a, err
	}
	a.Erased, a.Ended = e.had, !e.ended.IsZero()
	p, err := publicationOf(ctx, tx, c.Opinion.ID)
	if err != nil {
		return a, err
	}
	if p != nil {
		a.Publication = p.State
	}
	a.Past, err = ownRequestsOf(ctx, tx, c.Opinion.SlipID)
	return a, err
}

// keepIdentity keeps the name or place that the office is to decide on.
func (tx *Tx) keepIdentity(ctx context.Context, o doithoai.Opinion, i doithoai.Identity) error {
	who, err := petitionerOf(ctx, tx, o.SlipID)
	if err != nil {
		return err
	}
	if _, err := who.Corrected(i); err != nil {
		return err
	}
	if err := tx.checkVillage(ctx, o.AuthorityID, i.VillageID); err != nil {
		return err
	}
	return tx.exec(ctx, `INSERT INTO petitioner_change (slip_id, authority_id, name, moved, village_id, address)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (slip_id) DO UPDATE SET name = excluded.name, moved = excluded.moved,
			village_id = excluded.village_id, address = excluded.address`,
		o.SlipID, o.AuthorityID, i.Name, i.Moved, i.VillageID, i.Address)
}

// openRequest opens an opinion for the office's act on a request that waits, with all others of its slip held.
func (tx *Tx) openRequest(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, opinion doithoai.ID, number int,
) (c *caseFile, r doithoai.OwnRequest, err error) {
	if err := tx.holdSlipOf(ctx, opinion); err != nil {
		return nil, r, err
	}
	if c, err = tx.openCase(ctx, actor, act, opinion); err != nil {
		return nil, r, err
	}
	r, err = one(ctx, tx, scanOwn, `SELECT `+ownColumns+`
		FROM own_request
		WHERE opinion_id = $1 AND number = $2`, opinion, number)
	if doithoai.KindOf(err) == doithoai.NotFound || err == nil && r.State != doithoai.OwnWaits {
		err = doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	return c, r, err
}

// CorrectPetitioner gives who raised a slip's opinions the name or place that they asked for, by the number of the
// request. A public summary that would tell the name goes back to who writes it, and words on screens are taken off
// them, as when somebody is named ([DB.NamePetitioner]).
func (db *DB) CorrectPetitioner(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, number int) error {
	return db.act(ctx, func(tx *Tx) error {
		c, r, err := tx.openRequest(ctx, actor, doithoai.ActCorrectPetitioner, opinion, number)
		if err != nil {
			return err
		}
		slip := c.Opinion.SlipID
		i, asked, err := identityOf(ctx, tx, slip)
		if err != nil {
			return err
		}
		if r.Kind != doithoai.OwnIdentity || !asked {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		who, err := petitionerOf(ctx, tx, slip)
		if err != nil {
			return err
		}
		if who, err = who.Corrected(i); err != nil {
			return doithoai.Refuse(doithoai.Conflict, "own_data.problem.aloud") // their ways changed meanwhile
		}
		if err := tx.execOne(ctx, `UPDATE petitioner SET name = $1, village_id = $2, address = $3 WHERE slip_id = $4`,
			who.Name, who.VillageID, who.Address, slip); err != nil {
			return err
		}
		if i.Moved {
			if err := tx.exec(ctx, `UPDATE opinion SET village_id = $1, version = version + 1 WHERE slip_id = $2`,
				who.VillageID, slip); err != nil {
				return err
			}
		}
		if err := tx.exec(ctx, `DELETE FROM petitioner_change WHERE slip_id = $1`, slip); err != nil {
			return err
		}
		r.State = doithoai.OwnGranted
		if err := c.decideOwn(ctx, r); err != nil {
			return err
		}
		return c.corrected(ctx, who, doithoai.Facts{OwnRequest: r.Number, OwnKind: r.Kind})
	})
}

// corrected takes out of sight what tells who raised the opinions, and ends the act on each opinion that it concerns.
func (c *caseFile) corrected(ctx context.Context, who doithoai.Petitioner, facts doithoai.Facts) error {
	tx, slip := c.tx, c.Opinion.SlipID
	if err := tx.hideTelling(ctx, slip, who); err != nil {
		return err
	}
	taken, err := tx.takeDownTelling(ctx, slip, who)
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(taken)) {
		if id == c.Opinion.ID {
			facts.From, facts.To = taken[id].From, taken[id].To
			continue
		}
		other, err := opinionByID(ctx, tx, id)
		if err != nil {
			return err
		}
		f := taken[id]
		f.OnBehalf = c.Seat.For
		if err := tx.record(ctx, other, c.actor, c.act, f, ""); err != nil {
			return err
		}
	}
	if err := c.tell(ctx, doithoai.DeliveryOwn); err != nil {
		return err
	}
	return c.save(ctx, facts, "")
}

// RefuseOwn leaves things as they are, with words that the person reads; they are told. number is that of the request.
func (db *DB) RefuseOwn(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, number int, words string,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, r, err := tx.openRequest(ctx, actor, doithoai.ActRefuseOwn, opinion, number)
		if err != nil {
			return err
		}
		if !storable(words) {
			return doithoai.Refuse(doithoai.Invalid, "error.invalid")
		}
		r, facts, err := r.Refuse(words)
		if err != nil {
			return err
		}
		if err := c.decideOwn(ctx, r); err != nil {
			return err
		}
		if r.Kind == doithoai.OwnIdentity {
			if err := tx.exec(ctx, `DELETE FROM petitioner_change WHERE slip_id = $1`, c.Opinion.SlipID); err != nil {
				return err
			}
		}
		if err := c.tell(ctx, doithoai.DeliveryOwn); err != nil {
			return err
		}
		return c.save(ctx, facts, words)
	})
}

// decideOwn keeps what became of a request that waits.
func (c *caseFile) decideOwn(ctx context.Context, r doithoai.OwnRequest) error {
	return c.tx.decideOwn(ctx, c.actor, r)
}

func (tx *Tx) decideOwn(ctx context.Context, actor doithoai.Actor, r doithoai.OwnRequest) error {
	return tx.execOne(ctx, `UPDATE own_request
		SET state = $1, words = $2, decided_by = $3, decided_at = $4
		WHERE opinion_id = $5 AND number = $6 AND state = 'waits'`,
		string(r.State), r.Words, actor.ID, tx.Now, r.OpinionID, r.Number)
}

// settleWithdrawn grants what waits of the person's wish to withdraw the opinion.
func (c *caseFile) settleWithdrawn(ctx context.Context) error {
	return c.tx.exec(ctx, `UPDATE own_request
		SET state = 'granted', decided_by = $1, decided_at = $2
		WHERE opinion_id = $3 AND kind = 'withdrawal' AND state = 'waits'`, c.actor.ID, c.tx.Now, c.Opinion.ID)
}

// settleErased settles what waits on a slip of which so much is erased.
func (tx *Tx) settleErased(ctx context.Context, actor doithoai.Actor, slip doithoai.ID, much doithoai.Erasure) error {
	all, err := ownRequestsOf(ctx, tx, slip)
	if err != nil {
		return err
	}
	for _, r := range all {
		after := r.AfterErasure(much)
		if after == r.State {
			continue
		}
		r.State = after
		if err := tx.decideOwn(ctx, actor, r); err != nil {
			return err
		}
	}
	return nil
}

// ViewedIdentity returns the name or place that who raised an opinion asks to stand instead, to who has just put a view
// of them on record; false where nothing is asked, or there is no such view.
func (db *DB) ViewedIdentity(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID,
) (i doithoai.Identity, ok bool, err error) {
	if _, ok, err = db.ViewedPetitioner(ctx, actor, opinion); err != nil || !ok {
		return i, false, err
	}
	o, err := opinionByID(ctx, db.reader(), opinion)
	if err != nil {
		return i, false, err
	}
	return identityOf(ctx, db.reader(), o.SlipID)
}

// AskedOwn is an opinion on which who raised it asks something of the office.
type AskedOwn struct {
	Row
	Request doithoai.OwnRequest
}

// OwnRequests lists what people ask of the office by their codes and what waits, the longest waiting first, maxWork at
// most: more reports whether there are others.
func (db *DB) OwnRequests(ctx context.Context, actor doithoai.Actor) (all []AskedOwn, more bool, err error) {
	if err := may(actor, doithoai.ActRefuseOwn); err != nil {
		return nil, false, err
	}
	args := []any{actor.AuthorityID, maxWork + 1}
	all, err = list(ctx, db.reader(), func(r row) (d AskedOwn, err error) {
		x := &d.Request
		d.Row, err = scanRow(also{r, []any{&x.Number, &x.Kind, &x.Much, &x.At}})
		return d, err
	}, `SELECT `+rowColumns+`, x.number, x.kind, x.much, x.at
		FROM own_request x
		JOIN opinion o ON o.id = x.opinion_id`+rowJoins+`
		WHERE x.authority_id = $1 AND x.state = 'waits' AND `+notDenounced+
		notConcerned(actor, db.Now().Date(), binder(&args))+`
		ORDER BY x.at, x.opinion_id LIMIT $2`, args...)
	return all[:min(len(all), maxWork)], len(all) > maxWork, err
}
