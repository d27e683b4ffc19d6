package store

import (
	"context"

	"doithoai"
)

// PublicationWarnings are what a summary of an opinion holds that may point to somebody, which no rule can settle: see
// [doithoai.Publication.Warnings]. For who may propose it or send it back; whom it points to isn't said.
func (db *DB) PublicationWarnings(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, p doithoai.Publication,
) ([]doithoai.Problem, error) {
	q := db.reader()
	o, s, err := opinionSubject(ctx, q, opinion, db.Now().Date())
	if err != nil {
		return nil, err
	}
	if doithoai.Can(actor, doithoai.ActProposePublication, s) != nil {
		if err := doithoai.Can(actor, doithoai.ActReturnPublication, s); err != nil {
			return nil, err
		}
	}
	who, err := petitionerOf(ctx, q, o.SlipID)
	if err != nil {
		return nil, err
	}
	return p.Warnings(gateFor(who)), nil
}
