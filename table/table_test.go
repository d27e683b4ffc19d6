package table

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"doithoai"
	"doithoai/text"
)

// key is the key of the one problem that a refusal names.
func key(t testing.TB, err error) string {
	t.Helper()
	list := doithoai.ProblemsOf(err)
	if doithoai.KindOf(err) != doithoai.Invalid || len(list) != 1 || list[0].Field != FileField {
		t.Fatalf("error %v, want one problem of the file", err)
	}
	for _, lang := range []string{"vi", "en"} {
		if s := text.For(lang).T(list[0].Key, list[0].Args...); strings.Contains(s, "⟦") || strings.Contains(s, "{{") {
			t.Errorf("%s: %s", lang, s)
		}
	}
	return list[0].Key
}

func utf16Of(s string, mark bool) []byte {
	var b []byte
	if mark {
		b = append(b, 0xFF, 0xFE)
	}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

// tcvn3 is "Tên thôn;Ghi chú", "Thôn Đông Yên;Đã sáp nhập" as TCVN3 has it.
const tcvn3 = "T\xaan th\xabn;Ghi ch\xf3\r\nTh\xabn \xa7\xabng Y\xaan;\xa7\xb7 s\xb8p nh\xcbp\r\n"

// windows1258 is a text in that encoding: base letters, and tones as marks of their own.
func windows1258(t testing.TB, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, r := range s {
		out, err := charmap.Windows1258.NewEncoder().String(string(r))
		if err != nil { // a letter with a tone
			d := []rune(norm.NFD.String(string(r)))
			tone := d[len(d)-1]
			for i, m := range d[1:] {
				if strings.ContainsRune("\u0300\u0301\u0303\u0309\u0323", m) {
					tone, d = m, append(d[:i+1:i+1], d[i+2:]...)
					break
				}
			}
			base, baseErr := charmap.Windows1258.NewEncoder().String(norm.NFC.String(string(d)))
			mark, markErr := charmap.Windows1258.NewEncoder().String(string(tone))
			if baseErr != nil || markErr != nil {
				t.Fatalf("%q: %v %v", r, baseErr, markErr)
			}
			out = base + mark
		}
		b.WriteString(out)
	}
	return b.Bytes()
}

const villages = "Tên thôn hoặc tổ dân phố;Ghi chú\nThôn Đông Yên;cũ\nThôn Kim Thạch;mới\n"

func TestReadRefuses(t *testing.T) {
	zipped := func(parts map[string]string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for name, body := range parts {
			w, err := z.Create(name)
			if err == nil {
				_, err = io.WriteString(w, body)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	tests := []struct {
		name string
		file []byte
		want string
	}{
		{"nothing", nil, "list.table.problem.empty"},
		{"blank lines", []byte("\xEF\xBB\xBF\r\n ;\r\n"), "list.table.problem.empty"},
		{"UTF-16 with mark", utf16Of(villages, true), "list.table.problem.utf16"},
		{"UTF-16 without mark", utf16Of("Ten;Ghi chu\r\nThon 1;x\r\n", false), "list.table.problem.utf16"},
		{"UTF-16 big endian", append([]byte{0xFE, 0xFF}, 0, 'T'), "list.table.problem.utf16"},
		{"TCVN3", []byte(tcvn3), "list.table.problem.tcvn3"},
		{"TCVN3 font in UTF-8", []byte("Tên thôn\nTh«n §«ng Yªn\n"), "list.table.problem.damage.tcvn3"},
		{"half a file in another encoding", append([]byte("Tên thôn\nThôn Mẫu\n"), "Th\xf4n M\xe2u\n"...),
			"list.table.problem.mixed"},
		{"question marks", []byte("Ten thon\nTh?n M?u\n"), "list.table.problem.damage.lost"},
		{"lost letters", []byte("Tên thôn\nTh\uFFFDn\n"), "list.table.problem.damage.lost"},
		{"encoded twice", []byte("Tên thôn\nThÃ´n Máº«u\n"), "list.table.problem.damage.twice"},
		{"VNI", []byte("Teân thoân\nThoân Maãu\n"), "list.table.problem.damage.vni"},
		{"TCVN3 under Unicode headings", []byte("Tên thôn\nXãm Míi\nThèng NhÊt\n"), "list.table.problem.damage.tcvn3"},
		{"Windows-1258", windows1258(t, villages), "list.table.problem.windows1258"},
		{"picture", []byte("\x89PNG\r\n\x1a\n\x00\x00"), "list.table.problem.unknown"},
		{"PDF", []byte("%PDF-1.7\n"), "list.table.problem.unknown"},
		{"old workbook", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more"), "list.table.problem.old_workbook"},
		{"open quotation mark", []byte("a;b\n1;2\n\"3;4\n"), "list.table.problem.quotes"},
		{"other archive", zipped(map[string]string{"word/document.xml": "<x/>"}), "list.table.problem.unknown"},
		{"broken archive", []byte("PK\x03\x04 and nothing more"), "list.table.problem.broken"},
		{"workbook without parts", zipped(map[string]string{"xl/workbook.xml": "<x", "[Content_Types].xml": ""}),
			"list.table.problem.broken"},
		{"macros", zipped(map[string]string{"xl/workbook.xml": "", "xl/vbaProject.bin": ""}), "list.table.problem.macros"},
		{"macros by type",
			zipped(map[string]string{
				"xl/workbook.xml": "", "[Content_Types].xml": "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
			}), "list.table.problem.macros"},
		{"old macros", zipped(map[string]string{"xl/workbook.xml": "", "xl/macrosheets/sheet1.xml": ""}),
			"list.table.problem.macros"},
		{"too long a cell", []byte("a\n" + strings.Repeat("ộ", MaxCell+1)), "list.table.problem.cell"},
		{"too many columns", []byte("a\n" + strings.Repeat("x;", MaxColumns) + "x"), "list.table.problem.columns"},
		{"too large", make([]byte, MaxFile+1), "list.table.problem.too_large"},
		{"too many rows", []byte("a\n" + strings.Repeat("x\n", MaxRows+1)), "list.table.problem.rows"},
		{"bomb", bomb(t), "list.table.problem.unpacked"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Read(tt.file)
			if got := key(t, err); got != tt.want {
				t.Errorf("refused with %s, want %s", got, tt.want)
			}
		})
	}
}

// bomb is a small workbook whose sheet unpacks to more than the bound.
func bomb(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	z.RegisterCompressor(zip.Deflate,
		func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for name, size := range map[string]int{"xl/workbook.xml": 1, "xl/worksheets/sheet1.xml": maxUnpacked + 1} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(make([]byte, size)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if b.Len() > MaxFile {
		t.Fatalf("the bomb has %d bytes", b.Len())
	}
	return b.Bytes()
}

func TestReadCSV(t *testing.T) {
	want := []Row{{2, []string{"Thôn Đông Yên", "cũ"}}, {4, []string{"Thôn; Kim Thạch"}}, {5, []string{"", "=mới"}}}
	for name, file := range map[string]string{
		"semicolon":      "Tên;Ghi chú\n  Thôn Đông\u200b  Yên ;cũ\n\n\"Thôn; Kim Thạch\"\n;'=mới\n",
		"comma and mark": "\xEF\xBB\xBFTên,Ghi chú\r\nThôn Đông Yên,cũ\r\n,,,\r\nThôn; Kim Thạch,\r\n,=mới\r\n",
		"tab":            "Tên\tGhi chú\nThôn Đông Yên\tcũ\n\nThôn; Kim Thạch\n\t=mới",
		"decomposed":     norm.NFD.String("Tên;Ghi chú\nThôn Đông Yên;cũ\n\n\"Thôn; Kim Thạch\"\n;=mới\n"),
	} {
		got, err := Read([]byte(file))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !slices.EqualFunc(got.Rows, want, sameRow) || got.Header.Number != 1 {
			t.Errorf("%s: read %v", name, got.Rows)
		}
	}
	for name, file := range map[string]string{
		"sep=,": "sep=,\nTên,Ghi; chú\nThôn 1,x\n", "sep= and a tab": "sep=\t\r\nTên\tGhi; chú\r\nThôn 1\tx\r\n",
	} {
		got, err := Read([]byte(file))
		if err != nil || got.Header.Number != 2 || got.Rows[0].Number != 3 ||
			!slices.Equal(got.Header.Cells, []string{"Tên", "Ghi; chú"}) {
			t.Errorf("with %s: %+v, %v", name, got, err)
		}
	}
}

func sameRow(a, b Row) bool { return a.Number == b.Number && slices.Equal(a.Cells, b.Cells) }

// workbookOf is a workbook that change has worked on.
func workbookOf(t testing.TB, change func(f *excelize.File) error) []byte {
	t.Helper()
	f := excelize.NewFile()
	var b bytes.Buffer
	if err := change(f); err != nil {
		t.Fatal(err)
	}
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReadXLSX(t *testing.T) {
	file := workbookOf(t, func(f *excelize.File) error {
		for cell, v := range map[string]any{
			"A1": "Mã thủ tục", "B1": "Tên", "A3": 1.001193, "B3": "Khai sinh", "A5": "2.000950", "B5": 12, "B6": "x",
		} {
			if err := f.SetCellValue("Sheet1", cell, v); err != nil {
				return err
			}
		}
		if err := f.SetCellFormula("Sheet1", "B6", "CONCAT(A3,A5)"); err != nil {
			return err
		}
		if err := f.MergeCell("Sheet1", "A7", "B8"); err != nil {
			return err
		}
		_, err := f.NewSheet("Khác")
		return err
	})
	got, err := Read(file)
	if err != nil {
		t.Fatal(err)
	}
	want := []Row{{3, []string{"1.001193", "Khai sinh"}}, {5, []string{"2.000950", "12"}}}
	if !slices.EqualFunc(got.Rows[:2], want, sameRow) || got.Header.Number != 1 {
		t.Errorf("read %v", got)
	}
	var notes []string
	for _, n := range got.Notes {
		notes = append(notes, fmt.Sprint(n.Key, n.Args))
	}
	const noted = "list.table.note.sheets[sheet Sheet1] list.table.note.formulas[count 1 cell B6] " +
		"list.table.note.merged[count 1 cell A7:B8]"
	if s := strings.Join(notes, " "); s != noted {
		t.Errorf("notes %s", s)
	}
	_, err = Read(workbookOf(t, func(f *excelize.File) error { return f.SetCellValue("Sheet1", "A1", "Th«n §«ng Yªn") }))
	if key(t, err) != "list.table.problem.damage.tcvn3" {
		t.Error("a TCVN3 font is not seen")
	}
	_, err = Read(workbookOf(t, func(f *excelize.File) error { return f.SetCellValue("Sheet1", "XFD9", "far") }))
	if key(t, err) != "list.table.problem.columns" {
		t.Error("a far cell is read")
	}
}

// What no name is comes out of a workbook as what the rule of the list refuses: cells typed with an old font under
// headings in Unicode, errors, truths, dates.
func TestWorkbookOfWhatNoNameIs(t *testing.T) {
	const broken = 987654 // stands for the error, which no writer of workbooks writes
	book := func(cells ...any) []byte {
		b := workbookOf(t, func(f *excelize.File) error {
			return errors.Join(f.SetCellValue("Sheet1", "A1", "Tên thôn hoặc tổ dân phố"),
				f.SetSheetCol("Sheet1", "A2", &cells))
		})
		z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		for _, p := range z.File {
			body, err := part(z, p.Name)
			if err != nil {
				t.Fatal(err)
			}
			body = bytes.ReplaceAll(body, fmt.Appendf(nil, "><v>%d</v>", broken), []byte(` t="e"><v>#REF!</v>`))
			to, err := w.Create(p.Name)
			if err == nil {
				_, err = to.Write(body)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	for name, cells := range map[string][]any{
		"a letter where a capital stands": {"Thôn 1", "Thèng NhÊt"}, "a sign within": {"Th«n §«ng Yªn"},
	} {
		_, err := Read(book(cells...))
		if got := key(t, err); got != "list.table.problem.damage.tcvn3" {
			t.Errorf("TCVN3, %s: %s", name, got)
		}
	}

	rule, _ := doithoai.ListRuleOf(doithoai.ListVillages)
	got, err := Read(book("Thôn 1", broken, true, time.Date(2023, 3, 15, 0, 0, 0, 0, time.UTC), "Thôn 2"))
	if err != nil {
		t.Fatal(err)
	}
	file, _, err := Match(got, rule)
	if err != nil {
		t.Fatal(err)
	}
	plan := rule.Plan(nil, file, doithoai.ListWords{Name: text.NameKey, Near: text.NearKey})
	var faults []string
	for _, f := range plan.Faults {
		faults = append(faults, fmt.Sprintf("%d %s %v", f.Row, f.Problem.Key, f.Problem.Args))
	}
	want := []string{
		"3 list.problem.no_name [value #REF!]", "4 list.problem.no_name [value TRUE]",
		"5 list.problem.no_name [value 03-15-23]",
	}
	if !slices.Equal(faults, want) || len(plan.Added) != 2 {
		t.Errorf("faults %q, added %v", faults, plan.Added)
	}
}

// What is written is read again as it was, whatever the cells hold.
func TestRoundTrip(t *testing.T) {
	rows := [][]string{
		{"Tên", "Điện thoại", "Ghi chú"}, {"Thôn Đông Yên", "0255 382 1234", "a;b, \"c\""}, {"=1+1", "+84905", "-x"},
		{"'=a", "@b", "'c"}, {"''=a", "1.000", "007"},
	}
	for name, write := range map[string]func(io.Writer) error{
		"CSV":  func(w io.Writer) error { return WriteCSV(w, slices.Values(rows)) },
		"XLSX": func(w io.Writer) error { return WriteXLSX(w, "Danh mục", rows) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		got, err := Read(b.Bytes())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all := append([]Row{got.Header}, got.Rows...)
		for i, row := range all {
			if !slices.Equal(row.Cells, rows[i]) || row.Number != i+1 {
				t.Errorf("%s: row %d came back as %q", name, i+1, row.Cells)
			}
		}
		if len(all) != len(rows) || len(got.Notes) > 0 {
			t.Errorf("%s: %d rows, notes %v", name, len(all), got.Notes)
		}
	}
}

// No cell begins as a formula, not even after white space that spreadsheet programs skip.
func TestNoFormulaIsWritten(t *testing.T) {
	for cell, want := range map[string]string{
		"Nguyễn": "Nguyễn", "=1+1": "'=1+1", "+84": "'+84", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)",
		"\t=1": "'\t=1", "a=1": "a=1",
		"\r=1": "\"'=1\"", // encoding/csv drops the return
	} {
		var b strings.Builder
		if err := WriteCSV(&b, slices.Values([][]string{{cell}})); err != nil {
			t.Fatal(err)
		}
		if got := strings.TrimSuffix(strings.TrimPrefix(b.String(), byteOrderMark), "\r\n"); got != want {
			t.Errorf("%q became %q", cell, got)
		}
	}
}

// Rows are written as they come, and none is asked for once nobody takes them.
func TestRowsAreWrittenAsTheyCome(t *testing.T) {
	var b bytes.Buffer
	largest := 0
	rows := func(yield func([]string) bool) {
		for range 5_000 {
			largest = max(largest, b.Len())
			if !yield([]string{"Thôn Đông Yên"}) {
				return
			}
		}
	}
	if err := WriteCSV(&b, rows); err != nil || largest < b.Len()/2 {
		t.Errorf("%d of %d bytes before the last row, %v", largest, b.Len(), err)
	}
	asked := 0
	err := WriteCSV(full{}, func(yield func([]string) bool) {
		for asked = 0; asked < 5_000 && yield([]string{"Thôn Đông Yên"}); asked++ {
		}
	})
	if err == nil || asked == 5_000 {
		t.Errorf("%d rows were asked for, %v", asked, err)
	}
}

// full takes the byte-order mark and no more.
type full struct{}

func (full) Write(b []byte) (int, error) {
	if len(b) > len(byteOrderMark) {
		return 0, io.ErrShortWrite
	}
	return len(b), nil
}

// 50,000 rows are read from either form.
func TestManyRows(t *testing.T) {
	const many = 5_000
	rows := [][]string{{"Tên cơ quan hoặc đơn vị", "Địa chỉ"}}
	for n := range many {
		rows = append(rows, []string{fmt.Sprintf("Cơ quan số %d", n), "12 Trần Hưng Đạo"})
	}
	for name, write := range map[string]func(io.Writer) error{
		"CSV":  func(w io.Writer) error { return WriteCSV(w, slices.Values(rows)) },
		"XLSX": func(w io.Writer) error { return WriteXLSX(w, "Danh mục", rows) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		got, err := Read(b.Bytes())
		if err != nil || len(got.Rows) != many || got.Rows[many-1].Cell(0) != rows[many][0] {
			t.Errorf("%s: %d rows, %v", name, len(got.Rows), err)
		}
	}
}

func TestMatch(t *testing.T) {
	rule, _ := doithoai.ListRuleOf(doithoai.ListOutsideBodies)
	read := func(header string) (doithoai.ListFile, []doithoai.Problem, error) {
		got, err := Read([]byte(header + "\nA;B;C\n"))
		if err != nil {
			t.Fatal(err)
		}
		return Match(got, rule)
	}
	file, notes, err := read("dia chi;Ghi chú;TÊN CƠ QUAN  hoặc đơn vị")
	if err != nil || len(notes) != 1 || notes[0].Key != "list.table.note.ignored" {
		t.Fatalf("%v, notes %v", err, notes)
	}
	if got := file.Rows[0]; got.Number != 2 || !slices.Equal(got.Cells, []string{"C", "", "A", "", ""}) ||
		!slices.Equal(file.Has, []bool{true, false, true, false, false}) {
		t.Errorf("matched %+v", file)
	}
	if got, _, err := read("Tên;Số máy;Tên cơ quan"); err != nil || got.Rows[0].Cells[0] != "A" {
		t.Errorf("a mere name: %+v, %v", got, err)
	}
	if got, notes, err := read("Tên cơ quan;Việc;x"); err != nil || got.Rows[0].Cells[0] != "A" || got.Has[1] ||
		len(notes) != 1 {
		t.Errorf("a shorter heading: %+v, %v, %v", got, notes, err)
	}
	villages, _ := doithoai.ListRuleOf(doithoai.ListVillages)
	if got, err := Read([]byte("Tên thôn\nThôn 1\n")); err != nil {
		t.Error(err)
	} else if file, _, err := Match(got, villages); err != nil || file.Rows[0].Cells[0] != "Thôn 1" {
		t.Errorf("names of villages: %+v, %v", file, err)
	}
	if _, _, err = read("Agency or unit;Address;hours"); err != nil {
		t.Errorf("English headings: %v", err)
	}
	if _, _, err = read("Địa chỉ;Giờ làm việc;x"); key(t, err) != "list.table.problem.headings" {
		t.Errorf("without a name: %v", err)
	}
	if _, _, err = read("name;Agency or unit;x"); key(t, err) != "list.table.problem.heading_twice" {
		t.Errorf("twice: %v", err)
	}
}

// Every column of every list has a heading, and headings of one list differ.
func TestHeadings(t *testing.T) {
	for _, rule := range doithoai.ListRules {
		for _, lang := range []string{"vi", "en"} {
			seen := map[string]bool{}
			for _, h := range Headings(text.For(lang), rule) {
				// a file of one column shows no other
				if strings.Contains(h, "⟦") || seen[plain(h)] || strings.ContainsAny(h, separators) {
					t.Errorf("%s %s: heading %s", rule.Name, lang, h)
				}
				seen[plain(h)] = true
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(villages))
	f.Add([]byte(tcvn3))
	f.Add(utf16Of(villages, true))
	f.Add(workbookOf(f, func(x *excelize.File) error { return x.SetCellValue("Sheet1", "A1", "Tên") }))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := Read(b)
		if err != nil {
			key(t, err)
			return
		}
		for _, r := range append([]Row{got.Header}, got.Rows...) {
			if len(r.Cells) == 0 || len(r.Cells) > MaxColumns {
				t.Fatalf("row %d has %d cells", r.Number, len(r.Cells))
			}
			for _, c := range r.Cells {
				if c != text.CleanLine(c) || len([]rune(c)) > MaxCell {
					t.Fatalf("row %d: cell %q", r.Number, c)
				}
			}
		}
	})
}
