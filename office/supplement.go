package office

import (
	"doithoai"
	"doithoai/web"
	"doithoai/web/ui"
)

// partSupplement is where what the person is asked to add stands on the page.
const partSupplement = "#muc-bo-sung"

// supplementForm asks the person for something that is missing.
type supplementForm struct {
	Version int    `form:"phien-ban"`
	Asked   string `form:"can-bo-sung"`
	Why     string `form:"bo-sung-ly-do"`
}

// suppliedForm types for somebody what they add.
type suppliedForm struct {
	Version int              `form:"phien-ban"`
	Number  int              `form:"lan"` // which request the page showed
	Said    string           `form:"bo-sung"`
	Channel doithoai.Channel `form:"bo-sung-qua-kenh" line:"true"`
	Uploads []string         `form:"tep-giu" line:"true"`
	Step    string           `form:"buoc" line:"true"`
}

func supplementOf(f *forms) *supplementForm { return &f.Supplement }

func supplementTexts(f forms) []keptText {
	return []keptText{{"supplement.asked", f.Supplement.Asked}, {"supplement.why", f.Supplement.Why}}
}

func suppliedTexts(f forms) []keptText { return []keptText{{"supplement.said", f.Supplied.Said}} }

func (s *site) askSupplement(r *web.Request, id doithoai.ID, f supplementForm) error {
	return s.db.AskSupplement(r.Context(), r.Actor(), id, f.Version, doithoai.Supplement{Asked: f.Asked, Why: f.Why})
}

// answerSupplement types what somebody adds, with the files that they brought.
func (s *site) answerSupplement(r *web.Request, a pageAct) error {
	id, err := s.lookup(r)
	if err != nil {
		return err
	}
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	if err != nil {
		return err
	}
	limits, err := rules.Parameters.FileLimits(r.Today())
	if err != nil {
		return err
	}
	typed := forms{typed: a.act}
	f := &typed.Supplied
	came, err := r.FormWithFiles(f, limits, s.db.KeepUpload)
	if err != nil {
		return err
	}
	ids, drops := web.KeptUploads(f.Uploads, came, f.Step)
	refusal := doithoai.RefuseForm(came.Problems)
	if refusal == nil && !drops {
		said := doithoai.SupplementAnswer{Said: f.Said, Channel: f.Channel}
		if refusal = s.db.AnswerSupplement(r.Context(), r.Actor(), id, f.Version, f.Number, said, ids...); refusal == nil {
			return s.goOn(r, a)
		}
	}
	return s.filesAgain(r, id, typed, ids, refusal)
}

// askingSupplement reports whether the form is shown by which the person is asked for something.
func (p opinionPage) askingSupplement() bool {
	return p.can(doithoai.ActAskSupplement) && p.Petition != nil && p.Petition.Askable(p.Supplements) == nil &&
		!p.ruling()
}

// awaitedNow is what the person is awaited to add.
func (p opinionPage) awaitedNow() (s doithoai.Supplement, waits bool) {
	if p.Petition == nil {
		return s, false
	}
	return p.Petition.Awaited(p.Supplements)
}

// typingSupplement reports whether the form is shown by which the office types what somebody adds.
func (p opinionPage) typingSupplement() bool {
	_, waits := p.awaitedNow()
	return waits && p.can(doithoai.ActAnswerSupplement)
}

// supplementTag says in the head of the page how far it is: what was added since the last answer, what is awaited, what
// did not come by its day.
func (p opinionPage) supplementTag() ui.Tag {
	if p.Petition == nil || !p.Petition.Open() {
		return ui.Tag{}
	}
	if s, waits := p.awaitedNow(); waits {
		if s.Overdue(p.Today()) {
			return ui.Tag{Text: p.T("supplement.tag.overdue", "date", p.DateShort(s.Until)), Colour: ui.Yellow}
		}
		return ui.Tag{Text: p.T("supplement.tag.waits"), Colour: ui.Grey}
	}
	for _, s := range p.Supplements {
		if s.Round == p.Petition.Round && !s.Answer.At.IsZero() {
			return ui.Tag{Text: p.T("supplement.tag.added"), Colour: ui.Green}
		}
	}
	return ui.Tag{}
}

// askedTitle says who asked the person for something, when, and by when it is hoped for.
func (p opinionPage) askedTitle(s doithoai.Supplement) string {
	args := []any{"who", p.person(s.By), "date", p.Date(s.At.Date()), "until", p.Date(s.Until)}
	if s.Until.IsZero() {
		return p.T("supplement.asked_pause", args...)
	}
	return p.T("supplement.asked_by", args...)
}

// suppliedTitle says when and how the person added it.
func (p opinionPage) suppliedTitle(s doithoai.Supplement) string {
	return p.T("supplement.added_by", "date", p.Date(s.Answer.At.Date()), "channel", p.ChannelName(s.Answer.Channel))
}

// stateWords say what became of something that was not added.
func (p opinionPage) notSupplied(s doithoai.Supplement) string {
	switch {
	case p.Petition == nil || !p.Petition.Awaits(s):
		return p.T("supplement.state.over")
	case s.Overdue(p.Today()):
		return p.T("supplement.state.overdue")
	}
	return p.T("supplement.state.waits")
}

func (p opinionPage) askedFacts(f doithoai.Facts) []string {
	return []string{p.T("supplement.facts.until", "date", p.DateShort(f.AnswerBy))}
}

func (p opinionPage) suppliedFacts(f doithoai.Facts) []string {
	list := []string{p.T("supplement.facts.channel", "channel", p.ChannelName(f.Channel))}
	if len(f.Files) > 0 {
		list = append(list, p.T("file.count", "count", len(f.Files)))
	}
	return list
}

// brought are the fields by which the office adds what the person brought.
func (p opinionPage) brought() web.FileUploads {
	u := web.FileUploads{Reader: p.Reader, Label: "supplement.files", Small: true, Limits: p.Limits, ID: "tep-bo-sung"}
	if p.Forms.typed == doithoai.ActAnswerSupplement { // the field to which a summary leads
		u.ID, u.Kept = "", p.Forms.Uploads
		u.Error = ui.ErrorMessage{Text: p.Problems.Of(web.FileField), Prefix: p.T("slip.problem.prefix")}
	}
	return u
}
