package doithoai

import "doithoai/calendar"

// Solved is what the person says of the result. "Answered" is not "solved".
type Solved string

const (
	SolvedYes  Solved = "yes"
	SolvedPart Solved = "part"
	SolvedNo   Solved = "no"
)

// SolvedAnswers in the order in which forms offer them.
var SolvedAnswers = []Solved{SolvedYes, SolvedPart, SolvedNo}

// Rating is the person's word on an answer. Satisfied is 5 (very satisfied) … 1 (very dissatisfied), the scale of
// QĐ 1001/QĐ-BNV.
type Rating struct {
	Solved    Solved
	Satisfied int
	At        calendar.Instant
	Answer    int // of which answer it is: how many were replaced before that one
}

// Problems are the reasons why the rating can't be taken.
func (r Rating) Problems() []Problem {
	ps := problems{of: "petition.rating.problem."}
	if !oneOf(r.Solved, SolvedAnswers) {
		ps.add("giai-quyet", "solved")
	}
	if r.Satisfied < 1 || r.Satisfied > 5 {
		ps.add("hai-long", "satisfied")
	}
	return ps.list
}

// The act of rating.
const (
	ActRateAnswer Act = "rate_answer"
)

var ratingActs = []actRow{
	{ActRateAnswer, law{"solved? satisfied?", "Luật 10/2022 Đ.34 (C); scale of QĐ 1001/QĐ-BNV (L)", ""},
		[]grant{{RoleResident, always}}},
}
