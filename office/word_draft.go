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

// wordDraft is a draft of an answer, or of what takes the place of one, that goes out to Word and comes back.
type wordDraft struct {
	act     doithoai.Act
	form    string // of drafts: store.DraftAnswer, …
	at      string // the address of its form, below the opinion's page
	file    string // its Word file, below the opinion's page and without ending
	part    string // of the page
	open    func(opinionPage) bool
	version func(opinionPage) int
	letter  func(opinionPage) lettered
	// fields are those of the draft that takes another answer.
	fields func(opinionPage, docform.Reply) map[string][]string
}

var (
	answerInWord = wordDraft{
		act: doithoai.ActSubmitAnswer, form: store.DraftAnswer, file: web.ReplyFile, part: partAnswer,
		open:    opinionPage.drafting,
		version: func(p opinionPage) int { return p.Petition.Version },
		letter:  opinionPage.lettered,
		fields: func(p opinionPage, r docform.Reply) map[string][]string {
			f := p.Forms.Answer
			f.Body, f.Basis, f.PromisedForm = r.Answer, r.Bases, p.promised(r.Tasks)
			return f.fields()
		},
	}
	correctionInWord = wordDraft{
		act: doithoai.ActProposeCorrection, form: store.DraftCorrection, at: "/thay-the", file: "/thu-thay-the",
		part: partCorrection, open: opinionPage.replacing, version: opinionPage.correctionVersion,
		letter: opinionPage.correctionLettered,
		fields: func(p opinionPage, r docform.Reply) map[string][]string {
			f := p.Forms.Correction
			f.Body, f.Basis, f.PromisedForm = r.Answer, r.Bases, p.promised(r.Tasks)
			return f.fields()
		},
	}
)

// wordRoutes are those of the drafts that come back from Word.
func (s *site) wordRoutes() []web.Route {
	const one = web.RegisterPath + "/{number}"
	return []web.Route{
		{Pattern: "POST " + one + answerInWord.at + docfile.BackAt, Act: answerInWord.act, Do: s.readWord(answerInWord)},
		{
			Pattern: "POST " + one + correctionInWord.at + docfile.BackAt, Act: correctionInWord.act,
			Do: s.readWord(correctionInWord),
		},
		{Pattern: "GET " + one + correctionInWord.file + docfile.Word, Act: correctionInWord.act, Do: s.correctionForWord},
	}
}

// correctionForWord answers GET …/thu-thay-the.docx: what is to replace the answer, as it is being written.
func (s *site) correctionForWord(r *web.Request) error {
	id, err := s.lookup(r)
	if err != nil {
		return err
	}
	p, err := s.load(r, id, forms{})
	if err != nil {
		return err
	}
	if err := doithoai.Can(r.Actor(), correctionInWord.act, p.Subject); err != nil {
		return err
	}
	if !p.replacing() {
		return r.Redirect(p.path(""))
	}
	letter, _, err := s.letterOf(r, &p, p.correctionLettered())
	if err != nil {
		return err
	}
	return docfile.Send(r, s.db, "thay-the-"+strings.ToLower(string(p.Opinion.Number)), letter)
}

// correctionLettered is what is to replace the answer, as it is being written.
func (p opinionPage) correctionLettered() lettered {
	f := p.Forms.Correction
	return lettered{Answer: f.answer(), promised: f.Promised(), replaces: &p.Submitted}
}

// readWord reads a Word file that began as the letter of a draft, and shows what was changed in it. Nothing is kept
// until the officer says so.
func (s *site) readWord(d wordDraft) web.Handler {
	return func(r *web.Request) error {
		id, err := s.lookup(r)
		if err != nil {
			return err
		}
		p, err := s.load(r, id, forms{})
		if err != nil {
			return err
		}
		if err := doithoai.Can(r.Actor(), d.act, p.Subject); err != nil {
			return err
		}
		letter, reply, err := s.letterOf(r, &p, d.letter(p))
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
		if err == nil && (!d.open(p) || d.version(p) != f.Version) {
			err = doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		if err != nil {
			return s.giveBack(r, id, forms{}, err)
		}
		edited, taken, left := reply.ReadBack(passages, theirs)
		fields := d.fields(p, edited)
		fields["nhap"], fields["ve"] = []string{d.form + ":" + string(p.Opinion.ID)}, []string{p.path(d.part)}
		return docfile.Edited{
			Reader: p.Reader, Title: p.T("web.word.differs", "name", string(p.Opinion.Number)), Section: web.RegisterPath,
			Back:  ui.BackLink{Text: string(p.Opinion.Number), Href: p.path(d.part)},
			Taken: taken, Left: slices.DeleteFunc(left, onlyNamed),
			Named:  func(field string) string { return p.T(fieldNames[field]) },
			Action: web.DraftPath, Fields: fields,
		}.Show(r, http.StatusOK)
	}
}

// wordPart takes a draft out to Word and back.
func (p opinionPage) wordPart(d wordDraft) docfile.Back {
	return docfile.Back{
		Reader: p.Reader, Problems: p.Problems, At: p.path(d.at), File: p.path(d.file + docfile.Word),
		Version: d.version(p),
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
