package store

import (
	"context"
	"slices"

	"doithoai"
	"doithoai/calendar"
)

const moveColumns = `id, authority_id, dialogue_id, number, act, from_start, from_venue, to_start, to_venue, reason,
	paper, moved_by, moved_at`

func scanMove(r row) (m doithoai.DialogueMove, err error) {
	err = r.Scan(&m.ID, &m.AuthorityID, &m.DialogueID, &m.Number, &m.Act, &m.FromStart, &m.FromVenue, &m.ToStart,
		&m.ToVenue, &m.Reason, &m.Paper, &m.By, &m.At)
	return m, err
}

// MoveDialogue gives an announced dialogue another day, hour, place or way of taking part, as in next: nothing else of
// next is taken. Who handed in a slip for it is told, and the notice of the law runs anew: late is the reason where
// people are told later than it asks for. Slips, codes and the address of its page stay.
func (db *DB) MoveDialogue(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, next doithoai.Dialogue,
	why doithoai.DialogueMove,
) (doithoai.Dialogue, error) {
	return db.unsettle(ctx, actor, doithoai.ActMoveDialogue, id, version, why,
		func(tx *Tx, was doithoai.Dialogue, d *doithoai.Dialogue, why doithoai.DialogueMove) error {
			d.StartsAt, d.DoorsAt, d.EndsAt, d.SlipsUntil = next.StartsAt, next.DoorsAt, next.EndsAt, next.SlipsUntil
			d.Venue, d.Link, d.Form, d.LateReason = next.Venue, next.Link, next.Form, next.LateReason
			return tx.checkNotice(ctx, d, append(was.MoveProblems(*d, tx.Now), why.Problems()...))
		})
}

// PostponeDialogue takes its day from an announced dialogue, until it is moved to another one.
func (db *DB) PostponeDialogue(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, why doithoai.DialogueMove,
) (doithoai.Dialogue, error) {
	return db.unsettle(ctx, actor, doithoai.ActPostponeDialogue, id, version, why,
		func(_ *Tx, _ doithoai.Dialogue, _ *doithoai.Dialogue, why doithoai.DialogueMove) error {
			return doithoai.RefuseForm(why.Problems())
		})
}

// CancelDialogue says that a dialogue is not held. What was handed in for it is answered all the same.
func (db *DB) CancelDialogue(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, why doithoai.DialogueMove,
) (doithoai.Dialogue, error) {
	return db.unsettle(ctx, actor, doithoai.ActCancelDialogue, id, version, why,
		func(_ *Tx, _ doithoai.Dialogue, _ *doithoai.Dialogue, why doithoai.DialogueMove) error {
			return doithoai.RefuseForm(why.Problems())
		})
}

// unsettle does an act by which what people were told of a dialogue is no longer true: the move is kept, and where the
// dialogue was announced, those who handed in slips are told. The notice of it has its number and today's date in the
// register, where it has one.
func (db *DB) unsettle(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, id doithoai.ID, version int, why doithoai.DialogueMove,
	change func(tx *Tx, was doithoai.Dialogue, d *doithoai.Dialogue, why doithoai.DialogueMove) error,
) (doithoai.Dialogue, error) {
	return db.onDialogue(ctx, actor, act, id, version, func(tx *Tx, d *doithoai.Dialogue) error {
		was, err := tx.wholeDialogue(ctx, actor.AuthorityID, id, "")
		if err != nil {
			return err
		}
		why, today := why, tx.Now.Date() // an act may run again
		why.Paper, err = tx.numberOf(ctx, actor.AuthorityID, doithoai.DocumentMoved, why.Paper, today)
		if err != nil {
			return err
		}
		if err := change(tx, was, d, why); err != nil {
			return err
		}
		number, err := one(ctx, tx, column[int], `SELECT count(*) FROM dialogue_move WHERE dialogue_id = $1`, id)
		if err != nil {
			return err
		}
		m := doithoai.DialogueMove{
			ID: newID(), AuthorityID: d.AuthorityID, DialogueID: id, Number: number + 1, Act: act,
			FromStart: was.StartsAt, FromVenue: was.Venue, ToVenue: d.Venue, Reason: why.Reason, Paper: why.Paper,
			By: actor.ID, At: tx.Now,
		}
		if act == doithoai.ActMoveDialogue {
			m.ToStart = d.StartsAt
		}
		if d.Public() {
			d.Moves++
			d.Noticed = tx.Now
			if err := tx.tellMoved(ctx, *d); err != nil {
				return err
			}
		}
		if m.Paper != "" {
			if err := tx.registerNext(ctx, doithoai.Document{
				AuthorityID: d.AuthorityID, Kind: doithoai.DocumentMoved, Subject: id, Turn: number, DialogueID: id,
				Number: doithoai.WithSymbol(m.Paper, doithoai.DocumentMoved.Symbol()), Dated: today,
			}, true); err != nil {
				return err
			}
		}
		return tx.exec(ctx, `INSERT INTO dialogue_move (`+moveColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
			m.ID, m.AuthorityID, m.DialogueID, m.Number, m.Act, m.FromStart, m.FromVenue, m.ToStart, m.ToVenue,
			m.Reason, m.Paper, m.By, m.At)
	})
}

// tellMoved queues for each slip of a dialogue what became of its day, once for each way that the person chose. It
// hangs on the slip's first opinion that is no denunciation and is not joined to another slip's, whose holder is the
// same person: of a slip that holds nothing else, nobody is told anything here. Who chose no way is not looked for.
// Where somebody is still to be told of an earlier move that way, and the program has not begun to, that tells this one
// too: it says what stands when it is told.
func (tx *Tx) tellMoved(ctx context.Context, d doithoai.Dialogue) error {
	type holder struct {
		slip, opinion doithoai.ID
		ways          []doithoai.Way
		phone         string
	}
	holders, err := list(ctx, tx, func(r row) (h holder, err error) {
		var ways string
		err = r.Scan(&h.slip, &h.opinion, &ways, &h.phone)
		h.ways = splitWays(ways)
		return h, err
	}, `SELECT s.slip_id, s.opinion_id, p.ways, p.phone
		FROM (
			SELECT o.slip_id, min(CAST(o.id AS text)) AS opinion_id
			FROM opinion o
			WHERE o.dialogue_id = $1 AND o.authority_id = $2 AND o.joined_to IS NULL AND `+notDenounced+`
			GROUP BY o.slip_id
		) AS s
		JOIN petitioner p ON p.slip_id = s.slip_id
		WHERE p.ways <> ''
		ORDER BY s.slip_id`, d.ID, d.AuthorityID)
	if err != nil {
		return err
	}
	waiting, err := list(ctx, tx, func(r row) (k [2]string, err error) {
		err = r.Scan(&k[0], &k[1])
		return k, err
	}, `SELECT CAST(d.slip_id AS text), d.way
		FROM delivery d
		JOIN slip s ON s.id = d.slip_id
		WHERE s.dialogue_id = $1 AND d.authority_id = $2 AND d.kind = $3
			AND (d.state = 'queued' AND d.attempts = 0 OR d.state = 'failed')`,
		d.ID, d.AuthorityID, doithoai.DeliveryMoved)
	if err != nil {
		return err
	}
	known := make(map[[2]string]bool, len(waiting))
	for _, k := range waiting {
		known[[2]string{k[0], string(doithoai.Way(k[1]).Chosen())}] = true
	}
	rows := newRows(deliveryWidth)
	for _, h := range holders {
		left := slices.DeleteFunc(h.ways, func(w doithoai.Way) bool { return known[[2]string{string(h.slip), string(w)}] })
		tx.addDeliveries(rows, doithoai.Delivery{
			AuthorityID: d.AuthorityID, SlipID: h.slip, OpinionID: h.opinion, Kind: doithoai.DeliveryMoved,
		}, left, h.phone)
	}
	return rows.insert(ctx, tx, deliveryInto)
}

// DialogueMoves lists how a dialogue that people know of was moved, the last first.
func (db *DB) DialogueMoves(ctx context.Context, authority, dialogue doithoai.ID) ([]doithoai.DialogueMove, error) {
	if err := checkID(dialogue); err != nil {
		return nil, err
	}
	return list(ctx, db.reader(), scanMove, `SELECT `+moveColumns+`
		FROM dialogue_move
		WHERE dialogue_id = $1 AND authority_id = $2
			AND EXISTS (SELECT 1 FROM dialogue d WHERE d.id = $1 AND d.announced_at IS NOT NULL)
		ORDER BY number DESC LIMIT 100`, dialogue, authority)
}

// DialogueResults are how far the opinions of a dialogue are.
type DialogueResults struct {
	Dialogue doithoai.Dialogue
	All      int // denunciations left out
	Answered int // those told at once among them
	Open     int
	Unruled  int // left out of Open
}

// LastResults finds the dialogue that was held last before a day, with how far its opinions are; NotFound where none
// was.
func (db *DB) LastResults(
	ctx context.Context, actor doithoai.Actor, before calendar.Instant,
) (r DialogueResults, err error) {
	if err := may(actor, doithoai.ActSeeDialogues); err != nil {
		return r, err
	}
	if r.Dialogue, err = one(ctx, db.reader(), scanDialogue, `SELECT `+dialogueColumns+`
		FROM dialogue
		WHERE authority_id = $1 AND starts_at < $2 AND state IN ('closed', 'published', 'reported')
		ORDER BY starts_at DESC LIMIT 1`, actor.AuthorityID, before); err != nil {
		return r, err
	}
	err = db.countResults(ctx, &r)
	return r, err
}

// countResults counts the opinions of a dialogue that was read for its authority. The authority is not asked for once
// more: planners then count all of its opinions, which lie sorted by stage.
func (db *DB) countResults(ctx context.Context, r *DialogueResults) error {
	type count struct {
		stage doithoai.Stage
		n     int
	}
	counts, err := list(ctx, db.reader(), func(r row) (c count, err error) {
		err = r.Scan(&c.stage, &c.n)
		return c, err
	}, `SELECT stage, count(*) FROM opinion WHERE dialogue_id = $1 GROUP BY stage`, r.Dialogue.ID)
	for _, c := range counts {
		switch c.stage {
		case doithoai.StageDenounced, doithoai.StageJoined:
			continue
		case doithoai.StageUnruled:
			r.Unruled += c.n
		case doithoai.StageAnswered, doithoai.StageAnsweredPublic, doithoai.StageTold, doithoai.StageToldPublic,
			doithoai.StageClosed:
			r.Answered += c.n
		default:
			r.Open += c.n
		}
		r.All += c.n
	}
	return err
}

// ResultsOf are how far the opinions of a dialogue are.
func (db *DB) ResultsOf(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID,
) (r DialogueResults, err error) {
	if r.Dialogue, err = db.Dialogue(ctx, actor, dialogue); err != nil {
		return r, err
	}
	err = db.countResults(ctx, &r)
	return r, err
}
