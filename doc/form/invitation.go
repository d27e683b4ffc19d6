package form

import (
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
	"doithoai/plan"
)

// Invited is a delegate with what the letter says of an answer.
type Invited struct {
	plan.Invitation
	ReplyBy calendar.Date        // until when an answer is asked for; absent where no day is
	Code    doithoai.ReceiptCode // by which it is given; "" where it can't be, or is still to be made
	Page    string               // where the code is typed
	Follow  string               // what its QR opens
}

// Invitation is the letter that invites one delegate (Mẫu 1.7).
func Invitation(h Head, d doithoai.Dialogue, i Invited) doc.Doc {
	paper := h.document(doc.Named, "GM-UBND")
	paper.Form = string(doithoai.PaperInvitation)
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
	if i.ReplyBy.IsZero() {
		paper.Body = append(paper.Body, say("delegate.paper.reply", "phone", phone))
	} else {
		paper.Body = append(paper.Body, say("delegate.paper.reply_by", "phone", phone, "day", i.ReplyBy.Words()))
	}
	if i.Code != "" {
		paper.Body = append(paper.Body, i.answer())
	}
	return paper
}

// answer is the code by which the invitation is answered, with its QR.
func (i Invited) answer() doc.Table {
	code := doc.QR{Text: i.Follow, Alt: vietnamese.T("document.invitation.qr"), Size: qrSize}
	return doc.Table{Plain: true, Size: 13, Columns: []float64{1, 4}, Rows: []doc.Row{{
		{Blocks: []doc.Block{code}},
		{Middle: true, Blocks: []doc.Block{doc.Paragraph{Runs: []doc.Run{
			{Text: vietnamese.T("delegate.paper.code", "address", i.Page) + " "},
			{Text: strings.Join(i.Code.Groups(), "\u00a0"), Bold: true},
		}}}},
	}}}
}
