package office

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// facts is the line under the title: field, kind, unit, how it came, at which dialogue.
func (p opinionPage) facts() string {
	dialogue, lead := "", leadName(p.Reader, p.Unit.Name, p.Petition)
	if d, ok := p.outlook.dialogues[p.Opinion.DialogueID]; ok {
		dialogue = p.T("opinion.dialogue", "date", p.Date(d.StartsAt.Date()))
	}
	if lead != "" {
		lead = p.T("opinion.lead", "unit", lead)
	}
	return web.Joined(
		p.FieldText(p.Opinion.FieldCode, p.outlook.rules.FieldName(p.Opinion.FieldCode)), p.kindWords(), lead,
		p.ChannelName(p.Opinion.Channel), dialogue,
	)
}

// whose is where who raised it lives, and how they want to be answered.
func (p opinionPage) whose() string {
	village := p.Village
	if village == "" {
		village = p.T("opinion.elsewhere")
	}
	words := p.T("opinion.whose", "place", village, "ways", p.ways())
	if place := p.placeWords(); place != "" {
		words += " " + text.UpperFirst(p.T("classify.at", "place", place)) + "."
	}
	if p.Opinion.OutOfScope {
		words += " " + p.T("opinion.out_of_scope")
	}
	if p.Paper != "" {
		words += " " + p.T("same.paper") + ": " + p.Paper + "."
	}
	return words
}

// tag is the state of the opinion.
func (p opinionPage) tag() ui.Tag {
	return stateTag(p.Reader, p.Opinion, p.Petition, p.toTell())
}

// sentOnly reports whether the answer went out and the person is still to be told of it.
func (p opinionPage) sentOnly() bool {
	return p.Petition != nil && p.Petition.State == doithoai.PetitionAnswered && p.toTell() > 0
}

// sentWords word whether the answer went out in time, and that the person is still to be told.
func (p opinionPage) sentWords() ui.Due {
	words := answeredWords(p.Reader, *p.Petition)
	if p.sentOnly() && words.Late {
		words.Text = p.T("opinion.delivery.sent_late")
	} else if p.sentOnly() {
		words.Text = p.T("opinion.delivery.sent_on_time")
	}
	return words
}

// dueWords is how far a due date is.
func (p opinionPage) dueWords(d calendar.Date) ui.Due {
	words, late := p.Due(p.outlook.rules.Calendar, d)
	return ui.Due{Text: words, Late: late}
}

// ticking reports whether the clock beside the title shows the due date.
func (p opinionPage) ticking() bool { return p.Petition != nil && p.Petition.Open() }

// turnText says whose turn it is and what to do.
func (p opinionPage) turnText(t turn) string {
	switch t.act {
	case doithoai.ActSubmitAnswer:
		return p.T(
			"desk.step.unit", "unit", leadName(p.Reader, p.Unit.Name, p.Petition), "what", p.T("desk.step."+t.name),
		)
	case doithoai.ActResumePetition:
		return p.T("desk.step.resume", "awaits", p.awaits())
	case doithoai.ActApprovePublication:
		return p.T("desk.step.approve", "who", p.person(p.Publish.ProposedBy))
	}
	return p.T("desk.step." + t.name)
}

// nextButton leads to the part where the officer takes the turn, where that is not in sight: on another page, or
// further down on this one. Where the turn is another's, there may be something that the officer can do meanwhile.
func (p opinionPage) nextButton(t turn) templ.Component {
	switch {
	case t.act == "":
		return nil
	case !p.own(t):
		for _, a := range pageActs() {
			if a.label != "" && a.offered(p) {
				return p.besides(a)
			}
		}
		return nil
	case t.at == pagePreview:
		return ui.Button{Text: p.T("opinion.act." + t.name), Href: p.path(t.at)}
	}
	return ui.Link{Text: p.T("opinion.act." + t.name), Href: t.part, Classes: "dt-casehead__jump"}
}

// overKey says why nothing is left to do.
func (p opinionPage) overKey() string {
	if p.public() == doithoai.PublicationPublished {
		return "desk.step.published"
	}
	return "desk.step.left"
}

// person names who did something: an officer, or a resident who has no account.
func (p opinionPage) person(id doithoai.ID) string {
	if name := p.People[id]; name != "" {
		return name
	}
	return p.T("opinion.resident")
}

// ways are the ways to be answered that the person chose.
func (p opinionPage) ways() string {
	if len(p.Ways) == 0 {
		return p.T("opinion.no_way")
	}
	return wayNames(p.Reader, p.Ways)
}

func (p opinionPage) assignmentRows() []ui.SummaryRow {
	unit := leadName(p.Reader, p.Unit.Name, p.Petition)
	if unit == "" {
		unit = unassigned(p.Reader, p.Opinion)
	}
	rows := []ui.SummaryRow{{Key: p.T("opinion.ruling.unit"), Value: unit}}
	if p.Petition != nil && p.Petition.LeadUnitID != "" && p.Petition.State != doithoai.PetitionEnded {
		rows = append(rows, ui.SummaryRow{Key: p.T("officer.title"), Value: p.officer()})
	}
	if words := handedOverWords(p.Reader, p.Petition); words != "" {
		rows = append(rows, ui.SummaryRow{Key: p.T("opinion.hand_over.count"), Value: words})
	}
	if len(p.CoUnits) > 0 {
		names := make([]string, len(p.CoUnits))
		for i, u := range p.CoUnits {
			names[i] = u.Name
		}
		rows = append(rows, ui.SummaryRow{Key: p.T("opinion.ruling.co_units"), Value: strings.Join(names, ", ")})
	}
	if p.Unit.Contact != "" {
		rows = append(rows, ui.SummaryRow{Key: p.T("opinion.contact"), Value: p.Unit.Contact})
	}
	if e := lastOf(p.Events, actOf(doithoai.ActSubmitAnswer)); e != nil {
		rows = append(rows, ui.SummaryRow{Key: p.T("opinion.drafted_by"), Value: p.person(e.ActorID)})
	}
	rows = append(rows, ui.SummaryRow{
		Key:       p.T("opinion.received"),
		RichValue: web.Moment(p.Reader, p.Opinion.ReceivedAt),
	})
	if p.Given != nil {
		rows = append(rows, ui.SummaryRow{Key: p.T("opinion.given"), Value: p.given()})
	}
	if p.TypedBy != "" {
		rows = append(rows, ui.SummaryRow{Key: p.T("opinion.typed_by"), Value: p.TypedBy})
	}
	if p.Rating != nil {
		rows = append(rows, ui.SummaryRow{Key: p.T("opinion.rating"), Value: p.rating(p.Rating.Solved, p.Rating.Satisfied)})
	}
	return rows
}

// given is when the person gave what was typed later.
func (p opinionPage) given() string {
	if p.Given.Clock < 0 {
		return p.Date(p.Given.On)
	}
	return p.DateTime(p.Given.At())
}

// actOf says of an event that it is of an act.
func actOf(act doithoai.Act) func(doithoai.Event) bool {
	return func(e doithoai.Event) bool { return e.Act == act }
}

// rating words what the person said of the result.
func (p opinionPage) rating(s doithoai.Solved, satisfied int) string {
	return web.Joined(p.T("petition.solved."+string(s)), p.T("petition.satisfied."+strconv.Itoa(satisfied)))
}

// reasons are the reasons for which the name may be opened.
func (p opinionPage) reasons() []ui.Option {
	list := []ui.Option{{Text: p.T("opinion.who.choose")}}
	for _, reason := range doithoai.ViewReasons {
		list = append(list, ui.Option{Value: reason, Text: p.T("slip.petitioner.reason." + reason)})
	}
	return list
}

func (p opinionPage) whoList() []ui.SummaryRow {
	var rows []ui.SummaryRow
	for _, row := range p.whoRows() {
		rows = append(rows, ui.SummaryRow{Key: p.T(row.Key), Value: row.Text})
	}
	return rows
}
