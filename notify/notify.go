// Package notify brings messages to people: by e-mail, or, in a demo, nowhere.
package notify

import (
	"strings"

	"doithoai"
	"doithoai/calendar"
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
	doithoai.DeliveryCorrected: {
		"mail.corrected.subject", "mail.corrected.body", "mail.corrected.body_offline",
	},
	doithoai.DeliveryPaused:  {"mail.paused.subject", "mail.paused.body", "mail.paused.body_offline"},
	doithoai.DeliveryResumed: {"mail.resumed.subject", "mail.resumed.body", "mail.resumed.body_offline"},
	doithoai.DeliveryDue:     {"mail.due.subject", "mail.due.body", "mail.due.body_offline"},
	doithoai.DeliveryLater:   {"mail.later.subject", "mail.later.body", "mail.later.body_offline"},
	doithoai.DeliveryTransferred: {
		"mail.transferred.subject", "mail.transferred.body", "mail.transferred.body_offline",
	},
	doithoai.DeliveryRefused: {"mail.refused.subject", "mail.refused.body", "mail.refused.body_offline"},
	doithoai.DeliveryReopened: {
		"mail.reopened.subject", "mail.reopened.body", "mail.reopened.body_offline",
	},
	doithoai.DeliverySupplement: {
		"mail.supplement.subject", "mail.supplement.body", "mail.supplement.body_offline",
	},
	doithoai.DeliveryOwn: {
		"mail.own_request.subject", "mail.own_request.body", "mail.own_request.body_offline",
	},
	doithoai.DeliveryNotReopened: {
		"mail.not_reopened.subject", "mail.not_reopened.body", "mail.not_reopened.body_offline",
	},
}

// Compose words what a delivery tells. site is the public address without a last slash, "" where there is none: then
// nothing points to a page.
func Compose(
	d doithoai.Delivery, a doithoai.Authority, to string, numbers []doithoai.RegisterNumber, site string,
) Message {
	p := text.For("vi")
	words, known := mails[d.Kind]
	if !known {
		words = mails[doithoai.DeliveryReceived]
	}
	if site == "" {
		words.body = words.offline
	}
	args := []any{
		"authority", a.Name, "numbers", listed(numbers), "date", p.Date(d.CreatedAt.Date().Time()),
	}
	return compose(d, a, to, site, p.T(words.subject, args...), p.T(words.body, args...))
}

// ComposeMoved words what became of the day of a dialogue for which somebody handed in opinions, as it stands now: it
// has another one, none, or is not held.
func ComposeMoved(
	d doithoai.Delivery, a doithoai.Authority, to string, numbers []doithoai.RegisterNumber, held doithoai.Dialogue,
	site string,
) Message {
	p := text.For("vi")
	what := "moved"
	switch held.State {
	case doithoai.DialoguePostponed:
		what = "postponed"
	case doithoai.DialogueCancelled:
		what = "cancelled"
	}
	venue := held.Venue
	if venue == "" {
		venue = held.Link
	}
	args := []any{
		"authority", a.Name, "numbers", listed(numbers), "title", held.Title, "venue", venue,
		"when", p.DateTime(calendar.Civil(held.StartsAt)),
	}
	return compose(d, a, to, site, p.T("mail."+what+".subject", args...), p.T("mail."+what+".body", args...))
}

// ComposeStatus words how an opinion stands: with which unit, until when, as far as that is known now.
func ComposeStatus(
	d doithoai.Delivery, a doithoai.Authority, to string, numbers []doithoai.RegisterNumber, s doithoai.Status,
	unit string, due calendar.Date, site string,
) Message {
	p := text.For("vi")
	subject := p.T("mail.status.subject", "numbers", listed(numbers))
	return compose(d, a, to, site, subject, StatusWords(p, a, numbers, s, unit, due))
}

// StatusWords say how an opinion stands, for a message or to be read out.
func StatusWords(
	p text.Printer, a doithoai.Authority, numbers []doithoai.RegisterNumber, s doithoai.Status, unit string,
	due calendar.Date,
) string {
	return p.T("mail.status."+string(s), "authority", a.Name, "numbers", listed(numbers), "unit", unit,
		"due", p.Date(due.Time()))
}

func listed(numbers []doithoai.RegisterNumber) string {
	list := make([]string, len(numbers))
	for i, n := range numbers {
		list[i] = string(n)
	}
	return strings.Join(list, ", ")
}

// compose puts what is told between greeting and signature.
func compose(d doithoai.Delivery, a doithoai.Authority, to, site, subject, body string) Message {
	p := text.For("vi")
	m := Message{ID: string(d.ID), To: to, From: a.Name, Subject: subject}
	lines := []string{p.T("mail.greeting"), body}
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
