package office

import (
	"net/http"
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

// ledgerHeads are the columns of the office's own register as a file, by their keys. Nobody's name is in it.
var ledgerHeads = []string{
	"number", "received", "channel", "headline", "field", "kind", "content", "village", "ruling", "unit", "officer",
	"start", "due", "extended", "paused", "state", "awaited", "answer", "answered", "in_time", "urged", "solved",
	"satisfied", "outcome", "public", "dialogue",
}

// exportRegister answers GET …/xuat: the register as the filters have it, as a file, row by row.
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
	heads := s.heads(r, r.Reader, "ledger.own.", ledgerHeads)
	name := "so-theo-doi-" + r.Today().String() + ".csv"
	return r.Download("text/csv; charset=utf-8", name, func(w http.ResponseWriter) error {
		return table.WriteCSV(w, table.Under(heads, func(yield func([]string) bool) {
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
		}))
	}, &err)
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
	rows := [][]string{s.heads(r, p.Reader, "ledger.book.", bookHeads)}
	for i, row := range book {
		rows = append(rows, p.bookRow(i+1, row))
	}
	name := "so-tiep-cong-dan-" + f.period().From.String() + "-" + f.period().To.String() + ".xlsx"
	return r.Download(workbook, name, func(w http.ResponseWriter) error {
		return table.WriteXLSX(w, vietnamese.T("ledger.book.sheet"), rows)
	}, &err)
}

const workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// bookHeads are the thirteen columns of the book (NĐ 154/2026, Mẫu số 03/TCD), by their keys, in its order.
var bookHeads = []string{
	"ordinal", "day", "who", "identity", "content", "kind", "people", "settled_by", "own", "guided", "with", "outcome",
	"note",
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
	links = append(links, ui.Link{Text: p.T("ledger.export"), Href: ledgerPath + q})
	if doithoai.MayEver(p.Actor(), doithoai.ActKeepLedger) {
		links = append(links, ui.Link{Text: p.T("ledger.book.title"), Href: bookPath})
	}
	return links
}
