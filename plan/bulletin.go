package plan

import (
	"cmp"
	"slices"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
)

// BulletinState is where the text for the loudspeakers stands.
type BulletinState string

const (
	BulletinDraft BulletinState = "draft" // is being written
	BulletinReady BulletinState = "ready" // may be read out; it stays as it is
)

// Bulletin is a text about a dialogue that the loudspeakers read out (bài phát thanh). A dialogue has one after the
// other: the last one holds, unless the dialogue has moved since it was made ready.
type Bulletin struct {
	DialogueID  doithoai.ID
	AuthorityID doithoai.ID
	Number      int
	State       BulletinState
	Body        string
	Moves       int // how often the dialogue had moved when the text was made
	WrittenBy   doithoai.ID
	WrittenAt   calendar.Instant
	Version     int
}

// maxBulletin bounds the text of a bulletin, in characters: ten times what two minutes hold.
const maxBulletin = 8000

// Problems are the reasons why the text can't be kept.
func (b Bulletin) Problems() (list []doithoai.Problem) {
	if strings.TrimSpace(b.Body) == "" {
		list = append(list, doithoai.Problem{Field: "bai", Key: "bulletin.problem.body"})
	}
	return long(list, "bai", b.Body, maxBulletin)
}

// Holds reports whether the text may be read out for a dialogue that has moved so often.
func (b Bulletin) Holds(moves int) bool { return b.State == BulletinReady && b.Moves == moves }

// Withdrawn reports whether the dialogue has moved since the text was made: it must not be read out any more.
func (b Bulletin) Withdrawn(moves int) bool { return b.Number > 0 && b.Moves != moves }

// Minutes is how long reading takes at so many words a minute, in tenths of a minute, rounded up; 0 where that is not
// known.
func Minutes(words, perMinute int) int {
	if perMinute <= 0 {
		return 0
	}
	return (words*10 + perMinute - 1) / perMinute
}

// ComposeBulletin writes the text for the loudspeakers from what is known of a dialogue: when, where, what about, how
// to hand in a question and by when, whom to ask. What is not known is left out.
func ComposeBulletin(d doithoai.Dialogue, a doithoai.Authority) string {
	p := text.For("vi")
	hour := func(i calendar.Instant) string { return p.DateTime(calendar.Civil(i)) }
	lines := []string{
		p.T("bulletin.text.greeting"),
		p.T("bulletin.text.what", "authority", a.Name, "when", hour(d.StartsAt), "venue", d.Venue,
			"title", text.LowerFirst(d.Title)),
	}
	if d.Chair != "" {
		lines = append(lines, p.T("bulletin.text.chair", "name", d.Chair))
	}
	if !d.SlipsUntil.IsZero() {
		lines = append(lines, p.T("bulletin.text.slips", "authority", a.Name, "until", hour(d.SlipsUntil)))
	}
	if d.Link != "" {
		lines = append(lines, p.T("bulletin.text.online"))
	}
	contact := d.Contact
	if contact == "" && a.Phone != "" {
		contact = p.T("bulletin.text.office", "authority", a.Name, "phone", p.Phone(a.Phone))
	}
	if contact != "" {
		lines = append(lines, p.T("bulletin.text.contact", "contact", contact))
	}
	return strings.Join(append(lines, p.T("bulletin.text.closing")), "\n")
}

// BroadcastState is what became of a time at which a bulletin was to be read out.
type BroadcastState string

const (
	BroadcastPlanned BroadcastState = "planned"
	BroadcastAired   BroadcastState = "aired"   // read to its end
	BroadcastBroken  BroadcastState = "broken"  // begun and interrupted
	BroadcastMissed  BroadcastState = "missed"  // not read at all
	BroadcastDropped BroadcastState = "dropped" // taken from the schedule before its time
)

// BroadcastOutcomes are what can be entered of a broadcast.
var BroadcastOutcomes = []BroadcastState{BroadcastAired, BroadcastBroken, BroadcastMissed}

// Broadcast is one time at which a bulletin is read out, as planned and as it was.
type Broadcast struct {
	ID          doithoai.ID
	DialogueID  doithoai.ID
	AuthorityID doithoai.ID
	Bulletin    int // its number
	Moves       int // of its bulletin
	Day         calendar.Date
	Clock       calendar.Clock
	State       BroadcastState
	Reader      string // who read it
	Note        string // how long it was interrupted, why it was not read
	RecordedBy  doithoai.ID
	RecordedAt  calendar.Instant
	Version     int
}

// At is the moment of the broadcast.
func (b Broadcast) At() calendar.Instant {
	return b.Clock.On(b.Day)
}

// Log returns the broadcast with what became of it, as it was entered. Its moment has come, and the dialogue was
// announced by that day; who read it is named where somebody did; what was interrupted or not read says how. An entry
// may be corrected; what was taken from the schedule stays so.
func (b Broadcast) Log(entered Broadcast, announced, now calendar.Instant) (Broadcast, error) {
	if b.State == BroadcastDropped {
		return b, doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	outcome, reader, note := entered.State, entered.Reader, entered.Note
	b.State, b.Day, b.Clock, b.Reader, b.Note = outcome, entered.Day, entered.Clock, reader, note
	var list []doithoai.Problem
	if !slices.Contains(BroadcastOutcomes, outcome) {
		list = append(list, doithoai.Problem{Field: "ket-qua", Key: "bulletin.problem.outcome"})
	}
	switch {
	case !b.Day.Valid() || b.Clock < 0 || b.At().After(now):
		list = append(list, doithoai.Problem{Field: "ngay", Key: "bulletin.problem.moment"})
	case b.Day.Before(announced.Date()):
		list = append(list, doithoai.Problem{Field: "ngay", Key: "bulletin.problem.before"})
	}
	if outcome != BroadcastMissed && reader == "" {
		list = append(list, doithoai.Problem{Field: "nguoi-doc", Key: "bulletin.problem.reader"})
	}
	list = long(list, "nguoi-doc", reader, doithoai.MaxLine)
	if outcome != BroadcastAired && note == "" {
		list = append(list, doithoai.Problem{Field: "ghi-chu", Key: "bulletin.problem.note"})
	}
	return b, doithoai.RefuseForm(long(list, "ghi-chu", note, maxNote))
}

// Schedule is when a bulletin is to be read out: on days that follow each other, at the same hours.
type Schedule struct {
	From   calendar.Date
	Days   int
	Clocks []calendar.Clock
}

// Bounds of a schedule.
const (
	maxDays   = 30
	maxClocks = 6
)

// Problems are the reasons why the schedule can't be kept: it begins today or later and ends before the dialogue's day;
// it has as many days as the law asks for; it has hours, each once.
func (s Schedule) Problems(today, held calendar.Date, least int) (list []doithoai.Problem) {
	if !s.From.Valid() || s.From.Before(today) {
		list = append(list, doithoai.Problem{Field: "tu-ngay", Key: "bulletin.problem.from"})
	}
	switch {
	case s.Days < least || s.Days < 1 || s.Days > maxDays:
		list = append(list, doithoai.Problem{
			Field: "so-ngay", Key: "bulletin.problem.days", Args: []any{"least", max(least, 1), "most", maxDays},
		})
	case s.From.Valid() && !s.From.AddDays(s.Days-1).Before(held):
		list = append(list, doithoai.Problem{Field: "so-ngay", Key: "bulletin.problem.too_late"})
	}
	clocks := slices.Sorted(slices.Values(s.Clocks))
	if len(clocks) == 0 || len(clocks) > maxClocks || len(slices.Compact(clocks)) != len(s.Clocks) {
		list = append(list, doithoai.Problem{Field: "gio", Key: "bulletin.problem.clocks", Args: []any{"most", maxClocks}})
	}
	return list
}

// Times are all times of the schedule, in their order.
func (s Schedule) Times() (all []Broadcast) {
	for n := range s.Days {
		for _, c := range slices.Sorted(slices.Values(s.Clocks)) {
			all = append(all, Broadcast{Day: s.From.AddDays(n), Clock: c, State: BroadcastPlanned})
		}
	}
	return all
}

// AiredDays are the days on which a bulletin was read to its end for a dialogue that has moved so often, the earliest
// first, each once.
func AiredDays(all []Broadcast, moves int) (days []calendar.Date) {
	for _, b := range all {
		if b.State == BroadcastAired && b.Moves == moves {
			days = append(days, b.Day)
		}
	}
	slices.SortFunc(days, calendar.Date.Compare)
	return slices.Compact(days)
}

// Run is the longest run of days that follow each other, and its last day; the earlier one of two as long.
func Run(days []calendar.Date) (longest int, last calendar.Date) {
	n := 0
	for i, d := range days {
		if n++; i > 0 && days[i-1].AddDays(1) != d {
			n = 1
		}
		if n > longest {
			longest, last = n, d
		}
	}
	return longest, last
}

// RunReached is the day on which a run of days became as long as was asked for; zero where none did.
func RunReached(days []calendar.Date, least int) calendar.Date {
	n := 0
	for i, d := range days {
		if n++; i > 0 && days[i-1].AddDays(1) != d {
			n = 1
		}
		if n == least {
			return d
		}
	}
	return calendar.Date{}
}

// BroadcastStep is how far the days of reading out are that the law asks for, least of them; by is the day by which
// they are to be over.
func BroadcastStep(all []Broadcast, moves, least int, by calendar.Date) Step {
	days := AiredDays(all, moves)
	step := Step{Stage: StageAnnounce, State: StepWaits, Due: by, ByLaw: true}
	switch done := RunReached(days, cmp.Or(least, 1)); {
	case !done.IsZero():
		step.State, step.DoneOn = StepDone, done
	case len(days) > 0:
		step.State = StepDoing
	}
	return step
}
