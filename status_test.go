package doithoai

import (
	"testing"

	"doithoai/calendar"
)

func TestTellStatus(t *testing.T) {
	for _, tt := range []struct {
		name   string
		ruling RulingCode
		state  PetitionState
		waits  bool
		want   string
	}{
		{name: "without a ruling"},
		{name: "with a unit", ruling: RulingLater, state: PetitionProcessing},
		{name: "signed", ruling: RulingLater, state: PetitionSigned},
		{name: "refused", ruling: RulingNotAccepted},
		{name: "another body's", ruling: RulingOtherBody},
		{name: "twice", waits: true, want: "status.problem.waits"},
		{name: "answered", ruling: RulingLater, state: PetitionAnswered, want: "status.problem.answered"},
		{name: "withdrawn", ruling: RulingWithdrawn, want: "status.problem.over"},
		{name: "answered on the spot", ruling: RulingOnTheSpot, want: "status.problem.over"},
	} {
		o := Opinion{Ruling: tt.ruling}
		var p *Petition
		if tt.state != "" {
			p = &Petition{State: tt.state}
		}
		facts, err := o.TellStatus(p, tt.waits)
		if refusal(err) != tt.want || err == nil && facts.To != string(DeliveryStatus) {
			t.Errorf("%s: %+v, %v, want %q", tt.name, facts, err, tt.want)
		}
	}
}

// What is said is how it stands; of a denunciation, and of what stands elsewhere, nothing is said on the way.
func TestStatusOf(t *testing.T) {
	unit := func(s PetitionState) *Petition { return &Petition{State: s, LeadUnitID: "land"} }
	for _, tt := range []struct {
		o    Opinion
		p    *Petition
		want Status
	}{
		{Opinion{}, nil, StatusUnruled},
		{Opinion{Ruling: RulingLater}, unit(PetitionProcessing), StatusWithUnit},
		{Opinion{Ruling: RulingLater}, unit(PetitionSubmitted), StatusWithUnit},
		{Opinion{Ruling: RulingLater}, &Petition{State: PetitionProcessing}, StatusWithChair},
		{Opinion{Ruling: RulingLater}, unit(PetitionPaused), StatusPaused},
		{Opinion{Ruling: RulingLater}, unit(PetitionAnswered), StatusAnswered},
		{Opinion{Ruling: RulingOnTheSpot}, nil, StatusAnswered},
		{Opinion{Ruling: RulingOtherBody}, unit(PetitionEnded), StatusElsewhere},
		{Opinion{Ruling: RulingComplaint}, nil, StatusComplaint},
		{Opinion{Ruling: RulingNotAccepted}, nil, StatusRefused},
		{Opinion{Ruling: RulingWithdrawn}, nil, StatusConsidered},
		{Opinion{Ruling: RulingDenunciation}, nil, StatusConsidered},
		{Opinion{Ruling: RulingLater, JoinedTo: "x"}, unit(PetitionProcessing), StatusConsidered},
	} {
		if got := StatusOf(tt.o, tt.p); got != tt.want {
			t.Errorf("%+v, %+v: %q, want %q", tt.o, tt.p, got, tt.want)
		}
	}
}

// The person is told within ten working days; the office hears of it two working days before.
func TestStatusNear(t *testing.T) {
	rules := ladder(t)
	for _, today := range []calendar.Date{calendar.DateOf(2024, 2, 7), calendar.DateOf(2024, 2, 20),
		calendar.DateOf(2024, 10, 23), calendar.DateOf(2024, 10, 26)} {
		near := rules.StatusNear(today)
		last := rules.Calendar.AddWorkdays(today, 2)
		for day := today.AddDays(-60); !day.After(today); day = day.AddDays(1) {
			o := Opinion{ReceivedAt: calendar.InstantAt(day, 10, 0)}
			due := rules.StatusBy(o)
			if got, want := o.ReceivedAt.Before(near), !due.After(last); got != want {
				t.Errorf("on %s, received on %s, due %s: near %v", today, day, due, got)
			}
		}
	}
	if due := rules.StatusBy(Opinion{ReceivedAt: calendar.InstantAt(calendar.DateOf(2025, 1, 24), 10, 0)}); due !=
		calendar.DateOf(2025, 2, 14) { // over Tết (domain, annex B)
		t.Errorf("from 24/01/2025: %s", due)
	}
	rules.Parameters = nil
	if near := rules.StatusNear(calendar.DateOf(2024, 10, 23)); !near.IsZero() {
		t.Errorf("without parameters: %s", near)
	}
}

// Who spoke in the hall hears the ruling there.
func TestToldBy(t *testing.T) {
	day := calendar.DateOf(2024, 10, 25)
	for _, tt := range []struct {
		channel Channel
		code    RulingCode
		act     Act
		on      calendar.Date
		want    bool
	}{
		{ChannelHall, RulingLater, ActRuleOpinion, day, true},
		{ChannelHall, RulingLater, ActRuleOpinion, day.AddDays(1), false},
		{ChannelHall, RulingLater, ActAnswerLater, day, false},
		{ChannelSheet, RulingLater, ActRuleOpinion, day, false},
		{ChannelPortal, RulingLater, ActRuleOpinion, day, false},
		{ChannelPortal, RulingOtherBody, ActRuleOpinion, day, false},
		{ChannelPortal, RulingOnTheSpot, ActRuleOpinion, day.AddDays(3), true},
	} {
		o := Opinion{Channel: tt.channel, ReceivedAt: calendar.InstantAt(day, 9, 0)}
		if got := o.ToldBy(tt.code, tt.act, tt.on); got != tt.want {
			t.Errorf("%+v: %v", tt, got)
		}
	}
}
