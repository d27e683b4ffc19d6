package office

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/table"
	"doithoai/web"
	"doithoai/web/ui"
)

// Addresses of the register as files: the office's own, and the book of receptions.
const (
	ledgerPath = web.RegisterPath + "/xuat"
	bookPath   = web.DeskPath + "/so-tiep-cong-dan"
)

// column is one of a file: its key, and its width in a workbook, in characters.
type column struct {
	key   string
	width float64
}

// ledgerColumns are those of the office's own register as a file. Nobody's name is in it.
var ledgerColumns = []column{
	{"number", 12}, {"received", 11}, {"channel", 16}, {"headline", 40}, {"field", 16}, {"kind", 12}, {"content", 12},
	{"village", 12}, {"ruling", 22}, {"unit", 22}, {"officer", 20}, {"start", 11}, {"due", 11}, {"extended", 9},
	{"paused", 9}, {"state", 18}, {"awaited", 26}, {"answer", 16}, {"answered", 11}, {"in_time", 11}, {"urged", 9},
	{"solved", 14}, {"satisfied", 9}, {"outcome", 24}, {"public", 14}, {"dialogue", 11},
}

// exportRegister answers GET …/xuat and …/xuat.xlsx: the register as the filters have it, as a file, row by row.
func (s *site) exportRegister(r *web.Request) error {
	p, err := s.registerPage(r, r.URL.Query())
	if err != nil {
		return err
	}
	f := p.Filter
	f.Before = ""
	rows, more, err := s.db.Ledger(r.Context(), r.Actor(), f)
	if err != nil {
		return err
	}
	all := table.Under(s.heads(r, r.Reader, "ledger.own.", keysOf(ledgerColumns)), func(yield func([]string) bool) {
		for {
			for _, row := range rows {
				if !yield(p.ledgerRow(row)) {
					return
				}
			}
			if !more {
				return
			}
			f.Before = rows[len(rows)-1].Opinion.ID
			if rows, more, err = s.db.Ledger(r.Context(), r.Actor(), f); err != nil {
				return
			}
		}
	})
	name := "so-theo-doi-" + r.Today().String()
	if strings.HasSuffix(r.URL.Path, asWorkbook) {
		sheet := RegisterSheet(r.T("ledger.own.sheet"))
		return r.Download(workbook, name+asWorkbook, func(w http.ResponseWriter) error { return sheet.Write(w, all) }, &err)
	}
	return r.Download("text/csv; charset=utf-8", name+".csv", func(w http.ResponseWriter) error {
		return table.WriteCSV(w, all)
	}, &err)
}

// asWorkbook is the ending of a file's address and name that is a workbook.
const asWorkbook = ".xlsx"

// RegisterSheet is the sheet of the office's own register as a workbook.
func RegisterSheet(name string) table.Sheet { return sheetOf(name, ledgerColumns) }

// sheetOf is the sheet of a workbook with some columns.
func sheetOf(name string, columns []column) table.Sheet {
	sheet := table.Sheet{Name: name}
	for _, c := range columns {
		sheet.Widths = append(sheet.Widths, c.width)
	}
	return sheet
}

func keysOf(columns []column) (keys []string) {
	for _, c := range columns {
		keys = append(keys, c.key)
	}
	return keys
}

// heads are the headings of a file; one of the demo says of itself that nothing in it is real.
func (s *site) heads(r *web.Request, words *web.Reader, of string, keys []string) []string {
	heads := make([]string, len(keys))
	for i, key := range keys {
		heads[i] = words.T(of + key)
	}
	if r.Authority.Demo {
		heads = table.Mark(words.Text, [][]string{heads})[0]
	}
	return heads
}

// ledgerRow is a row of the office's own register.
func (p registerPage) ledgerRow(row store.LedgerRow) []string {
	o, pet := row.Opinion, row.Petition
	number := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	day := func(d calendar.Date) string {
		if d.IsZero() {
			return ""
		}
		return p.Date(d)
	}
	var start, due calendar.Date
	if pet != nil {
		start, due = pet.Start, pet.Due
	}
	content, kind := "", ""
	if o.ContentCode > 0 {
		content = number(int(o.ContentCode))
	}
	if o.Kind != "" {
		kind = kindName(p.Reader, o.Kind)
	}
	ruling := ""
	if o.Ruling != "" {
		ruling = p.RulingName(o.Ruling)
	}
	solved, satisfied := "", number(row.Rating.Satisfied)
	if row.Rating.Solved != "" {
		solved = p.T("petition.solved." + string(row.Rating.Solved))
	}
	dialogue := ""
	if d, known := p.outlook.dialogues[o.DialogueID]; known {
		dialogue = p.Date(d.StartsAt.Date())
	}
	return []string{
		string(o.Number), p.Date(o.ReceivedAt.Date()), p.ChannelName(o.Channel), o.Headline,
		p.FieldText(o.FieldCode, p.outlook.rules.FieldName(o.FieldCode)), kind, content, row.Village, ruling,
		leadName(p.Reader, row.Unit, pet), row.Officer, day(start), day(due), number(row.Extended), number(row.Paused),
		stateTag(p.Reader, o, pet, 0).Text, p.awaitedWords(row.Awaited, o), row.Number,
		day(row.Dated), p.inTime(pet), number(row.Urged), solved,
		satisfied, p.outcomeWords(o), publicationWords(p.Reader, row.Publication), dialogue,
	}
}

// inTime says whether what was to be answered was, or still is, in time; "" of what nobody is to answer.
func (p registerPage) inTime(pet *doithoai.Petition) string {
	switch {
	case pet == nil, pet.State == doithoai.PetitionEnded && !pet.EverMissed():
		return ""
	case pet.EverMissed() || pet.Late(p.Today(), p.outlook.rules.Calendar):
		return p.T("ledger.late")
	}
	return p.T("ledger.in_time")
}

// bookPage asks for the period of the book of receptions.
type bookPage struct {
	*web.Reader
	Form     periodForm
	Problems web.Problems
}

// periodForm is a period as it was typed.
type periodForm struct {
	From string `form:"tu-ngay" line:"true" day:"true"`
	To   string `form:"den-ngay" line:"true" day:"true"`
}

func (f periodForm) period() doithoai.Period {
	return doithoai.Period{From: web.TypedDate(f.From), To: web.TypedDate(f.To)}
}

// book answers GET /noi-bo/so-tiep-cong-dan, with the quarter proposed that today is in.
func (s *site) book(r *web.Request) error {
	today := r.Today()
	first := calendar.DateOf(today.Year, today.Month-(today.Month-1)%3, 1)
	return r.Page(http.StatusOK, bookPage{Reader: r.Reader, Form: periodForm{r.Date(first), r.Date(today)}}.view())
}

// exportBook sends the book of receptions of a period. That each name was seen is on record before the file leaves.
func (s *site) exportBook(r *web.Request) error {
	var f periodForm
	if err := r.Form(&f); err != nil {
		return err
	}
	book, err := s.db.ViewForLedger(r.Context(), r.Actor(), f.period())
	if err != nil {
		if !web.Mendable(err) {
			return err
		}
		return r.Page(web.StatusOf(err), bookPage{r.Reader, f, r.Problems(err)}.view())
	}
	p := registerPage{Reader: inVietnamese(r.Reader)}
	if p.outlook, err = s.outlook(r); err != nil {
		return err
	}
	if p.Villages, err = s.db.Villages(r.Context(), r.Authority.ID); err != nil {
		return err
	}
	rows := [][]string{s.heads(r, p.Reader, "ledger.book.", keysOf(bookColumns))}
	for i, row := range book {
		rows = append(rows, p.bookRow(i+1, row))
	}
	name := "so-tiep-cong-dan-" + f.period().From.String() + "-" + f.period().To.String() + asWorkbook
	return r.Download(workbook, name, func(w http.ResponseWriter) error {
		return sheetOf(vietnamese.T("ledger.book.sheet"), bookColumns).Write(w, slices.Values(rows))
	}, &err)
}

const workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// bookColumns are the thirteen of the book (NĐ 154/2026, Mẫu số 03/TCD), in its order.
var bookColumns = []column{
	{"ordinal", 6}, {"day", 12}, {"who", 28}, {"identity", 16}, {"content", 45}, {"kind", 12}, {"people", 9},
	{"settled_by", 16}, {"own", 10}, {"guided", 20}, {"with", 20}, {"outcome", 26}, {"note", 14},
}

// bookRow is a line of the book; in Vietnamese, whoever takes it out. The number of a paper of identity is never asked
// for here.
func (p registerPage) bookRow(n int, row store.BookRow) []string {
	o := row.Opinion
	who := web.Joined(strings.TrimSpace(row.Who.Name+" "+row.Who.Organisation), row.Who.Address, p.villageOf(row.Who))
	people := max(row.Who.Households, 1+row.Alike)
	own, before, handler := "", "", ""
	if o.Ruling.OwnMatter() {
		own = "x"
	}
	if o.Repeat.Before != "" {
		before = p.Authority.Name
	}
	if row.Petition != nil && row.Petition.State != doithoai.PetitionEnded {
		handler = leadName(p.Reader, row.Unit, row.Petition)
	}
	return []string{
		strconv.Itoa(n), p.Date(o.ReceivedAt.Date()), who, "", strings.Join(lines(o.Content), " "), p.bookKind(o),
		strconv.Itoa(people), before, own, row.To, handler, p.bookOutcome(row), string(o.Number),
	}
}

// villageOf is the village where somebody lives, "" where it is none of the authority's.
func (p registerPage) villageOf(who doithoai.Petitioner) string {
	for _, v := range p.Villages {
		if v.ID == who.VillageID {
			return v.Name
		}
	}
	return ""
}

// bookKind is what the book calls an opinion: a complaint, a petition, or feedback.
func (p registerPage) bookKind(o doithoai.Opinion) string {
	switch {
	case o.Ruling == doithoai.RulingComplaint:
		return p.T("ledger.kind.complaint")
	case o.Kind == doithoai.KindFeedback || o.Kind == doithoai.KindQuestion:
		return p.T("ledger.kind.feedback")
	}
	return p.T("ledger.kind.petition")
}

// bookOutcome says what became of it.
func (p registerPage) bookOutcome(row store.BookRow) string {
	if row.Number != "" {
		return p.T("ledger.answered", "number", row.Number, "date", p.Date(row.Dated))
	}
	state := stateTag(p.Reader, row.Opinion, row.Petition, 0).Text
	if row.Petition != nil && row.Petition.Open() {
		return p.T("ledger.due", "state", state, "due", p.Date(row.Petition.Due))
	}
	return state
}

// exports are the files that the register page offers.
func (p registerPage) exports() (links []ui.Link) {
	q := strings.TrimPrefix(string(p.path(p.Tab, "")), web.RegisterPath)
	links = append(links,
		ui.Link{Text: p.T("ledger.export_workbook"), Href: ledgerPath + asWorkbook + q},
		ui.Link{Text: p.T("ledger.export"), Href: ledgerPath + q})
	if doithoai.MayEver(p.Actor(), doithoai.ActKeepLedger) {
		links = append(links, ui.Link{Text: p.T("ledger.book.title"), Href: bookPath})
	}
	if doithoai.MayEver(p.Actor(), doithoai.ActSeeReport) {
		links = append(links, ui.Link{Text: p.T("periodic.title"), Href: web.PeriodicPath})
	}
	return links
}
