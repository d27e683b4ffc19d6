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
	paper.Type = vietnamese.T("document.announcement.type")
	paper.Abstract = vietnamese.T("document.announcement.abstract", "title", d.Title)
	paper.Body = lines(t.Body)
	return paper
}

// Conclusion is the notice of what the chair concluded, in the chair's words.
func Conclusion(h Head, d doithoai.Dialogue, words string) doc.Doc {
	paper := h.document(doc.Named, "TB-UBND")
	paper.Type = vietnamese.T("document.announcement.type")
	paper.Abstract = vietnamese.T("document.conclusion.abstract", "title", d.Title)
	paper.Body = lines(words)
	return paper
}
