package doithoai

import (
	"slices"

	"doithoai/calendar"
)

// A rehearsal (diễn tập) is a copy of a dialogue that is still to be held, with pretended people: whoever does this
// once a year tries reception, queue, rulings and minutes on it. It is wiped afterwards, and leaves nothing.

// ActRehearse tries a dialogue out on a copy.
const ActRehearse Act = "rehearse"

var rehearsalActs = []actRow{
	{ActRehearse, law{"a dialogue is tried out on a copy that is wiped; no legal effect", "house rules", ""},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}, {RoleChair, always}, {RoleViceChair, always}}},
}

// RehearsalPrefix begins the numbers of pretended opinions: on a paper that stays, nobody takes one for real.
const RehearsalPrefix = "TAP"

// Rehearsable refuses to rehearse a dialogue that has begun, or will not be held.
func (d Dialogue) Rehearsable() error {
	if !d.State.Coming() {
		return Refuse(Conflict, "rehearsal.problem.state")
	}
	return nil
}

// Rehearsal is the copy of a dialogue that is rehearsed: under an id and an address of its own, so that no page of it
// can write into the real one; announced, whatever the real one is; on the day and at the hour of the real one; without
// whom to ask, and where to take part.
func (d Dialogue) Rehearsal(id ID, slug string) Dialogue {
	told := d.StartsAt.Date().AddDays(-rehearsalNotice)
	d.ID, d.Slug, d.State, d.Version = id, slug, DialogueAnnounced, 1
	d.Announced, d.Noticed, d.Moves, d.LateReason = calendar.InstantAt(told, 8, 0), calendar.InstantAt(told, 8, 0), 0, ""
	d.Contact, d.Link = "", ""
	if len(d.Programme) == 0 {
		d.Programme = []ProgrammeStep{{Title: "Khai mạc", Minutes: 10}, {Title: "Đối thoại", Minutes: 90},
			{Title: "Kết luận, bế mạc", Minutes: 20}}
	}
	d.Programme = slices.Clone(d.Programme)
	return d
}

// rehearsalNotice is how many days before its day a rehearsed dialogue counts as announced.
const rehearsalNotice = 14
