package form

import (
	"doithoai"
	"doithoai/doc"
	"doithoai/plan"
)

// Announcement announces a dialogue in the words that the office wrote, one paragraph a line.
func Announcement(h Head, d doithoai.Dialogue, t plan.Text) doc.Doc {
	h.Number, h.Date = t.Number, t.Dated
	paper := h.document(doc.Named, "TB-UBND")
	paper.Form = string(doithoai.PaperAnnouncement)
	paper.Type = vietnamese.T("document.announcement.type")
	paper.Abstract = vietnamese.T("document.announcement.abstract", "title", lowerTitle(d))
	paper.Body = of(FieldBody, lines(t.Body)...)
	return paper
}

// HouseRules are the rules of a dialogue, pinned up at its door, with a day and the name of who signs.
func HouseRules(h Head, d doithoai.Dialogue, words string) doc.Doc {
	paper := h.sheet(doithoai.PaperHouseRules, "document.house_rules.type", d, words)
	day := doc.Run{Text: plan.PlaceAndDate(h.Authority.Place, h.Date), Italic: true}
	paper.Body = append(paper.Body, doc.Paragraph{Runs: []doc.Run{day}, Align: doc.Right})
	if h.Signer != (doc.Signer{}) {
		paper.Signers = []doc.Signer{h.Signer}
	}
	return paper
}

// HostWords are what the host of a dialogue says.
func HostWords(h Head, d doithoai.Dialogue, words string) doc.Doc {
	return h.sheet(doithoai.PaperHostWords, "document.host.type", d, words)
}

// sheet is a paper without a number.
func (h Head) sheet(kind doithoai.PaperKind, title string, d doithoai.Dialogue, words string) doc.Doc {
	paper := h.document(doc.Sheet, "")
	paper.Form, paper.PlaceAndDate = string(kind), ""
	paper.Type, paper.Abstract = vietnamese.T(title), d.Title
	paper.Signers, paper.Recipients = nil, doc.Recipients{}
	paper.Body = of(FieldBody, lines(words)...)
	return paper
}
