package table

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"
)

// maxUnpacked bounds what a workbook may unpack to, in bytes: a small file can hold a petabyte of zeros.
const maxUnpacked = 96 << 20

// workbook reads the first sheet of an XLSX file. Cells that hold a formula are read by the result that the spreadsheet
// program kept, and noted; merged cells are noted, since only the first of them holds anything.
func (r *reader) workbook(b []byte) error {
	archive, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return refuse("list.table.problem.broken")
	}
	if err := checkParts(archive); err != nil {
		return err
	}
	f, err := excelize.OpenReader(bytes.NewReader(b),
		excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked})
	if err != nil {
		return refuse("list.table.problem.broken")
	}
	defer f.Close() //nolint:errcheck // it was read from memory, and unpacked into memory
	sheets := f.GetSheetList()
	if len(sheets) == 0 {
		return refuse("list.table.problem.empty")
	}
	if len(sheets) > 1 {
		r.note("list.table.note.sheets", "sheet", sheets[0])
	}
	if err := r.oddities(archive, sheets[0]); err != nil {
		return err
	}
	return r.sheet(f, sheets[0])
}

// checkParts refuses what is no workbook, has macros or unpacks to too much. Go's reader of archives holds each part to
// the size that it names.
func checkParts(archive *zip.Reader) error {
	var unpacked uint64
	var isWorkbook bool
	for _, p := range archive.File {
		name := strings.ToLower(p.Name)
		if unpacked += p.UncompressedSize64; unpacked > maxUnpacked || p.UncompressedSize64 > maxUnpacked {
			return refuse("list.table.problem.unpacked")
		}
		if path.Base(name) == "vbaproject.bin" || strings.HasPrefix(name, "xl/macrosheets/") {
			return refuse("list.table.problem.macros")
		}
		isWorkbook = isWorkbook || name == "xl/workbook.xml"
	}
	if !isWorkbook {
		return refuse("list.table.problem.unknown")
	}
	types, err := part(archive, "[Content_Types].xml")
	if err != nil {
		return refuse("list.table.problem.broken")
	}
	if bytes.Contains(types, []byte("macroEnabled")) {
		return refuse("list.table.problem.macros")
	}
	return nil
}

// lastRow is the last row that a sheet can have, whatever a file says.
const lastRow = 1 << 20

func (r *reader) sheet(f *excelize.File, name string) error {
	rows, err := f.Rows(name)
	if err != nil {
		return refuse("list.table.problem.broken")
	}
	defer rows.Close() //nolint:errcheck // nothing is written
	for n := 1; rows.Next(); n++ {
		if n > lastRow {
			return refuse("list.table.problem.broken")
		}
		cells, err := rows.Columns()
		if err != nil {
			return refuse("list.table.problem.broken")
		}
		if err := r.add(n, cells); err != nil {
			return err
		}
	}
	if rows.Error() != nil {
		return refuse("list.table.problem.broken")
	}
	return nil
}

// oddities notes merged cells and formulas of a sheet, the first of each with its place.
func (r *reader) oddities(archive *zip.Reader, sheet string) error {
	name, err := sheetPart(archive, sheet)
	if err != nil {
		return refuse("list.table.problem.broken")
	}
	b, err := part(archive, name)
	if err != nil {
		return refuse("list.table.problem.broken")
	}
	var merged, formulas place
	cell := ""
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return refuse("list.table.problem.broken")
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "c":
			cell = attribute(e, "r")
		case "f":
			formulas.add(cell)
		case "mergeCell":
			merged.add(attribute(e, "ref"))
		}
	}
	if formulas.count > 0 {
		r.note("list.table.note.formulas", "count", formulas.count, "cell", formulas.first)
	}
	if merged.count > 0 {
		r.note("list.table.note.merged", "count", merged.count, "cell", merged.first)
	}
	return nil
}

// place counts cells and keeps where the first stands.
type place struct {
	first string
	count int
}

func (p *place) add(cell string) {
	if p.count++; p.count == 1 {
		p.first = cell
	}
}

// sheetPart finds the part of the archive that holds a sheet, through the workbook and its relationships.
func sheetPart(archive *zip.Reader, sheet string) (string, error) {
	var book struct {
		Sheets []struct {
			Name string     `xml:"name,attr"`
			Rest []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	var links struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	for name, into := range map[string]any{"xl/workbook.xml": &book, "xl/_rels/workbook.xml.rels": &links} {
		b, err := part(archive, name)
		if err == nil {
			err = xml.Unmarshal(b, into)
		}
		if err != nil {
			return "", err
		}
	}
	for _, s := range book.Sheets {
		for _, a := range s.Rest {
			for _, l := range links.All {
				if s.Name == sheet && a.Name.Local == "id" && a.Value == l.ID {
					return strings.TrimPrefix(path.Join("/xl", strings.TrimPrefix(l.Target, "/xl/")), "/"), nil
				}
			}
		}
	}
	return "", fmt.Errorf("sheet %q has no part", sheet)
}

// part reads one part of the archive, whose size was checked.
func part(archive *zip.Reader, name string) (b []byte, err error) {
	for _, p := range archive.File {
		if !strings.EqualFold(p.Name, name) {
			continue
		}
		f, err := p.Open()
		if err != nil {
			return nil, err
		}
		b, err = io.ReadAll(io.LimitReader(f, maxUnpacked))
		return b, errors.Join(err, f.Close())
	}
	return nil, fmt.Errorf("no part %s", name)
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
