package doithoai

// Acts by which units prepare a dialogue: figures of their procedures, answers to the questions that were registered.
// What was prepared is no ruling: that is given in the hall, and no clock of a petition runs before.
const (
	ActSeeQuestions   Act = "see_questions"   // the registered questions with what was prepared
	ActTriageQuestion Act = "triage_question" // give one to a unit, which prepares its answer
	ActReturnQuestion Act = "return_question" // the unit: it isn't ours
	ActPrepareAnswer  Act = "prepare_answer"  // write the draft
	ActReadyAnswer    Act = "ready_answer"    // it was checked and may be used in the hall
	ActSeeBriefing    Act = "see_briefing"    // the chair's book
	ActKeepFigures    Act = "keep_figures"    // type the figures of a unit's procedures
	ActSubmitFigures  Act = "submit_figures"
	ActReturnFigures  Act = "return_figures" // give them back with a reason
)

// prepareLaw is what preparing by units rests on.
const prepareLaw = "plan 2024, IV (các bộ phận chuyên môn chuẩn bị nội dung trả lời, số liệu)"

var prepareActs = []actRow{
	{ActSeeQuestions, opening,
		[]grant{{RoleChair, always}, {RoleViceChair, always}, {RoleOffice, always}, {RoleSecretary, always},
			{RoleUnitOfficer, ofPreparingUnit}}},
	{ActTriageQuestion, law{"a registered question goes to the unit that prepares its answer", prepareLaw, ""},
		[]grant{{RoleOffice, always}}},
	{ActReturnQuestion, law{"the unit gives back a question that isn't its own", prepareLaw, ""},
		[]grant{{RoleUnitOfficer, ofPreparingUnit}, {RoleOffice, ofPreparingUnit}}},
	{ActPrepareAnswer, law{"the unit drafts the answer before the day; every version stays", prepareLaw, ""},
		[]grant{{RoleUnitOfficer, ofPreparingUnit}, {RoleOffice, ofPreparingUnit}}},
	{ActReadyAnswer, law{"the head of the unit or the office checks the draft", prepareLaw, ""},
		[]grant{{RoleUnitHead, ofPreparingUnit}, {RoleOffice, always}}},
	{ActSeeBriefing, opening,
		[]grant{{RoleChair, always}, {RoleViceChair, always}, {RoleOffice, always}, {RoleSecretary, always}}},
	{ActKeepFigures, law{"the unit's figures of procedures are typed", prepareLaw, ""},
		[]grant{{RoleUnitOfficer, ofPreparingUnit}, {RoleOffice, always}}},
	{ActSubmitFigures, law{"the unit hands its figures in; they add up", prepareLaw, ""},
		[]grant{{RoleUnitOfficer, ofPreparingUnit}, {RoleOffice, always}}},
	{ActReturnFigures, law{"the office gives figures back with a reason", prepareLaw, ""},
		[]grant{{RoleOffice, always}}},
}
