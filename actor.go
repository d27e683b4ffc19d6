package doithoai

import "slices"

// Role is what somebody may do in an authority. One person can hold several.
type Role string

const (
	RoleChair         Role = "chair"             // Chủ tịch UBND: rules, signs
	RoleViceChair     Role = "vice_chair"        // Phó Chủ tịch UBND: follows the work, signs where the chair delegates it
	RoleHeadOfOffice  Role = "head_of_office"    // Chánh Văn phòng
	RoleOffice        Role = "office"            // Văn phòng: runs everything
	RoleSecretary     Role = "secretary"         // thư ký buổi đối thoại
	RoleClerk         Role = "clerk"             // văn thư: numbers and dispatches what is signed
	RoleReception     Role = "citizen_reception" // người tiếp công dân: denunciations
	RoleUnitHead      Role = "unit_head"         // trưởng bộ phận, phòng
	RoleUnitOfficer   Role = "unit_officer"      // cán bộ, công chức of a unit: drafts and submits answers
	RoleFinance       Role = "finance"           // tài chính, kế toán
	RoleCulture       Role = "culture"           // văn hóa, đài truyền thanh
	RoleVillageHead   Role = "village_head"      // trưởng thôn: types slips for people, sees those
	RoleSupervisor    Role = "supervisor"        // Party committee, Council, Front: figures and public content
	RoleAdministrator Role = "administrator"     // accounts; sees no content
	RoleResident      Role = "resident"          // no account; the holder of a receipt code where an act concerns a slip
	RoleSystem        Role = "system"            // daily jobs
)

// OfficerRoles are the roles which a post can carry, in the order of the forms.
var OfficerRoles = []Role{
	RoleChair, RoleViceChair, RoleHeadOfOffice, RoleOffice, RoleSecretary, RoleClerk, RoleReception, RoleUnitHead, RoleUnitOfficer,
	RoleFinance, RoleCulture, RoleVillageHead, RoleSupervisor, RoleAdministrator,
}

// roleIncludes: who heads an office or a unit may do what its officers may.
var roleIncludes = map[Role][]Role{
	RoleHeadOfOffice: {RoleOffice},
	RoleUnitHead:     {RoleUnitOfficer},
}

// Includes reports whether the role may do whatever the other may.
func (r Role) Includes(other Role) bool {
	return r == other || slices.Contains(roleIncludes[r], other)
}

// Actor is who acts. The store checks that subject and actor belong to one authority.
type Actor struct {
	ID          ID // empty for residents and the system
	AuthorityID ID
	UnitID      ID // of the first post
	Name        string
	Roles       []Role // on the day: of the posts in force, and by delegation
	Seats       []Seat // where each role holds; a role without a seat holds in UnitID
}

// Seat is a role on a day and where it holds: by a post of the actor's own, or for somebody else by a delegation.
type Seat struct {
	Role      Role
	PostID    ID // the post that carries the role
	UnitID    ID
	VillageID ID
	Title     string        // of that post
	For       ID            // the officer who delegated the role; empty: the actor's own
	Manner    SigningManner // how the actor signs for them
}

// Resident is the actor of everything done on the public site of an authority.
func Resident(authority ID) Actor {
	return Actor{AuthorityID: authority, Roles: []Role{RoleResident}}
}

// Has reports whether the actor holds the role, or one that includes it.
func (a Actor) Has(r Role) bool {
	return slices.ContainsFunc(a.Roles, func(held Role) bool { return held.Includes(r) })
}

// seats are all roles of the actor with where they hold, own ones first.
func (a Actor) seats() []Seat {
	var own, delegated []Seat
	for _, r := range a.Roles {
		found := false
		for _, s := range a.Seats {
			if s.Role != r {
				continue
			}
			found = true
			if s.For == "" {
				own = append(own, s)
			} else {
				delegated = append(delegated, s)
			}
		}
		if !found {
			own = append(own, Seat{Role: r, UnitID: a.UnitID})
		}
	}
	return append(own, delegated...)
}

// UnitIDs are the units in which the actor works on the day, for others too.
func (a Actor) UnitIDs() []ID {
	var ids []ID
	add := func(id ID) {
		if id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	add(a.UnitID)
	for _, s := range a.Seats {
		add(s.UnitID)
	}
	return ids
}

// Act is the name of what is done, in code, event and documentation alike.
type Act string

const (
	ActIssuePlan          Act = "issue_plan"
	ActAnnounceDialogue   Act = "announce_dialogue"
	ActSubmitSlip         Act = "submit_slip"
	ActRecordOpinion      Act = "record_opinion"
	ActRuleOpinion        Act = "rule_opinion"
	ActSubmitAnswer       Act = "submit_answer"
	ActReturnAnswer       Act = "return_answer"
	ActSignAnswer         Act = "sign_answer"
	ActDispatchAnswer     Act = "dispatch_answer"
	ActRecordDelivery     Act = "record_delivery"
	ActProposePublication Act = "propose_publication"
	ActApprovePublication Act = "approve_publication"
	ActReturnPublication  Act = "return_publication"
	ActRateAnswer         Act = "rate_answer"
	ActViewPetitioner     Act = "view_petitioner"
	ActSeeOpinions        Act = "see_opinions" // open the register, and the opinions the actor's work needs
	ActSeeDesk            Act = "see_desk"     // the first page after signing in
	ActSeeFigures         Act = "see_figures"  // the year's counts
	ActSeeDenunciations   Act = "see_denunciations"
	ActSeeSettings        Act = "see_settings" // open the lists and rules that the authority works by
	ActFollowSlip         Act = "follow_slip"  // open a slip by its receipt code
	ActRenameAuthority    Act = "rename_authority"
	ActSetPortal          Act = "set_portal" // whether the portal can be reached from the Internet
	ActOpenUnit           Act = "open_unit"
	ActChangeUnit         Act = "change_unit" // who answers questions, under which number
	ActCloseUnit          Act = "close_unit"
	ActOpenVillages       Act = "open_villages"
	ActCloseVillage       Act = "close_village"
	ActTransferPetition   Act = "transfer_petition" // from a unit that is over to the one that has its work
	ActPausePetition      Act = "pause_petition"
	ActResumePetition     Act = "resume_petition"
	ActExtendPetition     Act = "extend_petition"
	ActMoveDue            Act = "move_due" // as a newer calendar proposes
	ActKeepDue            Act = "keep_due" // against what a newer calendar proposes
	ActChangeCalendar     Act = "change_calendar"
	ActSeeRules           Act = "see_rules" // parameters, legal bases, calendar
	ActSetParameter       Act = "set_parameter"
	ActWithdrawParameter  Act = "withdraw_parameter"
	ActSetLegalBasis      Act = "set_legal_basis"
	ActManageAccounts     Act = "manage_accounts"
	ActOpenAccount        Act = "open_account"
	ActResetPassword      Act = "reset_password"
	ActLockAccount        Act = "lock_account"
	ActUnlockAccount      Act = "unlock_account"
	ActDeactivateAccount  Act = "deactivate_account"
	ActReactivateAccount  Act = "reactivate_account"
	ActDropSecondStep     Act = "drop_second_step" // of somebody who has lost the telephone
	ActChangePassword     Act = "change_password"
	ActTurnOnSecondStep   Act = "turn_on_second_step"
	ActTurnOffSecondStep  Act = "turn_off_second_step"
	ActRenewRecoveryCodes Act = "renew_recovery_codes"
	ActSeeAudit           Act = "see_audit"      // who did what, who saw what: as far as the next two reach
	ActAuditOpinions      Act = "audit_opinions" // of acts on opinions, and views of who raised them
	ActAuditAccounts      Act = "audit_accounts" // of acts on accounts, and sign-ins
	ActExportAudit        Act = "export_audit"
	ActImportList         Act = "import_list"    // take villages, fields, procedures or outside bodies over from a file
	ActNameConcerned      Act = "name_concerned" // say in the file of whom an opinion on conduct is
	ActAskExplanation     Act = "ask_explanation"
	ActGiveExplanation    Act = "give_explanation"
	ActAddPost            Act = "add_post"
	ActEndPost            Act = "end_post"
	ActHandOverPost       Act = "hand_over_post"
	ActDelegate           Act = "delegate"
	ActRevokeDelegation   Act = "revoke_delegation"
)

// Subject is what an act is done to, as far as permission depends on it. Zero fields mean "not yet" or "not concerned".
type Subject struct {
	AuthorityID    ID
	State          PetitionState // of the petition, empty where there is none
	LeadUnitID     ID
	ProposedBy     ID   // who proposed the publication that is to be approved
	TypedBy        ID   // who typed the slip for the person
	Conduct        bool // about how officials serve
	Concerned      []ID // the officers whom the opinion is about
	ConcernedUnits []ID // their units
	AskedOf        ID   // who was asked for the explanation
	OfficerID      ID   // whose post, or who receives the delegation
	Denunciation   bool
}

type grant struct {
	role Role
	when condition
}

// permissions is the whole of who may do what. An act without a row is allowed to nobody.
var permissions = map[Act][]grant{
	ActIssuePlan:        {{RoleOffice, always}},
	ActAnnounceDialogue: {{RoleOffice, always}},

	ActSubmitSlip:    {{RoleResident, always}, {RoleOffice, always}, {RoleSecretary, always}, {RoleReception, always}, {RoleVillageHead, always}},
	ActFollowSlip:    {{RoleResident, always}},
	ActRecordOpinion: {{RoleSecretary, always}, {RoleOffice, always}},
	ActRuleOpinion:   {{RoleSecretary, always}, {RoleOffice, always}, {RoleChair, always}},

	ActSubmitAnswer:   {{RoleUnitOfficer, ofLeadUnit}, {RoleOffice, ofLeadUnit}, {RoleChair, ledByChair}},
	ActReturnAnswer:   {{RoleChair, always}},
	ActSignAnswer:     {{RoleChair, always}},
	ActDispatchAnswer: {{RoleOffice, always}, {RoleClerk, always}},
	ActRecordDelivery: {{RoleOffice, always}, {RoleClerk, always}},
	ActRateAnswer:     {{RoleResident, always}},

	ActProposePublication: {{RoleOffice, always}, {RoleUnitOfficer, ofLeadUnit}},
	ActApprovePublication: {{RoleChair, anotherThanProposer}, {RoleOffice, anotherThanProposer}},
	ActReturnPublication:  {{RoleChair, always}, {RoleOffice, always}},

	ActSeeDesk:          everyOfficer(always),
	ActSeeFigures:       {{RoleChair, always}, {RoleViceChair, always}, {RoleOffice, always}, {RoleSupervisor, always}},
	ActSeeOpinions:      {{RoleChair, always}, {RoleViceChair, always}, {RoleOffice, always}, {RoleSecretary, always}, {RoleUnitOfficer, ofLeadUnit}, {RoleClerk, signedOrSent}, {RoleVillageHead, typedByActor}},
	ActSeeSettings:      {{RoleChair, always}, {RoleViceChair, always}, {RoleOffice, always}, {RoleAdministrator, always}, {RoleSystem, always}},
	ActViewPetitioner:   {{RoleOffice, always}, {RoleChair, always}, {RoleUnitOfficer, ofLeadUnit}, {RoleReception, denounced}},
	ActSeeDenunciations: {{RoleReception, denounced}},

	ActRenameAuthority:  {{RoleOffice, always}, {RoleAdministrator, always}},
	ActSetPortal:        {{RoleOffice, always}, {RoleAdministrator, always}},
	ActOpenUnit:         {{RoleOffice, always}, {RoleAdministrator, always}},
	ActChangeUnit:       {{RoleOffice, always}, {RoleAdministrator, always}},
	ActCloseUnit:        {{RoleOffice, always}, {RoleAdministrator, always}},
	ActOpenVillages:     {{RoleOffice, always}, {RoleAdministrator, always}},
	ActCloseVillage:     {{RoleOffice, always}, {RoleAdministrator, always}},
	ActTransferPetition: {{RoleSystem, always}},

	ActPausePetition:  {{RoleUnitOfficer, ofLeadUnit}, {RoleOffice, always}},
	ActResumePetition: {{RoleUnitOfficer, ofLeadUnit}, {RoleOffice, always}},
	ActExtendPetition: {{RoleChair, always}}, // who signs the answer
	ActMoveDue:        {{RoleOffice, always}, {RoleChair, always}},
	ActKeepDue:        {{RoleOffice, always}, {RoleChair, always}},
	ActChangeCalendar: {{RoleOffice, always}},

	ActNameConcerned:   {{RoleChair, always}, {RoleOffice, always}},
	ActAskExplanation:  {{RoleChair, onConduct}},
	ActGiveExplanation: everyOfficer(askedOfActor),

	ActAddPost:          {{RoleAdministrator, forAnother}, {RoleChair, forAnother}, {RoleHeadOfOffice, forAnother}},
	ActEndPost:          {{RoleAdministrator, forAnother}, {RoleChair, forAnother}, {RoleHeadOfOffice, forAnother}},
	ActHandOverPost:     {{RoleAdministrator, forAnother}, {RoleChair, forAnother}, {RoleHeadOfOffice, forAnother}},
	ActDelegate:         {{RoleChair, forAnother}, {RoleOffice, forAnother}},
	ActRevokeDelegation: {{RoleChair, always}, {RoleOffice, always}},

	ActImportList: {{RoleOffice, always}, {RoleAdministrator, always}, {RoleSystem, always}},

	ActSeeRules:          {{RoleOffice, always}, {RoleChair, always}, {RoleViceChair, always}},
	ActSetParameter:      {{RoleOffice, always}},
	ActWithdrawParameter: {{RoleOffice, always}},
	ActSetLegalBasis:     {{RoleOffice, always}},

	ActManageAccounts:     {{RoleAdministrator, always}},
	ActOpenAccount:        {{RoleAdministrator, always}, {RoleSystem, always}},
	ActResetPassword:      {{RoleAdministrator, forAnother}},
	ActLockAccount:        {{RoleAdministrator, forAnother}},
	ActUnlockAccount:      {{RoleAdministrator, forAnother}},
	ActDeactivateAccount:  {{RoleAdministrator, forAnother}},
	ActReactivateAccount:  {{RoleAdministrator, forAnother}},
	ActDropSecondStep:     {{RoleAdministrator, forAnother}},
	ActChangePassword:     everyOfficer(ofActor),
	ActTurnOnSecondStep:   everyOfficer(ofActor),
	ActTurnOffSecondStep:  everyOfficer(ofActor),
	ActRenewRecoveryCodes: everyOfficer(ofActor),

	ActSeeAudit:      {{RoleChair, always}, {RoleOffice, always}, {RoleAdministrator, always}},
	ActAuditOpinions: {{RoleChair, always}, {RoleOffice, always}},
	ActAuditAccounts: {{RoleChair, always}, {RoleAdministrator, always}},
	ActExportAudit:   {{RoleChair, always}, {RoleOffice, always}, {RoleAdministrator, always}},
}

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

// SeatFor decides as Can does, and gives the seat by which the actor may: own ones before delegated ones.
//
// In this order: actor and subject belong to one authority, else NotFound (another authority's things do not exist); whom an
// opinion on conduct is about, and who works in their unit, is as far away as another authority; a denunciation has left this
// flow: it exists only for those whose grant is for denunciations; then one row of the table must hold.
func SeatFor(a Actor, act Act, s Subject) (Seat, error) {
	if a.AuthorityID == "" || s.AuthorityID != a.AuthorityID || s.concerns(a) {
		return Seat{}, Refuse(NotFound, "error.not_found")
	}
	for _, seat := range a.seats() {
		for _, g := range permissions[act] {
			if seat.Role.Includes(g.role) && (!s.Denunciation || g.when.name == denounced.name) && g.when.met(a, seat, s) {
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

// Reach is a part of an authority's things on which an actor may do an act: what lists ask, so that they read nothing that
// Can would refuse. Condition is the name of a condition, empty where there is none.
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
