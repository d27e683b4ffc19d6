package office

import (
	"cmp"
	"net/http"
	"strings"

	"doithoai"
	"doithoai/doc"
	docform "doithoai/doc/form"
	"doithoai/text"
	"doithoai/web"
)

// The answer as an official letter, below the page of its opinion.
const (
	letterWord = "/thu-tra-loi.docx"
	letterPDF  = "/thu-tra-loi.pdf"
)

// pressed is how many PDFs are made at once: each takes some tens of megabytes while it is.
const pressed = 2

// replyWord answers GET …/thu-tra-loi.docx: the answer as it was handed in, or as it went out, as a Word file.
func (s *site) replyWord(r *web.Request) error {
	const kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	return s.replyLetter(r, kind, "docx", func(w http.ResponseWriter, d doc.Doc) error { return doc.WriteDOCX(w, d) })
}

// replyPDF answers GET …/thu-tra-loi.pdf.
func (s *site) replyPDF(r *web.Request) error {
	return s.replyLetter(r, "application/pdf", "pdf", func(w http.ResponseWriter, d doc.Doc) error {
		return s.press.WritePDF(r.Context(), w, d)
	})
}

// replyLetter sends the letter. It names who raised the opinion only to who has put a view of that on record.
func (s *site) replyLetter(
	r *web.Request, kind, ending string, write func(http.ResponseWriter, doc.Doc) error,
) (err error) {
	id, err := s.lookup(r)
	if err != nil {
		return err
	}
	p, err := s.load(r, id, forms{})
	if err != nil {
		return err
	}
	if !p.hasLetter() {
		return r.Redirect(p.path(""))
	}
	if p.can(doithoai.ActViewPetitioner) {
		if err := s.showPetitioner(r, &p); err != nil {
			return err
		}
	}
	symbol, err := s.db.LastSymbol(r.Context(), r.Actor())
	if err != nil {
		return err
	}
	name := "tra-loi-" + strings.ToLower(string(p.Opinion.Number)) + "." + ending
	return r.Download(kind, name, func(w http.ResponseWriter) error {
		err = write(w, p.replyLetter(symbol))
		return err
	}, &err)
}

// hasLetter reports whether there is an answer to be a letter: it was handed in, and did not come back.
func (p opinionPage) hasLetter() bool {
	return p.Petition != nil && p.Submitted.Body != "" && !p.Petition.InUnit()
}

// replyLetter is the answer as a letter. symbol is that of the letter before it, for one without a number.
func (p opinionPage) replyLetter(symbol string) doc.Doc {
	a := p.Submitted
	number, own, _ := strings.Cut(a.Number, "/")
	head := docform.Head{
		Authority: p.Authority, Number: number, Date: a.Dated, Signer: p.letterSigner(),
		To: []string{vietnamese.T("refusal.paper.as_above"), vietnamese.T("refusal.paper.file")},
	}
	reply := docform.Reply{
		Name: blank, Raised: p.Opinion.ReceivedAt.Date(), Code: string(p.Opinion.Number), Question: p.Opinion.Content,
		Answer: a.Body, Bases: a.Basis, Contact: p.letterContact(),
	}
	if d, ok := p.outlook.dialogues[p.Opinion.DialogueID]; ok && p.Opinion.Channel.Spoken() {
		reply.Where = text.LowerFirst(d.Title)
	}
	if p.Who != nil {
		reply.Name = cmp.Or(p.Who.Name, p.Who.Organisation, blank)
		reply.Address = cmp.Or(p.WhoPlace, p.Who.Address)
	}
	for _, l := range p.Promised {
		reply.Tasks = append(reply.Tasks, docform.ReplyTask{
			Unit: p.OpinionFile.Units[l.UnitID], What: text.LowerFirst(l.What), Due: l.Due,
		})
	}
	letter := reply.Letter(head)
	letter.Symbol = cmp.Or(own, symbol, letterSymbol)
	return letter
}

// letterSymbol is that of letters which the office drafts, until one has had another (NĐ 30/2020, Phụ lục III).
const letterSymbol = "UBND-VP"

// letterSigner is who signed, as it stands below the letter; before that there is room for it.
func (p opinionPage) letterSigner() doc.Signer {
	a := p.Submitted
	if a.SignedBy == "" {
		return doc.Signer{Title: vietnamese.T("refusal.paper.head")}
	}
	name, title, _ := strings.Cut(a.SignedBy, ", ")
	title, _, _ = strings.Cut(title, " UBND") // whose it is stands at the head of the letter
	return doc.Signer{For: a.SignedFor, Title: strings.ToUpper(title), Name: name}
}

// letterContact is whom the person asks: of the unit, else the office.
func (p opinionPage) letterContact() string {
	if p.Unit.Contact != "" && p.Unit.Phone != "" {
		return p.Unit.Contact + ", " + vietnamese.Phone(p.Unit.Phone)
	}
	return vietnamese.Phone(p.Authority.Phone)
}
