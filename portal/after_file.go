package portal

import (
	"net/http"

	"doithoai/table"
	"doithoai/web"
)

// openColumns are the columns of the file of a dialogue's matters.
var openColumns = []string{
	"number", "title", "field", "village", "ruling", "state", "due", "answered", "answer", "page",
}

// mattersFile answers GET /doi-thoai/{slug}/y-kien.csv: what the page of the same filter shows, all of it.
func (s *site) mattersFile(r *web.Request) error {
	d, err := s.over(r)
	if err != nil {
		return err
	}
	f := filterOf(r.URL.Query())
	f.behind = ""
	p, err := s.openMatters(r, d, f, mattersWhole)
	if err != nil {
		return err
	}
	head := make([]string, len(openColumns))
	for i, column := range openColumns {
		head[i] = r.T("after.head." + column)
	}
	if r.Authority.Demo {
		head = table.Mark(r.Text, [][]string{head})[0]
	}
	return r.Download("text/csv; charset=utf-8", "y-kien-"+d.Slug+".csv", func(w http.ResponseWriter) error {
		err = table.WriteCSV(w, table.Under(head, func(yield func([]string) bool) {
			for _, o := range p.rows() {
				if !yield(o.cells()) {
					return
				}
			}
		}))
		return err
	}, &err)
}

// cells are the row of the file, by openColumns: what the list says of the matter.
func (o openRow) cells() []string {
	title, page := "", ""
	if o.Public {
		title, page = o.Words, o.Link(answerPath(o.Number))
	}
	due, answered := "", ""
	if !o.Matter.Due.IsZero() {
		due = o.Date(o.Matter.Due)
	}
	if !o.Answered.IsZero() {
		answered = o.Date(o.Answered)
	}
	answer, _ := o.answer()
	return []string{
		string(o.Number), title, fieldText(o.Reader, o.setting, o.FieldCode), o.Village, o.outcome(o.Outcome), o.stands(),
		due, answered, answer, page,
	}
}
