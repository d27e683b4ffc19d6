package doithoai

import (
	"crypto/sha256"
	"strconv"
)

// PaperKey is the intake key of a printed slip: what its receipt code, which stands on the stub in its QR, is made of
// ([NewReceiptCode]). So the stub is the receipt of the slip once it is typed, and a slip that is typed twice is the
// same one. seed is the secret of the stack that the slip was printed with, number its own.
func PaperKey(seed []byte, number int) (k IntakeKey) {
	h := sha256.New()
	h.Write([]byte("doithoai paper slip v1\n"))
	h.Write(seed)
	h.Write([]byte("\n" + strconv.Itoa(number)))
	copy(k[:], h.Sum(nil))
	return k
}

// Acts on the stock of printed slips. That a slip comes back is ActSubmitSlip: it is typed, with its number.
const (
	ActSeeStock      Act = "see_stock"      // the account of the slips, to whom each was handed
	ActPrintStack    Act = "print_stack"    // number slips and print them
	ActHandOutSlips  Act = "hand_out_slips" // to a village, a unit, the desk
	ActVoidPaperSlip Act = "void_paper_slip"
	ActCountMissing  Act = "count_missing" // say which never came back
)

// stockLaw is what paper slips rest on.
const stockLaw = "plan 2024, II.1 (phiếu đăng ký câu hỏi); house rules for the stock"

var stockActs = []actRow{
	{ActSeeStock, opening,
		[]grant{{RoleChair, always}, {RoleViceChair, always}, {RoleOffice, always}, {RoleSecretary, always},
			{RoleReception, always}, {RoleSupervisor, always}}},
	{ActPrintStack, law{"question slips are printed with numbers, and accounted for", stockLaw, ""},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}}},
	{ActHandOutSlips, law{"who got which slips is known", stockLaw, ""},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}}},
	{ActVoidPaperSlip, law{"a spoilt slip is out of the account, for a reason", stockLaw, ""},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}}},
	{ActCountMissing, law{"what never came back is said, so that the account adds up", stockLaw, ""},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}}},
}
