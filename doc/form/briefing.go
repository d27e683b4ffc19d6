package form

import (
	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
)

// Briefing is the book of who presides (tập tài liệu): each registered question with what is prepared for it, sorted by
// fields. It names nobody who asks.
type Briefing struct {
	Promises []BriefingPromise
	Parts    []BriefingPart
	Total    int
}

// BriefingPromise is a promise of an earlier dialogue that is reported on: where it stands in one word
// ([doithoai/report.Stands]), and what shows it.
type BriefingPromise struct {
	What, Unit, Stand, Shown string
	Due                      calendar.Date
}

// BriefingPart are the questions of one field.
type BriefingPart struct {
	Field string
	Items []BriefingItem
}

// BriefingItem is a question with its draft.
type BriefingItem struct {
	Number, Village, Content string
	Unit, State              string // who prepares it, and how far that is
	Answer, Basis, Proposed  string
	Earlier, Alike           []string // what was answered before; opinions much the same
}

// Paper is the book.
func (b Briefing) Paper(h Head, d doithoai.Dialogue) doc.Doc {
	paper := h.working("document.briefing.type", d)
	add := func(blocks ...doc.Block) { paper.Body = append(paper.Body, blocks...) }
	add(when(d), doc.Paragraph{Align: doc.Center, Runs: []doc.Run{{
		Text: vietnamese.T("prepare.briefing.about", "count", counted(b.Total)), Italic: true}}})
	if len(b.Promises) > 0 {
		add(doc.Heading(doc.Section, vietnamese.T("promise.read.title")))
	}
	for _, p := range b.Promises {
		add(p.blocks()...)
	}
	for _, part := range b.Parts {
		add(doc.Heading(doc.Section, vietnamese.T("prepare.briefing.part", "field", part.Field, "count", len(part.Items))))
		for _, i := range part.Items {
			add(i.blocks()...)
		}
	}
	return paper
}

func (p BriefingPromise) blocks() []doc.Block {
	list := []doc.Block{
		doc.Paragraph{KeepWithNext: true, Runs: []doc.Run{{Text: p.What, Bold: true}}},
		doc.Paragraph{KeepWithNext: true, Runs: []doc.Run{
			{Text: vietnamese.T("promise.state."+p.Stand) + ". ", Bold: true},
			{Text: vietnamese.T("promise.read.due", "unit", p.Unit, "date", vietnamese.Date(p.Due.Time()))}}},
	}
	if p.Shown != "" {
		list = append(list, doc.Paragraph{KeepWithNext: true, Runs: []doc.Run{{Text: p.Shown, Italic: true}}})
	}
	return append(list, doc.Paragraph{Runs: []doc.Run{
		{Text: vietnamese.T("promise.read.say") + " ", Bold: true}, {Text: vietnamese.T("promise.read.say." + p.Stand)}}})
}

func (i BriefingItem) blocks() (list []doc.Block) {
	bold := func(s string) doc.Run { return doc.Run{Text: s, Bold: true} }
	head := i.Number
	if i.Village != "" {
		head += " · " + i.Village
	}
	list = append(list, doc.Paragraph{Level: doc.Subsection, Runs: []doc.Run{bold(head)}},
		doc.Paragraph{KeepWithNext: true, Runs: []doc.Run{{Text: "“" + i.Content + "”", Italic: true}}})
	list = append(list, doc.Paragraph{KeepWithNext: i.Answer != "", Runs: []doc.Run{
		bold(vietnamese.T("document.briefing.prepares") + " "), {Text: joinRemarks(i.Unit, i.State)}}})
	if i.Answer != "" {
		list = append(list, lines(i.Answer)...)
	}
	if i.Basis != "" {
		list = append(list, say("prepare.question.basis_is", "basis", i.Basis))
	}
	if i.Proposed != "" {
		list = append(list, doc.Paragraph{Runs: []doc.Run{
			bold(vietnamese.T("prepare.question.proposes") + " "), {Text: i.Proposed}}})
	}
	for _, more := range []struct {
		key   string
		lines []string
	}{{"prepare.briefing.earlier", i.Earlier}, {"prepare.briefing.alike", i.Alike}} {
		if len(more.lines) > 0 {
			list = append(list, doc.Paragraph{KeepWithNext: true, Runs: []doc.Run{bold(vietnamese.T(more.key) + ":")}})
		}
		for _, s := range more.lines {
			list = append(list, doc.Item(s))
		}
	}
	return append(list, doc.FillIn{Label: vietnamese.T("document.briefing.note"), Lines: 1, Indent: true})
}
