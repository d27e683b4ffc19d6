package store

import (
	"context"
	"maps"
	"slices"
	"time"

	"doithoai"
)

const petitionerColumns = `standing, name, organisation, households, village_id, address, ways, phone, email,
	post_address`

func scanPetitioner(r row) (p doithoai.Petitioner, err error) {
	var ways string
	err = r.Scan(&p.Standing, &p.Name, &p.Organisation, &p.Households, &p.VillageID, &p.Address, &ways, &p.Phone, &p.Email,
		&p.PostAddress)
	p.Ways = splitWays(ways)
	return p, err
}

func petitionerOf(ctx context.Context, q querier, slip doithoai.ID) (doithoai.Petitioner, error) {
	return one(ctx, q, scanPetitioner, `SELECT `+petitionerColumns+` FROM petitioner WHERE slip_id = $1`, slip)
}

// NamePetitioner says who raised an opinion that was taken down without a name. version is the opinion's; village may
// be empty: what is known of it stays. A public summary of the slip that turns out to hold the name goes back to who
// writes it, and words on screens are taken off them: the gate let both through when nobody knew whose they are.
func (db *DB) NamePetitioner(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, name string, village doithoai.ID,
) (named doithoai.Opinion, err error) {
	err = db.act(ctx, func(tx *Tx) error {
		if err := tx.holdSlipOf(ctx, id); err != nil {
			return err
		}
		c, err := tx.openOpinion(ctx, actor, doithoai.ActNamePetitioner, id, version)
		if err != nil {
			return err
		}
		who, err := petitionerOf(ctx, tx, c.Opinion.SlipID)
		if err != nil {
			return err
		}
		if who, err = who.Named(name, village); err != nil {
			return err
		}
		if err := tx.checkVillage(ctx, actor.AuthorityID, village); err != nil {
			return err
		}
		if err := tx.execOne(ctx, `UPDATE petitioner SET name = $1, village_id = $2 WHERE slip_id = $3 AND name = ''`,
			who.Name, who.VillageID, c.Opinion.SlipID); err != nil {
			return err
		}
		if err := tx.hideTelling(ctx, c.Opinion.SlipID, who); err != nil {
			return err
		}
		taken, err := tx.takeDownTelling(ctx, c.Opinion.SlipID, who)
		if err != nil {
			return err
		}
		for _, o := range slices.Sorted(maps.Keys(taken)) {
			if o == id {
				continue
			}
			other, err := opinionByID(ctx, tx, o)
			if err != nil {
				return err
			}
			facts := taken[o]
			facts.OnBehalf = c.Seat.For
			if err := tx.record(ctx, other, actor, doithoai.ActNamePetitioner, facts, ""); err != nil {
				return err
			}
		}
		c.Opinion.VillageID = who.VillageID
		named = c.Opinion
		named.Version++
		return c.save(ctx, taken[id], "")
	})
	return named, err
}

// holdSlipOf holds all opinions of the slip of one, by their ids: an approval of the summary of any sees who raised it,
// or is seen.
func (tx *Tx) holdSlipOf(ctx context.Context, opinion doithoai.ID) error {
	if err := checkID(opinion); err != nil {
		return err
	}
	_, err := list(ctx, tx, column[doithoai.ID], `SELECT id
		FROM opinion
		WHERE slip_id = (SELECT slip_id FROM opinion WHERE id = $1)
		ORDER BY id`+tx.db.dialect.forUpdate(), opinion)
	return err
}

// checkVillage refuses a village of another authority.
func (tx *Tx) checkVillage(ctx context.Context, authority, village doithoai.ID) error {
	if village == "" {
		return nil
	}
	n := 0
	if wellFormed(village) {
		var err error
		if n, err = one(ctx, tx, column[int], `SELECT count(*)
			FROM village
			WHERE id = $1 AND authority_id = $2`, village, authority); err != nil {
			return err
		}
	}
	if n == 0 {
		return doithoai.RefuseForm([]doithoai.Problem{{Field: "thon", Key: "slip.problem.place"}})
	}
	return nil
}

// ViewPetitioner opens the personal data of who raised an opinion, for a reason; the view becomes an event.
func (db *DB) ViewPetitioner(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, reason string,
) (who doithoai.Petitioner, err error) {
	err = db.act(ctx, func(tx *Tx) error {
		c, err := tx.openCase(ctx, actor, doithoai.ActViewPetitioner, opinion)
		if err != nil {
			return err
		}
		if !slices.Contains(doithoai.ViewReasons, reason) && reason != doithoai.ReasonAssign {
			return doithoai.RefuseForm([]doithoai.Problem{{Field: "ly-do-xem", Key: "slip.petitioner.problem.reason"}})
		}
		if who, err = petitionerOf(ctx, tx, c.Opinion.SlipID); err != nil {
			return err
		}
		return c.save(ctx, doithoai.Facts{Reason: reason, Unit: c.Seat.UnitID, Post: c.Seat.PostID}, "")
	})
	if err != nil { // a view that is not on record has shown nothing
		return doithoai.Petitioner{}, err
	}
	return who, nil
}

// viewLife is how long a view on record shows who raised an opinion, also after the page was loaded anew.
const viewLife = 15 * time.Minute

// ViewedPetitioner returns who raised an opinion to who has just put a view of it on record; false where the actor has
// none, or an old one.
func (db *DB) ViewedPetitioner(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID,
) (who doithoai.Petitioner, ok bool, err error) {
	err = db.snapshot(ctx, func(q querier) error {
		o, s, err := opinionSubject(ctx, q, opinion, db.Now().Date())
		if err != nil {
			return err
		}
		if err := doithoai.Can(actor, doithoai.ActViewPetitioner, s); err != nil {
			return err
		}
		events, err := eventsOf(ctx, q, opinion)
		if err != nil {
			return err
		}
		since := db.Now().Add(-viewLife)
		ok = slices.ContainsFunc(events, func(e doithoai.Event) bool {
			return e.Act == doithoai.ActViewPetitioner && e.ActorID == actor.ID && e.At.After(since)
		})
		if ok {
			who, err = petitionerOf(ctx, q, o.SlipID)
		}
		return err
	})
	return who, ok && err == nil, err
}
