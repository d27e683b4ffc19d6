package doithoai

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"doithoai/calendar"
)

// at is a petition of the unit, ruled on Thursday 12 November 2026, due in 10 working days: on Friday, 27 November.
func at(t *testing.T) (Petition, calendar.Calendar) {
	c := fixture(t)
	start := mustDate(t, "12/11/2026")
	dl := c.Deadline(start, calendar.Term{N: 10, Unit: calendar.Workdays})
	return Petition{State: PetitionProcessing, Start: start, Term: dl.Term, Due: dl.Due, CalendarVersion: c.Version()}, c
}

var paper = Pause{
	Kind: PauseSupplement, Number: "57/UBND-VP", Dated: calendar.DateOf(2026, 11, 16),
	Awaited: "Bản chính giấy chứng nhận",
}

func TestPause(t *testing.T) {
	p, c := at(t)
	if p.Due != mustDate(t, "27/11/2026") { // 24/11 is off
		t.Fatalf("due %s", p.Due)
	}
	today := mustDate(t, "16/11/2026")
	for _, tt := range []struct {
		name   string
		change func(*Petition, *Pause)
		want   string // field, or key of the refusal
	}{
		{"by a document", func(*Petition, *Pause) {}, ""},
		{"returned to the unit", func(p *Petition, _ *Pause) { p.State = PetitionReturned }, ""},
		{"with the chair", func(p *Petition, _ *Pause) { p.State = PetitionSubmitted }, "error.conflict"},
		{"twice", func(p *Petition, _ *Pause) { p.State = PetitionPaused }, "error.conflict"},
		{"late already", func(p *Petition, _ *Pause) { p.Due = today.AddDays(-3) }, "petition.pause.problem.late"},
		{"for no reason that counts", func(_ *Petition, d *Pause) { d.Kind = "busy" }, "tam-dung-ly-do"},
		{"without a number", func(_ *Petition, d *Pause) { d.Number = "" }, "tam-dung-so"},
		{"by what is no number", func(_ *Petition, d *Pause) { d.Number = "abc/UBND-VP" }, "tam-dung-so"},
		{"by a document from before it was received", func(_ *Petition, d *Pause) { d.Dated = today.AddDays(-5) },
			"tam-dung-ngay"},
		{"by a document of the day of receipt", func(_ *Petition, d *Pause) { d.Dated = today.AddDays(-4) }, ""},
		{"without a date", func(_ *Petition, d *Pause) { d.Dated = calendar.Date{} }, "tam-dung-ngay"},
		{"by a document of tomorrow", func(_ *Petition, d *Pause) { d.Dated = today.AddDays(1) }, "tam-dung-ngay"},
		{"without a word", func(_ *Petition, d *Pause) { d.Awaited = "" }, "tam-dung-noi-dung"},
		{"with too many", func(_ *Petition, d *Pause) { d.Awaited = strings.Repeat("a", MaxMatter+1) }, "tam-dung-noi-dung"},
	} {
		p, doc := p, paper
		tt.change(&p, &doc)
		next, facts, err := p.Pause(doc, today.AddDays(-4), today, c, c)
		if got := refusal(err); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
			continue
		}
		if err != nil {
			if next != p {
				t.Errorf("%s: a refusal changed the petition", tt.name)
			}
			continue
		}
		// Left are 17, 18, 19, 20, 23, 25, 26, 27 November.
		if next.State != PetitionPaused || next.Start != today ||
			next.Term != (calendar.Term{N: 8, Unit: calendar.Workdays}) || facts.Term != next.Term ||
			facts.Number != "57/UBND-VP" {
			t.Errorf("%s: %+v, facts %+v", tt.name, next, facts)
		}
		if next.Late(p.Due.AddDays(100), c) {
			t.Errorf("%s: late while the clock stands still", tt.name)
		}
		went, facts, err := next.Resume(mustDate(t, "02/12/2026"), c)
		if err != nil || went.State != PetitionProcessing || went.Due != mustDate(t, "14/12/2026") || facts.Due != went.Due ||
			facts.Start != mustDate(t, "02/12/2026") {
			t.Errorf("%s: went on as %+v, %v", tt.name, went, err)
		}
	}
}

// refusal is the field of the one problem, or the key of the refusal, "" for none.
func refusal(err error) string {
	if list := ProblemsOf(err); len(list) == 1 {
		return list[0].Field
	}
	if e, ok := err.(*Error); ok {
		return e.Key
	}
	return ""
}

func TestExtend(t *testing.T) {
	p, c := at(t)
	limits := ExtensionLimits{calendar.Term{N: 10, Unit: calendar.Workdays}, 1}
	good := Extension{To: mustDate(t, "11/12/2026"), Reason: "Phải đo đạc lại"}
	for _, tt := range []struct {
		name   string
		today  string
		change func(*Petition, *Extension)
		want   string
	}{
		{"as far as one may", "20/11/2026", func(*Petition, *Extension) {}, ""},
		{"on the due date", "27/11/2026", func(*Petition, *Extension) {}, ""},
		{"with the chair", "20/11/2026", func(p *Petition, _ *Extension) { p.State = PetitionSubmitted }, ""},
		{"late already", "28/11/2026", func(*Petition, *Extension) {}, "petition.extension.problem.late"},
		{"answered", "20/11/2026", func(p *Petition, _ *Extension) { p.State = PetitionAnswered }, "error.conflict"},
		{"paused", "20/11/2026", func(p *Petition, _ *Extension) { p.State = PetitionPaused }, "error.conflict"},
		{"once more", "20/11/2026", func(p *Petition, _ *Extension) { p.Extended = 1 }, "petition.extension.problem.again"},
		{"to no day", "20/11/2026", func(_ *Petition, e *Extension) { e.To = calendar.Date{} }, "gia-han-den"},
		{"to the same day", "20/11/2026", func(p *Petition, e *Extension) { e.To = p.Due }, "gia-han-den"},
		{"too far", "20/11/2026", func(_ *Petition, e *Extension) { e.To = e.To.AddDays(3) }, "gia-han-den"},
		{"to a Sunday", "20/11/2026", func(_ *Petition, e *Extension) { e.To = mustDate(t, "06/12/2026") }, "gia-han-den"},
		{"without a reason", "20/11/2026", func(_ *Petition, e *Extension) { e.Reason = "" }, "gia-han-ly-do"},
	} {
		p, e := p, good
		tt.change(&p, &e)
		next, facts, err := p.Extend(e, limits, mustDate(t, tt.today), c)
		if got := refusal(err); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
			continue
		}
		if err == nil &&
			(next.Due != e.To || next.Extended != 1 || next.Term != (calendar.Term{}) || facts.From != "2026-11-27" ||
				facts.Due != e.To || next.State != p.State) {
			t.Errorf("%s: %+v, facts %+v", tt.name, next, facts)
		}
		if err != nil && next != p {
			t.Errorf("%s: a refusal changed the petition", tt.name)
		}
	}
}

func TestProposal(t *testing.T) {
	p, old := at(t)
	today := mustDate(t, "20/11/2026")
	changed := func(day string, kind calendar.DayKind) calendar.Calendar {
		c, err := calendar.NewCalendar("next", append(old.Days(), calendar.Day{Date: mustDate(t, day), Kind: kind}))
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	byHand, elsewhere := p, p
	byHand.Term, elsewhere.CalendarKept = calendar.Term{}, "next"
	paused := p
	paused.State = PetitionPaused
	sunday := byHand
	sunday.Due = mustDate(t, "29/11/2026")
	for _, tt := range []struct {
		name string
		p    Petition
		c    calendar.Calendar
		want string // "" for no proposal
	}{
		{"a day off on the way", p, changed("26/11/2026", calendar.DayOff), "30/11/2026"},
		{"a make-up day on the way", p, changed("21/11/2026", calendar.DayWorked), "26/11/2026"},
		{"a day off later", p, changed("30/11/2026", calendar.DayOff), ""},
		{"set by hand, still worked", byHand, changed("26/11/2026", calendar.DayOff), ""},
		{"set by hand, now off", byHand, changed("27/11/2026", calendar.DayOff), "30/11/2026"},
		{"set by hand on a Sunday", sunday, changed("26/11/2026", calendar.DayOff), ""},
		{"kept", elsewhere, changed("26/11/2026", calendar.DayOff), ""},
		{"paused", paused, changed("26/11/2026", calendar.DayOff), ""},
		{"the same calendar", p, old, ""},
	} {
		due, ok := tt.p.Proposal(old, tt.c, today)
		if ok != (tt.want != "") || ok && due != mustDate(t, tt.want) {
			t.Errorf("%s: %s %v, want %q", tt.name, due, ok, tt.want)
		}
		moved, facts, err := tt.p.MoveDue(old, tt.c, today)
		kept, _, errKept := tt.p.KeepDue(old, tt.c, today)
		if (err == nil) != ok || (errKept == nil) != ok {
			t.Errorf("%s: moved %v, kept %v", tt.name, err, errKept)
		}
		if ok && (moved.Due != due || facts.From != tt.p.Due.String() || moved.CalendarVersion != "next" ||
			kept.Due != tt.p.Due || kept.CalendarKept != "next") {
			t.Errorf("%s: moved %+v, kept %+v", tt.name, moved, kept)
		}
	}
	if _, ok := p.Proposal(old, changed("21/11/2026", calendar.DayWorked), mustDate(t, "27/11/2026")); ok {
		t.Error("a due date is proposed that is past")
	}
}

// Over random pauses: the days worked before and after are the term, whatever lies between, and the due date never
// comes nearer.
func TestPauseProperties(t *testing.T) {
	c := fixture(t)
	random := rand.New(rand.NewPCG(7, 2024))
	for range 2000 {
		start := calendar.DateOf(2024, 1, 1).AddDays(random.IntN(900))
		n := 1 + random.IntN(30)
		dl := c.Deadline(start, calendar.Term{N: n, Unit: calendar.Workdays})
		p := Petition{State: PetitionProcessing, Start: start, Term: dl.Term, Due: dl.Due}
		stop := start.AddDays(random.IntN(start.DaysUntil(dl.Due) + 1))
		doc := paper
		doc.Dated = stop
		paused, _, err := p.Pause(doc, start, stop, c, c)
		if err != nil {
			t.Fatal(err)
		}
		again := stop.AddDays(random.IntN(60))
		went, _, err := paused.Resume(again, c)
		if err != nil {
			t.Fatal(err)
		}
		if c.WorkdaysBetween(start, stop)+c.WorkdaysBetween(again, went.Due) < n || went.Due.Before(p.Due) ||
			!c.Works(went.Due) {
			t.Fatalf("%d workdays from %s, paused %s to %s: due %s, was %s", n, start, stop, again, went.Due, p.Due)
		}
	}
}

func TestDueEvents(t *testing.T) {
	var events []Event
	for i, act := range []Act{
		ActSubmitSlip, ActRuleOpinion, ActViewPetitioner, ActPausePetition, ActResumePetition, ActRuleOpinion,
		ActSubmitAnswer, ActExtendPetition, ActRuleOpinion,
	} {
		events = append(events, Event{Leaf: int64(i), Act: act})
	}
	first, forward := &events[1].Facts, &events[5].Facts // the last ruling leaves the date where it is
	first.Start, first.Due = calendar.DateOf(2026, 11, 12), calendar.DateOf(2026, 11, 26)
	forward.Start, forward.Due = calendar.DateOf(2026, 11, 16), calendar.DateOf(2026, 11, 20)
	var got []int64
	for _, e := range DueEvents(events) {
		got = append(got, e.Leaf)
	}
	if !slices.Equal(got, []int64{1, 3, 4, 5, 7}) {
		t.Errorf("the due date comes of events %v", got)
	}
	if d := FirstDue(events); d != first.Due {
		t.Errorf("the first due date is %s", d)
	}
	if d := FirstDue(events[:1]); !d.IsZero() {
		t.Errorf("before the ruling the first due date is %s", d)
	}
}
