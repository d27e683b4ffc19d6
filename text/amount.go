package text

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// QuantityScale is how many parts of one a quantity counts: three decimal places.
const QuantityScale = 1000

// errAmount is returned for what is no amount.
var errAmount = errors.New("not an amount")

// Amounts as offices write them: thousands grouped by dots or spaces, or not; a decimal comma.
var (
	quantityForm = regexp.MustCompile(`^(\d{1,3}(?:[. ]\d{3})+|\d{1,9})(?:,(\d{1,3}))?$`)
	dongForm     = regexp.MustCompile(`^(\d{1,3}(?:[. ]\d{3})+|\d{1,15})(?: ?(?:đồng|đ|vnđ|vnd))?\.?$`)
)

// Quantity reads a quantity in thousandths: "12", "1.200", "2,5", "0,125". A dot groups thousands, a comma parts
// decimal places; "1.5" is neither and is refused.
func Quantity(typed string) (thousandths int64, err error) {
	m := quantityForm.FindStringSubmatch(norm.NFKC.String(CleanLine(typed)))
	if m == nil {
		return 0, errAmount
	}
	places := (m[2] + "000")[:3]
	return strconv.ParseInt(wholeDigits(m[1])+places, 10, 64)
}

// Dong reads a sum in đồng: "1500000", "1.500.000", "1.500.000 đồng".
func Dong(typed string) (int64, error) {
	m := dongForm.FindStringSubmatch(strings.ToLower(norm.NFKC.String(CleanLine(typed))))
	if m == nil {
		return 0, errAmount
	}
	return strconv.ParseInt(wholeDigits(m[1]), 10, 64)
}

func wholeDigits(s string) string { return strings.NewReplacer(".", "", " ", "").Replace(s) }

// Quantity returns thousandths as they are written: "2,5"; in English "2.5".
func (p Printer) Quantity(thousandths int64) string {
	by := p.catalogue().conventions
	s := grouped(strconv.FormatInt(thousandths/QuantityScale, 10), by.group)
	if rest := thousandths % QuantityScale; rest != 0 {
		s += by.decimal + strings.TrimRight(strconv.FormatInt(QuantityScale+rest, 10)[1:], "0")
	}
	return s
}

// Dong returns a sum with its thousands grouped, "1.500.000".
func (p Printer) Dong(n int64) string {
	return grouped(strconv.FormatInt(n, 10), p.catalogue().conventions.group)
}
