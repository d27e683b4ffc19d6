package planning

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/table"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// figuresPath is the address of the units' figures for a dialogue.
func figuresPath(id doithoai.ID) string { return web.WorkspacePath(id) + web.FiguresPart }

// figuresRoutes are the pages of the units' figures of procedures.
func (s *site) figuresRoutes() []web.Route {
	at := web.DialoguesPath + "/{id}" + web.FiguresPart
	return []web.Route{
		{Pattern: "GET " + at, Act: doithoai.ActSeeDialogues, Do: s.figures},
		{Pattern: "GET " + at + "/{unit}", Act: doithoai.ActKeepFigures, Do: s.sheet},
		{Pattern: "POST " + at + "/{unit}", Act: doithoai.ActKeepFigures, Do: s.keepSheet},
		{Pattern: "POST " + at + "/{unit}/nhap-tep", Act: doithoai.ActKeepFigures, Do: s.importSheet},
		{Pattern: "POST " + at + "/{unit}/tra-lai", Act: doithoai.ActReturnFigures, Do: s.returnSheet},
	}
}

// figuresPage are the figures of all units for a dialogue.
type figuresPage struct {
	*web.Reader
	Dialogue doithoai.Dialogue
	Units    []doithoai.Unit
	Sheets   map[doithoai.ID]plan.Sheet
	Rules    doithoai.Rules
	Done     string
}

func (s *site) loadFigures(r *web.Request) (p figuresPage, err error) {
	p = figuresPage{Reader: r.Reader, Sheets: map[doithoai.ID]plan.Sheet{}}
	if p.Dialogue, err = s.db.Dialogue(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id"))); err != nil {
		return p, err
	}
	if p.Units, err = s.db.Units(r.Context(), r.Authority.ID); err != nil {
		return p, err
	}
	if p.Rules, err = s.db.Rules(r.Context(), r.Authority.ID); err != nil {
		return p, err
	}
	sheets, err := s.db.ProcedureSheets(r.Context(), r.Actor(), p.Dialogue.ID)
	for _, sheet := range sheets {
		p.Sheets[sheet.UnitID] = sheet
	}
	return p, err
}

func (s *site) figures(r *web.Request) error {
	p, err := s.loadFigures(r)
	if err != nil {
		return err
	}
	switch r.URL.Query().Get("xong") {
	case "luu":
		p.Done = r.T("prepare.figures.done.kept")
	case "nop":
		p.Done = r.T("prepare.figures.done.submitted")
	case "tra-lai":
		p.Done = r.T("prepare.figures.done.returned")
	}
	return r.Page(http.StatusOK, p.view())
}

// may reports whether the officer may do an act to the sheet of a unit.
func (p figuresPage) may(act doithoai.Act, unit doithoai.ID) bool {
	s := p.Sheets[unit]
	ok := s.May(act) || act == doithoai.ActSubmitFigures && s.Version == 0
	return ok && doithoai.Can(p.Actor(), act, doithoai.Subject{
		AuthorityID: p.Authority.ID, PreparerID: unit,
	}) == nil
}

// submitted are the sheets that were handed in, in the order of the units.
func (p figuresPage) submitted() (all []plan.Sheet) {
	for _, u := range p.Units {
		if s := p.Sheets[u.ID]; s.State == plan.SheetSubmitted {
			all = append(all, s)
		}
	}
	return all
}

// total is the sum of what was handed in.
func (p figuresPage) total() (sum plan.ProcedureFigures) {
	for _, s := range p.submitted() {
		sum = sum.Plus(s.Total())
	}
	return sum
}

// period is the period of which all sheets are that were handed in; false where they differ.
func (p figuresPage) period() (from, to calendar.Date, same bool) {
	for i, s := range p.submitted() {
		if i > 0 && (s.From != from || s.To != to) {
			return calendar.Date{}, calendar.Date{}, false
		}
		from, to, same = s.From, s.To, true
	}
	return from, to, same
}

// percent is a part in tenths of a per cent, in words: "98,3 %".
func percent(r *web.Reader, f plan.ProcedureFigures) string {
	tenths, ok := f.TimelyTenths()
	if !ok {
		return "–"
	}
	return r.Text.Decimal(float64(tenths)/10, 1) + "\u00a0%"
}

// summary is the short report that the host reads out, of what was handed in; empty where nothing was, or the periods
// differ.
func (p figuresPage) summary() string {
	from, to, same := p.period()
	if !same {
		return ""
	}
	t := p.total()
	n := func(n int) string { return p.Text.Number(n) }
	return p.T("prepare.figures.summary", "from", p.Date(from), "to", p.Date(to), "received", n(t.Received),
		"carried", n(t.CarriedOver), "resolved", n(t.Resolved()), "timely", n(t.Early+t.InTime),
		"percent", percent(p.Reader, t), "late", n(t.Late), "open", n(t.Open()), "overdue", n(t.PendingLate))
}

// figureColumns are the columns of a sheet's form, in its order, with the key of each head and the words by which a
// file may call it.
var figureColumns = []struct {
	name, key string
	known     []string // folded
}{
	{"ton-cu", "prepare.figures.carried", []string{"ton cu", "ton ky truoc", "ky truoc chuyen sang", "ton dau ky"}},
	{"tiep-nhan", "prepare.figures.received", []string{"tiep nhan", "tiep nhan trong ky", "moi tiep nhan"}},
	{"truoc-han", "prepare.figures.early", []string{"truoc han", "giai quyet truoc han"}},
	{"dung-han", "prepare.figures.in_time", []string{"dung han", "giai quyet dung han"}},
	{"tre-han", "prepare.figures.late", []string{"tre han", "giai quyet tre han", "giai quyet qua han"}},
	{"chua-den-han", "prepare.figures.pending", []string{"chua den han", "dang giai quyet trong han", "trong han"}},
	{"qua-han", "prepare.figures.pending_late", []string{"dang giai quyet qua han", "qua han"}},
}

// figureRow is a row of the form as it was typed.
type figureRow struct {
	Field string
	Cells []string // in the order of figureColumns
	Note  string
}

func (f figureRow) empty() bool {
	return f.Field == "" && f.Note == "" && strings.Join(f.Cells, "") == ""
}

// figures reads a typed row. What is no number becomes one that the rule refuses.
func (f figureRow) figures() plan.ProcedureFigures {
	var n [7]int
	for i, cell := range f.Cells {
		n[i] = typedFigure(cell)
	}
	return plan.ProcedureFigures{
		FieldCode: f.Field, CarriedOver: n[0], Received: n[1], Early: n[2], InTime: n[3], Late: n[4], Pending: n[5],
		PendingLate: n[6], Note: f.Note,
	}
}

// typedFigure reads a number with or without signs between its thousands; nothing is 0, what is none is -1.
func typedFigure(s string) int {
	s = strings.NewReplacer(".", "", " ", "", "\u00a0", "").Replace(s)
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// shownRow is a row as the form shows what is kept.
func shownRow(f plan.ProcedureFigures) figureRow {
	row := figureRow{Field: f.FieldCode, Note: f.Note}
	for _, n := range []int{f.CarriedOver, f.Received, f.Early, f.InTime, f.Late, f.Pending, f.PendingLate} {
		row.Cells = append(row.Cells, strconv.Itoa(n))
	}
	return row
}

// sheetPage is the form of one unit's figures.
type sheetPage struct {
	figuresPage
	Unit     doithoai.Unit
	Sheet    plan.Sheet
	From, To string
	Rows     []figureRow
	Version  int
	Reason   string
	SavedAt  calendar.Instant
	Imported bool
	Typed    bool // the form was refused
	Problems web.Problems
	Refusal  string
}

// sheetForm is what of a sheet's form has one name.
type sheetForm struct {
	Version int    `form:"phien-ban"`
	From    string `form:"tu-ngay" line:"true" day:"true"`
	To      string `form:"den-ngay" line:"true" day:"true"`
	Step    string `form:"buoc" line:"true"`
	Reason  string `form:"ly-do"`
}

// spareRows are how many empty rows the form has beneath those that are typed.
const spareRows = 2

// mostRows bounds the rows of a form: no commune has more fields.
const mostRows = 64

func (s *site) loadSheet(r *web.Request) (p *sheetPage, err error) {
	p = &sheetPage{}
	if p.figuresPage, err = s.loadFigures(r); err != nil {
		return p, err
	}
	found := false
	for _, u := range p.Units {
		if string(u.ID) == r.PathValue("unit") {
			p.Unit, found = u, true
		}
	}
	if !found {
		return p, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	if err := doithoai.Can(r.Actor(), doithoai.ActKeepFigures, doithoai.Subject{
		AuthorityID: r.Authority.ID, PreparerID: p.Unit.ID,
	}); err != nil {
		return p, err
	}
	p.Sheet = p.Sheets[p.Unit.ID]
	p.Version, p.From, p.To = p.Sheet.Version, typedDay(r.Reader, p.Sheet.From), typedDay(r.Reader, p.Sheet.To)
	for _, f := range p.Sheet.Rows {
		p.Rows = append(p.Rows, shownRow(f))
	}
	d, err := s.db.Draft(r.Context(), r.Actor(), store.DraftFigures, store.FiguresSubject(p.Dialogue.ID, p.Unit.ID))
	if err == nil && d.Fields != nil && p.writes() {
		get := func(name string) string { return first(d.Fields[name]) }
		p.SavedAt, p.From, p.To, p.Rows = d.SavedAt, get("tu-ngay"), get("den-ngay"), typedRows(get)
	}
	p.Imported = r.URL.Query().Has("da-nhap") && p.SavedAt != calendar.Instant{}
	return p, err
}

func typedDay(r *web.Reader, d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return r.Date(d)
}

// writes reports whether the officer may write in the sheet as it stands.
func (p *sheetPage) writes() bool { return p.may(doithoai.ActKeepFigures, p.Unit.ID) }

// typedRows are the rows of a form that hold anything.
func typedRows(get func(name string) string) (rows []figureRow) {
	for i := range mostRows {
		row := figureRow{Field: get(plan.FigureField("linh-vuc", i)), Note: get(plan.FigureField("ghi-chu", i))}
		for _, c := range figureColumns {
			row.Cells = append(row.Cells, get(plan.FigureField(c.name, i)))
		}
		if !row.empty() {
			rows = append(rows, row)
		}
	}
	return rows
}

// shown are the rows of the form with some to spare.
func (p *sheetPage) shown() []figureRow {
	rows := append([]figureRow(nil), p.Rows...)
	for range spareRows {
		rows = append(rows, figureRow{Cells: make([]string, len(figureColumns))})
	}
	return rows
}

func (s *site) sheet(r *web.Request) error {
	p, err := s.loadSheet(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// keepSheet keeps the sheet as far as it is typed, or hands it in.
func (s *site) keepSheet(r *web.Request) error {
	var f sheetForm
	if err := r.Form(&f); err != nil {
		return err
	}
	p, err := s.loadSheet(r)
	if err != nil {
		return err
	}
	rows := typedRows(r.PostForm.Get)
	sheet := plan.Sheet{
		DialogueID: p.Dialogue.ID, UnitID: p.Unit.ID, From: web.TypedDate(f.From), To: web.TypedDate(f.To),
	}
	for _, row := range rows {
		sheet.Rows = append(sheet.Rows, row.figures())
	}
	done := "luu"
	if f.Step == "nop" {
		done = "nop"
		_, err = s.db.SubmitFigures(r.Context(), r.Actor(), sheet, f.Version)
	} else {
		_, err = s.db.KeepFigures(r.Context(), r.Actor(), sheet, f.Version)
	}
	if err == nil {
		return r.Redirect(figuresPath(p.Dialogue.ID) + "?xong=" + done)
	}
	if !web.Mendable(err) {
		return err
	}
	p.From, p.To, p.Rows, p.Typed = f.From, f.To, rows, true
	if p.Problems = r.Problems(err); !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, err)
	}
	return r.Page(web.StatusOf(err), p.view())
}

func (s *site) returnSheet(r *web.Request) error {
	var f sheetForm
	if err := r.Form(&f); err != nil {
		return err
	}
	p, err := s.loadSheet(r)
	if err != nil {
		return err
	}
	_, err = s.db.ReturnFigures(r.Context(), r.Actor(), p.Dialogue.ID, p.Unit.ID, f.Version, f.Reason)
	if err == nil {
		return r.Redirect(figuresPath(p.Dialogue.ID) + "?xong=tra-lai")
	}
	if !web.Mendable(err) {
		return err
	}
	p.Reason = f.Reason
	if p.Problems = r.Problems(err); !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, err)
	}
	return r.Page(web.StatusOf(err), p.view())
}

// importSheet reads figures from a file into the form, where they are seen and mended before they are kept.
func (s *site) importSheet(r *web.Request) error {
	var f sheetForm
	b, err := r.Upload(&f, table.FileField, table.MaxFile)
	var p *sheetPage
	if err == nil || doithoai.KindOf(err) == doithoai.Invalid {
		var failed error
		if p, failed = s.loadSheet(r); failed != nil {
			return failed
		}
	}
	if err == nil {
		err = s.keepImported(r, p, b)
	}
	if err == nil {
		return r.Redirect(figuresPath(p.Dialogue.ID) + "/" + string(p.Unit.ID) + "?da-nhap")
	}
	if doithoai.KindOf(err) != doithoai.Invalid {
		return err
	}
	if p.Problems = r.Problems(err); !p.Problems.Any() {
		var e *doithoai.Error
		if !errors.As(err, &e) {
			return err
		}
		p.Problems = r.Problems(doithoai.RefuseForm([]doithoai.Problem{{Field: table.FileField, Key: e.Key}}))
	}
	return r.Page(web.StatusOf(err), p.view())
}

// keepImported keeps the rows of a file as the officer's draft of the form.
func (s *site) keepImported(r *web.Request, p *sheetPage, b []byte) error {
	refuse := func(key string, args ...any) error {
		return doithoai.RefuseForm([]doithoai.Problem{{Field: table.FileField, Key: key, Args: args}})
	}
	if !p.writes() {
		return doithoai.Refuse(doithoai.Invalid, "prepare.figures.problem.closed")
	}
	if b == nil {
		return refuse("prepare.figures.problem.file")
	}
	got, err := table.Read(b)
	if err != nil {
		return err
	}
	rows, missing := importedRows(got, p.Rules.Fields)
	if missing != "" {
		return refuse("prepare.figures.problem.column", "column", r.T(missing))
	}
	if len(rows) == 0 || len(rows) > mostRows-spareRows {
		return refuse("prepare.figures.problem.rows", "max", mostRows-spareRows)
	}
	fields := map[string][]string{"tu-ngay": {p.From}, "den-ngay": {p.To}}
	for i, row := range rows {
		fields[plan.FigureField("linh-vuc", i)] = []string{row.Field}
		fields[plan.FigureField("ghi-chu", i)] = []string{row.Note}
		for n, c := range figureColumns {
			fields[plan.FigureField(c.name, i)] = []string{row.Cells[n]}
		}
	}
	_, err = s.db.SaveDraft(r.Context(), r.Actor(), store.DraftFigures,
		store.FiguresSubject(p.Dialogue.ID, p.Unit.ID), fields)
	return err
}

// importedRows are the rows of a file by the heads of its columns; missing is the key of a head that it lacks. A field
// that is none of the authority's stands in the note, for people to choose one.
func importedRows(t table.Table, fields []doithoai.Field) (rows []figureRow, missing string) {
	at := map[string]int{}
	for i := range t.Header.Cells {
		at[folded(t.Header.Cell(i))] = i
	}
	find := func(names ...string) int {
		for _, name := range names {
			if i, ok := at[name]; ok {
				return i
			}
		}
		return -1
	}
	field, note := find("linh vuc", "ten linh vuc"), find("ghi chu")
	if field < 0 {
		return nil, "prepare.figures.field"
	}
	columns := make([]int, len(figureColumns))
	for i, c := range figureColumns {
		if columns[i] = find(c.known...); columns[i] < 0 && c.name == "tiep-nhan" {
			return nil, c.key
		}
	}
	for _, r := range t.Rows {
		row := figureRow{Note: r.Cell(note)}
		for _, c := range columns {
			row.Cells = append(row.Cells, r.Cell(c))
		}
		typed := folded(r.Cell(field))
		if typed == "tong" || typed == "tong cong" || typed == "cong" { // a line of sums is no field
			continue
		}
		for _, f := range fields {
			if folded(f.Name) == typed || f.Code == r.Cell(field) {
				row.Field = f.Code
			}
		}
		if row.Field == "" && typed != "" {
			row.Note = strings.TrimSpace(r.Cell(field) + " " + row.Note)
		}
		if !row.empty() {
			rows = append(rows, row)
		}
	}
	return rows, ""
}

func folded(s string) string { return strings.Join(strings.Fields(text.Fold(s)), " ") }

// figuresArea puts the units' figures on a dialogue's workspace.
func figuresArea(s *site, r *web.Request, p *workspacePage) error {
	units, err := s.db.Units(r.Context(), r.Authority.ID)
	if err != nil {
		return err
	}
	sheets, err := s.db.ProcedureSheets(r.Context(), r.Actor(), p.Dialogue.ID)
	if err != nil {
		return err
	}
	in := map[doithoai.ID]bool{}
	for _, sheet := range sheets {
		in[sheet.UnitID] = sheet.State == plan.SheetSubmitted
	}
	done, missing := 0, []string(nil)
	for _, u := range units {
		if in[u.ID] {
			done++
		} else {
			missing = append(missing, u.ShortName())
		}
	}
	line := workLine{
		Step:  plan.Step{Stage: plan.StagePrepare, State: plan.StepWaits},
		Title: r.T("prepare.work.figures"), Href: figuresPath(p.Dialogue.ID), Owner: strings.Join(missing, ", "),
		Proof: ui.Words{ui.Text(r.T("prepare.work.figures_proof", "done", done, "all", len(units)))},
	}
	line.Due, _ = plan.QuestionDue(p.Rules, p.Dialogue, p.Dialogue.Announced.Date())
	switch {
	case done == len(units):
		line.State, line.Due, line.Owner = plan.StepDone, calendar.Date{}, r.T("prepare.work.units")
	case len(sheets) > 0:
		line.State = plan.StepDoing
	}
	p.Lines = append(p.Lines, line)
	return nil
}
