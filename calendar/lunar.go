package calendar

import "math"

// Lunar is a day of the Vietnamese lunar calendar. Leap marks a leap month,
// which follows the month of the same number.
type Lunar struct {
	Day, Month, Year int
	Leap             bool
}

// The calendar is reckoned for the meridian of UTC+7, in force since 1968:
// a month begins on the day of the new moon; the month that holds the winter
// solstice is the 11th; where 13 months begin between two such months, the
// first in which the sun enters no new sector of 30° (no "trung khí") is a
// leap month. Positions follow J. Meeus, Astronomical Algorithms, 2nd edition,
// chapters 25 and 49. Checked day by day from 1968 to 2071; later, a new moon
// near midnight hangs on how the earth's rotation will have slowed.

const (
	julianOfZero = 2440588  // the Julian day number of 1970-01-01, day 0 of dayNumber
	zoneDays     = 7.0 / 24 // UTC+7
)

// dayNumber counts civil days, 0 being 1970-01-01.
func dayNumber(d Date) int { return Date{1970, 1, 1}.DaysUntil(d) }

// dateOfNumber reverses dayNumber.
func dateOfNumber(n int) Date { return Date{1970, 1, 1}.AddDays(n) }

// LunarOf returns the lunar date of the civil date d.
func LunarOf(d Date) Lunar {
	n := dayNumber(d)
	year := lunarSpanOf(d.Year)
	if n >= newMoonDay(year.end) {
		year = lunarSpanOf(d.Year + 1)
	}
	k := year.start
	for n >= newMoonDay(k+1) {
		k++
	}
	l := year.month(k)
	l.Day = n - newMoonDay(k) + 1
	return l
}

// Civil returns the civil date of l, and false where there is no such day.
func (l Lunar) Civil() (Date, bool) {
	span := lunarSpanOf(l.Year)
	if l.Month >= 11 {
		span = lunarSpanOf(l.Year + 1)
	}
	for k := span.start; k < span.end; k++ {
		m := span.month(k)
		m.Day = l.Day
		if m == l {
			n := newMoonDay(k) + l.Day - 1
			return dateOfNumber(n), l.Day >= 1 && n < newMoonDay(k+1)
		}
	}
	return Date{}, false
}

// NewYear returns the civil date of the first day of the lunar year that begins
// in the civil year given (mùng 1 Tết).
func NewYear(year int) Date {
	d, _ := Lunar{Day: 1, Month: 1, Year: year}.Civil()
	return d
}

// lunarSpan is the run of months from the 11th month of one lunar year up to,
// without it, that of the next. Months are named by the number of their new
// moon.
type lunarSpan struct {
	start, end int
	leap       int // the leap month; far before the start where there is none
	year       int // the civil year in which the span ends
}

// lunarSpanOf returns the span that ends in December of the civil year.
func lunarSpanOf(year int) lunarSpan {
	span := lunarSpan{solsticeMonth(year - 1), solsticeMonth(year), math.MinInt, year}
	if span.end-span.start == 13 {
		span.leap = span.start + 1
		for solarSector(newMoonDay(span.leap)) != solarSector(newMoonDay(span.leap+1)) {
			span.leap++
		}
	}
	return span
}

// month returns number, year and leap of month k of the span. The months are
// 11, 12, 1 … 10; a leap month repeats the number before it.
func (s lunarSpan) month(k int) Lunar {
	place := k - s.start
	if s.leap > s.start && k >= s.leap {
		place--
	}
	l := Lunar{Month: (place+10)%12 + 1, Year: s.year, Leap: k == s.leap}
	if l.Month >= 11 {
		l.Year--
	}
	return l
}

// solsticeMonth returns the month that holds the winter solstice of the year.
func solsticeMonth(year int) int {
	const capricorn = 9 // the sector from 270°
	solstice := dayNumber(Date{year, 12, 19})
	for solarSector(solstice+1) != capricorn {
		solstice++
	}
	k := int(math.Floor((float64(year) + 1 - 2000) * 12.3685))
	for newMoonDay(k) > solstice {
		k--
	}
	return k
}

// newMoonDay returns the civil day at UTC+7 of new moon k, 0 being that of
// 6 January 2000 (Meeus, chapter 49).
func newMoonDay(k int) int {
	kf := float64(k)
	t := kf / 1236.85
	jde := 2451550.09766 + 29.530588861*kf + t*t*(0.00015437-t*(0.000000150-t*0.00000000073))
	e := 1 - t*(0.002516+t*0.0000074)
	sun := degrees(2.5534 + 29.10535670*kf - t*t*(0.0000014+t*0.00000011))
	moon := degrees(201.5643 + 385.81693528*kf + t*t*(0.0107582+t*(0.00001238-t*0.000000058)))
	lat := degrees(160.7108 + 390.67050284*kf - t*t*(0.0016118+t*(0.00000227-t*0.000000011)))
	node := degrees(124.7746 - 1.56375588*kf + t*t*(0.0020672+t*0.00000215))
	for _, term := range newMoonTerms {
		angle := term.sun*sun + term.moon*moon + term.lat*lat + term.node*node
		jde += term.days * math.Pow(e, math.Abs(term.sun)) * math.Sin(angle)
	}
	for _, p := range planetTerms {
		jde += p.days * math.Sin(degrees(p.base+p.rate*kf+p.square*t*t))
	}
	return int(math.Floor(jde-clockLag(jde)+0.5+zoneDays)) - julianOfZero
}

// newMoonTerms are the periodic terms of the new moon, in days: the sine of a
// sum of multiples of the sun's and the moon's anomalies, the moon's argument
// of latitude and its node.
var newMoonTerms = []struct{ days, sun, moon, lat, node float64 }{
	{-0.40720, 0, 1, 0, 0}, {0.17241, 1, 0, 0, 0}, {0.01608, 0, 2, 0, 0}, {0.01039, 0, 0, 2, 0},
	{0.00739, -1, 1, 0, 0}, {-0.00514, 1, 1, 0, 0}, {0.00208, 2, 0, 0, 0}, {-0.00111, 0, 1, -2, 0},
	{-0.00057, 0, 1, 2, 0}, {0.00056, 1, 2, 0, 0}, {-0.00042, 0, 3, 0, 0}, {0.00042, 1, 0, 2, 0},
	{0.00038, 1, 0, -2, 0}, {-0.00024, -1, 2, 0, 0}, {-0.00017, 0, 0, 0, 1}, {-0.00007, 2, 1, 0, 0},
	{0.00004, 0, 2, -2, 0}, {0.00004, 3, 0, 0, 0}, {0.00003, 1, 1, -2, 0}, {0.00003, 0, 2, 2, 0},
	{-0.00003, 1, 1, 2, 0}, {0.00003, -1, 1, 2, 0}, {-0.00002, -1, 1, -2, 0}, {-0.00002, 1, 3, 0, 0},
	{0.00002, 0, 4, 0, 0},
}

// planetTerms are the planets' terms of the new moon, in days; angles in
// degrees.
var planetTerms = []struct{ days, base, rate, square float64 }{
	{0.000325, 299.77, 0.107408, -0.009173}, {0.000165, 251.88, 0.016321, 0}, {0.000164, 251.83, 26.651886, 0},
	{0.000126, 349.42, 36.412478, 0}, {0.000110, 84.66, 18.206239, 0}, {0.000062, 141.74, 53.303771, 0},
	{0.000060, 207.14, 2.453732, 0}, {0.000056, 154.84, 7.306860, 0}, {0.000047, 34.52, 27.261239, 0},
	{0.000042, 207.19, 0.121824, 0}, {0.000040, 291.34, 1.844379, 0}, {0.000037, 161.72, 24.198154, 0},
	{0.000035, 239.56, 25.513099, 0}, {0.000023, 331.55, 3.592518, 0},
}

// solarSector returns the sector of 30° in which the sun stands at midnight
// UTC+7, when the civil day n begins: 0 from the spring equinox, 9 from the
// winter solstice (Meeus, chapter 25, the lower accuracy: 0.01°).
func solarSector(n int) int {
	jd := float64(n+julianOfZero) - 0.5 - zoneDays
	t := (jd + clockLag(jd) - 2451545) / 36525
	m := degrees(357.52911 + t*(35999.05029-t*0.0001537))
	centre := (1.914602-t*(0.004817+t*0.000014))*math.Sin(m) +
		(0.019993-t*0.000101)*math.Sin(2*m) + 0.000289*math.Sin(3*m)
	apparent := 280.46646 + t*(36000.76983+t*0.0003032) + centre -
		0.00569 - 0.00478*math.Sin(degrees(125.04-1934.136*t))
	return int(math.Mod(math.Mod(apparent, 360)+360, 360) / 30)
}

// clockLag returns how many days universal time lags behind uniform time near
// the Julian day (Espenak and Meeus, polynomial of 2005 to 2050).
func clockLag(jd float64) float64 {
	y := (jd - 2451545) / 365.25
	return (62.92 + y*(0.32217+y*0.005589)) / 86400
}

// degrees turns degrees into radians.
func degrees(x float64) float64 { return x * math.Pi / 180 }
