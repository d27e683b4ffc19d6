package office

import (
	"cmp"
	"slices"
	"strings"

	"doithoai"
	"doithoai/doc"
	docform "doithoai/doc/form"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

const (
	partRefusal = "#khong-tiep-nhan" // on an opinion's page
	pageRefusal = web.RefusalFile
	turnRefusal = "refusal"
)

// takeForm has an opinion dealt with that was proposed not to be accepted.
type takeForm struct {
	Version int    `form:"phien-ban"`
	Why     string `form:"vi-sao-tiep-nhan"`
}

func takeOf(f *forms) *takeForm { return &f.Take }

func takeTexts(f forms) []keptText { return []keptText{{"refusal.decline_why", f.Take.Why}} }

func (s *site) declineRefusal(r *web.Request, id doithoai.ID, f takeForm) error {
	return s.db.DeclineRefusal(r.Context(), r.Actor(), id, f.Version, f.Why)
}

// proposeRefusal asks the chair not to accept an opinion, with what was typed into the form of the ruling.
func (s *site) proposeRefusal(r *web.Request, a pageAct) error {
	var f rulingForm
	if err := r.Form(&f); err != nil {
		return err
	}
	return s.run(r, forms{Ruling: f, typed: doithoai.ActRuleOpinion}, a, func(id doithoai.ID) error {
		return s.db.ProposeRefusal(r.Context(), r.Actor(), id, f.Version, doithoai.RefusalProposal{
			Refusal: doithoai.Refusal{Ground: doithoai.RefusalGround(f.Ground), Basis: f.Basis}, Words: f.Text,
		})
	})
}

// proposes reports whether a ruling is for the chair to give: it does not accept the opinion, the officer does not
// decide so, and it was not decided at a dialogue.
func (s *site) proposes(r *web.Request, id doithoai.ID, code doithoai.RulingCode) (bool, error) {
	if code != doithoai.RulingNotAccepted {
		return false, nil
	}
	p := opinionPage{Reader: r.Reader}
	var err error
	if p.OpinionFile, err = s.db.OpinionFile(r.Context(), r.Actor(), id); err != nil {
		return false, err
	}
	p.outlook, err = s.outlook(r)
	return err == nil && !p.refuses() && !p.atDialogue() && p.can(doithoai.ActProposeRefusal), err
}

// refuses reports whether the officer may decide that the opinion is not accepted.
func (p opinionPage) refuses() bool { return p.can(doithoai.ActRefuseOpinion) }

// atDialogue reports whether what is ruled was decided at a dialogue, the minutes of which are open.
func (p opinionPage) atDialogue() bool {
	d, known := p.outlook.dialogues[p.Opinion.DialogueID]
	return known && !p.Locked && d.AnswersLater() == nil
}

// taking reports whether the officer decides on a proposal not to accept the opinion.
func (p opinionPage) taking() bool { return p.NotTaken != nil && p.can(doithoai.ActDeclineRefusal) }

// refusalHint says beside the choice who decides.
func (p opinionPage) refusalHint() string {
	switch {
	case p.refuses():
		return ""
	case p.atDialogue():
		return p.T("refusal.hint_hall")
	}
	return p.T("refusal.hint_office")
}

// deciders are who may have decided at the dialogue that an opinion is not accepted; value is who is chosen, at first
// who presides.
func (p opinionPage) deciders() (options []ui.Option, value string) {
	all := doithoai.RefusersOf(p.Refusers, p.Subject)
	value = p.Forms.Ruling.By
	if value == "" {
		value = string(web.Presiding(all, p.outlook.dialogues[p.Opinion.DialogueID]))
	}
	return web.SignerOptions(p.Reader, all), value
}

// guidanceChoices are to what who raises a complaint may be guided.
func (p opinionPage) guidanceChoices() (list []ui.Choice) {
	for _, k := range doithoai.GuidanceKinds {
		list = append(list, ui.Choice{Value: string(k), Text: p.T("refusal.guidance." + string(k))})
	}
	return list
}

// refusedRows say on what ground an opinion was not accepted, by which basis, who decided, and when.
func (p opinionPage) refusedRows() []ui.SummaryRow {
	refused, at := p.Refused()
	if refused.Ground == "" {
		return nil
	}
	return []ui.SummaryRow{
		{Key: p.T("refusal.ground"), Value: p.T("refusal.ground." + string(refused.Ground))},
		{Key: p.T("refusal.basis"), Value: refused.Basis},
		{Key: p.T("refusal.by"), Value: p.person(refused.By)},
		{Key: p.T("refusal.on"), Value: p.Date(at.Date())},
	}
}

// guidedRows are the pointer that is left of a complaint.
func (p opinionPage) guidedRows() []ui.SummaryRow {
	g := p.Guided()
	if g.Kind == "" {
		return nil
	}
	rows := []ui.SummaryRow{
		{Key: p.T("refusal.guidance"), Value: p.T("refusal.guidance." + string(g.Kind))},
		{Key: p.T("refusal.guided_on"), Value: p.Date(g.On)},
	}
	if p.AnsweredBy != "" {
		rows = append(rows, ui.SummaryRow{Key: p.T("refusal.guided_by"), Value: p.AnsweredBy})
	}
	return append(rows, bodyRows(p.Reader, p.Redirect)...)
}

// ruledTexts say of the event of a ruling on what ground it refused, or to what it guided.
func (p opinionPage) ruledTexts(f doithoai.Facts) (list []string) {
	if f.Refusal != "" {
		list = append(list, p.T("refusal.ground."+string(f.Refusal))+".")
	}
	if f.DecidedBy != "" {
		list = append(list, p.T("refusal.decided_by", "who", p.person(f.DecidedBy)))
	}
	if f.Guidance != "" {
		list = append(list, p.T("refusal.guided", "to", text.LowerFirst(p.T("refusal.guidance."+string(f.Guidance))),
			"date", p.DateShort(f.Guided)))
	}
	return list
}

func (p opinionPage) refusalFacts(f doithoai.Facts) []string {
	return []string{p.T("refusal.ground."+string(f.Refusal)) + "."}
}

// guided completes a ruling on a complaint: the person was guided to where the authority receives citizens, unless
// another body is named, and by the officer, unless somebody else is.
func (s *site) guided(r *web.Request, ruling doithoai.Ruling) (doithoai.Ruling, error) {
	if ruling.Code != doithoai.RulingComplaint {
		return ruling, nil
	}
	if ruling.AnsweredBy == "" {
		ruling.AnsweredBy = r.Officer.Signature()
	}
	if ruling.Body.Name == "" {
		ruling.Body = r.ReceptionBody()
		return ruling, nil
	}
	bodies, err := s.db.OutsideBodies(r.Context(), r.Authority.ID)
	ruling.Body = web.BodyNamed(bodies, ruling.Body.Name).Contact()
	return ruling, err
}

// isRefused reports whether the opinion was not accepted.
func (p opinionPage) isRefused() bool {
	refused, _ := p.Refused()
	return refused.Ground != ""
}

// blank is the room that is left on paper for what is not known here.
const blank = "……………………"

// noticePaper is the notice; its number and day are written when it is signed. Who raised the opinion stands there once
// a view of that was put on record, else there is room for it.
func (p opinionPage) noticePaper() doc.Doc {
	refused, at := p.Refused()
	who := p.raised()
	n := docform.Refused{
		Name: cmp.Or(who.Name, blank), Address: cmp.Or(who.Address, blank), Received: who.On, Code: who.Code,
		Content: strings.Join(lines(who.Content), " "), Refusal: refused, Words: p.RulingText, Decided: at.Date(),
	}
	by := p.OpinionFile.People[refused.By]
	if i := slices.IndexFunc(p.Officers, func(o doithoai.Officer) bool { return o.ID == refused.By }); i >= 0 {
		by = p.Officers[i].Signature()
	}
	head := docform.Head{Authority: p.Authority, Signer: docform.ChairSigner(plan.Signatory{}, by)}
	return docform.RefusalNotice(p.numbered(head, doithoai.DocumentRefusal), n)
}

// refusalTasks are the opinions that the chair is asked not to accept: the chair's to decide, and the office's to see;
// more reports whether there are others.
func (s *site) refusalTasks(r *web.Request) (mine, waiting []task, more bool, err error) {
	authority := doithoai.Subject{AuthorityID: r.Authority.ID}
	if doithoai.Can(r.Actor(), doithoai.ActHandOverPetition, authority) != nil {
		return nil, nil, false, nil
	}
	all, more, err := s.db.AskedRefusals(r.Context(), r.Actor())
	for _, d := range all {
		t := refusalTask(r, d)
		if doithoai.Can(r.Actor(), doithoai.ActDeclineRefusal, authority) == nil {
			mine = append(mine, t)
		} else {
			waiting = append(waiting, t)
		}
	}
	return mine, waiting, more, err
}

func refusalTask(r *web.Request, d store.AskedRefusal) task {
	return task{
		Title: d.Title(), Number: d.Opinion.Number, Act: doithoai.ActDeclineRefusal, Turn: turnRefusal,
		Href: web.OpinionPath(d.Opinion.Number) + partRefusal,
		Unit: leadName(r.Reader, d.Unit, d.Petition), Village: d.Village, Since: d.Since.Date(),
	}
}
