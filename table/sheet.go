package table

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"doithoai/text"
)

// asText is the number format of text: a spreadsheet program leaves codes and telephone numbers in it as they are.
const asText = 49

// widestColumn is how wide a column of an XLSX file gets at most, in characters: a SHA-256 stands on one line.
const widestColumn = 68

// WriteXLSX writes rows as a workbook of one sheet, as [Sheet.Write] does, with columns as wide as their cells need.
func WriteXLSX(w io.Writer, sheet string, rows [][]string) error {
	return Sheet{Name: sheet, Widths: widths(rows)}.Write(w, slices.Values(rows))
}

// Sheet is the one sheet of a workbook, to be read on a screen and printed.
type Sheet struct {
	Name   string
	Widths []float64 // of the columns, in characters: what is longer is wrapped
}

// Write writes rows, each as it comes: the first as headings that stay in view and stand again on each page. Every cell
// is text, clean as what people type, and is never run as a formula. A printed sheet has lines, its name above and its
// pages numbered; it is as wide as the page, or as several that repeat the first column. The same rows give the same
// bytes. It ends where rows do; what is too long for a cell ends there too.
func (s Sheet) Write(w io.Writer, rows iter.Seq[[]string]) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := s.layOut(f); err != nil {
		return err
	}
	plain, err := f.NewStyle(cellStyle(false))
	if err != nil {
		return err
	}
	bold, err := f.NewStyle(cellStyle(true))
	if err != nil {
		return err
	}
	stream, err := f.NewStreamWriter(s.Name)
	if err != nil {
		return err
	}
	headings := &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}
	if err := stream.SetPanes(headings); err != nil {
		return err
	}
	for i, width := range s.Widths {
		if err := stream.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	n := 0
	for row := range rows {
		n++
		style := plain
		if n == 1 {
			style = bold
		}
		cells, lines := make([]any, len(row)), 1
		for i, c := range row {
			c = text.Clean(c)
			cells[i] = excelize.Cell{StyleID: style, Value: c}
			lines = max(lines, s.lines(i, c))
		}
		height := excelize.RowOpts{Height: min(float64(lines)*lineHeight, excelize.MaxRowHeight)}
		if err := stream.SetRow(fmt.Sprintf("A%d", n), cells, height); err != nil {
			return err
		}
	}
	if err := stream.Flush(); err != nil {
		return err
	}
	return f.Write(w)
}

// The letters of cells, as official documents have them, and the height of a line, in points.
const (
	fontOfCells, sizeOfCells = "Times New Roman", 12.0
	lineHeight               = 16.5
)

// lines are how many lines a text takes in a column: as words wrap, which fill a line to four fifths or so.
func (s Sheet) lines(column int, c string) (n int) {
	if column >= len(s.Widths) {
		return 1
	}
	for line := range strings.Lines(c) {
		long := float64(utf8.RuneCountInString(line))
		if room := max(s.Widths[column]-1, 1); long > room {
			n += int(math.Ceil(long / (room * 0.85)))
		} else {
			n++
		}
	}
	return n
}

// cellStyle is of cells that hold text, wrapped, from the top.
func cellStyle(heading bool) *excelize.Style {
	style := &excelize.Style{
		NumFmt: asText, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true},
		Font: &excelize.Font{Family: fontOfCells, Size: sizeOfCells, Bold: heading},
	}
	for _, side := range []string{"left", "top", "right", "bottom"} {
		style.Border = append(style.Border, excelize.Border{Type: side, Color: "808080", Style: 1})
	}
	if heading {
		style.Alignment.Horizontal, style.Alignment.Vertical = "center", "center"
	}
	return style
}

// The sizes of paper by their number in a workbook, and up to how many characters a page of each takes in a row that is
// still to be read.
const (
	paperA3, paperA4        = 8, 9
	upright, across, widest = 90, 200, 300
)

// layOut names the sheet and says how it is printed: as wide as the page, or as few pages as can be read, the headings
// on each.
func (s Sheet) layOut(f *excelize.File) error {
	if err := f.SetSheetName(f.GetSheetName(0), s.Name); err != nil {
		return err
	}
	wide := 0.0
	for _, width := range s.Widths {
		wide += width
	}
	paper, orientation, pages := paperA4, "portrait", 0
	titles, fit := "$1:$1", max(1, int(math.Ceil(wide/widest)))
	if wide > upright {
		orientation = "landscape"
	}
	if wide > across {
		paper = paperA3
	}
	fitToPage := true
	sheet := "'" + strings.ReplaceAll(s.Name, "'", "''") + "'!"
	if fit > 1 {
		titles = "$A:$A," + sheet + titles
	}
	return errors.Join(
		f.SetSheetProps(s.Name, &excelize.SheetPropsOptions{FitToPage: &fitToPage}),
		f.SetPageLayout(s.Name, &excelize.PageLayoutOptions{
			Size: &paper, Orientation: &orientation, FitToWidth: &fit, FitToHeight: &pages,
		}),
		f.SetHeaderFooter(s.Name, &excelize.HeaderFooterOptions{
			OddHeader: `&C&"` + fontOfCells + `,Bold"&14` + strings.ReplaceAll(s.Name, "&", "&&"), OddFooter: "&C&P/&N",
		}),
		f.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", RefersTo: sheet + titles, Scope: s.Name,
		}),
	)
}

// widths are those of the columns: what their longest cell needs, widestColumn at most.
func widths(rows [][]string) []float64 {
	var all []float64
	for _, row := range rows {
		for i, c := range row {
			if i == len(all) {
				all = append(all, 0)
			}
			all[i] = min(max(all[i], float64(len([]rune(c))+3)), widestColumn)
		}
	}
	return all
}
