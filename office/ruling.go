package office

import (
	"slices"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
)

// rulingForm is the ruling as it was typed.
type rulingForm struct {
	Version    int    `form:"phien-ban"`
	Code       string `form:"huong" line:"true"`
	Unit       string `form:"don-vi" line:"true"`
	Due        string `form:"han" line:"true"`
	Text       string `form:"tra-loi"`
	AnsweredBy string `form:"nguoi-tra-loi" line:"true"`
	Agreement  string `form:"dong-y" line:"true"`
	OutOfScope bool   `form:"ngoai-pham-vi"`
	HandedOver bool   `form:"da-chuyen"`
}

// ruling is what the form says, as far as the chosen ruling asks for it: what a hidden field still holds from another choice
// is not taken. An empty due date is the one that the ruling's parameter proposes; one that is no date
// stays empty, and the rule asks for it.
func (f rulingForm) ruling(rules store.Rules, today doithoai.Date) doithoai.Ruling {
	r := doithoai.Ruling{Code: doithoai.RulingCode(f.Code), OutOfScope: f.OutOfScope, HandedOver: f.HandedOver}
	rule, _ := doithoai.RuleOf(r.Code)
	if rule.OpensPetition {
		r.LeadUnitID = doithoai.ID(f.Unit)
		if d, ok := rules.Propose(rule, today); ok && f.Due == "" {
			r.Due = d.Due
		} else if d, err := doithoai.ParseDateVN(f.Due); err == nil {
			r.Due = d
		}
	}
	if !rule.OpensPetition && r.Code != doithoai.RulingDenunciation {
		r.Text, r.AnsweredBy = f.Text, f.AnsweredBy
	}
	if rule.ByWhom {
		r.Agreement = doithoai.AgreementNotAsked
		if a := doithoai.Agreement(f.Agreement); slices.Contains(doithoai.Agreements, a) {
			r.Agreement = a
		}
	}
	return r
}

// storedRuling is the form of the ruling that stands.
func (p opinionPage) storedRuling() rulingForm {
	f := rulingForm{Code: string(p.Opinion.Ruling), OutOfScope: p.Opinion.OutOfScope, Text: p.RulingText, AnsweredBy: p.AnsweredBy, Agreement: string(doithoai.AgreementNotAsked)}
	if p.Petition != nil {
		f.Unit, f.Due = string(p.Petition.LeadUnitID), p.Date(p.Petition.Due)
	}
	return f
}

// conduct reports whether the opinion is about how officials serve: then the office leads.
func (p opinionPage) conduct() bool {
	for _, f := range p.outlook.rules.Fields {
		if f.Code == p.Opinion.FieldCode {
			return f.Conduct
		}
	}
	return false
}

// ruleOpinion records the ruling. A denunciation leaves this program for good, so that whoever says it is one confirms
// that it was handed over.
func (s *site) ruleOpinion(r *web.Request) error {
	var f rulingForm
	if err := r.Form(&f); err != nil {
		return err
	}
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	if err != nil {
		return err
	}
	ruling := f.ruling(rules, r.Today())
	id, err := s.lookup(r)
	if err != nil {
		return err
	}
	if _, err := s.db.RuleOpinion(r.Context(), r.Actor(), id, f.Version, ruling); err != nil {
		return s.giveBack(r, id, forms{Ruling: f, typed: formRuling}, err)
	}
	if ruling.Code == doithoai.RulingDenunciation {
		return r.Redirect("/noi-bo/y-kien?to-cao")
	}
	return r.Redirect(opinionPath(numberOf(r)) + "?xong=huong-xu-ly")
}
