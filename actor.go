package doithoai

import "slices"

// Role is what somebody may do in an authority. One person can hold several.
type Role string

const (
	RoleChair         Role = "chair"         // Chủ tịch UBND: rules, signs
	RoleOffice        Role = "office"        // Văn phòng: runs everything
	RoleSecretary     Role = "secretary"     // thư ký buổi đối thoại
	RoleUnitOfficer   Role = "unit_officer"  // cán bộ, công chức of a unit: drafts and submits answers
	RoleAdministrator Role = "administrator" // accounts; sees no content
	RoleResident      Role = "resident"      // no account; the holder of a receipt code where an act concerns a slip
	RoleSystem        Role = "system"        // daily jobs
)

// OfficerRoles are the roles which an account can hold.
var OfficerRoles = []Role{RoleChair, RoleOffice, RoleSecretary, RoleUnitOfficer, RoleAdministrator}

// Actor is who acts. The store checks that subject and actor belong to one authority.
type Actor struct {
	ID          ID // empty for residents and the system
	AuthorityID ID
	UnitID      ID
	Name        string
	Roles       []Role
}

// Resident is the actor of everything done on the public site of an authority.
func Resident(authority ID) Actor {
	return Actor{AuthorityID: authority, Roles: []Role{RoleResident}}
}

// Has reports whether the actor holds the role.
func (a Actor) Has(r Role) bool { return slices.Contains(a.Roles, r) }

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
	ActSeeSettings        Act = "see_settings" // open the lists and rules that the authority works by
	ActFollowSlip         Act = "follow_slip"  // open a slip by its receipt code
	ActManageAccounts     Act = "manage_accounts"
)

// Subject is what an act is done to, as far as permission depends on it. Zero fields mean "not yet" or "not concerned".
type Subject struct {
	AuthorityID  ID
	LeadUnitID   ID
	ProposedBy   ID // who proposed the publication that is to be approved
	Denunciation bool
}

// condition narrows a grant.
type condition func(Actor, Subject) bool

func always(Actor, Subject) bool { return true }

// ofLeadUnit: the actor works in the unit that leads the petition.
func ofLeadUnit(a Actor, s Subject) bool { return a.UnitID != "" && a.UnitID == s.LeadUnitID }

// anotherThanProposer: four eyes look at what becomes public.
func anotherThanProposer(a Actor, s Subject) bool { return a.ID != s.ProposedBy }

type grant struct {
	role Role
	when condition
}

// permissions is the whole of who may do what. An act without a row is allowed to nobody.
var permissions = map[Act][]grant{
	ActIssuePlan:        {{RoleOffice, always}},
	ActAnnounceDialogue: {{RoleOffice, always}},

	ActSubmitSlip:    {{RoleResident, always}, {RoleOffice, always}, {RoleSecretary, always}},
	ActFollowSlip:    {{RoleResident, always}},
	ActRecordOpinion: {{RoleSecretary, always}, {RoleOffice, always}},
	ActRuleOpinion:   {{RoleSecretary, always}, {RoleOffice, always}, {RoleChair, always}},

	ActSubmitAnswer:   {{RoleUnitOfficer, ofLeadUnit}, {RoleOffice, ofLeadUnit}},
	ActReturnAnswer:   {{RoleChair, always}},
	ActSignAnswer:     {{RoleChair, always}},
	ActDispatchAnswer: {{RoleOffice, always}},
	ActRecordDelivery: {{RoleOffice, always}},
	ActRateAnswer:     {{RoleResident, always}},

	ActProposePublication: {{RoleOffice, always}, {RoleUnitOfficer, ofLeadUnit}},
	ActApprovePublication: {{RoleChair, anotherThanProposer}, {RoleOffice, anotherThanProposer}},
	ActReturnPublication:  {{RoleChair, always}, {RoleOffice, always}},

	ActSeeDesk:        {{RoleChair, always}, {RoleOffice, always}, {RoleSecretary, always}, {RoleUnitOfficer, always}, {RoleAdministrator, always}},
	ActSeeOpinions:    {{RoleChair, always}, {RoleOffice, always}, {RoleSecretary, always}, {RoleUnitOfficer, ofLeadUnit}},
	ActSeeSettings:    {{RoleChair, always}, {RoleOffice, always}, {RoleAdministrator, always}},
	ActViewPetitioner: {{RoleOffice, always}, {RoleChair, always}, {RoleUnitOfficer, ofLeadUnit}},

	ActManageAccounts: {{RoleAdministrator, always}},
}

// Can decides whether the actor may do the act to the subject, nil meaning yes.
//
// In this order: actor and subject belong to one authority, else NotFound (another authority's things do not exist);
// a denunciation has left this flow: nobody sees it or acts on it here; then one row of the table must hold. An opinion on
// conduct is kept from the units by RuleOpinion, which gives it to none but the office to lead.
func Can(a Actor, act Act, s Subject) error {
	if a.AuthorityID == "" || s.AuthorityID != a.AuthorityID {
		return Refuse(NotFound, "error.not_found")
	}
	if s.Denunciation {
		return Refuse(NotFound, "error.not_found")
	}
	for _, g := range permissions[act] {
		if a.Has(g.role) && g.when(a, s) {
			return nil
		}
	}
	return Refuse(NotAllowed, "error.not_allowed")
}

// MayEver reports whether the actor could do the act to some subject of its authority: what menus and routes ask.
func MayEver(a Actor, act Act) bool {
	for _, g := range permissions[act] {
		if a.Has(g.role) {
			return true
		}
	}
	return false
}
