// Package news words what people are told, whoever brings it: the program by e-mail or to a telephone, the office by
// letter, or who reads it out. It holds register numbers, which are public, and neither what was said nor a receipt
// code: what is sent is read by others on its way.
package news

import (
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
)

// News is what somebody is told, with what its words need.
type News struct {
	Delivery  doithoai.Delivery
	Authority doithoai.Authority
	Numbers   []doithoai.RegisterNumber
	Dialogue  doithoai.Dialogue // of a dialogue that was moved, as it stands now
	// Of how an opinion stands: that, as it stands now; the unit that leads it, and its due date, if any.
	Status doithoai.Status
	Unit   string
	Due    calendar.Date
}

// Around puts what is told between greeting and signature, with where it is followed and whom to ask.
func (n News) Around(body, site string) []string {
	p, a := text.For("vi"), n.Authority
	lines := []string{p.T("mail.greeting"), body}
	if site != "" {
		lines = append(lines, p.T("mail.follow", "address", site+"/tra-cuu"))
	}
	return append(append(lines, p.T("mail.ask", "phone", p.Phone(a.Phone))), signature(p, a)...)
}

// signature is what stands below every message.
func signature(p text.Printer, a doithoai.Authority) []string {
	lines := []string{p.T("mail.signed", "authority", a.Name)}
	if a.Demo {
		lines = append(lines, p.T("mail.demo"))
	}
	return lines
}

// Told is what happened: in a line, and in full. site is the public address without a last slash, "" where there is
// none: then nothing points to a page. Of a dialogue that was moved and of how an opinion stands it is what
// stands now.
func (n News) Told(site string) (subject, body string) {
	p := text.For("vi")
	numbers := listed(n.Numbers)
	switch n.Delivery.Kind {
	case doithoai.DeliveryMoved:
		return n.moved(p, numbers)
	case doithoai.DeliveryStatus:
		return p.T("mail.status.subject", "numbers", numbers), p.T("mail.status."+string(n.Status),
			"authority", n.Authority.Name, "numbers", numbers, "unit", n.Unit, "due", p.Date(n.Due.Time()))
	}
	words, known := mails[n.Delivery.Kind]
	if !known {
		words = mails[doithoai.DeliveryReceived]
	}
	if site == "" {
		words.body = words.offline
	}
	args := []any{
		"authority", n.Authority.Name, "numbers", numbers, "date", p.Date(n.Delivery.CreatedAt.Date().Time()),
	}
	return p.T(words.subject, args...), p.T(words.body, args...)
}

// moved says what became of the day of a dialogue for which somebody handed in opinions: it has another one, none, or
// is not held.
func (n News) moved(p text.Printer, numbers string) (subject, body string) {
	held, what := n.Dialogue, "moved"
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
		"authority", n.Authority.Name, "numbers", numbers, "title", held.Title, "venue", venue,
		"when", p.DateTime(calendar.Civil(held.StartsAt)),
	}
	return p.T("mail."+what+".subject", args...), p.T("mail."+what+".body", args...)
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
	doithoai.DeliveryInitiative: {
		"mail.initiative.subject", "mail.initiative.body", "mail.initiative.body_offline",
	},
	doithoai.DeliveryOwn: {
		"mail.own_request.subject", "mail.own_request.body", "mail.own_request.body_offline",
	},
	doithoai.DeliveryNotReopened: {
		"mail.not_reopened.subject", "mail.not_reopened.body", "mail.not_reopened.body_offline",
	},
}

func listed(numbers []doithoai.RegisterNumber) string {
	list := make([]string, len(numbers))
	for i, n := range numbers {
		list[i] = string(n)
	}
	return strings.Join(list, ", ")
}
