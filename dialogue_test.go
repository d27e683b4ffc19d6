package doithoai

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"doithoai/calendar"
)

// TestDialogueStatesAreDrawn keeps the drawing of a dialogue's states equal to the table of moves.
func TestDialogueStatesAreDrawn(t *testing.T) {
	var drawing strings.Builder
	drawing.WriteString("\n```mermaid\nstateDiagram-v2\n  [*] --> preparing: prepare_dialogue\n")
	for _, from := range DialogueStates {
		for _, act := range slices.Sorted(maps.Keys(dialogueMoves)) {
			if m := dialogueMoves[act]; m.to != "" && slices.Contains(m.from, from) {
				drawing.WriteString("  " + string(from) + " --> " + string(m.to) + ": " + string(act) + "\n")
			}
		}
	}
	keepPart(t, "docs/states.md", "the drawing of dialogues",
		drawing.String()+"  reported --> [*]\n  cancelled --> [*]\n```\n\n")
}

// Every state of a dialogue but the last ones is left by some act, and every one but the first is reached.
func TestNoDialogueIsStuck(t *testing.T) {
	left, reached := map[DialogueState]bool{DialogueReported: true, DialogueCancelled: true},
		map[DialogueState]bool{DialoguePreparing: true}
	for _, m := range dialogueMoves {
		if m.to == "" {
			continue
		}
		for _, from := range m.from {
			left[from] = true
		}
		reached[m.to] = true
	}
	for _, s := range DialogueStates {
		if !left[s] || !reached[s] {
			t.Errorf("%s: left %v, reached %v", s, left[s], reached[s])
		}
	}
}

// The last day of notice is counted as Annex B of the notes on the domain does: the day of the dialogue is day 0.
func TestNoticeProblems(t *testing.T) {
	rules := Rules{Parameters: Parameters{{Key: "notice.days", Value: "7", Unit: UnitDays,
		From: calendar.DateOf(2016, 1, 1)}}}
	for _, tt := range []struct {
		day, on calendar.Date
		reason  string
		key     string
	}{
		{calendar.DateOf(2023, 10, 25), calendar.DateOf(2023, 10, 18), "", ""},
		{calendar.DateOf(2023, 10, 25), calendar.DateOf(2023, 10, 19), "", "late"},
		{calendar.DateOf(2023, 10, 25), calendar.DateOf(2023, 10, 19), "Bão", "reason"},
		{calendar.DateOf(2023, 10, 25), calendar.DateOf(2023, 10, 19), "Bão đổ bộ vào xã", ""},
		{calendar.DateOf(2026, 3, 1), calendar.DateOf(2026, 2, 22), "", ""}, // off, and still the last lawful day
		{calendar.DateOf(2026, 3, 1), calendar.DateOf(2026, 2, 23), "", "late"},
		{calendar.DateOf(2015, 3, 1), calendar.DateOf(2015, 2, 28), "", ""}, // no rule was in force
	} {
		d := Dialogue{StartsAt: calendar.InstantAt(tt.day, 8, 0), LateReason: tt.reason}
		var key string
		for _, p := range rules.NoticeProblems(d, tt.on) {
			key = strings.TrimPrefix(p.Key, "plan.dialogue.problem.")
		}
		if key != tt.key {
			t.Errorf("told on %s of %s because of %q: %q, want %q", tt.on, tt.day, tt.reason, key, tt.key)
		}
	}
}

// A programme's hours follow each other, and its end is held against the hour that the dialogue was given.
func TestStepTimes(t *testing.T) {
	day := calendar.DateOf(2024, 10, 25)
	d := Dialogue{
		StartsAt: calendar.InstantAt(day, 8, 0), DoorsAt: calendar.InstantAt(day, 7, 30),
		EndsAt:    calendar.InstantAt(day, 9, 30),
		Programme: []ProgrammeStep{{"Đón tiếp", 30, ""}, {"Đối thoại", 100, ""}},
	}
	times := d.StepTimes()
	if times[0].At != d.DoorsAt || times[1].At != d.StartsAt || d.Over() != 10 {
		t.Errorf("%v, over by %d", times, d.Over())
	}
	d.Programme[0].Minutes = 10
	if times := d.StepTimes(); times[0].At != d.StartsAt {
		t.Errorf("a reception that is no reception begins at %s", times[0].At)
	}
}
