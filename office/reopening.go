package office

import (
	"doithoai"
	"doithoai/calendar"
	"doithoai/web"
	"doithoai/web/ui"
)

const (
	partReopening = "#xem-lai"
	turnReopening = "reopening"
)

// againForm types for somebody that they don't agree with the answer.
type againForm struct {
	Version int              `form:"phien-ban"`
	Answer  int              `form:"lan"` // which answer the page showed
	New     string           `form:"tinh-tiet-moi" line:"true"`
	Said    string           `form:"chua-dong-y"`
	Channel doithoai.Channel `form:"qua-kenh" line:"true"`
}

// refuseForm leaves the answer as it is.
type refuseForm struct {
	Version int                      `form:"phien-ban"`
	Ground  doithoai.ReopeningGround `form:"ly-do-khong-xem-lai" line:"true"`
	Basis   string                   `form:"can-cu-khong-xem-lai" line:"true"`
	Words   string                   `form:"giai-thich-khong-xem-lai"`
}

func againOf(f *forms) *againForm { return &f.Again }

func refuseOf(f *forms) *refuseForm { return &f.Refuse }

func againTexts(f forms) []keptText { return []keptText{{"reopening.said", f.Again.Said}} }

func refuseTexts(f forms) []keptText {
	return []keptText{{"reopening.words", f.Refuse.Words}, {"reopening.basis", f.Refuse.Basis}}
}

func (s *site) reopen(r *web.Request, id doithoai.ID, f againForm) error {
	return s.db.Reopen(r.Context(), r.Actor(), id, f.Version, doithoai.Reopening{
		NewFacts: f.New != "", Said: f.Said, Channel: f.Channel, Answer: f.Answer,
	})
}

func (s *site) allowReopening(r *web.Request, id doithoai.ID, version int) error {
	return s.db.AllowReopening(r.Context(), r.Actor(), id, version)
}

func (s *site) refuseReopening(r *web.Request, id doithoai.ID, f refuseForm) error {
	return s.db.RefuseReopening(r.Context(), r.Actor(), id, f.Version,
		doithoai.ReopeningDecision{Ground: f.Ground, Basis: f.Basis, Words: f.Words})
}

// reopenTerm is the term within which a matter is looked at again without a decision.
func (p opinionPage) reopenTerm() (calendar.Term, error) {
	return p.outlook.rules.Parameters.TermAt(doithoai.ParameterReopen, p.Today())
}

// reopenable reports whether the matter is looked at again at the person's word alone.
func (p opinionPage) reopenable() bool {
	within, err := p.reopenTerm()
	erased, _ := doithoai.ErasedBy(p.Events)
	return err == nil && erased != doithoai.ErasureAll && p.Petition != nil &&
		p.Petition.Reopenable(p.Reopenings, within, p.Today(), p.outlook.rules.Calendar) == nil
}

// requestable reports whether the person may ask the chair to have it looked at again.
func (p opinionPage) requestable() bool {
	within, err := p.reopenTerm()
	erased, _ := doithoai.ErasedBy(p.Events)
	return err == nil && erased != doithoai.ErasureAll && p.Petition != nil &&
		p.Petition.Requestable(p.Reopenings, within, p.Today(), p.outlook.rules.Calendar) == nil
}

// reopening reports whether the form is shown by which the office types that somebody does not agree.
func (p opinionPage) reopening() bool {
	return p.can(doithoai.ActReopenPetition) && (p.reopenable() || p.requestable())
}

// deciding reports whether the officer decides on whether the matter is looked at again.
func (p opinionPage) deciding() bool {
	return p.Petition != nil && p.Petition.Asked && p.can(doithoai.ActAllowReopening)
}

func (p opinionPage) reopeningChannels() (list []ui.Option) {
	for _, c := range doithoai.ReopeningChannels() {
		list = append(list, ui.Option{Value: string(c), Text: p.ChannelName(c)})
	}
	return list
}

func (p opinionPage) refuseGrounds() []ui.Option {
	list := []ui.Option{{Text: p.T("reopening.choose")}}
	for _, g := range doithoai.ReopeningGrounds {
		list = append(list, ui.Option{Value: string(g), Text: p.T("reopening.ground." + string(g))})
	}
	return list
}

// reopenUntil is the last day on which nobody decides on it.
func (p opinionPage) reopenUntil() string {
	within, err := p.reopenTerm()
	if err != nil {
		return ""
	}
	return p.DateShort(p.Petition.ReopenUntil(within, p.outlook.rules.Calendar))
}

// wishWords say who said so, how, and when.
func (p opinionPage) wishWords(r doithoai.Reopening) string {
	key := "reopening.wish"
	if r.NewFacts {
		key = "reopening.wish_new"
	}
	return p.T(key, "date", p.Date(r.At.Date()), "channel", p.ChannelName(r.Channel))
}

func (p opinionPage) roundRows(a doithoai.Answered) []ui.SummaryRow {
	late := "reopening.on_time"
	if a.Late {
		late = "reopening.late"
	}
	rows := []ui.SummaryRow{
		{Key: p.T("reopening.sent"), Value: p.DateShort(a.SentAt.Date()) + ", " + p.T(late, "due", p.DateShort(a.Due))},
		{Key: p.T("reopening.reopened"), Value: p.DateShort(a.ReopenedAt.Date())},
	}
	if a.Rating != nil {
		rows = append(rows, ui.SummaryRow{
			Key: p.T("opinion.rating"), Value: p.rating(a.Rating.Solved, a.Rating.Satisfied),
		})
	}
	return rows
}

func (p opinionPage) reopenedFacts(f doithoai.Facts) []string {
	list := []string{p.T("reopening.facts.channel", "channel", p.ChannelName(f.Channel))}
	if f.Channel == "" {
		list = nil
	}
	if f.Round > 0 {
		unit := p.T("organisation.role.chair")
		if f.Unit != "" {
			unit = p.OpinionFile.Units[f.Unit]
		}
		list = append(list, p.T("reopening.facts.round", "round", f.Round, "unit", unit, "due", p.DateShort(f.Due)))
	}
	return list
}

func (p opinionPage) notReopenedFacts(f doithoai.Facts) []string {
	return []string{p.T("reopening.ground."+string(f.Ground)) + "."}
}

// againWords say in lists that a matter was looked at again, or that the chair is asked to have it so.
func againWords(r *web.Reader, p *doithoai.Petition) string {
	switch {
	case p == nil:
		return ""
	case p.Asked:
		return r.T("reopening.waits")
	case p.Again():
		return r.T("reopening.again")
	case p.Round > 0:
		return r.T("reopening.was_again", "count", p.Round)
	}
	return ""
}

// reopeningTasks are the opinions on which somebody asks to have the matter looked at again: the chair's to decide, and
// the office's to see; more reports whether there are others.
func (s *site) reopeningTasks(r *web.Request) (mine, waiting []task, more bool, err error) {
	authority := doithoai.Subject{AuthorityID: r.Authority.ID}
	if doithoai.Can(r.Actor(), doithoai.ActHandOverPetition, authority) != nil {
		return nil, nil, false, nil
	}
	all, more, err := s.db.AskedReopenings(r.Context(), r.Actor())
	for _, d := range all {
		t := task{
			Title: d.Title(), Number: d.Opinion.Number, Act: doithoai.ActAllowReopening, Turn: turnReopening,
			Href: web.OpinionPath(d.Opinion.Number) + partReopening,
			Unit: leadName(r.Reader, d.Unit, d.Petition), Village: d.Village, Since: d.Since.Date(),
		}
		if doithoai.Can(r.Actor(), doithoai.ActAllowReopening, authority) == nil {
			mine = append(mine, t)
		} else {
			waiting = append(waiting, t)
		}
	}
	return mine, waiting, more, err
}
