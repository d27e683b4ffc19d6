package doithoai

import (
	"errors"
	"fmt"
	"time"
)

// Kind says what sort of refusal an Error is. Sites map a kind to a status and a page; nothing else decides by error.
type Kind uint8

const (
	Invalid         Kind = iota + 1 // what was typed can't be accepted; Problems say where
	NotFound                        // no such thing, or not for this authority
	NotAllowed                      // Can said no
	Unauthenticated                 // nobody is signed in
	Conflict                        // somebody changed it meanwhile, or it was already done
	TooMany                         // too many tries; later
	Unavailable                     // can't be kept safely now (disk full, shutting down)
)

var kindNames = map[Kind]string{
	Invalid: "invalid", NotFound: "not found", NotAllowed: "not allowed", Unauthenticated: "unauthenticated",
	Conflict: "conflict", TooMany: "too many", Unavailable: "unavailable",
}

func (k Kind) String() string { return kindNames[k] }

// Error is every refusal that people are told of. Key is the catalogue key of the sentence shown; Cause is for the log
// only. Retry is how long to wait before another try, where that is known. An error that is no *Error is unexpected:
// sites show an id, and log it.
type Error struct {
	Kind     Kind
	Key      string
	Problems []Problem
	Retry    time.Duration
	Cause    error
}

func (e *Error) Error() string {
	s := e.Kind.String()
	if e.Key != "" {
		s += " (" + e.Key + ")"
	}
	for _, p := range e.Problems {
		s += fmt.Sprintf(" [%s: %s]", p.Field, p.Key)
	}
	if e.Cause != nil {
		s += ": " + e.Cause.Error()
	}
	return s
}

// Args are what the sentence of Key is worded with: those of the problem of the same key.
func (e *Error) Args() []any {
	for _, p := range e.Problems {
		if p.Key == e.Key {
			return p.Args
		}
	}
	return nil
}

func (e *Error) Unwrap() error { return e.Cause }

// Refuse returns an Error of a kind with the key of its message.
func Refuse(kind Kind, key string) *Error { return &Error{Kind: kind, Key: key} }

// KindOf returns the kind of err, 0 where err is nil or unexpected.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return 0
}

// ProblemsOf returns the problems that err carries, nil where it carries none.
func ProblemsOf(err error) []Problem {
	var e *Error
	if errors.As(err, &e) {
		return e.Problems
	}
	return nil
}

// RefuseForm turns a list of problems into an Invalid error, or nil where there is none.
func RefuseForm(list []Problem) error {
	if len(list) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Key: "error.invalid", Problems: list}
}
