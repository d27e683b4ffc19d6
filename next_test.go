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
		x        Correcting
	}{
		{"no ruling", Opinion{}, nil, "", 0, []Step{{Act: ActRuleOpinion}}, Correcting{}},
		{"with the unit", later, petition(PetitionProcessing), "", 0, []Step{{Act: ActSubmitAnswer, Due: due}}, Correcting{}},
		{"the person is to hear of another due date", later, petition(PetitionProcessing), "", 2,
			[]Step{{Act: ActSubmitAnswer, Due: due}, {Act: ActRecordDelivery}}, Correcting{}},
		{"sent back", later, petition(PetitionReturned), "", 0,
			[]Step{{Act: ActSubmitAnswer, Again: true, Due: due}}, Correcting{}},
		{"paused", later, petition(PetitionPaused), "", 1,
			[]Step{{Act: ActResumePetition}, {Act: ActRecordDelivery}}, Correcting{}},
		{"to be signed", later, petition(PetitionSubmitted), "", 0, []Step{{Act: ActSignAnswer, Due: due}}, Correcting{}},
		{"to be dispatched", later, petition(PetitionSigned), "", 0,
			[]Step{{Act: ActDispatchAnswer, Due: due}}, Correcting{}},
		{"answered, not told", later, petition(PetitionAnswered), "", 1, []Step{{Act: ActRecordDelivery}}, Correcting{}},
		{"answered, not told, proposed all the same", later, petition(PetitionAnswered), PublicationProposed, 1,
			[]Step{{Act: ActRecordDelivery}}, Correcting{}},
		{"answered and told", later, petition(PetitionAnswered), "", 0, []Step{{Act: ActProposePublication}}, Correcting{}},
		{"the summary came back", later, petition(PetitionAnswered), PublicationReturned, 0,
			[]Step{{Act: ActProposePublication, Again: true}}, Correcting{}},
		{"the summary waits", later, petition(PetitionAnswered), PublicationProposed, 0,
			[]Step{{Act: ActApprovePublication}}, Correcting{}},
		{"public", later, petition(PetitionAnswered), PublicationPublished, 0, nil, Correcting{}},
		{"told on the spot", Opinion{Ruling: "TL-NGAY"}, nil, "", 0, []Step{{Act: ActProposePublication}}, Correcting{}},
		{"a correction waits for the chair", later, petition(PetitionAnswered), PublicationPublished, 0,
			[]Step{{Act: ActSignCorrection}}, Correcting{State: CorrectionSubmitted}},
		{"a correction came back, and the person is to be told", later, petition(PetitionAnswered), "", 1,
			[]Step{{Act: ActProposeCorrection, Again: true}, {Act: ActRecordDelivery}},
			Correcting{State: CorrectionReturned}},
		{"a signed correction", later, petition(PetitionAnswered), PublicationProposed, 0,
			[]Step{{Act: ActDispatchCorrection}}, Correcting{State: CorrectionSigned}},
		{"corrected: the person is told first", later, petition(PetitionAnswered), PublicationPublished, 1,
			[]Step{{Act: ActRecordDelivery}}, Correcting{Summary: PublicationOutdated, Since: today}},
		{"corrected: the summary follows", later, petition(PetitionAnswered), PublicationPublished, 0,
			[]Step{{Act: ActProposePublication, Again: true}}, Correcting{Summary: PublicationOutdated, Since: today}},
		{"corrected: the summary waits", later, petition(PetitionAnswered), PublicationPublished, 0,
			[]Step{{Act: ActApprovePublication}}, Correcting{Summary: PublicationProposed, Since: today}},
		{"nothing to publish", Opinion{Ruling: "KTN"}, petition(PetitionEnded), "", 0, nil, Correcting{}},
	} {
		got := Rules{}.NextSteps(tt.opinion, Dialogue{}, tt.petition, tt.public, tt.x, tt.toTell, today)
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
