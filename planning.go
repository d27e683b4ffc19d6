package doithoai

// Acts on the year's plan. What a plan is, package plan knows; who may do what with it stands here with all other acts.
const (
	ActSeePlans     Act = "see_plans"      // the office's pages of plans, with what is not issued yet
	ActDraftPlan    Act = "draft_plan"     // write a plan, or an amendment of it
	ActTakeOverPlan Act = "take_over_plan" // enter a plan that was issued on paper
	ActSubmitPlan   Act = "submit_plan"
	ActWithdrawPlan Act = "withdraw_plan" // take it back before it is signed
	ActReturnPlan   Act = "return_plan"
	ActSignPlan     Act = "sign_plan"
	ActIssuePlan    Act = "issue_plan" // give it its number and day
	ActAmendPlan    Act = "amend_plan" // begin an amendment of an issued plan
	ActDropPlan     Act = "drop_plan"  // give up what is not signed
)

// planLaw is what the year's plan rests on.
const planLaw = "plan of 8/1/2024; Luật 10/2022/QH15 Đ.32 (C)"

var planActs = []actRow{
	{ActSeePlans, opening, everyOfficer(always)},
	{ActDraftPlan, law{"the year's plan is written", planLaw, ""},
		[]grant{{RoleOffice, always}}},
	{ActTakeOverPlan, law{"a plan that was issued on paper is entered as it is", planLaw, ""},
		[]grant{{RoleOffice, always}}},
	{ActSubmitPlan, law{"the plan is laid before who signs", planLaw, "TestPlanIsSigned"},
		[]grant{{RoleOffice, always}}},
	{ActWithdrawPlan, law{"the office takes the plan back before it is signed", "house rules", "TestPlanComesBack"},
		[]grant{{RoleOffice, always}}},
	{ActReturnPlan, law{"the plan comes back with a note", planLaw, "TestPlanComesBack"},
		[]grant{{RoleChair, always}}},
	{ActSignPlan, law{"the plan is signed", "NĐ 30/2020 Đ.13 (C)", "TestPlanIsSigned"},
		[]grant{{RoleChair, always}}},
	{ActIssuePlan, law{"the plan gets number and day, and becomes public", "NĐ 30/2020 Đ.15 (C); " + planLaw, ""},
		[]grant{{RoleOffice, always}, {RoleClerk, always}}},
	{ActAmendPlan, law{"an issued plan is amended; what stood stays visible", planLaw, ""},
		[]grant{{RoleOffice, always}}},
	{ActDropPlan, law{"what was not signed is given up; it stays for the trace", "house rules", ""},
		[]grant{{RoleOffice, always}}},
}
