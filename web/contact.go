package web

import (
	"errors"

	"doithoai"
	"doithoai/text"
)

// Phone is what an office can be called at, which may be left out, in the form in which it is kept, or why it is no
// telephone number, at its field.
func Phone(field, typed string) (kept string, problems []doithoai.Problem) {
	if typed == "" {
		return "", nil
	}
	kept, err := text.NormalPhones(typed)
	if p := contactProblem(field, err); p != nil {
		return "", []doithoai.Problem{*p}
	}
	return kept, nil
}

// contactProblem says at its field why a number or an address can't be used.
func contactProblem(field string, err error) *doithoai.Problem {
	var fault *text.ContactFault
	if !errors.As(err, &fault) {
		return nil
	}
	return &doithoai.Problem{Field: field, Key: string(fault.Reason), Args: []any{"count", fault.Count}}
}
