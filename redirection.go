package doithoai

import "doithoai/calendar"

// Contact is where people find the body, as its lists have it: without what it decides.
func (b OutsideBody) Contact() OutsideBody {
	b.Handles = ""
	return b
}

// FieldBody is the field of the body to which a ruling sends the person.
const FieldBody = "co-quan-giai-quyet"

// What bounds where a body is found, in characters.
const (
	maxBodyAddress = 300
	maxBodyPhone   = 30
	maxBodyHours   = 200
)

// redirects adds what is wrong with the body to which a ruling sends the person.
func (ps *problems) redirects(b OutsideBody) {
	ps.long(FieldBody, b.Name, MaxLine)
	ps.long(FieldBody, b.Address, maxBodyAddress)
	ps.long(FieldBody, b.Phone, maxBodyPhone)
	ps.long(FieldBody, b.Hours, maxBodyHours)
}

// RecordTransfer says that the record of an opinion was passed on itself (chuyển hồ sơ) to the body that decides. To
// send the person there is no transfer.
type RecordTransfer struct {
	To         string // the body, as it was called then
	Number     string // "61/UBND-VP"
	Dated      calendar.Date
	Agreed     string // with whom of that body
	Late       bool   // after the term of [ParameterTransfer] from the receipt
	RecordedBy ID
	RecordedAt calendar.Instant
}

// ParameterTransfer is the term within which a matter that is another body's goes there, from its receipt.
const ParameterTransfer = "transfer.within"

// The fields of the form of a transfer.
const (
	FieldTransferTo     = "chuyen-co-quan"
	FieldTransferNumber = "chuyen-so"
	FieldTransferDay    = "chuyen-ngay"
	FieldTransferAgreed = "chuyen-voi-ai"
)

// Transferable reports whether the record of the opinion may be passed on: its ruling sends the person to another body,
// and it was not passed on since.
func (o Opinion) Transferable(there *RecordTransfer) bool {
	return o.Ruling == RulingOtherBody && there == nil
}

// Transfer passes the record of an opinion on.
//
// In this order: it is [Opinion.Transferable]; it is said to which body; the number is one of a document, its day
// neither to come nor before the day of receipt; it is said with whom of that body this was agreed. What goes after the
// term is late, and goes all the same.
func (o Opinion) Transfer(
	t RecordTransfer, there *RecordTransfer, now calendar.Instant, rules Rules,
) (RecordTransfer, Facts, error) {
	if !o.Transferable(there) {
		return t, Facts{}, Refuse(Conflict, "redirection.problem.not_elsewhere")
	}
	ps := problems{of: "redirection.problem."}
	ps.text(FieldTransferTo, "to", t.To, MaxLine)
	ps.number(FieldTransferNumber, "number", t.Number)
	ps.between(FieldTransferDay, t.Dated, o.ReceivedAt.Date(), now.Date())
	ps.text(FieldTransferAgreed, "agreed", t.Agreed, MaxLine)
	if err := ps.refuse(); err != nil {
		return t, Facts{}, err
	}
	until := rules.DueOf(ParameterTransfer, rules.CountsFrom(o.ReceivedAt).Date())
	t.Late, t.RecordedAt = !until.IsZero() && t.Dated.After(until), now
	return t, Facts{Number: t.Number, Dated: t.Dated, Late: t.Late}, nil
}

// Words are the transfer in its event.
func (t RecordTransfer) Words() string { return t.To + ": " + t.Agreed }

// ActTransferRecord passes the record of an opinion on to the body that decides.
const ActTransferRecord Act = "transfer_record"

var redirectionActs = []actRow{
	{ActTransferRecord, law{
		"the record of a matter that is another body's is passed on, by a numbered document; the person is told",
		"NĐ 20/2008 Đ.9 by analogy (L); Luật 42/2013 Đ.26 k.2b (C)", ""},
		[]grant{{RoleOffice, always}}},
}
