package planning

import (
	"cmp"
	"net/http"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

func (s *site) logisticsRoutes() []web.Route {
	at := web.DialoguesPath + "/{id}" + web.LogisticsPart
	return []web.Route{
		{Pattern: "GET " + at, Act: doithoai.ActSeeDialogues, Do: s.logistics},
		{Pattern: "POST " + at + "/lap", Act: doithoai.ActPlanLogistics, Do: s.beginLogistics},
		{Pattern: "GET " + at + "/viec-moi", Act: doithoai.ActPlanLogistics, Do: s.logisticsItem},
		{Pattern: "POST " + at + "/viec-moi", Act: doithoai.ActPlanLogistics, Do: s.setLogisticsItem},
		{Pattern: "GET " + at + "/viec/{item}", Act: doithoai.ActSeeDialogues, Do: s.logisticsItem},
		{Pattern: "POST " + at + "/viec/{item}", Act: doithoai.ActPlanLogistics, Do: s.setLogisticsItem},
		{Pattern: "POST " + at + "/viec/{item}/xong", Act: doithoai.ActFinishLogistics, Do: s.finishLogistics},
		{Pattern: "POST " + at + "/viec/{item}/mo-lai", Act: doithoai.ActFinishLogistics, Do: s.reopenLogistics},
		{Pattern: "POST " + at + "/viec/{item}/bo", Act: doithoai.ActPlanLogistics, Do: s.dropLogistics},
	}
}

// logisticsPage lists what must be there when the dialogue begins.
type logisticsPage struct {
	dialoguePage
	Items        []plan.LogisticsItem
	Rules        doithoai.Rules
	Organisation doithoai.Organisation
	Names        map[doithoai.ID]string // of officers
	Counts       map[doithoai.ID]int    // of the files of each item
}

func (s *site) loadLogistics(r *web.Request) (p logisticsPage, err error) {
	if p.dialoguePage, err = s.ofDialogue(r); err != nil {
		return p, err
	}
	if p.Items, err = s.db.Logistics(r.Context(), r.Actor(), p.Dialogue.ID); err != nil {
		return p, err
	}
	if p.Rules, err = s.db.Rules(r.Context(), r.Authority.ID); err != nil {
		return p, err
	}
	if p.Organisation, err = s.db.Organisation(r.Context(), r.Authority.ID); err != nil {
		return p, err
	}
	var items []store.EvidenceAt
	for _, i := range p.Items {
		items = append(items, store.LogisticsEvidence(i.ID))
	}
	if p.Counts, err = s.db.EvidenceCounts(r.Context(), r.Actor(), items...); err != nil {
		return p, err
	}
	officers, err := s.db.Officers(r.Context(), r.Authority.ID)
	p.Names = map[doithoai.ID]string{}
	for _, o := range officers {
		p.Names[o.ID] = o.Signature()
	}
	return p, err
}

func (s *site) logistics(r *web.Request) error {
	p, err := s.loadLogistics(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

func (s *site) beginLogistics(r *web.Request) error {
	p, err := s.ofDialogue(r)
	if err == nil {
		err = s.db.BeginLogistics(r.Context(), r.Actor(), p.Dialogue.ID)
	}
	if err != nil {
		return err
	}
	return r.Redirect(p.done(web.LogisticsPart, doithoai.ActPlanLogistics))
}

// itemForm is an item as it was typed.
type itemForm struct {
	Version int    `form:"phien-ban"`
	Title   string `form:"viec" line:"true"`
	Detail  string `form:"chi-tiet"`
	Unit    string `form:"bo-phan" line:"true"`
	Owner   string `form:"nguoi-lam" line:"true"`
	Due     string `form:"han" line:"true" day:"true"`
	Day     string `form:"ngay" line:"true" day:"true"` // since when it is done
	Note    string `form:"ghi-chu"`
	Reason  string `form:"ly-do"` // why it is not needed
	filesForm
}

// itemPage is the form of one item, or of a new one.
type itemPage struct {
	logisticsPage
	Item plan.LogisticsItem // without id: a new one
	Form itemForm
	Part evidencePart
}

func (s *site) loadItem(r *web.Request) (p itemPage, err error) {
	if p.logisticsPage, err = s.loadLogistics(r); err != nil {
		return p, err
	}
	if p.Part, err = s.evidencePart(r); err != nil {
		return p, err
	}
	id := r.PathValue("item")
	if id == "" {
		return p, nil
	}
	for _, item := range p.Items {
		if string(item.ID) == id {
			p.Item = item
			return p, nil
		}
	}
	return p, doithoai.Refuse(doithoai.NotFound, "error.not_found")
}

func (s *site) logisticsItem(r *web.Request) error {
	p, err := s.loadItem(r)
	if err != nil {
		return err
	}
	p.fill()
	return r.Page(http.StatusOK, p.view())
}

func (p *itemPage) fill() {
	i := p.Item
	p.Form = itemForm{
		Version: i.Version, Title: i.Title, Detail: i.Detail, Unit: string(i.UnitID), Owner: i.Owner, Note: i.Note,
		Day: p.Date(p.Today()),
	}
	if !i.Due.IsZero() {
		p.Form.Due = p.Date(i.Due)
	}
}

// postedItem reads a form of the page and loads the page; act then does what the form asks for.
func (s *site) postedItem(
	r *web.Request, act func(p *itemPage, files []doithoai.ID) (doithoai.Act, error),
) error {
	p, err := s.loadItem(r)
	if err != nil {
		return err
	}
	p.fill()
	p.Form.Version = 0 // it comes with the form alone
	b, err := s.formWithFiles(r, &p.Form, &p.Form.filesForm)
	if err != nil {
		return err
	}
	var done doithoai.Act
	err = b.do(func() (err error) {
		done, err = act(&p, b.IDs)
		return err
	})
	if b.done(err) {
		return r.Redirect(p.done(web.LogisticsPart, done))
	}
	if err != nil && !p.refused(err) {
		return err
	}
	p.Form.Version = p.Item.Version
	if p.Part.Kept, err = s.db.Uploads(r.Context(), r.Actor(), b.IDs); err != nil {
		return err
	}
	return r.Page(p.status(), p.view())
}

func (s *site) setLogisticsItem(r *web.Request) error {
	return s.postedItem(r, func(p *itemPage, _ []doithoai.ID) (doithoai.Act, error) {
		f := p.Form
		item := plan.LogisticsItem{
			ID: p.Item.ID, DialogueID: p.Dialogue.ID, Title: f.Title, Detail: f.Detail, UnitID: doithoai.ID(f.Unit),
			Owner: f.Owner, Due: web.TypedDate(f.Due),
		}
		if f.Due != "" && item.Due.IsZero() {
			return "", doithoai.RefuseForm([]doithoai.Problem{{Field: "han", Key: "logistics.problem.due"}})
		}
		_, err := s.db.SetLogisticsItem(r.Context(), r.Actor(), f.Version, item)
		return doithoai.ActPlanLogistics, err
	})
}

// finishLogistics says that an item is done: since today, where the form names no other day.
func (s *site) finishLogistics(r *web.Request) error {
	return s.postedItem(r, func(p *itemPage, files []doithoai.ID) (doithoai.Act, error) {
		on := web.TypedDate(p.Form.Day)
		_, err := s.db.FinishLogisticsItem(r.Context(), r.Actor(), p.Dialogue.ID, p.Item.ID, p.Form.Version, on, p.Form.Note,
			files...)
		return doithoai.ActFinishLogistics, err
	})
}

func (s *site) reopenLogistics(r *web.Request) error {
	return s.postedItem(r, func(p *itemPage, _ []doithoai.ID) (doithoai.Act, error) {
		_, err := s.db.ReopenLogisticsItem(r.Context(), r.Actor(), p.Dialogue.ID, p.Item.ID, p.Form.Version)
		return doithoai.ActPlanLogistics, err
	})
}

func (s *site) dropLogistics(r *web.Request) error {
	return s.postedItem(r, func(p *itemPage, _ []doithoai.ID) (doithoai.Act, error) {
		_, err := s.db.DropLogisticsItem(r.Context(), r.Actor(), p.Dialogue.ID, p.Item.ID, p.Form.Version, p.Form.Reason)
		return doithoai.ActPlanLogistics, err
	})
}

// finishes reports whether the officer may say that an item is done.
func (p logisticsPage) finishes(i plan.LogisticsItem) bool {
	return doithoai.Can(p.Actor(), doithoai.ActFinishLogistics,
		doithoai.Subject{AuthorityID: p.Authority.ID, LeadUnitID: i.UnitID}) == nil
}

func (p logisticsPage) held() calendar.Date { return p.Dialogue.StartsAt.Date() }

func (p logisticsPage) owner(i plan.LogisticsItem) string {
	return cmp.Or(i.Owner, unitName(p.Organisation, i.UnitID))
}

// counted are the items that are needed, and how many of them are done.
func counted(items []plan.LogisticsItem) (done, all int) {
	for _, i := range items {
		switch i.State() {
		case plan.StepDropped:
			continue
		case plan.StepDone:
			done++
		}
		all++
	}
	return done, all
}

// logisticsArea is the checklist's line of the workspace.
func logisticsArea(s *site, r *web.Request, p *workspacePage) error {
	items, err := s.db.Logistics(r.Context(), r.Actor(), p.Dialogue.ID)
	if err != nil {
		return err
	}
	if len(items) == 0 && !p.Dialogue.State.Coming() {
		return nil
	}
	held := p.Dialogue.StartsAt.Date()
	done, all := counted(items)
	due := plan.DayBefore(p.Rules, "logistics.before", held)
	line := workLine{
		Step:  plan.Step{Stage: plan.StagePrepare, State: plan.StepWaits, Due: due},
		Title: r.T("logistics.work"), Href: web.WorkspacePath(p.Dialogue.ID) + web.LogisticsPart,
		Owner: r.T("logistics.owner"),
		Proof: ui.Words{ui.Text(r.T("logistics.progress", "done", done, "all", all))},
	}
	switch {
	case all > 0 && done == all:
		line.State = plan.StepDone
		for _, i := range items {
			if i.DoneOn.After(line.DoneOn) {
				line.DoneOn = i.DoneOn
			}
		}
	case done > 0:
		line.State = plan.StepDoing
	}
	if len(items) == 0 {
		line.Proof = ui.Words{ui.Text(r.T("logistics.none_yet"))}
	}
	p.Lines = append(p.Lines, line)
	return nil
}
