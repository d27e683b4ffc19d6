package doithoai

import "doithoai/calendar"

// Acts of reception: who is there, and who presides.
const (
	ActSeeReception    Act = "see_reception"
	ActCheckIn         Act = "check_in"
	ActUndoCheckIn     Act = "undo_check_in"
	ActChangePresiding Act = "change_presiding"
)

// receptionLaw is what reception rests on.
const receptionLaw = "plan of 8/1/2024, II.2 (bước 1); NĐ 30/2020 Mẫu 1.9 (L): attendance stands in the minutes"

var receptionActs = []actRow{
	{ActSeeReception, opening, []grant{{RoleOffice, always}, {RoleSecretary, always}}},
	{ActCheckIn, law{"who comes is noted as present", receptionLaw, ""},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}}},
	{ActUndoCheckIn, law{"somebody noted by mistake is not present", "house rules", ""},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}}},
	{ActChangePresiding, law{"who really presides, from when and why", "Luật 72/2025/QH15 Đ.43 (C)", ""},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}}},
}

// Attendance is that somebody is at a dialogue, as reception noted it: somebody of the list of those invited, somebody
// who registered by a slip, or somebody who came without either.
type Attendance struct {
	ID           ID
	AuthorityID  ID
	DialogueID   ID
	InvitationID ID
	SlipID       ID
	Name         string // of who came without either, or in the place of whom the invitation names
	Title        string // of who came in another's place
	VillageID    ID     // of who came without either; empty: from elsewhere
	Speaks       bool   // who came without either wants to speak
	ArrivedAt    calendar.Instant
	EnteredBy    ID
	Version      int
}

// WalkIn reports whether somebody came who is on no list.
func (a Attendance) WalkIn() bool { return a.InvitationID == "" && a.SlipID == "" }

// Problems are the reasons why an attendance can't be noted: who came without being on a list has a name; a substitute
// too, and comes in the place of somebody invited.
func (a Attendance) Problems() []Problem {
	ps := problems{of: "reception.problem."}
	ps.need(a.Name != "" || !a.WalkIn() && a.Title == "", "ho-ten", "name")
	ps.long("ho-ten", a.Name, MaxLine)
	ps.long("chuc-vu", a.Title, MaxLine)
	return ps.list
}

// ReceptionOpen refuses to note who is at a dialogue on another day than its own: before it people are only expected,
// and after it the head count stands.
func (d Dialogue) ReceptionOpen(now calendar.Instant) error {
	if d.State != DialogueAnnounced && d.State != DialogueRunning || d.StartsAt.Date() != now.Date() {
		return Refuse(Conflict, "reception.problem.day")
	}
	return nil
}

// Presiding is who presides over a dialogue from a moment on. Without one it is whom the dialogue names.
type Presiding struct {
	AuthorityID ID
	DialogueID  ID
	Number      int // of the change, from 1
	Name        string
	From        calendar.Instant
	Reason      string
	Paper       string // by which one presides for another, if any
	EnteredBy   ID
	EnteredAt   calendar.Instant
}

// Problems are the reasons why a change of who presides can't be noted: without a name or a reason; from a moment to
// come, of another day than the dialogue's, or before the change before it.
func (p Presiding) Problems(d Dialogue, before, now calendar.Instant) []Problem {
	ps := problems{of: "reception.problem."}
	ps.need(p.Name != "", "chu-tri", "presiding")
	ps.long("chu-tri", p.Name, MaxLine)
	ps.need(!p.From.IsZero() && !p.From.After(now) && p.From.Date() == d.StartsAt.Date() && !p.From.Before(before),
		"gio", "from")
	ps.join(reasonProblems("ly-do", p.Reason))
	ps.long("van-ban", p.Paper, MaxLine)
	return ps.list
}
