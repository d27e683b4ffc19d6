package template

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"doithoai"
	"doithoai/doc"
	"doithoai/doc/inspect"
)

const (
	xmlHead  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`
	wordNS   = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	relNS    = `http://schemas.openxmlformats.org/package/2006/relationships`
	relTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// word is a Word file as Word writes it: a body, and parts by their names beside those that each file has.
func word(t testing.TB, body string, more map[string]string) []byte {
	t.Helper()
	kinds := ""
	for name := range more {
		for _, part := range []string{"header", "footer"} {
			if strings.HasPrefix(name, "word/"+part) {
				kinds += fmt.Sprintf(`<Override PartName="/%s" ContentType="%s%s+xml"/>`, name, wordPart, part)
			}
		}
	}
	parts := map[string]string{
		"[Content_Types].xml": xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/word/document.xml" ContentType="` + mainPart + `"/>` + kinds + `</Types>`,
		"_rels/.rels": xmlHead + `<Relationships xmlns="` + relNS + `"><Relationship Id="rId1" Type="` + relTypes +
			`officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml": xmlHead + `<w:document` + wordNS + `><w:body>` + body + `</w:body></w:document>`,
	}
	for name, content := range more {
		parts[name] = content
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	names := []string{"[Content_Types].xml"}
	for name := range parts {
		if name != names[0] {
			names = append(names, name)
		}
	}
	slices.Sort(names[1:])
	for _, name := range names {
		f, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, parts[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// partOf is a part of a file.
func partOf(t testing.TB, file []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		return ""
	}
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func bodyOf(t testing.TB, file []byte) string {
	_, s, _ := strings.Cut(partOf(t, file, "word/document.xml"), "<w:body>")
	s, _, _ = strings.Cut(s, "</w:body>")
	return s
}

var letter1 = doc.Doc{
	Kind: doc.Letter, Superior: "UBND tỉnh Quảng Ngãi", Authority: "Ủy ban nhân dân xã Nghĩa Dũng", Number: "5",
	Symbol: "UBND-VP", PlaceAndDate: "Nghĩa Dũng, ngày 03 tháng 11 năm 2026", Abstract: "V/v trả lời kiến nghị",
	To: []string{"Ông Nguyễn Văn Mẫu, thôn 2"},
	Body: []doc.Block{
		doc.Text("Ủy ban nhân dân xã trả lời như sau:"),
		doc.Paragraph{Runs: []doc.Run{{Text: "Lỗi thuộc "}, {Text: "xã", Bold: true}}, Field: "answer", Part: "tra_loi"},
		doc.Paragraph{Runs: []doc.Run{{Text: "Xã xin lỗi."}}, Field: "answer", Part: "tra_loi"},
		doc.Heading(doc.Section, "Việc sẽ làm"),
		doc.Item("ghi giờ chuyển"),
		doc.Table{
			Part: "viec", Names: []string{"tt", "ten"}, Columns: []float64{1, 4},
			Head: []doc.Row{doc.Cells("TT", "Việc")},
			Rows: []doc.Row{doc.Cells("1", "ghi giờ"), doc.Cells("2", "kiểm tra\nhằng tuần")},
		},
	},
	Signers:    []doc.Signer{{For: "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH", Title: "PHÓ CHỦ TỊCH", Name: "Đặng Văn Giả Định"}},
	Recipients: doc.Recipients{Items: []string{"Như trên;", "Lưu: VT, VP."}},
}

// filled is what the template with a body becomes.
func filled(t testing.TB, body string, d doc.Doc) string {
	t.Helper()
	tpl, err := Open(word(t, body, nil))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := tpl.Fill(&b, d); err != nil {
		t.Fatal(err)
	}
	return bodyOf(t, b.Bytes())
}

// plain is what people see of a body: a paragraph a line, | between cells, / where a line is broken.
func plain(body string) string {
	for _, r := range [][2]string{{"</w:p></w:tc>", " | "}, {"</w:p>", "\n"}, {"<w:br/>", "/"}, {"</w:tr>", "\n"}} {
		body = strings.ReplaceAll(body, r[0], r[1])
	}
	var b strings.Builder
	inside := false
	for _, r := range body {
		switch {
		case r == '<':
			inside = true
		case r == '>':
			inside = false
		case !inside:
			b.WriteRune(r)
		}
	}
	return strings.TrimSpace(b.String())
}

func p(runs string) string { return `<w:p>` + runs + `</w:p>` }
func r(s string) string    { return `<w:r><w:t xml:space="preserve">` + s + `</w:t></w:r>` }
func bold(s string) string { return `<w:r><w:rPr><w:b/></w:rPr><w:t>` + s + `</w:t></w:r>` }

func TestFill(t *testing.T) {
	const gap = `<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="0" w:name="a"/>`
	for name, c := range map[string]struct{ body, want string }{
		"a line":           {p(r("Số: {{so}}/{{ky_hieu}}")), "Số: 05/UBND-VP"},
		"with its marks":   {p(r("{{Số}} {{ Trích  yếu }} {{ngày}}")), "05 V/v trả lời kiến nghị ngày 03 tháng 11 năm 2026"},
		"decomposed":       {p(r("{{Tri\u0301ch ye\u0302\u0301u}}")), "V/v trả lời kiến nghị"},
		"in capitals":      {p(r("{{CO_QUAN}}")), "ỦY BAN NHÂN DÂN XÃ NGHĨA DŨNG"},
		"split":            {p(r("Số: {") + gap + bold("{s") + gap + r("o}") + r("}/UB")), "Số: 05/UB"},
		"split by letters": {p(r("{") + r("{") + r("s") + r("o") + r("}") + r("}")), "05"},
		"two in a run":     {p(r("{{so}}{{so}} và {{so}}")), "0505 và 05"},
		"in a link":        {p(`<w:hyperlink>` + r("{{so") + `</w:hyperlink>` + r("}}.")), "05."},
		"in a control": {`<w:sdt><w:sdtContent>` + p(`<w:sdt><w:sdtContent>`+r("{{so}}")+`</w:sdtContent></w:sdt>`) +
			`</w:sdtContent></w:sdt>`, "05"},
		"paragraphs": {p(r("{{tra_loi}}")), "Lỗi thuộc xã\nXã xin lỗi."},
		"the text": {p(r("{{noi_dung}}")), "Ủy ban nhân dân xã trả lời như sau:\nLỗi thuộc xã\nXã xin lỗi.\nViệc sẽ làm\n" +
			"- ghi giờ chuyển\nTT | Việc | \n1 | ghi giờ | \n2 | kiểm tra/hằng tuần |"},
		"beside words": {p(r("Kính gửi: {{kinh_gui}}; {{noi_nhan}}")),
			"Kính gửi: Ông Nguyễn Văn Mẫu, thôn 2; - Như trên;/- Lưu: VT, VP."},
		"after a dash":   {p(r("- {{noi_nhan}}")), "- Như trên;\n- Lưu: VT, VP."},
		"without a dash": {p(r("{{noi_nhan}}")), "- Như trên;\n- Lưu: VT, VP."},
		"who signs": {p(r("{{quyen_han}}")) + p(r("{{chuc_vu}}")) + p(r("{{nguoi_ky}}")),
			"TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nĐặng Văn Giả Định"},
		"nothing":         {p(r("a")) + p(r("{{can_cu}}")) + p(r("{{do_khan}} {{can_cu}}")) + p(r("b")), "a\nb"},
		"nothing in cell": {`<w:tbl><w:tr><w:tc>` + p(r("{{can_cu}}")) + `</w:tc></w:tr></w:tbl>` + p(r("b")), "b"},
		"MERGEFIELD": {p(`<w:fldSimple w:instr=" MERGEFIELD so \* MERGEFORMAT ">`+bold("«so»")+`</w:fldSimple>`) +
			p(r("V/v: ")+`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> MERGE</w:instrText></w:r>`+
				`<w:r><w:instrText>FIELD "Ký hiệu" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`+
				bold("«Ký")+bold(" hiệu»")+`<w:r><w:fldChar w:fldCharType="end"/></w:r>`+r(".")), "05\nV/v: UBND-VP."},
		"another field stays": {p(`<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText>` +
			`<w:fldChar w:fldCharType="separate"/><w:t>7</w:t><w:fldChar w:fldCharType="end"/></w:r>`), "PAGE7"},
		"rows": {`<w:tbl><w:tr><w:tc>` + p(r("{{#viec}}{{tt}}")) + `</w:tc><w:tc>` + p(r("{{ten}} ({{so}})")+r("{{/viec}}")) +
			`</w:tc></w:tr></w:tbl>`, "1 | ghi giờ (05) | \n2 | kiểm tra/hằng tuần (05) |"},
		"several rows each": {`<w:tbl><w:tr><w:tc>` + p(r("đầu")) + `</w:tc></w:tr><w:tr><w:tc>` + p(r("{{#viec}}")) +
			p(r("{{tt}}")) + `</w:tc></w:tr><w:tr><w:tc>` + p(r("{{ten}}{{/viec}}")) + `</w:tc></w:tr></w:tbl>`,
			"đầu | \n1 | \nghi giờ | \n2 | \nkiểm tra/hằng tuần |"},
		"no rows": {p(r("a")) + `<w:tbl><w:tr><w:tc>` + p(r("{{#khac}}{{tt}}{{/khac}}")) + `</w:tc></w:tr></w:tbl>` +
			p(r("b")), "a\nb"},
		"a text box": {p(r("x ") + `<w:r><w:pict><w:txbxContent>` + p(r("{{so}}")) + `</w:txbxContent></w:pict></w:r>`),
			"x 05"},
	} {
		if got := plain(filled(t, c.body, letter1)); got != c.want {
			t.Errorf("%s:\ngot  %q\nwant %q", name, got, c.want)
		}
	}
}

// TestFillLooks: what stands in the place of a field looks as its first letter does.
func TestFillLooks(t *testing.T) {
	look := `<w:pPr><w:pStyle w:val="x"/><w:ind w:firstLine="567"/></w:pPr>`
	got := filled(t, p(look+bold("{{no")+r("i_dung}}")), letter1)
	for _, want := range []string{
		`<w:pPr><w:pStyle w:val="x"/><w:ind w:firstLine="567"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">` +
			`Ủy ban nhân dân xã trả lời như sau:`,
		`<w:pPr><w:pStyle w:val="x"/><w:keepNext/><w:ind w:firstLine="567"/></w:pPr>`,
		`<w:tblHeader/>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	split := filled(t, p(r("Số: ")+bold("{{s")+r("o}} ngày")), letter1)
	if want := `<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">05</w:t></w:r>` +
		`<w:r><w:t xml:space="preserve"> ngày</w:t></w:r>`; !strings.Contains(split, want) {
		t.Errorf("split: %s", split)
	}
}

// TestFillHostile: what people wrote is text, whatever it looks like.
func TestFillHostile(t *testing.T) {
	d := letter1
	d.Abstract = "<w:p/> & \"x\" {{so}} {{#viec}}\x00\x07 I\u0302 😀\u202e \ufffe cuối"
	d.Body = []doc.Block{doc.Text(d.Abstract), doc.Text("a\nb]]>")}
	got := filled(t, p(r("1 {{trich_yeu}}"))+p(r("{{noi_dung}}")), d)
	want := `&lt;w:p/&gt; &amp; &quot;x&quot; {{so}} {{#viec}} Î □  cuối`
	if n := strings.Count(strings.ReplaceAll(got, "&#34;", "&quot;"), want); n != 2 {
		t.Errorf("%d times, in\n%s", n, got)
	}
	if plain := plain(got); !strings.HasSuffix(plain, "\na/b]]&gt;") {
		t.Errorf("got %q", plain)
	}
}

// TestFillParts: headers and footers are filled, who wrote the template isn't the author, and a paper that is not real
// says so.
func TestFillParts(t *testing.T) {
	file := word(t, p(r("{{noi_dung}}"))+`<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>`, map[string]string{
		"word/header1.xml":        xmlHead + `<w:hdr` + wordNS + `>` + p(r("{{co_quan}}")) + `</w:hdr>`,
		"word/footer1.xml":        xmlHead + `<w:ftr` + wordNS + `>` + p(r("{{so_ky_hieu}}")) + `</w:ftr>`,
		"docProps/core.xml":       xmlHead + `<cp xmlns="x"><creator>Trần Thị Cũ</creator></cp>`,
		"docProps/thumbnail.jpeg": "an old letter",
		"word/media/image1.png":   "a seal",
		"word/_rels/document.xml.rels": xmlHead + `<Relationships xmlns="` + relNS + `"><Relationship Id="rId1" Type="` +
			relTypes + `hyperlink" Target="mailto:ubnd@vi-du.invalid" TargetMode="External"/></Relationships>`,
		"_rels/.rels": xmlHead + `<Relationships xmlns="` + relNS + `"><Relationship Id="rId1" Type="` + relTypes +
			`officeDocument" Target="word/document.xml"/><Relationship Id="rId2" ` +
			`Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail" ` +
			`Target="docProps/thumbnail.jpeg"/></Relationships>`,
	})
	tpl, err := Open(file)
	if err != nil {
		t.Fatal(err)
	}
	d := letter1
	d.Strip = "DỮ LIỆU MÔ PHỎNG"
	var first, second bytes.Buffer
	passages, err := tpl.Fill(&first, d)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tpl.Fill(&second, d); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Errorf("the same document gives other bytes (%v)", err)
	}
	for name, want := range map[string]string{
		"word/header1.xml": "Ủy ban nhân dân xã Nghĩa Dũng", "word/footer1.xml": "05/UBND-VP",
		"word/media/image1.png": "a seal",
		"docProps/core.xml":     "<dc:creator>Ủy ban nhân dân xã Nghĩa Dũng<", "word/document.xml": "DỮ LIỆU MÔ PHỎNG",
	} {
		if got := partOf(t, first.Bytes(), name); !strings.Contains(got, want) {
			t.Errorf("%s has no %q: %s", name, want, got)
		}
	}
	if partOf(t, first.Bytes(), "docProps/thumbnail.jpeg") != "" ||
		strings.Contains(partOf(t, first.Bytes(), "_rels/.rels"), "thumb") {
		t.Error("the picture of an old letter goes out")
	}
	if len(passages) < 4 || passages[2] != (doc.Passage{Field: "answer", Text: "Lỗi thuộc xã"}) {
		t.Errorf("passages %q", passages)
	}
}

// TestFillSeveral: several documents are one file, unless its headers would say of one what is another's.
func TestFillSeveral(t *testing.T) {
	other := letter1
	other.Number = "6"
	section := `<w:sectPr><w:headerReference w:type="default"/><w:type w:val="continuous"/></w:sectPr>`
	open := func(header string) *Template {
		tpl, err := Open(word(t, p(r("Số {{so}}"))+p(r("{{tra_loi}}"))+section, map[string]string{
			"word/header1.xml": xmlHead + `<w:hdr` + wordNS + `>` + p(r(header)) + `</w:hdr>`,
		}))
		if err != nil {
			t.Fatal(err)
		}
		return tpl
	}
	var b bytes.Buffer
	if _, err := open("{{co_quan}}").Fill(&b, letter1, other, other); err != nil {
		t.Fatal(err)
	}
	body := bodyOf(t, b.Bytes())
	const one = "\nLỗi thuộc xã\nXã xin lỗi.\n"
	if got := plain(body); got != strings.TrimSpace("Số 05"+one+"\nSố 06"+one+"\nSố 06"+one) {
		t.Errorf("got %q", got)
	}
	if strings.Count(body, "<w:sectPr>") != 3 || strings.Count(body, "continuous") != 1 ||
		strings.Contains(plain(body[strings.LastIndex(body, "<w:sectPr>"):]), "Số") {
		t.Errorf("the sections are %s", body)
	}
	if _, err := open("{{so}}").Fill(io.Discard, letter1, other); doithoai.KindOf(err) != doithoai.Invalid {
		t.Errorf("headers that differ: %v", err)
	}
}

func keysOf(problems []doithoai.Problem) (keys []string) {
	for _, p := range problems {
		key := strings.TrimPrefix(p.Key, "template.problem.")
		if len(p.Args) > 1 {
			key += " " + fmt.Sprint(p.Args[1])
		}
		keys = append(keys, key)
	}
	return keys
}

func TestCheck(t *testing.T) {
	row := func(cells ...string) string {
		s := `<w:tr>`
		for _, c := range cells {
			s += `<w:tc>` + p(r(c)) + `</w:tc>`
		}
		return s + `</w:tr>`
	}
	content := p(r("{{noi_dung}}"))
	for name, c := range map[string]struct {
		body string
		want []string
	}{
		"nothing wrong": {content + p(r("{{so}}")) + `<w:tbl>` + row("{{#viec}}{{tt}}", "{{ten}} {{so}}{{/viec}}") +
			`</w:tbl>`, nil},
		"a part is enough": {p(r("{{tra_loi}}")), nil},
		"no text":          {p(r("{{so}}")), []string{"no_content {{noi_dung}}"}},
		"unknown": {content + p(r("{{ho_ten}} {{Họ tên}} {{ten}}")),
			[]string{"unknown {{ho_ten}}", "unknown {{ten}}"}},
		"open":               {content + p(r("Số: {{so} ngày")), []string{"braces Số: {{so} ngày"}},
		"broken by a tab":    {content + p(r("{{so")+`<w:r><w:tab/></w:r>`+r("}}")), []string{"braces {{so }}"}},
		"the text in a line": {p(r("Trả lời: {{noi_dung}}")), []string{"alone {{noi_dung}}"}},
		"rows elsewhere":     {content + p(r("{{#viec}}")), []string{"list_outside viec"}},
		"rows without end":   {content + `<w:tbl>` + row("{{#viec}}{{tt}}") + `</w:tbl>`, []string{"list_open viec"}},
		"another end": {content + `<w:tbl>` + row("{{#viec}}{{/khac}}{{/viec}}") + `</w:tbl>`,
			[]string{"list_closed khac"}},
		"rows in rows": {content + `<w:tbl>` + row("{{#viec}}{{#viec}}{{/viec}}") + `</w:tbl>`,
			[]string{"list_in_list viec"}},
		"a list as a field": {content + p(r("{{viec}}")), []string{"unknown {{viec}}"}},
		"a field as a list": {content + `<w:tbl>` + row("{{#so}}{{/so}}") + `</w:tbl>`, []string{"unknown {{so}}"}},
	} {
		tpl, err := Open(word(t, c.body, nil))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := keysOf(tpl.Check(Of(letter1))); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	tpl, err := Open(word(t, content+p(r("{{so}}{{ky_hieu}}{{kinh_gui}}")), nil))
	if err != nil {
		t.Fatal(err)
	}
	if got := tpl.Unused(Of(letter1)); slices.Contains(got, "so_ky_hieu") || slices.Contains(got, "tra_loi") ||
		!slices.Contains(got, "nguoi_ky") {
		t.Errorf("unused %q", got)
	}
}

func TestOpenRefuses(t *testing.T) {
	relation := func(kind, target, mode string) map[string]string {
		return map[string]string{"word/_rels/document.xml.rels": xmlHead + `<Relationships xmlns="` + relNS +
			`"><Relationship Id="rId1" Type="` + relTypes + kind + `" Target="` + target + `"` + mode + `/></Relationships>`}
	}
	const external = ` TargetMode="External"`
	deep := strings.Repeat("<w:sdt>", 300) + strings.Repeat("</w:sdt>", 300)
	field := func(code string) string {
		return p(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>` + code + `</w:instrText></w:r>`)
	}
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"no file of Word": {[]byte("%PDF-1.7"), "not_word"},
		"an empty file":   {nil, "not_word"},
		"cut off":         {word(t, "", nil)[:200], "broken"},
		"macros":          {word(t, "", map[string]string{"word/vbaProject.bin": "x"}), "macros"},
		"a docm": {word(t, "", map[string]string{"[Content_Types].xml": `<Types><Override PartName="/word/document.xml" ` +
			`ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>`}), "macros"},
		"a table of Excel": {word(t, "", map[string]string{"[Content_Types].xml": `<Types><Override PartName="/x" ` +
			`ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`}), "not_word"},
		"embedded":           {word(t, "", map[string]string{"word/embeddings/oleObject1.bin": "x"}), "embedded"},
		"an object":          {word(t, p(`<w:r><w:object/></w:r>`), nil), "embedded"},
		"an alternate chunk": {word(t, "", relation("aFChunk", "a.html", "")), "embedded"},
		"a picture outside":  {word(t, "", relation("image", "https://vi-du.invalid/a.png", external)), "external"},
		"a template outside": {word(t, "", relation("attachedTemplate", `file:///\\may\a.dotm`, external)), "external"},
		"a link to a file":   {word(t, "", relation("hyperlink", `file:///c:/a.exe`, external)), "external"},
		"drawn in":           {word(t, field(`INCLUDETEXT "c:\a.docx"`), nil), "external"},
		"drawn in, broken":   {word(t, p(`<w:fldSimple w:instr=" ddeauto x"/>`), nil), "external"},
		"changes":            {word(t, p(`<w:ins>`+r("a")+`</w:ins>`), nil), "marks"},
		"a remark":           {word(t, p(`<w:r><w:commentReference w:id="0"/></w:r>`), nil), "marks"},
		"an entity": {word(t, "", map[string]string{"word/document.xml": `<!DOCTYPE a [<!ENTITY x "y">]><w:document` +
			wordNS + `/>`}), "broken"},
		"not well formed": {word(t, "<w:p>", nil), "broken"},
		"deep":            {word(t, deep, nil), "unpacked"},
		"many":            {word(t, strings.Repeat("<w:p/>", maxElements), nil), "unpacked"},
		"no document":     {word(t, "", map[string]string{"word/document.xml": "<x/>"}), "not_word"},
		"too large":       {make([]byte, MaxFile+1), "too_large"},
	} {
		_, err := Open(c.file)
		got := ""
		if list := doithoai.ProblemsOf(err); len(list) == 1 && list[0].Field == FileField {
			got = strings.TrimPrefix(list[0].Key, "template.problem.")
		}
		if got != c.want || doithoai.KindOf(err) != doithoai.Invalid {
			t.Errorf("%s: %q (%v), want %q", name, got, err, c.want)
		}
	}
}

// TestStart: our own form with fields in its places is a template, and filled it says what our own file says. So it
// does when LibreOffice has saved it.
func TestStart(t *testing.T) {
	minutes := doc.Doc{
		Kind: doc.Minutes, Authority: "UBND xã", Type: "BIÊN BẢN", Abstract: "Đối thoại", Symbol: "BB-UBND",
		Body:    []doc.Block{doc.Heading(doc.Section, "I. Mở đầu"), doc.Text("Bắt đầu.")},
		Signers: []doc.Signer{{Title: "THƯ KÝ", Name: "Lê Thị Giả Dụ"}, {Title: "CHỦ TỌA", Name: "Đặng Văn Giả Định"}},
	}
	dir := t.TempDir()
	for name, d := range map[string]doc.Doc{"letter": letter1, "minutes": minutes} {
		var b bytes.Buffer
		if err := doc.WriteDOCX(&b, Start(d)); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, name+".docx")
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		files := []string{file}
		if inspect.Missing() == nil {
			saved := filepath.Join(dir, "saved")
			if err := inspect.Office(t.Context(), "docx", saved, file); err != nil {
				t.Fatal(err)
			}
			files = append(files, filepath.Join(saved, name+".docx"))
		}
		for _, file := range files {
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			tpl, err := Open(content)
			if err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			if list := tpl.Check(Of(d)); list != nil {
				t.Errorf("%s: %v", file, list)
			}
			var out bytes.Buffer
			passages, err := tpl.Fill(&out, d)
			if err != nil {
				t.Fatal(err)
			}
			want := d.Passages()
			for i, p := range want {
				p.Text = strings.ToUpper(strings.Join(strings.Fields(p.Text), " "))
				if !slices.ContainsFunc(passages, func(q doc.Passage) bool {
					return strings.ToUpper(strings.Join(strings.Fields(q.Text), " ")) == p.Text
				}) {
					t.Errorf("%s: passage %d %q is not in %q", file, i, p, passages)
				}
			}
		}
	}
}

// TestFillAnnex: an annex stands behind the text on pages of its own, in the form of the program, whatever the headers
// and styles of the authority's file are; of a long text only the end is kept with what follows it.
func TestFillAnnex(t *testing.T) {
	d := letter1
	d.Annexes = []doc.Annex{{
		Mark: "Phụ lục", Title: "Câu hỏi", Landscape: true,
		Body: []doc.Block{doc.Table{Columns: []float64{1, 4}, Rows: []doc.Row{doc.Cells("1", "Vì sao?")}}},
	}}
	content := `<w:p><w:pPr><w:keepNext/></w:pPr>` + r("{{noi_dung}}") + `</w:p>`
	body := filled(t, content+p(r("{{nguoi_ky}}"))+`<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>`, d)
	if said := plain(body); !strings.HasSuffix(said, "Đặng Văn Giả Định\n\nPhụ lục\nCÂU HỎI\n\n1 | Vì sao? |") {
		t.Errorf("the file says %q", said)
	}
	first, second := strings.Index(body, `<w:pgSz w:w="11906"`), strings.Index(body, `w:orient="landscape"`)
	if first < 0 || second < first || strings.Count(body, "<w:sectPr>") != 2 {
		t.Errorf("not two sections: %s", body)
	}
	for _, strange := range []string{"headerReference", "pStyle"} {
		if strings.Contains(body, strange) {
			t.Errorf("the annex names a %s that the file does not have", strange)
		}
	}
	if !strings.Contains(body, `<w:rFonts w:ascii="Times New Roman"`) {
		t.Error("the annex has the letters of the file's styles")
	}
	text, _, _ := strings.Cut(body, "Việc sẽ làm")
	if n := strings.Count(text, "<w:keepNext/>"); n != 1 { // the heading's
		t.Errorf("%d paragraphs of the text are kept with the next: %s", n, text)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(word(f, p(r("{{noi_dung}}"))+p(r("{{s")+r("o}}")), nil))
	f.Add(word(f, `<w:tbl><w:tr><w:tc>`+p(r("{{#viec}}{{tt}}{{/viec}}"))+`</w:tc></w:tr></w:tbl>`, nil))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if tpl, err := Open(b); err == nil {
			tpl.Check(Of(letter1))
			if _, err := tpl.Fill(io.Discard, letter1); err != nil {
				t.Error(err)
			}
		}
	})
}

// FuzzBody fills any body that is XML: what comes out is XML too.
func FuzzBody(f *testing.F) {
	for _, s := range []string{
		p(r("{{noi_dung}}")), p(r("{{") + r("so}}")),
		`<w:tbl><w:tr><w:tc>` + p(r("{{#viec}}{{tt}}{{/viec}}")) + `</w:tc></w:tr></w:tbl>`,
		p(`<w:fldSimple w:instr=" MERGEFIELD so ">` + r("x") + `</w:fldSimple>`),
		p(`<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>MERGEFIELD so</w:instrText>` +
			`<w:fldChar w:fldCharType="end"/></w:r>`),
		p(r("{{tra_loi}}") + `<w:r><w:pict>` + p(r("{{noi_dung}}")) + `</w:pict></w:r>`),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		tpl, err := Open(word(t, body, nil))
		if err != nil {
			return
		}
		tpl.Check(Of(letter1))
		var b bytes.Buffer
		if _, err := tpl.Fill(&b, letter1); err != nil {
			t.Fatal(err)
		}
		if _, err := parse([]byte(partOf(t, b.Bytes(), "word/document.xml"))); err != nil {
			t.Errorf("%q becomes %q: %v", body, bodyOf(t, b.Bytes()), err)
		}
	})
}
