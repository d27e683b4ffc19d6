package store

import (
	"context"

	"doithoai"
	"doithoai/calendar"
	"doithoai/report"
)

// PromiseToRead is a promise that a dialogue is told of, as everybody may read it, with where it stands in one word
// ([report.Stands]).
type PromiseToRead struct {
	PromiseRow
	Stand string
}

// maxToRead is how many promises a dialogue is told of: more than a hall listens to.
const maxToRead = 100

// PromisesToRead lists the promises of the dialogues before one, by their days, as they are read back there: those that
// are open, and those that were kept or given up since the dialogue before it began. Promises of answers are among them
// where these are public.
func (db *DB) PromisesToRead(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID,
) (all []PromiseToRead, err error) {
	if err := may(actor, doithoai.ActSeeDialogues); err != nil {
		return nil, err
	}
	err = db.snapshot(ctx, func(q querier) error {
		d, err := dialogueOf(ctx, q, actor.AuthorityID, dialogue, "")
		if err != nil {
			return err
		}
		all, err = promisesToRead(ctx, q, d, db.Now().Date())
		return err
	})
	return all, err
}

func promisesToRead(
	ctx context.Context, q querier, d doithoai.Dialogue, today calendar.Date,
) ([]PromiseToRead, error) {
	c, err := currentCalendar(ctx, q, d.AuthorityID)
	if err != nil {
		return nil, err
	}
	return list(ctx, q, func(r row) (p PromiseToRead, err error) {
		p.PromiseRow, err = scanPromiseRow(r)
		p.Stand = report.Promise{State: p.State, Late: p.Late(today, c)}.Stand()
		return p, err
	}, `SELECT `+promiseRowColumns+`
		FROM promise pr`+promiseRowJoins+`
		LEFT JOIN dialogue od ON od.id = o.dialogue_id
		WHERE pr.authority_id = $1 AND (d.starts_at < $2 OR od.starts_at < $2)
			AND (pr.state = 'open' OR pr.state IN ('kept', 'broken') AND pr.ended_at >= coalesce((
				SELECT max(coalesce(b.started_at, b.starts_at))
				FROM dialogue b
				WHERE b.authority_id = $1 AND b.starts_at < $2 AND b.state IN ('closed', 'published', 'reported')), $2))`+
		publicPromise(nil)+`
		ORDER BY pr.due, pr.id LIMIT $3`, d.AuthorityID, d.StartsAt, maxToRead)
}
