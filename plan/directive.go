package plan

import (
	"doithoai"
	"doithoai/calendar"
)

// Directive is what the head of the authority orders a unit to do about something that a figure shows (chỉ đạo). What
// becomes of it is that of its task: it is followed, urged and reported on as all tasks are. Its day no act moves.
type Directive struct {
	ID          doithoai.ID
	AuthorityID doithoai.ID
	Text        string
	Due         calendar.Date

	doithoai.DirectiveSource     // UnitID is the unit that has it
	Count                    int // how many matters were counted on the day, of the unit

	GivenBy doithoai.ID
	GivenAt calendar.Instant
}

// MaxDirectiveMatters is how many opinions are kept with a directive, those that press most.
const MaxDirectiveMatters = 50

// Fields of the form of a directive.
const (
	FieldDirectiveUnit = "don-vi"
	FieldDirectiveText = "viec"
	FieldDirectiveDue  = "han"
)

// Task is the task that the directive is.
//
// In this order: the unit is one in force on the day; something is ordered, not too long, and the words don't tell who
// raised the matters; the day is there, not past, and a working day.
func (d Directive) Task(units []doithoai.Unit, g doithoai.Gates, c calendar.Calendar, today calendar.Date) (
	Task, error,
) {
	var list []doithoai.Problem
	add := func(field, key string, args ...any) {
		list = append(list, doithoai.Problem{Field: field, Key: key, Args: args})
	}
	known := false
	for _, u := range units {
		known = known || u.ID == d.UnitID
	}
	if !known {
		add(FieldDirectiveUnit, "directive.problem.unit")
	}
	list = append(list, noted(FieldDirectiveText, "directive.problem.text", d.Text)...)
	if g.Refuses(d.Text) {
		add(FieldDirectiveText, "directive.problem.names")
	}
	switch {
	case !d.Due.Valid():
		add(FieldDirectiveDue, "directive.problem.due")
	case d.Due.Before(today):
		add(FieldDirectiveDue, "directive.problem.due_past")
	case !c.Works(d.Due):
		add(FieldDirectiveDue, "petition.due.problem.day_off", "date", d.Due.Words(), "next", c.Roll(d.Due).Words())
	}
	return Task{
		AuthorityID: d.AuthorityID, DirectiveID: d.ID, Text: d.Text, Addressee: Addressee{UnitID: d.UnitID},
		TaskRule: TaskRule{Manner: MannerDay, Day: d.Due}, Due: d.Due, State: TaskOpen,
	}, doithoai.RefuseForm(list)
}
