package doithoai

import "doithoai/calendar"

// Dialogue is one dialogue with the people (buổi, hội nghị đối thoại) that a plan foresees.
type Dialogue struct {
	ID          ID
	AuthorityID ID
	PlanID      ID
	Slug        string
	Title       string
	StartsAt    calendar.Instant
	DoorsAt     calendar.Instant // reception of participants
	SlipsUntil  calendar.Instant // after it, slips are still taken in the hall until the end
	Venue       string
	Chair       string // "Ông Đặng Văn Giả Định, Chủ tịch UBND xã"
	Announced   calendar.Instant
	Programme   []ProgrammeStep
	Version     int
}

// ProgrammeStep is one step of the programme (chương trình).
type ProgrammeStep struct {
	Title     string
	Minutes   int
	Presenter string
}

// NoticeDays is how many days before the dialogue's day it was announced. Luật 72/2025 Đ.43, before it Luật 77/2015
// Đ.125, ask for a least number: parameter "notice.days".
func (d Dialogue) NoticeDays() int {
	return d.Announced.Date().DaysUntil(d.StartsAt.Date())
}

// AnnounceProblems are the reasons why the dialogue can't be announced at the given time.
func (d Dialogue) AnnounceProblems(now calendar.Instant) []Problem {
	ps := problems{of: "plan.dialogue.problem."}
	ps.need(d.Title != "", "title", "title")
	ps.need(d.Venue != "", "venue", "venue")
	ps.need(d.Chair != "", "chair", "chair")
	ps.need(d.StartsAt.After(now), "starts_at", "starts_at")
	ps.need(!d.SlipsUntil.After(d.StartsAt), "slips_until", "slips_until")
	ps.need(len(d.Programme) > 0, "programme", "programme")
	return ps.list
}

// Acts on plans and dialogues.
const (
	ActIssuePlan        Act = "issue_plan"
	ActAnnounceDialogue Act = "announce_dialogue"
)

var dialogueActs = []actRow{
	{ActIssuePlan, law{"the year's plan becomes public", "plan of 8/1/2024; Luật 10/2022/QH15 Đ.32 (C)", ""},
		[]grant{{RoleOffice, always}}},
	{ActAnnounceDialogue, law{
		"time, place, contents, way of taking part are announced",
		"Luật 77/2015 Đ.125 until 15/6/2025 (L); Luật 72/2025 Đ.43 k.2 from 16/6/2025 (C)", ""},
		[]grant{{RoleOffice, always}}},
}
