package doithoai

import (
	"slices"
	"testing"
)

// TestCan says who may do what, act by act: the table of permissions written a second time, by hand, as prose would.
func TestCan(t *testing.T) {
	const here, elsewhere ID = "here", "elsewhere"
	hamlet := []Seat{{Role: RoleVillageHead, VillageID: "hamlet"}}
	people := map[string]Actor{
		"chair":         {ID: "c", AuthorityID: here, Roles: []Role{RoleChair}},
		"office":        {ID: "o", AuthorityID: here, UnitID: "office", Roles: []Role{RoleOffice}},
		"secretary":     {ID: "s", AuthorityID: here, Roles: []Role{RoleSecretary}},
		"lead unit":     {ID: "l", AuthorityID: here, UnitID: "land", Roles: []Role{RoleUnitOfficer}},
		"other unit":    {ID: "u", AuthorityID: here, UnitID: "money", Roles: []Role{RoleUnitOfficer}},
		"administrator": {ID: "a", AuthorityID: here, Roles: []Role{RoleAdministrator}},
		"vice chair":    {ID: "vc", AuthorityID: here, Roles: []Role{RoleViceChair}},
		"clerk":         {ID: "cl", AuthorityID: here, UnitID: "office", Roles: []Role{RoleClerk}},
		"reception":     {ID: "r", AuthorityID: here, UnitID: "office", Roles: []Role{RoleReception}},
		"finance":       {ID: "f", AuthorityID: here, UnitID: "money", Roles: []Role{RoleFinance}},
		"culture":       {ID: "cu", AuthorityID: here, UnitID: "culture", Roles: []Role{RoleCulture}},
		"village head":  {ID: "v", AuthorityID: here, Roles: []Role{RoleVillageHead}, Seats: hamlet},
		"supervisor":    {ID: "su", AuthorityID: here, Roles: []Role{RoleSupervisor}},
		"resident":      Resident(here),
	}
	everyone := []string{
		"administrator", "chair", "clerk", "culture", "finance", "lead unit", "office", "other unit", "reception",
		"secretary", "supervisor", "vice chair", "village head",
	}
	subject := Subject{
		AuthorityID: here, State: PetitionProcessing, LeadUnitID: "land", ProposedBy: "o", TypedBy: "v", AddedBy: "v",
		Conduct:   true,
		VillageID: "hamlet", PreparerID: "land", PromisedUnitID: "land", AskedOf: "l",
		OfficerID: "a", HandedIn: HandedIn{By: "l"},
		Correction:  HandedIn{By: "l"},
		ExtensionBy: "l", TaskUnitID: "land", TaskVillageID: "village", SentUnitID: "land", SentVillageID: "hamlet",
	}
	want := map[Act][]string{
		ActSeePlans:         everyone,
		ActDraftPlan:        {"office"},
		ActTakeOverPlan:     {"office"},
		ActSubmitPlan:       {"office"},
		ActWithdrawPlan:     {"office"},
		ActReturnPlan:       {"chair"},
		ActSignPlan:         {"chair"},
		ActIssuePlan:        {"clerk", "office"},
		ActAmendPlan:        {"office"},
		ActDropPlan:         {"office"},
		ActNumberDocument:   {"clerk", "office"},
		ActWithdrawDocument: {"clerk", "office"},
		ActReplaceDocument:  {"clerk", "office"},

		ActGiveWithdrawalPaper: {"clerk", "office"},
		ActUndoWithdrawal:      {"clerk", "office"},

		ActSeeTasks:           everyone,
		ActReportTask:         {"lead unit"}, // whose unit has it
		ActRecordTask:         {"office"},
		ActNoteTask:           {"lead unit"},
		ActUrgeTask:           {"chair", "office", "vice chair"},
		ActReopenTask:         {"chair", "office"},
		ActDropTask:           {"chair", "office"},
		ActRegisterIncoming:   {"clerk", "office"},
		ActRelayIncoming:      {"office"},
		ActSeeBoard:           {"chair", "office", "vice chair"},
		ActGiveDirective:      {"chair"},
		ActSeeDialogues:       everyone,
		ActPrepareDialogue:    {"office"},
		ActChangeDialogue:     {"office"},
		ActSetProgramme:       {"office"},
		ActWriteText:          {"office"},
		ActAnnounceDialogue:   {"office"},
		ActSeeDelegates:       everyone,
		ActViewContacts:       {"clerk", "office"},
		ActProposeInvitations: {"office"},
		ActAddDelegate:        {"office"},
		ActChangeDelegate:     {"office"},
		ActRemoveDelegate:     {"office"},
		ActWithdrawInvitation: {"office"},
		ActOrderDelegates:     {"office"},
		ActImportDelegates:    {"office"},
		ActSetSeats:           {"office"},
		ActPrintInvitations:   {"clerk", "office"},
		ActInviteDelegates:    {"clerk", "office"},
		ActRemindDelegates:    {"clerk", "office"},
		ActRecordReply:        {"clerk", "office"},
		ActReplyInvitation:    {"resident"},
		ActSeeReception:       {"office", "secretary"},
		ActCheckIn:            {"office", "secretary"},
		ActUndoCheckIn:        {"office", "secretary"},
		ActChangePresiding:    {"office", "secretary"},
		ActSeeQueue:           {"chair", "office", "secretary", "vice chair"},
		ActEnterStep:          {"office", "secretary"},
		ActJoinQueue:          {"office", "resident", "secretary"},
		ActCallTurn:           {"office", "secretary"},
		ActEndTurn:            {"office", "secretary"},
		ActMissTurn:           {"office", "secretary"},
		ActWithdrawTurn:       {"office", "resident", "secretary"},
		ActReturnTurn:         {"office", "secretary"},
		ActMoveTurn:           {"office", "secretary"},
		ActTimeTurn:           {"chair", "office", "secretary"},
		ActShow:               {"office", "secretary"},
		ActBlank:              {"office", "secretary"},
		ActWatchScreen:        {"resident"},
		ActAnswerSurvey:       {"resident"},
		ActSeeSurvey:          everyone,
		ActReadSurveyComments: {"chair", "office", "secretary", "vice chair"},
		ActSetSurveyForm:      {"office"},
		ActSetPeriodForm:      {"office"},
		ActOpenSurveyStack:    {"office", "reception", "secretary"},
		ActTypeSurveySlip:     {"office", "reception", "secretary"},
		ActCorrectSurvey:      {"office", "reception", "secretary"},
		ActSeeMinutes:         {"chair", "clerk", "office", "secretary", "vice chair"},
		ActComposeMinutes:     {"office", "secretary"},
		ActCorrectMinutes:     {"office", "secretary"},
		ActReadMinutes:        {"office", "secretary"},
		ActLockMinutes:        {"office", "secretary"},
		ActWriteConclusion:    {"chair", "office", "secretary"},
		ActCorrectAttendance:  {"office"},
		ActSeeReport:          {"chair", "clerk", "office", "secretary", "vice chair"},
		ActWriteReport:        {"office", "secretary"},
		ActSettleReport:       {"office", "secretary"},
		ActReopenReport:       {"office", "secretary"},
		ActSeeRollUp:          {"chair", "office", "supervisor", "vice chair"},
		ActKeepSubordinate:    {"office"},
		ActTakeReportFile:     {"office"},
		ActSeeQuestions:       {"chair", "lead unit", "office", "secretary", "vice chair"}, // the unit that prepares
		ActTriageQuestion:     {"office"},
		ActReturnQuestion:     {"lead unit"},
		ActPrepareAnswer:      {"lead unit"},
		ActReadyAnswer:        {"office"}, // the unit's officer is not its head
		ActSeeBriefing:        {"chair", "office", "secretary", "vice chair"},
		ActKeepFigures:        {"lead unit", "office"},
		ActSubmitFigures:      {"lead unit", "office"},
		ActReturnFigures:      {"office"},
		ActSeeDocuments:       {"chair", "clerk", "office", "secretary", "vice chair"},
		ActSendDocument:       {"clerk", "office"},
		ActRecordRecipient:    {"clerk", "office"},
		ActUrgeRecipients:     {"clerk", "office"},
		ActSeeReceived: {"clerk", "culture", "finance", "lead unit", "office", "other unit", "reception", "secretary",
			"village head"},
		ActOpenReceived:        {"lead unit", "village head"}, // to whom it was sent
		ActAcknowledgeDocument: {"lead unit", "village head"},
		ActSeeStock:            {"chair", "office", "reception", "secretary", "supervisor", "vice chair"},
		ActPrintStack:          {"office", "secretary"},
		ActHandOutSlips:        {"office", "secretary"},
		ActVoidPaperSlip:       {"office", "secretary"},
		ActCountMissing:        {"office", "secretary"},
		ActDraftEstimate:       {"office"},
		ActSubmitEstimate:      {"office"},
		ActWithdrawEstimate:    {"office"},
		ActApproveEstimate:     {"chair"},
		ActChangeEstimate:      {"chair"},
		ActRefuseEstimate:      {"chair"},
		ActFundEstimate:        {"finance"},
		ActRecordSpending:      {"finance"},
		ActPlanLogistics:       {"culture", "office"},
		ActFinishLogistics:     {"culture", "lead unit", "office", "secretary"},
		ActWriteBulletin:       {"culture", "office"},
		ActReleaseBulletin:     {"culture", "office"},
		ActPlanBroadcast:       {"culture", "office"},
		ActLogBroadcast:        {"culture", "office"},
		ActSeeOwnVillage:       {"village head"},
		ActKeepSigned:          {"clerk", "office"},
		ActTakeSignedBack:      {"clerk", "office"},
		ActViewSigned:          {"chair", "clerk", "office", "vice chair"},
		ActTellVillage:         {"office", "village head"},
		ActPostInVillage:       {"office", "village head"},
		ActUrgeVillage:         {"office"},
		ActViewEvidence:        everyone,
		ActRemoveEvidence:      {"office", "village head"}, // who added the file
		ActPublishEvidence:     {"office"},
		ActUnpublishEvidence:   {"office"},
		ActMoveDialogue:        {"office"},
		ActPostponeDialogue:    {"office"},
		ActCancelDialogue:      {"office"},
		ActStartDialogue:       {"office", "secretary"},
		ActCloseDialogue:       {"office", "secretary"},
		ActPublishResults:      {"office"},
		ActReportDialogue:      {"office"},
		ActRecordDuty:          {"clerk", "culture", "office"},
		ActWithdrawDuty:        {"clerk", "culture", "office"}, // of them who recorded it
		ActRegisterRequest:     {"office"},
		ActAnswerRequest:       {"office"},
		ActSubmitSlip:          {"office", "reception", "resident", "secretary", "village head"},
		ActFollowSlip:          {"resident"},
		ActRecordOpinion:       {"office", "secretary"},
		ActRecordList:          {"office", "village head"},              // of the own village
		ActJoinSlip:            {"office", "secretary", "village head"}, // who typed the slip
		ActSeparateSlip:        {"office", "secretary", "village head"},
		ActGroupOpinions:       {"chair", "office", "secretary"},
		ActUngroupOpinion:      {"chair", "office", "secretary"},
		ActNamePetitioner:      {"office", "secretary"},
		ActAttachFile:          {"office", "secretary"},
		ActViewFiles:           {"chair", "lead unit", "office", "secretary", "vice chair", "village head"},
		ActOpenOriginal:        {"chair", "lead unit", "office"},
		ActRemoveFile:          {"office"},
		ActSetHeadline:         {"chair", "lead unit", "office", "secretary"},
		ActSummariseOpinion:    {"office", "secretary"},
		ActClassifyOpinion:     {"chair", "office", "secretary"},
		ActDecideInitiative:    {"chair"},
		ActSplitOpinion:        {"chair", "office", "secretary"},
		ActRecordPart:          {"chair", "office", "secretary"},
		ActLinkRepeat:          {"chair", "office", "secretary"},
		ActUnlinkRepeat:        {"chair", "office", "secretary"},
		ActRuleOpinion:         {"chair", "office", "secretary"},
		ActRehearse:            {"chair", "office", "secretary", "vice chair"},
		ActWithdrawOpinion:     {"office", "secretary"},
		ActAnswerLater:         {"chair", "office", "secretary"},
		ActRecordSheet:         {"office", "secretary"},
		ActNoteHall:            {"office", "secretary"},
		ActSeeNotes:            {"chair", "lead unit", "office", "vice chair"},
		ActAddNote:             {"lead unit", "office"},
		ActTakeBackNote:        {"lead unit", "office"}, // who wrote it
		ActHandOverPetition:    {"chair", "office"},
		ActGivePetition:        {"chair", "lead unit", "office"},
		ActErasePersonalData:   {"office"},
		ActDisputePetition:     {"lead unit"},
		ActKeepLead:            {"chair"},
		ActSendOnwardLetter:    {"lead unit", "office"},
		ActUrgeBody:            {"lead unit", "office"},
		ActRegisterReply:       {"lead unit", "office"},
		ActEndOnwardWait:       {"lead unit", "office"},
		ActTransferRecord:      {"office"},
		ActUrgePetition:        {"chair", "office", "vice chair"},
		ActReplyUrging:         {"lead unit", "office"},
		ActSeeWeek:             {"chair", "office", "vice chair"},
		ActTellStatus:          {"office"},
		ActAskSupplement:       {"lead unit", "office"},
		ActAnswerSupplement:    {"office", "resident"},
		ActChangeWays:          {"resident"},
		ActRequestOwn:          {"resident"},
		ActCorrectPetitioner:   {"office"},
		ActRefuseOwn:           {"office"},
		ActReopenPetition:      {"office", "resident"},
		ActRequestReopening:    {"office", "resident"},
		ActAllowReopening:      {"chair"},
		ActRefuseReopening:     {"chair"},
		ActRefuseOpinion:       {"chair"},
		ActProposeRefusal:      {"office", "secretary"},
		ActDeclineRefusal:      {"chair"},
		ActKeepLedger:          {"office"},
		ActSubmitAnswer:        {"lead unit"},
		ActWithdrawDraft:       {"lead unit"}, // who handed it in
		ActReturnAnswer:        {"chair"},
		ActSignAnswer:          {"chair"},
		ActSignOnPaper:         {"clerk", "office"},
		ActTakeBackPaper:       {"clerk", "office"}, // who recorded it
		ActViewPaper:           {"chair", "clerk", "lead unit", "office", "vice chair"},
		ActDispatchAnswer:      {"clerk", "office"},
		ActProposeCorrection:   {"lead unit", "office"},
		ActWithdrawCorrection:  {"lead unit"}, // who handed it in
		ActReturnCorrection:    {"chair"},
		ActSignCorrection:      {"chair"},

		ActSignCorrectionOnPaper:   {"clerk", "office"},
		ActTakeBackCorrectionPaper: {"clerk", "office"}, // who recorded it

		ActDispatchCorrection: {"clerk", "office"},
		ActDropCorrection:     {"chair", "office"},
		ActSeePromises:        {"chair", "lead unit", "office", "vice chair"}, // its unit does what was promised
		ActKeepPromise:        {"lead unit", "office"},
		ActSeeGuides:          everyone,
		ActDraftGuide:         {"lead unit", "office"}, // the unit that keeps the page true
		ActPublishGuide:       {"office"},
		ActConfirmGuide:       {"lead unit", "office"},
		ActReviseGuide:        {"lead unit", "office"},
		ActWithdrawGuide:      {"office"},
		ActWithdrawKept:       {"lead unit", "office"}, // of them who recorded it: Promise.WithdrawableBy
		ActBreakPromise:       {"chair"},
		ActRecordDelivery:     {"clerk", "office"},
		ActTakeOverDelivery:   {"clerk", "office"},
		ActSeeDeliveries:      {"clerk", "office"},
		ActReadAloud:          {"clerk", "office", "village head"},
		ActWithdrawDelivery:   {"clerk", "office"}, // of them who recorded it: Delivery.WithdrawableBy
		ActRateAnswer:         {"resident"},
		ActProposePublication: {"lead unit", "office"},
		ActApprovePublication: {"chair"}, // not the office's officer who proposed it
		ActReturnPublication:  {"chair", "office"},
		ActSeeDesk:            everyone,
		ActSeeFigures:         {"chair", "office", "supervisor", "vice chair"},
		ActSeeDenunciations:   nil, // this is none
		ActSeeSettings:        {"administrator", "chair", "office", "vice chair"},
		// Not the clerk: it is not signed.
		ActSeeOpinions:        {"chair", "lead unit", "office", "secretary", "vice chair", "village head"},
		ActViewPetitioner:     {"chair", "lead unit", "office"},
		ActRenameAuthority:    {"administrator", "office"},
		ActSetPortal:          {"administrator", "office"},
		ActSetHosts:           {"administrator"},
		ActOpenUnit:           {"administrator", "office"},
		ActChangeUnit:         {"administrator", "office"},
		ActCloseUnit:          {"administrator", "office"},
		ActOpenVillages:       {"administrator", "office"},
		ActCloseVillage:       {"administrator", "office"},
		ActTransferPetition:   nil, // the system's alone
		ActPausePetition:      {"lead unit", "office"},
		ActResumePetition:     {"lead unit", "office"},
		ActExtendPetition:     {"chair"},
		ActProposeExtension:   {"lead unit", "office"},
		ActDeclineExtension:   {"chair"},
		ActWithdrawExtension:  {"lead unit"}, // who proposed it
		ActMoveDue:            {"chair", "office"},
		ActKeepDue:            {"chair", "office"},
		ActChangeCalendar:     {"office"},
		ActImportList:         {"administrator", "office"},
		ActSeeRules:           {"chair", "office", "vice chair"},
		ActSetParameter:       {"office"},
		ActWithdrawParameter:  {"office"},
		ActSetPaperTemplate:   {"office"},
		ActSetPaperSentence:   {"office"},
		ActDropPaperTemplate:  {"office"},
		ActSetLegalBasis:      {"office"},
		ActManageAccounts:     {"administrator"},
		ActOpenAccount:        {"administrator"},
		ActResetPassword:      nil, // this is the administrator's own account
		ActLockAccount:        nil,
		ActUnlockAccount:      nil,
		ActDeactivateAccount:  nil,
		ActReactivateAccount:  nil,
		ActDropSecondStep:     nil,
		ActChangePassword:     {"administrator"}, // whose account it is
		ActTurnOnSecondStep:   {"administrator"},
		ActTurnOffSecondStep:  {"administrator"},
		ActRenewRecoveryCodes: {"administrator"},
		ActSeeAudit:           {"administrator", "chair", "office"},
		ActAuditOpinions:      {"chair", "office"},
		ActAuditAccounts:      {"administrator", "chair"},
		ActExportAudit:        {"administrator", "chair", "office"},
		ActNameConcerned:      {"chair", "office"},
		ActAskExplanation:     {"chair"},
		ActGiveExplanation:    {"lead unit"}, // of whom it was asked
		ActAddPost:            {"chair"},     // not the administrator: it is their own
		ActEndPost:            {"chair"},
		ActHandOverPost:       {"chair"},
		ActDelegate:           {"chair", "office"},
		ActRevokeDelegation:   {"chair", "office"},
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
			open := name == "reception" && (act == ActSeeDenunciations || act == ActViewPetitioner || act == ActViewFiles ||
				act == ActOpenOriginal)
			err := Can(a, act, Subject{AuthorityID: here, LeadUnitID: "land", Denunciation: true})
			if (err == nil) != open || !open && KindOf(err) != NotFound {
				t.Errorf("%s of a denunciation by %s: %v", act, name, err)
			}
			for _, s := range []Subject{
				{AuthorityID: here, Conduct: true, Concerned: []ID{a.ID}},
				{AuthorityID: here, Conduct: true, ConcernedUnits: []ID{a.UnitID}},
			} {
				if err := Can(a, act, s); a.ID != "" && s.concerns(a) && KindOf(err) != NotFound {
					t.Errorf("%s, whom the opinion is about, can reach %s: %v", name, act, err)
				}
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
	another := Subject{AuthorityID: here, VillageID: "elsewhere"}
	if KindOf(Can(people["village head"], ActRecordList, another)) != NotAllowed {
		t.Error("a village head records another village's list")
	}
	if KindOf(Can(people["chair"], "invented", subject)) != NotAllowed {
		t.Error("an act without a row is allowed")
	}
}
