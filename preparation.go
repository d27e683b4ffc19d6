package doithoai

// Acts of preparing a dialogue: what it costs, what must be there, what the loudspeakers say, what villages are told.
// What these things are, package plan knows; who may do what with them stands here with all other acts.

// Acts on the estimate of a dialogue's cost.
const (
	ActDraftEstimate    Act = "draft_estimate"
	ActSubmitEstimate   Act = "submit_estimate"
	ActWithdrawEstimate Act = "withdraw_estimate" // take it back before it is decided
	ActApproveEstimate  Act = "approve_estimate"
	ActChangeEstimate   Act = "change_estimate" // approve it with other quantities or prices
	ActRefuseEstimate   Act = "refuse_estimate"
	ActFundEstimate     Act = "fund_estimate"
	ActRecordSpending   Act = "record_spending"
)

// fundsLaw is what the money for a dialogue rests on.
const fundsLaw = "plan of 8/1/2024, IV; NĐ 20/2008 Đ.21, NĐ 61/2018 Đ.38 (C)"

var estimateActs = []actRow{
	{ActDraftEstimate, law{"the office estimates what the dialogue costs", fundsLaw, "TestEstimate"},
		[]grant{{RoleOffice, always}}},
	{ActSubmitEstimate, law{"the estimate is laid before who decides", fundsLaw, "TestEstimate"},
		[]grant{{RoleOffice, always}}},
	{ActWithdrawEstimate, law{"the office takes it back before it is decided", "house rules", "TestEstimateComesBack"},
		[]grant{{RoleOffice, always}}},
	{ActApproveEstimate, law{"the chair approves it", fundsLaw, "TestEstimate"},
		[]grant{{RoleChair, always}}},
	{ActChangeEstimate, law{"the chair approves it with changes; both stay visible", fundsLaw, "TestEstimateIsChanged"},
		[]grant{{RoleChair, always}}},
	{ActRefuseEstimate, law{"the chair refuses it, with a reason", fundsLaw, "TestEstimateComesBack"},
		[]grant{{RoleChair, always}}},
	{ActFundEstimate, law{"finance says where the money comes from, by which paper", fundsLaw, "TestEstimate"},
		[]grant{{RoleFinance, always}}},
	{ActRecordSpending, law{"finance enters what was spent; the difference stays visible", fundsLaw, "TestEstimate"},
		[]grant{{RoleFinance, always}}},
}

// Acts on what must be there when a dialogue begins.
const (
	ActPlanLogistics   Act = "plan_logistics"   // begin the checklist, add to it, change it, leave out
	ActFinishLogistics Act = "finish_logistics" // say that something is there, or not yet after all
)

var logisticsActs = []actRow{
	{ActPlanLogistics, law{"backdrop, banner, sound, light, seats: who does what by when",
		"plan of 8/1/2024, IV.4", "TestLogistics"},
		[]grant{{RoleOffice, always}, {RoleCulture, always}}},
	{ActFinishLogistics, law{"what was to be done is done", "plan of 8/1/2024, IV.4", "TestLogistics"},
		[]grant{{RoleOffice, always}, {RoleCulture, always}, {RoleSecretary, always}, {RoleUnitOfficer, ofDoingUnit}}},
}

// Acts on what the loudspeakers say.
const (
	ActWriteBulletin   Act = "write_bulletin"
	ActReleaseBulletin Act = "release_bulletin" // from then on it may be read out, and stays as it is
	ActPlanBroadcast   Act = "plan_broadcast"
	ActLogBroadcast    Act = "log_broadcast"
)

// loudspeakerLaw is what reading out rests on.
const loudspeakerLaw = "Luật 10/2022/QH15 Đ.12, Đ.13 (C); plan of 8/1/2024, IV.4"

var bulletinActs = []actRow{
	{ActWriteBulletin, law{"a text is written for the loudspeakers", loudspeakerLaw, "TestBulletin"},
		[]grant{{RoleOffice, always}, {RoleCulture, always}}},
	{ActReleaseBulletin, law{"the text may be read out", loudspeakerLaw, "TestBulletin"},
		[]grant{{RoleOffice, always}, {RoleCulture, always}}},
	{ActPlanBroadcast, law{"it is read out on at least so many days without a break", loudspeakerLaw, "TestBroadcasts"},
		[]grant{{RoleOffice, always}, {RoleCulture, always}}},
	{ActLogBroadcast, law{"when it was read out, by whom, whether it was interrupted", loudspeakerLaw, "TestBroadcasts"},
		[]grant{{RoleOffice, always}, {RoleCulture, always}}},
}

// Acts of telling villages.
const (
	ActSeeOwnVillage Act = "see_own_village" // the page of a village's head
	ActTellVillage   Act = "tell_village"    // say that the people of a village were told
	ActPostInVillage Act = "post_in_village" // say that the paper hangs in a village
	ActUrgeVillage   Act = "urge_village"    // remind a village's head
)

// relayLaw is what telling villages rests on.
const relayLaw = "plan of 8/1/2024, IV.5; Luật 10/2022/QH15 Đ.12 (C)"

var relayActs = []actRow{
	{ActSeeOwnVillage, opening, []grant{{RoleVillageHead, always}}},
	{ActTellVillage, law{"the head of a village tells its people, or the office enters what it hears from there",
		relayLaw, "TestRelay"},
		[]grant{{RoleVillageHead, ofVillage}, {RoleOffice, always}}},
	{ActPostInVillage, law{"the paper is posted in the village", relayLaw, "TestRelay"},
		[]grant{{RoleVillageHead, ofVillage}, {RoleOffice, always}}},
	{ActUrgeVillage, law{"a village that has told nobody is reminded", "house rules", "TestUrgeVillage"},
		[]grant{{RoleOffice, always}}},
}
