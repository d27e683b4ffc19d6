package table

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestSheet: what people typed is text in a workbook, clean and whole, and never runs; its headings stand again on each
// printed page, long cells are wrapped in rows high enough, and the same rows give the same bytes.
func TestSheet(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("Đường thôn ba xuống cấp. ", 40))
	rows := [][]string{
		{"Số", "Nội dung"}, {"1", "=cmd|' /C calc'!A0"}, {"2", "+84 905"}, {"3", "@SUM(A1:A9)"}, {"4", "\t=1+1"},
		{"5", "Xin hỏi 🙏🏽 khi nào xong?"}, {"6", "a\x00\x07\u202eb"}, {"7", "Nghi\u0303a Du\u0303ng"}, {"8", long},
		{"9", "dòng một\nhai\nba"}, {"10", "<b>&amp;</b>_x000D_"}, {"007", "1E5"}, {"12", "\xff\xfe"},
	}
	want := slices.Clone(rows)
	want[4] = []string{"4", " =1+1"}
	want[6] = []string{"6", "ab"}
	want[7] = []string{"7", "Nghĩa Dũng"}
	want[12] = []string{"12", "\uFFFD"}
	s := Sheet{Name: "Sổ của ông' Mẫu", Widths: []float64{6, 40, 200}}
	var first, again bytes.Buffer
	for _, b := range []*bytes.Buffer{&first, &again} {
		if err := s.Write(b, slices.Values(rows)); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), again.Bytes()) {
		t.Error("the same rows give other bytes")
	}
	f, err := excelize.OpenReader(&first)
	if err != nil {
		t.Fatal(err)
	}
	got, err := f.GetRows(s.Name)
	if err != nil || len(got) != len(want) {
		t.Fatalf("%d rows, %v", len(got), err)
	}
	for i, row := range got {
		if !slices.Equal(row, want[i]) {
			t.Errorf("row %d is %q, want %q", i+1, row, want[i])
		}
		cell, _ := excelize.CoordinatesToCellName(2, i+1)
		if formula, err := f.GetCellFormula(s.Name, cell); formula != "" || err != nil {
			t.Errorf("row %d runs %q, %v", i+1, formula, err)
		}
	}
	names := f.GetDefinedName()
	if len(names) != 1 || names[0].Name != "_xlnm.Print_Titles" || names[0].RefersTo != `'Sổ của ông'' Mẫu'!$1:$1` {
		t.Errorf("headings are repeated by %+v", names)
	}
	page, err := f.GetPageLayout(s.Name)
	if err != nil || *page.Orientation != "landscape" || *page.Size != paperA3 || *page.FitToWidth != 1 {
		t.Errorf("it is printed %+v, %v", page, err)
	}
	if props, err := f.GetSheetProps(s.Name); err != nil || props.FitToPage == nil || !*props.FitToPage {
		t.Errorf("it is as wide as it comes: %+v, %v", props, err)
	}
	short, _ := f.GetRowHeight(s.Name, 2)
	if high, err := f.GetRowHeight(s.Name, 9); err != nil || high < 20*short {
		t.Errorf("a long text has %v of %v points, %v", high, short, err)
	}
	if lines, err := f.GetRowHeight(s.Name, 10); err != nil || lines != 3*short {
		t.Errorf("three lines have %v of %v points, %v", lines, short, err)
	}
}
