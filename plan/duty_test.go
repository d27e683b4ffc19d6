package plan

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// lawOfBoth are the product's parameters with the days off around the vectors of Annex B.
func lawOfBoth(t *testing.T) doithoai.Rules {
	t.Helper()
	b, err := os.ReadFile("../store/defaults/parameters.json")
	if err != nil {
		t.Fatal(err)
	}
	ps, err := doithoai.ParseParameters(b)
	if err != nil {
		t.Fatal(err)
	}
	var days []calendar.Day
	for d := calendar.DateOf(2026, 2, 16); !d.After(calendar.DateOf(2026, 2, 20)); d = d.AddDays(1) {
		days = append(days, calendar.Day{Date: d, Kind: calendar.DayOff, Name: "Tết Nguyên đán", Certainty: calendar.Likely})
	}
	c, err := calendar.NewCalendar("thu", days)
	if err != nil {
		t.Fatal(err)
	}
	return doithoai.Rules{Parameters: ps, Calendar: c}
}

func dutyAt(t *testing.T, d doithoai.Dialogue, rules doithoai.Rules, key DutyKey, proofs ...Proof) Duty {
	t.Helper()
	all := Duties(d, rules, proofs, calendar.Date{})
	i := slices.IndexFunc(all, func(d Duty) bool { return d.Key == key })
	if i < 0 {
		t.Fatalf("no duty %s", key)
	}
	return all[i]
}

// The vectors of Annex B: the day as the law counts it, and the working day beside it as advice.
func TestDutyDates(t *testing.T) {
	rules := lawOfBoth(t)
	for _, tt := range []struct {
		held        calendar.Date
		key         DutyKey
		due, advice calendar.Date
		basis       string
	}{
		{calendar.DateOf(2023, 10, 25), DutyResultMedia, calendar.DateOf(2023, 11, 4), calendar.DateOf(2023, 11, 6), ""},
		{calendar.DateOf(2026, 2, 6), DutyResultMedia, calendar.DateOf(2026, 2, 16), calendar.DateOf(2026, 2, 23),
			"72/2025/QH15"},
		{calendar.DateOf(2023, 10, 25), DutyNoticeMedia, calendar.DateOf(2023, 10, 18), calendar.DateOf(2023, 10, 18),
			"77/2015/QH13"},
		{calendar.DateOf(2026, 3, 1), DutyNoticeMedia, calendar.DateOf(2026, 2, 22), calendar.DateOf(2026, 2, 13),
			"72/2025/QH15"},
		{calendar.DateOf(2025, 6, 15), DutyNoticeMedia, calendar.DateOf(2025, 6, 8), calendar.DateOf(2025, 6, 6),
			"77/2015/QH13"},
		{calendar.DateOf(2025, 6, 16), DutyNoticeMedia, calendar.DateOf(2025, 6, 9), calendar.DateOf(2025, 6, 9),
			"72/2025/QH15"},
	} {
		d := dutyAt(t, doithoai.Dialogue{StartsAt: calendar.InstantAt(tt.held, 8, 0)}, rules, tt.key)
		if d.Due != tt.due || d.Advice != tt.advice ||
			!strings.Contains(d.Rule.Basis, tt.basis) || d.House != (tt.basis == "") {
			t.Errorf("%s of %s: %s, advised %s by %q (house %v)", tt.key, tt.held, d.Due, d.Advice, d.Rule.Basis, d.House)
		}
	}
	if d := dutyAt(t, doithoai.Dialogue{StartsAt: calendar.InstantAt(calendar.DateOf(2012, 5, 2), 8, 0)}, rules,
		DutyNoticeMedia); !d.Due.IsZero() {
		t.Errorf("a day of a time without rule: %s", d.Due)
	}
}

// Posting lasts thirty days running; what began late stays late, whatever follows.
func TestPostingLasts(t *testing.T) {
	rules := lawOfBoth(t)
	held := calendar.DateOf(2026, 5, 4)
	d := doithoai.Dialogue{StartsAt: calendar.InstantAt(held, 8, 0), ClosedAt: calendar.InstantAt(held, 11, 0)}
	from := func(day int, until calendar.Date) Proof {
		return Proof{Duty: DutyResultPosting, At: calendar.InstantAt(held.AddDays(day), 9, 0), Until: until}
	}
	for name, tt := range map[string]struct {
		proofs []Proof
		days   int
		state  StepState
		late   bool
	}{
		"not begun":        {nil, 0, StepWaits, true},
		"hangs":            {[]Proof{from(3, calendar.Date{})}, 1, StepDoing, false},
		"29 days":          {[]Proof{from(3, held.AddDays(31))}, 29, StepDoing, false},
		"30 days":          {[]Proof{from(3, held.AddDays(32))}, 30, StepDone, false},
		"two in a row":     {[]Proof{from(13, held.AddDays(32)), from(3, held.AddDays(12))}, 30, StepDone, false},
		"a day between":    {[]Proof{from(3, held.AddDays(12)), from(14, held.AddDays(35))}, 22, StepDoing, false},
		"one in the other": {[]Proof{from(3, held.AddDays(32)), from(5, held.AddDays(6))}, 30, StepDone, false},
		"begun late":       {[]Proof{from(11, held.AddDays(60))}, 50, StepDone, true},
		"taken back":       {[]Proof{{Duty: DutyResultPosting, WithdrawnAt: d.ClosedAt}}, 0, StepWaits, true},
	} {
		duty := dutyAt(t, d, rules, DutyResultPosting, tt.proofs...)
		if got := duty.Step(); duty.Running() != tt.days || got.State != tt.state || duty.Late(held.AddDays(70)) != tt.late {
			t.Errorf("%s: %d days, %s, late %v", name, duty.Running(), got.State, duty.Late(held.AddDays(70)))
		}
	}
	d.State = doithoai.DialogueCancelled
	if duty := dutyAt(t, d, rules, DutyResultPosting); !duty.Due.IsZero() {
		t.Error("a dialogue that is not held has duties")
	}
}

// Nothing was done before its cause, nor is it done in the future.
func TestProofProblems(t *testing.T) {
	rules := lawOfBoth(t)
	held := calendar.DateOf(2026, 5, 4)
	d := doithoai.Dialogue{
		StartsAt: calendar.InstantAt(held, 8, 0), Announced: calendar.InstantAt(held.AddDays(-10), 9, 0),
		Noticed: calendar.InstantAt(held.AddDays(-10), 9, 0),
	}
	now := calendar.InstantAt(held.AddDays(-9), 9, 0)
	p := Proof{At: now, Doer: "Đài truyền thanh", Text: "Nhật ký"}
	notice := dutyAt(t, d, rules, DutyNoticeMedia)
	if ps := notice.ProofProblems(p, now); ps != nil {
		t.Errorf("refused: %v", ps)
	}
	for key, at := range map[string]calendar.Instant{
		"day": {}, "future": now.Add(time.Minute), "before": calendar.InstantAt(held.AddDays(-11), 23, 59),
	} {
		p.At = at
		if ps := notice.ProofProblems(p, now); len(ps) != 1 || !strings.HasSuffix(ps[0].Key, "."+key) {
			t.Errorf("at %s: %v", at, ps)
		}
	}
	p.At = now
	if ps := dutyAt(t, d, rules, DutyResultMedia).ProofProblems(p, now); len(ps) != 1 {
		t.Errorf("results of what was not held: %v", ps)
	}
}

// A tenth of the voters binds, and a hair less does not; before 16/6/2025 no rule was in force.
func TestRequestBinds(t *testing.T) {
	rules := lawOfBoth(t)
	for _, tt := range []struct {
		asked, voters int
		on            calendar.Date
		binds         bool
		words         string
	}{
		{800, 8000, calendar.DateOf(2026, 5, 4), true, "10"},
		{799, 7991, calendar.DateOf(2026, 5, 4), false, "9,99"},
		{799, 8000, calendar.DateOf(2026, 5, 4), false, "9,98"},
		{836, 8000, calendar.DateOf(2026, 5, 4), true, "10,45"},
		{808, 8000, calendar.DateOf(2026, 5, 4), true, "10,1"},
		{804, 8000, calendar.DateOf(2026, 5, 4), true, "10,05"},
		{8000, 8000, calendar.DateOf(2025, 6, 15), false, "100"},
	} {
		v := VoterRequest{Asked: tt.asked, Voters: tt.voters, On: tt.on}
		if _, binds := v.Binds(rules); binds != tt.binds || v.ShareWords() != tt.words {
			t.Errorf("%d of %d on %s: %v, %s", tt.asked, tt.voters, tt.on, binds, v.ShareWords())
		}
	}
}

// The year lacks its dialogue until one was held; from the end of the third quarter that is an alarm.
func TestYearDuty(t *testing.T) {
	rules := lawOfBoth(t)
	held := doithoai.Dialogue{StartsAt: calendar.InstantAt(calendar.DateOf(2026, 5, 4), 8, 0)}
	for _, tt := range []struct {
		state   doithoai.DialogueState
		today   calendar.Date
		missing int
		alarmed bool
	}{
		{doithoai.DialogueAnnounced, calendar.DateOf(2026, 9, 30), 1, false},
		{doithoai.DialogueAnnounced, calendar.DateOf(2026, 10, 1), 1, true},
		{doithoai.DialogueCancelled, calendar.DateOf(2026, 10, 1), 1, true},
		{doithoai.DialogueClosed, calendar.DateOf(2026, 10, 1), 0, false},
		{doithoai.DialogueReported, calendar.DateOf(2026, 12, 31), 0, false},
	} {
		held.State = tt.state
		y := YearDutyOf(2026, []doithoai.Dialogue{held}, rules, tt.today)
		if y.Missing() != tt.missing || y.Alarmed(tt.today) != tt.alarmed {
			t.Errorf("%s on %s: %d missing, alarm %v", tt.state, tt.today, y.Missing(), y.Alarmed(tt.today))
		}
	}
}

func TestDifferences(t *testing.T) {
	got := Differences("a\nb\nc", "a\nx\nc\nd")
	want := []Differing{{"b", false}, {"x", true}, {"d", true}}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := Differences("a\nb", "a\nb"); got != nil {
		t.Errorf("equal texts differ: %v", got)
	}
}

// What the logs show proves the notice: each reading to its end, and villages once all of them were told; what told of
// another day than the present one proves nothing.
func TestLogProofs(t *testing.T) {
	rules := lawOfBoth(t)
	held := calendar.DateOf(2026, 10, 25)
	announced := calendar.InstantAt(held.AddDays(-15), 8, 0)
	d := doithoai.Dialogue{
		ID: "d", StartsAt: calendar.InstantAt(held, 8, 0), Announced: announced, Noticed: announced, Moves: 1,
		State: doithoai.DialogueAnnounced,
	}
	at := func(day, moves int, state BroadcastState) Broadcast {
		return Broadcast{Day: held.AddDays(day), Clock: 300, State: state, Reader: "Nguyễn Thị Ví Dụ", Moves: moves}
	}
	told := func(day int) VillageRelay { return VillageRelay{Told: &Relay{Day: held.AddDays(day), Clock: 600}} }
	for name, tt := range map[string]struct {
		broadcasts    []Broadcast
		villages      []VillageRelay
		media, spread calendar.Date
	}{
		"nothing":        {nil, nil, calendar.Date{}, calendar.Date{}},
		"read":           {[]Broadcast{at(-9, 1, BroadcastAired)}, nil, held.AddDays(-9), calendar.Date{}},
		"interrupted":    {[]Broadcast{at(-9, 1, BroadcastBroken)}, nil, calendar.Date{}, calendar.Date{}},
		"of the old day": {[]Broadcast{at(-9, 0, BroadcastAired)}, nil, calendar.Date{}, calendar.Date{}},
		"one is left":    {nil, []VillageRelay{told(-9), {}}, calendar.Date{}, calendar.Date{}},
		"all were told":  {nil, []VillageRelay{told(-8), told(-9)}, calendar.Date{}, held.AddDays(-8)},
	} {
		proofs := LogProofs(d, tt.broadcasts, map[RelayMatter][]VillageRelay{RelayAnnouncement: tt.villages})
		for key, want := range map[DutyKey]calendar.Date{DutyNoticeMedia: tt.media, DutyNoticeVillages: tt.spread} {
			step := dutyAt(t, d, rules, key, proofs...).Step()
			if step.DoneOn != want || (step.State == StepDone) == want.IsZero() {
				t.Errorf("%s: %s is %s on %s, want %s", name, key, step.State, step.DoneOn, want)
			}
		}
	}
}
