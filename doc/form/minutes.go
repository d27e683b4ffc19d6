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
	for _, p := range m.Paragraphs {
		d.Body = append(d.Body, minutesBlock(p))
	}
	d.Body = append(d.Body, lines(readBack)...)
	d.Signers = nil
	for _, s := range m.Signatures {
		title := strings.Join(text.NonEmpty(s.As, s.For, s.Post), "\n")
		d.Signers = append(d.Signers, doc.Signer{Title: title, Name: s.Name})
	}
	return d
}

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
	return doc.Text(p.Text)
}
