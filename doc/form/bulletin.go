package form

import (
	"strings"

	"doithoai"
	"doithoai/doc"
	"doithoai/text"
)

// Bulletin is what the announcer reads out, as it is spoken, in large letters: a sentence a paragraph, a stroke where
// one takes breath. facts are how long it is and when it is read.
func Bulletin(h Head, d doithoai.Dialogue, script text.Script, facts ...string) doc.Doc {
	paper := h.working("document.bulletin.type", d)
	for _, s := range facts {
		paper.Body = append(paper.Body, doc.Paragraph{Align: doc.Center, Size: 13, Runs: []doc.Run{{Text: s}}})
	}
	paper.Body = append(paper.Body, aloud(script, 18)...)
	paper.Body = append(paper.Body, doc.Paragraph{Size: 12, Flush: true,
		Runs: []doc.Run{{Text: vietnamese.T("document.bulletin.marks"), Italic: true}}})
	return paper
}

// joined is a text whose lines don't end within what is read as one word.
func joined(s string) string { return string(text.AppendJoined(nil, []byte(s))) }

// aloud are the sentences of a script in letters of a size, no word of which is torn: they are read out.
func aloud(script text.Script, size float64) (list []doc.Block) {
	for _, phrases := range script.Sentences {
		list = append(list, doc.Paragraph{Align: doc.Left, Size: size, Runs: []doc.Run{
			{Text: joined(strings.Join(phrases, " / ")) + " //"}}})
	}
	return list
}

// working is a paper for those at work.
func (h Head) working(title string, d doithoai.Dialogue) doc.Doc {
	paper := h.sheet("", title, d, "")
	paper.Kind = doc.Working
	return paper
}
