package office

import (
	"doithoai"
	"doithoai/calendar"
	"doithoai/web/ui"
)

// sentAt is when the answer that stands went out, zero before it has: of one that replaced another, when it did.
func (p opinionPage) sentAt() calendar.Instant {
	if p.Petition == nil || p.Petition.State != doithoai.PetitionAnswered {
		return calendar.Instant{}
	}
	if len(p.Replaced) > 0 {
		return p.Replaced[0].ReplacedAt
	}
	return p.Petition.AnsweredAt
}

// firstTold is the first telling of the answer that stands, nil where nobody was told yet.
func (p opinionPage) firstTold() (first *doithoai.Delivery) {
	for i, d := range p.Deliveries {
		answer := d.Kind == doithoai.DeliveryAnswered || d.Kind == doithoai.DeliveryCorrected
		if !answer || d.Replaced || d.SentAt.IsZero() || d.State == doithoai.DeliveryQueued ||
			d.State == doithoai.DeliveryFailed {
			continue
		}
		if first == nil || d.SentAt.Before(first.SentAt) {
			first = &p.Deliveries[i]
		}
	}
	return first
}

// dateRows are when the answer went out and when the person was first told, beside its signature and the paper's date.
// Whether it was in time, the first dispatch alone decides.
func (p opinionPage) dateRows() []ui.SummaryRow {
	sent := p.sentAt()
	if sent.IsZero() {
		return nil
	}
	in := "answer_dates.in_time"
	if p.Petition.Missed {
		in = "answer_dates.late"
	}
	words := p.DateTime(sent) + ". " + p.T(in)
	if len(p.Replaced) > 0 {
		words = p.DateTime(sent) + ". " + p.T("answer_dates.first", "time", p.DateTime(p.Petition.AnsweredAt)) + " " + p.T(in)
	}
	told := p.T("answer_dates.nobody")
	if d := p.firstTold(); d != nil {
		told = p.T("answer_dates.told", "time", p.DateTime(d.SentAt), "way", p.WayName(d.Way))
	}
	return []ui.SummaryRow{
		{Key: p.T("answer_dates.dispatched"), Value: words},
		{Key: p.T("answer_dates.reached"), Value: told},
	}
}
