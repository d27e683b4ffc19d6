package form

import (
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
)

// Onward is a letter to another body about an opinion that the authority answers itself. Who raised it is not named:
// the body needs the matter alone.
type Onward struct {
	Raised
	Kind    doithoai.OnwardKind
	To      string
	Asked   string        // a paragraph a line; "": room for it
	By      calendar.Date // until when the body's word is asked for; zero: soon
	Done    []string      // what was done so far, a sentence each
	Dossier []string      // what goes with it
}

// Letter is the report that asks the superior for its word (báo cáo, xin ý kiến), a letter where its number is one of
// letters; or the letter that asks another body for its part (công văn phối hợp).
func (o Onward) Letter(h Head) doc.Doc {
	if o.Kind == doithoai.OnwardEscalation {
		return o.report(h)
	}
	paper := h.document(doc.Letter, "UBND-VP")
	paper.Form = string(doithoai.PaperCoordination)
	paper.Abstract = vietnamese.T("casework.coordination.subject")
	authority, to := h.Authority.FullName, placeOf(o.To)
	paper.To = []string{to}
	paper.Body = append([]doc.Block{o.told(authority)}, lines(o.Content)...)
	for _, done := range o.Done {
		paper.Body = append(paper.Body, doc.Text(done))
	}
	paper.Body = append(paper.Body, keep(say("casework.coordination.asks", "authority", authority, "to", to)))
	paper.Body = append(paper.Body, o.asked()...)
	paper.Body = append(paper.Body, o.by(authority, to))
	if len(o.Dossier) > 0 {
		paper.Body = append(paper.Body, say("casework.dossier", "text", strings.Join(o.Dossier, "; ")))
	}
	paper.Body = append(paper.Body, say("casework.coordination.ends", "to", to))
	paper.Recipients.Items = []string{vietnamese.T("casework.as_above"), vietnamese.T("casework.file")}
	return paper
}

func (o Onward) report(h Head) doc.Doc {
	paper := h.document(kindOf(h.Number, "BC"), "BC-UBND")
	paper.Form = string(doithoai.PaperEscalation)
	if paper.Kind == doc.Named {
		paper.Type = vietnamese.T("casework.escalation.type")
		paper.Abstract = vietnamese.T("casework.escalation.subject", "number", o.Code)
	} else {
		paper.Abstract = vietnamese.T("casework.escalation.letter")
	}
	authority, to := h.Authority.FullName, placeOf(o.To)
	paper.To = []string{to}
	section := func(key string, blocks ...doc.Block) {
		paper.Body = append(append(paper.Body, doc.Heading(doc.Subsection, vietnamese.T(key))), blocks...)
	}
	section("casework.escalation.matter", append([]doc.Block{o.told(authority)}, lines(o.Content)...)...)
	section("casework.escalation.done", items(o.Done)...)
	section("casework.escalation.asked", append(o.asked(), o.by(authority, to))...)
	section("casework.escalation.dossier", items(o.Dossier)...)
	paper.Body = append(paper.Body, say("casework.escalation.ends", "authority", authority, "to", to))
	paper.Recipients.Items = []string{vietnamese.T("casework.as_above"), vietnamese.T("casework.file")}
	return paper
}

// asked is what the body is asked, or room for it.
func (o Onward) asked() []doc.Block {
	if list := lines(o.Asked); len(list) > 0 {
		return list
	}
	return []doc.Block{doc.Text(room)}
}

func (o Onward) by(authority, to string) doc.Block {
	if o.By.IsZero() {
		return say("casework.onward.soon", "authority", authority, "to", to)
	}
	return say("casework.onward.by", "authority", authority, "to", to, "date", o.By.Words())
}

// items are sentences, each after a dash; where there is none, room for one.
func items(list []string) (blocks []doc.Block) {
	if len(list) == 0 {
		list = []string{room}
	}
	for i, s := range list {
		end := ";"
		if i == len(list)-1 {
			end = "."
		}
		blocks = append(blocks, doc.Item(strings.TrimRight(s, ".; ")+end))
	}
	return blocks
}
