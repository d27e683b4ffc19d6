package news

import (
	"strconv"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
)

// Paper is an official document that goes to another body, a unit or a village, with its signed file.
type Paper struct {
	Authority doithoai.Authority
	Document  doithoai.Document
	To        string // whom it is sent to
	Title     string // of the dialogue that it is about
	PlanYear  int    // of a plan
	File      string // name of the file that goes with it
	Hash      doithoai.FileHash
	Due       calendar.Date // by when it is to be acknowledged; zero: no day is asked for
}

// Told words it as an e-mail: its subject, and its paragraphs.
func (n Paper) Told() (subject string, lines []string) {
	p, a, d := text.For("vi"), n.Authority, n.Document
	what := p.T("mail.document."+string(d.Kind), "number", d.Number, "date", p.Date(d.Dated.Time()), "title", n.Title,
		"year", strconv.Itoa(n.PlanYear))
	received := p.T("mail.document.received", "phone", p.Phone(a.Phone))
	if !n.Due.IsZero() {
		received = p.T("mail.document.received_by", "phone", p.Phone(a.Phone), "due", p.Date(n.Due.Time()))
	}
	return what, append([]string{
		p.T("mail.document.greeting", "name", n.To),
		p.T("mail.document.body", "authority", a.Name, "document", text.LowerFirst(what)),
		p.T("mail.document.file", "file", n.File, "hash", n.Hash.String()),
		received,
	}, signature(p, a)...)
}
