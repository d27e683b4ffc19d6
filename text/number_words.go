package text

import "strings"

var digitWords = [...]string{"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}

// billion is where the names of the groups begin again: one of them is a "tỷ", that many of them a "tỷ tỷ".
const billion = 1_000_000_000

// NumberWords returns a whole number in Vietnamese words as officials write it under a sum: "một triệu năm trăm nghìn",
// "hai nghìn không trăm hai mươi tư", "một trăm linh năm". After tens from twenty on, 1 is "mốt" and 4 is "tư"; after
// any tens, 5 is "lăm"; a group behind another names its missing hundreds.
func NumberWords(n int64) string {
	if n < 0 {
		return "âm " + unsignedWords(uint64(-(n+1))+1)
	}
	return unsignedWords(uint64(n))
}

func unsignedWords(n uint64) string {
	if n == 0 {
		return digitWords[0]
	}
	return strings.Join(numberWords(n, false), " ")
}

// numberWords are the words of a number that is not 0; behind reports whether a greater group stands before it.
func numberWords(n uint64, behind bool) (words []string) {
	if n >= billion {
		words = append(numberWords(n/billion, behind), "tỷ")
		n, behind = n%billion, true
	}
	for _, group := range []struct {
		size uint64
		name string
	}{{1_000_000, "triệu"}, {1_000, "nghìn"}, {1, ""}} {
		part := n / group.size % 1000
		if part == 0 {
			continue
		}
		words = append(words, groupWords(part, behind)...)
		if group.name != "" {
			words = append(words, group.name)
		}
		behind = true
	}
	return words
}

// groupWords are the words of 1 to 999.
func groupWords(n uint64, behind bool) (words []string) {
	hundreds, tens, units := n/100, n/10%10, n%10
	if hundreds > 0 || behind {
		words = append(words, digitWords[hundreds], "trăm")
	}
	switch {
	case tens == 1:
		words = append(words, "mười")
	case tens > 1:
		words = append(words, digitWords[tens], "mươi")
	case units > 0 && len(words) > 0:
		words = append(words, "linh")
	}
	switch {
	case units == 0:
	case units == 1 && tens > 1:
		words = append(words, "mốt")
	case units == 4 && tens > 1:
		words = append(words, "tư")
	case units == 5 && tens > 0:
		words = append(words, "lăm")
	default:
		words = append(words, digitWords[units])
	}
	return words
}

// DigitWords returns digits one by one: "0255" is "không hai năm năm". What is no digit is passed over.
func DigitWords(digits string) string {
	var words []string
	for _, r := range digits {
		if r >= '0' && r <= '9' {
			words = append(words, digitWords[r-'0'])
		}
	}
	return strings.Join(words, " ")
}

// MoneyWords returns a sum in đồng as it stands behind "Bằng chữ": "Một triệu năm trăm nghìn đồng".
func MoneyWords(dong int64) string { return UpperFirst(NumberWords(dong)) + " đồng" }
