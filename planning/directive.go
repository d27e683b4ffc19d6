package planning

import (
	"net/http"

	"doithoai"
	"doithoai/calendar"
	docform "doithoai/doc/form"
	"doithoai/plan"
	"doithoai/report"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// directivePage is where the head orders a unit to do something about what a figure shows.
type directivePage struct {
	*web.Reader
	Ground   store.DirectiveGround
	Units    []doithoai.Unit
	Calendar calendar.Calendar
	Form     directiveForm
	Saved    calendar.Instant
	Problems web.Problems
	Refusal  string
}

type directiveForm struct {
	Unit doithoai.ID `form:"don-vi" line:"true"`
	Text string      `form:"viec"`
	Due  string      `form:"han" line:"true" day:"true"`

	From     doithoai.DirectiveFrom  `form:"tu" line:"true"`
	Number   doithoai.RegisterNumber `form:"so-y-kien" line:"true"`
	Promise  doithoai.ID             `form:"cam-ket" line:"true"`
	Dialogue doithoai.ID             `form:"doi-thoai" line:"true"`
	Figure   string                  `form:"so" line:"true"`
}

func (f directiveForm) source() doithoai.DirectiveSource {
	return doithoai.DirectiveSource{
		From: f.From, UnitID: f.Unit, Number: f.Number, PromiseID: f.Promise, DialogueID: f.Dialogue, Figure: f.Figure,
	}
}

func (s *site) directiveRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET " + web.DirectivesPath, Act: doithoai.ActGiveDirective, Do: s.newDirective},
		{Pattern: "POST " + web.DirectivesPath, Act: doithoai.ActGiveDirective, Do: s.giveDirective},
	}
}

func (s *site) newDirective(r *web.Request) error {
	q := r.URL.Query()
	p := directivePage{Reader: r.Reader, Form: directiveForm{
		Unit: doithoai.ID(q.Get(plan.FieldDirectiveUnit)), From: doithoai.DirectiveFrom(q.Get(web.DirectiveFrom)),
		Number: doithoai.RegisterNumber(q.Get(web.DirectiveNumber)), Promise: doithoai.ID(q.Get(web.DirectivePromise)),
		Dialogue: doithoai.ID(q.Get(web.DirectiveDialogue)), Figure: q.Get(web.DirectiveFigure),
	}}
	if err := s.fillDirective(r, &p); err != nil {
		return err
	}
	p.Form.Unit = p.Ground.UnitID
	d, err := s.db.Draft(r.Context(), r.Actor(), store.DraftDirective, p.subject())
	if err != nil {
		return err
	}
	if words := d.Fields[plan.FieldDirectiveText]; len(words) > 0 {
		p.Form.Text, p.Saved = words[0], d.SavedAt
	} else if p.Ground.Count > 0 && p.Form.From == doithoai.FromLate {
		p.Form.Text = r.T("directive.words.late", "count", p.Ground.Count)
	}
	return r.Page(http.StatusOK, p.view())
}

// fillDirective reads what the directive is about, and to whom it can be given.
func (s *site) fillDirective(r *web.Request, p *directivePage) (err error) {
	if p.Ground, err = s.db.DirectiveGround(r.Context(), r.Actor(), p.Form.source()); err != nil {
		return err
	}
	if p.Units, err = s.db.Units(r.Context(), r.Authority.ID); err != nil {
		return err
	}
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	p.Calendar = rules.Calendar
	return err
}

func (s *site) giveDirective(r *web.Request) error {
	p := directivePage{Reader: r.Reader}
	if err := r.Form(&p.Form); err != nil {
		return err
	}
	id, err := s.db.GiveDirective(r.Context(), r.Actor(), plan.Directive{
		Text: p.Form.Text, Due: web.TypedDate(p.Form.Due), DirectiveSource: p.Form.source(),
	})
	switch {
	case err == nil:
		return r.Redirect(web.TaskPath(id) + "?xong=directive")
	case !web.Mendable(err):
		return err
	}
	if filling := s.fillDirective(r, &p); filling != nil {
		return filling
	}
	if p.Problems = r.Problems(err); !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, err)
	}
	r.RetryAfter(err)
	return r.Page(http.StatusUnprocessableEntity, p.view())
}

// subject names the draft.
func (p directivePage) subject() string {
	return store.DirectiveSubject(p.Form.source())
}

func (p directivePage) draft() web.Draft {
	return web.Draft{
		Reader: p.Reader, Form: store.DraftDirective, Subject: p.subject(), SavedAt: p.Saved,
		Back: web.DirectivePath(p.Form.source()),
	}
}

func (p directivePage) units() ui.Select {
	list := ui.Select{
		Field: web.Field(p.Reader, p.Problems, plan.FieldDirectiveUnit, p.T("directive.unit"), ""),
		Value: string(p.Form.Unit), Options: []ui.Option{{Text: p.T("directive.choose_unit")}},
	}
	for _, u := range p.Units {
		list.Options = append(list.Options, ui.Option{Value: string(u.ID), Text: u.Name})
	}
	return list
}

// directiveAbout says in a line from what a directive is opened.
func directiveAbout(r *web.Reader, g store.DirectiveGround) string {
	switch g.From {
	case doithoai.FromLate:
		return r.T("directive.from.late", "count", g.Count)
	case doithoai.FromOpinion:
		return r.T("directive.from.opinion")
	case doithoai.FromPromise:
		return r.T("directive.from.promise", "what", text.Brief(g.Promise.What, taskTitle))
	case doithoai.FromDialogue:
		return r.T("directive.from.dialogue", "date", r.Date(g.Dialogue.StartsAt.Date()))
	case doithoai.FromFigure:
		return r.T("directive.from.figure", "figure", docform.FigureName(r.Text, report.Figure{Key: g.Figure}),
			"date", r.Date(g.Dialogue.StartsAt.Date()), "count", g.Count)
	}
	return r.T("directive.from.nothing")
}

// directiveMatters are the opinions that a directive is about.
func directiveMatters(r *web.Reader, c calendar.Calendar, rows []store.Row) ui.WorkTable {
	t := ui.WorkTable{
		Caption: r.T("directive.matters"), Number: r.T("register.no"),
		Columns: []string{r.T("register.matter"), r.T("register.lead"), r.T("register.due_workdays")},
		Kinds:   []ui.Kind{ui.OfUnit, ui.OfDue},
	}
	for _, row := range rows {
		line := ui.WorkRow{
			Number: string(row.Opinion.Number), Title: row.Title(), Href: web.OpinionPath(row.Opinion.Number),
			Cells: []ui.WorkCell{{Text: row.Unit}, {}},
		}
		if row.Petition != nil && row.Petition.Running() {
			words, late := r.DueShort(c, row.Petition.Due)
			line.Late = late
			line.Cells[1].Rich = ui.Words{web.ListDay(r, row.Petition.Due), ui.Due{Text: words, Late: late}}
		}
		t.Rows = append(t.Rows, line)
	}
	return t
}
