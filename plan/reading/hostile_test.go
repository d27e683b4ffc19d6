package reading

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"doithoai"
	"doithoai/text"
)

// packed makes a Word file of the body of its document; more are other parts by name.
func packed(t *testing.T, body string, more ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	document := `<w:document xmlns:w="w"><w:body>` + body + `</w:body></w:document>`
	parts := append([]string{"word/document.xml", document}, more...)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestFilesAreRefusedByName(t *testing.T) {
	p := func(s string) string { return "<w:p><w:r>" + s + "</w:r></w:p>" }
	for _, c := range []struct {
		name string
		file []byte
		key  string
	}{
		{"nothing", nil, "empty"},
		{"only rules", []byte("-----\n\n***\n"), "empty"},
		{"old Word", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1..."), "old_word"},
		{"PDF", []byte("%PDF-1.7"), "pdf"},
		{"RTF", []byte(`{\rtf1 K}`), "rtf"},
		{"program", []byte("MZ\x00\x01\x02"), "unknown"},
		{"bytes of no font", []byte("K\xD5 ho\x80ch"), "encoding"},
		{"TCVN3 in part", []byte("Kế hoạch\nKÕ ho¹ch tæ chøc ®èi tho¹i víi nh©n d©n n¨m 2024"), "tcvn3"},
		{"VNI in part", []byte("Kế hoạch\nKeá hoaïch toå chöùc ñoái thoaïi vôùi nhaân daân naêm 2024"), "vni"},
		{"read as Western", []byte("Káº¿ hoáº¡ch tá»• chá»©c Ä‘á»‘i thoáº¡i vá»›i nhÃ¢n dÃ¢n"), "twice"},
		{"lost letters", []byte("K\uFFFD ho\uFFFDch"), "lost"},
		{"too large", make([]byte, MaxFile+1), "too_large"},
		{"no archive", []byte("PK\x03\x04 and nothing"), "broken"},
		{"other archive", func() []byte {
			return bytes.ReplaceAll(packed(t, ""), []byte("word/document.xml"), []byte("text/document.xml"))
		}(), "unknown"},
		{"macros", packed(t, p("<w:t>Kế hoạch</w:t>"), "word/vbaProject.bin", "x"), "macros"},
		{"two documents", packed(t, "", "word/document.xml", "<x/>"), "broken"},
		{"half a document", packed(t, "<w:p>"), "broken"},
		{"nested without end", packed(t, strings.Repeat("<w:tbl>", 300)+strings.Repeat("</w:tbl>", 300)), "broken"},
		{"unpacks to too much", packed(t, p("<w:t>"+strings.Repeat(" ", maxUnpacked)+"</w:t>")), "unpacked"},
		{"old font", packed(t, p(`<w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr><w:t>KÕ ho¹ch</w:t>`)), "old_font"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := File(c.file)
			list := doithoai.ProblemsOf(err)
			if len(list) != 1 || list[0].Key != "plan.file.problem."+c.key || list[0].Field != FileField {
				t.Errorf("got %v", err)
			}
		})
	}
}

// TestOldFontsAreConverted reads a plan typed with an old font, in Unicode and as bytes.
func TestOldFontsAreConverted(t *testing.T) {
	bytesOf := func(s string) (b []byte) {
		for _, r := range s {
			b = append(b, byte(r))
		}
		return b
	}
	const tcvn3 = "KÕ HO¹CH\n§èi tho¹i víi nh©n d©n n¨m 2024\n\nI. Môc ®Ých\n- L¾ng nghe ng\u00adêi d©n."
	const vni = "KEÁ HOAÏCH\nÑoái thoaïi vôùi nhaân daân naêm 2024\n\nI. Muïc ñích\n- Laéng nghe ngöôøi daân."
	for name, file := range map[string][]byte{
		"tcvn3": []byte(tcvn3), "TCVN3 bytes": bytesOf(tcvn3), "vni": []byte(vni), "VNI bytes": bytesOf(vni),
	} {
		got, err := File(file)
		if err != nil || got.Letterhead.Type != "KẾ HOẠCH" || len(got.Purposes) != 1 ||
			got.Purposes[0] != "Lắng nghe người dân." || got.Converted() == "" {
			t.Errorf("%s: %v %+v", name, err, got)
		}
	}
	if got, err := Text("KẾ HOẠCH\nĐối thoại năm 2024"); err != nil || got.Converted() != "" {
		t.Errorf("Unicode: %v %q", err, got.Converted())
	}
}

// TestWordsOfAFile reads what Word does to a text: struck out and inserted words, breaks, fields, lists by style.
func TestWordsOfAFile(t *testing.T) {
	styles := `<w:styles xmlns:w="w">` +
		`<w:style w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>` +
		`<w:style w:styleId="Con"><w:basedOn w:val="Muc"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>` +
		`</w:styles>`
	lists := `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7">` +
		`<w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>` +
		`<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="` + "\uF0B7" + `"/></w:lvl></w:abstractNum>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>`
	p := func(style, runs string) string {
		return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` + runs + "</w:p>"
	}
	r := func(s string) string { return "<w:r><w:t>" + s + "</w:t></w:r>" }
	body := p("", r("KẾ HOẠCH")) + p("", r("Đối thoại với Nhân dân năm 2025")) +
		p("Muc", r("MỤC ")+`<w:ins>`+r("ĐÍCH")+`</w:ins><w:del><w:r><w:delText>TIÊU</w:delText></w:r></w:del>`) +
		p("Con", `<w:smartTag>`+r("Nghe dân")+`</w:smartTag>`+
			`<w:r><w:br/><w:t>nói</w:t><w:noBreakHyphen/><w:t>thẳng.</w:t></w:r>`) +
		p("Con", `<w:sdt><w:sdtContent>`+r("Trả lời ngay.")+`</w:sdtContent></w:sdt>`+
			`<w:r><w:instrText>PAGE</w:instrText></w:r>`) +
		p("Muc", r("THỜI GIAN:")) +
		p("Con", `<w:hyperlink>`+r("07h30 ngày 29/9/2025 tại nhà văn hóa thôn 3.")+`</w:hyperlink>`)
	got, err := File(packed(t, body, "word/styles.xml", styles, "word/numbering.xml", lists))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"kind":"plan","letterhead":{"superior":"","authority":"","number":"","symbol":"","place":"",` +
		`"type":"KẾ HOẠCH","abstract":"Đối thoại với Nhân dân năm 2025"},` +
		`"purposes":["Nghe dân nói-thẳng.","Trả lời ngay."],` +
		`"dialogues":[{"date":"2025-09-29","time":"07:30","venue":"nhà văn hóa thôn 3","scope":""}],` +
		`"venue":"nhà văn hóa thôn 3"}`
	if b, err := json.Marshal(got); err != nil || string(b) != want {
		t.Errorf("%v\ngot  %s\nwant %s", err, b, want)
	}
}

// TestEveryColumnIsRead: what a table has beyond the columns that are known stays among the words of its row.
func TestEveryColumnIsRead(t *testing.T) {
	got, err := Text("KẾ HOẠCH\nĐối thoại với Nhân dân năm 2025\n\nI. PHÂN CÔNG\n" +
		"TT\tNhiệm vụ\tĐơn vị\tNgày bắt đầu\tThời hạn\tĐịa điểm\n1\tIn giấy mời\tVăn phòng\t02/9/2025\t05/9/2025\tTrụ sở\n")
	if err != nil {
		t.Fatal(err)
	}
	have := words(t, got)
	for _, word := range []string{"02", "05", "tru", "phong", "giay"} {
		if have[word] == 0 {
			t.Errorf("%q is lost: %+v", word, got)
		}
	}
}

// words are those of a reading, wherever they stand.
func words(t *testing.T, got Reading) map[string]int {
	t.Helper()
	b, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for w := range text.Words(string(b)) {
		count[w.Folded]++
	}
	return count
}

// FuzzNothingIsLost reads texts that somebody made of a plan: it never fails, and no word of a paragraph is lost.
func FuzzNothingIsLost(f *testing.F) {
	for _, name := range []string{"1-mot-buoi", "2-hai-buoi-du-thao", "3-chu-cai-theo-quy", "4-cum-thon-phu-luc"} {
		b, err := os.ReadFile("testdata/" + name + ".txt")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(b), 3, 40)
	}
	f.Fuzz(func(t *testing.T, s string, from, n int) {
		lines := strings.Split(s, "\n")
		if from < 0 || n < 0 || from > len(lines) || n > len(lines)-from {
			return
		}
		const lost = "Chuyện lạ zzqx không thuộc phần nào cả."
		lines = append(append(append([]string{}, lines[:from]...), lost), lines[from+n:]...)
		got, err := Text(strings.Join(lines, "\n"))
		if err != nil {
			return
		}
		if words(t, got)["zzqx"] == 0 {
			t.Errorf("a sentence after line %d is lost", from)
		}
		if p, _ := got.Plan(units, nil); !has(p, lost) {
			t.Errorf("a sentence after line %d is lost in the plan", from)
		}
	})
}

// A Word file that is no plan comes back paragraph by paragraph, with the numbers and marks that Word sets by itself.
func TestParagraphs(t *testing.T) {
	p := func(list, s string) string {
		return `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="` + list + `"/></w:numPr></w:pPr><w:r><w:t>` + s +
			`</w:t></w:r></w:p>`
	}
	level := func(format, shown string) string {
		return `<w:lvl w:ilvl="0"><w:numFmt w:val="` + format + `"/><w:lvlText w:val="` + shown + `"/></w:lvl>`
	}
	numbering := `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="1">` + level("decimal", "%1.") +
		`</w:abstractNum><w:abstractNum w:abstractNumId="2">` + level("bullet", "-") + `</w:abstractNum>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>` +
		`</w:numbering>`
	file := packed(t, p("0", "Danh sách")+p("1", "Đường hỏng.")+p("2", "xóm 3")+p("1", "Đèn tắt.")+p("0", "3. Cầu yếu."),
		"word/numbering.xml", numbering)
	got, err := Paragraphs(file)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, p := range got {
		lines = append(lines, p.Text)
	}
	want := "Danh sách/1. Đường hỏng./- xóm 3/2. Đèn tắt./3. Cầu yếu."
	if strings.Join(lines, "/") != want || !IsWord(file) || IsWord([]byte("PK\x03\x04")) {
		t.Errorf("read %q", lines)
	}
	macros := packed(t, p("0", "x"), "word/vbaProject.bin", "x")
	for _, bad := range [][]byte{nil, []byte("PK"), macros, packed(t, "<w:p>")} {
		if _, err := Paragraphs(bad); doithoai.KindOf(err) != doithoai.Invalid {
			t.Errorf("%.20q: %v", bad, err)
		}
	}
}
