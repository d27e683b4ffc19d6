package doithoai

import "testing"

func TestGivePetition(t *testing.T) {
	of := []ID{"lam", "mau"}
	p := Petition{LeadUnitID: "land", State: PetitionProcessing, OfficerID: "lam", HandedOver: 1}
	for _, tt := range []struct {
		name   string
		change func(*Petition)
		to     ID
		s      Subject
		want   string // key of what is wrong; empty: given
	}{
		{"to another", nil, "mau", Subject{}, ""},
		{"to nobody", nil, "", Subject{}, ""},
		{"while paused", func(p *Petition) { p.State = PetitionPaused }, "mau", Subject{}, ""},
		{"to who has it", nil, "lam", Subject{}, "petition.officer.problem.same"},
		{"of another unit", nil, "xa", Subject{}, "petition.officer.problem.elsewhere"},
		{"whom it is about", nil, "mau", Subject{Concerned: []ID{"mau"}}, "petition.officer.problem.concerned"},
		{"to be signed", func(p *Petition) { p.State = PetitionSubmitted }, "mau", Subject{}, "error.conflict"},
		{"led by the chair", func(p *Petition) { p.LeadUnitID = "" }, "mau", Subject{}, "error.conflict"},
	} {
		was := p
		if tt.change != nil {
			tt.change(&was)
		}
		next, facts, err := was.Give(tt.to, of, tt.s)
		if tt.want != "" {
			if !refusedFor(err, tt.want) || next != was {
				t.Errorf("%s: %v, %+v", tt.name, err, next)
			}
			continue
		}
		want := was
		want.OfficerID = tt.to
		if err != nil || next != want || facts.Officer != tt.to || facts.Unit != "land" {
			t.Errorf("%s: %+v, %+v, %v", tt.name, next, facts, err)
		}
	}
	if next := p.ledBy("land"); next != p {
		t.Errorf("the same unit leads: %+v", next)
	}
	if next := p.ledBy("justice"); next.OfficerID != "" || next.LeadUnitID != "justice" {
		t.Errorf("another unit leads: %+v", next)
	}
}

func refusedFor(err error, key string) bool {
	ps := ProblemsOf(err)
	return refusal(err) == key || len(ps) == 1 && ps[0].Key == key
}
