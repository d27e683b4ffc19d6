package calendar

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Date is a day of the civil (Gregorian) calendar, without hour and zone. The
// zero Date means "absent": it binds as NULL and reads from NULL. Dates are
// comparable with ==. It binds, prints and marshals as "2026-10-20".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

const (
	instantLayout = "2006-01-02T15:04:05.000Z07:00"
	// postgresLayout is how PostgreSQL writes a timestamptz as text.
	postgresLayout = "2006-01-02 15:04:05.999999999Z07"
	dateLayout     = time.DateOnly

	// epochMillis is the Unix time of year 1 in milliseconds, negated.
	epochMillis = 62_135_596_800_000
	// lastYear is the last one of four digits: beyond, text would not sort.
	lastYear = 9999
)

// DateOf returns the date, with months and days out of range carried over as
// time.Date does: DateOf(2024, 1, 32) is 1 February.
func DateOf(year int, month time.Month, day int) Date {
	return dateOfTime(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

func dateOfTime(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// ParseDate reads "2026-10-20".
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(dateLayout, s)
	if err != nil {
		return Date{}, fmt.Errorf("date %q: %w", s, err)
	}
	return dateOfTime(t), nil
}

// ParseDateVN reads a date as people in Viet Nam write it: day, month, year
// parted by "/", "-" or ".", with or without leading zeros and spaces:
// "01/02/2024", "1/2/2024", " 1 / 2 / 2024 ". The year has four digits.
func ParseDateVN(s string) (Date, error) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("/-.", r) })
	if len(parts) != 3 {
		return Date{}, fmt.Errorf("date %q: want day/month/year", s)
	}
	var n [3]int
	for k, part := range parts {
		part = strings.TrimSpace(part)
		v, err := strconv.ParseUint(part, 10, 16)
		if err != nil || len(part) > 2+2*(k/2) {
			return Date{}, fmt.Errorf("date %q: %q is not a number of its place", s, part)
		}
		n[k] = int(v)
	}
	d := Date{n[2], time.Month(n[1]), n[0]}
	if d.Year < 1000 || !d.Valid() {
		return Date{}, fmt.Errorf("date %q: no such day", s)
	}
	return d, nil
}

// furthest is how many days "+5" may reach from today.
const furthest = 3660

// dayWords are days that people name by their distance from today, also as typed without marks, which leaves "mot" out:
// that is "một" too.
var dayWords = map[string]int{
	"hôm nay": 0, "hom nay": 0, "nay": 0, "today": 0, "mai": 1, "ngày mai": 1, "ngay mai": 1, "tomorrow": 1,
	"ngày kia": 2, "ngay kia": 2, "mốt": 2, "ngày mốt": 2, "ngay mot": 2, "hôm qua": -1, "hom qua": -1, "yesterday": -1,
}

// daysAfter are the words that may stand behind "+5".
var daysAfter = []string{" ngày", " ngay", " days", " day"}

// ReadDate reads a date as people type it who look at a calendar: as [ParseDateVN] does, with any dash; "2024-10-29";
// the year of two digits; without a year, which is then the one that brings the day nearest to today; "mai", "tomorrow"
// and the like, with or without marks; "+5" or "+5 ngày" for five days from today.
func ReadDate(s string, today Date) (Date, error) {
	s = strings.ToLower(strings.Join(strings.Fields(s), " "))
	if n, ok := dayWords[s]; ok {
		return today.AddDays(n), nil
	}
	if rest, ok := strings.CutPrefix(s, "+"); ok {
		for _, word := range daysAfter {
			rest = strings.TrimSuffix(rest, word)
		}
		n, err := strconv.ParseUint(strings.TrimSpace(rest), 10, 16)
		if err != nil || n > furthest {
			return Date{}, fmt.Errorf("date %q: want + and a number of days", s)
		}
		return today.AddDays(int(n)), nil
	}
	if d, err := ParseDate(s); err == nil && d.Year >= 1000 {
		return d, nil
	}
	s = strings.NewReplacer("–", "-", "—", "-", "‑", "-", "‐", "-", "−", "-", "／", "/").Replace(s)
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("/-.", r) })
	switch {
	case len(parts) == 2:
		return nearest(strings.Join(parts, "/"), today)
	case len(parts) == 3 && len(strings.TrimSpace(parts[2])) == 2: // of this century or the one beside it, the nearer
		century := today.Year / 100
		return nearestOf(today, func(n int) (Date, error) {
			return ParseDateVN(fmt.Sprintf("%s/%s/%02d%s", parts[0], parts[1], century+n, strings.TrimSpace(parts[2])))
		})
	}
	return ParseDateVN(s)
}

// nearest reads a day and a month in the year that brings them nearest to today. 29 February is looked for in the leap
// years around.
func nearest(s string, today Date) (Date, error) {
	return nearestOf(today, func(n int) (Date, error) { return ParseDateVN(fmt.Sprintf("%s/%04d", s, today.Year+n)) })
}

// nearestOf returns the date nearest to today among those that read gives for small numbers; of two as near, the later.
func nearestOf(today Date, read func(n int) (Date, error)) (best Date, err error) {
	found := false
	for n := -1; n <= 4; n++ {
		d, wrong := read(n)
		if wrong != nil {
			err = wrong
			continue
		}
		if away := abs(today.DaysUntil(d)); !found || away <= abs(today.DaysUntil(best)) {
			best, found = d, true
		}
	}
	if found {
		return best, nil
	}
	return Date{}, err
}

func abs(n int) int { return max(n, -n) }

// Valid reports whether d exists in the calendar, in years 1 to 9999.
func (d Date) Valid() bool {
	return d.Year >= 1 && d.Year <= lastYear && d == DateOf(d.Year, d.Month, d.Day)
}

// Time returns midnight UTC at the start of d, for formatting and arithmetic
// only: it isn't the moment when the day begins in Viet Nam (see [InstantAt]).
// Of the zero Date it is the zero time.Time.
func (d Date) Time() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

// IsZero reports whether d is absent.
func (d Date) IsZero() bool { return d == Date{} }

// Before reports whether d lies before e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After reports whether d lies after e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// Compare returns -1, 0 or +1, as [time.Time.Compare] does.
func (d Date) Compare(e Date) int { return d.Time().Compare(e.Time()) }

// AddDays returns the day n calendar days after d, before it for n < 0.
func (d Date) AddDays(n int) Date { return DateOf(d.Year, d.Month, d.Day+n) }

// DaysUntil returns the number of calendar days from d to e: 0 on the same day,
// negative when e lies before d.
func (d Date) DaysUntil(e Date) int {
	const day = 24 * 60 * 60
	return int((e.Time().Unix() - d.Time().Unix()) / day)
}

// Weekday returns the day of the week of d.
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }

// Quarter returns the quarter of the year of d, 1 to 4.
func (d Date) Quarter() int { return (int(d.Month) + 2) / 3 }

// String returns "2026-10-20", and "" when absent.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format(dateLayout)
}

// Value binds d in a query: its text, or NULL when absent. A day that doesn't
// exist is refused.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	if !d.Valid() {
		return nil, fmt.Errorf("date %d-%d-%d doesn't exist", d.Year, d.Month, d.Day)
	}
	return d.String(), nil
}

// Scan reads a column: NULL, text, or the driver's time.Time, whose own zone
// then decides the day (drivers give a date at midnight UTC).
func (d *Date) Scan(src any) (err error) {
	switch v := src.(type) {
	case nil:
		*d = Date{}
	case time.Time:
		*d = dateOfTime(v)
	case string:
		*d, err = ParseDate(v)
	case []byte:
		*d, err = ParseDate(string(v))
	default:
		err = fmt.Errorf("date from %T", src)
	}
	return err
}

// MarshalJSON writes the text form, and null when absent.
func (d Date) MarshalJSON() ([]byte, error) { return marshalBound(d) }

// UnmarshalJSON reads the text form; null and "" mean absent.
func (d *Date) UnmarshalJSON(b []byte) error { return unmarshalBound(b, d) }

// marshalBound writes in JSON what v binds as in a query.
func marshalBound(v driver.Valuer) ([]byte, error) {
	bound, err := v.Value()
	if err != nil {
		return nil, err
	}
	return json.Marshal(bound)
}

// unmarshalBound reads from JSON what a column of the same type may hold.
func unmarshalBound(b []byte, into interface{ Scan(any) error }) error {
	var s *string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s == nil || *s == "" {
		return into.Scan(nil)
	}
	return into.Scan(*s)
}

// Within reports whether the day lies in a period, ends included; an absent end
// is open.
func Within(on, from, to Date) bool {
	return !on.Before(from) && (to.IsZero() || !on.After(to))
}
