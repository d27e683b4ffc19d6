package store

import (
	"context"
	"slices"

	"doithoai"
)

const letterColumns = `id, authority_id, opinion_id, kind, to_body, doc_number, dated, asked, sent_by, sent_at, state,
	urge_from, reply_number, reply_by, reply_day, gist, reason, closed_by, closed_at, version`

func letterFields(l *doithoai.OnwardLetter) []any {
	return []any{&l.ID, &l.AuthorityID, &l.OpinionID, &l.Kind, &l.To, &l.Number, &l.Dated, &l.Asked, &l.SentBy, &l.SentAt,
		&l.State, &l.UrgeFrom, &l.Reply.Number, &l.Reply.By, &l.Reply.Day, &l.Reply.Gist, &l.Reason, &l.ClosedBy,
		&l.ClosedAt, &l.Version}
}

func scanLetter(r row) (l doithoai.OnwardLetter, err error) {
	err = r.Scan(letterFields(&l)...)
	return l, err
}

const bodyUrgingColumns = `id, letter_id, way, doc_number, urged_at, urged_by, said, recorded_by, recorded_at`

func scanBodyUrging(r row) (u doithoai.BodyUrging, err error) {
	err = r.Scan(&u.ID, &u.LetterID, &u.Way, &u.Number, &u.At, &u.By, &u.Said, &u.RecordedBy, &u.RecordedAt)
	return u, err
}

// lettersOf lists the letters to other bodies about an opinion, the oldest first, each with its urgings.
func lettersOf(ctx context.Context, q querier, opinion doithoai.ID) ([]doithoai.OnwardLetter, error) {
	letters, err := list(ctx, q, scanLetter, `SELECT `+letterColumns+`
		FROM onward_letter
		WHERE opinion_id = $1
		ORDER BY dated, sent_at, id LIMIT $2`, opinion, doithoai.MaxOnwardLetters)
	if err != nil || len(letters) == 0 {
		return nil, err
	}
	urgings, err := list(ctx, q, scanBodyUrging, `SELECT `+bodyUrgingColumns+`
		FROM body_urging
		WHERE opinion_id = $1
		ORDER BY urged_at, id LIMIT $2`, opinion, doithoai.MaxOnwardLetters*doithoai.MaxBodyUrgings)
	for _, u := range urgings {
		i := slices.IndexFunc(letters, func(l doithoai.OnwardLetter) bool { return l.ID == u.LetterID })
		if i >= 0 {
			letters[i].Urgings = append(letters[i].Urgings, u)
		}
	}
	return letters, err
}

// SendOnwardLetter keeps a letter to another body about an opinion, under the id of its form: the same sent twice is
// one. To the superior it goes under the superior's name where none is given.
func (db *DB) SendOnwardLetter(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, l doithoai.OnwardLetter,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openCase(ctx, actor, doithoai.ActSendOnwardLetter, opinion)
		if err != nil {
			return err
		}
		if !wellFormed(l.ID) || !storable(l.To) || !storable(l.Number) || !storable(l.Asked) {
			return doithoai.Refuse(doithoai.Invalid, "error.invalid")
		}
		letters, err := lettersOf(ctx, tx, opinion)
		if err != nil {
			return err
		}
		if l.To == "" && l.Kind == doithoai.OnwardEscalation {
			a, err := tx.authorityByID(ctx, c.Opinion.AuthorityID)
			if err != nil {
				return err
			}
			l.To = a.Superior
		}
		for _, there := range letters {
			if there.ID == l.ID && there.SentBy == actor.ID && there.Words() == l.Words() &&
				doithoai.SameNumber(there.Number, l.Number) {
				return nil
			}
		}
		if l.Kind == doithoai.OnwardEscalation || l.Kind == doithoai.OnwardCoordination { // others are refused
			l.Number, err = tx.numberOf(ctx, c.Opinion.AuthorityID, l.Kind.Document(), l.Number, l.Dated)
			if err != nil {
				return err
			}
		}
		l, facts, err := l.Send(c.Petition, letters, c.Opinion.ReceivedAt.Date(), tx.Now)
		if err != nil {
			return err
		}
		l.AuthorityID, l.OpinionID, l.SentBy = c.Opinion.AuthorityID, opinion, actor.ID
		if err := tx.execOne(ctx, `INSERT INTO onward_letter (`+letterColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', '', NULL, '', '', NULL, NULL, $13)
			ON CONFLICT (id) DO NOTHING`,
			l.ID, l.AuthorityID, l.OpinionID, string(l.Kind), l.To, l.Number, l.Dated, l.Asked, l.SentBy, l.SentAt,
			string(l.State), l.UrgeFrom, l.Version); err != nil {
			return err
		}
		if err := tx.register(ctx, doithoai.Document{
			AuthorityID: l.AuthorityID, Kind: l.Kind.Document(), Subject: l.ID, OpinionID: opinion,
			Number: l.Number, Dated: l.Dated,
		}); err != nil {
			return err
		}
		return c.save(ctx, facts, l.Words())
	})
}

// openLetter opens an opinion for an act on one of its letters. version is the letter's.
func (tx *Tx) openLetter(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, opinion, letter doithoai.ID, version int,
) (c *caseFile, l doithoai.OnwardLetter, err error) {
	if c, err = tx.openCase(ctx, actor, act, opinion); err != nil {
		return nil, l, err
	}
	letters, err := lettersOf(ctx, tx, opinion)
	if err != nil {
		return nil, l, err
	}
	i := slices.IndexFunc(letters, func(l doithoai.OnwardLetter) bool { return l.ID == letter })
	if i < 0 {
		return nil, l, doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	return c, letters[i], sameVersion(letters[i].Version, version)
}

// UrgeBody records that a body that was written to was urged, under the id of its form: the same sent twice is one.
func (db *DB) UrgeBody(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, u doithoai.BodyUrging) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openCase(ctx, actor, doithoai.ActUrgeBody, opinion)
		if err != nil {
			return err
		}
		if !wellFormed(u.ID) || !storable(u.By) || !storable(u.Said) || !storable(u.Number) {
			return doithoai.Refuse(doithoai.Invalid, "error.invalid")
		}
		letters, err := lettersOf(ctx, tx, opinion)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(letters, func(l doithoai.OnwardLetter) bool { return l.ID == u.LetterID })
		if i < 0 {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		for _, there := range letters[i].Urgings {
			if there.ID == u.ID && there.RecordedBy == actor.ID && there.Words() == u.Words() && there.Way == u.Way {
				return nil
			}
		}
		u.Number, err = tx.numberOf(ctx, c.Opinion.AuthorityID, doithoai.DocumentBodyUrging, u.Number, u.At.Date())
		if err != nil {
			return err
		}
		l, u, facts, err := letters[i].Urge(u, tx.Now)
		if err != nil {
			return err
		}
		if err := tx.execOne(ctx, `INSERT INTO body_urging (`+bodyUrgingColumns+`, authority_id, opinion_id)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
			ON CONFLICT (id) DO NOTHING`,
			u.ID, u.LetterID, string(u.Way), u.Number, u.At, u.By, u.Said, actor.ID, u.RecordedAt,
			c.Opinion.AuthorityID, opinion); err != nil {
			return err
		}
		if u.Number != "" {
			if err := tx.register(ctx, doithoai.Document{
				AuthorityID: c.Opinion.AuthorityID, Kind: doithoai.DocumentBodyUrging, Subject: u.ID, OpinionID: opinion,
				Number: u.Number, Dated: u.At.Date(),
			}); err != nil {
				return err
			}
		}
		if err := tx.execOne(ctx, `UPDATE onward_letter SET urge_from = $1 WHERE id = $2 AND state = 'waiting'`,
			l.UrgeFrom, l.ID); err != nil {
			return err
		}
		return c.save(ctx, facts, u.Words())
	})
}

// RegisterReply enters the word of a body that was written to. Where the clock stands still for that letter, it goes on
// with what was left of the term, and the person is told as by [DB.ResumePetition]. version is the letter's.
func (db *DB) RegisterReply(
	ctx context.Context, actor doithoai.Actor, opinion, letter doithoai.ID, version int,
	r doithoai.OnwardReply, byWord bool,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, l, err := tx.openLetter(ctx, actor, doithoai.ActRegisterReply, opinion, letter, version)
		if err != nil {
			return err
		}
		if !storable(r.Number) || !storable(r.By) || !storable(r.Gist) {
			return doithoai.Refuse(doithoai.Invalid, "error.invalid")
		}
		next, facts, err := l.Replied(r, byWord, tx.Now)
		if err != nil {
			return err
		}
		return c.closeLetter(ctx, next, version, facts, next.Reply.Words())
	})
}

// EndOnwardWait says that the word of a body is not waited for any more, for a reason. Where the clock stands still for
// that letter, it goes on. version is the letter's.
func (db *DB) EndOnwardWait(
	ctx context.Context, actor doithoai.Actor, opinion, letter doithoai.ID, version int, reason string,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, l, err := tx.openLetter(ctx, actor, doithoai.ActEndOnwardWait, opinion, letter, version)
		if err != nil {
			return err
		}
		if !storable(reason) {
			return doithoai.Refuse(doithoai.Invalid, "error.invalid")
		}
		next, facts, err := l.End(reason, tx.Now)
		if err != nil {
			return err
		}
		return c.closeLetter(ctx, next, version, facts, reason)
	})
}

// closeLetter keeps that a letter waits no more, and lets a clock go on that stood still for it.
func (c *caseFile) closeLetter(
	ctx context.Context, l doithoai.OnwardLetter, version int, facts doithoai.Facts, text string,
) error {
	if err := c.tx.execOne(ctx, `UPDATE onward_letter
		SET state = $1, reply_number = $2, reply_by = $3, reply_day = $4, gist = $5, reason = $6, closed_by = $7,
			closed_at = $8, version = version + 1
		WHERE id = $9 AND version = $10`,
		string(l.State), l.Reply.Number, l.Reply.By, l.Reply.Day, l.Reply.Gist, l.Reason, c.actor.ID, l.ClosedAt,
		l.ID, version); err != nil {
		return err
	}
	if err := c.save(ctx, facts, text); err != nil {
		return err
	}
	pause, err := lastPause(ctx, c.tx, c.Opinion.ID)
	if err != nil || !l.Pauses(c.Petition, pause) {
		return err
	}
	onward, err := c.tx.openStanding(ctx, c.actor, doithoai.ActResumePetition, c.Opinion.ID)
	if err != nil {
		return err
	}
	rules, err := loadRules(ctx, c.tx, c.Opinion.AuthorityID)
	if err != nil {
		return err
	}
	return onward.resume(ctx, rules.Calendar)
}

// lastPause are the facts of the last event that stopped the clock of an opinion, zero where none did.
func lastPause(ctx context.Context, q querier, opinion doithoai.ID) (pause doithoai.Facts, err error) {
	events, err := eventsOf(ctx, q, opinion)
	for _, e := range events {
		if e.Act == doithoai.ActPausePetition {
			pause = e.Facts
		}
	}
	return pause, err
}

// hideWords leaves out of what happened what was written to other bodies, and what they said.
func (f *OpinionFile) hideWords() {
	f.Letters = doithoai.Told(f.Letters)
	for _, e := range f.Events {
		if e.Act.Onward() {
			delete(f.Texts, e.Leaf)
		}
	}
}

// AwaitedBody is a letter to another body whose word is waited for, with its opinion.
type AwaitedBody struct {
	Row
	Letter doithoai.OnwardLetter
}

// AwaitedBodies lists the letters whose bodies the actor may urge, the longest not urged first, maxWork at most: more
// reports whether there are others.
func (db *DB) AwaitedBodies(ctx context.Context, actor doithoai.Actor) (all []AwaitedBody, more bool, err error) {
	reaches := doithoai.Reaches(actor, doithoai.ActUrgeBody)
	if len(reaches) == 0 {
		return nil, false, nil
	}
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	led := ""
	if !slices.ContainsFunc(reaches, func(r doithoai.Reach) bool { return r.Condition == "" }) {
		var units []doithoai.ID
		for _, r := range reaches {
			units = append(units, r.Seat.UnitID)
		}
		led = ` AND p.lead_unit_id IN ` + inList(bind, units)
	}
	all, err = list(ctx, db.reader(), func(r row) (b AwaitedBody, err error) {
		b.Row, err = scanRow(also{r, letterFields(&b.Letter)})
		return b, err
	}, `SELECT `+rowColumns+`, `+columnsOf("x", letterColumns)+`
		FROM onward_letter x
		JOIN opinion o ON o.id = x.opinion_id`+rowJoins+`
		WHERE x.authority_id = $1 AND x.state = 'waiting' AND p.state NOT IN ('answered', 'ended')
			AND o.joined_to IS NULL`+led+` AND `+notDenounced+notConcerned(actor, db.Now().Date(), bind)+`
		ORDER BY x.urge_from, o.id LIMIT `+bind(maxWork+1), args...)
	return all[:min(len(all), maxWork)], len(all) > maxWork, err
}
