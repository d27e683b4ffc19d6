package office

import (
	"net/http"
	"slices"
	"strings"

	"doithoai"
	"doithoai/doc"
	docform "doithoai/doc/form"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/docfile"
	"doithoai/web/ui"
)

// readWord reads a Word file that began as the letter of the draft, and shows what was changed in it. Nothing is kept
// until the officer says so.
func (s *site) readWord(r *web.Request) error {
	id, err := s.lookup(r)
	if err != nil {
		return err
	}
	p, err := s.load(r, id, forms{})
	if err != nil {
		return err
	}
	if err := doithoai.Can(r.Actor(), doithoai.ActSubmitAnswer, p.Subject); err != nil {
		return err
	}
	letter, reply, err := s.letterOf(r, &p)
	if err != nil {
		return err
	}
	passages, err := docfile.Passages(r, s.db, letter)
	if err != nil {
		return err
	}
	var f struct {
		Version int `form:"phien-ban"`
	}
	theirs, err := docfile.Lines(r, &f, passages, string(p.Opinion.Number))
	if !p.drafting() || p.Petition.Version != f.Version {
		err = doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	if err != nil {
		return s.giveBack(r, id, forms{}, err)
	}
	edited, taken, left := reply.ReadBack(passages, theirs)
	form := p.Forms.Answer
	form.Body, form.Basis = edited.Answer, edited.Bases
	form.PromisedForm = p.promised(edited.Tasks)
	fields := form.fields()
	fields["nhap"], fields["ve"] = []string{store.DraftAnswer + ":" + string(p.Opinion.ID)}, []string{p.path(partAnswer)}
	return docfile.Edited{
		Reader: p.Reader, Title: p.T("web.word.differs", "name", string(p.Opinion.Number)), Section: web.RegisterPath,
		Back:  ui.BackLink{Text: string(p.Opinion.Number), Href: p.path(partAnswer)},
		Taken: taken, Left: slices.DeleteFunc(left, onlyNamed),
		Named:  func(field string) string { return p.T(fieldNames[field]) },
		Action: web.DraftPath, Fields: fields,
	}.Show(r, http.StatusOK)
}

// wordPart takes the draft out to Word and back.
func (p opinionPage) wordPart() docfile.Back {
	return docfile.Back{
		Reader: p.Reader, Problems: p.Problems, At: p.path(""), File: p.path(web.ReplyFile + docfile.Word),
		Version: p.Petition.Version,
	}
}

// fieldNames are the keys of what the fields of the letter are called.
var fieldNames = map[string]string{
	docform.FieldAnswer: "opinion.answer.body", docform.FieldBases: "opinion.answer.basis",
	docform.FieldTasks: "promise.promised", docform.FieldQuestion: "opinion.content",
	docform.FieldVerified: "opinion.word.verified",
}

// onlyNamed reports whether a file merely has the name where the letter left room for it.
func onlyNamed(c doc.Change) bool {
	before, behind, found := strings.Cut(strings.Join(c.Was, " "), blank)
	now := strings.Join(c.Now, " ")
	return found && strings.HasPrefix(now, before) && strings.HasSuffix(now, behind)
}

// promised are the lines of the form for tasks as a file names them. A unit that is none of the commune's is asked for.
func (p opinionPage) promised(tasks []docform.ReplyTask) (f web.PromisedForm) {
	for _, t := range tasks {
		unit, due := doithoai.ID(""), ""
		for _, u := range p.Units {
			if name := text.Fold(t.Unit); name == text.Fold(u.Name) || name == text.Fold(u.ShortName()) {
				unit = u.ID
			}
		}
		if !t.Due.IsZero() {
			due = p.Date(t.Due)
		}
		f.Units, f.Whats, f.Dues = append(f.Units, string(unit)), append(f.Whats, t.What), append(f.Dues, due)
	}
	return f
}
