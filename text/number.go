package text

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

var (
	// numberParts is a register number as people write it: the parts of ND-24-0019 with any signs between them or none.
	numberParts = regexp.MustCompile(`^([A-ZĐ]{1,6})[^\pL\pN]*([0-9]{2})[^\pL\pN]*(0[0-9]{3,8}|[1-9][0-9]{0,8})$`)
	numberBegin = regexp.MustCompile(`^([A-ZĐ]+)([0-9])`)
	// numberWithin is one in a sentence; bareNumber is one without letters, which stands at the beginning or after "số".
	numberWithin = regexp.MustCompile(
		`(?:^|[^\pL\pN])([A-ZĐ]{1,6})[^\pL\pN]*([0-9]{2})[^\pL\pN]*(0[0-9]{3,8}|[1-9][0-9]{0,8})(?:$|[^\pL\pN])`)
	bareNumber = regexp.MustCompile(
		`(?:^|(?:^|[^\pL\pN])S[ỐO][^\pL\pN]+)([0-9]{2})[^\pL\pN]+([0-9]{4,9})(?:$|[^\pL\pN])`)
	numberSigns = regexp.MustCompile(`[^\pL\pN]+`)
)

// RegisterNumber returns the register number that was typed as s in its normal form, "ND-24-0019": whatever dashes or
// spaces stand between its parts, or none ("nd240019"), without the zeros, in small letters, with a full stop or the
// address of its page before it. whole is false where it is none; then number is the beginning of one, or a serial,
// with plain hyphens and capitals ("ND-24", "24-19", "417").
func RegisterNumber(s string) (number string, whole bool) {
	s = numberLetters(s)
	s = strings.Trim(numberSigns.ReplaceAllString(s[strings.LastIndexByte(s, '/')+1:], "-"), "-")
	if m := numberParts.FindStringSubmatch(s); m != nil {
		if number := joinNumber(m[1], m[2], m[3]); number != "" {
			return number, true
		}
	}
	return numberBegin.ReplaceAllString(s, "$1-$2"), false
}

// RegisterNumbers returns what may be the register number that somebody typed, alone or within a sentence, the likelier
// first, each once: in the normal form ("ý kiến số nd 24 3" has "ND-24-0003"), or the year and the serial of one
// without letters ("24-0003", "số 24-0003").
func RegisterNumbers(s string) (numbers []string) {
	add := func(number string) {
		if number != "" && !slices.Contains(numbers, number) {
			numbers = append(numbers, number)
		}
	}
	if number, whole := RegisterNumber(s); whole {
		add(number)
	}
	s = numberLetters(s)
	for _, m := range numberWithin.FindAllStringSubmatch(s, -1) {
		add(joinNumber(m[1], m[2], m[3]))
	}
	for _, m := range bareNumber.FindAllStringSubmatch(s, -1) {
		add(strings.TrimPrefix(joinNumber("", m[1], m[2]), "-"))
	}
	return numbers
}

// numberLetters is what was typed in the letters of numbers: capitals, plain digits.
func numberLetters(s string) string {
	return strings.Map(plainD, strings.ToUpper(norm.NFKC.String(CleanLine(s))))
}

// joinNumber is a number of its parts, "" where the serial is none.
func joinNumber(prefix, year, serial string) string {
	n, err := strconv.Atoi(serial)
	if err != nil || n == 0 {
		return ""
	}
	return fmt.Sprintf("%s-%s-%04d", prefix, year, n)
}
