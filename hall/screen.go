package hall

import (
	"cmp"

	"doithoai"
	"doithoai/web"
)

func (s *site) screenRoutes() []web.Route {
	const at = "/hoi-truong/{dialogue}"
	return []web.Route{
		{Pattern: "POST " + at + "/chieu", Act: doithoai.ActShow, Do: s.show},
		{Pattern: "POST " + at + "/y-kien/{number}/chieu", Act: doithoai.ActShow, Do: s.show},
		{Pattern: "POST " + at + "/chieu-buoc", Act: doithoai.ActShow, Do: s.showStep},
		{Pattern: "POST " + at + "/tat-chieu", Act: doithoai.ActBlank, Do: s.blank},
	}
}

// showing is what keeps a question from the screens.
type showing struct {
	Words string
	Sure  bool // a name alone does: who releases it may say that it may be shown
}

// show answers POST …/chieu: the question of the console's form is released to the screens, in neutral words where
// there are some. Nothing is recorded by it.
func (s *site) show(r *web.Request) error {
	p, err := s.load(r)
	if err != nil {
		return err
	}
	f := form{}
	if err := r.Form(&f); err != nil {
		return err
	}
	var opinion doithoai.ID
	question, turn := cmp.Or(f.Summary, f.Content), doithoai.ID(f.Turn)
	if n := web.NumberOf(r); n != "" {
		if err := s.open(r.Context(), p, n); err != nil {
			return err
		}
		o := p.Opened.Opinion
		opinion, question = o.ID, cmp.Or(f.Summary, o.Summary, o.Content)
	}
	now, err := s.db.Screen(r.Context(), r.Actor(), p.Dialogue.ID)
	if err != nil {
		return err
	}
	_, err = s.db.ShowQuestion(r.Context(), r.Actor(), p.Dialogue.ID, now.Version, question, opinion, turn, f.Sure)
	if err == nil {
		return r.Redirect(p.action())
	}
	return s.notShown(r, p, f, err)
}

// notShown says why the screens did not change: what is typed stays.
func (s *site) notShown(r *web.Request, p *page, f form, err error) error {
	if !web.Mendable(err) {
		return err
	}
	f.Version = p.Form.Version
	p.Form, p.Showing = f, &showing{Words: web.RefusalWords(p.Reader, err)}
	if all := p.Reader.Problems(err).All(); len(all) > 0 {
		p.Showing.Words = p.T("hall.screen.refused", "why", all[0].Text)
		p.Showing.Sure = true
		for _, problem := range doithoai.ProblemsOf(err) {
			p.Showing.Sure = p.Showing.Sure && problem.Key == doithoai.NameWarning
		}
	}
	return r.Page(web.StatusOf(err), p.view())
}

// showStep answers POST …/chieu-buoc: the screens show the step of the programme and who speaks.
func (s *site) showStep(r *web.Request) error {
	d, err := s.dialogue(r)
	if err != nil {
		return err
	}
	now, err := s.db.Screen(r.Context(), r.Actor(), d.ID)
	if err == nil {
		err = s.db.ShowStep(r.Context(), r.Actor(), d.ID, now.Version)
	}
	return s.queueDone(r, d, err)
}

// blank answers POST …/tat-chieu: the screens show the title alone.
func (s *site) blank(r *web.Request) error {
	d, err := s.dialogue(r)
	if err != nil {
		return err
	}
	return s.queueDone(r, d, s.db.BlankScreen(r.Context(), r.Actor(), d.ID))
}

// linkShown says whose question the screens show that was released while it was typed. The opinion is recorded,
// whatever becomes of that.
func (s *site) linkShown(r *web.Request, d doithoai.Dialogue, f form, opinion doithoai.ID) {
	if f.Turn == "" {
		return
	}
	err := s.db.LinkShown(r.Context(), r.Actor(), d.ID, doithoai.ID(f.Turn), opinion)
	if err != nil && doithoai.KindOf(err) != doithoai.NotFound {
		r.Host.Log.Error("what the screens show stays without its opinion", "opinion", string(opinion), "error", err)
	}
}

// screenWords says what the screens show.
func (u *run) screenWords() string {
	switch s := u.Screen; {
	case s.Blank:
		return u.T("hall.screen.blank")
	case s.Question != "":
		return u.T("hall.screen.question")
	}
	return u.T("hall.screen.step")
}

// showPath is where the question of the page is released.
func (p *page) showPath() string { return p.action() + "/chieu" }

// mayShow reports whether the page has something to release: none on how officials serve, no complaint.
func (p *page) mayShow() bool {
	return p.Run.isRunning() && (p.Opened == nil || p.Opened.Opinion.Shown(p.Opened.Subject.Conduct))
}
