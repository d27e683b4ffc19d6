package doc

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"doithoai/table"
	"doithoai/text"
)

// TestTableAsXLSX: package table writes the rows of a table; people's words are text there, never a formula, and the
// same rows give the same bytes.
func TestTableAsXLSX(t *testing.T) {
	rows := []Row{}
	for _, h := range hostile {
		rows = append(rows, Cells(h.said, "1"))
	}
	cells := Table{Columns: []float64{3, 1}, Head: []Row{Cells("Nội dung", "Số")}, Rows: rows}.Cells()
	var first, again bytes.Buffer
	for _, b := range []*bytes.Buffer{&first, &again} {
		if err := table.WriteXLSX(b, "Phụ lục I", cells); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), again.Bytes()) {
		t.Error("the workbook has other bytes")
	}
	f, err := excelize.OpenReader(&first)
	if err != nil {
		t.Fatal(err)
	}
	got, err := f.GetRows("Phụ lục I")
	if err != nil || len(got) != len(hostile)+1 {
		t.Fatalf("%d rows, want %d (%v)", len(got), len(hostile)+1, err)
	}
	for i, h := range hostile {
		if want := text.Clean(tidy(h.said)); got[i+1][0] != want {
			t.Errorf("row %d says %q, want %q", i+2, got[i+1][0], want)
		}
		name, err := excelize.CoordinatesToCellName(1, i+2)
		if err != nil {
			t.Fatal(err)
		}
		if formula, err := f.GetCellFormula("Phụ lục I", name); err != nil || formula != "" {
			t.Errorf("row %d is the formula %q (%v)", i+2, formula, err)
		}
	}
}
