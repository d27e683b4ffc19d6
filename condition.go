package doithoai

// A condition narrows a grant: the table of rights in docs/law.md says it in its words.
type condition struct {
	name  string // by which lists know it; empty: no condition
	words string
	holds func(Actor, Seat, Subject) bool
}

func (c condition) met(a Actor, seat Seat, s Subject) bool {
	return c.holds == nil || c.holds(a, seat, s)
}

var (
	always = condition{}

	ofLeadUnit = condition{"lead_unit", "the unit of the post leads the petition",
		func(_ Actor, seat Seat, s Subject) bool {
			return seat.UnitID != "" && seat.UnitID == s.LeadUnitID
		}}
	ofPreparingUnit = condition{"preparing_unit", "the unit of the post prepares the answer, or its own figures",
		func(_ Actor, seat Seat, s Subject) bool {
			return seat.UnitID != "" && seat.UnitID == s.PreparerID
		}}
	ledByChair = condition{"led_by_chair", "the opinion is on conduct and the chair leads it: no unit does",
		func(_ Actor, _ Seat, s Subject) bool {
			return s.Conduct && s.State != "" && s.LeadUnitID == ""
		}}
	signedOrSent = condition{"signed", "the answer waits for its signature, is signed, or has gone out",
		func(_ Actor, _ Seat, s Subject) bool {
			return s.State == PetitionSubmitted || s.State == PetitionSigned || s.State == PetitionAnswered
		}}
	ofDoingUnit = condition{"doing_unit", "the unit of the post does it",
		func(_ Actor, seat Seat, s Subject) bool {
			return seat.UnitID != "" && seat.UnitID == s.LeadUnitID
		}}
	ofVillage = condition{"village", "the post is of the village",
		func(_ Actor, seat Seat, s Subject) bool {
			return seat.VillageID != "" && seat.VillageID == s.VillageID
		}}
	typedByActor = condition{"typed", "the actor typed the slip for the person",
		func(a Actor, _ Seat, s Subject) bool {
			return a.ID != "" && a.ID == s.TypedBy
		}}
	addedByActor = condition{"added", "the actor added the file",
		func(a Actor, _ Seat, s Subject) bool {
			return a.ID != "" && a.ID == s.AddedBy
		}}
	ofOwnVillage = condition{"own_village", "the list is of the village of the post",
		func(_ Actor, seat Seat, s Subject) bool {
			return seat.VillageID != "" && seat.VillageID == s.VillageID
		}}
	anotherThanProposer = condition{"another", "somebody else proposed the summary (four eyes)",
		func(a Actor, _ Seat, s Subject) bool {
			return a.ID != s.ProposedBy
		}}
	denounced = condition{"denounced", "the opinion is a denunciation",
		func(_ Actor, _ Seat, s Subject) bool {
			return s.Denunciation
		}}
	ofTask = condition{"of_task", "the task is that of the unit or village of the post",
		func(_ Actor, seat Seat, s Subject) bool {
			return seat.UnitID != "" && seat.UnitID == s.TaskUnitID ||
				seat.VillageID != "" && seat.VillageID == s.TaskVillageID
		}}
	notDirected = condition{"not_directed", "the task is no directive of the head",
		func(_ Actor, _ Seat, s Subject) bool { return !s.Directed }}
	ofRecipient = condition{"of_recipient", "the document was sent to the unit or village of the post",
		func(_ Actor, seat Seat, s Subject) bool {
			return seat.UnitID != "" && seat.UnitID == s.SentUnitID ||
				seat.VillageID != "" && seat.VillageID == s.SentVillageID
		}}
	onConduct = condition{"conduct", "the opinion is on conduct",
		func(_ Actor, _ Seat, s Subject) bool {
			return s.Conduct
		}}
	askedOfActor = condition{"asked", "the explanation was asked of the actor",
		func(a Actor, _ Seat, s Subject) bool {
			return a.ID != "" && a.ID == s.AskedOf
		}}
	forAnother = condition{"for_another", "the post, delegation or account is another officer's, not the actor's own",
		func(a Actor, _ Seat, s Subject) bool {
			return a.ID != s.OfficerID
		}}
	ofActor = condition{"own", "the account is the actor's own",
		func(a Actor, _ Seat, s Subject) bool {
			return a.ID != "" && a.ID == s.OfficerID
		}}
)
