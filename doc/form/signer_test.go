package form

import (
	"testing"

	"doithoai"
	"doithoai/doc"
	"doithoai/plan"
)

// TestWhoSigns: papers say the post that somebody holds, and how they sign for others.
func TestWhoSigns(t *testing.T) {
	const committee, deputies = "TM. ỦY BAN NHÂN DÂN", "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH"
	officer := func(name string, seat doithoai.Seat) []doithoai.Officer {
		seat.Role = doithoai.RoleHeadOfOffice
		return []doithoai.Officer{{Name: name, Active: true, Seats: []doithoai.Seat{seat}}}
	}
	head := officer("Lê Thị Giả Dụ", doithoai.Seat{Title: "Chánh Văn phòng HĐND và UBND"})
	culture := officer("Hà Thị Giả Lập", doithoai.Seat{Title: "Trưởng phòng Văn hóa - Xã hội"})
	deputy := officer("Bùi Văn Ví", doithoai.Seat{
		Title: "Chánh Văn phòng", For: "head", Manner: doithoai.SigningInPlace, Own: "Phó Chánh Văn phòng",
	})
	chair := func(words string) doc.Signer { return ChairSigner(plan.Signatory{}, words) }
	signer := func(whose, title, name string) doc.Signer { return doc.Signer{For: whose, Title: title, Name: name} }
	office, _ := OfficeSigner(head)
	const inPlace = "TL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG"
	for name, tt := range map[string]struct{ got, want doc.Signer }{
		"the office":    {office, doc.Signer{Title: "CHÁNH VĂN PHÒNG", Name: "Lê Thị Giả Dụ"}},
		"by order":      {ByOrder(head), doc.Signer{For: "TL. CHỦ TỊCH", Title: "CHÁNH VĂN PHÒNG", Name: "Lê Thị Giả Dụ"}},
		"another post":  {ByOrder(culture), signer("TL. CHỦ TỊCH", "TRƯỞNG PHÒNG VĂN HÓA - XÃ HỘI", "Hà Thị Giả Lập")},
		"in place":      {ByOrder(deputy), signer(inPlace, "PHÓ CHÁNH VĂN PHÒNG", "Bùi Văn Ví")},
		"nobody":        {ByOrder(nil), doc.Signer{For: committee, Title: "CHỦ TỊCH"}},
		"the chair":     {chair("Ông Đặng A, Chủ tịch UBND xã"), signer(committee, "CHỦ TỊCH", "Đặng A")},
		"a deputy":      {chair("Đặng B, Phó Chủ tịch UBND xã"), signer(deputies, "PHÓ CHỦ TỊCH", "Đặng B")},
		"the council's": {chair("Bà Đặng C, Phó Chủ tịch HĐND xã"), doc.Signer{For: committee, Title: "CHỦ TỊCH"}},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %+v, want %+v", name, tt.got, tt.want)
		}
	}
}
