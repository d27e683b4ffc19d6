package store

import (
	"context"
	"fmt"
	"slices"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

const relayColumns = `dialogue_id, village_id, matter, step, authority_id, day, clock, ways, place, note, reporter,
	moves, recorded_by, recorded_at, version`

func scanRelay(r row) (x plan.Relay, err error) {
	var ways string
	err = r.Scan(&x.DialogueID, &x.VillageID, &x.Matter, &x.Step, &x.AuthorityID, &x.Day, &x.Clock, &ways, &x.Place,
		&x.Note, &x.Reporter, &x.Moves, &x.RecordedBy, &x.RecordedAt, &x.Version)
	x.Ways = splitWords[plan.RelayWay](ways)
	return x, err
}

const urgingColumns = `dialogue_id, village_id, matter, number, authority_id, way, note, urged_by, urged_at`

func scanUrging(r row) (u plan.Urging, err error) {
	err = r.Scan(&u.DialogueID, &u.VillageID, &u.Matter, &u.Number, &u.AuthorityID, &u.Way, &u.Note, &u.By, &u.At)
	return u, err
}

// Bounds of what is listed of a dialogue's villages.
const (
	maxRelays  = 2000
	maxUrgings = 2000
)

// Relay returns how far the villages of a dialogue are with a matter, in their order.
func (db *DB) Relay(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, matter plan.RelayMatter,
) ([]plan.VillageRelay, error) {
	if err := may(actor, doithoai.ActSeeDialogues); err != nil {
		return nil, err
	}
	q := db.reader()
	d, err := dialogueOf(ctx, q, actor.AuthorityID, dialogue, "")
	if err != nil {
		return nil, err
	}
	o, err := loadOrganisation(ctx, q, d.AuthorityID)
	if err != nil {
		return nil, err
	}
	return relayOf(ctx, q, d, o.Villages, matter)
}

func relayOf(
	ctx context.Context, q querier, d doithoai.Dialogue, villages []doithoai.Village, matter plan.RelayMatter,
) ([]plan.VillageRelay, error) {
	relays, err := list(ctx, q, scanRelay, `SELECT `+relayColumns+`
		FROM relay
		WHERE authority_id = $1 AND dialogue_id = $2
		ORDER BY dialogue_id, village_id, matter, step LIMIT $3`, d.AuthorityID, d.ID, maxRelays)
	if err != nil {
		return nil, err
	}
	urgings, err := list(ctx, q, scanUrging, `SELECT `+urgingColumns+`
		FROM relay_urging
		WHERE authority_id = $1 AND dialogue_id = $2
		ORDER BY dialogue_id, village_id, matter, number LIMIT $3`, d.AuthorityID, d.ID, maxUrgings)
	return plan.RelayOf(d, plan.Villages(d, villages), matter, relays, urgings), err
}

// TellVillage enters that the people of a village were told of a matter: by its head, or by the office for somebody,
// whom it names. version is that of the entry in whose place it stands, 0 where there is none.
func (db *DB) TellVillage(ctx context.Context, actor doithoai.Actor, version int, r plan.Relay) error {
	r.Step, r.Place = plan.RelayTold, ""
	return db.enterRelay(ctx, actor, doithoai.ActTellVillage, version, r)
}

// PostInVillage enters that the paper of a matter hangs in a village; the rest as for [DB.TellVillage].
func (db *DB) PostInVillage(ctx context.Context, actor doithoai.Actor, version int, r plan.Relay) error {
	r.Step, r.Ways = plan.RelayPosted, nil
	return db.enterRelay(ctx, actor, doithoai.ActPostInVillage, version, r)
}

func (db *DB) enterRelay(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, version int, r plan.Relay,
) error {
	return db.act(ctx, func(tx *Tx) error {
		d, village, own, err := tx.villageOf(ctx, actor, act, r.DialogueID, r.VillageID)
		if err != nil {
			return err
		}
		if !r.Matter.Open(d) {
			return doithoai.Refuse(doithoai.Conflict, "relay.problem.not_open")
		}
		if own { // the word is the head's own
			r.Reporter = ""
		}
		since := d.Announced
		if r.Matter == plan.RelayResults {
			since = d.StartsAt
		}
		if err := doithoai.RefuseForm(r.Problems(since, tx.Now, !own)); err != nil {
			return err
		}
		r.AuthorityID, r.Moves, r.RecordedBy, r.RecordedAt = actor.AuthorityID, d.Moves, actor.ID, tx.Now
		if err := tx.writeRelay(ctx, version, r); err != nil {
			return err
		}
		if err := tx.addEvidence(ctx, actor, RelayEvidence(r), r.Files); err != nil {
			return err
		}
		if err := tx.announcementTold(ctx, r); err != nil {
			return err
		}
		tx.touch("dialogue/" + string(d.ID))
		return tx.audit(ctx, actor, act, d.Slug, "", fmt.Sprintf("%s %s %s %s", r.Matter, village.Name, r.Day, r.Clock))
	})
}

// writeRelay keeps an entry in the place of the version before; 0: there is none.
func (tx *Tx) writeRelay(ctx context.Context, version int, r plan.Relay) error {
	if version == 0 {
		return conflictIfThere(tx.exec(ctx, `INSERT INTO relay (`+relayColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)`,
			r.DialogueID, r.VillageID, r.Matter, r.Step, r.AuthorityID, r.Day, r.Clock, joinWords(r.Ways), r.Place, r.Note,
			r.Reporter, r.Moves, r.RecordedBy, r.RecordedAt))
	}
	return tx.execOne(ctx, `UPDATE relay SET day = $1, clock = $2, ways = $3, place = $4, note = $5, reporter = $6,
			moves = $7, recorded_by = $8, recorded_at = $9, version = version + 1
		WHERE dialogue_id = $10 AND village_id = $11 AND matter = $12 AND step = $13 AND version = $14`,
		r.Day, r.Clock, joinWords(r.Ways), r.Place, r.Note, r.Reporter, r.Moves, r.RecordedBy, r.RecordedAt, r.DialogueID,
		r.VillageID, r.Matter, r.Step, version)
}

// villageOf is a dialogue with a village that it is for. own reports that the actor acts as the village's head.
func (tx *Tx) villageOf(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, dialogue, village doithoai.ID,
) (d doithoai.Dialogue, v doithoai.Village, own bool, err error) {
	seat, err := doithoai.SeatFor(actor, act, doithoai.Subject{AuthorityID: actor.AuthorityID, VillageID: village})
	if err != nil {
		return d, v, false, err
	}
	if d, err = dialogueOf(ctx, tx, actor.AuthorityID, dialogue, ""); err != nil {
		return d, v, false, err
	}
	o, err := loadOrganisation(ctx, tx, actor.AuthorityID)
	if err != nil {
		return d, v, false, err
	}
	for _, v := range plan.Villages(d, o.Villages) {
		if v.ID == village {
			return d, v, seat.Role == doithoai.RoleVillageHead, nil
		}
	}
	return d, v, false, doithoai.Refuse(doithoai.NotFound, "error.not_found")
}

// UrgeVillage enters that a village's head was reminded of a matter; version is how often that was done before.
func (db *DB) UrgeVillage(ctx context.Context, actor doithoai.Actor, version int, u plan.Urging) error {
	return db.act(ctx, func(tx *Tx) error {
		d, village, _, err := tx.villageOf(ctx, actor, doithoai.ActUrgeVillage, u.DialogueID, u.VillageID)
		if err != nil {
			return err
		}
		if !u.Matter.Open(d) {
			return doithoai.Refuse(doithoai.Conflict, "relay.problem.not_open")
		}
		if err := doithoai.RefuseForm(u.Problems()); err != nil {
			return err
		}
		last, err := one(ctx, tx, column[int], `SELECT coalesce(max(number), 0)
			FROM relay_urging
			WHERE dialogue_id = $1 AND village_id = $2 AND matter = $3`, u.DialogueID, u.VillageID, u.Matter)
		if err != nil {
			return err
		}
		if last != version {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		u.Number, u.AuthorityID, u.By, u.At = last+1, actor.AuthorityID, actor.ID, tx.Now
		if err := conflictIfThere(tx.exec(ctx, `INSERT INTO relay_urging (`+urgingColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			u.DialogueID, u.VillageID, u.Matter, u.Number, u.AuthorityID, u.Way, u.Note, u.By, u.At)); err != nil {
			return err
		}
		tx.touch("dialogue/" + string(d.ID))
		return tx.audit(ctx, actor, doithoai.ActUrgeVillage, d.Slug, "", string(u.Matter)+" "+village.Name)
	})
}

// OwnVillages are the villages whose head the actor is today, each with the dialogues that its people are to be told
// of: announced ones that are still to come, and those of the last days that are over.
func (db *DB) OwnVillages(ctx context.Context, actor doithoai.Actor) ([]OwnVillage, error) {
	if err := may(actor, doithoai.ActSeeOwnVillage); err != nil {
		return nil, err
	}
	q := db.reader()
	o, err := loadOrganisation(ctx, q, actor.AuthorityID)
	if err != nil {
		return nil, err
	}
	today := db.Now().Date()
	dialogues, err := list(ctx, q, scanDialogue, `SELECT `+dialogueColumns+`
		FROM dialogue
		WHERE authority_id = $1 AND starts_at >= $2
		ORDER BY starts_at LIMIT $3`,
		actor.AuthorityID, calendar.InstantAt(today.AddDays(-resultDays), 0, 0), maxOwn)
	if err != nil {
		return nil, err
	}
	var all []OwnVillage
	for _, v := range o.VillagesOn(today) {
		if !slices.ContainsFunc(actor.Seats, func(s doithoai.Seat) bool {
			return s.Role == doithoai.RoleVillageHead && s.VillageID == v.ID
		}) {
			continue
		}
		own := OwnVillage{Village: v}
		for _, d := range dialogues {
			if d.Public() && len(plan.Villages(d, []doithoai.Village{v})) == 1 {
				own.Dialogues = append(own.Dialogues, d)
			}
		}
		all = append(all, own)
	}
	return all, nil
}

// Bounds of what the head of a village sees.
const (
	resultDays = 60 // how long results are told after a dialogue
	maxOwn     = 20
)

// OwnVillage is a village with the dialogues of which its people are told.
type OwnVillage struct {
	Village   doithoai.Village
	Dialogues []doithoai.Dialogue
}
