package text

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"doithoai/calendar"
)

// form is something that is not read as it is written; read returns its words, false where it is none after all.
type form struct {
	like *regexp.Regexp
	read func(a *aloud, m []string) (string, bool)
	day  bool // it names a day: another one may follow
}

// forms in the order in which they are tried: the longer ones first.
var forms = []form{
	{like: regexp.MustCompile(`^(?:https?://|www\.)\S+[^\s.,;:)]`), read: (*aloud).address},
	{like: regexp.MustCompile(`^[\w.+-]+@[\w-]+(?:\.[\w-]+)+`), read: (*aloud).address},
	{like: regexp.MustCompile(`^đ/c`), read: (*aloud).comrade},
	{
		like: regexp.MustCompile(`^(\d{1,6})(\pL?)/(?:(\d{4})/)?(\p{Lu}\pL*\d*(?:-\p{Lu}[\pL&.]*)*)`),
		read: (*aloud).document,
	},
	{like: regexp.MustCompile(`^\p{Lu}{2,}(?:-\p{Lu}{2,})+`), read: (*aloud).joined},
	{like: regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})`), read: (*aloud).date, day: true},
	{like: regexp.MustCompile(`^(\d{1,2})/(\d{4})`), read: (*aloud).month},
	{like: regexp.MustCompile(`^(\d{1,2})/(\d{1,2})`), read: (*aloud).dayMonth, day: true},
	{
		like: regexp.MustCompile(`^(\d{1,2})(?:\s*(?:giờ|h|g)\s*(\d{1,2})(\s*(?:phút|ph|'))?|:(\d{2}))`),
		read: (*aloud).hour,
	},
	{like: regexp.MustCompile(`^(\d{1,2})(?:\s*giờ|h|g)`), read: (*aloud).fullHour},
	{like: regexp.MustCompile(`^(?:\(?0\d{1,4}\)?|\+84|1[89]00)(?:[ .-]?\d{1,7}){1,5}`), read: (*aloud).phone},
	{like: regexp.MustCompile(`^(?:T[2-7]|CN)`), read: (*aloud).weekday, day: true},
	{like: regexp.MustCompile(`^([IVXLC]+)(/(\d{4}))?`), read: (*aloud).roman},
	{
		like: regexp.MustCompile(`^` + digitsForm + `\s*(%|đồng|đ|VNĐ|VND|km2|km²|km|m2|m²|m3|m³|ha|kg)`),
		read: (*aloud).measure,
	},
	{like: regexp.MustCompile(`^` + digitsForm), read: (*aloud).number},
	{like: regexp.MustCompile(`^(\d+)`), read: (*aloud).number},
}

// digitsForm is a number with its thousands grouped or not, and its decimal places.
const digitsForm = `(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?`

// ends reports whether what a form read ends there: no letter or digit goes on.
func (a *aloud) ends(m string) bool {
	rest := a.rest[len(m):]
	return wordForm.FindString(rest) == ""
}

func (a *aloud) comrade(m []string) (string, bool) { return "đồng chí", a.ends(m[0]) }

func (a *aloud) address(m []string) (string, bool) {
	a.unknown = append(a.unknown, m[0])
	return m[0], true
}

// document reads number and symbol of a document: "01/KH-UBND", "72/2025/QH15", "61/2018/NĐ-CP".
func (a *aloud) document(m []string) (string, bool) {
	symbols := a.symbols(m[4])
	if !a.ends(m[0]) || symbols == "" {
		return "", false
	}
	words := numberOfPaper(m[1])
	if m[2] != "" {
		words += " " + m[2]
	}
	words = a.unlessSaid("số", words)
	if m[3] != "" {
		words += ", năm " + plainNumber(m[3])
	}
	return words + ", " + symbols, true
}

var assembly = regexp.MustCompile(`^QH(\d{1,2})$`)

// symbols reads the symbol of a document; "" where none of its parts is one.
func (a *aloud) symbols(symbol string) string {
	known, parts := false, strings.Split(symbol, "-")
	for i, p := range parts {
		if m := assembly.FindStringSubmatch(p); m != nil {
			parts[i], known = "Quốc hội khóa "+plainNumber(m[1]), true
			continue
		}
		long, ok := spokenWords().symbols[p]
		if !ok {
			long, ok = spokenWords().words[p]
		}
		if known = known || ok; ok {
			parts[i] = long
		} else {
			a.unknown = append(a.unknown, p)
		}
	}
	if !known {
		return ""
	}
	return strings.Join(parts, ", ")
}

// joined reads abbreviations that a dash joins: "KT-XH", "HĐND-UBND".
func (a *aloud) joined(m []string) (string, bool) {
	if long, ok := spokenWords().words[m[0]]; ok && a.ends(m[0]) {
		return long, true
	}
	parts := strings.Split(m[0], "-")
	for i, p := range parts {
		long, ok := spokenWords().words[p]
		if !ok || !a.ends(m[0]) {
			return "", false
		}
		parts[i] = long
	}
	return strings.Join(parts, ", "), true
}

// numberOfPaper reads the number of a document with the 0 that stands before it: "01" is "không một".
func numberOfPaper(digits string) string {
	if strings.HasPrefix(digits, "0") {
		return DigitWords(digits)
	}
	return plainNumber(digits)
}

// plainNumber reads digits as a number; beyond what has names, one by one.
func plainNumber(digits string) string {
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return DigitWords(digits)
	}
	return NumberWords(n)
}

// months are read as they are numbered, the fourth as "tư".
func monthWords(n int) string {
	if n == 4 {
		return "tư"
	}
	return NumberWords(int64(n))
}

// dayOfMonth reads a day; those to the tenth are "mùng".
func dayOfMonth(n int) string {
	if n <= 10 {
		return "mùng " + NumberWords(int64(n))
	}
	return NumberWords(int64(n))
}

func (a *aloud) date(m []string) (string, bool) {
	d, err := calendar.ParseDateVN(m[0])
	if err != nil || !a.ends(m[0]) {
		return "", false
	}
	return a.unlessSaid("ngày", dayOfMonth(d.Day)+" tháng "+monthWords(int(d.Month))+" năm "+plainNumber(m[3])), true
}

// month reads "10/2024" behind "tháng".
func (a *aloud) month(m []string) (string, bool) {
	n, err := strconv.Atoi(m[1])
	if err != nil || n < 1 || n > 12 || !a.follows("tháng") || !a.ends(m[0]) {
		return "", false
	}
	return monthWords(n) + " năm " + plainNumber(m[2]), true
}

// dayMonth reads a day and a month where a day is spoken of, else a fraction: "3/4".
func (a *aloud) dayMonth(m []string) (string, bool) {
	if !a.ends(m[0]) || strings.HasPrefix(a.rest[len(m[0]):], "/") {
		return "", false
	}
	day, _ := strconv.Atoi(m[1]) // one or two digits
	month, _ := strconv.Atoi(m[2])
	if leap := (calendar.Date{Year: 2000, Month: time.Month(month), Day: day}); !a.day || !leap.Valid() {
		return plainNumber(m[1]) + " trên " + plainNumber(m[2]), true
	}
	return a.unlessSaid("ngày", dayOfMonth(day)+" tháng "+monthWords(month)), true
}

// hour reads "8h30", "07 giờ 30 phút", "8:05".
func (a *aloud) hour(m []string) (string, bool) {
	minutes := m[2] + m[4]
	h, _ := strconv.Atoi(m[1]) // one or two digits
	min, _ := strconv.Atoi(minutes)
	if h > 24 || min > 59 || !a.ends(m[0]) {
		return "", false
	}
	words := NumberWords(int64(h)) + " giờ"
	switch {
	case min == 0:
	case m[3] != "" || min < 10:
		words += " " + NumberWords(int64(min)) + " phút"
	default:
		words += " " + NumberWords(int64(min))
	}
	return words, true
}

func (a *aloud) fullHour(m []string) (string, bool) {
	h, _ := strconv.Atoi(m[1]) // one or two digits
	if h > 24 || !a.ends(m[0]) {
		return "", false
	}
	return NumberWords(int64(h)) + " giờ", true
}

// The digits of a telephone number of the country.
const minDialled, maxDialled = 8, 12

// phone reads a telephone number digit by digit, in the groups in which it is written.
func (a *aloud) phone(m []string) (string, bool) {
	typed := m[0]
	digits := digitsIn(typed)
	if len(digits) < minDialled || len(digits) > maxDialled || !a.ends(typed) {
		return "", false
	}
	groups := strings.FieldsFunc(typed, func(r rune) bool { return r < '0' || r > '9' })
	if len(groups) == 1 {
		groups = strings.FieldsFunc(spaced(digits), func(r rune) bool { return r < '0' || r > '9' })
	}
	for i, g := range groups {
		groups[i] = DigitWords(g)
	}
	return strings.Join(groups, ", "), true
}

// weekdayWords are the short names of weekdays.
var weekdayWords = map[string]string{
	"T2": "thứ hai", "T3": "thứ ba", "T4": "thứ tư", "T5": "thứ năm", "T6": "thứ sáu", "T7": "thứ bảy", "CN": "Chủ nhật",
}

// weekday reads the short name of a weekday before a date: "T6, 25/10".
func (a *aloud) weekday(m []string) (string, bool) {
	return weekdayWords[m[0]], startsNumber(strings.TrimLeft(a.rest[len(m[0]):], ", ")) && a.ends(m[0])
}

// beforeRoman are the words behind which a Roman number stands.
var beforeRoman = []string{
	"quý", "khóa", "khoá", "chương", "phần", "mục", "thứ", "kỳ", "đợt", "lần", "đoạn", "loại", "cấp", "hạng",
}

var romans = map[byte]int{'I': 1, 'V': 5, 'X': 10, 'L': 50, 'C': 100}

func (a *aloud) roman(m []string) (string, bool) {
	if !a.follows(beforeRoman...) || !a.ends(m[0]) {
		return "", false
	}
	n := 0
	for i := range len(m[1]) {
		v := romans[m[1][i]]
		if i+1 < len(m[1]) && v < romans[m[1][i+1]] {
			v = -v
		}
		n += v
	}
	words := a.ordinal(n)
	if m[3] != "" {
		words += " năm " + plainNumber(m[3])
	}
	return words, true
}

// ordinal reads a number, behind "thứ" as a rank: "nhất", "tư".
func (a *aloud) ordinal(n int) string {
	if a.follows("thứ") && n == 1 {
		return "nhất"
	}
	if a.follows("thứ", "tháng") && n == 4 {
		return "tư"
	}
	return NumberWords(int64(n))
}

// unitWords are how it is said what a number counts.
var unitWords = map[string]string{
	"%": "phần trăm", "đồng": "đồng", "đ": "đồng", "VNĐ": "đồng", "VND": "đồng", "km": "ki-lô-mét",
	"km2": "ki-lô-mét vuông", "km²": "ki-lô-mét vuông", "m2": "mét vuông", "m²": "mét vuông", "m3": "mét khối",
	"m³": "mét khối", "ha": "héc-ta", "kg": "ki-lô-gam",
}

// measure reads a number with what it counts: "1.500.000 đồng", "12,5%".
func (a *aloud) measure(m []string) (string, bool) {
	return decimalWords(m[1], m[2]) + " " + unitWords[m[3]], a.ends(m[0])
}

// number reads a number alone: "1.200", "12,5", "04". In a row of numbers ("1,2,3") no comma is a decimal one.
func (a *aloud) number(m []string) (string, bool) {
	if !a.ends(m[0]) {
		return "", false
	}
	if len(m) > 2 && m[2] != "" {
		rest := a.rest[len(m[0]):]
		row := strings.HasSuffix(a.out.String(), ",") || len(rest) > 1 && rest[0] == ',' && startsNumber(rest[1:])
		return decimalWords(m[1], m[2]), !row
	}
	digits := strings.ReplaceAll(m[1], ".", "")
	if n, err := strconv.Atoi(digits); err == nil && (len(digits) < 3 || digits[0] != '0') {
		return a.ordinal(n), true
	}
	return DigitWords(digits), true
}

// decimalWords read a number with its decimal places.
func decimalWords(whole, places string) string {
	words := plainNumber(strings.ReplaceAll(whole, ".", ""))
	if places != "" {
		words += " phẩy " + fraction(places)
	}
	return words
}

// fraction reads the digits behind the decimal comma: two as a number, others one by one.
func fraction(digits string) string {
	if len(digits) == 2 && digits[0] != '0' {
		return plainNumber(digits)
	}
	return DigitWords(digits)
}
