package office

import (
	"cmp"

	"doithoai"
	"doithoai/web"
)

// rulingForm is the ruling as it was typed.
type rulingForm struct {
	Version    int      `form:"phien-ban"`
	Code       string   `form:"huong" line:"true"`
	Unit       string   `form:"don-vi" line:"true"`
	CoUnits    []string `form:"phoi-hop"`
	Due        string   `form:"han" line:"true" day:"true"`
	DueReason  string   `form:"han-ly-do"`
	Text       string   `form:"tra-loi"`
	AnsweredBy string   `form:"nguoi-tra-loi" line:"true"`
	Body       string   `form:"co-quan-giai-quyet" line:"true"`
	Agreement  string   `form:"dong-y" line:"true"`
	Headline   string   `form:"ten-goi" line:"true"`
	Field      string   `form:"linh-vuc" line:"true"`
	OutOfScope bool     `form:"ngoai-pham-vi"`
	HandedOver bool     `form:"da-chuyen"`
	Kind       string   `form:"loai" line:"true"`
	Content    string   `form:"noi-dung-nd20" line:"true"`
	Place      string   `form:"noi-xay-ra" line:"true"`
	Elsewhere  string   `form:"noi-khac" line:"true"`
	Ground     string   `form:"ly-do-khong-nhan" line:"true"`
	Basis      string   `form:"can-cu-khong-nhan" line:"true"`
	By         string   `form:"nguoi-quyet-dinh" line:"true"`
	Guidance   string   `form:"huong-dan" line:"true"`
	Guided     string   `form:"huong-dan-ngay" line:"true" day:"true"`
}

// ruling is what the form says. Where no due date was typed, the rule has one; what is none stays empty, and the rule
// asks for it.
func (f rulingForm) ruling() doithoai.Ruling {
	lead := doithoai.ID(f.Unit)
	if f.Unit == web.ByChair {
		lead = ""
	}
	var co []doithoai.ID
	for _, id := range f.CoUnits {
		co = append(co, doithoai.ID(id))
	}
	return doithoai.Ruling{
		Code: doithoai.RulingCode(f.Code), LeadUnitID: lead, CoUnits: co, ByChair: f.Unit == web.ByChair,
		Due: web.TypedDate(f.Due), Proposed: f.Due == "", Reason: f.DueReason,
		Text: f.Text, AnsweredBy: f.AnsweredBy, Agreement: doithoai.Agreement(f.Agreement),
		Body:     doithoai.OutsideBody{Name: f.Body},
		Guidance: doithoai.Guidance{Kind: doithoai.GuidanceKind(f.Guidance), On: web.TypedDate(f.Guided)},
		Refusal: doithoai.Refusal{
			Ground: doithoai.RefusalGround(f.Ground), Basis: f.Basis, By: doithoai.ID(f.By),
		},
		Headline: f.Headline, FieldCode: f.Field, OutOfScope: f.OutOfScope, HandedOver: f.HandedOver,
	}
}

// storedRuling is the form of the ruling that stands.
func (p opinionPage) storedRuling() rulingForm {
	f := rulingForm{
		Code: string(p.Opinion.Ruling), Headline: p.Opinion.Headline, Field: p.Opinion.FieldCode,
		OutOfScope: p.Opinion.OutOfScope, Text: p.RulingText, AnsweredBy: p.AnsweredBy,
		Agreement: string(doithoai.AgreementNotAsked), Body: p.Redirect.Name,
	}
	refused, _ := p.Refused()
	f.Ground, f.Basis, f.By = string(refused.Ground), refused.Basis, string(refused.By)
	guided := p.Guided()
	f.Guidance, f.Guided = string(guided.Kind), p.Date(cmp.Or(guided.On, p.Today()))
	if w := p.NotTaken; w != nil { // the chair decides on it
		f.Code, f.Ground, f.Basis, f.Text = string(doithoai.RulingNotAccepted), string(w.Ground), w.Basis, w.Words
	}
	class := p.storedClass()
	f.Kind, f.Content, f.Place, f.Elsewhere = class.Kind, class.Content, class.Place, class.Elsewhere
	for _, u := range p.CoUnits {
		f.CoUnits = append(f.CoUnits, string(u.ID))
	}
	if p.Petition != nil {
		f.Unit, f.Due = string(p.Petition.LeadUnitID), p.Date(p.Petition.Due)
		if f.Unit == "" {
			f.Unit = web.ByChair
		}
	}
	if rule, _ := doithoai.RuleOf(p.Opinion.Ruling); rule.ByAsker { // what was said then is no answer
		f.Code, f.Text = "", ""
	}
	return f
}

// conduct reports whether the opinion is about how officials serve: then the office leads, or the chair.
func (p opinionPage) conduct() bool { return p.Subject.Conduct }

// ruleOpinion records the ruling. A denunciation leaves this program for good, so that whoever says it is one confirms
// that it was handed over.
func (s *site) ruleOpinion(r *web.Request, a pageAct) error {
	var f rulingForm
	if err := r.Form(&f); err != nil {
		return err
	}
	ruling, err := s.sentElsewhere(r, f.ruling())
	if err == nil {
		ruling, err = s.guided(r, ruling)
	}
	if err != nil {
		return err
	}
	if r.PostForm.Has(doithoai.FieldContent) { // else the form did not ask what the opinion is
		class := f.class().classification()
		ruling.Class = &class
	}
	id, err := s.lookup(r)
	if err != nil {
		return err
	}
	if asks, err := s.proposes(r, id, ruling.Code); err != nil {
		return err
	} else if asks {
		return s.proposeRefusal(r, pageActOf(doithoai.ActProposeRefusal))
	}
	_, err = s.db.RuleOpinion(r.Context(), r.Actor(), id, f.Version, ruling)
	if err != nil && !s.ruledAlready(r, id, ruling, err) {
		return s.giveBack(r, id, forms{Ruling: f, typed: doithoai.ActRuleOpinion}, err)
	}
	if ruling.Code == doithoai.RulingDenunciation {
		return r.Redirect(web.RegisterPath + "?to-cao")
	}
	return s.goOn(r, a)
}

// ruledAlready reports whether a ruling was refused because the same form came before, by the first of two clicks: a
// denunciation has left the reach of who ruled with it.
func (s *site) ruledAlready(r *web.Request, id doithoai.ID, ruling doithoai.Ruling, refusal error) bool {
	switch doithoai.KindOf(refusal) {
	case doithoai.NotFound:
		return ruling.Code == doithoai.RulingDenunciation && ruling.HandedOver
	case doithoai.Conflict:
		file, err := s.db.OpinionFile(r.Context(), r.Actor(), id)
		return err == nil && file.RuledAs(ruling)
	}
	return false
}
