package doithoai

import "doithoai/calendar"

// HallNote is something of the course of a dialogue that its minutes say, beside what was asked and answered.
type HallNote struct {
	ID          ID
	AuthorityID ID
	DialogueID  ID
	At          calendar.Instant // when it happened
	Kind        HallNoteKind
	Body        string // in neutral words
	EnteredBy   ID
	EnteredAt   calendar.Instant
	Version     int
}

// HallNoteKind is what a note is about.
type HallNoteKind string

const (
	NoteOrder HallNoteKind = "order" // who disturbed was asked not to, or to speak in private
	NoteBreak HallNoteKind = "break" // the dialogue stood still: a pause, the power, the rain
	NoteOther HallNoteKind = "other"
)

// HallNoteKinds in the order in which forms offer them.
var HallNoteKinds = []HallNoteKind{NoteOrder, NoteBreak, NoteOther}

// MaxHallNote bounds a note in characters.
const MaxHallNote = 1000

// Problems are the reasons why a note can't be kept: it is of a kind, says something, and of an hour of the dialogue's
// day that is not to come.
func (n HallNote) Problems(d Dialogue, now calendar.Instant) []Problem {
	ps := problems{of: "hall_note.problem."}
	ps.need(!n.At.IsZero() && !n.At.After(now) && n.At.Date() == d.StartsAt.Date(), "gio", "at")
	ps.need(oneOf(n.Kind, HallNoteKinds), "loai", "kind")
	if n.Body == "" {
		ps.add("ghi-chu", "body")
	}
	ps.long("ghi-chu", n.Body, MaxHallNote)
	return ps.list
}

// NotesOpen refuses a note on a dialogue that was not announced, or on another day than its own: what happened is noted
// while it happens.
func (d Dialogue) NotesOpen(now calendar.Instant) error {
	if d.State != DialogueAnnounced && d.State != DialogueRunning && d.State != DialogueClosed ||
		d.StartsAt.Date() != now.Date() {
		return Refuse(Conflict, "hall_note.problem.day")
	}
	return nil
}

// Changeable reports whether an officer may correct or take back the note: their own, on the day on which they wrote
// it.
func (n HallNote) Changeable(by ID, now calendar.Instant) bool {
	return by != "" && n.EnteredBy == by && n.EnteredAt.Date() == now.Date()
}

// ActNoteHall notes, corrects or takes back something of a dialogue's course.
const ActNoteHall Act = "note_hall"

var hallNoteActs = []actRow{
	{ActNoteHall, law{"what happened in the hall beside questions and answers is noted for the minutes",
		"NĐ 30/2020 Mẫu 1.9 (L): the course stands in the minutes", ""},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}}},
}
