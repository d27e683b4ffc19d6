package office

import (
	"doithoai"
	"doithoai/doc"
	docform "doithoai/doc/form"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// partTransfer is the transfer of a record on an opinion's page, as links name it; the pages are its papers.
const (
	partTransfer = "#chuyen-ho-so"
	pageMoved    = web.TransferNoticeFile
	pageGuidance = web.GuidanceFile
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

// isElsewhere reports whether another body decides the opinion.
func (p opinionPage) isElsewhere() bool { return p.Opinion.Ruling == doithoai.RulingOtherBody }

// isTransferred reports whether its record went there.
func (p opinionPage) isTransferred() bool { return p.Transfer != nil }

// isGuided reports whether its person was shown where it is decided, and nothing else goes there.
func (p opinionPage) isGuided() bool {
	return p.isElsewhere() && p.Transfer == nil || p.Guided().Kind != ""
}

// transferred is the opinion with the body that decides it, as the last word on that has it.
func (p opinionPage) transferred() docform.Transferred {
	t := docform.Transferred{Raised: p.raised(), To: p.Redirect}
	if p.Transfer != nil && p.Transfer.To != p.Redirect.Name {
		t.To = doithoai.OutsideBody{Name: p.Transfer.To}
	}
	if p.Files.May.AuthorityID != "" && p.present() > 0 {
		t.Files = p.filesWords()
	}
	return t
}

// transferPaper is what goes with the record: before that is recorded, without number and day.
func (p opinionPage) transferPaper() doc.Doc {
	head := chairHead(p.Authority)
	if p.Transfer != nil {
		head.Number, head.Date = p.Transfer.Number, p.Transfer.Dated
	}
	return p.transferred().Slip(head)
}

// movedPaper tells who raised the opinion of that.
func (p opinionPage) movedPaper() doc.Doc {
	return p.transferred().TransferNotice(p.numbered(chairHead(p.Authority), doithoai.DocumentTransferNotice),
		p.Transfer.Number, p.Transfer.Dated)
}

// guidancePaper shows them where it is decided.
func (p opinionPage) guidancePaper() doc.Doc {
	words := p.RulingText
	if p.Guided().Kind != "" {
		words = vietnamese.T("casework.guidance.complaint", "body", text.LowerFirst(p.Redirect.Name))
	}
	return docform.Guided{Raised: p.raised(), Words: words, To: p.Redirect}.
		Slip(p.numbered(chairHead(p.Authority), doithoai.DocumentGuidance))
}

func transferOf(f *forms) *transferForm { return &f.Transfer }

func transferTexts(f forms) []keptText { return []keptText{{"redirection.agreed", f.Transfer.Agreed}} }
