package plan

import (
	"slices"

	"doithoai"
	"doithoai/calendar"
)

// Incoming is the notice of a dialogue that the superior convenes, as the office received it.
type Incoming struct {
	ID          doithoai.ID
	AuthorityID doithoai.ID
	Sender      string // "UBND thành phố Quảng Ngãi"
	Number      string // with its symbol: "412/TB-UBND"
	Dated       calendar.Date
	Abstract    string
	Asks        string           // what the authority, its units and villages are asked to do
	StartsAt    calendar.Instant // of the superior's dialogue; absent where the notice names no day
	Venue       string
	ReceivedOn  calendar.Date
	RelayedAt   calendar.Instant // absent until it went to somebody
	Version     int
}

// Problems are the reasons why a notice can't be registered so.
//
// In this order: the sender; number and day as they stand on the paper, the day not to come; the abstract; what is
// asked; no text too long; the day of receipt, not to come and not before the paper's.
func (n Incoming) Problems(today calendar.Date) []doithoai.Problem {
	list := told("noi-gui", "incoming.problem.sender", n.Sender)
	list = append(list, doithoai.NumberProblems("so", "incoming.problem.number", n.Number)...)
	add := func(field, key string, wrong bool) {
		if wrong {
			list = append(list, doithoai.Problem{Field: field, Key: key})
		}
	}
	add("ngay", "incoming.problem.dated", !n.Dated.Valid())
	add("ngay", "incoming.problem.dated_future", n.Dated.Valid() && n.Dated.After(today))
	list = append(list, told("trich-yeu", "incoming.problem.abstract", n.Abstract)...)
	list = append(list, noted("yeu-cau", "incoming.problem.asks", n.Asks)...)
	add("ngay-den", "incoming.problem.received", !n.ReceivedOn.Valid() || n.ReceivedOn.After(today))
	add("ngay-den", "incoming.problem.received_before",
		n.ReceivedOn.Valid() && n.Dated.Valid() && n.ReceivedOn.Before(n.Dated))
	if n.Venue != "" {
		list = append(list, told("dia-diem", "", n.Venue)...)
	}
	return list
}

// IncomingRelay is what of a notice goes to units and villages: a task for each.
type IncomingRelay struct {
	Text     string
	Due      calendar.Date // zero where the notice names no day
	Units    []doithoai.ID
	Villages []doithoai.ID
}

// Tasks are the tasks of a relay, of units and villages that are in force today.
//
// In this order: somebody is named; each of them is in force; something is asked; the day, where one is named, is not
// past.
func (n Incoming) Tasks(r IncomingRelay, o doithoai.Organisation, today calendar.Date) ([]Task, error) {
	var list []doithoai.Problem
	t := Task{
		AuthorityID: n.AuthorityID, IncomingID: n.ID, Text: r.Text, Due: r.Due, State: TaskOpen,
		TaskRule: TaskRule{Manner: MannerDay, Day: r.Due},
	}
	if r.Due.IsZero() {
		t.TaskRule = TaskRule{}
	}
	var tasks []Task
	for _, u := range o.UnitsOn(today) {
		if slices.Contains(r.Units, u.ID) {
			t.Addressee = Addressee{UnitID: u.ID}
			tasks = append(tasks, t)
		}
	}
	for _, v := range o.VillagesOn(today) {
		if slices.Contains(r.Villages, v.ID) {
			t.Addressee = Addressee{VillageID: v.ID}
			tasks = append(tasks, t)
		}
	}
	if len(tasks) == 0 || len(tasks) < len(r.Units)+len(r.Villages) {
		list = append(list, doithoai.Problem{Field: "noi-nhan", Key: "incoming.problem.to"})
	}
	list = append(list, noted("viec", "incoming.problem.task", r.Text)...)
	if !r.Due.IsZero() && r.Due.Before(today) {
		list = append(list, doithoai.Problem{Field: "han", Key: "incoming.problem.due"})
	}
	return tasks, doithoai.RefuseForm(list)
}
