package hall

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

func (s *site) promiseRoutes() []web.Route {
	const at = "/hoi-truong/{dialogue}" + promisesPart
	return []web.Route{
		{Pattern: "GET " + at, Act: doithoai.ActNoteHall, Do: s.promises},
		{Pattern: "POST " + at, Act: doithoai.ActNoteHall, Do: s.readPromises},
	}
}

// promisesPart is the page from which the promises of earlier dialogues are read back.
const promisesPart = "/cam-ket"

func promisesPath(d doithoai.Dialogue) string { return pathOf(d) + promisesPart }

// promisesForm says which promises were read back, and when.
type promisesForm struct {
	ID    string   `form:"khoa" line:"true"` // of the note that it becomes
	Clock string   `form:"gio" line:"true"`
	Read  []string `form:"da-doc" line:"true"`
}

// promisesPage are the promises of earlier dialogues, as everybody may read them.
type promisesPage struct {
	*web.Reader
	Dialogue doithoai.Dialogue
	Promises []store.PromiseToRead
	Form     promisesForm
	Problems web.Problems
	Warning  string
	Done     bool
}

func (s *site) loadPromises(r *web.Request) (*promisesPage, error) {
	d, err := s.dialogue(r)
	if err != nil {
		return nil, err
	}
	p := &promisesPage{Reader: r.Reader, Dialogue: d}
	p.Promises, err = s.db.PromisesToRead(r.Context(), r.Actor(), d.ID)
	p.Form = promisesForm{ID: string(store.NewID()), Clock: clockText(p.Now)}
	return p, err
}

func (s *site) promises(r *web.Request) error {
	p, err := s.loadPromises(r)
	if err != nil {
		return err
	}
	p.Done = r.URL.Query().Has("xong")
	return r.Page(http.StatusOK, p.view())
}

// readPromises keeps as a note of the course that promises were read back: the minutes say how many, where they stood,
// and when.
func (s *site) readPromises(r *web.Request) error {
	p, err := s.loadPromises(r)
	if err != nil {
		return err
	}
	fresh := p.Form.ID
	p.Form = promisesForm{}
	if err := r.Form(&p.Form); err != nil {
		return err
	}
	p.Form.ID = cmp.Or(p.Form.ID, fresh)
	n := doithoai.HallNote{
		ID: doithoai.ID(p.Form.ID), DialogueID: p.Dialogue.ID, Kind: doithoai.NoteOther, Body: p.words(),
	}
	if clock, err := calendar.ReadClock(p.Form.Clock); err == nil {
		n.At = clock.On(p.Dialogue.StartsAt.Date())
	}
	if n.Body == "" {
		err = doithoai.RefuseForm([]doithoai.Problem{{Field: "da-doc", Key: "promise.read.problem.none"}})
	} else {
		err = s.db.NoteHall(r.Context(), r.Actor(), n)
	}
	switch {
	case err == nil:
		return r.Redirect(promisesPath(p.Dialogue) + "?xong=1")
	case !web.Mendable(err):
		return err
	}
	if p.Problems = r.Problems(err); !p.Problems.Any() {
		p.Warning = web.RefusalWords(r.Reader, err)
	}
	return r.Page(web.StatusOf(err), p.view())
}

// words are what the minutes say of the promises that were read: how many, and how many of them stand where; "" where
// none was.
func (p *promisesPage) words() string {
	counts, all := map[string]int{}, 0
	for _, of := range p.Promises {
		if slices.Contains(p.Form.Read, string(of.ID)) {
			counts[of.Stand]++
			all++
		}
	}
	if all == 0 {
		return ""
	}
	var parts []string
	for _, stand := range []string{"kept", "kept_late", "late", "broken", "open"} {
		if n := counts[stand]; n > 0 {
			parts = append(parts, vietnamese.T("promise.read.part."+stand, "count", n))
		}
	}
	return vietnamese.T("promise.read.note", "count", all, "parts", strings.Join(parts, ", "))
}

// open reports whether what is read is noted now.
func (p *promisesPage) open() bool { return p.Dialogue.NotesOpen(p.Now) == nil }

// boxes are the promises to tick as they are read.
func (p *promisesPage) boxes() ui.Checkboxes {
	boxes := ui.Checkboxes{
		Name: "da-doc", Values: p.Form.Read, Legend: ui.Legend{Text: p.T("promise.read.which")},
		Error: web.Wrong(p.Reader, p.Problems, "da-doc"),
	}
	for _, of := range p.Promises {
		boxes.Items = append(boxes.Items, ui.Choice{
			Value: string(of.ID), Text: of.What, Hint: ui.Hint{Rich: promiseToRead{p.Reader, of}.hint()},
		})
	}
	return boxes
}

// promiseToRead is a promise with where it stands.
type promiseToRead struct {
	*web.Reader
	store.PromiseToRead
}

// due says who does it until when.
func (p promiseToRead) due() string {
	return p.T("promise.read.due", "unit", p.Unit, "date", p.Date(p.Promised.Due))
}
