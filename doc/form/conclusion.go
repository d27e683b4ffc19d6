package form

import (
	"strconv"
	"strings"

	"doithoai"
	"doithoai/doc"
	"doithoai/text"
)

// Concluded is what the chair of a dialogue concluded.
type Concluded struct {
	Title   string // of the dialogue, as it goes on in a sentence
	Opening string // when, where, who presided, who was there
	Words   string // the chair's, a paragraph a line
	Given   [][]string
	// Here are the opinions that somebody is to answer, of each its number, the matter, the village, who leads, who takes
	// part, the ruling, the due date, the form of the answer.
	Here  [][]string
	Above [][]string // those beyond the authority's competence
}

// The columns of the paper, in millimetres. What is said of an opinion in a few words stands below what it belongs to:
// the village, who takes part, the form of the answer. In an authority's own template each has a name of its own.
var (
	paperHeads        = []string{"n", "matter", "lead_with", "ruling", "due_form"}
	conclusionColumns = []float64{12, 56, 40, 26, 26}
	dataHeads         = []string{"n", "matter", "village", "lead_with", "ruling", "due", "form"}
	givenHeads        = []string{"n", "task", "lead", "due"}
	givenColumns      = []float64{12, 81, 42, 25}
)

// opinions are a table of opinions.
func opinions(part, caption string, all [][]string) doc.Table {
	t := listOf("conclusion.head.", vietnamese.T(caption), conclusionColumns, paperHeads...)
	t.Part = part
	for _, key := range dataHeads {
		t.Names = append(t.Names, partNames[key])
	}
	for _, row := range all {
		n, matter, village, lead, with := row[0], row[1], row[2], row[3], row[4]
		ruling, due, form := row[5], row[6], row[7]
		led, below := lead, ""
		if with != "" {
			led = vietnamese.T("conclusion.paper.with", "lead", lead, "with", with)
			below = vietnamese.T("conclusion.paper.with_below", "with", with)
		}
		t.Data = append(t.Data, []string{n, matter, village, led, ruling, due, form})
		cells := doc.Row{
			{Align: doc.Center, Blocks: []doc.Block{doc.Text(n)}}, cellOf(matter, village), cellOf(lead, below),
			cellOf(ruling), cellOf(due, form),
		}
		cells[4].Align = doc.Center
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// cellOf is a cell with a line for each text that there is.
func cellOf(texts ...string) doc.Cell {
	return doc.Cell{Blocks: []doc.Block{doc.Text(strings.Join(text.NonEmpty(texts...), "\n"))}}
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
	add(of(FieldBody, part("ket_luan", lines(c.Words)...)...)...)
	section(2)
	if len(c.Here) == 0 && len(c.Given) == 0 {
		add(say("conclusion.paper.none"))
	}
	if len(c.Here) > 0 {
		add(opinions("viec_cua_xa", "conclusion.paper.section.2", c.Here))
	}
	if len(c.Given) > 0 {
		add(say("minutes.text.tasks"), given(c.Given))
	}
	section(3)
	if len(c.Above) == 0 {
		add(say("conclusion.paper.none_above"))
	} else {
		add(opinions("viec_cap_tren", "conclusion.paper.section.3", c.Above))
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

// given is the table of what is to be done besides.
func given(all [][]string) doc.Table {
	t := listOf("conclusion.head.", vietnamese.T("minutes.text.tasks"), givenColumns, givenHeads...)
	t.Part = "viec_giao"
	for _, key := range givenHeads {
		t.Names = append(t.Names, partNames[key])
	}
	for _, row := range all {
		cells := doc.Cells(row...)
		cells[0].Align, cells[3].Align = doc.Center, doc.Center
		t.Rows = append(t.Rows, cells)
	}
	return t
}
