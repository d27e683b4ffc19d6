package doithoai

import "doithoai/calendar"

// Step is what an opinion waits for next.
type Step struct {
	Act   Act           // empty: nothing is left to do
	Again bool          // what was handed in came back
	Due   calendar.Date // zero where nothing says by when
}

var petitionSteps = map[PetitionState]Step{
	PetitionProcessing: {Act: ActSubmitAnswer},
	PetitionReturned:   {Act: ActSubmitAnswer, Again: true},
	PetitionPaused:     {Act: ActResumePetition},
	PetitionSubmitted:  {Act: ActSignAnswer},
	PetitionSigned:     {Act: ActDispatchAnswer},
}

var publicationSteps = map[PublicationState]Step{
	"":                   {Act: ActProposePublication},
	PublicationWithdrawn: {Act: ActProposePublication},
	PublicationReturned:  {Act: ActProposePublication, Again: true},
	PublicationProposed:  {Act: ActApprovePublication},
	PublicationOutdated:  {Act: ActProposePublication, Again: true},
}

// NextSteps are what an opinion waits for, the first thing first; none where nothing is left. d is its dialogue, the
// zero one where it is for none; toTell counts the ways in which the office is still to tell the person something.
//
// One without a ruling waits for it until the day of [Rules.RuleBy]. An open petition waits for its unit, the chair or
// the office in the order of its states, until its due date; meanwhile the office tells the person of a pause or of
// another due date. An answer that proves wrong waits for its correction, in the order of that one's states, before
// anything else but the chair's word on whether the matter is looked at again. What was answered is told to the person
// first. Only then it waits to become public, for the term of
// "publication.delay" from the day of the answer; of an answer that replaced another, from that day.
func (r Rules) NextSteps(
	o Opinion, d Dialogue, p *Petition, public PublicationState, x Correcting, toTell int, on calendar.Date,
) []Step {
	if o.Ruling == "" {
		return []Step{{Act: ActRuleOpinion, Due: r.RuleBy(o, d, on)}}
	}
	var tell []Step
	if toTell > 0 {
		tell = []Step{{Act: ActRecordDelivery}}
	}
	if p != nil {
		if s, ok := petitionSteps[p.State]; ok {
			if p.Running() {
				s.Due = p.Due
			}
			return append([]Step{s}, tell...)
		}
	}
	var first []Step
	if s, ok := correctionSteps[x.State]; ok {
		first = append(first, s)
	}
	if p != nil && p.Asked {
		first = append(first, Step{Act: ActAllowReopening})
	}
	if first != nil { // nothing becomes public meanwhile
		return append(first, tell...)
	}
	if x.Summary != "" {
		public = x.Summary
	}
	s, ok := publicationSteps[public]
	if tell != nil || !ok || !Publishable(o, p) {
		return tell
	}
	answered := o.RuledAt
	if p != nil && !p.SentAt().IsZero() {
		answered = p.SentAt()
	}
	from := answered.Date()
	if x.Summary != "" {
		from = x.Since
	}
	s.Due = r.DueOf("publication.delay", from)
	return []Step{s}
}
