package store

import (
	"context"

	"doithoai"
	"doithoai/calendar"
)

// Denounced is a denunciation in the list of who receives citizens: nothing of what was said.
type Denounced struct {
	Number     doithoai.RegisterNumber
	Channel    doithoai.Channel
	ReceivedAt calendar.Instant
	LeftAt     calendar.Instant // when it was ruled to be one
}

// DenunciationList lists the denunciations of the actor's authority, the newest first: open to who receives citizens
// alone. before is the number of the last one of the page before; more reports whether another page follows.
func (db *DB) DenunciationList(
	ctx context.Context, actor doithoai.Actor, before doithoai.RegisterNumber, limit int,
) (rows []Denounced, more bool, err error) {
	if err := doithoai.Can(actor, doithoai.ActSeeDenunciations,
		doithoai.Subject{AuthorityID: actor.AuthorityID, Denunciation: true}); err != nil {
		return nil, false, err
	}
	args := []any{actor.AuthorityID, limit + 1}
	bind := binder(&args)
	query := `SELECT o.number, o.channel, o.received_at, o.ruled_at FROM opinion o
		WHERE o.authority_id = $1 AND o.stage = 'denounced'` + notConcerned(actor, db.Now().Date(), bind)
	if before != "" {
		last, err := db.OpinionIDByNumber(ctx, actor, before)
		if err != nil {
			return nil, false, err
		}
		query += ` AND o.id < ` + bind(last)
	}
	rows, err = list(ctx, db.reader(), func(r row) (d Denounced, err error) {
		err = r.Scan(&d.Number, &d.Channel, &d.ReceivedAt, &d.LeftAt)
		return d, err
	}, query+` ORDER BY o.id DESC LIMIT $2`, args...)
	if len(rows) > limit {
		return rows[:limit], true, err
	}
	return rows, false, err
}

// DenunciationFile opens the file of a denunciation for who receives citizens.
func (db *DB) DenunciationFile(ctx context.Context, actor doithoai.Actor, id doithoai.ID) (OpinionFile, error) {
	return db.openFile(ctx, actor, doithoai.ActSeeDenunciations, id)
}

// Denunciations counts the opinions that left this flow as denunciations: but for who receives citizens the count is
// all there is to see.
func (db *DB) Denunciations(ctx context.Context, actor doithoai.Actor) (doithoai.Count, error) {
	may := func(act doithoai.Act) bool {
		s := doithoai.Subject{AuthorityID: actor.AuthorityID, Denunciation: act == doithoai.ActSeeDenunciations}
		return doithoai.Can(actor, act, s) == nil
	}
	if !may(doithoai.ActSeeFigures) && !may(doithoai.ActSeeOpinions) && !may(doithoai.ActSeeDenunciations) {
		return 0, doithoai.Refuse(doithoai.NotAllowed, "error.not_allowed")
	}
	w := walks{each: []walk{{where: `o.stage = 'denounced'`}}}
	return one(ctx, db.reader(), column[doithoai.Count], `SELECT `+w.count("", false), actor.AuthorityID)
}
