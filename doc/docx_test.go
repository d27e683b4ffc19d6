package doc

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"doithoai/doc/inspect"
)

func docxOf(t testing.TB, d Doc) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteDOCX(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// script is what somebody said who tries what the writers do with it.
const script = `</w:t></w:p><script>alert("&amp;")</script>]]>`

// phrases are texts that stand in every file of the report.
var phrases = []string{
	nation, motto, "UBND", "ỦY BAN NHÂN DÂN", "Số: 05/BC-UBND", "KHẨN", "BÁO CÁO", "Nghĩa Dũng, ngày 08 tháng 01 năm 2026",
	"- Ủy ban nhân dân tỉnh;", "- Sở Nội vụ.", "I. KẾT QUẢ:", "Có 23 ý kiến của 19 người; đã trả lời ngay 17 ý kiến.",
	"- Có mặt: 58.", "Nơi nhận:", "- Lưu: VT, VP (2b).", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH PHỤ TRÁCH", "Trần Thị Mỹ Lệ",
	"Phụ lục II", "Ý KIẾN VÀ TRẢ LỜI", "Không có việc còn lại.",
}

func TestDOCXHasTheFormOfTheLaw(t *testing.T) {
	for name, c := range map[string]struct {
		d       Doc
		phrases []string
	}{
		"report":  {report(t, 40), phrases},
		"letter":  {letter(), []string{"V/v trả lời kiến nghị", "Kính gửi: Ông Nguyễn Văn A, thôn 2", "/UBND-VP"}},
		"hostile": {hostileDoc(), []string{`=cmd|' /C calc'!A0`, "{{ho_ten}}", script}},
	} {
		if list := inspect.DOCX(docxOf(t, c.d), c.phrases...); list != nil {
			t.Errorf("%s: %v", name, list)
		}
	}
}

// TestSabotagedDOCX shows that each check finds what it is there to find.
func TestSabotagedDOCX(t *testing.T) {
	good := docxOf(t, report(t, 3))
	for name, c := range map[string]struct{ part, old, new, want string }{
		"margin":       {"word/document.xml", `w:left="1701"`, `w:left="1417"`, "margin left of 25 mm"},
		"font":         {"word/styles.xml", fontName, "Arial", `the font "Arial"`},
		"title page":   {"word/document.xml", `<w:titlePg/>`, ``, "no titlePg"},
		"QR":           {"word/document.xml", `<wp:extent cx="936000"`, `<wp:extent cx="216000"`, "QR of 6 mm"},
		"paper":        {"word/document.xml", `w:w="11906"`, `w:w="12240"`, "not A4"},
		"page number":  {"word/header1.xml", ` PAGE `, ` DATE `, "no page numbers"},
		"first number": {"word/header2.xml", `</w:p>`, `<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>`, "first header"},
		"XML":          {"word/document.xml", `</w:body>`, ``, "not well-formed"},
		"words":        {"word/document.xml", `Sở Nội vụ`, `Sở Tư pháp`, "lacks"},
		"NFC":          {"word/document.xml", `Sở Nội vụ`, "Sở No\u0302\u0323i vu\u0323", "not composed"},
		"control":      {"word/document.xml", `Sở Nội vụ`, "Sở Nội\u202e vụ", "control character"},
		"tables":       {"word/document.xml", `</w:tbl><w:p>`, `</w:tbl><w:tbl></w:tbl><w:p>`, "touch"},
		"cell":         {"word/document.xml", `</w:p></w:tc>`, `</w:p><w:tbl></w:tbl></w:tc>`, "end in a paragraph"},
		"alt":          {"word/document.xml", `descr="Hội trường"`, `descr=""`, "no words"},
		"part":         {"[Content_Types].xml", `/word/styles.xml`, `/word/style.xml`, "isn't there"},
	} {
		list := inspect.DOCX(sabotaged(t, good, c.part, c.old, c.new))
		if c.part == "word/document.xml" && strings.Contains(c.old, "Nội vụ") {
			list = inspect.DOCX(sabotaged(t, good, c.part, c.old, c.new), phrases...)
		}
		if !slices.ContainsFunc(list, func(f inspect.Finding) bool { return strings.Contains(string(f), c.want) }) {
			t.Errorf("%s: found %v, want %q", name, list, c.want)
		}
	}
	if list := inspect.DOCX([]byte("PK")); len(list) != 1 {
		t.Errorf("no archive: %v", list)
	}
}

// sabotaged is a file with a text of one part replaced everywhere.
func sabotaged(t *testing.T, file []byte, part, old, new string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	done := false
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == part {
			done = bytes.Contains(content, []byte(old))
			content = bytes.ReplaceAll(content, []byte(old), []byte(new))
		}
		to, err := w.Create(f.Name)
		if err == nil {
			_, err = to.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if !done {
		t.Fatalf("%s has no %q", part, old)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSpacesAreNotAdded(t *testing.T) {
	for _, p := range []string{`w:before="0" w:after="120" w:line="360"`} {
		if !strings.Contains(part(t, docxOf(t, letter()), "word/document.xml"), p) {
			t.Errorf("no paragraph with %s", p)
		}
	}
}

func part(t *testing.T, file []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
