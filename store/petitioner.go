package store

import (
	"context"
	"slices"

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

// ViewPetitioner opens the personal data of who raised an opinion, for a reason; the view becomes an event.
func (db *DB) ViewPetitioner(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, reason string,
) (who doithoai.Petitioner, err error) {
	err = db.act(ctx, func(tx *Tx) error {
		c, err := tx.openCase(ctx, actor, doithoai.ActViewPetitioner, opinion)
		if err != nil {
			return err
		}
		if !slices.Contains(doithoai.ViewReasons, reason) {
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
