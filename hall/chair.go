package hall

import (
	"net/http"
	"net/url"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

func (s *site) chairRoutes() []web.Route {
	const at = "/hoi-truong/{dialogue}" + web.ChairPart
	return []web.Route{
		{Pattern: "GET " + at, Act: doithoai.ActSeeQueue, Do: s.chair},
		{Pattern: "GET " + at + "/the", Act: doithoai.ActSeeQueue, Do: s.chairCard},
		{Pattern: "POST " + at + "/gio", Act: doithoai.ActTimeTurn, Do: s.chairTime},
		{Pattern: "POST " + at + "/{number}", Act: doithoai.ActRuleOpinion, Do: s.chairRules},
	}
}

func chairPath(d doithoai.Dialogue) string { return pathOf(d) + web.ChairPart }

// chairOpinionPath is the card of an opinion.
func chairOpinionPath(d doithoai.Dialogue, n doithoai.RegisterNumber) string {
	return chairPath(d) + "?y-kien=" + url.QueryEscape(string(n))
}

// chairPage is the chair's card.
type chairPage struct {
	*web.Reader
	Dialogue doithoai.Dialogue
	store.ChairCard
	Line     run // who speaks, and what their time is
	Units    []doithoai.Unit
	Rules    doithoai.Rules
	Number   doithoai.RegisterNumber // that was asked for; empty: what is dealt with
	Version  string                  // of the dialogue's topic, read before the card
	Form     chairForm
	Asks     doithoai.RulingCode // the ruling that lacks something
	Problems web.Problems
	Warning  string
	Done     doithoai.RegisterNumber // ruled just now
}

// chairForm is the chair's ruling: one press.
type chairForm struct {
	Code       string `form:"huong" line:"true"`
	Unit       string `form:"giao" line:"true"`
	Due        string `form:"han" line:"true" day:"true"`
	Text       string `form:"tra-loi"`
	HandedOver bool   `form:"da-chuyen"`
	Ground     string `form:"ly-do-khong-nhan" line:"true"`
	Basis      string `form:"can-cu-khong-nhan" line:"true"`
	Version    int    `form:"phien-ban"`
}

func (s *site) loadChair(r *web.Request, number doithoai.RegisterNumber) (*chairPage, error) {
	d, err := s.dialogue(r)
	if err != nil {
		return nil, err
	}
	p := &chairPage{Reader: r.Reader, Dialogue: d, Number: number, Version: s.live.Version(topicOf(d.ID))}
	if p.ChairCard, err = s.db.ChairCard(r.Context(), r.Actor(), d.ID, number); err != nil {
		return nil, err
	}
	p.Line = run{Reader: r.Reader, Dialogue: d, Run: p.Run}
	if p.Line.Villages, err = s.db.Villages(r.Context(), r.Authority.ID); err != nil {
		return nil, err
	}
	if p.Units, err = s.db.Units(r.Context(), r.Authority.ID); err != nil {
		return nil, err
	}
	p.Rules, err = s.db.Rules(r.Context(), r.Authority.ID)
	p.Form.Unit = p.proposedUnit()
	return p, err
}

// chair answers GET /hoi-truong/{dialogue}/chu-tri: the card of what is dealt with, or of the opinion asked for.
func (s *site) chair(r *web.Request) error {
	p, err := s.loadChair(r, doithoai.RegisterNumber(r.FormValue("y-kien")))
	if err != nil {
		return err
	}
	p.Done = doithoai.RegisterNumber(r.FormValue("so"))
	return r.Page(http.StatusOK, p.view())
}

// chairCard answers GET /hoi-truong/{dialogue}/chu-tri/the: the card alone, for pages that are open.
func (s *site) chairCard(r *web.Request) error {
	p, err := s.loadChair(r, doithoai.RegisterNumber(r.FormValue("y-kien")))
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.fragment())
}

// chairTime answers POST /hoi-truong/{dialogue}/chu-tri/gio: a minute more for who speaks.
func (s *site) chairTime(r *web.Request) error {
	d, err := s.dialogue(r)
	if err != nil {
		return err
	}
	var f struct {
		Turn string `form:"luot" line:"true"`
	}
	if err := r.Form(&f); err != nil {
		return err
	}
	err = s.db.TimeTurn(r.Context(), r.Actor(), d.ID, doithoai.ID(f.Turn), store.TurnLengthened)
	switch doithoai.KindOf(err) {
	case doithoai.Conflict, doithoai.NotFound: // they have finished meanwhile
		err = nil
	}
	if err != nil {
		return err
	}
	return r.Redirect(chairPath(d))
}

// chairRules answers POST /hoi-truong/{dialogue}/chu-tri/{number}: one press rules. Where the ruling needs words that
// nobody has prepared, it is asked for them. Another press replaces the ruling.
func (s *site) chairRules(r *web.Request) error {
	p, err := s.loadChair(r, web.NumberOf(r))
	if err != nil {
		return err
	}
	f := chairForm{}
	if err := r.Form(&f); err != nil {
		return err
	}
	o := p.File.Opinion
	ruling := p.ruling(f)
	if o.Version != f.Version && p.File.RuledAs(ruling) { // the second press
		return r.Redirect(chairPath(p.Dialogue) + "?so=" + url.QueryEscape(string(o.Number)))
	}
	_, err = s.db.RuleOpinion(r.Context(), r.Actor(), o.ID, f.Version, ruling)
	if err == nil {
		return r.Redirect(chairPath(p.Dialogue) + "?so=" + url.QueryEscape(string(o.Number)))
	}
	if !web.Mendable(err) {
		return err
	}
	p.Form, p.Problems = f, p.Reader.Problems(err)
	if p.Problems.Any() {
		p.Asks = ruling.Code
	} else {
		p.Warning = web.RefusalWords(p.Reader, err)
	}
	return r.Page(web.StatusOf(err), p.view())
}

// ruling reads the chair's ruling. What is answered on the spot is what was prepared, unless other words are typed.
func (p *chairPage) ruling(f chairForm) doithoai.Ruling {
	due, err := calendar.ParseDateVN(f.Due)
	r := doithoai.Ruling{
		Code: doithoai.RulingCode(f.Code), Due: due, Proposed: err != nil, Text: f.Text, HandedOver: f.HandedOver,
		Agreement: doithoai.AgreementNotAsked, OutOfScope: p.File.Opinion.OutOfScope,
		Refusal: doithoai.Refusal{Ground: doithoai.RefusalGround(f.Ground), Basis: f.Basis},
	}
	if f.Unit == string(web.ByChair) {
		r.ByChair = true
	} else {
		r.LeadUnitID = doithoai.ID(f.Unit)
	}
	if q := p.File.Prepared; r.Text == "" && r.Code == doithoai.RulingOnTheSpot && q != nil {
		r.Text = q.Body
	}
	if r.Code == doithoai.RulingOnTheSpot || r.Code == doithoai.RulingOtherBody || r.Code == doithoai.RulingComplaint {
		r.AnsweredBy = p.Officer.Signature()
	}
	if r.Code == doithoai.RulingComplaint {
		r.Body = p.ReceptionBody()
	}
	return r
}

// proposedUnit is who is to have it: who has it, who prepared the answer, on conduct the chair, else nobody yet.
func (p *chairPage) proposedUnit() string {
	f := p.File
	switch {
	case f == nil:
		return ""
	case f.Petition != nil && f.Petition.LeadUnitID != "":
		return string(f.Petition.LeadUnitID)
	case f.Subject.Conduct:
		return string(web.ByChair)
	case f.Prepared != nil:
		return string(f.Prepared.UnitID)
	}
	return ""
}

// units are who may have the opinion.
func (p *chairPage) units() []ui.Option {
	all := []ui.Option{{Text: p.T("hall.chair.no_unit")}}
	conduct := p.File.Subject.Conduct
	if conduct {
		all = append(all, ui.Option{Value: string(web.ByChair), Text: p.T("hall.by_chair")})
	}
	for _, u := range p.Units {
		if !conduct || u.Office {
			all = append(all, ui.Option{Value: string(u.ID), Text: u.ShortName()})
		}
	}
	return all
}

// dues are the days that are offered: as the ruling's term has it, and the other terms' days.
func (p *chairPage) dues() []ui.Option {
	all := []ui.Option{{Text: p.T("hall.chair.due_by_term")}}
	seen := map[calendar.Date]bool{}
	for _, term := range []string{"answer.simple", "answer.complex", "answer.verify"} {
		d, ok := p.Rules.Propose(doithoai.RulingRule{OpensPetition: true, Term: term}, p.Today())
		if ok && !seen[d.Rolled] {
			seen[d.Rolled] = true
			all = append(all, ui.Option{Value: p.Date(d.Rolled), Text: p.DateShort(d.Rolled)})
		}
	}
	return all
}

// verdict words what a button leads to.
func (p *chairPage) verdict(rule doithoai.RulingRule) string {
	if rule.Code == doithoai.RulingOnTheSpot && p.File.Prepared != nil && p.File.Prepared.Body != "" {
		return p.T("hall.chair.as_prepared")
	}
	if d, ok := p.Rules.Propose(rule, p.Today()); ok && rule.OpensPetition {
		return p.T("hall.chair.verdict."+rule.Code.Key(), "date", p.DateShort(d.Rolled))
	}
	return p.T("hall.chair.verdict." + rule.Code.Key())
}

// advised reports whether the unit that prepared the answer proposes the ruling.
func (p *chairPage) advised(rule doithoai.RulingRule) bool {
	q := p.File.Prepared
	return p.File.Opinion.Ruling == "" && q != nil && q.Ruling == rule.Code
}

// title is what the card is about.
func (p *chairPage) title() string {
	return p.T("hall.chair.title", "date", p.Date(p.Dialogue.StartsAt.Date()))
}

// question is what stands large: the neutral summary, else what was said, as far as it is read at a glance.
func (p *chairPage) question() string {
	o := p.File.Opinion
	if o.Summary != "" {
		return o.Summary
	}
	return o.Content
}

// long reports whether the question is too long to be read at a glance.
func (p *chairPage) long() bool { return len([]rune(p.question())) > glance }

// glance is how many characters the eye takes in at arm's length.
const glance = 240

// owed are the matters like it that are being worked on.
func (p *chairPage) owed() (rows []store.Row) {
	for _, a := range p.Alike {
		if a.Petition != nil && a.Petition.State != doithoai.PetitionEnded && a.Petition.State != doithoai.PetitionAnswered {
			rows = append(rows, a)
		}
	}
	return rows
}

// heading is what a row of another opinion is called.
func heading(r store.Row) string { return text.Headline(r.Opinion.Headline, r.Opinion.Content) }

// ruled words what was decided on an opinion.
func (p *chairPage) ruled(r store.Row) string {
	l := list{Reader: p.Reader}
	return l.ruling(r.Opinion, r.Petition, r.Unit, "")
}
