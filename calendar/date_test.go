package calendar

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestInstantTextSortsAndReturns(t *testing.T) {
	base := time.Date(2026, 10, 20, 9, 42, 0, 999_999_999, vietnam())
	i := InstantOf(base)
	if got, want := i.String(), "2026-10-20T02:42:00.999Z"; got != want {
		t.Fatalf("String = %s, want %s: cut down to the millisecond, in UTC", got, want)
	}
	var texts []string
	for _, step := range []time.Duration{0, time.Millisecond, time.Second, 24 * time.Hour, 300 * 24 * time.Hour} {
		moved := i.Add(step)
		v, err := moved.Value()
		if err != nil {
			t.Fatal(err)
		}
		text := v.(string)
		texts = append(texts, text)
		if len(text) != len("2026-10-20T02:42:00.000Z") {
			t.Errorf("%s isn't of fixed width", text)
		}
		if moved.Sub(i) != step {
			t.Errorf("Sub = %v, want %v", moved.Sub(i), step)
		}
		if step > 0 && (!moved.After(i) || !i.Before(moved) || moved.Compare(i) != 1) {
			t.Errorf("%s doesn't come after %s", moved, i)
		}
	}
	if !slices.IsSorted(texts) {
		t.Errorf("texts don't sort as times do: %v", texts)
	}
	if _, err := InstantOf(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)).Value(); err == nil {
		t.Error("a year of five digits was bound")
	}
}

func TestInstantScan(t *testing.T) {
	want := InstantOf(time.Date(2026, 10, 20, 2, 42, 0, 500e6, time.UTC))
	for _, src := range []any{
		"2026-10-20T02:42:00.500Z",
		[]byte("2026-10-20T09:42:00.5+07:00"),
		"2026-10-20 02:42:00.5+00",
		"2026-10-20 09:42:00.5+07",
		time.Date(2026, 10, 20, 9, 42, 0, 500_400_000, vietnam()),
	} {
		var got Instant
		if err := got.Scan(src); err != nil || got != want {
			t.Errorf("Scan(%v) = %v, %v; want %v", src, got, err, want)
		}
	}
	got := want
	if err := got.Scan(nil); err != nil || !got.IsZero() {
		t.Errorf("Scan(nil) = %v, %v; want absent", got, err)
	}
	for _, src := range []any{"", "hôm nay", "2026-10-20", int64(7), true} {
		if err := got.Scan(src); err == nil {
			t.Errorf("Scan(%v) gave %v without an error", src, got)
		}
	}
}

func TestAbsent(t *testing.T) {
	if v, err := (Instant{}).Value(); v != nil || err != nil {
		t.Errorf("absent instant binds as %v, %v", v, err)
	}
	if v, err := (Date{}).Value(); v != nil || err != nil {
		t.Errorf("absent date binds as %v, %v", v, err)
	}
	if !InstantOf(time.Time{}).IsZero() || !(Instant{}).Time().IsZero() || !(Date{}).Time().IsZero() {
		t.Error("absent isn't the zero time")
	}
	if !(Instant{}).Date().IsZero() || !InstantAt(Date{}, 8, 0).IsZero() {
		t.Error("absent didn't stay absent")
	}
	if (Instant{}).String() != "" || (Date{}).String() != "" {
		t.Error("absent prints something")
	}
	if InstantOf(time.Unix(0, 0)).IsZero() {
		t.Error("1970 counts as absent")
	}
}

func TestCivil(t *testing.T) {
	for _, c := range []struct{ instant, clock string }{
		{"2026-10-20T02:42:00.000Z", "2026-10-20 09:42"},
		{"2026-10-20T16:59:59.999Z", "2026-10-20 23:59"},
		{"2026-10-20T17:00:00.000Z", "2026-10-21 00:00"},
		{"2025-12-31T17:00:00.000Z", "2026-01-01 00:00"},
	} {
		i, err := ParseInstant(c.instant)
		if err != nil {
			t.Fatal(err)
		}
		if got := Civil(i).Format("2006-01-02 15:04"); got != c.clock {
			t.Errorf("Civil(%s) = %s, want %s", c.instant, got, c.clock)
		}
		if got := i.Date().String(); got != c.clock[:10] {
			t.Errorf("(%s).Date() = %s, want %s", c.instant, got, c.clock[:10])
		}
	}
	if got := InstantAt(DateOf(2026, 10, 20), 9, 42).String(); got != "2026-10-20T02:42:00.000Z" {
		t.Errorf("InstantAt = %s", got)
	}
	if InstantAt(DateOf(2026, 10, 20), 24, 0) != InstantAt(DateOf(2026, 10, 21), 0, 0) {
		t.Error("24:00 isn't the start of the next day")
	}
}

func TestDateArithmetic(t *testing.T) {
	d := DateOf(2024, 2, 28)
	for _, c := range []struct {
		n    int
		want string
	}{{0, "2024-02-28"}, {1, "2024-02-29"}, {2, "2024-03-01"}, {-59, "2023-12-31"}, {366, "2025-02-28"}} {
		got := d.AddDays(c.n)
		if got.String() != c.want {
			t.Errorf("AddDays(%d) = %s, want %s", c.n, got, c.want)
		}
		if d.DaysUntil(got) != c.n {
			t.Errorf("DaysUntil(%s) = %d, want %d", got, d.DaysUntil(got), c.n)
		}
		if got.After(d) != (c.n > 0) || got.Before(d) != (c.n < 0) {
			t.Errorf("%s and %s are in the wrong order", got, d)
		}
	}
	if d.Weekday() != time.Wednesday {
		t.Errorf("28/02/2024 is a %s", d.Weekday())
	}
	q := []int{
		DateOf(2024, 1, 1).Quarter(), DateOf(2024, 3, 31).Quarter(),
		DateOf(2024, 4, 1).Quarter(), DateOf(2024, 12, 31).Quarter(),
	}
	if !slices.Equal(q, []int{1, 1, 2, 4}) {
		t.Errorf("quarters %v", q)
	}
	if DateOf(2024, 1, 32) != DateOf(2024, 2, 1) {
		t.Error("DateOf doesn't carry over")
	}
}

func TestParseDateVN(t *testing.T) {
	for _, s := range []string{"01/02/2024", "1/2/2024", " 1 / 2 / 2024 ", "1-2-2024", "01.02.2024"} {
		if d, err := ParseDateVN(s); err != nil || d != DateOf(2024, 2, 1) {
			t.Errorf("ParseDateVN(%q) = %s, %v", s, d, err)
		}
	}
	for _, s := range []string{"", "1/2", "1/2/24", "31/02/2024", "29/02/2023", "0/1/2024", "1/13/2024", "2024/02/01",
		"1/2/2024/3", "một/2/2024", "+1/2/2024", "001/2/2024", "1/2/20240", "1/2/0999"} {
		if d, err := ParseDateVN(s); err == nil {
			t.Errorf("ParseDateVN(%q) = %s without an error", s, d)
		}
	}
}

func TestReadDate(t *testing.T) {
	today := DateOf(2024, 10, 23)
	for s, want := range map[string]Date{
		"29/10": DateOf(2024, 10, 29), "29-10": DateOf(2024, 10, 29), "29.10": DateOf(2024, 10, 29),
		"29.10.2024": DateOf(2024, 10, 29), "29–10–2024": DateOf(2024, 10, 29), " 29 / 10 ": DateOf(2024, 10, 29),
		"29/10/24": DateOf(2024, 10, 29), "2024-10-29": DateOf(2024, 10, 29), "5/1": DateOf(2025, 1, 5),
		"23/4": DateOf(2025, 4, 23), "24/4": DateOf(2024, 4, 24), "20/5": DateOf(2024, 5, 20), "29/2": DateOf(2024, 2, 29),
		"mai": DateOf(2024, 10, 24), "Ngày  mai": DateOf(2024, 10, 24), "tomorrow": DateOf(2024, 10, 24),
		"hôm nay": today, "hôm qua": DateOf(2024, 10, 22), "+5": DateOf(2024, 10, 28),
		"+ 10": DateOf(2024, 11, 2), "+0": today, "hom nay": today, "Hom qua": DateOf(2024, 10, 22),
		"ngay mai": DateOf(2024, 10, 24), "ngay kia": DateOf(2024, 10, 25), "ngay mot": DateOf(2024, 10, 25),
		"+5 ngày": DateOf(2024, 10, 28), "+ 5 NGAY": DateOf(2024, 10, 28), "+1 day": DateOf(2024, 10, 24),
		"01/02/2024": DateOf(2024, 2, 1),
	} {
		if d, err := ReadDate(s, today); err != nil || d != want {
			t.Errorf("ReadDate(%q) = %s, %v; want %s", s, d, err, want)
		}
	}
	if d, err := ReadDate("29/2", DateOf(2026, 3, 1)); err != nil || d != DateOf(2028, 2, 29) {
		t.Errorf("29/2 in 2026 = %s, %v", d, err)
	}
	for _, s := range []string{"", "29", "31/2", "32/10", "1/13", "+", "+x", "-5",
		"+ngày", "+ ngày", "5 ngày", "+5 ngày ngày", "mot", "+99999", "một hôm", "1/2/3/4", "1/2/0", "0/1"} {
		if d, err := ReadDate(s, today); err == nil {
			t.Errorf("ReadDate(%q) = %s without an error", s, d)
		}
	}
}

// A date without its year is the nearest one; any spelling of a whole date is that date.
func FuzzReadDate(f *testing.F) {
	for _, s := range []string{"29/10", "29-10", "29.10.2024", "mai", "+5", "29/2", "1/2/24", "–/–"} {
		f.Add(s, 20000)
	}
	f.Fuzz(func(t *testing.T, s string, day int) {
		today := DateOf(1970, 1, 1).AddDays(abs(day % 60000))
		d, err := ReadDate(s, today)
		if err != nil {
			if !d.IsZero() {
				t.Fatalf("%q: %s with %v", s, d, err)
			}
			return
		}
		for _, layout := range []string{"2/1/2006", "02-01-2006", "02.01.2006", "2–1–2006"} {
			if again, err := ReadDate(d.Time().Format(layout), today); err != nil || again != d {
				t.Fatalf("%q is %s, which reads %s, %v", s, d, again, err)
			}
		}
		near, err := ReadDate(d.Time().Format("2/1"), today)
		if err != nil || near.Day != d.Day || near.Month != d.Month || near.Day < 29 && abs(today.DaysUntil(near)) > 183 {
			t.Fatalf("%s without its year is %s, %v, seen from %s", d, near, err, today)
		}
	})
}

func TestDateScan(t *testing.T) {
	want := DateOf(2026, 10, 20)
	for _, src := range []any{"2026-10-20", []byte("2026-10-20"), time.Date(2026, 10, 20, 0, 0, 0, 0, time.UTC)} {
		var got Date
		if err := got.Scan(src); err != nil || got != want {
			t.Errorf("Scan(%v) = %v, %v", src, got, err)
		}
	}
	got := want
	if err := got.Scan(nil); err != nil || !got.IsZero() {
		t.Errorf("Scan(nil) = %v, %v", got, err)
	}
	for _, src := range []any{"", "20/10/2026", "2026-02-30", 3.5} {
		if err := got.Scan(src); err == nil {
			t.Errorf("Scan(%v) gave %v without an error", src, got)
		}
	}
	for _, d := range []Date{{2024, 2, 30}, {2024, 0, 1}, {10000, 1, 1}} {
		if _, err := d.Value(); err == nil {
			t.Errorf("%d-%d-%d was bound", d.Year, d.Month, d.Day)
		}
	}
}

func TestDatesInJSON(t *testing.T) {
	type row struct {
		At   Instant
		On   Date
		None Instant
		Zero Date
	}
	in := row{At: InstantAt(DateOf(2026, 10, 20), 9, 42), On: DateOf(2026, 10, 20)}
	b, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"At":"2026-10-20T02:42:00.000Z","On":"2026-10-20","None":null,"Zero":null}`
	if string(b) != want {
		t.Fatalf("got %s, want %s", b, want)
	}
	var out row
	if err := json.Unmarshal(b, &out); err != nil || out != in {
		t.Errorf("read back %+v, %v", out, err)
	}
	if err := json.Unmarshal([]byte(`{"On":""}`), &out); err != nil || !out.On.IsZero() {
		t.Errorf("empty text read as %v, %v", out.On, err)
	}
	for _, bad := range []string{`{"On":"20/10/2026"}`, `{"On":5}`, `{"At":"2026-10-20"}`, `{"At":{}}`} {
		if err := json.NewDecoder(strings.NewReader(bad)).Decode(&out); err == nil {
			t.Errorf("%s was read", bad)
		}
	}
}

// What is read is a day that exists, and its plain form reads as the same day.
func FuzzParseDateVN(f *testing.F) {
	for _, s := range []string{"01/02/2024", " 1 - 2 . 2024 ", "29/2/2023", "", "//", "1/2/٢٠٢٤"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDateVN(s)
		if err != nil {
			if !d.IsZero() {
				t.Fatalf("%q: %s with %v", s, d, err)
			}
			return
		}
		if again, err := ParseDateVN(d.Time().Format("2/1/2006")); err != nil || again != d || !d.Valid() {
			t.Fatalf("%q is %s, which reads %s, %v", s, d, again, err)
		}
	})
}
