package doithoai

import "doithoai/calendar"

// ReceptionChannels are those by which somebody was received in person: at the office, and in the hall. The book of
// receptions holds no other opinion.
var ReceptionChannels = []Channel{ChannelHall, ChannelOffice}

// Period is what a book covers, from the first day to the last.
type Period struct {
	From, To calendar.Date
}

// MaxReceptions bounds how many receptions one book holds: a view of personal data is put on record for each.
const MaxReceptions = 1000

// The fields of a period in forms.
const (
	FieldFrom = "tu-ngay"
	FieldTo   = "den-ngay"
)

// Problems are the reasons why there is no book of the period on a day: both days are there, the last is neither before
// the first nor to come.
func (p Period) Problems(today calendar.Date) []Problem {
	ps := problems{of: "ledger.problem."}
	ps.need(!p.From.IsZero(), FieldFrom, "from")
	switch {
	case p.To.IsZero():
		ps.add(FieldTo, "to")
	case p.To.After(today):
		ps.add(FieldTo, "to_future")
	case p.To.Before(p.From):
		ps.add(FieldTo, "to_before")
	}
	return ps.list
}

// OwnMatter reports whether a ruling says that the matter is the authority's own to settle.
func (c RulingCode) OwnMatter() bool {
	return oneOf(c, []RulingCode{RulingOnTheSpot, RulingLater, RulingCoordinate})
}

// ViewLedger is the reason of a view of personal data for the book of receptions. No form offers it.
const ViewLedger = "ledger"

// ActKeepLedger takes the book of receptions of a period out, with names.
const ActKeepLedger Act = "keep_ledger"

var ledgerActs = []actRow{
	{ActKeepLedger, law{
		"the book of receptions (Mẫu số 03/TCD) of a period: who was received in person; each name is one view on record, " +
			"and no denunciation is in it",
		"NĐ 154/2026 Đ.27, Mẫu số 03/TCD (C)", ""}, []grant{{RoleOffice, always}}},
}
