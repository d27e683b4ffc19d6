package doithoai

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"doithoai/calendar"
)

// TestStatesOfCorrectionsAreDrawn keeps the drawing in docs/states.md equal to the state machine.
func TestStatesOfCorrectionsAreDrawn(t *testing.T) {
	var arrows []string
	at := func(s string) int {
		return slices.Index(CorrectionStates, CorrectionState(strings.Fields(s)[0]))
	}
	for act, m := range correctionMoves {
		for _, from := range m.From {
			arrows = append(arrows, fmt.Sprintf("%s --> %s: %s", cmp.Or(string(from), "[*]"), m.To, act))
		}
	}
	slices.SortFunc(arrows, func(a, b string) int { return cmp.Or(at(a)-at(b), strings.Compare(a, b)) })
	keepPart(t, "docs/states.md", "the drawing of corrections",
		"\n```mermaid\nstateDiagram-v2\n  "+strings.Join(arrows, "\n  ")+"\n```\n\n")
}

// Each act starts from its states only; the next correction of an answer has the next number.
func TestCorrectionMove(t *testing.T) {
	for act, m := range correctionMoves {
		for _, from := range append([]CorrectionState{""}, CorrectionStates...) {
			c := Correction{State: from, Number: 3}
			next, facts, err := c.Move(act)
			if !slices.Contains(m.From, from) {
				if KindOf(err) != Conflict || next != c {
					t.Errorf("%s from %q: %v", act, from, err)
				}
				continue
			}
			number, was := 3, string(from)
			if !c.Open() {
				number, was = 4, ""
			}
			want := Facts{From: was, To: string(m.To), Correction: number}
			if err != nil || next.State != m.To || next.Number != number || fmt.Sprint(facts) != fmt.Sprint(want) {
				t.Errorf("%s from %q: to %s, number %d, facts %+v, %v", act, from, next.State, next.Number, facts, err)
			}
			e := Event{Act: act, Facts: facts}
			if e.MovedCorrection() != m.To || e.MovedPetition() != "" || e.MovedPublication() != "" {
				t.Errorf("the event of %s is taken for another's", act)
			}
		}
	}
	if e := (Event{Act: ActNamePetitioner, Facts: Facts{To: "returned"}}); e.MovedCorrection() != "" {
		t.Error("naming somebody moves a correction")
	}
}

func TestProposeCorrection(t *testing.T) {
	answered := Petition{State: PetitionAnswered}
	stands := Answer{Body: "Thời hạn là 30 ngày.", Basis: "Luật Hộ tịch"}
	right := Answer{Body: "Thời hạn là 03 ngày.", Basis: "Luật Hộ tịch"}
	waiting := Correction{Number: 1, State: CorrectionSubmitted}
	for _, tt := range []struct {
		name   string
		p      Petition
		last   Correction
		a      Answer
		reason string
		kind   Kind
		fields []string
	}{
		{"right", answered, Correction{}, right, "Ghi nhầm số ngày.", 0, nil},
		{"anew after it came back", answered, Correction{Number: 1, State: CorrectionReturned}, right, "Ghi nhầm.", 0, nil},
		{"another basis is enough", answered, Correction{}, Answer{Body: stands.Body, Basis: "Luật Hộ tịch Đ.7"},
			"Thiếu điều.", 0, nil},
		{"not dispatched", Petition{State: PetitionSigned}, Correction{}, right, "Ghi nhầm.", Conflict, nil},
		{"left the flow", Petition{State: PetitionEnded}, Correction{}, right, "Ghi nhầm.", Conflict, nil},
		{"one waits", answered, waiting, right, "Ghi nhầm.", Conflict, nil},
		{"one is signed", answered, Correction{Number: 1, State: CorrectionSigned}, right, "Ghi nhầm.", Conflict, nil},
		{"the same words", answered, Correction{}, stands, "Ghi nhầm.", Invalid, []string{"tra-loi"}},
		{"no words", answered, Correction{}, Answer{}, "Ghi nhầm.", Invalid, []string{"tra-loi"}},
		{"no reason", answered, Correction{}, right, "", Invalid, []string{"ly-do"}},
		{"nothing", answered, Correction{}, Answer{}, "", Invalid, []string{"tra-loi", "ly-do"}},
		{"too long", answered, Correction{}, Answer{Body: strings.Repeat("ộ", MaxAnswer+1)},
			strings.Repeat("ộ", MaxMatter+1), Invalid, []string{"tra-loi", "ly-do"}},
	} {
		next, facts, err := tt.p.Correct(tt.last, stands, tt.a, tt.reason,
			Promising{Gates: Gates{{Spelling: lowered}}})
		if KindOf(err) != tt.kind {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		var fields []string
		for _, p := range ProblemsOf(err) {
			fields = append(fields, p.Field)
		}
		if !slices.Equal(fields, tt.fields) {
			t.Errorf("%s: problems at %v, want %v", tt.name, fields, tt.fields)
		}
		if err == nil && (next.State != CorrectionSubmitted || next.Number != 1 || next.Answer != tt.a ||
			next.Reason != tt.reason || facts.Correction != 1) {
			t.Errorf("%s: %+v, facts %+v", tt.name, next, facts)
		}
	}
}

// A signed correction gets number and date like any answer: after signing, never in the future.
func TestDispatchCorrection(t *testing.T) {
	day := calendar.DateOf(2024, 10, 23)
	signed := Correction{
		Number: 1, State: CorrectionSigned, Answer: Answer{Body: "Đúng.", SignedAt: calendar.InstantAt(day, 9, 0)},
	}
	for _, tt := range []struct {
		name   string
		c      Correction
		number string
		dated  calendar.Date
		kind   Kind
	}{
		{"right", signed, "215/UBND-VP", day, 0},
		{"no number", signed, "", day, Invalid},
		{"no date", signed, "215/UBND-VP", calendar.Date{}, Invalid},
		{"before it was signed", signed, "215/UBND-VP", day.AddDays(-1), Invalid},
		{"to come", signed, "215/UBND-VP", day.AddDays(2), Invalid},
		{"not signed", Correction{Number: 1, State: CorrectionSubmitted}, "215/UBND-VP", day, Conflict},
		{"gone out", Correction{Number: 1, State: CorrectionDispatched}, "215/UBND-VP", day, Conflict},
	} {
		next, facts, err := tt.c.Dispatch(tt.number, tt.dated, day.AddDays(1))
		if KindOf(err) != tt.kind {
			t.Errorf("%s: %v", tt.name, err)
		}
		if err == nil && (next.Answer.Number != tt.number || facts.Number != tt.number || facts.Dated != tt.dated ||
			facts.Late || next.Open()) {
			t.Errorf("%s: %+v, facts %+v", tt.name, next, facts)
		}
	}
}

// A corrected summary says why it is corrected, and passes the same gate as the first.
func TestCorrectedSummary(t *testing.T) {
	p := Publication{
		Title: "Trích lục", Question: "Bao lâu?", Answer: "03 ngày.", Correction: 1, State: PublicationOutdated,
	}
	g := Gate{Who: Petitioner{Name: "Nguyễn Văn An"}, Spelling: lowered}
	if ps := p.Problems("", g); len(ps) != 1 || ps[0].Field != FieldWhy {
		t.Errorf("without a word why: %v", ps)
	}
	if p.Why = "Ghi nhầm số ngày."; len(p.Problems("", g)) > 0 || !p.InHand() {
		t.Errorf("problems %v", p.Problems("", g))
	}
	if p.Why = "Ông Nguyễn Văn An hỏi lại."; len(p.Problems("", g)) != 1 || !p.Tells("", g) {
		t.Error("a name passes")
	}
	// Only its approval moves what is public.
	for to, want := range map[PublicationState]PublicationState{
		PublicationProposed: "", PublicationReturned: "", PublicationPublished: PublicationPublished,
	} {
		e := Event{Act: ActProposePublication, Facts: Facts{To: string(to), Correction: 1}}
		if got := e.MovedPublication(); got != want {
			t.Errorf("%s moves to %q", to, got)
		}
	}
}
