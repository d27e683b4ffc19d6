package results

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/report"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// periodFormsPage are the tables of periodic figures that hold and held, with the form that lays down another one.
type periodFormsPage struct {
	*web.Reader
	Forms    []report.PeriodForm // the newest first, the program's last
	Typed    typedPeriodForm
	Problems web.Problems
	Refusal  string
	Done     bool
}

// typedPeriodForm is a table of periodic figures as it was typed.
type typedPeriodForm struct {
	Version int    `form:"ban"`
	From    string `form:"tu-ngay" line:"true" day:"true"`
	Mark    string `form:"ky-hieu" line:"true"`
	Title   string `form:"ten-bieu" line:"true"`
	Source  string `form:"can-cu" line:"true"`
	Columns []report.PeriodColumn
}

// emptyColumns is how many lines for further columns the form has.
const emptyColumns = 3

// conditions are what a column can ask, each with the name of its field, its key in the catalogues and what it may be.
var conditions = []struct {
	field, key string
	values     []string
	of         func(*report.PeriodColumn) *string
}{
	{"nguon", "origin", report.Origins, func(c *report.PeriodColumn) *string { return (*string)(&c.Origin) }},
	{"noi-dung", "about", report.Abouts, func(c *report.PeriodColumn) *string { return (*string)(&c.About) }},
	{"ket-qua", "became", report.Becames, func(c *report.PeriodColumn) *string { return (*string)(&c.Became) }},
	{"thoi-han", "time", report.Times, func(c *report.PeriodColumn) *string { return &c.Time }},
	{"cong-khai", "public", report.Publics, func(c *report.PeriodColumn) *string { return &c.Public }},
}

const groupField = "nhom" // of what stands above a column

func (s *site) loadPeriodForms(r *web.Request) (p periodFormsPage, err error) {
	p.Reader = r.Reader
	if p.Forms, err = s.db.PeriodForms(r.Context(), r.Actor()); err != nil {
		return p, err
	}
	newest := p.Forms[0]
	p.Typed = typedPeriodForm{
		Version: newest.Number, From: r.Date(r.Today()), Mark: newest.Mark, Title: newest.Title, Columns: newest.Columns,
	}
	return p, nil
}

func (s *site) periodForms(r *web.Request) error {
	p, err := s.loadPeriodForms(r)
	if err != nil {
		return err
	}
	p.Done = r.URL.Query().Has("xong")
	return r.Page(http.StatusOK, p.view())
}

func (s *site) setPeriodForm(r *web.Request) error {
	p, err := s.loadPeriodForms(r)
	if err != nil {
		return err
	}
	typed := typedPeriodForm{}
	if err := r.Form(&typed); err != nil {
		return err
	}
	for i := range report.MaxPeriodColumns + emptyColumns {
		line := func(field string) string {
			return text.CleanLine(r.PostForm.Get(doithoai.LineField(field, i)))
		}
		c := report.PeriodColumn{Group: line(groupField), Text: text.CleanLine(r.PostForm.Get(report.PeriodColumnField(i)))}
		for _, condition := range conditions {
			*condition.of(&c) = line(condition.field)
		}
		if c != (report.PeriodColumn{}) { // an empty line is no column
			typed.Columns = append(typed.Columns, c)
		}
	}
	p.Typed = typed
	err = s.db.SetPeriodForm(r.Context(), r.Actor(), typed.Version, report.PeriodForm{
		From: web.TypedDate(typed.From), Mark: typed.Mark, Title: typed.Title, Source: typed.Source, Columns: typed.Columns,
	})
	if err == nil {
		return r.Redirect(web.PeriodicPath + formsPart + "?xong")
	}
	if !web.Mendable(err) {
		return err
	}
	if p.Problems = r.Problems(err); !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, err)
	}
	return r.Page(web.StatusOf(err), p.view())
}

func (p periodFormsPage) may() bool { return doithoai.MayEver(p.Actor(), doithoai.ActSetPeriodForm) }

// facts are what a table rests on.
func (p periodFormsPage) facts(f report.PeriodForm) ui.Facts {
	facts := ui.Facts{
		{Name: p.T("periodic.form.from"), Value: p.Date(f.From)},
		{Name: p.T("periodic.form.source"), Value: p.source(f), Lang: "vi"},
	}
	if f.Mark != "" {
		facts = slices.Insert(facts, 0, ui.Fact{Name: p.T("periodic.form.mark"), Value: f.Mark, Lang: "vi"})
	}
	return facts
}

// source is what a table rests on; one of the program's says so.
func (p periodFormsPage) source(f report.PeriodForm) string {
	if f.House {
		return f.Source + " (" + p.T("periodic.house") + ")"
	}
	return f.Source
}

// asks is what a column asks, in words.
func (p periodFormsPage) asks(c report.PeriodColumn) string {
	var all []string
	for _, condition := range conditions {
		if value := *condition.of(&c); value != "" {
			all = append(all, p.T("periodic."+condition.key+"."+value))
		}
	}
	if len(all) == 0 {
		return p.T("periodic.form.all")
	}
	return strings.Join(all, "; ")
}

// rows are the columns of the form that lays down a table, with empty ones behind.
func (p periodFormsPage) rows() (rows []ui.WorkRow) {
	columns := slices.Clone(p.Typed.Columns)
	for range min(emptyColumns, report.MaxPeriodColumns-len(columns)) {
		columns = append(columns, report.PeriodColumn{})
	}
	for i, c := range columns {
		row := ui.WorkRow{Title: strconv.Itoa(i + 1), Cells: []ui.WorkCell{
			{Rich: p.input(report.PeriodColumnField(i), "text", i, c.Text)},
			{Rich: p.input(doithoai.LineField(groupField, i), "group", i, c.Group)},
		}}
		for _, condition := range conditions {
			options := []ui.Option{{Text: p.T("periodic.form.any")}}
			for _, value := range condition.values {
				options = append(options, ui.Option{Value: value, Text: p.T("periodic." + condition.key + "." + value)})
			}
			field := p.field(doithoai.LineField(condition.field, i), condition.key, i)
			field.Classes = "dt-estimate__choice"
			row.Cells = append(row.Cells, ui.WorkCell{Rich: ui.Select{
				Field: field, Value: *condition.of(&c), Options: options,
			}})
		}
		rows = append(rows, row)
	}
	return rows
}

func (p periodFormsPage) input(name, key string, line int, value string) ui.Input {
	in := ui.Input{Field: p.field(name, key, line), Value: value, Autocomplete: "off"}
	in.Classes = "dt-estimate__text"
	return in
}

// field is a field of a line, its label for who hears it.
func (p periodFormsPage) field(name, key string, line int) ui.Field {
	f := web.Field(p.Reader, p.Problems, name, "", "")
	f.Label = ui.Label{
		Text:    p.T("periodic.form.of_column", "what", p.T("periodic.form.column."+key), "number", line+1),
		Classes: "govuk-visually-hidden",
	}
	return f
}

// heads are the headings of the lines.
func (p periodFormsPage) heads() []string {
	heads := []string{p.T("periodic.form.column.number")}
	for _, key := range []string{"text", "group"} {
		heads = append(heads, p.T("periodic.form.column."+key))
	}
	for _, condition := range conditions {
		heads = append(heads, p.T("periodic.form.column."+condition.key))
	}
	return heads
}
