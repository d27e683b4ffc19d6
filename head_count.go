package doithoai

import "doithoai/calendar"

// HeadGroup is a part of those who are at a dialogue.
type HeadGroup string

const (
	HeadInvited    HeadGroup = "invited"    // or in the place of who was
	HeadRegistered HeadGroup = "registered" // to speak, by a slip
	HeadOthers     HeadGroup = "others"     // nobody knew of them
)

// HeadGroups in their order.
var HeadGroups = []HeadGroup{HeadInvited, HeadRegistered, HeadOthers}

// HeadCount is how many of a group were at a dialogue when it was closed. It stays, whatever is corrected later.
type HeadCount struct {
	Group    HeadGroup
	Expected int // 0 of who nobody knew of
	Present  int
}

// Heads are the head counts of a dialogue.
type Heads []HeadCount

// Present is how many were there.
func (h Heads) Present() (n int) {
	for _, c := range h {
		n += c.Present
	}
	return n
}

// Of is the count of a group.
func (h Heads) Of(g HeadGroup) HeadCount {
	for _, c := range h {
		if c.Group == g {
			return c
		}
	}
	return HeadCount{Group: g}
}

// AttendanceChange is a correction of who was at a dialogue, after it: somebody is added, or taken away.
type AttendanceChange struct {
	AuthorityID ID
	DialogueID  ID
	Number      int // from 1
	Added       bool
	Name        string
	Reason      string
	EnteredBy   ID
	EnteredAt   calendar.Instant
}

// Problems are the reasons why the correction can't be made: it names nobody, or gives no reason.
func (c AttendanceChange) Problems() []Problem {
	ps := problems{of: "minutes.problem."}
	ps.text("ho-ten", "attendance_name", c.Name, MaxLine)
	ps.join(reasonProblems("ly-do", c.Reason))
	ps.long("ly-do", c.Reason, MaxMatter)
	return ps.list
}
