package settings

import (
	"cmp"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// keys are the keys of a group in the order of the rules.
func (p parametersPage) keys(g doithoai.ParameterGroup) []string {
	var keys []string
	for _, row := range p.Parameters {
		if row.Group == g && !slices.Contains(keys, row.Key) {
			keys = append(keys, row.Key)
		}
	}
	return keys
}

func (p parametersPage) rows(g doithoai.ParameterGroup) []ui.WorkRow {
	var rows []ui.WorkRow
	for _, key := range p.keys(g) {
		all := p.Parameters.Of(key)
		row := ui.WorkRow{Title: p.ParameterText(all[0]), Href: parameterPath(key)}
		if now, ok := all.At(key, p.Today()); ok {
			row.Cells = []ui.WorkCell{{Rich: strong(p.value(now))}, {Rich: p.basis(now, false)}, {Rich: p.validity(now, all)}}
		} else {
			row.Cells = []ui.WorkCell{
				{Rich: muted(p.T("settings.parameters.none_today"))}, {Text: "–"}, {Rich: p.latest(all)},
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func (p parametersPage) columns() []string {
	return []string{
		p.T("settings.parameters.parameter"), p.T("settings.parameters.value"),
		p.T("settings.parameters.basis"), p.T("settings.parameters.validity"),
	}
}

// value words a value with its unit.
func (p parametersPage) value(row doithoai.Parameter) string { return parameterValue(p.Reader, row) }

// parameterValue words a value with its unit: "7 ngày làm việc".
func parameterValue(r *web.Reader, row doithoai.Parameter) string {
	n, err := row.Int()
	if err != nil {
		return r.T("settings.parameters.word." + row.Value)
	}
	return r.T("settings.parameters.unit."+string(row.Unit), "count", n)
}

// basis is what a value rests on, before it how sure that is and what is doubtful about it today, or on its first day
// where that is to come: a list cuts what is long. That it is certain is said where certain asks for it.
func (p parametersPage) basis(row doithoai.Parameter, certain bool) templ.Component {
	if row.HouseDefault() {
		return muted(p.T("settings.parameters.house_default"))
	}
	var lines ui.Words
	on := p.Today()
	if row.From.After(on) {
		on = row.From
	} else if !row.To.IsZero() && row.To.Before(on) {
		on = row.To // a past value is judged by the law of its time
	}
	for _, w := range p.Bases.Cite(on, row.BasisKey) {
		lines = append(lines, ui.Due{Text: web.CitationWords(p.Reader, w), Late: true})
	}
	if certain || row.Certainty != calendar.Certain {
		lines = append(lines, certainty(p.Reader, row.Certainty))
	}
	return append(lines, ui.Text(row.Basis))
}

// certainty is how well a fact of law is known.
func certainty(r *web.Reader, c calendar.Certainty) templ.Component {
	colour := map[calendar.Certainty]ui.Colour{calendar.Certain: ui.Green, calendar.Likely: ui.Yellow}[c]
	return ui.Tag{Text: r.T("settings.certainty." + string(c)), Colour: cmp.Or(colour, ui.Grey)}
}

// period words from when to when a rule holds, as far as that is known.
func period(r *web.Reader, from, to calendar.Date) string {
	switch {
	case from.IsZero() && to.IsZero():
		return r.T("settings.bases.since_unknown")
	case from.IsZero():
		return r.T("settings.period.to", "to", r.Date(to))
	case to.IsZero():
		return r.T("settings.period.from", "from", r.Date(from))
	}
	return r.T("settings.period.from_to", "from", r.Date(from), "to", r.Date(to))
}

func (p parametersPage) validity(now doithoai.Parameter, all doithoai.Parameters) templ.Component {
	lines := ui.Words{ui.Text(period(p.Reader, now.From, now.To))}
	if n := len(all) - 1; n > 0 {
		lines = append(lines, ui.Text("·"), p.others(all, n))
	}
	return lines
}

// latest is the value to come, or the last that was, where none holds today.
func (p parametersPage) latest(all doithoai.Parameters) templ.Component {
	last := all[len(all)-1]
	lines := ui.Words{ui.Text(p.value(last) + ", " + period(p.Reader, last.From, last.To))}
	if n := len(all) - 1; n > 0 {
		lines = append(lines, ui.Text("·"), p.others(all, n))
	}
	return lines
}

// others lead to the n earlier and later values.
func (p parametersPage) others(all doithoai.Parameters, n int) ui.Link {
	return ui.Link{
		Text: p.T("settings.parameters.others", "count", n), Hidden: p.ParameterText(all[0]),
		Href: parameterPath(all[0].Key) + "#theo-thoi-gian",
	}
}

// state is where a value stands today.
func (p parameterPage) state(row doithoai.Parameter) ui.Tag {
	switch {
	case row.From.After(p.Today()):
		return ui.Tag{Text: p.T("settings.parameters.state.future"), Colour: ui.Blue}
	case !row.To.IsZero() && row.To.Before(p.Today()):
		return ui.Tag{Text: p.T("settings.parameters.state.past"), Colour: ui.Grey}
	}
	return ui.Tag{Text: p.T("settings.parameters.state.now"), Colour: ui.Green}
}

// history lists the values, the newest first; one to come can be taken back.
func (p parameterPage) history() []ui.WorkRow {
	var rows []ui.WorkRow
	for _, row := range slices.Backward(p.Rows) {
		w := ui.WorkRow{
			Title: p.value(row),
			Cells: []ui.WorkCell{{Rich: p.state(row)}, {Text: period(p.Reader, row.From, row.To)}, {Rich: p.basis(row, true)}},
		}
		if p.may(doithoai.ActWithdrawParameter) {
			act := ui.WorkCell{}
			if row.From.After(p.Today()) && len(p.Rows) > 1 {
				act.Rich = p.withdrawal(row)
			}
			w.Cells = append(w.Cells, act)
		}
		rows = append(rows, w)
	}
	return rows
}

// ruleKinds are those of the columns of values, whose last holds what can be done.
var ruleKinds = []ui.Kind{ui.Plain, ui.Plain, ui.Plain, ui.OfAct}

func (p parameterPage) historyColumns() []string {
	columns := []string{
		p.T("settings.parameters.value"), p.T("settings.parameters.state"),
		p.T("settings.parameters.validity"), p.T("settings.parameters.basis"),
	}
	if p.may(doithoai.ActWithdrawParameter) {
		columns = append(columns, p.T("settings.parameters.act"))
	}
	return columns
}

// inUse says the value of today beside the one to be typed.
func (p parameterPage) inUse() string {
	now, ok := p.Rows.At(p.last().Key, p.Today())
	if !ok {
		return p.T("settings.parameters.new_value_none")
	}
	return p.T("settings.parameters.new_value_hint", "value", p.value(now))
}

func (p parameterPage) wordChoices(words []string) []ui.Choice {
	var list []ui.Choice
	for _, w := range words {
		list = append(list, ui.Choice{Value: w, Text: p.T("settings.parameters.word." + w)})
	}
	return list
}

// basisOptions are the bases that a value of a coming day can rest on, each with what it is about: those in force, then
// those that come or of which nobody knows, and the one that was chosen.
func (p parameterPage) basisOptions() []ui.Option {
	list := []ui.Option{{Text: p.T("settings.parameters.house_default")}}
	var later []ui.Option
	for _, b := range web.ByTitle(p.Bases) {
		switch o := (ui.Option{Value: b.Key, Text: about(b)}); {
		case b.InForce(p.Today()):
			list = append(list, o)
		case !b.Expired(p.Today()) || b.Key == p.Form.Basis:
			later = append(later, o)
		}
	}
	return append(list, later...)
}

// maxAbout is how much of its abstract names a basis, in characters.
const maxAbout = 60

// about is a basis as it is cited, with what it is about where its title does not say it:
// "Nghị định số 61/2018/NĐ-CP (thực hiện cơ chế một cửa, …)".
func about(b doithoai.LegalBasis) string {
	title := b.Title()
	if strings.HasPrefix(title, b.Abstract) {
		return title
	}
	abstract := text.LowerFirst(strings.TrimPrefix(b.Abstract, "Về "))
	return title + " (" + text.Brief(abstract, maxAbout) + ")"
}

// certaintyChoices ask how well a fact of law is known.
func certaintyChoices(r *web.Reader) []ui.Choice {
	var list []ui.Choice
	for _, c := range []calendar.Certainty{calendar.Certain, calendar.Likely, calendar.Unverified} {
		list = append(list, ui.Choice{Value: string(c), Text: r.T("settings.certainty.choice." + string(c))})
	}
	return list
}
