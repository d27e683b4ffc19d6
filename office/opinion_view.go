package office

import (
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/calendar"
	"doithoai/web"
	"doithoai/web/ui"
)

// joined sets a middle dot between the parts that are not empty.
func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}

// facts is the line under the title: field, how it came, at which dialogue.
func (p opinionPage) facts() string {
	dialogue := ""
	if d, ok := p.outlook.dialogues[p.Opinion.DialogueID]; ok {
		dialogue = p.T("opinion.dialogue", "date", p.Date(d.StartsAt.Date()))
	}
	return joined(
		p.FieldText(p.Opinion.FieldCode, p.outlook.rules.FieldName(p.Opinion.FieldCode)),
		p.ChannelName(p.Opinion.Channel), dialogue,
	)
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

// stepButton leads to the part where the officer takes the turn. The button of that part is the page's primary one;
// only where the turn is taken on a page of its own, the button here is. Where the turn is another's, there may be
// something that the officer can do meanwhile.
func (p opinionPage) stepButton(t turn) templ.Component {
	if !p.can(t.act) {
		for _, a := range pageActs() {
			if a.label != "" && a.offered(p) {
				return p.aside(a)
			}
		}
		return nil
	}
	if t.at == pagePreview {
		return ui.Button{Text: p.T("opinion.act." + t.name), Href: p.path(t.at)}
	}
	return ui.Link{Text: p.T("opinion.act." + t.name), Href: t.at}
}

// overKey says why nothing is left to do.
func (p opinionPage) overKey() string {
	if p.Publication == doithoai.PublicationPublished {
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
	var list []string
	for _, w := range p.Ways {
		list = append(list, p.WayName(w))
	}
	if len(list) == 0 {
		return p.T("opinion.no_way")
	}
	return strings.Join(list, ", ")
}

func (p opinionPage) assignmentRows() []ui.SummaryRow {
	unit := leadName(p.Reader, p.Unit.Name, p.Petition)
	if unit == "" {
		unit = unassigned(p.Reader, p.Opinion)
	}
	village := p.Village
	if village == "" {
		village = p.T("opinion.elsewhere")
	}
	rows := []ui.SummaryRow{{Key: p.T("opinion.ruling.unit"), Value: unit}}
	if p.Unit.Contact != "" {
		rows = append(rows, ui.SummaryRow{Key: p.T("opinion.contact"), Value: p.Unit.Contact})
	}
	rows = append(rows,
		ui.SummaryRow{Key: p.T("opinion.petitioner"), Value: village},
		ui.SummaryRow{Key: p.T("opinion.ways"), Value: p.ways()},
		ui.SummaryRow{
			Key:       p.T("opinion.received"),
			RichValue: ui.Lines{web.Day(p.Reader, p.Opinion.ReceivedAt.Date()), ui.Text(p.Time(p.Opinion.ReceivedAt))},
		},
	)
	if p.TypedBy != "" {
		rows = append(rows, ui.SummaryRow{Key: p.T("opinion.typed_by"), Value: p.TypedBy})
	}
	if p.Rating != nil {
		rows = append(rows, ui.SummaryRow{Key: p.T("opinion.rating"), Value: p.rating(p.Rating.Solved, p.Rating.Satisfied)})
	}
	return rows
}

// rating words what the person said of the result.
func (p opinionPage) rating(s doithoai.Solved, satisfied int) string {
	return joined(p.T("petition.solved."+string(s)), p.T("petition.satisfied."+strconv.Itoa(satisfied)))
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
