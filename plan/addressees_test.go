package plan

import (
	"reflect"
	"slices"
	"testing"

	"doithoai"
)

func TestAddresseesOf(t *testing.T) {
	units := []doithoai.Unit{
		{Code: "van-phong", Name: "Bộ phận Văn phòng UBND", Short: "Văn phòng"},
		{Code: "tai-chinh-ke-toan", Name: "Bộ phận Tài chính – Kế toán", Short: "Tài chính"},
		{Code: "van-hoa-thong-tin", Name: "Bộ phận Văn hóa - Thông tin và Đài truyền thanh", Short: "Văn hóa"},
		{Code: "kt", Name: "Phòng Kinh tế"},
	}
	for words, want := range map[string]struct {
		to   Addressees
		sure bool
	}{
		"Các ban, ngành, bộ phận chuyên môn:":              {Addressees{EveryUnit: true}, true},
		"Trưởng 04 thôn:":                                  {Addressees{EveryVillage: true}, true},
		"Trưởng các thôn, tổ dân phố":                      {Addressees{EveryVillage: true}, true},
		"Trưởng bản các bản Khoang, Nà Tấu":                {Addressees{EveryVillage: true}, false},
		"Bộ phận Văn phòng UBND:":                          {Addressees{Units: []string{"van-phong"}}, true},
		"BỘ PHẬN TÀI CHÍNH - KẾ TOÁN":                      {Addressees{Units: []string{"tai-chinh-ke-toan"}}, true},
		"Công chức Tài chính—Kế toán xã":                   {Addressees{Units: []string{"tai-chinh-ke-toan"}}, true},
		"Phòng Kinh tế và Văn phòng UBND":                  {Addressees{Units: []string{"van-phong", "kt"}}, true},
		"Văn phòng HĐND và UBND xã":                        {Addressees{Units: []string{"van-phong"}}, false},
		"Công an xã":                                       {Addressees{Bodies: []string{"Công an xã"}}, false},
		"Bộ phận Văn hóa - Thông tin và Đài truyền thanh:": {Addressees{Units: []string{"van-hoa-thong-tin"}}, true},
		" : ": {Addressees{}, false},
	} {
		to, sure := AddresseesOf(words, units)
		slices.Sort(to.Units)
		slices.Sort(want.to.Units)
		if !reflect.DeepEqual(to, want.to) || sure != want.sure {
			t.Errorf("%s: %+v, %t", words, to, sure)
		}
	}
}
