package doithoai

// Acts on tasks of the plan, and on notices of the superior from which tasks come. What a task is, package plan knows.
const (
	ActSeeTasks         Act = "see_tasks"
	ActReportTask       Act = "report_task" // what its addressee did
	ActRecordTask       Act = "record_task" // the office writes down what it was told by who has no account
	ActNoteTask         Act = "note_task"   // an officer has taken note of it (đã quán triệt)
	ActUrgeTask         Act = "urge_task"
	ActReopenTask       Act = "reopen_task"
	ActDropTask         Act = "drop_task"
	ActSeeBoard         Act = "see_board"         // what the head of the authority has to look at, on one page
	ActGiveDirective    Act = "give_directive"    // of the head, to a unit
	ActRegisterIncoming Act = "register_incoming" // a notice of a dialogue that the superior convenes
	ActRelayIncoming    Act = "relay_incoming"    // it goes to units and villages
)

// taskLaw is what tasks of the plan rest on.
const taskLaw = "plan of 8/1/2024, section IV"

var taskActs = []actRow{
	{ActSeeTasks, opening, everyOfficer(always)},
	{ActReportTask, law{"who has a task of the plan says what was done, and what shows it", taskLaw, ""},
		everyOfficer(ofTask)},
	{ActRecordTask, law{"the office writes down what villages and bodies without an account told it", "house rules", ""},
		[]grant{{RoleOffice, always}}},
	{ActNoteTask, law{"each officer of a unit takes note of what it has to do", taskLaw + ", point 1", ""},
		everyOfficer(ofTask)},
	{ActUrgeTask, law{"tasks are followed up and urged; each urging is kept", taskLaw + ", point 2", ""},
		[]grant{{RoleChair, always}, {RoleViceChair, always}, {RoleOffice, always}}},
	{ActReopenTask, law{"a task that was not done well enough is to be done again", "house rules", ""},
		[]grant{{RoleChair, always}, {RoleOffice, notDirected}}},
	{ActDropTask, law{
		"a task that need not be done any more is taken away, with the reason; a directive by the head alone",
		"house rules", ""},
		[]grant{{RoleChair, always}, {RoleOffice, notDirected}}},
	{ActSeeBoard, opening, []grant{{RoleChair, always}, {RoleViceChair, always}, {RoleOffice, always}}},
	{ActGiveDirective, law{
		"the head orders a unit to do something about what a figure shows, by a day; it is followed, urged and reported on " +
			"as a task, and its day is not moved",
		"plan of 8/1/2024, section IV.2; house rules", ""},
		[]grant{{RoleChair, always}}},
	{ActRegisterIncoming, law{"a dialogue that the superior convenes is entered as its notice says",
		taskLaw + ", point 2; NĐ 30/2020 Đ.21 (L)", ""},
		[]grant{{RoleOffice, always}, {RoleClerk, always}}},
	{ActRelayIncoming, law{"the notice goes to units and village heads, who say that they have it",
		taskLaw + ", point 2", ""},
		[]grant{{RoleOffice, always}}},
}
