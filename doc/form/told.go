package form

import (
	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
)

// Told is news of an opinion, for who raised it by letter.
type Told struct {
	Raised
	Subject string // what the notice is about, below "casework.told."
	Words   string // what they are told, a paragraph a line
	Contact string // whom they ask
}

// The subjects of such news.
const (
	ToldStatus   = "status"   // it was taken up, and how it stands
	ToldExtended = "extended" // it is answered later than was said
)

// Extended is what somebody is told whose answer comes later, and why.
func Extended(authority, reason string, due calendar.Date) string {
	return vietnamese.T("casework.told.extended.words", "authority", authority, "reason", sentence(reason)) + "\n" +
		vietnamese.T("casework.told.extended.due", "date", due.Words())
}

// Notice is the letter that tells of it (thông báo).
func (t Told) Notice(h Head) doc.Doc {
	paper := h.document(doc.Named, "TB-UBND")
	paper.Form = string(doithoai.PaperTold)
	paper.Type = vietnamese.T("document.announcement.type")
	paper.Abstract = vietnamese.T("casework.told.subject." + t.Subject)
	paper.To = []string{t.dear()}
	authority := h.Authority.FullName
	paper.Body = []doc.Block{t.cited(authority)}
	paper.Body = append(paper.Body, lines(t.Words)...)
	if t.Contact != "" {
		paper.Body = append(paper.Body, say("document.reply.contact", "text", t.Contact))
	}
	paper.Body = append(paper.Body, say("casework.ends", "authority", authority))
	paper.Recipients.Items = []string{vietnamese.T("casework.as_above"), vietnamese.T("casework.file")}
	return paper
}
