package form

import (
	"strings"

	"doithoai"
	"doithoai/doc"
	"doithoai/text"
)

// Minutes are the minutes of a dialogue as they were composed and corrected (Mẫu 1.9): no place and date below the
// motto, two who sign, the one who presides at the right. readBack says that they were read back; "" where they were
// not yet.
func Minutes(h Head, m doithoai.MinutesBody, readBack string) doc.Doc {
	d := h.document(doc.Minutes, "BB-UBND")
	d.Form = string(doithoai.PaperMinutes)
	d.PlaceAndDate = ""
	d.Type, d.Abstract = vietnamese.T("document.minutes.type"), m.Title
	for i, p := range m.Paragraphs {
		if i == len(m.Paragraphs)-1 && readBack != "" { // the sign of the end stands behind what is said last
			p.Text = strings.TrimSuffix(p.Text, "/.")
			readBack = strings.TrimRight(readBack, ". ") + end
		}
		block := minutesBlock(p)
		if p.Part.Correctable() {
			block.Field = fieldParagraph + p.Key
		}
		d.Body = append(d.Body, block)
	}
	d.Body = append(d.Body, lines(readBack)...)
	d.Signers = nil
	for _, s := range m.Signatures {
		title := strings.Join(text.NonEmpty(s.As, s.For, s.Post), "\n")
		d.Signers = append(d.Signers, doc.Signer{Title: title, Name: s.Name})
	}
	return d
}

// end is the sign that nothing follows.
const end = "./."

func minutesBlock(p doithoai.MinutesParagraph) doc.Paragraph {
	switch p.Part {
	case doithoai.MinutesHeading:
		return doc.Heading(doc.Section, p.Text)
	case doithoai.MinutesLabel:
		label, rest, found := strings.Cut(p.Text, ":")
		if !found {
			return doc.Text(p.Text)
		}
		return doc.Paragraph{Runs: []doc.Run{{Text: label + ":", Italic: true}, {Text: rest}}}
	case doithoai.MinutesRuling, doithoai.MinutesOpen:
		return doc.Paragraph{Runs: []doc.Run{{Text: p.Text, Italic: true}}}
	}
	t := doc.Text(p.Text)
	t.KeepWithNext = strings.HasSuffix(p.Text, ":") // it names the list below
	return t
}
