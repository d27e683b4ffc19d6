package doithoai

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"doithoai/calendar"
)

// TestStatesAreDrawn keeps the drawing in docs/states.md equal to the state machine.
func TestStatesAreDrawn(t *testing.T) {
	arrows := []string{ // a ruling may be given anew only here
		"processing --> processing: rule_opinion", "processing --> ended: rule_opinion",
	}
	for act, m := range petitionMoves {
		for _, from := range m.From {
			arrows = append(arrows, fmt.Sprintf("%s --> %s: %s", from, m.To, act))
		}
	}
	slices.SortFunc(arrows, func(a, b string) int {
		at := func(s string) int { return slices.Index(PetitionStates, PetitionState(strings.Fields(s)[0])) }
		return cmp.Or(at(a)-at(b), strings.Compare(a, b))
	})
	drawing := "\n```mermaid\nstateDiagram-v2\n  [*] --> processing\n"
	for _, arrow := range arrows {
		drawing += "  " + arrow + "\n"
	}
	keepPart(t, "docs/states.md", "the drawing", drawing+"  answered --> [*]\n  ended --> [*]\n```\n\n")
}

func TestPetitionMove(t *testing.T) {
	for act, m := range petitionMoves {
		for _, from := range PetitionStates {
			p := Petition{State: from}
			next, facts, err := p.Move(act)
			if !slices.Contains(m.From, from) {
				if KindOf(err) != Conflict || next != p {
					t.Errorf("%s from %s: %v", act, from, err)
				}
				continue
			}
			if err != nil || next.State != m.To || facts.From != string(from) || facts.To != string(m.To) {
				t.Errorf("%s from %s: to %s, facts %+v, %v", act, from, next.State, facts, err)
			}
		}
	}
	if (Petition{State: PetitionProcessing}).CanMove(ActRateAnswer) {
		t.Error("rating moves a petition")
	}
}

func TestPetitionLate(t *testing.T) {
	due := calendar.DateOf(2024, 11, 8)
	tests := []struct {
		name  string
		p     Petition
		today calendar.Date
		want  bool
	}{
		{"on the due date", Petition{State: PetitionProcessing, Due: due}, due, false},
		{"the day after", Petition{State: PetitionProcessing, Due: due}, due.AddDays(1), true},
		{"signed but not dispatched", Petition{State: PetitionSigned, Due: due}, due.AddDays(1), true},
		{"on the Sunday after a Saturday", Petition{State: PetitionProcessing, Due: due.AddDays(1)}, due.AddDays(2), false},
		{"on the Monday after a Saturday", Petition{State: PetitionProcessing, Due: due.AddDays(1)}, due.AddDays(3), false},
		{"on the Tuesday after a Saturday", Petition{State: PetitionProcessing, Due: due.AddDays(1)}, due.AddDays(4), true},
		{"paused", Petition{State: PetitionPaused, Due: due}, due.AddDays(9), false},
		{"answered in time", Petition{State: PetitionAnswered, Due: due}, due.AddDays(9), false},
		{"answered late stays late", Petition{State: PetitionAnswered, Due: due, Missed: true}, due.AddDays(9), true},
		{"ended", Petition{State: PetitionEnded, Due: due}, due.AddDays(9), false},
		{"ended late stays late", Petition{State: PetitionEnded, Due: due, Missed: true}, due.AddDays(9), true},
	}
	for _, tt := range tests {
		if got := tt.p.Late(tt.today, calendar.Calendar{}); got != tt.want {
			t.Errorf("%s: late %v", tt.name, got)
		}
	}
}

// An answer is in time until the end of the due date in Viet Nam, by the calendar in force when it goes out; a later
// calendar changes nothing of that.
func TestDispatch(t *testing.T) {
	due := calendar.DateOf(2024, 11, 8) // a Friday
	off, err := calendar.NewCalendar("off", []calendar.Day{{Date: due, Kind: calendar.DayOff}})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		at   calendar.Instant
		c    calendar.Calendar
		want bool
	}{
		{"in the afternoon", calendar.InstantAt(due, 16, 0), calendar.Calendar{}, false},
		{"at 23:30 in Viet Nam", calendar.InstantAt(due, 23, 30), calendar.Calendar{}, false},
		{"the day after", calendar.InstantAt(due.AddDays(1), 8, 0), calendar.Calendar{}, true},
		{"the due date has become a day off", calendar.InstantAt(due.AddDays(3), 16, 0), off, false},
		{"made on the due date", calendar.InstantAt(due.AddDays(3), 16, 0), off.After(calendar.Calendar{}, due), false},
		{"made when it was past", calendar.InstantAt(due.AddDays(3), 16, 0),
			off.After(calendar.Calendar{}, due.AddDays(3)), true},
	} {
		p := Petition{State: PetitionSigned, Due: due}
		a := Answer{Number: "1", Dated: tt.at.Date(), SignedAt: tt.at}
		next, facts, err := p.Dispatch(a, tt.at, tt.c)
		if err != nil || next.State != PetitionAnswered || next.Missed != tt.want || facts.Late != tt.want ||
			facts.Calendar != tt.c.Version() || facts.Number != "1" {
			t.Errorf("%s: %+v, facts %+v, %v", tt.name, next, facts, err)
		}
	}
	if _, _, err := (Petition{State: PetitionSigned, Due: due}).Dispatch(
		Answer{}, calendar.InstantAt(due, 9, 0), calendar.Calendar{}); KindOf(err) != Invalid {
		t.Errorf("dispatched without a number: %v", err)
	}
}

func TestAnswerProblems(t *testing.T) {
	signed := calendar.InstantAt(calendar.DateOf(2024, 11, 7), 9, 0)
	today := calendar.DateOf(2024, 11, 8)
	keys := func(list []Problem) (all []string) {
		for _, p := range list {
			all = append(all, p.Field+" "+p.Key)
		}
		return all
	}
	tests := []struct {
		name string
		got  []Problem
		want []string
	}{
		{"body and basis", Answer{Body: "Kính gửi ông.", Basis: "Luật"}.SubmitProblems(Gates{{Spelling: lowered}}), nil},
		{"no body", Answer{}.SubmitProblems(Gates{{Spelling: lowered}}), []string{"tra-loi petition.answer.problem.body"}},
		{"body too long", Answer{Body: strings.Repeat("a", MaxAnswer+1)}.SubmitProblems(Gates{{Spelling: lowered}}),
			[]string{"tra-loi petition.answer.problem.long"}},
		{"numbered and dated", Answer{Number: "214/UBND-VP", Dated: today, SignedAt: signed}.DispatchProblems(today), nil},
		{"neither", Answer{SignedAt: signed}.DispatchProblems(today),
			[]string{"so petition.answer.problem.number", "ngay petition.answer.problem.date"}},
		{"dated tomorrow", Answer{Number: "1", Dated: today.AddDays(1), SignedAt: signed}.DispatchProblems(today),
			[]string{"ngay petition.answer.problem.date_future"}},
		{"dated before the signature",
			Answer{Number: "1", Dated: calendar.DateOf(2024, 11, 6), SignedAt: signed}.DispatchProblems(today),
			[]string{"ngay petition.answer.problem.date_before_signing"}},
		{"rated", Rating{Solved: SolvedPart, Satisfied: 3}.Problems(), nil},
		{"not rated", Rating{}.Problems(),
			[]string{"giai-quyet petition.rating.problem.solved", "hai-long petition.rating.problem.satisfied"}},
		{"satisfied beyond the scale", Rating{Solved: SolvedYes, Satisfied: 6}.Problems(),
			[]string{"hai-long petition.rating.problem.satisfied"}},
	}
	for _, tt := range tests {
		if got := keys(tt.got); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestEventContent(t *testing.T) {
	e := Event{At: calendar.InstantAt(calendar.DateOf(2024, 10, 25), 9, 2), ActorID: "secretary", Act: ActRuleOpinion,
		Facts: Facts{To: string(RulingLater), Unit: "land", Due: calendar.DateOf(2024, 11, 8)}}
	want := `{"at":"2024-10-25T02:02:00.000Z","by":"secretary","to":"TL-SAU","unit":"land","due":"2024-11-08",` +
		`"text":"<b>\"đường\"</b>"}`
	if got := e.Content(`<b>"đường"</b>`); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := (Event{At: e.At}).Content(""); got != `{"at":"2024-10-25T02:02:00.000Z"}` {
		t.Errorf("empty event: %s", got)
	}
}

func TestPaperNumber(t *testing.T) {
	for s, want := range map[string]string{
		"214": "", "07": "", "214a": "", "12B/UBND-VP": "", "12bis/QĐ-UBND": "", "57/UBND-ĐC": "", "42/2013/QH13": "",
		"11-QĐ/TW": "", "05/VBHN-VPQH": "", "": "x.missing", "abc": "error.problem.paper_number",
		"abc/UBND-VP": "error.problem.paper_number", "0": "error.problem.paper_number",
		"00/UBND":   "error.problem.paper_number",
		"12ab/UBND": "error.problem.paper_number", "12 /UBND": "error.problem.paper_number",
		"số 12/UBND": "error.problem.paper_number", "12/": "error.problem.paper_number",
		"1234567": "error.problem.paper_number", "1/" + strings.Repeat("a", maxNumber): "error.problem.paper_number",
	} {
		ps, got := problems{of: "x."}, ""
		ps.number("so", "missing", s)
		for _, p := range ps.list {
			got += p.Key
		}
		if got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}
