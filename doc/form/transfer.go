package form

import (
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
)

// Transferred is an opinion that is another body's to decide, whose record goes there.
type Transferred struct {
	Raised
	To    doithoai.OutsideBody
	Files string // what goes with it, "2 tệp"; "": nothing does
}

// Slip is the paper that goes with the record to the body that decides: a transfer slip (phiếu chuyển), or a letter
// where its number is one of letters.
func (t Transferred) Slip(h Head) doc.Doc {
	paper := h.document(kindOf(h.Number, "PC"), "PC-UBND")
	paper.Form = string(doithoai.PaperTransfer)
	if paper.Kind == doc.Named {
		paper.Type = vietnamese.T("casework.transfer.type")
		paper.Abstract = vietnamese.T("casework.transfer.subject", "number", t.Code)
	} else {
		paper.Abstract = vietnamese.T("casework.transfer.letter")
	}
	to := placeOf(t.To.Name)
	paper.To = []string{to}
	authority := h.Authority.FullName
	paper.Body = []doc.Block{keep(say("casework.transfer.received", "authority", authority, "date", t.On.Words(),
		"number", t.Code, "whose", t.whose()))}
	paper.Body = append(paper.Body, lines(t.Content)...)
	if t.Files != "" {
		paper.Body = append(paper.Body, say("casework.transfer.files", "files", t.Files))
	}
	paper.Body = append(paper.Body, say("casework.transfer.competence", "authority", authority, "to", to),
		say("casework.transfer.passes", "authority", authority, "to", to))
	paper.Recipients.Items = []string{
		vietnamese.T("casework.as_above"), vietnamese.T("casework.transfer.who"), vietnamese.T("casework.file"),
	}
	return paper
}

// TransferNotice tells who raised the opinion that its record went to the body that decides, by which paper, and where
// that body is found.
func (t Transferred) TransferNotice(h Head, number string, dated calendar.Date) doc.Doc {
	paper := h.document(doc.Named, "TB-UBND")
	paper.Form = string(doithoai.PaperMoved)
	paper.Type = vietnamese.T("document.announcement.type")
	paper.Abstract = vietnamese.T("casework.moved.subject")
	paper.To = []string{t.dear()}
	authority, to := h.Authority.FullName, placeOf(t.To.Name)
	document := vietnamese.T("casework.moved.document", "number", number, "date", dated.Words())
	paper.Body = []doc.Block{
		t.cited(authority),
		say("casework.moved.passed", "authority", authority, "to", to, "document", document),
	}
	if found := found(t.To); found != "" {
		paper.Body = append(paper.Body, say("casework.moved.found", "to", to, "found", found))
	}
	paper.Body = append(paper.Body, say("casework.ends", "authority", authority))
	paper.Recipients.Items = []string{
		vietnamese.T("casework.as_above"), vietnamese.T("casework.moved.to", "to", to), vietnamese.T("casework.file"),
	}
	return paper
}

// Guided is an opinion whose person is shown where it is decided: by another body, or as a complaint.
type Guided struct {
	Raised
	Words string // what they are told, a paragraph a line
	To    doithoai.OutsideBody
}

// Slip is the paper of that which the person takes along (phiếu hướng dẫn).
func (g Guided) Slip(h Head) doc.Doc {
	paper := h.document(doc.Named, "HD-UBND")
	paper.Form = string(doithoai.PaperGuidance)
	paper.Type = vietnamese.T("casework.guidance.type")
	paper.Abstract = vietnamese.T("casework.guidance.subject", "number", g.Code)
	paper.To = []string{g.dear()}
	authority := h.Authority.FullName
	paper.Body = []doc.Block{g.cited(authority), keep(say("casework.guidance.about", "authority", authority))}
	paper.Body = append(paper.Body, lines(g.Words)...)
	if found := found(g.To); found != "" && !strings.Contains(g.Words, g.To.Name) {
		paper.Body = append(paper.Body, say("casework.guidance.place", "to", g.To.Name, "found", found))
	}
	paper.Body = append(paper.Body, say("casework.guidance.ends", "authority", authority))
	paper.Recipients.Items = []string{vietnamese.T("casework.as_above"), vietnamese.T("casework.file")}
	return paper
}

// placeOf is the name of a body, room for it where it is not known.
func placeOf(body string) string {
	if body == "" {
		return room
	}
	return body
}

// found says where a body is found and when, "" where nothing of that is known.
func found(b doithoai.OutsideBody) string {
	var parts []string
	for _, part := range []struct{ key, value string }{
		{"casework.found.address", b.Address}, {"casework.found.phone", vietnamese.Phone(b.Phone)},
		{"casework.found.hours", b.Hours},
	} {
		if part.value != "" {
			parts = append(parts, vietnamese.T(part.key, "text", part.value))
		}
	}
	return strings.Join(parts, "; ")
}
