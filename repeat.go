package doithoai

import "doithoai/calendar"

// Repeat is where an opinion stands in a row of those that raise the same again.
type Repeat struct {
	Before ID // the one that it raises again, as it was linked; empty: none
	Root   ID // the first of the row; empty: it raises none again
}

// LinkRepeat says that an opinion raises again what an earlier one had raised (kiến nghị nhiều lần), and what its row
// is from now on: it resolves to the first one.
//
// In this order: neither is joined to another, which it is; it is not linked already; the other one is not itself or of
// the same slip; it was received before this one: so no row ever closes in a circle; it has been answered, or was ended
// by a ruling: what is still open is put together with it ([GroupOpinions]). settled reports that of the earlier one.
func (o Opinion) LinkRepeat(earlier Opinion, settled bool) (Repeat, error) {
	switch {
	case o.JoinedTo != "" || earlier.JoinedTo != "":
		return Repeat{}, Refuse(Conflict, "classify.repeat.problem.joined")
	case o.Repeat.Before != "":
		return Repeat{}, Refuse(Conflict, "classify.repeat.problem.already")
	case o.ID == earlier.ID || o.SlipID == earlier.SlipID:
		return Repeat{}, Refuse(Conflict, "classify.repeat.problem.itself")
	case !earlier.ReceivedAt.Before(o.ReceivedAt):
		return Repeat{}, Refuse(Conflict, "classify.repeat.problem.later")
	case !settled:
		return Repeat{}, Refuse(Conflict, "classify.repeat.problem.open")
	}
	r := Repeat{Before: earlier.ID, Root: earlier.ID}
	if earlier.Repeat.Root != "" {
		r.Root = earlier.Repeat.Root
	}
	return r, nil
}

// Settled reports whether an opinion at the stage has been answered, or ended without an answer.
func (s Stage) Settled() bool {
	return oneOf(s, []Stage{StageAnswered, StageAnsweredPublic, StageTold, StageToldPublic, StageClosed})
}

// AnsweredThen is what an opinion that is raised again was answered with.
type AnsweredThen struct {
	Text   string // the answer, what was told at once, or the ground
	By     string // who said or signed it
	Number string // of the document; empty: none
	Dated  calendar.Date
	Rating *Rating // nil: the person said nothing of it
}

// Acts on opinions that are raised again.
const (
	ActLinkRepeat   Act = "link_repeat"
	ActUnlinkRepeat Act = "unlink_repeat"
)

// FactRepeats marks, in the facts of events, the opinion that raises the other one again.
const FactRepeats = "repeats"

var repeatActs = []actRow{
	{ActLinkRepeat, law{
		"what was answered before is raised again: both are linked, and what was answered then is read beside it",
		"house rules; NĐ 154/2026 Đ.4 k.1 h by analogy (L)", ""},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}, {RoleChair, always}}},
	{ActUnlinkRepeat, law{"a link that was wrong is undone", "house rules", ""},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}, {RoleChair, always}}},
}
