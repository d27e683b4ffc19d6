package text

import (
	"strings"
	"sync"
	"testing"
)

func TestFor(t *testing.T) {
	for lang, want := range map[string]string{"vi": "vi", "en": "en", "": "vi", "fr": "vi", "EN": "vi", "../en": "vi"} {
		if got := For(lang).Lang(); got != want {
			t.Errorf("For(%q).Lang() = %q, want %q", lang, got, want)
		}
	}
	if got := (Printer{}).Lang(); got != "vi" {
		t.Errorf("the zero Printer speaks %q, want vi", got)
	}
	if For("vi") != (Printer{}) || For("en") == For("vi") {
		t.Error("printers do not compare by language")
	}
}

func TestT(t *testing.T) {
	tests := []struct {
		lang, key string
		args      []any
		want      string
	}{
		{"vi", "date.due.today", nil, "hôm nay"},
		{"en", "date.due.today", nil, "today"},
		{"vi", "date.due.today", []any{"count", 3}, "hôm nay"},
		{"vi", "date.due.days_left", []any{"count", 5}, "còn 5 ngày"},
		{"en", "date.due.days_left", []any{"count", 5}, "5 days left"},
		{"en", "date.due.days_left", []any{"count", 1}, "1 day left"},
		{"vi", "date.due.days_left", []any{"count", 1200}, "còn 1.200 ngày"},
		{"en", "date.due.days_left", []any{"count", 1200}, "1,200 days left"},
		{"en", "settings.holidays.in_year", []any{"year", 2027}, "In 2027"},
		{"en", "date.due.days_left", []any{"count", "<b>"}, "<b> days left"},
		{"en", "date.due.days_left", nil, "⟦count⟧ days left"},
		{"vi", "date.due.days_left", []any{"count"}, "còn ⟦count⟧ ngày"},
		{"vi", "date.short", []any{"date", []int{1}, "weekday", nil}, "<nil>, [1]"},
		{"vi", "date.short", []any{[]int{1}, 2, "weekday", "T2", "date", "{{.weekday}}"}, "T2, {{.weekday}}"},
		{"vi", "no.such.key", nil, "⟦no.such.key⟧"},
		{"en", "", nil, "⟦⟧"},
	}
	for _, tt := range tests {
		if got := For(tt.lang).T(tt.key, tt.args...); got != tt.want {
			t.Errorf("%s: T(%q, %v) = %q, want %q", tt.lang, tt.key, tt.args, got, tt.want)
		}
	}
}

func TestParsePhrase(t *testing.T) {
	for _, src := range []string{
		"{{name}}", "{{.Name}}", "{{ .name }}", "{{.name", "name}}", "{{if .a}}b{{end}}", "{{.a.b}}",
	} {
		if p, err := parsePhrase(src); err == nil {
			t.Errorf("parsePhrase(%q) = %v, want an error", src, p)
		}
	}
	p, err := parsePhrase("{{.a}}{{.b_2}} và {{.a}}")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := p.fill(conventions{}, []any{"a", 1, "b_2", "x"}), "1x và 1"; got != want {
		t.Errorf("fill = %q, want %q", got, want)
	}
}

// Plural forms are parsed at their first use, from any goroutine; run with -race.
func TestPrinterIsSafeForConcurrentUse(t *testing.T) {
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			p := For([]string{"vi", "en"}[i%2])
			if s := p.Due(3, true); !strings.Contains(s, "3") {
				t.Errorf("Due = %q", s)
			}
		})
	}
	wg.Wait()
}

func TestPlainMessageCostsNoAllocation(t *testing.T) {
	p := For("vi")
	if n := testing.AllocsPerRun(100, func() { p.T("date.due.today") }); n != 0 {
		t.Errorf("a plain message allocates %v times, want 0", n)
	}
}

func BenchmarkPlainMessage(b *testing.B) {
	p := For("vi")
	for b.Loop() {
		p.T("date.due.today")
	}
}

func BenchmarkMessageWithFields(b *testing.B) {
	p := For("vi")
	for b.Loop() {
		p.T("date.short", "weekday", "CN", "date", "25/10/2026")
	}
}

func BenchmarkPluralMessage(b *testing.B) {
	p := For("en")
	for b.Loop() {
		p.T("date.due.days_left", "count", 5)
	}
}
