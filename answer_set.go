package doithoai

import "errors"

// Several opinions of one matter may have one answer (trả lời chung): it is written, signed, numbered and sent out
// once, and each opinion keeps its number, receipt, due date, notice and rating. Those whose answers were handed in in
// one act are a set. A set never grows. Whoever leaves its state by another act (another ruling, the person's own word)
// has left it; whoever is taken out of the group while the answer waits goes on alone, with the answer as it stands.

// MaxAnswerSet bounds how many other opinions an answer takes along.
const MaxAnswerSet = 100

// FieldAnswerSet is the field of a form that names the other opinions which have the same answer.
const FieldAnswerSet = "cung-tra-loi"

// AnswersWith reports why the answer to this petition can't be handed in for another one of its matter as well; nil: it
// can. s and other are what permission depends on for both opinions, with is nil where the other has no petition;
// disputed: its unit says that it is another's.
//
// In this order: neither opinion is on conduct, which is answered to one person; the other has a ruling that leaves
// something to do; its answer is not handed in, signed or sent already, and its clock runs; the same unit leads both;
// whose matter it is, is not being decided.
func (p Petition) AnswersWith(with *Petition, s, other Subject, disputed bool) error {
	const problem = "answer_set.problem."
	switch {
	case s.Conduct || other.Conduct:
		return Refuse(Conflict, problem+"conduct")
	case with == nil:
		return Refuse(Conflict, problem+"unruled")
	case !with.CanMove(ActSubmitAnswer):
		return Refuse(Conflict, problem+string(with.State))
	case with.LeadUnitID != p.LeadUnitID:
		return Refuse(Conflict, problem+"lead")
	case disputed:
		return Refuse(Conflict, problem+"disputed")
	}
	return nil
}

// SetProblems are the reasons why the answer can't go to several people, beside those of [Answer.SubmitProblems] for
// each: it may not tell any of them who another one is. g is the gate of one of them, number that of their opinion.
func (a Answer) SetProblems(g Gates, number RegisterNumber) []Problem {
	ps := problems{of: "answer_set.problem."}
	if g.Refuses(a.Body) {
		ps.add("tra-loi", "names", "number", string(number))
	}
	if g.Refuses(a.Basis) {
		ps.add("can-cu", "basis_names", "number", string(number))
	}
	return ps.list
}

// OfMember says of a refusal of an act on several opinions which one of them it is of. What is wrong with something
// typed stands beside its field already; of one that left the actor's reach nothing is told but that things changed.
func OfMember(number RegisterNumber, err error) error {
	var key string
	switch KindOf(err) {
	case NotFound:
		return Refuse(Conflict, "error.conflict")
	case NotAllowed:
		key = "answer_set.problem.not_allowed"
	case Conflict:
		var e *Error
		errors.As(err, &e)
		key = e.Key
	default:
		return err
	}
	if key == "error.conflict" {
		key = "answer_set.problem.changed"
	}
	return &Error{
		Kind: Conflict, Key: key, Cause: err,
		Problems: []Problem{{Field: FieldAnswerSet, Key: key, Args: []any{"number", string(number)}}},
	}
}

// OfMemberAt is [OfMember] for the i-th of several opinions, of which the first is the one that the page is about.
func OfMemberAt(i int, number RegisterNumber, err error) error {
	if i == 0 {
		return err
	}
	return OfMember(number, err)
}
