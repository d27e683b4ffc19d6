package form

import (
	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
	"doithoai/plan"
)

// Invitation is the letter that invites one delegate (Mẫu 1.7). replyBy is until when an answer is asked for; absent
// where no day is.
func Invitation(h Head, d doithoai.Dialogue, i plan.Invitation, replyBy calendar.Date) doc.Doc {
	paper := h.document(doc.Named, "GM-UBND")
	paper.Type = vietnamese.T("delegate.paper.kind")
	paper.Abstract = vietnamese.T("delegate.paper.subject", "title", d.Title)
	who := i.Seat()
	if i.Name != "" {
		who = vietnamese.T("delegate.paper.person", "name", i.Words())
	}
	paper.Body = append(paper.Body,
		doc.Paragraph{Runs: []doc.Run{
			{Text: vietnamese.T("delegate.paper.invites", "authority", h.Authority.FullName) + " "}, {Text: who, Bold: true},
		}},
		say("delegate.paper.to", "title", d.Title))
	if d.Chair != "" {
		paper.Body = append(paper.Body, say("delegate.paper.chaired", "chair", d.Chair))
	}
	time, date := hour(d.StartsAt)
	when := vietnamese.T("delegate.paper.time", "time", time, "date", date)
	if !d.DoorsAt.IsZero() {
		when += " " + vietnamese.T("delegate.paper.doors", "time", vietnamese.Time(calendar.Civil(d.DoorsAt)))
	}
	paper.Body = append(paper.Body, doc.Text(when), say("delegate.paper.venue", "venue", d.Venue))
	if i.Capacity == plan.CapacityAnswerer {
		paper.Body = append(paper.Body, say("delegate.paper.answers"))
	}
	if i.Name == "" {
		paper.Body = append(paper.Body, say("delegate.paper.appoint"))
	}
	phone := vietnamese.Phone(h.Authority.Phone)
	if replyBy.IsZero() {
		paper.Body = append(paper.Body, say("delegate.paper.reply", "phone", phone))
	} else {
		paper.Body = append(paper.Body, say("delegate.paper.reply_by", "phone", phone, "day", replyBy.Words()))
	}
	return paper
}
