package doithoai

import (
	"strings"
	"time"

	"doithoai/calendar"
)

// ProgrammeStep is one step of the programme (chương trình).
type ProgrammeStep struct {
	Title     string
	Minutes   int
	Presenter string
}

// ReadsPromises reports whether a step reports on what became of promises (cam kết), as its title says.
func (s ProgrammeStep) ReadsPromises() bool {
	return strings.Contains(strings.ToLower(s.Title), "cam kết")
}

// MaxSteps bounds a programme.
const MaxSteps = 40

// ProgrammeProblems are the reasons why a programme can't be kept: each step has a title and not too many minutes. How
// long a step takes may be left open until the dialogue is announced.
func ProgrammeProblems(steps []ProgrammeStep) []Problem {
	const day = 24 * 60
	ps := problems{of: "plan.dialogue.problem."}
	if len(steps) > MaxSteps {
		ps.add("chuong-trinh", "steps", "max", MaxSteps)
	}
	for _, s := range steps {
		if s.Title == "" {
			ps.add("chuong-trinh", "step_title")
		}
		if s.Minutes < 0 || s.Minutes > day {
			ps.add("chuong-trinh", "step_minutes", "title", s.Title)
		}
		ps.long("chuong-trinh", s.Title, 5*MaxLine) // a plan writes some as whole sentences
		ps.long("chuong-trinh", s.Presenter, MaxLine)
	}
	return ps.list
}

// StepTime is a step of the programme with the moment at which it begins.
type StepTime struct {
	ProgrammeStep
	At calendar.Instant
}

// StepTimes reckons when each step begins. The first step begins when the dialogue does; where it is the reception of
// those who come, that is, where it lasts exactly from the opening of the doors to the start, it begins with the doors.
func (d Dialogue) StepTimes() []StepTime {
	at := d.StartsAt
	if len(d.Programme) > 0 && !d.DoorsAt.IsZero() && d.DoorsAt.Add(minutes(d.Programme[0].Minutes)) == d.StartsAt {
		at = d.DoorsAt
	}
	times := make([]StepTime, len(d.Programme))
	for i, step := range d.Programme {
		times[i] = StepTime{step, at}
		at = at.Add(minutes(step.Minutes))
	}
	return times
}

// FirstStep is the step of the programme that begins when the dialogue does, from 1: the one after the reception of
// those who come, where that is a step.
func (d Dialogue) FirstStep() int {
	for i, s := range d.StepTimes() {
		if !s.At.Before(d.StartsAt) {
			return i + 1
		}
	}
	return 1
}

// ProgrammeEnd is when the last step ends; the start where there is no programme.
func (d Dialogue) ProgrammeEnd() calendar.Instant {
	times := d.StepTimes()
	if len(times) == 0 {
		return d.StartsAt
	}
	last := times[len(times)-1]
	return last.At.Add(minutes(last.Minutes))
}

// Over is by how many minutes the programme ends after the hour that the dialogue was given; negative: before it. Zero
// where no hour was given.
func (d Dialogue) Over() int {
	if d.EndsAt.IsZero() {
		return 0
	}
	return int(d.ProgrammeEnd().Sub(d.EndsAt) / time.Minute)
}

func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }
