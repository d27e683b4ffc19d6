package store

import (
	"context"

	"doithoai"
	"doithoai/text"
)

const (
	paperInto  = `slip_paper (slip_id, authority_id, scope, number, number_key, claims)`
	paperWidth = 6
)

// addPaper keeps the number printed on the paper of a slip. A slip that is said to be one which has the number already
// doesn't claim it.
func addPaper(rows *rowList, authority doithoai.ID, s *submission) {
	if key := text.PaperKey(s.slip.PaperNumber); key != "" {
		rows.add(s.got.SlipID, authority, string(s.slip.DialogueID), s.slip.PaperNumber, key, s.slip.SameAs == "")
	}
}

// paperProblem refuses a printed number that is none, and one that another slip of the dialogue has, unless this one is
// said to be that slip.
func (tx *Tx) paperProblem(ctx context.Context, s *submission) ([]doithoai.Problem, error) {
	typed := s.slip.PaperNumber
	if typed == "" {
		return nil, nil
	}
	key := text.PaperKey(typed)
	if key == "" {
		return []doithoai.Problem{{Field: doithoai.FieldPaperNumber, Key: "slip.problem.paper_number"}}, nil
	}
	if s.slip.SameAs != "" {
		return nil, nil
	}
	n, err := one(ctx, tx, column[int], `SELECT count(*)
		FROM slip_paper
		WHERE authority_id = $1 AND scope = $2 AND number_key = $3 AND claims`,
		s.actor.AuthorityID, string(s.slip.DialogueID), key)
	if err != nil || n == 0 {
		return nil, err
	}
	return []doithoai.Problem{{
		Field: doithoai.FieldPaperNumber, Key: "slip.problem.paper_taken", Args: []any{"number", typed},
	}}, nil
}

// paperOf is the number printed on the paper of a slip, empty where it has none.
func paperOf(ctx context.Context, q querier, slip doithoai.ID) (string, error) {
	number, err := one(ctx, q, column[string], `SELECT number FROM slip_paper WHERE slip_id = $1`, slip)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return "", nil
	}
	return number, err
}
