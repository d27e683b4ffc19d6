package store

import (
	"context"

	"doithoai"
)

// Denounced is a denunciation in the list of who receives citizens: nothing of what was said.
type Denounced struct {
	Number     doithoai.RegisterNumber
	Channel    doithoai.Channel
	ReceivedAt doithoai.Instant
	LeftAt     doithoai.Instant // when it was ruled to be one
}

// DenunciationList lists the denunciations of the actor's authority, the newest first: open to who receives citizens alone.
func (db *DB) DenunciationList(ctx context.Context, actor doithoai.Actor) ([]Denounced, error) {
	if err := doithoai.Can(actor, doithoai.ActSeeDenunciations, doithoai.Subject{AuthorityID: actor.AuthorityID, Denunciation: true}); err != nil {
		return nil, err
	}
	args := []any{actor.AuthorityID}
	query := `SELECT o.number, o.channel, o.received_at, o.ruled_at FROM opinion o WHERE o.authority_id = $1 AND o.ruling = 'TC'` +
		notConcerned(actor, db.Now().Date(), binder(&args)) + ` ORDER BY o.id DESC`
	return list(ctx, db.reader(), func(r row) (d Denounced, err error) {
		err = r.Scan(&d.Number, &d.Channel, &d.ReceivedAt, &d.LeftAt)
		return d, err
	}, query, args...)
}

// DenunciationFile opens the file of a denunciation for who receives citizens.
func (db *DB) DenunciationFile(ctx context.Context, actor doithoai.Actor, id doithoai.ID) (OpinionFile, error) {
	return db.openFile(ctx, actor, doithoai.ActSeeDenunciations, id)
}

// Denunciations counts the opinions that left this flow as denunciations: the count is all there is to see.
func (db *DB) Denunciations(ctx context.Context, actor doithoai.Actor) (int, error) {
	if doithoai.Can(actor, doithoai.ActSeeFigures, doithoai.Subject{AuthorityID: actor.AuthorityID}) != nil &&
		doithoai.Can(actor, doithoai.ActSeeOpinions, doithoai.Subject{AuthorityID: actor.AuthorityID}) != nil {
		return 0, doithoai.Refuse(doithoai.NotAllowed, "error.not_allowed")
	}
	return one(ctx, db.reader(), column[int], `SELECT count(*) FROM opinion WHERE authority_id = $1 AND ruling = 'TC'`, actor.AuthorityID)
}
