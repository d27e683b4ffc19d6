package office

import (
	"net/http"
	"slices"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

// concernedForm names the officers whom an opinion on conduct is about.
type concernedForm struct {
	Version  int      `form:"phien-ban"`
	Officers []string `form:"can-bo"`
}

// askForm asks a named officer for an explanation.
type askForm struct {
	Officer  string `form:"nguoi-giai-trinh" line:"true"`
	Question string `form:"cau-hoi-giai-trinh"`
	Due      string `form:"han-giai-trinh" line:"true" day:"true"`
}

// nameConcerned records whom the opinion is about. Who names somebody of their own unit does not see the opinion any
// more: the register says that it was done.
func (s *site) nameConcerned(r *web.Request) error {
	var f concernedForm
	if err := r.Form(&f); err != nil {
		return err
	}
	id, err := s.lookup(r)
	if err != nil {
		return err
	}
	officers := make([]doithoai.ID, len(f.Officers))
	for i, o := range f.Officers {
		officers[i] = doithoai.ID(o)
	}
	if err := s.db.NameConcerned(r.Context(), r.Actor(), id, f.Version, officers); err != nil {
		return s.giveBack(r, id, forms{Concerned: f, typed: doithoai.ActNameConcerned}, err)
	}
	switch _, err := s.db.OpinionFile(r.Context(), r.Actor(), id); doithoai.KindOf(err) {
	case doithoai.NotFound:
		return r.Redirect(web.RegisterPath + "?da-nhuong")
	case 0:
		if err != nil {
			return err
		}
	}
	return r.Redirect(web.OpinionPath(web.NumberOf(r)) + "?xong=can-bo" + partConduct)
}

// askExplanation asks a named officer; what is not a day, the rule refuses.
func (s *site) askExplanation(r *web.Request, id doithoai.ID, f askForm) error {
	return s.db.AskExplanation(r.Context(), r.Actor(), id, doithoai.ID(f.Officer), f.Question, web.TypedDate(f.Due))
}

// asking reports whether the form is shown that asks for an explanation.
func (p opinionPage) asking() bool {
	return p.can(doithoai.ActAskExplanation) && len(p.concerned()) > 0
}

// showsConduct reports whether the part on the officers concerned is shown: where the opinion is on conduct, or nobody
// has said yet what field it is in.
func (p opinionPage) showsConduct() bool {
	return p.conduct() || p.can(doithoai.ActNameConcerned) && p.Opinion.FieldCode == ""
}

// concerned are the officers whom the opinion is about, with their posts.
func (p opinionPage) concerned() []doithoai.Officer {
	var list []doithoai.Officer
	for _, o := range p.Officers {
		if slices.Contains(p.Subject.Concerned, o.ID) {
			list = append(list, o)
		}
	}
	return list
}

func (p opinionPage) concernedChoices() []ui.Choice {
	var list []ui.Choice
	for _, o := range p.Officers {
		if o.Active && o.ID != p.Actor().ID || slices.Contains(p.Subject.Concerned, o.ID) {
			list = append(list, ui.Choice{
				Value: string(o.ID), Text: o.Signature(), Hint: ui.Hint{Text: p.OpinionFile.Units[o.UnitID]},
			})
		}
	}
	return list
}

func (p opinionPage) askOptions() []ui.Option {
	var list []ui.Option
	if concerned := p.concerned(); len(concerned) != 1 {
		list = append(list, ui.Option{Text: p.T("opinion.conduct.choose")})
	}
	for _, o := range p.concerned() {
		list = append(list, ui.Option{Value: string(o.ID), Text: o.Signature()})
	}
	return list
}

// explanationRows are what was asked and said, the newest first.
func (p opinionPage) explanationRows() []ui.SummaryRow {
	var rows []ui.SummaryRow
	for _, e := range slices.Backward(p.Explanations) {
		rows = append(rows, ui.SummaryRow{Key: p.People[e.OfficerID], RichValue: p.explanation(e)})
	}
	return rows
}

func (p opinionPage) nameConcernedFacts(f doithoai.Facts) []string {
	if len(f.Officers) == 0 {
		return []string{p.T("opinion.conduct.nobody")}
	}
	var names []string
	for _, id := range f.Officers {
		names = append(names, p.People[id])
	}
	return []string{strings.Join(names, ", ")}
}

func (p opinionPage) askFacts(f doithoai.Facts) []string {
	return append(p.nameConcernedFacts(f), p.T("opinion.conduct.by", "date", p.DateShort(f.Due)))
}

// leadName is who leads a petition: a unit, or the chair for an opinion on conduct; empty where nobody leads it.
func leadName(r *web.Reader, unit string, p *doithoai.Petition) string {
	if unit == "" && p != nil && p.LeadUnitID == "" && p.State != doithoai.PetitionEnded {
		return r.T("opinion.conduct.by_chair")
	}
	return unit
}

// explainPage is what an officer was asked to explain: the question alone, without the opinion that it comes from.
type explainPage struct {
	*web.Reader
	Explanation doithoai.Explanation
	Calendar    calendar.Calendar
	Form        explainForm
	Saved       calendar.Instant
	Problems    web.Problems
	Refusal     string
}

type explainForm struct {
	Version int    `form:"phien-ban"`
	Answer  string `form:"giai-trinh"`
}

const explanationPath = "/noi-bo/giai-trinh/"

func (s *site) explanation(r *web.Request) error {
	p, err := s.loadExplanation(r)
	if err != nil {
		return err
	}
	d, err := s.db.Draft(r.Context(), r.Actor(), store.DraftExplanation, string(p.Explanation.ID))
	if err != nil {
		return err
	}
	p.Form.Answer, p.Saved = first(d.Fields["giai-trinh"]), d.SavedAt
	return r.Page(http.StatusOK, p.view())
}

func (s *site) loadExplanation(r *web.Request) (p explainPage, err error) {
	p.Reader = r.Reader
	if p.Explanation, err = s.db.Explanation(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id"))); err != nil {
		return p, err
	}
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	p.Calendar, p.Form.Version = rules.Calendar, p.Explanation.Version
	return p, err
}

func (s *site) giveExplanation(r *web.Request) error {
	var f explainForm
	if err := r.Form(&f); err != nil {
		return err
	}
	err := s.db.GiveExplanation(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id")), f.Version, f.Answer)
	switch doithoai.KindOf(err) {
	case doithoai.Invalid, doithoai.Conflict:
		p, loading := s.loadExplanation(r)
		if loading != nil {
			return loading
		}
		p.Form.Answer, p.Problems = f.Answer, r.Problems(err)
		if !p.Problems.Any() {
			p.Refusal = web.RefusalWords(r.Reader, err)
		}
		return r.Page(web.StatusOf(err), p.view())
	}
	if err != nil {
		return err
	}
	return r.Redirect(web.DeskPath + "?xong=" + doneExplaining)
}
