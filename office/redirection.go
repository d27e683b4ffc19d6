package office

import (
	"net/http"

	"doithoai"
	"doithoai/web"
	"doithoai/web/ui"
)

// partTransfer is the transfer of a record on an opinion's page, as links name it; pageTransfer its slip.
const (
	partTransfer = "#chuyen-ho-so"
	pageTransfer = "/phieu-chuyen"
)

// transferForm passes the record of an opinion on.
type transferForm struct {
	Version int    `form:"phien-ban"`
	To      string `form:"chuyen-co-quan" line:"true"`
	Number  string `form:"chuyen-so" line:"true"`
	Dated   string `form:"chuyen-ngay" line:"true" day:"true"`
	Agreed  string `form:"chuyen-voi-ai" line:"true"`
}

func (s *site) transferRecord(r *web.Request, id doithoai.ID, f transferForm) error {
	return s.db.TransferRecord(r.Context(), r.Actor(), id, f.Version, doithoai.RecordTransfer{
		To: f.To, Number: f.Number, Dated: web.TypedDate(f.Dated), Agreed: f.Agreed,
	})
}

// sentElsewhere completes a ruling that sends the person to another body: where that is found, and what they are told,
// where nothing was typed.
func (s *site) sentElsewhere(r *web.Request, ruling doithoai.Ruling) (doithoai.Ruling, error) {
	if ruling.Code != doithoai.RulingOtherBody || ruling.Body.Name == "" {
		return ruling, nil
	}
	bodies, err := s.db.OutsideBodies(r.Context(), r.Authority.ID)
	if err != nil {
		return ruling, err
	}
	ruling.Body = web.BodyNamed(bodies, ruling.Body.Name).Contact()
	if ruling.Text == "" {
		ruling.Text = r.RedirectWords(ruling.Body)
	}
	return ruling, nil
}

// passingOn reports whether the form is shown by which the record is passed on.
func (p opinionPage) passingOn() bool {
	return p.Opinion.Transferable(p.Transfer) && !p.ruling() && p.can(doithoai.ActTransferRecord)
}

// transferHere is the form of a transfer: as it was typed where it was refused, else to the body of the ruling.
func (p opinionPage) transferHere() transferForm {
	if p.Forms.typed == doithoai.ActTransferRecord {
		return p.Forms.Transfer
	}
	return transferForm{To: p.Redirect.Name, Dated: p.Date(p.Today())}
}

// transferUntil is the last day of the term for passing a record on, "" where none is in force.
func (p opinionPage) transferUntil() string {
	rules := p.outlook.rules
	until := rules.DueOf(doithoai.ParameterTransfer, rules.CountsFrom(p.Opinion.ReceivedAt).Date())
	if until.IsZero() {
		return ""
	}
	return p.T("redirection.until", "date", p.DateShort(until))
}

func (p opinionPage) transferWords() string {
	t := p.Transfer
	words := p.T("redirection.transferred", "to", t.To, "number", t.Number, "date", p.Date(t.Dated))
	if t.Late {
		words += " " + p.T("redirection.late")
	}
	return words
}

// bodyRows say where the body is found to which the person was sent.
func bodyRows(r *web.Reader, b doithoai.OutsideBody) (rows []ui.SummaryRow) {
	for _, row := range []ui.SummaryRow{
		{Key: r.T("redirection.body"), Value: b.Name}, {Key: r.T("redirection.address"), Value: b.Address},
		{Key: r.T("redirection.phone"), Value: r.Text.Phone(b.Phone)}, {Key: r.T("redirection.hours"), Value: b.Hours},
	} {
		if row.Value != "" {
			rows = append(rows, row)
		}
	}
	return rows
}

func (p opinionPage) transferredFacts(f doithoai.Facts) []string {
	list := []string{p.T("opinion.timeline.document", "number", f.Number, "date", p.Date(f.Dated))}
	if f.Late {
		list = append(list, p.T("redirection.late"))
	}
	return list
}

// redirectField asks to which body the person is sent.
func (p opinionPage) redirectField() ui.Input {
	f := web.Field(p.Reader, p.Problems, doithoai.FieldBody, p.T("redirection.field"), p.T("redirection.field_hint"))
	f.Attrs = ui.Attrs{"list": "noi-giai-quyet-co"}
	return ui.Input{Field: f, Value: p.Forms.Ruling.Body, Autocomplete: "off"}
}

// transferSlip answers GET …/phieu-chuyen: the slip that goes with the record. It names who raised the opinion only to
// who has put a view of that on record.
func (s *site) transferSlip(r *web.Request) error {
	id, err := s.lookup(r)
	if err != nil {
		return err
	}
	p, err := s.load(r, id, forms{})
	if err != nil {
		return err
	}
	if p.Transfer == nil { // nothing goes with a slip
		return r.Redirect(p.path(""))
	}
	if p.can(doithoai.ActViewPetitioner) {
		if err := s.showPetitioner(r, &p); err != nil {
			return err
		}
	}
	return r.Page(http.StatusOK, p.transferSlip())
}

func transferOf(f *forms) *transferForm { return &f.Transfer }

func transferTexts(f forms) []keptText { return []keptText{{"redirection.agreed", f.Transfer.Agreed}} }
