package store_test

import (
	"slices"
	"strings"
	"testing"

	"doithoai"
	"doithoai/text"
)

func gate(who doithoai.Petitioner) doithoai.Gate {
	return doithoai.Gate{
		Who: who, Spelling: doithoai.Spelling{Plain: text.Plain, Folded: text.Fold, Name: text.NameKey},
	}
}

func TestPublicationProblems(t *testing.T) {
	who := doithoai.Petitioner{Name: "Nguyễn Văn Mẫu", Phone: "0905123456"}
	good := doithoai.Publication{Title: "Cấp bản sao", Question: "Ba lần đến đều bị hẹn lại.", Answer: "Đã cấp."}
	basis := "Luật Hộ tịch 2014"
	for _, tt := range []struct {
		name   string
		change func(*doithoai.Publication)
		want   string
	}{
		{"no name in it", func(*doithoai.Publication) {}, ""},
		{"no title", func(p *doithoai.Publication) { p.Title = "" }, "tieu-de petition.publication.problem.tieu_de"},
		{"title too long", func(p *doithoai.Publication) { p.Title = strings.Repeat("a", doithoai.MaxTitle+1) },
			"tieu-de petition.publication.problem.long"},
		{"named in the title", func(p *doithoai.Publication) { p.Title = "Ông NGUYỄN VĂN MẪU hỏi" },
			"tieu-de petition.publication.problem.names"},
		{"named in the question", func(p *doithoai.Publication) { p.Question = "gọi +84 905 123 456" },
			"cau-hoi petition.publication.problem.names"},
		{"named in the answer", func(p *doithoai.Publication) { p.Answer = "gửi ông Nguyễn\nVăn Mẫu." },
			"tom-tat petition.publication.problem.names"},
		{"named in the basis of the answer", func(*doithoai.Publication) { basis = "Đơn của ông Nguyễn Văn Mẫu" },
			"tom-tat petition.publication.problem.basis_names"},
	} {
		p := good
		tt.change(&p)
		got := ""
		for _, q := range p.Problems(basis, gate(who)) {
			got += q.Field + " " + q.Key
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestGateRefuses(t *testing.T) {
	who := doithoai.Petitioner{
		Name: "Nguyễn Văn Mẫu Thử", Phone: "0905123456", Email: "mau.thu@example.com",
		Address: "12 xóm Đình, thôn 3, xã Ví Dụ", PostAddress: "Số nhà 45/6 đường Lê Lợi, phường 2",
	}
	g := gate(who)
	for _, said := range []string{
		"Nguyễn Văn Mẫu Thử", "NGUYỄN VĂN MẪU THỬ", "nguyen van mau thu", "«Nguyễn·Văn—Mẫu  Thử»", "Nguyễn_Văn_Mẫu_Thử",
		"NguyễnVănMẫuThử", "#NguyenVanMauThu2024", "ôngNguyễnVănMẫuThử", "Nguyễn VănMẫu Thử", "Nguyễn Vãn Mâu Thứ",
		"Nguyễn\nVăn Mẫu Thử…", "Nguyễn-Văn-Mẫu-Thử",
		"0905123456", "0905 123 456", "0905.123.456", "0905/123/456", "+84 905 123 456", "84905123456", "(+84)905123456",
		"905 123 456", "+84 (0) 905-123-456", "００９０５１２３４５６"[len("０"):], "09051 23456", "0 9 0 5 1 2 3 4 5 6", "0905²123²456",
		"số 0905*123*456", "ngày 1/1/2024 0905123456",
		"mau.thu@example.com", "MAU.THU@EXAMPLE.COM", "mau . thu @ example . com",
		"12 xóm Đình", "ở số 12, Xóm Đình", "12 xom dinh thôn 3", "45/6 đường Lê Lợi", "45/6 đường Lê",
	} {
		if !g.Refuses("Nội dung: " + said + " và nội dung khác.") {
			t.Errorf("%q passes", said)
		}
	}
	for _, said := range []string{
		"", "Nguyễn Văn Mẫu", "mẫu thử nước", "gọi 0905 123 457", "thôn 3, xã Ví Dụ", "12 tháng 3", "45/6", "xóm Đình",
		"phường 2", "0905 rồi 123456",
	} {
		if g.Refuses(said) {
			t.Errorf("%q is refused", said)
		}
	}
	for _, tt := range []struct {
		name, said string
		want       bool
	}{
		{"Lê Thử", "đến lễ thu hoạch", false}, {"Lê Thử", "đến Lễ Thu hoạch", true}, {"Lê Thử", "le thu hỏi", true},
		{"Thanh", "thanh toán tiền điện", false}, {"Thanh", "Thanh toán tiền điện", false},
		{"Thanh", "ở tỉnh Thanh Hóa", false}, {"Thanh", "Ông Thanh hỏi", true}, {"Thanh", "nhà Thanh ở đó", true},
		{"Thanh", "Thành phố", false}, {"Thanh", "Thanh", true}, {"Thanh", "hỏi. Thanh tra trả lời", false},
		{"Hoàn", "Ông Hòan hỏi", true}, {"An", "Ông An hỏi", false},
	} {
		if got := gate(doithoai.Petitioner{Name: tt.name}).Refuses(tt.said); got != tt.want {
			t.Errorf("%q by %s: refused %v", tt.said, tt.name, got)
		}
	}
	if gate(doithoai.Petitioner{Organisation: "!"}).Refuses("Sao chưa trả lời!") {
		t.Error("an organisation without letters stops everything")
	}
}

func TestGateWarnings(t *testing.T) {
	for _, tt := range []struct {
		who  doithoai.Petitioner
		said string
		want string // what was found, by kind
	}{
		{doithoai.Petitioner{}, "gọi 0987 654 321 hoặc +84 987.654.322", "phone “+84 987.654.322”, “0987 654 321”"},
		{doithoai.Petitioner{}, "máy (0255) 382 1234", "phone “(0255) 382 1234”"},
		{doithoai.Petitioner{}, "CCCD 051085001234", "identity “051085001234”"},
		{doithoai.Petitioner{}, "CMND 212 345 678", "identity “212 345 678”"},
		{doithoai.Petitioner{}, "thư ai.do@vi-du.vn, nhé", "email “ai.do@vi-du.vn”"},
		{doithoai.Petitioner{}, "kinh phí 1.500.000.000 đồng, ngày 28/10/2024, số 12/2024/NĐ-CP, 28-10-2024", ""},
		{doithoai.Petitioner{}, "0987/654/321 và 0987_654_321", "phone “0987/654/321”, “0987_654_321”"},
		{doithoai.Petitioner{}, "0987,654,321 và 0987·654·321", "phone “0987,654,321”, “0987·654·321”"},
		{doithoai.Petitioner{}, "0987: 654 321 và 0987, 654, 321", "phone “0987, 654, 321”, “0987: 654 321”"},
		{doithoai.Petitioner{}, "0987‑654‑321 và 0987—654—321", "phone “0987‑654‑321”, “0987—654—321”"},
		{doithoai.Petitioner{}, "gọi 0987\n654 321.", "phone “0987 654 321”"},
		{doithoai.Petitioner{}, "gọi 0987 654.321 hay 09 87 65 43 21", "phone “09 87 65 43 21”, “0987 654.321”"},
		{doithoai.Petitioner{}, "0987654321, 0987654322; ngày 28/10/2024", "phone “0987654321”, “0987654322”"},
		{doithoai.Petitioner{}, "viết cho a.b @ gmail.com nhé", "email “a.b @ gmail.com”"},
		{doithoai.Petitioner{}, "sổ BHXH 5120123456 và 0120123456", "identity “0120123456”, “5120123456”"},
		{doithoai.Petitioner{}, "tài khoản 12345678901234", "identity “12345678901234”"},
		{doithoai.Petitioner{}, "tài khoản 1234 5678 9012 34, ngày 28/10/2024", "identity “1234 5678 9012 34”"},
		{doithoai.Petitioner{}, "150 000 000 đồng, 1,500,000,000 đ, 500.000–700.000 đồng; 987654321 VNĐ; 1.500.000,50", ""},
		{doithoai.Petitioner{}, "Luật 60/2014/QH13, 123/2015/NĐ-CP; số 1234/2024/QĐ-UBND; ND-26-0417, ND-26-0418", ""},
		{doithoai.Petitioner{}, "28/10/2024, 29/10/2024 - 30.10.2024; 28/10-30/10/2024; 01/10, 02/10, 03/10, 04/10", ""},
		{doithoai.Petitioner{}, "các năm 2021, 2022, 2023, 2024; 2021-2025, 2026–2030; 7:30-11:30, 13:30-17:00", ""},
		{doithoai.Petitioner{}, "Điều 12, 13, 14, 15, 16; thôn 02, 03, 04, 05, 06; lần lượt 120, 135, 142, 150 hồ sơ", ""},
		{doithoai.Petitioner{}, "anh Mẫu Thử nói. Ông chưa rõ", "name “Mẫu Thử”"},
		{doithoai.Petitioner{}, "ông Chủ tịch và bà Trưởng thôn", ""},
		{doithoai.Petitioner{Name: "Nguyễn Văn Mẫu Thử"}, "do N.V.M.Thử viết", "name “Thử”"},
		{doithoai.Petitioner{Name: "Nguyễn Văn Mẫu Thử"}, "Nguyễn Văn M. Thử", "name “Thử”"},
		{doithoai.Petitioner{Name: "Nguyễn Văn Mẫu Thử"}, "NGUYỄN V. M. THỬ", "name “THỬ”"},
		{doithoai.Petitioner{Name: "Nguyễn Văn Mẫu Thử"}, "thử lại", ""},
		{doithoai.Petitioner{Name: "An"}, "Nhà «AN»…", "name “AN”"},
		{doithoai.Petitioner{Name: "An"}, "đường không an toàn", ""},
		{doithoai.Petitioner{Name: "An"}, "thôn Anh Dũng", ""},
		{doithoai.Petitioner{Name: "Lê Văn Thử", Address: "Huế"}, "người ở Huế về", "name “Huế”"},
		{doithoai.Petitioner{Name: "Thanh"}, "Thanh toán tiền điện", "name “Thanh”"},
		{doithoai.Petitioner{Name: "Thanh"}, "thanh toán tiền điện", ""},
	} {
		var got []string
		for _, w := range gate(tt.who).Warnings("cau-hoi", tt.said) {
			kind := strings.TrimPrefix(w.Key, "petition.publication.warning.")
			got = append(got, kind+" "+w.Args[slices.Index(w.Args, any("said"))+1].(string))
		}
		if all := strings.Join(got, "; "); all != tt.want {
			t.Errorf("%q: %q, want %q", tt.said, all, tt.want)
		}
	}
}
