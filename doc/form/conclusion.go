package form

import (
	"slices"
	"strconv"

	"doithoai"
	"doithoai/doc"
)

// Concluded is what the chair of a dialogue concluded.
type Concluded struct {
	Title   string // of the dialogue, as it goes on in a sentence
	Opening string // when, where, who presided, who was there
	Words   string // the chair's, a paragraph a line
	Given   [][]string
	Here    [][]string // the opinions that somebody is to answer, a row each as [ConclusionHeads] name its cells
	Above   [][]string // those beyond the authority's competence
}

// ConclusionHeads are the columns of the opinions of a conclusion, and GivenHeads those of what is to be done besides:
// keys below "conclusion.head.".
var (
	ConclusionHeads = []string{"n", "matter", "village", "lead", "with", "ruling", "due", "form"}
	GivenHeads      = []string{"n", "task", "lead", "due"}
)

// The columns of the paper, in millimetres: a day and a number stand on one line. Who takes part stands with who leads.
var (
	paperHeads        = []string{"n", "matter", "village", "lead_with", "ruling", "due", "form"}
	conclusionColumns = []float64{12, 40, 14, 27, 22, 25, 20}
	givenColumns      = []float64{12, 81, 42, 25}
)

// onPaper are rows of opinions as the paper has them.
func onPaper(all [][]string) [][]string {
	list := make([][]string, len(all))
	for i, row := range all {
		lead := row[3]
		if row[4] != "" {
			lead = vietnamese.T("conclusion.paper.with", "lead", lead, "with", row[4])
		}
		list[i] = slices.Concat(row[:3], []string{lead}, row[5:])
	}
	return list
}

// Notice is the notice of the conclusion, for everybody: villages, no names.
func (c Concluded) Notice(h Head) doc.Doc {
	paper := h.document(doc.Named, "TB-UBND")
	paper.Form = string(doithoai.PaperConclusion)
	paper.Type = vietnamese.T("document.announcement.type")
	paper.Abstract = vietnamese.T("conclusion.paper.subject", "title", c.Title)
	section := func(n int) {
		paper.Body = append(paper.Body,
			doc.Heading(doc.Section, vietnamese.T("conclusion.paper.section."+strconv.Itoa(n))))
	}
	add := func(blocks ...doc.Block) { paper.Body = append(paper.Body, blocks...) }
	add(part("mo_dau", doc.Text(c.Opening))...)
	section(1)
	add(part("ket_luan", lines(c.Words)...)...)
	section(2)
	if len(c.Here) == 0 && len(c.Given) == 0 {
		add(say("conclusion.paper.none"))
	}
	if len(c.Here) > 0 {
		add(rows("viec_cua_xa", "conclusion.paper.section.2", paperHeads, conclusionColumns, onPaper(c.Here)))
	}
	if len(c.Given) > 0 {
		add(say("minutes.text.tasks"), rows("viec_giao", "minutes.text.tasks", GivenHeads, givenColumns, c.Given))
	}
	section(3)
	if len(c.Above) == 0 {
		add(say("conclusion.paper.none_above"))
	} else {
		add(rows("viec_cap_tren", "conclusion.paper.section.3", paperHeads, conclusionColumns, onPaper(c.Above)))
	}
	section(4)
	add(say("conclusion.paper.follow"))
	return paper
}

// partNames are the columns by their names in an authority's own template.
var partNames = map[string]string{
	"n": "tt", "matter": "noi_dung", "village": "thon", "lead_with": "chu_tri", "lead": "chu_tri", "ruling": "huong_xu_ly",
	"due": "thoi_han", "form": "hinh_thuc", "task": "viec",
}

// rows are a table of the conclusion, by its name in an authority's own template.
func rows(part, caption string, heads []string, columns []float64, all [][]string) doc.Table {
	t := doc.Table{Caption: vietnamese.T(caption), Columns: columns, Head: []doc.Row{nil}, Part: part}
	for _, key := range heads {
		t.Names = append(t.Names, partNames[key])
		t.Head[0] = append(t.Head[0], doc.Cells(vietnamese.T("conclusion.head."+key))...)
	}
	for _, row := range all {
		t.Rows = append(t.Rows, doc.Cells(row...))
	}
	return t
}
