package doithoai

// Acts on the report of a dialogue's result (báo cáo kết quả đối thoại).
const (
	ActSeeReport    Act = "see_result_report"
	ActWriteReport  Act = "write_result_report"
	ActSettleReport Act = "settle_result_report"
	ActReopenReport Act = "reopen_result_report"

	ActSetPeriodForm Act = "set_period_form" // of periodic figures: what their columns say and count
)

var resultReportActs = []actRow{
	{ActSeeReport, opening, []grant{{RoleOffice, always}, {RoleSecretary, always}, {RoleClerk, always},
		{RoleChair, always}, {RoleViceChair, always}}},
	{ActWriteReport, law{
		"the office writes what the figures of a dialogue's result do not say: shortcomings, causes, proposals",
		"plan of 8/1/2024, IV.1: report to the superior; house form", "TestResultReport"},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}}},
	{ActSettleReport, law{
		"the figures of a result report are settled, to be signed: from then on they stay as they are",
		"plan of 8/1/2024, IV.1; house rules", "TestResultReport"},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}}},
	{ActReopenReport, law{
		"a settled result report is opened again for a reason, as long as no number stands on it; the edition is kept",
		"house rules", "TestResultReport"},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}}},
	{ActSetPeriodForm, law{
		"what the columns of periodic figures say and count is laid down from a day on; what ended before stays",
		"TT 01/2020/TT-VPCP, Biểu II.05 (U): the columns; house rules", "TestSetPeriodForm"},
		[]grant{{RoleOffice, always}}},
}
