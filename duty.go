package doithoai

// Acts of the statutory clock of dialogues. What the duties are, package plan knows.
const (
	ActRecordDuty      Act = "record_duty" // that a duty was done, with its proof
	ActWithdrawDuty    Act = "withdraw_duty"
	ActRegisterRequest Act = "register_request" // voters ask for a dialogue
	ActAnswerRequest   Act = "answer_request"   // by the dialogue that is held for it
)

var dutyActs = []actRow{
	{ActRecordDuty, law{"notice, publication, posting and broadcasts are recorded with their proof",
		noticeLaw + "; Luật 10/2022 Đ.11–13 (C)", ""},
		[]grant{{RoleOffice, always}, {RoleClerk, always}, {RoleCulture, always}}},
	{ActWithdrawDuty, law{"who recorded a proof takes it back", "house rules", ""},
		[]grant{{RoleOffice, always}, {RoleClerk, always}, {RoleCulture, always}}},
	{ActRegisterRequest, law{"voters ask for a dialogue: how many, and of how many",
		"Luật 72/2025 Đ.43 from 16/6/2025 (C)", ""},
		[]grant{{RoleOffice, always}}},
	{ActAnswerRequest, law{"a request is answered by the dialogue held for it",
		"Luật 72/2025 Đ.43 from 16/6/2025 (C)", ""},
		[]grant{{RoleOffice, always}}},
}
