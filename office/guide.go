package office

import (
	"net/http"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

// guideRoutes are the pages and acts of reference pages.
func (s *site) guideRoutes() []web.Route {
	const one = web.GuidesPath + "/{guide}"
	return []web.Route{
		{Pattern: "GET " + web.GuidesPath, Act: doithoai.ActSeeGuides, Do: s.guides},
		{Pattern: "GET " + web.GuidesPath + "/moi", Act: doithoai.ActDraftGuide, Do: s.newGuide},
		{Pattern: "POST " + web.GuidesPath + "/moi", Act: doithoai.ActDraftGuide, Do: s.makeGuide},
		{Pattern: "GET " + one, Act: doithoai.ActSeeGuides, Do: s.guide},
		{Pattern: "GET " + one + "/ban/{edition}", Act: doithoai.ActSeeGuides, Do: s.guideEdition},
		{Pattern: "GET " + one + "/sua", Act: doithoai.ActReviseGuide, Do: s.editGuide},
		{Pattern: "POST " + one + "/sua", Act: doithoai.ActReviseGuide, Do: s.writeGuide},
		{Pattern: "POST " + one + "/dang", Act: doithoai.ActPublishGuide, Do: s.publishGuide},
		{Pattern: "POST " + one + "/xac-nhan", Act: doithoai.ActConfirmGuide, Do: s.confirmGuide},
		{Pattern: "POST " + one + "/go", Act: doithoai.ActWithdrawGuide, Do: s.withdrawGuide},
	}
}

// wholeNumber reads a number of an address, 0 where it is none.
func wholeNumber(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// guideTag says where a page stands.
func guideTag(r *web.Reader, g store.GuideRow) ui.Tag {
	switch {
	case len(g.Due.Ceased) > 0:
		return ui.Tag{Text: r.T("guide.state.due_ceased"), Colour: ui.Yellow}
	case g.State != doithoai.GuideWithdrawn && !g.ChangedAt.IsZero():
		return ui.Tag{Text: r.T("guide.state.due_changed"), Colour: ui.Yellow}
	case g.Due.Over:
		return ui.Tag{Text: r.T("guide.state.due_over"), Colour: ui.Yellow}
	case g.State == doithoai.GuidePublished:
		return ui.Tag{Text: r.T("guide.state.published"), Colour: ui.Green}
	case g.State == doithoai.GuideDraft:
		return ui.Tag{Text: r.T("guide.state.draft")}
	}
	return ui.Tag{Text: r.T("guide.state.withdrawn"), Colour: ui.Grey}
}

// guideReasons say why a page is to be reviewed, a sentence each.
func guideReasons(r *web.Reader, g store.GuideRow) (list []string) {
	if g.Due.Over {
		list = append(list, r.T("guide.due.over", "date", r.Date(g.ReviewBy)))
	}
	if !g.ChangedAt.IsZero() && g.State != doithoai.GuideWithdrawn {
		list = append(list, r.T("guide.due.changed", "date", r.Date(g.ChangedAt.Date())))
	}
	for _, c := range g.Due.Ceased {
		list = append(list, r.T("guide.due.ceased", "basis", c.Basis.Title(), "date", r.Date(c.Last)))
		if c.Instead.Key != "" {
			list = append(list, r.T("guide.due.instead", "basis", c.Instead.Title()))
		}
	}
	return list
}

// guideDone is the address of a page after an act.
func guideDone(number int, act doithoai.Act) string {
	return web.GuidePath(number) + "?xong=" + guideSteps[act]
}

// guideSteps are the acts on a page as addresses say that they are done.
var guideSteps = map[doithoai.Act]string{
	doithoai.ActDraftGuide: "luu", doithoai.ActPublishGuide: "dang", doithoai.ActConfirmGuide: "xac-nhan",
	doithoai.ActReviseGuide: "sua", doithoai.ActWithdrawGuide: "go",
}

// guidePage is one page for the staff, with what the officer may do with it.
type guidePage struct {
	*web.Reader
	store.GuideFile
	Rules    doithoai.Rules
	TypedWhy string
	Typed    doithoai.Act
	Warned   web.Problems // what in the text may tell of somebody
	Problems web.Problems
	Refusal  string
	Done     string
}

func (s *site) loadGuide(r *web.Request) (p guidePage, err error) {
	p.Reader = r.Reader
	if p.GuideFile, err = s.db.Guide(r.Context(), r.Actor(), wholeNumber(r.PathValue("guide"))); err != nil {
		return p, err
	}
	p.Warned = r.Problems(doithoai.RefuseForm(p.Warnings))
	p.Rules, err = s.db.Rules(r.Context(), r.Authority.ID)
	return p, err
}

// guide answers GET /noi-bo/huong-dan/{guide}.
func (s *site) guide(r *web.Request) error {
	p, err := s.loadGuide(r)
	if err != nil {
		return err
	}
	for act, done := range guideSteps {
		if done == r.URL.Query().Get("xong") {
			p.Done = r.T("act.done." + string(act))
		}
	}
	return r.Page(http.StatusOK, p.view())
}

// editionPage is the text that a page had.
type editionPage struct {
	*web.Reader
	Number, Edition int
	Was             doithoai.GuideText
	Rules           doithoai.Rules
}

// guideEdition answers GET /noi-bo/huong-dan/{guide}/ban/{edition}.
func (s *site) guideEdition(r *web.Request) error {
	p := editionPage{
		Reader: r.Reader, Number: wholeNumber(r.PathValue("guide")), Edition: wholeNumber(r.PathValue("edition")),
	}
	var err error
	if p.Was, err = s.db.GuideEdition(r.Context(), r.Actor(), p.Number, p.Edition); err != nil {
		return err
	}
	if p.Rules, err = s.db.Rules(r.Context(), r.Authority.ID); err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// guideStep is the form of an act that only moves a page.
type guideStep struct {
	Version int    `form:"phien-ban"`
	Why     string `form:"vi-sao"`
}

// onGuide reads the page's form and does an act with it; one that is refused comes back as it was typed.
func (s *site) onGuide(r *web.Request, act doithoai.Act, do func(doithoai.ID, guideStep) error) error {
	var f guideStep
	if err := r.Form(&f); err != nil {
		return err
	}
	p, err := s.loadGuide(r)
	if err != nil {
		return err
	}
	refusal := do(p.ID, f)
	switch {
	case refusal == nil:
		return r.Redirect(guideDone(p.Number, act))
	case !web.Mendable(refusal):
		return refusal
	}
	p.TypedWhy, p.Typed = f.Why, act
	p.Problems = r.Problems(refusal)
	if act != doithoai.ActWithdrawGuide { // its fields are on the form of the text
		var said []string
		for _, wrong := range p.Problems.All() {
			said = append(said, wrong.Text)
		}
		p.Refusal, p.Problems = strings.Join(said, " "), web.Problems{}
	}
	if !p.Problems.Any() && p.Refusal == "" {
		p.Refusal = web.RefusalWords(r.Reader, refusal)
	}
	return r.Page(web.StatusOf(refusal), p.view())
}

func (s *site) publishGuide(r *web.Request) error {
	return s.onGuide(r, doithoai.ActPublishGuide, func(id doithoai.ID, f guideStep) error {
		return s.db.PublishGuide(r.Context(), r.Actor(), id, f.Version)
	})
}

func (s *site) confirmGuide(r *web.Request) error {
	return s.onGuide(r, doithoai.ActConfirmGuide, func(id doithoai.ID, f guideStep) error {
		return s.db.ConfirmGuide(r.Context(), r.Actor(), id, f.Version)
	})
}

func (s *site) withdrawGuide(r *web.Request) error {
	return s.onGuide(r, doithoai.ActWithdrawGuide, func(id doithoai.ID, f guideStep) error {
		return s.db.WithdrawGuide(r.Context(), r.Actor(), id, f.Version, f.Why)
	})
}

// may reports whether the officer may do an act to the page now.
func (p guidePage) may(act doithoai.Act) bool {
	return p.CanMove(act) && doithoai.Can(p.Actor(), act, p.Subject()) == nil
}

// edits reports whether the officer may write the text.
func (p guidePage) edits() bool {
	return p.may(doithoai.ActDraftGuide) || p.may(doithoai.ActReviseGuide)
}

// path is the address of the page, with what follows it.
func (p guidePage) path(more string) string { return web.GuidePath(p.Number) + more }

// published reports whether the page is, or was, public.
func (p guidePage) published() bool { return !p.PublishedAt.IsZero() }

// mayMakeGuide reports whether the officer may make a reference page from the public answer.
func (p opinionPage) mayMakeGuide() bool {
	return p.can(doithoai.ActDraftGuide) && !p.Subject.Conduct && !p.OpinionFile.Correction.Open() &&
		p.Publish.State == doithoai.PublicationPublished
}
