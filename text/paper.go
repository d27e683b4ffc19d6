package text

import (
	"cmp"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// paperParts are the letters and the numbers of what is printed on a slip.
var paperParts = regexp.MustCompile(`[a-z]+|[0-9]+`)

// PaperKey returns the form in which numbers printed on paper slips are compared: their letters without marks and their
// numbers without zeros before them, whatever stands between: "NĐ-0012", "nd 12" and "ND12" have one key, "1-23" and
// "12-3" have two. It is "" where there is neither letter nor digit.
func PaperKey(s string) string {
	parts := paperParts.FindAllString(Fold(norm.NFKC.String(CleanLine(s))), -1)
	for i, p := range parts {
		parts[i] = cmp.Or(strings.TrimLeft(p, "0"), "0")
	}
	return strings.Join(parts, "-")
}
