package form

import (
	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
	"doithoai/text"
)

// Refused is an opinion that is not accepted, as the notice to the person tells of it.
type Refused struct {
	Name     string
	Address  string
	Received calendar.Date
	Code     string // the register number
	Content  string
	Refusal  doithoai.Refusal
	Words    string // the explanation, a paragraph a line
	Decided  calendar.Date
}

// RefusalNotice tells a person that an opinion is not accepted, on which ground and basis, and what can be done against
// it (Mẫu số 01/TCD, Nghị định 154/2026/NĐ-CP). The identity card's line stays blank: the product doesn't ask for it.
func RefusalNotice(h Head, r Refused) doc.Doc {
	paper := h.document(doc.Named, "TB-UBND")
	paper.Form = string(doithoai.PaperRefusal)
	paper.Type, paper.Abstract = vietnamese.T("refusal.paper.kind"), vietnamese.T("refusal.paper.subject")
	paper.To = []string{vietnamese.T("refusal.paper.dear", "name", r.Name)}
	authority := h.Authority.FullName
	refusal := r.Refusal.Filled(r.Decided)
	paper.Body = []doc.Block{
		say("refusal.paper.received", "date", r.Received.Words(), "authority", authority, "number", r.Code, "name", r.Name),
		say("refusal.paper.identity", "blank", "……………"),
		say("refusal.paper.address", "address", r.Address),
		say("refusal.paper.content", "content", r.Content),
		say("refusal.paper.basis", "basis", refusal.Basis),
		say("refusal.paper.refuses", "date", r.Decided.Words(), "authority", authority,
			"ground", text.LowerFirst(vietnamese.T("refusal.ground."+string(refusal.Ground)))),
	}
	paper.Body = append(append(paper.Body, lines(r.Words)...), say("refusal.paper.rights", "authority", authority))
	if len(h.To) == 0 {
		paper.Recipients.Items = []string{vietnamese.T("refusal.paper.as_above"), vietnamese.T("refusal.paper.file")}
	}
	return paper
}
