package reading

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/text"
)

var (
	slashDay = regexp.MustCompile(`([0-9]{1,2})\s*[/.-]\s*([0-9]{1,2})(?:\s*[/.-]\s*([0-9]{4}))?`)
	wordDay  = regexp.MustCompile(`([0-9]{1,2})\s+tháng\s+([0-9]{1,2})\s+năm\s+([0-9]{4})`)
	anyDay   = regexp.MustCompile(`(?:ngày\s+)?([0-9]{1,2})\s*[/.-]\s*([0-9]{1,2})\s*[/.-]\s*([0-9]{4})` +
		`|ngày\s+([0-9]{1,2})\s+tháng\s+([0-9]{1,2})(?:\s+năm\s+([0-9]{4}))?` +
		`|ngày\s+([0-9]{1,2})\s*[/.-]\s*([0-9]{1,2})`)
	hourOf = regexp.MustCompile(`(?i)(?:^|[^\d/.-])([01]?[0-9]|2[0-4])(?:\s*(?:giờ|h|g)\s*([0-5][0-9])?|:([0-5][0-9]))` +
		`(?:\s*phút|\s*p)?(?:[^\d\pL]|$)`)
	yearOf  = regexp.MustCompile(`(?:năm\s+|/)(20[0-9]{2})`)
	quarter = regexp.MustCompile(`(?i)quý\s+(IV|III|II|I|[1-4])(?:[^\pL\d]|$)`)
	month   = regexp.MustCompile(`(?i)tháng\s+([0-9]{1,2})(?:\s*(?:/|năm\s*)\s*(20[0-9]{2}))?`)
)

// writtenDay is the day that a citation names, in figures or in words; absent where there is none such.
func writtenDay(s string) calendar.Date {
	if m := slashDay.FindStringSubmatch(s); m != nil && m[3] != "" {
		return dayOf(m[1], m[2], m[3])
	}
	m := wordDay.FindStringSubmatch(s)
	if m == nil {
		return calendar.Date{}
	}
	return dayOf(m[1], m[2], m[3])
}

// dayOf is the day of its three numbers; absent where one is blank, or there is no such day.
func dayOf(day, month, year string) calendar.Date {
	d, _ := strconv.Atoi(day)
	m, _ := strconv.Atoi(month)
	y, _ := strconv.Atoi(year)
	date := calendar.Date{Year: y, Month: time.Month(m), Day: d}
	if y < 1900 || !date.Valid() {
		return calendar.Date{}
	}
	return date
}

// when is a planned day as a sentence names it.
type when struct {
	date       calendar.Date
	begin, end int  // where the sentence names it
	guessed    bool // its year is not written
}

// daysIn finds the days that a sentence names; year is that of the plan, for days without.
func daysIn(s string, year int) (list []when) {
	for _, m := range anyDay.FindAllStringSubmatchIndex(s, -1) {
		part := func(n int) string {
			if m[2*n] < 0 {
				return ""
			}
			return s[m[2*n]:m[2*n+1]]
		}
		for _, at := range []int{1, 4, 7} {
			if part(at) == "" {
				continue
			}
			y, guessed := "", false
			if at < 7 {
				y = part(at + 2)
			}
			if y == "" {
				y, guessed = strconv.Itoa(year), true
			}
			list = append(list, when{dayOf(part(at), part(at+1), y), m[0], m[1], guessed})
		}
	}
	return list
}

// clock is the hour that a sentence names, "07:30"; "" where it names none.
func clock(s string) string {
	m := hourOf.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	h, _ := strconv.Atoi(m[1])
	minutes, _ := strconv.Atoi("0" + m[2] + m[3])
	if h < 12 && afternoon.MatchString(s) && h <= 6 {
		h += 12
	}
	return fmt.Sprintf("%02d:%02d", h, minutes)
}

var afternoon = regexp.MustCompile(`(?i)(?:buổi\s+)?(?:chiều|tối)(?:[^\pL]|$)`)

// window is the span of months or quarters that a sentence names; nil where it names none.
func window(s string, year int) *Window {
	if m := yearOf.FindStringSubmatch(s); m != nil {
		year, _ = strconv.Atoi(m[1])
	}
	if all := quarter.FindAllStringSubmatch(s, -1); len(all) > 0 {
		from, to := quarterOf(all[0][1], year), quarterOf(all[len(all)-1][1], year)
		return &Window{Bound{Quarter: from}, Bound{Quarter: to}, s}
	}
	if days := daysIn(s, year); len(days) >= 2 && strings.Contains(text.Fold(s), "den") && days[0].date.Valid() &&
		days[1].date.Valid() {
		return &Window{Bound{Day: days[0].date}, Bound{Day: days[1].date}, s}
	}
	all := month.FindAllStringSubmatch(s, -1)
	if len(all) == 0 {
		return nil
	}
	first, last := all[0], all[len(all)-1]
	from, to := dayOf("1", first[1], fmt.Sprint(year)), dayOf("1", last[1], fmt.Sprint(year))
	if !from.Valid() || !to.Valid() {
		return nil
	}
	return &Window{Bound{Day: from}, Bound{Day: calendar.DateOf(to.Year, to.Month+1, 0)}, s}
}

func quarterOf(s string, year int) plan.Quarter {
	for i, name := range []string{"I", "II", "III", "IV"} {
		if strings.EqualFold(s, name) || s == strconv.Itoa(i+1) {
			return plan.Quarter{Year: year, Quarter: i + 1}
		}
	}
	return plan.Quarter{}
}

// isSpan reports whether the days of a sentence are the ends of a span.
func isSpan(s string, days []when) bool {
	if len(days) != 2 {
		return false
	}
	f := text.Fold(s[days[0].end:days[1].begin])
	return strings.TrimSpace(f) == "den" || strings.TrimSpace(f) == "den het" || strings.TrimSpace(f) == "-"
}

// formOf is the form of a sentence about it.
func formOf(s string) *Form {
	f := text.Fold(s)
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(f, w) {
				return true
			}
		}
		return false
	}
	direct, online, social := has("truc tiep"), has("truc tuyen", "hoi nghi truyen hinh"),
		has("mang xa hoi", "zalo", "facebook")
	form := &Form{Text: s}
	switch {
	case direct && (online || social && has("ket hop")), has("ket hop") && online:
		form.Kind = doithoai.FormMixed
	case online && !direct:
		form.Kind = doithoai.FormOnline
	case social && !direct:
		form.Kind = doithoai.FormSocial
	default:
		form.Kind = doithoai.FormDirect
	}
	return form
}
