package web

import (
	"errors"

	"doithoai"
	"doithoai/text"
)

// Phone is a telephone number, which may be left out, in the form in which it is kept, or why it is none, at its field.
func Phone(field, typed string) (digits string, problems []doithoai.Problem) {
	if typed == "" {
		return "", nil
	}
	digits, err := text.NormalPhone(typed)
	if p := contactProblem(field, err); p != nil {
		return "", []doithoai.Problem{*p}
	}
	return digits, nil
}

// contactProblem says at its field why a number or an address can't be used.
func contactProblem(field string, err error) *doithoai.Problem {
	var fault *text.ContactFault
	if !errors.As(err, &fault) {
		return nil
	}
	return &doithoai.Problem{Field: field, Key: string(fault.Reason), Args: []any{"count", fault.Count}}
}
