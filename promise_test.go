package doithoai

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"doithoai/calendar"
)

// TestStatesOfPromisesAreDrawn keeps the drawing in docs/states.md equal to the state machine.
func TestStatesOfPromisesAreDrawn(t *testing.T) {
	var arrows []string
	for _, m := range promiseMoves {
		arrows = append(arrows, fmt.Sprintf("%s --> %s: %s", cmp.Or(string(m.From), "[*]"), m.To, m.Act))
	}
	at := func(s string) int { return slices.Index(PromiseStates, PromiseState(strings.Fields(s)[0])) }
	slices.SortFunc(arrows, func(a, b string) int { return cmp.Or(at(a)-at(b), strings.Compare(a, b)) })
	keepPart(t, "docs/states.md", "the drawing of promises",
		"\n```mermaid\nstateDiagram-v2\n  "+strings.Join(arrows, "\n  ")+"\n```\n\n")
}

// promiseCalendar is one of plain weeks.
func promiseCalendar(t *testing.T) calendar.Calendar {
	t.Helper()
	c, err := calendar.NewCalendar("1", nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// fieldsOf are the fields at which an error has problems.
func fieldsOf(err error) (fields []string) {
	for _, p := range ProblemsOf(err) {
		fields = append(fields, p.Field)
	}
	return fields
}

func TestPromisingProblems(t *testing.T) {
	wednesday := calendar.DateOf(2024, 10, 23)
	good := Promised{UnitID: "dia-chinh", What: "Đo lại thửa đất", Due: wednesday.AddDays(2)}
	old := Promised{UnitID: "đã thôi", What: "Trả hồ sơ", Due: wednesday.AddDays(-30)}
	by := Promising{
		Units:   []Unit{{ID: "dia-chinh"}, {ID: "tu-phap"}},
		Stands:  []Promise{{Promised: old, State: PromiseOpen}},
		Subject: Subject{ConcernedUnits: []ID{"tu-phap"}}, Calendar: promiseCalendar(t), Today: wednesday,
		Gates: Gates{{Who: Petitioner{Name: "Nguyễn Văn An"}, Spelling: lowered}},
	}
	with := func(change func(*Promised)) []Promised {
		l := good
		change(&l)
		return []Promised{l}
	}
	for _, tt := range []struct {
		name  string
		lines []Promised
		want  []string
	}{
		{"nothing", nil, nil},
		{"good", []Promised{good}, nil},
		{"today", with(func(l *Promised) { l.Due = wednesday }), nil},
		{"goes on though late and of a unit that is over", []Promised{old, good}, nil},
		{"an empty line", []Promised{{}}, []string{"hua-don-vi-1", "hua-viec-1", "hua-han-1"}},
		{"another's unit", with(func(l *Promised) { l.UnitID = "khác" }), []string{"hua-don-vi-1"}},
		{"of whom it is about", with(func(l *Promised) { l.UnitID = "tu-phap" }), []string{"hua-don-vi-1"}},
		{"no words", with(func(l *Promised) { l.What = "" }), []string{"hua-viec-1"}},
		{"too long", with(func(l *Promised) { l.What = strings.Repeat("ộ", MaxPromise+1) }), []string{"hua-viec-1"}},
		{"a name", with(func(l *Promised) { l.What = "Mời ông Nguyễn Văn An" }), []string{"hua-viec-1"}},
		{"past", with(func(l *Promised) { l.Due = wednesday.AddDays(-1) }), []string{"hua-han-1"}},
		{"a Saturday", with(func(l *Promised) { l.Due = wednesday.AddDays(3) }), []string{"hua-han-1"}},
		{"another day for what goes on", []Promised{{old.UnitID, old.What, wednesday.AddDays(-29)}},
			[]string{"hua-don-vi-1", "hua-han-1"}},
		{"twice", []Promised{good, good}, []string{"hua-viec-2"}},
	} {
		if got := fieldsOf(RefuseForm(by.Problems(tt.lines))); !slices.Equal(got, tt.want) {
			t.Errorf("%s: problems at %v, want %v", tt.name, got, tt.want)
		}
	}
	several := by
	if several.Several = true; len(several.Problems([]Promised{good})) != 1 || len(several.Problems(nil)) != 0 {
		t.Error("one answer to several opinions promises something")
	}
	if lines := PromisesOf(good, old).Lines(); !slices.Equal(lines, []Promised{good, old}) {
		t.Errorf("lines %+v", lines)
	}
	if by.Changes([]Promised{old}) || !by.Changes(nil) || !by.Changes([]Promised{old, good}) {
		t.Error("what a correction changes is not seen")
	}
	if by.PastDue([]Promised{old, good}) || !by.PastDue(with(func(l *Promised) { l.Due = wednesday.AddDays(-1) })) {
		t.Error("what is past when it is signed is not seen")
	}
}

// A promise is kept in time where it is recorded in time; late it stays for good.
func TestPromiseIsLate(t *testing.T) {
	due := calendar.DateOf(2024, 10, 25) // a Friday
	c := promiseCalendar(t)
	open := Promise{
		ID: "p", Promised: Promised{What: "Đo đất", Due: due}, State: PromiseOpen,
		MadeAt: calendar.InstantAt(due.AddDays(-10), 9, 0),
	}
	for days, late := range map[int]bool{-1: false, 0: false, 1: true, 3: true, 30: true} {
		at := calendar.InstantAt(due.AddDays(days), 9, 0)
		if open.Late(at.Date(), c) != late {
			t.Errorf("%d days after: late %v", days, !late)
		}
		kept, facts, err := open.Keep(open.MadeAt.Date(), "Đã đo.", "a", Gates{{Spelling: lowered}}, at, c)
		if err != nil {
			t.Fatal(err)
		}
		was := open.Late(at.Date(), c)
		if kept.Missed != was || facts.Late != was || kept.Late(due, c) != was || facts.Promise != "p" {
			t.Errorf("kept %d days after: %+v, facts %+v", days, kept, facts)
		}
		back, facts, err := kept.WithdrawKept("a", at.Date())
		if err != nil || back.State != PromiseOpen || back.Missed != was || facts.Late != was {
			t.Errorf("taken back %d days after: %+v, %v", days, back, err)
		}
		broken, _, err := open.Break("Không có máy.", "a", Gates{{Spelling: lowered}}, at, c)
		if err != nil || broken.Missed != was {
			t.Errorf("broken %d days after: %+v, %v", days, broken, err)
		}
		begin, replaced := Promising{Stands: []Promise{open}, Calendar: c}.Settle(nil, 2, "a", at)
		if len(begin) != 0 || len(replaced) != 1 || replaced[0].Missed != was || replaced[0].ReplacedBy != 2 ||
			replaced[0].State != PromiseReplaced {
			t.Errorf("replaced %d days after: %+v", days, replaced)
		}
	}
	if !open.Late(due.AddDays(4), c) || open.Late(due, c) {
		t.Error("an open promise is not late when its day is past")
	}
}

func TestPromiseRules(t *testing.T) {
	made := calendar.InstantAt(calendar.DateOf(2024, 10, 21), 9, 0)
	now, c, g := calendar.InstantAt(calendar.DateOf(2024, 10, 23), 9, 0), promiseCalendar(t),
		Gates{{Who: Petitioner{Name: "Nguyễn Văn An"}, Spelling: lowered}}
	open := Promise{State: PromiseOpen, MadeAt: made, Promised: Promised{Due: now.Date()}}
	for _, tt := range []struct {
		name string
		done calendar.Date
		said string
		want []string
	}{
		{"good", now.Date(), "Đã đo.", nil},
		{"on the day of the promise", made.Date(), "Đã đo.", nil},
		{"nothing", calendar.Date{}, "", []string{FieldKeptOn, FieldKeptSaid}},
		{"to come", now.Date().AddDays(1), "Đã đo.", []string{FieldKeptOn}},
		{"before it was made", made.Date().AddDays(-1), "Đã đo.", []string{FieldKeptOn}},
		{"a name", now.Date(), "Đã đo cho ông Nguyễn Văn An.", []string{FieldKeptSaid}},
	} {
		_, _, err := open.Keep(tt.done, tt.said, "a", g, now, c)
		if got := fieldsOf(err); !slices.Equal(got, tt.want) {
			t.Errorf("%s: problems at %v", tt.name, got)
		}
	}
	for _, why := range []string{"", "Ông Nguyễn Văn An không đồng ý.", strings.Repeat("ộ", MaxMatter+1)} {
		if _, _, err := open.Break(why, "a", g, now, c); !slices.Equal(fieldsOf(err), []string{FieldBrokenSaid}) {
			t.Errorf("broken for %.30q: %v", why, err)
		}
	}
	for _, s := range PromiseStates {
		p := open
		p.State, p.EndedBy, p.EndedAt = s, "a", now
		_, _, keep := p.Keep(now.Date(), "Đã đo.", "a", g, now, c)
		_, _, broken := p.Break("Không có máy.", "a", g, now, c)
		_, _, back := p.WithdrawKept("a", now.Date())
		isOpen, isKept := s == PromiseOpen, s == PromiseKept
		if (keep == nil) != isOpen || (broken == nil) != isOpen || (back == nil) != isKept {
			t.Errorf("from %s: %v, %v, %v", s, keep, broken, back)
		}
	}
	kept := open
	kept.State, kept.EndedBy, kept.EndedAt = PromiseKept, "a", now
	if kept.WithdrawableBy("b", now.Date()) || kept.WithdrawableBy("a", now.Date().AddDays(1)) ||
		kept.WithdrawableBy("", now.Date()) {
		t.Error("who did not record it, or not today, takes it back")
	}
}
