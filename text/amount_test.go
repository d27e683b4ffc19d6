package text

import "testing"

func TestQuantity(t *testing.T) {
	p := For("vi")
	for typed, want := range map[string]int64{
		"1": 1000, "2,5": 2500, "0,125": 125, "1.200": 1_200_000, "1 200,50": 1_200_500, " 3 ": 3000, "12": 12_000,
	} {
		got, err := Quantity(typed)
		if err != nil || got != want {
			t.Errorf("%q: %d, %v; want %d", typed, got, err, want)
		}
		if again, err := Quantity(p.Quantity(got)); err != nil || again != got {
			t.Errorf("%q is written %q and read as %d, %v", typed, p.Quantity(got), again, err)
		}
	}
	for _, typed := range []string{"", "1.5", "-1", "2,1234", "một", "1,", ",5", "1.20", "1234567890", "1.000.00"} {
		if got, err := Quantity(typed); err == nil {
			t.Errorf("%q is read as %d", typed, got)
		}
	}
	if got := For("en").Quantity(1_234_500); got != "1,234.5" {
		t.Errorf("in English %q", got)
	}
}

func TestDong(t *testing.T) {
	for typed, want := range map[string]int64{
		"0": 0, "1500000": 1_500_000, "1.500.000": 1_500_000, "1 500 000 đồng": 1_500_000, "20.000đ": 20_000,
		"5000 VNĐ": 5000,
	} {
		if got, err := Dong(typed); err != nil || got != want {
			t.Errorf("%q: %d, %v; want %d", typed, got, err, want)
		}
	}
	for _, typed := range []string{"", "1,5", "-5", "1.5", "đồng", "1.500.00", "1234567890123456"} {
		if got, err := Dong(typed); err == nil {
			t.Errorf("%q is read as %d", typed, got)
		}
	}
	if got := For("vi").Dong(1_500_000); got != "1.500.000" {
		t.Errorf("written %q", got)
	}
}
