package text

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

var (
	// numberParts is a register number as people write it: the parts of ND-24-0019 with any signs between them or none.
	numberParts = regexp.MustCompile(`^([A-ZĐ]{1,6})[^\pL\pN]*([0-9]{2})[^\pL\pN]*(0[0-9]{3,8}|[1-9][0-9]{0,8})$`)
	numberBegin = regexp.MustCompile(`^([A-ZĐ]+)([0-9])`)
	numberSigns = regexp.MustCompile(`[^\pL\pN]+`)
)

// RegisterNumber returns the register number that was typed as s in its normal form, "ND-24-0019": whatever dashes or
// spaces stand between its parts, or none ("nd240019"), without the zeros, in small letters, with a full stop or the
// address of its page before it. whole is false where it is none; then number is the beginning of one, or a serial,
// with plain hyphens and capitals ("ND-24", "24-19", "417").
func RegisterNumber(s string) (number string, whole bool) {
	s = strings.ToUpper(norm.NFKC.String(CleanLine(s)))
	s = strings.Map(plainD, s[strings.LastIndexByte(s, '/')+1:])
	s = strings.Trim(numberSigns.ReplaceAllString(s, "-"), "-")
	if m := numberParts.FindStringSubmatch(s); m != nil {
		if serial, err := strconv.Atoi(m[3]); err == nil && serial > 0 {
			return fmt.Sprintf("%s-%s-%04d", m[1], m[2], serial), true
		}
	}
	return numberBegin.ReplaceAllString(s, "$1-$2"), false
}
