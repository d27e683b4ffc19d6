package doithoai

import (
	"testing"

	"doithoai/calendar"
)

// TestNextSteps orders what an opinion waits for: the person is told before anything becomes public.
func TestNextSteps(t *testing.T) {
	today := calendar.DateOf(2024, 10, 23)
	due := calendar.DateOf(2024, 10, 30)
	petition := func(s PetitionState) *Petition {
		return &Petition{State: s, Due: due, AnsweredAt: calendar.InstantAt(today, 9, 0)}
	}
	later := Opinion{Ruling: "TL-SAU"}
	for _, tt := range []struct {
		name     string
		opinion  Opinion
		petition *Petition
		public   PublicationState
		toTell   int
		want     []Step
	}{
		{"no ruling", Opinion{}, nil, "", 0, []Step{{Act: ActRuleOpinion}}},
		{"with the unit", later, petition(PetitionProcessing), "", 0, []Step{{Act: ActSubmitAnswer, Due: due}}},
		{"the person is to hear of another due date", later, petition(PetitionProcessing), "", 2,
			[]Step{{Act: ActSubmitAnswer, Due: due}, {Act: ActRecordDelivery}}},
		{"sent back", later, petition(PetitionReturned), "", 0, []Step{{Act: ActSubmitAnswer, Again: true, Due: due}}},
		{"paused", later, petition(PetitionPaused), "", 1, []Step{{Act: ActResumePetition}, {Act: ActRecordDelivery}}},
		{"to be signed", later, petition(PetitionSubmitted), "", 0, []Step{{Act: ActSignAnswer, Due: due}}},
		{"to be dispatched", later, petition(PetitionSigned), "", 0, []Step{{Act: ActDispatchAnswer, Due: due}}},
		{"answered, not told", later, petition(PetitionAnswered), "", 1, []Step{{Act: ActRecordDelivery}}},
		{"answered, not told, proposed all the same", later, petition(PetitionAnswered), PublicationProposed, 1,
			[]Step{{Act: ActRecordDelivery}}},
		{"answered and told", later, petition(PetitionAnswered), "", 0, []Step{{Act: ActProposePublication}}},
		{"the summary came back", later, petition(PetitionAnswered), PublicationReturned, 0,
			[]Step{{Act: ActProposePublication, Again: true}}},
		{"the summary waits", later, petition(PetitionAnswered), PublicationProposed, 0,
			[]Step{{Act: ActApprovePublication}}},
		{"public", later, petition(PetitionAnswered), PublicationPublished, 0, nil},
		{"told on the spot", Opinion{Ruling: "TL-NGAY"}, nil, "", 0, []Step{{Act: ActProposePublication}}},
		{"nothing to publish", Opinion{Ruling: "KTN"}, petition(PetitionEnded), "", 0, nil},
	} {
		got := Rules{}.NextSteps(tt.opinion, Dialogue{}, tt.petition, tt.public, tt.toTell, today)
		if len(got) != len(tt.want) {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
			continue
		}
		for i := range got {
			if got[i] != tt.want[i] {
				t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
			}
		}
	}
}
