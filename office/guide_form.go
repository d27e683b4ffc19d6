package office

import (
	"cmp"
	"net/http"
	"slices"

	"doithoai"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
)

// guideForm is a page as it was typed. Key is the id that a new one gets; From the number of its opinion.
type guideForm struct {
	Version   int    `form:"phien-ban"`
	Key       string `form:"khoa" line:"true"`
	From      string `form:"y-kien" line:"true"`
	Title     string `form:"cau-hoi" line:"true"`
	Field     string `form:"linh-vuc" line:"true"`
	Procedure string `form:"thu-tuc" line:"true"`
	Code      string `form:"ma-thu-tuc" line:"true"`
	Body      string `form:"noi-dung"`
	Basis     string `form:"can-cu"`
	Unit      string `form:"don-vi" line:"true"`
}

func (f guideForm) text() doithoai.GuideText {
	return doithoai.GuideText{
		Title: f.Title, FieldCode: f.Field, Procedure: f.Procedure, ProcedureCode: f.Code, Body: f.Body, Basis: f.Basis,
		UnitID: doithoai.ID(f.Unit),
	}
}

func storedGuide(g doithoai.Guide) guideForm {
	return guideForm{
		Version: g.Version, Key: string(g.ID), Title: g.Title, Field: g.FieldCode, Procedure: g.Procedure,
		Code: g.ProcedureCode, Body: g.Body, Basis: g.Basis, Unit: string(g.UnitID),
	}
}

// guideFormPage is the form of a page: of a new one where File has no number.
type guideFormPage struct {
	*web.Reader
	File     store.GuideFile
	From     doithoai.RegisterNumber // of the opinion that a new one is made from
	Form     guideForm
	Fields   []doithoai.Field
	Units    []doithoai.Unit
	Problems web.Problems
	Refusal  string
}

// loadGuideForm reads what forms of pages offer.
func (s *site) loadGuideForm(r *web.Request) (p guideFormPage, err error) {
	p.Reader = r.Reader
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	if err != nil {
		return p, err
	}
	p.Fields = slices.DeleteFunc(rules.Fields, func(f doithoai.Field) bool { return f.Conduct })
	p.Units, err = s.db.Units(r.Context(), r.Authority.ID)
	p.Units = slices.DeleteFunc(p.Units, func(u doithoai.Unit) bool {
		return doithoai.Can(r.Actor(), doithoai.ActDraftGuide, doithoai.Subject{
			AuthorityID: r.Authority.ID, LeadUnitID: u.ID,
		}) != nil
	})
	return p, err
}

// newGuide answers GET /noi-bo/huong-dan/moi: an empty form, or one that begins with the public words of the answer to
// an opinion (y-kien).
func (s *site) newGuide(r *web.Request) error {
	p, err := s.loadGuideForm(r)
	if err != nil {
		return err
	}
	p.Form.Key = string(store.NewID())
	if len(p.Units) == 1 {
		p.Form.Unit = string(p.Units[0].ID)
	}
	if typed := r.URL.Query().Get("y-kien"); typed != "" {
		number, _ := text.RegisterNumber(typed)
		id, err := s.db.OpinionIDByNumber(r.Context(), r.Actor(), doithoai.RegisterNumber(number))
		if err != nil {
			return err
		}
		o, err := s.db.OpinionFile(r.Context(), r.Actor(), id)
		if err != nil {
			return err
		}
		if o.Publish == nil || o.Publish.State != doithoai.PublicationPublished || o.Subject.Conduct || o.Correction.Open() {
			return doithoai.Refuse(doithoai.Conflict, "guide.problem.not_public")
		}
		p.From, p.Form.From = o.Opinion.Number, string(o.Opinion.Number)
		p.Form.Title, p.Form.Body, p.Form.Basis = o.Publish.Title, o.Publish.Answer, o.Answer.Basis
		p.Form.Field = o.Opinion.FieldCode
		if o.Petition != nil && p.offers(o.Petition.LeadUnitID) {
			p.Form.Unit = string(o.Petition.LeadUnitID)
		}
	}
	return r.Page(http.StatusOK, p.view())
}

// offers reports whether the form offers a unit.
func (p guideFormPage) offers(unit doithoai.ID) bool {
	return slices.ContainsFunc(p.Units, func(u doithoai.Unit) bool { return u.ID == unit })
}

// makeGuide keeps a new page as a draft.
func (s *site) makeGuide(r *web.Request) error {
	var f guideForm
	if err := r.Form(&f); err != nil {
		return err
	}
	var opinion doithoai.ID
	var err error
	number, _ := text.RegisterNumber(f.From)
	if f.From != "" {
		if opinion, err = s.db.OpinionIDByNumber(r.Context(), r.Actor(), doithoai.RegisterNumber(number)); err != nil {
			return err
		}
	}
	id := cmp.Or(doithoai.ID(f.Key), store.NewID())
	g, refusal := s.db.DraftGuide(r.Context(), r.Actor(), id, 0, opinion, f.text())
	if refusal == nil {
		return r.Redirect(guideDone(g.Number, doithoai.ActDraftGuide))
	}
	if !web.Mendable(refusal) {
		return refusal
	}
	p, err := s.loadGuideForm(r)
	if err != nil {
		return err
	}
	p.From = doithoai.RegisterNumber(number)
	return p.back(r, f, refusal)
}

// back shows the form as it was typed, with why it came back.
func (p guideFormPage) back(r *web.Request, f guideForm, refusal error) error {
	f.Version = p.File.Version // the page shows how it stands now
	p.Form = f
	if p.Problems = r.Problems(refusal); !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, refusal)
	}
	return r.Page(web.StatusOf(refusal), p.view())
}

// editGuide answers GET /noi-bo/huong-dan/{guide}/sua: the form of the text as it stands.
func (s *site) editGuide(r *web.Request) error {
	p, err := s.loadGuideForm(r)
	if err != nil {
		return err
	}
	if p.File, err = s.db.Guide(r.Context(), r.Actor(), wholeNumber(r.PathValue("guide"))); err != nil {
		return err
	}
	if err := doithoai.Can(r.Actor(), p.act(), p.File.Subject()); err != nil {
		return err
	}
	if !p.File.CanMove(p.act()) {
		return r.Redirect(web.GuidePath(p.File.Number))
	}
	p.Form = storedGuide(p.File.Guide)
	return r.Page(http.StatusOK, p.view())
}

// act is what the form does: a page that is public is revised.
func (p guideFormPage) act() doithoai.Act {
	if p.File.State == doithoai.GuidePublished {
		return doithoai.ActReviseGuide
	}
	return doithoai.ActDraftGuide
}

// writeGuide keeps the text of a draft, or revises what is public.
func (s *site) writeGuide(r *web.Request) error {
	var f guideForm
	if err := r.Form(&f); err != nil {
		return err
	}
	p, err := s.loadGuideForm(r)
	if err != nil {
		return err
	}
	if p.File, err = s.db.Guide(r.Context(), r.Actor(), wholeNumber(r.PathValue("guide"))); err != nil {
		return err
	}
	var refusal error
	if p.act() == doithoai.ActReviseGuide {
		refusal = s.db.ReviseGuide(r.Context(), r.Actor(), p.File.ID, f.Version, f.text())
	} else {
		_, refusal = s.db.DraftGuide(r.Context(), r.Actor(), p.File.ID, max(f.Version, 1), "", f.text())
	}
	switch {
	case refusal == nil:
		return r.Redirect(guideDone(p.File.Number, p.act()))
	case !web.Mendable(refusal):
		return refusal
	}
	return p.back(r, f, refusal)
}
