package form

import (
	"cmp"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/doc"
	"doithoai/plan"
	"doithoai/text"
)

// Introductions are the words by which a host introduces who is there: in protocol order, who comes or has not said no.
func Introductions(h Head, d doithoai.Dialogue, people []plan.Invitation) doc.Doc {
	paper := h.sheet("", "document.introductions.type", d, "")
	t := doc.Table{
		Caption: vietnamese.T("document.introductions.caption"), Columns: []float64{10, 46, 76, 28}, Size: programmeSize,
		Head: []doc.Row{doc.Cells(
			vietnamese.T("delegate.number"), vietnamese.T("delegate.name"), vietnamese.T("delegate.post"),
			vietnamese.T("delegate.remark_short"),
		)},
	}
	for i, p := range onPaperOf(d, people) {
		remark := text.UpperFirst(introduced(d, p))
		if p.Capacity.Presides() {
			remark = joinRemarks(vietnamese.T("delegate.capacity."+string(p.Capacity)), text.LowerFirst(remark))
		}
		row := doc.Cells(strconv.Itoa(i+1), comes(d, p), seat(d, p), remark)
		row[0].Align = doc.Center
		row[1].Label = comes(d, p) != ""
		t.Rows = append(t.Rows, row)
	}
	paper.Body = []doc.Block{
		when(d), say("document.introductions.opening", "title", lowerTitle(d)), t,
		say("document.introductions.closing", "authority", h.Authority.Name),
		doc.Paragraph{Size: 12, Runs: []doc.Run{{Text: vietnamese.T("delegate.introduction_note"), Italic: true}}},
	}
	return paper
}

// Signatures is the list on which delegates sign for having come, with rows for who was not announced.
func Signatures(h Head, d doithoai.Dialogue, people []plan.Invitation) doc.Doc {
	paper := h.sheet("", "document.signatures.type", d, "")
	t := doc.Table{
		Caption: vietnamese.T("document.signatures.type"), Columns: []float64{11, 44, 72, 33}, Size: 12, High: 10,
		Head: []doc.Row{doc.Cells(
			vietnamese.T("delegate.number"), vietnamese.T("delegate.name"), vietnamese.T("delegate.post"),
			vietnamese.T("delegate.signature"),
		)},
	}
	add := func(name, seat string) {
		row := doc.Cells(strconv.Itoa(len(t.Rows)+1), name, seat, "")
		row[0].Align = doc.Center
		for i := range row {
			row[i].Middle = true
		}
		row[1].Label = name != ""
		t.Rows = append(t.Rows, row)
	}
	for _, p := range onPaperOf(d, people) {
		add(comes(d, p), seat(d, p))
	}
	for range blankRows {
		add("", "")
	}
	paper.Body = []doc.Block{when(d), t}
	paper.Signers = []doc.Signer{{Title: vietnamese.T("document.signatures.maker")}}
	return paper
}

// blankRows are left on the list to sign, for who comes without having been announced.
const blankRows = 5

// onPaperOf are those who may come: not withdrawn, and without a no that holds.
func onPaperOf(d doithoai.Dialogue, people []plan.Invitation) (list []plan.Invitation) {
	for _, i := range people {
		if i.State != plan.InvitationWithdrawn && (i.State != plan.InvitationDeclined || i.Stale(d)) {
			list = append(list, i)
		}
	}
	return list
}

// substituted reports whether somebody else comes for the invited person.
func substituted(d doithoai.Dialogue, i plan.Invitation) bool {
	return i.State == plan.InvitationSubstituted && !i.Stale(d)
}

// comes is the name of who sits in the place; "" where nobody is named, to be written in.
func comes(d doithoai.Dialogue, i plan.Invitation) string {
	if substituted(d, i) {
		return i.Substitute
	}
	return i.Name
}

func seat(d doithoai.Dialogue, i plan.Invitation) string {
	if substituted(d, i) {
		return cmp.Or(i.SubTitle, i.Seat())
	}
	return i.Seat()
}

// introduced is what the host has to know: for whom somebody comes, and who has not said yet.
func introduced(d doithoai.Dialogue, i plan.Invitation) string {
	switch {
	case substituted(d, i):
		return vietnamese.T("delegate.stands_for", "name", i.Name)
	case !i.Comes(d):
		return vietnamese.T("delegate.not_sure")
	}
	return ""
}

func joinRemarks(a, b string) string { return strings.Join(text.NonEmpty(a, b), "; ") }
