package doithoai

import "doithoai/calendar"

// HandedIn is who handed in what waits on an opinion for another's decision: an answer that was submitted, a summary
// that was proposed; or what waited last.
type HandedIn struct {
	By     ID
	At     calendar.Instant
	ReadAt calendar.Instant // when somebody first opened it who may decide; absent: nobody has
}

// Decides reports whether the actor may decide now on what waits on an opinion: sign the answer or return it, approve
// the summary or return it.
func Decides(a Actor, s Subject, p *Petition, pub *Publication) bool {
	if p != nil && p.State == PetitionSubmitted {
		return Can(a, ActSignAnswer, s) == nil
	}
	if pub == nil || pub.State != PublicationProposed {
		return false
	}
	s.ProposedBy = pub.ProposedBy
	return Can(a, ActApprovePublication, s) == nil
}
