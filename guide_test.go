package doithoai

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"doithoai/calendar"
)

// TestStatesOfGuidesAreDrawn keeps the drawing in docs/states.md equal to the state machine.
func TestStatesOfGuidesAreDrawn(t *testing.T) {
	var arrows []string
	for _, m := range guideMoves {
		for _, from := range m.From {
			arrows = append(arrows, fmt.Sprintf("%s --> %s: %s", cmp.Or(string(from), "[*]"), m.To, m.Act))
		}
	}
	at := func(s string) int { return slices.Index(GuideStates, GuideState(strings.Fields(s)[0])) }
	slices.SortFunc(arrows, func(a, b string) int { return cmp.Or(at(a)-at(b), strings.Compare(a, b)) })
	keepPart(t, "docs/states.md", "the drawing of reference pages",
		"\n```mermaid\nstateDiagram-v2\n  "+strings.Join(arrows, "\n  ")+"\n```\n\n")
}

func TestCeasedIn(t *testing.T) {
	day := calendar.DateOf(2026, 7, 1)
	bases := LegalBases{
		{Key: "luat", Number: "31/2024/QH15", From: calendar.DateOf(2024, 8, 1)},
		{Key: "ended", Number: "12/2020/NQ-HĐND", From: calendar.DateOf(2020, 1, 1), To: day.AddDays(-1)},
		{Key: "replaced", Number: "9/2021/QĐ-UBND", From: calendar.DateOf(2021, 1, 1), ReplacedBy: "middle"},
		{Key: "middle", Number: "10/2023/QĐ-UBND", From: calendar.DateOf(2023, 1, 1), To: day, ReplacedBy: "newest"},
		{Key: "newest", Number: "11/2026/QĐ-UBND", From: day.AddDays(1)},
		{Key: "ours", Number: "5/2022/NQ-HĐND", Issuer: "xã", From: calendar.DateOf(2022, 1, 1), To: day.AddDays(-9)},
		{Key: "theirs", Number: "5/2022/NQ-HĐND", Issuer: "tỉnh", From: calendar.DateOf(2022, 1, 1)},
	}
	for _, tt := range []struct {
		said    string
		until   calendar.Date
		ceased  string // its key, on the day
		instead string
	}{
		{"Luật Đất đai số 31/2024/QH15", calendar.Date{}, "", ""},
		{"Nghị quyết số 12/2020/NQ-HĐND; Luật số 31/2024/QH15", day.AddDays(-1), "ended", ""},
		{"Quyết định 9/2021/QĐ-UBND", calendar.DateOf(2022, 12, 31), "replaced", "middle"},
		{"Quyết định 10/2023/qđ-ubnd", day, "", ""},
		{"Nghị quyết 5/2022/NQ-HĐND", calendar.Date{}, "", ""}, // one of the two is in force
		{"Nghị quyết 7/2022/NQ-HĐND", calendar.Date{}, "", ""},
	} {
		if got := bases.holdUntil(tt.said); got != tt.until {
			t.Errorf("%s holds until %s, want %s", tt.said, got, tt.until)
		}
		var key, instead string
		for _, c := range bases.CeasedIn(tt.said, day) {
			key, instead = c.Basis.Key, c.Instead.Key
		}
		if key != tt.ceased || instead != tt.instead {
			t.Errorf("%s: %q ceased, %q instead", tt.said, key, instead)
		}
	}
	other := slices.Clone(bases)
	other[3].To = day.AddDays(5)
	if got := bases.NumbersChanged(other); !slices.Equal(got, []string{"10/2023/QĐ-UBND"}) {
		t.Errorf("changed %v", got)
	}
	other[4].From = day.AddDays(-9)
	other[4].To = calendar.Date{}
	if got := bases.NumbersChanged(other[:6]); !slices.Contains(got, "5/2022/NQ-HĐND") {
		t.Errorf("without the other body's: changed %v", got)
	}
}

// What holds in lists of due pages is what the page says on each day.
func TestGuideHolds(t *testing.T) {
	day := calendar.DateOf(2026, 7, 1)
	bases := LegalBases{{Key: "a", Number: "12/2020/NQ-HĐND", From: day.AddDays(-900), To: day.AddDays(30)}}
	for _, reviewBy := range []calendar.Date{day.AddDays(10), day.AddDays(30), day.AddDays(50)} {
		g := Guide{State: GuidePublished, GuideText: GuideText{Basis: "NQ 12/2020/NQ-HĐND"}, ReviewBy: reviewBy}
		holds := g.Holds(bases)
		for n := range 60 {
			on := day.AddDays(n)
			if due := g.Due(bases, on); due.Any() != on.After(holds) {
				t.Errorf("to be reviewed by %s: on %s due %+v, holds until %s", reviewBy, on, due, holds)
			}
		}
	}
}
