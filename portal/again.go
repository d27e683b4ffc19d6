package portal

import (
	"errors"
	"strings"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/calendar"
	"doithoai/web"
	"doithoai/web/ui"
)

// againPath is where a person says that they don't agree with an answer.
const againPath = "/tra-cuu/chua-dong-y"

// markAgain stands in the address of a slip after that was said.
const markAgain = "xem-lai"

// againForm says that the person does not agree with an answer, or asks to have the matter looked at again because of
// new facts.
type againForm struct {
	Number doithoai.RegisterNumber `form:"so" line:"true"`
	Answer int                     `form:"lan"` // which answer the page showed
	New    string                  `form:"tinh-tiet-moi" line:"true"`
	Said   string                  `form:"chua-dong-y"`
}

// askAgain answers POST /tra-cuu/chua-dong-y. What was typed comes back where it could not be taken.
func (s *site) askAgain(r *web.Request) error {
	var f againForm
	if err := r.Form(&f); err != nil {
		return err
	}
	slip, code, carried, err := s.opened(r)
	if errors.Is(err, errNothingOpen) {
		return r.Redirect(followPath)
	}
	if err != nil {
		return err
	}
	if err = r.AllowIntake(); err == nil {
		err = s.DB.ReopenByCode(r.Context(), r.Actor(), code, f.Number,
			doithoai.Reopening{NewFacts: f.New != "", Said: f.Said, Answer: f.Answer})
	}
	switch kind := doithoai.KindOf(err); {
	case kind == doithoai.Invalid || kind == doithoai.Conflict || passing(err) != nil:
		wrong := keptRating{Again: f, Problems: told(err)}
		return s.leadOn(r, next{
			what: wrong, path: followedPath, refusal: passing(err), page: func(string) (templ.Component, error) {
				p, err := s.followPage(r, slip, carried, wrong)
				return p.view(), err
			},
		})
	case err != nil:
		return err
	case carried == "":
		return r.Redirect(followedPath + "?" + markAgain)
	}
	if slip, code, err = s.open(r, string(code)); err != nil { // with what was just said
		return err
	}
	return s.showSlip(r, slip, code, keptRating{}, markAgain)
}

// reopenTerm is the term within which a matter is looked at again without a decision.
func (o followed) reopenTerm() (calendar.Term, error) {
	return o.Parameters.TermAt(doithoai.ParameterReopen, o.Today())
}

// reopenable reports whether the matter is looked at again at the person's word alone.
func (o followed) reopenable() bool {
	within, err := o.reopenTerm()
	erased, _ := doithoai.ErasedBy(o.Events)
	return err == nil && erased != doithoai.ErasureAll && o.Petition != nil && !o.denunciation() &&
		o.Petition.Reopenable(o.Reopenings, within, o.Today(), o.Calendar) == nil
}

// requestable reports whether the person may ask to have it looked at again because of new facts.
func (o followed) requestable() bool {
	within, err := o.reopenTerm()
	erased, _ := doithoai.ErasedBy(o.Events)
	return err == nil && erased != doithoai.ErasureAll && o.Petition != nil && !o.denunciation() &&
		o.Petition.Requestable(o.Reopenings, within, o.Today(), o.Calendar) == nil
}

// reopenUntil is the last day on which nobody decides on it.
func (o followed) reopenUntil() string {
	within, err := o.reopenTerm()
	if err != nil {
		return ""
	}
	return o.Date(o.Petition.ReopenUntil(within, o.Calendar))
}

// againTyped is what was typed and could not be taken; the zero form where it was of another opinion.
func (o followed) againTyped() (f againForm, problems web.Problems) {
	if o.Again.Number == o.Opinion.Number {
		return o.Again, o.Problems
	}
	return f, problems
}

// againErrors lists what is to be mended in what was said of an answer.
func (p followPage) againErrors() (items []ui.ErrorItem) {
	for _, problem := range p.Problems.All() {
		items = append(items, ui.ErrorItem{
			Text: problem.Text, Href: "#chua-dong-y-o-" + strings.ToLower(string(p.Again.Number)),
		})
	}
	return items
}

// wishWords say on which day the person said so, and how.
func (o followed) wishWords(r doithoai.Reopening) string {
	key := "reopening.follow.you"
	if r.NewFacts {
		key = "reopening.follow.you_new"
	}
	return o.T(key, "date", o.Date(r.At.Date()))
}

// roundTitle names an answer that went out before, with its day and whether that was in time.
func (o followed) roundTitle(a doithoai.Answered) string {
	key := "reopening.follow.before"
	if a.Late {
		key = "reopening.follow.before_late"
	}
	return o.T(key, "number", a.Answer.Number, "date", o.Date(a.SentAt.Date()), "due", o.Date(a.Due))
}

// againStep words an event of somebody who does not agree.
func (o followed) againStep(e doithoai.Event) (ui.TimelineItem, bool) {
	if !strings.HasSuffix(string(e.Act), "_reopening") && e.Act != doithoai.ActReopenPetition {
		return ui.TimelineItem{}, false
	}
	item := ui.TimelineItem{Title: o.T("reopening.follow.step." + string(e.Act))}
	if e.Act.Reopens() && !(o.open() && e.Facts.Due == o.Petition.Due) {
		item.Text = o.T("portal.follow.due_on", "date", o.DateIn(e.Facts.Due))
	}
	return item, true
}
