package office

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"doithoai"
	"doithoai/plan/reading"
	"doithoai/table"
	"doithoai/text"
)

// splitPoints splits a text; what stands aside is proposed to be dropped, for that reason.
func splitPoints(s, aside string) (points []doithoai.CompiledPoint) {
	for _, p := range text.Points(s) {
		point := doithoai.CompiledPoint{Content: p.Text, Name: p.Name, Address: p.Place}
		if p.Aside {
			point.Dropped = aside
		}
		points = append(points, point)
	}
	return points
}

// pointsOfFile reads a plain text, a Word file, or a table with one point a row.
func pointsOfFile(b []byte, aside string) (original string, points []doithoai.CompiledPoint, err error) {
	if reading.IsWord(b) {
		return pointsOfWord(b, aside)
	}
	plain := text.FromFile(b)
	if utf8.Valid(plain) && !bytes.Contains(plain, []byte{0}) && !looksLikeTable(plain) {
		original = strings.TrimSpace(text.Clean(string(plain)))
		return original, splitPoints(original, aside), nil
	}
	t, err := table.Read(b)
	if err != nil {
		return "", nil, err
	}
	return pointsOfTable(t)
}

// pointsOfWord reads a Word file: a table with a column of opinions, else its paragraphs.
func pointsOfWord(b []byte, aside string) (original string, points []doithoai.CompiledPoint, err error) {
	paragraphs, err := reading.Paragraphs(b)
	if err != nil {
		list := slices.Clone(doithoai.ProblemsOf(err))
		for i := range list {
			list[i].Field = table.FileField
		}
		return "", nil, doithoai.RefuseForm(list)
	}
	var t table.Table
	var lines []string
	for _, p := range paragraphs {
		switch {
		case p.Cells == nil:
			lines = append(lines, p.Text)
			continue
		case t.Header.Cells == nil && columnOf(p.Cells, contentHeads) >= 0:
			t.Header.Cells = p.Cells
		case t.Header.Cells != nil:
			t.Rows = append(t.Rows, table.Row{Cells: p.Cells})
		}
		lines = append(lines, strings.Join(p.Cells, " "))
	}
	if len(t.Rows) > 0 {
		return pointsOfTable(t)
	}
	original = strings.TrimSpace(strings.Join(lines, "\n"))
	return original, splitPoints(original, aside), nil
}

// looksLikeTable reports whether the first line of a text has the columns of a CSV file.
func looksLikeTable(b []byte) bool {
	line, _, _ := strings.Cut(string(b), "\n")
	heads := strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(",;\t\"", r) })
	return len(heads) > 1 && columnOf(heads, contentHeads) >= 0
}

// Heads of the columns of a village's table, in near form.
var (
	contentHeads = []string{"noi dung", "y kien", "cau hoi", "kien nghi"}
	nameHeads    = []string{"ho va ten", "ho ten", "nguoi neu", "ten"}
	placeHeads   = []string{"dia chi", "noi o", "thon", "xom", "to"}
)

// columnOf is the first column whose head has one of some words; -1 where none has.
func columnOf(heads, words []string) int {
	for _, w := range words {
		for i, h := range heads {
			if strings.Contains(" "+text.NearKey(h)+" ", " "+w+" ") {
				return i
			}
		}
	}
	return -1
}

// pointsOfTable takes a point from each row, by the heads of the columns.
func pointsOfTable(t table.Table) (original string, points []doithoai.CompiledPoint, err error) {
	content := columnOf(t.Header.Cells, contentHeads)
	if content < 0 {
		return "", nil, doithoai.RefuseForm([]doithoai.Problem{{
			Field: table.FileField, Key: "compiled.problem.no_column",
		}})
	}
	name, place := columnOf(t.Header.Cells, nameHeads), columnOf(t.Header.Cells, placeHeads)
	var lines []string
	for _, row := range append([]table.Row{t.Header}, t.Rows...) {
		lines = append(lines, strings.Join(slices.DeleteFunc(slices.Clone(row.Cells), func(c string) bool {
			return c == ""
		}), " · "))
	}
	for _, row := range t.Rows {
		p := doithoai.CompiledPoint{Content: row.Cell(content)}
		if name != content {
			p.Name = row.Cell(name)
		}
		if place != content && place != name {
			p.Address = row.Cell(place)
		}
		if p.Content != "" {
			points = append(points, p)
		}
	}
	return strings.Join(lines, "\n"), points, nil
}

// joinedPoint is two points in one: who is named first stays named, and so does who is named alone.
func joinedPoint(above, below doithoai.CompiledPoint) doithoai.CompiledPoint {
	above.Content = strings.TrimSpace(above.Content + "\n" + below.Content)
	if above.Name == "" {
		above.Name, above.Address = below.Name, below.Address
	}
	if below.Dropped == "" {
		above.Dropped = ""
	}
	return above
}

// splitPoint makes several of a point: at its own numbers and marks, else at its lines, else after its sentences. Who
// said the first said the others, too.
func splitPoint(p doithoai.CompiledPoint) []doithoai.CompiledPoint {
	var parts []string
	lead := "" // "Đề nghị:", of which each part says what
	for i, q := range text.Points(p.Content) {
		if i == 0 && q.Aside && strings.HasSuffix(q.Text, ":") {
			lead = q.Text + " "
			continue
		}
		parts = append(parts, lead+q.Text)
	}
	for _, at := range []string{"\n", ". ", "; "} {
		if len(parts) < 2 {
			parts = slices.DeleteFunc(strings.Split(p.Content, at), func(s string) bool { return strings.TrimSpace(s) == "" })
		}
	}
	if len(parts) < 2 {
		return []doithoai.CompiledPoint{p}
	}
	var points []doithoai.CompiledPoint
	for _, part := range parts {
		q := p
		q.Content = strings.TrimSpace(part)
		points = append(points, q)
	}
	return points
}
