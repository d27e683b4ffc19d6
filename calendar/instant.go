package calendar

import (
	"database/sql/driver"
	"fmt"
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

// vietnam returns the one zone of all civil time in this program.
var vietnam = sync.OnceValue(func() *time.Location {
	zone, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil {
		panic(err) // time/tzdata is linked in: it can't be missing
	}
	return zone
})

// InstantOf returns the instant of t, cut down to the millisecond. Of the
// zero time.Time it is the zero Instant.
func InstantOf(t time.Time) Instant { return Instant{t.UnixMilli() + epochMillis} }

// InstantAt returns the instant at which clocks in Viet Nam show the hour and
// minute on the day d. Hour 24 is the end of the day (BLDS 2015 Đ.148 k.6). Of
// the zero Date it is the zero Instant.
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

// Civil returns i as the clocks of Viet Nam show it (Asia/Ho_Chi_Minh). It is
// the only way from an instant to an hour or a date.
func Civil(i Instant) time.Time { return i.Time().In(vietnam()) }

// Date returns the civil date of i in Viet Nam; absent where i is.
func (i Instant) Date() Date {
	if i.IsZero() {
		return Date{}
	}
	return dateOfTime(Civil(i))
}

// Time returns i as a time.Time in UTC; the zero time.Time where i is absent.
func (i Instant) Time() time.Time { return time.UnixMilli(i.ms - epochMillis).UTC() }

// Milli is the instant in milliseconds since 1970, as scripts count.
func (i Instant) Milli() int64 { return i.Time().UnixMilli() }

// IsZero reports whether i is absent.
func (i Instant) IsZero() bool { return i == Instant{} }

// Before reports whether i lies before j.
func (i Instant) Before(j Instant) bool { return i.ms < j.ms }

// After reports whether i lies after j.
func (i Instant) After(j Instant) bool { return i.ms > j.ms }

// Compare returns -1, 0 or +1, as [time.Time.Compare] does.
func (i Instant) Compare(j Instant) int { return i.Time().Compare(j.Time()) }

// Sub returns the time from j to i.
func (i Instant) Sub(j Instant) time.Duration { return i.Time().Sub(j.Time()) }

// Add returns i moved by d, cut down to the millisecond.
func (i Instant) Add(d time.Duration) Instant { return InstantOf(i.Time().Add(d)) }

// String returns "2026-10-20T02:42:00.000Z", and "" when absent.
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
