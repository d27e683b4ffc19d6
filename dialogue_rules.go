package doithoai

import (
	"net/url"
	"slices"
	"strings"

	"doithoai/calendar"
)

// Problems are the reasons why the dialogue can't be kept as it is known: title, kinds, form and day are there; the
// hours follow each other on one day, and slips are asked for before it begins; a link is one. Who chairs, and where,
// may be left open until it is announced.
func (d Dialogue) Problems() []Problem {
	ps := problems{of: "plan.dialogue.problem."}
	ps.text("ten", "title", d.Title, MaxLine)
	known := func(k DialogueKind) bool { return slices.Contains(DialogueKinds, k) }
	ps.need(len(d.Kinds) > 0 && !slices.ContainsFunc(d.Kinds, func(k DialogueKind) bool { return !known(k) }),
		"loai", "kinds")
	ps.need(oneOf(d.Form, DialogueForms), "hinh-thuc", "form")
	ps.join(d.hourProblems())
	ps.long("dia-diem", d.Venue, MaxLine)
	ps.join(d.linkProblems())
	for _, line := range []struct{ field, text string }{
		{"chu-tri", d.Chair}, {"dong-chu-tri", d.CoChair}, {"thu-ky", d.Secretary}, {"dau-moi", d.Contact},
	} {
		ps.long(line.field, line.text, MaxLine)
	}
	return ps.list
}

// hourProblems are those of day and hours.
func (d Dialogue) hourProblems() []Problem {
	ps := problems{of: "plan.dialogue.problem."}
	if d.StartsAt.IsZero() {
		ps.add("ngay", "day")
		return ps.list
	}
	day := d.StartsAt.Date()
	doors, ends := d.DoorsAt, d.EndsAt
	ps.need(doors.IsZero() || doors.Date() == day && !doors.After(d.StartsAt), "gio-don", "doors")
	ps.need(ends.IsZero() || ends.Date() == day && ends.After(d.StartsAt), "gio-ket-thuc", "ends")
	ps.need(!d.SlipsUntil.IsZero(), "han-phieu", "slips_none")
	ps.need(!d.SlipsUntil.After(d.StartsAt), "han-phieu", "slips_until")
	return ps.list
}

// linkProblems are those of the address at which people take part online.
func (d Dialogue) linkProblems() []Problem {
	ps := problems{of: "plan.dialogue.problem."}
	if d.Link != "" && !ps.long("duong-dan", d.Link, MaxLine) {
		u, err := url.Parse(d.Link)
		ps.need(err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "", "duong-dan", "link_wrong")
	}
	return ps.list
}

// placeProblems are the reasons why nobody could take part: nowhere to come to, or no address to open.
func (d Dialogue) placeProblems() []Problem {
	ps := problems{of: "plan.dialogue.problem."}
	if d.Form == FormDirect || d.Form == FormMixed {
		ps.need(d.Venue != "", "dia-diem", "venue")
	}
	if d.Form != FormDirect {
		ps.need(d.Link != "", "duong-dan", "link")
	}
	return ps.list
}

// PrepareProblems are the reasons why the dialogue can't be prepared at the given time: those of what is known of it,
// and a day that is past.
func (d Dialogue) PrepareProblems(now calendar.Instant) []Problem {
	ps := problems{of: "plan.dialogue.problem.", list: d.Problems()}
	if !d.StartsAt.IsZero() && !d.StartsAt.After(now) {
		ps.add("ngay", "past")
	}
	return ps.list
}

// AnnounceProblems are the reasons why the dialogue can't be announced at the given time: those of preparing it; who
// chairs and where is not known; its programme is missing, or says of a step not how long it takes.
func (d Dialogue) AnnounceProblems(now calendar.Instant) []Problem {
	ps := problems{of: "plan.dialogue.problem.", list: d.PrepareProblems(now)}
	ps.need(d.Chair != "", "chu-tri", "chair")
	ps.join(d.placeProblems())
	ps.join(d.ProgrammeMissing())
	return ps.list
}

// ProgrammeMissing are the reasons why people can't be told of the programme: there is none, or it says of a step not
// how long it takes.
func (d Dialogue) ProgrammeMissing() []Problem {
	ps := problems{of: "plan.dialogue.problem."}
	ps.need(len(d.Programme) > 0, "chuong-trinh", "programme")
	ps.need(!slices.ContainsFunc(d.Programme, func(s ProgrammeStep) bool { return s.Minutes == 0 }),
		"chuong-trinh", "minutes")
	return ps.list
}

// NoticeProblems refuse to tell people of a dialogue's day later than a rule asks for, unless a reason is given, which
// stays visible: parameter "notice.days" as in force on the dialogue's day. on is the day on which they are told.
func (r Rules) NoticeProblems(d Dialogue, on calendar.Date) []Problem {
	ps := problems{of: "plan.dialogue.problem."}
	if d.StartsAt.IsZero() || d.StartsAt.Date().Before(on) {
		return nil // refused for that
	}
	latest, ok := r.NoticeLatest(d)
	if !ok || !on.After(latest) {
		return nil
	}
	if d.LateReason == "" {
		ps.add("ly-do-tre", "late", "date", latest.Words())
	} else {
		ps.join(reasonProblems("ly-do-tre", d.LateReason))
	}
	return ps.list
}

// NoticeLatest is the last day on which people may be told of the dialogue's day; false where no rule is in force.
func (r Rules) NoticeLatest(d Dialogue) (calendar.Date, bool) {
	day := d.StartsAt.Date()
	term, err := r.Parameters.TermAt("notice.days", day)
	if err != nil {
		return calendar.Date{}, false
	}
	return r.Calendar.LatestBefore(day, term).Latest, true
}

// LacksCoChair reports whether nobody co-chairs a dialogue for which the law of its day asks for somebody: parameter
// "dialogue.co_chairs".
func (r Rules) LacksCoChair(d Dialogue) bool {
	rule, ok := r.Parameters.At("dialogue.co_chairs", d.StartsAt.Date())
	if !ok || d.CoChair != "" {
		return false
	}
	least, err := rule.Int()
	return err == nil && least > 0
}

// leastReason is how many words a reason has at least: one word explains nothing.
const leastReason = 4

// reasonProblems are those of a reason that the public reads.
func reasonProblems(field, reason string) []Problem {
	ps := problems{of: "plan.dialogue.problem."}
	ps.need(len(strings.Fields(reason)) >= leastReason, field, "reason")
	ps.long(field, reason, MaxMatter)
	return ps.list
}

// ChangeProblems are the reasons why what is known of a dialogue can't become next: those of next itself, and where it
// was announced, another day, hour, place, form or circle: that is a move, of which people are told.
func (d Dialogue) ChangeProblems(next Dialogue, now calendar.Instant) []Problem {
	if !d.Public() {
		return next.PrepareProblems(now)
	}
	ps := problems{of: "plan.dialogue.problem.", list: next.Problems()}
	ps.need(next.StartsAt == d.StartsAt, "ngay", "needs_move")
	ps.need(next.Venue == d.Venue, "dia-diem", "needs_move")
	ps.need(next.Link == d.Link, "duong-dan", "needs_move")
	ps.need(next.Form == d.Form, "hinh-thuc", "needs_move")
	ps.need(slices.Equal(next.Villages, d.Villages), "thon", "needs_move")
	ps.need(next.Chair != "", "chu-tri", "chair")
	return ps.list
}

// DialogueMove is how an announced dialogue got another day, hour or place, lost its day, or was cancelled: what stood
// before, what stands now, and why.
type DialogueMove struct {
	ID          ID
	AuthorityID ID
	DialogueID  ID
	Number      int // of the dialogue's moves, beginning with 1
	Act         Act // move_dialogue, postpone_dialogue or cancel_dialogue
	FromStart   calendar.Instant
	FromVenue   string
	ToStart     calendar.Instant // zero: it has no day
	ToVenue     string
	Reason      string
	Paper       string // number of the notice, where there is one
	By          ID
	At          calendar.Instant
}

// Problems are those of reason and paper.
func (m DialogueMove) Problems() []Problem {
	ps := problems{list: reasonProblems("ly-do", m.Reason)}
	if m.Paper != "" {
		ps.number(fieldNumber, "", m.Paper)
	}
	return ps.list
}

// MoveProblems are the reasons why the dialogue can't be moved to where next is held: next is held nowhere, at a time
// that is past, or where and when it is held already.
func (d Dialogue) MoveProblems(next Dialogue, now calendar.Instant) []Problem {
	ps := problems{of: "plan.dialogue.problem.", list: next.PrepareProblems(now)}
	ps.join(next.placeProblems())
	if d.State != DialoguePostponed && next.StartsAt == d.StartsAt && next.Venue == d.Venue && next.Link == d.Link &&
		next.Form == d.Form {
		ps.add("ngay", "same_place")
	}
	return ps.list
}

// StartProblems are the reasons why the dialogue can't have begun at a time: one to come, or on another day than its
// own.
func (d Dialogue) StartProblems(at, now calendar.Instant) []Problem {
	ps := problems{of: "plan.dialogue.problem."}
	ps.need(!at.After(now), "luc", "future")
	ps.need(at.Date() == d.StartsAt.Date(), "luc", "other_day")
	return ps.list
}

// EndProblems are the reasons why the dialogue can't have ended at a time, nor its results have been published or
// reported then: one to come, or before after, what comes first.
func (d Dialogue) EndProblems(at, after, now calendar.Instant) []Problem {
	ps := problems{of: "plan.dialogue.problem."}
	ps.need(!at.After(now), "luc", "future")
	ps.need(!at.Before(after), "luc", "before")
	return ps.list
}
