package hall

import (
	"cmp"
	"net/http"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/web"
)

func (s *site) noteRoutes() []web.Route {
	const at = "/hoi-truong/{dialogue}" + notesPart
	return []web.Route{
		{Pattern: "GET " + at, Act: doithoai.ActNoteHall, Do: s.notes},
		{Pattern: "POST " + at, Act: doithoai.ActNoteHall, Do: s.note},
		{Pattern: "POST " + at + "/bo", Act: doithoai.ActNoteHall, Do: s.withdrawNote},
	}
}

// notesPart is the page of what happened beside questions and answers.
const notesPart = "/ghi-chu"

func notesPath(d doithoai.Dialogue) string { return pathOf(d) + notesPart }

// noteForm is a note, a new one or one that is put right.
type noteForm struct {
	ID      string `form:"khoa" line:"true"`
	Version int    `form:"phien-ban"` // 0: a new one
	Clock   string `form:"gio" line:"true"`
	Kind    string `form:"loai" line:"true"`
	Body    string `form:"ghi-chu"`
}

// notesPage are the notes of a dialogue.
type notesPage struct {
	*web.Reader
	Dialogue doithoai.Dialogue
	Notes    []doithoai.HallNote
	People   map[doithoai.ID]string
	Form     noteForm // of a new note, or the one that came back
	Problems web.Problems
	Warning  string
	Done     bool
}

func (s *site) loadNotes(r *web.Request) (*notesPage, error) {
	d, err := s.dialogue(r)
	if err != nil {
		return nil, err
	}
	p := &notesPage{Reader: r.Reader, Dialogue: d, People: map[doithoai.ID]string{}}
	if p.Notes, err = s.db.HallNotes(r.Context(), r.Actor(), d.ID); err != nil {
		return nil, err
	}
	officers, err := s.db.Officers(r.Context(), r.Authority.ID)
	for _, o := range officers {
		p.People[o.ID] = o.Name
	}
	p.Form = p.fresh()
	return p, err
}

// fresh is an empty form at this minute.
func (p *notesPage) fresh() noteForm {
	return noteForm{ID: string(store.NewID()), Kind: string(doithoai.NoteOrder), Clock: clockText(p.Now)}
}

// clockText is an hour as forms have it: "09:05".
func clockText(at calendar.Instant) string { return calendar.ClockOf(at).String() }

func (s *site) notes(r *web.Request) error {
	p, err := s.loadNotes(r)
	if err != nil {
		return err
	}
	p.Done = r.URL.Query().Has("xong")
	return r.Page(http.StatusOK, p.view())
}

func (s *site) note(r *web.Request) error {
	p, err := s.loadNotes(r)
	if err != nil {
		return err
	}
	fresh := p.Form.ID
	if err := r.Form(&p.Form); err != nil {
		return err
	}
	p.Form.ID = cmp.Or(p.Form.ID, fresh)
	n := doithoai.HallNote{
		ID: doithoai.ID(p.Form.ID), DialogueID: p.Dialogue.ID, Version: p.Form.Version,
		Kind: doithoai.HallNoteKind(p.Form.Kind), Body: p.Form.Body,
	}
	if clock, err := calendar.ReadClock(p.Form.Clock); err == nil {
		n.At = clock.On(p.Dialogue.StartsAt.Date())
	}
	if err = s.db.NoteHall(r.Context(), r.Actor(), n); err == nil {
		return r.Redirect(notesPath(p.Dialogue) + "?xong=1")
	}
	return s.noteRefused(r, p, err)
}

func (s *site) withdrawNote(r *web.Request) error {
	p, err := s.loadNotes(r)
	if err != nil {
		return err
	}
	var f noteForm
	if err := r.Form(&f); err != nil {
		return err
	}
	err = s.db.WithdrawNote(r.Context(), r.Actor(), p.Dialogue.ID, doithoai.ID(f.ID), f.Version)
	if doithoai.KindOf(err) == doithoai.NotFound { // gone, or nobody is named
		err = doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	if err == nil {
		return r.Redirect(notesPath(p.Dialogue) + "?xong=1")
	}
	return s.noteRefused(r, p, err)
}

// noteRefused shows what is wrong with a note, which comes back as it was typed.
func (s *site) noteRefused(r *web.Request, p *notesPage, err error) error {
	if !web.Mendable(err) {
		return err
	}
	if p.Problems = r.Problems(err); !p.Problems.Any() {
		p.Warning = web.RefusalWords(r.Reader, err)
	}
	return r.Page(web.StatusOf(err), p.view())
}

// open reports whether notes are taken now.
func (p *notesPage) open() bool { return p.Dialogue.NotesOpen(p.Now) == nil }

// mending reports whether the form that came back is that of the note.
func (p *notesPage) mending(n doithoai.HallNote) bool {
	return p.Form.ID == string(n.ID) && p.Problems.Any()
}

// formOf is the form in which a note is put right.
func (p *notesPage) formOf(n doithoai.HallNote) noteForm {
	if p.mending(n) {
		return p.Form
	}
	return noteForm{ID: string(n.ID), Version: n.Version, Clock: clockText(n.At), Kind: string(n.Kind), Body: n.Body}
}
