package doc

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
)

// report is a document with everything in it: one of each block, two annexes, one of them across.
func report(t testing.TB, rows int) Doc {
	t.Helper()
	body := []Block{
		Heading(Section, "I. KẾT QUẢ:"),
		Heading(Subsection, "1. Số liệu:"),
		Paragraph{Runs: []Run{{Text: "Có "}, {Text: "23 ý kiến", Bold: true}, {Text: " của 19 người; "},
			{Text: "đã trả lời ngay", Italic: true}, {Text: " 17 ý kiến. ☐ chưa xem ☑ đã xem ✓ xong."}}},
		Item("Được mời: 63 đại biểu của 21 thôn."),
		Item("Có mặt: 58."),
		Table{Caption: "Ý kiến theo lĩnh vực", Columns: []float64{1, 4, 2, 2, 2},
			Head: []Row{
				{{Blocks: []Block{Text("STT")}, Down: 2}, {Blocks: []Block{Text("Lĩnh vực")}, Down: 2},
					{Blocks: []Block{Text("Ý kiến")}, Across: 3}},
				Cells("Ngay", "Sau", "Cộng"),
			},
			Rows: []Row{
				Cells("1", "Đất đai", "5", "3", "8"), Cells("2", "Hộ tịch", "7", "0", "7"),
				{{Blocks: []Block{Text("3")}}, {Blocks: []Block{Text("Gồm:"), Table{Columns: []float64{1, 1},
					Rows: []Row{Cells("Đường", "2"), Cells("Điện", "1")}}}},
					{Blocks: []Block{Text("5")}, Align: Center}, {Blocks: []Block{Text("0")}, Align: Right, Middle: true},
					{Blocks: []Block{Text("5")}}},
			}},
		Table{Columns: []float64{1, 1}, Plain: true, Rows: []Row{Cells("Bên trái", "Bên phải")}},
		Image{Data: picturePNG(t), Alt: "Hội trường", Width: 60},
		QR{Text: "https://vi-du.invalid/phieu/0052", Alt: "Mã QR của phiếu", Size: 26},
		FillIn{Label: "Ý kiến khác:", Lines: 2},
		PageBreak{},
		Text("Trang mới. " + strings.Repeat("Nội dung của báo cáo được trình bày theo đúng thể thức. ", 6)),
		Text("Trên đây là báo cáo kết quả./."),
	}
	var list []Row
	for i := range rows {
		list = append(list, Cells(fmt.Sprint(i+1), fmt.Sprintf("Đề nghị sửa đoạn đường số %d vì mưa xuống là ngập, "+
			"trẻ em đi học phải lội nước.", i+1), "Cá nhân", "Đã trả lời: Ủy ban nhân dân xã giao Địa chính kiểm tra, "+
			"sửa xong trước mùa mưa.", fmt.Sprintf("%d/UBND-VP", i+1)))
	}
	return Doc{
		Kind: Named, Superior: "UBND tỉnh Quảng Ngãi", Authority: "Ủy ban nhân dân xã Nghĩa Dũng",
		Number: "5", Symbol: "BC-UBND", PlaceAndDate: "Nghĩa Dũng, ngày 08 tháng 01 năm 2026",
		Type: "Báo cáo", Abstract: "Kết quả đối thoại với tổ chức, cá nhân về thủ tục hành chính năm 2026",
		Urgency: Urgent, To: []string{"Ủy ban nhân dân tỉnh", "Sở Nội vụ"},
		Body: body,
		Signers: []Signer{
			{For: "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH", Title: "PHÓ CHỦ TỊCH PHỤ TRÁCH", Name: "Trần Thị Mỹ Lệ"},
		},
		Recipients: Recipients{Items: []string{"Như trên;", "TT Đảng ủy, TT HĐND xã;",
			"UBMTTQ Việt Nam xã và các hội, đoàn thể;", "Lưu: VT, VP (2b)."}},
		Annexes: []Annex{
			{Mark: "Phụ lục I", Title: "Ý kiến và trả lời", With: "(Kèm theo Báo cáo số 05/BC-UBND ngày 08/01/2026)",
				Landscape: true, Body: []Block{Table{Caption: "Ý kiến và trả lời", Columns: []float64{1, 8, 2, 8, 3},
					Head: []Row{Cells("STT", "Nội dung", "Người nêu", "Trả lời", "Văn bản")}, Rows: list}}},
			{Mark: "Phụ lục II", Title: "Kỳ trước", Body: []Block{Text("Không có việc còn lại.")}},
		},
	}
}

func picturePNG(t testing.TB) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 60, 40))
	for y := range 40 {
		for x := range 60 {
			img.Set(x, y, color.NRGBA{uint8(4 * x), uint8(6 * y), 120, uint8(255 - 2*x)})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Words of people as they come, and what paper shows of them.
var hostile = []struct{ said, shown string }{
	{"Cảm ơn xã 🙏👍🏽 nhiều", "Cảm ơn xã □□□ nhiều"},
	{"tiếng chuông\a và\x00 xóa\x1b[2J", "tiếng chuông và xóa[2J"},
	{"Đu\u031bo\u031b\u0300ng tho\u0302n 1", "Đường thôn 1"},
	{"a\u200bb\u202ec\ufeffd", "abcd"},
	{`=cmd|' /C calc'!A0`, `=cmd|' /C calc'!A0`},
	{"{{ho_ten}} và {{", "{{ho_ten}} và {{"},
	{`</w:t></w:p><script>alert("&amp;")</script>]]>`, `</w:t></w:p><script>alert("&amp;")</script>]]>`},
	{"漢字 ខ្មែរ ꨀ", "□□ □□□□□ □"},
	{"lỗi \xff\xfe hết", "lỗi □ hết"},
	{"năm\u00a0mới\tđến", "năm\u00a0mới đến"},
	{"q\u0323 w\u0301", "q\u0323 ẃ"},
}

// hostileDoc has such words in every place.
func hostileDoc() Doc {
	word := strings.Repeat("nghiêng", 43) // 301 letters
	var all []string
	for _, h := range hostile {
		all = append(all, h.said)
	}
	said := strings.Join(all, " | ") + " " + word
	var rows []Row
	for _, h := range hostile {
		rows = append(rows, Cells(h.said, word, h.said))
	}
	return Doc{
		Kind: Letter, Superior: said, Authority: said, Number: "<1>", Symbol: "UBND-VP&", PlaceAndDate: said,
		Abstract: "V/v " + said, To: []string{said, word}, Strip: said,
		Body: []Block{Text(said), Heading(Section, said), Item(said), Text(""), FillIn{Label: said, Lines: 1},
			Table{Caption: said, Columns: []float64{1, 1, 1}, Head: []Row{Cells(said, "b", "c")}, Rows: rows},
			Table{Columns: []float64{1}, Rows: []Row{{{Blocks: []Block{Text(strings.Repeat(said+" ", 40))}}}}},
			Table{Columns: []float64{1, 1}, Rows: []Row{Cells("quá", "nhiều", "ô"), {}, Cells("ít")}}, Table{},
			Image{Data: []byte("not a picture"), Alt: said}, QR{Text: strings.Repeat("x", 5000), Alt: said}},
		Signers:    []Signer{{For: said, Title: said, Name: said}, {Title: word, Name: said}},
		Recipients: Recipients{Title: said, Items: []string{said, word}},
		Annexes:    []Annex{{Mark: said, Title: said, With: said, Landscape: true}},
	}
}

// letter is the shortest document that is whole.
func letter() Doc {
	return Doc{
		Kind: Letter, Authority: "Ủy ban nhân dân xã Nghĩa Dũng", Symbol: "UBND-VP",
		PlaceAndDate: "Nghĩa Dũng, ngày    tháng    năm", Abstract: "V/v trả lời kiến nghị của ông Nguyễn Văn A",
		To: []string{"Ông Nguyễn Văn A, thôn 2"}, Body: []Block{Text("Ủy ban nhân dân xã trả lời như sau:")},
		Signers:    []Signer{{Title: "CHỦ TỊCH", Name: "Bùi Diệu"}},
		Recipients: Recipients{Items: []string{"Như trên;", "Lưu: VT."}},
	}
}
