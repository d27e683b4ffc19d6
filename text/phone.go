package text

import (
	"cmp"
	"errors"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// PhoneKey returns the form in which telephone numbers are compared, whoever wrote them: the digits that are dialled
// within the country, without +84, 84, 0084, 0 or (0) before them. "0905 123 456", "+84 (0) 905.123.456",
// "84905123456", "905 123 456" and full-width digits give "905123456"; "1022" gives "1022". All else in s is passed
// over; a text without digits gives "". Whether anybody can be called there is not asked: see NormalPhone.
func PhoneKey(s string) string {
	s = norm.NFKC.String(Clean(s))
	plus := strings.HasPrefix(strings.TrimLeftFunc(s, func(r rune) bool {
		return r != '+' && (r < '0' || r > '9')
	}), "+")
	key, _ := significant(digitsIn(s), plus)
	return key
}

// minAbroad is from how many digits on 84 is the country code though no + or 00 says so: within the country, numbers
// of ten digits and more begin with 0 or, where that was forgotten, with 2.
const minAbroad = 10

// significant cuts the country code and the 0 off the digits of a number. abroad reports whether the code was there.
func significant(digits string, plus bool) (key string, abroad bool) {
	code := ""
	switch {
	case strings.HasPrefix(digits, "0084"):
		code = "0084"
	case plus && strings.HasPrefix(digits, "084"): // as some write who know that a number begins with 0
		code = "084"
	case strings.HasPrefix(digits, "84") && (plus || len(digits) >= minAbroad):
		code = "84"
	}
	return strings.TrimPrefix(digits[len(code):], "0"), code != ""
}

// digitsIn are the ASCII digits of a text.
func digitsIn(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// A numberRange is a part of the numbering plan: the beginning of its numbers, and how many digits they have.
type numberRange struct {
	begin    string
	min, max int
}

// mobileDigits is the length of a mobile number, and of most others.
const mobileDigits = 10

// ranges are the numbers of the plan at which a person can be called, by their beginning, the longer first; the 0
// counts. Since 2017 landlines have eleven; ten are let pass, for the few special
// networks and because a number we doubt is better than a person we can't call.
var ranges = []numberRange{
	{"069", 8, 10}, // Defence and Public Security
	{"080", 8, 8},  // offices of the Party and the State
	{"02", 10, 11},
	{"03", 10, 10}, {"05", 10, 10}, {"07", 10, 10}, {"08", 10, 10}, {"09", 10, 10},
}

// short are numbers that are dialled as they are: 111, 113, 1022, 1080, 1800…, 1900….
var short = regexp.MustCompile(`^(1[0-9]{2,4}|1[89]00[0-9]{4,6})$`)

// NormalPhone returns the telephone number of a person typed as s in the form in which it is kept: digits only,
// beginning with 0. It accepts mobile numbers (10 digits: 03, 05, 07, 08, 09), landlines (02), those of Defence and
// Public Security (069) and of Party and State (080), the forms +84, 0084 and 84 for 0, and spaces, dots, dashes and
// brackets anywhere. Else err is a *ContactFault.
func NormalPhone(s string) (digits string, err error) {
	typed, plus, err := typedDigits(s)
	if err != nil {
		return "", err
	}
	key, abroad := significant(typed, plus)
	digits = "0" + key
	if key == "" {
		return "", &ContactFault{PhoneTooShort, mobileDigits - len(digits)}
	}
	at := slices.IndexFunc(ranges, func(r numberRange) bool { return strings.HasPrefix(digits, r.begin) })
	if at < 0 || plus && !abroad {
		return "", &ContactFault{Reason: PhoneWrongStart}
	}
	r, fits := ranges[at], len(digits) >= ranges[at].min && len(digits) <= ranges[at].max
	switch trunk := abroad || typed[0] == '0'; {
	case !trunk && fits && len(digits) >= mobileDigits:
		return "", &ContactFault{Reason: PhoneNoZero}
	case !trunk:
		return "", &ContactFault{Reason: PhoneWrongStart}
	case fits:
		return digits, nil
	case len(digits) < r.min:
		return "", &ContactFault{PhoneTooShort, r.max - len(digits)}
	}
	return "", &ContactFault{PhoneTooLong, len(digits) - r.max}
}

// Mobile reports whether a number that NormalPhone gave takes text messages: one of a mobile telephone.
func Mobile(kept string) bool {
	if normal, err := NormalPhone(kept); err != nil || normal != kept || len(kept) != mobileDigits {
		return false
	}
	return slices.Contains([]string{"03", "05", "07", "08", "09"}, kept[:2]) && !strings.HasPrefix(kept, "080")
}

// International is such a number as the world dials it, "+84905123456".
func International(kept string) string { return "+84" + strings.TrimPrefix(kept, "0") }

// typedDigits returns the digits of one number typed as s, and whether a plus stood before them.
func typedDigits(s string) (digits string, plus bool, err error) {
	var b strings.Builder
	for _, r := range norm.NFKC.String(CleanLine(s)) {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == '+' && b.Len() == 0 && !plus:
			plus = true
		case strings.ContainsRune("/,;&|+", r):
			return "", false, &ContactFault{Reason: PhoneSeveral}
		case r == '.' || r == '(' || r == ')' || isDash(r) || unicode.IsSpace(r):
		default:
			return "", false, &ContactFault{Reason: PhoneNotDigits}
		}
	}
	if b.Len() == 0 && plus {
		return "", false, &ContactFault{Reason: PhoneNotDigits}
	}
	if b.Len() == 0 {
		return "", false, &ContactFault{Reason: PhoneEmpty}
	}
	return b.String(), plus, nil
}

// maxNumbers is how many telephone numbers one field of an office holds, maxGroups of how many groups of digits one is
// at most, with its extension.
const (
	maxNumbers = 4
	maxGroups  = 20
)

var (
	// partsNumbers stands between two numbers of a field, in folded text. A slash parts them too, where what is around
	// it is no number as a whole ("0255/3821234").
	partsNumbers = regexp.MustCompile(`[;,&|/]| - | hoac | va | or | and `)
	// extension follows a number: "(máy lẻ 12)", "lẻ 12", "nhánh 12", "ext. 12", "x12", in folded text.
	extension = regexp.MustCompile(`^(.*?)[(\s]*` +
		`(?:\b(?:(?:so )?(?:may )?(?:le|nhanh|phu)|ext(?:ension)?)|x)[\s:.]*([0-9]{1,5})[\s)]*$`)
	// comma stands before some extensions, and parts no numbers there.
	comma = regexp.MustCompile(`,\s*(so|may|le|nhanh|ext|x)\b`)
)

// NormalPhones returns the telephone numbers of an office typed as s in the form in which they are kept: one or several
// of whatever can be dialled, parted by "; ": those of NormalPhone, short ones (113, 1022, 1900…), each with its
// extension ("02553821234x12"). Else err is a *ContactFault.
func NormalPhones(s string) (kept string, err error) {
	s = comma.ReplaceAllString(strings.Map(plainSign, Fold(norm.NFKC.String(CleanLine(s)))), " $1")
	if one, err := normalOffice(s); err == nil {
		return one, nil
	}
	if one, err := normalOffice(strings.ReplaceAll(s, "/", "")); err == nil {
		return one, nil
	}
	var all []string
	for _, part := range partsNumbers.Split(s, -1) {
		if strings.TrimSpace(part) == "" {
			continue
		}
		list, err := normalRun(strings.Fields(part), maxNumbers)
		if err != nil {
			return "", err
		}
		for _, number := range list {
			if !slices.Contains(all, number) {
				all = append(all, number)
			}
		}
	}
	switch {
	case len(all) == 0:
		return "", &ContactFault{Reason: PhoneEmpty}
	case len(all) > maxNumbers:
		return "", &ContactFault{PhoneTooMany, maxNumbers}
	}
	return strings.Join(all, "; "), nil
}

// normalRun reads numbers with only spaces between them ("113 114"), as few as possible. More than most are too many:
// each of them may end at several places, so that tries multiply with every number more.
func normalRun(groups []string, most int) ([]string, error) {
	if most == 0 {
		return nil, &ContactFault{PhoneTooMany, maxNumbers}
	}
	whole, fault := normalOffice(strings.Join(groups[:min(len(groups), maxGroups)], " "))
	if fault == nil && len(groups) <= maxGroups {
		return []string{whole}, nil
	}
	for n := min(len(groups)-1, mobileDigits); n > 0; n-- {
		if first, err := normalOffice(strings.Join(groups[:n], " ")); err == nil {
			rest, err := normalRun(groups[n:], most-1)
			if err == nil {
				return append([]string{first}, rest...), nil
			}
			if f, ok := errors.AsType[*ContactFault](err); ok && f.Reason == PhoneTooMany {
				fault = err
			}
		}
	}
	return nil, cmp.Or(fault, error(&ContactFault{Reason: PhoneNotDigits}))
}

// normalOffice is NormalPhone for one number of an office, folded: it may be short, and have an extension.
func normalOffice(s string) (string, error) {
	if m := extension.FindStringSubmatch(s); m != nil {
		number, err := normalOffice(m[1])
		if err != nil || strings.Contains(number, "x") {
			return "", cmp.Or(err, error(&ContactFault{Reason: PhoneNotDigits}))
		}
		return number + "x" + m[2], nil
	}
	typed, plus, err := typedDigits(s)
	if err != nil {
		return "", err
	}
	if key, abroad := significant(typed, plus); short.MatchString(key) && (abroad || key == typed) {
		return key, nil
	}
	return NormalPhone(s)
}

// Phone returns numbers that NormalPhone or NormalPhones gave as people read them: "0905 123 456", "(0255) 382 1234",
// "(024) 3825 1234 máy lẻ 12; 113". Anything else comes back as it is.
func (p Printer) Phone(kept string) string {
	list := strings.Split(kept, "; ")
	for i, number := range list {
		digits, ext, found := strings.Cut(number, "x")
		if list[i] = spaced(digits); found {
			list[i] = p.T("slip.phone_extension", "phone", list[i], "extension", ext)
		}
	}
	return strings.Join(list, "; ")
}

// spaced groups the digits of one number.
func spaced(digits string) string {
	if normal, err := NormalPhone(digits); err != nil || normal != digits {
		return digits
	}
	area := 4
	switch {
	case strings.HasPrefix(digits, "069"), strings.HasPrefix(digits, "080"):
		if len(digits) < 9 {
			return digits[:3] + " " + digits[3:]
		}
		return digits[:3] + " " + digits[3:6] + " " + digits[6:]
	case digits[1] != '2':
		return digits[:4] + " " + digits[4:7] + " " + digits[7:]
	case digits[2] == '4' || digits[2] == '8':
		area = 3
	}
	return "(" + digits[:area] + ") " + digits[area:7] + " " + digits[7:]
}

// Dial returns what a link dials: the first of the numbers that NormalPhone or NormalPhones gave, "" for none.
func Dial(kept string) string {
	first, _, _ := strings.Cut(kept, "; ")
	digits, _, _ := strings.Cut(first, "x")
	if kept = digitsIn(digits); kept != digits {
		return ""
	}
	return kept
}
