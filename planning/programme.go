package planning

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/calendar"
	docform "doithoai/doc/form"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/docfile"
)

// programmePage shows a dialogue's programme with the hour of each step, and for the office the form of its steps.
type programmePage struct {
	*web.Reader
	Dialogue doithoai.Dialogue
	Last     *store.DialogueResults // of the dialogue before it, where one was held
	Promises int                    // of earlier dialogues that are to be reported on, where no step does
	Form     programmeForm
	Saved    calendar.Instant // of the draft that the form was filled from; zero: it was filled from none
	Problems web.Problems
	Refusal  string
	Done     bool
}

// programmeForm are the steps as they were typed; the i-th of each list is the i-th step's.
type programmeForm struct {
	Version    int      `form:"tu-ban"` // of the dialogue that was begun with: a draft keeps it
	Places     []string `form:"thu-tu"`
	Titles     []string `form:"ten-buoc"`
	Minutes    []string `form:"phut"`
	Presenters []string `form:"nguoi"`
}

// typedStep is one row of the form.
type typedStep struct{ Place, Title, Minutes, Presenter string }

// blankSteps is how many empty rows the form ends with.
const blankSteps = 3

func (f programmeForm) rows() (rows []typedStep) {
	at := func(list []string, i int) string {
		if i < len(list) {
			return list[i]
		}
		return ""
	}
	for i := range min(len(f.Titles), 2*doithoai.MaxSteps) {
		rows = append(rows, typedStep{at(f.Places, i), at(f.Titles, i), at(f.Minutes, i), at(f.Presenters, i)})
	}
	return rows
}

// steps are the steps in the order that was typed: a row without a title is left out, one without a place stands
// behind those before it. Minutes that are no number become -1, which the rule refuses.
func (f programmeForm) steps() (steps []doithoai.ProgrammeStep) {
	type placed struct {
		place float64
		step  doithoai.ProgrammeStep
	}
	var list []placed
	last := 0.0
	for _, row := range f.rows() {
		place, err := strconv.ParseFloat(row.Place, 64)
		if err != nil || place < 0 || place > 1e6 {
			place = last + 0.001
		}
		last = place
		if row.Title == "" && row.Minutes == "" && row.Presenter == "" {
			continue
		}
		s := doithoai.ProgrammeStep{Title: row.Title, Presenter: row.Presenter}
		if row.Minutes != "" {
			if s.Minutes, err = strconv.Atoi(row.Minutes); err != nil {
				s.Minutes = -1
			}
		}
		if s.Title == "" && s.Minutes == 0 && s.Presenter == "" {
			continue
		}
		list = append(list, placed{place, s})
	}
	slices.SortStableFunc(list, func(a, b placed) int {
		switch {
		case a.place < b.place:
			return -1
		case a.place > b.place:
			return 1
		}
		return 0
	})
	for _, p := range list {
		steps = append(steps, p.step)
	}
	return steps
}

// formOfSteps is the form of a programme as it stands.
func formOfSteps(d doithoai.Dialogue) programmeForm {
	f := programmeForm{Version: d.Version}
	add := func(place, title, minutes, presenter string) {
		f.Places, f.Titles = append(f.Places, place), append(f.Titles, title)
		f.Minutes, f.Presenters = append(f.Minutes, minutes), append(f.Presenters, presenter)
	}
	for i, s := range d.Programme {
		minutes := ""
		if s.Minutes > 0 {
			minutes = strconv.Itoa(s.Minutes)
		}
		add(strconv.Itoa(i+1), s.Title, minutes, s.Presenter)
	}
	for range blankSteps {
		add("", "", "", "")
	}
	return f
}

func (s *site) loadProgramme(r *web.Request) (p programmePage, err error) {
	p.Reader = r.Reader
	if p.Dialogue, err = s.db.Dialogue(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id"))); err != nil {
		return p, err
	}
	last, err := s.db.LastResults(r.Context(), r.Actor(), p.Dialogue.StartsAt)
	switch doithoai.KindOf(err) {
	case 0:
		if err != nil {
			return p, err
		}
		p.Last = &last
	case doithoai.NotFound:
	default:
		return p, err
	}
	p.Form = formOfSteps(p.Dialogue)
	if p.Promises, err = s.toReport(r, p.Dialogue); err != nil {
		return p, err
	}
	return p, nil
}

// promisesStep is the value of the address that asks for the step in which promises are reported on, addedStep its
// field.
const (
	addedStep    = "them"
	promisesStep = "cam-ket"
)

// toReport is how many promises of earlier dialogues the programme of one is to have a step for: 0 where it has one.
func (s *site) toReport(r *web.Request, d doithoai.Dialogue) (int, error) {
	if slices.ContainsFunc(d.Programme, doithoai.ProgrammeStep.ReadsPromises) {
		return 0, nil
	}
	all, err := s.db.PromisesToRead(r.Context(), r.Actor(), d.ID)
	return len(all), err
}

// proposeStep puts the step in which promises are reported on into the form: behind the one on the house rules, which
// comes before anybody is heard, else behind the first. The office moves it, changes it or takes it out.
func (p *programmePage) proposeStep() {
	place := min(1, len(p.Dialogue.Programme))
	for i, step := range p.Dialogue.Programme {
		if strings.Contains(text.Fold(step.Title), "noi quy") {
			place = i + 1
		}
	}
	presenter := ""
	if len(p.Dialogue.Programme) > 0 {
		presenter = p.Dialogue.Programme[max(place-1, 0)].Presenter
	}
	i := len(p.Form.Titles) - blankSteps
	if i < 0 || p.Form.Titles[i] != "" { // the form was begun otherwise: a row more
		i = len(p.Form.Titles)
		for _, list := range []*[]string{&p.Form.Places, &p.Form.Titles, &p.Form.Minutes, &p.Form.Presenters} {
			for len(*list) <= i {
				*list = append(*list, "")
			}
		}
	}
	p.Form.Places[i], p.Form.Titles[i] = strconv.Itoa(place)+".5", vietnamese.T("promise.read.step")
	p.Form.Minutes[i], p.Form.Presenters[i] = strconv.Itoa(reportMinutes), presenter
}

// reportMinutes is how long a report on promises takes: about as long as that on the opinions of the dialogue before.
const reportMinutes = 10

func (s *site) programme(r *web.Request) error {
	p, err := s.loadProgramme(r)
	if err != nil {
		return err
	}
	p.Done = r.URL.Query().Has("xong")
	if p.may() {
		draft, err := s.db.Draft(r.Context(), r.Actor(), store.DraftProgramme, string(p.Dialogue.ID))
		if err != nil {
			return err
		}
		p.takeDraft(draft)
		if p.Promises > 0 && r.URL.Query().Get(addedStep) == promisesStep {
			p.proposeStep()
		}
	}
	return r.Page(http.StatusOK, p.view())
}

// programmeAt is where the programme is a page and a file.
const programmeAt = "/chuong-trinh"

// programmeFile answers GET …/chuong-trinh.docx and .pdf.
func (s *site) programmeFile(r *web.Request) error {
	p, err := s.ofDialogue(r)
	if err != nil {
		return err
	}
	if len(p.Dialogue.Programme) == 0 {
		return r.Redirect(p.path(programmeAt))
	}
	head, err := s.head(r, p.Dialogue)
	if err != nil {
		return err
	}
	return docfile.Send(r, s.db, "chuong-trinh-"+p.Dialogue.Slug, docform.Programme(head, p.Dialogue))
}

// takeDraft fills the form from a draft, with the version that it was begun with.
func (p *programmePage) takeDraft(d store.Draft) {
	if d.SavedAt.IsZero() {
		return
	}
	p.Saved = d.SavedAt
	p.Form = programmeForm{
		Places: d.Fields["thu-tu"], Titles: d.Fields["ten-buoc"], Minutes: d.Fields["phut"], Presenters: d.Fields["nguoi"],
	}
	p.Form.Version, _ = strconv.Atoi(first(d.Fields["tu-ban"])) // what is no version is none's
}

// draft is what the form says of its draft.
func (p programmePage) draft() web.Draft {
	return web.Draft{
		Reader: p.Reader, Form: store.DraftProgramme, Subject: string(p.Dialogue.ID), SavedAt: p.Saved,
		Back: dialoguePath(p.Dialogue.ID, programmeAt),
	}
}

func (s *site) setProgramme(r *web.Request) error {
	p, err := s.loadProgramme(r)
	if err != nil {
		return err
	}
	p.Form = programmeForm{}
	if err := r.Form(&p.Form); err != nil {
		return err
	}
	_, err = s.db.SetProgramme(r.Context(), r.Actor(), p.Dialogue.ID, p.Form.Version, p.Form.steps())
	if err == nil {
		return r.Redirect(dialoguePath(p.Dialogue.ID, programmeAt) + "?xong=1")
	}
	if !web.Mendable(err) {
		return err
	}
	p.Form.Version = p.Dialogue.Version
	p.Problems = r.Problems(err)
	if !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, err)
	}
	return r.Page(web.StatusOf(err), p.view())
}

func (p programmePage) may() bool {
	return mayDo(p.Reader, doithoai.ActSetProgramme) && p.Dialogue.May(doithoai.ActSetProgramme)
}

// mayDo reports whether the officer may do an act of the authority.
func mayDo(r *web.Reader, act doithoai.Act) bool {
	return doithoai.Can(r.Actor(), act, doithoai.Subject{AuthorityID: r.Authority.ID}) == nil
}

// sum says how long the programme takes and when it ends, beside the hour that the dialogue was given.
func (p programmePage) sum() (words string, over bool) {
	d := p.Dialogue
	minutes := 0
	for _, s := range d.Programme {
		minutes += s.Minutes
	}
	words = p.T("planning.programme.sum", "count", minutes, "end", p.Time(d.ProgrammeEnd()))
	switch n := d.Over(); {
	case d.EndsAt.IsZero():
		words += " " + p.T("planning.programme.no_end")
	case n > 0:
		return words + " " + p.T("planning.programme.over", "count", n, "end", p.Time(d.EndsAt)), true
	case n < 0:
		words += " " + p.T("planning.programme.under", "count", -n, "end", p.Time(d.EndsAt))
	default:
		words += " " + p.T("planning.programme.fits", "end", p.Time(d.EndsAt))
	}
	return words, false
}
