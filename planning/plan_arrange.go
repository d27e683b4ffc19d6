package planning

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
)

// arrangePlan moves a section among its neighbours, or removes it.
func (s *site) arrangePlan(r *web.Request) error {
	var f struct {
		Version int    `form:"phien-ban"`
		Key     int    `form:"muc"`
		Do      string `form:"viec" line:"true"`
	}
	if err := r.Form(&f); err != nil {
		return err
	}
	return s.changePlan(r, f.Version, func(p *planPage) (plan.Plan, string, error) {
		if _, ok := p.Plan.Section(f.Key); !ok {
			return p.Plan, "", doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		switch f.Do {
		case "len":
			return p.Plan.Moved(f.Key, -1), sectionPart(f.Key), nil
		case "xuong":
			return p.Plan.Moved(f.Key, 1), sectionPart(f.Key), nil
		case "bo":
			return p.Plan.Without(f.Key), partHead, nil
		}
		return p.Plan, "", doithoai.Refuse(doithoai.Invalid, "web.form.malformed")
	})
}

// rebasePlan adds, replaces or removes a document on which the plan rests.
func (s *site) rebasePlan(r *web.Request) error {
	var f struct {
		Version int    `form:"phien-ban"`
		Do      string `form:"viec" line:"true"`
		Key     string `form:"van-ban" line:"true"`
		Find    string `form:"tim" line:"true"`
	}
	if err := r.Form(&f); err != nil {
		return err
	}
	return s.changePlan(r, f.Version, func(p *planPage) (plan.Plan, string, error) {
		do, n, _ := strings.Cut(f.Do, "-")
		at, _ := strconv.Atoi(n)
		l, known := p.Listed.ByKey(f.Key)
		switch {
		case do == "bo":
			return p.Plan.WithoutBasis(at), partBases, nil
		case do == "thay" && at < len(p.Bases) && p.Bases[at].Warning.Instead.Key != "":
			return p.Plan.Replaced(at, plan.BasisOf(p.Bases[at].Warning.Instead)), partBases, nil
		case do == "them" && known:
			return p.Plan.WithBasis(plan.BasisOf(l)), partBases, nil
		case do == "them":
			found := findBases(p.Listed, f.Find)
			switch len(found) {
			case 1:
				return p.Plan.WithBasis(plan.BasisOf(found[0])), partBases, nil
			case 0:
				return p.Plan, "", doithoai.RefuseForm([]doithoai.Problem{{Field: "tim", Key: "plans.problem.no_basis"}})
			}
			return p.Plan, "", doithoai.RefuseForm([]doithoai.Problem{{
				Field: "tim", Key: "plans.problem.many_bases", Args: []any{"count", len(found)},
			}})
		}
		return p.Plan, "", doithoai.Refuse(doithoai.Invalid, "web.form.malformed")
	})
}

// findBases are the documents of the list whose number or words hold all that was typed.
func findBases(ls doithoai.LegalBases, typed string) (found doithoai.LegalBases) {
	words := strings.Fields(text.Fold(typed))
	if len(words) == 0 {
		return nil
	}
	for _, l := range web.ByTitle(ls) {
		if strings.EqualFold(l.Number, typed) {
			return doithoai.LegalBases{l}
		}
		said := text.Fold(l.Title() + " " + l.Issuer + " " + l.Abstract)
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(said, w) }) {
			found = append(found, l)
		}
	}
	return found
}

// changePlan saves what a button of the page makes of the plan.
func (s *site) changePlan(r *web.Request, version int, change func(*planPage) (plan.Plan, string, error)) error {
	p, err := s.loadPlan(r)
	if err != nil {
		return err
	}
	changed, at, refusal := change(p)
	if refusal == nil {
		var e plan.Edition
		if e, refusal = s.db.SavePlan(r.Context(), r.Actor(), p.PlanID, p.Number, version, changed); refusal == nil {
			to := editionPath(e) + "?"
			if at == partBases { // one goes on with the next
				to += "sua=" + partBases + "&"
			}
			return r.Redirect(to + "xong=" + string(doithoai.ActDraftPlan) + "#" + at)
		}
	}
	if !web.Mendable(refusal) {
		return refusal
	}
	if p.Problems = r.Problems(refusal); p.Problems.Any() && p.writable() {
		p.Editing = p.edit(partBases, nil, store.Draft{})
		p.Editing.Fields.Set("tim", r.PostForm.Get("tim"))
	} else {
		p.Refusal = web.RefusalWords(r.Reader, refusal)
	}
	status := web.StatusOf(refusal)
	if status == http.StatusOK {
		status = http.StatusUnprocessableEntity
	}
	return r.Page(status, p.view())
}
