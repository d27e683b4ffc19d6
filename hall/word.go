package hall

import (
	"net/http"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/doc"
	docform "doithoai/doc/form"
	"doithoai/web"
	"doithoai/web/docfile"
	"doithoai/web/ui"
)

// takeWordAt corrects minutes by what a Word file says, below their address.
const takeWordAt = docfile.BackAt + "/lay"

// word takes the conclusion out to Word and back.
func (p *conclusionPage) word() docfile.Back {
	at := pathOf(p.Dialogue) + web.ConclusionPart
	return docfile.Back{
		Reader: p.Reader, Problems: p.Problems, At: at, File: at + docfile.Word, Version: p.Kept.Version,
	}
}

// word takes the minutes out to Word and back.
func (p *minutesPage) word() docfile.Back {
	at := minutesPath(p.Dialogue)
	return docfile.Back{
		Reader: p.Reader, Problems: p.Problems, At: at, File: at + docfile.Word, Version: p.Minutes.Version,
	}
}

// wordOf reads a Word file that began as a paper of a dialogue: the passages of the paper, the lines of the file. It is
// Conflict where what is written has gone on since the version with which the form was shown.
func (s *site) wordOf(
	r *web.Request, paper doc.Doc, d doithoai.Dialogue, version int, may bool,
) (passages []doc.Passage, theirs []string, err error) {
	if passages, err = docfile.Passages(r, s.db, paper); err != nil {
		return nil, nil, err
	}
	var f versionForm
	theirs, err = docfile.Lines(r, &f, passages, d.Title, paper.Type)
	if err == nil && (!may || f.Version != version) {
		err = doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	return passages, theirs, err
}

// readWordConclusion reads a Word file that began as the notice of the conclusion, and shows what was changed in it.
// Nothing is kept until the officer says so.
func (s *site) readWordConclusion(r *web.Request) error {
	p, err := s.loadConclusion(r)
	if err != nil {
		return err
	}
	passages, theirs, err := s.wordOf(r, p.asDocument(), p.Dialogue, p.Kept.Version, p.mayWrite())
	if err != nil {
		return p.refused(r, err)
	}
	at := pathOf(p.Dialogue) + web.ConclusionPart
	e := docfile.Edited{
		Reader: p.Reader, Title: p.T("web.word.differs", "name", p.T("conclusion.title")),
		Back:   ui.BackLink{Text: p.T("conclusion.title"), Href: at},
		Named:  func(string) string { return p.T("conclusion.text") },
		Action: at, Fields: map[string][]string{"tu-ban": {strconv.Itoa(p.Kept.Version)}},
	}
	p.Form.Body, e.Taken, e.Left = docform.BodyBack(p.Form.Body, passages, theirs)
	e.Fields["noi-dung"] = []string{p.Form.Body}
	p.Form.Into(e.Fields)
	return e.Show(r, http.StatusOK)
}

// readWordMinutes reads a Word file that began as the minutes, and shows what was changed in it. Nothing is corrected
// until the officer says why.
func (s *site) readWordMinutes(r *web.Request) error {
	p, err := s.loadMinutes(r)
	if err != nil {
		return err
	}
	passages, theirs, err := s.wordOf(
		r, p.asDocument(), p.Dialogue, p.Minutes.Version, p.mayDo(doithoai.ActCorrectMinutes))
	if err != nil {
		return p.refused(r, err)
	}
	all, left := docform.MinutesBack(p.Shown(), passages, theirs)
	e := p.edited(wordingForm{Version: p.Minutes.Version}.with(all))
	e.Left = left
	return e.Show(r, http.StatusOK)
}

// wordingForm corrects paragraphs of minutes; the i-th of each list is the i-th paragraph's.
type wordingForm struct {
	Version int      `form:"phien-ban"`
	Keys    []string `form:"doan" line:"true"`
	Texts   []string `form:"noi-dung"`
	Reason  string   `form:"ly-do" line:"true"`
}

func (f wordingForm) with(all []doithoai.MinutesWording) wordingForm {
	for _, w := range all {
		f.Keys, f.Texts = append(f.Keys, w.Key), append(f.Texts, w.Text)
	}
	return f
}

func (f wordingForm) wordings() (all []doithoai.MinutesWording) {
	for i := range min(len(f.Keys), len(f.Texts)) {
		all = append(all, doithoai.MinutesWording{Key: f.Keys[i], Text: f.Texts[i]})
	}
	return all
}

// edited is what a Word file says otherwise than the minutes, with the form that corrects them.
func (p *minutesPage) edited(f wordingForm) docfile.Edited {
	at := minutesPath(p.Dialogue)
	e := docfile.Edited{
		Reader: p.Reader, Title: p.T("web.word.differs", "name", p.T("minutes.title")),
		Back:   ui.BackLink{Text: p.T("minutes.title"), Href: at},
		Named:  func(string) string { return p.T("minutes.paragraph") },
		Action: at + takeWordAt, Fields: map[string][]string{
			"phien-ban": {strconv.Itoa(f.Version)}, "doan": f.Keys, "noi-dung": f.Texts,
		},
		Reason: func(problems web.Problems) ui.Input {
			return ui.Input{
				Field: web.Field(p.Reader, problems, "ly-do", p.T("minutes.fix_reason"), p.T("minutes.fix_reason_hint")),
				Value: f.Reason, Autocomplete: "off",
			}
		},
	}
	for _, w := range f.wordings() {
		c := doc.Change{Field: w.Key, Now: strings.Split(w.Text, "\n")}
		if par, ok := p.paragraph(w.Key); ok {
			c.Was = strings.Split(par.Text, "\n")
		}
		e.Taken = append(e.Taken, c)
	}
	return e
}

// takeWordMinutes corrects minutes by what a Word file says.
func (s *site) takeWordMinutes(r *web.Request) error {
	p, err := s.loadMinutes(r)
	if err != nil {
		return err
	}
	var f wordingForm
	if err := r.Form(&f); err != nil {
		return err
	}
	_, err = s.db.CorrectMinutes(r.Context(), r.Actor(), p.Dialogue.ID, f.Version, f.Reason, f.wordings()...)
	if err == nil {
		return r.Redirect(minutesPath(p.Dialogue) + "?xong=" + string(doithoai.ActCorrectMinutes))
	}
	if e := p.edited(f); len(doithoai.ProblemsOf(err)) > 0 {
		e.Problems = r.Problems(err)
		return e.Show(r, web.StatusOf(err))
	}
	return p.refused(r, err)
}
