package planning

import (
	"net/http"
	"strconv"

	"doithoai"
	"doithoai/doc"
	docform "doithoai/doc/form"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/docfile"
	"doithoai/web/ui"
)

// word takes the text out to Word as its form holds it, and back.
func (p textPage) word() docfile.Back {
	at := textPath(p.Dialogue.ID, p.Kind)
	return docfile.Back{
		Reader: p.Reader, Problems: p.Problems, At: at, File: at + docfile.BackAt + docfile.Word, Version: p.Kept.Version,
	}
}

// loadDraft loads a text as the officer is writing it.
func (s *site) loadDraft(r *web.Request) (p textPage, err error) {
	kind, err := textKind(r)
	if err != nil {
		return p, err
	}
	if p, err = s.loadText(r, kind); err != nil {
		return p, err
	}
	if !p.may() {
		return p, doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	err = s.takeDraft(r, &p)
	return p, err
}

// drafted is the paper of the text as it is being written. A draft has no number.
func (p textPage) drafted() doc.Doc {
	p.Kept = plan.Text{}
	return p.paperOf(p.Form.Body)
}

// textForWord answers GET …/ban-word.docx: the text as it is being written.
func (s *site) textForWord(r *web.Request) error {
	p, err := s.loadDraft(r)
	if err != nil {
		return err
	}
	return docfile.Send(r, s.db, r.PathValue("text")+"-"+p.Dialogue.Slug, p.drafted())
}

// readWordText reads a Word file that began as the paper of the text, and shows what was changed in it. Nothing is kept
// until the officer says so.
func (s *site) readWordText(r *web.Request) error {
	p, err := s.loadDraft(r)
	if err != nil {
		return err
	}
	paper := p.drafted()
	passages, err := docfile.Passages(r, s.db, paper)
	if err != nil {
		return err
	}
	var f struct {
		Version int `form:"phien-ban"`
	}
	theirs, err := docfile.Lines(r, &f, passages, p.Dialogue.Title, paper.Type)
	if err == nil && f.Version != p.Kept.Version {
		err = doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	if err != nil {
		return s.backToText(r, p, err)
	}
	body, taken, left := docform.BodyBack(p.Form.Body, passages, theirs)
	at := textPath(p.Dialogue.ID, p.Kind)
	return docfile.Edited{
		Reader: p.Reader, Title: p.T("web.word.differs", "name", p.title()), Section: web.DialoguesPath,
		Back:  ui.BackLink{Text: p.title(), Href: at + "#viet"},
		Taken: taken, Left: left, Named: func(string) string { return p.T("planning.text.body") },
		Action: web.DraftPath,
		Fields: map[string][]string{
			"tu-ban": {strconv.Itoa(p.Form.Version)}, "noi-dung": {body}, "so": {p.Form.Number}, "ngay": {p.Form.Dated},
			"nhap": {store.DraftText + ":" + store.TextSubject(p.Dialogue.ID, p.Kind)}, "ve": {at},
		},
	}.Show(r, http.StatusOK)
}
