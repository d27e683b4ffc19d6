package office

import (
	"cmp"
	"strings"

	"doithoai"
	"doithoai/doc"
	docform "doithoai/doc/form"
	"doithoai/plan"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/docfile"
)

// pageSubmission is the sheet with which the answer goes to who signs on paper, below the page of its opinion.
const pageSubmission = "/phieu-trinh"

// isSubmittable reports whether there is a draft for who signs: of who writes it, or as it was handed in.
func (p opinionPage) isSubmittable() bool {
	if !p.hasLetter() || p.signed() {
		return false
	}
	return p.lettered().Body != ""
}

// submissionPaper is that sheet.
func (p opinionPage) submissionPaper() doc.Doc {
	reply := p.asReply(p.lettered())
	s := docform.Submission{
		Code: reply.Code, Received: reply.Raised, Summary: p.Opinion.Headline, Content: p.Opinion.Content,
		Unit: cmp.Or(p.Unit.Name, p.T("assignment.by_chair")), Draft: reply.Answer, Bases: reply.Bases,
		Tasks: reply.Tasks, Due: p.Petition.Due,
	}
	if p.Petition.OfficerID != "" {
		s.Officer = p.officer()
	}
	return s.Sheet(docform.Head{Authority: p.Authority})
}

// replyLetter answers GET …/thu-tra-loi.docx and .pdf: the draft of who writes it, the answer as it was handed in, or
// as it went out. It names who raised the opinion only to who has put a view of that on record.
func (s *site) replyLetter(r *web.Request) error {
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
	letter, _, err := s.letterOf(r, &p, p.lettered())
	if err != nil {
		return err
	}
	return docfile.Send(r, s.db, "tra-loi-"+strings.ToLower(string(p.Opinion.Number)), letter)
}

// letterOf is an answer as a letter, and what it says.
func (s *site) letterOf(r *web.Request, p *opinionPage, t lettered) (doc.Doc, docform.Reply, error) {
	if p.can(doithoai.ActViewPetitioner) {
		if err := s.showPetitioner(r, p); err != nil {
			return doc.Doc{}, docform.Reply{}, err
		}
	}
	symbol, err := s.db.LastSymbol(r.Context(), r.Actor())
	if err != nil {
		return doc.Doc{}, docform.Reply{}, err
	}
	reply := p.asReply(t)
	return p.replyLetter(t, reply, symbol), reply, nil
}

// hasLetter reports whether there is an answer to be a letter: the draft of who writes it, or what was handed in and
// did not come back.
func (p opinionPage) hasLetter() bool {
	return p.Petition != nil && (p.drafting() || p.Submitted.Body != "" && !p.Petition.InUnit())
}

// lettered is an answer that is a letter, with what it promises.
type lettered struct {
	doithoai.Answer
	promised []doithoai.Promised
	replaces *doithoai.Answer // whose place it takes; nil: none's
}

// lettered is the draft of who writes the answer, else the answer as it was handed in.
func (p opinionPage) lettered() lettered {
	if p.drafting() {
		return lettered{Answer: p.Forms.Answer.answer(), promised: p.Forms.Answer.Promised()}
	}
	t := lettered{Answer: p.Submitted, promised: p.Promised}
	if was := p.Replaces(); was != nil {
		t.replaces = &was.Answer
	}
	return t
}

// replyLetter is a reply as a letter. symbol is that of the letter before it, for one without a number.
func (p opinionPage) replyLetter(t lettered, reply docform.Reply, symbol string) doc.Doc {
	return reply.Letter(docform.Head{
		Authority: p.Authority, Number: symbolled(t.Number, symbol), Date: t.Dated, Signer: letterSigner(t.Answer),
		To: []string{vietnamese.T("refusal.paper.as_above"), vietnamese.T("refusal.paper.file")},
	})
}

// asReply is what the letter says.
func (p opinionPage) asReply(t lettered) docform.Reply {
	reply := docform.Reply{
		Name: blank, Raised: p.Opinion.ReceivedAt.Date(), Code: string(p.Opinion.Number), Question: p.Opinion.Content,
		Answer: t.Body, Bases: t.Basis, Contact: p.letterContact(),
	}
	if t.replaces != nil {
		reply.Replaces = vietnamese.T("document.reply.letter", "number", t.replaces.Number, "date", t.replaces.Dated.Words())
	}
	if d, ok := p.outlook.dialogues[p.Opinion.DialogueID]; ok && p.Opinion.Channel.Spoken() {
		reply.Where = text.LowerFirst(d.Title)
	}
	if p.Who != nil {
		reply.Name = cmp.Or(p.Who.Name, p.Who.Organisation, blank)
		reply.Address = cmp.Or(p.WhoPlace, p.Who.Address)
	}
	for _, l := range t.promised {
		reply.Tasks = append(reply.Tasks, docform.ReplyTask{
			Unit: p.OpinionFile.Units[l.UnitID], What: text.LowerFirst(l.What), Due: l.Due,
		})
	}
	return reply
}

// letterSymbol is that of letters which the office drafts, until one has had another (NĐ 30/2020, Phụ lục III).
const letterSymbol = "UBND-VP"

// letterSigner is who signed, as it stands below the letter; before that there is room for the chair's name.
func letterSigner(a doithoai.Answer) doc.Signer {
	name, title, _ := strings.Cut(a.SignedBy, ", ")
	if a.SignedBy == "" || docform.OfCommittee(title) {
		return docform.ChairSigner(plan.Signatory{}, a.SignedBy)
	}
	return doc.Signer{For: a.SignedFor, Title: doithoai.SigningTitle(title), Name: name}
}

// letterContact is whom the person asks: of the unit, else the office.
func (p opinionPage) letterContact() string {
	if p.Unit.Contact != "" && p.Unit.Phone != "" {
		return p.Unit.Contact + ", " + vietnamese.Phone(p.Unit.Phone)
	}
	return vietnamese.Phone(p.Authority.Phone)
}
