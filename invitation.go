package doithoai

// Acts on who is invited to a dialogue. What an invitation is, package plan knows; who may do what with it stands here.
const (
	ActSeeDelegates       Act = "see_delegates"
	ActViewContacts       Act = "view_contacts"       // open the telephones and e-mail addresses of those invited
	ActProposeInvitations Act = "propose_invitations" // fill the plan's groups with places and known people
	ActAddDelegate        Act = "add_delegate"
	ActChangeDelegate     Act = "change_delegate"
	ActRemoveDelegate     Act = "remove_delegate" // of whom nobody was told anything yet
	ActWithdrawInvitation Act = "withdraw_invitation"
	ActOrderDelegates     Act = "order_delegates"
	ActImportDelegates    Act = "import_delegates"
	ActSetSeats           Act = "set_seats"         // how many the hall has
	ActPrintInvitations   Act = "print_invitations" // each with a code by which it can be answered
	ActInviteDelegates    Act = "invite_delegates"
	ActRemindDelegates    Act = "remind_delegates"
	ActRecordReply        Act = "record_reply"     // what somebody said by telephone, on paper, face to face
	ActReplyInvitation    Act = "reply_invitation" // by whom it was sent to, with the code on it
)

// invitationLaw is what invitations rest on.
const invitationLaw = "plan of 8/1/2024, II.3; NĐ 30/2020 Mẫu 1.7 (L)"

var invitationActs = []actRow{
	{ActSeeDelegates, opening, everyOfficer(always)},
	{ActViewContacts, law{
		"telephones and addresses of those invited are opened, and the view is recorded", "Luật 91/2025 (C)", ""},
		[]grant{{RoleOffice, always}, {RoleClerk, always}}},
	{ActProposeInvitations, law{"the plan's groups are filled with places and known people", invitationLaw, ""},
		[]grant{{RoleOffice, always}}},
	{ActAddDelegate, law{"somebody is put on the list", invitationLaw, ""},
		[]grant{{RoleOffice, always}}},
	{ActChangeDelegate, law{"what stands of somebody on the list is mended", invitationLaw, ""},
		[]grant{{RoleOffice, always}}},
	{ActRemoveDelegate, law{"who was not invited yet leaves the list", invitationLaw, ""},
		[]grant{{RoleOffice, always}}},
	{ActWithdrawInvitation, law{"an invitation is taken back, for a reason", invitationLaw, ""},
		[]grant{{RoleOffice, always}}},
	{ActOrderDelegates, law{"the order in which delegates are introduced", invitationLaw, ""},
		[]grant{{RoleOffice, always}}},
	{ActImportDelegates, law{"people are taken over from a file", invitationLaw, ""},
		[]grant{{RoleOffice, always}}},
	{ActSetSeats, law{"how many seats the hall has", "house rules", ""},
		[]grant{{RoleOffice, always}}},
	{ActPrintInvitations, law{"invitations are printed, each with its code", invitationLaw, ""},
		[]grant{{RoleOffice, always}, {RoleClerk, always}}},
	{ActInviteDelegates, law{"people are told of day, hour and venue", invitationLaw, ""},
		[]grant{{RoleOffice, always}, {RoleClerk, always}}},
	{ActRemindDelegates, law{"who has not answered is asked again", invitationLaw, ""},
		[]grant{{RoleOffice, always}, {RoleClerk, always}}},
	{ActRecordReply, law{"an answer to an invitation is noted", invitationLaw, ""},
		[]grant{{RoleOffice, always}, {RoleClerk, always}}},
	{ActReplyInvitation, law{"who is invited answers by the code", invitationLaw, ""},
		[]grant{{RoleResident, always}}},
}
