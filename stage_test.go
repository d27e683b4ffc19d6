package doithoai

import (
	"slices"
	"testing"

	"doithoai/calendar"
)

func TestStageOf(t *testing.T) {
	for _, tt := range []struct {
		ruling   RulingCode
		petition PetitionState
		public   PublicationState
		want     Stage
	}{
		{"", "", "", StageUnruled},
		{RulingLater, PetitionProcessing, "", StageProcessing},
		{RulingLater, PetitionPaused, "", StagePaused},
		{RulingSuperior, PetitionSigned, "", StageSigned},
		{RulingLater, PetitionAnswered, "", StageAnswered},
		{RulingLater, PetitionAnswered, PublicationProposed, StageAnswered},
		{RulingLater, PetitionAnswered, PublicationReturned, StageAnswered},
		{RulingLater, PetitionAnswered, PublicationPublished, StageAnsweredPublic},
		{RulingOnTheSpot, "", "", StageTold},
		{RulingOnTheSpot, PetitionEnded, PublicationProposed, StageTold},
		{RulingOtherBody, "", PublicationPublished, StageToldPublic},
		{RulingComplaint, "", "", StageClosed},
		{RulingNotAccepted, PetitionEnded, PublicationReturned, StageClosed},
		{RulingDenunciation, PetitionEnded, PublicationReturned, StageDenounced},
		{RulingDenunciation, PetitionAnswered, PublicationPublished, StageDenounced},
	} {
		if got := StageOf(tt.ruling, tt.petition, tt.public); got != tt.want {
			t.Errorf("ruling %q, petition %q, publication %q: %s, want %s", tt.ruling, tt.petition, tt.public, got, tt.want)
		}
	}
	for _, s := range PetitionStates {
		if s != PetitionEnded && !slices.Contains(Stages, StageOf(RulingLater, s, "")) {
			t.Errorf("state %s is no stage", s)
		}
	}
}

// What counts as in time is what Publishes at once or was not late, as Petition.Late has it.
func TestTimely(t *testing.T) {
	due := calendar.DateOf(2026, 11, 10)
	on := func(day int) Petition {
		return Petition{
			State: PetitionAnswered, Due: due, AnsweredAt: calendar.InstantAt(calendar.DateOf(2026, 11, day), 23, 59),
		}
	}
	for _, tt := range []struct {
		stage Stage
		p     Petition
		want  bool
	}{
		{StageTold, Petition{}, true}, {StageToldPublic, Petition{}, true},
		{StageAnswered, on(10), true}, {StageAnsweredPublic, on(1), true}, {StageAnswered, on(11), false},
		{StageSigned, on(1), false}, {StageUnruled, Petition{}, false}, {StageClosed, Petition{}, false},
		{StageDenounced, on(1), false},
	} {
		if got := tt.stage.Timely(tt.p); got != tt.want {
			t.Errorf("%s answered at %s: %v", tt.stage, tt.p.AnsweredAt, got)
		}
	}
}
