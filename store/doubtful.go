package store

import (
	"context"

	"doithoai"
	"doithoai/text"
)

// PublicationDoubtful reports whether a summary of an opinion may carry what identifies who raised it, which no rule
// can settle: see [doithoai.Publication.Doubtful]. For who may propose it or send it back; nothing of the person is
// said.
func (db *DB) PublicationDoubtful(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, p doithoai.Publication,
) (doubtful bool, err error) {
	q := db.reader()
	o, err := opinionByID(ctx, q, opinion)
	if err != nil {
		return false, err
	}
	petition, err := petitionOf(ctx, q, o)
	if err != nil {
		return false, err
	}
	s, err := subjectOf(ctx, q, o, petition, db.Now().Date())
	if err != nil {
		return false, err
	}
	if doithoai.Can(actor, doithoai.ActProposePublication, s) != nil {
		if err := doithoai.Can(actor, doithoai.ActReturnPublication, s); err != nil {
			return false, err
		}
	}
	who, err := petitionerOf(ctx, q, o.SlipID)
	if err != nil {
		return false, err
	}
	return p.Doubtful(who, text.Fold), nil
}
