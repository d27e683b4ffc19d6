package doithoai

import (
	"slices"
	"testing"
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

// What counts as in time is what was told at once or dispatched, unless the due date was missed before.
func TestTimely(t *testing.T) {
	missed := Petition{Missed: true}
	for _, tt := range []struct {
		stage Stage
		p     Petition
		want  bool
	}{
		{StageTold, Petition{}, true}, {StageToldPublic, Petition{}, true}, {StageTold, missed, false},
		{StageAnswered, Petition{}, true}, {StageAnsweredPublic, Petition{}, true}, {StageAnswered, missed, false},
		{StageSigned, Petition{}, false}, {StageUnruled, Petition{}, false}, {StageClosed, Petition{}, false},
		{StageDenounced, Petition{}, false},
	} {
		if got := tt.stage.Timely(tt.p); got != tt.want {
			t.Errorf("%s, missed %v: %v", tt.stage, tt.p.Missed, got)
		}
	}
}
