package news

import (
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
)

// Short is the news in one or two sentences with marks, to be sent by Zalo or said by telephone: the numbers, which are
// public, and where to look them up. It holds nothing of who raised the opinion, and nothing of what was said.
func (n News) Short(site string) string {
	see, ask := n.tails(site)
	return n.line(n.Authority.Name, n.words(listed(n.Numbers)), n.tail(see, ask))
}

// Aloud is Short for who reads it out where whose authority it is is known.
func (n News) Aloud() string {
	_, ask := n.tails("")
	return n.line("", n.words(listed(n.Numbers)), n.tail("", ask))
}

// SMS is Short as one text message: without marks, within [text.MaxSMS]. Where it would be longer, it leaves out first
// the telephone, then the page, then the numbers but one, then the name of the authority.
func (n News) SMS(site string) string {
	see, ask := n.tails(site)
	few := n.few()
	var s string
	for _, try := range []string{
		n.line(n.Authority.Name, n.words(listed(n.Numbers)), n.tail(see, ask)),
		n.line(n.Authority.Name, n.words(few), n.tail(see, ask)),
		n.line(n.Authority.Name, n.words(few), n.tail(see, "")),
		n.line(n.Authority.Name, n.words(few), n.tail("", ask)),
		n.line("", n.words(few), n.tail(see, "")),
		n.line("", n.words(few), n.tail("", ask)),
		n.line("", n.words(few), ""),
	} {
		if s = text.Unmarked(try); text.SMSLength(s) <= text.MaxSMS {
			return s
		}
	}
	return text.CutSMS(s)
}

// few are the numbers by the first of them.
func (n News) few() string {
	if len(n.Numbers) < 2 {
		return listed(n.Numbers)
	}
	return text.For("vi").T("ways.short.more", "number", string(n.Numbers[0]), "count", len(n.Numbers)-1)
}

// tails are where the person looks it up, and whom they ask; "" where there is none.
func (n News) tails(site string) (see, ask string) {
	if site != "" && !n.Authority.Offline {
		see = site + "/tra-cuu"
	}
	return see, text.For("vi").Phone(text.Dial(n.Authority.Phone))
}

func (n News) tail(see, ask string) string {
	p := text.For("vi")
	switch {
	case see != "" && ask != "":
		return p.T("ways.short.see_ask", "address", see, "phone", ask)
	case see != "":
		return p.T("ways.short.see", "address", see)
	case ask != "":
		return p.T("ways.short.ask", "phone", ask)
	}
	return ""
}

// line puts a message together; without the name of the authority it begins with a capital.
func (n News) line(authority, words, tail string) string {
	p := text.For("vi")
	if authority == "" {
		words = text.UpperFirst(words)
	} else {
		words = p.T("ways.short.all", "authority", authority, "words", words)
	}
	if n.Authority.Demo {
		words = p.T("ways.short.demo", "words", words)
	}
	return strings.TrimSpace(words + " " + tail)
}

// shortWords are the words of each kind of news that needs nothing but numbers.
var shortWords = map[doithoai.DeliveryKind]string{
	doithoai.DeliveryReceived: "ways.short.received", doithoai.DeliveryAnswered: "ways.short.answered",
	doithoai.DeliveryCorrected: "ways.short.corrected", doithoai.DeliveryPaused: "ways.short.paused",
	doithoai.DeliveryResumed: "ways.short.resumed", doithoai.DeliveryDue: "ways.short.due",
	doithoai.DeliveryLater: "ways.short.later", doithoai.DeliveryTransferred: "ways.short.transferred",
	doithoai.DeliveryRefused:    "ways.short.refused",
	doithoai.DeliverySupplement: "ways.short.supplement", doithoai.DeliveryOwn: "ways.short.own_request",
	doithoai.DeliveryInitiative: "ways.short.initiative",
	doithoai.DeliveryReopened:   "ways.short.reopened", doithoai.DeliveryNotReopened: "ways.short.not_reopened",
}

// words are what happened, as it stands now.
func (n News) words(numbers string) string {
	p := text.For("vi")
	switch n.Delivery.Kind {
	case doithoai.DeliveryMoved:
		switch n.Dialogue.State {
		case doithoai.DialoguePostponed:
			return p.T("ways.short.postponed", "numbers", numbers)
		case doithoai.DialogueCancelled:
			return p.T("ways.short.cancelled", "numbers", numbers)
		}
		return p.T("ways.short.moved", "numbers", numbers, "when", p.DateTime(calendar.Civil(n.Dialogue.StartsAt)))
	case doithoai.DeliveryStatus:
		switch {
		case n.Status == doithoai.StatusUnruled:
			return p.T("ways.short.status_unruled", "numbers", numbers)
		case n.Status == doithoai.StatusPaused:
			return p.T("ways.short.status_paused", "numbers", numbers)
		case n.Status == doithoai.StatusAnswered:
			return p.T("ways.short.answered", "numbers", numbers)
		case (n.Status == doithoai.StatusWithUnit || n.Status == doithoai.StatusWithChair) && !n.Due.IsZero():
			return p.T("ways.short.status_going", "numbers", numbers, "due", p.Date(n.Due.Time()))
		}
		return p.T("ways.short.status", "numbers", numbers)
	}
	key := shortWords[n.Delivery.Kind]
	if key == "" {
		key = "ways.short.status"
	}
	return p.T(key, "numbers", numbers)
}
