package store

import (
	"context"

	"doithoai"
)

// JudgePublication says why a summary of an opinion can't become public, and what in it may point to somebody, which no
// rule can settle: see [doithoai.Publication.Problems] and Warnings. For who may propose it or send it back; whom it
// points to isn't said.
func (db *DB) JudgePublication(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, p doithoai.Publication,
) (wrong, doubtful []doithoai.Problem, err error) {
	q := db.reader()
	o, s, err := opinionSubject(ctx, q, opinion, db.Now().Date())
	if err != nil {
		return nil, nil, err
	}
	if doithoai.Can(actor, doithoai.ActProposePublication, s) != nil {
		if err := doithoai.Can(actor, doithoai.ActReturnPublication, s); err != nil {
			return nil, nil, err
		}
	}
	gates, err := gatesOf(ctx, q, o)
	if err != nil {
		return nil, nil, err
	}
	basis, err := publicBasis(ctx, q, opinion)
	if err != nil {
		return nil, nil, err
	}
	return publicProblems(p, basis, gates), p.Warnings(gates[0]), nil
}
