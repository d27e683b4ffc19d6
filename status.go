package doithoai

import (
	"slices"

	"doithoai/calendar"
)

// ParameterStatus is the term within which a person is told how their opinion stands.
const ParameterStatus = "status.notice"

// StatusBy is the last day on which who raised an opinion is to be told how it stands, whether it was taken up, passed
// on or refused; zero where the term is not in force.
func (r Rules) StatusBy(o Opinion) calendar.Date {
	return r.DueOf(ParameterStatus, r.CountsFrom(o.ReceivedAt).Date())
}

// StatusNear is the instant before which an opinion was received of which the person is to be told on a day: the term
// is over, or over in as many working days as a unit is reminded before it ("urging.before"). Zero where none is.
func (r Rules) StatusNear(today calendar.Date) calendar.Instant {
	r.Calendar = r.Calendar.AsKnown()
	near, _ := r.workdays("urging.before", today)
	last := r.Calendar.AddWorkdays(today, min(near, calendar.MaxTerm))
	for day := today; ; day = day.AddDays(-1) {
		due := r.DueOf(ParameterStatus, day)
		if due.IsZero() {
			return calendar.Instant{}
		}
		if !due.After(last) {
			return r.Parameters.CountedUntil(r.Calendar, day)
		}
	}
}

// ToldBy reports whether who raised the opinion knows how it stands by the ruling itself: it was answered on the
// spot, or withdrawn by them; or it was spoken in the hall and ruled on there, on the same day.
func (o Opinion) ToldBy(code RulingCode, act Act, on calendar.Date) bool {
	return code == RulingOnTheSpot || code == RulingWithdrawn ||
		act == ActRuleOpinion && o.Channel == ChannelHall && o.ReceivedAt.Date() == on
}

// TellStatus tells who raised an opinion how it stands. What is said is what stands when it is said.
//
// In this order: it was not withdrawn by who raised it; no answer went out, of which they are told otherwise; no such
// notice waits to be made. waits reports whether one does.
func (o Opinion) TellStatus(p *Petition, waits bool) (Facts, error) {
	switch {
	case o.Ruling == RulingWithdrawn || o.Ruling == RulingOnTheSpot:
		return Facts{}, Refuse(Conflict, "status.problem.over")
	case p != nil && p.State == PetitionAnswered:
		return Facts{}, Refuse(Conflict, "status.problem.answered")
	case waits:
		return Facts{}, Refuse(Conflict, "status.problem.waits")
	}
	return Facts{To: string(DeliveryStatus)}, nil
}

// Status is how an opinion stands, in one word, to who raised it.
type Status string

const (
	StatusUnruled    Status = "unruled"
	StatusWithUnit   Status = "unit"
	StatusWithChair  Status = "chair" // no unit leads it
	StatusPaused     Status = "paused"
	StatusAnswered   Status = "answered"
	StatusElsewhere  Status = "elsewhere" // another body's
	StatusComplaint  Status = "complaint"
	StatusRefused    Status = "refused"
	StatusConsidered Status = "considered" // nothing else may be said on the way
)

// StatusOf is how an opinion with its petition stands. Of one that is joined to another, or has left, no more is said
// than that it is considered.
func StatusOf(o Opinion, p *Petition) Status {
	switch {
	case o.JoinedTo != "" || o.Ruling == RulingDenunciation || o.Ruling == RulingWithdrawn:
		return StatusConsidered
	case o.Ruling == "":
		return StatusUnruled
	case p != nil && p.State == PetitionAnswered, o.Ruling == RulingOnTheSpot:
		return StatusAnswered
	case p != nil && p.State == PetitionPaused:
		return StatusPaused
	case p != nil && p.Open() && p.LeadUnitID == "":
		return StatusWithChair
	case p != nil && p.Open():
		return StatusWithUnit
	case o.Ruling == RulingOtherBody:
		return StatusElsewhere
	case o.Ruling == RulingComplaint:
		return StatusComplaint
	case o.Ruling == RulingNotAccepted:
		return StatusRefused
	}
	return StatusConsidered
}

// ActTellStatus tells a person how their opinion stands.
const ActTellStatus Act = "tell_status"

// Tells reports whether the act always tells who raised the opinion how it stands.
func (a Act) Tells() bool {
	return slices.Contains([]Act{
		ActTellStatus, ActAnswerLater, ActDispatchAnswer, ActPausePetition, ActExtendPetition, ActMoveDue,
	}, a)
}

var statusActs = []actRow{
	{ActTellStatus, law{
		"the person is told how the opinion stands: taken up, passed on or refused; what is said is true when it is said",
		"Luật Tiếp công dân 42/2013 Đ.28 (C)", ""},
		[]grant{{RoleOffice, always}}},
}
