package doithoai

// Acts of a superior on what its communes held (tổng hợp).
const (
	ActSeeRollUp       Act = "see_roll_up"
	ActKeepSubordinate Act = "keep_subordinate" // a commune that runs alone, and its public key
	ActTakeReportFile  Act = "take_report_file" // that such a commune signed
)

var rollUpActs = []actRow{
	{ActSeeRollUp, opening, []grant{{RoleChair, always}, {RoleViceChair, always}, {RoleOffice, always},
		{RoleSupervisor, always}}},
	{ActKeepSubordinate, law{
		"the superior enters a commune that runs alone, and its public key once the fingerprint was compared; a new key " +
			"follows the old one, which stays",
		"house rules", "TestSubordinate"},
		[]grant{{RoleOffice, always}}},
	{ActTakeReportFile, law{
		"a signed report file of such a commune is taken where the signature holds and its figures are what its rows count",
		"plan of 8/1/2024, IV.1: report to the superior; house rules", "TestTakeReportFile"},
		[]grant{{RoleOffice, always}}},
}
