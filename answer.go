package doithoai

import (
	"unicode/utf8"

	"doithoai/calendar"
)

// Answer is what the person is told.
type Answer struct {
	Body     string
	Basis    string // legal basis, as cited
	Number   string // of the document, given by the clerk: "214/UBND-VP"
	Dated    calendar.Date
	SignedBy string // name and post of who signed
	// SignedFor is above them where somebody signed for another: "KT. CHỦ TỊCH" (NĐ 30/2020 Đ.13).
	SignedFor string
	SignedAt  calendar.Instant // where it was signed on paper, the beginning of the day
	Paper     ID               // its [PaperSignature]; empty: signed in the system, or not yet
	Promises  Promises         // that it makes, as it was handed in
}

// MaxAnswer bounds an answer's length in characters.
const MaxAnswer = 20000

// SubmitProblems are the reasons why the answer can't be submitted. Its legal basis becomes public with the summary: it
// may not tell who the person is.
func (a Answer) SubmitProblems(g Gates) []Problem {
	ps := problems{of: "petition.answer.problem."}
	switch n := utf8.RuneCountInString(a.Body); {
	case n == 0:
		ps.add("tra-loi", "body")
	case n > MaxAnswer:
		ps.add("tra-loi", "long", "max", MaxAnswer, "over", n-MaxAnswer)
	}
	if !ps.long("can-cu", a.Basis, 5*MaxLine) && g.Refuses(a.Basis) {
		ps.add("can-cu", "basis_names")
	}
	return ps.list
}

// DispatchProblems are the reasons why the signed answer can't be dispatched: a number is given after signing, and the
// paper is dated on the day of signing or the next days, never in the future (NĐ 30/2020 Đ.15).
func (a Answer) DispatchProblems(today calendar.Date) []Problem {
	ps := problems{of: "petition.answer.problem."}
	ps.number("so", "number", a.Number)
	switch {
	case a.Dated.IsZero():
		ps.add("ngay", "date")
	case a.Dated.After(today):
		ps.add("ngay", "date_future")
	case a.Dated.Before(a.SignedAt.Date()):
		ps.add("ngay", "date_before_signing")
	}
	return ps.list
}

// ReasonProblems are what is wrong with the reason for which something goes back: it is there, and within bounds.
func ReasonProblems(field, reason string) []Problem {
	ps := problems{of: "petition.answer.problem."}
	ps.text(field, "reason", reason, MaxMatter)
	return ps.list
}
