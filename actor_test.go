package doithoai

import (
	"slices"
	"testing"
)

// TestCan says who may do what, act by act: the table of permissions written a second time, by hand, as prose would.
func TestCan(t *testing.T) {
	const here, elsewhere ID = "here", "elsewhere"
	people := map[string]Actor{
		"chair":         {ID: "c", AuthorityID: here, Roles: []Role{RoleChair}},
		"office":        {ID: "o", AuthorityID: here, UnitID: "office", Roles: []Role{RoleOffice}},
		"secretary":     {ID: "s", AuthorityID: here, Roles: []Role{RoleSecretary}},
		"lead unit":     {ID: "l", AuthorityID: here, UnitID: "land", Roles: []Role{RoleUnitOfficer}},
		"other unit":    {ID: "u", AuthorityID: here, UnitID: "money", Roles: []Role{RoleUnitOfficer}},
		"administrator": {ID: "a", AuthorityID: here, Roles: []Role{RoleAdministrator}},
		"resident":      Resident(here),
	}
	subject := Subject{AuthorityID: here, LeadUnitID: "land", ProposedBy: "o"}
	want := map[Act][]string{
		ActIssuePlan:          {"office"},
		ActAnnounceDialogue:   {"office"},
		ActSubmitSlip:         {"office", "resident", "secretary"},
		ActFollowSlip:         {"resident"},
		ActRecordOpinion:      {"office", "secretary"},
		ActRuleOpinion:        {"chair", "office", "secretary"},
		ActSubmitAnswer:       {"lead unit"},
		ActReturnAnswer:       {"chair"},
		ActSignAnswer:         {"chair"},
		ActDispatchAnswer:     {"office"},
		ActRecordDelivery:     {"office"},
		ActRateAnswer:         {"resident"},
		ActProposePublication: {"lead unit", "office"},
		ActApprovePublication: {"chair"}, // not the office's officer who proposed it
		ActReturnPublication:  {"chair", "office"},
		ActSeeDesk:            {"administrator", "chair", "lead unit", "office", "other unit", "secretary"},
		ActSeeSettings:        {"administrator", "chair", "office"},
		ActSeeOpinions:        {"chair", "lead unit", "office", "secretary"},
		ActViewPetitioner:     {"chair", "lead unit", "office"},
		ActRenameAuthority:    {"administrator", "office"},
		ActOpenUnit:           {"administrator", "office"},
		ActChangeUnit:         {"administrator", "office"},
		ActCloseUnit:          {"administrator", "office"},
		ActOpenVillages:       {"administrator", "office"},
		ActCloseVillage:       {"administrator", "office"},
		ActTransferPetition:   nil, // the system's alone
		ActChangeCalendar:     {"office"},
		ActImportList:         {"administrator", "office"},
		ActManageAccounts:     {"administrator"},
	}
	if len(want) != len(permissions) {
		t.Errorf("%d acts are expected, %d have a row", len(want), len(permissions))
	}
	for act := range permissions {
		var got []string
		for name, a := range people {
			if Can(a, act, subject) == nil {
				got = append(got, name)
			}
			if kind := KindOf(Can(a, act, Subject{AuthorityID: elsewhere, LeadUnitID: "land"})); kind != NotFound {
				t.Errorf("%s can reach %s of another authority (%s)", name, act, kind)
			}
			if kind := KindOf(Can(a, act, Subject{AuthorityID: here, LeadUnitID: "land", Denunciation: true})); kind != NotFound {
				t.Errorf("%s can reach %s of a denunciation (%s)", name, act, kind)
			}
			if Can(a, act, subject) == nil && !MayEver(a, act) {
				t.Errorf("%s may %s, but MayEver says never", name, act)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want[act]) {
			t.Errorf("%s: allowed to %q, want %q", act, got, want[act])
		}
	}
	if KindOf(Can(Actor{Roles: []Role{RoleChair}}, ActSignAnswer, Subject{})) != NotFound {
		t.Error("an actor without authority can act")
	}
	if KindOf(Can(people["chair"], "invented", subject)) != NotAllowed {
		t.Error("an act without a row is allowed")
	}
}
