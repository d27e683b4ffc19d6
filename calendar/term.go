package calendar

import (
	"fmt"
)

// TermUnit is what a term is counted in. "Ngày" in a law without "làm việc"
// means calendar days.
type TermUnit string

const (
	Workdays TermUnit = "workdays"
	Days     TermUnit = "days"
)

// Term is a length of time that a rule grants.
type Term struct {
	N    int      `json:"n"`
	Unit TermUnit `json:"unit"`
}

// MaxTerm is the longest term that is reckoned, in its unit.
const MaxTerm = 3660

// Valid reports whether t has a known unit and lies between 0 and [MaxTerm].
func (t Term) Valid() bool {
	return (t.Unit == Workdays || t.Unit == Days) && t.N >= 0 && t.N <= MaxTerm
}

// String returns "5 workdays", for logs.
func (t Term) String() string { return fmt.Sprintf("%d %s", t.N, t.Unit) }
