package form

import (
	"slices"
	"strings"

	"doithoai"
	"doithoai/doc"
	"doithoai/plan"
	"doithoai/text"
)

// Replacing is a paper that takes the place of another one of its kind, which had a number and a day: it says so before
// the words that end it.
func Replacing(paper doc.Doc, old doithoai.Document) doc.Doc {
	kind := text.UpperFirst(strings.ToLower(paper.Type))
	if kind == "" {
		kind = vietnamese.T("document.letter")
	}
	says := say("document.replaces", "kind", kind, "number", old.Number, "date", plan.LongDay(old.Dated),
		"authority", strings.Join(strings.Fields(paper.Authority), " "))
	at := len(paper.Body)
	for i, b := range slices.Backward(paper.Body) {
		if p, ok := b.(doc.Paragraph); ok && ends(p) {
			at = i
			break
		}
	}
	paper.Body = slices.Insert(slices.Clone(paper.Body), at, doc.Block(says))
	return paper
}

// ends reports whether a paragraph bears the sign that nothing follows.
func ends(p doc.Paragraph) bool {
	return len(p.Runs) > 0 && strings.HasSuffix(p.Runs[len(p.Runs)-1].Text, end)
}
