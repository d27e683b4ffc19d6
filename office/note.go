package office

import (
	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

// noteForm is a note of the work on a petition. The key is the note's id: the form sent twice is one.
type noteForm struct {
	Key   string `form:"ma-ghi-chu" line:"true"`
	Kind  string `form:"loai-ghi-chu" line:"true"`
	With  string `form:"trao-doi-voi" line:"true"`
	Day   string `form:"trao-doi-ngay" line:"true" day:"true"`
	Clock string `form:"trao-doi-gio" line:"true"`
	Body  string `form:"ghi-chu"`
}

// note is what the form says. A day or an hour that is none is no moment: the rule asks for it.
func (f noteForm) note() doithoai.PetitionNote {
	n := doithoai.PetitionNote{
		ID: doithoai.ID(f.Key), Kind: doithoai.PetitionNoteKind(f.Kind), With: f.With, Body: f.Body,
	}
	clock, err := calendar.ReadClock(f.Clock)
	if day := web.TypedDate(f.Day); err == nil && !day.IsZero() {
		n.HeldAt = calendar.InstantAt(day, int(clock)/60, int(clock)%60)
	}
	return n
}

func (s *site) addNote(r *web.Request, id doithoai.ID, f noteForm) error {
	return s.db.AddNote(r.Context(), r.Actor(), id, f.note())
}

func (s *site) takeBackNote(r *web.Request, id doithoai.ID, _ int) error {
	return s.db.TakeBackNote(r.Context(), r.Actor(), id, doithoai.ID(r.PathValue("note")))
}

// showsNotes reports whether the notes of the work are shown, or can be.
func (p opinionPage) showsNotes() bool {
	return p.Petition != nil && p.can(doithoai.ActSeeNotes) && (len(p.Notes) > 0 || p.noting())
}

// noting reports whether the form of a note is shown.
func (p opinionPage) noting() bool {
	return p.Petition != nil && p.Petition.Open() && p.can(doithoai.ActAddNote)
}

// noteKinds are the kinds of notes that the officer may write here, in their order.
func (p opinionPage) noteKinds() (kinds []doithoai.PetitionNoteKind) {
	may := p.Subject.NoteKinds(p.Actor())
	for _, k := range doithoai.PetitionNoteKinds {
		if _, ok := may[k]; ok {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

// noteHere is the form of a note: as it was typed where it was refused, else a new one of this minute.
func (p opinionPage) noteHere() noteForm {
	if p.Forms.typed == doithoai.ActAddNote {
		return p.Forms.Note
	}
	now := calendar.Civil(p.Now)
	f := noteForm{
		Key: string(store.NewID()), Day: p.Date(p.Today()), Clock: calendar.Clock(now.Hour()*60 + now.Minute()).String(),
	}
	if kinds := p.noteKinds(); len(kinds) > 0 {
		f.Kind = string(kinds[0])
	}
	return f
}

// owesPart reports whether a unit of the officer is still to give its part.
func (p opinionPage) owesPart() bool {
	unit, may := p.Subject.NoteKinds(p.Actor())[doithoai.NotePart]
	if !may || !p.noting() {
		return false
	}
	for _, u := range doithoai.PartsMissing(p.CoUnits, p.Notes) {
		if u.ID == unit {
			return true
		}
	}
	return false
}

// partsMissing names the units that have not given their part yet, while it is awaited.
func (p opinionPage) partsMissing() (names []string) {
	if !p.Petition.Open() {
		return nil
	}
	for _, u := range doithoai.PartsMissing(p.CoUnits, p.Notes) {
		names = append(names, u.Name)
	}
	return names
}

// takingBack reports whether the officer may take a note back.
func (p opinionPage) takingBack(n doithoai.PetitionNote) bool {
	if !p.can(doithoai.ActTakeBackNote) || !p.Petition.Open() {
		return false
	}
	_, err := n.TakeBack(p.Officer.ID, p.Events, p.Now)
	return err == nil
}

// noteTitle says what a note is, and for which unit it was written.
func (p opinionPage) noteTitle(n doithoai.PetitionNote) string {
	words := p.T("petition.note.kind." + string(n.Kind))
	if n.Kind == doithoai.NoteContact {
		words = p.T("opinion.note.contact", "with", n.With)
	}
	if unit := p.OpinionFile.Units[n.UnitID]; unit != "" {
		words = web.Joined(words, unit)
	}
	return words
}

func (p opinionPage) noteFacts(f doithoai.Facts) []string {
	list := []string{p.T("petition.note.kind."+string(f.NoteKind)) + "."}
	if unit := p.OpinionFile.Units[f.Unit]; unit != "" {
		list = append(list, unit+".")
	}
	return list
}

func (p opinionPage) noteChoices(f noteForm) (list []ui.Choice) {
	for _, k := range p.noteKinds() {
		c := ui.Choice{
			Value: string(k), Text: p.T("petition.note.kind." + string(k)),
			Hint: ui.Hint{Text: p.T("opinion.note.hint." + string(k))},
		}
		if k == doithoai.NoteContact {
			c.Conditional = p.contactFields(f)
		}
		list = append(list, c)
	}
	return list
}

// partTasks are the opinions to whose answers a unit of the officer is to give its part; more reports whether there are
// others.
func (s *site) partTasks(r *web.Request) (tasks []task, more bool, err error) {
	rows, more, err := s.db.AwaitedParts(r.Context(), r.Actor())
	for _, row := range rows {
		t := task{
			Title: row.Title(), Number: row.Opinion.Number, Turn: "part", Href: web.OpinionPath(row.Opinion.Number) + partNotes,
			Unit: leadName(r.Reader, row.Unit, row.Petition), Village: row.Village,
		}
		if row.Petition.Running() {
			t.Due = row.Petition.Due
		} else {
			t.Since = row.Petition.Start
		}
		tasks = append(tasks, t)
	}
	return tasks, more, err
}
