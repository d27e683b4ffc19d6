package demo

import (
	"context"

	"doithoai"
	"doithoai/calendar"
)

// Acts by which work on an opinion waits for somebody, or goes on: the person who raised it, the chair, another unit.

// asksMore asks the person for what is missing.
func asksMore(at calendar.Instant, login string, s doithoai.Supplement) step {
	return move(at, func(ctx context.Context, t *teller, id doithoai.ID, version int) error {
		return t.db.AskSupplement(ctx, t.actor(login), id, version, s)
	})
}

// adds takes what the person adds at the office, which asked once.
func adds(at calendar.Instant, by doithoai.Channel, said string) step {
	return move(at, func(ctx context.Context, t *teller, id doithoai.ID, version int) error {
		return t.db.AnswerSupplement(ctx, t.actor(LoginOffice), id, version, 1,
			doithoai.SupplementAnswer{Said: said, Channel: by})
	})
}

// asksLonger asks the chair for a later due date.
func asksLonger(at calendar.Instant, login string, e doithoai.Extension) step {
	return move(at, func(ctx context.Context, t *teller, id doithoai.ID, version int) error {
		return t.db.ProposeExtension(ctx, t.actor(login), id, version, e)
	})
}

// allowsLonger is the chair's word for it.
func allowsLonger(at calendar.Instant) step {
	return move(at, func(ctx context.Context, t *teller, id doithoai.ID, version int) error {
		return t.db.AgreeExtension(ctx, t.actor(LoginChair), id, version)
	})
}

// handsOver gives the work on the tale's opinion to another unit.
func handsOver(at calendar.Instant, unit, reason string) step {
	return move(at, func(ctx context.Context, t *teller, id doithoai.ID, version int) error {
		return t.db.HandOverPetition(ctx, t.actor(LoginOffice), id, version,
			doithoai.HandOver{To: t.units[unit].ID, Reason: reason})
	})
}

// looksAgain is the chair's word that what was answered is looked at once more.
func looksAgain(at calendar.Instant) step {
	return move(at, func(ctx context.Context, t *teller, id doithoai.ID, version int) error {
		return t.db.AllowReopening(ctx, t.actor(LoginChair), id, version)
	})
}

// asksOwn asks, by the receipt code, for something about the person's own data.
func asksOwn(at calendar.Instant, r doithoai.OwnRequest, i doithoai.Identity) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		return t.db.RequestOwn(ctx, t.resident, so.got.Code, so.opinion.Number, r, i)
	}}
}

// erases ends everything that is known of the tale's person, as they ask.
func erases(at calendar.Instant, reason string) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		return t.db.ErasePersonalData(ctx, t.actor(LoginOffice), so.opinion.ID, doithoai.ErasureAll, reason)
	}}
}
