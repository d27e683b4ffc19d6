package doithoai

import "slices"

// Act is the name of what is done, in code, event and documentation alike.
type Act string

// Subject is what an act is done to, as far as permission depends on it. Zero fields mean "not yet" or "not concerned".
type Subject struct {
	AuthorityID    ID
	State          PetitionState // of the petition, empty where there is none
	LeadUnitID     ID
	VillageID      ID   // whose list it is, or whose people are told
	ProposedBy     ID   // who proposed the publication that is to be approved
	TypedBy        ID   // who typed the slip for the person
	AddedBy        ID   // who added the file
	Conduct        bool // about how officials serve
	Concerned      []ID // the officers whom the opinion is about
	ConcernedUnits []ID // their units
	HandedIn       HandedIn
	Correction     HandedIn // of the answer, that waits
	ExtensionBy    ID       // who proposed the last extension that was proposed
	AskedOf        ID       // who was asked for the explanation
	CoUnits        []ID     // that coordinate with the lead
	PromisedUnitID ID       // the unit that does what was promised
	PreparerID     ID       // the unit that prepares the answer to a registered question, or whose figures these are
	OfficerID      ID       // whose post, or who receives the delegation
	TaskUnitID     ID       // who has the task
	TaskVillageID  ID       // the same
	Directed       bool     // the task is a directive of the head
	SentUnitID     ID       // to which the document was sent
	SentVillageID  ID       // the same
	Denunciation   bool
}

type grant struct {
	role Role
	when condition
}

// law is what an act is for, what it rests on, and under which name it is tested: "" is Test and the act's own.
// Certainty stands in brackets: (C) the article was read, (L) likely, from secondary sources, (U) unverified.
type law struct{ what, basis, test string }

// opening is what acts are that only open pages.
var opening = law{"opening staff pages; no legal effect", "house rules", "TestCan"}

// actRow is one act of the law with who may do it. Each family of acts keeps its rows beside its rules; docs/law.md is
// written from them.
type actRow struct {
	act    Act
	law    law
	grants []grant
}

// actRows are all acts, by families in the order of an opinion's life.
var actRows = slices.Concat(
	planActs, taskActs, dialogueActs, dutyActs, invitationActs, prepareActs, stockActs, documentActs,
	documentSignedActs, documentRelayActs, documentEndActs,
	estimateActs, logisticsActs, bulletinActs, relayActs, evidenceActs, receptionActs,
	queueActs, screenActs, minutesActs,
	slipActs, fileActs, opinionActs, headlineActs, classifyActs, initiativeActs, splitActs, summaryActs, rulingActs,
	laterActs, noteActs,
	refusalActs, handOverActs, petitionOfficerActs, disputeActs, onwardActs, redirectionActs, urgingActs,
	statusActs, ledgerActs, answerActs, paperSignatureActs, correctionActs, reopeningActs, supplementActs,
	promiseActs, deadlineActs, extensionActs, deliveryActs,
	publicationActs, guideActs,
	ratingActs, surveyActs, resultReportActs, rollUpActs, retentionActs, ownActs,
	compiledListActs, handSheetActs, hallNoteActs, joinActs, groupActs, repeatActs,
	conductActs, organisationActs, postActs, accountActs, parameterActs, calendarActs, basisActs, listActs, auditActs,
	siteActs, paperTemplateActs, paperSentenceActs,
	rehearsalActs,
)

// permissions is the whole of who may do what. An act without a row is allowed to nobody.
var permissions = func() map[Act][]grant {
	m := make(map[Act][]grant, len(actRows))
	for _, r := range actRows {
		m[r.act] = append(m[r.act], r.grants...)
	}
	return m
}()

// everyOfficer grants to whoever holds a post.
func everyOfficer(when condition) (all []grant) {
	for _, r := range OfficerRoles {
		all = append(all, grant{r, when})
	}
	return all
}

// Can decides whether the actor may do the act to the subject, nil meaning yes.
func Can(a Actor, act Act, s Subject) error {
	_, err := SeatFor(a, act, s)
	return err
}

// SeatFor decides as Can does, and returns the seat by which the actor may: own ones before delegated ones.
//
// In this order: actor and subject belong to one authority, else NotFound (another authority's things do not exist);
// whom an opinion on conduct is about, and who works in their unit, is as far away as another authority; a denunciation
// has left this flow: it exists only for those whose grant is for denunciations; then one row of the table must hold.
func SeatFor(a Actor, act Act, s Subject) (Seat, error) {
	if a.AuthorityID == "" || s.AuthorityID != a.AuthorityID || s.concerns(a) {
		return Seat{}, Refuse(NotFound, "error.not_found")
	}
	for _, seat := range a.seats() {
		for _, g := range permissions[act] {
			reached := !s.Denunciation || g.when.name == denounced.name
			if seat.Role.Includes(g.role) && reached && g.when.met(a, seat, s) {
				return seat, nil
			}
		}
	}
	if s.Denunciation {
		return Seat{}, Refuse(NotFound, "error.not_found")
	}
	return Seat{}, Refuse(NotAllowed, "error.not_allowed")
}

// concerns reports whether the subject is about the actor's own conduct, or that of somebody of a unit of theirs.
func (s Subject) concerns(a Actor) bool {
	return a.ID != "" && slices.Contains(s.Concerned, a.ID) ||
		slices.ContainsFunc(a.UnitIDs(), func(id ID) bool { return slices.Contains(s.ConcernedUnits, id) })
}

// MayEver reports whether the actor could do the act to some subject of its authority: what menus and routes ask.
func MayEver(a Actor, act Act) bool {
	return len(Reaches(a, act)) > 0
}

// Reach is a part of an authority's things on which an actor may do an act: what lists ask, so that they read nothing
// that Can would refuse. Condition is the name of a condition, empty where there is none.
type Reach struct {
	Condition string
	Seat      Seat
}

// Reaches are the parts on which the actor may do the act; nil: none.
func Reaches(a Actor, act Act) []Reach {
	var all []Reach
	for _, seat := range a.seats() {
		for _, g := range permissions[act] {
			if seat.Role.Includes(g.role) {
				all = append(all, Reach{g.when.name, seat})
			}
		}
	}
	return all
}

// Acts of opening pages of the staff.
const (
	ActSeeDesk     Act = "see_desk"     // the first page after signing in
	ActSeeFigures  Act = "see_figures"  // the year's counts
	ActSeeSettings Act = "see_settings" // open the lists and rules that the authority works by
)

var siteActs = []actRow{
	{ActSeeDesk, opening,
		everyOfficer(always)},
	{ActSeeFigures, law{"the year's counts", "Luật 10/2022 Đ.34 (C)", "TestCan"},
		[]grant{{RoleChair, always}, {RoleViceChair, always}, {RoleOffice, always}, {RoleSupervisor, always}}},
	{ActSeeSettings, opening,
		[]grant{
			{RoleChair, always}, {RoleViceChair, always}, {RoleOffice, always}, {RoleAdministrator, always},
			{RoleSystem, always},
		}},
}
