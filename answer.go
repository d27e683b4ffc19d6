package doithoai

import "unicode/utf8"

// Answer is what the person is told.
type Answer struct {
	Body     string
	Basis    string // legal basis, as cited
	Number   string // of the document, given by the clerk: "214/UBND-VP"
	Dated    Date
	SignedBy string // name and post of who signed
	// SignedFor is above them where somebody signed for another: "KT. CHỦ TỊCH" (NĐ 30/2020 Đ.13).
	SignedFor string
	SignedAt  Instant
}

// MaxAnswer bounds an answer's length in characters.
const MaxAnswer = 20000

// SubmitProblems are the reasons why the answer can't be submitted.
func (a Answer) SubmitProblems() []Problem {
	var list []Problem
	switch n := utf8.RuneCountInString(a.Body); {
	case n == 0:
		list = append(list, Problem{Field: "tra-loi", Key: "answer.problem.body"})
	case n > MaxAnswer:
		list = append(list, Problem{"tra-loi", "answer.problem.long", []any{"max", MaxAnswer, "over", n - MaxAnswer}})
	}
	if utf8.RuneCountInString(a.Basis) > 5*MaxLine {
		list = append(list, Problem{"can-cu", "slip.problem.too_long", []any{"max", 5 * MaxLine}})
	}
	return list
}

// DispatchProblems are the reasons why the signed answer can't be dispatched: a number is given after signing, and the
// paper is dated on the day of signing or the next days, never in the future (NĐ 30/2020 Đ.15).
func (a Answer) DispatchProblems(today Date) []Problem {
	var list []Problem
	if a.Number == "" {
		list = append(list, Problem{Field: "so", Key: "answer.problem.number"})
	} else if utf8.RuneCountInString(a.Number) > 40 {
		list = append(list, Problem{"so", "slip.problem.too_long", []any{"max", 40}})
	}
	switch {
	case a.Dated.IsZero():
		list = append(list, Problem{Field: "ngay", Key: "answer.problem.date"})
	case a.Dated.After(today):
		list = append(list, Problem{Field: "ngay", Key: "answer.problem.date_future"})
	case a.Dated.Before(a.SignedAt.Date()):
		list = append(list, Problem{Field: "ngay", Key: "answer.problem.date_before_signing"})
	}
	return list
}

// ReasonProblems are what is wrong with the reason for which something goes back: it is there, and within bounds.
func ReasonProblems(field, reason string) []Problem {
	switch n := utf8.RuneCountInString(reason); {
	case n == 0:
		return []Problem{{Field: field, Key: "answer.problem.reason"}}
	case n > MaxMatter:
		return []Problem{{field, "slip.problem.too_long", []any{"max", MaxMatter}}}
	}
	return nil
}
