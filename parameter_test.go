package doithoai

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"doithoai/calendar"
)

func shipped[T any](t *testing.T, name string, parse func([]byte) (T, error)) T {
	t.Helper()
	b, err := os.ReadFile("store/defaults/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if strings.ContainsFunc(string(b), func(r rune) bool { return unicode.Is(unicode.Mn, r) }) {
		t.Errorf("%s isn't composed (NFC) text", name)
	}
	v, err := parse(b)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Each swapped day off has its day of work, and the other way round.
func TestShippedCalendarSwapsArePaired(t *testing.T) {
	off, worked := 0, 0
	for _, day := range shipped(t, "calendar.json", calendar.ParseCalendar).Days() {
		switch {
		case day.Kind == calendar.DayWorked:
			worked++
		case strings.Contains(day.Name, "hoán đổi"):
			off++
		}
	}
	if off == 0 || off != worked {
		t.Errorf("%d days swapped off, %d worked for them", off, worked)
	}
}

// A past dialogue is judged by the law of its day.
func TestNoticeDaysByLawOfTheDay(t *testing.T) {
	ps := shipped(t, "parameters.json", ParseParameters)
	for _, c := range []struct {
		on    calendar.Date
		basis string
	}{
		{calendar.DateOf(2024, 6, 1), "77/2015"},
		{calendar.DateOf(2025, 6, 15), "77/2015"},
		{calendar.DateOf(2025, 6, 16), "72/2025"},
		{calendar.DateOf(2026, 11, 22), "72/2025"},
	} {
		p, ok := ps.At("notice.days", c.on)
		if !ok || !strings.Contains(p.Basis, c.basis) || p.HouseDefault() {
			t.Errorf("notice.days on %s: %+v, %v; want the basis %s", c.on, p, ok, c.basis)
		}
		if term, err := p.Term(); err != nil || term != (calendar.Term{N: 7, Unit: calendar.Days}) {
			t.Errorf("notice.days on %s: %v, %v", c.on, term, err)
		}
	}
}

func TestShippedParameters(t *testing.T) {
	ps := shipped(t, "parameters.json", ParseParameters)
	now := calendar.DateOf(2026, 11, 22)
	for key, want := range map[string]string{ // the starting configuration, with the unit of each value
		"notice.days": "7 days", "result.publish": "10 days", "posting.days": "30 days", "loudspeaker.days": "3 days",
		"dialogue.per_year": "1 times", "dialogue.request.percent": "10 percent",
		"transfer.within": "5 workdays", "status.notice": "10 workdays", "refusal.notice": "3 workdays",
		"answer.simple": "5 workdays", "answer.complex": "10 workdays", "answer.verify": "20 workdays",
		"urging.before": "2 workdays", "urging.level1": "1 workdays",
		"urging.level2": "5 workdays", "urging.level3": "10 workdays",
		"speaking.minutes": "3 minutes", "speaking.minutes.max": "5 minutes",
		"online.notice": "5 workdays", "online.test": "1 workdays",
		"group.min": "5 people", "group.small.reps.min": "1 people",
		"group.small.reps.max": "2 people", "group.large.reps.max": "5 people",
		"survey.days": "10 days", "survey.small": "10 count", "publication.identity": "anonymous word",
	} {
		p, ok := ps.At(key, now)
		if got := p.Value + " " + string(p.Unit); !ok || got != want {
			t.Errorf("%s is %s, %v; want %s", key, got, ok, want)
		}
	}
	law := []string{"notice.days", "result.publish", "posting.days", "loudspeaker.days", "dialogue.per_year",
		"dialogue.request.percent", "transfer.within", "status.notice", "refusal.notice", "group.min",
		"online.notice", "online.test"}
	house := []string{"answer.simple", "answer.complex", "answer.verify", "urging.before", "urging.level1",
		"urging.level2", "urging.level3", "speaking.minutes", "speaking.minutes.max", "survey.days", "survey.small"}
	for _, key := range slices.Concat(law, house) {
		p, _ := ps.At(key, now)
		if p.HouseDefault() != slices.Contains(house, key) {
			t.Errorf("%s: basis %q", key, p.Basis)
		}
		if !p.HouseDefault() && p.Certainty != calendar.Certain {
			t.Errorf("%s rests on law that is only %s", key, p.Certainty)
		}
	}
}

// Each row that rests on law names a basis which was in force as long as the
// row is, and no other row names one.
func TestShippedParametersRestOnBasesInForce(t *testing.T) {
	ps := shipped(t, "parameters.json", ParseParameters)
	bases := shipped(t, "legal_bases.json", ParseLegalBases)
	for _, p := range ps {
		if p.HouseDefault() {
			if p.BasisKey != "" {
				t.Errorf("%s from %s: a house default with the basis %s", p.Key, p.From, p.BasisKey)
			}
			continue
		}
		b, ok := bases.ByKey(p.BasisKey)
		if !ok || !strings.Contains(p.Basis, b.Number) {
			t.Errorf("%s from %s: basis %q is not %q", p.Key, p.From, p.Basis, p.BasisKey)
			continue
		}
		if !b.InForce(p.From) || (p.To.IsZero() && !b.To.IsZero()) || (!p.To.IsZero() && !b.InForce(p.To)) {
			t.Errorf("%s from %s to %s: %s was in force from %s to %s", p.Key, p.From, p.To, b.Number, b.From, b.To)
		}
	}
	for _, b := range bases {
		next, ok := bases.ByKey(b.ReplacedBy)
		if ok && !b.To.IsZero() && !next.InForce(b.To.AddDays(1)) {
			t.Errorf("%s ends %s, but %s doesn't follow", b.Number, b.To, next.Number)
		}
	}
}

func TestLegalBasisInForce(t *testing.T) {
	bases := shipped(t, "legal_bases.json", ParseLegalBases)
	for _, c := range []struct {
		key  string
		on   calendar.Date
		want bool
	}{
		{"luat-77-2015-qh13", calendar.DateOf(2024, 1, 8), true},
		{"luat-77-2015-qh13", calendar.DateOf(2025, 6, 16), false},
		{"luat-72-2025-qh15", calendar.DateOf(2025, 6, 15), false},
		{"luat-72-2025-qh15", calendar.DateOf(2026, 11, 22), true},
		{"kh-232-kh-ubnd-tp-quang-ngai", calendar.DateOf(2024, 1, 8), true},
		{"kh-232-kh-ubnd-tp-quang-ngai", calendar.DateOf(2026, 1, 8), false},
		{"nd-309-2026-nd-cp", calendar.DateOf(2026, 11, 22), false}, // nobody entered since when
	} {
		b, ok := bases.ByKey(c.key)
		if !ok || b.InForce(c.on) != c.want {
			t.Errorf("%s on %s: in force %v, found %v", c.key, c.on, !c.want, ok)
		}
	}
}

func TestShippedFields(t *testing.T) {
	fields := shipped(t, "fields.json", ParseFields)
	if len(fields) != 18 {
		t.Errorf("%d fields, want 18", len(fields))
	}
	for _, f := range fields {
		if f.Conduct != (f.Name == "Thái độ phục vụ") {
			t.Errorf("%s is about conduct: %v", f.Name, f.Conduct)
		}
	}
}

func TestParametersAt(t *testing.T) {
	ps := Parameters{
		{Key: "a", Value: "2", Unit: UnitDays, From: calendar.DateOf(2025, 1, 1)},
		{Key: "a", Value: "1", Unit: UnitDays, From: calendar.DateOf(2024, 1, 1)}, // the office didn't close the older row
		{Key: "b", Value: "x", Unit: UnitWord, From: calendar.DateOf(2024, 1, 1), To: calendar.DateOf(2024, 12, 31)},
		{Key: "c", Value: "3", Unit: UnitPeople, From: calendar.DateOf(2024, 1, 1)},
	}
	for _, c := range []struct {
		key  string
		on   calendar.Date
		want string
	}{
		{"a", calendar.DateOf(2023, 12, 31), ""}, {"a", calendar.DateOf(2024, 12, 31), "1"},
		{"a", calendar.DateOf(2025, 1, 1), "2"}, {"b", calendar.DateOf(2024, 12, 31), "x"},
		{"b", calendar.DateOf(2025, 1, 1), ""}, {"none", calendar.DateOf(2025, 1, 1), ""},
	} {
		if p, ok := ps.At(c.key, c.on); p.Value != c.want || ok != (c.want != "") {
			t.Errorf("%s on %s: %q, %v; want %q", c.key, c.on, p.Value, ok, c.want)
		}
	}
	for _, key := range []string{"b", "c", "none"} {
		if term, err := ps.TermAt(key, calendar.DateOf(2024, 6, 1)); err == nil {
			t.Errorf("%s is the term %v", key, term)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	const row = `{"key":"a","group":"notice","label":"A","value":"7","unit":"days","from":"2024-01-01","to":null,` +
		`"basis":null,"basis_key":"","certainty":"likely"}`
	if ps, err := ParseParameters([]byte("[" + row + "]")); err != nil || !ps[0].HouseDefault() {
		t.Fatalf("read %+v, %v", ps, err)
	}
	change := func(old, with string) string {
		if !strings.Contains(row, old) {
			t.Fatalf("no %s in the row", old)
		}
		return strings.Replace(row, old, with, 1)
	}
	for name, rows := range map[string]string{
		"unknown field":  change(`"label"`, `"labels"`),
		"unknown group":  change(`"notice"`, `"x"`),
		"unknown unit":   change(`"days"`, `"weeks"`),
		"no certainty":   change(`"likely"`, `""`),
		"a word":         change(`"7"`, `"seven"`),
		"negative":       change(`"7"`, `"-7"`),
		"no first day":   change(`"2024-01-01"`, `null`),
		"ends too early": change(`"to":null`, `"to":"2023-01-01"`),
		"twice on a day": row + "," + change(`"2024-01-01"`, `"2025-01-01"`),
	} {
		if _, err := ParseParameters([]byte("[" + rows + "]")); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	const basis = `{"key":"a","kind":"Luật","number":"1","date":null,"issuer":"b","abstract":"c","from":null,` +
		`"to":null,"replaced_by":"","certainty":"likely","note":""}`
	if _, err := ParseLegalBases([]byte("[" + basis + "]")); err != nil {
		t.Fatal(err)
	}
	for name, rows := range map[string]string{
		"twice":               basis + "," + basis,
		"replaced by nothing": strings.Replace(basis, `"replaced_by":""`, `"replaced_by":"z"`, 1),
		"no issuer":           strings.Replace(basis, `"issuer":"b"`, `"issuer":""`, 1),
	} {
		if _, err := ParseLegalBases([]byte("[" + rows + "]")); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	for name, rows := range map[string]string{
		"no conduct":  `{"code":"a","name":"A","conduct":false}`,
		"two conduct": `{"code":"a","name":"A","conduct":true},{"code":"b","name":"B","conduct":true}`,
		"twice":       `{"code":"a","name":"A","conduct":true},{"code":"a","name":"B","conduct":false}`,
		"no name":     `{"code":"a","name":"","conduct":true}`,
	} {
		if _, err := ParseFields([]byte("[" + rows + "]")); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
