package doithoai

import (
	"slices"
	"strings"

	"doithoai/calendar"
)

// PetitionNote is a dated note of the work on a petition (ghi chú hồ sơ). It is for those who work on it alone: it
// stands in no public summary, and not on the page on which the person follows the opinion.
type PetitionNote struct {
	ID          ID
	AuthorityID ID
	OpinionID   ID
	Kind        PetitionNoteKind
	UnitID      ID               // for which it was written; empty: for none, as where the chair leads
	With        string           // of a contact: the body, unit or person
	HeldAt      calendar.Instant // of a contact: when
	Body        string
	WrittenBy   ID
	WrittenAt   calendar.Instant
}

// PetitionNoteKind is what a note is about.
type PetitionNoteKind string

const (
	NoteVerification PetitionNoteKind = "verification" // what the lead checked
	NotePart         PetitionNoteKind = "part"         // what a unit that coordinates contributes to the answer
	NoteContact      PetitionNoteKind = "contact"      // a word with another body, unit or person
	NoteDraft        PetitionNoteKind = "draft"        // of an answer, which a hand-over keeps
)

// PetitionNoteKinds in the order in which forms offer them.
var PetitionNoteKinds = []PetitionNoteKind{NoteVerification, NotePart, NoteContact}

// MaxPetitionNotes bounds the notes of a petition.
const MaxPetitionNotes = 200

// The fields of a note's form.
const (
	FieldNoteKind = "loai-ghi-chu"
	FieldNoteWith = "trao-doi-voi"
	FieldNoteDay  = "trao-doi-ngay"
	FieldNoteBody = "ghi-chu"
)

// NoteKinds are the kinds of notes that the actor may write on the subject, as forms offer them, each with the unit for
// which it is.
//
// Who leads verifies, be it a unit or the chair; who coordinates gives its part; and either, as well as the office,
// notes a contact.
func (s Subject) NoteKinds(a Actor) map[PetitionNoteKind]ID {
	kinds := map[PetitionNoteKind]ID{}
	allow := func(k PetitionNoteKind, unit ID) {
		if _, known := kinds[k]; !known {
			kinds[k] = unit
		}
	}
	for _, seat := range a.seats() {
		works := seat.Role.Includes(RoleUnitOfficer) || seat.Role.Includes(RoleOffice)
		switch {
		case works && ofLeadUnit.met(a, seat, s):
			allow(NoteVerification, seat.UnitID)
			allow(NoteContact, seat.UnitID)
		case works && ofCoUnit.met(a, seat, s):
			allow(NotePart, seat.UnitID)
			allow(NoteContact, seat.UnitID)
		case seat.Role.Includes(RoleOffice):
			allow(NoteContact, seat.UnitID)
		case seat.Role.Includes(RoleChair) && ledByChair.met(a, seat, s):
			allow(NoteVerification, "")
			allow(NoteContact, "")
		}
	}
	return kinds
}

// Add keeps a note on a petition.
//
// In this order: somebody still works on the petition; there is room for another note; the note is of a kind that its
// writer may write ([Subject.NoteKinds]); of a contact, it names with whom and a moment that is past; it says
// something. kinds are the writer's, notes how many there are.
func (n PetitionNote) Add(
	p *Petition, kinds map[PetitionNoteKind]ID, notes int, now calendar.Instant,
) (PetitionNote, Facts, error) {
	switch {
	case p == nil || !p.Open():
		return n, Facts{}, Refuse(Conflict, "petition.note.problem.over")
	case notes >= MaxPetitionNotes:
		return n, Facts{}, Refuse(Conflict, "petition.note.problem.many")
	}
	ps := problems{of: "petition.note.problem."}
	unit, may := kinds[n.Kind]
	ps.need(may, FieldNoteKind, "kind")
	if n.Kind == NoteContact {
		ps.text(FieldNoteWith, "with", n.With, MaxLine)
		ps.need(!n.HeldAt.IsZero() && !n.HeldAt.After(now), FieldNoteDay, "held_at")
	} else {
		n.With, n.HeldAt = "", calendar.Instant{}
	}
	ps.text(FieldNoteBody, "body", n.Body, MaxMatter)
	if err := ps.refuse(); err != nil {
		return n, Facts{}, err
	}
	n.UnitID, n.WrittenAt = unit, now
	return n, n.Facts(), nil
}

// Facts are what the note's event says of it.
func (n PetitionNote) Facts() Facts {
	return Facts{Note: n.ID, NoteKind: n.Kind, Unit: n.UnitID, HeldAt: n.HeldAt}
}

// DraftNote is the note that keeps the draft of an answer; false where it says nothing.
func DraftNote(body, basis string) (PetitionNote, bool) {
	n := PetitionNote{Kind: NoteDraft, Body: body}
	if basis != "" {
		n.Body += "\n\n" + basis
	}
	n.Body = strings.TrimSpace(n.Body)
	if r := []rune(n.Body); len(r) > MaxAnswer {
		n.Body = string(r[:MaxAnswer])
	}
	return n, n.Body != ""
}

// Words are the note's text in its event.
func (n PetitionNote) Words() string {
	if n.With == "" {
		return n.Body
	}
	return n.With + ": " + n.Body
}

// buildsOnNotes are the acts after which a note stays: somebody decided or wrote with it before them.
var buildsOnNotes = []Act{
	ActSubmitAnswer, ActReturnAnswer, ActSignAnswer, ActDispatchAnswer, ActRuleOpinion, ActAnswerLater,
	ActWithdrawOpinion, ActTransferPetition, ActHandOverPetition, ActKeepLead, ActPausePetition, ActExtendPetition,
	ActSendOnwardLetter,
	ActReopenPetition, ActAllowReopening,
}

// TakeBack takes a note back, which nobody ever edits.
//
// In this order: who takes it back wrote it; on the same day; nothing was built on it since, of which the events of its
// opinion tell, oldest first.
func (n PetitionNote) TakeBack(by ID, events []Event, now calendar.Instant) (Facts, error) {
	if by == "" || n.WrittenBy != by || n.WrittenAt.Date() != now.Date() {
		return Facts{}, Refuse(Conflict, "petition.note.problem.not_own")
	}
	for _, e := range slices.Backward(events) {
		if e.Act == ActAddNote && e.Facts.Note == n.ID {
			break
		}
		if oneOf(e.Act, buildsOnNotes) {
			return Facts{}, Refuse(Conflict, "petition.note.problem.built_on")
		}
	}
	return Facts{Note: n.ID, NoteKind: n.Kind, Unit: n.UnitID}, nil
}

// PartsMissing are those of the units that coordinate which have not given their part yet.
func PartsMissing(co []Unit, notes []PetitionNote) []Unit {
	return slices.DeleteFunc(slices.Clone(co), func(u Unit) bool {
		return slices.ContainsFunc(notes, func(n PetitionNote) bool { return n.Kind == NotePart && n.UnitID == u.ID })
	})
}

// Acts on notes.
const (
	ActSeeNotes     Act = "see_notes"
	ActAddNote      Act = "add_note"
	ActTakeBackNote Act = "take_back_note"
)

var ofCoUnit = condition{"co_unit", "the unit of the post coordinates on the petition",
	func(_ Actor, seat Seat, s Subject) bool {
		return seat.UnitID != "" && slices.Contains(s.CoUnits, seat.UnitID)
	}}

var noteActs = []actRow{
	{ActSeeNotes, law{"who works on a petition, or decides on it, reads the notes of the work",
		"house rules: never public, not the person's", "TestPetitionNotes"},
		[]grant{{RoleChair, always}, {RoleViceChair, always}, {RoleOffice, always}, {RoleUnitOfficer, ofLeadUnit},
			{RoleUnitOfficer, ofCoUnit}}},
	{ActAddNote, law{
		"what was verified, the part of a unit that coordinates, a word with another body: dated, kept in the file",
		"NĐ 20/2008 Đ.9, Đ.14 (C): verified, and kept with the file", ""},
		[]grant{{RoleUnitOfficer, ofLeadUnit}, {RoleUnitOfficer, ofCoUnit}, {RoleOffice, always}, {RoleChair, ledByChair}}},
	{ActTakeBackNote, law{"who wrote a note takes it back on the same day, while nothing was built on it",
		"house rules; a note is never edited", ""},
		[]grant{{RoleUnitOfficer, ofLeadUnit}, {RoleUnitOfficer, ofCoUnit}, {RoleOffice, always}, {RoleChair, ledByChair}}},
}
