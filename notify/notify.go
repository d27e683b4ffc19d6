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
	ID      string // of the delivery: a message sent twice after a broken connection can be recognised as one
	To      string // address
	From    string // name of the authority
	Subject string
	Body    string // plain text
}

// mails are the words of each message: its subject, its body, and the body where the rest can't be followed online.
var mails = map[doithoai.DeliveryKind]struct{ subject, body, offline string }{
	doithoai.DeliveryReceived: {"mail.received.subject", "mail.received.body", "mail.received.body"},
	doithoai.DeliveryAnswered: {"mail.answered.subject", "mail.answered.body", "mail.answered.body_offline"},
	doithoai.DeliveryPaused:   {"mail.paused.subject", "mail.paused.body", "mail.paused.body_offline"},
	doithoai.DeliveryResumed:  {"mail.resumed.subject", "mail.resumed.body", "mail.resumed.body_offline"},
	doithoai.DeliveryDue:      {"mail.due.subject", "mail.due.body", "mail.due.body_offline"},
}

// Compose words what a delivery tells. site is the public address without a last slash, "" where there is none: then
// nothing points to a page.
func Compose(
	d doithoai.Delivery, a doithoai.Authority, to string, numbers []doithoai.RegisterNumber, site string,
) Message {
	p := text.For("vi")
	list := make([]string, len(numbers))
	for i, n := range numbers {
		list[i] = string(n)
	}
	args := []any{"authority", a.Name, "numbers", strings.Join(list, ", "), "date", p.Date(d.CreatedAt.Date().Time())}
	m := Message{ID: string(d.ID), To: to, From: a.Name}
	lines := []string{p.T("mail.greeting")}
	words, known := mails[d.Kind]
	if !known {
		words = mails[doithoai.DeliveryReceived]
	}
	m.Subject = p.T(words.subject, args...)
	if site == "" {
		words.body = words.offline
	}
	lines = append(lines, p.T(words.body, args...))
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
