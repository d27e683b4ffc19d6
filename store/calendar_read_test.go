package store

import (
	"strings"
	"testing"

	"doithoai/calendar"
)

// textRow is a row of one column, a text.
type textRow string

func (r textRow) Scan(to ...any) error {
	*to[0].(*[]byte) = []byte(r)
	return nil
}

// Calendars that were read are kept by their text, not by their version, and no more than so many.
func TestReadCalendars(t *testing.T) {
	var c readCalendars
	read := func(text string) (calendar.Calendar, error) { return c.scan(textRow(text)) }
	day := calendar.DateOf(2026, 9, 2)
	off := `{"version": "1", "days": [{"date": "2026-09-02", "name": "Quốc khánh", "kind": "off", "source": "BLLĐ", ` +
		`"certainty": "certain"}]}`
	for range 2 {
		got, err := read(off)
		must(t, err)
		if got.Works(day) {
			t.Error("a day off is worked")
		}
		other, err := read(`{"version": "1", "days": []}`)
		must(t, err)
		if !other.Works(day) {
			t.Error("another calendar of the same version was read as the first one")
		}
		if _, err := read(`{"version": ""}`); err == nil {
			t.Error("a calendar without a version was read")
		}
	}
	if len(c.read) != 2 {
		t.Errorf("%d calendars are kept, want 2", len(c.read))
	}
	for i := range 3 * maxCalendars {
		if _, err := read(`{"version": "1` + strings.Repeat("1", i) + `"}`); err != nil {
			t.Fatal(err)
		}
	}
	if len(c.read) > maxCalendars {
		t.Errorf("%d calendars are kept", len(c.read))
	}
}
