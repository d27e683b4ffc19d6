// Package notify brings messages to people: by e-mail, or, in a demo, nowhere.
package notify

import (
	"strings"

	"doithoai"
	"doithoai/text"
)

// Message is one message to one person. It carries register numbers, which are public, and neither what was said nor a
// receipt code: mail is read by others on its way.
type Message struct {
	ID      string // of the delivery: a message sent twice after a broken connection can be told as one
	To      string // address
	From    string // name of the authority
	Subject string
	Body    string // plain text
}

// Compose words what a delivery tells. site is the public address without a last slash, "" where there is none: then
// nothing points to a page.
func Compose(d doithoai.Delivery, a doithoai.Authority, to string, numbers []doithoai.RegisterNumber, site string) Message {
	p := text.For("vi")
	list := make([]string, len(numbers))
	for i, n := range numbers {
		list[i] = string(n)
	}
	args := []any{"authority", a.Name, "numbers", strings.Join(list, ", "), "date", p.Date(d.CreatedAt.Date().Time())}
	m := Message{ID: string(d.ID), To: to, From: a.Name}
	lines := []string{p.T("mail.greeting")}
	switch d.Kind {
	case doithoai.DeliveryAnswered:
		m.Subject = p.T("mail.answered.subject", args[2:4]...)
		lines = append(lines, p.T("mail.answered.body", args[2:]...))
	case doithoai.DeliveryPaused:
		m.Subject = p.T("mail.paused.subject", args[2:4]...)
		lines = append(lines, p.T("mail.paused.body", args[2:]...))
	case doithoai.DeliveryResumed:
		m.Subject = p.T("mail.resumed.subject", args[2:4]...)
		lines = append(lines, p.T("mail.resumed.body", args[2:]...))
	case doithoai.DeliveryDue:
		m.Subject = p.T("mail.due.subject", args[2:4]...)
		lines = append(lines, p.T("mail.due.body", args[2:]...))
	default:
		m.Subject = p.T("mail.received.subject", args[2:4]...)
		lines = append(lines, p.T("mail.received.body", args...))
	}
	if site != "" {
		lines = append(lines, p.T("mail.follow", "address", site+"/tra-cuu"))
	}
	lines = append(lines, p.T("mail.ask", "phone", p.Phone(a.Phone)), p.T("mail.signed", "authority", a.Name))
	if a.Demo {
		lines = append(lines, p.T("mail.demo"))
	}
	m.Body = strings.Join(lines, "\n\n") + "\n"
	return m
}
