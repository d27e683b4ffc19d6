package table

import (
	"slices"
	"strings"

	"doithoai"
	"doithoai/text"
)

// heading is the heading of a column of a list.
func heading(p text.Printer, list doithoai.ListName, c doithoai.ListColumn) string {
	return p.T("list.column." + string(list) + "." + c.Name)
}

// Headings are the headings of a list's columns in the reader's language.
func Headings(p text.Printer, rule doithoai.ListRule) []string {
	all := make([]string, len(rule.Columns))
	for i, c := range rule.Columns {
		all[i] = heading(p, rule.Name, c)
	}
	return all
}

// Match finds the columns of a list by the headings of a table, Vietnamese or English, without regard to capitals and
// diacritics, in any order. A shorter heading with which that of one column begins stands for it where no other does
// ("Tên thôn"), and a mere "Tên" for the name. It refuses with Invalid where a required column is missing or a heading
// comes twice, and notes the columns that it passes over.
func Match(t Table, rule doithoai.ListRule) (file doithoai.ListFile, notes []doithoai.Problem, err error) {
	at := make([]int, len(rule.Columns))
	known := map[string]int{}
	for i, c := range rule.Columns {
		at[i] = -1
		known[plain(c.Name)] = i
		for _, lang := range []string{"vi", "en"} {
			known[plain(heading(text.For(lang), rule.Name, c))] = i
		}
	}
	var others []int
	for n, h := range t.Header.Cells {
		i, ok := known[plain(h)]
		switch {
		case !ok && h != "":
			others = append(others, n)
		case ok && at[i] >= 0:
			return file, nil, refuse("list.table.problem.heading_twice", "heading", h)
		case ok:
			at[i] = n
		}
	}
	var ignored []string
	for _, n := range others {
		h := t.Header.Cells[n]
		if i := shortened(plain(h), known, rule); i >= 0 && at[i] < 0 {
			at[i] = n
		} else {
			ignored = append(ignored, h)
		}
	}
	var missing []string
	for i, c := range rule.Columns {
		if c.Required && at[i] < 0 {
			missing = append(missing, heading(text.For("vi"), rule.Name, c))
		}
	}
	if len(missing) > 0 {
		return file, nil, refuse("list.table.problem.headings", "headings", quoted(missing), "row", t.Header.Number)
	}
	if len(ignored) > 0 {
		notes = append(notes,
			doithoai.Problem{Field: FileField, Key: "list.table.note.ignored", Args: []any{"headings", quoted(ignored)}})
	}
	for _, n := range at {
		file.Has = append(file.Has, n >= 0)
	}
	for _, r := range t.Rows {
		row := doithoai.ListRow{Number: r.Number, Cells: make([]string, len(at))}
		for i, n := range at {
			row.Cells[i] = r.Cell(n)
		}
		file.Rows = append(file.Rows, row)
	}
	return file, append(t.Notes, notes...), nil
}

// shortened is the one column whose heading begins with a shorter one, of two words or more, -1 where none does or
// several do. "Tên" is the name.
func shortened(h string, known map[string]int, rule doithoai.ListRule) int {
	if h == "ten" {
		return slices.IndexFunc(rule.Columns, func(c doithoai.ListColumn) bool { return c.Name == "name" })
	}
	found := -1
	for whole, i := range known {
		if !strings.Contains(h, " ") || !strings.HasPrefix(whole, h+" ") {
			continue
		}
		if found >= 0 && found != i {
			return -1
		}
		found = i
	}
	return found
}

// plain is a heading as it is compared.
func plain(h string) string { return strings.Join(strings.Fields(text.Fold(h)), " ") }

func quoted(list []string) string { return "“" + strings.Join(list, "”, “") + "”" }

// Names are the names under the codes of fields and units.
type Names struct{ Fields, Units map[string]string }

// Rows are the entries of a list as people read them and as [Match] takes them again, under their headings.
func Rows(p text.Printer, rule doithoai.ListRule, entries []doithoai.ListEntry, names Names) [][]string {
	rows := [][]string{Headings(p, rule)}
	for _, e := range entries {
		rows = append(rows, Shown(p, rule, e, names))
	}
	return rows
}

// Mark says in a last column, empty but for its heading, that nothing in the rows under their headings is real.
func Mark(p text.Printer, rows [][]string) [][]string {
	all := make([][]string, len(rows))
	for i, row := range rows {
		all[i] = append(slices.Clone(row), "")
	}
	all[0][len(all[0])-1] = p.T("web.demo.mark")
	return all
}

// Shown is one entry as people read it: names instead of codes, "Có" for a yes.
func Shown(p text.Printer, rule doithoai.ListRule, e doithoai.ListEntry, names Names) []string {
	row := make([]string, len(e))
	for i, value := range e {
		row[i] = value
		switch kind := rule.Columns[i].Kind; {
		case kind == doithoai.ColumnField && names.Fields[value] != "":
			row[i] = names.Fields[value]
		case kind == doithoai.ColumnUnit && names.Units[value] != "":
			row[i] = names.Units[value]
		case kind == doithoai.ColumnYes && value == doithoai.Yes:
			row[i] = p.T("list.yes")
		case kind == doithoai.ColumnRoles:
			row[i] = roleNames(p, value)
		case kind == doithoai.ColumnPhone:
			row[i] = p.Phone(value)
		}
	}
	return row
}

func roleNames(p text.Printer, codes string) string {
	var names []string
	for code := range strings.FieldsSeq(codes) {
		names = append(names, p.T("organisation.role."+code))
	}
	return strings.Join(names, "; ")
}
