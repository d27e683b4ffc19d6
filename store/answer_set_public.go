package store

import (
	"context"
	"slices"

	"doithoai"
)

// answeredWith lists the other opinions that were sent the same answer as this one, and stand answered: what is public
// of it is public of theirs.
func answeredWith(ctx context.Context, q querier, opinion doithoai.ID) ([]doithoai.Opinion, error) {
	return list(ctx, q, scanOpinion, `SELECT `+columnsOf("o", opinionColumns)+`
		FROM petition p
		JOIN answer a ON a.petition_id = p.id
		JOIN answer b ON b.set_id = a.set_id AND b.petition_id <> a.petition_id
		JOIN petition r ON r.id = b.petition_id
		JOIN opinion o ON o.id = r.opinion_id
		WHERE p.opinion_id = $1 AND p.state = 'answered' AND r.state = 'answered'
		ORDER BY o.id`, opinion)
}

// gatesOf are the gates of who raised an opinion, first, and of all who were sent the same answer: the one public page
// may tell none of them.
func gatesOf(ctx context.Context, q querier, o doithoai.Opinion) (doithoai.Gates, error) {
	with, err := answeredWith(ctx, q, o.ID)
	if err != nil {
		return nil, err
	}
	return gatesFor(ctx, q, append([]doithoai.Opinion{o}, with...)...)
}

// gatesFor are the gates of who raised some opinions.
func gatesFor(ctx context.Context, q querier, all ...doithoai.Opinion) (gates doithoai.Gates, err error) {
	for _, o := range all {
		who, err := petitionerOf(ctx, q, o.SlipID)
		if err != nil {
			return nil, err
		}
		gates = append(gates, gateFor(who))
	}
	return gates, nil
}

// publicProblems are the reasons why a summary can't become public, each once.
func publicProblems(p doithoai.Publication, basis string, gates doithoai.Gates) (wrong []doithoai.Problem) {
	for _, g := range gates {
		for _, problem := range p.Problems(basis, g) {
			same := func(w doithoai.Problem) bool { return w.Field == problem.Field && w.Key == problem.Key }
			if !slices.ContainsFunc(wrong, same) {
				wrong = append(wrong, problem)
			}
		}
	}
	return wrong
}

// PublicWith is the number under which the answer to an opinion is public that was sent to several: of an opinion that
// is not public itself. Where none is, it is NotFound. The number may be typed with Đ or D.
func (db *DB) PublicWith(
	ctx context.Context, authority doithoai.ID, number doithoai.RegisterNumber,
) (doithoai.RegisterNumber, error) {
	return byNumber(ctx, db, authority, number, func(
		ctx context.Context, authority doithoai.ID, number doithoai.RegisterNumber,
	) (doithoai.RegisterNumber, error) {
		return publicWith(ctx, db.reader(), authority, number)
	})
}

func publicWith(
	ctx context.Context, q querier, authority doithoai.ID, number doithoai.RegisterNumber,
) (doithoai.RegisterNumber, error) {
	return one(ctx, q, column[doithoai.RegisterNumber], `SELECT m.number
		FROM opinion o
		JOIN petition p ON p.id = o.petition_id AND p.state = 'answered'
		JOIN answer a ON a.petition_id = p.id
		JOIN answer b ON b.set_id = a.set_id AND b.petition_id <> a.petition_id
		JOIN petition r ON r.id = b.petition_id AND r.state = 'answered'
		JOIN publication u ON u.opinion_id = r.opinion_id AND u.state = 'published'
		JOIN opinion m ON m.id = r.opinion_id
		WHERE o.authority_id = $1 AND o.number = $2
		ORDER BY m.id LIMIT 1`, authority, string(number))
}
