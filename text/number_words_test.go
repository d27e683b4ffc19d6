package text

import (
	"math"
	"testing"
)

func TestNumberWords(t *testing.T) {
	for n, want := range map[int64]string{
		0: "không", 1: "một", 4: "bốn", 5: "năm", 10: "mười", 11: "mười một", 14: "mười bốn", 15: "mười lăm",
		20: "hai mươi", 21: "hai mươi mốt", 24: "hai mươi tư", 25: "hai mươi lăm", 44: "bốn mươi tư", 91: "chín mươi mốt",
		100: "một trăm", 101: "một trăm linh một", 104: "một trăm linh bốn", 105: "một trăm linh năm",
		110: "một trăm mười", 115: "một trăm mười lăm", 555: "năm trăm năm mươi lăm",
		1000: "một nghìn", 1001: "một nghìn không trăm linh một", 1010: "một nghìn không trăm mười",
		2024: "hai nghìn không trăm hai mươi tư", 10_000: "mười nghìn", 21_000: "hai mươi mốt nghìn",
		1_500_000: "một triệu năm trăm nghìn", 1_000_005: "một triệu không trăm linh năm",
		6_335_000:             "sáu triệu ba trăm ba mươi lăm nghìn",
		1_000_000_000:         "một tỷ",
		2_000_300_000:         "hai tỷ ba trăm nghìn",
		5_000_000_001:         "năm tỷ không trăm linh một",
		1_005_000_000:         "một tỷ không trăm linh năm triệu",
		1_000_000_000_000:     "một nghìn tỷ",
		3_000_000_000_000_000: "ba triệu tỷ",
		-45:                   "âm bốn mươi lăm",
	} {
		if got := NumberWords(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	if got := MoneyWords(1_500_000); got != "Một triệu năm trăm nghìn đồng" {
		t.Errorf("%q", got)
	}
	for _, n := range []int64{math.MinInt64, math.MaxInt64} { // has a reading, whatever it is
		if NumberWords(n) == "" {
			t.Errorf("%d: nothing", n)
		}
	}
}
