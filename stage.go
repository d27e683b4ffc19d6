package doithoai

// Stage is where an opinion stands, in one word: what lists go by. It follows from the ruling, the petition and the
// publication ([StageOf]).
type Stage string

const (
	StageUnruled        Stage = "unruled"
	StageProcessing     Stage = Stage(PetitionProcessing)
	StageSubmitted      Stage = Stage(PetitionSubmitted)
	StageReturned       Stage = Stage(PetitionReturned)
	StagePaused         Stage = Stage(PetitionPaused)
	StageSigned         Stage = Stage(PetitionSigned)
	StageAnswered       Stage = "answered" // dispatched, and not public yet
	StageAnsweredPublic Stage = "answered_public"
	StageTold           Stage = "told" // answered on the spot, or explained where to go, and not public yet
	StageToldPublic     Stage = "told_public"
	StageClosed         Stage = "closed" // another ruling left nothing to answer
	StageJoined         Stage = "joined" // to an opinion of another slip, in whose place it would count twice
	StageDenounced      Stage = "denounced"
)

// Stages in the order of the work.
var Stages = []Stage{
	StageUnruled, StageProcessing, StageSubmitted, StageReturned, StagePaused, StageSigned,
	StageAnswered, StageAnsweredPublic, StageTold, StageToldPublic, StageClosed, StageJoined, StageDenounced,
}

// StageOf finds where an opinion stands. petition is the state of its petition, empty where it has none; public that of
// its publication. One that is joined to another is at [StageJoined], whatever else is said of it.
//
// In this order: a denunciation has left, whatever stood before; without a ruling it waits for one; a petition that is
// not ended says where the work is; what was told at once waits to become public; nothing else is left to do.
func StageOf(ruling RulingCode, petition PetitionState, public PublicationState) Stage {
	rule, _ := RuleOf(ruling)
	published := public == PublicationPublished
	switch {
	case ruling == RulingDenunciation:
		return StageDenounced
	case ruling == "":
		return StageUnruled
	case petition == PetitionAnswered && published:
		return StageAnsweredPublic
	case petition != "" && petition != PetitionEnded:
		return Stage(petition)
	case rule.Publishes && published:
		return StageToldPublic
	case rule.Publishes:
		return StageTold
	}
	return StageClosed
}

// Timely reports whether an opinion counts as answered in time: told at once, or dispatched by the due date; not where
// the due date was missed before another ruling left nothing to dispatch. Where the person did not agree, it is the
// first answer that counts, whatever became of the matter since. A denunciation never does.
func (s Stage) Timely(p Petition) bool {
	if p.Round > 0 && s != StageDenounced && s != StageJoined {
		return !p.Missed
	}
	switch s {
	case StageTold, StageToldPublic, StageAnswered, StageAnsweredPublic:
		return !p.Missed
	}
	return false
}
