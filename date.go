package doithoai

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // the zone must exist on a Windows PC that has no zone files
)

// Instant is a moment in UTC, in whole milliseconds. The zero Instant means
// "absent": it binds as NULL and reads from NULL. Instants are comparable with
// == and fit as map keys.
//
// It binds, prints and marshals as "2026-10-20T02:42:00.000Z": of fixed width,
// so that SQLite orders it rightly as text, and accepted by timestamptz.
type Instant struct {
	ms int64 // since 0001-01-01T00:00:00Z, the zero of time.Time
}

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

// vietnam gives the one zone of all civil time in this program.
var vietnam = sync.OnceValue(func() *time.Location {
	zone, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil {
		panic(err) // time/tzdata is linked in: it can't be missing
	}
	return zone
})

// InstantOf gives the instant of t, cut down to the millisecond. The zero
// time.Time gives the zero Instant.
func InstantOf(t time.Time) Instant { return Instant{t.UnixMilli() + epochMillis} }

// InstantAt gives the instant at which clocks in Viet Nam show the hour and
// minute on the day d. Hour 24 is the end of the day (BLDS 2015 Đ.148 k.6). The
// zero Date gives the zero Instant.
func InstantAt(d Date, hour, minute int) Instant {
	if d.IsZero() {
		return Instant{}
	}
	return InstantOf(time.Date(d.Year, d.Month, d.Day, hour, minute, 0, 0, vietnam()))
}

// ParseInstant reads an RFC 3339 time, or PostgreSQL's text form of one.
func ParseInstant(s string) (Instant, error) {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		var other error
		if t, other = time.Parse(postgresLayout, s); other != nil {
			return Instant{}, fmt.Errorf("instant %q: %w", s, err)
		}
	}
	return InstantOf(t), nil
}

// Civil gives i as the clocks of Viet Nam show it (Asia/Ho_Chi_Minh). It is
// the only way from an instant to an hour or a date.
func Civil(i Instant) time.Time { return i.Time().In(vietnam()) }

// Date gives the civil date of i in Viet Nam; absent gives absent.
func (i Instant) Date() Date {
	if i.IsZero() {
		return Date{}
	}
	return dateOfTime(Civil(i))
}

// Time gives i as a time.Time in UTC; absent gives the zero time.Time.
func (i Instant) Time() time.Time { return time.UnixMilli(i.ms - epochMillis).UTC() }

// IsZero tells whether i is absent.
func (i Instant) IsZero() bool { return i == Instant{} }

// Before tells whether i lies before j.
func (i Instant) Before(j Instant) bool { return i.ms < j.ms }

// After tells whether i lies after j.
func (i Instant) After(j Instant) bool { return i.ms > j.ms }

// Compare gives -1, 0 or +1, as [time.Time.Compare] does.
func (i Instant) Compare(j Instant) int { return i.Time().Compare(j.Time()) }

// Sub gives the time from j to i.
func (i Instant) Sub(j Instant) time.Duration { return i.Time().Sub(j.Time()) }

// Add gives i moved by d, cut down to the millisecond.
func (i Instant) Add(d time.Duration) Instant { return InstantOf(i.Time().Add(d)) }

// String gives "2026-10-20T02:42:00.000Z", and "" when absent.
func (i Instant) String() string {
	if i.IsZero() {
		return ""
	}
	return i.Time().Format(instantLayout)
}

// Value binds i in a query: its text, or NULL when absent. Years of more than
// four digits are refused, for they would not sort.
func (i Instant) Value() (driver.Value, error) {
	if i.IsZero() {
		return nil, nil
	}
	if y := i.Time().Year(); y < 1 || y > lastYear {
		return nil, fmt.Errorf("instant of year %d is out of range", y)
	}
	return i.String(), nil
}

// Scan reads a column: NULL, text, or the driver's time.Time.
func (i *Instant) Scan(src any) (err error) {
	switch v := src.(type) {
	case nil:
		*i = Instant{}
	case time.Time:
		*i = InstantOf(v)
	case string:
		*i, err = ParseInstant(v)
	case []byte:
		*i, err = ParseInstant(string(v))
	default:
		err = fmt.Errorf("instant from %T", src)
	}
	return err
}

// MarshalJSON writes the text form, and null when absent.
func (i Instant) MarshalJSON() ([]byte, error) { return marshalBound(i) }

// UnmarshalJSON reads the text form; null and "" mean absent.
func (i *Instant) UnmarshalJSON(b []byte) error { return unmarshalBound(b, i) }

// DateOf gives the date, with months and days out of range carried over as
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

// Valid tells whether d exists in the calendar, in years 1 to 9999.
func (d Date) Valid() bool {
	return d.Year >= 1 && d.Year <= lastYear && d == DateOf(d.Year, d.Month, d.Day)
}

// Time gives midnight UTC at the start of d, for formatting and arithmetic
// only: it isn't the moment when the day begins in Viet Nam (see [InstantAt]).
// The zero Date gives the zero time.Time.
func (d Date) Time() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

// IsZero tells whether d is absent.
func (d Date) IsZero() bool { return d == Date{} }

// Before tells whether d lies before e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After tells whether d lies after e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// Compare gives -1, 0 or +1, as [time.Time.Compare] does.
func (d Date) Compare(e Date) int { return d.Time().Compare(e.Time()) }

// AddDays gives the day n calendar days after d, before it for n < 0.
func (d Date) AddDays(n int) Date { return DateOf(d.Year, d.Month, d.Day+n) }

// DaysUntil gives the number of calendar days from d to e: 0 on the same day,
// negative when e lies before d.
func (d Date) DaysUntil(e Date) int {
	const day = 24 * 60 * 60
	return int((e.Time().Unix() - d.Time().Unix()) / day)
}

// Weekday gives the day of the week of d.
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }

// Quarter gives the quarter of the year of d, 1 to 4.
func (d Date) Quarter() int { return (int(d.Month) + 2) / 3 }

// String gives "2026-10-20", and "" when absent.
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
