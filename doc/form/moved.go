package form

import (
	"cmp"
	"fmt"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
)

// Moved tells that a dialogue that was announced has another day or place, has none until one is announced, or is not
// held. announced names the announcement by number and day; "" where it had none. contact is whom to ask.
func Moved(h Head, d doithoai.Dialogue, m doithoai.DialogueMove, announced, contact string) doc.Doc {
	h.Number = cmp.Or(h.Number, m.Paper)
	paper := h.document(doc.Named, "TB-UBND")
	paper.Form = string(doithoai.PaperDialogueMoved)
	paper.Type = vietnamese.T("document.announcement.type")
	name := map[doithoai.Act]string{
		doithoai.ActPostponeDialogue: "postponed", doithoai.ActCancelDialogue: "cancelled",
	}[m.Act]
	otherTime, otherPlace := m.ToStart != m.FromStart, m.ToVenue != m.FromVenue
	switch {
	case name != "":
	case otherTime && otherPlace:
		name = "moved"
	case otherPlace:
		name = "moved_place"
	default:
		name = "moved_time"
	}
	paper.Abstract = vietnamese.T("document.moved.abstract."+name, "title", lowerTitle(d))
	time, date := hour(m.FromStart)
	paper.Body = append(paper.Body, say("document.moved.opening", "announced", announced,
		"authority", h.Authority.FullName, "title", lowerTitle(d), "time", time, "date", date, "venue", m.FromVenue,
		"reason", m.Reason))
	n := 0
	point := func(key string, args ...any) {
		n++
		paper.Body = append(paper.Body, doc.Text(fmt.Sprintf("%d. %s", n, vietnamese.T("document.moved."+key, args...))))
	}
	switch m.Act {
	case doithoai.ActPostponeDialogue:
		point("postponed")
	case doithoai.ActCancelDialogue:
		point("cancelled")
	default:
		time, date := hour(m.ToStart)
		point(change("time", otherTime), "time", time, "date", date)
		point(change("place", otherPlace), "venue", m.ToVenue)
		if until := d.SlipsUntil; !until.IsZero() && m.ToStart == d.StartsAt {
			point("slips_until", "until", vietnamese.DateTime(calendar.Civil(until)))
		}
	}
	if m.Act == doithoai.ActCancelDialogue {
		point("slips_answered")
	} else {
		point("slips_stay")
	}
	point("tell")
	if contact != "" {
		point("contact", "contact", contact)
	}
	paper.Body = append(paper.Body, say("document.moved.closing", "authority", h.Authority.FullName))
	return paper
}

// change is the message on what changed, or on what did not.
func change(what string, changed bool) string {
	if changed {
		return what
	}
	return what + "_stays"
}
